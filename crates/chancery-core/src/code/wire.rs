//! What stands in news text that is not prose: datelines, days before the entries of a chronology, acronyms cut by
//! hyphens. The parser is shown a text of the
//! same length without them, so that every offset holds; and what it then makes of lists of names is mended.
use crate::values::edtf::MONTHS;
use chancery_parse::Doc;
use std::borrow::Cow;
use std::ops::Range;

/// The text as the parser is to see it: byte for byte as long as the original. [`restore`] puts the original text back
/// into the parsed document before coding it.
///
/// Acronyms with a hyphen ("IS-K", "HUR-U") are cut into words by the tokenizer, and "IS" then reads as a verb; the
/// hyphen is closed up for the parse. A dateline ("KABUL, June 3 (AFP) - The minister ...") reads as the subject of the
/// sentence after it; it is ended with a stop and a line of its own. So is the day of an entry ("May 2021: Kenya opens").
pub fn prepare(text: &str) -> Cow<'_, str> {
    let mut out: Option<Vec<u8>> = None;
    hyphens(text, &mut out);
    days_in_front(text, &mut out);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(mark) = entry(line).or_else(|| dateline(line)) {
            let b = out.get_or_insert_with(|| text.as_bytes().to_vec());
            b[at + mark.start..at + mark.end].fill(b'\n');
            b[at + mark.start] = b'.';
        }
        at += line.len();
    }
    match out {
        Some(v) => String::from_utf8(v).map_or(Cow::Borrowed(text), Cow::Owned),
        None => Cow::Borrowed(text),
    }
}

/// Puts the original text back into a document that was parsed as [`prepare`] showed it, and mends its lists of names.
pub fn restore(doc: &mut Doc, text: &str) {
    text.clone_into(&mut doc.text);
    let named: Vec<bool> = {
        let mut named = vec![false; doc.tokens.len()];
        for e in &doc.entities {
            if matches!(e.label, "GPE" | "ORG" | "NORP" | "LOC" | "PERSON") {
                named[e.start as usize..e.end as usize].fill(true);
            }
        }
        named
    };
    let person: Vec<bool> = {
        let mut person = vec![false; doc.tokens.len()];
        for e in doc.entities.iter().filter(|e| e.label == "PERSON") {
            person[e.start as usize..e.end as usize].fill(true);
        }
        person
    };
    days_of_entries(doc);
    for i in 0..doc.tokens.len() {
        re_verb(doc, i);
        finite_beside_finite(doc, i);
        among_them(doc, &named, i);
        kept_shut(doc, i);
        off_auxiliaries(doc, i);
        they_control(doc, i);
        has_overrun(doc, i);
        annexed_crimea(doc, &named, i);
        person_beside_post(doc, &person, i);
        of_to_the_accuser(doc, i);
        named_a(doc, i);
        sworn_in(doc, i);
        backs(doc, i);
        name_beside(doc, &named, i);
        called_president(doc, &named, i);
        year_before_names(doc, &named, i);
        list_of_names(doc, &named, i);
    }
    unwind(doc);
}

/// Every token hangs on a root: where the rules above, one after the other, have tied tokens in a ring, the first of
/// them is cut loose.
fn unwind(doc: &mut Doc) {
    let n = doc.tokens.len();
    // the walk in which a token was first seen; a walk that meets its own trace has gone in a ring
    let mut seen = vec![usize::MAX; n];
    for from in 0..n {
        let mut at = from;
        while seen[at] == usize::MAX {
            seen[at] = from;
            let up = doc.tokens[at].head as usize;
            if up == at {
                break;
            }
            if seen[up] == from {
                (doc.tokens[up].head, doc.tokens[up].dep) = (up as u32, "ROOT");
                break;
            }
            at = up;
        }
    }
}

/// "Canada, Brazil, Chile and Peru", where the second name reads as an apposition of the first and the others hang on
/// it: a list.
fn list_of_names(doc: &mut Doc, named: &[bool], i: usize) {
    let t = &doc.tokens[i];
    let h = t.head as usize;
    if t.dep != "appos" || t.pos != "PROPN" || h >= i || doc.tokens[h].pos != "PROPN" || !named[i] || !named[h] {
        return;
    }
    // the names stand next to each other, and the chain ends with "and"
    let between = (h + 1..i).filter(|j| doc.tokens[*j].head as usize != i);
    if between.clone().count() != 1 || !between.clone().all(|j| doc.text(j) == ",") {
        return;
    }
    let (mut last, mut joined) = (i, false);
    while let Some(next) = (last + 1..doc.tokens.len().min(last + 12))
        .find(|j| doc.tokens[*j].dep == "conj" && doc.tokens[*j].head as usize == last && doc.tokens[*j].pos == "PROPN")
    {
        joined |= (last + 1..next).any(|j| doc.tokens[j].dep == "cc");
        if !named[next] {
            return;
        }
        last = next;
    }
    if joined {
        doc.tokens[i].dep = "conj";
    }
}

