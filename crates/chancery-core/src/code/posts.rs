//! Missions and their chiefs, read as a story: who opened what rank of post where, raised it, closed it, who presented
//! credentials as what. A sentence of such a history leaves out what the one before has said, so this pass fills the
//! sending and the host state from the post's phrase, the chief's title, the heading and the title, in that order.
//!
//! ```text
//!   The Legation at Taiz was raised to Embassy status on January 28, 1963.
//!       post (rank, place -> host)      raise      new rank       when        sender: of the heading or title
//! ```
//! Each event says on what it rests (`basis`): an opening, a raise, credentials, an appointment, a closing. Which of them
//! makes the mission's rank at a date is a question of policy and is settled in `ask`, not here.
use super::dating;
use super::parties::{Cast, clean, slug};
use super::tree::{Args, Tree};
use crate::knowledge::DataFiles;
use crate::resolve::{ActorIx, Capital, DateMention, DateRole, Kind, Via, Who};
use crate::values::Finding;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    open: Vec<String>,
    raise: Vec<String>,
    close: Vec<String>,
    present: Vec<String>,
    credentials: Vec<String>,
    appoint: Vec<String>,
    receive: Vec<String>,
    arrive: Vec<String>,
    duties: Vec<String>,
    resident: Vec<String>,
    generic: Vec<String>,
    protect: Vec<String>,
    title: Vec<Title>,
}

/// The words of a chief's title and the rank of mission that goes with it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Title {
    says: Vec<String>,
    rank: String,
    not: Vec<String>,
}

/// The words in which missions are told of: `data/lexicon/missions.toml`.
#[derive(Debug, Default)]
pub struct Posts {
    verbs: HashMap<String, Vec<What>>,
    credentials: HashSet<String>,
    duties: HashSet<String>,
    resident: HashSet<String>,
    generic: HashSet<String>,
    protect: HashSet<String>,
    titles: Vec<Title>,
}

/// What happened to a mission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    Open,
    Raise,
    Close,
    /// Letters of credence handed over.
    Present,
    /// Received or recognised by the host.
    Receive,
    /// At the post, duties taken up.
    Arrive,
    Appoint,
    /// What is left of a mission: chiefs who live elsewhere.
    Reside,
}

impl What {
    /// The `basis` of a claim.
    pub fn basis(self) -> &'static str {
        match self {
            What::Open => "opening",
            What::Raise => "elevation",
            What::Close => "closing",
            What::Present | What::Receive => "credentials",
            What::Arrive => "arrival",
            What::Appoint => "appointment",
            What::Reside => "residence",
        }
    }
}

/// One event of a mission's story.
#[derive(Debug, Clone)]
pub struct PostEvent {
    pub what: What,
    /// Rank after the event; "none" of a closing.
    pub rank: String,
    /// Rank of the post that was opened or closed, where the text names one.
    pub post: Option<String>,
    pub sender: Option<ActorIx>,
    pub host: Option<ActorIx>,
    /// Both parties stand in the words themselves.
    pub stated: bool,
    pub when: String,
    /// The date was carried over from before.
    pub dated_by_context: bool,
    pub place: Option<String>,
    /// Is the place the host's capital? `None` = no place, or not known.
    pub at_capital: Option<bool>,
    pub chief: Option<String>,
    /// The chief heads the mission in his person only: a chargé d'affaires.
    pub charge: bool,
    /// The chief lives in another state than the host.
    pub elsewhere: bool,
    pub trigger: usize,
    pub carrier: usize,
    pub quote: Range<usize>,
}

/// A turn of relations that a heading asserts and its section dates.
#[derive(Debug, Clone)]
pub struct Turn {
    pub ends: bool,
    pub sender: ActorIx,
    pub host: ActorIx,
    pub when: String,
    pub trigger: usize,
    pub quote: Range<usize>,
}

/// A turn of relations that a frame found in the text.
#[derive(Debug, Clone)]
pub struct Told {
    pub trigger: usize,
    pub ends: bool,
    pub when: String,
}

impl Posts {
    pub fn load(data: &DataFiles) -> (Posts, Vec<Finding>) {
        let mut out = Posts::default();
        let mut findings = Vec::new();
        for (path, text) in data.below("lexicon/missions") {
            match toml::from_str::<File>(text) {
                Ok(f) => {
                    let groups = [
                        (f.open, What::Open),
                        (f.raise, What::Raise),
                        (f.close, What::Close),
                        (f.present, What::Present),
                        (f.receive, What::Receive),
                        (f.arrive, What::Arrive),
                        (f.appoint, What::Appoint),
                    ];
                    for (words, what) in groups {
                        for w in words {
                            out.verbs.entry(w).or_default().push(what);
                        }
                    }
                    out.credentials.extend(f.credentials);
                    out.duties.extend(f.duties);
                    out.resident.extend(f.resident);
                    out.generic.extend(f.generic);
                    out.protect.extend(f.protect);
                    out.titles.extend(f.title);
                }
                Err(e) => findings.push(super::frames::bad_file(path, &e)),
            }
        }
        (out, findings)
    }

    /// The rank that a title's text gives its bearer's mission; "charge" for a chargé d'affaires, whose mission is of the
    /// rank it had.
    fn rank_of_title(&self, text: &str) -> Option<&str> {
        let text = text.to_lowercase().replace(['’', '‘'], "'");
        self.titles
            .iter()
            .find(|t| t.says.iter().any(|s| has_word(&text, s)) && !t.not.iter().any(|n| text.contains(n.as_str())))
            .map(|t| t.rank.as_str())
    }
}

/// Do the words stand in the text, from the start of a word on?
fn has_word(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| !text[..at].chars().next_back().is_some_and(char::is_alphanumeric))
}

/// Rank of a post by its noun (scale: Kenkel, US Diplomatic Missions, v0.1).
pub fn rank_of_post(t: &Tree, i: usize) -> Option<&'static str> {
    let mods = |w: &str| {
        t.kids(i)
            .any(|k| matches!(t.dep(k), "compound" | "amod" | "nmod" | "poss") && t.lemma(k).trim_end_matches('s') == w)
    };
    let of = |w: &str| {
        t.kids(i).filter(|k| t.lemma(*k) == "of").filter_map(|k| t.kid(k, &["pobj"])).any(|o| t.lemma(o) == w)
    };
    let lemma = t.lemma(i);
    Some(match lemma.trim_end_matches('s') {
        "embassy" | "embassie" | "nunciature" => "embassy",
        "commission" if mods("high") => "embassy",
        "legation" => "legation",
        "consulate" | "consulate-general" => "consulate",
        "general" if mods("consulate") => "consulate",
        "agency" | "agencie" if mods("consular") => "consulate",
        "office" | "post" if mods("consular") => "consulate",
        "section" if mods("interest") => "interests",
        "office" if mods("liaison") || of("representative") || mods("representative") => "liaison",
        "mission" if mods("liaison") => "liaison",
        _ => {
            // "Embassy Khartoum", "Embassy status", "Embassy operations", "Consulate General"
            if matches!(t.tok(i).pos, "PROPN" | "NOUN") {
                let inner = t.kids(i).find(|k| {
                    matches!(t.dep(*k), "compound" | "nmod" | "amod")
                        && matches!(t.lemma(*k), "embassy" | "legation" | "consulate")
                })?;
                let of_the_post = matches!(
                    lemma,
                    "status"
                        | "rank"
                        | "level"
                        | "post"
                        | "operation"
                        | "operations"
                        | "door"
                        | "function"
                        | "functions"
                        | "general"
                        | "office"
                );
                if of_the_post || t.tok(i).pos == "PROPN" && inner + 1 == i {
                    return rank_of_post(t, inner);
                }
            }
            return None;
        }
    })
}

/// A mission of a rank not said: "the U.S. diplomatic mission", "its mission in Naples".
fn is_bare_mission(t: &Tree, i: usize) -> bool {
    const OTHER: &[&str] = &[
        "special",
        "military",
        "trade",
        "aid",
        "economic",
        "rescue",
        "training",
        "peacekeeping",
        "secret",
        "naval",
        "commercial",
        "temporary",
        "informal",
        "observer",
        "assistance",
        "technical",
        "relief",
        "goodwill",
        "religious",
        "medical",
    ];
    t.lemma(i).trim_end_matches('s') == "mission"
        && !t.kids(i).any(|k| OTHER.contains(&t.lemma(k)))
        && (t.kids(i).any(|k| matches!(t.lemma(k), "diplomatic" | "permanent" | "resident"))
            || t.kids(i).any(|k| matches!(t.dep(k), "poss" | "amod" | "compound")))
}

/// What the words say of a mission's two ends.
#[derive(Debug, Clone, Default)]
struct Ends {
    sender: Option<ActorIx>,
    host: Option<ActorIx>,
    place: Option<Place>,
}

/// A city and the name it goes by beside, "(now X)".
#[derive(Debug, Clone, PartialEq)]
struct Place {
    name: String,
    also: Option<String>,
}

impl Ends {
    /// `other` where it does not contradict what is known.
    fn or_fitting(self, other: Ends) -> Ends {
        let clash = |a: Option<ActorIx>, b: Option<ActorIx>| a.is_some() && b.is_some() && a != b;
        let turned = self.sender.is_some() && self.sender == other.host || self.host.is_some() && self.host == other.sender;
        if turned || clash(self.sender, other.sender) || clash(self.host, other.host) { self } else { self.or(other) }
    }

    fn or(mut self, other: Ends) -> Ends {
        self.sender = self.sender.or(other.sender);
        self.host = self.host.or(other.host);
        self.place = self.place.or(other.place);
        self
    }
}

/// All events of missions in a document, in text order, and the turns of relations that only its headings assert.
pub fn read(posts: &Posts, cast: &Cast, told: &[Told]) -> (Vec<PostEvent>, Vec<Turn>) {
    let reader = Reader { posts, cast, chiefs: HashMap::new(), focus: Focus::default() };
    let turns = reader.turns(told);
    (reader.run(), turns)
}

struct Reader<'a> {
    posts: &'a Posts,
    cast: &'a Cast<'a>,
    /// Surname -> what the text has said of this chief.
    chiefs: HashMap<String, Chief>,
    focus: Focus,
}

#[derive(Debug, Clone)]
struct Chief {
    rank: String,
    ends: Ends,
    elsewhere: bool,
}

/// What "the office" and "he" stand for at a place of the text.
#[derive(Debug, Default)]
struct Focus {
    heading: Option<usize>,
    /// Token and rank of the post spoken of last in the section.
    post: Option<(usize, String, Ends)>,
    /// Surname of the chief spoken of last.
    chief: Option<String>,
    /// Day, end and post of the last closing of a diplomatic post in the paragraph.
    closed: Option<(usize, String)>,
}

