//! Whom the text around a word gives where the word's own phrases name nobody: the `fallback` of a slot.
use super::frames::{Frames, Slot};
use super::parties::{Cast, Filler, fits};
use super::realise::{Hit, walk};
use super::tree::Args;
use crate::resolve::{ActorIx, Kind, Mention, Via, Who};
use crate::values::Phase;

/// What a state does about its envoys, or its ties, for what another has done.
const LEAVE: &[&str] = &[
    "recall",
    "withdraw",
    "pull",
    "call",
    "bring",
    "sever",
    "cut",
    "break",
    "close",
    "shut",
    "evacuate",
    "restore",
    "resume",
    "renew",
    "reestablish",
];

/// "severed relations with the Rotary Club": the words name somebody, if none of the kinds that the frame takes; nobody
/// else of the text stands there instead.
pub(super) fn names_another(cast: &Cast, i: usize, args: &Args, slot: &Slot) -> bool {
    let named =
        |tok: usize| cast.resolved.at(tok).is_some_and(|m| matches!(m.via, Via::Name | Via::Organ | Via::Pronoun));
    slot.role.iter().any(|path| walk(cast.tree, i, args, path).into_iter().any(named))
}

/// The two polities of the document's title.
pub(super) fn pair(cast: &Cast, i: usize) -> Option<(Vec<Filler>, Vec<Filler>)> {
    let (a, b) = cast.story.pair?;
    let filler = |ix| vec![Filler { party: cast.party(ix), token: i }];
    Some((filler(a), filler(b)))
}

/// Who receives the guest: the subject of the clause, or of the sentence, if of another state.
pub(super) fn host(cast: &Cast, i: usize, guests: &[Filler]) -> Vec<Filler> {
    let t = cast.tree;
    let from = |f: &Filler| f.party.country.clone();
    let guest =
        guests.first().and_then(|g| from(g).or_else(|| cast.resolved.at(g.token).and_then(|m| m.country.clone())));
    let heads =
        t.sentence(i).filter(|k| matches!(t.dep(*k), "nsubj" | "nsubjpass") && !guests.iter().any(|g| g.token == *k));
    let found = heads
        .filter_map(|k| {
            cast.resolved.at(k).and_then(|m| m.country.clone().or_else(|| cast.party_of(&m.who, m).0.country))
        })
        .find(|c| Some(c) != guest.as_ref());
    found.and_then(|c| cast.actors.by_id(&c)).map(|ix| Filler { party: cast.party(ix), token: i }).into_iter().collect()
}

