//! Outside bytes to [`chancery_core::SourceText`].
//!
//! Documents come lazily and in a stable order: arguments as given, folders by name, lines as they stand,
//! so that a run repeats exactly and a corpus larger than memory passes through. What cannot be read is a
//! [`Finding`] in its place in that order, with where, what and the way out; nothing stops a batch.
//!
//! ```text
//! path ─ folder? walk ─┐
//!   -  ─ stdin ────────┴ head of 64 KB: which format? ─┬ JSON Lines ─ line by line ─┐
//!                                                      └ whole ─ decode ─ text,     ├ finish ─ SourceText
//!                                                                Markdown, HTML, JSON┘
//! ```
use std::collections::{HashMap, VecDeque};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use chancery_core::{Finding, Level, SourceText};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

mod bytes;
pub mod date;
mod html;
mod json;
pub mod language;
mod text;

/// The largest document read unless told otherwise, in bytes: 64 MB.
pub const MAX_BYTES: u64 = 64 << 20;

/// So much of a file is looked at to tell its format, in bytes.
const HEAD: u64 = 64 << 10;

const FORMATS: &str = "documents are .txt, .md, .html, .json and .jsonl files";

/// How documents are to be read.
#[derive(Debug, Clone)]
pub struct Acquire {
    /// EDTF; takes the place of the day each document gives itself.
    pub published: Option<String>,
    /// Takes the place of the publisher each document names.
    pub publisher: Option<String>,
    /// Takes the place of each document's title.
    pub title: Option<String>,
    /// When the documents were acquired, if that is to be recorded.
    pub fetched: Option<Timestamp>,
    /// A larger document is a finding; for JSON Lines this is the size of one line. In bytes.
    pub max_bytes: u64,
}

impl Default for Acquire {
    fn default() -> Self {
        Acquire { published: None, publisher: None, title: None, fetched: None, max_bytes: MAX_BYTES }
    }
}

/// What comes out, one at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Acquired {
    Document(SourceText),
    /// `Level::Error`: something was not read. Warnings and notes are about the document that follows.
    Finding(Finding),
}

impl Acquire {
    /// Reads files and folders in the order given; `-` is standard input.
    pub fn open(&self, inputs: &[PathBuf]) -> impl Iterator<Item = Acquired> + Send + use<> {
        self.open_with(inputs, Box::new(io::stdin()))
    }

    /// [`Acquire::open`] with something else for standard input.
    pub fn open_with(
        &self,
        inputs: &[PathBuf],
        stdin: Box<dyn Read + Send>,
    ) -> impl Iterator<Item = Acquired> + Send + use<> {
        let mut acquisition = Acquisition {
            acquire: self.clone(),
            todo: inputs.iter().rev().map(|p| Todo::Argument(p.clone())).collect(),
            out: VecDeque::new(),
            stdin: Some(stdin),
            seen: HashMap::new(),
            files: 0,
        };
        acquisition.check_published();
        acquisition
    }
}

/// A document as a format gives it, before the fields that all documents share are settled.
#[derive(Debug, Default, Clone)]
struct Draft {
    id: Option<String>,
    text: String,
    title: Option<String>,
    published: Option<String>,
    publisher: Option<String>,
    uri: Option<String>,
}

type Input = Box<dyn Read + Send>;

enum Todo {
    Argument(PathBuf),
    /// A file or folder found in a folder.
    Found(PathBuf),
    /// A folder given as argument has been walked; so many files had been met before it.
    Walked {
        folder: PathBuf,
        before: usize,
    },
    Lines(Lines),
}

/// A JSON Lines file being read.
struct Lines {
    reader: BufReader<Input>,
    origin: Origin,
    line: u64,
    /// Offset of the next line in the file.
    offset: u64,
    /// Lines met that are not empty.
    documents: usize,
}

/// Where a document comes from.
#[derive(Clone)]
struct Origin {
    /// As findings name it: the path as the user gave it.
    place: String,
    /// `None` = standard input.
    path: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Markdown,
    Html,
    JsonLines,
    /// One JSON value: an object or an array of them.
    Json,
}

