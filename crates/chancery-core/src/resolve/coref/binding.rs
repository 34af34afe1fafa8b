//! What the grammar of the sentence binds a pronoun to, or forbids it: reflexives and their subjects, appositions,
//! relative clauses, what somebody is thanked or asked for.
use crate::resolve::actors::Kind;
use crate::resolve::mentions::{Builder, Mention, Via, Who};

impl Builder<'_> {
    /// "said that Mr Shekau blew himself up", "which was itself armed by Uganda": the subject of the pronoun's own verb.
    pub(super) fn reflexive(&self, i: usize) -> Option<&Mention> {
        let tok = |k: usize| &self.doc.tokens[k];
        let low = self.lower(i);
        if !(low.ends_with("self") || low.ends_with("selves")) {
            return None;
        }
        let mut v = i;
        for _ in 0..6 {
            if tok(v).tag.starts_with("VB") || tok(v).pos == "AUX" {
                break;
            }
            // "Mr Khaplang himself": the name that it stands beside
            if v != i && tok(v).pos == "PROPN" && tok(i).dep == "appos" {
                return self.mention_at(v);
            }
            v = tok(v).head as usize;
        }
        for _ in 0..4 {
            if let Some(s) = self.kid_of(v, &["nsubj", "nsubjpass"]).filter(|s| *s != i) {
                let person = low.starts_with("him") || low.starts_with("her");
                return self.mention_at(s).filter(|m| match m.who.kind(self.reg) {
                    Kind::Person => low != "itself",
                    _ => !person,
                });
            }
            let up = tok(v).head as usize;
            if up == v || !matches!(tok(v).dep, "conj" | "xcomp" | "pcomp") {
                return None;
            }
            if tok(v).dep == "xcomp"
                && let Some(asked) = self.kid_of(up, &["dobj"]).filter(|o| *o < v)
            {
                return self.mention_at(asked);
            }
            v = up;
        }
        None
    }

    /// Whom the grammar forbids: "Yahya Sinwar, his successor" is not his own; "Niamey, which it says" is not "it".
    pub(super) fn bound_out(&self, i: usize) -> Vec<&Who> {
        let tok = |k: usize| &self.doc.tokens[k];
        let mut out = Vec::new();
        match tok(i).dep {
            "poss" => {
                let n = tok(i).head as usize;
                let name = |k: usize| self.mention_at(k).filter(|m| matches!(m.via, Via::Name)).map(|m| &m.who);
                if tok(n).dep == "appos" {
                    out.extend(name(tok(n).head as usize));
                }
                out.extend(self.kid_of(n, &["appos"]).and_then(name));
            }
            "nsubj" | "nsubjpass" => {
                let r = tok(i).head as usize;
                if tok(r).dep == "relcl" {
                    out.extend(self.mention_at(tok(r).head as usize).map(|m| &m.who));
                }
            }
            _ => {}
        }
        out
    }

    /// "congratulate Nicolás Maduro on his re-election", "thanked Qatar for its help": whom the judged deed belongs to.
    pub(super) fn judged_for(&self, i: usize) -> Option<&Mention> {
        const JUDGE: &[&str] = &[
            "congratulate",
            "thank",
            "praise",
            "criticise",
            "criticize",
            "condemn",
            "rebuke",
            "commend",
            "applaud",
            "fault",
            "punish",
            "reward",
            "honour",
            "honor",
            "laud",
            "accuse",
            "convict",
            "charge",
            "reprimand",
            "blame",
            "chide",
            "censure",
            "admonish",
            "denounce",
        ];
        let tok = |k: usize| &self.doc.tokens[k];
        if tok(i).dep != "poss" {
            return None;
        }
        let n = tok(i).head as usize;
        let p = tok(n).head as usize;
        if tok(n).dep != "pobj" || !matches!(self.lower(p).as_str(), "on" | "for" | "over" | "about" | "of" | "upon") {
            return None;
        }
        let mut v = tok(p).head as usize;
        if matches!(tok(v).dep, "dobj" | "nsubjpass") {
            v = tok(v).head as usize;
        }
        if !JUDGE.contains(&tok(v).lemma.as_str()) || v > i {
            return None;
        }
        let whom = self.kid_of(v, &["nsubjpass"]).or_else(|| self.kid_of(v, &["dobj"])).filter(|o| *o < i)?;
        self.mention_at(whom)
    }

    /// "asked the United States and the United Nations for troops to guard its ports": what is asked for is to serve the
    /// asker.
    pub(super) fn asks_for(&self, i: usize) -> Option<&Mention> {
        const ASK: &[&str] = &["ask", "appeal", "plead", "call", "beg", "petition", "lobby", "press", "apply"];
        let tok = |k: usize| &self.doc.tokens[k];
        if tok(i).dep != "poss" {
            return None;
        }
        let mut t = tok(i).head as usize;
        // "asked the United States for troops to guard its ports", the infinitive hung on the asking
        let v = tok(t).head as usize;
        let asks = tok(v).head as usize;
        let infinitive =
            self.children[v].iter().any(|a| tok(*a as usize).dep == "aux" && self.lower(*a as usize) == "to");
        let for_things = self.children[asks].iter().map(|c| *c as usize).find(|c| self.lower(*c) == "for" && *c < v);
        if tok(v).dep == "xcomp"
            && infinitive
            && ASK.contains(&tok(asks).lemma.as_str())
            && for_things.and_then(|p| self.kid_of(p, &["pobj"])).is_some_and(|o| self.at[o].is_none())
        {
            return self.mention_at(self.kid_of(asks, &["nsubj"])?);
        }
        for _ in 0..6 {
            let up = tok(t).head as usize;
            if up == t {
                return None;
            }
            if tok(t).tag.starts_with("VB")
                && let Some(s) = self.kid_of(t, &["nsubj", "nsubjpass"])
            {
                // "asked the United States for troops to guard its ports"
                let mark = self.kid_of(t, &["mark"]).is_some_and(|m| self.lower(m) == "for");
                if mark
                    && ASK.contains(&tok(up).lemma.as_str())
                    && self.mention_at(s).is_none_or(|m| m.via == Via::Noun)
                {
                    return self.mention_at(self.kid_of(up, &["nsubj"])?);
                }
                return None;
            }
            if self.lower(t) == "for" && tok(t).dep == "prep" && ASK.contains(&tok(up).lemma.as_str()) {
                return self.mention_at(self.kid_of(up, &["nsubj"])?);
            }
            t = up;
        }
        None
    }

    /// "seventeen suspects, most of them Colombians", "170 individuals, among them the president": those named just before
    /// the comma. `Some(None)` where they are no party.
    pub(super) fn among(&self, i: usize) -> Option<Option<&Mention>> {
        let tok = |k: usize| &self.doc.tokens[k];
        let p = i.checked_sub(1)?;
        if self.lower(i) != "them" || !matches!(self.lower(p).as_str(), "among" | "amongst" | "of") {
            return None;
        }
        let first = if self.lower(p) == "of" {
            let q = p.checked_sub(1)?;
            let counts = tok(q).tag == "CD"
                || matches!(
                    self.lower(q).as_str(),
                    "most" | "many" | "some" | "several" | "all" | "few" | "half" | "both"
                );
            counts.then_some(q)?
        } else {
            p
        };
        let comma = first.checked_sub(1).filter(|c| self.doc.text(*c) == ",")?;
        let here = self.sentence[i];
        let plural = (0..comma)
            .rev()
            .take_while(|j| self.sentence[*j] == here)
            .find(|j| matches!(tok(*j).tag, "NNS" | "NNPS") && !matches!(tok(*j).dep, "compound" | "npadvmod"))?;
        Some(self.mention_at(plural))
    }

    /// "its men", "one of his men": the soldiers of a group or state, or of whoever leads one.
    pub(super) fn men_of(&self, owner: &Mention) -> Option<Who> {
        match owner.who.kind(self.reg) {
            Kind::Group | Kind::State | Kind::Party | Kind::Government => Some(owner.who.clone()),
            Kind::Person => self.group_of(owner),
            _ => None,
        }
    }

    /// "the group's leaders": of the group that the noun points at.
    pub(super) fn owned_by_group(&mut self, ix: u32) {
        let m = &self.mentions[ix as usize];
        if m.via != Via::Noun || m.who.kind(self.reg) != Kind::People || m.tokens.is_empty() {
            return;
        }
        let head = m.head;
        let poss = self.kid_of(head, &["poss"]).filter(|p| self.doc.tokens[*p].pos == "NOUN");
        let group = poss.and_then(|p| self.mention_at(p)).filter(|g| {
            g.via == Via::Role && matches!(g.who.kind(self.reg), Kind::Group | Kind::Party | Kind::Organization)
        });
        let agents = self.reg.words.agents.contains(&crate::resolve::lexicon::singular(self.doc.text(head)));
        let Some(who) = group.filter(|_| agents).map(|g| g.who.clone()) else { return };
        let (country, organ) = (self.country_of(&who), self.lower(head));
        let m = &mut self.mentions[ix as usize];
        m.who = who;
        m.country = country;
        m.via = Via::Organ;
        m.organ = Some(organ);
    }

    /// "It was the bloodiest attack", "It is the second break in a decade": what happened, nobody.
    pub(super) fn is_event(&self, i: usize) -> bool {
        const EVENTS: &[&str] = &[
            "attack",
            "coup",
            "visit",
            "break",
            "row",
            "move",
            "step",
            "strike",
            "blow",
            "crisis",
            "time",
            "war",
            "election",
            "summit",
            "meeting",
            "sign",
            "response",
            "crime",
            "decision",
            "day",
            "defeat",
            "victory",
            "trip",
            "vote",
            "bombing",
            "massacre",
            "raid",
            "deal",
            "offensive",
            "case",
            "result",
            "signal",
            "attempt",
            "ambush",
            "clash",
            "call",
            "killing",
            "expulsion",
            "withdrawal",
            "talk",
            "change",
            "act",
            "setback",
            "breach",
            "quarrel",
            "rebuke",
        ];
        let t = &self.doc.tokens[i];
        let v = t.head as usize;
        t.dep == "nsubj"
            && self.doc.tokens[v].lemma == "be"
            && self.kid_of(v, &["attr"]).is_some_and(|a| EVENTS.contains(&self.doc.tokens[a].lemma.as_str()))
    }

    /// "after Somalia severed relations with Nairobi, accusing it of meddling": a participle behind a comma goes with the
    /// clause that it follows, wherever the parser hung it.
    pub(super) fn clause_before(&self, verb: usize) -> Option<usize> {
        let tok = |k: usize| &self.doc.tokens[k];
        if tok(verb).tag != "VBG" || tok(verb).dep != "advcl" {
            return None;
        }
        let last = verb.checked_sub(2).filter(|_| self.doc.text(verb - 1) == ",")?;
        let up = tok(verb).head as usize;
        let mut t = last;
        for _ in 0..10 {
            let clause = matches!(tok(t).dep, "advcl" | "ccomp" | "relcl" | "conj") && tok(t).tag.starts_with("VB");
            if clause && t != up && t < verb {
                return self.kid_of(t, &["nsubj", "nsubjpass"]).filter(|s| *s < t);
            }
            let h = tok(t).head as usize;
            if h == t || t == up {
                return None;
            }
            t = h;
        }
        None
    }

    /// "Somaliland, which declared its independence": does a relative pronoun rule the clause in which a possessive stands?
    pub(super) fn rules_the_relative(&self, i: usize, j: usize) -> bool {
        let tok = |k: usize| &self.doc.tokens[k];
        if tok(i).dep != "poss" || !matches!(tok(j).tag, "WDT" | "WP") || !matches!(tok(j).dep, "nsubj" | "nsubjpass") {
            return false;
        }
        let mut v = tok(i).head as usize;
        for _ in 0..3 {
            if tok(v).tag.starts_with("VB") {
                break;
            }
            v = tok(v).head as usize;
        }
        tok(v).dep == "relcl" && tok(j).head as usize == v
    }

    /// "The regional bloc, Igad, meets": the name set beside the noun.
    pub(super) fn named_beside(&self, i: usize) -> Option<Mention> {
        let w = &self.reg.words;
        let noun = crate::resolve::lexicon::singular(self.doc.text(i));
        if self.doc.tokens[i].tag != "NN"
            || !(w.organization.contains(&noun) || w.group.contains(&noun))
            || !self.has_det(i)
        {
            return None;
        }
        let name =
            self.children[i].iter().map(|c| *c as usize).find(|c| *c > i && self.doc.tokens[*c].dep == "appos")?;
        let m = self.mention_at(name).filter(|m| m.via == Via::Name && m.tokens.start <= i + 3)?;
        matches!(m.who.kind(self.reg), Kind::Group | Kind::Organization | Kind::Party | Kind::Body)
            .then(|| self.like(i, m, Via::Role))
    }

    /// "since 2003, when FARC bombed the club": told of as a thing past, aside.
    pub(super) fn is_background(&self, j: usize) -> bool {
        let tok = |k: usize| &self.doc.tokens[k];
        let mut t = j;
        for _ in 0..8 {
            let up = tok(t).head as usize;
            if up == t {
                return false;
            }
            if matches!(tok(t).dep, "relcl" | "advcl") {
                return self.children[t].iter().any(|c| self.lower(*c as usize) == "when");
            }
            t = up;
        }
        false
    }

    /// "Philippine President Benigno Aquino vowed to crush them, and the army said": the army of him who rules the clause
    /// before.
    pub(super) fn state_of_clause_before(&self, i: usize) -> Option<crate::resolve::actors::ActorIx> {
        let tok = |k: usize| &self.doc.tokens[k];
        let v = tok(i).head as usize;
        if tok(i).dep != "nsubj" || tok(v).dep != "conj" {
            return None;
        }
        let first = self.kid_of(tok(v).head as usize, &["nsubj", "nsubjpass"]).filter(|s| *s < i)?;
        let m = self.mention_at(first)?;
        // the head of an organisation speaks for no army
        let serves = |w: &Who| {
            matches!((w, self.published), (Who::Known(ix), Some(day))
            if self.reg.spells(*ix).any(|s| s.covers(day) && self.reg.actor(s.of).kind == Kind::Organization))
        };
        let rules = m.who.kind(self.reg) == Kind::Person && !serves(&m.who) || m.organ.is_some();
        self.reg.by_id(m.country.as_ref().filter(|_| rules && m.also.is_empty())?)
    }

    /// "gave China three days to close its consulate": whoever is given the time.
    pub(super) fn given_time(&self, i: usize) -> Option<&Mention> {
        let tok = |k: usize| &self.doc.tokens[k];
        if tok(i).dep != "poss" {
            return None;
        }
        let v = tok(tok(i).head as usize).head as usize;
        let time = tok(v).head as usize;
        let timed =
            matches!(tok(time).lemma.as_str(), "day" | "hour" | "week" | "month" | "deadline" | "year" | "permission");
        let gives = if timed { tok(time).head as usize } else { time };
        let infinitive =
            self.children[v].iter().any(|a| tok(*a as usize).dep == "aux" && self.lower(*a as usize) == "to");
        if !tok(v).tag.starts_with("VB") || !infinitive || tok(gives).lemma != "give" || gives > i {
            return None;
        }
        self.mention_at(self.kid_of(gives, &["dative"]).filter(|d| *d < i)?)
    }

    /// "gunmen of the movement kidnapped him": the movement's, now that it is known which is meant.
    pub(super) fn fighters_of_the_group(&mut self) {
        for ix in 0..self.mentions.len() {
            let m = &self.mentions[ix];
            if m.tokens.is_empty() || m.via != Via::Noun || m.who.kind(self.reg) != Kind::People {
                continue;
            }
            let head = m.head;
            let of = self.children[head].iter().map(|c| *c as usize).find(|c| *c > head && self.lower(*c) == "of");
            let group = of.and_then(|p| self.kid_of(p, &["pobj"])).and_then(|g| self.mention_at(g));
            let group =
                group.filter(|g| g.via == Via::Role && g.who.kind(self.reg) == Kind::Group && g.also.is_empty());
            let Some(who) = group.map(|g| g.who.clone()) else { continue };
            let noun = self.lower(head);
            if !matches!(
                noun.as_str(),
                "gunmen" | "fighters" | "militants" | "members" | "men" | "commanders" | "guerrillas"
            ) {
                continue;
            }
            let country = self.country_of(&who);
            let m = &mut self.mentions[ix];
            m.who = who;
            m.country = country;
            m.via = Via::Organ;
            m.organ = Some(noun);
        }
    }

    /// "accusing the former colonial power of taking sides": the state that once ruled others, of those told of.
    pub(super) fn is_colonial(&self, i: usize) -> bool {
        let noun = self.lower(i);
        matches!(noun.as_str(), "power" | "ruler" | "master")
            && self.children[i].iter().any(|c| matches!(self.lower(*c as usize).as_str(), "colonial" | "imperial"))
    }
}