/// The state of the person who bears an office: as the registry or the text has it.
pub(super) fn state_of(cast: &Cast, is: &[&str], bearers: &[Filler], state_post: bool) -> Vec<Filler> {
    for b in bearers {
        // the body that the title beside the name belongs to
        let line = cast.tree.sentence(b.token);
        let seat = cast.resolved.mentions.iter().filter(|m| line.contains(&m.head)).find_map(|m| match m.of {
            Some(Who::Known(ix)) if cast.party_of(&m.who, m).0.id == b.party.id => Some(ix),
            _ => None,
        });
        if let Some(ix) = seat.filter(|ix| fits(cast.actors.actor(*ix).kind, is)) {
            return vec![Filler { party: cast.party(ix), token: b.token }];
        }
        // "Kojo Mensah, leader of the Volta Front ... Mensah resigned": of the body told of before
        if let Some(f) = seat_told(cast, is, b, state_post) {
            return vec![f];
        }
        // "Jens Stoltenberg's mandate runs out": of the alliance that he then served, not of the state he comes from
        let body = cast.actors.by_id(&b.party.id).zip(cast.day).and_then(|(person, day)| {
            let kind = |ix| cast.actors.actor(ix).kind;
            let of_state = cast.actors.spells(person).filter(|s| matches!(kind(s.of), Kind::State | Kind::Government));
            let last = of_state.map(|s| s.until.as_str()).max().unwrap_or_default();
            let body = |ix| kind(ix) == Kind::Organization || kind(ix) == Kind::Group && !state_post;
            let now = cast.actors.spells(person).filter(|s| s.covers(day) && body(s.of));
            // an envoy's office is seldom meant
            now.filter(|s| s.from.as_str() >= last && !s.title.contains("envoy") && !s.title.contains("representative"))
                .map(|s| s.of)
                .find(|of| fits(kind(*of), is))
        });
        if let Some(ix) = body {
            return vec![Filler { party: cast.party(ix), token: b.token }];
        }
        let here = cast.resolved.at(b.token).and_then(|m| m.country.clone()).or_else(|| b.party.country.clone());
        let anywhere = || {
            cast.resolved
                .mentions
                .iter()
                .find_map(|m| (cast.party_of(&m.who, m).0.id == b.party.id).then(|| m.country.clone()).flatten())
        };
        if let Some(ix) = here.or_else(anywhere).and_then(|c| cast.actors.by_id(&c))
            && fits(cast.actors.actor(ix).kind, is)
        {
            return vec![Filler { party: cast.party(ix), token: b.token }];
        }
    }
    // the state that the text is about
    // where it is reported from, unless other states alone are named around
    let elsewhere = |b: &Filler, ix: ActorIx| {
        let t = cast.tree;
        let here = t.sentence_ix(b.token);
        let from = t.sentences()[here.saturating_sub(1)].start;
        let near = cast.resolved.mentions.iter().filter(|m| (from..t.sentences()[here].end).contains(&m.head));
        let states: Vec<ActorIx> = near
            .filter_map(|m| if let Who::Known(w) = m.who { Some(w) } else { None })
            .filter(|w| cast.actors.actor(*w).kind == Kind::State)
            .collect();
        !states.is_empty() && !states.contains(&ix)
    };
    if let (Some(ix), Some(b)) = (cast.story.dateline, bearers.first())
        && fits(cast.actors.actor(ix).kind, is)
        && !elsewhere(b, ix)
    {
        return vec![Filler { party: cast.party(ix), token: b.token }];
    }
    let mut counts: Vec<(String, usize)> = Vec::new();
    for c in
        cast.resolved.mentions.iter().filter_map(|m| m.country.clone().or_else(|| cast.party_of(&m.who, m).0.country))
    {
        match counts.iter_mut().find(|(k, _)| *k == c) {
            Some((_, n)) => *n += 1,
            None => counts.push((c, 1)),
        }
    }
    let most =
        counts.iter().max_by_key(|(_, n)| *n).filter(|(_, n)| counts.iter().filter(|(_, m)| m == n).count() == 1);
    let ix = most.and_then(|(c, _)| cast.actors.by_id(c)).filter(|ix| fits(cast.actors.actor(*ix).kind, is));
    match (ix, bearers.first()) {
        (Some(ix), Some(b)) => vec![Filler { party: cast.party(ix), token: b.token }],
        _ => Vec::new(),
    }
}

/// The body or state whose office a person that no register knows was last said to hold.
fn seat_told(cast: &Cast, is: &[&str], b: &Filler, state_post: bool) -> Option<Filler> {
    if !b.party.id.starts_with('~') {
        return None;
    }
    let same = |m: &&Mention| {
        m.head <= b.token && m.of.is_some() && m.title.is_some() && cast.party_of(&m.who, m).0.id == b.party.id
    };
    let of = cast.resolved.mentions.iter().rev().find(same)?.of.clone()?;
    let kind = of.kind(cast.actors);
    let body = matches!(kind, Kind::Group | Kind::Party | Kind::Organization);
    if kind == Kind::Person || !fits(kind, is) || state_post && body {
        return None;
    }
    let party = match of {
        Who::Known(ix) => cast.party(ix),
        Who::Unknown { .. } => {
            let named = cast.resolved.mentions.iter().find(|o| o.who == of && !o.tokens.is_empty())?;
            cast.party_of(&of, named).0
        }
    };
    Some(Filler { party, token: b.token })
}

