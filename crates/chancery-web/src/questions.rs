//! The questions of the contract that need more than one look into the ledger, asked alike by command line, pages and
//! API.
use crate::desk::{Asking, Trouble};
use crate::draw::Story;
use chancery_core::ask::{
    ChangeRow, ConflictRow, EdgeRow, MatrixRow, Side, StatusRow, TimelineRow, WhoRow, changes, conflicts,
    conflicts_of_many, edges, lanes, learned, matrix, status, timeline, who,
};
use chancery_core::ledger::{ClaimRow, DocumentRow, Filter, Grades, Ledger, Parties, Seen};
use chancery_core::resolve::{ActorIx, Description, Registry};
use chancery_core::values::{AsOf, Family, Modality, Party, When};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// `status A B`, and the claims it was asked of.
pub fn status_of(
    asking: &Asking,
    as_of: &AsOf,
    a: &Side,
    b: &Side,
) -> Result<(Vec<StatusRow>, Vec<ClaimRow>), Trouble> {
    let claims = asking.claims(&Filter::between(&a.parties, &b.parties))?;
    Ok((status(as_of, &claims, &asking.ontology, &asking.kin, a, b), claims))
}

/// `who PREDICATE OBJECT`.
pub fn who_of(asking: &Asking, as_of: &AsOf, predicate: &str, object: &Side) -> Result<Vec<WhoRow>, Trouble> {
    asking.predicate(predicate, Some(Family::Standing))?;
    let claims = asking.claims(&Filter {
        predicates: asking.with_enders(predicate),
        object: Some(object.parties.clone()),
        either_order: true,
        ..Filter::default()
    })?;
    Ok(who(as_of, &claims, &asking.ontology, &asking.kin, predicate, object))
}

/// `timeline A [B]`.
pub fn timeline_of(
    asking: &Asking,
    a: &Side,
    b: Option<&Side>,
    predicate: Option<&str>,
) -> Result<Vec<TimelineRow>, Trouble> {
    if let Some(p) = predicate {
        asking.predicate(p, None)?;
    }
    let claims = asking.claims(&about(a, b))?;
    Ok(timeline(&claims, &asking.ontology, &asking.kin, a, b, predicate))
}

fn about(a: &Side, b: Option<&Side>) -> Filter {
    Filter {
        subject: Some(a.parties.clone()),
        object: b.map(|b| b.parties.clone()),
        either_order: true,
        ..Filter::default()
    }
}

/// All that is drawn of two sides; the claims it rests on beside it. `predicate`: only this one.
pub fn story(
    asking: &Asking,
    a: &Side,
    b: &Side,
    predicate: Option<&str>,
    at: Option<Date>,
) -> Result<(Story, Vec<ClaimRow>), Trouble> {
    if let Some(p) = predicate {
        asking.predicate(p, None)?;
    }
    let claims = asking.claims(&about(a, Some(b)))?;
    let (ontology, kin) = (&asking.ontology, &asking.kin);
    let mut all = lanes(&claims, ontology, kin, a, b);
    all.retain(|l| predicate.is_none_or(|p| l.predicate == p));
    let wanted = predicate.is_none_or(|p| p == "mission");
    let missions = [(a, b), (b, a)].map(|(x, y)| timeline(&claims, ontology, kin, x, Some(y), Some("mission")));
    let missions = missions.into_iter().filter(|m| wanted && !m.is_empty()).collect();
    let rows = match predicate {
        Some("mission") => Vec::new(),
        p => timeline(&claims, ontology, kin, a, Some(b), p),
    };
    let title = format!("{} and {} over time", a.label, b.label);
    Ok((Story { title, lanes: all, missions, rows, at }, claims))
}

/// `matrix PREDICATE`; `subjects` and `objects` are names.
pub fn matrix_of(
    asking: &Asking,
    as_of: &AsOf,
    predicate: &str,
    subjects: &[String],
    objects: &[String],
) -> Result<Vec<MatrixRow>, Trouble> {
    asking.predicate(predicate, Some(Family::Standing))?;
    // A name stands for its side: who asks for the Taliban means the governments they formed, too.
    let ids = |names: &[String]| -> Result<Vec<String>, Trouble> {
        let mut all = Vec::new();
        for name in names {
            let side = asking.side(name.trim())?;
            let one = |id: &String| asking.kin.one(id).to_string();
            for id in [one(&side.id)].into_iter().chain(side.parties.ids.iter().map(one)) {
                if !all.contains(&id) {
                    all.push(id);
                }
            }
        }
        Ok(all)
    };
    let (subjects, objects) = (ids(subjects)?, ids(objects)?);
    let parties = |ids: &[String]| (!ids.is_empty()).then(|| asking.parties(ids));
    let claims = asking.claims(&Filter {
        predicates: asking.with_enders(predicate),
        subject: parties(&subjects),
        object: parties(&objects),
        either_order: true,
        ..Filter::default()
    })?;
    Ok(matrix(as_of, &claims, &asking.ontology, &asking.kin, predicate, &subjects, &objects))
}

