//! Runs suite/ask/*.md: claims as a table, questions, the rows they must give. UPDATE=1 rewrites the expected rows;
//! read the difference before you keep it. The form of a case is explained in suite/ask/README.md.
use chancery_core::ask::{Actor, Kinship, PartyRef, Side, View, status, timeline, who};
use chancery_core::knowledge::{DataFiles, Ontology};
use chancery_core::ledger::{Filter, Identity, Ledger, Parties, Review, Run, Verdict};
use chancery_core::values::{AsOf, By, Claim, Family, Modality, Party, Phase, Polarity, SourceText};
use serde_json::{Map, Value};
use std::fmt::Write;
use std::path::Path;

/// id, kind, label, country, leads, parents
const ACTORS: &[(&str, &str, &str, &str, &str, &str)] = &[
    ("RUS", "state", "Russia", "RUS", "", ""),
    ("CHN", "state", "China", "CHN", "", ""),
    ("PAK", "state", "Pakistan", "PAK", "", ""),
    ("USA", "state", "United States", "USA", "", ""),
    ("ALB", "state", "Albania", "ALB", "", ""),
    ("AFG", "state", "Afghanistan", "AFG", "", ""),
    ("islamic-emirate", "government", "Islamic Emirate", "AFG", "AFG", "taliban"),
    ("islamic-emirate-1996", "government", "First Emirate", "AFG", "AFG", "taliban"),
    ("taliban", "group", "Taliban", "AFG", "", ""),
    ("haqqani-network", "group", "Haqqani network", "AFG", "", "taliban"),
    ("UN", "organization", "United Nations", "", "", ""),
    ("putin", "person", "Vladimir Putin", "RUS", "", ""),
    ("muttaqi", "person", "Amir Khan Muttaqi", "AFG", "", ""),
];

