//! The pages and the API as a browser or a program meets them: what they show, what they refuse, and that what a ledger
//! holds is text, whatever it looks like.
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use chancery_core::knowledge::{DataFiles, Ontology};
use chancery_core::ledger::{Filter, Ledger, Run};
use chancery_core::resolve::{Places, Registry};
use chancery_core::values::{Claim, Party, SourceText};
use chancery_web::{App, Reading, Reads, Settings, Trouble, Upload, routes};
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::Arc;
use tower::ServiceExt;

const EVIL: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

fn source(id: &str, publisher: &str, published: &str, text: &str) -> SourceText {
    SourceText {
        id: id.into(),
        hash: Sha256::digest(text).iter().map(|b| format!("{b:02x}")).collect(),
        text: text.into(),
        title: Some(format!("Title of {id}")),
        publisher: Some(publisher.into()),
        published: Some(published.into()),
        ..SourceText::default()
    }
}

fn party(id: &str, label: &str) -> Party {
    Party {
        id: id.into(),
        label: label.into(),
        mention: label.into(),
        country: None,
        kind: "state".into(),
        names: Vec::new(),
    }
}

fn claim(text: &str, quote: &str, subject: Party, object: Party, when: &str) -> Claim {
    let start = text[..text.find(quote).expect("the quote is in the text")].chars().count() as u32;
    serde_json::from_value(json!({
        "doc": "", "quote": quote, "span": [start, start + quote.chars().count() as u32],
        "family": "standing", "predicate": "recognition", "subject": subject, "object": object,
        "phase": "begins", "polarity": "yes", "modality": "asserted", "by": "author", "when": when,
        "value": {"of": "state"}, "frame": "test", "confidence": 0.5,
    }))
    .expect("a claim")
}

fn run() -> Run {
    Run { program: "test".into(), model: "none".into(), data: "none".into() }
}

/// Serbia recognises Kosovo on a day on which two papers do not agree; and a document that is all markup.
fn ledger(path: &Path) {
    let mut l = Ledger::open(path).expect("a ledger");
    let now: Timestamp = "2025-08-01T00:00:00Z".parse().expect("an instant");
    let (serbia, kosovo) = (party("SRB", "Serbia"), party("XKX", "Kosovo"));
    let first = "Serbia recognised Kosovo on 3 July 2025, officials said.";
    let c = claim(first, "Serbia recognised Kosovo on 3 July 2025", serbia.clone(), kosovo.clone(), "2025-07-03");
    l.record(&run(), &source("first", "Wire", "2025-07-04", first), &[c], now).expect("recorded");
    let second = "Serbia recognised Kosovo on 5 July 2025.";
    let c = claim(second, "Serbia recognised Kosovo on 5 July 2025", serbia, kosovo.clone(), "2025-07-05");
    l.record(&run(), &source("second", "Post", "2025-07-06", second), &[c], now).expect("recorded");
    let third = format!("Then {EVIL} recognised Kosovo.\n\nEnd & out.");
    let c = claim(&third, &format!("{EVIL} recognised Kosovo"), party("~evil", EVIL), kosovo, "2025");
    let mut s = source("third", EVIL, "2025-07-07", &third);
    s.title = Some(EVIL.into());
    l.record(&run(), &s, &[c], now).expect("recorded");
}

/// A reader that makes one claim of any text that begins with "Serbia".
struct Toy;

impl Reads for Toy {
    fn read(&self, upload: Upload) -> Result<Reading, Trouble> {
        let text = String::from_utf8_lossy(&upload.bytes).into_owned();
        let c = claim(&text, "Serbia", party("SRB", "Serbia"), party("XKX", "Kosovo"), "2024");
        Ok((run(), vec![(source("pasted", "Me", "2024-01-01", &text), vec![c])]))
    }
}

struct Site {
    routes: Router,
    path: std::path::PathBuf,
    _dir: tempfile::TempDir,
}