/// "accuses the courts of sheltering men": what somebody is accused of hangs on the verb.
fn of_to_the_accuser(doc: &mut Doc, i: usize) {
    const ACCUSE: &[&str] = &["accuse", "suspect", "convict", "acquit", "accused"];
    let t = &doc.tokens[i];
    let o = t.head as usize;
    if t.dep != "prep" || doc.text(i) != "of" || o >= i || doc.tokens[o].dep != "dobj" {
        return;
    }
    let verb = doc.tokens[o].head as usize;
    let gerund = (i + 1..doc.tokens.len().min(i + 4))
        .any(|j| doc.tokens[j].head as usize == i && doc.tokens[j].dep == "pcomp" && doc.tokens[j].tag == "VBG");
    if gerund && ACCUSE.contains(&doc.tokens[verb].lemma.as_str()) {
        doc.tokens[i].head = verb as u32;
    }
}

/// "designated Hezbollah a terrorist group": without a comma what follows the name is what it is called, no apposition.
fn named_a(doc: &mut Doc, i: usize) {
    const CALL: &[&str] =
        &["designate", "name", "call", "declare", "consider", "label", "brand", "deem", "term", "proclaim", "list"];
    let t = &doc.tokens[i];
    let o = t.head as usize;
    if t.dep != "appos" || t.pos != "NOUN" || o >= i || doc.tokens[o].dep != "dobj" {
        return;
    }
    let v = doc.tokens[o].head as usize;
    if CALL.contains(&doc.tokens[v].lemma.as_str()) && v < o && (o + 1..i).all(|j| doc.text(j) != ",") {
        doc.tokens[i].head = v as u32;
        doc.tokens[i].dep = "oprd";
    }
}

/// "swore in Dina Boluarte": a particle taken for a preposition.
fn sworn_in(doc: &mut Doc, i: usize) {
    let v = doc.tokens[i].head as usize;
    if doc.text(i) != "in" || v + 1 != i || doc.tokens[i].dep != "prep" || doc.tokens[v].lemma != "swear" {
        return;
    }
    let name = (i + 1..doc.tokens.len().min(i + 10))
        .find(|j| doc.tokens[*j].head as usize == i && doc.tokens[*j].dep == "pobj" && doc.tokens[*j].pos == "PROPN");
    if let Some(o) = name {
        doc.tokens[i].dep = "prt";
        doc.tokens[i].tag = "RP";
        doc.tokens[o].head = v as u32;
        doc.tokens[o].dep = "dobj";
    }
}

/// "Egypt and Eritrea back Mogadishu in the dispute": a sentence without a verb, whose verb is taken for an adverb.
fn backs(doc: &mut Doc, i: usize) {
    let t = &doc.tokens[i];
    if doc.text(i) != "back" || t.dep != "advmod" || i == 0 || i + 1 >= doc.tokens.len() {
        return;
    }
    let start = (0..=i).rev().find(|j| doc.tokens[*j].sent_start).unwrap_or(0);
    let end = (i + 1..doc.tokens.len()).find(|j| doc.tokens[*j].sent_start).unwrap_or(doc.tokens.len());
    let verb = (start..end).any(|j| doc.tokens[j].tag.starts_with('V') || doc.tokens[j].tag == "MD");
    let Some(root) = (start..i).find(|j| doc.tokens[*j].head as usize == *j) else { return };
    let object = (i + 1..end).find(|j| doc.tokens[*j].head as usize == root && doc.tokens[*j].pos == "PROPN");
    let Some(object) = object.filter(|_| !verb && doc.tokens[root].pos == "PROPN" && doc.tokens[i - 1].pos == "PROPN")
    else {
        return;
    };
    let v = &mut doc.tokens[i];
    (v.head, v.dep, v.pos, v.tag, v.lemma) = (i as u32, "ROOT", "VERB", "VBP", "back".to_owned());
    (doc.tokens[root].head, doc.tokens[root].dep) = (i as u32, "nsubj");
    (doc.tokens[object].head, doc.tokens[object].dep) = (i as u32, "dobj");
    for j in i + 1..end {
        if doc.tokens[j].head as usize == root && matches!(doc.tokens[j].dep, "prep" | "punct") {
            doc.tokens[j].head = i as u32;
        }
    }
}

/// "no longer considered Pedro Castillo president", "elected Nawaf Salam prime minister": the name is the object.
fn called_president(doc: &mut Doc, named: &[bool], i: usize) {
    const CALL: &[&str] = &["consider", "name", "elect", "appoint", "declare", "make", "proclaim", "deem", "reelect"];
    const POSTS: &[&str] =
        &["president", "leader", "premier", "chancellor", "king", "chairman", "minister", "governor"];
    let t = &doc.tokens[i];
    let v = t.head as usize;
    if !matches!(t.dep, "oprd" | "dobj")
        || t.pos != "NOUN"
        || v + 2 > i
        || !CALL.contains(&doc.tokens[v].lemma.as_str())
        || !POSTS.contains(&t.lemma.as_str())
    {
        return;
    }
    let name = (v + 1..i).rev().find(|j| doc.tokens[*j].pos == "PROPN" && named[*j]);
    let Some(name) = name.filter(|n| doc.tokens[*n].dep == "compound" && doc.tokens[*n].head as usize == i) else {
        return;
    };
    // nothing but the name and a word of the title between
    let first = (v + 1..=name).rev().take_while(|j| *j == name || doc.tokens[*j].head as usize == name).last();
    if first.is_some_and(|f| f == v + 1) && name + 2 >= i {
        (doc.tokens[name].head, doc.tokens[name].dep) = (v as u32, "dobj");
        doc.tokens[i].dep = "oprd";
    }
}

