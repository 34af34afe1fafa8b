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
use super::parties::{Cast, clean};
use super::tree::Tree;
use crate::knowledge::DataFiles;
use crate::resolve::{ActorIx, DateMention, DateRole, Kind, Via, Who};
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
    resident: Vec<String>,
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
    verbs: HashMap<String, What>,
    credentials: HashSet<String>,
    resident: HashSet<String>,
    titles: Vec<Title>,
}

/// What happened to a mission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    Open,
    Raise,
    Close,
    Present,
    Appoint,
}

impl What {
    /// The `basis` of a claim.
    pub fn basis(self) -> &'static str {
        match self {
            What::Open => "opening",
            What::Raise => "elevation",
            What::Close => "closing",
            What::Present => "credentials",
            What::Appoint => "appointment",
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
    pub trigger: usize,
    pub carrier: usize,
    pub quote: Range<usize>,
}

impl Posts {
    pub fn load(data: &DataFiles) -> (Posts, Vec<Finding>) {
        let mut out = Posts::default();
        let mut findings = Vec::new();
        for (path, text) in data.below("lexicon/missions") {
            match toml::from_str::<File>(text) {
                Ok(f) => {
                    let groups =
                        [(f.appoint, What::Appoint), (f.present, What::Present), (f.close, What::Close), (f.raise, What::Raise), (f.open, What::Open)];
                    for (words, what) in groups {
                        for w in words {
                            out.verbs.insert(w, what);
                        }
                    }
                    out.credentials.extend(f.credentials);
                    out.resident.extend(f.resident);
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
        self.titles.iter().find(|t| t.says.iter().any(|s| text.contains(s.as_str())) && !t.not.iter().any(|n| text.contains(n.as_str()))).map(|t| t.rank.as_str())
    }
}

/// Rank of a post by its noun (scale: Kenkel, US Diplomatic Missions, v0.1).
pub fn rank_of_post(t: &Tree, i: usize) -> Option<&'static str> {
    let mods = |w: &str| t.kids(i).any(|k| matches!(t.dep(k), "compound" | "amod" | "nmod" | "poss") && t.lemma(k).trim_end_matches('s') == w);
    let lemma = t.lemma(i);
    Some(match lemma.trim_end_matches('s') {
        "embassy" | "embassie" | "nunciature" => "embassy",
        "commission" if mods("high") => "embassy",
        "legation" => "legation",
        "consulate" => "consulate",
        "general" if mods("consulate") => "consulate",
        "agency" if mods("consular") => "consulate",
        "office" if mods("consular") => "consulate",
        "section" if mods("interest") => "interests",
        "office" if mods("liaison") => "liaison",
        "mission" if mods("liaison") => "liaison",
        _ => {
            // "Embassy Khartoum", "Embassy status"
            if matches!(t.tok(i).pos, "PROPN" | "NOUN") {
                let inner = t.kids(i).find(|k| matches!(t.dep(*k), "compound" | "nmod" | "amod") && matches!(t.lemma(*k), "embassy" | "legation" | "consulate"))?;
                if matches!(lemma, "status" | "rank" | "level" | "post") || t.tok(i).pos == "PROPN" {
                    return rank_of_post(t, inner);
                }
            }
            return None;
        }
    })
}

/// A mission of a rank not said: "the U.S. diplomatic mission".
fn is_bare_mission(t: &Tree, i: usize) -> bool {
    t.lemma(i) == "mission" && t.kids(i).any(|k| matches!(t.lemma(k), "diplomatic" | "permanent" | "resident"))
}

/// What the words say of a mission's two ends.
#[derive(Debug, Clone, Default)]
struct Ends {
    sender: Option<ActorIx>,
    host: Option<ActorIx>,
    place: Option<String>,
}

impl Ends {
    fn or(mut self, other: Ends) -> Ends {
        self.sender = self.sender.or(other.sender);
        self.host = self.host.or(other.host);
        self.place = self.place.or(other.place);
        self
    }
}

/// All events of missions in a document, in text order.
pub fn read(posts: &Posts, cast: &Cast) -> Vec<PostEvent> {
    let reader = Reader { posts, cast, chiefs: HashMap::new() };
    reader.run()
}

struct Reader<'a> {
    posts: &'a Posts,
    cast: &'a Cast<'a>,
    /// Surname -> what the text has said of this chief.
    chiefs: HashMap<String, Chief>,
}

#[derive(Debug, Clone)]
struct Chief {
    rank: String,
    ends: Ends,
}

impl Reader<'_> {
    fn run(mut self) -> Vec<PostEvent> {
        let t = self.cast.tree;
        let mut out: Vec<PostEvent> = Vec::new();
        let mut headings: Vec<PostEvent> = Vec::new();
        for i in 0..t.len() {
            let tok = t.tok(i);
            if !matches!(tok.pos, "VERB" | "AUX" | "NOUN" | "PROPN" | "ADJ") {
                continue;
            }
            let particle = t.kid(i, &["prt"]).map(|p| format!("{}_{}", t.lemma(i), t.lemma(p)));
            let lower = t.lemma(i).to_lowercase();
            let what = particle.as_ref().and_then(|k| self.posts.verbs.get(k)).or_else(|| self.posts.verbs.get(&lower)).copied();
            let Some(what) = what else { continue };
            let events = self.at(i, what);
            let heading = self.cast.story.block(i).is_some_and(|b| b.heading);
            if heading { headings.extend(events) } else { out.extend(events) }
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
                section.contains(&d.head) && is_day(&d.when.edtf) && d.role != DateRole::Modifier && (year.is_empty() || d.when.edtf.starts_with(&year))
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
            themes.extend(t.kids(i).filter(|k| matches!(t.dep(*k), "compound" | "poss")));
        }
        match what {
            What::Open | What::Close => {
                let mut out = Vec::new();
                for th in themes {
                    let rank = rank_of_post(t, th).map(str::to_owned);
                    if rank.is_none() && !is_bare_mission(t, th) {
                        continue;
                    }
                    let ends = self.ends_of_post(th, &args);
                    let post = rank.clone();
                    let rank = if what == What::Close {
                        "none".to_owned()
                    } else {
                        match rank.or_else(|| self.rank_near(i)) {
                            Some(r) => r,
                            None => continue,
                        }
                    };
                    out.extend(self.event(what, i, args.carrier, th, rank, post, ends, None));
                }
                out
            }
            What::Raise => self.raised(i, &args, &themes),
            What::Present => self.presented(i, &args),
            What::Appoint => self.appointed(i, &args),
        }
    }

