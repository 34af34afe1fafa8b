//! What a joined verb or name is joined to.
use super::look::below;
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
    let list = (v + 1..c).any(|k| {
        doc.tokens[k].dep == "conj" && doc.tokens[k].head as usize == v && doc.tokens[k].tag.starts_with("VB")
    });
    let past = |f: Form| matches!(f, Form::Past | Form::Pluperfect);
    // "had dismissed the governor and replaced him": the second shares the first's "had"
    if own == Form::Past && within == Form::Pluperfect {
        return;
    }
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
        "insist", "denounce", "reject", "refuse", "invite", "thank", "praise", "summon", "order", "call", "expel",
        "recall", "impose", "declare", "cancel", "ban", "freeze", "sever", "instruct", "deploy", "appoint", "dismiss",
    ];
    const ACT: &[&str] = &[
        "government",
        "minister",
        "ministry",
        "president",
        "army",
        "rebel",
        "leader",
        "police",
        "court",
        "party",
        "group",
        "official",
        "country",
        "state",
        "commission",
        "council",
        "parliament",
        "movement",
        "spokesman",
        "spokeswoman",
        "ambassador",
        "people",
        "protester",
        "side",
        "junta",
        "regime",
        "authority",
        "force",
        "militia",
        "union",
        "company",
        "family",
        "general",
        "chief",
        "envoy",
        "delegation",
        "member",
        "lawmaker",
        "diplomat",
        "organisation",
        "organization",
        "bloc",
        "alliance",
        "agency",
        "administration",
        "opposition",
        "man",
        "woman",
        "king",
        "prince",
        "commander",
        "chairman",
        "secretary",
        "fighter",
        "soldier",
        "troop",
        "militant",
        "neighbour",
        "neighbor",
        "ally",
        "coalition",
        "office",
        "department",
        "embassy",
        "house",
        "senate",
        "congress",
        "mission",
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
    let thing = subject.is_some_and(|n| doc.tokens[n].pos == "NOUN" && !ACT.contains(&doc.tokens[n].lemma.as_str()));
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
    if has_subject(doc, r, &s)
        || kid(doc, r, &["csubj", "agent"], s.clone()).is_some_and(|k| doc.tokens[k].dep == "csubj")
    {
        return;
    }
    let Some(c) = kid(doc, r, &["ccomp", "advcl"], s.start..r) else { return };
    // "When he returned, was elected"
    if doc.tokens[c].dep == "advcl" && kid(doc, c, &["mark", "advmod"], s.start..c).is_some() {
        return;
    }
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
        "hold",
        "control",
        "take",
        "seize",
        "retake",
        "capture",
        "recapture",
        "keep",
        "leave",
        "reach",
        "enter",
        "lose",
        "govern",
        "rule",
        "run",
        "occupy",
        "besiege",
        "overrun",
        "administer",
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

/// "Ban Ki-moon, the secretary-general of the United Nations, hailed it": a second subject between commas tells of the first.
pub(super) fn told_of_the_subject(doc: &mut Doc, _: &Marks, q: usize) {
    let t = &doc.tokens[q];
    let v = t.head as usize;
    if t.dep != "nsubj" || t.pos != "NOUN" || t.tag != "NN" || v < q || !doc.tokens[v].tag.starts_with("VB") {
        return;
    }
    let s = sentence(doc, q);
    let Some(p) = kid(doc, v, &["nsubj"], s.start..q).filter(|p| doc.tokens[*p].pos == "PROPN") else { return };
    let first = (p + 1..q).find(|k| doc.tokens[*k].dep == "det" && doc.tokens[*k].head as usize == q).unwrap_or(q);
    let last = (q..v).rev().find(|k| doc.text(*k) == ",");
    if first == 0 || doc.text(first - 1) != "," || last.is_none() || first - 1 != p + 1 {
        return;
    }
    // "secretary-general": the parts of one word
    if q + 2 < v && doc.text(q + 1) == "-" && doc.tokens[q + 2].dep == "appos" && doc.tokens[q + 2].head as usize == q {
        let whole = q + 2;
        for k in p + 1..v {
            if doc.tokens[k].head as usize == q && k != whole {
                doc.tokens[k].head = whole as u32;
            }
        }
        (doc.tokens[q].head, doc.tokens[q].dep) = (whole as u32, "compound");
        (doc.tokens[whole].head, doc.tokens[whole].dep) = (p as u32, "appos");
        return;
    }
    (doc.tokens[q].head, doc.tokens[q].dep) = (p as u32, "appos");
}

const SAY: &[&str] =
    &["say", "tell", "announce", "add", "report", "confirm", "declare", "state", "claim", "warn", "explain", "insist"];

/// "Argentina will ask for talks, Jorge Taiana, its foreign minister, said on Tuesday": whoever says it, hung on a name
/// before the comma, and the saying on what is said.
pub(super) fn he_said_behind(doc: &mut Doc, marks: &Marks, v: usize) {
    let t = &doc.tokens[v];
    let r = t.head as usize;
    if t.dep != "conj" || t.tag != "VBD" || !SAY.contains(&t.lemma.as_str()) || r >= v || v < 3 {
        return;
    }
    let s = sentence(doc, v);
    if doc.tokens[r].head as usize != r
        || has_subject(doc, v, &s)
        || kid(doc, v, &["cc"], s.clone()).is_some()
        || doc.tokens[v - 1].dep == "cc"
    {
        return;
    }
    let before = |k: usize| {
        let mut start = k;
        while start > 0 && doc.tokens[start - 1].head as usize == k {
            start -= 1;
        }
        start
    };
    let who = (r + 1..v).find(|k| {
        let t = &doc.tokens[*k];
        t.dep == "appos"
            && t.pos == "PROPN"
            && marks.person[*k]
            && (t.head as usize) < *k
            && doc.text(before(*k) - 1) == ","
    });
    let Some(p) = who.filter(|p| doc.text(v - 1) == "," || p + 1 == v) else { return };
    let over = doc.tokens[p].head;
    for k in p + 1..v {
        if doc.tokens[k].head == over && matches!(doc.tokens[k].dep, "appos" | "punct" | "relcl") {
            doc.tokens[k].head = p as u32;
        }
    }
    (doc.tokens[p].head, doc.tokens[p].dep) = (v as u32, "nsubj");
    (doc.tokens[v].head, doc.tokens[v].dep) = (v as u32, "ROOT");
    (doc.tokens[r].head, doc.tokens[r].dep) = (v as u32, "ccomp");
    if doc.text(v - 1) == "," {
        doc.tokens[v - 1].head = p as u32;
    }
}

/// "While he dined in the Kremlin, Japan's prime minister, X, made a trip": a sentence's verb without a subject, and a noun
/// behind the opening clause that was taken for an apposition in it.
pub(super) fn behind_the_opening(doc: &mut Doc, marks: &Marks, r: usize) {
    if doc.tokens[r].head as usize != r || !matches!(doc.tokens[r].tag, "VBD" | "VBZ" | "VBP") {
        return;
    }
    let s = sentence(doc, r);
    if has_subject(doc, r, &s) || kid(doc, r, &["csubj"], s.clone()).is_some() {
        return;
    }
    let Some(open) = kid(doc, r, &["advcl", "prep"], s.start..r) else { return };
    let first_of = |k: usize| {
        (s.start..=k)
            .find(|j| *j == k || doc.tokens[*j].head as usize == k && doc.tokens[*j].dep != "punct")
            .unwrap_or(k)
    };
    let x = (open + 1..r).find(|k| {
        let t = &doc.tokens[*k];
        let f = first_of(*k);
        t.dep == "appos"
            && matches!(t.pos, "NOUN" | "PROPN")
            && (t.head as usize) < f
            && !marks.person[t.head as usize]
            && f > 0
            && doc.text(f - 1) == ","
            && below(doc, *k, open)
    });
    let Some(x) = x else { return };
    // nothing of the opening clause may follow it
    if (x + 1..r).all(|k| below(doc, k, x) || doc.tokens[k].head as usize == r || doc.tokens[k].pos == "PUNCT") {
        (doc.tokens[x].head, doc.tokens[x].dep) = (r as u32, "nsubj");
    }
}

/// "the raid that the rebels launched on Bamako": a clause with its own subject is a relative one.
pub(super) fn raid_they_launched(doc: &mut Doc, _: &Marks, v: usize) {
    let t = &doc.tokens[v];
    if t.dep != "acl" || !matches!(t.tag, "VBN" | "VBD") {
        return;
    }
    let s = sentence(doc, v);
    let noun = t.head as usize;
    if noun >= v
        || kid(doc, v, &["nsubj"], noun + 1..v).is_none()
        || kid(doc, v, &["auxpass", "aux"], s.clone()).is_some()
    {
        return;
    }
    let object = kid(doc, v, &["dobj"], s.clone()).is_some();
    let that = (noun + 1..v)
        .find(|k| doc.tokens[*k].head as usize == v && doc.tokens[*k].dep == "mark" && doc.text(*k) == "that");
    if object {
        return;
    }
    (doc.tokens[v].dep, doc.tokens[v].tag) = ("relcl", "VBD");
    if let Some(k) = that {
        (doc.tokens[k].dep, doc.tokens[k].tag, doc.tokens[k].pos) = ("dobj", "WDT", "PRON");
    }
}

/// "the Special Court for Sierra Leone, which sentenced him": what is told of a name is told of all of it.
pub(super) fn of_the_whole_name(doc: &mut Doc, _: &Marks, v: usize) {
    let t = &doc.tokens[v];
    let h = t.head;
    if !matches!(t.dep, "relcl" | "appos") || h as usize >= v || doc.tokens[h as usize].dep != "pobj" {
        return;
    }
    let Some(e) = doc.entities.iter().find(|e| (e.start..e.end).contains(&h)) else { return };
    if !matches!(e.label, "ORG" | "FAC" | "LAW" | "EVENT") {
        return;
    }
    let (from, to) = (e.start, e.end);
    let mut top = h;
    for _ in 0..8 {
        let up = doc.tokens[top as usize].head;
        if !(from..to).contains(&up) || up == top {
            break;
        }
        top = up;
    }
    if top != h && doc.tokens[top as usize].pos == "PROPN" {
        doc.tokens[v].head = top;
    }
}

/// "captured Goma in January and Bukavu the following month": a name joined to a day stands with what was taken before it.
pub(super) fn joined_to_a_day(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let day = t.head as usize;
    if t.dep != "conj" || t.pos != "PROPN" || !marks.named[i] || day >= i || doc.tokens[day].dep != "pobj" {
        return;
    }
    let dated = |k: usize| {
        doc.entities.iter().any(|e| (e.start..e.end).contains(&(k as u32)) && matches!(e.label, "DATE" | "TIME"))
    };
    let prep = doc.tokens[day].head as usize;
    let verb = doc.tokens[prep].head as usize;
    if !dated(day) || dated(i) || !doc.tokens[verb].tag.starts_with("VB") || verb > prep {
        return;
    }
    // a day of its own right behind it
    let own = (i + 1..doc.tokens.len().min(i + 4)).any(dated);
    let object = kid(doc, verb, &["dobj"], verb + 1..prep).filter(|o| doc.tokens[*o].pos == "PROPN" && marks.named[*o]);
    if let Some(o) = object.filter(|_| own) {
        doc.tokens[i].head = o as u32;
        if i > 0 && doc.tokens[i - 1].dep == "cc" {
            doc.tokens[i - 1].head = o as u32;
        }
    }
}

/// "recalled its chargé d'affaires", "refused to recognise his re-election": two words that the tokenizer parts and the
/// parser reads as two things.
pub(super) fn one_word(doc: &mut Doc, _: &Marks, i: usize) {
    if i == 0 {
        return;
    }
    if doc.text(i).starts_with("d'affaires") || doc.text(i).starts_with("d\u{2019}affaires") {
        let first = doc.text(i - 1).to_lowercase();
        if !first.starts_with("charg") || doc.tokens[i - 1].head as usize != i {
            return;
        }
        let (head, dep) = (doc.tokens[i].head, doc.tokens[i].dep);
        for k in 0..doc.tokens.len() {
            if doc.tokens[k].head as usize == i && k != i - 1 {
                doc.tokens[k].head = (i - 1) as u32;
            }
        }
        let t = &mut doc.tokens[i - 1];
        (t.head, t.dep, t.pos) = (head, dep, "NOUN");
        t.tag = if first.ends_with('s') { "NNS" } else { "NN" };
        t.lemma = "chargé".to_owned();
        (doc.tokens[i].head, doc.tokens[i].dep) = ((i - 1) as u32, "nmod");
        return;
    }
    // "re", "-", "election", each an object of the verb
    if i < 2 || doc.text(i - 1) != "-" || doc.tokens[i - 1].ws || doc.tokens[i - 2].ws {
        return;
    }
    let (a, b) = (i - 2, i);
    let prefix = matches!(doc.text(a).to_lowercase().as_str(), "re" | "pre" | "co" | "anti" | "non" | "counter" | "ex");
    if prefix
        && doc.tokens[b].pos == "NOUN"
        && doc.tokens[a].head == doc.tokens[b].head
        && doc.tokens[a].dep == doc.tokens[b].dep
        && matches!(doc.tokens[b].dep, "dobj" | "pobj" | "nsubj" | "nsubjpass")
    {
        for k in 0..doc.tokens.len() {
            if doc.tokens[k].head as usize == a {
                doc.tokens[k].head = b as u32;
            }
        }
        (doc.tokens[a].head, doc.tokens[a].dep) = (b as u32, "compound");
        (doc.tokens[i - 1].head, doc.tokens[i - 1].dep) = (b as u32, "punct");
    }
}

/// "a gang known as Kraze Barye", "the leader, a former paratrooper named Amari Saifi": the name stands beside the noun.
pub(super) fn known_as(doc: &mut Doc, _: &Marks, v: usize) {
    let t = &doc.tokens[v];
    let n = t.head as usize;
    if t.dep != "acl" || n >= v || !matches!(doc.text(v), "named" | "called" | "known" | "dubbed" | "nicknamed") {
        return;
    }
    if doc.tokens[n].pos != "NOUN"
        || doc.text(n).starts_with(char::is_uppercase)
        || (n + 1..v).any(|k| doc.tokens[k].pos == "PROPN")
    {
        return;
    }
    let s = v + 1..sentence(doc, v).end;
    let name = kid(doc, v, &["oprd", "attr", "dobj"], s.clone()).or_else(|| {
        let p = kid(doc, v, &["prep"], s.clone()).filter(|p| doc.text(*p) == "as")?;
        kid(doc, p, &["pobj"], p..s.end)
    });
    let Some(name) = name.filter(|k| doc.tokens[*k].pos == "PROPN") else { return };
    // beside the noun that the first one stands beside
    let up = doc.tokens[n].head as usize;
    let top = if doc.tokens[n].dep == "appos" && doc.tokens[up].pos == "NOUN" { up } else { n };
    (doc.tokens[name].head, doc.tokens[name].dep) = (top as u32, "appos");
    // nobody is named to an office
    (doc.tokens[v].pos, doc.tokens[v].tag) = ("ADJ", "JJ");
}

/// "two hours after his address, a bomber struck the base": the clause in front was taken for the sentence, and its verb's
/// object for what the subject stands beside.
pub(super) fn struck_after_it(doc: &mut Doc, _: &Marks, v: usize) {
    const OPENERS: &[&str] = &["after", "when", "as", "while", "before", "since", "once", "if", "although", "though"];
    let t = &doc.tokens[v];
    let mut n = t.head as usize;
    // "a bomber on a motorcycle struck"
    if doc.tokens[n].dep == "pobj" {
        n = doc.tokens[doc.tokens[n].head as usize].head as usize;
    }
    if t.dep != "acl" || !matches!(t.tag, "VBN" | "VBD") || n >= v || doc.tokens[n].dep != "appos" {
        return;
    }
    let s = sentence(doc, v);
    let Some(root) = s.clone().find(|k| doc.tokens[*k].head as usize == *k) else { return };
    let opened =
        kid(doc, root, &["mark"], s.start..root).is_some_and(|m| OPENERS.contains(&&*doc.text(m).to_lowercase()));
    let first = (s.start..n).find(|k| doc.tokens[*k].head as usize == n).unwrap_or(n);
    let comma = first > s.start && doc.text(first - 1) == ",";
    if !opened || root > first || !comma || kid(doc, v, &["agent"], v..s.end).is_some() {
        return;
    }
    // nothing but the verb's own follows it
    (doc.tokens[v].head, doc.tokens[v].dep, doc.tokens[v].tag) = (v as u32, "ROOT", "VBD");
    (doc.tokens[n].head, doc.tokens[n].dep) = (v as u32, "nsubj");
    (doc.tokens[root].head, doc.tokens[root].dep) = (v as u32, "advcl");
    for k in v + 1..s.end {
        if doc.tokens[k].head as usize == root {
            doc.tokens[k].head = v as u32;
        }
    }
}

/// "was summoned to the ministry and handed a protest": given, not giving.
pub(super) fn summoned_and_handed(doc: &mut Doc, _: &Marks, v: usize) {
    const GIVEN: &[&str] = &["hand", "give", "tell", "ask", "award", "serve", "deny", "refuse", "offer", "grant"];
    let t = &doc.tokens[v];
    let first = t.head as usize;
    if t.dep != "conj" || t.tag != "VBD" || first >= v || !GIVEN.contains(&t.lemma.as_str()) {
        return;
    }
    let s = sentence(doc, v);
    let passive = kid(doc, first, &["auxpass"], s.start..first).is_some();
    let own = kid(doc, v, &["nsubj", "nsubjpass", "aux", "auxpass"], first..v).is_some();
    let what = kid(doc, v, &["dobj"], v..s.end).is_some_and(|o| doc.tokens[o].pos == "NOUN");
    if passive && !own && what && kid(doc, v, &["dative", "prep"], v..s.end).is_none() {
        doc.tokens[v].tag = "VBN";
    }
}

/// "the arms embargo and asset freezes it had imposed": a plural noun that was taken for a verb.
pub(super) fn asset_freezes(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let word = doc.text(i).to_owned();
    if !matches!(t.tag, "VBZ" | "VBP") || !matches!(word.as_str(), "freezes" | "bans" | "freeze" | "ban") || i == 0 {
        return;
    }
    let before = i - 1;
    if !matches!(
        &*doc.text(before).to_lowercase(),
        "asset" | "assets" | "travel" | "visa" | "arms" | "trade" | "import"
    ) {
        return;
    }
    let s = sentence(doc, i);
    let (up, dep) = (doc.tokens[before].head as usize, doc.tokens[before].dep);
    let verb = doc.tokens[i].head as usize;
    if up == i || verb == i {
        return;
    }
    // "lifted the embargo, travel bans and asset freezes": what was the subject of the noun that is no verb
    if doc.tokens[up].head as usize == i {
        let Some(o) = kid(doc, verb, &["dobj"], s.start..up) else { return };
        (doc.tokens[up].head, doc.tokens[up].dep) = (o as u32, "conj");
    }
    (doc.tokens[i].head, doc.tokens[i].dep, doc.tokens[i].pos) = (up as u32, dep, "NOUN");
    doc.tokens[i].tag = if word.ends_with('s') { "NNS" } else { "NN" };
    doc.tokens[i].lemma = word.trim_end_matches('s').to_owned();
    (doc.tokens[before].head, doc.tokens[before].dep) = (i as u32, "compound");
    for k in s {
        if doc.tokens[k].head as usize == i && doc.tokens[k].dep == "ccomp" {
            doc.tokens[k].dep = "relcl";
        }
    }
}
