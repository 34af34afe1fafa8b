//! Which address leads where.
use crate::app::{App, Upload};
use crate::asked::{Asked, address};
use crate::desk::{Asking, Trouble};
use crate::draw::Picture;
use crate::guard::{self, Gate};
use crate::{acts, api, pages};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::http::{StatusCode, Uri, header};
use axum::middleware;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use std::net::SocketAddr;
use std::sync::Arc;

type Here = State<Arc<App>>;

/// The largest form or API call, in bytes; an upload and what a form needs around it.
const FORM: usize = 64 * 1024;
const UPLOAD: usize = acts::LARGEST * 3 + FORM;

/// All of it, for visitors of this address.
pub fn routes(app: Arc<App>, at: SocketAddr) -> Router {
    let page = |p: Show| get(move |app: Here, uri: Uri| show(app, uri, p));
    let picture = |p: Draw| get(move |app: Here, uri: Uri| drawn(app, uri, p));
    let gate = Gate { app: app.clone(), at };
    Router::new()
        .route("/", page(pages::home))
        .route("/pair", page(pages::pair))
        .route("/matrix", page(pages::matrix))
        .route("/network", page(pages::network))
        .route("/map", page(pages::map))
        .route("/actor", page(pages::actor))
        .route("/document", page(pages::document))
        .route("/documents", page(pages::documents))
        .route("/claim", page(pages::claim))
        .route("/conflicts", page(pages::conflicts))
        .route("/changes", page(pages::changes))
        .route("/timeline", page(pages::timeline_page))
        .route("/add", page(|app, _, asked| pages::add(app, asked)).post(add))
        .route("/pair.svg", picture(pages::pair_svg))
        .route("/matrix.svg", picture(pages::matrix_svg))
        .route("/network.svg", picture(pages::network_svg))
        .route("/map.svg", picture(pages::map_svg))
        .route("/review", post(|app: Here, body: Bytes| form(app, body, |app, a| acts::review(app, a).map(drop))))
        .route("/resolve", post(|app: Here, body: Bytes| form(app, body, |app, a| acts::resolve(app, a).map(drop))))
        .route("/identity", post(|app: Here, body: Bytes| form(app, body, |app, a| acts::identity(app, a).map(drop))))
        .route("/login", get(|app: Here| async move { pages::login(&app, "") }).post(login))
        .route("/api/v1/openapi.json", get(api::openapi).fallback(api::wrong_method))
        .route("/api/v1/{name}", get(api::question).post(api::write).fallback(api::wrong_method))
        .route("/api/{*rest}", get(api::unknown).fallback(api::unknown))
        .route(
            "/style.css",
            file(
                "text/css; charset=utf-8",
                concat!(include_str!("../assets/draw.css"), include_str!("../assets/style.css")),
            ),
        )
        .route("/app.js", file("text/javascript; charset=utf-8", include_str!("../assets/app.js")))
        .route("/icon.svg", file("image/svg+xml", include_str!("../assets/icon.svg")))
        .fallback(nowhere)
        .layer(DefaultBodyLimit::max(UPLOAD))
        .layer(middleware::from_fn_with_state(gate, guard::guard))
        .with_state(app)
}

type Show = fn(&App, &Asking, &Asked) -> Result<String, Trouble>;
type Draw = fn(&App, &Asking, &Asked) -> Result<Picture, Trouble>;

/// A file that is part of the program.
fn file(kind: &'static str, text: &'static str) -> axum::routing::MethodRouter<Arc<App>> {
    get(move || async move { ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "private, max-age=3600")], text) })
}

/// The parameters; a date slider without JavaScript sends a month, which becomes a date in the address.
fn parameters(uri: &Uri) -> Result<Asked, Redirect> {
    let mut asked = Asked::parse(uri.query().unwrap_or_default());
    let slid = asked.0.remove("slide").and_then(|m| m.parse().ok()).and_then(pages::slid);
    let Some(day) = slid else { return Ok(asked) };
    asked.0.insert("at".into(), day.to_string());
    let all: Vec<(&str, &str)> = asked.0.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    Err(Redirect::to(&address(uri.path(), &all)))
}

async fn show(State(app): Here, uri: Uri, page: Show) -> Response {
    let asked = match parameters(&uri) {
        Ok(a) => a,
        Err(elsewhere) => return elsewhere.into_response(),
    };
    let here = app.clone();
    let known = asked.known();
    let made = work(move || {
        // What is asked wrongly is told before the ledger is asked at all.
        let known = known?;
        here.ask(known, |asking| page(&here, asking, &asked))
    });
    match made.await {
        Ok(text) => Html(text).into_response(),
        Err(t) => failure(&app, &t),
    }
}

async fn drawn(State(app): Here, uri: Uri, picture: Draw) -> Response {
    let asked = Asked::parse(uri.query().unwrap_or_default());
    let here = app.clone();
    match work(move || here.ask(asked.known()?, |asking| picture(&here, asking, &asked))).await {
        Ok(p) => ([(header::CONTENT_TYPE, "image/svg+xml")], p.alone()).into_response(),
        Err(t) => failure(&app, &t),
    }
}

