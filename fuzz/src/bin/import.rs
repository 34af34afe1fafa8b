//! Any bytes as an export to import, and a sound export with a part replaced: an error that names the line, or a ledger that
//! exports what it took in and answers; never a panic, never half an import.
#![no_main]
use chancery_core::ledger::{Filter, Ledger, Run};
use chancery_core::values::SourceText;
use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

fn sound() -> &'static [u8] {
    static SOUND: OnceLock<Vec<u8>> = OnceLock::new();
    SOUND.get_or_init(|| {
        let mut ledger = Ledger::in_memory().unwrap();
        let claim = serde_json::from_str(
            r#"{"doc": "", "quote": "Aland recognised Bland", "span": [0, 22], "family": "standing", "predicate": "recognition",
                "subject": {"id": "AAA", "label": "Aland", "mention": "Aland", "kind": "state"},
                "object": {"id": "BBB", "label": "Bland", "mention": "Bland", "kind": "state"},
                "phase": "begins", "polarity": "yes", "modality": "asserted", "by": "author", "when": "2020-05", "said": "2021-01-01"}"#,
        );
        for n in 0..2 {
            let text = format!("Aland recognised Bland in May, says text {n}.");
            let source = SourceText { id: n.to_string(), hash: n.to_string(), text, ..SourceText::default() };
            let claims = claim.as_ref().map(std::slice::from_ref).unwrap_or_default();
            ledger.record(&Run::default(), &source, claims, "2026-01-01T00:00:00Z".parse().unwrap()).unwrap();
        }
        let mut out = Vec::new();
        ledger.export(&mut out).unwrap();
        out
    })
}

fuzz_target!(|data: &[u8]| {
    let Some((mode, rest)) = data.split_first() else { return };
    let mut bytes = rest.to_vec();
    if mode & 1 == 1 {
        let Some((at, run)) = rest.split_first_chunk::<2>() else { return };
        bytes = sound().to_vec();
        let at = u16::from_le_bytes(*at) as usize % bytes.len();
        let end = if mode & 2 == 0 { (at + run.len()).min(bytes.len()) } else { at };
        bytes.splice(at..end, run.iter().copied());
    }
    let mut ledger = Ledger::in_memory().unwrap();
    let taken = ledger.import(&mut &bytes[..]);
    let rows = ledger.claims(&Filter::default(), None).unwrap();
    let mut out = Vec::new();
    ledger.export(&mut out).unwrap();
    match taken {
        Err(_) => assert!(rows.is_empty(), "half an import"),
        Ok(_) => {
            let mut again = Ledger::in_memory().unwrap();
            assert!(again.import(&mut &out[..]).is_ok(), "what was exported is taken in");
        }
    }
});
