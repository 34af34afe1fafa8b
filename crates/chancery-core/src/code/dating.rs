//! Which of a sentence's dates belongs to a claim: nearest in the tree, own clause first, then the clauses
//! above; a date in a clause beside or in a name does not date it.
use super::tree::Tree;
use crate::resolve::{DateMention, DateRole};

/// Words whose clause or phrase has a time of its own.
const APART: &[&str] = &["after", "before", "until", "since", "because", "although", "though", "following"];

/// The date mention that dates the act carried by `trigger`/`carrier`, if the sentence has one.
pub fn date_of<'m>(
    t: &Tree,
    dates: &'m [DateMention],
    trigger: usize,
    carrier: usize,
    parties: &[usize],
) -> Option<&'m DateMention> {
    let sentence = t.sentence(trigger);
    let mut best: Option<(u32, usize, &DateMention)> = None;
    for d in dates.iter().filter(|d| sentence.contains(&d.head) && !d.when.edtf.is_empty()) {
        // "the 12 April military coup": a date that is part of a noun's name dates what the noun tells
        if matches!(d.role, DateRole::Modifier) && !(t.is_nominal(trigger) && t.dominates(trigger, d.head)) {
            continue;
        }
        // "Latvia recognised Kosovo; Estonia is to do so this week": each side of a semicolon has its own time
        let (from, to) = (d.head.min(trigger), d.head.max(trigger));
        if (from..to).any(|i| t.doc.text(i) == ";") {
            continue;
        }
        if let Some(cost) = distance(t, d.head, trigger, carrier, parties) {
            let far = d.head.abs_diff(trigger);
            let cost =
                cost + if matches!(d.role, DateRole::Duration | DateRole::Before | DateRole::After) { 3 } else { 0 };
            if best.is_none_or(|(c, f, _)| (cost, far) < (c, f)) {
                best = Some((cost, far, d));
            }
        }
    }
    best.map(|(_, _, d)| d)
}

/// "Mahsa Amini, who was detained, died two months ago": does the date stand outside the relative clause of the act?
pub fn is_outside(t: &Tree, date: usize, carrier: usize) -> bool {
    let of_noun = moment_of(t, carrier);
    let mut j = carrier;
    for _ in 0..20 {
        if t.is_root(j) || t.dominates(j, date) || of_noun.is_some_and(|n| t.dominates(n, date)) {
            return false;
        }
        // "The PKK, listed by the United States as terrorist, took up arms in 1984"
        if t.dep(j) == "acl" && t.tok(j).tag == "VBN" && j > 0 && t.doc.text(j - 1) == "," {
            return true;
        }
        if t.dep(j) == "relcl" && matches!(t.tok(j).tag, "VBD" | "VBN" | "VBZ" | "VBP") && t.dep(t.head(j)) != "attr" {
            return true;
        }
        j = t.head(j);
    }
    false
}

/// Parts of the time that a date after "of" names.
const PARTS: &[&str] =
    &["hour", "morning", "evening", "night", "afternoon", "day", "week", "month", "beginning", "end", "start", "eve"];

/// The noun whose time is that of a clause: "March, when he was arrested", "the attack, in which six died".
fn moment_of(t: &Tree, carrier: usize) -> Option<usize> {
    let mut v = carrier;
    while t.dep(v) == "conj" && t.is_verb(t.head(v)) {
        v = t.head(v);
    }
    if t.dep(v) != "relcl" {
        return None;
    }
    let in_which = |k: usize| {
        t.dep(k) == "prep"
            && matches!(t.lemma(k), "in" | "during" | "by" | "through" | "at")
            && t.kids(k).any(|o| t.doc.text(o) == "which")
    };
    t.kids(v).any(|k| k < v && (t.lemma(k) == "when" || in_which(k))).then(|| t.head(v))
}

