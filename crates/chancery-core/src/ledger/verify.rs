//! Is the file what a ledger promises to be? Looks at every page and every row.
use super::{Ledger, LedgerError, keep};
use crate::values::{Finding, Level};

impl Ledger {
    /// All that is wrong: damaged pages, rows that refer to nothing, texts that are not their hash, quotes that are
    /// not at their span, ids and dates that do not follow from the claim, intervals that end before they begin,
    /// claims held twice at once, triggers that are gone. Empty = sound.
    ///
    /// # Errors
    /// The file cannot be read at all.
    pub fn verify(&self) -> Result<Vec<Finding>, LedgerError> {
        let mut out = Vec::new();
        let mut wrong = |place: String, what: String| {
            let hint = "take back a copy made with `chancery backup`, or `chancery export` what can still be read";
            out.push(Finding::new(Level::Error, place, what, hint));
        };
        for line in self.lines("PRAGMA integrity_check(100)")?.into_iter().filter(|l| l != "ok") {
            wrong(self.path.display().to_string(), line);
        }
        for line in self.lines(
            "SELECT \"table\" || ' row ' || coalesce(rowid, '?') || ' refers to a row of ' || parent || ' that is not there'
             FROM pragma_foreign_key_check",
        )? {
            wrong(self.path.display().to_string(), line);
        }
        for line in self.lines(
            "SELECT a.id || ' is held twice at once (rows ' || a.row || ' and ' || b.row || ')'
             FROM claims a JOIN claims b ON a.id = b.id AND a.row < b.row
             WHERE a.recorded_from < coalesce(b.recorded_to, '~') AND b.recorded_from < coalesce(a.recorded_to, '~')",
        )? {
            wrong("claims".into(), line);
        }
        let guards = self.lines("SELECT name FROM sqlite_schema WHERE type = 'trigger'")?;
        for table in ["claims", "documents", "runs", "actors", "names", "acts", "reviews", "grades", "readings"] {
            if !guards.contains(&format!("{table}_delete")) {
                wrong(table.into(), "the trigger that refuses to forget is gone".into());
            }
        }
        let fail = |e| self.fail(e);
        if let Err(e) = keep::check_rows(&self.db, fail, &mut wrong) {
            wrong(self.path.display().to_string(), format!("rows cannot be read to the end: {e}"));
        }
        Ok(out)
    }

    /// The first column of an answer; a page that cannot be read is a line of it.
    fn lines(&self, sql: &str) -> Result<Vec<String>, LedgerError> {
        let get = || -> rusqlite::Result<Vec<String>> {
            let mut stmt = self.db.prepare(sql)?;
            let mut out = Vec::new();
            let mut rows = stmt.query([])?;
            loop {
                match rows.next() {
                    Ok(Some(r)) => out.push(r.get(0)?),
                    Ok(None) => return Ok(out),
                    Err(e) if e.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseCorrupt) => {
                        out.push(e.to_string());
                        return Ok(out);
                    }
                    Err(e) => return Err(e),
                }
            }
        };
        get().map_err(|e| self.fail(e))
    }
}
