//! The pages: each asks, and lays its rows into a template. What a template writes is escaped; only pictures and the
//! marked text of a document come as markup, made where they are escaped piece by piece.
use crate::app::{App, today};
use crate::asked::{Asked, address};
use crate::desk::{Asking, Trouble};
use crate::draw::{self, Picture, Target, esc};
use crate::questions::{self, ActorRow};
use crate::words;
use crate::{acts, api, atlas};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Html;
use chancery_core::ask::{ChangeRow, ConflictRow, PartyRef, Side, StatusRow, TimelineRow, timeline};
use chancery_core::ledger::{ActRow, ClaimRow, Counts, DocumentHead, DocumentRow, Filter};
use chancery_core::values::{Family, Modality, Party, Phase, Polarity};
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

type Page = Result<String, Trouble>;

/// What every page has around it.
pub struct Frame {
    pub title: String,
    /// The page of the menu that is lit.
    pub here: &'static str,
    pub read_only: bool,
    pub token: String,
    /// The two clocks, as far as the address sets them: they stay in every link.
    at: String,
    known: String,
    /// Where the same rows are to be had, by name of the form.
    pub forms: Vec<(&'static str, String)>,
    /// The address of this page.
    pub link: String,
}

impl Frame {
    fn new(app: &App, asked: &Asked, here: &'static str, title: impl Into<String>) -> Frame {
        Frame {
            title: title.into(),
            here,
            read_only: app.read_only,
            token: app.token.clone(),
            at: asked.text("at"),
            known: asked.text("known"),
            forms: Vec::new(),
            link: String::new(),
        }
    }

    /// An address with the two clocks of this page.
    fn to(&self, path: &str, parameters: &[(&str, &str)]) -> String {
        let clocks = [("at", self.at.as_str()), ("known", self.known.as_str())];
        address(path, &[parameters, &clocks].concat())
    }

    pub fn menu(&self, path: &str) -> String {
        self.to(path, &[])
    }

    pub fn actor(&self, id: &str) -> String {
        self.to("/actor", &[("id", id)])
    }

    pub fn pair(&self, a: &str, b: &str) -> String {
        self.to("/pair", &[("a", a), ("b", b)])
    }

    pub fn document(&self, id: &str) -> String {
        self.to("/document", &[("id", id)])
    }

    pub fn claim(&self, id: &str) -> String {
        self.to("/claim", &[("id", id)])
    }

    pub fn network(&self, id: &str) -> String {
        self.to("/network", &[("actor", id)])
    }

    pub fn reviewed(&self) -> String {
        self.to("/timeline", &[("reviewed", "yes")])
    }

    pub fn at(&self) -> &str {
        &self.at
    }

    pub fn known(&self) -> &str {
        &self.known
    }

    /// Says where the page is, and where its rows are as CSV, JSON Lines and SVG.
    fn with(
        mut self,
        path: &str,
        question: &str,
        svg: Option<&str>,
        parameters: &[(&str, &str)],
        clock: bool,
    ) -> Frame {
        self.link = self.to(path, parameters);
        let clocks: Vec<(&str, &str)> = match clock {
            true => vec![("at", self.at.as_str()), ("known", self.known.as_str())],
            false => vec![("known", self.known.as_str())],
        };
        let api = format!("/api/v1/{question}");
        let mut forms = Vec::new();
        if !question.is_empty() {
            for (name, format) in [("CSV", "csv"), ("JSON Lines", "jsonl")] {
                forms.push((name, address(&api, &[parameters, &clocks, &[("format", format)]].concat())));
            }
        }
        if let Some(svg) = svg {
            forms.push(("SVG", self.to(svg, parameters)));
        }
        self.forms = forms;
        self
    }
}

/// A claim as a card shows it.
pub struct Card {
    pub n: usize,
    pub id: String,
    pub short: String,
    pub deed: String,
    pub subject: Option<Party>,
    pub object: Option<Party>,
    pub value: String,
    pub when: String,
    pub says: String,
    pub speaker: bool,
    pub doc: String,
    pub title: String,
    pub publisher: String,
    pub published: String,
    pub quote: String,
    pub review: String,
    pub citation: String,
}

fn card(n: usize, r: &ClaimRow) -> Card {
    let c = &r.claim;
    let publisher = r.publisher.clone().unwrap_or_default();
    let published = r.published.clone().unwrap_or_default();
    let title = r.title.clone().unwrap_or_else(|| c.doc.clone());
    let quote = words::one_line(&c.quote);
    let from: Vec<&str> = [publisher.as_str(), published.as_str()].into_iter().filter(|s| !s.is_empty()).collect();
    let from = if from.is_empty() { String::new() } else { format!(", {}", from.join(", ")) };
    let place = address("/claim", &[("id", &r.id)]);
    Card {
        n,
        short: words::short(&r.id),
        deed: words::deed(&c.predicate, c.phase, c.modality, c.polarity),
        subject: c.subject.clone(),
        object: c.object.clone(),
        value: words::value(&c.value),
        when: words::when(&c.when),
        says: words::says(c, r.publisher.as_deref()),
        speaker: matches!(c.by, chancery_core::values::By::Speaker(_)),
        doc: c.doc.clone(),
        citation: format!("“{quote}” ({title}{from}; {place})"),
        title,
        publisher,
        published,
        quote,
        review: r.review.clone().unwrap_or_default(),
        id: r.id.clone(),
    }
}

fn cards(rows: &[ClaimRow]) -> Vec<Card> {
    rows.iter().enumerate().map(|(n, r)| card(n + 1, r)).collect()
}

fn write(t: &impl Template) -> Page {
    t.render().map_err(|e| Trouble::World(format!("the page cannot be written: {e}")))
}

/// A page that says what went wrong.
pub fn failed(app: &App, status: StatusCode, what: &str) -> Html<String> {
    let title = status.canonical_reason().unwrap_or("Error").to_string();
    let frame = Frame::new(app, &Asked::default(), "", title);
    let page = write(&Failed { f: frame, what: what.to_string() });
    Html(page.unwrap_or_else(|_| esc(what)))
}

#[derive(Template)]
#[template(path = "failed.html")]
struct Failed {
    f: Frame,
    what: String,
}

/// The page that asks for the access token.
pub fn login(app: &App, what: &str) -> Html<String> {
    let frame = Frame::new(app, &Asked::default(), "", "Log in");
    Html(write(&Login { f: frame, what: what.to_string() }).unwrap_or_else(|_| esc(what)))
}

#[derive(Template)]
#[template(path = "login.html")]
struct Login {
    f: Frame,
    what: String,
}

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    f: Frame,
    q: String,
    counts: Counts,
    actors: Vec<(String, String, String)>,
    documents: Vec<DocumentHead>,
    quotes: Vec<Card>,
    latest: Vec<Card>,
    conflicts: Vec<Clash>,
    conflict_count: usize,
    /// Too large to tell of all conflicts at once.
    large: bool,
    review: Vec<DocumentHead>,
    /// Only the latest were searched; where all are.
    part: bool,
    whole: String,
}

