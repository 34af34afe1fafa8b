//! Runs `suite/articles/*.md`: whole articles with the claims that a careful reader finds in them.
//!
//! Each file is a heading (the title), `published:`, `floor: P 0.xx R 0.xx`, the text, and a table of claims by the
//! conventions of the claim format. A cell may hold several acceptable answers with ` / ` between; an empty one
//! among them says that the party may be left out. A predicate in brackets is one that a reader may find or leave;
//! `sanction@standing` tells the standing from the event of that name. Modality, date and speaker are compared and
//! counted, but only predicate, parties, phase and polarity decide whether a claim is found. With `UPDATE=1` the
//! lists below the table are rewritten, never the table or the floor.
use chancery_core::SourceText;
use chancery_core::code::{Coder, prepare, restore};
use chancery_core::knowledge::DataFiles;
use chancery_core::resolve::norm;
use chancery_core::values::{By, Claim, Family, Party};
use chancery_parse::{Pipeline, locate};
use std::path::Path;

const EVENTS: [&str; 16] = [
    "agree",
    "consult",
    "support",
    "concede",
    "cooperate",
    "aid",
    "retreat",
    "request",
    "accuse",
    "reject",
    "threaten",
    "protest",
    "sanction",
    "mobilize",
    "coerce",
    "assault",
];
/// Acts and standings of which either side may be told first.
const EITHER_WAY: [&str; 6] = ["consult", "agree", "support", "hostility", "alliance", "relations"];

/// A row of the table: what a reader finds.
struct Want {
    line: String,
    predicate: String,
    family: Family,
    core: bool,
    subject: Vec<String>,
    object: Vec<String>,
    phase: Vec<String>,
    polarity: Vec<String>,
    modality: Vec<String>,
    when: String,
    by: Vec<String>,
}

struct Article {
    /// All lines to the end of the table, as they stand.
    fixed: String,
    title: String,
    published: String,
    floor: (f64, f64),
    text: String,
    wants: Vec<Want>,
}

fn read(file: &str) -> Article {
    let mut a = Article {
        fixed: String::new(),
        title: String::new(),
        published: String::new(),
        floor: (0.0, 0.0),
        text: String::new(),
        wants: Vec::new(),
    };
    for line in file.lines() {
        if line.starts_with("## ") {
            break;
        }
        a.fixed += line;
        a.fixed.push('\n');
        if let Some(title) = line.strip_prefix("# ") {
            a.title = title.into();
        } else if let Some(day) = line.strip_prefix("published: ") {
            a.published = day.into();
        } else if let Some(floor) = line.strip_prefix("floor: ") {
            let n: Vec<f64> = floor.split(' ').filter_map(|w| w.parse().ok()).collect();
            assert_eq!(n.len(), 2, "floor: P 0.xx R 0.xx, not {line:?}");
            a.floor = (n[0], n[1]);
        } else if line.starts_with('|') {
            a.wants.extend(want(line));
        } else if a.wants.is_empty() && !(line.is_empty() && a.text.is_empty()) {
            a.text += line;
            a.text.push('\n');
        }
    }
    a.text.truncate(a.text.trim_end().len());
    a.fixed.truncate(a.fixed.trim_end().len());
    a
}

fn want(line: &str) -> Option<Want> {
    let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
    assert_eq!(cells.len(), 8, "eight cells a row: {line}");
    if cells[0] == "predicate" || cells[0].starts_with("--") {
        return None;
    }
    let any = |c: &str| -> Vec<String> {
        if c.is_empty() { Vec::new() } else { c.split('/').map(|x| x.trim().to_owned()).collect() }
    };
    let names = |c: &str| any(c).iter().map(|x| norm(x)).collect();
    let name = cells[0].trim_matches(['(', ')']);
    let (predicate, family) = match name.strip_suffix("@standing") {
        Some(p) => (p, Family::Standing),
        None if EVENTS.contains(&name) => (name, Family::Event),
        None => (name, Family::Standing),
    };
    Some(Want {
        line: cells.iter().filter(|c| !c.is_empty()).copied().collect::<Vec<_>>().join(" | "),
        predicate: predicate.into(),
        family,
        core: !cells[0].starts_with('('),
        subject: names(cells[1]),
        object: names(cells[2]),
        phase: any(cells[3]),
        polarity: any(cells[4]),
        modality: any(cells[5]),
        when: cells[6].into(),
        by: names(cells[7]),
    })
}

fn names_of(p: Option<&Party>) -> Vec<String> {
    p.map(|p| vec![norm(&p.id), norm(&p.label), norm(&p.mention)]).unwrap_or_default()
}

/// Is one of the acceptable names said, or no party where none is asked for?
fn agrees(want: &[String], have: &[String]) -> bool {
    want.is_empty() || want.iter().any(|w| have.contains(w) || w.is_empty() && have.is_empty())
}

fn word<T: serde::Serialize>(value: T) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn fits(w: &Want, c: &Claim) -> bool {
    let phase = c.phase.map(word).unwrap_or_default();
    if w.predicate != c.predicate
        || w.family != c.family
        || !w.polarity.contains(&word(c.polarity))
        || !(w.phase.is_empty() || w.phase.contains(&phase))
    {
        return false;
    }
    let (s, o) = (names_of(c.subject.as_ref()), names_of(c.object.as_ref()));
    agrees(&w.subject, &s) && agrees(&w.object, &o)
        || EITHER_WAY.contains(&w.predicate.as_str()) && agrees(&w.subject, &o) && agrees(&w.object, &s)
}

