//! Office claims from titles that stand with a name: "Russian President Vladimir Putin", "former minister X".
use super::parties::Cast;
use crate::resolve::{ActorIx, Kind, Mention, Via, Who, slug};
use crate::values::Party;

/// A title borne by a person, as a claim in the making.
pub struct Titled {
    pub mention: Mention,
    pub person: Party,
    pub of: Party,
    pub title: String,
    pub former: bool,
    /// Whose office it is the text does not say: taken from what it speaks of.
    pub guessed: bool,
}

/// Words that make a title an office.
const OFFICES: &[&str] = &[
    "president",
    "minister",
    "premier",
    "chancellor",
    "leader",
    "king",
    "queen",
    "emir",
    "sultan",
    "chief",
    "head",
    "secretary",
    "spokesperson",
    "spokesman",
    "spokeswoman",
    "ambassador",
    "governor",
    "counsellor",
    "counselor",
    "chairman",
    "chairwoman",
    "chair",
    "speaker",
    "commander",
    "envoy",
    "commissioner",
    "prince",
    "taoiseach",
    "ayatollah",
    "director",
    "mayor",
    "senator",
    "consul",
    "representative",
    "attorney",
    "deputy",
    "adviser",
    "advisor",
    "coordinator",
    "prosecutor",
    "judge",
    "monarch",
    "emperor",
    "pope",
    "tsar",
    "czar",
    "negotiator",
    "chargé",
    "d'affaires",
    "counsellor",
    "counselor",
    "ombudsman",
    "boss",
];

/// Those that are a body's, and of no state without a word.
const OF_BODIES: &[&str] = &["director", "negotiator"];

/// Those that people hold for bodies as often as for the state they come from.
const OF_ENVOYS: &[&str] = &["representative", "general", "commissioner", "coordinator"];

/// What stands before the title of one who holds it no more.
const PAST: &[&str] =
    &["former ", "ex-", "then-", "late ", "ousted ", "deposed ", "dismissed ", "sacked ", "toppled ", "overthrown "];

/// Words before a title that make it one of a movement.
const REBELS: &[&str] = &[
    "rebel",
    "militant",
    "guerrilla",
    "separatist",
    "insurgent",
    "militia",
    "jihadist",
    "gang",
    "terrorist",
    "resistance",
];

/// The last word of a title.
fn word_of(title: &str) -> &str {
    title.rsplit([' ', '-']).next().unwrap_or_default()
}

