//! The commands that keep a ledger trusted, as a user meets them.
use chancery_core::ledger::{Ledger, Run};
use chancery_core::values::{Claim, SourceText};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const TEXT: &str = "Russia formally recognised the Taliban on 3 July.";

fn ledger(dir: &Path) -> PathBuf {
    let path = dir.join("l.sqlite");
    let mut ledger = Ledger::open(&path).unwrap();
    for (n, (publisher, when)) in [("Wire", "2025-07-03"), ("Post", "2025-07-04")].into_iter().enumerate() {
        let party =
            |id: &str, label: &str, kind: &str| json!({"id": id, "label": label, "mention": label, "kind": kind});
        let claim: Claim = serde_json::from_value(json!({
            "doc": "", "quote": TEXT, "span": [0, TEXT.len()], "family": "standing", "predicate": "recognition",
            "subject": party("RUS", "Russia", "state"), "object": party("taliban", "Taliban", "group"),
            "phase": "begins", "polarity": "yes", "modality": "asserted", "by": "author", "when": when,
            "value": {"of": "government"}, "said": "2025-07-05", "frame": "test", "confidence": 0.5,
        }))
        .unwrap();
        let text = format!("{TEXT} {n}");
        let source = SourceText {
            id: format!("d{n}"),
            hash: Sha256::digest(&text).iter().map(|b| format!("{b:02x}")).collect(),
            text,
            published: Some("2025-07-05".into()),
            publisher: Some(publisher.into()),
            ..SourceText::default()
        };
        ledger.record(&Run::default(), &source, &[claim], "2025-07-06T00:00:00Z".parse().unwrap()).unwrap();
    }
    path
}

fn chancery(ledger: &Path, args: &[&str]) -> Output {
    let mut c = Command::new(env!("CARGO_BIN_EXE_chancery"));
    c.args(args).env("CHANCERY_LEDGER", ledger).env_remove("CHANCERY_DATA").env("USER", "tester").env("COLUMNS", "90");
    c.output().unwrap()
}

