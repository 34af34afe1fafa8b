use crate::context::{Global, Known, Output, day};
use crate::failure::{Done, Failure};
use crate::show::{self, Column, Table, claims, words};
use chancery_core::ask::{ChangeRow, changes, learned};
use chancery_core::ledger::Filter;
use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::TimeZone;

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
        if until < self.since {
            return Err(Failure::input(format!("the period ends ({until}) before it begins ({})", self.since)));
        }
        let asking = global.asking(self.known.known)?;
        if let Some(p) = &self.predicate {
            asking.predicate(p, None)?;
        }
        let side = self.actor.as_deref().map(|a| asking.side(a)).transpose()?;
        let mut filter = Filter {
            subject: side.map(|s| s.parties),
            either_order: true,
            predicates: self.predicate.iter().flat_map(|p| asking.with_enders(p)).collect(),
            ..Filter::default()
        };
        let mut rows = match self.of {
            // What was so before decides what changed: all claims are asked for, whatever their dates.
            Of::World => changes(&asking.claims(&filter)?, &asking.ontology, &asking.kin, self.since, until),
            Of::Knowledge => {
                let first = |d: Date| d.to_zoned(TimeZone::UTC).map(|z| z.timestamp()).map_err(Failure::input);
                let from = first(self.since)?;
                let to = first(until.tomorrow().map_err(Failure::input)?)? - jiff::SignedDuration::from_micros(1);
                (filter.moved_since, filter.moved_until) = (Some(from), Some(to));
                learned(&asking.claims(&filter)?, &asking.ontology, &asking.kin, from, to)
            }
        };
        rows.retain(|r| self.predicate.as_ref().is_none_or(|p| r.predicate == *p));
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
