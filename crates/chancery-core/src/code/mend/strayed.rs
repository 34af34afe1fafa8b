//! Words that hang on a neighbour of the word they belong to: persons on places, phrases on days, verbs on nouns.
use super::look::{comma, dated, finite, has_subject, label, nominal, seat, start_of};
use super::{Marks, kid, sentence};
use chancery_parse::Doc;

/// "met Lukashenko of Belarus and Armenia's prime minister, Nikol Pashinyan", "of Belarus and Nikol Pashinyan": a person is
/// joined to the person before, not to his country.
pub(super) fn person_joined_to_a_country(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let h = t.head as usize;
    if t.dep != "conj" || h >= i || doc.tokens[h].dep != "pobj" || !nominal(doc, i) || marks.person[h] {
        return;
    }
    let p = doc.tokens[h].head as usize;
    let g = doc.tokens[p].head as usize;
    if p >= h || g >= p || doc.text(p) != "of" || !marks.person[g] || doc.tokens[g].pos != "PROPN" {
        return;
    }
    let s = sentence(doc, i);
    let beside = kid(doc, i, &["appos"], i + 1..s.end).is_some_and(|k| marks.person[k]);
    if !marks.person[i] && !(beside && t.tag == "NN") || label(doc, h) != "GPE" {
        return;
    }
    doc.tokens[i].head = g as u32;
    if let Some(c) = kid(doc, h, &["cc"], h + 1..i) {
        doc.tokens[c].head = g as u32;
    }
}

/// "arrested the president and dissolved parliament": a participle before a bare noun that is joined to a verb is a verb.
pub(super) fn verb_before_bare_noun(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let n = t.head as usize;
    if t.dep != "amod" || t.tag != "VBN" || n <= i || i == 0 || doc.tokens[n].dep != "conj" {
        return;
    }
    let v = doc.tokens[n].head as usize;
    let s = sentence(doc, i);
    let whole = doc.text(i - 1) == "and" && start_of(doc, n, &s) == i;
    if !whole || v >= i || !finite(doc, v) || doc.tokens[v].tag == "VBZ" || doc.tokens[v].lemma == "be" {
        return;
    }
    let tag = doc.tokens[v].tag;
    let t = &mut doc.tokens[i];
    (t.head, t.dep, t.pos, t.tag) = (v as u32, "conj", "VERB", if tag == "VBN" { "VBN" } else { "VBD" });
    (doc.tokens[n].head, doc.tokens[n].dep) = (i as u32, "dobj");
    for k in n + 1..s.end {
        // "dissolved parliament on Monday": what stands behind is the second verb's
        if doc.tokens[k].head as usize == v && doc.tokens[k].dep == "prep" {
            doc.tokens[k].head = i as u32;
        } else if doc.tokens[k].dep == "conj" {
            break;
        }
    }
}

/// Verbs and nouns whose "that" brings what shall be done.
const SHALL: &[&str] = &["demand", "insist", "urge", "request", "propose", "ask", "recommend", "suggest", "require"];

/// "insists that President Alkatiri resign": a word in its base form behind the name is what he shall do, no noun.
pub(super) fn that_he_resign(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    if t.tag != "NN" || i < 3 || !matches!(t.dep, "ccomp" | "prep" | "dep" | "acl" | "advcl" | "pobj" | "attr") {
        return;
    }
    let n = i - 1;
    let named = doc.tokens[n].pos == "PROPN" && doc.tokens[n].head as usize == i;
    if !named || !matches!(doc.tokens[n].dep, "compound" | "nmod" | "nsubj") || !label(doc, i).is_empty() {
        return;
    }
    let s = sentence(doc, i);
    let mut first = n;
    while first > s.start + 1 && doc.tokens[first - 1].pos == "PROPN" {
        first -= 1;
    }
    if first < s.start + 2 || doc.text(first - 1) != "that" || !SHALL.contains(&doc.tokens[first - 2].lemma.as_str()) {
        return;
    }
    let over = first - 2;
    let ends = i + 1 >= s.end || !doc.tokens[i + 1].tag.starts_with('V') && doc.tokens[i + 1].tag != "MD";
    if !ends || kid(doc, i, &["det", "poss", "amod"], first..i).is_some() {
        return;
    }
    let dep = if matches!(doc.tokens[over].pos, "NOUN") { "acl" } else { "ccomp" };
    let t = &mut doc.tokens[i];
    (t.head, t.dep, t.pos, t.tag) = (over as u32, dep, "VERB", "VB");
    for k in first..n {
        if doc.tokens[k].head as usize == i {
            doc.tokens[k].head = n as u32;
        }
    }
    (doc.tokens[n].head, doc.tokens[n].dep) = (i as u32, "nsubj");
    (doc.tokens[first - 1].head, doc.tokens[first - 1].dep) = (i as u32, "mark");
}