/// "criticised the penholder, the United States, for haste": a name between commas after the object, taken for a measure.
fn name_beside(doc: &mut Doc, named: &[bool], i: usize) {
    let t = &doc.tokens[i];
    let v = t.head as usize;
    if t.dep != "npadvmod" || t.pos != "PROPN" || !named[i] || v >= i {
        return;
    }
    let Some(first) = (v + 1..=i).find(|j| *j == i || doc.tokens[*j].head as usize == i) else { return };
    if first < 2 || doc.text(first - 1) != "," {
        return;
    }
    let object = first - 2;
    let o = &doc.tokens[object];
    if o.dep == "dobj" && o.head as usize == v && o.pos == "NOUN" {
        doc.tokens[i].head = object as u32;
        doc.tokens[i].dep = "appos";
    }
}

/// "denies supporting them and accuses Congo": a finite verb is joined to the finite one, not to the gerund between.
fn finite_beside_finite(doc: &mut Doc, i: usize) {
    let t = &doc.tokens[i];
    let gerund = t.head as usize;
    let g = &doc.tokens[gerund];
    let main = g.head as usize;
    if t.dep == "conj"
        && matches!(t.tag, "VBZ" | "VBP")
        && g.tag == "VBG"
        && g.dep == "xcomp"
        && doc.tokens[main].tag == t.tag
        && main < gerund
    {
        doc.tokens[i].head = main as u32;
    }
}

/// "several states, among them Chile and Peru, recalled": the names hang on "among", and that on the plural before.
fn among_them(doc: &mut Doc, named: &[bool], i: usize) {
    let text = |doc: &Doc, k: usize| doc.tokens.get(k).map_or(String::new(), |_| doc.text(k).to_lowercase());
    if text(doc, i) != "among" || !matches!(text(doc, i + 1).as_str(), "them" | "these") {
        return;
    }
    let start = (0..=i).rev().find(|k| doc.tokens[*k].sent_start).unwrap_or(0);
    let Some(set) = (start..i).rev().find(|k| {
        doc.tokens[*k].tag == "NNS" && matches!(doc.tokens[*k].dep, "nsubj" | "nsubjpass" | "dobj" | "pobj" | "conj")
    }) else {
        return;
    };
    let end = (i + 1..doc.tokens.len()).find(|k| doc.tokens[*k].sent_start).unwrap_or(doc.tokens.len());
    // the first name behind, over its own words: its head outside the list
    let Some(mut name) = (i + 2..end.min(i + 8)).find(|k| named[*k] && doc.tokens[*k].tag == "NNP") else { return };
    for _ in 0..4 {
        let h = doc.tokens[name].head as usize;
        if matches!(doc.tokens[name].dep, "compound" | "nmod" | "amod") && h > name {
            name = h;
        }
    }
    // the set that says what the others do, not one in a phrase beside it: "have withdrawn, among them Chile"
    let subject = (start..i).rev().find(|k| {
        doc.tokens[*k].tag == "NNS"
            && matches!(doc.tokens[*k].dep, "nsubj" | "nsubjpass")
            && doc.tokens[set].dep == "pobj"
            && !doc.tokens[i - 1..i].iter().any(|t| t.head as usize == set)
    });
    let set = subject.unwrap_or(set);
    if doc.tokens[name].head as usize == name {
        return;
    }
    (doc.tokens[i].head, doc.tokens[i].dep) = (set as u32, "prep");
    (doc.tokens[name].head, doc.tokens[name].dep) = (i as u32, "pobj");
    (doc.tokens[i + 1].head, doc.tokens[i + 1].dep) = (name as u32, "det");
}

