//! Pronouns and role nouns ("the group", "his regime") tied to what they stand for.
//!
//! One walk from left to right. Each candidate that agrees in number and kind gets a salience: subjects before
//! objects, the near before the far, what the text speaks of most; the best one wins, nouns that are no actors
//! compete too, so that "it" may stand for none. Further back than three sentences only protagonists count.
//! No model: what a rule cannot tell stays untied, because a wrong tie makes a wrong claim.
use super::actors::{ActorIx, Kind, name_words, norm_word};
use super::lexicon::singular;
use super::mentions::{Builder, Mention, Via, Who};
use super::persons::last_word;
use std::collections::{HashMap, HashSet};

/// Sentences back that a pronoun looks.
const WINDOW: usize = 3;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Number {
    One,
    Many,
    Either,
}

/// What a walk remembers.
#[derive(Default)]
struct State {
    /// Mentions in order of their heads, those of the walk included.
    seen: Vec<u32>,
    /// "he" or "she", once it is known.
    gender: HashMap<Who, &'static str>,
    /// How often each is named.
    count: HashMap<Who, f32>,
    /// The last words of the titles that each bears in the text.
    titles: HashMap<Who, Vec<String>>,
}

impl State {
    fn note_title(&mut self, m: &Mention) {
        if let Some(title) = &m.title {
            let last = last_word(title);
            let titles = self.titles.entry(m.who.clone()).or_default();
            if !titles.contains(&last) {
                titles.push(last);
            }
        }
    }
}

/// Whoever speaks in a text: what its "we" stands for.
fn voice(who: Who, country: Option<String>) -> Mention {
    Mention {
        tokens: 0..0,
        head: 0,
        who,
        also: Vec::new(),
        via: Via::Pronoun,
        country,
        title: None,
        of: None,
        organ: None,
        place: false,
    }
}