/// The words of an event, gathered before it is made.
struct Draft {
    what: What,
    trigger: usize,
    carrier: usize,
    theme: usize,
    rank: String,
    post: Option<String>,
    ends: Ends,
    chief: Option<String>,
    charge: bool,
    elsewhere: bool,
}

impl Reader<'_> {
    fn run(mut self) -> Vec<PostEvent> {
        let t = self.cast.tree;
        let mut out: Vec<PostEvent> = Vec::new();
        let mut headings: Vec<PostEvent> = Vec::new();
        for i in 0..t.len() {
            self.attend(i);
            self.effective(i, &mut out);
            let tok = t.tok(i);
            if !matches!(tok.pos, "VERB" | "AUX" | "NOUN" | "PROPN" | "ADJ") {
                continue;
            }
            let left = self.left_behind(i);
            if !left.is_empty() {
                out.extend(left);
                continue;
            }
            let particle = t.kid(i, &["prt"]).map(|p| format!("{}_{}", t.lemma(i), t.lemma(p)));
            let Some(whats) =
                particle.as_ref().and_then(|k| self.posts.verbs.get(k)).or_else(|| self.posts.verbs.get(t.lemma(i)))
            else {
                self.note_bearer(i);
                continue;
            };
            let heading = self.cast.story.block(i).is_some_and(|b| b.heading);
            for what in whats {
                let events = self.at(i, *what);
                if events.is_empty() {
                    continue;
                }
                if heading {
                    headings.extend(events)
                } else {
                    out.extend(events)
                }
                break;
            }
        }
        // a heading tells of what its section dates, unless the section tells of it itself
        for mut h in headings {
            let Some(section) = self.section_under(h.trigger) else { continue };
            let told = out.iter().any(|e| section.contains(&e.trigger) && same_turn(e, &h));
            if told {
                continue;
            }
            let year: String = h.when.chars().take(4).collect();
            let dated = self.cast.resolved.dates.iter().find(|d| {
                section.contains(&d.head)
                    && is_day(&d.when.edtf)
                    && d.role != DateRole::Modifier
                    && (year.is_empty() || d.when.edtf.starts_with(&year))
            });
            if let Some(d) = dated {
                h.when = d.when.edtf.clone();
                h.dated_by_context = true;
            }
            out.push(h);
        }
        out.sort_by_key(|e| e.trigger);
        out
    }

    /// Moves the focus to a token: a new heading clears it, a post named there is what "the office" means from then on.
    fn attend(&mut self, i: usize) {
        let t = self.cast.tree;
        let Some(b) = self.cast.story.block(i) else { return };
        if b.tokens.start == i {
            self.focus.closed = None;
            let heading = if b.heading { Some(i) } else { b.under.map(|u| self.cast.story.blocks[u].tokens.start) };
            if heading != self.focus.heading {
                self.focus = Focus { heading, ..Focus::default() };
            }
        }
        if matches!(t.dep(i), "nsubj" | "nsubjpass") && t.tok(i).pos == "PROPN" {
            if let Some(name) = self.person_at(i) {
                self.focus.chief = Some(name);
            }
        }
        if let Some(rank) = rank_of_post(t, i) {
            let args = t.noun_args(i, |_| false);
            let mut ends = self.ends_of_post(i, &Args { carrier: args.carrier, ..Args::default() });
            if let Some((_, r, before)) = &self.focus.post {
                if r == rank && ends.host.is_some_and(|h| !self.of_pair(h)) && before.host.is_some_and(|h| self.of_pair(h)) {
                    // "the legation in London" of a government in exile
                    ends.host = before.host;
                }
                // "the Consulate" again: the place named before holds
                if r == rank && ends.place.is_none() {
                    ends = ends.or_fitting(before.clone());
                }
            }
            self.focus.post = Some((i, rank.to_owned(), ends));
        }
    }

    /// What a closing leaves: chiefs accredited from elsewhere ("Subsequent Ambassadors remained resident at Bridgetown",
    /// "the embassy relocated to Tunis"), or another state's care of its interests.
    fn left_behind(&mut self, i: usize) -> Vec<PostEvent> {
        let t = self.cast.tree;
        let closing = self.focus.closed.clone().filter(|(at, when)| self.same_block(*at, i) && !when.is_empty());
        let args = || if t.is_verb(i) { t.verb_args(i) } else { t.noun_args(i, |_| false) };
        let word = t.lemma(i);
        let (rank, ends, trigger) = if self.posts.protect.contains(word) && t.is_verb(i) {
            let a = args();
            let interests = a.theme.iter().find(|o| matches!(t.lemma(**o), "interest" | "interests"));
            let Some(&interests) = interests else { return Vec::new() };
            let na = t.noun_args(interests, |_| false);
            let owner = na.mods.iter().chain(&na.poss).find_map(|k| self.polity_of(*k));
            let keeper = a.agent.iter().find_map(|k| self.polity_of(*k).or_else(|| t.below(*k, true).into_iter().find_map(|j| self.polity_at(j))));
            let third = keeper.is_some_and(|k| Some(k) != owner && !self.of_pair(k));
            if owner.is_none() || !third {
                return Vec::new();
            }
            ("interests", Ends { sender: owner, ..Ends::default() }, i)
        } else if closing.is_some() && self.posts.resident.contains(word) {
            // chiefs of the time to come, by their title alone
            let s = self.sentence(i);
            let chief = (s.start..i).rev().find(|k| matches!(t.lemma(*k), "ambassador" | "ambassadors" | "minister" | "ministers" | "successor" | "successors"));
            let Some(chief) = chief else { return Vec::new() };
            let later = t.kids(chief).any(|k| matches!(t.lemma(k), "subsequent" | "later" | "future" | "all"))
                || (chief..i).any(|k| matches!(t.lemma(k), "thereafter" | "since" | "then"));
            let Some((_, host)) = self.cast.story.pair else { return Vec::new() };
            if !later || !self.elsewhere_at(i, host) {
                return Vec::new();
            }
            let rank = if t.lemma(chief).starts_with("minister") { "envoy_nonresident" } else { "ambassador_nonresident" };
            (rank, Ends::default(), i)
        } else if closing.is_some() && matches!(word, "relocate" | "move" | "transfer") && t.is_verb(i) {
            let a = args();
            let mut moved = a.theme.iter().chain(&a.agent);
            let Some(rank) = moved.find_map(|o| rank_of_post(t, *o)).filter(|r| matches!(*r, "embassy" | "legation")) else { return Vec::new() };
            let to = a.preps.iter().filter(|(p, _)| p == "to").find_map(|(_, o)| self.polity_at(*o));
            if !to.is_some_and(|p| !self.of_pair(p)) {
                return Vec::new();
            }
            (nonresident(rank), Ends::default(), i)
        } else {
            return Vec::new();
        };
        let what = if rank == "interests" { What::Open } else { What::Reside };
        let draft = Draft {
            what,
            trigger,
            carrier: trigger,
            theme: trigger,
            rank: rank.to_owned(),
            post: None,
            ends,
            chief: None,
            charge: false,
            elsewhere: what == What::Reside,
        };
        let event = self.event(draft).map(|mut e| {
            if let Some((_, when)) = closing.filter(|_| what == What::Reside || e.when.is_empty() || e.dated_by_context) {
                e.when = when;
                e.dated_by_context = true;
            }
            e
        });
        event.into_iter().collect()
    }

    /// "The change became effective on D" redates the elevation or opening told before it in the paragraph.
    fn effective(&self, i: usize, out: &mut [PostEvent]) {
        let t = self.cast.tree;
        let word = t.lemma(i);
        let verb = t.head(i);
        let becomes = word == "effective" && matches!(t.lemma(verb), "become" | "be") || word == "effect" && matches!(t.lemma(verb), "take" | "go" | "come");
        let subject = || t.subject(verb).is_some_and(|s| matches!(t.lemma(s), "change" | "elevation" | "this" | "it" | "action" | "status" | "upgrade" | "promotion" | "which" | "closure"));
        if !becomes || !subject() {
            return;
        }
        let Some(b) = self.cast.story.block(i) else { return };
        let Some(d) = dating::date_of(t, &self.cast.resolved.dates, verb, verb, &[]).filter(|d| usable(d)) else { return };
        let last = out.iter().filter(|e| b.tokens.contains(&e.trigger) && matches!(e.what, What::Raise | What::Open | What::Close)).map(|e| e.trigger).max();
        for e in out.iter_mut().filter(|e| Some(e.trigger) == last) {
            e.when = start(d);
            e.dated_by_context = true;
        }
    }

    /// "X was the first Minister to Y": learnt, and no event.
    fn note_bearer(&mut self, i: usize) {
        let t = self.cast.tree;
        if !t.is_verb(i)
            || !matches!(t.lemma(i), "be" | "serve" | "act" | "remain" | "continue" | "replace" | "succeed")
        {
            return;
        }
        let args = t.verb_args(i);
        let Some(&chief) = args.agent.first() else { return };
        let Some(name) = self.surname(chief) else { return };
        let roles = self.roles(i, chief, &args);
        if let Some(rank) = roles.said.iter().find_map(|r| self.rank_in(r)) {
            let ends = roles.said.iter().fold(Ends::default(), |e, r| e.or(self.ends_in(r.clone())));
            self.remember(name, rank, ends);
        }
    }

    fn remember(&mut self, name: String, rank: String, ends: Ends) {
        self.focus.chief = Some(name.clone());
        self.chiefs.insert(name, Chief { rank, ends, elsewhere: false });
    }

    /// The tokens from a heading to the next.
    fn section_under(&self, heading: usize) -> Option<Range<usize>> {
        let blocks = &self.cast.story.blocks;
        let n = blocks.iter().position(|b| b.tokens.contains(&heading))?;
        let mut end = blocks[n].tokens.end;
        for b in &blocks[n + 1..] {
            if b.heading {
                break;
            }
            end = b.tokens.end;
        }
        (end > blocks[n].tokens.end).then_some(blocks[n].tokens.end..end)
    }

    /// The sentence around a token, cut where its paragraph ends.
    fn sentence(&self, i: usize) -> Range<usize> {
        let s = self.cast.tree.sentence(i);
        match self.cast.story.block(i) {
            Some(b) => s.start.max(b.tokens.start)..s.end.min(b.tokens.end),
            None => s,
        }
    }

    fn at(&mut self, i: usize, what: What) -> Vec<PostEvent> {
        let t = self.cast.tree;
        let verb = t.is_verb(i);
        let args = if verb { t.verb_args(i) } else { t.noun_args(i, |_| false) };
        // what it is done to; a post also opens and closes by itself
        let mut themes: Vec<usize> = Vec::new();
        let objects = args.theme.iter().chain(if verb && !args.passive { args.agent.iter() } else { [].iter() });
        for o in objects {
            themes.extend(t.conjuncts(*o));
        }
        if !verb {
            themes.extend(t.kids(i).filter(|k| matches!(t.dep(*k), "compound" | "poss" | "nmod" | "amod")));
        }
        if self.unattested(i) || verb && t.dep(i) == "amod" {
            return Vec::new();
        }
        match what {
            What::Open | What::Close => self.opened_or_closed(what, i, &args, &themes),
            What::Raise => self.raised(i, &args, &themes),
            What::Present => self.presented(i, &args),
            What::Receive => self.received(i, &args),
            What::Arrive => self.arrived(i, &args),
            What::Appoint => self.appointed(i, &args),
            What::Reside => Vec::new(),
        }
    }

    fn opened_or_closed(&mut self, what: What, i: usize, args: &Args, themes: &[usize]) -> Vec<PostEvent> {
        let t = self.cast.tree;
        let mut out = Vec::new();
        let mut themes = themes.to_vec();
        if themes.is_empty() && args.passive {
            themes.extend(self.lost_subject(i));
        }
        if themes.is_empty() && t.tok(i).tag == "VBN" {
            // "was ordered closed"
            themes.extend(t.subject(i));
        }
        if what == What::Close && self.moves(i) {
            return out;
        }
        for th in themes {
            let Some((rank, known)) = self.post_at(th) else { continue };
            if t.kids(th).any(|k| t.dep(k) == "det" && t.lemma(k) == "no") {
                continue;
            }
            let mut ends = self.ends_of_post(th, args);
            if let (Some(h), Some(k)) = (ends.host, known.host) {
                // "reopened the legation in London": it stays that of its host
                if !self.of_pair(h) && self.of_pair(k) {
                    ends.host = Some(k);
                }
            }
            let ends = ends.or_fitting(known);
            let post = rank.clone();
            let rank = if what == What::Close {
                "none".to_owned()
            } else {
                match rank.or_else(|| self.rank_near(i)) {
                    Some(r) => r,
                    None => continue,
                }
            };
            let draft = Draft {
                what,
                trigger: i,
                carrier: args.carrier,
                theme: th,
                rank,
                post,
                ends,
                chief: None,
                charge: false,
                elsewhere: false,
            };
            let heading = self.cast.story.block(i).is_some_and(|b| b.heading);
            let event = self.event(draft).filter(|e| heading || t.is_verb(i) || !e.dated_by_context);
            if let Some(e) = &event {
                if what == What::Close && t.is_verb(i) {
                    self.focus.closed = Some((i, e.when.clone()));
                }
            }
            out.extend(event);
        }
        out
    }

    /// "closed the Legation at that city and moved to Parana": a post that moves is not closed.
    fn moves(&self, i: usize) -> bool {
        let t = self.cast.tree;
        let beside = t.kids(i).chain(std::iter::once(t.head(i))).filter(|k| *k != i && t.is_verb(*k));
        beside.into_iter().any(|k| matches!(t.lemma(k), "move" | "relocate" | "transfer"))
    }

    /// The post that a noun names, or that "the office", "it" stands for.
    fn post_at(&self, th: usize) -> Option<(Option<String>, Ends)> {
        let t = self.cast.tree;
        if let Some(r) = rank_of_post(t, th) {
            let mut ends = Ends::default();
            // "the Consulate": the one spoken of
            if let Some((at, rank, before)) = self.focus.post.as_ref().filter(|(_, rank, _)| rank == r) {
                let definite = t.kids(th).any(|k| matches!(t.lemma(k), "the" | "this" | "its" | "that"));
                if definite && !rank.is_empty() && self.same_block(*at, th) {
                    ends = before.clone();
                }
            }
            return Some((Some(r.to_owned()), ends));
        }
        if is_bare_mission(t, th) {
            return Some((None, Ends::default()));
        }
        let pronoun = t.tok(th).pos == "PRON" && matches!(t.lemma(th), "it" | "this");
        let generic = self.posts.generic.contains(t.lemma(th).trim_end_matches('s'));
        if !pronoun && !generic {
            return None;
        }
        if generic
            && t.kids(th)
                .any(|k| matches!(t.lemma(k), "of" | "other" | "some" | "post") || matches!(t.dep(k), "nummod"))
        {
            return None;
        }
        let (at, rank, ends) = self.focus.post.as_ref()?;
        if pronoun && !self.same_block(*at, th) {
            return None;
        }
        Some((Some(rank.clone()), ends.clone()))
    }

    fn same_block(&self, a: usize, b: usize) -> bool {
        self.cast.story.block(a).is_some_and(|x| x.tokens.contains(&b))
    }

    /// "there is no record that he ever presented", "it is unclear whether"
    fn unattested(&self, i: usize) -> bool {
        let t = self.cast.tree;
        let mut j = i;
        for _ in 0..20 {
            if t.is_root(j) {
                return false;
            }
            let h = t.head(j);
            if matches!(t.dep(j), "acl" | "ccomp" | "relcl") {
                let doubted = matches!(t.lemma(h), "record" | "evidence" | "indication")
                    && t.kids(h).any(|k| matches!(t.lemma(k), "no" | "little"));
                if doubted || matches!(t.lemma(h), "unclear" | "uncertain" | "doubtful") {
                    return true;
                }
                if t.is_verb(h) && t.kids(h).any(|k| matches!(t.lemma(k), "unclear" | "uncertain" | "doubtful")) {
                    return true;
                }
            }
            j = h;
        }
        false
    }

    /// "raised to Embassy status", "became a Consulate General", "from a Legation to an Embassy".
    fn raised(&mut self, i: usize, args: &Args, themes: &[usize]) -> Vec<PostEvent> {
        let t = self.cast.tree;
        let mut targets: Vec<usize> = args
            .preps
            .iter()
            .filter(|(p, _)| matches!(p.as_str(), "to" | "into" | "as"))
            .map(|(_, o)| *o)
            .chain(args.attr.iter().copied())
            .collect();
        if t.lemma(i) == "become" {
            targets.extend(args.theme.iter().copied());
        }
        let mut themes: Vec<usize> = themes.to_vec();
        if !t.is_verb(i) {
            // "the elevation of the Legation to Embassy status", parsed with the Legation before the status
            let inner: Vec<usize> = themes.iter().flat_map(|th| t.kids(*th)).filter(|k| rank_of_post(t, *k).is_some()).collect();
            themes.extend(inner);
        }
        // "to be an Embassy", "to that of Embassy", "from Legation to Embassy status"
        for th in &themes {
            targets.extend(
                t.kids(*th).filter(|k| matches!(t.lemma(*k), "to" | "into")).filter_map(|p| t.kid(p, &["pobj"])),
            );
        }
        for c in &args.comps {
            targets.extend(t.verb_args(*c).attr);
        }
        for (_, o) in args.preps.iter().filter(|(p, _)| p == "from") {
            targets.extend(t.kids(*o).filter(|k| matches!(t.lemma(*k), "to" | "into")).filter_map(|p| t.kid(p, &["pobj"])));
        }
        let mut found = targets.iter().find_map(|o| rank_of_post(t, *o).map(|r| (*o, r)));
        if found.is_none() {
            // "to the rank of Embassy", "to the status of a Legation"
            found = targets.iter().find_map(|o| {
                t.kids(*o)
                    .filter(|k| t.lemma(*k) == "of")
                    .find_map(|p| t.kid(p, &["pobj"]))
                    .and_then(|o| rank_of_post(t, o).map(|r| (o, r)))
            });
        }
        let Some((target, rank)) = found else { return self.promoted(i, args, &targets) };
        let concerned = |th: &usize| {
            *th != target
                && (rank_of_post(t, *th).is_some()
                    || self.posts.generic.contains(t.lemma(*th).trim_end_matches('s'))
                    || RAISED.contains(&t.lemma(*th)))
        };
        let mut found: Vec<usize> = themes.iter().copied().filter(concerned).collect();
        if found.is_empty() && args.passive {
            found.extend(self.lost_subject(i));
        }
        let mut out: Vec<PostEvent> = Vec::new();
        for theme in found {
            let (known_rank, known) = self.post_at(theme).unwrap_or_default();
            let own = self.ends_of_post(theme, args);
            // the new post's place and host, if they are told, are the mission's
            let new = self.ends_of_post(target, &Args::default());
            let ends = Ends { sender: own.sender.or(new.sender), host: new.host.or(own.host), place: new.place.or(own.place) };
            let draft = Draft {
                what: What::Raise,
                trigger: i,
                carrier: args.carrier,
                theme,
                rank: rank.to_owned(),
                post: known_rank,
                ends: ends.or_fitting(known),
                chief: None,
                charge: false,
                elsewhere: false,
            };
            let event = self.event(draft);
            if let Some(e) = event.filter(|e| !out.iter().any(|o| (o.sender, o.host) == (e.sender, e.host))) {
                out.push(e);
            }
        }
        out
    }

    /// The post before a passive verb whose subject the parse lost.
    fn lost_subject(&self, i: usize) -> Option<usize> {
        let t = self.cast.tree;
        if t.kid(i, &["nsubjpass", "nsubj"]).is_some() {
            return None;
        }
        (self.sentence(i).start..i).rev().find(|k| rank_of_post(t, *k).is_some())
    }

    /// "was promoted to Ambassador": the chief's, not the post's, new title.
    fn promoted(&mut self, i: usize, args: &Args, targets: &[usize]) -> Vec<PostEvent> {
        let t = self.cast.tree;
        let Some(rank) = targets.iter().find_map(|o| self.rank_in(&t.subtree(*o))) else { return Vec::new() };
        let chief = if args.passive || !args.theme.is_empty() && t.lemma(i) != "become" {
            args.theme.first()
        } else {
            args.agent.first()
        };
        let Some(&chief) = chief else { return Vec::new() };
        let Some(name) = self.surname(chief) else { return Vec::new() };
        let ends = targets
            .iter()
            .fold(Ends::default(), |e, o| e.or(self.ends_in(t.subtree(*o))))
            .or(self.own_ends(chief, args));
        self.remember(name.clone(), rank.clone(), ends.clone());
        let what = if t.lemma(i) == "become" { What::Arrive } else { What::Appoint };
        self.bearer_event(what, i, args, chief, rank, ends, name, false)
    }

    /// An event of a chief's career; it needs a date of its own.
    #[allow(clippy::too_many_arguments)]
    fn bearer_event(&mut self, what: What, i: usize, args: &Args, chief: usize, rank: String, ends: Ends, name: String, elsewhere: bool) -> Vec<PostEvent> {
        let charge = rank == "charge";
        if charge && matches!(what, What::Appoint | What::Arrive)
            || what != What::Receive && self.never_served(i, &name)
        {
            return Vec::new();
        }
        let Some(rank) = self.rank_of_chief(rank, i) else { return Vec::new() };
        if self.focus.post.is_none() && !rank.is_empty() {
            // "This post", "the office" of a consul whose consulate is not named
            self.focus.post = Some((i, rank.clone(), ends.clone()));
        }
        let chief_name = Some(name);
        let draft = Draft { what, trigger: i, carrier: args.carrier, theme: chief, rank, post: None, ends, chief: chief_name, charge, elsewhere };
        // a date of another act of the sentence does not date a career
        let sole = |e: &PostEvent| matches!(what, What::Arrive | What::Receive) && self.only_date_of_sentence(i, &e.when);
        let undated = |mut e: PostEvent| {
            if e.dated_by_context && !sole(&e) {
                e.when.clear();
                e.dated_by_context = false;
            }
            e
        };
        self.event(draft).map(undated).into_iter().collect()
    }

    fn only_date_of_sentence(&self, i: usize, when: &str) -> bool {
        let s = self.sentence(i);
        self.cast.resolved.dates.iter().any(|d| s.contains(&d.head) && start(d) == when)
    }

    /// The rank of a chargé's mission is that of the post named beside; before the age of embassies a credentialed chargé
    /// headed a legation.
    fn rank_of_chief(&self, rank: String, i: usize) -> Option<String> {
        if rank != "charge" {
            return Some(rank);
        }
        if let Some(r) = self.post_near(i) {
            return Some(r);
        }
        let (when, _, _) = self.date(i, i, &[]);
        (when.as_str() < "1940" && !when.is_empty()).then(|| "legation".to_owned())
    }

    /// Did the text say that he declined, died before, never proceeded to the post?
    fn never_served(&self, i: usize, name: &str) -> bool {
        let t = self.cast.tree;
        let Some(b) = self.cast.story.block(i) else { return false };
        let s = self.sentence(i);
        let next = if s.end < b.tokens.end { self.sentence(s.end) } else { s.end..s.end };
        let denies = |r: Range<usize>| {
            r.clone().any(|k| {
                let w = t.lemma(k);
                let not = || t.kids(k).any(|c| matches!(t.lemma(c), "not" | "never"));
                match w {
                    "decline" => true,
                    "die" => r.clone().any(|c| c > k && t.lemma(c) == "before"),
                    "proceed" | "receive" | "recognize" | "accept" | "reach" | "serve" | "take" | "arrive" | "assume" | "go" | "enter" | "fill" | "occupy" => not(),
                    _ => false,
                }
            })
        };
        let own = s.clone();
        if denies(i.min(own.end)..own.end) {
            return true;
        }
        let speaks_of_him = next.clone().take(12).any(|k| t.tok(k).pos == "PRON" || t.doc.text(k) == name);
        speaks_of_him && denies(next)
    }

    /// "presented his credentials as Minister", "accepted the credentials of X".
    fn presented(&mut self, i: usize, args: &Args) -> Vec<PostEvent> {
        let t = self.cast.tree;
        let letters = args.theme.iter().copied().find(|o| {
            self.posts.credentials.contains(t.lemma(*o))
                || t.lemma(*o).trim_end_matches('s') == "letter"
                    && t.kids(*o)
                        .any(|k| t.kids(k).any(|c| matches!(t.lemma(c), "credence" | "credential" | "credentials")))
        });
        let Some(letters) = letters else { return Vec::new() };
        if !t.is_verb(i) && t.dep(i) == "pobj" && matches!(t.lemma(t.head(i)), "pending" | "before" | "until" | "without" | "prior" | "to") {
            return Vec::new();
        }
        let by_host = matches!(t.lemma(i), "accept" | "receive" | "acceptance");
        let exequatur = t.lemma(letters) == "exequatur";
        let chief = if by_host && !exequatur {
            let a = t.noun_args(letters, |_| false);
            a.theme.first().or(a.poss.first()).copied()
        } else {
            args.agent.first().copied()
        };
        let Some(mut chief) = chief else { return Vec::new() };
        let mut accredited = Ends::default();
        if t.dep(i) == "relcl" && !self.may_be_chief(chief) {
            // "accredited X to the Kingdom, who presented"
            let main = t.verb_args(t.clause(t.head(i)));
            accredited.sender = main.agent.iter().find_map(|a| self.polity_of(*a));
            accredited.host = main.preps.iter().filter(|(p, _)| p == "to").find_map(|(_, o)| t.below(*o, true).into_iter().find_map(|k| self.polity_at(k)));
            chief = main.theme.first().copied().filter(|c| self.may_be_chief(*c)).unwrap_or(chief);
        }
        let roles = self.roles(i, chief, args);
        let mut said = roles.said.clone();
        for k in t.kids(letters).filter(|k| t.lemma(*k) == "as") {
            if let Some(o) = t.kid(k, &["pobj"]) {
                said.insert(0, t.subtree(o));
            }
        }
        let name = self.surname(chief);
        let known = name.as_ref().and_then(|n| self.chiefs.get(n)).cloned();
        let own_rank = roles.own.iter().find_map(|r| self.rank_in(r));
        let rank = said.iter().find_map(|r| self.rank_in(r)).or_else(|| own_rank.clone());
        let mut ends = said.iter().fold(Ends::default(), |e, r| e.or(self.ends_in(r.clone())));
        let own = roles.own.iter().fold(Ends::default(), |e, r| e.or(self.ends_in(r.clone())));
        // to whom: "to the government of Albania in Tirana"
        let letter_args = t.noun_args(letters, |_| false);
        let around: Vec<(String, usize)> = args.preps.iter().chain(&letter_args.preps).cloned().collect();
        let mut to = None;
        for (_, o) in around.iter().filter(|(p, _)| p == "to") {
            let below = t.below(*o, true);
            let named = below.iter().find_map(|k| self.polity_at(*k));
            // a ruler's name may be another's too: he counts for the states of the title only
            let ruler = || below.iter().find_map(|k| self.polity_of(*k)).filter(|p| self.of_pair(*p) || self.cast.story.pair.is_none());
            to = to.or(named).or_else(ruler);
        }
        let mut at = Ends::default();
        for (_, o) in around.iter().filter(|(p, _)| matches!(p.as_str(), "in" | "at" | "near")) {
            at.place = at.place.or_else(|| self.place_at(*o));
            at.host = at.host.or_else(|| t.below(*o, true).into_iter().find_map(|k| self.polity_at(k)));
        }
        for (_, o) in &around {
            // "to the Ottoman authorities in Baghdad"
            for k in t.below(*o, true).into_iter().filter(|k| *k > *o) {
                if at.place.is_none() && t.dep(k) == "pobj" && matches!(t.lemma(t.head(k)), "in" | "at") {
                    at.place = self.place_at(k);
                }
            }
        }
        if by_host {
            to = to.or_else(|| args.agent.first().and_then(|a| self.polity_of(*a)));
        }
        let mut elsewhere = false;
        if let (Some(own_host), Some(h)) = (own.host, to.or(ends.host)) {
            // "the Ambassador to Papua New Guinea presented his credentials to the Government of Vanuatu"
            elsewhere = own_host != h && !self.of_pair(own_host);
        }
        ends.host = to.or(ends.host).or(accredited.host);
        ends.sender = ends.sender.or(accredited.sender).filter(|s| Some(*s) != ends.host);
        if !elsewhere {
            ends = ends.or(own);
        } else {
            ends.sender = ends.sender.or(own.sender);
        }
        if at.host.is_some_and(|h| self.cast.story.pair.is_some() && !self.of_pair(h)) {
            // letters handed over in a third state
            at.host = None;
        }
        if to.is_none() {
            ends = ends.or(at);
        } else {
            ends.place = ends.place.or(at.place);
        }
        let mut rank = rank;
        if let Some(k) = &known {
            rank = rank.or_else(|| Some(k.rank.clone()));
            elsewhere |= k.elsewhere && (ends.host.is_none() || k.ends.host.is_none() || ends.host == k.ends.host);
            ends = ends.or(k.ends.clone());
        }
        // "Robert Keating presented his credentials", after "the Ambassador was accredited"
        let day = self.date(i, args.carrier, &[letters]);
        let title_before = || self.rank_before(i).filter(|r| is_day(&day.0) && !day.1 && !r.starts_with("consul"));
        let rank = rank.or_else(|| self.rank_near(i)).or_else(title_before).unwrap_or_default();
        let charge = rank == "charge";
        let rank = self.rank_of_chief(rank, i).unwrap_or_default();
        if rank.is_empty() && ends.host.is_none() {
            return Vec::new();
        }
        if let Some(n) = name.clone() {
            self.remember(n, rank.clone(), ends.clone());
        }
        let draft = Draft {
            what: What::Present,
            trigger: i,
            carrier: args.carrier,
            theme: letters,
            rank,
            post: None,
            ends,
            chief: name,
            charge,
            elsewhere,
        };
        self.event(draft).into_iter().collect()
    }

    /// "was received as Chargé d'Affaires by the court", "recognised X as Consul": the host's act.
    fn received(&mut self, i: usize, args: &Args) -> Vec<PostEvent> {
        let Some(&chief) = args.theme.first().filter(|c| self.may_be_chief(**c)) else { return Vec::new() };
        let by = args.agent.first().and_then(|a| self.polity_of(*a));
        let accredits = matches!(self.cast.tree.lemma(i), "accredit" | "accreditation" | "confirm");
        if accredits && (!args.passive || by.is_none()) {
            return self.appointed(i, args);
        }
        let roles = self.roles(i, chief, args);
        let Some(name) = self.surname(chief) else { return Vec::new() };
        let known = self.chiefs.get(&name).cloned();
        let rank = roles
            .said
            .iter()
            .chain(&roles.own)
            .find_map(|r| self.rank_in(r))
            .or_else(|| known.as_ref().map(|k| k.rank.clone()));
        let Some(rank) = rank else { return Vec::new() };
        let mut ends = roles.said.iter().chain(&roles.own).fold(Ends::default(), |e, r| e.or(self.ends_in(r.clone())));
        if let Some(h) = by {
            if ends.sender == Some(h) {
                ends.sender = None;
            }
            if ends.host != Some(h) && ends.sender.is_none() {
                // "accredited by the United States as consul of Monaco"
                ends.sender = ends.host;
            }
            ends.host = Some(h);
        }
        if let Some(k) = known {
            ends = ends.or(k.ends);
        }
        self.remember(name.clone(), rank.clone(), ends.clone());
        self.bearer_event(What::Receive, i, args, chief, rank, ends, name, false)
    }

    /// "took up his post at Athens", "arrived in Tripoli to assume his duties as Consul", "served from May 1".
    fn arrived(&mut self, i: usize, args: &Args) -> Vec<PostEvent> {
        let t = self.cast.tree;
        let Some(&chief) = args.agent.first() else { return Vec::new() };
        let on_duty = args
            .theme
            .iter()
            .chain(args.preps.iter().map(|(_, o)| o))
            .any(|o| self.posts.duties.contains(t.lemma(*o).trim_end_matches('s')));
        let begins = match t.lemma(i) {
            "serve" => args.preps.iter().any(|(p, _)| p == "from"),
            "arrive" => args.preps.iter().any(|(p, _)| matches!(p.as_str(), "in" | "at")),
            _ => on_duty,
        };
        if !begins {
            return Vec::new();
        }
        let Some(name) = self.surname(chief) else { return Vec::new() };
        let roles = self.roles(i, chief, args);
        let known = self.chiefs.get(&name).cloned();
        let rank = roles
            .said
            .iter()
            .chain(&roles.own)
            .find_map(|r| self.rank_in(r))
            .or_else(|| known.as_ref().map(|k| k.rank.clone()));
        let Some(rank) = rank else { return Vec::new() };
        let mut ends = roles.said.iter().chain(&roles.own).fold(Ends::default(), |e, r| e.or(self.ends_in(r.clone())));
        for (_, o) in args.preps.iter().filter(|(p, _)| matches!(p.as_str(), "in" | "at")) {
            ends.place = ends.place.or_else(|| self.place_at(*o));
            ends.host = ends.host.or_else(|| self.polity_at(*o));
        }
        if let Some(k) = known {
            ends = ends.or(k.ends);
        }
        self.remember(name.clone(), rank.clone(), ends.clone());
        if t.lemma(i) == "arrive" && !rank.starts_with("consul") {
            return Vec::new();
        }
        self.bearer_event(What::Arrive, i, args, chief, rank, ends, name, false)
    }

    /// "was appointed Minister to Bulgaria on ...".
    fn appointed(&mut self, i: usize, args: &Args) -> Vec<PostEvent> {
        let Some(&chief) = args.theme.first().filter(|c| self.may_be_chief(**c)) else { return Vec::new() };
        let t = self.cast.tree;
        let roles = self.roles(i, chief, args);
        let name = self.surname(chief);
        let mut rank = roles.said.iter().chain(&roles.own).find_map(|r| self.rank_in(r));
        let mut ends = roles.said.iter().fold(Ends::default(), |e, r| e.or(self.ends_in(r.clone())));
        let mut own = roles.own.iter().fold(Ends::default(), |e, r| e.or(self.ends_in(r.clone())));
        // "was appointed to Bucharest", "to Honduras, Costa Rica and Nicaragua", "to the post"
        let mut at = Ends::default();
        for (p, o) in args.preps.iter().filter(|(p, _)| matches!(p.as_str(), "to" | "for" | "in" | "at")) {
            at.place = at.place.or_else(|| self.place_at(*o));
            let host = self.polity_among(*o).or_else(|| t.below(*o, true).into_iter().find_map(|k| self.polity_at(k)));
            if p == "to" || at.host.is_none() {
                at.host = host.or(at.host);
            }
            if rank.is_none() && self.posts.duties.contains(t.lemma(*o).trim_end_matches('s')) {
                rank = self.rank_before(i);
            }
        }
        if rank.is_none() && name.is_some() && (at.place.is_some() || at.host.is_some()) && matches!(t.lemma(i), "appoint" | "assign" | "commission") {
            // "He was appointed to Bucharest", after "The first Consul was appointed to Romania"
            rank = self.rank_before(i);
        }
        let known = name.as_ref().and_then(|n| self.chiefs.get(n)).cloned();
        if !matches!(t.lemma(i), "appointment" | "nomination") {
            rank = rank.or_else(|| known.as_ref().map(|k| k.rank.clone()));
        }
        let Some(rank) = rank else { return Vec::new() };
        // "the Ambassador to the Philippines was accredited to Palau"
        let mut elsewhere = false;
        if let (Some(h), Some(o)) = (at.host.filter(|h| self.of_pair(*h)), own.host) {
            if o != h && !self.of_pair(o) {
                elsewhere = true;
                own = Ends { sender: own.sender, ..Ends::default() };
            }
        }
        ends = ends.or(Ends { sender: None, ..at }).or(own);
        if let Some(s) = args.agent.iter().find_map(|a| self.polity_of(*a)) {
            if ends.host == Some(s) {
                // "it appointed X to act as Consul for the Republic at Philadelphia"
                ends = Ends { sender: Some(s), host: None, place: ends.place };
            } else {
                ends.sender = ends.sender.or(Some(s));
            }
        }
        if let Some(k) = known.filter(|k| k.rank == rank) {
            ends = ends.or(k.ends);
        }
        let Some(name) = name else {
            return self.bearer_event(What::Appoint, i, args, chief, rank, ends, String::new(), elsewhere);
        };
        self.remember(name.clone(), rank.clone(), ends.clone());
        if let Some(c) = self.chiefs.get_mut(&name) {
            c.elsewhere = elsewhere;
        }
        self.bearer_event(What::Appoint, i, args, chief, rank, ends, name, elsewhere)
    }

    /// The title spoken of last before a token, in its paragraph.
    fn rank_before(&self, i: usize) -> Option<String> {
        let b = self.cast.story.block(i)?;
        let t = self.cast.tree;
        (b.tokens.start..i).rev().find_map(|k| self.posts.rank_of_title(t.doc.text(k)).filter(|r| *r != "charge").map(str::to_owned))
    }

    /// A person, or a title that stands for one.
    fn may_be_chief(&self, c: usize) -> bool {
        let t = self.cast.tree;
        if self.polity_at(c).is_some() || rank_of_post(t, c).is_some() {
            return false;
        }
        matches!(t.tok(c).pos, "PROPN" | "PRON") || self.posts.rank_of_title(t.doc.text(c)).is_some() || matches!(t.lemma(c), "representative" | "agent" | "diplomat" | "officer")
    }

    /// What a chief's own phrase says of the two ends.
    fn own_ends(&self, chief: usize, args: &Args) -> Ends {
        self.roles(args.carrier, chief, args).own.iter().fold(Ends::default(), |e, r| e.or(self.ends_in(r.clone())))
    }

    fn rank_in(&self, r: &Range<usize>) -> Option<String> {
        self.posts.rank_of_title(self.cast.tree.doc.span_text(r.clone())).map(str::to_owned)
    }

    /// The phrases that tell the title: `said` by the clause ("as ...", predicate nominals), `own` of the chief's name.
    fn roles(&self, verb: usize, chief: usize, args: &Args) -> Roles {
        let t = self.cast.tree;
        let mut out = Roles::default();
        let s = self.sentence(verb);
        let clip = |r: Range<usize>| r.start.max(s.start)..r.end.min(s.end);
        for (p, o) in &args.preps {
            if p == "as" {
                out.said.push(clip(t.subtree(*o)));
            }
        }
        for a in &args.attr {
            out.said.push(clip(t.subtree(*a)));
        }
        // "assumed his duties as Consul", "took up the post of Consul", "to assume his duties as"
        let mut objects: Vec<usize> = args.theme.clone();
        for c in t.kids(verb).filter(|k| {
            matches!(t.dep(*k), "xcomp" | "advcl")
                && t.is_verb(*k)
                && t.kids(*k).any(|a| t.dep(a) == "aux" && t.lemma(a) == "to")
        }) {
            let inner = t.verb_args(c);
            out.said.extend(inner.preps.iter().filter(|(p, _)| p == "as").map(|(_, o)| clip(t.subtree(*o))));
            out.said.extend(inner.attr.iter().map(|a| clip(t.subtree(*a))));
            objects.extend(inner.theme);
        }
        for o in objects {
            for k in t.kids(o).filter(|k| {
                t.lemma(*k) == "as"
                    || t.lemma(*k) == "of" && self.posts.duties.contains(t.lemma(o).trim_end_matches('s'))
            }) {
                out.said.extend(t.kid(k, &["pobj"]).map(|x| clip(t.subtree(x))));
            }
        }
        // "was the first resident Ambassador to Qatar, presenting his credentials"
        let main = t.head(verb);
        if matches!(t.dep(verb), "advcl" | "conj" | "xcomp") && t.is_verb(main) {
            for k in t.kids(main).filter(|k| matches!(t.dep(*k), "attr" | "oprd")) {
                out.said.push(clip(t.phrase(k).start..t.subtree(k).end.min(verb.max(k + 1))));
            }
            for (p, o) in t.verb_args(main).preps {
                if p == "as" {
                    out.said.push(clip(t.subtree(o)));
                }
            }
        }
        if t.tok(chief).pos != "PRON" {
            let mut r = t.phrase(chief);
            if let Some(m) = self.cast.resolved.at(chief) {
                r = r.start.min(m.tokens.start)..r.end.max(m.tokens.end);
            }
            out.own.push(clip(r));
            for k in t.kids(chief).filter(|k| matches!(t.dep(*k), "appos" | "prep")) {
                out.own.push(clip(t.phrase(chief).start..t.subtree(k).end));
            }
            // a name in apposition to the title: "the Minister to Greece, X"
            if t.dep(chief) == "appos" {
                out.own.push(clip(t.phrase(t.head(chief)).start..chief + 1));
            }
            // relative clause with the title: "X, who was Minister to Greece,"
            for k in t.kids(chief).filter(|k| t.dep(*k) == "relcl" && *k != verb && !t.dominates(*k, verb)) {
                let inner = t.verb_args(k);
                out.own.extend(inner.attr.iter().map(|a| clip(t.subtree(*a))));
                out.own.extend(inner.preps.iter().filter(|(p, _)| p == "as").map(|(_, o)| clip(t.subtree(*o))));
            }
        }
        if out.said.is_empty() && t.is_verb(verb) {
            // "received as Chargé d’Affaires": a title that the parse took for a clause
            let near = verb + 1..s.end.min(verb + 9);
            if let Some(k) = near.clone().find(|k| t.lemma(*k) == "as") {
                let end = (k + 1..s.end.min(k + 8)).find(|j| matches!(t.doc.text(*j), "," | ";" | "on" | "in" | "and")).unwrap_or(s.end.min(k + 8));
                out.said.push(k + 1..end);
            }
        }
        out.said.retain(|r| !r.is_empty());
        out.own.retain(|r| !r.is_empty());
        out
    }

    fn surname(&self, chief: usize) -> Option<String> {
        let t = self.cast.tree;
        let mut i = chief;
        if t.tok(i).pos == "PRON" {
            let known = self.cast.resolved.at(i).and_then(|m| match &m.who {
                Who::Unknown { name, .. } => name.split(' ').next_back().map(str::to_owned),
                Who::Known(ix) => self.cast.actors.actor(*ix).label.split(' ').next_back().map(str::to_owned),
            });
            return self.focus.chief.clone().or_else(|| known.filter(|n| self.chiefs.contains_key(n)));
        }
        if is_suffix(t.doc.text(i)) {
            while i > 0 && (t.doc.text(i) == "," || is_suffix(t.doc.text(i))) {
                i -= 1;
            }
        }
        let title = matches!(t.doc.text(i), "Extraordinary" | "Plenipotentiary" | "Resident" | "General") || self.posts.rank_of_title(t.doc.text(i)).is_some();
        if title || t.tok(i).pos != "PROPN" {
            // "its first consul, X"; "Ambassador to the Netherlands X"; "Envoy Extraordinary and Minister Plenipotentiary X"
            let joined = t.conjuncts(i).into_iter().skip(1).rev().find(|k| t.tok(*k).pos == "PROPN" && self.posts.rank_of_title(t.doc.text(*k)).is_none());
            let beside = t.kids(i).find(|k| t.dep(*k) == "appos" && t.tok(*k).pos == "PROPN");
            return self.person_at(i).or_else(|| joined.or(beside).map(|k| t.doc.text(k).to_owned()));
        }
        Some(t.doc.text(i).to_owned())
    }

    /// Surname of the person whose name stands at a token, or in the phrase of the title there.
    fn person_at(&self, i: usize) -> Option<String> {
        let t = self.cast.tree;
        let phrase = t.phrase(i);
        let until = t.subtree(i).end.min(self.sentence(i).end);
        let entity = t.doc.entities.iter().find(|e| e.label == "PERSON" && (e.start as usize) >= phrase.start && (e.end as usize) <= until)?;
        let mut last = entity.end as usize - 1;
        while last > entity.start as usize && (t.tok(last).pos == "PUNCT" || is_suffix(t.doc.text(last)) || matches!(t.tok(last).pos, "PART")) {
            last -= 1;
        }
        Some(t.doc.text(last).to_owned())
    }

    /// The state a token stands for, by name, adjective or capital.
    fn polity_at(&self, i: usize) -> Option<ActorIx> {
        let m = self.cast.resolved.at(i)?;
        match m.who {
            Who::Known(ix) if self.is_city_of_old(ix) => None,
            Who::Known(ix) if matches!(self.cast.actors.actor(ix).kind, Kind::State | Kind::Government) => Some(ix),
            Who::Known(ix) if m.via != Via::Pronoun => {
                let a = self.cast.actors.actor(ix);
                if matches!(a.kind, Kind::Body) {
                    a.country.as_deref().and_then(|c| self.cast.actors.by_id(c))
                } else {
                    None
                }
            }
            _ => None,
        }
    }

    /// A state that was a city and is no more ("Venice", "Trieste"): where the text is not about it, the city is meant.
    fn is_city_of_old(&self, ix: ActorIx) -> bool {
        let a = self.cast.actors.actor(ix);
        !a.until.is_empty() && a.capitals.iter().any(|c| a.label.ends_with(&c.name)) && self.cast.story.pair.is_some_and(|(x, y)| ix != x && ix != y)
    }

    /// The state among joined names: one of the title's if there is one, else the first.
    fn polity_among(&self, i: usize) -> Option<ActorIx> {
        let all: Vec<ActorIx> = self.cast.tree.conjuncts(i).into_iter().filter_map(|k| self.polity_at(k)).collect();
        let first = self.polity_at(i)?;
        let (a, b) = self.cast.story.pair.unwrap_or((first, first));
        Some(all.into_iter().find(|p| *p == b || *p == a).unwrap_or(first))
    }

    fn of_pair(&self, p: ActorIx) -> bool {
        self.cast.story.pair.is_some_and(|(a, b)| self.stands_for(p, a) || self.stands_for(p, b))
    }

    /// As `polity_at`, also for persons and organs who act for a state.
    fn polity_of(&self, i: usize) -> Option<ActorIx> {
        self.polity_at(i).or_else(|| {
            let m = self.cast.resolved.at(i)?;
            m.country.as_deref().and_then(|c| self.cast.actors.by_id(c))
        })
    }

    /// The city that a token names, if it names no state.
    fn place_at(&self, o: usize) -> Option<Place> {
        let t = self.cast.tree;
        if t.tok(o).pos != "PROPN" || self.posts.duties.contains(t.lemma(o)) || rank_of_post(t, o).is_some() || self.rank_in(&(o..o + 1)).is_some() {
            return None;
        }
        let mention = self.cast.resolved.at(o);
        if let Some(m) = mention {
            let state = matches!(m.who, Who::Known(ix) if !self.is_city_of_old(ix) && matches!(self.cast.actors.actor(ix).kind, Kind::State | Kind::Government | Kind::Organization | Kind::Body));
            if (state && !m.place) || matches!(&m.who, Who::Unknown { kind: Kind::Person, .. }) {
                return None;
            }
        }
        let labelled = t.doc.entities.iter().find(|e| (e.start as usize..e.end as usize).contains(&o)).map(|e| e.label);
        if matches!(labelled, Some("DATE" | "PERSON" | "NORP" | "EVENT" | "LAW")) && !mention.is_some_and(|m| m.place) {
            return None;
        }
        // part of a state's name, of an adjective, of a person's name
        if let Some(m) = self.cast.resolved.covering(o).filter(|m| !m.place && m.head != o) {
            if matches!(m.via, Via::Adjective | Via::Title | Via::Organ | Via::Role) || m.who.kind(self.cast.actors) != Kind::Place {
                return None;
            }
        }
        let mut start = o;
        while start > 0 && !t.tok(start - 1).ws && matches!(t.tok(start - 1).pos, "PROPN" | "NOUN" | "PUNCT" | "ADP" | "X" | "DET") {
            // "Port-au-Prince"
            start -= 1;
        }
        while start > 0
            && t.tok(start - 1).pos == "PROPN"
            && t.head(start - 1) == o
            && rank_of_post(t, start - 1).is_none()
            && self.same_block(start - 1, o)
        {
            start -= 1;
        }
        let mut end = o + 1;
        // "Nuku’alofa", "St. John’s": tokens without a space between
        while end < t.len() && !t.tok(end - 1).ws && !matches!(t.tok(end).pos, "PUNCT" | "SPACE" | "ADP") {
            end += 1;
        }
        let name = t.doc.span_text(start..end).to_owned();
        let also = (t.doc.text(end.min(t.len() - 1)) == "(").then(|| {
            let close = (end..t.len().min(end + 6)).find(|k| t.doc.text(*k) == ")").unwrap_or(end);
            let inner = t.doc.span_text(end + 1..close.max(end + 1));
            inner.trim_start_matches("now ").trim_start_matches("later ").trim_start_matches("present-day ").to_owned()
        });
        Some(Place { name, also })
    }

    /// Sender and host in the text of a title: "the first American Consul for Baghdad", "Panama's Minister to the United States".
    fn ends_in(&self, r: Range<usize>) -> Ends {
        let t = self.cast.tree;
        let mut e = Ends::default();
        let title = r.clone().find(|k| self.posts.rank_of_title(t.doc.text(*k)).is_some());
        for i in r.clone() {
            let after_title = title.is_some_and(|k| k < i);
            let before =
                (r.start..i).rev().take(5).find(|k| matches!(t.lemma(*k), "to" | "for" | "in" | "at" | "of" | "near"));
            if after_title && e.place.is_none() && t.dep(i) == "pobj" && matches!(t.lemma(t.head(i)), "to" | "for" | "in" | "at" | "near") {
                e.place = self.place_at(i);
            }
            let Some(p) = self.polity_at(i) else { continue };
            let poss = t.dep(i) == "poss" || matches!(t.dep(i), "amod" | "compound" | "nmod");
            let adjective = self.cast.resolved.at(i).is_some_and(|m| m.via == Via::Adjective);
            if after_title && before.is_some() && !(poss && adjective) {
                if before.is_some_and(|b| t.lemma(b) == "of")
                    && e.host.is_none()
                    && e.sender.is_none()
                    && !self.cast.resolved.at(i).is_some_and(|m| m.place)
                {
                    // "Minister of the Netherlands", "Consul of the United States of America at"
                    e.sender = Some(p);
                } else if e.host.is_none() {
                    e.host = Some(p);
                }
            } else if !after_title && (poss || adjective) && e.sender.is_none() {
                e.sender = Some(p);
            }
        }
        if e.sender == e.host {
            e.sender = None;
        }
        e
    }

    /// Sender and host that a post's phrase and its verb give.
    fn ends_of_post(&self, post: usize, args: &Args) -> Ends {
        let t = self.cast.tree;
        let mut e = Ends::default();
        let na = t.noun_args(post, |_| false);
        for k in na.poss.iter().chain(&na.mods) {
            let m = self.cast.resolved.at(*k);
            if !self.same_block(*k, post) {
                continue;
            }
            if m.is_some_and(|m| m.place) || self.labelled_place(*k) && self.polity_of(*k).is_none() {
                e.place = e.place.or_else(|| self.place_at(*k));
            }
            let Some(p) = self.polity_of(*k) else { continue };
            if m.is_some_and(|m| m.place) {
                e.host = e.host.or(Some(p));
            } else {
                e.sender = e.sender.or(Some(p));
            }
        }
        let of_verb: Vec<(String, usize)> = args.preps.iter().filter(|(p, _)| p != "to").cloned().collect();
        let places = na
            .preps
            .iter()
            .chain(&of_verb)
            .filter(|(p, _)| matches!(p.as_str(), "in" | "at" | "to" | "near" | "for" | "within"));
        for (p, o) in places {
            if rank_of_post(t, *o).is_some() {
                // "an Interests Section in the Belgian Embassy in Baghdad"
                let inner = t.noun_args(*o, |_| false);
                for (_, q) in inner.preps.iter().filter(|(p, _)| matches!(p.as_str(), "in" | "at")) {
                    e.host = e.host.or_else(|| self.polity_at(*q));
                    e.place = e.place.or_else(|| self.place_at(*q));
                }
                continue;
            }
            let inner = |o: usize| t.below(o, true).into_iter().find_map(|k| self.polity_at(k));
            let host = self.polity_among(*o).or_else(|| if p == "to" { inner(*o) } else { None });
            if host.is_some() && e.host.is_none() && (p != "to" || !self.same(host, e.sender)) {
                e.host = host;
            }
            if matches!(p.as_str(), "in" | "at" | "near") && e.place.is_none() {
                e.place = self.place_at(*o);
            }
        }
        // "the Legation of Paraguay in the United States"
        for (_, o) in na.preps.iter().filter(|(p, _)| p == "of") {
            if let Some(p) = self.polity_at(*o).filter(|_| !self.cast.resolved.at(*o).is_some_and(|m| m.place)) {
                e.sender = e.sender.or(Some(p));
            }
        }
        // "Embassy Khartoum": the head is the city
        if t.tok(post).pos == "PROPN"
            && rank_of_post(t, post).is_some()
            && t.kids(post).any(|k| matches!(t.lemma(k), "embassy" | "legation" | "consulate"))
        {
            if let Some(h) = self.polity_at(post) {
                e.host = e.host.or(Some(h));
                e.place = e.place.or_else(|| self.place_name(post));
            }
        }
        // the opener, where the verb is active
        if e.sender.is_none() {
            e.sender = args
                .agent
                .iter()
                .filter(|a| **a != post)
                .find_map(|a| self.polity_of(*a))
                .filter(|s| Some(*s) != e.host);
        }
        e
    }

    fn labelled_place(&self, i: usize) -> bool {
        let mut entities = self.cast.tree.doc.entities.iter();
        entities.any(|e| (e.start as usize..e.end as usize).contains(&i) && matches!(e.label, "GPE" | "LOC"))
    }

    fn place_name(&self, i: usize) -> Option<Place> {
        Some(Place { name: self.cast.tree.doc.text(i).to_owned(), also: None })
    }

    fn same(&self, a: Option<ActorIx>, b: Option<ActorIx>) -> bool {
        a.is_some() && a == b
    }

    /// The rank of a post or chief named nearby: in the sentence, else in the heading.
    fn rank_near(&self, i: usize) -> Option<String> {
        let t = self.cast.tree;
        let in_range = |r: Range<usize>| {
            r.clone()
                .find_map(|k| rank_of_post(t, k).map(str::to_owned))
                .or_else(|| self.posts.rank_of_title(t.doc.span_text(r)).filter(|r| *r != "charge").map(str::to_owned))
        };
        let charge = |r: Range<usize>| self.posts.rank_of_title(t.doc.span_text(r)) == Some("charge");
        // of a heading "Elevation of Legation to Embassy" the new rank
        let of_heading = |r: Range<usize>| r.clone().rev().find_map(|k| rank_of_post(t, k).map(str::to_owned)).or_else(|| in_range(r));
        in_range(self.sentence(i))
            .or_else(|| self.cast.story.heading(i).and_then(|h| of_heading(h.tokens.clone())))
            .or_else(|| charge(self.sentence(i)).then(|| self.rank_of_chief("charge".into(), i)).flatten())
    }

    /// The rank of a post named in the sentence or its heading.
    fn post_near(&self, i: usize) -> Option<String> {
        let t = self.cast.tree;
        let in_range = |mut r: Range<usize>| {
            r.find_map(|k| rank_of_post(t, k).filter(|r| *r != "consulate" && *r != "interests").map(str::to_owned))
        };
        in_range(self.sentence(i)).or_else(|| self.cast.story.heading(i).and_then(|h| in_range(h.tokens.clone())))
    }

    fn event(&self, draft: Draft) -> Option<PostEvent> {
        let t = self.cast.tree;
        let Draft { what, trigger, carrier, theme, mut rank, post, mut ends, chief, charge, mut elsewhere } = draft;
        let stated = ends.sender.is_some() && ends.host.is_some();
        if ends.place.is_none() {
            ends.place = self.place_of_item(trigger);
        }
        self.as_the_title_has_it(&mut ends);
        if ends.sender.is_none() || ends.host.is_none() {
            if let Some(h) = self.cast.story.heading(trigger) {
                let mut above = self.ends_of_heading(h.tokens.clone());
                self.as_the_title_has_it(&mut above);
                // the heading's direction holds if it does not contradict what the words give; its place is another's
                let fits = (ends.sender.is_none() || above.host != ends.sender)
                    && (ends.host.is_none() || above.sender != ends.host);
                above.place = None;
                if fits {
                    ends = ends.or(above);
                }
            }
        }
        if let Some((a, b)) = self.cast.story.pair {
            (ends.sender, ends.host) = match (ends.sender, ends.host) {
                (None, None) => (Some(a), Some(b)),
                (Some(s), None) => (Some(s), Some(if s == b { a } else { b })),
                (None, Some(h)) => (Some(if h == a { b } else { a }), Some(h)),
                both => both,
            };
        } else if ends.sender.is_none() || ends.host.is_none() {
            let other = self.nearest_polity(trigger, ends.sender.or(ends.host))?;
            if ends.sender.is_none() && ends.host.is_none() {
                return None;
            }
            ends.sender = ends.sender.or(Some(other));
            ends.host = ends.host.or(Some(other));
        }
        let (sender, host) = (ends.sender?, ends.host?);
        let host = self.as_the_heading_calls_it(trigger, host);
        if sender == host {
            return None;
        }
        if matches!(what, What::Present | What::Receive | What::Appoint | What::Arrive) {
            elsewhere |= self.lives_elsewhere(trigger, host, what);
            if elsewhere {
                rank = nonresident(&rank).to_owned();
            }
        }
        let (when, dated_by_context, date) = self.date(trigger, carrier, &[theme]);
        let at_capital = ends.place.as_ref().map(|p| self.is_capital(p, host, &when));
        let mut lo = trigger.min(carrier);
        let mut hi = trigger.max(carrier) + 1;
        let sentence = self.sentence(trigger);
        let phrase = t.phrase(theme);
        for r in [Some(phrase), date] {
            if let Some(r) = r.filter(|r| sentence.contains(&r.start) && r.end <= sentence.end) {
                lo = lo.min(r.start);
                hi = hi.max(r.end);
            }
        }
        Some(PostEvent {
            what,
            rank,
            post,
            sender: Some(sender),
            host: Some(host),
            stated,
            when,
            dated_by_context,
            place: ends.place.map(|p| clean(&p.name)),
            at_capital,
            chief: chief.filter(|c| !c.is_empty()),
            charge,
            elsewhere,
            trigger,
            carrier,
            quote: lo..hi,
        })
    }

    /// "Legation at Taiz (North Yemen), 1959": of several states of one country the one that the heading adds is meant.
    fn as_the_heading_calls_it(&self, i: usize, host: ActorIx) -> ActorIx {
        let t = self.cast.tree;
        let country = |ix: ActorIx| self.cast.actors.actor(ix).country.clone();
        let Some(h) = self.cast.story.heading(i) else { return host };
        let mut inner = h.tokens.clone().filter(|k| {
            let open = (h.tokens.start..*k).rev().take(4).find(|j| matches!(t.doc.text(*j), "(" | ")"));
            open.is_some_and(|j| t.doc.text(j) == "(")
        });
        inner.find_map(|k| self.polity_at(k).filter(|p| country(*p).is_some() && country(*p) == country(host))).unwrap_or(host)
    }

    /// The city that heads an item of a list: "- Oran (Wahran) ...".
    fn place_of_item(&self, i: usize) -> Option<Place> {
        let t = self.cast.tree;
        let b = self.cast.story.block(i)?;
        let mut words = b.tokens.clone().skip_while(|k| t.tok(*k).pos == "SPACE");
        let first = words.next()?;
        if !matches!(t.doc.text(first), "-" | "–" | "•" | "*") {
            return None;
        }
        let start = words.next()?;
        let end = (start..b.tokens.end.min(start + 4)).find(|k| t.tok(*k).pos != "PROPN").unwrap_or(start + 1);
        (end > start).then(|| Place { name: t.doc.span_text(start..end).to_owned(), also: None })
    }

    /// A city may have been the capital of several states, a name have been borne by several; the one of the title is meant.
    fn as_the_title_has_it(&self, e: &mut Ends) {
        let Some((a, b)) = self.cast.story.pair else { return };
        for end in [&mut e.sender, &mut e.host] {
            if let Some(x) = *end {
                if x != a && x != b {
                    *end = [b, a].into_iter().find(|p| self.stands_for(x, *p)).or(Some(x));
                }
            }
        }
        if let Some(place) = &e.place {
            for p in [b, a] {
                if self.is_capital(place, p, "") && e.sender != Some(p) {
                    e.host = Some(p);
                    return;
                }
            }
        }
    }

    /// Is one polity the other by another name, or its government?
    fn stands_for(&self, x: ActorIx, p: ActorIx) -> bool {
        let (ax, ap) = (self.cast.actors.actor(x), self.cast.actors.actor(p));
        if x == p || ax.leads.as_deref() == Some(ap.id.as_str()) {
            return true;
        }
        let mut names = std::iter::once(&ax.label).chain(&ax.names);
        names.any(|n| *n == ap.label || ap.names.contains(n))
    }

    /// Is the place a capital of the state or of one it came from, at the date (EDTF; "" = at any time)?
    fn is_capital(&self, place: &Place, state: ActorIx, when: &str) -> bool {
        let actors = self.cast.actors;
        let a = actors.actor(state);
        let bare = |name: &str| slug(name.strip_prefix("The ").or_else(|| name.strip_prefix("the ")).unwrap_or(name));
        let wanted: Vec<String> = std::iter::once(place.name.as_str()).chain(place.also.as_deref()).map(bare).collect();
        let year = |edtf: &str| edtf.get(..4).and_then(|y| y.parse::<i32>().ok());
        let at = year(when);
        let then = |c: &Capital, from_state: &str| {
            let Some(y) = at else { return true };
            let before_the_state = year(from_state).is_some_and(|f| y < f);
            before_the_state || year(&c.from).is_none_or(|f| f <= y) && year(&c.until).is_none_or(|u| y <= u)
        };
        let of = |ix: ActorIx| {
            let b = actors.actor(ix);
            b.capitals.iter().any(|c| wanted.contains(&bare(&c.name)) && then(c, &b.from))
        };
        // "Luxembourg", "Panama": the city bears the state's name
        let forebears = || a.predecessors.iter().filter_map(|p| actors.by_id(p)).filter(|p| actors.actor(*p).country == a.country);
        wanted.contains(&slug(&a.label)) || of(state) || forebears().any(of)
    }

    /// Sender and host of the post that a heading names: "Establishment of the American Legation in Sofia, 1919."
    fn ends_of_heading(&self, r: Range<usize>) -> Ends {
        let t = self.cast.tree;
        let empty = Args::default();
        let mut e = Ends::default();
        for i in r.clone() {
            if rank_of_post(t, i).is_some() {
                e = e.or(self.ends_of_post(i, &empty));
            }
        }
        // capitalised headings parse badly: an adjective sends, a name after "in", "with", "to" hosts
        for i in r {
            let Some(m) = self.cast.resolved.at(i) else { continue };
            let Some(p) = self.polity_at(i) else { continue };
            let prep = (i.saturating_sub(3)..i).rev().any(|k| matches!(t.lemma(k), "in" | "at" | "to" | "with"));
            if prep && e.host.is_none() && Some(p) != e.sender {
                e.host = Some(p);
            } else if !prep
                && e.sender.is_none()
                && Some(p) != e.host
                && (m.via == Via::Adjective || matches!(t.dep(i), "poss" | "compound" | "amod"))
            {
                e.sender = Some(p);
            }
        }
        e
    }

    /// Does the paragraph say that the chief lived in another state than the host?
    fn lives_elsewhere(&self, i: usize, host: ActorIx, what: What) -> bool {
        let t = self.cast.tree;
        let Some(b) = self.cast.story.block(i) else { return false };
        for k in b.tokens.clone() {
            let w = t.lemma(k);
            if matches!(w, "nonresident" | "non-resident") {
                return true;
            }
            if w == "resident" && k > 1 && t.doc.text(k - 1) == "-" && t.doc.text(k - 2).eq_ignore_ascii_case("non") {
                return true;
            }
            if !self.posts.resident.contains(w) || t.dep(k) == "attr" && w == "minister" {
                continue;
            }
            // "until he presented his credentials in Baghdad": the stay elsewhere ended there
            let s = self.sentence(k);
            let until = (k..s.end).find(|j| t.lemma(*j) == "until");
            if until.is_some_and(|u| (u..s.end).contains(&i)) && what != What::Appoint {
                continue;
            }
            // "previous Ambassadors had been resident at"
            if (s.start..k).any(|j| {
                matches!(
                    t.lemma(j),
                    "previous" | "previously" | "earlier" | "former" | "predecessor" | "subsequent" | "later"
                )
            }) {
                continue;
            }
            if self.elsewhere_at(k, host) {
                return true;
            }
        }
        false
    }

    /// Does the word of residence at a token point to another state than the host?
    fn elsewhere_at(&self, k: usize, host: ActorIx) -> bool {
        let t = self.cast.tree;
        let mut places: Vec<usize> = Vec::new();
        let args = if t.is_verb(k) { t.verb_args(k) } else { t.noun_args(k, |_| false) };
        places.extend(args.preps.iter().filter(|(p, _)| matches!(p.as_str(), "in" | "at" | "to")).map(|(_, o)| *o));
        // "was also accredited to Senegal and resident at Dakar": the phrase may hang on another word
        if places.is_empty() {
            places.extend(
                (k + 1..(k + 6).min(t.len()))
                    .filter(|j| t.dep(*j) == "pobj" && matches!(t.lemma(t.head(*j)), "in" | "at" | "to")),
            );
        }
        // "presented credentials at Bridgetown, where she remained resident"
        if places.is_empty() && (k.saturating_sub(6)..k).any(|j| t.lemma(j) == "where") {
            let s = self.sentence(k);
            places.extend(
                (s.start..k)
                    .rev()
                    .filter(|j| t.dep(*j) == "pobj" && matches!(t.lemma(t.head(*j)), "in" | "at"))
                    .take(1),
            );
        }
        for p in places {
            let place = self.place_at(p);
            if place.as_ref().is_some_and(|x| self.is_capital(x, host, "")) {
                continue;
            }
            if let Some(s) = self.polity_at(p) {
                if s != host && !self.stands_for(s, host) {
                    return true;
                }
            } else if place.is_some() {
                // an unknown city with its country: "Auckland, New Zealand"
                let next = (p + 1..(p + 5).min(t.len())).find_map(|j| self.polity_at(j));
                if next.is_some_and(|s| s != host) {
                    return true;
                }
            }
        }
        false
    }

    fn nearest_polity(&self, i: usize, not: Option<ActorIx>) -> Option<ActorIx> {
        let s = self.cast.tree.sentence(i);
        s.clone()
            .filter(|k| *k != i)
            .filter_map(|k| self.polity_at(k).map(|p| (k.abs_diff(i), p)))
            .filter(|(_, p)| Some(*p) != not)
            .min()
            .map(|(_, p)| p)
    }

    /// The event's own date; else the sentence's only one; else the last full date before it in the paragraph.
    fn date(&self, trigger: usize, carrier: usize, parties: &[usize]) -> (String, bool, Option<Range<usize>>) {
        let t = self.cast.tree;
        let dates = &self.cast.resolved.dates;
        let s = self.sentence(trigger);
        if let Some(d) =
            dating::date_of(t, dates, trigger, carrier, parties).filter(|d| usable(d) && s.contains(&d.head))
        {
            return (start(d), false, Some(d.tokens.clone()));
        }
        let own: Vec<&DateMention> =
            dates.iter().filter(|d| s.contains(&d.head) && usable(d) && d.role != DateRole::Modifier).collect();
        if let [d] = own[..] {
            return (start(d), true, Some(d.tokens.clone()));
        }
        if let Some(b) = self.cast.story.block(trigger) {
            let before = dates.iter().rfind(|d| {
                b.tokens.contains(&d.head) && d.head < trigger && is_day(&d.when.edtf) && matches!(d.role, DateRole::At | DateRole::Since | DateRole::After)
            });
            if let Some(d) = before {
                return (start(d), true, None);
            }
        }
        (String::new(), false, None)
    }

    /// Turns of relations that headings assert and no dated sentence of their section tells.
    fn turns(&self, told: &[Told]) -> Vec<Turn> {
        let t = self.cast.tree;
        let Some((a, b)) = self.cast.story.pair else { return Vec::new() };
        let mut out = Vec::new();
        for block in self.cast.story.blocks.iter().filter(|b| b.heading) {
            let words: Vec<&str> = block.tokens.clone().map(|k| t.lemma(k)).collect();
            if !words.iter().any(|w| matches!(*w, "relation" | "relations"))
                || words.iter().any(|w| matches!(*w, "consular" | "commercial" | "trade"))
            {
                continue;
            }
            let has = |list: &[&str]| {
                block.tokens.clone().any(|k| {
                    list.iter().any(|w| t.lemma(k).starts_with(w) || t.doc.text(k).to_lowercase().starts_with(w))
                })
            };
            let ends = has(&[
                "sever",
                "interrupt",
                "suspen",
                "break",
                "broken",
                "rupture",
                "terminat",
                "cessation",
                "ended",
                "cease",
            ]);
            let begins = has(&["resum", "restor", "re-establish", "reestablish", "renew", "normaliz"]);
            if ends == begins {
                continue;
            }
            let Some(section) = self.section_under(block.tokens.start) else { continue };
            let day_told = told.iter().any(|x| x.ends == ends && section.contains(&x.trigger) && is_day(&x.when));
            let year: String = {
                let mut y: Vec<&str> = block
                    .tokens
                    .clone()
                    .map(|k| t.doc.text(k))
                    .filter(|w| w.len() == 4 && w.chars().all(|c| c.is_ascii_digit()))
                    .collect();
                y.pop().unwrap_or_default().to_owned()
            };
            if day_told || year.is_empty() {
                continue;
            }
            // the first sentence that speaks of relations or recognition, with its day or the last one before
            let speaks = |s: &Range<usize>| {
                s.clone()
                    .any(|k| matches!(t.lemma(k), "relation" | "relations" | "recognition" | "recognize" | "recognise"))
            };
            let mut at = section.start;
            let mut last: Option<&DateMention> = None;
            let mut found = None;
            let mut spoken = false;
            while at < section.end && found.is_none() {
                let s = self.sentence(at);
                let end = s.end.max(at + 1);
                let day = self.cast.resolved.dates.iter().find(|d| {
                    s.contains(&d.head)
                        && is_day(&d.when.edtf)
                        && d.when.edtf.starts_with(&year)
                        && d.role != DateRole::Modifier
                });
                let third = s.clone().any(|k| {
                    matches!(t.lemma(k), "relation" | "relations")
                        && t.kids(k).chain(t.kids(t.head(k))).filter(|p| t.lemma(*p) == "with").filter_map(|p| t.kid(p, &["pobj"])).any(|o| {
                            let named = self.cast.resolved.at(o).is_some_and(|m| matches!(m.via, Via::Name | Via::Adjective));
                            named && self.polity_at(o).is_some_and(|x| !self.of_pair(x))
                        })
                });
                if third {
                    at = end;
                    continue;
                }
                if spoken {
                    found = day;
                } else if speaks(&s) {
                    found = day.or(last);
                    spoken = true;
                }
                last = day.or(last);
                at = end;
            }
            let Some(d) = found.or(last) else { continue };
            out.push(Turn {
                ends,
                sender: a,
                host: b,
                when: d.when.edtf.clone(),
                trigger: d.head,
                quote: block.tokens.start..trim_end(t, &block.tokens),
            });
        }
        out
    }
}