/// The polity that the text speaks of beside the other party: nearest before in the sentence, then in the one before.
pub(super) fn topic(cast: &Cast, i: usize, slot: &Slot, other: &[Filler]) -> Vec<Filler> {
    let t = cast.tree;
    let is: Vec<&str> = slot.is.iter().collect();
    if let Some((a, b)) = cast.story.pair {
        let named = |ix| other.iter().any(|o| o.party.id == cast.actors.actor(ix).id);
        if named(a) != named(b) {
            return vec![Filler { party: cast.party(if named(a) { b } else { a }), token: i }];
        }
    }
    // the state that the title names, where the sentence itself names no other
    if let (None, Some(ix)) = (cast.story.pair, cast.story.state) {
        let party = cast.party(ix);
        let own = |o: &Filler| o.party.id == party.id || o.party.country == party.country;
        let here = t.sentence(i);
        let other_here = cast.resolved.mentions.iter().any(|m| {
            here.contains(&m.head)
                && t.tok(m.head).pos != "PRON"
                && matches!(&m.who, Who::Known(w) if matches!(cast.actors.actor(*w).kind, Kind::State | Kind::Government))
                && !other.iter().any(|o| o.party.country.is_some() && o.party.country == m.country)
        });
        if !other.iter().any(own) && !other_here && fits(Kind::State, &is) {
            return vec![Filler { party, token: i }];
        }
    }
    let s = t.sentence_ix(i);
    let near = t.sentence(i);
    // "declared Mexico's president persona non grata and broke off relations": the state of an officer
    let officer = |m: &crate::resolve::Mention| {
        let of = m.country.as_deref().and_then(|c| cast.actors.by_id(c));
        matches!(m.via, Via::Role | Via::Title).then_some(of).flatten()
    };
    let answers = LEAVE.contains(&t.lemma(i));
    let before = if s > 0 { t.sentences()[s - 1].clone() } else { near.clone() };
    for range in [near, before] {
        let mut found: Option<((bool, usize), Filler)> = None;
        for m in cast.resolved.mentions.iter().filter(|m| range.contains(&m.head)) {
            // who rules the sentence before is who has done what is answered
            let rules = answers && !range.contains(&i) && rules_sentence(cast, m.head);
            let who = match &m.who {
                Who::Known(ix) if cast.actors.actor(*ix).kind != Kind::Person => *ix,
                _ => match officer(m).or_else(|| state_of_person(cast, m).filter(|_| rules)) {
                    Some(ix) => ix,
                    None => continue,
                },
            };
            let kind = cast.actors.actor(who).kind;
            if !matches!(kind, Kind::State | Kind::Government) || !fits(kind, &is) {
                continue;
            }
            let (party, _) = cast.party_of(&Who::Known(who), m);
            let taken = other
                .iter()
                .any(|o| o.party.id == party.id || (o.party.country.is_some() && o.party.country == party.country));
            // "agreed in Beijing to restore relations": where they met is no side
            let where_met = t.dep(m.head) == "pobj"
                && t.lemma(t.head(m.head)) == "in"
                && t.doc.text(m.head) != party.label
                && t.is_verb(t.head(t.head(m.head)));
            if !taken && !where_met && !in_later_clause(cast, i, m.head) {
                let d = (!rules, m.head.abs_diff(i));
                if found.as_ref().is_none_or(|(b, _)| d < *b) {
                    found = Some((d, Filler { party, token: m.head }));
                }
            }
        }
        if let Some((_, f)) = found {
            return vec![f];
        }
    }
    Vec::new()
}

/// The state of a person whom the text names.
fn state_of_person(cast: &Cast, m: &crate::resolve::Mention) -> Option<ActorIx> {
    let country = m.country.clone().or_else(|| cast.party_of(&m.who, m).0.country)?;
    cast.actors.by_id(&country)
}

/// Is a word the subject of its sentence's main clause, or whose the subject is ("Iran's army")?
fn rules_sentence(cast: &Cast, k: usize) -> bool {
    let t = cast.tree;
    let subject = |k: usize| matches!(t.dep(k), "nsubj" | "nsubjpass") && t.dep(t.head(k)) == "ROOT";
    subject(k) || matches!(t.dep(k), "poss" | "amod" | "compound") && subject(t.head(k))
}

/// "Jordan has withdrawn its ambassador, and Mauritania has broken with the emirate": is a word the subject of a clause that
/// comes after the one of the trigger, or of such a subject's phrase?
fn in_later_clause(cast: &Cast, i: usize, k: usize) -> bool {
    const UP: usize = 8;
    let t = cast.tree;
    let mut up = k;
    for _ in 0..UP {
        let h = t.head(up);
        if k < i || h == up || up == i {
            return false;
        }
        if h > i && t.is_verb(h) {
            return matches!(t.dep(up), "nsubj" | "nsubjpass") && t.dep(h) == "conj";
        }
        up = h;
    }
    false
}

