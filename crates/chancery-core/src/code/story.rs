//! What a document is about and how it is laid out: the two parties of its title, its headings and paragraphs.
//! Missing parties of a claim are taken from here before they are left out.
use super::tree::Tree;
use crate::resolve::{ActorIx, How, Kind, Registry, Resolved, Who, reported_from};
use std::ops::Range;

/// A paragraph of the text.
#[derive(Debug, Clone)]
pub struct Block {
    pub tokens: Range<usize>,
    /// A line that titles what follows: no sentence of its own.
    pub heading: bool,
    /// Index of the heading it stands under.
    pub under: Option<usize>,
}

#[derive(Debug, Default)]
pub struct Story {
    pub blocks: Vec<Block>,
    block_of: Vec<u32>,
    /// The two polities whose dealings the title announces, in its order.
    pub pair: Option<(ActorIx, ActorIx)>,
    /// The only state that the title names.
    pub state: Option<ActorIx>,
    /// The state of the dateline, where the first sentences name it as well: "PRAGUE - ... most Czechs".
    pub dateline: Option<ActorIx>,
}

impl Story {
    pub fn read(t: &Tree, resolved: &Resolved, actors: &Registry, title: Option<&str>) -> Story {
        let mut blocks = Vec::new();
        let mut start = 0;
        for i in 0..=t.len() {
            let ends = i == t.len() || (t.tok(i).pos == "SPACE" && t.doc.text(i).contains('\n')) || {
                // a single line break is the white space of no token: seen between the bytes
                i > 0 && t.doc.text[t.tok(i - 1).end as usize..t.tok(i).start as usize].contains('\n')
            };
            if ends {
                if i > start {
                    let tokens = start..i;
                    let heading = is_heading(t, &tokens);
                    blocks.push(Block { tokens, heading, under: None });
                }
                start = if i < t.len() && t.tok(i).pos == "SPACE" { i + 1 } else { i };
            }
        }
        let mut last = None;
        for (n, b) in blocks.iter_mut().enumerate() {
            if b.heading {
                last = Some(n);
            } else {
                b.under = last;
            }
        }
        let mut block_of = vec![0u32; t.len()];
        for (n, b) in blocks.iter().enumerate() {
            for i in b.tokens.clone() {
                block_of[i] = n as u32;
            }
        }
        let polities = title.map(|title| polities_of_title(title, actors)).unwrap_or_default();
        let state = match polities[..] {
            [] => title.and_then(|title| state_of_somebody(title, actors)),
            [one] => Some(one).filter(|ix| actors.actor(*ix).kind == Kind::State),
            _ => None,
        };
        let mut story =
            Story { blocks, block_of, pair: None, state, dateline: reported_from(t.doc, &resolved.mentions, actors) };
        story.pair = first_two(&polities).or_else(|| {
            let first = story.blocks.first().filter(|b| b.heading)?;
            pair_in(resolved, actors, &first.tokens)
        });
        story
    }

    pub fn block(&self, i: usize) -> Option<&Block> {
        self.block_of.get(i).and_then(|b| self.blocks.get(*b as usize))
    }

    /// The heading over a token.
    pub fn heading(&self, i: usize) -> Option<&Block> {
        let b = self.block(i)?;
        if b.heading { None } else { b.under.map(|u| &self.blocks[u]) }
    }
}

/// The state of whom a title names, where it names no polity: "Who will shake hands with Ahmed al-Sharaa?"
fn state_of_somebody(title: &str, actors: &Registry) -> Option<ActorIx> {
    let words: Vec<&str> = title.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()).collect();
    let mut found: Vec<ActorIx> = Vec::new();
    for len in 2..=4 {
        for run in words.windows(len) {
            if let [(ix, _)] = actors.find(&run.join(" "))[..]
                && matches!(actors.actor(ix).kind, Kind::Person | Kind::Group)
                && let Some(state) = actors.actor(ix).country.as_deref().and_then(|c| actors.by_id(c))
                && !found.contains(&state)
            {
                found.push(state);
            }
        }
    }
    if found.len() == 1 { found.pop() } else { None }
}

