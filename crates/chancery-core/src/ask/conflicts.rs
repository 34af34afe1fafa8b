//! `conflicts [A B]`: where voices say what cannot all be so, what each says, and which of them each policy follows.
//!
//! ```text
//!   claims of one standing --fold--> observations --pairs that disagree, by kind--> groups --> sides, policies
//!   claims of one act on one day ----------------------------------------------^
//! ```
//!
//! A conflict is a group of claims that hang together by disagreement of one kind. Nothing is decided: a policy names
//! the position it would follow, or none where it cannot tell (a tie, no grade, no review).
use super::fold::{Observation, Sort, disagree_but_for_voice, said_by, same_voice, source, state_at, values_differ};
use super::rows::PartyRef;
use super::sides::Kinship;
use super::standing::{Placed, Standing, identity_of, numbered, placed, standings, standings_of};
use crate::knowledge::{Ontology, Predicate, Role};
use crate::ledger::{ClaimRow, Days, Grades};
use crate::values::{By, Family, Modality, Phase, Polarity};
use foldhash::{HashMap, HashMapExt};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// In what they differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ConflictKind {
    Date,
    Value,
    Polarity,
    /// Tolls.
    Extent,
    /// One says that it is so, another that it may or will be.
    Modality,
}

impl ConflictKind {
    pub fn as_str(self) -> &'static str {
        match self {
            ConflictKind::Date => "date",
            ConflictKind::Value => "value",
            ConflictKind::Polarity => "polarity",
            ConflictKind::Extent => "extent",
            ConflictKind::Modality => "modality",
        }
    }
}

/// What one voice says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Voice {
    pub value: Map<String, Value>,
    /// EDTF, "" = undated.
    pub when: String,
    pub polarity: Polarity,
    pub modality: Modality,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// "author", or the speaker's name.
    pub by: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// EDTF: when it was said; "" = unknown.
    pub said: String,
    /// Admiralty code ("B2"), where the user graded the publisher or the claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    pub quote: String,
    pub claims: Vec<String>,
    /// Sides of one conflict with the same number say the same in what it is about.
    pub position: usize,
}

/// What a policy would answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Position {
    pub value: Map<String, Value>,
    pub when: String,
    pub polarity: Polarity,
    pub modality: Modality,
    /// As in the sides.
    pub position: usize,
}

/// Which position each policy follows; none where it cannot tell.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Policies {
    /// Said last.
    pub latest: Option<Position>,
    /// By most distinct speakers or publishers.
    pub most_sources: Option<Position>,
    /// By the source of the best grade.
    pub highest_grade: Option<Position>,
    /// Accepted or corrected by a reviewer.
    pub reviewed: Option<Position>,
}

/// A conflict.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConflictRow {
    pub predicate: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<PartyRef>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<PartyRef>,
    pub kind: ConflictKind,
    /// "1 day apart", "denied", "growing toll"; may be empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub how: String,
    pub sides: Vec<Voice>,
    pub policies: Policies,
}

/// Every conflict among these claims, standings before events, in the order of the ontology and then of the claims.
pub fn conflicts(claims: &[ClaimRow], ontology: &Ontology, kin: &Kinship, grades: &Grades) -> Vec<ConflictRow> {
    let mut out = Vec::new();
    clashes(claims, ontology, kin, |clash| out.push(row(&clash, kin, grades)));
    out
}