struct Acquisition {
    acquire: Acquire,
    /// A stack: the next is last.
    todo: Vec<Todo>,
    out: VecDeque<Acquired>,
    stdin: Option<Input>,
    /// Document id -> hash of its text, to keep two documents of one name apart.
    seen: HashMap<String, String>,
    /// Files met so far.
    files: usize,
}

impl Iterator for Acquisition {
    type Item = Acquired;

    fn next(&mut self) -> Option<Acquired> {
        loop {
            if let Some(ready) = self.out.pop_front() {
                return Some(ready);
            }
            match self.todo.pop()? {
                Todo::Argument(path) if path.as_os_str() == "-" => self.standard_input(),
                Todo::Argument(path) => self.argument(path),
                Todo::Found(path) if path.is_dir() => self.folder(&path),
                Todo::Found(path) => self.file(path),
                Todo::Walked { folder, before } if self.files == before => {
                    self.finding(Level::Error, folder.display().to_string(), "a folder without documents", FORMATS)
                }
                Todo::Walked { .. } => {}
                Todo::Lines(lines) => self.next_line(lines),
            }
        }
    }
}

impl Acquisition {
    fn finding(&mut self, level: Level, place: impl Into<String>, message: impl Into<String>, hint: impl Into<String>) {
        self.out.push_back(Acquired::Finding(Finding::new(level, place, message, hint)));
    }

    fn check_published(&mut self) {
        let Some(written) = self.acquire.published.take() else { return };
        self.acquire.published = date::published(&written);
        if self.acquire.published.is_none() {
            let message = format!("{written:?} is no date: the documents keep their own");
            self.finding(Level::Error, "published", message, "write it as 2025-07-03");
        }
    }

    fn argument(&mut self, path: PathBuf) {
        match fs::metadata(&path) {
            Ok(meta) if meta.is_dir() => {
                self.todo.push(Todo::Walked { folder: path.clone(), before: self.files });
                self.folder(&path);
            }
            Ok(_) => self.file(path),
            Err(e) => self.cannot_read(&path, &e),
        }
    }

    /// Puts the contents of a folder on the stack, by name. Hidden files, links to folders (they may lead
    /// round in circles), `README` files and other formats stay out.
    fn folder(&mut self, path: &Path) {
        let entries = match fs::read_dir(path).and_then(|entries| entries.collect::<io::Result<Vec<_>>>()) {
            Ok(entries) => entries,
            Err(e) => return self.cannot_read(path, &e),
        };
        let mut found: Vec<PathBuf> = Vec::new();
        let mut left_out: Vec<String> = Vec::new();
        for entry in entries {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = entry.path();
            if name.starts_with('.') {
                continue;
            }
            let folder = entry.file_type().is_ok_and(|t| t.is_dir());
            let readme = Path::new(&name).file_stem().is_some_and(|s| s.eq_ignore_ascii_case("readme"));
            // A broken link counts as a file, so that reading it reports it.
            let other = fs::metadata(&path).is_ok_and(|m| !m.is_file())
                || (format_of(&path).is_none() && path.extension().is_some());
            if folder || !(readme || other) {
                found.push(path);
            } else {
                left_out.push(name);
            }
        }
        if !left_out.is_empty() {
            left_out.sort();
            let names = left_out.iter().take(3).map(String::as_str).collect::<Vec<_>>().join(", ");
            let more = if left_out.len() > 3 { ", ..." } else { "" };
            let message = format!("{} left out: {names}{more}", count(left_out.len(), "file"));
            self.finding(
                Level::Note,
                path.display().to_string(),
                message,
                format!("{FORMATS}; name a file to read it anyway"),
            );
        }
        found.sort();
        self.todo.extend(found.into_iter().rev().map(Todo::Found));
    }

    fn file(&mut self, path: PathBuf) {
        self.files += 1;
        match File::open(&path) {
            Ok(file) => {
                let origin = Origin { place: path.display().to_string(), path: Some(path) };
                self.read(Box::new(file), origin);
            }
            Err(e) => self.cannot_read(&path, &e),
        }
    }

