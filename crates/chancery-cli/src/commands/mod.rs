//! One file a command.
mod actors;
mod claims;
mod code;
mod data;
mod document;
mod model;
mod parse;
mod read;
mod relate;
mod status;
mod timeline;
mod who;

use crate::context::Global;
use crate::failure::Done;
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Command {
    Read(read::Args),
    Status(status::Args),
    Timeline(timeline::Args),
    Who(who::Args),
    Claims(claims::Args),
    Document(document::Args),
    Actors(actors::Args),
    Code(code::Args),
    Relate(relate::Args),
    Parse(parse::ParseArgs),
    Model(model::Args),
    Data(data::Args),
}

impl Command {
    pub fn run(self, global: &Global) -> Done {
        match self {
            Command::Read(args) => args.run(global),
            Command::Status(args) => args.run(global),
            Command::Timeline(args) => args.run(global),
            Command::Who(args) => args.run(global),
            Command::Claims(args) => args.run(global),
            Command::Document(args) => args.run(global),
            Command::Actors(args) => args.run(global),
            Command::Code(args) => args.run(global),
            Command::Relate(args) => args.run(global),
            Command::Parse(args) => parse::run(&args),
            Command::Model(args) => args.run(),
            Command::Data(args) => args.run(global),
        }
    }
}