    /// "raised to Embassy status", "became a Consulate General", "from a Legation to an Embassy".
    fn raised(&mut self, i: usize, args: &super::tree::Args, themes: &[usize]) -> Vec<PostEvent> {
        let t = self.cast.tree;
        let targets: Vec<usize> =
            args.preps.iter().filter(|(p, _)| matches!(p.as_str(), "to" | "into" | "as")).map(|(_, o)| *o).chain(args.attr.iter().copied()).collect();
        let mut found = targets.iter().find_map(|o| rank_of_post(t, *o).map(|r| (*o, r)));
        if found.is_none() {
            // "to the rank of Embassy", "to the status of a Legation"
            found = targets.iter().find_map(|o| {
                t.kids(*o).filter(|k| t.lemma(*k) == "of").find_map(|p| t.kid(p, &["pobj"])).and_then(|o| rank_of_post(t, o).map(|r| (o, r)))
            });
        }
        let Some((target, rank)) = found else { return Vec::new() };
        let theme = themes.iter().copied().find(|th| {
            rank_of_post(t, *th).is_some()
                || matches!(t.lemma(*th), "mission" | "representation" | "it" | "status" | "post" | "representative" | "agency" | "section" | "office" | "rank" | "relation" | "level")
        });
        let Some(theme) = theme else { return Vec::new() };
        let ends = self.ends_of_post(theme, args).or(self.ends_of_post(target, args));
        let post = rank_of_post(t, theme).map(str::to_owned);
        self.event(What::Raise, i, args.carrier, theme, rank.to_owned(), post, ends, None).into_iter().collect()
    }

