//! One pair's missions as changes of rank: the policy that turns claims into steps.
//!
//! ```text
//!   claims   begins legation 1922-12-04   begins legation 1925 (a new minister)   ends none 1939   begins embassy 1991
//!   steps    1922-12-04 legation ........................................... 1939 none ..... 1991 embassy
//! ```
//!
//! A rank is single-valued: a successor ends what went before, and a repeat of the rank that stands is no change.
//! Relations broken off leave nothing, unless a closing of its own follows within half a year and dates it, or another
//! mission (an interests section) begins as they break.
//! Envoys recalled or sent back change no rank.
use super::fold::{disagreements, is_rejected, observe};
use crate::knowledge::Ontology;
use crate::ledger::{ClaimRow, Days};
use crate::values::{Family, Modality, Phase, Polarity};
use jiff::ToSpan;
use jiff::civil::Date;

/// A change of rank.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// EDTF; "" = undated.
    pub from: String,
    /// The next step's date; `None` = still so.
    pub to: Option<String>,
    /// Of the scale of the contract.
    pub rank: String,
    pub conflict: bool,
    /// The claims it rests on, the repeats included.
    pub claims: Vec<String>,
}

struct Telling<'a> {
    row: &'a ClaimRow,
    rank: &'a str,
    lo: Date,
    hi: Date,
    from: &'a str,
    /// Of relations, not of the mission.
    is_break: bool,
}

/// The changes of rank that the claims about one pair tell of, in time order; ranks of which no date is given come
/// last, and only where no dated step has them. `claims`: missions, and relations of the two, in any order.
pub fn rank_steps(claims: &[ClaimRow]) -> Vec<Step> {
    let mut dated = Vec::new();
    let mut undated = Vec::new();
    for row in claims.iter().filter(|r| !is_rejected(r)) {
        let Some((rank, is_break)) = rank_of(row) else { continue };
        let days = Days::of(&row.claim.when);
        let text = &row.claim.when;
        let from = if days.interval { text.split('/').next().unwrap_or("") } else { text };
        match days.from {
            Some((lo, hi)) => dated.push(Telling { row, rank, lo, hi, from, is_break }),
            None => undated.push((row, rank)),
        }
    }
    dated.sort_by_key(|t| (t.lo, t.hi));
    let explained = |b: &Telling| {
        let closed = |t: &Telling| t.lo >= b.lo && b.hi.checked_add(6.months()).is_ok_and(|end| t.lo <= end);
        let replaced = |t: &Telling| b.lo <= t.lo && t.hi <= b.hi;
        dated.iter().any(|t| !t.is_break && if t.rank == "none" { closed(t) } else { replaced(t) })
    };
    let mut kept: Vec<&Telling> = Vec::new();
    let mut steps: Vec<Step> = Vec::new();
    for t in dated.iter().filter(|t| !t.is_break || !explained(t)) {
        match (kept.last(), steps.last_mut()) {
            (Some(last), Some(step)) if last.rank == t.rank => {
                step.claims.push(t.row.id.clone());
                // The same change told more exactly: "in 1922", "on 4 December 1922".
                if last.lo <= t.lo && t.hi <= last.hi {
                    step.from = t.from.to_string();
                    *kept.last_mut().expect("it was just seen") = t;
                }
            }
            // A pair stands at none before its first mission.
            (None, _) if t.rank == "none" => {}
            _ => {
                steps.push(Step {
                    from: t.from.to_string(),
                    to: None,
                    rank: t.rank.to_string(),
                    conflict: false,
                    claims: vec![t.row.id.clone()],
                });
                kept.push(t);
            }
        }
    }
    for n in 1..steps.len() {
        steps[n - 1].to = Some(steps[n].from.clone());
    }
    for (row, rank) in undated {
        match steps.iter_mut().find(|s| s.rank == rank) {
            Some(s) if s.from.is_empty() => s.claims.push(row.id.clone()),
            Some(_) => {}
            None => steps.push(Step {
                from: String::new(),
                to: None,
                rank: rank.to_string(),
                conflict: false,
                claims: vec![row.id.clone()],
            }),
        }
    }
    steps
}

/// Marks the steps about which two voices disagree.
pub(super) fn mark_conflicts(steps: &mut [Step], claims: &[ClaimRow], ontology: &Ontology) {
    let Some(mission) = ontology.get(Family::Standing, "mission") else { return };
    let all: Vec<_> =
        claims.iter().filter(|r| r.claim.predicate == "mission").flat_map(|r| observe(r, mission)).collect();
    for step in steps {
        let of_step: Vec<_> = all.iter().filter(|o| step.claims.contains(&o.row.id)).collect();
        step.conflict = !disagreements(&of_step, mission).is_empty();
    }
}

/// The rank a claim tells of, and whether it is relations it speaks of.
fn rank_of(row: &ClaimRow) -> Option<(&str, bool)> {
    let c = &row.claim;
    if c.family != Family::Standing || c.modality != Modality::Asserted || c.polarity != Polarity::Yes {
        return None;
    }
    let rank = c.value.get("rank").and_then(|v| v.as_str());
    match (c.predicate.as_str(), c.phase.unwrap_or(Phase::Holds)) {
        ("mission", Phase::Ends) if rank.is_none() && c.value.contains_key("head") => None,
        ("mission", Phase::Ends) => Some(("none", false)),
        ("mission", Phase::Begins) => Some((rank?, false)),
        // A mission that is merely there dates no change, unless the words say since when.
        ("mission", Phase::Holds) if c.when.is_empty() || c.when.contains('/') => Some((rank?, false)),
        ("relations", Phase::Ends) if c.value.get("level").is_none_or(|l| l != "consular") => Some(("none", true)),
        _ => None,
    }
}
