//! Events that no frame has a word for: every verb and noun of the lexicon of events (`data/lexicon/events.toml`)
//! between two named parties is an event of the type that `relate` would give it.
//!
//! Frames come first: where one was called by the same word, or says the same of the same doer in the clause, the
//! general reading is silent. Without two parties that are real (known, named, or a body of people) nothing is said.
use super::factuality::Put;
use super::parties::{Cast, Filler};
use super::reach::{named, named_or_below, nearest_below, real};
use super::realise::{Hit, walk};
use super::relate::{Event, Events, event_of_noun, event_of_verb, is_readiness, is_speech, is_vague};
use super::tree::Args;
use super::{Maker, dating, values};
use crate::resolve::DateRole;
use crate::values::{By, Family, Modality, Party, Polarity};
use serde_json::{Map, Value};

/// An event read by the lexicon alone.
#[derive(Debug, Clone)]
pub struct Act {
    pub event: Event,
    /// The entry that decided.
    pub key: String,
    pub hit: Hit,
}

const DOERS: &[&str] = &["side", "person", "people", "media", "polity"];
const DONE_TO: &[&str] = &["side", "person", "people", "polity", "place", "media"];

/// Whoever speaks or looks on, but does nothing.
const BYSTANDERS: &[&str] = &[
    "we",
    "i",
    "us",
    "you",
    "witness",
    "source",
    "observer",
    "analyst",
    "expert",
    "report",
    "statement",
    "eyewitness",
];

/// Verbs of sending soldiers somewhere.
const SENDS: &[&str] = &["send", "deploy", "dispatch", "station", "put", "move", "mobilize", "mobilise"];

/// Where those who are sent go.
const WHITHER: &[&str] = &[
    "prep:into|to|in|on|near|along|at|against|across|around",
    "theme.prep:into|to|in|on|near|along|at|against|across|around",
];

/// Where the second party of a verb stands, likeliest first.
const VERB_PATHS: &[&str] = &[
    "dative",
    "theme",
    "prep:on|upon|against|at|toward|towards|with|to|from|into|between|for|over|in",
    "theme.poss",
    "theme.mod",
    "theme.prep:on|upon|against|with|to|from|between|for|of|by|over|in",
    "comp.dative",
    "comp.theme",
    "comp.agent",
    "comp.prep:on|against|with|to|from|into|for|at|in",
    "comp.theme.poss",
    "comp.theme.mod",
    "comp.theme.prep:on|against|with|to|from|for|of|in",
    "prep:of|for|with|to.poss",
    "prep:of|for|with|to.prep:on|against|with|to|from|of|in",
    "comp.comp.theme",
    "comp.comp.prep:on|against|with|to|from",
];

const NOUN_PATHS: &[&str] = &[
    "prep:on|upon|against|at|with|to|toward|towards|from|into|between|of|for",
    "prep:on|against|of|with.poss",
    "prep:on|against|of|with.mod",
];

/// The general events of a document; `said`: the words that called a frame already.
pub fn acts(events: &Events, cast: &Cast, said: &[usize]) -> Vec<Act> {
    let t = cast.tree;
    let mut out = Vec::new();
    for i in 0..t.len() {
        if said.contains(&i) {
            continue;
        }
        if let Some(act) = pledge(events, cast, i).or_else(|| demand(events, cast, i)) {
            out.push(act);
            continue;
        }
        match t.tok(i).pos {
            "VERB" => out.extend(verb(events, cast, i, said)),
            // "extended its sanctions": the verb has told of them
            "NOUN" if matches!(t.dep(i), "dobj" | "nsubjpass") && said.contains(&t.head(i)) => {}
            "NOUN" => out.extend(noun(events, cast, i)),
            _ => {}
        }
    }
    out
}

/// Does the verb act on one of these, its doer's own?
fn args_theme_is(t: &super::tree::Tree, v: usize, nouns: &[&str]) -> bool {
    let own = |o: usize| t.kids(o).any(|k| t.dep(k) == "poss" && t.tok(k).tag == "PRP$");
    t.kids(v).any(|o| t.dep(o) == "dobj" && nouns.contains(&t.lemma(o)) && own(o))
}