fn site(read_only: bool, access: Option<&str>) -> Site {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("l.sqlite");
    ledger(&path);
    let data = DataFiles::embedded();
    let app = App::new(Settings {
        ledger: path.clone(),
        ontology: Ontology::load(&data).0,
        registry: Registry::load(&data).0,
        places: Places::load(&data).0,
        reader: (!read_only).then(|| Box::new(Toy) as Box<dyn Reads>),
        read_only,
        access: access.map(str::to_string),
        reviewer: "tester".into(),
    })
    .expect("an app");
    Site { routes: routes(Arc::new(app), "127.0.0.1:7878".parse().expect("an address")), path, _dir: dir }
}

struct Got {
    status: StatusCode,
    headers: header::HeaderMap,
    body: String,
}

impl Site {
    async fn send(&self, request: Request<Body>) -> Got {
        let r = self.routes.clone().oneshot(request).await.expect("an answer");
        let (status, headers) = (r.status(), r.headers().clone());
        let bytes = axum::body::to_bytes(r.into_body(), 10 << 20).await.expect("a body");
        Got { status, headers, body: String::from_utf8(bytes.to_vec()).expect("text") }
    }

    async fn get(&self, path: &str) -> Got {
        let request = Request::get(path).header("host", "127.0.0.1:7878");
        self.send(request.body(Body::empty()).expect("a request")).await
    }

    /// As a browser sends a form of these pages, but for the headers given.
    async fn post(&self, path: &str, kind: &str, more: &[(&str, &str)], body: &str) -> Got {
        let mut request = Request::post(path).header("host", "127.0.0.1:7878").header("content-type", kind);
        for (k, v) in more {
            request = request.header(*k, *v);
        }
        self.send(request.body(Body::from(body.to_string())).expect("a request")).await
    }

    async fn token(&self) -> String {
        let page = self.get("/add").await.body;
        let from = page.find("name=\"csrf\" value=\"").expect("a token") + 19;
        page[from..from + 32].trim_end_matches('"').to_string()
    }

    fn claim_of(&self, doc: &str) -> String {
        let l = Ledger::open_read(&self.path).expect("the ledger");
        let rows = l.claims(&Filter { doc: Some(doc.into()), ..Filter::default() }, None).expect("claims");
        rows[0].id.clone()
    }
}

const FORM: &str = "application/x-www-form-urlencoded";
const PAGES: [&str; 17] = [
    "/",
    "/?q=Kosovo",
    "/pair?a=Serbia&b=Kosovo&at=2025-08-01",
    "/pair?a=~evil&b=Kosovo",
    "/matrix",
    "/network?actor=Kosovo&depth=2",
    "/map",
    "/map?actor=Kosovo&events=all&at=2025-08-01",
    "/actor?id=SRB",
    "/actor?id=~evil",
    "/document?id=third",
    "/documents",
    "/conflicts",
    "/changes?since=2020-01-01&until=2026-01-01",
    "/changes?since=2020-01-01&of=knowledge",
    "/timeline",
    "/add",
];

#[tokio::test]
async fn every_page_is_whole_and_safe() {
    let site = site(false, None);
    for path in PAGES {
        let got = site.get(path).await;
        assert_eq!(got.status, StatusCode::OK, "{path}: {}", got.body);
        assert!(got.body.trim_end().ends_with("</html>"), "{path}");
        let policy = got.headers["content-security-policy"].to_str().expect("text");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        // Nothing that a document says becomes markup, in text or in an attribute.
        assert!(
            !got.body.contains("<script>") && !got.body.contains("<img"),
            "{path}: markup of a document came through"
        );
        assert!(!got.body.contains("style=\""), "{path}: the policy forbids styles in attributes");
        for link in got.body.split("href=\"").skip(1).chain(got.body.split("src=\"").skip(1)) {
            assert!(link.starts_with(['/', '#']), "{path}: leads elsewhere: {}", &link[..link.len().min(60)]);
        }
    }
    let words = site.get("/document?id=third").await.body;
    assert!(words.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "the words are shown as they stand: {words}");
}

