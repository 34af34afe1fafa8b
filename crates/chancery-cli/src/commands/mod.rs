//! One file a command.
mod claims;
pub mod parse;

use crate::context::Global;
use crate::failure::{Done, Failure};
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Command {
    Parse(parse::ParseArgs),
    Claims(claims::Args),
}

impl Command {
    pub fn run(self, global: &Global) -> Done {
        match self {
            Command::Parse(args) => parse::run(&args).map_err(Failure::input),
            Command::Claims(args) => args.run(global),
        }
    }
}