/// The same over claims fetched without their words and in parts ([`crate::ledger::Ledger::claims_to_weigh`]), by two
/// threads, each of which weighs half of the pairs of parties: a claim is contradicted by claims of its own pair alone.
/// `whole` fetches the claims with these ids as they are to be shown.
///
/// # Errors
/// Those of `whole`.
pub fn conflicts_of_many<E: Send>(
    parts: &[Vec<ClaimRow>],
    ontology: &Ontology,
    kin: &Kinship,
    grades: &Grades,
    whole: impl Fn(BTreeSet<String>) -> Result<Vec<ClaimRow>, E> + Sync,
) -> Result<Vec<ConflictRow>, E> {
    let numbers = numbered(ontology);
    let (first, rest) = parts.split_at(parts.len() / 2);
    let before = |part: &[Vec<ClaimRow>]| part.iter().map(Vec::len).sum::<usize>();
    let sort = |parts, from| by_pair(parts, from, &numbers, ontology, kin);
    let (a, b) = two(|| sort(first, 0), || sort(rest, before(first)));
    let half = |n: usize| weigh_half([&a[n], &b[n]], ontology, kin, grades, &whole);
    let (a, b) = two(|| half(0), || half(1));
    let mut all = a?;
    all.extend(b?);
    // the order that one thread would have found them in
    all.sort_by_key(|(place, _)| *place);
    Ok(all.into_iter().map(|(_, row)| row).collect())
}

/// Both at once.
fn two<A: Send, B: Send>(here: impl FnOnce() -> A, there: impl FnOnce() -> B + Send) -> (A, B) {
    std::thread::scope(|scope| {
        let there = scope.spawn(there);
        let here = here();
        (here, there.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// The claims in two halves, all of a pair of parties in one of them.
fn by_pair<'a>(
    parts: &'a [Vec<ClaimRow>],
    from: usize,
    numbers: &HashMap<(Family, &str), usize>,
    ontology: &Ontology,
    kin: &'a Kinship,
) -> [Vec<Placed<'a>>; 2] {
    let mut out = [Vec::new(), Vec::new()];
    for (n, row) in parts.iter().flatten().enumerate() {
        let Some(p) = placed(from + n, row, numbers, ontology, kin) else { continue };
        let sum =
            |id: Option<&str>| id.unwrap_or_default().bytes().fold(0u32, |h, b| h.wrapping_mul(31) ^ u32::from(b));
        // alike whichever way round the two stand
        let half = (sum(p.subject).wrapping_add(sum(p.object)) >> 3) & 1;
        out[half as usize].push(p);
    }
    out
}

/// Standings before events, then the predicate, then the place of the first claim.
type Place = (Family, usize, usize);

fn weigh_half<E>(
    rows: [&Vec<Placed<'_>>; 2],
    ontology: &Ontology,
    kin: &Kinship,
    grades: &Grades,
    whole: &impl Fn(BTreeSet<String>) -> Result<Vec<ClaimRow>, E>,
) -> Result<Vec<(Place, ConflictRow)>, E> {
    let (of_standings, of_acts): (Vec<Placed>, Vec<Placed>) =
        rows.into_iter().flatten().partition(|p| p.row.claim.family == Family::Standing);
    let mut found: Vec<(Place, Clash)> = Vec::new();
    let all = standings_of(&of_standings, ontology);
    let numbers = numbered(ontology);
    for s in &all {
        let n = numbers.get(&(Family::Standing, s.predicate.id.as_str())).copied().unwrap_or_default();
        of_standing(s, &mut |clash| found.push(((Family::Standing, n, s.first), clash)));
    }
    of_events(&of_acts, ontology, &mut |n, first, clash| found.push(((Family::Event, n, first), clash)));
    let ids: BTreeSet<String> = found.iter().flat_map(|(_, c)| &c.members).map(|m| m.row.id.clone()).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let shown = whole(ids)?;
    let shown: HashMap<&str, &ClaimRow> = shown.iter().map(|r| (r.id.as_str(), r)).collect();
    let full = |(place, clash): (Place, Clash)| {
        let members = clash.members.iter().map(|m| Member {
            row: shown.get(m.row.id.as_str()).copied().unwrap_or(m.row),
            position: m.position.clone(),
        });
        (place, row(&Clash { members: members.collect(), ..clash }, kin, grades))
    };
    Ok(found.into_iter().map(full).collect())
}

/// The ids of claims with which other voices disagree.
pub(super) fn disputed(claims: &[ClaimRow], ontology: &Ontology, kin: &Kinship) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    clashes(claims, ontology, kin, |clash| {
        // That somebody was less sure takes nothing from what others say.
        if clash.kind != ConflictKind::Modality {
            out.extend(clash.members.iter().map(|m| m.row.id.clone()));
        }
    });
    out
}

/// A claim in a conflict, and what it says of the matter.
struct Member<'a> {
    row: &'a ClaimRow,
    position: String,
}

struct Clash<'a> {
    predicate: &'a Predicate,
    subject: Option<&'a str>,
    object: Option<&'a str>,
    kind: ConflictKind,
    members: Vec<Member<'a>>,
}

fn clashes<'a>(claims: &'a [ClaimRow], ontology: &'a Ontology, kin: &'a Kinship, mut found: impl FnMut(Clash<'a>)) {
    for s in standings(claims, ontology, kin) {
        of_standing(&s, &mut found);
    }
    let numbers = numbered(ontology);
    let acts = claims.iter().enumerate().filter(|(_, r)| r.claim.family == Family::Event);
    let acts: Vec<Placed> = acts.filter_map(|(n, r)| placed(n, r, &numbers, ontology, kin)).collect();
    of_events(&acts, ontology, &mut |_, _, clash| found(clash));
}

/// Observations that say the same, of whoever; they are weighed once.
struct Class<'a> {
    shown: Observation<'a>,
    all: Vec<&'a ClaimRow>,
}

