//! Any text as a data file of the user's: findings, never a panic.
#![no_main]
use chancery_core::code::{Coder, Frames};
use chancery_core::knowledge::DataFiles;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for path in ["actors/x.toml", "offices/x.tsv", "frames/x.toml", "lexicon/lists.toml", "lexicon/speech.toml", "ontology/predicates.toml"] {
        let data = DataFiles::of([(path.to_owned(), text.to_owned())]);
        let _ = Frames::load(&data);
        let _ = Coder::new(&data);
    }
});
