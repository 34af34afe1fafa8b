//! People: names and posts that the tokenizer has cut in pieces, and whose names they are that stand behind a post in the
//! plural.
use super::{Marks, kid, sentence};
use chancery_parse::{Doc, Entity};

/// "Han Min-koo, the defence minister", "Thae Yong-ho": given names of two syllables; the last token is the name's head.
pub(super) fn given_names_of_two_syllables(doc: &mut Doc) {
    // "Saudi Aramco-led", "Boko Haram-style" are no names
    const BEHIND: &[&str] = &[
        "led", "run", "held", "born", "era", "style", "wing", "bloc", "wide", "made", "only", "type", "like", "day",
        "year", "long", "old", "based", "free", "area", "aged", "bound", "owned", "paid", "size", "linked",
    ];
    for d in 2..doc.tokens.len().saturating_sub(1) {
        if doc.text(d) != "-" || doc.tokens[d].ws || doc.tokens[d - 1].ws || !doc.tokens[d - 2].ws {
            continue;
        }
        let (first, second, last) = (d - 2, d - 1, d + 1);
        let name = |k: usize, most: usize| {
            let w = doc.text(k);
            let mut letters = w.chars();
            matches!(doc.tokens[k].tag, "NNP" | "NNPS")
                && letters.next().is_some_and(char::is_uppercase)
                && letters.next().is_some()
                && letters.all(char::is_lowercase)
                && w.chars().count() <= most
        };
        let syllable = doc.text(last);
        let small = (2..=5).contains(&syllable.chars().count()) && syllable.chars().all(char::is_lowercase);
        let tight = first > 0 && doc.text(first - 1) == "-" && !doc.tokens[first - 1].ws;
        let more = last + 1 < doc.tokens.len() && doc.text(last + 1) == "-" && !doc.tokens[last].ws;
        let verb = matches!(doc.tokens[last].tag, "VBN" | "VBD" | "VBG");
        if !small || tight || more || verb || BEHIND.contains(&syllable) || !name(first, 9) || !name(second, 7) {
            continue;
        }
        one_person(doc, first, last);
    }
}

/// "bombed Sana'a", "fled to N'Djamena": a name that the model has no word class for.
pub(super) fn names_of_no_class(doc: &mut Doc) {
    for i in 0..doc.tokens.len() {
        let w = doc.text(i);
        let mark = |c: char| matches!(c, '\'' | '\u{2019}' | '\u{2bb}' | '\u{2bc}');
        let name = w.starts_with(char::is_uppercase)
            && w.chars().count() > 3
            && w.chars().all(|c| c.is_alphabetic() || mark(c))
            && w.chars().skip(1).any(char::is_lowercase);
        if !matches!(doc.tokens[i].pos, "X" | "INTJ") || !w.contains(mark) || !name {
            continue;
        }
        (doc.tokens[i].tag, doc.tokens[i].pos) = ("NNP", "PROPN");
        let v = doc.tokens[i].head as usize;
        let bare = doc.tokens[i].dep == "advmod" && v + 1 == i && doc.tokens[v].pos == "VERB";
        if bare && kid(doc, v, &["dobj", "attr", "ccomp", "xcomp"], sentence(doc, v)).is_none() {
            doc.tokens[i].dep = "dobj";
        }
    }
}

/// Makes a run of tokens one person's name, hung by its last.
fn one_person(doc: &mut Doc, first: usize, last: usize) {
    let mut start = first;
    doc.entities.retain(|e| {
        let apart = e.end as usize <= first || e.start as usize > last;
        if !apart && e.label == "PERSON" {
            start = start.min(e.start as usize);
        }
        apart
    });
    doc.entities.push(Entity { start: start as u32, end: last as u32 + 1, label: "PERSON" });
    doc.entities.sort_by_key(|e| e.start);
    tie(doc, first, last);
}

/// "executed the cleric Nimr al-Nimr": a name that the parse has torn at its article.
pub(super) fn names_with_articles(doc: &mut Doc) {
    const ARTICLES: &[&str] = &["al", "el", "as", "ash", "an", "ad", "ar", "at", "az", "ul", "ur", "us", "uz", "ed"];
    for d in 2..doc.tokens.len().saturating_sub(1) {
        let article = doc.text(d) == "-"
            && !doc.tokens[d].ws
            && !doc.tokens[d - 1].ws
            && ARTICLES.contains(&doc.text(d - 1).to_lowercase().as_str());
        let capital = |k: usize| doc.text(k).starts_with(char::is_uppercase);
        if !article || !capital(d + 1) {
            continue;
        }
        let name = |k: &usize| doc.tokens[*k].pos == "PROPN" && capital(*k) && doc.tokens[*k].ws;
        let Some(first) = (0..d - 1).rev().take(3).take_while(name).last() else { continue };
        let run = first..d + 2;
        let roots = run.clone().filter(|k| {
            let h = doc.tokens[*k].head as usize;
            h == *k || !run.contains(&h)
        });
        if roots.count() > 1 && (first..d + 2).all(|k| k == first || !doc.tokens[k].sent_start) {
            tie(doc, first, d + 1);
        }
    }
}

