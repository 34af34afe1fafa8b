//! What all commands share: where the ledger is, the knowledge, the clock, the form of the output.
use crate::failure::Failure;
use crate::show::Format;
use chancery_core::Finding;
use chancery_core::ask::Kinship;
use chancery_core::knowledge::{DataFiles, Ontology};
use chancery_core::ledger::{Ledger, LedgerError};
use chancery_core::resolve::Registry;
use chancery_core::values::AsOf;
use chancery_web::Asking;
use clap::Args;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use std::path::PathBuf;
use std::sync::Arc;

/// Options of every command.
#[derive(Args, Clone, Debug)]
pub struct Global {
    /// The ledger file [default: chancery/ledger.sqlite in $XDG_DATA_HOME or ~/.local/share]
    #[arg(long, global = true, env = "CHANCERY_LEDGER", value_name = "FILE")]
    pub ledger: Option<PathBuf>,
    /// A folder of data files laid over the built-in ones (see `chancery data`)
    #[arg(long, global = true, env = "CHANCERY_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// Option of every command that prints rows.
#[derive(Args, Clone, Copy, Debug)]
pub struct Output {
    /// How rows are printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
}

/// Option of every question: the ledger's clock.
#[derive(Args, Clone, Copy, Debug)]
pub struct Known {
    /// As the ledger held things on this day (to its end, UTC) or at this instant
    #[arg(long, value_parser = known, value_name = "DAY")]
    pub known: Option<Timestamp>,
}

/// Option of questions about one day.
#[derive(Args, Clone, Copy, Debug)]
pub struct At {
    /// The day of the world the answer is for [default: today]
    #[arg(long, value_parser = day, value_name = "DAY")]
    pub at: Option<Date>,
    #[command(flatten)]
    pub known: Known,
}

impl At {
    pub fn as_of(self) -> AsOf {
        AsOf { valid_at: self.at.unwrap_or_else(|| Zoned::now().date()), known_at: self.known.known }
    }
}

impl Global {
    pub fn ledger_path(&self) -> Result<PathBuf, Failure> {
        let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
        if let Some(p) = &self.ledger {
            return Ok(p.clone());
        }
        let data = set("XDG_DATA_HOME")
            .or_else(|| set("HOME").map(|h| h.join(".local/share")))
            .ok_or_else(|| Failure::input("no home folder is set: name the ledger with --ledger FILE"))?;
        Ok(data.join("chancery/ledger.sqlite"))
    }

    /// The ledger, for questions.
    pub fn open_read(&self) -> Result<Ledger, Failure> {
        Ok(Ledger::open_read(&self.ledger_path()?)?)
    }

    /// Where the ledger is, which must be there: a judgement needs something to judge.
    pub fn existing_ledger(&self) -> Result<PathBuf, Failure> {
        let path = self.ledger_path()?;
        if path.exists() { Ok(path) } else { Err(LedgerError::Missing { path }.into()) }
    }

    /// The built-in data files with the user's over them.
    pub fn data_files(&self) -> Result<DataFiles, Failure> {
        let mut data = DataFiles::embedded();
        if let Some(dir) = &self.data {
            data.overlay(dir)?;
        }
        Ok(data)
    }

    /// The ledger with all that a question needs beside it.
    pub fn asking(&self, known_at: Option<Timestamp>) -> Result<Asking, Failure> {
        let ledger = self.open_read()?;
        let data = self.data_files()?;
        let (ontology, findings) = Ontology::load(&data);
        report(&of_user(findings, &data));
        let (registry, findings) = Registry::load(&data);
        report(&of_user(findings, &data));
        let kin = Kinship::of(&registry, &ledger.actors()?, &ledger.judgements(known_at)?, &ledger.kinds(known_at)?);
        let note = |what: &str| eprintln!("note: {}", crate::show::plain(what));
        Ok(Asking {
            ledger,
            ontology: Arc::new(ontology),
            registry: Arc::new(registry),
            kin: Arc::new(kin),
            known_at,
            note,
        })
    }
}

/// Of the findings about data files those about files of the user's; `chancery data check` tells the others.
pub fn of_user(findings: Vec<Finding>, data: &DataFiles) -> Vec<Finding> {
    let built_in = DataFiles::embedded();
    let theirs: Vec<&str> =
        data.below("").filter(|(path, text)| built_in.get(path) != Some(*text)).map(|(path, _)| path).collect();
    findings.into_iter().filter(|f| theirs.iter().any(|path| f.place.contains(path))).collect()
}

/// Who judges: as named, else the user of the system.
pub fn reviewer(named: Option<String>) -> String {
    let set = |name: &str| std::env::var(name).ok().filter(|v| !v.is_empty());
    named.or_else(|| set("USER")).or_else(|| set("USERNAME")).unwrap_or_else(|| "user".into())
}

/// Findings, to standard error.
pub fn report(findings: &[Finding]) {
    for f in findings {
        eprintln!("{}", crate::show::plain(&f.to_string()));
    }
}

/// `--known`: a day (to its end, UTC, the ledger's clock) or an instant.
fn known(text: &str) -> Result<Timestamp, String> {
    if let Ok(t) = text.parse::<Timestamp>() {
        return Ok(t);
    }
    let end = text.parse::<Date>().ok().and_then(|d| d.tomorrow().ok()).and_then(|d| d.to_zoned(TimeZone::UTC).ok());
    end.map(|z| z.timestamp() - jiff::SignedDuration::from_micros(1))
        .ok_or_else(|| "give a day (2025-07-03) or an instant (2025-07-03T12:00:00Z)".to_string())
}

/// A day of the world.
pub fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "give a day as YYYY-MM-DD".to_string())
}
