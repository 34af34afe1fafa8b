//! The policy that makes one mission's rank out of what texts tell: which of an opening, an elevation, credentials, an
//! appointment or a break dates a change, and what each leaves behind.
//!
//! Coding rules after Kenkel, US Diplomatic Missions v0.1: an opening date if the text gives one, else the first chief's
//! credentials; an elevation counts from the day it was formally made; a consulate counts only in the capital.
//!
//! ```text
//!   two slots:   diplomatic  none . legation ...... embassy .... none        the diplomatic one is shown where it is
//!                consular    consulate .......................... none       filled, else the consular one
//! ```
use jiff::ToSpan;
use jiff::civil::Date;

/// On what a telling rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// Relations broken off, or war declared.
    Break,
    Closing,
    Opening,
    Elevation,
    /// Plain statement of a rank.
    Statement,
    Credentials,
    /// At the post: counts for consuls.
    Arrival,
    Appointment,
    /// Relations taken up again.
    Resumption,
}

impl Basis {
    /// From the `basis` of a mission claim's value.
    pub fn of(word: Option<&str>, rank: &str) -> Basis {
        match word {
            Some("opening") => Basis::Opening,
            Some("elevation") => Basis::Elevation,
            Some("credentials") => Basis::Credentials,
            Some("residence") => Basis::Statement,
            Some("arrival") => Basis::Arrival,
            Some("appointment") => Basis::Appointment,
            _ if rank == "none" => Basis::Closing,
            _ => Basis::Statement,
        }
    }
}

/// One dated telling of a mission.
#[derive(Debug, Clone)]
pub struct Telling {
    /// First and last day that the date may mean.
    pub lo: Date,
    pub hi: Date,
    /// EDTF.
    pub from: String,
    /// Of the scale; "none" of closings and breaks, "" of resumptions.
    pub rank: String,
    pub basis: Basis,
    /// Rank of the post that was closed, where said.
    pub post: Option<String>,
    pub at_capital: Option<bool>,
    pub chief: Option<String>,
    /// Where it comes from: given back with the change.
    pub source: usize,
}

/// A change of rank and the tellings it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub from: String,
    pub rank: String,
    pub sources: Vec<usize>,
}

pub const SCALE: &[&str] = &[
    "embassy",
    "ambassador_nonresident",
    "legation",
    "envoy_nonresident",
    "consulate",
    "consul_nonresident",
    "liaison",
    "interests",
    "none",
];

fn height(rank: &str) -> usize {
    SCALE.len() - SCALE.iter().position(|r| *r == rank).unwrap_or(SCALE.len())
}

fn is_consular(rank: &str) -> bool {
    matches!(rank, "consulate" | "consul_nonresident")
}

fn resident(rank: &str) -> &str {
    match rank {
        "ambassador_nonresident" => "embassy",
        "envoy_nonresident" => "legation",
        r => r,
    }
}

fn within(a: Date, b: Date, months: i32) -> bool {
    a <= b && a.checked_add(months.months()).is_ok_and(|end| b <= end)
}

/// The changes of rank in time order; repeats of the rank that stands are folded into it.
pub fn assemble(mut tellings: Vec<Telling>) -> Vec<Change> {
    tellings.retain(|t| !(is_consular(&t.rank) && t.at_capital == Some(false)));
    tellings.retain(|t| !(t.basis == Basis::Closing && t.at_capital == Some(false)));
    tellings.sort_by_key(|a| (a.lo, a.hi, a.basis));
    let all = tellings.clone();
    tellings.retain(|t| keep(t, &all));
    let mut steps: Vec<Change> = Vec::new();
    let (mut diplomatic, mut consular) = ("none".to_owned(), "none".to_owned());
    let mut last_rank = String::new();
    for t in &tellings {
        match t.basis {
            Basis::Break => {
                // a closing of its own soon after dates it better
                let closed_by = all.iter().any(|o| {
                    o.basis == Basis::Closing
                        && o.lo > t.lo
                        && within(t.lo, o.lo, 6)
                        && !o.post.as_deref().is_some_and(is_consular)
                });
                if closed_by {
                    continue;
                }
                diplomatic = "none".into();
                consular = "none".into();
            }
            Basis::Closing => {
                if t.post.as_deref().is_some_and(is_consular) {
                    consular = "none".into();
                } else {
                    diplomatic = "none".into();
                    consular = "none".into();
                }
            }
            Basis::Resumption => {
                let followed = all.iter().any(|o| {
                    matches!(o.basis, Basis::Opening | Basis::Elevation | Basis::Credentials | Basis::Statement)
                        && within(t.lo, o.lo, 24)
                        && !is_consular(&o.rank)
                        && o.rank != "interests"
                });
                if diplomatic == "none" && !last_rank.is_empty() && !followed {
                    diplomatic.clone_from(&last_rank);
                }
            }
            Basis::Credentials | Basis::Arrival | Basis::Appointment | Basis::Statement if is_consular(&t.rank) => {
                if consular == "none" {
                    consular.clone_from(&t.rank);
                }
            }
            Basis::Credentials if t.rank.is_empty() => {
                // a chief of a rank not said heads what stood before
                if diplomatic == "none" && !last_rank.is_empty() {
                    diplomatic.clone_from(&last_rank);
                }
            }
            Basis::Credentials | Basis::Arrival | Basis::Appointment => {
                // a chief of the rank that stands, or of a lower one, changes nothing
                if height(resident(&t.rank)) > height(resident(&diplomatic))
                    || diplomatic != resident(&diplomatic)
                        && t.rank == resident(&t.rank)
                        && height(&t.rank) > height(&diplomatic)
                {
                    diplomatic.clone_from(&t.rank);
                }
            }
            Basis::Opening | Basis::Elevation | Basis::Statement => {
                if is_consular(&t.rank) {
                    consular.clone_from(&t.rank);
                    if t.basis == Basis::Elevation && t.post.as_deref().is_some_and(|p| !is_consular(p)) {
                        // an embassy made a consulate
                        diplomatic = "none".into();
                    }
                } else if !(t.rank == "interests"
                    && height(&diplomatic) > height("interests")
                    && t.basis == Basis::Statement)
                {
                    diplomatic.clone_from(&t.rank);
                }
            }
        }
        if diplomatic != "none" && diplomatic != "interests" {
            last_rank.clone_from(&diplomatic);
        }
        let shown = if diplomatic == "none" { &consular } else { &diplomatic };
        match steps.last_mut() {
            Some(s) if s.rank == *shown => s.sources.push(t.source),
            None if shown == "none" => {}
            _ => steps.push(Change { from: t.from.clone(), rank: shown.clone(), sources: vec![t.source] }),
        }
    }
    settle(steps)
}

