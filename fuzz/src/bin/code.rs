//! Any text: coded without a fault, and the words of each claim stand where it says.
#![no_main]
use chancery_core::code::{Coder, examples, prepare, restore};
use chancery_core::knowledge::DataFiles;
use chancery_parse::{Pipeline, locate};
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

static PROGRAM: OnceLock<Option<(Pipeline, Coder)>> = OnceLock::new();

fuzz_target!(|text: &str| {
    let program = PROGRAM.get_or_init(|| {
        let pipeline = locate::locate(None).ok().and_then(|d| Pipeline::load(&d).ok())?;
        Some((pipeline, Coder::new(&DataFiles::embedded()).0))
    });
    let Some((pipeline, coder)) = program else { return };
    let seen = prepare(text);
    assert_eq!(seen.len(), text.len(), "offsets hold");
    let mut doc = pipeline.parse(&seen);
    restore(&mut doc, text);
    for c in examples::claims(coder, text, doc) {
        let quote: String = text.chars().skip(c.span[0] as usize).take((c.span[1] - c.span[0]) as usize).collect();
        assert_eq!(quote, c.quote, "the words of a claim stand where it says");
    }
});
