//! Who counts as one side of a question.
//!
//! ```text
//!   Afghanistan (state) <-- leads -- Islamic Emirate (government) <-- parent -- Taliban (movement)
//!        ^-- its persons and organs, by their country
//! ```
//!
//! A question about one end finds claims about the others, each shown under its own name and with how it is tied.
//! Nothing is merged by it, but for one thing: a movement that forms a government stands for it where a government can
//! stand (being recognised, hosting a mission), so that two ways to name one regime do not look like two standings.
use crate::knowledge::Predicate;
use crate::ledger::{Days, Identity, Judgement, Parties, Seen};
use crate::resolve::Registry;
use crate::values::Party;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What the ties need to know of an actor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Actor {
    pub id: String,
    pub label: String,
    /// As in [`Party::kind`].
    pub kind: String,
    pub country: Option<String>,
    /// The state a government governs or claims to govern.
    pub leads: Option<String>,
    pub parents: Vec<String>,
    /// EDTF, "" = unknown: when it began and ended.
    pub from: String,
    pub until: String,
}

impl Actor {
    /// Did it exist on that day, as far as is known?
    fn lived(&self, day: Date) -> bool {
        Days::of(&self.from).first().is_none_or(|d| d <= day) && Days::of(&self.until).last().is_none_or(|d| day <= d)
    }
}

/// An actor that counts with another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kin {
    pub id: String,
    /// "government of Afghanistan", "the movement behind it".
    pub relation: String,
}

/// One side of a question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Side {
    pub id: String,
    pub label: String,
    pub kin: Vec<Kin>,
    /// For the ledger: whose claims to fetch.
    pub parties: Parties,
}

impl Side {
    /// Does a party stand on this side, where `acts` says whether persons and organs stand for their state?
    pub fn holds(&self, p: &Party, acts: bool) -> bool {
        self.parties.ids.contains(&p.id) || (acts && self.parties.hold(p))
    }

    /// How a party is tied to what was asked for; `None` = it is that itself.
    pub fn relation(&self, id: &str) -> Option<&str> {
        self.kin.iter().find(|k| k.id == id).map(|k| k.relation.as_str())
    }
}

/// The ties between actors.
#[derive(Debug, Clone, Default)]
pub struct Kinship {
    actors: BTreeMap<String, Actor>,
    same: Vec<(String, String)>,
}

impl Kinship {
    /// From all actors known, and the judgements of identity in force.
    pub fn new(actors: impl IntoIterator<Item = Actor>, judgements: &[Judgement]) -> Kinship {
        Kinship {
            actors: actors.into_iter().map(|a| (a.id.clone(), a)).collect(),
            same: judgements
                .iter()
                .filter(|j| j.verdict == Identity::Same)
                .map(|j| (j.a.clone(), j.b.clone()))
                .collect(),
        }
    }

    /// From the registry, the actors that only the ledger knows, and the judgements of identity in force.
    pub fn of(registry: &Registry, seen: &[Seen], judgements: &[Judgement]) -> Kinship {
        let known = registry.actors().map(|(_, a)| Actor {
            id: a.id.clone(),
            label: a.label.clone(),
            kind: a.kind.as_str().into(),
            country: a.country.clone(),
            leads: a.leads.clone(),
            parents: a.parents.clone(),
            from: a.from.clone(),
            until: a.until.clone(),
        });
        let only_here = seen.iter().filter(|s| registry.by_id(&s.id).is_none()).map(|s| Actor {
            id: s.id.clone(),
            label: s.label.clone(),
            kind: s.kind.clone(),
            country: s.country.clone(),
            ..Actor::default()
        });
        Kinship::new(known.chain(only_here), judgements)
    }

    /// The usual name of an actor, or its id.
    pub fn label<'a>(&'a self, id: &'a str) -> &'a str {
        self.actors.get(id).map_or(id, |a| &a.label)
    }

    /// The side an actor stands for.
    pub fn side(&self, id: &str) -> Side {
        let mut kin: Vec<Kin> = Vec::new();
        let mut add = |id: &str, relation: String| {
            if !kin.iter().any(|k| k.id == id) {
                kin.push(Kin { id: id.to_string(), relation });
            }
        };
        let label = self.label(id);
        let kind = self.actors.get(id).map_or("", |a| a.kind.as_str());
        match kind {
            "state" => {
                for g in self.actors.values().filter(|a| a.leads.as_deref() == Some(id)) {
                    add(&g.id, format!("government of {label}"));
                    for m in self.movements(g) {
                        add(m, format!("the movement behind the {}", g.label));
                    }
                }
            }
            "government" => {
                for m in self.actors.get(id).into_iter().flat_map(|g| self.movements(g)) {
                    add(m, format!("the movement behind the {label}"));
                }
            }
            _ => {
                for g in self.regimes(id) {
                    add(&g.id, format!("the government of the {label}"));
                }
            }
        }
        for (a, b) in &self.same {
            for (this, that) in [(a, b), (b, a)] {
                if this == id {
                    add(that, "judged to be the same".into());
                }
            }
        }
        kin.retain(|k| k.id != id);
        let ids = std::iter::once(id.to_string()).chain(kin.iter().map(|k| k.id.clone())).collect();
        let acting_for = (kind == "state").then(|| id.to_string()).into_iter().collect();
        Side { id: id.to_string(), label: label.to_string(), kin, parties: Parties { ids, acting_for } }
    }

    /// The movements that a government is tied to as parent or child.
    fn movements<'a>(&'a self, government: &'a Actor) -> impl Iterator<Item = &'a str> {
        self.actors
            .values()
            .filter(move |a| {
                matches!(a.kind.as_str(), "group" | "party")
                    && (a.parents.contains(&government.id) || government.parents.contains(&a.id))
            })
            .map(|a| a.id.as_str())
    }

    /// The governments a movement forms or formed.
    fn regimes<'a>(&'a self, movement: &str) -> impl Iterator<Item = &'a Actor> {
        let m = self.actors.get(movement).filter(|a| matches!(a.kind.as_str(), "group" | "party"));
        let tied = move |g: &&Actor| {
            g.kind == "government" && m.is_some_and(|m| g.parents.contains(&m.id) || m.parents.contains(&g.id))
        };
        self.actors.values().filter(tied)
    }

    /// The one government a movement formed on a day.
    fn regime(&self, movement: &str, day: Date) -> Option<&str> {
        let mut then = self.regimes(movement).filter(|g| g.lived(day));
        let one = then.next()?;
        then.next().is_none().then_some(one.id.as_str())
    }

    /// The actor whose standing it is when this party stands as subject (or object) of the predicate. `day`: of which
    /// the claim speaks, else when it was said.
    pub fn stands_for<'a>(&'a self, p: &'a Party, predicate: &Predicate, subject: bool, day: Date) -> &'a str {
        let (acts, kinds) = if subject {
            (predicate.subject_acts_for_state(), &predicate.subject)
        } else {
            (predicate.object_acts_for_state(), &predicate.object)
        };
        if acts
            && matches!(p.kind.as_str(), "person" | "body")
            && let Some(state) = &p.country
        {
            return state;
        }
        let takes = |k: &str| kinds.iter().any(|x| x == k);
        if takes("government") && !takes("person") {
            return self.regime(&p.id, day).unwrap_or(&p.id);
        }
        &p.id
    }
}
