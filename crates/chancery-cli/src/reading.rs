//! Documents to claims: acquire, parse and code on all cores, hand on in order. Used by `read` and `code`.
use crate::failure::Failure;
use chancery_core::code::{Coder, prepare};
use chancery_core::knowledge::DataFiles;
use chancery_core::ledger::Run;
use chancery_core::values::{Claim, Finding, Level, SourceText};
use chancery_io::acquire::{Acquire, Acquired, language};
use chancery_parse::{Doc, Pipeline};
use chancery_parse::locate::locate;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// What to read and how.
#[derive(clap::Args, Clone, Debug)]
pub struct Sources {
    /// Text, Markdown, HTML, JSON or JSON Lines files, folders of them, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The day they were published (EDTF: 2025-07-15, 2025-07, 2025), in place of what they say
    #[arg(long, value_name = "DATE")]
    pub published: Option<String>,
    /// Who published them, in place of what they say
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,
    /// Their title, in place of what they say
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    #[command(flatten)]
    pub model: Model,
}

/// What reads them.
#[derive(clap::Args, Clone, Debug)]
pub struct Model {
    /// Folder of the language model
    #[arg(long, value_name = "DIR")]
    pub model: Option<PathBuf>,
    /// Threads to use; 0 takes one a core
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub threads: usize,
}

/// A loaded reader.
pub struct Reader {
    pipeline: Pipeline,
    coder: Coder,
    pub run: Run,
    bar: ProgressBar,
    errors: AtomicUsize,
}

/// A document and what was found in it; `None` where it was not to be coded.
pub type Read = (SourceText, Option<Vec<Claim>>);

impl Reader {
    pub fn load(model: &Model, data: &DataFiles) -> Result<Reader, Failure> {
        let dir = locate(model.model.as_deref()).map_err(Failure::input)?;
        let pipeline = Pipeline::load(&dir).map_err(Failure::input)?;
        let (coder, findings) = Coder::new(data);
        let meta = pipeline.meta();
        let run = Run {
            program: format!("chancery {}", env!("CARGO_PKG_VERSION")),
            model: format!("{} {}", meta.name, meta.version),
            data: data.version(),
        };
        let bar = match std::io::stderr().is_terminal() {
            true => ProgressBar::new_spinner().with_style(
                ProgressStyle::with_template("{spinner} {pos} documents, {elapsed} {wide_msg}")
                    .unwrap_or_else(|_| ProgressStyle::default_spinner()),
            ),
            false => ProgressBar::hidden(),
        };
        bar.enable_steady_tick(Duration::from_millis(120));
        let reader = Reader { pipeline, coder, run, bar, errors: AtomicUsize::new(0) };
        crate::context::report(&crate::context::of_user(findings, data));
        Ok(reader)
    }

    /// Reads all documents and hands them to `sink` in order. A document `known` says yes to is not coded.
    pub fn read(
        &self,
        sources: &Sources,
        known: impl Fn(&SourceText) -> bool + Send + Sync,
        sink: impl FnMut(Read) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let acquire = Acquire {
            published: sources.published.clone(),
            publisher: sources.publisher.clone(),
            title: sources.title.clone(),
            fetched: Some(Timestamp::now()),
            ..Acquire::default()
        };
        let texts = acquire.open(&sources.paths).filter_map(|a| match a {
            Acquired::Finding(f) => {
                self.report(&f);
                None
            }
            Acquired::Document(source) => {
                let skip = known(&source);
                Some((source, skip))
            }
        });
        self.code(texts, sources.model.threads, sink)
    }

    /// Codes documents, but for those marked to be skipped, and hands them to `sink` in order.
    pub fn code(
        &self,
        documents: impl Iterator<Item = (SourceText, bool)> + Send,
        threads: usize,
        mut sink: impl FnMut(Read) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let texts = documents.map(|(source, skip)| {
            let foreign = if skip { None } else { language::not_english(&source) };
            if let Some(f) = &foreign {
                self.report(f);
            }
            let text = if skip || foreign.is_some() { String::new() } else { prepare(&source.text).into_owned() };
            ((source, skip), text)
        });
        let code = |(source, skip): (SourceText, bool), mut doc: Doc| {
            // parsed as prepared, coded as written: the two are of one length
            doc.text.clone_from(&source.text);
            let claims = (!skip).then(|| {
                // A fault of ours in one document must not cost the others.
                catch_unwind(AssertUnwindSafe(|| self.coder.code(&source, &doc))).unwrap_or_else(|_| {
                    let what = "coding it failed inside the program; it is kept without claims";
                    self.report(&Finding::new(Level::Error, &source.id, what, "please report it with the text"));
                    Vec::new()
                })
            });
            (source, claims)
        };
        let flow = self.pipeline.parse_all(threads, texts, code, |read: Read| {
            self.bar.set_message(read.0.id.clone());
            self.bar.inc(1);
            match sink(read) {
                Ok(()) => ControlFlow::Continue(()),
                Err(e) => ControlFlow::Break(e),
            }
        });
        self.bar.finish_and_clear();
        match flow {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(e) => Err(e),
        }
    }

    /// A finding, to standard error, past the progress line.
    pub fn report(&self, f: &Finding) {
        if f.level == Level::Error {
            self.errors.fetch_add(1, Ordering::Relaxed);
        }
        self.bar.suspend(|| eprintln!("{f}"));
    }

    /// How the command ends: at fault if any input was not read.
    pub fn end(&self) -> Result<(), Failure> {
        match self.errors.load(Ordering::Relaxed) {
            0 => Ok(()),
            n => Err(Failure::Input(format!("{n} of the inputs could not be used; see above"))),
        }
    }
}
