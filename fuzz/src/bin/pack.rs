//! Any bytes as a packed model, and a sound one with a run of bytes replaced: an error that says what is wrong, or a model
//! that parses; never a panic or runaway memory. Checksums of the table are put right, so that what lies behind them is reached.
#![no_main]
use chancery_parse::{Pipeline, locate, pack};
use libfuzzer_sys::fuzz_target;
use sha2::{Digest, Sha256};
use std::sync::OnceLock;

static SOUND: OnceLock<Option<Vec<u8>>> = OnceLock::new();

/// The language model, packed; nothing without one.
fn sound() -> Option<&'static Vec<u8>> {
    SOUND
        .get_or_init(|| {
            let model = locate::locate(None).ok()?;
            let to = std::env::temp_dir().join(format!("chancery-fuzz-pack-{}", std::process::id()));
            pack::pack(&model, &to).ok()?;
            let bytes = std::fs::read(&to).ok();
            let _ = std::fs::remove_file(&to);
            bytes
        })
        .as_ref()
}

/// Gives the head and the table the checksum that they should have.
fn reseal(bytes: &mut [u8]) {
    let Some(table) = bytes.get(24..32).and_then(|b| b.try_into().ok()).map(u64::from_le_bytes) else { return };
    let end = usize::try_from(table).ok().and_then(|t| t.checked_add(64));
    let Some(table) = end.and_then(|end| bytes.get(64..end)) else { return };
    let sum = Sha256::new().chain_update(&bytes[..32]).chain_update(table).finalize();
    bytes[32..64].copy_from_slice(&sum);
}

fuzz_target!(|data: &[u8]| {
    let Some((mode, rest)) = data.split_first() else { return };
    let mut bytes = if mode & 1 == 0 { [b"chancery", rest].concat() } else { rest.to_vec() };
    if mode & 2 != 0 {
        let (Some(good), Some((at, run))) = (sound(), rest.split_first_chunk::<4>()) else { return };
        bytes.clone_from(good);
        // mostly in the head and the table, where the structure is
        let within = if mode & 4 == 0 { bytes.len().min(2048) } else { bytes.len() };
        let at = u32::from_le_bytes(*at) as usize % within;
        for (to, from) in bytes[at..].iter_mut().zip(run) {
            *to = *from;
        }
        if mode & 8 != 0 {
            bytes.truncate(at);
        }
    }
    if mode & 16 != 0 {
        reseal(&mut bytes);
    }
    if let Ok(pipeline) = Pipeline::from_packed(bytes) {
        let doc = pipeline.parse("The embassy reopened.");
        assert_eq!(doc.tokens.last().map(|t| t.end as usize), Some(doc.text.len()));
    }
});
