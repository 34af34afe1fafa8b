//! A loaded model, and the way of a text through it.
//!
//! ```text
//!   text -> tokens -> words (kept) -> vectors -> encoder -> tags, tree, entities -> rules, lemmas -> Doc
//!                                               one strip for a batch of documents
//! ```
use crate::arc_eager::{Parser, State, Tree};
use crate::config::{Config, Meta};
use crate::doc::{Doc, Entity, Token, intern};
use crate::error::LoadError;
use crate::files::Files;
use crate::kernels::{self, Isa, Packed, ROW_BLOCK};
use crate::lemmatizer::Lemmatizer;
use crate::lexicon::{Entry, Lexicon, Norms, Part};
use crate::locate::Model;
use crate::msgpack::{self, Value};
use crate::ner::Ner;
use crate::net::{self, single};
use crate::pack;
use crate::ruler::{Change, Ruler, Seen};
use crate::tok2vec::{self, Strip, Tok2Vec, Vectors};
use crate::tokenizer::{Piece, Scratch, Tokenizer, chunks};
use crate::transition::Work;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Condvar, Mutex, PoisonError, RwLock, RwLockReadGuard, mpsc};

#[cfg(feature = "stages")]
pub mod stages;

/// The factories of the components that are known.
const SUPPORTED: &str = "tok2vec, tagger, parser, ner, attribute_ruler, lemmatizer";
/// Words kept at most (about 1.5 kB each). Words met later are computed again in each batch.
const MAX_WORDS: usize = 32_768;
/// Chunks kept at most (about 0.1 kB each).
const MAX_CHUNKS: usize = 131_072;
/// Longest word or chunk that is kept, in bytes.
const MAX_KEPT: usize = 64;
/// Text of a batch, in bytes: enough rows to keep the products busy, few enough to stay in the cache.
const BATCH_BYTES: usize = 4096;
/// Marks the number of a word that only this batch knows.
const LOCAL: u32 = 1 << 31;
/// Longest text, in bytes: places in a text are 32-bit numbers.
const MAX_TEXT: usize = (1 << 31) - 1;

/// A loaded model. It can be shared between threads, and remembers the words it has met.
pub struct Pipeline {
    meta: Meta,
    isa: Isa,
    tokenizer: Tokenizer,
    norms: Norms,
    shared: Option<Tok2Vec>,
    tagger: Option<Tagger>,
    parser: Option<Parser>,
    ner: Option<Ner>,
    ruler: Ruler,
    lemmatizer: Option<Lemmatizer>,
    lexicon: RwLock<Lexicon>,
    idle: Mutex<Vec<Worker>>,
}

enum Component {
    Tok2Vec(Tok2Vec),
    Tagger(Tagger),
    Parser(Parser),
    Ner(Ner),
    Ruler(Ruler),
    Lemmatizer(Lemmatizer),
}

struct Tagger {
    weights: Packed,
    labels: Vec<&'static str>,
    own: Option<Tok2Vec>,
}

/// Everything that a thread needs for itself.
#[derive(Default)]
struct Worker {
    scratch: Scratch,
    /// Words and chunks that the shared lexicon does not have.
    local: Lexicon,
    tokens: Vec<Tok>,
    /// Tokens of each document of the batch.
    ends: Vec<usize>,
    strips: Vec<Strip>,
    scores: Vec<f32>,
    state: State,
    work: Work,
    changes: Vec<Change>,
}

#[derive(Debug, Clone, Copy)]
struct Tok {
    word: u32,
    start: u32,
    end: u32,
    ws: bool,
}

/// The words of the shared lexicon and of this batch.
#[derive(Clone, Copy)]
struct Words<'a> {
    shared: &'a Lexicon,
    local: &'a Lexicon,
}

impl<'a> Words<'a> {
    fn get(self, id: u32) -> &'a Entry {
        if id & LOCAL == 0 { &self.shared.entries[id as usize] } else { &self.local.entries[(id ^ LOCAL) as usize] }
    }
}

