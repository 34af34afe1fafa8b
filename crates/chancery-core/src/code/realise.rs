//! Frames over the tree: each word that calls a frame, its conditions, its parties.
use super::context::{broken_with, host, names_another, other_side, pair, state_of, told_last, topic};
use super::frames::{Condition, Frame, Frames, Path, Slot};
use super::needs::{ENVOYS, Met, Words};
use super::parties::{Cast, Filler, fits};
use super::reach::named_or_below;
use super::tree::{Args, Tree};
use crate::resolve::{Kind, Via, Who};
use crate::values::Phase;
use std::borrow::Cow;

/// A frame found in the text.
#[derive(Debug, Clone)]
pub struct Hit {
    pub frame: usize,
    /// The word that called it.
    pub trigger: usize,
    /// The word that carries its mood.
    pub carrier: usize,
    pub args: Args,
    pub subjects: Vec<Filler>,
    pub objects: Vec<Filler>,
    /// A party was taken from the context, not from the clause.
    pub guessed: bool,
    /// "sent envoys to each other's capitals": the subjects are each other's objects.
    pub crossed: bool,
}

/// All frames of a document, in text order.
pub fn realise(frames: &Frames, cast: &Cast) -> Vec<Hit> {
    let t = cast.tree;
    let mut hits = Vec::new();
    let words = frames.needs.words(t);
    let met = frames.needs.sentences(t, &words);
    for i in 0..t.len() {
        let tok = t.tok(i);
        let lemma = t.lemma(i);
        let met = (&met[t.sentence_ix(i)], &words);
        match tok.pos {
            // "Specially Designated Global Terrorists": a word of a name tells nothing
            _ if in_a_name(t, i) => {}
            _ if t.is_verb(i) => {
                let particle = t.kids(i).find(|k| {
                    let adverb = t.tok(*k).tag == "RP"
                        || (*k == i + 1
                            && matches!(
                                t.lemma(*k),
                                "down" | "aside" | "out" | "away" | "up" | "off" | "back" | "over"
                            ));
                    t.dep(*k) == "prt" || (t.dep(*k) == "advmod" && adverb)
                });
                let key = particle.map(|p| format!("{lemma}_{}", t.lemma(p)));
                let ids = key.as_deref().and_then(|k| frames.verbs.get(k)).or_else(|| frames.verbs.get(lemma));
                // an attributive participle is a verb only where it says what was done: "the ousted president"
                if let Some(ids) = ids {
                    call(frames, ids, cast, (i, met), || t.verb_args(i), &mut hits);
                }
                if matches!(tok.tag, "VBG" | "NN") {
                    call_noun(frames, cast, (i, met), lemma, &mut hits);
                }
            }
            "NOUN" | "PROPN" => {
                let lower = tok_noun(t, i);
                call_noun(frames, cast, (i, met), &lower, &mut hits);
                call_rel(frames, cast, (i, met), &lower, &mut hits);
            }
            "ADJ" | "ADV" => {
                call_rel(frames, cast, (i, met), lemma, &mut hits);
                // a participle taken for an adjective: "the banned group"
                if let Some(ids) = frames.verbs.get(lemma)
                    && tok.tag == "VBN"
                {
                    call(frames, ids, cast, (i, met), || t.verb_args(i), &mut hits);
                }
            }
            _ => {}
        }
    }
    hits
}

/// A capitalised participle before a capitalised noun, in a sentence whose other words are small.
fn in_a_name(t: &Tree, i: usize) -> bool {
    let capital = |j: usize| t.doc.text(j).starts_with(char::is_uppercase);
    let sentence = t.sentence(i);
    i > sentence.start
        && t.dep(i) == "amod"
        && t.is_verb(i)
        && capital(i)
        && capital(t.head(i))
        && t.head(i) > i
        && sentence.filter(|j| t.is_verb(*j)).any(|j| !capital(j))
}

/// The base form of a noun; capitalised nouns ("the Embassy") are taken for names by the model and not lemmatised.
pub(super) fn tok_noun<'t>(t: &'t Tree, i: usize) -> Cow<'t, str> {
    let l = t.lemma(i);
    if t.tok(i).tag == "NNPS" || (t.tok(i).pos == "PROPN" && l.ends_with('s') && !l.ends_with("ss")) {
        if let Some(s) = l.strip_suffix("ies") {
            return format!("{s}y").into();
        }
        return l.strip_suffix('s').unwrap_or(l).into();
    }
    l.into()
}

/// Tries the frames that a word calls, in their order; its arguments are read once, if any frame can hold.
fn call(
    frames: &Frames,
    ids: &[u32],
    cast: &Cast,
    (i, (met, words)): (usize, (&Met, &Words)),
    args: impl FnOnce() -> Args,
    hits: &mut Vec<Hit>,
) {
    let mut can = ids.iter().map(|f| *f as usize).filter(|f| frames.needs.all_met(*f, met)).peekable();
    if can.peek().is_none() {
        return;
    }
    let args = args();
    for f in can {
        let hit = try_frame(frames, f, cast, (i, met, words), &args, hits);
        hits.extend(hit);
    }
}

