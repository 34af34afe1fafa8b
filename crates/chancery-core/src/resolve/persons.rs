//! Persons: names from the registry, from the model and after titles; who they are; what stands by the name.
//!
//! ```text
//!   former Afghan President Ashraf Ghani
//!   ------ ------ --------- ============   name; title "former President"; country AFG
//! ```
//!
//! Full names are settled first, so that a surname alone can be tied to the one of its bearers whom the text
//! has named; else to the registry's, where an office at the document's date or a title speaks for it.
use super::actors::{ActorIx, How, Kind, Spell, is_regnal, norm_word, surname};
use super::lexicon::singular;
use super::mentions::{Builder, Mention, Via, Who};
use std::ops::Range;

/// What stands before a name.
#[derive(Debug, Default, Clone)]
pub(super) struct TitleBefore {
    /// First token of title and country, at most the first of the name.
    pub start: usize,
    pub title: Option<String>,
    /// Whom the office belongs to: "Russian", "the Taliban's".
    pub of: Option<Who>,
    pub country: Option<String>,
    /// "Mr.", "Mullah": a person, though nothing is said of an office.
    pub honorific: bool,
}

/// A person of this document.
struct Known {
    who: Who,
    country: Option<String>,
    title: Option<String>,
    /// Normalised words of the fullest name.
    words: Vec<String>,
    surnames: Vec<String>,
}

/// What stands before "-ward".
const WAYS: &[&str] =
    &["home", "north", "south", "east", "west", "out", "in", "up", "down", "on", "for", "back", "sea", "land"];

