//! The logs beside the claims: acts on identity, reviews of claims, grades of sources. All are rows; the last one on a
//! pair, a claim or a publisher counts. An act on identity is taken back by another act, `undo`, which names it; so
//! what was so before it is so again, and the undo can itself be undone.
use super::fetch::corrected;
use super::{Filter, Ledger, LedgerError, instant};
use crate::values::{By, Finding, Level};
use jiff::Timestamp;
use rusqlite::params;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Is this actor that actor?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Identity {
    Same,
    Different,
    /// Judged before, and taken back.
    Open,
}

/// What is done to identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Two ids are one actor.
    Merge(String, String),
    /// They are not, whatever a data file or an earlier act says.
    Split(String, String),
    /// Nothing is said of the pair (any more).
    Open(String, String),
    /// An actor goes by a further name.
    Alias(String, String),
    /// An actor is of another kind.
    Retype(String, String),
    /// Takes the act of that number back.
    Undo(i64),
}

/// A row of the log of identity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActRow {
    /// Its number, by which it can be undone.
    pub row: i64,
    pub recorded: String,
    /// merge, split, open, alias, retype or undo.
    pub act: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub actor: String,
    /// The other actor, the further name, or the kind.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub other: String,
    /// Of an undo: the act it takes back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undone: Option<i64>,
    pub by: String,
    pub note: String,
    /// False where a later undo took it back.
    pub counts: bool,
}

/// How far sources are trusted (Admiralty code), as set by the user.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grades {
    /// Publisher -> A (reliable) to F (cannot be judged).
    pub publishers: BTreeMap<String, char>,
    /// Claim -> 1 (confirmed) to 6 (cannot be judged).
    pub claims: BTreeMap<String, char>,
}

impl Grades {
    /// "B2"; ungraded counts as F and 6, which say that nobody can judge. `None` where neither was graded.
    pub fn of(&self, publisher: Option<&str>, claim: &str) -> Option<String> {
        let letter = publisher.and_then(|p| self.publishers.get(p));
        let digit = self.claims.get(claim);
        (letter.is_some() || digit.is_some())
            .then(|| format!("{}{}", letter.copied().unwrap_or('F'), digit.copied().unwrap_or('6')))
    }
}