fn verb(events: &Events, cast: &Cast, v: usize, said: &[usize]) -> Option<Act> {
    let t = cast.tree;
    // "became an adviser" does nothing to anybody, and what is denied is told by the clause below
    let denies = t.lemma(v) == "deny" && t.kids(v).any(|k| t.dep(k) == "ccomp");
    if t.lemma(v) == "become" || denies {
        return None;
    }
    // what another verb carries is read from there: "refused to meet", "said it would"
    if matches!(t.dep(v), "xcomp" | "amod" | "compound" | "auxpass" | "aux") {
        return None;
    }
    // "recalls that it does not recognise": remembers; "ended their meeting": it was over
    let own_talks =
        t.lemma(v) == "end" && args_theme_is(t, v, &["meeting", "visit", "summit", "talk", "session", "trip"]);
    if t.lemma(v) == "recall" && t.kids(v).any(|k| t.dep(k) == "ccomp") || own_talks {
        return None;
    }
    // "cut off the hands of civilians"
    let limbs = |o: usize| {
        matches!(t.lemma(o), "hand" | "head" | "limb" | "arm" | "leg" | "ear" | "nose" | "finger" | "throat")
    };
    if t.lemma(v) == "cut" && t.kids(v).any(|k| t.dep(k) == "dobj" && limbs(k)) {
        return None;
    }
    // "pleaded guilty" asks for nothing
    if t.lemma(v) == "plead" && t.kids(v).any(|k| matches!(t.lemma(k), "guilty" | "innocent" | "guilt")) {
        return None;
    }
    // what did not happen is told by frames alone; "pressed ahead with the vote" presses nobody
    if t.kids(v).any(|k| t.dep(k) == "neg" || matches!(t.lemma(k), "never" | "ahead")) {
        return None;
    }
    let args = t.verb_args(v);
    // "accusing it of crimes in Gaza": whom the pronoun stands for is not known, and nobody else is meant
    if args.theme.iter().any(|o| t.tok(*o).pos == "PRON" && cast.resolved.at(*o).is_none()) {
        return None;
    }
    // a light verb whose noun called a frame
    if t.kids(v).any(|k| matches!(t.dep(k), "dobj" | "xcomp" | "prt") && said.contains(&k)) {
        return None;
    }
    let subjects = real(cast, &args.agent, DOERS, &[]);
    let first = subjects.first().filter(|s| !BYSTANDERS.contains(&t.lemma(s.token)))?;
    let src = t.below(first.token, true);
    let (event, key) = event_of_verb(events, t, v, src, &[])?;
    // what is denied is told by its own frame as denied; a government that sits somewhere protests nothing
    if event == Event::Reject && t.lemma(v) == "deny" && key.starts_with("verbs ")
        || key == "verbs sit_in" && first.party.kind != "people"
    {
        return None;
    }
    let of_speech = matches!(
        event,
        Event::Request | Event::Accuse | Event::Reject | Event::Threaten | Event::Agree | Event::Support
    );
    if is_vague(events, &key) || (is_speech(events, t.lemma(v)) && !of_speech) {
        return None;
    }
    // "said it would never recognise": what is said is told by the frames
    if is_speech(events, t.lemma(v)) && !key.split([' ', '>', '_']).any(|w| w == t.lemma(v)) {
        return None;
    }
    // "is not ready to recognise": told by the frame below
    if key.starts_with("not ") && t.below(v, true).iter().any(|b| said.contains(b)) {
        return None;
    }
    // "will not abandon its ally": what is not given up is no refusal
    let given_up =
        ["abandon", "drop", "end", "stop", "betray", "desert", "leave", "give", "forget", "cease", "quit", "surrender"];
    if key.strip_prefix("not ").is_some_and(|l| given_up.contains(&l)) {
        return None;
    }
    // "has 16,000 peacekeepers there", "will send police": what is had is not given, what is to be sent threatens nobody
    let has =
        matches!(t.lemma(v), "have" | "keep" | "maintain" | "retain" | "hold" | "need" | "lack" | "want" | "lose");
    if event == Event::Aid && key.starts_with("nouns ") && has
        || event == Event::Threaten && SENDS.contains(&t.lemma(v))
    {
        return None;
    }
    // "estimates that 30,000 people have been killed": what another does in the clause below is not the matrix subject's
    let told_below = t.kids(v).any(|k| t.dep(k) == "ccomp" && t.kid(k, &["nsubj", "nsubjpass"]).is_some())
        || matches!(t.lemma(v), "prevent" | "stop" | "keep" | "bar" | "deter" | "discourage" | "dissuade");
    if told_below && !key.split([' ', '>', '_']).any(|w| w == t.lemma(v)) {
        return None;
    }
    // "vowed that no state would be established", "warning that it could fuel instability": what others will do or
    // undergo is neither promised nor threatened
    let others = t.kids(v).any(|k| {
        t.dep(k) == "ccomp"
            && t.kid(k, &["nsubj", "nsubjpass"]).is_some_and(|s| {
                let said = cast.fill(s, &["side", "person"]);
                !said.iter().any(|f| {
                    f.party.id == first.party.id || f.party.country.is_some() && f.party.country == first.party.country
                }) && t.tok(s).pos != "PRON"
            })
    });
    if others && matches!(event, Event::Agree | Event::Threaten) {
        return None;
    }
    if event == Event::Agree && !promised(cast, v, first) {
        return None;
    }
    // "warned its citizens", "advised its citizens": advice to one's own
    let own = |o: &usize| t.kids(*o).any(|k| t.dep(k) == "poss" && t.tok(k).tag == "PRP$");
    if matches!(event, Event::Threaten | Event::Request)
        && args.theme.iter().chain(&args.dative).any(|o| t.tok(*o).tag == "NNS" && own(o))
    {
        return None;
    }
    let mut objects = second(cast, v, &args, &subjects, VERB_PATHS);
    // "sending peacekeepers to Abyei", "put British soldiers into Kosovo": what is sent is not to whom
    let sent = |o: &Filler| {
        matches!(event, Event::Aid | Event::Assault)
            && o.party.id.starts_with('~')
            && key.rsplit(['>', ' ']).next() == Some(t.lemma(o.token))
            || event == Event::Mobilize
                && key.starts_with("objects ")
                && args.theme.iter().any(|x| *x == o.token || t.head(o.token) == *x && o.token < *x)
    };
    // "downgraded its representation in Doha": what is done to a city's state
    if !matches!(event, Event::Assault | Event::Protest | Event::Mobilize | Event::Retreat | Event::Coerce) {
        for o in objects.iter_mut().filter(|o| o.party.kind == "place") {
            if let Some(ix) = o.party.country.as_deref().and_then(|c| cast.actors.by_id(c)) {
                o.party = Party { mention: o.party.mention.clone(), ..cast.party(ix) };
            }
        }
    }
    if objects.iter().any(sent) {
        let whither = if event == Event::Mobilize { WHITHER } else { &VERB_PATHS[2..] };
        objects = second(cast, v, &args, &subjects, whither);
        objects.retain(|o| !sent(o));
    }
    // "signed in New York": where something is said or agreed is nobody's part in it
    let spoken = matches!(
        event,
        Event::Agree
            | Event::Consult
            | Event::Support
            | Event::Request
            | Event::Accuse
            | Event::Reject
            | Event::Threaten
            | Event::Protest
    );
    if spoken && objects.iter().all(|o| stands_in_place(cast, v, o)) {
        objects.clear();
    }
    if objects.is_empty() && subjects.len() == 2 && event == Event::Support && t.lemma(v) == "sign" {
        return mutual(cast, event, key, v, args, subjects);
    }
    if objects.is_empty() {
        objects = nearest_below(cast, v, DONE_TO, &subjects);
        objects.retain(|o| event != Event::Mobilize || !sent(o));
        // "leaders meet in Nairobi to discuss": where they meet is nobody
        if spoken {
            objects.retain(|o| !stands_in_place(cast, v, o));
        }
    }
    if objects.is_empty() {
        return mutual(cast, event, key, v, args, subjects);
    }
    // "withdrew from the Paris accord": a treaty or a body left is no retreat
    if key.ends_with("withdraw_from")
        && objects
            .iter()
            .all(|o| o.party.id.starts_with('~') && o.party.country.is_none() || o.party.kind == "organization")
    {
        return None;
    }
    if !subjects.iter().chain(&objects).any(|f| named(cast, f)) {
        return None;
    }
    // "Lavrov repeated that Moscow won't agree": an officer of a state is no second party to it
    let post = |f: &Filler| {
        cast.resolved.mentions.iter().any(|m| m.title.is_some() && cast.party_of(&m.who, m).0.id == f.party.id)
    };
    let own =
        |s: &Filler, o: &Filler| s.party.kind == "person" && s.party.country.as_ref() == Some(&o.party.id) && post(s);
    objects.retain(|o| !subjects.iter().any(|s| own(s, o)));
    if objects.is_empty() {
        return None;
    }
    Some(Act { event, key, hit: hit(v, v, args, subjects, objects) })
}

