//! `chancery`: the command line. One file a command; rows to standard output, messages to standard error.
//!
//! Exit codes: 0 answered (rows or none), 1 the input or question is at fault, 2 the outside world failed.
mod commands;
mod context;
mod failure;
mod model;
mod reading;
mod show;

use clap::{CommandFactory, FromArgMatches, Parser};
use commands::Command;
use context::Global;
use std::process::ExitCode;

/// Coding makes and drops many small values: a tenth of its time was the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Reads the news and keeps a sourced, dated ledger of who stands where with whom.
#[derive(Parser)]
#[command(name = "chancery", version, arg_required_else_help = true, infer_subcommands = true)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    let matches = match Cli::command().try_get_matches() {
        Ok(m) => m,
        Err(e) => {
            // Help and version are answers; all else is a question at fault.
            let code = u8::from(e.use_stderr());
            return match e.print() {
                Ok(()) => ExitCode::from(code),
                Err(_) => ExitCode::from(2),
            };
        }
    };
    let done = Cli::from_arg_matches(&matches).map_err(|e| e.exit()).and_then(|cli| cli.command.run(&cli.global));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
