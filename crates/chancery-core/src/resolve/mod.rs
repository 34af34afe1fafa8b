//! Who, when, where: mentions of a parsed document tied to actors and dates.
mod actors;
mod bearers;
mod coref;
mod dates;
mod entry;
mod kinds;
mod lexicon;
mod mentions;
mod organs;
mod persons;
mod places;
mod towns;

pub use actors::{Actor, ActorIx, Capital, Description, How, Kind, Member, Registry, Spell, SpellView, norm, slug};
pub(crate) use actors::{Fast, Table};
pub use dates::{DateMention, DateRole, find_dates};
pub(crate) use dates::{is_month, is_month_or_short, is_weekday};
pub use mentions::{Mention, Resolved, Via, Who, resolve, resolve_from};
pub(crate) use organs::reported_from;
pub use places::{City, Places};
pub(crate) use towns::towns_of_lists;
