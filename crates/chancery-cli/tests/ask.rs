//! The program as a user meets it: exit codes, streams, formats.
use chancery_core::ledger::{Ledger, Run};
use chancery_core::values::{Claim, SourceText};
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Output, Stdio};

const TEXT: &str = "Russia formally recognised the Taliban on 3 July. China may follow, wrote Zed Unheard.";

fn ledger(dir: &Path) -> std::path::PathBuf {
    let path = dir.join("l.sqlite");
    let party = |id: &str, label: &str, kind: &str| json!({"id": id, "label": label, "mention": label, "kind": kind});
    let claim = |quote: &str, subject: Value, modality: &str, by: Value, when: &str| -> Claim {
        let start = TEXT.find(quote).unwrap();
        serde_json::from_value(json!({
            "doc": "", "quote": quote, "span": [start, start + quote.len()], "family": "standing",
            "predicate": "recognition", "subject": subject, "object": party("taliban", "Taliban", "group"),
            "phase": "begins", "polarity": "yes", "modality": modality, "by": by, "when": when,
            "value": {"of": "government"}, "said": "2025-07-04", "frame": "test", "confidence": 0.5,
        }))
        .unwrap()
    };
    let claims = [
        claim(
            "Russia formally recognised the Taliban",
            party("RUS", "Russia", "state"),
            "asserted",
            json!("author"),
            "2025-07-03",
        ),
        claim(
            "China may follow",
            party("CHN", "China", "state"),
            "possible",
            party("~zed-unheard", "Zed Unheard", "person"),
            "",
        ),
    ];
    let source = SourceText {
        id: "d1".into(),
        hash: "0".repeat(64),
        text: TEXT.into(),
        title: Some("A first".into()),
        published: Some("2025-07-04".into()),
        publisher: Some("Wire".into()),
        ..SourceText::default()
    };
    let done =
        Ledger::open(&path).unwrap().record(&Run::default(), &source, &claims, "2025-07-05T00:00:00Z".parse().unwrap());
    assert_eq!(done.unwrap().added, 2);
    path
}

fn chancery(ledger: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(args)
        .env("CHANCERY_LEDGER", ledger)
        .env_remove("CHANCERY_DATA")
        .env("CHANCERY_MODEL", "/nowhere")
        .env("COLUMNS", "90")
        .output()
        .unwrap()
}

fn rows(out: &Output) -> Vec<Value> {
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8_lossy(&out.stdout).lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

#[test]
fn questions_answer_in_rows() {
    let dir = tempfile::tempdir().unwrap();
    let l = ledger(dir.path());
    let ask = |args: &[&str]| rows(&chancery(&l, &[args, &["--format", "jsonl"]].concat()));

    let status = ask(&["status", "the Russian Federation", "Taliban", "--at", "2025-08-01"]);
    assert_eq!(status.len(), 1);
    assert_eq!((&status[0]["answer"], &status[0]["since"]), (&json!("yes"), &json!("2025-07-03")));
    assert_eq!(status[0]["at"], "2025-08-01");
    let id = status[0]["claims"][0].as_str().unwrap().to_string();

    let claim = ask(&["claims", "--id", &id]);
    assert_eq!(claim[0]["quote"], "Russia formally recognised the Taliban");
    for field in ["id", "doc", "span", "family", "subject", "by", "when", "value", "recorded", "frame", "confidence"] {
        assert!(claim[0].get(field).is_some(), "{field}");
    }
    assert!(ask(&["status", "RUS", "taliban", "--known", "2025-07-01"]).is_empty());
    assert_eq!(ask(&["who", "recognition", "Taliban", "--at", "2025-08-01"]).len(), 2);
    assert_eq!(ask(&["timeline", "Moscow", "Taliban"])[0]["from"], "2025-07-03");
    assert_eq!(ask(&["claims", "--by", "zed unheard"]).len(), 1, "a name that only the ledger knows");
    assert_eq!(ask(&["claims", "--by", "author", "--modality", "asserted"]).len(), 1);
    assert_eq!(ask(&["document", "d1"])[0]["claims"].as_array().unwrap().len(), 2);
    assert_eq!(ask(&["actors", "find", "Zed Unheard"])[0]["id"], "~zed-unheard");
    assert_eq!(ask(&["actors", "show", "RUS"])[0]["label"], "Russia");
}

#[test]
fn exit_codes_tell_whose_fault_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let l = ledger(dir.path());
    let code = |ledger: &Path, args: &[&str]| {
        let out = chancery(ledger, args);
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(!said.contains("panicked"), "{said}");
        (out.status.code().unwrap(), said)
    };
    assert_eq!(code(&l, &["status", "Russia", "China"]).0, 0, "nothing said is an answer");
    for args in [
        &["status", "Rusia", "Taliban"][..],
        &["status", "Congo", "Taliban"],
        &["who", "recognitoin", "Taliban"],
        &["claims", "--since", "yesterday"],
        &["claims", "--id", "feed"],
        &["document", "d2"],
        &["status"],
        &["read", "no-such-file.txt"],
        &["data", "show", "none.toml"],
    ] {
        let (rc, said) = code(&l, args);
        assert_eq!(rc, 1, "{args:?}: {said}");
        assert!(!said.trim().is_empty(), "{args:?}");
    }
    assert!(code(&l, &["status", "Congo", "Taliban"]).1.contains("COD"), "the candidates are named");
    assert_eq!(code(&dir.path().join("none"), &["status", "Russia", "China"]).0, 1);
    assert_eq!(code(&l.join("below/file"), &["read", "x.txt"]).0, 2);
    assert_eq!(code(&l, &["--help"]).0, 0);
}

#[test]
fn tables_fit_and_pipes_may_close() {
    let dir = tempfile::tempdir().unwrap();
    let l = ledger(dir.path());
    for args in [&["claims"][..], &["status", "Russia", "Taliban"], &["document", "d1"], &["actors", "show", "UN"]] {
        let out = String::from_utf8(chancery(&l, args).stdout).unwrap();
        assert!(!out.is_empty(), "{args:?}");
        let long = out.lines().find(|line| line.chars().count() > 100);
        assert!(args[0] == "actors" || long.is_none(), "{args:?}: {long:?}");
    }
    let mut child = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(["data", "show", "actors/states.toml"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let out = child.wait_with_output().unwrap();
    assert!(out.status.success() && out.stderr.is_empty(), "{}", String::from_utf8_lossy(&out.stderr));
}