/// "Ethiopia said it would let the convoys pass", "Honduras is willing to withdraw its troops", "said it will not free
/// them": who says what they will do themselves promises, threatens or refuses it (PLOVER: the verbal type).
fn pledge(events: &Events, cast: &Cast, v: usize) -> Option<Act> {
    let t = cast.tree;
    let speaks = t.dep(v) == "ccomp" && is_speech(events, t.lemma(t.head(v)));
    let will = t.kids(v).any(|k| t.dep(k) == "aux" && matches!(t.lemma(k), "will" | "would" | "shall"));
    let ready = t.tok(v).pos == "AUX" && t.kids(v).any(|k| t.dep(k) == "acomp" && is_readiness(events, t.lemma(k)));
    if !(ready || speaks && will && t.is_verb(v)) || t.kids(v).any(|k| t.dep(k) == "mark" && t.lemma(k) != "that") {
        return None;
    }
    let args = t.verb_args(v);
    let doers = real(cast, &args.agent, DOERS, &[]);
    let first = doers.first()?;
    if args.passive || first.party.id.starts_with('~') {
        return None;
    }
    // another's act is foretold, not promised
    if speaks && will {
        let speakers = real(cast, &t.verb_args(t.head(v)).agent, DOERS, &[]);
        let own = |s: &Filler| {
            s.party.id == first.party.id || s.party.country.is_some() && s.party.country == first.party.country
        };
        if !speakers.iter().any(own) {
            return None;
        }
    }
    let (event, key) = event_of_verb(events, t, v, t.below(first.token, true), &[])?;
    // "said it would send troops to Mali": what is to be sent threatens nobody
    if !matches!(event, Event::Agree | Event::Threaten | Event::Reject)
        || event == Event::Threaten && SENDS.contains(&t.lemma(v))
    {
        return None;
    }
    let objects = second(cast, v, &args, &doers, VERB_PATHS);
    let objects = named_or_below(cast, v, DONE_TO, &doers, objects);
    // to leave a body is promised to nobody
    if key.ends_with("withdraw_from") && objects.iter().all(|o| o.party.kind == "organization") {
        return None;
    }
    (!objects.is_empty()).then(|| Act { event, key, hit: hit(v, v, args, doers, objects) })
}