/// `conflicts [A B]`, and among how many claims there is none, where there is none.
pub fn conflicts_of(
    asking: &Asking,
    a: Option<&Side>,
    b: Option<&Side>,
    predicate: Option<&str>,
) -> Result<(Vec<ConflictRow>, usize), Trouble> {
    if let Some(p) = predicate {
        asking.predicate(p, None)?;
    }
    let grades = asking.ledger.grades(asking.known_at)?;
    if a.is_none() && b.is_none() && predicate.is_none() && asking.ledger.path().exists() {
        let rows = all_conflicts(asking, &grades)?;
        let claims = if rows.is_empty() { asking.claims(&Filter::default())?.len() } else { 0 };
        return Ok((rows, claims));
    }
    let claims = asking.claims(&Filter {
        subject: a.map(|a| a.parties.clone()),
        object: b.map(|b| b.parties.clone()),
        either_order: true,
        predicates: predicate.iter().flat_map(|p| asking.with_enders(p)).collect(),
        ..Filter::default()
    })?;
    let mut rows = conflicts(&claims, &asking.ontology, &asking.kin, &grades);
    rows.retain(|r| predicate.is_none_or(|p| r.predicate == *p));
    Ok((rows, claims.len()))
}

/// The whole ledger, read by two threads from its beginning and from its middle, and weighed by two.
fn all_conflicts(asking: &Asking, grades: &Grades) -> Result<Vec<ConflictRow>, Trouble> {
    let path = asking.ledger.path();
    let (ontology, kin, known_at) = (&asking.ontology, &asking.kin, asking.known_at);
    let (first, second) = beside(
        || asking.ledger.claims_to_weigh(0, 2, known_at),
        || Ledger::open_read(path)?.claims_to_weigh(1, 2, known_at),
    );
    let parts = [first?, second?];
    let whole = |ids| Ledger::open_read(path)?.claims(&Filter { ids, ..Filter::default() }, known_at);
    let rows = conflicts_of_many(&parts, ontology, kin, grades, whole)?;
    // a million rows are many strings to give back: beside whatever is done with the answer
    std::thread::spawn(move || drop(parts));
    Ok(rows)
}

