//! What one named party does to another in a sentence: one of PLOVER's sixteen types (`chancery relate`).
//!
//! The source's own verb decides. Its object, particle and preposition sharpen it ("cut aid" is no "cut"), a light
//! verb lends its place to the noun it carries, and what is still to come, refused or denied maps to the verbal
//! types: future cooperation is agree, future conflict threaten, refusal reject.
//!
//! ```text
//!   X imposed sanctions on Y         objects  impose > sanction         coerce
//!   X vowed to impose sanctions      promise  + material conflict       threaten
//!   X refused to lift sanctions      refusal  + cooperation             reject
//!   X's attack on Y                  nouns    attack, links the two     assault
//! ```
//! The words stand in `data/lexicon/events.toml`, which the event frames read too.
use super::tree::Tree;
use crate::knowledge::DataFiles;
use crate::resolve::Table;
use crate::values::Finding;
use chancery_parse::Doc;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

/// The sixteen types of PLOVER.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Event {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
}

impl Event {
    /// Its name as claims and `relate` print it.
    pub fn as_str(self) -> &'static str {
        match self {
            Event::Agree => "agree",
            Event::Consult => "consult",
            Event::Support => "support",
            Event::Concede => "concede",
            Event::Cooperate => "cooperate",
            Event::Aid => "aid",
            Event::Retreat => "retreat",
            Event::Request => "request",
            Event::Accuse => "accuse",
            Event::Reject => "reject",
            Event::Threaten => "threaten",
            Event::Protest => "protest",
            Event::Sanction => "sanction",
            Event::Mobilize => "mobilize",
            Event::Coerce => "coerce",
            Event::Assault => "assault",
        }
    }

    /// Still to come, it is a promise.
    fn is_cooperation(self) -> bool {
        matches!(
            self,
            Event::Agree
                | Event::Consult
                | Event::Support
                | Event::Concede
                | Event::Cooperate
                | Event::Aid
                | Event::Retreat
        )
    }

    /// Still to come, it is a threat.
    fn is_material_conflict(self) -> bool {
        matches!(self, Event::Protest | Event::Sanction | Event::Mobilize | Event::Coerce | Event::Assault)
    }
}

/// What the source does to the target.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    /// `None` where the sentence has no word of the lexicon.
    pub event: Option<Event>,
    /// The entry that decided: "objects impose>sanction".
    pub frame: String,
    /// How it was reached: "its own verb", "a guess by the nearest noun".
    pub why: &'static str,
    /// 0 to 1.
    pub confidence: f32,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    verbs: BTreeMap<Event, Vec<String>>,
    nouns: BTreeMap<Event, Vec<String>>,
    objects: BTreeMap<Event, Vec<Group>>,
    prepositions: BTreeMap<Event, Vec<String>>,
    infinitives: BTreeMap<Event, Vec<String>>,
    words: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    verbs: Vec<String>,
    nouns: Vec<String>,
}

/// The lexicon of events.
#[derive(Debug, Default)]
pub struct Events {
    verbs: Table<String, Event>,
    nouns: Table<String, Event>,
    objects: Table<String, Table<String, Event>>,
    prepositions: Table<String, Event>,
    infinitives: Table<String, Event>,
    words: Table<String, HashSet<String>>,
}

impl Events {
    /// Reads `lexicon/events*.toml`; a bad file is a finding, and left out.
    pub fn load(data: &DataFiles) -> (Events, Vec<Finding>) {
        let mut out = Events::default();
        let mut findings = Vec::new();
        for (path, text) in data.below("lexicon/events") {
            match toml::from_str::<File>(text) {
                Ok(f) => {
                    let tables = [
                        (&mut out.verbs, f.verbs),
                        (&mut out.nouns, f.nouns),
                        (&mut out.prepositions, f.prepositions),
                        (&mut out.infinitives, f.infinitives),
                    ];
                    for (table, entries) in tables {
                        for (event, words) in entries {
                            table.extend(words.into_iter().map(|w| (w, event)));
                        }
                    }
                    for (event, groups) in f.objects {
                        for g in groups {
                            for v in g.verbs {
                                out.objects.entry(v).or_default().extend(g.nouns.iter().map(|n| (n.clone(), event)));
                            }
                        }
                    }
                    for (class, words) in f.words {
                        out.words.entry(class).or_default().extend(words);
                    }
                }
                Err(e) => findings.push(super::frames::bad_file(path, &e)),
            }
        }
        (out, findings)
    }

    /// Is the noun one that names an act?
    pub(super) fn names_an_act(&self, noun: &str) -> bool {
        self.nouns.contains_key(noun)
    }

    fn is(&self, class: &str, word: &str) -> bool {
        self.words.get(class).is_some_and(|w| w.contains(word))
    }
}

/// What `source` does to `target` in the text of `doc`; both are given in the text's own words.
pub fn relate(events: &Events, doc: &Doc, source: &str, target: &str) -> Related {
    let none = || Related { event: None, frame: String::new(), why: "no word of the lexicon", confidence: 0.0 };
    if doc.is_empty() {
        return none();
    }
    let tree = Tree::new(doc);
    let source = find(&doc.text, source, None);
    let target = find(&doc.text, target, source.as_ref());
    let tokens = |r: &Option<Range<usize>>| {
        r.as_ref().map(|r| {
            (0..doc.len())
                .filter(|i| {
                    (doc.tokens[*i].start as usize) < r.end
                        && (doc.tokens[*i].end as usize) > r.start
                        && doc.tokens[*i].pos != "SPACE"
                })
                .collect::<Vec<usize>>()
        })
    };
    let (src, tgt) = (tokens(&source).unwrap_or_default(), tokens(&target).unwrap_or_default());
    let reading =
        Reading { t: &tree, lex: events, head: head_of(&tree, &src), src, tgt_head: head_of(&tree, &tgt), tgt };
    reading.decide().unwrap_or_else(none)
}

