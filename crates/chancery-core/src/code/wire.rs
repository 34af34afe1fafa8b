//! What stands in news text that is not prose: datelines, days before the entries of a chronology, acronyms cut by
//! hyphens. The parser is shown a text of the same length without them, so that every offset holds.
use crate::resolve::{is_month, is_month_or_short, is_weekday};
use chancery_parse::Doc;
use std::borrow::Cow;
use std::ops::Range;

/// The text as the parser is to see it: byte for byte as long as the original. [`restore`] puts the original text back
/// into the parsed document before coding it.
///
/// Acronyms with a hyphen ("IS-K", "HUR-U") are cut into words by the tokenizer, and "IS" then reads as a verb; the
/// hyphen is closed up for the parse. A dateline ("KABUL, June 3 (AFP) - The minister ...") reads as the subject of the
/// sentence after it; it is ended with a stop and a line of its own. So is the day of an entry ("May 2021: Kenya opens").
pub fn prepare(text: &str) -> Cow<'_, str> {
    let mut out: Option<Vec<u8>> = None;
    hyphens(text, &mut out);
    days_in_front(text, &mut out);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(mark) = entry(line).or_else(|| dateline(line)) {
            let b = out.get_or_insert_with(|| text.as_bytes().to_vec());
            b[at + mark.start..at + mark.end].fill(b'\n');
            b[at + mark.start] = b'.';
        }
        at += line.len();
    }
    match out {
        Some(v) => String::from_utf8(v).map_or(Cow::Borrowed(text), Cow::Owned),
        None => Cow::Borrowed(text),
    }
}

/// Puts the original text back into a document that was parsed as [`prepare`] showed it, and mends its trees.
pub fn restore(doc: &mut Doc, text: &str) {
    text.clone_into(&mut doc.text);
    figures_again(doc);
    days_again(doc);
    days_of_entries(doc, text);
    super::mend::mend(doc);
}

/// The figures of days that were shown as marks are figures again, of the month before them.
fn figures_again(doc: &mut Doc) {
    for i in 1..doc.tokens.len() {
        let figure = !doc.text(i).is_empty() && doc.text(i).bytes().all(|c| c.is_ascii_digit());
        if figure && doc.tokens[i].pos == "PUNCT" && is_month(doc.text(i - 1)) {
            let lemma = doc.text(i).to_owned();
            let t = &mut doc.tokens[i];
            (t.head, t.dep, t.tag, t.pos, t.lemma) = (i as u32 - 1, "nummod", "CD", "NUM", lemma);
        }
    }
}

/// Days that were shown without their figure ("On May 2024 , the army") are whole again: "On 3 May 2024 the army".
fn days_again(doc: &mut Doc) {
    for i in 1..doc.tokens.len().saturating_sub(2) {
        let at = doc.tokens[i].start as usize;
        let words: Vec<&str> = doc.text[at..].split(' ').take(3).collect();
        let &[day, month, year] = words.as_slice() else { continue };
        let shown = doc.tokens[i].end as usize - at == month.len() && doc.tokens[i + 2].pos == "PUNCT";
        if !shown || !is_month(month) || !day.bytes().all(|c| c.is_ascii_digit()) || year.len() != 4 {
            continue;
        }
        let mut from = at;
        for (k, word) in words.iter().enumerate() {
            let (word, t) = ((*word).to_owned(), i + k);
            (doc.tokens[t].start, doc.tokens[t].end) = (from as u32, (from + word.len()) as u32);
            from += word.len() + 1;
            (doc.tokens[t].tag, doc.tokens[t].pos, doc.tokens[t].lemma) =
                if k == 1 { ("NNP", "PROPN", word) } else { ("CD", "NUM", word) };
            let (up, dep) = if k == 1 { (i - 1, "pobj") } else { (i + 1, "nummod") };
            (doc.tokens[t].head, doc.tokens[t].dep) = (up as u32, dep);
        }
        for e in doc.entities.iter_mut().filter(|e| e.start as usize == i && e.end as usize == i + 2) {
            e.end += 1;
        }
    }
}

