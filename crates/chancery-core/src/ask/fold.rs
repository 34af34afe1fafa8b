//! From the claims about one standing to an answer at a day: the state of affairs as a fold over dated observations.
//!
//! ```text
//!   begins 1990        ends 2001       "has not" said 2010      begins 2021-08
//!   |yes-------------->|no------------------------------------->|yes------------>   time
//! ```
//!
//! Each asserted claim becomes an observation: a turn (it begins, it ends), a telling (it holds), or a refusal (it does
//! not). Its date is a range of days, because "2021" may be any of 365. An observation gives way only to one that is
//! *surely* later. Where those that may be the last one differ, the answer is "possibly": never a guess.
//! Undated claims get no date. That it was said by some day bounds a telling and a turn from above, nothing more.
use crate::knowledge::{Holding, Lasts, Predicate, Role};
use crate::ledger::{ClaimRow, Days};
use crate::values::{By, Modality, Phase, Polarity};
use jiff::civil::Date;
use serde::Serialize;

/// Does it hold?
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    Yes,
    No,
    /// Uncertain dates, or hedged words only.
    Possibly,
}

impl Answer {
    pub fn as_str(self) -> &'static str {
        match self {
            Answer::Yes => "yes",
            Answer::No => "no",
            Answer::Possibly => "possibly",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// It begins or ends.
    Turn,
    /// It holds.
    Told,
    /// It does not hold.
    Refusal,
}

/// What one claim says of the state of affairs.
#[derive(Debug, Clone)]
pub(super) struct Observation<'a> {
    pub row: &'a ClaimRow,
    pub sort: Sort,
    pub state: bool,
    /// The first and last day from which the state may have been so.
    pub lo: Date,
    pub hi: Date,
    /// The last day of which the claim speaks.
    pub speaks_until: Date,
    /// EDTF; "" = undated.
    pub date: String,
    /// Even a beginning does not outlast its date.
    pub passing: bool,
    /// Follows from the end of another predicate, so that whatever is said of this one on the same day outweighs it.
    pub implied: bool,
}

/// The last day on which it can have been said: the speaker's or document's date, else when the ledger learned it.
pub(super) fn said_by(row: &ClaimRow) -> Date {
    Days::of(&row.claim.said)
        .last()
        .or_else(|| Days::of(row.published.as_deref().unwrap_or("")).last())
        .or_else(|| row.recorded.get(..10).and_then(|d| d.parse().ok()))
        .unwrap_or(Date::MAX)
}

