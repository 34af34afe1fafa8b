//! The cases of `suite/missions/*.md`: a heading, a text in a block whose first line is the document's title, and the
//! table of the changes of rank that the whole path (parse, code, ranks) must give for the title's two states.
//! `UPDATE=1` writes the tables anew (then read the difference before keeping it).
use chancery_core::ask::rank_steps;
use chancery_core::code::Coder;
use chancery_core::knowledge::DataFiles;
use chancery_core::ledger::ClaimRow;
use chancery_core::{Claim, SourceText};
use chancery_parse::{Pipeline, locate};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// What a case holds.
struct Case {
    name: String,
    /// First line of the block.
    title: String,
    text: String,
    /// The table as written, without empty lines.
    expected: String,
}

#[test]
fn histories_of_the_suite() {
    let model = locate::locate(None).unwrap_or_else(|e| panic!("{e}"));
    let pipeline = Pipeline::load(&model).unwrap_or_else(|e| panic!("{e}"));
    let (coder, _) = Coder::new(&DataFiles::embedded());
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = String::new();
    let mut cases = 0;
    for path in files() {
        let at = path.display();
        let file = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{at}: {e}"));
        let mut written = String::new();
        for part in file.split_inclusive('\n').fold(Vec::new(), by_heading) {
            let Some(case) = read(&part, &path) else {
                written.push_str(&part);
                continue;
            };
            cases += 1;
            let doc = pipeline.parse(&case.text);
            let source = SourceText {
                id: case.name.clone(),
                text: case.text.clone(),
                title: Some(case.title.clone()),
                ..SourceText::default()
            };
            let got = table(&coder, &case.title, coder.code(&source, &doc));
            if got != case.expected && !update {
                wrong += &format!("{at}: {}\nexpected\n{}got\n{got}\n", case.name, case.expected);
            }
            let block_end = part.rfind("\n```\n").expect("a case has its block") + 5;
            written += &format!("{}\n{got}\n", &part[..block_end]);
        }
        if update {
            std::fs::write(&path, written.trim_end().to_owned() + "\n").unwrap_or_else(|e| panic!("{at}: {e}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}UPDATE=1 writes what it got");
    assert!(cases >= 40, "only {cases} histories in the suite: are all files read?");
}

fn files() -> Vec<PathBuf> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../suite/missions");
    let entries = std::fs::read_dir(&dir).unwrap_or_else(|e| panic!("{}: {e}", dir.display()));
    let mut files: Vec<PathBuf> = entries.map(|e| e.expect("the folder can be listed").path()).collect();
    files.retain(|p| p.extension().is_some_and(|e| e == "md"));
    files.sort();
    files
}

fn by_heading(mut parts: Vec<String>, line: &str) -> Vec<String> {
    if line.starts_with("## ") || parts.is_empty() {
        parts.push(String::new());
    }
    parts.last_mut().expect("one was just pushed").push_str(line);
    parts
}

/// `None` for what stands before the first case.
fn read(part: &str, path: &Path) -> Option<Case> {
    let name = part.strip_prefix("## ")?.lines().next()?.to_owned();
    let fail = |what: &str| -> ! { panic!("{}: {name}: {what}", path.display()) };
    let Some((_, block)) = part.split_once("\n```\n") else { fail("no line of three backticks before a text") };
    let Some((text, rest)) = block.split_once("\n```\n") else { fail("no line of three backticks after the text") };
    let (title, text) = text.split_once("\n\n").unwrap_or_default();
    if !title.contains(": ") {
        fail("the first line of the block must read \"... Sender: Host\", an empty line below");
    }
    let expected = rest.lines().filter(|l| !l.is_empty()).map(|l| l.to_owned() + "\n").collect();
    Some(Case { title: title.to_owned(), text: text.to_owned(), expected, name })
}

/// The changes of rank of the first state's mission to the second.
fn table(coder: &Coder, title: &str, claims: Vec<Claim>) -> String {
    let (sender, host) = title.rsplit_once(": ").expect("seen in read");
    let sender = sender.rsplit_once(", ").map_or(sender, |(_, s)| s);
    let ids = |name: &str| -> Vec<String> {
        let found = coder.actors().find(name);
        assert!(!found.is_empty(), "{title}: nobody is called {name:?}");
        found.into_iter().map(|(ix, _)| coder.actors().actor(ix).id.clone()).collect()
    };
    let (sender, host) = (ids(sender), ids(host));
    let is = |p: &Option<chancery_core::Party>, ids: &[String]| p.as_ref().is_some_and(|p| ids.contains(&p.id));
    let rows: Vec<ClaimRow> = claims
        .into_iter()
        .filter(|c| {
            let forth = is(&c.subject, &sender) && is(&c.object, &host);
            let back = is(&c.subject, &host) && is(&c.object, &sender);
            c.predicate == "mission" && forth || c.predicate == "relations" && (forth || back)
        })
        .enumerate()
        .map(|(n, claim)| ClaimRow {
            id: n.to_string(),
            claim,
            recorded: String::new(),
            recorded_to: None,
            publisher: None,
            published: None,
            title: None,
            review: None,
        })
        .collect();
    let steps = rank_steps(&rows);
    if steps.is_empty() {
        return "no mission\n".to_owned();
    }
    let mut out = "| from | rank |\n|---|---|\n".to_owned();
    for s in steps {
        writeln!(out, "| {} | {} |", s.from, s.rank).expect("a string takes it");
    }
    out
}
