//! Relative clauses: whose verb was taken for a participle, a noun or the sentence's, and what they tell of.
use super::look::{below, comma, edge, finite, has_subject, nominal, seat, start_of, subjectless};
use super::said::says_or_thinks;
use super::{Marks, kid, sentence};
use chancery_parse::Doc;

/// "Germany, whose foreign minister, X, had spent the autumn urging them, recognised the two": what is whose does what the
/// clause tells, and whoever it is of the rest.
pub(super) fn whose_subject(doc: &mut Doc, _: &Marks, n: usize) {
    if doc.tokens[n].dep != "appos" {
        return;
    }
    let s = sentence(doc, n);
    let t = &doc.tokens[n];
    let a = t.head as usize;
    let whose = (n.saturating_sub(4)..n).find(|k| doc.tokens[*k].tag == "WP$" && doc.tokens[*k].head as usize == n);
    if a >= n || whose.is_none() || !nominal(doc, a) {
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

/// "the Forces, the Kurdish-led militia America supports": a clause without a relative, on the noun right before its subject.
pub(super) fn militia_they_support(doc: &mut Doc, _: &Marks, v: usize) {
    if !matches!(doc.tokens[v].pos, "VERB" | "AUX") {
        return;
    }
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
        && !says_or_thinks(&doc.tokens[v].lemma);
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