/// "Saudi Arabia and Egypt severed relations with Qatar. Jordan has withdrawn its ambassador": the state against which such a
/// step was told of last, by others.
pub(super) fn broken_with(
    frames: &Frames,
    cast: &Cast,
    hits: &[Hit],
    f: usize,
    i: usize,
    doers: &[Filler],
) -> Vec<Filler> {
    const BACK: usize = 4;
    let t = cast.tree;
    let claim = |n: usize| &frames.all[n].claim;
    let breaks = |n: usize, at: usize| {
        matches!(claim(n).predicate.as_str(), "relations" | "mission")
            && claim(n).phase == Some(Phase::Ends)
            && LEAVE.contains(&t.lemma(at))
    };
    if !breaks(f, i) || doers.is_empty() {
        return Vec::new();
    }
    let from = t.sentences()[t.sentence_ix(i).saturating_sub(BACK)].start;
    let own = |o: &Filler| doers.iter().any(|d| d.party.id == o.party.id || d.party.country == o.party.country);
    let before = |h: &&Hit| h.trigger >= from && h.trigger < i && !h.guessed && breaks(h.frame, h.trigger);
    let of_another = |h: &&Hit| {
        matches!(h.objects.as_slice(), [o] if o.party.country.is_some())
            && !h.objects.iter().chain(&h.subjects).any(own)
    };
    let last = hits.iter().rev().filter(before).find(of_another);
    last.map(|h| h.objects.iter().map(|o| Filler { party: o.party.clone(), token: i }).collect()).unwrap_or_default()
}

/// "The embargo was lifted", "neither recognises it": whom what the text told of before was done to.
pub(super) fn told_last(
    frames: &Frames,
    cast: &Cast,
    hits: &[Hit],
    (f, i): (usize, usize),
    (args, slot): (&Args, &Slot),
    doers: &[Filler],
) -> Vec<Filler> {
    let t = cast.tree;
    let from = t.sentences()[t.sentence_ix(i).saturating_sub(8)].start;
    let of = |n: usize| &frames.all[n].claim.predicate;
    let apart = |o: &Filler| !doers.iter().any(|d| d.party.id == o.party.id);
    // "Britain sanctioned five", "removed two nationals", "the government of X": others, whoever they are
    let others = |k: &usize| {
        t.tok(*k).tag == "CD"
            || cast.actors.is_human(t.lemma(*k))
            || t.tok(*k).pos == "NOUN" && t.phrase(*k).any(|j| t.tok(j).pos == "PROPN")
    };
    // "banned organisations" is said of nobody in particular
    if t.dep(i) == "amod" {
        return Vec::new();
    }
    if slot.role.iter().any(|path| walk(t, i, args, path).iter().any(others)) {
        return Vec::new();
    }
    hits.iter()
        .rev()
        .filter(|h| h.trigger >= from && h.trigger < i && of(h.frame) == of(f))
        .find(|h| !h.objects.is_empty() && h.objects.iter().all(|o| apart(o) && !o.party.id.starts_with('~')))
        .map(|h| h.objects.iter().map(|o| Filler { party: o.party.clone(), token: i }).collect())
        .unwrap_or_default()
}

/// The state, government or group told of last before the word, beside the first party: its other side in a dispute.
pub(super) fn other_side(cast: &Cast, i: usize, slot: &Slot, first: &[Filler]) -> Vec<Filler> {
    let t = cast.tree;
    let is: Vec<&str> = slot.is.iter().collect();
    let from = t.sentences()[t.sentence_ix(i).saturating_sub(8)].start;
    for m in cast.resolved.mentions.iter().rev().filter(|m| (from..i).contains(&m.head)) {
        let Who::Known(ix) = &m.who else { continue };
        let kind = cast.actors.actor(*ix).kind;
        let side = matches!(kind, Kind::State | Kind::Government | Kind::Group) && fits(kind, &is);
        if !side || t.dep(m.head) == "pobj" && t.lemma(t.head(m.head)) == "in" {
            continue;
        }
        let (party, _) = cast.party_of(&m.who, m);
        // an officer's own state is no other side
        let own = |f: &Filler| f.party.id == party.id || f.party.country.as_ref() == Some(&party.id);
        // "JNIM, al-Qaeda's affiliate, said": what is said of the first is no other side
        let of_first = || {
            first.iter().any(|f| {
                cast.resolved.mentions.iter().any(|n| {
                    n.head < m.head
                        && t.sentence_ix(n.head) == t.sentence_ix(m.head)
                        && t.kids(n.head).any(|k| t.dep(k) == "appos" && t.dominates(k, m.head))
                        && cast.party_of(&n.who, n).0.id == f.party.id
                })
            })
        };
        if !first.iter().any(own) && !of_first() {
            return vec![Filler { party, token: i }];
        }
    }
    Vec::new()
}
