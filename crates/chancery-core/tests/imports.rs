//! The rooms import one way: values <- knowledge <- resolve <- code <- ledger <- ask, and parse <- core <- io <- web <- cli.
use std::path::{Path, PathBuf};

const ROOMS: &[&str] = &["values", "knowledge", "resolve", "code", "ledger", "ask"];
const CRATES: &[&str] = &["chancery-parse", "chancery-core", "chancery-io", "chancery-web", "chancery-cli"];

#[test]
fn rooms_import_to_the_left_only() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for file in rust_files(&src) {
        let rel = file.strip_prefix(&src).expect("below src").to_string_lossy().replace('\\', "/");
        let room = rel.split(['/', '.']).next().unwrap_or_default();
        let Some(own) = ROOMS.iter().position(|r| *r == room) else { continue };
        let text = std::fs::read_to_string(&file).expect("a source file is readable");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let code: String = code.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        for later in &ROOMS[own + 1..] {
            let used = code.contains(&format!("crate::{later}::")) || code.contains(&format!("crate::{{{later}"));
            if used {
                wrong.push(format!("{rel} uses {later}"));
            }
        }
    }
    assert!(wrong.is_empty(), "imports that point right: {wrong:#?}");
}

#[test]
fn crates_import_to_the_left_only() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("crates/");
    let mut wrong = Vec::new();
    for (own, name) in CRATES.iter().enumerate() {
        let Ok(manifest) = std::fs::read_to_string(crates.join(name).join("Cargo.toml")) else { continue };
        for later in &CRATES[own..] {
            if manifest.lines().any(|l| l.starts_with(&format!("{later} "))) {
                wrong.push(format!("{name} depends on {later}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn rust_files(dir: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for e in std::fs::read_dir(dir).expect("the folder can be listed") {
        let p = e.expect("the entry can be read").path();
        if p.is_dir() {
            out.extend(rust_files(&p));
        } else if p.extension().is_some_and(|x| x == "rs") {
            out.push(p);
        }
    }
    out.sort();
    out
}
