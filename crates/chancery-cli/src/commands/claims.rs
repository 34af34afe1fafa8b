use crate::context::{self, Global};
use crate::failure::{Done, Failure};
use crate::show::{self, Column, Table};
use chancery_core::ledger::{ClaimRow, Filter};
use chancery_core::values::{By, Modality, Phase, Polarity};
use jiff::Timestamp;
use jiff::civil::Date;

/// List claims: who says what, in which words.
#[derive(clap::Args)]
pub struct Args {
    /// Only this predicate ("recognition", "mission" ...)
    #[arg(long)]
    predicate: Option<String>,
    /// Only this document
    #[arg(long)]
    doc: Option<String>,
    /// asserted, possible, predicted, intended, demanded or conditional
    #[arg(long)]
    modality: Option<Modality>,
    /// Only claims dated to this day or later
    #[arg(long, value_parser = context::day, value_name = "DAY")]
    since: Option<Date>,
    /// Only claims dated to this day or earlier
    #[arg(long, value_parser = context::day, value_name = "DAY")]
    until: Option<Date>,
    /// One claim by its id, or the beginning of it
    #[arg(long)]
    id: Option<String>,
    /// As the ledger held them on this day or at this instant
    #[arg(long, value_parser = context::known, value_name = "DAY")]
    known: Option<Timestamp>,
}

impl Args {
    pub fn run(self, global: &Global) -> Done {
        let ledger = global.open_read()?;
        let filter = Filter {
            id: self.id.clone(),
            doc: self.doc,
            predicates: self.predicate.into_iter().collect(),
            modality: self.modality,
            since: self.since,
            until: self.until,
            ..Filter::default()
        };
        let rows = ledger.claims(&filter, self.known)?;
        if let (Some(id), true) = (&self.id, rows.is_empty()) {
            return Err(Failure::input(format!("no claim of {} has the id {id}", ledger.path().display())));
        }
        show::rows(global.format, &rows, table)
    }
}

fn table(rows: &[ClaimRow]) -> Table {
    let mut t = Table::new(&[
        Column::Fit("id"),
        Column::Wrap("claim", 18),
        Column::Wrap("when", 10),
        Column::Wrap("says", 10),
        Column::Wrap("words", 30),
    ]);
    for r in rows {
        t.row([r.id.clone(), sentence(r), r.claim.when.clone(), says(r), r.claim.quote.clone()]);
    }
    t
}

/// "recognition begins: Russia -> Islamic Emirate (of: government)".
fn sentence(r: &ClaimRow) -> String {
    let c = &r.claim;
    let mut s = c.predicate.clone();
    if c.polarity == Polarity::No {
        s.insert_str(0, "no ");
    }
    match c.phase {
        Some(Phase::Begins) => s.push_str(" begins"),
        Some(Phase::Ends) => s.push_str(" ends"),
        _ => {}
    }
    if c.modality != Modality::Asserted {
        s = format!("{} {s}", c.modality);
    }
    s
}

fn says(r: &ClaimRow) -> String {
    match &r.claim.by {
        By::Author => r.publisher.clone().unwrap_or_else(|| "author".into()),
        By::Speaker(p) => p.label.clone(),
    }
}
