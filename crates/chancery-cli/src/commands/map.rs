use crate::context::{At, Global, Output, of_user, report};
use crate::failure::Done;
use crate::show::{self, Column, Table, words};
use chancery_core::ask::PartyRef;
use chancery_core::resolve::Places;
use chancery_web::atlas::{self, MapRow};
use chancery_web::draw;
use std::path::PathBuf;

/// Which states a standing ties to an actor on a day, and where events took place in the twelve months before.
#[derive(clap::Args)]
pub struct Args {
    /// A standing: recognition, mission, sanction ...
    predicate: String,
    /// Any name or id
    actor: String,
    /// Events to show: a predicate, all or none
    #[arg(long, default_value = "assault", value_name = "PREDICATE")]
    events: String,
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
        let data = global.data_files()?;
        let (places, findings) = Places::load(&data);
        report(&of_user(findings, &data));
        let asking = global.asking(as_of.known_at)?;
        let actor = asking.side(&self.actor)?;
        let wanted = atlas::Wanted { predicate: &self.predicate, actor: &actor, events: &self.events };
        let rows = atlas::map_of(&asking, &places, &as_of, &wanted)?;
        if let Some(file) = &self.svg {
            let home = atlas::state_of(&asking.registry, &actor.id);
            let title = format!("{}: {}, {}", actor.label, self.predicate, as_of.valid_at);
            return show::picture(file, &draw::map(&title, home.as_deref(), &rows, &|_| None));
        }
        if rows.is_empty() {
            eprintln!("nothing is said of {} and {} at {}", self.predicate, self.actor, as_of.valid_at);
        }
        show::rows(self.output.format, &rows, table)
    }
}

fn table(rows: &[MapRow]) -> Table {
    let mut t = Table::new(&[
        Column::Fit("where"),
        Column::Wrap("who", 16),
        Column::Fit("what"),
        Column::Wrap("whom", 16),
        Column::Wrap("answer", 12),
        Column::Wrap("value", 16),
        Column::Fit("sources"),
    ]);
    for r in rows {
        let mut party = |p: &Option<PartyRef>| match p {
            Some(p) => words::party(&mut t, p),
            None => "–".into(),
        };
        let (who, whom) = (party(&r.subject), party(&r.object));
        let when = r.when.as_deref().unwrap_or_default();
        let answer = r.answer.map_or_else(|| chancery_web::words::when(when), |a| words::answer(a, r.conflict));
        let place = r.place.clone().or_else(|| r.state.clone()).unwrap_or_else(|| "–".into());
        t.row([place, who, r.predicate.clone(), whom, answer, words::value(&r.value), r.sources.to_string()]);
    }
    t
}
