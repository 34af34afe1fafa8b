//! What is joined to a verb of another form, or to a noun, and what stands beside the wrong noun.
use super::look::{finite, label, start_of};
use super::{Marks, kid, sentence};
use chancery_parse::{Doc, Entity};

fn past(doc: &Doc, v: usize) -> bool {
    let s = sentence(doc, v);
    match kid(doc, v, &["aux", "auxpass"], s) {
        Some(a) => matches!(doc.tokens[a].tag, "VBD") || doc.tokens[a].lemma == "have",
        None => doc.tokens[v].tag == "VBD",
    }
}

/// "has ordered the company to grant licences and moved tanks", "lifted asset freezes and eased its rules", "bars officials from
/// visiting and stops flights": a finite verb is joined to the finite one over it, not to an infinitive, a gerund or a noun.
pub(super) fn finite_to_finite(doc: &mut Doc, _: &Marks, c: usize) {
    let t = &doc.tokens[c];
    let h = t.head as usize;
    if t.dep != "conj" || h >= c || !finite(doc, c) || t.pos != "VERB" {
        return;
    }
    let s = sentence(doc, c);
    if kid(doc, c, &["nsubj", "nsubjpass", "expl", "csubj", "mark"], s.clone()).is_some() {
        return;
    }
    let first = kid(doc, c, &["aux", "auxpass"], s.clone());
    if first.is_some_and(|a| doc.tokens[a].tag == "MD") {
        return;
    }
    let head = &doc.tokens[h];
    let verb = matches!(head.pos, "VERB" | "AUX");
    // "said that India must send her back and asked for help", "says that they shelled it and accuses them": another tense
    // than that of what is said
    let apart = head.dep == "ccomp" && finite(doc, h) && {
        let aux = kid(doc, h, &["aux", "auxpass"], s.start..h);
        let modal = aux.is_some_and(|a| doc.tokens[a].tag == "MD");
        let present = aux.is_none() && matches!(doc.tokens[h].tag, "VBZ" | "VBP");
        let past = aux.is_none() && doc.tokens[h].tag == "VBD";
        first.is_none()
            && (doc.tokens[c].tag == "VBD" && (modal || present) || doc.tokens[c].tag == "VBZ" && (past || modal))
    };
    if finite(doc, h) && !apart || head.dep == "ROOT" {
        return;
    }
    // "groups armed by Iran and trained in Iraq": two participles
    if verb && matches!(head.tag, "VBN") && first.is_none() && doc.tokens[c].tag == "VBD" && doc.text(c).ends_with("ed")
    {
        return;
    }
    if !verb && !matches!(head.pos, "NOUN" | "ADJ" | "PROPN" | "PRON") {
        return;
    }
    let mut up = h;
    for _ in 0..12 {
        let over = doc.tokens[up].head as usize;
        if over == up || over > c {
            return;
        }
        up = over;
        if finite(doc, up) && doc.tokens[up].pos == "VERB" {
            break;
        }
    }
    if !finite(doc, up) || up >= h || past(doc, up) != past(doc, c) {
        return;
    }
    doc.tokens[c].head = up as u32;
}

/// "sanctioned the president of the Senate, X, and a former senator, Y", "welcomes the part that Belarus has played, and the
/// visit of its minister": a noun joined to the verb is one more object of it.
pub(super) fn one_more_object(doc: &mut Doc, _: &Marks, n: usize) {
    let t = &doc.tokens[n];
    let v = t.head as usize;
    if t.dep != "conj" || v >= n || doc.tokens[v].pos != "VERB" {
        return;
    }
    let s = sentence(doc, n);
    // "four of his ministers"
    let counted =
        t.pos == "NUM" && kid(doc, n, &["prep"], n + 1..s.end.min(n + 2)).is_some_and(|p| doc.text(p) == "of");
    let noun = matches!(t.pos, "NOUN" | "PROPN") || counted;
    if !noun {
        return;
    }
    let objects: Vec<usize> =
        (v + 1..n).filter(|k| doc.tokens[*k].head as usize == v && doc.tokens[*k].dep == "dobj").collect();
    let Some(o) = objects.last().copied() else { return };
    let first = start_of(doc, n, &s);
    let and = first > s.start && matches!(doc.text(first - 1), "and" | "or" | ",");
    // "and the freezes that it had imposed": a clause that tells of the noun alone
    let told =
        n + 1 < s.end && matches!(doc.text(n + 1), "that" | "which" | "it" | "they") && doc.tokens[n].pos == "NOUN";
    let relative = told.then(|| kid(doc, n, &["relcl"], n + 1..s.end)).flatten();
    let clause = kid(doc, n, &["relcl", "acl", "nsubj", "aux", "dobj", "advmod", "npadvmod", "cop"], n + 1..s.end)
        .filter(|c| relative != Some(*c));
    // "Slovenia a week later", "Ukraine 13": what the clause leaves out is no object
    let next = (n + 1 < s.end).then_some(n + 1);
    let gap = next.is_some_and(|k| {
        matches!(doc.tokens[k].pos, "DET" | "NUM" | "ADV") || matches!(label(doc, k), "DATE" | "CARDINAL")
    });
    let verb_follows = (n + 1..s.end).any(|k| {
        relative != Some(k)
            && matches!(doc.tokens[k].tag, "VBD" | "VBZ" | "VBP" | "VBN")
            && doc.tokens[k].head as usize == n
    });
    let things = matches!(doc.tokens[o].pos, "NOUN" | "PROPN") && !matches!(label(doc, o), "DATE" | "TIME");
    let called = kid(doc, v, &["oprd", "acomp", "attr", "xcomp", "ccomp"], o + 1..n).is_some();
    if and
        && !called
        && clause.is_none()
        && !gap
        && !verb_follows
        && things
        && !matches!(label(doc, n), "DATE" | "TIME")
    {
        doc.tokens[n].head = o as u32;
    }
}

