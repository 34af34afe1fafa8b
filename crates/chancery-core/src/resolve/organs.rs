//! Organs and agents of an actor ("the Afghan foreign ministry", "Ugandan troops"), titles that point at a
//! person ("the Russian president"; "X, the foreign minister"), and parties without a name ("protesters").
//!
//! A pattern, not a list: possessor + noun, the noun from `data/lexicon/organs.toml`, the possessor any actor
//! found before it in the text or after "of".
use super::actors::{ActorIx, Kind, Registry, norm_word};
use super::lexicon::singular;
use super::mentions::{Builder, Mention, Via, Who};
use super::persons::last_word;
use chancery_parse::Doc;
use std::ops::Range;

impl Builder<'_> {
    pub(super) fn organs(&mut self) {
        for i in 0..self.doc.len() {
            if !matches!(self.doc.tokens[i].pos, "NOUN" | "PROPN" | "ADJ")
                || self.at[i].is_some()
                || self.named[i] && !self.is_capital(i)
            {
                continue;
            }
            let noun = singular(self.doc.text(i));
            let w = &self.reg.words;
            let body = w.bodies.contains(&noun);
            let agent = w.agents.contains(&noun);
            let group = w.group.contains(&noun) || w.members.contains(&noun);
            if !(body || agent || group) {
                continue;
            }
            let plural = matches!(self.doc.tokens[i].tag, "NNS" | "NNPS") || noun == "police";
            // One minister of a state is an office, not an organ.
            if agent && !body && !plural && !VOICES.contains(&noun.as_str()) {
                continue;
            }
            // A title within the mention of its bearer is no organ.
            if self.bearers.iter().any(|(m, _)| self.mentions[*m as usize].tokens.contains(&i)) {
                continue;
            }
            let start = self.phrase_start(i);
            // "rebel group Boko Haram": the noun is the name that follows.
            let named = self.mentions.iter().find(|m| m.tokens.start == i + 1 && m.via == Via::Name && !m.place);
            if let Some(m) = named.filter(|m| {
                let tied = self.doc.tokens[m.head].head as usize == i || t_head(self, i) == m.head;
                tied && !matches!(m.who.kind(self.reg), Kind::State | Kind::Person | Kind::Place)
            }) {
                let m = Mention { tokens: start..m.tokens.end, head: i, via: Via::Role, ..m.clone() };
                self.add(m);
                continue;
            }
            let Some(owner) = self.owner(i, start) else {
                continue;
            };
            self.push_organ(i, start, owner, &noun);
        }
    }

    /// First token of the noun phrase before its head, determiners left out.
    pub(super) fn phrase_start(&self, head: usize) -> usize {
        let mut s = head;
        while s > 0 {
            let t = &self.doc.tokens[s - 1];
            let inside = self.hangs_below(s - 1, head);
            if !inside
                || matches!(t.dep, "det" | "predet" | "cc" | "prep" | "relcl" | "punct") && self.doc.text(s - 1) != "-"
                || t.pos == "VERB" && t.dep != "amod"
            {
                break;
            }
            s -= 1;
        }
        s
    }

    pub(super) fn hangs_below(&self, token: usize, head: usize) -> bool {
        let mut t = token;
        for _ in 0..12 {
            if t == head {
                return true;
            }
            let h = self.doc.tokens[t].head as usize;
            if h == t {
                return false;
            }
            t = h;
        }
        false
    }

    /// Whose organ the noun is: the owner's mention, or `None`.
    fn owner(&self, i: usize, start: usize) -> Option<(Mention, Option<usize>)> {
        let mut before: Option<&Mention> = None;
        for t in (start..i).rev() {
            let Some(m) = self.ends_at(t).or_else(|| self.mention_at(t).filter(|m| m.via == Via::Organ && m.head == t))
            else {
                // A name that is not settled yet stands nearer.
                if before.is_none()
                    && matches!(self.label_of(t), "ORG" | "NORP" | "GPE")
                    && !self.named[t]
                    && self.is_capital(t)
                    && self.entity[t] != self.entity[i]
                {
                    return None;
                }
                continue;
            };
            // "Yemen-based", "al-Qaida-linked" tell of ties, not of whose they are.
            let after = m.tokens.end;
            let tied = after + 1 < i && self.doc.text(after) == "-";
            let inside = after <= i && self.hangs_below(m.head, i);
            let possessor = after < i && (self.is_possessive(after) || self.doc.text(after) == "'");
            if inside && !tied && (before.is_none() || possessor) {
                before = Some(m);
            }
        }
        if let Some(m) = before {
            return Some((m.clone(), None));
        }
        let ruling = matches!(
            singular(self.doc.text(i)).as_str(),
            "government"
                | "authority"
                | "regime"
                | "leadership"
                | "administration"
                | "junta"
                | "leader"
                | "ruler"
                | "official"
                | "ministry"
        );
        let preps = self.children[i].iter().map(|c| *c as usize).filter(|&c| c > i && self.doc.tokens[c].dep == "prep");
        for p in preps {
            let word = self.lower(p);
            let good = matches!(word.as_str(), "of" | "from" | "for") || ruling && matches!(word.as_str(), "in");
            if !good || word == "from" && self.is_leaving(i) {
                continue;
            }
            let pobj = self.children[p].iter().map(|c| *c as usize).find(|&c| self.doc.tokens[c].dep == "pobj");
            if let Some(o) = pobj
                && let Some(m) = self.mention_at(o)
                && m.who.kind(self.reg) != Kind::Person
            {
                return Some((m.clone(), Some(o)));
            }
        }
        // The parse may hang "of" elsewhere: "the government and rebels of the Front".
        if i + 2 < self.doc.len() && (self.lower(i + 1) == "of" || self.lower(i + 1) == "from" && !self.is_leaving(i)) {
            let next = i + 2 + usize::from(self.lower(i + 2) == "the");
            if let Some(m) = self.mentions.iter().find(|m| m.tokens.start == next && m.via == Via::Name)
                && m.who.kind(self.reg) != Kind::Person
            {
                return Some((m.clone(), Some(m.head)));
            }
        }
        None
    }

    /// "withdrew troops from Iraq", "a withdrawal of troops from Iraq": the place they leave.
    fn is_leaving(&self, i: usize) -> bool {
        const LEAVE: &[&str] = &[
            "withdraw",
            "withdrawal",
            "pull",
            "pullout",
            "remove",
            "removal",
            "retreat",
            "recall",
            "evacuate",
            "evacuation",
            "expel",
            "expulsion",
            "return",
            "bring",
            "drive",
            "push",
            "oust",
            "dislodge",
            "redeploy",
            "exit",
        ];
        let mut t = i;
        for _ in 0..3 {
            t = self.doc.tokens[t].head as usize;
            if LEAVE.contains(&self.doc.tokens[t].lemma.to_lowercase().as_str()) {
                return true;
            }
        }
        false
    }

    fn push_organ(&mut self, i: usize, start: usize, (owner, after): (Mention, Option<usize>), noun: &str) {
        let w = &self.reg.words;
        let mut who = owner.who.clone();
        let mut country = owner.country.clone();
        if who.kind(self.reg) == Kind::Person {
            // "the Obama administration" is the government of his country.
            let rules = w.government.contains(noun) || w.bodies.contains(noun) || VOICES.contains(&noun);
            let state = country.as_ref().and_then(|c| self.reg.by_id(c)).filter(|_| rules);
            match state {
                Some(ix) => who = Who::Known(ix),
                None => return,
            }
        }
        if matches!(who.kind(self.reg), Kind::Media) {
            return;
        }
        // "a Baloch separatist group, the Baloch Freedom Tigers": the group, not the people
        let named_beside = || {
            let k = self.children[i].iter().map(|c| *c as usize).find(|c| *c > i && self.doc.tokens[*c].dep == "appos");
            k.is_some_and(|c| self.is_capital(c) && self.doc.tokens[c].pos == "PROPN")
        };
        if who.kind(self.reg) == Kind::People && w.group.contains(noun) && named_beside() {
            return;
        }
        // "the Kachin Unity Front": a name of its own
        let own_name = |t: usize| self.is_capital(t) && self.doc.tokens[t].pos == "PROPN";
        if who.kind(self.reg) == Kind::People
            && after.is_none()
            && owner.tokens.end <= i
            && w.kinds.contains_key(&self.lower(i))
            && (owner.tokens.end..=i).all(own_name)
        {
            return;
        }
        let end = after.map_or(i + 1, |o| self.mention_at(o).map_or(o + 1, |m| m.tokens.end).max(i + 1));
        // A group's or organisation's "group" and "movement" are itself.
        let itself = (w.group.contains(noun) || w.organization.contains(noun)) && who.kind(self.reg) != Kind::State;
        if (w.group.contains(noun) || w.members.contains(noun))
            && !w.agents.contains(noun)
            && !w.bodies.contains(noun)
            && !itself
        {
            return;
        }
        let words: Vec<&str> = (start..=i)
            .filter(|t| !owner.tokens.contains(t) && !self.is_possessive(*t) && self.doc.tokens[*t].pos != "PUNCT")
            .filter(|t| {
                matches!(self.doc.tokens[*t].pos, "NOUN" | "PROPN")
                    || matches!(self.lower(*t).as_str(), "foreign" | "former" | "supreme" | "central" | "armed" | "ex")
            })
            .map(|t| self.doc.text(t))
            .collect();
        let organ = words.join(" ").to_lowercase();
        if country.is_none() {
            country = self.country_of(&who);
        }
        let others: Vec<&Mention> = after
            .map(|o| self.conjuncts(o))
            .unwrap_or_default()
            .into_iter()
            .filter_map(|c| self.mention_at(c))
            .collect();
        let end = others.iter().map(|m| m.tokens.end).max().unwrap_or(end);
        let mut also: Vec<Who> = others.iter().map(|m| m.who.clone()).collect();
        // "Armenian and Azerbaijani forces": of each
        let first = self.first_of(owner.head, i);
        if owner.via == Via::Adjective && self.is_plural(i) {
            // "US and Iranian negotiators": the first by its letters
            let state = |m: &&Mention| {
                m.via == Via::Adjective
                    || m.via == Via::Name && m.tokens.len() == 1 && m.who.kind(self.reg) == Kind::State
            };
            let each = std::iter::once(first).chain(self.conjuncts(first)).filter_map(|c| self.mention_at(c));
            let mut each: Vec<Who> = each.filter(state).map(|m| m.who.clone()).collect();
            each.dedup();
            if each.len() > 1 {
                who = each.remove(0);
                country = self.country_of(&who);
                also = each;
            }
        }
        let m = Mention {
            tokens: start..end,
            head: i,
            who,
            also,
            via: Via::Organ,
            country,
            title: None,
            of: None,
            organ: Some(organ),
            place: false,
        };
        self.add(m);
    }

    fn is_plural(&self, i: usize) -> bool {
        matches!(self.doc.tokens[i].tag, "NNS" | "NNPS")
    }

    /// The first of joined words below a head.
    fn first_of(&self, token: usize, head: usize) -> usize {
        let mut t = token;
        while self.doc.tokens[t].dep == "conj" && self.doc.tokens[t].head as usize != head {
            t = self.doc.tokens[t].head as usize;
        }
        t
    }

    /// Tokens joined to this one by "and".
    pub(super) fn conjuncts(&self, i: usize) -> Vec<usize> {
        let mut out = Vec::new();
        let mut at = i;
        while let Some(c) = self.children[at].iter().map(|c| *c as usize).find(|&c| self.doc.tokens[c].dep == "conj") {
            out.push(c);
            at = c;
        }
        out
    }

    // ---- titles ----

    /// "X, the Iranian foreign minister"; "the country's president, X"; "the Russian president" alone;
    /// "the government" of the state that the text is about.
    pub(super) fn roles(&mut self) {
        for i in 0..self.doc.len() {
            let noun = singular(self.doc.text(i));
            let t = &self.doc.tokens[i];
            if self.at[i].is_some()
                || self.named[i]
                || !matches!(t.pos, "NOUN" | "PROPN")
                || !self.reg.words.heads.contains(&noun)
            {
                continue;
            }
            // A title within the mention of its bearer.
            if self.mentions.iter().any(|m| m.title.is_some() && m.via == Via::Name && m.tokens.contains(&i)) {
                continue;
            }
            if let Some(person) = self.beside(i).filter(|p| self.may_bear(i, *p))
                && !self.several(i, person)
            {
                self.apposition(i, person);
            }
        }
    }

    /// "The presidents, Joseph Kabila and Paul Kagame, met": a post in the plural stands for all whose names follow it.
    fn several(&mut self, i: usize, person: u32) -> bool {
        let m = &self.mentions[person as usize];
        if self.doc.tokens[i].tag != "NNS" || m.tokens.start <= i {
            return false;
        }
        let persons = self.conjuncts(m.head).into_iter().filter_map(|c| self.mention_at(c));
        let also: Vec<Who> = persons
            .filter(|o| o.via == Via::Name && o.who != m.who && o.who.kind(self.reg) == Kind::Person)
            .map(|o| o.who.clone())
            .collect();
        if also.is_empty() {
            return false;
        }
        let tokens = self.phrase_start(i)..i + 1;
        let who = m.who.clone();
        self.add(Mention {
            tokens,
            head: i,
            who,
            also,
            via: Via::Role,
            country: None,
            title: None,
            of: None,
            organ: None,
            place: false,
        });
        true
    }

    /// "After a meeting with the president of Liberia, Kofi Annan condemned": a name behind a post may begin what follows.
    /// Whom the registry knows in other offices only is no holder of a post that it knows another to hold; and "the widow of
    /// the president, X" is the widow.
    fn may_bear(&self, i: usize, person: u32) -> bool {
        const COMPANIONS: &[&str] = &[
            "widow",
            "wife",
            "husband",
            "son",
            "daughter",
            "brother",
            "sister",
            "father",
            "mother",
            "nephew",
            "niece",
            "cousin",
            "uncle",
            "aunt",
            "lawyer",
            "doctor",
            "friend",
            "bodyguard",
            "driver",
            "biographer",
        ];
        let m = &self.mentions[person as usize];
        if m.tokens.start < i {
            return true;
        }
        let p = self.doc.tokens[i].head as usize;
        let over = &self.doc.tokens[self.doc.tokens[p].head as usize];
        if self.doc.tokens[i].dep == "pobj" && self.lower(p) == "of" && COMPANIONS.contains(&over.lemma.as_str()) {
            return false;
        }
        let Who::Known(ix) = m.who else { return true };
        let (title, owner, _) = self.title_at(i);
        let Some(owner) = owner.filter(|o| o.also.is_empty()) else { return true };
        let Who::Known(of) = owner.who else { return true };
        if self.reg.spells(ix).any(|s| s.of == of && last_word(&s.title) == last_word(&title)) {
            return true;
        }
        // "the president's spokesman, X" serves with whom he belongs to
        if self.reg.actor(of).kind == Kind::Person || owner.via == Via::Organ {
            return true;
        }
        let foreign = match (&owner.country, &m.country) {
            (Some(a), Some(b)) => a != b && self.reg.actor(of).kind == Kind::State,
            _ => false,
        };
        let another = self.holder_now(&title, of).is_some_and(|h| h != ix);
        let elsewhere = self.reg.actor(of).kind == Kind::Group
            && matches!((&self.reg.actor(of).country, &m.country), (Some(a), Some(b)) if a != b)
            && !self.reg.spells(ix).any(|s| s.of == of);
        let known = self.reg.spells(ix).next().is_some();
        !(known && (foreign || another || elsewhere))
    }

    /// The person in apposition to a title noun.
    fn beside(&self, i: usize) -> Option<u32> {
        let is_person = |t: usize| {
            self.at[t].filter(|&m| {
                self.mentions[m as usize].who.kind(self.reg) == Kind::Person
                    && self.mentions[m as usize].via == Via::Name
            })
        };
        let t = &self.doc.tokens[i];
        // "the Emir, Sheikh Tamim, whose envoy, X": not the one whose he is
        let whose = self.children[i].iter().any(|c| self.doc.tokens[*c as usize].tag == "WP$");
        if t.dep == "appos"
            && !whose
            && let Some(m) = is_person(t.head as usize)
        {
            // "the murder of President Moïse, the elections minister, Mathias Pierre, said": of the name that follows
            let next =
                self.children[i].iter().map(|c| *c as usize).find(|&c| c > i && self.doc.tokens[c].dep == "appos");
            let next = next.and_then(is_person).filter(|n| self.mentions[*n as usize].title.is_none());
            let titled = self.mentions[m as usize].title.is_some();
            return next.filter(|_| titled).or(Some(m));
        }
        let below =
            self.children[i].iter().map(|c| *c as usize).filter(|&c| c > i && self.doc.tokens[c].dep == "appos");
        let by_tree = below.into_iter().find_map(is_person);
        if let Some(m) = by_tree {
            // "the arrest of Ahmed al-Sharaa, Syria's new leader, Barbara Leaf, the top diplomat, said": who has a post of his
            // own behind his name leaves the other to the name before
            let other = self.named_before(i).filter(|_| self.has_post_behind(m));
            return other.or(Some(m));
        }
        // "Its director-general, Yukiya Amano, told", where the post hangs on the name
        if matches!(t.dep, "nmod" | "compound" | "npadvmod")
            && t.head as usize > i
            && (i + 1..t.head as usize).any(|k| self.doc.text(k) == ",")
            && let Some(m) = is_person(t.head as usize)
        {
            return Some(m).filter(|m| self.mentions[*m as usize].title.is_none());
        }
        // "the mayor of Caracas, X": a person is no apposition of the place
        let of = self.children[i].iter().map(|c| *c as usize).find(|&c| c > i && self.lower(c) == "of");
        let of_what =
            of.and_then(|p| self.children[p].iter().map(|c| *c as usize).find(|&c| self.doc.tokens[c].dep == "pobj"));
        let beyond = of_what.into_iter().flat_map(|o| self.children[o].iter().map(|c| *c as usize));
        if let Some(m) = beyond.filter(|&c| self.doc.tokens[c].dep == "appos").find_map(is_person) {
            return Some(m);
        }
        // "their leader, X," where the parse has it otherwise: a comma and the name follow at once.
        let next = i + 1;
        if next + 1 < self.doc.len() && self.doc.text(next) == "," && self.doc.tokens[i].tag == "NN" {
            // "the arrest of Ahmed al-Sharaa, Syria's new leader, Barbara Leaf said": it is the one before
            if let Some(m) = self.named_before(i) {
                return Some(m);
            }
            let hit = self
                .mentions
                .iter()
                .position(|m| m.tokens.start == next + 1 && m.via == Via::Name && m.who.kind(self.reg) == Kind::Person);
            return hit.map(|m| m as u32).filter(|&m| {
                let m = &self.mentions[m as usize];
                m.title.is_none() && (m.tokens.end >= self.doc.len() || self.doc.text(m.tokens.end) == ",")
            });
        }
        self.named_behind(i)
    }

    /// "hands power to the speaker of parliament, X, it says", "and the chief negotiator of Ansar Allah, X.": the name behind
    /// the comma of a post with its "of", where the parse has it otherwise.
    fn named_behind(&self, i: usize) -> Option<u32> {
        let one = self.doc.tokens[i].tag == "NN"
            && self.children[i]
                .iter()
                .any(|c| matches!(self.doc.tokens[*c as usize].dep, "det" | "poss") && (*c as usize) < i);
        if !one || i + 1 >= self.doc.len() || !matches!(self.doc.text(i + 1), "of" | "for") {
            return None;
        }
        let comma = (i + 2..self.doc.len().min(i + 9)).find(|k| self.doc.text(*k) == ",")?;
        let plain = (i + 1..comma).all(|k| !matches!(self.doc.tokens[k].pos, "VERB" | "AUX" | "CCONJ" | "PRON"));
        if !plain || self.sentence[comma] != self.sentence[i] {
            return None;
        }
        let hit = self.mentions.iter().position(|m| {
            m.tokens.start == comma + 1
                && m.via == Via::Name
                && m.title.is_none()
                && m.tokens.len() > 1
                && m.who.kind(self.reg) == Kind::Person
        })? as u32;
        let end = self.mentions[hit as usize].tokens.end;
        let closed = end >= self.doc.len() || matches!(self.doc.text(end), "," | "." | ";");
        // "a meeting with the president of Liberia, Kofi Annan, the head of the UN, said": he has his own
        let own = (end + 1..self.doc.len().min(end + 6)).any(|k| {
            self.doc.text(end) == ","
                && self.reg.words.heads.contains(&singular(self.doc.text(k)))
                && self.sentence[k] == self.sentence[i]
        });
        (closed && !own && !self.has_post_behind(hit)).then_some(hit)
    }

    /// Does a post in apposition follow a person's name?
    fn has_post_behind(&self, person: u32) -> bool {
        let m = &self.mentions[person as usize];
        self.children[m.head].iter().map(|c| *c as usize).any(|c| {
            let t = &self.doc.tokens[c];
            c > m.head
                && t.dep == "appos"
                && t.tag == "NN"
                && self.reg.words.heads.contains(&singular(self.doc.text(c)))
        })
    }

    /// The person whose name stands before a title and its comma: "X, Syria's new leader,".
    fn named_before(&self, i: usize) -> Option<u32> {
        let mut start = self.phrase_start(i);
        if start >= 2 && self.is_possessive(start - 1) {
            start = self.ends_at(start - 2).map_or(start, |m| m.tokens.start);
        }
        if start > 0 && matches!(self.doc.tokens[start - 1].dep, "det") {
            start -= 1;
        }
        let comma = start.checked_sub(1).filter(|c| self.doc.text(*c) == ",")?;
        let hit = self.mentions.iter().position(|m| {
            m.tokens.end == comma
                && !m.tokens.is_empty()
                && m.via == Via::Name
                && m.title.is_none()
                && m.who.kind(self.reg) == Kind::Person
        });
        hit.map(|m| m as u32)
    }

    /// The words of a title around its noun, whose office it is, and its span.
    pub(super) fn title_at(&self, i: usize) -> (String, Option<Mention>, Range<usize>) {
        let start = self.phrase_start(i);
        let mut words = Vec::new();
        let mut owner: Option<Mention> = None;
        for t in start..=i {
            if let Some(m) = self.ends_at(t).filter(|m| m.tokens.end <= i) {
                owner = Some(m.clone());
            }
            let w = norm_word(self.doc.text(t));
            let known = (self.reg.words.modifiers.contains(&w) || self.reg.words.heads.contains(&singular(&w)))
                // "in late March Colombia's president"
                && (t == i || self.label_of(t) != "DATE" && self.label_of(t + 1) != "DATE");
            if known && !self.mentions.iter().any(|m| m.tokens.contains(&t) && m.via != Via::Organ) {
                words.push(self.doc.text(t));
            }
        }
        if start >= 2 && self.doc.text(start - 1) == "-" && self.lower(start - 2) == "ex" {
            words.insert(0, "ex");
        }
        let mut end = i + 1;
        // "NATO's secretary-general"
        if i > start + 1 && self.lower(i) == "general" && self.doc.text(i - 1) == "-" && words.len() > 1 {
            words.truncate(words.len() - 2);
            words.push(self.doc.span_text(i - 2..i + 1));
        }
        // "the secretary-general of the League"
        let joined = i + 2 < self.doc.len()
            && self.doc.text(i + 1) == "-"
            && matches!(self.lower(i + 2).as_str(), "general" | "delegate");
        if joined {
            words.pop();
            words.push(self.doc.span_text(i..i + 3));
            end = i + 3;
        }
        let last = if joined { i + 2 } else { i };
        let of = self.children[i]
            .iter()
            .chain(&self.children[last])
            .map(|c| *c as usize)
            .find(|&c| c > i && matches!(self.lower(c).as_str(), "of" | "for"));
        // "assured the president of his support", "accused the minister of theft": the verb's "of", not the post's
        const OF_WHAT: &[&str] = &[
            "assure", "accuse", "inform", "convince", "notify", "warn", "remind", "suspect", "convict", "acquit",
            "strip", "rob",
        ];
        let told = matches!(self.doc.tokens[i].dep, "dobj" | "nsubjpass" | "dative")
            && OF_WHAT.contains(&self.doc.tokens[self.doc.tokens[i].head as usize].lemma.as_str());
        let own = |p: usize| {
            let o = self.children[p].iter().map(|c| *c as usize).find(|&c| self.doc.tokens[c].dep == "pobj");
            o.is_some_and(|o| self.children[o].iter().any(|c| self.doc.tokens[*c as usize].tag == "PRP$"))
        };
        let of = of.filter(|p| self.lower(*p) != "of" || !told || self.mention_at_pobj(*p) && !own(*p));
        if let Some(p) = of
            && let Some(o) = self.children[p].iter().map(|c| *c as usize).find(|&c| self.doc.tokens[c].dep == "pobj")
        {
            // "the Secretary of State": a title held together by its "of"
            let whole = format!("{} {} {}", words.join(" "), self.doc.text(p), self.doc.text(o));
            if self.reg.words.phrases.contains(&whole.to_lowercase()) {
                return (whole, owner, start..o + 1);
            }
            // "the special envoy for Syria": whom he deals with is not whom he serves
            const SENT: &[&str] = &["envoy", "representative", "coordinator", "co-ordinator", "rapporteur", "mediator"];
            let sent = self.lower(p) == "for" && SENT.contains(&self.lower(i).as_str());
            let place = self.mention_at(o).is_some_and(|m| matches!(m.who.kind(self.reg), Kind::State | Kind::Place));
            if sent && place {
                end = self.mention_at(o).map_or(end, |m| m.tokens.end.max(end));
            } else if let Some(m) = self.mention_at(o).filter(|m| m.who.kind(self.reg) != Kind::Media) {
                owner = owner.or_else(|| Some(m.clone()));
                end = m.tokens.end.max(end);
            } else if o < i + 5 {
                // "minister of foreign affairs", "minister for the interior"
                let tail = self.doc.span_text(p..o + 1).to_string();
                end = o + 1;
                let title = format!("{} {tail}", words.join(" "));
                // "Minister for Foreign Affairs of Liberia"
                let kids = |k: usize| self.children[k].iter().map(|c| *c as usize);
                let whose = kids(o).find(|&c| c == end && self.lower(c) == "of").and_then(|p| {
                    kids(p).filter(|&c| self.doc.tokens[c].dep == "pobj").find_map(|c| self.mention_at(c))
                });
                if let Some(m) = whose.filter(|_| owner.is_none()) {
                    return (title, Some(m.clone()), start..m.tokens.end.max(end));
                }
                return (title, owner, start..end);
            }
        }
        // "among them the M23's president", where the parse hangs the owner elsewhere
        if owner.is_none() && start >= 2 && self.is_possessive(start - 1) {
            owner = self.ends_at(start - 2).filter(|m| m.who.kind(self.reg) != Kind::Person).cloned();
        }
        if owner.is_none() {
            let poss = self.children[i].iter().map(|c| *c as usize).filter(|&c| self.doc.tokens[c].dep == "poss");
            owner = poss.into_iter().find_map(|c| self.mention_at(c)).cloned();
        }
        (words.join(" "), owner, start..end)
    }

    /// Does a name stand behind this preposition?
    fn mention_at_pobj(&self, p: usize) -> bool {
        let o = self.children[p].iter().map(|c| *c as usize).find(|&c| self.doc.tokens[c].dep == "pobj");
        o.and_then(|o| self.mention_at(o)).is_some_and(|m| matches!(m.via, Via::Name | Via::Organ))
    }

    /// "the conservative candidate in Argentina's presidential election": the one state named under a post.
    fn only_state_below(&self, i: usize) -> Option<String> {
        let mut found: Option<String> = None;
        for m in self.mentions.iter().filter(|m| m.via == Via::Name && m.who.kind(self.reg) == Kind::State) {
            let up = std::iter::successors(Some(m.head), |k| Some(self.doc.tokens[*k].head as usize)).take(7);
            // "a former minister who moved to Poland"
            let clause = |k: usize| k != i && matches!(self.doc.tokens[k].pos, "VERB" | "AUX");
            if m.head <= i || !up.take_while(|k| !clause(*k)).any(|k| k == i) {
                continue;
            }
            if found.is_some() {
                return None;
            }
            found.clone_from(&m.country);
        }
        found
    }

    fn apposition(&mut self, i: usize, person: u32) {
        let (title, owner, tokens) = self.title_at(i);
        // "his country's ambassador in Vienna": where an envoy sits is not whom he serves
        let sent =
            matches!(singular(self.doc.text(i)).as_str(), "ambassador" | "envoy" | "consul" | "attaché" | "attache");
        let below = || if sent { None } else { self.only_state_below(i) };
        let country = owner.as_ref().and_then(|m| m.country.clone()).or_else(below);
        let p = &mut self.mentions[person as usize];
        if p.title.is_none() && !title.is_empty() {
            p.title = Some(title.clone());
        }
        if p.country.is_none() {
            p.country = country.clone();
        }
        let of = owner.map(|m| m.who).filter(|w| *w != p.who);
        if p.of.is_none() {
            p.of = of.clone();
        }
        let (who, country) = (p.who.clone(), country.or(p.country.clone()));
        let overlaps = tokens.start < p.tokens.end && p.tokens.start < tokens.end;
        let tokens = if overlaps { i..i + 1 } else { tokens };
        // Whoever else carries this name has the country too.
        for m in &mut self.mentions {
            if m.who == who && m.country.is_none() {
                m.country = country.clone();
            }
        }
        self.add(Mention {
            tokens,
            head: i,
            who,
            also: Vec::new(),
            via: Via::Title,
            country,
            title: Some(title),
            of,
            organ: None,
            place: false,
        });
    }

    // ---- parties without a name ----

    /// "protesters", "Somali civilians", "many countries".
    pub(super) fn nouns(&mut self) {
        for i in 0..self.doc.len() {
            if !self.pending(i)
                && let Some(m) = self.party_noun(i)
            {
                self.add(m);
            }
        }
    }

    /// May the noun yet turn out to point at somebody: "their commanders", "both leaders"?
    fn pending(&self, i: usize) -> bool {
        self.is_epithet(i)
            || self.counted(i).is_some() && self.reg.words.sets.contains(&singular(self.doc.text(i)))
            || self.children[i].iter().any(|c| matches!(self.doc.tokens[*c as usize].tag, "PRP$" | "WP$"))
    }

    /// A party that has no name, at its head noun.
    pub(super) fn party_noun(&self, i: usize) -> Option<Mention> {
        let t = &self.doc.tokens[i];
        if self.at[i].is_some() || self.named[i] || t.pos != "NOUN" || matches!(t.dep, "compound" | "npadvmod") {
            return None;
        }
        let noun = singular(self.doc.text(i));
        let w = &self.reg.words;
        let plural = t.tag == "NNS";
        let people = w.people.contains(&noun);
        let agents = plural && (w.agents.contains(&noun) || noun == "partner");
        let states = (w.state.contains(&noun) || noun == "government") && plural && self.counted(i).is_none();
        let has = |deps: &[&str], words: &[&str]| {
            self.children[i].iter().map(|c| *c as usize).any(|c| {
                deps.contains(&self.doc.tokens[c].dep) && (words.is_empty() || words.contains(&self.lower(c).as_str()))
            })
        };
        // "West African leaders", "Arab foreign ministers": many who hold a post, by their region
        const HEADS: &[&str] = &["leader", "president", "minister", "premier", "diplomat", "capital"];
        let region = |c: usize| {
            let low = self.lower(c);
            self.doc.tokens[c].dep == "amod"
                && (w.regions.contains_key(&low) || matches!(low.as_str(), "western" | "world"))
        };
        let heads = plural
            && HEADS.contains(&noun.as_str())
            && (self.children[i].iter().any(|c| region(*c as usize)) || i > 0 && self.lower(i - 1) == "world");
        if !(people || agents || states || heads)
            || self.points_back(i)
            || noun == "opposition" && (has(&["poss"], &[]) || has(&["prep"], &["to"]))
            || states && !has(&["amod"], &[]) && !self.numbered(i)
        {
            return None;
        }
        let start = self.phrase_start(i);
        let inner = (start..i).rev().find_map(|t| self.ends_at(t)).filter(|m| m.tokens.start >= start);
        let country = inner.and_then(|m| m.country.clone()).or_else(|| self.owner_of_people(i));
        let name = self.clean(start..i + 1);
        let kind = if states { Kind::Other } else { Kind::People };
        Some(Mention {
            tokens: start..i + 1,
            head: i,
            who: Who::Unknown { name, kind },
            also: Vec::new(),
            via: Via::Noun,
            country,
            title: None,
            of: None,
            organ: None,
            place: false,
        })
    }

    fn owner_of_people(&self, i: usize) -> Option<String> {
        let p =
            self.children[i].iter().map(|c| *c as usize).find(|&c| matches!(self.lower(c).as_str(), "of" | "from"))?;
        let o = self.children[p].iter().map(|c| *c as usize).find(|&c| self.doc.tokens[c].dep == "pobj")?;
        self.mention_at(o)?.country.clone()
    }

    /// The phrase without its numbers and small words: "43 children" is "children".
    fn clean(&self, r: Range<usize>) -> String {
        const SMALL: &[&str] = &["det", "predet", "nummod", "advmod", "quantmod", "punct", "poss", "case", "npadvmod"];
        let last = r.end - 1;
        let hyphen = |t: usize| self.doc.text(t) == "-";
        let keep = |t: &usize| {
            let beside = hyphen(t + 1) || *t > 0 && hyphen(t - 1);
            // "On January 17th gunmen kidnapped"
            let dated = self.label_of(*t) == "DATE" && self.doc.tokens[*t].dep != "amod";
            let month = super::dates::month(self.doc.text(*t)).is_some() && *t != last;
            let vague = matches!(
                self.lower(*t).as_str(),
                "several" | "more" | "other" | "entire" | "further" | "able" | "whole"
            );
            let figure = self.doc.text(*t).starts_with(|c: char| c.is_ascii_digit()) && *t != last
                || matches!(self.lower(*t).as_str(), "m" | "bn") && *t > r.start && self.doc.tokens[*t - 1].tag == "CD";
            !(beside || vague || dated || figure || month || SMALL.contains(&self.doc.tokens[*t].dep))
        };
        let words: Vec<&str> = r.clone().filter(|t| *t == last || keep(t)).map(|t| self.doc.text(t)).collect();
        words.join(" ")
    }

    /// How many a definite set has: "the two countries", "both sides", "these three groups". A set with a number
    /// but no determiner ("Three states recognised"), or one that a clause of its own picks out ("the three states
    /// that recognised it"), names nobody.
    pub(super) fn counted(&self, i: usize) -> Option<usize> {
        let kids = || self.children[i].iter().map(|c| *c as usize);
        let n = kids().find_map(|c| match self.lower(c).as_str() {
            "two" | "2" | "both" | "either" | "neither" => Some(2),
            "three" | "3" => Some(3),
            "four" | "4" => Some(4),
            _ => None,
        });
        let definite = |c: usize| {
            matches!(self.lower(c).as_str(), "the" | "these" | "those" | "both" | "either" | "neither" | "all")
        };
        let picked = kids().any(|c| {
            let t = &self.doc.tokens[c];
            c > i
                && (matches!(t.dep, "relcl" | "acl") && !(c > 1 && self.clause_follows_comma(i, c))
                    || t.dep == "prep" && matches!(self.lower(c).as_str(), "of" | "in" | "from" | "with"))
                || c < i && matches!(self.lower(c).as_str(), "other" | "remaining" | "first" | "last" | "next")
        });
        let ours = kids().any(|c| matches!(self.lower(c).as_str(), "our" | "their"));
        n.filter(|_| (ours || kids().any(definite)) && !picked)
    }

    /// "the two countries, which fought a war": the clause adds, it does not pick out.
    fn clause_follows_comma(&self, noun: usize, verb: usize) -> bool {
        noun + 1 < verb && self.doc.text(noun + 1) == ","
    }

    fn numbered(&self, i: usize) -> bool {
        self.children[i].iter().any(|c| self.doc.tokens[*c as usize].dep == "nummod")
    }

    /// "these militants", "the rebels": the noun points at somebody whom the text has named.
    pub(super) fn points_back(&self, i: usize) -> bool {
        let w = &self.reg.words;
        let noun = singular(self.doc.text(i));
        let definite = self.children[i]
            .iter()
            .any(|c| matches!(self.lower(*c as usize).as_str(), "the" | "these" | "those" | "this" | "that" | "such"));
        definite
            && (w.members.contains(&noun)
                || w.group.contains(&noun)
                || w.agents.contains(&noun) && w.bodies.contains(&noun))
    }

    // ---- the state of the text ----

    /// The state that the text around a token is about: what it names most, the nearer the more.
    pub(super) fn context_state(&self, i: usize) -> Option<ActorIx> {
        self.context_state_besides(i, &[])
    }

    /// The same, some states left out.
    pub(super) fn context_state_besides(&self, i: usize, not: &[String]) -> Option<ActorIx> {
        // "BEIJING - China has severed ties, the Foreign Ministry said": that of the place reported from, where the report is
        // about its state too
        if self.lower(i) == "ministry"
            && let Some(ix) = reported_from(self.doc, &self.mentions, self.reg)
        {
            return Some(ix);
        }
        let here = self.sentence[i];
        let mut score: Vec<(ActorIx, f32)> = Vec::new();
        let mut count = |ix: ActorIx, s: f32| match score.iter_mut().find(|(a, _)| *a == ix) {
            Some((_, n)) => *n += s,
            None => score.push((ix, s)),
        };
        for ix in &self.title_actors {
            if self.reg.actor(*ix).kind == Kind::State {
                count(*ix, 3.0);
            }
        }
        for m in &self.mentions {
            let Some(ix) = m.country.as_ref().filter(|c| !not.contains(c)).and_then(|c| self.reg.by_id(c)) else {
                continue;
            };
            let s = self.sentence[m.head];
            count(ix, 1.0);
            if m.head < i && s == here {
                count(ix, 2.0);
            } else if s + 1 == here {
                count(ix, 1.0);
            }
        }
        score.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(ix, _)| ix)
    }

    /// Who holds an office at the document's date, of those whom the text may mean by its title.
    pub(super) fn holder_now(&self, title: &str, of: ActorIx) -> Option<ActorIx> {
        self.holder_on(title, of, self.published?)
    }

    /// The year that the sentence of a token tells of, where it tells of one alone and not the document's own: the middle
    /// of it, or of its month.
    pub(super) fn told_day(&self, i: usize) -> Option<jiff::civil::Date> {
        let here = self.sentence[i];
        let from = self.sentence.partition_point(|s| *s < here);
        let to = self.sentence.partition_point(|s| *s <= here);
        let mut found: Option<(i16, usize)> = None;
        for k in from..to {
            let t = self.doc.text(k);
            let year = (t.len() == 4 && self.doc.tokens[k].tag == "CD").then(|| t.parse::<i16>().ok()).flatten();
            let Some(year) = year.filter(|y| (1900..2100).contains(y)) else { continue };
            if found.is_some_and(|(y, _)| y != year) {
                return None;
            }
            found = Some((year, k));
        }
        let (year, at) = found?;
        if self.published.is_some_and(|p| p.year() <= year) {
            return None;
        }
        let month = (at.saturating_sub(3)..at).rev().find_map(|k| super::dates::month(self.doc.text(k)));
        jiff::civil::Date::new(year, month.unwrap_or(7), if month.is_some() { 15 } else { 1 }).ok()
    }

    pub(super) fn holder_on(&self, title: &str, of: ActorIx, day: jiff::civil::Date) -> Option<ActorIx> {
        let title = title.to_lowercase();
        self.reg.holder(&title, of, day).or_else(|| {
            let last = last_word(&title);
            let general = matches!(last.as_str(), "president" | "king" | "chancellor" | "leader");
            self.reg.holder(&last, of, day).filter(|_| general && title == last)
        })
    }
}