/// What is searched of a large ledger unless all of it is asked for.
const LATEST_DOCUMENTS: usize = 3_000;
const LATEST_CLAIMS: usize = 60_000;

pub fn home(app: &App, asking: &Asking, asked: &Asked) -> Page {
    let q = asked.text("q");
    let title = if q.is_empty() { "Chancery".to_string() } else { format!("Search: {q}") };
    let mut f = Frame::new(app, asked, "home", title);
    f.link = f.to("/", &[("q", &q)]);
    let mut page = Home {
        f,
        counts: app.counts(asking)?,
        actors: Vec::new(),
        documents: Vec::new(),
        quotes: Vec::new(),
        latest: Vec::new(),
        conflicts: Vec::new(),
        conflict_count: 0,
        large: false,
        review: Vec::new(),
        part: false,
        whole: String::new(),
        q,
    };
    if !page.q.is_empty() {
        let registry = &asking.registry;
        for (ix, _) in registry.find(&page.q).into_iter().take(12) {
            let a = registry.actor(ix);
            page.actors.push((a.id.clone(), a.label.clone(), a.kind.as_str().to_string()));
        }
        for s in asking.ledger.actors_like(&page.q, 30)? {
            if !page.actors.iter().any(|(id, _, _)| *id == s.id) {
                page.actors.push((s.id, s.label, s.kind));
            }
        }
        // Words are looked for in the latest first: in all of a large ledger where that is asked for.
        page.part = app.is_large(asking)? && asked.get("all").is_none();
        let (documents, claims) = if page.part { (Some(LATEST_DOCUMENTS), Some(LATEST_CLAIMS)) } else { (None, None) };
        page.documents = asking.ledger.document_heads_of(&page.q, 20, 0, documents)?;
        page.quotes = cards(&asking.ledger.claims_quoting(&page.q, 20, claims)?);
        page.whole = page.f.to("/", &[("q", &page.q), ("all", "1")]);
        return write(&page);
    }
    page.large = app.is_large(asking)?;
    if !page.large {
        let found = app.conflicts(asking)?;
        let open = found.iter().filter(|c| c.policies.reviewed.is_none());
        page.conflict_count = open.clone().count();
        page.conflicts = open.take(5).map(|c| clash(c, &page.f)).collect();
    }
    page.latest = cards(&asking.ledger.claims_latest(8, 0)?);
    let heads = asking.ledger.document_heads("", 60, 0)?;
    page.review = heads.into_iter().filter(|d| d.reviewed < d.claims).take(8).collect();
    write(&page)
}

/// A date slider: months from the first to the last.
struct Slider {
    path: String,
    hidden: Vec<(String, String)>,
    at: String,
    least: i32,
    most: i32,
    now: i32,
}

/// The months since the year 0 that a slider counts in.
fn months(d: Date) -> i32 {
    i32::from(d.year()) * 12 + i32::from(d.month()) - 1
}

/// The day a slider at this month stands for: its last, or today's in this month.
pub fn slid(month: i32) -> Option<Date> {
    let first = Date::new(i16::try_from(month.div_euclid(12)).ok()?, (month.rem_euclid(12) + 1) as i8, 1).ok()?;
    let last = first.last_of_month();
    let now = today();
    Some(if first <= now && now <= last { now } else { last })
}

fn slider(path: &str, keep: &[(&str, &str)], at: Date, first: Option<Date>) -> Slider {
    let now = today();
    // From a while before the first thing told, so that the slider can show what was not yet so.
    let before = |d: Date| d.checked_sub(1.year()).unwrap_or(d);
    let least = first.map_or(Date::constant(1990, 1, 1), before).min(at);
    Slider {
        path: path.into(),
        hidden: keep.iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| (k.to_string(), v.to_string())).collect(),
        at: at.to_string(),
        least: months(least),
        most: months(now.max(at)),
        now: months(at),
    }
}

