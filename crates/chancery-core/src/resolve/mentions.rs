//! Spans of text that stand for an actor.
//!
//! Built in passes over one growing list, each pass seeing what those before it found:
//!
//! ```text
//!   names      registry names, longest first       Moscow, Russian, Islamic State-Khorasan, U.S.
//!   persons    with the title that stands by them   Russian President Vladimir Putin; Mr. Zelaya
//!   organs     of a state, organisation or group    the Afghan government, Ugandan troops
//!   unknowns   what only the model saw as a name    and the acronyms that the text introduces
//!   roles      titles that point at a person        the Russian president; X, the foreign minister
//!   coref      pronouns and nouns that point back   it, the group, both countries
//! ```
//!
//! A mention hangs in the tree by its head token, and a token is the head of one mention at most, so that
//! the frames ask `Resolved::at(token)` for whatever fills a role. Mentions may nest: "Russian" within
//! "Russian troops" is one of its own.
use super::actors::{
    ActorIx, How, Kind, NameRef, Registry, Table, is_hyphen, name_words, norm, norm_word, slug, within,
};
use super::dates::{DateMention, find_dates};
use super::lexicon::singular;
use chancery_parse::Doc;
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Whom a mention stands for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Who {
    Known(ActorIx),
    /// A name the registry does not hold: its usual form in this document and its likely kind.
    Unknown {
        name: String,
        kind: Kind,
    },
}

impl Who {
    /// The id of a party: the actor's, or `~` and the slug of the name.
    pub fn id(&self, actors: &Registry) -> String {
        match self {
            Who::Known(ix) => actors.actor(*ix).id.clone(),
            Who::Unknown { name, .. } => format!("~{}", slug(name)),
        }
    }

    pub fn label<'a>(&'a self, actors: &'a Registry) -> &'a str {
        match self {
            Who::Known(ix) => &actors.actor(*ix).label,
            Who::Unknown { name, .. } => name,
        }
    }

    pub fn kind(&self, actors: &Registry) -> Kind {
        match self {
            Who::Known(ix) => actors.actor(*ix).kind,
            Who::Unknown { kind, .. } => *kind,
        }
    }
}

/// How the words point at the actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Via {
    /// A name, or a city or house that stands for it.
    Name,
    /// The adjective of a state: "Russian".
    Adjective,
    /// The people of a state: "Russians".
    People,
    /// A title in apposition to a person named beside it: "X, the *minister*".
    Title,
    /// An organ or agents of the actor: "the Afghan government", "Ugandan troops".
    Organ,
    Pronoun,
    /// A noun that points back or at the holder of an office: "the group", "the Russian president".
    Role,
    /// A party that has no name: "protesters", "the international community".
    Noun,
}

impl Via {
    pub fn as_str(self) -> &'static str {
        match self {
            Via::Name => "name",
            Via::Adjective => "adjective",
            Via::People => "people",
            Via::Title => "title",
            Via::Organ => "organ",
            Via::Pronoun => "pronoun",
            Via::Role => "role",
            Via::Noun => "noun",
        }
    }
}

/// A mention of an actor.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    pub tokens: Range<usize>,
    /// The head token: the one whose head lies outside the span.
    pub head: usize,
    pub who: Who,
    /// Where a set is meant ("the two countries"): the others beside `who`.
    pub also: Vec<Who>,
    pub via: Via,
    /// ISO3 of the state it is, belongs to or acts for ("the Russian foreign minister" -> RUS).
    pub country: Option<String>,
    /// A title that stands with the name ("President", "foreign minister"), if any; "former" is kept.
    pub title: Option<String>,
    /// Whom the office of the title belongs to: "Taliban leader X", "the Network's leader".
    pub of: Option<Who>,
    /// The organ or the agents by which the actor is named: "government", "foreign ministry", "troops".
    pub organ: Option<String>,
    /// A capital's name where the city itself may be meant: "in Moscow".
    pub place: bool,
}

/// What resolve hands to code.
#[derive(Debug, Clone, Default)]
pub struct Resolved {
    /// In text order.
    pub mentions: Vec<Mention>,
    /// For each token the index of the mention whose head it is.
    pub by_head: Vec<Option<u32>>,
    pub dates: Vec<DateMention>,
    /// The fullest name by which the text calls an actor: the index of the mention.
    fullest: Table<Who, u32>,
}

impl Resolved {
    /// The fullest name by which the text calls an actor, if it names it at all.
    pub fn fullest_name(&self, who: &Who) -> Option<&Mention> {
        self.fullest.get(who).map(|i| &self.mentions[*i as usize])
    }

    /// The mention whose head is this token.
    pub fn at(&self, token: usize) -> Option<&Mention> {
        self.by_head.get(token).copied().flatten().map(|i| &self.mentions[i as usize])
    }

    /// The widest mention that covers a token.
    pub fn covering(&self, token: usize) -> Option<&Mention> {
        self.mentions.iter().filter(|m| m.tokens.contains(&token)).max_by_key(|m| m.tokens.len())
    }
}

/// Finds and resolves all mentions and dates of a document.
pub fn resolve(doc: &Doc, actors: &Registry, title: Option<&str>, published: Option<Date>) -> Resolved {
    resolve_from(doc, actors, title, published, None)
}

/// The same of a document whose publisher is known: "we" in a ministry's release is its state.
pub fn resolve_from(
    doc: &Doc,
    actors: &Registry,
    title: Option<&str>,
    published: Option<Date>,
    publisher: Option<&str>,
) -> Resolved {
    let mut b = Builder::new(doc, actors, title, published);
    b.publisher = publisher;
    b.names();
    b.halves();
    b.republics();
    b.persons();
    b.fixed_names();
    b.organs();
    b.unknowns();
    b.acronyms();
    b.kinds_told();
    b.retitle();
    b.organs();
    b.roles();
    b.nouns();
    b.coref();
    b.finish()
}

/// A normalised word of the text: a token has one, or several where it holds a hyphen.
struct Word<'a> {
    norm: String,
    raw: &'a str,
    tok: usize,
    /// A name may not run on from the word before: punctuation lies between.
    cut: bool,
}

