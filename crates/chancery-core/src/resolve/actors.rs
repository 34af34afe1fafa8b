//! The registry of actors: states, governments, organisations, groups, persons, loaded from
//! `data/actors/*.toml` and `data/offices/*.tsv`.
//!
//! Every name an actor goes by is a path of normalised words in one trie, so that a text is read for
//! names in a single pass ([`Registry::walk`]) and a user's question ([`Registry::find`]) is answered from
//! the same table:
//!
//! ```text
//!   "Lord's Resistance Army"  ->  lord > resistance > army   (name, all words capitalised)
//!   "LRA"                     ->  lra                        (acronym, exactly "LRA")
//!   "the Kremlin"             ->  kremlin                    (metonym)
//! ```
//!
//! Normalising drops case, accents, full stops, apostrophes, "'s" and a leading "the", and splits at hyphens;
//! what case a name demands is kept beside the path and asked of the text, because "us" is not "US".
use crate::knowledge::DataFiles;
use crate::values::{Finding, Level};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// What kind of actor it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    State,
    /// A government or regime that others may or may not recognise ("the Islamic Emirate").
    Government,
    Organization,
    /// An armed group or movement.
    Group,
    /// A political party.
    Party,
    Person,
    /// A nation, community or people without a body that acts for it ("Kurds", "the Rohingya").
    People,
    Place,
    /// An organ of a state or organisation: ministry, army, court, parliament.
    Body,
    Media,
    #[default]
    Other,
}

impl Kind {
    pub const ALL: [Kind; 11] = [
        Kind::State,
        Kind::Government,
        Kind::Organization,
        Kind::Group,
        Kind::Party,
        Kind::Person,
        Kind::People,
        Kind::Place,
        Kind::Body,
        Kind::Media,
        Kind::Other,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Kind::State => "state",
            Kind::Government => "government",
            Kind::Organization => "organization",
            Kind::Group => "group",
            Kind::Party => "party",
            Kind::Person => "person",
            Kind::People => "people",
            Kind::Place => "place",
            Kind::Body => "body",
            Kind::Media => "media",
            Kind::Other => "other",
        }
    }
}

/// Index of an actor in its [`Registry`].
pub type ActorIx = u32;

/// A city that is or was the capital.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Capital {
    pub name: String,
    /// EDTF; "" = always or unknown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// EDTF; "" = still.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub until: String,
}

/// One member of an organisation, for one spell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Member {
    /// Actor id of the member, which the registry may not hold.
    pub id: String,
    /// EDTF; "" = unknown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// EDTF; "" = still.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub until: String,
    /// "full", "associate", "observer", "suspended".
    pub status: String,
}

/// One actor of the registry. The fields are those of data/README.md; serialised without the empty ones.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Actor {
    pub id: String,
    pub kind: Kind,
    pub label: String,
    /// ISO3 of the state it is or belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub acronyms: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub adjectives: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub capitals: Vec<Capital>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub metonyms: Vec<String>,
    /// EDTF; "" = unknown or always.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// EDTF; "" = still.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub until: String,
    /// Ids of the larger bodies it belongs to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parents: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub predecessors: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Member>,
    /// The state a government governs or claims to govern.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leads: Option<String>,
    /// Takes a plural verb and "they".
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub plural: bool,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// One spell of office.
#[derive(Debug, Clone, Default)]
pub struct Spell {
    pub person: ActorIx,
    /// Lower case.
    pub title: String,
    pub of: ActorIx,
    /// EDTF; "" = unknown.
    pub from: String,
    /// EDTF; "" = still.
    pub until: String,
}

impl Spell {
    /// Does the spell cover this day? An unknown end counts as open.
    pub fn covers(&self, day: Date) -> bool {
        within(&self.from, &self.until, day)
    }
}

/// A spell in words, for printing.
#[derive(Debug, Clone, Serialize)]
pub struct SpellView {
    pub person: String,
    pub title: String,
    pub of: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub from: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub until: String,
}

/// All that the registry holds of one actor: what `chancery actors show` prints.
#[derive(Debug, Clone, Serialize)]
pub struct Description {
    #[serde(flatten)]
    pub actor: Actor,
    /// Labels of the parents.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub belongs_to: Vec<String>,
    /// Labels of the organisations that list it as a present member.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub member_of: Vec<String>,
    /// Offices it held (a person) or that were held in it (all others).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub offices: Vec<SpellView>,
}

/// By which of its names an actor was found. The order is that of trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    Label,
    Name,
    /// By its id.
    Id,
    Acronym,
    Adjective,
    /// The name of its people: "Russians".
    Demonym,
    Capital,
    Metonym,
    /// An official form around a name: "the Republic of X", "X's government".
    Official,
    /// The surname of a person, which others may share.
    Surname,
}

/// A name of the trie: whose, of which sort, and what case it asks of the text.
#[derive(Debug, Clone)]
pub(super) struct NameRef {
    pub actor: ActorIx,
    pub how: How,
    /// Bit `i`: word `i` must begin with a capital letter.
    capitals: u32,
    /// Acronyms: the letters as they must stand.
    exact: Option<Box<str>>,
    /// Index into `capitals` of the actor, for dates.
    pub capital: u16,
}

impl NameRef {
    /// May these words of a text be this name? `raw` holds each word as it stands there.
    pub(super) fn fits(&self, raw: &[&str]) -> bool {
        match &self.exact {
            Some(x) => {
                let mut want = x.chars();
                let mut got = raw.iter().flat_map(|w| w.chars()).filter(|c| c.is_alphanumeric());
                want.by_ref().all(|c| got.next() == Some(c)) && got.next().is_none()
            }
            None => raw.iter().enumerate().all(|(i, w)| {
                self.capitals >> i.min(31) & 1 == 0 || w.chars().next().is_some_and(|c| !c.is_lowercase())
            }),
        }
    }
}

/// A map whose keys are the program's own words.
pub(crate) type Table<K, V> = HashMap<K, V, BuildHasherDefault<Fast>>;

