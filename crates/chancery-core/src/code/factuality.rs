//! How real the wording makes a claim: one pass for all frames, up the tree from the word that carries it.
//!
//! ```text
//!   recognise  <- xcomp -  refuse            no
//!   recognise  <- pcomp - from <- far        predicted, no
//!   recognise  - aux -> may                  possible
//!   recognise  - mark -> if                  conditional
//! ```
//! The words stand in `data/lexicon/factuality.toml`. Attribution is another pass: "Belgrade says Togo
//! withdrew" stays asserted here.
use super::tree::Tree;
use crate::knowledge::DataFiles;
use crate::resolve::Table;
use crate::values::{Finding, Modality, Polarity};
use serde::Deserialize;

/// What a governing word does to what it governs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// refuse, fail, deny: it is not so.
    Negates,
    /// doubt, unlikely: predicted not.
    PredictedNot,
    /// reluctant, hesitate: not yet, and no more said.
    Possible,
    Predicted,
    Intended,
    Demanded,
    Conditional,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Words {
    negates: Vec<String>,
    predicted_not: Vec<String>,
    possible: Vec<String>,
    predicted: Vec<String>,
    intended: Vec<String>,
    demanded: Vec<String>,
    conditional: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Verbs, nouns and adjectives that govern an infinitive, gerund, clause or nominal.
    governors: Words,
    /// Prepositions and adverbs before a gerund or nominal: "without", "instead of".
    prepositions: Words,
    /// Adverbs beside the verb.
    adverbs: Words,
    modals: Words,
}

/// The words of doubt, denial and intent.
#[derive(Debug, Default)]
pub struct Factuality {
    governors: Table<String, Effect>,
    prepositions: Table<String, Effect>,
    adverbs: Table<String, Effect>,
    modals: Table<String, Effect>,
}

/// How a claim is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Put {
    pub modality: Modality,
    pub polarity: Polarity,
}

impl Put {
    fn negate(&mut self) {
        self.polarity = match self.polarity {
            Polarity::Yes => Polarity::No,
            Polarity::No => Polarity::Yes,
        };
    }

    fn soften(&mut self, m: Modality) {
        // the innermost word decides, but a condition or a demand around it outranks a mere intention
        self.modality = match (self.modality, m) {
            (Modality::Asserted, m) => m,
            (_, Modality::Conditional) => Modality::Conditional,
            (Modality::Intended | Modality::Predicted, Modality::Possible | Modality::Demanded) => m,
            (m, _) => m,
        };
    }

    fn apply(&mut self, e: Effect) {
        match e {
            Effect::Negates => self.negate(),
            Effect::PredictedNot => {
                self.negate();
                self.soften(Modality::Predicted);
            }
            Effect::Possible => self.soften(Modality::Possible),
            Effect::Predicted => self.soften(Modality::Predicted),
            Effect::Intended => self.soften(Modality::Intended),
            Effect::Demanded => self.soften(Modality::Demanded),
            Effect::Conditional => self.soften(Modality::Conditional),
        }
    }
}

impl Factuality {
    pub fn load(data: &DataFiles) -> (Factuality, Vec<Finding>) {
        let mut out = Factuality::default();
        let mut findings = Vec::new();
        for (path, text) in data.below("lexicon/factuality") {
            match toml::from_str::<File>(text) {
                Ok(f) => {
                    let tables = [
                        (&mut out.governors, f.governors),
                        (&mut out.prepositions, f.prepositions),
                        (&mut out.adverbs, f.adverbs),
                        (&mut out.modals, f.modals),
                    ];
                    for (table, w) in tables {
                        let groups = [
                            (w.negates, Effect::Negates),
                            (w.predicted_not, Effect::PredictedNot),
                            (w.possible, Effect::Possible),
                            (w.predicted, Effect::Predicted),
                            (w.intended, Effect::Intended),
                            (w.demanded, Effect::Demanded),
                            (w.conditional, Effect::Conditional),
                        ];
                        for (words, e) in groups {
                            table.extend(words.into_iter().map(|w| (w, e)));
                        }
                    }
                }
                Err(e) => findings.push(super::frames::bad_file(path, &e)),
            }
        }
        (out, findings)
    }

