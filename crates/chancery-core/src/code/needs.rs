//! Which frames a sentence can hold at all, told from its words before any tree is walked. A condition that asks for one of
//! some words is a need; an index from words to needs tells which of them a sentence meets.
use super::frames::{Condition, Frame, OneOrMany};
use super::realise::tok_noun;
use super::tree::Tree;
use crate::resolve::Table;

/// The envoys whose title may stand elsewhere in the text: see `realise::bears`.
pub(super) const ENVOYS: &[&str] = &["ambassador", "envoy", "chargé", "charge", "consul", "nuncio"];

/// No condition asks for the word.
const NONE: u32 = u32::MAX;

/// The words that conditions ask for, each with a number of its own, and what the conditions of all frames ask of the words
/// of a sentence.
#[derive(Debug, Default)]
pub(super) struct Needs {
    numbers: Table<String, u32>,
    /// For each word the needs that it meets.
    met_by: Vec<Vec<u32>>,
    of_frame: Vec<Vec<u32>>,
    /// For each frame and each of its `without` the needs without which that cannot hold.
    against: Vec<Vec<Vec<u32>>>,
    /// The need of a list of words: many conditions ask for the same.
    of_list: Table<Vec<u32>, u32>,
    count: u32,
}

/// The needs that a sentence meets: a bit for each.
#[derive(Debug, Clone, Default)]
pub(super) struct Met(Vec<u64>);

impl Met {
    fn all(&self, needs: &[u32]) -> bool {
        needs.iter().all(|n| self.0[*n as usize / 64] >> (n % 64) & 1 == 1)
    }
}

/// The words of a document by their numbers, as conditions look at them: the base form, that of a noun, that in small letters.
pub(super) struct Words(Vec<[u32; 3]>);

/// Words by their numbers, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Numbers(Vec<u32>);

impl Numbers {
    fn has(&self, n: u32) -> bool {
        n != NONE && self.0.binary_search(&n).is_ok()
    }

    /// Does the list hold the token's base form?
    pub(super) fn name(&self, words: &Words, i: usize) -> bool {
        let [lemma, noun, _] = words.0[i];
        self.has(lemma) || noun != lemma && self.has(noun)
    }

    /// The same, capitals aside.
    pub(super) fn hold(&self, words: &Words, i: usize) -> bool {
        let [_, noun, small] = words.0[i];
        self.name(words, i) || small != noun && self.has(small)
    }
}

impl Needs {
    /// Takes in the conditions of the next frame, and numbers their words.
    pub(super) fn add(&mut self, frame: &mut Frame) {
        let mut own = Vec::new();
        for c in &frame.with {
            let elsewhere = c.within.is_empty() && c.is.is_empty() && ENVOYS.iter().any(|e| c.words.has(e));
            if !elsewhere {
                own.extend(self.needs_of(c));
            }
        }
        self.of_frame.push(own);
        let against = frame.without.iter().map(|c| self.needs_of(c)).collect();
        self.against.push(against);
        for c in frame.with.iter_mut().chain(&mut frame.without) {
            c.word_numbers = self.numbers_of(&c.words);
            c.within_numbers = self.numbers_of(&c.within);
        }
    }

    fn number(&mut self, word: &str) -> u32 {
        if let Some(n) = self.numbers.get(word) {
            return *n;
        }
        let n = self.met_by.len() as u32;
        self.numbers.insert(word.to_owned(), n);
        self.met_by.push(Vec::new());
        n
    }

    fn numbers_of(&mut self, list: &OneOrMany) -> Numbers {
        let mut all: Vec<u32> = list.iter().map(|w| self.number(w)).collect();
        all.sort_unstable();
        Numbers(all)
    }

    fn needs_of(&mut self, c: &Condition) -> Vec<u32> {
        let lists = [(&c.words, "*"), (&c.within, "#")];
        lists.into_iter().filter(|(list, any)| !list.is_empty() && !list.has(any)).map(|(l, _)| self.need(l)).collect()
    }

    fn need(&mut self, list: &OneOrMany) -> u32 {
        // "interest section" stands where its head does
        let mut words: Vec<u32> = list.iter().map(|w| self.number(w.rsplit(' ').next().unwrap_or(w))).collect();
        words.sort_unstable();
        words.dedup();
        if let Some(n) = self.of_list.get(&words) {
            return *n;
        }
        let n = self.count;
        self.count += 1;
        for word in &words {
            self.met_by[*word as usize].push(n);
        }
        self.of_list.insert(words, n);
        n
    }

    /// Can a sentence hold a frame?
    pub(super) fn all_met(&self, frame: usize, met: &Met) -> bool {
        met.all(&self.of_frame[frame])
    }

    /// Can the n-th `without` of a frame hold in a sentence?
    pub(super) fn may_bar(&self, frame: usize, n: usize, met: &Met) -> bool {
        met.all(&self.against[frame][n])
    }

    fn meet(&self, met: &mut Met, word: u32) {
        for n in self.met_by.get(word as usize).into_iter().flatten() {
            met.0[*n as usize / 64] |= 1 << (n % 64);
        }
    }

    fn find(&self, word: &str) -> u32 {
        self.numbers.get(word).copied().unwrap_or(NONE)
    }

    /// The words of a document.
    pub(super) fn words(&self, t: &Tree) -> Words {
        let one = |i: usize| {
            let lemma = t.lemma(i);
            let noun = tok_noun(t, i);
            let [first, mut second] = [self.find(lemma); 2];
            if noun != lemma {
                second = self.find(&noun);
            }
            let small = noun.bytes().any(|b| !b.is_ascii_lowercase());
            [first, second, if small { self.find(&noun.to_lowercase()) } else { second }]
        };
        Words((0..t.len()).map(one).collect())
    }

    /// What each sentence meets by its words; with what the sentence before meets where a pronoun may stand for a thing
    /// told there.
    pub(super) fn sentences(&self, t: &Tree, words: &Words) -> Vec<Met> {
        let mut before = Met::default();
        let each = t.sentences().iter().map(|range| {
            let mut met = Met(vec![0; (self.count as usize).div_ceil(64)]);
            for forms in &words.0[range.clone()] {
                for (n, word) in forms.iter().enumerate() {
                    if n == 0 || *word != forms[n - 1] {
                        self.meet(&mut met, *word);
                    }
                }
            }
            let own = met.clone();
            if range.clone().any(|i| matches!(t.lemma(i), "it" | "they" | "them")) {
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
        needs.add(&mut frame(
            "[{role = 'theme', words = ['embassy', 'interest section']}, {role = 'theme', within = ['new']}]",
        ));
        needs.add(&mut frame("[{role = 'theme', words = ['*']}]"));
        needs.add(&mut frame("[{role = 'theme', words = ['ambassador']}]"));
        for (words, held) in [
            (&["embassy", "new"][..], [true, true, true]),
            (&["section", "new"], [true, true, true]),
            (&["embassy"], [false, true, true]),
            (&["treaty", "new"], [false, true, true]),
        ] {
            let mut met = Met(vec![0; 1]);
            words.iter().for_each(|w| needs.meet(&mut met, needs.find(w)));
            assert_eq!([0, 1, 2].map(|f| needs.all_met(f, &met)), held, "{words:?}");
        }
    }
}