/// A path of normalised words, one node a word. Names are gathered as they come and laid out by node once.
///
/// A step is found by a 64-bit hash of node and word, and the words themselves are not kept: at a hundred thousand
/// steps two share a hash once in some billion builds of the data.
#[derive(Debug, Default)]
struct Trie {
    next: Table<u64, u32>,
    /// Nodes, the root included.
    nodes: u32,
    loose: Vec<(u32, NameRef)>,
    /// For each node where its names begin in `names`, and where the last one's end.
    begins: Vec<u32>,
    names: Vec<NameRef>,
}

impl Trie {
    fn key(node: u32, word: &str) -> u64 {
        // the node is spread over all bits first: by itself it would only shift the letters of a short word
        let mut h = (u64::from(node) << 8 | word.len() as u64 & 0xff).wrapping_mul(0xff51_afd7_ed55_8ccd);
        h ^= h >> 33;
        for chunk in word.as_bytes().chunks(8) {
            let mut part = [0; 8];
            part[..chunk.len()].copy_from_slice(chunk);
            h = (h ^ u64::from_le_bytes(part)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            h ^= h >> 32;
        }
        h = h.wrapping_mul(0xd6e8_feb8_6659_fd93);
        h ^ h >> 29
    }

    fn step(&self, node: u32, word: &str) -> Option<u32> {
        self.next.get(&Self::key(node, word)).copied()
    }

    /// The node after one more word, made where there is none.
    fn grow(&mut self, node: u32, word: &str) -> u32 {
        let fresh = self.nodes.max(1);
        let node = *self.next.entry(Self::key(node, word)).or_insert(fresh);
        self.nodes = fresh + u32::from(node == fresh);
        node
    }

    /// Lays the names out by node, in the order in which they came.
    fn settle(&mut self) {
        let mut loose = std::mem::take(&mut self.loose);
        loose.sort_by_key(|(node, _)| *node);
        self.begins = vec![0; self.nodes as usize + 2];
        self.names = Vec::with_capacity(loose.len());
        let mut at = 0;
        for (node, name) in loose {
            while at <= node as usize {
                self.begins[at] = self.names.len() as u32;
                at += 1;
            }
            let here = &self.names[self.begins[node as usize] as usize..];
            if !here.iter().any(|n| n.actor == name.actor && n.exact == name.exact) {
                self.names.push(name);
            }
        }
        for b in &mut self.begins[at..] {
            *b = self.names.len() as u32;
        }
    }

    fn at(&self, node: u32) -> &[NameRef] {
        match self.begins.get(node as usize..node as usize + 2) {
            Some(b) => &self.names[b[0] as usize..b[1] as usize],
            None => &[],
        }
    }
}

/// A quick hash for the program's own names; nobody outside chooses them.
#[derive(Default)]
pub(crate) struct Fast(u64);

impl Hasher for Fast {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 29
    }

    fn write(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some((word, more)) = rest.split_first_chunk() {
            self.write_u64(u64::from_le_bytes(*word));
            rest = more;
        }
        if !rest.is_empty() {
            self.write_u64(rest.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b)));
        }
    }

    fn write_u8(&mut self, n: u8) {
        self.write_u64(n.into());
    }

    fn write_u32(&mut self, n: u32) {
        self.write_u64(n.into());
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(5) ^ n).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

/// All known actors, and every name they go by.
#[derive(Debug, Default)]
pub struct Registry {
    actors: Vec<Actor>,
    ids: Table<String, ActorIx>,
    trie: Trie,
    spells: Vec<Spell>,
    by_person: Table<ActorIx, Vec<u32>>,
    /// Persons by the sound of their full names, for names that a text spells otherwise.
    by_sound: Table<String, Vec<ActorIx>>,
    /// Given names, with how many persons of the registry bear each.
    given: Table<String, u32>,
    by_seat: Table<ActorIx, Vec<u32>>,
    pub(crate) words: super::lexicon::Lexicon,
    /// Cities of the gazetteer whose name is one word, and the countries that have one of it.
    towns: Table<String, Vec<String>>,
}

/// As an entry stands in its file.
#[derive(Debug, Deserialize, Default, PartialEq)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RawActor {
    pub id: String,
    pub kind: Option<Kind>,
    pub label: String,
    pub country: Option<String>,
    pub names: Vec<String>,
    pub adjectives: Vec<String>,
    pub people: Vec<String>,
    pub metonyms: Vec<String>,
    pub capitals: Vec<Capital>,
    pub acronyms: Vec<String>,
    pub from: String,
    pub until: String,
    pub parents: Vec<String>,
    pub predecessors: Vec<String>,
    pub members: Vec<RawMember>,
    pub leads: Option<String>,
    pub plural: bool,
    pub note: String,
}

#[derive(Deserialize)]
pub(super) struct OneRaw {
    pub actor: [RawActor; 1],
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(untagged)]
pub(super) enum RawMember {
    Id(String),
    Spell(RawSpell),
}

#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSpell {
    pub id: String,
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub until: String,
    #[serde(default)]
    pub status: String,
}

/// A piece of a file of actors: one entry, or (`raw` is none) a line that belongs to none.
struct Entry<'a> {
    block: &'a str,
    /// Where it begins, counted from 1.
    line: usize,
    raw: Option<Result<RawActor, toml::de::Error>>,
}

/// The entries of a file. Each is read by itself, so that a broken one costs only itself.
fn entries(text: &str) -> Vec<Entry<'_>> {
    let mut starts: Vec<(usize, usize)> = Vec::new();
    let mut out: Vec<Entry> = Vec::new();
    let mut at = 0;
    for (n, line) in text.split_inclusive('\n').enumerate() {
        if line.trim_end() == "[[actor]]" {
            starts.push((at, n + 1));
        } else if starts.is_empty() && !(line.trim().is_empty() || line.starts_with('#')) {
            out.push(Entry { block: line, line: n + 1, raw: None });
        }
        at += line.len();
    }
    out.reserve(starts.len());
    for (i, &(from, line)) in starts.iter().enumerate() {
        let block = &text[from..starts.get(i + 1).map_or(text.len(), |s| s.0)];
        let raw = match super::entry::read(block) {
            Some(raw) => Ok(raw),
            None => toml::from_str::<OneRaw>(block).map(|OneRaw { actor: [raw] }| raw),
        };
        out.push(Entry { block, line, raw: Some(raw) });
    }
    out
}

