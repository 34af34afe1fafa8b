//! The tree read for who did what to whom: one place that undoes passives, relatives, participles,
//! control, conjunction and nominalisation, so that a frame states its meaning once.
//!
//! ```text
//!   "the first nation to recognise the regime"     recognise: agent nation, theme regime
//!   "recognition of the regime by Russia"          recognition: agent Russia, theme regime
//!   "the regime, recognised by Russia, ..."        recognised: agent Russia, theme regime
//!   "Russia granted the regime recognition"        recognition: agent Russia, theme regime (light verb)
//! ```
use chancery_parse::{Doc, Token};
use std::cell::OnceCell;
use std::ops::Range;

/// A parsed document with its dependents, sentences and clause structure at hand.
#[derive(Clone)]
pub struct Tree<'d> {
    pub doc: &'d Doc,
    kids: Vec<Vec<u32>>,
    sentences: Vec<Range<usize>>,
    sentence_of: Vec<u32>,
    lemmas: Vec<String>,
    /// Whether each token acts as a verb.
    verbs: Vec<bool>,
    /// A word taken as if it were not there.
    muted: Option<usize>,
    /// The roles of each word, once they have been asked for.
    args: Vec<OnceCell<Box<Args>>>,
}

/// What fills the roles of a predicate; each list holds head tokens, nearest first.
#[derive(Debug, Clone, Default)]
pub struct Args {
    pub agent: Vec<usize>,
    pub theme: Vec<usize>,
    pub dative: Vec<usize>,
    /// Predicate nominals and adjectives: "is *home*", "treat as" goes by `preps`.
    pub attr: Vec<usize>,
    /// Prepositions with their objects: ("to", token).
    pub preps: Vec<(String, usize)>,
    /// Possessor and adjectival or nominal modifiers, of nouns only.
    pub poss: Vec<usize>,
    pub mods: Vec<usize>,
    /// Clausal complements.
    pub comps: Vec<usize>,
    pub passive: bool,
    /// The verb that carries tense and modality: the predicate itself, or its light verb or copula.
    pub carrier: usize,
}

/// Verbs whose object is the doer of the infinitive: "urged Russia to recognise".
/// Verbs that answer what another asked ...
const ANSWERS: &[&str] = &[
    "grant", "reject", "refuse", "deny", "accept", "approve", "consider", "receive", "decline", "ignore", "dismiss",
    "study", "review", "meet", "heed", "fulfil", "fulfill", "rebuff", "spurn", "answer", "oppose", "back", "support",
];

/// ... and what was asked.
const ASKED: &[&str] =
    &["request", "demand", "appeal", "call", "plea", "proposal", "offer", "petition", "invitation", "ultimatum"];

const OBJECT_CONTROL: &[&str] = &[
    "urge",
    "ask",
    "order",
    "tell",
    "force",
    "compel",
    "allow",
    "permit",
    "enable",
    "lead",
    "cause",
    "persuade",
    "convince",
    "press",
    "push",
    "pressure",
    "encourage",
    "help",
    "invite",
    "expect",
    "instruct",
    "direct",
    "authorize",
    "authorise",
    "require",
    "warn",
    "beg",
    "implore",
    "appoint",
    "elect",
    "choose",
    "oblige",
    "request",
    "prompt",
    "drive",
    "send",
    "name",
    "empower",
    "want",
    "need",
    "let",
    "make",
    "believe",
    "report",
    "see",
    "command",
    "advise",
    "recommend",
];

/// Verbs whose object does what the gerund after "from", "of", "for" or "into" tells.
const OBJECT_OF: &[&str] = &[
    "save",
    "prevent",
    "stop",
    "keep",
    "protect",
    "deter",
    "discourage",
    "dissuade",
    "accuse",
    "suspect",
    "convict",
    "blame",
    "criticize",
    "criticise",
    "condemn",
    "praise",
    "thank",
    "punish",
    "ban",
    "bar",
    "exclude",
    "rescue",
    "restrain",
    "talk",
    "force",
    "coax",
    "trick",
    "congratulate",
    "fault",
    "commend",
    "charge",
    "prohibit",
    "rebuke",
    "reprimand",
];

/// Verbs of judging and punishing: what the gerund after "for" tells was done by whoever is judged.
const JUDGED_FOR: &[&str] = &[
    "lecture",
    "chide",
    "scold",
    "berate",
    "mock",
    "upbraid",
    "slam",
    "denounce",
    "sue",
    "fine",
    "jail",
    "arrest",
    "sanction",
    "expel",
    "sack",
    "dismiss",
    "execute",
    "hang",
    "blacklist",
    "impeach",
    "prosecute",
    "sentence",
    "deport",
    "detain",
    "reward",
    "honour",
    "honor",
    "decorate",
    "forgive",
    "pardon",
    "applaud",
    "hail",
    "censure",
    "designate",
    "target",
    "suspend",
    "imprison",
    "indict",
    "try",
    "castigate",
    "rap",
    "salute",
    "excoriate",
    "lambast",
    "lambaste",
    "ostracise",
    "shun",
    "penalise",
    "penalize",
    "attack",
    "shoot",
    "strip",
    "extradite",
    "oust",
    "fire",
];

/// What was done, told beside the clause that tells of it.
const DEEDS: &[&str] = &[
    "attack",
    "strike",
    "raid",
    "bombing",
    "move",
    "step",
    "decision",
    "act",
    "action",
    "measure",
    "gesture",
    "deal",
    "agreement",
    "accord",
    "claim",
    "charge",
    "accusation",
    "allegation",
    "demand",
    "proposal",
    "plan",
    "visit",
    "vote",
    "law",
    "policy",
    "war",
    "killing",
    "massacre",
    "assault",
    "operation",
    "offensive",
    "coup",
    "ban",
    "position",
    "idea",
    "view",
];

/// Verbs whose infinitive without an object is done by somebody else.
const CALLING: &[&str] = &["call", "appeal", "advocate", "plead"];

/// Nouns whose infinitive is done by the noun's possessor, not by the noun: "Russia's decision to recognise".
/// Acts in writing: what they say, whoever makes them does ("signed an order ending the embargo").
const DECREES: &[&str] = &[
    "order",
    "decree",
    "law",
    "bill",
    "act",
    "resolution",
    "decision",
    "directive",
    "proclamation",
    "edict",
    "ruling",
    "regulation",
    "motion",
    "legislation",
    "ordinance",
    "measure",
    "memorandum",
    "verdict",
    "statement",
    "fatwa",
];

const ACT_NOUNS: &[&str] = &[
    "decision",
    "plan",
    "effort",
    "attempt",
    "move",
    "bid",
    "intention",
    "intent",
    "desire",
    "wish",
    "refusal",
    "failure",
    "agreement",
    "offer",
    "promise",
    "pledge",
    "threat",
    "proposal",
    "willingness",
    "readiness",
    "reluctance",
    "ability",
    "inability",
    "vow",
    "interest",
    "hope",
    "campaign",
    "drive",
    "push",
    "choice",
    "right",
    "chance",
    "opportunity",
    "order",
    "request",
    "demand",
    "call",
    "appeal",
    "step",
    "measure",
    "resolution",
    "motion",
    "vote",
    "process",
    "way",
    "aversion",
    "act",
    "policy",
    "need",
    "commitment",
    "obligation",
    "mandate",
    "authority",
    "power",
    "permission",
    "aim",
    "goal",
];