    /// How the claim carried by `trigger` is put; `parties`: the heads that fill its slots.
    pub fn judge(&self, t: &Tree, trigger: usize, carrier: usize, parties: &[usize]) -> Put {
        let mut put = Put { modality: Modality::Asserted, polarity: Polarity::Yes };
        // "none of the members", "no state", "neither X nor Y": once, however many are joined
        // "neither has condemned India, though both have urged it": not of both
        let both = [trigger, carrier].iter().any(|v| t.kids(*v).any(|k| t.dep(k) == "nsubj" && t.lemma(k) == "both"));
        if !both && parties.iter().any(|p| self.is_negative_phrase(t, *p)) {
            put.negate();
        }
        // "has no relations", "opened no embassy": what the verb acts on, where it is not itself a party
        for verb in [trigger, carrier].iter().filter(|v| t.is_verb(**v)).take(1) {
            for o in t
                .kids(*verb)
                .filter(|k| {
                    matches!(t.dep(*k), "dobj" | "attr" | "nsubj" | "nsubjpass")
                        && *k != trigger
                        && !parties.contains(k)
                })
                .filter(|k| {
                    !t.dep(*k).starts_with("nsubj")
                        || !parties.iter().any(|p| t.dominates(*k, *p) && self.is_negative_phrase(t, *p))
                })
            {
                if self.is_negative_phrase(t, o) {
                    put.negate();
                }
            }
        }
        if trigger != carrier || !t.is_verb(trigger) {
            self.own(t, trigger, &mut put, false);
        }
        // "rejected the threats that X has made": they were made, whatever is done with them
        let told = carrier != trigger && t.dep(carrier) == "relcl" && t.head(carrier) == trigger;
        let mut at = if t.is_verb(trigger) {
            trigger
        } else if told {
            carrier
        } else {
            self.rise_to(t, trigger, carrier, &mut put)
        };
        // the word that last denied the act, for what a further "not" makes of it
        let mut denier: Option<usize> = None;
        // the word is a main clause that the act stands beside: its own "not" and "may" are no part of it
        let mut beside = false;
        for _ in 0..40 {
            let denied = put.polarity == Polarity::No && denier.take().is_some_and(|d| !FIRM.contains(&t.lemma(d)));
            if !std::mem::take(&mut beside) {
                self.own(t, at, &mut put, true);
            }
            if denied && put.polarity == Polarity::Yes {
                // "has not ruled out recognising"
                put.soften(Modality::Possible);
            }
            let up = t.head(at);
            if up == at || parted(t, at, up) || remarked_on(t, at) {
                break;
            }
            let dep = t.dep(at);
            let before = put.polarity;
            // "recalled its envoy in protest at the decision", "did not protest after the recognition": taken for granted
            if occasion(t, at) {
                break;
            }
            if fronted(t, at) {
                (beside, at) = (true, up);
                continue;
            }
            // "is the first country to receive", "was the fifteenth to revoke": done, as far as the copula's clause is
            if let Some(copula) = ranked(t, at) {
                at = copula;
                continue;
            }
            match dep {
                // "the visiting president", "Iran-backed": what a participle tells before its noun is taken for granted
                "amod" if t.is_verb(at) => break,
                // "the group, led by X, is thought to": told beside the clause
                "acl" if t.tok(at).tag == "VBN" && !t.is_verb(up) && set_off(t, at) => break,
                // as a subject the act is taken for granted; a mere supposition it is under "would"
                "nsubj" if !t.is_verb(at) && t.is_verb(up) && !self.tells_of(t, up) => {
                    if t.kids(up).any(|k| t.dep(k) == "aux" && t.lemma(k) == "would") && !reported_past(t, up) {
                        put.soften(Modality::Conditional);
                    }
                    break;
                }
                "conj" => {
                    // what stands before the first of joined verbs holds for all of them
                    let denied = put.polarity == Polarity::No;
                    // "should stop dithering and freeze the accounts", "denies that it has helped and blames Kinshasa"
                    if let Some(over) = beside_the_matrix(t, at) {
                        (at, beside) = (over, t.tok(at).tag != "VB");
                        continue;
                    }
                    self.shared(t, t.first_conjunct(up), at, &mut put);
                    if denied && put.polarity == Polarity::Yes {
                        // "has neither confirmed nor denied recognising"
                        put.soften(Modality::Possible);
                    }
                    at = t.first_conjunct(at);
                    // "agreed to restore relations and to reopen embassies", where the first was read as an adverbial
                    let to = t.kids(at).any(|k| t.dep(k) == "aux" && t.lemma(k) == "to");
                    if t.dep(at) == "advcl" && to && self.effect_of(t, t.head(at)).is_some() {
                        let up = t.head(at);
                        self.govern_word(t, up, &mut put, Some(at));
                        at = up;
                        continue;
                    }
                    if t.is_root(at) || matches!(t.dep(at), "relcl" | "advcl") {
                        break;
                    }
                    self.govern(t, at, &mut put);
                    at = match self.next_up(t, at) {
                        Some(n) => n,
                        None => break,
                    };
                }
                // "became the first country to recognise": the copula's mood is the clause's
                "relcl"
                    if t.kids(at).any(|k| t.dep(k) == "aux" && t.lemma(k) == "to")
                        && t.dep(up) == "attr"
                        && t.is_verb(t.head(up)) =>
                {
                    at = t.head(up)
                }
                // "signed an order ending the embargo": what is ordered in writing is done by signing it
                "acl" if t.is_decree(at) && t.is_verb(t.head(up)) => at = t.head(up),
                // "gave the officers a week to reinstate him", "until Sunday to leave": asked of them
                "relcl" | "acl"
                    if DEADLINES.contains(&t.lemma(up))
                        && t.kids(at).any(|k| t.dep(k) == "aux" && t.lemma(k) == "to") =>
                {
                    put.soften(Modality::Demanded);
                    break;
                }
                // "a way for him to visit Berlin": not yet done
                "relcl" if t.kids(at).any(|k| t.dep(k) == "aux" && t.lemma(k) == "to") && t.lemma(up) == "way" => {
                    put.soften(Modality::Intended);
                    break;
                }
                "relcl" => break,
                // "The embassy closed in January; however, they did not sever relations": sentences beside each other
                "ccomp" if up > at && (at..up).any(|k| t.doc.text(k) == ";") => break,
                "advcl" => {
                    // a complement taken for an adverbial: "ruled out recognising", "pressed Ghana to recognise"
                    let bare = !t.kids(at).any(|k| matches!(t.dep(k), "mark" | "advmod"));
                    let infinitive = t.kids(at).any(|k| t.dep(k) == "aux" && t.lemma(k) == "to");
                    // "blocked a vote, demanding that": set off by a comma it is an act beside
                    let set_off = !infinitive && (up..at).any(|k| t.doc.text(k) == ",");
                    let below = bare && !set_off && (infinitive || t.tok(at).tag == "VBG") && at > up;
                    if below && self.effect_of(t, up).is_some() {
                        self.govern_word(t, up, &mut put, Some(at));
                        if before == Polarity::Yes && put.polarity == Polarity::No {
                            denier = Some(up);
                        }
                        at = up;
                        continue;
                    }
                    // "congratulated Kosovo, prompting a rebuke": as real as what holds the main clause, whatever that denies
                    if bare && !infinitive && t.tok(at).tag == "VBG" && at > up {
                        at = up;
                        beside = true;
                        continue;
                    }
                    // "went on television to say that Russia had done it": what was said there was said
                    const TELL: &[&str] =
                        &["say", "announce", "declare", "report", "tell", "confirm", "reveal", "deny"];
                    if infinitive
                        && at != trigger
                        && TELL.contains(&t.lemma(at))
                        && matches!(t.tok(up).tag, "VBD" | "VBZ")
                    {
                        at = up;
                        continue;
                    }
                    // the main clause's mood is not the mood of a clause set beside it; a purpose is intended
                    // "occupied the square to protest against it": that is the protest
                    let done = matches!(t.lemma(at), "protest" | "demonstrate" | "denounce") && t.tok(up).tag == "VBD";
                    if infinitive && put.modality == Modality::Asserted && !done {
                        put.soften(if given_time(t, up) { Modality::Demanded } else { Modality::Intended });
                    }
                    break;
                }
                _ => {
                    self.govern(t, at, &mut put);
                    at = match self.next_up(t, at) {
                        Some(n) => n,
                        None => break,
                    };
                }
            }
            if before == Polarity::Yes && put.polarity == Polarity::No {
                denier = Some(at);
            }
        }
        if t.sentence(trigger)
            .clone()
            .rev()
            .find(|i| !matches!(t.tok(*i).pos, "SPACE") && !matches!(t.lemma(*i), "\"" | "”" | "'" | "''"))
            .is_some_and(|i| t.lemma(i) == "?")
        {
            put.soften(Modality::Possible);
        }
        put
    }