    fn standard_input(&mut self) {
        let origin = Origin { place: "standard input".into(), path: None };
        match self.stdin.take() {
            Some(stdin) => self.read(stdin, origin),
            None => self.finding(Level::Error, origin.place, "already read", "give - once"),
        }
    }

    fn cannot_read(&mut self, path: &Path, error: &io::Error) {
        let (message, hint) = match error.kind() {
            io::ErrorKind::NotFound => ("no such file or folder".to_string(), "check the name"),
            io::ErrorKind::PermissionDenied => {
                ("no permission to read it".to_string(), "change its permissions, or run as its owner")
            }
            _ => (format!("cannot be read: {error}"), ""),
        };
        self.finding(Level::Error, path.display().to_string(), message, hint);
    }

    fn read(&mut self, mut input: Input, origin: Origin) {
        let mut head = Vec::new();
        if let Err(e) = (&mut input).take(HEAD).read_to_end(&mut head) {
            return self.cannot_read(Path::new(&origin.place), &e);
        }
        let format = sniff(origin.path.as_deref().and_then(format_of), &head);
        // UTF-16 has no lines before it is decoded, and a binary file has none at all.
        let by_line = format == Format::JsonLines
            && !bytes::is_utf16(&head)
            && !head.contains(&0)
            && bytes::known_binary(&head).is_none();
        let input: Input = Box::new(Cursor::new(head).chain(input));
        if by_line {
            return self.todo.push(Todo::Lines(Lines::new(input, origin)));
        }
        let mut bytes = Vec::new();
        match input.take(self.acquire.max_bytes.saturating_add(1)).read_to_end(&mut bytes) {
            Err(e) => self.cannot_read(Path::new(&origin.place), &e),
            Ok(n) if n as u64 > self.acquire.max_bytes => self.too_large(origin.place),
            Ok(_) => self.whole(bytes, format, origin),
        }
    }

    fn too_large(&mut self, place: String) {
        let message = format!("larger than {} bytes", self.acquire.max_bytes);
        self.finding(Level::Error, place, message, "split it into documents, one an article");
    }
}

impl Acquisition {
    /// A file of one document, or of JSON that is not read by the line.
    fn whole(&mut self, bytes: Vec<u8>, format: Format, origin: Origin) {
        let decoded = if format == Format::Html { bytes::decode_html(bytes) } else { bytes::decode(bytes) };
        let text = match decoded {
            Ok(text) => text,
            Err(e) => {
                let place = e.at.map_or(origin.place.clone(), |at| format!("{}, byte {at}", origin.place));
                return self.finding(Level::Error, place, e.message, e.hint);
            }
        };
        if text.trim().is_empty() {
            return self.finding(
                Level::Error,
                origin.place,
                "empty: there is no text in it",
                "leave it out, or write its text into it",
            );
        }
        match format {
            Format::Text => self.finish(text::plain(text), &origin.place, &origin, true),
            Format::Markdown => self.finish(text::markdown(&text), &origin.place, &origin, true),
            Format::Html => {
                let mut findings = Vec::new();
                let page = html::page(text, &origin.place, &mut findings);
                self.out.extend(findings.into_iter().map(Acquired::Finding));
                match page {
                    Ok(draft) => self.finish(draft, &origin.place, &origin, true),
                    Err(finding) => self.out.push_back(Acquired::Finding(finding)),
                }
            }
            Format::JsonLines => self.todo.push(Todo::Lines(Lines::new(Box::new(Cursor::new(text)), origin))),
            Format::Json => self.json(text, origin),
        }
    }

