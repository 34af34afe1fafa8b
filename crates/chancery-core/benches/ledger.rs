//! How the ledger fares at size: `cargo bench -p chancery-core --bench ledger [-- CLAIMS FILE]` fills a ledger with
//! generated claims (a million over 50,000 documents unless told otherwise), asks, and prints the times as a table.
//! Without the second argument the file goes again.
use chancery_core::ask::{Actor, Kinship, conflicts, matrix, status, timeline};
use chancery_core::knowledge::{DataFiles, Ontology};
use chancery_core::ledger::{Filter, Grades, Ledger, Parties, Run};
use chancery_core::values::{AsOf, By, Claim, Family, Modality, Party, Phase, Polarity, SourceText};
use jiff::civil::date;
use jiff::{Timestamp, ToSpan};
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::time::{Duration, Instant};

const STATES: u64 = 200;
const PER_DOCUMENT: usize = 20;

/// Numbers that are the same in every run (splitmix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % below
    }

    /// A state; the first ones are in the news far more often.
    fn state(&mut self) -> u64 {
        self.next(STATES).min(self.next(STATES))
    }
}

fn state(n: u64) -> String {
    let letter = |n: u64| char::from(b'A' + (n % 26) as u8);
    format!("{}{}{}", letter(n / 26), letter(n), letter(n * 7))
}

fn party(n: u64) -> Party {
    let id = state(n);
    Party {
        label: format!("State of {id}"),
        mention: id.clone(),
        country: Some(id.clone()),
        kind: "state".into(),
        id,
        names: Vec::new(),
    }
}

fn document(n: usize, dice: &mut Dice, predicates: &[(Family, String)]) -> (SourceText, Vec<Claim>) {
    let mut text = format!("Dispatch {n}. ");
    let mut claims = Vec::new();
    for i in 0..PER_DOCUMENT {
        let (a, mut b) = (dice.state(), dice.state());
        if a == b {
            b = (b + 1) % STATES;
        }
        let (family, predicate) = &predicates[dice.next(predicates.len() as u64) as usize];
        let day = date(1990, 1, 1).checked_add((dice.next(12_000) as i64).days()).expect("within the calendar");
        let quote =
            format!("On that day, wire {i} says, the {predicate} between {} and {} was news", state(a), state(b));
        let start = text.chars().count() as u32;
        text += &quote;
        text += ". ";
        let mut subject = party(a);
        // One in ten is a person or ministry that stands for its state.
        if dice.next(10) == 0 {
            let who = dice.next(40);
            subject.id = format!("~minister-{who}-of-{}", state(a));
            subject.kind = "person".into();
        }
        claims.push(Claim {
            doc: String::new(),
            span: [start, start + quote.chars().count() as u32],
            quote,
            family: *family,
            predicate: predicate.clone(),
            subject: Some(subject),
            object: Some(party(b)),
            phase: (*family == Family::Standing).then(|| match dice.next(4) {
                0 => Phase::Ends,
                1 => Phase::Holds,
                _ => Phase::Begins,
            }),
            polarity: if dice.next(20) == 0 { Polarity::No } else { Polarity::Yes },
            modality: if dice.next(6) == 0 { Modality::Possible } else { Modality::Asserted },
            by: if dice.next(4) == 0 { By::Speaker(party(dice.state())) } else { By::Author },
            when: match dice.next(5) {
                0 => String::new(),
                1 => day.strftime("%Y-%m").to_string(),
                _ => day.to_string(),
            },
            value: serde_json::Map::new(),
            said: day.to_string(),
            frame: "generated".into(),
            confidence: 0.7,
        });
    }
    let hash = Sha256::digest(&text).iter().map(|b| format!("{b:02x}")).collect();
    let source = SourceText {
        id: format!("generated-{n}"),
        hash,
        text,
        publisher: Some(format!("Wire {}", n % 50)),
        published: Some("2024-01-01".into()),
        ..SourceText::default()
    };
    (source, claims)
}

/// The median of several goes.
fn timed(goes: usize, mut f: impl FnMut(usize)) -> Duration {
    let mut all: Vec<Duration> = (0..goes)
        .map(|n| {
            let start = Instant::now();
            f(n);
            start.elapsed()
        })
        .collect();
    all.sort();
    all[all.len() / 2]
}