/// Both at once.
fn beside<A, B: Send>(here: impl FnOnce() -> A, there: impl FnOnce() -> B + Send) -> (A, B) {
    std::thread::scope(|scope| {
        let there = scope.spawn(there);
        let here = here();
        (here, there.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// `changes --since D`; `knowledge`: those of the ledger's knowledge, not of the world.
pub fn changes_of(
    asking: &Asking,
    (since, until): (Date, Date),
    knowledge: bool,
    actor: Option<&Side>,
    predicate: Option<&str>,
) -> Result<Vec<ChangeRow>, Trouble> {
    if until < since {
        return Err(Trouble::Input(format!("the period ends ({until}) before it begins ({since})")));
    }
    if let Some(p) = predicate {
        asking.predicate(p, None)?;
    }
    let mut filter = Filter {
        subject: actor.map(|s| s.parties.clone()),
        either_order: true,
        predicates: predicate.iter().flat_map(|p| asking.with_enders(p)).collect(),
        ..Filter::default()
    };
    let mut rows = if knowledge {
        let first = |d: Date| d.to_zoned(TimeZone::UTC).map(|z| z.timestamp()).map_err(Trouble::input);
        let from = first(since)?;
        let to = first(until.tomorrow().map_err(Trouble::input)?)? - jiff::SignedDuration::from_micros(1);
        (filter.moved_since, filter.moved_until) = (Some(from), Some(to));
        learned(&asking.claims(&filter)?, &asking.ontology, &asking.kin, from, to)
    } else {
        // What was so before decides what changed: all claims are asked for, whatever their dates.
        changes(&asking.claims(&filter)?, &asking.ontology, &asking.kin, since, until)
    };
    rows.retain(|r| predicate.is_none_or(|p| r.predicate == *p));
    Ok(rows)
}

/// Ties found so far, and the actors whose ties were not looked for yet.
pub struct Web<'a> {
    asking: &'a Asking,
    as_of: &'a AsOf,
    predicates: Vec<String>,
    only: Option<&'a str>,
    pub edges: Vec<EdgeRow>,
    known: BTreeSet<String>,
    next: BTreeSet<String>,
}

impl<'a> Web<'a> {
    /// Nothing yet, around some actors; `only`: along this predicate.
    pub fn new(
        asking: &'a Asking,
        as_of: &'a AsOf,
        only: Option<&'a str>,
        start: BTreeSet<String>,
    ) -> Result<Web<'a>, Trouble> {
        if let Some(p) = only {
            asking.predicate(p, Some(Family::Standing))?;
        }
        let predicates = only.map(|p| asking.with_enders(p)).unwrap_or_default();
        Ok(Web { asking, as_of, predicates, only, edges: Vec::new(), known: BTreeSet::new(), next: start })
    }

    /// One tie further; false = there was nobody left to ask for.
    pub fn grow(&mut self) -> Result<bool, Trouble> {
        let frontier = std::mem::take(&mut self.next);
        if frontier.is_empty() {
            return Ok(false);
        }
        let claims = self.asking.claims(&Filter {
            family: Some(Family::Standing),
            predicates: self.predicates.clone(),
            subject: Some(self.asking.parties(&frontier)),
            either_order: true,
            ..Filter::default()
        })?;
        self.known.extend(frontier.iter().cloned());
        let mut seen: BTreeSet<(String, String, String, String)> = self.edges.iter().map(key).collect();
        for e in edges(self.as_of, &claims, &self.asking.ontology, &self.asking.kin) {
            let ends = [&e.subject.id, &e.object.id];
            let ours =
                ends.iter().any(|id| frontier.contains(*id) || frontier.iter().any(|f| self.asking.kin.one(f) == **id));
            if !ours || self.only.is_some_and(|p| e.predicate != p) {
                continue;
            }
            self.next.extend(ends.into_iter().filter(|id| !self.known.contains(*id)).cloned());
            if seen.insert(key(&e)) {
                self.edges.push(e);
            }
        }
        Ok(true)
    }
}

fn key(e: &EdgeRow) -> (String, String, String, String) {
    let value = serde_json::to_string(&e.value).unwrap_or_default();
    (e.predicate.clone(), e.subject.id.clone(), e.object.id.clone(), value)
}

/// Whom a side is tied to, of the claims about it that were fetched already.
pub fn ties_of(asking: &Asking, as_of: &AsOf, side: &Side, claims: &[ClaimRow]) -> Vec<EdgeRow> {
    let ours = |id: &str| side.parties.ids.iter().any(|i| i == id || asking.kin.one(i) == id);
    let mut seen = BTreeSet::new();
    let mut ties = edges(as_of, claims, &asking.ontology, &asking.kin);
    ties.retain(|e| (ours(&e.subject.id) || ours(&e.object.id)) && seen.insert(key(e)));
    ties
}

/// `network ACTOR`.
pub fn network_of(
    asking: &Asking,
    as_of: &AsOf,
    actor: &Side,
    depth: u8,
    predicate: Option<&str>,
) -> Result<Vec<EdgeRow>, Trouble> {
    let mut web = Web::new(asking, as_of, predicate, actor.parties.ids.clone())?;
    for _ in 0..depth {
        web.grow()?;
    }
    Ok(web.edges)
}

/// Which claims `claims` lists; names as the user gave them.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub id: Option<String>,
    pub doc: Option<String>,
    pub predicate: Option<String>,
    pub subject: Option<String>,
    pub object: Option<String>,
    pub by: Option<String>,
    /// On either side.
    pub actor: Option<String>,
    pub publisher: Option<String>,
    /// Whether a review has judged it.
    pub reviewed: Option<bool>,
    pub modality: Option<Modality>,
    pub since: Option<Date>,
    pub until: Option<Date>,
}

/// `claims`. An id of a claim or document that is not there is an error, not an empty answer.
pub fn claims_of(asking: &Asking, wanted: &Wanted) -> Result<Vec<ClaimRow>, Trouble> {
    if let Some(p) = &wanted.predicate {
        asking.predicate(p, None)?;
    }
    let side = |name: &Option<String>| match name.as_deref() {
        None => Ok(None),
        Some(n) => asking.side(n).map(|s| Some(s.parties)),
    };
    if wanted.actor.is_some() && (wanted.subject.is_some() || wanted.object.is_some()) {
        return Err(Trouble::Input("an actor is on either side: leave subject and object out, or the actor".into()));
    }
    let mut rows = asking.claims(&Filter {
        id: wanted.id.clone(),
        doc: wanted.doc.clone(),
        predicates: wanted.predicate.iter().cloned().collect(),
        either_order: wanted.actor.is_some(),
        subject: if wanted.actor.is_some() { side(&wanted.actor)? } else { side(&wanted.subject)? },
        object: side(&wanted.object)?,
        by: if wanted.by.as_deref() == Some("author") { Some(Parties::default()) } else { side(&wanted.by)? },
        modality: wanted.modality,
        since: wanted.since,
        until: wanted.until,
        ..Filter::default()
    })?;
    let missing = |what: &str, id: &str| {
        Trouble::Missing(format!("{} holds no {what} with the id {id}", asking.ledger.path().display()))
    };
    if rows.is_empty() {
        if let Some(id) = &wanted.id {
            return Err(missing("claim", id));
        }
        if let Some(id) = wanted.doc.as_ref().filter(|d| !matches!(asking.ledger.document(d, None), Ok(Some(_)))) {
            return Err(missing("document", id));
        }
    }
    rows.retain(|r| {
        wanted.publisher.as_deref().is_none_or(|p| r.publisher.as_deref() == Some(p))
            && wanted.reviewed.is_none_or(|w| r.review.is_some() == w)
    });
    Ok(rows)
}

/// A document and the claims of this version of its text, in the order of the words.
pub fn document_of(asking: &Asking, id: &str) -> Result<Option<(DocumentRow, Vec<ClaimRow>)>, Trouble> {
    let Some(document) = asking.ledger.document(id, asking.known_at)? else { return Ok(None) };
    let mut rows = asking.claims(&Filter { doc: Some(document.id.clone()), ..Filter::default() })?;
    // Claims of an earlier version belong to another text.
    let starts: Vec<usize> = document.text.char_indices().map(|(i, _)| i).chain([document.text.len()]).collect();
    let at = |n: u32| starts.get(n as usize).copied();
    rows.retain(|r| {
        let [a, b] = r.claim.span;
        at(a).zip(at(b)).and_then(|(a, b)| document.text.get(a..b)) == Some(r.claim.quote.as_str())
    });
    rows.sort_by_key(|r| (r.claim.span[0], r.claim.span[1]));
    Ok(Some((document, rows)))
}

/// The row of `document`.
#[derive(Debug, Serialize)]
pub struct DocumentAnswer {
    #[serde(flatten)]
    pub document: DocumentRow,
    pub claims: Vec<String>,
}

/// The row of `actors find` and `actors show`.
#[derive(Debug, Serialize)]
pub struct ActorRow {
    pub id: String,
    pub label: String,
    pub kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// All other names.
    pub aliases: Vec<String>,
    pub parents: Vec<String>,
    pub offices: Vec<Office>,
    /// How the name that was asked for names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub from: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub until: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leads: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub member_of: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// An office somebody held.
#[derive(Debug, Serialize)]
pub struct Office {
    pub person: String,
    pub title: String,
    pub of: String,
    pub from: String,
    pub until: String,
}

impl ActorRow {
    /// An actor of the data files.
    pub fn known(registry: &Registry, ix: ActorIx, by: Option<String>) -> ActorRow {
        let Description { actor: a, belongs_to, member_of, offices } = registry.describe(ix);
        let mut aliases = Vec::new();
        let capitals = a.capitals.iter().map(|c| &c.name);
        for n in
            a.names.iter().chain(&a.acronyms).chain(&a.adjectives).chain(&a.people).chain(capitals).chain(&a.metonyms)
        {
            if !aliases.contains(n) {
                aliases.push(n.clone());
            }
        }
        let name = |id: &String| registry.by_id(id).map_or(id.clone(), |m| registry.actor(m).label.clone());
        ActorRow {
            kind: a.kind.as_str().into(),
            aliases,
            parents: belongs_to,
            offices: offices
                .into_iter()
                .map(|o| Office { person: o.person, title: o.title, of: o.of, from: o.from, until: o.until })
                .collect(),
            by,
            members: a.members.iter().map(|m| name(&m.id)).collect(),
            member_of,
            leads: a.leads.as_ref().map(name),
            id: a.id,
            label: a.label,
            country: a.country,
            from: a.from,
            until: a.until,
            note: a.note,
        }
    }

    /// An actor that only the ledger knows.
    pub fn seen(s: Seen) -> ActorRow {
        ActorRow {
            id: s.id,
            label: s.label,
            kind: s.kind,
            country: s.country,
            aliases: Vec::new(),
            parents: Vec::new(),
            offices: Vec::new(),
            by: None,
            from: String::new(),
            until: String::new(),
            leads: None,
            members: Vec::new(),
            member_of: Vec::new(),
            note: "known from documents only".into(),
        }
    }
}

/// The one actor of a name or id.
pub fn actor_of(asking: &Asking, name: &str) -> Result<ActorRow, Trouble> {
    if let Some(ix) = asking.registry.by_id(name) {
        return Ok(ActorRow::known(&asking.registry, ix, None));
    }
    let id = asking.actor(name)?;
    match asking.registry.by_id(&id) {
        Some(ix) => Ok(ActorRow::known(&asking.registry, ix, None)),
        None => asking
            .ledger
            .actors_named(&id)?
            .into_iter()
            .next()
            .map(ActorRow::seen)
            .ok_or_else(|| Trouble::Missing(format!("nobody has the id {id}"))),
    }
}

/// The fields a correction may give, as the user writes them.
#[derive(Debug, Clone, Default)]
pub struct Fields {
    /// `KEY=VALUE`; without the latter the key goes.
    pub value: Vec<String>,
    pub when: Option<String>,
    pub subject: Option<String>,
    pub object: Option<String>,
    pub polarity: Option<String>,
    pub modality: Option<String>,
    pub phase: Option<String>,
}

impl Fields {
    /// The fields that change, and what they should be.
    pub fn correction(&self, asking: &Asking, claim: &str) -> Result<Map<String, Value>, Trouble> {
        let held = asking.claims(&Filter { id: Some(claim.into()), ..Filter::default() })?;
        let [row] = held.as_slice() else {
            return Err(Trouble::Input(format!("{} claims go by the id {claim:?}", held.len())));
        };
        let mut out = Map::new();
        let party = |name: &str| -> Result<Value, Trouble> {
            let id = asking.actor(name)?;
            let known = asking.registry.by_id(&id).map(|ix| asking.registry.actor(ix));
            let party = match known {
                Some(a) => Party {
                    label: a.label.clone(),
                    country: a.country.clone(),
                    kind: a.kind.as_str().into(),
                    mention: name.into(),
                    id,
                    names: Vec::new(),
                },
                None => {
                    let seen = asking.ledger.actors_named(&id)?;
                    let s = seen.into_iter().find(|s| s.id == id);
                    let s = s.ok_or_else(|| Trouble::Input(format!("nobody has the id {id}")))?;
                    Party {
                        id,
                        label: s.label,
                        mention: name.into(),
                        country: s.country,
                        kind: s.kind,
                        names: Vec::new(),
                    }
                }
            };
            serde_json::to_value(party).map_err(Trouble::input)
        };
        if let Some(s) = &self.subject {
            out.insert("subject".into(), party(s)?);
        }
        if let Some(o) = &self.object {
            out.insert("object".into(), party(o)?);
        }
        if let Some(when) = &self.when {
            if !when.is_empty() {
                When::parse(when).map_err(Trouble::input)?;
            }
            out.insert("when".into(), json!(when));
        }
        for (name, word) in [("polarity", &self.polarity), ("modality", &self.modality), ("phase", &self.phase)] {
            if let Some(w) = word {
                out.insert(name.into(), json!(w));
            }
        }
        if !self.value.is_empty() {
            let mut value = row.claim.value.clone();
            for pair in &self.value {
                let (k, v) = pair
                    .split_once('=')
                    .ok_or_else(|| Trouble::Input(format!("{pair:?} is no KEY=VALUE: write --value rank=embassy")))?;
                match v {
                    "" => drop(value.shift_remove(k)),
                    // A number or true/false as itself, all else as text.
                    v => {
                        let plain = serde_json::from_str(v).ok().filter(|v: &Value| v.is_number() || v.is_boolean());
                        value.insert(k.into(), plain.unwrap_or_else(|| json!(v)));
                    }
                }
            }
            out.insert("value".into(), Value::Object(value));
        }
        if out.is_empty() {
            return Err(Trouble::Input("say what is to be corrected: value, when, subject, object ...".into()));
        }
        Ok(out)
    }
}
