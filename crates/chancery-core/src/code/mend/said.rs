//! What is said and who says it: the sayer behind what is said, clauses side by side, deeds told behind the saying.
use super::look::{below, comma, dated, edge, finite, has_subject, label, seat, start_of, subjectless};
use super::{Marks, kid, sentence};
use chancery_parse::Doc;

pub(super) const SAY: &[&str] = &[
    "say",
    "announce",
    "disclose",
    "report",
    "tell",
    "add",
    "write",
    "confirm",
    "warn",
    "declare",
    "state",
    "claim",
    "insist",
    "argue",
    "acknowledge",
    "admit",
    "reveal",
    "note",
    "explain",
    "promise",
];

/// "will not be invited to bid, the industry minister, X, said", "shot dead by gunmen, the prime minister, Y, announced on
/// Friday": who says it stood behind a comma and was hung on the noun before.
pub(super) fn he_announced(doc: &mut Doc, _: &Marks, v: usize) {
    let t = &doc.tokens[v];
    if !SAY.contains(&t.lemma.as_str()) || !matches!(t.tag, "VBD" | "VBZ") || !subjectless(doc, v) {
        return;
    }
    let s = sentence(doc, v);
    let edge = edge(doc, v, &s);
    let r = if t.head as usize == v {
        kid(doc, v, &["ccomp", "advcl"], s.start..v)
    } else {
        Some(t.head as usize).filter(|h| *h < v && matches!(t.dep, "advcl" | "dep" | "ccomp" | "parataxis"))
    };
    let Some(r) = r.filter(|r| has_subject(doc, *r)) else { return };
    if kid(doc, v, &["ccomp", "mark"], v..s.end).is_some() {
        return;
    }
    let who = (r + 1..edge).find(|k| {
        let t = &doc.tokens[*k];
        let first = start_of(doc, *k, &s);
        matches!(t.dep, "appos" | "npadvmod" | "conj" | "dobj" | "attr")
            && matches!(t.pos, "NOUN" | "PROPN")
            && first > s.start
            && comma(doc, first - 1)
            && !dated(doc, *k)
            && (k + 1 == edge
                || (k + 1..edge).all(|j| below(doc, j, *k) || comma(doc, j))
                    && (comma(doc, edge - 1) || below(doc, edge - 1, *k)))
    });
    let Some(n) = who else { return };
    let over = doc.tokens[v].head as usize;
    seat(doc, n, v);
    if over == r {
        let (top, dep) = (doc.tokens[r].head as usize, doc.tokens[r].dep);
        (doc.tokens[v].head, doc.tokens[v].dep) = (if top == r { v as u32 } else { top as u32 }, dep);
    }
    (doc.tokens[r].head, doc.tokens[r].dep) = (v as u32, "ccomp");
}

/// "said the grouping, to be known as X, would complement it": a noun behind the verb of saying that was taken for its
/// subject does what is said.
pub(super) fn said_the_grouping(doc: &mut Doc, _: &Marks, n: usize) {
    let t = &doc.tokens[n];
    let v = t.head as usize;
    if !matches!(t.dep, "nsubj" | "nsubjpass") || v >= n {
        return;
    }
    let s = sentence(doc, n);
    if kid(doc, v, &["nsubj", "nsubjpass"], s.start..v).is_none() {
        return;
    }
    let next = (n + 1..s.end).find(|k| finite(doc, *k) && !below(doc, *k, n));
    if let Some(w) = next.filter(|w| subjectless(doc, *w) && doc.tokens[*w].dep != "conj" && below(doc, *w, v)) {
        seat(doc, n, w);
        (doc.tokens[w].head, doc.tokens[w].dep) = (v as u32, "ccomp");
    }
}