    fn starts_new_clause(&self, t: &Tree, v: usize) -> bool {
        t.kid(v, &["nsubj", "nsubjpass", "csubj"]).is_some()
    }

    /// From a nominal trigger to the verb of its clause, with what governs it on the way:
    /// "denied recognition", "the prospect of recognition", "called for the lifting of sanctions".
    fn rise_to(&self, t: &Tree, trigger: usize, carrier: usize, put: &mut Put) -> usize {
        let mut at = trigger;
        for _ in 0..12 {
            if t.is_verb(at) && !matches!(t.dep(at), "amod" | "compound") {
                return at;
            }
            let up = t.head(at);
            if up == at || parted(t, at, up) || occasion(t, at) {
                return at;
            }
            if fronted(t, at) {
                return at;
            }
            match t.dep(at) {
                "relcl" | "advcl" | "parataxis" => return at,
                // as a subject the act is taken for granted: "France's recognition may not suffice"; unless the verb
                // tells of the act itself: "recognition is unlikely", "the withdrawal never came"
                "nsubj" | "csubj" if t.is_verb(up) && !self.tells_of(t, up) => return at,
                "nsubj" => self.predicate(t, up, at, put),
                "pobj" | "pcomp" => {
                    // "decided against recognising it"
                    if t.dep(at) == "pcomp" && t.lemma(up) == "against" && t.is_verb(t.head(up)) {
                        put.negate();
                    }
                    if let Some(e) = self.prepositions.get(t.lemma(up)) {
                        put.apply(*e);
                    }
                }
                // beside or below a name: its clause's mood is not the nominal's ("the ban's lifting" as subject is)
                "poss" | "appos" | "amod" | "compound" | "nmod" if !t.is_verb(up) => {
                    if matches!(t.dep(at), "appos") {
                        return at;
                    }
                }
                _ => {}
            }
            let dep = t.dep(at);
            if matches!(dep, "dobj" | "nsubjpass" | "pobj" | "attr" | "prep" | "nsubj" | "conj" | "pcomp" | "oprd") {
                let as_subject = matches!(dep, "nsubj");
                if (up != carrier || dep == "nsubjpass") && !as_subject {
                    self.govern_word(t, up, put, None);
                }
            }
            at = up;
        }
        at
    }