impl Registry {
    /// Reads `actors/*.toml`, `offices/*.tsv` and the word lists that resolving needs (`lexicon/organs.toml`).
    /// A bad entry is a finding that names file, line and field; it is left out and loading goes on.
    pub fn load(data: &DataFiles) -> (Registry, Vec<Finding>) {
        let mut reg = Registry::default();
        let mut findings = Vec::new();
        let bytes: usize = ["actors/", "offices/"].iter().flat_map(|f| data.below(f)).map(|(_, t)| t.len()).sum();
        reg.actors.reserve(bytes / 120);
        reg.ids.reserve(bytes / 120);
        reg.trie.next.reserve(bytes / 30);
        reg.trie.loose.reserve(bytes / 30);
        // One thread reads the entries, file by file, while this one names them.
        std::thread::scope(|scope| {
            let (send, files) = std::sync::mpsc::channel();
            scope.spawn(move || {
                for (path, text) in data.below("actors/").filter(|(p, _)| p.ends_with(".toml")) {
                    // Nobody listens any more only where the other thread has failed.
                    if send.send((path, entries(text))).is_err() {
                        break;
                    }
                }
            });
            for (path, entries) in files {
                reg.take_entries(path, entries, &mut findings);
            }
        });
        // the findings on these files are told where the gazetteer itself is read
        for city in super::places::Places::load(data).0.all() {
            let one_word = |n: &&String| !n.contains([' ', '-', '\'']);
            for name in std::iter::once(&city.name).chain(&city.also).filter(one_word) {
                let of: &mut Vec<String> = reg.towns.entry(norm(name)).or_default();
                if !of.contains(&city.country) {
                    of.push(city.country.clone());
                }
            }
        }
        let mut surnames = Vec::new();
        for (path, text) in data.below("offices/").filter(|(p, _)| p.ends_with(".tsv")) {
            reg.read_offices(path, text, &mut surnames, &mut findings);
        }
        for (person, surname) in surnames {
            reg.add_name(person, &surname, How::Surname, 0);
        }
        reg.trie.settle();
        reg.index();
        let (words, more) = super::lexicon::Lexicon::load(data);
        reg.words = words;
        findings.extend(more);
        (reg, findings)
    }

    /// Does the noun name a post ("minister", "mayor")?
    pub fn is_post(&self, noun: &str) -> bool {
        self.words.heads.contains(noun)
    }

    /// Do those whom the noun names act for somebody ("forces", "fighters")?
    pub fn is_agent(&self, noun: &str) -> bool {
        self.words.agents.contains(noun)
    }

    /// Is it a noun of people who act, for somebody or for themselves ("soldier", "donor", "lawyer")?
    pub fn is_human(&self, noun: &str) -> bool {
        self.words.agents.contains(noun) || self.words.humans.contains(noun)
    }

    /// Does the word stand before names only ("Mr", "General")?
    pub fn is_honorific(&self, word: &str) -> bool {
        self.words.honorifics.contains(&norm_word(word))
    }

    /// Is the title a mere form of address ("Mullah", "Dr")?
    pub fn is_form_of_address(&self, title: &str) -> bool {
        self.words.address.contains(&title.to_lowercase())
    }

    fn take_entries(&mut self, path: &str, entries: Vec<Entry>, findings: &mut Vec<Finding>) {
        for Entry { block, line, raw } in entries {
            match raw {
                Some(Ok(raw)) => {
                    if let Err((field, message, hint)) = self.add(raw) {
                        let line = line + field_line(block, field);
                        findings.push(Finding::new(
                            Level::Warning,
                            format!("data/{path}:{line}, {field}"),
                            message,
                            hint,
                        ));
                    }
                }
                Some(Err(e)) => {
                    let off = e.span().map_or(0, |s| s.start.min(block.len()));
                    let n = block.as_bytes()[..off].iter().filter(|b| **b == b'\n').count();
                    let field = block.lines().nth(n).and_then(|l| l.split_once('=')).map_or("", |f| f.0.trim());
                    let place = format!("data/{path}:{}{}{field}", line + n, if field.is_empty() { "" } else { ", " });
                    findings.push(Finding::new(
                        Level::Warning,
                        place,
                        e.message().to_string(),
                        "the fields are listed in data/README.md; the entry is left out",
                    ));
                }
                None => findings.push(Finding::new(
                    Level::Warning,
                    format!("data/{path}:{line}"),
                    "text before the first [[actor]]",
                    "begin every entry with a line [[actor]]",
                )),
            }
        }
    }

