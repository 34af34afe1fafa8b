//! What makes a ledger one to stake a name on: conflicts shown, judgements undone, copies that are the same, damage found,
//! and every question answered through indexes as a walk over all rows would answer it.
mod common;

use chancery_core::ask::{
    Actor, ConflictKind, ConflictRow, Kinship, changes, conflicts, conflicts_of_many, edges, learned, matrix, shortest,
    status, timeline, who,
};
use chancery_core::knowledge::{DataFiles, Ontology};
use chancery_core::ledger::{
    Act, ClaimRow, Filter, Graded, KeepError, Ledger, Parties, Review, Run, Verdict, claim_id,
};
use chancery_core::values::{AsOf, Claim, SourceText};
use common::cases;
use jiff::Timestamp;
use jiff::civil::date;
use proptest::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::convert::Infallible;

fn at(day: i8) -> Timestamp {
    format!("2026-01-{day:02}T10:00:00Z").parse().unwrap()
}

/// One claim of one document.
#[derive(Debug, Clone)]
struct Told {
    publisher: &'static str,
    published: String,
    claim: Value,
}

fn told(publisher: &'static str, published: &str, claim: Value) -> Told {
    Told { publisher, published: published.into(), claim }
}

fn party(id: &str, kind: &str) -> Value {
    let country = if kind == "person" { json!("AAA") } else { Value::Null };
    json!({"id": id, "label": id, "mention": id, "kind": kind, "country": country})
}

fn recognition(subject: &str, phase: &str, when: &str) -> Value {
    json!({"family": "standing", "predicate": "recognition", "subject": party(subject, "state"),
           "object": party("BBB", "state"), "phase": phase, "when": when})
}

fn put(ledger: &mut Ledger, n: usize, t: &Told, now: Timestamp) {
    let text = format!("words {n}");
    let hash: String = Sha256::digest(&text).iter().map(|b| format!("{b:02x}")).collect();
    let mut whole = json!({"doc": "", "quote": "words", "span": [0, 5], "polarity": "yes", "modality": "asserted",
                           "by": "author", "said": t.published, "frame": "test", "confidence": 0.7});
    whole.as_object_mut().unwrap().extend(t.claim.as_object().unwrap().clone());
    let claim: Claim = serde_json::from_value(whole).unwrap();
    let source = SourceText {
        id: format!("d{n}"),
        hash,
        text,
        publisher: Some(t.publisher.into()).filter(|p: &String| !p.is_empty()),
        published: Some(t.published.clone()),
        ..SourceText::default()
    };
    let done = ledger.record(&Run { program: "test".into(), ..Run::default() }, &source, &[claim], now).unwrap();
    assert!(done.findings.is_empty(), "{:?}", done.findings);
}

fn ledger_of(all: &[Told]) -> Ledger {
    let mut l = Ledger::in_memory().unwrap();
    for (n, t) in all.iter().enumerate() {
        put(&mut l, n, t, at(1));
    }
    l
}

fn ontology() -> Ontology {
    Ontology::load(&DataFiles::embedded()).0
}

fn actors() -> Vec<Actor> {
    let actor = |id: &str, kind: &str| Actor { id: id.into(), label: id.into(), kind: kind.into(), ..Actor::default() };
    let mut out: Vec<Actor> = ["AAA", "BBB", "CCC", "DDD"].iter().map(|id| actor(id, "state")).collect();
    out.push(Actor { country: Some("AAA".into()), ..actor("~ann", "person") });
    out
}

fn kin(l: &Ledger, known: Option<Timestamp>) -> Kinship {
    let kinds = l.kinds(known).unwrap();
    let retyped = actors().into_iter().map(|mut a| {
        if let Some(k) = kinds.get(&a.id) {
            a.kind.clone_from(k);
        }
        a
    });
    Kinship::new(retyped, &l.judgements(known).unwrap())
}

fn all(l: &Ledger) -> Vec<ClaimRow> {
    l.claims(&Filter::default(), None).unwrap()
}