impl<'d> Tree<'d> {
    pub fn new(doc: &'d Doc) -> Self {
        let sentences = doc.sentences();
        let mut sentence_of = vec![0u32; doc.len()];
        for (s, r) in sentences.iter().enumerate() {
            for i in r.clone() {
                sentence_of[i] = s as u32;
            }
        }
        let lemmas = (0..doc.len()).map(|i| mend(doc.tokens[i].lemma.to_lowercase(), doc.text(i))).collect();
        let kids = doc.children();
        // "The army retook the town", "retook" taken for a noun: what has a subject and an object is a verb
        let acts = |i: usize| {
            let has = |dep: &str| kids[i].iter().any(|k| doc.tokens[*k as usize].dep == dep);
            matches!(doc.tokens[i].pos, "NOUN" | "ADJ") && has("nsubj") && has("dobj")
        };
        let verbs = (0..doc.len()).map(|i| matches!(doc.tokens[i].pos, "VERB" | "AUX") || acts(i)).collect();
        let args = vec![OnceCell::new(); doc.len()];
        Tree { doc, kids, sentences, sentence_of, lemmas, verbs, muted: None, args }
    }

    pub fn len(&self) -> usize {
        self.doc.len()
    }

    pub fn is_empty(&self) -> bool {
        self.doc.is_empty()
    }

    pub fn tok(&self, i: usize) -> &Token {
        &self.doc.tokens[i]
    }

    pub fn lemma(&self, i: usize) -> &str {
        &self.lemmas[i]
    }