    /// Does the verb say whether its subject happens?
    fn tells_of(&self, t: &Tree, v: usize) -> bool {
        let l = t.lemma(v);
        if l == "go" && t.kids(v).any(|k| t.lemma(k) == "on" && matches!(t.dep(k), "prt" | "advmod")) {
            return true;
        }
        if matches!(
            l,
            "come"
                | "happen"
                | "occur"
                | "materialize"
                | "materialise"
                | "follow"
                | "begin"
                | "expire"
                | "lapse"
                | "elapse"
                | "snap"
                | "take"
                | "start"
                | "erupt"
                | "break"
                | "resume"
                | "continue"
                | "remain"
                | "stay"
                | "persist"
                | "flare"
                | "rage"
                | "spread"
                | "end"
                | "fail"
        ) {
            return true;
        }
        matches!(l, "be" | "remain" | "seem" | "appear" | "look" | "become")
            && t.kids(v).any(|k| {
                matches!(t.dep(k), "acomp" | "attr" | "prep")
                    && (self.governors.contains_key(t.lemma(k))
                        || t.kids(k).any(|p| self.governors.contains_key(t.lemma(p))))
            })
    }

    /// What stands beside the word itself: negation, modals, adverbs, "if".
    fn own(&self, t: &Tree, v: usize, put: &mut Put, verb: bool) {
        let subject = t.subject(v);
        for k in t.kids(v) {
            let l = t.lemma(k);
            match t.dep(k) {
                "neg"
                    if k + 1 < t.len()
                        && matches!(t.lemma(k + 1), "only" | "just" | "merely" | "simply" | "solely" | "alone") => {}
                // "were not released until 2010": they were, in that year
                "neg" if verb && released_at_last(t, v) => {}
                // "would not hesitate to strike"
                "neg" if t.lemma(v) == "hesitate" => {}
                "neg" => put.negate(),
                // "should Ghana recognise", "had Ghana recognised": inverted conditions
                "aux"
                    if verb
                        && t.dep(v) == "advcl"
                        && matches!(l, "should" | "have")
                        && subject.is_some_and(|s| k < s && s < v) =>
                {
                    put.soften(Modality::Conditional);
                }
                // "Ghana to recognise Kosovo": a headline
                "aux" if verb && l == "to" && t.is_root(v) && t.kids(v).any(|s| t.dep(s) == "nsubj") => {
                    put.soften(Modality::Intended)
                }
                // "it will be recalled that soldiers seized him"
                "aux" if verb && l == "will" && matches!(t.lemma(v), "recall" | "remember" | "note" | "appreciate") => {
                }
                "aux" if verb => {
                    if l == "will" || l == "shall" || l == "'ll" {
                        put.soften(if self.wills(t, v, subject) { Modality::Intended } else { Modality::Predicted });
                    } else if l == "would" {
                        put.soften(if reported_past(t, v) {
                            if self.wills(t, v, subject) { Modality::Intended } else { Modality::Predicted }
                        } else {
                            Modality::Conditional
                        });
                    } else if let Some(e) = self.modals.get(l) {
                        put.apply(*e);
                    }
                }
                "mark" | "advmod" if matches!(l, "if" | "unless" | "whether" | "provided" | "lest") => {
                    put.soften(if l == "whether" { Modality::Possible } else { Modality::Conditional });
                    if l == "unless" {
                        put.negate();
                    }
                }
                // "provided that Ghana recognises", where the parser made two clauses of it
                "mark"
                    if verb
                        && l == "that"
                        && k > 0
                        && matches!(
                            t.doc.text(k - 1).to_lowercase().as_str(),
                            "provided" | "providing" | "assuming" | "supposing"
                        ) =>
                {
                    put.soften(Modality::Conditional);
                }
                // "rather than recognise it"
                "mark" if verb && l == "than" && t.kids(v).any(|r| t.lemma(r) == "rather" && r < v) => put.negate(),
                // "until Serbia recognises", "once it opens"
                "mark" | "advmod"
                    if verb && matches!(l, "until" | "till" | "once" | "when" | "whenever") && t.dep(v) == "advcl" =>
                {
                    let to_come = matches!(t.tok(v).tag, "VBP" | "VBZ") && (l != "when" || awaits(t, t.head(v)));
                    let awaited = l == "until" && put.modality == Modality::Asserted && awaits(t, t.head(v));
                    put.soften(if to_come || awaited { Modality::Conditional } else { put.modality });
                }
                "advmod" | "npadvmod" => {
                    if t.doc.text(k).eq_ignore_ascii_case("longer") && t.kids(k).any(|n| t.lemma(n) == "no") {
                        put.negate();
                    } else if let Some(e) =
                        // "almost certain to be": not the opposite of certain
                        self
                            .adverbs
                            .get(l)
                            .filter(|_| t.tok(v).pos != "ADJ" || !matches!(l, "almost" | "nearly"))
                    {
                        put.apply(*e);
                    }
                }
                // not "a no-fly zone"
                "det" if !verb && matches!(l, "no" | "neither") && !hyphenated(t, k) => put.negate(),
                // "has neither recognised it nor opened"
                "preconj" | "cc" if verb && k < v && l == "neither" => put.negate(),
                // "a planned visit", "the failed seizure"
                "amod" if !verb => {
                    if let Some((_, e)) = MODIFIERS.iter().find(|(w, _)| *w == l) {
                        put.apply(*e);
                    }
                }
                // "if X does, Y will": the main clause hangs on it
                "advcl" if verb => {
                    let hinge = t.kids(k).any(|m| {
                        matches!(t.dep(m), "mark" | "advmod") && matches!(t.lemma(m), "if" | "unless" | "once")
                    });
                    if hinge && (put.modality != Modality::Asserted || present_or_future(t, v)) {
                        put.soften(Modality::Conditional);
                    }
                }
                _ => {}
            }
        }
        // "is to open", "was to open"
        if verb
            && t.lemma(v) == "be"
            && let Some(x) = t.kid(v, &["xcomp"])
            && t.kids(x).any(|k| t.dep(k) == "aux" && t.lemma(k) == "to")
            && t.kid(v, &["attr", "acomp"]).is_none()
        {
            put.soften(Modality::Intended);
        }
    }

