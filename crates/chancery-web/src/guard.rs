//! Who may come in, and what a browser may do with what goes out.
use crate::app::App;
use crate::pages;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// How long an answer may take, the reading of the request included.
const ANSWER: Duration = Duration::from_secs(60);

/// The state, and where it listens.
#[derive(Clone)]
pub struct Gate {
    pub app: Arc<App>,
    pub at: SocketAddr,
}

/// Only what these pages bring along is run, shown or sent to.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
                      form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
/// A picture as a file has its style inside.
const PICTURE: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/// Refuses what comes from elsewhere, times out what takes too long, and marks what goes out.
pub async fn guard(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let mut response = match refuse(&gate, &request) {
        Some((status, what)) => refusal(&gate.app, status, what, api),
        None => match tokio::time::timeout(ANSWER, next.run(request)).await {
            Ok(r) => r,
            Err(_) => refusal(&gate.app, StatusCode::REQUEST_TIMEOUT, "this took too long and was given up", api),
        },
    };
    let headers = response.headers_mut();
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let policy = if kind.starts_with("image/svg") { PICTURE } else { POLICY };
    let cached = headers.contains_key(header::CACHE_CONTROL);
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    if !cached {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// Why a request is not let in.
fn refuse(gate: &Gate, request: &Request<Body>) -> Option<(StatusCode, &'static str)> {
    let headers = request.headers();
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    // A name of another site that leads here is a trick to read what only this machine may see.
    if gate.at.ip().is_loopback() && !is_local(host) {
        return Some((StatusCode::MISDIRECTED_REQUEST, "these pages go by the name localhost or 127.0.0.1 only"));
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        if !same_origin(headers, host) {
            return Some((StatusCode::FORBIDDEN, "what is written must come from these pages, not from another site"));
        }
        if gate.app.read_only && request.uri().path() != "/login" {
            return Some((StatusCode::FORBIDDEN, "this ledger is shown for reading only"));
        }
    }
    let open = matches!(request.uri().path(), "/login" | "/style.css" | "/app.js" | "/icon.svg");
    match &gate.app.access {
        Some(secret) if !open && !knows(headers, secret) => {
            Some((StatusCode::UNAUTHORIZED, "an access token is needed: log in, or send it as a bearer token"))
        }
        _ => None,
    }
}

fn is_local(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Browsers say from where a form was sent; what says nothing is no browser.
fn same_origin(headers: &HeaderMap, host: &str) -> bool {
    let text = |name: &str| headers.get(name).map(|v| v.to_str().unwrap_or("?"));
    let site = text("sec-fetch-site").is_none_or(|s| matches!(s, "same-origin" | "none"));
    let origin = text("origin").is_none_or(|o| {
        o.strip_prefix("http://").or_else(|| o.strip_prefix("https://")).is_some_and(|o| o.eq_ignore_ascii_case(host))
    });
    site && origin
}

/// What a browser that logged in brings along: not the secret itself.
pub fn pass(secret: &str) -> String {
    Sha256::digest(format!("chancery pass {secret}")).iter().map(|b| format!("{b:02x}")).collect()
}

/// Compared in a time that tells nothing of where they differ.
pub fn equal(a: &str, b: &str) -> bool {
    let (a, b) = (Sha256::digest(a), Sha256::digest(b));
    a.iter().zip(b.iter()).fold(0, |acc, (x, y)| acc | (x ^ y)) == 0
}

fn knows(headers: &HeaderMap, secret: &str) -> bool {
    let text = |name| headers.get(name).and_then(|v: &HeaderValue| v.to_str().ok());
    if let Some(given) = text(header::AUTHORIZATION).and_then(|v| v.strip_prefix("Bearer ")) {
        return equal(given, secret);
    }
    let cookies = text(header::COOKIE).unwrap_or_default().split(';');
    cookies.filter_map(|c| c.trim().strip_prefix("chancery=")).any(|c| equal(c, &pass(secret)))
}

fn refusal(app: &App, status: StatusCode, what: &str, api: bool) -> Response {
    if api {
        return crate::api::problem(status, what);
    }
    if status == StatusCode::UNAUTHORIZED {
        return (status, pages::login(app, "")).into_response();
    }
    (status, pages::failed(app, status, what)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine() {
        for host in ["localhost", "LOCALHOST:7878", "127.0.0.1:7878", "[::1]:7878", "127.9.9.9"] {
            assert!(is_local(host), "{host}");
        }
        for host in ["", "example.org", "localhost.example.org", "10.0.0.1:7878", "[fe80::1]", "127.0.0.1.example.org"]
        {
            assert!(!is_local(host), "{host}");
        }
    }

    #[test]
    fn only_forms_of_this_origin() {
        let check = |pairs: &[(&'static str, &'static str)]| {
            let headers = pairs.iter().map(|(k, v)| (k.parse().unwrap(), HeaderValue::from_static(v))).collect();
            same_origin(&headers, "127.0.0.1:7878")
        };
        assert!(check(&[]));
        assert!(check(&[("origin", "http://127.0.0.1:7878"), ("sec-fetch-site", "same-origin")]));
        assert!(!check(&[("origin", "http://example.org")]));
        assert!(!check(&[("origin", "null")]));
        assert!(!check(&[("origin", "http://127.0.0.1:9999")]));
        assert!(!check(&[("sec-fetch-site", "cross-site")]));
        assert!(!check(&[("sec-fetch-site", "same-site")]));
    }

    #[test]
    fn a_pass_is_not_the_secret() {
        assert!(equal("abc", "abc") && !equal("abc", "abd"));
        assert_ne!(pass("abc"), "abc");
    }
}