    /// One JSON value; when it is none but its lines may be, they are read instead.
    fn json(&mut self, text: String, origin: Origin) {
        match serde_json::from_str(&text) {
            Ok(serde_json::Value::Array(items)) => {
                if items.is_empty() {
                    self.finding(
                        Level::Error,
                        &origin.place,
                        "an array without documents",
                        "leave it out, or write its documents into it",
                    );
                }
                for (n, item) in items.into_iter().enumerate() {
                    self.json_document(item, &format!("{}, item {}", origin.place, n + 1), &origin, false);
                }
            }
            Ok(value) => self.json_document(value, &origin.place.clone(), &origin, true),
            Err(_) if text.lines().skip(1).any(|l| l.starts_with('{')) => {
                self.todo.push(Todo::Lines(Lines::new(Box::new(Cursor::new(text)), origin)));
            }
            Err(e) => {
                let place = format!("{}:{}:{}", origin.place, e.line(), e.column());
                self.finding(
                    Level::Error,
                    place,
                    json::malformed(&e),
                    "mend the JSON there; nothing of this file was read",
                );
            }
        }
    }

    fn next_line(&mut self, mut lines: Lines) {
        let max = self.acquire.max_bytes;
        let (line, read) = match lines.next(max) {
            Ok(Some(next)) => next,
            Ok(None) => {
                if lines.documents == 0 {
                    self.finding(
                        Level::Error,
                        lines.origin.place,
                        "empty: there is no text in it",
                        "leave it out, or write its text into it",
                    );
                }
                return;
            }
            Err(e) => return self.cannot_read(Path::new(&lines.origin.place), &e),
        };
        let place = format!("{}:{}", lines.origin.place, lines.line);
        let origin = lines.origin.clone();
        let start = lines.offset;
        lines.offset += read;
        if !line.trim_ascii().is_empty() {
            lines.documents += 1;
        }
        self.todo.push(Todo::Lines(lines));
        if read > max {
            return self.too_large(place);
        }
        let text = match std::str::from_utf8(&line) {
            Ok(text) => text.trim(),
            Err(e) => {
                // A byte order mark has been cut off.
                let at = start + read - line.len() as u64 + e.valid_up_to() as u64;
                let place = format!("{place}, byte {at}");
                let message = format!("not UTF-8: the byte {:#04x} cannot stand here", line[e.valid_up_to()]);
                return self.finding(Level::Error, place, message, "this line was left out; write the file as UTF-8");
            }
        };
        if text.is_empty() {
            return;
        }
        match serde_json::from_str(text) {
            Ok(value) => self.json_document(value, &place, &origin, false),
            Err(e) => {
                // The column within the line as it stands in the file.
                let indent = line.len() - line.trim_ascii_start().len();
                let place = format!("{place}:{}", e.column() + indent);
                self.finding(
                    Level::Error,
                    place,
                    json::malformed(&e),
                    "this line was left out; write one JSON object a line",
                );
            }
        }
    }

    fn json_document(&mut self, value: serde_json::Value, place: &str, origin: &Origin, alone: bool) {
        let mut findings = Vec::new();
        let document = json::document(value, place, &mut findings);
        self.out.extend(findings.into_iter().map(Acquired::Finding));
        match document {
            Ok(draft) => self.finish(draft, place, origin, alone),
            Err(finding) => self.out.push_back(Acquired::Finding(finding)),
        }
    }

    /// Settles what all documents share and hands the document out. `alone`: the file is this document,
    /// and may lend it its name.
    fn finish(&mut self, draft: Draft, place: &str, origin: &Origin, alone: bool) {
        if draft.text.trim().is_empty() {
            return self.finding(Level::Error, place, "a document without text", "leave it out, or give it its text");
        }
        let hash: String = Sha256::digest(&draft.text).iter().map(|b| format!("{b:02x}")).collect();
        let stem = origin
            .path
            .as_deref()
            .filter(|_| alone)
            .and_then(Path::file_stem)
            .map(|s| s.to_string_lossy().into_owned());
        let named = draft.id.or(stem).unwrap_or_else(|| hash[..16].to_string());
        let id = self.distinct(named, &hash, place);
        let published = match (&self.acquire.published, draft.published) {
            (Some(given), _) => Some(given.clone()),
            (None, None) => None,
            (None, Some(written)) => {
                let day = date::published(&written);
                if day.is_none() {
                    let message =
                        format!("\"published\" is {written:?}, which is no date: the document is read without");
                    self.finding(Level::Warning, place, message, "write it as 2025-07-03, 2025-07 or 2025");
                }
                day
            }
        };
        self.out.push_back(Acquired::Document(SourceText {
            id,
            hash,
            text: draft.text,
            title: self.acquire.title.clone().or(draft.title),
            published,
            publisher: self.acquire.publisher.clone().or(draft.publisher),
            uri: draft.uri.or_else(|| origin.path.as_ref().map(|p| p.display().to_string())),
            fetched: self.acquire.fetched.map(|t| t.to_string()),
        }));
    }

