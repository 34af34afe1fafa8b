//! Getting claims and documents out again, as the ledger held them at an instant.
use super::days::Days;
use super::record::name_key;
use super::{Ledger, LedgerError, instant};
use crate::values::{By, Claim, Family, Modality, Party};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::types::Value as Sql;
use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;
use std::collections::{BTreeSet, HashMap, HashSet};

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
    /// Any of these whole ids; empty = all.
    pub ids: BTreeSet<String>,
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
    /// Only claims the ledger learned or ceased to hold from this instant on ...
    pub moved_since: Option<Timestamp>,
    /// ... and up to this one. With either, claims no longer held are there too.
    pub moved_until: Option<Timestamp>,
}

impl Filter {
    /// All that is said between two sides.
    pub fn between(a: &Parties, b: &Parties) -> Filter {
        Filter { subject: Some(a.clone()), object: Some(b.clone()), either_order: true, ..Filter::default() }
    }

    /// Would this filter let a claim through? What SQL answers by its indexes, said once more in plain words; the
    /// last word on claims that a review corrected.
    pub fn lets(&self, r: &ClaimRow) -> bool {
        let c = &r.claim;
        let stands = |side: &Option<Parties>, p: &Option<Party>| {
            side.as_ref().is_none_or(|side| p.as_ref().is_some_and(|p| side.hold(p)))
        };
        let there = stands(&self.subject, &c.subject) && stands(&self.object, &c.object);
        let back = self.either_order && stands(&self.subject, &c.object) && stands(&self.object, &c.subject);
        let spoken = match (&self.by, &c.by) {
            (None, _) => true,
            (Some(p), By::Author) => p.ids.is_empty() && p.acting_for.is_empty(),
            (Some(side), By::Speaker(p)) => side.hold(p),
        };
        let days = Days::of(&c.when);
        let (first, last) = (days.first(), days.last());
        let dated = first.is_some() || last.is_some();
        self.id.as_ref().is_none_or(|id| r.id.starts_with(id.as_str()))
            && (self.ids.is_empty() || self.ids.contains(&r.id))
            && self.doc.as_ref().is_none_or(|d| *d == c.doc)
            && self.family.is_none_or(|f| f == c.family)
            && (self.predicates.is_empty() || self.predicates.contains(&c.predicate))
            && (there || back)
            && spoken
            && self.modality.is_none_or(|m| m == c.modality)
            && self.since.is_none_or(|d| dated && last.is_none_or(|l| l >= d))
            && self.until.is_none_or(|d| dated && first.is_none_or(|f| f <= d))
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

    /// `side` = "subject", "object" or "by": the ways in which a party can stand on that side.
    fn party(side: &str, p: &Parties, retyped: &BTreeSet<String>) -> Vec<(String, Vec<Sql>)> {
        let mut out = vec![(format!("c.{side}_id IN (SELECT value FROM json_each(?))"), vec![Sql::Text(json(&p.ids))])];
        if p.acting_for.is_empty() {
            return out;
        }
        let states = Sql::Text(json(&p.acting_for));
        out.push((
            format!("c.{side}_kind IN ('person', 'body') AND c.{side}_country IN (SELECT value FROM json_each(?))"),
            vec![states.clone()],
        ));
        if !retyped.is_empty() {
            out.push((
                format!(
                    "c.{side}_id IN (SELECT value FROM json_each(?))
                       AND c.{side}_country IN (SELECT value FROM json_each(?))"
                ),
                vec![Sql::Text(json(retyped)), states],
            ));
        }
        out
    }

    /// One side alone, or two together: each combination by its own index, their rows united.
    fn pair(&mut self, a: &[(String, Vec<Sql>)], b: &[(String, Vec<Sql>)]) -> Vec<String> {
        let mut out = Vec::new();
        for (x, xs) in a {
            if b.is_empty() {
                out.push(x.clone());
                self.values.extend(xs.iter().cloned());
            }
            for (y, ys) in b {
                out.push(format!("{x} AND {y}"));
                self.values.extend(xs.iter().chain(ys).cloned());
            }
        }
        out
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
        self.fetch(filter, known_at, None)
    }

    /// The claims to be weighed against each other over the whole ledger, without their words: no quote, frame, title, nor
    /// labels and mentions of parties; what is shown of them is fetched by [`Filter::ids`]. Events that nothing can
    /// contradict (no day of their own, or planned, demanded, conditional) are left out. `part` of `parts`: the ledger cut
    /// into so many runs of rows, each to be read by a thread of its own; one after another they are the whole.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn claims_to_weigh(
        &self,
        part: i64,
        parts: i64,
        known_at: Option<Timestamp>,
    ) -> Result<Vec<ClaimRow>, LedgerError> {
        self.fetch(&Filter::default(), known_at, Some((part, parts)))
    }

