//! Clauses that leave out their verb: "and Agdam that July", "Bahrain and Egypt the next day", "and Ukraine 13". What is left of
//! them, a name with its own day or number, is joined to what it answers to in the clause before.
use super::look::{below, dated, finite, label, start_of};
use super::{Marks, kid, sentence};
use chancery_parse::Doc;
use std::ops::Range;

/// One past the last token of a day that begins at a token: "in 2021", "a week later", "that July".
fn day_at(doc: &Doc, at: usize, s: &Range<usize>) -> Option<usize> {
    if at >= s.end {
        return None;
    }
    let first = at + usize::from(matches!(doc.text(at), "in" | "on" | "by"));
    if first >= s.end {
        return None;
    }
    let e = doc.entities.iter().find(|e| {
        matches!(e.label, "DATE" | "TIME")
            && (e.start as usize == first || e.start as usize == first + 1 && is_det(doc, first))
    });
    e.map(|e| e.end as usize).or_else(|| later_at(doc, first, s))
}

/// One past "a day later", "two weeks earlier", which the model did not take for a day.
fn later_at(doc: &Doc, first: usize, s: &Range<usize>) -> Option<usize> {
    let counted = doc.tokens[first].tag == "CD" || matches!(doc.text(first), "a" | "an" | "several" | "some");
    let unit =
        |k: usize| matches!(doc.tokens[k].lemma.as_str(), "hour" | "day" | "week" | "fortnight" | "month" | "year");
    let later = first + 2 < s.end && matches!(doc.text(first + 2), "later" | "earlier" | "before" | "afterwards");
    (counted && later && unit(first + 1)).then_some(first + 3)
}

fn is_det(doc: &Doc, k: usize) -> bool {
    matches!(doc.text(k), "the" | "that" | "a" | "this")
}

/// One past a number that stands for as many of the same: "13", "one each", ", one each".
fn number_at(doc: &Doc, at: usize, s: &Range<usize>) -> Option<usize> {
    let first = at + usize::from(at < s.end && doc.text(at) == ",");
    // "18", which the model may take for a year
    let small = |k: usize| !dated(doc, k) || doc.text(k).parse::<u16>().is_ok_and(|n| n < 1700);
    if first >= s.end || doc.tokens[first].tag != "CD" || !small(first) {
        return None;
    }
    Some(first + 1 + usize::from(first + 1 < s.end && doc.text(first + 1) == "each"))
}

/// The finite verb with a subject whose clause a token stands in.
fn verb_over(doc: &Doc, i: usize, s: &Range<usize>) -> Option<(usize, usize)> {
    let mut at = i;
    for _ in 0..12 {
        let up = doc.tokens[at].head as usize;
        if up == at {
            return None;
        }
        at = up;
        if finite(doc, at) && at < i {
            let mut v = at;
            for _ in 0..6 {
                if let Some(n) = kid(doc, v, &["nsubj", "nsubjpass"], s.start..i) {
                    return Some((at, n));
                }
                if doc.tokens[v].dep != "conj" {
                    return None;
                }
                v = doc.tokens[v].head as usize;
            }
            return None;
        }
    }
    None
}

/// The last of the names joined to a name: "Bahrain and | Egypt".
fn last_of(doc: &Doc, i: usize, s: &Range<usize>) -> usize {
    let mut at = i;
    for _ in 0..12 {
        match kid(doc, at, &["conj"], at + 1..s.end) {
            Some(k)
                if doc.tokens[k].pos == "PROPN"
                    && (at + 1..k).all(|j| {
                        matches!(doc.text(j), "," | "and" | "the" | "or") || doc.tokens[j].dep == "compound"
                    }) =>
            {
                at = k
            }
            _ => break,
        }
    }
    at
}

