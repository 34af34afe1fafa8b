use crate::context::{self, Global, Known, Output};
use crate::failure::{Done, Failure};
use crate::show::{self, claims};
use chancery_core::ledger::{Filter, Parties};
use chancery_core::values::Modality;
use jiff::civil::Date;

/// List claims: who says what, in which words.
#[derive(clap::Args)]
pub struct Args {
    /// Only this predicate ("recognition", "mission" ...)
    #[arg(long)]
    predicate: Option<String>,
    /// Only this subject
    #[arg(long, value_name = "NAME")]
    subject: Option<String>,
    /// Only this object
    #[arg(long, value_name = "NAME")]
    object: Option<String>,
    /// Only this document
    #[arg(long, value_name = "ID")]
    doc: Option<String>,
    /// Only this speaker, or "author"
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// asserted, possible, predicted, intended, demanded or conditional
    #[arg(long)]
    modality: Option<Modality>,
    /// Only claims dated to this day of the world or later
    #[arg(long, value_parser = context::day, value_name = "DAY")]
    since: Option<Date>,
    /// Only claims dated to this day of the world or earlier
    #[arg(long, value_parser = context::day, value_name = "DAY")]
    until: Option<Date>,
    /// One claim by its id, or the beginning of it
    #[arg(long)]
    id: Option<String>,
    #[command(flatten)]
    known: Known,
    #[command(flatten)]
    output: Output,
}

impl Args {
    pub fn run(self, global: &Global) -> Done {
        let asking = global.asking(self.known.known)?;
        if let Some(p) = &self.predicate {
            asking.predicate(p, None)?;
        }
        let side = |name: &Option<String>| match name.as_deref() {
            None => Ok(None),
            Some(n) => asking.side(n).map(|s| Some(s.parties)),
        };
        let filter = Filter {
            id: self.id.clone(),
            doc: self.doc.clone(),
            predicates: self.predicate.iter().cloned().collect(),
            subject: side(&self.subject)?,
            object: side(&self.object)?,
            by: if self.by.as_deref() == Some("author") { Some(Parties::default()) } else { side(&self.by)? },
            modality: self.modality,
            since: self.since,
            until: self.until,
            ..Filter::default()
        };
        let rows = asking.claims(&filter)?;
        let missing = |what: &str, id: &str| {
            Failure::input(format!("{} holds no {what} with the id {id}", asking.ledger.path().display()))
        };
        if rows.is_empty() {
            if let Some(id) = &self.id {
                return Err(missing("claim", id));
            }
            if let Some(id) = self.doc.as_ref().filter(|d| !matches!(asking.ledger.document(d, None), Ok(Some(_)))) {
                return Err(missing("document", id));
            }
        }
        show::rows(self.output.format, &rows, claims::table)
    }
}
