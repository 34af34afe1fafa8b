//! Tests that need the language model (`make model`). Without it they print a note and pass.
use chancery_parse::locate::{NoModel, find, locate};
use chancery_parse::{Doc, Pipeline, pack};
use proptest::prelude::*;
use std::fmt::Write as _;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

static FOLDER: LazyLock<Result<PathBuf, NoModel>> = LazyLock::new(|| locate(None));
static MODEL: LazyLock<Option<Pipeline>> =
    LazyLock::new(|| Some(Pipeline::load(FOLDER.as_ref().ok()?).expect("the model is good")));

fn model() -> Option<&'static Pipeline> {
    if let Err(e) = &*FOLDER {
        eprintln!("skipped: {e}");
    }
    MODEL.as_ref()
}

fn visible(s: &str) -> String {
    s.replace('\n', "\\n").replace(' ', "␣")
}

/// What the expectations in parses.txt look like.
fn shown(doc: &Doc) -> String {
    let mut out = String::new();
    for (i, t) in doc.tokens.iter().enumerate() {
        let start = if t.sent_start { '>' } else { ' ' };
        let space = if t.ws { "_" } else { "" };
        let text = visible(doc.text(i)) + space;
        let (lemma, head) = (visible(&t.lemma), visible(doc.text(t.head as usize)));
        writeln!(out, "{start} {text:<14} {:<5} {:<5} {lemma:<12} {}({head}) {}", t.tag, t.pos, t.dep, t.morph)
            .expect("writing to a string");
    }
    for e in &doc.entities {
        let text = doc.span_text(e.start as usize..e.end as usize);
        writeln!(out, "  [{}] {}", e.label, visible(text)).expect("writing to a string");
    }
    out.lines().map(|l| l.trim_end().to_owned() + "\n").collect()
}

/// parses.txt: a text after "# ", then what is expected of it, up to an empty line. `UPDATE_EXPECT=1` rewrites it.
#[test]
fn parses_are_the_expected_ones() {
    let Some(model) = model() else { return };
    if !model.meta().name.starts_with("en_core_web_sm") || model.meta().version != "3.8.0" {
        eprintln!("skipped: parses.txt is not for {} {}", model.meta().name, model.meta().version);
        return;
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parses.txt");
    let want = std::fs::read_to_string(&path).expect("tests/parses.txt");
    let texts = want.lines().filter_map(|l| l.strip_prefix("# "));
    let blocks = texts.map(|t| format!("# {t}\n{}", shown(&model.parse(&t.replace("\\n", "\n")))));
    let got = blocks.collect::<Vec<_>>().join("\n");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, got).expect("tests/parses.txt can be written");
        return;
    }
    for (got, want) in got.lines().zip(want.lines()) {
        assert_eq!(got, want);
    }
    assert_eq!(got, want);
}

/// Texts that differ in length and words.
fn texts(n: usize) -> Vec<String> {
    let who = ["Moscow", "The foreign ministry in Quito", "A spokeswoman", "They", "Chad's new envoy, Idriss Mahamat,"];
    let did = ["recalled its ambassador", "didn't reopen the consulate", "named a chargé d'affaires", "left"];
    let when = [" on 3 May 2021.", ", officials said.", " (again)!", " after the vote...", ""];
    let sentence = |i: usize| format!("{} {}{}", who[i % 5], did[i / 2 % 4], when[i / 3 % 5]);
    (0..n)
        .map(|i| (0..i * i % 7).map(|j| sentence(i + 3 * j)).collect::<Vec<_>>().join(" ") + &"\n".repeat(i % 3))
        .collect()
}

#[test]
fn threads_and_neighbours_change_nothing() {
    let Some(model) = model() else { return };
    let texts = texts(400);
    let alone: Vec<Doc> = texts.iter().map(|t| model.parse(t)).collect();
    for threads in [1, 2, 8] {
        // A fresh model each time, so that nothing is known of the words yet.
        let fresh = Pipeline::load(FOLDER.as_ref().expect("found before")).expect("loaded before");
        let mut got: Vec<(usize, Doc)> = Vec::new();
        let flow: ControlFlow<()> = fresh.parse_all(
            threads,
            texts.iter().cloned().enumerate(),
            |i, d| (i, d),
            |x| {
                got.push(x);
                ControlFlow::Continue(())
            },
        );
        assert!(flow.is_continue());
        assert!(got.iter().map(|x| x.0).eq(0..texts.len()), "the order is kept");
        for ((_, got), want) in got.iter().zip(&alone) {
            assert_eq!(got, want, "{threads} threads");
        }
    }
}

#[test]
fn an_endless_stream_can_be_left() {
    let Some(model) = model() else { return };
    let mut seen = 0;
    let flow = model.parse_all(
        3,
        (0u64..).map(|i| (i, format!("Report {i} came."))),
        |i, d| (i, d.len()),
        |(i, n)| {
            assert_eq!((i, n), (seen, 4));
            seen += 1;
            if seen == 500 { ControlFlow::Break("enough") } else { ControlFlow::Continue(()) }
        },
    );
    assert_eq!(flow, ControlFlow::Break("enough"));
}

