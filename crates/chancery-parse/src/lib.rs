//! Text to a parsed [`Doc`]: a native runtime of spaCy's English pipelines.
//!
//! It reads the files of a trained spaCy 3 pipeline (`en_core_web_sm`, `en_core_web_md`, or one of the same
//! shape) and gives the same tokens, tags, lemmas, trees and entities, several times as fast and without
//! Python.
//!
//! ```
//! use chancery_parse::{Pipeline, locate::locate};
//!
//! # fn main() -> Result<(), chancery_parse::LoadError> {
//! let Ok(folder) = locate(None) else { return Ok(()) }; // `make model` fetches it
//! let pipeline = Pipeline::load(&folder)?;
//! let doc = pipeline.parse("Oslo reopened its embassy in Damascus. Officials welcomed it.");
//!
//! let first = doc.sentences()[0].clone();
//! let root = first.clone().find(|&i| doc.tokens[i].head as usize == i).expect("a sentence has a root");
//! assert_eq!((doc.text(root), doc.tokens[root].lemma.as_str()), ("reopened", "reopen"));
//! assert_eq!(doc.tokens[0].dep, "nsubj");
//! assert_eq!(doc.span_text(first), "Oslo reopened its embassy in Damascus.");
//! assert_eq!((doc.entities[1].label, doc.entities[1].start), ("GPE", 5)); // Damascus
//! # Ok(())
//! # }
//! ```
//!
//! Many texts go through [`Pipeline::parse_all`], on all cores and in bounded memory:
//!
//! ```
//! # use chancery_parse::{Pipeline, locate::locate};
//! # use std::ops::ControlFlow;
//! # fn main() -> Result<(), chancery_parse::LoadError> {
//! # let Ok(folder) = locate(None) else { return Ok(()) };
//! # let pipeline = Pipeline::load(&folder)?;
//! let texts = (1..=1000).map(|n| (n, format!("Dispatch {n} arrived.")));
//! let mut seen = 0;
//! let flow: ControlFlow<()> = pipeline.parse_all(
//!     0, // one thread a core
//!     texts,
//!     |n, doc| (n, doc.len()), // on the threads
//!     |(n, tokens)| {
//!         seen += 1; // here, in the order of the texts
//!         assert_eq!((n, tokens), (seen, 4));
//!         ControlFlow::Continue(())
//!     },
//! );
//! assert!(flow.is_continue() && seen == 1000);
//! # Ok(())
//! # }
//! ```
//!
//! # How it is laid out
//!
//! | module | what it does |
//! |---|---|
//! | `files`, `wheel`, `pack` | the files of a model, in a folder, in a wheel, or packed into one file |
//! | `pipeline` | loads the components, takes batches of documents through them, remembers words |
//! | `tokenizer`, `pattern`, `chars` | white space, affixes, exceptions; the patterns they are written in |
//! | `lexicon`, `hash` | words and their features, under spaCy's ids |
//! | `tok2vec`, `net`, `msgpack` | embeddings and encoder; where they are in the files |
//! | `kernels` | the products, for AVX-512, AVX2 and any processor; here is all `unsafe` code but the line of `files` that maps a file |
//! | `transition`, `arc_eager`, `ner` | scoring of states; the parser; the entity recogniser |
//! | `ruler`, `lemmatizer` | parts of speech, morphology and lemmas from tags and words |
//!
//! # What never happens
//!
//! - a text that cannot be parsed: any text has a parse, an empty one has no tokens
//! - text that is lost: tokens and the single spaces after them rebuild it
//! - a result that depends on the number of threads, on the documents beside it or on those before it
//! - a model file that makes loading panic or fill memory: [`LoadError`] names the file and what is wrong
#![deny(missing_docs)]
mod arc_eager;
mod chars;
mod config;
pub mod doc;
mod error;
mod files;
mod hash;
mod kernels;
mod lemmatizer;
mod lexicon;
pub mod locate;
mod msgpack;
mod ner;
mod net;
pub mod pack;
mod pattern;
mod pipeline;
mod ruler;
mod tok2vec;
mod tokenizer;
mod transition;
mod wheel;

pub use config::Meta;
pub use doc::{Doc, Entity, Token};
pub use error::LoadError;
pub use pipeline::Pipeline;
#[cfg(feature = "stages")]
#[doc(hidden)]
pub use pipeline::stages;
