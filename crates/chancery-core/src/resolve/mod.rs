//! Who, when, where: mentions of a parsed document tied to actors and dates.
mod actors;
mod coref;
mod dates;
mod mentions;

pub use actors::{Actor, ActorIx, Kind, Registry, Spell};
pub use dates::{DateMention, DateRole, find_dates};
pub use mentions::{Mention, Resolved, Who, resolve};
