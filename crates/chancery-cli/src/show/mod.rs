//! Rows as people (tables), programs (JSON Lines) and spreadsheets (CSV) want them.
pub mod claims;
mod table;
pub mod words;

pub use table::{Column, Table, width};

use crate::failure::{Done, Failure};
use chancery_web::csv;
pub use chancery_web::words::count;
use serde::Serialize;
use std::borrow::Cow;
use std::io::{BufWriter, Write};
use std::path::Path;

/// `--format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    Table,
    Jsonl,
    Csv,
}

/// Prints rows: as objects, as comma-separated values, or as the table made of them.
pub fn rows<T: Serialize>(format: Format, rows: &[T], table: impl FnOnce(&[T]) -> Table) -> Done {
    let mut out = BufWriter::new(std::io::stdout().lock());
    match format {
        Format::Jsonl => {
            for r in rows {
                serde_json::to_writer(&mut out, r).map_err(std::io::Error::from)?;
                out.write_all(b"\n")?;
            }
        }
        Format::Csv => csv::write(&mut out, rows)?,
        Format::Table if rows.is_empty() => {}
        Format::Table => writeln!(out, "{}", table(rows))?,
    }
    out.flush()?;
    Ok(())
}

/// Text of others as it may be printed: what would move a terminal's cursor, colour it or turn the direction of
/// writing is replaced. Line ends and tabs stay.
pub fn plain(text: &str) -> Cow<'_, str> {
    let steers = |c: char| {
        c.is_control() && c != '\n' && c != '\t' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if text.contains(steers) { text.replace(steers, "\u{fffd}").into() } else { text.into() }
}

/// Text after a head, its further lines set in below, as wide as the table would be.
pub fn wrapped(head: &str, text: &str) -> String {
    let inset = head.chars().count();
    let width = table::width().max(inset + 20) - inset;
    let mut lines: Vec<String> = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ') {
        let long = visible(word);
        if used > 0 && used + 1 + long > width {
            lines.push(String::new());
            used = 0;
        }
        let line = lines.last_mut().expect("there is always one");
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += long;
    }
    let below = format!("\n{}", " ".repeat(inset));
    format!("{head}{}", lines.join(&below))
}

/// Characters that take room: without the codes that underline.
fn visible(word: &str) -> usize {
    let mut n = 0;
    let mut code = false;
    for c in word.chars() {
        match (code, c) {
            (false, '\x1b') => code = true,
            (true, 'm') => code = false,
            (true, _) => {}
            (false, _) => n += 1,
        }
    }
    n
}

/// Writes a picture to a file, or to standard output for `-`.
pub fn picture(file: &Path, picture: &chancery_web::draw::Picture) -> Done {
    if file.as_os_str() == "-" {
        std::io::stdout().lock().write_all(picture.alone().as_bytes())?;
        return Ok(());
    }
    std::fs::write(file, picture.alone())
        .map_err(|e| Failure::World(format!("{}: {e}: check the path given with --svg", file.display())))
}
