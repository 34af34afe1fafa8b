use crate::context::{Global, Known, Output, reviewer};
use crate::failure::{Done, Failure};
use crate::show::{self, Column, Table, claims};
use chancery_core::ledger::{Filter, Ledger, Review, ReviewStat, Verdict};
use chancery_web::questions;
use jiff::Timestamp;
use serde_json::{Map, Value};

/// Judge claims: accept, reject, correct, or take that back; and how claims fared in reviews.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// The claim is right
    Accept {
        #[command(flatten)]
        of: Of,
    },
    /// The claim is wrong: no answer rests on it any more
    Reject {
        #[command(flatten)]
        of: Of,
    },
    /// The claim is right but for what is given
    Correct {
        #[command(flatten)]
        of: Of,
        #[command(flatten)]
        fields: Box<Fields>,
    },
    /// Take reviews back: the claim counts as written
    Open {
        #[command(flatten)]
        of: Of,
    },
    /// Precision and agreement by frame and publisher
    Stats {
        #[command(flatten)]
        known: Known,
        #[command(flatten)]
        output: Output,
    },
}

#[derive(clap::Args)]
struct Of {
    /// The claim's id, or enough of its beginning
    claim: String,
    /// Why
    #[arg(long, default_value = "", hide_default_value = true)]
    note: String,
    /// Who says so [default: $USER]
    #[arg(long, value_name = "NAME")]
    reviewer: Option<String>,
}

#[derive(clap::Args)]
struct Fields {
    /// A value key and what it should be; without the latter it goes
    #[arg(long, value_name = "KEY=VALUE")]
    value: Vec<String>,
    /// When it was (EDTF); "" for undated
    #[arg(long, value_name = "DATE")]
    when: Option<String>,
    /// The subject: any name or id
    #[arg(long, value_name = "NAME")]
    subject: Option<String>,
    /// The object: any name or id
    #[arg(long, value_name = "NAME")]
    object: Option<String>,
    /// yes or no
    #[arg(long)]
    polarity: Option<String>,
    /// asserted, possible, predicted, intended, demanded or conditional
    #[arg(long)]
    modality: Option<String>,
    /// begins, ends or holds
    #[arg(long)]
    phase: Option<String>,
}

impl Args {
    pub fn run(self, global: &Global) -> Done {
        let (of, verdict, fields) = match self.what {
            What::Accept { of } => (of, Verdict::Accept, None),
            What::Reject { of } => (of, Verdict::Reject, None),
            What::Correct { of, fields } => (of, Verdict::Correct, Some(fields)),
            What::Open { of } => (of, Verdict::Open, None),
            What::Stats { known, output } => {
                let rows = global.open_read()?.review_stats(known.known)?;
                if rows.is_empty() {
                    eprintln!("no claim was reviewed");
                }
                return show::rows(output.format, &rows, stats);
            }
        };
        let correction = match fields {
            Some(f) => f.correction(global, &of.claim)?,
            None => Map::new(),
        };
        let mut ledger = Ledger::open(&global.existing_ledger()?)?;
        let (by, note) = (reviewer(of.reviewer), of.note);
        ledger.review(&Review { claim: of.claim.clone(), verdict, correction, by, note }, Timestamp::now())??;
        let rows = ledger.claims(&Filter { id: Some(of.claim), ..Filter::default() }, None)?;
        for r in rows {
            let word = r.review.as_deref().unwrap_or("open");
            eprintln!("{} ({word}): {}", claims::short(&r.id), claims::sentence(&r.claim));
        }
        Ok(())
    }
}

impl Fields {
    /// The fields that change, and what they should be.
    fn correction(self, global: &Global, claim: &str) -> Result<Map<String, Value>, Failure> {
        let Fields { value, when, subject, object, polarity, modality, phase } = self;
        let fields = questions::Fields { value, when, subject, object, polarity, modality, phase };
        Ok(fields.correction(&global.asking(None)?, claim)?)
    }
}

fn stats(rows: &[ReviewStat]) -> Table {
    let mut t = Table::new(&[
        Column::Fit("of"),
        Column::Wrap("name", 20),
        Column::Fit("accepted"),
        Column::Fit("corrected"),
        Column::Fit("rejected"),
        Column::Fit("precision"),
        Column::Fit("agreement"),
    ]);
    let percent = |x: f64| format!("{:.0} %", x * 100.0);
    for r in rows {
        t.row([
            r.of.to_string(),
            r.name.clone(),
            r.accepted.to_string(),
            r.corrected.to_string(),
            r.rejected.to_string(),
            percent(r.precision),
            r.agreement.map_or("–".into(), percent),
        ]);
    }
    t
}