/// What a grade is given to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Graded<'a> {
    Publisher(&'a str),
    Claim(&'a str),
}

/// How the claims of one frame or publisher fared in reviews.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReviewStat {
    /// "frame", "publisher" or "all".
    pub of: &'static str,
    pub name: String,
    pub accepted: usize,
    pub corrected: usize,
    pub rejected: usize,
    /// Accepted of all reviewed, 0 to 1.
    pub precision: f64,
    /// Of the claims that several reviewers judged, those they judge alike, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreement: Option<f64>,
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
        let (a, b) = (a.to_string(), b.to_string());
        let act = match verdict {
            Identity::Same => Act::Merge(a, b),
            Identity::Different => Act::Split(a, b),
            Identity::Open => Act::Open(a, b),
        };
        self.act(&act, by, note, now).map(|_| ())
    }

    /// Writes an act on identity and gives its number. An undo of what is no act, or no longer counts, is refused
    /// with a finding; so is a pair of one.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn act(
        &mut self,
        act: &Act,
        by: &str,
        note: &str,
        now: Timestamp,
    ) -> Result<Result<i64, Finding>, LedgerError> {
        let sorted = |a: &str, b: &str| if a <= b { (a.to_string(), b.to_string()) } else { (b.into(), a.into()) };
        let refuse = |place: &str, what: &str, hint: &str| Ok(Err(Finding::new(Level::Error, place, what, hint)));
        let (word, (actor, other), undone) = match act {
            Act::Merge(a, b) | Act::Split(a, b) | Act::Open(a, b) if a == b => {
                return refuse(a, "the two are one and the same id", "name two actors");
            }
            Act::Merge(a, b) => ("merge", sorted(a, b), None),
            Act::Split(a, b) => ("split", sorted(a, b), None),
            Act::Open(a, b) => ("open", sorted(a, b), None),
            Act::Alias(a, name) => ("alias", (a.clone(), name.clone()), None),
            Act::Retype(a, kind) => ("retype", (a.clone(), kind.clone()), None),
            Act::Undo(row) => {
                if !self.acts(None)?.iter().any(|r| r.row == *row && r.counts) {
                    let what = "no act of this number counts now";
                    return refuse(&row.to_string(), what, "`chancery actors log` lists them");
                }
                ("undo", (String::new(), String::new()), Some(*row))
            }
        };
        self.db
            .execute(
                "INSERT INTO acts (recorded, act, actor, other, undone, by, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![instant(now), word, actor, other, undone, by, note],
            )
            .map(|_| Ok(self.db.last_insert_rowid()))
            .map_err(|e| self.fail(e))
    }

    /// The log of identity as held at `known_at` (`None` = now), oldest first.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn acts(&self, known_at: Option<Timestamp>) -> Result<Vec<ActRow>, LedgerError> {
        let known = known_at.map_or_else(|| "~".into(), instant);
        let get = || -> rusqlite::Result<Vec<ActRow>> {
            let mut stmt = self.db.prepare_cached(
                "SELECT row, recorded, act, actor, other, undone, by, note FROM acts WHERE recorded <= ?1 ORDER BY row",
            )?;
            stmt.query_map([known], |r| {
                Ok(ActRow {
                    row: r.get(0)?,
                    recorded: r.get(1)?,
                    act: r.get(2)?,
                    actor: r.get(3)?,
                    other: r.get(4)?,
                    undone: r.get(5)?,
                    by: r.get(6)?,
                    note: r.get(7)?,
                    counts: true,
                })
            })?
            .collect()
        };
        let mut rows = get().map_err(|e| self.fail(e))?;
        // Latest first: an undo that is itself undone takes nothing back.
        let mut gone: HashSet<i64> = HashSet::new();
        for r in rows.iter_mut().rev() {
            r.counts = !gone.contains(&r.row);
            if let (true, Some(n)) = (r.counts, r.undone) {
                gone.insert(n);
            }
        }
        Ok(rows)
    }

    /// The judgements in force at `known_at` (`None` = now): the last one of each pair, unless it is open.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn judgements(&self, known_at: Option<Timestamp>) -> Result<Vec<Judgement>, LedgerError> {
        let mut last: BTreeMap<(String, String), (i64, Judgement)> = BTreeMap::new();
        for r in self.acts(known_at)?.into_iter().filter(|r| r.counts) {
            let verdict = match r.act.as_str() {
                "merge" => Identity::Same,
                "split" => Identity::Different,
                "open" => Identity::Open,
                _ => continue,
            };
            let j = Judgement { a: r.actor, b: r.other, verdict, by: r.by, note: r.note, recorded: r.recorded };
            last.insert((j.a.clone(), j.b.clone()), (r.row, j));
        }
        let mut out: Vec<_> = last.into_values().filter(|(_, j)| j.verdict != Identity::Open).collect();
        out.sort_by_key(|(row, _)| *row);
        Ok(out.into_iter().map(|(_, j)| j).collect())
    }

    /// Actor -> kind, where the user set another kind than the documents or data files tell.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn kinds(&self, known_at: Option<Timestamp>) -> Result<HashMap<String, String>, LedgerError> {
        let acts = self.acts(known_at)?.into_iter();
        Ok(acts.filter(|r| r.counts && r.act == "retype").map(|r| (r.actor, r.other)).collect())
    }

    /// The actors to which the user gave this name.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn aliased(&self, name: &str) -> Result<Vec<String>, LedgerError> {
        let key = super::record::name_key(name);
        let acts = self.acts(None)?.into_iter();
        let ours = acts.filter(|r| r.counts && r.act == "alias" && super::record::name_key(&r.other) == key);
        Ok(ours.map(|r| r.actor).collect::<BTreeSet<_>>().into_iter().collect())
    }

    /// Grades a publisher (A to F) or a claim (1 to 6); "" takes the grade back. What is no grade, or no claim, is
    /// refused with a finding.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn grade(
        &mut self,
        what: Graded<'_>,
        grade: &str,
        by: &str,
        note: &str,
        now: Timestamp,
    ) -> Result<Result<(), Finding>, LedgerError> {
        let (place, known, fits) = match what {
            Graded::Publisher(p) => (p, "A, B, C, D, E or F", "ABCDEF"),
            Graded::Claim(c) => (c, "1, 2, 3, 4, 5 or 6", "123456"),
        };
        if !(grade.is_empty() || grade.len() == 1 && fits.contains(grade)) {
            let what = format!("{grade:?} is no grade it can have");
            return Ok(Err(Finding::new(Level::Error, place, what, format!("give {known}"))));
        }
        let (publisher, claim) = match what {
            Graded::Publisher(p) => (Some(p.to_string()), None),
            Graded::Claim(id) => match self.one_claim(id)? {
                Ok(id) => (None, Some(id)),
                Err(f) => return Ok(Err(f)),
            },
        };
        self.db
            .execute(
                "INSERT INTO grades (recorded, publisher, claim, grade, by, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![instant(now), publisher, claim, grade, by, note],
            )
            .map(|_| Ok(()))
            .map_err(|e| self.fail(e))
    }

    /// The grades in force at `known_at` (`None` = now).
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn grades(&self, known_at: Option<Timestamp>) -> Result<Grades, LedgerError> {
        let known = known_at.map_or_else(|| "~".into(), instant);
        let get = || -> rusqlite::Result<Grades> {
            let mut out = Grades::default();
            let mut stmt =
                self.db.prepare("SELECT publisher, claim, grade FROM grades WHERE recorded <= ?1 ORDER BY row")?;
            let mut rows = stmt.query([known])?;
            while let Some(r) = rows.next()? {
                let (publisher, claim): (Option<String>, Option<String>) = (r.get(0)?, r.get(1)?);
                let grade = r.get::<_, String>(2)?.chars().next();
                for (of, list) in [(publisher, &mut out.publishers), (claim, &mut out.claims)] {
                    match (of, grade) {
                        (Some(name), Some(g)) => drop(list.insert(name, g)),
                        (Some(name), None) => drop(list.remove(&name)),
                        _ => {}
                    }
                }
            }
            Ok(out)
        };
        get().map_err(|e| self.fail(e))
    }

    /// The whole id of the one open claim whose id begins so.
    pub(super) fn one_claim(&self, id: &str) -> Result<Result<String, Finding>, LedgerError> {
        let held = self.claims(&Filter { id: Some(id.into()), ..Filter::default() }, None)?;
        match held.as_slice() {
            [row] if !id.is_empty() => Ok(Ok(row.id.clone())),
            _ => {
                let what = format!("{} claims go by this id", held.len());
                Ok(Err(Finding::new(Level::Error, id, what, "`chancery claims` lists the ids")))
            }
        }
    }

    /// How claims fared in reviews, all together, by frame and by publisher. A reviewer's last word on a claim counts;
    /// the ledger's own verdict on it is the last of all.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn review_stats(&self, known_at: Option<Timestamp>) -> Result<Vec<ReviewStat>, LedgerError> {
        let known = known_at.map_or_else(|| "~".into(), instant);
        let get = || -> rusqlite::Result<Vec<(String, String, String)>> {
            let mut stmt =
                self.db.prepare("SELECT claim, by, verdict FROM reviews WHERE recorded <= ?1 ORDER BY row")?;
            stmt.query_map([known], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?.collect()
        };
        let mut words: BTreeMap<String, (String, BTreeMap<String, String>)> = BTreeMap::new();
        for (claim, by, verdict) in get().map_err(|e| self.fail(e))? {
            let of = words.entry(claim).or_default();
            of.0.clone_from(&verdict);
            of.1.insert(by, verdict);
        }
        let mut tallies: BTreeMap<(&'static str, String), [usize; 5]> = BTreeMap::new();
        for (claim, (last, each)) in words {
            let place = match last.as_str() {
                "accept" => 0,
                "correct" => 1,
                "reject" => 2,
                _ => continue,
            };
            let said: Vec<&String> = each.values().filter(|v| *v != "open").collect();
            let alike = said.windows(2).all(|w| w[0] == w[1]);
            let Some((frame, publisher)) = self.made_by(&claim)? else { continue };
            let publisher = publisher.unwrap_or_else(|| "(unknown)".into());
            for key in [("all", String::new()), ("frame", frame), ("publisher", publisher)] {
                let t = tallies.entry(key).or_default();
                t[place] += 1;
                if said.len() > 1 {
                    t[3] += 1;
                    t[4] += usize::from(alike);
                }
            }
        }
        let stat = |((of, name), t): ((&'static str, String), [usize; 5])| ReviewStat {
            of,
            name,
            accepted: t[0],
            corrected: t[1],
            rejected: t[2],
            precision: t[0] as f64 / (t[0] + t[1] + t[2]) as f64,
            agreement: (t[3] > 0).then(|| t[4] as f64 / t[3] as f64),
        };
        Ok(tallies.into_iter().map(stat).collect())
    }

    /// The frame that made a claim, and its publisher.
    fn made_by(&self, claim: &str) -> Result<Option<(String, Option<String>)>, LedgerError> {
        use rusqlite::OptionalExtension;
        self.db
            .prepare_cached(
                "SELECT frame, publisher FROM claims JOIN documents USING (doc) WHERE claims.id = ?1 LIMIT 1",
            )
            .and_then(|mut s| s.query_row([claim], |r| Ok((r.get(0)?, r.get(1)?))).optional())
            .map_err(|e| self.fail(e))
    }

    /// Writes a review. A review that names no claim of the ledger, or corrects it into something that is no claim,
    /// is refused with a finding.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn review(&mut self, review: &Review, now: Timestamp) -> Result<Result<(), Finding>, LedgerError> {
        let refuse = |what: String, hint: &str| Ok(Err(Finding::new(Level::Error, &review.claim, what, hint)));
        if review.claim.is_empty() {
            return refuse("a claim has to be named".into(), "`chancery claims` lists the ids");
        }
        let held = self.claims(&Filter { id: Some(review.claim.clone()), ..Filter::default() }, None)?;
        let [row] = held.as_slice() else {
            return refuse(format!("{} claims go by this id", held.len()), "`chancery claims` lists the ids");
        };
        let correction = serde_json::Value::Object(review.correction.clone()).to_string();
        if review.verdict == Verdict::Correct {
            let hint = "give fields of a claim and values they can have";
            match corrected(&row.claim, &correction) {
                Err(e) => return refuse(format!("so corrected it is no claim: {e}"), hint),
                Ok(c) if (&c.doc, &c.quote, c.span) != (&row.claim.doc, &row.claim.quote, row.claim.span) => {
                    return refuse("its words and their place are the document's".into(), hint);
                }
                Ok(c) if matches!((&c.by, &row.claim.by), (By::Speaker(p), _) if p.id.is_empty()) => {
                    return refuse("a speaker has an id".into(), hint);
                }
                Ok(_) => {}
            }
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