    /// Adds one actor, or says which field is wrong, how, and what to do.
    fn add(&mut self, raw: RawActor) -> Result<ActorIx, (&'static str, String, &'static str)> {
        const LEFT_OUT: &str = "the entry is left out";
        let Some(kind) = raw.kind else {
            return Err(("kind", "the actor has no kind".into(), LEFT_OUT));
        };
        if raw.label.trim().is_empty() {
            return Err(("label", "the actor has no label".into(), LEFT_OUT));
        }
        let iso = |s: &str| s.len() == 3 && s.bytes().all(|b| b.is_ascii_uppercase());
        let slug = |s: &str| {
            !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-._".contains(&b))
        };
        if !(iso(&raw.id)
            || slug(&raw.id)
            || raw.id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') && !raw.id.is_empty())
        {
            return Err(("id", format!("{:?} is neither an ISO3 code nor a slug", raw.id), LEFT_OUT));
        }
        if self.ids.contains_key(&raw.id) {
            return Err(("id", format!("{:?} stands twice", raw.id), "the second entry is left out; merge the two"));
        }
        if let Some(c) = raw.country.as_deref().filter(|c| !iso(c)) {
            return Err(("country", format!("{c:?} is not an ISO3 code"), LEFT_OUT));
        }
        let dates = [("from", &raw.from), ("until", &raw.until)];
        let inner = raw.capitals.iter().flat_map(|c| [("capitals", &c.from), ("capitals", &c.until)]);
        if let Some((field, d)) = dates.into_iter().chain(inner).find(|(_, d)| bounds(d).is_none()) {
            return Err((field, format!("{d:?} is not a date"), "write YYYY, YYYY-MM or YYYY-MM-DD (EDTF)"));
        }
        let members: Vec<Member> = raw
            .members
            .into_iter()
            .map(|m| match m {
                RawMember::Id(id) => Member { id, status: "full".into(), ..Member::default() },
                RawMember::Spell(s) => Member {
                    id: s.id,
                    from: s.from,
                    until: s.until,
                    status: if s.status.is_empty() { "full".into() } else { s.status },
                },
            })
            .collect();
        if let Some(m) = members.iter().find(|m| bounds(&m.from).is_none() || bounds(&m.until).is_none()) {
            return Err(("members", format!("{}: {:?}, {:?} are not dates", m.id, m.from, m.until), LEFT_OUT));
        }
        let ix = self.actors.len() as ActorIx;
        let actor = Actor {
            country: raw.country.or_else(|| (kind == Kind::State && iso(&raw.id)).then(|| raw.id.clone())),
            id: raw.id,
            kind,
            label: raw.label,
            names: raw.names,
            acronyms: raw.acronyms,
            adjectives: raw.adjectives,
            people: raw.people,
            capitals: raw.capitals,
            metonyms: raw.metonyms,
            from: raw.from,
            until: raw.until,
            parents: raw.parents,
            predecessors: raw.predecessors,
            members,
            leads: raw.leads,
            plural: raw.plural,
            note: raw.note,
        };
        self.ids.insert(actor.id.clone(), ix);
        self.name_all(ix, &actor);
        self.actors.push(actor);
        Ok(ix)
    }

    fn name_all(&mut self, ix: ActorIx, a: &Actor) {
        self.add_name(ix, &a.label, How::Label, 0);
        let lists: [(&[String], How); 5] = [
            (&a.names, How::Name),
            (&a.acronyms, How::Acronym),
            (&a.adjectives, How::Adjective),
            (&a.people, How::Demonym),
            (&a.metonyms, How::Metonym),
        ];
        for (list, how) in lists {
            for name in list {
                self.add_name(ix, name, how, 0);
            }
        }
        for (i, c) in a.capitals.iter().enumerate() {
            self.add_name(ix, &c.name, How::Capital, i as u16);
        }
    }

    fn add_name(&mut self, actor: ActorIx, name: &str, how: How, capital: u16) {
        let (mut node, mut count, mut capitals) = (0, 0, 0);
        let trie = &mut self.trie;
        each_word(name, |raw, word| {
            if count < 32 && raw.chars().next().is_some_and(char::is_uppercase) && !SMALL.contains(&word) {
                capitals |= 1 << count;
            }
            count += 1;
            node = trie.grow(node, word);
        });
        if count == 0 {
            return;
        }
        // "US" among the adjectives is an acronym too: "us" is another word.
        let short = name.len() <= 5 && name.chars().all(|c| c.is_ascii_uppercase() || c == '.');
        let exact = (how == How::Acronym || short).then(|| name.chars().filter(|c| c.is_alphanumeric()).collect());
        trie.loose.push((node, NameRef { actor, how, capitals, exact, capital }));
    }

    fn read_offices(
        &mut self,
        path: &str,
        text: &str,
        surnames: &mut Vec<(ActorIx, String)>,
        findings: &mut Vec<Finding>,
    ) {
        let mut header = true;
        for (n, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let f: Vec<&str> = line.split('\t').map(str::trim).collect();
            if std::mem::take(&mut header) && f[0] == "person" {
                continue;
            }
            let mut bad = |field: &str, message: String, hint: &str| {
                let place = format!("data/{path}:{}{}{field}", n + 1, if field.is_empty() { "" } else { ", " });
                findings.push(Finding::new(Level::Warning, place, message, hint));
            };
            if !(5..=6).contains(&f.len()) {
                bad("", format!("{} columns", f.len()), "person, also, title, of, from, until: six, tabs between");
                continue;
            }
            let (person, also, title, of, from) = (f[0], f[1], f[2], f[3], f[4]);
            let until = f.get(5).copied().unwrap_or("");
            if person.is_empty() || title.is_empty() {
                bad(if person.is_empty() { "person" } else { "title" }, "is empty".into(), "the line is left out");
                continue;
            }
            let Some(&seat) = self.ids.get(of) else {
                bad("of", format!("no actor has the id {of:?}"), "add it to data/actors, or correct the id");
                continue;
            };
            if let Some((field, d)) = [("from", from), ("until", until)].into_iter().find(|(_, d)| bounds(d).is_none())
            {
                bad(field, format!("{d:?} is not a date"), "write YYYY, YYYY-MM or YYYY-MM-DD (EDTF)");
                continue;
            }
            let id = slug(person);
            let country = self.actors[seat as usize].country.clone();
            let ix = match self.ids.get(&id) {
                Some(ix) => *ix,
                None => {
                    let ix = self.actors.len() as ActorIx;
                    self.ids.insert(id.clone(), ix);
                    self.actors.push(Actor { id, kind: Kind::Person, label: person.into(), ..Actor::default() });
                    self.add_name(ix, person, How::Label, 0);
                    surnames.extend(surname(person, country.as_deref()).into_iter().map(|s| (ix, s)));
                    ix
                }
            };
            for name in also.split('|').map(str::trim).filter(|n| !n.is_empty()) {
                let a = &mut self.actors[ix as usize];
                if a.label != name && !a.names.iter().any(|x| x == name) {
                    a.names.push(name.into());
                    // A single word is how others call him, not a name that is his alone.
                    self.add_name(ix, name, if name.contains(' ') { How::Name } else { How::Surname }, 0);
                    if name.contains(' ') {
                        surnames.extend(surname(name, country.as_deref()).into_iter().map(|s| (ix, s)));
                    }
                }
            }
            // of North Yemen, then of Yemen: the state that is no more is not his
            let had = self.actors[ix as usize].country.as_ref().and_then(|c| self.ids.get(c));
            let gone = had.is_some_and(|c| !self.actors[*c as usize].until.is_empty());
            // king of several states: of the one named first
            let holds_on =
                self.spells.iter().any(|s| s.person == ix && s.until.is_empty() && s.title == title.to_lowercase());
            let a = &mut self.actors[ix as usize];
            if country.is_some() && (a.country.is_none() || until.is_empty() && !holds_on || gone) {
                a.country = country;
            }
            self.spells.push(Spell {
                person: ix,
                title: title.to_lowercase(),
                of: seat,
                from: from.into(),
                until: until.into(),
            });
        }
    }

    fn index(&mut self) {
        for (i, s) in self.spells.iter().enumerate() {
            self.by_person.entry(s.person).or_default().push(i as u32);
            self.by_seat.entry(s.of).or_default().push(i as u32);
        }
        for (ix, a) in self.actors.iter().enumerate().filter(|(_, a)| a.kind == Kind::Person) {
            if let Some((first, _)) = a.label.split_once(' ') {
                *self.given.entry(norm_word(first)).or_default() += 1;
            }
            for name in std::iter::once(&a.label).chain(&a.names).filter(|n| n.contains(' ')) {
                let all = self.by_sound.entry(sound(name)).or_default();
                if !all.contains(&(ix as ActorIx)) {
                    all.push(ix as ActorIx);
                }
            }
        }
    }

    /// The name of a state's seat on a day.
    pub fn seat_on(&self, ix: ActorIx, day: Option<Date>) -> Option<&str> {
        let all = &self.actor(ix).capitals;
        let on = |c: &&Capital| day.map_or(c.until.is_empty(), |d| within(&c.from, &c.until, d));
        all.iter().find(on).map(|c| c.name.as_str())
    }

    /// A given name, of a list or of more than one person of the registry: "Hassan", "Ana".
    pub(super) fn is_given_name(&self, word: &str) -> bool {
        // "Abu" opens the names of towns and bands too, "Park" and "King" are words
        const OTHERWISE: &[&str] = &["abu", "park", "king", "prince", "grand", "don", "saint"];
        let listed =
            || (self.words.women.contains(word) || self.words.men.contains(word)) && self.towns(word).is_empty();
        word.chars().count() > 2
            && !OTHERWISE.contains(&word)
            && (self.given.get(word).is_some_and(|n| *n > 1) || listed())
    }

    /// The only person whose full name sounds like this one.
    pub(super) fn sounding(&self, name: &str) -> Option<ActorIx> {
        const LONG_ENOUGH: usize = 7;
        let key = sound(name);
        let all = self.by_sound.get(&key).filter(|_| name.contains(' ') && key.len() >= LONG_ENOUGH)?;
        (all.len() == 1).then(|| all[0])
    }

    pub fn len(&self) -> usize {
        self.actors.len()
    }

    pub fn is_empty(&self) -> bool {
        self.actors.is_empty()
    }

    /// The actor of an index that this registry gave out.
    pub fn actor(&self, ix: ActorIx) -> &Actor {
        &self.actors[ix as usize]
    }

    /// All actors, in the order of their files.
    pub fn actors(&self) -> impl Iterator<Item = (ActorIx, &Actor)> {
        self.actors.iter().enumerate().map(|(i, a)| (i as ActorIx, a))
    }

    /// All persons: those who hold or held an office, and those of data/actors.
    pub fn persons(&self) -> impl Iterator<Item = (ActorIx, &Actor)> {
        self.actors().filter(|(_, a)| a.kind == Kind::Person)
    }

    pub fn by_id(&self, id: &str) -> Option<ActorIx> {
        self.ids.get(id).copied()
    }

    /// The actors that go by a name, the surest first; each once, by its best name. Case, accents, "the",
    /// full stops and a possessive do not matter, but for acronyms. An official form ("the Republic of X",
    /// "X's government") is undone where nothing goes by the whole of it.
    pub fn find(&self, name: &str) -> Vec<(ActorIx, How)> {
        let name = name.trim();
        let mut out = self.find_plain(name);
        if let Some(ix) = self.by_id(name).or_else(|| self.by_id(&name.to_uppercase()).filter(|_| name.len() == 3))
            && !out.iter().any(|(a, _)| *a == ix)
        {
            out.push((ix, How::Id));
        }
        if out.is_empty() {
            let low = name.to_lowercase();
            let low = low.strip_prefix("the ").unwrap_or(&low);
            let core = &name[name.len() - low.len()..];
            let before = ["republic of ", "kingdom of ", "state of ", "government of ", "islamic republic of "];
            let after = [" government", "'s government", "\u{2019}s government", " state"];
            let inner = before
                .iter()
                .filter(|p| low.starts_with(**p))
                .filter_map(|p| core.get(p.len()..))
                .chain(after.iter().filter(|s| low.ends_with(**s)).filter_map(|s| core.get(..core.len() - s.len())))
                .next();
            if let Some(inner) = inner {
                out = self.find_plain(inner).into_iter().map(|(a, _)| (a, How::Official)).collect();
                out.retain(|(a, _)| matches!(self.actor(*a).kind, Kind::State | Kind::Government | Kind::Group));
            }
        }
        out.sort_by_key(|(_, how)| *how);
        out
    }

    fn find_plain(&self, name: &str) -> Vec<(ActorIx, How)> {
        let words = name_words(name);
        let mut node = 0;
        for (_, w) in &words {
            match self.trie.step(node, w) {
                Some(n) => node = n,
                None => return Vec::new(),
            }
        }
        let raw: Vec<&str> = words.iter().map(|(r, _)| r.as_str()).collect();
        let mut out: Vec<(ActorIx, How)> = Vec::new();
        for n in self.names_at(node).iter().filter(|n| n.exact.is_none() || n.fits(&raw)) {
            match out.iter_mut().find(|(a, _)| *a == n.actor) {
                Some((_, how)) => *how = (*how).min(n.how),
                None => out.push((n.actor, n.how)),
            }
        }
        out.sort_by_key(|(_, how)| *how);
        out
    }

    /// The node after one more normalised word; 0 is the root.
    pub(super) fn walk(&self, node: u32, word: &str) -> Option<u32> {
        self.trie.step(node, word)
    }

    /// The names that end at a node.
    pub(super) fn names_at(&self, node: u32) -> &[NameRef] {
        self.trie.at(node)
    }

    /// Up to five names near to one that was not found, the nearest first: by edits, then by common beginning.
    pub fn suggest(&self, name: &str) -> Vec<String> {
        let want = norm(name);
        let limit = (want.chars().count() / 4).clamp(1, 3);
        let mut near: Vec<(usize, &str)> = Vec::new();
        for a in &self.actors {
            let all = std::iter::once(&a.label).chain(&a.names).chain(a.capitals.iter().map(|c| &c.name));
            if let Some(hit) = all
                .filter_map(|n| {
                    let have = norm(n);
                    let d = edits(&want, &have, limit).or_else(|| {
                        (want.len() >= 4 && have.split(' ').any(|w| w.starts_with(&want))).then_some(limit)
                    });
                    d.map(|d| (d, n.as_str()))
                })
                .min()
            {
                near.push(hit);
            }
        }
        near.sort();
        near.dedup_by(|a, b| a.1 == b.1);
        near.into_iter().take(5).map(|(_, n)| n.to_string()).collect()
    }

    /// The countries that have a city of this name (one word).
    pub fn towns(&self, name: &str) -> &[String] {
        self.towns.get(&norm(name)).map_or(&[], Vec::as_slice)
    }

    /// The members of an organisation that the registry knows, at a day (or all that ever were, `None`).
    pub fn members(&self, org: ActorIx, day: Option<Date>) -> Vec<(ActorIx, &Member)> {
        self.actor(org)
            .members
            .iter()
            .filter(|m| day.is_none_or(|d| within(&m.from, &m.until, d)))
            .filter_map(|m| Some((self.by_id(&m.id)?, m)))
            .collect()
    }

    /// The larger bodies it belongs to, as far as the registry holds them.
    pub fn parents(&self, ix: ActorIx) -> Vec<ActorIx> {
        self.actor(ix).parents.iter().filter_map(|p| self.by_id(p)).collect()
    }

    /// The spells of a person, in file order.
    pub fn spells(&self, person: ActorIx) -> impl Iterator<Item = &Spell> {
        self.by_person.get(&person).into_iter().flatten().map(|i| &self.spells[*i as usize])
    }

    /// The spells of all who held an office in a state or organisation.
    pub fn seats(&self, of: ActorIx) -> impl Iterator<Item = &Spell> {
        self.by_seat.get(&of).into_iter().flatten().map(|i| &self.spells[*i as usize])
    }

    /// Who held an office on a day: `holder("president", RUS, 2025-07-03)`. Of several the one who came last.
    pub fn holder(&self, title: &str, of: ActorIx, day: Date) -> Option<ActorIx> {
        let title = title.to_lowercase();
        self.seats(of)
            .filter(|s| s.title == title && s.covers(day))
            .max_by(|a, b| bounds(&a.from).and_then(|x| x.0).cmp(&bounds(&b.from).and_then(|x| x.0)))
            .map(|s| s.person)
    }

    /// All that is known of an actor.
    pub fn describe(&self, ix: ActorIx) -> Description {
        let actor = self.actor(ix).clone();
        let view = |s: &Spell| SpellView {
            person: self.actor(s.person).label.clone(),
            title: s.title.clone(),
            of: self.actor(s.of).label.clone(),
            from: s.from.clone(),
            until: s.until.clone(),
        };
        let offices: Vec<SpellView> = if actor.kind == Kind::Person {
            self.spells(ix).map(view).collect()
        } else {
            self.seats(ix).map(view).collect()
        };
        let member_of = self
            .actors
            .iter()
            .filter(|o| o.members.iter().any(|m| m.id == actor.id && m.until.is_empty()))
            .map(|o| o.label.clone())
            .collect();
        let belongs_to = self.parents(ix).into_iter().map(|p| self.actor(p).label.clone()).collect();
        Description { actor, belongs_to, member_of, offices }
    }
}

/// Words that a name may write either way.
const SMALL: &[&str] = &["of", "the", "and", "for", "al", "el", "de", "la", "du", "des", "e", "i", "ul"];

/// Calls with the words of a name, each as it stands and normalised, without a leading "the".
fn each_word<'a>(name: &'a str, mut take: impl FnMut(&'a str, &str)) {
    let mut word = String::new();
    let mut first = true;
    for raw in name.split(|c: char| c.is_whitespace() || is_hyphen(c) || c == '/') {
        word.clear();
        push_norm(raw, &mut word);
        if word.is_empty() {
            continue;
        }
        let opens = std::mem::take(&mut first);
        if !opens || word != "the" {
            take(raw.trim_start_matches(|c: char| !c.is_alphanumeric()), &word);
        }
    }
}

/// The words of a name, each as it stands and normalised, without a leading "the".
pub(super) fn name_words(name: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    each_word(name, |raw, word| out.push((raw.to_string(), word.to_string())));
    out
}

pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}')
}

