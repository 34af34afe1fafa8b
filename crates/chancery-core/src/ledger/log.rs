//! The two logs beside the claims: judgements of identity, and reviews of claims. Both are rows; the last one on a
//! pair or a claim counts, and a row that says `open` takes the ones before it back.
use super::fetch::corrected;
use super::{Filter, Ledger, LedgerError, instant};
use crate::values::{Finding, Level};
use jiff::Timestamp;
use rusqlite::params;
use serde::Serialize;

/// Is this actor that actor?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Identity {
    Same,
    Different,
    /// Judged before, and taken back.
    Open,
}

impl Identity {
    fn as_str(self) -> &'static str {
        match self {
            Identity::Same => "same",
            Identity::Different => "different",
            Identity::Open => "open",
        }
    }
}

/// A judgement of identity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judgement {
    pub a: String,
    pub b: String,
    pub verdict: Identity,
    /// Who judged.
    pub by: String,
    pub note: String,
    pub recorded: String,
}

/// What a reviewer says of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    Accept,
    Reject,
    /// Right but for the fields given.
    Correct,
    /// Reviewed before, and taken back.
    Open,
}

impl Verdict {
    fn as_str(self) -> &'static str {
        match self {
            Verdict::Accept => "accept",
            Verdict::Reject => "reject",
            Verdict::Correct => "correct",
            Verdict::Open => "open",
        }
    }
}

/// A review of a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    pub claim: String,
    pub verdict: Verdict,
    /// Fields of the claim and what they should be; only with [`Verdict::Correct`].
    pub correction: serde_json::Map<String, serde_json::Value>,
    pub by: String,
    pub note: String,
}

impl Ledger {
    /// Writes a judgement: `a` and `b` are the same actor, or not, or it is open again.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn judge(
        &mut self,
        a: &str,
        b: &str,
        verdict: Identity,
        by: &str,
        note: &str,
        now: Timestamp,
    ) -> Result<(), LedgerError> {
        let (a, b) = if a <= b { (a, b) } else { (b, a) };
        self.db
            .execute(
                "INSERT INTO judgements (recorded, a, b, verdict, by, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![instant(now), a, b, verdict.as_str(), by, note],
            )
            .map(|_| ())
            .map_err(|e| self.fail(e))
    }

    /// The judgements in force at `known_at` (`None` = now): the last one of each pair, unless it is open.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn judgements(&self, known_at: Option<Timestamp>) -> Result<Vec<Judgement>, LedgerError> {
        let known = known_at.map_or_else(|| "~".into(), instant);
        let get = || -> rusqlite::Result<Vec<Judgement>> {
            let mut stmt = self.db.prepare(
                "SELECT a, b, verdict, by, note, recorded FROM judgements j
                 WHERE recorded <= ?1 AND verdict <> 'open'
                   AND row = (SELECT max(row) FROM judgements WHERE a = j.a AND b = j.b AND recorded <= ?1)
                 ORDER BY row",
            )?;
            stmt.query_map([known], |r| {
                Ok(Judgement {
                    a: r.get(0)?,
                    b: r.get(1)?,
                    verdict: if r.get::<_, String>(2)? == "same" { Identity::Same } else { Identity::Different },
                    by: r.get(3)?,
                    note: r.get(4)?,
                    recorded: r.get(5)?,
                })
            })?
            .collect()
        };
        get().map_err(|e| self.fail(e))
    }

    /// Writes a review. A review that names no claim of the ledger, or corrects it into something that is no claim,
    /// is refused with a finding.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn review(&mut self, review: &Review, now: Timestamp) -> Result<Result<(), Finding>, LedgerError> {
        let refuse = |what: String, hint: &str| Ok(Err(Finding::new(Level::Error, &review.claim, what, hint)));
        let held = self.claims(&Filter { id: Some(review.claim.clone()), ..Filter::default() }, None)?;
        let [row] = held.as_slice() else {
            return refuse(format!("{} claims go by this id", held.len()), "`chancery claims` lists the ids");
        };
        let correction = serde_json::Value::Object(review.correction.clone()).to_string();
        if review.verdict == Verdict::Correct
            && let Err(e) = corrected(&row.claim, &correction)
        {
            return refuse(
                format!("so corrected it is no claim: {e}"),
                "give fields of a claim and values they can have",
            );
        }
        self.db
            .execute(
                "INSERT INTO reviews (recorded, claim, verdict, correction, by, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![instant(now), row.id, review.verdict.as_str(), correction, review.by, review.note],
            )
            .map(|_| Ok(()))
            .map_err(|e| self.fail(e))
    }
}
