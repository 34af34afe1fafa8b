//! `reread` and `runs`: reading stored texts anew, and what that changed.
use crate::context::{Global, Output};
use crate::failure::Done;
use crate::reading::{Model, Reader};
use crate::show::{self, Column, Table, claims, count, words};
use chancery_core::ledger::{Ledger, RunChange, RunRow};
use jiff::Timestamp;

/// Code the stored texts again with this program's model and data files, as a new run; what earlier runs found stays.
#[derive(clap::Args)]
pub struct RereadArgs {
    /// Only these documents, by id [default: all]
    documents: Vec<String>,
    #[command(flatten)]
    model: Model,
}

/// The runs that filled the ledger, or what two of them found differently.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    output: Output,
}

#[derive(clap::Subcommand)]
enum What {
    /// What run B found otherwise than run A in the documents both read
    Diff {
        a: i64,
        b: i64,
        #[command(flatten)]
        output: Output,
    },
}

impl RereadArgs {
    pub fn run(self, global: &Global) -> Done {
        let mut ledger = Ledger::open(&global.existing_ledger()?)?;
        let ids = match self.documents.is_empty() {
            true => ledger.document_ids()?,
            false => self.documents.clone(),
        };
        let reader = Reader::load(&self.model, &global.data_files()?)?;
        // One text at a time is in memory: the snapshots come from a second handle on the file.
        let snapshots = global.open_read()?;
        let mut missing = None;
        let texts = ids.into_iter().map_while(|id| match snapshots.snapshot(&id) {
            Ok(Some(s)) => Some(s),
            Ok(None) => {
                missing = Some(crate::failure::Failure::input(format!("there is no document {id:?}")));
                None
            }
            Err(e) => {
                missing = Some(e.into());
                None
            }
        });
        let texts: Vec<_> = texts.collect();
        if let Some(failure) = missing {
            return Err(failure);
        }
        let (mut documents, mut kept, mut added, mut ended) = (0, 0, 0, 0);
        reader.code(texts.into_iter().map(|s| (s, false)), self.model.threads, |(source, found)| {
            let done = ledger.record_again(&reader.run, &source, &found.unwrap_or_default(), Timestamp::now())?;
            done.findings.iter().for_each(|f| reader.report(f));
            documents += 1;
            kept += done.kept;
            added += done.added;
            ended += done.ended;
            Ok(())
        })?;
        let run = ledger.runs()?.last().map_or(0, |r| r.run);
        eprintln!(
            "run {run}: {} read again, {} as before, {added} new, {ended} no longer found",
            count(documents, "document"),
            count(kept, "claim")
        );
        reader.end()
    }
}

impl Args {
    pub fn run(self, global: &Global) -> Done {
        let ledger = global.open_read()?;
        match self.what {
            None => show::rows(self.output.format, &ledger.runs()?, runs),
            Some(What::Diff { a, b, output }) => {
                let rows = ledger.runs_differ(a, b)??;
                if rows.is_empty() {
                    eprintln!("runs {a} and {b} found the same in the documents both read");
                }
                show::rows(output.format, &rows, diff)
            }
        }
    }
}

fn runs(rows: &[RunRow]) -> Table {
    let mut t = Table::new(&[
        Column::Fit("run"),
        Column::Fit("started"),
        Column::Wrap("program", 12),
        Column::Wrap("model", 16),
        Column::Fit("data"),
        Column::Fit("documents"),
        Column::Fit("new claims"),
    ]);
    for r in rows {
        t.row([
            r.run.to_string(),
            r.started.get(..19).unwrap_or(&r.started).replace('T', " "),
            r.program.clone(),
            r.model.clone(),
            r.data.clone(),
            r.documents.to_string(),
            r.claims.to_string(),
        ]);
    }
    t
}

fn diff(rows: &[RunChange]) -> Table {
    let mut t = Table::new(&[
        Column::Fit("change"),
        Column::Fit("id"),
        Column::Wrap("document", 14),
        Column::Wrap("claim", 24),
        Column::Fit("when"),
        Column::Wrap("words", 30),
    ]);
    for r in rows {
        let c = &r.claim.claim;
        t.row([
            r.change.to_string(),
            claims::short(&r.claim.id),
            c.doc.clone(),
            claims::sentence(c),
            words::when(&c.when),
            format!("“{}”", c.quote.split_whitespace().collect::<Vec<_>>().join(" ")),
        ]);
    }
    t
}
