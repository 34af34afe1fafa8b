//! Finite verbs that the tree leaves without a subject: the noun that stands before the verb, or before the aside in front of
//! it, does what it tells, wherever it was hung.
use super::{Marks, kid, sentence};
use chancery_parse::Doc;
use std::ops::Range;

/// Words that open a clause of time or cause, and read as prepositions where the clause's verb was not seen.
const OPENERS: &[&str] = &["after", "before", "since", "until", "till", "as", "once", "while", "because"];

/// Whether a verb is finite: by its own form, or by its first auxiliary.
pub(super) fn finite(doc: &Doc, v: usize) -> bool {
    if !matches!(doc.tokens[v].pos, "VERB" | "AUX") || matches!(doc.tokens[v].dep, "aux" | "auxpass") {
        return false;
    }
    match kid(doc, v, &["aux", "auxpass"], sentence(doc, v)) {
        Some(a) => a < v && matches!(doc.tokens[a].tag, "VBD" | "VBZ" | "VBP" | "MD"),
        None => matches!(doc.tokens[v].tag, "VBD" | "VBZ" | "VBP"),
    }
}

pub(super) fn has_subject(doc: &Doc, v: usize) -> bool {
    kid(doc, v, &["nsubj", "nsubjpass", "csubj", "csubjpass", "expl"], sentence(doc, v)).is_some()
}

/// A finite verb that nobody does: no subject of its own, and none of the verb that it is joined to.
fn subjectless(doc: &Doc, v: usize) -> bool {
    if !finite(doc, v) || has_subject(doc, v) {
        return false;
    }
    let mut at = v;
    for _ in 0..8 {
        let t = &doc.tokens[at];
        if t.dep != "conj" {
            return true;
        }
        at = t.head as usize;
        if has_subject(doc, at) {
            return false;
        }
    }
    false
}

/// The first token of a verb with its auxiliaries and adverbs: "had briefly | seized".
pub(super) fn edge(doc: &Doc, v: usize, s: &Range<usize>) -> usize {
    let mut at = v;
    while at > s.start {
        let t = &doc.tokens[at - 1];
        let own = t.head as usize == v && matches!(t.dep, "aux" | "auxpass" | "neg" | "advmod");
        if !own || t.tag == "WRB" {
            break;
        }
        at -= 1;
    }
    at
}

/// Whether a token stands below another.
pub(super) fn below(doc: &Doc, k: usize, top: usize) -> bool {
    let mut at = k;
    for _ in 0..40 {
        if at == top {
            return true;
        }
        let up = doc.tokens[at].head as usize;
        if up == at {
            return false;
        }
        at = up;
    }
    false
}

pub(super) fn comma(doc: &Doc, k: usize) -> bool {
    doc.text(k) == ","
}

pub(super) fn nominal(doc: &Doc, k: usize) -> bool {
    matches!(doc.tokens[k].pos, "NOUN" | "PROPN" | "NUM" | "PRON")
}

/// The label of the name that a token stands in.
pub(super) fn label(doc: &Doc, k: usize) -> &'static str {
    doc.entities.iter().find(|e| (e.start as usize..e.end as usize).contains(&k)).map_or("", |e| e.label)
}

pub(super) fn dated(doc: &Doc, k: usize) -> bool {
    matches!(label(doc, k), "DATE" | "TIME")
}

/// The first token of a noun with what stands before it.
pub(super) fn start_of(doc: &Doc, noun: usize, s: &Range<usize>) -> usize {
    let mut at = noun;
    while at > s.start && below(doc, at - 1, noun) {
        at -= 1;
    }
    at
}

fn passive(doc: &Doc, v: usize) -> bool {
    kid(doc, v, &["auxpass"], sentence(doc, v)).is_some()
}

/// Makes a noun the subject of a verb.
pub(super) fn seat(doc: &mut Doc, noun: usize, v: usize) {
    let dep = if passive(doc, v) { "nsubjpass" } else { "nsubj" };
    (doc.tokens[noun].head, doc.tokens[noun].dep) = (v as u32, dep);
}

/// "two days before referendums on joining Russia are to begin", "after the Treasury, acting with Canada, sanctioned him",
/// "before the Summit of the Americas opens": a clause that reads as a phrase.
pub(super) fn clause_of_time(doc: &mut Doc, _: &Marks, p: usize) {
    let t = &doc.tokens[p];
    if !matches!(t.dep, "prep" | "mark") || !OPENERS.contains(&doc.text(p).to_lowercase().as_str()) {
        return;
    }
    let s = sentence(doc, p);
    let Some(n) = kid(doc, p, &["pobj"], p + 1..s.end) else { return };
    let before = t.head as usize;
    let verb = (n + 1..s.end)
        .find(|v| finite(doc, *v) && !below(doc, *v, n) && (before == *v || *v > p && !has_subject(doc, *v)));
    let Some(v) = verb.filter(|v| subjectless(doc, *v)) else { return };
    let hung =
        matches!(doc.tokens[v].dep, "advcl" | "relcl" | "dep" | "ccomp" | "acl") && (doc.tokens[v].head as usize) != v;
    let edge = edge(doc, v, &s);
    // the noun goes on to the verb, but for one aside between commas
    let commas: Vec<usize> = (n + 1..edge).filter(|k| comma(doc, *k)).collect();
    let plain = commas.is_empty() || commas.len() >= 2 && commas.last() == Some(&(edge - 1));
    let other = (n + 1..edge).any(|k| {
        matches!(doc.tokens[k].dep, "nsubj" | "nsubjpass")
            && !below(doc, doc.tokens[k].head as usize, n)
            && doc.tokens[k].head as usize != n
    });
    if !hung || !plain || other || dated(doc, n) || doc.tokens[n].tag == "VBG" {
        return;
    }
    // "three days after X": what hangs between the noun and the verb tells of the noun
    for k in n + 1..edge {
        if doc.tokens[k].head as usize == before && k != v && before < p && !comma(doc, k) {
            doc.tokens[k].head = n as u32;
        }
    }
    seat(doc, n, v);
    (doc.tokens[p].head, doc.tokens[p].dep) = (v as u32, "mark");
    doc.tokens[v].dep = "advcl";
}

