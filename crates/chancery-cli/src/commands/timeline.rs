use crate::context::{Global, Known, Output};
use crate::failure::{Done, Failure};
use crate::show::{self, Column, Table, claims, words};
use chancery_core::ask::TimelineRow;
use chancery_web::draw;
use chancery_web::questions::{story, timeline_of};
use serde_json::Value;
use std::path::PathBuf;

/// What is told of one or two parties, in time order. With --predicate mission: the changes in rank of A's mission to B.
#[derive(clap::Args)]
pub struct Args {
    /// One side: any name or id
    a: String,
    /// The other side
    b: Option<String>,
    /// Only this predicate
    #[arg(long)]
    predicate: Option<String>,
    /// Draw the two into this file (- for standard output), as SVG
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    #[command(flatten)]
    known: Known,
    #[command(flatten)]
    output: Output,
}

impl Args {
    pub fn run(self, global: &Global) -> Done {
        let asking = global.asking(self.known.known)?;
        let a = asking.side(&self.a)?;
        let b = self.b.as_deref().map(|b| asking.side(b)).transpose()?;
        let predicate = self.predicate.as_deref();
        if let Some(file) = &self.svg {
            let Some(b) = &b else { return Err(Failure::input("--svg draws two parties: name the other one too")) };
            let (story, _) = story(&asking, &a, b, predicate, None)?;
            return show::picture(file, &draw::timeline(&story, &|_| None));
        }
        let rows = timeline_of(&asking, &a, b.as_ref(), predicate)?;
        if rows.is_empty() {
            let and = b.as_ref().map(|b| format!(" and {}", b.label)).unwrap_or_default();
            eprintln!("nothing is told of {}{and}", a.label);
        }
        show::rows(self.output.format, &rows, table)
    }
}

fn table(rows: &[TimelineRow]) -> Table {
    let mut t = Table::new(&[
        Column::Wrap("when", 13),
        Column::Wrap("what", 15),
        Column::Wrap("who → whom", 18),
        Column::Wrap("value", 12),
        Column::Wrap("says", 11),
        Column::Fit("claims"),
    ]);
    for r in rows {
        let parties: Vec<String> =
            [&r.subject, &r.object].into_iter().flatten().map(|p| words::party(&mut t, p)).collect();
        let disputed = if r.conflict { " (disputed)" } else { "" };
        let cells = [
            words::span(r.from.as_deref(), r.to.as_deref()),
            claims::deed(&r.predicate, r.phase, r.modality, r.polarity) + disputed,
            parties.join(" → "),
            match &r.value {
                Value::Object(m) => words::value(m),
                v => v.as_str().unwrap_or_default().to_string(),
            },
            r.by.clone(),
            r.claims.len().to_string(),
        ];
        if r.conflict { t.marked(cells) } else { t.row(cells) }
    }
    t
}
