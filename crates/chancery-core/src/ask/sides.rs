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
use foldhash::{HashMap, HashMapExt};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

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
    /// Id -> the id under which all that were judged to be the same stand; only where there are several.
    one: HashMap<String, String>,
    /// That id -> all of them.
    same: BTreeMap<String, BTreeSet<String>>,
    different: BTreeSet<(String, String)>,
    /// Group or party -> the governments it is tied to; government -> the groups and parties.
    regimes: HashMap<String, Vec<String>>,
    movements: HashMap<String, Vec<String>>,
    /// State -> its governments.
    led_by: HashMap<String, Vec<String>>,
}

impl Kinship {
    /// From all actors known, and the judgements of identity in force.
    pub fn new(actors: impl IntoIterator<Item = Actor>, judgements: &[Judgement]) -> Kinship {
        let actors: BTreeMap<String, Actor> = actors.into_iter().map(|a| (a.id.clone(), a)).collect();
        let mut k = Kinship { actors, ..Kinship::default() };
        for j in judgements {
            match j.verdict {
                Identity::Same => k.unite(&j.a, &j.b),
                Identity::Different => drop(k.different.insert((j.a.clone(), j.b.clone()))),
                Identity::Open => {}
            }
        }
        let is_movement = |a: &Actor| matches!(a.kind.as_str(), "group" | "party");
        let (mut regimes, mut movements) = (HashMap::new(), HashMap::new());
        let mut tie = |movement: &str, government: &str| {
            let add = |map: &mut HashMap<String, Vec<String>>, of: &str, id: &str| {
                let list = map.entry(of.to_string()).or_default();
                if !list.iter().any(|x| x == id) {
                    list.push(id.to_string());
                }
            };
            add(&mut regimes, movement, government);
            add(&mut movements, government, movement);
        };
        // In the order of ids, so that answers come in one order too.
        for a in k.actors.values() {
            for p in a.parents.iter().filter_map(|p| k.actors.get(p)) {
                if is_movement(a) && p.kind == "government" {
                    tie(&a.id, &p.id);
                } else if is_movement(p) && a.kind == "government" {
                    tie(&p.id, &a.id);
                }
            }
            if let Some(state) = &a.leads {
                k.led_by.entry(state.clone()).or_default().push(a.id.clone());
            }
        }
        for list in regimes.values_mut().chain(movements.values_mut()) {
            list.sort_unstable();
        }
        (k.regimes, k.movements) = (regimes, movements);
        k
    }

    /// Takes two ids, and all that were one with either, for one actor.
    fn unite(&mut self, a: &str, b: &str) {
        let whole = |k: &mut Kinship, id: &str| {
            let one = k.one.get(id).cloned().unwrap_or_else(|| id.to_string());
            k.same.remove(&one).unwrap_or_else(|| BTreeSet::from([id.to_string()]))
        };
        let mut all = whole(self, a);
        if !all.contains(b) {
            all.extend(whole(self, b));
        }
        // An id that a data file knows speaks for one that only documents know.
        let one = all.iter().min_by_key(|id| (id.starts_with('~'), id.as_str())).cloned().unwrap_or_default();
        for id in &all {
            self.one.insert(id.clone(), one.clone());
        }
        self.same.insert(one, all);
    }

    /// The id under which an actor stands.
    pub fn one<'a>(&'a self, id: &'a str) -> &'a str {
        self.one.get(id).map_or(id, String::as_str)
    }

    /// Did somebody judge that these two are not one, nor of one?
    fn parted(&self, a: &str, b: &str) -> bool {
        if self.different.is_empty() {
            return false;
        }
        let pair = if a <= b { (a.to_string(), b.to_string()) } else { (b.to_string(), a.to_string()) };
        self.different.contains(&pair)
    }

    /// From the registry, the actors that only the ledger knows, and the judgements of identity in force.
    /// `kinds`: actors that the user set to another kind ([`crate::ledger::Ledger::kinds`]).
    pub fn of(
        registry: &Registry,
        seen: &[Seen],
        judgements: &[Judgement],
        kinds: &std::collections::HashMap<String, String>,
    ) -> Kinship {
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
        let retyped = |mut a: Actor| {
            if let Some(kind) = kinds.get(&a.id) {
                a.kind.clone_from(kind);
            }
            a
        };
        Kinship::new(known.chain(only_here).map(retyped), judgements)
    }

    /// The usual name of an actor, or its id.
    pub fn label<'a>(&'a self, id: &'a str) -> &'a str {
        self.actors.get(id).map_or(id, |a| &a.label)
    }

    /// The side an actor stands for.
    pub fn side(&self, id: &str) -> Side {
        let mut kin: Vec<Kin> = Vec::new();
        let one = self.one(id);
        // The user's word first: it says more than being tied to a government does.
        let also = self.same.get(one).into_iter().flatten().filter(|other| *other != id);
        for other in also.clone() {
            kin.push(Kin { id: other.clone(), relation: "judged to be the same".into() });
        }
        for of in std::iter::once(id).chain(also.map(String::as_str)) {
            for (other, relation) in self.ties(of) {
                if other != id && !self.parted(id, other) && !kin.iter().any(|k| k.id == other) {
                    kin.push(Kin { id: other.to_string(), relation });
                }
            }
        }
        let ids = std::iter::once(id.to_string()).chain(kin.iter().map(|k| k.id.clone())).collect();
        let is_state = |id: &&str| self.actors.get(*id).is_some_and(|a| a.kind == "state");
        let acting_for = [id, one].into_iter().filter(is_state).map(str::to_string).collect();
        Side { id: id.to_string(), label: self.label(id).to_string(), kin, parties: Parties { ids, acting_for } }
    }

    /// Who counts with an actor, and how it is tied.
    fn ties<'a>(&'a self, id: &str) -> Vec<(&'a str, String)> {
        let mut out: Vec<(&'a str, String)> = Vec::new();
        let Some(actor) = self.actors.get(id) else { return out };
        let label = &actor.label;
        let list = |map: &'a HashMap<String, Vec<String>>, of: &str| map.get(of).map_or(&[][..], Vec::as_slice);
        match actor.kind.as_str() {
            "state" => {
                for g in list(&self.led_by, id) {
                    out.push((g, format!("government of {label}")));
                    for m in list(&self.movements, g) {
                        out.push((m, format!("the movement behind the {}", self.label(g))));
                    }
                }
            }
            "government" => {
                out.extend(
                    list(&self.movements, id).iter().map(|m| (m.as_str(), format!("the movement behind the {label}"))),
                );
            }
            _ => {
                out.extend(
                    list(&self.regimes, id).iter().map(|g| (g.as_str(), format!("the government of the {label}"))),
                );
            }
        }
        out
    }

    /// The one government a movement formed on a day.
    fn regime(&self, movement: &str, day: Date) -> Option<&str> {
        let mut then = self
            .regimes
            .get(movement)?
            .iter()
            .filter(|g| !self.parted(movement, g) && self.actors.get(*g).is_some_and(|g| g.lived(day)));
        let one = then.next()?;
        then.next().is_none().then_some(one.as_str())
    }

    /// The actor whose standing it is when this party stands as subject (or object) of the predicate. `day`: of which
    /// the claim speaks, else when it was said.
    pub fn stands_for<'a>(&'a self, p: &'a Party, predicate: &Predicate, subject: bool, day: Date) -> &'a str {
        self.one(self.stands_as(p, predicate, subject, day))
    }

    fn stands_as<'a>(&'a self, p: &'a Party, predicate: &Predicate, subject: bool, day: Date) -> &'a str {
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
