//! Claims sorted into standings: one standing is a predicate, two parties, and the values that tell it from another
//! (recognition *of the state* is not recognition *of the government*).
use super::fold::{Answer, Observation, Sort, is_rejected, observe, said_by, source, state_at, tie_undated};
use super::mission::rank_steps;
use super::rows::View;
use super::sides::Kinship;
use crate::knowledge::{Ontology, Predicate, Role};
use crate::ledger::{ClaimRow, Days};
use crate::values::{By, Family, Modality, Phase, Polarity};
use foldhash::{HashMap, HashMapExt};
use jiff::civil::Date;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// All that is claimed about one standing.
pub(super) struct Standing<'a> {
    pub predicate: &'a Predicate,
    /// Ids of the actors whose standing it is.
    pub subject: Option<&'a str>,
    pub object: Option<&'a str>,
    pub identity: Map<String, Value>,
    pub rows: Vec<&'a ClaimRow>,
    /// In the order of the claims.
    pub observations: Vec<Observation<'a>>,
    /// The place of its pair's first claim among all claims.
    pub first: usize,
}

/// What the ledger says of a standing at a day.
pub(super) struct Answered<'a> {
    pub answer: Answer,
    pub since: Option<String>,
    pub until: Option<String>,
    pub conflict: bool,
    pub value: Map<String, Value>,
    /// The claims it rests on.
    pub rows: Vec<&'a ClaimRow>,
    /// Where they disagree: what each of them says.
    pub views: Vec<View>,
}

impl Answered<'_> {
    pub fn sources(&self) -> usize {
        self.rows.iter().map(|r| source(r)).collect::<BTreeSet<_>>().len()
    }

    pub fn claims(&self) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for r in &self.rows {
            if !ids.contains(&r.id) {
                ids.push(r.id.clone());
            }
        }
        ids
    }
}

/// A claim with what it is of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed<'a> {
    /// Its place among all claims.
    pub at: usize,
    pub row: &'a ClaimRow,
    /// Index into the predicates of the ontology.
    pub predicate: usize,
    pub subject: Option<&'a str>,
    pub object: Option<&'a str>,
}

/// The predicates of the ontology by family and id.
pub(super) fn numbered(ontology: &Ontology) -> HashMap<(Family, &str), usize> {
    ontology.all().iter().enumerate().map(|(n, p)| ((p.family, p.id.as_str()), n)).collect()
}

/// What a claim is of; `None` for rejected ones and predicates the ontology does not know.
pub(super) fn placed<'a>(
    at: usize,
    row: &'a ClaimRow,
    numbers: &HashMap<(Family, &str), usize>,
    ontology: &Ontology,
    kin: &'a Kinship,
) -> Option<Placed<'a>> {
    let predicate = *numbers.get(&(row.claim.family, row.claim.predicate.as_str()))?;
    if is_rejected(row) {
        return None;
    }
    let (subject, object) = parties(row, &ontology.all()[predicate], kin);
    Some(Placed { at, row, predicate, subject, object })
}

/// Sorts claims into standings, in the order of the ontology and then of the claims. Events and predicates the
/// ontology does not know are left out.
pub(super) fn standings<'a>(rows: &'a [ClaimRow], ontology: &'a Ontology, kin: &'a Kinship) -> Vec<Standing<'a>> {
    let numbers = numbered(ontology);
    let of_standings = rows.iter().enumerate().filter(|(_, r)| r.claim.family == Family::Standing);
    let all: Vec<Placed> = of_standings.filter_map(|(n, r)| placed(n, r, &numbers, ontology, kin)).collect();
    standings_of(&all, ontology)
}