/// Do any two of the two classes come from two mouths?
fn two_voices(a: &[&ClaimRow], b: &[&ClaimRow]) -> bool {
    a.iter().any(|x| b.iter().any(|y| !same_voice(x, y)))
}

fn of_standing<'a>(s: &Standing<'a>, found: &mut impl FnMut(Clash<'a>)) {
    if s.rows.len() < 2 {
        return;
    }
    let measures = |o: &Observation| -> Vec<String> {
        s.predicate
            .keys(Role::Measure)
            .map(|k| o.row.claim.value.get(k).map_or(String::new(), Value::to_string))
            .collect()
    };
    let mut classes: Vec<Class> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for o in s.observations.iter().filter(|o| !o.implied) {
        let head = super::fold::has_head(o);
        let key = format!("{:?}", (o.sort as u8, o.state, o.lo, o.hi, &o.date, o.passing, head, measures(o)));
        let n = *places.entry(key).or_insert(classes.len());
        match classes.get_mut(n) {
            Some(c) => c.all.push(o.row),
            None => classes.push(Class { shown: o.clone(), all: vec![o.row] }),
        }
    }
    let shown: Vec<Observation> = classes.iter().map(|c| c.shown.clone()).collect();
    let implied = s.observations.iter().filter(|o| o.implied).cloned();
    let all: Vec<Observation> = shown.iter().cloned().chain(implied).collect();
    // Only a turn takes away from what bears, so it is enough to look on the days of turns, on their eves and at the end.
    let turns = all.iter().filter(|o| o.sort == Sort::Turn).flat_map(|o| [Some(o.hi), o.hi.yesterday().ok()]);
    let days: BTreeSet<Date> = turns.flatten().chain([Date::MAX]).collect();
    let mut edges: BTreeMap<ConflictKind, BTreeSet<(usize, usize)>> = BTreeMap::new();
    for day in days.into_iter().filter(|_| classes.len() > 1) {
        let Some(state) = state_at(&all, s.predicate, day) else { continue };
        let bearing: Vec<usize> = state.bearing.iter().filter_map(|o| shown.iter().position(|x| same(x, o))).collect();
        for (n, a) in bearing.iter().enumerate() {
            for b in &bearing[..n] {
                let (x, y) = (&classes[*a], &classes[*b]);
                if disagree_but_for_voice(&x.shown, &y.shown, s.predicate) && two_voices(&x.all, &y.all) {
                    let kind = if x.shown.state != y.shown.state {
                        ConflictKind::Polarity
                    } else if values_differ(&x.shown, &y.shown, s.predicate) {
                        ConflictKind::Value
                    } else {
                        ConflictKind::Date
                    };
                    edges.entry(kind).or_default().insert((*a.min(b), *a.max(b)));
                }
            }
        }
    }
    let clash = |kind, members| Clash { predicate: s.predicate, subject: s.subject, object: s.object, kind, members };
    for (kind, edges) in edges {
        for group in groups(classes.len(), &edges) {
            let members = group.iter().flat_map(|n| {
                let c = &classes[*n];
                let position = match kind {
                    ConflictKind::Polarity => c.shown.state.to_string(),
                    ConflictKind::Value => format!("{:?}", measures(&c.shown)),
                    _ => c.shown.date.clone(),
                };
                c.all.iter().map(move |row| Member { row, position: position.clone() })
            });
            found(clash(kind, once_each(members.collect())));
        }
    }
    let hedged = hedged(s, &classes);
    if !hedged.is_empty() {
        found(clash(ConflictKind::Modality, once_each(hedged)));
    }
}

