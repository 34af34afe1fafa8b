//! Dates of a text, absolute and relative, to EDTF.
//!
//! Four steps, a file each: the text cut into atoms (`lex`), atoms read as date phrases (`grammar`), phrases tied to
//! days by what was told before and by the document's own date (`context`), and what each does in its sentence
//! (`role`). The grammar reads words, not entity labels, so that a date the model missed is still a date.
//!
//! A date says when, its role how: `When` of "since 2021" is `2021`, with [`DateRole::Since`];
//! [`DateMention::period`] puts both together (`2021/..`).
mod context;
mod grammar;
mod lex;
mod role;

use crate::values::When;
use chancery_parse::Doc;
use context::Context;
use grammar::{Form, Grammar, How, Phrase};
use jiff::civil::Date;
use role::{Tense, Tree};
use std::ops::Range;

/// Is the word a month's whole name as it is written: "May", not "may"?
pub(crate) fn is_month(word: &str) -> bool {
    capital(word) && lex::month(&word.to_lowercase()).is_some_and(|(_, full)| full)
}

/// Is the word a month's name or its abbreviation without the stop: "August", "Aug"?
pub(crate) fn is_month_or_short(word: &str) -> bool {
    month(word).is_some()
}

/// 1 to 12, of a month's name or its abbreviation without the stop.
pub(crate) fn month(word: &str) -> Option<i8> {
    lex::month(&word.to_lowercase()).filter(|_| capital(word)).map(|(m, _)| m)
}

/// Is the word a weekday's whole name?
pub(crate) fn is_weekday(word: &str) -> bool {
    capital(word) && lex::weekday(&word.to_lowercase()).is_some_and(|(_, full)| full)
}

fn capital(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase())
}

/// What a date phrase does in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateRole {
    /// The moment or period: "on 3 July", "in 2021", "last month".
    At,
    /// "since 2021", "from 1996": the beginning, open-ended.
    Since,
    /// "until 2001", "by 2030": the end.
    Until,
    /// "from 1996 to 2001", "between ... and ...": both ends.
    Span,
    /// "for two decades": a length. `When` is the interval from its start to the date it ends at, where the words or
    /// the tense give that date; else none.
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
    /// Without the preposition and the article: "same day", "spring of 2014", "1996 to 2001".
    pub tokens: Range<usize>,
    /// The token by which the phrase hangs in the tree.
    pub head: usize,
    /// The date as such; "" where the text does not let it be known ("recently", "Friday" in an undated document).
    pub when: When,
    pub role: DateRole,
    /// Where the date belongs to a clause or a named thing that itself gives the time of the sentence, what that is for
    /// the sentence: `Since` in "isolated since they seized the capital on 15 August 2021" and "since the 1983 coup".
    pub clause: Option<DateRole>,
}

impl DateRole {
    /// Lower case: "at", "since" ...
    pub fn as_str(self) -> &'static str {
        match self {
            DateRole::At => "at",
            DateRole::Since => "since",
            DateRole::Until => "until",
            DateRole::Span => "span",
            DateRole::Duration => "duration",
            DateRole::Before => "before",
            DateRole::After => "after",
            DateRole::Modifier => "modifier",
        }
    }
}

impl DateMention {
    /// The time that date and role together give something that lasts: `2021/..` for "since 2021" and "after 2021",
    /// `../2030` for "until 2030" and "before 2030", else the date itself.
    pub fn period(&self) -> When {
        match self.role {
            DateRole::Since | DateRole::After => self.when.onwards(),
            DateRole::Until | DateRole::Before => self.when.up_to(),
            _ => self.when.clone(),
        }
    }
}

/// All date phrases of a document in text order. `published`: the document's own date, against which
/// relative phrases ("last week", "on Monday", "July 3") are resolved; without it they resolve only as far as
/// the text itself gives a year.
pub fn find_dates(doc: &Doc, published: Option<Date>) -> Vec<DateMention> {
    let mut labels = vec![""; doc.len()];
    for e in &doc.entities {
        labels[e.start as usize..e.end as usize].fill(e.label);
    }
    let tree = Tree { doc, children: doc.children() };
    let paragraphs = lex::paragraphs(doc);
    let read: Vec<Vec<Phrase>> =
        paragraphs.iter().map(|atoms| Grammar { doc, atoms, labels: &labels }.phrases()).collect();
    let mut context = Context::new(published, read.iter().flatten());
    let mut out: Vec<DateMention> = Vec::new();
    let mut lengths = Vec::new();
    for (atoms, phrases) in paragraphs.iter().zip(&read) {
        context.new_paragraph();
        for p in phrases {
            let tokens = atoms[p.start].tok..atoms[p.end - 1].tok + 1;
            let head = tree.hangs_by(&tokens);
            let role = tree.role(atoms, p, head);
            let when = context.resolve(&p.form, tree.sense(head));
            context.note(&p.form, &when, role);
            if let Form::Length { .. } = p.form {
                lengths.push((out.len(), p.form.clone(), context.day_told()));
            }
            let clause = match role {
                DateRole::Modifier => tree.through_a_noun(head).or_else(|| tree.clause(head)),
                _ => tree.clause(head).filter(|c| *c != role),
            };
            out.push(DateMention { tokens, head, when, role, clause });
        }
    }
    let sentences = doc.sentences();
    for (at, form, told) in lengths {
        let Form::Length { count, unit, side, how } = form else { continue };
        let anchors = Anchors { own: context.own_day(unit), told, narrative: context.is_narrative() };
        let anchor = match (side, how) {
            (Some(_), _) => anchors.own,
            (None, How::Apart) => {
                if let Some(when) = apart(&tree, &sentences, &out, at, count, unit) {
                    (out[at].when, out[at].role) = (when, DateRole::At);
                }
                continue;
            }
            (None, how) => length_anchor(&tree, &sentences, &out, at, how, &anchors),
        };
        out[at].when = Context::length(count, unit, side, &anchor);
    }
    out
}

