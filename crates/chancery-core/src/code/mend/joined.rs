//! What a joined verb or name is joined to.
use super::{Marks, kid, sentence};
use chancery_parse::Doc;
use std::ops::Range;

/// How a clause tells of its time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Past,
    Present,
    Perfect,
    Pluperfect,
    Modal,
}

fn form(doc: &Doc, v: usize, within: &Range<usize>) -> Option<Form> {
    let aux: Vec<usize> = within
        .clone()
        .filter(|k| *k != v && doc.tokens[*k].head as usize == v && matches!(doc.tokens[*k].dep, "aux" | "auxpass"))
        .collect();
    let first = aux.first().map(|k| &doc.tokens[*k]);
    match first {
        Some(a) if a.tag == "MD" => Some(Form::Modal),
        Some(a) if a.lemma == "have" => Some(if a.tag == "VBD" { Form::Pluperfect } else { Form::Perfect }),
        Some(a) => match a.tag {
            "VBD" => Some(Form::Past),
            "VBZ" | "VBP" => Some(Form::Present),
            _ => None,
        },
        None => match doc.tokens[v].tag {
            "VBD" => Some(Form::Past),
            "VBZ" | "VBP" => Some(Form::Present),
            _ => None,
        },
    }
}

fn has_subject(doc: &Doc, v: usize, within: &Range<usize>) -> bool {
    kid(doc, v, &["nsubj", "nsubjpass", "expl"], within.clone()).is_some()
}

/// "has ended the talks that Santos opened, and has asked Cuba": a finite verb without a subject, joined to one in a clause
/// that hangs on the main verb's, is the main verb's own where it is in its tense and not in that clause's, or where commas
/// close the clause off.
pub(super) fn behind_the_clause(doc: &mut Doc, _: &Marks, c: usize) {
    let t = &doc.tokens[c];
    let v = t.head as usize;
    if t.dep != "conj" || v >= c || !t.tag.starts_with("VB") {
        return;
    }
    let inner = doc.tokens[v].dep;
    if !matches!(inner, "relcl" | "advcl") || !doc.tokens[v].tag.starts_with("VB") && doc.tokens[v].pos != "AUX" {
        return;
    }
    let s = sentence(doc, c);
    // up to the verb over the clause
    let mut m = doc.tokens[v].head as usize;
    for _ in 0..6 {
        let tag = doc.tokens[m].tag;
        if tag.starts_with("VB") || doc.tokens[m].head as usize == m {
            break;
        }
        m = doc.tokens[m].head as usize;
    }
    if m >= v || !doc.tokens[m].tag.starts_with("VB") || has_subject(doc, c, &s) || !has_subject(doc, m, &s) {
        return;
    }
    let (Some(own), Some(over), Some(within)) = (form(doc, c, &s), form(doc, m, &s), form(doc, v, &s)) else { return };
    if own == Form::Modal || over == Form::Modal {
        return;
    }
    // where the clause begins, and what stands before the "and"
    let start = s.clone().find(|k| {
        let mut up = *k;
        for _ in 0..12 {
            if up == v {
                return true;
            }
            let h = doc.tokens[up].head as usize;
            if h == up {
                break;
            }
            up = h;
        }
        false
    });
    let cc = (v..c).rev().find(|k| doc.tokens[*k].dep == "cc" && c - *k < 5);
    let (Some(start), Some(cc)) = (start, cc) else { return };
    let comma = |k: usize| doc.text(k) == ",";
    let closed = cc > 0 && comma(cc - 1) && start > 0 && (comma(start - 1) || comma(start));
    // "who fled, was caught, and died": a list of its own
    let list = (v + 1..c).any(|k| doc.tokens[k].dep == "conj" && doc.tokens[k].head as usize == v && doc.tokens[k].tag.starts_with("VB"));
    let past = |f: Form| matches!(f, Form::Past | Form::Pluperfect);
    let of_main = own == over && own != within;
    if of_main || closed && !list && (own == over || past(own) && past(over)) {
        doc.tokens[c].head = m as u32;
    }
}

/// "said that the measures broke the law and urged Nicaragua": what only people and bodies do goes with whoever says it,
/// not with a thing.
pub(super) fn spoken_not_by_things(doc: &mut Doc, _: &Marks, c: usize) {
    const SPOKEN: &[&str] = &[
        "urge", "ask", "accuse", "warn", "demand", "vow", "pledge", "promise", "appeal", "threaten", "condemn",
        "insist", "denounce", "reject", "refuse", "invite", "thank", "praise", "summon",
    ];
    const ACT: &[&str] = &[
        "government", "minister", "ministry", "president", "army", "rebel", "leader", "police", "court", "party",
        "group", "official", "country", "state", "commission", "council", "parliament", "movement", "spokesman",
        "spokeswoman", "ambassador", "people", "protester", "side", "junta", "regime", "authority", "force", "militia",
        "union", "company", "family", "general", "chief", "envoy", "delegation", "member", "lawmaker", "diplomat",
        "organisation", "organization", "bloc", "alliance", "agency", "administration", "opposition", "man", "woman",
        "king", "prince", "commander", "chairman", "secretary", "fighter", "soldier", "troop", "militant", "neighbour",
        "neighbor", "ally", "coalition", "office", "department", "embassy", "house", "senate", "congress", "mission",
    ];
    let t = &doc.tokens[c];
    let said = t.head as usize;
    if t.dep != "conj" || t.tag != "VBD" || said >= c || doc.tokens[said].dep != "ccomp" {
        return;
    }
    let saying = doc.tokens[said].head as usize;
    if !SPOKEN.contains(&t.lemma.as_str()) || saying >= said || doc.tokens[saying].tag != "VBD" {
        return;
    }
    let s = sentence(doc, c);
    let subject = kid(doc, said, &["nsubj", "nsubjpass"], s.clone());
    let thing = subject.is_some_and(|n| {
        doc.tokens[n].pos == "NOUN" && !ACT.contains(&doc.tokens[n].lemma.as_str())
    });
    if thing && !has_subject(doc, c, &s) {
        doc.tokens[c].head = saying as u32;
    }
}

