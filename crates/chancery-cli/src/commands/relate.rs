//! `chancery relate`: what one named party does to another in a sentence, as one of PLOVER's sixteen types.
use crate::context::{self, Global, Output};
use crate::failure::{Done, Failure};
use crate::model;
use crate::show::{self, Column, Format, Table};
use chancery_core::code::{Coder, prepare, restore};
use chancery_core::values::{Finding, Level};
use chancery_parse::Doc;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Tell what one party does to another, for lines {"id", "text", "source", "target"}.
#[derive(clap::Args)]
pub struct Args {
    /// .jsonl files, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    output: Output,
    /// Folder, wheel or packed file of the language model
    #[arg(long, value_name = "DIR")]
    model: Option<PathBuf>,
    /// Threads to use; 0 takes one a core
    #[arg(long, default_value_t = 0, value_name = "N")]
    threads: usize,
}

/// A question.
#[derive(Debug, Deserialize)]
struct Pair {
    #[serde(default)]
    id: serde_json::Value,
    text: String,
    source: String,
    target: String,
}

/// Its answer.
#[derive(Debug, Serialize)]
struct Row {
    id: serde_json::Value,
    /// One of the sixteen types, or "none".
    event: &'static str,
    /// The entry of the lexicon that decided.
    frame: String,
    /// How it was reached.
    why: &'static str,
    confidence: f32,
}

impl Args {
    pub fn run(self, global: &Global) -> Done {
        let data = global.data_files()?;
        let pipeline = model::load(self.model.as_deref())?;
        let (coder, findings) = Coder::new(&data);
        context::report(&context::of_user(findings, &data));
        let mut pairs = Vec::new();
        let mut bad = 0usize;
        for file in &self.files {
            read(file, &mut pairs, &mut bad)?;
        }
        let texts = pairs.into_iter().map(|p| {
            let text = prepare(&p.text).into_owned();
            (p, text)
        });
        let answer = |p: Pair, mut doc: Doc| {
            // parsed as prepared, read as written: the two are of one length
            restore(&mut doc, &p.text);
            let r = coder.relate(&doc, &p.source, &p.target);
            let confidence = (r.confidence * 100.0).round() / 100.0;
            Row { id: p.id, event: r.event.map_or("none", |e| e.as_str()), frame: r.frame, why: r.why, confidence }
        };
        let mut rows: Vec<Row> = Vec::new();
        let mut out = BufWriter::new(std::io::stdout().lock());
        let jsonl = self.output.format == Format::Jsonl;
        let flow = pipeline.parse_all(self.threads, texts, answer, |row| {
            if !jsonl {
                rows.push(row);
                return ControlFlow::Continue(());
            }
            let line =
                serde_json::to_writer(&mut out, &row).map_err(std::io::Error::from).and_then(|()| out.write_all(b"\n"));
            match line {
                Ok(()) => ControlFlow::Continue(()),
                Err(e) => ControlFlow::Break(e),
            }
        });
        if let ControlFlow::Break(e) = flow {
            return Err(e.into());
        }
        out.flush()?;
        drop(out);
        if !jsonl {
            show::rows(self.output.format, &rows, table)?;
        }
        match bad {
            0 => Ok(()),
            n => Err(Failure::Input(format!("{} could not be used; see above", show::count(n, "line")))),
        }
    }
}

/// Appends the pairs of a file; a line that is none is reported with its number and counted.
fn read(file: &Path, pairs: &mut Vec<Pair>, bad: &mut usize) -> Done {
    let reader: Box<dyn BufRead> = if file == Path::new("-") {
        Box::new(BufReader::new(std::io::stdin()))
    } else {
        Box::new(BufReader::new(File::open(file).map_err(|e| Failure::input(format!("{}: {e}", file.display())))?))
    };
    for (n, line) in reader.lines().enumerate() {
        let line = line.map_err(|e| Failure::input(format!("{}:{}: {e}", file.display(), n + 1)))?;
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<Pair>(&line) {
            Ok(mut p) => {
                if p.id.is_null() {
                    p.id = (n + 1).to_string().into();
                }
                pairs.push(p);
            }
            Err(e) => {
                *bad += 1;
                let place = format!("{}:{}", file.display(), n + 1);
                let hint = "give {\"id\", \"text\", \"source\", \"target\"} on each line";
                context::report(&[Finding::new(Level::Error, place, e.to_string(), hint)]);
            }
        }
    }
    Ok(())
}

fn table(rows: &[Row]) -> Table {
    let mut t = Table::new(&[
        Column::Fit("id"),
        Column::Fit("event"),
        Column::Wrap("by", 20),
        Column::Wrap("why", 20),
        Column::Fit("sure"),
    ]);
    for r in rows {
        let id = r.id.as_str().map_or_else(|| r.id.to_string(), str::to_owned);
        t.row([id, r.event.to_owned(), r.frame.clone(), r.why.to_owned(), format!("{:.2}", r.confidence)]);
    }
    t
}