#[derive(Template)]
#[template(path = "pair.html")]
struct Pair {
    f: Frame,
    a: String,
    b: String,
    a_id: String,
    b_id: String,
    a_label: String,
    b_label: String,
    picture: String,
    status: Vec<StatusRow>,
    rows: Vec<TimelineRow>,
    conflicts: Vec<Clash>,
    cards: Vec<Card>,
    more: usize,
    slider: Slider,
}

/// Cards on a page.
const CARDS: usize = 150;

pub fn pair(app: &App, asking: &Asking, asked: &Asked) -> Page {
    let (a, b) = (asking.side(asked.need("a")?)?, asking.side(asked.need("b")?)?);
    let as_of = asked.as_of()?;
    let names = [("a", a.id.as_str()), ("b", b.id.as_str())];
    let f = Frame::new(app, asked, "", format!("{} and {}", a.label, b.label));
    let f = f.with("/pair", "timeline", Some("/pair.svg"), &names, false);
    let (story, claims) = questions::story(asking, &a, &b, None, Some(as_of.valid_at))?;
    let shown: BTreeMap<&str, usize> =
        claims.iter().take(CARDS).enumerate().map(|(n, r)| (r.id.as_str(), n + 1)).collect();
    let link = |t: Target| match t {
        Target::Claims(ids) => ids.iter().find(|id| shown.contains_key(id.as_str())).map(|id| format!("#c-{id}")),
        _ => None,
    };
    let picture = draw::timeline(&story, &link).inline();
    let (status, _) = questions::status_of(asking, &as_of, &a, &b)?;
    let (found, _) = questions::conflicts_of(asking, Some(&a), Some(&b), None)?;
    let first = story.lanes.iter().flat_map(|l| &l.stretches).map(|s| s.from).min();
    write(&Pair {
        picture,
        status,
        rows: story.rows,
        conflicts: found.iter().map(|c| clash(c, &f)).collect(),
        cards: cards(&claims[..claims.len().min(CARDS)]),
        more: claims.len().saturating_sub(CARDS),
        slider: slider("/pair", &[names[0], names[1], ("known", &f.known)], as_of.valid_at, first),
        a: a.label.clone(),
        b: b.label.clone(),
        a_id: a.id,
        b_id: b.id,
        a_label: a.label,
        b_label: b.label,
        f,
    })
}

/// `/pair.svg`.
pub fn pair_svg(_: &App, asking: &Asking, asked: &Asked) -> Result<Picture, Trouble> {
    let (a, b) = (asking.side(asked.need("a")?)?, asking.side(asked.need("b")?)?);
    let (story, _) = questions::story(asking, &a, &b, asked.get("predicate"), asked.day("at")?)?;
    Ok(draw::timeline(&story, &|_| None))
}

#[derive(Template)]
#[template(path = "matrix.html")]
struct Matrix {
    f: Frame,
    predicate: String,
    predicates: Vec<String>,
    subjects: String,
    objects: String,
    picture: String,
    rows: Vec<chancery_core::ask::MatrixRow>,
    more: usize,
    /// Only those of whom most is told.
    few: bool,
    slider: Slider,
}

/// So many subjects and objects of a large ledger, where nobody is named.
const MOST_TOLD: usize = 16;

/// The standings of the ontology.
fn standings(asking: &Asking) -> Vec<String> {
    let all = asking.ontology.all().iter().filter(|p| p.family == Family::Standing);
    all.map(|p| p.id.clone()).collect()
}