/// A name in the form in which names are compared: lower case, no accents, full stops, apostrophes,
/// possessive or leading "the"; hyphens are spaces.
pub fn norm(name: &str) -> String {
    let words: Vec<String> = name_words(name).into_iter().map(|(_, w)| w).collect();
    words.join(" ")
}

/// How a name sounds, whatever the transliteration: "Riad Hijab" and "Riyad Hijab", "Ter-Petrosian" and "Ter-Petrosyan",
/// "Haneef" and "Hanif" have one sound. Vowels fall into three classes, doubles are one, a silent "h" goes.
pub(super) fn sound(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in norm(name).split(' ') {
        let word = word.replace("ph", "f").replace("kh", "h").replace("gh", "g").replace('q', "k").replace("ck", "k");
        let word = word.replace("ee", "i").replace("ou", "u").replace("oo", "u").replace("ei", "i").replace("ai", "i");
        let mut last = ' ';
        for (n, c) in word.chars().enumerate() {
            let c = match c {
                'e' => 'a',
                'y' | 'j' if n > 0 => 'i',
                'o' | 'w' => 'u',
                'h' if n > 0 => continue,
                c => c,
            };
            if c != last {
                out.push(c);
            }
            last = c;
        }
    }
    out
}

/// One word without case, accents and punctuation; a possessive "'s" goes.
pub(super) fn norm_word(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    push_norm(raw, &mut out);
    out
}

