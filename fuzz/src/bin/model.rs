//! Any bytes as a file of a model: an error that names it, never a panic or runaway memory. The other files are sound, so
//! that the loader gets as far as it can.
#![no_main]
use libfuzzer_sys::fuzz_target;
use std::path::PathBuf;
use std::sync::OnceLock;

const FILES: &[&str] =
    &["tokenizer", "tok2vec/model", "tagger/model", "tagger/cfg", "parser/moves", "attribute_ruler/patterns", "vocab/lookups.bin", "config.cfg", "meta.json"];

static COPY: OnceLock<Option<PathBuf>> = OnceLock::new();

fn copy() -> Option<&'static PathBuf> {
    COPY.get_or_init(|| {
        let model = chancery_parse::locate::locate(None).ok()?;
        let to = std::env::temp_dir().join(format!("chancery-fuzz-model-{}", std::process::id()));
        copy_all(&model, &to).ok()?;
        Some(to)
    })
    .as_ref()
}

fn copy_all(from: &std::path::Path, to: &std::path::Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for e in std::fs::read_dir(from)? {
        let e = e?;
        let target = to.join(e.file_name());
        if e.path().is_dir() {
            copy_all(&e.path(), &target)?;
        } else {
            std::fs::copy(e.path(), target)?;
        }
    }
    Ok(())
}

fuzz_target!(|data: &[u8]| {
    let (Some(dir), Some((which, bytes))) = (copy(), data.split_first()) else { return };
    let file = dir.join(FILES[*which as usize % FILES.len()]);
    let Ok(sound) = std::fs::read(&file) else { return };
    // the sound file with a run of it replaced, or the bytes alone
    let mut broken = if which & 0x80 == 0 { bytes.to_vec() } else { sound.clone() };
    if which & 0x80 != 0 && bytes.len() > 4 {
        let at = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize % broken.len().max(1);
        for (b, x) in broken[at..].iter_mut().zip(&bytes[4..]) {
            *b = *x;
        }
    }
    if std::fs::write(&file, &broken).is_ok() {
        let _ = chancery_parse::Pipeline::load(dir);
    }
    let _ = std::fs::write(&file, &sound);
});
