//! Packed models: all that the loader reads of a model, in one file with a checksum for each part.
//!
//! ```text
//!     0  magic          the 8 bytes "chancery"
//!     8  version        u32: 1
//!    12  entries        u32: how many
//!    16  size           u64: of the whole file, in bytes
//!    24  table size     u64: in bytes
//!    32  checksum       SHA-256 of bytes 0 to 32 and of the table
//!    64  table          an entry: offset u64, length u64, SHA-256 of the content, length of the name u16, the name
//!     .  contents       in the order of the table, each at the next multiple of 64; zeros between
//! ```
//!
//! Numbers are little-endian. Names are relative paths with `/`, in strictly ascending order of their bytes. Nothing is compressed, so
//! that tables of weights are used where they lie: in the mapped file, or in the program itself (feature `embed`).
//! No byte is without a check, and the same model always packs to the same bytes.
use crate::error::LoadError;
use crate::files::{Bytes, Files};
use crate::pipeline::Pipeline;
use crate::wheel::{self, Wheel};
use sha2::{Digest, Sha256};
use std::io::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};

const MAGIC: &[u8; 8] = b"chancery";
/// The version of the format that this program writes, and the only one that it reads.
pub const VERSION: u32 = 1;
/// Bytes before the table.
const HEAD: usize = 64;
/// Bytes of an entry of the table before its name.
const ENTRY: usize = 8 + 8 + 32 + 2;
/// Contents start at multiples of this.
const ALIGN: usize = 64;
/// Files that go along though nothing reads them: a copy of the model must carry its licence.
const NOTICES: &[&str] = &["LICENSE", "LICENSES_SOURCES"];

/// One file of a packed model, or of a wheel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Relative path in the model, with `/`.
    pub name: String,
    /// Length in bytes.
    pub size: u64,
    /// SHA-256 of the content.
    pub sha256: [u8; 32],
    range: Range<usize>,
}

/// A packed model whose head and table are sound. The contents are checked as they are read.
pub(crate) struct Packed {
    bytes: Bytes,
    entries: Vec<Entry>,
}

impl Packed {
    pub(crate) fn read(bytes: Bytes) -> Result<Self, String> {
        let number = |at: usize| bytes[at..at + 8].iter().rev().fold(0u64, |n, &b| n << 8 | u64::from(b));
        if !bytes.starts_with(MAGIC) {
            return Err(
                "not a packed model, and no wheel either (`chancery model pack` makes one of a folder or a wheel)"
                    .into(),
            );
        }
        if bytes.len() < HEAD {
            return Err(format!("cut short: {} bytes, fewer than its head", bytes.len()));
        }
        let version = number(8) as u32;
        if version > VERSION {
            return Err(format!(
                "packed in version {version} of the format, newer than {VERSION}, which this program reads: take a newer program or pack the model again"
            ));
        }
        let (count, size, table) = ((number(8) >> 32) as usize, number(16), number(24));
        if size > bytes.len() as u64 {
            return Err(format!("cut short: {} of {size} bytes", bytes.len()));
        }
        let damaged = |what: &str| Err(format!("damaged: {what}"));
        // From here on a table that does not fit its checksum is damage; one that fits but breaks a rule was not
        // written by `write`. Lengths are held against the bytes that are there before they are used.
        let Some(table) = usize::try_from(table).ok().and_then(|t| bytes.get(HEAD..HEAD.checked_add(t)?)) else {
            return damaged("its table is longer than the file");
        };
        let sum = Sha256::new().chain_update(&bytes[..32]).chain_update(table).finalize();
        if sum[..] != bytes[32..HEAD] {
            return damaged("the checksum of its table is wrong");
        }
        if version != VERSION || size != bytes.len() as u64 {
            return damaged("bytes follow its end, or its version is none");
        }
        let mut entries: Vec<Entry> = Vec::new();
        let (mut rest, mut end) = (table, HEAD + table.len());
        while !rest.is_empty() {
            let Some((entry, contents)) = entry(rest) else { return damaged("an entry of its table is cut short") };
            rest = contents;
            let start = end.next_multiple_of(ALIGN);
            if !is_plain(&entry.name) || entries.last().is_some_and(|e| e.name >= entry.name) {
                return damaged("a name in its table is not allowed or out of order");
            }
            if entry.range.start != start || entry.range.end > bytes.len() {
                return damaged("an entry of its table is not where it should be");
            }
            if bytes[end..start].iter().any(|&b| b != 0) {
                return damaged("there is something between its parts");
            }
            end = entry.range.end;
            entries.push(entry);
        }
        if entries.len() != count || end != bytes.len() {
            return damaged("its table does not fit its contents");
        }
        Ok(Packed { bytes, entries })
    }

