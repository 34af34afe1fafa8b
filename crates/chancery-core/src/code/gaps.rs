//! What a clause leaves out because the one before has said it: "Germany has not", "nor has Greece", "Sudan did the same in
//! April, Kenya in March". The claims told before are told again of the subject that stands alone; those of a set again of
//! each that a later sentence names ("They include A and B").
use super::factuality::Put;
use super::posts::rank_of_post;
use super::{Maker, dating};
use crate::resolve::{DateRole, Kind, Via};
use crate::values::{Claim, Family, Modality, Party, Phase, Polarity};

/// The frame that such claims name; its file says what they are.
pub(super) const FRAME: &str = "echo.left_out";

impl Maker<'_> {
    pub(super) fn left_out(&mut self) {
        let Some(frame) = self.coder.frames.all.iter().find(|f| f.id == FRAME) else { return };
        let t = self.cast.tree;
        for i in 0..t.len() {
            if let Some((subject, put)) = self.bare_auxiliary(i) {
                let by = self.speaker_at(i);
                for f in self.cast.fill(subject, &["side", "person"]) {
                    let quote = i.min(f.token)..i.max(f.token) + 1;
                    self.again(frame, i, (Some(f.party), None), put, &by, "", quote);
                }
            }
            if let Some((name, date)) = self.gapped(i) {
                let when = self.cast.resolved.dates[date].when.edtf.clone();
                let end = self.cast.resolved.dates[date].tokens.end;
                let party = self.cast.one_named(name, &["state", "organization"]).map(|f| f.party);
                let by = self.speaker_at(i);
                let put = Put { modality: Modality::Asserted, polarity: Polarity::Yes };
                self.again(frame, name, (party, None), put, &by, &when, name..end);
            }
        }
    }

    /// "sanctioned ten officials. They include A and B", "Among those arrested are C and D", "E was also added to the list":
    /// what the sentence before tells of a set, told of each that is named.
    pub(super) fn named_of_a_set(&mut self) {
        let t = self.cast.tree;
        for i in 0..t.len() {
            let Some((names, any)) = self.further(i) else { continue };
            let here = t.sentence_ix(i);
            let from = t.sentences()[here.saturating_sub(2)].start;
            let told = |at: usize, c: &Claim| {
                let fits = if any {
                    matches!(c.predicate.as_str(), "sanction" | "designation")
                } else {
                    !matches!(c.predicate.as_str(), "office" | "relations" | "consult" | "request")
                        && c.object.as_ref().is_some_and(|o| o.id.starts_with('~') && o.kind != "person")
                };
                (from..i).contains(&at) && c.object.is_some() && c.polarity == Polarity::Yes && fits
            };
            let Some(last) = self.out.iter().filter(|(at, c)| told(*at, c)).map(|(at, _)| *at).max() else { continue };
            let set = self.out.iter().find(|(at, c)| *at == last && told(*at, c)).and_then(|(_, c)| c.object.clone());
            let models: Vec<Claim> = self
                .out
                .iter()
                .filter(|(at, c)| {
                    *at == last && told(*at, c) && c.object.as_ref().map(|o| &o.id) == set.as_ref().map(|o| &o.id)
                })
                .map(|(_, c)| c.clone())
                .collect();
            for name in names {
                let Some(party) =
                    self.cast.one_named(name, &["side", "person", "actor", "organization"]).map(|f| f.party)
                else {
                    continue;
                };
                let standing = t.lemma(i) == "be" && t.kids(i).any(|k| t.lemma(k) == "on" && k > i);
                let day = dating::date_of(t, &self.cast.resolved.dates, i, i, &[]).map(|d| match d.role {
                    DateRole::Since if !d.when.edtf.contains('/') => format!("{}/..", d.when.edtf),
                    _ => d.when.edtf.clone(),
                });
                for c in models.iter().filter(|c| !standing || c.family == Family::Standing) {
                    let phase = if standing { Some(Phase::Holds) } else { c.phase };
                    let when = if standing { day.clone().unwrap_or_default() } else { c.when.clone() };
                    let put = Put { modality: c.modality, polarity: c.polarity };
                    let mut value = c.value.clone();
                    for count in ["killed", "wounded", "killed_min"] {
                        value.shift_remove(count);
                    }
                    let quote = name.min(i)..name.max(i) + 1;
                    let copy = self.make(
                        c.family,
                        &c.predicate,
                        phase,
                        put,
                        c.subject.clone(),
                        Some(party.clone()),
                        c.by.clone(),
                        when,
                        value,
                        quote,
                        FRAME,
                        c.confidence * 0.9,
                    );
                    self.out.push((i, copy));
                }
            }
        }
    }

    /// "since the embassy was closed in 1975", "the mission was upgraded": whose and where, the claims before tell.
    pub(super) fn bare_posts(&mut self) {
        let t = self.cast.tree;
        for i in 0..t.len() {
            let phase = match t.lemma(i) {
                "close" | "shut" | "evacuate" | "abandon" | "shutter" => Phase::Ends,
                "open" | "reopen" | "upgrade" | "raise" | "elevate" | "restore" | "re-open" => Phase::Begins,
                _ => continue,
            };
            if !t.is_verb(i) || !t.is_passive(i) || self.out.iter().any(|(at, c)| *at == i && c.predicate == "mission")
            {
                continue;
            }
            let Some(post) = t.kid(i, &["nsubjpass"]) else { continue };
            let rank = match t.lemma(post) {
                "mission" => "",
                _ => match rank_of_post(t, post) {
                    Some(r) => r,
                    None => continue,
                },
            };
            let the = |k: usize| matches!(t.doc.text(k).to_lowercase().as_str(), "the" | "its" | "their");
            let named = |k: usize| k != post && self.cast.resolved.at(k).is_some_and(|m| m.via != Via::Pronoun);
            if t.tok(post).tag != "NN" || !t.kids(post).any(the) || t.phrase(post).any(named) {
                continue;
            }
            let from = t.sentences()[t.sentence_ix(i).saturating_sub(3)].start;
            let state = |p: &Option<Party>| p.as_ref().is_some_and(|p| p.kind == "state" || p.kind == "government");
            let told = self.out.iter().filter(|(at, c)| {
                (from..i).contains(at)
                    && matches!(c.predicate.as_str(), "mission" | "relations")
                    && state(&c.subject)
                    && state(&c.object)
            });
            let Some((_, model)) = told.max_by_key(|(at, c)| (c.predicate == "mission", *at)) else { continue };
            let (subject, object) = (model.subject.clone(), model.object.clone());
            let put = self.coder.factuality.judge(t, i, i, &[post]);
            if put.polarity == Polarity::No {
                continue;
            }
            let day = dating::date_of(t, &self.cast.resolved.dates, i, i, &[post]);
            let when = day.filter(|d| matches!(d.role, DateRole::At | DateRole::Since)).map(|d| d.when.edtf.clone());
            let mut value = serde_json::Map::new();
            let after = t.kids(i).filter(|k| t.lemma(*k) == "to").find_map(|k| rank_of_post(t, t.kid(k, &["pobj"])?));
            let rank = if phase == Phase::Ends { "none" } else { after.unwrap_or(rank) };
            if !rank.is_empty() {
                value.insert("rank".into(), rank.into());
            }
            let by = self.speaker_at(i);
            let end = day.map_or(i + 1, |d| d.tokens.end.max(i + 1));
            let quote = t.phrase(post).start.min(post)..end.min(t.sentence(i).end);
            let when = when.unwrap_or_default();
            let copy = self.make(
                Family::Standing,
                "mission",
                Some(phase),
                put,
                subject,
                object,
                by,
                when,
                value,
                quote,
                FRAME,
                0.5,
            );
            self.out.push((i, copy));
        }
    }

    /// The names that a verb adds to a set told of before, and whether the set may be any that was put on a list.
    fn further(&self, i: usize) -> Option<(Vec<usize>, bool)> {
        const SET: &[&str] = &["they", "these", "those", "them", "other", "name", "target", "individual"];
        let t = self.cast.tree;
        if !t.is_verb(i) {
            return None;
        }
        let set = |k: usize| SET.contains(&t.doc.text(k).to_lowercase().as_str()) || SET.contains(&t.lemma(k));
        let names = match t.lemma(i) {
            "include" => {
                t.kid(i, &["nsubj"]).filter(|s| set(*s))?;
                self.cast.listed_from(i + 1)
            }
            "be" if t.kids(i).any(|k| k < i && t.lemma(k) == "among") => {
                let among =
                    t.kids(i).find(|k| *k < i && matches!(t.dep(*k), "prep" | "advmod") && t.lemma(*k) == "among")?;
                t.kid(among, &["pobj"]).filter(|o| set(*o))?;
                self.cast.listed_from(i + 1)
            }
            "add" if t.is_passive(i) && t.kids(i).any(|k| matches!(t.lemma(k), "also" | "too")) => {
                let to = t.kids(i).find(|k| t.lemma(*k) == "to")?;
                t.kid(to, &["pobj"]).filter(|o| matches!(t.lemma(*o), "list" | "blacklist" | "register"))?;
                return Some((t.conjuncts(t.kid(i, &["nsubjpass"])?), true));
            }
            // "Also targeted are A and B"
            "be" if i >= 2
                && t.tok(i - 1).tag == "VBN"
                && t.doc.text(i - 2).eq_ignore_ascii_case("also")
                && t.sentence(i).start == i - 2 =>
            {
                let listed =
                    matches!(t.lemma(i - 1), "target" | "list" | "designate" | "sanction" | "name" | "include" | "add");
                let names = self.cast.listed_from(i + 1);
                return (!names.is_empty()).then_some((names, listed));
            }
            // "has been on the list since August"
            "be" => {
                let on = t.kids(i).find(|k| t.lemma(*k) == "on")?;
                let list = t.kid(on, &["pobj"]).filter(|o| matches!(t.lemma(*o), "list" | "blacklist"))?;
                if t.kids(list).any(|k| t.dep(k) != "det" || k > list) || t.kids(i).any(|k| t.dep(k) == "neg") {
                    return None;
                }
                return Some((t.conjuncts(t.kid(i, &["nsubj"])?), true));
            }
            _ => return None,
        };
        (!names.is_empty()).then_some((names, false))
    }

    /// "Germany has not", "Japan never will", "nor has Greece", "so did Kofi Annan": an auxiliary with a subject and no verb.
    fn bare_auxiliary(&self, i: usize) -> Option<(usize, Put)> {
        let t = self.cast.tree;
        let l = t.lemma(i);
        // "Austria, whose parliament is to debate it, might"
        let may = matches!(l, "may" | "might" | "could");
        let modal = may || matches!(l, "will" | "would" | "shall");
        if !modal && !matches!(l, "do" | "have") || matches!(t.dep(i), "aux" | "auxpass") || self.called.contains(&i) {
            return None;
        }
        if !matches!(t.tok(i).tag, "VBZ" | "VBP" | "VBD" | "MD") {
            return None;
        }
        let alone = |k: usize| {
            matches!(t.dep(k), "nsubj" | "neg" | "advmod" | "punct" | "cc" | "mark" | "npadvmod" | "prep" | "preconj")
                && (t.dep(k) != "prep" || !matches!(t.lemma(k), "to" | "of" | "with" | "for" | "on"))
        };
        // "nor has Greece": read as an object
        let nor = i > 0 && matches!(t.doc.text(i - 1).to_lowercase().as_str(), "nor" | "neither" | "so");
        let subject = t.kid(i, &["nsubj"]).or_else(|| t.kid(i, &["dobj", "attr"]).filter(|o| nor && *o == i + 1))?;
        if !t.kids(i).all(|k| k == subject || alone(k)) {
            return None;
        }
        let word = |w: &[&str]| t.kids(i).any(|k| w.contains(&t.doc.text(k).to_lowercase().as_str()));
        // "If he does not, he owes him an apology" tells of nothing done
        if t.kids(i).any(|k| matches!(t.lemma(k), "if" | "whether" | "unless" | "when")) {
            return None;
        }
        let before = i.checked_sub(1).map(|p| t.doc.text(p).to_lowercase()).unwrap_or_default();
        // the subject behind the auxiliary: "nor has Greece", "so did X", "as has Y"
        let turned = subject > i;
        let alike = turned
            && (matches!(before.as_str(), "nor" | "neither" | "so" | "as") || word(&["nor", "neither", "so", "as"]));
        let denied = !turned && (t.kids(i).any(|k| t.dep(k) == "neg") || word(&["never", "not"]));
        if !alike && !denied && !may {
            return None;
        }
        let polarity = if denied { Polarity::No } else { Polarity::Yes };
        let modality = match (may, modal) {
            (true, _) => Modality::Possible,
            (_, true) => Modality::Intended,
            _ => Modality::Asserted,
        };
        Some((subject, Put { modality, polarity }))
    }

    /// "did the same in April, Kenya in March": a name with a day of its own and no verb, beside a clause that tells of
    /// another in the same way.
    fn gapped(&self, i: usize) -> Option<(usize, usize)> {
        let t = self.cast.tree;
        let m = self.cast.resolved.at(i).filter(|m| m.head == i && m.who.kind(self.cast.actors) == Kind::State)?;
        let start = m.tokens.start;
        let lead = start.checked_sub(1).map(|p| t.doc.text(p)).unwrap_or_default();
        // "was recognised by Qatar on Monday, after France on March 10"
        let alone = |p: usize| !t.kids(p).any(|k| t.is_verb(k) || t.dep(k) == "pcomp") && t.dep(i) == "pobj";
        let after = lead == "after" && t.head(i) + 1 == start && alone(t.head(i));
        if !matches!(lead, "," | "and" | ";") && !after {
            return None;
        }
        if i + 1 >= t.len() {
            return None;
        }
        // "Kenya in March", "Saudi Arabia three days later"
        let at = i + 1 + usize::from(matches!(t.doc.text(i + 1).to_lowercase().as_str(), "in" | "on"));
        let date = self
            .cast
            .resolved
            .dates
            .iter()
            .position(|d| d.tokens.start == at && d.role == DateRole::At && !d.when.edtf.is_empty())?;
        // at the end of the clause
        let rest = self.cast.resolved.dates[date].tokens.end;
        let closed =
            rest >= t.len() || matches!(t.doc.text(rest), "." | "," | ";" | ")" | "and") || t.tok(rest).pos == "SPACE";
        let dated = self
            .out
            .iter()
            .rfind(|(o, _)| t.sentence(i).contains(o) && *o < start)
            .is_some_and(|(_, c)| !c.when.is_empty());
        if matches!(t.dep(i), "nsubj" | "nsubjpass" | "poss") {
            return None;
        }
        // "suspended Mali in 2021 and Burkina Faso a year later": the object before has a day right behind it
        let line = t.sentence(i);
        let state = |k: usize| self.cast.kind_at(k) == Some(Kind::State);
        let objects = (line.start..start).filter(|k| t.dep(*k) == "dobj" && t.tok(*k).pos == "PROPN" && state(*k));
        let days: Vec<usize> = self.cast.resolved.dates.iter().map(|d| d.tokens.start).collect();
        // "Spain recognised Palestine in 2024 and France in 2025": one state more that does so
        let recognised = |o: usize| matches!(t.lemma(t.head(o)), "recognise" | "recognize");
        let objects = objects.filter(|o| !recognised(*o));
        if lead == "and" && objects.into_iter().any(|o| days.iter().any(|d| *d > o && *d <= o + 2)) {
            return None;
        }
        // "suspended Mali in 2021 and Burkina Faso in 2022": another object, not another doer
        if t.dep(i) == "conj" && matches!(t.dep(t.first_conjunct(i)), "dobj" | "pobj" | "nsubjpass") {
            return None;
        }
        // the clause before has no object that the name could stand beside
        let line = t.sentence(i);
        let told = self.out.iter().rfind(|(at, c)| {
            line.contains(at) && *at < start && (after || dated && closed || c.frame.starts_with("echo."))
        })?;
        (told.0 < start).then_some((i, date))
    }
}