fn call_noun(
    frames: &Frames,
    cast: &Cast,
    (i, (met, words)): (usize, (&Met, &Words)),
    lemma: &str,
    hits: &mut Vec<Hit>,
) {
    for &f in frames.nouns.get(lemma).into_iter().flatten() {
        if frames.needs.all_met(f as usize, met) {
            let frame = &frames.all[f as usize];
            let args = cast.tree.noun_args(i, |v| frame.light.iter().any(|l| l == v) || frames.lists().has("light", v));
            let hit = try_frame(frames, f as usize, cast, (i, met, words), &args, hits);
            hits.extend(hit);
        }
    }
}

fn call_rel(
    frames: &Frames,
    cast: &Cast,
    (i, (met, words)): (usize, (&Met, &Words)),
    lemma: &str,
    hits: &mut Vec<Hit>,
) {
    let Some(ids) = frames.rels.get(lemma).filter(|ids| ids.iter().any(|f| frames.needs.all_met(*f as usize, met)))
    else {
        return;
    };
    let t = cast.tree;
    let bearers = t.bearers(i);
    if bearers.is_empty() {
        return;
    }
    let mut args = t.noun_args(i, |_| false);
    args.carrier = if matches!(t.dep(i), "attr" | "acomp" | "oprd") { t.head(i) } else { i };
    args.theme.extend(std::mem::replace(&mut args.agent, bearers));
    call(frames, ids, cast, (i, (met, words)), || args, hits);
}