    pub(crate) fn find(&self, name: &str) -> Option<&Entry> {
        let found = self.entries.binary_search_by(|e| e.name.as_str().cmp(name));
        found.ok().map(|i| &self.entries[i])
    }

    /// The content of an entry, if it has its checksum.
    pub(crate) fn bytes(&self, entry: &Entry) -> Result<Bytes, String> {
        let bytes = self.bytes.part(entry.range.clone());
        let sound = Sha256::digest(&bytes[..])[..] == entry.sha256;
        if sound { Ok(bytes) } else { Err("damaged: the checksum is wrong".into()) }
    }
}

/// The first entry of a table, and the rest of the table.
fn entry(table: &[u8]) -> Option<(Entry, &[u8])> {
    let (head, rest) = table.split_at_checked(ENTRY)?;
    let offset = u64::from_le_bytes(head[..8].try_into().ok()?);
    let size = u64::from_le_bytes(head[8..16].try_into().ok()?);
    let sha256 = head[16..48].try_into().ok()?;
    let (name, rest) = rest.split_at_checked(usize::from(u16::from_le_bytes(head[48..].try_into().ok()?)))?;
    let name = std::str::from_utf8(name).ok()?.to_owned();
    let start = usize::try_from(offset).ok()?;
    let range = start..start.checked_add(usize::try_from(size).ok()?)?;
    Some((Entry { name, size, sha256, range }, rest))
}

/// Whether a name is a relative path that stays inside the model.
fn is_plain(name: &str) -> bool {
    !name.contains(['\\', '\0', ':']) && name.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// The bytes of a packed model of these files: names, in strictly ascending order, and contents.
fn write<T: std::ops::Deref<Target = [u8]>>(files: &[(String, T)]) -> Vec<u8> {
    let table_size: usize = files.iter().map(|(name, _)| ENTRY + name.len()).sum();
    let mut end = HEAD + table_size;
    let mut table = Vec::with_capacity(table_size);
    for (name, content) in files {
        let start = end.next_multiple_of(ALIGN);
        end = start + content.len();
        table.extend_from_slice(&(start as u64).to_le_bytes());
        table.extend_from_slice(&(content.len() as u64).to_le_bytes());
        table.extend_from_slice(&Sha256::digest(&content[..]));
        table.extend_from_slice(&(name.len() as u16).to_le_bytes());
        table.extend_from_slice(name.as_bytes());
    }
    let mut out = Vec::with_capacity(end);
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&VERSION.to_le_bytes());
    out.extend_from_slice(&(files.len() as u32).to_le_bytes());
    out.extend_from_slice(&(end as u64).to_le_bytes());
    out.extend_from_slice(&(table_size as u64).to_le_bytes());
    let sum = Sha256::new().chain_update(&out).chain_update(&table).finalize();
    out.extend_from_slice(&sum);
    out.extend_from_slice(&table);
    for (_, content) in files {
        out.resize(out.len().next_multiple_of(ALIGN), 0);
        out.extend_from_slice(content);
    }
    out
}

