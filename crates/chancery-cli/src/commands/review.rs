use crate::context::{Global, Known, Output, reviewer};
use crate::failure::{Done, Failure};
use crate::show::{self, Column, Table, claims};
use chancery_core::ledger::{Filter, Ledger, Review, ReviewStat, Verdict};
use chancery_core::values::{Party, When};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

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
    fn correction(&self, global: &Global, claim: &str) -> Result<Map<String, Value>, Failure> {
        let asking = global.asking(None)?;
        let held = asking.claims(&Filter { id: Some(claim.into()), ..Filter::default() })?;
        let [row] = held.as_slice() else {
            return Err(Failure::input(format!("{} claims go by the id {claim:?}", held.len())));
        };
        let mut out = Map::new();
        let party = |name: &str| -> Result<Value, Failure> {
            let id = asking.actor(name)?;
            let known = asking.registry.by_id(&id).map(|ix| asking.registry.actor(ix));
            let party = match known {
                Some(a) => Party {
                    label: a.label.clone(),
                    country: a.country.clone(),
                    kind: a.kind.as_str().into(),
                    mention: name.into(),
                    id,
                },
                None => {
                    let seen = asking.ledger.actors_named(&id)?;
                    let s = seen.into_iter().find(|s| s.id == id);
                    let s = s.ok_or_else(|| Failure::input(format!("nobody has the id {id}")))?;
                    Party { id, label: s.label, mention: name.into(), country: s.country, kind: s.kind }
                }
            };
            serde_json::to_value(party).map_err(Failure::input)
        };
        if let Some(s) = &self.subject {
            out.insert("subject".into(), party(s)?);
        }
        if let Some(o) = &self.object {
            out.insert("object".into(), party(o)?);
        }
        if let Some(when) = &self.when {
            if !when.is_empty() {
                When::parse(when).map_err(Failure::input)?;
            }
            out.insert("when".into(), json!(when));
        }
        for (name, word) in [("polarity", &self.polarity), ("modality", &self.modality), ("phase", &self.phase)] {
            if let Some(w) = word {
                out.insert(name.into(), json!(w));
            }
        }
        if !self.value.is_empty() {
            let mut value = row.claim.value.clone();
            for pair in &self.value {
                let (k, v) = pair
                    .split_once('=')
                    .ok_or_else(|| Failure::input(format!("{pair:?} is no KEY=VALUE: write --value rank=embassy")))?;
                match v {
                    "" => drop(value.shift_remove(k)),
                    // A number or true/false as itself, all else as text.
                    v => {
                        let plain = serde_json::from_str(v).ok().filter(|v: &Value| v.is_number() || v.is_boolean());
                        value.insert(k.into(), plain.unwrap_or_else(|| json!(v)));
                    }
                }
            }
            out.insert("value".into(), Value::Object(value));
        }
        if out.is_empty() {
            return Err(Failure::input("say what is to be corrected: --value, --when, --subject, --object ..."));
        }
        Ok(out)
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
