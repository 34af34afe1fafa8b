//! Rulers whose name a government bears: "the regime of Bashar al-Assad", "the fall of Bashar al-Assad's government".
use super::parties::Cast;
use super::titles::Titled;
use crate::resolve::{ActorIx, Kind, Mention, Via, Who};

const RULE: &[&str] = &["regime", "government", "administration", "dictatorship", "junta", "cabinet"];
const FALLS: &[&str] = &["fall", "collapse", "crumble", "topple", "overthrow", "oust", "depose"];
const FALL: &[&str] = &["fall", "collapse", "overthrow", "toppling", "downfall", "ouster", "demise", "end", "ousting"];

/// Whoever a government that the registry knows is called after, by the full name, rules its state, or did so until it fell.
pub fn of_regimes(cast: &Cast) -> Vec<Titled> {
    let mut out: Vec<Titled> = Vec::new();
    for m in cast.resolved.mentions.iter().filter(|m| m.via == Via::Name && m.tokens.len() > 2) {
        let Who::Known(ix) = m.who else { continue };
        let rule = cast.actors.actor(ix);
        if rule.kind != Kind::Government {
            continue;
        }
        let Some(state) = rule.country.as_deref().and_then(|c| cast.actors.by_id(c)) else { continue };
        let Some(person) = ruler_in(cast, m, rule.country.as_deref()) else { continue };
        let party = cast.party(person);
        if out.iter().any(|o| o.person.id == party.id) {
            continue;
        }
        let of = cast.party(state);
        let former = falls(cast, m.head);
        out.push(Titled { mention: m.clone(), person: party, of, title: "leader".into(), former, guessed: true });
    }
    out
}

/// The person of whose full name the government's is made.
fn ruler_in(cast: &Cast, m: &Mention, country: Option<&str>) -> Option<ActorIx> {
    let said = cast.tree.doc.span_text(m.tokens.clone()).replace('\u{2019}', "'");
    let said = said.strip_prefix("the ").unwrap_or(&said);
    let name = RULE.iter().find_map(|w| {
        let before = said.strip_prefix(w).and_then(|s| s.strip_prefix(" of "));
        let behind = said.strip_suffix(w).map(str::trim_end).map(|s| s.strip_suffix("'s").unwrap_or(s));
        before.or(behind)
    })?;
    if !name.contains(' ') {
        return None;
    }
    let person = |ix: &ActorIx| {
        let a = cast.actors.actor(*ix);
        a.kind == Kind::Person && a.country.as_deref() == country
    };
    cast.actors.find(name).into_iter().map(|(ix, _)| ix).find(person)
}

/// "The regime fell", "the fall of the regime", "rebels toppled the regime".
fn falls(cast: &Cast, rule: usize) -> bool {
    let t = cast.tree;
    let up = t.head(rule);
    match t.dep(rule) {
        "nsubj" | "nsubjpass" | "dobj" => FALLS.contains(&t.lemma(up)),
        "pobj" => t.lemma(up) == "of" && FALL.contains(&t.lemma(t.head(up))),
        "poss" => FALL.contains(&t.lemma(up)),
        _ => false,
    }
}