/// "The Houthis control most of the north", "The Emiratis host the talks": a sentence without a verb, whose plural
/// name is followed by a word that is verb and noun alike.
fn they_control(doc: &mut Doc, v: usize) {
    const BOTH: &[&str] = &[
        "control", "back", "host", "support", "hold", "run", "fight", "claim", "demand", "want", "blame", "attack",
        "target", "rule", "seek", "need", "fear", "dispute", "boycott", "sponsor", "arm", "fund", "shelter", "reject",
        "oppose", "deny", "accuse", "insist",
    ];
    let only_verb = matches!(doc.text(v), "overran" | "besieged" | "recaptured" | "retook");
    if v == 0 || !(BOTH.contains(&doc.text(v)) || only_verb) || doc.tokens[v].pos == "VERB" {
        return;
    }
    let name = |k: usize| doc.tokens[k].tag.starts_with("NNP");
    let plural = only_verb || doc.text(v - 1).ends_with('s') || doc.tokens[v - 1].tag == "NNPS";
    let start = (0..=v).rev().find(|j| doc.tokens[*j].sent_start).unwrap_or(0);
    let end = (v + 1..doc.tokens.len()).find(|j| doc.tokens[*j].sent_start).unwrap_or(doc.tokens.len());
    let alone = (start..v).all(|k| name(k) || doc.tokens[k].tag == "DT");
    let verb = (start..end).any(|k| k != v && matches!(doc.tokens[k].tag, "VBZ" | "VBP" | "VBD" | "MD"));
    let follows = doc.tokens.get(v + 1).is_some_and(|n| {
        matches!(n.tag, "DT" | "PRP$" | "NNP" | "JJS" | "CD" | "NNS") || n.tag == "JJ" && n.dep == "amod"
    });
    if !(plural && name(v - 1) && alone && follows) || verb || end <= v + 1 {
        return;
    }
    // heads of what follows: those that hang on nothing behind the verb
    let outside = |doc: &Doc, k: usize| {
        let h = doc.tokens[k].head as usize;
        h == k || h <= v || h >= end
    };
    let loose: Vec<usize> = (v + 1..end).filter(|k| outside(doc, *k)).collect();
    let object = loose.iter().copied().find(|k| matches!(doc.tokens[*k].pos, "NOUN" | "PROPN" | "PRON" | "ADJ"));
    let Some(object) = object else { return };
    for k in start..v {
        (doc.tokens[k].head, doc.tokens[k].dep) = match doc.tokens[k].tag {
            _ if k == v - 1 => (v as u32, "nsubj"),
            "DT" => (v as u32 - 1, "det"),
            _ => (v as u32 - 1, "compound"),
        };
    }
    for k in loose {
        let t = &mut doc.tokens[k];
        t.head = v as u32;
        if k == object {
            t.dep = "dobj";
        } else if t.dep == "ROOT" {
            t.dep = "dep";
        }
    }
    let (tag, lemma) = match doc.text(v) {
        "overran" => ("VBD", "overrun"),
        "retook" => ("VBD", "retake"),
        w if only_verb => ("VBD", w.trim_end_matches('d')),
        w => ("VBP", w),
    };
    let lemma = lemma.to_owned();
    let t = &mut doc.tokens[v];
    (t.head, t.dep, t.pos, t.tag, t.lemma) = (v as u32, "ROOT", "VERB", tag, lemma);
}

/// "that the bounty was gone": what hangs on an auxiliary belongs to its verb.
fn off_auxiliaries(doc: &mut Doc, i: usize) {
    let aux = doc.tokens[i].head as usize;
    if aux != i && matches!(doc.tokens[aux].dep, "aux" | "auxpass") && matches!(doc.tokens[i].dep, "nsubj" | "mark") {
        let passive = doc.tokens[aux].dep == "auxpass" && doc.tokens[i].dep == "nsubj";
        doc.tokens[i].head = doc.tokens[aux].head;
        if passive {
            doc.tokens[i].dep = "nsubjpass";
        }
    }
}

/// "has overrun 14 townships": a participle taken for the object of its auxiliary.
fn has_overrun(doc: &mut Doc, i: usize) {
    if doc.text(i) != "overrun" || i == 0 || doc.tokens[i].dep != "dobj" || i + 1 >= doc.tokens.len() {
        return;
    }
    let has = i - 1;
    if doc.tokens[has].lemma != "have" || doc.tokens[i].head as usize != has {
        return;
    }
    let up = doc.tokens[has].head;
    let root = up as usize == has;
    for k in 0..doc.tokens.len() {
        let t = &mut doc.tokens[k];
        if t.head as usize == has && k != i && k != has {
            t.head = i as u32;
        } else if t.head as usize == i && t.dep == "nummod" && k > i {
            t.dep = "dobj";
        }
    }
    let dep = doc.tokens[has].dep;
    let v = &mut doc.tokens[i];
    (v.head, v.dep, v.pos, v.tag) = (if root { i as u32 } else { up }, dep, "VERB", "VBN");
    v.lemma = "overrun".to_owned();
    (doc.tokens[has].head, doc.tokens[has].dep) = (i as u32, "aux");
}