fn clashes(l: &Ledger) -> Vec<ConflictRow> {
    conflicts(&all(l), &ontology(), &kin(l, None), &l.grades(None).unwrap())
}

#[test]
fn dates_apart_are_a_conflict_with_both_quotes_and_policies() {
    let mut l = ledger_of(&[
        told("Wire", "2025-07-05", recognition("AAA", "begins", "2025-07-03")),
        told("Post", "2025-07-04", recognition("AAA", "begins", "2025-07-04")),
        told("Echo", "2025-07-04", recognition("AAA", "begins", "2025-07-04")),
    ]);
    l.grade(Graded::Publisher("Wire"), "B", "me", "", at(2)).unwrap().unwrap();
    l.grade(Graded::Publisher("Post"), "C", "me", "", at(2)).unwrap().unwrap();
    let rows = clashes(&l);
    assert_eq!(rows.len(), 1);
    let r = &rows[0];
    assert_eq!((r.kind, r.how.as_str(), r.sides.len()), (ConflictKind::Date, "1 day apart", 3));
    assert!(r.sides.iter().all(|v| v.quote == "words" && v.claims.len() == 1));
    assert_eq!(r.sides[0].grade.as_deref(), Some("B6"));
    let when = |p: &Option<chancery_core::ask::Position>| p.as_ref().map(|p| p.when.clone());
    assert_eq!(when(&r.policies.latest).as_deref(), Some("2025-07-03"));
    assert_eq!(when(&r.policies.most_sources).as_deref(), Some("2025-07-04"));
    assert_eq!(when(&r.policies.highest_grade).as_deref(), Some("2025-07-03"));
    assert_eq!(r.policies.reviewed, None);
    let id = r.sides[1].claims[0].clone();
    let review = Review {
        claim: id,
        verdict: Verdict::Accept,
        correction: Default::default(),
        by: "me".into(),
        note: String::new(),
    };
    l.review(&review, at(3)).unwrap().unwrap();
    assert_eq!(when(&clashes(&l)[0].policies.reviewed).as_deref(), Some("2025-07-04"));
    // Rejecting one side, and then the other that agrees with nobody, leaves no conflict.
    for v in &r.sides[1..] {
        let review = Review { claim: v.claims[0].clone(), verdict: Verdict::Reject, ..review.clone() };
        l.review(&review, at(4)).unwrap().unwrap();
    }
    assert!(clashes(&l).is_empty());
    let stats = l.review_stats(None).unwrap();
    assert_eq!((stats[0].of, stats[0].accepted, stats[0].rejected), ("all", 0, 2));
}

#[test]
fn kinds_of_conflict() {
    let denied = ledger_of(&[
        told("Wire", "2025-07-05", recognition("AAA", "begins", "2025-07-03")),
        told("Post", "2025-07-06", {
            let mut c = recognition("AAA", "holds", "");
            c["polarity"] = json!("no");
            c
        }),
    ]);
    let kinds = |l: &Ledger| clashes(l).into_iter().map(|r| (r.kind, r.how)).collect::<Vec<_>>();
    assert_eq!(kinds(&denied), [(ConflictKind::Polarity, "denied".to_string())]);

    let ranks = |rank: &str| {
        let mut c = recognition("AAA", "begins", "2020-05-01");
        (c["predicate"], c["value"]) = (json!("mission"), json!({"rank": rank}));
        c
    };
    let value =
        ledger_of(&[told("Wire", "2020-05-02", ranks("embassy")), told("Post", "2020-05-02", ranks("consulate"))]);
    assert_eq!(kinds(&value)[0].0, ConflictKind::Value);

    let toll = |killed: u32| {
        json!({"family": "event", "predicate": "assault", "subject": party("AAA", "state"), "object": party("BBB", "state"),
               "when": "2024-03-22", "value": {"killed": killed}})
    };
    let extent = ledger_of(&[told("Wire", "2024-03-22", toll(40)), told("Post", "2024-03-24", toll(133))]);
    assert_eq!(kinds(&extent), [(ConflictKind::Extent, "growing toll".to_string())]);

    let may = ledger_of(&[
        told("Wire", "2025-07-05", recognition("AAA", "begins", "2025-07-03")),
        told("Post", "2025-07-10", {
            let mut c = recognition("AAA", "begins", "");
            c["modality"] = json!("possible");
            c
        }),
    ]);
    assert_eq!(kinds(&may)[0].0, ConflictKind::Modality);
}

