//! Which frames a sentence can hold at all, told from its words before any tree is walked: a sketch of a set of words that
//! never says "no" of a word that is in it (B. H. Bloom, "Space/Time Trade-offs in Hash Coding with Allowable Errors",
//! CACM 13(7), 1970).
use super::frames::{Condition, OneOrMany};
use super::realise::tok_noun;
use super::tree::Tree;
use crate::resolve::Fast;
use std::hash::Hasher;

const WORDS: usize = 16;

/// A set of words; `meets` may say "yes" of sets that share nothing, and never "no" of sets that share a word.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sketch([u64; WORDS]);

impl Sketch {
    fn add(&mut self, word: &str) {
        let mut h = Fast::default();
        h.write(word.as_bytes());
        let h = h.finish() >> 32;
        self.0[h as usize / 64 % WORDS] |= 1 << (h % 64);
    }

    fn join(&mut self, other: &Sketch) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }

    fn meets(&self, other: &Sketch) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }
}

/// What must stand in a sentence for a condition to hold.
#[derive(Debug, Clone, Default)]
pub(super) struct Need {
    words: Option<Sketch>,
    within: Option<Sketch>,
}

/// The envoys whose title may stand elsewhere in the text: see `realise::bears`.
pub(super) const ENVOYS: &[&str] = &["ambassador", "envoy", "chargé", "charge", "consul", "nuncio"];

impl Need {
    /// What the words of a condition ask of the sentence; `None` if any sentence will do.
    pub(super) fn of(c: &Condition) -> Option<Need> {
        let elsewhere = c.within.is_empty() && c.is.is_empty() && ENVOYS.iter().any(|e| c.words.has(e));
        let sketch = |list: &OneOrMany, any: &str| {
            (!list.is_empty() && !list.has(any) && !elsewhere).then(|| {
                let mut s = Sketch::default();
                list.iter().for_each(|w| s.add(w.rsplit(' ').next().unwrap_or(w)));
                s
            })
        };
        let need = Need { words: sketch(&c.words, "*"), within: sketch(&c.within, "#") };
        (need.words.is_some() || need.within.is_some()).then_some(need)
    }

    /// Can a sentence of these words meet it?
    pub(super) fn met_by(&self, sentence: &Sketch) -> bool {
        [&self.words, &self.within].into_iter().flatten().all(|s| s.meets(sentence))
    }
}

/// The words of each sentence, as conditions look at them; with those of the sentence before where a pronoun may stand
/// for a thing told there.
pub(super) fn sentences(t: &Tree) -> Vec<Sketch> {
    let mut plain: Vec<Sketch> = Vec::with_capacity(t.sentences().len());
    let mut out = Vec::with_capacity(t.sentences().len());
    for range in t.sentences() {
        let mut s = Sketch::default();
        let mut pronoun = false;
        for i in range.clone() {
            let lemma = t.lemma(i);
            s.add(lemma);
            let noun = tok_noun(t, i);
            if noun != lemma {
                s.add(&noun);
            }
            if noun.bytes().any(|b| !b.is_ascii_lowercase()) {
                s.add(&noun.to_lowercase());
            }
            pronoun |= matches!(lemma, "it" | "they" | "them");
        }
        let mut all = s;
        if let Some(before) = plain.last().filter(|_| pronoun) {
            all.join(before);
        }
        plain.push(s);
        out.push(all);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_no_of_a_word_that_is_there() {
        let list = ["embassy", "interest section", "consulate"].map(str::to_owned).to_vec();
        let c = Condition { words: OneOrMany::Many(list), ..Condition::default() };
        let need = Need::of(&c).expect("it asks for words");
        for (word, met) in [("embassy", true), ("section", true), ("consulate", true), ("treaty", false)] {
            let mut s = Sketch::default();
            s.add(word);
            assert_eq!(need.met_by(&s), met, "{word}");
        }
        let any = Condition { words: OneOrMany::One("*".to_owned()), ..Condition::default() };
        assert!(Need::of(&any).is_none());
    }
}
