//! Verbs taken for nouns and the reverse, and what belongs to them.
use super::look::POSTS;
use super::{Marks, forms::base_of_past, kid, sentence};
use chancery_parse::Doc;
use std::ops::Range;

/// "shot dead three demonstrators": dead are those shot, not what they are called.
pub(super) fn shot_dead(doc: &mut Doc, _: &Marks, i: usize) {
    let v = i.wrapping_sub(1);
    if doc.text(i) == "dead"
        && doc.tokens[i].dep == "amod"
        && i > 0
        && matches!(doc.tokens[v].lemma.as_str(), "shoot" | "gun")
    {
        (doc.tokens[i].head, doc.tokens[i].dep) = (v as u32, "oprd");
    }
}

/// "swore in Dina Boluarte": a particle taken for a preposition.
pub(super) fn sworn_in(doc: &mut Doc, _: &Marks, i: usize) {
    let v = doc.tokens[i].head as usize;
    if doc.text(i) != "in" || v + 1 != i || doc.tokens[i].dep != "prep" || doc.tokens[v].lemma != "swear" {
        return;
    }
    // "swore in its speaker, Roberto Micheletti"
    let borne = |j: usize| {
        kid(doc, j, &["appos"], j + 1..doc.tokens.len().min(j + 8)).is_some_and(|k| doc.tokens[k].pos == "PROPN")
    };
    let name = (i + 1..doc.tokens.len().min(i + 10)).find(|j| {
        let t = &doc.tokens[*j];
        t.head as usize == i && t.dep == "pobj" && (t.pos == "PROPN" || borne(*j))
    });
    if let Some(o) = name {
        doc.tokens[i].dep = "prt";
        doc.tokens[i].tag = "RP";
        doc.tokens[o].head = v as u32;
        doc.tokens[o].dep = "dobj";
    }
}

/// "insists that the prime minister resign": a verb that was read as a noun, though a clause with "that" is its own.
pub(super) fn resign_under_that(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    if t.tag != "NN" || t.dep != "ccomp" || !doc.text(i).starts_with(char::is_lowercase) {
        return;
    }
    let kids = || (0..i).rev().take(40).filter(|k| doc.tokens[*k].head as usize == i);
    let that = kids().any(|k| doc.tokens[k].dep == "mark" && doc.text(k) == "that");
    let subject = kids().any(|k| doc.tokens[k].dep == "nsubj");
    let nominal = kids().any(|k| matches!(doc.tokens[k].dep, "det" | "poss" | "amod" | "compound" | "nummod"));
    if that && subject && !nominal {
        let t = &mut doc.tokens[i];
        (t.tag, t.pos) = ("VB", "VERB");
    }
}

/// "named Nils Berg, a banker, as prime minister", "named a civilian, Choguel Maïga, as premier": the name or noun is of whom
/// they make one, not what they call him.
pub(super) fn named_as(doc: &mut Doc, marks: &Marks, i: usize) {
    const CALL: &[&str] =
        &["name", "appoint", "elect", "choose", "pick", "nominate", "proclaim", "designate", "install"];
    let t = &doc.tokens[i];
    let v = t.head as usize;
    let noun = t.pos == "NOUN" && !POSTS.contains(&t.lemma.as_str());
    if t.dep != "oprd"
        || v >= i
        || !CALL.contains(&doc.tokens[v].lemma.as_str())
        || !(noun || t.pos == "PROPN" && marks.person[i])
    {
        return;
    }
    let line = sentence(doc, i);
    if kid(doc, v, &["dobj", "nsubjpass"], line.clone()).is_some() {
        return;
    }
    let Some(post) = (i + 1..line.end.min(i + 12)).find(|k| doc.text(*k) == "as" && doc.tokens[*k].dep == "prep")
    else {
        return;
    };
    let beside = kid(doc, v, &["dep", "npadvmod", "appos"], i + 1..post)
        .filter(|k| doc.tokens[*k].pos == "PROPN" && doc.text(i + 1) == ",");
    if noun && beside.is_none() && kid(doc, i, &["appos"], i + 1..post).is_none() {
        return;
    }
    doc.tokens[i].dep = "dobj";
    if let Some(k) = beside {
        (doc.tokens[k].head, doc.tokens[k].dep) = (i as u32, "appos");
    }
}

