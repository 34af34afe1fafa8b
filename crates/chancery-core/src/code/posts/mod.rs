//! Missions and their chiefs, read as a story: who opened what rank of post where, raised it, closed it, who presented
//! credentials as what. A sentence of such a history leaves out what the one before has said, so this pass fills the
//! sending and the host state from the post's phrase, the chief's title, the heading and the title, in that order.
//!
//! ```text
//!   The Legation at Taiz was raised to Embassy status on January 28, 1963.
//!       post (rank, place -> host)      raise      new rank       when        sender: of the heading or title
//! ```
//! The reader walks the text once and keeps in focus what "the office" and "he" stand for. `acts`: what happens to posts;
//! `chiefs`: what happens to those who head them; `ends`: sender, host, city; `turns`: what only headings say of relations.
//!
//! Each event says on what it rests (`basis`): an opening, a raise, credentials, an appointment, a closing. Which of them
//! makes the mission's rank at a date is a question of policy and is settled in `ask`, not here.
mod acts;
mod chiefs;
mod ends;
mod turns;

use super::dating;
use super::parties::{Cast, clean};
use super::tree::{Args, Tree};
use crate::knowledge::DataFiles;
use crate::resolve::{ActorIx, DateMention, DateRole};
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
        let turned =
            self.sender.is_some() && self.sender == other.host || self.host.is_some() && self.host == other.sender;
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
        if matches!(t.dep(i), "nsubj" | "nsubjpass")
            && t.tok(i).pos == "PROPN"
            && let Some(name) = self.person_at(i)
        {
            self.focus.chief = Some(name);
        }
        if let Some(rank) = rank_of_post(t, i) {
            let args = t.noun_args(i, |_| false);
            let mut ends = self.ends_of_post(i, &Args { carrier: args.carrier, ..Args::default() });
            if let Some((_, r, before)) = &self.focus.post {
                if r == rank
                    && ends.host.is_some_and(|h| !self.of_pair(h))
                    && before.host.is_some_and(|h| self.of_pair(h))
                {
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

    fn event(&self, draft: Draft) -> Option<PostEvent> {
        let t = self.cast.tree;
        let Draft { what, trigger, carrier, theme, mut rank, post, mut ends, chief, charge, mut elsewhere } = draft;
        let stated = ends.sender.is_some() && ends.host.is_some();
        if ends.place.is_none() {
            ends.place = self.place_of_item(trigger);
        }
        self.as_the_title_has_it(&mut ends);
        if (ends.sender.is_none() || ends.host.is_none())
            && let Some(h) = self.cast.story.heading(trigger)
        {
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
        if let Some((a, b)) = self.cast.story.pair {
            (ends.sender, ends.host) = match (ends.sender, ends.host) {
                (None, None) => (Some(a), Some(b)),
                (Some(s), None) => (Some(s), Some(if s == b { a } else { b })),
                (None, Some(h)) => (Some(if h == a { b } else { a }), Some(h)),
                both => both,
            };
        } else if ends.sender.is_none() || ends.host.is_none() {
            if ends.sender.is_none() && ends.host.is_none() {
                return None;
            }
            let other = match ends.sender.filter(|_| ends.host.is_none()) {
                Some(sender) => self.scene(trigger, sender)?,
                None => self.nearest_polity(trigger, ends.sender.or(ends.host))?,
            };
            ends.sender = ends.sender.or(Some(other));
            ends.host = ends.host.or(Some(other));
        }
        let (sender, host) = (ends.sender?, ends.host?);
        let host = self.as_the_heading_calls_it(trigger, host);
        if sender == host {
            return None;
        }
        // "established on the premises of the embassy in Vienna": in another's house, abroad
        let lodged = what == What::Open
            && t.kids(trigger).any(|p| {
                t.dep(p) == "prep" && t.kid(p, &["pobj"]).is_some_and(|o| matches!(t.lemma(o), "premise" | "premises"))
            });
        if lodged {
            elsewhere = true;
            rank = nonresident(&rank).to_owned();
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
                b.tokens.contains(&d.head)
                    && d.head < trigger
                    && is_day(&d.when.edtf)
                    && matches!(d.role, DateRole::At | DateRole::Since | DateRole::After)
            });
            if let Some(d) = before {
                return (start(d), true, None);
            }
        }
        (String::new(), false, None)
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
    "mission",
    "missions",
    "it",
    "status",
    "representative",
    "rank",
    "relation",
    "relations",
    "level",
    "presence",
    "which",
    "that",
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
