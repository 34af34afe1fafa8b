//! Why a claim was made: the frame that read it, the path in the tree from its word to each party, the words on which
//! the passes rest, the actors that the names stand for.
//!
//! What a pass rests on is found by trying: a word counts if the judgement would be another without it.
//! ```text
//!   "Belgrade says Togo may withdraw recognition"
//!     factuality  possible, yes    "may"        without it: asserted
//!     attribution by Serbia        "says"       without it: the author
//! ```
use super::attribution;
use super::parties::Filler;
use super::realise::{Hit, realise};
use super::tree::Tree;
use super::{Coder, Put, Reading};
use crate::resolve::{Via, Who};
use crate::values::{By, Claim, Modality, Party, Polarity, SourceText};
use chancery_parse::Doc;
use serde::Serialize;

/// Why a claim was made.
#[derive(Debug, Clone, Serialize)]
pub struct Explanation {
    /// The sentence that holds the claim's words.
    pub sentence: String,
    pub frame: FrameRef,
    /// From the frame's word to each party; empty where no frame but a reader of stories or titles made the claim.
    pub path: Vec<Step>,
    pub passes: Vec<Pass>,
    pub names: Vec<Name>,
}

/// The frame, and where it stands.
#[derive(Debug, Clone, Serialize)]
pub struct FrameRef {
    pub id: String,
    /// File below `data/`, with the line of the frame; absent for what the program itself reads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    pub note: String,
}

/// How a party was reached.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    pub role: &'static str,
    /// The words of the way, each with its dependency on the one before: "recognised", "nsubj Togo".
    pub words: Vec<String>,
    pub party: String,
}

/// What a pass said, and on which words it rests.
#[derive(Debug, Clone, Serialize)]
pub struct Pass {
    pub pass: &'static str,
    pub says: String,
    pub words: Vec<String>,
}

/// Whom a name stands for.
#[derive(Debug, Clone, Serialize)]
pub struct Name {
    pub mention: String,
    pub id: String,
    pub label: String,
    pub how: &'static str,
}

impl Coder {
    /// Why the document yields the claim; `None` if this program, with these data files, makes no such claim of it.
    pub fn explain(&self, source: &SourceText, doc: &Doc, wanted: &Claim) -> Option<Explanation> {
        let same = |c: &Claim| {
            let id = |p: &Option<Party>| p.as_ref().map(|p| p.id.clone());
            c.span == wanted.span
                && (&c.predicate, c.phase, c.polarity, c.modality)
                    == (&wanted.predicate, wanted.phase, wanted.polarity, wanted.modality)
                && id(&c.subject) == id(&wanted.subject)
                && id(&c.object) == id(&wanted.object)
        };
        let claim = self.code(source, doc).into_iter().find(same)?;
        Some(self.read(source, doc, |reading| explanation(self, doc, &reading, &claim)))
    }
}