fn try_frame(
    frames: &Frames,
    f: usize,
    cast: &Cast,
    (i, met, words): (usize, &Met, &Words),
    args: &Args,
    hits: &[Hit],
) -> Option<Hit> {
    let frame = &frames.all[f];
    let settled;
    let args = match thing_meant(frames, cast, args) {
        Some(thing) => {
            settled = Args { theme: vec![thing], ..args.clone() };
            &settled
        }
        None => args,
    };
    let holds = |c: &Condition| {
        c.paths.iter().any(|path| stands_at(cast.tree, i, args, path, |tok| meets(cast, words, c, tok)))
    };
    // "expelled Kang Chol", "recalled him": the ambassador of whom the text speaks
    let by_title = |c: &Condition| {
        c.within.is_empty()
            && c.is.is_empty()
            && c.paths.iter().any(|path| stands_at(cast.tree, i, args, path, |tok| bears(cast, c, tok)))
    };
    let barred = || frame.without.iter().enumerate().any(|(n, c)| frames.needs.may_bar(f, n, met) && holds(c));
    if !frame.with.iter().all(|c| holds(c) || by_title(c)) || barred() {
        return None;
    }
    // "the elected prime minister": he holds the office, nobody is given it
    if frame.claim.predicate == "office"
        && frame.claim.phase == Some(Phase::Begins)
        && cast.tree.dep(i) == "amod"
        && cast.tree.lemma(i) == "elect"
    {
        return None;
    }
    let mut guessed = false;
    let topics = frame.subject.fallback == "topic" && object_is_topic(frame);
    let mut subjects = fill(frames, cast, (f, i), args, &frame.subject, &[]);
    let object_slot = frame.object.as_ref();
    let mut objects = match object_slot {
        Some(slot) => fill(frames, cast, (f, i), args, slot, if slot.own { &[] } else { &subjects }),
        None => Vec::new(),
    };
    // "the Minister of Foreign Affairs and International Cooperation": a portfolio is no body
    if frame.claim.predicate == "office" && matches!(cast.tree.lemma(i), "minister" | "secretary") {
        objects.retain(|o| !o.party.id.starts_with('~') || o.party.kind == "place");
    }
    // "a spokesman there, X"; "their ministers, X and Y": each of his own
    if frame.claim.predicate == "office" {
        let t = cast.tree;
        let each = t.tok(i).tag == "NNS" && subjects.len() > 1;
        objects.retain(|o| match t.lemma(o.token) {
            "there" | "here" => false,
            _ => !(each && t.tok(o.token).tag == "PRP$" && t.doc.text(o.token).eq_ignore_ascii_case("their")),
        });
    }
    if topics && subjects.is_empty() && objects.is_empty() {
        // nobody named: the two whom the text is about
        (subjects, objects) = pair(cast, i)?;
        return Some(Hit {
            frame: f,
            trigger: i,
            carrier: args.carrier,
            args: args.clone(),
            subjects,
            objects,
            guessed: true,
            crossed: false,
        });
    }
    let crossed = !frame.mutual
        && subjects.len() == 2
        && !objects.is_empty()
        && objects.iter().all(|o| {
            cast.tree.phrase(o.token).any(|k| cast.tree.doc.text(k) == "other") && is_each_others(cast.tree, o.token)
        });
    if crossed {
        objects = subjects.clone();
    }
    if frame.mutual && subjects.len() > 1 {
        // "he and his host signed a pact that makes them allies": the two with each other, not with a thing
        let terms =
            matches!(frame.claim.predicate.as_str(), "support" | "agree" | "cooperate" | "alliance" | "relations");
        if terms && objects.iter().all(|o| o.party.id.starts_with('~') && o.party.kind != "person") {
            objects.clear();
        }
        objects.retain(|o| !is_each_others(cast.tree, o.token));
    }
    // "our partnership with Syria and its people": the two that stand after "with" are no pair
    let with = subjects.is_empty()
        && !objects.is_empty()
        && args.preps.iter().any(|(p, _)| p == "with")
        && !args.preps.iter().any(|(p, _)| p == "between");
    if frame.mutual && with && !cast.tree.is_verb(i) {
        return None;
    }
    if frame.mutual && (objects.is_empty() || subjects.is_empty()) && subjects.len() + objects.len() > 1 {
        let all = if subjects.is_empty() { std::mem::take(&mut objects) } else { std::mem::take(&mut subjects) };
        let apart = all.iter().skip(1).any(|x| each_in_his_time(cast.tree, x.token));
        return if apart { None } else { mutual(frame, f, i, args, all) };
    }
    // "will establish relations between our two nations": the other of them
    let both_named = |o: &Filler| {
        let t = cast.tree;
        o.party.id.starts_with('~')
            && matches!(t.lemma(o.token), "nation" | "country" | "state" | "government" | "people")
            && t.kids(o.token).any(|k| matches!(t.lemma(k), "two" | "both" | "our"))
    };
    if let (Some(slot), [o]) = (object_slot, objects.as_slice())
        && matches!(frame.claim.predicate.as_str(), "relations" | "support" | "agree" | "alliance" | "cooperate")
        && both_named(o)
        && subjects.iter().any(|s| !s.party.id.starts_with('~'))
    {
        let other = other_side(cast, i, slot, &subjects);
        if !other.is_empty() {
            (objects, guessed) = (other, true);
        }
    }
    if let Some(slot) = object_slot {
        // "who is minister for the interior"
        const OF_STATE: &[&str] =
            &["minister", "president", "premier", "ambassador", "governor", "king", "vice-president"];
        let state_post = frame.claim.predicate == "office"
            && std::iter::once(i).chain(args.attr.iter().copied()).any(|k| OF_STATE.contains(&cast.tree.lemma(k)));
        if objects.is_empty() && slot.fallback == "topic" && frame.claim.predicate == "office" {
            // an office that stands without its state is one of the bearer's own
            objects = state_of(cast, &slot.is.iter().collect::<Vec<_>>(), &subjects, state_post);
            guessed |= !objects.is_empty();
        }
        // "Egypt severed relations with Qatar. Jordan has withdrawn its ambassador": from where the others broke
        if objects.is_empty() && slot.fallback == "topic" && !names_another(cast, i, args, slot) {
            objects = broken_with(frames, cast, hits, f, i, &subjects);
            guessed |= !objects.is_empty();
        }
        if objects.is_empty() && slot.fallback == "topic" && !names_another(cast, i, args, slot) {
            objects = topic(cast, i, slot, &subjects);
            guessed |= !objects.is_empty();
        }
        if slot.fallback == "below" {
            let is: Vec<&str> = slot.is.iter().filter(|k| *k != "any").collect();
            objects = named_or_below(cast, i, &is, &subjects, objects);
        }
        if objects.is_empty() && slot.fallback == "told" && !names_another(cast, i, args, slot) {
            objects = told_last(frames, cast, hits, (f, i), (args, slot), &subjects);
            guessed |= !objects.is_empty();
        }
        if objects.is_empty() && slot.fallback == "other" {
            objects = other_side(cast, i, slot, &subjects);
            guessed |= !objects.is_empty();
        }
        // "its leader, X": of whom the text speaks, not of the state of X
        let of_other = !frame.rels.is_empty() && args.poss.iter().any(|p| cast.tree.tok(*p).pos == "PRON");
        // "the commander, X": of whom, only the text can tell; "the prime minister, X": of a state
        let of_state = frame.rels.is_empty()
            || frame.claim.predicate != "office"
            || frames.lists().has("state_offices", &tok_noun(cast.tree, i));
        // "the Druze leader": of a people, not of the state he lives in
        let of_people = !frame.rels.is_empty()
            && cast.tree.kids(i).any(|k| {
                matches!(cast.tree.dep(k), "amod" | "compound" | "nmod") && cast.kind_at(k) == Some(Kind::People)
            });
        // "the presidents, X and Y": each of his own, which titles tell
        let of_each = cast.tree.tok(i).tag == "NNS" && subjects.len() > 1 && frame.claim.predicate == "office";
        if objects.is_empty() && slot.fallback == "person" && !of_other && of_state && !of_people && !of_each {
            objects = state_of(cast, &slot.is.iter().collect::<Vec<_>>(), &subjects, state_post);
            guessed |= !objects.is_empty();
        }
        // "Hamas's military wing" is a name of the brigades: of the body that the name tells
        if objects.is_empty() && slot.fallback == "parent" {
            let said = cast.tree.doc.span_text(cast.tree.phrase(i)).to_lowercase();
            let named = cast.resolved.at(i).and_then(|m| if let Who::Known(ix) = m.who { Some(ix) } else { None });
            let parents = named.map(|ix| cast.actors.parents(ix)).unwrap_or_default();
            let is: Vec<&str> = slot.is.iter().collect();
            objects = parents
                .into_iter()
                .filter(|p| {
                    let a = cast.actors.actor(*p);
                    let told = std::iter::once(&a.label).chain(&a.names).any(|n| said.contains(&n.to_lowercase()));
                    told && fits(a.kind, &is)
                })
                .map(|p| Filler { party: cast.party(p), token: i })
                .take(1)
                .collect();
        }
        if objects.is_empty() && slot.fallback == "host" {
            objects = host(cast, i, &subjects);
            guessed |= !objects.is_empty();
        }
        if slot.abroad {
            let state = |f: &Filler| {
                let city = || cast.city(&f.party.mention).map(|c| c.country.clone());
                f.party.country.clone().or_else(|| (f.party.kind == "place").then(city).flatten())
            };
            let home: Vec<String> = subjects
                .iter()
                .filter_map(|s| {
                    let here = || cast.resolved.at(s.token).and_then(|m| m.country.clone());
                    let of = |m: &&crate::resolve::Mention| m.country.is_some() && m.who.id(cast.actors) == s.party.id;
                    let anywhere = || cast.resolved.mentions.iter().find(of).and_then(|m| m.country.clone());
                    state(s).or_else(here).or_else(anywhere)
                })
                .collect();
            // whoever serves a body is at home where it sits
            const SEATS: &[&str] = &[
                "Brussels",
                "Geneva",
                "New York",
                "Vienna",
                "Addis Ababa",
                "Strasbourg",
                "Luxembourg",
                "The Hague",
                "Hague",
            ];
            let serves = |s: &Filler| {
                let told = cast.resolved.at(s.token).and_then(|m| m.of.as_ref()).map(|w| w.kind(cast.actors));
                let spells = || cast.actors.by_id(&s.party.id).zip(cast.day);
                matches!(told, Some(Kind::Organization | Kind::Body))
                    || spells().is_some_and(|(p, day)| {
                        cast.actors
                            .spells(p)
                            .any(|s| s.covers(day) && cast.actors.actor(s.of).kind == Kind::Organization)
                    })
            };
            let seated = subjects.iter().any(serves);
            objects.retain(|o| {
                !home.is_empty()
                    && state(o).is_some_and(|c| !home.contains(&c))
                    && !(seated && SEATS.contains(&o.party.mention.as_str()))
            });
        }
        let told_by_verb = slot.optional_for_verbs && (cast.tree.is_verb(i) || args.carrier != i);
        if objects.is_empty() && !slot.optional && !told_by_verb && frame.echo.is_empty() {
            return None;
        }
    }
    // "Naim Qassem, who has led it": of the bodies that the text names, the one that he leads
    if frame.claim.predicate == "office"
        && let [o] = objects.as_slice()
        && matches!(
            cast.tree.doc.text(o.token).to_lowercase().as_str(),
            "it" | "its" | "which" | "they" | "their" | "them"
        )
        && let Some(own) = subjects.first().and_then(|s| cast.actors.by_id(&s.party.id))
        && let Some(body) = cast
            .actors
            .spells(own)
            .map(|s| s.of)
            .filter(|of| fits(cast.actors.actor(*of).kind, &["group", "party", "organization"]))
            .find(|of| cast.resolved.mentions.iter().any(|m| m.who == Who::Known(*of) && m.head < i))
    {
        objects = vec![Filler { party: cast.party(body), token: o.token }];
    }
    if frame.claim.predicate == "assault" {
        objects = objects.into_iter().map(|f| whose_asset(frames, cast, f, &subjects)).collect();
    }
    if subjects.is_empty() && frame.subject.fallback == "topic" {
        subjects = topic(cast, i, &frame.subject, &objects);
        guessed |= !subjects.is_empty();
    }
    if subjects.is_empty() && frame.subject.fallback == "other" && !names_another(cast, i, args, &frame.subject) {
        subjects = other_side(cast, i, &frame.subject, &objects);
        guessed |= !subjects.is_empty();
    }
    if subjects.is_empty() && (!frame.subject.optional || objects.is_empty()) && frame.echo.is_empty() {
        return None;
    }
    Some(Hit { frame: f, trigger: i, carrier: args.carrier, args: args.clone(), subjects, objects, guessed, crossed })
}

