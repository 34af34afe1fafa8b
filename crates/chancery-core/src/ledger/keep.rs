//! Keeping a ledger: copies while it is in use, and the whole of it as JSON Lines that goes out and in byte for byte.
//!
//! ```text
//!   {"ledger":"chancery","schema":2}
//!   {"runs":{"run":1,"started":"2026-01-05T10:00:00.000000Z", ...}}
//!   {"documents":{"doc":1,"id":"d1", ...}}
//!   {"claims":{"row":1,"id":"5be0...", ...}}          tables in the order of TABLES, rows in the order of their keys
//! ```
//!
//! An import trusts nothing: it goes into an empty ledger only, all or nothing; each line is bounded in length and
//! depth, has just the fields of its table, and passes what recording would have checked: the text has its hash, the
//! quote stands at its span, the id follows from the content, dates and instants are such, references are there.
use super::days::Days;
use super::record::quoted;
use super::{Ledger, LedgerError, claim_id, instant, schema};
use crate::values::{By, Claim, Finding, Level, Party};
use jiff::Timestamp;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, TransactionBehavior};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use std::io::{self, BufRead, Read, Write};
use std::path::Path;

/// The longest line an import takes: a document's text of 64 MiB, escaped.
const LONGEST_LINE: u64 = 256 << 20;
/// The longest text of a document, in bytes, and of anything else.
const LONGEST_TEXT: usize = 64 << 20;
const LONGEST_FIELD: usize = 1 << 20;

/// Why an export or import did not come to its end.
#[derive(Debug)]
pub enum KeepError {
    Ledger(LedgerError),
    /// The other side of the exchange: the file written or read.
    Io(io::Error),
    /// A line that is no part of a ledger; nothing was imported.
    Line(Finding),
}

impl From<LedgerError> for KeepError {
    fn from(e: LedgerError) -> Self {
        KeepError::Ledger(e)
    }
}

impl From<io::Error> for KeepError {
    fn from(e: io::Error) -> Self {
        KeepError::Io(e)
    }
}

/// A cell of a row.
trait Cell: Sized {
    fn get(v: ValueRef<'_>) -> rusqlite::Result<Self>;
    fn put(&self) -> ToSqlOutput<'_>;
    /// Bytes of text it holds.
    fn long(&self) -> usize {
        0
    }
}

impl Cell for i64 {
    fn get(v: ValueRef<'_>) -> rusqlite::Result<Self> {
        Ok(v.as_i64()?)
    }
    fn put(&self) -> ToSqlOutput<'_> {
        ToSqlOutput::from(*self)
    }
}

impl Cell for f32 {
    fn get(v: ValueRef<'_>) -> rusqlite::Result<Self> {
        Ok(v.as_f64()? as f32)
    }
    fn put(&self) -> ToSqlOutput<'_> {
        ToSqlOutput::from(f64::from(*self))
    }
}

impl Cell for String {
    fn get(v: ValueRef<'_>) -> rusqlite::Result<Self> {
        Ok(v.as_str()?.to_string())
    }
    fn put(&self) -> ToSqlOutput<'_> {
        ToSqlOutput::from(self.as_str())
    }
    fn long(&self) -> usize {
        self.len()
    }
}

impl<T: Cell> Cell for Option<T> {
    fn get(v: ValueRef<'_>) -> rusqlite::Result<Self> {
        if v == ValueRef::Null { Ok(None) } else { T::get(v).map(Some) }
    }
    fn put(&self) -> ToSqlOutput<'_> {
        self.as_ref().map_or(ToSqlOutput::Borrowed(ValueRef::Null), T::put)
    }
    fn long(&self) -> usize {
        self.as_ref().map_or(0, T::long)
    }
}

