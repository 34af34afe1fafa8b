//! Looking around in a ledger without reading it whole: counts, lists by pages, words in texts and quotes.
use super::{ClaimRow, Filter, Ledger, LedgerError};
use rusqlite::params;
use serde::Serialize;
use std::collections::HashMap;

/// How much a ledger holds now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub documents: usize,
    pub claims: usize,
    pub actors: usize,
    pub publishers: usize,
    /// Claims with a review.
    pub reviewed: usize,
}

/// A document without its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentHead {
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    pub recorded: String,
    /// Claims the ledger holds of it.
    pub claims: usize,
    /// Those of them that were reviewed.
    pub reviewed: usize,
}

/// The newest version of each document, with how many of its claims are held and how many were reviewed.
const HEADS: &str = "SELECT d.id, d.title, d.published, d.publisher, d.recorded,
      (SELECT count(*) FROM claims c WHERE c.doc = d.doc AND c.recorded_to IS NULL),
      (SELECT count(DISTINCT c.id) FROM claims c JOIN reviews r ON r.claim = c.id WHERE c.doc = d.doc AND c.recorded_to IS NULL)
    FROM documents d WHERE NOT EXISTS (SELECT 1 FROM documents n WHERE n.id = d.id AND n.doc > d.doc)";

impl Ledger {
    /// How much it holds now.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn counts(&self) -> Result<Counts, LedgerError> {
        let one = |sql: &str| self.db.query_row(sql, [], |r| r.get::<_, i64>(0)).map(|n| n as usize);
        let get = || -> rusqlite::Result<Counts> {
            Ok(Counts {
                documents: one("SELECT count(DISTINCT id) FROM documents")?,
                claims: one("SELECT count(*) FROM claims WHERE recorded_to IS NULL")?,
                actors: one("SELECT count(*) FROM actors")?,
                publishers: one("SELECT count(DISTINCT publisher) FROM documents")?,
                reviewed: one("SELECT count(DISTINCT claim) FROM reviews")?,
            })
        };
        get().map_err(|e| self.fail(e))
    }

    /// The number of the last claim's row: at least as many as it holds, and told at once.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn last_row(&self) -> Result<usize, LedgerError> {
        let last = self.db.query_row("SELECT coalesce(max(row), 0) FROM claims", [], |r| r.get::<_, i64>(0));
        Ok(last.map_err(|e| self.fail(e))? as usize)
    }

    /// The ids of the subjects, and of the objects, of whom the latest few thousand claims of a predicate tell most; at
    /// most so many.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn most_told_of(&self, predicate: &str, limit: usize) -> Result<(Vec<String>, Vec<String>), LedgerError> {
        let get = || -> rusqlite::Result<[HashMap<String, usize>; 2]> {
            let sql = "SELECT subject_id, object_id FROM claims WHERE recorded_to IS NULL AND row IN
                       (SELECT row FROM claims WHERE predicate = ?1 ORDER BY row DESC LIMIT 3000)";
            let mut counts = [HashMap::new(), HashMap::new()];
            let mut stmt = self.db.prepare_cached(sql)?;
            let mut rows = stmt.query([predicate])?;
            while let Some(r) = rows.next()? {
                for (side, count) in counts.iter_mut().enumerate() {
                    if let Some(id) = r.get::<_, Option<String>>(side)? {
                        *count.entry(id).or_default() += 1;
                    }
                }
            }
            Ok(counts)
        };
        let most = |count: HashMap<String, usize>| {
            let mut all: Vec<(String, usize)> = count.into_iter().collect();
            all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            all.into_iter().take(limit).map(|(id, _)| id).collect()
        };
        let [subjects, objects] = get().map_err(|e| self.fail(e))?;
        Ok((most(subjects), most(objects)))
    }

    /// Documents, the last recorded first. `words`: only those in whose title, id or text they stand (any case of
    /// ASCII letters).
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn document_heads(&self, words: &str, limit: usize, offset: usize) -> Result<Vec<DocumentHead>, LedgerError> {
        self.document_heads_of(words, limit, offset, None)
    }

    /// The same, looked for among the last so many documents alone.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn document_heads_of(
        &self,
        words: &str,
        limit: usize,
        offset: usize,
        last: Option<usize>,
    ) -> Result<Vec<DocumentHead>, LedgerError> {
        let get = || -> rusqlite::Result<Vec<DocumentHead>> {
            let last = last.map_or(String::new(), |n| format!("AND d.doc > (SELECT max(doc) FROM documents) - {n}"));
            let (filter, pattern) = match words.is_empty() {
                true => ("AND ?1 = ''", String::new()),
                false => (
                    "AND (d.id LIKE ?1 ESCAPE '\\' OR d.title LIKE ?1 ESCAPE '\\' OR d.text LIKE ?1 ESCAPE '\\')",
                    like(words),
                ),
            };
            let sql = format!("{HEADS} {last} {filter} ORDER BY d.doc DESC LIMIT ?2 OFFSET ?3");
            let mut stmt = self.db.prepare_cached(&sql)?;
            stmt.query_map(params![pattern, limit as i64, offset as i64], |r| {
                Ok(DocumentHead {
                    id: r.get(0)?,
                    title: r.get(1)?,
                    published: r.get(2)?,
                    publisher: r.get(3)?,
                    recorded: r.get(4)?,
                    claims: r.get::<_, i64>(5)? as usize,
                    reviewed: r.get::<_, i64>(6)? as usize,
                })
            })?
            .collect()
        };
        get().map_err(|e| self.fail(e))
    }

    /// Claims in whose words a text stands, the last recorded first; `last`: among the last so many alone.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn claims_quoting(&self, words: &str, limit: usize, last: Option<usize>) -> Result<Vec<ClaimRow>, LedgerError> {
        let ids = || -> rusqlite::Result<Vec<String>> {
            let last = last.map_or(String::new(), |n| format!("AND row > (SELECT max(row) FROM claims) - {n}"));
            let sql = format!(
                "SELECT id FROM claims WHERE recorded_to IS NULL {last} AND quote LIKE ?1 ESCAPE '\\'
                 ORDER BY row DESC LIMIT ?2"
            );
            let mut stmt = self.db.prepare_cached(&sql)?;
            stmt.query_map(params![like(words), limit as i64], |r| r.get(0))?.collect()
        };
        self.claims_of(&ids().map_err(|e| self.fail(e))?)
    }

    /// The document recorded after this one.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn document_after(&self, id: &str) -> Result<Option<String>, LedgerError> {
        let get = || -> rusqlite::Result<Option<String>> {
            let sql = "SELECT id FROM documents WHERE doc > (SELECT max(doc) FROM documents WHERE id = ?1)
                       ORDER BY doc LIMIT 1";
            let mut stmt = self.db.prepare_cached(sql)?;
            stmt.query_map([id], |r| r.get(0))?.next().transpose()
        };
        get().map_err(|e| self.fail(e))
    }

    /// The claims the ledger learned last, the last first.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn claims_latest(&self, limit: usize, offset: usize) -> Result<Vec<ClaimRow>, LedgerError> {
        let ids = || -> rusqlite::Result<Vec<String>> {
            let sql = "SELECT id FROM claims WHERE recorded_to IS NULL ORDER BY rowid DESC LIMIT ?1 OFFSET ?2";
            let mut stmt = self.db.prepare_cached(sql)?;
            stmt.query_map(params![limit as i64, offset as i64], |r| r.get(0))?.collect()
        };
        self.claims_of(&ids().map_err(|e| self.fail(e))?)
    }

    /// Claims by their whole ids, in the order of the ids; those it does not hold are left out.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn claims_of(&self, ids: &[String]) -> Result<Vec<ClaimRow>, LedgerError> {
        let mut out = Vec::with_capacity(ids.len());
        for id in ids {
            let rows = self.claims(&Filter { id: Some(id.clone()), ..Filter::default() }, None)?;
            out.extend(rows.into_iter().find(|r| r.id == *id));
        }
        Ok(out)
    }

    /// The actors whose name contains a text, in the order of their labels.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn actors_like(&self, words: &str, limit: usize) -> Result<Vec<super::Seen>, LedgerError> {
        let get = || -> rusqlite::Result<Vec<super::Seen>> {
            let sql = "SELECT id, label, kind, country FROM actors WHERE label LIKE ?1 ESCAPE '\\' OR id = ?2
                       ORDER BY length(label), label, id LIMIT ?3";
            let mut stmt = self.db.prepare_cached(sql)?;
            stmt.query_map(params![like(words), words, limit as i64], |r| {
                Ok(super::Seen { id: r.get(0)?, label: r.get(1)?, kind: r.get(2)?, country: r.get(3)? })
            })?
            .collect()
        };
        get().map_err(|e| self.fail(e))
    }
}

/// A pattern for text that contains these words as they stand.
fn like(words: &str) -> String {
    let mut out = String::from("%");
    for c in words.chars() {
        if matches!(c, '%' | '_' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('%');
    out
}
