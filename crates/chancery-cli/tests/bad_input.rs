//! What a user may hand over by mistake: each time a message with what, where and what to do, and a sound ledger after.
//! The tests that need the language model pass with a note without it.
use chancery_core::ledger::{Filter, Ledger};
use chancery_parse::locate::locate;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const GOOD: &str = "Russia recognised the Islamic Emirate of Afghanistan on 3 July 2025.";

/// A folder with a ledger in it, and the model, if there is one.
struct Desk {
    dir: tempfile::TempDir,
    model: PathBuf,
}

impl Desk {
    fn new() -> Option<Desk> {
        match locate(None) {
            Ok(model) => Some(Desk { dir: tempfile::tempdir().unwrap(), model }),
            Err(e) => {
                eprintln!("skipped: {e}");
                None
            }
        }
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.dir.path().join(name), bytes).unwrap();
    }

    fn ledger(&self) -> PathBuf {
        self.dir.path().join("l.sqlite")
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut c = Command::new(env!("CARGO_BIN_EXE_chancery"));
        c.args(args).current_dir(&self.dir).env("CHANCERY_LEDGER", self.ledger()).env("CHANCERY_MODEL", &self.model);
        c.env_remove("CHANCERY_DATA").stdin(Stdio::null());
        c
    }

    fn run(&self, args: &[&str]) -> (i32, String, String) {
        told(self.command(args).output().unwrap())
    }

    /// Documents and claims of the ledger; it must be whole.
    fn held(&self) -> (Vec<String>, Vec<String>) {
        held(&self.ledger())
    }
}

fn held(path: &Path) -> (Vec<String>, Vec<String>) {
    let ledger = Ledger::open_read(path).unwrap();
    let claims = ledger.claims(&Filter::default(), None).unwrap();
    let mut documents = ledger.document_ids().unwrap();
    documents.sort();
    let mut ids: Vec<String> = claims.iter().map(|c| c.id.clone()).collect();
    ids.sort();
    (documents, ids)
}