fn predicates(asking: &Asking) -> Vec<String> {
    let mut all: Vec<String> = asking.ontology.all().iter().map(|p| p.id.clone()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Rows in a table of a page.
const ROWS: usize = 300;

pub fn matrix(app: &App, asking: &Asking, asked: &Asked) -> Page {
    let as_of = asked.as_of()?;
    let predicate = asked.get("predicate").unwrap_or("recognition").to_string();
    let (subjects, objects) = (asked.text("subjects"), asked.text("objects"));
    let keep = [("predicate", predicate.as_str()), ("subjects", subjects.as_str()), ("objects", objects.as_str())];
    let f = Frame::new(app, asked, "matrix", format!("Who has {predicate} of whom"));
    let f = f.with("/matrix", "matrix", Some("/matrix.svg"), &keep, true);
    let (mut s, mut o) = (asked.list("subjects"), asked.list("objects"));
    let few = s.is_empty() && o.is_empty() && app.is_large(asking)?;
    if few {
        (s, o) = asking.ledger.most_told_of(&predicate, MOST_TOLD)?;
    }
    let mut rows = questions::matrix_of(asking, &as_of, &predicate, &s, &o)?;
    let title = format!("{predicate}, {}", as_of.valid_at);
    let link = |t: Target| match t {
        Target::Pair(a, b) => Some(f.pair(a, b)),
        _ => None,
    };
    let picture = draw::matrix(&title, &rows, &link).inline();
    let more = rows.len().saturating_sub(ROWS);
    rows.truncate(ROWS);
    write(&Matrix {
        picture,
        rows,
        more,
        few,
        slider: slider("/matrix", &[keep[0], keep[1], keep[2], ("known", &f.known)], as_of.valid_at, None),
        predicates: standings(asking),
        f,
        predicate,
        subjects,
        objects,
    })
}

/// `/matrix.svg`.
pub fn matrix_svg(_: &App, asking: &Asking, asked: &Asked) -> Result<Picture, Trouble> {
    let as_of = asked.as_of()?;
    let predicate = asked.get("predicate").unwrap_or("recognition");
    let rows = questions::matrix_of(asking, &as_of, predicate, &asked.list("subjects"), &asked.list("objects"))?;
    Ok(draw::matrix(&format!("{predicate}, {}", as_of.valid_at), &rows, &|_| None))
}

#[derive(Template)]
#[template(path = "network.html")]
struct Network {
    f: Frame,
    actor: String,
    depth: usize,
    predicate: String,
    predicates: Vec<String>,
    picture: String,
    rows: Vec<chancery_core::ask::EdgeRow>,
    more: usize,
    slider: Slider,
}

pub fn network(app: &App, asking: &Asking, asked: &Asked) -> Page {
    let as_of = asked.as_of()?;
    let depth = asked.number("depth", 1, 4, 1)?;
    let (d, predicate) = (depth.to_string(), asked.text("predicate"));
    let f = Frame::new(app, asked, "network", "Network");
    let Some(name) = asked.get("actor") else {
        let mut f = f;
        f.link = f.to("/network", &[]);
        return write(&Network {
            slider: slider("/network", &[], as_of.valid_at, None),
            f,
            actor: String::new(),
            depth,
            predicate,
            predicates: standings(asking),
            picture: String::new(),
            rows: Vec::new(),
            more: 0,
        });
    };
    let side = asking.side(name)?;
    let keep = [("actor", side.id.as_str()), ("depth", d.as_str()), ("predicate", predicate.as_str())];
    let mut f = f.with("/network", "network", Some("/network.svg"), &keep, true);
    f.title = format!("Whom {} is tied to", side.label);
    let mut rows = questions::network_of(asking, &as_of, &side, depth as u8, asked.get("predicate"))?;
    let center: Vec<String> = side.parties.ids.iter().map(|id| asking.kin.one(id).to_string()).collect();
    let link = |t: Target| match t {
        Target::Pair(a, b) => Some(f.pair(a, b)),
        Target::Actor(id) => Some(f.to("/network", &[("actor", id)])),
        Target::Claims(_) => None,
    };
    let title = format!("{}, {}", f.title, as_of.valid_at);
    let picture = draw::network(&title, &center, &rows, &link).inline();
    let more = rows.len().saturating_sub(ROWS);
    rows.truncate(ROWS);
    write(&Network {
        slider: slider("/network", &[keep[0], keep[1], keep[2], ("known", &f.known)], as_of.valid_at, None),
        actor: side.label.clone(),
        depth,
        predicate,
        predicates: standings(asking),
        picture,
        rows,
        more,
        f,
    })
}

#[derive(Template)]
#[template(path = "map.html")]
struct MapPage {
    f: Frame,
    actor: String,
    predicate: String,
    predicates: Vec<String>,
    events: String,
    kinds: Vec<String>,
    picture: String,
    rows: Vec<atlas::MapRow>,
    more: usize,
    slider: Slider,
}

/// What a map is asked for; the events default to attacks.
fn on_map(asked: &Asked) -> (String, String) {
    let own = |name: &str, else_: &str| asked.get(name).unwrap_or(else_).to_string();
    (own("predicate", "recognition"), own("events", "assault"))
}

/// What a map shows, with its picture.
fn mapped(
    app: &App,
    asking: &Asking,
    asked: &Asked,
    side: &Side,
    link: draw::Link<'_>,
) -> Result<(Vec<atlas::MapRow>, Picture), Trouble> {
    let as_of = asked.as_of()?;
    let (predicate, events) = on_map(asked);
    let wanted = atlas::Wanted { predicate: &predicate, actor: side, events: &events };
    let rows = atlas::map_of(asking, &app.places, &as_of, &wanted)?;
    let home = atlas::state_of(&asking.registry, &side.id);
    let title = format!("{}: {predicate}, {}", side.label, as_of.valid_at);
    let picture = draw::map(&title, home.as_deref(), &rows, link);
    Ok((rows, picture))
}

pub fn map(app: &App, asking: &Asking, asked: &Asked) -> Page {
    let as_of = asked.as_of()?;
    let (predicate, events) = on_map(asked);
    let side = asked.get("actor").map(|n| asking.side(n)).transpose()?;
    let id = side.as_ref().map_or("", |s| s.id.as_str());
    let keep = [("predicate", predicate.as_str()), ("actor", id), ("events", events.as_str())];
    let mut f = Frame::new(app, asked, "map", "Map");
    let (mut rows, picture) = match &side {
        None => {
            f.link = f.to("/map", &keep);
            (Vec::new(), draw::map("The world", None, &[], &|_| None))
        }
        Some(side) => {
            f = f.with("/map", "map", Some("/map.svg"), &keep, true);
            f.title = format!("{}: {predicate} on the map", side.label);
            let link = |t: Target| match t {
                Target::Pair(a, b) => Some(f.pair(a, b)),
                Target::Actor(id) => Some(f.actor(id)),
                Target::Claims(ids) => ids.first().map(|id| f.claim(id)),
            };
            mapped(app, asking, asked, side, &link)?
        }
    };
    let more = rows.len().saturating_sub(ROWS);
    rows.truncate(ROWS);
    let kinds = asking.ontology.all().iter().filter(|p| p.family == Family::Event).map(|p| p.id.clone());
    write(&MapPage {
        slider: slider("/map", &[keep[0], keep[1], keep[2], ("known", &f.known)], as_of.valid_at, None),
        actor: side.as_ref().map_or(String::new(), |s| s.label.clone()),
        predicates: standings(asking),
        kinds: ["none".to_string(), "all".to_string()].into_iter().chain(kinds).collect(),
        picture: picture.inline(),
        rows,
        more,
        f,
        predicate,
        events,
    })
}

/// `/map.svg`.
pub fn map_svg(app: &App, asking: &Asking, asked: &Asked) -> Result<Picture, Trouble> {
    let side = asking.side(asked.need("actor")?)?;
    Ok(mapped(app, asking, asked, &side, &|_| None)?.1)
}

/// `/network.svg`.
pub fn network_svg(_: &App, asking: &Asking, asked: &Asked) -> Result<Picture, Trouble> {
    let as_of = asked.as_of()?;
    let side = asking.side(asked.need("actor")?)?;
    let depth = asked.number("depth", 1, 4, 1)? as u8;
    let rows = questions::network_of(asking, &as_of, &side, depth, asked.get("predicate"))?;
    let center: Vec<String> = side.parties.ids.iter().map(|id| asking.kin.one(id).to_string()).collect();
    Ok(draw::network(&format!("Whom {} is tied to, {}", side.label, as_of.valid_at), &center, &rows, &|_| None))
}

#[derive(Template)]
#[template(path = "actor.html")]
struct ActorPage {
    f: Frame,
    actor: ActorRow,
    kin: Vec<(String, String, String)>,
    now: Vec<chancery_core::ask::EdgeRow>,
    at: String,
    factions: Vec<TimelineRow>,
    told: Vec<TimelineRow>,
    told_more: usize,
    documents: Vec<(String, String, usize)>,
    acts: Vec<ActRow>,
    partners: Vec<(String, String, usize)>,
    kinds: Vec<&'static str>,
}

pub fn actor(app: &App, asking: &Asking, asked: &Asked) -> Page {
    let row = questions::actor_of(asking, asked.need("id")?)?;
    let side = asking.kin.side(&row.id);
    let as_of = asked.as_of()?;
    let f = Frame::new(app, asked, "", row.label.clone());
    let mut f = f.with("/actor", "actors", None, &[("id", &row.id)], false);
    f.forms = vec![
        ("CSV", address("/api/v1/timeline", &[("a", &row.id), ("format", "csv")])),
        ("JSON Lines", address("/api/v1/timeline", &[("a", &row.id), ("format", "jsonl")])),
    ];
    let claims =
        asking.claims(&Filter { subject: Some(side.parties.clone()), either_order: true, ..Filter::default() })?;
    let all = timeline(&claims, &asking.ontology, &asking.kin, &side, None, None);
    let is_faction = |r: &&TimelineRow| matches!(r.predicate.as_str(), "faction" | "defection");
    let factions = all.iter().filter(is_faction).cloned().collect();
    let told_more = all.len().saturating_sub(80);
    let mut documents: Vec<(String, String, usize)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut partners: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
    for r in &claims {
        match places.get(r.claim.doc.as_str()) {
            Some(n) => documents[*n].2 += 1,
            None => {
                places.insert(&r.claim.doc, documents.len());
                documents.push((r.claim.doc.clone(), r.title.clone().unwrap_or_else(|| r.claim.doc.clone()), 1));
            }
        }
        for p in [&r.claim.subject, &r.claim.object].into_iter().flatten() {
            if !side.holds(p, true) {
                partners.entry(&p.id).or_insert((&p.label, 0)).1 += 1;
            }
        }
    }
    documents.truncate(60);
    let mut partners: Vec<(String, String, usize)> =
        partners.into_iter().map(|(id, (l, n))| (id.to_string(), l.to_string(), n)).collect();
    partners.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.1.cmp(&b.1)));
    partners.truncate(18);
    let acts = asking.ledger.acts(asking.known_at)?;
    let concerns = |a: &&ActRow| a.counts && a.undone.is_none() && [&a.actor, &a.other].contains(&&row.id);
    write(&ActorPage {
        kin: side.kin.iter().map(|k| (k.id.clone(), asking.kin.label(&k.id).to_string(), k.relation.clone())).collect(),
        now: questions::ties_of(asking, &as_of, &side, &claims).into_iter().take(80).collect(),
        at: as_of.valid_at.to_string(),
        factions,
        told: all.into_iter().take(80).collect(),
        told_more,
        documents,
        acts: acts.iter().filter(concerns).cloned().collect(),
        partners,
        kinds: chancery_core::resolve::Kind::ALL.iter().map(|k| k.as_str()).collect(),
        actor: row,
        f,
    })
}