    fn fetch(
        &self,
        filter: &Filter,
        known_at: Option<Timestamp>,
        weigh: Option<(i64, i64)>,
    ) -> Result<Vec<ClaimRow>, LedgerError> {
        let kinds = self.kinds(known_at)?;
        let mut rows = self.select(filter, known_at, &kinds, weigh).map_err(|e| self.fail(e))?;
        for r in rows.iter_mut().filter(|_| !kinds.is_empty()) {
            let by = match &mut r.claim.by {
                By::Speaker(p) => Some(p),
                By::Author => None,
            };
            for p in [r.claim.subject.as_mut(), r.claim.object.as_mut(), by].into_iter().flatten() {
                if let Some(kind) = kinds.get(&p.id) {
                    p.kind.clone_from(kind);
                }
            }
        }
        // Corrected claims were fetched whatever they say: they may say it only since, or no longer.
        let corrections = "SELECT EXISTS (SELECT 1 FROM reviews WHERE verdict = 'correct')";
        if !kinds.is_empty() || self.db.query_row(corrections, [], |r| r.get(0)).map_err(|e| self.fail(e))? {
            rows.retain(|r| filter.lets(r));
        }
        Ok(rows)
    }

    fn select(
        &self,
        filter: &Filter,
        known_at: Option<Timestamp>,
        kinds: &HashMap<String, String>,
        weigh: Option<(i64, i64)>,
    ) -> rusqlite::Result<Vec<ClaimRow>> {
        let mut w = Clause::default();
        let known = known_at.map(instant);
        // The text of an instant never sorts after this.
        let until = known.clone().unwrap_or_else(|| "~".into());
        let mut outer = Clause::default();
        let (since, to) = (filter.moved_since.map(instant), filter.moved_until.map(instant));
        if since.is_some() || to.is_some() {
            let (a, b) = (since.unwrap_or_default(), to.unwrap_or_else(|| "~".into()));
            outer.and(
                "(c.recorded_from BETWEEN ? AND ? OR c.recorded_to BETWEEN ? AND ?)",
                [a.clone(), b.clone(), a, b],
            );
            outer.and("c.recorded_from <= ?", [until.clone()]);
        } else if let Some(k) = &known {
            let held = "c.recorded_from <= ? AND (c.recorded_to IS NULL OR c.recorded_to > ?)";
            outer.and(held, [k.clone(), k.clone()]);
        } else {
            outer.and("c.recorded_to IS NULL", []);
        }
        // What a review may change is asked of the claim as written; those corrected are weighed again by the caller.
        if let Some(id) = &filter.id {
            // Ids are hex: nothing that begins with this one sorts after it and a "g".
            outer.and("c.id >= ? AND c.id < ?", [id.clone(), format!("{id}g")]);
        }
        if !filter.ids.is_empty() {
            outer.and("c.id IN (SELECT value FROM json_each(?))", [json(&filter.ids)]);
        }
        if let Some(doc) = &filter.doc {
            outer.and("c.doc IN (SELECT doc FROM documents WHERE id = ?)", [doc.clone()]);
        }
        if let Some(f) = filter.family {
            w.and("c.family = ?", [f.to_string()]);
        }
        if let Some((part, parts)) = weigh {
            let last: i64 = self.db.query_row("SELECT coalesce(max(row), 0) FROM claims", [], |r| r.get(0))?;
            let cut = |n: i64| (last + 1) * n / parts;
            outer.parts.push(format!("c.row >= {} AND c.row < {}", cut(part), cut(part + 1)));
            w.and(
                "(c.family = 'standing' OR c.modality IN ('asserted', 'possible')
                  AND (c.when_from = c.when_until OR instr(c.when_edtf, '/') > 0))",
                [],
            );
        }
        if !filter.predicates.is_empty() {
            let set = filter.predicates.iter().cloned().collect();
            w.and("c.predicate IN (SELECT value FROM json_each(?))", [json(&set)]);
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
        let retyped: BTreeSet<String> =
            kinds.iter().filter(|(_, k)| matches!(k.as_str(), "person" | "body")).map(|(id, _)| id.clone()).collect();
        match &filter.by {
            Some(p) if p.ids.is_empty() && p.acting_for.is_empty() => w.and("c.by_id IS NULL", []),
            Some(p) => {
                let ways = Clause::party("by", p, &retyped);
                let ways = w.pair(&ways, &[]);
                w.parts.push(format!("({})", ways.join(" OR ")));
            }
            None => {}
        }
        let side =
            |name: &str, p: &Option<Parties>| p.as_ref().map(|p| Clause::party(name, p, &retyped)).unwrap_or_default();
        let mut orders = vec![(side("subject", &filter.subject), side("object", &filter.object))];
        if filter.either_order {
            orders.push((side("subject", &filter.object), side("object", &filter.subject)));
        }
        let mut ways = Vec::new();
        let mut places = Clause::default();
        for (s, o) in &orders {
            ways.extend(if s.is_empty() { places.pair(o, &[]) } else { places.pair(s, o) });
        }
        // The rows that may do: each way of standing there by its index, then all corrected ones.
        let whole = ways.is_empty() && filter.by.is_none() && filter.predicates.is_empty();
        if whole && !w.parts.is_empty() {
            // One pass over the table is cheaper than a list of most of its rows.
            let corrected = "c.id IN (SELECT claim FROM reviews WHERE verdict = 'correct')";
            outer.parts.push(format!("({} OR {corrected})", w.parts.join(" AND ")));
            outer.values.append(&mut w.values);
        } else if !whole {
            let mut one = |way: Option<&String>, values: &[Sql], own: &[Sql]| {
                let parts: Vec<&str> =
                    way.map(String::as_str).into_iter().chain(w.parts.iter().map(String::as_str)).collect();
                outer.values.extend(values.iter().chain(own).cloned());
                format!("SELECT c.row FROM claims c WHERE {}", parts.join(" AND "))
            };
            let mut selects = Vec::new();
            let mut at = 0;
            for way in &ways {
                let n = way.matches('?').count();
                selects.push(one(Some(way), &places.values[at..at + n], &w.values));
                at += n;
            }
            if ways.is_empty() {
                selects.push(one(None, &[], &w.values));
            }
            selects.push(
                "SELECT c.row FROM claims c WHERE c.id IN (SELECT claim FROM reviews WHERE verdict = 'correct')".into(),
            );
            outer.parts.push(format!("c.row IN ({})", selects.join(" UNION ")));
        }
        // many by their ids: documents and reviews are fetched once and not for each
        let many = filter.ids.len() > MANY;
        if whole && (filter.ids.is_empty() || many) && filter.id.is_none() && filter.doc.is_none() {
            let words = match weigh {
                None => Words::All,
                Some(_) if kinds.is_empty() => Words::Few,
                Some(_) => Words::Kinds,
            };
            return self.scan(words, &outer, &until, many);
        }
        let columns = columns(Words::All, true);
        let mut values = vec![Sql::Text(until)];
        values.extend(outer.values);
        let sql = format!(
            "SELECT {columns},
                 (SELECT max(r.row) FROM reviews r WHERE r.claim = c.id AND r.recorded <= ?) AS review,
                 c.doc, c.ordinal, c.row
             FROM claims c JOIN documents d USING (doc)
             WHERE {}",
            outer.parts.join(" AND ")
        );
        let mut review = self.db.prepare("SELECT verdict, correction FROM reviews WHERE row = ?")?;
        let mut stmt = self.db.prepare(&sql)?;
        let mut rows = stmt.query(rusqlite::params_from_iter(values))?;
        // Wide rows are sorted here, by their places alone.
        let mut out: Vec<((i64, i64, i64), ClaimRow)> = Vec::new();
        while let Some(r) = rows.next()? {
            let place = (r.get(REVIEW + 1)?, r.get(REVIEW + 2)?, r.get(REVIEW + 3)?);
            let said: Option<(String, String)> = match r.get::<_, Option<i64>>(REVIEW)? {
                Some(row) => Some(review.query_row([row], |r| Ok((r.get(0)?, r.get(1)?)))?),
                None => None,
            };
            out.push((place, claim_row(r, said, None)?));
        }
        out.sort_by_key(|(place, _)| *place);
        Ok(out.into_iter().map(|(_, row)| row).collect())
    }

