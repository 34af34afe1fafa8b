//! `changes`: what became true in a period of the world, or what the ledger learned in a period of its own.
use super::fold::{Sort, is_rejected, state_at};
use super::rows::PartyRef;
use super::sides::Kinship;
use super::standing::{parties, standings};
use crate::knowledge::Ontology;
use crate::ledger::{ClaimRow, Days};
use crate::values::{Family, Modality, Phase, Polarity};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// One thing that changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangeRow {
    /// Of the world: EDTF, as the claims tell it. Of knowledge: the instant of recording.
    pub date: String,
    pub predicate: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<PartyRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<PartyRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    pub polarity: Polarity,
    pub modality: Modality,
    pub value: Map<String, Value>,
    /// Of the world: "yes", or "possibly" where the date may lie outside the period. Of knowledge: "learned", or
    /// "withdrawn" where the ledger ceased to hold it.
    pub change: &'static str,
    pub claims: Vec<String>,
}

/// The beginnings and ends of standings, and the events, that fall between two days, both included; in time order. What
/// is only told again is no change; plans and predictions are none.
pub fn changes(claims: &[ClaimRow], ontology: &Ontology, kin: &Kinship, since: Date, until: Date) -> Vec<ChangeRow> {
    let mut out: Vec<((Date, Date), ChangeRow)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut add = |key: String, days: (Date, Date), id: &str, row: &dyn Fn() -> ChangeRow| {
        let n = *places.entry(key).or_insert(out.len());
        match out.get_mut(n) {
            Some((_, row)) if row.claims.iter().any(|c| c == id) => {}
            Some((_, row)) => row.claims.push(id.to_string()),
            None => out.push((days, row())),
        }
    };
    let within = |lo: Date, hi: Date| match (lo <= until && since <= hi, since <= lo && hi <= until) {
        (false, _) => None,
        (true, true) => Some("yes"),
        (true, false) => Some("possibly"),
    };
    for s in standings(claims, ontology, kin) {
        for o in s.observations.iter().filter(|o| o.sort == Sort::Turn && !o.implied && !o.date.is_empty()) {
            let Some(change) = within(o.lo, o.hi) else { continue };
            // It was so the day before, as is told: nothing became so now.
            let before = o.lo.yesterday().ok().and_then(|d| state_at(&s.observations, s.predicate, d));
            let as_before = before.is_some_and(|b| {
                let was = match b.answer {
                    super::Answer::Yes => Some(true),
                    super::Answer::No => Some(false),
                    super::Answer::Possibly => None,
                };
                let last = b.bearing.iter().rev().find(|x| x.sort == Sort::Turn && x.state == o.state);
                was == Some(o.state) && last.is_some_and(|x| !super::fold::values_differ(x, o, s.predicate))
            });
            if as_before {
                continue;
            }
            let key = format!("{:?}", (&s.predicate.id, s.subject, s.object, &s.identity, o.state, &o.date));
            let party = |id: Option<&str>, of: fn(&ClaimRow) -> Option<&crate::values::Party>| {
                let label = of(o.row).map_or("", |p| p.label.as_str());
                id.map(|id| PartyRef::new(id, label, None, kin))
            };
            add(key, (o.lo, o.hi), &o.row.id, &|| ChangeRow {
                date: o.date.clone(),
                predicate: s.predicate.id.clone(),
                subject: party(s.subject, |r| r.claim.subject.as_ref()),
                object: party(s.object, |r| r.claim.object.as_ref()),
                phase: Some(if o.state { Phase::Begins } else { Phase::Ends }),
                polarity: Polarity::Yes,
                modality: Modality::Asserted,
                value: o.row.claim.value.clone(),
                change,
                claims: vec![o.row.id.clone()],
            });
        }
    }
    for r in claims.iter().filter(|r| r.claim.family == Family::Event && !is_rejected(r)) {
        let c = &r.claim;
        if c.modality != Modality::Asserted || c.polarity == Polarity::No {
            continue;
        }
        let days = Days::of(&c.when);
        let (Some(lo), Some(hi)) = (days.first(), days.last()) else { continue };
        let (Some(change), Some(p)) = (within(lo, hi), ontology.get(Family::Event, &c.predicate)) else { continue };
        let (s, o) = parties(r, p, kin);
        let mut value: Vec<_> = c.value.iter().collect();
        value.sort_by_key(|(k, _)| *k);
        let key = format!("{:?}", ("event", &c.predicate, s, o, &c.when, value));
        add(key, (lo, hi), &r.id, &|| of_claim(r, c.when.clone(), change, (s, o), kin));
    }
    out.sort_by_key(|(days, _)| *days);
    out.into_iter().map(|(_, r)| r).collect()
}

/// What the ledger learned and what it ceased to hold in a period (both ends included), in the order in which it did;
/// `claims`: those that moved in it ([`crate::ledger::Filter::moved_since`]). Instants are compared as the ledger writes
/// them.
pub fn learned(
    claims: &[ClaimRow],
    ontology: &Ontology,
    kin: &Kinship,
    since: jiff::Timestamp,
    until: jiff::Timestamp,
) -> Vec<ChangeRow> {
    let (since, until) = (crate::ledger::instant(since), crate::ledger::instant(until));
    let mut out = Vec::new();
    for r in claims {
        let Some(p) = ontology.get(r.claim.family, &r.claim.predicate) else { continue };
        let ends = parties(r, p, kin);
        let at = |t: &String| *t >= since && *t <= until;
        if at(&r.recorded) {
            out.push(of_claim(r, r.recorded.clone(), "learned", ends, kin));
        }
        if let Some(to) = r.recorded_to.as_ref().filter(|t| at(t)) {
            out.push(of_claim(r, to.clone(), "withdrawn", ends, kin));
        }
    }
    out.sort_by(|a, b| a.date.cmp(&b.date));
    out
}

fn of_claim(
    r: &ClaimRow,
    date: String,
    change: &'static str,
    (s, o): (Option<&str>, Option<&str>),
    kin: &Kinship,
) -> ChangeRow {
    let c = &r.claim;
    let party = |id: Option<&str>, p: &Option<crate::values::Party>| {
        id.map(|id| PartyRef::new(id, p.as_ref().map_or("", |p| &p.label), None, kin))
    };
    ChangeRow {
        date,
        predicate: c.predicate.clone(),
        subject: party(s, &c.subject),
        object: party(o, &c.object),
        phase: c.phase,
        polarity: c.polarity,
        modality: c.modality,
        value: c.value.clone(),
        change,
        claims: vec![r.id.clone()],
    }
}
