//! A ledger being asked: names become actors, filters become claims.
use crate::failure::Failure;
use chancery_core::ask::{Kinship, Side};
use chancery_core::knowledge::Ontology;
use chancery_core::ledger::{ClaimRow, Filter, Ledger};
use chancery_core::resolve::{Kind, Registry};
use chancery_core::values::Family;
use jiff::Timestamp;

pub struct Asking {
    pub ledger: Ledger,
    pub ontology: Ontology,
    pub registry: Registry,
    pub kin: Kinship,
    pub known_at: Option<Timestamp>,
}

impl Asking {
    pub fn claims(&self, filter: &Filter) -> Result<Vec<ClaimRow>, Failure> {
        Ok(self.ledger.claims(filter, self.known_at)?)
    }

    /// The side a name stands for: any name, alias or id that the registry or the ledger knows.
    pub fn side(&self, name: &str) -> Result<Side, Failure> {
        Ok(self.kin.side(&self.actor(name)?))
    }

    /// The id of the one actor a name stands for.
    pub fn actor(&self, name: &str) -> Result<String, Failure> {
        // A name that the user gave goes before all others.
        if let [id] = self.ledger.aliased(name)?.as_slice() {
            return Ok(id.clone());
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
                eprintln!("note: {name:?} is taken for {} ({id})", self.kin.label(id));
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
                Err(Failure::Input(format!("nobody goes by the name {name:?}: {hint}")))
            }
            several => {
                let list: Vec<String> = several.iter().map(|id| format!("\n  {id}  {}", self.kin.label(id))).collect();
                Err(Failure::Input(format!("{name:?} may be any of these; use the id:{}", list.concat())))
            }
        }
    }

    /// A predicate and those whose end ends it: what ends with another standing is told by that one's claims.
    pub fn with_enders(&self, predicate: &str) -> Vec<String> {
        let ends = self.ontology.get(Family::Standing, predicate).map(|p| p.ends_with.clone());
        [vec![predicate.to_string()], ends.unwrap_or_default()].concat()
    }

    /// Refuses a predicate that the ontology does not know.
    pub fn predicate(&self, id: &str, family: Option<Family>) -> Result<(), Failure> {
        let fits = |f: Family| family.is_none_or(|want| want == f);
        if self.ontology.all().iter().any(|p| p.id == id && fits(p.family)) {
            return Ok(());
        }
        let mut known: Vec<&str> =
            self.ontology.all().iter().filter(|p| fits(p.family)).map(|p| p.id.as_str()).collect();
        known.sort_unstable();
        known.dedup();
        let what = family.map_or("predicate".to_string(), |f| f.to_string());
        Err(Failure::Input(format!("{id:?} is no {what}; there are {}", known.join(", "))))
    }
}

/// Leaves those that fit, if any do.
fn prefer(ids: &mut Vec<String>, fits: impl Fn(&str) -> bool) {
    if ids.iter().any(|id| fits(id)) {
        ids.retain(|id| fits(id));
    }
}