impl Builder<'_> {
    /// "Homeward bound", "Northwards": where one goes, not who.
    fn is_way(&self, i: usize) -> bool {
        let low = self.lower(i);
        self.doc.tokens[i].sent_start
            && ["ward", "wards"].iter().any(|end| low.strip_suffix(end).is_some_and(|w| WAYS.contains(&w)))
    }

    /// "on the Azores", "in the Ardennes": islands and hills, named in the plural.
    fn is_range(&self, i: usize) -> bool {
        let place = |p: usize| {
            matches!(self.lower(p).as_str(), "in" | "on" | "off" | "across" | "over" | "around" | "near" | "to")
        };
        self.doc.tokens[i].tag == "NNPS" && i > 1 && self.lower(i - 1) == "the" && place(i - 2)
    }

    pub(super) fn persons(&mut self) {
        let mut spans: Vec<(Range<usize>, Option<ActorIx>)> =
            std::mem::take(&mut self.full).into_iter().map(|(r, ix)| (self.without_title(r), Some(ix))).collect();
        for e in &self.doc.entities {
            if e.label == "PERSON" {
                let r = self.trim_person(e.start as usize..e.end as usize);
                if r.len() == 1 && self.is_way(r.start) {
                    continue;
                }
                if r.len() == 1 && (self.is_town(r.start) || self.is_range(r.start)) {
                    self.add_unknown(r, Kind::Place, false);
                } else if !r.is_empty() {
                    spans.push((r, None));
                }
            }
        }
        self.beside_persons(&mut spans);
        self.by_last_name(&mut spans);
        self.beside_posts(&mut spans);
        self.beside_kin(&mut spans);
        self.after_titles(&mut spans);
        self.by_given_name(&mut spans);
        // Of two that overlap the registry's stays, then the longer; a longer one of the model's is cut.
        spans.sort_by_key(|(r, ix)| (ix.is_none(), std::cmp::Reverse(r.len()), r.start));
        let mut taken = vec![false; self.doc.len()];
        let mut kept: Vec<(Range<usize>, Option<ActorIx>)> = Vec::new();
        for (r, ix) in spans {
            if r.clone().any(|i| taken[i]) || self.names_a_place(r.end) {
                continue;
            }
            taken[r.clone()].fill(true);
            kept.push((r, ix));
        }
        let mut people: Vec<Known> = Vec::new();
        let (mut full, mut single): (Vec<_>, Vec<_>) =
            kept.into_iter().partition(|(r, ix)| ix.is_some() || self.name_words_of(r).len() > 1);
        full.sort_by_key(|(r, _)| r.start);
        for (r, ix) in full {
            self.full_name(r, ix, &mut people);
        }
        // A name settled once is that person wherever it stands.
        for p in &people {
            let double = p.surnames.iter().map(|s| s.split(' ').map(str::to_owned).collect::<Vec<_>>());
            let runs: Vec<_> = std::iter::once(p.words.clone()).chain(double).flat_map(|w| self.runs_of(&w)).collect();
            for r in runs {
                if !r.clone().any(|i| taken[i] || self.named[i]) && !self.names_a_place(r.end) {
                    taken[r.clone()].fill(true);
                    let before = self.title_before(r.start);
                    self.push_person(r, p.who.clone(), before, p.country.clone());
                }
            }
        }
        // Surnames that the model did not mark.
        for (i, taken) in taken.into_iter().enumerate() {
            let t = &self.doc.tokens[i];
            if self.named[i]
                || taken
                || !self.is_capital(i)
                || matches!(t.pos, "AUX" | "ADP" | "DET" | "PRON" | "CCONJ" | "SCONJ")
            {
                continue;
            }
            let w = norm_word(self.doc.text(i));
            // "Mazar-i-Sharif", "Sharif-led"
            let hyphen = |t: usize| self.doc.text(t).chars().all(super::actors::is_hyphen);
            if i > 0 && hyphen(i - 1) && !self.doc.tokens[i - 1].ws {
                continue;
            }
            let named = people.iter().any(|p| p.surnames.contains(&w)) && self.label_of(i) != "DATE";
            if !named
                && self.is_common_word(i, &w)
                && !self.title_before(i).honorific
                && self.title_before(i).title.is_none()
            {
                continue;
            }
            if people.iter().any(|p| p.surnames.contains(&w) && (t.pos == "PROPN" || w.len() > 4))
                && !self.part_of_name(i)
            {
                single.push((i..i + 1, None));
            } else if let Some(weak) = self.weak.get(&i).filter(|_| t.pos == "PROPN") {
                let titled = self.title_before(i).title.is_some() || self.before_rule(i);
                let head_of_state = |ix: &ActorIx| self.in_office(*ix, true);
                if (titled || weak.iter().filter(|ix| head_of_state(ix)).count() == 1) && !self.part_of_name(i) {
                    single.push((i..i + 1, None));
                }
            }
        }
        self.governments_of_namesakes(&people);
        single.sort_by_key(|(r, _)| r.start);
        for (r, _) in single {
            self.surname_alone(r, &mut people);
        }
    }

    /// "The rebels took Goma", "Bukavu fell": a city that the model takes for a person, where the text speaks of its country,
    /// or of what is done to places, and calls nobody by that name.
    pub(super) fn is_town(&self, i: usize) -> bool {
        let words = &self.reg.words.places;
        let name = self.doc.text(i);
        let countries = self.reg.towns(name);
        if countries.is_empty()
            || name.chars().count() < 3
            || self.title_before(i).title.is_some()
            || self.title_before(i).honorific
        {
            return false;
        }
        let person = |j: usize| {
            let named = |k: usize| self.is_capital(k) && self.doc.tokens[k].pos == "PROPN";
            let before = j > 0 && self.label_of(j - 1) == "PERSON" && named(j - 1);
            let after = j + 1 < self.doc.len() && self.label_of(j + 1) == "PERSON" && named(j + 1);
            before || after
        };
        let same: Vec<usize> = (0..self.doc.len()).filter(|j| self.doc.text(*j) == name).collect();
        if same.iter().any(|j| person(*j)) {
            return false;
        }
        let spoken_of = self
            .mentions
            .iter()
            .any(|m| m.who.kind(self.reg) == Kind::State && m.country.as_ref().is_some_and(|c| countries.contains(c)));
        let as_place = |j: &usize| {
            let t = &self.doc.tokens[*j];
            let up = &self.doc.tokens[t.head as usize];
            *j > 0 && t.dep == "pobj" && words.at.contains(&self.lower(*j - 1))
                || matches!(t.dep, "dobj" | "nsubjpass")
                    && (words.takes(&up.lemma) || self.label_of(*j) != "PERSON" && words.reaches(&up.lemma))
                || t.dep == "nsubj" && up.lemma == "fall"
        };
        let loosely = |j: &usize| {
            let t = &self.doc.tokens[*j];
            let before = if *j > 0 { self.lower(*j - 1) } else { String::new() };
            let verb = self.doc.tokens[t.head as usize].lemma.as_str();
            t.dep == "pobj" && (words.at.contains(&before) || matches!(before.as_str(), "of" | "to"))
                || words.reaches(verb)
                || verb == "fall"
                || matches!(t.dep, "conj" | "appos" | "compound")
        };
        same.iter().any(as_place) || spoken_of && same.iter().any(loosely)
    }

    /// "Okot Odhiambo and Dominic Ongwen", of whom the model marks but one: two capitals joined to a person's name.
    fn beside_persons(&self, spans: &mut Vec<(Range<usize>, Option<ActorIx>)>) {
        let tok = |k: usize| &self.doc.tokens[k];
        let mut more = Vec::new();
        for (r, _) in spans.iter().filter(|(r, ix)| ix.is_none() && r.len() > 1) {
            let h = r.end - 1;
            let up = tok(h).head as usize;
            let joined = self.children[h].iter().map(|c| *c as usize).filter(|c| tok(*c).dep == "conj");
            for other in joined.chain((tok(h).dep == "conj").then_some(up)) {
                let mut start = other;
                while start > 0 && tok(start - 1).pos == "PROPN" && tok(start - 1).head as usize == other {
                    start -= 1;
                }
                let run = start..other + 1;
                let free = run.clone().all(|k| {
                    tok(k).tag == "NNP"
                        && self.is_capital(k)
                        && self.label_of(k).is_empty()
                        && !self.named[k]
                        && self.at[k].is_none()
                        && self.reg.towns(self.doc.text(k)).is_empty()
                });
                let lower = |k: usize| norm_word(self.doc.text(k));
                let plain = run.clone().all(|k| {
                    !self.reg.words.heads.contains(&lower(k)) && !self.reg.words.kinds.contains_key(&lower(k))
                });
                if run.len() == 2 && free && plain && !spans.iter().any(|(s, _)| s.start < run.end && run.start < s.end)
                {
                    more.push((run, None));
                }
            }
        }
        spans.extend(more);
    }

    /// "Sylvain Itte", which the model takes for a body in one line, where "Itte" is a person in another.
    fn by_last_name(&self, spans: &mut Vec<(Range<usize>, Option<ActorIx>)>) {
        let last_names: Vec<String> = spans.iter().map(|(r, _)| norm_word(self.doc.text(r.end - 1))).collect();
        for e in &self.doc.entities {
            let mut r = e.start as usize..e.end as usize;
            // "Mr Bazoum" is Bazoum
            while r.len() > 1 && self.reg.words.honorifics.contains(&norm_word(self.doc.text(r.start))) {
                r.start += 1;
            }
            let name = |i: usize| {
                let w = self.doc.text(i);
                self.is_capital(i) && w.chars().skip(1).all(char::is_lowercase) && self.doc.tokens[i].pos == "PROPN"
            };
            if e.label != "PERSON"
                && ((2..=3).contains(&r.len()) || r.start > e.start as usize)
                && r.clone().all(|i| name(i) && !self.named[i])
                && last_names.contains(&norm_word(self.doc.text(r.end - 1)))
            {
                spans.push((r, None));
            }
        }
    }

    /// "The ambassador of France, Sylvain Itté, left", "S.P. Tamilselvan, head of the wing": whoever stands beside a post in
    /// the singular, or bears initials, is a person, whatever the model takes the name for.
    fn beside_posts(&self, spans: &mut Vec<(Range<usize>, Option<ActorIx>)>) {
        let initials = |w: &str| w.len() > 1 && w.ends_with('.') && w.split_terminator('.').all(|p| p.len() == 1);
        for e in &self.doc.entities {
            let r = e.start as usize..e.end as usize;
            let first = initials(self.doc.text(r.start));
            let name = |i: usize| {
                let w = self.doc.text(i);
                let letters = w.chars().any(char::is_lowercase) || first && i == r.start;
                self.is_capital(i) && letters && self.doc.tokens[i].pos == "PROPN"
            };
            if !matches!(e.label, "ORG" | "GPE" | "NORP" | "FAC" | "PRODUCT" | "WORK_OF_ART")
                || !(2..=4).contains(&r.len())
                || !r.clone().all(|i| name(i) && !self.named[i])
            {
                continue;
            }
            let last = &self.doc.tokens[r.end - 1];
            let post = &self.doc.tokens[last.head as usize];
            let beside = last.dep == "appos" && (last.head as usize) < r.start && post.tag == "NN";
            let is_post =
                |t: &chancery_parse::Token| t.tag == "NN" && self.reg.words.heads.contains(&t.lemma.to_lowercase());
            let behind = self.children[r.end - 1].iter().map(|c| &self.doc.tokens[*c as usize]);
            let borne = behind.into_iter().any(|t| t.dep == "appos" && is_post(t));
            if (beside && is_post(post) || borne || first || self.post_before_comma(r.start))
                && !self.names_a_place(r.end)
            {
                spans.push((r, None));
            }
        }
    }

    /// "Her son, Sajeeb Wazed, lives abroad": capitals beside a word for kin, or for a post, that no label covers.
    fn beside_kin(&self, spans: &mut Vec<(Range<usize>, Option<ActorIx>)>) {
        const KIN: &[&str] = &[
            "son",
            "daughter",
            "brother",
            "sister",
            "wife",
            "husband",
            "father",
            "mother",
            "nephew",
            "niece",
            "cousin",
            "uncle",
            "aunt",
            "widow",
            "widower",
            "grandson",
            "granddaughter",
            "half-brother",
            "stepson",
            "aide",
        ];
        let tok = |k: usize| &self.doc.tokens[k];
        let mut more: Vec<(Range<usize>, Option<ActorIx>)> = Vec::new();
        for i in 1..self.doc.len() {
            let up = tok(i).head as usize;
            let kin =
                KIN.contains(&tok(up).lemma.as_str()) || self.reg.words.heads.contains(&tok(up).lemma.to_lowercase());
            // "Agnes Callamard, the secretary-general, accused"
            let borne = i + 1 < self.doc.len()
                && self.doc.text(i + 1) == ","
                && self.children[i].iter().map(|c| *c as usize).any(|c| {
                    c > i + 1
                        && tok(c).dep == "appos"
                        && tok(c).tag == "NN"
                        && self.reg.words.heads.contains(&tok(c).lemma.to_lowercase())
                });
            let behind = tok(i).dep == "appos" && tok(up).tag == "NN" && up <= i && kin;
            if tok(i).pos != "PROPN" || !behind && !borne {
                continue;
            }
            let from = if behind { up + 1 } else { 0 };
            let mut start = i;
            while start > from && tok(start - 1).pos == "PROPN" && tok(start - 1).head as usize == i {
                start -= 1;
            }
            let run = start..i + 1;
            let plain = |k: usize| {
                let w = norm_word(self.doc.text(k));
                !self.reg.words.heads.contains(&w)
                    && !self.reg.words.kinds.contains_key(&w)
                    && !self.reg.words.bodies.contains(&singular(&w))
            };
            let free = run.clone().all(|k| {
                self.is_capital(k) && !self.named[k] && self.at[k].is_none() && plain(k) && tok(k).tag == "NNP"
            });
            let comma = borne && !behind && run.len() > 1 || start > 0 && self.doc.text(start - 1) == ",";
            let overlaps = |all: &[(Range<usize>, Option<ActorIx>)]| {
                all.iter().any(|(r, _)| r.start < run.end && run.start < r.end)
            };
            if free && comma && (2..=4).contains(&run.len()) && !overlaps(spans) && !overlaps(&more) {
                more.push((run, None));
            }
        }
        spans.extend(more);
    }

    /// A surname that is a word or a month too, where it does not stand as a person's: "in May", "Price rose".
    fn is_common_word(&self, i: usize, word: &str) -> bool {
        const WORDS: &[&str] = &[
            "may", "march", "april", "june", "august", "friday", "monday", "major", "king", "price", "rice", "brown",
            "key", "day", "bush", "ban", "long", "young", "field", "black", "white", "green", "general", "hope",
            "rich",
        ];
        let date = matches!(self.label_of(i), "DATE" | "TIME" | "CARDINAL");
        let person = self.label_of(i) == "PERSON";
        WORDS.contains(&word) && (date || !person && self.doc.tokens[i].sent_start || !person && !self.is_subject(i))
    }

    fn is_subject(&self, i: usize) -> bool {
        matches!(self.doc.tokens[i].dep, "nsubj" | "nsubjpass" | "dobj" | "poss" | "agent")
    }

    /// Whose office a title is that stands without its owner: "President Donald Trump".
    pub(super) fn office_held(&self, ix: ActorIx, title: &str) -> Option<Who> {
        let last = last_word(title);
        let past = title.split([' ', '-']).any(|w| self.reg.words.past.contains(&w.to_lowercase()));
        // "the High Representative" is the one for foreign affairs
        let whole = format!("{} for ", title.to_lowercase());
        let held = |s: &&Spell| last_word(&s.title) == last || s.title.starts_with(&whole);
        let now = |s: &&Spell| self.published.map_or(s.until.is_empty(), |d| s.covers(d));
        // the president of a state may be that of his party, too
        const OF_STATES: &[&str] =
            &["president", "minister", "premier", "chancellor", "king", "queen", "emir", "sultan"];
        let other = |s: &&Spell| OF_STATES.contains(&last.as_str()) && self.reg.actor(s.of).kind != Kind::State;
        let spell = self.reg.spells(ix).filter(held).filter(now).min_by_key(other);
        let spell = spell.or_else(|| {
            // "the former president": of the state that he ruled last
            let all = self.reg.spells(ix).filter(held);
            all.max_by(|a, b| a.from.cmp(&b.from)).filter(|_| past || self.published.is_none())
        });
        // "Prabhakaran, the leader": of the one group that he led, whenever that was
        let spell = spell.or_else(|| {
            let mut all = self.reg.spells(ix).filter(held);
            let first = all.next()?;
            let group = matches!(self.reg.actor(first.of).kind, Kind::Group | Kind::Party);
            (group && all.all(|s| s.of == first.of)).then_some(first)
        });
        spell.map(|s| Who::Known(s.of))
    }

    /// "OHCHR's Jeremy Laurence": whose man he is.
    fn house_of(&self, name: usize) -> Option<Who> {
        let owner = name.checked_sub(2).filter(|_| self.is_possessive(name - 1)).and_then(|t| self.ends_at(t))?;
        (owner.who.kind(self.reg) != Kind::Person).then(|| owner.who.clone())
    }

    /// Where these words stand one after another.
    fn runs_of(&self, words: &[String]) -> Vec<Range<usize>> {
        if words.len() < 2 {
            return Vec::new();
        }
        (0..self.doc.len().saturating_sub(words.len() - 1))
            .map(|i| i..i + words.len())
            .filter(|r| r.clone().zip(words).all(|(i, w)| self.is_capital(i) && norm_word(self.doc.text(i)) == *w))
            .collect()
    }

    /// "the Obama administration": a surname before what its bearer ruled with.
    fn before_rule(&self, i: usize) -> bool {
        i + 1 < self.doc.len()
            && matches!(
                self.lower(i + 1).as_str(),
                "administration" | "government" | "regime" | "cabinet" | "presidency" | "junta"
            )
    }

    /// A capitalised word that belongs to a longer name which is no person's: "Ford Foundation".
    fn part_of_name(&self, i: usize) -> bool {
        let t = &self.doc.tokens[i];
        let h = t.head as usize;
        let next = i + 1;
        let label = self.label_of(i);
        let longer = self.entity[i].is_some_and(|e| self.doc.entities[e].end - self.doc.entities[e].start > 1);
        let follows =
            next < self.doc.len() && h == next && self.is_capital(next) && self.doc.tokens[next].pos == "PROPN";
        // "Lockheed Martin": a name before it that is no title makes it another's
        let before = i.checked_sub(1).filter(|&p| {
            let b = &self.doc.tokens[p];
            let w = norm_word(self.doc.text(p));
            let title = self.reg.words.heads.contains(&w)
                || self.reg.words.honorifics.contains(&w)
                || self.reg.words.modifiers.contains(&w);
            b.dep == "compound"
                && b.head as usize == i
                && b.pos == "PROPN"
                && self.is_capital(p)
                && !title
                && !self.named[p]
        });
        // "the Horn of Africa"
        let of = next + 1 < self.doc.len()
            && self.doc.text(next) == "of"
            && self.is_capital(next + 1)
            && label != "PERSON"
            && i > 0
            && self.lower(i - 1) == "the";
        before.is_some()
            || of
            || (matches!(label, "ORG" | "FAC" | "WORK_OF_ART" | "LAW" | "EVENT")
                && longer
                && !self.is_possessive_after(i))
            || (t.dep == "compound" && follows)
    }

    fn is_possessive_after(&self, i: usize) -> bool {
        i + 1 < self.doc.len() && self.is_possessive(i + 1)
    }

    /// A name of the registry that begins with a title ("King Abdullah") without it.
    fn without_title(&self, mut r: Range<usize>) -> Range<usize> {
        let w = &self.reg.words;
        while r.len() > 1 {
            let word = norm_word(self.doc.text(r.start));
            if !(w.heads.contains(&word) || w.honorifics.contains(&word) || word == "crown" || word == "supreme") {
                break;
            }
            r.start += 1;
        }
        r
    }

    /// Drops titles, determiners, possessives and what does not look like a name from what the model marked.
    fn trim_person(&self, mut r: Range<usize>) -> Range<usize> {
        while !r.is_empty()
            && (self.is_possessive(r.end - 1)
                || self.doc.tokens[r.end - 1].pos == "PUNCT"
                || self.doc.tokens[r.end - 1].pos == "SPACE")
        {
            r.end -= 1;
        }
        // "OHCHR's Jeremy Laurence": the name is what comes after.
        if let Some(i) = r.clone().rev().find(|&i| self.is_possessive(i)) {
            r.start = i + 1;
        }
        if let Some(i) = r.clone().find(|&i| {
            self.doc.text(i).contains(['(', ')', ',', '\n'])
                || self.is_possessive(i)
                || matches!(self.doc.tokens[i].pos, "VERB" | "AUX" | "ADP" if !self.is_capital(i))
        }) {
            r.end = i;
        }
        // "in June Bashir ordered": the month is none of his names
        let dated = |i: usize| {
            i > 0
                && matches!(
                    self.lower(i - 1).as_str(),
                    "in" | "by" | "since" | "until" | "last" | "this" | "early" | "late" | "mid"
                )
        };
        if r.len() > 1 && crate::values::edtf::MONTHS.contains(&self.doc.text(r.start)) && dated(r.start) {
            r.start += 1;
        }
        loop {
            if r.is_empty() {
                return r;
            }
            let w = norm_word(self.doc.text(r.start));
            let is_title = r.len() > 1
                && (self.reg.words.heads.contains(&w)
                    // "Presidents Obama and Medvedev"
                    || matches!(self.doc.tokens[r.start].tag, "NNPS" | "NNS") && self.reg.words.heads.contains(&singular(&w))
                    || self.reg.words.honorifics.contains(&w)
                    || self.reg.words.modifiers.contains(&w));
            let adjective = r.len() > 1 && self.named[r.start] && self.mention_at_any(r.start);
            if is_title || adjective || !self.is_capital(r.start) && !particle(&w) {
                r.start += 1;
            } else {
                break;
            }
        }
        // "President Kenyatta yesterday"
        while r.len() > 1 && !self.is_capital(r.end - 1) && matches!(self.doc.tokens[r.end - 1].tag, "NN" | "RB") {
            r.end -= 1;
        }
        // A name of the registry that the model took for a person, or a word of an organ.
        if r.clone().all(|i| self.named[i] || self.doc.tokens[i].pos == "PUNCT") {
            return r.start..r.start;
        }
        if r.clone().any(|i| self.named[i]) {
            let cut = r.clone().find(|&i| self.named[i]).unwrap_or(r.end);
            if cut == r.start {
                return r.start..r.start;
            }
            r.end = cut;
        }
        // A last name that the model left out: "Simon Gatwech *Puot*".
        while r.len() > 1 && r.end < self.doc.len() {
            let (t, next) = (&self.doc.tokens[r.end - 1], &self.doc.tokens[r.end]);
            let joined = next.head as usize == r.end - 1 || t.head as usize == r.end;
            let name =
                next.pos == "PROPN" && self.is_capital(r.end) && self.doc.text(r.end).chars().any(char::is_lowercase);
            let free = !self.named[r.end] && self.entity[r.end].is_none() && !self.names_a_place(r.end);
            if !(joined && name && free && self.sentence[r.end] == self.sentence[r.start]) {
                break;
            }
            r.end += 1;
        }
        // "Douglas "Pete" *Peterson*", "Joaquín "El Chapo" *Guzmán*": a byname between marks
        if let Some(first) = self.before_byname(r.start) {
            r.start = first;
        }
        // "Alwaleed bin *Talal*"
        while r.start > 1 && particle(self.doc.text(r.start - 1)) && !self.is_capital(r.start - 1) {
            let i = r.start - 2;
            if !self.is_capital(i) || self.named[i] || self.doc.tokens[i].pos != "PROPN" {
                break;
            }
            r.start = i;
        }
        // A first name that it left out: "*Sadiq* Khan".
        while r.start > 0 && !self.sentence_start(r.start) {
            let i = r.start - 1;
            let t = &self.doc.tokens[i];
            let word = norm_word(self.doc.text(i));
            let w = &self.reg.words;
            let title = w.heads.contains(&word) || w.honorifics.contains(&word) || w.modifiers.contains(&word);
            let body = w.kinds.contains_key(&word) || w.bodies.contains(&singular(&word)) || w.past.contains(&word);
            // "Gergely Gulyás", taken for an adverb
            let proper = t.pos == "PROPN" || matches!(t.tag, "RB" | "FW" | "UH");
            let name = proper && t.dep == "compound" && r.contains(&(t.head as usize)) && self.is_capital(i);
            let mixed = self.doc.text(i).chars().skip(1).all(char::is_lowercase) && word.len() > 2;
            if !name || !mixed || title || body || self.named[i] || self.entity[i].is_some() && !self.is_given(i) {
                break;
            }
            r.start = i;
        }
        let last = singular(self.doc.text(r.end - 1));
        let w = &self.reg.words;
        if !r.is_empty()
            && (w.bodies.contains(&last) || w.kinds.contains_key(&last) || w.heads.contains(&last) && r.len() == 1)
        {
            return r.start..r.start;
        }
        r
    }

    fn mention_at_any(&self, i: usize) -> bool {
        self.mentions.iter().any(|m| m.tokens.contains(&i))
    }

    /// "Foreign Minister Sergei Lavrov", "Mullah Baradar": capitalised words after a title.
    fn after_titles(&self, spans: &mut Vec<(Range<usize>, Option<ActorIx>)>) {
        for i in 0..self.doc.len().saturating_sub(1) {
            let w = norm_word(self.doc.text(i));
            let title = self.reg.words.heads.contains(&w) && (self.is_capital(i) || HEADS_BEFORE.contains(&w.as_str()));
            if !title && !self.reg.words.honorifics.contains(&w) || self.named[i] {
                continue;
            }
            let mut start = i + 1;
            if self.doc.text(start) == "." {
                start += 1;
            }
            let mut end = start;
            let joint = |k: usize| self.doc.text(k) == "-" && !self.doc.tokens[k].ws;
            while end < self.doc.len() && (start..end).filter(|k| !joint(*k)).count() < 4 {
                let word = norm_word(self.doc.text(end));
                let name = self.doc.tokens[end].pos == "PROPN" && self.is_capital(end) && !self.named[end];
                let title_word = end == start
                    && (self.reg.words.heads.contains(&word)
                        || self.reg.words.modifiers.contains(&word)
                        || self.reg.words.kinds.contains_key(&word)
                        || self.reg.words.bodies.contains(&singular(&word)));
                let hyphen = end > start && self.doc.text(end) == "-";
                // "Waker-uz-Zaman"
                let inner =
                    end > start + 1 && joint(end - 1) && self.doc.tokens.get(end + 1).is_some() && joint(end + 1);
                if title_word || !(name || hyphen || inner || end > start && particle(&word)) {
                    break;
                }
                end += 1;
            }
            while end > start && !self.is_capital(end - 1) {
                end -= 1;
            }
            if end > start
                && self.doc.tokens[start].tag == "NNP"
                && !spans.iter().any(|(r, _)| r.start < end && start < r.end)
            {
                let last = singular(self.doc.text(end - 1));
                if !self.reg.words.bodies.contains(&last) && !self.reg.words.kinds.contains_key(&last) {
                    spans.push((start..end, None));
                }
            }
        }
    }

    fn name_words_of(&self, r: &Range<usize>) -> Vec<String> {
        super::actors::name_words(self.doc.span_text(r.clone())).into_iter().map(|(_, w)| w).collect()
    }

    /// What stands before the token at which a name begins.
    pub(super) fn title_before(&self, name: usize) -> TitleBefore {
        let w = &self.reg.words;
        let mut out = TitleBefore { start: name, ..TitleBefore::default() };
        let mut words: Vec<usize> = Vec::new();
        let mut i = name;
        let mut phrase = String::new();
        while i > 0 {
            let t = i - 1;
            let word = norm_word(self.doc.text(t));
            let single = singular(self.doc.text(t));
            let of = self.ends_at(t).filter(|m| m.via != Via::People && m.tokens.end <= i);
            let possessor = (t > 0 && self.is_possessive(t)).then(|| self.ends_at(t - 1)).flatten();
            if words.is_empty() && phrase.is_empty() {
                if w.heads.contains(&single)
                    && (single == word || self.doc.tokens[t].tag != "NNS")
                    && self.doc.tokens[t].pos != "VERB"
                {
                    words.push(t);
                } else if w.honorifics.contains(&word) {
                    out.honorific = true;
                    out.start = t;
                } else if let Some(start) = self.phrase_ending(t).or_else(|| self.field_ending(t)) {
                    phrase = self.doc.span_text(start..t + 1).to_string();
                    i = start;
                    out.start = start;
                    continue;
                } else if let Some((start, m)) = self.office_of(t) {
                    // "President of Russia Vladimir Putin"
                    out.of = Some(m.who.clone());
                    out.country = m.country.clone();
                    out.title = Some(self.doc.text(start).to_string());
                    out.start = start;
                    return out;
                } else {
                    break;
                }
            } else if let Some(m) = of.or(possessor) {
                out.of = Some(m.who.clone());
                out.country = m.country.clone();
                out.start = m.tokens.start;
                i = m.tokens.start;
                if i > 0 {
                    let before = norm_word(self.doc.text(i - 1));
                    if w.past.contains(&before) {
                        words.push(i - 1);
                        out.start = i - 1;
                    } else if self.doc.text(i - 1) == "-" && i > 1 && w.past.contains(&norm_word(self.doc.text(i - 2)))
                    {
                        words.push(i - 2);
                        out.start = i - 2;
                    }
                }
                break;
            } else if self.doc.text(t) == "-"
                && i > 1
                && (w.modifiers.contains(&norm_word(self.doc.text(t - 1)))
                    || w.heads.contains(&norm_word(self.doc.text(t - 1))))
            {
                // "vice-president", "ex-president"
            } else if matches!(self.doc.tokens[t].pos, "VERB" | "AUX") && self.doc.tokens[t].dep != "amod" {
                break;
            } else if matches!(word.as_str(), "right" | "left" | "wing" | "line")
                && t > 0
                && self.doc.text(t - 1) == "-"
            {
                // "far-right national security minister"
                break;
            } else if word == "under" && !words.iter().any(|w| self.lower(*w).starts_with("secretar")) {
                break;
            } else if self.label_of(t) == "DATE" || self.label_of(i) == "DATE" {
                // "in late March"
                break;
            } else if w.modifiers.contains(&word) || w.heads.contains(&single) && self.doc.tokens[t].dep == "compound" {
                words.push(t);
            } else {
                break;
            }
            i = t;
            out.start = out.start.min(t);
        }
        if words.is_empty() && phrase.is_empty() && !out.honorific && out.start == name {
            out.title = self.plural_title(name);
        }
        if !words.is_empty() || !phrase.is_empty() {
            words.sort_unstable();
            let mut title = String::new();
            for (n, &t) in words.iter().enumerate() {
                if n > 0 {
                    title.push_str(if words[n - 1] + 2 == t && self.doc.text(t - 1) == "-" { "-" } else { " " });
                }
                title.push_str(self.doc.text(t));
            }
            if !phrase.is_empty() {
                title = if title.is_empty() { phrase } else { format!("{title} {phrase}") };
            }
            out.title = Some(title);
        }
        out
    }

    /// A title held together by "of" that ends with this token: where it begins.
    fn phrase_ending(&self, end: usize) -> Option<usize> {
        (end.saturating_sub(7)..end).find(|&s| {
            let words: Vec<String> = (s..=end).map(|i| self.lower(i)).filter(|w| w != "-").collect();
            self.reg.words.phrases.contains(&words.join(" "))
        })
    }

    /// "Under Secretary of State *for Political Affairs* X": a title with its field that ends with this token; where it begins.
    fn field_ending(&self, end: usize) -> Option<usize> {
        const FAR: usize = 9;
        if !self.is_capital(end) || self.doc.tokens[end].pos == "PUNCT" {
            return None;
        }
        let inside = |k: &usize| self.is_capital(*k) || matches!(self.doc.text(*k), "and" | "the" | "," | "of");
        let at = (end.saturating_sub(FAR)..end)
            .rev()
            .take_while(|k| inside(k) || self.doc.text(*k) == "for")
            .collect::<Vec<_>>();
        let field = at.into_iter().find(|k| self.doc.text(*k) == "for" && *k > 0)?;
        let head = self.phrase_ending(field - 1)?;
        self.is_capital(head).then_some(head)
    }

    /// "President of Russia": the title noun, and whom it belongs to.
    fn office_of(&self, end: usize) -> Option<(usize, &Mention)> {
        let m = self.ends_at(end).filter(|m| m.via == Via::Name)?;
        let mut s = m.tokens.start;
        if s > 0 && self.doc.text(s - 1) == "the" {
            s -= 1;
        }
        let head = s.checked_sub(2)?;
        (self.doc.text(s - 1) == "of"
            && self.is_capital(head)
            && self.reg.words.heads.contains(&norm_word(self.doc.text(head))))
        .then_some((head, m))
    }

    /// Does a person hold an office at the document's date? `top`: one that the news call by the bare surname.
    pub(super) fn in_office(&self, ix: ActorIx, top: bool) -> bool {
        const TOP: &[&str] = &[
            "president",
            "prime minister",
            "chancellor",
            "supreme leader",
            "secretary-general",
            "king",
            "premier",
            "leader",
            "secretary of state",
            "foreign minister",
        ];
        self.reg.spells(ix).any(|s| {
            self.published.map_or(s.until.is_empty(), |d| s.covers(d)) && (!top || TOP.contains(&s.title.as_str()))
        })
    }

    fn push_person(&mut self, name: Range<usize>, who: Who, before: TitleBefore, country: Option<String>) {
        let tokens = before.start..name.end;
        let mut m = self.mention(tokens.clone(), who, Via::Name);
        if !name.contains(&m.head) {
            // The parse hangs the name under its title, or beside it.
            let inner = self.head_of(&name);
            if self.doc.tokens[inner].dep != "compound" && self.at[m.head].is_some() {
                m.head = inner;
            }
        }
        m.title = before.title;
        m.of = before.of.or_else(|| self.house_of(name.start));
        m.country = before.country.or(country).or(m.country);
        if let (None, Some(_), Some(seat)) = (&m.of, &m.title, self.seat_after(name.end)) {
            m.of = Some(seat.who.clone());
            m.country = m.country.or_else(|| seat.country.clone());
        }
        // "Moussa Faki of Chad"
        if m.country.is_none() && matches!(m.who, Who::Unknown { .. }) {
            let seat = self.seat_after(name.end).filter(|s| s.who.kind(self.reg) == Kind::State);
            m.country = seat.and_then(|s| s.country.clone());
        }
        if let (None, Some(title), Who::Known(ix)) = (&m.of, &m.title, &m.who) {
            m.of = self.office_held(*ix, title);
        }
        self.named[name.clone()].fill(true);
        let head = m.head;
        if let Some(ix) = self.add(m) {
            self.bearers.push((ix, name.clone()));
            let inner = self.head_of(&name);
            if inner != head && self.at[inner].is_none() {
                self.at[inner] = Some(ix);
            }
            // "talks with To Lam", read as a preposition and its noun
            let last = name.end - 1;
            if self.at[last].is_none() && self.doc.tokens[last].dep != "compound" {
                self.at[last] = Some(ix);
            }
        }
    }

    /// "President Mapou *of New Caledonia*".
    fn seat_after(&self, end: usize) -> Option<&Mention> {
        if end + 1 >= self.doc.len() || self.doc.text(end) != "of" {
            return None;
        }
        let start = if self.doc.text(end + 1) == "the" { end + 2 } else { end + 1 };
        self.mentions
            .iter()
            .find(|m| m.tokens.start == start && m.via == Via::Name && m.who.kind(self.reg) != Kind::Person)
    }

    /// "the Castro government" of a text about another Castro is her country's.
    fn governments_of_namesakes(&mut self, people: &[Known]) {
        for ix in 0..self.mentions.len() {
            let m = &self.mentions[ix];
            let Who::Known(known) = m.who else { continue };
            if self.reg.actor(known).kind != Kind::Government || m.tokens.len() < 2 {
                continue;
            }
            let first = norm_word(self.doc.text(m.tokens.start));
            let namesake = people.iter().find(|p| p.surnames.contains(&first) && p.country.is_some());
            let other = namesake.filter(|p| p.country != m.country).and_then(|p| self.reg.by_id(p.country.as_ref()?));
            if let Some(state) = other {
                let organ = self.lower(m.tokens.end - 1);
                let m = &mut self.mentions[ix];
                m.country = self.reg.actor(state).country.clone();
                m.who = Who::Known(state);
                m.via = Via::Organ;
                m.organ = Some(organ);
            }
        }
    }

    /// Looks again before the names, now that organisations of which the model alone knows are mentions:
    /// "OHCHR spokesperson Jeremy Laurence".
    pub(super) fn retitle(&mut self) {
        for (ix, name) in self.bearers.clone() {
            let old = self.mentions[ix as usize].tokens.start;
            let before = self.title_before(name.start);
            if before.start >= old || before.title.is_none() {
                continue;
            }
            let m = &mut self.mentions[ix as usize];
            m.tokens.start = before.start;
            m.title = before.title;
            m.of = before.of.or(m.of.take());
            m.country = m.country.take().or(before.country);
        }
    }

    fn full_name(&mut self, r: Range<usize>, ix: Option<ActorIx>, people: &mut Vec<Known>) {
        let before = self.title_before(r.start);
        let words = self.name_words_of(&r);
        let raw = self.clean_name(&r);
        let spelled = || {
            let ix = self.reg.sounding(&raw)?;
            let theirs = self.reg.actor(ix).country.clone();
            (before.country.is_none() || theirs.is_none() || before.country == theirs).then_some(ix)
        };
        let ix = ix.or_else(|| self.registry_person(&words, &r, &before)).or_else(spelled);
        let known = people.iter().find(|p| match (&p.who, ix) {
            (Who::Known(a), Some(b)) => *a == b,
            (Who::Unknown { .. }, None) => compatible(&p.words, &words),
            _ => false,
        });
        let (who, country) = match (ix, known) {
            (_, Some(p)) => (p.who.clone(), before.country.clone().or(p.country.clone())),
            (Some(ix), None) => (Who::Known(ix), None),
            (None, None) => (Who::Unknown { name: raw.clone(), kind: Kind::Person }, None),
        };
        let country = country.or_else(|| before.country.clone()).or_else(|| self.country_of(&who));
        if known.is_none() {
            people.push(Known {
                surnames: surname(&raw, country.as_deref()).iter().map(|s| super::actors::norm(s)).collect(),
                words,
                who: who.clone(),
                country: country.clone(),
                title: before.title.clone(),
            });
        }
        self.push_person(r, who, before, country);
    }

    fn clean_name(&self, r: &Range<usize>) -> String {
        self.doc.span_text(r.clone()).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// A registry person whose name holds all words of this one: "Tayyip Erdogan", "Donald J. Trump".
    fn registry_person(&self, words: &[String], r: &Range<usize>, before: &TitleBefore) -> Option<ActorIx> {
        let mut found: Option<ActorIx> = None;
        // "bin Abdullah" without what stands before it is anybody's
        if words.len() == 2 && matches!(words[0].as_str(), "bin" | "ibn" | "ben" | "ould") {
            return None;
        }
        let ends = [r.end - 1, r.start];
        for ix in ends.iter().filter_map(|t| self.weak.get(t)).flatten().copied() {
            let a = self.reg.actor(ix);
            let fits = std::iter::once(&a.label).chain(&a.names).any(|n| {
                let have: Vec<String> = super::actors::name_words(n).into_iter().map(|(_, w)| w).collect();
                let mut rest = have.iter();
                // in their order: "Ali Hassan" is no A. Hassan Mahmood Ali
                let ordered = words.iter().all(|w| w.len() == 1 || !have.contains(w) || rest.any(|h| h == w));
                let part = ordered
                    && words.iter().all(|w| have.contains(w) || w.len() == 1 && have.len() > 1 && words.len() > 2);
                // "Tayyip Erdogan" without the first name: only of rulers, or Sadiq Khan would be Mohammad Sadiq Khan
                let whole = have.first().is_none_or(|f| words.contains(f))
                    || self.reg.spells(ix).any(|s| !s.title.contains("envoy") && !s.title.contains("special"));
                // "Amir Haddad" is not the Haddad whom one name is enough for
                whole && (part || (have.len() > 1 || words.len() == 1) && compatible(&have, words))
            });
            if !fits || before.country.is_some() && a.country.is_some() && before.country != a.country {
                continue;
            }
            match found {
                None => found = Some(ix),
                Some(old) if old != ix && self.in_office(ix, false) && !self.in_office(old, false) => found = Some(ix),
                _ => {}
            }
        }
        found
    }

    fn surname_alone(&mut self, r: Range<usize>, people: &mut Vec<Known>) {
        let before = self.title_before(r.start);
        let words = self.name_words_of(&r);
        // "Mr The": no word that names
        if words.is_empty() {
            return;
        }
        let key = words.join(" ");
        let titled = before.title.is_some() || before.honorific;
        let mine: Vec<usize> = (0..people.len())
            .filter(|&i| people[i].surnames.contains(&key) || people[i].words.last() == Some(&key))
            .collect();
        let by_title = |p: &&Known| match (&p.title, &before.title) {
            (Some(a), Some(b)) => last_word(a) == last_word(b),
            _ => false,
        };
        // of several of one surname the one in office, else the last
        let in_office = |p: &&Known| matches!(p.who, Who::Known(ix) if self.in_office(ix, false));
        let all = || mine.iter().map(|&i| &people[i]);
        if let Some(p) = all().find(by_title).or_else(|| all().rfind(in_office)).or_else(|| all().next_back()) {
            let (who, country) = (p.who.clone(), p.country.clone());
            self.push_person(r, who, before, country);
            return;
        }
        // "Mr Isaias", "Abiy said": one of two names, where it is the given name that people are called by; "Mr Abdo", "López
        // Obrador": the father's name of two
        let mut by_part =
            people.iter().filter(|p| p.words.len() > words.len() && p.words.windows(words.len()).any(|w| w == words));
        if let (Some(p), None) = (by_part.next(), by_part.next()) {
            let (who, country) = (p.who.clone(), p.country.clone());
            self.push_person(r, who, before, country);
            return;
        }
        if let Some(ix) = self.registry_surname(&r, &before) {
            let country = self.reg.actor(ix).country.clone();
            people.push(Known {
                who: Who::Known(ix),
                country: country.clone(),
                title: before.title.clone(),
                words: words.clone(),
                surnames: vec![key],
            });
            self.push_person(r, Who::Known(ix), before, country);
            return;
        }
        // "his son Joseph", "Fidel": the given name of a namesake
        if let Some(ix) = self.namesake(&key, people) {
            let country = self.reg.actor(ix).country.clone();
            self.push_person(r, Who::Known(ix), before, country);
            return;
        }
        let person = self.label_of(r.start) == "PERSON";
        if titled || person && self.doc.tokens[r.end - 1].pos == "PROPN" {
            let who = Who::Unknown { name: self.clean_name(&r), kind: Kind::Person };
            people.push(Known {
                who: who.clone(),
                country: before.country.clone(),
                title: before.title.clone(),
                words,
                surnames: vec![key],
            });
            let country = before.country.clone();
            self.push_person(r, who, before, country);
        }
    }

    /// The one of the registry who bears this given name and the surname of somebody in the text.
    fn namesake(&self, given: &str, people: &[Known]) -> Option<ActorIx> {
        if given.contains(' ') {
            return None;
        }
        let mut found: Option<ActorIx> = None;
        for surname in people.iter().filter(|p| p.words.len() > 1).flat_map(|p| &p.surnames) {
            for (ix, how) in self.reg.find(&format!("{given} {surname}")) {
                let person = self.reg.actor(ix).kind == Kind::Person && how != How::Surname;
                if person && found.is_some_and(|f| f != ix) {
                    return None;
                }
                found = found.or(person.then_some(ix));
            }
        }
        found
    }

    /// "May, the former British prime minister": country and last word of the title that follows a name.
    fn title_after(&self, end: usize) -> Option<(Option<String>, String)> {
        if end >= self.doc.len() || self.doc.text(end) != "," {
            return None;
        }
        let stop = (end + 9).min(self.doc.len());
        let head = (end + 1..stop)
            .take_while(|&t| self.sentence[t] == self.sentence[end] && self.doc.text(t) != ",")
            .find(|&t| self.reg.words.heads.contains(&norm_word(self.doc.text(t))))?;
        let country = (end + 1..head).find_map(|t| self.ends_at(t)).and_then(|m| m.country.clone());
        Some((country, norm_word(self.doc.text(head))))
    }

    /// The registry's bearer of a bare surname, if one stands out.
    fn registry_surname(&self, r: &Range<usize>, before: &TitleBefore) -> Option<ActorIx> {
        let mut all: Vec<ActorIx> = self.weak.get(&(r.end - 1))?.clone();
        all.sort_unstable();
        all.dedup();
        // "Mohammed" alone is not the king.
        let bare = before.title.is_none() && !before.honorific;
        all.retain(|ix| !bare || !self.reg.actor(*ix).label.split(' ').any(is_regnal));
        // a minister is known by the surname where the text speaks of the state, a ruler everywhere
        all.retain(|ix| {
            let state = self.reg.actor(*ix).country.as_ref().and_then(|c| self.reg.by_id(c));
            let spoken_of = state.is_none_or(|c| self.weight.get(&c).is_some_and(|w| *w > 0.0));
            spoken_of || before.country.is_some() || self.reg.spells(*ix).any(|s| s.title != "foreign minister")
        });
        if all.is_empty() {
            return None;
        }
        // "the regime of Bashar al-Assad ... Assad fled": whose full name the text gives within another
        let in_full = |ix: &&ActorIx| self.doc.text.contains(&self.reg.actor(**ix).label);
        let mut whole = all.iter().filter(in_full);
        if let (Some(ix), None) = (whole.next(), whole.next()) {
            return Some(*ix);
        }
        let ahead = self.title_after(r.end);
        let rule = self.before_rule(r.end - 1);
        let score = |ix: ActorIx| {
            let a = self.reg.actor(ix);
            let mut s = 0.0;
            let now = self.in_office(ix, false);
            if now {
                s += 2.0;
            }
            if self.in_office(ix, true) {
                s += 1.0;
            }
            if let Some(title) = &before.title {
                let last = last_word(title);
                let past = title.split(' ').any(|w| self.reg.words.past.contains(&w.to_lowercase()));
                let held = self
                    .reg
                    .spells(ix)
                    .any(|sp| last_word(&sp.title) == last && (past || self.published.is_none_or(|d| sp.covers(d))));
                if held {
                    s += 3.0;
                } else if self.reg.spells(ix).any(|sp| last_word(&sp.title) == last) {
                    s += 1.0;
                }
            }
            if let Some((country, title)) = &ahead {
                if country.is_some() && *country == a.country {
                    s += 2.0;
                }
                s += if self.reg.spells(ix).any(|sp| last_word(&sp.title) == *title) { 1.5 } else { 0.0 };
            }
            match (&before.country, &a.country) {
                (Some(x), Some(y)) if x == y => s += 3.0,
                (Some(_), Some(_)) => s -= 4.0,
                _ => {}
            }
            if rule && !now && self.reg.spells(ix).any(|sp| matches!(sp.title.as_str(), "president" | "prime minister"))
            {
                s += 2.5;
            }
            if let Some(c) = a.country.as_ref().and_then(|c| self.reg.by_id(c)) {
                s += self.weight.get(&c).copied().unwrap_or(0.0).min(3.0) * 0.6;
            }
            s
        };
        let mut scored: Vec<(f32, ActorIx)> = all.into_iter().map(|ix| (score(ix), ix)).collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (best, ix) = scored[0];
        let alone = scored.get(1).is_none_or(|s| s.0 + 0.5 < best);
        let enough = if rule || before.title.is_some() || before.honorific { 2.0 } else { 3.0 };
        // "Mr Bazoum" of a text on Niger: the only one of that name who ever held office there
        let only = scored.len() == 1 && !bare && self.reg.spells(ix).any(|s| s.title != "foreign minister");
        let here = self.reg.actor(ix).country.as_ref().and_then(|c| self.reg.by_id(c));
        let here = here.is_some_and(|c| self.weight.get(&c).is_some_and(|w| *w > 0.0));
        // "President Najibullah": the only one of that name who ever was one
        let titled = before.title.as_ref().is_some_and(|t| {
            let last = last_word(t);
            scored.len() == 1 && self.reg.spells(ix).any(|sp| last_word(&sp.title) == last)
        });
        (best >= enough && alone || (only && here || titled) && best >= 0.0).then_some(ix)
    }
}