/// What a day ends with is its change; an interests section soon after the end of a mission takes its place.
fn settle(steps: Vec<Change>) -> Vec<Change> {
    let mut out: Vec<Change> = Vec::new();
    for s in steps {
        if let Some(last) = out.last_mut() {
            let same_day = last.from == s.from;
            let gap = last.rank == "none" && s.rank == "interests" && soon(&last.from, &s.from);
            if same_day || gap {
                last.rank = s.rank;
                last.sources.extend(s.sources);
                let n = out.len();
                if n > 1 && out[n - 2].rank == out[n - 1].rank {
                    let again = out.pop().expect("just seen");
                    out[n - 2].sources.extend(again.sources);
                }
                continue;
            }
            if last.rank == s.rank {
                last.sources.extend(s.sources);
                continue;
            }
        }
        out.push(s);
    }
    if out.first().is_some_and(|s| s.rank == "none") {
        out.remove(0);
    }
    out
}

/// Within a month.
fn soon(a: &str, b: &str) -> bool {
    matches!((a.parse::<Date>(), b.parse::<Date>()), (Ok(a), Ok(b)) if within(a, b, 1))
}

/// Is the telling needed beside the others?
fn keep(t: &Telling, all: &[Telling]) -> bool {
    let exact = |o: &Telling| (o.hi - o.lo).get_days() == 0;
    // the same change told more exactly
    let coarse = !exact(t)
        && all.iter().any(|o| {
            o.rank == t.rank && o.lo >= t.lo && o.hi <= t.hi && (o.hi - o.lo).get_days() < (t.hi - t.lo).get_days()
        });
    if coarse {
        return false;
    }
    match t.basis {
        // a consul counts from taking up his post, a chief of a diplomatic mission from his credentials; an appointment
        // only where nothing else of that rank is told near it
        Basis::Appointment | Basis::Arrival => {
            let better = |o: &Telling| o.basis < t.basis && !matches!(o.basis, Basis::Break | Basis::Closing);
            if is_consular(&t.rank) {
                if t.basis == Basis::Arrival {
                    let opened =
                        |o: &Telling| matches!(o.basis, Basis::Opening | Basis::Elevation) && is_consular(&o.rank);
                    return !all.iter().any(|o| opened(o) && (within(t.lo, o.lo, 36) || o.lo <= t.lo));
                }
            } else if t.basis == Basis::Arrival || !exact(t) {
                return false;
            }
            let months = if is_consular(&t.rank) { 36 } else { 60 };
            !all.iter().any(|o| {
                better(o)
                    && is_consular(&o.rank) == is_consular(&t.rank)
                    && (within(t.lo, o.lo, months) || o.lo <= t.lo)
                    || matches!(o.basis, Basis::Credentials | Basis::Arrival)
                        && o.basis < t.basis
                        && o.chief.is_some()
                        && o.chief == t.chief
            })
        }
        Basis::Credentials if t.rank == resident(&t.rank) => {
            // an opening or an elevation of its own soon after dates it
            !all.iter().any(|o| {
                matches!(o.basis, Basis::Opening | Basis::Elevation)
                    && o.rank == t.rank
                    && o.lo > t.lo
                    && within(t.lo, o.lo, 18)
            })
        }
        _ => true,
    }
}