/// Hangs a run of tokens on its last, and the last where it or else the first root of the run hung.
fn tie(doc: &mut Doc, first: usize, last: usize) {
    let run = first..last + 1;
    let outside = |doc: &Doc, k: usize| {
        let h = doc.tokens[k].head as usize;
        h == k || !run.contains(&h)
    };
    let Some(top) = Some(last).filter(|k| outside(doc, *k)).or_else(|| run.clone().find(|k| outside(doc, *k))) else {
        return;
    };
    let up = doc.tokens[top].head as usize;
    let (head, dep) = if up == top { (last, "ROOT") } else { (up, doc.tokens[top].dep) };
    for k in sentence(doc, last) {
        let h = doc.tokens[k].head as usize;
        if k != last && (run.contains(&h) || run.contains(&k)) {
            doc.tokens[k].head = last as u32;
        }
        if k != last && run.contains(&k) {
            doc.tokens[k].dep = if doc.text(k) == "-" { "punct" } else { "compound" };
            if doc.text(k) == "-" {
                (doc.tokens[k].tag, doc.tokens[k].pos) = ("HYPH", "PUNCT");
            }
        }
    }
    let t = &mut doc.tokens[last];
    (t.head, t.dep, t.tag, t.pos) = (head as u32, dep, "NNP", "PROPN");
}

/// "NATO's secretary-general, Jens Stoltenberg, said": the last part of the post is no adjective, and carries the rest.
pub(super) fn generals(doc: &mut Doc) {
    const BEFORE: &[&str] = &["secretary", "director", "attorney", "governor", "consul", "inspector", "prosecutor"];
    for g in 2..doc.tokens.len() {
        let s = g - 2;
        let one = doc.text(g - 1) == "-" && !doc.tokens[g - 1].ws && !doc.tokens[s].ws;
        let post = doc.text(g).eq_ignore_ascii_case("general") && BEFORE.contains(&doc.text(s).to_lowercase().as_str());
        if !one || !post || doc.tokens[g].head as usize == s || doc.tokens[s].head as usize != g {
            continue;
        }
        for k in sentence(doc, g) {
            if doc.tokens[k].head as usize == s && k != s {
                doc.tokens[k].head = g as u32;
            }
        }
        doc.tokens[s].dep = "compound";
        if doc.tokens[g].tag == "JJ" {
            (doc.tokens[g].tag, doc.tokens[g].pos) = ("NN", "NOUN");
        }
    }
}

/// "IAEA head Rafael Grossi visited": the post between a body's name and a person's is no verb.
pub(super) fn head_is_no_verb(doc: &mut Doc, marks: &Marks, i: usize) {
    let t = &doc.tokens[i];
    if !matches!(doc.text(i), "head" | "chief" | "boss")
        || !matches!(t.tag, "VB" | "VBP")
        || t.head as usize == i
        || i == 0
        || i + 1 >= doc.tokens.len()
        || !marks.named[i - 1]
        || !marks.person[i + 1]
    {
        return;
    }
    let Some(last) = (i + 1..doc.tokens.len().min(i + 6)).take_while(|k| marks.person[*k]).last() else { return };
    let (up, dep) = (t.head as usize, t.dep);
    if (i..=last).contains(&up) || doc.tokens[last].head as usize != i {
        return;
    }
    for k in sentence(doc, i) {
        if doc.tokens[k].head as usize == i && k != i && k != last {
            doc.tokens[k].head = last as u32;
            if k == i - 1 {
                doc.tokens[k].dep = "compound";
                doc.tokens[k].pos = "PROPN";
            }
        }
    }
    (doc.tokens[last].head, doc.tokens[last].dep) = (up as u32, dep);
    (doc.tokens[i].head, doc.tokens[i].dep) = (last as u32, "compound");
    (doc.tokens[i].tag, doc.tokens[i].pos) = ("NN", "NOUN");
}

/// "the foreign ministers of Turkey and Armenia, Ahmet Davutoglu and Edward Nalbandian, signed": the names stand beside the
/// posts, and go on no list of states.
pub(super) fn names_of_the_posts(doc: &mut Doc, marks: &Marks, i: usize) {
    const POSTS: &[&str] = &[
        "minister",
        "president",
        "leader",
        "premier",
        "chancellor",
        "king",
        "chief",
        "commander",
        "ambassador",
        "governor",
        "head",
        "secretary",
        "envoy",
        "chairman",
        "spokesman",
        "deputy",
    ];
    if doc.tokens[i].tag != "NNS" || !POSTS.contains(&doc.tokens[i].lemma.as_str()) {
        return;
    }
    let s = sentence(doc, i);
    let of = kid(doc, i, &["prep"], i + 1..s.end).filter(|p| *p == i + 1 && doc.text(*p) == "of");
    // the states joined to the first, up to the comma; or the posts alone
    let first = match of {
        Some(of) => kid(doc, of, &["pobj"], of + 1..s.end),
        None => Some(i),
    };
    let Some(owner) = first else { return };
    let mut owners = vec![owner];
    while let Some(next) = owners.last().and_then(|o| kid(doc, *o, &["conj"], *o + 1..s.end)) {
        if doc.text(next.saturating_sub(1)) == "," || owners.len() > 4 {
            break;
        }
        let comma = (owners[owners.len() - 1] + 1..next).any(|k| doc.text(k) == ",");
        if comma {
            break;
        }
        owners.push(next);
    }
    let comma = owners[owners.len() - 1] + 1;
    if comma + 1 >= s.end || doc.text(comma) != "," {
        return;
    }
    let named = |doc: &Doc, k: usize| doc.tokens[k].pos == "PROPN" && doc.text(k).starts_with(char::is_uppercase);
    // the first name, and the one joined to it
    let first: Vec<usize> = (comma + 1..s.end).take_while(|k| named(doc, *k) || doc.text(*k) == "-").collect();
    let Some(x) = first.last().copied() else { return };
    if first.len() < 2 || x + 2 >= s.end || doc.text(x + 1) != "and" || !named(doc, x + 2) {
        return;
    }
    let up = doc.tokens[x].head as usize;
    let person = (comma + 1..s.end.min(x + 6)).any(|k| marks.person[k]);
    if person && matches!(doc.tokens[x].dep, "conj" | "appos") && owners.contains(&up) {
        (doc.tokens[x].head, doc.tokens[x].dep) = (i as u32, "appos");
    }
}