fn told(out: Output) -> (i32, String, String) {
    let text = |b: Vec<u8>| String::from_utf8(b).unwrap();
    (out.status.code().unwrap_or(-1), text(out.stdout), text(out.stderr))
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_read() {
    let Some(desk) = Desk::new() else { return };
    desk.file("good.txt", GOOD);
    desk.file("binary.txt", b"\x7fELF\x02\x01\0\0\0");
    desk.file("nul.txt", b"Russia\0Iran");
    desk.file("latin.txt", b"Caf\xe9 talks");
    desk.file("empty.txt", "");
    desk.file("blank.txt", " \n\n");
    desk.file("page.html", "<html><body><nav><a href=x>Home</a></nav></body></html>");
    desk.file("lines.jsonl", format!("{{\"id\":\"l1\",\"text\":\"{GOOD} One.\"}}\n{{\"id\":\"l2\",\n{{\"id\":\"l3\",\"text\":\"{GOOD} Three.\"}}\n"));
    desk.file("day.json", format!("{{\"id\":\"day\",\"text\":\"{GOOD} Day.\",\"published\":\"2025-02-30\"}}"));
    desk.file("front.md", format!("---\npublished: 2025-13-01\n---\n{GOOD} Front."));
    desk.file("french.txt", "Le ministre a déclaré que les deux pays ont rétabli des relations diplomatiques et que son ambassade dans la capitale sera ouverte avec une équipe réduite, sur la base de la décision qui a été prise par le gouvernement.");
    fs::create_dir(desk.dir.path().join("none")).unwrap();
    let names = "good.txt missing.txt none binary.txt nul.txt latin.txt empty.txt blank.txt page.html lines.jsonl day.json front.md french.txt";
    let args: Vec<&str> = std::iter::once("read").chain(names.split(' ')).collect();
    let (code, out, err) = desk.run(&args);
    assert_eq!((code, out.as_str()), (1, ""), "{err}");
    for (place, what, way_out) in [
        ("missing.txt:", "no such file", "check the name"),
        ("none:", "a folder without documents", ".jsonl"),
        ("binary.txt:", "a program", "give a text"),
        ("nul.txt, byte 6:", "NUL byte", "give a text"),
        ("latin.txt, byte 3:", "not UTF-8", "iconv"),
        ("empty.txt:", "empty", "leave it out"),
        ("blank.txt:", "empty", "leave it out"),
        ("page.html:", "without an article", ".txt"),
        ("lines.jsonl:2:", "malformed JSON", "left out"),
        ("day.json:", "\"2025-02-30\", which is no date", "2025-07-03"),
        ("front.md:", "\"2025-13-01\", which is no date", "2025-07-03"),
        ("french", "French", ""),
    ] {
        let line = err.lines().find(|l| l.contains(place)).unwrap_or_else(|| panic!("{place} in {err}"));
        assert!(line.contains(what) && line.contains(way_out), "{line}");
    }
    assert!(err.contains("8 of the inputs could not be used") || err.contains("9 of the inputs"), "{err}");
    let (documents, claims) = desk.held();
    assert_eq!(documents, ["day", "french", "front", "good", "l1", "l3"]);
    assert!(claims.len() >= 5, "{claims:?}");
    let (_, rows, _) = desk.run(&["claims", "--format", "jsonl"]);
    let days: Vec<Value> = rows.lines().map(|l| serde_json::from_str::<Value>(l).unwrap()["said"].clone()).collect();
    assert!(days.iter().all(|d| d == ""), "no date comes from nowhere: {days:?}");
}

#[test]
fn parse_names_what_it_cannot_read() {
    let Some(desk) = Desk::new() else { return };
    desk.file("latin.txt", b"Caf\xe9");
    desk.file("lines.jsonl", "{\"text\":\"It rained.\"}\n{\"text\":\n{\"text\":\"It stopped.\"}\n");
    fs::create_dir(desk.dir.path().join("none")).unwrap();
    let (code, out, err) = desk.run(&["parse", "missing.txt", "none", "latin.txt", "lines.jsonl"]);
    assert_eq!((code, out.lines().count()), (1, 2), "{err}");
    for line in [
        "missing.txt: no such file",
        "none: a folder",
        "latin.txt, byte 3: not UTF-8",
        "lines.jsonl:2: not a JSON object",
    ] {
        assert!(err.contains(line), "{err}");
    }
}

#[test]
fn a_date_that_does_not_exist_is_refused_before_anything_is_recorded() {
    let Some(desk) = Desk::new() else { return };
    desk.file("good.txt", GOOD);
    let (code, _, err) = desk.run(&["read", "good.txt", "--published", "2025-02-30"]);
    assert!(code == 1 && err.contains("--published: \"2025-02-30\"") && err.contains("2025-07-03"), "{err}");
    assert!(desk.held().0.is_empty());
}

#[test]
fn a_model_that_is_missing_or_damaged_is_named() {
    let Some(desk) = Desk::new() else { return };
    desk.file("good.txt", GOOD);
    let (code, _, err) = desk.run(&["read", "good.txt", "--model", "nowhere"]);
    assert!(code == 1 && err.contains("nowhere") && err.contains("`make model`") && err.lines().count() == 1, "{err}");

    let folder = desk.dir.path().join("model");
    let files = copy(&desk.model, &folder);
    let read = [
        "parser/model",
        "ner/model",
        "tok2vec/model",
        "tagger/model",
        "tokenizer",
        "meta.json",
        "config.cfg",
        "vocab/lookups.bin",
        "attribute_ruler/patterns",
    ];
    for file in files.iter().filter(|f| read.iter().any(|r| f.ends_with(r))) {
        let path = folder.join(file);
        let whole = fs::read(&path).unwrap();
        let mut flipped = whole.clone();
        let at = whole.len() * 2 / 3;
        flipped[at] ^= 0x04;
        for damage in [None, Some(&whole[..whole.len() / 2]), Some(&flipped)] {
            match damage {
                None => fs::remove_file(&path).unwrap(),
                Some(bytes) => fs::write(&path, bytes).unwrap(),
            }
            let (code, _, err) = desk.run(&["code", "good.txt", "--model", "model"]);
            let named = err.contains(&file.display().to_string()) || file.ends_with("config.cfg");
            let sum = damage.map(<[u8]>::len);
            assert!(
                code == 1 && named && err.contains("make model") && err.lines().count() == 1,
                "{file:?} {sum:?}: {err}"
            );
        }
        fs::write(&path, whole).unwrap();
    }
    assert_eq!(desk.run(&["code", "good.txt", "--model", "model"]).0, 0);
}

/// Copies a folder; the paths of its files within it.
fn copy(from: &Path, to: &Path) -> Vec<PathBuf> {
    fs::create_dir(to).unwrap();
    let mut out = Vec::new();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let name = PathBuf::from(entry.file_name());
        if entry.path().is_dir() {
            out.extend(copy(&entry.path(), &to.join(&name)).into_iter().map(|f| name.join(f)));
        } else {
            fs::copy(entry.path(), to.join(&name)).unwrap();
            out.push(name);
        }
    }
    out
}