/// "Syria, threatened with war by Ankara, made him leave", "Lawyers consulted by this newspaper expect": a participle beside
/// the subject, taken for its verb.
pub(super) fn participle_beside(doc: &mut Doc, _: &Marks, v: usize) {
    let s = sentence(doc, v);
    let edge = edge(doc, v, &s);
    if edge < s.start + 3 || kid(doc, v, &["mark"], s.clone()).is_some() {
        return;
    }
    // "the ministry run by the Houthis put the toll": joined, but by no "and"
    let loose =
        doc.tokens[v].dep == "conj" && finite(doc, v) && !has_subject(doc, v) && doc.tokens[edge - 1].dep != "cc" && {
            let w = doc.tokens[v].head as usize;
            w < v && !finite(doc, w) && kid(doc, w, &["cc"], w..edge).is_none()
        };
    if !loose && (!subjectless(doc, v) || doc.tokens[v].dep == "conj") {
        return;
    }
    let behind_comma = comma(doc, edge - 1);
    let up = doc.tokens[v].head as usize;
    let found = (s.start + 1..edge).rev().find_map(|w| {
        let t = &doc.tokens[w];
        if !matches!(t.tag, "VBN" | "VBD" | "VBG") || t.pos != "VERB" {
            return None;
        }
        if kid(doc, w, &["aux", "auxpass"], s.clone()).is_some() || kid(doc, w, &["ccomp"], w..edge).is_some() {
            return None;
        }
        let n = kid(doc, w, &["nsubj", "nsubjpass"], s.start..w)?;
        if !matches!(doc.tokens[n].pos, "NOUN" | "PROPN") {
            return None;
        }
        let related = up == w || t.head as usize == v || up == t.head as usize || below(doc, w, up);
        // right behind the noun, or behind its comma
        let mut at = w;
        while at > n + 1 && doc.tokens[at - 1].head as usize == w && doc.tokens[at - 1].dep == "advmod" {
            at -= 1;
        }
        let aside = comma(doc, at - 1);
        let close = (n + 1..at).all(|k| below(doc, k, n) || comma(doc, k));
        let by = kid(doc, w, &["agent"], w..edge).is_some();
        let object = kid(doc, w, &["dobj"], w..edge).is_some();
        let fits = if aside {
            behind_comma && (t.tag != "VBD" || by || !object)
        } else {
            !behind_comma && t.tag != "VBD" && !object && w + 1 < edge || !behind_comma && by
        };
        // nothing else between that is a clause of its own
        let free = !(w + 1..edge).any(|k| matches!(doc.tokens[k].dep, "nsubj" | "nsubjpass") && !below(doc, k, w));
        (related && close && fits && free).then_some((w, n))
    });
    let Some((w, n)) = found else { return };
    let (over, dep) = (doc.tokens[w].head as usize, doc.tokens[w].dep);
    for k in s.clone() {
        let t = &doc.tokens[k];
        if t.head as usize == w && k != w && k != n && (k < n || k > v) {
            doc.tokens[k].head = v as u32;
        }
    }
    if over != v && (up == w || dep == "ROOT") {
        let root = over == w;
        (doc.tokens[v].head, doc.tokens[v].dep) = (if root { v as u32 } else { over as u32 }, dep);
    } else if over != v && matches!(dep, "relcl" | "ccomp" | "advcl" | "conj") {
        (doc.tokens[v].head, doc.tokens[v].dep) = (over as u32, dep);
    }
    seat(doc, n, v);
    (doc.tokens[w].head, doc.tokens[w].dep, doc.tokens[w].tag) =
        (n as u32, "acl", if doc.tokens[w].tag == "VBG" { "VBG" } else { "VBN" });
}

/// "Germany, whose foreign minister, X, had spent the autumn urging them, recognised the two": what is whose does what the
/// clause tells, and whoever it is of the rest.
pub(super) fn whose_subject(doc: &mut Doc, _: &Marks, n: usize) {
    let s = sentence(doc, n);
    let t = &doc.tokens[n];
    let a = t.head as usize;
    let whose = (n.saturating_sub(4)..n).find(|k| doc.tokens[*k].tag == "WP$" && doc.tokens[*k].head as usize == n);
    if t.dep != "appos" || a >= n || whose.is_none() || !nominal(doc, a) {
        return;
    }
    let Some(x) = (n + 1..s.end).find(|k| finite(doc, *k) && !(below(doc, *k, n))) else { return };
    let edge_x = edge(doc, x, &s);
    let between = (n + 1..edge_x).all(|k| below(doc, k, n) || comma(doc, k));
    let taken = kid(doc, x, &["nsubj", "nsubjpass"], s.clone());
    if !between || taken.is_some_and(|k| k != a) || taken.is_none() && !subjectless(doc, x) {
        return;
    }
    let next = (x + 1..s.end).find(|k| {
        subjectless(doc, *k) && !below(doc, *k, n) && {
            let e = edge(doc, *k, &s);
            comma(doc, e.saturating_sub(1)) && doc.tokens[*k].dep != "conj"
        }
    });
    if taken == Some(a) {
        let Some(v) = next else { return };
        let (over, dep) = (doc.tokens[x].head as usize, doc.tokens[x].dep);
        seat(doc, a, v);
        if below(doc, v, x) || over == x {
            (doc.tokens[v].head, doc.tokens[v].dep) = (if over == x { v as u32 } else { over as u32 }, dep);
        }
        for k in s.clone() {
            if doc.tokens[k].head as usize == x && k != x && (k < whose.unwrap_or(n) || k > v) && k != v {
                doc.tokens[k].head = v as u32;
            }
        }
    } else if doc.tokens[x].head as usize == x {
        return;
    }
    seat(doc, n, x);
    (doc.tokens[x].head, doc.tokens[x].dep) = (a as u32, "relcl");
}