    /// Most of a ledger: the table from end to end, the documents' lines fetched once and not for each claim.
    fn scan(&self, words: Words, outer: &Clause, until: &str, by_id: bool) -> rusqlite::Result<Vec<ClaimRow>> {
        // Documents and claims as of one moment: another process may be writing.
        let _moment = if self.db.is_autocommit() { Some(self.db.unchecked_transaction()?) } else { None };
        let heads: HashMap<i64, Head> = self
            .db
            .prepare("SELECT doc, id, publisher, published, title FROM documents")?
            .query_map([], |r| {
                Ok((
                    r.get(0)?,
                    Head {
                        id: r.get(1)?,
                        publisher: if words == Words::All { r.get(2)? } else { None },
                        published: r.get(3)?,
                        lean: words == Words::Few,
                        title: if words == Words::All { r.get(4)? } else { None },
                    },
                ))
            })?
            .collect::<rusqlite::Result<_>>()?;
        let mut said: HashMap<String, (String, String)> = HashMap::new();
        let mut reviews =
            self.db.prepare("SELECT claim, verdict, correction FROM reviews WHERE recorded <= ? ORDER BY row")?;
        let mut rows = reviews.query([until])?;
        while let Some(r) = rows.next()? {
            said.insert(r.get(0)?, (r.get(1)?, r.get(2)?));
        }
        let columns = columns(words, false);
        let how = if by_id { "" } else { "NOT INDEXED" };
        let sql = format!("SELECT {columns}, c.ordinal, c.row FROM claims c {how} WHERE {}", outer.parts.join(" AND "));
        let mut stmt = self.db.prepare(&sql)?;
        let mut rows = stmt.query(rusqlite::params_from_iter(outer.values.iter()))?;
        let mut out: Vec<ClaimRow> = Vec::new();
        let mut places: Vec<(i64, i64, i64)> = Vec::new();
        while let Some(r) = rows.next()? {
            let doc: i64 = r.get(1)?;
            let head = heads.get(&doc).ok_or_else(|| bad("doc", format!("there is no document {doc}")))?;
            let review = if said.is_empty() { None } else { said.get(text(r, 0)?).cloned() };
            places.push((doc, r.get(REVIEW)?, r.get(REVIEW + 1)?));
            out.push(claim_row(r, review, Some(head))?);
        }
        // As they were recorded is nearly always as they stand; rows are wide, so they are moved only where it is not.
        if !places.is_sorted() {
            let mut all: Vec<_> = places.into_iter().zip(out).collect();
            all.sort_by_key(|(place, _)| *place);
            return Ok(all.into_iter().map(|(_, row)| row).collect());
        }
        Ok(out)
    }

