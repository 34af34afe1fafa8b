//! Documents to claims: acquire, parse and code on all cores, hand on in order. Used by `read` and `code`.
use crate::failure::Failure;
use crate::model;
use crate::show;
use chancery_core::code::{Coder, prepare, restore, sections};
use chancery_core::knowledge::DataFiles;
use chancery_core::ledger::Run;
use chancery_core::values::{Claim, Finding, Level, SourceText};
use chancery_io::acquire::{Acquire, Acquired, date, language};
use chancery_parse::{Doc, Pipeline};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
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
    /// Folder, wheel or packed file of the language model
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

/// A section of a document on its way to the coder.
struct Part {
    source: Arc<SourceText>,
    /// The bytes of the text.
    range: Range<usize>,
    skip: bool,
    last: bool,
}

impl Reader {
    pub fn load(model: &Model, data: &DataFiles) -> Result<Reader, Failure> {
        let pipeline = model::load(model.model.as_deref())?;
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

    /// From now on without a progress line.
    pub fn quiet(&mut self) {
        self.bar.finish_and_clear();
        self.bar = ProgressBar::hidden();
    }

    /// Reads all documents and hands them to `sink` in order. A document `known` says yes to is not coded.
    pub fn read(
        &self,
        sources: &Sources,
        known: impl Fn(&SourceText) -> bool + Send + Sync,
        sink: impl FnMut(Read) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        // A ledger keeps the first date it hears of a text: a slip must not get that far.
        if let Some(written) = sources.published.as_deref().filter(|p| date::published(p).is_none()) {
            let what = format!(
                "--published: {written:?} is no date, or none that exists: write it as 2025-07-03, 2025-07 or 2025"
            );
            return Err(Failure::Input(what));
        }
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
        let texts = documents.flat_map(|(source, skip)| self.parts(source, skip)).map(|part: Part| {
            let text =
                if part.skip { String::new() } else { prepare(&part.source.text[part.range.clone()]).into_owned() };
            (part, text)
        });
        let code = |part: Part, doc: Doc| {
            let claims = if part.skip { Vec::new() } else { self.code_part(&part, doc) };
            (part, claims)
        };
        // Sections come in order, so that a document is whole with its last one.
        let (mut found, mut chars) = (Vec::new(), 0u32);
        let flow = self.pipeline.parse_all(threads, texts, code, |(part, claims): (Part, Vec<Claim>)| {
            found.extend(claims.into_iter().map(|mut c| {
                c.span = c.span.map(|at| at + chars);
                c
            }));
            if !part.last {
                chars += part.source.text[part.range].chars().count() as u32;
                return ControlFlow::Continue(());
            }
            chars = 0;
            self.bar.set_message(part.source.id.clone());
            self.bar.inc(1);
            let claims = std::mem::take(&mut found);
            let source = Arc::try_unwrap(part.source).unwrap_or_else(|shared| SourceText::clone(&shared));
            match sink((source, (!part.skip).then_some(claims))) {
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

    /// A document as what the coder takes at once: whole, or a huge one in sections.
    fn parts(&self, source: SourceText, skip: bool) -> Vec<Part> {
        let skip = skip || language::not_english(&source).inspect(|f| self.report(f)).is_some();
        let ranges = if skip { std::iter::once(0..source.text.len()).collect() } else { sections(&source.text) };
        if ranges.len() > 1 {
            let what = format!("a text of {} bytes is read in {} sections", source.text.len(), ranges.len());
            let hint =
                "a name or pronoun is not followed from one section to the next; give each article as a document";
            self.report(&Finding::new(Level::Note, &source.id, what, hint));
        }
        let (source, count) = (Arc::new(source), ranges.len());
        let part = |(n, range)| Part { source: source.clone(), range, skip, last: n + 1 == count };
        ranges.into_iter().enumerate().map(part).collect()
    }

    /// The claims of a section; their spans count from where it begins.
    fn code_part(&self, part: &Part, mut doc: Doc) -> Vec<Claim> {
        // parsed as prepared, coded as written: the two are of one length
        restore(&mut doc, &part.source.text[part.range.clone()]);
        // A fault of ours in one document must not cost the others.
        catch_unwind(AssertUnwindSafe(|| self.coder.code(&part.source, &doc))).unwrap_or_else(|_| {
            let what = "coding it failed inside the program; it is kept without its claims";
            self.report(&Finding::new(Level::Error, &part.source.id, what, "please report it with the text"));
            Vec::new()
        })
    }

    /// A finding, to standard error, past the progress line.
    pub fn report(&self, f: &Finding) {
        if f.level == Level::Error {
            self.errors.fetch_add(1, Ordering::Relaxed);
        }
        self.bar.suspend(|| eprintln!("{}", show::plain(&f.to_string())));
    }

    /// How the command ends: at fault if any input was not read.
    pub fn end(&self) -> Result<(), Failure> {
        match self.errors.load(Ordering::Relaxed) {
            0 => Ok(()),
            n => Err(Failure::Input(format!("{n} of the inputs could not be used; see above"))),
        }
    }
}
