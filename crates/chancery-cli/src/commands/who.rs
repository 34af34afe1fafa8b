use crate::context::{At, Global, Output};
use crate::failure::Done;
use crate::show::{self, Column, Table, words};
use chancery_core::ask::WhoRow;
use chancery_web::questions::who_of;

/// Who recognises, has a mission to, designates ... a party: every subject of which something is said.
#[derive(clap::Args)]
pub struct Args {
    /// A standing: recognition, mission, designation, sanction ...
    predicate: String,
    /// The object: any name or id
    object: String,
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    output: Output,
}

impl Args {
    pub fn run(self, global: &Global) -> Done {
        let as_of = self.at.as_of();
        let asking = global.asking(as_of.known_at)?;
        let object = asking.side(&self.object)?;
        let rows = who_of(&asking, &as_of, &self.predicate, &object)?;
        if rows.is_empty() {
            eprintln!("nothing is said of {} of {} at {}", self.predicate, object.label, as_of.valid_at);
        }
        show::rows(self.output.format, &rows, table)
    }
}

fn table(rows: &[WhoRow]) -> Table {
    let mut t = Table::new(&[
        Column::Wrap("who", 14),
        Column::Wrap("answer", 12),
        Column::Wrap("since", 14),
        Column::Wrap("whom", 14),
        Column::Wrap("value", 12),
        Column::Fit("sources"),
    ]);
    for r in rows {
        let cells = [
            words::party(&mut t, &r.subject),
            words::answer(r.answer, r.conflict),
            words::span(r.since.as_deref(), r.until.as_deref()),
            words::party(&mut t, &r.object),
            words::value(&r.value),
            r.sources.to_string(),
        ];
        let what = format!("{} → {}", r.subject.label, r.object.label);
        words::sides(&mut t, &what, &r.sides);
        if r.conflict { t.marked(cells) } else { t.row(cells) }
    }
    t
}
