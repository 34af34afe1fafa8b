//! Seams: where one name or clause ends and the next begins without a comma, or after one that was read otherwise.
use super::{Marks, kid, sentence};
use chancery_parse::Doc;

/// "After visiting Beijing Subrahmanyam Jaishankar denied it", "Under Tsai Ing-wen Taiwan lost ten allies": the name
/// before the verb is its subject, the one that the model took into it belongs to the opening phrase.
pub(super) fn two_names_meet(doc: &mut Doc, _: &Marks, r: usize) {
    if !matches!(doc.tokens[r].tag, "VBD" | "VBZ" | "VBP" | "MD") || doc.tokens[r].head as usize != r || r < 3 {
        return;
    }
    let s = sentence(doc, r);
    let k = r - 1;
    if k <= s.start + 1 || doc.tokens[k].pos != "PROPN" {
        return;
    }
    let start = (s.start..=k).rev().take_while(|j| doc.tokens[*j].pos == "PROPN" || doc.text(*j) == "-").last();
    let Some(start) = start.filter(|f| *f > s.start) else { return };
    let own = kid(doc, r, &["nsubj", "nsubjpass"], s.clone());
    // the first of the names, as the model labelled it, or as a state's name parts them
    let first =
        doc.entities.iter().find(|e| e.start as usize == start && (e.end as usize) <= k).map(|e| e.end as usize);
    let Some(seam) = first.or_else(|| seam_at_a_state(doc, start, k, own)) else { return };
    let last = seam - 1;
    match (doc.tokens[k].dep, own) {
        // "visiting Beijing Jaishankar denied": the object and no subject
        ("dobj" | "pobj", None) if (doc.tokens[k].head as usize) < start => {
            (doc.tokens[last].head, doc.tokens[last].dep) = (doc.tokens[k].head, doc.tokens[k].dep);
            (doc.tokens[k].head, doc.tokens[k].dep) = (r as u32, "nsubj");
        }
        // "Under Tsai Ing-wen Taiwan lost": a preposition without an object
        ("nsubj", Some(own)) if own == k => {
            let p = start - 1;
            let open = doc.tokens[p].tag == "IN" && kid(doc, p, &["pobj", "pcomp"], p + 1..s.end).is_none();
            if !open {
                return;
            }
            (doc.tokens[last].head, doc.tokens[last].dep) = (p as u32, "pobj");
        }
        _ => return,
    }
    for j in start..last {
        if doc.tokens[j].head as usize >= seam {
            doc.tokens[j].head = last as u32;
        }
    }
    part_entity(doc, seam);
}

/// "To the dismay of Greece Turkey signed", "Under Donald Trump America withdrew", "At the UN Mahmoud Abbas accused": where
/// the model has made one name of two, the state's or body's among them parts them.
fn seam_at_a_state(doc: &Doc, start: usize, k: usize, own: Option<usize>) -> Option<usize> {
    const DIRECTIONS: &[&str] =
        &["South", "North", "Saudi", "United", "Sri", "New", "Costa", "El", "Burkina", "Sierra"];
    let state = |j: usize| STATES.contains(&doc.text(j));
    let letters = |j: usize| {
        let w = doc.text(j);
        w.chars().count() > 1 && w.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
    };
    let merged = doc.entities.iter().any(|e| e.start as usize <= start + 1 && e.end as usize > k && e.label != "DATE");
    let plain = (start..=k).all(|j| doc.text(j) != "-" && doc.text(j).starts_with(char::is_uppercase));
    if k <= start || k - start > 3 || !plain || !merged && own.is_some() {
        return None;
    }
    if state(k) && !DIRECTIONS.contains(&doc.text(k - 1)) {
        return Some(k);
    }
    let whole = state(start) || letters(start);
    whole.then_some(start + 1)
}

/// Two names that were labelled as one are two entities.
fn part_entity(doc: &mut Doc, seam: usize) {
    let Some(n) = doc.entities.iter().position(|e| (e.start as usize) < seam && (e.end as usize) > seam) else {
        return;
    };
    let (end, label) = (doc.entities[n].end, doc.entities[n].label);
    let name = |doc: &Doc, j: usize| STATES.contains(&doc.text(j));
    let alone = |a: usize, b: usize| b == a + 1;
    let of = |doc: &Doc, a: usize, b: usize| match () {
        _ if alone(a, b) && name(doc, a) => "GPE",
        _ if b - a == 2 && label != "PERSON" => "PERSON",
        _ if alone(a, b) && label != "PERSON" => "ORG",
        _ => label,
    };
    let start = doc.entities[n].start as usize;
    let (left, right) = (of(doc, start, seam), of(doc, seam, end as usize));
    doc.entities[n].end = seam as u32;
    doc.entities[n].label = left;
    doc.entities.insert(n + 1, chancery_parse::Entity { start: seam as u32, end, label: right });
}

