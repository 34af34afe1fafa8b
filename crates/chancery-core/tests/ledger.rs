//! What the ledger promises, checked through the file it writes.
use chancery_core::ledger::{
    Filter, Graded, Identity, Ledger, LedgerError, Outcome, Parties, Review, Run, VERSION, Verdict,
};
use chancery_core::values::{Claim, Party, SourceText};
use rusqlite::Connection;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::path::Path;

const TEXT: &str = "«Café» diplomacy: Arland recognised Borduria on 3 July 2025. Syldavia did not.";

fn source(id: &str, text: &str) -> SourceText {
    let hash = Sha256::digest(text).iter().map(|b| format!("{b:02x}")).collect();
    SourceText { id: id.into(), hash, text: text.into(), publisher: Some("Wire".into()), ..SourceText::default() }
}

fn party(label: &str) -> Party {
    Party {
        id: label[..3].to_uppercase(),
        label: label.into(),
        mention: label.into(),
        country: None,
        kind: "state".into(),
        names: Vec::new(),
    }
}

fn claim(text: &str, quote: &str, subject: &str, when: &str) -> Claim {
    let start = text[..text.find(quote).unwrap()].chars().count() as u32;
    serde_json::from_value(json!({
        "doc": "", "quote": quote, "span": [start, start + quote.chars().count() as u32],
        "family": "standing", "predicate": "recognition", "subject": party(subject), "object": party("Borduria"),
        "phase": "begins", "polarity": "yes", "modality": "asserted", "by": "author", "when": when,
        "value": {"of": "state"}, "frame": "test", "confidence": 0.5,
    }))
    .unwrap()
}

fn two() -> Vec<Claim> {
    vec![
        claim(TEXT, "Arland recognised Borduria on 3 July 2025", "Arland", "2025-07-03"),
        claim(TEXT, "Syldavia did not", "Syldavia", ""),
    ]
}

fn run() -> Run {
    Run { program: "test 1".into(), model: "none".into(), data: "none".into() }
}

fn at(s: &str) -> jiff::Timestamp {
    s.parse().unwrap()
}

const MONDAY: &str = "2026-01-05T10:00:00Z";
const TUESDAY: &str = "2026-01-06T10:00:00Z";

fn count(l: &Ledger) -> usize {
    l.claims(&Filter::default(), None).unwrap().len()
}

#[test]
fn a_document_comes_back_as_it_went_in() {
    let mut l = Ledger::in_memory().unwrap();
    let done = l.record(&run(), &source("d1", TEXT), &two(), at(MONDAY)).unwrap();
    assert_eq!((done.outcome, done.added, done.findings.len()), (Outcome::New, 2, 0));
    let rows = l.claims(&Filter::default(), None).unwrap();
    let mut want = two();
    want.iter_mut().for_each(|c| c.doc = "d1".into());
    assert_eq!(rows.iter().map(|r| r.claim.clone()).collect::<Vec<_>>(), want);
    assert_eq!(rows[0].recorded, "2026-01-05T10:00:00.000000Z");
    assert_eq!(l.document("d1", None).unwrap().unwrap().text, TEXT);
    assert!(l.document("d1", Some(at("2025-01-01T00:00:00Z"))).unwrap().is_none());
    assert_eq!(l.actors_named("the ARLAND").unwrap()[0].id, "ARL");
}

#[test]
fn the_same_text_is_recorded_once() {
    let mut l = Ledger::in_memory().unwrap();
    l.record(&run(), &source("d1", TEXT), &two(), at(MONDAY)).unwrap();
    let mut again = source("other-id", TEXT);
    again.publisher = Some("Post".into());
    let done = l.record(&run(), &again, &two(), at(TUESDAY)).unwrap();
    assert_eq!(done.outcome, Outcome::Known { id: "d1".into() });
    assert!(done.findings[0].message.contains("Wire"), "{}", done.findings[0]);
    assert_eq!(count(&l), 2);
}

#[test]
fn a_second_reading_keeps_adds_and_ends() {
    let mut l = Ledger::in_memory().unwrap();
    l.record(&run(), &source("d1", TEXT), &two(), at(MONDAY)).unwrap();
    let before: Vec<String> = l.claims(&Filter::default(), None).unwrap().into_iter().map(|r| r.id).collect();
    let later = [two()[0].clone(), claim(TEXT, "Syldavia did not", "Syldavia", "2025-07-03")];
    let done = l.record_again(&run(), &source("d1", TEXT), &later, at(TUESDAY)).unwrap();
    assert_eq!((done.kept, done.added, done.ended), (1, 1, 1));
    let now: Vec<String> = l.claims(&Filter::default(), None).unwrap().into_iter().map(|r| r.id).collect();
    assert_eq!(now[0], before[0]);
    assert_ne!(now[1], before[1]);
    let known: Vec<String> =
        l.claims(&Filter::default(), Some(at(MONDAY))).unwrap().into_iter().map(|r| r.id).collect();
    assert_eq!(known, before, "what the ledger held on Monday it still tells");
}

