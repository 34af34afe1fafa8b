use crate::context::{Global, of_user, report, reviewer};
use crate::failure::{Done, Failure};
use crate::reading::{Model, Reader};
use chancery_core::knowledge::{DataFiles, Ontology};
use chancery_core::resolve::{Places, Registry};
use chancery_core::values::{Claim, Level, SourceText};
use chancery_io::acquire::{Acquire, Acquired, date};
use chancery_web::{App, Reading, Reads, Settings, Trouble, Upload, serve};
use jiff::Timestamp;
use std::io::Cursor;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Mutex;

/// Show the ledger in a browser: pages to look, follow and correct, and a JSON API, on this machine.
#[derive(clap::Args)]
pub struct Args {
    /// The ledger file, in place of --ledger
    #[arg(value_name = "LEDGER")]
    file: Option<PathBuf>,
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:7878", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// Look only: nothing can be written
    #[arg(long)]
    read_only: bool,
    /// What visitors must know; needed to listen beyond this machine
    #[arg(long, env = "CHANCERY_TOKEN", hide_env_values = true, value_name = "SECRET")]
    token: Option<String>,
    /// Who judges, as the ledger notes it [default: $USER]
    #[arg(long, value_name = "NAME")]
    reviewer: Option<String>,
    /// Folder, wheel or packed file of the language model, for texts that are added
    #[arg(long, value_name = "DIR")]
    model: Option<PathBuf>,
}

impl Args {
    pub fn run(self, global: &Global) -> Done {
        if self.token.as_ref().is_some_and(|t| t.len() < 8) {
            return Err(Failure::input(
                "--token: a secret of fewer than 8 characters is soon guessed: give a longer one",
            ));
        }
        let ledger = match self.file {
            Some(f) => f,
            None => global.ledger_path()?,
        };
        let data = global.data_files()?;
        let (ontology, findings) = Ontology::load(&data);
        report(&of_user(findings, &data));
        let (registry, findings) = Registry::load(&data);
        report(&of_user(findings, &data));
        let (places, findings) = Places::load(&data);
        report(&of_user(findings, &data));
        let reader: Option<Box<dyn Reads>> = match self.read_only {
            true => None,
            false => Some(Box::new(Desk { data, model: self.model, reader: Mutex::new(None) })),
        };
        let app = App::new(Settings {
            ledger,
            ontology,
            registry,
            places,
            reader,
            read_only: self.read_only,
            access: self.token,
            reviewer: reviewer(self.reviewer),
        })?;
        serve(app, self.listen, |at| eprintln!("http://{at}/ (end with Ctrl-C)"))?;
        Ok(())
    }
}

/// Reads what is pasted; the model is loaded when the first text comes.
struct Desk {
    data: DataFiles,
    model: Option<PathBuf>,
    reader: Mutex<Option<Reader>>,
}

impl Reads for Desk {
    fn read(&self, upload: Upload) -> Result<Reading, Trouble> {
        if let Some(written) = upload.published.as_deref().filter(|p| date::published(p).is_none()) {
            let what = format!("published: {written:?} is no date: write it as 2025-07-03, 2025-07 or 2025");
            return Err(Trouble::Input(what));
        }
        let acquire = Acquire {
            published: upload.published,
            publisher: upload.publisher,
            title: upload.title,
            fetched: Some(Timestamp::now()),
            ..Acquire::default()
        };
        let mut sources = Vec::new();
        let mut faults = Vec::new();
        // Standard input is the upload: no path is opened.
        for a in acquire.open_with(&[PathBuf::from("-")], Box::new(Cursor::new(upload.bytes))) {
            match a {
                Acquired::Document(d) => sources.push((d, false)),
                Acquired::Finding(f) if f.level == Level::Error => faults.push(f.message),
                Acquired::Finding(_) => {}
            }
        }
        if sources.is_empty() {
            return Err(Trouble::Input(format!("nothing in it can be read: {}", faults.join("; "))));
        }
        let trouble = |f: Failure| match f {
            Failure::Input(m) => Trouble::Input(m),
            Failure::World(m) => Trouble::World(m),
            Failure::Gone => Trouble::World("interrupted".into()),
        };
        let mut reader = self.reader.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if reader.is_none() {
            let model = Model { model: self.model.clone(), threads: 1 };
            let mut loaded = Reader::load(&model, &self.data).map_err(trouble)?;
            loaded.quiet();
            *reader = Some(loaded);
        }
        let Some(reader) = reader.as_ref() else { return Err(Trouble::World("the model was not loaded".into())) };
        let mut out = Vec::new();
        let took = |(source, claims): (SourceText, Option<Vec<Claim>>)| {
            out.push((source, claims.unwrap_or_default()));
            Ok(())
        };
        reader.code(sources.into_iter(), 1, took).map_err(trouble)?;
        Ok((reader.run.clone(), out))
    }
}
