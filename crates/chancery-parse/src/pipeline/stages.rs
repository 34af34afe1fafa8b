//! The stages of the pipeline one by one, for the benchmarks. No part of the interface.
use super::*;

/// Texts in batches as [`Pipeline::parse_all`] makes them, each with what the stages have made of it so far.
pub struct Stages<'a> {
    pipeline: &'a Pipeline,
    batches: Vec<Batch>,
}

struct Batch {
    worker: Worker,
    texts: Vec<String>,
    trees: Vec<(Vec<&'static str>, Tree)>,
}

impl Batch {
    /// Runs `each` on the documents that are not empty: number, and range of tokens.
    fn documents(
        &mut self,
        mut each: impl FnMut(&mut Worker, &mut (Vec<&'static str>, Tree), usize, std::ops::Range<usize>),
    ) {
        let mut start = 0;
        for i in 0..self.texts.len() {
            let end = self.worker.ends[i];
            if end > start {
                each(&mut self.worker, &mut self.trees[i], i, start..end);
            }
            start = end;
        }
    }
}

impl<'a> Stages<'a> {
    /// Takes the texts through all stages once, so that each can be run again on what those before it gave.
    pub fn new(pipeline: &'a Pipeline, texts: impl IntoIterator<Item = String>) -> Self {
        let mut batches: Vec<Batch> = Vec::new();
        let mut size = usize::MAX;
        for text in texts {
            if size >= BATCH_BYTES {
                size = 0;
                batches.push(Batch { worker: Worker::default(), texts: Vec::new(), trees: Vec::new() });
            }
            size += text.len().max(64);
            batches.last_mut().expect("just pushed").texts.push(text);
        }
        for b in &mut batches {
            pipeline.parse_batch(&mut b.worker, b.texts.clone(), |_, _| {});
            let none = || Tree { heads: Vec::new(), labels: Vec::new(), sent_starts: Vec::new() };
            b.trees.resize_with(b.texts.len(), || (Vec::new(), none()));
        }
        let mut stages = Stages { pipeline, batches };
        stages.tokens();
        stages.vectors();
        stages.tags();
        stages.trees();
        stages
    }

    /// The tokenizer, for words that are remembered. Gives the number of tokens.
    pub fn tokens(&mut self) -> usize {
        let shared = self.pipeline.read_lexicon();
        self.batches.iter_mut().map(|b| tokenize(self.pipeline, &shared, b)).sum()
    }

    /// The tokenizer and, if `embed`, the first half of tok2vec, for words met for the first time.
    pub fn new_words(&mut self, embed: bool) -> usize {
        let mut n = 0;
        for b in &mut self.batches {
            n += tokenize(self.pipeline, &Lexicon::default(), b);
            if embed {
                self.pipeline.embed_new_words(&mut b.worker);
            }
        }
        n
    }

    /// The second half of tok2vec, over all words in their contexts.
    pub fn vectors(&mut self) {
        let shared = self.pipeline.read_lexicon();
        for b in &mut self.batches {
            self.pipeline.fill_strips(&shared, &mut b.worker);
            for (net, strip) in self.pipeline.nets().zip(&mut b.worker.strips) {
                strip.encode(self.pipeline.isa, net);
            }
        }
    }

    pub fn tags(&mut self) {
        for b in &mut self.batches {
            b.documents(|w, (tags, _), i, range| {
                *tags = self.pipeline.tags(&w.strips, i, range.len(), &mut w.scores);
            });
        }
    }

    pub fn trees(&mut self) {
        let shared = &*self.pipeline.read_lexicon();
        for b in &mut self.batches {
            b.documents(|w, (_, tree), i, range| {
                let (words, tokens) = (Words { shared, local: &w.local }, &w.tokens[range]);
                let is_space = |t: usize| words.get(tokens[t].word).features.is_space;
                *tree = self.pipeline.tree(&w.strips, i, tokens.len(), is_space, &mut w.state, &mut w.work);
            });
        }
    }

    /// Gives the number of entities.
    pub fn entities(&mut self) -> usize {
        let shared = &*self.pipeline.read_lexicon();
        let mut found = 0;
        for b in &mut self.batches {
            b.documents(|w, (_, tree), i, range| {
                let (words, tokens) = (Words { shared, local: &w.local }, &w.tokens[range]);
                let is_space = |t: usize| words.get(tokens[t].word).features.is_space;
                found += self.pipeline.entities(&w.strips, i, &tree.sent_starts, is_space, &mut w.work).len();
            });
        }
        found
    }

    /// The rules and the lemmatizer. Gives the number of bytes of all lemmas.
    pub fn lemmas(&mut self) -> usize {
        let shared = &*self.pipeline.read_lexicon();
        let mut size = 0;
        for b in &mut self.batches {
            b.documents(|w, (tags, tree), _, range| {
                let (words, tokens) = (Words { shared, local: &w.local }, &w.tokens[range]);
                let done = self.pipeline.finish(words, tokens, tags, tree, &mut w.changes);
                size += done.iter().map(|t| t.lemma.len()).sum::<usize>();
            });
        }
        size
    }
}

fn tokenize(pipeline: &Pipeline, shared: &Lexicon, b: &mut Batch) -> usize {
    b.worker.tokens.clear();
    b.worker.ends.clear();
    b.worker.local.clear();
    for text in &b.texts {
        pipeline.tokenize(shared, &mut b.worker, text);
        b.worker.ends.push(b.worker.tokens.len());
    }
    b.worker.tokens.len()
}
