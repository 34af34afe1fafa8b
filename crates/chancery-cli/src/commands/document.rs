use crate::context::{Global, Known};
use crate::failure::{Done, Failure};
use crate::show::{self, Format, claims, plain};
use chancery_core::ledger::{ClaimRow, DocumentRow, Filter};
use serde::Serialize;
use std::io::{IsTerminal, Write};

/// Show a document with the words of its claims marked.
#[derive(clap::Args)]
pub struct Args {
    /// Its id, its address, or the beginning of its hash
    id: String,
    #[command(flatten)]
    known: Known,
    #[command(flatten)]
    output: crate::context::Output,
}

#[derive(Serialize)]
struct Row {
    #[serde(flatten)]
    document: DocumentRow,
    claims: Vec<String>,
}

impl Args {
    pub fn run(self, global: &Global) -> Done {
        let ledger = global.open_read()?;
        let known = self.known.known;
        let Some(document) = ledger.document(&self.id, known)? else {
            let held = ledger.document_ids()?;
            let list = held.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
            let more = if held.len() > 5 { ", ..." } else { "" };
            return Err(Failure::Input(format!(
                "{} holds no document {:?}; it holds {}: {list}{more}",
                ledger.path().display(),
                self.id,
                held.len()
            )));
        };
        let mut rows = ledger.claims(&Filter { doc: Some(document.id.clone()), ..Filter::default() }, known)?;
        // Claims of an earlier version belong to another text.
        let starts: Vec<usize> = document.text.char_indices().map(|(i, _)| i).chain([document.text.len()]).collect();
        let at = |n: u32| starts.get(n as usize).copied();
        let words = |[a, b]: [u32; 2]| document.text.get(at(a)?..at(b)?);
        rows.retain(|r| words(r.claim.span) == Some(r.claim.quote.as_str()));
        rows.sort_by_key(|r| (r.claim.span[0], r.claim.span[1]));
        match self.output.format {
            Format::Table => page(&document, &rows),
            format => {
                let claims = rows.into_iter().map(|r| r.id).collect();
                show::rows(format, &[Row { document, claims }], |_| show::Table::new(&[]))
            }
        }
    }
}

fn page(d: &DocumentRow, rows: &[ClaimRow]) -> Done {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let styled = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    writeln!(out, "{}", plain(d.title.as_deref().unwrap_or(&d.id)))?;
    let facts: Vec<&str> =
        [d.publisher.as_deref(), d.published.as_deref(), d.uri.as_deref()].into_iter().flatten().collect();
    if !facts.is_empty() {
        writeln!(out, "{}", plain(&facts.join(" · ")))?;
    }
    let version = if d.version > 1 { format!(", version {}", d.version) } else { String::new() };
    writeln!(out, "{}{version} · recorded {}\n", plain(&d.id), d.recorded.get(..10).unwrap_or(&d.recorded))?;
    for line in marked(&d.text, rows, styled).lines() {
        writeln!(out, "{}", show::wrapped("", line))?;
    }
    if !rows.is_empty() {
        writeln!(out)?;
    }
    for (n, r) in rows.iter().enumerate() {
        let c = &r.claim;
        let when = if c.when.is_empty() { String::new() } else { format!(", {}", c.when) };
        let by = match &c.by {
            chancery_core::values::By::Author => String::new(),
            chancery_core::values::By::Speaker(p) => format!(", says {}", p.label),
        };
        let line = format!("{}{when}{by}  {}", claims::sentence(c), claims::short(&r.id));
        writeln!(out, "{}", show::wrapped(&format!("{:>5} ", format!("[{}]", n + 1)), &plain(&line)))?;
    }
    out.flush()?;
    Ok(())
}

/// The text with `[1]` after the words of each claim; on a terminal the words are underlined too.
fn marked(text: &str, rows: &[ClaimRow], styled: bool) -> String {
    let mut ends: Vec<(u32, usize)> = rows.iter().enumerate().map(|(n, r)| (r.claim.span[1], n + 1)).collect();
    ends.sort_unstable();
    let mut ends = ends.into_iter().peekable();
    let mut starts: Vec<[u32; 2]> = rows.iter().map(|r| r.claim.span).collect();
    starts.sort_unstable();
    // The furthest end of the claims that have begun.
    let (mut starts, mut reach) = (starts.into_iter().peekable(), 0);
    let (mut out, mut on) = (String::with_capacity(text.len() * 2), false);
    // Character by character, as plain as it is printed.
    for (i, c) in plain(text).chars().chain(['\n']).enumerate() {
        let i = i as u32;
        while let Some([_, end]) = starts.next_if(|[start, _]| *start <= i) {
            reach = reach.max(end);
        }
        let now = styled && c != '\n' && i < reach;
        if on && !now {
            out.push_str("\x1b[0m");
        }
        let mut numbers = Vec::new();
        while let Some((_, n)) = ends.next_if(|(end, _)| *end == i) {
            numbers.push(n.to_string());
        }
        if !numbers.is_empty() {
            let mark = format!("[{}]", numbers.join(","));
            if styled {
                out.push_str("\x1b[0m\x1b[2m");
                out.push_str(&mark);
                out.push_str("\x1b[0m");
                on = false;
            } else {
                out.push_str(&mark);
            }
        }
        if now && !on {
            out.push_str("\x1b[4m");
        }
        on = now;
        out.push(c);
    }
    out
}
