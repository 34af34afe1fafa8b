//! `matrix`, `network` and `path`: the standings of many at once, at one day.
use super::fold::Answer;
use super::rows::PartyRef;
use super::sides::Kinship;
use super::standing::{Answered, Standing, standings};
use crate::knowledge::Ontology;
use crate::ledger::ClaimRow;
use crate::values::AsOf;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// One cell of a matrix: what is said of one standing of a subject towards an object.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MatrixRow {
    pub subject: PartyRef,
    pub object: PartyRef,
    pub answer: Answer,
    pub value: Map<String, Value>,
    pub sources: usize,
    pub conflict: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    pub claims: Vec<String>,
}

/// One tie of a network.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EdgeRow {
    pub subject: PartyRef,
    pub object: PartyRef,
    pub predicate: String,
    pub answer: Answer,
    pub value: Map<String, Value>,
    pub conflict: bool,
    pub claims: Vec<String>,
}

fn ends<'a>(s: &Standing<'a>, kin: &Kinship) -> Option<(PartyRef, PartyRef)> {
    let label = |id: &str| {
        let all = s.rows.iter().flat_map(|r| [&r.claim.subject, &r.claim.object]).flatten();
        all.filter(|p| p.id == id).map(|p| p.label.clone()).next().unwrap_or_default()
    };
    let party = |id: &str| PartyRef::new(id, &label(id), None, kin);
    Some((party(s.subject?), party(s.object?)))
}

/// Every subject by every object of which something is said at the day; `subjects` and `objects`: only these ids, and in
/// this order; empty = all, in the order of their ids. Pairs of which nothing is said have no row.
pub fn matrix(
    as_of: &AsOf,
    claims: &[ClaimRow],
    ontology: &Ontology,
    kin: &Kinship,
    predicate: &str,
    subjects: &[String],
    objects: &[String],
) -> Vec<MatrixRow> {
    let place = |id: &str, list: &[String]| match list.is_empty() {
        true => Some((0, id.to_string())),
        false => list.iter().position(|x| x == id).map(|n| (n, id.to_string())),
    };
    let mut out: Vec<(_, MatrixRow)> = Vec::new();
    for s in standings(claims, ontology, kin).iter().filter(|s| s.predicate.id == predicate) {
        let Some((mut subject, mut object)) = ends(s, kin) else { continue };
        let mut at = (place(&subject.id, subjects), place(&object.id, objects));
        if s.predicate.symmetric && (at.0.is_none() || at.1.is_none()) {
            std::mem::swap(&mut subject, &mut object);
            at = (place(&subject.id, subjects), place(&object.id, objects));
        }
        let ((Some(row), Some(column)), Some(a)) = (at, s.at(as_of.valid_at)) else { continue };
        let (sources, claims) = (a.sources(), a.claims());
        let Answered { answer, value, conflict, since, .. } = a;
        out.push(((row, column), MatrixRow { subject, object, answer, value, sources, conflict, since, claims }));
    }
    out.sort_by(|a, b| a.0.cmp(&b.0));
    out.into_iter().map(|(_, r)| r).collect()
}

/// The ties that hold, or possibly hold, at the day.
pub fn edges(as_of: &AsOf, claims: &[ClaimRow], ontology: &Ontology, kin: &Kinship) -> Vec<EdgeRow> {
    let of = |s: &Standing| {
        let a = s.at(as_of.valid_at).filter(|a| a.answer != Answer::No)?;
        let (subject, object) = ends(s, kin).filter(|(s, o)| s.id != o.id)?;
        Some(EdgeRow {
            subject,
            object,
            predicate: s.predicate.id.clone(),
            answer: a.answer,
            conflict: a.conflict,
            claims: a.claims(),
            value: a.value,
        })
    };
    standings(claims, ontology, kin).iter().filter_map(of).collect()
}

/// A shortest way from one of some actors to one of others along these ties, either direction; empty = none. Of several
/// shortest ways, one whose ties hold for sure goes before one of possible ties, then the order of the ties decides.
pub fn shortest(edges: &[EdgeRow], from: &BTreeSet<String>, to: &BTreeSet<String>) -> Vec<EdgeRow> {
    let mut ties: BTreeMap<&str, Vec<(usize, &str)>> = BTreeMap::new();
    let mut order: Vec<usize> = (0..edges.len()).collect();
    order.sort_by_key(|n| (edges[*n].answer, *n));
    for n in order {
        let (a, b) = (edges[n].subject.id.as_str(), edges[n].object.id.as_str());
        ties.entry(a).or_default().push((n, b));
        ties.entry(b).or_default().push((n, a));
    }
    let mut came: BTreeMap<&str, Option<(usize, &str)>> = from.iter().map(|id| (id.as_str(), None)).collect();
    let mut todo: VecDeque<&str> = from.iter().map(String::as_str).collect();
    while let Some(at) = todo.pop_front() {
        if to.contains(at) {
            let mut way = Vec::new();
            let mut at = at;
            while let Some(Some((n, before))) = came.get(at) {
                way.push(edges[*n].clone());
                at = before;
            }
            way.reverse();
            return way;
        }
        for (n, next) in ties.get(at).into_iter().flatten() {
            if !came.contains_key(next) {
                came.insert(next, Some((*n, at)));
                todo.push_back(next);
            }
        }
    }
    Vec::new()
}