/// "Three in four Greek Cypriots rejected it", "one out of ten members": the noun is what did it.
pub(super) fn one_in_three(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    if t.tag != "CD" || !matches!(t.dep, "nsubj" | "nsubjpass" | "dobj" | "pobj") || i + 3 >= doc.tokens.len() {
        return;
    }
    let p = i + 1;
    if doc.text(p) != "in" || doc.tokens[p].head as usize != i || doc.tokens[i + 2].tag != "CD" {
        return;
    }
    let Some(n) = kid(doc, p, &["pobj"], p + 1..doc.tokens.len().min(p + 7)) else { return };
    if doc.tokens[n].pos == "NUM" || doc.tokens[i + 2].head as usize != n || dated(doc, n) {
        return;
    }
    (doc.tokens[n].head, doc.tokens[n].dep) = (doc.tokens[i].head, doc.tokens[i].dep);
    (doc.tokens[i].head, doc.tokens[i].dep) = (n as u32, "nummod");
    doc.tokens[i + 2].head = i as u32;
    doc.tokens[i + 2].dep = "quantmod";
}

/// "the arrest in Paris on Monday of a Russian diplomat": "of" belongs to the noun over the day and the town.
pub(super) fn of_behind_the_day(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let h = t.head as usize;
    if t.dep != "prep" || h + 1 != i || doc.text(i) != "of" || doc.tokens[h].dep != "pobj" {
        return;
    }
    let day = dated(doc, h);
    let Some(o) = kid(doc, i, &["pobj"], i + 1..doc.tokens.len().min(i + 15)) else { return };
    let one_name = label(doc, o) == label(doc, h) && !label(doc, i).is_empty();
    if !day && label(doc, h) != "GPE" || dated(doc, o) || one_name || doc.tokens[o].pos == "NUM" {
        return;
    }
    let mut at = h;
    for _ in 0..4 {
        let p = doc.tokens[at].head as usize;
        let g = doc.tokens[p].head as usize;
        if p >= at || g >= p || doc.tokens[p].dep != "prep" || doc.text(p) == "of" {
            return;
        }
        at = g;
        if doc.tokens[at].pos == "NOUN" {
            let own = kid(doc, at, &["prep"], at + 1..i).is_some_and(|k| doc.text(k) == "of");
            if !own {
                doc.tokens[i].head = at as u32;
            }
            return;
        }
        if doc.tokens[at].dep != "pobj" {
            return;
        }
    }
}

/// "has become, after Togo and Benin, the third state to recognise it": the noun behind the aside is what it has become.
pub(super) fn become_after_aside(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let v = t.head as usize;
    if t.dep != "npadvmod" || t.tag != "NN" || v + 3 >= i || !matches!(doc.tokens[v].lemma.as_str(), "become" | "be") {
        return;
    }
    let s = sentence(doc, i);
    let first = start_of(doc, i, &s);
    let aside = first > v && comma(doc, first - 1) && comma(doc, v + 1) && doc.tokens[first].dep == "det";
    if aside && !dated(doc, i) && kid(doc, v, &["attr", "acomp"], v + 1..s.end).is_none() {
        doc.tokens[i].dep = "attr";
    }
}

