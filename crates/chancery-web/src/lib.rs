//! The analyst's pages and the JSON API: what the ledger says, seen and corrected in a browser.
//!
//! ```text
//!   request --guard--> handler --desk (questions of chancery-core)--> rows --+--> page (askama) with pictures (draw)
//!                                                                             +--> CSV, JSON Lines, SVG
//! ```
//!
//! Pages work without JavaScript and load nothing from elsewhere. Whatever comes out of a ledger is text of others:
//! it is escaped where it is written. Questions go through connections that cannot write.
pub mod csv;
pub mod desk;
pub mod draw;
pub mod questions;
pub mod words;

pub use desk::{Asking, Trouble};