fn is_suffix(word: &str) -> bool {
    matches!(word, "Jr." | "Jr" | "Sr." | "Sr" | "II" | "III" | "IV")
}

/// One past the last token that is no white space.
fn trim_end(t: &Tree, r: &Range<usize>) -> usize {
    let mut end = r.end;
    while end > r.start + 1 && t.tok(end - 1).pos == "SPACE" {
        end -= 1;
    }
    end
}

#[derive(Debug, Default)]
struct Roles {
    said: Vec<Range<usize>>,
    own: Vec<Range<usize>>,
}

/// Words for what is raised beside the post itself.
const RAISED: &[&str] = &[
    "mission", "missions", "it", "status", "representative", "rank", "relation", "relations", "level", "presence", "which", "that",
];

fn nonresident(rank: &str) -> &str {
    match rank {
        "embassy" => "ambassador_nonresident",
        "legation" => "envoy_nonresident",
        "consulate" => "consul_nonresident",
        r => r,
    }
}

fn usable(d: &DateMention) -> bool {
    !d.when.edtf.is_empty() && !matches!(d.role, DateRole::Duration | DateRole::Before)
}

fn start(d: &DateMention) -> String {
    d.when.edtf.trim_end_matches("/..").to_owned()
}

fn is_day(edtf: &str) -> bool {
    edtf.len() == 10 && edtf.as_bytes()[4] == b'-'
}

/// Does a section's own event tell what its heading tells?
fn same_turn(e: &PostEvent, h: &PostEvent) -> bool {
    let ends = |w| w == What::Close;
    ends(e.what) == ends(h.what) && (e.sender, e.host) == (h.sender, h.host)
}
