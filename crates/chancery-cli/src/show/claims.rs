//! Claims as people read them.
use super::{Column, Table, words};
use chancery_core::ledger::ClaimRow;
use chancery_core::values::Claim;
use chancery_web::words::one_line;
pub use chancery_web::words::{deed, says, sentence, short};
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