/// The observations a claim makes; none unless it is asserted and no reviewer rejected it.
pub(super) fn observe<'a>(row: &'a ClaimRow, predicate: &Predicate) -> Vec<Observation<'a>> {
    let c = &row.claim;
    if c.modality != Modality::Asserted || is_rejected(row) || is_of_a_head(row) {
        return Vec::new();
    }
    let said = said_by(row);
    let days = Days::of(&c.when);
    let (text_from, text_to) = match c.when.split_once('/') {
        Some((a, b)) => (a, b),
        None => (c.when.as_str(), ""),
    };
    let base = Observation {
        row,
        sort: Sort::Told,
        state: true,
        lo: said,
        hi: said,
        speaks_until: said,
        date: String::new(),
        passing: predicate.is_passing(&c.value),
        implied: false,
    };
    // What is told as having happened had happened when it was told.
    let by_then = |lo: Date, hi: Date| if said >= lo { hi.min(said) } else { hi };
    let turn = |state: bool, at: Option<(Date, Date)>, date: &str| match at {
        Some((lo, hi)) => {
            let hi = by_then(lo, hi);
            Observation { sort: Sort::Turn, state, lo, hi, speaks_until: hi, date: date.into(), ..base.clone() }
        }
        None => Observation { sort: Sort::Turn, state, lo: Date::MIN, ..base.clone() },
    };
    let told = |state: bool, sort: Sort| match days.from {
        Some((lo, hi)) => {
            let speaks_until = if days.interval { days.to.map_or(said, |t| t.1) } else { hi };
            Observation { sort, state, lo, hi: lo, speaks_until, date: text_from.into(), ..base.clone() }
        }
        None => Observation { sort, state, ..base.clone() },
    };
    let phase = match c.phase {
        // The lowest rank of all is to have none.
        Some(Phase::Begins) if c.value.get("rank").is_some_and(|r| r == "none") => Phase::Ends,
        p => p.unwrap_or(Phase::Holds),
    };
    match (phase, c.polarity) {
        (Phase::Begins, Polarity::Yes) => match (days.from, days.to) {
            (Some(a), Some(b)) => vec![turn(true, Some((a.0, b.1)), &c.when)],
            (Some(a), None) => vec![turn(true, Some(a), text_from)],
            (None, b) => vec![turn(true, b, text_to)],
        },
        (Phase::Ends, Polarity::Yes) => match (days.from, days.to) {
            (_, Some(b)) => vec![turn(false, Some(b), text_to)],
            (a, None) => vec![turn(false, a, text_from)],
        },
        (Phase::Holds, Polarity::Yes) if days.interval => {
            let mut out = vec![match days.from {
                Some(a) => turn(true, Some(a), text_from),
                None => told(true, Sort::Told),
            }];
            // "for four years" ends where the telling does; that is no end.
            if let Some(b) = days.to.filter(|b| b.1 < said) {
                out[0].speaks_until = b.1;
                out.push(turn(false, Some(b), text_to));
            }
            out
        }
        (Phase::Holds, Polarity::Yes) => vec![told(true, Sort::Told)],
        (Phase::Ends, Polarity::No) => vec![told(true, Sort::Told)],
        (Phase::Begins | Phase::Holds, Polarity::No) => vec![told(false, Sort::Refusal)],
    }
}

pub(super) fn is_rejected(row: &ClaimRow) -> bool {
    row.review.as_deref() == Some("reject")
}

/// An envoy recalled or sent back: the mission itself goes on.
pub(super) fn is_of_a_head(row: &ClaimRow) -> bool {
    let c = &row.claim;
    c.predicate == "mission"
        && c.phase == Some(Phase::Ends)
        && c.value.contains_key("head")
        && !c.value.contains_key("rank")
}

/// Who vouches for a claim: the speaker it names, else the publisher, else the document.
pub(super) fn source(row: &ClaimRow) -> String {
    match &row.claim.by {
        By::Speaker(p) => format!("by {}", p.id),
        By::Author => row.publisher.as_ref().map_or_else(|| format!("in {}", row.claim.doc), |p| format!("of {p}")),
    }
}

/// Could two claims come from one mouth? Only others can disagree.
pub(super) fn same_voice(a: &ClaimRow, b: &ClaimRow) -> bool {
    a.claim.doc == b.claim.doc && a.claim.by == b.claim.by
}

/// Ties undated turns to the dated one they speak of: "X recognised Y", told years later without a date, is no second
/// recognition if one is known and has not ended since.
pub(super) fn tie_undated(all: &mut [Observation], predicate: &Predicate) {
    let dated: Vec<Observation> = all.iter().filter(|o| o.sort == Sort::Turn && !o.date.is_empty()).cloned().collect();
    let refused: Vec<Date> = all.iter().filter(|o| o.sort == Sort::Refusal).map(|o| o.hi).collect();
    for u in all.iter_mut().filter(|o| o.sort == Sort::Turn && o.date.is_empty()) {
        let known = dated.iter().filter(|t| t.state == u.state && t.hi <= u.hi && !values_differ(t, u, predicate));
        let undone =
            |t: &&Observation| dated.iter().any(|o| o.state != t.state && o.hi <= u.hi && (o.lo, o.hi) > (t.lo, t.hi));
        if let Some(t) = known.filter(|t| !undone(t)).max_by_key(|t| (t.hi, t.lo)) {
            (u.lo, u.hi) = (t.lo, t.hi);
        } else if u.state {
            // Not so when it was refused, so when this was said: it began between the two.
            let after = refused.iter().filter(|r| **r < u.hi).max();
            u.lo = after.and_then(|r| r.tomorrow().ok()).unwrap_or(u.lo);
        }
    }
}