#[test]
fn one_voice_and_a_later_end_are_no_conflict() {
    let l = ledger_of(&[
        told("Wire", "2025-07-05", recognition("AAA", "begins", "2001-07-03")),
        told("Post", "2025-07-06", recognition("AAA", "ends", "2005-01-01")),
        told("Wire", "2025-07-07", recognition("AAA", "begins", "2010-01-01")),
    ]);
    assert!(clashes(&l).is_empty(), "{:?}", clashes(&l));
}

#[test]
fn changes_of_the_world_and_of_knowledge() {
    let mut l = ledger_of(&[
        told("Wire", "2025-07-05", recognition("AAA", "begins", "2025-07-03")),
        told("Post", "2025-07-05", recognition("AAA", "begins", "2025-07-03")),
        told("Post", "2025-07-05", recognition("CCC", "begins", "2025")),
        told("Post", "2025-07-05", recognition("DDD", "begins", "1999-01-01")),
    ]);
    put(&mut l, 9, &told("Late", "2026-01-09", recognition("DDD", "ends", "2025-07-20")), at(9));
    let (o, k) = (ontology(), kin(&l, None));
    let rows = changes(&all(&l), &o, &k, date(2025, 7, 1), date(2025, 7, 31));
    let got: Vec<_> =
        rows.iter().map(|r| (r.subject.as_ref().unwrap().id.as_str(), r.change, r.claims.len())).collect();
    assert_eq!(got, [("CCC", "possibly", 1), ("AAA", "yes", 2), ("DDD", "yes", 1)]);
    let moved = Filter { moved_since: Some(at(8)), moved_until: Some(at(10)), ..Filter::default() };
    let rows = learned(&l.claims(&moved, None).unwrap(), &o, &k, at(8), at(10));
    assert_eq!(rows.iter().map(|r| r.date.as_str()).collect::<Vec<_>>(), ["2026-01-09T10:00:00.000000Z"]);
}

#[test]
fn matrix_network_and_path() {
    let mut to_c = recognition("BBB", "begins", "2001");
    to_c["object"] = party("CCC", "state");
    let l = ledger_of(&[
        told("Wire", "2025-07-05", recognition("AAA", "begins", "2025-07-03")),
        told("Wire", "2025", to_c),
    ]);
    let (o, k) = (ontology(), kin(&l, None));
    let as_of = AsOf { valid_at: date(2025, 8, 1), known_at: None };
    let rows = matrix(&as_of, &all(&l), &o, &k, "recognition", &[], &[]);
    assert_eq!(
        rows.iter().map(|r| (r.subject.id.as_str(), r.object.id.as_str())).collect::<Vec<_>>(),
        [("AAA", "BBB"), ("BBB", "CCC")]
    );
    let one = |s: &str| vec![s.to_string()];
    assert_eq!(matrix(&as_of, &all(&l), &o, &k, "recognition", &one("AAA"), &one("CCC")), []);
    let web = edges(&as_of, &all(&l), &o, &k);
    let set = |s: &str| BTreeSet::from([s.to_string()]);
    assert_eq!(shortest(&web, &set("CCC"), &set("AAA")).len(), 2);
    assert!(shortest(&web, &set("CCC"), &set("DDD")).is_empty());
}

