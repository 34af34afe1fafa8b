//! spaCy's tokenizer: white space, then affixes, exceptions and infixes, then a second pass for exceptions
//! that the first one took apart.
//!
//! Nothing of the text is lost: the tokens and the single spaces after them rebuild it.
use crate::chars::is_space;
use crate::error::LoadError;
use crate::files::Files;
use crate::msgpack::{self, Value};
use crate::pattern::{Memory, Pattern};
use std::collections::{HashMap, HashSet};

/// The rules of a model.
pub(crate) struct Tokenizer {
    prefix: Option<Pattern>,
    suffix: Option<Pattern>,
    infix: Option<Pattern>,
    token_match: Option<Pattern>,
    url_match: Option<Pattern>,
    exceptions: HashMap<Box<str>, Box<[Exception]>, foldhash::fast::RandomState>,
    /// Bytes of the longest exception: no longer text need be looked up.
    longest: usize,
    /// The words that the exceptions of the second pass fall into without it, numbered from 1.
    special_words: HashMap<Box<str>, u32>,
    /// Sequences of such words as a trie: (node, word) to node; node 0 is the root.
    special_next: HashMap<(u32, u32), u32>,
    special_ends: HashSet<u32>,
}

/// A token of an exception: its length in bytes and its norm, if given.
#[derive(Debug)]
struct Exception {
    len: usize,
    norm: Option<Box<str>>,
}

/// A token of a chunk: up to which byte, and the norm that an exception gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece<'t> {
    pub(crate) end: usize,
    pub(crate) norm: Option<&'t str>,
}

/// Working memory, to be used again for the next chunk.
#[derive(Default)]
pub(crate) struct Scratch {
    chars: Vec<char>,
    /// Byte at which each character starts, and the length of the chunk.
    at: Vec<usize>,
    suffixes: Vec<usize>,
    memory: Memory,
}

/// A stretch of tokens that an exception of the second pass covers, and that exception's tokens.
pub(crate) struct Special<'t> {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) pieces: Vec<Piece<'t>>,
}

impl Tokenizer {
    pub(crate) fn load(files: &Files, name: &str) -> Result<Self, LoadError> {
        let fail = |reason: String| LoadError::new(&files.path(name), reason);
        let bytes = files.bytes(name)?;
        let root = msgpack::read(&bytes).map_err(|e| fail(e.to_string()))?;
        Self::from_value(&root).map_err(fail)
    }

    fn from_value(root: &Value<'_>) -> Result<Self, String> {
        let pattern = |name: &str| match root.get(name) {
            None | Some(Value::Nil) => Ok(None),
            Some(Value::Str(s)) => {
                Pattern::new(s).map(Some).map_err(|e| format!("pattern `{name}` is not supported: {e}"))
            }
            Some(_) => Err(format!("`{name}` is not a pattern")),
        };
        let mut t = Tokenizer {
            prefix: pattern("prefix_search")?,
            suffix: pattern("suffix_search")?,
            infix: pattern("infix_finditer")?,
            token_match: pattern("token_match")?,
            url_match: pattern("url_match")?,
            exceptions: HashMap::default(),
            longest: 0,
            special_words: HashMap::new(),
            special_next: HashMap::new(),
            special_ends: HashSet::new(),
        };
        let list = root.get("exceptions").and_then(Value::map).ok_or("no map `exceptions`")?;
        for (text, tokens) in list {
            let text = text.str().ok_or("an exception whose key is not text")?;
            let tokens = tokens.array().ok_or_else(|| format!("exception `{text}` is not a list"))?;
            let tokens: Option<Box<[Exception]>> = tokens.iter().map(Exception::read).collect();
            let tokens = tokens.ok_or_else(|| format!("exception `{text}` has a token without text"))?;
            // The texts of the tokens must make up the exception's: they are stored as lengths.
            let whole = tokens.iter().try_fold(0, |at: usize, e| {
                let end = at.checked_add(e.len)?;
                (e.len > 0 && text.is_char_boundary(end)).then_some(end)
            });
            if whole != Some(text.len()) || text.is_empty() {
                return Err(format!("the tokens of exception `{text}` do not make up its text"));
            }
            t.longest = t.longest.max(text.len());
            t.exceptions.insert(text.into(), tokens);
        }
        let fast = !matches!(root.get("faster_heuristics"), Some(Value::Bool(false) | Value::UInt(0)));
        t.add_specials(fast);
        Ok(t)
    }

