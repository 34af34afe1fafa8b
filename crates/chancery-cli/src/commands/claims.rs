use crate::context::{self, Global, Known, Output};
use crate::failure::Done;
use crate::show::{self, claims};
use chancery_core::values::Modality;
use chancery_web::questions::{Wanted, claims_of};
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
    /// Only this actor, on either side
    #[arg(long, value_name = "NAME", conflicts_with_all = ["subject", "object"])]
    actor: Option<String>,
    /// Only in documents of this publisher
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
    /// Only what a review has judged (yes) or has not (no)
    #[arg(long, value_name = "YES|NO", value_parser = ["yes", "no"])]
    reviewed: Option<String>,
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
        let wanted = Wanted {
            id: self.id,
            doc: self.doc,
            predicate: self.predicate,
            subject: self.subject,
            object: self.object,
            by: self.by,
            actor: self.actor,
            publisher: self.publisher,
            reviewed: self.reviewed.map(|r| r == "yes"),
            modality: self.modality,
            since: self.since,
            until: self.until,
        };
        let rows = claims_of(&asking, &wanted)?;
        show::rows(self.output.format, &rows, claims::table)
    }
}