/// A table as its rows go out and in.
macro_rules! tables {
    ($($row:ident $name:literal by $key:literal { $($field:ident: $type:ty),* $(,)? })*) => {
        $(
            #[derive(Debug, Serialize, Deserialize)]
            #[serde(deny_unknown_fields)]
            struct $row { $($field: $type),* }
            impl $row {
                const FIELDS: &'static [&'static str] = &[$(stringify!($field)),*];
                fn each(db: &Connection, mut to: impl FnMut(Line) -> Result<(), KeepError>,
                        fail: impl Fn(rusqlite::Error) -> LedgerError + Copy) -> Result<(), KeepError> {
                    let sql = format!("SELECT {} FROM {} ORDER BY {}", Self::FIELDS.join(", "), $name, $key);
                    let mut stmt = db.prepare(&sql).map_err(fail)?;
                    let mut rows = stmt.query([]).map_err(fail)?;
                    while let Some(r) = rows.next().map_err(fail)? {
                        let mut at = 0..;
                        let mut next = || r.get_ref(at.next().expect("it has no end"));
                        let row = $row { $($field: next().and_then(Cell::get).map_err(fail)?),* };
                        to(Line::$row(Box::new(row)))?;
                    }
                    Ok(())
                }
                fn put(&self, db: &Connection) -> rusqlite::Result<()> {
                    let marks = vec!["?"; Self::FIELDS.len()].join(", ");
                    let sql = format!("INSERT INTO {} ({}) VALUES ({marks})", $name, Self::FIELDS.join(", "));
                    let values: Vec<ToSqlOutput<'_>> = vec![$(self.$field.put()),*];
                    db.prepare_cached(&sql)?.execute(rusqlite::params_from_iter(values)).map(|_| ())
                }
                fn longest(&self) -> usize {
                    [$(self.$field.long()),*].into_iter().max().unwrap_or(0)
                }
            }
        )*

        /// One line of an export: a row under the name of its table.
        #[derive(Debug, Serialize, Deserialize)]
        enum Line { $(#[serde(rename = $name)] $row(Box<$row>)),* }

        impl Line {
            fn put(&self, db: &Connection) -> rusqlite::Result<()> {
                match self { $(Line::$row(r) => r.put(db)),* }
            }
            /// Its table, by place in the order of an export.
            fn table(&self) -> usize {
                let name = match self { $(Line::$row(_) => $name),* };
                TABLES.iter().position(|t| *t == name).expect("each line has its table")
            }
            fn longest(&self) -> usize {
                match self { $(Line::$row(r) => r.longest()),* }
            }
        }

        const TABLES: &[&str] = &[$($name),*];

        fn each(db: &Connection, mut to: impl FnMut(Line) -> Result<(), KeepError>,
                fail: impl Fn(rusqlite::Error) -> LedgerError + Copy) -> Result<(), KeepError> {
            $($row::each(db, &mut to, fail)?;)*
            Ok(())
        }
    };
}

tables! {
    Runs "runs" by "run" { run: i64, started: String, program: String, model: String, data: String }
    Documents "documents" by "doc" {
        doc: i64, id: String, version: i64, hash: String, text: String, title: Option<String>,
        published: Option<String>, publisher: Option<String>, uri: Option<String>, fetched: Option<String>,
        recorded: String, run: i64,
    }
    Claims "claims" by "row" {
        row: i64, id: String, doc: i64, ordinal: i64, span_start: i64, span_end: i64, quote: String, family: String,
        predicate: String,
        subject_id: Option<String>, subject_label: Option<String>, subject_mention: Option<String>,
        subject_country: Option<String>, subject_kind: Option<String>,
        object_id: Option<String>, object_label: Option<String>, object_mention: Option<String>,
        object_country: Option<String>, object_kind: Option<String>,
        phase: Option<String>, polarity: String, modality: String,
        by_id: Option<String>, by_label: Option<String>, by_mention: Option<String>, by_country: Option<String>,
        by_kind: Option<String>,
        when_edtf: String, when_from: Option<String>, when_until: Option<String>, value: String, said: String,
        frame: String, confidence: f32, run: i64, recorded_from: String, recorded_to: Option<String>,
    }
    Actors "actors" by "id" {
        id: String, label: String, kind: String, country: Option<String>, recorded: String,
    }
    Names "names" by "key, actor" { key: String, actor: String, name: String }
    Acts "acts" by "row" {
        row: i64, recorded: String, act: String, actor: String, other: String, undone: Option<i64>, by: String,
        note: String,
    }
    Reviews "reviews" by "row" {
        row: i64, recorded: String, claim: String, verdict: String, correction: String, by: String, note: String,
    }
    Grades "grades" by "row" {
        row: i64, recorded: String, publisher: Option<String>, claim: Option<String>, grade: String, by: String,
        note: String,
    }
    Readings "readings" by "row" { row: i64, run: i64, doc: i64, recorded: String }
}

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    ledger: String,
    schema: i64,
}

/// How many rows of each table went out or in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    pub documents: usize,
    pub claims: usize,
    /// All rows.
    pub rows: usize,
}