/// "raided one of its camps", "hit Syrian depots", "killed an Islamic Jihad commander": whoever is struck in what is his.
fn whose_asset(frames: &Frames, cast: &Cast, f: Filler, other: &[Filler]) -> Filler {
    let t = cast.tree;
    if !f.party.id.starts_with('~') || f.party.kind == "person" || !frames.lists().has("assets", t.lemma(f.token)) {
        return f;
    }
    let of = t
        .kids(f.token)
        .filter(|k| t.dep(*k) == "prep" && matches!(t.lemma(*k), "of" | "belong"))
        .filter_map(|k| t.kid(k, &["pobj"]));
    let before = t.kids(f.token).filter(|k| matches!(t.dep(*k), "poss" | "amod" | "compound" | "nmod"));
    // "fired missiles at targets in Syria"
    if t.lemma(f.token) == "target" {
        let at = t
            .kids(f.token)
            .filter(|k| matches!(t.lemma(*k), "in" | "inside" | "across"))
            .find_map(|k| t.kid(k, &["pobj"]));
        if let Some(o) = at.and_then(|o| cast.fill(o, &["state"]).into_iter().next()) {
            return Filler { token: f.token, party: crate::values::Party { mention: f.party.mention, ..o.party } };
        }
    }
    let owner = before.chain(of).find_map(|k| {
        cast.one_named(k, &["side"])
            .filter(|o| !o.party.id.starts_with('~') && !matches!(o.party.kind.as_str(), "person" | "people"))
            .filter(|o| !other.iter().any(|s| s.party.id == o.party.id))
    });
    match owner {
        Some(o) => Filler { token: f.token, party: crate::values::Party { mention: f.party.mention, ..o.party } },
        None => f,
    }
}