fn explanation(coder: &Coder, doc: &Doc, reading: &Reading, claim: &Claim) -> Explanation {
    let (t, cast) = (reading.cast.tree, reading.cast);
    let chars = super::Chars::new(doc);
    let tokens = |[from, to]: [u32; 2]| {
        let first = chars.starts.partition_point(|s| *s < from);
        let last = chars.ends.partition_point(|e| *e < to);
        first..(last + 1).min(doc.len())
    };
    let words = tokens(claim.span);
    let sentence = t.sentence(words.start.min(doc.len().saturating_sub(1)));
    let hit = realise(&coder.frames, cast).into_iter().find(|h| {
        let frame = &coder.frames.all[h.frame];
        let of_it = frame.id == claim.frame;
        let party = |fs: &[Filler], p: &Option<Party>| p.as_ref().is_none_or(|p| fs.iter().any(|f| f.party.id == p.id));
        let either = party(&h.subjects, &claim.subject) && party(&h.objects, &claim.object)
            || party(&h.subjects, &claim.object) && party(&h.objects, &claim.subject);
        of_it && words.contains(&h.trigger) && either
    });
    let frame = match coder.frames.all.iter().position(|f| f.id == claim.frame) {
        Some(ix) => FrameRef {
            id: claim.frame.clone(),
            file: Some(coder.frames.files[ix].clone()),
            note: coder.frames.all[ix].note.clone(),
        },
        None => FrameRef { id: claim.frame.clone(), file: None, note: of_program(&claim.frame).to_owned() },
    };
    let path = hit.as_ref().map(|h| paths(t, h)).unwrap_or_default();
    let mut passes = Vec::new();
    if let Some(h) = &hit {
        passes.push(factuality(coder, t, h, claim));
        passes.push(speaker(coder, reading, h, claim));
    } else {
        passes.push(Pass { pass: "factuality", says: put_words(claim.modality, claim.polarity), words: Vec::new() });
        passes.push(Pass { pass: "attribution", says: by_words(&claim.by), words: Vec::new() });
    }
    let dated = cast.resolved.dates.iter().find(|d| sentence.contains(&d.head) && said_by(&claim.when, &d.when.edtf));
    let says = match (claim.when.as_str(), dated) {
        ("", _) => "undated: no date of the sentence belongs to it".to_owned(),
        (when, Some(_)) => when.to_owned(),
        (when, None) => format!("{when}, from the text before"),
    };
    let date_words = dated.map(|d| doc.span_text(d.tokens.clone()).to_owned()).into_iter().collect();
    passes.push(Pass { pass: "dating", says, words: date_words });
    if !claim.value.is_empty() {
        let says = claim.value.iter().map(|(k, v)| format!("{k} {}", plain(v))).collect::<Vec<_>>().join(", ");
        passes.push(Pass { pass: "values", says, words: Vec::new() });
    }
    Explanation {
        sentence: doc.span_text(sentence.clone()).split_whitespace().collect::<Vec<_>>().join(" "),
        frame,
        path,
        passes,
        names: names(reading, claim, sentence),
    }
}

/// Is the claim's date that of the mention: itself, or its beginning?
fn said_by(when: &str, mention: &str) -> bool {
    !mention.is_empty() && (when == mention || when.trim_end_matches("/..") == mention.trim_end_matches("/.."))
}

fn plain(v: &serde_json::Value) -> String {
    v.as_str().map_or_else(|| v.to_string(), str::to_owned)
}

/// What reads where no frame does.
fn of_program(frame: &str) -> &'static str {
    match frame.split(['.', ' ']).next() {
        Some("mission") => "the story of a mission: what happens to posts and those who head them",
        Some("office") => "a title beside a name",
        Some("lexicon") => "no frame has the word: the lexicon of events types it",
        Some("reviewer") => "a correction by a reviewer",
        _ => "read by the program",
    }
}

fn paths(t: &Tree, h: &Hit) -> Vec<Step> {
    let mut out = Vec::new();
    for (role, fillers) in [("subject", &h.subjects), ("object", &h.objects)] {
        for f in fillers {
            out.push(Step { role, words: way(t, h.trigger, f.token), party: f.party.label.clone() });
        }
    }
    out
}

/// The words from one token to another, over the lowest word above both.
fn way(t: &Tree, from: usize, to: usize) -> Vec<String> {
    let up = |mut i: usize| {
        let mut all = vec![i];
        while !t.is_root(i) && all.len() < 60 {
            i = t.head(i);
            all.push(i);
        }
        all
    };
    let (a, b) = (up(from), up(to));
    let Some(top) = a.iter().position(|i| b.contains(i)) else { return vec![t.doc.text(from).to_owned()] };
    let down = b.iter().position(|i| *i == a[top]).unwrap_or(0);
    let mut out: Vec<String> = vec![t.doc.text(from).to_owned()];
    for n in 0..top {
        out.push(format!("↑{} {}", t.dep(a[n]), t.doc.text(a[n + 1])));
    }
    for n in (0..down).rev() {
        out.push(format!("↓{} {}", t.dep(b[n]), t.doc.text(b[n])));
    }
    out
}

