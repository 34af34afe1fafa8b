//! Words that were met before: their features, their vectors without context, and how white-space-separated
//! chunks fall into them. News repeats itself: of a hundred thousand words some ten thousand differ.
use crate::chars::{is_alpha, is_digit, is_space};
use crate::hash::string_id;
use foldhash::fast::RandomState;
use hashbrown::HashTable;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, Hasher};

/// What the embeddings see of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Features {
    pub(crate) orth: u64,
    pub(crate) norm: u64,
    pub(crate) lower: u64,
    pub(crate) prefix: u64,
    pub(crate) suffix: u64,
    pub(crate) shape: u64,
    pub(crate) is_space: bool,
}

/// A word form, with the norm that a tokenizer exception gave it, if any.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) text: Box<str>,
    pub(crate) norm: Option<Box<str>>,
    pub(crate) lower: Box<str>,
    pub(crate) features: Features,
    /// Number of the word among those that special cases are made of, 0 if it is none.
    pub(crate) special: u32,
    /// Which of the attribute ruler's conditions on the lower-case text hold, as bits.
    pub(crate) conditions: Box<[u64]>,
    /// Vectors of all embeddings of the pipeline, one after the other.
    pub(crate) vectors: Box<[f32]>,
}

/// A part of a chunk: its word, and where it ends.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    pub(crate) word: u32,
    pub(crate) end: u32,
}

/// Words and chunks, numbered in the order in which they came.
#[derive(Default)]
pub(crate) struct Lexicon {
    pub(crate) entries: Vec<Entry>,
    words: HashTable<u32>,
    chunks: HashTable<(Box<str>, Box<[Part]>)>,
    hasher: RandomState,
}

impl Lexicon {
    pub(crate) fn word(&self, text: &str, norm: Option<&str>) -> Option<u32> {
        let hash = self.hash_word(text, norm);
        self.words
            .find(hash, |&i| {
                let e = &self.entries[i as usize];
                &*e.text == text && e.norm.as_deref() == norm
            })
            .copied()
    }

    /// Adds a word that is not there yet.
    pub(crate) fn add_word(&mut self, entry: Entry) -> u32 {
        let id = self.entries.len() as u32;
        let hash = self.hash_word(&entry.text, entry.norm.as_deref());
        self.entries.push(entry);
        self.words.insert_unique(hash, id, |&i| {
            let e = &self.entries[i as usize];
            hash_word(&self.hasher, &e.text, e.norm.as_deref())
        });
        id
    }

    fn hash_word(&self, text: &str, norm: Option<&str>) -> u64 {
        hash_word(&self.hasher, text, norm)
    }

    pub(crate) fn chunk(&self, text: &str) -> Option<&[Part]> {
        self.chunks.find(self.hasher.hash_one(text), |c| &*c.0 == text).map(|c| &*c.1)
    }

    /// Adds a chunk that is not there yet.
    pub(crate) fn add_chunk(&mut self, text: Box<str>, parts: Box<[Part]>) {
        let hash = self.hasher.hash_one(&*text);
        self.chunks.insert_unique(hash, (text, parts), |c| self.hasher.hash_one(&*c.0));
    }

    pub(crate) fn chunk_count(&self) -> usize {
        self.chunks.len()
    }

    pub(crate) fn drain_chunks(&mut self) -> impl Iterator<Item = (Box<str>, Box<[Part]>)> + '_ {
        self.chunks.drain()
    }

    pub(crate) fn clear(&mut self) {
        self.entries.clear();
        self.words.clear();
        self.chunks.clear();
    }
}

fn hash_word(hasher: &RandomState, text: &str, norm: Option<&str>) -> u64 {
    let mut h = hasher.build_hasher();
    text.hash(&mut h);
    norm.hash(&mut h);
    h.finish()
}

/// The normal forms of words: the model's own table over spaCy's short list for all languages.
pub(crate) struct Norms(HashMap<u64, u64>);

impl Norms {
    /// `table` gives the norm for the string id of a word.
    pub(crate) fn new(table: impl Iterator<Item = (u64, u64)>) -> Self {
        let base = BASE_NORMS.iter().map(|(word, norm)| (string_id(word), string_id(norm)));
        Norms(base.chain(table).collect())
    }

