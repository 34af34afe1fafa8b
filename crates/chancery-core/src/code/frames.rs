//! Frames: one meaning each, read from `data/frames/*.toml`. The engine realises them over the tree.
use super::needs::{Needs, Numbers};
use crate::knowledge::DataFiles;
use crate::resolve::{Fast, Table};
use crate::values::{Claim, Family, Finding, Level, Modality, Phase, Polarity};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashSet};
use std::hash::BuildHasherDefault;

/// What a frame claims.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    pub family: Family,
    pub predicate: String,
    pub phase: Option<Phase>,
    #[serde(default)]
    pub polarity: Option<Polarity>,
    #[serde(default)]
    pub modality: Option<Modality>,
}

/// Where a party is found and what it may be.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Slot {
    /// Paths, tried in order: "agent", "theme.prep:in|at", "theme.poss". The first that yields a party of a fitting kind wins.
    pub role: OneOrMany,
    /// Kinds of actor, or "actor", "polity", "place", "band" (people as they are called), "deed" (whoever is told to have
    /// done what the phrase names), "any" (a noun phrase as it stands).
    pub is: OneOrMany,
    /// The claim stands without it.
    pub optional: bool,
    /// The claim stands without it where a verb tells it, and not a noun alone ("France refused", not "its refusal").
    pub optional_for_verbs: bool,
    /// If no path yields one: "topic", the polity the text speaks of beside the other party; "person", the state of
    /// the person in the other slot; "other", the side told of last; "told", whom the last claim of the same predicate
    /// was about ("the embargo was lifted"); "host", who receives the guest; "parent", the body that the noun's own name
    /// tells it is part of; "below", the nearest party in the phrases below the word (also where the paths yield only
    /// somebody unnamed).
    pub fallback: String,
    /// Head lemmas that never fill it.
    pub not: OneOrMany,
    /// It may be the other slot's own party: an army's coup in its own state.
    pub own: bool,
    /// Only a place outside the other slot's own state fills it: who signs something in a foreign capital is there on a
    /// visit, who signs it at home is not.
    pub abroad: bool,
}

/// A word or kind that must (or must not) stand at a path.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Condition {
    pub role: OneOrMany,
    /// Lemmas of the head there; "interest section" wants the modifier too; "@posts" a list of the lexicon; "*": any word.
    pub words: OneOrMany,
    /// Lemmas anywhere in the phrase there; "#": a number.
    pub within: OneOrMany,
    /// Kinds of the mention there.
    pub is: OneOrMany,
    /// `role`, taken apart.
    #[serde(skip)]
    pub(super) paths: Vec<Path>,
    /// Those of `words` that are several words: "interest section".
    #[serde(skip)]
    pub several: Vec<String>,
    /// `words` and `within` by their numbers.
    #[serde(skip)]
    pub(super) word_numbers: Numbers,
    #[serde(skip)]
    pub(super) within_numbers: Numbers,
}

/// A path from a word, as it is followed: most are one step.
#[derive(Debug, Clone)]
pub(super) enum Path {
    Agent,
    Theme,
    Dative,
    Attr,
    Poss,
    Mod,
    Comp,
    Itself,
    /// The objects of any of these prepositions.
    Prep(Vec<String>),
    /// Several steps, or one that is seldom taken.
    Long(String),
}

impl Path {
    fn new(path: &str) -> Path {
        match path {
            "agent" => Path::Agent,
            "theme" => Path::Theme,
            "dative" => Path::Dative,
            "attr" => Path::Attr,
            "poss" => Path::Poss,
            "mod" => Path::Mod,
            "comp" => Path::Comp,
            "self" => Path::Itself,
            _ => match path.strip_prefix("prep:").filter(|ps| !ps.contains('.')) {
                Some(ps) => Path::Prep(ps.split('|').map(str::to_owned).collect()),
                None => Path::Long(path.to_owned()),
            },
        }
    }
}

