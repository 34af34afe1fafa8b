//! `chancery model`: make a language model one file, and check that a model is whole.
use crate::failure::{Done, Failure};
use crate::model;
use chancery_parse::locate::{Model, find};
use chancery_parse::pack::{self, Entry};
use std::io::Write;
use std::path::PathBuf;

/// Pack a language model into one file, or check one.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(clap::Subcommand)]
enum Action {
    /// Write all that is needed of a model into one file, which --model and CHANCERY_MODEL take as they take a folder
    Pack {
        /// The model to pack: a folder, a wheel or a packed file [default: the model that is used]
        #[arg(long, value_name = "DIR")]
        model: Option<PathBuf>,
        /// The file to write; one that exists is replaced
        #[arg(value_name = "OUT")]
        out: PathBuf,
    },
    /// Load a model, a packed file, a wheel or a folder, and check every checksum
    Check {
        /// The model to check [default: the model that is used]
        #[arg(value_name = "FILE|DIR")]
        model: Option<PathBuf>,
    },
}

impl Args {
    pub fn run(self) -> Done {
        let mut out = std::io::stdout().lock();
        match self.action {
            Action::Pack { model: given, out: to } => {
                let from = match find(given.as_deref()).map_err(Failure::input)? {
                    Model::At(path) => path,
                    Model::Embedded(_) => {
                        let hint = "name the folder with --model";
                        return Err(Failure::Input(format!(
                            "the model built into this program is packed already: {hint}"
                        )));
                    }
                };
                // Nothing is packed that would not be taken.
                model::load(Some(&from))?;
                let entries = pack::pack(&from, &to).map_err(Failure::input)?;
                writeln!(out, "{}: {}", to.display(), summary(&entries))?;
            }
            Action::Check { model: given } => {
                let found = find(given.as_deref()).map_err(Failure::input)?;
                let (place, contents) = match &found {
                    Model::At(path) if path.is_file() => {
                        (path.display().to_string(), summary(&pack::check(path).map_err(Failure::input)?))
                    }
                    Model::At(path) => (path.display().to_string(), "a folder".to_owned()),
                    Model::Embedded(bytes) => ("built in".to_owned(), format!("{} bytes", bytes.len())),
                };
                let pipeline = model::load(given.as_deref())?;
                let (name, version) = (&pipeline.meta().name, &pipeline.meta().version);
                let known = if model::is_known(pipeline.meta()) { "every file as published" } else { "loads" };
                writeln!(out, "{place}: {name} {version}, {contents}: {known}")?;
            }
        }
        Ok(())
    }
}

/// How many files and bytes.
fn summary(entries: &[Entry]) -> String {
    let bytes: u64 = entries.iter().map(|e| e.size).sum();
    format!("one file, {} files in it, {bytes} bytes", entries.len())
}
