//! What the rules ask of a tree: which verbs are finite, where a phrase begins and ends, which name a token stands in.
use super::{kid, sentence};
use chancery_parse::Doc;
use std::ops::Range;

/// Whether a verb is finite: by its own form, or by its first auxiliary.
pub(super) fn finite(doc: &Doc, v: usize) -> bool {
    if !matches!(doc.tokens[v].pos, "VERB" | "AUX") || matches!(doc.tokens[v].dep, "aux" | "auxpass") {
        return false;
    }
    match kid(doc, v, &["aux", "auxpass"], sentence(doc, v)) {
        Some(a) => a < v && matches!(doc.tokens[a].tag, "VBD" | "VBZ" | "VBP" | "MD"),
        None => matches!(doc.tokens[v].tag, "VBD" | "VBZ" | "VBP"),
    }
}

pub(super) fn has_subject(doc: &Doc, v: usize) -> bool {
    kid(doc, v, &["nsubj", "nsubjpass", "csubj", "csubjpass", "expl"], sentence(doc, v)).is_some()
}

/// A finite verb that nobody does: no subject of its own, and none of the verb that it is joined to.
pub(super) fn subjectless(doc: &Doc, v: usize) -> bool {
    if !finite(doc, v) || has_subject(doc, v) {
        return false;
    }
    let mut at = v;
    for _ in 0..8 {
        let t = &doc.tokens[at];
        if t.dep != "conj" {
            return true;
        }
        at = t.head as usize;
        if has_subject(doc, at) {
            return false;
        }
    }
    false
}

/// The first token of a verb with its auxiliaries and adverbs: "had briefly | seized".
pub(super) fn edge(doc: &Doc, v: usize, s: &Range<usize>) -> usize {
    let mut at = v;
    while at > s.start {
        let t = &doc.tokens[at - 1];
        let own = t.head as usize == v && matches!(t.dep, "aux" | "auxpass" | "neg" | "advmod");
        if !own || t.tag == "WRB" {
            break;
        }
        at -= 1;
    }
    at
}

/// Whether a token stands below another.
pub(super) fn below(doc: &Doc, k: usize, top: usize) -> bool {
    let mut at = k;
    for _ in 0..40 {
        if at == top {
            return true;
        }
        let up = doc.tokens[at].head as usize;
        if up == at {
            return false;
        }
        at = up;
    }
    false
}

pub(super) fn comma(doc: &Doc, k: usize) -> bool {
    doc.text(k) == ","
}

pub(super) fn nominal(doc: &Doc, k: usize) -> bool {
    matches!(doc.tokens[k].pos, "NOUN" | "PROPN" | "NUM" | "PRON")
}

/// The label of the name that a token stands in.
pub(super) fn label(doc: &Doc, k: usize) -> &'static str {
    doc.entities.iter().find(|e| (e.start as usize..e.end as usize).contains(&k)).map_or("", |e| e.label)
}

pub(super) fn dated(doc: &Doc, k: usize) -> bool {
    matches!(label(doc, k), "DATE" | "TIME")
}

/// The first token of a noun with what stands before it.
pub(super) fn start_of(doc: &Doc, noun: usize, s: &Range<usize>) -> usize {
    let mut at = noun;
    while at > s.start && below(doc, at - 1, noun) {
        at -= 1;
    }
    at
}

pub(super) fn passive(doc: &Doc, v: usize) -> bool {
    kid(doc, v, &["auxpass"], sentence(doc, v)).is_some()
}

/// Makes a noun the subject of a verb.
pub(super) fn seat(doc: &mut Doc, noun: usize, v: usize) {
    let dep = if passive(doc, v) { "nsubjpass" } else { "nsubj" };
    (doc.tokens[noun].head, doc.tokens[noun].dep) = (v as u32, dep);
}

/// The noun whose phrase ends at a token: "thousands of demonstrators", "a band sheltered by its neighbour".
pub(super) fn noun_ending_at(doc: &Doc, last: usize, s: &Range<usize>) -> usize {
    let mut at = last;
    for _ in 0..12 {
        let t = &doc.tokens[at];
        let up = t.head as usize;
        if up == at || up < s.start {
            break;
        }
        let climbs = match t.dep {
            "compound" | "nmod" | "amod" | "nummod" | "npadvmod" if up > at => up <= last,
            "pobj" | "pcomp" => {
                doc.tokens[up].dep == "agent"
                    || doc.tokens[up].pos == "ADP"
                        && up > s.start
                        && doc.text(up) == "of"
                        && nominal(doc, doc.tokens[up].head as usize)
                        && (doc.tokens[up].head as usize) < up
            }
            // "that terrorism in all its forms constitutes": a phrase right behind the noun, hung on the verb before
            "prep" if matches!(doc.tokens[up].pos, "VERB" | "AUX") => {
                let noun = (at > s.start).then(|| at - 1).filter(|k| {
                    doc.tokens[*k].head as usize == up && matches!(doc.tokens[*k].dep, "dobj" | "nsubj" | "npadvmod")
                });
                if let Some(k) = noun {
                    at = k;
                }
                false
            }
            "prep" => true,
            "agent" => true,
            "acl" => true,
            "conj" => {
                let first = start_of(doc, at, s);
                let and = first > s.start && doc.tokens[first - 1].dep == "cc";
                // "of Russia, Turkey and Iran": names of one kind in a list
                let list = first > s.start
                    && comma(doc, first - 1)
                    && doc.tokens[at].pos == "PROPN"
                    && doc.tokens[up].pos == "PROPN"
                    && label(doc, at) == label(doc, up)
                    && kid(doc, at, &["conj"], at + 1..last + 1).is_some();
                (and || list) && nominal(doc, up)
            }
            "appos" => up + 1 == start_of(doc, at, s) && doc.tokens[up + 1].dep != "det",
            _ => false,
        };
        if !climbs {
            break;
        }
        at = up;
    }
    at
}

/// "26th", "1st".
pub(super) fn is_ordinal(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) && ["st", "nd", "rd", "th"].iter().any(|e| word.ends_with(e))
}

/// Posts that one person holds at a time.
pub(super) const POSTS: &[&str] = &[
    "counterpart",
    "president",
    "minister",
    "ambassador",
    "representative",
    "envoy",
    "delegate",
    "leader",
    "premier",
    "chancellor",
    "king",
    "emir",
    "secretary",
    "colleague",
    "spokesman",
    "spokeswoman",
    "commissioner",
    "chief",
    "head",
    "prosecutor",
    "chairman",
    "chairwoman",
    "director",
    "commander",
    "governor",
    "mayor",
    "speaker",
    "judge",
    "founder",
    "coordinator",
    "rapporteur",
];