#[derive(Template)]
#[template(path = "document.html")]
struct DocumentPage {
    f: Frame,
    d: DocumentRow,
    text: String,
    cards: Vec<Card>,
    next: Option<String>,
}

pub fn document(app: &App, asking: &Asking, asked: &Asked) -> Page {
    let id = asked.need("id")?;
    let (d, rows) = questions::document_of(asking, id)?
        .ok_or_else(|| Trouble::Missing(format!("the ledger holds no document {id:?}")))?;
    let title = d.title.clone().unwrap_or_else(|| d.id.clone());
    let f = Frame::new(app, asked, "documents", title);
    let f = f.with("/document", "claims", None, &[("id", &d.id)], false);
    let mut f = f;
    f.forms = vec![
        ("CSV", address("/api/v1/claims", &[("doc", &d.id), ("known", &f.known), ("format", "csv")])),
        ("JSON Lines", address("/api/v1/claims", &[("doc", &d.id), ("known", &f.known), ("format", "jsonl")])),
    ];
    let next = asking.ledger.document_after(&d.id)?;
    write(&DocumentPage { text: marked(&d.text, &rows), cards: cards(&rows), next, f, d })
}

/// The text as markup, paragraph by paragraph, with the words of each claim marked and numbered.
fn marked(text: &str, rows: &[ClaimRow]) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut cuts: Vec<usize> = vec![0, chars.len()];
    for r in rows {
        cuts.extend(r.claim.span.map(|n| (n as usize).min(chars.len())));
    }
    cuts.sort_unstable();
    cuts.dedup();
    let mut out = String::from("<p>");
    let write = |out: &mut String, piece: &[char]| {
        let s: String = piece.iter().collect();
        out.push_str(&esc(&s));
    };
    for w in cuts.windows(2) {
        let (from, to) = (w[0], w[1]);
        let here: Vec<usize> = rows
            .iter()
            .enumerate()
            .filter(|(_, r)| (r.claim.span[0] as usize) <= from && to <= r.claim.span[1] as usize)
            .map(|(n, _)| n)
            .collect();
        // Paragraphs end outside of marks, so that the markup nests.
        let mut rest = &chars[from..to];
        loop {
            let end = rest.windows(2).position(|p| p == ['\n', '\n']);
            let piece = &rest[..end.unwrap_or(rest.len())];
            if !piece.is_empty() {
                match here.as_slice() {
                    [] => write(&mut out, piece),
                    all => {
                        let list: Vec<String> = all.iter().map(|n| (n + 1).to_string()).collect();
                        let depth = all.len().min(3);
                        out.push_str(&format!("<mark class=\"m{depth}\" data-claims=\"{}\">", list.join(" ")));
                        write(&mut out, piece);
                        out.push_str("</mark>");
                    }
                }
            }
            let Some(end) = end else { break };
            out.push_str("</p><p>");
            let skip = rest[end..].iter().take_while(|c| **c == '\n').count();
            rest = &rest[end + skip..];
        }
        let ending: Vec<usize> =
            rows.iter().enumerate().filter(|(_, r)| r.claim.span[1] as usize == to).map(|(n, _)| n).collect();
        for n in ending {
            let id = esc(&rows[n].id);
            out.push_str(&format!(
                "<a class=\"ref\" id=\"t-{id}\" href=\"#c-{id}\" aria-label=\"claim {0}\">{0}</a>",
                n + 1
            ));
        }
    }
    out.push_str("</p>");
    out.replace("<p></p>", "")
}

