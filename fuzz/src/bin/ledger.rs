//! A ledger file with bytes of some of its pages replaced: opened, asked and verified, it answers, finds the damage or says
//! what is wrong; never a panic, never a hang.
#![no_main]
use chancery_core::ledger::{Filter, Ledger, Run};
use chancery_core::values::SourceText;
use libfuzzer_sys::fuzz_target;
use std::path::PathBuf;
use std::sync::OnceLock;

fn file() -> PathBuf {
    std::env::temp_dir().join(format!("chancery-fuzz-ledger-{}.sqlite", std::process::id()))
}

fn sound() -> &'static [u8] {
    static SOUND: OnceLock<Vec<u8>> = OnceLock::new();
    SOUND.get_or_init(|| {
        let path = file();
        let _ = std::fs::remove_file(&path);
        let mut ledger = Ledger::open(&path).unwrap();
        for n in 0..20 {
            let source = SourceText { id: n.to_string(), hash: n.to_string(), text: format!("Text {n}."), ..SourceText::default() };
            ledger.record(&Run::default(), &source, &[], "2026-01-01T00:00:00Z".parse().unwrap()).unwrap();
        }
        let copy = path.with_extension("copy");
        let _ = std::fs::remove_file(&copy);
        ledger.backup(&copy).unwrap();
        let bytes = std::fs::read(&copy).unwrap();
        let _ = std::fs::remove_file(&copy);
        bytes
    })
}

fuzz_target!(|data: &[u8]| {
    let mut bytes = sound().to_vec();
    for change in data.chunks(8) {
        let Some((at, run)) = change.split_first_chunk::<3>() else { return };
        let at = u32::from_le_bytes([at[0], at[1], at[2], 0]) as usize % bytes.len();
        for (to, from) in bytes[at..].iter_mut().zip(run) {
            *to = *from;
        }
    }
    let path = file();
    for other in ["sqlite-wal", "sqlite-shm"] {
        let _ = std::fs::remove_file(path.with_extension(other));
    }
    std::fs::write(&path, &bytes).unwrap();
    if let Ok(ledger) = Ledger::open_read(&path) {
        let _ = ledger.verify();
        let _ = ledger.claims(&Filter::default(), None);
        let _ = ledger.document_ids();
    }
});