/// The type of a verb's act read from its doer's side; `src` and `tgt`: the words of the two parties.
pub(super) fn event_of_verb(
    events: &Events,
    t: &Tree,
    v: usize,
    src: Vec<usize>,
    tgt: &[usize],
) -> Option<(Event, String)> {
    let r =
        Reading { t, lex: events, head: src.first().copied(), src, tgt_head: tgt.first().copied(), tgt: tgt.to_vec() };
    let (e, key) = r.resolve(v, Mood::default(), 0)?;
    Some((r.by_source(e, Some(v)), key))
}

/// Does the verb alone say too little to make an event of it?
pub(super) fn is_vague(events: &Events, key: &str) -> bool {
    key.strip_prefix("verbs ").is_some_and(|v| events.is("vague", v))
}

/// Does the adjective tell that somebody is willing or not willing to act?
pub(super) fn is_readiness(events: &Events, lemma: &str) -> bool {
    ["willing", "unwilling"].iter().any(|class| events.is(class, lemma))
}

/// Is it a verb of speech?
pub(super) fn is_speech(events: &Events, lemma: &str) -> bool {
    events.is("speech", lemma)
}

/// The type of the act that a noun names.
pub(super) fn event_of_noun(events: &Events, t: &Tree, n: usize) -> Option<(Event, String)> {
    events.nouns.get(t.lemma(n)).map(|e| (*e, format!("nouns {}", t.lemma(n))))
}

/// Where a party stands in the text: whole words first, not over the other party, else its longest part.
fn find(text: &str, party: &str, taken: Option<&Range<usize>>) -> Option<Range<usize>> {
    let party = party.trim();
    if party.is_empty() {
        return None;
    }
    let word = |i: Option<char>| i.is_some_and(char::is_alphanumeric);
    let mut fallback = None;
    for (at, _) in text.match_indices(party) {
        let r = at..at + party.len();
        fallback.get_or_insert(r.clone());
        let whole = !word(text[..r.start].chars().next_back()) && !word(text[r.end..].chars().next());
        if whole && taken.is_none_or(|t| r.end <= t.start || r.start >= t.end) {
            return Some(r);
        }
    }
    if fallback.is_some() {
        return fallback;
    }
    let (low, want) = (text.to_lowercase(), party.to_lowercase());
    if low.len() == text.len()
        && let Some(at) = low.find(&want)
    {
        return Some(at..at + want.len());
    }
    let words: Vec<&str> = party.split_whitespace().collect();
    for n in (1..words.len()).rev() {
        for part in [words[..n].join(" "), words[words.len() - n..].join(" ")] {
            if part.len() > 3
                && let Some(at) = text.find(&part)
            {
                return Some(at..at + part.len());
            }
        }
    }
    None
}

/// The word of a span that the rest of the sentence hangs it on.
fn head_of(t: &Tree, span: &[usize]) -> Option<usize> {
    let roots: Vec<usize> = span.iter().copied().filter(|i| t.is_root(*i) || !span.contains(&t.head(*i))).collect();
    let nominal = |i: &usize| matches!(t.tok(*i).pos, "NOUN" | "PROPN" | "PRON" | "NUM" | "ADJ");
    let r = roots.iter().copied().find(nominal).or_else(|| roots.first().copied())?;
    if t.tok(r).pos == "ADP" { t.kid(r, &["pobj"]).or(Some(r)) } else { Some(r) }
}

/// How firmly what is still to come is announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Promise {
    Agreed,
    Vowed,
}

/// The mood in which a predicate stands.
#[derive(Debug, Clone, Copy, Default)]
struct Mood {
    future: bool,
    negated: bool,
    promise: Option<Promise>,
}

impl Mood {
    fn apply(self, e: Event) -> Event {
        if self.negated {
            return match e {
                _ if e.is_cooperation() => Event::Reject,
                _ if e.is_material_conflict() && self.future && self.promise.is_some() => Event::Agree,
                _ if e.is_material_conflict() => Event::Reject,
                _ => e,
            };
        }
        match e {
            _ if self.future && e.is_cooperation() => Event::Agree,
            _ if self.future && e.is_material_conflict() && self.promise == Some(Promise::Agreed) => Event::Agree,
            _ if self.future && e.is_material_conflict() => Event::Threaten,
            _ => e,
        }
    }

    fn future(self, promise: Option<Promise>) -> Mood {
        Mood { future: true, promise: promise.or(self.promise), ..self }
    }
}

/// An entry of the lexicon found at a word; `strong`: by more than the word alone.
struct Entry {
    event: Event,
    strong: bool,
    key: String,
}

type Found = Option<(Event, String)>;

/// A sentence with its two parties.
struct Reading<'a> {
    t: &'a Tree<'a>,
    lex: &'a Events,
    src: Vec<usize>,
    tgt: Vec<usize>,
    head: Option<usize>,
    tgt_head: Option<usize>,
}

