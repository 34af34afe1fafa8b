use crate::context::{Global, Known, Output, day};
use crate::failure::Done;
use crate::show::{self, Column, Table, claims, words};
use chancery_core::ask::ChangeRow;
use chancery_web::questions::changes_of;
use jiff::Zoned;
use jiff::civil::Date;

/// What became true in a period, or what the ledger learned in it.
#[derive(clap::Args)]
pub struct Args {
    /// The first day of the period
    #[arg(long, value_parser = day, value_name = "DAY")]
    since: Date,
    /// Its last day [default: today]
    #[arg(long, value_parser = day, value_name = "DAY")]
    until: Option<Date>,
    /// Whose changes: those of the world, or those of the ledger's knowledge
    #[arg(long, value_enum, default_value_t = Of::World)]
    of: Of,
    /// Only of this actor: any name or id
    #[arg(long, value_name = "NAME")]
    actor: Option<String>,
    /// Only this predicate
    #[arg(long)]
    predicate: Option<String>,
    #[command(flatten)]
    known: Known,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Of {
    World,
    Knowledge,
}

impl Args {
    pub fn run(self, global: &Global) -> Done {
        let until = self.until.unwrap_or_else(|| Zoned::now().date());
        let asking = global.asking(self.known.known)?;
        let side = self.actor.as_deref().map(|a| asking.side(a)).transpose()?;
        let period = (self.since, until);
        let of = self.of == Of::Knowledge;
        let rows = changes_of(&asking, period, of, side.as_ref(), self.predicate.as_deref())?;
        if rows.is_empty() {
            eprintln!("no change from {} to {until}", self.since);
        }
        show::rows(self.output.format, &rows, table)
    }
}

fn table(rows: &[ChangeRow]) -> Table {
    let mut t = Table::new(&[
        Column::Wrap("when", 11),
        Column::Wrap("what", 18),
        Column::Wrap("who → whom", 20),
        Column::Wrap("value", 14),
        Column::Fit("change"),
        Column::Fit("claims"),
    ]);
    for r in rows {
        let parties: Vec<String> =
            [&r.subject, &r.object].into_iter().flatten().map(|p| words::party(&mut t, p)).collect();
        t.row([
            r.date.get(..19).unwrap_or(&r.date).replace('T', " "),
            claims::deed(&r.predicate, r.phase, r.modality, r.polarity),
            parties.join(" → "),
            words::value(&r.value),
            r.change.to_string(),
            r.claims.len().to_string(),
        ]);
    }
    t
}
