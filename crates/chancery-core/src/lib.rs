//! From a parsed document to claims, to a ledger of them, to answers.
//!
//! Rooms, in the order in which a document walks through them; imports point to the left only:
//! `values <- resolve <- code <- ledger <- ask`.
pub mod ask;
pub mod code;
pub mod knowledge;
pub mod ledger;
pub mod resolve;
pub mod values;

pub use values::{AsOf, By, Claim, Family, Finding, Level, Modality, Party, Phase, Polarity, SourceText};
