//! Lists whose further members the tree takes for what the first is called, or for nothing of the list.
use super::look::{comma, has_subject, label, seat, start_of};
use super::{Marks, kid, sentence};
use chancery_parse::Doc;

/// Nouns for people beside a person, who are others than he.
const KIN: &[&str] = &[
    "son",
    "wife",
    "daughter",
    "brother",
    "sister",
    "mother",
    "father",
    "cousin",
    "nephew",
    "niece",
    "husband",
    "widow",
    "child",
    "family",
    "deputy",
    "aide",
    "ally",
    "associate",
    "bodyguard",
    "adviser",
    "relative",
    "uncle",
    "grandson",
    "spokesman",
    "lawyer",
    "driver",
    "parent",
    "minister",
    "predecessor",
    "partner",
];

/// "sanctions on Milorad Dodik, his son Igor and six others", "sanctioned Robert Mugabe, his wife, Grace, and 76 associates": kin
/// with a name of their own, or in a list, are told of beside him.
pub(super) fn his_son(doc: &mut Doc, _: &Marks, k: usize) {
    let t = &doc.tokens[k];
    let x = t.head as usize;
    if !matches!(t.dep, "appos" | "conj") || x >= k || doc.tokens[x].pos != "PROPN" || !KIN.contains(&t.lemma.as_str())
    {
        return;
    }
    let s = sentence(doc, k);
    let poss = kid(doc, k, &["poss"], x..k);
    let his = poss.is_some_and(|p| matches!(doc.text(p), "his" | "her" | "their"));
    let first = start_of(doc, k, &s);
    if !his || first <= s.start || !comma(doc, first - 1) {
        return;
    }
    // "his wife, Grace, and": the name between commas is hers
    let name = kid(doc, k, &["conj"], k + 1..s.end).filter(|n| {
        let f = start_of(doc, *n, &s);
        doc.tokens[*n].pos == "PROPN"
            && f == k + 2
            && comma(doc, k + 1)
            && *n + 1 < s.end
            && comma(doc, *n + 1)
            && kid(doc, *n, &["conj"], *n + 1..s.end).is_some()
    });
    if let Some(n) = name {
        doc.tokens[n].dep = "appos";
        for j in n + 1..s.end {
            if doc.tokens[j].head as usize == n && matches!(doc.tokens[j].dep, "conj" | "cc") {
                doc.tokens[j].head = k as u32;
            }
        }
    }
    let named = kid(doc, k, &["appos"], k + 1..s.end).is_some_and(|n| doc.tokens[n].pos == "PROPN");
    let listed = kid(doc, k, &["conj"], k + 1..s.end).is_some_and(|c| {
        matches!(doc.tokens[c].tag, "NNS" | "NNP" | "NNPS" | "CD")
            || KIN.contains(&doc.tokens[c].lemma.as_str()) && kid(doc, c, &["poss"], k..c).is_some()
    });
    if named || listed {
        doc.tokens[k].dep = "conj";
    }
}

/// "Not only Kenya but also Uganda": both.
pub(super) fn not_only(doc: &mut Doc, _: &Marks, i: usize) {
    if i + 1 >= doc.tokens.len()
        || !doc.text(i).eq_ignore_ascii_case("not")
        || !matches!(doc.text(i + 1), "only" | "just" | "merely")
    {
        return;
    }
    let s = sentence(doc, i);
    let Some(but) = (i + 2..s.end.min(i + 14)).find(|k| doc.text(*k) == "but") else { return };
    let first = doc.tokens[but].head as usize;
    let names = first > i
        && first < but
        && doc.tokens[first].pos == "PROPN"
        && kid(doc, first, &["conj"], but + 1..s.end).is_some_and(|c| doc.tokens[c].pos == "PROPN");
    if !names {
        return;
    }
    for k in [i, i + 1] {
        (doc.tokens[k].head, doc.tokens[k].dep) = (first as u32, "preconj");
        doc.tokens[k].lemma = "both".to_owned();
    }
    doc.tokens[but].lemma = "and".to_owned();
}

/// "\"The embassy\", the minister said, \"will be reopened\"": of two subjects of a saying the first does what is said.
pub(super) fn said_between(doc: &mut Doc, _: &Marks, v: usize) {
    if !matches!(doc.tokens[v].dep, "parataxis" | "ccomp") {
        return;
    }
    let r = doc.tokens[v].head as usize;
    let s = sentence(doc, v);
    if r <= v || has_subject(doc, r) || !matches!(doc.tokens[r].pos, "VERB" | "AUX") {
        return;
    }
    let mut subjects =
        (s.start..v).filter(|k| doc.tokens[*k].head as usize == v && doc.tokens[*k].dep.starts_with("nsubj"));
    let (Some(a), Some(b)) = (subjects.next(), subjects.next()) else { return };
    let between = start_of(doc, b, &s);
    let cut = between > a + 1 && (a + 1..between).all(|k| matches!(doc.tokens[k].pos, "PUNCT"));
    if cut && !matches!(label(doc, a), "DATE" | "TIME") {
        seat(doc, a, r);
    }
}

/// "Viktor Medvedchuk, a Ukrainian oligarch, and Oleg Voloshyn": the second name is joined to the first, not to what the first is.
pub(super) fn and_the_second(doc: &mut Doc, _: &Marks, y: usize) {
    let t = &doc.tokens[y];
    let noun = t.head as usize;
    if t.dep != "conj" || t.pos != "PROPN" || noun >= y || doc.tokens[noun].dep != "appos" {
        return;
    }
    let x = doc.tokens[noun].head as usize;
    let s = sentence(doc, y);
    let first = start_of(doc, y, &s);
    let told = doc.tokens[noun].pos == "NOUN" && x < noun && doc.tokens[x].pos == "PROPN";
    let and = first >= s.start + 2 && doc.text(first - 1) == "and" && comma(doc, first - 2);
    if told && and && label(doc, x) == label(doc, y) && !label(doc, y).is_empty() {
        doc.tokens[y].head = x as u32;
        doc.tokens[first - 1].head = x as u32;
    }
}

const NUMBERS: &[&str] = &["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/// "and two companies, Pars Logistics and Blue Sea Trading": as many names as were counted tell who they are.
pub(super) fn as_many_names(doc: &mut Doc, _: &Marks, n: usize) {
    if doc.tokens[n].tag != "NNS" {
        return;
    }
    let s = sentence(doc, n);
    let count = kid(doc, n, &["nummod"], s.start..n).and_then(|k| {
        let word = doc.text(k).to_lowercase();
        NUMBERS.iter().position(|w| *w == word).map(|p| p + 2)
    });
    let Some(count) = count else { return };
    let Some(c) = kid(doc, n, &["conj"], n + 1..s.end).filter(|c| doc.tokens[*c].pos == "PROPN") else { return };
    let first = start_of(doc, c, &s);
    if first != n + 2 || !comma(doc, n + 1) {
        return;
    }
    let mut names = 1;
    let mut at = c;
    while let Some(k) = kid(doc, at, &["conj"], at + 1..s.end).filter(|k| doc.tokens[*k].pos == "PROPN") {
        names += 1;
        at = k;
    }
    if names == count {
        doc.tokens[c].dep = "appos";
    }
}
