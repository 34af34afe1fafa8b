use crate::context::Global;
use crate::failure::Done;
use crate::reading::{Reader, Sources};
use crate::show::count;
use chancery_core::ledger::{Ledger, Outcome};
use chancery_core::values::{Finding, Level};
use jiff::Timestamp;

/// Read documents and record their claims in the ledger.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    sources: Sources,
    /// Code texts again that the ledger holds already: claims no longer found end, new ones are added
    #[arg(long)]
    again: bool,
}

#[derive(Default)]
struct Tally {
    new: usize,
    versions: usize,
    known: usize,
    again: usize,
    added: usize,
    ended: usize,
}

impl Args {
    pub fn run(self, global: &Global) -> Done {
        // The ledger first: nobody should wait for a model to hear that the folder is read-only.
        let mut ledger = Ledger::open(&global.ledger_path()?)?;
        let reader = Reader::load(&self.sources.model, &global.data_files()?)?;
        let hashes = ledger.hashes()?;
        let mut tally = Tally::default();
        reader.read(
            &self.sources,
            |source| !self.again && hashes.contains(&source.hash),
            |(source, claims)| {
                let (claims, now) = (claims.unwrap_or_default(), Timestamp::now());
                let done = match self.again {
                    true => ledger.record_again(&reader.run, &source, &claims, now)?,
                    false => ledger.record(&reader.run, &source, &claims, now)?,
                };
                done.findings.iter().for_each(|f| reader.report(f));
                tally.added += done.added;
                tally.ended += done.ended;
                match done.outcome {
                    Outcome::New => tally.new += 1,
                    Outcome::Known { .. } => tally.known += 1,
                    Outcome::Again { .. } => tally.again += 1,
                    Outcome::NewVersion { version } => {
                        tally.versions += 1;
                        reader.report(&Finding::new(
                            Level::Note,
                            &source.id,
                            format!(
                                "another text under this id: recorded as its version {version}, in place of {}",
                                count(done.ended, "earlier claim")
                            ),
                            "",
                        ));
                    }
                }
                Ok(())
            },
        )?;
        eprintln!("{}; ledger {}", tally.words(), ledger.path().display());
        reader.end()
    }
}

impl Tally {
    fn words(&self) -> String {
        let mut parts = vec![count(self.new, "new document")];
        let more = [
            (self.versions, "new version", ""),
            (self.again, "document", " read again"),
            (self.known, "document", " known already"),
        ];
        parts.extend(more.iter().filter(|m| m.0 > 0).map(|(n, what, tail)| count(*n, what) + tail));
        parts.push(format!("{} recorded", count(self.added, "claim")));
        if self.ended > 0 {
            parts.push(format!("{} ended", count(self.ended, "claim")));
        }
        parts.join(", ")
    }
}