    /// "presented his credentials as Minister", "accepted the credentials of X".
    fn presented(&mut self, i: usize, args: &super::tree::Args) -> Vec<PostEvent> {
        let t = self.cast.tree;
        let letters = args.theme.iter().copied().find(|o| {
            self.posts.credentials.contains(t.lemma(*o)) || t.lemma(*o) == "letter" && t.kids(*o).any(|k| t.kids(k).any(|c| matches!(t.lemma(c), "credence" | "credential")))
        });
        let Some(letters) = letters else { return Vec::new() };
        let by_host = matches!(t.lemma(i), "accept" | "receive" | "acceptance");
        let chief = if by_host {
            t.noun_args(letters, |_| false).theme.first().copied()
        } else {
            args.agent.first().copied()
        };
        let Some(chief) = chief else { return Vec::new() };
        let roles = self.title_phrases(i, chief, args);
        let name = self.surname(chief);
        let known = name.as_ref().and_then(|n| self.chiefs.get(n)).cloned();
        let mut rank = roles.iter().find_map(|r| self.posts.rank_of_title(t.doc.span_text(r.clone()))).map(str::to_owned);
        let mut ends = Ends::default();
        for r in &roles {
            ends = ends.or(self.ends_in(r.clone()));
        }
        // to whom: "to the government of Albania in Tirana"
        for (p, o) in args.preps.iter().filter(|(p, _)| matches!(p.as_str(), "to" | "in" | "at")) {
            let host = t.below(*o, true).into_iter().find_map(|k| self.polity_at(k));
            if ends.host.is_none() || p == "to" && ends.host.is_none() {
                ends.host = host;
            }
        }
        if by_host {
            ends.host = ends.host.or_else(|| args.agent.first().and_then(|a| self.polity_of(*a)));
        }
        if let Some(k) = &known {
            rank = rank.or_else(|| Some(k.rank.clone()));
            ends = ends.or(k.ends.clone());
        }
        let Some(mut rank) = rank.or_else(|| self.rank_near(i)) else { return Vec::new() };
        if rank == "charge" {
            rank = match self.rank_near(i) {
                Some(r) => r,
                None => return Vec::new(),
            };
        }
        if let Some(n) = name.clone() {
            self.chiefs.insert(n, Chief { rank: rank.clone(), ends: ends.clone() });
        }
        self.event(What::Present, i, args.carrier, letters, rank, None, ends, name).into_iter().collect()
    }

    /// "was appointed Minister to Bulgaria on ...".
    fn appointed(&mut self, i: usize, args: &super::tree::Args) -> Vec<PostEvent> {
        let t = self.cast.tree;
        let chief = match args.theme.first() {
            Some(c) => *c,
            None => return Vec::new(),
        };
        let roles = self.title_phrases(i, chief, args);
        let Some(rank) = roles.iter().find_map(|r| self.posts.rank_of_title(t.doc.span_text(r.clone()))).map(str::to_owned) else { return Vec::new() };
        let mut ends = Ends::default();
        for r in &roles {
            ends = ends.or(self.ends_in(r.clone()));
        }
        let name = self.surname(chief);
        if let Some(n) = name.clone() {
            self.chiefs.insert(n, Chief { rank: rank.clone(), ends: ends.clone() });
        }
        if rank == "charge" {
            return Vec::new();
        }
        self.event(What::Appoint, i, args.carrier, chief, rank, None, ends, name).into_iter().collect()
    }

