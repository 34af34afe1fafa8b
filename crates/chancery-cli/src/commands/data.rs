use crate::context::{Global, Output};
use crate::failure::{Done, Failure};
use crate::show::{self, Column, Table, count};
use chancery_core::code::{Coder, examples, prepare, restore};
use chancery_core::knowledge::{DataFiles, Ontology};
use chancery_core::{Finding, Level};
use serde::Serialize;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The knowledge behind the answers: list, print or check the data files.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// The data files in use, --data laid over the built-in ones
    List {
        #[command(flatten)]
        output: Output,
    },
    /// Print one of them, to start a file of your own from
    Show {
        /// As `chancery data list` names it
        path: String,
    },
    /// Load them all, run the frames' own examples, and say what is wrong, by file, line and field
    Check {
        /// A folder of your own to lay over the built-in files; its frames alone are tried [default: --data]
        #[arg(value_name = "DIR")]
        dir: Option<PathBuf>,
        /// Folder, wheel or packed file of the language model that the examples need
        #[arg(long, value_name = "DIR")]
        model: Option<PathBuf>,
    },
}

#[derive(Serialize)]
struct Row {
    path: String,
    bytes: usize,
    lines: usize,
    /// "built-in", or "yours" where --data replaces or adds it.
    from: &'static str,
}

impl Args {
    pub fn run(self, global: &Global) -> Done {
        let mut data = global.data_files()?;
        match self.what {
            What::List { output } => {
                let built_in = chancery_core::knowledge::DataFiles::embedded();
                let rows: Vec<Row> = data
                    .below("")
                    .map(|(path, text)| Row {
                        path: path.into(),
                        bytes: text.len(),
                        lines: text.lines().count(),
                        from: if built_in.get(path) == Some(text) { "built-in" } else { "yours" },
                    })
                    .collect();
                show::rows(output.format, &rows, table)
            }
            What::Show { path } => {
                let text = data.get(&path).ok_or_else(|| {
                    Failure::input(format!("there is no data file {path:?}; `chancery data list` names them"))
                })?;
                std::io::stdout().lock().write_all(text.as_bytes())?;
                Ok(())
            }
            What::Check { dir, model } => {
                if let Some(dir) = &dir {
                    data.overlay(dir)?;
                }
                check(&data, model.as_deref())
            }
        }
    }
}

/// Loads the knowledge and runs the examples of the user's frames, or of all where none are the user's.
fn check(data: &DataFiles, model: Option<&Path>) -> Done {
    let (coder, mut findings) = Coder::new(data);
    findings.extend(Ontology::load(data).1);
    let built_in = DataFiles::embedded();
    let own = |path: &str| built_in.get(path) != data.get(path);
    let any_own = data.below("").any(|(path, _)| own(path));
    let pipeline = crate::model::load(model)?;
    let report = examples::check(
        &coder,
        |file| !any_own || own(file),
        |sentence| {
            let mut doc = pipeline.parse(&prepare(sentence));
            restore(&mut doc, sentence);
            doc
        },
    );
    for f in &report.failures {
        let text = data.get(&f.file).unwrap_or_default();
        let line = text.lines().position(|l| l.contains(&f.example)).map_or(String::new(), |n| format!(":{}", n + 1));
        let place = format!("{}{line}, frame {:?}, example {:?}", f.file, f.frame, f.example);
        findings.push(Finding::new(Level::Error, place, f.why.clone(), "mend the frame, or the example"));
    }
    crate::context::report(&findings);
    match findings.len() {
        0 => {
            eprintln!(
                "{} checked; {} catches and {} leaves run; data version {}",
                count(data.below("").count(), "file"),
                report.catches,
                report.leaves,
                data.version()
            );
            Ok(())
        }
        n => Err(Failure::Input(format!("{} in the data files", count(n, "finding")))),
    }
}

fn table(rows: &[Row]) -> Table {
    let mut t = Table::new(&[Column::Fit("file"), Column::Fit("lines"), Column::Fit("bytes"), Column::Fit("from")]);
    for r in rows {
        t.row([r.path.clone(), r.lines.to_string(), r.bytes.to_string(), r.from.into()]);
    }
    t
}
