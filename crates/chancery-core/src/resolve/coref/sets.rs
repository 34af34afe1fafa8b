//! "The two countries", "both", "the latter": several at once.
use super::{Number, State, WINDOW};
use crate::resolve::actors::Kind;
use crate::resolve::lexicon::singular;
use crate::resolve::mentions::{Builder, Mention, Via, Who};

impl Builder<'_> {
    /// The states that "them" stands for beside "recognise": a set named as such, or the joined objects of a recognition.
    pub(super) fn recognised_before(&self, i: usize, st: &State) -> Option<Mention> {
        let near = st.seen.iter().rev().map(|ix| &self.mentions[*ix as usize]);
        let near = near.take_while(|m| self.sentence[i] - self.sentence[m.head] <= WINDOW);
        for m in near.filter(|m| m.head < i) {
            if m.via == Via::Role && !m.also.is_empty() && m.who.kind(self.reg) != Kind::Person {
                return Some(self.like(i, m, Via::Pronoun));
            }
            let others: Vec<Who> =
                self.conjuncts(m.head).into_iter().filter_map(|c| self.mention_at(c)).map(|m| m.who.clone()).collect();
            if self.is_recognised(m.head) && !others.is_empty() {
                let mut out = self.like(i, m, Via::Pronoun);
                out.also = others;
                out.country = None;
                return Some(out);
            }
        }
        None
    }

    /// "X and Y ... they": the two as one, where they are the last subject.
    pub(super) fn pair_before(&self, i: usize) -> Option<Mention> {
        let here = self.sentence[i];
        let pair = (0..i).rev().take_while(|&j| self.sentence[j] + 1 >= here).find_map(|j| {
            let t = &self.doc.tokens[j];
            if !matches!(t.dep, "nsubj" | "nsubjpass")
                || self.sentence[j] == here && t.head == self.doc.tokens[i].head && self.doc.tokens[i].dep == "dobj"
            {
                return None;
            }
            let m = self.mention_at(j)?;
            // "Soldiers have not left, although the accord that A and B signed": those whom the sentence is about
            if self.sentence[j] < here && self.many_rule_the_sentence(j) {
                return None;
            }
            let met = self.met_by(j).into_iter().filter(|_| self.sentence[j] < here);
            // "Kuwait and the Emirates, which had called their envoys home"
            let joined = match self.doc.tokens[j].tag {
                "WDT" | "WP" => self.relative_noun(j).map(|n| self.all_joined(n)).unwrap_or_default(),
                _ => self.conjuncts(j),
            };
            let others: Vec<Who> = joined
                .into_iter()
                .chain(met)
                .filter(|&c| c < i)
                .filter_map(|c| self.mention_at(c))
                .map(|m| m.who.clone())
                .collect();
            Some((m, others))
        })?;
        let (m, mut others) = pair;
        others.retain(|w| *w != m.who);
        if others.is_empty() || m.via == Via::Noun {
            return None;
        }
        let mut out = self.like(i, m, Via::Pronoun);
        out.also = others;
        out.country = None;
        Some(out)
    }

    /// Does a subject stand below the main clause of its sentence, where that clause has several as its own subject?
    fn many_rule_the_sentence(&self, j: usize) -> bool {
        let mut top = self.doc.tokens[j].head as usize;
        for _ in 0..20 {
            let up = self.doc.tokens[top].head as usize;
            if up == top {
                break;
            }
            top = up;
        }
        let main = self.kid_of(top, &["nsubj", "nsubjpass"]).filter(|s| *s < j);
        let clause = &self.doc.tokens[self.doc.tokens[j].head as usize];
        matches!(clause.dep, "relcl" | "advcl" | "acl")
            && main.and_then(|s| self.mention_at(s)).is_some_and(|m| self.number(m) == Number::Many)
    }

    /// "A met B", "A held talks with B": the other of two persons, or of two states, by the head that names him.
    pub(super) fn met_by(&self, subject: usize) -> Option<usize> {
        const MEET: &[&str] = &["meet", "talk", "speak", "confer", "negotiate", "discuss", "sign"];
        const TALKS: &[&str] = &["talk", "meeting", "negotiation", "discussion", "conversation", "summit", "agreement"];
        let verb = self.doc.tokens[subject].head as usize;
        let kid = |h: usize, dep: &'static str| {
            self.children[h].iter().map(|c| *c as usize).find(move |c| self.doc.tokens[*c].dep == dep)
        };
        let with = |h: usize| {
            let mut of = self.children[h].iter().map(|c| *c as usize);
            of.find(|c| self.lower(*c) == "with").and_then(|p| kid(p, "pobj"))
        };
        let lemma = |i: usize| self.doc.tokens[i].lemma.as_str();
        let object = kid(verb, "dobj");
        let met = match object {
            Some(o) if lemma(verb) == "meet" && self.mention_at(o).is_some() => Some(o),
            Some(o) if TALKS.contains(&lemma(o)) => with(verb).or_else(|| with(o)),
            _ if MEET.contains(&lemma(verb)) => with(verb),
            _ => None,
        }?;
        let kind = |i: usize| self.mention_at(i).map(|m| m.who.kind(self.reg));
        let same = kind(met) == kind(subject) && matches!(kind(met), Some(Kind::Person | Kind::State));
        same.then_some(met)
    }

    /// "the two countries", "both leaders", "the three groups": where the text has named just so many of the kind.
    ///
    /// The nearest sentence that names exactly the number decides; the doer of the set's own clause is none of them
    /// ("Washington urged the two sides"). Two are else the last two, more are nobody.
    pub(super) fn set(&self, i: usize, noun: &str, n: usize, st: &State) -> Option<Mention> {
        const TITLES: &[&str] = &["president", "minister", "premier", "chancellor"];
        const STATES: &[&str] = &[
            "country",
            "nation",
            "state",
            "neighbor",
            "neighbour",
            "government",
            "power",
            "capital",
            "regime",
            "junta",
            "army",
        ];
        const GROUPS: &[&str] = &["group", "movement", "militia", "organisation", "organization", "faction"];
        let groups = GROUPS.contains(&noun);
        let titled = TITLES.contains(&noun);
        let persons = titled || matches!(noun, "leader" | "man" | "woman" | "politician");
        let states = STATES.contains(&noun);
        let here = self.sentence[i];
        // "signed a communiqué establishing relations between the two countries": those who signed
        let up = self.doc.tokens[i].head as usize;
        let tie = self.doc.tokens[self.doc.tokens[up].head as usize].pos == "NOUN" && noun != "capital";
        if states && tie && self.doc.tokens[i].dep == "pobj" && self.lower(up) == "between" {
            let own = self.states_above(i);
            if own.len() == n {
                return self.states_as(i, own);
            }
        }
        // "held talks with To Lam, and the two sides signed": the two who met
        if n == 2 && (persons || states || matches!(noun, "side" | "party")) {
            let met = self.pair_that_met(i, persons && !titled);
            let own = self.doers_above(i);
            if let Some(found) = met.filter(|f| !titled && !f.iter().any(|w| own.contains(w))) {
                return self.states_as(i, found);
            }
        }
        let mut backwards = st
            .seen
            .iter()
            .rev()
            .map(|ix| &self.mentions[*ix as usize])
            .take_while(|m| here - self.sentence[m.head] <= 2 * WINDOW);
        // A set named before is meant again.
        let own = self.doers_above(i);
        let of_kind = |m: &Mention| match m.who.kind(self.reg) {
            Kind::Group | Kind::Party | Kind::Organization => !states,
            Kind::State | Kind::Government => !groups,
            _ => true,
        };
        let is_set = |m: &&Mention| {
            m.also.len() + 1 == n
                && m.via == Via::Role
                && (singular(self.doc.text(m.head)) == noun
                    || !persons && m.who.kind(self.reg) != Kind::Person && !own.contains(&m.who) && of_kind(m))
        };
        if let Some(m) = backwards.clone().find(is_set) {
            return Some(self.like(i, m, Via::Role));
        }
        // "the two rivals": the two states that the text is most about
        if n == 2
            && matches!(noun, "rival" | "foe" | "adversary" | "neighbour" | "neighbor")
            && let Some(found) = self.two_of_the_text(i, noun.starts_with("neighb"))
        {
            return self.states_as(i, found);
        }
        let as_state = |who: &Who, country: &Option<String>| match who {
            Who::Known(ix) if self.reg.actor(*ix).kind == Kind::State => Some(who.clone()),
            _ => country.as_ref().and_then(|c| self.reg.by_id(c)).map(Who::Known),
        };
        let apart = self.is_apart(i);
        let member = |m: &Mention, who: &Who| {
            let kind = who.kind(self.reg);
            // "the two breakaway regions"
            if apart && !self.is_unsettled(who) {
                return None;
            }
            if persons {
                let fits = kind == Kind::Person
                    && (!titled || self.bears(m, st, |t| t == noun) || m.title.is_none() && m.of.is_some());
                fits.then(|| who.clone())
            } else if states {
                as_state(who, &m.country)
            } else if groups {
                let body = matches!(kind, Kind::Group | Kind::Party)
                    || kind == Kind::Organization && matches!(noun, "group" | "organisation" | "organization");
                let named = matches!(m.via, Via::Name | Via::Role | Via::Pronoun);
                (body && named && self.doc.tokens[m.head].dep != "compound").then(|| who.clone())
            } else {
                // "bombed a pipeline in Casanare", "the border with Bangladesh" name no side
                let up = self.doc.tokens[m.head].head as usize;
                let over = &self.doc.tokens[self.doc.tokens[up].head as usize];
                let ground = self.doc.tokens[m.head].dep == "pobj"
                    && (matches!(who, Who::Unknown { .. })
                        && matches!(self.lower(up).as_str(), "in" | "at" | "near" | "across" | "through" | "inside")
                        || matches!(over.lemma.as_str(), "border" | "frontier"));
                if ground {
                    return None;
                }
                let actor = !matches!(kind, Kind::Person | Kind::Place | Kind::People | Kind::Media | Kind::Other);
                let title = matches!(m.via, Via::Title | Via::Role) && kind == Kind::Person;
                (actor && !m.place && m.via != Via::Noun && !title).then(|| who.clone())
            }
        };
        let doer = |w: &Who| {
            own.iter().any(|o| {
                o == w
                    || states && self.country_of(o).and_then(|c| self.reg.by_id(&c)).map(Who::Known).as_ref() == Some(w)
            })
        };
        // "France and Germany urged Iran to free the vessel. Oman pressed both governments": others than the two at odds
        let sides = n == 2 && !persons && !groups;
        // "Turkey has promised Baku its full support": by any of its words in the sentence
        let comments = |m: &Mention, who: &Who| {
            let same =
                |o: &&Mention| self.sentence[o.head] == self.sentence[m.head] && o.who == *who && o.head < m.head;
            m.via == Via::Pronoun && self.mentions.iter().filter(same).any(|o| self.only_comments(o.head))
        };
        let mut all: Vec<Who> = Vec::new();
        let mut sentence: Vec<(Who, bool, bool)> = Vec::new();
        let exactly = |s: &[(Who, bool, bool)], here: bool| -> Option<Vec<Who>> {
            let main = s.iter().filter(|(_, main, _)| *main);
            // "X has done so, Y's ministry said after the two governments": those who act
            let act = s.iter().filter(|(_, _, act)| *act);
            match s.len() {
                l if l == n => Some(s.iter().map(|(w, ..)| w.clone()).collect()),
                l if l > n && main.clone().count() == n => Some(main.map(|(w, ..)| w.clone()).collect()),
                l if l > n && states && here && act.clone().count() == n => {
                    Some(act.map(|(w, ..)| w.clone()).collect())
                }
                _ => None,
            }
        };
        let mut at = here;
        let mut set: Option<Vec<Who>> = None;
        for m in backwards.by_ref() {
            if self.sentence[m.head] != at {
                set = exactly(&sentence, at == here);
                sentence.clear();
                if set.is_some() {
                    break;
                }
                at = self.sentence[m.head];
            }
            for who in m.also.iter().rev().chain([&m.who]).filter_map(|w| member(m, w)) {
                if doer(&who) || sides && (self.only_comments(m.head) || comments(m, &who)) {
                    continue;
                }
                let main = self.is_argument(m.head);
                let act = matches!(self.doc.tokens[m.head].dep, "nsubj" | "nsubjpass");
                match sentence.iter_mut().find(|(w, ..)| *w == who) {
                    Some((_, is_main, acts)) => {
                        *is_main |= main;
                        *acts |= act;
                    }
                    None => sentence.push((who.clone(), main, act)),
                }
                if !all.contains(&who) {
                    all.push(who);
                }
            }
        }
        set = set.or_else(|| exactly(&sentence, at == here));
        // "Ireland, Norway and Spain recognised Palestine. The three countries": so many as are joined to one another
        if set.is_none() || at != here && states {
            let joined = |m: &Mention| -> Option<Vec<Who>> {
                let all: Vec<usize> = std::iter::once(m.head).chain(self.conjuncts(m.head)).collect();
                let whos: Vec<Who> =
                    all.iter().filter_map(|c| self.mention_at(*c)).filter_map(|m| member(m, &m.who)).collect();
                let apart = || sides && all.iter().any(|c| self.only_comments(*c));
                (all.len() == n && whos.len() == n && !whos.iter().any(doer) && !apart()).then_some(whos)
            };
            let near = st.seen.iter().rev().map(|ix| &self.mentions[*ix as usize]);
            let group = near
                .take_while(|m| here - self.sentence[m.head] <= WINDOW)
                .filter(|m| m.via == Via::Name && m.head < i)
                .find_map(joined);
            set = group.or(set);
        }
        // The parties of a quarrel that the title names.
        let titled_pair: Vec<Who> = self
            .title_actors
            .iter()
            .map(|ix| Who::Known(*ix))
            .filter(|w| {
                let kind = w.kind(self.reg);
                let side = matches!(noun, "side" | "party")
                    && matches!(kind, Kind::Group | Kind::Party | Kind::Government)
                    && !self.mentions.iter().any(|m| m.who == *w && m.place);
                (kind == Kind::State || side) && !doer(w) && self.mentions.iter().any(|m| m.who == *w && m.head < i)
            })
            .fold(Vec::new(), |mut v, w| {
                if !v.contains(&w) {
                    v.push(w);
                }
                v
            });
        let mut found = match set {
            _ if matches!(noun, "side" | "party") && n == 2 && titled_pair.len() == 2 => titled_pair,
            // "the two countries", where the title names two and the sentence itself none other
            Some(_) if states && n == 2 && titled_pair.len() == 2 && at != here => titled_pair,
            Some(s) => s,
            None if n == 2 => {
                if (states || noun == "side") && all.len() < 2 {
                    all.extend(titled_pair.into_iter().filter(|w| !all.contains(w)).collect::<Vec<_>>());
                }
                all.truncate(2);
                all
            }
            None => return None,
        };
        if found.len() != n {
            return None;
        }
        // In the order of the text.
        found.sort_by_key(|w| {
            self.mentions.iter().filter(|m| m.who == *w && !m.tokens.is_empty()).map(|m| m.head).min()
        });
        let who = found.remove(0);
        Some(Mention {
            tokens: i..i + 1,
            head: i,
            who,
            also: found,
            via: Via::Role,
            country: None,
            title: None,
            of: None,
            organ: None,
            place: false,
        })
    }

    /// "France and Germany urged Iran", "Egypt has condemned both": who only has something to say of what others do.
    fn only_comments(&self, j: usize) -> bool {
        const COMMENT: &[&str] = &[
            "urge",
            "call",
            "ask",
            "appeal",
            "press",
            "welcome",
            "condemn",
            "hail",
            "offer",
            "criticise",
            "criticize",
            "implore",
            "deplore",
            "exhort",
            "beg",
            "promise",
            "pledge",
            "back",
            "support",
        ];
        let first = self.all_joined(j).first().copied().unwrap_or(j);
        let t = &self.doc.tokens[first];
        t.dep == "nsubj" && COMMENT.contains(&self.doc.tokens[t.head as usize].lemma.as_str())
    }

    /// The two states that the text before a token names most, where they stand out from the others; of neighbours, the two
    /// that have a border.
    fn two_of_the_text(&self, i: usize, neighbours: bool) -> Option<Vec<Who>> {
        let mut count: Vec<(String, usize)> = Vec::new();
        for c in self.mentions.iter().filter(|m| !m.tokens.is_empty() && m.head < i).filter_map(|m| m.country.clone()) {
            match count.iter_mut().find(|(k, _)| *k == c) {
                Some((_, n)) => *n += 1,
                None => count.push((c, 1)),
            }
        }
        count.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let borders = &self.reg.words.borders;
        if neighbours {
            let beside = |a: &str, b: &String| borders.get(a).is_some_and(|n| n.contains(b));
            let pair =
                (1..count.len()).find_map(|j| (0..j).find(|k| beside(&count[*k].0, &count[j].0)).map(|k| (k, j)))?;
            let both = [&count[pair.0].0, &count[pair.1].0];
            let pair: Vec<Who> = both.into_iter().filter_map(|c| self.reg.by_id(c)).map(Who::Known).collect();
            return (pair.len() == 2).then_some(pair);
        }
        if count.len() < 2 || count.get(2).is_some_and(|(_, n)| *n >= count[1].1) {
            return None;
        }
        let pair: Vec<Who> = count[..2].iter().filter_map(|(c, _)| self.reg.by_id(c)).map(Who::Known).collect();
        (pair.len() == 2).then_some(pair)
    }

    /// "imposed sanctions on both", "withdrew from all three": as many as the sentence, or the one before, has named
    /// of one kind.
    pub(super) fn count_alone(&self, i: usize, low: &str, st: &State) -> Option<Mention> {
        let n = match low {
            "both" | "two" => 2,
            "three" => 3,
            "four" => 4,
            _ => return None,
        };
        let t = &self.doc.tokens[i];
        let all =
            low == "both" || self.children[i].iter().any(|c| matches!(self.lower(*c as usize).as_str(), "all" | "the"));
        // "both of them": the same as "both"
        let of = self.children[i].iter().map(|c| *c as usize).any(|c| {
            let whom = |o: &u32| matches!(self.lower(*o as usize).as_str(), "them" | "these" | "us");
            self.lower(c) == "of" && !self.children[c].iter().any(whom)
        });
        // "The two, Siti Aisyah and Doan Thi Huong, were charged": the names beside it say who
        let named = self.children[i].iter().map(|c| *c as usize).any(|c| {
            self.doc.tokens[c].dep == "appos"
                && self.mention_at(c).is_some_and(|m| m.via == Via::Name && m.who.kind(self.reg) == Kind::Person)
        });
        if named || !all || of || !matches!(t.dep, "pobj" | "dobj" | "nsubj" | "nsubjpass") {
            return None;
        }
        let own = self.doers_above(i);
        for back in 0..=2 {
            let line: Vec<&Mention> = st
                .seen
                .iter()
                .map(|ix| &self.mentions[*ix as usize])
                .filter(|m| self.sentence[m.head] + back == self.sentence[i] && m.head < i)
                .collect();
            if let Some(m) = line.iter().rev().find(|m| m.also.len() + 1 == n && m.via == Via::Role) {
                return Some(self.like(i, m, Via::Role));
            }
            // "the accord that the government and the Council signed in Riyadh, and encouraged both": two that are joined
            let joined =
                line.iter().rev().filter(|m| matches!(m.via, Via::Name | Via::Organ) && !m.place).find_map(|m| {
                    let t = &self.doc.tokens[m.head];
                    let with = t.dep == "pobj"
                        && matches!(self.lower(t.head as usize).as_str(), "by" | "with" | "between" | "of");
                    let first = with || matches!(t.dep, "nsubj" | "nsubjpass" | "dobj");
                    let all: Vec<&Mention> =
                        self.all_joined(m.head).into_iter().filter_map(|k| self.mention_at(k)).collect();
                    let kinds = all.iter().all(|m| m.who.kind(self.reg) != Kind::Place && !own.contains(&m.who));
                    let person = all.iter().filter(|m| m.who.kind(self.reg) == Kind::Person).count();
                    (first && all.len() == n && kinds && (person == 0 || person == n)).then_some(all)
                });
            if let Some(all) = joined {
                let mut out = self.mention(i..i + 1, all[0].who.clone(), Via::Role);
                out.head = i;
                out.country = None;
                out.also = all[1..].iter().map(|m| m.who.clone()).filter(|w| *w != out.who).collect();
                if out.also.len() + 1 == n {
                    return Some(out);
                }
            }
            for kind in [Kind::Person, Kind::State, Kind::Group, Kind::Organization, Kind::Party] {
                let mut found: Vec<&Who> = Vec::new();
                for w in line.iter().flat_map(|m| std::iter::once(&m.who).chain(&m.also)) {
                    if w.kind(self.reg) == kind && !own.contains(w) && !found.contains(&w) {
                        found.push(w);
                    }
                }
                if found.len() == n {
                    let mut out = self.mention(i..i + 1, found[0].clone(), Via::Role);
                    out.head = i;
                    out.country = None;
                    out.also = found[1..].iter().map(|w| (*w).clone()).collect();
                    return Some(out);
                }
            }
        }
        None
    }

    /// Is the token subject or object of its sentence's main verb, alone or joined?
    pub(super) fn is_argument(&self, i: usize) -> bool {
        let mut t = i;
        for _ in 0..6 {
            let tok = &self.doc.tokens[t];
            let h = tok.head as usize;
            match tok.dep {
                "conj" => t = h,
                "nsubj" | "nsubjpass" | "dobj" | "agent" => return self.doc.tokens[h].dep == "ROOT",
                "pobj" if matches!(self.lower(h).as_str(), "with" | "by") => t = h,
                "prep" => return self.doc.tokens[h].dep == "ROOT",
                _ => return false,
            }
        }
        false
    }

    /// Whom the subjects of the verbs above a token stand for, and whose those are.
    pub(super) fn doers_above(&self, i: usize) -> Vec<Who> {
        let mut out = Vec::new();
        let mut t = i;
        for _ in 0..12 {
            let h = self.doc.tokens[t].head as usize;
            if h == t {
                break;
            }
            // "met in Marseille, where the two leaders opened a consulate": those who met
            let aside = |c: &u32| matches!(self.lower(*c as usize).as_str(), "where" | "when" | "whereupon" | "whence");
            if self.doc.tokens[t].dep == "relcl" && self.children[t].iter().any(aside) {
                break;
            }
            let subject = self.subject_before(h, t, i);
            // "Vanuatu recognised Abkhazia, and both sides agreed", "as the two countries restored ties": a clause
            // joined or set beside has a subject of its own
            let own = matches!(self.doc.tokens[t].dep, "conj" | "advcl")
                && self.children[t].iter().any(|c| matches!(self.doc.tokens[*c as usize].dep, "nsubj" | "nsubjpass"));
            if let Some(m) = subject.filter(|_| !own).and_then(|s| self.mention_at(s)) {
                out.push(m.who.clone());
                out.extend(m.also.iter().cloned());
                out.extend(m.of.clone());
                // "the Secretary-General urged both parties": not his own body
                if let (Who::Known(ix), Some(day), Kind::Person) = (&m.who, self.published, m.who.kind(self.reg)) {
                    let body = |of| self.reg.actor(of).kind == Kind::Organization;
                    out.extend(self.reg.spells(*ix).filter(|s| s.covers(day) && body(s.of)).map(|s| Who::Known(s.of)));
                }
            }
            t = h;
        }
        out
    }

    /// The subject of a clause, in front of a word and not on the way up from it.
    fn subject_before(&self, clause: usize, way: usize, word: usize) -> Option<usize> {
        let subject = |c: &usize| matches!(self.doc.tokens[*c].dep, "nsubj" | "nsubjpass");
        self.children[clause].iter().map(|c| *c as usize).find(|c| *c < word && *c != way && subject(c))
    }

    /// "The ministers of Turkey and Armenia agreed that their countries would", "restoring relations between the two
    /// countries": the states of those who do what the clauses above tell, where they are several.
    pub(super) fn states_above(&self, i: usize) -> Vec<Who> {
        let as_state = |who: &Who, country: &Option<String>| match who {
            Who::Known(ix) if self.reg.actor(*ix).kind == Kind::State => Some(who.clone()),
            _ => country.clone().or_else(|| self.country_of(who)).and_then(|c| self.reg.by_id(&c)).map(Who::Known),
        };
        let mut t = i;
        for _ in 0..12 {
            let h = self.doc.tokens[t].head as usize;
            if h == t {
                break;
            }
            let subject = self.subject_before(h, t, i);
            if let Some(s) = subject {
                let of = self.children[s]
                    .iter()
                    .map(|c| *c as usize)
                    .filter(|c| matches!(self.lower(*c).as_str(), "of" | "from"))
                    .flat_map(|c| self.children[c].iter().map(|o| *o as usize))
                    .filter(|o| self.doc.tokens[*o].dep == "pobj");
                let mut found: Vec<Who> = Vec::new();
                for head in std::iter::once(s).chain(of) {
                    for k in std::iter::once(head).chain(self.conjuncts(head)) {
                        let Some(m) = self.mention_at(k) else { continue };
                        for who in std::iter::once(&m.who).chain(&m.also) {
                            let of_one = if m.also.is_empty() { m.country.clone() } else { None };
                            found.extend(as_state(who, &of_one).filter(|w| !found.contains(w)));
                        }
                    }
                }
                if found.len() > 1 {
                    return found;
                }
            }
            t = h;
        }
        Vec::new()
    }

    /// Several states as one mention.
    pub(super) fn states_as(&self, i: usize, mut all: Vec<Who>) -> Option<Mention> {
        (all.len() > 1).then(|| {
            let who = all.remove(0);
            Mention {
                tokens: i..i + 1,
                head: i,
                who,
                also: all,
                via: Via::Role,
                country: None,
                title: None,
                of: None,
                organ: None,
                place: false,
            }
        })
    }

    /// "brokered talks between Museveni and Bashir. In 1999 they met", "brought together X and Y. They called on": the two whom
    /// another has brought together.
    pub(super) fn brought_together(&self, i: usize) -> Option<Mention> {
        const BRING: &[&str] = &["bring", "host", "receive", "gather", "reconcile", "invite", "welcome"];
        let here = self.sentence[i];
        let tok = |k: usize| &self.doc.tokens[k];
        let near = (0..i).rev().take_while(|j| self.sentence[*j] + 1 >= here).filter(|j| self.sentence[*j] < here);
        for j in near {
            let up = tok(j).head as usize;
            let between = tok(j).dep == "pobj" && self.lower(up) == "between";
            let brought = tok(j).dep == "dobj" && BRING.contains(&tok(up).lemma.as_str());
            if !between && !brought {
                continue;
            }
            let all: Vec<&Mention> = self.all_joined(j).into_iter().filter_map(|k| self.mention_at(k)).collect();
            let [a, b] = all.as_slice() else { return None };
            let kind = |m: &Mention| m.who.kind(self.reg);
            let sides =
                matches!(kind(a), Kind::Person | Kind::State | Kind::Group) && kind(a) == kind(b) && a.who != b.who;
            if !sides || !a.also.is_empty() || !b.also.is_empty() {
                return None;
            }
            let mut out = self.like(i, a, Via::Pronoun);
            out.also = vec![b.who.clone()];
            out.country = None;
            return Some(out);
        }
        None
    }

    /// "two factions, FLEC-FAC, led by X, and FLEC-Renovada. Bembe, who headed the latter": the second, or first, of two that
    /// the sentence before joins.
    fn one_of_two(&self, i: usize, low: &str) -> Option<Mention> {
        let here = self.sentence[i];
        let near = (0..i).rev().take_while(|j| self.sentence[*j] + 1 >= here);
        for j in near.filter(|j| self.doc.tokens[*j].dep == "conj") {
            let all: Vec<&Mention> = self.all_joined(j).into_iter().filter_map(|k| self.mention_at(k)).collect();
            let [a, b] = all.as_slice() else { continue };
            let names = |m: &Mention| matches!(m.via, Via::Name | Via::Organ) && !m.place && m.also.is_empty();
            if names(a) && names(b) && a.who != b.who && a.who.kind(self.reg) == b.who.kind(self.reg) {
                return Some(self.like(i, if low == "latter" { b } else { a }, Via::Role));
            }
        }
        None
    }

    /// "the latter" is the last thing named, "the former" the one before it.
    pub(super) fn latter(&self, i: usize, low: &str, st: &State) -> Option<Mention> {
        if let Some(m) = self.one_of_two(i, low) {
            return Some(m);
        }
        let own = self.doers_above(i);
        let mut found: Vec<&Mention> = Vec::new();
        for &ix in st.seen.iter().rev() {
            let m = &self.mentions[ix as usize];
            // "Obama has not ruled out arming the latter": not the doer
            if own.contains(&m.who) {
                continue;
            }
            if self.sentence[i] - self.sentence[m.head] > 1 || found.len() == 2 {
                break;
            }
            let names = matches!(m.via, Via::Name | Via::Organ) && !found.iter().any(|f| f.who == m.who);
            if names && !m.place {
                found.push(m);
            }
        }
        let m = found.get(usize::from(low == "former"))?;
        Some(self.like(i, m, Via::Role))
    }
}
