//! Text to a parsed [`Doc`]: a native runtime of spaCy's English pipelines.
mod arc_eager;
mod chars;
mod config;
pub mod doc;
mod error;
mod hash;
mod kernels;
mod lemmatizer;
mod lexicon;
pub mod locate;
mod msgpack;
mod ner;
mod net;
mod pattern;
mod pipeline;
mod ruler;
mod tok2vec;
mod tokenizer;
mod transition;

pub use config::Meta;
pub use doc::{Doc, Entity, Token};
pub use error::LoadError;
pub use pipeline::Pipeline;
