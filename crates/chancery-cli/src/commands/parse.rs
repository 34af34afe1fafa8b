//! `chancery parse`: texts to tokens, trees and entities, one document a line or a block.
//!
//! Documents are read as they are needed, parsed on all cores and written in the order in which they came, so
//! a file of any length runs in the same memory.
use crate::failure::{Done, Failure};
use crate::model;
use crate::show::plain;
use chancery_parse::Doc;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::ops::{ControlFlow, Range};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Parse texts into tokens, dependency trees and entities.
#[derive(clap::Args, Debug)]
pub struct ParseArgs {
    /// Text files (one document each), .jsonl files ({"id", "text"} a line), or - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// How to write the documents
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    pub format: Format,
    /// Add to each token its place in the text, counted in bytes or in characters (jsonl only)
    #[arg(long, value_enum, value_name = "UNIT")]
    pub offsets: Option<Unit>,
    /// Folder, wheel or packed file of the language model
    #[arg(long, value_name = "DIR")]
    pub model: Option<PathBuf>,
    /// Threads to use; 0 takes one a core
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub threads: usize,
}

/// Output of `chancery parse`.
#[derive(clap::ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a document
    Jsonl,
    /// CoNLL-U, one block a sentence
    Conllu,
    /// The trees, drawn
    Tree,
}

/// What places in a text are counted in.
#[derive(clap::ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Bytes of UTF-8
    Bytes,
    /// Characters (Unicode scalar values), as Python counts
    Chars,
}

/// Runs the command, writing to standard output.
pub fn run(args: &ParseArgs) -> Done {
    if args.offsets.is_some() && args.format != Format::Jsonl {
        return Err(Failure::Input(
            "--offsets goes with --format jsonl: the other formats have no field for places".into(),
        ));
    }
    let pipeline = model::load(args.model.as_deref())?;
    let findings = Mutex::new(0usize);
    let report = |what: String| {
        eprintln!("error: {}", plain(&what));
        *findings.lock().unwrap_or_else(|e| e.into_inner()) += 1;
    };
    let texts = args.files.iter().flat_map(|f| documents(f, &report));
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let flow = pipeline.parse_all(
        args.threads,
        texts,
        |id, doc| render(args, &id, &doc),
        |bytes| match out.write_all(&bytes) {
            Ok(()) => ControlFlow::Continue(()),
            Err(e) => ControlFlow::Break(e),
        },
    );
    match flow {
        ControlFlow::Break(e) => Err(e)?,
        ControlFlow::Continue(()) => out.flush()?,
    }
    match *findings.lock().unwrap_or_else(|e| e.into_inner()) {
        0 => Ok(()),
        n => Err(Failure::Input(format!("{n} of the inputs could not be used; see above"))),
    }
}

type Documents<'a> = Box<dyn Iterator<Item = (String, String)> + Send + 'a>;

/// The documents of a file: (id, text). What cannot be read is reported and left out.
fn documents<'a>(file: &'a Path, report: &'a (impl Fn(String) + Sync)) -> Documents<'a> {
    let name = file.display();
    let opened: io::Result<Box<dyn BufRead + Send>> = if file == Path::new("-") {
        Ok(Box::new(BufReader::new(io::stdin())))
    } else {
        File::open(file).map(|f| Box::new(BufReader::with_capacity(1 << 16, f)) as Box<dyn BufRead + Send>)
    };
    let mut reader = match opened {
        Ok(r) => r,
        Err(e) => {
            report(unreadable(file, &e));
            return Box::new(std::iter::empty());
        }
    };
    let jsonl = match file.extension() {
        Some(e) => e == "jsonl" || e == "ndjson",
        // Standard input tells by its first byte.
        None => file == Path::new("-") && reader.fill_buf().is_ok_and(|b| b.first() == Some(&b'{')),
    };
    if jsonl {
        let lines = reader.lines().enumerate().map_while(move |(i, line)| match line {
            Ok(l) => Some((i, l)),
            Err(e) => {
                let what = "not UTF-8; the lines before it were read (convert the file to UTF-8 first)".to_string();
                let what = if e.kind() == io::ErrorKind::InvalidData { what } else { e.to_string() };
                report(format!("{}:{}: {what}", file.display(), i + 1));
                None
            }
        });
        return Box::new(lines.filter(|(_, l)| !l.trim().is_empty()).filter_map(move |(i, l)| {
            let why = |e| report(format!("{}:{}: {e} (this line was left out)", file.display(), i + 1));
            record(&l, i).map_err(why).ok()
        }));
    }
    let mut bytes = Vec::new();
    let text = reader.read_to_end(&mut bytes).map_err(|e| unreadable(file, &e)).and_then(|_| {
        String::from_utf8(bytes).map_err(|e| {
            let at = e.utf8_error().valid_up_to();
            let hint = "a text file in UTF-8 is needed; `iconv -f windows-1252 -t utf-8` converts an older one";
            format!("{name}, byte {at}: not UTF-8: the byte {:#04x} cannot stand here ({hint})", e.as_bytes()[at])
        })
    });
    match text {
        Ok(text) => {
            let id = file.file_stem().map_or_else(|| name.to_string(), |s| s.to_string_lossy().into_owned());
            Box::new(std::iter::once((id, text)))
        }
        Err(what) => {
            report(what);
            Box::new(std::iter::empty())
        }
    }
}

