//! What the clause tells of a pronoun: whose a thing cannot be, to whom an order's relative clause belongs, what the
//! joined verb acted on before.
use crate::resolve::actors::{ActorIx, Kind};
use crate::resolve::mentions::{Builder, Mention, Via, Who};

/// Nouns of persons who stand for somebody: "received its envoys".
const ENVOYS: &[&str] = &[
    "envoy",
    "ambassador",
    "diplomat",
    "minister",
    "president",
    "leader",
    "delegation",
    "representative",
    "official",
    "premier",
    "chief",
    "counterpart",
    "delegate",
    "emissary",
    "negotiator",
    "spokesman",
    "king",
    "chairman",
    "head",
];

/// Who acts on what a possessive's noun names, where nobody does so to his own.
pub(super) struct Bars {
    whos: Vec<Who>,
    countries: Vec<String>,
}

impl Bars {
    pub(super) fn stop(&self, b: &Builder<'_>, m: &Mention) -> bool {
        self.whos.contains(&m.who)
            || matches!(m.who.kind(b.reg), Kind::State | Kind::Government)
                && m.country.as_ref().is_some_and(|c| self.countries.contains(c))
    }
}

impl Builder<'_> {
    pub(super) fn kid_of(&self, h: usize, deps: &[&str]) -> Option<usize> {
        self.children[h].iter().map(|c| *c as usize).find(|c| deps.contains(&self.doc.tokens[*c].dep))
    }

    /// "Congo's forces shelled its territory", "had received two of its envoys", "expelled its ambassador": whose the
    /// territory is not.
    pub(super) fn barred_owners(&self, i: usize) -> Option<Bars> {
        const TO_OTHERS: &[&str] = &[
            "attack",
            "shell",
            "bomb",
            "bombard",
            "invade",
            "occupy",
            "annex",
            "besiege",
            "storm",
            "raid",
            "ransack",
            "recognise",
            "recognize",
            "expel",
            "accuse",
            "thank",
            "congratulate",
            "infiltrate",
            "blockade",
            "ambush",
            "overrun",
            "derecognise",
            "derecognize",
            "violate",
            "breach",
            "evict",
            "torch",
        ];
        const PERSONS: &[&str] = &["receive", "meet", "summon", "host", "kill", "assassinate", "welcome", "accredit"];
        const GROUND: &[&str] = &["seize", "capture", "take", "cross", "enter"];
        const GROUNDS: &[&str] = &[
            "capital",
            "territory",
            "airport",
            "port",
            "embassy",
            "base",
            "outpost",
            "airspace",
            "border",
            "stronghold",
        ];
        const NOT_OTHERS: &[&str] = &[
            "obligation",
            "promise",
            "commitment",
            "pledge",
            "word",
            "constitution",
            "undertaking",
            "neighbour",
            "neighbor",
            "ally",
            "rival",
            "enemy",
            "foe",
            "counterpart",
            "partner",
            "opponent",
            "critic",
            "adversary",
            "target",
        ];
        let tok = |k: usize| &self.doc.tokens[k];
        if tok(i).dep != "poss" || !matches!(self.lower(i).as_str(), "its" | "their") {
            return None;
        }
        let mut n = tok(i).head as usize;
        let noun = tok(n).lemma.to_lowercase();
        if self.children[n].iter().any(|c| self.lower(*c as usize) == "own") || NOT_OTHERS.contains(&noun.as_str()) {
            return None;
        }
        // "two of its envoys"
        for _ in 0..2 {
            let of = tok(n).head as usize;
            let over = tok(of).head as usize;
            let counts =
                tok(over).tag == "CD" || matches!(tok(over).lemma.as_str(), "some" | "many" | "most" | "dozen");
            if tok(n).dep != "pobj" || self.lower(of) != "of" || !counts {
                break;
            }
            n = over;
        }
        if tok(n).dep == "conj" {
            n = tok(n).head as usize;
        }
        let mut v = tok(n).head as usize;
        let person = ENVOYS.contains(&noun.as_str())
            || matches!(noun.as_str(), "soldier" | "commander" | "officer" | "fighter" | "founder");
        let takes = |v: usize| {
            let lemma = tok(v).lemma.as_str();
            TO_OTHERS.contains(&lemma)
                || PERSONS.contains(&lemma) && person
                || GROUND.contains(&lemma) && GROUNDS.contains(&noun.as_str())
        };
        let passive = tok(n).dep == "nsubjpass";
        if !(tok(n).dep == "dobj" || passive) || !takes(v) {
            return None;
        }
        // "accredited its ambassador to Fiji": who accredits him somewhere sends him, who accredits him receives him
        let to = |k: usize| self.children[k].iter().any(|c| self.lower(*c as usize) == "to");
        if tok(v).lemma == "accredit" && (to(v) || to(n)) {
            return None;
        }
        let doer = if passive {
            let by = self.kid_of(v, &["agent"])?;
            self.kid_of(by, &["pobj"])?
        } else {
            let mut found = None;
            for _ in 0..5 {
                found = self.kid_of(v, &["nsubj"]).filter(|s| *s < i);
                if found.is_some() || !matches!(tok(v).dep, "conj" | "xcomp" | "pcomp" | "advcl" | "acl") {
                    break;
                }
                let up = tok(v).head as usize;
                // "ordered the army to shell its territory"
                found = self.kid_of(up, &["dobj"]).filter(|o| tok(v).dep == "xcomp" && *o < v);
                if found.is_some() || up == v {
                    break;
                }
                v = up;
            }
            found?
        };
        let mut bars = Bars { whos: Vec::new(), countries: Vec::new() };
        let mut note = |m: &Mention| {
            bars.whos.push(m.who.clone());
            bars.whos.extend(m.also.iter().cloned());
            if matches!(m.who.kind(self.reg), Kind::State | Kind::Government | Kind::Person | Kind::Body) {
                bars.countries.extend(m.country.clone());
            }
        };
        self.mention_at(doer).into_iter().for_each(&mut note);
        // "a drone of Israel's", "Israeli jets"
        for c in self.children[doer].iter().map(|c| *c as usize) {
            if matches!(tok(c).dep, "poss" | "amod" | "compound" | "conj") {
                self.mention_at(c).into_iter().for_each(&mut note);
            }
        }
        Some(bars)
    }

    /// "called on Russia to withdraw from Gori, which its forces have occupied", "urged governments to lift the measures that
    /// they have imposed": whoever is asked for the act, by the word that names him.
    pub(super) fn asked_in_relative(&self, i: usize) -> Option<usize> {
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
            "beg",
            "implore",
            "require",
            "instruct",
            "compel",
            "persuade",
            "appeal",
            "demand",
        ];
        const FOR_THE_ASKER: &[&str] = &[
            "support",
            "back",
            "recognise",
            "recognize",
            "accept",
            "endorse",
            "approve",
            "consider",
            "adopt",
            "join",
            "grant",
            "sign",
            "help",
            "aid",
            "use",
            "attend",
            "read",
            "study",
            "ratify",
        ];
        let tok = |k: usize| &self.doc.tokens[k];
        let subject = match tok(i).dep {
            "nsubj" | "nsubjpass" => i,
            "poss" => tok(i).head as usize,
            _ => return None,
        };
        let clause = tok(subject).head as usize;
        if !matches!(tok(subject).dep, "nsubj" | "nsubjpass") || tok(clause).dep != "relcl" {
            return None;
        }
        // from the noun up to the verb that it hangs on
        let mut n = tok(clause).head as usize;
        for _ in 0..8 {
            if tok(n).tag.starts_with("VB") {
                break;
            }
            let up = tok(n).head as usize;
            if up == n || matches!(tok(n).dep, "nsubj" | "nsubjpass" | "relcl") {
                return None;
            }
            n = up;
        }
        let to = self.children[n].iter().any(|c| tok(*c as usize).dep == "aux" && self.lower(*c as usize) == "to");
        let asks = tok(n).head as usize;
        if !to
            || !matches!(tok(n).dep, "xcomp" | "ccomp" | "advcl")
            || !ASK.contains(&tok(asks).lemma.as_str())
            || FOR_THE_ASKER.contains(&tok(n).lemma.as_str())
        {
            return None;
        }
        let over = || {
            let mut preps = self.children[asks].iter().map(|c| *c as usize);
            preps
                .find(|c| *c > asks && matches!(self.lower(*c).as_str(), "on" | "upon" | "to"))
                .and_then(|p| self.kid_of(p, &["pobj"]))
        };
        self.kid_of(n, &["nsubj"])
            .filter(|s| *s < n)
            .or_else(|| self.kid_of(asks, &["dobj", "dative"]))
            .or_else(over)
            .filter(|w| *w < i)
    }

    /// "fighting alongside the M23 and supplying them with weapons", "seized the town and burned it": is the mention what
    /// the verb acts on to which the pronoun's verb is joined?
    pub(super) fn acted_on_before(&self, i: usize, j: usize) -> bool {
        let tok = |k: usize| &self.doc.tokens[k];
        let object_of = |k: usize| match tok(k).dep {
            "dobj" | "dative" => Some(tok(k).head as usize),
            // "helped Kabila to overthrow Mobutu, and turned against him"
            "nsubj" if matches!(tok(tok(k).head as usize).dep, "ccomp") && k < i => {
                let c = tok(k).head as usize;
                let to =
                    self.children[c].iter().any(|a| tok(*a as usize).dep == "aux" && self.lower(*a as usize) == "to");
                to.then_some(tok(c).head as usize)
            }
            "pobj" => {
                let p = tok(k).head as usize;
                let beside = ["alongside", "against", "with", "to", "on"].contains(&self.lower(p).as_str());
                (tok(p).dep == "prep" && beside).then_some(tok(p).head as usize)
            }
            _ => None,
        };
        let (Some(v), Some(u)) = (object_of(i), object_of(j)) else { return false };
        v != u && tok(v).dep == "conj" && tok(v).head as usize == u
    }

    /// Does a mention stand in a clause aside, of which a word after it is no part: "went on to El Salvador, whose president,
    /// Nayib Bukele, proposed to take in deportees; he was in San José"?
    pub(super) fn aside_from(&self, j: usize, i: usize) -> bool {
        let tok = |k: usize| &self.doc.tokens[k];
        if !matches!(tok(i).dep, "nsubj" | "nsubjpass") {
            return false;
        }
        // the verb that rules the later word: of a main clause, or of one joined to it
        let mut v = i;
        for _ in 0..8 {
            if tok(v).tag.starts_with("VB") || tok(v).pos == "AUX" {
                break;
            }
            v = tok(v).head as usize;
        }
        if !matches!(tok(v).dep, "ROOT" | "conj" | "ccomp" | "parataxis") {
            return false;
        }
        let mut t = j;
        for _ in 0..10 {
            if matches!(tok(t).dep, "relcl") {
                return t < v && !self.hangs_below(i, t);
            }
            let up = tok(t).head as usize;
            if up == t {
                return false;
            }
            t = up;
        }
        false
    }

    /// "driven to Ukraine, where the authorities gave them care": the state of the place that the clause is told of.
    pub(super) fn state_where(&self, i: usize) -> Option<ActorIx> {
        let tok = |k: usize| &self.doc.tokens[k];
        let mut t = i;
        for _ in 0..6 {
            let up = tok(t).head as usize;
            if up == t {
                return None;
            }
            if tok(t).dep == "relcl" {
                let place = self.children[t].iter().any(|c| {
                    let c = *c as usize;
                    tok(c).dep == "advmod" && self.lower(c) == "where" && c < i
                });
                let m = self.mention_at(up).filter(|_| place)?;
                return match &m.who {
                    Who::Known(ix) if self.reg.actor(*ix).kind == Kind::State => Some(*ix),
                    who => m.country.clone().or_else(|| self.country_of(who)).and_then(|c| self.reg.by_id(&c)),
                };
            }
            t = up;
        }
        None
    }

    /// "the authorities in Kabul": the state of the place that stands with the noun.
    pub(super) fn state_in(&self, i: usize) -> Option<ActorIx> {
        let next = i + 1;
        let place = self.children[i].iter().map(|c| *c as usize).find(|c| *c > i && self.lower(*c) == "in");
        // the parser hangs it on the verb: "recognised the authorities in Kabul"
        let place = place.or_else(|| (next < self.doc.len() && self.lower(next) == "in").then_some(next))?;
        let m = self.mention_at(self.kid_of(place, &["pobj"])?)?;
        match &m.who {
            Who::Known(ix) if self.reg.actor(*ix).kind == Kind::State => Some(*ix),
            who => m.country.clone().or_else(|| self.country_of(who)).and_then(|c| self.reg.by_id(&c)),
        }
    }

    /// The state that a mention belongs to: as it stands, by what the registry knows, by the body whose title it bears, or by
    /// another mention of the same.
    pub(super) fn state_of_mention(&self, m: &Mention) -> Option<ActorIx> {
        let of = |o: &Mention| o.of.as_ref().and_then(|w| self.country_of(w));
        // "To Lam, the head of Vietnam's Communist Party"
        let beside = || {
            let title = self.kid_of(m.head, &["appos"]).and_then(|a| self.mention_at(a))?;
            title.country.clone().or_else(|| of(title)).or_else(|| self.country_of(&title.who))
        };
        let country = m.country.clone().or_else(|| self.country_of(&m.who)).or_else(|| of(m)).or_else(beside);
        // "Chad's chief of staff, General Daoud": of the officer beside whom he is named
        let above = |o: &Mention| {
            let t = &self.doc.tokens[o.head];
            let title =
                (t.dep == "appos" && !o.tokens.is_empty()).then(|| self.mention_at(t.head as usize)).flatten()?;
            title.country.clone().filter(|_| matches!(title.via, Via::Role | Via::Title))
        };
        let elsewhere = || {
            let mut same = self.mentions.iter().filter(|o| o.who == m.who);
            same.find_map(|o| o.country.clone().or_else(|| of(o)).or_else(|| above(o)))
        };
        self.reg.by_id(&country.or_else(elsewhere)?)
    }

    /// All that are joined to a word, itself included, in the order of the text.
    pub(super) fn all_joined(&self, i: usize) -> Vec<usize> {
        let mut first = i;
        for _ in 0..20 {
            if self.doc.tokens[first].dep != "conj" {
                break;
            }
            first = self.doc.tokens[first].head as usize;
        }
        let mut all = vec![first];
        all.extend(self.conjuncts(first));
        if !all.contains(&i) {
            return vec![i];
        }
        all
    }

    /// "The leader of the Oromo Liberation Army said that his group": the group that a person leads or speaks for.
    pub(super) fn group_of(&self, owner: &Mention) -> Option<Who> {
        let group = |w: &Who| matches!(w.kind(self.reg), Kind::Group | Kind::Party);
        if group(&owner.who) {
            return Some(owner.who.clone());
        }
        if owner.who.kind(self.reg) != Kind::Person {
            return None;
        }
        let mut before = self.mentions.iter().filter(|m| m.who == owner.who && m.head <= owner.head);
        let told = before.clone().rev().find_map(|m| m.of.clone().filter(group));
        // "Iyad Ag Ghali, the Tuareg leader of Ansar Dine"
        let beside = || {
            before.find_map(|m| {
                let title = self.kid_of(m.head, &["appos"])?;
                let of = self.children[title].iter().map(|c| *c as usize).find(|c| self.lower(*c) == "of")?;
                self.mention_at(self.kid_of(of, &["pobj"])?).map(|g| g.who.clone()).filter(group)
            })
        };
        let led = || match (&owner.who, self.published) {
            (Who::Known(ix), Some(day)) => {
                let all = || self.reg.spells(*ix).filter(|s| s.covers(day)).map(|s| Who::Known(s.of)).filter(group);
                let named = |w: &Who| self.mentions.iter().any(|m| m.who == *w);
                all().find(named).or_else(|| all().next())
            }
            _ => None,
        };
        told.or_else(beside).or_else(led)
    }

    /// "The M23, the Congolese rebels who seized Goma": the fighters set beside a group's name are the group.
    pub(super) fn fighters_beside(&mut self) {
        for ix in 0..self.mentions.len() {
            let m = &self.mentions[ix];
            if m.tokens.is_empty() || m.organ.is_none() {
                continue;
            }
            let (start, head) = (m.tokens.start, m.head);
            let noun = crate::resolve::lexicon::singular(self.doc.text(m.head));
            let w = &self.reg.words;
            if !(w.members.contains(&noun) || w.group.contains(&noun)) {
                continue;
            }
            let group = |o: &&Mention| matches!(o.who.kind(self.reg), Kind::Group) && o.head < head;
            let up = self.doc.tokens[head].head as usize;
            let above = self.mention_at(up).filter(|_| self.doc.tokens[head].dep == "appos").filter(group);
            // "executions by the M23, the Congolese rebels who": hung elsewhere by the parser
            let the = start.checked_sub(1).filter(|d| self.lower(*d) == "the");
            let comma = the.and_then(|d| d.checked_sub(1)).filter(|c| self.doc.text(*c) == ",");
            let who_next = self.doc.tokens.get(head + 1).is_some_and(|n| matches!(n.tag, "WP" | "WDT"));
            let before = comma.and_then(|c| c.checked_sub(1)).filter(|_| who_next);
            let beside = || before.and_then(|b| self.mention_at(b)).filter(group);
            let named = above.or_else(beside);
            let Some(who) = named.map(|o| o.who.clone()) else { continue };
            let country = self.country_of(&who);
            let m = &mut self.mentions[ix];
            m.country = country.or(m.country.take());
            m.who = who;
        }
    }

    /// "Xi held talks with To Lam, and the two sides signed": those who met in this sentence, or in the main clause of the
    /// one before, persons as they are or as their states.
    pub(super) fn pair_that_met(&self, i: usize, persons: bool) -> Option<Vec<Who>> {
        let here = self.sentence[i];
        let near = (0..i).rev().take_while(|j| self.sentence[*j] + 1 >= here);
        let subjects = near.filter(|j| {
            let t = &self.doc.tokens[*j];
            let v = &self.doc.tokens[t.head as usize];
            matches!(t.dep, "nsubj") && (self.sentence[*j] == here || matches!(v.dep, "ROOT" | "conj"))
        });
        let as_side = |m: &Mention| -> Option<Who> {
            let person = m.who.kind(self.reg) == Kind::Person;
            if persons {
                return person.then(|| m.who.clone());
            }
            match &m.who {
                who if matches!(who.kind(self.reg), Kind::State | Kind::Group | Kind::Party | Kind::Organization) => {
                    Some(who.clone())
                }
                _ => self.state_of_mention(m).map(Who::Known),
            }
        };
        for j in subjects {
            let Some(a) = self.mention_at(j) else { continue };
            let Some(b) = self.met_by(j).filter(|k| *k < i).and_then(|k| self.mention_at(k)) else { continue };
            if let (Some(x), Some(y)) = (as_side(a), as_side(b)) {
                return (x != y).then(|| vec![x, y]);
            }
        }
        None
    }

    /// "When Emmerson Mnangagwa took the oath .. The new president": who has come into an office in the text.
    pub(super) fn newcomer(&self, i: usize, country: &Option<String>) -> Option<&Mention> {
        const COME: &[&str] = &[
            "swear",
            "elect",
            "inaugurate",
            "become",
            "succeed",
            "appoint",
            "name",
            "choose",
            "install",
            "replace",
            "crown",
            "win",
            "pick",
            "nominate",
            "confirm",
        ];
        const TAKEN: &[&str] = &["oath", "office", "power", "post", "job", "throne", "reins", "helm"];
        let new = |c: &u32| matches!(self.lower(*c as usize).as_str(), "new" | "incoming");
        if !self.children[i].iter().any(new) {
            return None;
        }
        let come = |m: &Mention| {
            let t = &self.doc.tokens[m.head];
            let v = t.head as usize;
            let lemma = self.doc.tokens[v].lemma.as_str();
            let taken =
                || self.kid_of(v, &["dobj"]).is_some_and(|o| TAKEN.contains(&self.doc.tokens[o].lemma.as_str()));
            let gives = COME.contains(&lemma) || matches!(lemma, "take" | "assume") && taken();
            gives
                && match t.dep {
                    "nsubjpass" => true,
                    "nsubj" => matches!(lemma, "become" | "succeed" | "replace" | "win" | "take" | "assume"),
                    "dobj" => !matches!(lemma, "become" | "succeed" | "replace" | "win" | "take" | "assume"),
                    _ => false,
                }
        };
        let here = self.sentence[i];
        self.mentions
            .iter()
            .filter(|m| !m.tokens.is_empty() && m.head < i && here - self.sentence[m.head] <= 6)
            .filter(|m| m.who.kind(self.reg) == Kind::Person && m.also.is_empty())
            .filter(|m| country.is_none() || m.country.is_none() || m.country == *country)
            .filter(|m| come(m))
            .max_by_key(|m| m.head)
    }

    /// "found that Israel's blockade was legal but that its soldiers had used force": is the mention the owner of the subject
    /// to whose clause the pronoun's is joined?
    pub(super) fn parallel_owner(&self, i: usize, j: usize) -> bool {
        let tok = |k: usize| &self.doc.tokens[k];
        let clause = |k: usize| {
            let n = tok(k).head as usize;
            let own = tok(k).dep == "poss" && matches!(tok(n).dep, "nsubj" | "nsubjpass");
            own.then_some(tok(n).head as usize)
        };
        match (clause(i), clause(j)) {
            (Some(v), Some(u)) => v != u && tok(v).dep == "conj" && tok(v).head as usize == u,
            _ => false,
        }
    }

    /// "American officials said that the group's leaders had been told to go. Should they be expelled": who only tells what
    /// another has done is not what the next sentence is about, unless it tells on.
    pub(super) fn only_tells(&self, j: usize, i: usize) -> bool {
        const SAY: &[&str] =
            &["say", "tell", "report", "note", "add", "believe", "think", "estimate", "recall", "acknowledge"];
        let tok = |k: usize| &self.doc.tokens[k];
        let v = tok(j).head as usize;
        let tells = |k: usize| tok(k).dep == "nsubj" && SAY.contains(&tok(tok(k).head as usize).lemma.as_str());
        tells(j)
            && !tells(i)
            && tok(v).dep == "ROOT"
            && self.kid_of(v, &["ccomp"]).and_then(|c| self.kid_of(c, &["nsubj", "nsubjpass"])).is_some_and(|s| {
                // not of himself: "the army said it had"
                tok(s).tag != "PRP" && self.mention_at(s).is_some()
            })
    }
}