/// The state of affairs at a day.
#[derive(Debug, Clone)]
pub(super) struct State<'a> {
    pub answer: Answer,
    pub since: Option<String>,
    pub until: Option<String>,
    pub conflict: bool,
    /// The observations the answer rests on, those that contradict it included; oldest first.
    pub bearing: Vec<Observation<'a>>,
}

/// Folds observations to the state of affairs at a day; `None` where nothing is said of that day.
pub(super) fn state_at<'a>(all: &[Observation<'a>], predicate: &Predicate, day: Date) -> Option<State<'a>> {
    let live: Vec<&Observation> = all.iter().filter(|o| o.lo <= day).collect();
    if live.is_empty() {
        return ended_later(all, day);
    }
    let last: Vec<&Observation> =
        live.iter().filter(|i| !live.iter().any(|j| j.hi <= day && gives_way(i, j))).copied().collect();
    let refused = last.iter().any(|o| o.sort == Sort::Refusal && o.hi <= day);
    let (yes, no) = (last.iter().any(|o| o.state), last.iter().any(|o| !o.state));
    // With nothing sure before it, what may have begun by now may also not have.
    let sure = last.iter().any(|o| o.hi <= day);
    let mut answer = match (yes, no) {
        (true, true) if refused && last.iter().all(|o| !o.state || o.sort == Sort::Told) => Answer::No,
        (true, true) => Answer::Possibly,
        _ if !sure => Answer::Possibly,
        (true, false) => Answer::Yes,
        _ => Answer::No,
    };
    if answer == Answer::Yes {
        let fades = |o: &&Observation| {
            (o.sort == Sort::Told && predicate.lasts == Lasts::AsTold || o.passing) && o.speaks_until < day
        };
        if last.iter().all(fades) {
            answer = Answer::Possibly;
        }
    }
    let bearing = bearing(&live, predicate, day);
    let state = answer != Answer::No;
    let starts = |heads: bool| {
        let of_state = move |o: &&&Observation| o.state == state && o.sort != Sort::Told && !o.date.is_empty();
        bearing.iter().filter(of_state).filter(move |o| has_head(o) == heads)
    };
    let since = match predicate.holding {
        Holding::Single => starts(false).chain(starts(true)).min_by_key(|o| (o.hi, o.lo)),
        Holding::Accumulating => starts(false).chain(starts(true)).max_by_key(|o| (o.hi, o.lo)),
    };
    // "In 1922" and "on 4 December 1922" are one beginning: the exacter date tells it.
    let exact = since.and_then(|s| {
        let inside = |o: &&&Observation| o.state == state && s.lo <= o.lo && o.hi <= s.hi && !o.date.is_empty();
        bearing.iter().filter(|o| o.sort != Sort::Told).filter(inside).min_by_key(|o| o.hi.duration_since(o.lo))
    });
    let since = exact.map(|o| o.date.clone());
    let until = all
        .iter()
        .filter(|o| o.lo > day && o.state != state && o.sort == Sort::Turn)
        .min_by_key(|o| (o.lo, o.hi))
        .map(|o| o.date.clone());
    let conflict = !disagreements(&bearing, predicate).is_empty();
    Some(State { answer, since, until, conflict, bearing: bearing.into_iter().cloned().collect() })
}

