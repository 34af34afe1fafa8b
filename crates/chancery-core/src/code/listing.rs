//! A list that the text speaks of, and what goes on and off it: "the American list of state sponsors of terrorism ...
//! Biden took Cuba off it ... Trump put it back ... Reagan had placed it there in 1982". Frames read what one sentence says
//! by itself; here the list is what an earlier one has named.
use super::{Maker, dating};
use crate::resolve::{DateRole, Kind};
use crate::values::{Claim, Family, Modality, Party, Phase, Polarity};
use serde_json::Map;

/// The frame that such claims name; its file says what they are.
pub(super) const FRAME: &str = "designation.of_the_list";

/// A list named by the text: where, what it is of, and whose.
struct List {
    at: usize,
    what: &'static str,
    owner: Option<Party>,
}

/// Sentences over which "it" and "there" may still mean the list, and over which "the list" may.
const NEAR: usize = 3;
const FAR: usize = 16;

const ON: &[&str] = &["put", "place", "add", "return", "restore", "include", "inscribe", "enter"];
const OFF: &[&str] = &["take", "remove", "strike", "drop", "delete", "cross", "scratch", "pull", "expunge"];
const HOLDS: &[&str] = &["be", "remain", "stay", "appear", "sit"];
const PARTIES: &[&str] = &["group", "party", "organization", "person", "state", "body", "government"];