/// Every titled mention of a person whose state or body is known, once per person and title.
pub fn titled(cast: &Cast) -> Vec<Titled> {
    let mut out: Vec<Titled> = Vec::new();
    let mut last_title: Option<String> = None;
    for m in &cast.resolved.mentions {
        let Some(title) = &m.title else { continue };
        if !matches!(m.via, Via::Name | Via::Title) {
            continue;
        }
        // a title that stands beside the name is told by its own words
        let word = title.rsplit([' ', '-']).next().unwrap_or_default();
        let inside = |i: usize| cast.tree.doc.text(i).eq_ignore_ascii_case(word);
        let beside = |o: &Mention| {
            o.via == Via::Title
                && o.who == m.who
                && o.title.as_deref() == Some(title)
                && o.tokens.start != m.tokens.start
        };
        if m.via == Via::Name && !m.tokens.clone().any(inside) && cast.resolved.mentions.iter().any(beside) {
            continue;
        }
        // "his Cambodian counterpart X": the title of the one named before
        let title = match title.to_lowercase().as_str() {
            "counterpart" => match last_title.as_ref() {
                Some(t) => t,
                None => continue,
            },
            // "the Prime Minister's French counterpart, X" is no prime minister
            t if t.ends_with("counterpart") => continue,
            _ => title,
        };
        let last = last_title.insert(title.clone());
        let title = &*last;
        let (mut person, kind) = cast.party_of(&m.who, m);
        if kind != Kind::Person {
            continue;
        }
        // "the deputy commissioner, Kyung-wha Kang": named as the text names him
        if m.via == Via::Title {
            let line = cast.tree.sentence(m.head);
            let name =
                cast.resolved.mentions.iter().find(|o| o.who == m.who && o.via == Via::Name && line.contains(&o.head));
            if let Some(o) = name {
                person.mention = cast.party_of(&o.who, o).0.mention;
            }
        }
        let lower = title.to_lowercase();
        let t = cast.tree;
        // "the prime minister whom the general ousted"
        const LOST: &[&str] = &["oust", "overthrow", "depose", "topple", "sack", "dismiss", "unseat"];
        let lost = |v: usize| {
            t.dep(v) == "relcl"
                && LOST.contains(&t.lemma(v))
                && t.kid(v, &["dobj", "nsubjpass"]).is_some_and(|o| matches!(t.tok(o).tag, "WP" | "WDT"))
        };
        if t.kids(m.head).any(lost) || t.kids(m.head).filter(|k| t.dep(*k) == "appos").any(|k| t.kids(k).any(lost)) {
            continue;
        }
        // "Amrullah Saleh, once vice-president"
        let once = (m.tokens.start.saturating_sub(5)..m.tokens.start)
            .rev()
            .take_while(|i| t.doc.text(*i) != "," && t.sentence_ix(*i) == t.sentence_ix(m.head))
            .chain(m.tokens.clone())
            .any(|i| matches!(t.doc.text(i), "once" | "formerly" | "previously" | "onetime"));
        // "his predecessor as president, X"
        let as_before = t.dep(m.head) == "pobj"
            && t.lemma(t.head(m.head)) == "as"
            && t.lemma(t.head(t.head(m.head))) == "predecessor";
        let former = once || as_before || PAST.iter().any(|p| lower.starts_with(p));
        let bare = PAST.iter().chain(&["acting "]).fold(lower.as_str(), |s, p| s.strip_prefix(p).unwrap_or(s));
        // "the rival of the president" holds nothing
        let post = bare.split(" of ").next().unwrap_or(bare);
        if !post.split([' ', '-']).any(|w| OFFICES.contains(&w)) {
            continue;
        }
        // "the likely next chancellor" holds nothing yet
        const NOT_YET: &[&str] =
            &["next", "future", "likely", "prospective", "would-be", "incoming", "designate", "candidate", "nominee"];
        if bare.split([' ', '-']).any(|w| NOT_YET.contains(&w)) {
            continue;
        }
        // "Would-be president X"
        let start = m.tokens.start;
        let would = |k: usize| {
            t.doc.text(k).eq_ignore_ascii_case("be") && k >= 2 && t.doc.text(k - 2).eq_ignore_ascii_case("would")
        };
        if (start.saturating_sub(2)..m.tokens.end.min(start + 4)).any(would) {
            continue;
        }
        // "the Chief Minister, X": of a province, whatever state the text is about
        if m.of.is_none() && bare.ends_with("chief minister") {
            continue;
        }
        let title = title[title.len() - bare.len()..].to_owned();
        // "their spokeswoman, X": of whom the text does not tell
        let nobodys = |i: usize| {
            matches!(t.doc.text(i), "their" | "its" | "whose")
                && t.dep(i) == "poss"
                && t.lemma(t.head(i)) == word
                && cast.resolved.at(i).is_none()
        };
        let before = m.tokens.start.saturating_sub(2)..m.tokens.end;
        let Some(mut of) = body_of(cast, m) else { continue };
        if m.of.is_none() && before.clone().any(nobodys) {
            continue;
        }
        // "envoy Olusegun Obasanjo": that he is a Nigerian does not make him Nigeria's
        if m.of.is_none()
            && of.kind == "state"
            && let Who::Known(ix) = m.who
            && !names_owner(cast, m)
            && m.country == cast.actors.actor(ix).country
            && OF_ENVOYS.contains(&word_of(bare))
            && !cast.actors.spells(ix).any(|s| cast.actors.actor(s.of).id == of.id && s.title.ends_with(word_of(bare)))
        {
            continue;
        }
        let guessed = m.of.is_none() && m.country.is_none() && of.kind == "state" && !names_owner(cast, m);
        if bare.split([' ', '-']).next_back().is_some_and(|w| OF_BODIES.contains(&w))
            && !t.doc.span_text(m.tokens.clone()).starts_with(char::is_uppercase)
            && m.of.is_none()
        {
            continue;
        }
        // "rebel leader X" leads rebels, not a state: the group last named
        if bare.split([' ', '-']).any(|w| REBELS.contains(&w)) && of.kind == "state" {
            let group =
                cast.resolved.mentions.iter().rev().filter(|o| o.head < m.tokens.start).find_map(|o| match &o.who {
                    Who::Known(ix) if cast.actors.actor(*ix).kind == Kind::Group => Some(cast.party(*ix)),
                    _ => None,
                });
            match group {
                Some(g) => of = g,
                None => continue,
            }
        }
        // "opposition leader X" is no party's leader for that; "a Sikh leader", "the Catalan president" no people's
        if bare.contains("opposition") && matches!(of.kind.as_str(), "party" | "group" | "organization") {
            match m.country.as_deref().and_then(|c| cast.actors.by_id(c)) {
                Some(state) => of = cast.party(state),
                None => continue,
            }
        }
        if let Some(own) = of_chief(cast, m, &out) {
            of = own;
        }
        let leads = |ix: ActorIx| cast.actors.spells(ix).any(|s| cast.actors.actor(s.of).id == of.id);
        if of.kind == "people" && !matches!(m.who, Who::Known(ix) if leads(ix)) {
            continue;
        }
        let told = |o: &Titled| o.person.id == person.id && o.title.eq_ignore_ascii_case(&title);
        if out.iter().any(|o| told(o) && (guessed || o.of.id == of.id)) {
            continue;
        }
        out.push(Titled { mention: m.clone(), person, of, title, former, guessed });
    }
    out
}

