//! Runs that are cut off, and runs side by side: the ledger holds whole documents only, and a rerun completes it.
//! The tests that need the language model pass with a note without it.
#![cfg(unix)]
use chancery_core::ledger::{Filter, Ledger};
use chancery_parse::locate::locate;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const COUNT: usize = 400;

fn batch(dir: &Path) -> PathBuf {
    let states = ["Kenya", "Norway", "Japan", "Brazil", "Qatar", "Turkey", "India"];
    let line = |n: usize| {
        let (a, b) = (states[n % 7], states[(n + 1 + n / 7 % 6) % 7]);
        let text = format!(
            "On {} May {} {a} opened an embassy in {b}. {a} recognised the Islamic Emirate, its minister said in dispatch {n}. {b} condemned the decision.",
            n % 28 + 1,
            1990 + n % 30
        );
        serde_json::json!({"id": format!("d{n}"), "text": text, "published": "2025-07-04"}).to_string()
    };
    let path = dir.join("batch.jsonl");
    std::fs::write(&path, (0..COUNT).map(line).collect::<Vec<_>>().join("\n")).unwrap();
    path
}

fn read(batch: &Path, ledger: &Path) -> Child {
    let mut c = Command::new(env!("CARGO_BIN_EXE_chancery"));
    c.arg("read").arg(batch).arg("--ledger").arg(ledger).env_remove("CHANCERY_DATA");
    c.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

fn finish(child: Child) {
    let out = child.wait_with_output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
}

/// Documents, and (document, claim): duplicates and a damaged file are errors.
fn held(path: &Path) -> (BTreeSet<String>, BTreeSet<(String, String)>) {
    let ledger = match Ledger::open_read(path) {
        Ok(l) => l,
        // Killed before the first table.
        Err(chancery_core::ledger::LedgerError::Missing { .. }) => return Default::default(),
        Err(e) => panic!("{e}"),
    };
    let documents = ledger.document_ids().unwrap();
    let set: BTreeSet<String> = documents.iter().cloned().collect();
    assert_eq!(set.len(), documents.len());
    let rows = ledger.claims(&Filter::default(), None).unwrap();
    let claims: BTreeSet<_> = rows.iter().map(|c| (c.claim.doc.clone(), c.id.clone())).collect();
    assert_eq!(claims.len(), rows.len());
    (set, claims)
}

fn of(documents: &BTreeSet<String>, claims: &BTreeSet<(String, String)>) -> BTreeSet<(String, String)> {
    claims.iter().filter(|(d, _)| documents.contains(d)).cloned().collect()
}

/// Waits until the ledger holds so many documents, or the run has ended.
fn until(child: &mut Child, ledger: &Path, count: usize) {
    while child.try_wait().unwrap().is_none() {
        if ledger.exists() && Ledger::open_read(ledger).is_ok_and(|l| l.document_ids().is_ok_and(|d| d.len() >= count))
        {
            return;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn a_killed_run_leaves_whole_documents_and_a_rerun_completes_it() {
    if let Err(e) = locate(None) {
        return eprintln!("skipped: {e}");
    }
    let dir = tempfile::tempdir().unwrap();
    let batch = batch(dir.path());
    let whole = dir.path().join("whole.sqlite");
    let begun = Instant::now();
    finish(read(&batch, &whole));
    let took = begun.elapsed();
    let (documents, claims) = held(&whole);
    assert_eq!(documents.len(), COUNT);
    assert!(claims.len() >= COUNT);

    let mut cut = 0;
    let broken = dir.path().join("broken.sqlite");
    // A stride through the run that meets every stage of it: opening, loading, recording.
    for n in 0..16u32 {
        let mut child = read(&batch, &broken);
        std::thread::sleep(took * (n * 7 % 16) / 20);
        child.kill().unwrap();
        child.wait().unwrap();
        let (some, found) = if broken.exists() { held(&broken) } else { Default::default() };
        assert_eq!(found, of(&some, &claims), "after kill {n}");
        cut += usize::from(!some.is_empty() && some.len() < COUNT);
        if some.len() == COUNT {
            for end in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(format!("{}{end}", broken.display()));
            }
        }
    }
    // In the middle of the recording for certain.
    for count in [1, 37, 180] {
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", broken.display()));
        }
        let mut child = read(&batch, &broken);
        until(&mut child, &broken, count);
        child.kill().unwrap();
        child.wait().unwrap();
        let (some, found) = held(&broken);
        assert_eq!(found, of(&some, &claims));
        cut += usize::from(some.len() < COUNT);
    }
    assert!(cut > 0, "no kill fell into the recording");
    finish(read(&batch, &broken));
    assert_eq!(held(&broken), (documents, claims));
}

#[test]
fn ctrl_c_leaves_a_sound_ledger() {
    if let Err(e) = locate(None) {
        return eprintln!("skipped: {e}");
    }
    let dir = tempfile::tempdir().unwrap();
    let (batch, ledger) = (batch(dir.path()), dir.path().join("l.sqlite"));
    let mut child = read(&batch, &ledger);
    until(&mut child, &ledger, 20);
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let begun = Instant::now();
    child.wait().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(5));
    let (some, found) = held(&ledger);
    assert!(some.len() >= 20);
    finish(read(&batch, &ledger));
    let (documents, claims) = held(&ledger);
    assert_eq!((documents.len(), found), (COUNT, of(&some, &claims)));
}

#[test]
fn two_runs_on_one_ledger_record_each_document_once() {
    if let Err(e) = locate(None) {
        return eprintln!("skipped: {e}");
    }
    let dir = tempfile::tempdir().unwrap();
    let (batch, ledger) = (batch(dir.path()), dir.path().join("l.sqlite"));
    let runs = [read(&batch, &ledger), read(&batch, &ledger)];
    runs.into_iter().for_each(finish);
    let (documents, claims) = held(&ledger);
    assert_eq!(documents.len(), COUNT);
    let alone = dir.path().join("alone.sqlite");
    finish(read(&batch, &alone));
    assert_eq!(held(&alone), (documents, claims));
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    if let Err(e) = locate(None) {
        return eprintln!("skipped: {e}");
    }
    let dir = tempfile::tempdir().unwrap();
    let batch = batch(dir.path());
    for args in [&["code", "--format", "jsonl"][..], &["code", "--format", "csv"], &["parse"]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_chancery"))
            .args(args)
            .arg(&batch)
            .env_remove("CHANCERY_DATA")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        assert!(!first.is_empty());
        let out = child.wait_with_output().unwrap();
        assert!(out.status.success() && out.stderr.is_empty(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    }
}