/// Modality, date and speaker: which of the three are right.
fn details(w: &Want, c: &Claim) -> [bool; 3] {
    let by = match &c.by {
        By::Author => vec!["author".to_owned()],
        By::Speaker(p) => names_of(Some(p)),
    };
    [w.modality.contains(&word(c.modality)), w.when == c.when, agrees(&w.by, &by)]
}

fn show(c: &Claim) -> String {
    let party = |p: Option<&Party>| p.map_or("-".into(), |p| format!("{} [{}]", p.label, p.mention));
    let mut out = format!("{} | {} | {}", c.predicate, party(c.subject.as_ref()), party(c.object.as_ref()));
    for x in [c.phase.map(word).unwrap_or_default(), word(c.polarity), word(c.modality), c.when.clone()] {
        if !x.is_empty() {
            out += &format!(" | {x}");
        }
    }
    match &c.by {
        By::Author => out + " | author",
        By::Speaker(p) => out + " | " + &p.label,
    }
}

/// One claim to one row, the best details first. Gives for each row its claim.
fn pair(wants: &[Want], claims: &[Claim]) -> Vec<Option<usize>> {
    let mut all: Vec<(usize, bool, usize, usize)> = Vec::new();
    for (i, w) in wants.iter().enumerate() {
        for (j, c) in claims.iter().enumerate().filter(|(_, c)| fits(w, c)) {
            let right = details(w, c).iter().filter(|d| **d).count();
            all.push((3 - right, !w.core, i, j));
        }
    }
    all.sort_unstable();
    let mut out = vec![None; wants.len()];
    for (_, _, i, j) in all {
        if out[i].is_none() && !out.contains(&Some(j)) {
            out[i] = Some(j);
        }
    }
    out
}

#[test]
fn finds_what_a_reader_finds() {
    let update = std::env::var_os("UPDATE").is_some();
    let model = locate::locate(None).unwrap_or_else(|e| panic!("{e}"));
    let pipeline = Pipeline::load(&model).unwrap_or_else(|e| panic!("{e}"));
    let (coder, findings) = Coder::new(&DataFiles::embedded());
    assert!(findings.is_empty(), "the built-in knowledge has {} faults", findings.len());
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../suite/articles");
    let mut paths: Vec<_> = std::fs::read_dir(&dir).expect("suite/articles").map(|e| e.unwrap().path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "md") && p.file_stem().is_some_and(|s| s != "README"));
    paths.sort();
    assert!(paths.len() >= 12, "only {} articles", paths.len());
    let (mut right, mut said, mut found, mut core) = (0, 0, 0, 0);
    let mut exact = [0usize; 3];
    let mut below: Vec<String> = Vec::new();
    for path in paths {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let a = read(&std::fs::read_to_string(&path).unwrap());
        let mut doc = pipeline.parse(&prepare(&a.text));
        restore(&mut doc, &a.text);
        let source = SourceText {
            id: name.clone(),
            text: a.text.clone(),
            title: Some(a.title.clone()),
            published: Some(a.published.clone()),
            ..Default::default()
        };
        let claims = coder.code(&source, &doc);
        let hits = pair(&a.wants, &claims);
        // A second telling of what is found already is neither right nor wrong.
        let spare = |j: &usize| !hits.contains(&Some(*j));
        let wrong: Vec<usize> =
            (0..claims.len()).filter(spare).filter(|j| !a.wants.iter().any(|w| fits(w, &claims[*j]))).collect();
        let n_right = hits.iter().flatten().count();
        let n_said = n_right + wrong.len();
        let n_core = a.wants.iter().filter(|w| w.core).count();
        let n_found = a.wants.iter().zip(&hits).filter(|(w, h)| w.core && h.is_some()).count();
        for (w, j) in a.wants.iter().zip(&hits) {
            if let Some(j) = j {
                for (n, ok) in exact.iter_mut().zip(details(w, &claims[*j])) {
                    *n += usize::from(ok);
                }
            }
        }
        let share = |n: usize, of: usize| if of == 0 { 1.0 } else { n as f64 / of as f64 };
        let (p, r) = (share(n_right, n_said), share(n_found, n_core));
        println!("{name:<30} P {p:.2} ({n_right}/{n_said})  R {r:.2} ({n_found}/{n_core})");
        if p + 0.005 < a.floor.0 || r + 0.005 < a.floor.1 {
            below.push(format!("{name}: P {p:.2} R {r:.2}, floor P {:.2} R {:.2}", a.floor.0, a.floor.1));
        }
        (right, said, found, core) = (right + n_right, said + n_said, found + n_found, core + n_core);
        if update {
            let mut out = a.fixed.clone();
            out += "\n\n## found\n\n";
            for j in hits.iter().flatten() {
                out += &format!("- {}\n", show(&claims[*j]));
            }
            out += "\n## missed\n\n";
            for (w, _) in a.wants.iter().zip(&hits).filter(|(w, h)| w.core && h.is_none()) {
                out += &format!("- {}\n", w.line);
            }
            out += "\n## wrong\n\n";
            for j in wrong {
                out += &format!("- {}\n  \"{}\"\n", show(&claims[j]), claims[j].quote.replace('\n', " "));
            }
            std::fs::write(&path, out).unwrap();
        }
    }
    println!(
        "all: P {:.3} ({right}/{said})  R {:.3} ({found}/{core}); of those found modality {}, date {}, speaker {} right",
        right as f64 / said.max(1) as f64,
        found as f64 / core.max(1) as f64,
        exact[0],
        exact[1],
        exact[2]
    );
    assert!(below.is_empty(), "{} articles fell below their floor:\n{}", below.len(), below.join("\n"));
}