/// Nouns for persons in a post.
pub(super) const POSTS: &[&str] = &[
    "editor",
    "head",
    "leader",
    "chief",
    "chairman",
    "chairwoman",
    "president",
    "minister",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "commander",
    "founder",
    "director",
    "governor",
    "speaker",
    "mayor",
    "ambassador",
    "envoy",
    "general",
    "secretary",
    "representative",
    "premier",
    "king",
    "queen",
    "emir",
    "sultan",
    "patriarch",
    "deputy",
    "judge",
    "justice",
    "prosecutor",
    "official",
    "member",
    "candidate",
    "commissioner",
    "adviser",
    "negotiator",
    "chancellor",
    "boss",
    "cleric",
    "brother",
    "sister",
    "son",
    "daughter",
    "wife",
    "widow",
    "husband",
    "father",
    "mother",
    "cousin",
    "nephew",
    "successor",
    "predecessor",
    "rival",
    "counterpart",
    "colleague",
    "host",
    "schoolmate",
    "captive",
    "hostage",
    "journalist",
];

/// "the editor of Cumhuriyet, Murat Sabuncu", "the head of the commission, Lidia Yermoshina": the name between commas is
/// the editor's, not the paper's.
pub(super) fn head_of_it(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let body = t.head as usize;
    if t.dep != "appos" || t.pos != "PROPN" || body >= i || doc.tokens[body].dep != "pobj" {
        return;
    }
    let s = sentence(doc, i);
    let first = start_of(doc, i, &s);
    let p = doc.tokens[body].head as usize;
    let post = doc.tokens[p].head as usize;
    let aside = first > s.start && doc.text(first - 1) == "," && first - 1 > body;
    let closed = i + 1 >= s.end || matches!(doc.text(i + 1), "," | "." | ";" | "and" | ":" | "as" | "to" | "in" | "on");
    let place = matches!(label(doc, i), "GPE" | "LOC" | "NORP");
    let two = first < i && (first..=i).all(|k| !matches!(doc.tokens[k].pos, "DET" | "ADJ" | "NOUN"));
    let fits =
        matches!(doc.text(p), "of" | "in" | "to" | "from" | "for" | "at") && (post < p) && doc.tokens[post].tag == "NN";
    if aside
        && closed
        && !place
        && two
        && fits
        && POSTS.contains(&doc.tokens[post].lemma.as_str())
        && !matches!(doc.tokens[body].lemma.as_str(), "minister" | "president" | "leader" | "chief")
        && kid(doc, post, &["appos"], s).is_none()
    {
        doc.tokens[i].head = post as u32;
        part_names(doc, body, first, i);
    }
}

/// One label over both names, "Cumhuriyet, Murat Sabuncu", is two.
fn part_names(doc: &mut Doc, body: usize, first: usize, last: usize) {
    let over = |e: &Entity| (e.start as usize) <= body && e.end as usize > last;
    if let Some(at) = doc.entities.iter().position(over) {
        doc.entities[at].end = body as u32 + 1;
        doc.entities.insert(at + 1, Entity { start: first as u32, end: last as u32 + 1, label: "PERSON" });
    }
}

/// "calling its secretary-general, Luis Almagro, a lackey", "freeing two captives, Clara Rojas and Consuelo González": a name
/// behind the comma after a noun stands beside it and is no measure of the verb.
pub(super) fn name_beside_noun(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let joined = t.dep == "conj" && label(doc, i) == "PERSON";
    if !joined && !matches!(t.dep, "npadvmod" | "dep")
        || t.pos != "PROPN"
        || !matches!(doc.tokens[t.head as usize].pos, "VERB" | "AUX")
    {
        return;
    }
    let s = sentence(doc, i);
    let first = start_of(doc, i, &s);
    if first < s.start + 2 || doc.text(first - 1) != "," {
        return;
    }
    let before = first - 2;
    let kind = label(doc, i);
    // "Burundi in 2017", "Kelbajar on 25 November": the verb is left out
    let dated = (i + 1..s.end.min(i + 3)).any(|k| matches!(label(doc, k), "DATE" | "TIME"));
    if dated || !matches!(kind, "PERSON" | "GPE" | "ORG") {
        return;
    }
    let mut n = before;
    if kind == "PERSON" {
        // up to the post
        for _ in 0..6 {
            if POSTS.contains(&doc.tokens[n].lemma.as_str()) || doc.tokens[n].tag == "NNS" && label(doc, n).is_empty() {
                break;
            }
            let up = doc.tokens[n].head as usize;
            if up == n || up >= first || matches!(doc.tokens[up].pos, "VERB" | "AUX") {
                break;
            }
            n = up;
        }
    }
    let noun = doc.tokens[n].pos == "NOUN" && label(doc, n).is_empty() || POSTS.contains(&doc.tokens[n].lemma.as_str());
    if noun && kid(doc, n, &["appos"], s).is_none() {
        (doc.tokens[i].head, doc.tokens[i].dep) = (n as u32, "appos");
    }
}