fn ask(ledger: &Path, args: &[&str]) -> Vec<Value> {
    let out = chancery(ledger, &[args, &["--format", "jsonl"]].concat());
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8_lossy(&out.stdout).lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn done(ledger: &Path, args: &[&str]) {
    let out = chancery(ledger, args);
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
}

#[test]
fn conflicts_reviews_and_grades() {
    let dir = tempfile::tempdir().unwrap();
    let l = ledger(dir.path());
    let rows = ask(&l, &["conflicts", "Russia", "Taliban"]);
    assert_eq!((rows.len(), &rows[0]["kind"]), (1, &json!("date")));
    assert_eq!(rows[0]["policies"]["latest"], Value::Null, "both were said on one day");
    for field in ["value", "when", "polarity", "by", "publisher", "quote", "claims"] {
        assert!(rows[0]["sides"][0].get(field).is_some(), "{field}");
    }
    done(&l, &["grade", "publisher", "Post", "b"]);
    let rows = ask(&l, &["conflicts"]);
    assert_eq!(rows[0]["policies"]["highest_grade"]["when"], "2025-07-04");
    assert_eq!(ask(&l, &["grade", "list"])[0]["grade"], "B");
    let wire = rows[0]["sides"][0]["claims"][0].as_str().unwrap().to_string();
    done(
        &l,
        &["review", "correct", &wire, "--when", "2025-07-04", "--value", "degree=de_jure", "--note", "see the decree"],
    );
    assert!(ask(&l, &["conflicts"]).is_empty());
    assert_eq!(ask(&l, &["claims", "--id", &wire])[0]["value"]["degree"], "de_jure");
    done(&l, &["review", "open", &wire]);
    assert_eq!(ask(&l, &["conflicts"]).len(), 1);
    done(&l, &["review", "reject", &wire]);
    let stats = ask(&l, &["review", "stats"]);
    assert_eq!((&stats[0]["of"], &stats[0]["rejected"]), (&json!("all"), &json!(1)));
    let table = chancery(&l, &["conflicts"]);
    assert!(String::from_utf8_lossy(&table.stderr).contains("no conflict"));
}

#[test]
fn identity_is_undone() {
    let dir = tempfile::tempdir().unwrap();
    let l = ledger(dir.path());
    let question = ["status", "Germany", "Taliban", "--at", "2025-08-01"];
    assert!(ask(&l, &question).is_empty());
    done(&l, &["actors", "merge", "Germany", "Russia"]);
    assert_eq!(ask(&l, &question).len(), 1);
    done(&l, &["actors", "alias", "Russia", "The Bear"]);
    assert_eq!(ask(&l, &["claims", "--subject", "the bear"]).len(), 2);
    done(&l, &["actors", "undo", "1"]);
    assert!(ask(&l, &question).is_empty());
    let log = ask(&l, &["actors", "log"]);
    assert_eq!(log.iter().map(|r| r["counts"].as_bool().unwrap()).collect::<Vec<_>>(), [false, true, true]);
    assert_eq!(log[0]["by"], "tester");
}

#[test]
fn the_other_questions() {
    let dir = tempfile::tempdir().unwrap();
    let l = ledger(dir.path());
    assert_eq!(ask(&l, &["changes", "--since", "2025-07-01", "--until", "2025-07-31"]).len(), 1);
    let learned = ask(&l, &["changes", "--since", "2025-07-06", "--until", "2025-07-06", "--of", "knowledge"]);
    assert_eq!(learned.iter().map(|r| r["change"].as_str().unwrap()).collect::<Vec<_>>(), ["learned", "learned"]);
    assert!(ask(&l, &["changes", "--since", "2025-07-07", "--until", "2025-07-08", "--of", "knowledge"]).is_empty());
    let cells = ask(&l, &["matrix", "recognition", "--at", "2025-08-01", "--subjects", "Russia,China"]);
    assert_eq!((cells.len(), &cells[0]["answer"]), (1, &json!("yes")));
    assert_eq!(ask(&l, &["network", "Russia", "--depth", "2", "--at", "2025-08-01"]).len(), 1);
    assert_eq!(ask(&l, &["path", "Taliban", "Russia", "--at", "2025-08-01"]).len(), 1);
    assert_eq!(ask(&l, &["runs"])[0]["documents"], 2);
    for args in [
        &["conflicts"][..],
        &["matrix", "recognition"],
        &["network", "Russia"],
        &["runs"],
        &["changes", "--since", "2025-01-01"],
    ] {
        let out = String::from_utf8(chancery(&l, args).stdout).unwrap();
        assert!(!out.is_empty() && out.lines().all(|line| line.chars().count() <= 100), "{args:?}\n{out}");
    }
}

#[test]
fn kept_copied_and_taken_in_again() {
    let dir = tempfile::tempdir().unwrap();
    let l = ledger(dir.path());
    let file = |name: &str| dir.path().join(name).to_string_lossy().into_owned();
    done(&l, &["verify"]);
    done(&l, &["backup", &file("copy")]);
    done(Path::new(&file("copy")), &["verify"]);
    done(&l, &["export", &file("out.jsonl")]);
    let other = dir.path().join("other.sqlite");
    done(&other, &["import", &file("out.jsonl")]);
    done(&other, &["export", &file("again.jsonl")]);
    assert_eq!(std::fs::read(file("out.jsonl")).unwrap(), std::fs::read(file("again.jsonl")).unwrap());
    let code = |ledger: &Path, args: &[&str]| chancery(ledger, args).status.code().unwrap();
    assert_eq!(code(&l, &["backup", &file("copy")]), 1, "never overwritten");
    assert_eq!(code(&l, &["export", &file("out.jsonl")]), 1);
    assert_eq!(code(&l, &["import", &file("out.jsonl")]), 1, "it is not empty");
    std::fs::write(file("bad.jsonl"), "{\"ledger\":\"chancery\",\"schema\":2}\n{\"runs\":{}}\n").unwrap();
    let third = dir.path().join("third.sqlite");
    assert_eq!(code(&third, &["import", &file("bad.jsonl")]), 1);
    assert!(!third.exists(), "nothing is left behind");
    assert_eq!(code(&third, &["review", "accept", "ab"]), 1);
    assert!(!third.exists());
    for args in [
        &["review", "accept", ""][..],
        &["review", "correct", "zz", "--when", "2025"],
        &["grade", "publisher", "Wire", "G"],
        &["actors", "undo", "9"],
        &["actors", "retype", "Russia", "kingdom"],
        &["actors", "merge", "Russia", "Russia"],
        &["changes", "--since", "2025-02-01", "--until", "2025-01-01"],
        &["runs", "diff", "1", "9"],
        &["matrix", "recognitoin"],
    ] {
        let out = chancery(&l, args);
        assert_eq!(out.status.code(), Some(1), "{args:?}");
        assert!(!out.stderr.is_empty(), "{args:?}");
    }
}
