//! Embeds the data files of the workspace: `EMBEDDED: &[(path below data/, text)]`.
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
    for f in files {
        let rel = f.strip_prefix(&data).unwrap().to_string_lossy().replace('\\', "/");
        writeln!(out, "    ({rel:?}, include_str!({:?})),", f.to_string_lossy()).unwrap();
    }
    out.push_str("];\n");
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
