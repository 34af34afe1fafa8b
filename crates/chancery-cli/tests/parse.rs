//! `chancery parse` as a user runs it. The tests that need the language model pass with a note without it.
use std::io::Write;
use std::process::{Command, Output, Stdio};

fn chancery(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that ends early does not read it all.
    let _ = child.stdin.take().expect("piped").write_all(input.as_bytes());
    child.wait_with_output().expect("it ends")
}

/// Runs the program, or gives nothing where there is no model.
fn with_model(args: &[&str], input: &str) -> Option<Output> {
    let out = chancery(args, input);
    let err = String::from_utf8_lossy(&out.stderr);
    if err.contains("no language model") {
        eprintln!("skipped: {err}");
        return None;
    }
    Some(out)
}

fn stdout(out: &Output) -> String {
    String::from_utf8(out.stdout.clone()).expect("UTF-8")
}

#[test]
fn a_missing_model_names_the_command_that_fetches_it() {
    let out = chancery(&["parse", "-", "--model", "no/such/folder"], "It rained.");
    let err = String::from_utf8_lossy(&out.stderr);
    assert!(!out.status.success() && err.contains("no/such/folder") && err.contains("make model"), "{err}");
}

#[test]
fn documents_keep_their_order_and_ids() {
    let lines: String =
        (0..300).map(|i| format!("{{\"id\":\"d{i}\",\"text\":\"Envoy {i} left.\\nShe \\\"slept\\\".\"}}\n")).collect();
    let Some(out) = with_model(&["parse", "-"], &lines) else { return };
    assert!(out.status.success());
    let text = stdout(&out);
    assert_eq!(text.lines().count(), 300);
    for (i, line) in text.lines().enumerate() {
        let doc: serde_json::Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(doc["doc"], format!("d{i}"));
        let tokens = doc["tokens"].as_array().expect("tokens");
        let words: Vec<&str> = tokens.iter().filter_map(|t| t["text"].as_str()).collect();
        assert_eq!(words, ["Envoy", &i.to_string(), "left", ".", "\n", "She", "\"", "slept", "\"", "."]);
    }
    for threads in ["1", "2", "8"] {
        let again = with_model(&["parse", "-", "--threads", threads], &lines).expect("the model was there");
        assert_eq!(stdout(&again), text, "{threads} threads");
    }
}

#[test]
fn what_cannot_be_read_is_reported_and_the_rest_is_parsed() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let file = |name: &str, bytes: &[u8]| {
        let path = dir.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        path.to_str().expect("UTF-8").to_owned()
    };
    let lines = file("batch.jsonl", b"{\"id\":7,\"text\":\"One.\"}\nnot json\n\n{\"text\":\"Two.\"}\n");
    let plain = file("note.txt", "Three é.".as_bytes());
    let latin = file("latin.txt", b"caf\xe9");
    let gone = dir.path().join("gone.txt").to_str().expect("UTF-8").to_owned();
    let Some(out) = with_model(&["parse", &lines, &gone, &latin, &plain], "") else { return };
    let ids: Vec<String> = stdout(&out)
        .lines()
        .map(|l| serde_json::from_str::<serde_json::Value>(l).expect("JSON")["doc"].as_str().expect("id").to_owned())
        .collect();
    assert_eq!(ids, ["7", "4", "note"]);
    let err = String::from_utf8_lossy(&out.stderr);
    assert!(!out.status.success());
    for what in ["batch.jsonl:2", "gone.txt", "latin.txt", "3 of the inputs"] {
        assert!(err.contains(what), "{what}: {err}");
    }
}

#[test]
fn conllu_and_tree() {
    let Some(out) = with_model(&["parse", "-", "--format", "conllu"], "Oslo  left. It rained.") else { return };
    let text = stdout(&out);
    assert_eq!(text.lines().filter(|l| l.starts_with("# sent_id")).count(), 2, "{text}");
    let rows: Vec<Vec<&str>> = text.lines().filter(|l| l.contains('\t')).map(|l| l.split('\t').collect()).collect();
    assert!(rows.iter().all(|r| r.len() == 10 && r.iter().all(|f| !f.is_empty() && !f.contains(' '))), "{text}");
    assert!(rows.iter().any(|r| r[1] == "left" && r[2] == "leave" && r[6] == "0" && r[7] == "ROOT"));
    let out = with_model(&["parse", "-", "--format", "tree"], "Oslo left.").expect("the model was there");
    assert!(stdout(&out).contains("left  ROOT VBD leave\n  ├─ Oslo  nsubj NNP Oslo  [B-GPE]\n"), "{}", stdout(&out));
}
