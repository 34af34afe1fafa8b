//! The document cut into atoms: runs of letters, runs of digits, single signs.
//!
//! Tokenizers disagree on dates ("1907-10" is three tokens, "mid-2021" one, "1930's" two), so the grammar reads atoms
//! and each atom knows its token.
use crate::values::{Season, Unit};
use chancery_parse::Doc;
use std::ops::Range;

/// A run of letters or digits, or one sign.
#[derive(Debug)]
pub(super) struct Atom {
    /// The token it belongs to.
    pub tok: usize,
    /// Lower case.
    pub low: String,
    /// True where the first letter is a capital.
    pub capital: bool,
    /// The value of a run of at most six digits.
    pub num: Option<i32>,
    /// Number of bytes.
    pub len: usize,
    /// No white space before it.
    pub glued: bool,
}

/// The atoms of each paragraph. A paragraph ends at an empty line, or at a line end after the end of a sentence.
pub(super) fn paragraphs(doc: &Doc) -> Vec<Vec<Atom>> {
    let mut out = vec![Vec::new()];
    let mut gap = String::new();
    for (tok, t) in doc.tokens.iter().enumerate() {
        let text = doc.text(tok);
        for (range, kind) in runs(text) {
            let run = &text[range];
            if kind == Kind::Space {
                gap.push_str(run);
                continue;
            }
            let para: &mut Vec<Atom> = out.last_mut().expect("it starts with one");
            let ended = para.last().is_some_and(|a| ".!?:\"”’)".contains(a.low.as_str()));
            let lines = gap.matches('\n').count();
            let atom = Atom {
                tok,
                low: run.to_lowercase(),
                capital: run.starts_with(char::is_uppercase),
                num: if kind == Kind::Digits && run.len() <= 6 { run.parse().ok() } else { None },
                len: run.len(),
                glued: gap.is_empty() && !para.is_empty(),
            };
            gap.clear();
            if (lines > 1 || lines == 1 && ended) && !para.is_empty() {
                out.push(vec![atom]);
            } else {
                para.push(atom);
            }
        }
        let next = doc.tokens.get(tok + 1).map_or(t.end, |n| n.start);
        gap.push_str(&doc.text[t.end as usize..next as usize]);
    }
    out
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letters,
    Digits,
    Space,
    Sign,
}

fn runs(text: &str) -> Vec<(Range<usize>, Kind)> {
    let mut out: Vec<(Range<usize>, Kind)> = Vec::new();
    for (at, c) in text.char_indices() {
        let kind = match c {
            c if c.is_ascii_digit() => Kind::Digits,
            c if c.is_alphabetic() => Kind::Letters,
            c if c.is_whitespace() => Kind::Space,
            _ => Kind::Sign,
        };
        let end = at + c.len_utf8();
        match out.last_mut() {
            Some((r, k)) if *k == kind && kind != Kind::Sign => r.end = end,
            _ => out.push((at..end, kind)),
        }
    }
    out
}

/// 1 to 12. `full` where the word is not an abbreviation.
pub(super) fn month(low: &str) -> Option<(i8, bool)> {
    let full = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if let Some(i) = full.iter().position(|m| *m == low) {
        return Some((i as i8 + 1, true));
    }
    let short = ["jan", "feb", "mar", "apr", "", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let low = if low == "sept" { "sep" } else { low };
    short.iter().position(|m| !m.is_empty() && *m == low).map(|i| (i as i8 + 1, false))
}

/// Monday is 1. `full` where the word is not an abbreviation.
pub(super) fn weekday(low: &str) -> Option<(i8, bool)> {
    let full = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    if let Some(i) = full.iter().position(|d| *d == low) {
        return Some((i as i8 + 1, true));
    }
    let i = match low {
        "mon" => 1,
        "tue" | "tues" => 2,
        "wed" => 3,
        "thu" | "thur" | "thurs" => 4,
        "fri" => 5,
        "sat" => 6,
        "sun" => 7,
        _ => return None,
    };
    Some((i, false))
}

pub(super) fn season(low: &str) -> Option<Season> {
    Some(match low {
        "spring" => Season::Spring,
        "summer" => Season::Summer,
        "autumn" | "fall" => Season::Autumn,
        "winter" => Season::Winter,
        _ => return None,
    })
}

/// A length of time: so many of a calendar unit, and whether the word is a plural. `Hour` has no calendar unit: it is
/// zero days.
pub(super) fn unit(low: &str) -> Option<(Length, bool)> {
    Some(match low {
        "hour" => (Length(0, Unit::Day), false),
        "hours" => (Length(0, Unit::Day), true),
        "day" => (Length(1, Unit::Day), false),
        "days" => (Length(1, Unit::Day), true),
        "week" => (Length(1, Unit::Week), false),
        "weeks" => (Length(1, Unit::Week), true),
        "fortnight" => (Length(2, Unit::Week), false),
        "month" => (Length(1, Unit::Month), false),
        "months" => (Length(1, Unit::Month), true),
        "year" => (Length(1, Unit::Year), false),
        "years" => (Length(1, Unit::Year), true),
        "decade" => (Length(10, Unit::Year), false),
        "decades" => (Length(10, Unit::Year), true),
        "century" => (Length(100, Unit::Year), false),
        "centuries" => (Length(100, Unit::Year), true),
        _ => return None,
    })
}

/// So many units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Length(pub i32, pub Unit);

/// "one" to "ninety"; "a" is one.
pub(super) fn number_word(low: &str) -> Option<i32> {
    const TO_19: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let at = |words: &[&str]| words.iter().position(|w| *w == low).map(|i| i as i32);
    match low {
        "a" | "an" => Some(1),
        "zero" => None,
        _ => at(&TO_19).or_else(|| at(&TENS).map(|i| 20 + 10 * i)),
    }
}

/// "nineteenth" is 19; for centuries.
pub(super) fn ordinal_word(low: &str) -> Option<i32> {
    const FROM_11: [&str; 10] = [
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    FROM_11.iter().position(|w| *w == low).map(|i| 11 + i as i32)
}

/// Words after a number that make it a count or a clock time, never a year.
pub(super) fn counted(low: &str) -> bool {
    matches!(
        low,
        "people"
            | "percent"
            | "%"
            | "million"
            | "billion"
            | "thousand"
            | "hundred"
            | "km"
            | "kg"
            | "mm"
            | "cm"
            | "m"
            | "feet"
            | "ft"
            | "gmt"
            | "utc"
            | "hours"
            | "hrs"
            | "local"
            | "men"
            | "women"
            | "children"
            | "police"
            | "troops"
            | "personnel"
            | "square"
            | "years"
            | "days"
            | "more"
            | "other"
            | "others"
            | "wounded"
            | "dead"
            | "euro"
            | "dollar"
    )
}
