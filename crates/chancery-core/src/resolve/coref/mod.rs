//! Pronouns and role nouns ("the group", "his regime") tied to what they stand for.
//!
//! One walk from left to right. Each candidate that agrees in number and kind gets a salience: subjects before
//! objects, the near before the far, what the text speaks of most; the best one wins, nouns that are no actors
//! compete too, so that "it" may stand for none. Further back than three sentences only protagonists count.
//! No model: what a rule cannot tell stays untied, because a wrong tie makes a wrong claim.
mod binding;
mod clauses;
mod dealings;
mod epithets;
mod lands;
mod nouns;
mod offices;
mod pronouns;
mod sets;
mod speakers;
mod things;

use super::actors::{Kind, norm_word};
use super::mentions::{Builder, Mention, Via, Who};
use super::persons::last_word;
use std::collections::HashMap;

/// Sentences back that a pronoun looks.
const WINDOW: usize = 3;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Number {
    One,
    Many,
    Either,
}

/// What a walk remembers.
#[derive(Default)]
struct State {
    /// Mentions in order of their heads, those of the walk included.
    seen: Vec<u32>,
    /// "he" or "she", once it is known.
    gender: HashMap<Who, &'static str>,
    /// How often each is named.
    count: HashMap<Who, f32>,
    /// The last words of the titles that each bears in the text.
    titles: HashMap<Who, Vec<String>>,
}

impl State {
    fn note_title(&mut self, m: &Mention) {
        if let Some(title) = &m.title {
            let last = last_word(title);
            let titles = self.titles.entry(m.who.clone()).or_default();
            if !titles.contains(&last) {
                titles.push(last);
            }
        }
    }
}

/// Whoever speaks in a text: what its "we" stands for.
fn voice(who: Who, country: Option<String>) -> Mention {
    Mention {
        tokens: 0..0,
        head: 0,
        who,
        also: Vec::new(),
        via: Via::Pronoun,
        country,
        title: None,
        of: None,
        organ: None,
        place: false,
    }
}