/// "has kept its embassy in Yemen shut since 2017": how a thing is kept belongs to the verb, with all that follows.
fn kept_shut(doc: &mut Doc, i: usize) {
    let t = &doc.tokens[i];
    let how = matches!(doc.text(i), "shut" | "closed" | "shuttered" | "open")
        && matches!(t.tag, "VBD" | "VBN" | "JJ")
        && matches!(t.dep, "dep" | "ccomp" | "acl" | "amod" | "advcl" | "xcomp" | "acomp" | "relcl" | "conj");
    if !how || doc.tokens.get(i + 1).is_some_and(|n| n.tag.starts_with("NN") && t.dep == "amod") {
        return;
    }
    let kept = |k: &usize| matches!(doc.tokens[*k].lemma.as_str(), "keep" | "leave") && doc.tokens[*k].pos == "VERB";
    let start = i.saturating_sub(10);
    let Some(v) = (start..i).rev().take_while(|k| !matches!(doc.text(*k), "," | ";" | "." | ":")).find(kept) else {
        return;
    };
    let kid = |of: usize, deps: &[&str], from: usize, to: usize| {
        (from..to).any(|k| doc.tokens[k].head as usize == of && deps.contains(&doc.tokens[k].dep))
    };
    let end = doc.tokens.len().min(i + 12);
    if !kid(v, &["dobj"], v, i) || kid(i, &["nsubj", "nsubjpass", "aux", "auxpass", "mark", "dobj"], start, end) {
        return;
    }
    for k in i + 1..end {
        if doc.tokens[k].head as usize == i {
            doc.tokens[k].head = v as u32;
        }
    }
    (doc.tokens[i].head, doc.tokens[i].dep) = (v as u32, "oprd");
}

/// "would re-impose sanctions": the verb that the tokenizer cuts at its hyphen is the last part.
fn re_verb(doc: &mut Doc, i: usize) {
    let cut = i + 2 < doc.tokens.len()
        && doc.text(i).eq_ignore_ascii_case("re")
        && doc.text(i + 1) == "-"
        && !doc.tokens[i].ws
        && !doc.tokens[i + 1].ws
        && doc.tokens[i + 2].tag.starts_with("VB");
    // only where the first part took the verb's place: "would re" has "would"
    let modal = i > 0 && doc.tokens[i - 1].tag == "MD" && doc.tokens[i - 1].head as usize == i;
    if !cut || !modal {
        return;
    }
    let (part, verb) = ([i, i + 1], i + 2);
    // what the parts hang on, and what hangs on them
    let top =
        part.into_iter().find(|p| !matches!(doc.tokens[*p].head as usize, h if h != *p && (i..=verb).contains(&h)));
    let Some(top) = top.filter(|_| (i..=i + 1).contains(&(doc.tokens[verb].head as usize))) else { return };
    let (head, dep) = (doc.tokens[top].head as usize, doc.tokens[top].dep);
    doc.tokens[verb].head = if head == top { verb } else { head } as u32;
    doc.tokens[verb].dep = dep;
    let start = (0..=i).rev().find(|j| doc.tokens[*j].sent_start).unwrap_or(0);
    let end = (i + 1..doc.tokens.len()).find(|j| doc.tokens[*j].sent_start).unwrap_or(doc.tokens.len());
    for j in (start..end).filter(|j| *j != verb) {
        if part.contains(&(doc.tokens[j].head as usize)) {
            doc.tokens[j].head = verb as u32;
        }
    }
    for p in part {
        (doc.tokens[p].head, doc.tokens[p].dep) = (verb as u32, if p == i { "advmod" } else { "punct" });
    }
}

/// "three years after Russia annexed Crimea": a clause of time that reads as a phrase.
fn annexed_crimea(doc: &mut Doc, named: &[bool], v: usize) {
    let t = &doc.tokens[v];
    let x = t.head as usize;
    if t.tag != "VBD"
        || t.dep != "amod"
        || x <= v
        || v == 0
        || doc.tokens[x].pos != "PROPN"
        || doc.tokens[x].dep != "pobj"
    {
        return;
    }
    let p = doc.tokens[x].head as usize;
    let s = v - 1;
    let clause = matches!(doc.text(p).to_lowercase().as_str(), "after" | "before" | "since" | "until");
    if !clause || p >= s || !named[s] || doc.tokens[s].head as usize != x || doc.tokens[s].pos != "PROPN" {
        return;
    }
    let over = doc.tokens[p].head;
    (doc.tokens[v].head, doc.tokens[v].dep) = (over, "advcl");
    (doc.tokens[p].head, doc.tokens[p].dep) = (v as u32, "mark");
    (doc.tokens[s].head, doc.tokens[s].dep) = (v as u32, "nsubj");
    (doc.tokens[x].head, doc.tokens[x].dep) = (v as u32, "dobj");
}

/// "His counterpart from Rwanda, Ernest Rwamucyo": a person beside a state that is named with a post bears the post.
fn person_beside_post(doc: &mut Doc, person: &[bool], i: usize) {
    const POSTS: &[&str] = &[
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
    ];
    let t = &doc.tokens[i];
    let state = t.head as usize;
    if t.dep != "appos" || t.pos != "PROPN" || !person[i] || state >= i || person[state] {
        return;
    }
    let p = doc.tokens[state].head as usize;
    let post = doc.tokens[p].head as usize;
    if doc.tokens[state].dep == "pobj"
        && matches!(doc.text(p), "of" | "from" | "for")
        && post < p
        && POSTS.contains(&doc.tokens[post].lemma.to_lowercase().as_str())
    {
        doc.tokens[i].head = post as u32;
    }
}