fn put_words(m: Modality, p: Polarity) -> String {
    format!("{m}, {p}")
}

fn by_words(by: &By) -> String {
    match by {
        By::Author => "by the author".into(),
        By::Speaker(p) => format!("by {}", p.label),
    }
}

/// The words without which the judgement would be another.
fn deciding(t: &Tree, h: &Hit, changes: impl Fn(&Tree) -> bool) -> Vec<String> {
    let decides = |i: &usize| *i != h.trigger && changes(&t.without(*i));
    t.sentence(h.trigger).filter(decides).map(|i| t.doc.text(i).to_owned()).collect()
}

fn factuality(coder: &Coder, t: &Tree, h: &Hit, claim: &Claim) -> Pass {
    let parties: Vec<usize> = h.subjects.iter().chain(&h.objects).map(|f| f.token).collect();
    let judge = |t: &Tree| -> Put { coder.factuality.judge(t, h.trigger, h.carrier, &parties) };
    let now = judge(t);
    // what is asserted and affirmed rests on no word
    let plain = now == (Put { modality: Modality::Asserted, polarity: Polarity::Yes });
    let words = if plain { Vec::new() } else { deciding(t, h, |t| judge(t) != now) };
    Pass { pass: "factuality", says: put_words(claim.modality, claim.polarity), words }
}

fn speaker(coder: &Coder, reading: &Reading, h: &Hit, claim: &Claim) -> Pass {
    let t = reading.cast.tree;
    let who = |t: &Tree| attribution::speaker(t, &coder.speech, reading.quotations, h.trigger, h.carrier);
    let now = who(t);
    let mut words = match now {
        Some(_) => deciding(t, h, |t| who(t) != now),
        None => Vec::new(),
    };
    if let Some(s) = now.filter(|_| words.is_empty()) {
        // a quotation: its speaker stands beside it, also in another sentence
        words.push(t.doc.span_text(t.phrase(s)).to_owned());
    }
    Pass { pass: "attribution", says: by_words(&claim.by), words }
}

fn names(reading: &Reading, claim: &Claim, sentence: std::ops::Range<usize>) -> Vec<Name> {
    let (t, cast) = (reading.cast.tree, reading.cast);
    let speaker = match &claim.by {
        By::Speaker(p) => Some(p),
        By::Author => None,
    };
    let mut out: Vec<Name> = Vec::new();
    for p in claim.subject.iter().chain(&claim.object).chain(speaker) {
        let here = |m: &&crate::resolve::Mention| {
            let id = std::iter::once(&m.who).chain(&m.also).any(|w| match w {
                Who::Known(ix) => cast.actors.actor(*ix).id == p.id,
                Who::Unknown { .. } => cast.party_of(w, m).0.id == p.id,
            });
            id || m.country.as_deref() == Some(p.id.as_str())
        };
        let all = || cast.resolved.mentions.iter().filter(here);
        let m = all().find(|m| sentence.contains(&m.head)).or_else(|| all().next());
        let (mention, how) = match m {
            Some(m) => (t.doc.span_text(m.tokens.clone()).to_owned(), how(m.via)),
            None => (p.mention.clone(), "as it stands: no actor of the registry"),
        };
        if !out.iter().any(|n| n.id == p.id) {
            out.push(Name { mention, id: p.id.clone(), label: p.label.clone(), how });
        }
    }
    out
}

fn how(via: Via) -> &'static str {
    match via {
        Via::Name => "by name",
        Via::Adjective => "by its adjective",
        Via::People => "by its people",
        Via::Title => "by a title beside the name",
        Via::Organ => "by an organ or agents of it",
        Via::Pronoun => "by a pronoun that points back",
        Via::Role => "by a noun that points back or at the holder of an office",
        Via::Noun => "as it stands: no actor of the registry",
    }
}
