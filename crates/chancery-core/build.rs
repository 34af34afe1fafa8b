//! Embeds the data files of the workspace: `EMBEDDED: &[(path below data/, text)]`; the frames a second time as JSON, which
//! is read four times as fast (`COMPILED`); and the version of all of it (`VERSION`).
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() {
    let data = Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap()).join("../../data");
    let data = data.canonicalize().expect("the workspace has a data folder");
    println!("cargo::rerun-if-changed={}", data.display());
    let mut files = Vec::new();
    collect(&data, &mut files);
    files.sort();
    let mut out = String::from("static EMBEDDED: &[(&str, &str)] = &[\n");
    for f in &files {
        let rel = f.strip_prefix(&data).unwrap().to_string_lossy().replace('\\', "/");
        writeln!(out, "    ({rel:?}, include_str!({:?})),", f.to_string_lossy()).unwrap();
    }
    out.push_str("];\n");
    out.push_str("static COMPILED: &[(&str, &str)] = &[\n");
    let target = std::env::var("OUT_DIR").unwrap();
    let mut version = Sha256::new();
    for f in &files {
        let rel = f.strip_prefix(&data).unwrap().to_string_lossy().replace('\\', "/");
        let text = std::fs::read_to_string(f).unwrap_or_else(|e| panic!("{}: {e}", f.display()));
        for part in [rel.as_bytes(), &[0], text.as_bytes(), &[0]] {
            version.update(part);
        }
        // one that does not parse is told of when it is loaded, with its line
        let frames =
            rel.strip_prefix("frames/").and_then(|name| Some((name, toml::from_str::<toml::Value>(&text).ok()?)));
        if let Some((name, value)) = frames {
            let compiled = Path::new(&target).join(name).with_extension("json");
            std::fs::write(&compiled, serde_json::to_string(&value).unwrap()).unwrap();
            writeln!(out, "    ({rel:?}, include_str!({:?})),", compiled.to_string_lossy()).unwrap();
        }
    }
    out.push_str("];\n");
    let version: String = version.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect();
    writeln!(out, "const VERSION: &str = {version:?};").unwrap();
    std::fs::write(Path::new(&std::env::var("OUT_DIR").unwrap()).join("embedded.rs"), out).unwrap();
}

fn collect(dir: &Path, out: &mut Vec<PathBuf>) {
    for e in std::fs::read_dir(dir).unwrap() {
        let p = e.unwrap().path();
        if p.is_dir() {
            println!("cargo::rerun-if-changed={}", p.display());
            collect(&p, out);
        } else if p.extension().is_some_and(|x| x == "toml" || x == "tsv") {
            println!("cargo::rerun-if-changed={}", p.display());
            out.push(p);
        }
    }
}
