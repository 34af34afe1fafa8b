//! The data files: an embedded default, laid over by a user's own (`--data DIR`).
//!
//! A file is known by its path below `data/`, with `/` ("actors/states.toml"). A file of the user's
//! with the same path replaces the default; one with a new path is added.
mod ontology;
mod version;

pub use ontology::{Holding, Lasts, Ontology, Predicate, Role, ValueKey};

use crate::values::{Finding, Level};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// All data files by path, in path order.
#[derive(Debug, Clone, Default)]
pub struct DataFiles {
    files: BTreeMap<String, Cow<'static, str>>,
}

impl DataFiles {
    /// The files built into the program.
    pub fn embedded() -> Self {
        DataFiles { files: EMBEDDED.iter().map(|(p, t)| (p.to_string(), Cow::Borrowed(*t))).collect() }
    }

    /// Just these files: (path below `data/`, text).
    pub fn of(files: impl IntoIterator<Item = (String, String)>) -> Self {
        DataFiles { files: files.into_iter().map(|(p, t)| (p, Cow::Owned(t))).collect() }
    }

    /// Lays the `.toml` and `.tsv` files of a folder over these.
    ///
    /// # Errors
    /// When the folder or a file in it cannot be read, or is not UTF-8.
    pub fn overlay(&mut self, dir: &Path) -> Result<(), Finding> {
        let fail = |p: &Path, e: std::io::Error| {
            Finding::new(Level::Error, p.display().to_string(), e.to_string(), "check the path given with --data")
        };
        let mut todo = vec![dir.to_path_buf()];
        while let Some(d) = todo.pop() {
            for entry in std::fs::read_dir(&d).map_err(|e| fail(&d, e))? {
                let path = entry.map_err(|e| fail(&d, e))?.path();
                if path.is_dir() {
                    todo.push(path);
                } else if path.extension().is_some_and(|x| x == "toml" || x == "tsv") {
                    let text = std::fs::read_to_string(&path).map_err(|e| fail(&path, e))?;
                    let rel = path.strip_prefix(dir).expect("below the folder it was found in");
                    let rel = rel.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
                    self.files.insert(rel, Cow::Owned(text));
                }
            }
        }
        Ok(())
    }

    /// The files below a folder ("frames/"), in path order.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files.iter().filter(move |(p, _)| p.starts_with(folder)).map(|(p, t)| (p.as_str(), t.as_ref()))
    }

    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(|t| t.as_ref())
    }

    /// The same as JSON, of a built-in file that no other has replaced; only frames have it.
    pub(crate) fn compiled(&self, path: &str) -> Option<&'static str> {
        let own = matches!(self.files.get(path), Some(Cow::Borrowed(_)));
        COMPILED.iter().find(|(p, _)| own && *p == path).map(|(_, json)| *json)
    }

    /// SHA-256 over all paths and contents: the version of the knowledge that a run used.
    pub fn version(&self) -> String {
        if self.files.len() == EMBEDDED.len() && self.files.values().all(|t| matches!(t, Cow::Borrowed(_))) {
            return VERSION.to_owned();
        }
        version::version(self.below(""))
    }
}