fn t_head(b: &Builder<'_>, i: usize) -> usize {
    b.doc.tokens[i].head as usize
}

/// The state of the place in capitals that a report opens with, where its first sentences speak of the state too: "PRAGUE -
/// ... most Czechs".
pub(crate) fn reported_from(doc: &Doc, mentions: &[Mention], reg: &Registry) -> Option<ActorIx> {
    let first = mentions.iter().filter(|m| !m.tokens.is_empty()).min_by_key(|m| m.tokens.start)?;
    let word = doc.text(first.head);
    let shouted = word.chars().count() > 2 && word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    // the marks of a dateline are no tokens: they were shown to the parser as a stop
    const LONGEST: usize = 40;
    let after = doc.tokens[first.tokens.end - 1].end as usize;
    let dash = doc.text[after..].chars().take(LONGEST).any(|c| matches!(c, '-' | '\u{2013}' | '\u{2014}' | ')'));
    let Who::Known(ix) = first.who else { return None };
    if first.tokens.start > 3 || !shouted || !dash || reg.actor(ix).kind != Kind::State {
        return None;
    }
    let end = doc.sentences().get(3).map_or(doc.len(), |s| s.end);
    let country = &reg.actor(ix).country;
    let of_it = |m: &Mention| m.who == first.who || country.is_some() && m.country == *country;
    mentions.iter().any(|m| (first.tokens.end..end).contains(&m.head) && of_it(m)).then_some(ix)
}

/// Agents that speak for their side even in the singular.
pub(super) const VOICES: &[&str] = &[
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "official",
    "diplomat",
    "negotiator",
    "fighter",
    "militant",
    "soldier",
    "gunman",
    "rebel",
    "officer",
    "lawmaker",
];
