//! The rule lemmatizer: base forms from part of speech and morphology, then exceptions, suffix rules and a
//! word list.
use crate::chars::is_alpha;
use crate::error::LoadError;
use crate::files::Files;
use crate::hash::string_id;
use crate::msgpack::{self, Value};
use foldhash::fast::RandomState;
use hashbrown::HashTable;
use std::collections::HashMap;
use std::hash::BuildHasher;

/// The tables of one part of speech.
#[derive(Default)]
struct Tables {
    rules: Vec<(Box<str>, Box<str>)>,
    exceptions: HashMap<Box<str>, Vec<Box<str>>, RandomState>,
    index: WordList,
}

/// A set of words in one piece of memory: the model lists 91,000, and reading them must not take long.
#[derive(Default)]
struct WordList {
    text: String,
    /// Where each word ends.
    ends: Vec<u32>,
    places: HashTable<u32>,
    hasher: RandomState,
}

impl WordList {
    fn new(words: &[Value<'_>]) -> Option<Self> {
        let mut list = WordList::default();
        list.ends.reserve(words.len());
        list.places.reserve(words.len(), |_| 0);
        for (i, w) in words.iter().enumerate() {
            let word = w.str()?;
            list.text.push_str(word);
            list.ends.push(u32::try_from(list.text.len()).ok()?);
            list.places.insert_unique(list.hasher.hash_one(word), i as u32, |_| 0);
        }
        Some(list)
    }

    fn contains(&self, word: &str) -> bool {
        let at = |i: u32| if i == 0 { 0 } else { self.ends[i as usize - 1] as usize };
        let same = |&i: &u32| &self.text[at(i)..self.ends[i as usize] as usize] == word;
        self.places.find(self.hasher.hash_one(word), same).is_some()
    }

    fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

pub(crate) struct Lemmatizer {
    /// By the lower-case name of the part of speech.
    tables: HashMap<u64, Tables>,
    /// English: which morphology is that of a base form.
    english: bool,
}

impl Lemmatizer {
    pub(crate) fn load(files: &Files, name: &str, english: bool) -> Result<Self, LoadError> {
        let fail = |reason: String| LoadError::new(&files.path(name), reason);
        let bytes = files.bytes(name)?;
        let root = msgpack::read(&bytes).map_err(|e| fail(e.to_string()))?;
        if root.get("lemma_rules").is_none() {
            return Err(fail("no table `lemma_rules`: only lemmatizers of the mode `rule` are supported".into()));
        }
        Self::from_value(&root, english)
            .ok_or_else(|| fail("a table of the lemmatizer is not of the known form".into()))
    }

    fn from_value(root: &Value<'_>, english: bool) -> Option<Self> {
        let mut tables: HashMap<u64, Tables> = HashMap::new();
        let table = |name: &str| root.get(name).map_or(Some(&[][..]), Value::map);
        for (pos, rules) in table("lemma_rules")? {
            let pair = |r: &Value<'_>| match r.array()? {
                [old, new] => Some((old.str()?.into(), new.str()?.into())),
                _ => None,
            };
            tables.entry(pos.uint()?).or_default().rules = rules.array()?.iter().map(pair).collect::<Option<_>>()?;
        }
        for (pos, exceptions) in table("lemma_exc")? {
            let to = &mut tables.entry(pos.uint()?).or_default().exceptions;
            let exceptions = exceptions.map()?;
            to.reserve(exceptions.len());
            for (word, forms) in exceptions {
                let forms = forms.array()?.iter().map(|f| f.str().map(Into::into)).collect::<Option<_>>()?;
                to.insert(word.str()?.into(), forms);
            }
        }
        for (pos, words) in table("lemma_index")? {
            tables.entry(pos.uint()?).or_default().index = WordList::new(words.array()?)?;
        }
        Some(Lemmatizer { tables, english })
    }

    /// The lemma of a word. `lower` is its lower-case form.
    pub(crate) fn lemma(&self, text: &str, lower: &str, pos: &str, morph: &str) -> String {
        if matches!(pos, "" | "EOL" | "SPACE") || (self.english && is_base_form(pos, morph)) {
            return lower.to_owned();
        }
        let tables = self.tables.get(&string_id(&pos.to_lowercase()));
        let Some(t) = tables.filter(|t| !(t.rules.is_empty() && t.exceptions.is_empty() && t.index.is_empty())) else {
            return if pos == "PROPN" { text.to_owned() } else { lower.to_owned() };
        };
        // An exception's last form wins over everything, then the last rule that gives a listed word, then the
        // first that gives something that is no word at all, then the first rule, then the word itself.
        let mut listed: Option<String> = None;
        let mut odd: Option<String> = None;
        let mut unlisted: Option<String> = None;
        let mut known: Vec<String> = Vec::new();
        for (old, new) in &t.rules {
            let Some(stem) = lower.strip_suffix(&**old) else { continue };
            let form = format!("{stem}{new}");
            if form.is_empty() {
                continue;
            }
            if t.index.contains(&form) {
                known.push(form.clone());
                listed = Some(form);
            } else if !form.chars().all(is_alpha) {
                known.push(form.clone());
                odd.get_or_insert(form);
            } else {
                unlisted.get_or_insert(form);
            }
        }
        let exceptions = t.exceptions.get(lower).into_iter().flatten();
        let mut first = None;
        for e in exceptions {
            if !known.iter().any(|k| **k == **e) {
                known.push(e.to_string());
                first = Some(e.to_string());
            }
        }
        first.or(listed).or(odd).or(unlisted).unwrap_or_else(|| text.to_owned())
    }
}

/// spaCy's English lemmatizer does not touch words whose morphology says that they are base forms.
fn is_base_form(pos: &str, morph: &str) -> bool {
    let feature = |name: &str| {
        morph.split('|').filter_map(|f| f.split_once('=')).find(|(n, _)| *n == name).map(|(_, value)| value)
    };
    let (number, form) = (feature("Number"), feature("VerbForm"));
    (pos == "NOUN" && number == Some("Sing"))
        || (pos == "VERB" && form == Some("Fin") && feature("Tense") == Some("Pres") && number.is_none())
        || matches!(form, Some("Inf" | "None"))
        || feature("Degree") == Some("Pos")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_lists_and_exceptions() {
        let text = |s| Value::Str(s);
        let list = |v: Vec<Value<'static>>| Value::Array(v);
        let verb = || Value::UInt(string_id("verb"));
        let rules = [("s", ""), ("ies", "y"), ("ed", "e"), ("ed", "")].map(|(a, b)| list(vec![text(a), text(b)]));
        let root = Value::Map(vec![
            (text("lemma_rules"), Value::Map(vec![(verb(), list(rules.into()))])),
            (text("lemma_exc"), Value::Map(vec![(verb(), Value::Map(vec![(text("held"), list(vec![text("hold")]))]))])),
            (text("lemma_index"), Value::Map(vec![(verb(), list(["deny", "close", "clos", "hold"].map(text).into()))])),
        ]);
        let l = Lemmatizer::from_value(&root, true).expect("well formed");
        for (word, pos, morph, want) in [
            ("denies", "VERB", "Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "deny"),
            ("closed", "VERB", "Tense=Past|VerbForm=Fin", "clos"),
            ("Held", "VERB", "Tense=Past|VerbForm=Fin", "hold"),
            ("zorbed", "VERB", "Tense=Past|VerbForm=Fin", "zorbe"),
            ("Runs", "VERB", "VerbForm=Inf", "runs"),
            ("Moscow", "PROPN", "Number=Sing", "Moscow"),
            ("The", "DET", "", "the"),
            ("\n", "SPACE", "", "\n"),
        ] {
            assert_eq!(l.lemma(word, &word.to_lowercase(), pos, morph), want, "{word}");
        }
    }
}
