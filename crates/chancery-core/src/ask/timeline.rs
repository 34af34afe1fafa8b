//! `timeline A B`: what is told, in time order; undated rows last.
use super::conflicts::disputed;
use super::fold::is_rejected;
use super::mission::{mark_conflicts, rank_steps};
use super::rows::{PartyRef, TimelineRow};
use super::sides::{Kinship, Side};
use super::standing::parties;
use super::status::between;
use crate::knowledge::{Ontology, Predicate};
use crate::ledger::{ClaimRow, Days};
use crate::values::{By, Family, Modality, Polarity};
use jiff::civil::Date;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

/// All that is told of two sides, whoever does it to whom; claims that say the same are one row. With the predicate
/// "mission" the rows are the changes in rank of A's mission to B. It takes no date: plans and predictions are part of
/// the story. What the ledger held at an instant is settled by the claims given.
pub fn timeline(
    claims: &[ClaimRow],
    ontology: &Ontology,
    kin: &Kinship,
    a: &Side,
    b: Option<&Side>,
    predicate: Option<&str>,
) -> Vec<TimelineRow> {
    if let (Some("mission"), Some(b)) = (predicate, b) {
        return missions(claims, ontology, kin, a, b);
    }
    let disputed = disputed(claims, ontology, kin);
    let mut rows: Vec<(Place, TimelineRow)> = Vec::new();
    let mut by_key: HashMap<String, usize> = HashMap::new();
    for r in claims.iter().filter(|r| !is_rejected(r) && predicate.is_none_or(|p| r.claim.predicate == p)) {
        let Some(p) = ontology.get(r.claim.family, &r.claim.predicate) else { continue };
        let told = match b {
            Some(b) => between(r, p, a, b) || between(r, p, b, a),
            None => concerns(r, a),
        };
        if !told {
            continue;
        }
        let conflict = disputed.contains(r.id.as_str());
        let n = *by_key.entry(key(r, p, kin)).or_insert(rows.len());
        match rows.get_mut(n) {
            Some((_, row)) => {
                row.claims.push(r.id.clone());
                row.conflict |= conflict;
            }
            None => rows.push((place(r), row(r, p, kin, a, b, conflict))),
        }
    }
    rows.sort_by_key(|(place, _)| *place);
    rows.into_iter().map(|(_, r)| r).collect()
}

fn missions(claims: &[ClaimRow], ontology: &Ontology, kin: &Kinship, a: &Side, b: &Side) -> Vec<TimelineRow> {
    let ours: Vec<ClaimRow> = claims
        .iter()
        .filter(|r| match ontology.get(r.claim.family, &r.claim.predicate) {
            Some(p) if p.id == "mission" => between(r, p, a, b),
            Some(p) if p.id == "relations" => between(r, p, a, b) || between(r, p, b, a),
            _ => false,
        })
        .cloned()
        .collect();
    let mut steps = rank_steps(&ours);
    mark_conflicts(&mut steps, &ours, ontology);
    steps
        .into_iter()
        .map(|s| TimelineRow {
            predicate: "mission".into(),
            subject: Some(PartyRef::new(&a.id, &a.label, None, kin)),
            object: Some(PartyRef::new(&b.id, &b.label, None, kin)),
            from: Some(s.from).filter(|f| !f.is_empty()),
            to: s.to,
            phase: Some(if s.rank == "none" { crate::values::Phase::Ends } else { crate::values::Phase::Begins }),
            value: Value::String(s.rank),
            modality: Modality::Asserted,
            polarity: Polarity::Yes,
            by: voices(&ours, &s.claims),
            conflict: s.conflict,
            claims: s.claims,
        })
        .collect()
}

/// "author", a speaker, or several.
fn voices(rows: &[ClaimRow], ids: &[String]) -> String {
    let names: BTreeSet<String> = rows.iter().filter(|r| ids.contains(&r.id)).map(by).collect();
    names.into_iter().collect::<Vec<_>>().join("; ")
}

fn by(r: &ClaimRow) -> String {
    match &r.claim.by {
        By::Author => "author".into(),
        By::Speaker(p) => p.label.clone(),
    }
}

/// Does a claim tell of this side at all?
fn concerns(r: &ClaimRow, a: &Side) -> bool {
    [&r.claim.subject, &r.claim.object].into_iter().flatten().any(|p| a.holds(p, true))
}

/// Where a row stands in time: dated before undated, then by first day, exact before wide, then when it was said.
type Place = (bool, Date, Date, Date);

fn place(r: &ClaimRow) -> Place {
    let days = Days::of(&r.claim.when);
    let said = super::fold::said_by(r);
    match days.from.or(days.to) {
        Some((lo, hi)) => (false, lo, hi, said),
        None => (true, said, said, said),
    }
}

/// Claims with the same key say the same.
fn key(r: &ClaimRow, p: &Predicate, kin: &Kinship) -> String {
    let c = &r.claim;
    let (mut s, mut o) = parties(r, p, kin);
    if p.symmetric && o < s {
        std::mem::swap(&mut s, &mut o);
    }
    let mut value: Vec<(&String, &Value)> = c.value.iter().collect();
    value.sort_by_key(|(k, _)| *k);
    let speaker = match &c.by {
        By::Author => None,
        By::Speaker(p) => Some(p.id.as_str()),
    };
    format!("{:?}", (c.family, &c.predicate, s, o, &c.when, value, c.phase, c.modality, c.polarity, speaker))
}

fn row(r: &ClaimRow, p: &Predicate, kin: &Kinship, a: &Side, b: Option<&Side>, conflict: bool) -> TimelineRow {
    let c = &r.claim;
    let side = |id: &str| [Some(a), b].into_iter().flatten().find(|s| s.relation(id).is_some());
    let party = |x: &Option<crate::values::Party>, id: Option<&str>| {
        let (x, id) = (x.as_ref()?, id?);
        // An act is shown under the name of who does it; a standing under the name of whose it is.
        let id = if p.family == Family::Event { x.id.as_str() } else { id };
        Some(PartyRef::new(id, if id == x.id { &x.label } else { "" }, side(id), kin))
    };
    let (s, o) = parties(r, p, kin);
    let (from, to) = match c.when.split_once('/') {
        Some((a, b)) => (a, b),
        None => (c.when.as_str(), ""),
    };
    let known = |d: &str| (!d.is_empty() && d != "..").then(|| d.to_string());
    TimelineRow {
        predicate: c.predicate.clone(),
        subject: party(&c.subject, s),
        object: party(&c.object, o),
        from: known(from),
        to: known(to),
        value: Value::Object(c.value.clone()),
        phase: c.phase,
        modality: c.modality,
        polarity: c.polarity,
        by: by(r),
        conflict,
        claims: vec![r.id.clone()],
    }
}