    /// "will" of one's own act is intended, of what befalls one predicted.
    fn wills(&self, t: &Tree, v: usize, subject: Option<usize>) -> bool {
        let likely = t.kids(v).any(|k| self.adverbs.get(t.lemma(k)) == Some(&Effect::Predicted));
        subject.is_some() && !likely
    }

    /// Negation and modals before the first of joined verbs.
    fn shared(&self, t: &Tree, first: usize, second: usize, put: &mut Put) {
        // "if Ghana asked for the files but Togo refused": supposed, both of them
        if t.is_verb(first) && t.kids(first).any(|k| k < first && t.dep(k) == "mark" && t.lemma(k) == "if") {
            put.soften(Modality::Conditional);
        }
        if self.starts_new_clause(t, second) || !t.is_verb(first) {
            return;
        }
        // "will remove the restrictions and supports the request": a finite present has a mood of its own
        let own_aux = t.kids(second).any(|k| t.dep(k) == "aux") || t.tok(second).tag == "VBZ";
        let or = t.kids(first).any(|k| t.dep(k) == "cc" && matches!(t.lemma(k), "or" | "nor"));
        for k in t.kids(first).filter(|k| *k < first) {
            match t.dep(k) {
                "aux" if !own_aux => {
                    let l = t.lemma(k);
                    if l == "will" || l == "shall" {
                        put.soften(Modality::Intended);
                    } else if l == "would" {
                        // "said that it would dissolve itself and end the war"
                        let told = reported_past(t, first);
                        put.soften(if told { Modality::Intended } else { Modality::Conditional });
                    } else if let Some(e) = self.modals.get(l) {
                        put.apply(*e);
                    }
                }
                "neg" if or && !own_aux => put.negate(),
                "advmod" if or && t.lemma(k) == "never" => put.negate(),
                "preconj" | "cc" if or && t.lemma(k) == "neither" => put.negate(),
                "mark" if t.lemma(k) == "if" => put.soften(Modality::Conditional),
                _ => {}
            }
        }
    }

    /// The word above does something to what hangs on it.
    fn govern(&self, t: &Tree, at: usize, put: &mut Put) {
        let up = t.head(at);
        if matches!(t.dep(at), "ccomp" | "csubj" | "nsubj" | "advcl") {
            self.predicate(t, up, at, put);
        }
        match t.dep(at) {
            "xcomp" | "ccomp" | "acl" | "pcomp" | "csubj" | "dobj" | "pobj" | "nsubjpass" | "attr" | "oprd"
            | "acomp" | "csubjpass" | "dep" => {
                if t.dep(at) == "ccomp" && clausal_aside(t, at)
                    || t.dep(at) == "acl"
                        && matches!(t.tok(at).tag, "VBN" | "VBD")
                        && t.kid(at, &["mark", "nsubj", "nsubjpass"]).is_none()
                {
                    return;
                }
                if t.dep(at) == "pcomp" || t.dep(at) == "pobj" {
                    // "decided against recognising it"
                    if t.dep(at) == "pcomp" && t.lemma(up) == "against" && t.is_verb(t.head(up)) {
                        put.negate();
                    }
                    if let Some(e) = self.prepositions.get(t.lemma(up)) {
                        put.apply(*e);
                    }
                    let g = t.head(up);
                    // "instead of recognising it", "is close to recognising it"
                    if t.lemma(up) == "of" && t.kids(up).any(|k| t.lemma(k) == "instead" && k < up) {
                        put.apply(Effect::Negates);
                    }
                    let near = matches!(t.lemma(g), "close" | "near") && matches!(t.tok(g).pos, "ADJ" | "ADV");
                    if near && t.lemma(up) == "to" && t.is_verb(at) {
                        put.soften(Modality::Predicted);
                    }
                    // "stopped short of recognising", "fell short of recognition"
                    if t.lemma(up) == "of" && t.lemma(g) == "short" && t.tok(g).pos != "NOUN" {
                        put.apply(Effect::Negates);
                    } else if g != up {
                        // "save it from collapsing" is no "save"
                        match self.governors.get(&format!("{}_{}", t.lemma(g), t.lemma(up))) {
                            Some(e) => put.apply(*e),
                            None => self.govern_word(t, g, put, Some(at)),
                        }
                    }
                } else {
                    self.govern_word(t, up, put, Some(at));
                }
            }
            _ => {}
        }
    }

    /// "it is possible that", "the claim that ... is false": the predicate of a copula speaks of the clause.
    fn predicate(&self, t: &Tree, v: usize, from: usize, put: &mut Put) {
        if !matches!(t.lemma(v), "be" | "seem" | "appear" | "look" | "remain" | "become" | "sound" | "prove") {
            return;
        }
        for k in t.kids(v).filter(|k| *k != from && matches!(t.dep(*k), "acomp" | "attr" | "oprd")) {
            if CERTAINTIES.contains(&t.lemma(k)) && t.kids(k).any(|n| t.lemma(n) == "no") {
                continue;
            }
            if let Some(e) = self.effect_of(t, k) {
                put.apply(e);
            }
        }
    }

