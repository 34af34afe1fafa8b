//! Every question answered twice: by the program over a ledger, and by a plain walk through what was told, day by day.
//!
//! The walk shares no code with `ask`. It needs no ranges, since every claim of these histories has a day of its own: the day
//! it is dated to, or for an undated "it holds" or "it does not" the day it was said. What the histories do have: standings
//! of either kind that begin, end and begin again, refusals, hedged words, events, tellings recorded in any order of their
//! days, claims rejected by a reviewer, actors merged, told apart and merged again, acts undone, and questions as of any
//! moment of the ledger's own time. Ranges of days, values and ranks have their cases in `suite/ask` and `status_fold`.
mod common;

use chancery_core::ask::{
    Actor, Answer, ConflictKind, Kinship, changes, conflicts, conflicts_of_many, edges, learned, matrix, shortest,
    status, timeline, who,
};
use chancery_core::knowledge::{DataFiles, Ontology};
use chancery_core::ledger::{Act, Filter, Ledger, Review, Run, Verdict};
use chancery_core::values::{AsOf, Claim, SourceText};
use common::{cases, day};
use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::convert::Infallible;
use std::sync::OnceLock;

const ACTORS: [&str; 5] = ["AAA", "BBB", "CCC", "DDD", "EEE"];
/// Recognition goes one way, relations go both.
const PREDICATES: [&str; 2] = ["recognition", "relations"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Begins,
    Ends,
    Holds,
    Refuses,
    May,
    Event,
}

#[derive(Debug, Clone)]
struct Told {
    subject: usize,
    object: usize,
    predicate: usize,
    says: Says,
    /// Of the world; no two claims of a history share one.
    day: usize,
    undated: bool,
}

#[derive(Debug, Clone)]
enum Step {
    Tell(Told),
    Merge(usize, usize),
    Part(usize, usize),
    /// Takes back the n-th act so far.
    Undo(usize),
    /// A reviewer rejects the n-th claim so far.
    Reject(usize),
}

fn history() -> impl Strategy<Value = Vec<Step>> {
    use Says::*;
    let told = (
        0..5usize,
        0..5usize,
        0..2usize,
        prop::sample::select(vec![Begins, Begins, Ends, Holds, Refuses, May, Event]),
        any::<bool>(),
    );
    let step = prop_oneof![
        8 => told.prop_map(|(subject, object, predicate, says, undated)| {
            let undated = undated && matches!(says, Holds | Refuses);
            Step::Tell(Told { subject, object, predicate, says, day: 0, undated })
        }),
        1 => (0..5usize, 1..5usize).prop_map(|(a, d)| Step::Merge(a, (a + d) % 5)),
        1 => (0..5usize, 1..5usize).prop_map(|(a, d)| Step::Part(a, (a + d) % 5)),
        1 => (0..3usize).prop_map(Step::Undo),
        1 => (0..8usize).prop_map(Step::Reject),
    ];
    (prop::collection::vec(step, 1..16), Just((0..20usize).collect::<Vec<_>>()).prop_shuffle()).prop_map(
        |(mut steps, days)| {
            for (s, day) in steps.iter_mut().zip(days) {
                if let Step::Tell(t) = s {
                    t.day = day;
                }
            }
            steps
        },
    )
}

/// The moment of the n-th step.
fn moment(n: usize) -> Timestamp {
    format!("2026-01-{:02}T10:00:00Z", n + 1).parse().unwrap()
}