fn push_norm(raw: &str, out: &mut String) {
    let raw = ["'s", "\u{2019}s", "'S"].iter().find_map(|s| raw.strip_suffix(s)).unwrap_or(raw);
    if raw == "&" {
        out.push_str("and");
    } else if raw.is_ascii() {
        out.extend(raw.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_lowercase() as char));
    } else {
        out.extend(raw.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).map(fold));
    }
}

/// A letter without its accent; the letters of European and transliterated names.
fn fold(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ắ' | 'ạ' | 'ả' | 'ấ' | 'ầ' => 'a',
        'ç' | 'ć' | 'č' | 'ĉ' => 'c',
        'ď' | 'đ' | 'ð' | 'ḍ' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ế' | 'ề' | 'ệ' | 'ə' => 'e',
        'ğ' | 'ģ' | 'ġ' => 'g',
        'ḥ' | 'ħ' => 'h',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' | 'ị' => 'i',
        'ķ' => 'k',
        'ł' | 'ļ' | 'ľ' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' | 'ơ' | 'ố' | 'ồ' | 'ộ' => 'o',
        'ř' | 'ŕ' => 'r',
        'ś' | 'š' | 'ş' | 'ș' | 'ṣ' => 's',
        'ť' | 'ţ' | 'ț' | 'ṭ' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' | 'ư' | 'ừ' | 'ữ' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' | 'ẓ' => 'z',
        _ => c,
    }
}

