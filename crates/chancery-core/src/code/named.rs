//! What else a party of a claim is called, in the document and in the registry.
use super::parties::{Cast, clean};
use crate::resolve::{Kind, Via, Who};
use crate::values::{By, Claim, Party};
use std::collections::HashMap;

/// The most names told of a party.
const MOST: usize = 24;

/// Writes into each party the other names that it goes by, so that a list of one's own can be matched without the
/// registry.
pub fn name_all(cast: &Cast, claims: &mut [Claim]) {
    let told = names_told(cast);
    for c in claims {
        let by = match &mut c.by {
            By::Speaker(p) => Some(p),
            By::Author => None,
        };
        for p in c.subject.iter_mut().chain(c.object.iter_mut()).chain(by) {
            p.names = names(cast, p, &told);
        }
    }
}

/// By id, the names by which the document calls whom the registry knows.
fn names_told<'c>(cast: &Cast<'c>) -> HashMap<&'c str, Vec<String>> {
    let mut told: HashMap<&'c str, Vec<String>> = HashMap::new();
    for m in cast.resolved.mentions.iter().filter(|m| m.via == Via::Name && !m.tokens.is_empty()) {
        if let Who::Known(ix) = m.who {
            let name = clean(cast.tree.doc.span_text(cast.name_in(m)));
            told.entry(&cast.actors.actor(ix).id).or_default().push(name);
        }
    }
    told
}

fn names(cast: &Cast, p: &Party, told: &HashMap<&str, Vec<String>>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut note = |name: &str| {
        let new = !name.is_empty() && name != p.label && name != p.mention && out.len() < MOST;
        if new && !out.iter().any(|o| o == name) {
            out.push(name.to_owned());
        }
    };
    if let Some((plain, _)) = p.label.rsplit_once(" (") {
        note(plain);
    }
    for own in [&p.mention, &p.label] {
        bare(own).for_each(&mut note);
    }
    for name in told.get(p.id.as_str()).into_iter().flatten() {
        note(name);
    }
    if let Some(ix) = cast.actors.by_id(&p.id) {
        let a = cast.actors.actor(ix);
        if a.kind != Kind::State {
            a.names.iter().chain(&a.acronyms).for_each(|n| note(n));
        }
    }
    out
}

/// A phrase without what stands before its name ("Britain's Labour Party", "pro-Kurdish Peoples' Democratic Party") and
/// without what hangs on its noun ("consular building of the embassy").
fn bare(phrase: &str) -> impl Iterator<Item = &str> {
    const HANGS: &[&str] = &[" of ", " in ", " from ", " for ", " with ", " near ", " at ", " on "];
    let name = phrase.match_indices(' ').map(|(i, _)| &phrase[i + 1..]).find(|rest| {
        let before = phrase[..phrase.len() - rest.len()].trim_end();
        let owner = ["'s", "\u{2019}s", "s'", "s\u{2019}"].iter().any(|m| before.ends_with(m));
        let upper = |s: &str| s.chars().next().is_some_and(char::is_uppercase);
        owner || upper(rest) && before.split(' ').all(|w| !upper(w))
    });
    // a noun phrase, not "Ministry of Defence"
    let unnamed = phrase.split(' ').next().is_some_and(|w| !w.starts_with(char::is_uppercase));
    let noun = HANGS.iter().filter(|_| unnamed).filter_map(|h| phrase.find(h)).min().map(|i| &phrase[..i]);
    name.into_iter().chain(noun)
}