fn main() {
    let mut args = std::env::args().skip(1).filter(|a| !a.starts_with("--"));
    let total: usize = args.next().and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    let kept = args.next().map(PathBuf::from);
    let path =
        kept.clone().unwrap_or_else(|| std::env::temp_dir().join(format!("ledger-{}.sqlite", std::process::id())));
    let (ontology, _) = Ontology::load(&DataFiles::embedded());
    let predicates: Vec<(Family, String)> = ontology.all().iter().map(|p| (p.family, p.id.clone())).collect();
    let mut ledger = Ledger::open(&path).expect("the ledger opens");
    let run = Run { program: "bench".into(), ..Run::default() };
    let now: Timestamp = "2026-01-01T00:00:00Z".parse().expect("an instant");
    let mut dice = Dice(1);
    let documents = total / PER_DOCUMENT;
    let have = ledger.document_ids().expect("readable").len();
    let start = Instant::now();
    for n in 0..documents {
        let (source, claims) = document(n, &mut dice, &predicates);
        if n >= have {
            ledger.record(&run, &source, &claims, now).expect("recorded");
        }
    }
    println!("| what | measured |\n|---|---|");
    println!("| filling, {documents} documents | {:.0} s |", start.elapsed().as_secs_f64());
    let bytes = std::fs::metadata(&path).map(|m| m.len()).unwrap_or(0);
    println!("| file | {} MiB, {} bytes a claim |", bytes >> 20, bytes / total.max(1) as u64);
    let actors = (0..STATES).map(|n| Actor { id: state(n), label: state(n), kind: "state".into(), ..Actor::default() });
    let kin = Kinship::new(actors, &[]);
    let as_of = AsOf { valid_at: date(2024, 6, 1), known_at: None };
    let ms = |d: Duration| format!("{:.1} ms", d.as_secs_f64() * 1000.0);
    let sides = |n: usize| (kin.side(&state(n as u64)), kin.side(&state((n as u64 * 3 + 1) % STATES)));
    let mut rows = 0;
    let took = timed(21, |n| {
        let (a, b) = sides(n);
        let claims = ledger.claims(&Filter::between(&a.parties, &b.parties), None).expect("read");
        rows += status(&as_of, &claims, &ontology, &kin, &a, &b).len();
    });
    println!("| `status` of a pair (median of 21, {rows} rows) | {} |", ms(took));
    let took = timed(21, |n| {
        let (a, b) = sides(n);
        let claims = ledger.claims(&Filter::between(&a.parties, &b.parties), None).expect("read");
        rows += timeline(&claims, &ontology, &kin, &a, Some(&b), None).len();
    });
    println!("| `timeline` of a pair (median of 21) | {} |", ms(took));
    let mut cells = 0;
    let took = timed(3, |n| {
        let of = |from: usize, count: usize| -> Vec<String> { (from..from + count).map(|n| state(n as u64)).collect() };
        let (subjects, objects) = (of(0, STATES as usize), of(n * 20 + 40, 20));
        let parties = |ids: &[String]| {
            let ids: std::collections::BTreeSet<String> = ids.iter().cloned().collect();
            Parties { acting_for: ids.clone(), ids }
        };
        let filter = Filter {
            predicates: vec!["recognition".into()],
            subject: Some(parties(&subjects)),
            object: Some(parties(&objects)),
            ..Filter::default()
        };
        let claims = ledger.claims(&filter, None).expect("read");
        cells = matrix(&as_of, &claims, &ontology, &kin, "recognition", &subjects, &objects).len();
    });
    println!("| `matrix` of 200 by 20 ({cells} cells) | {} |", ms(took));
    let mut found = 0;
    let took = timed(1, |_| {
        let claims = ledger.claims(&Filter::default(), None).expect("read");
        found = conflicts(&claims, &ontology, &kin, &Grades::default()).len();
    });
    println!("| `conflicts` over all ({found} found) | {:.1} s |", took.as_secs_f64());
    let more: Vec<_> = (0..51).map(|n| document(documents + n + have, &mut dice, &predicates)).collect();
    let took = timed(51, |n| {
        ledger.record(&run, &more[n].0, &more[n].1, now).expect("recorded");
    });
    println!("| recording a further document of {PER_DOCUMENT} claims (median of 51) | {} |", ms(took));
    if kept.is_none() {
        drop(ledger);
        for end in ["", "-wal", "-shm"] {
            let mut name = path.clone().into_os_string();
            name.push(end);
            let _ = std::fs::remove_file(name);
        }
    }
}
