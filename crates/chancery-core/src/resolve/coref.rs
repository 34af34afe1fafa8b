//! Pronouns and role nouns ("the group", "his regime") tied to what they stand for.
