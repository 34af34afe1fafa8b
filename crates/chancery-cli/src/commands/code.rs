use crate::context::{Global, Output};
use crate::failure::Done;
use crate::reading::{Reader, Sources};
use crate::show::{self, Format, claims};
use chancery_core::ledger::claim_id;
use std::io::Write;

/// Print the claims of documents without recording anything.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    sources: Sources,
    #[command(flatten)]
    output: Output,
}

impl Args {
    pub fn run(self, global: &Global) -> Done {
        let reader = Reader::load(&self.sources.model, &global.data_files()?)?;
        let mut kept = Vec::new();
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        reader.read(
            &self.sources,
            |_| false,
            |(source, found)| {
                for claim in found.unwrap_or_default() {
                    let row = claims::Row::new(claim_id(&source.hash, &claim), claim, source.publisher.clone());
                    match self.output.format {
                        // A stream of any length: nothing is kept.
                        Format::Jsonl => {
                            serde_json::to_writer(&mut out, &row).map_err(std::io::Error::from)?;
                            out.write_all(b"\n")?;
                        }
                        _ => kept.push(row),
                    }
                }
                Ok(())
            },
        )?;
        out.flush()?;
        drop(out);
        if self.output.format != Format::Jsonl {
            show::rows(self.output.format, &kept, claims::table)?;
        }
        reader.end()
    }
}
