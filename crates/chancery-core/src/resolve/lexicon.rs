//! The word lists of resolving: organs, titles, nouns that point back. Read once, beside the registry.
use crate::knowledge::DataFiles;
use crate::values::{Finding, Level};
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};

use super::actors::{Fast, Kind, Table, name_words};

/// Asked for at every word.
pub(super) type Words = HashSet<String, std::hash::BuildHasherDefault<Fast>>;

/// `lexicon/{organs,titles,anaphors,places}.toml`.
#[derive(Debug, Default)]
pub struct Lexicon {
    pub alone: Words,
    pub bodies: Words,
    pub agents: Words,
    /// People and their bodies that act for nobody in particular.
    pub humans: Words,
    /// By normalised words: id of the actor, organ.
    pub fixed: Table<Vec<String>, (String, String)>,
    pub collectives: Table<Vec<String>, String>,
    pub kinds: Table<String, Kind>,
    pub heads: Words,
    pub phrases: Words,
    pub modifiers: Words,
    pub honorifics: Words,
    pub past: Words,
    pub local: Words,
    pub address: Words,
    pub state: Words,
    pub government: Words,
    pub organization: Words,
    pub group: Words,
    pub members: Words,
    pub sets: Words,
    pub people: Words,
    /// What one person is called instead of by name: "the exile", "the commodore".
    pub epithets: Words,
    /// States that are islands, by ISO3: "the island".
    pub islands: Words,
    /// States that have ruled colonies, by ISO3.
    pub colonial: Words,
    pub no_actor: Words,
    /// Given names that are women's alone, in lower case without accents.
    pub women: Words,
    /// Given names that are men's alone.
    pub men: Words,
    /// By an adjective in lower case: the states that lie there.
    pub regions: Table<String, Words>,
    /// By the id of a state: its neighbours.
    pub borders: Table<String, Words>,
    pub places: PlaceWords,
}

/// `lexicon/places.toml`: what stands beside the names of towns and regions.
#[derive(Debug, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct PlaceWords {
    /// Prepositions that go with places.
    pub at: Words,
    /// Verbs that are done to towns and hardly to anybody else.
    taken: Words,
    /// Verbs that are done to places, and to persons and bodies too.
    entered: Words,
    /// Verbs that are done to whatever can be held.
    ruled: Words,
    /// Nouns that say of a name beside them that it is a place.
    pub called: Words,
}

impl PlaceWords {
    /// Is this verb done to towns and hardly to anybody else?
    pub fn takes(&self, verb: &str) -> bool {
        self.taken.contains(verb)
    }

    /// Is this verb done to places?
    pub fn reaches(&self, verb: &str) -> bool {
        self.takes(verb) || self.entered.contains(verb)
    }

    /// Does this verb say who holds a place?
    pub fn holds(&self, verb: &str) -> bool {
        self.takes(verb) || self.ruled.contains(verb)
    }
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Organs {
    alone: Words,
    bodies: Words,
    agents: Words,
    humans: Words,
    fixed: Vec<Fixed>,
    collectives: Vec<String>,
    kinds: BTreeMap<Kind, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fixed {
    name: String,
    of: String,
    organ: String,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Titles {
    heads: Words,
    phrases: Words,
    modifiers: Words,
    honorifics: Words,
    past: Words,
    local: Words,
    address: Words,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Anaphors {
    state: Words,
    government: Words,
    organization: Words,
    group: Words,
    members: Words,
    sets: Words,
    people: Words,
    epithets: Words,
    islands: Words,
    colonial: Words,
    no_actor: Words,
    women: Words,
    men: Words,
    regions: Table<String, Words>,
    borders: Table<String, Words>,
}

impl Lexicon {
    pub fn load(data: &DataFiles) -> (Lexicon, Vec<Finding>) {
        let mut findings = Vec::new();
        let o: Organs = read(data, "lexicon/organs.toml", &mut findings);
        let t: Titles = read(data, "lexicon/titles.toml", &mut findings);
        let a: Anaphors = read(data, "lexicon/anaphors.toml", &mut findings);
        let mut kinds: Table<String, Kind> = Table::default();
        for (kind, words) in o.kinds {
            for w in words {
                match kinds.get(&w) {
                    None => drop(kinds.insert(w, kind)),
                    Some(first) => findings.push(Finding::new(
                        Level::Warning,
                        "data/lexicon/organs.toml, kinds".to_owned(),
                        format!("{w:?} stands under {} and under {}", first.as_str(), kind.as_str()),
                        "leave it under one; the first is taken",
                    )),
                }
            }
        }
        let key = |name: &str| name_words(name).into_iter().map(|(_, w)| w).collect::<Vec<_>>();
        let lex = Lexicon {
            alone: o.alone,
            bodies: o.bodies,
            agents: o.agents,
            humans: o.humans,
            fixed: o.fixed.into_iter().map(|f| (key(&f.name), (f.of, f.organ))).collect(),
            collectives: o.collectives.into_iter().map(|n| (key(&n), n)).collect(),
            kinds,
            heads: t.heads,
            phrases: t.phrases,
            modifiers: t.modifiers,
            honorifics: t.honorifics,
            past: t.past,
            local: t.local,
            address: t.address,
            state: a.state,
            government: a.government,
            organization: a.organization,
            group: a.group,
            members: a.members,
            sets: a.sets,
            people: a.people,
            epithets: a.epithets,
            islands: a.islands,
            colonial: a.colonial,
            no_actor: a.no_actor,
            women: a.women,
            men: a.men,
            regions: a.regions,
            borders: a.borders,
            places: read(data, "lexicon/places.toml", &mut findings),
        };
        (lex, findings)
    }
}

fn read<T: for<'a> Deserialize<'a> + Default>(data: &DataFiles, path: &str, findings: &mut Vec<Finding>) -> T {
    let text = data.get(path).unwrap_or_default();
    toml::from_str(text).unwrap_or_else(|e| {
        let line = e.span().map_or(1, |s| text[..s.start.min(text.len())].matches('\n').count() + 1);
        let hint = "the whole word list is left out: what it names is not seen until it is mended";
        findings.push(Finding::new(Level::Warning, format!("data/{path}:{line}"), e.message().to_string(), hint));
        T::default()
    })
}

/// The singular of an English noun in lower case, as far as organs and roles need it.
pub fn singular(word: &str) -> String {
    let w = word.to_lowercase();
    match w.as_str() {
        "men" | "servicemen" | "gunmen" | "policemen" | "spokesmen" | "businessmen" | "tribesmen" | "congressmen"
        | "women" | "spokeswomen" | "statesmen" | "chairmen" => return w.replace("men", "man"),
        "children" => return "child".into(),
        "people" | "peoples" => return "people".into(),
        "police" => return w,
        _ => {}
    }
    if let Some(s) = w.strip_suffix("ies").filter(|s| s.len() > 2) {
        return format!("{s}y");
    }
    for end in ["sses", "shes", "ches", "xes"] {
        if w.ends_with(end) {
            return w[..w.len() - 2].into();
        }
    }
    match w.strip_suffix('s') {
        Some(s) if s.len() > 2 && !s.ends_with('s') && !s.ends_with('u') && !s.ends_with('i') => s.into(),
        _ => w,
    }
}