#[derive(Template)]
#[template(path = "documents.html")]
struct Documents {
    f: Frame,
    q: String,
    rows: Vec<DocumentHead>,
    next: Option<String>,
    can_add: bool,
}

pub fn documents(app: &App, asking: &Asking, asked: &Asked) -> Page {
    let q = asked.text("q");
    let offset = asked.number("offset", 0, 100_000_000, 0)?;
    let f = Frame::new(app, asked, "documents", "Documents").with("/documents", "documents", None, &[("q", &q)], false);
    let mut f = f;
    f.forms = vec![
        ("CSV", address("/api/v1/documents", &[("q", &q), ("format", "csv")])),
        ("JSON Lines", address("/api/v1/documents", &[("q", &q), ("format", "jsonl")])),
    ];
    let mut rows = asking.ledger.document_heads(&q, 51, offset)?;
    let next = (rows.len() > 50).then(|| f.to("/documents", &[("q", &q), ("offset", &(offset + 50).to_string())]));
    rows.truncate(50);
    write(&Documents { f, q, rows, next, can_add: app.reader.is_some() && !app.read_only })
}

#[derive(Template)]
#[template(path = "claim.html")]
struct ClaimPage {
    f: Frame,
    c: Card,
    row: ClaimRow,
    before: String,
    after: String,
    values: String,
    modalities: Vec<&'static str>,
    polarities: Vec<&'static str>,
    phases: Vec<&'static str>,
}

pub fn claim(app: &App, asking: &Asking, asked: &Asked) -> Page {
    let id = asked.need("id")?;
    let rows = questions::claims_of(asking, &questions::Wanted { id: Some(id.into()), ..Default::default() })?;
    let [row] = rows.as_slice() else {
        return Err(Trouble::Input(format!("{} claims have ids that begin with {id}", rows.len())));
    };
    let c = card(1, row);
    let f = Frame::new(app, asked, "", words::sentence(&row.claim));
    let f = f.with("/claim", "claims", None, &[("id", &row.id)], false);
    // The words around the quote: two hundred characters on each side.
    let text = asking.ledger.document(&row.claim.doc, asking.known_at)?.map(|d| d.text).unwrap_or_default();
    let chars: Vec<char> = text.chars().collect();
    let [from, to] = row.claim.span.map(|n| n as usize);
    let held = chars.get(from..to).is_some_and(|s| s.iter().collect::<String>() == row.claim.quote);
    let around = |range: std::ops::Range<usize>| chars.get(range).map_or(String::new(), |s| s.iter().collect());
    let (before, after) = match held {
        true => (around(from.saturating_sub(200)..from), around(to..(to + 200).min(chars.len()))),
        false => Default::default(),
    };
    let values = row.claim.value.iter().map(|(k, v)| match v {
        Value::String(s) => format!("{k}={s}\n"),
        v => format!("{k}={v}\n"),
    });
    write(&ClaimPage {
        values: values.collect(),
        before,
        after,
        c,
        f,
        modalities: Modality::ALL.iter().map(|m| m.as_str()).collect(),
        polarities: Polarity::ALL.iter().map(|m| m.as_str()).collect(),
        phases: Phase::ALL.iter().map(|m| m.as_str()).collect(),
        row: row.clone(),
    })
}

