use crate::context::{Global, Known, Output, of_user, report, reviewer};
use crate::failure::{Done, Failure};
use crate::show::{self, Column, Format, Table};
use chancery_core::ledger::{Act, ActRow, Ledger};
use chancery_core::resolve::{Kind, Registry};
use chancery_web::questions::{ActorRow as Row, actor_of};
use jiff::Timestamp;
use std::io::Write;

/// Look up actors, and say who is who: merge, split, name, retype; every such act can be undone.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// The actors that go by a name, the surest first
    Find {
        name: String,
        #[command(flatten)]
        output: Output,
    },
    /// Two actors are one: questions about either find both, under one name
    Merge {
        a: String,
        b: String,
        #[command(flatten)]
        by: By,
    },
    /// Two actors are not one, nor one of the other
    Split {
        a: String,
        b: String,
        #[command(flatten)]
        by: By,
    },
    /// An actor goes by a further name
    Alias {
        actor: String,
        name: String,
        #[command(flatten)]
        by: By,
    },
    /// An actor is of another kind: state, government, organization, group, party, body, person ...
    Retype {
        actor: String,
        kind: String,
        #[command(flatten)]
        by: By,
    },
    /// Take an act back, by its number in the log
    Undo {
        number: i64,
        #[command(flatten)]
        by: By,
    },
    /// All acts on identity
    Log {
        #[command(flatten)]
        known: Known,
        #[command(flatten)]
        output: Output,
    },
    /// All that is known of an actor
    Show {
        /// Its id, or a name that it alone goes by
        id: String,
        #[command(flatten)]
        output: Output,
    },
}

#[derive(clap::Args)]
struct By {
    /// Why
    #[arg(long, default_value = "", hide_default_value = true)]
    note: String,
    /// Who says so [default: $USER]
    #[arg(long, value_name = "NAME")]
    reviewer: Option<String>,
}

impl By {
    /// Writes an act and says its number.
    fn act(self, global: &Global, act: &Act) -> Done {
        let mut ledger = Ledger::open(&global.existing_ledger()?)?;
        let number = ledger.act(act, &reviewer(self.reviewer), &self.note, Timestamp::now())??;
        eprintln!("act {number} recorded; `chancery actors undo {number}` takes it back");
        Ok(())
    }
}

impl Args {
    pub fn run(self, global: &Global) -> Done {
        let id = |name: &str| -> Result<String, Failure> { Ok(global.asking(None)?.actor(name)?) };
        match self.what {
            What::Merge { a, b, by } => return by.act(global, &Act::Merge(id(&a)?, id(&b)?)),
            What::Split { a, b, by } => return by.act(global, &Act::Split(id(&a)?, id(&b)?)),
            What::Alias { actor, name, by } => {
                if name.trim().is_empty() {
                    return Err(Failure::input("a name has letters"));
                }
                return by.act(global, &Act::Alias(id(&actor)?, name));
            }
            What::Retype { actor, kind, by } => {
                let kinds: Vec<&str> = Kind::ALL.iter().map(|k| k.as_str()).collect();
                if !kinds.contains(&kind.as_str()) {
                    return Err(Failure::input(format!("{kind:?} is no kind; there are {}", kinds.join(", "))));
                }
                return by.act(global, &Act::Retype(id(&actor)?, kind));
            }
            What::Undo { number, by } => return by.act(global, &Act::Undo(number)),
            What::Log { known, output } => {
                let rows = global.open_read()?.acts(known.known)?;
                if rows.is_empty() {
                    eprintln!("nothing was said of who is who");
                }
                return show::rows(output.format, &rows, log);
            }
            What::Find { .. } | What::Show { .. } => {}
        }
        let data = global.data_files()?;
        let (registry, findings) = Registry::load(&data);
        report(&of_user(findings, &data));
        match self.what {
            What::Find { name, output } => {
                let mut rows: Vec<Row> = registry
                    .find(&name)
                    .into_iter()
                    .map(|(ix, how)| Row::known(&registry, ix, Some(format!("{how:?}").to_lowercase())))
                    .collect();
                // The ledger's own actors too, if there is a ledger.
                if let Ok(ledger) = global.ledger_path().and_then(|p| Ok(Ledger::open_read(&p)?)) {
                    let here = ledger.actors_named(&name)?;
                    rows.extend(here.into_iter().filter(|s| registry.by_id(&s.id).is_none()).map(Row::seen));
                }
                if rows.is_empty() {
                    let near = registry.suggest(&name);
                    let hint = if near.is_empty() { String::new() } else { format!("; near are {}", near.join(", ")) };
                    eprintln!("nobody goes by the name {name:?}{hint}");
                }
                show::rows(output.format, &rows, found)
            }
            What::Show { id, output } => {
                let row = match registry.by_id(&id) {
                    Some(ix) => Row::known(&registry, ix, None),
                    None => one(global, &registry, &id)?,
                };
                match output.format {
                    Format::Table => card(&row),
                    format => show::rows(format, &[row], found),
                }
            }
            _ => Ok(()),
        }
    }
}

