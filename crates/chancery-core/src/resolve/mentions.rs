//! Spans of text that stand for an actor.
use super::actors::{ActorIx, Kind, Registry};
use super::dates::DateMention;
use chancery_parse::Doc;
use jiff::civil::Date;
use std::ops::Range;

/// Whom a mention stands for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Who {
    Known(ActorIx),
    /// A name the registry does not hold: its usual form in this document and its likely kind.
    Unknown {
        name: String,
        kind: Kind,
    },
}

/// A mention of an actor.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    pub tokens: Range<usize>,
    /// The head token: the one whose head lies outside the span.
    pub head: usize,
    pub who: Who,
    /// ISO3 of the state it is, belongs to or acts for ("the Russian foreign minister" -> RUS).
    pub country: Option<String>,
    /// A title that stands with the name ("President", "foreign minister"), if any.
    pub title: Option<String>,
}

/// What resolve hands to code.
#[derive(Debug, Clone, Default)]
pub struct Resolved {
    /// In text order.
    pub mentions: Vec<Mention>,
    /// For each token the index of the mention whose head it is.
    pub by_head: Vec<Option<u32>>,
    pub dates: Vec<DateMention>,
}

impl Resolved {
    /// The mention whose head is this token.
    pub fn at(&self, token: usize) -> Option<&Mention> {
        self.by_head.get(token).copied().flatten().map(|i| &self.mentions[i as usize])
    }
}

/// Finds and resolves all mentions and dates of a document.
pub fn resolve(_doc: &Doc, _actors: &Registry, _title: Option<&str>, _published: Option<Date>) -> Resolved {
    Resolved::default()
}