    /// A document by its id, the beginning of its hash, or its address: the newest version held at `known_at`.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn document(&self, id: &str, known_at: Option<Timestamp>) -> Result<Option<DocumentRow>, LedgerError> {
        let known = known_at.map_or_else(|| "~".into(), instant);
        // Ids first, which have an index; addresses and hashes are looked for only where no id is so called.
        let ways = ["id = ?1", "uri = ?1", "length(?1) >= 8 AND hash >= ?1 AND hash < ?1 || 'g'"];
        for way in ways {
            let sql = format!(
                "SELECT * FROM documents WHERE recorded <= ?2 AND {way} ORDER BY version DESC, doc DESC LIMIT 1"
            );
            let one = |db: &rusqlite::Connection| {
                db.prepare_cached(&sql)?.query_row(params![id, known], document_row).optional()
            };
            if let Some(found) = one(&self.db).map_err(|e| self.fail(e))? {
                return Ok(Some(found));
            }
        }
        Ok(None)
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

    /// Everyone who published a document, in the order of names.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn publishers(&self) -> Result<Vec<String>, LedgerError> {
        let get = || -> rusqlite::Result<Vec<String>> {
            let sql = "SELECT DISTINCT publisher FROM documents WHERE publisher IS NOT NULL ORDER BY publisher";
            self.db.prepare(sql)?.query_map([], |r| r.get(0))?.collect()
        };
        get().map_err(|e| self.fail(e))
    }

    /// The actors of the ledger that go by this name or id.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn actors_named(&self, name: &str) -> Result<Vec<Seen>, LedgerError> {
        let mut out = self.seen(
            "SELECT id, label, kind, country FROM actors
             WHERE id = ?1 OR id IN (SELECT actor FROM names WHERE key = ?2) ORDER BY id",
            &[name, &name_key(name)],
        )?;
        for id in self.aliased(name)? {
            if !out.iter().any(|s| s.id == id) {
                out.extend(self.seen("SELECT id, label, kind, country FROM actors WHERE id = ?1", &[&id])?);
            }
        }
        let kinds = self.kinds(None)?;
        for s in &mut out {
            if let Some(kind) = kinds.get(&s.id) {
                s.kind.clone_from(kind);
            }
        }
        Ok(out)
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