/// The id of a person or unknown: normalised words with hyphens between.
pub fn slug(name: &str) -> String {
    norm(name).replace(' ', "-")
}

/// Is the word a ruler's number: "Mohammed *VI*"? ("I" and "V" alone are initials as often.)
pub(super) fn is_regnal(word: &str) -> bool {
    (2..=6).contains(&word.len()) && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

/// The surname forms of a full name. Where family names come first, the first word; in Taiwan and Hong Kong only
/// before a given name of two syllables ("Lai Ching-te", but "Joseph Wu"). A ruler's is the name that he goes by.
pub(super) fn surname(name: &str, country: Option<&str>) -> Vec<String> {
    const FAMILY_FIRST: &[&str] = &["CHN", "PRK", "KOR"];
    const EITHER: &[&str] = &["TWN", "HKG", "MAC"];
    let mut words: Vec<&str> = name.split_whitespace().collect();
    if let Some(of) = words.iter().position(|w| *w == "of").filter(|of| *of > 0 && is_regnal(words[*of - 1])) {
        words.truncate(of);
    }
    if words.len() < 2 {
        return Vec::new();
    }
    let mut end = words.len();
    while end > 1
        && (matches!(norm_word(words[end - 1]).as_str(), "jr" | "sr" | "ii" | "iii" | "iv")
            || is_regnal(words[end - 1]))
    {
        end -= 1;
    }
    let two_syllables = words.len() > 2 || words[1].contains('-');
    let family_first = country.is_some_and(|c| FAMILY_FIRST.contains(&c) || EITHER.contains(&c) && two_syllables)
        && words[0].len() <= 6;
    let last = if family_first { words[0] } else { words[end - 1].trim_end_matches(',') };
    let mut out = vec![last.to_string()];
    if !family_first {
        if let Some((_, bare)) = last.split_once('-').filter(|(p, _)| p.len() <= 3) {
            out.push(bare.to_string());
        }
        if end >= 3
            && matches!(
                words[end - 2].to_lowercase().as_str(),
                "bin"
                    | "al"
                    | "de"
                    | "da"
                    | "dos"
                    | "von"
                    | "van"
                    | "ben"
                    | "ould"
                    | "el"
                    | "del"
                    | "le"
                    | "la"
                    | "al-"
                    | "ag"
                    | "abu"
                    | "ibn"
                    | "mac"
                    | "du"
                    | "di"
                    | "della"
            )
        {
            out.push(format!("{} {last}", words[end - 2]));
        }
    }
    out
}

/// Is the day within two EDTF dates, either of which may be "" or ".."?
pub(super) fn within(from: &str, until: &str, day: Date) -> bool {
    let from = bounds(from).and_then(|b| b.0);
    let until = bounds(until).and_then(|b| b.1);
    from.is_none_or(|f| f <= day) && until.is_none_or(|u| day <= u)
}

/// First and last day of an EDTF date; both `None` for "" and ".."; `None` for what is no date.
fn bounds(edtf: &str) -> Option<(Option<Date>, Option<Date>)> {
    let s = edtf.trim().trim_end_matches(['~', '?', '%']);
    if s.is_empty() || s == ".." {
        return Some((None, None));
    }
    let mut parts = s.splitn(3, '-');
    let year = parts.next()?;
    if year.len() != 4 {
        return None;
    }
    let low: i16 = year.replace('X', "0").parse().ok()?;
    let high: i16 = year.replace('X', "9").parse().ok()?;
    let number = |p: Option<&str>| match p {
        None | Some("XX") => Some(None),
        Some(p) if p.len() == 2 => p.parse::<i8>().ok().map(Some),
        Some(_) => None,
    };
    let month = number(parts.next())?;
    let day = number(parts.next())?;
    let first = Date::new(low, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
    let last = Date::new(high, month.unwrap_or(12), 1).ok()?;
    let last = match day {
        Some(d) => Date::new(high, month?, d).ok()?,
        None => last.last_of_month(),
    };
    Some((Some(first), Some(last)))
}

/// Edits between two words or names (insert, drop, change, swap), `None` above the limit.
fn edits(a: &str, b: &str, limit: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let mut d = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + usize::from(a[i - 1] != b[j - 1]));
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                d = d.min(before[j - 2] + 1);
            }
            row.push(d);
        }
        if row.iter().all(|d| *d > limit) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|d| *d <= limit)
}

