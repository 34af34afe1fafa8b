//! What can go wrong while a model is read. Parsing itself cannot fail.
use std::fmt;
use std::path::{Path, PathBuf};

/// A model that cannot be used: the file, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError {
    /// The file or folder at fault.
    pub path: PathBuf,
    /// What is wrong and, where there is something to do, what to do.
    pub reason: String,
}

impl LoadError {
    pub(crate) fn new(path: &Path, reason: impl Into<String>) -> Self {
        LoadError { path: path.to_owned(), reason: reason.into() }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "language model: {}: {}", self.path.display(), self.reason)
    }
}

impl std::error::Error for LoadError {}
