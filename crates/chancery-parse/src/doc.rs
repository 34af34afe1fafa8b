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
    /// Index of the first token.
    pub start: u32,
    /// Index one past the last token.
    pub end: u32,
    /// The model's label.
    pub label: &'static str,
}

/// A parsed text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Doc {
    /// The text as it was given.
    pub text: String,
    /// Its tokens, in order.
    pub tokens: Vec<Token>,
    /// Its entities, in order, none within another.
    pub entities: Vec<Entity>,
}

impl Doc {
    /// How many tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there is no token.
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

    /// For each token its place in characters (Unicode scalar values, as Python counts: spaCy's `token.idx`), where
    /// [`Token::start`] and [`Token::end`] are in bytes.
    ///
    /// ```
    /// # let Ok(model) = chancery_parse::locate::locate(None) else { return };
    /// # let pipeline = chancery_parse::Pipeline::load(&model).expect("the model is good");
    /// let doc = pipeline.parse("São Tomé left.");
    /// assert_eq!((doc.tokens[1].start, doc.tokens[1].end), (5, 10));
    /// assert_eq!(doc.char_spans()[1], 4..8);
    /// ```
    pub fn char_spans(&self) -> Vec<Range<u32>> {
        let (mut bytes, mut chars) = (0, 0);
        let mut at = |to: u32| {
            let to = to as usize;
            chars += self.text[bytes..to].chars().count() as u32;
            bytes = to;
            chars
        };
        self.tokens.iter().map(|t| at(t.start)..at(t.end)).collect()
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
