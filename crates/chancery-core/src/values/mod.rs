//! The plain values at the seams: what one room hands to the next.
mod asof;
mod claim;
pub mod edtf;
mod finding;
mod source;

pub use asof::AsOf;
pub use claim::{By, Claim, Family, Modality, Party, Phase, Polarity};
pub use edtf::{EdtfError, Season, Tri, Unit, When};
pub use finding::{Finding, Level};
pub use source::SourceText;
