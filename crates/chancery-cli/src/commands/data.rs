use crate::context::{Global, Output};
use crate::failure::{Done, Failure};
use crate::show::{self, Column, Table, count};
use chancery_core::code::Coder;
use chancery_core::knowledge::Ontology;
use serde::Serialize;
use std::io::Write;

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
    /// Load them all and say what is wrong, by file, line and field
    Check,
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
        let data = global.data_files()?;
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
            What::Check => {
                let (_, mut findings) = Coder::new(&data);
                findings.extend(Ontology::load(&data).1);
                crate::context::report(&findings);
                match findings.len() {
                    0 => {
                        eprintln!("{} checked, data version {}", count(data.below("").count(), "file"), data.version());
                        Ok(())
                    }
                    n => Err(Failure::Input(format!("{} in the data files", count(n, "finding")))),
                }
            }
        }
    }
}

fn table(rows: &[Row]) -> Table {
    let mut t = Table::new(&[Column::Fit("file"), Column::Fit("lines"), Column::Fit("bytes"), Column::Fit("from")]);
    for r in rows {
        t.row([r.path.clone(), r.lines.to_string(), r.bytes.to_string(), r.from.into()]);
    }
    t
}