/// "Khalifa Haftar's Libyan National Army", "Ahmad Massoud, whose National Resistance Front", "the Macina Brigade of
/// Amadou Koufa": an armed group or party that is a person's is led by that person.
pub fn led(cast: &Cast) -> Vec<Titled> {
    let t = cast.tree;
    let mut out: Vec<Titled> = Vec::new();
    for m in cast.resolved.mentions.iter().filter(|m| m.via == Via::Name && !m.tokens.is_empty()) {
        if !matches!(m.who.kind(cast.actors), Kind::Group | Kind::Party) {
            continue;
        }
        let owner = t.kids(m.head).find_map(|k| match t.dep(k) {
            "poss" => Some(k),
            "prep" if t.lemma(k) == "of" && k + 1 < t.len() => t.kid(k, &["pobj"]).filter(|o| t.tok(*o).pos == "PROPN"),
            _ => None,
        });
        // "the Movement for Democratic Change of Prime Minister X": hung on the last word of the name
        let behind = || {
            let k = Some(m.tokens.end).filter(|k| *k < t.len() && t.doc.text(*k) == "of")?;
            let own = t.dep(k) == "prep" && m.tokens.contains(&t.head(k)) && t.head(k) != m.head;
            t.kid(k, &["pobj"]).filter(|o| own && t.tok(*o).pos == "PROPN")
        };
        let owner = owner.or_else(behind);
        let Some(who) = owner.and_then(|o| cast.resolved.at(o)) else { continue };
        let relative = owner.is_some_and(|o| t.tok(o).tag == "WP$");
        if who.who.kind(cast.actors) != Kind::Person || !who.also.is_empty() || who.via != Via::Name && !relative {
            continue;
        }
        let (person, _) = cast.party_of(&who.who, who);
        let (of, _) = cast.party_of(&m.who, m);
        if out.iter().any(|o| o.person.id == person.id && o.of.id == of.id) {
            continue;
        }
        let mut mention = m.clone();
        mention.tokens.start = mention.tokens.start.min(who.tokens.start);
        mention.tokens.end = mention.tokens.end.max(who.tokens.end);
        out.push(Titled { mention, person, of, title: "leader".into(), former: false, guessed: false });
    }
    out
}

/// "Colombia, under Gustavo Petro, restored relations": whoever a state is under rules it.
pub fn ruling(cast: &Cast) -> Vec<Titled> {
    let t = cast.tree;
    let mut out: Vec<Titled> = Vec::new();
    for i in (0..t.len()).filter(|i| t.doc.text(*i).eq_ignore_ascii_case("under")) {
        let Some(o) = t.kid(i, &["pobj"]) else { continue };
        let Some(who) = cast.resolved.at(o).filter(|m| m.via == Via::Name && m.who.kind(cast.actors) == Kind::Person)
        else {
            continue;
        };
        let opens = t.sentence(i).start == i;
        let beside = match t.doc.text(i.saturating_sub(1)) {
            // "Under X, the group has gone on"
            _ if opens => match t.subject(t.head(i)) {
                Some(s) if s > o => s,
                _ => continue,
            },
            "," => i.saturating_sub(2),
            // "Ecuador, then under X, left"
            "then" if i > 2 && t.doc.text(i - 2) == "," => i - 3,
            _ => i - 1,
        };
        // "the Volta Unity Movement (VUM), under X"
        let beside = match t.doc.text(beside) {
            ")" => (beside.saturating_sub(5)..beside)
                .rev()
                .find(|k| t.doc.text(*k) == "(")
                .map_or(beside, |k| k.saturating_sub(1)),
            _ => beside,
        };
        let Some(state) = cast.resolved.at(beside).filter(|m| m.head == beside) else { continue };
        // "Under Viktor Danko, the Hromada party", "the Volta Unity Movement (VUM), under Kojo Mensah, attacked"
        let Who::Known(ix) = state.who else {
            let body = matches!(state.who.kind(cast.actors), Kind::Group | Kind::Party | Kind::Organization);
            let apart = opens || t.doc.text(i.saturating_sub(1)) == ",";
            if body && apart && state.via == Via::Name && state.tokens.len() > 1 && t.phrase(o).all(|k| k > i) {
                let (person, _) = cast.party_of(&who.who, who);
                let of = cast.party_of(&state.who, state).0;
                let mention = who.clone();
                out.push(Titled { mention, person, of, title: "leader".into(), former: false, guessed: false });
            }
            continue;
        };
        let own = who.country.as_deref().is_none_or(|c| cast.actors.by_id(c) == Some(ix));
        let of_own = match cast.actors.actor(ix).kind {
            // "a mission in Phnom Penh under X" is under its head
            Kind::State => {
                let there = t.dep(beside) == "pobj" && matches!(t.lemma(t.head(beside)), "in" | "at" | "to" | "from");
                own && state.via == Via::Name && !state.place && !there
            }
            Kind::Group | Kind::Party => opens,
            _ => false,
        };
        if !of_own || !t.phrase(o).all(|k| k > i) {
            continue;
        }
        let (person, _) = cast.party_of(&who.who, who);
        let mut mention = who.clone();
        mention.tokens.start = state.tokens.start;
        out.push(Titled { mention, person, of: cast.party(ix), title: "leader".into(), former: false, guessed: false });
    }
    out
}

