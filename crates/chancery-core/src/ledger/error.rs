use std::fmt;
use std::path::{Path, PathBuf};

/// What can be wrong with a ledger as a file. Says what, where, and what to do.
#[derive(Debug)]
pub enum LedgerError {
    /// There is none yet.
    Missing {
        path: PathBuf,
    },
    NotALedger {
        path: PathBuf,
    },
    /// Written by a newer program.
    TooNew {
        path: PathBuf,
        found: i64,
        ours: i64,
    },
    /// Written by an older program, and opened for questions only.
    TooOld {
        path: PathBuf,
        found: i64,
        ours: i64,
    },
    ReadOnly {
        path: PathBuf,
    },
    Busy {
        path: PathBuf,
    },
    /// The file system refused.
    Folder {
        path: PathBuf,
        source: std::io::Error,
    },
    /// Anything else SQLite reports: disk full, file damaged.
    Store {
        path: PathBuf,
        source: rusqlite::Error,
    },
}

impl LedgerError {
    pub(crate) fn folder(path: &Path, source: std::io::Error) -> Self {
        match source.kind() {
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
                LedgerError::ReadOnly { path: path.to_path_buf() }
            }
            _ => LedgerError::Folder { path: path.to_path_buf(), source },
        }
    }

    pub(crate) fn from_store(path: &Path, source: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as E;
        let path = path.to_path_buf();
        match source.sqlite_error_code() {
            Some(E::NotADatabase) => LedgerError::NotALedger { path },
            Some(E::ReadOnly | E::PermissionDenied) => LedgerError::ReadOnly { path },
            Some(E::DatabaseBusy | E::DatabaseLocked) => LedgerError::Busy { path },
            _ => LedgerError::Store { path, source },
        }
    }

    /// True where the question or input is at fault (exit code 1), false where the world outside is (2).
    pub fn is_input(&self) -> bool {
        matches!(
            self,
            LedgerError::Missing { .. }
                | LedgerError::NotALedger { .. }
                | LedgerError::TooNew { .. }
                | LedgerError::TooOld { .. }
        )
    }
}

impl fmt::Display for LedgerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LedgerError::Missing { path } => write!(
                f,
                "there is no ledger at {} yet: record documents with `chancery read`, or name another with --ledger",
                path.display()
            ),
            LedgerError::NotALedger { path } => {
                write!(f, "{} is no Chancery ledger: name another file with --ledger", path.display())
            }
            LedgerError::TooNew { path, found, ours } => write!(
                f,
                "{} has schema {found}, this program knows up to {ours}: use the newer chancery that wrote it",
                path.display()
            ),
            LedgerError::TooOld { path, found, ours } => write!(
                f,
                "{} has the older schema {found}, this program reads {ours}: any `chancery read` brings it up to date",
                path.display()
            ),
            LedgerError::ReadOnly { path } => write!(
                f,
                "{} cannot be written: check the permissions of the file and its folder, or name another with --ledger",
                path.display()
            ),
            LedgerError::Busy { path } => {
                write!(f, "{} is being written by another process: try again when it is done", path.display())
            }
            LedgerError::Folder { path, source } => {
                write!(f, "{}: {source}: check the path given with --ledger", path.display())
            }
            LedgerError::Store { path, source } => write!(
                f,
                "{}: {source}: check the path, the space on the disk and the permissions of file and folder",
                path.display()
            ),
        }
    }
}

impl std::error::Error for LedgerError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            LedgerError::Folder { source, .. } => Some(source),
            LedgerError::Store { source, .. } => Some(source),
            _ => None,
        }
    }
}
