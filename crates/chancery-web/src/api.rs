//! `/api/v1/NAME`: the questions of the command line, with its options as parameters and its rows as answers.
//!
//! One table ([`QUESTIONS`]) names the questions and their parameters; routes, checks and the OpenAPI document are made
//! of it, so that none can tell of what another does not know.
use crate::app::App;
use crate::app::today;
use crate::asked::{Asked, address};
use crate::desk::{Asking, Trouble};
use crate::questions::{self, ActorRow, DocumentAnswer, Wanted};
use crate::{acts, atlas, csv};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use chancery_core::ask::shortest;
use chancery_core::values::Modality;
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A parameter: its name, what it takes, what it is for. A name with `!` must be given.
type Parameter = (&'static str, &'static str, &'static str);

const AT: Parameter = ("at", "date", "the day of the world the answer is for (today)");
const KNOWN: Parameter = ("known", "known", "as the ledger held things on this day or at this instant");
const PREDICATE: Parameter = ("predicate", "string", "only this predicate");

/// Every question that is answered by rows.
pub const QUESTIONS: &[(&str, &str, &[Parameter])] = &[
    (
        "status",
        "Where two stand with each other on a day",
        &[("a!", "string", "one side: any name or id"), ("b!", "string", "the other side"), AT, KNOWN],
    ),
    (
        "timeline",
        "What is told of one or two parties, in time order",
        &[("a!", "string", "one side"), ("b", "string", "the other side"), PREDICATE, KNOWN],
    ),
    (
        "lanes",
        "The standings of two sides over time, stretch by stretch",
        &[("a!", "string", "one side"), ("b!", "string", "the other side"), PREDICATE, KNOWN],
    ),
    (
        "who",
        "Every subject of which a standing towards an object is told",
        &[("predicate!", "string", "a standing"), ("object!", "string", "any name or id"), AT, KNOWN],
    ),
    (
        "matrix",
        "One standing of many at once",
        &[
            ("predicate!", "string", "a standing"),
            ("subjects", "string", "only these: names or ids, separated by commas"),
            ("objects", "string", "only these"),
            AT,
            KNOWN,
        ],
    ),
    (
        "network",
        "Whom an actor is tied to on a day",
        &[("actor!", "string", "any name or id"), ("depth", "depth", "how many ties away (1)"), PREDICATE, AT, KNOWN],
    ),
    (
        "map",
        "Which states a standing ties to an actor on a day, and where events took place in the twelve months before",
        &[
            ("actor!", "string", "any name or id"),
            ("predicate", "string", "a standing (recognition)"),
            ("events", "string", "an event, all or none (assault)"),
            AT,
            KNOWN,
        ],
    ),
    (
        "path",
        "A shortest way from one actor to another",
        &[("a!", "string", "from"), ("b!", "string", "to"), PREDICATE, AT, KNOWN],
    ),
    (
        "claims",
        "Who says what, in which words",
        &[
            ("id", "string", "one claim by its id, or the beginning of it"),
            ("doc", "string", "only this document"),
            PREDICATE,
            ("subject", "string", "only this subject"),
            ("object", "string", "only this object"),
            ("actor", "string", "only of this actor, on either side"),
            ("publisher", "string", "only in documents of this publisher"),
            ("reviewed", "yesno", "only what a review has judged (yes) or has not (no)"),
            ("by", "string", "only this speaker, or author"),
            ("modality", "modality", "only this"),
            ("since", "date", "dated to this day or later"),
            ("until", "date", "dated to this day or earlier"),
            KNOWN,
        ],
    ),
    (
        "conflicts",
        "Where sources contradict each other",
        &[("a", "string", "one side"), ("b", "string", "the other side"), PREDICATE, KNOWN],
    ),
    (
        "changes",
        "What became true in a period, or what the ledger learned in it",
        &[
            ("since!", "date", "the first day"),
            ("until", "date", "the last day (today)"),
            ("of", "of", "world or knowledge"),
            ("actor", "string", "only of this actor"),
            PREDICATE,
            KNOWN,
        ],
    ),
    (
        "actors",
        "The actors that go by a name, or the one of an id",
        &[("name", "string", "any name"), ("id", "string", "its id")],
    ),
    (
        "document",
        "A document with its text",
        &[("id!", "string", "its id, its address, or the beginning of its hash"), KNOWN],
    ),
    ("documents", "All documents, the last recorded first", &[("q", "string", "words in title or text")]),
    ("counts", "How much the ledger holds", &[]),
];

/// Of every question.
const PAGING: [Parameter; 3] = [
    ("limit", "limit", "rows at most (1000)"),
    ("offset", "offset", "rows left out before them"),
    ("format", "format", "json, jsonl or csv"),
];

/// Rows at once.
const LIMIT: usize = 10_000;

/// An error as RFC 9457 wants it.
pub fn problem(status: StatusCode, detail: &str) -> Response {
    let title = status.canonical_reason().unwrap_or("Error");
    let body = json!({"type": "about:blank", "title": title, "status": status.as_u16(), "detail": detail});
    let kind = [(header::CONTENT_TYPE, "application/problem+json")];
    (status, kind, body.to_string()).into_response()
}

impl Trouble {
    pub fn status(&self) -> StatusCode {
        match self {
            Trouble::Input(_) => StatusCode::BAD_REQUEST,
            Trouble::Missing(_) => StatusCode::NOT_FOUND,
            Trouble::World(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// Anything under `/api/` that is no question.
pub async fn unknown() -> Response {
    problem(StatusCode::NOT_FOUND, NO_QUESTION)
}

/// A question of another method than it takes.
pub async fn wrong_method(uri: Uri) -> Response {
    refuse_method(uri.path().rsplit('/').next().unwrap_or_default())
}

/// What is no question and no write is not there; else the answer says by which method it is asked.
fn refuse_method(name: &str) -> Response {
    let asked = name == "openapi.json" || QUESTIONS.iter().any(|(n, _, _)| *n == name);
    if !asked && !WRITES.iter().any(|(n, _, _)| *n == name) {
        return problem(StatusCode::NOT_FOUND, NO_QUESTION);
    }
    let mut r = problem(StatusCode::METHOD_NOT_ALLOWED, "this is asked another way; /api/v1/openapi.json tells how");
    let allow = HeaderValue::from_static(if asked { "GET, HEAD" } else { "POST" });
    r.headers_mut().insert(header::ALLOW, allow);
    r
}

const NO_QUESTION: &str = "there is no such question; /api/v1/openapi.json lists them";

/// `GET /api/v1/{name}`.
pub async fn question(State(app): State<Arc<App>>, Path(name): Path<String>, uri: Uri) -> Response {
    let asked = Asked::parse(uri.query().unwrap_or_default());
    let Some((_, _, parameters)) = QUESTIONS.iter().find(|(n, _, _)| *n == name) else {
        return refuse_method(&name);
    };
    if let Some((n, _, _)) = parameters.iter().chain(&PAGING).find(|(n, kind, _)| {
        *kind != "string" && *kind != "known" && asked.0.get(n.trim_end_matches('!')).is_some_and(String::is_empty)
    }) {
        return problem(StatusCode::BAD_REQUEST, &format!("{} says nothing: leave it out", n.trim_end_matches('!')));
    }
    let all = parameters.iter().chain(&PAGING);
    let known: Vec<&str> = all.map(|(n, _, _)| n.trim_end_matches('!')).collect();
    if let Some(odd) = asked.0.keys().find(|k| !known.contains(&k.as_str())) {
        let what = format!("{name} takes no {odd}; it takes {}", known.join(", "));
        return problem(StatusCode::BAD_REQUEST, &what);
    }
    if let Some((k, _)) = asked.0.iter().find(|(_, v)| v.contains('\0')) {
        return problem(StatusCode::BAD_REQUEST, &format!("{k} holds a NUL"));
    }
    let done = tokio::task::spawn_blocking(move || answer(&app, &name, &asked)).await;
    match done {
        Ok(Ok(r)) => r,
        Ok(Err(t)) => problem(t.status(), &t.to_string()),
        Err(_) => problem(StatusCode::INTERNAL_SERVER_ERROR, "answering failed inside the program; please report it"),
    }
}

fn answer(app: &App, name: &str, asked: &Asked) -> Result<Response, Trouble> {
    let page = Page {
        limit: asked.number("limit", 1, LIMIT, 1000)?,
        offset: asked.number("offset", 0, 1_000_000_000, 0)?,
        format: match asked.get("format").unwrap_or("json") {
            f @ ("json" | "jsonl" | "csv") => f.to_string(),
            f => return Err(Trouble::Input(format!("format={f}: give json, jsonl or csv"))),
        },
        name,
        asked,
    };
    let known = asked.known()?;
    app.ask(known, |asking| {
        let side = |name: &str| asking.side(name);
        let maybe = |name: &str| asked.get(name).map(side).transpose();
        let predicate = asked.get("predicate");
        match name {
            "status" => {
                let (a, b) = (side(asked.need("a")?)?, side(asked.need("b")?)?);
                page.rows(&questions::status_of(asking, &asked.as_of()?, &a, &b)?.0)
            }
            "timeline" => {
                let a = side(asked.need("a")?)?;
                page.rows(&questions::timeline_of(asking, &a, maybe("b")?.as_ref(), predicate)?)
            }
            "lanes" => {
                let (a, b) = (side(asked.need("a")?)?, side(asked.need("b")?)?);
                page.rows(&questions::story(asking, &a, &b, predicate, None)?.0.lanes)
            }
            "who" => {
                let (p, object) = (asked.need("predicate")?, side(asked.need("object")?)?);
                page.rows(&questions::who_of(asking, &asked.as_of()?, p, &object)?)
            }
            "matrix" => {
                let (subjects, objects) = (asked.list("subjects"), asked.list("objects"));
                let p = asked.need("predicate")?;
                page.rows(&questions::matrix_of(asking, &asked.as_of()?, p, &subjects, &objects)?)
            }
            "network" => {
                let depth = asked.number("depth", 1, 6, 1)? as u8;
                let actor = side(asked.need("actor")?)?;
                page.rows(&questions::network_of(asking, &asked.as_of()?, &actor, depth, predicate)?)
            }
            "map" => {
                let actor = side(asked.need("actor")?)?;
                let (predicate, events) =
                    (predicate.unwrap_or("recognition"), asked.get("events").unwrap_or("assault"));
                let wanted = atlas::Wanted { predicate, actor: &actor, events };
                page.rows(&atlas::map_of(asking, &app.places, &asked.as_of()?, &wanted)?)
            }
            "path" => path(asking, asked, &page),
            "claims" => page.rows(&questions::claims_of(asking, &wanted(asked)?)?),
            "conflicts" => match (asked.get("a"), asked.get("b"), predicate) {
                (None, None, None) => page.rows(&app.conflicts(asking)?),
                (None, Some(_), _) => Err(Trouble::Input("say a= too".into())),
                _ => page
                    .rows(&questions::conflicts_of(asking, maybe("a")?.as_ref(), maybe("b")?.as_ref(), predicate)?.0),
            },
            "changes" => {
                let since = asked.need("since").and(asked.day("since"))?.unwrap_or_else(today);
                let until = asked.day("until")?.unwrap_or_else(today);
                let knowledge = match asked.get("of").unwrap_or("world") {
                    "world" => false,
                    "knowledge" => true,
                    of => return Err(Trouble::Input(format!("of={of}: give world or knowledge"))),
                };
                let actor = maybe("actor")?;
                page.rows(&questions::changes_of(asking, (since, until), knowledge, actor.as_ref(), predicate)?)
            }
            "actors" => page.rows(&actors(asking, asked)?),
            "document" => {
                let id = asked.need("id")?;
                let (document, rows) = questions::document_of(asking, id)?
                    .ok_or_else(|| Trouble::Missing(format!("the ledger holds no document {id:?}")))?;
                page.rows(&[DocumentAnswer { document, claims: rows.into_iter().map(|r| r.id).collect() }])
            }
            "documents" => {
                let words = asked.get("q").unwrap_or_default();
                let found = asking.ledger.document_heads(words, page.limit + 1, page.offset)?;
                page.cut(&found)
            }
            _ => page.rows(&[app.counts(asking)?]),
        }
    })
}

/// Which claims are asked for.
pub fn wanted(asked: &Asked) -> Result<Wanted, Trouble> {
    let own = |name: &str| asked.get(name).map(str::to_string);
    Ok(Wanted {
        id: own("id"),
        doc: own("doc"),
        predicate: own("predicate"),
        subject: own("subject"),
        object: own("object"),
        by: own("by"),
        actor: own("actor"),
        publisher: own("publisher"),
        reviewed: match asked.get("reviewed") {
            None => None,
            Some("yes") => Some(true),
            Some("no") => Some(false),
            Some(other) => return Err(Trouble::Input(format!("reviewed={other}: give yes or no"))),
        },
        modality: asked.word::<Modality>("modality")?,
        since: asked.day("since")?,
        until: asked.day("until")?,
    })
}

fn path(asking: &Asking, asked: &Asked, page: &Page) -> Result<Response, Trouble> {
    let as_of = asked.as_of()?;
    let (a, b) = (asking.side(asked.need("a")?)?, asking.side(asked.need("b")?)?);
    let ids = |s: &chancery_core::ask::Side| -> BTreeSet<String> {
        s.parties.ids.iter().map(|id| asking.kin.one(id).to_string()).collect()
    };
    let (from, to) = (ids(&a), ids(&b));
    let mut web = questions::Web::new(asking, &as_of, asked.get("predicate"), a.parties.ids.clone())?;
    let mut way = Vec::new();
    for _ in 0..8 {
        let more = web.grow()?;
        way = shortest(&web.edges, &from, &to);
        if !way.is_empty() || !more {
            break;
        }
    }
    page.rows(&way)
}

fn actors(asking: &Asking, asked: &Asked) -> Result<Vec<ActorRow>, Trouble> {
    if let Some(id) = asked.get("id") {
        return Ok(vec![questions::actor_of(asking, id)?]);
    }
    let name = asked.need("name").map_err(|_| Trouble::Input("say name= or id=".into()))?;
    let registry = &asking.registry;
    let by = |how| Some(format!("{how:?}").to_lowercase());
    let mut rows: Vec<ActorRow> =
        registry.find(name).into_iter().map(|(ix, how)| ActorRow::known(registry, ix, by(how))).collect();
    let here = asking.ledger.actors_named(name)?;
    rows.extend(here.into_iter().filter(|s| registry.by_id(&s.id).is_none()).map(ActorRow::seen));
    Ok(rows)
}

/// How rows go out.
struct Page<'a> {
    limit: usize,
    offset: usize,
    format: String,
    name: &'a str,
    asked: &'a Asked,
}

impl Page<'_> {
    fn rows<T: Serialize>(&self, all: &[T]) -> Result<Response, Trouble> {
        let from = self.offset.min(all.len());
        let to = (from + self.limit).min(all.len());
        self.write(&all[from..to], to < all.len(), Some(all.len()))
    }

    /// Rows that the ledger cut already, with one more than asked for where there are more.
    fn cut<T: Serialize>(&self, found: &[T]) -> Result<Response, Trouble> {
        let n = found.len().min(self.limit);
        self.write(&found[..n], found.len() > n, None)
    }

    fn write<T: Serialize>(&self, rows: &[T], more: bool, total: Option<usize>) -> Result<Response, Trouble> {
        let next = more.then(|| {
            let offset = (self.offset + self.limit).to_string();
            let mut all: Vec<(&str, &str)> = self.asked.0.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
            all.retain(|(k, _)| *k != "offset");
            all.push(("offset", &offset));
            address(&format!("/api/v1/{}", self.name), &all)
        });
        let mut headers = HeaderMap::new();
        if let Some(n) = next.as_ref().and_then(|n| format!("<{n}>; rel=\"next\"").parse().ok()) {
            headers.insert(header::LINK, n);
        }
        let (kind, body) = match self.format.as_str() {
            "jsonl" => {
                let mut out = Vec::new();
                for r in rows {
                    serde_json::to_writer(&mut out, r).map_err(Trouble::input)?;
                    out.push(b'\n');
                }
                ("application/jsonl", out)
            }
            "csv" => {
                let mut out = Vec::new();
                csv::write(&mut out, rows).map_err(Trouble::input)?;
                ("text/csv; charset=utf-8", out)
            }
            _ => {
                let mut whole = Map::new();
                whole.insert("rows".into(), serde_json::to_value(rows).map_err(Trouble::input)?);
                if let Some(n) = total {
                    whole.insert("total".into(), n.into());
                }
                if let Some(n) = next {
                    whole.insert("next".into(), n.into());
                }
                ("application/json", Value::Object(whole).to_string().into_bytes())
            }
        };
        if self.format == "csv" {
            let name = format!("attachment; filename=\"{}.csv\"", self.name);
            if let Ok(v) = name.parse() {
                headers.insert(header::CONTENT_DISPOSITION, v);
            }
        }
        Ok((headers, [(header::CONTENT_TYPE, kind)], body).into_response())
    }
}

/// `POST /api/v1/{review,identity,grade,read}`: JSON only, which no form of another site can send unasked.
pub async fn write(State(app): State<Arc<App>>, Path(name): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    let json = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if !WRITES.iter().any(|(n, _, _)| *n == name) {
        return refuse_method(&name);
    }
    if !json.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json") {
        return problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, "send application/json");
    }
    let fields: Map<String, Value> = match serde_json::from_slice(&body) {
        Ok(Value::Object(m)) => m,
        Ok(_) => return problem(StatusCode::BAD_REQUEST, "send an object"),
        Err(e) => return problem(StatusCode::BAD_REQUEST, &format!("this is no JSON: {e}")),
    };
    let takes = WRITES.iter().find(|(n, _, _)| *n == name).map_or(&[][..], |(_, _, f)| *f);
    let mut asked = Asked::default();
    for (k, v) in fields {
        let known = takes.iter().any(|(n, _, _)| n.trim_end_matches('!') == k);
        match v {
            Value::String(s) if known => drop(asked.0.insert(k, s)),
            _ if known => return problem(StatusCode::BAD_REQUEST, &format!("{k} takes text")),
            _ => {
                let known: Vec<&str> = takes.iter().map(|(n, _, _)| n.trim_end_matches('!')).collect();
                return problem(
                    StatusCode::BAD_REQUEST,
                    &format!("{name} takes no {k}; it takes {}", known.join(", ")),
                );
            }
        }
    }
    let done = match name.as_str() {
        "read" => acts::read(&app, acts::upload(&asked)).await.map(|ids| json!({ "documents": ids })),
        _ => {
            let done = tokio::task::spawn_blocking(move || match name.as_str() {
                "review" => acts::review(&app, &asked).map(|id| json!({ "claim": id })),
                "identity" => acts::identity(&app, &asked).map(|n| json!({ "act": n })),
                _ => acts::grade(&app, &asked).map(|()| json!({ "graded": true })),
            });
            done.await.unwrap_or_else(|_| Err(Trouble::World("it failed inside the program; please report it".into())))
        }
    };
    match done {
        Ok(v) => Json(v).into_response(),
        Err(t) => problem(t.status(), &t.to_string()),
    }
}

/// What can be written.
pub const WRITES: &[(&str, &str, &[Parameter])] = &[
    (
        "review",
        "Accept, reject or correct a claim, or open it again",
        &[
            ("claim!", "string", "its id"),
            ("verdict!", "verdict", "accept, reject, correct or open"),
            ("when", "string", "of a correction: EDTF"),
            ("subject", "string", "any name or id"),
            ("object", "string", "any name or id"),
            ("polarity", "string", "yes or no"),
            ("modality", "string", "asserted, possible, predicted, intended, demanded or conditional"),
            ("phase", "string", "begins, ends or holds"),
            ("value", "string", "KEY=VALUE, one a line"),
            ("note", "string", "why"),
        ],
    ),
    (
        "identity",
        "Say who is who; every act can be undone",
        &[
            ("act!", "act", "merge, split, alias, retype or undo"),
            ("a", "string", "the actor"),
            ("b", "string", "the other one, the name or the kind"),
            ("number", "string", "of an undo: the act it takes back"),
            ("note", "string", "why"),
        ],
    ),
    (
        "grade",
        "Grade a publisher (A to F) or a claim (1 to 6)",
        &[
            ("publisher", "string", "its name"),
            ("claim", "string", "its id"),
            ("grade", "string", "nothing takes it back"),
            ("note", "string", "why"),
        ],
    ),
    (
        "read",
        "Read a text and record its claims",
        &[
            ("text!", "string", "plain text, Markdown or HTML"),
            ("title", "string", "its title"),
            ("published", "string", "EDTF: the day it was published"),
            ("publisher", "string", "who published it"),
        ],
    ),
];

/// `GET /api/v1/openapi.json`.
pub async fn openapi() -> Response {
    let mut paths = Map::new();
    let fault = |what: &str| json!({"description": what, "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}});
    for (name, told, parameters) in QUESTIONS {
        let list: Vec<Value> = parameters.iter().chain(&PAGING).map(|(n, kind, told)| {
            json!({"name": n.trim_end_matches('!'), "in": "query", "required": n.ends_with('!'), "description": told, "schema": schema(kind)})
        }).collect();
        paths.insert(
            format!("/api/v1/{name}"),
            json!({"get": {
            "operationId": name, "summary": told, "parameters": list,
            "responses": {
                "200": {"description": "Rows", "content": {
                    "application/json": {"schema": {"$ref": "#/components/schemas/Rows"}},
                    "application/jsonl": {"schema": {"type": "string"}},
                    "text/csv": {"schema": {"type": "string"}}}},
                "400": fault("The question is at fault"),
                "401": fault("An access token is needed"),
                "404": fault("What is asked for is not there"),
                "500": fault("The world outside failed"),
            }}}),
        );
    }
    for (name, told, fields) in WRITES {
        let mut properties = Map::new();
        for (n, kind, told) in *fields {
            let mut s = schema(kind);
            s["description"] = json!(told);
            properties.insert(n.trim_end_matches('!').into(), s);
        }
        let required: Vec<&str> = fields.iter().filter_map(|(n, _, _)| n.strip_suffix('!')).collect();
        let mut body = json!({"type": "object", "properties": properties, "additionalProperties": false});
        if !required.is_empty() {
            body["required"] = json!(required);
        }
        paths.insert(
            format!("/api/v1/{name}"),
            json!({"post": {
            "operationId": name, "summary": told,
            "requestBody": {"required": true, "content": {"application/json": {"schema": body}}},
            "responses": {
                "200": {"description": "Written", "content": {"application/json": {"schema": {"type": "object"}}}},
                "400": fault("What is written is at fault"),
                "401": fault("An access token is needed"),
                "403": fault("Read only, or sent from another site"),
                "404": fault("What is written about is not there"),
                "408": fault("It took too long"),
                "413": fault("Too large"),
                "415": fault("No JSON"),
                "500": fault("The world outside failed"),
            }}}),
        );
    }
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "Chancery", "version": env!("CARGO_PKG_VERSION"),
            "description": "Questions to a sourced, bitemporal ledger of claims. Rows and names are those of the command line.",
            "license": {"name": "MIT", "identifier": "MIT"}},
        "servers": [{"url": "/"}],
        "security": [{}, {"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {
                "Rows": {"type": "object", "required": ["rows"], "properties": {
                    "rows": {"type": "array", "items": {"type": "object"}},
                    "total": {"type": "integer", "description": "all rows, where they were counted"},
                    "next": {"type": "string", "description": "where more rows are"}}},
                "Problem": {"type": "object", "required": ["title", "status"], "properties": {
                    "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
                    "detail": {"type": "string"}}}}}
    });
    Json(document).into_response()
}

fn schema(kind: &str) -> Value {
    match kind {
        "date" => json!({"type": "string", "format": "date"}),
        "depth" => json!({"type": "integer", "minimum": 1, "maximum": 6}),
        "limit" => json!({"type": "integer", "minimum": 1, "maximum": LIMIT}),
        "offset" => json!({"type": "integer", "minimum": 0, "maximum": 1_000_000_000}),
        "format" => json!({"type": "string", "enum": ["json", "jsonl", "csv"]}),
        "of" => json!({"type": "string", "enum": ["world", "knowledge"]}),
        "yesno" => json!({"type": "string", "enum": ["yes", "no"]}),
        "modality" => json!({"type": "string", "enum": Modality::ALL.iter().map(|m| m.as_str()).collect::<Vec<_>>()}),
        "verdict" => json!({"type": "string", "enum": ["accept", "reject", "correct", "open"]}),
        "act" => json!({"type": "string", "enum": ["merge", "split", "alias", "retype", "undo"]}),
        _ => json!({"type": "string"}),
    }
}
