//! Posts and their holders: who is made, remains, was once what.
use super::look::{POSTS, comma, dated, start_of};
use super::{Marks, kid, sentence};
use chancery_parse::Doc;

/// Whether a token is a post in the singular.
fn post(doc: &Doc, i: usize) -> bool {
    doc.tokens[i].tag == "NN" && POSTS.contains(&doc.tokens[i].lemma.to_lowercase().as_str())
}

/// "Ghana's prime minister is Kofi Mensah", "whose leader is Zau Htun": whoever is told of holds the post, in whichever order.
pub(super) fn leader_is_name(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let v = t.head as usize;
    if t.dep != "attr" || t.pos != "PROPN" || v >= i || doc.tokens[v].lemma != "be" || i < v + 2 && !marks.person[i] {
        return;
    }
    let line = sentence(doc, i);
    let holder = kid(doc, v, &["nsubj"], line).filter(|k| *k < v && post(doc, *k));
    if let Some(post) = holder {
        (doc.tokens[i].dep, doc.tokens[post].dep) = ("nsubj", "attr");
    }
}

/// "Bainimarama made himself prime minister": himself is whom he made one.
pub(super) fn made_himself(doc: &mut Doc, _: &Marks, i: usize) {
    const MAKE: &[&str] = &["make", "name", "proclaim", "declare", "appoint", "crown", "call", "style"];
    if !matches!(doc.text(i), "himself" | "herself") || doc.tokens[i].dep != "nsubj" {
        return;
    }
    let p = doc.tokens[i].head as usize;
    let v = doc.tokens[p].head as usize;
    if p > i && v < i && post(doc, p) && MAKE.contains(&doc.tokens[v].lemma.as_str()) {
        (doc.tokens[i].head, doc.tokens[i].dep) = (v as u32, "dobj");
        doc.tokens[p].dep = "oprd";
    }
}

/// "has been acting president since": he acts nothing, he is acting president.
pub(super) fn acting_president(doc: &mut Doc, _: &Marks, i: usize) {
    if doc.text(i) != "acting" || doc.tokens[i].tag != "VBG" || i + 1 >= doc.tokens.len() {
        return;
    }
    let line = sentence(doc, i);
    let Some(p) = kid(doc, i, &["dobj"], i + 1..line.end.min(i + 5)).filter(|p| post(doc, *p)) else { return };
    let Some(be) = i.checked_sub(1).filter(|b| doc.tokens[*b].lemma == "be" && doc.tokens[*b].head as usize == i)
    else {
        return;
    };
    let up = doc.tokens[i].head as usize;
    let root = up == i;
    (doc.tokens[be].dep, doc.tokens[be].head) = (doc.tokens[i].dep, if root { be as u32 } else { up as u32 });
    for k in line.filter(|k| *k != be && *k != i) {
        if doc.tokens[k].head as usize == i {
            doc.tokens[k].head = be as u32;
        }
    }
    (doc.tokens[p].head, doc.tokens[p].dep) = (be as u32, "attr");
    (doc.tokens[i].head, doc.tokens[i].dep, doc.tokens[i].pos) = (p as u32, "amod", "ADJ");
}

/// "Carlos Ruiz, once Ecuador's president, spoke": the post between commas is the person's before it.
pub(super) fn once_its_president(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let v = t.head as usize;
    if t.dep != "nsubj" || v <= i || !post(doc, i) || i + 1 >= v || !comma(doc, i + 1) {
        return;
    }
    let line = sentence(doc, i);
    let mut first = start_of(doc, i, &line);
    let adverb = first.checked_sub(1).filter(|k| doc.tokens[*k].tag == "RB" && *k > line.start);
    first = adverb.unwrap_or(first);
    let Some(name) = first.checked_sub(2).filter(|k| *k >= line.start && comma(doc, first - 1) && marks.person[*k])
    else {
        return;
    };
    if doc.tokens[name].dep != "nsubj" || doc.tokens[name].head as usize != v {
        return;
    }
    (doc.tokens[i].head, doc.tokens[i].dep) = (name as u32, "appos");
    if let Some(k) = adverb {
        (doc.tokens[k].head, doc.tokens[k].dep) = (i as u32, "advmod");
    }
}

