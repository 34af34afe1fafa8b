//! Documents as JSON: `{"id", "text", "published", "title", "publisher", "url" | "uri"}`, one a line,
//! or one object, or an array of them. Only `text` is needed; other keys are passed over.
use chancery_core::{Finding, Level};
use serde_json::{Map, Value};

use super::Draft;

/// How to write a document as JSON, for hints.
const SHAPE: &str = r#"write {"id": "...", "text": "...", "published": "2025-07-03", "publisher": "..."}"#;

/// The document that one JSON value is, or the finding that it is none; warnings go to `findings`.
pub(super) fn document(value: Value, place: &str, findings: &mut Vec<Finding>) -> Result<Draft, Finding> {
    let Value::Object(mut fields) = value else {
        return Err(Finding::new(Level::Error, place, format!("{} is no document", kind(&value)), SHAPE));
    };
    let text = match fields.remove("text") {
        Some(Value::String(text)) => text,
        Some(Value::Null) | None => {
            let keys: Vec<&str> = fields.keys().map(String::as_str).take(8).collect();
            let hint = match keys.iter().find(|k| ["body", "content", "article", "maintext", "full_text"].contains(k)) {
                Some(key) => format!("rename {key:?} to \"text\""),
                None => SHAPE.to_string(),
            };
            let has = if keys.is_empty() { "it has no fields".into() } else { format!("it has {}", keys.join(", ")) };
            return Err(Finding::new(Level::Error, place, format!("a document without \"text\": {has}"), hint));
        }
        Some(other) => {
            let message = format!("\"text\" is {}, not a string", kind(&other));
            return Err(Finding::new(Level::Error, place, message, SHAPE));
        }
    };
    let mut field = |name: &str| string(&mut fields, name, place, findings);
    Ok(Draft {
        id: field("id"),
        text,
        title: field("title"),
        published: field("published"),
        publisher: field("publisher"),
        uri: field("uri").or_else(|| field("url")),
    })
}

/// A field as a string; a number stands for itself, anything else is reported and left out.
fn string(fields: &mut Map<String, Value>, name: &str, place: &str, findings: &mut Vec<Finding>) -> Option<String> {
    match fields.remove(name)? {
        Value::Null => None,
        Value::String(s) => Some(s).filter(|s| !s.trim().is_empty()),
        Value::Number(n) => Some(n.to_string()),
        other => {
            let message = format!("{name:?} is {}, not a string: left out", kind(&other));
            findings.push(Finding::new(Level::Warning, place, message, format!("write {name:?} in quotes")));
            None
        }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// What is wrong with a piece of JSON, without serde's own line and column.
pub(super) fn malformed(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(m, _)| m);
    match message {
        "recursion limit exceeded" => "malformed JSON: nested deeper than 128 levels".into(),
        m => format!("malformed JSON: {m}"),
    }
}