/// Packs the model at `from`, a folder, a wheel or a packed model, into the file `to`, which is replaced whole or not at all.
/// Returns what was packed.
///
/// The model is loaded first: what is packed are the files that loading has read, and the licences beside them.
///
/// # Errors
/// As [`Pipeline::load`]; or names `to`, if it cannot be written.
pub fn pack(from: &Path, to: &Path) -> Result<Vec<Entry>, LoadError> {
    let files = Files::open(from)?;
    Pipeline::read(&files)?;
    let mut names = files.names_read();
    names.extend(NOTICES.iter().filter(|n| files.has(n)).map(|&n| n.to_owned()));
    names.sort();
    let contents = names.into_iter().map(|n| files.bytes(&n).map(|b| (n, b))).collect::<Result<Vec<_>, _>>()?;
    let packed = write(&contents);
    let fail = |e: std::io::Error| LoadError::new(to, format!("cannot be written: {e}"));
    let parent = to.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file_name = to.file_name().ok_or_else(|| LoadError::new(to, "not the name of a file"))?.to_string_lossy();
    let beside = parent.join(format!(".{file_name}.{}", std::process::id()));
    let written = std::fs::File::create_new(&beside)
        .and_then(|mut f| f.write_all(&packed).and_then(|()| f.sync_all()))
        .and_then(|()| std::fs::rename(&beside, to));
    if let Err(e) = written {
        let _ = std::fs::remove_file(&beside);
        return Err(fail(e));
    }
    entries(to)
}

/// The files of a packed model, from its table; or those of the pipeline in a wheel, which are unpacked to be hashed.
///
/// # Errors
/// Names `path` and what is wrong with its head or table; the contents of a packed model are not read.
pub fn entries(path: &Path) -> Result<Vec<Entry>, LoadError> {
    let fail = |reason: String| LoadError::new(path, reason);
    let bytes = Bytes::map(path).map_err(|e| fail(e.to_string()))?;
    if bytes.starts_with(wheel::MAGIC) {
        return entries_of_wheel(bytes, path);
    }
    Packed::read(bytes).map(|p| p.entries).map_err(fail)
}

fn entries_of_wheel(bytes: Bytes, path: &Path) -> Result<Vec<Entry>, LoadError> {
    let wheel = Wheel::read(bytes).map_err(|reason| LoadError::new(path, reason))?;
    let entry = |name: &str| {
        let content = wheel.bytes(name).map_err(|reason| LoadError::new(&path.join(name), reason))?;
        let (size, sha256) = (content.len() as u64, Sha256::digest(&content).into());
        Ok(Entry { name: name.to_owned(), size, sha256, range: 0..0 })
    };
    wheel.names().into_iter().map(entry).collect()
}

/// Checks a packed model, head, table and the content of every entry, or each file of the pipeline in a wheel. Returns
/// what is in it.
///
/// # Errors
/// Names the file, or the file in it, and what is wrong: not a packed model, of a newer version, cut short, damaged.
pub fn check(path: &Path) -> Result<Vec<Entry>, LoadError> {
    let bytes = Bytes::map(path).map_err(|e| LoadError::new(path, e.to_string()))?;
    if bytes.starts_with(wheel::MAGIC) {
        return entries_of_wheel(bytes, path);
    }
    let packed = Packed::read(bytes).map_err(|reason| LoadError::new(path, reason))?;
    for e in &packed.entries {
        packed.bytes(e).map_err(|reason| LoadError::new(&path.join(&e.name), reason))?;
    }
    Ok(packed.entries)
}

/// The packed model that was built into this program, if the feature `embed` is on: the file that the variable
/// `CHANCERY_EMBED_MODEL` named (with its whole path) when the program was built.
pub fn embedded() -> Option<&'static [u8]> {
    #[cfg(feature = "embed")]
    return Some(include_bytes!(env!(
        "CHANCERY_EMBED_MODEL",
        "the feature `embed` needs the variable CHANCERY_EMBED_MODEL: the whole path of a file made by `chancery model pack`"
    )));
    #[cfg(not(feature = "embed"))]
    None
}

