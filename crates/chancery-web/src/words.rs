//! Rows in words: the same on the command line and on pages.
use chancery_core::values::{By, Claim, Modality, Party, Phase, Polarity};
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

/// "1991 to 1997", "since 1991", "until 1997".
pub fn span(since: Option<&str>, until: Option<&str>) -> String {
    match (since, until) {
        (Some(a), Some(b)) => format!("{a} to {b}"),
        (Some(a), None) => a.to_string(),
        (None, Some(b)) => format!("until {b}"),
        (None, None) => "–".into(),
    }
}

/// Enough of an id to name a claim by.
pub fn short(id: &str) -> String {
    id.chars().take(8).collect()
}

/// "recognition begins: Russia → Taliban (of government)".
pub fn sentence(c: &Claim) -> String {
    let party = |p: &Option<Party>| p.as_ref().map_or("?".to_string(), |p| p.label.clone());
    let mut parties = party(&c.subject);
    if c.object.is_some() {
        parties = format!("{parties} → {}", party(&c.object));
    }
    let value = value(&c.value);
    let value = if value.is_empty() { value } else { format!(" ({value})") };
    format!("{}: {parties}{value}", deed(&c.predicate, c.phase, c.modality, c.polarity))
}

/// "not recognition", "possible mission begins".
pub fn deed(predicate: &str, phase: Option<Phase>, modality: Modality, polarity: Polarity) -> String {
    let mut s = String::new();
    if modality != Modality::Asserted {
        s = format!("{modality} ");
    }
    if polarity == Polarity::No {
        s += "no ";
    }
    s += predicate;
    match phase {
        Some(Phase::Begins) => s += " begins",
        Some(Phase::Ends) => s += " ends",
        _ => {}
    }
    s
}

/// Whose voice it is: the speaker, else the publisher.
pub fn says(c: &Claim, publisher: Option<&str>) -> String {
    match &c.by {
        By::Author => publisher.unwrap_or("author").to_string(),
        By::Speaker(p) => p.label.clone(),
    }
}

/// Words of a text without its line breaks.
pub fn one_line(s: &str) -> String {
    s.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many things, in words: "1 claim", "2 claims".
pub fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// Positions of a conflict as A, B, C ...
pub fn letter(n: usize) -> String {
    match u8::try_from(n) {
        Ok(n) if n < 26 => char::from(b'A' + n).to_string(),
        _ => (n + 1).to_string(),
    }
}
