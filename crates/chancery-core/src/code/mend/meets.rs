//! Where one clause meets the next: "quit the coalition and eleven members left", and what stands beside a noun rather than
//! being one more object of the verb.
use super::chains::POSTS;
use super::look::{below, comma, dated, edge, finite, has_subject, label, nominal, noun_ending_at, seat, start_of};
use super::{Marks, kid, sentence};
use chancery_parse::Doc;

/// "quit the coalition and eleven members of parliament left the party", "stormed the parliament and police shot twenty": a verb
/// joined to one before, with neither an "and" nor a comma right before it, has its subject there.
pub(super) fn and_they_left(doc: &mut Doc, _: &Marks, v: usize) {
    let t = &doc.tokens[v];
    let h = t.head as usize;
    if !matches!(t.dep, "conj" | "dep") || h >= v || !finite(doc, v) || has_subject(doc, v) {
        return;
    }
    let s = sentence(doc, v);
    let edge = edge(doc, v, &s);
    if edge < s.start + 3 || edge < h + 2 {
        return;
    }
    let mut last = edge - 1;
    let aside = comma(doc, last);
    if aside {
        // "and Y, the commander, left": the aside between
        let open = (h + 1..last).rev().find(|k| {
            comma(doc, *k)
                && *k > h + 1
                && nominal(doc, k - 1)
                && ((k + 1..last).any(|j| {
                    doc.tokens[j].head as usize == k - 1 && matches!(doc.tokens[j].dep, "appos" | "relcl" | "acl")
                }) || matches!(doc.tokens[k + 1].pos, "ADP" | "SCONJ")
                    && !(k + 1..last)
                        .any(|j| doc.tokens[j].dep == "cc" || matches!(doc.tokens[j].dep, "nsubj" | "nsubjpass")))
        });
        let Some(open) = open else { return };
        last = open - 1;
    }
    if !matches!(doc.tokens[last].pos, "NOUN" | "PROPN") || dated(doc, last) {
        return;
    }
    // the noun whose phrase ends there and begins behind "and"
    let mut n = last;
    let mut found = None;
    for _ in 0..10 {
        let first = start_of(doc, n, &s);
        if first > h + 1 && doc.tokens[first - 1].dep == "cc" && matches!(doc.text(first - 1), "and" | "but" | "while")
        {
            found = Some((n, first));
            // "and France, Britain and Canada recognised it": the "and" of a list of names is not the clause's
            let up = doc.tokens[n].head as usize;
            let list = doc.tokens[n].dep == "conj"
                && doc.tokens[n].pos == "PROPN"
                && up > h
                && doc.tokens[up].pos == "PROPN"
                && label(doc, up) == label(doc, n);
            if !list {
                break;
            }
        }
        let up = doc.tokens[n].head as usize;
        if up == n || up <= h || matches!(doc.tokens[up].pos, "AUX") || up == v {
            break;
        }
        if doc.tokens[up].pos == "VERB" && doc.tokens[up].dep != "acl" {
            break;
        }
        n = up;
    }
    let Some((n, first)) = found else { return };
    if !matches!(doc.tokens[n].dep, "conj" | "pobj" | "dobj" | "npadvmod" | "appos")
        || !matches!(doc.tokens[n].pos, "NOUN" | "PROPN" | "NUM")
        || dated(doc, n)
        || n >= v
        || below(doc, v, n)
    {
        return;
    }
    // no other "and" between them
    if (n + 1..edge).any(|k| doc.tokens[k].dep == "cc" && doc.tokens[k].head as usize == h) {
        return;
    }
    let cc = first - 1;
    doc.tokens[v].dep = "conj";
    seat(doc, n, v);
    (doc.tokens[cc].head, doc.tokens[cc].dep) = (h as u32, "cc");
}