    pub fn dep(&self, i: usize) -> &'static str {
        if self.muted == Some(i) { "punct" } else { self.doc.tokens[i].dep }
    }

    /// The same tree with one word that says nothing: to see what rests on it.
    pub fn without(&self, i: usize) -> Tree<'d> {
        let mut out = self.clone();
        out.lemmas[i].clear();
        out.muted = Some(i);
        out.args.fill(OnceCell::new());
        out
    }

    pub fn head(&self, i: usize) -> usize {
        self.doc.tokens[i].head as usize
    }

    /// The roles of a verb, or of a noun without its light verb.
    pub fn args(&self, i: usize) -> &Args {
        self.args[i]
            .get_or_init(|| Box::new(if self.is_verb(i) { self.verb_args(i) } else { self.noun_args(i, |_| false) }))
    }

    pub fn is_root(&self, i: usize) -> bool {
        self.head(i) == i
    }

    pub fn kids(&self, i: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.kids[i].iter().map(|k| *k as usize)
    }

    pub fn kid(&self, i: usize, deps: &[&str]) -> Option<usize> {
        self.kids(i).find(|k| deps.contains(&self.dep(*k)))
    }

    pub fn sentence(&self, i: usize) -> Range<usize> {
        self.sentences[self.sentence_of[i] as usize].clone()
    }

    pub fn sentence_ix(&self, i: usize) -> usize {
        self.sentence_of[i] as usize
    }

    pub fn sentences(&self) -> &[Range<usize>] {
        &self.sentences
    }

    pub fn is_verb(&self, i: usize) -> bool {
        self.verbs[i]
    }

    pub fn is_nominal(&self, i: usize) -> bool {
        matches!(self.tok(i).pos, "NOUN" | "PROPN" | "PRON" | "NUM")
    }

    /// True if `a` is `i` or stands above it in the tree.
    pub fn dominates(&self, a: usize, i: usize) -> bool {
        let mut j = i;
        for _ in 0..200 {
            if j == a {
                return true;
            }
            if self.is_root(j) {
                return false;
            }
            j = self.head(j);
        }
        false
    }

    /// First and one past the last token of the subtree.
    pub fn subtree(&self, i: usize) -> Range<usize> {
        let (mut lo, mut hi) = (i, i);
        let mut todo = vec![i];
        while let Some(j) = todo.pop() {
            lo = lo.min(j);
            hi = hi.max(j);
            todo.extend(self.kids(j));
        }
        lo..hi + 1
    }

    /// All tokens of the subtree, in text order; clauses hanging below are left out if `flat`.
    pub fn below(&self, i: usize, flat: bool) -> Vec<usize> {
        let mut out = Vec::new();
        let mut todo = vec![i];
        while let Some(j) = todo.pop() {
            out.push(j);
            todo.extend(self.kids(j).filter(|k| {
                !flat || !matches!(self.dep(*k), "relcl" | "advcl" | "ccomp" | "acl" | "parataxis" | "appos")
            }));
        }
        out.sort_unstable();
        out
    }

    /// "two countries, Kenya and Ghana", "the group, Hezbollah": the first name in apposition behind a noun.
    pub fn name_beside(&self, noun: usize) -> Option<usize> {
        self.kids(noun).find(|k| *k > noun && self.dep(*k) == "appos" && self.tok(*k).pos == "PROPN")
    }

    /// "No state except Turkey", "apart from Turkey, no state", "no state other than Turkey": whom a denied noun leaves out
    /// of the denial.
    pub fn exception(&self, noun: usize) -> Option<usize> {
        // "Nobody but Syria"
        let nobody = matches!(self.doc.text(noun).to_lowercase().as_str(), "nobody" | "none");
        if nobody && self.kids(noun).any(|k| self.dep(k) == "cc" && self.doc.text(k) == "but") {
            return self.kid(noun, &["conj"]);
        }
        let none = nobody || self.kids(noun).any(|k| self.dep(k) == "det" && self.lemma(k) == "no");
        if !none || !matches!(self.dep(noun), "nsubj" | "nsubjpass" | "pobj") {
            return None;
        }
        let verb = self.clause(noun);
        let after = |p: usize| {
            let below = self.kids(p).find(|k| self.dep(*k) == "prep" && matches!(self.lemma(*k), "for" | "from"));
            self.kid(below.unwrap_or(p), &["pobj"])
        };
        let apart = |k: usize| {
            matches!(self.lemma(k), "except" | "excepting" | "besides" | "save" | "bar") && self.dep(k) == "prep"
                || matches!(self.lemma(k), "apart" | "aside") && self.kids(k).any(|f| self.lemma(f) == "from")
        };
        if let Some(p) = self.kids(noun).chain(self.kids(verb)).find(|k| apart(*k)) {
            return after(p);
        }
        let other = self.kids(noun).find(|k| self.lemma(*k) == "other" && *k > noun)?;
        let than = other + 1;
        if than >= self.len() || self.lemma(than) != "than" {
            return None;
        }
        self.kid(than, &["pobj"]).or_else(|| {
            let mut names = (than + 1..self.sentence(noun).end).skip_while(|k| self.dep(*k) == "det");
            names.find(|k| self.dep(*k) != "compound").filter(|k| self.tok(*k).pos == "PROPN")
        })
    }

    /// "Along with Turkey, Albania recognises it", "alongside", "as well as": the names that a subject is told together with;
    /// "like" compares and does not tell.
    pub fn companions(&self, subject: usize) -> Vec<usize> {
        if !matches!(self.dep(subject), "nsubj" | "nsubjpass") {
            return Vec::new();
        }
        let verb = self.head(subject);
        let start = self.phrase(subject).start;
        let beside = |k: usize| {
            let i = match self.lemma(k) {
                "alongside" => Some(k),
                "along" => self.kids(k).find(|w| self.lemma(*w) == "with"),
                "with" => (k > 0 && matches!(self.lemma(k - 1), "together" | "along")).then_some(k),
                "as" => (k > 1 && self.lemma(k - 1) == "well").then_some(k),
                // "Apart from Norway, only Sweden recognised it"
                "apart" | "aside" if self.doc.text(start) == "only" => self.kids(k).find(|w| self.lemma(*w) == "from"),
                _ => None,
            }?;
            self.kid(i, &["pobj"])
        };
        // before the subject and its comma, or set between commas right behind it
        let fronted = self.kids(verb).filter(|k| {
            *k < start
                && matches!(self.dep(*k), "prep" | "cc" | "advmod")
                && start > 0
                && self.doc.text(start - 1) == ","
        });
        let behind =
            self.kids(subject).filter(|k| *k > subject && self.doc.text(*k - 1) == "," && self.dep(*k) == "prep");
        fronted.chain(behind).filter_map(beside).flat_map(|o| self.conjuncts(o)).collect()
    }

    /// The noun phrase around its head as text range: determiners, modifiers and "of"-phrases, no clauses, no appositions.
    pub fn phrase(&self, i: usize) -> Range<usize> {
        let mut lo = i;
        let mut hi = i;
        let mut todo = vec![i];
        while let Some(j) = todo.pop() {
            lo = lo.min(j);
            hi = hi.max(j);
            for k in self.kids(j) {
                let d = self.dep(k);
                let keep = if j == i || self.dep(j) != "prep" {
                    matches!(
                        d,
                        "det" | "amod" | "compound" | "nummod" | "poss" | "case" | "nmod" | "advmod" | "quantmod"
                    ) || (d == "prep" && self.lemma(k) == "of")
                } else {
                    matches!(d, "pobj")
                };
                // "the forces | loyal to Assad": what an adjective behind the noun takes is no part of what it is called
                let behind = k > i && (d == "advmod" || d == "amod" && self.kid(k, &["prep"]).is_some());
                if keep && !behind {
                    todo.push(k);
                }
            }
        }
        lo..hi + 1
    }

    /// The nearest verb at or above the token: the clause it stands in.
    pub fn clause(&self, i: usize) -> usize {
        let mut j = i;
        for _ in 0..100 {
            if self.is_verb(j) && !matches!(self.dep(j), "aux" | "auxpass" | "amod" | "compound") {
                return j;
            }
            if self.is_root(j) {
                return j;
            }
            j = self.head(j);
        }
        j
    }

    /// The token and what is joined to it by "and", "or", a comma.
    pub fn conjuncts(&self, i: usize) -> Vec<usize> {
        let mut out = vec![i];
        let mut at = 0;
        while at < out.len() {
            let i = out[at];
            out.extend(self.kids(i).filter(|k| self.dep(*k) == "conj"));
            // "not just in Russia, but in Iran": the second preposition is joined to the first one's verb
            let p = self.head(i);
            // "on Kabarebe and on Kanyuka": a preposition joined to the first
            if self.dep(i) == "pobj" {
                let joined = self.kids(p).filter(|k| self.dep(*k) == "conj" && self.lemma(*k) == self.lemma(p));
                out.extend(joined.filter_map(|k| self.kid(k, &["pobj"])));
            }
            if self.dep(i) == "pobj" && self.dep(p) == "prep" && !self.is_root(p) {
                let more = self
                    .kids(self.head(p))
                    .filter(|k| *k > p && self.dep(*k) == "conj" && self.lemma(*k) == self.lemma(p));
                out.extend(more.filter_map(|k| self.kid(k, &["pobj"])));
            }
            at += 1;
        }
        out
    }

    /// The first conjunct of a chain: what the others inherit from.
    pub fn first_conjunct(&self, i: usize) -> usize {
        let mut j = i;
        for _ in 0..50 {
            if self.dep(j) != "conj" || self.is_root(j) {
                break;
            }
            j = self.head(j);
        }
        j
    }

    fn is_relative(&self, i: usize) -> bool {
        // "the embargo that it had imposed": a "that" in the place of an object
        let that = self.tok(i).tag == "IN"
            && matches!(self.dep(i), "dobj" | "nsubj" | "nsubjpass")
            && self.doc.text(i) == "that";
        that || matches!(self.tok(i).tag, "WDT" | "WP" | "WP$") && !matches!(self.lemma(i), "what" | "whatever")
    }

    pub fn is_passive(&self, v: usize) -> bool {
        if self.kid(v, &["nsubjpass", "csubjpass", "auxpass"]).is_some() {
            return true;
        }
        if self.tok(v).tag == "VBN" {
            if matches!(self.dep(v), "acl" | "amod" | "relcl") {
                return self.kid(v, &["dobj"]).is_none() && self.kid(v, &["aux"]).is_none();
            }
            let given =
                || matches!(self.lemma(v), "hand" | "give" | "tell" | "ask" | "award" | "deny" | "refuse" | "grant");
            if self.dep(v) == "conj"
                && self.kid(v, &["nsubj", "aux"]).is_none()
                && (self.kid(v, &["dobj"]).is_none() || given())
            {
                return self.is_passive(self.head(v));
            }
            if self.dep(v) == "advcl" && self.kid(v, &["nsubj", "aux", "dobj"]).is_none() {
                return true;
            }
        }
        false
    }

    /// "is a branch of the PKK (which Turkey lists)": the name right before "which", of which the noun is said to be a part.
    fn of_named(&self, noun: usize, which: usize) -> Option<usize> {
        if self.dep(noun) != "attr" || self.lemma(which) != "which" {
            return None;
        }
        let last = (noun + 1..which).rev().find(|k| self.tok(*k).pos == "PROPN")?;
        let name = if self.dep(last) == "appos" { self.head(last) } else { last };
        let of = self.head(name);
        (self.dep(name) == "pobj" && self.lemma(of) == "of" && self.head(of) == noun).then_some(name)
    }

    /// A relative pronoun stands for the noun its clause hangs on.
    fn real(&self, i: usize, verb: usize) -> usize {
        if !self.is_relative(i) {
            // "One of the five, Raska Lukwiya, was killed"
            let one = matches!(self.doc.text(i).to_lowercase().as_str(), "one" | "another" | "a third");
            let named = || self.kid(i, &["appos"]).filter(|k| self.tok(*k).pos == "PROPN");
            return if one { named().unwrap_or(i) } else { i };
        }
        let mut j = verb;
        for _ in 0..20 {
            if self.dep(j) == "relcl" {
                let noun = self.measured(self.head(j));
                if let Some(named) = self.of_named(noun, i) {
                    return named;
                }
                // "X and Y, who have been detained": both
                let many = self.kids(j).any(|k| {
                    matches!(self.dep(k), "aux" | "auxpass") && matches!(self.doc.text(k), "have" | "are" | "were")
                });
                let both = many && self.dep(noun) == "conj" && self.tok(noun).pos == "PROPN" && self.dep(i) != "dobj";
                return self.told_of(if both { self.first_conjunct(noun) } else { noun });
            }
            if self.is_root(j) {
                return i;
            }
            j = self.head(j);
        }
        i
    }

    /// "is one of the few countries that recognise", "was the general who seized power": a predicate nominal stands for
    /// its subject.
    fn told_of(&self, noun: usize) -> usize {
        let p = self.head(noun);
        let one = self.dep(noun) == "pobj" && self.lemma(p) == "of" && self.lemma(self.head(p)) == "one";
        let among = self.dep(noun) == "pobj" && self.lemma(p) == "among" && self.lemma(self.head(p)) == "be";
        let told = if one { self.head(p) } else { noun };
        let copula = |h: usize| matches!(self.lemma(h), "be" | "remain" | "become" | "stay");
        let h = self.head(told);
        // "the JEM, a rebel group that attacked Omdurman": what stands beside a name stands for it
        // "X, the Hutu whom the putsch toppled"
        let told_with = self.tok(noun).pos == "NOUN" || self.kid(noun, &["det"]).is_some() && noun > h;
        // "a market in Kharkiv, an attack that Germany condemned": what was done there, not the place
        let deed = self.is_deed(noun);
        if self.dep(noun) == "appos" && self.tok(h).pos == "PROPN" && told_with && !deed {
            return h;
        }
        let subject =
            |v: usize| self.kid(v, &["nsubj"]).filter(|s| !self.is_relative(*s) && self.tok(*s).pos == "PROPN");
        if among {
            return subject(self.head(p)).unwrap_or(noun);
        }
        // "Those who recognised it include Ghana": the names that are counted up
        if self.dep(noun) == "nsubj" && self.lemma(h) == "include" {
            return self.kid(h, &["dobj"]).filter(|k| self.tok(*k).pos == "PROPN").unwrap_or(noun);
        }
        if self.dep(told) == "attr" && copula(h) { subject(h).unwrap_or(noun) } else { noun }
    }

    /// A noun for what was done, which stands beside a clause or a name without being it.
    pub fn is_deed(&self, noun: usize) -> bool {
        DEEDS.contains(&self.lemma(noun))
    }

    /// "a reward of ten million dollars": what the sum is of.
    fn measured(&self, noun: usize) -> usize {
        let p = self.head(noun);
        let sum = matches!(self.lemma(noun), "dollar" | "euro" | "pound" | "$" | "million" | "rouble" | "ruble");
        if sum && self.dep(noun) == "pobj" && self.lemma(p) == "of" && self.is_nominal(self.head(p)) {
            return self.head(p);
        }
        noun
    }

    /// "an order ending the embargo", "a law banning the party": a participle that tells what a written act does.
    pub fn is_decree(&self, v: usize) -> bool {
        self.dep(v) == "acl"
            && self.tok(v).tag == "VBG"
            && DECREES.contains(&self.lemma(self.head(v)).to_lowercase().as_str())
    }

    /// The surface subject of a verb, own or inherited; `.1`: true if it stands in object place (passive).
    pub fn subject(&self, v: usize) -> Option<usize> {
        self.subject_at(v, 0)
    }

    fn subject_at(&self, v: usize, depth: usize) -> Option<usize> {
        if depth > 12 {
            return None;
        }
        if let Some(s) = self.kid(v, &["nsubj", "nsubjpass", "csubj", "csubjpass", "expl"]) {
            return Some(self.real(s, v));
        }
        // a name before its verb that the model took for an adverb
        if let Some(s) = self
            .kids(v)
            .find(|k| *k < v && self.tok(*k).pos == "PROPN" && matches!(self.dep(*k), "advmod" | "npadvmod" | "dep"))
        {
            return Some(s);
        }
        let h = self.head(v);
        if h == v {
            return self.issuer(v);
        }
        match self.dep(v) {
            "conj" if self.is_verb(h) => self.subject_at(h, depth + 1),
            "xcomp" | "ccomp" if self.is_verb(h) => {
                let object = self.kid(h, &["dobj", "dative"]);
                // "called on Ghana to recognise"
                if object.is_none()
                    && matches!(self.lemma(h), "call" | "appeal" | "plead" | "press" | "prevail" | "wait")
                {
                    let whom = self.kids(h).filter(|k| {
                        self.dep(*k) == "prep" && matches!(self.lemma(*k), "on" | "upon" | "to" | "with" | "for")
                    });
                    if let Some(o) = whom.filter_map(|p| self.kid(p, &["pobj"])).next() {
                        return Some(self.real(o, h));
                    }
                }
                // "called to release the prisoners": whoever is called on, not the caller
                if object.is_none() && CALLING.contains(&self.lemma(h)) && !self.is_passive(h) && self.dep(v) == "xcomp"
                {
                    return None;
                }
                match object {
                    Some(o) if OBJECT_CONTROL.contains(&self.lemma(h)) => Some(self.real(o, h)),
                    _ if self.is_passive(h) || object.is_none() || self.dep(v) == "xcomp" => {
                        self.subject_at(h, depth + 1)
                    }
                    _ => None,
                }
            }
            "xcomp" | "ccomp" => self.subject_at(h, depth + 1),
            "acomp" | "oprd" => self.subject_at(h, depth + 1),
            "advcl" | "dep" if self.is_verb(h) => self.subject_at(h, depth + 1),
            "pcomp" => {
                let g = self.head(self.first_prep(h));
                // "saved the regime from collapsing", "accused Iran of arming": the object acts
                // "imposed an embargo on Eritrea for backing rebels": whoever it is imposed on
                let imposed_on = (self.lemma(self.first_prep(h)) == "for"
                    && matches!(self.lemma(g), "impose" | "slap" | "place"))
                .then(|| self.kids(g).find(|p| self.lemma(*p) == "on").and_then(|p| self.kid(p, &["pobj"])));
                if let Some(Some(o)) = imposed_on {
                    return Some(o);
                }
                // "Since seizing power the Taliban have barred girls": a time, of who acts
                let p = self.first_prep(h);
                const BESIDES: &[&str] =
                    &["since", "after", "before", "on", "upon", "without", "despite", "by", "besides", "while"];
                let aside = p < g || BESIDES.contains(&self.lemma(p));
                let judged = self.lemma(p) == "for" && JUDGED_FOR.contains(&self.lemma(g));
                let done_to = ((OBJECT_OF.contains(&self.lemma(g)) || judged) && !aside).then(|| {
                    if self.is_passive(g) {
                        self.subject_at(g, depth + 1)
                    } else {
                        self.kid(g, &["dobj"]).map(|o| self.real(o, g))
                    }
                });
                if let Some(Some(o)) = done_to {
                    return Some(o);
                }
                if self.is_verb(g) {
                    self.subject_at(g, depth + 1)
                } else if self.is_nominal(g) {
                    self.holder(g, depth + 1)
                } else {
                    let g2 = self.head(g);
                    if g2 != g && self.is_verb(g2) {
                        self.subject_at(g2, depth + 1)
                    } else {
                        self.subject_at(g, depth + 1)
                    }
                }
            }
            // "The first to congratulate him were A and B"
            "acl" | "relcl" if self.tok(h).pos == "ADJ" && self.dep(h) == "nsubj" && self.tok(v).tag == "VB" => {
                Some(self.attr_subject(h)).filter(|s| *s != h)
            }
            "acl" | "relcl" if self.is_nominal(h) => {
                let infinitive = self.kids(v).any(|k| self.dep(k) == "aux" && self.lemma(k) == "to");
                if infinitive && ACT_NOUNS.contains(&self.lemma(h)) {
                    // "the decision of ECOWAS not to recognise"
                    let of = self.kids(h).find(|k| self.dep(*k) == "prep" && self.lemma(*k) == "of" && *k < v);
                    of.and_then(|p| self.kid(p, &["pobj"])).or_else(|| self.holder(h, depth + 1))
                } else if self.is_decree(v) {
                    // "blocked a joint EU statement condemning Russia": who blocks it does not condemn
                    let g = self.head(h);
                    let against = matches!(
                        self.lemma(g),
                        "block"
                            | "veto"
                            | "reject"
                            | "oppose"
                            | "refuse"
                            | "delay"
                            | "boycott"
                            | "dismiss"
                            | "criticise"
                            | "criticize"
                            | "condemn"
                    );
                    if self.dep(h) == "dobj" && against {
                        self.kid(h, &["poss", "compound", "nmod"])
                    } else {
                        self.holder(h, depth + 1)
                    }
                } else if self.dep(v) == "relcl" && !infinitive {
                    None
                } else {
                    Some(self.attr_subject(h))
                }
            }
            "acomp_of" => None,
            _ if self.tok(h).pos == "ADJ" => self.subject_at(h, depth + 1),
            _ => None,
        }
    }

    /// "The Council, / 1. Condemns the attack; / 2. Demands that": the body under whose name the items of a resolution
    /// stand, for the verb that begins one of them.
    fn issuer(&self, v: usize) -> Option<usize> {
        let number = |j: usize| matches!(self.tok(j).tag, "LS" | "CD");
        let mut line = self.line(v);
        self.opens_item(line.clone(), v)?;
        for _ in 0..60 {
            let end = line.start;
            let before = (0..end).rev().find(|j| self.tok(*j).pos != "SPACE")?;
            line = self.line(before);
            let top = |j: &usize| self.is_root(*j) || !line.contains(&self.head(*j));
            let root =
                line.clone().find(|j| top(j) && !matches!(self.tok(*j).pos, "SPACE" | "PUNCT" | "X") && !number(*j))?;
            if self.opens_item(line.clone(), root).is_some() {
                continue;
            }
            let last = line.clone().rev().find(|j| self.tok(*j).pos != "SPACE")?;
            if !matches!(self.doc.text(last), "," | ":") {
                return None;
            }
            // "Council,"; "The Council, at its 181st meeting, adopted the following decision:"
            return match self.tok(root).pos {
                "NOUN" | "PROPN" => Some(root),
                _ if self.doc.text(last) == ":" => self.kid(root, &["nsubj"]),
                _ => self.kid(root, &["nsubj"]).filter(|s| s + 1 == last),
            };
        }
        None
    }

    /// The tokens of the line of text around a token.
    fn line(&self, i: usize) -> Range<usize> {
        let breaks = |j: usize| {
            self.doc.text(j).contains('\n')
                || j > 0 && self.doc.text[self.tok(j - 1).end as usize..self.tok(j).start as usize].contains('\n')
        };
        let start = (1..=i).rev().find(|j| breaks(*j)).unwrap_or(0);
        let end = (i + 1..self.len()).find(|j| breaks(*j)).unwrap_or(self.len());
        start..end
    }

    /// "3. Strongly condemns", "Recalling": a line that begins with a verb, behind its number and adverbs at most.
    fn opens_item(&self, line: Range<usize>, v: usize) -> Option<()> {
        let number = |j: usize| matches!(self.tok(j).tag, "LS" | "CD") || self.tok(j).pos == "PUNCT";
        let mut before = line.start..v;
        let plain = matches!(self.tok(v).tag, "VBZ" | "VBG") || before.clone().any(number) && self.tok(v).tag == "VBP";
        let bare = before.all(|j| number(j) || matches!(self.tok(j).pos, "SPACE" | "ADV"));
        (plain && bare && self.kid(v, &["nsubj", "nsubjpass", "expl"]).is_none()).then_some(())
    }

    /// "accused of sheltering and of arming": the first of joined prepositions.
    pub fn first_prep(&self, mut p: usize) -> usize {
        while self.dep(p) == "conj" && self.tok(self.head(p)).pos == "ADP" && self.head(p) < p {
            p = self.head(p);
        }
        p
    }

    /// "Russia became the first nation to ...": the predicate nominal stands for its subject.
    fn attr_subject(&self, noun: usize) -> usize {
        let mut j = noun;
        // "The first to congratulate him were A and B"
        let h = self.head(noun);
        if self.dep(noun) == "nsubj"
            && self.lemma(h) == "be"
            && matches!(self.lemma(noun), "first" | "last" | "only" | "one" | "next")
            && let Some(who) = self.kid(h, &["attr"]).filter(|k| self.tok(*k).pos == "PROPN")
        {
            return who;
        }
        // "the distinction of becoming the first nation to", "was the first to"
        for _ in 0..3 {
            let h = self.head(j);
            if matches!(self.dep(j), "attr" | "oprd")
                && self.is_verb(h)
                && let Some(s) = self.subject_at(h, 6)
            {
                return s;
            }
            // "was among the first to congratulate him"
            if self.dep(j) == "pobj"
                && self.lemma(h) == "among"
                && self.lemma(self.head(h)) == "be"
                && let Some(s) = self.subject_at(self.head(h), 6)
            {
                return s;
            }
            if self.dep(j) == "pobj" && self.dep(h) == "prep" && self.lemma(h) == "of" && !self.is_root(h) {
                j = self.head(h);
            } else {
                break;
            }
        }
        noun
    }

    /// Whose act a noun is: its possessor, adjective, or the subject of the verb that governs it.
    pub fn holder(&self, noun: usize, depth: usize) -> Option<usize> {
        if depth > 12 {
            return None;
        }
        if let Some(p) = self.kid(noun, &["poss"]) {
            return Some(p);
        }
        for k in self.kids(noun) {
            if self.dep(k) == "prep"
                && matches!(self.lemma(k), "by" | "of" | "from")
                && self.lemma(k) == "by"
                && let Some(o) = self.kid(k, &["pobj"])
            {
                return Some(o);
            }
        }
        let h = self.head(noun);
        match self.dep(noun) {
            "dobj" | "attr" | "oprd" | "pobj" => {
                let mut g = h;
                for _ in 0..6 {
                    if self.is_verb(g) {
                        // "granted a request of the prosecutor": who answers is not who asked
                        let answers = ANSWERS.contains(&self.lemma(g)) && ASKED.contains(&self.lemma(noun));
                        return if answers { None } else { self.subject_at(g, depth + 1) };
                    }
                    if self.is_root(g) {
                        return None;
                    }
                    if self.is_nominal(g) {
                        return self.holder(g, depth + 1);
                    }
                    g = self.head(g);
                }
                None
            }
            "conj" => self.holder(h, depth + 1),
            _ => None,
        }
    }

    /// Prepositions of a head with their objects; "out of X" as ("out_of", X); gerunds by their verb. Those behind the head
    /// come first: "In Geneva, the group opened an office in Doha".
    fn preps_of(&self, i: usize, out: &mut Vec<(String, usize)>) {
        for k in self.kids(i).filter(|k| *k > i).chain(self.kids(i).filter(|k| *k < i)) {
            if !matches!(self.dep(k), "prep" | "agent" | "dative" | "advmod") {
                continue;
            }
            // "set up camp there"
            if self.dep(k) == "advmod" {
                if k > i && self.doc.text(k) == "there" {
                    out.push(("in".to_owned(), k));
                }
                if self.kid(k, &["pobj", "pcomp", "prep"]).is_none() {
                    continue;
                }
            }
            let name = self.lemma(k);
            for o in self.kids(k) {
                match self.dep(o) {
                    "pobj" | "pcomp" => {
                        // "over what it described as interference"
                        let o = self.so_called(o).filter(|n| self.tok(*n).pos == "NOUN").unwrap_or(o);
                        out.push((name.to_owned(), self.real(o, self.clause(k))));
                    }
                    "prep" => {
                        for o2 in self.kids(o) {
                            if matches!(self.dep(o2), "pobj" | "pcomp") {
                                out.push((format!("{name}_{}", self.lemma(o)), o2));
                                // "according to two officials" is addressed to nobody
                                if name != "accord" {
                                    out.push((self.lemma(o).to_owned(), o2));
                                }
                            }
                        }
                    }
                    _ => {}
                }
            }
            // "in Russia, but in Iran": joined prepositions
            let joined: Vec<usize> =
                self.kids(k).filter(|c| self.dep(*c) == "conj" && self.tok(*c).pos == "ADP").collect();
            for c in joined {
                out.extend(self.kids(c).filter(|o| self.dep(*o) == "pobj").map(|o| (self.lemma(c).to_owned(), o)));
            }
        }
    }

    /// Is the token part of a name of a state, body or person?
    fn names(&self, i: usize) -> bool {
        let label = |e: &chancery_parse::Entity| matches!(e.label, "GPE" | "ORG" | "NORP" | "PERSON" | "LOC");
        self.doc.entities.iter().any(|e| (e.start as usize..e.end as usize).contains(&i) && label(e))
    }

    /// Roles of a verb.
    pub fn verb_args(&self, v: usize) -> Args {
        let mut a = Args { passive: self.is_passive(v), carrier: v, ..Args::default() };
        let mut objects = Vec::new();
        for k in self.kids(v) {
            match self.dep(k) {
                // "imposed several rounds of sanctions on Belarus": what there are rounds of
                "dobj" | "obj" => {
                    let o = self.real(k, v);
                    let rounds = matches!(
                        self.lemma(o),
                        "round"
                            | "package"
                            | "raft"
                            | "batch"
                            | "tranche"
                            | "slew"
                            | "range"
                            | "set"
                            | "series"
                            | "string"
                            | "part"
                            | "portion"
                            | "bulk"
                            | "half"
                            | "some"
                            | "all"
                            | "most"
                            | "much"
                    ) && (!matches!(self.lemma(o), "part" | "half" | "some" | "all" | "most" | "much" | "portion" | "bulk")
                        // "froze part of its aid", not "took Kabul and all of the north"
                        || FROZEN.contains(&self.lemma(v)));
                    let of = self.kids(o).find(|p| self.lemma(*p) == "of").and_then(|p| self.kid(p, &["pobj"]));
                    objects.push(of.filter(|_| rounds).unwrap_or(o));
                }
                "dative" => {
                    if self.tok(k).pos == "ADP" {
                        a.dative.extend(self.kid(k, &["pobj"]));
                    } else {
                        a.dative.push(self.real(k, v));
                    }
                }
                "attr" | "acomp" | "oprd" => a.attr.push(k),
                "agent" => {
                    for o in self.kids(k).filter(|o| self.dep(*o) == "pobj") {
                        a.agent.push(self.real(o, v));
                    }
                }
                // "condemned what it called an occupation": what is called so
                "ccomp" if self.so_called(k).is_some() => {
                    objects.extend(self.so_called(k));
                    a.comps.push(k);
                }
                // "considers X a threat": a clause without a verb is object and predicate
                "ccomp"
                    if self.is_nominal(k)
                        && self.kid(k, &["nsubj"]).is_some()
                        && self.kid(k, &["cop", "aux"]).is_none() =>
                {
                    objects.extend(self.kid(k, &["nsubj"]));
                    a.attr.push(k);
                    a.comps.push(k);
                }
                // "Russia recognised it; Nicaragua followed": a sentence before a semicolon is no complement
                "ccomp" if k < v && (k..v).any(|j| self.doc.text(j) == ";") => {}
                "xcomp" | "ccomp" => a.comps.push(k),
                _ => {}
            }
        }
        // "armed and financed by Iran": who did the last of it did the first
        if a.passive && a.agent.is_empty() {
            let last = self.kids(v).find(|c| {
                *c > v
                    && self.dep(*c) == "conj"
                    && self.tok(*c).tag == "VBN"
                    && self.kid(*c, &["nsubj", "nsubjpass", "auxpass", "aux"]).is_none()
            });
            let by = last.and_then(|c| self.kid(c, &["agent"])).and_then(|p| self.kid(p, &["pobj"]).map(|o| (p, o)));
            let near = by.filter(|(p, _)| !(v..*p).any(|k| self.doc.text(k) == ","));
            a.agent.extend(near.map(|(_, o)| self.real(o, v)));
        }
        // "supplied with arms by Iran", "killed in an attack by the army": the doer hangs on the noun before
        if a.passive && a.agent.is_empty() && !self.kids(v).any(|k| self.lemma(k) == "by") {
            a.agent.extend(self.doer_behind(v));
        }
        // "had him put in jail": whoever has it done does it
        let h = self.head(v);
        if a.passive && a.agent.is_empty() && self.dep(v) == "ccomp" && self.lemma(h) == "have" && self.is_verb(h) {
            a.agent.extend(self.subject(h));
        }
        // "fought Turkey since 1984": a name after its verb that the model took for a measure
        if objects.is_empty() && !self.is_passive(v) {
            objects.extend(
                self.kids(v).find(|k| {
                    *k == v + 1 && self.dep(*k) == "npadvmod" && self.tok(*k).pos == "PROPN" && self.names(*k)
                }),
            );
        }
        self.preps_of(v, &mut a.preps);
        // "removed Anka, a Turkish firm, from the list": a phrase after the comma that closes an apposition is the verb's
        for o in objects.clone() {
            for k in self.kids(o).filter(|k| self.dep(*k) == "appos").collect::<Vec<_>>() {
                let mut of_appos = Vec::new();
                self.preps_of(k, &mut of_appos);
                let after_comma = |p: usize| p > k && self.doc.text(p - 1) == ",";
                let closed: Vec<usize> = self.kids(k).filter(|p| self.dep(*p) == "prep" && after_comma(*p)).collect();
                a.preps.extend(of_appos.into_iter().filter(|(_, o)| closed.iter().any(|p| self.dominates(*p, *o))));
            }
        }
        let subject = self.subject(v);
        if a.passive {
            // "were given arms by Iran": what is given, to whom
            let given = !objects.is_empty() && GIVING.contains(&self.lemma(v)) && self.kid(v, &["nsubjpass"]).is_some();
            if given && a.dative.is_empty() {
                a.dative.extend(subject);
            }
            a.theme.extend(match self.dep(v) {
                "acl" | "amod" if self.kid(v, &["nsubjpass"]).is_none() => {
                    // "Zahir Shah, the king deposed in 1973": whoever is called so
                    let h = self.head(v);
                    let beside = self.dep(v) == "acl" && self.dep(h) == "appos" && self.tok(h).pos == "NOUN";
                    Some(if beside { self.told_of(h) } else { h })
                }
                _ => subject,
            });
            a.theme.extend(objects);
            // "was declared wanted by X", "seized by X": by-phrases parsed as plain prepositions
            if a.agent.is_empty() {
                a.agent.extend(a.preps.iter().filter(|(p, _)| p == "by").map(|(_, o)| *o));
            }
            // "recognised by Kenya but not by Chad": both of them, each in its way
            let more: Vec<usize> = self
                .kids(v)
                .filter(|k| {
                    let joined = *k > 0 && matches!(self.lemma(*k - 1), "not" | "and" | "later" | "then" | "or");
                    matches!(self.dep(*k), "prep" | "conj" | "agent") && self.lemma(*k) == "by" && joined
                })
                .filter_map(|k| self.kid(k, &["pobj"]))
                .filter(|o| !a.agent.contains(o))
                .collect();
            if !a.agent.is_empty() {
                a.agent.extend(more);
            }
            // "was declared a terrorist group by X": the by-phrase hangs on the predicate noun
            if a.agent.is_empty() {
                for n in self.kids(v).filter(|k| matches!(self.dep(*k), "dobj" | "oprd" | "attr")) {
                    a.agent
                        .extend(self.kids(n).filter(|k| self.lemma(*k) == "by").filter_map(|k| self.kid(k, &["pobj"])));
                }
            }
        } else {
            a.agent.extend(subject);
            a.theme.extend(objects);
            // "the regime (that) Russia recognised"
            if a.theme.is_empty()
                && self.dep(v) == "relcl"
                && self.kid(v, &["nsubj"]).is_some_and(|s| !self.is_relative(s))
            {
                a.theme.push(self.head(v));
            }
            // "whom soldiers had seized and flown to Costa Rica": what the first verb is done to
            if a.theme.is_empty() && a.comps.is_empty() {
                a.theme.extend(self.shared_object(v));
            }
            // "Turkey condemned, and Egypt praised, the coup": what both did it to
            if a.theme.is_empty()
                && a.comps.is_empty()
                && v + 1 < self.len()
                && self.doc.text(v + 1) == ","
                && let Some(c) = self.kids(v).find(|k| self.dep(*k) == "conj" && self.is_verb(*k) && *k > v)
                && self.kid(c, &["nsubj"]).is_some_and(|n| n > v)
                && c + 1 < self.len()
                && self.doc.text(c + 1) == ","
            {
                a.theme.extend(self.kid(c, &["dobj"]));
            }
            // "recognised and supported the regime": the object stands with the last conjunct
            if a.theme.is_empty()
                && a.comps.is_empty()
                && let Some(c) = self.kids(v).find(|k| self.dep(*k) == "conj" && self.is_verb(*k))
                && self.kid(c, &["nsubj", "nsubjpass"]).is_none()
                && c < v + 5
            {
                a.theme.extend(self.kid(c, &["dobj"]));
            }
        }
        // "had the prime minister, X, arrested": whoever has it done does it
        if a.passive && a.agent.is_empty() && self.dep(v) == "acl" {
            let n = self.head(v);
            let h = self.head(n);
            let own = self.kids(n).any(|k| self.dep(k) == "poss" && self.tok(k).pos == "PRON");
            if self.dep(n) == "dobj" && matches!(self.lemma(h), "have" | "get") && self.is_verb(h) && !own {
                a.agent.extend(self.subject(h));
            }
        }
        a
    }

    /// "what it called an occupation", "what it describes as interference": the noun that a clause gives its own name.
    fn so_called(&self, v: usize) -> Option<usize> {
        if !matches!(
            self.lemma(v),
            "call" | "term" | "label" | "brand" | "dub" | "describe" | "see" | "regard" | "deem"
        ) {
            return None;
        }
        self.kid(v, &["dobj"]).filter(|w| *w < v && self.doc.text(*w) == "what")?;
        let named = self.kid(v, &["oprd", "attr"]).or_else(|| {
            let as_ = self.kids(v).find(|p| *p > v && self.lemma(*p) == "as")?;
            self.kid(as_, &["pobj"])
        });
        named.filter(|n| *n > v && self.is_nominal(*n))
    }

    /// "supplied with arms by Iran": a by-phrase right behind the noun that a passive takes.
    fn doer_behind(&self, v: usize) -> Option<usize> {
        let nouns = self.kids(v).filter(|k| *k > v && self.dep(*k) == "prep").filter_map(|p| self.kid(p, &["pobj"]));
        nouns
            .flat_map(|n| self.kids(n).filter(move |b| *b == n + 1))
            .find(|b| self.dep(*b) == "prep" && self.lemma(*b) == "by")
            .and_then(|b| self.kid(b, &["pobj"]))
            .filter(|o| self.is_nominal(*o) && !self.doc.text(*o).starts_with(|c: char| c.is_ascii_digit()))
    }

    /// "whom soldiers had seized and flown to Costa Rica": the relative object of the verb that a participle is joined to.
    fn shared_object(&self, v: usize) -> Option<usize> {
        let h = self.head(v);
        let joined = self.dep(v) == "conj" && self.tok(v).tag == "VBN" && self.tok(h).tag == "VBN";
        if !joined || self.kid(v, &["nsubj", "nsubjpass", "aux", "auxpass"]).is_some() {
            return None;
        }
        self.kid(h, &["dobj"]).filter(|o| *o < h && self.is_relative(*o)).map(|o| self.real(o, h))
    }

    /// Roles of a noun that names an act; `light`: may the verb that governs it lend its arguments?
    pub fn noun_args(&self, n: usize, light: impl Fn(&str) -> bool) -> Args {
        let mut a = Args { carrier: n, ..Args::default() };
        for k in self.kids(n) {
            match self.dep(k) {
                "poss" => a.poss.push(k),
                "amod" | "compound" | "nmod" => {
                    a.mods.push(k);
                    // "a Saudi-led strike": whoever leads it does it
                    if self.lemma(k) == "lead" && k >= 2 && self.doc.text(k - 1) == "-" {
                        a.mods.push(k - 2);
                    }
                }
                _ => {}
            }
        }
        self.preps_of(n, &mut a.preps);
        let by: Vec<usize> = a.preps.iter().filter(|(p, _)| p == "by").map(|(_, o)| *o).collect();
        let of: Vec<usize> = a.preps.iter().filter(|(p, _)| p == "of").map(|(_, o)| *o).collect();
        // "the killing of three officers by Israeli jets", the by-phrase on the officers
        if by.is_empty() && a.poss.is_empty() {
            let victims =
                of.iter().filter(|o| matches!(self.tok(**o).tag, "NNS" | "NNP" | "NNPS") && !self.is_deed(**o));
            let behind = victims.filter_map(|o| self.kids(*o).find(|k| *k == o + 1 && self.lemma(*k) == "by"));
            a.agent.extend(behind.filter(|b| self.dep(*b) == "prep").filter_map(|b| self.kid(b, &["pobj"])));
        }
        a.agent.extend(by);
        a.agent.extend(a.poss.iter().copied());
        // "a state visit" is paid by no state
        a.agent.extend(a.mods.iter().copied().filter(|m| self.lemma(*m) != "state"));
        a.theme.extend(of);
        // the verb that carries it: "granted recognition", "recognition was granted", "gave recognition to"
        let mut top = self.first_conjunct(n);
        // "a series of attacks", "a wave of bombings": the carrier governs the outer noun
        for _ in 0..2 {
            let h = self.head(top);
            if self.dep(top) == "pobj"
                && self.dep(h) == "prep"
                && self.lemma(h) == "of"
                && self.is_nominal(self.head(h))
                && MEASURES.contains(&self.lemma(self.head(h)))
            {
                top = self.first_conjunct(self.head(h));
                continue;
            }
            break;
        }
        let h = self.head(top);
        if h != top {
            match self.dep(top) {
                "dobj" if self.is_verb(h) && light(self.lemma(h)) => {
                    let v = self.verb_args(h);
                    a.carrier = h;
                    a.dative = v.dative;
                    if GIVING.contains(&self.lemma(h)) {
                        a.dative.extend(a.mods.iter().copied().filter(|m| self.tok(*m).pos == "PROPN"));
                        a.agent.retain(|m| !a.dative.contains(m));
                    }
                    a.agent.splice(0..0, v.agent);
                    a.preps.extend(v.preps);
                    a.comps = v.comps;
                }
                "nsubjpass" if self.is_verb(h) => {
                    let v = self.verb_args(h);
                    if light(self.lemma(h)) {
                        a.agent.splice(0..0, v.agent);
                        a.dative = v.dative;
                        a.preps.extend(v.preps);
                    }
                    a.carrier = h;
                }
                "pobj" if self.dep(h) == "prep" && self.is_verb(self.head(h)) => {
                    // "engaged in talks with", "held on to": the verb's subject acts
                    let g = self.head(h);
                    a.carrier = g;
                    if light(&format!("{}_{}", self.lemma(g), self.lemma(h))) {
                        let v = self.verb_args(g);
                        a.agent.splice(0..0, if v.passive { v.theme.clone() } else { v.agent });
                        if !v.passive {
                            a.dative.extend(v.theme);
                        }
                        a.preps.extend(v.preps.into_iter().filter(|(_, o)| *o != n));
                    }
                }
                "nsubj" if self.is_verb(h) => a.carrier = h,
                "attr" if self.is_verb(h) => a.carrier = h,
                _ => {}
            }
        }
        // "the threats that Al-Shabaab has made against Kenya", "recognition, which only Russia has extended"
        let told = self.kids(n).find(|k| {
            self.dep(*k) == "relcl" && light(self.lemma(*k)) && !self.is_passive(*k) && {
                let object = self.kid(*k, &["dobj", "dative"]);
                object.is_none_or(|o| self.is_relative(o))
                    && self.kid(*k, &["nsubj"]).is_some_and(|s| !self.is_relative(s))
            }
        });
        // "the armed attacks that": a small word before it tells of nobody
        let nobody =
            a.agent.iter().all(|k| self.tok(*k).tag == "JJ" && self.doc.text(*k).starts_with(char::is_lowercase));
        if let Some(v) = told
            && nobody
        {
            let args = self.verb_args(v);
            a.agent.splice(0..0, args.agent);
            a.preps.extend(args.preps);
            a.dative.extend(args.dative);
            a.carrier = v;
        }
        a
    }

    /// The holders of a relational noun or adjective: copula subject, the noun it is in apposition to,
    /// its own apposition ("the group's leader, X"), or the name it precedes ("leader X").
    pub fn bearers(&self, n: usize) -> Vec<usize> {
        let mut out = Vec::new();
        let h = self.head(n);
        match self.dep(n) {
            "attr" | "acomp" | "oprd" if self.is_verb(h) => {
                // "named X its leader": the object bears; "X is", "X became": the subject
                match self.kid(h, &["dobj"]) {
                    Some(o) if self.dep(n) == "oprd" => out.push(o),
                    _ => out.extend(self.subject(h)),
                }
            }
            // "A and B, the ministers of X and Y": a plural is borne by all of them
            "appos" if self.tok(n).tag == "NNS" => out.push(self.first_conjunct(h)),
            "appos" => out.push(h),
            // "one of its leaders, X", "another of its leaders, X"
            "pobj" if self.lemma(h) == "of" && matches!(self.lemma(self.head(h)), "one" | "another") => {
                out.extend(self.kids(self.head(h)).filter(|k| self.dep(*k) == "appos"));
            }
            // "Russia's president, Putin, and China's president, Xi": each post has its own bearer beside it
            "conj" if self.kid(n, &["appos"]).is_some() => {}
            // "Mozambique and regional partners": one more of them
            "conj" if self.tok(h).pos == "PROPN" => {}
            "conj" => out.extend(self.bearers(h)),
            "pobj" if self.dep(h) == "prep" && self.lemma(h) == "as" && self.is_verb(self.head(h)) => {
                // "served as", "regarded X as"
                let v = self.head(h);
                match self.kid(v, &["dobj"]) {
                    Some(o) => out.push(o),
                    None => out.extend(self.subject(v)),
                }
            }
            _ => {}
        }
        for k in self.kids(n) {
            if self.dep(k) == "appos" {
                out.push(k);
            }
        }
        if self.dep(n) == "amod" || (self.dep(n) == "acl" && self.tok(n).pos == "ADJ") {
            out.push(h);
        }
        out
    }
}