/// "Pakistan maintained relations with the Taliban until it ended them": what a pronoun stands for that stands for no
/// actor: the tie or measure named last, in this sentence or the one before.
fn thing_meant(frames: &Frames, cast: &Cast, args: &Args) -> Option<usize> {
    let t = cast.tree;
    let &[theme] = args.theme.as_slice() else { return None };
    let many = match t.lemma(theme) {
        "it" => false,
        "they" | "them" => true,
        _ => return None,
    };
    if cast.resolved.at(theme).is_some() || t.tok(theme).pos != "PRON" {
        return None;
    }
    let from = t.sentences()[t.sentence_ix(theme).saturating_sub(1)].start;
    (from..theme).rev().find(|j| {
        let number = if many { t.tok(*j).tag == "NNS" } else { t.tok(*j).tag == "NN" };
        number
            && matches!(t.dep(*j), "dobj" | "nsubj" | "nsubjpass" | "pobj" | "attr" | "conj")
            && frames.lists().has("measures", t.lemma(*j))
            && cast.resolved.at(*j).is_none()
    })
}

/// "each other's capitals", "their countries": what belongs to the joined subjects is no further party.
fn is_each_others(t: &Tree, token: usize) -> bool {
    let first = t.phrase(token).start;
    t.lemma(token) == "other" && token > 0 && t.lemma(token - 1) == "each"
        || matches!(t.doc.text(first).to_lowercase().as_str(), "each" | "their") && t.tok(token).tag == "NNS"
}

fn object_is_topic(frame: &Frame) -> bool {
    frame.object.as_ref().is_some_and(|o| o.fallback == "topic")
}

/// "A and B met", "talks between A and B": everyone named is a party; the first against each of the others.
/// "cut its ties in May, Saudi Arabia three days later": a name with a time of its own did it by itself.
fn each_in_his_time(t: &Tree, name: usize) -> bool {
    t.dep(name) == "conj" && t.kids(name).any(|k| k > name && t.dep(k) == "advmod" && t.lemma(k) == "later")
}

fn mutual(_frame: &Frame, f: usize, i: usize, args: &Args, mut all: Vec<Filler>) -> Option<Hit> {
    if all.len() < 2 {
        return None;
    }
    let rest = all.split_off(1);
    Some(Hit {
        frame: f,
        trigger: i,
        carrier: args.carrier,
        args: args.clone(),
        subjects: all,
        objects: rest,
        guessed: false,
        crossed: false,
    })
}

