//! The tables, and how a ledger of an older schema becomes one of this.
use super::LedgerError;
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// "CHLG": what `file` and SQLite see in the header of a ledger.
const APPLICATION: i64 = 0x4348_4C47;

/// `MIGRATIONS[n]` brings schema n to n + 1. A released entry is never edited; add another.
const MIGRATIONS: &[&str] = &[include_str!("v1.sql"), include_str!("v2.sql")];

/// The schema this program writes.
pub const VERSION: i64 = MIGRATIONS.len() as i64;

/// The file's schema; `None` = an empty database.
pub(super) fn version(db: &Connection, path: &Path) -> Result<Option<i64>, LedgerError> {
    let fail = |e| LedgerError::from_store(path, e);
    // one statement sees one state of the file: another writer may be laying out the tables meanwhile
    let (app, version, tables): (i64, i64, i64) = db
        .query_row(
            "SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version), \
             (SELECT count(*) FROM sqlite_schema)",
            [],
            |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)),
        )
        .map_err(fail)?;
    match (app, version, tables) {
        (APPLICATION, v, _) if v > 0 => Ok(Some(v)),
        (0, 0, 0) => Ok(None),
        _ => Err(LedgerError::NotALedger { path: path.to_path_buf() }),
    }
}

pub(super) fn migrate(db: &mut Connection, path: &Path) -> Result<(), LedgerError> {
    let fail = |e| LedgerError::from_store(path, e);
    let found = version(db, path)?;
    if found.is_some_and(|v| v > VERSION) {
        return Err(LedgerError::TooNew { path: path.to_path_buf(), found: found.unwrap_or(0), ours: VERSION });
    }
    let mode: String = db.query_row("PRAGMA journal_mode", [], |r| r.get(0)).map_err(fail)?;
    if mode == "delete" {
        db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).map_err(fail)?;
    }
    db.execute_batch("PRAGMA synchronous = NORMAL").map_err(fail)?;
    if found == Some(VERSION) {
        return Ok(());
    }
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
    // Another process may have done it while this one waited for the lock.
    let from = version(&tx, path)?.unwrap_or(0);
    for step in MIGRATIONS.iter().skip(from as usize) {
        tx.execute_batch(step).map_err(fail)?;
    }
    tx.execute_batch(&format!("PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};"))
        .map_err(fail)?;
    tx.commit().map_err(fail)
}
