use crate::context::{At, Global, Output};
use crate::failure::Done;
use crate::show::{self, Column, Table};
use chancery_core::ask::MatrixRow;
use chancery_web::draw;
use chancery_web::questions::matrix_of;
use std::path::PathBuf;

/// One standing of many at once: subjects by objects, on a day.
#[derive(clap::Args)]
pub struct Args {
    /// A standing: recognition, mission, designation, sanction ...
    predicate: String,
    /// Only these subjects: names or ids, separated by commas
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    subjects: Vec<String>,
    /// Only these objects
    #[arg(long, value_delimiter = ',', value_name = "NAMES")]
    objects: Vec<String>,
    /// Draw it into this file (- for standard output), as SVG
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    output: Output,
}

impl Args {
    pub fn run(self, global: &Global) -> Done {
        let as_of = self.at.as_of();
        let asking = global.asking(as_of.known_at)?;
        let rows = matrix_of(&asking, &as_of, &self.predicate, &self.subjects, &self.objects)?;
        if let Some(file) = &self.svg {
            let title = format!("{}, {}", self.predicate, as_of.valid_at);
            return show::picture(file, &draw::matrix(&title, &rows, &|_| None));
        }
        if rows.is_empty() {
            eprintln!("nothing is said of {} at {}", self.predicate, as_of.valid_at);
        }
        show::rows(self.output.format, &rows, table)
    }
}

/// Subjects down, objects across where they fit; else one line a pair.
fn table(rows: &[MatrixRow]) -> Table {
    let mut objects: Vec<(&str, &str)> = Vec::new();
    let mut subjects: Vec<(&str, &str)> = Vec::new();
    for r in rows {
        for (list, p) in [(&mut subjects, &r.subject), (&mut objects, &r.object)] {
            if !list.iter().any(|(id, _)| *id == p.id) {
                list.push((&p.id, &p.label));
            }
        }
    }
    let cell = |r: &MatrixRow| {
        let mut kind: Vec<String> = r.value.values().filter_map(|v| v.as_str().map(str::to_string)).take(2).collect();
        kind.retain(|k| k.len() < 24);
        let kind = if kind.is_empty() { String::new() } else { format!(" ({})", kind.join(", ")) };
        format!("{}{kind}{}", r.answer.as_str(), if r.conflict { " *" } else { "" })
    };
    let disputed = rows.iter().any(|r| r.conflict);
    let width = objects.iter().map(|(_, l)| l.chars().count().max(10) + 2).sum::<usize>() + 20;
    let mut t = if width <= crate::show::width() {
        let mut columns = vec![Column::Wrap("", 14)];
        columns.extend(objects.iter().map(|(_, label)| Column::Named(label.to_string(), 10)));
        let mut t = Table::new(&columns);
        for (s, label) in &subjects {
            let of = |o: &str| -> String {
                let here = rows.iter().filter(|r| r.subject.id == *s && r.object.id == o);
                let cells: Vec<String> = here.map(cell).collect();
                if cells.is_empty() { "–".into() } else { cells.join("; ") }
            };
            t.row(std::iter::once(label.to_string()).chain(objects.iter().map(|(o, _)| of(o))));
        }
        t
    } else {
        let mut t = Table::new(&[
            Column::Wrap("who", 16),
            Column::Wrap("whom", 16),
            Column::Wrap("answer", 16),
            Column::Fit("since"),
            Column::Fit("sources"),
        ]);
        for r in rows {
            let since = r.since.clone().unwrap_or_else(|| "–".into());
            t.row([r.subject.label.clone(), r.object.label.clone(), cell(r), since, r.sources.to_string()]);
        }
        t
    };
    if disputed {
        t.note("*: disputed; `chancery conflicts` tells by whom".into());
    }
    t
}