impl Builder<'_> {
    pub(super) fn coref(&mut self) {
        self.short_forms();
        let quoted = self.quoted();
        let speaker = self
            .title_speaker()
            .or_else(|| self.issuer(&quoted))
            .or_else(|| self.ministry_of_text())
            .or_else(|| self.official_publisher())
            .or_else(|| self.dateline_office());
        let mut st = State::default();
        for m in self.mentions.iter().filter(|m| !m.tokens.is_empty()) {
            *st.count.entry(m.who.clone()).or_default() += 1.0;
        }
        self.mentions.iter().for_each(|m| st.note_title(m));
        self.note_posts(&mut st);
        for i in 0..self.doc.len() {
            if self.at[i].is_none() && !self.named[i] && !self.waits_for_speaker(i, &quoted) {
                let m = self.antecedent(i, &st, speaker.as_ref(), &quoted).or_else(|| self.party_noun(i));
                if let Some(m) = m {
                    if let (Some(g), Kind::Person) = (pronoun_gender(&self.lower(i)), m.who.kind(self.reg)) {
                        st.gender.insert(m.who.clone(), g);
                    }
                    if let Some(ix) = self.add(m) {
                        st.note_title(&self.mentions[ix as usize]);
                    }
                }
            }
            if let Some(ix) = self.at[i].filter(|ix| self.mentions[*ix as usize].head == i) {
                let m = &self.mentions[ix as usize];
                if let Some(g) = m.tokens.clone().find_map(|t| title_gender(&norm_word(self.doc.text(t)))) {
                    st.gender.insert(m.who.clone(), g);
                }
                st.seen.push(ix);
            }
        }
        self.offices_of_pronouns();
        // Who is quoted may stand behind the quotation.
        let all = std::mem::take(&mut st.seen);
        for i in 0..self.doc.len() {
            let ours = |b: &Self| b.is_first_person(i) || b.children[i].iter().any(|c| b.is_first_person(*c as usize));
            if self.at[i].is_none() && !self.named[i] && ours(self) {
                let before = |ix: &&u32| self.mentions[**ix as usize].head < i;
                let seen = all.iter().filter(before).copied().collect();
                st.seen = seen;
                let m = self.antecedent(i, &st, speaker.as_ref(), &quoted);
                m.and_then(|m| self.add(m));
            }
        }
    }

    /// "who had been elected president of Sierra Leone", "became prime minister": a title that a clause gives to a person.
    fn note_posts(&self, st: &mut State) {
        const GIVE: &[&str] = &[
            "elect",
            "appoint",
            "name",
            "become",
            "be",
            "inaugurate",
            "declare",
            "proclaim",
            "install",
            "swear",
            "remain",
            "reelect",
            "re-elect",
            "serve",
            "crown",
            "make",
            "confirm",
            "nominate",
        ];
        let tok = |k: usize| &self.doc.tokens[k];
        for i in 0..self.doc.len() {
            let mut v = tok(i).head as usize;
            match tok(i).dep {
                "attr" | "oprd" => {}
                "pobj" if self.lower(v) == "as" => v = tok(v).head as usize,
                _ => continue,
            }
            let noun = singular(self.doc.text(i));
            if !self.reg.words.heads.contains(&noun) || tok(i).tag != "NN" || !GIVE.contains(&tok(v).lemma.as_str()) {
                continue;
            }
            let kid =
                |deps: &[&str]| self.children[v].iter().map(|c| *c as usize).find(|c| deps.contains(&tok(*c).dep));
            let subject = kid(&["nsubjpass"]).or_else(|| kid(&["dobj"])).or_else(|| kid(&["nsubj"]));
            let Some(mut bearer) = subject.filter(|s| *s < i) else { continue };
            if matches!(tok(bearer).tag, "WP" | "WDT") {
                match self.relative_noun(bearer) {
                    Some(n) => bearer = n,
                    None => continue,
                }
            }
            let Some(m) = self.mention_at(bearer).filter(|m| m.who.kind(self.reg) == Kind::Person && m.also.is_empty())
            else {
                continue;
            };
            let titles = st.titles.entry(m.who.clone()).or_default();
            if !titles.contains(&noun) {
                titles.push(noun);
            }
        }
    }

    /// "its foreign policy chief, X": whose office it is, now that "its" is known; and where the text does not say,
    /// the registry may.
    fn offices_of_pronouns(&mut self) {
        for ix in 0..self.mentions.len() {
            let m = &self.mentions[ix];
            if m.via != Via::Title || m.of.is_some() || m.tokens.is_empty() {
                continue;
            }
            // "its foreign policy chief, X", "Hezbollah, whose leader X spoke"
            let owner = (m.tokens.start.saturating_sub(1)..m.tokens.end)
                .filter(|t| matches!(self.doc.tokens[*t].tag, "PRP$" | "WP$"))
                .find_map(|t| self.mention_at(t));
            let owner = owner.filter(|o| o.also.is_empty());
            // "his deputy, Soe Win", "whose envoy, X": of the state or body whose man the owner is
            let of = match owner {
                Some(o) if o.who.kind(self.reg) == Kind::Person => {
                    let held =
                        self.mentions.iter().find(|n| n.who == o.who && n.of.is_some()).and_then(|n| n.of.clone());
                    let state = || {
                        let c = o.country.clone().or_else(|| self.country_of(&o.who))?;
                        self.reg.by_id(&c).map(Who::Known)
                    };
                    held.or_else(state)
                }
                o => o.map(|o| o.who.clone()),
            };
            let of = of.or_else(|| match (&m.who, &m.title) {
                (Who::Known(person), Some(title)) => self.office_held(*person, title),
                _ => None,
            });
            // "Afghanistan's rulers ... its president, Ashraf Ghani": the state's, not its rulers' of today
            let of = of.map(|of| {
                let held = match (&m.who, &m.title) {
                    (Who::Known(person), Some(title)) => self.office_held(*person, title),
                    _ => None,
                };
                held.filter(|h| self.country_of(h).is_some() && self.country_of(h) == self.country_of(&of))
                    .unwrap_or(of)
            });
            let (Some(of), who, title) = (of, m.who.clone(), m.title.clone()) else { continue };
            for m in self.mentions.iter_mut().filter(|m| m.who == who && m.title == title && m.of.is_none()) {
                m.of = Some(of.clone());
            }
        }
    }

    /// "Our ...", with the speaker, a noun that is not settled yet, still to come.
    fn waits_for_speaker(&self, i: usize, quoted: &[bool]) -> bool {
        quoted[i]
            && self.is_first_person(i)
            && (i..self.doc.len())
                .take_while(|j| self.sentence[*j] <= self.sentence[i] + 1)
                .find(|j| !quoted[*j] && self.doc.tokens[*j].dep == "nsubj")
                .is_some_and(|j| self.at[j].is_none() && self.reg.words.heads.contains(&singular(self.doc.text(j))))
    }

    fn is_first_person(&self, i: usize) -> bool {
        matches!(self.doc.tokens[i].tag, "PRP" | "PRP$")
            && matches!(
                self.lower(i).as_str(),
                "i" | "me" | "my" | "mine" | "myself" | "we" | "us" | "our" | "ours" | "ourselves"
            )
    }

    /// "the Network" after "the Haqqani Network".
    fn short_forms(&mut self) {
        for ix in 0..self.mentions.len() {
            let m = &self.mentions[ix];
            let short = matches!(&m.who, Who::Unknown { .. }) && m.via == Via::Name && m.tokens.len() == 1;
            if !short || m.head == 0 {
                continue;
            }
            let word = norm_word(self.doc.text(m.head));
            let (head, old) = (m.head, m.who.clone());
            let the = self.lower(m.tokens.start.max(1) - 1) == "the";
            // "Ahrar" after "Ahrar al-Sham": the first word of a foreign name
            let foreign = |o: &Mention| {
                let first = self.doc.text(o.tokens.start);
                let group = matches!(o.who.kind(self.reg), Kind::Group | Kind::Party) && o.via == Via::Name;
                group
                    && o.tokens.len() > 1
                    && norm_word(first) == word
                    && self.doc.text(o.tokens.start + 1).to_lowercase().starts_with("al")
            };
            let long = self
                .mentions
                .iter()
                .rfind(|o| o.head < head && o.who != old && if the { self.goes_short(o, &word) } else { foreign(o) });
            if let Some((who, country)) = long.map(|o| (o.who.clone(), o.country.clone())) {
                for m in self.mentions.iter_mut().filter(|m| m.tokens.end > head) {
                    if m.who == old {
                        m.who = who.clone();
                        m.country = country.clone();
                    } else if m.of.as_ref() == Some(&old) {
                        m.of = Some(who.clone());
                        m.country = m.country.take().or(country.clone());
                    }
                }
            }
        }
    }

    /// May a name of several words be called by one of them: its last, or its head ("the Department of State")?
    fn goes_short(&self, m: &Mention, word: &str) -> bool {
        let names = m.via == Via::Name && !matches!(m.who.kind(self.reg), Kind::Person | Kind::State | Kind::Place);
        let organ = m.via == Via::Organ && self.is_capital(m.head);
        (names || organ)
            && m.tokens.len() > 1
            && [m.tokens.end - 1, m.head].iter().any(|t| norm_word(self.doc.text(*t)) == word)
    }

    /// "The Forum", "the Movement": the last name of several words that ends so.
    fn short_name(&self, i: usize) -> Option<Mention> {
        let t = &self.doc.tokens[i];
        // "Council decides": without its article at the head of a sentence
        let alone = (t.sent_start || i > 0 && matches!(self.lower(i - 1).as_str(), "the" | "this"))
            && self
                .doc
                .tokens
                .get(i + 1)
                .is_none_or(|n| n.pos != "PROPN" && !matches!(self.lower(i + 1).as_str(), "of" | "for"));
        if !self.is_capital(i) || !alone || matches!(t.dep, "compound" | "amod") {
            return None;
        }
        let word = norm_word(self.doc.text(i));
        let long = self.mentions.iter().rfind(|m| !m.tokens.is_empty() && m.head < i && self.goes_short(m, &word))?;
        let mut out = self.like(i, long, Via::Role);
        out.organ = long.organ.clone();
        Some(out)
    }

    /// "Statement by President Biden on ...": who speaks in a text's own "we".
    fn title_speaker(&self) -> Option<Mention> {
        let title = self.title?;
        let low = title.to_lowercase();
        const KINDS: &[&str] =
            &["statement", "remarks", "speech", "address", "message", "letter", "op-ed", "communique", "declaration"];
        if !KINDS.iter().any(|k| low.starts_with(k) || low.contains(&format!(" {k} "))) {
            return None;
        }
        let at = [" by ", " from ", " of "].iter().filter_map(|p| low.find(p).map(|n| n + p.len())).min()?;
        let rest = title.get(at..)?;
        let stop = [" on ", " to ", " at ", " regarding ", " following ", " concerning ", " in ", ","];
        let end = stop.iter().filter_map(|s| rest.find(s)).min().unwrap_or(rest.len());
        let name = rest.get(..end)?.trim();
        let words: Vec<&str> = name.split_whitespace().collect();
        let mut found: Option<(ActorIx, String)> = None;
        for n in 0..words.len() {
            let part = words[n..].join(" ");
            let hits = self.reg.find(&part);
            let title = words[..n].join(" ");
            let good = hits.iter().map(|(ix, _)| *ix).find(|ix| {
                self.reg.actor(*ix).kind != Kind::Person || n == 0 || hits.len() == 1 || self.in_office(*ix, false)
            });
            if let Some(ix) = good {
                found = Some((ix, title));
                break;
            }
        }
        let who = match found {
            Some((ix, _)) => Who::Known(ix),
            None => {
                // A name the registry lacks, after its title: the last words in capitals.
                let heads = &self.reg.words;
                let start = words.iter().rposition(|w| {
                    let w = norm_word(w);
                    heads.heads.contains(&w) || heads.modifiers.contains(&w) || heads.honorifics.contains(&w)
                })?;
                let name = words[start + 1..].join(" ");
                if name.is_empty() {
                    return None;
                }
                Who::Unknown { name, kind: Kind::Person }
            }
        };
        let country = self
            .country_of(&who)
            .or_else(|| self.mentions.iter().find(|m| m.who == who).and_then(|m| m.country.clone()));
        Some(voice(who, country))
    }

    /// "Transcript of the briefing by the Spokesperson, Ministry of Foreign Affairs, Islamabad"; "The Ministry of Foreign
    /// Affairs informs the public that Mexico": the state whose ministry speaks, where the title or the first sentence names
    /// one state with it.
    fn ministry_of_text(&self) -> Option<Mention> {
        const OFFICES: &[&str] = &[
            "ministry",
            "spokesperson",
            "spokesman",
            "spokeswoman",
            "department of state",
            "foreign office",
            "foreign minister",
        ];
        let state = |ix: ActorIx| {
            let a = self.reg.actor(ix);
            match a.kind {
                Kind::State => Some(ix),
                Kind::Person => a.country.as_deref().and_then(|c| self.reg.by_id(c)),
                _ => None,
            }
        };
        let title = self.title.unwrap_or_default();
        let low = title.to_lowercase();
        const TOLD: &[&str] = &["briefing", "press conference", "transcript", "remarks"];
        let by_title = OFFICES.iter().any(|o| low.contains(o)) && TOLD.iter().any(|o| low.contains(o));
        let ix = if by_title {
            let words: Vec<&str> = title
                .split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'')
                .filter(|w| !w.is_empty())
                .collect();
            let mut found: Vec<ActorIx> = Vec::new();
            for len in (1..=3).rev() {
                for run in words.windows(len).filter(|r| r[0].starts_with(char::is_uppercase)) {
                    found.extend(self.reg.find(&run.join(" ")).into_iter().filter_map(|(ix, _)| state(ix)));
                }
            }
            found.dedup();
            let first = *found.first()?;
            found.iter().all(|f| *f == first).then_some(first)?
        } else {
            // the first sentence: its subject is a ministry without an owner, and the state follows
            let i = (0..self.doc.len())
                .take(12)
                .find(|i| self.lower(*i) == "ministry" && self.is_capital(*i) && self.doc.tokens[*i].dep == "nsubj")?;
            let verb = self.doc.tokens[i].head as usize;
            if self.doc.tokens[verb].dep != "ROOT" || self.sentence[i] != 0 {
                return None;
            }
            let m = self.mentions.iter().find(|m| m.head == i)?;
            match &m.who {
                Who::Known(ix) => state(*ix)?,
                Who::Unknown { .. } => {
                    self.mentions.iter().filter(|m| self.sentence[m.head] == 0 && m.head > i).find_map(
                        |m| match &m.who {
                            Who::Known(ix) if self.reg.actor(*ix).kind == Kind::State => Some(*ix),
                            _ => None,
                        },
                    )?
                }
            }
        };
        let who = Who::Known(ix);
        let country = self.country_of(&who);
        Some(voice(who, country))
    }

    /// "The members condemned the attack. Al-Shabaab has claimed it. They expressed": who goes on with what only bodies and
    /// governments do is who began.
    fn goes_on_as(&self, i: usize, j: usize) -> bool {
        const ACTS: &[&str] = &[
            "express",
            "reiterate",
            "reaffirm",
            "recall",
            "underline",
            "underscore",
            "condemn",
            "welcome",
            "stress",
            "emphasize",
            "emphasise",
            "commend",
            "deplore",
            "encourage",
            "reject",
            "urge",
            "appeal",
            "note",
            "call",
            "demand",
            "request",
            "extend",
            "pay",
            "wish",
            "decide",
            "adopt",
        ];
        let acts = |k: usize| {
            let t = &self.doc.tokens[k];
            t.dep == "nsubj" && ACTS.contains(&self.doc.tokens[t.head as usize].lemma.as_str())
        };
        acts(i) && acts(j)
    }

    /// Whose statement a text is, where its title says that it is one and not whose: the body or state that its first
    /// sentence tells of as its subject, if the text goes on with "we".
    fn issuer(&self, quoted: &[bool]) -> Option<Mention> {
        const KINDS: &[&str] = &["statement", "declaration", "communique", "communiqué", "remarks"];
        let low = self.title?.to_lowercase();
        if !KINDS.iter().any(|k| low.contains(k)) {
            return None;
        }
        let we = (0..self.doc.len()).find(|i| !quoted[*i] && matches!(self.lower(*i).as_str(), "we" | "our"))?;
        let first = self.mentions.iter().filter(|m| m.head < we && m.via == Via::Name).min_by_key(|m| m.head)?;
        let t = &self.doc.tokens[first.head];
        let opens = t.dep == "nsubj" && self.doc.tokens[t.head as usize].dep == "ROOT";
        let kind = first.who.kind(self.reg);
        let body = matches!(kind, Kind::Organization | Kind::State | Kind::Government | Kind::Group | Kind::Body);
        (opens && body).then(|| Mention { tokens: 0..0, head: 0, ..self.like(0, first, Via::Pronoun) })
    }

    /// "U.S. Department of State", "Ministry of Foreign Affairs of Japan", "Council of the EU": the state or body that
    /// publishes a release, whose "we" it is. Newspapers and agencies report on others.
    fn official_publisher(&self) -> Option<Mention> {
        let name = self.publisher?;
        let fixed = || {
            let words: Vec<String> = name_words(name).into_iter().map(|(_, w)| w).collect();
            (0..words.len())
                .find_map(|n| (n + 1..=words.len()).rev().find_map(|m| self.reg.words.fixed.get(&words[n..m])))
        };
        let official = |ix: ActorIx| {
            matches!(
                self.reg.actor(ix).kind,
                Kind::State | Kind::Organization | Kind::Government | Kind::Body | Kind::Group
            )
        };
        let media = self.reg.find(name).iter().any(|(ix, _)| self.reg.actor(*ix).kind == Kind::Media);
        let low = name.to_lowercase();
        let office = ["ministry", "department", "office", "government", "embassy", "mission", "council", "commission"]
            .iter()
            .any(|w| low.contains(w));
        // a state is named in the office's name: "Ministry of Foreign Affairs of the Republic of Latvia"
        let named = || {
            let words: Vec<&str> = name.split_whitespace().collect();
            (0..words.len()).find_map(|n| {
                (n + 1..=words.len()).rev().find_map(|m| {
                    self.reg.find(&words[n..m].join(" ")).into_iter().map(|(ix, _)| ix).find(|ix| official(*ix))
                })
            })
        };
        let whole = || self.reg.find(name).into_iter().map(|(ix, _)| ix).find(|ix| official(*ix));
        let ix = (!media).then(|| {
            fixed().and_then(|(id, _)| self.reg.by_id(id)).or_else(whole).or_else(|| office.then(named).flatten())
        })??;
        Some(voice(Who::Known(ix), self.country_of(&Who::Known(ix))))
    }

    /// "THE WHITE HOUSE - Today I am announcing": the office that a dateline names, whose "we" the text is.
    fn dateline_office(&self) -> Option<Mention> {
        let dash =
            (1..self.doc.len().min(12)).find(|i| matches!(self.doc.text(*i), "\u{2014}" | "\u{2013}" | "-" | "--"))?;
        let m = self.mentions.iter().find(|m| m.tokens.end <= dash && m.head < dash && m.organ.is_some())?;
        Some(Mention { tokens: 0..0, head: 0, ..self.like(0, m, Via::Pronoun) })
    }

    /// "the pastor" after "Evan Mawarire, a pastor": whom the text has called so.
    fn described(&self, i: usize, noun: &str, st: &State) -> Option<Mention> {
        let t = &self.doc.tokens[i];
        let w = &self.reg.words;
        if t.tag != "NN"
            || !self.has_det(i)
            || w.heads.contains(noun)
            || w.bodies.contains(noun)
            || matches!(t.dep, "appos" | "attr" | "compound" | "poss")
            || self.children[i]
                .iter()
                .any(|c| matches!(self.doc.tokens[*c as usize].dep, "amod" | "compound" | "relcl" | "appos"))
        {
            return None;
        }
        let called = |m: &Mention| {
            let head = m.head;
            let same = |c: usize| self.doc.tokens[c].tag == "NN" && singular(self.doc.text(c)) == noun && c != i;
            let below = self.children[head]
                .iter()
                .map(|c| *c as usize)
                .any(|c| matches!(self.doc.tokens[c].dep, "appos" | "compound") && same(c));
            let up = self.doc.tokens[head].head as usize;
            let above = self.doc.tokens[head].dep == "appos" && same(up);
            let copula = self.doc.tokens[head].dep == "nsubj"
                && self.doc.tokens[up].lemma == "be"
                && self.children[up].iter().map(|c| *c as usize).any(|c| self.doc.tokens[c].dep == "attr" && same(c));
            below || above || copula
        };
        let m = st
            .seen
            .iter()
            .rev()
            .map(|ix| &self.mentions[*ix as usize])
            .filter(|m| m.via == Via::Name && m.who.kind(self.reg) == Kind::Person && m.also.is_empty())
            .find(|m| called(m))?;
        Some(self.like(i, m, Via::Role))
    }

    /// For each token: does it stand between quotation marks?
    fn quoted(&self) -> Vec<bool> {
        let mut out = vec![false; self.doc.len()];
        let mut open = false;
        for (i, slot) in out.iter_mut().enumerate() {
            let t = self.doc.text(i);
            match t {
                "\u{201c}" | "``" => open = true,
                "\u{201d}" | "''" => open = false,
                "\"" => open = !open,
                _ if t.contains("\n\n") => open = false,
                _ => *slot = open,
            }
        }
        out
    }

    fn antecedent(&self, i: usize, st: &State, speaker: Option<&Mention>, quoted: &[bool]) -> Option<Mention> {
        let t = &self.doc.tokens[i];
        let low = self.lower(i);
        match t.tag {
            "WP" | "WDT" | "WP$" => return self.relative(i),
            "PRP" | "PRP$" => return self.pronoun(i, &low, st, speaker, quoted),
            "DT" | "IN" if low == "that" && matches!(t.dep, "nsubj" | "nsubjpass" | "dobj") => return self.relative(i),
            _ => {}
        }
        if let Some(m) = self.count_alone(i, &low, st) {
            return Some(m);
        }
        if matches!(low.as_str(), "latter" | "former") && !matches!(t.dep, "amod" | "compound") && self.has_det(i) {
            return self.latter(i, &low, st);
        }
        if matches!(t.pos, "NOUN" | "PROPN" | "ADJ" | "ADV") {
            return self.noun(i, &low, st);
        }
        None
    }

    /// A mention at a token that points at what another mention does.
    fn like(&self, i: usize, of: &Mention, via: Via) -> Mention {
        Mention {
            tokens: i..i + 1,
            head: i,
            who: of.who.clone(),
            also: of.also.clone(),
            via,
            country: of.country.clone(),
            title: None,
            of: None,
            organ: None,
            place: false,
        }
    }

    fn has_det(&self, i: usize) -> bool {
        i > 0 && matches!(self.lower(i - 1).as_str(), "the" | "this" | "that")
            || self.children[i]
                .iter()
                .any(|c| matches!(self.lower(*c as usize).as_str(), "the" | "this" | "that" | "these" | "those"))
    }

    // ---- pronouns ----

    /// "who", "which", "that": the noun that the clause hangs on.
    fn relative(&self, i: usize) -> Option<Mention> {
        let mut t = self.doc.tokens[i].head as usize;
        for _ in 0..6 {
            let tok = &self.doc.tokens[t];
            if tok.dep == "relcl" {
                let noun = tok.head as usize;
                let m = self.mention_at(noun)?;
                let mut out = self.like(i, m, Via::Pronoun);
                out.organ = m.organ.clone();
                // "Turkey and Armenia, which have": both.
                if matches!(
                    self.children[t]
                        .iter()
                        .find(|c| self.doc.tokens[**c as usize].dep == "aux")
                        .map(|c| self.doc.text(*c as usize)),
                    Some("have" | "are" | "were")
                ) {
                    let others = self.conjuncts(noun).into_iter().filter(|&c| c < i).filter_map(|c| self.mention_at(c));
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
    fn relative_noun(&self, i: usize) -> Option<usize> {
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

    fn pronoun(&self, i: usize, low: &str, st: &State, speaker: Option<&Mention>, quoted: &[bool]) -> Option<Mention> {
        match low {
            "i" | "me" | "my" | "mine" | "myself" => self.first_person(i, false, speaker, quoted),
            "we" | "us" | "our" | "ours" | "ourselves" => self.first_person(i, true, speaker, quoted),
            "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" => {
                let gender = pronoun_gender(low);
                self.best(i, st, |b, m| {
                    let person = m.who.kind(b.reg) == Kind::Person && m.also.is_empty();
                    let agent = m.via == Via::Organ && b.doc.tokens[m.head].tag == "NN" && b.is_agent(m.head);
                    if !(person || agent) {
                        return None;
                    }
                    let told = st.gender.get(&m.who).copied().or_else(|| b.gender_of(&m.who));
                    let other = told.is_some_and(|g| Some(g) != gender);
                    (!other).then_some(if person { 0.0 } else { -2.0 })
                })
                .map(|m| self.like(i, m, Via::Pronoun))
            }
            "it" | "its" | "itself" => {
                if let Some(m) = self.office_of_titled(i, st) {
                    return Some(self.like(i, m, Via::Pronoun));
                }
                if let Some(m) = self.before_colon(i).filter(|m| m.who.kind(self.reg) != Kind::Person) {
                    return Some(self.like(i, m, Via::Pronoun));
                }
                if low == "it" && (self.is_empty_it(i) || self.is_thing(i)) {
                    return None;
                }
                let near = self.asked_to(i).or_else(|| self.whose_act(i)).or_else(|| self.joined_to(i));
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
                ];
                let owned = low == "its"
                    && OF_STATES.contains(&self.doc.tokens[self.doc.tokens[i].head as usize].lemma.as_str());
                // "Israel recognised it": a state or who rules it, above all the one whose recognition was told of
                let recognised = self.is_recognised(i) && self.doc.tokens[i].dep == "dobj";
                self.best(i, st, |b, m| match b.number(m) {
                    _ if owned && matches!(m.who.kind(b.reg), Kind::Organization | Kind::Media | Kind::Body) => {
                        Some(-8.0)
                    }
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
                if low == "them" && self.is_state_of_things(i) {
                    return None;
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
                if let Some(m) = self.pair_before(i) {
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
                .map(|m| self.like(i, m, Via::Pronoun))
            }
            _ => None,
        }
    }

    /// The states that "them" stands for beside "recognise": a set named as such, or the joined objects of a recognition.
    fn recognised_before(&self, i: usize, st: &State) -> Option<Mention> {
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

    /// By the given name, where it is a woman's or a man's alone.
    fn gender_of(&self, who: &Who) -> Option<&'static str> {
        let name = match who {
            Who::Known(ix) => &self.reg.actor(*ix).label,
            Who::Unknown { name, .. } => name,
        };
        let (first, _) = name.split_once(' ')?;
        let first = norm_word(first);
        let w = &self.reg.words;
        (w.women.contains(&first)).then_some("she").or_else(|| w.men.contains(&first).then_some("he"))
    }

    /// "Turkey and its allies", "Turkey and their bid": whom the noun of the pronoun is joined to.
    fn joined_to(&self, i: usize) -> Option<&Mention> {
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
    fn asked_to(&self, i: usize) -> Option<&Mention> {
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
    fn whose_act(&self, i: usize) -> Option<&Mention> {
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
    fn office_of_titled<'m>(&'m self, i: usize, st: &State) -> Option<&'m Mention> {
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
    fn teller(&self, i: usize) -> Option<&Mention> {
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
        if t.dep != "nsubj" || v.dep != "ccomp" || says > i || !SAY.contains(&self.doc.tokens[says].lemma.as_str()) {
            return None;
        }
        let subject =
            self.children[says].iter().map(|c| *c as usize).find(|&c| c < says && self.doc.tokens[c].dep == "nsubj")?;
        self.mention_at(subject)
    }

    fn is_agent(&self, i: usize) -> bool {
        self.reg.words.agents.contains(&singular(self.doc.text(i)))
    }

    /// "Italy never left: it had restored its ambassador": the subject of the clause that the colon explains.
    fn before_colon(&self, i: usize) -> Option<&Mention> {
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
    fn subject_after(&self, i: usize) -> Option<&Mention> {
        let mut t = i;
        for _ in 0..8 {
            let tok = &self.doc.tokens[t];
            let h = tok.head as usize;
            if h == t {
                return None;
            }
            if matches!(tok.dep, "prep" | "advcl") && h > t && self.doc.tokens[h].dep == "ROOT" {
                let first = (t..=i).chain([t]).min()?;
                let subject = self.children[h]
                    .iter()
                    .map(|c| *c as usize)
                    .find(|&c| matches!(self.doc.tokens[c].dep, "nsubj" | "nsubjpass"))?;
                let opens =
                    first == 0 || self.doc.tokens[first].sent_start || self.sentence[first - 1] != self.sentence[first];
                return self
                    .mention_at(subject)
                    .filter(|m| subject > i && opens && matches!(m.via, Via::Name | Via::Organ));
            }
            t = h;
        }
        None
    }

    /// Is a mention one, many, or may it be spoken of either way?
    fn number(&self, m: &Mention) -> Number {
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

    /// "it" that stands for nothing: "it is clear that", "it seems".
    fn is_empty_it(&self, i: usize) -> bool {
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

    /// As an object "it" is what happened more often than who did it ("praised it", "denied it"), but for verbs
    /// that take an actor.
    fn is_thing(&self, i: usize) -> bool {
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
        let of_before = self.doc.tokens[t.head as usize].lemma == "suspend"
            && (0..i).rev().take_while(|j| self.sentence[*j] + 1 >= self.sentence[i]).any(|j| {
                let b = &self.doc.tokens[j];
                b.dep == "dobj" && SUSPENDED.contains(&b.lemma.as_str())
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
    fn is_state_of_things(&self, i: usize) -> bool {
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

    /// "X and Y ... they": the two as one, where they are the last subject.
    fn pair_before(&self, i: usize) -> Option<Mention> {
        let here = self.sentence[i];
        let pair = (0..i).rev().take_while(|&j| self.sentence[j] + 1 >= here).find_map(|j| {
            let t = &self.doc.tokens[j];
            if !matches!(t.dep, "nsubj" | "nsubjpass")
                || self.sentence[j] == here && t.head == self.doc.tokens[i].head && self.doc.tokens[i].dep == "dobj"
            {
                return None;
            }
            let m = self.mention_at(j)?;
            let met = self.met_by(j).into_iter().filter(|_| self.sentence[j] < here);
            let others: Vec<Who> = self
                .conjuncts(j)
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

    /// "A met B", "A held talks with B": the other of two persons, or of two states, by the head that names him.
    fn met_by(&self, subject: usize) -> Option<usize> {
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

    /// The most salient mention before a token that a test lets pass; `None` where a noun that is no actor
    /// is more salient.
    fn best<'m>(&'m self, i: usize, st: &State, fits: impl Fn(&Self, &Mention) -> Option<f32>) -> Option<&'m Mention> {
        let here = self.sentence[i];
        let mut best: Option<(f32, &Mention)> = None;
        let mut bare = 0.0;
        let own = self.own_subjects(i);
        for &ix in st.seen.iter().rev() {
            let m = &self.mentions[ix as usize];
            let back = here - self.sentence[m.head];
            if back > 2 * WINDOW {
                break;
            }
            let named = st.count.get(&m.who).copied().unwrap_or(0.0);
            if back > WINDOW && named < 4.0 || m.tokens.contains(&i) || own.contains(&&m.who) {
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
        if person || self.is_deed(i) || self.is_recognised(i) && self.doc.tokens[i].dep == "dobj" {
            return Some(m);
        }
        let many = matches!(self.lower(i).as_str(), "they" | "them" | "their" | "theirs" | "themselves");
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

    /// How much a token before stands out, seen from a later one.
    fn salience(&self, i: usize, j: usize) -> f32 {
        let back = (self.sentence[i] - self.sentence[j]) as f32;
        let t = &self.doc.tokens[j];
        let mut s = -7.0 * back - (i - j) as f32 / 25.0;
        s += match t.dep {
            "nsubj" | "nsubjpass" if back > 0.0 && self.doc.tokens[t.head as usize].dep == "ROOT" => 7.5,
            "nsubj" | "nsubjpass" => 6.0,
            "dobj" | "dative" | "agent" => 3.0,
            "conj" => match self.doc.tokens[t.head as usize].dep {
                "nsubj" | "nsubjpass" => 5.0,
                _ => 1.5,
            },
            "pobj" => 1.0,
            "appos" => 2.0,
            _ => 0.0,
        };
        if self.doc.tokens[i].dep == "poss" && back == 0.0 && matches!(t.dep, "nsubj" | "nsubjpass") {
            s += 2.0;
        }
        // the sentence before is about the subject of its main clause
        if back > 0.0 && matches!(t.dep, "nsubj" | "nsubjpass") {
            s += match self.doc.tokens[t.head as usize].dep {
                "ROOT" => 1.0,
                "advcl" | "relcl" => -2.0,
                _ => 0.0,
            };
        }
        s
    }

    /// Who acts on what a pronoun stands for, and so is not meant by it: the subject of the verb whose object it is
    /// ("adopted sanctions against it", "is expected to recognise it"), and whoever stands with the noun that it hangs on
    /// ("American sanctions on it").
    fn own_subjects(&self, i: usize) -> Vec<&Who> {
        // "dragged its ally down with it"
        const BESIDE_ONESELF: &[&str] = &["with", "behind", "around", "before", "beside", "above", "under", "within"];
        let tok = |k: usize| &self.doc.tokens[k];
        let kids = |h: usize| self.children[h].iter().map(|c| *c as usize);
        let mut out = Vec::new();
        let mut note = |c: usize| out.extend(self.mention_at(c).map(|m| &m.who));
        if !matches!(tok(i).dep, "dobj" | "pobj" | "dative")
            || self.lower(i).ends_with("self")
            || self.lower(i).ends_with("selves")
        {
            return Vec::new();
        }
        let mut h = tok(i).head as usize;
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
            let subject = kids(h).find(|&c| matches!(tok(c).dep, "nsubj" | "nsubjpass"));
            if let Some(s) = subject {
                note(s);
                // "Kenyan officials met it"
                kids(s).filter(|c| matches!(tok(*c).dep, "poss" | "amod" | "compound")).for_each(&mut note);
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
    fn shares_clause(&self, i: usize, j: usize) -> bool {
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
    fn is_deed(&self, i: usize) -> bool {
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

    /// "I", "we": whoever is quoted, else whoever the title says speaks.
    fn first_person(&self, i: usize, many: bool, speaker: Option<&Mention>, quoted: &[bool]) -> Option<Mention> {
        let who = if quoted[i] { self.quote_speaker(i, quoted) } else { None };
        let m = who.or(if quoted[i] { None } else { speaker })?;
        let mut out = self.like(i, m, Via::Pronoun);
        out.also.clear();
        if many && m.who.kind(self.reg) == Kind::Person {
            if let Some(of) = m.of.clone().filter(|w| w.kind(self.reg) != Kind::Person) {
                out.who = of;
            } else if let Some(ix) = m.country.as_ref().and_then(|c| self.reg.by_id(c)) {
                out.who = Who::Known(ix);
            }
        }
        Some(out)
    }

    /// The subject of the nearest verb of saying outside the quotation marks.
    fn quote_speaker(&self, i: usize, quoted: &[bool]) -> Option<&Mention> {
        const SAY: &[&str] = &[
            "say", "tell", "add", "state", "declare", "announce", "warn", "write", "note", "stress", "insist",
            "explain", "ask", "call", "argue", "comment", "reply", "respond",
        ];
        let here = self.sentence[i];
        // A "sentence" may be a table of thousands of words.
        const FAR: usize = 600;
        let from = self.sentence.partition_point(|s| s + 1 < here).max(i.saturating_sub(FAR));
        let to = self.sentence.partition_point(|s| *s <= here + 1).min(i + FAR);
        let mut best: Option<(usize, &Mention)> = None;
        for j in from..to {
            let t = &self.doc.tokens[j];
            let h = t.head as usize;
            if quoted[j]
                || !SAY.contains(&self.doc.tokens[h].lemma.as_str())
                || quoted[h]
                || !matches!(t.dep, "nsubj" | "dobj" | "npadvmod")
            {
                continue;
            }
            let Some(m) = self.mention_at(j) else { continue };
            let subject = if t.dep == "nsubj" { 0 } else { 50 };
            let far = self.sentence[j].abs_diff(here) * 100 + j.abs_diff(i) + subject;
            if best.is_none_or(|(b, _)| far < b) {
                best = Some((far, m));
            }
        }
        best.map(|(_, m)| m)
    }

    // ---- nouns ----

    fn noun(&self, i: usize, low: &str, st: &State) -> Option<Mention> {
        let t = &self.doc.tokens[i];
        let w = &self.reg.words;
        // "Pakistan is now the only country that recognises them": what is said of the subject points at nobody else
        if matches!(t.dep, "attr" | "oprd")
            && self.children[i].iter().any(|c| self.doc.tokens[*c as usize].dep == "relcl")
        {
            let verb = t.head as usize;
            let subject = self.children[verb].iter().map(|c| *c as usize).find(|c| self.doc.tokens[*c].dep == "nsubj");
            if let Some(m) = subject.filter(|s| *s < i).and_then(|s| self.mention_at(s)) {
                let who = matches!(m.who.kind(self.reg), Kind::State | Kind::Government)
                    && w.state.contains(&singular(self.doc.text(i)));
                return who.then(|| self.like(i, m, Via::Role));
            }
        }
        if self.is_capital(i) && matches!(low, "north" | "south") && i > 0 && self.lower(i - 1) == "the"
            || matches!(low, "north" | "south")
                && i > 0
                && self.lower(i - 1) == "the"
                && t.dep == "pobj"
                && t.pos == "NOUN"
        {
            return self.korea(i, low);
        }
        if !matches!(t.pos, "NOUN" | "PROPN") {
            return None;
        }
        if let Some(m) = self.head_of_body(i) {
            return Some(m);
        }
        if let Some(m) = self.short_name(i) {
            return Some(m);
        }
        let noun = singular(self.doc.text(i));
        if let Some(m) = self.self_named(i) {
            return Some(m);
        }
        // A name stands beside it: "the rebel group Red Lantern".
        if i + 1 < self.doc.len() && self.is_capital(i + 1) && self.doc.tokens[i + 1].pos == "PROPN" {
            return None;
        }
        // A word of a name that stayed unknown points nowhere.
        if self.is_capital(i)
            && !t.sent_start
            && i > 0
            && self.is_capital(i - 1)
            && !self.reg.words.heads.contains(&noun)
        {
            return None;
        }
        let plural = matches!(t.tag, "NNS" | "NNPS");
        let start = self.phrase_start(i);
        let each = self.children[i].iter().any(|c| matches!(self.lower(*c as usize).as_str(), "each"));
        let sides = each || noun == "side" && plural && self.has_det(i);
        if let Some(n) = self.counted(i).or(sides.then_some(2)).filter(|_| w.sets.contains(&noun)) {
            return self.set(i, &noun, n, st).map(|mut m| {
                m.tokens = start..i + 1;
                m
            });
        }
        // "their regime", "its army": the organ of whom the pronoun stands for.
        let poss = self.children[i]
            .iter()
            .map(|c| *c as usize)
            .find(|&c| self.doc.tokens[c].tag == "PRP$" || self.doc.tokens[c].tag == "WP$" && w.bodies.contains(&noun));
        // "its new neighbour": another state that the text speaks of
        if let Some(p) = poss.filter(|_| matches!(noun.as_str(), "neighbor" | "neighbour") && !plural) {
            let owner = self.mention_at(p).and_then(|o| o.country.clone());
            let other = |_: &Self, m: &Mention| (m.country.is_some() && m.country != owner).then_some(0.0);
            return self
                .best_noun(i, st, other)
                .and_then(|m| {
                    let ix = self.reg.by_id(m.country.as_ref()?)?;
                    let mut out = self.like(i, m, Via::Role);
                    out.also.clear();
                    out.who = Who::Known(ix);
                    Some(out)
                })
                .map(|mut out| {
                    out.tokens = p..i + 1;
                    out
                });
        }
        if let Some(p) = poss {
            // "his country", "our nation": the state of whom the pronoun stands for.
            let own = matches!(noun.as_str(), "country" | "nation" | "homeland" | "kingdom" | "republic") && !plural;
            if let Some(owner) = own.then(|| self.mention_at(p)).flatten().filter(|o| o.also.is_empty()) {
                let ix = owner.country.as_ref().and_then(|c| self.reg.by_id(c)).or(match &owner.who {
                    Who::Known(ix) if self.reg.actor(*ix).kind == Kind::State => Some(*ix),
                    _ => None,
                })?;
                let mut m = self.like(i, owner, Via::Role);
                m.who = Who::Known(ix);
                m.country = self.country_of(&m.who);
                m.tokens = p..i + 1;
                return Some(m);
            }
            if !(w.bodies.contains(&noun) || w.agents.contains(&noun) && plural) {
                return self.role(i, &noun, start, st);
            }
            let owner = self.mention_at(p)?;
            let mut who = owner.who.clone();
            if who.kind(self.reg) == Kind::Person {
                if !w.bodies.contains(&noun) {
                    return None;
                }
                who = Who::Known(owner.country.as_ref().and_then(|c| self.reg.by_id(c))?);
            }
            let mut m = self.like(i, owner, Via::Organ);
            m.country = m.country.or_else(|| self.country_of(&who));
            m.who = who;
            m.organ = Some(self.doc.span_text(p + 1..i + 1).to_lowercase());
            m.tokens = p..i + 1;
            return Some(m);
        }
        // "the country's interim government": of the state that the noun points at
        let pointed = self.children[i]
            .iter()
            .map(|c| *c as usize)
            .filter(|c| self.doc.tokens[*c].dep == "poss" && self.doc.tokens[*c].pos == "NOUN")
            .find_map(|c| self.mention_at(c))
            .filter(|m| m.via == Via::Role && m.who.kind(self.reg) == Kind::State && w.bodies.contains(&noun));
        if let Some(owner) = pointed {
            let mut m = self.like(i, owner, Via::Organ);
            m.organ = Some(noun.clone());
            m.tokens = start..i + 1;
            return Some(m);
        }
        let of_name = self.children[i].iter().map(|c| *c as usize).any(|c| {
            // "the Pacific nation of 90,000 people": a count is no name
            let named = |o: u32| self.mention_at(o as usize).is_some_and(|m| m.via != Via::Noun);
            self.lower(c) == "of" && self.children[c].iter().any(|o| named(*o))
        });
        if noun == "capital" && !plural {
            return self.seat_of(i, start);
        }
        if let Some(m) = self.described(i, &noun, st) {
            return Some(m);
        }
        let possessed = self.children[i].iter().any(|c| self.doc.tokens[*c as usize].dep == "poss");
        if possessed && w.heads.contains(&noun) {
            return self.role(i, &noun, start, st);
        }
        if !self.has_det(i) && noun != "authority" || of_name && !w.heads.contains(&noun) {
            return None;
        }
        let spanned = |mut m: Mention| {
            m.tokens = start..i + 1;
            m
        };
        if noun == "territory" && !plural {
            // A state that not all take for one: "no country has recognised the territory".
            let unsettled = |b: &Self, m: &Mention| {
                let hit = matches!(&m.who, Who::Known(ix) if b.reg.actor(*ix).kind == Kind::State && b.reg.actor(*ix).country.is_none());
                hit.then_some(0.0)
            };
            return self.best_noun(i, st, unsettled).map(|m| spanned(self.like(i, m, Via::Role)));
        }
        if noun == "island" && !plural {
            let island =
                |_: &Self, m: &Mention| m.country.as_deref().is_some_and(|c| ISLANDS.contains(&c)).then_some(0.0);
            let m = self.best_noun(i, st, island)?;
            let ix = self.reg.by_id(m.country.as_ref()?)?;
            let mut out = self.like(i, m, Via::Role);
            out.also.clear();
            out.who = Who::Known(ix);
            return Some(spanned(out));
        }
        // "Spain refused to recognise the new state": the one whose recognition the text has told of.
        let recognised = self.is_recognised(i);
        if w.state.contains(&noun) && !plural {
            if let Some(ix) = self.ordered_out_of(i) {
                let mut m = self.mention(start..i + 1, Who::Known(ix), Via::Role);
                m.head = i;
                m.country = self.country_of(&m.who);
                return Some(m);
            }
            if let Some(m) = self.ruled_by(i) {
                return Some(spanned(m));
            }
            let region = self.region_of(i);
            return self
                .best_noun(i, st, |b, m| {
                    // the head of an organisation does not speak of the state he comes from
                    let serves = |ix: &ActorIx| {
                        b.reg.spells(*ix).any(|s| {
                            b.reg.actor(s.of).kind == Kind::Organization && b.published.is_some_and(|d| s.covers(d))
                        })
                    };
                    let of_body = m.who.kind(b.reg) == Kind::Person
                        && (m.of.as_ref().is_some_and(|o| matches!(o.kind(b.reg), Kind::Organization | Kind::Body))
                            || matches!(&m.who, Who::Known(ix) if serves(ix)));
                    if of_body {
                        return None;
                    }
                    let lies = |r: &HashSet<String>| m.country.as_ref().is_some_and(|c| r.contains(c));
                    if region.is_some_and(|r| !lies(r)) {
                        return None;
                    }
                    let state = m.who.kind(b.reg) == Kind::State || m.country.is_some() && m.via != Via::Noun;
                    // a territory of another state is hardly "the country"
                    let dependent = matches!(&m.who, Who::Known(ix) if {
                        let a = b.reg.actor(*ix);
                        a.kind == Kind::State && a.country.as_ref().is_some_and(|c| *c != a.id && a.parents.contains(c))
                    });
                    if dependent {
                        return Some(-10.0);
                    }
                    let known = if recognised && b.is_recognised(m.head) { 12.0 } else { 0.0 };
                    state.then_some(if m.via == Via::Adjective { 3.0 } else { known })
                })
                .and_then(|m| {
                    let ix = match &m.who {
                        Who::Known(ix) if self.reg.actor(*ix).kind == Kind::State => *ix,
                        _ => self.reg.by_id(m.country.as_ref()?)?,
                    };
                    let mut out = self.like(i, m, Via::Role);
                    out.also.clear();
                    out.who = Who::Known(ix);
                    out.country = self.reg.actor(ix).country.clone();
                    Some(spanned(out))
                });
        }
        if w.government.contains(&noun) || w.alone.contains(&noun) {
            if self.children[i].iter().any(|c| self.doc.tokens[*c as usize].dep == "poss") {
                return None;
            }
            let same = st.seen.iter().rev().map(|ix| &self.mentions[*ix as usize]).find(|m| {
                // "Niger's junta", a name of the registry or an organ
                let last = m.tokens.clone().next_back().map_or(String::new(), |t| singular(self.doc.text(t)));
                m.via == Via::Organ && singular(self.doc.text(m.head)) == noun
                    || m.via == Via::Name && m.tokens.len() > 1 && last == noun
            });
            let mut out = match same {
                Some(m) => self.like(i, m, Via::Organ),
                None => {
                    // The bare "administration" is Washington's, where the text speaks of it.
                    let plain = !self.children[i].iter().any(|c| self.doc.tokens[*c as usize].dep == "amod");
                    let washington = self.reg.by_id("USA").filter(|us| {
                        noun == "administration"
                            && plain
                            && self
                                .mentions
                                .iter()
                                .any(|m| m.who == Who::Known(*us) || m.country.as_deref() == Some("USA"))
                    });
                    let ix = washington.or_else(|| self.context_state(i))?;
                    let who = Who::Known(ix);
                    let country = self.country_of(&who);
                    Mention {
                        tokens: i..i + 1,
                        head: i,
                        who,
                        also: Vec::new(),
                        via: Via::Organ,
                        country,
                        title: None,
                        of: None,
                        organ: None,
                        place: false,
                    }
                }
            };
            out.organ = Some(self.doc.span_text(start..i + 1).to_lowercase().trim_start_matches("the ").to_string());
            return Some(spanned(out));
        }
        let armed = |b: &Self, m: &Mention| {
            matches!(m.who.kind(b.reg), Kind::Group | Kind::Party).then_some(if m.via == Via::Adjective {
                1.0
            } else {
                0.0
            })
        };
        if w.group.contains(&noun) && plural && noun != "party" {
            // "these militant outfits": all groups of the sentence before.
            let last =
                st.seen.iter().rev().map(|ix| &self.mentions[*ix as usize]).find(|m| armed(self, m).is_some())?;
            let s = self.sentence[last.head];
            let mut all: Vec<&Mention> = st
                .seen
                .iter()
                .map(|ix| &self.mentions[*ix as usize])
                .filter(|m| self.sentence[m.head] == s && armed(self, m).is_some())
                .collect();
            // Names within names ("al-Qaeda's branch") are not of the set.
            all.retain(|m| {
                !matches!(self.doc.tokens[m.head].dep, "poss" | "compound" | "amod" | "nmod") && m.via != Via::Adjective
            });
            let mut named: Vec<&Who> = Vec::new();
            all.retain(|m| {
                let new = !named.contains(&&m.who);
                named.push(&m.who);
                new
            });
            let joined: Vec<&Mention> = all
                .iter()
                .copied()
                .filter(|m| self.doc.tokens[m.head].dep == "conj" || !self.conjuncts(m.head).is_empty())
                .collect();
            let all = if joined.len() > 1 { joined } else { all };
            let mut out = self.like(i, all.first()?, Via::Role);
            let mut also: Vec<Who> = Vec::new();
            for m in &all[1..] {
                if m.who != out.who && !also.contains(&m.who) {
                    also.push(m.who.clone());
                }
            }
            out.also = also;
            return Some(spanned(out));
        }
        if w.group.contains(&noun) || w.members.contains(&noun) && plural {
            let loose = |b: &Self, m: &Mention| {
                armed(b, m).or_else(|| (noun == "group" && m.who.kind(b.reg) == Kind::Organization).then_some(-4.0))
            };
            return self.best_noun(i, st, loose).map(|m| spanned(self.like(i, m, Via::Role)));
        }
        // "the court", "the council": one whose name holds the word.
        if w.kinds.get(&noun).is_some_and(|k| matches!(k, Kind::Organization | Kind::Body))
            && !plural
            && !w.organization.contains(&noun)
        {
            let named = |b: &Self, m: &Mention| {
                let kind = matches!(m.who.kind(b.reg), Kind::Organization | Kind::Body) && m.via != Via::Organ;
                let organ = m.organ.as_deref().is_some_and(|o| o.split(' ').next_back() == Some(&noun));
                let name = kind && m.who.label(b.reg).to_lowercase().split(' ').any(|x| x == noun);
                (name || organ).then_some(0.0)
            };
            // the only one of its kind is meant from afar, too
            let only = || {
                let mut all =
                    self.mentions.iter().filter(|m| m.head < i && m.via == Via::Name && named(self, m).is_some());
                let first = all.next()?;
                all.all(|m| m.who == first.who).then_some(first)
            };
            return self.best_noun(i, st, named).or_else(only).map(|m| {
                let mut out = self.like(i, m, Via::Role);
                out.organ = m.organ.clone();
                spanned(out)
            });
        }
        if w.organization.contains(&noun) && !plural {
            return self
                .best_noun(i, st, |b, m| {
                    matches!(m.who.kind(b.reg), Kind::Organization | Kind::Body | Kind::Media | Kind::Party)
                        .then_some(0.0)
                })
                .map(|m| spanned(self.like(i, m, Via::Role)));
        }
        self.role(i, &noun, start, st)
    }

    /// "The Secretary-General condemns": the head of the body that the text speaks of and that has such a head, else of the
    /// one that is known by it; who held the post on the document's day, or the body itself.
    fn head_of_body(&self, i: usize) -> Option<Mention> {
        // the title, and the body that is meant where the text names none
        const HEADS: &[(&str, &str)] = &[
            ("secretary-general", "un"),
            ("high representative", "eu"),
            ("high commissioner", "un"),
            ("director-general", ""),
            ("managing director", ""),
            ("special envoy", "un"),
            ("special representative", "un"),
            ("special rapporteur", "un"),
            ("emergency relief coordinator", "un"),
        ];
        let hyphen = i >= 2 && self.doc.text(i - 1) == "-" && !self.doc.tokens[i - 1].ws;
        let start = match self.lower(i).as_str() {
            "general" if hyphen => i - 2,
            "representative" | "commissioner" | "director" | "envoy" | "rapporteur" if i > 0 => i - 1,
            "coordinator" if i > 1 => i - 2,
            _ => return None,
        };
        let phrase = self.doc.span_text(start..i + 1).to_lowercase();
        let (title, usual) = HEADS.iter().find(|(h, _)| *h == phrase)?;
        let t = &self.doc.tokens[i];
        let alone = start > 0
            && self.lower(start - 1) == "the"
            && !matches!(t.dep, "compound" | "appos" | "attr" | "oprd")
            && self
                .doc
                .tokens
                .get(i + 1)
                .is_none_or(|n| n.pos != "PROPN" && !matches!(self.lower(i + 1).as_str(), "of" | "for" | "to"));
        if !alone {
            return None;
        }
        let day = self.published;
        let held = |of: ActorIx| {
            self.reg
                .seats(of)
                .filter(|s| s.title.starts_with(title))
                .find(|s| day.is_none_or(|d| s.covers(d)))
                .map(|s| s.person)
        };
        let mut named: Vec<(usize, ActorIx)> = Vec::new();
        for m in self.mentions.iter().filter(|m| !m.tokens.is_empty()) {
            if let Who::Known(ix) = m.who
                && self.reg.actor(ix).kind == Kind::Organization
                && held(ix).is_some()
            {
                match named.iter_mut().find(|(_, n)| *n == ix) {
                    Some((count, _)) => *count += 1,
                    None => named.push((1, ix)),
                }
            }
        }
        let capital = self.is_capital(start);
        let of = named.iter().rev().max_by_key(|(n, _)| *n).map(|(_, ix)| *ix);
        let of = of.or_else(|| {
            self.reg.by_id(usual).filter(|_| capital || self.mentions.iter().any(|m| m.who.id(self.reg) == *usual))
        })?;
        // of envoys there are many at a time
        let who = Who::Known(held(of).filter(|_| !title.starts_with("special")).unwrap_or(of));
        Some(Mention {
            tokens: start..i + 1,
            head: i,
            country: None,
            who,
            also: Vec::new(),
            via: Via::Role,
            title: Some(title.to_string()),
            of: Some(Who::Known(of)),
            organ: None,
            place: false,
        })
    }

    /// "the new body, which calls itself the Group to Support Islam", "the militia known as Gaula": by the name it goes by.
    fn self_named(&self, i: usize) -> Option<Mention> {
        const CALL: &[&str] = &["call", "style", "name", "know", "dub", "christen"];
        let tok = |k: usize| &self.doc.tokens[k];
        let kids = |h: usize| self.children[h].iter().map(|c| *c as usize);
        let w = &self.reg.words;
        let noun = singular(self.doc.text(i));
        let kind =
            w.group.contains(&noun) || w.organization.contains(&noun) || w.people.contains(&noun) && tok(i).tag == "NN";
        let v = kids(i).find(|c| matches!(tok(*c).dep, "relcl" | "acl") && CALL.contains(&tok(*c).lemma.as_str()))?;
        if !kind && !w.bodies.contains(&noun) || v > i + 7 {
            return None;
        }
        let itself = kids(v).any(|c| matches!(self.lower(c).as_str(), "itself" | "themselves" | "himself" | "herself"));
        let passive = tok(v).dep == "acl" && tok(v).tag == "VBN";
        if !itself && !passive {
            return None;
        }
        let as_name = || kids(v).find(|c| self.lower(*c) == "as").and_then(|p| kids(p).find(|c| tok(*c).dep == "pobj"));
        let name = kids(v)
            .find(|c| matches!(tok(*c).dep, "oprd" | "attr" | "dobj" | "appos") && tok(*c).pos == "PROPN")
            .or_else(as_name)
            .filter(|n| *n > v)?;
        let m = self.mention_at(name).filter(|m| m.via == Via::Name)?;
        Some(self.like(i, m, Via::Role))
    }

    /// "X, who had ruled the oil-producing state": that of the ruler.
    fn ruled_by(&self, i: usize) -> Option<Mention> {
        let verb = self.doc.tokens[i].head as usize;
        let rules = matches!(self.doc.tokens[verb].lemma.as_str(), "rule" | "lead" | "govern" | "run" | "head");
        if self.doc.tokens[i].dep != "dobj" || !rules {
            return None;
        }
        let subject = self.children[verb].iter().map(|c| *c as usize).find(|c| self.doc.tokens[*c].dep == "nsubj")?;
        let ruler = match self.mention_at(subject) {
            Some(m) => m,
            None if self.doc.tokens[verb].dep == "relcl" => self.mention_at(self.doc.tokens[verb].head as usize)?,
            None => return None,
        };
        let ix = ruler
            .country
            .as_ref()
            .and_then(|c| self.reg.by_id(c))
            .filter(|_| ruler.who.kind(self.reg) == Kind::Person)?;
        let mut out = self.like(i, ruler, Via::Role);
        out.who = Who::Known(ix);
        out.country = self.reg.actor(ix).country.clone();
        Some(out)
    }

    /// The states of the region that the words before a noun name, or of the form that it names itself: "the West African
    /// country", "the kingdom".
    fn region_of(&self, i: usize) -> Option<&HashSet<String>> {
        let before = |n: usize| (i >= n).then(|| self.doc.span_text(i - n..i).trim().to_lowercase());
        let noun = || self.reg.words.regions.get(&singular(self.doc.text(i)));
        (1..=3).rev().filter_map(before).find_map(|w| self.reg.words.regions.get(&w)).or_else(noun)
    }

    /// "ordered the envoy to leave the country", "gave him 48 hours to leave the country": that of whoever orders it.
    fn ordered_out_of(&self, i: usize) -> Option<super::actors::ActorIx> {
        const LEAVE: &[&str] = &["leave", "depart", "quit", "exit"];
        const ORDER: &[&str] = &["order", "tell", "ask", "give", "instruct", "force", "direct", "command", "urge"];
        let leave = self.doc.tokens[i].head as usize;
        if self.doc.tokens[i].dep != "dobj" || !LEAVE.contains(&self.doc.tokens[leave].lemma.as_str()) {
            return None;
        }
        let mut up = leave;
        for _ in 0..3 {
            up = self.doc.tokens[up].head as usize;
            if !ORDER.contains(&self.doc.tokens[up].lemma.as_str()) {
                continue;
            }
            let subject = self.children[up].iter().map(|c| *c as usize).find(|c| self.doc.tokens[*c].dep == "nsubj")?;
            return self.mention_at(subject)?.country.as_ref().and_then(|c| self.reg.by_id(c));
        }
        None
    }

    /// "visited the Afghan capital", "entered the capital": the seat of the state named with it, or spoken of.
    fn seat_of(&self, i: usize, start: usize) -> Option<Mention> {
        const WITH_A_NAME: &[&str] = &["amod", "poss", "compound", "nmod"];
        let beside =
            self.children[i].iter().map(|c| *c as usize).filter(|c| WITH_A_NAME.contains(&self.doc.tokens[*c].dep));
        let named = beside
            .clone()
            .find_map(|c| self.mention_at(c))
            .and_then(|m| m.country.as_ref())
            .and_then(|c| self.reg.by_id(c));
        // "the regional capital", "venture capital"
        if named.is_none() && (beside.count() > 0 || !self.has_det(i)) {
            return None;
        }
        let ix = named.or_else(|| self.context_state(i))?;
        let mut m = self.mention(start..i + 1, Who::Known(ix), Via::Role);
        m.head = i;
        m.country = self.country_of(&m.who);
        m.place = true;
        Some(m)
    }

    /// As [`Self::best`], without rivals: a noun says what it stands for.
    fn best_noun<'m>(
        &'m self,
        i: usize,
        st: &State,
        fits: impl Fn(&Self, &Mention) -> Option<f32>,
    ) -> Option<&'m Mention> {
        let here = self.sentence[i];
        let mut best: Option<(f32, &Mention)> = None;
        let doer = self.doer_to(i);
        // "left the country": one where things were told to be
        let verb = self.doc.tokens[i].head as usize;
        let gone_to = self.doc.tokens[i].dep == "dobj"
            && matches!(self.doc.tokens[verb].lemma.as_str(), "leave" | "enter" | "flee" | "quit" | "reach" | "visit");
        let abroad = self.abroad(i);
        for &ix in st.seen.iter().rev() {
            let m = &self.mentions[ix as usize];
            let back = here - self.sentence[m.head];
            let named = st.count.get(&m.who).copied().unwrap_or(0.0);
            if back > WINDOW && named < 3.0 || self.shares_clause(i, m.head) {
                continue;
            }
            if m.country.as_ref().is_some_and(|c| abroad.contains(c)) {
                continue;
            }
            let Some(extra) = fits(self, m) else { continue };
            let mut s = self.salience(i, m.head).max(-30.0) + extra + named.min(8.0) * 0.7;
            if m.via == Via::Adjective {
                s -= 3.0;
            }
            if m.place {
                s += if gone_to { 5.0 } else { -2.0 };
            }
            // "Germany, Egypt and Kenya did so. ... the country": one of a list is seldom meant alone
            let joined = self.doc.tokens[m.head].dep == "conj"
                || self.children[m.head].iter().any(|c| self.doc.tokens[*c as usize].dep == "conj");
            if joined && back > 0 {
                s -= 5.0;
            }
            // "Washington worried about events in the nation": not the subject's own.
            let verb = self.doc.tokens[m.head].head as usize;
            let own_subject = back == 0
                && self.doc.tokens[m.head].dep == "nsubj"
                && self.doc.tokens[i].dep != "nsubj"
                && self.hangs_below(i, verb);
            let is_doer = doer
                .as_ref()
                .is_some_and(|(who, country)| m.who == *who || country.is_some() && (m.country == *country));
            if own_subject || is_doer {
                s -= 8.0;
            }
            // "that republic" after "the Sahrawi Arab Democratic Republic": the one whose name has the word
            let word = self.lower(i);
            if m.via == Via::Name && m.tokens.len() > 1 && m.tokens.clone().any(|t| self.lower(t) == word) {
                s += 8.0;
            }
            if best.is_none_or(|(b, _)| s > b) {
                best = Some((s, m));
            }
        }
        best.map(|(_, m)| m)
    }

    /// The states that a noun cannot stand for, because what they have or do there is only had or done abroad: "American
    /// sanctions against the country", "keeps troops at two bases in the country".
    fn abroad(&self, i: usize) -> Vec<String> {
        const ABROAD: &[&str] = &[
            "embassy",
            "consulate",
            "ambassador",
            "mission",
            "envoy",
            "sanction",
            "embargo",
            "invasion",
            "intervention",
            "airstrike",
            "visit",
            "trip",
            "tour",
            "aid",
            "assistance",
            "relation",
            "tie",
            "recognition",
            "recognise",
            "recognize",
            "invade",
            "bomb",
            "station",
            "deploy",
            "interfere",
            "meddle",
            "interference",
            "meddling",
            "base",
            "outpost",
            "presence",
            "cyberattack",
            "war",
            "travel",
            "export",
            "donor",
            "alliance",
            "agreement",
            "treaty",
            "pact",
        ];
        const FORCES: &[&str] =
            &["troop", "soldier", "force", "peacekeeper", "paratrooper", "marine", "mercenary", "adviser"];
        let tok = |k: usize| &self.doc.tokens[k];
        let mut out = Vec::new();
        let mut told = false;
        let mut t = i;
        let mut note = |m: Option<&Mention>| {
            if let Some(m) = m.filter(|m| m.who.kind(self.reg) != Kind::Organization && m.also.is_empty()) {
                out.extend(m.country.clone());
            }
        };
        if !matches!(tok(i).dep, "pobj" | "dobj" | "nsubjpass") {
            return out;
        }
        for _ in 0..6 {
            let h = tok(t).head as usize;
            if h == t {
                break;
            }
            let lemma = tok(h).lemma.to_lowercase();
            let forces = FORCES.contains(&lemma.as_str()) && matches!(self.lower(t).as_str(), "in" | "from" | "into");
            told |= ABROAD.contains(&lemma.as_str()) || forces;
            if told {
                for c in self.children[h].iter().map(|c| *c as usize).filter(|c| *c < i) {
                    if matches!(tok(c).dep, "amod" | "poss" | "compound" | "nsubj" | "nmod") {
                        note(self.mention_at(c).filter(|_| !matches!(self.lower(c).as_str(), "its" | "their")));
                    }
                    if tok(c).dep == "nsubj" {
                        let of = self.children[c].iter().map(|c| *c as usize);
                        of.filter(|c| matches!(tok(*c).dep, "amod" | "poss" | "compound"))
                            .for_each(|c| note(self.mention_at(c)));
                    }
                }
            }
            if tok(t).dep == "advcl" || tok(t).dep == "relcl" || tok(t).dep == "ccomp" {
                break;
            }
            t = h;
        }
        out
    }

    /// Is it what is recognised: "recognised Kosovo", "recognition of Kosovo", "Kosovo's independence"?
    fn is_recognised(&self, i: usize) -> bool {
        const RECOGNISE: &[&str] = &["recognize", "recognise", "recognition"];
        let mut t = i;
        for _ in 0..3 {
            let tok = &self.doc.tokens[t];
            let h = tok.head as usize;
            let lemma = self.doc.tokens[h].lemma.to_lowercase();
            match tok.dep {
                // "Somaliland declared independence"
                "nsubj" if lemma == "declare" => {
                    return self.children[h].iter().any(|c| self.doc.tokens[*c as usize].lemma == "independence");
                }
                "dobj" | "nsubjpass" => return RECOGNISE.contains(&lemma.as_str()),
                "poss" | "pobj" | "conj" if (lemma == "independence" || RECOGNISE.contains(&lemma.as_str())) => {
                    return true;
                }
                "prep" if RECOGNISE.contains(&lemma.as_str()) => return true,
                _ => {}
            }
            t = h;
        }
        false
    }

    /// Who does to a noun what nobody does to his own: "visited the island", "recognised the state".
    fn doer_to(&self, i: usize) -> Option<(Who, Option<String>)> {
        const TO_OTHERS: &[&str] = &[
            "visit",
            "tour",
            "leave",
            "enter",
            "flee",
            "quit",
            "occupy",
            "recognize",
            "recognise",
            "invade",
            "accuse",
            "thank",
            "praise",
            "urge",
            "attack",
            "back",
            "support",
            "bomb",
            "condemn",
            "criticize",
            "criticise",
        ];
        let t = &self.doc.tokens[i];
        let verb = t.head as usize;
        if t.dep != "dobj" || !TO_OTHERS.contains(&self.doc.tokens[verb].lemma.as_str()) {
            return None;
        }
        let subject =
            self.children[verb].iter().map(|c| *c as usize).find(|&c| c < verb && self.doc.tokens[c].dep == "nsubj")?;
        // "as Soviet troops were leaving the country"
        let beside = || {
            let mut of = self.children[subject].iter().map(|c| *c as usize);
            of.find(|c| matches!(self.doc.tokens[*c].dep, "amod" | "poss" | "compound"))
                .and_then(|c| self.mention_at(c))
        };
        self.mention_at(subject).or_else(beside).map(|m| (m.who.clone(), m.country.clone()))
    }

    /// "the two countries", "both leaders", "the three groups": where the text has named just so many of the kind.
    ///
    /// The nearest sentence that names exactly the number decides; the doer of the set's own clause is none of them
    /// ("Washington urged the two sides"). Two are else the last two, more are nobody.
    fn set(&self, i: usize, noun: &str, n: usize, st: &State) -> Option<Mention> {
        const TITLES: &[&str] = &["president", "minister", "premier", "chancellor"];
        const STATES: &[&str] =
            &["country", "nation", "state", "neighbor", "neighbour", "government", "power", "capital"];
        let titled = TITLES.contains(&noun);
        let persons = titled || matches!(noun, "leader" | "man" | "woman" | "politician");
        let states = STATES.contains(&noun);
        let here = self.sentence[i];
        let mut backwards = st
            .seen
            .iter()
            .rev()
            .map(|ix| &self.mentions[*ix as usize])
            .take_while(|m| here - self.sentence[m.head] <= 2 * WINDOW);
        // A set named before is meant again.
        let own = self.doers_above(i);
        let is_set = |m: &&Mention| {
            m.also.len() + 1 == n
                && m.via == Via::Role
                && (singular(self.doc.text(m.head)) == noun
                    || !persons && m.who.kind(self.reg) != Kind::Person && !own.contains(&m.who))
        };
        if let Some(m) = backwards.clone().find(is_set) {
            return Some(self.like(i, m, Via::Role));
        }
        let as_state = |who: &Who, country: &Option<String>| match who {
            Who::Known(ix) if self.reg.actor(*ix).kind == Kind::State => Some(who.clone()),
            _ => country.as_ref().and_then(|c| self.reg.by_id(c)).map(Who::Known),
        };
        let member = |m: &Mention, who: &Who| {
            let kind = who.kind(self.reg);
            if persons {
                let fits = kind == Kind::Person
                    && (!titled || self.bears(m, st, |t| t == noun) || m.title.is_none() && m.of.is_some());
                fits.then(|| who.clone())
            } else if states {
                as_state(who, &m.country)
            } else {
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
        let mut all: Vec<Who> = Vec::new();
        let mut sentence: Vec<(Who, bool)> = Vec::new();
        let exactly = |s: &[(Who, bool)]| -> Option<Vec<Who>> {
            let main = s.iter().filter(|(_, main)| *main);
            match s.len() {
                l if l == n => Some(s.iter().map(|(w, _)| w.clone()).collect()),
                l if l > n && main.clone().count() == n => Some(main.map(|(w, _)| w.clone()).collect()),
                _ => None,
            }
        };
        let mut at = here;
        let mut set: Option<Vec<Who>> = None;
        for m in backwards.by_ref() {
            if self.sentence[m.head] != at {
                set = exactly(&sentence);
                sentence.clear();
                if set.is_some() {
                    break;
                }
                at = self.sentence[m.head];
            }
            for who in m.also.iter().rev().chain([&m.who]).filter_map(|w| member(m, w)) {
                if doer(&who) {
                    continue;
                }
                let main = self.is_argument(m.head);
                match sentence.iter_mut().find(|(w, _)| *w == who) {
                    Some((_, is_main)) => *is_main |= main,
                    None => sentence.push((who.clone(), main)),
                }
                if !all.contains(&who) {
                    all.push(who);
                }
            }
        }
        set = set.or_else(|| exactly(&sentence));
        // "Ireland, Norway and Spain recognised Palestine. The three countries": so many as are joined to one another
        if set.is_none() || at != here && states {
            let joined = |m: &Mention| -> Option<Vec<Who>> {
                let all: Vec<usize> = std::iter::once(m.head).chain(self.conjuncts(m.head)).collect();
                let whos: Vec<Who> =
                    all.iter().filter_map(|c| self.mention_at(*c)).filter_map(|m| member(m, &m.who)).collect();
                (all.len() == n && whos.len() == n && !whos.iter().any(doer)).then_some(whos)
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

    /// "imposed sanctions on both", "withdrew from all three": as many as the sentence, or the one before, has named
    /// of one kind.
    fn count_alone(&self, i: usize, low: &str, st: &State) -> Option<Mention> {
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
    fn is_argument(&self, i: usize) -> bool {
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
    fn doers_above(&self, i: usize) -> Vec<Who> {
        let mut out = Vec::new();
        let mut t = i;
        for _ in 0..12 {
            let h = self.doc.tokens[t].head as usize;
            if h == t {
                break;
            }
            let subject = self.children[h]
                .iter()
                .map(|c| *c as usize)
                .find(|&c| c < i && c != t && matches!(self.doc.tokens[c].dep, "nsubj" | "nsubjpass"));
            // "Vanuatu recognised Abkhazia, and both sides agreed", "as the two countries restored ties": a clause
            // joined or set beside has a subject of its own
            let own = matches!(self.doc.tokens[t].dep, "conj" | "advcl")
                && self.children[t].iter().any(|c| matches!(self.doc.tokens[*c as usize].dep, "nsubj" | "nsubjpass"));
            if let Some(m) = subject.filter(|_| !own).and_then(|s| self.mention_at(s)) {
                out.push(m.who.clone());
                out.extend(m.also.iter().cloned());
                out.extend(m.of.clone());
            }
            t = h;
        }
        out
    }

    /// "the latter" is the last thing named, "the former" the one before it.
    fn latter(&self, i: usize, low: &str, st: &State) -> Option<Mention> {
        let mut found: Vec<&Mention> = Vec::new();
        for &ix in st.seen.iter().rev() {
            let m = &self.mentions[ix as usize];
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

    fn korea(&self, i: usize, low: &str) -> Option<Mention> {
        let ix = self.reg.by_id(if low == "north" { "PRK" } else { "KOR" })?;
        let other = self.reg.by_id(if low == "north" { "KOR" } else { "PRK" })?;
        let named = |ix: ActorIx| self.mentions.iter().any(|m| m.who == Who::Known(ix));
        (named(ix) && named(other)).then(|| self.mention(i..i + 1, Who::Known(ix), Via::Role))
    }

    // ---- offices ----

    /// "the Russian president", "the president", "Kabul's prime minister": the person whom the text has named
    /// with that title, else who held the office on the document's day, else the state acts by its officer.
    fn role(&self, i: usize, noun: &str, start: usize, st: &State) -> Option<Mention> {
        let w = &self.reg.words;
        let t = &self.doc.tokens[i];
        if !w.heads.contains(noun) || matches!(t.tag, "NNS" | "NNPS") || matches!(t.dep, "compound" | "attr" | "oprd") {
            return None;
        }
        let (title, owner, tokens) = self.title_at(i);
        let definite = self.has_det(i) || self.children[i].iter().any(|c| self.doc.tokens[*c as usize].dep == "poss");
        let past = title.split([' ', '-']).any(|x| w.past.contains(&x.to_lowercase()));
        let country = owner.as_ref().and_then(|m| m.country.clone());
        let last = last_word(&title);
        const CHIEF: &[&str] = &[
            "president",
            "premier",
            "minister",
            "king",
            "queen",
            "emir",
            "leader",
            "chancellor",
            "sultan",
            "ruler",
            "dictator",
        ];
        let of_group = owner.as_ref().is_some_and(|m| {
            m.country.is_none() || !matches!(m.who.kind(self.reg), Kind::State | Kind::Government | Kind::Person)
        });
        let generic = title.to_lowercase() == noun
            && matches!(noun, "leader" | "ruler" | "dictator" | "strongman" | "official" | "politician");
        if definite {
            let fits = |m: &&Mention| {
                if m.who.kind(self.reg) != Kind::Person || !matches!(m.via, Via::Name | Via::Title) {
                    return false;
                }
                let mut agrees = country.is_none() || m.country.is_none() || m.country == country;
                if let (true, Who::Known(ix), Some(o)) = (of_group, &m.who, &owner) {
                    agrees &= self.reg.spells(*ix).any(|s| Who::Known(s.of) == o.who);
                }
                let gone = |x: &String| x.split(' ').any(|y| w.past.contains(&y.to_lowercase()));
                agrees &= past == m.title.as_ref().is_some_and(gone) || m.title.is_none() && !past;
                let titled = self.bears(m, st, |h| h == last || generic && CHIEF.contains(&h));
                agrees && titled
            };
            let near = |m: &&Mention| self.sentence[i] - self.sentence[m.head] <= 4 * WINDOW;
            let mut all = st.seen.iter().rev().map(|ix| &self.mentions[*ix as usize]).take_while(near);
            // "the minister" is none whom the text calls prime minister, where it knows another
            let prime = |m: &Mention| m.title.as_ref().is_some_and(|t| t.to_lowercase().contains("prime minister"));
            let minister = last == "minister" && !title.to_lowercase().contains("prime");
            let plain = minister.then(|| all.clone().find(|m| fits(m) && !prime(m) && m.title.is_some())).flatten();
            let hit = plain.or_else(|| all.find(fits));
            if let Some(m) = hit {
                let mut out = self.like(i, m, Via::Role);
                out.also.clear();
                out.title = Some(title);
                out.tokens = tokens;
                return Some(out);
            }
        }
        let seat = owner.as_ref().and_then(|m| match &m.who {
            Who::Known(ix) if self.reg.actor(*ix).kind != Kind::Person => Some(*ix),
            _ => m.country.as_ref().and_then(|c| self.reg.by_id(c)),
        });
        let bare_chief = CHIEF.contains(&last.as_str()) && definite && owner.is_none();
        let american = matches!(
            title.to_lowercase().as_str(),
            "secretary of state"
                | "secretary of defense"
                | "secretary of the treasury"
                | "secretary of homeland security"
        );
        let seat = seat.or_else(|| self.reg.by_id("USA").filter(|_| american && definite));
        let seat = seat.or_else(|| self.context_state(i).filter(|_| bare_chief));
        if let (Some(of), true, false) = (seat, definite, past)
            && let Some(person) =
                self.told_day(i).and_then(|day| self.holder_on(&title, of, day)).or_else(|| self.holder_now(&title, of))
        {
            let who = Who::Known(person);
            let country = self.country_of(&who);
            return Some(Mention {
                tokens,
                head: i,
                who,
                also: Vec::new(),
                via: Via::Role,
                country,
                title: Some(title),
                of: None,
                organ: None,
                place: false,
            });
        }
        let of = owner?;
        // the mayor of Paris speaks for no state
        let local = w.local.contains(&last);
        if past || local {
            let name = self.doc.span_text(start..tokens.end).to_string();
            let who = Who::Unknown { name, kind: Kind::Person };
            return Some(Mention {
                tokens,
                head: i,
                who,
                also: Vec::new(),
                via: Via::Role,
                country,
                title: Some(title),
                of: None,
                organ: None,
                place: false,
            });
        }
        if of.who.kind(self.reg) == Kind::Person {
            return None;
        }
        Some(Mention {
            tokens,
            head: i,
            who: of.who.clone(),
            also: Vec::new(),
            via: Via::Role,
            country,
            title: Some(title),
            of: None,
            organ: None,
            place: false,
        })
    }

    /// Does a person bear such a title (its last word) in this text, or hold it at the text's date?
    fn bears(&self, m: &Mention, st: &State, such: impl Fn(&str) -> bool) -> bool {
        let here = st.titles.get(&m.who).is_some_and(|all| all.iter().any(|t| such(t)));
        here || matches!((&m.who, self.published), (Who::Known(ix), Some(day))
            if self.reg.spells(*ix).any(|s| s.covers(day) && such(&last_word(&s.title))))
    }
}

/// States that are called "the island", by ISO3.
const ISLANDS: &[&str] = &[
    "ATG", "BHR", "BRB", "COM", "CPV", "CUB", "CYP", "DMA", "DOM", "FJI", "FSM", "GBR", "GRD", "HTI", "IDN", "IRL",
    "ISL", "JAM", "JPN", "KIR", "KNA", "LCA", "LKA", "MDG", "MDV", "MHL", "MLT", "MUS", "NIU", "NRU", "NZL", "PHL",
    "PLW", "SGP", "SLB", "STP", "SYC", "TLS", "TON", "TTO", "TUV", "TWN", "VCT", "VUT", "WSM", "COK",
];

fn pronoun_gender(low: &str) -> Option<&'static str> {
    match low {
        "he" | "him" | "his" | "himself" => Some("he"),
        "she" | "her" | "hers" | "herself" => Some("she"),
        _ => None,
    }
}

fn title_gender(word: &str) -> Option<&'static str> {
    match word {
        "mr" | "king" | "prince" | "sir" | "spokesman" | "chairman" | "congressman" | "emir" | "sultan" | "emperor"
        | "sheikh" | "mullah" | "ayatollah" => Some("he"),
        "mrs" | "ms" | "miss" | "queen" | "princess" | "spokeswoman" | "chairwoman" | "congresswoman" | "empress"
        | "dame" => Some("she"),
        _ => None,
    }
}