/// "Vieira returned from exile, was elected president, and was killed": the first of several deeds, read as what is said.
pub(super) fn first_of_several(doc: &mut Doc, _: &Marks, r: usize) {
    if doc.tokens[r].head as usize != r || !doc.tokens[r].tag.starts_with("VB") {
        return;
    }
    let s = sentence(doc, r);
    if has_subject(doc, r, &s) || kid(doc, r, &["csubj", "agent"], s.clone()).is_some_and(|k| doc.tokens[k].dep == "csubj") {
        return;
    }
    let Some(c) = kid(doc, r, &["ccomp"], s.start..r) else { return };
    let finite = matches!(doc.tokens[c].tag, "VBD" | "VBZ" | "VBP");
    let comma = (c + 1..r).filter(|k| doc.text(*k) == ",").count() > 0;
    let quoted = (s.start..r).any(|k| matches!(doc.text(k), "\"" | "\u{201c}" | "\u{201d}" | "''" | "``"));
    let subject = kid(doc, c, &["nsubj", "nsubjpass"], s.start..c);
    if !finite || !comma || quoted || subject.is_none() || form(doc, r, &s) != form(doc, c, &s) {
        return;
    }
    // what stood on the last verb as joined stays joined; the first is the sentence's verb
    for k in s.clone() {
        let up = doc.tokens[k].head as usize;
        if up == r && k != r && k != c && (doc.tokens[k].dep == "punct" && k > r || doc.tokens[k].dep == "conj") {
            doc.tokens[k].head = c as u32;
        }
    }
    (doc.tokens[c].head, doc.tokens[c].dep) = (c as u32, "ROOT");
    (doc.tokens[r].head, doc.tokens[r].dep) = (c as u32, "conj");
}

/// "backed the Rally for Democracy and Kampala sponsored the Movement": a name right before a finite verb without a subject
/// does it, whatever it was joined to.
pub(super) fn name_does(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    if t.dep != "conj" || t.pos != "PROPN" || !marks.named[i] || i == 0 || i + 1 >= doc.tokens.len() {
        return;
    }
    let n = i + 1;
    let next = &doc.tokens[n];
    let joined = next.dep == "conj" && (next.head as usize) < i && doc.tokens[next.head as usize].tag.starts_with("VB");
    let s = sentence(doc, i);
    if joined
        && matches!(next.tag, "VBD" | "VBZ")
        && doc.tokens[i - 1].dep == "cc"
        && doc.tokens[t.head as usize].dep == "pobj"
        && !has_subject(doc, n, &s)
    {
        (doc.tokens[i].head, doc.tokens[i].dep) = (n as u32, "nsubj");
    }
}

/// "still holds Sittwe, the state capital, and Kyaukphyu": a name that a verb of holding has is its object, and a name behind
/// what is told of it is joined to it.
pub(super) fn holds_it(doc: &mut Doc, marks: &Marks, i: usize) {
    const HOLD: &[&str] = &[
        "hold", "control", "take", "seize", "retake", "capture", "recapture", "keep", "leave", "reach", "enter", "lose",
        "govern", "rule", "run", "occupy", "besiege", "overrun", "administer",
    ];
    let t = &doc.tokens[i];
    let h = t.head as usize;
    if t.pos != "PROPN" || h >= i {
        return;
    }
    let s = sentence(doc, i);
    if t.dep == "oprd"
        && HOLD.contains(&doc.tokens[h].lemma.as_str())
        && kid(doc, h, &["dobj", "auxpass"], s.clone()).is_none()
    {
        doc.tokens[i].dep = "dobj";
        return;
    }
    let aside = &doc.tokens[h];
    let p = aside.head as usize;
    if t.dep == "conj"
        && marks.named[i]
        && aside.dep == "appos"
        && aside.pos == "NOUN"
        && p < h
        && marks.named[p]
        && !marks.person[i]
        && !marks.person[p]
        && i >= 2
        && doc.tokens[i - 1].dep == "cc"
        && doc.text(i - 2) == ","
    {
        doc.tokens[i].head = p as u32;
    }
}