    /// The phrases that tell the title: "as ..." and predicate nominals of the verb, the chief's own name and apposition.
    fn title_phrases(&self, verb: usize, chief: usize, args: &super::tree::Args) -> Vec<Range<usize>> {
        let t = self.cast.tree;
        let mut out = Vec::new();
        let inner = |r: Range<usize>| r;
        for (p, o) in &args.preps {
            if p == "as" {
                out.push(inner(t.subtree(*o)));
            }
        }
        for a in &args.attr {
            out.push(inner(t.subtree(*a)));
        }
        // "was the first resident Ambassador to Qatar, presenting his credentials"
        let main = t.head(verb);
        if matches!(t.dep(verb), "advcl" | "conj" | "xcomp") && t.is_verb(main) {
            for k in t.kids(main).filter(|k| matches!(t.dep(*k), "attr" | "oprd")) {
                out.push(t.phrase(k).start..t.subtree(k).end.min(verb.max(k + 1)));
            }
            for (p, o) in t.verb_args(main).preps {
                if p == "as" {
                    out.push(t.subtree(o));
                }
            }
        }
        if t.tok(chief).pos != "PRON" {
            let mut r = t.phrase(chief);
            if let Some(m) = self.cast.resolved.at(chief) {
                r = r.start.min(m.tokens.start)..r.end.max(m.tokens.end);
            }
            out.push(r);
            for k in t.kids(chief).filter(|k| matches!(t.dep(*k), "appos" | "relcl")) {
                out.push(t.subtree(k));
            }
        }
        // the object before its complement: "appointed X Minister to Y" parsed as one name
        out.retain(|r| !r.is_empty());
        out
    }

    fn surname(&self, chief: usize) -> Option<String> {
        let t = self.cast.tree;
        let mut i = chief;
        if t.tok(i).pos == "PRON" {
            let m = self.cast.resolved.at(i)?;
            return match &m.who {
                Who::Unknown { name, .. } => name.split(' ').next_back().map(str::to_owned),
                Who::Known(ix) => self.cast.actors.actor(*ix).label.split(' ').next_back().map(str::to_owned),
            };
        }
        if matches!(t.doc.text(i), "Jr." | "Jr" | "Sr." | "II" | "III") {
            i = t.kids(i).filter(|k| t.tok(*k).pos == "PROPN").last().unwrap_or(i.saturating_sub(1));
        }
        (t.tok(i).pos == "PROPN").then(|| t.doc.text(i).to_owned())
    }

    /// The state a token stands for, by name, adjective or capital.
    fn polity_at(&self, i: usize) -> Option<ActorIx> {
        let m = self.cast.resolved.at(i)?;
        match m.who {
            Who::Known(ix) if matches!(self.cast.actors.actor(ix).kind, Kind::State | Kind::Government) => Some(ix),
            Who::Known(ix) if m.via != Via::Pronoun => {
                let a = self.cast.actors.actor(ix);
                if matches!(a.kind, Kind::Body) { a.country.as_deref().and_then(|c| self.cast.actors.by_id(c)) } else { None }
            }
            _ => None,
        }
    }

    /// As `polity_at`, also for persons and organs who act for a state.
    fn polity_of(&self, i: usize) -> Option<ActorIx> {
        self.polity_at(i).or_else(|| {
            let m = self.cast.resolved.at(i)?;
            m.country.as_deref().and_then(|c| self.cast.actors.by_id(c))
        })
    }

    /// Sender and host in the text of a title: "the first American Consul for Baghdad", "Panama's Minister to the United States".
    fn ends_in(&self, r: Range<usize>) -> Ends {
        let t = self.cast.tree;
        let mut e = Ends::default();
        for i in r.clone() {
            let Some(p) = self.polity_at(i) else { continue };
            let before = (r.start..i).rev().take(5).find(|k| matches!(t.lemma(*k), "to" | "for" | "in" | "at" | "of" | "near"));
            let poss = t.dep(i) == "poss" || matches!(t.dep(i), "amod" | "compound");
            let chief_before = (r.start..i).any(|k| self.posts.rank_of_title(t.doc.text(k)).is_some());
            if chief_before && before.is_some() && !(poss && self.cast.resolved.at(i).is_some_and(|m| m.via == Via::Adjective)) {
                if e.host.is_none() {
                    e.host = Some(p);
                    if self.cast.resolved.at(i).is_some_and(|m| m.place) {
                        e.place = Some(t.doc.text(i).to_owned());
                    }
                }
            } else if !chief_before && poss && e.sender.is_none() {
                e.sender = Some(p);
            }
        }
        e
    }