/// "by the 11th Ukrainian soldiers were in the square", "on the 11th Honduras opened an embassy": a day with its number, read
/// with the name behind it.
pub(super) fn by_the_eleventh(doc: &mut Doc, _: &Marks, v: usize) {
    if !finite(doc, v) || has_subject(doc, v) {
        return;
    }
    let s = sentence(doc, v);
    let edge = edge(doc, v, &s);
    if edge < s.start + 4 {
        return;
    }
    let n = noun_ending_at(doc, edge - 1, &s);
    let p = doc.tokens[n].head as usize;
    if doc.tokens[n].dep != "pobj"
        || p >= n
        || !matches!(doc.text(p).to_lowercase().as_str(), "on" | "by" | "since" | "until" | "from")
    {
        return;
    }
    let first = start_of(doc, n, &s);
    let ordinal = |k: usize| {
        let w = doc.text(k);
        w.starts_with(|c: char| c.is_ascii_digit()) && ["st", "nd", "rd", "th"].iter().any(|e| w.ends_with(e))
    };
    let Some(day) = (first..n).find(|k| ordinal(*k)).filter(|d| *d <= p + 2 && *d < n) else { return };
    for k in p + 1..day {
        doc.tokens[k].head = day as u32;
    }
    (doc.tokens[day].head, doc.tokens[day].dep) = (p as u32, "pobj");
    seat(doc, n, v);
    doc.tokens[p].head = v as u32;
}

/// "overthrew the president of Guinea-Bissau, Umaro Sissoco Embalo", "bombed the camps, the first strikes there": behind a
/// comma no second object stands, but what the first is called or what was done.
pub(super) fn second_object(doc: &mut Doc, _: &Marks, i: usize) {
    let t = &doc.tokens[i];
    let v = t.head as usize;
    if t.dep != "dobj" || v >= i || doc.tokens[v].pos != "VERB" {
        return;
    }
    let s = sentence(doc, i);
    let Some(o) = kid(doc, v, &["dobj"], v + 1..i) else { return };
    let first = start_of(doc, i, &s);
    if first <= o + 1 || !comma(doc, first - 1) || dated(doc, o) {
        return;
    }
    if label(doc, i) == "PERSON" {
        let post = (o..first).find(|k| POSTS.contains(&doc.tokens[*k].lemma.as_str()) && below(doc, *k, o));
        if let Some(p) = post {
            (doc.tokens[i].head, doc.tokens[i].dep) = (p as u32, "appos");
        }
        return;
    }
    if POSTS.contains(&doc.tokens[i].lemma.as_str()) && doc.tokens[o].pos == "PROPN" {
        (doc.tokens[i].head, doc.tokens[i].dep) = (o as u32, "appos");
        return;
    }
    let told =
        matches!(doc.text(first), "a" | "an" | "the" | "his" | "its" | "their" | "her") && doc.tokens[i].tag == "NN";
    // "offers no mediation, only its good offices", lists with an "and" behind
    let list = kid(doc, i, &["conj", "cc"], i + 1..s.end).is_some();
    if told && !list && doc.tokens[o].tag != "PRP" {
        doc.tokens[i].dep = "npadvmod";
    }
}

/// "Hamas, which Israel and the United States regard as terrorist", "Algeria, which hosts the front": a noun that has a subject
/// and a relative before it is a verb.
pub(super) fn which_they_regard(doc: &mut Doc, _: &Marks, k: usize) {
    let t = &doc.tokens[k];
    if !matches!(t.tag, "NN" | "NNS") || !matches!(t.dep, "relcl" | "ROOT" | "ccomp" | "appos" | "conj") {
        return;
    }
    let s = sentence(doc, k);
    if kid(doc, k, &["det", "poss", "amod", "nummod", "cop"], s.start..k).is_some() {
        return;
    }
    let relative = (s.start..k).find(|j| {
        doc.tokens[*j].head as usize == k
            && matches!(doc.tokens[*j].dep, "nsubj" | "dobj" | "mark" | "det")
            && matches!(doc.tokens[*j].tag, "WDT" | "WP")
    });
    let Some(w) = relative else { return };
    let subject = (w + 1..k).find(|j| doc.tokens[*j].head as usize == k && doc.tokens[*j].dep == "nsubj");
    let base = doc.tokens[k].lemma.to_lowercase();
    if subject.is_some() {
        doc.tokens[w].dep = "dobj";
    } else {
        doc.tokens[w].dep = "nsubj";
    }
    let t = &mut doc.tokens[k];
    (t.tag, t.pos, t.lemma) = (if t.tag == "NNS" { "VBZ" } else { "VBP" }, "VERB", base);
}

