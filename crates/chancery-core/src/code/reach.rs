//! Which parties are within an act's reach: those its words stand for, and the nearest named one below it where its own
//! roles lead to nobody.
use super::parties::{Cast, Filler};
use crate::resolve::Who;

/// Prepositions whose phrase stands beside an act: its time, cause, manner or agent.
const BESIDE: &[&str] = &[
    "after",
    "before",
    "since",
    "during",
    "despite",
    "until",
    "amid",
    "like",
    "unlike",
    "as",
    "because",
    "by",
    "than",
    "without",
    "following",
    "including",
    "under",
    "via",
    "through",
    "throughout",
];

/// These parties if one of them has a name, else the nearest named one below the word, else these.
pub fn named_or_below(cast: &Cast, at: usize, is: &[&str], subjects: &[Filler], found: Vec<Filler>) -> Vec<Filler> {
    if found.iter().any(|f| named(cast, f)) {
        return found;
    }
    let below = nearest_below(cast, at, is, subjects);
    if below.is_empty() { found } else { below }
}

/// The nearest named party after a verb: in its own phrases, else in the infinitives and participles below it, never in
/// clauses of time or condition.
pub fn nearest_below(cast: &Cast, v: usize, is: &[&str], subjects: &[Filler]) -> Vec<Filler> {
    let near = |flat: bool| {
        let t = cast.tree;
        t.below(v, flat).into_iter().filter(|i| *i > v).find_map(|i| {
            let found = party_below(cast, v, i, is, subjects);
            (!found.is_empty()).then_some(found)
        })
    };
    near(true).or_else(|| near(false)).unwrap_or_default()
}

fn party_below(cast: &Cast, v: usize, i: usize, is: &[&str], subjects: &[Filler]) -> Vec<Filler> {
    let t = cast.tree;
    // "according to two officials": who tells it is no party to it
    let up = t.head(i);
    if t.dep(i) == "pobj" && t.lemma(t.head(up)) == "accord" {
        return Vec::new();
    }
    // a people's adjective stands for its state only where that is known
    let mention = cast.resolved.at(i).is_some();
    let fits = match t.tok(i).pos {
        "PROPN" => mention || t.dep(i) != "compound",
        "ADJ" => mention,
        // "Palestinian refugees": known by its adjective
        "NOUN" => cast.fill(i, is).iter().any(|f| named(cast, f)),
        _ => false,
    };
    let place = matches!(t.dep(i), "poss" | "pobj" | "dobj" | "compound" | "amod" | "nmod" | "conj");
    if !fits || !place || aside(cast, i) || beside(cast, v, i) {
        return Vec::new();
    }
    real(cast, &[i], is, subjects)
}

/// Does the word stand in a clause or phrase beside the act: "until Iran returns", "after the war with Iraq"?
fn beside(cast: &Cast, v: usize, mut i: usize) -> bool {
    let t = cast.tree;
    while i != v && !t.is_root(i) {
        let apart = match t.dep(i) {
            "relcl" | "parataxis" | "appos" => true,
            "advcl" | "ccomp" => {
                t.tok(i).tag == "VBG"
                    || t.kids(i).any(|k| matches!(t.dep(k), "mark" | "advmod" | "nsubj" | "nsubjpass"))
            }
            // "suspended the treaty and closed the crossing": another act
            "conj" => t.is_verb(i),
            "prep" => BESIDE.contains(&t.lemma(i)),
            _ => false,
        };
        if apart {
            return true;
        }
        i = t.head(i);
    }
    false
}

/// "according to X" names who says so.
fn aside(cast: &Cast, i: usize) -> bool {
    let t = cast.tree;
    let p = t.head(i);
    t.dep(i) == "pobj" && t.doc.text(t.head(p)).eq_ignore_ascii_case("according")
}

/// Two bodies of people that nobody names are no news of anybody.
pub fn named(cast: &Cast, f: &Filler) -> bool {
    let t = cast.tree;
    let known = |i: usize| cast.resolved.at(i).is_some_and(|m| matches!(m.who, Who::Known(_)) || m.country.is_some());
    // "Taliban fighters", "Afghan forces": the name stands in the phrase
    !f.party.id.starts_with('~') || t.phrase(f.token).any(|i| t.tok(i).pos == "PROPN" || known(i))
}

/// The parties at these heads that stand for somebody: no pronoun left open, nobody twice.
pub fn real(cast: &Cast, heads: &[usize], is: &[&str], other: &[Filler]) -> Vec<Filler> {
    let mut out: Vec<Filler> = Vec::new();
    for &h in heads.iter().filter(|h| !aside(cast, **h)) {
        for f in cast.fill(h, is) {
            let country = |a: &Filler, b: &Filler| {
                a.party.country.is_some() && a.party.country == b.party.country && a.token == b.token
            };
            let taken = other.iter().chain(&out).any(|o| o.party.id == f.party.id || country(o, &f));
            let we = matches!(cast.tree.lemma(f.token), "we" | "i" | "us" | "you" | "our" | "my" | "your" | "me");
            let adjective =
                f.party.country.is_none() && f.party.id.starts_with('~') && cast.tree.dep(f.token) == "amod";
            let place_only = we
                || adjective
                || f.party.kind == "place"
                    && f.party.id.starts_with('~')
                    && !cast.tree.doc.text(f.token).starts_with(char::is_uppercase);
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