/// What the office is of: an organisation or group named in the title, else the person's state.
fn body_of(cast: &Cast, m: &Mention) -> Option<Party> {
    let inside = cast.resolved.mentions.iter().find(|o| {
        o.tokens.start >= m.tokens.start
            && o.tokens.end <= m.tokens.end
            && o.head != m.head
            && cast.tree.doc.text((o.head + 1).min(cast.tree.len() - 1)) != "-"
            // "governor of the state" in a text on a federation
            && !(o.via == Via::Role && cast.tree.lemma(o.head) == "state")
            && match &o.who {
                Who::Known(ix) => matches!(
                    cast.actors.actor(*ix).kind,
                    Kind::Organization | Kind::Group | Kind::Party | Kind::Government | Kind::State
                ),
                Who::Unknown { .. } => false,
            }
    });
    // "OFAC Director Andrea Gacki", "State Department spokesman X": the body whose name stands right before the title
    let before = || {
        let t = cast.tree;
        cast.resolved.mentions.iter().find(|o| {
            o.tokens.end == m.tokens.start
                && !o.tokens.is_empty()
                && (t.head(o.head) == m.head || m.tokens.contains(&t.head(o.head)))
                && matches!(t.dep(o.head), "compound" | "nmod" | "amod")
                && matches!(
                    o.who.kind(cast.actors),
                    Kind::Organization | Kind::Group | Kind::Party | Kind::Government | Kind::State
                )
                && match o.via {
                    Via::Name => matches!(o.who, Who::Known(_)) || o.tokens.len() > 1,
                    // "foreign ministry spokesman Geng Shuang": the ministry of his own state
                    Via::Organ => m.country.is_none() || o.country == m.country,
                    Via::Adjective => t.head(o.head) == m.head && t.dep(o.head) == "compound",
                    _ => false,
                }
        })
    };
    // "the Vanuatu Peace Party's leader, X": the party, not the state whose name its own holds
    let whole = |o: &Mention| {
        let name = |w: &&Mention| {
            w.via == Via::Name
                && matches!(w.who, Who::Unknown { kind: Kind::Group | Kind::Party | Kind::Organization, .. })
                && w.tokens.len() > o.tokens.len()
                && w.tokens.start <= o.tokens.start
                && w.tokens.end >= o.tokens.end
                && w.head != m.head
        };
        cast.resolved.mentions.iter().find(name)
    };
    if let Some(w) = inside.and_then(whole).filter(|_| m.of.as_ref().is_none_or(|w| matches!(w, Who::Known(_)))) {
        return Some(cast.party_of(&w.who, w).0);
    }
    let owner = inside.or_else(before);
    // "the mayor of Mogadishu": of the city, whatever else it stands for
    if let Some(o) = owner.filter(|o| o.via == Via::Name && o.who.kind(cast.actors) == Kind::State)
        && m.title.as_deref().is_some_and(|t| t.to_lowercase().contains("mayor"))
        && let Who::Known(ix) = o.who
    {
        let name = cast.tree.doc.span_text(o.tokens.clone());
        let actor = cast.actors.actor(ix);
        if actor.label != name && !actor.names.iter().any(|n| n == name) {
            return Some(Party {
                id: format!("~{}", slug(name)),
                label: name.to_owned(),
                mention: name.to_owned(),
                country: actor.country.clone(),
                kind: "place".into(),
                names: Vec::new(),
            });
        }
    }
    match owner.map(|o| (&o.who, o)) {
        Some((Who::Known(ix), _)) => return Some(cast.party(office_of_rulers(cast, m, *ix).unwrap_or(*ix))),
        // "Volta Unity Movement leader Kojo Mensah"
        Some((Who::Unknown { .. }, o)) if m.of.is_none() => return Some(cast.party_of(&o.who, o).0),
        _ => {}
    }
    // "the bloc's security commissioner, X"
    let told = || {
        let t = cast.tree;
        let owner = t.kids(m.head).find(|k| t.dep(*k) == "poss" && t.tok(*k).pos == "NOUN");
        // "the head of the mission, X", "the speaker of parliament, X"
        let of = || {
            let p = t.kids(m.head).find(|k| t.dep(*k) == "prep" && t.lemma(*k) == "of")?;
            t.kid(p, &["pobj"]).filter(|o| t.tok(*o).pos == "NOUN")
        };
        owner.or_else(of).and_then(|k| cast.resolved.at(k)).filter(|o| {
            let kind = o.who.kind(cast.actors);
            o.also.is_empty()
                && (matches!(kind, Kind::Organization | Kind::Group | Kind::Party)
                    // "the army's chief of staff", "the embassy's chief"
                    || o.via == Via::Organ && matches!(kind, Kind::State | Kind::Government))
        })
    };
    if m.via == Via::Title
        && m.of.is_none()
        && let Some(Who::Known(ix)) = told().map(|o| &o.who)
    {
        return Some(cast.party(*ix));
    }
    // "the High Commissioner for Refugees, X": whose office it is, its name tells
    const OF_UN: &[&str] = &["high commissioner for refugees", "high commissioner for human rights"];
    if let Some(title) = m.title.as_deref().filter(|_| m.of.is_none())
        && OF_UN.iter().any(|o| title.to_lowercase().ends_with(o))
        && let Some(un) = cast.actors.by_id("un")
    {
        return Some(cast.party(un));
    }
    // "President Mapou of New Caledonia", where the office of the title is known
    if let Some(Who::Known(ix)) = m.of.as_ref().filter(|w| w.kind(cast.actors) != Kind::Person) {
        return Some(cast.party(office_of_rulers(cast, m, *ix).unwrap_or(*ix)));
    }
    // "the deputy leader of the Volta Front", of whom no register knows
    if let Some(w @ Who::Unknown { kind: Kind::Group | Kind::Party | Kind::Organization, .. }) = &m.of {
        let named = cast.resolved.mentions.iter().find(|o| o.who == *w && o.via == Via::Name);
        return named.map(|o| cast.party_of(&o.who, o).0);
    }
    // "the premier of Malaita", "Jubaland, whose president, X": of a region that no register has
    if let Some(Who::Unknown { name, kind: Kind::Place | Kind::Other }) = &m.of {
        let id = format!("~{}", slug(name));
        return Some(Party {
            id,
            label: name.clone(),
            mention: name.clone(),
            country: m.country.clone(),
            kind: "place".into(),
            names: Vec::new(),
        });
    }
    if let Some(body) = unnamed_body(cast, m) {
        return Some(body);
    }
    m.country.as_deref().and_then(|c| cast.actors.by_id(c)).or_else(|| spoken_of(cast, m)).map(|ix| cast.party(ix))
}

