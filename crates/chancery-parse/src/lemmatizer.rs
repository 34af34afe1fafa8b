//! The rule lemmatizer: base forms from part of speech and morphology, then exceptions, suffix rules and a
//! word list.
use crate::chars::is_alpha;
use crate::error::LoadError;
use crate::hash::string_id;
use crate::msgpack::{self, Value};
use std::collections::{HashMap, HashSet};
use std::path::Path;

type FastSet<T> = HashSet<T, foldhash::fast::RandomState>;
type FastMap<K, V> = HashMap<K, V, foldhash::fast::RandomState>;

/// The tables of one part of speech.
#[derive(Default)]
struct Tables {
    rules: Vec<(Box<str>, Box<str>)>,
    exceptions: FastMap<Box<str>, Vec<Box<str>>>,
    index: FastSet<Box<str>>,
}

pub(crate) struct Lemmatizer {
    /// By the lower-case name of the part of speech.
    tables: HashMap<u64, Tables>,
    /// English: which morphology is that of a base form.
    english: bool,
}

impl Lemmatizer {
    pub(crate) fn load(path: &Path, english: bool) -> Result<Self, LoadError> {
        let fail = |reason: String| LoadError::new(path, reason);
        let bytes = std::fs::read(path).map_err(|e| fail(e.to_string()))?;
        let root = msgpack::read(&bytes).map_err(|e| fail(e.to_string()))?;
        if root.get("lemma_rules").is_none() {
            return Err(fail("no table `lemma_rules`: only lemmatizers of the mode `rule` are supported".into()));
        }
        Self::from_value(&root, english).ok_or_else(|| fail("a table of the lemmatizer is not of the known form".into()))
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
            for (word, forms) in exceptions.map()? {
                let forms = forms.array()?.iter().map(|f| f.str().map(Into::into)).collect::<Option<_>>()?;
                to.insert(word.str()?.into(), forms);
            }
        }
        for (pos, words) in table("lemma_index")? {
            let words = words.array()?.iter().map(|w| w.str().map(Into::into));
            tables.entry(pos.uint()?).or_default().index = words.collect::<Option<_>>()?;
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
            if t.index.contains(form.as_str()) {
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