fn same(a: &Observation, b: &Observation) -> bool {
    std::ptr::eq(a.row, b.row) && (a.sort, a.state, a.lo, a.hi) == (b.sort, b.state, b.lo, b.hi)
}

/// "May", "is expected to", said by one voice of what another had said is so, and nobody had said ended.
fn hedged<'a>(s: &Standing<'a>, classes: &[Class<'a>]) -> Vec<Member<'a>> {
    let mut out: Vec<Member<'a>> = Vec::new();
    for r in &s.rows {
        let c = &r.claim;
        let may = matches!(c.modality, Modality::Possible | Modality::Predicted | Modality::Intended);
        if !may || c.polarity == Polarity::No || c.phase == Some(Phase::Ends) {
            continue;
        }
        let said = said_by(r);
        let days = Days::of(&c.when);
        let ended = classes.iter().any(|k| !k.shown.state && k.shown.hi <= said);
        let firm = classes.iter().filter(|k| {
            let o = &k.shown;
            let when = days.from.is_none_or(|(lo, hi)| lo <= o.hi && o.lo <= hi);
            o.state && o.sort == Sort::Turn && !o.date.is_empty() && o.hi < said && when && two_voices(&k.all, &[r])
        });
        let firm: Vec<Member> = firm
            .flat_map(|k| k.all.iter().filter(|row| !same_voice(row, r)))
            .map(|row| Member { row, position: "asserted".into() })
            .collect();
        if !ended && !firm.is_empty() {
            out.extend(firm);
            out.push(Member { row: r, position: "hedged".into() });
        }
    }
    out
}

/// The same act of the same parties on the same day: told with another toll, denied, or told as no more than possible.
fn of_events<'a>(claims: &[Placed<'a>], ontology: &'a Ontology, found: &mut impl FnMut(usize, usize, Clash<'a>)) {
    type Key<'a> = (usize, Option<&'a str>, Option<&'a str>, Date, String);
    let mut acts: Vec<(Key<'a>, usize, Vec<&'a ClaimRow>)> = Vec::new();
    let mut places: HashMap<Key<'a>, usize> = HashMap::new();
    for Placed { at: first, row: r, predicate: n, subject: s, object: o } in claims.iter().copied() {
        let c = &r.claim;
        let told = matches!(c.modality, Modality::Asserted | Modality::Possible);
        let Some((day, last)) = Days::of(&c.when).from.filter(|_| told) else { continue };
        if day != last {
            continue;
        }
        let key = (n, s, o, day, format!("{:?}", identity_of(r, &ontology.all()[n])));
        let at = *places.entry(key.clone()).or_insert(acts.len());
        match acts.get_mut(at) {
            Some((_, _, list)) => list.push(r),
            None => acts.push((key, first, vec![r])),
        }
    }
    acts.sort_by_key(|((n, ..), ..)| *n);
    for ((n, subject, object, ..), first, list) in acts.into_iter().filter(|(_, _, l)| l.len() > 1) {
        let predicate = &ontology.all()[n];
        let toll = |r: &ClaimRow, k: &str| r.claim.value.get(k).map_or(String::new(), Value::to_string);
        let mut of = |kind: ConflictKind, rows: Vec<&'a ClaimRow>, position: &dyn Fn(&ClaimRow) -> String| {
            let mut by_position: BTreeMap<String, Vec<&ClaimRow>> = BTreeMap::new();
            for r in &rows {
                by_position.entry(position(r)).or_default().push(r);
            }
            let sides: Vec<&Vec<&ClaimRow>> = by_position.values().collect();
            if sides.iter().enumerate().any(|(n, a)| sides[..n].iter().any(|b| two_voices(a, b))) {
                let members = rows.iter().map(|r| Member { row: r, position: position(r) }).collect();
                found(n, first, Clash { predicate, subject, object, kind, members });
            }
        };
        let asserted: Vec<&ClaimRow> =
            list.iter().filter(|r| r.claim.modality == Modality::Asserted).copied().collect();
        of(ConflictKind::Polarity, asserted.clone(), &|r| r.claim.polarity.to_string());
        for k in predicate.keys(Role::Measure) {
            let telling = |r: &&&ClaimRow| r.claim.polarity == Polarity::Yes && r.claim.value.contains_key(k);
            of(ConflictKind::Extent, asserted.iter().filter(telling).copied().collect(), &|r| toll(r, k));
        }
        let yes = list.iter().filter(|r| r.claim.polarity == Polarity::Yes).copied().collect();
        of(ConflictKind::Modality, yes, &|r| r.claim.modality.to_string());
    }
}