/// Names of states in one word that no person bears.
const STATES: &[&str] = &[
    "Afghanistan",
    "Albania",
    "Algeria",
    "America",
    "Angola",
    "Argentina",
    "Armenia",
    "Australia",
    "Austria",
    "Azerbaijan",
    "Bahrain",
    "Bangladesh",
    "Belarus",
    "Belgium",
    "Benin",
    "Bolivia",
    "Botswana",
    "Brazil",
    "Britain",
    "Bulgaria",
    "Burma",
    "Burundi",
    "Cambodia",
    "Cameroon",
    "Canada",
    "Chile",
    "China",
    "Colombia",
    "Congo",
    "Croatia",
    "Cuba",
    "Cyprus",
    "Czechia",
    "Denmark",
    "Djibouti",
    "Ecuador",
    "Egypt",
    "Eritrea",
    "Estonia",
    "Ethiopia",
    "Fiji",
    "Finland",
    "France",
    "Gabon",
    "Gambia",
    "Germany",
    "Ghana",
    "Greece",
    "Guatemala",
    "Guinea",
    "Guyana",
    "Haiti",
    "Honduras",
    "Hungary",
    "Iceland",
    "India",
    "Indonesia",
    "Iran",
    "Iraq",
    "Italy",
    "Japan",
    "Kazakhstan",
    "Kenya",
    "Kosovo",
    "Kuwait",
    "Kyrgyzstan",
    "Laos",
    "Latvia",
    "Lebanon",
    "Liberia",
    "Libya",
    "Lithuania",
    "Madagascar",
    "Malawi",
    "Malaysia",
    "Mali",
    "Mauritania",
    "Mexico",
    "Moldova",
    "Mongolia",
    "Montenegro",
    "Morocco",
    "Mozambique",
    "Myanmar",
    "Namibia",
    "Nepal",
    "Nicaragua",
    "Niger",
    "Nigeria",
    "Norway",
    "Oman",
    "Pakistan",
    "Palestine",
    "Panama",
    "Paraguay",
    "Peru",
    "Poland",
    "Portugal",
    "Qatar",
    "Romania",
    "Russia",
    "Rwanda",
    "Senegal",
    "Serbia",
    "Singapore",
    "Slovakia",
    "Slovenia",
    "Somalia",
    "Somaliland",
    "Spain",
    "Sudan",
    "Sweden",
    "Switzerland",
    "Syria",
    "Taiwan",
    "Tajikistan",
    "Tanzania",
    "Thailand",
    "Togo",
    "Tunisia",
    "Turkey",
    "Turkmenistan",
    "Uganda",
    "Ukraine",
    "Uruguay",
    "Uzbekistan",
    "Venezuela",
    "Vietnam",
    "Yemen",
    "Zambia",
    "Zimbabwe",
];

/// "Imran Khan, ousted in April 2022, is in jail": a participle between commas is no main verb.
pub(super) fn ousted_is_in_jail(doc: &mut Doc, _: &Marks, w: usize) {
    let v = doc.tokens[w].head as usize;
    let finite = |t: &str| matches!(t, "VBD" | "VBZ" | "VBP" | "MD");
    if doc.tokens[w].dep != "conj" || v >= w || w < 2 || doc.text(w - 1) != "," || !finite(doc.tokens[w].tag) {
        return;
    }
    let s = sentence(doc, w);
    if doc.tokens[v].tag != "VBN" || doc.tokens[v].head as usize != v || v == 0 || doc.text(v - 1) != "," {
        return;
    }
    let helped = kid(doc, v, &["aux", "auxpass"], s.clone()).is_some();
    let own = kid(doc, w, &["nsubj", "nsubjpass"], s.clone()).is_some() || kid(doc, v, &["cc"], v..w).is_some();
    let Some(subject) = kid(doc, v, &["nsubj", "nsubjpass"], s.start..v).filter(|_| !helped && !own) else { return };
    (doc.tokens[w].head, doc.tokens[w].dep) = (w as u32, "ROOT");
    (doc.tokens[subject].head, doc.tokens[subject].dep) = (w as u32, "nsubj");
    (doc.tokens[v].head, doc.tokens[v].dep) = (subject as u32, "acl");
    for k in s {
        let t = &mut doc.tokens[k];
        if t.head as usize == v && (k > w || k < subject || t.dep == "punct" && k > v) {
            t.head = w as u32;
        }
    }
}