    /// What the lexicon says of a governing word; a particle makes another verb ("rule out"), a preposition another
    /// noun ("in case of", "on the verge of").
    fn effect_of(&self, t: &Tree, g: usize) -> Option<Effect> {
        let l = t.lemma(g);
        // "the strongest sign so far that": as yet
        if l == "far" && g > 0 && matches!(t.lemma(g - 1), "so" | "as" | "thus" | "by") {
            return None;
        }
        // "was sworn in": no oath to do something
        if l == "swear" && t.kids(g).any(|k| k == g + 1 && t.lemma(k) == "in") {
            return None;
        }
        let key = match t.kid(g, &["prt"]) {
            Some(p) => Some(format!("{l}_{}", t.lemma(p))),
            None if t.dep(g) == "pobj" => Some(format!("{}_{l}", t.lemma(t.head(g)))),
            None => None,
        };
        key.and_then(|k| self.governors.get(&k)).or_else(|| self.governors.get(l)).copied()
    }

    fn govern_word(&self, t: &Tree, g: usize, put: &mut Put, from: Option<usize>) {
        let l = t.lemma(g);
        // "Argentina's ambassador to Austria was elected head of the agency": only what is elected to be done is meant
        if matches!(l, "elect" | "choose" | "opt")
            && from.is_some_and(|f| matches!(t.dep(f), "nsubj" | "nsubjpass" | "dobj"))
        {
            return;
        }
        // "too weak to recognise"
        if from.is_some_and(|f| t.tok(f).tag == "VB" && f > g)
            && t.kids(g).any(|k| t.dep(k) == "advmod" && t.lemma(k) == "too" && k < g)
        {
            put.negate();
            return;
        }
        // "no doubt that", "no secret that": so it is
        if CERTAINTIES.contains(&l) && t.kids(g).any(|k| t.lemma(k) == "no") {
            return;
        }
        // "is accused of recruiting children": by nobody who is named
        if matches!(l, "accuse" | "suspect")
            && t.is_passive(g)
            && from.is_some_and(|f| t.dep(f) == "pcomp")
            && t.kid(g, &["agent"]).is_none()
        {
            put.soften(Modality::Possible);
            return;
        }
        // "provided that Ghana recognises"
        if from.is_some_and(|f| t.dep(f) == "ccomp")
            && matches!(t.doc.text(g).to_lowercase().as_str(), "provided" | "providing" | "assuming" | "supposing")
            && t.dep(g) != "ROOT"
        {
            put.soften(Modality::Conditional);
            return;
        }
        // "told reporters that", "agreed that", "found that" with a finite clause report a fact
        if REPORTS.contains(&l) && from.is_some_and(|f| t.dep(f) == "ccomp" && finite(t, f)) {
            return;
        }
        // "have yet to recognise"
        if matches!(l, "have" | "be" | "remain")
            && t.kids(g).any(|k| t.lemma(k) == "yet")
            && from.is_some_and(|f| t.dep(f) == "xcomp")
        {
            put.negate();
            return;
        }
        if l == "go" && t.tok(g).tag == "VBG" && from.is_some_and(|f| t.dep(f) == "xcomp") {
            put.soften(Modality::Intended);
            return;
        }
        let e = self.effect_of(t, g);
        if let Some(e) = e {
            // "agreed in 1990 and opened": a past agreement to do X is still only intended; but nouns
            // like "plan" govern only what hangs on them as complement
            put.apply(e);
        }
        // "no plan to", "no intention of"
        if t.is_nominal(g) && t.kids(g).any(|k| t.dep(k) == "det" && matches!(t.lemma(k), "no" | "neither")) {
            put.negate();
        }
    }

    fn next_up(&self, t: &Tree, at: usize) -> Option<usize> {
        let mut j = t.head(at);
        if j == at {
            return None;
        }
        // over prepositions, to the next word that can be negated or governed
        while matches!(t.tok(j).pos, "ADP" | "SCONJ" | "PART") && !t.is_root(j) {
            j = t.head(j);
        }
        Some(j)
    }

    fn is_negative_phrase(&self, t: &Tree, p: usize) -> bool {
        if t.exception(p).is_some() || t.exception(t.first_conjunct(p)).is_some() {
            return false;
        }
        let mut i = p;
        for _ in 0..4 {
            if matches!(t.lemma(i), "none" | "nobody" | "nothing" | "neither") {
                return true;
            }
            if t.kids(i).any(|k| {
                matches!(t.dep(k), "det" | "neg" | "preconj")
                    && matches!(t.lemma(k), "no" | "neither")
                    && !hyphenated(t, k)
            }) {
                return true;
            }
            let h = t.head(i);
            if t.dep(i) == "pobj" && t.lemma(h) == "of" && MEASURE_NONE.contains(&t.lemma(t.head(h))) {
                i = t.head(h);
            } else if t.dep(i) == "conj" {
                i = h;
            } else {
                break;
            }
        }
        false
    }
}

/// "no-fly", "no-confidence": the first part of a word.
fn hyphenated(t: &Tree, k: usize) -> bool {
    k + 1 < t.len() && t.doc.text(k + 1) == "-" && !t.tok(k).ws
}