/// How far a date stands from the act; `None` if it belongs to something else.
fn distance(t: &Tree, date: usize, trigger: usize, carrier: usize, parties: &[usize]) -> Option<u32> {
    // "since March, when he was arrested", "the attack in 2008, in which six died": the date of the noun
    if let Some(noun) = moment_of(t, carrier).filter(|n| *n != trigger)
        && (noun == date || flat_path(t, date, noun).is_some_and(|_| date < carrier))
    {
        return Some(1);
    }
    // what the date hangs on: over its preposition to a verb or a noun
    let mut at = t.head(date);
    if at == date {
        return Some(4);
    }
    // "in the early hours of Thursday"
    let part_of_day = |n: usize| t.dep(n) == "pobj" && PARTS.contains(&t.lemma(n));
    while (matches!(t.tok(at).pos, "ADP" | "SCONJ" | "NUM" | "SYM" | "ADV") || part_of_day(at)) && !t.is_root(at) {
        at = t.head(at);
    }
    if at == trigger {
        return Some(0);
    }
    // "the first country since 2021 to receive": since when none had
    let rank = |n: usize| t.kids(n).any(|k| matches!(t.lemma(k), "first" | "last" | "only" | "second" | "third"));
    if t.is_nominal(at) && t.lemma(t.head(date)) == "since" && rank(at) {
        return None;
    }
    if stands_apart(t, trigger, carrier) {
        return flat_path(t, at, trigger).map(|n| 1 + n);
    }
    if at == carrier {
        return Some(1);
    }
    // below the trigger without a clause between: "the embassy opened in Kabul in 2002"
    if let Some(n) = flat_path(t, at, trigger).or_else(|| flat_path(t, at, carrier)) {
        return Some(1 + n);
    }
    // "merged to form the alliance in 2017": when it was formed they merged
    let made = t.is_verb(at)
        && t.head(at) == carrier
        && matches!(t.dep(at), "xcomp" | "advcl")
        && matches!(t.lemma(at), "form" | "create" | "become" | "found" | "establish")
        && matches!(
            t.lemma(carrier),
            "merge" | "unite" | "join" | "combine" | "fuse" | "split" | "break" | "band" | "come"
        );
    if made {
        return Some(3);
    }
    // on a verb above: "In 2021 it said it had recognised", "to open on 3 May"
    let mut up = carrier;
    let mut steps = 2;
    for _ in 0..30 {
        let h = t.head(up);
        // what stands beside a name ("X, the president of Y, left in May") is not dated by its clause
        if h == up || t.dep(up) == "appos" {
            break;
        }
        // "reopened in 2002 after it had closed", "in 2008, after its war": another time than that of the clause above
        if t.dep(up) == "advcl" && t.kids(up).any(|k| t.dep(k) == "mark" && APART.contains(&t.lemma(k)))
            || t.dep(up) == "pobj" && up != date && APART.contains(&t.lemma(h))
        {
            break;
        }
        // "had offered a reward; it dropped it in 2024": what had been before has its own time
        if matches!(t.dep(up), "conj" | "ccomp" | "parataxis")
            && t.kids(up).any(|k| t.dep(k) == "aux" && t.doc.text(k) == "had")
            && up < h
            && tense(t, h) == Some(Tense::Past)
        {
            break;
        }
        // "broke off ties in 2021 and now recognises Beijing": what is told in the present has no past day
        if t.dep(up) == "conj" && tense(t, up) == Some(Tense::Present) && tense(t, h) == Some(Tense::Past) {
            break;
        }
        // the date of a saying dates the saying; it serves the said only as a last resort
        steps += match t.dep(up) {
            // "X did so in 2024, and Y opened an embassy in October": who acts for himself has his own time first
            "conj" if t.kids(up).any(|k| t.dep(k) == "nsubj") => 2,
            "conj" => 1,
            "xcomp" => 1,
            "relcl" | "acl" => 3,
            "ccomp" => 4,
            "advcl" => 3,
            _ => 1,
        };
        up = h;
        if at == up {
            return Some(steps);
        }
        if t.is_nominal(up) && flat_path(t, at, up).is_some() {
            return Some(steps + 2);
        }
        if let Some(n) = flat_path(t, at, up) {
            return Some(steps + n);
        }
    }
    // "established when X presented its credentials on 3 May": a clause of time below dates the act above
    let mut j = at;
    for _ in 0..12 {
        let h = t.head(j);
        if h == j {
            break;
        }
        if t.dep(j) == "advcl"
            && (h == trigger || h == carrier)
            && t.kids(j).any(|k| matches!(t.lemma(k), "when" | "as" | "after" | "upon" | "since"))
        {
            return Some(5);
        }
        j = h;
    }
    // on a party's own phrase: "the visiting president in 2016"
    if parties.iter().any(|p| flat_path(t, at, *p).is_some()) {
        return Some(6);
    }
    None
}

/// "in 2008, after its war with Georgia": a noun in a phrase that has a time of its own.
fn stands_apart(t: &Tree, trigger: usize, carrier: usize) -> bool {
    let mut up = trigger;
    for _ in 0..10 {
        if up == carrier || t.is_root(up) {
            return false;
        }
        if t.dep(up) == "pobj" && APART.contains(&t.lemma(t.head(up))) {
            return true;
        }
        up = t.head(up);
    }
    false
}

#[derive(PartialEq)]
enum Tense {
    Present,
    Past,
}

/// The tense of a clause, by its auxiliary or its verb.
fn tense(t: &Tree, v: usize) -> Option<Tense> {
    let aux = t.kids(v).find(|k| matches!(t.dep(*k), "aux" | "auxpass"));
    match t.tok(aux.unwrap_or(v)).tag {
        "VBZ" | "VBP" => Some(Tense::Present),
        "VBD" => Some(Tense::Past),
        _ => None,
    }
}

/// Number of steps from `from` up to `to` if no clause boundary lies between.
fn flat_path(t: &Tree, from: usize, to: usize) -> Option<u32> {
    let mut j = from;
    for n in 0..10 {
        if j == to {
            return Some(n);
        }
        if t.is_root(j) || matches!(t.dep(j), "relcl" | "advcl" | "ccomp" | "acl" | "parataxis" | "conj") {
            return None;
        }
        j = t.head(j);
    }
    None
}