#[test]
fn corrected_claims_answer_by_what_they_were_corrected_to() {
    let mut l = ledger_of(&[told("Wire", "2025-07-05", recognition("AAA", "begins", "2025-07-03"))]);
    let claim = all(&l)[0].id.clone();
    let correction = json!({"subject": party("CCC", "state"), "when": "2025-06-30"}).as_object().unwrap().clone();
    let review = Review { claim, verdict: Verdict::Correct, correction, by: "me".into(), note: String::new() };
    l.review(&review, at(5)).unwrap().unwrap();
    let of = |id: &str, known| {
        l.claims(&Filter { subject: Some(Parties::one(id)), ..Filter::default() }, known).unwrap().len()
    };
    assert_eq!((of("CCC", None), of("AAA", None)), (1, 0));
    assert_eq!((of("CCC", Some(at(2))), of("AAA", Some(at(2)))), (0, 1), "as known before the review");
    let june = Filter { until: Some(date(2025, 6, 30)), ..Filter::default() };
    assert_eq!(l.claims(&june, None).unwrap().len(), 1);
    let words = json!({"quote": "other"}).as_object().unwrap().clone();
    let bad = l.review(&Review { correction: words, ..review }, at(6)).unwrap();
    assert!(bad.unwrap_err().message.contains("words"));
}

#[test]
fn an_undone_act_and_an_undone_undo() {
    let mut l = ledger_of(&[told("Wire", "2025", recognition("AAA", "begins", "2001"))]);
    let first = l.act(&Act::Merge("CCC".into(), "AAA".into()), "me", "", at(2)).unwrap().unwrap();
    let parted = l.act(&Act::Split("AAA".into(), "CCC".into()), "me", "", at(3)).unwrap().unwrap();
    let same = |l: &Ledger| l.judgements(None).unwrap().iter().map(|j| format!("{:?}", j.verdict)).collect::<String>();
    assert_eq!(same(&l), "Different");
    let undo = l.act(&Act::Undo(parted), "me", "", at(4)).unwrap().unwrap();
    assert_eq!(same(&l), "Same", "what was so before it is so again");
    l.act(&Act::Undo(undo), "me", "", at(5)).unwrap().unwrap();
    assert_eq!(same(&l), "Different");
    assert!(l.act(&Act::Undo(undo), "me", "", at(6)).unwrap().is_err());
    assert!(l.act(&Act::Undo(99), "me", "", at(6)).unwrap().is_err());
    l.act(&Act::Undo(first), "me", "", at(6)).unwrap().unwrap();
    assert_eq!(l.acts(None).unwrap().iter().filter(|r| r.counts).count(), 3);
    assert!(l.act(&Act::Merge("AAA".into(), "AAA".into()), "me", "", at(6)).unwrap().is_err());
}

#[test]
fn a_clock_set_back_loses_nothing() {
    let mut l = Ledger::in_memory().unwrap();
    let t = told("Wire", "2025", recognition("AAA", "begins", "2001"));
    put(&mut l, 0, &t, at(9));
    let s = l.snapshot("d0").unwrap().unwrap();
    let run = Run { program: "test 2".into(), ..Run::default() };
    let done = l.record_again(&run, &s, &[], at(2)).unwrap();
    assert_eq!(done.ended, 1);
    assert_eq!(l.claims(&Filter::default(), Some(at(9))).unwrap().len(), 1, "what was held then is still told");
    assert!(all(&l).is_empty());
    let diff = l.runs_differ(1, 2).unwrap().unwrap();
    assert_eq!(diff.iter().map(|d| d.change).collect::<Vec<_>>(), ["removed"]);
    assert!(l.runs_differ(1, 7).unwrap().is_err());
    assert_eq!(l.verify().unwrap(), []);
}

fn exported(l: &Ledger) -> Vec<u8> {
    let mut out = Vec::new();
    l.export(&mut out).unwrap();
    out
}

fn imported(bytes: &[u8]) -> Result<Ledger, KeepError> {
    let mut l = Ledger::in_memory().unwrap();
    l.import(&mut &bytes[..])?;
    Ok(l)
}

