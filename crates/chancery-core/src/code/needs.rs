//! Which frames a sentence can hold at all, told from its words before any tree is walked. A condition that asks for one of
//! some words is a need; an index from words to needs tells which of them a sentence meets.
use super::frames::{Frame, OneOrMany};
use super::realise::tok_noun;
use super::tree::Tree;
use crate::resolve::Table;

/// The envoys whose title may stand elsewhere in the text: see `realise::bears`.
pub(super) const ENVOYS: &[&str] = &["ambassador", "envoy", "chargé", "charge", "consul", "nuncio"];

/// What the conditions of all frames ask of the words of a sentence.
#[derive(Debug, Default)]
pub(super) struct Needs {
    by_word: Table<String, Vec<u32>>,
    of_frame: Vec<Vec<u32>>,
    count: u32,
}

/// The needs that a sentence meets: a bit for each.
#[derive(Debug, Clone, Default)]
pub(super) struct Met(Vec<u64>);

impl Needs {
    /// Takes in the conditions of the next frame.
    pub(super) fn add(&mut self, frame: &Frame) {
        let mut own = Vec::new();
        for c in &frame.with {
            let elsewhere = c.within.is_empty() && c.is.is_empty() && ENVOYS.iter().any(|e| c.words.has(e));
            for (list, any) in [(&c.words, "*"), (&c.within, "#")] {
                if !list.is_empty() && !list.has(any) && !elsewhere {
                    own.push(self.need(list));
                }
            }
        }
        self.of_frame.push(own);
    }

    fn need(&mut self, list: &OneOrMany) -> u32 {
        let n = self.count;
        self.count += 1;
        for w in list.iter() {
            // "interest section" stands where its head does
            let head = w.rsplit(' ').next().unwrap_or(w);
            let needs = self.by_word.entry(head.to_owned()).or_default();
            if needs.last() != Some(&n) {
                needs.push(n);
            }
        }
        n
    }

    /// Can a sentence hold a frame?
    pub(super) fn all_met(&self, frame: usize, met: &Met) -> bool {
        self.of_frame[frame].iter().all(|n| met.0[*n as usize / 64] >> (n % 64) & 1 == 1)
    }

    fn meet(&self, met: &mut Met, word: &str) {
        for n in self.by_word.get(word).into_iter().flatten() {
            met.0[*n as usize / 64] |= 1 << (n % 64);
        }
    }

    /// What each sentence meets by its words, as conditions look at them; with what the sentence before meets where a
    /// pronoun may stand for a thing told there.
    pub(super) fn sentences(&self, t: &Tree) -> Vec<Met> {
        let mut before = Met::default();
        let each = t.sentences().iter().map(|range| {
            let mut met = Met(vec![0; (self.count as usize).div_ceil(64)]);
            let mut pronoun = false;
            for i in range.clone() {
                let lemma = t.lemma(i);
                self.meet(&mut met, lemma);
                let noun = tok_noun(t, i);
                if noun != lemma {
                    self.meet(&mut met, &noun);
                }
                if noun.bytes().any(|b| !b.is_ascii_lowercase()) {
                    self.meet(&mut met, &noun.to_lowercase());
                }
                pronoun |= matches!(lemma, "it" | "they" | "them");
            }
            let own = met.clone();
            if pronoun {
                met.0.iter_mut().zip(&before.0).for_each(|(a, b)| *a |= b);
            }
            before = own;
            met
        });
        each.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(with: &str) -> Frame {
        let head = "id = 'x'\nclaim = {family = 'event', predicate = 'agree'}\nwith = ";
        toml::from_str(&format!("{head}{with}")).expect("a frame")
    }

    #[test]
    fn a_frame_is_held_where_a_word_of_each_list_stands() {
        let mut needs = Needs::default();
        needs.add(&frame(
            "[{role = 'theme', words = ['embassy', 'interest section']}, {role = 'theme', within = ['new']}]",
        ));
        needs.add(&frame("[{role = 'theme', words = ['*']}]"));
        needs.add(&frame("[{role = 'theme', words = ['ambassador']}]"));
        for (words, held) in [
            (&["embassy", "new"][..], [true, true, true]),
            (&["section", "new"], [true, true, true]),
            (&["embassy"], [false, true, true]),
            (&["treaty", "new"], [false, true, true]),
        ] {
            let mut met = Met(vec![0; 1]);
            words.iter().for_each(|w| needs.meet(&mut met, w));
            assert_eq!([0, 1, 2].map(|f| needs.all_met(f, &met)), held, "{words:?}");
        }
    }
}
