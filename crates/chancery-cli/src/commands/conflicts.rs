use crate::context::{Global, Known, Output};
use crate::failure::{Done, Failure};
use crate::show::{self, Column, Table, count, words};
use chancery_core::ask::{ConflictKind, ConflictRow, Position};
use chancery_core::values::{Modality, Polarity};
use chancery_web::questions::conflicts_of;
use chancery_web::words::letter;

/// Where sources contradict each other: what each says, and which of them each policy would follow.
#[derive(clap::Args)]
pub struct Args {
    /// One side: any name or id; without it, all conflicts of the ledger
    a: Option<String>,
    /// The other side
    b: Option<String>,
    /// Only this predicate
    #[arg(long)]
    predicate: Option<String>,
    #[command(flatten)]
    known: Known,
    #[command(flatten)]
    output: Output,
}

impl Args {
    pub fn run(self, global: &Global) -> Done {
        let asking = global.asking(self.known.known)?;
        let a = self.a.as_deref().map(|a| asking.side(a)).transpose()?;
        let b = self.b.as_deref().map(|b| asking.side(b)).transpose()?;
        let (rows, claims) = conflicts_of(&asking, a.as_ref(), b.as_ref(), self.predicate.as_deref())?;
        if rows.is_empty() {
            eprintln!("no conflict among {}", count(claims, "claim"));
        }
        match self.output.format {
            show::Format::Table => cards(&rows),
            format => show::rows(format, &rows, |_| Table::new(&[])),
        }
    }
}

/// Each conflict under its own heading.
fn cards(rows: &[ConflictRow]) -> Done {
    use std::io::Write;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (n, r) in rows.iter().enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        let parties: Vec<&str> = [&r.subject, &r.object].into_iter().flatten().map(|p| p.label.as_str()).collect();
        let how = if r.how.is_empty() { String::new() } else { format!(", {}", r.how) };
        writeln!(out, "{}: {} ({}{how})", r.predicate, parties.join(" → "), r.kind.as_str())?;
        let mut t = Table::new(&[
            Column::Fit(" "),
            Column::Wrap("says", 12),
            Column::Wrap("that", 20),
            Column::Wrap("on", 11),
            Column::Fit("grade"),
            Column::Wrap("words", 32),
        ]);
        for v in &r.sides {
            let voice = match (v.by.as_str(), &v.publisher) {
                ("author", Some(p)) => p.clone(),
                (by, Some(p)) => format!("{by} (in {p})"),
                (by, None) => by.to_string(),
            };
            t.row([
                letter(v.position),
                voice,
                told(v.phase.map(|p| p.as_str()), v.polarity, v.modality, &v.when, &v.value),
                words::when(&v.said),
                v.grade.clone().unwrap_or_else(|| "–".into()),
                format!("“{}”", v.quote.split_whitespace().collect::<Vec<_>>().join(" ")),
            ]);
        }
        writeln!(out, "{t}")?;
        let p = &r.policies;
        let follow = |name: &str, p: &Option<Position>| {
            format!("{name} {}", p.as_ref().map_or("–".into(), |p| letter(p.position)))
        };
        let all = [
            follow("latest", &p.latest),
            follow("most sources", &p.most_sources),
            follow("highest grade", &p.highest_grade),
            follow("reviewed", &p.reviewed),
        ];
        writeln!(out, "  follow: {}", all.join(", "))?;
    }
    if !rows.is_empty() {
        let kinds = [
            ConflictKind::Date,
            ConflictKind::Value,
            ConflictKind::Polarity,
            ConflictKind::Extent,
            ConflictKind::Modality,
        ];
        let of = |k: &ConflictKind| rows.iter().filter(|r| r.kind == *k).count();
        let parts: Vec<String> =
            kinds.iter().filter(|k| of(k) > 0).map(|k| format!("{} of {}", of(k), k.as_str())).collect();
        writeln!(out, "\n{}: {}", count(rows.len(), "conflict"), parts.join(", "))?;
    }
    out.flush().map_err(Failure::from)
}

fn told(
    phase: Option<&str>,
    polarity: Polarity,
    modality: Modality,
    when: &str,
    value: &serde_json::Map<String, serde_json::Value>,
) -> String {
    let head = [
        (modality != Modality::Asserted).then(|| modality.to_string()),
        (polarity == Polarity::No).then(|| "not".to_string()),
        phase.map(str::to_string),
        (!when.is_empty()).then(|| when.to_string()),
    ];
    let head = head.into_iter().flatten().collect::<Vec<_>>().join(" ");
    [head, words::value(value)].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(", ")
}