/// Verbs of thinking, and of saying in some manner.
const THINK: &[&str] = &[
    "believe",
    "think",
    "fear",
    "find",
    "hope",
    "suggest",
    "suspect",
    "complain",
    "recall",
    "stress",
    "expect",
    "reckon",
    "estimate",
    "conclude",
    "know",
    "seem",
    "appear",
    "ask",
    "reply",
    "answer",
    "retort",
    "observe",
    "remark",
    "maintain",
    "contend",
    "allege",
    "predict",
    "concede",
    "joke",
    "agree",
    "feel",
    "assert",
    "emphasise",
    "emphasize",
    "hear",
    "learn",
    "show",
    "go",
    "mean",
    "guess",
    "vow",
    "pledge",
    "read",
    "boast",
    "assume",
    "doubt",
    "understand",
    "see",
    "hint",
    "tweet",
    "quip",
    "lament",
    "protest",
    "testify",
    "indicate",
];

/// May what was said or thought stand before a verb of this lemma?
pub(super) fn says_or_thinks(lemma: &str) -> bool {
    SAY.contains(&lemma) || THINK.contains(&lemma)
}

/// "Hungary blocked the statement, Slovakia abstained", "Britain suspended its aid, Germany stopped new commitments": two clauses
/// side by side, of which neither is what the other says.
pub(super) fn side_by_side(doc: &mut Doc, _: &Marks, b: usize) {
    if !matches!(doc.tokens[b].pos, "VERB" | "AUX") || says_or_thinks(&doc.tokens[b].lemma) || !finite(doc, b) {
        return;
    }
    let s = sentence(doc, b);
    let Some(a) = kid(doc, b, &["ccomp"], s.start..b).filter(|a| finite(doc, *a) && has_subject(doc, *a)) else {
        return;
    };
    let Some(subject) = kid(doc, b, &["nsubj", "nsubjpass"], a + 1..b) else { return };
    if matches!(doc.tokens[subject].tag, "WDT" | "WP") || doc.text(subject) == "that" {
        return;
    }
    let first = start_of(doc, subject, &s);
    // a comma between the clauses, and no quotation
    let parted = (a + 1..first).rev().take(8).any(|k| comma(doc, k));
    let quoted = (s.start..b).any(|k| matches!(doc.tokens[k].tag, "``" | "''"));
    let opened = kid(doc, a, &["mark"], s.start..a).is_some()
        || (s.start..a).any(|k| doc.tokens[k].head as usize == a && matches!(doc.tokens[k].tag, "WRB" | "WP"))
        || kid(doc, a, &["aux"], s.start..a)
            .is_some_and(|x| x < kid(doc, a, &["nsubj", "nsubjpass"], s.start..a).unwrap_or(0));
    if !parted || quoted || opened {
        return;
    }
    let (over, dep) = (doc.tokens[b].head as usize, doc.tokens[b].dep);
    (doc.tokens[a].head, doc.tokens[a].dep) = if over == b { (a as u32, "ROOT") } else { (over as u32, dep) };
    (doc.tokens[b].head, doc.tokens[b].dep) = (a as u32, "conj");
}

/// "has killed some 150 members of the front, its spokesman, X, told reporters": what stands right behind the first verb is its
/// object, and whoever stands behind the comma says it.
pub(super) fn its_spokesman_told(doc: &mut Doc, _: &Marks, v: usize) {
    if !SAY.contains(&doc.tokens[v].lemma.as_str()) || !finite(doc, v) {
        return;
    }
    let s = sentence(doc, v);
    let Some(r) = kid(doc, v, &["ccomp"], s.start..v).filter(|r| finite(doc, *r) && has_subject(doc, *r)) else {
        return;
    };
    let Some(n) = kid(doc, v, &["nsubj"], r + 1..v) else { return };
    if kid(doc, r, &["dobj", "attr", "ccomp", "xcomp"], r + 1..n).is_some() || (r + 1..n).any(|k| comma(doc, k)) {
        return;
    }
    let who = kid(doc, n, &["appos"], n + 1..v).filter(|a| {
        let first = start_of(doc, *a, &s);
        comma(doc, first - 1) && matches!(doc.tokens[*a].pos, "NOUN" | "PROPN")
    });
    if let Some(a) = who.filter(|_| start_of(doc, n, &s) == r + 1) {
        (doc.tokens[n].head, doc.tokens[n].dep) = (r as u32, "dobj");
        seat(doc, a, v);
    }
}