/// Nothing is said of this day but that it ended later: it held for some time before that.
fn ended_later<'a>(all: &[Observation<'a>], day: Date) -> Option<State<'a>> {
    let first = all.iter().filter(|o| o.lo > day).min_by_key(|o| (o.lo, o.hi))?;
    (first.sort == Sort::Turn && !first.state && !first.implied).then(|| State {
        answer: Answer::Possibly,
        since: None,
        until: Some(first.date.clone()),
        conflict: false,
        bearing: vec![first.clone()],
    })
}

/// Is `j` surely later than `i`, and does it settle what `i` said?
fn gives_way(i: &Observation, j: &Observation) -> bool {
    // "No" stands until a beginning: being told that it holds contradicts it, and does not end it.
    if i.sort == Sort::Refusal && j.sort == Sort::Told {
        return false;
    }
    // "It has withdrawn", undated, is news of the day it is said, and ends what was so before.
    let from = if j.sort == Sort::Turn && !j.state && j.date.is_empty() { j.hi } else { j.lo };
    from > i.hi || (i.implied && !j.implied && from >= i.hi)
}

/// All that no surely later turn has undone, oldest first.
fn bearing<'b, 'a>(live: &[&'b Observation<'a>], predicate: &Predicate, day: Date) -> Vec<&'b Observation<'a>> {
    let undone = |o: &Observation, t: &Observation| {
        t.sort == Sort::Turn
            && t.hi <= day
            && gives_way(o, t)
            && (t.state != o.state || predicate.holding == Holding::Single && values_differ(o, t, predicate))
    };
    let mut out: Vec<&Observation> = live.iter().filter(|o| !live.iter().any(|t| undone(o, t))).copied().collect();
    out.sort_by_key(|o| (o.hi, o.lo));
    out
}

/// The pairs of observations of which two voices say what cannot both be so.
pub(super) fn disagreements(bearing: &[&Observation], predicate: &Predicate) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    for (n, a) in bearing.iter().enumerate() {
        out.extend((0..n).filter(|m| disagree(bearing[*m], a, predicate)).map(|m| (m, n)));
    }
    out
}

fn disagree(a: &Observation, b: &Observation, predicate: &Predicate) -> bool {
    !same_voice(a.row, b.row) && disagree_but_for_voice(a, b, predicate)
}

/// Would the two disagree if they came from two mouths?
pub(super) fn disagree_but_for_voice(a: &Observation, b: &Observation, predicate: &Predicate) -> bool {
    if a.implied || b.implied {
        return false;
    }
    if a.state != b.state {
        // An end after a beginning is how things go; to be told that it is so and that it is not is another matter.
        return match (a.sort, b.sort) {
            (Sort::Turn, Sort::Turn) => false,
            (Sort::Turn, _) => !gives_way(b, a),
            (_, Sort::Turn) => !gives_way(a, b),
            _ => true,
        };
    }
    let apart = a.lo > b.hi || b.lo > a.hi;
    if values_differ(a, b, predicate) {
        // A later turn may change a value; what only holds, or begins on the same day, may not differ.
        let later = if (a.hi, a.lo) >= (b.hi, b.lo) { a } else { b };
        return !apart || later.sort != Sort::Turn;
    }
    let turns = a.sort == Sort::Turn && b.sort == Sort::Turn;
    let dated = !a.date.is_empty() && !b.date.is_empty();
    turns && dated && apart && !has_head(a) && !has_head(b)
}

/// An embassy gets many ambassadors: each is a beginning that contradicts none.
pub(super) fn has_head(o: &Observation) -> bool {
    let v = &o.row.claim.value;
    let of_a_chief = |b: &serde_json::Value| b == "credentials" || b == "appointment";
    v.contains_key("head") || v.contains_key("chief") || v.get("basis").is_some_and(of_a_chief)
}

pub(super) fn values_differ(a: &Observation, b: &Observation, predicate: &Predicate) -> bool {
    predicate.keys(Role::Measure).any(|k| match (a.row.claim.value.get(k), b.row.claim.value.get(k)) {
        (Some(x), Some(y)) => x != y,
        _ => false,
    })
}
