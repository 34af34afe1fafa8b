//! `map`: which states a standing ties to an actor, and where events took place, as of a day.
//!
//! A party lies in the state it is or belongs to by the data files; a place in the city of the gazetteer. What has no
//! place keeps its row and is not drawn.
use crate::desk::{Asking, Trouble};
use crate::questions;
use chancery_core::ask::{Answer, MatrixRow, PartyRef, Side, is_nameless};
use chancery_core::ledger::{ClaimRow, Days, Filter};
use chancery_core::resolve::{Kind, Places, Registry};
use chancery_core::values::{AsOf, Family, Modality, Polarity};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Something with a place on the map.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MapRow {
    pub family: Family,
    pub predicate: String,
    pub subject: Option<PartyRef>,
    pub object: Option<PartyRef>,
    /// Of standings: what the ledger answers on the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// Of events: when (EDTF).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// Of events: the name of the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The id of the state or territory it lies in: of standings that of the other party.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Degrees north: of the place, or of the state's capital.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Degrees east.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    pub value: Map<String, Value>,
    pub sources: usize,
    pub conflict: bool,
    pub claims: Vec<String>,
}

/// What a map is asked for.
pub struct Wanted<'a> {
    /// A standing.
    pub predicate: &'a str,
    /// Towards or of whom.
    pub actor: &'a Side,
    /// An event, or `all`, or `none`.
    pub events: &'a str,
}

/// How long before the day an event may lie to be on the map.
pub const MONTHS: i32 = 12;

/// `map PREDICATE ACTOR`: standings in the order of answers and names, those of nameless sets last, then events in time order.
///
/// # Errors
/// The predicate is no standing, the events are none of the ontology's; the ledger cannot be read.
pub fn map_of(asking: &Asking, places: &Places, as_of: &AsOf, wanted: &Wanted) -> Result<Vec<MapRow>, Trouble> {
    let mut rows = standings(asking, places, as_of, wanted)?;
    if wanted.events != "none" {
        rows.extend(events(asking, places, as_of.valid_at, wanted)?);
    }
    Ok(rows)
}

fn standings(asking: &Asking, places: &Places, as_of: &AsOf, wanted: &Wanted) -> Result<Vec<MapRow>, Trouble> {
    let id = wanted.actor.id.clone();
    let ours = |p: &PartyRef| p.id == id || wanted.actor.parties.ids.contains(&p.id);
    let towards = questions::matrix_of(asking, as_of, wanted.predicate, &[], std::slice::from_ref(&id))?;
    let of = questions::matrix_of(asking, as_of, wanted.predicate, std::slice::from_ref(&id), &[])?;
    let mut rows: Vec<MapRow> = Vec::new();
    for (r, other_is_subject) in towards.into_iter().map(|r| (r, true)).chain(of.into_iter().map(|r| (r, false))) {
        let MatrixRow { subject, object, answer, value, sources, conflict, claims, .. } = r;
        let other = if other_is_subject { &subject } else { &object };
        if ours(other) {
            continue;
        }
        let state = state_of(&asking.registry, &other.id);
        let at = state.as_deref().and_then(|s| seat(&asking.registry, places, s));
        rows.push(MapRow {
            family: Family::Standing,
            predicate: wanted.predicate.into(),
            subject: Some(subject),
            object: Some(object),
            answer: Some(answer),
            when: None,
            place: None,
            state,
            lat: at.map(|a| a.0),
            lon: at.map(|a| a.1),
            value,
            sources,
            conflict,
            claims,
        });
    }
    let name = |p: &Option<PartyRef>| p.as_ref().map_or(String::new(), |p| p.label.clone());
    rows.sort_by_cached_key(|r| {
        let rank = match r.answer {
            Some(Answer::Yes) => 0,
            Some(Answer::Possibly) => 1,
            _ => 2,
        };
        let nameless = [&r.subject, &r.object].into_iter().flatten().any(is_nameless);
        (nameless, rank, name(&r.subject), name(&r.object), r.claims.clone())
    });
    Ok(rows)
}