/// "said that Uganda must withdraw", "says Serbia should recognise": whoever says what another has to do asks it of them.
fn demand(events: &Events, cast: &Cast, v: usize) -> Option<Act> {
    let t = cast.tree;
    let decides =
        matches!(t.lemma(t.head(v)), "decide" | "rule" | "resolve" | "order" | "determine" | "demand" | "insist");
    if t.dep(v) != "ccomp"
        || !(is_speech(events, t.lemma(t.head(v))) || decides)
        || !(t.is_verb(v) || t.tok(v).pos == "AUX")
    {
        return None;
    }
    let must = t
        .kids(v)
        .any(|k| t.dep(k) == "aux" && (matches!(t.lemma(k), "must" | "should") || t.lemma(k) == "shall" && decides));
    if !must || t.kids(v).any(|k| t.dep(k) == "mark" && t.lemma(k) != "that") {
        return None;
    }
    let head = t.head(v);
    let args = t.verb_args(head);
    let speakers = real(cast, &args.agent, DOERS, &[]);
    let first = speakers.first().filter(|s| !BYSTANDERS.contains(&t.lemma(s.token)))?;
    let asked = real(cast, &t.verb_args(v).agent, DONE_TO, &speakers);
    let both = named(cast, first) && asked.iter().any(|f| named(cast, f) && f.party.kind != "place");
    both.then(|| Act {
        event: Event::Request,
        key: format!("must {}", t.lemma(v)),
        hit: hit(head, head, args, speakers, asked),
    })
}

/// A promise by its own word, or the plain future of a polity's act: plans and wishes are no promise yet.
fn promised(cast: &Cast, v: usize, doer: &Filler) -> bool {
    let t = cast.tree;
    if matches!(
        t.lemma(v),
        "agree" | "promise" | "pledge" | "vow" | "offer" | "consent" | "undertake" | "commit" | "volunteer" | "swear"
    ) {
        return true;
    }
    let will = t.kids(v).any(|k| t.dep(k) == "aux" && matches!(t.lemma(k), "will" | "shall"));
    will && t.tok(doer.token).pos == "PROPN" && !doer.party.id.starts_with('~')
}