fn busy_ledger() -> Ledger {
    let mut c = recognition("~ann", "begins", "2025-07");
    c["subject"] = party("~ann", "person");
    c["by"] = party("CCC", "state");
    c["value"] = json!({"of": "state", "n": 1.25, "note": "a\"b\u{0}\u{202e}'; DROP TABLE claims; --"});
    let mut l =
        ledger_of(&[told("Wire", "2025-07-05", recognition("AAA", "begins", "2025-07-03")), told("", "2025", c)]);
    let claim = all(&l)[0].id.clone();
    let review = Review {
        claim: claim.clone(),
        verdict: Verdict::Accept,
        correction: Default::default(),
        by: "é".into(),
        note: "\n".into(),
    };
    l.review(&review, at(2)).unwrap().unwrap();
    l.grade(Graded::Claim(&claim), "2", "me", "", at(2)).unwrap().unwrap();
    let n = l.act(&Act::Alias("AAA".into(), "Aland".into()), "me", "", at(2)).unwrap().unwrap();
    l.act(&Act::Undo(n), "me", "", at(3)).unwrap().unwrap();
    let s = l.snapshot("d0").unwrap().unwrap();
    l.record_again(&Run { program: "test 2".into(), ..Run::default() }, &s, &[], at(4)).unwrap();
    l
}

#[test]
fn an_export_comes_back_byte_for_byte() {
    let l = busy_ledger();
    let first = exported(&l);
    let back = imported(&first).unwrap();
    assert_eq!(String::from_utf8(exported(&back)).unwrap(), String::from_utf8(first).unwrap());
    assert_eq!(
        back.claims(&Filter::default(), Some(at(3))).unwrap(),
        l.claims(&Filter::default(), Some(at(3))).unwrap()
    );
    assert_eq!(back.verify().unwrap(), []);
}

#[test]
fn an_import_trusts_nothing() {
    let good = String::from_utf8(exported(&busy_ledger())).unwrap();
    let refused = |text: &str, want: &str| match imported(text.as_bytes()) {
        Err(KeepError::Line(f)) => assert!(f.message.contains(want), "{f}, not {want:?}"),
        other => panic!("{want}: {other:?}"),
    };
    let with = |a: &str, b: &str| {
        assert!(good.contains(a), "{a}\n{good}");
        good.replacen(a, b, 1)
    };
    refused("", "nothing here");
    refused(&good[..good.len() - 3], "cut off");
    refused(&with("\"schema\":2", "\"schema\":1"), "schema 1");
    refused(&with("\"chancery\"", "\"other\""), "other");
    refused(&with("\"program\":\"test\"", "\"program\":\"test\",\"more\":1"), "unknown field");
    refused(&with("\"text\":\"words 0\"", "\"text\":\"words 9\""), "hash");
    refused(&with("\"quote\":\"words\"", "\"quote\":\"worms\""), "does not read");
    refused(&with("\"span_end\":5", "\"span_end\":5000000000"), "range");
    refused(&with("\"span_start\":0", "\"span_start\":-1"), "range");
    refused(&with("\"predicate\":\"recognition\"", "\"predicate\":\"mission\""), "id does not follow");
    refused(&with("\"when_from\":\"2025-07-03\"", "\"when_from\":\"2025-07-02\""), "bounds");
    refused(&with("\"polarity\":\"yes\"", "\"polarity\":\"maybe\""), "none of");
    refused(&with("\"recorded\":\"2026-01-01T10:00:00.000000Z\"", "\"recorded\":\"2026-01-01T10:00:00Z\""), "write");
    refused(&with("\"recorded\":\"2026-01-01T10:00:00.000000Z\"", "\"recorded\":\"today\""), "no instant");
    refused(&with("\"grade\":\"2\"", "\"grade\":\"Z\""), "CHECK");
    refused(&with("\"undone\":1", "\"undone\":7"), "CHECK");
    refused(&with("{\"readings\":{\"row\":1", "{\"readings\":{\"row\":0"), "comes after");
    let lines: Vec<&str> = good.lines().collect();
    let swapped = [lines[0], lines[2], lines[1], ""].join("\n");
    refused(&swapped, "come");
    let bomb = format!("{}\n{}{}\n", lines[0], "[".repeat(1 << 20), "]".repeat(1 << 20));
    refused(&bomb, "");
    let deep = format!("{{\"a\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    refused(&with("\"correction\":\"{}\"", &format!("\"correction\":{}", json!(deep))), "no JSON object");
    let long = "x".repeat(10 << 20);
    refused(&with("\"label\":\"AAA\"", &format!("\"label\":\"{long}\"")), "longer than");
    let mut full = busy_ledger();
    assert!(matches!(full.import(&mut good.as_bytes()), Err(KeepError::Line(_))));
}

