//! What all requests share: where the ledger is, the knowledge, open connections, and what is worth keeping until the
//! ledger changes.
use crate::desk::{Asking, Trouble};
use chancery_core::ask::{ConflictRow, Kinship, conflicts};
use chancery_core::knowledge::Ontology;
use chancery_core::ledger::{Counts, Filter, Ledger, Run};
use chancery_core::resolve::{Places, Registry};
use chancery_core::values::{Claim, SourceText};
use jiff::{Timestamp, Zoned};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::SystemTime;

/// A text on its way into the ledger, as it was pasted or uploaded.
#[derive(Debug, Clone, Default)]
pub struct Upload {
    pub bytes: Vec<u8>,
    pub title: Option<String>,
    pub published: Option<String>,
    pub publisher: Option<String>,
}

/// Who read, and the documents with their claims.
pub type Reading = (Run, Vec<(SourceText, Vec<Claim>)>);

/// What reads texts: the language model is the command line's.
pub trait Reads: Send + Sync {
    /// The documents of an upload with their claims.
    ///
    /// # Errors
    /// Nothing in it can be read, or the model cannot be loaded.
    fn read(&self, upload: Upload) -> Result<Reading, Trouble>;
}

/// How the pages are served.
pub struct Settings {
    pub ledger: PathBuf,
    pub ontology: Ontology,
    pub registry: Registry,
    /// Where cities are, for the map.
    pub places: Places,
    /// `None`: texts cannot be added.
    pub reader: Option<Box<dyn Reads>>,
    pub read_only: bool,
    /// What a visitor must know; `None`: nothing, for visitors of this machine.
    pub access: Option<String>,
    /// Who judges, in the ledger's log.
    pub reviewer: String,
}

/// The shared state.
pub struct App {
    pub ledger: PathBuf,
    pub ontology: Arc<Ontology>,
    pub registry: Arc<Registry>,
    pub places: Places,
    pub reader: Option<Box<dyn Reads>>,
    pub read_only: bool,
    pub access: Option<String>,
    pub reviewer: String,
    /// Proves that a form came from these pages; new with each start.
    pub token: String,
    /// One text is read at a time.
    pub reading: tokio::sync::Semaphore,
    idle: Mutex<Vec<Ledger>>,
    kept: Mutex<Option<Arc<Kept>>>,
    writing: Mutex<()>,
}

/// What was worked out of a ledger as it was.
struct Kept {
    stamp: Stamp,
    kin: Arc<Kinship>,
    /// Of all claims ever recorded.
    claims: usize,
    counts: OnceLock<Counts>,
    publishers: OnceLock<Vec<String>>,
    conflicts: OnceLock<Arc<Vec<ConflictRow>>>,
}

/// When its files were last written, and how long they are.
type Stamp = [Option<(SystemTime, u64)>; 2];

/// More claims than this are not all read for one page.
pub const LARGE: usize = 40_000;

/// Connections that are kept open for the next question.
const IDLE: usize = 8;

impl App {
    pub fn new(s: Settings) -> Result<App, Trouble> {
        if s.read_only {
            Ledger::open_read(&s.ledger)?;
        } else {
            Ledger::open(&s.ledger)?;
        }
        Ok(App {
            ledger: s.ledger,
            ontology: Arc::new(s.ontology),
            registry: Arc::new(s.registry),
            places: s.places,
            reader: s.reader,
            read_only: s.read_only,
            access: s.access,
            reviewer: s.reviewer,
            token: random()?,
            reading: tokio::sync::Semaphore::new(1),
            idle: Mutex::new(Vec::new()),
            kept: Mutex::new(None),
            writing: Mutex::new(()),
        })
    }

    /// Asks a question through a connection that cannot write.
    pub fn ask<T>(
        &self,
        known_at: Option<Timestamp>,
        question: impl FnOnce(&Asking) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        let ledger = match lock(&self.idle).pop() {
            Some(l) => l,
            None => Ledger::open_read(&self.ledger)?,
        };
        let kin = match known_at {
            None => self.kept(&ledger)?.kin.clone(),
            Some(_) => Arc::new(self.kinship(&ledger, known_at)?),
        };
        let asking = Asking {
            ledger,
            ontology: self.ontology.clone(),
            registry: self.registry.clone(),
            kin,
            known_at,
            note: |_| {},
        };
        let answer = question(&asking);
        let mut idle = lock(&self.idle);
        if idle.len() < IDLE {
            idle.push(asking.ledger);
        }
        answer
    }