/// "in New York", "at the White House": a place by its preposition, named right below the verb.
fn stands_in_place(cast: &Cast, v: usize, f: &Filler) -> bool {
    let t = cast.tree;
    let p = t.head(f.token);
    let beside_a_day = t.tok(f.token).pos == "PROPN" && f.party.kind == "place" && t.head(t.head(p)) != p;
    t.dep(f.token) == "pobj" && matches!(t.lemma(p), "in" | "at") && (t.head(p) == v || beside_a_day)
}

/// "Russia and Iran traded": each is the other's second party.
fn mutual(_cast: &Cast, event: Event, key: String, v: usize, args: Args, mut all: Vec<Filler>) -> Option<Act> {
    let both = matches!(event, Event::Consult | Event::Cooperate | Event::Agree | Event::Support) && all.len() == 2;
    if !both || args.passive {
        return None;
    }
    let other = all.split_off(1);
    Some(Act { event, key, hit: hit(v, v, args, all, other) })
}

fn noun(events: &Events, cast: &Cast, n: usize) -> Option<Act> {
    let t = cast.tree;
    let (event, key) = event_of_noun(events, t, n)?;
    let told = matches!(
        event,
        Event::Consult
            | Event::Accuse
            | Event::Request
            | Event::Reject
            | Event::Threaten
            | Event::Sanction
            | Event::Coerce
            | Event::Assault
            | Event::Protest
    );
    if !told || matches!(t.dep(n), "compound") {
        return None;
    }
    let args = t.noun_args(n, |_| false);
    let doers: Vec<usize> =
        args.preps.iter().filter(|(p, _)| p == "between").map(|(_, o)| *o).chain(args.agent.iter().copied()).collect();
    let mut subjects = real(cast, &doers, DOERS, &[]);
    if subjects.is_empty() {
        return None;
    }
    let mut objects = second(cast, n, &args, &subjects, NOUN_PATHS);
    if objects.is_empty() {
        if !args.preps.iter().any(|(p, _)| p == "between") || subjects.len() < 2 {
            return None;
        }
        objects = subjects.split_off(1);
    }
    if !subjects.iter().chain(&objects).any(|f| named(cast, f)) {
        return None;
    }
    let carrier = args.carrier;
    Some(Act { event, key, hit: hit(n, carrier, args, subjects, objects) })
}

fn hit(trigger: usize, carrier: usize, args: Args, subjects: Vec<Filler>, objects: Vec<Filler>) -> Hit {
    Hit { frame: 0, trigger, carrier, args, subjects, objects, guessed: false, crossed: false }
}