/// "have condemned the strikes, Brazil and Mexico have not": the first of two names that do what follows, taken for what the
/// noun before is called.
pub(super) fn two_have_not(doc: &mut Doc, _: &Marks, v: usize) {
    if !matches!(doc.tokens[v].pos, "VERB" | "AUX") {
        return;
    }
    let Some(m) = kid(doc, v, &["nsubj"], sentence(doc, v).start..v) else { return };
    let t = &doc.tokens[m];
    if t.dep != "nsubj" || t.pos != "PROPN" || v <= m || !finite(doc, v) {
        return;
    }
    let s = sentence(doc, m);
    let first = start_of(doc, m, &s);
    if first < s.start + 4 || doc.text(first - 1) != "and" {
        return;
    }
    let p = first - 2;
    let up = doc.tokens[p].head as usize;
    let begin = start_of(doc, p, &s);
    let beside = doc.tokens[p].dep == "appos" && up < begin && doc.tokens[up].pos == "NOUN";
    if beside
        && doc.tokens[p].pos == "PROPN"
        && begin > s.start
        && comma(doc, begin - 1)
        && label(doc, p) == label(doc, m)
        && !label(doc, p).is_empty()
    {
        let cc = first - 1;
        seat(doc, p, v);
        (doc.tokens[m].head, doc.tokens[m].dep) = (p as u32, "conj");
        (doc.tokens[cc].head, doc.tokens[cc].dep) = (p as u32, "cc");
    }
}

/// "attacked two posts, the army said, killing six soldiers": what follows the saying is told of those who were said to act.
pub(super) fn said_killing(doc: &mut Doc, _: &Marks, w: usize) {
    const OF_THE_SAYER: &[&str] = &[
        "add", "cite", "quote", "call", "describe", "accuse", "refer", "ask", "urge", "blame", "speak", "warn",
        "demand", "say", "announce", "promise", "vow", "insist", "note", "echo", "address", "use", "denounce",
        "condemn", "confirm", "express",
    ];
    let t = &doc.tokens[w];
    let v = t.head as usize;
    if t.tag != "VBG"
        || t.dep != "advcl"
        || v >= w
        || w == 0
        || !comma(doc, w - 1)
        || OF_THE_SAYER.contains(&t.lemma.as_str())
    {
        return;
    }
    let s = sentence(doc, w);
    if !SAY.contains(&doc.tokens[v].lemma.as_str()) || kid(doc, v, &["ccomp", "dobj"], v + 1..w).is_some() {
        return;
    }
    let r = if doc.tokens[v].dep == "parataxis" && (doc.tokens[v].head as usize) < v {
        Some(doc.tokens[v].head as usize)
    } else {
        kid(doc, v, &["ccomp"], s.start..v)
    };
    let subject = kid(doc, v, &["nsubj"], s.start..v);
    let parted = subject.is_some_and(|n| start_of(doc, n, &s) > s.start && comma(doc, start_of(doc, n, &s) - 1));
    let Some(mut r) = r.filter(|r| finite(doc, *r) && parted) else { return };
    // the last of the deeds told
    for _ in 0..8 {
        match kid(doc, r, &["conj"], r + 1..v).filter(|c| doc.tokens[*c].pos == "VERB") {
            Some(c) => r = c,
            None => break,
        }
    }
    doc.tokens[w].head = r as u32;
}

/// "They said they had removed him, dissolved the government and closed the borders": a verb said without a subject is joined
/// to the one that was said before.
pub(super) fn removed_dissolved(doc: &mut Doc, _: &Marks, v: usize) {
    let x = doc.tokens[v].head as usize;
    if doc.tokens[v].dep != "ccomp" || x >= v || !subjectless(doc, v) || doc.tokens[v].tag != "VBD" {
        return;
    }
    let s = sentence(doc, v);
    let edge = edge(doc, v, &s);
    let first = (x + 1..v)
        .rev()
        .find(|k| doc.tokens[*k].head as usize == x && matches!(doc.tokens[*k].dep, "ccomp") && has_subject(doc, *k));
    if let Some(k) = first.filter(|_| comma(doc, edge.saturating_sub(1))) {
        (doc.tokens[v].head, doc.tokens[v].dep) = (k as u32, "conj");
    }
}
