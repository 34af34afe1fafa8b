//! One pair's missions as changes of rank: from claims to the tellings that the policy (`ranks.rs`) weighs, and from
//! its changes back to rows with their claims.
//!
//! ```text
//!   claims   begins legation 1922-12-04   begins legation 1925 (a new minister)   ends none 1939   begins embassy 1991
//!   steps    1922-12-04 legation ........................................... 1939 none ..... 1991 embassy
//! ```
use super::fold::{disagreements, is_of_a_head, is_rejected, observe};
use super::ranks::{Basis, Telling, assemble};
use crate::knowledge::Ontology;
use crate::ledger::{ClaimRow, Days};
use crate::values::{Family, Modality, Phase, Polarity};
use std::borrow::Borrow;

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

/// The changes of rank that the claims about one pair tell of, in time order; ranks of which no date is given
/// stand for themselves only where there is no dated step. `claims`: missions of the one to the other, and relations of the two,
/// in any order; others are passed over.
pub fn rank_steps<R: Borrow<ClaimRow>>(claims: &[R]) -> Vec<Step> {
    let mut tellings = Vec::new();
    let mut undated: Vec<(&ClaimRow, String)> = Vec::new();
    for (n, row) in claims.iter().map(Borrow::borrow).enumerate() {
        let Some((basis, rank)) = told(row) else { continue };
        let c = &row.claim;
        let days = Days::of(&c.when);
        let text = |k: &str| c.value.get(k).and_then(|v| v.as_str()).map(str::to_string);
        match days.from {
            Some((lo, hi)) => tellings.push(Telling {
                lo,
                hi,
                from: if days.interval { c.when.split('/').next().unwrap_or("").into() } else { c.when.clone() },
                rank,
                basis,
                post: text("post"),
                at_capital: c.value.get("at_capital").and_then(|v| v.as_bool()),
                chief: text("chief"),
                source: n,
            }),
            // careers without a date tell nothing of the mission's own time
            None if matches!(basis, Basis::Appointment | Basis::Arrival | Basis::Credentials) => {}
            None if !rank.is_empty() && c.predicate == "mission" => undated.push((row, rank)),
            None => {}
        }
    }
    let id = |n: &usize| claims[*n].borrow().id.clone();
    let mut steps: Vec<Step> = assemble(tellings)
        .into_iter()
        .map(|c| Step {
            from: c.from,
            to: None,
            rank: c.rank,
            conflict: false,
            claims: c.sources.iter().map(id).collect(),
        })
        .collect();
    for n in 1..steps.len() {
        steps[n - 1].to = Some(steps[n].from.clone());
    }
    let dated = !steps.is_empty();
    for (row, rank) in undated.into_iter().filter(|_| !dated) {
        match steps.iter_mut().find(|s| s.rank == rank) {
            Some(s) if s.from.is_empty() => s.claims.push(row.id.clone()),
            Some(_) => {}
            None => {
                steps.push(Step { from: String::new(), to: None, rank, conflict: false, claims: vec![row.id.clone()] })
            }
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

/// On what a claim rests as a telling of the mission, and the rank it gives; `None` = it tells of no change.
fn told(row: &ClaimRow) -> Option<(Basis, String)> {
    let c = &row.claim;
    if c.family != Family::Standing
        || c.modality != Modality::Asserted
        || c.polarity != Polarity::Yes
        || is_rejected(row)
        || is_of_a_head(row)
    {
        return None;
    }
    let rank = c.value.get("rank").and_then(|v| v.as_str());
    let basis = |rank: &str| Basis::of(c.value.get("basis").and_then(|v| v.as_str()), rank);
    let consular = c.value.get("level").is_some_and(|l| l == "consular");
    match (c.predicate.as_str(), c.phase.unwrap_or(Phase::Holds)) {
        ("mission", Phase::Ends) => Some((Basis::Closing, "none".into())),
        ("mission", Phase::Begins) => match (rank, basis("")) {
            // credentials of a chief whose rank the text leaves out
            (None, Basis::Credentials) => Some((Basis::Credentials, String::new())),
            (rank, _) => rank.map(|r| (basis(r), r.into())),
        },
        // A mission that is merely there dates no change, unless the words say since when.
        ("mission", Phase::Holds) if c.when.is_empty() || c.when.contains('/') => rank.map(|r| (basis(r), r.into())),
        ("relations", Phase::Ends) if !consular => Some((Basis::Break, "none".into())),
        ("relations", Phase::Begins) if !consular => Some((Basis::Resumption, String::new())),
        _ => None,
    }
}