/// With what only readers need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    All,
    /// Without; kind and country of those only who may act for a state.
    Few,
    /// Without, but for kinds and countries: somebody was retyped.
    Kinds,
}

/// What [`claim_row`] reads, in this order; what is left out is empty in its place. `joined`: with
/// the document's line, else its number alone.
fn columns(words: Words, joined: bool) -> String {
    let party = |side: &str| match words {
        Words::All => format!("c.{side}_id, c.{side}_label, c.{side}_mention, c.{side}_country, c.{side}_kind"),
        Words::Kinds => format!("c.{side}_id, '', '', c.{side}_country, c.{side}_kind"),
        Words::Few => format!("c.{side}_id, NULL, NULL, c.{side}_country, c.{side}_kind"),
    };
    let (doc, line) =
        if joined { ("d.id", "d.publisher, d.published, d.title") } else { ("c.doc", "NULL, NULL, NULL") };
    let (quote, frame) = if words == Words::All { ("c.quote", "c.frame") } else { ("''", "''") };
    let (subject, object, by) = (party("subject"), party("object"), party("by"));
    format!(
        "c.id, {doc}, c.span_start, c.span_end, {quote}, c.family, c.predicate, {subject}, {object}, {by},
         c.phase, c.polarity, c.modality, c.when_edtf, c.value, c.said, {frame}, c.confidence,
         c.recorded_from, c.recorded_to, {line}"
    )
}

/// More ids than this are looked up with the documents at hand.
const MANY: usize = 2_000;

/// The column after those: the number of the last review, or in a scan the claim's place.
const REVIEW: usize = 35;

/// What a claim's row tells of its document.
struct Head {
    id: String,
    publisher: Option<String>,
    published: Option<String>,
    title: Option<String>,
    /// Of what only stands in where something else is silent, no more than that.
    lean: bool,
}

