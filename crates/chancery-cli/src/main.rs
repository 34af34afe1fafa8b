//! `chancery`: the command line.
fn main() {}