/// What a length may be anchored to.
struct Anchors {
    /// The document's own date.
    own: When,
    /// The day told before in the paragraph.
    told: When,
    /// The document tells of the past: its verbs do not reach to its own date.
    narrative: bool,
}

/// The date at which the length of a doing ends: the document's own for what still goes on; what the sentence names as
/// its end; for what had gone on, the date of the sentence; for a wait that ended in a deed, the day told before.
fn length_anchor(
    tree: &Tree,
    sentences: &[Range<usize>],
    dates: &[DateMention],
    at: usize,
    how: How,
    anchors: &Anchors,
) -> When {
    let mine = &dates[at];
    let verb = match how {
        How::OfNoun => tree.subject_of(mine.head),
        _ => tree.verb_above(mine.head).filter(|v| !tree.sets_a_term(*v)),
    };
    let tense = verb.map_or(Tense::None, |v| tree.tense(v, 0));
    let here = sentences.iter().find(|s| s.contains(&mine.head));
    let beside = dates
        .iter()
        .filter(|d| here.is_some_and(|s| s.contains(&d.head)))
        .filter(|d| matches!(d.role, DateRole::At | DateRole::Until) && !d.when.is_none())
        .min_by_key(|d| d.head.abs_diff(mine.head));
    match tense {
        Tense::PresentPerfect if !anchors.narrative => anchors.own.clone(),
        Tense::Past => match beside {
            Some(d) if d.role == DateRole::Until => d.when.clone(),
            _ if verb.is_some_and(|v| tree.leads_to_a_deed(v)) => anchors.told.clone(),
            _ => When::default(),
        },
        Tense::PastPerfect => match beside {
            Some(d) => d.when.clone(),
            None if verb.is_some_and(|v| tree.leads_to_a_deed(v)) => anchors.told.clone(),
            None if !anchors.narrative => anchors.own.clone(),
            None => When::default(),
        },
        Tense::PresentPerfect | Tense::Present | Tense::Future | Tense::None => When::default(),
    }
}

/// "reopened on 17 January 2002, 13 years after it closed": when what the clause tells of was, counted from the date of
/// the clause above.
fn apart(
    tree: &Tree,
    sentences: &[Range<usize>],
    dates: &[DateMention],
    at: usize,
    count: grammar::Count,
    unit: lex::Length,
) -> Option<When> {
    let mine = &dates[at];
    let (above, after) = tree.clause_apart(mine.head, mine.tokens.end)?;
    let here = sentences.iter().find(|s| s.contains(&mine.head))?;
    let told = dates.iter().filter(|d| here.contains(&d.head) && d.head != mine.head && d.role == DateRole::At);
    let anchor = told.filter(|d| tree.verb_above(d.head) == Some(above)).min_by_key(|d| d.head.abs_diff(above))?;
    Context::apart(count, unit, after, &anchor.when)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_parse::{Entity, Token};
    use proptest::prelude::*;

    /// Words apart at spaces, without a tree: each is its own head.
    fn untied(text: &str, label: &'static str) -> Doc {
        let mut doc = Doc { text: text.to_owned(), ..Doc::default() };
        let mut at = 0;
        for word in text.split_inclusive(' ') {
            let bare = word.trim_end_matches(' ');
            if !bare.is_empty() {
                doc.tokens.push(Token {
                    start: at as u32,
                    end: (at + bare.len()) as u32,
                    ws: word.len() > bare.len(),
                    tag: "NN",
                    pos: "NOUN",
                    morph: "",
                    lemma: bare.to_lowercase(),
                    head: doc.tokens.len() as u32,
                    dep: "ROOT",
                    sent_start: doc.tokens.is_empty(),
                });
            }
            at += word.len();
        }
        let end = doc.tokens.len() as u32;
        if end > 0 && !label.is_empty() {
            doc.entities.push(Entity { start: 0, end, label });
        }
        doc
    }

    proptest! {
        /// Whatever words stand together: no panic, phrases in order within the text, dates that are EDTF.
        #[test]
        fn any_words_are_read(
            words in proptest::collection::vec(prop_oneof![
                "[0-9]{1,4}",
                "[0-9]{1,4}[-/.,][0-9]{1,4}([-/.,][0-9]{1,4})?",
                "[a-zé(“$']{1,5}[0-9-]{0,5}\\n?",
                prop::sample::select(vec![
                    "May", "Jan.", "March", "Friday", "last", "next", "the", "same", "day", "year", "years", "weeks", "ago",
                    "later", "earlier", "in", "of", "from", "to", "and", "between", "since", "until", "early", "mid-1960s",
                    "1930's", "20th", "century", "3rd", "two", "a", "few", "-", "spring", "weekend", "World", "War", "II",
                    "9/11", "hours", "24", "past", "that", "following", "before", "recent", "9999", "999", "centuries",
                ]).prop_map(str::to_owned),
            ], 0..12),
            published in prop::option::of((1i16..9999, 1i8..=12, 1i8..=28)),
            label in prop_oneof![Just(""), Just("DATE"), Just("CARDINAL")],
        ) {
            let doc = untied(&words.join(" "), label);
            let published = published.map(|(y, m, d)| jiff::civil::date(y, m, d));
            let mut last = 0;
            for d in find_dates(&doc, published) {
                prop_assert!(d.tokens.start >= last && d.tokens.start < d.tokens.end && d.tokens.end <= doc.len());
                prop_assert!(d.tokens.contains(&d.head));
                prop_assert_eq!(When::parse(&d.when.edtf), Ok(d.when));
                last = d.tokens.start;
            }
        }
    }
}
