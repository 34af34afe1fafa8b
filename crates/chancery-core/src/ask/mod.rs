//! Questions: pure functions over the claims that the ledger held at an instant.
//!
//! The caller fetches ([`crate::ledger::Ledger::claims`] with [`crate::values::AsOf::known_at`]) and asks; nothing
//! here reads a file or a clock, so the same claims always give the same answer.
//! A fact is never stored: `status` is a fold over dated claims (`fold.rs`), by rules that the ontology declares.
mod changes;
mod conflicts;
mod fold;
mod lanes;
mod mission;
mod network;
pub mod ranks;
mod rows;
mod sides;
mod standing;
mod status;
mod timeline;

pub use changes::{ChangeRow, changes, learned};
pub use conflicts::{ConflictKind, ConflictRow, Policies, Position, Voice, conflicts, conflicts_of_many};
pub use fold::Answer;
pub use lanes::{Lane, Stretch, lanes};
pub use mission::{Step, rank_steps};
pub use network::{EdgeRow, MatrixRow, edges, matrix, shortest};
pub use rows::{PartyRef, StatusRow, TimelineRow, View, WhoRow};
pub use sides::{Actor, Kin, Kinship, Side};
pub use status::{is_nameless, status, who};
pub use timeline::timeline;