/// The line within a block at which a field stands, for pointing at it.
fn field_line(block: &str, field: &str) -> usize {
    block
        .lines()
        .position(|l| l.trim_start().strip_prefix(field).is_some_and(|r| r.trim_start().starts_with('=')))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "David Zalkaliani in" was once "Hassan II": the node shifted the letters of a short word.
    #[test]
    fn steps_of_short_words_do_not_meet() {
        let words =
            ["in", "ii", "iv", "of", "al", "el", "at", "as", "to", "by", "un", "us", "i", "a", "the", "and", "ali"];
        let mut keys = std::collections::HashSet::new();
        for node in 0..40_000 {
            for word in words {
                assert!(keys.insert(Trie::key(node, word)), "node {node}, {word:?}");
            }
        }
    }

    const ACTORS: &str = r#"# states
[[actor]]
id = "RUS"
kind = "state"
label = "Russia"
names = ["Russian Federation"]
adjectives = ["Russian"]
people = ["Russians"]
metonyms = ["the Kremlin"]
capitals = [{ name = "Moscow" }]
from = "1991-12-26"

[[actor]]
id = "CIV"
kind = "state"
label = "Côte d'Ivoire"
names = ["Ivory Coast"]

[[actor]]
id = "USA"
kind = "state"
label = "United States"
acronyms = ["US", "U.S."]

[[actor]]
id = "cis"
kind = "organization"
label = "Commonwealth of Independent States"
acronyms = ["CIS"]
members = ["RUS", { id = "GEO", from = "1993", until = "2009-08", status = "full" }, { id = "CIV", until = "2001" }]

[[actor]]
id = "broken"
kind = "stat"
label = "Broken"

[[actor]]
id = "dated"
kind = "group"
label = "Dated"
until = "yesterday"

[[actor]]
id = "odd"
kind = "group"
label = "Odd"
colour = "red"

[[actor]]
id = "cis"
kind = "group"
label = "Again"
"#;

    const OFFICES: &str = "person\talso\ttitle\tof\tfrom\tuntil\n\
        # presidents\n\
        Boris Yeltsin\t\tpresident\tRUS\t1991-07-10\t1999-12-31\n\
        Vladimir Putin\tPutin, V.\tpresident\tRUS\t1999-12-31\t2008-05-07\n\
        Dmitry Medvedev\tDmitri Medvedev|Medvedyev\tPresident\tRUS\t2008-05-07\t2012-05-07\n\
        Vladimir Putin\t\tpresident\tRUS\t2012-05-07\t\n\
        Nobody\t\tking\tXXX\t1990\t\n\
        Short\tline\n\
        Somebody\t\tking\tUSA\tlong ago\t\n";

    fn registry() -> (Registry, Vec<Finding>) {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in [("actors/a.toml", ACTORS), ("offices/o.tsv", OFFICES)] {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let mut data = DataFiles::default();
        data.overlay(dir.path()).unwrap();
        Registry::load(&data)
    }

    fn day(s: &str) -> Date {
        s.parse().unwrap()
    }

    #[test]
    fn bad_entries_are_findings_with_their_place() {
        let (reg, findings) = registry();
        let places: Vec<&str> = findings.iter().map(|f| f.place.as_str()).collect();
        assert_eq!(
            places,
            [
                "data/actors/a.toml:34, kind",
                "data/actors/a.toml:41, until",
                "data/actors/a.toml:47, colour",
                "data/actors/a.toml:50, id",
                "data/offices/o.tsv:7, of",
                "data/offices/o.tsv:8",
                "data/offices/o.tsv:9, from",
            ],
            "{findings:#?}"
        );
        assert!(findings.iter().all(|f| !f.message.is_empty() && !f.hint.is_empty()), "{findings:#?}");
        assert_eq!(reg.len(), 7);
    }

    #[test]
    fn finds_by_every_name_whatever_its_form() {
        let (reg, _) = registry();
        let check = |name: &str, want: &str| {
            let got: Vec<&str> = reg.find(name).into_iter().map(|(ix, _)| reg.actor(ix).id.as_str()).collect();
            let want: Vec<&str> = want.split_whitespace().collect();
            assert_eq!(got, want, "{name}");
        };
        for name in [
            "Russia",
            "RUSSIA",
            "russia",
            "Russia's",
            "the Russian Federation",
            "RUS",
            "Moscow",
            "the Kremlin",
            "Kremlin",
            "Russian",
            "Russians",
            "the Republic of Russia",
            "the Russian government",
            "Russia\u{2019}s government",
            "government of Russia",
        ] {
            check(name, "RUS");
        }
        for name in ["Côte d'Ivoire", "Cote dIvoire", "cote d\u{2019}ivoire", "ivory-coast", "The Ivory Coast"] {
            check(name, "CIV");
        }
        for name in ["US", "U.S.", "usa", "United States"] {
            check(name, "USA");
        }
        check("us", "");
        check("Putin", "vladimir-putin");
        check("Dmitri Medvedev", "dmitry-medvedev");
        check("Narnia", "");
        assert_eq!(reg.suggest("Rusia"), ["Russia"]);
        assert_eq!(reg.suggest("Ivory Cost"), ["Ivory Coast"]);
    }

    #[test]
    fn knows_members_and_holders_at_a_day() {
        let (reg, _) = registry();
        let id = |s: &str| reg.by_id(s).unwrap();
        let labels = |day: Option<Date>| -> Vec<String> {
            reg.members(id("cis"), day).into_iter().map(|(ix, _)| reg.actor(ix).id.clone()).collect()
        };
        assert_eq!(labels(None), ["RUS", "CIV"]);
        assert_eq!(labels(Some(day("2001-12-31"))), ["RUS", "CIV"]);
        assert_eq!(labels(Some(day("2002-01-01"))), ["RUS"]);
        let holder = |d: &str| reg.holder("President", id("RUS"), day(d)).map(|p| reg.actor(p).label.clone());
        assert_eq!(holder("1995-01-01").as_deref(), Some("Boris Yeltsin"));
        assert_eq!(holder("1999-12-31").as_deref(), Some("Vladimir Putin"));
        assert_eq!(holder("2010-01-01").as_deref(), Some("Dmitry Medvedev"));
        assert_eq!(holder("2025-01-01").as_deref(), Some("Vladimir Putin"));
        assert_eq!(holder("1985-01-01"), None);
        assert_eq!(reg.spells(id("vladimir-putin")).count(), 2);
        let shown = serde_json::to_value(reg.describe(id("RUS"))).unwrap();
        assert_eq!(shown["label"], "Russia");
        assert_eq!(shown["member_of"][0], "Commonwealth of Independent States");
        assert_eq!(shown["offices"].as_array().unwrap().len(), 4);
    }

    #[test]
    fn the_programs_own_data_has_no_broken_entry() {
        let (reg, findings) = Registry::load(&DataFiles::embedded());
        let unsound: Vec<String> = findings
            .iter()
            .filter(|f| !f.message.starts_with("no actor has the id"))
            .map(ToString::to_string)
            .collect();
        assert!(unsound.is_empty(), "{unsound:#?}");
        assert!(reg.len() > 1000);
    }
}