/// "At the ceremony Chad's chief of staff, General X, assured them": the post behind the phrase that opens the sentence is the
/// subject, and the name beside it the holder's.
pub(super) fn post_behind_opening(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let p = t.head as usize;
    if t.dep != "pobj" || p >= i || !post(doc, i) || doc.tokens[p].dep != "prep" {
        return;
    }
    let line = sentence(doc, i);
    let Some(object) = kid(doc, p, &["pobj"], p + 1..i) else { return };
    let v = doc.tokens[p].head as usize;
    if start_of(doc, i, &line) != object + 1 || v <= i || doc.tokens[v].pos != "VERB" {
        return;
    }
    let Some(name) = kid(doc, v, &["nsubj", "nsubjpass"], i + 1..v).filter(|n| marks.person[*n]) else { return };
    let first = start_of(doc, name, &line);
    if first == 0 || !comma(doc, first - 1) {
        return;
    }
    (doc.tokens[i].head, doc.tokens[i].dep) = (v as u32, doc.tokens[name].dep);
    (doc.tokens[name].head, doc.tokens[name].dep) = (i as u32, "appos");
}

/// "with the OAS Secretary General, José Miguel Insulza, who": a person behind a post and a comma is no second of a list that
/// nothing joins.
pub(super) fn post_then_name(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let up = t.head as usize;
    if t.dep != "conj" || t.pos != "PROPN" || up >= i || !marks.person[i] || marks.person[up] {
        return;
    }
    let lemma = doc.tokens[up].lemma.to_lowercase();
    let general = lemma == "general" && up > 0 && doc.tokens[up - 1].lemma.eq_ignore_ascii_case("secretary");
    let line = sentence(doc, i);
    let first = start_of(doc, i, &line);
    if !(general || POSTS.contains(&lemma.as_str())) || matches!(doc.tokens[up].tag, "NNS" | "NNPS") || first != up + 2
    {
        return;
    }
    let joined = kid(doc, up, &["cc"], up..line.end).or(kid(doc, i, &["cc", "conj"], i..line.end));
    if comma(doc, up + 1) && joined.is_none() {
        doc.tokens[i].dep = "appos";
    }
}

/// "the Macina Brigade of the radical preacher Amadou Koufa attacked": the noun before the name is the name's, which is no
/// second subject.
pub(super) fn noun_before_name(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let v = t.head as usize;
    if !matches!(t.dep, "nsubj" | "nsubjpass") || t.pos != "PROPN" || v <= i || !marks.person[i] {
        return;
    }
    let line = sentence(doc, i);
    let first = start_of(doc, i, &line);
    let Some(noun) = first.checked_sub(1).filter(|k| *k > line.start && doc.tokens[*k].tag == "NN") else { return };
    let p = doc.tokens[noun].head as usize;
    let second = kid(doc, v, &["nsubj", "nsubjpass"], line.start..first).is_some();
    if doc.tokens[noun].dep != "pobj" || p >= noun || doc.text(p) != "of" || !second {
        return;
    }
    for k in p + 1..noun {
        if doc.tokens[k].head as usize == noun {
            doc.tokens[k].head = i as u32;
        }
    }
    (doc.tokens[noun].head, doc.tokens[noun].dep) = (i as u32, "compound");
    (doc.tokens[i].head, doc.tokens[i].dep) = (p as u32, "pobj");
}

