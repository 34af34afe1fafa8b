//! Bytes to text: byte order marks, encodings, and the files that are no text at all.
//!
//! UTF-8 is the rule and nothing is replaced silently: a byte that is not UTF-8 is reported with its
//! place. Only a byte order mark (UTF-8, UTF-16) or what an HTML page declares changes the encoding.
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Why bytes are no text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NotText {
    /// Offset of the first byte that is wrong, where one can be named.
    pub at: Option<usize>,
    pub message: String,
    pub hint: &'static str,
}

/// First bytes of files that people hand over by mistake, what they are, and the way out.
const MAGIC: &[(&[u8], &str, &str)] = &[
    (b"%PDF-", "a PDF file", "extract its text first, for instance with `pdftotext FILE -`"),
    (b"PK\x03\x04", "a ZIP, DOCX or ODT file", "save the document as text or HTML"),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "save the document as text or HTML"),
    (b"\x1f\x8b", "a gzip file", "unpack it first, for instance with `gunzip -c FILE`"),
    (b"BZh", "a bzip2 file", "unpack it first"),
    (b"\xfd7zXZ", "an xz file", "unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd file", "unpack it first"),
    (b"\x89PNG", "a PNG picture", "give the text, not a picture of it"),
    (b"\xff\xd8\xff", "a JPEG picture", "give the text, not a picture of it"),
    (b"GIF8", "a GIF picture", "give the text, not a picture of it"),
    (b"SQLite format 3\0", "an SQLite database", "name a ledger with --ledger, not as a document"),
    (b"\x7fELF", "a program", "give a text, Markdown, HTML or JSON Lines file"),
    (b"{\\rtf", "an RTF file", "save the document as text or HTML"),
];

const ANY_FORMAT: &str = "give a text, Markdown, HTML or JSON Lines file";

/// Names the file format when the first bytes are those of a known one that is no text.
pub(super) fn known_binary(head: &[u8]) -> Option<NotText> {
    MAGIC.iter().find(|(magic, ..)| head.starts_with(magic)).map(|&(_, what, hint)| NotText {
        at: None,
        message: format!("{what}, not text"),
        hint,
    })
}

/// Does a UTF-16 byte order mark stand at the start?
pub(super) fn is_utf16(head: &[u8]) -> bool {
    head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff")
}

/// The text of `bytes`: without its byte order mark, else unchanged.
pub(super) fn decode(bytes: Vec<u8>) -> Result<String, NotText> {
    if let Some(binary) = known_binary(&bytes) {
        return Err(binary);
    }
    match Encoding::for_bom(&bytes) {
        Some((encoding, bom)) if encoding == UTF_8 => utf8(bytes[bom..].to_vec(), bom),
        Some((encoding, bom)) => utf16(&bytes[bom..], bom, encoding),
        None => utf8(bytes, 0),
    }
}

/// The text of an HTML page: its byte order mark, else UTF-8 where it is that, else the encoding
/// which the page declares, else windows-1252 as browsers do. The last two replace bad bytes.
pub(super) fn decode_html(bytes: Vec<u8>) -> Result<String, NotText> {
    if Encoding::for_bom(&bytes).is_some() || std::str::from_utf8(&bytes).is_ok() {
        return decode(bytes);
    }
    let declared = declared_charset(&bytes).and_then(|label| Encoding::for_label(label.as_bytes()));
    match declared {
        // It says UTF-8 and is not: the user should know where.
        Some(encoding) if encoding == UTF_8 => decode(bytes),
        Some(encoding) => no_nul(encoding.decode_without_bom_handling(&bytes).0.into_owned(), 0),
        None => no_nul(encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes).0.into_owned(), 0),
    }
}

/// `charset=` of a `<meta>` in the first 4 KB.
fn declared_charset(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let meta = head.match_indices("<meta").find_map(|(i, _)| {
        let tag = &head[i..i + head[i..].find('>')?];
        Some(tag[tag.find("charset=")? + "charset=".len()..].to_string())
    })?;
    let label: String = meta
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c))
        .collect();
    (!label.is_empty()).then_some(label)
}