impl Kept {
    fn count(&mut self, line: &Line) {
        self.rows += 1;
        self.documents += usize::from(matches!(line, Line::Documents(_)));
        self.claims += usize::from(matches!(line, Line::Claims(_)));
    }
}

impl Ledger {
    /// Copies the ledger, as it is at this moment, into a new file, while others read and write it.
    ///
    /// # Errors
    /// The file is there already, or cannot be written.
    pub fn backup(&self, to: &Path) -> Result<(), KeepError> {
        // Made by us or not at all: a backup never overwrites.
        drop(std::fs::OpenOptions::new().write(true).create_new(true).open(to)?);
        let copy = || -> rusqlite::Result<()> {
            let mut db = Connection::open(to)?;
            rusqlite::backup::Backup::new(&self.db, &mut db)?.run_to_completion(
                1024,
                std::time::Duration::ZERO,
                None,
            )?;
            // One file, with nothing beside it.
            db.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
            db.close().map_err(|(_, e)| e)
        };
        copy().map_err(|e| {
            let _ = std::fs::remove_file(to);
            KeepError::Ledger(LedgerError::from_store(to, e))
        })
    }

    /// Writes all there is as JSON Lines, as of one moment.
    ///
    /// # Errors
    /// The ledger cannot be read, or the output not be written.
    pub fn export(&self, out: &mut impl Write) -> Result<Kept, KeepError> {
        let mut kept = Kept::default();
        let fail = |e| LedgerError::from_store(&self.path, e);
        let tx = self.db.unchecked_transaction().map_err(fail)?;
        let line = |out: &mut dyn Write, v: &dyn erased::Json| -> io::Result<()> {
            v.write(out)?;
            out.write_all(b"\n")
        };
        line(out, &Head { ledger: "chancery".into(), schema: schema::VERSION })?;
        each(
            &tx,
            |l| {
                kept.count(&l);
                Ok(line(out, &l)?)
            },
            fail,
        )?;
        out.flush()?;
        Ok(kept)
    }

    /// Takes in an export, whole or not at all. The ledger must be empty.
    ///
    /// # Errors
    /// The ledger cannot be written, the input not be read, or a line is no part of a ledger.
    pub fn import(&mut self, input: &mut impl BufRead) -> Result<Kept, KeepError> {
        let path = self.path.clone();
        let fail = |e| LedgerError::from_store(&path, e);
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
        for table in TABLES {
            let any: bool =
                tx.query_row(&format!("SELECT EXISTS (SELECT 1 FROM {table})"), [], |r| r.get(0)).map_err(fail)?;
            if any {
                let hint = "name a new file with --ledger";
                let what = "the ledger holds rows already; an import fills an empty one";
                return Err(KeepError::Line(Finding::new(Level::Error, path.display().to_string(), what, hint)));
            }
        }
        let mut check = Check::default();
        let mut kept = Kept::default();
        let mut buf = Vec::new();
        for n in 1_usize.. {
            buf.clear();
            let long = input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut buf)?;
            let refuse = |what: String| {
                let hint = "nothing was imported; give a file that `chancery export` wrote";
                KeepError::Line(Finding::new(Level::Error, format!("line {n}"), what, hint))
            };
            if long == 0 {
                if n == 1 {
                    return Err(refuse("there is nothing here".into()));
                }
                break;
            }
            if buf.last() != Some(&b'\n') {
                let cut = long as u64 == LONGEST_LINE;
                return Err(refuse(if cut { "it is too long" } else { "it does not end: the file is cut off" }.into()));
            }
            if n == 1 {
                let head: Head = serde_json::from_slice(&buf).map_err(|e| refuse(format!("no export: {e}")))?;
                if head.ledger != "chancery" || head.schema != schema::VERSION {
                    let (theirs, ours) = (head.schema, schema::VERSION);
                    return Err(refuse(format!("it holds schema {theirs} of {:?}, not {ours}", head.ledger)));
                }
                continue;
            }
            let line: Line = serde_json::from_slice(&buf).map_err(|e| refuse(e.to_string()))?;
            check.line(&line).map_err(refuse)?;
            line.put(&tx).map_err(|e| refuse(e.to_string()))?;
            kept.count(&line);
        }
        tx.commit().map_err(fail)?;
        Ok(kept)
    }
}

mod erased {
    /// What can be written as JSON, whatever its type.
    pub trait Json {
        fn write(&self, out: &mut dyn std::io::Write) -> std::io::Result<()>;
    }
    impl<T: serde::Serialize> Json for T {
        fn write(&self, out: &mut dyn std::io::Write) -> std::io::Result<()> {
            serde_json::to_writer(out, self).map_err(std::io::Error::from)
        }
    }
}

