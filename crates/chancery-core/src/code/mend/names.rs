//! Names: their lists, what stands beside them, and names taken for something else.
use super::look::POSTS;
use super::{Marks, kid, sentence};
use chancery_parse::Doc;
use std::ops::Range;

/// "but neither recognises Somaliland": the pronoun is the subject, and the name behind the verb its object.
pub(super) fn neither_does(doc: &mut Doc, marks: &Marks, i: usize) {
    let v = doc.tokens[i].head as usize;
    let finite = |doc: &Doc, v: usize| matches!(doc.tokens[v].tag, "VBZ" | "VBD" | "VBP");
    let has = |doc: &Doc, v: usize, deps: &[&str]| {
        (0..doc.tokens.len()).any(|k| doc.tokens[k].head as usize == v && deps.contains(&doc.tokens[k].dep) && k != v)
    };
    if doc.text(i) == "neither"
        && doc.tokens[i].dep == "preconj"
        && v == i + 1
        && finite(doc, v)
        && !has(doc, v, &["nsubj"])
    {
        (doc.tokens[i].dep, doc.tokens[i].pos) = ("nsubj", "PRON");
    }
    if i == v + 1
        && doc.tokens[i].dep == "advmod"
        && doc.tokens[i].tag == "NNP"
        && (marks.named[i] || doc.text(i).starts_with(char::is_uppercase))
        && finite(doc, v)
        && has(doc, v, &["nsubj"])
        && !has(doc, v, &["dobj", "attr", "ccomp", "xcomp"])
    {
        doc.tokens[i].dep = "dobj";
    }
}

/// "two of his commanders, A and B": the names tell who the two are.
pub(super) fn names_of_the_count(doc: &mut Doc, marks: &Marks, i: usize) {
    let (two, of) = (i, i + 1);
    if doc.tokens[two].tag != "CD" || of + 1 >= doc.tokens.len() || doc.text(of) != "of" {
        return;
    }
    let Some(noun) = (of + 1..doc.tokens.len().min(of + 7))
        .find(|k| doc.tokens[*k].dep == "pobj" && doc.tokens[*k].head as usize == of)
    else {
        return;
    };
    if doc.tokens[noun].tag != "NNS" || noun + 2 >= doc.tokens.len() || doc.text(noun + 1) != "," {
        return;
    }
    // the head of the first name: the last word of the run behind the comma
    let mut name = noun + 2;
    if doc.tokens[name].pos != "PROPN" {
        return;
    }
    while name + 1 < doc.tokens.len() && doc.tokens[name + 1].pos == "PROPN" {
        name += 1;
    }
    let joined = name + 2 < doc.tokens.len() && doc.text(name + 1) == "and" && doc.tokens[name + 2].pos == "PROPN";
    let over = doc.tokens[name].head as usize;
    let from_list = matches!(doc.tokens[name].dep, "conj" | "appos") && over < two.max(over + 1) && over <= two;
    let person = (noun + 2..doc.tokens.len().min(name + 5)).any(|k| marks.person[k]);
    if joined && from_list && person {
        (doc.tokens[name].dep, doc.tokens[name].head) = ("appos", two as u32);
    }
}

/// "expelled an Indian diplomat; Delhi expelled a Canadian one": another of the same.
pub(super) fn one_in_return(doc: &mut Doc, _: &Marks, i: usize) {
    if !matches!(doc.text(i), "one" | "ones")
        || !matches!(doc.tokens[i].dep, "dobj" | "pobj" | "nsubjpass" | "nsubj")
        || i == 0
        || doc.tokens[i - 1].pos != "ADJ"
        || doc.tokens[i - 1].head as usize != i
    {
        return;
    }
    let like = (0..i).rev().take(40).find(|k| {
        matches!(doc.tokens[*k].tag, "NN" | "NNS")
            && matches!(doc.tokens[*k].dep, "dobj" | "pobj" | "nsubjpass" | "nsubj")
            && *k > 0
            && doc.tokens[*k - 1].pos == "ADJ"
            && doc.tokens[*k - 1].head as usize == *k
            && doc.tokens[*k - 1].tag == doc.tokens[i - 1].tag
            && doc.text(*k - 1).starts_with(char::is_uppercase) == doc.text(i - 1).starts_with(char::is_uppercase)
    });
    if let Some(k) = like {
        doc.tokens[i].lemma = doc.tokens[k].lemma.clone();
        (doc.tokens[i].pos, doc.tokens[i].tag) = ("NOUN", if doc.text(i) == "one" { "NN" } else { "NNS" });
    }
}

/// "lifted the sanctions on Syria. Those against the Assads remain": the measures of the sentence before.
pub(super) fn those_against(doc: &mut Doc, _: &Marks, i: usize) {
    if !doc.text(i).eq_ignore_ascii_case("those")
        || i + 1 >= doc.tokens.len()
        || !matches!(doc.text(i + 1), "against" | "on" | "with")
        || doc.tokens[i + 1].head as usize != i
    {
        return;
    }
    let prep = doc.text(i + 1).to_owned();
    let like = (0..i).rev().take(50).find(|k| {
        doc.tokens[*k].tag == "NNS"
            && (*k + 1..doc.tokens.len().min(*k + 9)).any(|p| {
                doc.tokens[p].head as usize == *k && (doc.text(p) == prep || matches!(doc.text(p), "on" | "against"))
                    || doc.text(p) == "on" && doc.tokens[*k].lemma == "sanction"
            })
    });
    if let Some(k) = like {
        doc.tokens[i].lemma = doc.tokens[k].lemma.clone();
        (doc.tokens[i].pos, doc.tokens[i].tag) = ("NOUN", "NNS");
    }
}

