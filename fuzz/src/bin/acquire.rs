//! Any bytes as a document on standard input: documents and findings, never a panic.
#![no_main]
use chancery_io::acquire::{Acquire, Acquired, language};
use libfuzzer_sys::fuzz_target;
use std::io::Cursor;
use std::path::PathBuf;

fuzz_target!(|data: &[u8]| {
    let acquire = Acquire::default();
    for got in acquire.open_with(&[PathBuf::from("-")], Box::new(Cursor::new(data.to_vec()))) {
        if let Acquired::Document(d) = got {
            let _ = language::is_english(&d.text);
        }
    }
});