/// Does a letter stand before the byte?
fn b_is_letter(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(char::is_alphabetic)
}

/// "On Tuesday Sudan's envoy", "In April Asmara accused": without a comma the day reads as part of the name after it; the
/// space between is shown as one.
fn days_in_front(text: &str, out: &mut Option<Vec<u8>>) {
    // "H.E. Idriss Déby, President of Chad, paid": the stops end no sentence
    for (at, _) in text.match_indices("H.E. ").filter(|(at, _)| *at == 0 || !b_is_letter(text, *at)) {
        out.get_or_insert_with(|| text.as_bytes().to_vec())[at..at + 4].copy_from_slice(b"Mr. ");
    }
    let number =
        |w: &str, n: std::ops::RangeInclusive<usize>| n.contains(&w.len()) && w.bytes().all(|b| b.is_ascii_digit());
    let b = text.as_bytes();
    let opens = ["On ", "In ", "Late on ", "Early on "].into_iter().flat_map(|p| text.match_indices(p));
    for (at, p) in opens {
        // at the beginning of a sentence only
        if at > 0
            && !matches!(b[at - 1], b'\n' | b'\t')
            && !(at > 1 && b[at - 1] == b' ' && matches!(b[at - 2], b'.' | b'"' | b'?' | b'!'))
        {
            continue;
        }
        let words: Vec<(usize, &str)> = text[at + p.len()..]
            .split(' ')
            .scan(at + p.len(), |from, w| {
                let here = *from;
                *from += w.len() + 1;
                Some((here, w))
            })
            .take(4)
            .collect();
        let word = |n: usize| words.get(n).map_or("", |(_, w)| *w);
        let day = match word(0) {
            w if p != "In " && is_weekday(w) => 1,
            w if p == "In " && number(w, 4..=4) => 1,
            w if is_month(w) && (number(word(1), 4..=4) || number(word(1), 1..=2)) => 2,
            w if p == "In " && is_month(w) => 1,
            w if p != "In " && number(w, 1..=2) && is_month(word(1)) => {
                if number(word(2), 4..=4) {
                    3
                } else {
                    2
                }
            }
            _ => continue,
        };
        let Some((next, w)) = words.get(day) else { continue };
        // "On Tuesday night", "On 3 May and": the day goes on
        const GOES_ON: &[&str] = &[
            "night",
            "morning",
            "evening",
            "afternoon",
            "noon",
            "midnight",
            "last",
            "next",
            "and",
            "or",
            "to",
            "until",
            "through",
            "that",
            "when",
            "after",
            "before",
            "in",
            "at",
            "of",
            "by",
            "this",
            "alone",
            "itself",
            "local",
            "around",
            "near",
            "following",
            "as",
            "for",
            "with",
            "from",
            "on",
        ];
        let lower =
            w.starts_with(|c: char| c.is_ascii_lowercase()) && w.bytes().all(|c| c.is_ascii_alphabetic() || c == b'-');
        let name = w.starts_with(|c: char| c.is_ascii_uppercase()) && !is_month(w);
        if !(name || lower && !GOES_ON.contains(w)) {
            continue;
        }
        let before = b[*next - 2];
        if before.is_ascii_alphabetic() {
            out.get_or_insert_with(|| b.to_vec())[next - 1] = b',';
        } else if p != "In " && day == 2 && is_month(word(0)) && number(word(1), 1..=2) {
            // "On May 3 Hungary", "On May 12 the": a comma between a digit and a letter is no break for the tokenizer, so the
            // figure itself is shown as the mark, and put back by [`restore`]
            let (from, len) = (words[1].0, word(1).len());
            let mark: &[u8] = if len == 1 { b"," } else { b"--" };
            out.get_or_insert_with(|| b.to_vec())[from..from + len].copy_from_slice(mark);
        } else if day == 3 {
            // "On 3 May 2024 Hungary": the same, with the month and the year moved up to the place of the figure
            let mark = if word(0).len() == 1 { "," } else { "--" };
            let shown = format!("{} {} {mark}", word(1), word(2));
            out.get_or_insert_with(|| b.to_vec())[words[0].0..next - 1].copy_from_slice(shown.as_bytes());
        }
    }
}

