//! "It" and "them" that stand for nobody: empty subjects, deeds, papers, measures.
use crate::resolve::mentions::Builder;

impl Builder<'_> {
    /// "it" that stands for nothing: "it is clear that", "it seems".
    pub(super) fn is_empty_it(&self, i: usize) -> bool {
        let t = &self.doc.tokens[i];
        if t.dep == "expl" {
            return true;
        }
        let h = t.head as usize;
        let head = &self.doc.tokens[h];
        let deps = |w: &[&str]| self.children[h].iter().any(|c| w.contains(&self.doc.tokens[*c as usize].dep));
        let clause = deps(&["ccomp", "xcomp", "advcl"])
            || self.children[h].iter().any(|c| {
                let c = *c as usize;
                matches!(self.doc.tokens[c].dep, "acomp" | "attr")
                    && self.children[c]
                        .iter()
                        .any(|k| matches!(self.doc.tokens[*k as usize].dep, "ccomp" | "xcomp" | "acl" | "relcl"))
            });
        match head.lemma.as_str() {
            "be" | "become" => {
                deps(&["acomp", "attr"]) && clause || t.sent_start && deps(&["prep"]) && !deps(&["acomp", "attr"])
            }
            "seem" | "appear" | "happen" | "take" | "turn" => true,
            // "called it a crime", "it is for the court to say"
            _ if matches!(head.pos, "NOUN" | "ADJ") && t.dep == "nsubj" => true,
            _ => t.dep == "dobj" && clause && matches!(head.lemma.as_str(), "find" | "make" | "think" | "consider"),
        }
    }

    /// "ordered that it be held again", "it may be eased": votes, measures and papers, not people.
    pub(super) fn is_held(&self, i: usize) -> bool {
        const TO_THINGS: &[&str] = &[
            "hold",
            "sign",
            "pass",
            "adopt",
            "annul",
            "implement",
            "publish",
            "ease",
            "postpone",
            "approve",
            "ratify",
            "complete",
            "cancel",
            "delay",
            "repeat",
            "rerun",
            "write",
            "build",
            "finish",
            "reverse",
            "revoke",
            "broadcast",
            "rescind",
            "renew",
            "repeal",
            "renegotiate",
        ];
        let t = &self.doc.tokens[i];
        t.dep == "nsubjpass" && TO_THINGS.contains(&self.doc.tokens[t.head as usize].lemma.as_str())
    }

    /// As an object "it" is what happened more often than who did it ("praised it", "denied it"), but for verbs
    /// that take an actor.
    pub(super) fn is_thing(&self, i: usize) -> bool {
        const ON_ACTORS: &[&str] = &[
            "attack",
            "support",
            "join",
            "leave",
            "recognize",
            "recognise",
            "invade",
            "sanction",
            "bomb",
            "arm",
            "fund",
            "back",
            "accuse",
            "blame",
            "help",
            "aid",
            "threaten",
            "expel",
            "suspend",
            "ban",
            "designate",
            "fight",
            "defeat",
            "isolate",
            "invade",
            "visit",
            "occupy",
            "annex",
            "capture",
            "retake",
            "recapture",
            "liberate",
            "control",
            "rule",
            "govern",
            "besiege",
            "shell",
            "blockade",
            "enter",
            "flee",
            "finance",
            "equip",
            "train",
            "supply",
            "bankroll",
            "sponsor",
            "outlaw",
            "proscribe",
            "blacklist",
            "delist",
            "overthrow",
            "topple",
            "oust",
            "protect",
            "shelter",
            "harbour",
            "harbor",
            "host",
            "criticise",
            "criticize",
            "disarm",
            "dissolve",
            "disband",
            "readmit",
            "admit",
            "punish",
            "target",
            "infiltrate",
            "lead",
            "head",
            "chair",
            "quit",
            "found",
            "abandon",
            "desert",
            "rejoin",
            "urge",
            "warn",
            "ask",
            "tell",
            "press",
            "strike",
            "derecognise",
            "derecognize",
            "strip",
            "remove",
            "assist",
            "rescue",
            "aid",
            "betray",
            "embargo",
            "appease",
            "lobby",
            "notify",
            "inform",
            "invite",
            "compel",
            "oblige",
            "force",
            "bomb",
            "raid",
            "outgun",
            "court",
            "snub",
            "shun",
            "engage",
            "weaken",
            "counter",
            "contain",
            "deter",
        ];
        // "sanctions on it", "an attack on it", "fired missiles at it", "its recognition of it"
        const ON: &[&str] = &[
            "sanction",
            "embargo",
            "attack",
            "strike",
            "pressure",
            "assault",
            "raid",
            "offensive",
            "ban",
            "restriction",
            "war",
            "blockade",
            "dependence",
            "curb",
            "tariff",
            "crackdown",
            "airstrike",
            "penalty",
            "impose",
            "slap",
        ];
        const AT: &[&str] = &["missile", "rocket", "fire", "shell", "launch", "drone", "accusation"];
        const OF: &[&str] = &[
            "recognition",
            "invasion",
            "occupation",
            "siege",
            "blockade",
            "member",
            "control",
            "derecognition",
            "critical",
        ];
        let t = &self.doc.tokens[i];
        let after = matches!(self.lower(t.head as usize).as_str(), "for" | "about" | "of" | "on" | "in" | "at");
        // "withdrew recognition in 2022 and Ecuador suspended it last October": what the clause before acted on
        const LEFT: &[&str] = &["ceasefire", "truce", "deal", "plan", "proposal", "resolution", "talk", "process"];
        const SUSPENDED: &[&str] = &[
            "recognition",
            "aid",
            "participation",
            "membership",
            "agreement",
            "treaty",
            "accord",
            "cooperation",
            "pact",
        ];
        let verb = self.doc.tokens[t.head as usize].lemma.as_str();
        let left = matches!(verb, "abandon" | "leave" | "quit" | "support" | "back" | "join" | "target" | "strip");
        let of_before = (verb == "suspend" || left)
            && (0..i).rev().take_while(|j| self.sentence[*j] + 1 >= self.sentence[i]).any(|j| {
                let b = &self.doc.tokens[j];
                let lemma = b.lemma.as_str();
                b.dep == "dobj" && b.tag == "NN" && (LEFT.contains(&lemma) || SUSPENDED.contains(&lemma))
            });
        let on_actor = after && {
            let prep = t.head as usize;
            let over = self.doc.tokens[prep].head as usize;
            let list = match self.lower(prep).as_str() {
                "on" => ON,
                "at" => AT,
                "of" => OF,
                _ => &[],
            };
            let object = self.children[over].iter().map(|c| *c as usize).find(|c| self.doc.tokens[*c].dep == "dobj");
            [Some(over), object].into_iter().flatten().any(|k| list.contains(&self.doc.tokens[k].lemma.as_str()))
        };
        t.dep == "pobj" && after && !on_actor
            || t.dep == "dobj" && of_before
            || t.dep == "dobj" && !ON_ACTORS.contains(&self.doc.tokens[t.head as usize].lemma.as_str())
    }

    /// "ended them", "lifted them": ties and measures, not people.
    pub(super) fn is_state_of_things(&self, i: usize) -> bool {
        const ON_THINGS: &[&str] = &[
            "end",
            "sever",
            "restore",
            "resume",
            "cut",
            "lift",
            "withdraw",
            "revoke",
            "rescind",
            "drop",
            "impose",
            "renew",
            "cancel",
            "sign",
            "ratify",
            "ease",
            "scrap",
            "establish",
            "close",
            "reopen",
            "open",
            "normalise",
            "normalize",
            "maintain",
            "extend",
            "break",
            "terminate",
            "tighten",
            "reimpose",
            "reinstate",
        ];
        let t = &self.doc.tokens[i];
        t.dep == "dobj" && ON_THINGS.contains(&self.doc.tokens[t.head as usize].lemma.as_str())
    }
}
