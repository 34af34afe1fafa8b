//! Where the language model is.
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

/// The folder of the language model: `explicit`, else the environment variable `CHANCERY_MODEL`, else the
/// cache folder (`$XDG_CACHE_HOME` or `~/.cache`) with `chancery/models/` and [`MODEL`]. The first of these
/// that is given counts; a folder that holds no model is an error, never a reason to look further.
pub fn locate(explicit: Option<&Path>) -> Result<PathBuf, NoModel> {
    let variable = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let (dir, because) = match (explicit, variable("CHANCERY_MODEL")) {
        (Some(p), _) => (p.to_owned(), "given on the command line"),
        (None, Some(p)) => (p, "from the variable CHANCERY_MODEL"),
        (None, None) => {
            let cache = variable("XDG_CACHE_HOME").or_else(|| Some(variable("HOME")?.join(".cache")));
            let cache = cache.unwrap_or_else(|| PathBuf::from(".cache"));
            (cache.join("chancery/models").join(MODEL), "the cache folder")
        }
    };
    if dir.join("config.cfg").is_file() { Ok(dir) } else { Err(NoModel { tried: dir, because }) }
}