#[test]
fn a_copy_made_in_use_is_whole_and_never_overwrites() {
    let dir = tempfile::tempdir().unwrap();
    let (path, copy) = (dir.path().join("l.sqlite"), dir.path().join("copy.sqlite"));
    let mut l = Ledger::open(&path).unwrap();
    put(&mut l, 0, &told("Wire", "2025", recognition("AAA", "begins", "2001")), at(1));
    l.backup(&copy).unwrap();
    put(&mut l, 1, &told("Wire", "2025", recognition("CCC", "begins", "2001")), at(1));
    assert_eq!(all(&Ledger::open_read(&copy).unwrap()).len(), 1);
    assert!(l.backup(&copy).is_err());
    assert_eq!(Ledger::open_read(&copy).unwrap().verify().unwrap(), []);
}

#[test]
fn verify_finds_damage() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("l.sqlite");
    let mut l = Ledger::open(&path).unwrap();
    for n in 0..200 {
        put(&mut l, n, &told("Wire", "2025", recognition("AAA", "begins", "2001")), at(1));
    }
    drop(l);
    // A row forged past the triggers.
    let forged = dir.path().join("forged.sqlite");
    std::fs::copy(&path, &forged).unwrap();
    let db = rusqlite::Connection::open(&forged).unwrap();
    db.execute_batch("PRAGMA journal_mode = DELETE; DROP TRIGGER claims_edit; DROP TRIGGER claims_close; DROP TRIGGER documents_update;
                      UPDATE claims SET predicate = 'mission' WHERE row = 3; UPDATE documents SET text = 'words X' WHERE doc = 5;")
        .unwrap();
    drop(db);
    let found = Ledger::open_read(&forged).unwrap().verify().unwrap();
    let says = |what: &str| found.iter().any(|f| f.message.contains(what));
    assert!(says("id does not follow") && says("hash is not"), "{found:?}");
    // A page overwritten with noise: found, or the file is refused; never silence, never a panic.
    let good = std::fs::read(&path).unwrap();
    for page in 1..good.len() / 4096 {
        let mut bad = good.clone();
        for (n, b) in bad[page * 4096..(page + 1) * 4096].iter_mut().enumerate() {
            *b = (n * 31 + page) as u8;
        }
        let file = dir.path().join("bad.sqlite");
        std::fs::write(&file, bad).unwrap();
        let sound = Ledger::open_read(&file).is_ok_and(|l| l.verify().is_ok_and(|f| f.is_empty()));
        assert!(!sound, "page {page}");
    }
}

/// A random history: who says what of whom, in any order of days and of recording, then judgements.
#[derive(Debug, Clone)]
struct History {
    told: Vec<Told>,
    acts: Vec<Act>,
    reviews: Vec<(usize, u8)>,
}

