//! Each frame carries its own examples; they run as tests and in `chancery data check`.
//!
//! ```text
//!   "Togo withdrew its recognition of Kosovo in 2018. => Togo | Kosovo | when=2018"
//!    sentence                                            subject object  further fields
//! ```
//! Further fields: `no` (polarity), a modality, a phase, `when=EDTF`, `by=NAME`, `key=value` of the claim's value.
//! `leaves` must yield no claim of the frame. `misses` are catches known to fail: the test asserts that they still do,
//! so that a mend is noticed.
use super::Coder;
use crate::values::{By, Claim, Modality, Party, Phase, Polarity, SourceText};
use chancery_parse::Doc;

/// An example that does not do what its frame says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub file: String,
    pub frame: String,
    pub example: String,
    pub why: String,
}

/// How many examples ran, and which failed.
#[derive(Debug, Clone, Default)]
pub struct Report {
    pub catches: usize,
    pub leaves: usize,
    pub misses: usize,
    pub failures: Vec<Failure>,
}

/// Runs the examples of all frames whose file passes `wanted`; `parse` parses one sentence.
pub fn check(coder: &Coder, wanted: impl Fn(&str) -> bool, mut parse: impl FnMut(&str) -> Doc) -> Report {
    let mut report = Report::default();
    for (frame, file) in coder.frames.all.iter().zip(&coder.frames.files).filter(|(_, f)| wanted(f)) {
        let mut claims_of = |sentence: &str| {
            let all = claims(coder, sentence, parse(sentence));
            all.into_iter()
                .filter(|c| match frame.claim.predicate.as_str() {
                    // says again what another frame said
                    "" => c.frame == frame.id,
                    p => c.predicate == p && c.family == frame.claim.family,
                })
                .collect::<Vec<_>>()
        };
        let mut fail = |example: &str, why: String| {
            report.failures.push(Failure {
                file: file.clone(),
                frame: frame.id.clone(),
                example: example.to_owned(),
                why,
            });
        };
        for example in &frame.catches {
            report.catches += 1;
            let (sentence, wants) = split(example);
            let claims = claims_of(sentence);
            let known_miss = frame.misses.iter().any(|m| m == sentence);
            let phase = |c: &Claim| if frame.claim.predicate.is_empty() { c.phase } else { frame.claim.phase };
            match (claims.iter().any(|c| fits(c, &wants, phase(c))), known_miss) {
                (true, true) => {
                    fail(example, "is listed as a known miss, but is caught now: take it off `misses`".into())
                }
                (false, false) => fail(example, format!("not caught; claims: {}", told(&claims))),
                _ => {}
            }
        }
        report.misses += frame.misses.len();
        for example in &frame.leaves {
            report.leaves += 1;
            let claims: Vec<Claim> = claims_of(example).into_iter().filter(|c| c.frame == frame.id).collect();
            if !claims.is_empty() {
                fail(example, format!("should be left; claims: {}", told(&claims)));
            }
        }
    }
    report
}

/// A way to say a sentence without asserting it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turned {
    /// "It is not true that ..."
    Denied,
    /// "It is possible that ..."
    Hedged,
    /// "If ..., the talks will end."
    Conditioned,
    /// "The Norwegian minister said that ..."
    Attributed,
}

impl Turned {
    /// All of them.
    pub const ALL: [Turned; 4] = [Turned::Denied, Turned::Hedged, Turned::Conditioned, Turned::Attributed];

    /// The sentence said so; `None` where it is more than one sentence.
    pub fn say(self, sentence: &str) -> Option<String> {
        let s = sentence.trim().strip_suffix('.')?;
        // two sentences, or one that opens with a clause of its own, cannot stand behind "that"
        if s.contains(". ") || ["If ", "Since ", "Speaking ", "When "].iter().any(|w| s.starts_with(w)) {
            return None;
        }
        let small = ["The ", "A ", "An ", "In ", "On ", "At ", "After ", "Some ", "Its ", "His ", "Several "];
        let s = match small.iter().find(|w| s.starts_with(**w)) {
            Some(_) => format!("{}{}", s[..1].to_lowercase(), &s[1..]),
            None => s.to_owned(),
        };
        Some(match self {
            Turned::Denied => format!("It is not true that {s}."),
            Turned::Hedged => format!("It is possible that {s}."),
            Turned::Conditioned => format!("If {s}, the talks will end."),
            Turned::Attributed => format!("The Norwegian minister said that {s}."),
        })
    }
}