#[test]
fn a_panic_of_the_caller_does_not_hang() {
    let Some(model) = model() else { return };
    let run = || {
        let texts = (0..2000).map(|i| (i, "It rained.".to_owned()));
        let flow: ControlFlow<()> =
            model.parse_all(2, texts, |i, _| assert_ne!(i, 700), |()| ControlFlow::Continue(()));
        flow
    };
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).is_err());
    assert_eq!(model.parse("It rained.").len(), 3, "the model is still good");
}

/// The tokens are in order, not empty, and what lies between them is one space where `ws` says so.
fn tiles(doc: &Doc) {
    let mut rebuilt = String::new();
    for (i, t) in doc.tokens.iter().enumerate() {
        assert!(t.start < t.end && (t.head as usize) < doc.len());
        rebuilt.push_str(doc.text(i));
        rebuilt.push_str(if t.ws { " " } else { "" });
    }
    assert_eq!(rebuilt, doc.text);
    assert!(doc.is_empty() || doc.tokens[0].sent_start);
    assert!(doc.entities.is_sorted_by_key(|e| e.start) && doc.entities.iter().all(|e| e.start < e.end));
}

#[test]
fn odd_and_long_texts() {
    let Some(model) = model() else { return };
    let mut words = String::new();
    (0..4000).for_each(|i| words += if i % 9 == 8 { "left. " } else { "envoys " });
    for text in [
        String::new(),
        " ".into(),
        "\n\n \u{a0}".into(),
        "a".repeat(1_000_000),
        "(".repeat(5_000),
        "é,".repeat(3_000),
        "x@y.".repeat(100_000),
        "..)".repeat(2_000),
        " ".repeat(100_000),
        words,
    ] {
        tiles(&model.parse(&text));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_is_tiled(text in any::<String>(), words in r#"([A-Za-z]{1,4}['’.,:;()/\-–"$%0-9éü ]{0,3}){0,12}"#) {
        if let Some(model) = model() {
            tiles(&model.parse(&text));
            tiles(&model.parse(&words));
        }
    }
}

/// Every file of the model missing, cut short, or with bytes changed: an error that names a file of the model, or
/// a model that still parses anything; never a panic.
#[test]
fn damaged_models_are_refused_or_work() {
    let Ok(folder) = &*FOLDER else { return };
    let copy = tempfile::tempdir().expect("a temporary folder");
    let mut files = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(dir) = open.pop() {
        std::fs::create_dir_all(copy.path().join(&dir)).expect("folder");
        for entry in std::fs::read_dir(folder.join(&dir)).expect("folder") {
            let entry = entry.expect("entry");
            let name = dir.join(entry.file_name());
            if entry.path().is_dir() {
                open.push(name);
            } else {
                std::fs::copy(entry.path(), copy.path().join(&name)).expect("copy");
                files.push(name);
            }
        }
    }
    let read = |name: &str| files.iter().any(|f| f == Path::new(name));
    assert!(read("tok2vec/model") && read("config.cfg"));
    let mut refused = 0;
    for name in &files {
        if name.starts_with("senter") || name.ends_with("strings.json") {
            continue;
        }
        let path = copy.path().join(name);
        let good = std::fs::read(&path).expect("file");
        let n = good.len();
        let mut versions: Vec<Option<Vec<u8>>> = vec![None, Some(Vec::new()), Some(good[..n / 2].to_vec())];
        for seed in 1..6usize {
            let mut bad = good.clone();
            for k in 0..seed * 3 {
                // Mostly near the start, where the lengths and names are.
                let at = (k * 7919 * seed + seed) % n.min(if seed % 2 == 0 { n } else { 3000 });
                bad[at] = bad[at].wrapping_add((seed * 37 + k) as u8);
            }
            versions.push(Some(bad));
        }
        for v in versions {
            match &v {
                None => std::fs::remove_file(&path).expect("remove"),
                Some(bytes) => std::fs::write(&path, bytes).expect("write"),
            }
            match Pipeline::load(copy.path()) {
                Ok(p) => tiles(&p.parse("Damaged models (if they load) don't panic. They parse U.S. texts.")),
                Err(e) => {
                    refused += 1;
                    assert!(e.path.starts_with(copy.path()) && !e.reason.is_empty(), "{e}");
                }
            }
        }
        std::fs::write(&path, good).expect("write");
    }
    assert!(refused > files.len(), "only {refused} refused");
}

#[test]
fn a_packed_model_is_the_model() {
    let (Some(model), Ok(from)) = (model(), &*FOLDER) else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("model.chancery");
    let entries = pack::pack(from, &file).expect("it is written");
    assert_eq!(pack::check(&file).expect("it is sound"), entries);
    assert_eq!(pack::entries(&file).expect("it is sound"), entries);
    assert!(entries.iter().any(|e| e.name == "tok2vec/model") && !entries.iter().any(|e| e.name == "vocab/key2row"));

    let again = folder.path().join("again");
    pack::pack(&file, &again).expect("a packed model can be packed");
    let bytes = std::fs::read(&file).expect("it is there");
    assert!(bytes == std::fs::read(&again).expect("it is there"), "the same model, the same bytes");

    let mapped = Pipeline::open(&find(Some(&file)).expect("a file is a place")).expect("it loads");
    let in_memory = Pipeline::from_packed(bytes).expect("it loads");
    assert_eq!(mapped.meta(), model.meta());
    for text in texts(60) {
        let want = model.parse(&text);
        assert!(mapped.parse(&text) == want && in_memory.parse(&text) == want, "{text}");
    }
}

/// The model as its package has it, in a folder of a zip file.
#[test]
fn a_wheel_is_the_model() {
    let (Some(model), Ok(from)) = (model(), &*FOLDER) else { return };
    if !from.is_dir() {
        eprintln!("skipped: the model is not a folder");
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("en_core_web_sm-3.8.0-py3-none-any.whl");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&file).expect("it can be made"));
    let mut open = vec![PathBuf::new()];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(from.join(&dir)).expect("folder") {
            let entry = entry.expect("entry");
            let name = dir.join(entry.file_name());
            if entry.path().is_dir() {
                open.push(name);
                continue;
            }
            let place = format!("en_core_web_sm/en_core_web_sm-3.8.0/{}", name.display());
            zip.start_file(place, zip::write::SimpleFileOptions::default()).expect("written");
            zip.write_all(&std::fs::read(entry.path()).expect("read")).expect("written");
        }
    }
    zip.finish().expect("written");

    let wheel = Pipeline::open(&find(Some(&file)).expect("a file is a place")).expect("it loads");
    assert_eq!(wheel.meta(), model.meta());
    let packed = folder.path().join("packed");
    pack::pack(&file, &packed).expect("a wheel can be packed");
    let of_folder = folder.path().join("of folder");
    pack::pack(from, &of_folder).expect("a folder can be packed");
    assert!(std::fs::read(packed).expect("there") == std::fs::read(of_folder).expect("there"), "the same packed model");
    for text in texts(40) {
        assert_eq!(wheel.parse(&text), model.parse(&text), "{text}");
    }

    let zipped = std::fs::read(&file).expect("there");
    std::fs::write(&file, &zipped[..zipped.len() / 2]).expect("written");
    let e = Pipeline::load(&file).err().expect("cut short");
    assert!(e.path == file && e.reason.contains("not readable as a zip file"), "{e}");
}

