//! The files of a model, wherever they are: in a folder, in a wheel, or in a packed model (one file, see [`crate::pack`]).
//!
//! The loader asks for files by their names in the model and never touches the file system itself, so that all
//! kinds of model go the same way. What it has asked for is remembered: packing a model is loading it and writing
//! down the files that were read.
use crate::error::LoadError;
use crate::pack::Packed;
use crate::wheel::{self, Wheel};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io;
use std::ops::{Deref, Range};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes of a file that several parts of a model may hold on to: read, built into the program, or mapped.
#[derive(Clone)]
pub(crate) struct Bytes {
    owner: Arc<Owner>,
    range: Range<usize>,
}

enum Owner {
    Memory(Cow<'static, [u8]>),
    Mapped(memmap2::Mmap),
}

impl Bytes {
    /// The bytes of the file at `path`, mapped into memory: what is not used is never read.
    pub(crate) fn map(path: &Path) -> io::Result<Self> {
        let file = std::fs::File::open(path)?;
        let len = file.metadata()?.len();
        if len == 0 {
            return Ok(Bytes::from(Cow::Borrowed(&[][..])));
        }
        // SAFETY: the map is read-only. Whoever changes the file in place while it is mapped changes the bytes
        // under us; as packed models are replaced whole (written beside, then renamed) that takes intent. Numbers
        // are read from it as plain bytes, any value of which is valid.
        let map = unsafe { memmap2::Mmap::map(&file)? };
        Ok(Bytes { range: 0..map.len(), owner: Arc::new(Owner::Mapped(map)) })
    }

    /// A part of these bytes, which stays theirs. `range` lies within them.
    pub(crate) fn part(&self, range: Range<usize>) -> Self {
        debug_assert!(range.start <= range.end && range.end <= self.len());
        Bytes { owner: self.owner.clone(), range: self.range.start + range.start..self.range.start + range.end }
    }
}

impl From<Cow<'static, [u8]>> for Bytes {
    fn from(bytes: Cow<'static, [u8]>) -> Self {
        Bytes { range: 0..bytes.len(), owner: Arc::new(Owner::Memory(bytes)) }
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        let all: &[u8] = match &*self.owner {
            Owner::Memory(bytes) => bytes,
            Owner::Mapped(map) => map,
        };
        &all[self.range.clone()]
    }
}

/// Where the files of one model are.
pub(crate) struct Files {
    root: PathBuf,
    place: Place,
    read: Mutex<BTreeSet<String>>,
}

enum Place {
    Folder,
    Wheel(Wheel),
    Packed(Packed),
}

impl Files {
    /// The model at `path`: a folder, a wheel, or a packed model.
    pub(crate) fn open(path: &Path) -> Result<Self, LoadError> {
        if !path.is_file() {
            return Ok(Files { root: path.to_owned(), place: Place::Folder, read: Mutex::default() });
        }
        let bytes = Bytes::map(path).map_err(|e| LoadError::new(path, e.to_string()))?;
        if bytes.starts_with(wheel::MAGIC) {
            let wheel = Wheel::read(bytes).map_err(|reason| LoadError::new(path, reason))?;
            return Ok(Files { root: path.to_owned(), place: Place::Wheel(wheel), read: Mutex::default() });
        }
        Files::packed(bytes, path)
    }

    /// A packed model in memory; errors call it `name`.
    pub(crate) fn packed(bytes: Bytes, name: &Path) -> Result<Self, LoadError> {
        let packed = Packed::read(bytes).map_err(|reason| LoadError::new(name, reason))?;
        Ok(Files { root: name.to_owned(), place: Place::Packed(packed), read: Mutex::default() })
    }

    /// What errors call the file `name` of the model.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        match &self.place {
            Place::Packed(p) => p.find(name).is_some(),
            Place::Wheel(w) => w.has(name),
            Place::Folder => self.root.join(name).exists(),
        }
    }

    /// The bytes of a file; those of a packed model or a wheel only if they have the checksum that was stored with them.
    pub(crate) fn bytes(&self, name: &str) -> Result<Bytes, LoadError> {
        let bytes = match &self.place {
            Place::Packed(p) => {
                let entry = p.find(name).ok_or_else(|| "no such file in the packed model".to_owned());
                entry.and_then(|e| p.bytes(e))
            }
            Place::Wheel(w) => w.bytes(name).map(|b| Cow::<[u8]>::Owned(b).into()),
            Place::Folder => {
                std::fs::read(self.root.join(name)).map(|b| Cow::<[u8]>::Owned(b).into()).map_err(|e| e.to_string())
            }
        };
        let bytes = bytes.map_err(|reason| LoadError::new(&self.path(name), reason))?;
        self.read.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned());
        Ok(bytes)
    }

    pub(crate) fn text(&self, name: &str) -> Result<String, LoadError> {
        let not_text = |e: std::string::FromUtf8Error| LoadError::new(&self.path(name), format!("not UTF-8: {e}"));
        String::from_utf8(self.bytes(name)?.to_vec()).map_err(not_text)
    }

    pub(crate) fn json(&self, name: &str) -> Result<serde_json::Value, LoadError> {
        let text = self.text(name)?;
        let wrong = |e: serde_json::Error| LoadError::new(&self.path(name), format!("not readable as JSON: {e}"));
        serde_json::from_str(&text).map_err(wrong)
    }

    /// The names of the files that were read, in order.
    pub(crate) fn names_read(&self) -> Vec<String> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}