#[test]
fn cases() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../suite/ask");
    let mut wrong = String::new();
    let mut files: Vec<_> = std::fs::read_dir(&dir).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    for file in files.iter().filter(|f| f.extension().is_some_and(|x| x == "md") && !f.ends_with("README.md")) {
        let text = std::fs::read_to_string(file).unwrap();
        let now = rewrite(&text);
        if now == text {
            continue;
        }
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(file, now).unwrap();
            continue;
        }
        for (n, (want, got)) in text.lines().zip(now.lines()).enumerate().filter(|(_, (a, b))| a != b) {
            writeln!(wrong, "{}:{}\n  want {want}\n  got  {got}", file.display(), n + 1).unwrap();
        }
        if text.lines().count() != now.lines().count() {
            writeln!(wrong, "{}: another number of rows; the whole:\n{now}", file.display()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The file with the answers the program gives.
fn rewrite(text: &str) -> String {
    let mut out = String::new();
    let mut world = World::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        writeln!(out, "{line}").unwrap();
        if line.starts_with('#') {
            world = World::new();
        } else if line.starts_with('|') {
            world.row(line);
        } else if line == "```ask" {
            while let Some(l) = lines.next() {
                if let Some(question) = l.strip_prefix("$ ") {
                    writeln!(out, "{l}\n{}", world.ask(question)).unwrap();
                    while lines.peek().is_some_and(|l| !l.starts_with("$ ") && *l != "```") {
                        lines.next();
                    }
                } else {
                    writeln!(out, "{l}").unwrap();
                    break;
                }
            }
        }
    }
    out
}

struct Doc {
    publisher: Option<String>,
    published: Option<String>,
    recorded: jiff::Timestamp,
    text: String,
    claims: Vec<Claim>,
}

struct World {
    ontology: Ontology,
    kin: Kinship,
    docs: Vec<(String, Doc)>,
    reviews: Vec<(usize, Verdict, Map<String, Value>)>,
    rows: usize,
}

impl World {
    fn new() -> World {
        let (ontology, findings) = Ontology::load(&DataFiles::embedded());
        assert!(findings.is_empty(), "{findings:?}");
        World { ontology, kin: Kinship::default(), docs: Vec::new(), reviews: Vec::new(), rows: 0 }
    }

    /// | document | who | says | when | value | by |
    fn row(&mut self, line: &str) {
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        let [doc, parties, says, when, value, by] = cells[..] else { panic!("six cells wanted: {line}") };
        if doc == "document" || doc.starts_with("---") {
            return;
        }
        self.rows += 1;
        if !self.docs.iter().any(|(d, _)| d == doc) {
            let mut parts = doc.split(", ");
            let some = |s: Option<&str>| s.filter(|s| *s != "-").map(str::to_string);
            let (publisher, published) = (some(parts.next()), some(parts.next()));
            let recorded = parts.next().and_then(|p| p.strip_prefix("recorded ")).unwrap_or("2026-01-01");
            let recorded = format!("{recorded}T12:00:00Z").parse().unwrap();
            let text = String::new();
            self.docs.push((doc.into(), Doc { publisher, published, recorded, text, claims: Vec::new() }));
        }
        let doc = &mut self.docs.iter_mut().find(|(d, _)| d == doc).unwrap().1;
        let quote = format!("words of row {}", self.rows);
        let start = doc.text.chars().count() as u32;
        write!(doc.text, "{quote}. ").unwrap();
        let (subject, object) = parties.split_once(" -> ").map_or((parties, ""), |(a, b)| (a, b));
        let mut c = Claim {
            doc: String::new(),
            span: [start, start + quote.len() as u32],
            quote,
            family: Family::Event,
            predicate: String::new(),
            subject: party(subject),
            object: party(object),
            phase: None,
            polarity: Polarity::Yes,
            modality: Modality::Asserted,
            by: party(by).map_or(By::Author, By::Speaker),
            when: when.into(),
            value: values(value),
            said: doc.published.clone().unwrap_or_default(),
            frame: "test".into(),
            confidence: 1.0,
        };
        for w in says.split(' ') {
            match (w, w.parse::<Phase>(), w.parse::<Modality>()) {
                ("not", ..) => c.polarity = Polarity::No,
                ("rejected", ..) => self.reviews.push((self.rows, Verdict::Reject, Map::new())),
                (_, Ok(p), _) => (c.phase, c.family) = (Some(p), Family::Standing),
                (_, _, Ok(m)) => c.modality = m,
                _ if w.starts_with("corrected:") => {
                    self.reviews.push((self.rows, Verdict::Correct, values(&w["corrected:".len()..])));
                }
                _ => c.predicate = w.into(),
            }
        }
        assert!(self.ontology.get(c.family, &c.predicate).is_some(), "{says}");
        doc.claims.push(c);
    }

    fn ask(&mut self, question: &str) -> String {
        let mut ledger = Ledger::in_memory().unwrap();
        for (name, d) in &self.docs {
            let source = SourceText {
                id: name.clone(),
                hash: name.clone(),
                text: d.text.clone(),
                publisher: d.publisher.clone(),
                published: d.published.clone(),
                ..SourceText::default()
            };
            let done = ledger.record(&Run::default(), &source, &d.claims, d.recorded).unwrap();
            assert!(done.findings.is_empty(), "{:?}", done.findings);
        }
        // Row numbers stand for claim ids: "words of row 3".
        let all = ledger.claims(&Filter::default(), None).unwrap();
        let number = |id: &String| -> usize {
            let r = all.iter().find(|r| r.id == *id).unwrap();
            r.claim.quote.rsplit(' ').next().unwrap().parse().unwrap()
        };
        for (n, verdict, correction) in &self.reviews {
            let claim = all.iter().find(|r| number(&r.id) == *n).unwrap().id.clone();
            let review = Review {
                claim,
                verdict: *verdict,
                correction: correction.clone(),
                by: "test".into(),
                note: String::new(),
            };
            ledger.review(&review, "2026-01-02T00:00:00Z".parse().unwrap()).unwrap().unwrap();
        }
        let mut words: Vec<&str> = Vec::new();
        let (mut at, mut known_at, mut predicate) = (jiff::civil::date(2026, 6, 1), None, None);
        let mut rest = question.split(' ').collect::<Vec<_>>().into_iter();
        while let Some(w) = rest.next() {
            match w {
                "--at" => at = rest.next().unwrap().parse().unwrap(),
                "--known" => {
                    known_at = Some(format!("{}T23:59:59Z", rest.next().unwrap()).parse().unwrap());
                }
                "--predicate" => predicate = rest.next(),
                "--same" => {
                    let (a, b) = rest.next().unwrap().split_once('=').unwrap();
                    ledger.judge(a, b, Identity::Same, "test", "", "2026-01-02T00:00:00Z".parse().unwrap()).unwrap();
                }
                w => words.push(w),
            }
        }
        let some = |s: &str| (!s.is_empty()).then(|| s.to_string());
        let actors = ACTORS.iter().map(|(id, kind, label, country, leads, parents)| Actor {
            id: id.to_string(),
            kind: kind.to_string(),
            label: label.to_string(),
            country: some(country),
            leads: some(leads),
            parents: some(parents).into_iter().collect(),
            from: if *id == "islamic-emirate" { "2021-08-15".into() } else { String::new() },
            until: if *id == "islamic-emirate-1996" { "2001-12-07".into() } else { String::new() },
        });
        self.kin = Kinship::new(actors, &ledger.judgements(None).unwrap());
        let as_of = AsOf { valid_at: at, known_at };
        let (command, words) = (words[0], words[1..].join(" "));
        let names: Vec<&str> = words.split(" / ").collect();
        let fetch = |f: &Filter| ledger.claims(f, known_at).unwrap();
        let ids = |c: &[String]| c.iter().map(|c| number(c).to_string()).collect::<Vec<_>>().join(" ");
        let tail = |value: &Map<String, Value>, sources: usize, sides: &[View], claims: &[String]| {
            let mut out = format!("{}; {sources} source(s); rows {}", show(value), ids(claims));
            for (n, v) in sides.iter().enumerate() {
                let head = if n == 0 { ", CONFLICT: " } else { " / " };
                let voice = if v.by == "author" { v.publisher.as_deref().unwrap_or("?") } else { &v.by };
                write!(out, "{head}{voice} {} {}{}", v.answer.as_str(), v.when, show(&v.value)).unwrap();
            }
            out
        };
        let mut out = String::new();
        match command {
            "status" => {
                let (a, b) = (self.side(names[0]), self.side(names[1]));
                let rows = fetch(&Filter::between(&a.parties, &b.parties));
                for r in status(&as_of, &rows, &self.ontology, &self.kin, &a, &b) {
                    let span = span(&r.since, &r.until);
                    let tail = tail(&r.value, r.sources, &r.sides, &r.claims);
                    let (s, o) = (name(&r.subject), name(&r.object));
                    writeln!(out, "{} {s} -> {o}: {}{span}{tail}", r.predicate, r.answer.as_str()).unwrap();
                }
            }
            "who" => {
                let (p, object) = names[0].split_once(' ').unwrap();
                let side = self.side(object);
                let rows = fetch(&Filter { predicates: vec![p.into()], ..Filter::default() });
                for r in who(&as_of, &rows, &self.ontology, &self.kin, p, &side) {
                    let span = span(&r.since, &r.until);
                    let tail = tail(&r.value, r.sources, &r.sides, &r.claims);
                    let (s, o) = (name(&r.subject), name(&r.object));
                    writeln!(out, "{s} -> {o}: {}{span}{tail}", r.answer.as_str()).unwrap();
                }
            }
            "timeline" => {
                let a = self.side(names[0]);
                let b = names.get(1).map(|b| self.side(b));
                let rows = fetch(&Filter {
                    subject: Some(a.parties.clone()),
                    object: b.as_ref().map(|b: &Side| b.parties.clone()),
                    either_order: true,
                    ..Filter::default()
                });
                for r in timeline(&rows, &self.ontology, &self.kin, &a, b.as_ref(), predicate) {
                    let from = r.from.as_deref().unwrap_or("undated");
                    let to = r.to.map(|t| format!(" to {t}")).unwrap_or_default();
                    let party = |p: &Option<PartyRef>| p.as_ref().map_or("-".to_string(), name);
                    let not = if r.polarity == Polarity::No { " not" } else { "" };
                    let modality =
                        if r.modality == Modality::Asserted { String::new() } else { format!(" {}", r.modality) };
                    let phase = r.phase.map(|p| format!(" {p}")).unwrap_or_default();
                    let by = if r.by == "author" { String::new() } else { format!(", by {}", r.by) };
                    let value = match &r.value {
                        Value::Object(m) => show(m),
                        v => format!(" = {}", v.as_str().unwrap_or("?")),
                    };
                    let conflict = if r.conflict { ", CONFLICT" } else { "" };
                    let (s, o, p) = (party(&r.subject), party(&r.object), &r.predicate);
                    let claims = ids(&r.claims);
                    writeln!(
                        out,
                        "{from}{to}:{not}{modality} {p}{phase} {s} -> {o}{value}{by}{conflict}; rows {claims}"
                    )
                    .unwrap();
                }
            }
            "claims" => {
                for r in fetch(&Filter { subject: Some(Parties::one(&party(&words).unwrap().id)), ..Filter::default() })
                {
                    writeln!(out, "{} {}", r.claim.quote, r.claim.when).unwrap();
                }
            }
            _ => panic!("{question}"),
        }
        if out.is_empty() { "(no rows)".into() } else { out.trim_end().into() }
    }

    fn side(&self, name: &str) -> Side {
        self.kin.side(&party(name).unwrap().id)
    }
}

/// A known label, or "Name (kind ISO3)"; any other name is an actor the registry does not know.
fn party(text: &str) -> Option<Party> {
    if text.is_empty() {
        return None;
    }
    let (label, more) = text.split_once(" (").map_or((text, ""), |(l, m)| (l, m.trim_end_matches(')')));
    let known = ACTORS.iter().find(|a| a.2 == label);
    let (kind, country) = more.split_once(' ').unwrap_or((more, ""));
    let id = known.map_or_else(|| format!("~{}", label.to_lowercase().replace(' ', "-")), |a| a.0.to_string());
    let country = if country.is_empty() { known.map_or("", |a| a.3) } else { country };
    Some(Party {
        id,
        label: label.into(),
        mention: label.into(),
        country: (!country.is_empty()).then(|| country.to_string()),
        kind: if kind.is_empty() { known.map_or("", |a| a.1) } else { kind }.into(),
        names: Vec::new(),
    })
}

/// "of=government degree=de_jure"; numbers and true/false as themselves.
fn values(text: &str) -> Map<String, Value> {
    text.split(' ')
        .filter_map(|kv| kv.split_once('='))
        .map(|(k, v)| (k.to_string(), serde_json::from_str(v).unwrap_or_else(|_| Value::String(v.into()))))
        .collect()
}

fn show(m: &Map<String, Value>) -> String {
    let word = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_string);
    let list: Vec<String> = m.iter().map(|(k, v)| format!("{k}={}", word(v))).collect();
    if list.is_empty() { String::new() } else { format!(" [{}]", list.join(" ")) }
}

fn name(p: &PartyRef) -> String {
    p.relation.as_ref().map_or_else(|| p.label.clone(), |r| format!("{} <{r}>", p.label))
}

fn span(since: &Option<String>, until: &Option<String>) -> String {
    let since = since.as_ref().map(|s| format!(" since {s}")).unwrap_or_default();
    let until = until.as_ref().map(|s| format!(" until {s}")).unwrap_or_default();
    since + &until
}