pub(super) struct Builder<'a> {
    pub doc: &'a Doc,
    pub reg: &'a Registry,
    pub title: Option<&'a str>,
    pub published: Option<Date>,
    pub publisher: Option<&'a str>,
    pub children: Vec<Vec<u32>>,
    /// For each token its sentence.
    pub sentence: Vec<usize>,
    /// For each token the entity that covers it.
    pub entity: Vec<Option<usize>>,
    words: Vec<Word<'a>>,
    pub mentions: Vec<Mention>,
    pub at: Vec<Option<u32>>,
    /// For each token the mentions whose last token it is.
    ends: Vec<Vec<u32>>,
    /// Persons found by name: mention, tokens of the name without title.
    pub bearers: Vec<(u32, Range<usize>)>,
    /// Tokens inside a name: they begin no other name.
    pub named: Vec<bool>,
    /// Surnames of registry persons seen at a token.
    pub weak: Table<usize, Vec<ActorIx>>,
    /// Full names of registry persons.
    pub full: Vec<(Range<usize>, ActorIx)>,
    /// How often an actor is named, title included: what the document is about.
    pub weight: Table<ActorIx, f32>,
    /// Actors of the title in their order.
    pub title_actors: Vec<ActorIx>,
    /// Names of the document itself, normalised: introduced acronyms, short forms.
    pub alias: Table<String, Who>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(doc: &'a Doc, reg: &'a Registry, title: Option<&'a str>, published: Option<Date>) -> Self {
        let mut sentence = vec![0; doc.len()];
        for (n, s) in doc.sentences().into_iter().enumerate() {
            sentence[s].fill(n);
        }
        let mut entity = vec![None; doc.len()];
        for (n, e) in doc.entities.iter().enumerate() {
            entity[e.start as usize..e.end as usize].fill(Some(n));
        }
        let mut words = Vec::with_capacity(doc.len());
        let mut cut = true;
        for tok in 0..doc.len() {
            let text = doc.text(tok);
            let mut any = false;
            for raw in text.split(|c: char| is_hyphen(c) || c == '/' || c.is_whitespace()) {
                let norm = norm_word(raw);
                if !norm.is_empty() {
                    words.push(Word { norm, raw, tok, cut: std::mem::take(&mut cut) });
                    any = true;
                }
            }
            let joins = matches!(text, "'s" | "\u{2019}s" | "'" | "\u{2019}")
                || text.chars().all(is_hyphen)
                || text.chars().all(char::is_whitespace) && text.matches('\n').count() < 2;
            if !any && !joins {
                cut = true;
            }
        }
        Builder {
            children: doc.children(),
            sentence,
            entity,
            words,
            mentions: Vec::new(),
            at: vec![None; doc.len()],
            ends: vec![Vec::new(); doc.len()],
            bearers: Vec::new(),
            named: vec![false; doc.len()],
            weak: Table::default(),
            full: Vec::new(),
            weight: Table::default(),
            title_actors: Vec::new(),
            alias: Table::default(),
            doc,
            reg,
            title,
            published,
            publisher: None,
        }
    }

    // ---- the tree ----

    /// Tokens of a range that hang outside it, in text order.
    fn roots(&self, r: &Range<usize>) -> impl Iterator<Item = usize> {
        r.clone().filter(|&i| {
            let h = self.doc.tokens[i].head as usize;
            (h == i || !r.contains(&h)) && !matches!(self.doc.tokens[i].pos, "PUNCT" | "SPACE" | "PART")
        })
    }

    /// The head of a span: of several roots the last noun.
    pub(super) fn head_of(&self, r: &Range<usize>) -> usize {
        let noun = |i: &usize| matches!(self.doc.tokens[*i].pos, "NOUN" | "PROPN");
        self.roots(r).filter(noun).last().or_else(|| self.roots(r).last()).unwrap_or(r.end - 1)
    }

    pub(super) fn lower(&self, i: usize) -> String {
        self.doc.text(i).to_lowercase()
    }

    pub(super) fn is_capital(&self, i: usize) -> bool {
        self.doc.text(i).chars().next().is_some_and(char::is_uppercase)
    }

    pub(super) fn label_of(&self, i: usize) -> &'static str {
        self.entity.get(i).copied().flatten().map_or("", |e| self.doc.entities[e].label)
    }

    pub(super) fn is_possessive(&self, i: usize) -> bool {
        self.doc.tokens[i].tag == "POS" || matches!(self.doc.text(i), "'s" | "\u{2019}s")
    }

    // ---- mentions ----

    /// Adds a mention unless its head is taken. Gives its index.
    pub(super) fn add(&mut self, m: Mention) -> Option<u32> {
        let taken = self.at[m.head];
        if taken.is_some() {
            return None;
        }
        let ix = self.mentions.len() as u32;
        self.at[m.head] = Some(ix);
        if m.via == Via::Name {
            // A name that the parse has torn hangs by each of its parts.
            for root in self.roots(&m.tokens).collect::<Vec<_>>() {
                self.at[root].get_or_insert(ix);
            }
        }
        self.ends[m.tokens.end - 1].push(ix);
        self.mentions.push(m);
        Some(ix)
    }

    /// Takes a mention back: it was a part of another name.
    fn remove(&mut self, ix: u32) {
        let m = &mut self.mentions[ix as usize];
        self.ends[m.tokens.end - 1].retain(|e| *e != ix);
        m.tokens = 0..0;
        for a in self.at.iter_mut().filter(|a| **a == Some(ix)) {
            *a = None;
        }
    }

    pub(super) fn mention(&self, tokens: Range<usize>, who: Who, via: Via) -> Mention {
        let head = self.head_of(&tokens);
        let country = self.country_of(&who);
        Mention { tokens, head, who, also: Vec::new(), via, country, title: None, of: None, organ: None, place: false }
    }

    pub(super) fn country_of(&self, who: &Who) -> Option<String> {
        match who {
            Who::Known(ix) => {
                // A body of many states is based in one, and acts for none.
                let a = self.reg.actor(*ix);
                let many = matches!(a.kind, Kind::Organization | Kind::Body)
                    && (!a.members.is_empty()
                        || a.parents
                            .iter()
                            .any(|p| self.reg.by_id(p).is_some_and(|p| self.reg.actor(p).kind == Kind::Organization)));
                if many { None } else { a.country.clone() }
            }
            Who::Unknown { .. } => None,
        }
    }

    pub(super) fn mention_at(&self, token: usize) -> Option<&Mention> {
        self.at.get(token).copied().flatten().map(|i| &self.mentions[i as usize])
    }

    /// The mention by name or adjective whose last token this is.
    pub(super) fn ends_at(&self, token: usize) -> Option<&Mention> {
        self.ends[token]
            .iter()
            .map(|i| &self.mentions[*i as usize])
            .filter(|m| matches!(m.via, Via::Name | Via::Adjective | Via::People))
            .max_by_key(|m| m.tokens.len())
    }

    // ---- names ----

    /// All names of the registry in the text, longest first.
    fn names(&mut self) {
        self.read_title();
        let mut hits: Vec<(Range<usize>, Vec<NameRef>)> = Vec::new();
        let mut i = 0;
        while i < self.words.len() {
            let (len, refs) = self.longest(i);
            for (n, w) in self.words[i..i + len.max(1)].iter().enumerate() {
                let one = self.one_word(i + n);
                let weak: Vec<ActorIx> = one.iter().filter(|r| r.how == How::Surname).map(|r| r.actor).collect();
                if !weak.is_empty() {
                    self.weak.entry(w.tok).or_default().extend(weak);
                }
            }
            if len == 0 {
                i += 1;
                continue;
            }
            // "Crown Prince Mohammed" against "Mohammed bin Salman": the longer name, of one person the later.
            let later = (i + 1..i + len).any(|j| {
                let (more, others) = self.longest(j);
                j + more > i + len
                    && (more > len || more == len && others.iter().any(|o| refs.iter().any(|r| r.actor == o.actor)))
            });
            if later {
                i += 1;
                continue;
            }
            let tokens = self.words[i].tok..self.words[i + len - 1].tok + 1;
            hits.push((tokens, refs));
            i += len;
        }
        hits.retain(|(tokens, refs)| self.stands(tokens, refs));
        for (_, refs) in &hits {
            let first = refs[0].actor;
            if refs.iter().all(|r| r.actor == first) {
                *self.weight.entry(first).or_default() += 1.0;
            }
        }
        for (tokens, refs) in hits {
            let Some(r) = self.body_that_sits(&tokens, &refs).or_else(|| self.choose(&refs)) else { continue };
            let (ix, how, capital) = (r.actor, r.how, r.capital);
            if self.reg.actor(ix).kind == Kind::Person {
                if !self.has_further_given_name(&tokens) {
                    self.named[tokens.clone()].fill(true);
                    self.full.push((tokens, ix));
                }
                continue;
            }
            self.named[tokens.clone()].fill(true);
            let tokens = self.with_official(tokens, ix);
            let via = match how {
                How::Adjective => Via::Adjective,
                How::Demonym => Via::People,
                _ => Via::Name,
            };
            let mut m = self.mention(tokens, Who::Known(ix), via);
            if how == How::Capital {
                // "in Moscow"; "MOSCOW (AP) --"
                let shout = self.doc.text(m.head).len() > 3 && !self.doc.text(m.head).contains(char::is_lowercase);
                let dateline = shout && self.sentence_start(m.tokens.start);
                m.place = dateline || self.is_locative(m.head);
                if self.is_past_capital(ix, capital) {
                    continue;
                }
            }
            self.add(m);
        }
    }

    /// "Oscar Andres Rodriguez" is not Andres Rodriguez: a given name more, which the model takes for the same person's.
    fn has_further_given_name(&self, tokens: &Range<usize>) -> bool {
        let Some(before) = tokens.start.checked_sub(1) else { return false };
        let same = self.entity[before].is_some() && self.entity[before] == self.entity[tokens.start];
        let word = norm_word(self.doc.text(before));
        let w = &self.reg.words;
        let title = w.heads.contains(&word)
            || w.modifiers.contains(&word)
            || w.honorifics.contains(&word)
            || w.past.contains(&word);
        let given = self.is_capital(before) && self.doc.tokens[before].pos == "PROPN" && word.chars().count() > 2;
        // "Alwaleed bin Talal" is no King Talal
        let of_father = tokens.len() == 1 && matches!(word.as_str(), "bin" | "ibn" | "ben" | "ould" | "bint");
        same && (given && tokens.len() == 2 || of_father) && !title && self.label_of(before) == "PERSON"
    }

    /// "North and South Korea": the name joined before another's, with its head in common, is a party beside it.
    fn halves(&mut self) {
        let joined: Vec<(usize, usize)> = (0..self.mentions.len())
            .filter_map(|n| {
                let m = &self.mentions[n];
                let start = m.tokens.start;
                let word = start.checked_sub(2).filter(|_| self.doc.text(start - 1) == "and")?;
                let before = self.ends_at(word).filter(|b| b.via == m.via && b.who != m.who)?;
                let below = self.hangs_below(before.head, m.head);
                (m.via == Via::Name && below).then_some((n, before.head))
            })
            .collect();
        for (n, first) in joined {
            if let Some(who) = self.mention_at(first).map(|m| m.who.clone()) {
                let other = std::mem::replace(&mut self.mentions[n].who, who);
                self.mentions[n].also.push(other);
            }
        }
    }

    /// Does "in", "at", "near" govern this token?
    fn is_locative(&self, token: usize) -> bool {
        let t = &self.doc.tokens[token];
        const PLACE: &[&str] =
            &["in", "at", "near", "outside", "inside", "around", "into", "across", "through", "from"];
        t.dep == "pobj" && PLACE.contains(&self.lower(t.head as usize).as_str())
    }

    /// Is the word after a person's name one of a place or body called after him: "Ho Chi Minh City"?
    pub(super) fn names_a_place(&self, next: usize) -> bool {
        const AFTER: &[&str] = &[
            "City", "Airport", "Street", "Square", "Stadium", "Prize", "Museum", "Palace", "Library", "Bridge",
            "Province", "Avenue", "Road", "Hospital", "Mosque", "Peak", "Award", "Trail",
        ];
        next < self.doc.len()
            && self.is_capital(next)
            && (AFTER.contains(&self.doc.text(next)) || self.reg.words.kinds.contains_key(&self.lower(next)))
    }

    pub(super) fn sentence_start(&self, token: usize) -> bool {
        token == 0 || self.sentence[token - 1] != self.sentence[token]
    }

    fn is_past_capital(&self, ix: ActorIx, capital: u16) -> bool {
        let Some(c) = self.reg.actor(ix).capitals.get(capital as usize) else { return false };
        let a = self.reg.actor(ix);
        let spans = || a.capitals.iter().filter(|o| o.name == c.name);
        self.published.is_some_and(|d| {
            spans().all(|c| !within(&c.from, &c.until, d)) || !a.until.is_empty() && !within(&a.from, &a.until, d)
        })
    }

    fn read_title(&mut self) {
        let Some(title) = self.title else { return };
        let words = name_words(title);
        let mut i = 0;
        while i < words.len() {
            let mut node = 0;
            let mut best = None;
            for (n, (_, w)) in words[i..].iter().enumerate() {
                let Some(next) = self.reg.walk(node, w) else { break };
                node = next;
                let raw: Vec<&str> = words[i..=i + n].iter().map(|(r, _)| r.as_str()).collect();
                let hits: Vec<NameRef> =
                    self.reg.names_at(node).iter().filter(|r| r.how != How::Surname && r.fits(&raw)).cloned().collect();
                if let Some(r) = self.choose(&hits) {
                    best = Some((n + 1, r.actor));
                }
            }
            if let Some((len, ix)) = best {
                self.title_actors.push(ix);
                *self.weight.entry(ix).or_default() += 3.0;
                i += len;
            } else {
                i += 1;
            }
        }
    }

    /// The longest name that begins at a word: how many words, and whose it may be.
    fn longest(&self, i: usize) -> (usize, Vec<NameRef>) {
        let mut best = (0, Vec::new());
        // "Latin America" is no United States
        let before = i.checked_sub(1).map_or("", |p| self.words[p].norm.as_str());
        if self.words[i].norm == "america" && matches!(before, "latin" | "central" | "south" | "north") {
            return best;
        }
        let mut node = 0;
        let mut raw: Vec<&str> = Vec::new();
        for (n, w) in self.words[i..].iter().enumerate() {
            if n > 0 && w.cut {
                break;
            }
            let Some(next) = self.reg.walk(node, &w.norm) else { break };
            node = next;
            raw.push(w.raw);
            let refs: Vec<NameRef> =
                self.reg.names_at(node).iter().filter(|r| r.how != How::Surname && r.fits(&raw)).cloned().collect();
            let living: Vec<NameRef> = refs.into_iter().filter(|r| n > 0 || !self.long_gone(r)).collect();
            if !living.is_empty() {
                best = (n + 1, living);
            }
        }
        if best.0 == 1 && self.goes_on(i) {
            best.1.retain(|r| r.how != How::Name);
        }
        if best.1.is_empty() {
            return (0, Vec::new());
        }
        best
    }

    /// "the Alliance of Democratic Forces": a common noun that names one body by itself names another with "of" behind it.
    fn goes_on(&self, i: usize) -> bool {
        let word = |k: usize| (k < self.doc.len()).then(|| self.doc.text(k));
        let at = self.words[i].tok + 1;
        let name = at + 1 + usize::from(word(at + 1) == Some("the"));
        matches!(word(at), Some("of" | "for"))
            && word(name).is_some_and(|_| self.is_capital(name))
            && self.reg.words.kinds.contains_key(&self.words[i].norm)
    }

    /// "Texas", "Bavaria", "Hawaii": a state that ended three generations before the text and no year of whose life stands
    /// in it; the one word is its land's name today.
    fn long_gone(&self, r: &NameRef) -> bool {
        let a = self.reg.actor(r.actor);
        let year = |s: &str| s.get(..4).and_then(|y| y.parse::<i16>().ok());
        let (Some(until), Some(today)) = (year(&a.until), self.published.map(|d| d.year())) else { return false };
        if a.kind != Kind::State || r.how == How::Label || until + 75 >= today || self.title_actors.contains(&r.actor) {
            return false;
        }
        let from = year(&a.from).unwrap_or(i16::MIN);
        !(0..self.doc.len()).any(|i| {
            let w = self.doc.text(i);
            w.len() == 4 && w.parse::<i16>().is_ok_and(|y| (from..=until).contains(&y))
        })
    }

    fn one_word(&self, i: usize) -> Vec<NameRef> {
        let w = &self.words[i];
        let Some(node) = self.reg.walk(0, &w.norm) else { return Vec::new() };
        self.reg.names_at(node).iter().filter(|r| r.fits(&[w.raw])).cloned().collect()
    }

    /// "Brussels prolonged its sanctions": the body that sits there, where the text does not speak of the state and the city
    /// is said to act; of several the one it speaks of, else the first.
    fn body_that_sits<'r>(&self, tokens: &Range<usize>, refs: &'r [NameRef]) -> Option<&'r NameRef> {
        let t = &self.doc.tokens[tokens.end - 1];
        let acts = matches!(t.dep, "nsubj" | "poss" | "agent" | "dobj" | "nsubjpass")
            || t.dep == "pobj" && matches!(self.lower(t.head as usize).as_str(), "by" | "with" | "between" | "against");
        let state = refs.iter().find(|r| r.how == How::Capital)?;
        let seen = |ix: ActorIx| self.weight.get(&ix).copied().unwrap_or(0.0);
        if !acts || seen(state.actor) > 0.0 {
            return None;
        }
        let bodies =
            refs.iter().filter(|r| r.how == How::Metonym && self.reg.actor(r.actor).kind == Kind::Organization);
        bodies.rev().max_by(|a, b| seen(a.actor).total_cmp(&seen(b.actor)))
    }

    /// "the Democratic Party" in a text that never names Hong Kong: a short name that bodies of other lands bear too, so that
    /// the full one carries its land in brackets.
    fn is_of_elsewhere(&self, r: &NameRef) -> bool {
        let a = self.reg.actor(r.actor);
        let Some((name, land)) = a.label.strip_suffix(')').and_then(|l| l.rsplit_once(" (")) else { return false };
        // "Ansar al-Sharia" is a name of its own
        let last = name.rsplit(' ').next().unwrap_or_default().to_lowercase();
        let general = self.reg.words.kinds.contains_key(&last);
        general
            && matches!(a.kind, Kind::Party | Kind::Group | Kind::Body)
            && matches!(r.how, How::Label | How::Name)
            && !land.starts_with(|c: char| c.is_ascii_digit())
            && !self.land_is_spoken_of(r.actor)
            && !self.doc.text.contains(land)
    }

    /// Does the text name the land of a body, or somebody else of that land?
    fn land_is_spoken_of(&self, body: ActorIx) -> bool {
        let Some(land) = &self.reg.actor(body).country else { return false };
        let of_land = |ix: &ActorIx| {
            *ix != body && (self.reg.actor(*ix).country.as_ref() == Some(land) || self.reg.actor(*ix).id == *land)
        };
        self.weight.keys().chain(&self.title_actors).any(of_land)
    }

    /// Of several actors of one name the one the document speaks of.
    fn choose<'r>(&self, refs: &'r [NameRef]) -> Option<&'r NameRef> {
        if let [one] = refs {
            return (!self.is_of_elsewhere(one)).then_some(one);
        }
        let score = |r: &NameRef| {
            let a = self.reg.actor(r.actor);
            let seen = |ix: ActorIx| self.weight.get(&ix).copied().unwrap_or(0.0).min(4.0);
            let around: f32 = a
                .country
                .iter()
                .chain(&a.parents)
                .chain(&a.leads)
                .filter_map(|id| self.reg.by_id(id))
                .filter(|ix| *ix != r.actor)
                .map(seen)
                .sum();
            // a person of the land is named: "Zoran Djindjic founded the Democratic Party"
            let beside = around == 0.0 && a.kind == Kind::Party && self.land_is_spoken_of(r.actor);
            let around = if beside { 1.5 } else { around };
            let alive = match self.published {
                Some(d) => within(&a.from, &a.until, d),
                None => a.until.is_empty(),
            };
            let how = match r.how {
                How::Label => 3.0,
                How::Name | How::Acronym | How::Adjective | How::Demonym => 2.0,
                How::Capital => 1.5,
                _ => 1.0,
            };
            2.0 * seen(r.actor)
                + around
                + how
                + if alive { 8.0 } else { 0.0 }
                + if a.kind == Kind::State { 0.5 } else { 0.0 }
        };
        let here = refs.iter().rev().filter(|r| !self.is_of_elsewhere(r));
        let best = here.max_by(|a, b| score(a).total_cmp(&score(b)))?;
        // a name that parties of many lands bear, in a text about none of them
        let many = self.reg.actor(best.actor).kind == Kind::Party && refs.iter().any(|r| r.actor != best.actor);
        (!many || self.land_is_spoken_of(best.actor)).then_some(best)
    }

    /// "Republic of X", "Kingdom of X" before the name of a state belong to it.
    fn with_official(&self, tokens: Range<usize>, ix: ActorIx) -> Range<usize> {
        let s = tokens.start;
        if s < 2 || self.reg.actor(ix).kind != Kind::State || self.doc.text(s - 1) != "of" {
            return tokens;
        }
        let form = ["Republic", "Kingdom", "State", "Emirate", "Sultanate", "Commonwealth", "Principality"];
        if !form.contains(&self.doc.text(s - 2)) {
            return tokens;
        }
        let more = [
            "Islamic",
            "Democratic",
            "Federal",
            "Socialist",
            "People",
            "Arab",
            "Hashemite",
            "Bolivarian",
            "'s",
            "\u{2019}s",
            "United",
            "Grand",
        ];
        let mut start = s - 2;
        while start > 0 && more.contains(&self.doc.text(start - 1)) {
            start -= 1;
        }
        start..tokens.end
    }

    /// Does the name or adjective of a state that none of these actors belongs to stand right before?
    fn is_of_another(&self, first: usize, refs: &[NameRef]) -> bool {
        let Some(mut k) = first.checked_sub(1) else { return false };
        if self.is_possessive(k) && k > 0 {
            k -= 1;
        }
        if !self.is_capital(k) {
            return false;
        }
        let Some(node) = self.reg.walk(0, &norm_word(self.doc.text(k))) else { return false };
        let mut states = self.reg.names_at(node).iter().filter(|n| {
            matches!(n.how, How::Label | How::Name | How::Adjective) && self.reg.actor(n.actor).kind == Kind::State
        });
        let Some(state) = states.next().map(|n| &self.reg.actor(n.actor).id) else { return false };
        refs.iter().all(|r| self.reg.actor(r.actor).country.as_ref().is_some_and(|c| c != state))
    }

    /// Does a name of the registry stand for the actor here, or is it a part or a homonym of something else?
    fn stands(&self, tokens: &Range<usize>, refs: &[NameRef]) -> bool {
        let r = &refs[0];
        let a = self.reg.actor(r.actor);
        let (first, last) = (tokens.start, tokens.end - 1);
        let text = self.doc.span_text(tokens.clone());
        let before = if first > 0 { self.doc.text(first - 1) } else { "" };
        let after = if last + 1 < self.doc.len() { self.doc.text(last + 1) } else { "" };
        // "Ministry of Foreign Affairs" is no journal.
        if a.kind == Kind::Media && before == "of" && first > 1 && self.is_capital(first - 2) {
            return false;
        }
        if refs.iter().all(|r| r.how == How::Acronym) {
            // Shouted small words are no acronyms.
            const SMALL_WORDS: &[&str] =
                &["IS", "US", "IT", "WHO", "AS", "AM", "NO", "SO", "TO", "IN", "ON", "AID", "PA", "CAR", "ALL", "OR"];
            let loud = |s: &str| s.len() > 1 && s.chars().all(|c| c.is_uppercase());
            if SMALL_WORDS.contains(&text) && loud(before) && loud(after) {
                return false;
            }
            return !(text == "IS" && self.doc.tokens[first].pos == "AUX");
        }
        // "Supreme National Security Council": the words end another body's name
        const OF_STATE: &[&str] = &["National", "Supreme", "State", "Federal", "Royal", "Defence", "Defense"];
        if matches!(a.kind, Kind::Organization | Kind::Body) && tokens.len() > 1 && OF_STATE.contains(&before) {
            return false;
        }
        // "the Front for National Renewal and Dignity" is no National Renewal
        if matches!(a.kind, Kind::Party | Kind::Group | Kind::Organization)
            && matches!(before, "for" | "of")
            && first > 1
            && self.is_capital(first - 2)
            && self.doc.tokens[first - 2].tag == "NNP"
            && self.reg.words.kinds.get(&self.lower(first - 2)).is_some_and(|k| matches!(k, Kind::Group | Kind::Party))
            && refs.iter().all(|r| matches!(r.how, How::Label | How::Name))
        {
            return false;
        }
        // "the Lebanese Reform Party", "Lebanon's Reform Party" is not the one of South Korea
        const GENERIC: &[&str] = &[
            "National",
            "Islamic",
            "Democratic",
            "People",
            "Popular",
            "Patriotic",
            "Revolutionary",
            "United",
            "Armed",
        ];
        let generic =
            || a.kind == Kind::Group && GENERIC.contains(&self.doc.text(first)) && !self.is_possessive(first - 1);
        if tokens.len() > 1 && first > 0 && (a.kind == Kind::Party || generic()) && self.is_of_another(first, refs) {
            return false;
        }
        if r.how == How::Adjective || r.how == How::Demonym {
            let mixed = ["African", "Native", "Latin", "Central", "Asian", "Mexican", "Pan", "Anglo", "Hispanic"];
            if text.starts_with("American") && (mixed.contains(&before) || before == "South" || before == "North") {
                return false;
            }
            if first >= 2 && self.doc.text(first - 1) == "-" && mixed.contains(&self.doc.text(first - 2)) {
                return false;
            }
            // "Christian Wakeford"
            let given = r.how == How::Adjective
                && tokens.len() == 1
                && self.doc.tokens[first].tag == "NNP"
                && self.doc.tokens[first].dep == "compound"
                && self.doc.tokens[first].head as usize == last + 1
                && last + 1 < self.doc.len()
                && self.label_of(last + 1) == "PERSON"
                && self.label_of(first) == "PERSON";
            if given {
                return false;
            }
            // "Gulf of Aden"
            if after == "of" && r.how == How::Adjective {
                return false;
            }
            // A language: "in Russian".
            let t = &self.doc.tokens[first];
            if r.how == How::Adjective && t.dep == "pobj" && t.tag != "NNS" && !text.contains(' ') {
                let p = t.head as usize;
                let det = self.children[first].iter().any(|c| self.doc.tokens[*c as usize].dep == "det");
                if !det && matches!(self.lower(p).as_str(), "in" | "into" | "from") && self.label_of(first) != "GPE" {
                    return false;
                }
            }
            return !(t.dep == "dobj" && matches!(self.doc.tokens[t.head as usize].lemma.as_str(), "speak" | "learn"));
        }
        if a.kind == Kind::Person {
            let more = last + 1 < self.doc.len()
                && self.is_capital(last + 1)
                && self.entity[last + 1].is_some()
                && self.entity[last + 1] == self.entity[last]
                && self.label_of(last) == "PERSON"
                && !self.is_state_word(last + 1);
            // "John Campbell White" is not John Campbell.
            return !more && !self.names_a_place(last + 1);
        }
        if matches!(text, "North" | "South") {
            // Halves of Korea, where the text is about both; not "South Dakota".
            let other = if text == "North" { "South" } else { "North" };
            let joined = matches!(after, "and" | "or") && last + 2 < self.doc.len() && self.doc.text(last + 2) == other;
            let alone = before.eq_ignore_ascii_case("the")
                && after != "of"
                && !(last + 1 < self.doc.len() && self.is_capital(last + 1));
            let korea = self
                .words
                .iter()
                .any(|w| matches!(w.norm.as_str(), "korea" | "korean" | "koreas" | "pyongyang" | "seoul"));
            return korea && (alone || joined);
        }
        if tokens.len() > 1 && !matches!(r.how, How::Capital | How::Metonym) {
            return true;
        }
        let is_state = a.kind == Kind::State;
        let city = matches!(r.how, How::Capital | How::Metonym);
        if is_state || city || a.kind == Kind::Place {
            if before == "New" || before == "Lake" || before == "Port" && is_state {
                return false;
            }
            if before == "of"
                && first >= 2
                && matches!(self.doc.text(first - 2), "Gulf" | "Sea" | "Bay" | "Strait" | "Straits" | "Cape")
            {
                return false;
            }
            const GEO: &[&str] = &[
                "Canal",
                "Strait",
                "Straits",
                "River",
                "Valley",
                "Delta",
                "Peninsula",
                "Sea",
                "Gulf",
                "Channel",
                "pig",
                "fowl",
                "Cup",
                "Games",
                "Marathon",
                "Convention",
                "Conventions",
                "Protocol",
                "Treaty",
                "Accord",
                "Accords",
                "Agreement",
                "Stock",
                "Open",
            ];
            if GEO.contains(&after) {
                return false;
            }
        }
        if let Some(e) = self.entity[first] {
            let ent = &self.doc.entities[e];
            let (es, ee) = (ent.start as usize, ent.end as usize);
            let outside = |i: usize| !tokens.contains(&i) && self.is_capital(i);
            match ent.label {
                "PERSON" => {
                    let odd = (es..ee).filter(|&i| outside(i)).any(|i| {
                        let w = norm_word(self.doc.text(i));
                        !self.reg.words.heads.contains(&w) && !self.reg.words.modifiers.contains(&w)
                    });
                    if odd && self.single_name_word(text) {
                        return false;
                    }
                    let title = norm_word(before);
                    if is_state && (self.reg.words.honorifics.contains(&title) || self.doc_person(text)) {
                        return false;
                    }
                }
                "ORG" | "FAC" | "WORK_OF_ART" | "LAW" | "EVENT" | "PRODUCT" if city => {
                    // "Washington Post", "Doha Agreement": the city is part of another name.
                    let h = self.doc.tokens[last].head as usize;
                    let inside = |i: usize| (es..ee).contains(&i) && !tokens.contains(&i);
                    let deep = inside(h) && (self.is_capital(h) || self.doc.text(h) == "of");
                    let possessed = last + 1 < self.doc.len() && self.is_possessive(last + 1);
                    if deep && !possessed {
                        return false;
                    }
                }
                _ => {}
            }
        }
        if is_state && text == "Georgia" && self.is_us_georgia() {
            return false;
        }
        // "Michael Jordan" where the model saw no person.
        let propn = |i: usize| self.doc.tokens[i].tag == "NNP" && self.is_capital(i);
        if (is_state || city) && first > 0 && propn(first - 1) && self.label_of(first).is_empty() {
            let p = &self.doc.tokens[first - 1];
            let w = norm_word(self.doc.text(first - 1));
            let joined = p.dep == "compound" && p.head as usize == last;
            let directions =
                ["north", "south", "east", "west", "northern", "southern", "eastern", "western", "central"];
            if joined
                && !directions.contains(&w.as_str())
                && self.entity[first - 1].is_none()
                && self.reg.walk(0, &w).is_none()
            {
                return !FIRST_NAMES.contains(&text);
            }
        }
        true
    }

    /// A one-word name that people bear too.
    fn single_name_word(&self, text: &str) -> bool {
        !text.contains(' ')
    }

    /// Is this word the last name of somebody whom the text names in full?
    fn doc_person(&self, name: &str) -> bool {
        self.doc.entities.iter().filter(|e| e.label == "PERSON" && e.end - e.start >= 2).any(|e| {
            let last = e.end as usize - 1;
            let last = if self.is_possessive(last) { last - 1 } else { last };
            self.doc.text(last) == name
        })
    }

    /// The state of the US, not the country: told by what else the text names.
    fn is_us_georgia(&self) -> bool {
        const US: &[&str] = &[
            "atlanta",
            "savannah",
            "alabama",
            "florida",
            "carolina",
            "tennessee",
            "governor",
            "county",
            "republicans",
            "democrats",
            "senator",
            "gop",
            "macon",
            "augusta",
            "ballots",
            "statehouse",
            "congressional",
            "kemp",
        ];
        const EAST: &[&str] = &[
            "tbilisi",
            "abkhazia",
            "ossetia",
            "saakashvili",
            "caucasus",
            "georgian",
            "russia",
            "russian",
            "moscow",
            "batumi",
            "armenia",
            "azerbaijan",
            "ivanishvili",
            "tskhinvali",
        ];
        let seen: HashSet<&str> = self.words.iter().map(|w| w.norm.as_str()).collect();
        let us = US.iter().filter(|w| seen.contains(**w)).count();
        let east = EAST.iter().filter(|w| seen.contains(**w)).count();
        us > east
    }

    /// Organs with a name of their own ("the State Department") and named collectives.
    fn fixed_names(&mut self) {
        let longest = 6;
        let mut i = 0;
        while i < self.words.len() {
            let mut found = None;
            for len in (1..=longest.min(self.words.len() - i)).rev() {
                let span = &self.words[i..i + len];
                if span[1..].iter().any(|w| w.cut) {
                    continue;
                }
                let key: Vec<String> = span.iter().map(|w| w.norm.clone()).collect();
                let tokens = span[0].tok..span[len - 1].tok + 1;
                if let Some((of, organ)) = self.reg.words.fixed.get(&key) {
                    if self.is_capital(tokens.start) && self.is_capital(tokens.end - 1) {
                        found = self.reg.by_id(of).map(|ix| (tokens, Who::Known(ix), Some(organ.clone())));
                        break;
                    }
                } else if let Some(name) = self.reg.words.collectives.get(&key) {
                    // "the West" is one only with its capital.
                    let wants = name.trim_start_matches("the ").chars().next().is_some_and(char::is_uppercase);
                    if !wants || self.is_capital(tokens.start) {
                        let who = Who::Unknown { name: name.trim_start_matches("the ").into(), kind: Kind::Other };
                        found = Some((tokens, who, None));
                        break;
                    }
                }
            }
            let Some((mut tokens, mut who, organ)) = found else {
                i += 1;
                continue;
            };
            let end = tokens.end;
            // "the Foreign Office in Islamabad": another state's of the same name
            if organ.is_some() && end + 1 < self.doc.len() && self.lower(end) == "in" {
                let there = self.mentions.iter().find(|m| m.tokens.start == end + 1 && m.via == Via::Name);
                let state = there.and_then(|m| m.country.clone().or_else(|| self.country_of(&m.who)));
                if let Some(ix) =
                    state.and_then(|c| self.reg.by_id(&c)).filter(|ix| self.reg.actor(*ix).kind == Kind::State)
                {
                    who = Who::Known(ix);
                }
            }
            if self.named[tokens.clone()].iter().any(|n| *n) && organ.is_none() {
                i += 1;
                continue;
            }
            let head = self.head_of(&tokens);
            if organ.is_some() {
                // "the U.S. State Department"; but "the Spanish Treasury" is another's.
                let left = (tokens.start > 0).then(|| self.ends_at(tokens.start - 1).cloned()).flatten();
                match left {
                    Some(m) if m.who == who => tokens.start = m.tokens.start,
                    Some(m) if m.via != Via::Name || m.who.kind(self.reg) == Kind::State => {
                        i += 1;
                        continue;
                    }
                    _ => {}
                }
            }
            let inner: Vec<u32> = (tokens.clone()).flat_map(|t| self.ends[t].clone()).collect();
            for ix in inner {
                let m = &self.mentions[ix as usize];
                if m.who != who && m.tokens.start >= tokens.start {
                    self.remove(ix);
                }
            }
            let via = if organ.is_some() { Via::Organ } else { Via::Noun };
            let mut m = self.mention(tokens.clone(), who, via);
            m.head = head;
            m.organ = organ;
            if self.add(m).is_some() {
                self.named[tokens].fill(true);
            }
            while i < self.words.len() && self.words[i].tok < end {
                i += 1;
            }
        }
    }

    // ---- what only the model saw ----

    fn unknowns(&mut self) {
        for e in &self.doc.entities {
            let mut r = e.start as usize..e.end as usize;
            let kind = match e.label {
                "ORG" => Kind::Organization,
                "NORP" => Kind::People,
                "GPE" | "LOC" | "FAC" => Kind::Place,
                _ => continue,
            };
            while !r.is_empty() && (self.doc.text(r.start).eq_ignore_ascii_case("the") || !self.is_name_like(r.start)) {
                r.start += 1;
            }
            while !r.is_empty() && (self.is_possessive(r.end - 1) || self.doc.tokens[r.end - 1].pos == "PUNCT") {
                r.end -= 1;
            }
            // "laid siege to Huambo": a city that the model takes for a people or a body
            let town = kind != Kind::Place && r.len() == 1 && self.is_town(r.start);
            let kind = if town { Kind::Place } else { kind };
            self.add_unknown(r, kind, e.label == "ORG" && !town);
        }
        // Runs of capitalised words that the model did not mark.
        let mut i = 0;
        while i < self.doc.len() {
            let start = i;
            while i < self.doc.len() && self.is_run(i, start) {
                i += 1;
            }
            if i > start {
                let mut end = i;
                while end > start && !self.is_capital(end - 1) {
                    end -= 1;
                }
                if end - start >= 2 && (start..end).all(|t| self.entity[t].is_none()) {
                    self.add_unknown(start..end, Kind::Other, true);
                }
            }
            i = i.max(start + 1);
        }
    }

    fn is_name_like(&self, i: usize) -> bool {
        self.is_capital(i)
            || self.doc.text(i).starts_with("al")
            || self.doc.text(i).starts_with(|c: char| c.is_ascii_digit())
    }

    fn is_run(&self, i: usize, start: usize) -> bool {
        if self.named[i] {
            return false;
        }
        let t = &self.doc.tokens[i];
        if i > start && matches!(self.doc.text(i), "of" | "for" | "-") {
            return i + 1 < self.doc.len() && self.is_capital(i + 1) && !self.named[i + 1];
        }
        self.is_capital(i)
            && matches!(t.tag, "NNP" | "NNPS")
            && !(t.sent_start
                && i == start
                && t.tag == "NNP"
                && self.entity[i].is_none()
                && self.doc.tokens.get(i + 1).is_none_or(|n| n.tag != "NNP"))
    }

    pub(super) fn add_unknown(&mut self, mut r: Range<usize>, kind: Kind, organisation: bool) {
        // "el-Fasher": the article that the tokenizer cuts off belongs to the name
        let article =
            |i: usize| matches!(self.doc.text(i), "el" | "al" | "as" | "ash" | "an" | "ad" | "ar" | "at" | "az");
        if r.start >= 2 && self.doc.text(r.start - 1) == "-" && article(r.start - 2) && !self.doc.tokens[r.start - 2].ws
        {
            r.start -= 2;
        }
        if r.is_empty() || !r.clone().any(|i| self.is_capital(i)) {
            return;
        }
        let head = self.head_of(&r);
        if self.at[head].is_some() {
            return;
        }
        // A name of the registry that reaches beyond, or a person, has the word already.
        if self.mentions.iter().any(|m| m.tokens.contains(&head) && m.tokens.len() > 1 && matches!(m.via, Via::Name)) {
            return;
        }
        let text = self.doc.span_text(r.clone()).split_whitespace().collect::<Vec<_>>().join(" ");
        if text.chars().filter(|c| c.is_alphabetic()).count() < 2 {
            return;
        }
        if let Some(who) = self.alias.get(&norm(&text)).cloned() {
            let m = self.mention(r, who, Via::Name);
            self.add(m);
            return;
        }
        // "effigies of Prabhakaran", taken for a body's name: the surname of somebody named in full
        if r.len() == 1 && matches!(kind, Kind::Organization | Kind::People | Kind::Other) {
            let full = self.mentions.iter().find(|m| {
                m.via == Via::Name
                    && m.tokens.len() > 1
                    && m.tokens.start < r.start
                    && m.who.kind(self.reg) == Kind::Person
                    && self.doc.text(m.tokens.end - 1) == text
            });
            if let Some(who) = full.map(|m| m.who.clone()) {
                let m = self.mention(r, who, Via::Name);
                self.add(m);
                return;
            }
        }
        let last = self.lower(r.end - 1);
        // "The Government thanks the League": that of the state which the text is about, as if in small letters
        if r.len() == 1 && last == "government" {
            return;
        }
        let kind = self.reg.words.kinds.get(&last).copied().unwrap_or(kind);
        // An adjective of the registry that stood for a language: "in Russian".
        let language = r.len() == 1
            && self
                .reg
                .walk(0, &norm(&text))
                .is_some_and(|n| self.reg.names_at(n).iter().any(|n| n.how == How::Adjective));
        // "the U.S. Mission to International Organizations", "Envoy Extraordinary": a post, a title.
        let w = &self.reg.words;
        let none = [last.clone(), self.lower(head)]
            .iter()
            .any(|x| w.no_actor.contains(x) || w.no_actor.contains(&singular(x)));
        let title =
            !w.kinds.contains_key(&last) && (w.heads.contains(&last) || w.modifiers.contains(&last) && r.len() > 1);
        if language || none || title {
            return;
        }
        if kind == Kind::Other && !organisation {
            return;
        }
        let country = self
            .mentions
            .iter()
            .filter(|m| m.tokens.start >= r.start && m.tokens.end <= r.end)
            .find_map(|m| m.country.clone());
        // "the Ministry of Foreign Affairs": that of the state which the text is about.
        let ministry =
            r.len() > 1 && matches!(self.lower(head).as_str(), "ministry" | "department") && self.is_capital(head);
        let state =
            ministry.then(|| country.as_ref().and_then(|c| self.reg.by_id(c)).or_else(|| self.context_state(head)));
        let mut m = match state.flatten() {
            Some(ix) => {
                let mut m = self.mention(r.clone(), Who::Known(ix), Via::Organ);
                m.organ = Some(text.to_lowercase());
                m
            }
            None => {
                let mut m = self.mention(r.clone(), Who::Unknown { name: text, kind }, Via::Name);
                m.country = country;
                m
            }
        };
        m.head = head;
        if self.add(m).is_some() {
            self.named[r].fill(true);
        }
    }

    /// "Pacific Islands Forum (PIF)", "Ansarallah, also known as the Houthis": one actor, two names, from
    /// there on and before.
    fn acronyms(&mut self) {
        let mut pairs: Vec<(usize, Range<usize>)> = Vec::new();
        for i in 0..self.doc.len() {
            let text = self.doc.text(i);
            if matches!(text, "(" | "[") {
                let Some(close) = (i + 2..(i + 6).min(self.doc.len())).find(|&j| matches!(self.doc.text(j), ")" | "]"))
                else {
                    continue;
                };
                let inner = self.doc.span_text(i + 1..close);
                let upper = inner.chars().filter(|c| c.is_uppercase()).count();
                let letters = inner.chars().filter(|c| c.is_alphabetic()).count();
                let short = (2..=10).contains(&inner.chars().count()) && upper * 2 > letters && !inner.contains(' ');
                if short && i > 0 {
                    pairs.push((i - 1, i + 1..close));
                }
            } else if self.lower(i) == "known" && i + 2 < self.doc.len() && self.lower(i + 1) == "as" {
                let left = (i.saturating_sub(4)..i).rev().find(|&j| self.mention_ending(j).is_some());
                let from = if self.lower(i + 2) == "the" { i + 3 } else { i + 2 };
                let right = self.mentions.iter().find(|m| m.tokens.start == from && m.via == Via::Name);
                if let (Some(l), Some(r)) = (left, right.map(|m| m.tokens.clone())) {
                    pairs.push((l, r));
                }
            }
        }
        for (end, short) in pairs {
            let head = self.head_of(&short);
            let name = norm(self.doc.span_text(short.clone()));
            let spelt = |m: u32| {
                initials(self.doc.span_text(self.mentions[m as usize].tokens.clone())) == name.replace(' ', "")
            };
            let near = self.mention_ending(end);
            let long = match near.filter(|m| spelt(*m)) {
                Some(m) => Some(m),
                None => self.run_before(end, &name).or(near),
            };
            let Some(long) = long else { continue };
            let this = self.at[head];
            let long_who = self.mentions[long as usize].who.clone();
            let who = match (this.map(|t| self.mentions[t as usize].who.clone()), &long_who) {
                (Some(Who::Known(ix)), Who::Unknown { .. }) => Who::Known(ix),
                _ => long_who.clone(),
            };
            if let Some(t) = this {
                if matches!(self.mentions[t as usize].who, Who::Known(_)) && matches!(long_who, Who::Known(_)) {
                    continue;
                }
                let country = self.country_of(&who);
                self.mentions[t as usize].who = who.clone();
                self.mentions[t as usize].country = country;
            } else {
                let mut m = self.mention(short.clone(), who.clone(), Via::Name);
                m.head = head;
                self.add(m);
                self.named[short.clone()].fill(true);
            }
            self.mentions[long as usize].who = who.clone();
            if let Who::Known(_) = who {
                self.mentions[long as usize].country = self.country_of(&who);
            }
            let long_name = norm(self.doc.span_text(self.mentions[long as usize].tokens.clone()));
            self.alias.insert(long_name, who.clone());
            self.alias.insert(name, who);
        }
        self.initials_of_names();
        self.spread_aliases();
    }

    /// The mention that ends with this token, or just before a possessive or quotation mark there.
    fn mention_ending(&self, token: usize) -> Option<u32> {
        let ok = |m: &Mention, t: usize| m.tokens.end == t + 1 && matches!(m.via, Via::Name | Via::Organ);
        let mut ts = vec![token];
        if token > 0 && self.doc.tokens[token].pos == "PUNCT" {
            ts.push(token - 1);
        }
        ts.into_iter().find_map(|t| {
            let hit = self.mentions.iter().enumerate().filter(|(_, m)| ok(m, t)).max_by_key(|(_, m)| m.tokens.len());
            hit.map(|(i, _)| i as u32)
        })
    }

    /// Capitalised words before a bracket whose first letters the acronym is made of.
    fn run_before(&mut self, end: usize, short: &str) -> Option<u32> {
        let letters: Vec<char> = short.chars().filter(|c| c.is_alphanumeric()).collect();
        for start in (end.saturating_sub(9)..=end).rev() {
            let initials: Vec<char> = (start..=end)
                .filter(|&i| self.is_capital(i))
                .filter_map(|i| self.doc.text(i).chars().next())
                .flat_map(char::to_lowercase)
                .collect();
            if initials == letters && self.is_capital(start) && initials.len() >= 2 {
                let inner: Vec<u32> = (start..=end).flat_map(|t| self.ends[t].clone()).collect();
                for ix in inner {
                    if self.mentions[ix as usize].tokens.start >= start {
                        self.remove(ix);
                    }
                }
                let last = self.lower(end);
                let kind = self.reg.words.kinds.get(&last).copied().unwrap_or(Kind::Organization);
                let name = self.doc.span_text(start..end + 1).to_string();
                let m = self.mention(start..end + 1, Who::Unknown { name, kind }, Via::Name);
                self.named[start..end + 1].fill(true);
                let head = m.head;
                return match self.at[head] {
                    Some(i) => {
                        self.mentions[i as usize] = m;
                        Some(i)
                    }
                    None => self.add(m),
                };
            }
        }
        None
    }

    /// Every place where the text uses a name it has introduced.
    fn spread_aliases(&mut self) {
        if self.alias.is_empty() {
            return;
        }
        for ix in 0..self.mentions.len() {
            let m = &self.mentions[ix];
            if m.via != Via::Name || !matches!(m.who, Who::Unknown { .. }) {
                continue;
            }
            if let Some(who) = self.alias.get(&norm(self.doc.span_text(m.tokens.clone()))).cloned() {
                let country = self.country_of(&who);
                let m = &mut self.mentions[ix];
                m.country = country.or(m.country.take());
                m.who = who;
            }
        }
        for i in 0..self.words.len() {
            for len in (1..=3.min(self.words.len() - i)).rev() {
                let span = &self.words[i..i + len];
                if span[1..].iter().any(|w| w.cut) {
                    continue;
                }
                let tokens = span[0].tok..span[len - 1].tok + 1;
                if self.named[tokens.clone()].iter().any(|n| *n) || !self.is_capital(tokens.start) {
                    continue;
                }
                let key = span.iter().map(|w| w.norm.as_str()).collect::<Vec<_>>().join(" ");
                if let Some(who) = self.alias.get(&key).cloned() {
                    let m = self.mention(tokens.clone(), who, Via::Name);
                    if self.add(m).is_some() {
                        self.named[tokens].fill(true);
                    }
                    break;
                }
            }
        }
    }

    // ---- the end ----

    /// One name, one actor and one kind through the document: the model's labels differ from line to line.
    fn vote(&mut self) {
        let mut votes: HashMap<String, HashMap<Kind, usize>> = HashMap::new();
        for m in &self.mentions {
            if let Who::Unknown { name, kind } = &m.who {
                let of_name = votes.entry(norm(name)).or_default();
                *of_name.entry(*kind).or_default() += 1;
                // "the capital, Wad Madani", "the town of Bor": the text says what it is
                if m.via == Via::Name && m.title.is_none() && self.called_a_place(m.head) {
                    *of_name.entry(Kind::Place).or_default() += 5;
                }
                let t = &self.doc.tokens[m.head];
                let up = &self.doc.tokens[t.head as usize];
                // "Okinawa's new governor"
                let of_place = t.dep == "poss"
                    && matches!(
                        up.lemma.as_str(),
                        "governor" | "mayor" | "legislature" | "voter" | "resident" | "airport"
                    );
                if m.via == Via::Name && of_place && m.tokens.len() == 1 && m.title.is_none() {
                    *of_name.entry(Kind::Place).or_default() += 5;
                }
                // "the governor of the central bank, Naci Agbal"
                let borne = t.dep == "appos" && (t.head as usize) < m.head && up.tag == "NN" && up.pos == "NOUN";
                if m.via == Via::Name && borne && self.reg.is_post(&up.lemma) && m.tokens.len() > 1 {
                    *of_name.entry(Kind::Person).or_default() += 5;
                }
            }
        }
        for m in &mut self.mentions {
            if let Who::Unknown { name, kind } = &mut m.who
                && let Some(v) = votes.get(&norm(name))
            {
                *kind = v.iter().max_by_key(|(k, n)| (**n, std::cmp::Reverse(**k))).map_or(*kind, |(k, _)| *k);
            }
        }
    }

    /// Does a name stand beside a noun of places, or behind one and "of"?
    fn called_a_place(&self, head: usize) -> bool {
        let t = &self.doc.tokens[head];
        let up = t.head as usize;
        let place = |i: usize| {
            i < head
                && self.doc.tokens[i].pos == "NOUN"
                && self.doc.tokens[i].tag == "NN"
                && self.reg.words.places.called.contains(&self.doc.tokens[i].lemma)
        };
        match t.dep {
            "appos" => place(up),
            "pobj" => self.doc.text(up) == "of" && place(self.doc.tokens[up].head as usize),
            _ => false,
        }
    }

    pub(super) fn finish(mut self) -> Resolved {
        self.vote();
        let mut order: Vec<usize> = (0..self.mentions.len()).filter(|&i| !self.mentions[i].tokens.is_empty()).collect();
        order.sort_by_key(|&i| (self.mentions[i].tokens.start, std::cmp::Reverse(self.mentions[i].tokens.end)));
        let mut place = vec![0u32; self.mentions.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old] = new as u32;
        }
        let by_head = self.at.iter().map(|a| a.map(|i| place[i as usize])).collect();
        let mut slots: Vec<Option<Mention>> = self.mentions.into_iter().map(Some).collect();
        let mentions: Vec<Mention> = order.into_iter().filter_map(|i| slots[i].take()).collect();
        let mut fullest: Table<Who, u32> = Table::default();
        for (i, m) in mentions.iter().enumerate().filter(|(_, m)| m.via == Via::Name && !m.tokens.is_empty()) {
            let longer = |old: &u32| {
                let o: &Mention = &mentions[*old as usize];
                m.tokens.len() > o.tokens.len()
            };
            if fullest.get(&m.who).is_none_or(longer) {
                fullest.insert(m.who.clone(), i as u32);
            }
        }
        Resolved { mentions, by_head, dates: find_dates(self.doc, self.published), fullest }
    }
}

/// First letters of the capitalised words, in lower case.
pub(super) fn initials(name: &str) -> String {
    let words = name.split(|c: char| c.is_whitespace() || is_hyphen(c));
    words.filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).flat_map(char::to_lowercase).collect()
}

/// Countries and capitals that are also first or last names.
pub(super) const FIRST_NAMES: &[&str] = &[
    "Jordan",
    "Chad",
    "Georgia",
    "Israel",
    "Washington",
    "Paris",
    "London",
    "Kenya",
    "India",
    "Victoria",
    "Santiago",
    "Hamilton",
    "Kingston",
    "Jamestown",
    "Stanley",
    "Nelson",
    "Lincoln",
    "Vienna",
    "Sofia",
    "Milan",
    "Cuba",
    "Mali",
    "Malta",
    "Ireland",
    "Holland",
    "England",
    "Brazil",
];
