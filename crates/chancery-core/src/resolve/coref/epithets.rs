//! "The former hotelier", "the exile", "a former vice-president ... Jorge Glas": persons by what they are or were, after and
//! before the text names them.
use super::State;
use crate::resolve::actors::Kind;
use crate::resolve::lexicon::singular;
use crate::resolve::mentions::{Builder, Mention, Via, Who};

/// What is said of one who is no more what he was.
const WORN: &[&str] = &[
    "former",
    "old",
    "late",
    "dead",
    "exiled",
    "deposed",
    "ousted",
    "fallen",
    "jailed",
    "toppled",
    "disgraced",
    "veteran",
    "fugitive",
    "sacked",
    "imprisoned",
    "onetime",
];

impl Builder<'_> {
    /// "the exile", "the former schoolteacher": a word for one person that points at whom the text has just spoken of.
    pub(in crate::resolve) fn is_epithet(&self, i: usize) -> bool {
        let t = &self.doc.tokens[i];
        if t.tag != "NN" || !matches!(t.dep, "nsubj" | "nsubjpass" | "dobj" | "pobj" | "poss" | "agent") {
            return false;
        }
        let kids = || self.children[i].iter().map(|c| *c as usize);
        if !kids().any(|c| self.lower(c) == "the") {
            return false;
        }
        // "the exile who lives there", "the exile of the king": said of somebody whom the words pick out
        let comma = |c: usize| (i + 1..c).any(|k| self.doc.text(k) == ",");
        let picked = |c: usize| match self.doc.tokens[c].dep {
            "relcl" | "acl" => !comma(c),
            "appos" | "poss" => true,
            "prep" => c > i && matches!(self.lower(c).as_str(), "of" | "from" | "in" | "for" | "to" | "with"),
            _ => false,
        };
        if kids().any(picked) {
            return false;
        }
        let noun = singular(self.doc.text(i));
        if self.reg.words.epithets.contains(&noun) {
            return true;
        }
        // "an aide of the late president": of which, the words do not tell
        let subject = matches!(t.dep, "nsubj" | "nsubjpass" | "dobj");
        let worn = kids().any(|c| {
            let low = self.lower(c);
            c < i
                && WORN.contains(&low.as_str())
                && (subject || !matches!(low.as_str(), "late" | "old" | "dead" | "veteran"))
        });
        // "the former hotelier", "the late pianist", not "the former army"
        let agent = || ["er", "or", "ist", "ian", "man", "ent", "ant"].iter().any(|e| noun.ends_with(e));
        let human = || self.reg.is_human(&noun) || self.reg.words.heads.contains(&noun);
        worn && !self.reg.words.bodies.contains(&noun)
            && !self.reg.words.government.contains(&noun)
            && (human() || matches!(noun.as_str(), "man" | "woman") || agent())
    }

    /// "The former hotelier would fly home", "confined the old man to his mansion", "the colonel kept his promise": the person
    /// whom the text speaks of, by what he was or is.
    pub(super) fn epithet(&self, i: usize, start: usize, st: &State) -> Option<Mention> {
        if !self.is_epithet(i) {
            return None;
        }
        let kids = || self.children[i].iter().map(|c| *c as usize);
        let owner = kids()
            .filter(|c| *c < i && matches!(self.doc.tokens[*c].dep, "amod" | "compound"))
            .find_map(|c| self.mention_at(c));
        let country = owner.and_then(|o| o.country.clone());
        let noun = singular(self.doc.text(i));
        const RANKS: &[&str] = &["commodore", "colonel", "brigadier"];
        const SOLDIERS: &[&str] = &["commander", "marshal", "admiral", "captain"];
        const GONE: &[&str] = &["exile", "fugitive", "defector", "renegade", "turncoat"];
        let here = self.sentence[i];
        let subject = self.doc.tokens[i].dep.starts_with("nsubj");
        // "accused the ambassador of smuggling the fugitive out": none of those who act on him
        let beside: Vec<&Who> = self
            .mentions
            .iter()
            .filter(|m| !subject && self.sentence[m.head] == here && m.head < i && !m.tokens.is_empty())
            .map(|m| &m.who)
            .collect();
        let called = |m: &Mention| {
            let from = m.tokens.start.saturating_sub(1);
            (from..m.tokens.end).any(|k| self.lower(k) == noun)
        };
        // "The commodore", of Commodore Frank Bainimarama, or of a commander
        if RANKS.contains(&noun.as_str()) {
            let person = |m: &&Mention| m.who.kind(self.reg) == Kind::Person && m.also.is_empty() && m.head < i;
            let all = || self.mentions.iter().filter(person).filter(|m| !m.tokens.is_empty());
            let rank = |m: &&Mention| called(m) || self.bears(m, st, |t| SOLDIERS.contains(&t));
            let m = all()
                .filter(|m| called(m))
                .max_by_key(|m| m.head)
                .or_else(|| all().filter(rank).max_by_key(|m| m.head))?;
            let mut out = self.like(i, m, Via::Role);
            out.tokens = start..i + 1;
            return Some(out);
        }
        let m = self.best_noun(i, st, |b, m| {
            let person = m.who.kind(b.reg) == Kind::Person && m.also.is_empty();
            let own = country.is_none() || m.country.is_none() || m.country == country;
            if !person || !own || beside.contains(&&m.who) {
                return None;
            }
            // "the ousted president": the one who bore the title, not who ousted him
            let titled = b.bears(m, st, |t| t == noun);
            if b.sentence[i] - b.sentence[m.head] > if titled { 6 } else { 3 } {
                return None;
            }
            // "said William Nhara, a spokesman": no exile
            if GONE.contains(&noun.as_str()) && st.titles.contains_key(&m.who) {
                return None;
            }
            Some(if titled { 8.0 } else { 0.0 } - if b.tells(m.head) { 8.0 } else { 0.0 })
        })?;
        let mut out = self.like(i, m, Via::Role);
        out.tokens = start..i + 1;
        Some(out)
    }

    /// "The Indian prime minister and his host agreed": the other person of whom the text has just told, of another state.
    pub(super) fn host_of(&self, i: usize, noun: &str, owner: usize, st: &State) -> Option<Mention> {
        if !matches!(noun, "host" | "guest" | "visitor" | "interlocutor") {
            return None;
        }
        let own = self.mention_at(owner)?;
        let m = self.best_noun(i, st, |b, m| {
            let person = m.who.kind(b.reg) == Kind::Person && m.also.is_empty() && m.who != own.who;
            let apart = m.country.is_none() || m.country != own.country;
            (person && apart && b.sentence[i] - b.sentence[m.head] <= 2).then_some(0.0)
        })?;
        let mut out = self.like(i, m, Via::Role);
        out.tokens = owner..i + 1;
        Some(out)
    }

    /// "dragged out a former vice president who had been granted asylum. Jorge Glas, who was convicted twice, had": one person
    /// whom a sentence brings in without a name, and whose name opens the next.
    pub(super) fn named_next(&mut self) {
        const ONE: &[&str] = &["a", "an"];
        let sentences = self.doc.sentences();
        for pair in sentences.windows(2) {
            let (line, next) = (pair[0].clone(), pair[1].clone());
            let Some(name) = self.new_name_at(next.start) else { continue };
            let mut found: Option<usize> = None;
            for i in line {
                let t = &self.doc.tokens[i];
                if t.tag != "NN" || !matches!(t.dep, "nsubj" | "nsubjpass" | "dobj") {
                    continue;
                }
                let noun = singular(self.doc.text(i));
                let human = self.reg.is_human(&noun)
                    || self.reg.words.heads.contains(&noun)
                    || self.reg.words.people.contains(&noun)
                    || matches!(noun.as_str(), "man" | "woman");
                // "a bomber killed nine. A spokesman, X, claimed it", "An aide told reporters": others
                let does_harm = matches!(
                    noun.as_str(),
                    "bomber" | "gunman" | "attacker" | "assailant" | "spokesman" | "spokeswoman"
                );
                let human = human && !does_harm && (!self.tells(i) || self.own_deed(i));
                let kids = || self.children[i].iter().map(|c| *c as usize);
                if !human || !kids().any(|c| ONE.contains(&self.lower(c).as_str())) {
                    continue;
                }
                let named = kids().any(|c| self.doc.tokens[c].dep == "appos")
                    || self.mention_at(i).is_some_and(|m| {
                        m.via == Via::Title
                            || matches!(m.who, Who::Known(ix) if self.reg.actor(ix).kind == Kind::Person)
                    });
                // two of them: which is named next, nobody can tell
                if named || found.is_some() {
                    found = None;
                    break;
                }
                found = Some(i);
            }
            let Some(i) = found else { continue };
            let m = &self.mentions[name as usize];
            let (who, country) = (m.who.clone(), m.country.clone());
            match self.at[i] {
                Some(ix) => {
                    let m = &mut self.mentions[ix as usize];
                    m.who = who;
                    m.country = m.country.take().or(country);
                    m.via = Via::Role;
                    m.organ = None;
                }
                None => {
                    let start = self.phrase_start(i);
                    let mut m = self.mention(start..i + 1, who, Via::Role);
                    m.head = i;
                    m.country = country;
                    self.add(m);
                }
            }
        }
    }

    /// "said William Nhara": who only tells of others.
    fn tells(&self, j: usize) -> bool {
        let t = &self.doc.tokens[j];
        t.dep == "nsubj" && matches!(self.doc.tokens[t.head as usize].lemma.as_str(), "say" | "tell" | "add" | "report")
    }

    /// "says he ordered the bombing": of himself.
    fn own_deed(&self, j: usize) -> bool {
        let v = self.doc.tokens[j].head as usize;
        let told = self.kid_of(v, &["ccomp"]).and_then(|c| self.kid_of(c, &["nsubj"]));
        told.is_some_and(|s| matches!(self.lower(s).as_str(), "he" | "she"))
    }

    /// The person who opens a sentence as its subject, by a name that the text has not yet said, with something about him
    /// behind it: "Jorge Glas, who", "John Ridsdel, 68,", "Doku Umarov made the claim".
    fn new_name_at(&self, start: usize) -> Option<u32> {
        let ix = (start..self.doc.len().min(start + 3)).find_map(|k| self.at[k])?;
        let m = &self.mentions[ix as usize];
        let subject = |k: &usize| {
            let t = &self.doc.tokens[*k];
            matches!(t.dep, "nsubj" | "nsubjpass") && self.doc.tokens[t.head as usize].dep == "ROOT"
        };
        // some word of the name: "Saleh al-Arouri" has more than one that may be its head
        let t = &self.doc.tokens[m.tokens.clone().find(subject)?];
        if m.via != Via::Name || m.who.kind(self.reg) != Kind::Person || m.tokens.start != start {
            return None;
        }
        let before = self.mentions.iter().any(|o| o.who == m.who && !o.tokens.is_empty() && o.head < m.tokens.start);
        // "Jorge Glas, who", "John Ridsdel, 68, a former executive", not "Glyn Davies, the American envoy"
        let end = m.tokens.end;
        let after = self.doc.tokens.get(end + 1).filter(|_| self.doc.text(end) == ",");
        let told = after.is_some_and(|n| matches!(n.tag, "WP" | "WP$" | "CD"))
            || after.is_some() && matches!(self.lower(end + 1).as_str(), "a" | "an");
        let serves = self.mentions.iter().any(|o| o.who == m.who && o.via == Via::Title && !o.tokens.is_empty());
        if serves {
            return None;
        }
        let claims = || self.children[t.head as usize].iter().any(|c| self.lower(*c as usize) == "claim");
        (m.tokens.len() > 1 && !before && m.also.is_empty() && (told || claims())).then_some(ix)
    }
}
