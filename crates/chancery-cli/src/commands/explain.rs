use crate::context::{Global, Known, Output, of_user, report};
use crate::failure::{Done, Failure};
use crate::show::{self, Format, plain};
use chancery_core::code::explain::Explanation;
use chancery_core::code::{Coder, prepare, restore, sections};
use chancery_core::knowledge::DataFiles;
use chancery_core::ledger::{ClaimRow, Filter};
use serde::Serialize;
use std::io::Write;
use std::path::PathBuf;

/// Say why a claim was made: its sentence, the way in the tree, the frame, what the passes rest on, the names.
#[derive(clap::Args)]
pub struct Args {
    /// The claim's id, or the beginning of it
    id: String,
    /// Folder, wheel or packed file of the language model
    #[arg(long, value_name = "DIR")]
    model: Option<PathBuf>,
    #[command(flatten)]
    known: Known,
    #[command(flatten)]
    output: Output,
}

#[derive(Serialize)]
struct Row {
    claim: String,
    #[serde(flatten)]
    why: Explanation,
}

impl Args {
    pub fn run(self, global: &Global) -> Done {
        let ledger = global.open_read()?;
        let found = ledger.claims(&Filter { id: Some(self.id.clone()), ..Filter::default() }, self.known.known)?;
        let Some(row) = found.first() else {
            let file = ledger.path().display();
            return Err(Failure::Input(format!(
                "{file} holds no claim with the id {}: `chancery claims` lists them with their ids",
                self.id
            )));
        };
        let doc = &row.claim.doc;
        let source = ledger
            .snapshot(doc)?
            .ok_or_else(|| Failure::Input(format!("the text of {doc:?} is not in the ledger: `chancery verify`")))?;
        let data = global.data_files()?;
        let pipeline = crate::model::load(self.model.as_deref())?;
        let (coder, findings) = Coder::new(&data);
        report(&of_user(findings, &data));
        // the section of a huge text in which the claim stands, as it was read
        let mut before = 0u32;
        let mut why = None;
        for range in sections(&source.text) {
            let text = &source.text[range];
            let chars = text.chars().count() as u32;
            let mut claim = row.claim.clone();
            if (before..before + chars).contains(&claim.span[0]) {
                claim.span = claim.span.map(|at| at - before);
                let mut parsed = pipeline.parse(&prepare(text));
                restore(&mut parsed, text);
                why = coder.explain(&source, &parsed, &claim);
                break;
            }
            before += chars;
        }
        let Some(mut why) = why else {
            return Err(Failure::Input(format!(
                "claim {} was made otherwise, by frame {} of another version, not by this program with these data files; \
                 `chancery reread {doc}` codes the text anew",
                row.id, row.claim.frame
            )));
        };
        why.frame.file = why.frame.file.map(|file| with_line(&data, &file, &why.frame.id));
        match self.output.format {
            Format::Table => page(row, &why),
            format => {
                let rows = [Row { claim: row.id.clone(), why }];
                show::rows(format, &rows, |_| show::Table::new(&[]))
            }
        }
    }
}

/// "frames/recognition.toml:5".
fn with_line(data: &DataFiles, file: &str, id: &str) -> String {
    let text = data.get(file).unwrap_or_default();
    let line = text.lines().position(|l| l.starts_with("id") && l.contains(&format!("\"{id}\"")));
    line.map_or_else(|| file.to_owned(), |n| format!("{file}:{}", n + 1))
}

fn page(row: &ClaimRow, why: &Explanation) -> Done {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut line = |label: &str, text: &str| -> std::io::Result<()> {
        writeln!(out, "{}", show::wrapped(&format!("{label:<12}"), &plain(text)))
    };
    let c = &row.claim;
    let party = |p: &Option<chancery_core::Party>| p.as_ref().map_or("–".to_owned(), |p| p.label.clone());
    let phase = c.phase.map_or(String::new(), |p| format!(" {p}"));
    let what = format!("{}{phase}: {} → {}", c.predicate, party(&c.subject), party(&c.object));
    line("claim", &format!("{} {what}", row.id))?;
    line("sentence", &why.sentence)?;
    line("words", &format!("“{}”", c.quote))?;
    let place = why.frame.file.as_deref().map_or(String::new(), |f| format!(" ({f})"));
    let note = if why.frame.note.is_empty() { String::new() } else { format!(": {}", why.frame.note) };
    line("frame", &format!("{}{place}{note}", why.frame.id))?;
    line("confidence", &format!("{:.2}", c.confidence))?;
    for s in &why.path {
        line(s.role, &format!("{} = {}", s.words.join("  "), s.party))?;
    }
    for p in &why.passes {
        let words = p.words.iter().map(|w| format!("“{w}”")).collect::<Vec<_>>().join(", ");
        let rests = if words.is_empty() { String::new() } else { format!("  rests on {words}") };
        line(p.pass, &format!("{}{rests}", p.says))?;
    }
    for n in &why.names {
        line("name", &format!("“{}” is {} ({}), {}", n.mention, n.label, n.id, n.how))?;
    }
    Ok(())
}