/// Keys set when one of the words stands in the frame's phrases.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetWhen {
    #[serde(default)]
    pub when: Vec<String>,
    pub set: Map<String, Value>,
}

/// A second claim that the same wording makes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Twin {
    pub family: Family,
    pub predicate: String,
    #[serde(default)]
    pub phase: Option<Phase>,
    /// Object and subject change places.
    #[serde(default)]
    pub swap: bool,
    /// Value keys of the twin, and keys it takes over from the first claim.
    #[serde(default)]
    pub set: Map<String, Value>,
    #[serde(default)]
    pub keep: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    #[default]
    None,
    One(String),
    Many(Vec<String>),
    /// In order of the alphabet, as long lists are looked through.
    #[serde(skip)]
    Sorted(Vec<String>),
}

impl OneOrMany {
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        match self {
            OneOrMany::None => [].iter(),
            OneOrMany::One(s) => std::slice::from_ref(s).iter(),
            OneOrMany::Many(v) | OneOrMany::Sorted(v) => v.iter(),
        }
        .map(String::as_str)
    }

    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    pub fn has(&self, s: &str) -> bool {
        match self {
            OneOrMany::Sorted(v) => v.binary_search_by(|x| x.as_str().cmp(s)).is_ok(),
            _ => self.iter().any(|x| x == s),
        }
    }

    fn sorted(mut words: Vec<String>) -> OneOrMany {
        words.sort();
        words.dedup();
        OneOrMany::Sorted(words)
    }
}

/// A meaning, the words that carry it, its parties, and its own examples.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frame {
    pub id: String,
    pub claim: Head,
    /// Lemmas of verbs; "cut_off" wants the particle.
    #[serde(default)]
    pub verbs: Vec<String>,
    /// Lemmas of nouns that name the act.
    #[serde(default)]
    pub nouns: Vec<String>,
    /// Verbs that may carry the nouns: "grant recognition"; "hold_to": with a preposition between.
    #[serde(default)]
    pub light: Vec<String>,
    /// Nouns and adjectives borne by somebody: "ally", "leader", "home".
    #[serde(default)]
    pub rels: Vec<String>,
    #[serde(default)]
    pub with: Vec<Condition>,
    #[serde(default)]
    pub without: Vec<Condition>,
    #[serde(default)]
    pub subject: Slot,
    #[serde(default)]
    pub object: Option<Slot>,
    #[serde(default)]
    pub value: Vec<SetWhen>,
    /// Value key -> "extractor path ...": see `values.rs`.
    #[serde(default)]
    pub take: BTreeMap<String, OneOrMany>,
    #[serde(default)]
    pub twins: Vec<Twin>,
    /// "A and B met": both are subject and object of each other.
    #[serde(default)]
    pub mutual: bool,
    /// Predicates of earlier claims whose parties this wording takes up ("the designation takes effect"); "*": the last
    /// beginning of any standing, made again by this subject ("follow Russia's lead"); "same": all that the clause
    /// before tells of its doer ("did the same"); with "change" the last change of a standing in the sentences before; with
    /// "act" also where it was only asked for, planned or denied ("took the step").
    #[serde(default)]
    pub echo: Vec<String>,
    /// Who says so, where the wording tells it: "agent", the doer of the verb ("blames X for the attack").
    #[serde(default)]
    pub by: String,
    #[serde(default = "sure")]
    pub confidence: f32,
    #[serde(default)]
    pub catches: Vec<String>,
    #[serde(default)]
    pub leaves: Vec<String>,
    #[serde(default)]
    pub misses: Vec<String>,
    #[serde(default)]
    pub note: String,
}