#[test]
fn huge_texts_and_words_are_read_in_bounded_memory() {
    let Some(desk) = Desk::new() else { return };
    let paragraph = format!("{GOOD}{}", "\n".repeat(1000));
    let mut huge = String::from("First. Iran closed its embassy in Riyadh.\n\n");
    huge.push_str(&" \n".repeat(15 << 20));
    huge.push_str(&paragraph.repeat(30));
    huge.push_str("At the end, Kenya opened an embassy in Rabat.");
    assert!(huge.len() > 30 << 20);
    desk.file("huge.txt", &huge);
    desk.file("word.txt", format!("Russia recognised {} on Monday. {GOOD}", "a".repeat(1 << 20)));
    for name in ["huge.txt", "word.txt"] {
        let run = format!("ulimit -v 3000000; exec '{}' read {name} --threads 2", env!("CARGO_BIN_EXE_chancery"));
        let mut c = Command::new("sh");
        c.args(["-c", &run]).current_dir(&desk.dir);
        c.env("CHANCERY_LEDGER", desk.ledger()).env("CHANCERY_MODEL", &desk.model).env_remove("CHANCERY_DATA");
        let (code, _, err) = told(c.output().unwrap());
        assert_eq!(code, 0, "{name}: {err}");
        assert!(name != "huge.txt" || err.contains("sections"), "{err}");
    }
    let ledger = Ledger::open_read(&desk.ledger()).unwrap();
    let claims = ledger.claims(&Filter::default(), None).unwrap();
    let end: Vec<char> = huge.chars().collect();
    let last = claims.iter().find(|c| c.claim.quote.contains("opened an embassy")).expect("the last section is coded");
    let [a, b] = last.claim.span.map(|x| x as usize);
    assert_eq!(end[a..b].iter().collect::<String>(), last.claim.quote);
    assert!(claims.iter().any(|c| c.claim.doc == "word" && c.claim.predicate == "recognition"));
}

#[test]
fn strange_texts_are_kept_to_the_letter() {
    let Some(desk) = Desk::new() else { return };
    let sql =
        "'); DROP TABLE claims; -- said Robert. Russia recognised the Taliban'; DELETE FROM documents WHERE 1=1; --";
    let bell = "Iran\u{7} closed its\u{1b}[31m embassy in Riyadh.\u{202e} Kenya\u{8} opened an embassy in Rabat.";
    let line =
        |id: &str, text: &str| serde_json::json!({"id": id, "text": text, "publisher": "x'; --\u{7}"}).to_string();
    desk.file("in.jsonl", [line("a'b\u{1b}[2J", sql), line("b\nc", bell)].join("\n"));
    let (code, _, err) = desk.run(&["read", "in.jsonl"]);
    assert_eq!(code, 0, "{err}");
    let (documents, _) = desk.held();
    assert_eq!(documents, ["a'b\u{1b}[2J", "b\nc"]);
    let ledger = Ledger::open_read(&desk.ledger()).unwrap();
    assert_eq!(ledger.document("b\nc", None).unwrap().unwrap().text, bell);
    for args in
        [&["claims"][..], &["document", "a'b\u{1b}[2J"], &["document", "b\nc"], &["timeline", "Iran", "Saudi Arabia"]]
    {
        let (_, out, err) = desk.run(args);
        let bare = |c: char| c.is_control() && c != '\n' && c != '\t';
        assert!(!out.contains(bare) && !err.contains(bare), "{args:?}: {out:?} {err:?}");
    }
}

#[test]
fn the_same_text_is_recorded_once_and_another_text_is_a_version() {
    let Some(desk) = Desk::new() else { return };
    desk.file("a.txt", GOOD);
    assert_eq!(desk.run(&["read", "a.txt"]).0, 0);
    let first = desk.held();
    let (code, _, err) = desk.run(&["read", "a.txt", "a.txt"]);
    assert!(code == 0 && err.contains("2 documents known already"), "{err}");
    assert_eq!(desk.held(), first);
    desk.file("a.txt", "Russia withdrew its recognition of the Islamic Emirate of Afghanistan.");
    let (code, _, err) = desk.run(&["read", "a.txt"]);
    assert!(code == 0 && err.contains("version 2"), "{err}");
    let second = desk.held();
    assert_eq!(second.0, ["a"]);
    assert!(second.1.iter().all(|id| !first.1.contains(id)));
}