    /// Prepares the second pass for the exceptions that hold affixes or spaces (all of them if not `fast`).
    fn add_specials(&mut self, fast: bool) {
        let mut s = Scratch::default();
        let mut keys: Vec<Box<str>> = self.exceptions.keys().cloned().collect();
        keys.sort_unstable();
        for key in keys {
            s.set(&key);
            let found = |p: &Option<Pattern>, s: &mut Scratch| {
                p.as_ref().is_some_and(|p| p.find(&s.chars, 0, &mut s.memory).is_some())
            };
            let special = !fast
                || key.contains(' ')
                || found(&self.prefix, &mut s)
                || found(&self.suffix, &mut s)
                || found(&self.infix, &mut s);
            if !special {
                continue;
            }
            let mut words = Vec::new();
            chunks(&key, |range, _| {
                let mut pieces = Vec::new();
                self.split_chunk(&key[range.clone()], false, &mut s, &mut pieces);
                let mut at = range.start;
                for p in pieces {
                    words.push(key[at..range.start + p.end].to_owned());
                    at = range.start + p.end;
                }
            });
            let mut node = 0;
            for w in words {
                let next = self.special_words.len() as u32 + 1;
                let word = *self.special_words.entry(w.into()).or_insert(next);
                let next = self.special_next.len() as u32 + 1;
                node = *self.special_next.entry((node, word)).or_insert(next);
            }
            self.special_ends.insert(node);
        }
    }

    /// Number of a word among those that special cases are made of, 0 if it is none.
    pub(crate) fn special_word(&self, text: &str) -> u32 {
        self.special_words.get(text).copied().unwrap_or(0)
    }

    /// Splits a chunk, a run of either white space or other characters. Appends to `out`.
    pub(crate) fn split<'t>(&'t self, chunk: &str, s: &mut Scratch, out: &mut Vec<Piece<'t>>) {
        self.split_chunk(chunk, true, s, out);
    }

    fn split_chunk<'t>(&'t self, chunk: &str, specials: bool, s: &mut Scratch, out: &mut Vec<Piece<'t>>) {
        s.set(chunk);
        s.suffixes.clear();
        let Scratch { chars, at, suffixes, memory } = s;
        let exception = |lo: usize, hi: usize| {
            let text = &chunk[at[lo]..at[hi]];
            if specials && !text.is_empty() && text.len() <= self.longest { self.exceptions.get(text) } else { None }
        };
        let len = |p: &Option<Pattern>, text: &[char], memory: &mut Memory| {
            p.as_ref().map_or(0, |p| p.find_len(text, memory))
        };
        let matches = |p: &Option<Pattern>, text: &[char], memory: &mut Memory| {
            p.as_ref().is_some_and(|p| p.matches_at_start(text, memory))
        };
        let plain = |end: usize| Piece { end, norm: None };
        let (mut lo, mut hi) = (0, chars.len());
        let mut before = 0;
        while lo < hi && hi - lo != before {
            if matches(&self.token_match, &chars[lo..hi], memory) || exception(lo, hi).is_some() {
                break;
            }
            before = hi - lo;
            let prefix = len(&self.prefix, &chars[lo..hi], memory);
            if prefix != 0 && exception(lo + prefix, hi).is_some() {
                lo += prefix;
                out.push(plain(at[lo]));
                break;
            }
            let suffix = len(&self.suffix, &chars[lo + prefix..hi], memory);
            if suffix != 0 && exception(lo, hi - suffix).is_some() {
                suffixes.push(at[hi]);
                hi -= suffix;
                break;
            }
            if prefix != 0 {
                lo += prefix;
                out.push(plain(at[lo]));
            }
            if suffix != 0 {
                suffixes.push(at[hi]);
                hi -= suffix;
            }
        }
        if lo < hi {
            let rest = &chars[lo..hi];
            if let Some(tokens) = exception(lo, hi) {
                let mut end = at[lo];
                out.extend(tokens.iter().map(|t| {
                    end += t.len;
                    Piece { end, norm: t.norm.as_deref() }
                }));
            } else if matches(&self.token_match, rest, memory) || matches(&self.url_match, rest, memory) {
                out.push(plain(at[hi]));
            } else {
                let mut done = 0;
                let mut from = 0;
                while let Some((a, b)) = self.infix.as_ref().and_then(|p| p.find(rest, from, memory)) {
                    from = if b > a { b } else { b + 1 };
                    if a != 0 {
                        if a != done {
                            out.push(plain(at[lo + a]));
                        }
                        if a != b {
                            out.push(plain(at[lo + b]));
                        }
                        done = b;
                    }
                    if from > rest.len() {
                        break;
                    }
                }
                if done < rest.len() {
                    out.push(plain(at[hi]));
                }
            }
        }
        out.extend(suffixes.iter().rev().map(|&end| plain(end)));
    }

    /// The second pass: where the tokens spell an exception after all, the exception's own tokens. `word(i)`
    /// is the [special number](Self::special_word) of token `i`, `text(start, end)` the text of tokens
    /// `start..end` with the spaces between them.
    pub(crate) fn specials<'t, 'd>(
        &'t self,
        tokens: usize,
        word: impl Fn(usize) -> u32,
        text: impl Fn(usize, usize) -> &'d str,
    ) -> Vec<Special<'t>> {
        let mut spans: Vec<(usize, usize)> = Vec::new();
        for start in 0..tokens {
            let mut node = 0;
            let mut end = start;
            while end < tokens {
                let w = word(end);
                let next = if w == 0 { None } else { self.special_next.get(&(node, w)) };
                let Some(&next) = next else { break };
                node = next;
                end += 1;
                if self.special_ends.contains(&node) {
                    spans.push((start, end));
                }
            }
        }
        // The longest first, the leftmost among equals. A span that loses still blocks its tokens, as in spaCy.
        spans.sort_by_key(|&(start, end)| (std::cmp::Reverse(end - start), start));
        let mut taken = HashSet::new();
        let mut out = Vec::new();
        for (start, end) in spans {
            let free = !taken.contains(&start) && !taken.contains(&(end - 1));
            taken.extend(start..end);
            if !free {
                continue;
            }
            if let Some(tokens) = self.exceptions.get(text(start, end)) {
                let mut at = 0;
                let pieces = tokens.iter().map(|t| {
                    at += t.len;
                    Piece { end: at, norm: t.norm.as_deref() }
                });
                out.push(Special { start, end, pieces: pieces.collect() });
            }
        }
        out.sort_by_key(|s| s.start);
        out
    }
}

