//! What the verbs around a pronoun tell: with whom an act deals that a clause gives a ground or a condition for, whose
//! lawyer speaks, what only a paper does.
use crate::resolve::actors::Kind;
use crate::resolve::mentions::{Builder, Mention, Via};

/// Papers that bind: "signed the accord. It gives the rebels three weeks".
const PAPERS: &[&str] = &[
    "accord",
    "agreement",
    "deal",
    "treaty",
    "resolution",
    "pact",
    "truce",
    "plan",
    "ceasefire",
    "decree",
    "law",
    "order",
    "bill",
    "statement",
    "communique",
    "communiqué",
    "declaration",
    "protocol",
    "memorandum",
    "document",
    "charter",
    "convention",
    "amendment",
    "proposal",
    "text",
];

impl Builder<'_> {
    /// "imposed sanctions on Mali after it hired mercenaries", "offered to talk to the rebels if they laid down their arms",
    /// "condemned Iran for its attack": whom the act is dealt to, for what he has done or should do.
    pub(super) fn dealt_with(&self, i: usize) -> Option<&Mention> {
        const DEALS: &[&str] = &[
            "cut",
            "sever",
            "break",
            "expel",
            "sanction",
            "impose",
            "suspend",
            "freeze",
            "condemn",
            "criticise",
            "criticize",
            "denounce",
            "ban",
            "blacklist",
            "punish",
            "halt",
            "withhold",
            "designate",
            "outlaw",
            "boycott",
            "slap",
            "rebuke",
            "reprimand",
            "bar",
            "embargo",
            "recall",
            "lift",
            "ease",
            "evict",
            "oust",
        ];
        const IF: &[&str] =
            &["threaten", "offer", "promise", "vow", "talk", "negotiate", "warn", "invade", "attack", "bomb"];
        const LEARN: &[&str] = &[
            "find",
            "discover",
            "conclude",
            "learn",
            "say",
            "decide",
            "accuse",
            "receive",
            "realise",
            "realize",
            "see",
            "believe",
            "want",
            "consider",
            "need",
            "lose",
            "detect",
            "determine",
            "suspect",
            "become",
            "call",
            "fail",
            "be",
            "have",
            "recognise",
            "recognize",
            "join",
            "obtain",
            "win",
            "take",
            "come",
        ];
        const FAULTS: &[&str] = &[
            "refuse",
            "break",
            "violate",
            "ignore",
            "support",
            "back",
            "arm",
            "harbour",
            "harbor",
            "shelter",
            "attack",
            "recognise",
            "recognize",
            "test",
            "breach",
            "host",
            "invade",
            "jail",
            "fail",
            "supply",
            "execute",
        ];
        const DONE_BY_OTHERS: &[&str] = &["recognise", "recognize"];
        let tok = |k: usize| &self.doc.tokens[k];
        let mut conditional = false;
        let top = match tok(i).dep {
            "nsubj" if self.alleged(i).is_some() => self.alleged(i)?,
            "nsubj" => {
                let v = tok(i).head as usize;
                let mark = self.kid_of(v, &["mark"]).map(|m| self.lower(m)).unwrap_or_default();
                conditional = matches!(mark.as_str(), "if" | "unless" | "until");
                let lemma = tok(v).lemma.as_str();
                let told = !LEARN.contains(&lemma) || DONE_BY_OTHERS.contains(&lemma) && mark == "after";
                let fault = mark == "because" && FAULTS.contains(&lemma);
                if tok(v).dep != "advcl" || !(conditional || mark == "after" && told || fault) {
                    return None;
                }
                tok(v).head as usize
            }
            "poss" => {
                let noun = tok(i).head as usize;
                let p = tok(noun).head as usize;
                if tok(noun).dep != "pobj" || !matches!(self.lower(p).as_str(), "for" | "over") || tok(p).dep != "prep"
                {
                    return None;
                }
                let over = tok(p).head as usize;
                // "gave the rebels guns in exchange for their services": of him who receives
                if matches!(tok(over).lemma.as_str(), "exchange" | "return" | "reward") && tok(over).dep == "pobj" {
                    let v = tok(tok(over).head as usize).head as usize;
                    let given = self.kid_of(v, &["dative"]).filter(|g| *g < i)?;
                    let to = self.kid_of(given, &["pobj"]).unwrap_or(given);
                    return self.mention_at(to);
                }
                tok(p).head as usize
            }
            _ => return None,
        };
        // "cut ties with Syria in June, the day after it recognised": the day hangs on the verb; sanctions have their "for"
        let over = match tok(top).dep {
            "npadvmod" | "dobj" => tok(top).head as usize,
            _ => top,
        };
        let deals = |v: usize| {
            let lemma = tok(v).lemma.as_str();
            v < i && (DEALS.contains(&lemma) || conditional && IF.contains(&lemma))
        };
        let own = self.kid_of(over, &["nsubj"]).and_then(|s| self.mention_at(s)).map(|m| &m.who);
        let mut verbs = vec![over];
        verbs.extend(self.children[over].iter().map(|c| *c as usize).filter(|c| tok(*c).dep == "xcomp"));
        for v in verbs.into_iter().filter(|v| deals(*v)) {
            let object = self.kid_of(v, &["dobj"]).filter(|o| *o < i);
            let mut heads: Vec<usize> = Vec::new();
            for h in [Some(v), object].into_iter().flatten() {
                for p in self.children[h].iter().map(|c| *c as usize) {
                    let to = matches!(self.lower(p).as_str(), "on" | "to" | "against" | "with");
                    if tok(p).dep == "prep" && to && p < i {
                        heads.extend(self.kid_of(p, &["pobj"]));
                    }
                }
            }
            heads.extend(object);
            // "expelled Russian diplomats after it"
            if let Some(o) = object {
                heads.extend(self.kid_of(o, &["amod", "poss"]));
            }
            let party = |m: &&Mention| {
                let kind = m.who.kind(self.reg);
                !matches!(kind, Kind::Person | Kind::Place | Kind::Media) && Some(&m.who) != own && m.head < i
            };
            if let Some(m) = heads.into_iter().filter_map(|h| self.mention_at(h)).find(party) {
                return Some(m);
            }
        }
        None
    }

    /// "severed relations with its neighbour, alleging that it financed extremists": the verb of the act for which the clause
    /// gives the ground.
    fn alleged(&self, i: usize) -> Option<usize> {
        const ALLEGE: &[&str] = &["allege", "charge", "complain", "contend"];
        let tok = |k: usize| &self.doc.tokens[k];
        let v = tok(i).head as usize;
        let says = tok(v).head as usize;
        let grounds = tok(v).dep == "ccomp"
            && tok(says).tag == "VBG"
            && tok(says).dep == "advcl"
            && ALLEGE.contains(&tok(says).lemma.as_str())
            && self.kid_of(says, &["nsubj"]).is_none();
        grounds.then_some(tok(says).head as usize)
    }

    /// "His lawyer, Harrison Nkomo, said he had been charged": of whom a man's lawyer, wife or doctor speaks.
    pub(super) fn spoken_for(&self, i: usize) -> Option<&Mention> {
        const SPEAK_FOR: &[&str] = &[
            "lawyer",
            "attorney",
            "wife",
            "husband",
            "doctor",
            "brother",
            "sister",
            "family",
            "son",
            "daughter",
            "mother",
            "father",
            "counsel",
            "solicitor",
            "widow",
        ];
        const SAY: &[&str] =
            &["say", "tell", "add", "claim", "insist", "announce", "deny", "confirm", "believe", "fear"];
        let tok = |k: usize| &self.doc.tokens[k];
        let mut t = i;
        for _ in 0..8 {
            let up = tok(t).head as usize;
            if up == t {
                return None;
            }
            if tok(t).dep == "ccomp" && SAY.contains(&tok(up).lemma.as_str()) {
                let s = self.kid_of(up, &["nsubj"])?;
                if !SPEAK_FOR.contains(&tok(s).lemma.as_str()) {
                    return None;
                }
                let owner = self.kid_of(s, &["poss"])?;
                return self.mention_at(owner).filter(|m| m.who.kind(self.reg) == Kind::Person && m.also.is_empty());
            }
            t = up;
        }
        None
    }

    /// "The two sides signed the accord. It gives the rebels three weeks": what a paper does that was signed or passed.
    pub(super) fn is_paper(&self, i: usize) -> bool {
        const BINDS: &[&str] = &[
            "give",
            "allow",
            "require",
            "provide",
            "oblige",
            "stipulate",
            "set",
            "grant",
            "bind",
            "commit",
            "envisage",
            "foresee",
            "contain",
            "extend",
            "permit",
            "call",
            "ban",
            "demand",
            "let",
            "cover",
            "enter",
            "expire",
            "take",
        ];
        const MAKE: &[&str] = &[
            "sign", "reach", "agree", "adopt", "announce", "publish", "approve", "issue", "pass", "ratify", "endorse",
            "conclude", "seal", "initial", "unveil", "strike", "broker", "draft",
        ];
        let tok = |k: usize| &self.doc.tokens[k];
        let here = self.sentence[i];
        let opens = i == 0 || self.sentence[i - 1] != here;
        let verb = tok(i).head as usize;
        if !opens || here == 0 || tok(i).dep != "nsubj" || !BINDS.contains(&tok(verb).lemma.as_str()) {
            return false;
        }
        (0..i).rev().skip_while(|j| self.sentence[*j] == here).take_while(|j| self.sentence[*j] + 1 == here).any(|j| {
            matches!(tok(j).dep, "dobj" | "nsubjpass" | "pobj") && PAPERS.contains(&tok(j).lemma.as_str()) && {
                let up = tok(j).head as usize;
                let over = if tok(j).dep == "pobj" { tok(up).head as usize } else { up };
                MAKE.contains(&tok(over).lemma.as_str()) && matches!(tok(over).dep, "ROOT" | "conj")
            }
        })
    }

    /// "called them a crime": deeds, not people.
    pub(super) fn is_called_a_thing(&self, i: usize) -> bool {
        const CALL: &[&str] = &["call", "brand", "label", "deem", "dub", "consider", "declare", "term"];
        let v = self.doc.tokens[i].head as usize;
        let named = self.kid_of(v, &["oprd"]);
        self.doc.tokens[i].dep == "dobj"
            && CALL.contains(&self.doc.tokens[v].lemma.as_str())
            && named.is_some_and(|n| {
                let t = &self.doc.tokens[n];
                t.tag == "NN" && !self.reg.is_human(&t.lemma) && !self.reg.words.group.contains(t.lemma.as_str())
            })
    }

    /// "called it an act of state piracy", "denounced it as a concession to tyranny": what was done, nobody.
    pub(super) fn is_called_a_deed(&self, i: usize) -> bool {
        const DEEDS: &[&str] = &[
            "act",
            "attack",
            "aggression",
            "crime",
            "concession",
            "provocation",
            "violation",
            "breach",
            "betrayal",
            "mistake",
            "blunder",
            "coup",
            "massacre",
            "charade",
            "sham",
            "farce",
            "blackmail",
            "interference",
            "insult",
            "victory",
            "defeat",
            "tragedy",
            "milestone",
            "reprieve",
            "retaliation",
            "revenge",
            "declaration",
            "decision",
            "step",
            "move",
            "piracy",
        ];
        let tok = |k: usize| &self.doc.tokens[k];
        let v = tok(i).head as usize;
        if tok(i).dep != "dobj" && tok(i).dep != "nsubj" || v <= i && tok(i).dep == "nsubj" {
            return false;
        }
        let as_name = || {
            let p = self.children[v].iter().map(|c| *c as usize).find(|c| self.lower(*c) == "as" && *c > i)?;
            self.kid_of(p, &["pobj"])
        };
        // "called [it an act]": the parser's small clause
        let small = || {
            let t = tok(v);
            (t.dep == "ccomp" && tok(i).dep == "nsubj" && t.pos == "NOUN").then_some(v)
        };
        let name = match tok(i).dep {
            "dobj" => self.kid_of(v, &["oprd"]).or_else(as_name),
            _ => small(),
        };
        name.is_some_and(|n| DEEDS.contains(&tok(n).lemma.as_str()))
    }

    /// "Organisers of the demonstrations were unimpressed. They want him to resign": people whom the sentence before is
    /// about, by the word it has for them.
    pub(super) fn people_before(&self, i: usize) -> Option<Mention> {
        let here = self.sentence[i];
        let opens = i == 0 || self.sentence[i - 1] != here;
        if !opens || here == 0 || self.doc.tokens[i].dep != "nsubj" {
            return None;
        }
        let before =
            (0..i).rev().skip_while(|j| self.sentence[*j] == here).take_while(|j| self.sentence[*j] + 1 == here);
        let root = before.clone().find(|j| self.doc.tokens[*j].dep == "ROOT")?;
        let s = self.kid_of(root, &["nsubj", "nsubjpass"])?;
        let t = &self.doc.tokens[s];
        let people =
            t.tag == "NNS" && self.at[s].is_none() && (self.reg.is_human(&t.lemma) || t.lemma.ends_with("iser"));
        people.then(|| Mention {
            tokens: i..i + 1,
            head: i,
            who: crate::resolve::mentions::Who::Unknown { name: self.lower(s), kind: Kind::People },
            also: Vec::new(),
            via: Via::Pronoun,
            country: None,
            title: None,
            of: None,
            organ: None,
            place: false,
        })
    }

    /// States that act on a government that is told of as the object, and so are not the ones it rules: "we urge the
    /// government to release them", "the United States and Britain recalled their envoys and barred members of the junta".
    pub(super) fn acting_on(&self, i: usize) -> Vec<String> {
        let tok = |k: usize| &self.doc.tokens[k];
        let mut out = Vec::new();
        let mut t = i;
        if matches!(tok(i).dep, "nsubj" | "nsubjpass") && tok(tok(i).head as usize).dep != "xcomp" {
            let v = tok(i).head as usize;
            let to = self.children[v].iter().any(|c| tok(*c as usize).dep == "aux" && self.lower(*c as usize) == "to");
            if !(tok(v).dep == "ccomp" && to) {
                return out;
            }
        }
        for _ in 0..10 {
            let up = tok(t).head as usize;
            if up == t {
                break;
            }
            if matches!(tok(t).dep, "relcl" | "advcl") || tok(t).dep == "ccomp" && t != tok(i).head as usize {
                break;
            }
            if let Some(s) = self.kid_of(up, &["nsubj"]).filter(|s| *s < i && !self.hangs_below(i, *s)) {
                for m in self.all_joined(s).into_iter().filter_map(|k| self.mention_at(k)) {
                    let plain = matches!(m.via, Via::Name | Via::Pronoun) && m.organ.is_none();
                    if plain && m.who.kind(self.reg) == Kind::State {
                        out.extend(m.country.clone());
                    }
                }
            }
            t = up;
        }
        out
    }

    /// "Zimbabwe has no intention of extraditing him, said William Nhara, a spokesman for the government": the state of which
    /// the spokesman tells.
    pub(super) fn state_spoken_for(&self, i: usize) -> Option<crate::resolve::actors::ActorIx> {
        let tok = |k: usize| &self.doc.tokens[k];
        let p = tok(i).head as usize;
        let noun = tok(p).head as usize;
        let speaks = tok(i).dep == "pobj" && tok(p).dep == "prep" && tok(noun).lemma.starts_with("spokes");
        if !speaks {
            return None;
        }
        let name = tok(noun).head as usize;
        let says = if tok(noun).dep == "appos" { tok(name).head as usize } else { name };
        let told = self.kid_of(says, &["ccomp"]).filter(|c| *c < i)?;
        let m = self.mention_at(self.kid_of(told, &["nsubj", "nsubjpass"])?)?;
        match m.who {
            crate::resolve::mentions::Who::Known(ix) if self.reg.actor(ix).kind == Kind::State => Some(ix),
            _ => None,
        }
    }

    /// "In March the government lifted its freeze on the assets of the Syrian central bank": states that a government deals
    /// with as with others, and so is none of.
    pub(super) fn dealt_by(&self, i: usize) -> Vec<String> {
        const BETWEEN_STATES: &[&str] = &[
            "sanction",
            "freeze",
            "embargo",
            "recognition",
            "tie",
            "relation",
            "ambassador",
            "envoy",
            "diplomat",
            "embassy",
        ];
        let tok = |k: usize| &self.doc.tokens[k];
        if tok(i).dep != "nsubj" {
            return Vec::new();
        }
        let v = tok(i).head as usize;
        let recognises = matches!(tok(v).lemma.as_str(), "recognise" | "recognize");
        let Some(object) = self.kid_of(v, &["dobj"]).filter(|o| *o > v) else { return Vec::new() };
        if !recognises && !BETWEEN_STATES.contains(&tok(object).lemma.as_str()) {
            return Vec::new();
        }
        let here = self.sentence[i];
        let named = |m: &&Mention| {
            !m.tokens.is_empty()
                && self.sentence[m.head] == here
                && (m.head == object
                    || self.hangs_below(m.head, object)
                    || self.hangs_below(m.head, v) && m.head > object)
        };
        self.mentions.iter().filter(named).filter(|m| m.via != Via::Pronoun).filter_map(|m| m.country.clone()).collect()
    }
}
