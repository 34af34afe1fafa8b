//! `status A B` and `who PREDICATE OBJECT`: where things stand at a day.
use super::rows::{PartyRef, StatusRow, WhoRow};
use super::sides::{Kinship, Side};
use super::standing::{Standing, standings};
use crate::knowledge::{Ontology, Predicate};
use crate::ledger::ClaimRow;
use crate::values::{AsOf, Family, Party};

/// Every standing between two sides of which something is said at the day, in either direction, A's first.
/// `claims`: those between the two that the ledger held at `as_of.known_at`.
pub fn status(
    as_of: &AsOf,
    claims: &[ClaimRow],
    ontology: &Ontology,
    kin: &Kinship,
    a: &Side,
    b: &Side,
) -> Vec<StatusRow> {
    let mut out: Vec<(usize, StatusRow)> = Vec::new();
    for s in standings(claims, ontology, kin) {
        let (there, back) = (stands(&s, a, b), stands(&s, b, a));
        if !there && !back {
            continue;
        }
        let (Some(mut subject), Some(mut object), Some(answered)) = (s.subject, s.object, s.at(as_of.valid_at)) else {
            continue;
        };
        if s.predicate.symmetric && !there {
            std::mem::swap(&mut subject, &mut object);
        }
        let (left, right) = if there || s.predicate.symmetric { (a, b) } else { (b, a) };
        let row = StatusRow {
            predicate: s.predicate.id.clone(),
            subject: PartyRef::new(subject, label(&s, subject), Some(left), kin),
            object: PartyRef::new(object, label(&s, object), Some(right), kin),
            answer: answered.answer,
            since: answered.since.clone(),
            until: answered.until.clone(),
            at: as_of.valid_at.to_string(),
            known: as_of.known_at.map(|k| k.to_string()),
            conflict: answered.conflict,
            sources: answered.sources(),
            claims: answered.claims(),
            value: answered.value,
            sides: answered.views,
        };
        out.push((usize::from(!there && !s.predicate.symmetric), row));
    }
    out.sort_by_key(|(back, _)| *back);
    out.into_iter().map(|(_, r)| r).collect()
}

/// Every subject of which the ledger says something, in the order in which it heard of them; refusals are rows too. Those
/// that no text names ("three governments", "several states") come after those with a name.
pub fn who(
    as_of: &AsOf,
    claims: &[ClaimRow],
    ontology: &Ontology,
    kin: &Kinship,
    predicate: &str,
    object: &Side,
) -> Vec<WhoRow> {
    let mut out = Vec::new();
    for s in standings(claims, ontology, kin).iter().filter(|s| s.predicate.id == predicate) {
        let acts = s.predicate.object_acts_for_state();
        let holds =
            |of: fn(&ClaimRow) -> Option<&Party>| s.rows.iter().any(|r| of(r).is_some_and(|p| object.holds(p, acts)));
        let as_object = holds(|r| r.claim.object.as_ref());
        let turned = !as_object && s.predicate.symmetric && holds(|r| r.claim.subject.as_ref());
        let (subject, of) = if turned { (s.object, s.subject) } else { (s.subject, s.object) };
        let (Some(subject), Some(of), true, Some(answered)) = (subject, of, as_object || turned, s.at(as_of.valid_at))
        else {
            continue;
        };
        out.push(WhoRow {
            subject: PartyRef::new(subject, label(s, subject), None, kin),
            answer: answered.answer,
            since: answered.since.clone(),
            until: answered.until.clone(),
            conflict: answered.conflict,
            sources: answered.sources(),
            claims: answered.claims(),
            value: answered.value,
            sides: answered.views,
            object: PartyRef::new(of, label(s, of), Some(object), kin),
            at: as_of.valid_at.to_string(),
            known: as_of.known_at.map(|k| k.to_string()),
        });
    }
    out.sort_by_key(|r| is_nameless(&r.subject));
    out
}

/// A set or a person as the text has them, without a name: the last word of what they are called is a common noun.
pub fn is_nameless(p: &PartyRef) -> bool {
    let last = p.label.rsplit(' ').next().unwrap_or_default();
    p.id.starts_with('~') && last.starts_with(char::is_lowercase)
}

/// Is this a standing of A towards B?
fn stands(s: &Standing, a: &Side, b: &Side) -> bool {
    s.rows.iter().any(|r| between(r, s.predicate, a, b))
}

/// Does a claim tell of A as subject and B as object?
pub(super) fn between(r: &ClaimRow, predicate: &Predicate, a: &Side, b: &Side) -> bool {
    let event = predicate.family == Family::Event;
    let holds = |p: &Option<Party>, side: &Side, acts: bool| p.as_ref().is_some_and(|p| side.holds(p, acts || event));
    holds(&r.claim.subject, a, predicate.subject_acts_for_state())
        && holds(&r.claim.object, b, predicate.object_acts_for_state())
}

/// The label the claims give an actor.
fn label<'a>(s: &Standing<'a>, id: &str) -> &'a str {
    let parties = s.rows.iter().flat_map(|r| [&r.claim.subject, &r.claim.object]).flatten();
    parties.filter(|p| p.id == id).map(|p| p.label.as_str()).next().unwrap_or("")
}
