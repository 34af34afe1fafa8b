//! One file a command.
mod claims;

use crate::context::Global;
use crate::failure::Done;
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Command {
    Claims(claims::Args),
}

impl Command {
    pub fn run(self, global: &Global) -> Done {
        match self {
            Command::Claims(args) => args.run(global),
        }
    }
}