/// Plays a history into a ledger. Gives back the claims' ids, in the order of telling.
fn play(steps: &[Step], ontology: &Ontology) -> (Ledger, Vec<String>) {
    let mut ledger = Ledger::in_memory().unwrap();
    let mut ids: Vec<String> = Vec::new();
    let mut acts: Vec<i64> = Vec::new();
    for (n, step) in steps.iter().enumerate() {
        let act = |l: &mut Ledger, a: Act| l.act(&a, "me", "", moment(n)).unwrap();
        match step {
            Step::Tell(t) => {
                let party =
                    |i: usize| json!({"id": ACTORS[i], "label": ACTORS[i], "mention": ACTORS[i], "kind": "state"});
                let (phase, polarity, modality) = match t.says {
                    Says::Begins => ("begins", "yes", "asserted"),
                    Says::Ends => ("ends", "yes", "asserted"),
                    Says::Holds => ("holds", "yes", "asserted"),
                    Says::Refuses => ("holds", "no", "asserted"),
                    Says::May => ("begins", "yes", "possible"),
                    Says::Event => ("", "yes", "asserted"),
                };
                let event = t.says == Says::Event;
                let mut claim = json!({
                    "doc": "", "quote": "words", "span": [0, 5], "family": if event { "event" } else { "standing" },
                    "predicate": if event { "assault" } else { PREDICATES[t.predicate] },
                    "subject": party(t.subject), "object": party(t.object), "polarity": polarity, "modality": modality,
                    "by": "author", "when": if t.undated { String::new() } else { day(t.day).to_string() },
                    "said": if t.undated { day(t.day).to_string() } else { "2021-01-01".into() },
                    "frame": "test", "confidence": 0.7,
                });
                if !event {
                    claim["phase"] = json!(phase);
                }
                let claim: Claim = serde_json::from_value(claim).unwrap();
                assert!(ontology.get(claim.family, &claim.predicate).is_some());
                let source = SourceText {
                    id: n.to_string(),
                    hash: n.to_string(),
                    text: format!("words {n}"),
                    ..SourceText::default()
                };
                ledger.record(&Run::default(), &source, &[claim], moment(n)).unwrap();
                let filter = Filter { doc: Some(n.to_string()), ..Filter::default() };
                ids.push(ledger.claims(&filter, None).unwrap()[0].id.clone());
            }
            Step::Merge(a, b) => acts.extend(act(&mut ledger, Act::Merge(ACTORS[*a].into(), ACTORS[*b].into())).ok()),
            Step::Part(a, b) => acts.extend(act(&mut ledger, Act::Split(ACTORS[*a].into(), ACTORS[*b].into())).ok()),
            Step::Undo(k) => {
                if let Some(row) = acts.get(*k).copied() {
                    let _ = act(&mut ledger, Act::Undo(row));
                }
            }
            Step::Reject(k) => {
                if let Some(claim) = ids.get(*k).cloned() {
                    let review = Review {
                        claim,
                        verdict: Verdict::Reject,
                        correction: Default::default(),
                        by: "me".into(),
                        note: String::new(),
                    };
                    ledger.review(&review, moment(n)).unwrap().unwrap();
                }
            }
        }
    }
    (ledger, ids)
}

/// What a reader with paper and pencil knows after the first `upto` steps.
struct Paper<'h> {
    /// Not rejected, with the id.
    told: Vec<(&'h Told, &'h str, usize)>,
    one: [usize; 5],
}

fn paper<'h>(steps: &'h [Step], ids: &'h [String], upto: usize) -> Paper<'h> {
    let mut told: Vec<(&Told, &str, usize)> = Vec::new();
    // who, with whom, whether they are one, and whether it stands
    let mut acts: Vec<(usize, usize, bool, bool)> = Vec::new();
    let mut rejected: BTreeSet<usize> = BTreeSet::new();
    let mut ids = ids.iter();
    for (n, s) in steps[..upto].iter().enumerate() {
        match s {
            Step::Tell(t) => told.push((t, ids.next().unwrap(), n)),
            Step::Merge(a, b) => acts.push((*a.min(b), *a.max(b), true, true)),
            Step::Part(a, b) => acts.push((*a.min(b), *a.max(b), false, true)),
            Step::Undo(k) => {
                if let Some(a) = acts.get_mut(*k) {
                    a.3 = false;
                }
            }
            Step::Reject(k) if *k < told.len() => drop(rejected.insert(*k)),
            Step::Reject(_) => {}
        }
    }
    let mut last: BTreeMap<(usize, usize), bool> = BTreeMap::new();
    for (a, b, same, _) in acts.iter().filter(|act| act.3) {
        last.insert((*a, *b), *same);
    }
    let mut one = [0, 1, 2, 3, 4];
    // few actors: spread the smallest name until nothing changes
    for _ in 0..5 {
        for ((a, b), same) in &last {
            if *same {
                let least = one[*a].min(one[*b]);
                (one[*a], one[*b]) = (least, least);
            }
        }
    }
    let told = told.into_iter().enumerate().filter(|(n, _)| !rejected.contains(n)).map(|(_, t)| t).collect();
    Paper { told, one }
}