/// "to stop fighting and to withdraw": an infinitive behind "and" is joined to the one before, and is not stopped.
pub(super) fn and_to_withdraw(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let h = t.head as usize;
    if t.dep != "xcomp" || t.tag != "VB" || h + 2 >= i || doc.tokens[i - 1].tag != "TO" {
        return;
    }
    let s = sentence(doc, i);
    let and = matches!(doc.text(i - 2), "and" | "or");
    if and && doc.tokens[h].tag == "VB" && kid(doc, h, &["aux"], s.start..h).is_some_and(|a| doc.tokens[a].tag == "TO") {
        doc.tokens[i].dep = "conj";
    }
}

/// "seventy people, many of them students queuing for visas, and a month later they left": a part of those before the comma is
/// no subject of the next verb.
pub(super) fn many_of_them(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let n = t.head as usize;
    if t.dep != "nsubj" || n < i + 3 || doc.tokens[n].pos != "NOUN" || i < 2 || !comma(doc, i - 1) {
        return;
    }
    let them = doc.text(i + 1) == "of" && matches!(doc.text(i + 2), "them" | "whom");
    let s = sentence(doc, i);
    if !them || i < s.start + 2 || kid(doc, n, &["cop"], i..n).is_some() || n >= s.end {
        return;
    }
    let whole = i - 2;
    let v = doc.tokens[n].head as usize;
    let stray = matches!(doc.tokens[n].dep, "nsubj" | "nsubjpass") && v > n;
    if !stray || !nominal(doc, whole) || (n + 1..v).all(|k| !has_own_subject(doc, v, k)) {
        return;
    }
    (doc.tokens[n].head, doc.tokens[n].dep) = (whole as u32, "appos");
}

/// Another subject of a verb, at a token.
fn has_own_subject(doc: &Doc, v: usize, k: usize) -> bool {
    doc.tokens[k].head as usize == v && matches!(doc.tokens[k].dep, "nsubj" | "nsubjpass")
}

/// What is said of a deed, not of a place.
const OF_DEEDS: &[&str] = &[
    "welcome", "hail", "praise", "condemn", "denounce", "reject", "endorse", "criticise", "criticize", "deplore", "dismiss",
    "applaud", "sign", "brand", "refuse", "accept", "ratify", "conclude",
];

/// "a ceasefire for the city, which the coalition has welcomed": what is welcomed is no place.
pub(super) fn which_is_no_town(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let h = t.head as usize;
    if t.dep != "relcl" || h >= i || doc.tokens[h].dep != "pobj" || !OF_DEEDS.contains(&t.lemma.as_str()) {
        return;
    }
    let town = label(doc, h) == "GPE"
        || matches!(doc.tokens[h].lemma.as_str(), "city" | "town" | "country" | "region" | "province" | "capital");
    if !town || doc.text(h + 1) != "," || h + 2 >= i || doc.text(h + 2) != "which" || !has_subject(doc, i) {
        return;
    }
    if kid(doc, i, &["dobj", "nsubjpass"], h + 2..i) != Some(h + 2) {
        return;
    }
    let mut at = h;
    for _ in 0..4 {
        let p = doc.tokens[at].head as usize;
        let g = doc.tokens[p].head as usize;
        if p >= at || g >= p || doc.tokens[p].dep != "prep" || !nominal(doc, g) {
            break;
        }
        at = g;
    }
    if at != h && doc.tokens[at].pos == "NOUN" && !dated(doc, at) {
        doc.tokens[i].head = at as u32;
    }
}

/// "North of the line Rauf Denktash, the Turkish Cypriot leader, rejected it": where it was, and who it was.
pub(super) fn north_of_the_line(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let v = t.head as usize;
    if t.dep != "nsubj" || !t.sent_start || v < i + 4 || !WHERE.contains(&doc.text(i)) || doc.text(i + 1) != "of" {
        return;
    }
    let Some(o) = kid(doc, i + 1, &["pobj"], i + 2..v) else { return };
    let Some(n) = kid(doc, o, &["appos"], o + 1..v) else { return };
    let s = sentence(doc, i);
    if doc.tokens[n].pos != "PROPN" || start_of(doc, n, &s) != o + 1 {
        return;
    }
    seat(doc, n, v);
    doc.tokens[i].dep = "advmod";
}

const WHERE: &[&str] = &["North", "South", "East", "West", "Outside", "Northeast", "Northwest", "Southeast", "Southwest"];