/// "not released until 2010", "did not leave until last May": a verb of a change, denied up to a day.
fn released_at_last(t: &Tree, v: usize) -> bool {
    let past = matches!(t.tok(v).tag, "VBN" | "VBD") || t.kids(v).any(|k| t.dep(k) == "aux" && t.doc.text(k) == "did");
    let perfect = t.kids(v).any(|k| t.dep(k) == "aux" && t.lemma(k) == "have" && t.tok(k).tag != "VBD");
    let until = t.kids(v).find(|k| *k > v && t.dep(*k) == "prep" && matches!(t.lemma(*k), "until" | "till"));
    past && !perfect
        && until.and_then(|p| t.kid(p, &["pobj"])).is_some_and(|o| {
            t.doc.entities.iter().any(|e| e.label == "DATE" && (e.start as usize..e.end as usize).contains(&o))
        })
}

const MEASURE_NONE: &[&str] = &["none", "neither", "few", "any", "one"];

/// Denials that, denied in turn, leave the act a fact: "did not fail to recognise"; other denials only leave it open.
const FIRM: &[&str] =
    &["false", "untrue", "fail", "neglect", "forget", "omit", "hesitate", "failure", "wrong", "mistake"];

/// Modifiers of a noun of action that make it less than a fact.
const MODIFIERS: &[(&str, Effect)] = &[
    ("plan", Effect::Intended),
    ("planned", Effect::Intended),
    ("propose", Effect::Intended),
    ("proposed", Effect::Intended),
    ("intended", Effect::Intended),
    ("schedule", Effect::Intended),
    ("scheduled", Effect::Intended),
    ("threaten", Effect::Intended),
    ("threatened", Effect::Intended),
    ("attempt", Effect::Intended),
    ("attempted", Effect::Intended),
    ("pending", Effect::Intended),
    ("possible", Effect::Possible),
    ("potential", Effect::Possible),
    ("hypothetical", Effect::Possible),
    ("eventual", Effect::Predicted),
    ("likely", Effect::Predicted),
    ("expect", Effect::Predicted),
    ("expected", Effect::Predicted),
    ("imminent", Effect::Predicted),
    ("future", Effect::Predicted),
    ("prospective", Effect::Predicted),
    ("unlikely", Effect::PredictedNot),
    ("fail", Effect::Negates),
    ("failed", Effect::Negates),
    ("abortive", Effect::Negates),
    ("conditional", Effect::Conditional),
];

/// Verbs that ask or intend with an infinitive, and only report with a finite clause.
const REPORTS: &[&str] = &[
    "tell",
    "warn",
    "insist",
    "advise",
    "agree",
    "swear",
    "mean",
    "find",
    "determine",
    "resolve",
    "refer",
    "write",
    "note",
    "recall",
    "look",
    "call",
    "offer",
    "set",
    "inform",
    "discuss",
];

/// Does the clause stand in the indicative, by its verb or by its auxiliary?
/// What an act answers or follows: what stands there has its own reality.
fn occasion(t: &Tree, at: usize) -> bool {
    const AFTER: &[&str] = &["after", "despite", "amid", "during", "since", "following", "upon"];
    let p = t.head(at);
    if !matches!(t.dep(at), "pobj" | "pcomp") || p == at {
        return false;
    }
    let over = t.head(p);
    AFTER.contains(&t.lemma(p))
        || matches!(t.lemma(p), "at" | "over" | "against")
            && matches!(
                t.lemma(over),
                "protest" | "anger" | "outrage" | "dismay" | "fury" | "concern" | "shock" | "retaliation"
            )
            && !t.is_verb(over)
}

/// "declined to comment on a report that they had left", "would not speculate about the killing": what a remark is not
/// made on has its own reality.
fn remarked_on(t: &Tree, at: usize) -> bool {
    let up = t.head(at);
    t.dep(at) == "prep"
        && matches!(t.lemma(at), "on" | "about")
        && matches!(t.lemma(up), "comment" | "speculate" | "elaborate" | "remark")
}

/// "In power since 2000, he has never faced a rival": what stands before the comma is not denied by the clause behind it.
fn fronted(t: &Tree, at: usize) -> bool {
    let up = t.head(at);
    if t.dep(at) != "prep" || !t.is_verb(up) || !matches!(t.lemma(at), "in" | "since" | "after") {
        return false;
    }
    let subject = t.subject(up).filter(|s| *s > at);
    subject.is_some_and(|s| (at..s).any(|k| t.doc.text(k) == ","))
        && !(at..up).any(|k| t.is_verb(k) && t.dominates(at, k))
}

fn finite(t: &Tree, v: usize) -> bool {
    let tense = |i: usize| matches!(t.tok(i).tag, "VBD" | "VBZ" | "VBP" | "MD");
    tense(v) || t.kids(v).any(|k| matches!(t.dep(k), "aux" | "auxpass" | "cop") && tense(k) && t.lemma(k) != "should")
}

/// ", led by X", ", first decreed by Y": a participle behind a comma, with at most an adverb between.
fn set_off(t: &Tree, at: usize) -> bool {
    let comma = |i: usize| i > 0 && t.doc.text(i - 1) == ",";
    comma(at) || at > 0 && t.dep(at - 1) == "advmod" && t.head(at - 1) == at && comma(at - 1)
}

