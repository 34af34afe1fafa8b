//! Where the language model is.
use crate::pack;
use std::fmt;
use std::path::{Path, PathBuf};

/// Folder name of the model that this program was made for.
pub const MODEL: &str = "en_core_web_sm-3.8.0";

/// No model at any of the places where one is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoModel {
    tried: PathBuf,
    /// Why that place and no other: an option, a variable, or the default.
    because: &'static str,
}

impl fmt::Display for NoModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let NoModel { tried, because } = self;
        let dir = tried.display();
        write!(f, "no language model at {dir} ({because}): `make model` fetches it into the cache folder")
    }
}

impl std::error::Error for NoModel {}

/// Where a model is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Model {
    /// A folder, a wheel, or the file of a packed model.
    At(PathBuf),
    /// A packed model that was built into this program (feature `embed`).
    Embedded(&'static [u8]),
}

/// The language model: `explicit`, else what the environment variable `CHANCERY_MODEL` names, else the one built
/// into this program, else the folder [`MODEL`] in `chancery/models/` of the cache folder (`$XDG_CACHE_HOME` or
/// `~/.cache`). The first of these that is given counts; a place that holds no model is an error, never a reason to
/// look further. [`crate::Pipeline::open`] loads it.
///
/// # Errors
/// Names the place, and which of these it is, if there is no folder with `config.cfg` and no file.
pub fn find(explicit: Option<&Path>) -> Result<Model, NoModel> {
    let given = explicit.map(|p| (p.to_owned(), "given on the command line"));
    let given = given.or_else(|| Some((variable("CHANCERY_MODEL")?, "from the variable CHANCERY_MODEL")));
    match (given, pack::embedded()) {
        (Some((path, because)), _) => at(path, because).map(Model::At),
        (None, Some(bytes)) => Ok(Model::Embedded(bytes)),
        (None, None) => at(cached(), "the cache folder").map(Model::At),
    }
}

/// The folder or the file of the language model, for what cannot use one that is built in: as [`find`], without
/// that one.
///
/// # Errors
/// As [`find`].
pub fn locate(explicit: Option<&Path>) -> Result<PathBuf, NoModel> {
    match find(explicit)? {
        Model::At(path) => Ok(path),
        Model::Embedded(_) => at(cached(), "the cache folder"),
    }
}

fn variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from)
}

fn cached() -> PathBuf {
    let cache = variable("XDG_CACHE_HOME").or_else(|| Some(variable("HOME")?.join(".cache")));
    cache.unwrap_or_else(|| PathBuf::from(".cache")).join("chancery/models").join(MODEL)
}

/// `path`, if a model may be there: a folder with a configuration, or a file.
fn at(path: PathBuf, because: &'static str) -> Result<PathBuf, NoModel> {
    if path.join("config.cfg").is_file() || path.is_file() { Ok(path) } else { Err(NoModel { tried: path, because }) }
}