/// "between Sudan's army, led by General X, and the RSF": who is led stands before the comma.
pub(super) fn led_beside(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    if t.dep != "advcl" || t.tag != "VBN" || !matches!(t.lemma.as_str(), "lead" | "head" | "command" | "chair") || i < 2
    {
        return;
    }
    let line = sentence(doc, i);
    // "the Union of Resistance Forces, led by X": the whole name
    let mut noun = i - 2;
    for _ in 0..3 {
        let of = doc.tokens[noun].head as usize;
        let over = doc.tokens[of].head as usize;
        let named =
            doc.tokens[noun].dep == "pobj" && doc.text(of) == "of" && over < of && doc.tokens[over].pos == "PROPN";
        if !named || over <= line.start {
            break;
        }
        noun = over;
    }
    let fits = noun > line.start
        && comma(doc, i - 1)
        && matches!(doc.tokens[noun].pos, "NOUN" | "PROPN")
        && !dated(doc, noun)
        && kid(doc, i, &["agent"], i + 1..line.end) == Some(i + 1);
    if fits {
        (doc.tokens[i].head, doc.tokens[i].dep) = (noun as u32, "acl");
    }
}

/// "Antony J. Blinken, Secretary of State" on a line of its own: who signs, with his post, does nothing in the next line.
pub(super) fn signed(doc: &mut Doc, marks: &Marks, i: usize) {
    const FAR: usize = 14;
    let n = doc.tokens.len();
    if i + 2 >= n || !comma(doc, i + 1) || doc.tokens[i].pos != "PROPN" || !marks.person[i] {
        return;
    }
    let breaks = |k: usize| doc.tokens[k].pos == "SPACE" && doc.text(k).contains('\n');
    let first = (i.saturating_sub(5)..=i).rev().take_while(|k| !breaks(*k)).last().unwrap_or(i);
    if !(first == 0 || breaks(first - 1)) {
        return;
    }
    let Some(end) = (i + 2..n.min(i + FAR)).find(|k| breaks(*k)) else { return };
    let line = i + 2..end;
    let finite = |k: usize| matches!(doc.tokens[k].tag, "VBD" | "VBZ" | "VBP" | "MD");
    let is_post = |k: &usize| POSTS.contains(&doc.tokens[*k].lemma.to_lowercase().as_str());
    if line.clone().any(finite) {
        return;
    }
    let Some(post) = line.clone().find(is_post) else { return };
    (doc.tokens[post].head, doc.tokens[post].dep) = (i as u32, "appos");
    (doc.tokens[i].head, doc.tokens[i].dep) = (i as u32, "ROOT");
    for k in line {
        let up = doc.tokens[k].head as usize;
        if k != post && up >= end {
            doc.tokens[k].head = post as u32;
        }
    }
}

/// "who as Serbia's foreign minister led the campaign": as what he led it, not as what he is asked for.
pub(super) fn who_as(doc: &mut Doc, _: &Marks, i: usize) {
    let up = doc.tokens[i].head as usize;
    if doc.text(i) == "as" && doc.tokens[i].dep == "prep" && doc.tokens[up].tag == "WP" && up < i {
        let v = doc.tokens[up].head;
        if v as usize > i {
            doc.tokens[i].head = v;
        }
    }
}

/// "and NATO's secretary-general, Jan de Boer": a post of two halves that the parse has torn, with the name beside it.
pub(super) fn secretary_general(doc: &mut Doc, marks: &Marks, i: usize) {
    let n = doc.tokens.len();
    let halves = i + 2 < n
        && matches!(doc.text(i), "secretary" | "director" | "commissioner")
        && doc.text(i + 1) == "-"
        && doc.text(i + 2) == "general";
    if !halves || doc.tokens[i].dep != "npadvmod" || doc.tokens[i + 2].dep != "amod" {
        return;
    }
    let first = doc.tokens[i + 2].head as usize;
    if first >= i || !post(doc, first) {
        return;
    }
    (doc.tokens[i].head, doc.tokens[i].dep, doc.tokens[i].tag) = (first as u32, "conj", "NN");
    (doc.tokens[i + 1].head, doc.tokens[i + 2].head) = (i as u32, i as u32);
    let line = sentence(doc, i);
    let name = (i + 3..line.end.min(i + 9)).find(|k| {
        let t = &doc.tokens[*k];
        t.dep == "appos" && t.head as usize == first && marks.person[*k]
    });
    if let Some(k) = name {
        doc.tokens[k].head = i as u32;
    }
}
