//! Recording: one document, one transaction.
use super::days::Days;
use super::{Ledger, LedgerError, instant};
use crate::values::{By, Claim, Finding, Level, Party, SourceText};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};

/// Which program, model and data read a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    pub program: String,
    /// Name and version of the parsing model.
    pub model: String,
    /// [`crate::knowledge::DataFiles::version`].
    pub data: String,
}

/// What the ledger made of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    New,
    /// The same id with another text; the claims of the version before are superseded.
    NewVersion {
        version: i64,
    },
    /// The same text stands in the ledger, under this id: nothing was recorded.
    Known {
        id: String,
    },
    /// The same text, its claims brought up to date.
    Again {
        id: String,
    },
}

/// The result of recording a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    pub outcome: Outcome,
    /// Claims that are new in the ledger.
    pub added: usize,
    /// Claims that were there already.
    pub kept: usize,
    /// Claims the ledger no longer holds from now on.
    pub ended: usize,
    pub findings: Vec<Finding>,
}

impl Ledger {
    /// Records a document and its claims, all or nothing. A text the ledger holds already is left as it is.
    /// A claim whose quote is not at its span is a finding and left out. `now`: when the ledger learns of it.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn record(
        &mut self,
        run: &Run,
        source: &SourceText,
        claims: &[Claim],
        now: Timestamp,
    ) -> Result<Recorded, LedgerError> {
        self.put(run, source, claims, now, false)
    }

    /// Like [`Ledger::record`], but a text that is known gets its claims brought up to date: what is still said
    /// stays, what is new is added, what this reading no longer finds ends now.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn record_again(
        &mut self,
        run: &Run,
        source: &SourceText,
        claims: &[Claim],
        now: Timestamp,
    ) -> Result<Recorded, LedgerError> {
        self.put(run, source, claims, now, true)
    }

    fn put(
        &mut self,
        run: &Run,
        source: &SourceText,
        claims: &[Claim],
        now: Timestamp,
        again: bool,
    ) -> Result<Recorded, LedgerError> {
        let path = self.path.clone();
        let known_run = self.run.as_ref().filter(|(r, _)| r == run).map(|(_, row)| *row);
        let fail = |e| LedgerError::from_store(&path, e);
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
        let (recorded, run_row) = put(&tx, run, known_run, source, claims, &instant(now), again).map_err(fail)?;
        tx.commit().map_err(fail)?;
        if let Some(row) = run_row {
            self.run = Some((run.clone(), row));
        }
        Ok(recorded)
    }
}

fn put(
    tx: &Transaction<'_>,
    run: &Run,
    known_run: Option<i64>,
    source: &SourceText,
    claims: &[Claim],
    now: &str,
    again: bool,
) -> rusqlite::Result<(Recorded, Option<i64>)> {
    let mut out = Recorded { outcome: Outcome::New, added: 0, kept: 0, ended: 0, findings: Vec::new() };
    let held = tx
        .query_row("SELECT doc, id, published, publisher FROM documents WHERE hash = ?1", [&source.hash], |r| {
            Ok((r.get::<_, i64>(0)?, r.get::<_, String>(1)?, r.get::<_, Option<String>>(2)?, r.get(3)?))
        })
        .optional()?;
    if let Some((_, id, published, publisher)) = &held {
        differing(source, id, published, publisher, &mut out.findings);
        if !again {
            out.outcome = Outcome::Known { id: id.clone() };
            return Ok((out, known_run));
        }
    }
    let mut now = now.to_string();
    let run_row = match known_run {
        Some(row) => row,
        None => {
            tx.execute(
                "INSERT INTO runs (started, program, model, data) VALUES (?1, ?2, ?3, ?4)",
                params![now, run.program, run.model, run.data],
            )?;
            tx.last_insert_rowid()
        }
    };
    let doc = match held {
        Some((doc, id, ..)) => {
            clamp(tx, "SELECT max(recorded) FROM readings WHERE doc = ?1", &[&doc], &mut now)?;
            out.outcome = Outcome::Again { id };
            doc
        }
        None => {
            clamp(tx, "SELECT max(recorded) FROM documents WHERE id = ?1", &[&source.id], &mut now)?;
            let before: i64 =
                tx.query_row("SELECT coalesce(max(version), 0) FROM documents WHERE id = ?1", [&source.id], |r| {
                    r.get(0)
                })?;
            if before > 0 {
                out.outcome = Outcome::NewVersion { version: before + 1 };
                out.ended = tx.execute(
                    "UPDATE claims SET recorded_to = max(?1, recorded_from)
                     WHERE recorded_to IS NULL AND doc IN (SELECT doc FROM documents WHERE id = ?2)",
                    params![now, source.id],
                )?;
            }
            tx.execute(
                "INSERT INTO documents (id, version, hash, text, title, published, publisher, uri, fetched, recorded, run)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                params![
                    source.id,
                    before + 1,
                    source.hash,
                    source.text,
                    source.title,
                    source.published,
                    source.publisher,
                    source.uri,
                    source.fetched,
                    now,
                    run_row
                ],
            )?;
            tx.last_insert_rowid()
        }
    };
    tx.prepare_cached("INSERT INTO readings (run, doc, recorded) VALUES (?1, ?2, ?3)")?
        .execute(params![run_row, doc, now])?;
    put_claims(tx, doc, run_row, source, claims, &now, &mut out)?;
    Ok((out, Some(run_row)))
}

