//! Finite verbs that the tree leaves without a subject: the noun that stands before the verb, or before the aside in front of
//! it, does what it tells, wherever it was hung.
use super::look::{
    below, comma, dated, edge, finite, has_subject, is_ordinal, label, nominal, noun_ending_at, seat, start_of,
    subjectless,
};
use super::{Marks, kid, sentence};
use chancery_parse::Doc;

/// Words that open a clause of time or cause, and read as prepositions where the clause's verb was not seen.
const OPENERS: &[&str] = &["after", "before", "since", "until", "till", "as", "once", "while", "because"];

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
    if !finite(doc, v) {
        return;
    }
    let s = sentence(doc, v);
    let edge = edge(doc, v, &s);
    if edge < s.start + 3 || kid(doc, v, &["mark"], s.clone()).is_some() {
        return;
    }
    // "the ministry run by the Houthis put the toll": joined, but by no "and"
    let loose = doc.tokens[v].dep == "conj" && !has_subject(doc, v) && doc.tokens[edge - 1].dep != "cc" && {
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
    if t.dep != "amod" || t.tag != "VBD" || o <= v {
        return;
    }
    let s = sentence(doc, v);
    if v < s.start + 2 || !nominal(doc, o) {
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

/// "Ethiopia, Somalia agree to end the row": in a headline the comma joins two names.
pub(super) fn headline_comma(doc: &mut Doc, _: &Marks, a: usize) {
    let t = &doc.tokens[a];
    let v = t.head as usize;
    if t.pos != "PROPN" || !matches!(t.dep, "dep" | "npadvmod" | "nsubj" | "advmod") || v <= a + 2 {
        return;
    }
    let s = sentence(doc, a);
    if a + 2 >= s.end || !comma(doc, a + 1) {
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