fn second(cast: &Cast, i: usize, args: &Args, subjects: &[Filler], paths: &[&str]) -> Vec<Filler> {
    for path in paths {
        // "In Banja Luka, protesters threw stones at ...": what the sentence begins with is where
        let t = cast.tree;
        let leading = |o: &usize| path.starts_with("prep:") && *o < i && t.is_verb(i) && t.dep(*o) == "pobj";
        let heads: Vec<usize> = walk(t, i, args, path).into_iter().filter(|o| !leading(o)).collect();
        let found = real(cast, &heads, DONE_TO, subjects);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

impl Maker<'_> {
    /// An event needs a party that stands for somebody, and what is not yet real needs its doer.
    pub(super) fn told_of_somebody(&self, hit: &Hit, put: Put) -> bool {
        let known = |f: &Filler| named(self.cast, f);
        // "if they cease their attacks": a noun's act in a condition is not told of
        if put.modality == Modality::Conditional && self.cast.tree.tok(hit.trigger).pos == "NOUN" {
            return false;
        }
        // a pronoun that stands for nobody found
        let open = |f: &Filler| self.cast.tree.tok(f.token).pos == "PRON" && self.cast.resolved.at(f.token).is_none();
        if hit.subjects.iter().any(|f| f.party.id.starts_with('~') && open(f)) {
            return false;
        }
        let anybody = hit.subjects.iter().chain(&hit.objects).any(known);
        // "demanded the release of X", "called for a ceasefire in Yemen": asked of whoever it may be
        let asked = self.coder.frames.all[hit.frame].claim.modality == Some(Modality::Demanded);
        if asked && put.modality == Modality::Demanded && hit.subjects.is_empty() {
            return !hit.objects.is_empty();
        }
        match (hit.subjects.is_empty(), put.modality) {
            // "Fourteen people have been arrested"
            (true, Modality::Asserted) => {
                let t = self.cast.tree;
                // "Fourteen people", "the hostages"
                let counted = |f: &Filler| {
                    let many = t.tok(f.token).tag == "NNS";
                    let the = |k: usize| many && t.doc.text(k).eq_ignore_ascii_case("the");
                    t.kids(f.token).any(|k| t.dep(k) == "nummod" || the(k))
                };
                let predicate = self.coder.frames.all[hit.frame].claim.predicate.as_str();
                // "A drone struck the refinery": the weapon stands for whoever fired it
                const WEAPONS: &[&str] = &[
                    "drone",
                    "missile",
                    "rocket",
                    "bomb",
                    "shell",
                    "warplane",
                    "jet",
                    "bomber",
                    "artillery",
                    "mortar",
                    "mine",
                ];
                let armed = || {
                    predicate == "assault"
                        && !hit.objects.is_empty()
                        && self.speaker(hit) == By::Author
                        && hit.args.agent.iter().any(|k| {
                            let l = t.lemma(*k);
                            self.coder.frames.lists().has("killers", l) || WEAPONS.contains(&l)
                        })
                };
                anybody || matches!(predicate, "coerce" | "assault") && hit.objects.iter().any(counted) || armed()
            }
            (true, _) => false,
            // "gunmen attacked a church" is news of nobody in particular, "the doctor urged rest" none at all
            (false, Modality::Asserted) => {
                let predicate = self.coder.frames.all[hit.frame].claim.predicate.as_str();
                // "the opposition rejected the result": in public life, if without a name
                let public = |f: &Filler| {
                    let lemma = self.cast.tree.lemma(f.token).to_lowercase();
                    self.coder.frames.lists().has("public", &lemma)
                };
                // "Human-rights groups welcomed the step"
                let t = self.cast.tree;
                let many = |f: &Filler| t.tok(f.token).tag == "NNS" && f.party.kind == "people";
                let spoken = matches!(predicate, "support" | "accuse" | "request" | "reject");
                anybody
                    || spoken && hit.subjects.iter().any(many)
                    || matches!(predicate, "assault" | "coerce" | "protest")
                    || hit.subjects.iter().chain(&hit.objects).any(public)
            }
            (false, _) => anybody,
        }
    }

    /// "recognised the killings of 1915": the date belongs to what is spoken of, not to the speaking.
    pub(super) fn dates_the_content(&self, hit: &Hit, date: usize) -> bool {
        let t = self.cast.tree;
        let spoken = matches!(
            self.coder.frames.all[hit.frame].claim.predicate.as_str(),
            "accuse" | "request" | "reject" | "support" | "threaten"
        );
        let act = |n: usize| t.tok(n).pos == "NOUN" && self.coder.events.names_an_act(t.lemma(n));
        spoken && t.is_verb(hit.trigger) && hit.args.theme.iter().any(|n| act(*n) && t.dominates(*n, date))
    }

    /// "in Russia, but also in Iran": each object that is a place is the place of its own claim.
    pub(super) fn place_of_each(&self, hit: &Hit, object: Option<&Filler>, value: &mut Map<String, Value>) {
        let Some(place) = value.get("place").and_then(Value::as_str) else { return };
        let t = self.cast.tree;
        let name = |f: &Filler| t.doc.text(f.token).to_owned();
        let listed = hit.objects.len() > 1 && hit.objects.iter().any(|f| place.ends_with(&name(f)));
        if let (true, Some(o)) = (listed, object) {
            value.insert("place".into(), o.party.mention.clone().into());
        }
    }

    /// "our government rejects", "we condemn" in a speaker's mouth: the speaker's side.
    pub(super) fn speak_for_themselves(&self, hit: &mut Hit, by: &By) {
        let t = self.cast.tree;
        let By::Speaker(speaker) = by else { return };
        for f in hit.subjects.iter_mut().filter(|f| f.party.id.starts_with('~')) {
            let own = |i: usize| matches!(t.lemma(i), "our" | "my" | "we" | "i");
            if own(f.token) || t.kids(f.token).any(|k| t.dep(k) == "poss" && own(k)) {
                f.party = speaker.clone();
            }
        }
        hit.subjects.truncate(if hit.subjects.iter().skip(1).all(|f| f.party.id == hit.subjects[0].party.id) {
            1
        } else {
            hit.subjects.len()
        });
    }

    /// What the lexicon of events says where the frames were silent.
    pub(super) fn acts(&mut self) {
        let t = self.cast.tree;
        for act in acts(&self.coder.events, self.cast, &self.called) {
            let hit = &act.hit;
            let parties: Vec<usize> = hit.subjects.iter().chain(&hit.objects).map(|f| f.token).collect();
            let mut put = self.coder.factuality.judge(t, hit.trigger, hit.carrier, &parties);
            if matches!(act.event, Event::Agree | Event::Threaten | Event::Reject) {
                // the type itself says that it is still to come, or refused
                if matches!(put.modality, Modality::Intended | Modality::Predicted) {
                    put.modality = Modality::Asserted;
                }
                put.polarity = Polarity::Yes;
            }
            if put.modality != Modality::Asserted {
                continue;
            }
            // A word alone, with no frame for it, was right in one of three; by what it names, in more than half for these.
            // denying a report refuses nobody anything, offering something is no pledge to somebody, and who is complained
            // to is not accused: each was wrong whenever read texts had it
            const NO_ACT: &[&str] = &[
                "objects deny>",
                "promise offer",
                "verbs complain",
                "objects open>consulate",
                "call somebody",
                "infinitives expect",
                "infinitives help",
            ];
            if NO_ACT.iter().any(|k| act.key.starts_with(k)) {
                continue;
            }
            let word_alone =
                ["verbs ", "nouns ", "prepositions ", "fail ", "decline "].iter().any(|w| act.key.starts_with(w));
            let known = |f: &Filler| !f.party.id.starts_with('~');
            let both_known = hit.subjects.iter().all(known) && hit.objects.iter().all(known);
            let telling = match act.event {
                Event::Assault | Event::Sanction | Event::Threaten => act.key.starts_with("verbs "),
                Event::Accuse | Event::Aid | Event::Support => act.key.starts_with("verbs ") && both_known,
                _ => false,
            };
            if word_alone && !telling {
                continue;
            }
            let by = self.speaker(hit);
            let date = dating::date_of(t, &self.cast.resolved.dates, hit.trigger, hit.carrier, &parties);
            let due = |role: DateRole| {
                role == DateRole::Until && matches!(act.event, Event::Request | Event::Threaten | Event::Agree)
            };
            let when = date
                .filter(|d| d.role != DateRole::Duration && !due(d.role))
                .map(|d| d.when.edtf.clone())
                .unwrap_or_default();
            let mut value = Map::new();
            if act.event == Event::Assault {
                values::take(self.cast, "toll", "killed", &[], hit.trigger, &mut value);
            }
            let near = t.below(hit.trigger, true);
            // "Britain sent soldiers": they are what is sent, no other side
            let mobilized = act.event == Event::Mobilize
                && hit.objects.iter().all(|o| o.party.id.starts_with('~') && o.party.kind != "place");
            if mobilized && self.out.iter().any(|(i, c)| *i == hit.trigger && c.predicate == "mobilize") {
                continue;
            }
            for s in &hit.subjects {
                let told = self.out.iter().any(|(i, c)| {
                    c.family == Family::Event
                        && c.predicate == act.event.as_str()
                        && c.object.is_some()
                        && super::id(&c.subject) == Some(&s.party.id)
                        && near.contains(i)
                });
                if told {
                    continue;
                }
                for o in &hit.objects {
                    let quote = self.quote(hit, Some(s), Some(o), date.map(|d| d.tokens.clone()));
                    let unknown = [s, o].iter().filter(|f| f.party.id.starts_with('~')).count();
                    let confidence = if unknown > 0 { 0.5 } else { 0.6 };
                    let claim = self.make(
                        Family::Event,
                        act.event.as_str(),
                        None,
                        put,
                        Some(s.party.clone()),
                        Some(o.party.clone()),
                        by.clone(),
                        when.clone(),
                        value.clone(),
                        quote,
                        &format!("lexicon {}", act.key),
                        confidence,
                    );
                    self.out.push((hit.trigger, claim));
                }
            }
        }
    }
}
