use crate::context::{Global, Known, Output, reviewer};
use crate::failure::Done;
use crate::show::{self, Column, Table};
use chancery_core::ledger::{Graded, Ledger};
use jiff::Timestamp;
use serde::Serialize;

/// Say how far sources are trusted (Admiralty code): publishers A to F, claims 1 to 6.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// Reliability of a publisher: A (reliable) to E (unreliable), F (cannot be judged)
    Publisher {
        /// Its name, as documents give it
        name: String,
        /// A to F; "" takes the grade back
        grade: String,
        #[command(flatten)]
        by: By,
    },
    /// Credibility of a claim: 1 (confirmed) to 5 (improbable), 6 (cannot be judged)
    Claim {
        /// Its id, or enough of its beginning
        id: String,
        /// 1 to 6; "" takes the grade back
        grade: String,
        #[command(flatten)]
        by: By,
    },
    /// The grades in force
    List {
        #[command(flatten)]
        known: Known,
        #[command(flatten)]
        output: Output,
    },
}

#[derive(clap::Args)]
struct By {
    /// Why
    #[arg(long, default_value = "", hide_default_value = true)]
    note: String,
    /// Who says so [default: $USER]
    #[arg(long, value_name = "NAME")]
    reviewer: Option<String>,
}

#[derive(Serialize)]
struct Row {
    of: &'static str,
    name: String,
    grade: char,
}

impl Args {
    pub fn run(self, global: &Global) -> Done {
        let (what, grade, by) = match &self.what {
            What::Publisher { name, grade, by } => (Graded::Publisher(name), grade.to_uppercase(), by),
            What::Claim { id, grade, by } => (Graded::Claim(id), grade.clone(), by),
            What::List { known, output } => {
                let grades = global.open_read()?.grades(known.known)?;
                let row = |of| move |(name, grade)| Row { of, name, grade };
                let mut rows: Vec<Row> = grades.publishers.into_iter().map(row("publisher")).collect();
                rows.extend(grades.claims.into_iter().map(row("claim")));
                if rows.is_empty() {
                    eprintln!("nothing is graded");
                }
                return show::rows(output.format, &rows, table);
            }
        };
        let mut ledger = Ledger::open(&global.existing_ledger()?)?;
        ledger.grade(what, &grade, &reviewer(by.reviewer.clone()), &by.note, Timestamp::now())??;
        if let Graded::Publisher(name) = what
            && !ledger.publishers()?.iter().any(|p| p == name)
        {
            eprintln!("note: no document of the ledger is published by {name:?}");
        }
        Ok(())
    }
}

fn table(rows: &[Row]) -> Table {
    let mut t = Table::new(&[Column::Fit("of"), Column::Wrap("name", 24), Column::Fit("grade")]);
    for r in rows {
        t.row([r.of.to_string(), r.name.clone(), r.grade.to_string()]);
    }
    t
}
