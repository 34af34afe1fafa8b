//! Runs: which program, model and data read which documents, and what two of them found differently.
//!
//! A run brings the open claims of each document it reads to just what it found, so what it found is what the ledger
//! held of that document at the instant of the reading; nothing more has to be kept.
use super::{ClaimRow, Ledger, LedgerError};
use crate::values::{Finding, Level, SourceText};
use rusqlite::OptionalExtension;
use serde::Serialize;
use std::collections::BTreeMap;

/// A run, as the ledger keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RunRow {
    pub run: i64,
    /// The instant of its first document.
    pub started: String,
    pub program: String,
    pub model: String,
    /// Version of the data files.
    pub data: String,
    /// Documents it read.
    pub documents: i64,
    /// Claims it was the first to find.
    pub claims: i64,
}

/// A claim that only one of two runs found in a document both read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunChange {
    /// "added": only the second found it; "removed": only the first did.
    pub change: &'static str,
    #[serde(flatten)]
    pub claim: ClaimRow,
}

impl Ledger {
    /// All runs, oldest first.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn runs(&self) -> Result<Vec<RunRow>, LedgerError> {
        let get = || -> rusqlite::Result<Vec<RunRow>> {
            let claims: BTreeMap<i64, i64> = self
                .db
                .prepare("SELECT run, count(*) FROM claims GROUP BY run")?
                .query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            let mut stmt = self.db.prepare(
                "SELECT run, started, program, model, data,
                     (SELECT count(DISTINCT doc) FROM readings r WHERE r.run = runs.run)
                 FROM runs ORDER BY run",
            )?;
            stmt.query_map([], |r| {
                let run = r.get(0)?;
                Ok(RunRow {
                    run,
                    started: r.get(1)?,
                    program: r.get(2)?,
                    model: r.get(3)?,
                    data: r.get(4)?,
                    documents: r.get(5)?,
                    claims: claims.get(&run).copied().unwrap_or(0),
                })
            })?
            .collect()
        };
        get().map_err(|e| self.fail(e))
    }

    /// What run `b` found otherwise than run `a`, in the documents that both read: document by document, what is gone
    /// before what is new. A run that is not there is refused with a finding.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn runs_differ(&self, a: i64, b: i64) -> Result<Result<Vec<RunChange>, Finding>, LedgerError> {
        let known: Vec<i64> = self.runs()?.into_iter().map(|r| r.run).collect();
        for run in [a, b] {
            if !known.contains(&run) {
                let hint = "`chancery runs` lists them";
                return Ok(Err(Finding::new(Level::Error, run.to_string(), "there is no run of this number", hint)));
            }
        }
        let both = || -> rusqlite::Result<Vec<(i64, String, String)>> {
            let mut stmt = self.db.prepare(
                "SELECT x.doc, max(x.recorded), max(y.recorded) FROM readings x JOIN readings y USING (doc)
                 WHERE x.run = ?1 AND y.run = ?2 GROUP BY x.doc ORDER BY x.doc",
            )?;
            stmt.query_map([a, b], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?.collect()
        };
        let mut out = Vec::new();
        for (doc, at_a, at_b) in both().map_err(|e| self.fail(e))? {
            let (before, after) = (self.held(doc, &at_a)?, self.held(doc, &at_b)?);
            let only = |x: &[ClaimRow], y: &[ClaimRow], change: &'static str| -> Vec<RunChange> {
                let not_there = x.iter().filter(|r| !y.iter().any(|o| o.id == r.id)).cloned();
                not_there.map(|claim| RunChange { change, claim }).collect()
            };
            out.extend(only(&before, &after, "removed"));
            out.extend(only(&after, &before, "added"));
        }
        Ok(Ok(out))
    }

    /// The claims of a document that the ledger held at an instant.
    fn held(&self, doc: i64, at: &str) -> Result<Vec<ClaimRow>, LedgerError> {
        let id: String = self
            .db
            .prepare_cached("SELECT id FROM documents WHERE doc = ?1")
            .and_then(|mut s| s.query_row([doc], |r| r.get(0)))
            .map_err(|e| self.fail(e))?;
        let at = at.parse().map_err(|_| {
            self.fail(rusqlite::Error::FromSqlConversionFailure(
                0,
                rusqlite::types::Type::Text,
                format!("{at:?} is no instant; `chancery verify` tells more").into(),
            ))
        })?;
        self.claims(&super::Filter { doc: Some(id), ..super::Filter::default() }, Some(at))
    }

    /// The stored snapshot of the newest version of a document, as it was acquired.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn snapshot(&self, id: &str) -> Result<Option<SourceText>, LedgerError> {
        self.db
            .prepare_cached(
                "SELECT id, hash, text, title, published, publisher, uri, fetched FROM documents
                 WHERE id = ?1 ORDER BY version DESC LIMIT 1",
            )
            .and_then(|mut s| {
                s.query_row([id], |r| {
                    Ok(SourceText {
                        id: r.get(0)?,
                        hash: r.get(1)?,
                        text: r.get(2)?,
                        title: r.get(3)?,
                        published: r.get(4)?,
                        publisher: r.get(5)?,
                        uri: r.get(6)?,
                        fetched: r.get(7)?,
                    })
                })
                .optional()
            })
            .map_err(|e| self.fail(e))
    }
}