/// The connected parts of a graph on n nodes; nodes without edges are left out.
fn groups(n: usize, edges: &BTreeSet<(usize, usize)>) -> Vec<Vec<usize>> {
    let mut root: Vec<usize> = (0..n).collect();
    fn find(root: &mut [usize], mut x: usize) -> usize {
        while root[x] != x {
            root[x] = root[root[x]];
            x = root[x];
        }
        x
    }
    let mut touched = BTreeSet::new();
    for (a, b) in edges {
        touched.extend([*a, *b]);
        let (a, b) = (find(&mut root, *a), find(&mut root, *b));
        root[a.max(b)] = a.min(b);
    }
    let mut out: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for x in touched {
        let r = find(&mut root, x);
        out.entry(r).or_default().push(x);
    }
    out.into_values().collect()
}

/// In the order of the claims, each once.
fn once_each(mut members: Vec<Member<'_>>) -> Vec<Member<'_>> {
    let mut seen = BTreeSet::new();
    members.retain(|m| seen.insert((m.row.id.clone(), m.position.clone())));
    members
}

fn row(clash: &Clash, kin: &Kinship, grades: &Grades) -> ConflictRow {
    let mut positions: Vec<&str> = Vec::new();
    let mut sides: Vec<Voice> = Vec::new();
    for m in &clash.members {
        let c = &m.row.claim;
        let position = positions.iter().position(|p| *p == m.position).unwrap_or_else(|| {
            positions.push(&m.position);
            positions.len() - 1
        });
        let voice = Voice {
            value: c.value.clone(),
            when: c.when.clone(),
            polarity: c.polarity,
            modality: c.modality,
            phase: c.phase,
            by: match &c.by {
                By::Author => "author".into(),
                By::Speaker(p) => p.label.clone(),
            },
            publisher: m.row.publisher.clone(),
            said: if c.said.is_empty() { m.row.published.clone().unwrap_or_default() } else { c.said.clone() },
            grade: grades.of(m.row.publisher.as_deref(), &m.row.id),
            quote: c.quote.clone(),
            claims: vec![m.row.id.clone()],
            position,
        };
        let alike = |v: &&mut Voice| {
            let of = |v: &Voice| (v.position, v.when.clone(), v.polarity, v.phase, v.by.clone(), v.publisher.clone());
            of(v) == of(&voice) && v.value == voice.value && v.grade == voice.grade && v.modality == voice.modality
        };
        match sides.iter_mut().find(alike) {
            Some(v) => v.claims.push(m.row.id.clone()),
            None => sides.push(voice),
        }
    }
    sides.sort_by_key(|v| v.position);
    let label = |id: &str| {
        let all = clash.members.iter().flat_map(|m| [&m.row.claim.subject, &m.row.claim.object]).flatten();
        all.filter(|p| p.id == id).map(|p| p.label.clone()).next().unwrap_or_default()
    };
    let party = |id: Option<&str>| id.map(|id| PartyRef::new(id, &label(id), None, kin));
    ConflictRow {
        predicate: clash.predicate.id.clone(),
        subject: party(clash.subject),
        object: party(clash.object),
        kind: clash.kind,
        how: how(clash),
        policies: policies(clash, &positions, &sides, grades),
        sides,
    }
}

/// The difference in words.
fn how(clash: &Clash) -> String {
    let claims = || clash.members.iter().map(|m| m.row);
    match clash.kind {
        ConflictKind::Date => {
            let day = |m: &Member| Days::of(&m.position).from;
            let days: Vec<(Date, Date)> = clash.members.iter().filter_map(day).collect();
            match (days.iter().map(|d| d.0).min(), days.iter().map(|d| d.1).max()) {
                (Some(a), Some(b)) if days.iter().all(|d| d.0 == d.1) => match a.duration_until(b).as_hours() / 24 {
                    1 => "1 day apart".into(),
                    n => format!("{n} days apart"),
                },
                _ => String::new(),
            }
        }
        ConflictKind::Polarity => {
            if claims().any(|r| r.claim.polarity == Polarity::No) {
                "denied".into()
            } else {
                "told after its end".into()
            }
        }
        ConflictKind::Extent => {
            let mut tolls: Vec<(Date, Option<f64>)> =
                clash.members.iter().map(|m| (said_by(m.row), m.position.parse().ok())).collect();
            tolls.sort_by_key(|t| t.0);
            let grows = tolls.windows(2).all(|w| w[0].1 <= w[1].1);
            if grows && tolls.first().map(|t| t.0) < tolls.last().map(|t| t.0) {
                "growing toll".into()
            } else {
                String::new()
            }
        }
        ConflictKind::Value | ConflictKind::Modality => String::new(),
    }
}

fn policies(clash: &Clash, positions: &[&str], sides: &[Voice], grades: &Grades) -> Policies {
    let told = |n: usize| {
        sides.iter().find(|v| v.position == n).map(|v| Position {
            value: v.value.clone(),
            when: v.when.clone(),
            polarity: v.polarity,
            modality: v.modality,
            position: n,
        })
    };
    let of = |n: usize| clash.members.iter().filter(move |m| m.position == positions[n]).map(|m| m.row);
    Policies {
        latest: best(positions.len(), |n| of(n).map(said_by).max()).and_then(told),
        most_sources: best(positions.len(), |n| Some(of(n).map(source).collect::<BTreeSet<_>>().len())).and_then(told),
        // A before B, 1 before 2: the smaller is the better. F6 judges nothing.
        highest_grade: best(positions.len(), |n| {
            let graded = of(n).filter_map(|r| grades.of(r.publisher.as_deref(), &r.id)).filter(|g| g != "F6");
            graded.min().map(std::cmp::Reverse)
        })
        .and_then(told),
        reviewed: best(positions.len(), |n| {
            let vouched = |r: &&ClaimRow| matches!(r.review.as_deref(), Some("accept" | "correct"));
            Some(of(n).filter(vouched).count()).filter(|n| *n > 0)
        })
        .and_then(told),
    }
}

/// The one position that is best; none where two are.
fn best<T: Ord>(n: usize, of: impl Fn(usize) -> Option<T>) -> Option<usize> {
    let mut all: Vec<(T, usize)> = (0..n).filter_map(|n| Some((of(n)?, n))).collect();
    all.sort_by(|a, b| b.0.cmp(&a.0));
    match all.as_slice() {
        [(a, _), (b, _), ..] if a == b => None,
        [(_, n), ..] => Some(*n),
        [] => None,
    }
}