/// A clock set back must not order two readings of one document the wrong way round: the later row is at least a
/// microsecond later than the one before.
fn clamp(tx: &Transaction<'_>, sql: &str, of: &[&dyn rusqlite::ToSql], now: &mut String) -> rusqlite::Result<()> {
    let last: Option<String> = tx.query_row(sql, of, |r| r.get(0))?;
    if let Some(last) = last.filter(|last| *last >= *now)
        && let Ok(t) = last.parse::<Timestamp>()
        && let Ok(t) = t.checked_add(jiff::SignedDuration::from_micros(1))
    {
        *now = instant(t);
    }
    Ok(())
}

/// Brings the open claims of a document to just these.
fn put_claims(
    tx: &Transaction<'_>,
    doc: i64,
    run: i64,
    source: &SourceText,
    claims: &[Claim],
    now: &str,
    out: &mut Recorded,
) -> rusqlite::Result<()> {
    let mut open: HashMap<String, i64> = tx
        .prepare("SELECT id, row FROM claims WHERE doc = ?1 AND recorded_to IS NULL")?
        .query_map([doc], |r| Ok((r.get(0)?, r.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let starts: Vec<usize> = source.text.char_indices().map(|(i, _)| i).chain([source.text.len()]).collect();
    let mut insert = tx.prepare_cached(
        "INSERT INTO claims (id, doc, ordinal, span_start, span_end, quote, family, predicate,
             subject_id, subject_label, subject_mention, subject_country, subject_kind,
             object_id, object_label, object_mention, object_country, object_kind,
             phase, polarity, modality, by_id, by_label, by_mention, by_country, by_kind,
             when_edtf, when_from, when_until, value, said, frame, confidence, run, recorded_from)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
                 ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35)",
    )?;
    let mut done = HashSet::new();
    for (ordinal, c) in claims.iter().enumerate() {
        if quoted(&source.text, &starts, c.span) != Some(c.quote.as_str()) {
            out.findings.push(Finding::new(
                Level::Error,
                format!("{}, characters {}..{}", source.id, c.span[0], c.span[1]),
                format!("the text does not read {:?} there; the {} claim was not recorded", c.quote, c.predicate),
                "a claim must quote its document letter for letter",
            ));
            continue;
        }
        let id = claim_id(&source.hash, c);
        if !done.insert(id.clone()) {
            continue;
        }
        if open.remove(&id).is_some() {
            out.kept += 1;
            continue;
        }
        let by = match &c.by {
            By::Author => None,
            By::Speaker(p) => Some(p),
        };
        let days = Days::of(&c.when);
        let (s, o, b) = (fields(c.subject.as_ref()), fields(c.object.as_ref()), fields(by));
        insert.execute(params![
            id,
            doc,
            ordinal as i64,
            c.span[0],
            c.span[1],
            c.quote,
            c.family.as_str(),
            c.predicate,
            s[0],
            s[1],
            s[2],
            s[3],
            s[4],
            o[0],
            o[1],
            o[2],
            o[3],
            o[4],
            c.phase.map(|p| p.as_str()),
            c.polarity.as_str(),
            c.modality.as_str(),
            b[0],
            b[1],
            b[2],
            b[3],
            b[4],
            c.when,
            days.first().map(|d| d.to_string()),
            days.last().map(|d| d.to_string()),
            serde_json::Value::Object(c.value.clone()).to_string(),
            c.said,
            c.frame,
            f64::from(c.confidence),
            run,
            now
        ])?;
        out.added += 1;
        for p in [c.subject.as_ref(), c.object.as_ref(), by].into_iter().flatten() {
            put_actor(tx, p, now)?;
        }
    }
    for row in open.into_values() {
        tx.execute("UPDATE claims SET recorded_to = max(?1, recorded_from) WHERE row = ?2", params![now, row])?;
        out.ended += 1;
    }
    Ok(())
}

fn put_actor(tx: &Transaction<'_>, p: &Party, now: &str) -> rusqlite::Result<()> {
    tx.prepare_cached("INSERT OR IGNORE INTO actors (id, label, kind, country, recorded) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![p.id, p.label, p.kind, p.country, now])?;
    for name in [&p.label, &p.mention] {
        let key = name_key(name);
        if !key.is_empty() {
            tx.prepare_cached("INSERT OR IGNORE INTO names (key, actor, name) VALUES (?1, ?2, ?3)")?
                .execute(params![key, p.id, name])?;
        }
    }
    Ok(())
}

/// Says so where a known text comes with other facts about it than those recorded.
fn differing(
    source: &SourceText,
    id: &str,
    published: &Option<String>,
    publisher: &Option<String>,
    findings: &mut Vec<Finding>,
) {
    for (what, now, held) in [("published", &source.published, published), ("publisher", &source.publisher, publisher)]
    {
        if let Some(now) = now.as_ref().filter(|n| Some(*n) != held.as_ref()) {
            let held = held.as_deref().unwrap_or("nothing");
            findings.push(Finding::new(
                Level::Warning,
                source.id.as_str(),
                format!("the same text is recorded as {id} with {held} for `{what}`, not {now}; the record stays"),
                "a ledger is append-only; use a fresh ledger if the earlier facts were wrong",
            ));
        }
    }
}

fn fields(p: Option<&Party>) -> [Option<&str>; 5] {
    match p {
        Some(p) => [Some(&p.id), Some(&p.label), Some(&p.mention), p.country.as_deref(), Some(&p.kind)],
        None => [None; 5],
    }
}

/// The words at a span of characters; `starts[i]` is the byte at which character i begins.
pub(super) fn quoted<'a>(text: &'a str, starts: &[usize], [a, b]: [u32; 2]) -> Option<&'a str> {
    if a >= b {
        return None;
    }
    text.get(*starts.get(a as usize)?..*starts.get(b as usize)?)
}