/// The same of claims of standings whose parties are known.
pub(super) fn standings_of<'a>(all: &[Placed<'a>], ontology: &'a Ontology) -> Vec<Standing<'a>> {
    let mut out: Vec<Standing> = Vec::new();
    let mut by_predicate: Vec<Vec<Placed>> = vec![Vec::new(); ontology.all().len()];
    for p in all {
        by_predicate[p.predicate].push(*p);
    }
    for (predicate, list) in ontology.all().iter().zip(&by_predicate).filter(|(p, _)| p.family == Family::Standing) {
        let mut pairs: Vec<(Placed, Vec<&ClaimRow>)> = Vec::new();
        let mut places: HashMap<(Option<&str>, Option<&str>), usize> = HashMap::new();
        for p in list {
            let (s, o) = (p.subject, p.object);
            let known = places.get(&(s, o)).or_else(|| places.get(&(o, s)).filter(|_| predicate.symmetric));
            match known {
                Some(n) => pairs[*n].1.push(p.row),
                None => {
                    places.insert((s, o), pairs.len());
                    pairs.push((*p, vec![p.row]));
                }
            }
        }
        for (first, list) in pairs {
            for identity in identities(&list, predicate) {
                let rows: Vec<&ClaimRow> =
                    list.iter().filter(|r| within(&identity_of(r, predicate), &identity)).copied().collect();
                let observations = rows.iter().flat_map(|r| observe(r, predicate)).collect();
                let (subject, object) = (first.subject, first.object);
                out.push(Standing { predicate, subject, object, identity, rows, observations, first: first.at });
            }
        }
    }
    let enders = enders(&by_predicate, ontology);
    let ends: Vec<(usize, Observation)> =
        out.iter().enumerate().flat_map(|(n, s)| implied_ends(n, s, &enders)).collect();
    for (n, o) in ends {
        out[n].observations.push(o);
    }
    for s in out.iter_mut().filter(|s| s.predicate.id == "mission") {
        keep_changes_of_rank(s);
    }
    for s in &mut out {
        tie_undated(&mut s.observations, s.predicate);
    }
    out
}

/// The actors whose standing a claim tells of.
pub(super) fn parties<'a>(
    r: &'a ClaimRow,
    predicate: &Predicate,
    kin: &'a Kinship,
) -> (Option<&'a str>, Option<&'a str>) {
    let day = Days::of(&r.claim.when).first().unwrap_or_else(|| said_by(r));
    (
        r.claim.subject.as_ref().map(|p| kin.stands_for(p, predicate, true, day)),
        r.claim.object.as_ref().map(|p| kin.stands_for(p, predicate, false, day)),
    )
}

/// Leaves the turns that the policy of ranks takes for changes (or repeats of them): an ambassador's credentials do not
/// make an embassy anew, and a closing that follows a break dates it.
fn keep_changes_of_rank(s: &mut Standing) {
    let mut told: Vec<&ClaimRow> = s.rows.clone();
    told.extend(s.observations.iter().filter(|o| o.implied).map(|o| o.row));
    let steps = rank_steps(&told);
    s.observations.retain(|o| {
        o.sort != Sort::Turn || o.date.is_empty() || steps.iter().any(|step| step.claims.contains(&o.row.id))
    });
}

/// Predicate and pair -> the observations of that predicate about them; only of predicates whose end ends others.
type Enders<'a> = HashMap<(&'a str, Option<&'a str>, Option<&'a str>), Vec<Observation<'a>>>;

fn enders<'a>(by_predicate: &[Vec<Placed<'a>>], ontology: &'a Ontology) -> Enders<'a> {
    let mut out: Enders<'a> = HashMap::new();
    let ends: BTreeSet<&str> = ontology.all().iter().flat_map(|p| &p.ends_with).map(String::as_str).collect();
    let ender = |p: &Predicate| p.family == Family::Standing && ends.contains(p.id.as_str());
    for (p, list) in ontology.all().iter().zip(by_predicate).filter(|(p, _)| ender(p)) {
        for Placed { row, subject: a, object: b, .. } in list {
            if row.claim.value.get("level").is_some_and(|l| l == "consular") {
                continue;
            }
            for o in observe(row, p).into_iter().filter(|o| o.sort == Sort::Turn && !o.state) {
                if p.symmetric && a != b {
                    out.entry((&p.id, *b, *a)).or_default().push(o.clone());
                }
                out.entry((&p.id, *a, *b)).or_default().push(o);
            }
        }
    }
    out
}

/// The end of a predicate on which this one depends (relations broken off: no mission is left).
fn implied_ends<'a>(n: usize, s: &Standing<'a>, enders: &Enders<'a>) -> Vec<(usize, Observation<'a>)> {
    let mut out = Vec::new();
    for e in &s.predicate.ends_with {
        let list = enders.get(&(e.as_str(), s.subject, s.object)).map_or(&[][..], Vec::as_slice);
        out.extend(list.iter().map(|o| (n, Observation { implied: true, ..o.clone() })));
    }
    out
}

