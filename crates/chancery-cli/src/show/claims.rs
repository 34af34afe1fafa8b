//! Claims as people read them.
use super::{Column, Table, words};
use chancery_core::ledger::ClaimRow;
use chancery_core::values::{By, Claim, Modality, Party, Phase, Polarity};
use serde::Serialize;

/// A claim to show, recorded or not.
#[derive(Serialize)]
pub struct Row {
    pub id: String,
    #[serde(flatten)]
    pub claim: Claim,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
}

impl Row {
    pub fn new(id: String, claim: Claim, publisher: Option<String>) -> Row {
        Row { id, claim, publisher }
    }
}

pub trait Told {
    fn id(&self) -> &str;
    fn claim(&self) -> &Claim;
    fn publisher(&self) -> Option<&str>;
}

impl Told for Row {
    fn id(&self) -> &str {
        &self.id
    }
    fn claim(&self) -> &Claim {
        &self.claim
    }
    fn publisher(&self) -> Option<&str> {
        self.publisher.as_deref()
    }
}

impl Told for ClaimRow {
    fn id(&self) -> &str {
        &self.id
    }
    fn claim(&self) -> &Claim {
        &self.claim
    }
    fn publisher(&self) -> Option<&str> {
        self.publisher.as_deref()
    }
}

pub fn table<T: Told>(rows: &[T]) -> Table {
    let mut t = Table::new(&[
        Column::Fit("id"),
        Column::Wrap("claim", 24),
        Column::Fit("when"),
        Column::Wrap("says", 12),
        Column::Wrap("words", 36),
    ]);
    for r in rows {
        let c = r.claim();
        t.row([
            short(r.id()),
            sentence(c),
            words::when(&c.when),
            says(c, r.publisher()),
            format!("“{}”", one_line(&c.quote)),
        ]);
    }
    t
}

/// Enough of an id to name a claim by.
pub fn short(id: &str) -> String {
    id.chars().take(8).collect()
}

/// "recognition begins: Russia → Taliban (of government)".
pub fn sentence(c: &Claim) -> String {
    let party = |p: &Option<Party>| p.as_ref().map_or("?".to_string(), |p| p.label.clone());
    let mut parties = party(&c.subject);
    if c.object.is_some() {
        parties = format!("{parties} → {}", party(&c.object));
    }
    let value = words::value(&c.value);
    let value = if value.is_empty() { value } else { format!(" ({value})") };
    format!("{}: {parties}{value}", deed(&c.predicate, c.phase, c.modality, c.polarity))
}

/// "not recognition", "possible mission begins".
pub fn deed(predicate: &str, phase: Option<Phase>, modality: Modality, polarity: Polarity) -> String {
    let mut s = String::new();
    if modality != Modality::Asserted {
        s = format!("{modality} ");
    }
    if polarity == Polarity::No {
        s += "no ";
    }
    s += predicate;
    match phase {
        Some(Phase::Begins) => s += " begins",
        Some(Phase::Ends) => s += " ends",
        _ => {}
    }
    s
}

pub fn says(c: &Claim, publisher: Option<&str>) -> String {
    match &c.by {
        By::Author => publisher.unwrap_or("author").to_string(),
        By::Speaker(p) => p.label.clone(),
    }
}

fn one_line(s: &str) -> String {
    s.split_whitespace().collect::<Vec<_>>().join(" ")
}