#[tokio::test]
async fn what_a_page_says() {
    let site = site(false, None);
    let pair = site.get("/pair?a=Serbia&b=Kosovo&at=2025-08-01").await.body;
    for said in ["disputed", "Serbia recognised Kosovo on 3 July 2025", "Post", "2 days apart", "<svg", "/pair.svg?"] {
        assert!(pair.contains(said), "the pair page tells {said}");
    }
    // The day stays in the links.
    assert!(pair.contains("href=\"/matrix?at=2025-08-01\""), "the day of the page goes on");
    let before = site.get("/matrix?at=2025-07-01").await.body;
    assert!(!before.contains("Serbia → Kosovo: yes"), "nothing was recognised yet");
    let after = site.get("/matrix?at=2025-08-01").await.body;
    assert!(after.contains("Serbia → Kosovo: yes"), "and then it was");
    let slid = site.get("/matrix?slide=24306&predicate=recognition").await;
    assert_eq!(slid.headers["location"], "/matrix?at=2025-07-31&predicate=recognition");
    let map = site.get("/map?actor=Kosovo&at=2025-08-01").await.body;
    for said in ["Serbia → Kosovo: yes (of state), disputed; 2 sources", "Borders are those of the map", "<td>SRB</td>"]
    {
        assert!(map.contains(said), "the map tells {said}: {map}");
    }
    let before = site.get("/map?actor=Kosovo&at=2025-07-01").await.body;
    assert!(before.contains("class=\"land\"") && !before.contains("Serbia → Kosovo"), "not yet so");
    let svg = site.get("/map.svg?actor=Kosovo&at=2025-08-01").await;
    assert!(svg.headers["content-type"] == "image/svg+xml" && svg.body.contains("<path class=\"over\""));
    let svg = site.get("/pair.svg?a=Serbia&b=Kosovo").await;
    assert_eq!(svg.headers["content-type"], "image/svg+xml");
    assert!(svg.body.starts_with("<?xml") && svg.body.contains("sources disagree"));
}

#[tokio::test]
async fn the_api_answers_as_the_contract_says() {
    let site = site(false, None);
    let json = |g: &Got| serde_json::from_str::<Value>(&g.body).expect("JSON");
    let status = site.get("/api/v1/status?a=Serbia&b=Kosovo&at=2025-08-01").await;
    let row = &json(&status)["rows"][0];
    assert_eq!((row["predicate"].as_str(), row["answer"].as_str()), (Some("recognition"), Some("yes")));
    assert_eq!((row["conflict"].as_bool(), row["sources"].as_u64()), (Some(true), Some(2)));
    let first = json(&site.get("/api/v1/claims?limit=2").await);
    assert_eq!((first["rows"].as_array().map(Vec::len), first["total"].as_u64()), (Some(2), Some(3)));
    let next = first["next"].as_str().expect("more");
    assert_eq!(json(&site.get(next).await)["rows"].as_array().map(Vec::len), Some(1));
    let csv = site.get("/api/v1/claims?format=csv").await;
    assert!(
        csv.body.starts_with("id,doc,quote,") && csv.headers["content-type"].to_str().unwrap().starts_with("text/csv")
    );
    assert_eq!(site.get("/api/v1/claims?format=jsonl").await.body.lines().count(), 3);
    for (path, status) in [
        ("/api/v1/status?a=Serbia", 400),
        ("/api/v1/status?a=Serbia&b=Kosovo&at=yesterday", 400),
        ("/api/v1/claims?colour=red", 400),
        ("/api/v1/claims?id=ffffffffffff", 404),
        ("/api/v1/document?id=none", 404),
        ("/api/v1/nothing", 404),
        ("/api/v2/claims", 404),
    ] {
        let got = site.get(path).await;
        assert_eq!(got.status.as_u16(), status, "{path}");
        assert_eq!(got.headers["content-type"], "application/problem+json", "{path}");
        assert_eq!(json(&got)["status"], status, "{path}");
    }
    let other = site.post("/api/v1/claims", "application/json", &[], "{}").await;
    assert_eq!((other.status.as_u16(), other.headers["allow"].to_str().unwrap()), (405, "GET, HEAD"));
    assert_eq!(site.get("/api/v1/review").await.headers["allow"], "POST");
    let told = json(&site.get("/api/v1/openapi.json").await);
    assert!(told["paths"]["/api/v1/status"]["get"].is_object());
}