/// Why a file cannot be read, and what to do.
fn unreadable(file: &Path, e: &io::Error) -> String {
    let why = match e.kind() {
        io::ErrorKind::NotFound => "no such file (check the name)".to_string(),
        io::ErrorKind::IsADirectory => "a folder (name the files in it)".to_string(),
        io::ErrorKind::PermissionDenied => "no permission to read it (change its permissions)".to_string(),
        _ => format!("cannot be read: {e}"),
    };
    format!("{}: {why}", file.display())
}

/// A line `{"id": .., "text": ..}`; without an id the number of the line stands for it.
fn record(line: &str, number: usize) -> Result<(String, String), String> {
    #[derive(serde::Deserialize)]
    struct Record {
        id: Option<serde_json::Value>,
        text: String,
    }
    let r: Record = serde_json::from_str(line).map_err(|e| format!("not a JSON object with a text: {e}"))?;
    let id = match r.id {
        Some(serde_json::Value::String(s)) => s,
        None | Some(serde_json::Value::Null) => (number + 1).to_string(),
        Some(other) => other.to_string(),
    };
    Ok((id, r.text))
}

fn render(args: &ParseArgs, id: &str, doc: &Doc) -> Vec<u8> {
    let mut out = Vec::with_capacity(doc.len() * 160 + 64);
    match args.format {
        Format::Jsonl => jsonl(id, doc, args.offsets, &mut out),
        Format::Conllu => conllu(id, doc, &mut out),
        Format::Tree => tree(id, doc, &mut out),
    }
    out
}

fn jsonl(id: &str, doc: &Doc, offsets: Option<Unit>, out: &mut Vec<u8>) {
    let places: Vec<Range<u32>> = match offsets {
        None => Vec::new(),
        Some(Unit::Bytes) => doc.tokens.iter().map(|t| t.start..t.end).collect(),
        Some(Unit::Chars) => doc.char_spans(),
    };
    out.extend_from_slice(b"{\"doc\":");
    json_string(id, out);
    out.extend_from_slice(b",\"tokens\":[");
    for (i, t) in doc.tokens.iter().enumerate() {
        out.extend_from_slice(if i == 0 { b"{\"text\":" } else { b",{\"text\":" });
        json_string(doc.text(i), out);
        if let Some(place) = places.get(i) {
            out.extend_from_slice(b",\"start\":");
            number(place.start, out);
            out.extend_from_slice(b",\"end\":");
            number(place.end, out);
        }
        out.extend_from_slice(if t.ws { b",\"ws\":true,\"tag\":" } else { b",\"ws\":false,\"tag\":" });
        json_string(t.tag, out);
        out.extend_from_slice(b",\"pos\":");
        json_string(t.pos, out);
        out.extend_from_slice(b",\"morph\":");
        json_string(t.morph, out);
        out.extend_from_slice(b",\"lemma\":");
        json_string(&t.lemma, out);
        out.extend_from_slice(b",\"head\":");
        number(t.head, out);
        out.extend_from_slice(b",\"dep\":");
        json_string(t.dep, out);
        out.extend_from_slice(if t.sent_start { b",\"sent_start\":true}" } else { b",\"sent_start\":false}" });
    }
    out.extend_from_slice(b"],\"ents\":[");
    for (i, e) in doc.entities.iter().enumerate() {
        out.extend_from_slice(if i == 0 { b"[" } else { b",[" });
        number(e.start, out);
        out.push(b',');
        number(e.end, out);
        out.push(b',');
        json_string(e.label, out);
        out.push(b']');
    }
    out.extend_from_slice(b"]}\n");
}