impl Pipeline {
    /// Reads a model: the folder of an unpacked spaCy 3 pipeline, which holds `config.cfg`, `meta.json` and
    /// `tokenizer`, the wheel in which such a folder is published, or a packed model ([`pack`]).
    ///
    /// # Errors
    /// Names the file and what is wrong with it: missing, damaged, or of a kind that is not supported. Supported
    /// are the components `tok2vec`, `tagger`, `parser`, `ner`, `attribute_ruler` and `lemmatizer` (mode
    /// `rule`) as spaCy's CPU pipelines use them, static vectors included. A packed model whose checksums are not
    /// right, which is cut short or of a newer version, is refused.
    pub fn load(path: &Path) -> Result<Pipeline, LoadError> {
        Self::read(&Files::open(path)?)
    }

    /// Reads a packed model that is in memory.
    ///
    /// # Errors
    /// As [`Pipeline::load`]; the file in the error is one of `(packed model)`.
    pub fn from_packed(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Pipeline, LoadError> {
        Self::read(&Files::packed(bytes.into().into(), Path::new("(packed model)"))?)
    }

    /// Reads the model that [`crate::locate::find`] has found.
    ///
    /// # Errors
    /// As [`Pipeline::load`].
    pub fn open(model: &Model) -> Result<Pipeline, LoadError> {
        match model {
            Model::At(path) => Self::load(path),
            Model::Embedded(bytes) => Self::read(&Files::packed(Cow::Borrowed(*bytes).into(), &pack::embedded_name())?),
        }
    }

    pub(crate) fn read(files: &Files) -> Result<Pipeline, LoadError> {
        let config = Config::load(files)?;
        let vectors = Vectors::load(files)?;
        let vectors = vectors.as_ref();
        let component = |name: &str, factory: &str| -> Result<Component, LoadError> {
            Ok(match factory {
                "tok2vec" => Component::Tok2Vec(tok2vec::load(files, &format!("{name}/model"), vectors)?),
                "tagger" => Component::Tagger(Tagger::load(files, name, vectors)?),
                "parser" => Component::Parser(Parser::load(files, name, vectors)?),
                "ner" => Component::Ner(Ner::load(files, name, vectors)?),
                "attribute_ruler" => Component::Ruler(Ruler::load(files, &format!("{name}/patterns"))?),
                "lemmatizer" => {
                    let tables = format!("{name}/lookups/lookups.bin");
                    Component::Lemmatizer(Lemmatizer::load(files, &tables, config.language == "en")?)
                }
                _ => {
                    let reason = format!(
                        "the component `{name}` (factory `{factory}`) is not supported: these are: {SUPPORTED} (save the \
                         pipeline without it, by `nlp.remove_pipe(\"{name}\")` and `nlp.to_disk(path)`, or name it in \
                         `disabled` of [nlp])"
                    );
                    return Err(LoadError::new(&files.path("config.cfg"), reason));
                }
            })
        };
        // Side by side: the two large files are most of the work of starting.
        let (components, tokenizer, norms) = std::thread::scope(|scope| {
            let tasks: Vec<_> =
                config.components.iter().map(|(name, factory)| scope.spawn(|| component(name, factory))).collect();
            let tokenizer = Tokenizer::load(files, "tokenizer");
            let norms = load_norms(files);
            let wait = |t: std::thread::ScopedJoinHandle<'_, _>| match t.join() {
                Ok(component) => component,
                Err(panic) => std::panic::resume_unwind(panic),
            };
            (tasks.into_iter().map(wait).collect::<Vec<_>>(), tokenizer, norms)
        });
        let mut p = Pipeline {
            meta: config.meta.clone(),
            isa: Isa::best(),
            tokenizer: tokenizer?,
            norms: norms?,
            shared: None,
            tagger: None,
            parser: None,
            ner: None,
            ruler: Ruler::default(),
            lemmatizer: None,
            lexicon: RwLock::default(),
            idle: Mutex::default(),
        };
        for component in components {
            match component? {
                Component::Tok2Vec(x) => p.shared = Some(x),
                Component::Tagger(x) => p.tagger = Some(x),
                Component::Parser(x) => p.parser = Some(x),
                Component::Ner(x) => p.ner = Some(x),
                Component::Ruler(x) => p.ruler = x,
                Component::Lemmatizer(x) => p.lemmatizer = Some(x),
            }
        }
        let users = [
            ("tagger", p.tagger.as_ref().map(|t| (t.own.as_ref(), t.weights.k))),
            ("parser", p.parser.as_ref().map(|t| (t.own.as_ref(), t.inputs()))),
            ("ner", p.ner.as_ref().map(|t| (t.own.as_ref(), t.inputs()))),
        ];
        for (name, inputs) in users.into_iter().filter_map(|(n, u)| Some((n, u?))) {
            let net = inputs.0.or(p.shared.as_ref());
            if net.map(|t| t.width) != Some(inputs.1) {
                let reason = format!("it takes vectors of {} numbers, which no embedding gives", inputs.1);
                return Err(LoadError::new(&files.path(&format!("{name}/model")), reason));
            }
        }
        Ok(p)
    }