    /// The features of a word. `norm` is the one of a tokenizer exception.
    pub(crate) fn features(&self, text: &str, lower: &str, norm: Option<&str>) -> Features {
        let orth = string_id(text);
        let norm = match norm {
            Some(n) => string_id(n),
            None => self.0.get(&orth).copied().unwrap_or_else(|| string_id(lower)),
        };
        let first = text.chars().next().map_or(0, char::len_utf8);
        let last: usize = text.chars().rev().take(3).map(char::len_utf8).sum();
        Features {
            orth,
            norm,
            lower: string_id(lower),
            prefix: string_id(&text[..first]),
            suffix: string_id(&text[text.len() - last..]),
            shape: string_id(&shape(text)),
            is_space: !text.is_empty() && text.chars().all(is_space),
        }
    }
}

/// The shape of a word: letters to X or x, digits to d, the rest as it is, runs cut at four.
fn shape(text: &str) -> String {
    if text.chars().nth(99).is_some() {
        return "LONG".to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut last = None;
    let mut run = 0;
    for c in text.chars() {
        let s = match c {
            c if is_alpha(c) => {
                if c.is_uppercase() {
                    'X'
                } else {
                    'x'
                }
            }
            c if is_digit(c) => 'd',
            c => c,
        };
        run = if last == Some(s) { run + 1 } else { 0 };
        last = Some(s);
        if run < 4 {
            out.push(s);
        }
    }
    out
}

/// Norms for all languages (spaCy 3.8, lang/norm_exceptions.py, MIT licence).
#[rustfmt::skip]
const BASE_NORMS: [(&str, &str); 45] = [
    ("'s", "'s"), ("'S", "'s"), ("’s", "'s"), ("’S", "'s"), ("’", "'"), ("‘", "'"), ("´", "'"), ("`", "'"),
    ("”", "\""), ("“", "\""), ("''", "\""), ("``", "\""), ("´´", "\""), ("„", "\""), ("»", "\""), ("«", "\""),
    ("‘‘", "\""), ("’’", "\""), ("？", "?"), ("！", "!"), ("，", ","), ("；", ";"), ("：", ":"), ("。", "."), ("।", "."),
    ("…", "..."), ("—", "-"), ("–", "-"), ("--", "-"), ("---", "-"), ("——", "-"), ("€", "$"), ("£", "$"), ("¥", "$"),
    ("฿", "$"), ("US$", "$"), ("C$", "$"), ("A$", "$"), ("₺", "$"), ("₹", "$"), ("৳", "$"), ("₩", "$"), ("Mex$", "$"),
    ("₣", "$"), ("E£", "$"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        for (word, want) in [
            ("Embassy", "Xxxxx"),
            ("U.S.", "X.X."),
            ("2025-07", "dddd-dd"),
            ("!!!!!!", "!!!!"),
            ("ǅ", "x"),
            ("x²", "xd"),
            ("مصر", "xxx"),
        ] {
            assert_eq!(shape(word), want, "{word}");
        }
        assert_eq!(shape(&"a".repeat(99)), "xxxx");
        assert_eq!(shape(&"a".repeat(100)), "LONG");
    }

    #[test]
    fn words_with_and_without_a_norm_are_two() {
        let entry = |norm: Option<&str>| Entry {
            text: "ca".into(),
            norm: norm.map(Into::into),
            lower: "ca".into(),
            features: Norms::new(std::iter::empty()).features("ca", "ca", norm),
            special: 0,
            conditions: Box::default(),
            vectors: Box::default(),
        };
        let mut l = Lexicon::default();
        let plain = l.add_word(entry(None));
        assert_eq!(l.word("ca", Some("can")), None);
        let can = l.add_word(entry(Some("can")));
        assert_eq!((l.word("ca", None), l.word("ca", Some("can"))), (Some(plain), Some(can)));
        assert_ne!(l.entries[0].features.norm, l.entries[1].features.norm);
    }
}