impl Builder<'_> {
    pub(super) fn coref(&mut self) {
        self.short_forms();
        self.fighters_beside();
        let quoted = self.quoted();
        let speaker = self
            .title_speaker()
            .or_else(|| self.issuer(&quoted))
            .or_else(|| self.ministry_of_text())
            .or_else(|| self.official_publisher())
            .or_else(|| self.dateline_office());
        let mut st = State::default();
        for m in self.mentions.iter().filter(|m| !m.tokens.is_empty()) {
            *st.count.entry(m.who.clone()).or_default() += 1.0;
        }
        self.mentions.iter().for_each(|m| st.note_title(m));
        self.note_posts(&mut st);
        for i in 0..self.doc.len() {
            if self.at[i].is_none() && !self.named[i] && !self.waits_for_speaker(i, &quoted) {
                let m = self.antecedent(i, &st, speaker.as_ref(), &quoted).or_else(|| self.party_noun(i));
                if let Some(m) = m {
                    if let (Some(g), Kind::Person) = (pronoun_gender(&self.lower(i)), m.who.kind(self.reg)) {
                        st.gender.insert(m.who.clone(), g);
                    }
                    if let Some(ix) = self.add(m) {
                        st.note_title(&self.mentions[ix as usize]);
                    }
                }
            }
            if let Some(ix) = self.at[i].filter(|ix| self.mentions[*ix as usize].head == i) {
                self.owned_by_group(ix);
                let m = &self.mentions[ix as usize];
                if let Some(g) = m.tokens.clone().find_map(|t| title_gender(&norm_word(self.doc.text(t)))) {
                    st.gender.insert(m.who.clone(), g);
                }
                st.seen.push(ix);
            }
        }
        self.named_next();
        self.offices_of_pronouns();
        self.fighters_of_the_group();
        // Who is quoted may stand behind the quotation.
        let all = std::mem::take(&mut st.seen);
        for i in 0..self.doc.len() {
            let ours = |b: &Self| b.is_first_person(i) || b.children[i].iter().any(|c| b.is_first_person(*c as usize));
            if self.at[i].is_none() && !self.named[i] && ours(self) {
                let before = |ix: &&u32| self.mentions[**ix as usize].head < i;
                let seen = all.iter().filter(before).copied().collect();
                st.seen = seen;
                let m = self.antecedent(i, &st, speaker.as_ref(), &quoted);
                m.and_then(|m| self.add(m));
            }
        }
    }

    fn antecedent(&self, i: usize, st: &State, speaker: Option<&Mention>, quoted: &[bool]) -> Option<Mention> {
        let t = &self.doc.tokens[i];
        let low = self.lower(i);
        match t.tag {
            "WP" | "WDT" | "WP$" => return self.relative(i),
            "PRP" | "PRP$" => return self.pronoun(i, &low, st, speaker, quoted),
            "DT" | "IN" if low == "that" && matches!(t.dep, "nsubj" | "nsubjpass" | "dobj") => return self.relative(i),
            _ => {}
        }
        if low == "there" && t.dep == "advmod" {
            return self.place_told(i, st);
        }
        if let Some(m) = self.count_alone(i, &low, st) {
            return Some(m);
        }
        if matches!(low.as_str(), "latter" | "former") && !matches!(t.dep, "amod" | "compound") && self.has_det(i) {
            return self.latter(i, &low, st);
        }
        if matches!(t.pos, "NOUN" | "PROPN" | "ADJ" | "ADV") {
            return self.noun(i, &low, st);
        }
        None
    }

    /// "landed on Calero Island and set up camp there": the place that something was told to be in or to go to last, in
    /// this sentence or the one before.
    fn place_told(&self, i: usize, st: &State) -> Option<Mention> {
        const AT: &[&str] = &["in", "at", "to", "on", "into", "from", "near", "inside", "around", "towards", "toward"];
        const REACHED: &[&str] = &["visit", "reach", "enter", "leave", "occupy", "control", "invade", "flee", "tour"];
        let told = |m: &Mention| {
            let t = &self.doc.tokens[m.head];
            let up = self.lower(t.head as usize);
            // "moved to Doha from Gaza": where to, not whence
            let to = || {
                let over = self.doc.tokens[t.head as usize].head as usize;
                up == "from"
                    && self.children[over].iter().any(|c| matches!(self.lower(*c as usize).as_str(), "to" | "into"))
            };
            let at = t.dep == "pobj" && AT.contains(&up.as_str()) && !to()
                || t.dep == "dobj" && REACHED.contains(&self.doc.tokens[t.head as usize].lemma.as_str());
            at && m.also.is_empty() && matches!(m.who.kind(self.reg), Kind::State | Kind::Place)
        };
        let near = |m: &Mention| self.sentence[i] - self.sentence[m.head] <= 1;
        let seen = st.seen.iter().rev().map(|ix| &self.mentions[*ix as usize]);
        let m = seen.take_while(|m| near(m)).find(|m| told(m))?;
        let mut out = self.like(i, m, Via::Pronoun);
        out.place = true;
        Some(out)
    }

    /// A mention at a token that points at what another mention does.
    fn like(&self, i: usize, of: &Mention, via: Via) -> Mention {
        Mention {
            tokens: i..i + 1,
            head: i,
            who: of.who.clone(),
            also: of.also.clone(),
            via,
            country: of.country.clone(),
            title: None,
            of: None,
            organ: None,
            place: false,
        }
    }

    fn has_det(&self, i: usize) -> bool {
        i > 0 && matches!(self.lower(i - 1).as_str(), "the" | "this" | "that")
            || self.children[i]
                .iter()
                .any(|c| matches!(self.lower(*c as usize).as_str(), "the" | "this" | "that" | "these" | "those"))
    }

    /// How much a token before stands out, seen from a later one.
    fn salience(&self, i: usize, j: usize) -> f32 {
        let back = (self.sentence[i] - self.sentence[j]) as f32;
        let t = &self.doc.tokens[j];
        let mut s = -7.0 * back - (i - j) as f32 / 25.0;
        s += match t.dep {
            "nsubj" | "nsubjpass" if back > 0.0 && self.doc.tokens[t.head as usize].dep == "ROOT" => 7.5,
            "nsubj" | "nsubjpass" => 6.0,
            "dobj" | "dative" | "agent" => 3.0,
            "conj" => match self.doc.tokens[t.head as usize].dep {
                "nsubj" | "nsubjpass" => 5.0,
                _ => 1.5,
            },
            "pobj" => 1.0,
            "appos" => 2.0,
            _ => 0.0,
        };
        // "Its leader showed his face": of whose leader the sentence before speaks, it is about
        if back > 0.0 && t.dep == "poss" && matches!(self.doc.tokens[t.head as usize].dep, "nsubj" | "nsubjpass") {
            s += 3.0;
        }
        if self.doc.tokens[i].dep == "poss" && back == 0.0 && matches!(t.dep, "nsubj" | "nsubjpass") {
            s += 2.0;
        }
        // the sentence before is about the subject of its main clause
        if back > 0.0 && matches!(t.dep, "nsubj" | "nsubjpass") {
            s += match self.doc.tokens[t.head as usize].dep {
                "ROOT" => 1.0,
                "advcl" | "relcl" => -2.0,
                // "X told the council, and Y put the army on alert. He has": the one told of last
                "conj" => 1.5,
                _ => 0.0,
            };
        }
        s
    }
}

fn pronoun_gender(low: &str) -> Option<&'static str> {
    match low {
        "he" | "him" | "his" | "himself" => Some("he"),
        "she" | "her" | "hers" | "herself" => Some("she"),
        _ => None,
    }
}

fn title_gender(word: &str) -> Option<&'static str> {
    match word {
        "mr" | "king" | "prince" | "sir" | "spokesman" | "chairman" | "congressman" | "emir" | "sultan" | "emperor"
        | "sheikh" | "mullah" | "ayatollah" => Some("he"),
        "mrs" | "ms" | "miss" | "queen" | "princess" | "spokeswoman" | "chairwoman" | "congresswoman" | "empress"
        | "dame" => Some("she"),
        _ => None,
    }
}
