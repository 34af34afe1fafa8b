//! Any text: the tokens tile it, heads and entities lie inside it.
#![no_main]
use chancery_parse::{Pipeline, locate};
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

static PIPELINE: OnceLock<Option<Pipeline>> = OnceLock::new();

fuzz_target!(|text: &str| {
    let pipeline = PIPELINE.get_or_init(|| locate::locate(None).ok().and_then(|d| Pipeline::load(&d).ok()));
    let Some(pipeline) = pipeline else { return };
    let doc = pipeline.parse(text);
    let mut at = 0;
    for t in &doc.tokens {
        assert_eq!(t.start as usize, at, "tokens tile the text");
        assert!(t.end > t.start);
        assert!((t.head as usize) < doc.tokens.len());
        at = t.end as usize + usize::from(t.ws);
    }
    assert_eq!(at, text.len(), "nothing is left over");
    for e in &doc.entities {
        assert!(e.start < e.end && e.end as usize <= doc.tokens.len());
    }
});