fn history() -> impl Strategy<Value = History> {
    let ids = prop::sample::select(vec!["AAA", "BBB", "CCC", "DDD", "~ann"]);
    let when = prop::sample::select(vec![
        "",
        "2001",
        "2001-05",
        "2001-05-03",
        "2001-05-04",
        "1999/2003",
        "../2002",
        "2005~",
        "2010-01-01",
    ]);
    let says = prop::sample::select(vec![
        ("begins", "yes"),
        ("ends", "yes"),
        ("holds", "yes"),
        ("holds", "no"),
        ("ends", "no"),
    ]);
    let predicate = prop::sample::select(vec!["recognition", "relations", "mission", "alliance", "assault"]);
    let modality = prop::sample::select(vec!["asserted", "asserted", "asserted", "possible", "predicted", "demanded"]);
    let value = prop::sample::select(vec![
        json!({}),
        json!({"rank": "embassy"}),
        json!({"rank": "none"}),
        json!({"of": "state"}),
        json!({"killed": 3}),
        json!({"killed": 4}),
    ]);
    let publisher = prop::sample::select(vec!["Wire", "Post", ""]);
    let published = prop::sample::select(vec!["2001-05-05", "2002-01-01", "2011-01-01", ""]);
    let one = (ids.clone(), ids.clone(), when, says, predicate, modality, value, (publisher, published, any::<bool>()))
        .prop_map(|(s, o, when, (phase, polarity), predicate, modality, value, (publisher, published, spoken))| {
            let event = predicate == "assault";
            let kind = |id: &str| if id == "~ann" { "person" } else { "state" };
            let mut claim = json!({"family": if event { "event" } else { "standing" }, "predicate": predicate,
                "subject": party(s, kind(s)), "object": party(o, kind(o)), "polarity": polarity, "modality": modality,
                "value": value, "when": when});
            if !event {
                claim["phase"] = json!(phase);
            }
            if spoken {
                claim["by"] = party("CCC", "state");
            }
            told(publisher, published, claim)
        });
    let act = (ids.clone(), ids, 0..4u8).prop_filter_map("a pair of two", |(a, b, k)| {
        let (a, b) = (a.to_string(), b.to_string());
        match k {
            0 | 1 if a != b => Some(Act::Merge(a, b)),
            2 if a != b => Some(Act::Split(a, b)),
            3 => Some(Act::Retype(a, "person".into())),
            _ => None,
        }
    });
    (
        prop::collection::vec(one, 0..9),
        prop::collection::vec(act, 0..3),
        prop::collection::vec((0..9usize, 0..3u8), 0..3),
    )
        .prop_map(|(told, acts, reviews)| History { told, acts, reviews })
}

impl History {
    fn ledger(&self) -> Ledger {
        let mut l = Ledger::in_memory().unwrap();
        for (n, t) in self.told.iter().enumerate() {
            put(&mut l, n, t, at(1 + (n * 5 % 7) as i8));
        }
        let ids: Vec<String> = all(&l).into_iter().map(|r| r.id).collect();
        for (n, kind) in &self.reviews {
            let Some(claim) = ids.get(*n).cloned() else { continue };
            let (verdict, correction) = match kind {
                0 => (Verdict::Reject, json!({})),
                1 => (Verdict::Correct, json!({"subject": party("DDD", "state"), "when": "2003"})),
                _ => (Verdict::Open, json!({})),
            };
            let correction = correction.as_object().unwrap().clone();
            l.review(&Review { claim, verdict, correction, by: "me".into(), note: String::new() }, at(12))
                .unwrap()
                .unwrap();
        }
        for a in &self.acts {
            l.act(a, "me", "", at(14)).unwrap().unwrap();
        }
        l
    }
}