/// "In 2014 Riyadh and Manama recalled their envoys": the year belongs to the preposition, the name to the verb.
fn year_before_names(doc: &mut Doc, named: &[bool], i: usize) {
    let t = &doc.tokens[i];
    let year = t.dep == "nummod" && doc.text(i).len() == 4 && doc.text(i).bytes().all(|b| b.is_ascii_digit());
    let month = t.dep == "compound" && MONTHS.contains(&doc.text(i));
    let x = t.head as usize;
    if !(year || month) || i == 0 || x <= i || !named[x] || doc.tokens[x].dep != "pobj" {
        return;
    }
    let p = doc.tokens[x].head as usize;
    let verb = doc.tokens[p].head as usize;
    let clause = p..doc.tokens.len().min(verb + 40);
    let kid = |deps: &[&str]| {
        clause.clone().any(|k| doc.tokens[k].head as usize == verb && deps.contains(&doc.tokens[k].dep))
    };
    let subject = kid(&["nsubj", "nsubjpass", "expl"]);
    let passive = kid(&["auxpass"]);
    if p + 1 != i || doc.tokens[p].dep != "prep" || verb < x || subject || !doc.tokens[verb].tag.starts_with('V') {
        return;
    }
    doc.tokens[i].head = p as u32;
    doc.tokens[i].dep = "pobj";
    doc.tokens[x].head = verb as u32;
    doc.tokens[x].dep = if passive { "nsubjpass" } else { "nsubj" };
    let second = (x + 1..verb).find(|j| {
        let k = &doc.tokens[*j];
        k.head as usize == x && matches!(k.dep, "npadvmod" | "appos") && k.pos == "PROPN" && named[*j]
    });
    if let Some(j) = second {
        doc.tokens[j].dep = "conj";
    }
}

/// "On Tuesday Sudan's envoy", "In April Asmara accused": without a comma the day reads as part of the name after it; the
/// space between is shown as one.
fn days_in_front(text: &str, out: &mut Option<Vec<u8>>) {
    const WEEKDAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let number =
        |w: &str, n: std::ops::RangeInclusive<usize>| n.contains(&w.len()) && w.bytes().all(|b| b.is_ascii_digit());
    let b = text.as_bytes();
    for (at, p) in text.match_indices("On ").chain(text.match_indices("In ")) {
        // at the beginning of a sentence only
        if at > 0
            && !matches!(b[at - 1], b'\n' | b'\t')
            && !(at > 1 && b[at - 1] == b' ' && matches!(b[at - 2], b'.' | b'"' | b'?' | b'!'))
        {
            continue;
        }
        let words: Vec<(usize, &str)> = text[at + p.len()..]
            .split(' ')
            .scan(at + p.len(), |from, w| {
                let here = *from;
                *from += w.len() + 1;
                Some((here, w))
            })
            .take(4)
            .collect();
        let word = |n: usize| words.get(n).map_or("", |(_, w)| *w);
        let day = match word(0) {
            w if p == "On " && WEEKDAYS.contains(&w) => 1,
            w if p == "In " && number(w, 4..=4) => 1,
            w if MONTHS.contains(&w) && (number(word(1), 4..=4) || number(word(1), 1..=2)) => 2,
            w if p == "In " && MONTHS.contains(&w) => 1,
            w if p == "On " && number(w, 1..=2) && MONTHS.contains(&word(1)) => {
                if number(word(2), 4..=4) {
                    3
                } else {
                    2
                }
            }
            _ => continue,
        };
        let Some((next, w)) = words.get(day) else { continue };
        if w.starts_with(|c: char| c.is_ascii_uppercase()) && !MONTHS.contains(w) {
            out.get_or_insert_with(|| b.to_vec())[next - 1] = b',';
        }
    }
}

/// Where the mark between the day of a chronology's entry and its first sentence stands: "1993: ", "17 August 2020 - ".
pub(super) fn entry(line: &str) -> Option<Range<usize>> {
    const PARTS: &[&str] = &["early", "mid", "late", "spring", "summer", "autumn", "winter"];
    let marks = [": ", " - ", " \u{2013} ", " \u{2014} "];
    let (at, mark) = marks.iter().filter_map(|m| Some((line.find(m)?, *m))).min()?;
    let head = line.get(..at).filter(|h| h.len() <= 24)?;
    let head = head.trim_start_matches(['-', '*', '\u{2022}', ' ']);
    let (mut year, mut month) = (false, false);
    for (n, w) in head.split([' ', '-']).filter(|w| !w.is_empty()).enumerate() {
        let w = w.trim_end_matches([',', '.']);
        let number = w.bytes().take_while(u8::is_ascii_digit).count();
        let low = w.to_lowercase();
        match number {
            4 if w.len() == 4 => year = true,
            1 | 2 if matches!(&w[number..], "" | "st" | "nd" | "rd" | "th") => {}
            // "May", "Aug.", "Sept."
            0 if w == "Sept" || w.len() >= 3 && MONTHS.iter().any(|m| m.starts_with(w)) => month = true,
            0 if n == 0 && PARTS.contains(&low.as_str()) => {}
            _ => return None,
        }
    }
    let rest = &line[at + mark.len()..];
    let first = rest.trim_start_matches(['"', '\u{201c}', '\'', '\u{2018}']);
    let prose = first.starts_with(|c: char| c.is_uppercase()) && rest.trim_end().contains(' ');
    ((year || month) && prose).then_some(at..at + mark.len())
}