#[test]
fn a_ledger_that_cannot_be_used_says_why() {
    let Some(desk) = Desk::new() else { return };
    desk.file("good.txt", GOOD);
    desk.file("l.sqlite", "This is a letter to my aunt, and no ledger at all. ".repeat(40));
    for args in [&["read", "good.txt"][..], &["claims"]] {
        let (code, _, err) = desk.run(args);
        assert!(code == 1 && err.contains("l.sqlite is no Chancery ledger") && err.contains("--ledger"), "{err}");
    }
    assert!(fs::read_to_string(desk.ledger()).unwrap().starts_with("This is a letter"), "it is left alone");

    fs::remove_file(desk.ledger()).unwrap();
    assert_eq!(desk.run(&["read", "good.txt"]).0, 0);
    // SQLite keeps the schema's number at byte 60 of the file.
    let mut bytes = fs::read(desk.ledger()).unwrap();
    bytes[60..64].copy_from_slice(&999u32.to_be_bytes());
    desk.file("newer.sqlite", &bytes);
    for command in [&["read", "good.txt"][..], &["claims"]] {
        let args = [command, &["--ledger", "newer.sqlite"]].concat();
        let (code, _, err) = desk.run(&args);
        assert!(code == 1 && err.contains("newer.sqlite has schema 999") && err.contains("newer chancery"), "{err}");
    }
    let half = fs::read(desk.ledger()).unwrap();
    desk.file("half.sqlite", &half[..half.len() / 2]);
    let (code, _, err) = desk.run(&["claims", "--ledger", "half.sqlite"]);
    assert!(code != 0 && err.contains("half.sqlite"), "{err}");
}

#[cfg(unix)]
#[test]
fn a_ledger_that_cannot_be_written_can_be_asked() {
    use std::os::unix::fs::PermissionsExt;
    let Some(desk) = Desk::new() else { return };
    desk.file("good.txt", GOOD);
    let folder = desk.dir.path().join("locked");
    fs::create_dir(&folder).unwrap();
    let ledger = folder.join("l.sqlite");
    let path = ledger.to_str().unwrap();
    assert_eq!(desk.run(&["read", "good.txt", "--ledger", path]).0, 0);
    let before = held(&ledger);
    desk.file("more.txt", "Kenya opened an embassy in Rabat on 4 May 2024.");
    for (file, dir) in [(0o444, 0o755), (0o444, 0o555), (0o644, 0o555)] {
        fs::set_permissions(&ledger, fs::Permissions::from_mode(file)).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(dir)).unwrap();
        // The superuser may write anything.
        let locked = fs::OpenOptions::new().append(true).open(&ledger).is_err();
        if locked {
            let (code, _, err) = desk.run(&["read", "more.txt", "--ledger", path]);
            assert!(code == 2 && err.contains("cannot be written") && err.contains("permissions"), "{err}");
        }
        let (code, out, err) = desk.run(&["claims", "--format", "jsonl", "--ledger", path]);
        assert!(code == 0 && out.contains("recognition"), "{err}");
    }
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    let after = held(&ledger);
    assert!(before.0.iter().all(|d| after.0.contains(d)));
}

#[test]
fn threads_do_not_change_the_output() {
    let Some(desk) = Desk::new() else { return };
    let line = |n: usize| serde_json::json!({"id": format!("d{n}"), "text": format!("{GOOD} On {} May 2024 Kenya opened an embassy in Rabat. It said {n} people were killed in an attack by al-Shabaab. The National Security Agency and the Lima Anti-Piracy Group accused Kenya of spying.", n % 28 + 1)});
    let lines: Vec<String> = (0..200).map(|n| line(n).to_string()).collect();
    desk.file("in.jsonl", lines.join("\n"));
    for command in [&["code", "--format", "jsonl"][..], &["parse"]] {
        let outs: Vec<String> =
            ["1", "2", "8"].map(|n| desk.run(&[command, &["in.jsonl", "--threads", n]].concat()).1).into();
        assert!(outs[0].len() > 1000 && outs.iter().all(|o| *o == outs[0]), "{command:?}");
    }
}
