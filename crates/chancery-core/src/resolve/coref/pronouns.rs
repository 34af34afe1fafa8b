//! "It", "he", "they", "which": the most salient of those named before that agree with it, or none.
use super::{Number, State, WINDOW, pronoun_gender};
use crate::resolve::actors::{Kind, norm_word};
use crate::resolve::lexicon::singular;
use crate::resolve::mentions::{Builder, Mention, Via, Who};

impl Builder<'_> {
    /// "who", "which", "that": the noun that the clause hangs on.
    pub(super) fn relative(&self, i: usize) -> Option<Mention> {
        let mut t = self.doc.tokens[i].head as usize;
        for _ in 0..6 {
            let tok = &self.doc.tokens[t];
            if tok.dep == "relcl" {
                let noun = tok.head as usize;
                let m = self.mention_at(noun)?;
                // "the prime minister of Malaysia, which holds": no person
                let beside = i.checked_sub(2).filter(|_| i > 1 && self.doc.text(i - 1) == ",");
                let thing = beside.and_then(|b| self.mention_at(b)).filter(|o| o.who.kind(self.reg) != Kind::Person);
                let which = self.doc.tokens[i].tag == "WDT" && m.who.kind(self.reg) == Kind::Person && noun + 12 > i;
                // "Morocco thanks Saudi Arabia and the Emirates, which have": hung across the verb by the parser
                let verb = self.doc.tokens[noun].head as usize;
                let across = self.doc.tokens[noun].dep == "nsubj" && (noun + 1..i).contains(&verb) && tok.tag != "WP";
                let noun = match beside {
                    Some(b) if across && thing.is_some() => b,
                    _ => noun,
                };
                let m = thing.filter(|_| which || across).unwrap_or(m);
                let mut out = self.like(i, m, Via::Pronoun);
                out.organ = m.organ.clone();
                // "Turkey and Armenia, which have": both.
                // "Komala, whose fighters are camped": the verb is the fighters'
                let whose = self.doc.tokens[i].tag == "WP$";
                let aux = self.kid_of(t, &["aux", "auxpass"]).filter(|_| !whose).map_or("", |c| self.doc.text(c));
                // "Kuwait and the Emirates, which had called their envoys home"
                let theirs = || {
                    (i..self.doc.len().min(i + 8)).any(|k| {
                        self.lower(k) == "their" && self.hangs_below(k, t) && self.doc.tokens[i].dep == "nsubj"
                    })
                };
                if matches!(aux, "have" | "are" | "were") || tok.dep == "relcl" && theirs() {
                    let others = self
                        .all_joined(noun)
                        .into_iter()
                        .filter(|&c| c < i && c != noun)
                        .filter_map(|c| self.mention_at(c));
                    out.also.extend(others.map(|m| m.who.clone()).filter(|w| *w != m.who));
                }
                return Some(out);
            }
            if tok.head as usize == t {
                return None;
            }
            t = tok.head as usize;
        }
        None
    }

    /// The noun that a relative pronoun's clause hangs on.
    pub(super) fn relative_noun(&self, i: usize) -> Option<usize> {
        let mut t = self.doc.tokens[i].head as usize;
        for _ in 0..6 {
            let tok = &self.doc.tokens[t];
            if tok.dep == "relcl" || tok.head as usize == t {
                return (tok.dep == "relcl").then_some(tok.head as usize);
            }
            t = tok.head as usize;
        }
        None
    }

    pub(super) fn pronoun(
        &self,
        i: usize,
        low: &str,
        st: &State,
        speaker: Option<&Mention>,
        quoted: &[bool],
    ) -> Option<Mention> {
        if let Some(m) = self.reflexive(i) {
            return Some(self.like(i, m, Via::Pronoun));
        }
        match low {
            "i" | "me" | "my" | "mine" | "myself" => self.first_person(i, false, speaker, quoted),
            "we" | "us" | "our" | "ours" | "ourselves" => self.first_person(i, true, speaker, quoted),
            "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" => {
                let gender = pronoun_gender(low);
                let fits = |m: &&Mention| {
                    st.gender.get(&m.who).copied().or_else(|| self.gender_of(&m.who)).is_none_or(|g| Some(g) == gender)
                };
                let judged = self.judged_for(i).filter(|m| m.who.kind(self.reg) == Kind::Person && m.also.is_empty());
                if let Some(m) = self.spoken_for(i).or(judged).filter(fits) {
                    return Some(self.like(i, m, Via::Pronoun));
                }
                self.best(i, st, |b, m| {
                    let person = m.who.kind(b.reg) == Kind::Person && m.also.is_empty();
                    let agent = m.via == Via::Organ && b.doc.tokens[m.head].tag == "NN" && b.is_agent(m.head);
                    // "The representative of the United States said little. She called on"
                    let post = m.via == Via::Role && m.also.is_empty() && {
                        let t = &b.doc.tokens[m.head];
                        t.tag == "NN" && t.dep == "nsubj" && b.reg.is_post(&t.lemma)
                    };
                    if !(person || agent || post) {
                        return None;
                    }
                    let told = st.gender.get(&m.who).copied().or_else(|| b.gender_of(&m.who));
                    let other = told.is_some_and(|g| Some(g) != gender);
                    (!other).then_some(if person { 0.0 } else { -2.0 })
                })
                // "After he fled, Mr Assad said": nobody before, so whoever comes after
                .or_else(|| {
                    self.subject_after(i).filter(|m| {
                        let told = st.gender.get(&m.who).copied().or_else(|| self.gender_of(&m.who));
                        m.who.kind(self.reg) == Kind::Person && told.is_none_or(|g| Some(g) == gender)
                    })
                })
                .map(|m| self.like(i, m, Via::Pronoun))
            }
            "it" | "its" | "itself" => {
                let asked = self.asked_in_relative(i).and_then(|w| self.mention_at(w));
                if let Some(m) =
                    asked.filter(|m| m.who.kind(self.reg) != Kind::Person && self.number(m) != Number::Many)
                {
                    return Some(self.like(i, m, Via::Pronoun));
                }
                if let Some(m) = self.office_of_titled(i, st) {
                    return Some(self.like(i, m, Via::Pronoun));
                }
                if let Some(m) = self.before_colon(i).filter(|m| m.who.kind(self.reg) != Kind::Person) {
                    return Some(self.like(i, m, Via::Pronoun));
                }
                if low == "it"
                    && (self.is_held(i)
                        || self.is_event(i)
                        || self.is_empty_it(i)
                        || self.is_thing(i)
                        || self.is_called_a_deed(i)
                        || self.is_paper(i))
                {
                    return None;
                }
                let dealt = self.dealt_with(i).or_else(|| self.judged_for(i)).or_else(|| self.asks_for(i));
                let dealt = dealt.filter(|m| m.who.kind(self.reg) != Kind::Person);
                if let Some(m) = dealt.filter(|m| self.number(m) != Number::Many) {
                    return Some(self.like(i, m, Via::Pronoun));
                }
                let near = self
                    .given_time(i)
                    .or_else(|| self.asked_to(i))
                    .or_else(|| self.whose_act(i))
                    .or_else(|| self.joined_to(i));
                if let Some(m) = near.filter(|m| m.who.kind(self.reg) != Kind::Person) {
                    return Some(self.like(i, m, Via::Pronoun));
                }
                if low == "it"
                    && let Some(m) = self.teller(i)
                    && m.who.kind(self.reg) != Kind::Person
                    && self.number(m) != Number::Many
                {
                    return Some(self.like(i, m, Via::Pronoun));
                }
                if let Some(m) = self
                    .subject_after(i)
                    .filter(|m| self.number(m) != Number::Many && m.who.kind(self.reg) != Kind::Person)
                {
                    return Some(self.like(i, m, Via::Pronoun));
                }
                // "its soldiers", "its embassy": a state's, or a group's, hardly a body's
                const OF_STATES: &[&str] = &[
                    "army",
                    "soldier",
                    "troop",
                    "navy",
                    "air",
                    "jet",
                    "warplane",
                    "capital",
                    "border",
                    "embassy",
                    "ambassador",
                    "territory",
                    "airspace",
                    "independence",
                    "government",
                    "parliament",
                    "citizen",
                    "consulate",
                    "coast",
                    "economy",
                    "sovereignty",
                    "minister",
                    "ministry",
                    "premier",
                    "chancellor",
                ];
                const OF_STATES_ONLY: &[&str] = &[
                    "embassy",
                    "ambassador",
                    "airspace",
                    "consulate",
                    "minister",
                    "ministry",
                    "premier",
                    "chancellor",
                ];
                let whose = self.doc.tokens[self.doc.tokens[i].head as usize].lemma.as_str();
                // "its foreign ministers": an alliance has them too
                let ministers = whose == "minister" && self.doc.tokens[self.doc.tokens[i].head as usize].tag == "NNS";
                let owned = low == "its" && OF_STATES.contains(&whose) && !ministers;
                // "Its commander", "its gunmen": a group's, hardly a state's
                const OF_GROUPS: &[&str] = &[
                    "commander",
                    "member",
                    "fighter",
                    "gunman",
                    "militant",
                    "guerrilla",
                    "insurgent",
                    "jihadist",
                    "rebel",
                    "founder",
                ];
                let fighters = low == "its" && OF_GROUPS.contains(&whose);
                let state_only = owned && OF_STATES_ONLY.contains(&whose);
                // "Israel recognised it": a state or who rules it, above all the one whose recognition was told of
                let recognised = self.is_recognised(i) && self.doc.tokens[i].dep == "dobj";
                // "Its members suspended the country": an organisation's
                let members = low == "its" && whose == "member";
                let staff = low == "its" && (self.reg.is_human(whose) || whose == "employee");
                self.best(i, st, |b, m| match b.number(m) {
                    _ if staff && m.who.kind(b.reg) == Kind::Place => None,
                    _ if members && m.who.kind(b.reg) == Kind::Organization => Some(6.0),
                    _ if owned && matches!(m.who.kind(b.reg), Kind::Organization | Kind::Media | Kind::Body) => {
                        Some(-8.0)
                    }
                    _ if state_only && matches!(m.who.kind(b.reg), Kind::Group | Kind::Party) => Some(-8.0),
                    _ if fighters && matches!(m.who.kind(b.reg), Kind::State | Kind::Government) => Some(-10.0),
                    _ if recognised && matches!(m.who.kind(b.reg), Kind::Organization | Kind::Media | Kind::Body) => {
                        None
                    }
                    Number::Many if recognised && m.via == Via::Name => Some(0.0),
                    Number::Many => None,
                    _ if recognised && b.is_recognised(m.head) => Some(12.0),
                    _ if m.who.kind(b.reg) == Kind::Person || m.via == Via::People => None,
                    _ if m.via == Via::Noun && !matches!(m.who.kind(b.reg), Kind::Other) => None,
                    _ => Some(0.0),
                })
                .map(|m| self.like(i, m, Via::Pronoun))
            }
            "they" | "them" | "their" | "theirs" | "themselves" => {
                if low == "them" && (self.is_state_of_things(i) || self.is_called_a_thing(i)) {
                    return None;
                }
                if let Some(m) = self.among(i) {
                    return m.map(|m| self.like(i, m, Via::Pronoun));
                }
                let dealt = self.dealt_with(i).or_else(|| self.judged_for(i)).or_else(|| self.asks_for(i));
                if let Some(m) = dealt.filter(|m| self.number(m) != Number::One) {
                    return Some(self.like(i, m, Via::Pronoun));
                }
                if let Some(m) = self.people_before(i) {
                    return Some(m);
                }
                if let Some(w) = self.asked_in_relative(i) {
                    match self.mention_at(w) {
                        Some(m) if self.number(m) != Number::One => return Some(self.like(i, m, Via::Pronoun)),
                        Some(m) if m.also.is_empty() && self.all_joined(w).len() > 1 => {
                            let mut out = self.like(i, m, Via::Pronoun);
                            let others = self.all_joined(w).into_iter().filter(|c| *c != w);
                            out.also = others.filter_map(|c| self.mention_at(c)).map(|o| o.who.clone()).collect();
                            return Some(out);
                        }
                        None if self.doc.tokens[w].tag == "NNS" => return None,
                        _ => {}
                    }
                }
                if let Some(m) = self.subject_after(i).filter(|m| self.number(m) != Number::One) {
                    return Some(self.like(i, m, Via::Pronoun));
                }
                if let Some(m) = self.office_of_titled(i, st) {
                    return Some(self.like(i, m, Via::Pronoun));
                }
                if let Some(m) = self.joined_to(i).filter(|m| m.who.kind(self.reg) != Kind::Person) {
                    return Some(self.like(i, m, Via::Pronoun));
                }
                // "Russia recognised them": the several whose recognition was told of, or whom a plural stands for
                let recognised = low == "them" && self.is_recognised(i);
                if recognised && let Some(m) = self.recognised_before(i, st) {
                    return Some(m);
                }
                if let Some(m) = self.pair_before(i).or_else(|| self.brought_together(i)) {
                    return Some(m);
                }
                self.best(i, st, |b, m| match b.number(m) {
                    _ if recognised && m.who.kind(b.reg) == Kind::Organization => None,
                    Number::Many => Some(2.0),
                    Number::Either if m.who.kind(b.reg) == Kind::Organization => Some(-5.0),
                    Number::Either => Some(-2.0),
                    Number::One if m.who.kind(b.reg) == Kind::Person || matches!(m.via, Via::Role | Via::Organ) => None,
                    // a state is "they" only where nobody else is
                    Number::One => Some(-10.0),
                })
                .filter(|m| m.who.kind(self.reg) != Kind::Place)
                .map(|m| self.like(i, m, Via::Pronoun))
            }
            _ => None,
        }
    }

    /// By the given name, where it is a woman's or a man's alone.
    pub(super) fn gender_of(&self, who: &Who) -> Option<&'static str> {
        let name = match who {
            Who::Known(ix) => &self.reg.actor(*ix).label,
            Who::Unknown { name, .. } => name,
        };
        let (first, rest) = name.split_once(' ')?;
        let first = norm_word(first);
        let w = &self.reg.words;
        let known = (w.women.contains(&first)).then_some("she").or_else(|| w.men.contains(&first).then_some("he"));
        known.or_else(|| by_ending(&first, &rest.to_lowercase()))
    }

    /// "Turkey and its allies", "Turkey and their bid": whom the noun of the pronoun is joined to.
    pub(super) fn joined_to(&self, i: usize) -> Option<&Mention> {
        let t = &self.doc.tokens[i];
        let noun = &self.doc.tokens[t.head as usize];
        let first = noun.head as usize;
        if t.dep != "poss" || noun.dep != "conj" || first > i {
            return None;
        }
        let beside = (i > 1 && self.lower(i - 1) == "and").then(|| self.mention_at(i - 2)).flatten();
        self.mention_at(first).or(beside)
    }

    /// "called on the United States to reopen its embassy": whoever is asked for an act asks for it with what is his own.
    /// "asked the court to support its claim": what one asks for oneself is the asker's.
    pub(super) fn asked_to(&self, i: usize) -> Option<&Mention> {
        const FOR_THE_ASKER: &[&str] = &[
            "support",
            "back",
            "recognise",
            "recognize",
            "respect",
            "honour",
            "honor",
            "join",
            "accept",
            "aid",
            "help",
            "fund",
            "endorse",
            "approve",
            "consider",
            "heed",
            "defend",
            "meet",
            "grant",
            "protect",
            "attend",
            "follow",
            "implement",
            "adopt",
            "answer",
            "fulfil",
            "fulfill",
            "hear",
            "use",
            "admit",
        ];
        const ASK: &[&str] = &[
            "urge",
            "ask",
            "order",
            "tell",
            "force",
            "press",
            "push",
            "pressure",
            "encourage",
            "call",
            "request",
            "warn",
            "beg",
            "implore",
            "require",
            "want",
            "instruct",
            "compel",
            "persuade",
            "appeal",
            "demand",
        ];
        let t = &self.doc.tokens[i];
        if t.dep != "poss" {
            return None;
        }
        let noun = &self.doc.tokens[t.head as usize];
        let verb = noun.head as usize;
        let v = &self.doc.tokens[verb];
        let infinitive = self.children[verb]
            .iter()
            .any(|c| self.doc.tokens[*c as usize].dep == "aux" && self.lower(*c as usize) == "to");
        let asks = v.head as usize;
        let asked = matches!(v.dep, "xcomp" | "ccomp" | "advcl") && ASK.contains(&self.doc.tokens[asks].lemma.as_str());
        if noun.dep != "dobj" || !infinitive || !asked || FOR_THE_ASKER.contains(&v.lemma.as_str()) {
            return None;
        }
        let kid = |h: usize, deps: &[&str]| {
            self.children[h].iter().map(|c| *c as usize).find(|c| deps.contains(&self.doc.tokens[*c].dep))
        };
        let over = || {
            let mut preps = self.children[asks].iter().map(|c| *c as usize);
            preps.find(|c| matches!(self.lower(*c).as_str(), "on" | "upon" | "to")).and_then(|p| kid(p, &["pobj"]))
        };
        let own = || kid(verb, &["nsubj"]).filter(|s| *s < verb);
        let whom = own().or_else(|| kid(asks, &["dobj", "dative"])).or_else(over).filter(|w| *w < i)?;
        self.mention_at(whom)
    }

    /// "criticised Germany's decision to close its consulate", "thanked Qatar for opening its border": what is his own who
    /// does what is judged.
    pub(super) fn whose_act(&self, i: usize) -> Option<&Mention> {
        const WITH_HIS_OWN: &[&str] = &[
            "close", "reopen", "open", "withdraw", "recall", "send", "move", "expand", "increase", "keep", "deploy",
            "abandon", "fail", "change", "raise", "cut", "reduce", "lift", "suspend", "halt", "resume", "honour",
            "honor", "shut", "use",
        ];
        const JUDGE: &[&str] = &[
            "criticise",
            "criticize",
            "condemn",
            "praise",
            "thank",
            "punish",
            "blame",
            "congratulate",
            "fault",
            "commend",
            "accuse",
            "rebuke",
            "reprimand",
            "applaud",
            "denounce",
            "laud",
            "censure",
            "chide",
        ];
        let tok = |k: usize| &self.doc.tokens[k];
        let kid = |h: usize, deps: &[&str]| {
            self.children[h].iter().map(|c| *c as usize).find(|c| deps.contains(&tok(*c).dep))
        };
        let noun = tok(i).head as usize;
        let mut verb = tok(noun).head as usize;
        if tok(noun).dep == "pobj" {
            verb = tok(verb).head as usize;
        }
        if tok(i).dep != "poss" || !tok(verb).tag.starts_with("VB") || verb > i {
            return None;
        }
        let over = tok(verb).head as usize;
        match tok(verb).dep {
            "acl" if kid(verb, &["aux"]).is_some_and(|a| self.lower(a) == "to") => {
                self.mention_at(kid(over, &["poss"])?)
            }
            "pcomp" if WITH_HIS_OWN.contains(&tok(verb).lemma.as_str()) => {
                let judged = tok(over).head as usize;
                if !JUDGE.contains(&tok(judged).lemma.as_str()) {
                    return None;
                }
                self.mention_at(kid(judged, &["nsubjpass"]).or_else(|| kid(judged, &["dobj"]))?)
            }
            _ => None,
        }
    }

    /// "its leader, Hemedti", "their president, X": whose office the registry knows the person named beside it to
    /// have held, of those the text has named.
    pub(super) fn office_of_titled<'m>(&'m self, i: usize, st: &State) -> Option<&'m Mention> {
        let t = &self.doc.tokens[i];
        if t.dep != "poss" {
            return None;
        }
        // "its leader", "a spokeswoman for its Foreign Ministry"
        let mut h = t.head as usize;
        let mut beside = self.mention_at(h);
        for _ in 0..2 {
            if beside.is_some_and(|m| m.via == Via::Title) || !matches!(self.doc.tokens[h].dep, "pobj" | "prep") {
                break;
            }
            h = self.doc.tokens[h].head as usize;
            beside = self.mention_at(h);
        }
        let beside = beside.filter(|m| m.via == Via::Title)?;
        let Who::Known(person) = beside.who else { return None };
        let here = self.sentence[i];
        let near = || {
            st.seen
                .iter()
                .rev()
                .map(|ix| &self.mentions[*ix as usize])
                .take_while(|m| here - self.sentence[m.head] <= 2 * WINDOW)
                .filter(|m| m.who != beside.who && m.also.is_empty())
        };
        let held = |m: &&Mention| matches!(&m.who, Who::Known(of) if self.reg.spells(person).any(|s| s.of == *of));
        let country = self.reg.actor(person).country.clone();
        let theirs = |m: &&Mention| country.is_some() && m.country == country && m.who.kind(self.reg) != Kind::Person;
        near().find(held).or_else(|| near().find(theirs))
    }

    /// "the army said it had hit a convoy": who speaks of himself.
    pub(super) fn teller(&self, i: usize) -> Option<&Mention> {
        const SAY: &[&str] = &[
            "say",
            "deny",
            "announce",
            "add",
            "claim",
            "admit",
            "confirm",
            "insist",
            "declare",
            "state",
            "warn",
            "vow",
            "pledge",
            "promise",
            "report",
            "acknowledge",
            "note",
        ];
        let t = &self.doc.tokens[i];
        let verb = t.head as usize;
        let v = &self.doc.tokens[verb];
        let says = v.head as usize;
        // "informed Taiwan that it was switching", not "told Taiwan that it must choose"
        const TELL: &[&str] = &["inform", "notify", "assure", "tell"];
        let lemma = self.doc.tokens[says].lemma.as_str();
        let should = || {
            self.kid_of(verb, &["aux"]).is_some_and(|a| {
                matches!(self.lower(a).as_str(), "must" | "should" | "ought" | "need" | "could" | "may" | "can")
            })
        };
        if t.dep != "nsubj"
            || v.dep != "ccomp"
            || says > i
            || !(SAY.contains(&lemma) || TELL.contains(&lemma) && !should())
        {
            return None;
        }
        let subject =
            self.children[says].iter().map(|c| *c as usize).find(|&c| c < says && self.doc.tokens[c].dep == "nsubj")?;
        self.mention_at(subject)
    }

    pub(super) fn is_agent(&self, i: usize) -> bool {
        self.reg.words.agents.contains(&singular(self.doc.text(i)))
    }

    /// "Italy never left: it had restored its ambassador": the subject of the clause that the colon explains.
    pub(super) fn before_colon(&self, i: usize) -> Option<&Mention> {
        let tok = &self.doc.tokens[i];
        let v = tok.head as usize;
        if tok.dep != "nsubj" || v == i {
            return None;
        }
        let clause = self.children[v].iter().map(|c| *c as usize).find(|&c| {
            c < i
                && matches!(self.doc.tokens[c].dep, "ccomp" | "parataxis")
                && (c..i).any(|k| matches!(self.doc.text(k), ":" | ";"))
        })?;
        let subject = self.children[clause]
            .iter()
            .map(|c| *c as usize)
            .find(|&c| matches!(self.doc.tokens[c].dep, "nsubj" | "nsubjpass"))?;
        self.mention_at(subject).filter(|m| matches!(m.via, Via::Name | Via::Organ))
    }

    /// "In its statement, the ministry ...", "Since their return the rebels ...": the subject that follows what
    /// the sentence begins with.
    pub(super) fn subject_after(&self, i: usize) -> Option<&Mention> {
        // "At their request the Council was to meet"
        const OF_ANOTHER: &[&str] = &["request", "invitation", "behest", "insistence", "urging", "instigation"];
        let mut t = i;
        if OF_ANOTHER.contains(&self.doc.tokens[self.doc.tokens[i].head as usize].lemma.as_str()) {
            return None;
        }
        for _ in 0..8 {
            let tok = &self.doc.tokens[t];
            let h = tok.head as usize;
            if h == t {
                return None;
            }
            if matches!(tok.dep, "prep" | "advcl") && h > t && self.doc.tokens[h].dep == "ROOT" {
                // the clause in front, from its first word on
                let (mut first, mut below) = (t.min(i), vec![t]);
                while let Some(k) = below.pop() {
                    first = first.min(k);
                    below.extend(self.children[k].iter().map(|c| *c as usize).filter(|c| *c != k));
                }
                let subject = self.children[h]
                    .iter()
                    .map(|c| *c as usize)
                    .find(|&c| matches!(self.doc.tokens[c].dep, "nsubj" | "nsubjpass"))?;
                let opens =
                    first == 0 || self.doc.tokens[first].sent_start || self.sentence[first - 1] != self.sentence[first];
                return self
                    .mention_at(subject)
                    .filter(|m| subject > i && opens && matches!(m.via, Via::Name | Via::Organ | Via::Title));
            }
            t = h;
        }
        None
    }

    /// Is a mention one, many, or may it be spoken of either way?
    pub(super) fn number(&self, m: &Mention) -> Number {
        if !m.also.is_empty() || m.via == Via::People {
            return Number::Many;
        }
        if matches!(m.via, Via::Pronoun) {
            match self.lower(m.head).as_str() {
                "they" | "them" | "their" | "theirs" | "themselves" => return Number::Many,
                "it" | "its" | "itself" => return Number::One,
                "who" | "which" | "that" | "whom" | "whose" => {
                    if let Some(n) = self.relative_noun(m.head).and_then(|n| self.mention_at(n))
                        && n.via != Via::Pronoun
                    {
                        return self.number(n);
                    }
                }
                _ => {}
            }
        }
        if matches!(m.via, Via::Organ | Via::Role | Via::Noun) {
            let tag = self.doc.tokens[m.head].tag;
            return match tag {
                "NNS" | "NNPS" => Number::Many,
                _ if matches!(self.lower(m.head).as_str(), "police" | "people") => Number::Many,
                _ => Number::One,
            };
        }
        match &m.who {
            Who::Known(ix) if self.reg.actor(*ix).plural => Number::Either,
            who => match who.kind(self.reg) {
                Kind::Group | Kind::People => Number::Either,
                Kind::Party | Kind::Organization | Kind::Body => Number::Either,
                _ => Number::One,
            },
        }
    }

    /// The most salient mention before a token that a test lets pass; `None` where a noun that is no actor
    /// is more salient.
    pub(super) fn best<'m>(
        &'m self,
        i: usize,
        st: &State,
        fits: impl Fn(&Self, &Mention) -> Option<f32>,
    ) -> Option<&'m Mention> {
        let here = self.sentence[i];
        let mut best: Option<(f32, &Mention)> = None;
        let mut bare = 0.0;
        let own = self.own_subjects(i);
        let bars = self.barred_owners(i);
        let bound = self.bound_out(i);
        for &ix in st.seen.iter().rev() {
            let m = &self.mentions[ix as usize];
            let back = here - self.sentence[m.head];
            if bars.as_ref().is_some_and(|b| b.stop(self, m)) {
                continue;
            }
            if back > 2 * WINDOW {
                break;
            }
            let named = st.count.get(&m.who).copied().unwrap_or(0.0);
            if back > WINDOW && named < 4.0 || m.tokens.contains(&i) || own.contains(&&m.who) || bound.contains(&&m.who)
            {
                continue;
            }
            let Some(extra) = fits(self, m) else { continue };
            let mut s = self.salience(i, m.head) + extra + named.min(6.0) * 0.5;
            let without = s - named.min(6.0) * 0.4;
            if m.via == Via::Adjective {
                s -= 5.0;
            }
            if m.via == Via::Noun {
                s -= 0.5;
            }
            if self.goes_on_as(i, m.head) {
                s += 6.0;
            }
            if m.place {
                s -= 6.0;
            }
            if back > 0 && self.only_tells(m.head, i) {
                s -= 3.0;
            }
            if back == 0 && self.aside_from(m.head, i) {
                s -= 4.0;
            }
            if self.rules_the_relative(i, m.head) {
                s += 5.0;
            }
            if self.parallel_owner(i, m.head) {
                s += 6.0;
            }
            if self.acted_on_before(i, m.head) {
                s += 8.0;
            }
            let one = matches!(self.lower(i).as_str(), "it" | "its" | "itself");
            let listed = self.doc.tokens[m.head].dep == "conj"
                || self.children[m.head].iter().any(|c| self.doc.tokens[*c as usize].dep == "conj");
            if one && listed && m.via != Via::Pronoun && self.doc.tokens[m.head].pos == "PROPN" {
                s -= 4.0;
            }
            let objects = [m.head, i].iter().all(|j| self.doc.tokens[*j].dep == "dobj");
            if one && objects && m.via == Via::Name && back == 0 {
                s += 4.0;
            }
            if m.via == Via::Pronoun && self.lower(m.head) == self.lower(i) {
                // "has designated it a terrorist group; Canada also lists it"
                s += if objects { 8.0 } else { 2.0 };
            }
            if best.is_none_or(|(b, _)| s > b) {
                best = Some((s, m));
                bare = without;
            }
        }
        let (_, m) = best?;
        let person =
            matches!(self.lower(i).as_str(), "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself");
        let many = matches!(self.lower(i).as_str(), "they" | "them" | "their" | "theirs" | "themselves");
        // "urged donors to pay what they have pledged": people who stand nearer, though no actors
        let people = || {
            (0..i).rev().take_while(|&j| self.sentence[j] == here).any(|j| {
                let t = &self.doc.tokens[j];
                t.tag == "NNS"
                    && self.at[j].is_none()
                    && matches!(t.dep, "nsubj" | "nsubjpass" | "dobj")
                    && self.reg.is_human(&t.lemma)
                    && !self.shares_clause(i, j)
                    && self.salience(i, j) - 1.0 > bare
            })
        };
        let taken = many && self.number(m) != Number::Many && people();
        // "its government has handed over": no thing has one
        const OWNED: &[&str] = &[
            "army",
            "soldier",
            "troop",
            "navy",
            "embassy",
            "ambassador",
            "government",
            "parliament",
            "minister",
            "citizen",
            "airspace",
            "territory",
        ];
        let owned = self.lower(i) == "its"
            && OWNED.contains(&self.doc.tokens[self.doc.tokens[i].head as usize].lemma.as_str())
            && self.doc.tokens[i].dep == "poss";
        if person
            || owned
            || self.is_deed(i) && !taken
            || self.is_recognised(i) && matches!(self.doc.tokens[i].dep, "dobj" | "poss")
        {
            return Some(m);
        }
        let rival = (0..i)
            .rev()
            .take_while(|&j| self.sentence[j] + 1 >= here)
            .filter(|&j| {
                let t = &self.doc.tokens[j];
                let number = if many { t.tag == "NNS" } else { t.tag == "NN" };
                number
                    && self.at[j].is_none()
                    && matches!(t.dep, "nsubj" | "nsubjpass" | "dobj" | "pobj")
                    && !self.shares_clause(i, j)
            })
            .map(|j| self.salience(i, j) - if self.doc.tokens[j].dep == "pobj" { 4.0 } else { 1.0 })
            .fold(f32::MIN, f32::max);
        (bare >= rival).then_some(m)
    }

    /// Who acts on what a pronoun stands for, and so is not meant by it: the subject of the verb whose object it is
    /// ("adopted sanctions against it", "is expected to recognise it"), and whoever stands with the noun that it hangs on
    /// ("American sanctions on it").
    pub(super) fn own_subjects(&self, i: usize) -> Vec<&Who> {
        // "dragged its ally down with it"
        const BESIDE_ONESELF: &[&str] = &["with", "behind", "around", "before", "beside", "above", "under", "within"];
        let tok = |k: usize| &self.doc.tokens[k];
        let kids = |h: usize| self.children[h].iter().map(|c| *c as usize);
        let mut out = Vec::new();
        let mut note = |c: usize| out.extend(self.mention_at(c).map(|m| &m.who));
        // "had him put in jail", "wants it to leave"
        let small = tok(i).dep == "nsubj" && {
            let v = tok(i).head as usize;
            let bare = kids(v).all(|c| !matches!(tok(c).dep, "mark" | "aux") || self.lower(c) == "to");
            tok(v).dep == "ccomp" && bare && matches!(tok(v).tag, "VB" | "VBN" | "VBG")
        };
        if !small && !matches!(tok(i).dep, "dobj" | "pobj" | "dative")
            || self.lower(i).ends_with("self")
            || self.lower(i).ends_with("selves")
        {
            return Vec::new();
        }
        let mut h = tok(i).head as usize;
        if small {
            h = tok(h).head as usize;
        }
        if tok(i).dep == "pobj" {
            let up = tok(h).head as usize;
            if BESIDE_ONESELF.contains(&self.lower(h).as_str()) && tok(up).tag.starts_with("VB") {
                let subject = kids(up).find(|c| matches!(tok(*c).dep, "nsubj" | "nsubjpass"));
                return subject.and_then(|s| self.mention_at(s)).map(|m| &m.who).into_iter().collect();
            }
            h = up;
        }
        for _ in 0..8 {
            let up = tok(h).head as usize;
            if !tok(h).tag.starts_with("VB") && tok(h).pos != "AUX" {
                kids(h).filter(|c| matches!(tok(*c).dep, "poss" | "amod" | "compound")).for_each(&mut note);
                if up == h || matches!(tok(h).dep, "nsubj" | "nsubjpass" | "conj" | "appos") {
                    break;
                }
                h = up;
                continue;
            }
            // "met Koroma and urged him": the subject of the verb that this one is joined to
            let subject =
                kids(h).find(|&c| matches!(tok(c).dep, "nsubj" | "nsubjpass")).or_else(|| self.clause_before(h));
            if let Some(s) = subject {
                note(s);
                // "Kenyan officials met it"
                let whose = |c: &usize| match tok(*c).dep {
                    // "his wanderings made him leave"
                    "poss" => self.mention_at(s).is_some(),
                    dep => matches!(dep, "amod" | "compound"),
                };
                kids(s).filter(whose).for_each(&mut note);
                break;
            }
            if up == h || !matches!(tok(h).dep, "conj" | "xcomp" | "pcomp" | "advcl" | "acl") {
                break;
            }
            // "asked Ghana to help it": Ghana is to help
            if tok(h).dep == "xcomp"
                && let Some(asked) = kids(up).find(|c| matches!(tok(*c).dep, "dobj" | "dative") && *c < h)
            {
                note(asked);
                break;
            }
            h = up;
        }
        out
    }

    /// An object cannot be the subject of its own verb ("Kony thanked him").
    pub(super) fn shares_clause(&self, i: usize, j: usize) -> bool {
        let t = &self.doc.tokens[i];
        let mut h = t.head as usize;
        if t.dep == "pobj" {
            h = self.doc.tokens[h].head as usize;
        }
        let o = &self.doc.tokens[j];
        matches!(t.dep, "dobj" | "pobj" | "dative")
            && o.head as usize == h
            && matches!(o.dep, "nsubj" | "nsubjpass" | "dobj")
            && !self.lower(i).ends_with("self")
            && !self.lower(i).ends_with("selves")
    }

    /// Does the word do what only an actor does ("it said", "it recalled")?
    pub(super) fn is_deed(&self, i: usize) -> bool {
        const DEEDS: &[&str] = &[
            "say",
            "add",
            "tell",
            "announce",
            "warn",
            "call",
            "ask",
            "urge",
            "condemn",
            "accuse",
            "demand",
            "reject",
            "deny",
            "recall",
            "withdraw",
            "recognize",
            "recognise",
            "plan",
            "attack",
            "launch",
            "control",
            "seize",
            "support",
            "agree",
            "refuse",
            "vow",
            "threaten",
            "declare",
            "claim",
            "want",
            "hope",
            "believe",
            "consider",
            "decide",
            "open",
            "close",
            "sign",
            "offer",
            "pledge",
        ];
        let t = &self.doc.tokens[i];
        t.dep == "nsubj" && DEEDS.contains(&self.doc.tokens[t.head as usize].lemma.as_str())
    }
}

/// "Tsikhanouskaya", "Jakobsdóttir", "Georgieva", "Bakoyannis"; "Gabrielius", "Miroslav": endings that only a woman's or only a
/// man's name has; one that both may bear ("-ko", "-ich", "-yan") tells nothing.
fn by_ending(given: &str, surname: &str) -> Option<&'static str> {
    const SHE: &[&str] = &[
        "skaya", "skaja", "skaia", "kova", "nova", "lova", "rova", "yeva", "ieva", "ová", "dóttir", "dottir", "ienė",
        "aitė", "opoulou",
    ];
    const HE: &[&str] = &["skiy", "skij", "skyi", "kov", "nov", "rov", "auskas", "opoulos"];
    const HIS: &[&str] = &["ius", "slav", "berto", "aldo"];
    const HERS: &[&str] = &["iana", "ette", "elle", "slava"];
    let last = surname.rsplit(' ').next()?;
    let ends = |word: &str, list: &[&str]| list.iter().any(|e| word.len() > e.len() + 1 && word.ends_with(e));
    let she = ends(last, SHE) || ends(given, HERS);
    let he = ends(last, HE) || ends(given, HIS);
    if she == he { None } else { Some(if she { "she" } else { "he" }) }
}