impl Exception {
    /// A map of spaCy's attribute numbers: 65 is ORTH, 67 is NORM.
    fn read(v: &Value<'_>) -> Option<Self> {
        let attr = |id: u64| v.map()?.iter().find(|(k, _)| k.uint() == Some(id)).and_then(|(_, v)| v.str());
        Some(Exception { len: attr(65)?.len(), norm: attr(67).map(Into::into) })
    }
}

impl Scratch {
    fn set(&mut self, chunk: &str) {
        self.chars.clear();
        self.at.clear();
        for (i, c) in chunk.char_indices() {
            self.chars.push(c);
            self.at.push(i);
        }
        self.at.push(chunk.len());
    }
}

/// Calls `each` with the byte range of every chunk of the text, and whether one space, not part of any chunk,
/// follows it.
///
/// ```text
///   "Kabul  fell.\n\nThe"  ->  "Kabul" +space, " ", "fell.", "\n\n", "The"
/// ```
pub(crate) fn chunks(text: &str, mut each: impl FnMut(std::ops::Range<usize>, bool)) {
    let mut start = 0;
    let mut in_space = text.chars().next().is_some_and(is_space);
    for (i, c) in text.char_indices() {
        if is_space(c) == in_space {
            continue;
        }
        in_space = !in_space;
        if start < i {
            each(start..i, c == ' ');
        }
        start = if c == ' ' { i + 1 } else { i };
    }
    if start < text.len() {
        each(start..text.len(), false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A tokenizer with a few rules of each kind.
    fn small() -> Tokenizer {
        let token = |orth: &'static str, norm: Option<&'static str>| {
            let norm = norm.map(|n| (Value::UInt(67), Value::Str(n)));
            Value::Map([(Value::UInt(65), Value::Str(orth))].into_iter().chain(norm).collect())
        };
        let exceptions = [
            ("don't", vec![token("do", None), token("n't", Some("not"))]),
            ("U.S.", vec![token("U.S.", None)]),
            (":)", vec![token(":)", None)]),
            (" ", vec![token(" ", None)]),
        ];
        let exceptions = exceptions.into_iter().map(|(k, v)| (Value::Str(k), Value::Array(v))).collect();
        let patterns = [
            ("prefix_search", r#"^\(|^"|^:|^\$"#),
            ("suffix_search", r#"\)$|"$|,$|\.$|'s$"#),
            ("infix_finditer", r"(?<=[a-z])-(?=[a-z])"),
            ("url_match", r"^\w+://\S+$"),
        ];
        let patterns = patterns.map(|(k, v)| (Value::Str(k), Value::Str(v)));
        let all = patterns.into_iter().chain([(Value::Str("exceptions"), Value::Map(exceptions))]);
        Tokenizer::from_value(&Value::Map(all.collect())).expect("well formed")
    }

    fn split(t: &Tokenizer, text: &str) -> Vec<String> {
        let mut s = Scratch::default();
        let mut out = Vec::new();
        chunks(text, |range, _| {
            let mut pieces = Vec::new();
            t.split(&text[range.clone()], &mut s, &mut pieces);
            let mut at = range.start;
            for p in pieces {
                let end = range.start + p.end;
                out.push(text[at..end].to_owned() + p.norm.map(|n| format!("/{n}")).unwrap_or_default().as_str());
                at = end;
            }
        });
        out
    }

    #[test]
    fn affixes_exceptions_and_infixes() {
        let t = small();
        for (text, want) in [
            ("(don't),", &["(", "do", "n't/not", ")", ","][..]),
            ("\"U.S.\"", &["\"", "U.S.", "\""]),
            ("co-operate's.", &["co", "-", "operate", "'s", "."]),
            ("x://a-b.c", &["x://a-b.c"]),
            ("((", &["(", "("]),
            ("a  b\n\nc", &["a", " ", "b", "\n\n", "c"]),
        ] {
            assert_eq!(split(&t, text), want, "{text}");
        }
    }

    #[test]
    fn the_second_pass_joins_what_the_first_took_apart() {
        let t = small();
        // In front of "x", the first pass splits ":)" into its parts.
        let tokens = ["a", ":", ")", "x"];
        let text = "a:)x";
        let at = [0, 1, 2, 3, 4];
        let found = t.specials(4, |i| t.special_word(tokens[i]), |a, b| &text[at[a]..at[b]]);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].start, found[0].end), (1, 3));
        assert_eq!(found[0].pieces, [Piece { end: 2, norm: None }]);
    }

    #[test]
    fn rules_that_lose_text_are_refused() {
        let tokens = |orth| Value::Array(vec![Value::Map(vec![(Value::UInt(65), Value::Str(orth))])]);
        for (key, orth) in [("ab", "a"), ("a", "ab"), ("é", "x"), ("", "")] {
            let exceptions = Value::Map(vec![(Value::Str(key), tokens(orth))]);
            let root = Value::Map(vec![(Value::Str("exceptions"), exceptions)]);
            assert!(Tokenizer::from_value(&root).is_err(), "{key} {orth}");
        }
    }

    proptest! {
        #[test]
        fn chunks_and_spaces_rebuild_the_text(text in "[ a\u{a0}\n\té.\u{2009}]{0,30}") {
            let mut rebuilt = String::new();
            chunks(&text, |range, space| {
                rebuilt.push_str(&text[range]);
                rebuilt.push_str(if space { " " } else { "" });
            });
            prop_assert_eq!(rebuilt, text);
        }

        #[test]
        fn tokens_tile_each_chunk(chunk in r#"[adontUS.(),:"'é\-$/2]{1,20}"#) {
            let t = small();
            let mut pieces = Vec::new();
            t.split(&chunk, &mut Scratch::default(), &mut pieces);
            let ends: Vec<usize> = pieces.iter().map(|p| p.end).collect();
            prop_assert!(ends.is_sorted_by(|a, b| a < b) && ends[0] > 0, "{:?}", ends);
            prop_assert_eq!(*ends.last().expect("not empty"), chunk.len());
            prop_assert!(ends.iter().all(|&e| chunk.is_char_boundary(e)));
        }
    }
}
