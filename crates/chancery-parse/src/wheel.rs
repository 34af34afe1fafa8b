//! Models as the Python package index has them: a wheel (or any other zip file) with a pipeline folder in it.
//!
//! ```text
//!   en_core_web_md-3.8.0-py3-none-any.whl
//!     en_core_web_md/__init__.py
//!     en_core_web_md/en_core_web_md-3.8.0/config.cfg      <- the folder with config.cfg, meta.json and tokenizer
//!     en_core_web_md/en_core_web_md-3.8.0/tagger/model
//! ```
//!
//! A wheel is a zip file (PEP 427). Its files are unpacked one by one as the loader asks for them, and checked against the
//! CRC-32 that the archive keeps of each.
use crate::files::Bytes;
use std::collections::HashMap;
use std::io::{Cursor, Read};
use std::sync::{Mutex, PoisonError};
use zip::ZipArchive;
use zip::result::ZipError;

/// The first bytes of a zip file that has anything in it.
pub(crate) const MAGIC: &[u8] = b"PK\x03\x04";
/// Longest file that is unpacked: the largest table of any published model is a tenth of it.
const MAX_FILE: u64 = 8 << 30;

/// A wheel, and the place of each file of the pipeline in it.
pub(crate) struct Wheel {
    archive: Mutex<ZipArchive<Cursor<Bytes>>>,
    /// Number in the archive, by the name in the model.
    places: HashMap<String, usize>,
}

impl Wheel {
    /// Reads the table of contents and finds the one pipeline in it.
    pub(crate) fn read(bytes: Bytes) -> Result<Self, String> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(&e))?;
        let name = |i| archive.name_for_index(i).map_or(Ok(String::new()), |n| n.map(|n| n.into_owned()));
        let names = (0..archive.len()).map(name);
        let names = names.collect::<Result<Vec<String>, _>>().map_err(|e| damaged(&e))?;
        let mut folders: Vec<&str> = names.iter().filter_map(|n| n.strip_suffix("config.cfg")).collect();
        folders.retain(|f| {
            (f.is_empty() || f.ends_with('/'))
                && ["meta.json", "tokenizer"].iter().all(|file| names.contains(&format!("{f}{file}")))
        });
        folders.sort_unstable();
        folders.dedup();
        let folder = match folders[..] {
            [folder] => folder,
            [] => {
                return Err(
                    "a zip file without a spaCy pipeline: no folder in it has config.cfg, meta.json and tokenizer \
                    (give the wheel of a pipeline package, or the folder with config.cfg)"
                        .into(),
                );
            }
            _ => {
                let list = folders.join(", ");
                return Err(format!(
                    "a zip file with several pipelines ({list}): unpack it and give one of the folders"
                ));
            }
        };
        let inside = names.iter().enumerate().filter(|(_, n)| !n.ends_with('/'));
        let places = inside.filter_map(|(i, n)| Some((n.strip_prefix(folder)?.to_owned(), i))).collect();
        Ok(Wheel { archive: Mutex::new(archive), places })
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.places.contains_key(name)
    }

    /// The names of the files of the model, in order.
    pub(crate) fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.places.keys().map(String::as_str).collect();
        names.sort_unstable();
        names
    }

    /// The content of a file of the model.
    pub(crate) fn bytes(&self, name: &str) -> Result<Vec<u8>, String> {
        let &place = self.places.get(name).ok_or("no such file in the wheel")?;
        // Each reader has its own place in the shared bytes, so that components load side by side.
        let mut archive = self.archive.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let file = archive.by_index(place).map_err(|e| damaged(&e))?;
        let size = file.size();
        if size > MAX_FILE {
            return Err(format!("unpacks to {size} bytes, more than any model has"));
        }
        // The size is what the archive says of itself: memory is taken as bytes arrive, and no more than that many.
        let mut out = Vec::with_capacity(usize::try_from(size.min(1 << 26)).unwrap_or(0));
        file.take(size.saturating_add(1)).read_to_end(&mut out).map_err(|e| format!("damaged: {e}"))?;
        if out.len() as u64 == size { Ok(out) } else { Err(format!("damaged: {} of {size} bytes", out.len())) }
    }
}

fn damaged(e: &ZipError) -> String {
    format!("not readable as a zip file: {e} (fetch the wheel again)")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::borrow::Cow;
    use std::io::Write;
    use zip::CompressionMethod;
    use zip::write::{SimpleFileOptions, ZipWriter};

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (i, (name, content)) in files.iter().enumerate() {
            let method = if i % 2 == 0 { CompressionMethod::Deflated } else { CompressionMethod::Stored };
            zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).expect("in memory");
            zip.write_all(content).expect("in memory");
        }
        zip.finish().expect("in memory").into_inner()
    }

    fn read(bytes: Vec<u8>) -> Result<Wheel, String> {
        Wheel::read(Cow::<[u8]>::Owned(bytes).into())
    }

    const LONG: [u8; 5000] = [9; 5000];
    const MODEL: &[(&str, &[u8])] = &[
        ("xx_a/__init__.py", b"pass"),
        ("xx_a/xx_a-1.0/config.cfg", b"[nlp]"),
        ("xx_a/xx_a-1.0/meta.json", b"{}"),
        ("xx_a/xx_a-1.0/tokenizer", &LONG),
        ("xx_a/xx_a-1.0/tagger/model", &LONG),
        ("xx_a-1.0.dist-info/RECORD", b""),
    ];

    #[test]
    fn the_files_of_the_pipeline_have_their_own_names() {
        let w = read(zipped(MODEL)).expect("a wheel");
        assert!(w.has("tagger/model") && !w.has("__init__.py") && !w.has("RECORD"));
        assert_eq!((w.bytes("tagger/model"), w.bytes("tokenizer")), (Ok(LONG.to_vec()), Ok(LONG.to_vec())));
        assert_eq!(w.bytes("ner/model"), Err("no such file in the wheel".into()));
    }

    #[test]
    fn what_holds_no_pipeline_or_several_is_said() {
        let none = read(zipped(&[("a/config.cfg", b""), ("b/meta.json", b"")])).err().expect("refused");
        assert!(none.contains("without a spaCy pipeline"), "{none}");
        let twice: Vec<_> = MODEL
            .iter()
            .copied()
            .chain([("y/config.cfg", &b""[..]), ("y/meta.json", b""), ("y/tokenizer", b"")])
            .collect();
        let several = read(zipped(&twice)).err().expect("refused");
        assert!(several.contains("several pipelines (xx_a/xx_a-1.0/, y/)"), "{several}");
        assert!(read(b"PK\x03\x04 and no more".to_vec()).err().expect("refused").contains("not readable as a zip"));
    }

    #[test]
    fn changed_contents_are_seen() {
        let good = zipped(MODEL);
        let at = good.windows(100).position(|w| w == &LONG[..100]).expect("one of the two is stored");
        let mut bad = good;
        bad[at + 50] ^= 1;
        let w = read(bad).expect("the table is good");
        assert!(["tokenizer", "tagger/model"].iter().any(|f| w.bytes(f).is_err()));
    }

    proptest! {
        #[test]
        fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..64), at in 0usize..800, cut in 0usize..800) {
            let mut mixed = zipped(MODEL);
            for (to, b) in mixed.iter_mut().skip(at).zip(&bytes) {
                *to = *b;
            }
            if cut % 3 == 0 {
                mixed.truncate(cut);
            }
            if let Ok(w) = read(mixed) {
                for file in ["config.cfg", "tokenizer", "tagger/model"] {
                    let _ = w.bytes(file);
                }
            }
        }
    }
}
