//! Small things in words.
use super::Table;
use chancery_core::ask::{Answer, PartyRef, View};
use serde_json::{Map, Value};

/// "of government, degree de_jure".
pub fn value(m: &Map<String, Value>) -> String {
    let one = |(k, v): (&String, &Value)| match v {
        Value::String(s) => format!("{k} {s}"),
        Value::Bool(true) => k.clone(),
        v => format!("{k} {v}"),
    };
    m.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// EDTF, or a dash.
pub fn when(edtf: &str) -> String {
    if edtf.is_empty() { "–".into() } else { edtf.to_string() }
}

/// The name; how it is tied to what was asked for goes below the table.
pub fn party(t: &mut Table, p: &PartyRef) -> String {
    if let Some(r) = &p.relation {
        t.note(format!("{}: {r}", p.label));
    }
    p.label.clone()
}

/// "1991 to 1997", "since 1991", "until 1997".
pub fn span(since: Option<&str>, until: Option<&str>) -> String {
    match (since, until) {
        (Some(a), Some(b)) => format!("{a} to {b}"),
        (Some(a), None) => a.to_string(),
        (None, Some(b)) => format!("until {b}"),
        (None, None) => "–".into(),
    }
}

/// What each voice says of a disputed answer, below the table: "Wire: yes, 2025-04-17".
pub fn sides(t: &mut Table, what: &str, views: &[View]) {
    for v in views {
        let voice = if v.by == "author" { v.publisher.as_deref().unwrap_or(&v.by) } else { &v.by };
        let told = value(&v.value);
        let parts = [v.answer.as_str(), told.as_str(), v.when.as_str()];
        let told = parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ");
        t.note(format!("disputed: {what}: {voice} says {told}"));
    }
}

/// The answer, marked where it is disputed.
pub fn answer(a: Answer, conflict: bool) -> String {
    if conflict { format!("{} (disputed)", a.as_str()) } else { a.as_str().to_string() }
}
