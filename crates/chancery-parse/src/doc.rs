//! The parsed document: one flat list of tokens, heads as indices, and views over it.
//!
//! ```text
//!   text      Moscow kept its embassy open.
//!   tokens    [Moscow] [kept] [its] [embassy] [open] [.]
//!   head         1       1      3       4       1     1      (a root is its own head)
//!   sentence  [0 .................................. 6)
//! ```
use serde::Serialize;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::{LazyLock, RwLock};

/// One token. Labels are those of the model, interned for the life of the process
/// (a model has a few hundred of them), so they compare as plain strings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Token {
    /// Byte offset of the first byte in the document's text.
    pub start: u32,
    /// Byte offset one past the last byte.
    pub end: u32,
    /// True where a single space follows the token.
    pub ws: bool,
    /// Fine-grained (Penn Treebank) part of speech: "VBD", "NNP" ...
    pub tag: &'static str,
    /// Universal part of speech: "VERB", "PROPN" ...
    pub pos: &'static str,
    /// Morphological features, `Feature=Value|...`, or "".
    pub morph: &'static str,
    /// Base form.
    pub lemma: String,
    /// Index of the head token in the document; a root is its own head.
    pub head: u32,
    /// Dependency label (ClearNLP scheme): "nsubj", "dobj", "prep" ...
    pub dep: &'static str,
    /// True for the first token of a sentence.
    pub sent_start: bool,
}

/// A named entity: tokens `start..end` and the model's label ("GPE", "PERSON", "DATE" ...).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entity {
    pub start: u32,
    pub end: u32,
    pub label: &'static str,
}

/// A parsed text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Doc {
    pub text: String,
    pub tokens: Vec<Token>,
    pub entities: Vec<Entity>,
}

impl Doc {
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The token's text.
    pub fn text(&self, i: usize) -> &str {
        let t = &self.tokens[i];
        &self.text[t.start as usize..t.end as usize]
    }

    /// The text from the first to the last token of the range, white space between included.
    pub fn span_text(&self, r: Range<usize>) -> &str {
        if r.is_empty() {
            return "";
        }
        &self.text[self.tokens[r.start].start as usize..self.tokens[r.end - 1].end as usize]
    }

    /// The token ranges of the sentences, in order; together they cover all tokens.
    pub fn sentences(&self) -> Vec<Range<usize>> {
        let mut out: Vec<Range<usize>> = Vec::new();
        for (i, t) in self.tokens.iter().enumerate() {
            if t.sent_start || i == 0 {
                if let Some(last) = out.last_mut() {
                    last.end = i;
                }
                out.push(i..self.tokens.len());
            }
        }
        out
    }

    /// For each token the indices of its dependents, in text order.
    pub fn children(&self) -> Vec<Vec<u32>> {
        let mut ch = vec![Vec::new(); self.tokens.len()];
        for (i, t) in self.tokens.iter().enumerate() {
            if t.head as usize != i {
                ch[t.head as usize].push(i as u32);
            }
        }
        ch
    }
}

/// Keeps one copy of each label for the life of the process. Meant for the labels of a model
/// (tags, relations, morphological features), never for words of a text.
pub fn intern(s: &str) -> &'static str {
    static LABELS: LazyLock<RwLock<HashSet<&'static str>>> = LazyLock::new(RwLock::default);
    if let Some(l) = LABELS.read().expect("no panic while the lock is held").get(s) {
        return l;
    }
    let mut labels = LABELS.write().expect("no panic while the lock is held");
    if let Some(l) = labels.get(s) {
        return l;
    }
    let l: &'static str = Box::leak(s.to_owned().into_boxed_str());
    labels.insert(l);
    l
}