fn number(n: u32, out: &mut Vec<u8>) {
    let mut digits = [0u8; 10];
    let mut at = digits.len();
    let mut n = n;
    loop {
        at -= 1;
        digits[at] = b'0' + (n % 10) as u8;
        n /= 10;
        if n == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

fn json_string(s: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let mut done = 0;
    for (i, b) in s.bytes().enumerate() {
        if b >= 0x20 && b != b'"' && b != b'\\' {
            continue;
        }
        out.extend_from_slice(&s.as_bytes()[done..i]);
        done = i + 1;
        match b {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            _ => out.extend_from_slice(format!("\\u{b:04x}").as_bytes()),
        }
    }
    out.extend_from_slice(&s.as_bytes()[done..]);
    out.push(b'"');
}

/// The label of each token's entity with B- or I-, or "O".
fn entity_tags(doc: &Doc) -> Vec<String> {
    let mut tags = vec!["O".to_owned(); doc.len()];
    for e in &doc.entities {
        for i in e.start..e.end {
            tags[i as usize] = format!("{}-{}", if i == e.start { 'B' } else { 'I' }, e.label);
        }
    }
    tags
}

/// White space inside a field, which the format has no room for, as `\s`, `\n`, `\t`.
fn visible(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        match c {
            ' ' => out.push_str("\\s"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c => out.push(c),
        }
    }
    out
}

fn conllu(id: &str, doc: &Doc, out: &mut Vec<u8>) {
    let or_dash = |s: &str| if s.is_empty() { "_".to_owned() } else { visible(s) };
    let tags = entity_tags(doc);
    let mut text = format!("# newdoc id = {}\n", visible(id));
    for (n, sentence) in doc.sentences().into_iter().enumerate() {
        let words = visible(doc.span_text(sentence.clone()).trim()).replace("\\s", " ");
        text += &format!("# sent_id = {}-{}\n# text = {words}\n", visible(id), n + 1);
        for i in sentence.clone() {
            let t = &doc.tokens[i];
            let head = t.head as usize;
            let head = if head == i { 0 } else { (head + 1).saturating_sub(sentence.start) };
            let mut misc = Vec::new();
            if !t.ws {
                misc.push("SpaceAfter=No".to_owned());
            }
            if tags[i] != "O" {
                misc.push(format!("NER={}", tags[i]));
            }
            let (form, lemma) = (or_dash(doc.text(i)), or_dash(&t.lemma));
            let (pos, tag, morph, dep) = (or_dash(t.pos), or_dash(t.tag), or_dash(t.morph), or_dash(t.dep));
            let (number, misc) = (i - sentence.start + 1, or_dash(&misc.join("|")));
            text += &format!("{number}\t{form}\t{lemma}\t{pos}\t{tag}\t{morph}\t{head}\t{dep}\t_\t{misc}\n");
        }
        text.push('\n');
    }
    out.extend_from_slice(text.as_bytes());
}

fn tree(id: &str, doc: &Doc, out: &mut Vec<u8>) {
    let children = doc.children();
    let tags = entity_tags(doc);
    let mut text = format!("{id}\n");
    for sentence in doc.sentences() {
        text += &format!("\n  {}\n", doc.span_text(sentence.clone()).trim().replace('\n', " "));
        let roots = sentence.filter(|&i| doc.tokens[i].head as usize == i);
        // (token, what stands before it, what stands before its dependents)
        let mut open: Vec<(usize, String, String)> = roots.map(|r| (r, "  ".to_owned(), "  ".to_owned())).collect();
        open.reverse();
        while let Some((i, before, below)) = open.pop() {
            let t = &doc.tokens[i];
            let entity = if tags[i] == "O" { String::new() } else { format!("  [{}]", tags[i]) };
            text += &format!("{before}{}  {} {} {}{entity}\n", visible(doc.text(i)), t.dep, t.tag, visible(&t.lemma));
            for (n, &c) in children[i].iter().enumerate().rev() {
                let last = n + 1 == children[i].len();
                let branch = format!("{below}{}", if last { "└─ " } else { "├─ " });
                open.push((c as usize, branch, format!("{below}{}", if last { "   " } else { "│  " })));
            }
        }
    }
    text.push('\n');
    out.extend_from_slice(plain(&text).as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_those_of_a_json_library() {
        for s in ["", "a \"quoted\" \\ word", "tab\tline\nreturn\r bell\u{7} é 漢 \u{1f}", "\u{7f}"] {
            let mut out = Vec::new();
            json_string(s, &mut out);
            assert_eq!(serde_json::from_slice::<String>(&out).expect("JSON"), s);
        }
        for n in [0, 7, 10, 4_294_967_295] {
            let mut out = Vec::new();
            number(n, &mut out);
            assert_eq!(out, n.to_string().as_bytes());
        }
    }

    #[test]
    fn a_record_without_an_id_takes_the_number_of_its_line() {
        assert_eq!(record(r#"{"text":"a"}"#, 4), Ok(("5".into(), "a".into())));
        assert_eq!(record(r#"{"id":12,"text":"a"}"#, 4), Ok(("12".into(), "a".into())));
        assert!(record(r#"{"id":"x"}"#, 0).is_err());
    }
}
