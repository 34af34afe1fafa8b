//! Getting claims and documents out again, as the ledger held them at an instant.
use super::record::name_key;
use super::{Ledger, LedgerError, instant};
use crate::values::{By, Claim, Family, Modality, Party};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::types::Value as Sql;
use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;
use std::collections::{BTreeSet, HashSet};

/// A claim with what the ledger knows about it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimRow {
    pub id: String,
    #[serde(flatten)]
    pub claim: Claim,
    /// When the ledger learned it.
    pub recorded: String,
    /// When the ledger ceased to hold it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded_to: Option<String>,
    /// The document's publisher, day and title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The last review, if any: accept, reject or correct.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<String>,
}

/// A recorded document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DocumentRow {
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    pub text: String,
    pub hash: String,
    pub version: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fetched: Option<String>,
    pub recorded: String,
}

/// An actor that claims speak of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seen {
    pub id: String,
    pub label: String,
    pub kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// The parties that count as one side of a question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parties {
    pub ids: BTreeSet<String>,
    /// ISO3 of states for which their persons and organs count too.
    pub acting_for: BTreeSet<String>,
}

impl Parties {
    pub fn one(id: &str) -> Parties {
        Parties { ids: BTreeSet::from([id.to_string()]), acting_for: BTreeSet::new() }
    }

    /// Does this party belong to the side?
    pub fn hold(&self, p: &Party) -> bool {
        self.ids.contains(&p.id)
            || (matches!(p.kind.as_str(), "person" | "body")
                && p.country.as_ref().is_some_and(|c| self.acting_for.contains(c)))
    }
}

/// Which claims to fetch; the empty filter fetches all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// Whole claim ids, or their beginnings.
    pub id: Option<String>,
    pub doc: Option<String>,
    pub family: Option<Family>,
    /// Any of these; empty = all.
    pub predicates: Vec<String>,
    pub subject: Option<Parties>,
    pub object: Option<Parties>,
    /// The two may change places; with one alone, it may stand on either side.
    pub either_order: bool,
    /// The speaker; an empty set = the author.
    pub by: Option<Parties>,
    pub modality: Option<Modality>,
    /// Only claims dated to this day of the world or later ...
    pub since: Option<Date>,
    /// ... and to this day or earlier; undated claims match neither.
    pub until: Option<Date>,
}

impl Filter {
    /// All that is said between two sides.
    pub fn between(a: &Parties, b: &Parties) -> Filter {
        Filter { subject: Some(a.clone()), object: Some(b.clone()), either_order: true, ..Filter::default() }
    }
}

/// A WHERE clause being written, with the values for its question marks.
#[derive(Default)]
struct Clause {
    parts: Vec<String>,
    values: Vec<Sql>,
}

impl Clause {
    fn and(&mut self, sql: &str, values: impl IntoIterator<Item = String>) {
        self.parts.push(sql.to_string());
        self.values.extend(values.into_iter().map(Sql::Text));
    }

    /// `side` = "subject", "object" or "by".
    fn party(&mut self, side: &str, p: &Parties) -> String {
        self.values.push(Sql::Text(json(&p.ids)));
        let ids = format!("c.{side}_id IN (SELECT value FROM json_each(?))");
        if p.acting_for.is_empty() {
            return ids;
        }
        self.values.push(Sql::Text(json(&p.acting_for)));
        format!(
            "({ids} OR c.{side}_kind IN ('person', 'body')
               AND c.{side}_country IN (SELECT value FROM json_each(?)))"
        )
    }
}

fn json(set: &BTreeSet<String>) -> String {
    serde_json::Value::from_iter(set.iter().cloned()).to_string()
}

