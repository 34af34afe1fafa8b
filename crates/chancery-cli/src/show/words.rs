//! Small things in words.
use super::Table;
use chancery_core::ask::{Answer, PartyRef, View};
pub use chancery_web::words::{span, value, when};

/// The name; how it is tied to what was asked for goes below the table.
pub fn party(t: &mut Table, p: &PartyRef) -> String {
    if let Some(r) = &p.relation {
        t.note(format!("{}: {r}", p.label));
    }
    p.label.clone()
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