fn fill(
    frames: &Frames,
    cast: &Cast,
    (f, i): (usize, usize),
    args: &Args,
    slot: &Slot,
    other: &[Filler],
) -> Vec<Filler> {
    let is: Vec<&str> = slot.is.iter().collect();
    for path in slot.role.iter() {
        let mut out: Vec<Filler> = Vec::new();
        let mut heads = walk(cast.tree, i, args, path);
        if path == "agent" && cast.tree.is_verb(i) {
            heads = heads.into_iter().flat_map(|h| issuers(frames, cast, h)).collect();
        }
        let violent = matches!(frames.all.get(f).map(|x| x.claim.predicate.as_str()), Some("assault" | "coerce"));
        for tok in heads {
            let tok = if violent { those_hit(cast.tree, tok) } else { tok };
            if slot.not.has(cast.tree.lemma(tok)) {
                continue;
            }
            // "the bombing at the airport, which killed 36": no place does it
            if violent
                && path == "agent"
                && cast.tree.tok(tok).pos == "NOUN"
                && cast.resolved.at(tok).is_none()
                && cast.is_place(tok)
            {
                continue;
            }
            let mut found = cast.fill(tok, &is);
            // "two RSF commanders, A and B": the persons named
            let t = cast.tree;
            let beside = t.kids(tok).any(|k| t.dep(k) == "appos" && t.tok(k).pos == "PROPN" && k > tok);
            if t.tok(tok).tag == "NNS" && beside && found.iter().filter(|f| f.party.kind == "person").count() > 1 {
                found.retain(|f| f.party.kind == "person");
            }
            // "the penholder, the United States": the name beside it
            if found.is_empty() && cast.tree.tok(tok).pos == "NOUN" {
                let t = cast.tree;
                let by_name = |k: usize| cast.resolved.at(k).is_some_and(|m| matches!(m.via, Via::Name | Via::Title));
                let beside = t.kids(tok).find(|k| t.dep(*k) == "appos" && t.tok(*k).pos == "PROPN" && by_name(*k));
                found = beside.map(|k| cast.fill(k, &is)).unwrap_or_default();
            }
            // "X, the U.S. envoy, and Y": a post in the singular has one bearer
            let t = cast.tree;
            if path == "agent"
                && !t.is_verb(i)
                && t.dep(i) == "appos"
                && matches!(t.tok(i).tag, "NN" | "NNP")
                && found.len() > 1
            {
                found.retain(|f| f.token == tok);
            }
            if found.iter().all(|f| other.iter().any(|o| o.party.id == f.party.id)) {
                found.extend(beyond(cast, tok, &is, other));
            }
            for mut filler in found {
                // "Mahsa Amini, a woman who was detained": the name stands for its apposition
                let t = cast.tree;
                if filler.party.id.starts_with('~')
                    && t.dep(filler.token) == "appos"
                    && !t.is_deed(filler.token)
                    && t.tok(t.head(filler.token)).pos == "PROPN"
                    && let Some(named) = cast.fill(t.head(filler.token), &is).into_iter().next()
                {
                    filler = named;
                }
                // "the capital, Mogadishu", "one of them, Abdi Rashid": the name beside it tells who or what it is
                let unnamed = t.tok(filler.token).pos != "PROPN"
                    || cast.resolved.at(filler.token).is_some_and(|m| matches!(m.via, Via::Noun | Via::People));
                if filler.party.id.starts_with('~')
                    && unnamed
                    && let Some(beside) = t.kids(filler.token).find(|k| {
                        t.dep(*k) == "appos"
                            && t.tok(*k).pos == "PROPN"
                            && t.kids(*k).all(|c| t.dep(c) != "conj" || t.tok(c).pos != "PROPN")
                    })
                    && let Some(named) = cast.fill(beside, &is).into_iter().next()
                {
                    let mention = filler.party.mention.clone();
                    let label_is_all = named.party.id.starts_with('~');
                    filler = if label_is_all {
                        named
                    } else {
                        Filler { token: filler.token, party: crate::values::Party { mention, ..named.party } }
                    };
                }
                let mut same = other.iter().chain(&out).any(|o| o.party.id == filler.party.id);
                // "The League called on its members": they are others than the body that calls on them
                let of_one = |m: &crate::resolve::Mention| m.via == Via::Organ && m.also.is_empty();
                if same && t.tok(tok).tag == "NNS" && cast.resolved.at(tok).is_some_and(of_one) {
                    filler = cast.as_it_stands(tok, "people");
                    same = false;
                }
                if !same {
                    out.push(filler);
                }
            }
            if !out.is_empty() {
                break;
            }
        }
        if !out.is_empty() {
            return out;
        }
    }
    Vec::new()
}

/// "fired on his supporters, killing one": a bare count is one of those whom the clause over it tells of.
fn those_hit(t: &Tree, tok: usize) -> usize {
    let v = t.head(tok);
    if t.tok(tok).tag != "CD" || t.dep(tok) != "dobj" || t.dep(v) != "advcl" || t.kids(tok).next().is_some() {
        return tok;
    }
    let over = t.head(v);
    let at = |p: usize| matches!(t.lemma(p), "on" | "at" | "into" | "against");
    let hit = t.kid(over, &["dobj"]).or_else(|| t.kids(over).filter(|p| at(*p)).find_map(|p| t.kid(p, &["pobj"])));
    hit.filter(|h| *h < tok && t.is_nominal(*h)).unwrap_or(tok)
}

/// What is written or spoken acts for whoever issued it: "a report by the United Nations blamed", "a statement from the
/// ministry accused", "an Amnesty International report".
fn issuers(frames: &Frames, cast: &Cast, head: usize) -> Vec<usize> {
    let t = cast.tree;
    if !frames.lists().has("issued", t.lemma(head)) || cast.resolved.at(head).is_some() {
        return vec![head];
    }
    let of = t
        .kids(head)
        .filter(|k| t.dep(*k) == "prep" && matches!(t.lemma(*k), "by" | "from" | "of"))
        .filter_map(|k| t.kid(k, &["pobj"]));
    let before = t.kids(head).filter(|k| matches!(t.dep(*k), "poss" | "compound" | "nmod" | "amod"));
    let found: Vec<usize> = of.chain(before).filter(|o| cast.resolved.at(*o).is_some()).collect();
    if found.is_empty() { vec![head] } else { found[..1].to_vec() }
}

