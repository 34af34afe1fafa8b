//! Runs `suite/resolve/*.md`: each case is a heading, an optional `published:` and `title:` line, a text, and a
//! table of what its mentions stand for.
//!
//! A row is `mention | id | via | detail`: the words of the mention, the actor's id (`~slug` for one the registry
//! lacks, several with `+` between, `-` where the words are no mention), how the words point, and the title or
//! organ where there is one. Rows of equal words take the mentions in their order in the text. With `UPDATE=1`
//! the right-hand sides are rewritten, and a case without rows gets all its mentions; read the difference before
//! keeping it. What is known to be wrong stands with a heading that says so.
use chancery_core::knowledge::DataFiles;
use chancery_core::resolve::{Mention, Registry, Resolved, resolve};
use chancery_parse::{Doc, Pipeline, locate};
use std::collections::HashMap;
use std::path::Path;

struct Case {
    head: Vec<String>,
    published: Option<String>,
    title: Option<String>,
    text: String,
    rows: Vec<Vec<String>>,
}

const HEADER: [&str; 4] = ["mention", "id", "via", "detail"];

fn cases(file: &str) -> Vec<Case> {
    let mut out: Vec<Case> = Vec::new();
    for line in file.lines() {
        if line.starts_with('#') {
            out.push(Case {
                head: vec![line.into()],
                published: None,
                title: None,
                text: String::new(),
                rows: Vec::new(),
            });
            continue;
        }
        let Some(case) = out.last_mut() else { continue };
        if let Some(date) = line.strip_prefix("published: ") {
            case.published = Some(date.trim().into());
        } else if let Some(title) = line.strip_prefix("title: ") {
            case.title = Some(title.trim().into());
        } else if line.starts_with('|') {
            let cells: Vec<String> = line.trim_matches('|').split('|').map(|c| c.trim().to_string()).collect();
            if !(cells[0] == HEADER[0] || cells[0].starts_with("--")) {
                case.rows.push(cells);
            }
        } else if !line.trim().is_empty() {
            if !case.text.is_empty() {
                case.text.push_str("\n\n");
            }
            case.text.push_str(line);
        }
    }
    out
}

fn row(doc: &Doc, m: &Mention, actors: &Registry) -> Vec<String> {
    let ids: Vec<String> = std::iter::once(&m.who).chain(&m.also).map(|w| w.id(actors)).collect();
    let detail = m.title.clone().or_else(|| m.organ.clone()).unwrap_or_default();
    vec![
        doc.span_text(m.tokens.clone()).split_whitespace().collect::<Vec<_>>().join(" "),
        ids.join("+"),
        m.via.as_str().into(),
        detail,
    ]
}

fn show(case: &Case) -> String {
    let mut out = case.head.join("\n") + "\n";
    for (key, value) in [("published", &case.published), ("title", &case.title)] {
        if let Some(v) = value {
            out += &format!("{key}: {v}\n");
        }
    }
    out += &format!("\n{}\n\n", case.text);
    let mut table: Vec<Vec<String>> = vec![HEADER.map(String::from).to_vec()];
    table.extend(case.rows.iter().cloned());
    let width = |c: usize| table.iter().map(|r| r[c].chars().count()).max().unwrap_or(0).max(2);
    let widths: Vec<usize> = (0..4).map(width).collect();
    for (n, r) in table.iter().enumerate() {
        let cells: Vec<String> = r.iter().zip(&widths).map(|(c, w)| format!("{c:<w$}", w = *w)).collect();
        out += &format!("| {} |\n", cells.join(" | "));
        if n == 0 {
            let dashes: Vec<String> = widths.iter().map(|w| "-".repeat(*w)).collect();
            out += &format!("| {} |\n", dashes.join(" | "));
        }
    }
    out
}

/// Every mention lies in the text and hangs by a token of its own.
fn sound(doc: &Doc, got: &Resolved) {
    assert_eq!(got.by_head.len(), doc.len());
    let mut last = 0;
    for m in &got.mentions {
        assert!(!m.tokens.is_empty() && m.tokens.end <= doc.len() && m.tokens.contains(&m.head), "{m:?}");
        assert_eq!(got.at(m.head), Some(m));
        assert!(m.tokens.start >= last, "mentions stand in text order");
        last = m.tokens.start;
    }
}

#[test]
fn resolves_as_the_cases_say() {
    let update = std::env::var_os("UPDATE").is_some();
    let model = locate::locate(None).unwrap_or_else(|e| panic!("{e}"));
    let pipeline = Pipeline::load(&model).unwrap_or_else(|e| panic!("{e}"));
    let (actors, findings) = Registry::load(&DataFiles::embedded());
    assert!(!actors.is_empty(), "{findings:?}");
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../suite/resolve");
    let mut paths: Vec<_> = std::fs::read_dir(&dir).expect("suite/resolve").map(|e| e.unwrap().path()).collect();
    paths.sort();
    let (mut wrong, mut checked) = (Vec::new(), 0);
    for path in paths {
        let mut all = cases(&std::fs::read_to_string(&path).unwrap());
        for case in &mut all {
            let doc = pipeline.parse(&case.text);
            let day = case.published.as_deref().map(|d| d.parse().expect("published: YYYY-MM-DD"));
            let got = resolve(&doc, &actors, case.title.as_deref(), day);
            sound(&doc, &got);
            // A text may end anywhere.
            for part in 1..8 {
                let cut = (0..=case.text.len() * part / 8).rev().find(|&n| case.text.is_char_boundary(n)).unwrap_or(0);
                let doc = pipeline.parse(&case.text[..cut]);
                sound(&doc, &resolve(&doc, &actors, None, None));
            }
            let rows: Vec<Vec<String>> = got.mentions.iter().map(|m| row(&doc, m, &actors)).collect();
            if update && case.rows.is_empty() {
                case.rows = rows.clone();
            }
            let mut used: HashMap<String, usize> = HashMap::new();
            for want in &mut case.rows {
                want.resize(4, String::new());
                let n = used.entry(want[0].clone()).or_default();
                let have = rows.iter().filter(|r| r[0] == want[0]).nth(*n);
                *n += 1;
                checked += 1;
                let none = vec![want[0].clone(), "-".into(), String::new(), String::new()];
                let have = have.cloned().unwrap_or(none);
                if *want != have {
                    let file = path.file_name().unwrap().to_string_lossy().into_owned();
                    wrong.push(format!(
                        "{file}, {:?}\n  want {}\n  have {}",
                        case.head[0],
                        want.join(" | "),
                        have.join(" | ")
                    ));
                    if update {
                        *want = have;
                    }
                }
            }
        }
        if update {
            std::fs::write(&path, all.iter().map(show).collect::<Vec<_>>().join("\n")).unwrap();
        }
    }
    assert!(update || wrong.is_empty(), "{} of {checked} expectations fail:\n{}", wrong.len(), wrong.join("\n"));
    assert!(checked >= 120, "only {checked} expectations were read");
}