/// "the head of the team, Patrick Cammaert": of the team, which nobody names, not of the state that he comes from.
fn unnamed_body(cast: &Cast, m: &Mention) -> Option<Party> {
    const BODIES: &[&str] = &["team", "commission", "committee", "panel", "tribunal", "board", "taskforce"];
    let t = cast.tree;
    if m.via != Via::Title || m.of.is_some() {
        return None;
    }
    let p = t.kids(m.head).find(|k| t.dep(*k) == "prep" && t.lemma(*k) == "of")?;
    let o = t.kid(p, &["pobj"]).filter(|o| BODIES.contains(&t.lemma(*o)) && t.tok(*o).tag == "NN")?;
    if cast.resolved.at(o).is_some() {
        return None;
    }
    let first = (p + 1..o).rev().take_while(|k| t.head(*k) == o && matches!(t.dep(*k), "compound" | "amod")).last();
    let name = t.doc.span_text(first.unwrap_or(o)..o + 1);
    Some(Party {
        id: format!("~{}", slug(name)),
        label: name.to_owned(),
        mention: name.to_owned(),
        country: None,
        kind: "organization".into(),
        names: Vec::new(),
    })
}

/// "Misuari leads the Front ... his deputy, Salamat Hashim": a deputy serves where the one whose deputy he is holds office.
fn of_chief(cast: &Cast, m: &Mention, told: &[Titled]) -> Option<Party> {
    let t = cast.tree;
    if m.of.is_some() && m.via == Via::Name
        || !matches!(word_of(&m.title.as_deref()?.to_lowercase()), "deputy" | "successor")
    {
        return None;
    }
    let chief = t.kids(m.head).find(|k| t.dep(*k) == "poss").and_then(|k| cast.resolved.at(k))?;
    if chief.who.kind(cast.actors) != Kind::Person || chief.who == m.who {
        return None;
    }
    let (party, _) = cast.party_of(&chief.who, chief);
    if let Some(post) = told.iter().rev().find(|o| o.person.id == party.id && !o.former) {
        return Some(post.of.clone());
    }
    let Who::Known(ix) = chief.who else { return None };
    let mut seats = cast.actors.spells(ix).map(|s| s.of);
    let first = seats.next()?;
    let group = matches!(cast.actors.actor(first).kind, Kind::Group | Kind::Party);
    (group && seats.all(|s| s == first)).then(|| cast.party(first))
}

/// Does the title hold a state's or a body's name?
fn names_owner(cast: &Cast, m: &Mention) -> bool {
    cast.resolved.mentions.iter().any(|o| {
        o.head != m.head
            && o.tokens.end >= m.tokens.start
            && o.tokens.start >= m.tokens.start.saturating_sub(1)
            && o.tokens.end <= m.tokens.end
    })
}

/// "Information Minister Osman Dubbe said", without a word of whose minister he is: of the state that the sentence speaks
/// of, else of the one before's subject.
fn spoken_of(cast: &Cast, m: &Mention) -> Option<ActorIx> {
    const OF_STATE: &[&str] = &[
        "minister",
        "president",
        "premier",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "chancellor",
        "king",
        "ambassador",
        "commissioner",
        "envoy",
        "speaker",
        "justice",
        "ombudsman",
        "chargé",
        "charge",
    ];
    let t = cast.tree;
    let title = m.title.as_deref()?.to_lowercase();
    if !title.split([' ', '-']).any(|w| OF_STATE.contains(&w)) || matches!(m.who, Who::Known(_)) {
        return None;
    }
    // "In Tripoli, government spokesman Mussa Ibrahim said"
    let line = cast.tree.sentence(m.head);
    let start = line.clone().find(|k| cast.tree.tok(*k).pos != "SPACE").unwrap_or(line.start);
    let opens = cast.tree.doc.text(start).eq_ignore_ascii_case("in") && start + 1 < m.tokens.start;
    if let Some(o) =
        cast.resolved.at(start + 1).filter(|o| opens && o.via == Via::Name && o.who.kind(cast.actors) == Kind::State)
        && cast.tree.doc.text((start + 2).min(cast.tree.len() - 1)) == ","
        && let Who::Known(ix) = o.who
    {
        return Some(ix);
    }
    // a minister in a report from the capital is that state's
    const AT_HOME: &[&str] = &["minister", "president", "premier", "spokesman", "spokeswoman", "spokesperson"];
    if let Some(ix) = cast.story.dateline.filter(|_| title.split([' ', '-']).any(|w| AT_HOME.contains(&w))) {
        return Some(ix);
    }
    if let Some(ix) = speaks_at_home(cast, m).filter(|_| title.split([' ', '-']).any(|w| AT_HOME.contains(&w))) {
        return Some(ix);
    }
    let state = |i: usize| {
        let o = cast.resolved.at(i).filter(|o| o.head == i && o.via != Via::Title)?;
        let ix = o.country.as_deref().and_then(|c| cast.actors.by_id(c))?;
        // "the ambassador, X, flew to Fiji": where somebody goes is not whom he serves
        let p = t.head(i);
        // "recalled its diplomats from Kenya", "the border with Libya"
        const SENT: &[&str] =
            &["diplomat", "ambassador", "envoy", "embassy", "mission", "troop", "visit", "flight", "return"];
        let off = |up: usize| t.is_verb(up) || matches!(t.lemma(p), "to" | "from") && SENT.contains(&t.lemma(up));
        let there = t.dep(i) == "pobj"
            && (matches!(t.lemma(p), "to" | "in" | "from" | "into" | "at") && off(t.head(p))
                || matches!(t.lemma(p), "with" | "against" | "between"));
        // "the minister met his German counterpart"
        let peer = matches!(t.lemma(p), "counterpart" | "colleague" | "opposite");
        // "Israel's foreign minister welcomed it": another's
        let others = t.dep(i) == "poss" && OFFICES.contains(&t.lemma(p)) && p != m.head && t.head(p) != m.head;
        // "Hungary granted asylum to X, a former minister"
        const SHELTER: &[&str] = &["asylum", "refuge", "shelter", "sanctuary", "haven", "citizenship"];
        let host =
            matches!(t.dep(i), "nsubj" | "agent") && t.kid(p, &["dobj"]).is_some_and(|o| SHELTER.contains(&t.lemma(o)));
        (!m.tokens.contains(&i) && !there && !peer && !others && !host).then_some(ix)
    };
    let line = t.sentence(m.head);
    // "the elections minister, X, told the United States": whom he deals with is not whom he serves
    let verb = Some(t.head(m.head)).filter(|_| matches!(t.dep(m.head), "nsubj" | "nsubjpass"));
    let dealt_with = |mut i: usize| {
        while Some(t.head(i)) != verb {
            if !matches!(t.dep(i), "pobj" | "dobj" | "prep" | "dative" | "conj" | "iobj") || t.is_verb(t.head(i)) {
                return false;
            }
            i = t.head(i);
        }
        matches!(t.dep(i), "dobj" | "dative" | "iobj" | "prep") && !matches!(t.lemma(i), "in" | "of" | "from")
    };
    let near = line
        .clone()
        .filter(|i| !dealt_with(*i))
        .filter_map(|i| state(i).map(|ix| (i.abs_diff(m.head), ix)))
        .min()
        .map(|(_, ix)| ix);
    near.or_else(|| {
        let n = t.sentence_ix(m.head).checked_sub(1)?;
        let mut before = t.sentences()[n].clone();
        let subject = before.clone().filter(|i| matches!(t.dep(*i), "nsubj" | "nsubjpass")).find_map(state);
        subject.or_else(|| before.rfind(|i| state(*i).is_some()).and_then(state))
    })
}