fn utf8(bytes: Vec<u8>, offset: usize) -> Result<String, NotText> {
    let text = String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        let bytes = e.as_bytes();
        match bytes[..at].iter().position(|&b| b == 0).or((bytes.contains(&0)).then_some(at)) {
            Some(nul) => binary(nul + offset),
            None => NotText {
                at: Some(at + offset),
                message: format!("not UTF-8: the byte {:#04x} cannot stand here", bytes[at]),
                hint: "convert it first, for instance with `iconv -f windows-1252 -t utf-8`",
            },
        }
    })?;
    no_nul(text, offset)
}

fn utf16(bytes: &[u8], offset: usize, encoding: &'static Encoding) -> Result<String, NotText> {
    debug_assert!(encoding == UTF_16LE || encoding == UTF_16BE);
    if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        return no_nul(text.into_owned(), offset);
    }
    let unit = |pair: &[u8]| match encoding == UTF_16LE {
        true => u16::from_le_bytes([pair[0], pair[1]]),
        false => u16::from_be_bytes([pair[0], pair[1]]),
    };
    let good: usize =
        char::decode_utf16(bytes.chunks_exact(2).map(unit)).map_while(|c| c.ok().map(|c| c.len_utf16() * 2)).sum();
    Err(NotText {
        at: Some(good + offset),
        message: "broken UTF-16: half a character".into(),
        hint: "save the document again as UTF-8",
    })
}

fn no_nul(text: String, offset: usize) -> Result<String, NotText> {
    match text.bytes().position(|b| b == 0) {
        Some(at) => Err(binary(at + offset)),
        None => Ok(text),
    }
}

fn binary(at: usize) -> NotText {
    NotText { at: Some(at), message: "a binary file: it holds a NUL byte".into(), hint: ANY_FORMAT }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(bytes: &[u8]) -> Option<usize> {
        decode(bytes.to_vec()).unwrap_err().at
    }

    #[test]
    fn text_is_kept_and_only_the_mark_goes() {
        assert_eq!(decode(b"a\r\nb \xc3\xa9".to_vec()).unwrap(), "a\r\nb é");
        assert_eq!(decode(b"\xef\xbb\xbfa".to_vec()).unwrap(), "a");
        assert_eq!(decode(b"\xff\xfea\0b\0".to_vec()).unwrap(), "ab");
        assert_eq!(decode(b"\xfe\xff\0a\0b".to_vec()).unwrap(), "ab");
    }

    #[test]
    fn what_is_no_text_is_named_with_its_byte() {
        assert_eq!(at(b"abc\xe9d"), Some(3));
        assert_eq!(at(b"\xef\xbb\xbfabc\xe9d"), Some(6));
        assert_eq!(at(b"ab\0c"), Some(2));
        assert_eq!(at(b"\xff\xfea\0\0\xd8b\0"), Some(4));
        assert_eq!(at(b"\xff\xfea\0b"), Some(4));
        assert!(decode(b"%PDF-1.7 ...".to_vec()).unwrap_err().message.contains("PDF"));
    }

    #[test]
    fn a_page_may_declare_its_encoding() {
        let page = |meta: &str| [b"<html>", meta.as_bytes(), b"<p>caf\xe9 \x93x\x94"].concat();
        for meta in
            ["<meta charset=\"windows-1252\">", "<META http-equiv=x content='text/html; charset=iso-8859-1'>", ""]
        {
            assert!(decode_html(page(meta)).unwrap().ends_with("café “x”"), "{meta}");
        }
        assert!(decode_html(page("<meta charset=utf-8>")).unwrap_err().at.is_some());
        assert!(
            decode_html(b"<html><meta charset=koi8-r><p>\xed\xcf\xd3\xcb\xd7\xc1".to_vec())
                .unwrap()
                .ends_with("Москва")
        );
    }
}