impl Maker<'_> {
    pub(super) fn listing(&mut self) {
        if !self.coder.frames.all.iter().any(|f| f.id == FRAME) {
            return;
        }
        let t = self.cast.tree;
        let lists = self.lists();
        let (mut last, mut members): (usize, Vec<Party>) = (0, Vec::new());
        for v in 0..t.len() {
            let Some(list) = lists.iter().rfind(|l| l.at < v) else { continue };
            if !t.is_verb(v) || self.out.iter().any(|(at, c)| *at == v && of_lists(c)) {
                continue;
            }
            let here = t.sentence_ix(v);
            last = last.max(t.sentence_ix(list.at));
            if here - last > FAR {
                continue;
            }
            let Some((phase, objects)) = self.move_on(v, list, here - last <= NEAR, &members) else { continue };
            let holds = phase == Phase::Holds;
            let agent = if holds { None } else { self.lister(v) };
            // another's list is not meant by what this one does
            let others = match (&agent, &list.owner) {
                (Some(a), Some(o)) => a.id != o.id && a.country.as_ref() != Some(&o.id),
                _ => false,
            };
            if others {
                continue;
            }
            let subject = agent.or_else(|| list.owner.clone());
            let put = self.coder.factuality.judge(t, v, v, &objects);
            let date = dating::date_of(t, &self.cast.resolved.dates, v, v, &objects);
            let when = date.map_or(String::new(), |d| match (d.role, holds) {
                (_, false) => d.when.edtf.trim_end_matches("/..").to_owned(),
                (DateRole::Since, true) if !d.when.edtf.contains('/') => format!("{}/..", d.when.edtf),
                _ => d.when.edtf.clone(),
            });
            let by = self.speaker_at(v);
            for o in objects {
                let Some(party) = self.on_list(o, &members) else { continue };
                if subject.as_ref().is_some_and(|s| s.id == party.id) {
                    continue;
                }
                last = last.max(here);
                members.retain(|m| m.id != party.id);
                members.push(party.clone());
                let mut value = Map::new();
                value.insert("list".into(), list.what.into());
                let designation = if list.what == "sanctions" { "sanction" } else { "designation" };
                let real = put.modality == Modality::Asserted && put.polarity == Polarity::Yes && !holds;
                let twin = real.then_some((Family::Event, if phase == Phase::Ends { "concede" } else { "sanction" }));
                for (family, predicate) in [(Family::Standing, designation)].into_iter().chain(twin) {
                    let value = if family == Family::Standing { value.clone() } else { Map::new() };
                    let claim = self.make(
                        family,
                        predicate,
                        Some(phase),
                        put,
                        subject.clone(),
                        Some(party.clone()),
                        by.clone(),
                        when.clone(),
                        value,
                        v.min(o)..v.max(o) + 1,
                        FRAME,
                        0.6,
                    );
                    // "struck them off it" is no blow
                    self.out.retain(|(at, c)| *at != v || of_lists(c) || c.predicate == "concede");
                    self.out.push((v, claim));
                }
            }
        }
    }

    /// Whom a word names that goes on or off a list; "it" and "them", where they stand for nobody, for whoever did last.
    fn on_list(&self, o: usize, members: &[Party]) -> Option<Party> {
        let t = self.cast.tree;
        let named = self.cast.fill(o, PARTIES).into_iter().next().map(|f| f.party);
        let pronoun = matches!(t.doc.text(o).to_lowercase().as_str(), "it" | "them" | "him" | "her");
        let known = named.as_ref().is_some_and(|p| members.iter().any(|m| m.id == p.id));
        match members.last().filter(|_| pronoun && !known) {
            Some(last) => Some(Party { mention: t.doc.text(o).to_owned(), ..last.clone() }),
            None => named,
        }
    }

    /// The lists of terrorists, sponsors, sanctions that the text names.
    fn lists(&self) -> Vec<List> {
        let t = self.cast.tree;
        let mut out: Vec<List> = Vec::new();
        for i in 0..t.len() {
            if !matches!(t.lemma(i), "list" | "blacklist" | "register") || !t.is_nominal(i) {
                continue;
            }
            let below = t.below(i, true);
            let has = |words: &[&str]| below.iter().any(|k| words.contains(&t.lemma(*k)));
            let what = if has(&["sponsor"]) {
                "state sponsor of terrorism"
            } else if has(&["terrorist", "terrorism", "terror"]) {
                "terrorist"
            } else if has(&["extremist"]) {
                "extremist"
            } else if has(&["sanction", "sanctions"]) {
                "sanctions"
            } else {
                continue;
            };
            let own = t.kids(i).filter(|k| matches!(t.dep(*k), "poss" | "amod" | "compound" | "nmod"));
            let of =
                t.kids(i).filter(|k| matches!(t.lemma(*k), "by" | "of")).filter_map(|k| t.kid(k, &["pobj"])).filter(
                    |o| !matches!(t.lemma(*o), "sponsor" | "group" | "organization" | "organisation" | "terrorist"),
                );
            let owner = own
                .chain(of)
                .find_map(|k| self.cast.one_named(k, &["state", "organization"]))
                .map(|f| f.party)
                .or_else(|| out.iter().rfind(|l| l.what == what).and_then(|l| l.owner.clone()));
            out.push(List { at: i, what, owner });
        }
        out
    }

    /// Who puts on the list or takes off it: a state, a body, or somebody in office.
    fn lister(&self, v: usize) -> Option<Party> {
        let t = self.cast.tree;
        let agent =
            if t.is_passive(v) { t.kid(v, &["agent"]).and_then(|b| t.kid(b, &["pobj"])) } else { t.subject(v) }?;
        self.cast
            .fill(agent, &["state", "organization", "government", "person", "body"])
            .into_iter()
            .next()
            .map(|f| f.party)
    }

    /// What a verb does with the list: whether somebody comes on it, off it or stays, and the tokens of whom.
    fn move_on(&self, v: usize, list: &List, near: bool, members: &[Party]) -> Option<(Phase, Vec<usize>)> {
        let t = self.cast.tree;
        let lemma = t.lemma(v);
        let theme = || {
            let o = if t.is_passive(v) { t.kid(v, &["nsubjpass"]) } else { t.kid(v, &["dobj"]) };
            o.map(|o| t.conjuncts(o)).unwrap_or_default()
        };
        let member = |o: &usize| self.on_list(*o, members).is_some_and(|p| members.iter().any(|m| m.id == p.id));
        // "three others remain: Iran, North Korea and Syria"
        if matches!(lemma, "remain" | "stay") && near && !members.is_empty() {
            let others = t.kid(v, &["nsubj"]).filter(|s| t.tok(*s).tag == "NNS" || t.tok(*s).pos == "NUM");
            let colon = (v + 1..t.sentence(v).end).find(|i| t.doc.text(*i) == ":");
            if let (Some(_), Some(colon)) = (others, colon)
                && colon == v + 1
            {
                let names = self.cast.listed_from(colon + 1);
                return (!names.is_empty()).then_some((Phase::Holds, names));
            }
        }
        let (way, same) = self.way(v, near)?;
        match way {
            // "put it back", "placed it there": without a word for the list, of whoever has been on it
            "back" | "there" | "" => {
                let objects: Vec<usize> = theme().into_iter().filter(|o| way == "there" || member(o)).collect();
                let phase = match lemma {
                    "list" | "relist" | "blacklist" | "redesignate" | "relabel" => Phase::Begins,
                    "delist" => Phase::Ends,
                    "remove" | "strike" if way.is_empty() => Phase::Ends,
                    l if ON.contains(&l) && !way.is_empty() => Phase::Begins,
                    _ => return None,
                };
                (!objects.is_empty() && v > list.at).then_some((phase, objects))
            }
            _ if !same => None,
            "off" | "from" if OFF.contains(&lemma) => Some((Phase::Ends, theme())),
            "on" | "onto" | "to" if ON.contains(&lemma) => Some((Phase::Begins, theme())),
            "on" if HOLDS.contains(&lemma) => {
                Some((Phase::Holds, t.kid(v, &["nsubj"]).map(|s| t.conjuncts(s)).unwrap_or_default()))
            }
            _ => None,
        }
    }

    /// The word that leads to the list behind a verb ("off it", "on the same list"), and whether a list is named there;
    /// "back", "there" or nothing where none is.
    fn way(&self, v: usize, near: bool) -> Option<(&'static str, bool)> {
        const WAYS: &[&str] = &["off", "from", "onto", "on", "to"];
        let t = self.cast.tree;
        let end = t.sentence(v).end.min(v + 12);
        for i in v + 1..end {
            let Some(way) = WAYS.iter().find(|w| t.doc.text(i).eq_ignore_ascii_case(w)) else { continue };
            let Some(o) = t.kid(i, &["pobj"]).or_else(|| (i + 1 < end).then_some(i + 1)) else { continue };
            if !t.dominates(v, i) {
                continue;
            }
            let list = matches!(t.lemma(o), "list" | "blacklist" | "register")
                && t.kids(o)
                    .all(|k| matches!(t.dep(k), "det" | "amod" | "poss") && self.cast.kind_at(k) != Some(Kind::State));
            // "it", where it stands for nobody
            let it = near && t.doc.text(o).eq_ignore_ascii_case("it");
            if list || it {
                return Some((*way, true));
            }
            if *way != "to" && *way != "on" {
                return None;
            }
        }
        let adverb = |w: &str| t.kids(v).any(|k| t.doc.text(k).eq_ignore_ascii_case(w));
        if near && adverb("there") {
            return Some(("there", false));
        }
        if near && adverb("back") {
            return Some(("back", false));
        }
        Some(("", false))
    }
}

fn of_lists(c: &Claim) -> bool {
    matches!(c.predicate.as_str(), "designation" | "sanction")
}
