//! Lists of towns that the model labels as something else: "withdrew from Kherson, Izium and Lyman", "bases in N'Djamena,
//! Abéché and Faya-Largeau". Where the gazetteer knows enough of a list, the whole list is one of places.
use super::actors::{Kind, Registry};
use chancery_parse::{Doc, Entity};
use std::borrow::Cow;
use std::ops::Range;

/// Labels that a town in a list may bear by mistake.
const MISTAKEN: &[&str] = &["", "PERSON", "ORG", "PRODUCT", "FAC", "LOC", "WORK_OF_ART", "EVENT", "LAW", "NORP"];

/// The document with the towns of its lists labelled as such; the same document where there are none.
pub fn towns_of_lists<'d>(doc: &'d Doc, reg: &Registry) -> Cow<'d, Doc> {
    let words = &reg.words.places;
    let mut label = vec![""; doc.len()];
    for e in &doc.entities {
        label[e.start as usize..e.end as usize].fill(e.label);
    }
    let mut places: Vec<Range<usize>> = Vec::new();
    let mut seen = vec![false; doc.len()];
    for first in 0..doc.len() {
        let t = &doc.tokens[first];
        if t.pos != "PROPN" || t.dep == "conj" || seen[first] {
            continue;
        }
        let list = joined(doc, first);
        if list.len() < 2 {
            continue;
        }
        list.iter().for_each(|k| seen[*k] = true);
        let up = t.head as usize;
        let done = matches!(t.dep, "dobj" | "nsubjpass") && words.reaches(&doc.tokens[up].lemma);
        let before = doc.text(up).to_lowercase();
        let there = t.dep == "pobj" && (words.at.contains(&before) || matches!(before.as_str(), "of" | "to"));
        let names: Vec<Range<usize>> = list.iter().map(|k| name_at(doc, *k)).collect();
        let text = |r: &Range<usize>| doc.span_text(r.clone());
        let known: Vec<bool> = names.iter().map(|r| r.len() == 1 && !reg.towns(text(r)).is_empty()).collect();
        let count = known.iter().filter(|k| **k).count();
        if count == 0 || !(done || there) && count < 2 {
            continue;
        }
        for (r, known) in names.into_iter().zip(known) {
            let l = label[r.end - 1];
            let other = r.clone().any(|k| !MISTAKEN.contains(&label[k]));
            // whom the registry knows keeps the name
            let kind = |ix| reg.actor(ix).kind;
            let somebody = reg.find(text(&r)).iter().any(|(ix, _)| kind(*ix) != Kind::Person);
            let person = l == "PERSON" && r.len() > 1;
            if !other && !somebody && !person && (known || count * 2 >= list.len() || there || done) {
                places.push(r);
            }
        }
    }
    let is = |e: &Entity, r: &Range<usize>| e.label == "GPE" && (e.start as usize, e.end as usize) == (r.start, r.end);
    if places.iter().all(|r| doc.entities.iter().any(|e| is(e, r))) {
        return Cow::Borrowed(doc);
    }
    let mut out = doc.clone();
    let inside = |k: u32| places.iter().any(|r| r.contains(&(k as usize)));
    let mut entities: Vec<Entity> = Vec::new();
    for e in &doc.entities {
        // what is left of a label that ran over several names
        let mut start = e.start;
        let cut = (e.start..e.end).any(inside);
        while cut && start < e.end {
            let free = |k: &u32| !inside(*k) && doc.tokens[*k as usize].pos == "PROPN";
            let Some(from) = (start..e.end).find(free) else { break };
            let to = (from..e.end).find(|k| !free(k)).unwrap_or(e.end);
            entities.push(Entity { start: from, end: to, label: e.label });
            start = to;
        }
        if !cut {
            entities.push(e.clone());
        }
    }
    entities.extend(places.iter().map(|r| Entity { start: r.start as u32, end: r.end as u32, label: "GPE" }));
    entities.sort_by_key(|e| e.start);
    out.entities = entities;
    Cow::Owned(out)
}

/// The names joined to a first one, itself included.
fn joined(doc: &Doc, first: usize) -> Vec<usize> {
    let mut out = vec![first];
    let mut n = 0;
    while n < out.len() {
        let h = out[n];
        let more = (h + 1..doc.len().min(h + 12)).filter(|k| {
            let t = &doc.tokens[*k];
            t.dep == "conj" && t.head as usize == h && t.pos == "PROPN"
        });
        let more: Vec<usize> = more.filter(|k| !out.contains(k)).collect();
        out.extend(more);
        n += 1;
    }
    out.sort_unstable();
    out
}

/// The words of a name that end at its head: "Faya-Largeau", "el-Fasher".
fn name_at(doc: &Doc, head: usize) -> Range<usize> {
    let mut start = head;
    while start > 0 {
        let t = &doc.tokens[start - 1];
        let hyphen = matches!(doc.text(start - 1), "-" | "\u{2013}") && !t.ws;
        let part = t.pos == "PROPN" && (t.head as usize == head || t.head as usize == start);
        if !(hyphen && start > 1 && doc.tokens[start - 2].pos == "PROPN"
            || part && matches!(t.dep, "compound" | "nmod" | "punct"))
        {
            break;
        }
        start -= 1;
    }
    start..head + 1
}
