//! Documents in (text, HTML, JSON Lines, folders, standard input) and tables out.
pub mod acquire;