/// Answers to every question, as text: once over what the indexes fetch, once over all rows there are.
fn answers(l: &Ledger, known: Option<Timestamp>, by_index: bool) -> Vec<String> {
    let (o, k) = (ontology(), kin(l, known));
    let whole = l.claims(&Filter::default(), known).unwrap();
    let fetch = |f: &Filter| -> Vec<ClaimRow> {
        match by_index {
            true => l.claims(f, known).unwrap(),
            false => whole.iter().filter(|r| f.lets(r)).cloned().collect(),
        }
    };
    let mut out = Vec::new();
    let ids = ["AAA", "BBB", "CCC", "~ann"];
    for day in [date(2001, 5, 3), date(2004, 1, 1), date(2026, 1, 1)] {
        let as_of = AsOf { valid_at: day, known_at: known };
        for a in ids {
            let a = k.side(a);
            let with_a = Filter { subject: Some(a.parties.clone()), either_order: true, ..Filter::default() };
            out.push(format!("{:?}", edges(&as_of, &fetch(&with_a), &o, &k)));
            let as_object = Filter {
                object: Some(a.parties.clone()),
                predicates: vec!["mission".into(), "relations".into()],
                either_order: true,
                ..Filter::default()
            };
            out.push(format!("{:?}", who(&as_of, &fetch(&as_object), &o, &k, "mission", &a)));
            for b in ids {
                let b = k.side(b);
                let between = Filter::between(&a.parties, &b.parties);
                let rows = fetch(&between);
                out.push(format!("{:?}", status(&as_of, &rows, &o, &k, &a, &b)));
                out.push(format!("{:?}", timeline(&rows, &o, &k, &a, Some(&b), None)));
                // What is fetched for two states tells of them all that the whole ledger tells. (A person stands for its
                // state; asked about alone, it is told of alone.)
                let apart = [&a, &b].iter().any(|s| s.id == "~ann") || !l.acts(known).unwrap().is_empty();
                out.push(format!(
                    "{:?}",
                    status(&as_of, if by_index || apart { &rows } else { &whole }, &o, &k, &a, &b)
                        .iter()
                        .map(|r| (&r.predicate, r.answer, &r.claims))
                        .collect::<Vec<_>>()
                ));
            }
        }
        let recognition = Filter { predicates: vec!["recognition".into()], ..Filter::default() };
        out.push(format!("{:?}", matrix(&as_of, &fetch(&recognition), &o, &k, "recognition", &[], &[])));
        let narrow = fetch(&recognition);
        out.push(format!(
            "{:?}",
            matrix(&as_of, if by_index { &narrow } else { &whole }, &o, &k, "recognition", &[], &[])
        ));
    }
    let month = Filter { since: Some(date(2001, 5, 1)), until: Some(date(2001, 5, 31)), ..Filter::default() };
    out.push(format!("{:?}", fetch(&month).iter().map(|r| &r.id).collect::<Vec<_>>()));
    let spoken = Filter { by: Some(k.side("CCC").parties), ..Filter::default() };
    out.push(format!("{:?}", fetch(&spoken).iter().map(|r| &r.id).collect::<Vec<_>>()));
    let rows = fetch(&Filter::default());
    let grades = l.grades(known).unwrap();
    out.push(format!(
        "{:?}",
        match by_index {
            false => conflicts(&rows, &o, &k, &grades),
            true => {
                let parts: Vec<_> = (0..2).map(|part| l.claims_to_weigh(part, 2, known).unwrap()).collect();
                let whole = |ids: BTreeSet<String>| {
                    Ok::<_, Infallible>(rows.iter().filter(|r| ids.contains(&r.id)).cloned().collect())
                };
                conflicts_of_many(&parts, &o, &k, &grades, whole).unwrap()
            }
        }
    ));
    out.push(format!("{:?}", changes(&rows, &o, &k, date(2001, 1, 1), date(2004, 1, 1))));
    out
}

proptest! {
    #![proptest_config(cases(60))]
    #[test]
    fn indexes_answer_as_all_rows_do(h in history()) {
        let l = h.ledger();
        for known in [None, Some(at(3)), Some(at(13))] {
            let (x, y) = (answers(&l, known, true), answers(&l, known, false));
            for (a, b) in x.iter().zip(&y) {
                prop_assert_eq!(a, b);
            }
        }
    }

    #[test]
    fn undo_restores_and_copies_answer_the_same(h in history()) {
        let without = History { acts: Vec::new(), ..h.clone() }.ledger();
        let mut with = h.ledger();
        let copy = imported(&exported(&with)).unwrap();
        prop_assert_eq!(answers(&with, None, true), answers(&copy, None, true));
        prop_assert_eq!(exported(&with), exported(&copy));
        for r in with.acts(None).unwrap() {
            with.act(&Act::Undo(r.row), "me", "", at(20)).unwrap().unwrap();
        }
        prop_assert_eq!(answers(&with, None, true), answers(&without, None, true));
        prop_assert_eq!(with.verify().unwrap(), []);
    }
}

#[test]
fn ids_follow_from_the_content() {
    let l = busy_ledger();
    for r in all(&l) {
        let s = l.snapshot(&r.claim.doc).unwrap().unwrap();
        assert_eq!(claim_id(&s.hash, &r.claim), r.id);
    }
}