    /// Name and version of the model.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// Parses one text. It never fails: any text has a parse. Texts beyond 2 GiB are cut there.
    pub fn parse(&self, text: &str) -> Doc {
        let mut out = Doc::default();
        let mut worker = self.lock_idle().pop().unwrap_or_default();
        self.parse_batch(&mut worker, vec![text.to_owned()], |_, doc| out = doc);
        self.lock_idle().push(worker);
        out
    }

    /// Parses texts on `threads` threads (0: one a core) and hands the results on in the order of the texts.
    ///
    /// Each text comes with a value of the caller's. `map` runs on the threads, for work that can be done side by
    /// side with the parsing; `sink` runs on the calling thread and may end it all by breaking. Only a few
    /// hundred texts are in memory at any time, however many there are.
    pub fn parse_all<T, R, B>(
        &self,
        threads: usize,
        texts: impl Iterator<Item = (T, String)> + Send,
        map: impl Fn(T, Doc) -> R + Sync,
        mut sink: impl FnMut(R) -> ControlFlow<B>,
    ) -> ControlFlow<B>
    where
        T: Send,
        R: Send,
    {
        let threads = match threads {
            0 => std::thread::available_parallelism().map_or(1, |n| n.get()),
            n => n,
        };
        let source = Mutex::new((0usize, texts.fuse()));
        let progress = Progress::new(threads * 4);
        let (send, receive) = mpsc::channel::<(usize, Vec<R>)>();
        std::thread::scope(|scope| {
            let _stop = StopOnDrop(&progress);
            for _ in 0..threads {
                let (send, source, progress, map) = (send.clone(), &source, &progress, &map);
                scope.spawn(move || {
                    // Whatever ends this thread, a panic included, must not leave the others waiting.
                    let mut finished = StopUnlessDone { progress, done: false };
                    let mut worker = self.lock_idle().pop().unwrap_or_default();
                    while let Some((number, payloads, texts)) = progress.next_batch(source) {
                        let mut payloads = payloads.into_iter();
                        let mut results = Vec::with_capacity(texts.len());
                        self.parse_batch(&mut worker, texts, |_, doc| {
                            results.extend(payloads.next().map(|p| map(p, doc)));
                        });
                        if send.send((number, results)).is_err() {
                            break;
                        }
                    }
                    self.lock_idle().push(worker);
                    finished.done = true;
                });
            }
            drop(send);
            let mut waiting = BTreeMap::new();
            let mut next = 0;
            while let Ok((number, results)) = receive.recv() {
                waiting.insert(number, results);
                while let Some(results) = waiting.remove(&next) {
                    next += 1;
                    progress.delivered();
                    for r in results {
                        sink(r)?;
                    }
                }
            }
            ControlFlow::Continue(())
        })
    }

    fn lock_idle(&self) -> std::sync::MutexGuard<'_, Vec<Worker>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read_lexicon(&self) -> RwLockReadGuard<'_, Lexicon> {
        // A panic while the lexicon is written leaves whole entries behind.
        self.lexicon.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// All embeddings, in the order in which their vectors lie in an entry.
    fn nets(&self) -> impl Iterator<Item = &Tok2Vec> {
        let own = [
            self.tagger.as_ref().and_then(|t| t.own.as_ref()),
            self.parser.as_ref().and_then(|t| t.own.as_ref()),
            self.ner.as_ref().and_then(|t| t.own.as_ref()),
        ];
        self.shared.iter().chain(own.into_iter().flatten())
    }

    /// The embedding that a component listens to, and its number among [`Self::nets`].
    fn net_of<'a>(&'a self, own: &'a Option<Tok2Vec>) -> Option<(usize, &'a Tok2Vec)> {
        let net = own.as_ref().or(self.shared.as_ref())?;
        self.nets().position(|n| std::ptr::eq(n, net)).map(|i| (i, net))
    }