/// What lines before told, as far as later ones must agree with it.
#[derive(Default)]
struct Check {
    table: usize,
    /// Hash and text of each document: claims come after all of them.
    docs: HashMap<i64, (String, String)>,
    actors: HashSet<String>,
    claims: HashSet<String>,
    last: i64,
}

impl Check {
    fn line(&mut self, line: &Line) -> Result<(), String> {
        let table = line.table();
        if table < self.table {
            return Err(format!("{} come before {}", TABLES[table], TABLES[self.table]));
        }
        if table > self.table {
            (self.table, self.last) = (table, 0);
        }
        let most = if matches!(line, Line::Documents(_)) { LONGEST_TEXT } else { LONGEST_FIELD };
        if line.longest() > most {
            return Err(format!("a field is longer than {most} bytes"));
        }
        match line {
            Line::Runs(r) => {
                self.row(r.run)?;
                moment(&r.started)
            }
            Line::Documents(d) => {
                self.row(d.doc)?;
                moment(&d.recorded)?;
                if d.id.is_empty() || d.version < 1 {
                    return Err("a document has an id and a version from 1 on".into());
                }
                if d.hash != sha256(&d.text) {
                    return Err("the hash is not that of the text".into());
                }
                self.docs.insert(d.doc, (d.hash.clone(), d.text.clone()));
                Ok(())
            }
            Line::Claims(c) => {
                self.row(c.row)?;
                self.claim(c)
            }
            Line::Actors(a) => {
                moment(&a.recorded)?;
                if a.id.is_empty() {
                    return Err("an actor has an id".into());
                }
                self.actors.insert(a.id.clone());
                Ok(())
            }
            Line::Names(n) => match n.key == super::record::name_key(&n.name) && !n.key.is_empty() {
                true if self.actors.contains(&n.actor) => Ok(()),
                true => Err("there is no such actor".into()),
                false => Err("the key is not that of the name".into()),
            },
            Line::Acts(a) => {
                self.row(a.row)?;
                moment(&a.recorded)?;
                let pair = matches!(a.act.as_str(), "merge" | "split" | "open");
                if pair && a.actor >= a.other || (a.act != "undo") == a.actor.is_empty() {
                    return Err("an act on a pair names it in order, one on an actor names it".into());
                }
                Ok(())
            }
            Line::Reviews(r) => {
                self.row(r.row)?;
                moment(&r.recorded)?;
                object(&r.correction, "correction")?;
                self.known(&r.claim)
            }
            Line::Grades(g) => {
                self.row(g.row)?;
                moment(&g.recorded)?;
                g.claim.as_ref().map_or(Ok(()), |c| self.known(c))
            }
            Line::Readings(r) => {
                self.row(r.row)?;
                moment(&r.recorded)
            }
        }
    }

    /// Rows come in the order of their numbers.
    fn row(&mut self, n: i64) -> Result<(), String> {
        if n <= self.last {
            return Err(format!("row {n} comes after row {}", self.last));
        }
        self.last = n;
        Ok(())
    }

    fn known(&self, claim: &str) -> Result<(), String> {
        if self.claims.contains(claim) { Ok(()) } else { Err(format!("there is no claim {claim:?}")) }
    }

    fn claim(&mut self, c: &Claims) -> Result<(), String> {
        moment(&c.recorded_from)?;
        if let Some(to) = &c.recorded_to {
            moment(to)?;
            if *to < c.recorded_from {
                return Err("it ceases to be held before it is recorded".into());
            }
        }
        let (hash, text) = self.docs.get(&c.doc).ok_or("there is no such document")?;
        let claim = c.claim()?;
        let starts: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        if quoted(text, &starts, claim.span) != Some(c.quote.as_str()) {
            return Err(format!("the text does not read {:?} at its span", short(&c.quote)));
        }
        if claim_id(hash, &claim) != c.id {
            return Err("the id does not follow from the claim".into());
        }
        let days = Days::of(&c.when_edtf);
        let bounds = (days.first().map(|d| d.to_string()), days.last().map(|d| d.to_string()));
        if bounds != (c.when_from.clone(), c.when_until.clone()) {
            return Err("when_from and when_until are not the bounds of when_edtf".into());
        }
        self.claims.insert(c.id.clone());
        Ok(())
    }
}