/// The day of an entry, shown to the parser as a line of its own, belongs to the verb of the first sentence after it.
fn days_of_entries(doc: &mut Doc) {
    let text = doc.text.clone();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (from, mark) = (at, entry(line));
        at += line.len();
        let Some(mark) = mark else { continue };
        let index = |byte: usize| doc.tokens.partition_point(|t| (t.start as usize) < byte);
        let (first, stop) = (index(from), index(from + mark.start));
        let next = index(from + mark.end);
        if first >= stop || next >= doc.tokens.len() || doc.tokens[next].start as usize >= at {
            continue;
        }
        // the root of the sentence after the mark
        let mut root = next;
        while doc.tokens[root].head as usize != root {
            root = doc.tokens[root].head as usize;
        }
        if root < next {
            continue;
        }
        // a month is the head of its day and year; the rest of what stands before the mark hangs on it
        let head = (first..stop).find(|i| doc.tokens[*i].tag == "NNP").unwrap_or(stop - 1);
        for i in first..next {
            let t = &mut doc.tokens[i];
            t.sent_start = i == first;
            (t.head, t.dep) = match i {
                i if i == head => (root as u32, "npadvmod"),
                i if i < stop => (head as u32, if t.tag == "CD" { "nummod" } else { "punct" }),
                _ => (root as u32, "punct"),
            };
        }
        doc.tokens[next].sent_start = false;
        // nothing outside hangs on the day any more
        for i in 0..doc.tokens.len() {
            let h = doc.tokens[i].head as usize;
            if (first..next).contains(&h) && !(first..next).contains(&i) {
                doc.tokens[i].head = if i < first { i as u32 } else { root as u32 };
                if i < first {
                    doc.tokens[i].dep = "ROOT";
                }
            }
        }
    }
}

fn hyphens(text: &str, out: &mut Option<Vec<u8>>) {
    let b = text.as_bytes();
    for i in 2..b.len().saturating_sub(1) {
        if b[i] != b'-' || !b[i - 1].is_ascii_uppercase() || !b[i + 1].is_ascii_uppercase() {
            continue;
        }
        let left = b[..i].iter().rev().take_while(|c| c.is_ascii_uppercase()).count();
        let right = b[i + 1..].iter().take_while(|c| c.is_ascii_uppercase()).count();
        let word = |c: Option<&u8>| c.is_some_and(|c| c.is_ascii_alphanumeric() || *c == b'-');
        let alone = !word(b[..i - left].last()) && !word(b.get(i + 1 + right));
        if left >= 2 && right <= 2 && alone {
            out.get_or_insert_with(|| b.to_vec())[i] = b'X';
        }
    }
}

/// The longest dateline, in bytes: "BANDAR SERI BEGAWAN, Brunei, September 14, 2014 (Associated Press)".
const LONGEST: usize = 80;

/// Where the mark between a line's dateline and its first sentence stands, the white space after it included: a dash
/// ("KABUL - The"), the parenthesis of an agency ("KABUL (IANS) The"), or both.
fn dateline(line: &str) -> Option<Range<usize>> {
    if !line.starts_with(char::is_uppercase) {
        return None;
    }
    let near = |mark: &str| line.find(mark).filter(|at| *at <= LONGEST);
    // the names end at the first of the marks, the sentence begins after the last
    let head = [" - ", "--", "\u{2013}", "\u{2014}", ") ", "): "].iter().filter_map(|m| near(m)).min()?;
    let marks = line[head..].trim_start_matches([')', ' ', ':', '-', '\u{2013}', '\u{2014}']);
    let end = line.len() - marks.len();
    let agency = line[head..].starts_with(')');
    // a closing parenthesis stays if another mark can be the stop; the stop is one byte long and takes the place of one,
    // so that no token of the parse ends inside a character of the text: of the space before a long dash
    let more = agency && line[head + 1..end].contains(|c| c != ' ');
    let start = head + usize::from(more || line[head..].starts_with(' '));
    let long = |at: usize| line[at..].chars().next().is_some_and(|c| c.len_utf8() > 1);
    let start = if long(start) && line[..start].ends_with(' ') { start - 1 } else { start };
    if long(start) {
        return None;
    }
    let spaced = line[start..end].contains(' ') || line[..head].ends_with(' ');
    (spaced && place(&line[..head], agency) && sentence(&line[end..])).then_some(start..end)
}