    fn parse_batch(&self, w: &mut Worker, texts: Vec<String>, mut each: impl FnMut(usize, Doc)) {
        w.tokens.clear();
        w.ends.clear();
        {
            let shared = self.read_lexicon();
            for text in &texts {
                self.tokenize(&shared, w, text);
                w.ends.push(w.tokens.len());
            }
        }
        self.embed_new_words(w);
        {
            let shared = self.read_lexicon();
            self.fill_strips(&shared, w);
        }
        for (net, strip) in self.nets().zip(&mut w.strips) {
            strip.encode(self.isa, net);
        }
        let docs: Vec<Doc> = {
            let shared = self.read_lexicon();
            let mut start = 0;
            let annotate = |(i, text)| {
                let end = w.ends[i];
                let doc = self.annotate(&shared, w, text, i, start..end);
                start = end;
                doc
            };
            texts.into_iter().enumerate().map(annotate).collect()
        };
        self.keep_new_words(w);
        // without the lock: what the caller does with a document may take as long as the parse, and whoever has new
        // words to write would wait for it
        for (i, doc) in docs.into_iter().enumerate() {
            each(i, doc);
        }
    }

    fn tokenize(&self, shared: &Lexicon, w: &mut Worker, text: &str) {
        let mut end = text.len().min(MAX_TEXT);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = &text[..end];
        let first = w.tokens.len();
        let Worker { scratch, local, tokens, .. } = w;
        chunks(text, |range, space| {
            let chunk = &text[range.clone()];
            let mut add = |parts: &[Part]| {
                let mut start = range.start as u32;
                for part in parts {
                    let end = range.start as u32 + part.end;
                    tokens.push(Tok { word: part.word, start, end, ws: false });
                    start = end;
                }
                if let Some(last) = tokens.last_mut() {
                    last.ws = space;
                }
            };
            if let Some(parts) = shared.chunk(chunk).or_else(|| local.chunk(chunk)) {
                add(parts);
            } else {
                let mut pieces = Vec::new();
                self.tokenizer.split(chunk, scratch, &mut pieces);
                let mut parts = Vec::with_capacity(pieces.len());
                let mut at = 0;
                for p in pieces {
                    let word = self.word(shared, local, &chunk[at..p.end], p.norm);
                    at = p.end;
                    parts.push(Part { word, end: p.end as u32 });
                }
                add(&parts);
                local.add_chunk(chunk.into(), parts.into());
            }
        });
        self.apply_specials(shared, w, text, first);
    }

    /// The number of a word; a new one is added to the local lexicon, without vectors yet.
    fn word(&self, shared: &Lexicon, local: &mut Lexicon, text: &str, norm: Option<&str>) -> u32 {
        if let Some(id) = shared.word(text, norm) {
            return id;
        }
        if let Some(id) = local.word(text, norm) {
            return id | LOCAL;
        }
        let lower = text.to_lowercase();
        let entry = Entry {
            text: text.into(),
            norm: norm.map(Into::into),
            features: self.norms.features(text, &lower, norm),
            special: self.tokenizer.special_word(text),
            conditions: self.ruler.conditions(&lower),
            lower: lower.into(),
            vectors: Box::default(),
        };
        local.add_word(entry) | LOCAL
    }

    fn apply_specials(&self, shared: &Lexicon, w: &mut Worker, text: &str, first: usize) {
        let words = Words { shared, local: &w.local };
        let tokens = &w.tokens[first..];
        let special = |i: usize| words.get(tokens[i].word).special;
        let span = |a: usize, b: usize| &text[tokens[a].start as usize..tokens[b - 1].end as usize];
        let specials = self.tokenizer.specials(tokens.len(), special, span);
        if specials.is_empty() {
            return;
        }
        let mut out = Vec::with_capacity(tokens.len());
        let mut done = 0;
        let old = w.tokens.split_off(first);
        for s in specials {
            out.extend_from_slice(&old[done..s.start]);
            let (start, last) = (old[s.start].start, old[s.end - 1]);
            let mut at = start;
            for Piece { end, norm } in s.pieces {
                let end = start + end as u32;
                let word = self.word(shared, &mut w.local, &text[at as usize..end as usize], norm);
                out.push(Tok { word, start: at, end, ws: false });
                at = end;
            }
            if let Some(t) = out.last_mut() {
                t.ws = last.ws;
            }
            done = s.end;
        }
        out.extend_from_slice(&old[done..]);
        w.tokens.append(&mut out);
    }

