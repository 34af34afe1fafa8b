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
    if !(marks.person[i] || beside && t.tag == "NN") || label(doc, h) != "GPE" {
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
    if and && doc.tokens[h].tag == "VB" && kid(doc, h, &["aux"], s.start..h).is_some_and(|a| doc.tokens[a].tag == "TO")
    {
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
    "welcome",
    "hail",
    "praise",
    "condemn",
    "denounce",
    "reject",
    "endorse",
    "criticise",
    "criticize",
    "deplore",
    "dismiss",
    "applaud",
    "sign",
    "brand",
    "refuse",
    "accept",
    "ratify",
    "conclude",
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

const WHERE: &[&str] =
    &["North", "South", "East", "West", "Outside", "Northeast", "Northwest", "Southeast", "Southwest"];

/// "political prisoners, including Mikalai Statkevich, which the Union had demanded": a person is no "which".
pub(super) fn which_is_nobody(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let h = t.head as usize;
    if t.dep != "relcl" || h >= i || !marks.person[h] || doc.tokens[h].pos != "PROPN" {
        return;
    }
    let which = kid(doc, i, &["dobj", "nsubj", "nsubjpass"], h + 1..i).filter(|k| doc.text(*k) == "which");
    if which.is_none() {
        return;
    }
    let mut at = h;
    for _ in 0..6 {
        let up = doc.tokens[at].head as usize;
        if up >= at {
            return;
        }
        at = up;
        if nominal(doc, at) && !marks.person[at] {
            if doc.tokens[at].pos == "NOUN" && !dated(doc, at) {
                doc.tokens[i].head = at as u32;
            }
            return;
        }
        if !matches!(doc.tokens[at].pos, "ADP" | "PROPN") && doc.text(at) != "including" {
            return;
        }
    }
}

/// Verbs that say what something is.
const CALLS: &[&str] = &["call", "brand", "label", "declare", "deem", "consider", "term", "dub", "pronounce"];

/// "ended with immediate effect the embargo": a noun right behind the phrase is the verb's object; "called the arrest of three
/// policemen an abduction": what it is called.
pub(super) fn no_apposition_without_comma(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let h = t.head as usize;
    if t.dep != "appos"
        || t.pos != "NOUN"
        || h + 1 >= i
        || doc.tokens[h].dep != "pobj"
        || doc.tokens[h + 1].dep != "det"
    {
        return;
    }
    let s = sentence(doc, i);
    let p = doc.tokens[h].head as usize;
    if p >= h || start_of(doc, i, &s) != h + 1 {
        return;
    }
    let v = doc.tokens[p].head as usize;
    if v >= p {
        return;
    }
    if doc.tokens[v].pos == "VERB" {
        let bare = p == v + 1 && kid(doc, v, &["dobj", "nsubjpass", "auxpass", "ccomp", "xcomp", "prt"], s).is_none();
        if bare && doc.tokens[h].pos == "NOUN" {
            (doc.tokens[i].head, doc.tokens[i].dep) = (v as u32, "dobj");
        }
        return;
    }
    // the object under which the phrase stands
    let mut o = v;
    for _ in 0..4 {
        let up = doc.tokens[o].head as usize;
        if up >= o {
            return;
        }
        if doc.tokens[up].pos == "VERB" {
            let called = doc.tokens[o].dep == "dobj" && CALLS.contains(&doc.tokens[up].lemma.as_str());
            if called && matches!(doc.text(h + 1), "a" | "an") {
                (doc.tokens[i].head, doc.tokens[i].dep) = (up as u32, "oprd");
            }
            return;
        }
        o = up;
    }
}

/// "what it called the illegal occupation of the Golan by Israel": who did it, not who calls it so.
pub(super) fn by_of_what_is_called(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let v = t.head as usize;
    if doc.text(i) != "by" || t.dep != "prep" || v + 2 > i || !CALLS.contains(&doc.tokens[v].lemma.as_str()) {
        return;
    }
    let active = kid(doc, v, &["nsubj"], sentence(doc, i).start..v).is_some();
    if let Some(n) = kid(doc, v, &["oprd", "attr"], v + 1..i).filter(|n| active && doc.tokens[*n].pos == "NOUN") {
        doc.tokens[i].head = n as u32;
    }
}

/// "has since flown in food and medicine", "let in cotton": goods are brought in, nobody is in them.
pub(super) fn flown_in(doc: &mut Doc, _: &Marks, i: usize) {
    const BRINGS: &[&str] = &["fly", "bring", "ship", "airlift", "truck", "let", "usher"];
    const NOT: &[&str] = &["formation", "secret", "plane", "helicopter", "jet", "aircraft", "person", "drove", "batch"];
    let t = &doc.tokens[i];
    let v = t.head as usize;
    if doc.text(i) != "in" || t.dep != "prep" || v + 1 != i || !BRINGS.contains(&doc.tokens[v].lemma.as_str()) {
        return;
    }
    let s = sentence(doc, i);
    let Some(o) = kid(doc, i, &["pobj"], i + 1..s.end.min(i + 8)) else { return };
    let first = start_of(doc, o, &s);
    let goods = doc.tokens[o].pos == "NOUN" && label(doc, o).is_empty() && !NOT.contains(&doc.tokens[o].lemma.as_str());
    let bare = first == i + 1 && !matches!(doc.tokens[first].dep, "det" | "poss");
    if !goods || !bare || kid(doc, v, &["dobj", "nsubjpass"], s.clone()).is_some() || i > first {
        return;
    }
    (doc.tokens[o].head, doc.tokens[o].dep) = (v as u32, "dobj");
    (doc.tokens[i].dep, doc.tokens[i].tag) = ("prt", "RP");
}

/// Bodies by the first word of their names, and what they are called beside them.
const BODIES: &[&str] =
    &["congress", "front", "movement", "army", "party", "council", "union", "coalition", "alliance", "forces"];
const KINDS: &[&str] =
    &["group", "party", "movement", "militia", "faction", "organisation", "organization", "coalition", "outfit"];

/// "the Congress for Justice in Azawad, a group that split": what stands beside a long name stands beside the whole of it.
pub(super) fn beside_the_whole_name(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let h = t.head as usize;
    if t.dep != "appos" || t.pos != "NOUN" || h >= i || doc.tokens[h].pos != "PROPN" || doc.tokens[h].dep != "pobj" {
        return;
    }
    if !KINDS.contains(&doc.tokens[i].lemma.as_str()) {
        return;
    }
    let mut at = h;
    for _ in 0..4 {
        let p = doc.tokens[at].head as usize;
        let g = doc.tokens[p].head as usize;
        if p >= at || g >= p || doc.tokens[p].pos != "ADP" || doc.tokens[g].pos != "PROPN" {
            return;
        }
        at = g;
        if BODIES.contains(&doc.text(at).to_lowercase().as_str()) {
            doc.tokens[i].head = at as u32;
            return;
        }
    }
}