/// The values that tell this standing from another, lower-cased.
pub(super) fn identity_of(r: &ClaimRow, predicate: &Predicate) -> Map<String, Value> {
    let value = |k: &str| match r.claim.value.get(k)? {
        Value::String(s) => Some(Value::String(s.to_lowercase())),
        v => Some(v.clone()),
    };
    predicate.keys(Role::Identity).filter_map(|k| Some((k.to_string(), value(k)?))).collect()
}

/// The distinct identities among claims; one that is silent on a key speaks of all that others name.
fn identities(rows: &[&ClaimRow], predicate: &Predicate) -> Vec<Map<String, Value>> {
    let mut all: Vec<Map<String, Value>> = Vec::new();
    for r in rows {
        let identity = identity_of(r, predicate);
        if !all.contains(&identity) {
            all.push(identity);
        }
    }
    let fullest = |m: &Map<String, Value>| !all.iter().any(|o| o != m && within(m, o));
    all.iter().filter(|m| fullest(m)).cloned().collect()
}

fn within(part: &Map<String, Value>, whole: &Map<String, Value>) -> bool {
    part.iter().all(|(k, v)| whole.get(k) == Some(v))
}

impl<'a> Standing<'a> {
    /// What is said of a day; `None` where nothing is.
    pub fn at(&self, day: Date) -> Option<Answered<'a>> {
        let Some(state) = state_at(&self.observations, self.predicate, day) else { return self.hedged(day) };
        let mut value = self.identity.clone();
        for o in state.bearing.iter().filter(|o| !o.implied && o.state == (state.answer != Answer::No)) {
            let known = o.row.claim.value.iter().filter(|(k, _)| !self.identity.contains_key(*k));
            value.extend(known.map(|(k, v)| (k.clone(), v.clone())));
        }
        let rows = state.bearing.iter().map(|o| o.row).collect();
        Some(Answered {
            answer: state.answer,
            since: state.since,
            until: state.until.filter(|u| !u.is_empty()),
            conflict: state.conflict,
            value,
            rows,
            views: if state.conflict { views(&state.bearing) } else { Vec::new() },
        })
    }

    /// "May have", "is expected to", "plans to": possibly, where nothing firmer is said. What is demanded or said on
    /// a condition says nothing of how things are.
    fn hedged(&self, day: Date) -> Option<Answered<'a>> {
        let by_now = |r: &ClaimRow| match Days::of(&r.claim.when).first() {
            Some(first) => first <= day,
            None => said_by(r) <= day,
        };
        let may_hold = |r: &&&ClaimRow| {
            let c = &r.claim;
            matches!(c.modality, Modality::Possible | Modality::Predicted | Modality::Intended)
                && c.polarity == Polarity::Yes
                && c.phase != Some(Phase::Ends)
                && by_now(r)
        };
        let rows: Vec<&ClaimRow> = self.rows.iter().filter(may_hold).copied().collect();
        let mut value = self.identity.clone();
        for r in &rows {
            let known = r.claim.value.iter().filter(|(k, _)| !self.identity.contains_key(*k));
            value.extend(known.map(|(k, v)| (k.clone(), v.clone())));
        }
        (!rows.is_empty()).then_some(Answered {
            answer: Answer::Possibly,
            since: None,
            until: None,
            conflict: false,
            value,
            rows,
            views: Vec::new(),
        })
    }
}

/// What each voice says, those that say the same together.
fn views(bearing: &[Observation]) -> Vec<View> {
    let mut out: Vec<View> = Vec::new();
    for o in bearing.iter().filter(|o| !o.implied) {
        let c = &o.row.claim;
        let view = View {
            answer: if o.state { Answer::Yes } else { Answer::No },
            value: c.value.clone(),
            when: c.when.clone(),
            by: match &c.by {
                By::Author => "author".into(),
                By::Speaker(p) => p.label.clone(),
            },
            publisher: o.row.publisher.clone(),
            quote: c.quote.clone(),
            claims: vec![o.row.id.clone()],
        };
        let same = |v: &&mut View| {
            (v.answer, &v.value, &v.when, &v.by, &v.publisher)
                == (view.answer, &view.value, &view.when, &view.by, &view.publisher)
        };
        match out.iter_mut().find(same) {
            Some(v) if v.claims.contains(&o.row.id) => {}
            Some(v) => v.claims.push(o.row.id.clone()),
            None => out.push(view),
        }
    }
    out
}
