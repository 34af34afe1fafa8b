//! Text to a parsed [`Doc`]: a native runtime of spaCy's English pipelines.
pub mod doc;
pub use doc::{Doc, Entity, Token};