impl Claims {
    fn claim(&self) -> Result<Claim, String> {
        let party = |f: [&Option<String>; 5], side: &str| match f {
            [Some(id), Some(label), Some(mention), country, Some(kind)] if !id.is_empty() => Ok(Some(Party {
                id: id.clone(),
                label: label.clone(),
                mention: mention.clone(),
                country: country.clone(),
                kind: kind.clone(),
                names: Vec::new(),
            })),
            [None, None, None, None, None] => Ok(None),
            _ => Err(format!("the {side} is half a party")),
        };
        let number = |n: i64| u32::try_from(n).map_err(|_| "a span is out of range".to_string());
        let phase = self.phase.as_ref().map(|p| p.parse()).transpose()?;
        if self.predicate.is_empty() || !self.confidence.is_finite() {
            return Err("a claim has a predicate and a confidence".into());
        }
        Ok(Claim {
            doc: String::new(),
            quote: self.quote.clone(),
            span: [number(self.span_start)?, number(self.span_end)?],
            family: self.family.parse()?,
            predicate: self.predicate.clone(),
            subject: party(
                [
                    &self.subject_id,
                    &self.subject_label,
                    &self.subject_mention,
                    &self.subject_country,
                    &self.subject_kind,
                ],
                "subject",
            )?,
            object: party(
                [&self.object_id, &self.object_label, &self.object_mention, &self.object_country, &self.object_kind],
                "object",
            )?,
            phase,
            polarity: self.polarity.parse()?,
            modality: self.modality.parse()?,
            by: party([&self.by_id, &self.by_label, &self.by_mention, &self.by_country, &self.by_kind], "speaker")?
                .map_or(By::Author, By::Speaker),
            when: self.when_edtf.clone(),
            value: object(&self.value, "value")?,
            said: self.said.clone(),
            frame: self.frame.clone(),
            confidence: self.confidence,
        })
    }
}

fn object(json: &str, what: &str) -> Result<serde_json::Map<String, serde_json::Value>, String> {
    serde_json::from_str(json).map_err(|e| format!("the {what} is no JSON object: {e}"))
}

/// An instant just as the ledger writes it: otherwise text order would not be time order.
fn moment(s: &str) -> Result<(), String> {
    let t: Timestamp = s.parse().map_err(|_| format!("{:?} is no instant", short(s)))?;
    if instant(t) == s { Ok(()) } else { Err(format!("write {:?} as {}", short(s), instant(t))) }
}

fn short(s: &str) -> String {
    s.chars().take(60).collect()
}

pub(super) fn sha256(text: &str) -> String {
    Sha256::digest(text).iter().map(|b| format!("{b:02x}")).collect()
}

/// Goes through all rows as an import would, and hands on what is wrong with each.
pub(super) fn check_rows(
    db: &Connection,
    fail: impl Fn(rusqlite::Error) -> LedgerError + Copy,
    mut wrong: impl FnMut(String, String),
) -> Result<(), LedgerError> {
    let mut check = Check::default();
    let told = each(
        db,
        |l| {
            if let Err(what) = check.line(&l) {
                // What a faulty row would have told counts all the same, or each fault would bring others.
                match &l {
                    Line::Documents(d) => drop(check.docs.insert(d.doc, (d.hash.clone(), d.text.clone()))),
                    Line::Claims(c) => drop(check.claims.insert(c.id.clone())),
                    Line::Actors(a) => drop(check.actors.insert(a.id.clone())),
                    _ => {}
                }
                wrong(l.place(), what);
            }
            Ok(())
        },
        fail,
    );
    match told {
        Err(KeepError::Ledger(e)) => Err(e),
        _ => Ok(()),
    }
}

impl Line {
    /// "claims row 3 (id)".
    fn place(&self) -> String {
        match self {
            Line::Runs(r) => format!("runs {}", r.run),
            Line::Documents(d) => format!("documents {} ({})", d.doc, short(&d.id)),
            Line::Claims(c) => format!("claims {} ({})", c.row, short(&c.id)),
            Line::Actors(a) => format!("actors {}", short(&a.id)),
            Line::Names(n) => format!("names {} of {}", short(&n.key), short(&n.actor)),
            Line::Acts(a) => format!("acts {}", a.row),
            Line::Reviews(r) => format!("reviews {}", r.row),
            Line::Grades(g) => format!("grades {}", g.row),
            Line::Readings(r) => format!("readings {}", r.row),
        }
    }
}