/// "which the two governments signed in 2000, a commission awarded", "whose inspectors the regime expelled, said": a
/// participle right behind the subject of a relative clause is the clause's verb.
pub(super) fn which_they_signed(doc: &mut Doc, _: &Marks, p: usize) {
    let t = &doc.tokens[p];
    let n = t.head as usize;
    if t.dep != "acl" || !matches!(t.tag, "VBN" | "VBD") || n >= p || !nominal(doc, n) {
        return;
    }
    let s = sentence(doc, p);
    if kid(doc, p, &["agent", "aux", "auxpass", "dobj", "nsubj"], s.clone()).is_some()
        || p + 1 < s.end && doc.text(p + 1) == "by"
    {
        return;
    }
    let first = start_of(doc, n, &s);
    if first <= s.start + 1 {
        return;
    }
    // "which", "whom", "that", "whose inspectors" right before the noun
    let r = first - 1;
    let relative = |k: usize| matches!(doc.tokens[k].tag, "WDT" | "WP") || doc.text(k) == "that";
    let (mark, whose) = if relative(r) {
        (r, None)
    } else if r > s.start + 1 && doc.tokens[r - 1].tag == "WP$" && doc.tokens[r].pos == "NOUN" {
        (r - 1, Some(r))
    } else {
        return;
    };
    if mark <= s.start {
        return;
    }
    let before = if comma(doc, mark - 1) { mark - 2 } else { mark - 1 };
    if !nominal(doc, before) || before < s.start || matches!(doc.text(mark), "what" | "who") {
        return;
    }
    // the participle closes the noun: nothing of it stands between but an aside
    let near = (n + 1..p).all(|k| below(doc, k, n) || comma(doc, k) || doc.tokens[k].head as usize == p);
    // a "that" that opens what is said has its verb later: "said that the plan agreed in Cairo failed"
    let said = doc.text(mark) == "that" && doc.tokens[mark].dep == "mark" && !comma(doc, mark - 1) && {
        let up = doc.tokens[mark].head as usize;
        doc.tokens[up].dep == "ccomp"
    };
    if !near || said {
        return;
    }
    // the noun that the clause tells of
    let mut a = before;
    for _ in 0..4 {
        if matches!(doc.tokens[a].dep, "compound" | "nmod" | "appos" | "amod") && doc.text(mark) != "that" {
            a = doc.tokens[a].head as usize;
        } else {
            break;
        }
    }
    if a >= mark || !nominal(doc, a) || below(doc, a, p) {
        return;
    }
    let object = whose.unwrap_or(mark);
    let main = doc.tokens[n].head as usize;
    let role = doc.tokens[n].dep;
    let hung_on = doc.tokens[object].head as usize;
    (doc.tokens[p].head, doc.tokens[p].dep, doc.tokens[p].tag) = (a as u32, "relcl", "VBD");
    for k in n + 1..p {
        if doc.tokens[k].head as usize == p {
            doc.tokens[k].head = n as u32;
        }
    }
    (doc.tokens[n].head, doc.tokens[n].dep) = (p as u32, "nsubj");
    (doc.tokens[object].head, doc.tokens[object].dep) = (p as u32, "dobj");
    if whose.is_some() {
        (doc.tokens[mark].head, doc.tokens[mark].dep) = (object as u32, "poss");
    }
    // the verb that the relative was hung on goes on with whoever it is told of
    for v in [main, hung_on] {
        if v > p && finite(doc, v) && doc.tokens[v].dep == "relcl" && doc.tokens[v].head as usize == a {
            let subject_of_main = !has_subject(doc, v);
            let up = doc.tokens[a].head as usize;
            if up == a {
                (doc.tokens[v].head, doc.tokens[v].dep) = (v as u32, "ROOT");
                if subject_of_main {
                    seat(doc, a, v);
                }
            } else if let Some(top) = over(doc, a, v) {
                // a phrase that opens the sentence
                (doc.tokens[v].head, doc.tokens[v].dep) = top;
            }
        } else if v > p
            && finite(doc, v)
            && !has_subject(doc, v)
            && matches!(role, "nsubj" | "nsubjpass")
            && (below(doc, a, v) || doc.tokens[a].head as usize == a)
        {
            if doc.tokens[a].head as usize == a {
                (doc.tokens[v].head, doc.tokens[v].dep) = (v as u32, "ROOT");
            }
            seat(doc, a, v);
        }
    }
}

/// Where a verb goes that was hung on a noun in a phrase before it: it takes the place of the sentence's root if that
/// phrase hangs on nothing else before it.
fn over(doc: &Doc, a: usize, v: usize) -> Option<(u32, &'static str)> {
    let mut at = a;
    for _ in 0..20 {
        let up = doc.tokens[at].head as usize;
        if up == at {
            return None;
        }
        if up > v {
            return Some((up as u32, "advcl"));
        }
        at = up;
    }
    None
}

/// "Since Mr Trump's order the releases have stopped": two subjects that meet, the first of them behind a word that opens
/// a phrase of time.
pub(super) fn since_the_order(doc: &mut Doc, _: &Marks, p: usize) {
    let t = &doc.tokens[p];
    if t.dep != "mark" || !OPENERS.contains(&doc.text(p).to_lowercase().as_str()) {
        return;
    }
    let v = t.head as usize;
    let s = sentence(doc, p);
    let mut subjects = (p + 1..v.max(p + 1))
        .filter(|k| doc.tokens[*k].head as usize == v && matches!(doc.tokens[*k].dep, "nsubj" | "nsubjpass"));
    let (Some(a), Some(b), None) = (subjects.next(), subjects.next(), subjects.next()) else { return };
    let meets = start_of(doc, b, &s) == a + 1 && start_of(doc, a, &s) == p + 1;
    if meets && matches!(doc.tokens[a].pos, "NOUN" | "PROPN") && doc.tokens[b].tag != "PRP" {
        doc.tokens[p].dep = "prep";
        (doc.tokens[a].head, doc.tokens[a].dep) = (p as u32, "pobj");
    }
}

/// "The bloc loyal to the cleric withdrew": an adjective behind the noun, with what it takes, before the verb.
pub(super) fn loyal_to(doc: &mut Doc, _: &Marks, j: usize) {
    let t = &doc.tokens[j];
    if t.pos != "ADJ" || !matches!(t.dep, "amod" | "advmod" | "advcl" | "acomp" | "pobj") {
        return;
    }
    let s = sentence(doc, j);
    let up = t.head as usize;
    let verb = if up > j { Some(up) } else { (j + 1..s.end).find(|k| finite(doc, *k) && !below(doc, *k, j)) };
    let Some(v) = verb.filter(|v| subjectless(doc, *v)) else { return };
    let noun = kid(doc, j, &["npadvmod", "nsubj"], s.start..j);
    let to = kid(doc, j, &["prep"], j + 1..v);
    let Some(n) = noun.filter(|n| n + 1 == j && matches!(doc.tokens[*n].pos, "NOUN" | "PROPN") && to.is_some()) else {
        return;
    };
    let edge = edge(doc, v, &s);
    if !(j + 1..edge).all(|k| below(doc, k, j)) {
        return;
    }
    // "On Saturday night gunmen loyal to him stormed": the time goes with the verb
    for k in s.start..n {
        if doc.tokens[k].head as usize == j {
            doc.tokens[k].head = v as u32;
        }
    }
    seat(doc, n, v);
    (doc.tokens[j].head, doc.tokens[j].dep) = (n as u32, "acl");
}

/// The noun whose phrase ends at a token: "thousands of demonstrators", "a band sheltered by its neighbour".
pub(super) fn noun_ending_at(doc: &Doc, last: usize, s: &Range<usize>) -> usize {
    let mut at = last;
    for _ in 0..12 {
        let t = &doc.tokens[at];
        let up = t.head as usize;
        if up == at || up < s.start {
            break;
        }
        let climbs = match t.dep {
            "compound" | "nmod" | "amod" | "nummod" | "npadvmod" if up > at => up <= last,
            "pobj" | "pcomp" => {
                doc.tokens[up].dep == "agent"
                    || doc.tokens[up].pos == "ADP"
                        && up > s.start
                        && doc.text(up) == "of"
                        && nominal(doc, doc.tokens[up].head as usize)
                        && (doc.tokens[up].head as usize) < up
            }
            // "that terrorism in all its forms constitutes": a phrase right behind the noun, hung on the verb before
            "prep" if matches!(doc.tokens[up].pos, "VERB" | "AUX") => {
                let noun = (at > s.start).then(|| at - 1).filter(|k| {
                    doc.tokens[*k].head as usize == up && matches!(doc.tokens[*k].dep, "dobj" | "nsubj" | "npadvmod")
                });
                if let Some(k) = noun {
                    at = k;
                }
                false
            }
            "prep" => true,
            "agent" => true,
            "acl" => true,
            "conj" => {
                let first = start_of(doc, at, s);
                let and = first > s.start && doc.tokens[first - 1].dep == "cc";
                // "of Russia, Turkey and Iran": names of one kind in a list
                let list = first > s.start
                    && comma(doc, first - 1)
                    && doc.tokens[at].pos == "PROPN"
                    && doc.tokens[up].pos == "PROPN"
                    && label(doc, at) == label(doc, up)
                    && kid(doc, at, &["conj"], at + 1..last + 1).is_some();
                (and || list) && nominal(doc, up)
            }
            "appos" => up + 1 == start_of(doc, at, s) && doc.tokens[up + 1].dep != "det",
            _ => false,
        };
        if !climbs {
            break;
        }
        at = up;
    }
    at
}