#[tokio::test]
async fn a_timeline_is_had_as_it_is_shown() {
    let site = site(false, None);
    let rows = |g: Got| serde_json::from_str::<Value>(&g.body).expect("JSON")["rows"].as_array().expect("rows").len();
    for (filter, how_many) in [
        ("actor=Kosovo", 3),
        ("actor=Serbia", 2),
        ("actor=Serbia&publisher=Post", 1),
        ("actor=Kosovo&reviewed=no", 3),
        ("reviewed=yes", 0),
    ] {
        let page = site.get(&format!("/timeline?{filter}")).await.body;
        assert_eq!(page.matches("<article").count(), how_many, "{filter}");
        assert!(page.contains("/api/v1/claims?"), "the rows are had as CSV");
        assert_eq!(rows(site.get(&format!("/api/v1/claims?{filter}")).await), how_many, "{filter}");
    }
    let both = site.get("/api/v1/claims?actor=Serbia&object=Kosovo").await;
    assert_eq!(both.status, StatusCode::BAD_REQUEST, "{}", both.body);
    let odd = site.get("/api/v1/claims?reviewed=perhaps").await;
    assert_eq!(odd.status, StatusCode::BAD_REQUEST, "{}", odd.body);
}

#[tokio::test]
async fn a_claim_is_corrected_and_the_pair_changes() {
    let site = site(false, None);
    let (token, id) = (site.token().await, site.claim_of("second"));
    let body = format!("csrf={token}&claim={id}&verdict=correct&when=2025-07-03&back=%2Fdocument%3Fid%3Dsecond");
    let got = site.post("/review", FORM, &[("origin", "http://127.0.0.1:7878")], &body).await;
    assert_eq!((got.status.as_u16(), got.headers["location"].to_str().unwrap()), (303, "/document?id=second"));
    let pair = site.get("/pair?a=Serbia&b=Kosovo&at=2025-08-01").await.body;
    assert!(!pair.contains("days apart") && pair.contains("corrected"), "the two now agree");
    // A form cannot lead its reader to another site.
    let body = format!("csrf={token}&claim={id}&verdict=open&back=%2F%2Fexample.org");
    assert_eq!(site.post("/review", FORM, &[], &body).await.headers["location"], "/");
    let again = site.get("/pair?a=Serbia&b=Kosovo&at=2025-08-01").await.body;
    assert!(again.contains("2 days apart"), "taken back");
}

#[tokio::test]
async fn a_conflict_is_settled_and_a_merge_undone() {
    let site = site(false, None);
    let (token, id) = (site.token().await, site.claim_of("second"));
    site.post("/resolve", FORM, &[], &format!("csrf={token}&claims={id}&policy=latest")).await;
    let page = site.get("/conflicts").await.body;
    assert!(page.contains("settled by review"), "{page}");
    let merge = format!("csrf={token}&act=merge&a=~evil&b=Serbia");
    assert_eq!(site.post("/identity", FORM, &[], &merge).await.status, StatusCode::SEE_OTHER);
    let merged = site.get("/actor?id=SRB").await.body;
    assert!(merged.contains("judged to be the same") && merged.contains("name=\"number\" value=\"1\""));
    site.post("/identity", FORM, &[], &format!("csrf={token}&act=undo&number=1")).await;
    assert!(!site.get("/actor?id=SRB").await.body.contains("judged to be the same"));
}

