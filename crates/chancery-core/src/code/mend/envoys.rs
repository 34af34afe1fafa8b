//! Envoys and where they are sent.
use super::{Marks, kid};
use chancery_parse::Doc;

/// "accredited its ambassador to Kenya and Uganda to Somalia": of two phrases with "to" the first tells whose ambassador
/// he is, the second where the verb takes him.
pub(super) fn ambassador_to_one_to_another(doc: &mut Doc, _: &Marks, v: usize) {
    const SENDS: &[&str] = &["accredit", "send", "appoint", "assign", "transfer", "move", "name", "nominate", "post"];
    const ENVOYS: &[&str] = &["ambassador", "envoy", "minister", "consul", "representative", "commissioner", "chargé"];
    if doc.tokens[v].pos != "VERB" || !SENDS.contains(&doc.tokens[v].lemma.as_str()) {
        return;
    }
    let n = doc.tokens.len();
    let Some(o) = kid(doc, v, &["dobj"], v + 1..n.min(v + 12)) else { return };
    if o + 1 >= n || !ENVOYS.contains(&doc.tokens[o].lemma.to_lowercase().as_str()) || doc.text(o + 1) != "to" {
        return;
    }
    let to = |k: usize| doc.text(k) == "to" && doc.tokens[k].dep == "prep";
    // the second may hang on the verb or on the first's object
    let Some(p) = (o + 2..n.min(o + 20)).take_while(|k| !doc.tokens[*k].sent_start).find(|k| to(*k)) else { return };
    let named = |p: usize| kid(doc, p, &["pobj"], p + 1..n.min(p + 6)).is_some_and(|k| doc.tokens[k].pos == "PROPN");
    if !to(o + 1) || !named(o + 1) || !named(p) {
        return;
    }
    doc.tokens[o + 1].head = o as u32;
    doc.tokens[p].head = v as u32;
}
