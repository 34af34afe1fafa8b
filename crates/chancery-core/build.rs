//! Embeds the data files of the workspace: `EMBEDDED: &[(path below data/, text)]`; the frames a second time as JSON, which
//! is read four times as fast (`COMPILED`); and the version of all of it (`VERSION`).
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

#[path = "src/knowledge/version.rs"]
mod version;

fn main() {
    let data = Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap()).join("../../data");
    let data = data.canonicalize().expect("the workspace has a data folder");
    println!("cargo::rerun-if-changed={}", data.display());
    println!("cargo::rerun-if-changed=src/knowledge/version.rs");
    let target = PathBuf::from(std::env::var("OUT_DIR").unwrap());
    let mut files = Vec::new();
    collect(&data, &mut files);
    files.sort();
    let (mut texts, mut embedded, mut compiled) = (Vec::new(), String::new(), String::new());
    for f in files {
        let path = f.strip_prefix(&data).unwrap().to_string_lossy().replace('\\', "/");
        writeln!(embedded, "    ({path:?}, include_str!({:?})),", f.to_string_lossy()).unwrap();
        let text = std::fs::read_to_string(&f).unwrap_or_else(|e| panic!("{}: {e}", f.display()));
        // frames that do not parse are told of when they are loaded, with their line
        if let Some(name) = path.strip_prefix("frames/")
            && let Ok(value) = toml::from_str::<toml::Value>(&text)
        {
            let json = target.join(name).with_extension("json");
            std::fs::write(&json, serde_json::to_string(&value).unwrap()).unwrap();
            writeln!(compiled, "    ({path:?}, include_str!({:?})),", json.to_string_lossy()).unwrap();
        }
        texts.push((path, text));
    }
    let version = version::version(texts.iter().map(|(p, t)| (p.as_str(), t.as_str())));
    let out = format!(
        "static EMBEDDED: &[(&str, &str)] = &[\n{embedded}];\nstatic COMPILED: &[(&str, &str)] = &[\n{compiled}];\nconst VERSION: &str = {version:?};\n"
    );
    std::fs::write(target.join("embedded.rs"), out).unwrap();
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
