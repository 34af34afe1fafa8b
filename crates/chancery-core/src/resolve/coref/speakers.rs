//! Whose "I" and "we" a text is: whoever is quoted, who publishes it, who its title says speaks.
use super::voice;
use crate::resolve::actors::{ActorIx, Kind, name_words, norm_word};
use crate::resolve::lexicon::singular;
use crate::resolve::mentions::{Builder, Mention, Via, Who};

impl Builder<'_> {
    /// "Our ...", with the speaker, a noun that is not settled yet, still to come.
    pub(super) fn waits_for_speaker(&self, i: usize, quoted: &[bool]) -> bool {
        quoted[i]
            && self.is_first_person(i)
            && (i..self.doc.len())
                .take_while(|j| self.sentence[*j] <= self.sentence[i] + 1)
                .find(|j| !quoted[*j] && self.doc.tokens[*j].dep == "nsubj")
                .is_some_and(|j| self.at[j].is_none() && self.reg.words.heads.contains(&singular(self.doc.text(j))))
    }

    pub(super) fn is_first_person(&self, i: usize) -> bool {
        matches!(self.doc.tokens[i].tag, "PRP" | "PRP$")
            && matches!(
                self.lower(i).as_str(),
                "i" | "me" | "my" | "mine" | "myself" | "we" | "us" | "our" | "ours" | "ourselves"
            )
    }

    /// "Statement by President Biden on ...": who speaks in a text's own "we".
    pub(super) fn title_speaker(&self) -> Option<Mention> {
        let title = self.title?;
        let low = title.to_lowercase();
        const KINDS: &[&str] =
            &["statement", "remarks", "speech", "address", "message", "letter", "op-ed", "communique", "declaration"];
        if !KINDS.iter().any(|k| low.starts_with(k) || low.contains(&format!(" {k} "))) {
            return None;
        }
        let at = [" by ", " from ", " of "].iter().filter_map(|p| low.find(p).map(|n| n + p.len())).min()?;
        // "Statement on the restoration of relations with Somalia"
        if low.get(..at)?.contains(" on ") {
            return None;
        }
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
    pub(super) fn ministry_of_text(&self) -> Option<Mention> {
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
    pub(super) fn goes_on_as(&self, i: usize, j: usize) -> bool {
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
    pub(super) fn issuer(&self, quoted: &[bool]) -> Option<Mention> {
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
    pub(super) fn official_publisher(&self) -> Option<Mention> {
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
    pub(super) fn dateline_office(&self) -> Option<Mention> {
        let dash =
            (1..self.doc.len().min(12)).find(|i| matches!(self.doc.text(*i), "\u{2014}" | "\u{2013}" | "-" | "--"))?;
        let m = self.mentions.iter().find(|m| m.tokens.end <= dash && m.head < dash && m.organ.is_some())?;
        Some(Mention { tokens: 0..0, head: 0, ..self.like(0, m, Via::Pronoun) })
    }

    /// For each token: does it stand between quotation marks?
    pub(super) fn quoted(&self) -> Vec<bool> {
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

    /// "I", "we": whoever is quoted, else whoever the title says speaks.
    pub(super) fn first_person(
        &self,
        i: usize,
        many: bool,
        speaker: Option<&Mention>,
        quoted: &[bool],
    ) -> Option<Mention> {
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
    pub(super) fn quote_speaker(&self, i: usize, quoted: &[bool]) -> Option<&Mention> {
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
}