/// Base forms that the model's lemmatiser does not know.
fn mend(lemma: String, text: &str) -> String {
    let base = match lemma.as_str() {
        "hop" if text.to_lowercase().starts_with("hope") || text.eq_ignore_ascii_case("hoping") => "hope",
        "long" if text.eq_ignore_ascii_case("longer") => "longer",
        "din" if text.to_lowercase().starts_with("din") => "dine",
        "retook" | "retaken" => "retake",
        "overran" => "overrun",
        "readmitte" => "readmit",
        "basis" => "base",
        "wag" if text.to_lowercase().starts_with("wage") || text.eq_ignore_ascii_case("waging") => "wage",
        "rag" if text.to_lowercase().starts_with("rage") || text.eq_ignore_ascii_case("raging") => "rage",
        "ca" => "can",
        "wo" | "'ll" | "’ll" => "will",
        "forces" => "force",
        "ties" => "tie",
        "talks" => "talk",
        "sanctions" => "sanction",
        "seized" => "seize",
        "resigned" => "resign",
        "ousted" => "oust",
        _ => return lemma,
    };
    base.to_owned()
}

/// Verbs of what is stopped, whole or in part.
const FROZEN: &[&str] =
    &["freeze", "suspend", "cut", "halt", "lift", "ease", "withhold", "stop", "cancel", "resume", "restore", "end"];

/// Verbs of giving: a name before the noun they carry is the receiver, "granted Abkhazia recognition".
const GIVING: &[&str] = &["give", "grant", "accord", "offer", "deny", "refuse", "extend", "send", "promise", "pay"];

/// Nouns that only measure what "of" brings.
pub const MEASURES: &[&str] = &[
    "stretch",
    "chunk",
    "third",
    "half",
    "swathe",
    "much",
    "series",
    "wave",
    "number",
    "spate",
    "string",
    "lot",
    "kind",
    "type",
    "form",
    "round",
    "campaign",
    "act",
    "dozen",
    "hundred",
    "thousand",
    "part",
    "set",
    "package",
    "state",
    "list",
    "couple",
    "handful",
    "majority",
    "rest",
    "all",
    "most",
    "some",
    "many",
    "any",
    "none",
    "each",
    "one",
    "few",
    "several",
    "distinction",
    "ranks",
    "rank",
    "group",
    "pair",
];
