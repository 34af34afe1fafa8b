//! What a date phrase does in its sentence, where it hangs, and whether its verb looks back or ahead.
use super::DateRole;
use super::grammar::{Form, Phrase};
use super::lex::Atom;
use chancery_parse::Doc;
use std::ops::Range;

/// Does the verb look back or ahead?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    Past,
    Future,
    /// No verb, or one in the present.
    Unknown,
}

/// Tense of a verb with its auxiliaries, as lengths need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    /// "had ruled"
    PastPerfect,
    /// "has ruled", "has been ruling"
    PresentPerfect,
    Present,
    Future,
    /// No verb above.
    None,
}

/// The parsed document with its tree turned over.
pub(super) struct Tree<'a> {
    pub doc: &'a Doc,
    pub children: Vec<Vec<u32>>,
}

impl Tree<'_> {
    fn head(&self, i: usize) -> usize {
        self.doc.tokens[i].head as usize
    }

    fn dep(&self, i: usize) -> &str {
        self.doc.tokens[i].dep
    }

    fn tag(&self, i: usize) -> &str {
        self.doc.tokens[i].tag
    }

    fn lemma(&self, i: usize) -> &str {
        &self.doc.tokens[i].lemma
    }

    fn noun(&self, i: usize) -> bool {
        self.tag(i).starts_with("NN")
    }

    /// The token of the phrase whose head lies outside it; a sign only if there is nothing else.
    pub(super) fn hangs_by(&self, tokens: &Range<usize>) -> usize {
        let out = |i: &usize| self.head(*i) == *i || !tokens.contains(&self.head(*i));
        let word = |i: &usize| self.doc.tokens[*i].pos != "PUNCT" && self.doc.tokens[*i].pos != "SPACE";
        tokens.clone().filter(out).find(word).unwrap_or(tokens.start)
    }

    /// "13 years | after it closed", seen from the length: the verb above the clause; true for "after", false for
    /// "before".
    pub(super) fn clause_apart(&self, length: usize, mark: usize) -> Option<(usize, bool)> {
        let after = match self.doc.tokens.get(mark).map(|t| t.lemma.as_str())? {
            "after" => true,
            "before" => false,
            _ => return None,
        };
        let clause = self.head(length);
        let opens = self.dep(clause) == "advcl" && (self.head(mark) == clause || self.head(length) == mark);
        opens.then(|| (self.head(clause), after))
    }

    /// The nearest verb above a token.
    pub(super) fn verb_above(&self, mut i: usize) -> Option<usize> {
        for _ in 0..self.doc.len() {
            if i != self.head(i) || self.tag(i).starts_with('V') || self.tag(i) == "MD" {
                if self.tag(i).starts_with("VB") || self.tag(i) == "MD" {
                    return Some(i);
                }
                i = self.head(i);
            } else {
                return None;
            }
        }
        None
    }

    pub(super) fn sense(&self, i: usize) -> Sense {
        match self.verb_above(i).map_or(Tense::None, |v| self.tense(v, 0)) {
            Tense::Past | Tense::PastPerfect | Tense::PresentPerfect => Sense::Past,
            Tense::Future => Sense::Future,
            Tense::Present | Tense::None => Sense::Unknown,
        }
    }

    pub(super) fn tense(&self, v: usize, depth: usize) -> Tense {
        const PLANS: [&str; 22] = [
            "plan", "expect", "schedule", "set", "due", "intend", "want", "aim", "hope", "prepare", "agree", "vow",
            "pledge", "promise", "slate", "likely", "poise", "ready", "propose", "decide", "invite", "urge",
        ];
        let aux: Vec<usize> = self.children[v]
            .iter()
            .map(|c| *c as usize)
            .filter(|c| matches!(self.dep(*c), "aux" | "auxpass"))
            .collect();
        let has = |lemmas: &[&str]| aux.iter().any(|a| lemmas.contains(&self.lemma(*a)));
        if has(&["will", "shall", "wo", "'ll", "’ll", "would", "may", "might", "must", "should"]) || self.tag(v) == "MD"
        {
            return Tense::Future;
        }
        if let Some(have) = aux.iter().find(|a| self.lemma(**a) == "have" || matches!(self.lemma(**a), "'ve" | "’ve"))
        {
            return match self.tag(*have) {
                "VBD" | "VBN" => Tense::PastPerfect,
                _ => Tense::PresentPerfect,
            };
        }
        // a verb of one's plans in whatever tense, and "is going to"
        let lemma = self.lemma(v);
        let to_come = PLANS.contains(&lemma) && self.tag(v) != "VBD";
        let be = aux.iter().find(|a| self.lemma(**a) == "be" || matches!(self.tag(**a), "VBZ" | "VBP" | "VBD"));
        match self.tag(v) {
            "VBD" => Tense::Past,
            "VBN" => match be.map(|b| self.tag(*b)) {
                Some("VBZ" | "VBP") if to_come => Tense::Future,
                Some("VBZ" | "VBP") => Tense::Present,
                _ if to_come && self.dep(v) != "ROOT" && be.is_none() => Tense::Future,
                _ => Tense::Past,
            },
            "VBG" => match be.map(|b| self.tag(*b)) {
                Some("VBZ" | "VBP") => Tense::Future,
                Some(_) => Tense::Past,
                None => self.tense_above(v, depth),
            },
            "VB" => {
                let head = self.head(v);
                let planned = head != v
                    && (PLANS.contains(&self.lemma(head)) || self.lemma(head) == "be" || self.lemma(head) == "go");
                if planned && self.lemma(head) != "decide" { Tense::Future } else { self.tense_above(v, depth) }
            }
            _ => Tense::Present,
        }
    }

    fn tense_above(&self, v: usize, depth: usize) -> Tense {
        if depth > 8 || self.head(v) == v {
            return Tense::None;
        }
        self.verb_above(self.head(v)).map_or(Tense::None, |v| self.tense(v, depth + 1))
    }

    /// The verb of which the noun above a token is the subject.
    pub(super) fn subject_of(&self, i: usize) -> Option<usize> {
        let noun = if self.noun(i) && self.dep(i).starts_with("nsubj") { i } else { self.head(i) };
        (self.noun(noun) && self.dep(noun).starts_with("nsubj")).then(|| self.head(noun))
    }

    /// A verb that gives a length to come: "jailed for four years" tells of no years gone by.
    pub(super) fn sets_a_term(&self, v: usize) -> bool {
        const TERMS: [&str; 20] = [
            "sentence", "jail", "imprison", "ban", "bar", "suspend", "extend", "declare", "set", "give", "grant",
            "order", "announce", "appoint", "elect", "agree", "approve", "condemn", "detain", "hire",
        ];
        TERMS.contains(&self.lemma(v))
    }

    /// Does the verb have an infinitive under it ("waited to give")?
    pub(super) fn leads_to_a_deed(&self, v: usize) -> bool {
        self.children[v]
            .iter()
            .any(|c| matches!(self.dep(*c as usize), "xcomp" | "advcl" | "ccomp") && self.tag(*c as usize) == "VB")
    }

    /// The role of a phrase.
    pub(super) fn role(&self, atoms: &[Atom], p: &Phrase, head: usize) -> DateRole {
        if let Form::Length { .. } = p.form {
            return DateRole::Duration;
        }
        if self.modifier(atoms, p, head) {
            return DateRole::Modifier;
        }
        if let Form::Range(..) = p.form {
            return DateRole::Span;
        }
        match preposition(atoms, p.start) {
            Some(Prep::Of) => self.through_a_noun(head).unwrap_or_else(|| self.of_a_name(atoms, p)),
            None => self.through_a_noun(head).unwrap_or(DateRole::At),
            Some(Prep::In) => self.through_a_noun(head).unwrap_or(DateRole::At),
            Some(Prep::Role(r)) => r,
        }
    }

    /// "the Treaty of 1899", but not "the coup of 1973".
    fn of_a_name(&self, atoms: &[Atom], p: &Phrase) -> DateRole {
        let name = p.start > 1 && atoms[p.start - 1].low == "of" && atoms[p.start - 2].capital;
        if name && self.noun(atoms[p.start - 2].tok) { DateRole::Modifier } else { DateRole::At }
    }

    /// "since they took the port on 5 May 1998": what the clause of a date is for the sentence around it.
    pub(super) fn clause(&self, head: usize) -> Option<DateRole> {
        let verb = self.verb_above(head)?;
        let opens = |c: &&u32| matches!(self.dep(**c as usize), "mark" | "prep" | "advmod") && (**c as usize) < verb;
        if !matches!(self.dep(verb), "advcl" | "pcomp" | "ccomp") {
            return None;
        }
        let up = Some(self.head(verb) as u32).filter(|_| self.dep(verb) == "pcomp");
        let words = self.children[verb].iter().filter(opens).chain(up.iter());
        words.map(|c| time_word(&self.doc.text(*c as usize).to_lowercase())).find(Option::is_some).flatten()
    }

    /// "since their capture of the port in 1998": the date of a noun that a preposition of time governs.
    pub(super) fn through_a_noun(&self, head: usize) -> Option<DateRole> {
        let mut i = head;
        for _ in 0..6 {
            let up = self.head(i);
            if up == i {
                return None;
            }
            let prep = matches!(self.dep(i), "pobj" | "pcomp") || matches!(self.tag(up), "IN" | "TO");
            if prep && i != head {
                let role = time_word(&self.doc.text(up).to_lowercase());
                if role.is_some() {
                    return role;
                }
            }
            let on = self.noun(up) || matches!(self.tag(up), "IN" | "TO" | "CD");
            if !on || self.tag(up).starts_with("VB") {
                return (self.doc.text(up).eq_ignore_ascii_case("following") && self.dep(i) == "pobj" && i != head)
                    .then_some(DateRole::After);
            }
            i = up;
        }
        None
    }

    /// A date before a noun that it names: "the June 1967 War", "a July 25, 1922 telegram", "the Treaty of Berlin (1878)".
    fn modifier(&self, atoms: &[Atom], p: &Phrase, head: usize) -> bool {
        let low = |i: usize| atoms.get(i).map_or("", |a| a.low.as_str());
        let before = if p.start > 0 { low(p.start - 1) } else { "" };
        if before == "("
            && low(p.end) == ")"
            && !matches!(p.form, Form::Range(..))
            && p.end == p.start + 1
            && p.start > 1
        {
            return self.noun(atoms[p.start - 2].tok) || atoms[p.start - 2].num.is_some();
        }
        if !matches!(
            p.form,
            Form::Date(_) | Form::Decade(_) | Form::Century(_) | Form::Season(..) | Form::Named(_) | Form::Range(..)
        ) {
            return false;
        }
        let Some(next) = atoms.get(p.end) else { return false };
        let hyphen =
            next.glued && matches!(next.low.as_str(), "-" | "–") && atoms.get(p.end + 1).is_some_and(|a| a.glued);
        let next = if hyphen { &atoms[p.end + 1] } else { next };
        let nominal =
            matches!(self.tag(next.tok), "NN" | "NNS" | "NNP" | "NNPS" | "JJ" | "VBG" | "VBN" | "HYPH" | "CD");
        if !nominal || next.num.is_some() || !next.low.starts_with(char::is_alphabetic) {
            return false;
        }
        let old = if before == "the" { p.start.checked_sub(2).map_or("", low) } else { before };
        let timed = matches!(old, "in" | "during" | "since" | "until" | "throughout" | "by" | "after" | "before");
        let period = match p.form {
            Form::Decade(_) | Form::Century(_) | Form::Season(..) => true,
            Form::Named(edtf) => edtf.contains('/'),
            _ => false,
        };
        if timed && !hyphen && period {
            return false;
        }
        // In "On May 3, 1991 Ambassador Hill arrived" the date stands by itself.
        let prep = ["in", "on", "since", "until", "by", "during", "at", "from", "to"];
        if prep.contains(&before) && !hyphen {
            return false;
        }
        let last = atoms[p.end - 1].tok;
        let up = self.head(head);
        let tree = up > last
            && self.noun(up)
            && matches!(self.dep(head), "nmod" | "compound" | "nummod" | "amod" | "poss" | "npadvmod");
        let determiners = ["the", "a", "an", "his", "her", "its", "their", "our", "this", "that", "s", "’s"];
        let determined = !period && determiners.contains(&before);
        tree || determined || hyphen
    }
}