/// "In the footage Ag Ghaly, whom they blacklisted, swears loyalty", "On the 10th X, commander of the forces, agrees", "before
/// dawn on Friday security forces cleared the camp": a phrase that opens the clause has taken in the subject behind it.
pub(super) fn behind_the_phrase(doc: &mut Doc, _: &Marks, v: usize) {
    if !subjectless(doc, v) || doc.tokens[v].dep == "conj" {
        return;
    }
    let s = sentence(doc, v);
    let edge = edge(doc, v, &s);
    if edge < s.start + 3 {
        return;
    }
    let mut last = edge - 1;
    if comma(doc, last) {
        // the aside before the verb: back to the comma that opens it
        let open = (s.start + 1..last).rev().find(|k| {
            comma(doc, *k) && nominal(doc, k - 1) && {
                let noun = k - 1;
                (k + 1..last).any(|j| {
                    doc.tokens[j].head as usize == noun
                        && matches!(doc.tokens[j].dep, "appos" | "relcl" | "acl" | "amod")
                })
            }
        });
        let Some(open) = open else { return };
        last = open - 1;
    }
    if !nominal(doc, last) || dated(doc, last) {
        return;
    }
    let n = noun_ending_at(doc, last, &s);
    let t = &doc.tokens[n];
    let (dep, up) = (t.dep, t.head as usize);
    if !matches!(t.pos, "NOUN" | "PROPN") || dated(doc, n) || n >= v {
        return;
    }
    let first = start_of(doc, n, &s);
    match dep {
        "pobj" if up < n => {
            // what of the phrase belongs to the opening: a day, a noun before a person's name
            let name = label(doc, n);
            let cut = (first..n).rev().find(|k| {
                let t = &doc.tokens[*k];
                let day = dated(doc, *k) || matches!(t.pos, "NUM") && t.dep == "nummod" && dated(doc, *k);
                let noun = t.pos == "NOUN"
                    && matches!(name, "PERSON" | "GPE" | "ORG" | "NORP")
                    && label(doc, *k) != name
                    && doc.text(*k) != "-"
                    && (first..*k).any(|d| doc.tokens[d].dep == "det");
                let ordinal =
                    t.pos == "ADJ" && name == "PERSON" && doc.text(*k).starts_with(|c: char| c.is_ascii_digit());
                day || noun || ordinal
            });
            // "exchanged on September 9th Yasser Arafat recognised": the second object of a preposition
            let second = kid(doc, up, &["pobj"], up + 1..first).is_some();
            match cut.filter(|cut| doc.tokens[up].pos == "ADP" && *cut < n) {
                Some(cut) => {
                    for k in first..cut {
                        if doc.tokens[k].head as usize > cut {
                            doc.tokens[k].head = cut as u32;
                        }
                    }
                    (doc.tokens[cut].head, doc.tokens[cut].dep) = (up as u32, "pobj");
                }
                None if second => {}
                None => return,
            }
        }
        "conj" if up < n => {
            let before = if first > s.start { first - 1 } else { return };
            let apart = doc.tokens[before].dep != "cc"
                && (!comma(doc, before) || label(doc, n) != label(doc, up) && label(doc, n) == "PERSON");
            if !apart {
                return;
            }
        }
        "npadvmod" | "dobj" | "dep" | "attr" | "oprd" | "nmod" if first > s.start && up < n => {
            // the object of a verb that is none of the sentence's: "released on Saturday a dozen commanders swore"
            // "the day the town fell the Council voted": the object of a verb of its own clause
            let meets = dep == "dobj" && last + 1 == edge && finite(doc, up) && up != v;
            if dep != "npadvmod" && !matches!(doc.tokens[up].tag, "VBN") && !meets {
                return;
            }
        }
        // "At a meeting in Astana the ministers called": no name for Astana
        "appos" if up < n && first > s.start && doc.tokens[first].dep == "det" && !comma(doc, first - 1) => {}
        "advmod" | "npadvmod" | "dep" if up == v => {}
        _ => return,
    }
    if below(doc, v, n) {
        return;
    }
    seat(doc, n, v);
}

/// "a band sheltered by its neighbour murdered teachers", "had on 16 October suspended contacts": a past form between a noun
/// and its own object, taken for a word of that object, where the clause has no other verb.
pub(super) fn murdered_teachers(doc: &mut Doc, _: &Marks, v: usize) {
    let t = &doc.tokens[v];
    let o = t.head as usize;
    let s = sentence(doc, v);
    if t.dep != "amod" || t.tag != "VBD" || o <= v || v < s.start + 2 || !nominal(doc, o) {
        return;
    }
    let root = s
        .clone()
        .find(|k| doc.tokens[*k].head as usize == *k && doc.tokens[*k].pos != "PUNCT" && doc.tokens[*k].pos != "SPACE");
    let Some(root) = root else { return };
    // the noun before it, without a word of its own phrase between
    if !matches!(doc.tokens[v - 1].pos, "NOUN" | "PROPN")
        || (start_of(doc, o, &s) < v
            && doc.tokens[v - 1].dep == "compound"
            && doc.tokens[v - 1].head as usize == o
            && !matches!(label(doc, v - 1), "PERSON" | "GPE" | "ORG" | "NORP"))
    {
        return;
    }
    let verbless = !matches!(doc.tokens[root].pos, "VERB" | "AUX");
    if !verbless {
        return;
    }
    // whatever stood before it in the object's phrase belongs to the noun before
    let n0 = v - 1;
    let (over, dep) = (doc.tokens[o].head as usize, doc.tokens[o].dep);
    for k in s.start..v {
        if doc.tokens[k].head as usize == o {
            doc.tokens[k].head = n0 as u32;
        }
    }
    (doc.tokens[n0].head, doc.tokens[n0].dep) = (over as u32, dep);
    (doc.tokens[v].head, doc.tokens[v].dep, doc.tokens[v].pos) = (v as u32, "ROOT", "VERB");
    (doc.tokens[o].head, doc.tokens[o].dep) = (v as u32, "dobj");
    (doc.tokens[root].head, doc.tokens[root].dep) = (v as u32, "prep");
    for k in o + 1..s.end {
        if doc.tokens[k].dep == "prep" && (doc.tokens[k].head as usize) < v {
            doc.tokens[k].head = v as u32;
        }
    }
    let n = noun_ending_at(doc, n0, &s);
    if doc.tokens[n].pos != "ADP" {
        seat(doc, n, v);
    }
}

