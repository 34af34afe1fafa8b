//! Verbs with two subjects, and two finite verbs with one: which of them is whose.
use super::look::{comma, edge, finite, has_subject, label, nominal, noun_ending_at, seat, start_of};
use super::{Marks, kid, sentence};
use chancery_parse::Doc;

fn is_subject(doc: &Doc, k: usize) -> bool {
    matches!(doc.tokens[k].dep, "nsubj" | "nsubjpass")
}

/// Another subject of a subject's verb, behind it.
fn next_subject(doc: &Doc, i: usize) -> Option<usize> {
    let v = doc.tokens[i].head as usize;
    if v <= i + 1 {
        return None;
    }
    kid(doc, v, &["nsubj", "nsubjpass"], i + 1..v)
}

/// "Gunmen believed to belong to the group shot dead forty students", "Leaders gathered in Geneva condemned the coup": of two
/// finite verbs with nothing between to join them, the first is a participle beside the subject.
pub(super) fn gathered_condemned(doc: &mut Doc, _: &Marks, v: usize) {
    let t = &doc.tokens[v];
    let w = t.head as usize;
    if w >= v || !matches!(t.dep, "advcl" | "conj" | "ccomp" | "dep") || t.pos != "VERB" || doc.tokens[w].tag != "VBD" {
        return;
    }
    if !finite(doc, v) || has_subject(doc, v) || !doc.text(w).ends_with("ed") || v < w + 3 {
        return;
    }
    let s = sentence(doc, v);
    let at = edge(doc, v, &s);
    let joined = (w + 1..at).any(|k| {
        matches!(doc.text(k), "," | ";" | ":" | "\"" | "“" | "”" | "that")
            || matches!(doc.tokens[k].dep, "cc" | "mark" | "nsubj")
    });
    let Some(n) = kid(doc, w, &["nsubj"], s.start..w) else { return };
    let held = kid(doc, w, &["dobj", "ccomp", "aux", "auxpass", "attr"], s.start..at).is_some();
    if joined || held || n + 1 != w || !matches!(doc.tokens[n].pos, "NOUN" | "PROPN") || at <= w + 1 {
        return;
    }
    let (up, dep) = (doc.tokens[w].head, doc.tokens[w].dep);
    doc.tokens[v].head = if up as usize == w { v as u32 } else { up };
    doc.tokens[v].dep = dep;
    for k in s.clone() {
        if doc.tokens[k].head as usize == w && k != v && k != n && (k < n || k > v) {
            doc.tokens[k].head = v as u32;
        }
    }
    let t = &mut doc.tokens[w];
    (t.head, t.dep, t.tag) = (n as u32, "acl", "VBN");
    seat(doc, n, v);
}

/// "Elected president in 1997, Taylor in his turn armed them": the post he was given is no second subject.
pub(super) fn elected_he_armed(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let n = t.head as usize;
    if !t.sent_start
        || t.dep != "amod"
        || t.tag != "VBN"
        || n <= i
        || !is_subject(doc, n)
        || doc.tokens[n].pos != "NOUN"
    {
        return;
    }
    let v = doc.tokens[n].head as usize;
    let Some(x) = next_subject(doc, n) else { return };
    if !(n + 1..x).any(|k| comma(doc, k)) {
        return;
    }
    (doc.tokens[i].head, doc.tokens[i].dep) = (v as u32, "advcl");
    (doc.tokens[n].head, doc.tokens[n].dep) = (i as u32, "oprd");
    for k in n + 1..x {
        if doc.tokens[k].head as usize == n && doc.tokens[k].dep == "prep" {
            doc.tokens[k].head = i as u32;
        }
    }
}

/// "its last base, the Kossei camp, on Thursday, weeks after the president had torn it up": a noun before the conjunction of time
/// is no subject behind it.
pub(super) fn camp_before_after(doc: &mut Doc, _: &Marks, i: usize) {
    if !is_subject(doc, i) {
        return;
    }
    let v = doc.tokens[i].head as usize;
    let Some(second) = next_subject(doc, i) else { return };
    let Some(m) = kid(doc, v, &["mark"], i + 1..second) else { return };
    let s = sentence(doc, i);
    let first = start_of(doc, i, &s);
    if !matches!(doc.text(m), "after" | "before" | "since" | "when" | "as" | "while") || first < s.start + 2 {
        return;
    }
    if !comma(doc, first - 1) || !nominal(doc, first - 2) {
        return;
    }
    let whole = noun_ending_at(doc, first - 2, &s);
    if whole < first {
        (doc.tokens[i].head, doc.tokens[i].dep) = (whole as u32, "appos");
    }
}

/// "AFP: President Xi accepted", "Background: the UK broke off relations": what stands before the colon says or heads it.
pub(super) fn before_the_colon(doc: &mut Doc, _: &Marks, i: usize) {
    if is_subject(doc, i) && i + 1 < doc.tokens.len() && doc.text(i + 1) == ":" && next_subject(doc, i).is_some() {
        doc.tokens[i].dep = "dep";
    }
}

