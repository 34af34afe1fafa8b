//! What befalls files: processes killed at any point, disks that fill up, several at work at once. A document is in the
//! ledger whole or not at all, and an error says what to do.
#![cfg(unix)]
use chancery_core::ledger::{Filter, Ledger, LedgerError, Run};
use chancery_core::values::{Claim, SourceText};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const CLAIMS: usize = 5;

fn document(writer: usize, n: usize) -> (SourceText, Vec<Claim>) {
    let text = format!("words {writer} {n} {}", "and more words ".repeat(50));
    let hash = Sha256::digest(&text).iter().map(|b| format!("{b:02x}")).collect();
    let claims = (0..CLAIMS)
        .map(|i| {
            let party = |id: &str| json!({"id": id, "label": id, "mention": id, "kind": "state"});
            serde_json::from_value(json!({
                "doc": "", "quote": "words", "span": [0, 5], "family": "standing", "predicate": "recognition",
                "subject": party(&format!("S{i}")), "object": party("BBB"), "phase": "begins", "polarity": "yes",
                "modality": "asserted", "by": "author", "when": "2001",
            }))
            .unwrap()
        })
        .collect();
    (SourceText { id: format!("{writer}-{n}"), hash, text, ..SourceText::default() }, claims)
}

fn record(ledger: &mut Ledger, writer: usize, n: usize) -> Result<(), LedgerError> {
    let (source, claims) = document(writer, n);
    ledger.record(&Run::default(), &source, &claims, jiff::Timestamp::now()).map(|_| ())
}

/// Not a test of its own: the process that the others start, and kill. It writes until it is stopped or cannot.
#[test]
fn writer() {
    let Some(path) = std::env::var_os("CHANCERY_TEST_WRITER") else { return };
    let mut ledger = Ledger::open(Path::new(&path)).unwrap();
    for n in ledger.document_ids().unwrap().len().. {
        if let Err(e) = record(&mut ledger, 0, n) {
            eprintln!("stopped: {e}");
            return;
        }
    }
}

fn started(path: &Path, before: &str) -> Command {
    let mut c = Command::new("sh");
    c.arg("-c").arg(format!("{before} exec \"$0\" --exact writer --nocapture")).arg(std::env::current_exe().unwrap());
    c.env("CHANCERY_TEST_WRITER", path).stdout(Stdio::null()).stderr(Stdio::piped());
    c
}

/// How many documents there are, each with all its claims.
fn whole(path: &Path) -> usize {
    let ledger = Ledger::open(path).unwrap();
    let documents = ledger.document_ids().unwrap().len();
    assert_eq!(ledger.claims(&Filter::default(), None).unwrap().len(), documents * CLAIMS);
    documents
}

#[test]
fn a_writer_killed_at_any_point_leaves_whole_documents() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("l.sqlite");
    let kills = std::env::var("KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(30_u64);
    let mut before = 0;
    for n in 0..kills {
        let mut child = started(&path, "").spawn().unwrap();
        // From the very start of the process to well into the batch.
        std::thread::sleep(Duration::from_micros(500 + n * 7919 % 60_000));
        child.kill().unwrap();
        child.wait().unwrap();
        if path.exists() {
            let now = whole(&path);
            assert!(now >= before, "what was recorded stays");
            before = now;
        }
    }
    assert!(before > 0, "it got to write at all");
    assert_eq!(Ledger::open_read(&path).unwrap().verify().unwrap(), []);
}

#[test]
fn a_full_disk_stops_the_batch_with_a_word_and_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("l.sqlite");
    // No file may grow past 600 blocks: what a full disk does to a writer, for this one process.
    let out = started(&path, "trap '' XFSZ; ulimit -f 600;").output().unwrap();
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(said.contains("stopped: ") && said.contains("space on the disk"), "{said}");
    let before = whole(&path);
    assert!(before > 0);
    let mut ledger = Ledger::open(&path).unwrap();
    assert_eq!(ledger.verify().unwrap(), []);
    record(&mut ledger, 0, before).unwrap();
    drop(ledger);
    assert_eq!(whole(&path), before + 1, "with room again it goes on");
}

#[test]
fn two_writers_and_five_readers() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("l.sqlite");
    drop(Ledger::open(&path).unwrap());
    std::thread::scope(|s| {
        for writer in 0..2 {
            let path = &path;
            s.spawn(move || {
                let mut ledger = Ledger::open(path).unwrap();
                (0..40).for_each(|n| record(&mut ledger, writer, n).unwrap());
            });
        }
        for _ in 0..5 {
            s.spawn(|| {
                let ledger = Ledger::open_read(&path).unwrap();
                let mut last = 0;
                while last < 80 * CLAIMS {
                    let now = ledger.claims(&Filter::default(), None).unwrap().len();
                    assert!(now >= last && now.is_multiple_of(CLAIMS), "no half document, none lost");
                    last = now;
                    std::thread::sleep(Duration::from_millis(2));
                }
            });
        }
    });
    assert_eq!(whole(&path), 80);
}
