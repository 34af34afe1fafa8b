//! Lines and paragraphs: no sentence, no name runs on over the end of a paragraph or of a heading.
use chancery_parse::Doc;

/// The longest line, in bytes, that is a heading rather than a line of running text.
const SHORT: usize = 50;

/// "Media Note\nOffice of the Spokesperson\nJuly 2, 2019\n\nThe Department of State today updated": parsed as one
/// sentence, coded as the lines that they are.
pub(super) fn lines_apart(doc: &mut Doc) {
    for b in 1..doc.tokens.len().saturating_sub(1) {
        if blank(doc, b) || ends_a_heading(doc, b) {
            part(doc, b);
        }
    }
    names_of_one_line(doc);
}

fn blank(doc: &Doc, j: usize) -> bool {
    doc.tokens[j].pos == "SPACE" && doc.text(j).matches('\n').count() > 1
}

/// A line break after a short line without a stop, before a capital or a figure.
fn ends_a_heading(doc: &Doc, j: usize) -> bool {
    if doc.tokens[j].pos != "SPACE" || !doc.text(j).contains('\n') {
        return false;
    }
    let end = doc.tokens[j - 1].end as usize;
    let start = doc.text[..end].rfind('\n').map_or(0, |n| n + 1);
    let line = &doc.text[start..end];
    let next = doc.text(j + 1).chars().next();
    line.len() < SHORT
        && !line.ends_with([',', ';', '-', '.', ':'])
        && next.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
        && line.split_whitespace().filter(|w| w.len() > 3).all(|w| !w.starts_with(char::is_lowercase))
}

/// Cuts the sentence around a break in two. What hung on a word of the other side takes the place of that word, where it
/// hung on this one, else the part's root.
fn part(doc: &mut Doc, b: usize) {
    let line = super::sentence(doc, b);
    if line.start >= b || b + 1 >= line.end {
        return;
    }
    let head = |doc: &Doc, i: usize| doc.tokens[i].head as usize;
    let (left, right) = (line.start..b + 1, b + 1..line.end);
    // words of the second part under one of the first that itself hangs on the second: "Office ... Department updated";
    // the first noun of them takes its place, and has the others under it
    let mut heir: Option<(usize, usize)> = None;
    for i in right.clone() {
        let up = head(doc, i);
        match heir {
            Some((of, noun)) if up == of => doc.tokens[i].head = noun as u32,
            _ if left.contains(&up) && right.contains(&head(doc, up)) => {
                (doc.tokens[i].head, doc.tokens[i].dep) = (doc.tokens[up].head, doc.tokens[up].dep);
                if heir.is_none() && matches!(doc.tokens[i].pos, "NOUN" | "PROPN") {
                    heir = Some((up, i));
                }
            }
            _ => {}
        }
    }
    for (own, other) in [(&left, &right), (&right, &left)] {
        let mut root = own.clone().find(|i| head(doc, *i) == *i);
        for i in own.clone() {
            if !other.contains(&head(doc, i)) {
                continue;
            }
            match root {
                Some(r) => (doc.tokens[i].head, doc.tokens[i].dep) = (r as u32, "dep"),
                None => {
                    root = Some(i);
                    (doc.tokens[i].head, doc.tokens[i].dep) = (i as u32, "ROOT");
                }
            }
        }
    }
    doc.tokens[b + 1].sent_start = true;
}

/// No name runs on over a blank line: "the situation in Madagascar:", "Council," are two.
fn names_of_one_line(doc: &mut Doc) {
    if !(0..doc.tokens.len()).any(|j| blank(doc, j)) {
        return;
    }
    // no word stands before the noun of another paragraph
    for i in 0..doc.tokens.len() {
        let h = doc.tokens[i].head as usize;
        if h > i
            && h < i + 6
            && matches!(doc.tokens[i].dep, "compound" | "nmod" | "amod" | "nummod")
            && (i..h).any(|j| blank(doc, j))
        {
            let (up, dep) = (doc.tokens[h].head, doc.tokens[h].dep);
            if up as usize != h && up as usize != i {
                (doc.tokens[i].head, doc.tokens[i].dep) = (up, dep);
                (doc.tokens[h].head, doc.tokens[h].dep) = (h as u32, "ROOT");
            }
        }
    }
    let mut parts = Vec::new();
    for e in std::mem::take(&mut doc.entities) {
        let run: Vec<usize> = (e.start as usize..e.end as usize).collect();
        if !run.iter().any(|j| blank(doc, *j)) {
            parts.push(e);
            continue;
        }
        for part in run.split(|j| blank(doc, *j)) {
            let bare = |j: &&usize| doc.tokens[**j].pos != "PUNCT" && doc.tokens[**j].pos != "SPACE";
            if let (Some(start), Some(last)) = (part.iter().find(bare), part.iter().rfind(bare)) {
                parts.push(chancery_parse::Entity { start: *start as u32, end: *last as u32 + 1, ..e.clone() });
            }
        }
    }
    doc.entities = parts;
}
