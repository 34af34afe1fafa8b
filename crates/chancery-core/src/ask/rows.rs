//! The rows of the answers: the fields of the contract, never renamed.
use super::fold::Answer;
use super::sides::{Kinship, Side};
use crate::values::{Modality, Phase, Polarity};
use serde::Serialize;
use serde_json::{Map, Value};

/// A party of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartyRef {
    pub id: String,
    pub label: String,
    /// How it is tied to the actor that was asked for, if it is not that itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relation: Option<String>,
}

impl PartyRef {
    /// `mention`: the label a claim gives, for actors that no data file knows.
    pub(super) fn new(id: &str, label: &str, side: Option<&Side>, kin: &Kinship) -> PartyRef {
        let known = kin.label(id);
        let label = if known == id && !label.is_empty() { label } else { known };
        let relation = side.and_then(|s| s.relation(id)).map(str::to_string);
        PartyRef { id: id.into(), label: label.into(), relation }
    }
}

/// What one voice says where voices disagree.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct View {
    pub answer: Answer,
    pub value: Map<String, Value>,
    /// EDTF, "" = undated.
    pub when: String,
    /// "author", or the speaker's name.
    pub by: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    pub quote: String,
    pub claims: Vec<String>,
}

/// Where one standing stands at a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StatusRow {
    pub predicate: String,
    pub subject: PartyRef,
    pub object: PartyRef,
    pub value: Map<String, Value>,
    pub answer: Answer,
    /// EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// The world's date the answer is for.
    pub at: String,
    /// The instant up to which the ledger's knowledge was used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known: Option<String>,
    pub conflict: bool,
    /// Distinct publishers or speakers.
    pub sources: usize,
    pub claims: Vec<String>,
    /// What each voice says, where they disagree.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sides: Vec<View>,
}

/// One subject's answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WhoRow {
    pub subject: PartyRef,
    pub answer: Answer,
    pub value: Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    pub conflict: bool,
    pub sources: usize,
    pub claims: Vec<String>,
    /// What each voice says, where they disagree.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sides: Vec<View>,
    pub object: PartyRef,
    pub at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known: Option<String>,
}

/// One thing told, or one change of rank.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TimelineRow {
    pub predicate: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<PartyRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<PartyRef>,
    /// EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The claim's values; for a change of rank the rank.
    pub value: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    pub modality: Modality,
    pub polarity: Polarity,
    /// "author", or the speaker's name.
    pub by: String,
    pub conflict: bool,
    pub claims: Vec<String>,
}