/// The polities named in a title, each once.
fn polities_of_title(title: &str, actors: &Registry) -> Vec<ActorIx> {
    // words of the title, longest names first; a title is short, so every run is looked up
    let words: Vec<&str> =
        title.split(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | ';')).filter(|w| !w.is_empty()).collect();
    let mut found: Vec<ActorIx> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let mut step = 1;
        for len in (1..=5.min(words.len() - at)).rev() {
            let run = words[at..at + len].join(" ");
            let run = run.trim_end_matches("’s").trim_end_matches("'s").trim_end_matches(['’', '\'']);
            if !run.chars().next().is_some_and(char::is_uppercase) {
                continue;
            }
            // a capital is its state before it is one of the governments that sat there; a living polity goes before a
            // former one of the same name
            let rank = |ix: ActorIx, how: How| {
                let a = actors.actor(ix);
                (how == How::Capital && a.kind != Kind::State, !a.until.is_empty(), how)
            };
            let hit = actors
                .find(run)
                .into_iter()
                .filter(|(ix, _)| matches!(actors.actor(*ix).kind, Kind::State | Kind::Government))
                .min_by_key(|(ix, how)| rank(*ix, *how));
            if let Some((ix, _)) = hit {
                if !found.contains(&ix) {
                    found.push(ix);
                }
                step = len;
                break;
            }
        }
        at += step;
    }
    found
}

fn first_two(found: &[ActorIx]) -> Option<(ActorIx, ActorIx)> {
    match *found {
        [a, b, ..] => Some((a, b)),
        _ => None,
    }
}

fn pair_in(resolved: &Resolved, actors: &Registry, tokens: &Range<usize>) -> Option<(ActorIx, ActorIx)> {
    let mut found: Vec<ActorIx> = Vec::new();
    for m in resolved.mentions.iter().filter(|m| tokens.contains(&m.head)) {
        if let Who::Known(ix) = m.who
            && matches!(actors.actor(ix).kind, Kind::State | Kind::Government)
            && !found.contains(&ix)
        {
            found.push(ix);
        }
    }
    first_two(&found)
}

/// A line without a finite verb of its own, or one that ends in a year: "Legation Raised to Embassy, 1966."
fn is_heading(t: &Tree, r: &Range<usize>) -> bool {
    let words: Vec<usize> = r.clone().filter(|i| !matches!(t.tok(*i).pos, "SPACE" | "PUNCT")).collect();
    if words.is_empty() || words.len() > 28 {
        return false;
    }
    let last = *words.last().expect("not empty");
    let year = {
        let w = t.doc.text(last);
        let w = w.rsplit(['-', '–']).next().unwrap_or(w);
        matches!(w.len(), 2 | 4) && w.chars().all(|c| c.is_ascii_digit())
    };
    let stops = r.clone().next_back().is_some_and(|i| matches!(t.doc.text(i), "." | "!" | "?" | "”" | "\""));
    let capitals = words
        .iter()
        .filter(|i| t.doc.text(**i).len() > 3 && !matches!(t.tok(**i).pos, "ADP" | "DET" | "CCONJ" | "NUM" | "PART"))
        .all(|i| t.doc.text(*i).chars().next().is_some_and(|c| c.is_uppercase() || !c.is_alphabetic()));
    // "closed on July 15, 1940.": a day makes a sentence, a year a heading
    let day = |i: usize| {
        MONTHS.iter().any(|m| t.doc.text(i).starts_with(m)) && i + 1 < r.end && t.doc.text(i + 1).parse::<u8>().is_ok()
    };
    let verb = words.iter().any(|i| {
        matches!(t.tok(*i).tag, "VBD" | "VBZ" | "VBP" | "VBN") && t.doc.text(*i).starts_with(char::is_lowercase)
    });
    if verb && words.iter().any(|i| day(*i)) {
        return false;
    }
    // "reopened its embassy in Kyiv in October 2022.": a sentence of one paragraph; a heading sets its year off by a comma
    let month = |i: usize| MONTHS.iter().any(|m| t.doc.text(i).starts_with(m));
    let before = last.checked_sub(1).map(|p| if month(p) { p.saturating_sub(1) } else { p });
    let told = words
        .iter()
        .any(|i| matches!(t.tok(*i).tag, "VBD" | "VBZ" | "VBP") && t.kid(*i, &["nsubj", "nsubjpass"]).is_some());
    if year && stops && told && before.is_some_and(|p| p >= r.start && t.tok(p).pos == "ADP") {
        return false;
    }
    if year && (capitals || words.len() <= 16) {
        let sentence_like = words.iter().any(|i| {
            matches!(t.tok(*i).tag, "VBD" | "VBZ" | "VBP")
                && t.kid(*i, &["nsubj"]).is_some_and(|s| t.tok(s).pos == "PRON")
        });
        return capitals
            || !sentence_like
                && !words.iter().any(|i| matches!(t.doc.text(*i), "was" | "were" | "has" | "had" | "is" | "did"));
    }
    (!stops && words.len() <= 14)
        || (capitals && words.len() <= 12 && !words.iter().any(|i| matches!(t.tok(*i).pos, "AUX")))
}

const MONTHS: &[&str] = &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