/// "recognised Palestine in May, and Slovenia a week later", "suspended Mali in 2021 and Guinea in 2022", "Goma fell in January
/// and Bukavu in February", "expelled four each, and Ukraine 13".
pub(super) fn verb_left_out(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    if t.pos != "PROPN" || !matches!(t.dep, "conj" | "npadvmod" | "dep" | "appos" | "dobj") {
        return;
    }
    if !marks.named[i] && !label(doc, i).is_empty() {
        return;
    }
    let s = sentence(doc, i);
    let first = start_of(doc, i, &s).max(s.start);
    let first = if first > s.start { first } else { return };
    let lead = doc.text(first - 1);
    if !matches!(lead, "," | "and" | ";") {
        return;
    }
    // the second of two names is told of with the first
    let h = doc.tokens[i].head as usize;
    let second = doc.tokens[i].dep == "conj"
        && !dated(doc, h)
        && doc.tokens[h].pos == "PROPN"
        && h < first
        && (h + 1..first).all(|k| matches!(doc.text(k), "," | "and" | "the"));
    if second {
        return;
    }
    let last = last_of(doc, i, &s);
    let number = number_at(doc, last + 1, &s);
    // "and America its own in September"
    let own = last + 2 < s.end && doc.tokens[last + 1].tag == "PRP$" && doc.text(last + 2) == "own";
    let after = last + 1 + if own { 2 } else { 0 };
    let day = day_at(doc, after, &s).filter(|_| number.is_none());
    let Some(end) = day.or(number) else { return };
    if end < s.end && !matches!(doc.text(end), "," | "." | ";" | "and" | ":" | ")") && doc.tokens[end].pos != "SPACE" {
        return;
    }
    let Some((v, subject)) = verb_over(doc, i, &s) else { return };
    // "fought all its neighbours: Yemen in 1995, Sudan in 1996": those that the noun before counts up
    if (v..i).any(|k| doc.text(k) == ":") {
        return;
    }
    // the clause before has its own day, or number
    let told = (v + 1..first).any(|k| dated(doc, k))
        || (s.start..v).any(|k| dated(doc, k) && doc.tokens[k].head as usize != subject);
    let counted = (v + 1..first).any(|k| doc.tokens[k].tag == "CD" && !dated(doc, k));
    if day.is_some() && !told || day.is_none() && !counted {
        return;
    }
    let passive = kid(doc, v, &["auxpass"], s.clone()).is_some();
    let object = kid(doc, v, &["dobj"], v + 1..first);
    // "imposed sanctions on Belarus on Monday and Britain on Tuesday": whom it was done to
    let comma = (first.saturating_sub(2)..first).any(|k| matches!(doc.text(k), "," | ";"));
    let named = |k: usize| doc.tokens[k].pos == "PROPN";
    let same = |k: usize| label(doc, k) == label(doc, i);
    let to = if day.is_none() || own {
        subject
    } else {
        match object.filter(|o| named(*o)) {
            Some(o) if doc.tokens[subject].pos != "PROPN" && !dated(doc, o) => o,
            Some(o) if same(o) && (!same(subject) || !comma) => o,
            Some(o) if same(o) && matches!(doc.tokens[v].lemma.as_str(), "leave" | "evacuate") && !named(subject) => o,
            Some(o) if !same(subject) && !comma && doc.tokens[o].tag == doc.tokens[i].tag => o,
            _ if passive || named(subject) || doc.tokens[subject].tag == "NNS" => subject,
            _ => return,
        }
    };
    // a plural counted before is told of by the names: "Two states have left, Burundi in 2017"
    if to == i || first <= to || below(doc, to, i) {
        return;
    }
    let cc = (first - 1 > v && doc.text(first - 1) == "and").then_some(first - 1);
    (doc.tokens[i].head, doc.tokens[i].dep) = (to as u32, "conj");
    if let Some(c) = cc {
        (doc.tokens[c].head, doc.tokens[c].dep) = (to as u32, "cc");
    }
    // the day or number is the name's own
    if own {
        (doc.tokens[last + 2].head, doc.tokens[last + 2].dep) = (last as u32, "dep");
    }
    for k in last + 1..end {
        let up = doc.tokens[k].head as usize;
        if !(last + 1..end).contains(&up) || up == k {
            doc.tokens[k].head = last as u32;
        }
    }
}

/// "met Starmer in London, Macron in Paris and Merz in Berlin": a name joined to the place or day before it, with a place or day
/// of its own, is one more of those done so.
pub(super) fn each_in_his_place(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let h = t.head as usize;
    if t.dep != "conj" || t.pos != "PROPN" || h >= i || doc.tokens[h].dep != "pobj" {
        return;
    }
    let s = sentence(doc, i);
    let p = doc.tokens[h].head as usize;
    let g = doc.tokens[p].head as usize;
    if i + 2 >= s.end || p >= h || g >= p {
        return;
    }
    // "in Rafah": a preposition that the clause before has, too
    let own = doc.text(i + 1);
    let again = matches!(own, "in" | "at" | "to" | "on" | "from") && (g..h).any(|k| k > g && doc.text(k) == own);
    if !again {
        return;
    }
    let object = if doc.tokens[g].pos == "VERB" {
        kid(doc, g, &["dobj"], g + 1..p)
    } else {
        let mut o = g;
        for _ in 0..8 {
            if doc.tokens[o].dep != "conj" {
                break;
            }
            o = doc.tokens[o].head as usize;
        }
        Some(o).filter(|o| doc.tokens[*o].dep == "dobj")
    };
    let Some(o) = object.filter(|o| doc.tokens[*o].pos == "PROPN") else { return };
    let kind = label(doc, i);
    let place = matches!(kind, "GPE" | "LOC" | "DATE" | "TIME" | "CARDINAL");
    let like = kind == label(doc, o) || kind != label(doc, h) && !place;
    if !like || kind == label(doc, h) && !kind.is_empty() {
        return;
    }
    let verb = doc.tokens[o].head as usize;
    doc.tokens[i].head = o as u32;
    for k in i + 1..s.end.min(i + 6) {
        let t = &doc.tokens[k];
        if t.dep == "prep" && (t.head as usize == verb || t.head as usize == g) {
            doc.tokens[k].head = i as u32;
        } else if t.dep == "cc" {
            break;
        }
    }
}

/// "Hamas freed 33 hostages and Israel 1,900 prisoners": a name and what it did it to, with the verb left out, are no objects.
pub(super) fn two_left(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let o = t.head as usize;
    if t.dep != "conj" || t.pos != "PROPN" || o >= i || doc.tokens[o].dep != "dobj" || doc.tokens[o].pos != "NOUN" {
        return;
    }
    let s = sentence(doc, i);
    let Some(n) = kid(doc, i, &["appos", "nummod", "dobj", "npadvmod"], i + 1..s.end) else { return };
    let first = start_of(doc, n, &s);
    if first == i + 1 && doc.tokens[n].pos == "NOUN" && matches!(doc.tokens[first].dep, "nummod" | "det" | "poss") {
        let v = doc.tokens[o].head;
        (doc.tokens[i].head, doc.tokens[i].dep) = (v, "dep");
        doc.tokens[n].dep = "dep";
    }
}