/// One standing: predicate, subject, object, by the names under which they stand; either order for relations.
type Key = (usize, usize, usize);

impl<'h> Paper<'h> {
    fn key(&self, t: &Told) -> Key {
        let (s, o) = (self.one[t.subject], self.one[t.object]);
        if t.predicate == 1 { (1, s.min(o), s.max(o)) } else { (0, s, o) }
    }

    fn standings(&self) -> BTreeMap<Key, Vec<(&'h Told, &'h str)>> {
        let mut out: BTreeMap<Key, Vec<(&Told, &str)>> = BTreeMap::new();
        for (t, id, _) in self.told.iter().filter(|(t, ..)| t.says != Says::Event) {
            out.entry(self.key(t)).or_default().push((t, id));
        }
        for list in out.values_mut() {
            list.sort_by_key(|(t, _)| t.day);
        }
        out
    }
}

fn is_turn(t: &Told) -> bool {
    matches!(t.says, Says::Begins | Says::Ends)
}

fn is_so(t: &Told) -> bool {
    matches!(t.says, Says::Begins | Says::Holds)
}

/// What still counts on a day: all that was told of before, but for what a later turn undid.
fn counts<'h>(list: &[(&'h Told, &'h str)], at: usize) -> Vec<(&'h Told, &'h str)> {
    let firm: Vec<_> = list.iter().filter(|(t, _)| t.says != Says::May && t.day <= at).copied().collect();
    let undone = |t: &Told| firm.iter().any(|(u, _)| is_turn(u) && u.day > t.day && is_so(u) != is_so(t));
    firm.iter().filter(|(t, _)| !undone(t)).copied().collect()
}

/// Do two that both count contradict each other? The later is `b`.
fn contradict(a: &Told, b: &Told) -> Option<ConflictKind> {
    if is_so(a) != is_so(b) {
        // a later turn is how things go; to be told otherwise without one is another matter
        return (!is_turn(b)).then_some(ConflictKind::Polarity);
    }
    (is_turn(a) && is_turn(b)).then_some(ConflictKind::Date)
}

/// Answer, whether disputed, and the claims it rests on.
fn answer(list: &[(&Told, &str)], at: usize) -> Option<(Answer, bool, BTreeSet<String>)> {
    let (mut state, mut refused) = (None, false);
    for (t, _) in list.iter().filter(|(t, _)| t.day <= at) {
        match t.says {
            Says::Begins => (state, refused) = (Some(Answer::Yes), false),
            Says::Ends => (state, refused) = (Some(Answer::No), false),
            Says::Refuses => (state, refused) = (Some(Answer::No), true),
            Says::Holds if !refused => state = Some(Answer::Yes),
            _ => {}
        }
    }
    let names = |of: &[(&Told, &str)]| of.iter().map(|(_, id)| id.to_string()).collect();
    if let Some(state) = state {
        let all = counts(list, at);
        let disputed = (0..all.len()).any(|n| (0..n).any(|m| contradict(all[m].0, all[n].0).is_some()));
        return Some((state, disputed, names(&all)));
    }
    // what only ends later held before that; else hedged words are all there is
    let next = list.iter().find(|(t, _)| t.day > at && t.says != Says::May);
    if let Some((t, id)) = next.filter(|(t, _)| t.says == Says::Ends) {
        return Some((Answer::Possibly, false, names(&[(t, id)])));
    }
    let may: Vec<_> = list.iter().filter(|(t, _)| t.says == Says::May && t.day <= at).copied().collect();
    (!may.is_empty()).then(|| (Answer::Possibly, false, names(&may)))
}