/// Places in characters, counted the slow way.
#[test]
fn places_in_characters() {
    let Some(model) = model() else { return };
    for text in
        texts(30).into_iter().chain(["Nauru’s “Büro” – in Čelákovice 漢字 🙂 – closed.  São Tomé’s didn’t.".into()])
    {
        let doc = model.parse(&text);
        let count = |to: u32| text[..to as usize].chars().count() as u32;
        let want: Vec<_> = doc.tokens.iter().map(|t| count(t.start)..count(t.end)).collect();
        assert_eq!(doc.char_spans(), want);
    }
}

#[test]
fn a_damaged_packed_model_is_named() {
    let Ok(from) = &*FOLDER else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("model.chancery");
    let entries = pack::pack(from, &file).expect("it is written");
    let good = std::fs::read(&file).expect("it is there");
    let n = good.len();
    let refused = |bytes: &[u8], why: &str| {
        std::fs::write(&file, bytes).expect("it can be written");
        let e = pack::check(&file).expect_err("it is refused");
        assert!(e.path.starts_with(&file) && e.reason.contains(why), "{e}");
        // The loader reads all but the licences.
        if !e.path.ends_with("LICENSE") && !e.path.ends_with("LICENSES_SOURCES") {
            assert!(Pipeline::load(&file).is_err(), "{e}");
        }
    };
    refused(b"", "not a packed model");
    refused(b"[nlp]\nlang = \"en\"\n", "not a packed model");
    refused(&good[..n - 1], "cut short");
    refused(&good[..n / 2], "cut short");
    refused(&good[..40], "cut short");
    for (at, why) in [(8, "version"), (70, "checksum"), (n - 1, "checksum"), (n / 2, "checksum")] {
        let mut bad = good.clone();
        bad[at] ^= 2;
        refused(&bad, why);
    }
    let e = pack::pack(folder.path(), &file).expect_err("no model in that folder");
    assert!(e.path.ends_with("meta.json"), "{e}");
    let e = pack::pack(from, &folder.path().join("no/such/folder/file")).expect_err("no such folder");
    assert!(e.reason.contains("cannot be written"), "{e}");
    assert!(!entries.is_empty());
}