/// Where the mark between the day of a chronology's entry and its first sentence stands: "1993: ", "17 August 2020 - ".
pub(super) fn entry(line: &str) -> Option<Range<usize>> {
    const PARTS: &[&str] = &["early", "mid", "late", "spring", "summer", "autumn", "winter"];
    let marks = [": ", " - ", " \u{2013} ", " \u{2014} "];
    let (at, mark) = marks.iter().filter_map(|m| Some((line.find(m)?, *m))).min()?;
    let head = line.get(..at).filter(|h| h.len() <= 24)?;
    let head = head.trim_start_matches(['-', '*', '\u{2022}', ' ']);
    let (mut year, mut month) = (false, false);
    for (n, w) in head.split([' ', '-']).filter(|w| !w.is_empty()).enumerate() {
        let w = w.trim_end_matches([',', '.']);
        let number = w.bytes().take_while(u8::is_ascii_digit).count();
        match number {
            4 if w.len() == 4 => year = true,
            1 | 2 if matches!(&w[number..], "" | "st" | "nd" | "rd" | "th") => {}
            // "May", "Aug.", "Sept."
            0 if is_month_or_short(w) => month = true,
            0 if n == 0 && PARTS.contains(&w.to_lowercase().as_str()) => {}
            _ => return None,
        }
    }
    let rest = &line[at + mark.len()..];
    let first = rest.trim_start_matches(['"', '\u{201c}', '\'', '\u{2018}']);
    let prose = first.starts_with(|c: char| c.is_uppercase()) && rest.trim_end().contains(' ');
    ((year || month) && prose).then_some(at..at + mark.len())
}

/// The day of an entry, shown to the parser as a line of its own, belongs to the verb of the first sentence after it.
fn days_of_entries(doc: &mut Doc, text: &str) {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (from, mark) = (at, entry(line));
        at += line.len();
        let Some(mark) = mark else { continue };
        let index = |byte: usize| doc.tokens.partition_point(|t| (t.start as usize) < byte);
        let (first, stop) = (index(from), index(from + mark.start));
        let next = index(from + mark.end);
        if first >= stop || next >= doc.tokens.len() || doc.tokens[next].start as usize >= at {
            continue;
        }
        // the root of the sentence after the mark
        let mut root = next;
        while doc.tokens[root].head as usize != root {
            root = doc.tokens[root].head as usize;
        }
        if root < next {
            continue;
        }
        // a month is the head of its day and year; the rest of what stands before the mark hangs on it
        let head = (first..stop).find(|i| doc.tokens[*i].tag == "NNP").unwrap_or(stop - 1);
        for i in first..next {
            let t = &mut doc.tokens[i];
            t.sent_start = i == first;
            (t.head, t.dep) = match i {
                i if i == head => (root as u32, "npadvmod"),
                i if i < stop => (head as u32, if t.tag == "CD" { "nummod" } else { "punct" }),
                _ => (root as u32, "punct"),
            };
        }
        doc.tokens[next].sent_start = false;
        // nothing outside hangs on the day any more
        for i in 0..doc.tokens.len() {
            let h = doc.tokens[i].head as usize;
            if (first..next).contains(&h) && !(first..next).contains(&i) {
                doc.tokens[i].head = if i < first { i as u32 } else { root as u32 };
                if i < first {
                    doc.tokens[i].dep = "ROOT";
                }
            }
        }
    }
}