type Clash = (Key, String, BTreeSet<String>);

/// Groups of claims of one standing that hang together by contradiction of one kind, on whatever day.
fn clashes(p: &Paper) -> BTreeSet<Clash> {
    let mut out = BTreeSet::new();
    for (key, list) in p.standings() {
        let mut pairs: BTreeMap<String, Vec<(&str, &str)>> = BTreeMap::new();
        for at in 0..40 {
            let all = counts(&list, at);
            for (n, b) in all.iter().enumerate() {
                for a in &all[..n] {
                    if let Some(kind) = contradict(a.0, b.0) {
                        pairs.entry(kind.as_str().into()).or_default().push((a.1, b.1));
                    }
                }
            }
        }
        for (kind, pairs) in pairs {
            let mut left: BTreeSet<&str> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
            while let Some(first) = left.pop_first() {
                let mut group = BTreeSet::from([first.to_string()]);
                loop {
                    let more = pairs.iter().flat_map(|(a, b)| [(a, b), (b, a)]);
                    let next =
                        more.filter(|(a, b)| group.contains(**a) && !group.contains(**b)).map(|(_, b)| *b).next();
                    let Some(next) = next else { break };
                    left.remove(next);
                    group.insert(next.to_string());
                }
                out.insert((key, kind.clone(), group));
            }
        }
    }
    out
}

fn number(id: &str) -> usize {
    ACTORS.iter().position(|a| *a == id).unwrap()
}

fn key_of(predicate: &str, s: &str, o: &str) -> Key {
    let (s, o) = (number(s), number(o));
    if predicate == "relations" { (1, s.min(o), s.max(o)) } else { (0, s, o) }
}

fn set(ids: &[String]) -> BTreeSet<String> {
    ids.iter().cloned().collect()
}

type Rows = BTreeMap<Key, (Answer, bool, BTreeSet<String>)>;

