//! `verify`, `backup`, `export`, `import`: keeping the ledger.
use crate::context::{Global, Output};
use crate::failure::{Done, Failure};
use crate::show::{self, Column, Format, Table, count};
use chancery_core::Finding;
use chancery_core::ledger::{KeepError, Ledger};
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Check the whole ledger: pages, references, hashes, quotes, ids, intervals.
#[derive(clap::Args)]
pub struct VerifyArgs {
    #[command(flatten)]
    output: Output,
}

/// Copy the ledger into a new file, while it may be in use.
#[derive(clap::Args)]
pub struct BackupArgs {
    /// A file that is not there yet
    file: PathBuf,
}

/// Write the whole ledger as JSON Lines.
#[derive(clap::Args)]
pub struct ExportArgs {
    /// A file that is not there yet, or - for standard output
    file: PathBuf,
}

/// Take in an export, whole or not at all, into a ledger that is empty or not there yet.
#[derive(clap::Args)]
pub struct ImportArgs {
    /// A file that `chancery export` wrote, or - for standard input
    file: PathBuf,
}

impl VerifyArgs {
    pub fn run(self, global: &Global) -> Done {
        let ledger = global.open_read()?;
        let found = ledger.verify()?;
        if found.is_empty() {
            eprintln!("{}: sound", ledger.path().display());
            return Ok(());
        }
        match self.output.format {
            Format::Table => show::rows(Format::Table, &found, table)?,
            format => show::rows(format, &found, table)?,
        }
        Err(Failure::World(format!(
            "{}: {}: restore a copy made with `chancery backup`",
            ledger.path().display(),
            count(found.len(), "fault")
        )))
    }
}

fn table(rows: &[Finding]) -> Table {
    let mut t = Table::new(&[Column::Wrap("where", 24), Column::Wrap("what", 40)]);
    for f in rows {
        t.row([f.place.clone(), f.message.clone()]);
    }
    t
}

impl BackupArgs {
    pub fn run(self, global: &Global) -> Done {
        let ledger = global.open_read()?;
        ledger.backup(&self.file).map_err(|e| failure(e, &self.file))?;
        let bytes = std::fs::metadata(&self.file).map(|m| m.len()).unwrap_or(0);
        eprintln!("{}: {bytes} bytes", self.file.display());
        Ok(())
    }
}

impl ExportArgs {
    pub fn run(self, global: &Global) -> Done {
        let ledger = global.open_read()?;
        let kept = if self.file.as_os_str() == "-" {
            ledger.export(&mut BufWriter::new(std::io::stdout().lock()))
        } else {
            let file = File::create_new(&self.file).map_err(|e| failure(e.into(), &self.file))?;
            let mut out = BufWriter::new(file);
            let done = ledger.export(&mut out);
            let synced = out.flush().and_then(|()| out.get_ref().sync_all());
            // Half an export is none.
            let done = done.and_then(|kept| synced.map(|()| kept).map_err(KeepError::from));
            if done.is_err() {
                let _ = std::fs::remove_file(&self.file);
            }
            done
        };
        let kept = kept.map_err(|e| failure(e, &self.file))?;
        eprintln!("{}, {} written", count(kept.documents, "document"), count(kept.claims, "claim"));
        Ok(())
    }
}

impl ImportArgs {
    pub fn run(self, global: &Global) -> Done {
        let path = global.ledger_path()?;
        let stdin = self.file.as_os_str() == "-";
        let input: Box<dyn std::io::Read> = match stdin {
            true => Box::new(std::io::stdin().lock()),
            false => {
                Box::new(File::open(&self.file).map_err(|e| Failure::input(format!("{}: {e}", self.file.display())))?)
            }
        };
        let fresh = !path.exists();
        let mut ledger = Ledger::open(&path)?;
        let kept = ledger.import(&mut BufReader::new(input));
        drop(ledger);
        if kept.is_err() && fresh {
            // What we made for nothing goes again.
            for end in ["", "-wal", "-shm"] {
                let mut name = path.clone().into_os_string();
                name.push(end);
                let _ = std::fs::remove_file(name);
            }
        }
        let kept = kept.map_err(|e| failure(e, &self.file))?;
        eprintln!(
            "{}, {} taken in; ledger {}",
            count(kept.documents, "document"),
            count(kept.claims, "claim"),
            path.display()
        );
        Ok(())
    }
}

fn failure(e: KeepError, file: &Path) -> Failure {
    match e {
        KeepError::Ledger(e) => e.into(),
        KeepError::Io(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Failure::Gone,
        KeepError::Io(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
            Failure::Input(format!("{} is there already: name another file", file.display()))
        }
        KeepError::Io(e) => {
            Failure::World(format!("{}: {e}: check the path and the space on the disk", file.display()))
        }
        KeepError::Line(f) => f.into(),
    }
}
