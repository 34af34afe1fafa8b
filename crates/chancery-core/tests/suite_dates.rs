//! The cases of `suite/dates/*.md`: a heading, an optional `published:` line, a text in a block, and the table of the
//! dates that `find_dates` must give. `UPDATE=1` writes the tables anew (then read the difference before keeping it).
use chancery_core::resolve::find_dates;
use chancery_parse::{Doc, Pipeline, locate};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// What a case holds.
struct Case {
    title: String,
    published: Option<jiff::civil::Date>,
    text: String,
    /// The table as written, without empty lines.
    expected: String,
}

#[test]
fn dates_of_the_suite() {
    let model = locate::locate(None).unwrap_or_else(|e| panic!("{e}"));
    let pipeline = Pipeline::load(&model).unwrap_or_else(|e| panic!("{e}"));
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = String::new();
    let mut expectations = 0;
    for path in files() {
        let at = path.display();
        let file = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{at}: {e}"));
        let mut written = String::new();
        for part in file.split_inclusive('\n').fold(Vec::new(), by_heading) {
            let Some(case) = read(&part, &path) else {
                written.push_str(&part);
                continue;
            };
            let got = table(&pipeline.parse(&case.text), case.published);
            expectations += got.lines().filter(|l| l.starts_with('|')).count().saturating_sub(2);
            if got != case.expected && !update {
                wrong += &format!("{at}: {}\nexpected\n{}got\n{got}\n", case.title, case.expected);
            }
            let block_end = part.rfind("\n```\n").expect("a case has its block") + 5;
            written += &format!("{}\n{got}\n", &part[..block_end]);
        }
        if update {
            std::fs::write(&path, written.trim_end().to_owned() + "\n").unwrap_or_else(|e| panic!("{at}: {e}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}UPDATE=1 writes what it got");
    assert!(expectations >= 150, "only {expectations} dates in the suite: are all files read?");
}

fn files() -> Vec<PathBuf> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../suite/dates");
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
    let title = part.strip_prefix("## ")?.lines().next()?.to_owned();
    let fail = |what: &str| -> ! { panic!("{}: {title}: {what}", path.display()) };
    let Some((head, block)) = part.split_once("\n```\n") else { fail("no line of three backticks before a text") };
    let Some((text, rest)) = block.split_once("\n```\n") else { fail("no line of three backticks after the text") };
    let published = head.lines().find_map(|l| l.strip_prefix("published: "));
    let published = published.map(|d| d.parse().unwrap_or_else(|e| fail(&format!("published: {e}"))));
    let expected = rest.lines().filter(|l| !l.is_empty()).map(|l| l.to_owned() + "\n").collect();
    Some(Case { published, text: text.to_owned(), expected, title })
}

/// The dates found, as a table; `role/clause` where the date stands in a clause of time.
fn table(doc: &Doc, published: Option<jiff::civil::Date>) -> String {
    let dates = find_dates(doc, published);
    if dates.is_empty() {
        return "no dates\n".to_owned();
    }
    let mut out = "| phrase | edtf | role |\n|---|---|---|\n".to_owned();
    for d in dates {
        let phrase = doc.span_text(d.tokens.clone());
        let clause = d.clause.map_or(String::new(), |c| format!("/{}", c.as_str()));
        writeln!(out, "| {phrase} | {} | {}{clause} |", d.when, d.role.as_str()).expect("a string takes it");
    }
    out
}
