use crate::asking::Asking;
use crate::context::{At, Global, Output};
use crate::failure::{Done, Failure};
use crate::show::{self, Column, Table, words};
use chancery_core::ask::{EdgeRow, edges, shortest};
use chancery_core::ledger::{Filter, Parties};
use chancery_core::values::{AsOf, Family};
use std::collections::BTreeSet;

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
        let start = asking.side(&self.actor)?.parties.ids;
        let mut web = Web::new(&asking, &as_of, self.predicate.as_deref(), start)?;
        for _ in 0..self.depth {
            web.grow()?;
        }
        if web.edges.is_empty() {
            eprintln!("nobody is tied to {} at {}", self.actor, as_of.valid_at);
        }
        show::rows(self.output.format, &web.edges, table)
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

/// Ties found so far, and the actors whose ties were not looked for yet.
struct Web<'a> {
    asking: &'a Asking,
    as_of: &'a AsOf,
    predicates: Vec<String>,
    only: Option<&'a str>,
    edges: Vec<EdgeRow>,
    known: BTreeSet<String>,
    next: BTreeSet<String>,
}

impl<'a> Web<'a> {
    fn new(
        asking: &'a Asking,
        as_of: &'a AsOf,
        only: Option<&'a str>,
        start: BTreeSet<String>,
    ) -> Result<Web<'a>, Failure> {
        if let Some(p) = only {
            asking.predicate(p, Some(Family::Standing))?;
        }
        let predicates = only.map(|p| asking.with_enders(p)).unwrap_or_default();
        Ok(Web { asking, as_of, predicates, only, edges: Vec::new(), known: BTreeSet::new(), next: start })
    }

    /// One tie further; false = there was nobody left to ask for.
    fn grow(&mut self) -> Result<bool, Failure> {
        let frontier = std::mem::take(&mut self.next);
        if frontier.is_empty() {
            return Ok(false);
        }
        let mut all = Parties::default();
        for side in frontier.iter().map(|id| self.asking.kin.side(id)) {
            all.ids.extend(side.parties.ids);
            all.acting_for.extend(side.parties.acting_for);
        }
        let claims = self.asking.claims(&Filter {
            family: Some(Family::Standing),
            predicates: self.predicates.clone(),
            subject: Some(all),
            either_order: true,
            ..Filter::default()
        })?;
        self.known.extend(frontier.iter().cloned());
        let mut seen: BTreeSet<(String, String, String, String)> = self.edges.iter().map(key).collect();
        for e in edges(self.as_of, &claims, &self.asking.ontology, &self.asking.kin) {
            let ends = [&e.subject.id, &e.object.id];
            let ours =
                ends.iter().any(|id| frontier.contains(*id) || frontier.iter().any(|f| self.asking.kin.one(f) == **id));
            if !ours || self.only.is_some_and(|p| e.predicate != p) {
                continue;
            }
            self.next.extend(ends.into_iter().filter(|id| !self.known.contains(*id)).cloned());
            if seen.insert(key(&e)) {
                self.edges.push(e);
            }
        }
        Ok(true)
    }
}

fn key(e: &EdgeRow) -> (String, String, String, String) {
    let value = serde_json::to_string(&e.value).unwrap_or_default();
    (e.predicate.clone(), e.subject.id.clone(), e.object.id.clone(), value)
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