/// "Interior Minister X told reporters in Tunis": the state of the capital in which a minister speaks.
fn speaks_at_home(cast: &Cast, m: &Mention) -> Option<ActorIx> {
    let t = cast.tree;
    let v = Some(t.head(m.head)).filter(|v| t.dep(m.head) == "nsubj" && t.is_verb(*v))?;
    if !matches!(t.lemma(v), "tell" | "say" | "announce" | "declare" | "inform" | "warn" | "add") {
        return None;
    }
    let heard = t.kids(v).filter(|k| matches!(t.dep(*k), "dobj" | "dative"));
    let p =
        std::iter::once(v).chain(heard).flat_map(|k| t.kids(k)).find(|k| t.dep(*k) == "prep" && t.lemma(*k) == "in")?;
    let city = t.kid(p, &["pobj"]).and_then(|o| cast.resolved.at(o)).filter(|o| o.via == Via::Name)?;
    let Who::Known(ix) = city.who else { return None };
    let capital = t.doc.span_text(city.tokens.clone());
    let state = cast.actors.actor(ix);
    (state.kind == Kind::State && cast.actors.seat_on(ix, cast.day) == Some(capital)).then_some(ix)
}

/// "Zelensky spoke by telephone; the Ukrainian president said": a person named elsewhere in the text and called here by the
/// office, with the name of whose it is. Only where no title with the name has told it.
pub fn by_role(cast: &Cast, told: &[Titled]) -> Vec<Titled> {
    let t = cast.tree;
    let mut out: Vec<Titled> = Vec::new();
    let mentions = &cast.resolved.mentions;
    for m in mentions.iter().filter(|m| m.via == Via::Role && m.also.is_empty() && !m.tokens.is_empty()) {
        let Some(title) = &m.title else { continue };
        let lower = title.to_lowercase();
        let words: Vec<&str> = lower.split([' ', '-']).collect();
        let office = words.last().is_some_and(|w| OFFICES.contains(w) || *w == "ruler");
        if !office
            || PAST.iter().any(|p| lower.contains(p.trim_end()))
            || matches!(words[0], "acting" | "next" | "future")
        {
            continue;
        }
        let (person, kind) = cast.party_of(&m.who, m);
        let named = mentions.iter().find(|o| o.who == m.who && matches!(o.via, Via::Name | Via::Title));
        let (Some(named), Kind::Person) = (named, kind) else { continue };
        let owner = mentions.iter().find(|o| {
            o.head != m.head
                && m.tokens.contains(&o.head)
                && !matches!(o.via, Via::Pronoun | Via::Noun)
                && o.also.is_empty()
                && matches!(t.dep(o.head), "amod" | "poss" | "compound" | "pobj" | "nmod")
        });
        let Some(Who::Known(ix)) = owner.map(|o| &o.who) else { continue };
        // "does not recognise him as the president of Venezuela"
        let up = t.head(t.head(m.head));
        let taken_for = matches!(
            t.lemma(up),
            "recognise" | "recognize" | "accept" | "acknowledge" | "regard" | "consider" | "treat"
        );
        if taken_for && t.dep(m.head) == "pobj" && t.lemma(t.head(m.head)) == "as" {
            continue;
        }
        let body = matches!(
            cast.actors.actor(*ix).kind,
            Kind::Organization | Kind::Group | Kind::Party | Kind::Government | Kind::State
        );
        let of = cast.party(office_of_rulers(cast, m, *ix).unwrap_or(*ix));
        let known = |o: &Titled| o.person.id == person.id && o.of.id == of.id;
        if !body || told.iter().chain(&out).any(known) {
            continue;
        }
        let mut person = person;
        person.mention = cast.party_of(&named.who, named).0.mention;
        out.push(Titled { mention: m.clone(), person, of, title: title.clone(), former: false, guessed: true });
    }
    out
}

