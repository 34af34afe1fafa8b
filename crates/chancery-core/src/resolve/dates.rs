//! Dates of a text, absolute and relative, to EDTF.
use crate::values::When;
use chancery_parse::Doc;
use jiff::civil::Date;
use std::ops::Range;

/// What a date phrase does in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateRole {
    /// The moment or period: "on 3 July", "in 2021", "last month".
    At,
    /// "since 2021", "from 1996": the beginning, open-ended.
    Since,
    /// "until 2001", "by 2030": the end.
    Until,
    /// "from 1996 to 2001", "between ... and ...": both ends.
    Span,
    /// "for two decades": a length without an anchor.
    Duration,
    /// "before 2001".
    Before,
    /// "after 2001", "following ...".
    After,
    /// A date inside a name or a modifier that dates no event of the sentence: "the June 1967 War", "the 2020 Doha accord".
    Modifier,
}

/// A date phrase: tokens, the head token within them, its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateMention {
    pub tokens: Range<usize>,
    /// The token by which the phrase hangs in the tree.
    pub head: usize,
    pub when: When,
    pub role: DateRole,
}

/// All date phrases of a document in text order. `published`: the document's own date, against which
/// relative phrases ("last week", "on Monday", "July 3") are resolved; without it they resolve only as far as
/// the text itself gives a year.
pub fn find_dates(_doc: &Doc, _published: Option<Date>) -> Vec<DateMention> {
    Vec::new()
}
