//! ask
pub mod ranks;
