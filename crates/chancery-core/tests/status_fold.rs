//! Two ways to the same answer: `status` over claims fetched by SQL, and a plain walk through the same claims day by day.
mod common;

use chancery_core::ask::{Actor, Answer, Kinship, status};
use chancery_core::knowledge::{DataFiles, Ontology};
use chancery_core::ledger::{Filter, Ledger, Run};
use chancery_core::values::{AsOf, Claim, SourceText};
use common::{cases, day};
use proptest::prelude::*;
use serde_json::json;

const DAYS: usize = 12;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Says {
    Begins,
    Ends,
    Holds,
    Refuses,
    May,
}

/// What is said of a pair on each day of a window.
fn story() -> impl Strategy<Value = Vec<Option<Says>>> {
    use Says::*;
    prop::collection::vec(prop::option::of(prop::sample::select(vec![Begins, Ends, Holds, Refuses, May])), DAYS)
}

/// Exact days need no ranges: walk through them and keep what is so.
fn naive(story: &[Option<Says>], at: usize) -> Option<Answer> {
    let (mut state, mut refused, mut hedged) = (None, false, false);
    for says in story[..=at].iter().flatten() {
        match says {
            Says::Begins => (state, refused) = (Some(Answer::Yes), false),
            Says::Ends => (state, refused) = (Some(Answer::No), false),
            Says::Refuses => (state, refused) = (Some(Answer::No), true),
            Says::Holds if !refused => state = Some(Answer::Yes),
            Says::Holds => {}
            Says::May => hedged = true,
        }
    }
    // What only ends later held before that, nobody says since when.
    let next = story[at + 1..].iter().flatten().find(|s| **s != Says::May);
    let ends = next.is_some_and(|s| *s == Says::Ends);
    state.or((ends || hedged).then_some(Answer::Possibly))
}

proptest! {
    #![proptest_config(cases(300))]
    #[test]
    fn status_is_the_naive_fold(one in story(), other in story(), at in 0..DAYS) {
        let mut ledger = Ledger::in_memory().unwrap();
        let told = |s: &[Option<Says>], who| -> Vec<_> {
            s.iter().enumerate().filter_map(|(d, s)| Some((who, d, (*s)?))).collect()
        };
        for (n, (who, d, says)) in told(&one, "AAA").into_iter().chain(told(&other, "CCC")).enumerate() {
            let (phase, polarity, modality) = match says {
                Says::Begins => ("begins", "yes", "asserted"),
                Says::Ends => ("ends", "yes", "asserted"),
                Says::Holds => ("holds", "yes", "asserted"),
                Says::Refuses => ("holds", "no", "asserted"),
                Says::May => ("begins", "yes", "possible"),
            };
            let party = |id: &str| json!({"id": id, "label": id, "mention": id, "kind": "state"});
            let claim: Claim = serde_json::from_value(json!({
                "doc": "", "quote": "words", "span": [0, 5], "family": "standing", "predicate": "recognition",
                "subject": party(who), "object": party("BBB"), "phase": phase,
                "polarity": polarity, "modality": modality, "by": "author", "when": day(d).to_string(),
                "said": "2021-01-01",
            })).unwrap();
            let id = n.to_string();
            let source = SourceText { id: id.clone(), hash: id, text: format!("words {n}"), ..SourceText::default() };
            ledger.record(&Run::default(), &source, &[claim], "2026-01-01T00:00:00Z".parse().unwrap()).unwrap();
        }
        let (ontology, _) = Ontology::load(&DataFiles::embedded());
        let actor = |id: &str| Actor { id: id.into(), label: id.into(), kind: "state".into(), ..Actor::default() };
        let kin = Kinship::new(["AAA", "BBB", "CCC"].map(actor), &[]);
        for (who, story) in [("AAA", &one), ("CCC", &other)] {
            let (a, b) = (kin.side(who), kin.side("BBB"));
            let fetched = ledger.claims(&Filter::between(&a.parties, &b.parties), None).unwrap();
            let as_of = AsOf { valid_at: day(at), known_at: None };
            let rows = status(&as_of, &fetched, &ontology, &kin, &a, &b);
            prop_assert!(rows.len() <= 1);
            prop_assert_eq!(rows.first().map(|r| r.answer), naive(story, at));
        }
    }
}