/// "ten ringleaders, Bai Suocheng among them, were handed over": one of the subject, no second.
pub(super) fn one_among_them(doc: &mut Doc, _: &Marks, i: usize) {
    if doc.text(i) != "among" || i < 2 || i + 2 >= doc.tokens.len() || !matches!(doc.text(i + 1), "them" | "whom") {
        return;
    }
    let n = doc.tokens[i].head as usize;
    if n >= i || !is_subject(doc, n) || doc.tokens[n].pos != "PROPN" {
        return;
    }
    let s = sentence(doc, i);
    let v = doc.tokens[n].head as usize;
    let first = start_of(doc, n, &s);
    if let Some(whole) = kid(doc, v, &["nsubj", "nsubjpass"], s.start..first).filter(|_| comma(doc, first.max(1) - 1)) {
        (doc.tokens[n].head, doc.tokens[n].dep) = (whole as u32, "appos");
    }
}

/// "fifty were killed, most of them when police opened fire": those of the clause before, not who opened fire.
pub(super) fn most_of_them_when(doc: &mut Doc, _: &Marks, i: usize) {
    if !is_subject(doc, i) || i + 3 >= doc.tokens.len() || doc.text(i + 1) != "of" || doc.text(i + 2) != "them" {
        return;
    }
    if matches!(doc.text(i + 3), "when" | "as" | "after" | "while") && next_subject(doc, i).is_some() {
        doc.tokens[i].dep = "dep";
    }
}

/// "The commander, who headed it, and his wife died": two subjects with "and" between are joined.
pub(super) fn and_his_wife(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    if !is_subject(doc, i) || t.pos != "NOUN" {
        return;
    }
    let v = t.head as usize;
    let s = sentence(doc, i);
    let first = start_of(doc, i, &s);
    if v <= i || first < s.start + 2 || doc.text(first - 1) != "and" || doc.tokens[first].tag != "PRP$" {
        return;
    }
    let before = kid(doc, v, &["nsubj", "nsubjpass"], s.start..first - 1);
    if let Some(a) = before.filter(|a| doc.tokens[first - 1].head as usize == *a) {
        (doc.tokens[i].head, doc.tokens[i].dep) = (a as u32, "conj");
    }
}

/// "had himself elected speaker": whom he had elected is himself.
pub(super) fn had_himself(doc: &mut Doc, _: &Marks, i: usize) {
    let own = matches!(doc.text(i), "himself" | "herself" | "itself" | "themselves");
    if !own || !is_subject(doc, i) {
        return;
    }
    let v = doc.tokens[i].head as usize;
    let had = kid(doc, v, &["aux"], 0..i).is_some_and(|a| a + 1 == i && doc.tokens[a].lemma == "have");
    if v > i
        && had
        && doc.tokens[v].tag == "VBN"
        && doc.tokens[v].lemma != "be"
        && kid(doc, v, &["nsubj"], 0..i).is_some()
    {
        doc.tokens[i].dep = "dobj";
    }
}

/// "broke out between Sudan's army, led by X, and the Rapid Support Forces": the second of the two that "between" names.
pub(super) fn between_the_two(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let v = t.head as usize;
    if t.dep != "conj" || v + 3 >= i || !nominal(doc, i) || doc.tokens[v].pos != "VERB" {
        return;
    }
    let s = sentence(doc, i);
    let first = start_of(doc, i, &s);
    if first < v + 3 || doc.text(first - 1) != "and" {
        return;
    }
    let between = (v + 1..first).find(|k| doc.text(*k) == "between" && doc.tokens[*k].dep == "prep");
    let Some(one) = between.and_then(|p| kid(doc, p, &["pobj"], p + 1..first)) else { return };
    if kid(doc, one, &["conj"], one + 1..i).is_some() || doc.tokens[one].tag == "NNS" && label(doc, one).is_empty() {
        return;
    }
    doc.tokens[i].head = one as u32;
    let c = first - 1;
    if doc.tokens[c].head as usize == v {
        doc.tokens[c].head = one as u32;
    }
}

/// "marched on the embassy, and some hurled bottles at it": a participle between "some" and a bare noun is a verb.
pub(super) fn some_hurled(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let n = t.head as usize;
    if t.dep != "amod" || t.tag != "VBN" || n <= i || i < 2 || doc.tokens[n].dep != "conj" {
        return;
    }
    let v = doc.tokens[n].head as usize;
    let few = matches!(doc.text(i - 1), "some" | "others" | "many" | "several" | "one" | "two");
    if !few || doc.text(i - 2) != "and" || v >= i || !finite(doc, v) || doc.tokens[i - 1].head as usize != n {
        return;
    }
    let s = sentence(doc, i);
    let t = &mut doc.tokens[i];
    (t.head, t.dep, t.pos, t.tag) = (v as u32, "conj", "VERB", "VBD");
    (doc.tokens[n].head, doc.tokens[n].dep) = (i as u32, "dobj");
    let t = &mut doc.tokens[i - 1];
    (t.head, t.dep, t.pos) = (i as u32, "nsubj", "PRON");
    for k in n + 1..s.end {
        if doc.tokens[k].head as usize == n && doc.tokens[k].dep == "prep" && doc.text(k) != "of" {
            doc.tokens[k].head = i as u32;
        }
    }
}