/// Work that waits for the disk, off the threads that serve.
async fn work<T: Send + 'static>(f: impl FnOnce() -> Result<T, Trouble> + Send + 'static) -> Result<T, Trouble> {
    let done = tokio::task::spawn_blocking(f).await;
    done.unwrap_or_else(|_| Err(Trouble::World("answering failed inside the program; please report it".into())))
}

fn failure(app: &App, t: &Trouble) -> Response {
    (t.status(), pages::failed(app, t.status(), &t.to_string())).into_response()
}

async fn nowhere(State(app): Here) -> Response {
    let what = "there is no such page";
    (StatusCode::NOT_FOUND, pages::failed(&app, StatusCode::NOT_FOUND, what)).into_response()
}

/// Is this a form of these pages?
fn ours(app: &App, asked: &Asked) -> Result<(), Box<Response>> {
    if guard::equal(&asked.text("csrf"), &app.token) {
        return Ok(());
    }
    let what = "this form is from before the last start, or from another site: open the page again and send it anew";
    Err(Box::new((StatusCode::FORBIDDEN, pages::failed(app, StatusCode::FORBIDDEN, what)).into_response()))
}

/// Back to the page the form stood on; never to another site.
fn back(asked: &Asked) -> Redirect {
    let to =
        asked.get("back").filter(|b| b.starts_with('/') && !b.starts_with("//") && !b.contains(['\\', '\n', '\r']));
    Redirect::to(to.unwrap_or("/"))
}

async fn form(State(app): Here, body: Bytes, act: fn(&App, &Asked) -> Result<(), Trouble>) -> Response {
    if body.len() > FORM {
        return failure_of_size(&app);
    }
    let asked = Asked::parse(&String::from_utf8_lossy(&body));
    if let Err(r) = ours(&app, &asked) {
        return *r;
    }
    let (here, what) = (app.clone(), asked.clone());
    match work(move || act(&here, &what)).await {
        Ok(()) => back(&asked).into_response(),
        Err(t) => failure(&app, &t),
    }
}

fn failure_of_size(app: &App) -> Response {
    let status = StatusCode::PAYLOAD_TOO_LARGE;
    (status, pages::failed(app, status, "this is larger than these pages take")).into_response()
}

/// A text, pasted or uploaded.
async fn add(State(app): Here, multipart: Result<Multipart, axum::extract::multipart::MultipartRejection>) -> Response {
    let Ok(mut multipart) = multipart else {
        return failure(&app, &Trouble::Input("send the form of the page".into()));
    };
    let (mut asked, mut bytes) = (Asked::default(), Vec::new());
    loop {
        let field = match multipart.next_field().await {
            Ok(Some(f)) => f,
            Ok(None) => break,
            Err(e) if e.status() == StatusCode::PAYLOAD_TOO_LARGE => return failure_of_size(&app),
            Err(e) => return failure(&app, &Trouble::Input(format!("the form came broken: {e}"))),
        };
        let name = field.name().unwrap_or_default().to_string();
        let data = match field.bytes().await {
            Ok(d) => d,
            Err(e) if e.status() == StatusCode::PAYLOAD_TOO_LARGE => return failure_of_size(&app),
            Err(e) => return failure(&app, &Trouble::Input(format!("the form came broken: {e}"))),
        };
        match name.as_str() {
            // Only the bytes count: the name of a file is a visitor's, and opens nothing here.
            "file" if !data.is_empty() => bytes = data.to_vec(),
            "file" => {}
            name => drop(asked.0.insert(name.to_string(), String::from_utf8_lossy(&data).trim().to_string())),
        }
    }
    if let Err(r) = ours(&app, &asked) {
        return *r;
    }
    let mut upload = acts::upload(&asked);
    if !bytes.is_empty() {
        upload = Upload { bytes, ..upload };
    }
    match acts::read(&app, upload).await {
        Ok(ids) => match ids.as_slice() {
            [id] => Redirect::to(&address("/document", &[("id", id)])).into_response(),
            _ => Redirect::to("/documents").into_response(),
        },
        Err(t) => failure(&app, &t),
    }
}

/// The access token, once for a browser.
async fn login(State(app): Here, body: Bytes) -> Response {
    let asked = Asked::parse(&String::from_utf8_lossy(&body));
    match &app.access {
        Some(secret) if guard::equal(&asked.text("token"), secret) => {
            let cookie = format!("chancery={}; Path=/; HttpOnly; SameSite=Strict", guard::pass(secret));
            ([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response()
        }
        Some(_) => {
            // Guessing shall be slow.
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
            (StatusCode::UNAUTHORIZED, pages::login(&app, "this is not the access token")).into_response()
        }
        None => Redirect::to("/").into_response(),
    }
}
