//! "The Russian president", "the Secretary-General", "its leader": persons by their office.
use super::{State, WINDOW};
use crate::resolve::actors::{ActorIx, Kind};
use crate::resolve::lexicon::singular;
use crate::resolve::mentions::{Builder, Mention, Via, Who};
use crate::resolve::persons::last_word;
use std::ops::Range;

impl Builder<'_> {
    /// "who had been elected president of Sierra Leone", "became prime minister": a title that a clause gives to a person.
    pub(super) fn note_posts(&self, st: &mut State) {
        const GIVE: &[&str] = &[
            "elect",
            "appoint",
            "name",
            "become",
            "be",
            "inaugurate",
            "declare",
            "proclaim",
            "install",
            "swear",
            "remain",
            "reelect",
            "re-elect",
            "serve",
            "crown",
            "make",
            "confirm",
            "nominate",
        ];
        let tok = |k: usize| &self.doc.tokens[k];
        for i in 0..self.doc.len() {
            let mut v = tok(i).head as usize;
            match tok(i).dep {
                "attr" | "oprd" => {}
                "pobj" if self.lower(v) == "as" => v = tok(v).head as usize,
                _ => continue,
            }
            let noun = singular(self.doc.text(i));
            if !self.reg.words.heads.contains(&noun) || tok(i).tag != "NN" || !GIVE.contains(&tok(v).lemma.as_str()) {
                continue;
            }
            let kid =
                |deps: &[&str]| self.children[v].iter().map(|c| *c as usize).find(|c| deps.contains(&tok(*c).dep));
            let subject = kid(&["nsubjpass"]).or_else(|| kid(&["dobj"])).or_else(|| kid(&["nsubj"]));
            let Some(mut bearer) = subject.filter(|s| *s < i) else { continue };
            if matches!(tok(bearer).tag, "WP" | "WDT") {
                match self.relative_noun(bearer) {
                    Some(n) => bearer = n,
                    None => continue,
                }
            }
            let Some(m) = self.mention_at(bearer).filter(|m| m.who.kind(self.reg) == Kind::Person && m.also.is_empty())
            else {
                continue;
            };
            let titles = st.titles.entry(m.who.clone()).or_default();
            if !titles.contains(&noun) {
                titles.push(noun);
            }
        }
    }

    /// "its foreign policy chief, X": whose office it is, now that "its" is known; and where the text does not say,
    /// the registry may.
    pub(super) fn offices_of_pronouns(&mut self) {
        for ix in 0..self.mentions.len() {
            let m = &self.mentions[ix];
            if m.via != Via::Title || m.of.is_some() || m.tokens.is_empty() {
                continue;
            }
            // "its foreign policy chief, X", "Hezbollah, whose leader X spoke"
            let owner = (m.tokens.start.saturating_sub(1)..m.tokens.end)
                .filter(|t| matches!(self.doc.tokens[*t].tag, "PRP$" | "WP$"))
                .find_map(|t| self.mention_at(t));
            let owner = owner.filter(|o| o.also.is_empty());
            // "Abhisit Vejjajiva, his counterpart in Bangkok" serves another state
            let others = m.title.as_ref().map(|t| last_word(t));
            let owner =
                owner.filter(|_| !matches!(others.as_deref(), Some("counterpart" | "rival" | "host" | "opponent")));
            let owner =
                owner.or_else(|| self.owner_of_whose(m)).or_else(|| self.body_before(m)).filter(|o| o.also.is_empty());
            // "Hashim's successor, Murad Ebrahim"
            let after = matches!(others.as_deref(), Some("successor" | "predecessor" | "deputy"));
            let owner = owner.or_else(|| {
                let named = self.kid_of(m.head, &["poss"]).filter(|_| after).and_then(|p| self.mention_at(p));
                named.filter(|o| o.who.kind(self.reg) == Kind::Person && o.also.is_empty())
            });
            // "his deputy, Soe Win", "whose envoy, X": of the state or body whose man the owner is
            let of = match owner {
                Some(o) if o.who.kind(self.reg) == Kind::Person => {
                    let held =
                        self.mentions.iter().find(|n| n.who == o.who && n.of.is_some()).and_then(|n| n.of.clone());
                    let state = || {
                        let c = o.country.clone().or_else(|| self.country_of(&o.who))?;
                        self.reg.by_id(&c).map(Who::Known)
                    };
                    // the leader of a group has led nothing else
                    let of_states = match o.who {
                        Who::Known(ix) => {
                            let kind = |of| self.reg.actor(of).kind;
                            self.reg.spells(ix).any(|s| matches!(kind(s.of), Kind::State | Kind::Government))
                        }
                        Who::Unknown { .. } => false,
                    };
                    let group = || self.group_of(o).filter(|_| after && !of_states);
                    held.or_else(group).or_else(state)
                }
                o => o.map(|o| o.who.clone()),
            };
            let of = of.or_else(|| self.office_told(m));
            let of = of.or_else(|| match (&m.who, &m.title) {
                (Who::Known(person), Some(title)) => self.office_held(*person, title),
                _ => None,
            });
            // "Afghanistan's rulers ... its president, Ashraf Ghani": the state's, not its rulers' of today
            let of = of.map(|of| {
                let held = match (&m.who, &m.title) {
                    (Who::Known(person), Some(title)) => self.office_held(*person, title),
                    _ => None,
                };
                held.filter(|h| self.country_of(h).is_some() && self.country_of(h) == self.country_of(&of))
                    .unwrap_or(of)
            });
            let (Some(of), who, title) = (of, m.who.clone(), m.title.clone()) else { continue };
            for m in self.mentions.iter_mut().filter(|m| m.who == who && m.title == title && m.of.is_none()) {
                m.of = Some(of.clone());
            }
        }
    }

    /// "expelled the Israeli ambassador. The ambassador, Gaby Levy, was away": whose such an officer was told of before.
    fn office_told(&self, m: &Mention) -> Option<Who> {
        const BACK: usize = 4;
        let last = last_word(m.title.as_ref()?);
        let the = m.tokens.start.checked_sub(1).is_some_and(|t| self.lower(t) == "the")
            || self.lower(m.tokens.start) == "the";
        if !the || !matches!(last.as_str(), "ambassador" | "envoy" | "consul" | "commissioner" | "attaché" | "attache")
        {
            return None;
        }
        let near = |o: &&Mention| {
            !o.tokens.is_empty()
                && o.tokens.end <= m.tokens.start
                && self.sentence[m.head] - self.sentence[o.head] <= BACK
                && o.via == Via::Role
                && singular(self.doc.text(o.head)) == last
                && o.who.kind(self.reg) == Kind::State
        };
        self.mentions.iter().filter(near).max_by_key(|o| o.head).map(|o| o.who.clone())
    }

    /// "pledged their loyalty to the PDP. Its chairman, X": the body named last, where "its" stands for nothing else.
    fn body_before(&self, m: &Mention) -> Option<&Mention> {
        const OF_BODIES: &[&str] =
            &["chairman", "chairwoman", "leader", "commander", "founder", "spokesman", "secretary-general"];
        let its = m
            .tokens
            .start
            .checked_sub(1)
            .filter(|t| self.lower(*t) == "its")
            .or_else(|| Some(m.tokens.start).filter(|t| self.lower(*t) == "its"))?;
        if !m.title.as_ref().is_some_and(|t| OF_BODIES.contains(&last_word(t).as_str())) {
            return None;
        }
        let near = |o: &&Mention| {
            o.tokens.end <= its && !o.tokens.is_empty() && self.sentence[o.head] + 1 >= self.sentence[its]
        };
        let body = |o: &&Mention| {
            matches!(o.who.kind(self.reg), Kind::Group | Kind::Party | Kind::Organization) && o.via != Via::Pronoun
        };
        self.mentions.iter().filter(near).filter(body).max_by_key(|o| o.head)
    }

    /// "the Basilan wing of Abu Sayyaf, whose commander, X": the name before the comma, where the parse has not tied the
    /// pronoun; behind "and" what the relative before it stands for: "the movement that made peace and whose chairman, X".
    fn owner_of_whose(&self, m: &Mention) -> Option<&Mention> {
        let w = (m.tokens.start.saturating_sub(1)..m.tokens.end).find(|t| self.doc.tokens[*t].tag == "WP$")?;
        let before = w.checked_sub(1)?;
        let body = |o: &&Mention| {
            !o.tokens.is_empty() && !matches!(o.who.kind(self.reg), Kind::Person | Kind::People | Kind::Place)
        };
        if self.doc.text(before) == "and" {
            let relative =
                |t: usize| self.sentence[t] == self.sentence[w] && matches!(self.doc.tokens[t].tag, "WDT" | "WP");
            return (0..w).rev().find(|t| relative(*t)).and_then(|t| self.mention_at(t)).filter(body);
        }
        if self.doc.text(before) != "," {
            // "Jubaland, the southern region whose president, X"
            return self.mention_at(before).filter(|o| !matches!(o.who.kind(self.reg), Kind::Person | Kind::People));
        }
        self.ends_at(before.checked_sub(1)?).filter(body)
    }

    /// "The Secretary-General condemns": the head of the body that the text speaks of and that has such a head, else of the
    /// one that is known by it; who held the post on the document's day, or the body itself.
    pub(super) fn head_of_body(&self, i: usize) -> Option<Mention> {
        // the title, and the body that is meant where the text names none
        const HEADS: &[(&str, &str)] = &[
            ("secretary-general", "un"),
            ("high representative", "eu"),
            ("high commissioner", "un"),
            ("director-general", ""),
            ("managing director", ""),
            ("special envoy", "un"),
            ("special representative", "un"),
            ("special rapporteur", "un"),
            ("emergency relief coordinator", "un"),
        ];
        let hyphen = i >= 2 && self.doc.text(i - 1) == "-" && !self.doc.tokens[i - 1].ws;
        let start = match self.lower(i).as_str() {
            "general" if hyphen => i - 2,
            "representative" | "commissioner" | "director" | "envoy" | "rapporteur" if i > 0 => i - 1,
            "coordinator" if i > 1 => i - 2,
            _ => return None,
        };
        let phrase = self.doc.span_text(start..i + 1).to_lowercase();
        let (title, usual) = HEADS.iter().find(|(h, _)| *h == phrase)?;
        let t = &self.doc.tokens[i];
        let alone = start > 0
            && self.lower(start - 1) == "the"
            && !matches!(t.dep, "compound" | "appos" | "attr" | "oprd")
            && self
                .doc
                .tokens
                .get(i + 1)
                // "the Secretary-General to withdraw it" is of no body that is named
                .is_none_or(|n| {
                    n.pos != "PROPN" && !(n.tag == "IN" && matches!(n.lemma.as_str(), "of" | "for" | "to"))
                });
        if !alone {
            return None;
        }
        let day = self.published;
        let held = |of: ActorIx| {
            self.reg
                .seats(of)
                .filter(|s| s.title.starts_with(title))
                .find(|s| day.is_none_or(|d| s.covers(d)))
                .map(|s| s.person)
        };
        let mut named: Vec<(usize, ActorIx)> = Vec::new();
        for m in self.mentions.iter().filter(|m| !m.tokens.is_empty()) {
            if let Who::Known(ix) = m.who
                && self.reg.actor(ix).kind == Kind::Organization
                && held(ix).is_some()
            {
                match named.iter_mut().find(|(_, n)| *n == ix) {
                    Some((count, _)) => *count += 1,
                    None => named.push((1, ix)),
                }
            }
        }
        let capital = self.is_capital(start);
        let of = named.iter().rev().max_by_key(|(n, _)| *n).map(|(_, ix)| *ix);
        let of = of.or_else(|| {
            let capital = capital && *title != "high commissioner";
            self.reg.by_id(usual).filter(|_| capital || self.mentions.iter().any(|m| m.who.id(self.reg) == *usual))
        })?;
        // of envoys there are many at a time
        let who = Who::Known(held(of).filter(|_| !title.starts_with("special")).unwrap_or(of));
        Some(Mention {
            tokens: start..i + 1,
            head: i,
            country: None,
            who,
            also: Vec::new(),
            via: Via::Role,
            title: Some(title.to_string()),
            of: Some(Who::Known(of)),
            organ: None,
            place: false,
        })
    }

    /// "the Russian president", "the president", "Kabul's prime minister": the person whom the text has named
    /// with that title, else who held the office on the document's day, else the state acts by its officer.
    pub(super) fn role(&self, i: usize, noun: &str, start: usize, st: &State) -> Option<Mention> {
        let w = &self.reg.words;
        let t = &self.doc.tokens[i];
        // "Two years as Algeria's foreign minister followed": what somebody was, not who holds it
        let as_word = t.head as usize;
        let over = &self.doc.tokens[self.doc.tokens[as_word].head as usize];
        const SPANS: &[&str] = &["year", "month", "decade", "stint", "time", "term", "spell", "day", "tenure"];
        let served = t.dep == "pobj" && self.lower(as_word) == "as" && SPANS.contains(&over.lemma.as_str());
        if served
            || !w.heads.contains(noun)
            || matches!(t.tag, "NNS" | "NNPS")
            || matches!(t.dep, "compound" | "attr" | "oprd")
        {
            return None;
        }
        let (title, owner, tokens) = self.title_at(i);
        let definite = self.has_det(i) || self.children[i].iter().any(|c| self.doc.tokens[*c as usize].dep == "poss");
        let past = title.split([' ', '-']).any(|x| w.past.contains(&x.to_lowercase()));
        let country = owner.as_ref().and_then(|m| m.country.clone());
        let last = last_word(&title);
        const CHIEF: &[&str] = &[
            "president",
            "premier",
            "minister",
            "king",
            "queen",
            "emir",
            "leader",
            "chancellor",
            "sultan",
            "ruler",
            "dictator",
        ];
        let of_group = owner.as_ref().is_some_and(|m| {
            m.country.is_none() || !matches!(m.who.kind(self.reg), Kind::State | Kind::Government | Kind::Person)
        });
        let generic = title.to_lowercase() == noun
            && matches!(noun, "leader" | "ruler" | "dictator" | "strongman" | "official" | "politician");
        // "the new president": no one who is so no more
        let fresh = self.children[i].iter().any(|c| matches!(self.lower(*c as usize).as_str(), "new" | "newly"));
        let over = |m: &Mention| match (&m.who, self.published) {
            (Who::Known(ix), Some(day)) => {
                let mut held = self.reg.spells(*ix).filter(|s| last_word(&s.title) == last).peekable();
                held.peek().is_some() && !held.any(|s| s.covers(day))
            }
            _ => false,
        };
        if definite {
            let fits = |m: &&Mention| {
                if fresh && over(m) {
                    return false;
                }
                if m.who.kind(self.reg) != Kind::Person || !matches!(m.via, Via::Name | Via::Title) {
                    return false;
                }
                let mut agrees = country.is_none() || m.country.is_none() || m.country == country;
                if let (true, Who::Known(ix), Some(o)) = (of_group, &m.who, &owner) {
                    agrees &= self.reg.spells(*ix).any(|s| Who::Known(s.of) == o.who);
                }
                let gone = |x: &String| x.split(' ').any(|y| w.past.contains(&y.to_lowercase()));
                agrees &= past == m.title.as_ref().is_some_and(gone) || m.title.is_none() && !past;
                let titled = self.bears(m, st, |h| h == last || generic && CHIEF.contains(&h));
                agrees && titled
            };
            let near = |m: &&Mention| self.sentence[i] - self.sentence[m.head] <= 4 * WINDOW;
            let mut all = st.seen.iter().rev().map(|ix| &self.mentions[*ix as usize]).take_while(near);
            // "the minister" is none whom the text calls prime minister, where it knows another
            let prime = |m: &Mention| m.title.as_ref().is_some_and(|t| t.to_lowercase().contains("prime minister"));
            let minister = last == "minister" && !title.to_lowercase().contains("prime");
            let plain = minister.then(|| all.clone().find(|m| fits(m) && !prime(m) && m.title.is_some())).flatten();
            let new = self.newcomer(i, &country).filter(|_| !past);
            let hit = new.or(plain).or_else(|| all.find(fits));
            if let Some(m) = hit {
                let mut out = self.like(i, m, Via::Role);
                out.also.clear();
                out.title = Some(title);
                out.tokens = tokens;
                return Some(out);
            }
        }
        let seat = owner.as_ref().and_then(|m| match &m.who {
            Who::Known(ix) if self.reg.actor(*ix).kind != Kind::Person => Some(*ix),
            _ => m.country.as_ref().and_then(|c| self.reg.by_id(c)),
        });
        let bare_chief = CHIEF.contains(&last.as_str()) && definite && owner.is_none();
        let american = matches!(
            title.to_lowercase().as_str(),
            "secretary of state"
                | "secretary of defense"
                | "secretary of the treasury"
                | "secretary of homeland security"
        );
        let seat = seat.or_else(|| self.reg.by_id("USA").filter(|_| american && definite));
        let seat = seat.or_else(|| self.state_where(i).or_else(|| self.context_state(i)).filter(|_| bare_chief));
        if let (Some(of), true, false) = (seat, definite, past)
            && let Some(person) =
                self.told_day(i).and_then(|day| self.holder_on(&title, of, day)).or_else(|| self.holder_now(&title, of))
        {
            let who = Who::Known(person);
            let country = self.country_of(&who);
            return Some(by_title(tokens, i, who, country, title));
        }
        let of = owner?;
        // the mayor of Paris speaks for no state
        let local = w.local.contains(&last);
        if past
            && of.who.kind(self.reg) != Kind::Person
            && let Some(m) = self.epithet(i, start, st)
        {
            return Some(m);
        }
        if past || local {
            let name = self.doc.span_text(start..tokens.end).to_string();
            let who = Who::Unknown { name, kind: Kind::Person };
            return Some(by_title(tokens, i, who, country, title));
        }
        if of.who.kind(self.reg) == Kind::Person {
            return None;
        }
        Some(by_title(tokens, i, of.who.clone(), country, title))
    }

    /// Does a person bear such a title (its last word) in this text, or hold it at the text's date?
    pub(super) fn bears(&self, m: &Mention, st: &State, such: impl Fn(&str) -> bool) -> bool {
        let here = st.titles.get(&m.who).is_some_and(|all| all.iter().any(|t| such(t)));
        here || matches!((&m.who, self.published), (Who::Known(ix), Some(day))
            if self.reg.spells(*ix).any(|s| s.covers(day) && such(&last_word(&s.title))))
    }
}

/// A person or state spoken of by an office alone.
fn by_title(tokens: Range<usize>, head: usize, who: Who, country: Option<String>, title: String) -> Mention {
    Mention {
        tokens,
        head,
        who,
        also: Vec::new(),
        via: Via::Role,
        country,
        title: Some(title),
        of: None,
        organ: None,
        place: false,
    }
}