fn hyphens(text: &str, out: &mut Option<Vec<u8>>) {
    let b = text.as_bytes();
    for i in 2..b.len().saturating_sub(1) {
        // "co-operate", "co-ordination": one word; mending the trees gives it its usual base form
        let co = b[i] == b'-'
            && b[i - 1] == b'o'
            && matches!(b[i - 2], b'c' | b'C')
            && (i == 2 || !b[i - 3].is_ascii_alphanumeric())
            && (b[i + 1..].starts_with(b"op") || b[i + 1..].starts_with(b"or"));
        if co {
            out.get_or_insert_with(|| b.to_vec())[i] = b'o';
        }
        if b[i] != b'-' || !b[i - 1].is_ascii_uppercase() || !b[i + 1].is_ascii_uppercase() {
            continue;
        }
        let left = b[..i].iter().rev().take_while(|c| c.is_ascii_uppercase()).count();
        let right = b[i + 1..].iter().take_while(|c| c.is_ascii_uppercase()).count();
        let word = |c: Option<&u8>| c.is_some_and(|c| c.is_ascii_alphanumeric() || *c == b'-');
        let alone = !word(b[..i - left].last()) && !word(b.get(i + 1 + right));
        if left >= 2 && right <= 2 && alone {
            out.get_or_insert_with(|| b.to_vec())[i] = b'X';
        }
    }
}

/// The longest dateline, in bytes: "BANDAR SERI BEGAWAN, Brunei, September 14, 2014 (Associated Press)".
const LONGEST: usize = 80;

/// Where the mark between a line's dateline and its first sentence stands, the white space after it included: a dash
/// ("KABUL - The"), the parenthesis of an agency ("KABUL (IANS) The"), or both.
fn dateline(line: &str) -> Option<Range<usize>> {
    if !line.starts_with(char::is_uppercase) {
        return None;
    }
    let near = |mark: &str| line.find(mark).filter(|at| *at <= LONGEST);
    // the names end at the first of the marks, the sentence begins after the last
    // "ISLAMABAD: Pakistan on Wednesday": a colon only after loud words
    const SPEAK: &[&str] = &[
        "QUESTION",
        "ANSWER",
        "SPOKES",
        "MODERATOR",
        "REPORTER",
        "MR",
        "MS",
        "MRS",
        "DR",
        "SECRETARY",
        "MINISTER",
        "PRESIDENT",
        "AMBASSADOR",
        "JOURNALIST",
        "SENATOR",
        "GENERAL",
    ];
    let shout = |at: &usize| {
        let head = &line[..*at];
        head.len() >= 4
            && !head.split([' ', '.']).any(|w| SPEAK.iter().any(|s| w == *s || s.len() > 5 && w.starts_with(s)))
            && head.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | ',' | '.' | '-' | '\''))
    };
    let head = [" - ", "--", "\u{2013}", "\u{2014}", ") ", "): "].iter().filter_map(|m| near(m)).min();
    let head = near(": ").filter(shout).or(head)?;
    let marks = line[head..].trim_start_matches([')', ' ', ':', '-', '\u{2013}', '\u{2014}']);
    let end = line.len() - marks.len();
    let agency = line[head..].starts_with(')');
    // a closing parenthesis stays if another mark can be the stop; the stop is one byte long and takes the place of one,
    // so that no token of the parse ends inside a character of the text: of the space before a long dash
    let more = agency && line[head + 1..end].contains(|c| c != ' ');
    let start = head + usize::from(more || line[head..].starts_with(' '));
    let long = |at: usize| line[at..].chars().next().is_some_and(|c| c.len_utf8() > 1);
    let start = if long(start) && line[..start].ends_with(' ') { start - 1 } else { start };
    if long(start) {
        return None;
    }
    let spaced = line[start..end].contains(' ') || line[..head].ends_with(' ');
    (spaced && place(&line[..head], agency) && sentence(&line[end..])).then_some(start..end)
}