    /// Sender and host that a post's phrase and its verb give.
    fn ends_of_post(&self, post: usize, args: &super::tree::Args) -> Ends {
        let t = self.cast.tree;
        let mut e = Ends::default();
        let na = t.noun_args(post, |_| false);
        for k in na.poss.iter().chain(&na.mods) {
            let Some(p) = self.polity_of(*k) else { continue };
            let m = self.cast.resolved.at(*k);
            if m.is_some_and(|m| m.place) {
                e.host = e.host.or(Some(p));
                e.place = e.place.or(Some(t.doc.text(*k).to_owned()));
            } else {
                e.sender = e.sender.or(Some(p));
            }
        }
        let places = na.preps.iter().chain(&args.preps).filter(|(p, _)| matches!(p.as_str(), "in" | "at" | "to" | "near" | "for" | "within"));
        for (p, o) in places {
            if rank_of_post(t, *o).is_some() {
                // "an Interests Section in the Belgian Embassy in Baghdad"
                let inner = t.noun_args(*o, |_| false);
                for (_, q) in inner.preps.iter().filter(|(p, _)| matches!(p.as_str(), "in" | "at")) {
                    if let Some(h) = self.polity_at(*q) {
                        e.host = e.host.or(Some(h));
                        e.place = e.place.or(Some(t.doc.text(*q).to_owned()));
                    }
                }
                continue;
            }
            let host = self.polity_at(*o);
            let is_place = self.cast.is_place(*o);
            if host.is_some() && e.host.is_none() && (p != "to" || !self.same(host, e.sender)) {
                e.host = host;
            }
            if matches!(p.as_str(), "in" | "at" | "near") && is_place && e.place.is_none() {
                let m = self.cast.resolved.at(*o);
                if m.is_none_or(|m| m.place) {
                    e.place = Some(clean(t.doc.span_text(t.phrase(*o).start..*o + 1)));
                }
            }
        }
        // "Embassy Khartoum": the head is the city
        if t.tok(post).pos == "PROPN" && rank_of_post(t, post).is_some() && t.kids(post).any(|k| matches!(t.lemma(k), "embassy" | "legation" | "consulate")) {
            if let Some(h) = self.polity_at(post) {
                e.host = e.host.or(Some(h));
                e.place = e.place.or(Some(t.doc.text(post).to_owned()));
            }
        }
        // the opener, where the verb is active
        if e.sender.is_none() {
            e.sender = args.agent.iter().filter(|a| **a != post).find_map(|a| self.polity_of(*a)).filter(|s| Some(*s) != e.host);
        }
        e
    }

    fn same(&self, a: Option<ActorIx>, b: Option<ActorIx>) -> bool {
        a.is_some() && a == b
    }

    /// The rank of a post or chief named nearby: in the sentence, else in the heading.
    fn rank_near(&self, i: usize) -> Option<String> {
        let t = self.cast.tree;
        let sentence = t.sentence(i);
        let in_range = |r: Range<usize>| {
            r.clone().find_map(|k| rank_of_post(t, k).map(str::to_owned)).or_else(|| {
                self.posts.rank_of_title(t.doc.span_text(r)).filter(|r| *r != "charge").map(str::to_owned)
            })
        };
        in_range(sentence).or_else(|| self.cast.story.heading(i).and_then(|h| in_range(h.tokens.clone())))
    }

    #[allow(clippy::too_many_arguments)]
    fn event(
        &self,
        what: What,
        trigger: usize,
        carrier: usize,
        theme: usize,
        rank: String,
        post: Option<String>,
        ends: Ends,
        chief: Option<String>,
    ) -> Option<PostEvent> {
        let t = self.cast.tree;
        let stated = ends.sender.is_some() && ends.host.is_some();
        let mut ends = ends;
        self.as_the_title_has_it(&mut ends);
        if ends.sender.is_none() || ends.host.is_none() {
            if let Some(h) = self.cast.story.heading(trigger) {
                let mut above = self.ends_of_heading(h.tokens.clone());
                self.as_the_title_has_it(&mut above);
                // the heading's direction holds if it does not contradict what the words give
                let fits = (ends.sender.is_none() || above.host != ends.sender) && (ends.host.is_none() || above.sender != ends.host);
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
        if sender == host {
            return None;
        }
        let mut rank = rank;
        if matches!(what, What::Present | What::Appoint) && self.lives_elsewhere(trigger, host) {
            rank = match rank.as_str() {
                "embassy" => "ambassador_nonresident".into(),
                "legation" => "envoy_nonresident".into(),
                "consulate" => "consul_nonresident".into(),
                _ => rank,
            };
        }
        let at_capital = ends.place.as_deref().map(|p| self.is_capital(p, host));
        let (when, dated_by_context, date) = self.date(trigger, carrier, &[theme]);
        let mut lo = trigger.min(carrier);
        let mut hi = trigger.max(carrier) + 1;
        let sentence = t.sentence(trigger);
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
            place: ends.place,
            at_capital,
            chief,
            trigger,
            carrier,
            quote: lo..hi,
        })
    }

