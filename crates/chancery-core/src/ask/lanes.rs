//! The standings of two sides over time, stretch by stretch: what `status` says on each day, told once a change.
//!
//! ```text
//!   recognition A -> B   |....possibly....|=========yes=========|##disputed##|--no--
//!                        1990             1991                  2019         2021
//! ```
//!
//! Only a date that some claim gives (or the day it was said) can change the answer, so it is enough to ask on those
//! days and on the days after them.
use super::fold::{Answer, said_by};
use super::rows::PartyRef;
use super::sides::{Kinship, Side};
use super::standing::standings;
use super::status::between;
use crate::knowledge::Ontology;
use crate::ledger::{ClaimRow, Days};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Days on which the answer is the same.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stretch {
    pub from: Date,
    /// The last day of it; `None` = as far as is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    pub answer: Answer,
    pub conflict: bool,
    pub value: Map<String, Value>,
    pub claims: Vec<String>,
}

/// One standing over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lane {
    pub predicate: String,
    pub subject: PartyRef,
    pub object: PartyRef,
    /// What tells this standing from others of the pair.
    pub value: Map<String, Value>,
    pub stretches: Vec<Stretch>,
}

/// Every standing between two sides over time, in either direction, in the order of the ontology. Days on which nothing
/// is said have no stretch.
pub fn lanes(claims: &[ClaimRow], ontology: &Ontology, kin: &Kinship, a: &Side, b: &Side) -> Vec<Lane> {
    let mut out = Vec::new();
    for s in standings(claims, ontology, kin) {
        let (Some(subject), Some(object)) = (s.subject, s.object) else { continue };
        let there = s.rows.iter().any(|r| between(r, s.predicate, a, b));
        if !there && !s.rows.iter().any(|r| between(r, s.predicate, b, a)) {
            continue;
        }
        let mut days: BTreeSet<Date> = BTreeSet::new();
        for r in &s.rows {
            let told = Days::of(&r.claim.when);
            for (lo, hi) in [told.from, told.to].into_iter().flatten() {
                days.extend([lo, hi]);
            }
            days.insert(said_by(r));
        }
        for o in &s.observations {
            days.extend([o.lo, o.hi, o.speaks_until]);
        }
        days.retain(|d| *d != Date::MIN && *d != Date::MAX);
        let after: Vec<Date> = days.iter().filter_map(|d| d.tomorrow().ok()).collect();
        days.extend(after);
        let mut stretches: Vec<Stretch> = Vec::new();
        for day in days {
            let now = s.at(day).map(|a| Stretch {
                from: day,
                to: None,
                answer: a.answer,
                conflict: a.conflict,
                claims: a.claims(),
                value: a.value,
            });
            if let Some(last) = stretches.last_mut().filter(|l| l.to.is_none()) {
                let same = now
                    .as_ref()
                    .is_some_and(|n| (n.answer, n.conflict, &n.value) == (last.answer, last.conflict, &last.value));
                if let (true, Some(n)) = (same, &now) {
                    for id in &n.claims {
                        if !last.claims.contains(id) {
                            last.claims.push(id.clone());
                        }
                    }
                    continue;
                }
                last.to = day.yesterday().ok();
            }
            stretches.extend(now);
        }
        if stretches.is_empty() {
            continue;
        }
        let label = |id: &str| {
            let all = s.rows.iter().flat_map(|r| [&r.claim.subject, &r.claim.object]).flatten();
            all.filter(|p| p.id == id).map(|p| p.label.clone()).next().unwrap_or_default()
        };
        let (left, right) = if there { (a, b) } else { (b, a) };
        out.push(Lane {
            predicate: s.predicate.id.clone(),
            subject: PartyRef::new(subject, &label(subject), Some(left), kin),
            object: PartyRef::new(object, &label(object), Some(right), kin),
            value: s.identity.clone(),
            stretches,
        });
    }
    out
}