/// "his predecessor, X", "her successor, Y": holds, or held, the post of the one before.
pub fn succeeding(cast: &Cast) -> Vec<Titled> {
    let t = cast.tree;
    let mut out = Vec::new();
    for i in 0..t.len() {
        let former = match t.lemma(i) {
            "predecessor" => true,
            "successor" => false,
            _ => continue,
        };
        let Some(owner) = t.kids(i).find(|k| t.dep(*k) == "poss").and_then(|k| cast.resolved.at(k)) else { continue };
        let beside = t.kids(i).find(|k| t.dep(*k) == "appos").or((t.dep(i) == "compound").then(|| t.head(i)));
        // "Adama Barrow, his successor"
        let beside = beside.or((t.dep(i) == "appos" && t.head(i) < i).then(|| t.head(i)));
        let Some(m) = beside.and_then(|k| cast.resolved.at(k)).filter(|m| m.who != owner.who) else { continue };
        let (person, kind) = cast.party_of(&m.who, m);
        let seat = cast.resolved.mentions.iter().rfind(|o| o.who == owner.who && o.title.is_some() && o.head < i);
        if kind != Kind::Person {
            continue;
        }
        let told = seat.and_then(|s| Some((body_of(cast, s)?, s.title.clone().unwrap_or_default())));
        let Some((of, title)) = told.or_else(|| post_of_both(cast, &owner.who, &m.who)) else { continue };
        let mut mention = m.clone();
        mention.tokens.start = mention.tokens.start.min(i);
        out.push(Titled { mention, person, of, title, former, guessed: false });
    }
    out
}

/// "Iván Duque ... His successor, Gustavo Petro": the post that the registry knows both to have held.
fn post_of_both(cast: &Cast, one: &Who, other: &Who) -> Option<(Party, String)> {
    let (Who::Known(one), Who::Known(other)) = (one, other) else { return None };
    let day = cast.day;
    let held = cast.actors.spells(*other).filter(|s| day.is_none_or(|d| s.covers(d)));
    let both = held.into_iter().find(|s| cast.actors.spells(*one).any(|o| o.of == s.of && o.title == s.title))?;
    Some((cast.party(both.of), both.title.clone()))
}

/// "The foreign ministers of Turkey and Armenia, Ahmet Davutoglu and Edward Nalbandian, signed", "the two presidents, X and
/// Y": each of the names holds the post where the registry knows him to hold it, else in the state named in his place.
pub fn each(cast: &Cast) -> Vec<Titled> {
    const POSTS: &[&str] = &[
        "president",
        "minister",
        "premier",
        "chancellor",
        "leader",
        "chief",
        "commander",
        "king",
        "ambassador",
        "governor",
        "envoy",
        "secretary",
        "chairman",
    ];
    let t = cast.tree;
    let mut out: Vec<Titled> = Vec::new();
    for i in (0..t.len()).filter(|i| matches!(t.tok(*i).tag, "NNS") && POSTS.contains(&t.lemma(*i))) {
        let Some(names) = names_after(cast, i) else { continue };
        let first = names[0].tokens.start;
        let start = t.phrase(i).find(|k| t.dep(*k) == "amod" || t.dep(*k) == "compound").unwrap_or(i).min(i);
        let words: Vec<&str> = (start..i)
            .filter(|k| t.doc.text(*k).starts_with(char::is_lowercase) && matches!(t.dep(*k), "amod" | "compound"))
            .map(|k| t.doc.text(k))
            .collect();
        // past ones are told with their own words
        if words.iter().any(|w| matches!(*w, "former" | "ex" | "late" | "ousted" | "future" | "next")) {
            continue;
        }
        let title = words.into_iter().chain([t.lemma(i)]).collect::<Vec<_>>().join(" ");
        let owners = owners_of_posts(cast, i, first);
        for (n, m) in names.iter().enumerate() {
            let known = match m.who {
                Who::Known(ix) => held_now(cast, ix, &title),
                Who::Unknown { .. } => None,
            };
            let placed = || match owners.len() {
                1 => owners.first(),
                k if k == names.len() => owners.get(n),
                _ => None,
            };
            // of two states one's minister is each one's own
            const OF_STATE: &[&str] = &["president", "minister", "premier", "chancellor", "king"];
            let own = || match m.who {
                Who::Known(ix) if OF_STATE.contains(&t.lemma(i)) => {
                    cast.actors.actor(ix).country.as_deref().and_then(|c| cast.actors.by_id(c))
                }
                _ => None,
            };
            let Some(of) = known.or_else(|| placed().copied()).or_else(own) else { continue };
            let (person, _) = cast.party_of(&m.who, m);
            out.push(Titled {
                mention: (*m).clone(),
                person,
                of: cast.party(of),
                title: title.clone(),
                former: false,
                guessed: false,
            });
        }
    }
    out
}