/// "President Assad flees to Moscow": in a chronicle's present a verb reads as a plural that the name stands before.
pub(super) fn plural_for_verb(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    if t.tag != "NNS"
        || t.dep != "ROOT"
        || i == 0
        || !doc.text(i).starts_with(char::is_lowercase)
        || !marks.named[i - 1]
    {
        return;
    }
    let range = sentence(doc, i);
    let finite =
        range.clone().any(|k| matches!(doc.tokens[k].tag, "VBD" | "VBZ" | "VBP") && doc.tokens[k].head as usize == i);
    let after =
        doc.tokens.get(i + 1).is_some_and(|n| matches!(n.pos, "ADP" | "DET" | "PROPN" | "PRON" | "ADJ" | "NUM"));
    let name = i - 1;
    let before: Vec<usize> = range.clone().filter(|k| *k < i && doc.tokens[*k].head as usize == i).collect();
    if finite || !after || !before.contains(&name) || doc.tokens[name].dep != "compound" {
        return;
    }
    let t = &mut doc.tokens[i];
    (t.tag, t.pos) = ("VBZ", "VERB");
    for k in before {
        let t = &mut doc.tokens[k];
        if k != name && matches!(t.dep, "compound" | "amod" | "punct" | "poss" | "det" | "nmod") && t.pos != "SPACE" {
            t.head = name as u32;
        }
    }
    doc.tokens[name].dep = "nsubj";
    let object = range
        .filter(|k| *k > i && doc.tokens[*k].head as usize == i)
        .find(|k| matches!(doc.tokens[*k].dep, "appos" | "npadvmod") && doc.tokens[*k].pos != "PUNCT");
    if let Some(o) = object.filter(|o| (i + 1..*o).all(|k| doc.text(k) != ",")) {
        doc.tokens[o].dep = "dobj";
    }
}

/// "A majority of the members favour sending troops": a full verb that was read as an auxiliary of the next.
pub(super) fn members_favour(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let gerund = t.head as usize;
    let full = !matches!(
        t.lemma.as_str(),
        "be" | "have"
            | "do"
            | "will"
            | "would"
            | "can"
            | "could"
            | "may"
            | "might"
            | "shall"
            | "should"
            | "must"
            | "get"
            | "ought"
            | "need"
            | "dare"
            | "use"
    );
    if t.dep != "aux"
        || !matches!(t.tag, "VBP" | "VBZ" | "VBD")
        || !full
        || gerund <= i
        || doc.tokens[gerund].tag != "VBG"
    {
        return;
    }
    let noun = doc.tokens[gerund].head as usize;
    if doc.tokens[gerund].dep != "acl" || noun >= i || doc.tokens[noun].head as usize != noun {
        return;
    }
    for k in noun..doc.tokens.len() {
        if doc.tokens[k].head as usize == noun && k > i && k != gerund {
            doc.tokens[k].head = i as u32;
        }
    }
    (doc.tokens[noun].head, doc.tokens[noun].dep) = (i as u32, "nsubj");
    (doc.tokens[i].head, doc.tokens[i].dep, doc.tokens[i].pos) = (i as u32, "ROOT", "VERB");
    (doc.tokens[gerund].head, doc.tokens[gerund].dep) = (i as u32, "xcomp");
}

/// "set free 90 prisoners", "were set free": to set free is to free.
pub(super) fn set_free(doc: &mut Doc, _: &Marks, i: usize) {
    if doc.tokens[i].lemma != "set"
        || !doc.tokens[i].tag.starts_with('V')
        || i + 1 >= doc.tokens.len()
        || doc.text(i + 1) != "free"
    {
        return;
    }
    doc.tokens[i].lemma = "free".to_owned();
    (doc.tokens[i + 1].head, doc.tokens[i + 1].dep) = (i as u32, "advmod");
}

/// "called home its ambassador": what is called home is the object.
pub(super) fn called_home(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let v = t.head as usize;
    let envoy = matches!(t.lemma.as_str(), "ambassador" | "envoy" | "diplomat" | "representative");
    if envoy
        && matches!(t.dep, "oprd" | "attr" | "npadvmod" | "ccomp")
        && v < i
        && matches!(doc.tokens[v].lemma.as_str(), "call" | "bring" | "order" | "summon")
        && doc.tokens.get(v + 1).is_some_and(|_| matches!(doc.text(v + 1), "home" | "back"))
    {
        doc.tokens[i].dep = "dobj";
    }
}