/// Says every catch that is bare of doubt otherwise: none may then yield the bare assertion by the author.
/// Gives how many were tried, and those that do.
pub fn turned(coder: &Coder, mut parse: impl FnMut(&str) -> Doc) -> (usize, Vec<String>) {
    let mut claims_of = |sentence: &str| claims(coder, sentence, parse(sentence));
    let bare = |c: &Claim| c.modality == Modality::Asserted && c.polarity == Polarity::Yes && c.by == By::Author;
    let (mut tried, mut failed) = (0, Vec::new());
    for frame in &coder.frames.all {
        for example in &frame.catches {
            let (sentence, wants) = split(example);
            let told = claims_of(sentence);
            let Some(plain) = told.iter().find(|c| {
                bare(c) && c.frame == frame.id && c.phase == frame.claim.phase && fits(c, &wants, frame.claim.phase)
            }) else {
                continue;
            };
            for way in Turned::ALL {
                let Some(said) = way.say(sentence) else { continue };
                tried += 1;
                let id = |p: &Option<Party>| p.as_ref().map(|p| p.id.clone());
                let still = claims_of(&said).into_iter().any(|c| {
                    bare(&c)
                        && (c.family, &c.predicate, c.phase) == (plain.family, &plain.predicate, plain.phase)
                        && id(&c.subject) == id(&plain.subject)
                        && id(&c.object) == id(&plain.object)
                });
                if still {
                    failed.push(format!("{}: {said}", frame.id));
                }
            }
        }
    }
    (tried, failed)
}

/// The claims of an example, parsed, as if published on [`PUBLISHED`].
pub fn claims(coder: &Coder, sentence: &str, doc: Doc) -> Vec<Claim> {
    let source = SourceText {
        id: "example".into(),
        text: sentence.to_owned(),
        published: Some(PUBLISHED.to_owned()),
        ..SourceText::default()
    };
    coder.code(&source, &doc)
}

/// The day on which examples count as published.
pub const PUBLISHED: &str = "2025-07-15";

/// The sentence of a `catches` line and what is expected of it.
pub fn split(example: &str) -> (&str, Vec<&str>) {
    match example.split_once("=>") {
        Some((s, w)) => (s.trim(), w.split('|').map(str::trim).collect()),
        None => (example.trim(), Vec::new()),
    }
}

fn fits(c: &Claim, wants: &[&str], phase: Option<Phase>) -> bool {
    let mut fields = wants.iter();
    let subject = fields.next().is_none_or(|w| if *w == "-" { c.subject.is_none() } else { names(&c.subject, w) });
    let object = fields.clone().next().is_none_or(|w| *w == "-" || names(&c.object, w));
    fields.next();
    let (mut polarity, mut modality, mut phase_ok) = (Polarity::Yes, Modality::Asserted, true);
    let mut rest = true;
    let mut phase_named = false;
    for w in fields {
        if *w == "no" {
            polarity = Polarity::No;
        } else if let Ok(m) = w.parse() {
            modality = m;
        } else if let Ok(p) = w.parse::<Phase>() {
            phase_ok = c.phase == Some(p);
            phase_named = true;
        } else if let Some((k, v)) = w.split_once('=') {
            rest &= match k {
                "when" => c.when == v,
                "by" => match &c.by {
                    By::Author => v == "author",
                    By::Speaker(p) => names(&Some(p.clone()), v),
                },
                k => c.value.get(k).is_some_and(|x| told_as(x, v)),
            };
        } else {
            rest = false;
        }
    }
    if !phase_named {
        phase_ok = c.phase == phase || (polarity == Polarity::No && c.phase == Some(Phase::Holds));
    }
    subject && object && rest && phase_ok && c.polarity == polarity && c.modality == modality
}

/// A value as an example writes it: words without regard to case, numbers and truth values as JSON does.
fn told_as(value: &serde_json::Value, written: &str) -> bool {
    match value.as_str() {
        Some(s) => s.eq_ignore_ascii_case(written),
        None => serde_json::to_string(value).is_ok_and(|s| s == written),
    }
}

fn names(p: &Option<Party>, want: &str) -> bool {
    let Some(p) = p else { return want.is_empty() };
    let w = want.to_lowercase();
    [&p.id, &p.label, &p.mention].iter().any(|n| {
        let n = n.to_lowercase();
        n == w || n.split(|c: char| !c.is_alphanumeric()).any(|part| part == w) || n.contains(&w)
    })
}

fn told(claims: &[Claim]) -> String {
    if claims.is_empty() {
        return "none".into();
    }
    let name = |p: &Option<Party>| p.as_ref().map_or("-".to_owned(), |p| format!("{} ({})", p.label, p.mention));
    claims
        .iter()
        .map(|c| {
            format!(
                "{} | {} | {} {} {} when={} by={:?} {:?} [{}]",
                name(&c.subject),
                name(&c.object),
                c.phase.map_or("", Phase::as_str),
                c.polarity,
                c.modality,
                c.when,
                match &c.by {
                    By::Author => "author",
                    By::Speaker(p) => &p.label,
                },
                c.value,
                c.frame
            )
        })
        .collect::<Vec<_>>()
        .join("; ")
}