fn time_word(low: &str) -> Option<DateRole> {
    Some(match low {
        "since" => DateRole::Since,
        "until" | "till" => DateRole::Until,
        "before" => DateRole::Before,
        "after" | "following" => DateRole::After,
        _ => return None,
    })
}

/// The preposition before a phrase, as far as it says nothing of its role, or its role.
enum Prep {
    /// "in", "on", "during"
    In,
    Of,
    Role(DateRole),
}

/// The preposition before a phrase, over "the", "about", "early" and the like.
fn preposition(atoms: &[Atom], start: usize) -> Option<Prep> {
    let low = |i: usize| atoms.get(i).map_or("", |a| a.low.as_str());
    let mut i = start;
    let step = [
        "the",
        "a",
        "about",
        "around",
        "approximately",
        "roughly",
        "only",
        "just",
        "exactly",
        "late",
        "early",
        "as",
        "or",
        "year",
        "years",
        "period",
        "then",
        "very",
        "shortly",
        "soon",
        "immediately",
        "days",
        "weeks",
        "months",
        "long",
        "well",
        "at",
        "least",
        "even",
        "again",
        "that",
        "(",
    ];
    while i > 0 {
        let word = low(i - 1);
        if word == "as" && i > 1 && low(i - 2) == "as" {
            return Some(Prep::In);
        }
        let role = match word {
            "in" | "on" | "during" | "throughout" | "over" | "dated" | "effective" | "for" => return Some(Prep::In),
            "of" => {
                let as_of = i > 1 && low(i - 2) == "as";
                let ahead_of = i > 1 && low(i - 2) == "ahead";
                if ahead_of {
                    return Some(Prep::Role(DateRole::Before));
                }
                return Some(if as_of { Prep::In } else { Prep::Of });
            }
            "since" | "from" | "starting" | "beginning" | "ever" => DateRole::Since,
            "until" | "till" if i > 1 && low(i - 2) == "not" => return Some(Prep::In),
            "until" | "till" | "by" | "through" | "ending" => DateRole::Until,
            "before" | "pre" | "preceding" => DateRole::Before,
            "after" | "following" | "post" => DateRole::After,
            "to" => match if i > 1 { low(i - 2) } else { "" } {
                "prior" => DateRole::Before,
                "back" | "dates" | "date" | "dating" | "dated" => DateRole::Since,
                _ => DateRole::Until,
            },
            "than" if i > 1 && low(i - 2) == "later" => DateRole::Until,
            "than" if i > 1 && low(i - 2) == "earlier" => DateRole::Since,
            "-" | "–" if i > 1 && matches!(low(i - 2), "pre" | "post") => {
                if low(i - 2) == "pre" {
                    DateRole::Before
                } else {
                    DateRole::After
                }
            }
            w if step.contains(&w) && !(w == "at" && low(i) != "least") => {
                i -= 1;
                continue;
            }
            _ => return None,
        };
        return Some(Prep::Role(role));
    }
    None
}