    /// The id, made distinct by the text's hash if another text of this run has it already.
    fn distinct(&mut self, id: String, hash: &str, place: &str) -> String {
        let first = self.seen.entry(id.clone()).or_insert_with(|| hash.to_string());
        if first == hash {
            return id;
        }
        let other = format!("{id}-{}", &hash[..8]);
        let message = format!("the id {id:?} belongs to another text already: this one is called {other:?}");
        self.finding(Level::Warning, place, message, "give each document an id of its own");
        other
    }
}

impl Lines {
    fn new(input: Input, origin: Origin) -> Lines {
        Lines { reader: BufReader::new(input), origin, line: 0, offset: 0, documents: 0 }
    }

    /// The next line with its end, and its length in bytes; of a line longer than `max` only a beginning.
    fn next(&mut self, max: u64) -> io::Result<Option<(Vec<u8>, u64)>> {
        let mut line = Vec::new();
        let mut read = (&mut self.reader).take(max.saturating_add(1)).read_until(b'\n', &mut line)? as u64;
        if read == 0 {
            return Ok(None);
        }
        self.line += 1;
        if read > max && line.last() != Some(&b'\n') {
            read += self.reader.skip_until(b'\n')? as u64;
        }
        if self.line == 1 && line.starts_with(b"\xef\xbb\xbf") {
            line.drain(..3);
        }
        Ok(Some((line, read)))
    }
}

/// The format that the file's name declares.
fn format_of(path: &Path) -> Option<Format> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "txt" | "text" => Some(Format::Text),
        "md" | "markdown" => Some(Format::Markdown),
        "html" | "htm" | "xhtml" => Some(Format::Html),
        "json" => Some(Format::Json),
        "jsonl" | "ndjson" => Some(Format::JsonLines),
        _ => None,
    }
}

/// The format: as declared, else by the beginning of the file. JSON is looked into in either case, since
/// both names are in use for both forms.
fn sniff(declared: Option<Format>, head: &[u8]) -> Format {
    let text = String::from_utf8_lossy(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head));
    let text = text.trim_start();
    match declared {
        Some(Format::Json | Format::JsonLines) => json_form(text, declared),
        Some(format) => format,
        None => {
            let after = |open: char| text.strip_prefix(open).map(str::trim_start);
            let start = text.get(..text.len().min(64)).unwrap_or_default().to_ascii_lowercase();
            let page =
                ["<!doctype html", "<html", "<head", "<body", "<article", "<main", "<div", "<p>", "<?xml", "<!--"];
            if after('{').is_some_and(|s| s.starts_with('"')) || after('[').is_some_and(|s| s.starts_with('{')) {
                json_form(text, None)
            } else if page.iter().any(|tag| start.starts_with(tag)) {
                Format::Html
            } else {
                Format::Text
            }
        }
    }
}

/// Line by line, unless the first line opens a value that goes on, or is all there is.
fn json_form(text: &str, declared: Option<Format>) -> Format {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let first = first.trim_end();
    let one_value = first.is_empty() || first == "{" || first.starts_with('[');
    let complete = || serde_json::from_str::<serde::de::IgnoredAny>(first);
    let by_line = match declared {
        Some(Format::JsonLines) => !one_value,
        // Longer than the head: too long a line to be one of a value laid out for reading.
        _ if !text.contains('\n') => text.len() as u64 > HEAD / 2,
        _ => !one_value && !rest.trim_start().is_empty() && !complete().is_err_and(|e| e.is_eof()),
    };
    if by_line { Format::JsonLines } else { Format::Json }
}

fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests;