fn sure() -> f32 {
    0.8
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameFile {
    #[serde(default)]
    frame: Vec<Frame>,
}

/// All frames, found by the lemma that calls them.
#[derive(Debug, Default)]
pub struct Frames {
    pub all: Vec<Frame>,
    pub(crate) verbs: Table<String, Vec<u32>>,
    pub(crate) nouns: Table<String, Vec<u32>>,
    pub(crate) rels: Table<String, Vec<u32>>,
    /// File of each frame, for messages.
    pub files: Vec<String>,
    /// What each frame's conditions ask of the words of a sentence.
    pub(super) needs: Needs,
    lists: Lists,
}

/// Named word lists of `data/lexicon/lists.toml`, written "@name" in frames.
#[derive(Debug, Default, Clone)]
pub struct Lists(Table<String, Set>);

type Set = HashSet<String, BuildHasherDefault<Fast>>;

impl Lists {
    pub fn load(data: &DataFiles) -> (Lists, Vec<Finding>) {
        let mut lists = Table::default();
        let mut findings = Vec::new();
        for (path, text) in data.below("lexicon/lists") {
            match toml::from_str::<BTreeMap<String, Vec<String>>>(text) {
                Ok(t) => lists.extend(t.into_iter().map(|(k, v)| (k, v.into_iter().collect()))),
                Err(e) => findings.push(bad_file(path, &e)),
            }
        }
        (Lists(lists), findings)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Set> {
        self.0.get(name)
    }

    pub fn has(&self, name: &str, word: &str) -> bool {
        self.0.get(name).is_some_and(|l| l.contains(word))
    }
}

/// A file that does not parse, with its line.
pub fn bad_file(path: &str, e: &toml::de::Error) -> Finding {
    let message = e.to_string();
    let line = message.lines().next().and_then(|l| l.split("line ").nth(1)).and_then(|l| l.split(',').next());
    let place = line.map_or_else(|| path.to_owned(), |l| format!("{path}:{l}"));
    let text = message.lines().rfind(|l| !l.trim().is_empty()).unwrap_or("not readable").trim().to_owned();
    Finding::new(Level::Error, place, text, "mend the entry; the file was left out")
}

impl Twin {
    /// The second claim that goes with the first.
    pub fn of(&self, claim: &Claim) -> Claim {
        let mut c = claim.clone();
        c.family = self.family;
        c.predicate.clone_from(&self.predicate);
        c.phase = self.phase;
        c.value = self.set.clone();
        for k in &self.keep {
            if let Some(v) = claim.value.get(k) {
                c.value.insert(k.clone(), v.clone());
            }
        }
        if self.swap {
            std::mem::swap(&mut c.subject, &mut c.object);
        }
        c
    }
}

impl Frame {
    /// Does it tell once more what the clause before told of another?
    pub fn says_again(&self) -> bool {
        self.echo.iter().any(|e| e == "same")
    }
}

impl Frames {
    /// Reads `frames/*.toml`; a bad file is a finding with its line, and left out.
    pub fn load(data: &DataFiles) -> (Frames, Vec<Finding>) {
        let (lists, mut findings) = Lists::load(data);
        let mut out = Frames { lists, ..Frames::default() };
        let mut seen = HashSet::new();
        for (path, text) in data.below("frames/") {
            let compiled = data.compiled(path).and_then(|json| serde_json::from_str(json).ok());
            let file: FrameFile = match compiled.map_or_else(|| toml::from_str(text), Ok) {
                Ok(f) => f,
                Err(e) => {
                    findings.push(bad_file(path, &e));
                    continue;
                }
            };
            for frame in file.frame {
                if !seen.insert(frame.id.clone()) {
                    findings.push(Finding::new(
                        Level::Error,
                        format!("{path}, frame {:?}, field id", frame.id),
                        "another frame has this id",
                        "give it an id of its own; the second was left out",
                    ));
                    continue;
                }
                out.add(frame, path, &mut findings);
            }
        }
        (out, findings)
    }

    fn add(&mut self, mut frame: Frame, path: &str, findings: &mut Vec<Finding>) {
        let ix = self.all.len() as u32;
        for words in [&mut frame.verbs, &mut frame.nouns, &mut frame.light, &mut frame.rels] {
            *words = self.expand(words, path, &frame.id, findings);
        }
        for c in frame.with.iter_mut().chain(&mut frame.without) {
            if let Some(phrase) = c.within.iter().find(|w| w.contains(' ')) {
                findings.push(Finding::new(
                    Level::Warning,
                    format!("{path}, frame {:?}, field within", frame.id),
                    format!("{phrase:?} is several words: no single word of a phrase is that"),
                    "name the word that tells; `words` takes a noun with the word before it",
                ));
            }
            for words in [&mut c.words, &mut c.within] {
                let list: Vec<String> = words.iter().map(str::to_owned).collect();
                *words = OneOrMany::sorted(self.expand(&list, path, &frame.id, findings));
            }
            c.paths = c.role.iter().map(Path::new).collect();
            c.several = c.words.iter().filter(|w| w.contains(' ')).map(str::to_owned).collect();
        }
        for slot in [Some(&mut frame.subject), frame.object.as_mut()].into_iter().flatten() {
            let list: Vec<String> = slot.not.iter().map(str::to_owned).collect();
            slot.not = OneOrMany::Many(self.expand(&list, path, &frame.id, findings));
        }
        for (words, table) in
            [(&frame.verbs, &mut self.verbs), (&frame.nouns, &mut self.nouns), (&frame.rels, &mut self.rels)]
        {
            for w in words {
                table.entry(w.clone()).or_default().push(ix);
            }
        }
        // what asks for kinds alone is looked at last: it costs most
        for list in [&mut frame.with, &mut frame.without] {
            list.sort_by_key(|c| c.words.is_empty() && c.within.is_empty());
        }
        self.needs.add(&mut frame);
        self.all.push(frame);
        self.files.push(path.to_owned());
    }

    fn expand(&self, words: &[String], path: &str, id: &str, findings: &mut Vec<Finding>) -> Vec<String> {
        let mut out = Vec::with_capacity(words.len());
        for w in words {
            match w.strip_prefix('@') {
                None => out.push(w.clone()),
                Some(name) => match self.lists.get(name) {
                    Some(l) => {
                        let mut l: Vec<String> = l.iter().cloned().collect();
                        l.sort();
                        out.append(&mut l);
                    }
                    None => findings.push(Finding::new(
                        Level::Error,
                        format!("{path}, frame {id:?}"),
                        format!("there is no word list @{name}"),
                        "name a list of lexicon/lists.toml",
                    )),
                },
            }
        }
        out
    }

    pub fn lists(&self) -> &Lists {
        &self.lists
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_frames_are_those_of_the_files() {
        let built_in = DataFiles::embedded();
        let files = ["frames/", "lexicon/lists"].iter().flat_map(|f| built_in.below(f));
        let read = DataFiles::of(files.map(|(p, t)| (p.to_owned(), t.to_owned())));
        let [compiled, read] = [&built_in, &read].map(|data| format!("{:?}", Frames::load(data).0.all));
        assert!(compiled.len() > 1000 && compiled == read, "a frame reads otherwise from JSON");
        let all = DataFiles::of(built_in.below("").map(|(p, t)| (p.to_owned(), t.to_owned())));
        assert_eq!(all.version(), built_in.version());
    }

    #[test]
    fn a_phrase_among_single_words_is_told() {
        let frame = "[[frame]]\nid = 'x'\nclaim = {family = 'event', predicate = 'agree'}\nwith = [{role = 'theme', within = ['new', 'act of war']}]\n";
        let data = DataFiles::of([("frames/x.toml".to_owned(), frame.to_owned())]);
        let (frames, findings) = Frames::load(&data);
        assert_eq!(frames.all.len(), 1);
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(findings[0].to_string().contains("act of war"), "{}", findings[0]);
    }
}
