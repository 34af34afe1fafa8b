//! Names beside others: titles in the plural, given names and bynames that the model leaves out, the republics of towns, the
//! letters that spell a name.
use super::actors::{ActorIx, How, Kind, NameRef, norm_word};
use super::lexicon::singular;
use super::mentions::{Builder, FIRST_NAMES, Via, Who, initials};
use super::persons::particle;
use std::ops::Range;

impl Builder<'_> {
    /// "Hassan Fadel stood down", "Ana Beltran was sworn in": a known given name with one that no list has, which the model
    /// takes for a body or a place, or does not mark.
    pub(super) fn by_given_name(&self, spans: &mut Vec<(Range<usize>, Option<ActorIx>)>) {
        let proper = |k: usize| self.doc.tokens[k].pos == "PROPN" && self.is_capital(k) && !self.named[k];
        for start in 0..self.doc.len().saturating_sub(1) {
            if !proper(start) || !self.reg.is_given_name(&norm_word(self.doc.text(start))) {
                continue;
            }
            let before = start.checked_sub(1).map_or("", |k| self.doc.text(k));
            if matches!(before, "the" | "The" | "-") {
                continue;
            }
            let end = self.end_of_surname(start);
            let run = start..end;
            // a word of a longer name, before it or behind
            let longer = start > 0
                && proper(start - 1)
                && self.doc.tokens[start - 1].head as usize == end - 1
                && self.title_before(start).title.is_none()
                && !self.title_before(start).honorific;
            let goes_on = end < self.doc.len() && self.is_capital(end) && self.doc.tokens[end].pos == "PROPN";
            let lone = self.doc.text(start + 1) == "-" && end == start + 3;
            if end - start < 2 || lone || longer || goes_on || self.names_a_place(end) {
                continue;
            }
            let whole = |k: usize| match self.entity[k].map(|e| &self.doc.entities[e]) {
                None => true,
                Some(e) => {
                    matches!(e.label, "ORG" | "GPE" | "NORP" | "FAC" | "PRODUCT" | "WORK_OF_ART" | "LOC")
                        && e.start as usize >= start
                        // "Emil Novak's M23"
                        && (e.end as usize <= end || self.is_possessive(end))
                }
            };
            let last = &self.doc.tokens[end - 1];
            let inside = last.dep == "compound" && last.head as usize >= end;
            // "in San Pedro", "near Ali Sabieh"
            let place = last.dep == "pobj"
                && last.head > 0
                && (last.head as usize) < start
                && self.reg.words.places.at.contains(&self.lower(last.head as usize));
            if !inside && !place && run.clone().all(whole) && !spans.iter().any(|(s, _)| s.start < end && start < s.end)
            {
                spans.push((run, None));
            }
        }
    }

    /// Where the name goes on behind a given name: "Hassan *Fadel*", "Faisal *al-Harbi*".
    fn end_of_surname(&self, given: usize) -> usize {
        let w = &self.reg.words;
        let plain = |k: usize| {
            let word = norm_word(self.doc.text(k));
            let single = singular(&word);
            self.doc.text(k).chars().any(char::is_lowercase)
                && !w.heads.contains(&word)
                && !w.kinds.contains_key(&word)
                && !w.bodies.contains(&single)
                && !w.modifiers.contains(&word)
                && !w.no_actor.contains(&single)
        };
        let name = |k: usize| {
            k < self.doc.len()
                && matches!(self.doc.tokens[k].tag, "NNP" | "NNPS")
                && self.is_capital(k)
                && !self.named[k]
                && self.sentence[k] == self.sentence[given]
                && plain(k)
        };
        let mut end = given + 1;
        // "Pascal-Firmin Ndimira"
        if end + 1 < self.doc.len() && self.doc.text(end) == "-" && !self.doc.tokens[given].ws && name(end + 1) {
            end += 2;
        }
        for _ in 0..3 {
            if name(end) {
                end += 1;
            } else if end + 2 < self.doc.len()
                && particle(&self.lower(end))
                && self.doc.text(end + 1) == "-"
                && name(end + 2)
            {
                end += 3;
            } else {
                break;
            }
        }
        end
    }

    /// "Presidents Obama and Medvedev", "Foreign Ministers Wang Yi and Sergei Lavrov": the title goes with each of the names.
    pub(super) fn plural_title(&self, name: usize) -> Option<String> {
        const POSTS: &[&str] = &[
            "president",
            "minister",
            "premier",
            "chancellor",
            "secretary",
            "senator",
            "ambassador",
            "governor",
            "king",
        ];
        let post = |t: usize| {
            let single = singular(self.doc.text(t));
            // "the presidents Michelle Bachelet and Evo Morales"
            let small = t > 0 && self.lower(t - 1) == "the";
            ((self.is_capital(t) || small) && POSTS.contains(&single.as_str()) && single != norm_word(self.doc.text(t)))
                .then_some(single)
        };
        let mut i = name;
        for _ in 0..4 {
            let mut t = i.checked_sub(1)?;
            if let Some(single) = post(t) {
                let modifier =
                    |k: &usize| self.is_capital(*k) && self.reg.words.modifiers.contains(&norm_word(self.doc.text(*k)));
                let start = (0..t).rev().take_while(modifier).last().unwrap_or(t);
                let before = self.doc.span_text(start..t).trim();
                let mut title = before.to_owned();
                if !title.is_empty() {
                    title.push(' ');
                }
                title.push_str(&single[..1].to_uppercase());
                title.push_str(&single[1..]);
                return Some(title);
            }
            // over the name that stands before
            if !matches!(self.doc.text(t), "and" | ",") {
                return None;
            }
            if self.doc.text(t) == "and" && t > 0 && self.doc.text(t - 1) == "," {
                t -= 1;
            }
            let of_name = |k: &usize| {
                let w = self.doc.text(*k);
                post(*k).is_none()
                    && (self.is_capital(*k)
                        || matches!(w, "-" | "of")
                        || particle(w)
                        || *k > 0 && self.doc.text(*k - 1) == "-")
            };
            let start = (0..t).rev().take(6).take_while(of_name).last()?;
            i = start;
            // "Presidents Emmanuel Macron of France and X"
            if start > 1 && self.doc.text(start - 1) == "of" {
                i = (0..start - 1).rev().take(6).take_while(of_name).last()?;
            }
        }
        None
    }

    /// "*Pavan* Kumar Rai", "Ms *María Fernanda* Espinosa Garcés": a given name that the model takes for a place or a body,
    /// and that nobody else goes by.
    pub(super) fn is_given(&self, i: usize) -> bool {
        let Some(e) = self.entity[i].map(|e| &self.doc.entities[e]) else { return false };
        let whole = e.end - e.start <= 3;
        let honorific = |k: usize| self.reg.words.honorifics.contains(&norm_word(self.doc.text(k)));
        let alone = (e.start as usize..e.end as usize).all(|k| {
            let town = matches!(e.label, "GPE" | "LOC" | "FAC") && !self.reg.towns(self.doc.text(k)).is_empty();
            honorific(k) || self.is_capital(k) && self.doc.tokens[k].pos == "PROPN" && !town
        });
        whole
            && alone
            && matches!(e.label, "GPE" | "ORG" | "NORP" | "PERSON" | "FAC" | "PRODUCT" | "WORK_OF_ART" | "LOC")
    }

    /// The given name before a byname in quotation marks that stands right before a surname.
    pub(super) fn before_byname(&self, surname: usize) -> Option<usize> {
        const MARKS: &[&str] = &["\"", "\u{201c}", "\u{201d}", "``", "\'\'", "\u{2018}", "\u{2019}", "\'"];
        let mark = |k: usize| MARKS.contains(&self.doc.text(k));
        let close = surname.checked_sub(1).filter(|k| mark(*k))?;
        let open = (close.saturating_sub(4)..close).rev().find(|k| mark(*k)).filter(|k| k + 1 < close)?;
        let name = |k: usize| {
            self.is_capital(k)
                && self.doc.tokens[k].pos == "PROPN"
                && !self.named[k]
                && self.sentence[k] == self.sentence[surname]
        };
        let first = open.checked_sub(1).filter(|k| name(*k))?;
        let title = norm_word(self.doc.text(first));
        let w = &self.reg.words;
        let byname = (open + 1..close).all(|k| self.is_capital(k) && !mark(k));
        (byname && !w.heads.contains(&title) && !w.honorifics.contains(&title)).then_some(first)
    }

    /// "the army's chief of staff, *Batista Tagme Na Waie*, had died": a post in the singular and a comma before the name.
    pub(super) fn post_before_comma(&self, name: usize) -> bool {
        let Some(comma) = name.checked_sub(1).filter(|c| self.doc.text(*c) == ",") else { return false };
        let tok = |k: usize| &self.doc.tokens[k];
        let near = (0..comma).rev().take(5).take_while(|k| {
            self.doc.text(*k) != ","
                && !matches!(tok(*k).pos, "VERB" | "AUX")
                && self.sentence[*k] == self.sentence[name]
        });
        let post = near
            .into_iter()
            .find(|k| tok(*k).tag == "NN" && self.reg.words.heads.contains(&tok(*k).lemma.to_lowercase()));
        let Some(post) = post.filter(|p| p + 1 == comma || self.doc.text(p + 1) == "of") else { return false };
        self.children[post].iter().any(|c| matches!(tok(*c as usize).dep, "det" | "poss") && (*c as usize) < post)
    }

    /// "Under President Joe Biden America left": a state's name that is nobody's surname.
    pub(super) fn is_state_word(&self, i: usize) -> bool {
        let text = self.doc.text(i);
        let Some(node) = self.reg.walk(0, &norm_word(text)) else { return false };
        let state = |r: &NameRef| {
            matches!(r.how, How::Label | How::Name) && self.reg.actor(r.actor).kind == Kind::State && r.fits(&[text])
        };
        !FIRST_NAMES.contains(&text) && self.reg.names_at(node).iter().any(state)
    }

    /// "the republics of Donetsk and Luhansk": no towns, but the republics called by them.
    pub(super) fn republics(&mut self) {
        let mut found: Vec<(usize, ActorIx)> = Vec::new();
        let mut sets: Vec<(usize, Vec<Who>)> = Vec::new();
        for i in (0..self.doc.len()).filter(|i| self.doc.tokens[*i].lemma.eq_ignore_ascii_case("republic")) {
            let kids = |k: usize| self.children[k].iter().map(|c| *c as usize);
            let Some(of) = kids(i).find(|c| *c > i && self.lower(*c) == "of") else { continue };
            let Some(first) = kids(of).find(|c| self.doc.tokens[*c].dep == "pobj") else { continue };
            let before = found.len();
            for k in std::iter::once(first).chain(self.conjuncts(first)) {
                let name = self.doc.text(k);
                let called = [format!("{name} People's Republic"), format!("{name} Republic")];
                let state = called.iter().flat_map(|n| self.reg.find(n)).map(|(ix, _)| ix).find(|ix| {
                    matches!(self.reg.actor(*ix).kind, Kind::State | Kind::Government) && self.is_capital(k)
                });
                found.extend(state.map(|ix| (k, ix)));
            }
            if found.len() > before && self.doc.tokens[i].pos == "NOUN" {
                sets.push((i, found[before..].iter().map(|(_, ix)| Who::Known(*ix)).collect()));
            }
        }
        for (i, mut all) in sets {
            let mut m = self.mention(i..i + 1, all.remove(0), Via::Role);
            m.also = all;
            self.add(m);
        }
        for (k, ix) in found {
            let who = Who::Known(ix);
            let country = self.country_of(&who);
            match self.at[k] {
                Some(m) => {
                    let m = &mut self.mentions[m as usize];
                    if m.tokens.len() == 1 {
                        (m.who, m.country, m.place) = (who, country, false);
                    }
                }
                None => {
                    let m = self.mention(k..k + 1, who, Via::Name);
                    if self.add(m).is_some() {
                        self.named[k] = true;
                    }
                }
            }
        }
    }

    /// "Nigeria's People's Democratic Party ... the PDP": letters that spell a name of the text, where the registry has none
    /// of them or one of a state that the text does not speak of.
    pub(super) fn initials_of_names(&mut self) {
        let spelt: Vec<(String, usize, Who)> = self
            .mentions
            .iter()
            .filter(|m| m.via == Via::Name && m.tokens.len() > 2)
            .filter(|m| !matches!(m.who.kind(self.reg), Kind::Person | Kind::State | Kind::Place))
            .map(|m| (initials(self.doc.span_text(m.tokens.clone())), m.tokens.end, m.who.clone()))
            .filter(|(letters, ..)| letters.chars().count() >= 3)
            .collect();
        for ix in 0..self.mentions.len() {
            let m = &self.mentions[ix];
            let word = self.doc.span_text(m.tokens.clone());
            if m.via != Via::Name || m.tokens.len() != 1 || !word.chars().all(char::is_uppercase) {
                continue;
            }
            let low = word.to_lowercase();
            // "Nigeria's People's Democratic Party", its owner left out
            let same = |l: &str| l.ends_with(&low) && l.chars().count() <= low.chars().count() + 1;
            let long = spelt.iter().find(|(l, end, who)| same(l) && *end <= m.tokens.start && *who != m.who);
            let Some((.., who)) = long else { continue };
            let elsewhere = m.country.as_ref().is_some_and(|c| {
                !self.mentions.iter().any(|o| o.who != m.who && o.country.as_ref() == Some(c) && !o.tokens.is_empty())
            });
            if matches!(m.who, Who::Unknown { .. }) || elsewhere {
                let who = who.clone();
                let country = self.country_of(&who);
                let m = &mut self.mentions[ix];
                (m.who, m.country) = (who, country);
            }
        }
    }
}