/// "None of the members has recognised them": a pronoun beside its own clause's subject stands for another, whom the
/// text spoke of last: subjects of the sentences before.
fn beyond(cast: &Cast, tok: usize, is: &[&str], other: &[Filler]) -> Option<Filler> {
    let t = cast.tree;
    // "listed Iran and expelled its ambassador": nobody expels his own
    let expels = |o: usize| matches!(t.lemma(t.head(o)), "expel" | "eject" | "summon" | "kick");
    if t.dep(tok) == "poss" && t.tok(tok).tag == "PRP$" && !other.is_empty() && expels(t.head(tok)) {
        return t.sentence(tok).take_while(|j| *j < tok).collect::<Vec<_>>().into_iter().rev().find_map(|j| {
            let f = cast.one_named(j, is).filter(|_| matches!(t.dep(j), "dobj" | "pobj" | "nsubjpass"))?;
            (!other.iter().any(|o| o.party.id == f.party.id)).then_some(f)
        });
    }
    let many = match t.lemma(tok) {
        "they" if t.tok(tok).tag == "PRP" => true,
        "he" | "she" if t.tok(tok).tag == "PRP" => false,
        _ => return None,
    };
    if other.is_empty() || !matches!(t.dep(tok), "dobj" | "dative" | "pobj") {
        return None;
    }
    let s = t.sentence_ix(tok);
    (s.saturating_sub(2)..s).rev().find_map(|n| {
        t.sentences()[n].clone().rev().find_map(|i| {
            if !matches!(t.dep(i), "nsubj" | "nsubjpass")
                || !t.is_verb(t.head(i))
                || !matches!(t.dep(t.head(i)), "ROOT" | "conj")
            {
                return None;
            }
            let person = cast.kind_at(i) == Some(Kind::Person);
            let f = cast.one_named(i, is)?;
            let fresh = !other.iter().any(|o| o.party.id == f.party.id);
            (fresh && person != many).then_some(f)
        })
    })
}

/// Is the person at a token one who bears, by the text, an envoy's title that a condition asks for?
fn bears(cast: &Cast, c: &Condition, tok: usize) -> bool {
    let Some(m) = cast.resolved.at(tok).filter(|m| m.who.kind(cast.actors) == Kind::Person && m.also.is_empty()) else {
        return false;
    };
    let asked = |title: &str| ENVOYS.iter().any(|e| c.words.has(e) && title.split([' ', '-']).any(|w| w == *e));
    cast.resolved
        .mentions
        .iter()
        .any(|o| o.who == m.who && o.title.as_deref().is_some_and(|t| asked(&t.to_lowercase())))
}

fn meets(cast: &Cast, words: &Words, c: &Condition, tok: usize) -> bool {
    let t = cast.tree;
    // joined nouns are looked at together; a verb is none of those it is joined to: "recognised X, but Y refused to"
    let joined = || if t.is_verb(tok) { vec![tok] } else { t.conjuncts(tok) };
    // "the Islamic State" is no state: a word of a known body's name says nothing of what it is
    let of_name = |k: usize| {
        cast.resolved.at(k).is_some_and(|m| {
            m.via == Via::Name
                && matches!(m.who, Who::Known(_))
                && matches!(m.who.kind(cast.actors), Kind::Group | Kind::Organization | Kind::Party)
        })
    };
    let named = c.words.is_empty()
        || c.words.has("*")
        || joined().iter().any(|k| {
            let one = c.word_numbers.name(words, *k);
            (one || c.several.iter().any(|w| is_word(t, *k, w))) && !of_name(*k)
        });
    // "#": a count
    let counted = |k: usize| t.tok(k).tag == "CD" && c.within.has("#");
    let within =
        || c.within.is_empty() || t.below(tok, true).iter().any(|k| c.within_numbers.hold(words, *k) || counted(*k));
    let kinds = || {
        c.is.is_empty() || {
            let is: Vec<&str> = c.is.iter().collect();
            !cast.fill(tok, &is).is_empty()
        }
    };
    named && within() && kinds()
}

/// Is the word at a token this lemma; "interest section": with that modifier before it.
pub fn is_word(t: &Tree, i: usize, word: &str) -> bool {
    let mut parts = word.rsplit(' ');
    let head = parts.next().unwrap_or_default();
    if t.lemma(i) != head && tok_noun(t, i) != head {
        return false;
    }
    parts.all(|m| {
        t.kids(i).any(|k| {
            matches!(t.dep(k), "compound" | "amod" | "nmod" | "poss") && (t.lemma(k) == m || tok_noun(t, k) == m)
        })
    })
}

/// Does a token at the end of a path pass a test? Short paths are followed without a list being made.
fn stands_at(t: &Tree, i: usize, args: &Args, path: &Path, mut test: impl FnMut(usize) -> bool) -> bool {
    let list = match path {
        Path::Agent => &args.agent,
        Path::Theme => &args.theme,
        Path::Dative => &args.dative,
        Path::Attr => &args.attr,
        Path::Poss => &args.poss,
        Path::Mod => &args.mods,
        Path::Comp => &args.comps,
        Path::Itself => return test(i),
        Path::Prep(_) if args.preps.is_empty() => return false,
        Path::Prep(ps) => {
            return ps.iter().any(|p| args.preps.iter().filter(|(q, _)| q == p).any(|(_, o)| test(*o)));
        }
        Path::Long(path) => return walk(t, i, args, path).into_iter().any(test),
    };
    list.iter().any(|k| test(*k))
}