/// "condemned the seizure by the Houthis, on 2 January, of the vessel": "of" behind the aside is the noun's that has its doer.
pub(super) fn of_behind_the_aside(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let v = t.head as usize;
    if doc.text(i) != "of" || t.dep != "prep" || v + 3 >= i || doc.tokens[v].pos != "VERB" || !comma(doc, i - 1) {
        return;
    }
    let Some(o) = kid(doc, v, &["dobj", "nsubjpass"], sentence(doc, i).start..i) else { return };
    let by = kid(doc, o, &["prep", "agent"], o + 1..i).is_some_and(|k| doc.text(k) == "by");
    let own = (o + 1..i).any(|k| doc.text(k) == "of" && doc.tokens[k].head as usize == o);
    if by && !own && doc.tokens[o].pos == "NOUN" {
        doc.tokens[i].head = o as u32;
    }
}

/// "recognised Kosovo and, a week later, Palestine", "Germany and, after some hesitation, Italy condemned it": behind the aside
/// stands one more of those before "and".
pub(super) fn and_after_an_aside(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    if t.pos != "PROPN" || !matches!(t.dep, "npadvmod" | "dep" | "appos" | "dobj" | "nsubj" | "conj" | "ROOT") || i < 5
    {
        return;
    }
    let s = sentence(doc, i);
    let first = start_of(doc, i, &s);
    if first < s.start + 4 || !comma(doc, first - 1) {
        return;
    }
    let opens = |c: &usize| doc.text(*c) == "and" && comma(doc, *c + 1);
    let Some(c) = (s.start.max(first.saturating_sub(9)) + 1..first - 2).rev().find(opens) else { return };
    let clause = (c + 2..first - 1).any(|k| comma(doc, k) || doc.tokens[k].pos == "VERB" || is_subject(doc, k));
    if clause || doc.tokens[c - 1].pos != "PROPN" {
        return;
    }
    let one = noun_ending_at(doc, c - 1, &s);
    let v = t.head as usize;
    let same = match t.dep {
        // "Germany, France and, after some hesitation, Italy"
        "nsubj" => {
            let mut first = one;
            for _ in 0..8 {
                if doc.tokens[first].dep != "conj" {
                    break;
                }
                first = doc.tokens[first].head as usize;
            }
            v > i && is_subject(doc, first) && doc.tokens[first].head as usize == v
        }
        _ => v < c && doc.tokens[one].dep == "dobj" && doc.tokens[one].head as usize == v,
    };
    if same {
        (doc.tokens[i].head, doc.tokens[i].dep) = (one as u32, "conj");
    }
}

/// "Hamas's leader, Yahya Sinwar, and Hezbollah's, Hassan Nasrallah": the second of them, whose post is told with the first.
pub(super) fn and_somalias(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    if t.dep != "conj" || t.pos != "PROPN" || i + 4 >= doc.tokens.len() || doc.tokens[i + 1].tag != "POS" {
        return;
    }
    let h = t.head as usize;
    if !comma(doc, i + 2) || h >= i || marks.person[i] {
        return;
    }
    let mut p = i + 3;
    while p + 1 < doc.tokens.len().min(i + 9) && doc.tokens[p].dep == "compound" {
        p += 1;
    }
    if !marks.person[p] || doc.tokens[p].pos != "PROPN" || doc.tokens[p].dep == "compound" {
        return;
    }
    let mut one = if doc.tokens[h].pos == "VERB" {
        match kid(doc, h, &["dobj", "nsubj", "nsubjpass"], h + 1..i) {
            Some(o) => o,
            None => return,
        }
    } else {
        h
    };
    if doc.tokens[one].dep == "appos" {
        one = doc.tokens[one].head as usize;
    }
    if one >= i || kid(doc, one, &["poss"], 0..one).is_none() {
        return;
    }
    (doc.tokens[p].head, doc.tokens[p].dep) = (one as u32, "conj");
    (doc.tokens[i].head, doc.tokens[i].dep) = (p as u32, "poss");
}

/// "condemned by Germany as well as by France": both of them.
pub(super) fn as_well_as_by(doc: &mut Doc, _: &Marks, i: usize) {
    if doc.text(i) != "by" || i < 4 || doc.text(i - 1) != "as" || doc.text(i - 2) != "well" {
        return;
    }
    let v = doc.tokens[i].head as usize;
    let first = kid(doc, v, &["agent", "prep"], v + 1..i).filter(|k| doc.text(*k) == "by");
    let end = sentence(doc, i).end;
    let Some(one) = first.and_then(|b| kid(doc, b, &["pobj"], b + 1..i)) else { return };
    if let Some(two) = kid(doc, i, &["pobj"], i + 1..end) {
        (doc.tokens[two].head, doc.tokens[two].dep) = (one as u32, "conj");
        doc.tokens[i].dep = "dep";
    }
}