    /// Writes, one after the other; refused where the pages are for reading only.
    pub fn write<T>(&self, act: impl FnOnce(&mut Ledger) -> Result<T, Trouble>) -> Result<T, Trouble> {
        if self.read_only {
            return Err(Trouble::Input("this ledger is shown for reading only".into()));
        }
        let _one = lock(&self.writing);
        act(&mut Ledger::open(&self.ledger)?)
    }

    pub fn counts(&self, asking: &Asking) -> Result<Counts, Trouble> {
        let kept = self.kept(&asking.ledger)?;
        if let Some(c) = kept.counts.get() {
            return Ok(*c);
        }
        let found = asking.ledger.counts()?;
        Ok(*kept.counts.get_or_init(|| found))
    }

    pub fn publishers(&self, asking: &Asking) -> Result<Vec<String>, Trouble> {
        let kept = self.kept(&asking.ledger)?;
        if let Some(p) = kept.publishers.get() {
            return Ok(p.clone());
        }
        let found = asking.ledger.publishers()?;
        Ok(kept.publishers.get_or_init(|| found).clone())
    }

    /// Is it so large that a page may not look at all claims?
    pub fn is_large(&self, asking: &Asking) -> Result<bool, Trouble> {
        Ok(self.kept(&asking.ledger)?.claims > LARGE)
    }

    /// All conflicts of the ledger, worked out once a change.
    pub fn conflicts(&self, asking: &Asking) -> Result<Arc<Vec<ConflictRow>>, Trouble> {
        let all = || -> Result<Vec<ConflictRow>, Trouble> {
            let claims = asking.claims(&Filter::default())?;
            let grades = asking.ledger.grades(asking.known_at)?;
            Ok(conflicts(&claims, &asking.ontology, &asking.kin, &grades))
        };
        if asking.known_at.is_some() {
            return Ok(Arc::new(all()?));
        }
        let kept = self.kept(&asking.ledger)?;
        if let Some(c) = kept.conflicts.get() {
            return Ok(c.clone());
        }
        let found = Arc::new(all()?);
        Ok(kept.conflicts.get_or_init(|| found).clone())
    }

    fn kept(&self, ledger: &Ledger) -> Result<Arc<Kept>, Trouble> {
        // The stamp is taken first: what is written while this looks is seen the next time.
        let stamp = self.stamp();
        let mut kept = lock(&self.kept);
        if let Some(k) = kept.as_ref().filter(|k| k.stamp == stamp) {
            return Ok(k.clone());
        }
        let kin = Arc::new(self.kinship(ledger, None)?);
        let new = Arc::new(Kept {
            stamp,
            kin,
            claims: ledger.last_row()?,
            counts: OnceLock::new(),
            publishers: OnceLock::new(),
            conflicts: OnceLock::new(),
        });
        *kept = Some(new.clone());
        Ok(new)
    }

    fn kinship(&self, ledger: &Ledger, known_at: Option<Timestamp>) -> Result<Kinship, Trouble> {
        let (judged, kinds) = (ledger.judgements(known_at)?, ledger.kinds(known_at)?);
        Ok(Kinship::of(&self.registry, &ledger.actors()?, &judged, &kinds))
    }

    fn stamp(&self) -> Stamp {
        let mut wal = self.ledger.as_os_str().to_os_string();
        wal.push("-wal");
        let of = |p: &std::path::Path| std::fs::metadata(p).ok().and_then(|m| Some((m.modified().ok()?, m.len())));
        [of(&self.ledger), of(std::path::Path::new(&wal))]
    }
}

fn lock<T>(m: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    m.lock().unwrap_or_else(PoisonError::into_inner)
}

/// 32 hex digits nobody can guess.
fn random() -> Result<String, Trouble> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).map_err(|e| Trouble::World(format!("the system gives no random numbers: {e}")))?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

/// The day it is here.
pub fn today() -> jiff::civil::Date {
    Zoned::now().date()
}