#[test]
fn the_same_id_with_another_text_supersedes() {
    let mut l = Ledger::in_memory().unwrap();
    l.record(&run(), &source("d1", TEXT), &two(), at(MONDAY)).unwrap();
    let text = "Correction: Arland did not recognise Borduria.";
    let new = [claim(text, "Arland did not recognise Borduria", "Arland", "")];
    let done = l.record(&run(), &source("d1", text), &new, at(TUESDAY)).unwrap();
    assert_eq!((done.outcome, done.ended), (Outcome::NewVersion { version: 2 }, 2));
    assert_eq!(count(&l), 1);
    assert_eq!(l.claims(&Filter::default(), Some(at(MONDAY))).unwrap().len(), 2);
    assert_eq!(l.document("d1", None).unwrap().unwrap().version, 2);
    assert_eq!(l.document("d1", Some(at(MONDAY))).unwrap().unwrap().text, TEXT);
}

#[test]
fn a_claim_must_quote_its_text() {
    let mut l = Ledger::in_memory().unwrap();
    let mut claims = two();
    claims[0].span = [0, 5];
    claims.push(Claim { span: [70, 900], ..two()[0].clone() });
    claims.push(Claim { span: [3, 3], quote: String::new(), ..two()[0].clone() });
    let done = l.record(&run(), &source("d1", TEXT), &claims, at(MONDAY)).unwrap();
    assert_eq!((done.added, done.findings.len()), (1, 3));
    assert_eq!(count(&l), 1);
}

#[test]
fn the_file_itself_refuses_to_forget() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("deep/er/l.sqlite");
    let mut l = Ledger::open(&path).unwrap();
    l.record(&run(), &source("d1", TEXT), &two(), at(MONDAY)).unwrap();
    l.judge("b", "a", Identity::Same, "me", "", at(MONDAY)).unwrap();
    let id = l.claims(&Filter::default(), None).unwrap()[0].id.clone();
    let review = |verdict| Review {
        claim: id.clone(),
        verdict,
        correction: serde_json::Map::new(),
        by: "me".into(),
        note: String::new(),
    };
    l.review(&review(Verdict::Accept), at(MONDAY)).unwrap().unwrap();
    l.grade(Graded::Publisher("Wire"), "B", "me", "", at(MONDAY)).unwrap().unwrap();
    let db = Connection::open(&path).unwrap();
    let refused = |sql: &str| {
        let e = db.execute(sql, []).expect_err(sql).to_string();
        assert!(e.contains("append-only") || e.contains("not at its span") || e.contains("UNIQUE"), "{sql}: {e}");
    };
    for table in ["claims", "documents", "runs", "actors", "names", "acts", "grades", "readings", "reviews"] {
        refused(&format!("DELETE FROM {table}"));
    }
    refused("UPDATE claims SET predicate = 'mission'");
    refused("UPDATE claims SET recorded_to = '2027', quote = 'x'");
    refused("UPDATE claims SET recorded_to = '2001'");
    refused("UPDATE documents SET text = ''");
    refused("UPDATE reviews SET verdict = 'reject'");
    refused(
        "INSERT INTO claims (id, doc, ordinal, span_start, span_end, quote, family, predicate, polarity, modality,
             when_edtf, value, said, frame, confidence, run, recorded_from)
         VALUES ('x', 1, 9, 0, 4, 'Cafe', 'event', 'aid', 'yes', 'asserted', '', '{}', '', '', 1, 1, '2026')",
    );
    assert_eq!(
        db.execute("UPDATE claims SET recorded_to = '2027'", []).unwrap(),
        2,
        "closing is the one thing allowed"
    );
    refused("UPDATE claims SET recorded_to = NULL");
    refused("UPDATE claims SET recorded_to = '2028'");
}