impl Reading<'_> {
    fn chain(&self, from: Option<usize>) -> Vec<usize> {
        let mut out = Vec::new();
        let Some(mut i) = from else { return out };
        while !self.t.is_root(i) && out.len() < 40 {
            i = self.t.head(i);
            out.push(i);
        }
        out
    }

    fn decide(&self) -> Option<Related> {
        let t = self.t;
        let up = self.chain(self.head);
        let over = self.chain(self.tgt_head);
        let mut verbs: Vec<usize> = up.iter().copied().filter(|i| t.is_verb(*i)).collect();
        let done = |event: Event, frame: String, why: &'static str, confidence: f32| {
            Some(Related { event: Some(event), frame, why, confidence })
        };
        if let Some((e, key)) = self.linking_noun(&up, &over, &verbs) {
            return done(self.by_source(e, None), key, "a noun that links the two", 0.75);
        }
        if let Some(h) = self.head.filter(|h| t.tok(*h).pos == "VERB") {
            verbs.insert(0, h);
        }
        if let Some(&first) = verbs.first() {
            let mut joined: Vec<usize> = self.joined(first);
            for c in joined.clone() {
                joined.extend(self.joined(c).into_iter().filter(|g| !joined.contains(g)).collect::<Vec<_>>());
            }
            if t.lemma(first) == "convict" && joined.iter().any(|c| t.lemma(*c) == "sentence") {
                return done(Event::Coerce, "convict and sentence".into(), "its own verb", 0.85);
            }
            if self.src.iter().any(|i| t.lemma(*i) == "critic") && self.lex.is("speech", t.lemma(first)) {
                return done(Event::Accuse, "critics say".into(), "its own verb", 0.85);
            }
            let (near, far): (Vec<usize>, Vec<usize>) = joined.into_iter().partition(|c| over.contains(c));
            for (n, v) in near.into_iter().chain([first]).chain(far).enumerate() {
                if let Some((e, key)) = self.resolve(v, Mood::default(), 0) {
                    return done(self.by_source(e, Some(v)), key, "its own verb", if n == 0 { 0.85 } else { 0.7 });
                }
            }
            for c in t.kids(first).filter(|c| {
                matches!(t.dep(*c), "advcl" | "xcomp" | "prep") && t.tok(*c).pos == "VERB" && over.contains(c)
            }) {
                if let Some((e, key)) = self.resolve(c, Mood::default(), 0) {
                    return done(
                        self.by_source(e, Some(c)),
                        key,
                        "a clause below its verb that reaches the target",
                        0.6,
                    );
                }
            }
        }
        for &v in over.iter().rev().filter(|i| t.is_verb(**i)) {
            if let Some((e, key)) = self.resolve(v, Mood::default(), 0) {
                return done(self.by_source(e, Some(v)), key, "a verb over the target", 0.55);
            }
        }
        if let Some(&first) = verbs.first() {
            for c in t.kids(first).filter(|c| t.dep(*c) == "advcl" && t.tok(*c).pos == "VERB") {
                if let Some((e, key)) = self.resolve(c, Mood::default(), 0) {
                    return done(self.by_source(e, Some(c)), key, "a clause below its verb", 0.45);
                }
            }
            for &v in &verbs[1..] {
                if let Some((e, key)) = self.resolve(v, Mood::default(), 0) {
                    return done(self.by_source(e, Some(v)), key, "a verb above", 0.45);
                }
            }
        }
        for &i in up.iter().chain(&over) {
            if let Some(e) = self.noun(i) {
                return done(e, format!("nouns {}", t.lemma(i)), "a guess by a noun above the two", 0.35);
            }
        }
        let below = verbs.first().map(|v| t.below(*v, false)).unwrap_or_default();
        for i in below.into_iter().chain(0..t.len()) {
            if t.tok(i).pos == "VERB"
                && let Some(x) = self.entry(i)
            {
                return done(x.event, x.key, "a guess by a verb of the sentence", 0.25);
            }
        }
        for i in 0..t.len() {
            if let Some(e) = self.noun(i) {
                return done(e, format!("nouns {}", t.lemma(i)), "a guess by a noun of the sentence", 0.2);
            }
        }
        None
    }

    fn joined(&self, v: usize) -> Vec<usize> {
        self.t.kids(v).filter(|c| self.t.dep(*c) == "conj" && self.t.is_verb(*c)).collect()
    }

    /// The lemma, with "cease-fire" whole: the tokenizer cuts it.
    fn lem(&self, i: usize) -> &str {
        let t = self.t;
        if t.lemma(i) == "fire" && i >= 2 && t.doc.text(i - 1) == "-" && t.doc.text(i - 2).eq_ignore_ascii_case("cease")
        {
            return "ceasefire";
        }
        t.lemma(i)
    }

    fn noun(&self, i: usize) -> Option<Event> {
        if self.t.tok(i).pos != "NOUN" {
            return None;
        }
        self.lex.nouns.get(self.lem(i)).copied()
    }

    /// "the Taliban attack on the base", "talks between X and Y", "a ban on Y by X".
    fn linking_noun(&self, up: &[usize], over: &[usize], verbs: &[usize]) -> Found {
        let t = self.t;
        let mut at = self.head?;
        if up.is_empty() {
            return None;
        }
        for _ in 0..4 {
            if t.is_root(at) || t.is_verb(t.head(at)) {
                return None;
            }
            let (h, dep) = (t.head(at), t.dep(at));
            if t.tok(h).pos == "ADP" && dep != "agent" {
                let n = t.head(h);
                if matches!(t.tok(n).pos, "NOUN" | "PROPN")
                    && let Some(e) = self.lex.nouns.get(t.lemma(n))
                {
                    let p = t.lemma(h);
                    if matches!(p, "by" | "between") || (matches!(p, "of" | "from") && over.contains(&n)) {
                        return Some((*e, format!("nouns {} {p}", t.lemma(n))));
                    }
                }
                at = n;
                continue;
            }
            if matches!(dep, "compound" | "poss" | "amod" | "nmod")
                && matches!(t.tok(h).pos, "NOUN" | "PROPN")
                && !self.src.contains(&h)
                && let Some(e) = self.lex.nouns.get(t.lemma(h))
            {
                let idle = verbs.first().is_none_or(|v| self.lex.is("idle", t.lemma(*v)));
                let reaches = over.contains(&h);
                if reaches || idle && matches!(t.dep(h), "nsubj" | "nsubjpass") {
                    return Some((*e, format!("nouns {}", t.lemma(h))));
                }
            }
            at = h;
        }
        None
    }

    /// Police and courts coerce where armies assault, crowds protest.
    fn by_source(&self, e: Event, verb: Option<usize>) -> Event {
        let t = self.t;
        let who = |class: &str| self.src.iter().any(|i| self.lex.is(class, t.lemma(*i)));
        if let (Event::Assault, Some(v)) = (e, verb) {
            let object = self.object(v).map_or("", |o| t.lemma(o));
            let l = t.lemma(v);
            if who("officers")
                && self.lex.is("police_acts", l)
                && !matches!(object, "attack" | "strike" | "airstrike" | "fire")
            {
                return Event::Coerce;
            }
            if who("crowd") && (self.lex.is("crowd_acts", l) || object == "strike") {
                return Event::Protest;
            }
        }
        if e == Event::Coerce && who("protesters") {
            return Event::Protest;
        }
        e
    }

    fn particle(&self, v: usize) -> Option<usize> {
        self.t.kid(v, &["prt"])
    }

    /// The object of a verb, or what stands for it in a passive, relative or participle.
    fn object(&self, v: usize) -> Option<usize> {
        let t = self.t;
        t.kid(v, &["dobj", "obj"]).or_else(|| t.kid(v, &["nsubjpass"])).or_else(|| match t.dep(v) {
            "relcl" => t.kid(v, &["nsubj", "nsubjpass", "csubj", "agent"]).map(|_| t.head(v)),
            "acl" if t.tok(v).tag == "VBN" => Some(t.head(v)),
            _ => None,
        })
    }

    /// The object's head, what it measures ("a series of attacks"), what is joined to it, its modifiers.
    fn heads(&self, o: usize) -> Vec<usize> {
        let t = self.t;
        let mut out = vec![o];
        if self.lex.is("measures", t.lemma(o)) {
            for p in t.kids(o).filter(|c| t.dep(*c) == "prep") {
                out.extend(t.kids(p).filter(|g| t.dep(*g) == "pobj"));
            }
        }
        out.extend(t.kids(o).filter(|c| t.dep(*c) == "conj"));
        // "so-called elections" call nobody
        let named_so = |c: usize| t.doc.text(c) == "called" && c > 0 && t.doc.text(c - 1) == "-";
        out.extend(t.kids(o).filter(|c| matches!(t.dep(*c), "compound" | "amod" | "nmod") && !named_so(*c)));
        out
    }

    fn negated(&self, v: usize) -> bool {
        let t = self.t;
        t.kids(v).any(|c| t.dep(c) == "neg" || matches!(t.doc.text(c), "not" | "n't" | "n’t" | "never" | "no"))
    }

    fn to_come(&self, v: usize) -> bool {
        let t = self.t;
        // "may have launched" is a doubt about what is past
        let perfect = t.kids(v).any(|c| t.dep(c) == "aux" && t.doc.text(c).eq_ignore_ascii_case("have"));
        !perfect
            && t.kids(v)
                .any(|c| matches!(t.dep(c), "aux" | "auxpass") && self.lex.is("future", &t.doc.text(c).to_lowercase()))
    }

    fn has_infinitive(&self, v: usize) -> bool {
        self.t.kids(v).any(|c| self.t.doc.text(c).eq_ignore_ascii_case("to"))
    }

    /// What the lexicon says of a verb with what hangs on it.
    fn entry(&self, v: usize) -> Option<Entry> {
        let (t, lex) = (self.t, self.lex);
        let l = match (t.lemma(v), t.doc.text(v).to_lowercase()) {
            ("rap", w) if w.starts_with("rape") => "rape",
            ("found", _) => "find",
            (l, _) => l,
        };
        let mut keys: Vec<String> = Vec::new();
        let mut after: Vec<(String, usize)> = Vec::new();
        if let Some(p) = self.particle(v) {
            keys.push(format!("{l}_{}", t.lemma(p)));
            for x in t.kids(v).filter(|x| t.dep(*x) == "prep") {
                after.extend(t.kids(x).filter(|g| t.dep(*g) == "pobj").map(|g| (t.lemma(p).to_owned(), g)));
            }
        }
        for c in t.kids(v) {
            match t.dep(c) {
                "prep" | "dative" if t.kid(c, &["pobj"]).is_none_or(|o| !self.is_date(o)) => {
                    keys.push(format!("{l}_{}", t.lemma(c)));
                    after.extend(t.kids(c).filter(|g| t.dep(*g) == "pobj").map(|g| (t.lemma(c).to_owned(), g)));
                }
                "advmod" if lex.is("particles", t.lemma(c)) => keys.push(format!("{l}_{}", t.lemma(c))),
                _ => {}
            }
        }
        for (p, g) in &after {
            for h in std::iter::once(*g).chain(t.kids(*g).filter(|c| matches!(t.dep(*c), "compound" | "amod" | "conj")))
            {
                let key = format!("{l}_{p}>{}", t.lemma(h));
                if let Some(e) = lex.prepositions.get(&key) {
                    return Some(Entry { event: *e, strong: true, key: format!("prepositions {key}") });
                }
            }
        }
        if l == "say" || (lex.is("speech", l) && t.kids(v).any(|c| t.dep(c) == "ccomp")) {
            return None;
        }
        let object = self.object(v);
        let objects = object.map(|o| self.heads(o)).unwrap_or_default();
        let said: Vec<usize> = t
            .kids(v)
            .filter(|c| {
                let (d, p) = (t.dep(*c), t.tok(*c).pos);
                (matches!(d, "oprd" | "acomp" | "xcomp" | "advmod") && matches!(p, "ADJ" | "ADV" | "NOUN"))
                    || (matches!(d, "ccomp" | "xcomp") && p == "ADJ")
            })
            .collect();
        if l == "demonstrate" && !objects.is_empty() {
            return None;
        }
        keys.push(l.to_owned());
        for k in &keys {
            if let Some(table) = lex.objects.get(k) {
                for h in objects.iter().chain(&said) {
                    // "violated the ceasefire agreement"
                    let first = objects.get(1).filter(|m| {
                        lex.is("breaking", l) && t.dep(**m) == "compound" && table.contains_key(self.lem(**m))
                    });
                    let h = first.unwrap_or(h);
                    if let Some(e) = table.get(self.lem(*h)) {
                        return Some(Entry { event: *e, strong: true, key: format!("objects {k}>{}", t.lemma(*h)) });
                    }
                }
            }
        }
        if let Some(e) = lex.infinitives.get(l) {
            let x = t
                .kids(v)
                .find(|c| matches!(t.dep(*c), "xcomp" | "ccomp") && t.tok(*c).pos == "VERB" && self.has_infinitive(*c));
            if x.is_some_and(|x| object.is_some() || self.own_subject(x).is_some()) {
                return Some(Entry { event: *e, strong: true, key: format!("infinitives {l}") });
            }
        }
        if lex.is("demanding", l) && t.kids(v).any(|c| t.dep(c) == "ccomp") {
            return Some(Entry { event: Event::Request, strong: false, key: format!("verbs {l} that") });
        }
        if lex.is("light", l) {
            let full = |h: &&usize| !matches!(t.dep(**h), "compound" | "amod");
            let own = lex.verbs.contains_key(l);
            let carried = objects.iter().filter(full).chain(objects.iter().filter(|h| !full(h) && !own));
            for h in carried {
                if let Some(e) = lex.nouns.get(self.lem(*h)) {
                    return Some(Entry { event: *e, strong: false, key: format!("nouns {l} {}", self.lem(*h)) });
                }
            }
            for (p, g) in &after {
                if own || lex.is("setting", p) {
                    continue;
                }
                if let Some(e) = lex.nouns.get(t.lemma(*g)).filter(|e| **e != Event::Aid) {
                    return Some(Entry { event: *e, strong: false, key: format!("nouns {l} {p} {}", t.lemma(*g)) });
                }
            }
            if let Some(c) = t.kids(v).find(|c| t.dep(*c) == "attr" && lex.nouns.contains_key(t.lemma(*c))) {
                return Some(Entry {
                    event: lex.nouns[t.lemma(c)],
                    strong: false,
                    key: format!("nouns {l} {}", t.lemma(c)),
                });
            }
        }
        keys.iter()
            .find_map(|k| lex.verbs.get(k).map(|e| Entry { event: *e, strong: false, key: format!("verbs {k}") }))
    }

    fn own_subject(&self, v: usize) -> Option<usize> {
        self.t.kid(v, &["nsubj", "nsubjpass"])
    }

    /// The type of a predicate, read from its subject's side.
    fn resolve(&self, v: usize, mood: Mood, depth: usize) -> Found {
        let (t, lex) = (self.t, self.lex);
        if depth > 6 {
            return None;
        }
        let l = t.lemma(v);
        let mood = Mood { future: mood.future || self.to_come(v), negated: mood.negated || self.negated(v), ..mood };
        let clauses = self.clauses(v);
        let verbal: Vec<usize> = clauses.iter().copied().filter(|c| t.is_verb(*c)).collect();
        if lex.is("copulas", l)
            && let Some(r) = self.copular(v, mood, depth, &clauses)
        {
            return r;
        }
        if l == "call"
            && self.particle(v).is_none()
            && let Some(r) = self.calling(v, depth)
        {
            return Some(r);
        }
        let entry = self.entry(v);
        let strong = entry.as_ref().is_some_and(|x| x.strong);
        if lex.is("scheduled", l)
            && t.kid(v, &["nsubjpass"]).is_some()
            && let Some(x) = verbal.first()
        {
            return self.resolve(*x, mood.future(Some(Promise::Agreed)), depth + 1);
        }
        if let Some(x) = entry.as_ref().filter(|x| x.key.starts_with("infinitives")) {
            // "ordered the newspaper to suspend publication"
            let order = matches!(l, "order" | "command") && verbal.iter().any(|c| lex.is("curbing", t.lemma(*c)));
            if order {
                return Some((mood.apply(Event::Coerce), format!("{} to stop", x.key)));
            }
            let e = if matches!(x.event, Event::Request | Event::Threaten) { x.event } else { mood.apply(x.event) };
            return Some((e, x.key.clone()));
        }
        let yes_or_no = |key: &str| Some((if mood.negated { Event::Reject } else { Event::Agree }, key.to_owned()));
        if l == "agree" && !mood.negated && !mood.future && self.both_agree(v) {
            return Some((Event::Support, "both agree".into()));
        }
        if let Some(x) = entry.as_ref().filter(|x| x.strong && l == "agree") {
            return Some((mood.apply(x.event), x.key.clone()));
        }
        if matches!(l, "agree" | "consent") {
            return yes_or_no("verbs agree");
        }
        if mood.negated && lex.is("unresponsive", l) {
            return Some((Event::Reject, format!("not {l}")));
        }
        if l == "threaten" {
            return Some((Event::Threaten, "verbs threaten".into()));
        }
        if lex.is("promise", l) {
            let soft = matches!(l, "offer" | "commit" | "volunteer" | "undertake" | "decide");
            let how = if soft { Promise::Agreed } else { Promise::Vowed };
            if let Some(x) = verbal.iter().find(|c| matches!(t.dep(**c), "xcomp" | "ccomp" | "pcomp")) {
                if l == "decide" {
                    // what is decided in another's favour is granted
                    if let Some(r) = self.resolve(*x, mood, depth + 1).filter(|r| r.0 == Event::Concede) {
                        return Some(r);
                    }
                }
                return self
                    .resolve(*x, mood.future(Some(how)), depth + 1)
                    .or_else(|| Some((Event::Agree, format!("promise {l}"))));
            }
            if let Some(x) = entry.as_ref().filter(|x| x.strong) {
                return Some((if mood.negated { Event::Reject } else { x.event }, x.key.clone()));
            }
            if matches!(l, "promise" | "pledge" | "vow" | "offer" | "commit" | "undertake") {
                return yes_or_no(&format!("promise {l}"));
            }
        }
        if matches!(l, "refuse" | "decline") && t.kid(v, &["xcomp"]).is_some() || (l == "fail" && !verbal.is_empty()) {
            return Some((Event::Reject, format!("{l} to")));
        }
        if lex.is("speech", l)
            && let Some(r) = self.said(v, mood, depth, &verbal)
        {
            return r;
        }
        // what the object only names: "a statement criticising", "an operation to free"
        let object = self.object(v);
        if let Some(o) = object.filter(|_| !strong)
            && let Some(r) = self.through(v, o, mood, depth)
        {
            return Some(r);
        }
        if lex.is("aspect", l)
            && !strong
            && let Some(x) = verbal.iter().find(|c| matches!(t.dep(**c), "xcomp" | "ccomp" | "pcomp"))
        {
            let m = if matches!(l, "seek" | "want") { mood.future(None) } else { mood };
            return self.resolve(*x, m, depth + 1);
        }
        if let Some(x) = entry {
            return Some(self.settle(v, x, mood, depth));
        }
        verbal.iter().find_map(|x| self.resolve(*x, mood, depth + 1))
    }

    /// An entry's type with what its verb's surroundings add, in its mood.
    fn settle(&self, v: usize, x: Entry, mood: Mood, depth: usize) -> (Event, String) {
        let (t, lex) = (self.t, self.lex);
        let (l, object) = (t.lemma(v), self.object(v));
        let mut e = x.event;
        if e == Event::Assault && self.is_verbal(v) && x.key.contains("attack") {
            e = Event::Accuse;
        }
        let toward = matches!(e, Event::Mobilize | Event::Consult | Event::Aid);
        if toward && matches!(l, "send" | "dispatch" | "deploy" | "fly") {
            // "sent jets to destroy", "sent experts to investigate"
            let aim = t.kids(v).chain(object.into_iter().flat_map(|o| t.kids(o)));
            let aims: Vec<usize> = aim
                .filter(|c| matches!(t.dep(*c), "advcl" | "xcomp" | "acl" | "relcl") && self.has_infinitive(*c))
                .collect();
            for c in aims {
                if let Some((inner @ (Event::Assault | Event::Accuse), key)) = self.resolve(c, mood, depth + 1) {
                    return (inner, format!("send to: {key}"));
                }
                if self.object(c).is_some_and(|o| matches!(t.lemma(o), "audit" | "investigation" | "probe" | "inquiry"))
                {
                    return (Event::Accuse, "send to investigate".into());
                }
            }
        }
        if matches!(e, Event::Mobilize | Event::Consult)
            && matches!(l, "send" | "deploy" | "dispatch" | "arrive" | "station" | "announce")
            && self.keeps_peace(v)
        {
            e = Event::Aid;
        }
        if e == Event::Mobilize && matches!(l, "send" | "deploy" | "dispatch") {
            let kids = t.kids(v).chain(object.into_iter().flat_map(|o| t.kids(o)));
            let helps = kids.filter(|c| t.tok(*c).pos == "VERB").any(|c| lex.is("helping", t.lemma(c)));
            let peace = object.is_some_and(|o| t.below(o, false).iter().any(|g| t.lemma(*g).contains("peace")));
            if helps || peace {
                e = Event::Aid;
            }
        }
        (mood.apply(e), x.key)
    }

    /// "X and Y agreed": an accord reached, where source and target are joined under the verb.
    fn both_agree(&self, v: usize) -> bool {
        let t = self.t;
        let joined = self.t.subject(v).map(|s| t.below(s, true)).unwrap_or_default();
        let within = |party: &[usize]| party.iter().any(|i| joined.contains(i));
        t.kid(v, &["xcomp", "ccomp"]).is_none() && within(&self.src) && within(&self.tgt)
    }

    /// "called Y" on the telephone, "called Y a liar", "called on Y to", "called for Y's trial".
    fn calling(&self, v: usize, depth: usize) -> Found {
        let (t, lex) = (self.t, self.lex);
        let inner = t
            .kids(v)
            .find(|c| matches!(t.dep(*c), "xcomp" | "advcl" | "ccomp") && t.is_verb(*c) && self.has_infinitive(*c));
        let purpose = inner.and_then(|x| self.resolve(x, Mood::default(), depth + 1));
        let prep = |name: &str| {
            let of = t.kids(v).filter(move |c| t.dep(*c) == "prep" && t.lemma(*c) == name);
            of.filter_map(|c| t.kid(c, &["pobj"])).find(|o| !self.is_date(*o))
        };
        if let Some(o) = prep("for") {
            let about = self.heads(o).into_iter().any(|h| lex.is("punishing", t.lemma(h)));
            return Some(if about {
                (Event::Accuse, "call for punishment".into())
            } else {
                (Event::Request, "verbs call_for".into())
            });
        }
        if prep("on").or_else(|| prep("upon")).is_some() {
            return match purpose {
                Some((Event::Consult, _)) => Some((Event::Consult, "call on to talk".into())),
                _ => Some((Event::Request, "verbs call_on".into())),
            };
        }
        let object = t.kid(v, &["dobj"])?;
        let mut names = t
            .kids(v)
            .filter(|c| matches!(t.dep(*c), "oprd" | "attr") || t.dep(*c) == "ccomp" && self.own_subject(*c).is_some());
        if let Some(name) = names.next() {
            // "called Afghanistan a friendly neighbour"
            let kind = t.below(name, true).iter().any(|i| lex.is("kind_names", t.lemma(*i)));
            return Some(match kind {
                true => (Event::Support, "call kind names".into()),
                false => (Event::Accuse, "call names".into()),
            });
        }
        if lex.nouns.contains_key(t.lemma(object)) || !matches!(t.tok(object).pos, "PROPN" | "PRON" | "NOUN") {
            return None;
        }
        match purpose {
            Some((e @ (Event::Support | Event::Accuse | Event::Threaten), key)) => Some((e, key)),
            _ => Some((Event::Consult, "call somebody".into())),
        }
    }

    fn is_date(&self, i: usize) -> bool {
        let d = self.t.doc;
        d.entities.iter().any(|e| (e.start as usize..e.end as usize).contains(&i) && matches!(e.label, "DATE" | "TIME"))
    }

    /// "a scathing attack on", "the attacks on her, calling her": words, not blows.
    fn is_verbal(&self, v: usize) -> bool {
        let (t, lex) = (self.t, self.lex);
        let objects = self.object(v).map(|o| self.heads(o)).unwrap_or_default();
        objects.iter().chain([&v]).flat_map(|o| t.kids(*o)).any(|c| lex.is("verbal", t.lemma(c)))
            || t.kids(v).any(|c| {
                t.dep(c) == "advcl"
                    && matches!(t.lemma(c), "call" | "say" | "accuse" | "describe" | "label" | "brand" | "claim")
            })
    }

    /// Does the sentence speak of peacekeepers near the verb?
    fn keeps_peace(&self, v: usize) -> bool {
        let t = self.t;
        t.below(v, false).iter().any(|i| self.lex.is("peacekeeping", t.lemma(*i)))
    }

    /// Clausal complements, also behind a preposition or a predicate adjective.
    fn clauses(&self, v: usize) -> Vec<usize> {
        let t = self.t;
        let mut out: Vec<usize> =
            t.kids(v).filter(|c| matches!(t.dep(*c), "xcomp" | "ccomp" | "acomp" | "pcomp")).collect();
        for c in t.kids(v).filter(|c| matches!(t.dep(*c), "prep" | "acomp" | "attr" | "oprd")) {
            out.extend(t.kids(c).filter(|g| matches!(t.dep(*g), "pcomp" | "xcomp")));
        }
        out
    }

    /// "is ready to", "voiced its readiness", "is grateful", "was critical of". The outer `None`: says nothing.
    fn copular(&self, v: usize, mood: Mood, depth: usize, clauses: &[usize]) -> Option<Found> {
        let (t, lex) = (self.t, self.lex);
        let ready = |w: &str| lex.is("promising", w) || lex.is("readiness", w);
        for c in t.kids(v) {
            let l = t.lemma(c);
            if !(matches!(t.dep(c), "acomp" | "attr" | "oprd") || (t.dep(c) == "dobj" && lex.is("readiness", l))) {
                continue;
            }
            if ready(l) {
                if let Some(x) = t.kids(c).find(|x| matches!(t.dep(*x), "xcomp" | "acl") && t.is_verb(*x)) {
                    let r = self.resolve(x, mood.future(Some(Promise::Agreed)), depth + 1);
                    return Some(r.or_else(|| Some((Event::Agree, format!("promising {l}")))));
                }
                if t.dep(c) != "attr" {
                    return Some(Some((
                        if mood.negated { Event::Reject } else { Event::Agree },
                        format!("promising {l}"),
                    )));
                }
            }
            let adjective = [("unwilling", Event::Reject), ("blaming", Event::Accuse), ("thankful", Event::Support)];
            if t.dep(c) == "acomp" && lex.is("baseless", l) {
                return Some(Some((Event::Reject, format!("baseless {l}"))));
            }
            if matches!(l, "guilty" | "responsible") {
                // whoever is guilty of an act did it
                for x in t.kids(c).flat_map(|p| t.kids(p)) {
                    let act = match t.dep(x) {
                        "pcomp" => self.resolve(x, Mood::default(), depth + 1),
                        "pobj" => {
                            self.lex.nouns.get(self.lem(x)).map(|e| (*e, format!("responsible for {}", t.lemma(x))))
                        }
                        _ => None,
                    };
                    if act.is_some() {
                        return Some(act);
                    }
                }
            }
            if let Some((class, e)) = adjective.iter().find(|(class, _)| lex.is(class, l)) {
                return Some(Some((*e, format!("{class} {l}"))));
            }
        }
        let x = clauses.iter().find(|c| t.dep(**c) == "xcomp" && t.is_verb(**c))?;
        let found = self.resolve(*x, mood.future(None), depth + 1);
        (found.is_some() || t.lemma(v) == "be").then_some(found)
    }

    /// "said it would", "says Y had attacked it". The outer `None`: go on as with any verb.
    fn said(&self, v: usize, mood: Mood, depth: usize, verbal: &[usize]) -> Option<Found> {
        let (t, lex) = (self.t, self.lex);
        let l = t.lemma(v);
        let clause = t.kids(v).find(|c| t.dep(*c) == "ccomp" && t.is_verb(*c)).or_else(|| verbal.first().copied());
        if let Some(x) = clause {
            let subject = self.own_subject(x);
            let own = subject.is_none_or(|s| {
                matches!(t.lemma(s), "it" | "they" | "he" | "she" | "we" | "i")
                    || self.src.contains(&s)
                    || (lex.is("self", t.lemma(s)) && t.kids(s).any(|k| t.dep(k) == "poss" && t.tok(k).pos == "PRON"))
            });
            let must =
                t.kids(x).any(|c| t.dep(c) == "aux" && matches!(t.lemma(c), "must" | "should" | "ought" | "need"));
            if must {
                return Some(Some((Event::Request, "says must".into())));
            }
            if t.lemma(x) == "need" && t.kid(x, &["nsubjpass"]).is_some() {
                return Some(Some((Event::Request, "says needed".into())));
            }
            let found = if own {
                self.resolve(x, Mood { negated: false, promise: None, ..mood }, depth + 1)
            } else {
                let of_target = subject.is_some_and(|s| t.below(s, false).iter().any(|i| self.tgt.contains(i)));
                for c in t.kids(x).filter(|c| t.dep(*c) == "acomp") {
                    if lex.is("guilty", t.lemma(c)) {
                        return Some(Some((Event::Accuse, format!("says {}", t.lemma(c)))));
                    }
                    if lex.is("baseless", t.lemma(c)) {
                        return Some(Some((Event::Reject, format!("says {}", t.lemma(c)))));
                    }
                }
                if of_target {
                    return Some(Some(self.said_of_target(x, depth)));
                }
                self.resolve(x, Mood { negated: false, promise: None, ..mood }, depth + 1)
            };
            if found.is_some() {
                return Some(found);
            }
        }
        let object = self.object(v);
        if object.is_some()
            && lex.is("announcing", l)
            && let Some(x) = self.entry(v)
        {
            return Some(Some(self.settle(v, x, mood, depth)));
        }
        if l == "suggest" {
            return Some(Some((Event::Request, "verbs suggest".into())));
        }
        match object {
            None => Some(None),
            Some(o) if lex.is("statements", t.lemma(o)) => Some(None),
            Some(_) => None,
        }
    }

    /// Of another: telling of its misdeeds accuses, of its good deeds supports.
    fn said_of_target(&self, x: usize, depth: usize) -> (Event, String) {
        let l = self.t.lemma(x);
        if self.to_come(x) && self.lex.is("paying", l) {
            return (Event::Threaten, format!("says it will {l}"));
        }
        let negated = self.negated(x);
        match self.resolve(x, Mood::default(), depth + 1) {
            Some((e, key))
                if e.is_material_conflict() || matches!(e, Event::Threaten | Event::Reject | Event::Accuse) =>
            {
                (Event::Accuse, format!("says of it: {key}"))
            }
            Some((
                Event::Agree | Event::Aid | Event::Cooperate | Event::Concede | Event::Retreat | Event::Support,
                key,
            )) if !negated => (Event::Support, format!("says of it: {key}")),
            Some((e, key)) if !negated => (e, key),
            _ => (Event::Accuse, format!("says of it: {l}")),
        }
    }

    /// What an object that only names a text or a plan is about.
    fn through(&self, v: usize, o: usize, mood: Mood, depth: usize) -> Found {
        let (t, lex) = (self.t, self.lex);
        let l = t.lemma(v);
        if lex.is("statements", t.lemma(o)) {
            for c in t.kids(o).chain(t.kids(v)) {
                if matches!(t.dep(c), "acl" | "advcl" | "relcl")
                    && t.tok(c).pos == "VERB"
                    && let Some(r) = self.resolve(c, mood, depth + 1)
                {
                    return Some(r);
                }
                if t.dep(c) == "amod" && t.lemma(c) == "critical" {
                    return Some((Event::Accuse, "blaming critical".into()));
                }
            }
        } else if lex.is("plans", t.lemma(o))
            && !self.heads(o).iter().any(|h| *h != o && lex.nouns.contains_key(t.lemma(*h)))
            && (lex.is("light", l) || lex.is("speech", l) || l == "back")
        {
            let planned = matches!(t.lemma(o), "plan" | "decision") && matches!(l, "announce" | "unveil");
            let m = if planned { mood.future(None) } else { mood };
            let kids = t.kids(o).chain(t.kids(v).filter(|c| matches!(t.dep(*c), "advcl" | "xcomp")));
            for c in kids.filter(|c| matches!(t.dep(*c), "acl" | "xcomp" | "advcl") && t.tok(*c).pos == "VERB") {
                if let Some(r) = self.resolve(c, m, depth + 1) {
                    return Some(r);
                }
            }
        }
        None
    }
}