/// The one actor of a name, by registry or ledger.
fn one(global: &Global, registry: &Registry, name: &str) -> Result<Row, Failure> {
    match registry.find(name).as_slice() {
        [(ix, _)] => Ok(Row::known(registry, *ix, None)),
        _ => Ok(actor_of(&global.asking(None)?, name)?),
    }
}

fn found(rows: &[Row]) -> Table {
    let mut t = Table::new(&[
        Column::Fit("id"),
        Column::Wrap("name", 16),
        Column::Fit("kind"),
        Column::Fit("country"),
        Column::Fit("by"),
        Column::Wrap("also", 20),
    ]);
    for r in rows {
        let dash = |s: &Option<String>| s.clone().unwrap_or_else(|| "–".into());
        let mut also = r.aliases.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
        if r.aliases.len() > 5 {
            also += " …";
        }
        t.row([r.id.clone(), r.label.clone(), r.kind.clone(), dash(&r.country), dash(&r.by), also]);
    }
    t
}

fn log(rows: &[ActRow]) -> Table {
    let mut t = Table::new(&[
        Column::Fit("no"),
        Column::Fit("when"),
        Column::Fit("act"),
        Column::Wrap("actors", 24),
        Column::Wrap("by", 8),
        Column::Wrap("note", 16),
    ]);
    for r in rows {
        let what = match r.undone {
            Some(n) => format!("act {n}"),
            None => format!("{}, {}", r.actor, r.other),
        };
        t.row([
            r.row.to_string(),
            r.recorded.get(..19).unwrap_or(&r.recorded).replace('T', " "),
            if r.counts { r.act.clone() } else { format!("{} (undone)", r.act) },
            what,
            r.by.clone(),
            r.note.clone(),
        ]);
    }
    t
}

/// One actor, line by line.
fn card(r: &Row) -> Done {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} ({}, {})", r.label, r.id, r.kind)?;
    let lines = [
        ("country", r.country.clone().unwrap_or_default()),
        ("leads", r.leads.clone().unwrap_or_default()),
        ("from", r.from.clone()),
        ("until", r.until.clone()),
        ("also", r.aliases.join(", ")),
        ("part of", r.parents.join(", ")),
        ("member of", r.member_of.join(", ")),
        ("members", r.members.join(", ")),
        ("note", r.note.clone()),
    ];
    for (name, text) in lines.iter().filter(|(_, t)| !t.is_empty()) {
        writeln!(out, "{}", show::wrapped(&format!("  {name:<10}"), text))?;
    }
    for o in &r.offices {
        let until = if o.until.is_empty() { "now" } else { &o.until };
        writeln!(out, "  office    {}: {} of {}, {} to {until}", o.person, o.title, o.of, o.from)?;
    }
    Ok(())
}