/// Titles that stand in lower case before a name too.
const HEADS_BEFORE: &[&str] = &[
    "president",
    "minister",
    "premier",
    "chancellor",
    "king",
    "leader",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "ambassador",
    "commander",
    "chief",
    "general",
];

pub(super) fn last_word(title: &str) -> String {
    let t = title.to_lowercase().replace('-', " ");
    let t = t.split(" of ").next().unwrap_or(&t).to_string();
    t.rsplit(' ').next().unwrap_or("").to_string()
}

pub(super) fn particle(w: &str) -> bool {
    matches!(
        w,
        "bin"
            | "ibn"
            | "al"
            | "el"
            | "de"
            | "da"
            | "dos"
            | "von"
            | "van"
            | "der"
            | "den"
            | "ben"
            | "ould"
            | "del"
            | "le"
            | "la"
            | "e"
            | "ul"
            | "i"
    )
}

/// May two names be one person's: the last words agree, and no given name speaks against it.
fn compatible(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.last() != long.last() {
        return false;
    }
    short[..short.len().saturating_sub(1)].iter().enumerate().all(|(n, w)| {
        long.iter().enumerate().any(|(m, l)| {
            // "Vlad" is Vladimir, "John" no "Johnson" that stands second, "Ahmed" not Ahmedou
            let given = n == 0 && m == 0 && w.len().min(l.len()) <= 4;
            // no given name is a surname: "Bakhtiar Abdullah" is not Abdullah Abdullah
            l == w && m + 1 < long.len()
                // "J. Mohammed" is Jawar; "Jawar Mohammed" is not Amina J.
                || (w.len() == 1 || l.len() == 1 && (m == 0 || n > 0)) && l.starts_with(&w[..1])
                || given && w.len() >= 3 && l.starts_with(w.as_str())
                || given && l.len() >= 3 && w.starts_with(l.as_str())
        })
    })
}