/// "Lashkar-e-Taiba and Jaish-e-Muhammad": the parts of a hyphened name hang on its last.
pub(super) fn one_hyphened_name(doc: &mut Doc, _: &Marks, c: usize) {
    if c < 4 || doc.text(c - 1) != "-" || doc.text(c - 3) != "-" {
        return;
    }
    let a = c - 4;
    let capital = |j: usize| doc.text(j).starts_with(char::is_uppercase);
    let tight = (a..c).all(|j| !doc.tokens[j].ws);
    if !tight || !capital(a) || !capital(c) || doc.text(c - 2).len() > 3 || capital(c - 2) {
        return;
    }
    let chain = a..c + 1;
    let Some(top) =
        chain.clone().find(|j| !chain.contains(&(doc.tokens[*j].head as usize)) || doc.tokens[*j].head as usize == *j)
    else {
        return;
    };
    if top != c {
        let root = doc.tokens[top].head as usize == top;
        (doc.tokens[c].head, doc.tokens[c].dep) =
            if root { (c as u32, "ROOT") } else { (doc.tokens[top].head, doc.tokens[top].dep) };
    }
    doc.tokens[c].pos = "PROPN";
    for j in sentence(doc, c) {
        let up = doc.tokens[j].head as usize;
        if j != c && (chain.contains(&j) || chain.contains(&up)) {
            doc.tokens[j].head = c as u32;
            if chain.contains(&j) {
                doc.tokens[j].dep = if doc.text(j) == "-" { "punct" } else { "compound" };
            }
        }
    }
}

/// "Some 50 governments, most of them in Europe, recognise him": a finite verb that was tagged as an infinitive.
pub(super) fn they_recognise(doc: &mut Doc, _: &Marks, v: usize) {
    let root = doc.tokens[v].head as usize == v;
    if doc.tokens[v].tag != "VB" || !(root || doc.tokens[v].dep == "relcl") {
        return;
    }
    let s = sentence(doc, v);
    let subject = kid(doc, v, &["nsubj"], s.start..v).is_some();
    if subject && kid(doc, v, &["aux"], s).is_none() {
        doc.tokens[v].tag = "VBP";
    }
}

/// "In December 2006 Commodore Frank Bainimarama, the commander, overthrew": a name right behind a day, read with it.
pub(super) fn day_then_name(doc: &mut Doc, _: &Marks, k: usize) {
    let p = doc.tokens[k].head as usize;
    if doc.tokens[k].dep != "pobj" || doc.tokens[k].pos != "PROPN" || p >= k || doc.tokens[p].tag != "IN" {
        return;
    }
    let s = sentence(doc, k);
    let Some(day) = kid(doc, p, &["pobj"], p + 1..k) else { return };
    let date = doc.entities.iter().find(|e| e.label == "DATE" && (e.start..e.end).contains(&(day as u32)));
    let Some(end) = date.map(|e| e.end as usize) else { return };
    // nothing but the name's own words between the two
    if !(end..k).all(|j| doc.tokens[j].head as usize == k || doc.tokens[j].dep == "compound") {
        return;
    }
    let r = doc.tokens[p].head as usize;
    if !matches!(doc.tokens[r].tag, "VBD" | "VBZ" | "VBP") || r < k {
        return;
    }
    match kid(doc, r, &["nsubj", "nsubjpass"], s.clone()) {
        None => {}
        Some(n) if n > k && n < r => {
            let first = (k + 1..=n).find(|j| *j == n || doc.tokens[*j].head as usize == n).unwrap_or(n);
            if doc.text(first - 1) != "," {
                return;
            }
            (doc.tokens[n].head, doc.tokens[n].dep) = (k as u32, "appos");
        }
        Some(_) => return,
    }
    (doc.tokens[k].head, doc.tokens[k].dep) = (r as u32, "nsubj");
}

/// "the president of Niger, who was overthrown": no place is a "who"; the noun before it is, or whom that stands beside.
pub(super) fn who_is_no_place(doc: &mut Doc, marks: &Marks, v: usize) {
    let n = doc.tokens[v].head as usize;
    if doc.tokens[v].dep != "relcl" || n >= v || doc.tokens[n].dep != "pobj" {
        return;
    }
    let place = marks.named[n] && !marks.person[n] && doc.tokens[n].tag == "NNP";
    let who = (n + 1..v).any(|k| doc.tokens[k].head as usize == v && matches!(doc.text(k), "who" | "whom"));
    let of = doc.tokens[n].head as usize;
    if !place || !who || doc.text(of) != "of" {
        return;
    }
    let noun = doc.tokens[of].head as usize;
    if noun >= of || doc.tokens[noun].pos != "NOUN" {
        return;
    }
    let up = doc.tokens[noun].head as usize;
    let beside = doc.tokens[noun].dep == "appos" && marks.person[up] && up < noun;
    doc.tokens[v].head = if beside { up } else { noun } as u32;
}

/// "has called on Muammar Gaddafi to stop": a particle with an object is a preposition.
pub(super) fn particle_with_object(doc: &mut Doc, _: &Marks, i: usize) {
    if doc.tokens[i].dep == "prt" && kid(doc, i, &["pobj"], i + 1..sentence(doc, i).end).is_some() {
        (doc.tokens[i].dep, doc.tokens[i].tag, doc.tokens[i].pos) = ("prep", "IN", "ADP");
    }
}