    /// A city may have been the capital of several states; the one of the title is meant.
    fn as_the_title_has_it(&self, e: &mut Ends) {
        if let (Some((a, b)), Some(place)) = (self.cast.story.pair, e.place.as_deref()) {
            for p in [b, a] {
                if self.is_capital(place, p) && e.sender != Some(p) {
                    e.host = Some(p);
                    return;
                }
            }
        }
    }

    fn is_capital(&self, place: &str, state: ActorIx) -> bool {
        self.cast.actors.actor(state).capitals.iter().any(|c| c.name.eq_ignore_ascii_case(place))
    }

    /// Sender and host of the post that a heading names: "Establishment of the American Legation in Sofia, 1919."
    fn ends_of_heading(&self, r: Range<usize>) -> Ends {
        let t = self.cast.tree;
        let empty = super::tree::Args::default();
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
            } else if !prep && e.sender.is_none() && Some(p) != e.host && (m.via == Via::Adjective || matches!(t.dep(i), "poss" | "compound" | "amod")) {
                e.sender = Some(p);
            }
        }
        e
    }

    /// Does the paragraph say that the chief lived in another state than the host?
    fn lives_elsewhere(&self, i: usize, host: ActorIx) -> bool {
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
            let mut places: Vec<usize> = Vec::new();
            let args = if t.is_verb(k) { t.verb_args(k) } else { t.noun_args(k, |_| false) };
            places.extend(args.preps.iter().filter(|(p, _)| matches!(p.as_str(), "in" | "at")).map(|(_, o)| *o));
            // "was also accredited to Senegal and resident at Dakar": the phrase may hang on another word
            if places.is_empty() {
                places.extend((k + 1..(k + 5).min(t.len())).filter(|j| t.dep(*j) == "pobj"));
            }
            for p in places {
                if let Some(s) = self.polity_at(p) {
                    let named = t.doc.text(p);
                    if s != host && !self.is_capital(named, host) {
                        return true;
                    }
                }
            }
        }
        false
    }

    fn nearest_polity(&self, i: usize, not: Option<ActorIx>) -> Option<ActorIx> {
        let s = self.cast.tree.sentence(i);
        s.clone().filter(|k| *k != i).filter_map(|k| self.polity_at(k).map(|p| (k.abs_diff(i), p))).filter(|(_, p)| Some(*p) != not).min().map(|(_, p)| p)
    }

    /// The event's own date; else the sentence's only one; else the last full date before it in the paragraph.
    fn date(&self, trigger: usize, carrier: usize, parties: &[usize]) -> (String, bool, Option<Range<usize>>) {
        let t = self.cast.tree;
        let dates = &self.cast.resolved.dates;
        if let Some(d) = dating::date_of(t, dates, trigger, carrier, parties).filter(|d| usable(d)) {
            return (start(d), false, Some(d.tokens.clone()));
        }
        let s = t.sentence(trigger);
        let own: Vec<&DateMention> = dates.iter().filter(|d| s.contains(&d.head) && usable(d) && d.role != DateRole::Modifier).collect();
        if let [d] = own[..] {
            return (start(d), true, Some(d.tokens.clone()));
        }
        if let Some(b) = self.cast.story.block(trigger) {
            let before = dates.iter().rfind(|d| b.tokens.contains(&d.head) && d.head < trigger && is_day(&d.when.edtf) && d.role != DateRole::Modifier);
            if let Some(d) = before {
                return (start(d), true, None);
            }
        }
        (String::new(), false, None)
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