/// "the plan that the council put forward": a clause with its own subject and a relative for its object is a relative one.
pub(super) fn relative_clause(doc: &mut Doc, _: &Marks, v: usize) {
    if doc.tokens[v].dep != "acl" || !finite(doc, v) {
        return;
    }
    let s = sentence(doc, v);
    let a = doc.tokens[v].head as usize;
    let object = kid(doc, v, &["dobj", "dative"], s.start..v);
    let relative = object.is_some_and(|k| matches!(doc.tokens[k].tag, "WDT" | "WP") || doc.text(k) == "that");
    if a < v && relative && kid(doc, v, &["nsubj"], a..v).is_some() && nominal(doc, a) {
        doc.tokens[v].dep = "relcl";
    }
}

/// "notes that on 1 October the forces of Ukraine liberated Lyman": a past form with a subject of its own, taken for a word
/// of its object.
pub(super) fn liberated_lyman(doc: &mut Doc, _: &Marks, v: usize) {
    let o = doc.tokens[v].head as usize;
    let word = match doc.tokens[v].dep {
        "amod" => matches!(doc.tokens[v].tag, "VBD" | "VBN"),
        // "Niger junta expels French ambassador"
        "nmod" | "compound" => matches!(doc.tokens[v].tag, "VBD" | "VBZ" | "VBP"),
        _ => false,
    };
    if !word || o <= v || !nominal(doc, o) {
        return;
    }
    let s = sentence(doc, v);
    let Some(n) = kid(doc, v, &["nsubj"], s.start..v) else { return };
    let (over, dep) = (doc.tokens[o].head as usize, doc.tokens[o].dep);
    // "that" behind the verb that says it
    let that = (s.start + 1..n)
        .rev()
        .find(|k| doc.text(*k) == "that" && matches!(doc.tokens[*k - 1].pos, "VERB" | "AUX") && finite(doc, *k - 1));
    if !matches!(doc.tokens[n].pos, "NOUN" | "PROPN") {
        return;
    }
    if let Some(that) = that {
        (doc.tokens[v].head, doc.tokens[v].dep) = (that as u32 - 1, "ccomp");
        (doc.tokens[that].head, doc.tokens[that].dep) = (v as u32, "mark");
        for k in that + 1..v {
            if doc.tokens[k].head as usize == that {
                doc.tokens[k].head = v as u32;
            }
        }
        // "on 1 October": the day behind the preposition that had the object
        if dep == "pobj"
            && over > that
            && over < n
            && doc.tokens[over].dep == "prep"
            && let Some(day) =
                (over + 1..n).find(|k| doc.tokens[*k].head as usize == v && doc.tokens[*k].dep == "npadvmod")
        {
            (doc.tokens[day].head, doc.tokens[day].dep) = (over as u32, "pobj");
        }
    } else if over == o {
        (doc.tokens[v].head, doc.tokens[v].dep) = (v as u32, "ROOT");
    } else if dep == "pobj" && over < n {
        let top = doc.tokens[over].head as usize;
        (doc.tokens[v].head, doc.tokens[v].dep) = if top == over { (v as u32, "ROOT") } else { (top as u32, "advcl") };
        (doc.tokens[over].head, doc.tokens[over].dep) = (v as u32, "prep");
    } else {
        (doc.tokens[v].head, doc.tokens[v].dep) = (over as u32, if dep == "conj" { "conj" } else { "ccomp" });
    }
    // "trained side by side"
    let how = if doc.text(o) == "side" { "npadvmod" } else { "dobj" };
    (doc.tokens[o].head, doc.tokens[o].dep) = (v as u32, how);
    if doc.tokens[v].tag == "VBN" {
        doc.tokens[v].tag = "VBD";
    }
    doc.tokens[v].pos = "VERB";
}

/// "had on 16 October suspended contacts", "has so far blocked recognition": a participle parted from its auxiliary, taken
/// for a word of its object.
pub(super) fn has_so_far_blocked(doc: &mut Doc, _: &Marks, w: usize) {
    let t = &doc.tokens[w];
    let o = t.head as usize;
    if t.dep != "amod" || !matches!(t.tag, "VBN" | "VBD") || o <= w || !nominal(doc, o) {
        return;
    }
    let s = sentence(doc, w);
    let h = doc.tokens[o].head as usize;
    let have = (s.start..w)
        .rev()
        .take(8)
        .find(|k| doc.tokens[*k].lemma == "have" && !matches!(doc.tokens[*k].dep, "aux" | "auxpass"));
    let Some(a) = have else { return };
    let (kids_of, last) = (a, w);
    let plain = (a + 1..w).all(|k| {
        let up = doc.tokens[k].head as usize;
        let mut at = k;
        for _ in 0..6 {
            let over = doc.tokens[at].head as usize;
            if over == kids_of || over == last {
                break;
            }
            at = over;
        }
        up != o && matches!(doc.tokens[at].dep, "prep" | "advmod" | "npadvmod" | "neg" | "punct")
    });
    let fits = h == a || doc.tokens[o].dep == "acl" || below(doc, h, a);
    if a + 1 == w && h != a
        || !plain
        || !fits
        || start_of(doc, o, &s) < w && doc.tokens[start_of(doc, o, &s)].dep == "det"
    {
        return;
    }
    for k in s.clone() {
        if doc.tokens[k].head as usize == a && k != a && k != w {
            doc.tokens[k].head = w as u32;
        }
    }
    let (over, dep) = (doc.tokens[a].head as usize, doc.tokens[a].dep);
    (doc.tokens[w].head, doc.tokens[w].dep) = (if over == a { w as u32 } else { over as u32 }, dep);
    (doc.tokens[w].tag, doc.tokens[w].pos) = ("VBN", "VERB");
    (doc.tokens[a].head, doc.tokens[a].dep, doc.tokens[a].pos) = (w as u32, "aux", "AUX");
    (doc.tokens[o].head, doc.tokens[o].dep) = (w as u32, "dobj");
    // "concern that the Movement had suspended contacts": "that" is no object of it
    if let Some(that) = kid(doc, w, &["dobj"], s.start..a).filter(|k| doc.text(*k) == "that")
        && dep == "relcl"
        && has_subject(doc, w)
    {
        doc.tokens[that].dep = "mark";
        doc.tokens[w].dep = "acl";
    }
}