/// Does a sentence begin here that is long enough to be prose?
fn sentence(s: &str) -> bool {
    let first = s.trim_start_matches(['"', '\u{201c}', '\'', '\u{2018}']);
    first.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && s.len() >= 40
        && s.split(' ').filter(|w| w.starts_with(char::is_lowercase)).count() >= 3
}

/// Names, days and an agency only: "KABUL", "MOGADISHU, Somalia", "Tehran, March 15, IRNA", "WASHINGTON (AP".
fn place(head: &str, agency: bool) -> bool {
    let words: Vec<&str> = head.split([' ', ',']).filter(|w| !w.is_empty()).collect();
    let name = |w: &str| w.trim_start_matches('(').starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let loud = |w: &str| w.chars().filter(|c| c.is_alphabetic()).count() >= 4 && !w.chars().any(char::is_lowercase);
    let open = head.contains('(');
    if words.is_empty() || words.len() > 10 || !words.iter().all(|w| name(w) || *w == "of" || *w == "the") {
        return false;
    }
    // "WASHINGTON -", "Tehran, March 15, IRNA -", "MOSCOW (Sputnik)"; a few quiet words alone only before a dash
    let day = words.iter().any(|w| w.starts_with(|c: char| c.is_ascii_digit()));
    match (agency, open) {
        (true, true) => words[0].starts_with(|c: char| c.is_uppercase()),
        (false, false) => words.iter().take(3).any(|w| loud(w)) || day || (words.len() <= 2 && !head.contains('.')),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{entry, prepare};

    #[test]
    fn entries_of_chronologies() {
        for head in
            ["1993: ", "May 2021: ", "17 August 2020: ", "August 17, 2020 - ", "2020-08-17: ", "Early 1993 \u{2013} "]
        {
            let line = format!("{head}Ethiopia opens a liaison office.");
            let mark = entry(&line).unwrap_or_default();
            assert_eq!(line.get(mark.end..), Some("Ethiopia opens a liaison office."), "{head}");
        }
        for line in [
            "Note: Ethiopia opens.",
            "At 10: Ethiopia opens.",
            "Gate 12: closed to all.",
            "1993: ",
            "12: Ethiopia opens.",
        ] {
            assert_eq!(entry(line), None, "{line}");
        }
    }

    #[test]
    fn datelines_stand_alone() {
        let prose = "The minister said on Monday that the embassy would stay open.";
        for head in [
            "KABUL - ",
            "BERLIN -- ",
            "MOGADISHU, Somalia \u{2014} ",
            "KABUL (Pajhwok) : ",
            "WASHINGTON (AP) - ",
            "ADDIS ABABA, May 15 (Xinhua) -- ",
            "Tehran, March 15, IRNA - ",
            "United Nations, April 13 (IANS) ",
            "Nairobi \u{2014} ",
            "PARIS (AP) \u{2013} ",
        ] {
            let text = format!("A heading\n{head}{prose}");
            let seen = prepare(&text);
            assert_eq!(seen.len(), text.len(), "{head}");
            // every character that the parse may begin or end at is one of the text
            let ends = seen.char_indices().filter(|(at, c)| *c != '\n' && !text.is_char_boundary(at + c.len_utf8()));
            assert_eq!(ends.count(), 0, "{head}: {seen:?}");
            assert!(seen.contains(&format!("\n{prose}")) && seen.contains(".\n"), "{head}: {seen:?}");
        }
    }

    #[test]
    fn prose_with_dashes_stays() {
        for text in [
            "Hamas - which rules the strip - said on Monday that the talks had failed and would not resume.",
            "The talks - the first in years - ended on Monday without any agreement between the two sides.",
            "Kosovo - 2008",
            "The African Union (AU) has said that it will send more soldiers to Somalia next year.",
            "Vladimir Putin\u{2014}the president\u{2014}said on Monday that the embassy would stay open.",
            "Mr. Smith \u{2013} Ambassador",
        ] {
            assert_eq!(prepare(text), text);
        }
    }
}
