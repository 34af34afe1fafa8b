//! One file a command.
mod actors;
mod changes;
mod claims;
mod code;
mod conflicts;
mod data;
mod document;
mod explain;
mod grade;
mod keep;
mod map;
mod matrix;
mod model;
mod network;
mod parse;
mod places;
mod read;
mod relate;
mod review;
mod runs;
mod serve;
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
    Matrix(matrix::Args),
    Network(network::Args),
    Map(map::Args),
    Path(network::PathArgs),
    Conflicts(conflicts::Args),
    Changes(changes::Args),
    Claims(claims::Args),
    Document(document::Args),
    Explain(explain::Args),
    Serve(serve::Args),
    Review(review::Args),
    Grade(grade::Args),
    Actors(actors::Args),
    Reread(runs::RereadArgs),
    Runs(runs::Args),
    Verify(keep::VerifyArgs),
    Backup(keep::BackupArgs),
    Export(keep::ExportArgs),
    Import(keep::ImportArgs),
    Places(places::Args),
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
            Command::Matrix(args) => args.run(global),
            Command::Network(args) => args.run(global),
            Command::Map(args) => args.run(global),
            Command::Path(args) => args.run(global),
            Command::Conflicts(args) => args.run(global),
            Command::Changes(args) => args.run(global),
            Command::Claims(args) => args.run(global),
            Command::Document(args) => args.run(global),
            Command::Explain(args) => args.run(global),
            Command::Serve(args) => args.run(global),
            Command::Review(args) => args.run(global),
            Command::Grade(args) => args.run(global),
            Command::Actors(args) => args.run(global),
            Command::Reread(args) => args.run(global),
            Command::Runs(args) => args.run(global),
            Command::Verify(args) => args.run(global),
            Command::Backup(args) => args.run(global),
            Command::Export(args) => args.run(global),
            Command::Import(args) => args.run(global),
            Command::Places(args) => args.run(global),
            Command::Code(args) => args.run(global),
            Command::Relate(args) => args.run(global),
            Command::Parse(args) => parse::run(&args),
            Command::Model(args) => args.run(),
            Command::Data(args) => args.run(global),
        }
    }
}
