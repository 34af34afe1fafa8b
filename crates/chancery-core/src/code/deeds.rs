//! Deeds that a text speaks of without saying whose they are: "condemned the move", "blamed X", "the attack killed nine". Whoever
//! did them, and to whom, is taken from the claims told before, and from what accusers say.
use super::Maker;
use super::parties::Filler;
use super::realise::Hit;
use crate::resolve::Kind;
use crate::values::{By, Claim, Family, Modality, Party, Phase, Polarity};
use serde_json::{Map, Value};

impl Maker<'_> {
    /// "Germany criticised the decision", "dismissed that claim": what is spoken of stands for whoever did or said it, as
    /// the sentences before tell.
    pub(super) fn authors_of_deeds(&self, hit: &mut Hit) {
        let t = self.cast.tree;
        let lists = self.coder.frames.lists();
        let here = t.sentence_ix(hit.trigger);
        let own = |p: &Party| {
            let side = |s: &Party| s.id == p.id || s.country.is_some() && s.country == p.country;
            hit.subjects.iter().any(|s| side(&s.party))
        };
        // "X said that only rebels were hit. Pakistan rejects it": what was said
        let bare = hit
            .args
            .theme
            .first()
            .copied()
            .filter(|k| matches!(t.doc.text(*k), "it" | "this" | "that") && self.cast.resolved.at(*k).is_none());
        let rejects = self.coder.frames.all[hit.frame].claim.predicate == "reject";
        if let Some(token) = bare.filter(|_| rejects && hit.objects.is_empty()) {
            let from = t.sentences()[here.saturating_sub(1)].start;
            let said = |at: usize, c: &Claim| {
                let party = match &c.by {
                    By::Speaker(p) => Some(p),
                    By::Author => {
                        c.subject.as_ref().filter(|_| matches!(c.predicate.as_str(), "accuse" | "request" | "threaten"))
                    }
                };
                party.filter(|p| (from..hit.trigger).contains(&at) && !own(p) && !p.id.starts_with('~')).cloned()
            };
            let speaker = self.out.iter().rev().find_map(|(at, c)| said(*at, c)).or_else(|| {
                let before = t.sentences()[here.checked_sub(1)?].clone();
                let says = before.rev().find(|k| t.dep(*k) == "ROOT" && matches!(t.lemma(*k), "say" | "claim"))?;
                let party = self.cast.fill(t.kid(says, &["nsubj"])?, &["side", "person"]).into_iter().next()?.party;
                Some(party).filter(|p| !own(p) && !p.id.starts_with('~'))
            });
            hit.objects.extend(speaker.map(|party| Filler { party, token }));
        }
        for f in hit.objects.iter_mut().filter(|f| f.party.id.starts_with('~')) {
            let noun = t.lemma(f.token);
            let (deed, saying) = (lists.has("decisions", noun), lists.has("sayings", noun));
            // "a decision", "decisions" are none that the text has told of
            let told =
                t.kids(f.token).any(|k| matches!(t.lemma(k), "the" | "this" | "that" | "these" | "those" | "such"));
            if !(deed || saying) || !told {
                continue;
            }
            let of = |at: usize, c: &Claim| -> Option<Party> {
                let aside = t.dep(at) == "relcl"
                    || matches!(c.predicate.as_str(), "office" | "residence")
                    || c.modality != Modality::Asserted;
                let done = c.family == Family::Standing && matches!(c.phase, Some(Phase::Begins | Phase::Ends))
                    || matches!(
                        c.predicate.as_str(),
                        "sanction" | "concede" | "coerce" | "aid" | "retreat" | "mobilize"
                    );
                let says =
                    matches!(c.predicate.as_str(), "accuse" | "request" | "threaten") && c.family == Family::Event;
                let speaker = match &c.by {
                    By::Speaker(p) if saying => Some(p),
                    _ => None,
                };
                let doer = c.subject.as_ref().filter(|_| !aside && (deed && done || saying && says));
                speaker.or(doer).filter(|p| !own(p) && !p.id.starts_with('~')).cloned()
            };
            // in the sentences just before, else anywhere before
            let before = || self.out.iter().rev().filter(|(at, _)| *at < hit.trigger);
            let near = before().filter(|(at, _)| t.sentence_ix(*at) + 2 >= here).find_map(|(at, c)| of(*at, c));
            if let Some(party) = near.or_else(|| before().find_map(|(at, c)| of(*at, c)).filter(|_| deed)) {
                f.party = Party { mention: f.party.mention.clone(), ..party };
            }
        }
    }

    /// Who did what is condemned, where its words name nobody: the doer of the last such act told of, other than whoever
    /// condemns it. A claim on an attack stands for one on its perpetrator.
    pub(super) fn perpetrator(&self, hit: &Hit, o: &Filler) -> Option<Filler> {
        const VIOLENT: &[&str] = &["assault", "coerce"];
        const DEEDS: &[&str] = &[
            "recognition",
            "relations",
            "mission",
            "designation",
            "sanction",
            "reward",
            "membership",
            "control",
            "coerce",
            "assault",
            "mobilize",
            "threaten",
            "reject",
            "agree",
            "support",
            "base",
        ];
        let t = self.cast.tree;
        let lists = self.coder.frames.lists();
        // "condemned the attack that X launched": its own clause tells whose
        let own_clause = t.kids(o.token).filter(|k| t.dep(*k) == "relcl" && *k != hit.trigger).find_map(|v| {
            let subject = t.kid(v, &["nsubj"]).filter(|s| !matches!(t.tok(*s).tag, "WDT" | "WP" | "DT"))?;
            self.cast.fill(subject, &["side", "person"]).into_iter().next()
        });
        let itself = |f: &Filler| hit.subjects.iter().any(|s| s.party.id == f.party.id);
        if let Some(f) = own_clause.filter(|f| o.party.id.starts_with('~') && !itself(f)) {
            return Some(Filler { token: o.token, party: Party { mention: o.party.mention.clone(), ..f.party } });
        }
        let word = t.lemma(o.token);
        let pronoun = t.tok(o.token).pos == "PRON" && matches!(word, "it" | "this" | "that");
        if !pronoun && !o.party.id.starts_with('~') {
            return None;
        }
        let violent = matches!(word, "fire" | "coup" | "putsch" | "takeover" | "mutiny" | "arrest" | "abduction");
        let deed =
            pronoun || lists.has("decisions", word) || matches!(word, "violation" | "breach" | "launch" | "test");
        let violent_word = violent || lists.has("killers", word);
        let kinds = match (violent_word, deed) {
            (true, _) => VIOLENT,
            // "denounced a violation of the Vienna Convention", "called it an act of piracy"
            _ if matches!(word, "violation" | "breach") || pronoun && self.called_violent(hit.trigger) => VIOLENT,
            (_, true) => DEEDS,
            _ => return None,
        };
        let from = t.sentences()[t.sentence_ix(hit.trigger).saturating_sub(5)].start;
        let near = |at: usize, p: &Party| (from..hit.trigger).contains(&at) || violent_word && !p.id.starts_with('~');
        let own = |p: &Party| {
            hit.subjects.iter().any(|s| s.party.id == p.id || s.party.country.is_some() && s.party.country == p.country)
        };
        let coup = matches!(word, "coup" | "putsch" | "takeover" | "mutiny");
        let told = self.out.iter().rev().filter(|(at, c)| *at < hit.trigger && c.polarity == Polarity::Yes);
        let doer = told
            .filter(|(_, c)| {
                kinds.contains(&c.predicate.as_str()) && matches!(c.phase, None | Some(Phase::Begins | Phase::Ends))
            })
            // who welcomed it has not done it
            .filter(|(_, c)| !pronoun || c.predicate != "reject" && c.modality == Modality::Asserted)
            .filter(|(at, c)| {
                c.predicate != "support"
                    || c.value.get("mode").is_some_and(|m| m == "sign")
                    || self.out.iter().any(|(o, s)| o == at && s.family == Family::Standing)
            })
            .filter(|(_, c)| !coup || c.value.get("mode").is_some_and(|m| m == "coup"))
            .find_map(|(at, c)| c.subject.clone().filter(|p| !own(p) && near(*at, p)))?;
        Some(Filler { token: o.token, party: Party { mention: o.party.mention.clone(), ..doer } })
    }

    /// "called it an act of state piracy", "denounced it as an attack on its soil": by the name for it, a deed of violence?
    fn called_violent(&self, trigger: usize) -> bool {
        const DEEDS: &[&str] = &["act", "attack", "aggression", "piracy", "terrorism", "crime", "massacre", "assault"];
        let t = self.cast.tree;
        let name = t.kid(trigger, &["oprd", "attr"]).or_else(|| {
            let as_word = t.kids(trigger).find(|k| t.dep(*k) == "prep" && t.lemma(*k) == "as")?;
            t.kid(as_word, &["pobj"])
        });
        name.is_some_and(|n| DEEDS.contains(&t.lemma(n)))
    }

    /// "Turkey opened an embassy. Ethiopia criticised the move", "denounced the deployment": whoever is told to have done
    /// so, once every claim is there, openings of embassies and changes of office too.
    pub(super) fn authors_told(&mut self) {
        let t = self.cast.tree;
        let lists = self.coder.frames.lists();
        for (n, token) in std::mem::take(&mut self.open) {
            let (at, c) = &self.out[n];
            let Some(o) = c.object.as_ref().filter(|o| o.id.starts_with('~')) else { continue };
            let word = t.lemma(token);
            let from = t.sentences()[t.sentence_ix(*at).saturating_sub(5)].start;
            let own = |p: &Party| {
                c.subject.as_ref().is_some_and(|s| s.id == p.id || s.country.is_some() && s.country == p.country)
            };
            let meant = |d: &Claim| {
                lists.has(&format!("deed_{}", d.predicate), word)
                    || lists.has("decisions", word)
                        && d.family == Family::Standing
                        && d.predicate != "stance"
                        && matches!(d.phase, Some(Phase::Begins | Phase::Ends))
            };
            let doer = self
                .out
                .iter()
                .filter(|(j, d)| (from..*at).contains(j) && d.polarity == Polarity::Yes && meant(d))
                .filter(|(_, d)| matches!(d.phase, None | Some(Phase::Begins | Phase::Ends | Phase::Holds)))
                .filter(|(_, d)| d.subject.as_ref().is_some_and(|s| !s.id.starts_with('~') && !own(s)))
                .max_by_key(|(j, _)| *j)
                .and_then(|(_, d)| d.subject.clone());
            let decided = || self.who_decided(*at, token).filter(|p| !own(p));
            if let Some(p) = doer.or_else(decided) {
                let mention = o.mention.clone();
                self.out[n].1.object = Some(Party { mention, ..p });
            }
        }
    }

    /// "Israel approved 3,000 homes. Jordan called the decision a breach": whoever acts in the sentence before, where a
    /// definite word for what was decided has no owner.
    fn who_decided(&self, at: usize, token: usize) -> Option<Party> {
        const SAYING: &[&str] = &["say", "tell", "add", "ask", "call", "condemn", "criticise", "criticize", "welcome"];
        let t = self.cast.tree;
        let definite = |k: usize| matches!(t.doc.text(k).to_lowercase().as_str(), "the" | "this" | "that");
        if !self.coder.frames.lists().has("decisions", t.lemma(token))
            || !t.kids(token).any(|k| t.dep(k) == "det" && definite(k))
            || t.kids(token).any(|k| matches!(t.dep(k), "poss" | "amod" | "prep" | "compound"))
        {
            return None;
        }
        let before = t.sentences()[t.sentence_ix(at).checked_sub(1)?].clone();
        let root = before.clone().find(|i| t.dep(*i) == "ROOT" && t.is_verb(*i))?;
        let subject = t.kid(root, &["nsubj"]).filter(|_| !SAYING.contains(&t.lemma(root)))?;
        let party = self.cast.fill(subject, &["side", "person"]).into_iter().next()?.party;
        (!party.id.starts_with('~')).then_some(party)
    }

    /// "condemned the attacks. The attacks, which were claimed by X": whoever the text names as their doer only later.
    pub(super) fn later_perpetrators(&mut self) {
        let t = self.cast.tree;
        let lists = self.coder.frames.lists();
        for n in 0..self.out.len() {
            let (at, c) = &self.out[n];
            let open = c.object.as_ref().filter(|o| o.id.starts_with('~'));
            let Some(o) = open.filter(|_| c.predicate == "accuse") else { continue };
            let last = o.label.split(' ').find(|w| {
                let w = w.to_lowercase();
                lists.has("killers", w.trim_end_matches('s')) || lists.has("killers", &w)
            });
            if last.is_none() {
                continue;
            }
            let here = t.sentence_ix(*at);
            let doer =
                self.out.iter().filter(|(j, _)| (here..here + 3).contains(&t.sentence_ix(*j)) && j > at).find_map(
                    |(_, d)| {
                        let known = d
                            .subject
                            .as_ref()
                            .filter(|s| !s.id.starts_with('~') && Some(&s.id) != c.subject.as_ref().map(|x| &x.id));
                        known.filter(|_| d.predicate == "assault" && d.polarity == Polarity::Yes).cloned()
                    },
                );
            if let Some(p) = doer {
                let mention = o.mention.clone();
                self.out[n].1.object = Some(Party { mention, ..p });
            }
        }
    }

    /// "Rebels ambushed a convoy. The attack killed nine": by whom; "claimed the attack of Friday": on whom. What a definite
    /// noun of violence leaves out is taken from the act told of last.
    pub(super) fn deeds_meant(&mut self) {
        let t = self.cast.tree;
        let lists = self.coder.frames.lists();
        let violent = |w: &str| {
            let w = w.to_lowercase();
            lists.has("killers", w.trim_end_matches('s')) || lists.has("killers", &w)
        };
        let head_of = |p: &Party| {
            let first = p.label.split([' ', ',']).take_while(|w| !matches!(*w, "of" | "on" | "in" | "at" | "against"));
            first.last().unwrap_or_default().to_owned()
        };
        let mut order: Vec<usize> = (0..self.out.len()).filter(|n| self.out[*n].1.predicate == "assault").collect();
        order.sort_by_key(|n| self.out[*n].0);
        for n in order {
            let (at, c) = &self.out[n];
            let at = *at;
            let here = t.sentence_ix(at);
            let of_noun = c.object.as_ref().is_some_and(|o| o.id.starts_with('~') && violent(&head_of(o)))
                // "an attack claimed by X"
                || c.object.is_none() && c.subject.is_some() && c.frame.contains("claim");
            let the_deed = t.subject(at).filter(|s| {
                let definite = |k: usize| matches!(t.doc.text(k).to_lowercase().as_str(), "the" | "this" | "that");
                t.is_verb(at)
                    && violent(t.lemma(*s))
                    && t.kids(*s).any(|k| t.dep(k) == "det" && definite(k))
                    && !t.kids(*s).any(|k| matches!(t.dep(k), "amod" | "poss") && self.cast.resolved.at(k).is_some())
            });
            let unknown = c.subject.is_none() && the_deed.is_some();
            if !of_noun && !unknown {
                continue;
            }
            let earlier = |d: &&(usize, Claim)| {
                d.0 < at
                    && t.sentence_ix(d.0) + 2 >= here
                    && d.1.predicate == "assault"
                    && d.1.polarity == Polarity::Yes
                    && d.1.modality == Modality::Asserted
            };
            if unknown {
                let doer = self.out.iter().filter(earlier).filter(|d| d.1.subject.is_some()).max_by_key(|d| d.0);
                if let Some(p) = doer.and_then(|d| d.1.subject.clone()) {
                    self.out[n].1.subject = Some(p);
                }
            }
            if of_noun {
                let suffers = |d: &&(usize, Claim)| d.1.object.as_ref().is_some_and(|o| !violent(&head_of(o)));
                // "exploded inside an academy, killing 20 and wounding 68": the first that the last sentence tells
                let whom = self
                    .out
                    .iter()
                    .filter(earlier)
                    .filter(suffers)
                    .max_by_key(|d| (t.sentence_ix(d.0), std::cmp::Reverse(d.0)));
                if let Some(p) = whom.and_then(|d| d.1.object.clone()) {
                    self.out[n].1.object = Some(p);
                }
            }
        }
    }

    /// "held two days of talks in Minsk with an American envoy, John Coale": whoever met abroad was there.
    pub(super) fn guests(&mut self) {
        const FRAME: &str = "residence.met_in";
        let t = self.cast.tree;
        let mut more: Vec<(usize, Claim)> = Vec::new();
        for (at, c) in &self.out {
            let met = c.predicate == "consult" && c.polarity == Polarity::Yes && c.modality == Modality::Asserted;
            let Some(place) = c.value.get("place").and_then(Value::as_str).filter(|_| met) else { continue };
            let city = self.cast.city(place).map(|c| c.country.clone());
            let state = self.cast.actors.find(place).into_iter().map(|(ix, _)| ix);
            let state =
                state.filter(|ix| self.cast.actors.actor(*ix).kind == Kind::State).map(|ix| self.cast.party(ix));
            let Some(host) = city.or_else(|| state.filter_map(|p| p.country).next()) else { continue };
            let Some(ix) = self.cast.actors.by_id(&host) else { continue };
            let line = t.sentence_ix(*at);
            for guest in [&c.subject, &c.object].into_iter().flatten().filter(|p| p.kind == "person") {
                let abroad = guest.country.as_ref().is_some_and(|c| *c != host);
                let told = |(j, d): &(usize, Claim)| {
                    d.predicate == "residence" && t.sentence_ix(*j) == line && super::id(&d.subject) == Some(&guest.id)
                };
                if !abroad || self.out.iter().chain(&more).any(told) {
                    continue;
                }
                let mut claim = c.clone();
                claim.family = Family::Standing;
                claim.predicate = "residence".into();
                claim.phase = Some(Phase::Holds);
                claim.subject = Some(guest.clone());
                claim.object = Some(Party { mention: place.to_owned(), ..self.cast.party(ix) });
                claim.value = Map::new();
                claim.value.insert("status".into(), "visit".into());
                claim.frame = FRAME.into();
                claim.confidence = c.confidence * 0.85;
                more.push((*at, claim));
            }
        }
        self.out.extend(more);
    }

    /// "A bomb killed twenty. The government blamed X": what the accuser says X did.
    pub(super) fn blamed_for_it(&mut self) {
        let t = self.cast.tree;
        let mut more = Vec::new();
        for (at, c) in &self.out {
            let accuses = c.predicate == "accuse" && c.polarity == Polarity::Yes && c.modality == Modality::Asserted;
            let (Some(accuser), Some(accused)) = (&c.subject, &c.object) else { continue };
            // "blamed X for it" says itself for what
            let bare = t.lemma(*at) == "blame" && !t.kids(*at).any(|k| t.dep(k) == "prep" && t.lemma(k) != "on");
            if !accuses || !bare || !t.is_verb(*at) || accused.id.starts_with('~') {
                continue;
            }
            let here = t.sentence_ix(*at);
            let deed = self.out.iter().filter(|(i, d)| {
                i < at
                    && t.sentence_ix(*i) + 1 >= here
                    && d.predicate == "assault"
                    && d.polarity == Polarity::Yes
                    && d.modality == Modality::Asserted
                    && d.by == By::Author
            });
            let last = deed.max_by_key(|(i, _)| (t.sentence_ix(*i), std::cmp::Reverse(*i)));
            let Some((i, deed)) = last.filter(|(_, d)| d.subject.as_ref().is_none_or(|s| s.id.starts_with('~'))) else {
                continue;
            };
            let told = |d: &Claim| d.predicate == "assault" && super::id(&d.subject) == Some(&accused.id);
            if self.out.iter().any(|(j, d)| t.sentence_ix(*j) == here && told(d)) {
                continue;
            }
            let mut claim = deed.clone();
            claim.subject = Some(accused.clone());
            claim.by = By::Speaker(accuser.clone());
            claim.confidence = deed.confidence * 0.8;
            more.push((*i, claim));
        }
        self.out.extend(more);
    }
}