    fn embed_new_words(&self, w: &mut Worker) {
        let size: usize = self.nets().map(|t| t.variants() * t.width).sum();
        let mut rows = Vec::new();
        // All words of the local lexicon are new; in groups, as a long text brings very many at once.
        for group in w.local.entries.chunks_mut(256) {
            let mut vectors = vec![Vec::with_capacity(size); group.len()];
            for net in self.nets() {
                for space_follows in [false, true].into_iter().take(net.variants()) {
                    net.embed(self.isa, group.iter().map(|e| (&e.features, space_follows)), &mut rows);
                    for (v, row) in vectors.iter_mut().zip(rows.chunks_exact(net.width)) {
                        v.extend_from_slice(row);
                    }
                }
            }
            for (e, v) in group.iter_mut().zip(vectors) {
                e.vectors = v.into();
            }
        }
    }

    fn fill_strips(&self, shared: &Lexicon, w: &mut Worker) {
        let words = Words { shared, local: &w.local };
        let mut offset = 0;
        w.strips.resize_with(self.nets().count(), Strip::default);
        for (net, strip) in self.nets().zip(&mut w.strips) {
            strip.begin(net);
            let mut start = 0;
            for &end in &w.ends {
                strip.begin_document(net);
                for t in &w.tokens[start..end] {
                    let variant = if t.ws { net.variants() - 1 } else { 0 };
                    let at = offset + variant * net.width;
                    strip.push(&words.get(t.word).vectors[at..at + net.width]);
                }
                strip.end_document(net);
                start = end;
            }
            offset += net.variants() * net.width;
        }
    }

    /// Everything after the encoder, for document `i` of the batch.
    fn annotate(&self, shared: &Lexicon, w: &mut Worker, text: String, i: usize, range: std::ops::Range<usize>) -> Doc {
        let n = range.len();
        if n == 0 {
            return Doc { text, ..Doc::default() };
        }
        let tokens = &w.tokens[range];
        let words = Words { shared, local: &w.local };
        let is_space = |t: usize| words.get(tokens[t].word).features.is_space;
        let tags = self.tags(&w.strips, i, n, &mut w.scores);
        let tree = self.tree(&w.strips, i, n, is_space, &mut w.state, &mut w.work);
        let entities = self.entities(&w.strips, i, &tree.sent_starts, is_space, &mut w.work);
        let tokens = self.finish(words, tokens, &tags, &tree, &mut w.changes);
        Doc { tokens, text, entities }
    }