impl Ledger {
    /// The claims a filter lets through, as the ledger held them at `known_at` (`None` = now), in the order of
    /// recording and of the text. Corrections by review are applied; rejected claims are there and say so.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn claims(&self, filter: &Filter, known_at: Option<Timestamp>) -> Result<Vec<ClaimRow>, LedgerError> {
        self.fetch(filter, known_at).map_err(|e| self.fail(e))
    }

    fn fetch(&self, filter: &Filter, known_at: Option<Timestamp>) -> rusqlite::Result<Vec<ClaimRow>> {
        let mut w = Clause::default();
        let known = known_at.map(instant);
        // The text of an instant never sorts after this.
        let until = known.clone().unwrap_or_else(|| "~".into());
        w.values.extend([Sql::Text(until.clone()), Sql::Text(until)]);
        match &known {
            Some(k) => {
                w.and("c.recorded_from <= ? AND (c.recorded_to IS NULL OR c.recorded_to > ?)", [k.clone(), k.clone()])
            }
            None => w.and("c.recorded_to IS NULL", []),
        }
        if let Some(id) = &filter.id {
            w.and("substr(c.id, 1, length(?)) = ?", [id.clone(), id.clone()]);
        }
        if let Some(doc) = &filter.doc {
            w.and("d.id = ?", [doc.clone()]);
        }
        if let Some(f) = filter.family {
            w.and("c.family = ?", [f.to_string()]);
        }
        if !filter.predicates.is_empty() {
            let set = filter.predicates.iter().cloned().collect();
            w.and("c.predicate IN (SELECT value FROM json_each(?))", [json(&set)]);
        }
        let pair = match (&filter.subject, &filter.object) {
            (Some(a), Some(b)) if filter.either_order => {
                let there = format!("{} AND {}", w.party("subject", a), w.party("object", b));
                let back = format!("{} AND {}", w.party("subject", b), w.party("object", a));
                vec![format!("({there} OR {back})")]
            }
            (Some(a), None) | (None, Some(a)) if filter.either_order => {
                vec![format!("({} OR {})", w.party("subject", a), w.party("object", a))]
            }
            (a, b) => {
                let a = a.as_ref().map(|a| w.party("subject", a));
                let b = b.as_ref().map(|b| w.party("object", b));
                a.into_iter().chain(b).collect()
            }
        };
        w.parts.extend(pair);
        match &filter.by {
            Some(p) if p.ids.is_empty() && p.acting_for.is_empty() => w.and("c.by_id IS NULL", []),
            Some(p) => {
                let by = w.party("by", p);
                w.parts.push(by);
            }
            None => {}
        }
        if let Some(m) = filter.modality {
            w.and("c.modality = ?", [m.to_string()]);
        }
        let dated = "(c.when_from IS NOT NULL OR c.when_until IS NOT NULL)";
        if let Some(d) = filter.since {
            w.and(&format!("{dated} AND (c.when_until IS NULL OR c.when_until >= ?)"), [d.to_string()]);
        }
        if let Some(d) = filter.until {
            w.and(&format!("{dated} AND (c.when_from IS NULL OR c.when_from <= ?)"), [d.to_string()]);
        }
        let sql = format!(
            "SELECT c.*, d.id AS document, d.publisher, d.published, d.title,
                 (SELECT r.verdict FROM reviews r WHERE r.claim = c.id AND r.recorded <= ? ORDER BY r.row DESC LIMIT 1)
                     AS review,
                 (SELECT r.correction FROM reviews r WHERE r.claim = c.id AND r.recorded <= ?
                     ORDER BY r.row DESC LIMIT 1) AS correction
             FROM claims c JOIN documents d USING (doc)
             WHERE {} ORDER BY c.doc, c.ordinal, c.row",
            w.parts.join(" AND ")
        );
        let mut stmt = self.db.prepare(&sql)?;
        stmt.query_map(rusqlite::params_from_iter(w.values), claim_row)?.collect()
    }

    /// A document by its id, the beginning of its hash, or its address: the newest version held at `known_at`.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn document(&self, id: &str, known_at: Option<Timestamp>) -> Result<Option<DocumentRow>, LedgerError> {
        let known = known_at.map_or_else(|| "~".into(), instant);
        self.db
            .query_row(
                "SELECT * FROM documents
                 WHERE recorded <= ?2 AND (id = ?1 OR uri = ?1 OR length(?1) >= 8 AND substr(hash, 1, length(?1)) = ?1)
                 ORDER BY id = ?1 DESC, version DESC, doc DESC LIMIT 1",
                params![id, known],
                document_row,
            )
            .optional()
            .map_err(|e| self.fail(e))
    }

    /// The hashes of all texts it holds.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn hashes(&self) -> Result<HashSet<String>, LedgerError> {
        let get = || -> rusqlite::Result<HashSet<String>> {
            self.db.prepare("SELECT hash FROM documents")?.query_map([], |r| r.get(0))?.collect()
        };
        get().map_err(|e| self.fail(e))
    }

    /// The ids of all documents, in the order of recording.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn document_ids(&self) -> Result<Vec<String>, LedgerError> {
        let get = || -> rusqlite::Result<Vec<String>> {
            let mut stmt = self.db.prepare("SELECT id FROM documents GROUP BY id ORDER BY min(doc)")?;
            stmt.query_map([], |r| r.get(0))?.collect()
        };
        get().map_err(|e| self.fail(e))
    }

    /// The actors of the ledger that go by this name or id.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn actors_named(&self, name: &str) -> Result<Vec<Seen>, LedgerError> {
        self.seen(
            "SELECT id, label, kind, country FROM actors
             WHERE id = ?1 OR id IN (SELECT actor FROM names WHERE key = ?2) ORDER BY id",
            &[name, &name_key(name)],
        )
    }

    /// Every actor of the ledger.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn actors(&self) -> Result<Vec<Seen>, LedgerError> {
        self.seen("SELECT id, label, kind, country FROM actors ORDER BY id", &[])
    }

    fn seen(&self, sql: &str, values: &[&str]) -> Result<Vec<Seen>, LedgerError> {
        let get = || -> rusqlite::Result<Vec<Seen>> {
            let mut stmt = self.db.prepare(sql)?;
            stmt.query_map(rusqlite::params_from_iter(values), |r| {
                Ok(Seen { id: r.get(0)?, label: r.get(1)?, kind: r.get(2)?, country: r.get(3)? })
            })?
            .collect()
        };
        get().map_err(|e| self.fail(e))
    }
}

