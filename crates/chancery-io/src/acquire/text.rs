//! Plain text and Markdown.
//!
//! Plain text is kept to the letter, line ends included: spans cut out of what the user gave. Markdown
//! is read the way its reader sees it: marks, link targets, code and pictures go, and each block becomes
//! a paragraph. Both may begin with a header block, which is not part of the text:
//!
//! ```text
//! ---
//! title: An embassy reopens
//! published: 2002-01-17
//! publisher: Harbour Wire
//! uri: https://example.org/1
//! ---
//! ```
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::Draft;

/// A header block longer than this is no header block.
const HEADER_LINES: usize = 64;

/// Reads a `.txt` document.
pub(super) fn plain(text: String) -> Draft {
    let (mut draft, start) = header(&text);
    draft.text = if start == 0 { text } else { text[start..].to_string() };
    draft
}

/// Reads a `.md` document. A first heading is its title where the header block gives none.
pub(super) fn markdown(text: &str) -> Draft {
    let (mut draft, start) = header(text);
    let mut out = String::new();
    let mut heading: Option<String> = None;
    let mut skip = 0usize; // depth inside what is not running text
    let mut in_title = false;
    for event in Parser::new_ext(&text[start..], Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::Image { .. } | Tag::HtmlBlock) => skip += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::Image | TagEnd::HtmlBlock) => skip -= 1,
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) if out.is_empty() && heading.is_none() => {
                in_title = true;
                heading = Some(String::new());
            }
            Event::End(TagEnd::Heading(_)) if in_title => {
                in_title = false;
                let found = heading.clone().unwrap_or_default();
                match &draft.title {
                    None => draft.title = Some(found),
                    Some(title) if *title == found => {}
                    Some(_) => {
                        out.push_str(&found);
                        end_paragraph(&mut out);
                    }
                }
            }
            Event::Text(s) | Event::Code(s) if skip == 0 => match heading.as_mut().filter(|_| in_title) {
                Some(title) => title.push_str(&s),
                None => out.push_str(&s),
            },
            Event::SoftBreak | Event::HardBreak if skip == 0 => out.push('\n'),
            Event::End(TagEnd::TableCell) => out.push(' '),
            Event::Start(
                Tag::Paragraph | Tag::Item | Tag::List(_) | Tag::Heading { .. } | Tag::Table(_) | Tag::TableRow,
            )
            | Event::End(
                TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::Heading(_)
                | TagEnd::TableRow
                | TagEnd::TableHead
                | TagEnd::List(_),
            ) if skip == 0 => end_paragraph(&mut out),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    draft.text = out;
    draft
}

/// Ends the paragraph with an empty line, once.
fn end_paragraph(out: &mut String) {
    out.truncate(out.trim_end().len());
    if !out.is_empty() {
        out.push_str("\n\n");
    }
}

/// What the header block says, and the byte at which the text after it begins; 0 without a block.
///
/// A block counts only if it is closed and every line of it reads as `key: value`, so that a text which
/// merely opens with a rule is left alone. Keys other than the known are passed over.
fn header(text: &str) -> (Draft, usize) {
    let none = || (Draft::default(), 0);
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|l| l.trim_end() == "---") else { return none() };
    let mut at = first.len();
    let mut draft = Draft::default();
    for (n, line) in lines.enumerate() {
        at += line.len();
        let trimmed = line.trim_end();
        if trimmed == "---" {
            let empty: usize = text[at..].split_inclusive('\n').take_while(|l| l.trim().is_empty()).map(str::len).sum();
            return (draft, at + empty);
        }
        // A comment, an empty line, or a list item or folded value below a key.
        if trimmed.is_empty() || line.starts_with(['#', ' ', '\t', '-']) {
            continue;
        }
        let Some((key, value)) = trimmed.split_once(':').filter(|(k, _)| is_key(k) && n < HEADER_LINES) else {
            return none();
        };
        let value = unquote(value.trim());
        let field = match key.to_ascii_lowercase().as_str() {
            "title" => &mut draft.title,
            "published" | "date" => &mut draft.published,
            "publisher" => &mut draft.publisher,
            "uri" | "url" => &mut draft.uri,
            "id" => &mut draft.id,
            _ => continue,
        };
        if !value.is_empty() {
            *field = Some(value.to_string());
        }
    }
    none()
}

fn is_key(s: &str) -> bool {
    !s.is_empty() && s.len() <= 40 && s.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}

fn unquote(s: &str) -> &str {
    let inner = |q: char| s.strip_prefix(q).and_then(|s| s.strip_suffix(q));
    inner('"').or_else(|| inner('\'')).unwrap_or(s)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_block_is_read_and_is_no_text() {
        let d = plain("---\r\ntitle: \"A: B\"\npublished: 2025-07-03\nPublisher: Harbour Wire\nuri: https://x.org/a?b=1\nmood: calm\n---\r\n\nOne.\r\n\r\nTwo.".into());
        assert_eq!(d.title.as_deref(), Some("A: B"));
        assert_eq!(d.published.as_deref(), Some("2025-07-03"));
        assert_eq!(d.publisher.as_deref(), Some("Harbour Wire"));
        assert_eq!(d.uri.as_deref(), Some("https://x.org/a?b=1"));
        assert_eq!(d.text, "One.\r\n\r\nTwo.");
    }

    #[test]
    fn what_only_looks_like_a_header_block_stays_text() {
        for text in ["---\ntitle: open\n", "---\nOne said: yes.\n---\nTwo.", "--- \n", "---", "title: x\n\nText.", ""] {
            assert_eq!(plain(text.into()).text, text, "{text:?}");
        }
    }

    #[test]
    fn markdown_reads_as_its_reader_sees_it() {
        let d = markdown(
            "---\npublisher: The Meridian Post\n---\n# An *open* question\n\nRussia **recognised** the [Emirate](https://x.org)\non 3 July.\n\n![map](m.png)\n\n## Next\n\n- One.\n- Two.\n\n```\ncode\n```\n\n> Quoted.\n\n| a | b |\n|---|---|\n| c | d |\n",
        );
        assert_eq!(d.title.as_deref(), Some("An open question"));
        assert_eq!(
            d.text,
            "Russia recognised the Emirate\non 3 July.\n\nNext\n\nOne.\n\nTwo.\n\nQuoted.\n\na b\n\nc d"
        );
        assert_eq!(markdown("---\ntitle: T\n---\n# H\n\nText.").text, "H\n\nText.");
        assert_eq!(markdown("---\ntitle: T\n---\n# T\n\nText.").text, "Text.");
    }
}