/// Events that are told as done, of or at the actor, at a named place, in the months before the day.
fn events(asking: &Asking, places: &Places, day: Date, wanted: &Wanted) -> Result<Vec<MapRow>, Trouble> {
    let all = wanted.events == "all";
    if !all {
        asking.predicate(wanted.events, Some(Family::Event))?;
    }
    let since = day.checked_sub(MONTHS.months()).unwrap_or(day);
    let claims = asking.claims(&Filter {
        family: Some(Family::Event),
        predicates: if all { Vec::new() } else { vec![wanted.events.to_string()] },
        subject: Some(wanted.actor.parties.clone()),
        either_order: true,
        modality: Some(Modality::Asserted),
        since: Some(since),
        until: Some(day),
        ..Filter::default()
    })?;
    // The same event told twice is one row with two claims.
    let mut found: BTreeMap<_, (MapRow, Vec<String>)> = BTreeMap::new();
    for r in claims.iter().filter(|r| r.claim.polarity == Polarity::Yes) {
        let Some(row) = event(asking, places, r) else { continue };
        let id = |p: &Option<PartyRef>| p.as_ref().map_or(String::new(), |p| p.id.clone());
        let place = row.place.clone().unwrap_or_default();
        let first = Days::of(&r.claim.when).first().unwrap_or(Date::MAX);
        let key = (first, row.predicate.clone(), [id(&row.subject), id(&row.object), place]);
        let source = r.publisher.clone().unwrap_or_else(|| r.claim.doc.clone());
        let (held, sources) = found.entry(key).or_insert((row, Vec::new()));
        held.claims.push(r.id.clone());
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    Ok(found.into_values().map(|(row, sources)| MapRow { sources: sources.len(), ..row }).collect())
}

fn event(asking: &Asking, places: &Places, r: &ClaimRow) -> Option<MapRow> {
    let c = &r.claim;
    let name = c.value.get("place")?.as_str()?;
    let party = |p: &Option<chancery_core::values::Party>| {
        p.as_ref().map(|p| PartyRef { id: p.id.clone(), label: p.label.clone(), relation: None })
    };
    let countries: Vec<&str> =
        [&c.subject, &c.object].into_iter().flatten().filter_map(|p| p.country.as_deref()).collect();
    let city = places.choose(name, |country| countries.contains(&country));
    // A place may be a state or a part of one.
    let state = match city {
        Some(c) => Some(c.country.clone()),
        None => {
            let found = asking.registry.find(name);
            let ids = found.iter().map(|(ix, _)| asking.registry.actor(*ix)).filter(|a| a.kind == Kind::State);
            ids.map(|a| a.id.clone()).next().and_then(|id| state_of(&asking.registry, &id))
        }
    };
    let at = match city {
        Some(c) => Some((c.lat, c.lon)),
        None => state.as_deref().and_then(|s| seat(&asking.registry, places, s)),
    };
    Some(MapRow {
        family: Family::Event,
        predicate: c.predicate.clone(),
        subject: party(&c.subject),
        object: party(&c.object),
        answer: None,
        when: Some(c.when.clone()),
        place: Some(name.to_string()),
        state,
        lat: at.map(|a| a.0),
        lon: at.map(|a| a.1),
        value: c.value.clone(),
        sources: 0,
        conflict: false,
        claims: Vec::new(),
    })
}

/// The state or territory of today that an actor is, or that the data files put it in.
pub fn state_of(registry: &Registry, id: &str) -> Option<String> {
    let actor = registry.actor(registry.by_id(id)?);
    match (&actor.kind, actor.until.is_empty(), &actor.country) {
        (Kind::State, true, _) => Some(actor.id.clone()),
        (_, _, country) => country.clone(),
    }
}

/// Where the capital of a state lies.
fn seat(registry: &Registry, places: &Places, state: &str) -> Option<(f64, f64)> {
    let actor = registry.actor(registry.by_id(state)?);
    let of = actor.country.as_deref().unwrap_or(state);
    let named = actor.capitals.iter().find_map(|c| places.find(&c.name).into_iter().find(|p| p.country == of));
    let city = named.or_else(|| places.capital(of).filter(|_| actor.capitals.is_empty() || of == state))?;
    Some((city.lat, city.lon))
}