/// The state or body in which a person holds a post on the day of the document, of a title's last word.
fn held_now(cast: &Cast, person: ActorIx, title: &str) -> Option<ActorIx> {
    let last = title.rsplit(' ').next().unwrap_or(title);
    let day = cast.day?;
    let of_state = |of: ActorIx| cast.actors.actor(of).kind == Kind::State;
    // "the two leaders" of states lead their parties besides
    let ruler = || cast.actors.spells(person).find(|s| last == "leader" && s.covers(day) && of_state(s.of));
    let held = || {
        let mut all =
            cast.actors.spells(person).filter(|s| s.covers(day) && s.title.rsplit([' ', '-']).next() == Some(last));
        let first = all.next()?;
        Some(if of_state(first.of) { first } else { all.find(|s| of_state(s.of)).unwrap_or(first) })
    };
    ruler().or_else(held).map(|s| s.of)
}

/// Two or more persons' names behind a post in the plural and a comma, with nothing but the posts' owners between.
fn names_after<'c>(cast: &Cast<'c>, i: usize) -> Option<Vec<&'c Mention>> {
    const FAR: usize = 12;
    let t = cast.tree;
    let end = t.sentence(i).end;
    let comma = (i + 1..end.min(i + FAR)).find(|k| t.doc.text(*k) == ",")?;
    // "of Turkey and Armenia", "of the two countries"
    let plain = (i + 1..comma).all(|k| {
        matches!(t.doc.text(k), "of" | "and" | "the" | "two" | "three" | "both")
            || cast.resolved.covering(k).is_some()
            || matches!(t.lemma(k), "country" | "state" | "side" | "neighbour" | "neighbor")
    });
    let mut at = comma + 1;
    let mut names: Vec<&Mention> = Vec::new();
    while names.len() < 6 {
        let person = |m: &&Mention| {
            m.via == Via::Name && m.tokens.start == at && m.title.is_none() && m.who.kind(cast.actors) == Kind::Person
        };
        let Some(m) = cast.resolved.mentions.iter().find(person) else { break };
        names.push(m);
        at = m.tokens.end;
        if at + 1 < end && t.doc.text(at) == "," && t.doc.text(at + 1) == "and" {
            at += 2;
        } else if at < end && matches!(t.doc.text(at), "and" | ",") {
            at += 1;
        } else {
            break;
        }
    }
    (plain && names.len() > 1).then_some(names)
}

/// Whose the posts are, in the order of the text: "of Turkey and Armenia", "Turkish and Armenian", "of the two countries".
fn owners_of_posts(cast: &Cast, i: usize, names: usize) -> Vec<ActorIx> {
    let owner = |w: &Who| match w {
        Who::Known(ix) => matches!(
            cast.actors.actor(*ix).kind,
            Kind::State | Kind::Organization | Kind::Group | Kind::Government | Kind::Party
        )
        .then_some(*ix),
        Who::Unknown { .. } => None,
    };
    let start = cast.tree.phrase(i).start;
    let mut out: Vec<ActorIx> = Vec::new();
    for m in cast.resolved.mentions.iter().filter(|m| m.tokens.start >= start && m.tokens.end <= names) {
        for ix in std::iter::once(&m.who).chain(&m.also).filter_map(owner) {
            if !out.contains(&ix) {
                out.push(ix);
            }
        }
    }
    out
}

/// "Turkey's foreign minister, Hakan Fidan, and Iran's, Abbas Araghchi, met": the post told once goes with each owner.
pub fn gapped(cast: &Cast, told: &[Titled]) -> Vec<Titled> {
    let t = cast.tree;
    let mut out: Vec<Titled> = Vec::new();
    for m in cast.resolved.mentions.iter().filter(|m| m.via == Via::Name && m.title.is_none() && !m.tokens.is_empty()) {
        let Some(own) = m.tokens.start.checked_sub(3) else { continue };
        let gap = t.doc.text(own + 2) == "," && t.tok(own + 1).tag == "POS";
        if !gap || m.who.kind(cast.actors) != Kind::Person {
            continue;
        }
        let Some(Who::Known(of)) = cast.resolved.covering(own).filter(|o| o.also.is_empty()).map(|o| o.who.clone())
        else {
            continue;
        };
        let body = matches!(cast.actors.actor(of).kind, Kind::State | Kind::Organization | Kind::Group);
        let line = t.sentence_ix(own);
        let first =
            told.iter().rev().find(|o| o.mention.head < own && t.sentence_ix(o.mention.head) == line && !o.former);
        let Some(first) = first.filter(|_| body) else { continue };
        let (person, _) = cast.party_of(&m.who, m);
        if person.id == first.person.id {
            continue;
        }
        out.push(Titled {
            mention: m.clone(),
            person,
            of: cast.party(of),
            title: first.title.clone(),
            former: false,
            guessed: false,
        });
    }
    out
}

/// An office of state that is told as a movement's ("the Taliban's foreign minister") is one of the government that
/// the movement formed, where the registry knows the person to hold it there.
fn office_of_rulers(cast: &Cast, m: &Mention, movement: ActorIx) -> Option<ActorIx> {
    const OF_STATE: &[&str] = &["minister", "ambassador", "president", "premier", "governor", "consul"];
    let title = m.title.as_deref()?.to_lowercase();
    let Who::Known(person) = m.who else { return None };
    if !OF_STATE.iter().any(|w| title.contains(w)) {
        return None;
    }
    let formed = |of: ActorIx| {
        let a = cast.actors.actor(of);
        a.kind == Kind::Government && a.parents.contains(&cast.actors.actor(movement).id)
    };
    cast.actors.spells(person).map(|s| s.of).find(|of| formed(*of))
}