/// "X, the UN envoy to the peace process, who arrived": "who" is the person, not the thing that stands before the comma.
pub(super) fn who_is_somebody(doc: &mut Doc, marks: &Marks, i: usize) {
    let v = doc.tokens[i].head as usize;
    if doc.tokens[i].tag != "WP"
        || doc.tokens[i].dep != "nsubj"
        || doc.tokens[v].dep != "relcl"
        || i == 0
        || doc.text(i - 1) != ","
    {
        return;
    }
    let noun = doc.tokens[v].head as usize;
    if noun >= i || marks.person[noun] || doc.tokens[noun].dep != "pobj" {
        return;
    }
    // up to what stands beside a person
    let mut k = noun;
    for _ in 0..6 {
        let h = doc.tokens[k].head as usize;
        if h == k {
            return;
        }
        if doc.tokens[k].dep == "appos" && doc.tokens[h].pos == "PROPN" && h < k {
            doc.tokens[v].head = h as u32;
            return;
        }
        if !matches!(doc.tokens[k].dep, "pobj" | "prep" | "appos") {
            return;
        }
        k = h;
    }
}

/// "the former vice-president of Ecuador": the parts of one post, hung beside each other.
pub(super) fn one_post(doc: &mut Doc, _: &Marks, i: usize) {
    if i < 2 || doc.text(i - 1) != "-" || !matches!(doc.text(i - 2).to_lowercase().as_str(), "vice" | "ex" | "deputy") {
        return;
    }
    let (h, dep) = (doc.tokens[i].head, doc.tokens[i].dep);
    let same = |k: usize| doc.tokens[k].head == h && doc.tokens[k].dep == dep;
    if doc.tokens[i].pos != "NOUN" || h as usize == i || !same(i - 2) {
        return;
    }
    for k in 0..i {
        if doc.tokens[k].head as usize == i - 2 && k != i - 2 {
            doc.tokens[k].head = i as u32;
        }
    }
    (doc.tokens[i - 2].head, doc.tokens[i - 2].dep) = (i as u32, "compound");
    (doc.tokens[i - 1].head, doc.tokens[i - 1].dep) = (i as u32, "punct");
}

/// "Canada, Brazil, Chile and Peru", where the second name reads as an apposition of the first and the others hang on
/// it: a list.
pub(super) fn list_of_names(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let h = t.head as usize;
    if t.dep == "appos" && h < i && joined_places(doc, h, i) {
        return;
    }
    let t = &doc.tokens[i];
    if t.dep != "appos" || t.pos != "PROPN" || h >= i || doc.tokens[h].pos != "PROPN" || !marks.named[h] {
        return;
    }
    // "Joseph Kony, Okot Odhiambo and Dominic Ongwen", where the model overlooked one
    let next = (i + 1..doc.tokens.len().min(i + 5))
        .find(|j| doc.tokens[*j].head as usize == i && doc.tokens[*j].dep == "conj");
    if !(marks.named[i] || marks.person[h] && next.is_some_and(|n| marks.person[n])) {
        return;
    }
    // the names stand next to each other but for a bracket, and the chain ends with "and"
    let bracket = (h + 1 < i && doc.text(h + 1) == "(").then(|| (h + 2..i).find(|j| doc.text(*j) == ")")).flatten();
    let between = (bracket.unwrap_or(h) + 1..i).filter(|j| doc.tokens[*j].head as usize != i);
    if between.clone().count() != 1 || !between.clone().all(|j| doc.text(j) == ",") {
        return;
    }
    let (mut last, mut joined) = (i, false);
    while let Some(next) = (last + 1..doc.tokens.len().min(last + 12))
        .find(|j| doc.tokens[*j].dep == "conj" && doc.tokens[*j].head as usize == last && doc.tokens[*j].pos == "PROPN")
    {
        joined |= (last + 1..next).any(|j| doc.tokens[j].dep == "cc");
        if !marks.named[next] {
            return;
        }
        last = next;
    }
    if joined {
        doc.tokens[i].dep = "conj";
    }
}

/// "Nicaragua, Venezuela, Nauru and Syria": names of one kind with nothing but commas between and "and" before the last are
/// one list, whatever hangs on what.
pub(super) fn joined_places(doc: &mut Doc, first: usize, second: usize) -> bool {
    let place = |doc: &Doc, from: usize| {
        doc.entities.iter().find(|e| e.start as usize == from && e.label == "GPE").map(|e| e.end as usize)
    };
    let Some(start) = doc.entities.iter().find(|e| (e.start..e.end).contains(&(first as u32)) && e.label == "GPE")
    else {
        return false;
    };
    let (mut heads, mut at, mut joined) = (vec![first], start.end as usize, false);
    while at < doc.tokens.len() && !joined {
        let comma = doc.text(at) == ",";
        let and = |k: usize| k < doc.tokens.len() && doc.tokens[k].dep == "cc" && doc.text(k) == "and";
        joined = and(at) || comma && and(at + 1);
        let mut next = at + 1 + usize::from(comma && joined);
        if !comma && !joined {
            return false;
        }
        if next < doc.tokens.len() && doc.text(next).eq_ignore_ascii_case("the") {
            next += 1;
        }
        let Some(end) = place(doc, next) else { return false };
        heads.push(end - 1);
        at = end;
    }
    if !joined || heads.len() < 4 || heads[1] != second {
        return false;
    }
    for pair in heads.windows(2) {
        (doc.tokens[pair[1]].head, doc.tokens[pair[1]].dep) = (pair[0] as u32, "conj");
    }
    true
}

