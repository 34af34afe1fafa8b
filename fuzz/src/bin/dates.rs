//! Any text as EDTF: an answer or an error, and what is read is written the same.
#![no_main]
use chancery_core::values::When;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(w) = When::parse(text) {
        let again = When::parse(&w.to_string()).expect("what is written is read");
        assert_eq!(w, again);
    }
});
