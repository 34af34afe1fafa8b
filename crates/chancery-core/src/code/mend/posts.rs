//! Posts and their holders: who is made, remains, was once what.
use super::look::{POSTS, comma, start_of};
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
    if t.dep != "attr" || t.pos != "PROPN" || v >= i || doc.tokens[v].lemma != "be" || !marks.person[i] {
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
