//! Events that no frame has a word for: every verb and noun of the lexicon of events (`data/lexicon/events.toml`)
//! between two named parties is an event of the type that `relate` would give it.
//!
//! Frames come first: where one was called by the same word, or says the same of the same doer in the clause, the
//! general reading is silent. Without two parties that are real (known, named, or a body of people) nothing is said.
use super::parties::{Cast, Filler};
use super::realise::{Hit, walk};
use super::relate::{Event, Events, event_of_noun, event_of_verb};
use super::tree::Args;

/// An event read by the lexicon alone.
#[derive(Debug, Clone)]
pub struct Act {
    pub event: Event,
    /// The entry that decided.
    pub key: String,
    pub hit: Hit,
}

const DOERS: &[&str] = &["side", "person", "people", "media", "polity"];
const DONE_TO: &[&str] = &["side", "person", "people", "polity", "place"];

/// Where the second party of a verb stands, likeliest first.
const VERB_PATHS: &[&str] = &[
    "dative", "theme", "prep:on|upon|against|at|toward|towards|with|to|from|into|between|for|of|over|in",
    "theme.poss", "theme.mod", "theme.prep:on|upon|against|with|to|from|between|for|of|by|over|in",
    "comp.dative", "comp.theme", "comp.agent", "comp.prep:on|against|with|to|from|into|for|at|in", "comp.theme.poss", "comp.theme.mod",
    "comp.theme.prep:on|against|with|to|from|for|of|in", "prep:of|for|with|to.poss", "prep:of|for|with|to.prep:on|against|with|to|from|of|in",
    "comp.comp.theme", "comp.comp.prep:on|against|with|to|from",
];

const NOUN_PATHS: &[&str] = &[
    "prep:on|upon|against|at|with|to|toward|towards|from|into|between|of|for", "prep:on|against|of|with.poss", "prep:on|against|of|with.mod",
];

/// The general events of a document; `said`: the words that called a frame already.
pub fn acts(events: &Events, cast: &Cast, said: &[usize]) -> Vec<Act> {
    let t = cast.tree;
    let mut out = Vec::new();
    for i in 0..t.len() {
        if said.contains(&i) {
            continue;
        }
        match t.tok(i).pos {
            "VERB" => out.extend(verb(events, cast, i, said)),
            "NOUN" => out.extend(noun(events, cast, i)),
            _ => {}
        }
    }
    out
}

fn verb(events: &Events, cast: &Cast, v: usize, said: &[usize]) -> Option<Act> {
    let t = cast.tree;
    // what another verb carries is read from there: "refused to meet", "said it would"
    if matches!(t.dep(v), "xcomp" | "amod" | "compound" | "auxpass" | "aux") {
        return None;
    }
    let args = t.verb_args(v);
    // a light verb whose noun called a frame
    if t.kids(v).any(|k| matches!(t.dep(k), "dobj" | "xcomp" | "prt") && said.contains(&k)) {
        return None;
    }
    let subjects = real(cast, &args.agent, DOERS, &[]);
    let first = subjects.first()?;
    let src = t.below(first.token, true);
    let (event, key) = event_of_verb(events, t, v, src, &[])?;
    let objects = second(cast, v, &args, &subjects, VERB_PATHS);
    if objects.is_empty() {
        return mutual(cast, event, key, v, args, subjects);
    }
    Some(Act { event, key, hit: hit(v, v, args, subjects, objects) })
}

/// "Russia and Iran traded": each is the other's second party.
fn mutual(_cast: &Cast, event: Event, key: String, v: usize, args: Args, mut all: Vec<Filler>) -> Option<Act> {
    let both = matches!(event, Event::Consult | Event::Cooperate | Event::Support | Event::Agree) && all.len() == 2;
    if !both || args.passive {
        return None;
    }
    let other = all.split_off(1);
    Some(Act { event, key, hit: hit(v, v, args, all, other) })
}

fn noun(events: &Events, cast: &Cast, n: usize) -> Option<Act> {
    let t = cast.tree;
    let (event, key) = event_of_noun(events, t, n)?;
    let told = matches!(
        event,
        Event::Consult | Event::Accuse | Event::Request | Event::Reject | Event::Threaten | Event::Sanction | Event::Coerce | Event::Assault | Event::Protest
    );
    if !told || matches!(t.dep(n), "compound") {
        return None;
    }
    let args = t.noun_args(n, |_| false);
    let doers: Vec<usize> = args.preps.iter().filter(|(p, _)| p == "between").map(|(_, o)| *o).chain(args.agent.iter().copied()).collect();
    let mut subjects = real(cast, &doers, DOERS, &[]);
    if subjects.is_empty() {
        return None;
    }
    let mut objects = second(cast, n, &args, &subjects, NOUN_PATHS);
    if objects.is_empty() {
        if !args.preps.iter().any(|(p, _)| p == "between") || subjects.len() < 2 {
            return None;
        }
        objects = subjects.split_off(1);
    }
    let carrier = args.carrier;
    Some(Act { event, key, hit: hit(n, carrier, args, subjects, objects) })
}

fn hit(trigger: usize, carrier: usize, args: Args, subjects: Vec<Filler>, objects: Vec<Filler>) -> Hit {
    Hit { frame: 0, trigger, carrier, args, subjects, objects, guessed: false }
}

fn second(cast: &Cast, i: usize, args: &Args, subjects: &[Filler], paths: &[&str]) -> Vec<Filler> {
    for path in paths {
        let found = real(cast, &walk(cast.tree, i, args, path), DONE_TO, subjects);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// The parties at these heads that stand for somebody: no pronoun left open, nobody twice.
fn real(cast: &Cast, heads: &[usize], is: &[&str], other: &[Filler]) -> Vec<Filler> {
    let mut out: Vec<Filler> = Vec::new();
    for &h in heads {
        for f in cast.fill(h, is) {
            let country = |a: &Filler, b: &Filler| a.party.country.is_some() && a.party.country == b.party.country && a.token == b.token;
            let taken = other.iter().chain(&out).any(|o| o.party.id == f.party.id || country(o, &f));
            let place_only = f.party.kind == "place" && f.party.id.starts_with('~') && !cast.tree.doc.text(f.token).starts_with(char::is_uppercase);
            if !taken && !place_only {
                out.push(f);
            }
        }
        if !out.is_empty() {
            break;
        }
    }
    out
}
