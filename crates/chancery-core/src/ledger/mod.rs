//! The append-only, bitemporal store of documents and claims: one SQLite file.
//!
//! ```text
//!   runs ---< documents ---< claims            claims.recorded_from .. recorded_to : when the ledger held it
//!                                 \--< reviews (rows, the last one counts)
//!   actors ---< names     acts on identity (rows: merge, split, alias, retype; undo is a row too)
//!   grades of publishers and claims (rows, the last one counts)     readings: which run read which document
//! ```
//!
//! SQLite because one file that any tool can open outlives the program; triggers in the file itself (not this
//! code alone) refuse to delete or edit, so that a ledger stays what it was whoever opens it. One document is one
//! transaction: a process that is killed leaves whole documents only, and a second run goes on where it ended.
//! WAL with `synchronous = NORMAL`: a killed process loses nothing; a power cut may lose the last documents, never
//! half of one, and reading them again is safe because the same text is recorded once.
//! The clock is a value the caller passes: nothing here asks what time it is.
mod browse;
mod days;
mod error;
mod fetch;
mod keep;
mod log;
mod record;
mod runs;
mod schema;
mod verify;

pub use browse::{Counts, DocumentHead};
pub use days::Days;
pub use error::LedgerError;
pub use fetch::{ClaimRow, DocumentRow, Filter, Parties, Seen};
pub use keep::{KeepError, Kept};
pub use log::{Act, ActRow, Graded, Grades, Identity, Judgement, Review, ReviewStat, Verdict};
pub use record::{Outcome, Recorded, Run, claim_id};
pub use runs::{RunChange, RunRow};
pub use schema::VERSION;

use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long one process waits for another that writes.
const BUSY: Duration = Duration::from_secs(30);

/// An open ledger.
#[derive(Debug)]
pub struct Ledger {
    db: Connection,
    path: PathBuf,
    /// The row of this process's run, once a document was recorded under it.
    run: Option<(Run, i64)>,
}

impl Ledger {
    /// Opens a ledger to record in it; a missing file (and its folder) is made, an older one brought up to date.
    ///
    /// # Errors
    /// The folder or file cannot be written, is no ledger, or comes from a newer program.
    pub fn open(path: &Path) -> Result<Ledger, LedgerError> {
        if let Some(dir) = path.parent().filter(|d| !d.as_os_str().is_empty()) {
            std::fs::create_dir_all(dir).map_err(|e| LedgerError::folder(dir, e))?;
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let fail = |e| LedgerError::from_store(path, e);
        let db = Connection::open_with_flags(path, flags).map_err(fail)?;
        let mut ledger = Ledger { db, path: path.to_path_buf(), run: None };
        ledger.prepare()?;
        if ledger.db.is_readonly("main").map_err(fail)? {
            return Err(LedgerError::ReadOnly { path: path.to_path_buf() });
        }
        // the switch to WAL does not wait for a lock as other statements do
        let since = Instant::now();
        while let Err(e) = schema::migrate(&mut ledger.db, path) {
            if !matches!(e, LedgerError::Busy { .. }) || since.elapsed() > BUSY {
                return Err(e);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(ledger)
    }

    /// Opens a ledger for questions: nothing can be written through it.
    ///
    /// # Errors
    /// There is no such file, it cannot be read, is no ledger, or is older or newer than this program.
    pub fn open_read(path: &Path) -> Result<Ledger, LedgerError> {
        if let Err(e) = std::fs::metadata(path) {
            return Err(match e.kind() {
                std::io::ErrorKind::NotFound => LedgerError::Missing { path: path.to_path_buf() },
                _ => LedgerError::folder(path, e),
            });
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let first = Connection::open_with_flags(path, flags)
            .map_err(|e| LedgerError::from_store(path, e))
            .and_then(|db| Self::for_questions(db, path));
        match first {
            // A WAL file wants a lock file beside it; on a read-only medium there can be none, and nobody writes.
            Err(LedgerError::Store { .. } | LedgerError::ReadOnly { .. }) if !beside(path, "-wal").exists() => {
                let uri = format!("file:{}?immutable=1", escape(path));
                let db = Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)
                    .map_err(|e| LedgerError::from_store(path, e))?;
                Self::for_questions(db, path)
            }
            other => other,
        }
    }

    /// A ledger in memory, gone when dropped.
    ///
    /// # Errors
    /// Only when memory runs out.
    pub fn in_memory() -> Result<Ledger, LedgerError> {
        let path = PathBuf::from(":memory:");
        let db = Connection::open_in_memory().map_err(|e| LedgerError::from_store(&path, e))?;
        let mut ledger = Ledger { db, path, run: None };
        ledger.prepare()?;
        schema::migrate(&mut ledger.db, &ledger.path)?;
        Ok(ledger)
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn for_questions(db: Connection, path: &Path) -> Result<Ledger, LedgerError> {
        let ledger = Ledger { db, path: path.to_path_buf(), run: None };
        ledger.prepare()?;
        match schema::version(&ledger.db, path)? {
            Some(schema::VERSION) => Ok(ledger),
            Some(found) if found < schema::VERSION => {
                Err(LedgerError::TooOld { path: path.to_path_buf(), found, ours: schema::VERSION })
            }
            Some(found) => Err(LedgerError::TooNew { path: path.to_path_buf(), found, ours: schema::VERSION }),
            None => Err(LedgerError::Missing { path: path.to_path_buf() }),
        }
    }

    fn prepare(&self) -> Result<(), LedgerError> {
        let fail = |e| self.fail(e);
        self.db.busy_timeout(BUSY).map_err(fail)?;
        // REPLACE deletes without a word unless triggers recurse.
        self.db.execute_batch("PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON;").map_err(fail)
    }

    fn fail(&self, e: rusqlite::Error) -> LedgerError {
        LedgerError::from_store(&self.path, e)
    }
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut s = path.as_os_str().to_os_string();
    s.push(suffix);
    PathBuf::from(s)
}

/// The characters that mean something in a file URI.
fn escape(path: &Path) -> String {
    path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

/// An instant as the ledger writes it: UTC, always six decimals, so that text order is time order.
pub(crate) fn instant(t: jiff::Timestamp) -> String {
    format!("{t:.6}")
}