#[tokio::test]
async fn a_text_is_pasted_and_its_claims_are_seen() {
    let site = site(false, None);
    let token = site.token().await;
    let form = |text: &str| {
        format!(
            "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n\
             --x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n{text}\r\n--x--\r\n"
        )
    };
    let kind = "multipart/form-data; boundary=x";
    let got = site.post("/add", kind, &[], &form("Serbia said so.")).await;
    assert_eq!(got.headers["location"], "/document?id=pasted");
    assert!(site.get("/document?id=pasted").await.body.contains("<mark class=\"m1\" data-claims=\"1\">Serbia</mark>"));
    assert_eq!(site.post("/add", kind, &[], &form(" ")).await.status, StatusCode::BAD_REQUEST);
    let large = site.post("/add", kind, &[], &form(&"x".repeat(2 << 20))).await;
    assert_eq!(large.status, StatusCode::BAD_REQUEST);
    let huge = site.post("/add", kind, &[], &form(&"x".repeat(5 << 20))).await;
    assert_eq!(huge.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn other_sites_write_nothing() {
    let site = site(false, None);
    let (token, id) = (site.token().await, site.claim_of("first"));
    let body = format!("csrf={token}&claim={id}&verdict=reject");
    let json = format!("{{\"claim\":\"{id}\",\"verdict\":\"reject\"}}");
    for more in [("origin", "http://example.org"), ("origin", "null"), ("sec-fetch-site", "cross-site")] {
        assert_eq!(site.post("/review", FORM, &[more], &body).await.status, StatusCode::FORBIDDEN, "{more:?}");
        let api = site.post("/api/v1/review", "application/json", &[more], &json).await;
        assert_eq!(api.status, StatusCode::FORBIDDEN, "{more:?}");
    }
    let without = format!("claim={id}&verdict=reject");
    assert_eq!(site.post("/review", FORM, &[], &without).await.status, StatusCode::FORBIDDEN, "no token");
    let plain = site.post("/api/v1/review", "text/plain", &[], &json).await;
    assert_eq!(plain.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "what a form of any site can send");
    let request = Request::get("/").header("host", "chancery.example.org").body(Body::empty()).expect("a request");
    assert_eq!(site.send(request).await.status, StatusCode::MISDIRECTED_REQUEST, "another name for this machine");
    let l = Ledger::open_read(&site.path).expect("the ledger");
    assert!(l.claims(&Filter::default(), None).expect("claims").iter().all(|c| c.review.is_none()));
    let ours = site.post("/api/v1/review", "application/json", &[], &json).await;
    assert_eq!(ours.status, StatusCode::OK, "{}", ours.body);
}

#[tokio::test]
async fn read_only_cannot_write() {
    let site = site(true, None);
    let before = std::fs::read(&site.path).expect("the file");
    let id = site.claim_of("first");
    for path in PAGES {
        let body = site.get(path).await.body;
        assert!(!body.contains("method=\"post\""), "{path} has no form that writes");
    }
    for (path, kind, body) in [
        ("/review", FORM, format!("claim={id}&verdict=reject")),
        ("/identity", FORM, "act=merge&a=SRB&b=XKX".to_string()),
        ("/api/v1/review", "application/json", format!("{{\"claim\":\"{id}\",\"verdict\":\"reject\"}}")),
        ("/api/v1/read", "application/json", "{\"text\":\"Serbia\"}".to_string()),
    ] {
        assert_eq!(site.post(path, kind, &[], &body).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(std::fs::read(&site.path).expect("the file"), before);
}

#[tokio::test]
async fn with_an_access_token_nobody_else_comes_in() {
    let site = site(false, Some("correct horse"));
    for path in PAGES.iter().chain(&["/api/v1/claims", "/pair.svg?a=SRB&b=XKX"]) {
        assert_eq!(site.get(path).await.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    let ask = |name: &'static str, value: String| {
        Request::get("/api/v1/claims").header("host", "127.0.0.1").header(name, value).body(Body::empty()).expect("ok")
    };
    assert_eq!(site.send(ask("authorization", "Bearer correct horse".into())).await.status, StatusCode::OK);
    assert_eq!(site.send(ask("authorization", "Bearer wrong".into())).await.status, StatusCode::UNAUTHORIZED);
    let wrong = site.post("/login", FORM, &[], "token=wrong").await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    let right = site.post("/login", FORM, &[], "token=correct+horse").await;
    let cookie = right.headers["set-cookie"].to_str().expect("text").to_string();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains("horse"));
    let pass = cookie.split(';').next().expect("a pass").to_string();
    assert_eq!(site.send(ask("cookie", pass)).await.status, StatusCode::OK);
}
