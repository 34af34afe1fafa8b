//! What pages and API write: reviews, acts on identity, grades, new documents. Each is a row of its own; nothing is
//! overwritten, and all but documents can be taken back.
use crate::app::{App, Upload};
use crate::asked::Asked;
use crate::desk::Trouble;
use crate::questions::Fields;
use chancery_core::ledger::{Act, Filter, Graded, Review, Verdict};
use chancery_core::resolve::Kind;
use chancery_core::values::{Modality, Phase, Polarity};
use jiff::Timestamp;
use serde_json::Map;
use std::str::FromStr;
use std::sync::Arc;

/// A review of one claim; gives its whole id.
pub fn review(app: &App, asked: &Asked) -> Result<String, Trouble> {
    let id = app.ask(None, |asking| {
        let id = asked.need("claim")?.to_string();
        let held = asking.claims(&Filter { id: Some(id.clone()), ..Filter::default() })?;
        match held.as_slice() {
            [one] => Ok(one.id.clone()),
            [] => Err(Trouble::Missing(format!("the ledger holds no claim {id}"))),
            many => Err(Trouble::Input(format!("{} claims have ids that begin with {id}", many.len()))),
        }
    })?;
    let (verdict, correction) = match asked.need("verdict")? {
        "accept" => (Verdict::Accept, Map::new()),
        "reject" => (Verdict::Reject, Map::new()),
        "open" => (Verdict::Open, Map::new()),
        "correct" => (Verdict::Correct, app.ask(None, |asking| fields(asked)?.correction(asking, &id))?),
        other => return Err(Trouble::Input(format!("verdict={other}: give accept, reject, correct or open"))),
    };
    let review = Review { claim: id.clone(), verdict, correction, by: app.reviewer.clone(), note: asked.text("note") };
    app.write(|ledger| Ok(ledger.review(&review, Timestamp::now())??))?;
    Ok(id)
}

/// What a correction changes. A form sends all its fields: those that are there count, "-" for the date means none.
fn fields(asked: &Asked) -> Result<Fields, Trouble> {
    let own = |name: &str| asked.get(name).map(str::to_string);
    let check = |name: &str, known: &[&str]| match asked.get(name).filter(|v| !known.contains(v)) {
        Some(v) => Err(Trouble::Input(format!("{name}={v}: give {}", known.join(", ")))),
        None => Ok(own(name)),
    };
    let words = |all: Vec<&'static str>| all;
    Ok(Fields {
        value: asked
            .get("value")
            .unwrap_or_default()
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .map(str::to_string)
            .collect(),
        when: own("when").map(|w| if w == "-" { String::new() } else { w }),
        subject: own("subject"),
        object: own("object"),
        polarity: check("polarity", &words(Polarity::ALL.iter().map(|p| p.as_str()).collect()))?,
        modality: check("modality", &words(Modality::ALL.iter().map(|p| p.as_str()).collect()))?,
        phase: check("phase", &words(Phase::ALL.iter().map(|p| p.as_str()).collect()))?,
    })
}

/// Accepts the claims that a policy follows in a conflict; gives how many.
pub fn resolve(app: &App, asked: &Asked) -> Result<usize, Trouble> {
    let ids = asked.list("claims");
    let note = format!("conflict settled by the policy {}", asked.get("policy").unwrap_or("named by the reviewer"));
    if ids.is_empty() {
        return Err(Trouble::Input("say claims=".into()));
    }
    app.write(|ledger| {
        for claim in &ids {
            let review = Review {
                claim: claim.clone(),
                verdict: Verdict::Accept,
                correction: Map::new(),
                by: app.reviewer.clone(),
                note: note.clone(),
            };
            ledger.review(&review, Timestamp::now())??;
        }
        Ok(ids.len())
    })
}

/// An act on identity; gives its number in the log.
pub fn identity(app: &App, asked: &Asked) -> Result<i64, Trouble> {
    let actor = |name: &str| app.ask(None, |asking| asking.actor(asked.need(name)?));
    let act = match asked.need("act")? {
        "merge" => Act::Merge(actor("a")?, actor("b")?),
        "split" => Act::Split(actor("a")?, actor("b")?),
        "alias" => Act::Alias(actor("a")?, asked.need("b")?.to_string()),
        "retype" => {
            let kind = asked.need("b")?.to_string();
            let kinds: Vec<&str> = Kind::ALL.iter().map(|k| k.as_str()).collect();
            if !kinds.contains(&kind.as_str()) {
                return Err(Trouble::Input(format!("{kind:?} is no kind; there are {}", kinds.join(", "))));
            }
            Act::Retype(actor("a")?, kind)
        }
        "undo" => {
            let n = asked.need("number")?;
            Act::Undo(i64::from_str(n).map_err(|_| Trouble::Input(format!("number={n}: give a number of the log")))?)
        }
        other => return Err(Trouble::Input(format!("act={other}: give merge, split, alias, retype or undo"))),
    };
    app.write(|ledger| Ok(ledger.act(&act, &app.reviewer, &asked.text("note"), Timestamp::now())??))
}

/// Grades a publisher or a claim.
pub fn grade(app: &App, asked: &Asked) -> Result<(), Trouble> {
    let of = match (asked.get("publisher"), asked.get("claim")) {
        (Some(p), None) => Graded::Publisher(p),
        (None, Some(c)) => Graded::Claim(c),
        _ => return Err(Trouble::Input("say publisher= or claim=, one of them".into())),
    };
    let note = asked.text("note");
    app.write(|ledger| {
        ledger.grade(of, asked.get("grade").unwrap_or_default(), &app.reviewer, &note, Timestamp::now())??;
        Ok(())
    })
}

/// The text of a form or of the API.
pub fn upload(asked: &Asked) -> Upload {
    let own = |name: &str| asked.get(name).map(str::to_string);
    Upload {
        bytes: asked.text("text").into_bytes(),
        title: own("title"),
        published: own("published"),
        publisher: own("publisher"),
    }
}

/// The largest text that is read at once, in bytes.
pub const LARGEST: usize = 1 << 20;

/// Reads a text and records its claims; gives the ids of its documents.
pub async fn read(app: &Arc<App>, upload: Upload) -> Result<Vec<String>, Trouble> {
    if app.read_only || app.reader.is_none() {
        return Err(Trouble::Input("this ledger is shown for reading only".into()));
    }
    if upload.bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Trouble::Input("there is no text: paste one, or choose a file".into()));
    }
    if upload.bytes.len() > LARGEST {
        let what = format!("the text is larger than {} KiB: `chancery read` takes larger ones", LARGEST / 1024);
        return Err(Trouble::Input(what));
    }
    let busy = || Trouble::World("other texts are being read: try again in a moment".into());
    let place = app.reading.acquire();
    let _place = tokio::time::timeout(std::time::Duration::from_secs(20), place).await.map_err(|_| busy())?;
    let app = app.clone();
    let done = tokio::task::spawn_blocking(move || {
        let Some(reader) = &app.reader else { return Err(Trouble::Input("texts cannot be added here".into())) };
        let (run, documents) = reader.read(upload)?;
        app.write(|ledger| {
            let mut ids = Vec::new();
            for (source, claims) in &documents {
                match ledger.record(&run, source, claims, Timestamp::now())?.outcome {
                    chancery_core::ledger::Outcome::Known { id } => ids.push(id),
                    _ => ids.push(source.id.clone()),
                }
            }
            Ok(ids)
        })
    });
    done.await.unwrap_or_else(|_| Err(Trouble::World("reading it failed inside the program; please report it".into())))
}