#[test]
fn a_document_is_recorded_whole_or_not_at_all() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("l.sqlite");
    let mut l = Ledger::open(&path).unwrap();
    l.record(&run(), &source("d0", "Nothing here."), &[], at(MONDAY)).unwrap();
    let breaker = Connection::open(&path).unwrap();
    breaker
        .execute_batch(
            "CREATE TRIGGER break_it BEFORE INSERT ON claims WHEN NEW.ordinal = 1
             BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
        )
        .unwrap();
    let e = l.record(&run(), &source("d1", TEXT), &two(), at(MONDAY)).unwrap_err();
    assert!(e.to_string().contains("the disk is full"), "{e}");
    assert_eq!(l.document_ids().unwrap(), ["d0"]);
    assert_eq!(count(&l), 0);
    assert!(l.actors().unwrap().is_empty());
    breaker.execute_batch("DROP TRIGGER break_it").unwrap();
    assert_eq!(l.record(&run(), &source("d1", TEXT), &two(), at(TUESDAY)).unwrap().outcome, Outcome::New);
    assert_eq!(count(&l), 2);
}

#[test]
fn two_writers_wait_for_each_other() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("l.sqlite");
    std::thread::scope(|s| {
        for writer in 0..2 {
            let path = &path;
            s.spawn(move || {
                let mut l = Ledger::open(path).unwrap();
                for n in 0..25 {
                    let text = format!("{TEXT} {writer} {n}");
                    l.record(&run(), &source(&format!("{writer}-{n}"), &text), &two(), at(MONDAY)).unwrap();
                }
            });
        }
    });
    let l = Ledger::open_read(&path).unwrap();
    assert_eq!((l.document_ids().unwrap().len(), count(&l)), (50, 100));
}

#[test]
fn what_is_no_ledger_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str| dir.path().join(name);
    assert!(matches!(Ledger::open_read(&file("none")), Err(LedgerError::Missing { .. })));

    std::fs::write(file("text"), "not a database, but longer than a header ".repeat(40)).unwrap();
    for opened in [Ledger::open(&file("text")), Ledger::open_read(&file("text"))] {
        assert!(matches!(opened, Err(LedgerError::NotALedger { .. })), "{opened:?}");
    }
    Connection::open(file("other")).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
    assert!(matches!(Ledger::open(&file("other")), Err(LedgerError::NotALedger { .. })));

    Ledger::open(&file("newer")).unwrap();
    Connection::open(file("newer")).unwrap().pragma_update(None, "user_version", VERSION + 1).unwrap();
    for opened in [Ledger::open(&file("newer")), Ledger::open_read(&file("newer"))] {
        let e = opened.unwrap_err();
        assert!(e.is_input() && e.to_string().contains("newer chancery"), "{e}");
    }
    let e = Ledger::open(&file("text").join("below/a/file")).unwrap_err();
    assert!(!e.is_input(), "{e}");
}

#[test]
fn questions_cannot_write() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("l.sqlite");
    Ledger::open(&path).unwrap();
    let mut l = Ledger::open_read(&path).unwrap();
    let e = l.record(&run(), &source("d1", TEXT), &two(), at(MONDAY)).unwrap_err();
    assert!(matches!(e, LedgerError::ReadOnly { .. }) && !e.is_input(), "{e}");
}

#[test]
fn filters() {
    let mut l = Ledger::in_memory().unwrap();
    l.record(&run(), &source("d1", TEXT), &two(), at(MONDAY)).unwrap();
    let n = |f: Filter| l.claims(&f, None).unwrap().len();
    let id = l.claims(&Filter::default(), None).unwrap()[0].id.clone();
    let all = Filter::default;
    let (arl, bor) = (Parties::one("ARL"), Parties::one("BOR"));
    assert_eq!(n(Filter { id: Some(id[..9].into()), ..all() }), 1);
    assert_eq!(n(Filter { doc: Some("d2".into()), ..all() }), 0);
    assert_eq!(n(Filter { predicates: vec!["recognition".into(), "x".into()], ..all() }), 2);
    assert_eq!(n(Filter { subject: Some(arl.clone()), ..all() }), 1);
    assert_eq!(n(Filter { object: Some(arl.clone()), ..all() }), 0);
    assert_eq!(n(Filter { object: Some(arl.clone()), either_order: true, ..all() }), 1);
    assert_eq!(n(Filter::between(&bor, &arl)), 1);
    assert_eq!(n(Filter { by: Some(Parties::default()), ..all() }), 2);
    assert_eq!(n(Filter { by: Some(arl), ..all() }), 0);
    assert_eq!(n(Filter { since: Some(jiff::civil::date(2025, 7, 1)), ..all() }), 1, "undated claims have no date");
    assert_eq!(n(Filter { until: Some(jiff::civil::date(2025, 7, 1)), ..all() }), 0);
}