/// "ten were killed and 25 others wounded", "had him arrested": a participle with its own subject and no auxiliary.
pub(super) fn others_wounded(doc: &mut Doc, _: &Marks, v: usize) {
    // "Ex-president found guilty of bribery"
    if doc.tokens[v].lemma == "find" && doc.tokens[v].tag == "VBD" {
        let s = sentence(doc, v);
        let guilty = v + 1 < s.end && matches!(doc.text(v + 1), "guilty" | "dead" | "murdered");
        let bare = kid(doc, v, &["dobj", "ccomp", "aux", "auxpass"], s.clone()).is_none();
        if let Some(n) = kid(doc, v, &["nsubj"], s.start..v).filter(|_| guilty && bare) {
            doc.tokens[n].dep = "nsubjpass";
        }
    }
    let t = &doc.tokens[v];
    let h = t.head as usize;
    if t.tag != "VBN" || t.pos != "VERB" || h >= v {
        return;
    }
    let s = sentence(doc, v);
    let Some(n) = kid(doc, v, &["nsubj"], s.start..v) else { return };
    if kid(doc, v, &["aux", "auxpass", "dobj", "ccomp", "xcomp"], s.clone()).is_some() {
        return;
    }
    let joined = t.dep == "conj" && kid(doc, h, &["auxpass"], s.start..h).is_some();
    let made = t.dep == "ccomp"
        && matches!(doc.tokens[h].lemma.as_str(), "have" | "see" | "get" | "want" | "keep" | "find" | "watch")
        && kid(doc, v, &["mark"], s.clone()).is_none();
    if joined || made {
        doc.tokens[n].dep = "nsubjpass";
    }
}

/// "Killed in the raid were a commander, X, and three others", "Backing the rebels were Uganda and Rwanda": whoever stands behind
/// the auxiliary did it, or had it done to them.
pub(super) fn killed_were(doc: &mut Doc, _: &Marks, b: usize) {
    if doc.tokens[b].lemma != "be" {
        return;
    }
    let s = sentence(doc, b);
    let w = if matches!(doc.tokens[b].dep, "aux" | "auxpass") {
        doc.tokens[b].head as usize
    } else {
        // "Leading the coup was General Tchiani"
        match kid(doc, b, &["csubj"], s.start..b).filter(|w| doc.tokens[*w].tag == "VBG" && *w == s.start) {
            Some(w) => w,
            None => return,
        }
    };
    if w >= b || !matches!(doc.tokens[w].tag, "VBN" | "VBG") || has_subject(doc, w) {
        return;
    }
    // nothing before the participle but "also"
    let opens = (s.start..w).all(|k| matches!(doc.tokens[k].pos, "ADV" | "PUNCT" | "SPACE"));
    let Some(n) = kid(doc, b, &["attr", "nsubj"], b + 1..s.end).filter(|n| opens && nominal(doc, *n)) else { return };
    let named = doc.tokens[n].pos == "PROPN" || doc.tokens[w].tag == "VBN";
    if !named {
        return;
    }
    if doc.tokens[b].dep != "aux" && doc.tokens[b].dep != "auxpass" {
        let (over, dep) = (doc.tokens[b].head as usize, doc.tokens[b].dep);
        (doc.tokens[w].head, doc.tokens[w].dep) = (if over == b { w as u32 } else { over as u32 }, dep);
        (doc.tokens[b].head, doc.tokens[b].dep) = (w as u32, "aux");
    }
    seat(doc, n, w);
    for k in n + 1..s.end {
        let t = &doc.tokens[k];
        let more = t.dep == "conj" && t.head as usize == w && matches!(t.pos, "NOUN" | "PROPN" | "NUM");
        if more {
            doc.tokens[k].head = n as u32;
        }
    }
}