/// `head`: the document, where the row itself does not tell of it.
fn claim_row(r: &Row<'_>, review: Option<(String, String)>, head: Option<&Head>) -> rusqlite::Result<ClaimRow> {
    let review = review.filter(|(verdict, _)| verdict != "open");
    let lean = head.is_some_and(|h| h.lean);
    let side = |first| if lean { lean_party(r, first) } else { party(r, first) };
    let mut claim = Claim {
        doc: match head {
            Some(h) => h.id.clone(),
            None => r.get(1)?,
        },
        quote: if lean { String::new() } else { r.get(4)? },
        span: [r.get(2)?, r.get(3)?],
        family: word(r, 5)?,
        predicate: r.get(6)?,
        subject: side(7)?,
        object: side(12)?,
        phase: match r.get_ref(22)? {
            rusqlite::types::ValueRef::Null => None,
            _ => Some(word(r, 22)?),
        },
        polarity: word(r, 23)?,
        modality: word(r, 24)?,
        by: side(17)?.map_or(By::Author, By::Speaker),
        when: r.get(25)?,
        value: match text(r, 26)? {
            "{}" => serde_json::Map::new(),
            v => serde_json::from_str(v).map_err(|e| bad("value", e))?,
        },
        said: r.get(27)?,
        frame: if lean { String::new() } else { r.get(28)? },
        confidence: r.get::<_, f64>(29)? as f32,
    };
    if let Some((_, correction)) = review.as_ref().filter(|(verdict, _)| verdict == "correct") {
        claim = corrected(&claim, correction).map_err(|e| bad("correction", e))?;
    }
    // the days of publishing and recording stand in for a day of saying
    let told = lean && !claim.said.is_empty();
    let (publisher, published, title) = match head {
        Some(_) if told => (None, None, None),
        Some(h) => (h.publisher.clone(), h.published.clone(), h.title.clone()),
        None => (r.get(32)?, r.get(33)?, r.get(34)?),
    };
    Ok(ClaimRow {
        id: r.get(0)?,
        claim,
        recorded: if told { String::new() } else { r.get(30)? },
        recorded_to: if lean { None } else { r.get(31)? },
        publisher,
        published,
        title,
        review: review.map(|(verdict, _)| verdict),
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

fn text<'a>(r: &'a Row<'_>, column: usize) -> rusqlite::Result<&'a str> {
    r.get_ref(column)?.as_str().map_err(|e| bad("text", e))
}

fn word<T: std::str::FromStr<Err = String>>(r: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    text(r, column)?.parse().map_err(|e: String| bad("of a closed list", e))
}

/// The party whose five columns begin here.
fn party(r: &Row<'_>, first: usize) -> rusqlite::Result<Option<Party>> {
    let Some(id) = r.get::<_, Option<String>>(first)? else { return Ok(None) };
    let text = |n: usize| r.get::<_, Option<String>>(first + n);
    Ok(Some(Party {
        id,
        label: text(1)?.unwrap_or_default(),
        mention: text(2)?.unwrap_or_default(),
        country: text(3)?,
        kind: text(4)?.unwrap_or_default(),
        names: Vec::new(),
    }))
}

/// The same to be weighed: its id, and who may act for a state with kind and country.
fn lean_party(r: &Row<'_>, first: usize) -> rusqlite::Result<Option<Party>> {
    let Some(id) = r.get::<_, Option<String>>(first)? else { return Ok(None) };
    let kind = r.get_ref(first + 4)?.as_str_or_null().map_err(|e| bad("kind", e))?.unwrap_or_default();
    let acts = matches!(kind, "person" | "body");
    Ok(Some(Party {
        id,
        label: String::new(),
        mention: String::new(),
        country: if acts { r.get(first + 3)? } else { None },
        kind: if acts { kind.to_owned() } else { String::new() },
        names: Vec::new(),
    }))
}

fn bad(column: &str, e: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> rusqlite::Error {
    let e: Box<dyn std::error::Error + Send + Sync> = format!("column {column}: {}", e.into()).into();
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, e)
}