/// The verb over the first of joined verbs, where the second has its form and not the first's: a bare verb behind a gerund
/// that a bare verb governs, a finite verb without a subject behind a participle.
fn beside_the_matrix(t: &Tree, at: usize) -> Option<usize> {
    let first = t.first_conjunct(at);
    let over = t.head(first);
    if first == at || over == first || !t.is_verb(over) || t.kid(at, &["nsubj", "nsubjpass", "aux"]).is_some() {
        return None;
    }
    let (own, first_tag, over_tag) = (t.tok(at).tag, t.tok(first).tag, t.tok(over).tag);
    let bare = own == "VB" && first_tag == "VBG" && over_tag == "VB" && t.dep(first) == "xcomp";
    let finite = matches!(own, "VBZ" | "VBD") && own == over_tag && first_tag == "VBN" && t.dep(first) == "ccomp";
    (bare || finite && t.kids(first).any(|k| t.dep(k) == "aux")).then_some(over)
}

/// Does an empty line lie between, as between a heading and the text below it?
fn parted(t: &Tree, a: usize, b: usize) -> bool {
    (a.min(b)..a.max(b)).any(|i| t.tok(i).pos == "SPACE" && t.doc.text(i).contains("\n\n"))
}

/// Spans of time that somebody is given to do something in.
const DEADLINES: &[&str] = &["hour", "day", "week", "month", "deadline", "ultimatum"];

/// "gave China three days to close it": what is to be done in the time that somebody is given is asked of them.
fn given_time(t: &Tree, v: usize) -> bool {
    t.lemma(v) == "give"
        && t.kids(v).any(|k| matches!(t.dep(k), "dobj" | "npadvmod" | "dative") && DEADLINES.contains(&t.lemma(k)))
}

/// Nouns that with "no" make a clause certain.
const CERTAINTIES: &[&str] =
    &["doubt", "question", "secret", "wonder", "surprise", "coincidence", "mistake", "denying"];

/// Is the clause about what is still to come: "will", "must", "not ... until"?
fn awaits(t: &Tree, v: usize) -> bool {
    t.kids(v).any(|k| {
        t.dep(k) == "neg"
            || (t.dep(k) == "aux"
                && matches!(
                    t.lemma(k),
                    "will" | "shall" | "would" | "must" | "should" | "can" | "may" | "could" | "might"
                ))
    }) || matches!(t.lemma(v), "refuse" | "decline")
}

/// The verb stands under a past verb of saying: "said it would".
fn reported_past(t: &Tree, v: usize) -> bool {
    let mut j = v;
    for _ in 0..8 {
        let h = t.head(j);
        if h == j {
            return false;
        }
        if matches!(t.dep(j), "ccomp" | "xcomp") {
            // "spoke, announcing that Britain would": the participle has its verb's time
            let told_past = t.tok(h).tag == "VBG" && t.dep(h) == "advcl" && t.tok(t.head(h)).tag == "VBD";
            return matches!(t.tok(h).tag, "VBD" | "VBN") || told_past;
        }
        j = h;
    }
    false
}

fn present_or_future(t: &Tree, v: usize) -> bool {
    matches!(t.tok(v).tag, "VB" | "VBP" | "VBZ")
}

/// A clause set beside its sentence, as the sentence to "according to" or "he said" after a comma, is governed by
/// speech, not by doubt.
fn clausal_aside(t: &Tree, at: usize) -> bool {
    let up = t.head(at);
    up > at && matches!(t.lemma(up), "say" | "tell" | "add" | "report" | "write" | "note" | "state" | "announce")
}
/// The verb whose predicate noun is ranked by an infinitive ("is the first country to receive"), seen from it.
fn ranked(t: &Tree, at: usize) -> Option<usize> {
    const RANKS: &[&str] = &["first", "last", "only", "latest", "sole", "second", "third"];
    if !t.is_verb(at) || !t.kids(at).any(|k| t.dep(k) == "aux" && t.lemma(k) == "to") {
        return None;
    }
    let up = t.head(at);
    let (noun, copula) = match t.dep(at) {
        "relcl" | "acl" if matches!(t.dep(up), "attr" | "oprd") => (up, t.head(up)),
        // "is among the first to receive", "was one of the last to do so"
        "relcl" | "acl" if t.dep(up) == "pobj" && matches!(t.lemma(t.head(up)), "among" | "amongst" | "of") => {
            let of = t.head(t.head(up));
            (up, if t.is_verb(of) { of } else { t.head(of) })
        }
        "xcomp" | "ccomp" | "advcl" => match t.kid(up, &["attr", "oprd"]) {
            Some(noun) => (noun, up),
            None => {
                let among = t.kids(up).find(|k| t.dep(*k) == "prep" && t.lemma(*k) == "among")?;
                (t.kid(among, &["pobj"])?, up)
            }
        },
        _ => return None,
    };
    let rank = |i: usize| {
        let w = t.doc.text(i);
        RANKS.contains(&t.lemma(i)) || w.len() > 4 && w.ends_with("th") && t.tok(i).pos == "ADJ"
    };
    let copular = matches!(t.lemma(copula), "be" | "become" | "remain");
    (noun < at && copular && (rank(noun) || t.kids(noun).any(rank))).then_some(copula)
}
