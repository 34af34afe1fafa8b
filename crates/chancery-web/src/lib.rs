//! The analyst's pages and the JSON API: what the ledger says, seen and corrected in a browser.
//!
//! ```text
//!   request --guard--> handler --desk (questions of chancery-core)--> rows --+--> page (askama) with pictures (draw)
//!                                                                             +--> CSV, JSON Lines, SVG
//! ```
//!
//! Pages work without JavaScript and load nothing from elsewhere. Whatever comes out of a ledger is text of others:
//! it is escaped where it is written. Questions go through connections that cannot write.
mod acts;
mod api;
mod app;
mod asked;
pub mod atlas;
pub mod csv;
pub mod desk;
pub mod draw;
mod guard;
mod pages;
pub mod questions;
mod routes;
mod serve;
pub mod words;

pub use app::{App, Reading, Reads, Settings, Upload};
pub use desk::{Asking, Trouble};
pub use routes::routes;
pub use serve::serve;
