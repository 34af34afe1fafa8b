//! Rows as people (tables), programs (JSON Lines) and spreadsheets (CSV) want them.
mod csv;
mod table;

pub use table::{Column, Table};

use crate::failure::Done;
use serde::Serialize;
use std::io::{BufWriter, Write};

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

/// How many things, in words: "1 claim", "2 claims".
pub fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}
