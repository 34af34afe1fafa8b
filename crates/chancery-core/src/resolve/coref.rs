//! Pronouns and role nouns ("the group", "his regime") tied to what they stand for.
use super::mentions::Builder;

impl Builder<'_> {
    pub(super) fn coref(&mut self) {}
}