/// "Taiwan in turn built dams and sent rice", "Hours later the minister, X, called it odd": where a sentence has no verb, the
/// participle with an object is its verb.
pub(super) fn verb_of_the_sentence(doc: &mut Doc, _: &Marks, w: usize) {
    let t = &doc.tokens[w];
    if t.dep != "acl" || !matches!(t.tag, "VBN" | "VBD") || t.pos != "VERB" {
        return;
    }
    let s = sentence(doc, w);
    if kid(doc, w, &["agent", "aux", "auxpass", "nsubj", "nsubjpass"], s.clone()).is_some() {
        return;
    }
    let object = kid(doc, w, &["dobj", "oprd"], w + 1..s.end).is_some();
    let and =
        kid(doc, w, &["conj"], w + 1..s.end).is_some_and(|c| doc.tokens[c].tag == "VBD" || doc.tokens[c].tag == "VBZ");
    if !object && !and {
        return;
    }
    let Some(root) = s
        .clone()
        .find(|k| doc.tokens[*k].head as usize == *k && !matches!(doc.tokens[*k].pos, "PUNCT" | "SPACE" | "X"))
    else {
        return;
    };
    if matches!(doc.tokens[root].pos, "VERB" | "AUX") || root > w || !below(doc, w, root) {
        return;
    }
    // no other verb above it
    let mut n = doc.tokens[w].head as usize;
    let bare = |k: usize| matches!(doc.tokens[k].pos, "NOUN" | "PROPN");
    if !bare(n) {
        return;
    }
    let s0 = s.start;
    if doc.tokens[n].dep == "pobj" && root < n && bare(root) {
        // "Taiwan in turn": the phrase between
        let p = doc.tokens[n].head as usize;
        if doc.tokens[p].head as usize != root || n + 1 != w {
            return;
        }
        n = root;
    }
    let first = start_of(doc, n, &s);
    // the noun opens the sentence, or stands behind words of time
    let opens = first == s0
        || (s0..first).all(|k| {
            dated(doc, k)
                || matches!(doc.tokens[k].pos, "ADV" | "PUNCT" | "SPACE" | "ADP" | "NUM" | "CCONJ")
                || doc.tokens[k].dep == "npadvmod"
                || doc.tokens[k].dep == "pobj"
        });
    let plain_root = root == n || matches!(doc.tokens[root].pos, "ADV" | "ADP");
    if !opens || !plain_root {
        return;
    }
    let verb_else = s.clone().any(|k| {
        k != w
            && finite(doc, k)
            && !below(doc, k, w)
            && !matches!(doc.tokens[k].dep, "relcl" | "acl" | "advcl")
            && (doc.tokens[k].dep != "conj" || has_subject(doc, k))
    });
    if verb_else {
        return;
    }
    for k in s.clone() {
        let t = &doc.tokens[k];
        if t.head as usize == root
            && k != root
            && k != n
            && (k < first || k > w)
            && matches!(t.dep, "conj" | "cc" | "prep" | "punct" | "advmod" | "npadvmod")
        {
            doc.tokens[k].head = w as u32;
        }
    }
    (doc.tokens[w].head, doc.tokens[w].dep, doc.tokens[w].tag) = (w as u32, "ROOT", "VBD");
    if root != n {
        (doc.tokens[root].head, doc.tokens[root].dep) =
            (w as u32, if doc.tokens[root].pos == "ADP" { "prep" } else { "advmod" });
    }
    seat(doc, n, w);
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

const SAY: &[&str] = &[
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

/// "Han Min-koo", "Hizb ut-Tahrir": the parts of one name that were each taken for a subject, or for a subject and another's
/// object.
pub(super) fn parts_of_a_name(doc: &mut Doc, _: &Marks, k: usize) {
    let t = &doc.tokens[k];
    let (v, dep) = (t.head as usize, t.dep);
    if !matches!(dep, "nsubj" | "nsubjpass" | "dobj" | "pobj" | "appos" | "conj") || t.pos != "PROPN" || v == k || k < 2
    {
        return;
    }
    let s = sentence(doc, k);
    let hyphen = |j: usize| matches!(doc.text(j), "-" | "–");
    if !hyphen(k - 1) || k - 1 <= s.start || doc.tokens[k - 2].ws || doc.tokens[k - 1].ws {
        return;
    }
    let subject = dep.starts_with("nsubj");
    let same = |j: usize| {
        let t = &doc.tokens[j];
        t.head as usize == v && (t.dep == dep || subject && matches!(t.dep, "nsubj" | "nsubjpass" | "punct" | "pobj"))
    };
    let mut first = k;
    let low = if v < k { v + 1 } else { s.start };
    while first > low
        && (same(first - 1) && (doc.tokens[first - 1].pos == "PROPN" || hyphen(first - 1))
            || doc.tokens[first - 1].head as usize >= first && doc.tokens[first - 1].pos == "PROPN")
    {
        first -= 1;
    }
    for j in first..k {
        if doc.tokens[j].head as usize == v && j != k && j != v {
            let dep = if matches!(doc.text(j), "-" | "–") { "punct" } else { "compound" };
            (doc.tokens[j].head, doc.tokens[j].dep) = (k as u32, dep);
        }
    }
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

/// "The militias that Iran arms in Iraq threatened them", "The government, which the United Nations recognises, holds little": a
/// plural between a relative with its name and the sentence's verb is the verb of the relative clause.
pub(super) fn that_iran_arms(doc: &mut Doc, _: &Marks, n: usize) {
    let t = &doc.tokens[n];
    let v = t.head as usize;
    if t.tag != "NNS" || !matches!(t.dep, "nsubj" | "nsubjpass") || v <= n || !finite(doc, v) || n == 0 {
        return;
    }
    let s = sentence(doc, n);
    let name = n - 1;
    if doc.tokens[name].head as usize != n || doc.tokens[name].dep != "compound" || doc.tokens[name].pos != "PROPN" {
        return;
    }
    let first = start_of(doc, n, &s);
    if first <= s.start + 1 || doc.tokens[v].dep != "relcl" {
        return;
    }
    let r = first - 1;
    if !(matches!(doc.tokens[r].tag, "WDT" | "WP") || doc.text(r) == "that") {
        return;
    }
    // the sentence has no verb of its own
    let hung = doc.tokens[v].head as usize;
    let mut root = hung;
    for _ in 0..8 {
        let up = doc.tokens[root].head as usize;
        if up == root {
            break;
        }
        root = up;
    }
    if doc.tokens[root].head as usize != root || !nominal(doc, root) || root >= r {
        return;
    }
    let rest: Vec<usize> = (n + 1..v).filter(|k| doc.tokens[*k].head as usize == n).collect();
    for k in first..name {
        if doc.tokens[k].head as usize == n {
            doc.tokens[k].head = name as u32;
        }
    }
    let whom = if comma(doc, r - 1) && nominal(doc, root) && hung != root { root } else { hung };
    (doc.tokens[n].head, doc.tokens[n].dep, doc.tokens[n].tag, doc.tokens[n].pos) =
        (whom as u32, "relcl", "VBZ", "VERB");
    (doc.tokens[name].head, doc.tokens[name].dep) = (n as u32, "nsubj");
    (doc.tokens[r].head, doc.tokens[r].dep) = (n as u32, "dobj");
    for k in rest {
        if doc.tokens[k].dep == "appos" {
            doc.tokens[k].dep = "npadvmod";
        }
    }
    (doc.tokens[v].head, doc.tokens[v].dep) = (v as u32, "ROOT");
    seat(doc, root, v);
}

/// Verbs that what was said or thought may stand before.
const THINK: &[&str] = &[
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

/// "Hungary blocked the statement, Slovakia abstained", "Britain suspended its aid, Germany stopped new commitments": two clauses
/// side by side, of which neither is what the other says.
pub(super) fn side_by_side(doc: &mut Doc, _: &Marks, b: usize) {
    if !matches!(doc.tokens[b].pos, "VERB" | "AUX") || THINK.contains(&doc.tokens[b].lemma.as_str()) || !finite(doc, b)
    {
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

/// "the Forces, the Kurdish-led militia America supports": a clause without a relative, on the noun right before its subject.
pub(super) fn militia_they_support(doc: &mut Doc, _: &Marks, v: usize) {
    let Some(m) = kid(doc, v, &["nsubj"], sentence(doc, v).start..v) else { return };
    let t = &doc.tokens[m];
    if t.dep != "nsubj" || t.pos != "PROPN" || v <= m || !finite(doc, v) || m == 0 {
        return;
    }
    let s = sentence(doc, m);
    let q = m - 1;
    let noun = doc.tokens[q].pos == "NOUN" && doc.tokens[q].dep == "compound" && doc.tokens[q].head as usize == m;
    let first = start_of(doc, m, &s);
    if !noun || first < s.start + 2 || doc.tokens[first].dep != "det" || !comma(doc, first - 1) {
        return;
    }
    let open = kid(doc, v, &["dobj", "ccomp", "xcomp", "attr", "acomp"], v + 1..s.end).is_none()
        && !THINK.contains(&doc.tokens[v].lemma.as_str());
    let name = first - 2;
    if !open || !nominal(doc, name) {
        return;
    }
    if doc.tokens[v].head as usize == v {
        let Some(r) = kid(doc, v, &["ccomp", "advcl"], s.start..first).filter(|r| finite(doc, *r)) else { return };
        (doc.tokens[r].head, doc.tokens[r].dep) = (r as u32, "ROOT");
    }
    for k in first..q {
        if doc.tokens[k].head as usize == m {
            doc.tokens[k].head = q as u32;
        }
    }
    (doc.tokens[q].head, doc.tokens[q].dep) = (name as u32, "appos");
    (doc.tokens[v].head, doc.tokens[v].dep) = (q as u32, "relcl");
}

/// "Among those sanctioned were A and B", "Among the dead were A and B": they were sanctioned, they were killed.
pub(super) fn among_those(doc: &mut Doc, _: &Marks, b: usize) {
    if doc.tokens[b].lemma != "be" || matches!(doc.tokens[b].dep, "aux" | "auxpass") {
        return;
    }
    let s = sentence(doc, b);
    let Some(p) = kid(doc, b, &["prep"], s.start..b).filter(|p| doc.text(*p).eq_ignore_ascii_case("among")) else {
        return;
    };
    let Some(those) = kid(doc, p, &["pobj"], p + 1..b) else { return };
    let done = kid(doc, those, &["acl"], those + 1..b).filter(|w| doc.tokens[*w].tag == "VBN");
    let dead = (doc.text(those) == "dead").then_some(those);
    let Some(w) = done.or(dead) else { return };
    let Some(n) = kid(doc, b, &["nsubj", "attr"], b + 1..s.end).filter(|n| nominal(doc, *n)) else { return };
    let (over, dep) = (doc.tokens[b].head as usize, doc.tokens[b].dep);
    for k in s.clone() {
        if doc.tokens[k].head as usize == b && k != b {
            doc.tokens[k].head = w as u32;
        }
    }
    (doc.tokens[w].head, doc.tokens[w].dep) = (if over == b { w as u32 } else { over as u32 }, dep);
    (doc.tokens[b].head, doc.tokens[b].dep, doc.tokens[b].pos) = (w as u32, "auxpass", "AUX");
    if dead.is_some() {
        let t = &mut doc.tokens[w];
        (t.tag, t.pos, t.lemma) = ("VBN", "VERB", "kill".to_owned());
    } else {
        doc.tokens[those].head = p as u32;
    }
    (doc.tokens[p].head, doc.tokens[p].dep) = (w as u32, "prep");
    (doc.tokens[n].head, doc.tokens[n].dep) = (w as u32, "nsubjpass");
}

/// "The first leader to visit Damascus, Giorgia Meloni met him", "The leader of the movement, X called on them": what a name is
/// called before it, taken for the subject, or for the sentence.
pub(super) fn called_before(doc: &mut Doc, _: &Marks, v: usize) {
    if !finite(doc, v) {
        return;
    }
    let s = sentence(doc, v);
    let edge = edge(doc, v, &s);
    if edge < s.start + 4 {
        return;
    }
    let m = edge - 1;
    if doc.tokens[m].pos != "PROPN" || doc.tokens[m].head as usize != v || !doc.tokens[m].dep.starts_with("nsubj") {
        return;
    }
    let first = start_of(doc, m, &s);
    if first < s.start + 3 || !comma(doc, first - 1) || (first..m).any(|k| doc.tokens[k].pos == "DET") {
        return;
    }
    let n = (s.start..first - 1).find(|k| {
        let t = &doc.tokens[*k];
        t.pos == "NOUN"
            && (t.head as usize == v && matches!(t.dep, "nsubj" | "nsubjpass" | "dep" | "npadvmod")
                || t.head as usize == *k && doc.tokens[v].dep == "relcl" && doc.tokens[v].head as usize == *k)
    });
    let Some(n) = n.filter(|n| !dated(doc, *n)) else { return };
    // nothing before the comma but that phrase
    let whole =
        (s.start..first - 1).all(|k| below(doc, k, n) || matches!(doc.tokens[k].pos, "ADV" | "PUNCT" | "SPACE"));
    let article =
        (s.start..n).any(|k| matches!(doc.tokens[k].dep, "det" | "poss" | "amod")) || doc.tokens[n].tag == "NN";
    if !whole || !article {
        return;
    }
    if doc.tokens[n].head as usize == n {
        (doc.tokens[v].head, doc.tokens[v].dep) = (v as u32, "ROOT");
    }
    (doc.tokens[n].head, doc.tokens[n].dep) = (m as u32, "appos");
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

/// "In the small hours of July 26th members of the guard locked him in": a day read with the noun behind it, its preposition
/// left without one.
pub(super) fn day_before_noun(doc: &mut Doc, _: &Marks, d: usize) {
    let t = &doc.tokens[d];
    let n = t.head as usize;
    let day = |doc: &Doc, k: usize| dated(doc, k) || is_ordinal(doc.text(k));
    if t.dep != "compound" || !day(doc, d) || n <= d || dated(doc, n) || !matches!(doc.tokens[n].pos, "NOUN" | "PROPN")
    {
        return;
    }
    let s = sentence(doc, d);
    if !matches!(doc.tokens[n].dep, "nsubj" | "nsubjpass") {
        return;
    }
    let mut first = d;
    while first > s.start && (day(doc, first - 1) || doc.tokens[first - 1].head as usize == d) {
        first -= 1;
    }
    if first == s.start || d + 1 < n && day(doc, d + 1) {
        return;
    }
    let p = first - 1;
    if doc.tokens[p].pos != "ADP" || kid(doc, p, &["pobj", "pcomp"], p + 1..s.end).is_some() {
        return;
    }
    for k in first..d {
        if doc.tokens[k].head as usize >= n {
            doc.tokens[k].head = d as u32;
        }
    }
    (doc.tokens[d].head, doc.tokens[d].dep) = (p as u32, "pobj");
}

/// "26th", "1st".
fn is_ordinal(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) && ["st", "nd", "rd", "th"].iter().any(|e| word.ends_with(e))
}

/// "Ethiopia, Somalia agree to end the row": in a headline the comma joins two names.
pub(super) fn headline_comma(doc: &mut Doc, _: &Marks, a: usize) {
    let s = sentence(doc, a);
    let t = &doc.tokens[a];
    let v = t.head as usize;
    if t.pos != "PROPN"
        || !matches!(t.dep, "dep" | "npadvmod" | "nsubj" | "advmod")
        || v <= a + 2
        || a + 2 >= s.end
        || !comma(doc, a + 1)
    {
        return;
    }
    if start_of(doc, a, &s) != s.start || !finite(doc, v) {
        return;
    }
    let Some(b) = (a + 2..v).find(|k| doc.tokens[*k].head as usize == v && doc.tokens[*k].dep == "nsubj") else {
        return;
    };
    let beside = start_of(doc, b, &s) == a + 2 && edge(doc, v, &s) == b + 1 && doc.tokens[b].pos == "PROPN";
    if beside && label(doc, a) == "GPE" && label(doc, b) == "GPE" {
        seat(doc, a, v);
        (doc.tokens[b].head, doc.tokens[b].dep) = (a as u32, "conj");
    }
}

/// "ECOWAS, of which Niger was a founder": of what the noun after "was" is one.
pub(super) fn of_which_he_was(doc: &mut Doc, _: &Marks, p: usize) {
    let t = &doc.tokens[p];
    let b = t.head as usize;
    if !doc.text(p).eq_ignore_ascii_case("of")
        || b <= p
        || doc.tokens[b].lemma != "be"
        || !matches!(t.dep, "prep" | "dep" | "advmod")
    {
        return;
    }
    let s = sentence(doc, p);
    let which = kid(doc, p, &["pobj"], p + 1..b).is_some_and(|k| matches!(doc.tokens[k].tag, "WDT" | "WP"));
    let noun = kid(doc, b, &["attr"], b + 1..s.end).filter(|n| doc.tokens[*n].pos == "NOUN");
    if let Some(n) = noun.filter(|_| which) {
        (doc.tokens[p].head, doc.tokens[p].dep) = (n as u32, "prep");
    }
}

/// "The alliance of which M23 is the main part said it would withdraw": the relative clause taken for the sentence.
pub(super) fn of_which_it_is(doc: &mut Doc, _: &Marks, b: usize) {
    if doc.tokens[b].lemma != "be" || !finite(doc, b) {
        return;
    }
    let s = sentence(doc, b);
    let Some(a) = kid(doc, b, &["nsubj"], s.start..b) else { return };
    let Some(p) = kid(doc, a, &["prep"], a + 1..b) else { return };
    let mut objects = (p + 1..b).filter(|k| doc.tokens[*k].head as usize == p && doc.tokens[*k].dep == "pobj");
    let (Some(w), Some(n)) = (objects.next(), objects.next()) else { return };
    if !matches!(doc.tokens[w].tag, "WDT" | "WP") || n + 1 != b {
        return;
    }
    let Some(v) = kid(doc, b, &["ccomp"], b + 1..s.end).filter(|v| finite(doc, *v)) else { return };
    let Some(what) = kid(doc, v, &["nsubj"], b + 1..v).filter(|k| *k < v && start_of(doc, *k, &s) == b + 1) else {
        return;
    };
    let (over, dep) = (doc.tokens[b].head as usize, doc.tokens[b].dep);
    seat(doc, n, b);
    (doc.tokens[v].head, doc.tokens[v].dep) = (if over == b { v as u32 } else { over as u32 }, dep);
    (doc.tokens[b].head, doc.tokens[b].dep) = (a as u32, "relcl");
    (doc.tokens[what].head, doc.tokens[what].dep) = (b as u32, "attr");
    (doc.tokens[p].head, doc.tokens[p].dep) = (what as u32, "prep");
    seat(doc, a, v);
}

/// "condemns in the strongest terms the attack carried out by the rebels": the object behind a phrase, with a participle that
/// was taken for its verb.
pub(super) fn in_the_strongest_terms(doc: &mut Doc, _: &Marks, w: usize) {
    let t = &doc.tokens[w];
    let noun = t.head as usize;
    if t.tag != "VBN" || !matches!(t.dep, "relcl" | "acl") || noun >= w || doc.tokens[noun].dep != "pobj" {
        return;
    }
    let s = sentence(doc, w);
    let Some(n) = kid(doc, w, &["nsubj", "nsubjpass"], noun + 1..w) else { return };
    if kid(doc, w, &["aux", "auxpass", "dobj"], s.clone()).is_some() || start_of(doc, n, &s) != noun + 1 {
        return;
    }
    let mut v = doc.tokens[doc.tokens[noun].head as usize].head as usize;
    for _ in 0..4 {
        if matches!(doc.tokens[v].pos, "VERB" | "AUX") || doc.tokens[v].head as usize == v {
            break;
        }
        v = doc.tokens[v].head as usize;
    }
    let open =
        v < noun && doc.tokens[v].pos == "VERB" && kid(doc, v, &["dobj", "ccomp", "xcomp"], v + 1..s.end).is_none();
    let close = (n + 1..w).all(|k| below(doc, k, n));
    if open && close && doc.tokens[n].pos == "NOUN" && doc.tokens[noun + 1].dep == "det" {
        (doc.tokens[n].head, doc.tokens[n].dep) = (v as u32, "dobj");
        (doc.tokens[w].head, doc.tokens[w].dep) = (n as u32, "acl");
    }
}