/// Does a sentence begin here that is long enough to be prose?
fn sentence(s: &str) -> bool {
    let first = s.trim_start_matches(['"', '\u{201c}', '\'', '\u{2018}']);
    first.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && s.len() >= 40
        && s.split(' ').filter(|w| w.starts_with(char::is_lowercase)).count() >= 3
}

/// Names, days and an agency only: "KABUL", "MOGADISHU, Somalia", "Tehran, March 15, IRNA", "WASHINGTON (AP".
fn place(head: &str, agency: bool) -> bool {
    let words: Vec<&str> = head.split([' ', ',']).filter(|w| !w.is_empty()).collect();
    let name = |w: &str| w.trim_start_matches('(').starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let loud = |w: &str| w.chars().filter(|c| c.is_alphabetic()).count() >= 4 && !w.chars().any(char::is_lowercase);
    let open = head.contains('(');
    if words.is_empty() || words.len() > 10 || !words.iter().all(|w| name(w) || *w == "of" || *w == "the") {
        return false;
    }
    // "WASHINGTON -", "Tehran, March 15, IRNA -", "MOSCOW (Sputnik)"; a few quiet words alone only before a dash
    let day = words.iter().any(|w| w.starts_with(|c: char| c.is_ascii_digit()));
    match (agency, open) {
        (true, true) => words[0].starts_with(|c: char| c.is_uppercase()),
        (false, false) => loud(words[0]) || day || (words.len() <= 2 && !head.contains('.')),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{entry, prepare, unwind};
    use chancery_parse::{Doc, Token};

    #[test]
    fn entries_of_chronologies() {
        for head in
            ["1993: ", "May 2021: ", "17 August 2020: ", "August 17, 2020 - ", "2020-08-17: ", "Early 1993 \u{2013} "]
        {
            let line = format!("{head}Ethiopia opens a liaison office.");
            let mark = entry(&line).unwrap_or_default();
            assert_eq!(line.get(mark.end..), Some("Ethiopia opens a liaison office."), "{head}");
        }
        for line in [
            "Note: Ethiopia opens.",
            "At 10: Ethiopia opens.",
            "Gate 12: closed to all.",
            "1993: ",
            "12: Ethiopia opens.",
        ] {
            assert_eq!(entry(line), None, "{line}");
        }
    }

    #[test]
    fn rings_are_cut() {
        let token = |head: u32| Token {
            start: 0,
            end: 0,
            ws: true,
            tag: "NN",
            pos: "NOUN",
            morph: "",
            lemma: String::new(),
            head,
            dep: "dep",
            sent_start: false,
        };
        // 0 -> 1 -> 2 -> 0, and 3 hangs on the ring; 4 is a root
        let tokens = [1, 2, 0, 1, 4].map(token).to_vec();
        let mut doc = Doc { text: String::new(), tokens, entities: Vec::new() };
        unwind(&mut doc);
        for from in 0..5 {
            let root = (0..6).fold(from, |at, _| doc.tokens[at].head as usize);
            assert_eq!(doc.tokens[root].head as usize, root, "{from}");
        }
        assert_eq!(doc.tokens.iter().enumerate().filter(|(i, t)| t.head as usize == *i).count(), 2);
    }

    #[test]
    fn datelines_stand_alone() {
        let prose = "The minister said on Monday that the embassy would stay open.";
        for head in [
            "KABUL - ",
            "BERLIN -- ",
            "MOGADISHU, Somalia \u{2014} ",
            "KABUL (Pajhwok) : ",
            "WASHINGTON (AP) - ",
            "ADDIS ABABA, May 15 (Xinhua) -- ",
            "Tehran, March 15, IRNA - ",
            "United Nations, April 13 (IANS) ",
            "Nairobi \u{2014} ",
            "PARIS (AP) \u{2013} ",
        ] {
            let text = format!("A heading\n{head}{prose}");
            let seen = prepare(&text);
            assert_eq!(seen.len(), text.len(), "{head}");
            // every character that the parse may begin or end at is one of the text
            let ends = seen.char_indices().filter(|(at, c)| *c != '\n' && !text.is_char_boundary(at + c.len_utf8()));
            assert_eq!(ends.count(), 0, "{head}: {seen:?}");
            assert!(seen.contains(&format!("\n{prose}")) && seen.contains(".\n"), "{head}: {seen:?}");
        }
    }

    #[test]
    fn prose_with_dashes_stays() {
        for text in [
            "Hamas - which rules the strip - said on Monday that the talks had failed and would not resume.",
            "The talks - the first in years - ended on Monday without any agreement between the two sides.",
            "Kosovo - 2008",
            "The African Union (AU) has said that it will send more soldiers to Somalia next year.",
            "Vladimir Putin\u{2014}the president\u{2014}said on Monday that the embassy would stay open.",
            "Mr. Smith \u{2013} Ambassador",
        ] {
            assert_eq!(prepare(text), text);
        }
    }
}