#[test]
fn judgements_and_reviews_can_be_taken_back() {
    let mut l = Ledger::in_memory().unwrap();
    l.judge("zeta", "alpha", Identity::Same, "me", "same man", at(MONDAY)).unwrap();
    l.judge("alpha", "zeta", Identity::Open, "me", "not so sure", at(TUESDAY)).unwrap();
    assert!(l.judgements(None).unwrap().is_empty());
    assert_eq!(l.judgements(Some(at(MONDAY))).unwrap()[0].verdict, Identity::Same);

    l.record(&run(), &source("d1", TEXT), &two(), at(MONDAY)).unwrap();
    let id = l.claims(&Filter::default(), None).unwrap()[1].id.clone();
    let review = |verdict, correction: serde_json::Value| Review {
        claim: id.clone(),
        verdict,
        correction: correction.as_object().unwrap().clone(),
        by: "me".into(),
        note: String::new(),
    };
    let bad = l.review(&review(Verdict::Correct, json!({"polarity": "maybe"})), at(MONDAY)).unwrap();
    assert!(bad.unwrap_err().message.contains("no claim"));
    l.review(&review(Verdict::Correct, json!({"polarity": "no"})), at(MONDAY)).unwrap().unwrap();
    let row = &l.claims(&Filter::default(), None).unwrap()[1];
    assert_eq!((row.claim.polarity.as_str(), row.review.as_deref()), ("no", Some("correct")));
    l.review(&review(Verdict::Open, json!({})), at(TUESDAY)).unwrap().unwrap();
    let row = &l.claims(&Filter::default(), None).unwrap()[1];
    assert_eq!((row.claim.polarity.as_str(), row.review.as_deref()), ("yes", None));
}

#[test]
fn a_ledger_on_a_read_only_medium_opens() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("l.sqlite");
    let mut l = Ledger::open(&path).unwrap();
    l.record(&run(), &source("d1", TEXT), &two(), at(MONDAY)).unwrap();
    drop(l);
    set_writable(dir.path(), &path, false);
    let opened = Ledger::open_read(&path).map(|l| count(&l));
    set_writable(dir.path(), &path, true);
    assert_eq!(opened.unwrap(), 2);
}

fn set_writable(dir: &Path, file: &Path, yes: bool) {
    for p in [file, dir] {
        let mut perm = std::fs::metadata(p).unwrap().permissions();
        #[cfg(unix)]
        std::os::unix::fs::PermissionsExt::set_mode(&mut perm, if yes { 0o755 } else { 0o555 });
        #[cfg(not(unix))]
        perm.set_readonly(!yes);
        std::fs::set_permissions(p, perm).unwrap();
    }
}

/// A ledger of every released schema is kept under suite/ledgers and must open, and answer, for ever.
/// `UPDATE=1` writes the one of the present schema, if it is not there yet.
#[test]
fn old_ledgers_still_open() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../suite/ledgers");
    let present = dir.join(format!("v{VERSION}.ledger"));
    if !present.exists() && std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(&dir).unwrap();
        let mut l = Ledger::open(&present).unwrap();
        l.record(&run(), &source("d1", TEXT), &two(), at(MONDAY)).unwrap();
        l.record_again(&run(), &source("d1", TEXT), &two()[..1], at(TUESDAY)).unwrap();
        l.judge("ARL", "BOR", Identity::Different, "me", "two states", at(TUESDAY)).unwrap();
        drop(l);
        // One file, without a log beside it.
        Connection::open(&present).unwrap().execute_batch("PRAGMA journal_mode = DELETE; VACUUM;").unwrap();
    }
    for v in 1..=VERSION {
        let tmp = tempfile::tempdir().unwrap();
        let path = tmp.path().join("old.sqlite");
        std::fs::copy(dir.join(format!("v{v}.ledger")), &path).unwrap();
        let l = Ledger::open(&path).unwrap();
        let now = l.claims(&Filter::default(), None).unwrap();
        assert_eq!(
            now.iter().map(|r| r.claim.quote.as_str()).collect::<Vec<_>>(),
            ["Arland recognised Borduria on 3 July 2025"]
        );
        assert_eq!(l.claims(&Filter::default(), Some(at(MONDAY))).unwrap().len(), 2);
        assert_eq!(l.judgements(None).unwrap()[0].note, "two states");
        assert_eq!(l.document("d1", None).unwrap().unwrap().text, TEXT);
        drop(l);
        assert_eq!(count(&Ledger::open_read(&path).unwrap()), 1, "schema {v}, brought up to date");
    }
}

#[test]
fn a_new_ledger_is_opened_by_many_at_once() {
    for _ in 0..12 {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("l.sqlite");
        std::thread::scope(|s| {
            for _ in 0..6 {
                s.spawn(|| Ledger::open(&path).map(drop).unwrap());
            }
        });
    }
}