/// A name as the ledger looks it up: lower case, letters and digits only, without a leading "the".
pub(super) fn name_key(name: &str) -> String {
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let from = usize::from(words.len() > 1 && words[0] == "the");
    words[from..].join(" ")
}

/// The id of a claim: 16 hex digits of a SHA-256 over the text's hash and all the claim says, so that the same
/// reading of the same text gives the same id in every ledger.
pub fn claim_id(hash: &str, c: &Claim) -> String {
    let mut h = Sha256::new();
    let mut add = |s: &str| {
        h.update((s.len() as u64).to_le_bytes());
        h.update(s.as_bytes());
    };
    add(hash);
    add(&format!("{}-{}", c.span[0], c.span[1]));
    add(c.family.as_str());
    add(&c.predicate);
    add(c.subject.as_ref().map_or("", |p| &p.id));
    add(c.object.as_ref().map_or("", |p| &p.id));
    add(c.phase.map_or("", |p| p.as_str()));
    add(c.polarity.as_str());
    add(c.modality.as_str());
    add(match &c.by {
        By::Author => "",
        By::Speaker(p) => &p.id,
    });
    add(&c.when);
    // Keys in order, so that the order in which a frame sets them does not matter.
    let mut value: Vec<_> = c.value.iter().collect();
    value.sort_by_key(|(k, _)| *k);
    for (k, v) in value {
        add(k);
        add(&v.to_string());
    }
    h.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect()
}
