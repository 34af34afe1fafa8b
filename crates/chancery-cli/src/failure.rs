//! How a command ends when it cannot answer.
use chancery_core::Finding;
use chancery_core::ledger::LedgerError;
use chancery_web::Trouble;
use std::fmt::Display;
use std::io;
use std::process::ExitCode;

#[derive(Debug)]
pub enum Failure {
    /// The input or the question is at fault: exit 1.
    Input(String),
    /// The world outside is: exit 2.
    World(String),
    /// The reader of our output has gone (`| head`): end without a word.
    Gone,
}

pub type Done = Result<(), Failure>;

impl Failure {
    pub fn input(message: impl Display) -> Failure {
        Failure::Input(message.to_string())
    }

    pub fn report(self) -> ExitCode {
        let (code, message) = match self {
            Failure::Input(m) => (1, m),
            Failure::World(m) => (2, m),
            Failure::Gone => return ExitCode::SUCCESS,
        };
        eprintln!("error: {}", crate::show::plain(&message));
        ExitCode::from(code)
    }
}

impl From<LedgerError> for Failure {
    fn from(e: LedgerError) -> Failure {
        if e.is_input() { Failure::Input(e.to_string()) } else { Failure::World(e.to_string()) }
    }
}

impl From<Trouble> for Failure {
    fn from(t: Trouble) -> Failure {
        match t {
            Trouble::Input(m) | Trouble::Missing(m) => Failure::Input(m),
            Trouble::World(m) => Failure::World(m),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(e: io::Error) -> Failure {
        match e.kind() {
            io::ErrorKind::BrokenPipe => Failure::Gone,
            _ => Failure::World(format!("standard output: {e}")),
        }
    }
}

impl From<Finding> for Failure {
    fn from(f: Finding) -> Failure {
        let hint = if f.hint.is_empty() { String::new() } else { format!(" ({})", f.hint) };
        Failure::Input(format!("{}: {}{hint}", f.place, f.message))
    }
}