    fn tags(&self, strips: &[Strip], i: usize, n: usize, scores: &mut Vec<f32>) -> Vec<&'static str> {
        let mut tags = vec![""; n];
        if let Some((tagger, (net, t2v))) = self.tagger.as_ref().and_then(|t| Some((t, self.net_of(&t.own)?))) {
            let width = tagger.weights.width;
            scores.resize(n.next_multiple_of(ROW_BLOCK) * width, 0.0);
            kernels::linear(self.isa, strips[net].document(t2v, i), n, &tagger.weights, scores);
            for (tag, scores) in tags.iter_mut().zip(scores.chunks_exact(width)) {
                let mut best = 0;
                for c in 1..tagger.labels.len() {
                    if scores[c] > scores[best] {
                        best = c;
                    }
                }
                *tag = tagger.labels[best];
            }
        }
        tags
    }

    fn tree(
        &self,
        strips: &[Strip],
        i: usize,
        n: usize,
        is_space: impl Fn(usize) -> bool,
        state: &mut State,
        work: &mut Work,
    ) -> Tree {
        match self.parser.as_ref().and_then(|p| Some((p, self.net_of(&p.own)?))) {
            Some((parser, (net, t2v))) => {
                parser.parse(self.isa, strips[net].document(t2v, i), n, is_space, state, work)
            }
            None => Tree {
                heads: (0..n as u32).collect(),
                labels: vec![""; n],
                sent_starts: (0..n).map(|i| i == 0).collect(),
            },
        }
    }

    fn entities(
        &self,
        strips: &[Strip],
        i: usize,
        sent_starts: &[bool],
        is_space: impl Fn(usize) -> bool,
        work: &mut Work,
    ) -> Vec<Entity> {
        match self.ner.as_ref().and_then(|p| Some((p, self.net_of(&p.own)?))) {
            Some((ner, (net, t2v))) => {
                ner.entities(self.isa, strips[net].document(t2v, i), sent_starts, is_space, work)
            }
            None => Vec::new(),
        }
    }

    /// The rules and the lemmas: what tags, tree and words make of the tokens.
    fn finish(
        &self,
        words: Words<'_>,
        tokens: &[Tok],
        tags: &[&'static str],
        tree: &Tree,
        changes: &mut Vec<Change>,
    ) -> Vec<Token> {
        let word = |t: usize| words.get(tokens[t].word);
        let seen = |t: usize| Seen {
            tag: tags[t],
            dep: tree.labels[t],
            is_space: word(t).features.is_space,
            conditions: &word(t).conditions,
        };
        self.ruler.apply(tokens.len(), seen, changes);
        let tokens = tokens.iter().enumerate().map(|(t, tok)| {
            let change = &changes[t];
            let entry = word(t);
            let (pos, morph) = (change.pos.unwrap_or(""), change.morph.unwrap_or(""));
            let lemma = match (change.lemma, &self.lemmatizer) {
                (Some(l), _) => l.to_owned(),
                (None, Some(lemmatizer)) => lemmatizer.lemma(&entry.text, &entry.lower, pos, morph),
                (None, None) => String::new(),
            };
            Token {
                start: tok.start,
                end: tok.end,
                ws: tok.ws,
                tag: change.tag.unwrap_or(tags[t]),
                pos,
                morph,
                lemma,
                head: tree.heads[t],
                dep: change.dep.unwrap_or(tree.labels[t]),
                sent_start: tree.sent_starts[t],
            }
        });
        tokens.collect()
    }

    /// Moves what this batch learnt to the shared lexicon, while there is room. Overlong words stay out: they
    /// hardly ever come back.
    fn keep_new_words(&self, w: &mut Worker) {
        let chunks: Vec<_> = w.local.drain_chunks().filter(|(text, _)| text.len() <= MAX_KEPT).collect();
        if !chunks.is_empty() {
            let mut shared = self.lexicon.write().unwrap_or_else(PoisonError::into_inner);
            let keep = |e: Entry| match shared.word(&e.text, e.norm.as_deref()) {
                None if e.text.len() > MAX_KEPT || shared.entries.len() >= MAX_WORDS => None,
                None => Some(shared.add_word(e)),
                known => known,
            };
            let numbers: Vec<Option<u32>> = w.local.entries.drain(..).map(keep).collect();
            for (text, mut parts) in chunks {
                let mut all_kept = shared.chunk_count() < MAX_CHUNKS && shared.chunk(&text).is_none();
                for p in parts.iter_mut().filter(|p| p.word & LOCAL != 0) {
                    match numbers[(p.word ^ LOCAL) as usize] {
                        Some(number) => p.word = number,
                        None => all_kept = false,
                    }
                }
                if all_kept {
                    shared.add_chunk(text, parts);
                }
            }
        }
        w.local.clear();
    }
}

impl Tagger {
    fn load(files: &Files, component: &str, vectors: Option<&std::sync::Arc<Vectors>>) -> Result<Self, LoadError> {
        let (weights, outputs, own) = net::with_layers(files, &format!("{component}/model"), |layers| {
            let own = if Tok2Vec::is_in(layers) { Some(Tok2Vec::from_layers(layers, vectors)?) } else { None };
            let layer = single(layers, "softmax")?;
            Ok((layer.linear()?, layer.param::<2>("W")?.0[0], own))
        })?;
        let name = format!("{component}/cfg");
        let fail = |reason: String| LoadError::new(&files.path(&name), reason);
        let cfg = files.json(&name)?;
        let labels: Option<Vec<&'static str>> =
            cfg["labels"].as_array().and_then(|l| l.iter().map(|l| l.as_str().map(intern)).collect());
        let labels = labels.ok_or_else(|| fail("no list `labels`".into()))?;
        if labels.len() != outputs || outputs == 0 {
            return Err(fail(format!("{} labels for {outputs} classes of the model", labels.len())));
        }
        Ok(Tagger { weights, labels, own })
    }
}

