//! `chancery`: the command line.
mod commands;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "chancery", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Parse(commands::parse::ParseArgs),
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Parse(args) => commands::parse::run(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("chancery: {e}");
            ExitCode::FAILURE
        }
    }
}
