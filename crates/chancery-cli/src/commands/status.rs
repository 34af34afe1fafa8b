use crate::context::{At, Global, Output};
use crate::failure::Done;
use crate::show::{self, Column, Table, words};
use chancery_core::ask::StatusRow;
use chancery_core::ledger::ClaimRow;
use chancery_web::questions::status_of;

/// Where two stand with each other on a day: every standing between them, either direction.
#[derive(clap::Args)]
pub struct Args {
    /// One side: any name or id of a state, government, organisation, group or person
    a: String,
    /// The other side
    b: String,
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    output: Output,
}

impl Args {
    pub fn run(self, global: &Global) -> Done {
        let as_of = self.at.as_of();
        let asking = global.asking(as_of.known_at)?;
        let (a, b) = (asking.side(&self.a)?, asking.side(&self.b)?);
        let (rows, claims) = status_of(&asking, &as_of, &a, &b)?;
        if rows.is_empty() {
            eprintln!("nothing is said of {} and {} at {}", a.label, b.label, as_of.valid_at);
        }
        show::rows(self.output.format, &rows, |rows| table(rows, &claims))
    }
}

fn table(rows: &[StatusRow], claims: &[ClaimRow]) -> Table {
    let mut t = Table::new(&[
        Column::Fit("standing"),
        Column::Wrap("who → whom", 18),
        Column::Wrap("answer", 12),
        Column::Wrap("since", 14),
        Column::Wrap("value", 12),
        Column::Fit("sources"),
    ]);
    for r in rows {
        let cells = [
            r.predicate.clone(),
            format!("{} → {}", words::party(&mut t, &r.subject), words::party(&mut t, &r.object)),
            words::answer(r.answer, r.conflict),
            words::span(r.since.as_deref(), r.until.as_deref()),
            words::value(&r.value),
            r.sources.to_string(),
        ];
        let what = format!("{} {} → {}", r.predicate, r.subject.label, r.object.label);
        words::sides(&mut t, &what, &r.sides);
        if r.conflict { t.marked(cells) } else { t.row(cells) }
    }
    for r in rows {
        let what = format!("{} {} → {}", r.predicate, r.subject.label, r.object.label);
        for c in claims.iter().filter(|c| r.claims.contains(&c.id)).take(QUOTES) {
            let from =
                [c.publisher.as_deref(), c.published.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", ");
            let from = if from.is_empty() { c.claim.doc.clone() } else { from };
            let quote = c.claim.quote.split_whitespace().collect::<Vec<_>>().join(" ");
            t.note(format!("{what}: “{quote}” ({from})"));
        }
        if r.claims.len() > QUOTES {
            t.note(format!("{what}: {} more, `chancery claims --id ID` shows each", r.claims.len() - QUOTES));
        }
    }
    t
}

/// How many quotes stand below the table for each standing.
const QUOTES: usize = 4;