/// Reads `vocab/lookups.bin`, whose table `lexeme_norm` may be missing.
fn load_norms(files: &Files) -> Result<Norms, LoadError> {
    let name = "vocab/lookups.bin";
    if !files.has(name) {
        return Ok(Norms::new(std::iter::empty()));
    }
    let fail = |reason: String| LoadError::new(&files.path(name), reason);
    let bytes = files.bytes(name)?;
    let root = msgpack::read(&bytes).map_err(|e| fail(e.to_string()))?;
    let table = root.get("lexeme_norm").and_then(Value::map).unwrap_or_default();
    let pairs: Option<Vec<(u64, u64)>> =
        table.iter().map(|(k, v)| Some((k.uint()?, crate::hash::string_id(v.str()?)))).collect();
    pairs.map(|p| Norms::new(p.into_iter())).ok_or_else(|| fail("an entry of `lexeme_norm` is not text".into()))
}

/// How far ahead of the delivered results the threads may run.
struct Progress {
    state: Mutex<(usize, bool)>,
    changed: Condvar,
    limit: usize,
}

impl Progress {
    fn new(limit: usize) -> Self {
        Progress { state: Mutex::new((0, false)), changed: Condvar::new(), limit }
    }

    /// The next texts with their payloads and their number, once there is room for their results.
    fn next_batch<T>(
        &self,
        source: &Mutex<(usize, impl Iterator<Item = (T, String)>)>,
    ) -> Option<(usize, Vec<T>, Vec<String>)> {
        {
            let mut s = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            while s.0 >= self.limit && !s.1 {
                s = self.changed.wait(s).unwrap_or_else(PoisonError::into_inner);
            }
            if s.1 {
                return None;
            }
            s.0 += 1;
        }
        let mut source = source.lock().ok()?;
        let (mut payloads, mut texts, mut size) = (Vec::new(), Vec::new(), 0);
        while size < BATCH_BYTES {
            let Some((payload, text)) = source.1.next() else { break };
            size += text.len().max(64);
            payloads.push(payload);
            texts.push(text);
        }
        if texts.is_empty() {
            return None;
        }
        source.0 += 1;
        Some((source.0 - 1, payloads, texts))
    }

    fn delivered(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).0 -= 1;
        self.changed.notify_one();
    }

    fn stop(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).1 = true;
        self.changed.notify_all();
    }
}

struct StopOnDrop<'a>(&'a Progress);

impl Drop for StopOnDrop<'_> {
    fn drop(&mut self) {
        self.0.stop();
    }
}

struct StopUnlessDone<'a> {
    progress: &'a Progress,
    done: bool,
}

impl Drop for StopUnlessDone<'_> {
    fn drop(&mut self) {
        if !self.done {
            self.progress.stop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locate::locate;

    /// The compiled variants of the arithmetic round differently in the last place; labels must not care.
    #[test]
    fn every_processor_gives_the_same_parse() {
        let Ok(dir) = locate(None) else {
            eprintln!("skipped: no language model (`make model`)");
            return;
        };
        let text = "Beijing's envoy, who hadn't been received since 2019, left Vilnius on Monday. \
                    \"Ties stay cut,\" a ministry official said; Taipei kept its office (opened in 2021) there.\n";
        let texts: Vec<String> = (1..30).map(|n| text.split_inclusive(' ').take(n).collect()).collect();
        let mut all = Vec::new();
        for isa in Isa::available() {
            let mut p = Pipeline::load(&dir).expect("the model is good");
            p.isa = isa;
            all.push(texts.iter().map(|t| p.parse(t)).collect::<Vec<Doc>>());
        }
        assert!(all.iter().all(|docs| *docs == all[0]));
    }

    #[test]
    fn a_missing_folder_is_named() {
        let e = Pipeline::load(Path::new("no/such/folder")).err().expect("an error");
        assert_eq!(e.path, Path::new("no/such/folder/meta.json"));
    }
}