fn document_row(r: &Row<'_>) -> rusqlite::Result<DocumentRow> {
    Ok(DocumentRow {
        id: r.get("id")?,
        title: r.get("title")?,
        published: r.get("published")?,
        publisher: r.get("publisher")?,
        uri: r.get("uri")?,
        text: r.get("text")?,
        hash: r.get("hash")?,
        version: r.get("version")?,
        fetched: r.get("fetched")?,
        recorded: r.get("recorded")?,
    })
}

fn claim_row(r: &Row<'_>) -> rusqlite::Result<ClaimRow> {
    let review: Option<String> = r.get::<_, Option<String>>("review")?.filter(|v| v != "open");
    let mut claim = Claim {
        doc: r.get("document")?,
        quote: r.get("quote")?,
        span: [r.get("span_start")?, r.get("span_end")?],
        family: word(r, "family")?,
        predicate: r.get("predicate")?,
        subject: party(r, "subject")?,
        object: party(r, "object")?,
        phase: match r.get::<_, Option<String>>("phase")? {
            Some(_) => Some(word(r, "phase")?),
            None => None,
        },
        polarity: word(r, "polarity")?,
        modality: word(r, "modality")?,
        by: party(r, "by")?.map_or(By::Author, By::Speaker),
        when: r.get("when_edtf")?,
        value: serde_json::from_str(&r.get::<_, String>("value")?).map_err(|e| bad("value", e))?,
        said: r.get("said")?,
        frame: r.get("frame")?,
        confidence: r.get::<_, f64>("confidence")? as f32,
    };
    if review.as_deref() == Some("correct") {
        claim = corrected(&claim, &r.get::<_, String>("correction")?).map_err(|e| bad("correction", e))?;
    }
    Ok(ClaimRow {
        id: r.get("id")?,
        claim,
        recorded: r.get("recorded_from")?,
        recorded_to: r.get("recorded_to")?,
        publisher: r.get("publisher")?,
        published: r.get("published")?,
        title: r.get("title")?,
        review,
    })
}

/// The claim with the fields of a correction laid over it.
pub(super) fn corrected(claim: &Claim, correction: &str) -> serde_json::Result<Claim> {
    let mut whole = serde_json::to_value(claim)?;
    let over: serde_json::Map<String, serde_json::Value> = serde_json::from_str(correction)?;
    if let Some(fields) = whole.as_object_mut() {
        fields.extend(over);
    }
    serde_json::from_value(whole)
}

fn word<T: std::str::FromStr<Err = String>>(r: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    r.get::<_, String>(column)?.parse().map_err(|e: String| bad(column, e))
}

fn party(r: &Row<'_>, side: &str) -> rusqlite::Result<Option<Party>> {
    let Some(id) = r.get::<_, Option<String>>(format!("{side}_id").as_str())? else { return Ok(None) };
    let text = |f: &str| r.get::<_, Option<String>>(format!("{side}_{f}").as_str());
    Ok(Some(Party {
        id,
        label: text("label")?.unwrap_or_default(),
        mention: text("mention")?.unwrap_or_default(),
        country: text("country")?,
        kind: text("kind")?.unwrap_or_default(),
    }))
}

fn bad(column: &str, e: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> rusqlite::Error {
    let e: Box<dyn std::error::Error + Send + Sync> = format!("column {column}: {}", e.into()).into();
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, e)
}