/// What errors call the model that was built into this program.
pub(crate) fn embedded_name() -> PathBuf {
    PathBuf::from("(model built into the program)")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::borrow::Cow;

    fn sample() -> Vec<u8> {
        let long = [7u8; 100];
        write(&[("a".to_owned(), &b"one"[..]), ("b/c".to_owned(), &long[..]), ("b/d".to_owned(), &b""[..])])
    }

    fn read(bytes: Vec<u8>) -> Result<Packed, String> {
        Packed::read(Cow::<[u8]>::Owned(bytes).into())
    }

    /// All that `check` looks at.
    fn sound(bytes: Vec<u8>) -> bool {
        read(bytes).is_ok_and(|p| p.entries.iter().all(|e| p.bytes(e).is_ok()))
    }

    /// A table that the format does not allow, with its checksum put right.
    fn resealed(change: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut bytes = sample();
        change(&mut bytes);
        let table = u64::from_le_bytes(bytes[24..32].try_into().expect("8 bytes")) as usize;
        let end = HEAD.saturating_add(table).min(bytes.len());
        let sum = Sha256::new().chain_update(&bytes[..32]).chain_update(&bytes[HEAD..end]).finalize();
        bytes[32..HEAD].copy_from_slice(&sum);
        read(bytes).err().expect("refused")
    }

    #[test]
    fn what_is_written_is_read() {
        let p = read(sample()).expect("sound");
        let names: Vec<&str> = p.entries.iter().map(|e| e.name.as_str()).collect();
        assert_eq!(names, ["a", "b/c", "b/d"]);
        assert!(p.entries.iter().all(|e| e.range.start % ALIGN == 0));
        let content = |name: &str| p.bytes(p.find(name).expect("there")).expect("sound").to_vec();
        assert_eq!((content("a"), content("b/c"), content("b/d")), (b"one".to_vec(), vec![7; 100], vec![]));
        assert!(p.find("c").is_none());
    }

    #[test]
    fn every_byte_is_checked_and_every_cut_is_seen() {
        let good = sample();
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 1 << (at % 8);
            assert!(!sound(bad), "byte {at}");
            assert!(!sound(good[..at].to_vec()), "cut at {at}");
        }
        let mut longer = good;
        longer.push(0);
        assert!(!sound(longer));
    }

    #[test]
    fn the_reason_is_named() {
        let reason = |bytes: &[u8]| read(bytes.to_vec()).err().expect("refused");
        assert!(reason(b"").starts_with("not a packed model"));
        assert!(reason(b"chancery").starts_with("cut short: 8 bytes"));
        let mut newer = sample();
        newer[8] = 2;
        assert!(reason(&newer).contains("version 2") && reason(&newer).contains("newer"));
        let good = sample();
        assert!(reason(&good[..good.len() - 64]).starts_with("cut short"));
    }

    #[test]
    fn tables_that_break_a_rule_are_refused_though_their_checksum_fits() {
        let number = |b: &mut Vec<u8>, at: usize, n: u64| b[at..at + 8].copy_from_slice(&n.to_le_bytes());
        let end = u64::MAX;
        assert!(resealed(|b| number(b, 24, end)).contains("longer than the file"));
        assert!(resealed(|b| number(b, 24, 20)).contains("cut short"));
        assert!(resealed(|b| number(b, HEAD, end)).contains("cut short"));
        assert!(resealed(|b| number(b, HEAD, 0)).contains("where it should be"));
        assert!(resealed(|b| number(b, HEAD + 8, end / 2)).contains("where it should be"));
        assert!(resealed(|b| b[12] = 200).contains("does not fit"));
        for name in [b'/', b'.', b'z', b'\\'] {
            assert!(resealed(|b| b[HEAD + ENTRY] = name).contains("name"));
        }
    }

    proptest! {
        #[test]
        fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300), at in 0usize..300) {
            let mut mixed = sample();
            for (to, b) in mixed.iter_mut().skip(at).zip(&bytes) {
                *to = *b;
            }
            let _ = read(mixed);
            let _ = read([&MAGIC[..], &bytes].concat());
        }
    }
}