fn check(steps: &[Step], upto: usize, at: usize, (a, b): (usize, usize)) -> Result<(), TestCaseError> {
    static ONTOLOGY: OnceLock<Ontology> = OnceLock::new();
    let ontology = ONTOLOGY.get_or_init(|| Ontology::load(&DataFiles::embedded()).0);
    let (ledger, ids) = play(steps, ontology);
    // as the ledger knew after the first `upto` steps
    let known = (upto < steps.len()).then(|| moment(upto - 1));
    let p = paper(steps, &ids, upto);
    let actor = |id: &str| Actor { id: id.into(), label: id.into(), kind: "state".into(), ..Actor::default() };
    let kin = Kinship::new(ACTORS.map(actor), &ledger.judgements(known).unwrap());
    let as_of = AsOf { valid_at: day(at), known_at: known };
    let fetch = |f: &Filter| ledger.claims(f, known).unwrap();
    let (left, right) = (kin.side(ACTORS[a]), kin.side(ACTORS[b]));
    let (one_a, one_b) = (p.one[a], p.one[b]);
    let standings = p.standings();
    let answers: Rows = standings.iter().filter_map(|(k, list)| Some((*k, answer(list, at)?))).collect();

    // status
    let rows = status(&as_of, &fetch(&Filter::between(&left.parties, &right.parties)), ontology, &kin, &left, &right);
    let got: Rows = rows
        .iter()
        .map(|r| (key_of(&r.predicate, &r.subject.id, &r.object.id), (r.answer, r.conflict, set(&r.claims))))
        .collect();
    let between = |k: &Key| (k.1, k.2) == (one_a, one_b) || (k.1, k.2) == (one_b, one_a);
    let want: Rows = answers.iter().filter(|(k, _)| between(k)).map(|(k, v)| (*k, v.clone())).collect();
    prop_assert_eq!(&got, &want, "status");
    prop_assert_eq!(got.len(), rows.len());

    // who
    for (n, predicate) in PREDICATES.iter().enumerate() {
        let filter = Filter {
            predicates: vec![predicate.to_string()],
            object: Some(right.parties.clone()),
            either_order: n == 1,
            ..Filter::default()
        };
        let rows = who(&as_of, &fetch(&filter), ontology, &kin, predicate, &right);
        let got: Rows = rows
            .iter()
            .map(|r| (key_of(predicate, &r.subject.id, &r.object.id), (r.answer, r.conflict, set(&r.claims))))
            .collect();
        let of = |k: &Key| k.0 == n && (k.2 == one_b || n == 1 && k.1 == one_b);
        let want: Rows = answers.iter().filter(|(k, _)| of(k)).map(|(k, v)| (*k, v.clone())).collect();
        prop_assert_eq!(got, want, "who {}", predicate);
    }

    // matrix
    let recognition = Filter { predicates: vec!["recognition".into()], ..Filter::default() };
    let rows = matrix(&as_of, &fetch(&recognition), ontology, &kin, "recognition", &[], &[]);
    let got: Rows = rows
        .iter()
        .map(|r| (key_of("recognition", &r.subject.id, &r.object.id), (r.answer, r.conflict, set(&r.claims))))
        .collect();
    let want: Rows = answers.iter().filter(|(k, _)| k.0 == 0).map(|(k, v)| (*k, v.clone())).collect();
    prop_assert_eq!(got, want, "matrix");

    // network and path
    let ties = edges(&as_of, &fetch(&Filter::default()), ontology, &kin);
    let got: Rows = ties
        .iter()
        .map(|r| (key_of(&r.predicate, &r.subject.id, &r.object.id), (r.answer, r.conflict, set(&r.claims))))
        .collect();
    let tied = |k: &Key, v: &(Answer, bool, BTreeSet<String>)| v.0 != Answer::No && k.1 != k.2;
    let want: Rows = answers.iter().filter(|(k, v)| tied(k, v)).map(|(k, v)| (*k, v.clone())).collect();
    prop_assert_eq!(got, want.clone(), "network");
    let way = shortest(&ties, &left.parties.ids, &right.parties.ids);
    let mut reached = BTreeMap::from([(one_a, 0)]);
    let mut todo = VecDeque::from([one_a]);
    while let Some(x) = todo.pop_front() {
        for k in want.keys().filter(|k| k.1 == x || k.2 == x) {
            let y = if k.1 == x { k.2 } else { k.1 };
            if !reached.contains_key(&y) {
                reached.insert(y, reached[&x] + 1);
                todo.push_back(y);
            }
        }
    }
    prop_assert_eq!(way.len(), reached.get(&one_b).copied().unwrap_or(0), "path");

    // conflicts, with and without their words
    let rows = fetch(&Filter::default());
    let grades = ledger.grades(known).unwrap();
    let found = conflicts(&rows, ontology, &kin, &grades);
    let got: BTreeSet<Clash> = found
        .iter()
        .map(|r| {
            let ends = (&r.subject.as_ref().unwrap().id, &r.object.as_ref().unwrap().id);
            let claims = r.sides.iter().flat_map(|s| s.claims.clone()).collect();
            (key_of(&r.predicate, ends.0, ends.1), r.kind.as_str().to_string(), claims)
        })
        .collect();
    let want = clashes(&p);
    prop_assert_eq!(got, want.clone(), "conflicts");
    let parts: Vec<_> = (0..3).map(|part| ledger.claims_to_weigh(part, 3, known).unwrap()).collect();
    let all = fetch(&Filter::default());
    let whole =
        |ids: BTreeSet<String>| Ok::<_, Infallible>(all.iter().filter(|r| ids.contains(&r.id)).cloned().collect());
    let weighed = conflicts_of_many(&parts, ontology, &kin, &grades, whole).unwrap();
    prop_assert_eq!(weighed, found);

    // timeline
    let disputed: BTreeSet<&String> = want.iter().flat_map(|(_, _, claims)| claims).collect();
    let rows =
        timeline(&fetch(&Filter::between(&left.parties, &right.parties)), ontology, &kin, &left, Some(&right), None);
    let got: Vec<(String, bool)> = rows.iter().map(|r| (r.claims.join(" "), r.conflict)).collect();
    let ends = |t: &Told| (p.one[t.subject], p.one[t.object]);
    let told: Vec<_> = p.told.iter().filter(|(t, ..)| ends(t) == (one_a, one_b) || ends(t) == (one_b, one_a)).collect();
    // undated tellings of the same are one row, where the first of them stands; recorded earlier is named earlier
    let mut want: Vec<((bool, usize), Vec<&str>)> = Vec::new();
    let mut same: BTreeMap<(Key, u8), usize> = BTreeMap::new();
    for (t, id, _) in &told {
        let n = match t.undated {
            true => *same.entry((p.key(t), u8::from(is_so(t)))).or_insert(want.len()),
            false => want.len(),
        };
        match want.get_mut(n) {
            Some((_, ids)) => ids.push(id),
            None => want.push(((t.undated, t.day), vec![id])),
        }
    }
    want.sort_by_key(|(at, _)| *at);
    let clashing = |ids: &[&str]| ids.iter().any(|id| disputed.contains(&id.to_string()));
    let want: Vec<(String, bool)> = want.iter().map(|(_, ids)| (ids.join(" "), clashing(ids))).collect();
    prop_assert_eq!(got, want, "timeline");

    // changes of the world: turns that were no news of what was so already, and events
    let (since, until) = (at.min(5), at.max(5));
    let rows = changes(&fetch(&Filter::default()), ontology, &kin, day(since), day(until));
    let got: BTreeSet<String> = rows.iter().map(|r| format!("{} {}", r.date, r.claims.join(" "))).collect();
    let mut want: BTreeSet<String> = BTreeSet::new();
    for list in standings.values() {
        for (t, id) in list.iter().filter(|(t, _)| is_turn(t) && (since..=until).contains(&t.day)) {
            let so = |at: usize| answer(list, at).filter(|x| x.0 != Answer::Possibly).map(|x| x.0 == Answer::Yes);
            let before = t.day.checked_sub(1).and_then(so) == Some(is_so(t));
            let by_turn = t.day > 0 && counts(list, t.day - 1).iter().any(|(u, _)| is_turn(u) && is_so(u) == is_so(t));
            if !(before && by_turn) {
                want.insert(format!("{} {id}", day(t.day)));
            }
        }
    }
    for (t, id, _) in p.told.iter().filter(|(t, ..)| t.says == Says::Event && (since..=until).contains(&t.day)) {
        want.insert(format!("{} {id}", day(t.day)));
    }
    prop_assert_eq!(got, want, "changes");

    // changes of knowledge
    let from = upto / 2;
    let rows = fetch(&Filter { moved_since: Some(moment(from)), ..Filter::default() });
    let got: Vec<String> =
        learned(&rows, ontology, &kin, moment(from), moment(upto - 1)).iter().map(|r| r.claims.join(" ")).collect();
    let tells = steps[..upto].iter().enumerate().filter(|(_, s)| matches!(s, Step::Tell(_)));
    let want: Vec<String> = tells.zip(&ids).filter(|((n, _), _)| *n >= from).map(|(_, id)| id.clone()).collect();
    prop_assert_eq!(got, want, "learned");
    Ok(())
}

proptest! {
    #![proptest_config(cases(1000))]
    #[test]
    fn every_question_is_the_naive_fold(
        steps in history(), upto in 1..16usize, at in 0..22usize, a in 0..5usize, b in 1..5usize,
    ) {
        let upto = upto.min(steps.len());
        check(&steps, upto, at, (a, (a + b) % 5))?;
    }
}
