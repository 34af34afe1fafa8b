use crate::context::{At, Global, Output};
use crate::failure::{Done, Failure};
use crate::show::{self, Column, Table, words};
use chancery_core::ask::{EdgeRow, shortest};
use chancery_web::draw;
use chancery_web::questions::{Web, network_of};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Whom an actor is tied to by standings that hold on a day, and to whom those are.
#[derive(clap::Args)]
pub struct Args {
    /// Any name or id
    actor: String,
    /// How many ties away
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=6), value_name = "N")]
    depth: u8,
    /// Only ties of this predicate
    #[arg(long)]
    predicate: Option<String>,
    /// Draw it into this file (- for standard output), as SVG
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    output: Output,
}

/// A shortest way from one actor to another along standings that hold on a day.
#[derive(clap::Args)]
pub struct PathArgs {
    /// From: any name or id
    a: String,
    /// To
    b: String,
    /// Only along this predicate
    #[arg(long)]
    predicate: Option<String>,
    #[command(flatten)]
    at: At,
    #[command(flatten)]
    output: Output,
}

/// How far a path is looked for.
const FARTHEST: usize = 8;

impl Args {
    pub fn run(self, global: &Global) -> Done {
        let as_of = self.at.as_of();
        let asking = global.asking(as_of.known_at)?;
        let actor = asking.side(&self.actor)?;
        let rows = network_of(&asking, &as_of, &actor, self.depth, self.predicate.as_deref())?;
        if let Some(file) = &self.svg {
            let center: Vec<String> = actor.parties.ids.iter().map(|id| asking.kin.one(id).to_string()).collect();
            let title = format!("{} and those tied to it, {}", actor.label, as_of.valid_at);
            return show::picture(file, &draw::network(&title, &center, &rows, &|_| None));
        }
        if rows.is_empty() {
            eprintln!("nobody is tied to {} at {}", self.actor, as_of.valid_at);
        }
        show::rows(self.output.format, &rows, table)
    }
}

impl PathArgs {
    pub fn run(self, global: &Global) -> Done {
        let as_of = self.at.as_of();
        let asking = global.asking(as_of.known_at)?;
        let ids = |name: &str| -> Result<BTreeSet<String>, Failure> {
            Ok(asking.side(name)?.parties.ids.iter().map(|id| asking.kin.one(id).to_string()).collect())
        };
        let (from, to) = (ids(&self.a)?, ids(&self.b)?);
        let mut web = Web::new(&asking, &as_of, self.predicate.as_deref(), asking.side(&self.a)?.parties.ids)?;
        let mut way = Vec::new();
        for _ in 0..FARTHEST {
            let more = web.grow()?;
            way = shortest(&web.edges, &from, &to);
            if !way.is_empty() || !more {
                break;
            }
        }
        if way.is_empty() {
            eprintln!("no way leads from {} to {} at {}", self.a, self.b, as_of.valid_at);
        }
        show::rows(self.output.format, &way, table)
    }
}

fn table(rows: &[EdgeRow]) -> Table {
    let mut t = Table::new(&[
        Column::Wrap("who", 16),
        Column::Fit("standing"),
        Column::Wrap("whom", 16),
        Column::Wrap("answer", 12),
        Column::Wrap("value", 16),
        Column::Fit("claims"),
    ]);
    for r in rows {
        let (who, whom) = (words::party(&mut t, &r.subject), words::party(&mut t, &r.object));
        t.row([
            who,
            r.predicate.clone(),
            whom,
            words::answer(r.answer, r.conflict),
            words::value(&r.value),
            r.claims.len().to_string(),
        ]);
    }
    t
}