/// "The Houthis control most of the north", "Egypt and Eritrea back Mogadishu": a sentence without a verb, whose plural
/// name, or names joined, a word follows that is verb and noun alike.
pub(super) fn they_control(doc: &mut Doc, _: &Marks, v: usize) {
    const BOTH: &[&str] = &[
        "control", "back", "host", "support", "hold", "run", "fight", "claim", "demand", "want", "blame", "attack",
        "target", "rule", "seek", "need", "fear", "dispute", "boycott", "share", "sponsor", "arm", "fund", "shelter",
        "reject", "oppose", "deny", "accuse", "insist",
    ];
    if v == 0 || doc.tokens[v].pos == "VERB" {
        return;
    }
    let only_verb = matches!(doc.text(v), "overran" | "besieged" | "recaptured" | "retook");
    if !(BOTH.contains(&doc.text(v)) || only_verb) {
        return;
    }
    let name = |k: usize| doc.tokens[k].tag.starts_with("NNP");
    let joined = |k: usize| doc.tokens[k].tag == "CC" || doc.text(k) == ",";
    let Range { start: first, end } = sentence(doc, v);
    // "In 2008 the Houthis control most of it while the talks go on": the names right before, up to the next clause
    let fits = |k: usize| name(k) || doc.tokens[k].tag == "CC" || doc.text(k) == "," || doc.tokens[k].tag == "DT";
    let mut start = v;
    while start > first && fits(start - 1) {
        start -= 1;
    }
    while start < v && (joined(start) || start > first && doc.text(start - 1) == "," && joined(start)) {
        start += 1;
    }
    let end = (v + 1..end)
        .find(|k| matches!(doc.text(*k), "," | ";" | "while" | "as" | "when" | "after" | "before" | "because" | "but"))
        .unwrap_or(end);
    let clause = (first..start).rev().find(|k| matches!(doc.text(*k), "," | ";" | ":")).map_or(first, |k| k + 1);
    let led = (clause..start).any(|k| matches!(doc.tokens[k].tag, "VBZ" | "VBP" | "VBD" | "MD" | "VB" | "VBG" | "TO"));
    if led {
        return;
    }
    let several = (start..v).any(joined);
    let plural = only_verb || several || doc.text(v - 1).ends_with('s') || doc.tokens[v - 1].tag == "NNPS";
    let alone = (start..v).all(|k| name(k) || joined(k) || doc.tokens[k].tag == "DT");
    let verb = (start..end).any(|k| k != v && matches!(doc.tokens[k].tag, "VBZ" | "VBP" | "VBD" | "MD"));
    let follows = doc.tokens.get(v + 1).is_some_and(|n| {
        matches!(n.tag, "DT" | "PRP$" | "NNP" | "JJS" | "CD" | "NNS")
            || n.tag == "JJ" && n.dep == "amod"
            || n.tag == "NN" && several
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
    // the first of joined names bears the rest; of one name its last word
    let subject =
        if several { (start..v).find(|k| doc.tokens[*k].head as usize == *k).unwrap_or(v - 1) } else { v - 1 };
    for k in clause..start {
        let h = doc.tokens[k].head as usize;
        if h == k || (start..end).contains(&h) {
            doc.tokens[k].head = v as u32;
        }
    }
    for k in start..v {
        let h = doc.tokens[k].head as usize;
        (doc.tokens[k].head, doc.tokens[k].dep) = match doc.tokens[k].tag {
            _ if k == subject => (v as u32, "nsubj"),
            _ if several && (start..v).contains(&h) && h != k => continue,
            "DT" => (subject as u32, "det"),
            _ => (subject as u32, "compound"),
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

/// "has overrun 14 townships": a participle taken for the object of its auxiliary.
pub(super) fn has_overrun(doc: &mut Doc, _: &Marks, i: usize) {
    // "Goma was overrun by the M23"
    if doc.text(i) == "overrun" && doc.tokens[i].pos == "NOUN" && i > 0 && doc.tokens[i - 1].dep == "auxpass" {
        (doc.tokens[i].pos, doc.tokens[i].tag) = ("VERB", "VBN");
    }
    // "has since overrun Paletwa": the name is its object, not the preposition's
    if doc.text(i) == "overrun"
        && i > 1
        && i + 1 < doc.tokens.len()
        && doc.tokens[i].dep == "compound"
        && (doc.tokens[i - 1].lemma == "have"
            || matches!(doc.text(i - 1), "since" | "now" | "also" | "already") && doc.tokens[i - 2].lemma == "have")
    {
        let between = doc.tokens[i - 1].lemma != "have";
        let (has, name) = (if between { i - 2 } else { i - 1 }, doc.tokens[i].head as usize);
        let up = doc.tokens[has].head;
        let root = up as usize == has;
        let dep = doc.tokens[has].dep;
        for k in 0..doc.tokens.len() {
            if doc.tokens[k].head as usize == has && k != has {
                doc.tokens[k].head = i as u32;
            }
        }
        (doc.tokens[name].head, doc.tokens[name].dep) = (i as u32, "dobj");
        if between {
            (doc.tokens[i - 1].head, doc.tokens[i - 1].dep) = (i as u32, "advmod");
        }
        (doc.tokens[has].head, doc.tokens[has].dep) = (i as u32, "aux");
        let v = &mut doc.tokens[i];
        (v.head, v.dep, v.pos, v.tag) = (if root { i as u32 } else { up }, dep, "VERB", "VBN");
        v.lemma = "overrun".to_owned();
        return;
    }
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
pub(super) fn kept_shut(doc: &mut Doc, _: &Marks, i: usize) {
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
    let end = doc.tokens.len().min(i + 12);
    if kid(doc, v, &["dobj"], v..i).is_none()
        || kid(doc, i, &["nsubj", "nsubjpass", "aux", "auxpass", "mark", "dobj"], start..end).is_some()
    {
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
pub(super) fn re_verb(doc: &mut Doc, _: &Marks, i: usize) {
    let cut = i + 2 < doc.tokens.len()
        && doc.text(i).eq_ignore_ascii_case("re")
        && doc.text(i + 1) == "-"
        && !doc.tokens[i].ws
        && !doc.tokens[i + 1].ws
        && (doc.tokens[i + 2].tag.starts_with("VB")
            || doc.text(i + 2).ends_with("ed") && doc.tokens[i + 2].tag == "JJ");
    if !cut {
        return;
    }
    let (part, verb) = ([i, i + 1], i + 2);
    // only where a part took the verb's place: "would re", "has today re-" have an auxiliary
    let clause = |d: &str| matches!(d, "ROOT" | "conj" | "ccomp" | "xcomp" | "advcl" | "relcl" | "acl" | "pcomp");
    let modal = i > 0 && matches!(doc.tokens[i - 1].tag, "MD" | "TO") && doc.tokens[i - 1].head as usize == i;
    let took = part.iter().any(|p| clause(doc.tokens[*p].dep) && !(i..=verb).contains(&(doc.tokens[*p].head as usize)))
        || part.iter().any(|p| doc.tokens[*p].dep == "ROOT");
    if !modal && !took {
        return;
    }
    // "re-established diplomatic relations": the object that the cut verb was taken for an adjective of
    let object = doc.tokens[verb].head as usize;
    if doc.tokens[verb].dep == "amod" && object > verb && doc.tokens[object].pos == "NOUN" {
        let top = part.into_iter().find(|p| {
            doc.tokens[*p].dep == "ROOT" || !(i..=verb).contains(&(doc.tokens[*p].head as usize)) && *p != object
        });
        let Some(top) = top else { return };
        (doc.tokens[object].head, doc.tokens[object].dep) = (verb as u32, "dobj");
        (doc.tokens[verb].head, doc.tokens[verb].dep) = (top as u32, "amod");
        doc.tokens[verb].pos = "VERB";
        doc.tokens[verb].tag =
            if i > 1 && matches!(doc.text(i - 1), "has" | "have" | "had" | "been" | "was" | "were" | "today") {
                "VBN"
            } else {
                "VBD"
            };
        doc.tokens[verb].lemma = base_of_past(doc.text(verb));
    }
    // what the parts hang on, and what hangs on them
    let top =
        part.into_iter().find(|p| !matches!(doc.tokens[*p].head as usize, h if h != *p && (i..=verb).contains(&h)));
    let Some(top) = top.filter(|_| (i..=i + 1).contains(&(doc.tokens[verb].head as usize))) else { return };
    let (head, dep) = (doc.tokens[top].head as usize, doc.tokens[top].dep);
    doc.tokens[verb].head = if head == top { verb } else { head } as u32;
    doc.tokens[verb].dep = dep;
    let Range { start, end } = sentence(doc, i);
    for j in (start..end).filter(|j| *j != verb) {
        if part.contains(&(doc.tokens[j].head as usize)) {
            doc.tokens[j].head = verb as u32;
        }
    }
    for p in part {
        (doc.tokens[p].head, doc.tokens[p].dep) = (verb as u32, if p == i { "advmod" } else { "punct" });
    }
}

/// "Cuba was taken off the list": the passive has no object, so "off" leads to what follows it.
pub(super) fn taken_off(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let verb = t.head as usize;
    if t.lemma != "off" || t.dep != "prt" || verb >= i || doc.tokens[verb].tag != "VBN" {
        return;
    }
    let kid = |head: usize, dep: &str| kid(doc, head, &[dep], sentence(doc, head));
    if kid(i, "pobj").is_some() {
        doc.tokens[i].dep = "prep";
        return;
    }
    let (passive, object) = (kid(verb, "auxpass").is_some(), kid(verb, "dobj").or(kid(verb, "oprd")));
    if let Some(object) = object.filter(|o| passive && *o > i && *o < i + 6) {
        (doc.tokens[i].dep, doc.tokens[i].tag, doc.tokens[i].pos) = ("prep", "IN", "ADP");
        (doc.tokens[object].head, doc.tokens[object].dep) = (i as u32, "pobj");
    }
}