/// "designated Hezbollah a terrorist group": without a comma what follows the name is what it is called, no apposition.
pub(super) fn named_a(doc: &mut Doc, _: &Marks, i: usize) {
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

/// "no longer considered Pedro Castillo president", "elected Nawaf Salam prime minister": the name is the object.
pub(super) fn called_president(doc: &mut Doc, marks: &Marks, i: usize) {
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
    let name = (v + 1..i).rev().find(|j| doc.tokens[*j].pos == "PROPN" && marks.named[*j]);
    let hung = |n: usize| matches!(doc.tokens[n].dep, "compound" | "nmod") && doc.tokens[n].head as usize == i;
    let Some(name) = name.filter(|n| hung(*n)) else {
        return;
    };
    // nothing but the name and a word of the title between
    let of_name = |j: usize| doc.tokens[j].head as usize == name || doc.tokens[j].pos == "PROPN" && hung(j);
    let first = (v + 1..=name).rev().take_while(|j| *j == name || of_name(*j)).last();
    if first.is_some_and(|f| f == v + 1) && name + 3 >= i {
        for j in v + 1..name {
            if doc.tokens[j].head as usize == i {
                doc.tokens[j].head = name as u32;
            }
        }
        (doc.tokens[name].head, doc.tokens[name].dep) = (v as u32, "dobj");
        doc.tokens[i].dep = "oprd";
    }
}

/// "criticised the penholder, the United States, for haste": a name between commas after the object, taken for a measure.
pub(super) fn name_beside(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let v = t.head as usize;
    if t.dep != "npadvmod" || t.pos != "PROPN" || !marks.named[i] || v >= i {
        return;
    }
    let Some(first) = (v + 1..=i).find(|j| *j == i || doc.tokens[*j].head as usize == i) else { return };
    if first < 2 || doc.text(first - 1) != "," {
        return;
    }
    let object = first - 2;
    let o = &doc.tokens[object];
    // "targeted another of its leaders, X"
    let of = o.head as usize;
    let one_of = o.dep == "pobj"
        && doc.text(of) == "of"
        && matches!(doc.text(doc.tokens[of].head as usize), "one" | "another")
        && doc.tokens[doc.tokens[of].head as usize].head as usize == v;
    if one_of || o.dep == "dobj" && o.head as usize == v && o.pos == "NOUN" {
        doc.tokens[i].head = object as u32;
        doc.tokens[i].dep = "appos";
    }
}

/// "The ministers, Andrii Sybiha and X, signed": a first name read as a verb.
pub(super) fn name_no_verb(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let capital = |doc: &Doc, k: usize| doc.text(k).starts_with(char::is_uppercase);
    if !marks.person[i] || !t.tag.starts_with("VB") || t.sent_start || !capital(doc, i) {
        return;
    }
    let Some(last) = (i + 1..doc.tokens.len().min(i + 4)).take_while(|j| marks.person[*j]).last() else { return };
    let (up, dep) = (t.head, t.dep);
    if up as usize == i || doc.tokens[last].head as usize != i {
        return;
    }
    let subject = (0..i).rev().take(12).find(|j| doc.tokens[*j].head as usize == i && doc.tokens[*j].dep == "nsubj");
    for k in 0..doc.tokens.len() {
        if doc.tokens[k].head as usize == i && k != i && k != last {
            doc.tokens[k].head = last as u32;
        }
    }
    (doc.tokens[i].head, doc.tokens[i].dep, doc.tokens[i].tag, doc.tokens[i].pos) =
        (last as u32, "compound", "NNP", "PROPN");
    match subject {
        Some(s) => {
            (doc.tokens[s].head, doc.tokens[s].dep) = (up, "nsubj");
            (doc.tokens[last].head, doc.tokens[last].dep) = (s as u32, "appos");
        }
        None => (doc.tokens[last].head, doc.tokens[last].dep) = (up, dep),
    }
}

/// "freed a hostage, X; Algeria and Mauritania recalled their ambassadors": names after a semicolon, read as joined to
/// what stands before it, are the subject of the verb that follows them.
pub(super) fn sides_after_semicolon(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    if !matches!(t.tag, "VBD" | "VBZ" | "VBP") || !matches!(t.dep, "conj" | "ccomp" | "ROOT" | "parataxis") {
        return;
    }
    let has_subject = |doc: &Doc| {
        (0..doc.tokens.len()).any(|k| doc.tokens[k].head as usize == i && doc.tokens[k].dep.starts_with("nsubj"))
    };
    let from = sentence(doc, i).start;
    let Some(stop) = (from..i).rev().find(|k| doc.text(*k) == ";") else { return };
    let between = stop + 1..i;
    if between.is_empty()
        || between.len() > 8
        || !between.clone().all(|k| marks.named[k] || matches!(doc.tokens[k].pos, "CCONJ" | "DET" | "PUNCT" | "PROPN"))
    {
        return;
    }
    let Some(first) = between.clone().find(|k| marks.named[*k] && (doc.tokens[*k].head as usize) < stop) else {
        return;
    };
    if has_subject(doc) {
        return;
    }
    (doc.tokens[first].head, doc.tokens[first].dep) = (i as u32, "nsubj");
}

/// "ECOWAS imposed sanctions", "Trump paused aid": a name that opens the sentence, read as a verb or a noun over what it does.
pub(super) fn name_begins(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    if !t.sent_start
        || t.head as usize != i
        || i + 2 >= doc.tokens.len()
        || !doc.text(i).starts_with(char::is_uppercase)
    {
        return;
    }
    let n = &doc.tokens[i + 1];
    let object = n.head as usize;
    let done =
        matches!(n.tag, "VBN" | "VBD") && n.dep == "amod" && object > i + 1 && doc.tokens[object].head as usize == i;
    let name = matches!(t.tag, "VB" | "VBG" | "NN" | "VBP" | "VBN")
        && matches!(doc.tokens[object].dep, "dobj" | "npadvmod" | "appos");
    let bare = (i + 2..object).all(|k| doc.tokens[k].head as usize == object || doc.tokens[k].head as usize > i + 1);
    if !done || !name || !bare || doc.text(i).len() < 3 || doc.text(i).ends_with("ing") {
        return;
    }
    for k in 0..doc.tokens.len() {
        if doc.tokens[k].head as usize == i {
            doc.tokens[k].head = i as u32 + 1;
        }
    }
    let name = doc.text(i).to_owned();
    let t = &mut doc.tokens[i];
    (t.head, t.dep, t.tag, t.pos, t.lemma) = (i as u32 + 1, "nsubj", "NNP", "PROPN", name);
    let v = &mut doc.tokens[i + 1];
    (v.head, v.dep, v.tag, v.pos) = (i as u32 + 1, "ROOT", "VBD", "VERB");
    doc.tokens[object].dep = "dobj";
}

/// "Vanuatu and Tuvalu later withdrew": the first of two names is no sentence of its own.
pub(super) fn both_names(doc: &mut Doc, _: &Marks, v: usize) {
    // the same, where the first was read as an adverb of the verb
    let t = &doc.tokens[v];
    if matches!(t.dep, "advmod" | "npadvmod")
        && t.pos == "PROPN"
        && (t.head as usize) > v + 2
        && v + 2 < doc.tokens.len()
    {
        let (verb, second) = (t.head as usize, v + 2);
        let s = &doc.tokens[second];
        let subject = matches!(s.dep, "nsubj" | "nsubjpass") && s.head as usize == verb && s.pos == "PROPN";
        if doc.text(v + 1) == "and" && doc.tokens[v + 1].head as usize == v && subject {
            let dep = s.dep;
            doc.tokens[v].dep = dep;
            (doc.tokens[second].head, doc.tokens[second].dep) = (v as u32, "conj");
        }
        return;
    }
    let t = &doc.tokens[v];
    let first = t.head as usize;
    if t.dep != "conj" || !matches!(t.tag, "VBD" | "VBZ" | "VBP") || first >= v {
        return;
    }
    let f = &doc.tokens[first];
    if f.head as usize != first || f.pos != "PROPN" {
        return;
    }
    let second = (first + 1..v)
        .find(|k| doc.tokens[*k].head as usize == v && matches!(doc.tokens[*k].dep, "nsubj" | "nsubjpass"));
    let Some(second) = second.filter(|s| doc.tokens[*s].pos == "PROPN") else { return };
    let and = (first + 1..second).find(|k| doc.tokens[*k].dep == "cc" && doc.text(*k) == "and");
    let near = and.is_some_and(|a| a == first + 1 && (a + 1..second).all(|k| doc.tokens[k].head as usize == second));
    if !near {
        return;
    }
    let dep = doc.tokens[second].dep;
    for k in v + 1..doc.tokens.len() {
        if doc.tokens[k].head as usize == first {
            doc.tokens[k].head = v as u32;
        }
    }
    (doc.tokens[v].head, doc.tokens[v].dep) = (v as u32, "ROOT");
    (doc.tokens[first].head, doc.tokens[first].dep) = (v as u32, dep);
    (doc.tokens[second].head, doc.tokens[second].dep) = (first as u32, "conj");
}

/// "NATO's newest member, Sweden, sent jets": a name between commas behind a noun is no measure.
pub(super) fn member_named(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let h = t.head as usize;
    let commas = i + 1 < doc.tokens.len() && i > 0 && doc.text(i - 1) == "," && doc.text(i + 1) == ",";
    if t.dep == "npadvmod" && t.pos == "PROPN" && marks.named[i] && commas && h < i && doc.tokens[h].pos == "NOUN" {
        doc.tokens[i].dep = "appos";
    }
}

/// "Al-Qaeda's affiliate in Somalia, Al-Shabaab, attacked": the name between commas is the affiliate's, not the place's.
pub(super) fn branch_named(doc: &mut Doc, _: &Marks, i: usize) {
    const BRANCHES: &[&str] = &[
        "affiliate",
        "branch",
        "arm",
        "wing",
        "ally",
        "proxy",
        "offshoot",
        "partner",
        "party",
        "group",
        "movement",
        "militia",
    ];
    let t = &doc.tokens[i];
    let place = t.head as usize;
    if t.dep != "appos" || t.pos != "PROPN" || place >= i || doc.tokens[place].dep != "pobj" {
        return;
    }
    let label = |k: usize| {
        doc.entities.iter().find(|e| (e.start as usize..e.end as usize).contains(&k)).map_or("", |e| e.label)
    };
    let noun = doc.tokens[doc.tokens[place].head as usize].head as usize;
    let prep = doc.text(doc.tokens[place].head as usize);
    // "a faction of the Pakistani Taliban, Jundullah": not where the name behind is its initials
    let initials = doc.text(i).chars().all(|c| c.is_uppercase());
    let part = ["faction", "splinter", "wing", "unit", "chapter", "arm", "column"];
    let of_body = prep == "of" && !initials && part.contains(&doc.tokens[noun].lemma.as_str());
    let in_place = prep == "in" && label(place) == "GPE";
    let closed = i + 1 < doc.tokens.len() && doc.text(i + 1) == ",";
    if of_body && closed && doc.tokens[noun].tag == "NN" {
        doc.tokens[i].head = noun as u32;
    }
    if in_place && closed && label(i) != "GPE" && BRANCHES.contains(&doc.tokens[noun].lemma.as_str()) {
        doc.tokens[i].head = noun as u32;
    }
}

/// "Syria's ally Iran has sent", "The rivals India and Pakistan exchanged": the noun right before the name tells of it.
pub(super) fn two_subjects(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let verb = t.head as usize;
    if !matches!(t.dep, "nsubj" | "nsubjpass") || t.pos != "PROPN" || !marks.named[i] || verb <= i {
        return;
    }
    let mut start = i;
    while start > 0 && doc.tokens[start - 1].head as usize == i && doc.tokens[start - 1].pos == "PROPN" {
        start -= 1;
    }
    let Some(noun) = start.checked_sub(1) else { return };
    let n = &doc.tokens[noun];
    if n.dep == t.dep && n.head as usize == verb && matches!(n.tag, "NN" | "NNS") {
        (doc.tokens[noun].head, doc.tokens[noun].dep) = (i as u32, "appos");
        return;
    }
    // "The movement, Hezbollah, was banned": between commas the name stands beside the noun
    let Some(before) = noun.checked_sub(1) else { return };
    let m = &doc.tokens[before];
    let closed = (i + 1..verb).any(|k| doc.text(k) == ",");
    if doc.text(noun) == ","
        && closed
        && m.dep == t.dep
        && m.head as usize == verb
        && matches!(m.tag, "NN" | "NNS")
        && !marks.named[before]
    {
        (doc.tokens[i].head, doc.tokens[i].dep) = (before as u32, "appos");
    }
}

/// "Iran and its Lebanese ally Hezbollah": the name stands beside the noun right before it.
pub(super) fn name_behind_noun(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let h = t.head as usize;
    if t.dep != "appos" || t.pos != "PROPN" || !marks.named[i] || h >= i {
        return;
    }
    let mut start = i;
    while start > 0 && doc.tokens[start - 1].head as usize == i && doc.tokens[start - 1].pos == "PROPN" {
        start -= 1;
    }
    let Some(noun) = start.checked_sub(1) else { return };
    let n = &doc.tokens[noun];
    if noun != h && n.tag == "NN" && n.dep == "conj" && n.head as usize == h {
        doc.tokens[i].head = noun as u32;
    }
}

/// "Saudi Arabia and Iran, rivals for decades, agreed": the names are the subject, what stands between commas tells of them.
pub(super) fn names_before_aside(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let h = t.head as usize;
    let aside = &doc.tokens[h];
    if t.dep != "nsubj"
        || !marks.named[i]
        || h <= i
        || aside.pos != "NOUN"
        || !matches!(aside.dep, "nsubj" | "nsubjpass")
    {
        return;
    }
    let verb = aside.head as usize;
    let comma = |r: Range<usize>| r.clone().any(|k| doc.text(k) == ",");
    if verb <= h || !doc.tokens[verb].tag.starts_with('V') || !comma(i + 1..h) || !comma(h + 1..verb) {
        return;
    }
    let dep = aside.dep;
    (doc.tokens[i].head, doc.tokens[i].dep) = (verb as u32, dep);
    (doc.tokens[h].head, doc.tokens[h].dep) = (i as u32, "appos");
}

/// "ETA, the Basque group, declared a truce": a name that opens the sentence, hung on the verb as no subject, is who the noun
/// between the commas tells of.
pub(super) fn name_before_its_kind(doc: &mut Doc, marks: &Marks, i: usize) {
    let v = doc.tokens[i].head as usize;
    if !marks.named[i]
        || v <= i
        || !doc.tokens[v].tag.starts_with('V')
        || doc.tokens[i].pos != "PROPN"
        || !matches!(
            doc.tokens[i].dep,
            "advmod" | "npadvmod" | "dep" | "dislocated" | "intj" | "nmod" | "dobj" | "appos"
        )
    {
        return;
    }
    let Some(noun) = kid(doc, v, &["nsubj", "nsubjpass"], i + 1..v) else { return };
    let first = (i + 1..=noun).find(|k| doc.text(*k) == ",");
    let article = first.is_some_and(|c| {
        c + 1 < noun && (c == i + 1 || marks.named[i + 1..c].iter().all(|n| *n)) && doc.tokens[c + 1].pos == "DET"
    });
    if doc.tokens[noun].pos != "NOUN" || !article || !(noun + 1..v).any(|k| doc.text(k) == ",") {
        return;
    }
    doc.tokens[i].dep = doc.tokens[noun].dep;
    (doc.tokens[noun].head, doc.tokens[noun].dep) = (i as u32, "appos");
}

/// "Mr Macron and Serbia's president signed": a person is joined to the post, not to the state whose it is.
pub(super) fn joined_to_the_owner(doc: &mut Doc, marks: &Marks, i: usize) {
    let n = doc.tokens[i].head as usize;
    if !marks.person[i] || doc.tokens[i].dep != "poss" || n <= i || doc.tokens[n].tag != "NN" {
        return;
    }
    let owned = |doc: &Doc, k: usize| kid(doc, k, &["case"], k + 1..n).is_some();
    let Some(state) = kid(doc, i, &["conj"], i + 1..n) else { return };
    if owned(doc, i) || marks.person[state] || !owned(doc, state) || kid(doc, i, &["cc"], i + 1..state).is_none() {
        return;
    }
    (doc.tokens[i].head, doc.tokens[i].dep) = (doc.tokens[n].head, doc.tokens[n].dep);
    (doc.tokens[n].head, doc.tokens[n].dep) = (i as u32, "conj");
    (doc.tokens[state].head, doc.tokens[state].dep) = (n as u32, "poss");
}

/// "In 2008 Nicolás Maduro derided Javier Milei": a second subject, behind the verb, is its object.
pub(super) fn subject_behind(doc: &mut Doc, _: &Marks, i: usize) {
    let v = doc.tokens[i].head as usize;
    if doc.tokens[i].dep != "nsubj" || v >= i || !doc.tokens[v].tag.starts_with('V') || doc.tokens[i].pos != "PROPN" {
        return;
    }
    let from = sentence(doc, i).start;
    let first = kid(doc, v, &["nsubj", "nsubjpass"], from..v).is_some();
    let between =
        (v + 1..i).any(|k| matches!(doc.text(k), "," | ";" | ":" | "\"" | "“") || doc.tokens[k].tag.starts_with('V'));
    let object = kid(doc, v, &["dobj", "attr", "ccomp"], v..doc.tokens.len().min(v + 60)).is_some();
    if first && !between && !object {
        doc.tokens[i].dep = if doc.tokens[v].lemma == "be" { "attr" } else { "dobj" };
    }
}

/// "Jacques Chirac and Gerhard Schröder, the German chancellor, oppose": the post is that of the name before the comma.
pub(super) fn post_of_the_last(doc: &mut Doc, marks: &Marks, i: usize) {
    let a = doc.tokens[i].head as usize;
    if doc.tokens[i].dep != "appos" || a >= i || doc.tokens[i].tag != "NN" || !marks.person[a] {
        return;
    }
    let Some(b) = kid(doc, a, &["conj"], a + 1..i).filter(|b| marks.person[*b]) else { return };
    // nothing but the comma and the words of the post between
    let comma = b + 1 < i && doc.text(b + 1) == ",";
    let inside = |k: usize| {
        let h = doc.tokens[k].head as usize;
        h == i || doc.tokens[h].head as usize == i
    };
    if comma && (b + 2..i).all(inside) {
        doc.tokens[i].head = b as u32;
    }
}

/// "Narendra Modi, on his first visit, and Sheikh Hasina signed": two subjects with "and" between are joined.
pub(super) fn and_another(doc: &mut Doc, _: &Marks, i: usize) {
    let v = doc.tokens[i].head as usize;
    if !matches!(doc.tokens[i].dep, "nsubj" | "nsubjpass") || v <= i || doc.tokens[i].pos != "PROPN" {
        return;
    }
    let first = (sentence(doc, i).start..i)
        .rev()
        .find(|k| doc.tokens[*k].head as usize == v && matches!(doc.tokens[*k].dep, "nsubj" | "nsubjpass"));
    let Some(a) = first else { return };
    let start = (a + 1..=i).find(|k| doc.text(*k) == "and" && doc.tokens[*k].head as usize == a);
    let phrase = |k: usize| k == i || doc.tokens[k].head as usize == i;
    if start.is_some_and(|c| (c + 1..=i).all(phrase)) {
        (doc.tokens[i].head, doc.tokens[i].dep) = (a as u32, "conj");
    }
}

/// "freed 90 prisoners on Saturday, including X": those freed, with a day between.
pub(super) fn including(doc: &mut Doc, _: &Marks, i: usize) {
    let v = doc.tokens[i].head as usize;
    if doc.text(i) != "including" || v >= i || !doc.tokens[v].tag.starts_with('V') || doc.text(i - 1) != "," {
        return;
    }
    let Some(object) = kid(doc, v, &["dobj"], v + 1..i) else { return };
    let behind = (object + 1..i - 1).find(|k| doc.tokens[*k].head as usize == v);
    let days = (object + 1..i - 1)
        .filter(|k| doc.tokens[*k].head as usize == v && doc.tokens[*k].dep != "punct")
        .all(|k| matches!(doc.tokens[k].dep, "prep" | "npadvmod" | "advmod"));
    if doc.tokens[object].tag == "NNS" && (behind.is_none() || days) {
        doc.tokens[i].head = object as u32;
    }
}

/// "controls several districts, which it captured in 1993": a clause with "which" for its object tells of the noun before.
pub(super) fn which_it_captured(doc: &mut Doc, _: &Marks, i: usize) {
    let h = doc.tokens[i].head as usize;
    if doc.tokens[i].dep != "advcl" || h >= i || !doc.tokens[h].tag.starts_with('V') {
        return;
    }
    let which = (h + 1..i).find(|k| doc.tokens[*k].head as usize == i && doc.text(*k) == "which");
    let Some(w) = which.filter(|w| doc.tokens[*w].dep == "dobj" && doc.text(*w - 1) == ",") else { return };
    if let Some(object) = kid(doc, h, &["dobj"], h + 1..w) {
        (doc.tokens[i].head, doc.tokens[i].dep) = (object as u32, "relcl");
    }
}

/// "spoke by telephone with Vladimir Putin": with whom is not told of the telephone.
pub(super) fn with_by_telephone(doc: &mut Doc, _: &Marks, i: usize) {
    const MEANS: &[&str] =
        &["telephone", "phone", "video", "videolink", "link", "radio", "hotline", "teleconference", "videoconference"];
    let t = &doc.tokens[i];
    let means = t.head as usize;
    let by = doc.tokens[means].head as usize;
    let told =
        t.dep == "prep" && matches!(doc.text(i), "with" | "to") && MEANS.contains(&doc.tokens[means].lemma.as_str());
    if told && doc.tokens[means].dep == "pobj" && doc.tokens[doc.tokens[by].head as usize].tag.starts_with('V') {
        doc.tokens[i].head = doc.tokens[by].head;
    }
}

/// "the murder of a candidate, Fernando Villavicencio, had helped": a second subject, a name between commas behind a noun, is
/// that noun's apposition.
pub(super) fn beside_the_candidate(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let v = t.head as usize;
    if t.dep != "nsubj" || t.pos != "PROPN" || !marks.person[i] || v <= i {
        return;
    }
    let first = (0..=i).rev().take_while(|k| *k == i || doc.tokens[*k].head as usize == i).last().unwrap_or(i);
    if first < 2
        || doc.text(first - 1) != ","
        || doc.tokens[first - 2].pos != "NOUN"
        || doc.tokens[first - 2].dep != "pobj"
    {
        return;
    }
    let from = sentence(doc, i).start;
    let other = (from..first).any(|k| doc.tokens[k].head as usize == v && doc.tokens[k].dep == "nsubj");
    if other {
        (doc.tokens[i].head, doc.tokens[i].dep) = ((first - 2) as u32, "appos");
    }
}

/// "Nicaragua came next, then Venezuela and Nauru": no apposition.
pub(super) fn then_another(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    if t.dep == "appos" && t.pos == "PROPN" && marks.named[i] && i > 0 && doc.text(i - 1) == "then" {
        doc.tokens[i].dep = "conj";
    }
}

/// "recognised the republic, together with South Ossetia": one more beside the noun before.
pub(super) fn together_with(doc: &mut Doc, marks: &Marks, i: usize) {
    if doc.text(i) != "with" || i < 2 || !matches!(doc.text(i - 1), "together" | "along") {
        return;
    }
    let Some(o) = (i + 1..doc.tokens.len().min(i + 7))
        .find(|j| doc.tokens[*j].head as usize == i && doc.tokens[*j].dep == "pobj" && marks.named[*j])
    else {
        return;
    };
    let end = if doc.text(i - 2) == "," { i - 3 } else { i - 2 };
    if !matches!(doc.tokens[end].pos, "NOUN" | "PROPN")
        || !matches!(doc.tokens[end].dep, "dobj" | "pobj" | "nsubj" | "conj")
        // "recognised Palestine together with Britain"
        || doc.tokens[end].dep == "dobj" && marks.named[end]
    {
        return;
    }
    (doc.tokens[o].head, doc.tokens[o].dep) = (end as u32, "conj");
}

/// "several states, among them Chile and Peru, recalled": the names hang on "among", and that on the plural before.
pub(super) fn among_them(doc: &mut Doc, marks: &Marks, i: usize) {
    if !doc.text(i).eq_ignore_ascii_case("among") {
        return;
    }
    let text = |doc: &Doc, k: usize| doc.tokens.get(k).map_or(String::new(), |_| doc.text(k).to_lowercase());
    if !matches!(text(doc, i + 1).as_str(), "them" | "these") {
        return;
    }
    let Range { start, end } = sentence(doc, i);
    let Some(set) = (start..i).rev().find(|k| {
        doc.tokens[*k].tag == "NNS" && matches!(doc.tokens[*k].dep, "nsubj" | "nsubjpass" | "dobj" | "pobj" | "conj")
    }) else {
        return;
    };
    // "Germany and France among them": the names stand before
    if i + 2 >= end || matches!(doc.tokens[i + 2].pos, "PUNCT" | "VERB" | "AUX" | "ADP" | "SCONJ") {
        return;
    }
    // the first noun behind, over its own words: its head outside the list
    let mut name = i + 2;
    for _ in 0..8 {
        let h = doc.tokens[name].head as usize;
        let of_noun = matches!(
            doc.tokens[name].dep,
            "compound" | "nmod" | "amod" | "det" | "poss" | "nummod" | "case" | "quantmod"
        );
        if !of_noun || h <= name || h >= end || (name..h).any(|k| doc.text(k) == ",") {
            break;
        }
        name = h;
    }
    if !matches!(doc.tokens[name].pos, "NOUN" | "PROPN" | "NUM" | "PRON") {
        let Some(k) = (i + 2..end.min(i + 8)).find(|k| marks.named[*k] && doc.tokens[*k].tag == "NNP") else { return };
        name = k;
        for _ in 0..4 {
            let h = doc.tokens[name].head as usize;
            if matches!(doc.tokens[name].dep, "compound" | "nmod" | "amod") && h > name {
                name = h;
            }
        }
    }
    // the set that says what the others do, not one in a phrase beside it: "have withdrawn, among them Chile"
    // "twenty of them had been killed, among them six Russians": the verb right before the comma
    let near = (i >= start + 3 && doc.text(i - 1) == "," && doc.tokens[i - 2].pos == "VERB").then(|| i - 2);
    let verb = near.unwrap_or(doc.tokens[i].head as usize);
    let said_of_verb = verb < i && doc.tokens[verb].pos == "VERB";
    let own = said_of_verb
        .then(|| kid(doc, verb, &["nsubj", "nsubjpass"], start..verb))
        .flatten()
        .filter(|k| matches!(doc.tokens[*k].tag, "NNS" | "CD") && kid(doc, verb, &["dobj"], verb + 1..i).is_none());
    let subject = own.or_else(|| {
        (start..i).rev().find(|k| {
            let over = doc.tokens[*k].head as usize;
            doc.tokens[*k].tag == "NNS"
                && matches!(doc.tokens[*k].dep, "nsubj" | "nsubjpass")
                && doc.tokens[set].dep == "pobj"
                && !doc.tokens[i - 1..i].iter().any(|t| t.head as usize == set)
                && kid(doc, over, &["dobj"], over + 1..i).is_none_or(|o| !matches!(doc.tokens[o].tag, "NNS" | "CD"))
        })
    });
    let set = subject.unwrap_or(set);
    if doc.tokens[name].head as usize == name || name <= i {
        return;
    }
    (doc.tokens[i].head, doc.tokens[i].dep) = (set as u32, "prep");
    (doc.tokens[name].head, doc.tokens[name].dep) = (i as u32, "pobj");
    (doc.tokens[i + 1].head, doc.tokens[i + 1].dep) = (name as u32, "det");
}

/// "His counterpart from Rwanda, Ernest Rwamucyo": a person beside a state that is named with a post bears the post.
pub(super) fn person_beside_post(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let up = t.head as usize;
    if !matches!(t.dep, "appos" | "conj" | "npadvmod")
        || t.pos != "PROPN"
        || !marks.person[i]
        || up >= i
        || marks.person[up]
    {
        return;
    }
    let is_post = |k: usize| POSTS.contains(&doc.tokens[k].lemma.to_lowercase().as_str());
    // "the attempt on the life of the President of Timor-Leste, X, who": what stands before the comma, up to its post
    let start =
        (0..=i).rev().take_while(|j| marks.person[*j] || !marks.person[i] && marks.named[*j]).last().unwrap_or(i);
    if start < 2 || doc.text(start - 1) != "," || is_post(up) {
        return;
    }
    let mut k = start - 2;
    let post = loop {
        if is_post(k) {
            break k;
        }
        let h = doc.tokens[k].head as usize;
        let inside = match doc.tokens[k].dep {
            "pobj" => doc.tokens[h].dep == "prep" && matches!(doc.text(h), "of" | "for" | "from" | "to" | "in" | "on"),
            "prep" => true,
            _ => false,
        };
        if !inside || h >= k {
            return;
        }
        k = h;
    };
    let listed = doc.tokens.iter().skip(i + 1).any(|o| o.head as usize == i && o.dep == "conj");
    if doc.tokens[post].tag == "NNS" || doc.tokens[i].dep == "conj" && listed {
        return;
    }
    (doc.tokens[i].head, doc.tokens[i].dep) = (post as u32, "appos");
}

/// "A spokesman for the Houthis, Yahya Saree, said": two names that the tree runs together over a comma.
pub(super) fn name_behind_comma(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let prep = t.head as usize;
    if t.dep != "pobj" || t.pos != "PROPN" || !marks.named[i] || prep >= i {
        return;
    }
    let noun = doc.tokens[prep].head as usize;
    if doc.tokens[prep].dep != "prep" || doc.tokens[noun].tag != "NN" || noun + 1 != prep {
        return;
    }
    let first = (prep + 1..i).find(|k| {
        doc.tokens[*k].head as usize == i
            && matches!(doc.tokens[*k].dep, "nmod" | "compound" | "poss")
            && marks.named[*k]
            && doc.text(*k + 1) == ","
    });
    let Some(first) = first else { return };
    if !(first + 2..i).all(|k| doc.tokens[k].pos == "PROPN")
        || !matches!(doc.tokens.get(i + 1), Some(n) if n.dep == "punct")
    {
        return;
    }
    for k in prep + 1..first {
        if doc.tokens[k].head as usize == i {
            doc.tokens[k].head = first as u32;
        }
    }
    (doc.tokens[first].head, doc.tokens[first].dep) = (prep as u32, "pobj");
    (doc.tokens[i].head, doc.tokens[i].dep) = (noun as u32, "appos");
}

/// "Like Turkey, Albania recognises Kosovo": a name that stands on a finite verb as no clause has it is who does it, where
/// nobody else does, or what it is done to.
pub(super) fn name_on_a_verb(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let verb = t.head as usize;
    if t.pos != "PROPN" || !marks.named[i] || !matches!(doc.tokens[verb].tag, "VBZ" | "VBD" | "VBP") {
        return;
    }
    let dates = |k: usize| doc.entities.iter().any(|e| (e.start..e.end).contains(&(k as u32)) && e.label == "DATE");
    let kid = |deps: &[&str]| kid(doc, verb, deps, sentence(doc, verb)).is_some();
    if t.dep == "compound" && i + 1 == verb && !kid(&["nsubj", "nsubjpass", "expl", "csubj"]) {
        doc.tokens[i].dep = "nsubj";
    } else if t.dep == "npadvmod" && verb + 1 == i && kid(&["nsubj"]) && !kid(&["dobj", "ccomp"]) && !dates(i) {
        doc.tokens[i].dep = "dobj";
    }
}