/// The tokens at the end of a path that starts from a predicate.
pub fn walk(t: &Tree, i: usize, args: &Args, path: &str) -> Vec<usize> {
    let (first, mut rest) = cut(path, b'.');
    let mut at = step(t, i, Some(args), first);
    while let Some(more) = rest {
        if at.is_empty() {
            return at;
        }
        let (s, next) = cut(more, b'.');
        rest = next;
        let mut next = Vec::new();
        for tok in at {
            for n in step(t, tok, None, s) {
                if !next.contains(&n) {
                    next.push(n);
                }
            }
        }
        at = next;
    }
    at
}

/// What stands before the first such byte, and what behind it; role paths are short.
fn cut(path: &str, at: u8) -> (&str, Option<&str>) {
    match path.bytes().position(|b| b == at) {
        Some(n) => (&path[..n], Some(&path[n + 1..])),
        None => (path, None),
    }
}

fn step(t: &Tree, i: usize, args: Option<&Args>, name: &str) -> Vec<usize> {
    let a = args.unwrap_or_else(|| t.args(i));
    match name {
        "agent" => a.agent.clone(),
        "theme" => a.theme.clone(),
        "dative" => a.dative.clone(),
        "attr" => a.attr.clone(),
        "poss" => a.poss.clone(),
        "mod" => a.mods.clone(),
        "comp" => a.comps.clone(),
        "self" => vec![i],
        // the subject of a small clause: "found him guilty"
        "nsubj" => t.kids(i).filter(|k| t.dep(*k) == "nsubj").collect(),
        "appos" => t.kids(i).filter(|k| t.dep(*k) == "appos").collect(),
        // the first of those it is joined to: "spoke with X and promised"
        "first" => {
            if t.dep(i) == "conj" {
                vec![t.first_conjunct(i)]
            } else {
                Vec::new()
            }
        }
        // of joined verbs, what stands over the first: "the talks ended and Canada listed it" is not about an end
        "head" => {
            let i = if t.is_verb(i) { t.first_conjunct(i) } else { i };
            if t.is_root(i) { Vec::new() } else { vec![t.head(i)] }
        }
        "bearer" => t.bearers(i),
        "carrier" => vec![a.carrier],
        // "will", "would" beside the verb
        "aux" => t.kids(i).filter(|k| t.dep(*k) == "aux").collect(),
        // the surface subject of the clause in which the word stands
        "subject" => t.subject(t.clause(a.carrier)).into_iter().collect(),
        // "Iran-backed": the word before the hyphen
        "hyphen" => {
            if i >= 2 && t.doc.text(i - 1) == "-" {
                vec![i - 2]
            } else {
                Vec::new()
            }
        }
        // "pro-Russian": the word after it
        "after_hyphen" => {
            if i + 2 < t.len() && t.doc.text(i + 1) == "-" {
                vec![i + 2]
            } else {
                Vec::new()
            }
        }
        "part" => t.kids(i).filter(|k| matches!(t.dep(*k), "prt" | "advmod" | "acomp" | "oprd")).collect(),
        "adv" => t.kids(i).filter(|k| matches!(t.dep(*k), "advmod" | "npadvmod")).collect(),
        "conj" => t.kids(i).filter(|k| t.dep(*k) == "conj").collect(),
        // "left to join X": what it is done for
        "purpose" => t
            .kids(i)
            .filter(|k| {
                matches!(t.dep(*k), "advcl" | "xcomp") && t.kids(*k).any(|a| t.dep(a) == "aux" && t.lemma(a) == "to")
            })
            .collect(),
        // "after missiles landed": a clause of time or cause
        "advcl" => t.kids(i).filter(|k| t.dep(*k) == "advcl").collect(),
        // "Abu Dhabi, where he lives": the place that a clause tells of
        "where" => {
            let v = t.first_conjunct(i);
            let where_ = |k: usize| t.lemma(k) == "where";
            if t.dep(v) == "relcl" && (t.kids(v).any(where_) || t.kids(i).any(where_)) {
                vec![t.head(v)]
            } else {
                Vec::new()
            }
        }
        "rel" => t.kids(i).filter(|k| matches!(t.dep(*k), "relcl" | "acl")).collect(),
        _ => match name.strip_prefix("prep:") {
            Some(ps) => {
                let mut out = Vec::new();
                let mut rest = (!a.preps.is_empty()).then_some(ps);
                while let Some(more) = rest {
                    let (p, next) = cut(more, b'|');
                    rest = next;
                    out.extend(a.preps.iter().filter(|(q, _)| q == p).map(|(_, o)| *o));
                }
                out
            }
            None => Vec::new(),
        },
    }
}
