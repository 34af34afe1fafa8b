//! A ledger being asked: names become actors, filters become claims. Used by the command line and the pages.
use chancery_core::Finding;
use chancery_core::ask::{Kinship, Side};
use chancery_core::knowledge::Ontology;
use chancery_core::ledger::{ClaimRow, Filter, Ledger, LedgerError, Parties};
use chancery_core::resolve::{Kind, Registry};
use chancery_core::values::Family;
use jiff::Timestamp;
use std::fmt;
use std::sync::Arc;

/// Why a question has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The question is at fault.
    Input(String),
    /// It asks for what is not there.
    Missing(String),
    /// The world outside is.
    World(String),
}

impl Trouble {
    pub fn input(what: impl fmt::Display) -> Trouble {
        Trouble::Input(what.to_string())
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::Input(m) | Trouble::Missing(m) | Trouble::World(m) => f.write_str(m),
        }
    }
}

impl std::error::Error for Trouble {}

impl From<LedgerError> for Trouble {
    fn from(e: LedgerError) -> Trouble {
        if e.is_input() { Trouble::Input(e.to_string()) } else { Trouble::World(e.to_string()) }
    }
}

impl From<Finding> for Trouble {
    fn from(f: Finding) -> Trouble {
        let hint = if f.hint.is_empty() { String::new() } else { format!(" ({})", f.hint) };
        Trouble::Input(format!("{}: {}{hint}", f.place, f.message))
    }
}

/// The ledger with all that a question needs beside it.
pub struct Asking {
    pub ledger: Ledger,
    pub ontology: Arc<Ontology>,
    pub registry: Arc<Registry>,
    pub kin: Arc<Kinship>,
    pub known_at: Option<Timestamp>,
    /// Where it is told that a name was taken for one of several.
    pub note: fn(&str),
}

impl Asking {
    pub fn claims(&self, filter: &Filter) -> Result<Vec<ClaimRow>, Trouble> {
        Ok(self.ledger.claims(filter, self.known_at)?)
    }

    /// The side a name stands for: any name, alias or id that the registry or the ledger knows.
    pub fn side(&self, name: &str) -> Result<Side, Trouble> {
        Ok(self.kin.side(&self.actor(name)?))
    }

    /// The id of the one actor a name stands for.
    pub fn actor(&self, name: &str) -> Result<String, Trouble> {
        // A name that the user gave goes before all others.
        if let [id] = self.ledger.aliased(name)?.as_slice() {
            return Ok(id.clone());
        }
        // An id is nobody else's name: pages and rows name actors by it.
        if self.registry.by_id(name).is_some() || self.ledger.actors_named(name)?.iter().any(|s| s.id == name) {
            return Ok(name.to_string());
        }
        let found = self.registry.find(name);
        let best = found.first().map(|(_, how)| *how);
        let mut ids: Vec<String> = found
            .iter()
            .filter(|(_, how)| Some(*how) == best)
            .map(|(ix, _)| self.registry.actor(*ix).id.clone())
            .collect();
        if ids.is_empty() {
            ids = self.ledger.actors_named(name)?.into_iter().map(|s| s.id).collect();
        } else if ids.len() > 1 {
            // Of several that share a name: those the documents speak of, that still exist, that are states.
            let seen = self.ledger.actors()?;
            prefer(&mut ids, |id| seen.iter().any(|s| s.id == id));
            let known = |id: &str| self.registry.by_id(id).map(|ix| self.registry.actor(ix));
            prefer(&mut ids, |id| known(id).is_some_and(|a| a.until.is_empty()));
            prefer(&mut ids, |id| known(id).is_some_and(|a| a.kind == Kind::State));
            if let [id] = ids.as_slice() {
                (self.note)(&format!("{name:?} is taken for {} ({id})", self.kin.label(id)));
            }
        }
        match ids.as_slice() {
            [id] => Ok(id.clone()),
            [] => {
                let near = self.registry.suggest(name);
                let hint = match near.is_empty() {
                    true => "`chancery actors find` looks names up".to_string(),
                    false => format!("did you mean {}?", near.join(", ")),
                };
                Err(Trouble::Input(format!("nobody goes by the name {name:?}: {hint}")))
            }
            several => {
                let list: Vec<String> = several.iter().map(|id| format!("\n  {id}  {}", self.kin.label(id))).collect();
                Err(Trouble::Input(format!("{name:?} may be any of these; use the id:{}", list.concat())))
            }
        }
    }

    /// All that count as one side with any of these actors.
    pub fn parties<'a>(&self, ids: impl IntoIterator<Item = &'a String>) -> Parties {
        let mut all = Parties::default();
        for side in ids.into_iter().map(|id| self.kin.side(id)) {
            all.ids.extend(side.parties.ids);
            all.acting_for.extend(side.parties.acting_for);
        }
        all
    }

    /// A predicate and those whose end ends it: what ends with another standing is told by that one's claims.
    pub fn with_enders(&self, predicate: &str) -> Vec<String> {
        let ends = self.ontology.get(Family::Standing, predicate).map(|p| p.ends_with.clone());
        [vec![predicate.to_string()], ends.unwrap_or_default()].concat()
    }

    /// Refuses a predicate that the ontology does not know.
    pub fn predicate(&self, id: &str, family: Option<Family>) -> Result<(), Trouble> {
        let fits = |f: Family| family.is_none_or(|want| want == f);
        if self.ontology.all().iter().any(|p| p.id == id && fits(p.family)) {
            return Ok(());
        }
        let mut known: Vec<&str> =
            self.ontology.all().iter().filter(|p| fits(p.family)).map(|p| p.id.as_str()).collect();
        known.sort_unstable();
        known.dedup();
        let what = family.map_or("predicate".to_string(), |f| f.to_string());
        Err(Trouble::Input(format!("{id:?} is no {what}; there are {}", known.join(", "))))
    }
}

/// Leaves those that fit, if any do.
fn prefer(ids: &mut Vec<String>, fits: impl Fn(&str) -> bool) {
    if ids.iter().any(|id| fits(id)) {
        ids.retain(|id| fits(id));
    }
}