/// A conflict as it is shown.
pub struct Clash {
    pub predicate: String,
    pub subject: Option<PartyRef>,
    pub object: Option<PartyRef>,
    pub pair: String,
    pub kind: String,
    pub sides: Vec<Said>,
    /// Name, letter and claims of what each policy follows.
    pub policies: Vec<(&'static str, String, String)>,
    pub settled: bool,
}

/// What one voice says in a conflict.
pub struct Said {
    pub letter: String,
    pub voice: String,
    pub told: String,
    pub said: String,
    pub grade: String,
    pub quote: String,
    pub claim: String,
}

fn clash(c: &ConflictRow, f: &Frame) -> Clash {
    let sides = c.sides.iter().map(|v| {
        let head = [
            (v.modality != Modality::Asserted).then(|| v.modality.to_string()),
            (v.polarity == Polarity::No).then(|| "not".to_string()),
            v.phase.map(|p| p.to_string()),
            (!v.when.is_empty()).then(|| v.when.clone()),
        ];
        let head = head.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let told = [head, words::value(&v.value)];
        Said {
            letter: words::letter(v.position),
            voice: match (v.by.as_str(), &v.publisher) {
                ("author", Some(p)) => p.clone(),
                (by, Some(p)) => format!("{by} (in {p})"),
                (by, None) => by.to_string(),
            },
            told: told.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(", "),
            said: words::when(&v.said),
            grade: v.grade.clone().unwrap_or_default(),
            quote: words::one_line(&v.quote),
            claim: v.claims.first().cloned().unwrap_or_default(),
        }
    });
    let of = |p: &Option<chancery_core::ask::Position>| {
        p.as_ref().map_or((String::new(), String::new()), |p| {
            let claims = c.sides.iter().filter(|v| v.position == p.position).flat_map(|v| v.claims.iter().cloned());
            (words::letter(p.position), claims.collect::<Vec<_>>().join(","))
        })
    };
    let policy = |name, p| {
        let (letter, claims) = of(p);
        (name, letter, claims)
    };
    let p = &c.policies;
    let id = |p: &Option<PartyRef>| p.as_ref().map_or(String::new(), |p| p.id.clone());
    Clash {
        predicate: c.predicate.clone(),
        pair: match (&c.subject, &c.object) {
            (Some(a), Some(b)) => f.pair(&a.id, &b.id),
            _ => f.actor(&(id(&c.subject) + &id(&c.object))),
        },
        subject: c.subject.clone(),
        object: c.object.clone(),
        kind: match c.how.as_str() {
            "" => c.kind.as_str().to_string(),
            how => format!("{}: {how}", c.kind.as_str()),
        },
        sides: sides.collect(),
        policies: vec![
            policy("latest", &p.latest),
            policy("most sources", &p.most_sources),
            policy("highest grade", &p.highest_grade),
            policy("reviewed", &p.reviewed),
        ],
        settled: p.reviewed.is_some(),
    }
}

#[derive(Template)]
#[template(path = "conflicts.html")]
struct Conflicts {
    f: Frame,
    a: String,
    b: String,
    predicate: String,
    predicates: Vec<String>,
    rows: Vec<Clash>,
    total: usize,
    next: Option<String>,
    large: bool,
}

pub fn conflicts(app: &App, asking: &Asking, asked: &Asked) -> Page {
    let (a, b, predicate) = (asked.text("a"), asked.text("b"), asked.text("predicate"));
    let keep = [("a", a.as_str()), ("b", b.as_str()), ("predicate", predicate.as_str())];
    let f = Frame::new(app, asked, "conflicts", "Where sources disagree");
    let f = f.with("/conflicts", "conflicts", None, &keep, false);
    let offset = asked.number("offset", 0, 100_000_000, 0)?;
    let side = |name: &str| asked.get(name).map(|n| asking.side(n)).transpose();
    let large = a.is_empty() && predicate.is_empty() && app.is_large(asking)?;
    let all = match (a.is_empty(), predicate.is_empty()) {
        _ if large => Default::default(),
        (true, true) => app.conflicts(asking)?,
        _ => std::sync::Arc::new(
            questions::conflicts_of(asking, side("a")?.as_ref(), side("b")?.as_ref(), asked.get("predicate"))?.0,
        ),
    };
    let next = (all.len() > offset + 25)
        .then(|| f.to("/conflicts", &[keep[0], keep[1], keep[2], ("offset", &(offset + 25).to_string())]));
    let rows = all.iter().skip(offset).take(25).map(|c| clash(c, &f)).collect();
    write(&Conflicts { large, rows, total: all.len(), next, predicates: predicates(asking), f, a, b, predicate })
}

#[derive(Template)]
#[template(path = "changes.html")]
struct Changes {
    f: Frame,
    since: String,
    until: String,
    of: String,
    actor: String,
    predicate: String,
    predicates: Vec<String>,
    rows: Vec<ChangeRow>,
    more: usize,
    large: bool,
}

pub fn changes(app: &App, asking: &Asking, asked: &Asked) -> Page {
    let until = asked.day("until")?.unwrap_or_else(today);
    let since = match asked.day("since")? {
        Some(d) => d,
        None => until.checked_sub(2.years()).unwrap_or(until),
    };
    let of = asked.get("of").unwrap_or("world").to_string();
    let (actor, predicate) = (asked.text("actor"), asked.text("predicate"));
    let (s, u) = (since.to_string(), until.to_string());
    let keep = [
        ("since", s.as_str()),
        ("until", u.as_str()),
        ("of", of.as_str()),
        ("actor", actor.as_str()),
        ("predicate", predicate.as_str()),
    ];
    let f = Frame::new(app, asked, "changes", "What changed").with("/changes", "changes", None, &keep, false);
    let side = asked.get("actor").map(|n| asking.side(n)).transpose()?;
    let large = of == "world" && actor.is_empty() && predicate.is_empty() && app.is_large(asking)?;
    let mut rows = match large {
        true => Vec::new(),
        false => {
            let knowledge = of == "knowledge";
            questions::changes_of(asking, (since, until), knowledge, side.as_ref(), asked.get("predicate"))?
        }
    };
    // The last first: that is what one comes for.
    rows.reverse();
    let more = rows.len().saturating_sub(ROWS);
    rows.truncate(ROWS);
    write(&Changes {
        large,
        rows,
        more,
        since: s.clone(),
        until: u.clone(),
        predicates: predicates(asking),
        f,
        of,
        actor,
        predicate,
    })
}

#[derive(Template)]
#[template(path = "timeline.html")]
struct Timeline {
    f: Frame,
    actor: String,
    predicate: String,
    publisher: String,
    modality: String,
    reviewed: String,
    since: String,
    until: String,
    predicates: Vec<String>,
    publishers: Vec<String>,
    modalities: Vec<&'static str>,
    cards: Vec<Card>,
    /// In the order of recording, not of time.
    as_learned: bool,
    total: usize,
    next: Option<String>,
}

pub fn timeline_page(app: &App, asking: &Asking, asked: &Asked) -> Page {
    const ON_A_PAGE: usize = 60;
    let texts: Vec<(&str, String)> = ["actor", "predicate", "publisher", "modality", "reviewed", "since", "until"]
        .into_iter()
        .map(|n| (n, asked.text(n)))
        .collect();
    let keep: Vec<(&str, &str)> = texts.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let mut f = Frame::new(app, asked, "timeline", "Everything in time order");
    f.link = f.to("/timeline", &keep);
    f.forms = vec![
        ("CSV", address("/api/v1/claims", &[keep.as_slice(), &[("format", "csv")]].concat())),
        ("JSON Lines", address("/api/v1/claims", &[keep.as_slice(), &[("format", "jsonl")]].concat())),
    ];
    let offset = asked.number("offset", 0, 100_000_000, 0)?;
    let none = ["actor", "predicate", "publisher", "modality", "reviewed", "since", "until"]
        .iter()
        .all(|n| asked.get(n).is_none());
    let large = app.is_large(asking)?;
    let (shown, total) = if large && none {
        // To sort a million claims takes longer than anybody waits: as they were learned, then.
        (asking.ledger.claims_latest(ON_A_PAGE, offset)?, app.counts(asking)?.claims)
    } else {
        let mut claims = questions::claims_of(asking, &api::wanted(asked)?)?;
        let day = |r: &ClaimRow| {
            let d = chancery_core::ledger::Days::of(&r.claim.when);
            d.first().or(d.last())
        };
        // The latest first; undated ones last.
        claims.sort_by_cached_key(|r| day(r).map_or((1, 0), |d| (0, -draw::day_number(d))));
        let total = claims.len();
        (claims.into_iter().skip(offset).take(ON_A_PAGE).collect(), total)
    };
    let next = (total > offset + ON_A_PAGE).then(|| {
        let more = (offset + ON_A_PAGE).to_string();
        f.to("/timeline", &[keep.as_slice(), &[("offset", &more)]].concat())
    });
    let own = |n: &str| asked.text(n);
    write(&Timeline {
        actor: own("actor"),
        predicate: own("predicate"),
        publisher: own("publisher"),
        modality: own("modality"),
        reviewed: own("reviewed"),
        since: own("since"),
        until: own("until"),
        predicates: predicates(asking),
        publishers: app.publishers(asking)?,
        modalities: Modality::ALL.iter().map(|m| m.as_str()).collect(),
        cards: cards(&shown),
        as_learned: large && none,
        total,
        next,
        f,
    })
}

#[derive(Template)]
#[template(path = "add.html")]
struct Add {
    f: Frame,
    can: bool,
    largest: usize,
}

pub fn add(app: &App, asked: &Asked) -> Page {
    let f = Frame::new(app, asked, "documents", "Add a document");
    write(&Add { f, can: app.reader.is_some() && !app.read_only, largest: acts::LARGEST / 1024 })
}
