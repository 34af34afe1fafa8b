//! What happens to a post: opened, closed, raised, moved, and what a closing leaves behind.
use super::{Draft, Ends, PostEvent, RAISED, Reader, What, is_bare_mission, nonresident, rank_of_post, start, usable};
use crate::code::dating;
use crate::code::tree::Args;
use crate::resolve::{ActorIx, Kind, Who};

impl Reader<'_> {
    /// What a closing leaves: chiefs accredited from elsewhere ("Subsequent Ambassadors remained resident at Bridgetown",
    /// "the embassy relocated to Tunis"), or another state's care of its interests.
    pub(super) fn left_behind(&mut self, i: usize) -> Vec<PostEvent> {
        let t = self.cast.tree;
        let closing = self.focus.closed.clone().filter(|(at, when)| self.same_block(*at, i) && !when.is_empty());
        let args = || if t.is_verb(i) { t.verb_args(i) } else { t.noun_args(i, |_| false) };
        let word = t.lemma(i);
        let (rank, ends, trigger) = if self.posts.protect.contains(word) && t.is_verb(i) {
            let a = args();
            let interests = a.theme.iter().find(|o| matches!(t.lemma(**o), "interest" | "interests"));
            let Some(&interests) = interests else { return Vec::new() };
            let na = t.noun_args(interests, |_| false);
            let owner = na.mods.iter().chain(&na.poss).find_map(|k| self.polity_of(*k));
            let keeper = a.agent.iter().find_map(|k| {
                self.polity_of(*k).or_else(|| t.below(*k, true).into_iter().find_map(|j| self.polity_at(j)))
            });
            let third = keeper.is_some_and(|k| Some(k) != owner && !self.of_pair(k));
            if owner.is_none() || !third {
                return Vec::new();
            }
            let host = a
                .preps
                .iter()
                .chain(&na.preps)
                .filter(|(p, _)| matches!(p.as_str(), "in" | "at" | "with"))
                .find_map(|(_, o)| self.polity_at(*o))
                .filter(|h| Some(*h) != owner && Some(*h) != keeper);
            if host.is_none() && self.cast.story.pair.is_none() {
                return Vec::new();
            }
            ("interests", Ends { sender: owner, host, ..Ends::default() }, i)
        } else if closing.is_some() && self.posts.resident.contains(word) {
            // chiefs of the time to come, by their title alone
            let s = self.sentence(i);
            let chief = (s.start..i).rev().find(|k| {
                matches!(
                    t.lemma(*k),
                    "ambassador" | "ambassadors" | "minister" | "ministers" | "successor" | "successors"
                )
            });
            let Some(chief) = chief else { return Vec::new() };
            let later = t.kids(chief).any(|k| matches!(t.lemma(k), "subsequent" | "later" | "future" | "all"))
                || (chief..i).any(|k| matches!(t.lemma(k), "thereafter" | "since" | "then"));
            let Some((_, host)) = self.cast.story.pair else { return Vec::new() };
            if !later || !self.elsewhere_at(i, host) {
                return Vec::new();
            }
            let rank =
                if t.lemma(chief).starts_with("minister") { "envoy_nonresident" } else { "ambassador_nonresident" };
            (rank, Ends::default(), i)
        } else if closing.is_some() && matches!(word, "relocate" | "move" | "transfer") && t.is_verb(i) {
            let a = args();
            let mut moved = a.theme.iter().chain(&a.agent);
            let Some(rank) = moved.find_map(|o| rank_of_post(t, *o)).filter(|r| matches!(*r, "embassy" | "legation"))
            else {
                return Vec::new();
            };
            let to = a.preps.iter().filter(|(p, _)| p == "to").find_map(|(_, o)| self.polity_at(*o));
            if to.is_none_or(|p| self.of_pair(p)) {
                return Vec::new();
            }
            (nonresident(rank), Ends::default(), i)
        } else {
            return Vec::new();
        };
        let what = if rank == "interests" { What::Open } else { What::Reside };
        let draft = Draft {
            what,
            trigger,
            carrier: trigger,
            theme: trigger,
            rank: rank.to_owned(),
            post: None,
            ends,
            chief: None,
            charge: false,
            elsewhere: what == What::Reside,
        };
        let event = self.event(draft).map(|mut e| {
            if let Some((_, when)) = closing.filter(|_| what == What::Reside || e.when.is_empty() || e.dated_by_context)
            {
                e.when = when;
                e.dated_by_context = true;
            }
            e
        });
        event.into_iter().collect()
    }

    /// "The change became effective on D" redates the elevation or opening told before it in the paragraph.
    pub(super) fn effective(&self, i: usize, out: &mut [PostEvent]) {
        let t = self.cast.tree;
        let word = t.lemma(i);
        let verb = t.head(i);
        let becomes = word == "effective" && matches!(t.lemma(verb), "become" | "be")
            || word == "effect" && matches!(t.lemma(verb), "take" | "go" | "come");
        let subject = || {
            t.subject(verb).is_some_and(|s| {
                matches!(
                    t.lemma(s),
                    "change"
                        | "elevation"
                        | "this"
                        | "it"
                        | "action"
                        | "status"
                        | "upgrade"
                        | "promotion"
                        | "which"
                        | "closure"
                )
            })
        };
        if !becomes || !subject() {
            return;
        }
        let Some(b) = self.cast.story.block(i) else { return };
        let Some(d) = dating::date_of(t, &self.cast.resolved.dates, verb, verb, &[]).filter(|d| usable(d)) else {
            return;
        };
        let last = out
            .iter()
            .filter(|e| b.tokens.contains(&e.trigger) && matches!(e.what, What::Raise | What::Open | What::Close))
            .map(|e| e.trigger)
            .max();
        for e in out.iter_mut().filter(|e| Some(e.trigger) == last) {
            e.when = start(d);
            e.dated_by_context = true;
        }
    }

    pub(super) fn opened_or_closed(&mut self, what: What, i: usize, args: &Args, themes: &[usize]) -> Vec<PostEvent> {
        let t = self.cast.tree;
        let mut out = Vec::new();
        let mut themes = themes.to_vec();
        if themes.is_empty() && args.passive {
            themes.extend(self.lost_subject(i));
        }
        if themes.is_empty() && t.tok(i).tag == "VBN" {
            // "was ordered closed"
            themes.extend(t.subject(i));
        }
        if what == What::Close && self.moves(i) {
            return out;
        }
        for th in themes {
            let Some((rank, known)) = self.post_at(th) else { continue };
            if t.kids(th).any(|k| t.dep(k) == "det" && t.lemma(k) == "no") {
                continue;
            }
            let mut ends = self.ends_of_post(th, args);
            if let (Some(h), Some(k)) = (ends.host, known.host) {
                // "reopened the legation in London": it stays that of its host
                if !self.of_pair(h) && self.of_pair(k) {
                    ends.host = Some(k);
                }
            }
            let ends = ends.or_fitting(known);
            let post = rank.clone();
            let rank = if what == What::Close {
                "none".to_owned()
            } else {
                match rank.or_else(|| self.rank_near(i)) {
                    Some(r) => r,
                    None => continue,
                }
            };
            let draft = Draft {
                what,
                trigger: i,
                carrier: args.carrier,
                theme: th,
                rank,
                post,
                ends,
                chief: None,
                charge: false,
                elsewhere: false,
            };
            let heading = self.cast.story.block(i).is_some_and(|b| b.heading);
            let event = self.event(draft).filter(|e| heading || t.is_verb(i) || !e.dated_by_context);
            // "closed its embassies in Mali and Burkina Faso": one in each
            let several = matches!(t.tok(th).tag, "NNS" | "NNPS");
            for host in
                event.iter().filter(|_| several).flat_map(|e| self.other_hosts(th, args, e.host)).collect::<Vec<_>>()
            {
                let first = event.clone();
                out.extend(first.map(|e| PostEvent { host: Some(host), place: None, at_capital: None, ..e }));
            }
            // "Malta and Italy reopened their embassies in Tripoli": each its own
            for sender in event
                .iter()
                .filter(|_| several)
                .flat_map(|e| self.other_senders(args, e.sender, e.host))
                .collect::<Vec<_>>()
            {
                let first = event.clone();
                out.extend(first.map(|e| PostEvent { sender: Some(sender), ..e }));
            }
            if let Some(e) = &event
                && what == What::Close
                && t.is_verb(i)
            {
                self.focus.closed = Some((i, e.when.clone()));
            }
            out.extend(event);
        }
        out
    }

    /// The senders beside the first where several states open or close missions together.
    fn other_senders(&self, args: &Args, first: Option<ActorIx>, host: Option<ActorIx>) -> Vec<ActorIx> {
        let mut all: Vec<ActorIx> = Vec::new();
        for k in args.agent.iter().flat_map(|a| self.cast.tree.conjuncts(*a)) {
            // "they closed their embassies": all for whom it stands
            let also = self.cast.resolved.at(k).into_iter().flat_map(|m| &m.also).filter_map(|w| match w {
                Who::Known(ix) if self.cast.actors.actor(*ix).kind == Kind::State => Some(*ix),
                _ => None,
            });
            for p in self.polity_of(k).into_iter().chain(also) {
                if !all.contains(&p) {
                    all.push(p);
                }
            }
        }
        if !all.iter().any(|p| Some(*p) == first) || all.iter().any(|p| Some(*p) == host) {
            return Vec::new();
        }
        all.retain(|p| Some(*p) != first);
        all
    }

    /// The hosts beside the first where posts are told of together.
    fn other_hosts(&self, post: usize, args: &Args, first: Option<ActorIx>) -> Vec<ActorIx> {
        let t = self.cast.tree;
        let own = t.noun_args(post, |_| false).preps;
        let heads = own.iter().chain(&args.preps).filter(|(p, _)| matches!(p.as_str(), "in" | "at" | "to"));
        let mut out = Vec::new();
        for (_, o) in heads {
            let all: Vec<_> = t.conjuncts(*o).into_iter().filter_map(|k| self.polity_at(k)).collect();
            if all.len() > 1 && all.iter().any(|p| Some(*p) == first) {
                out.extend(all.into_iter().filter(|p| Some(*p) != first));
                break;
            }
        }
        out
    }

    /// "closed the Legation at that city and moved to Parana": a post that moves is not closed.
    pub(super) fn moves(&self, i: usize) -> bool {
        let t = self.cast.tree;
        let beside = t.kids(i).chain(std::iter::once(t.head(i))).filter(|k| *k != i && t.is_verb(*k));
        beside.into_iter().any(|k| matches!(t.lemma(k), "move" | "relocate" | "transfer"))
    }

    /// The post that a noun names, or that "the office", "it" stands for.
    pub(super) fn post_at(&self, th: usize) -> Option<(Option<String>, Ends)> {
        let t = self.cast.tree;
        if let Some(r) = rank_of_post(t, th) {
            let mut ends = Ends::default();
            // "the Consulate": the one spoken of
            if let Some((at, rank, before)) = self.focus.post.as_ref().filter(|(_, rank, _)| rank == r) {
                let definite = t.kids(th).any(|k| matches!(t.lemma(k), "the" | "this" | "its" | "that"));
                if definite && !rank.is_empty() && self.same_block(*at, th) {
                    ends = before.clone();
                }
            }
            // "its embassy": another's than the one spoken of
            let owner = t.kids(th).filter(|k| t.dep(*k) == "poss").find_map(|k| self.polity_of(k));
            if self.cast.story.pair.is_none() && owner.is_some() && owner != ends.sender {
                ends = Ends::default();
            }
            return Some((Some(r.to_owned()), ends));
        }
        if is_bare_mission(t, th) {
            return Some((None, Ends::default()));
        }
        let news = self.cast.story.pair.is_none();
        let somebody = news && self.cast.resolved.at(th).is_some();
        let pronoun = t.tok(th).pos == "PRON" && matches!(t.lemma(th), "it" | "this") && !somebody;
        let generic = self.posts.generic.contains(t.lemma(th).trim_end_matches('s'));
        if !pronoun && !generic {
            return None;
        }
        if generic
            && t.kids(th)
                .any(|k| matches!(t.lemma(k), "of" | "other" | "some" | "post") || matches!(t.dep(k), "nummod"))
        {
            return None;
        }
        let (at, rank, ends) = self.focus.post.as_ref()?;
        let owner = t.kids(th).filter(|k| t.dep(*k) == "poss").find_map(|k| self.polity_of(k));
        if news && owner.is_some() && owner != ends.sender {
            return None;
        }
        if pronoun && !self.same_block(*at, th) {
            return None;
        }
        Some((Some(rank.clone()), ends.clone()))
    }

    /// "raised to Embassy status", "became a Consulate General", "from a Legation to an Embassy".
    pub(super) fn raised(&mut self, i: usize, args: &Args, themes: &[usize]) -> Vec<PostEvent> {
        let t = self.cast.tree;
        let mut targets: Vec<usize> = args
            .preps
            .iter()
            .filter(|(p, _)| matches!(p.as_str(), "to" | "into" | "as"))
            .map(|(_, o)| *o)
            .chain(args.attr.iter().copied())
            .collect();
        if t.lemma(i) == "become" {
            targets.extend(args.theme.iter().copied());
        }
        let mut themes: Vec<usize> = themes.to_vec();
        if !t.is_verb(i) {
            // "the elevation of the Legation to Embassy status", parsed with the Legation before the status
            let inner: Vec<usize> =
                themes.iter().flat_map(|th| t.kids(*th)).filter(|k| rank_of_post(t, *k).is_some()).collect();
            themes.extend(inner);
        }
        // "to be an Embassy", "to that of Embassy", "from Legation to Embassy status"
        for th in &themes {
            targets.extend(
                t.kids(*th).filter(|k| matches!(t.lemma(*k), "to" | "into")).filter_map(|p| t.kid(p, &["pobj"])),
            );
        }
        for c in &args.comps {
            targets.extend(t.verb_args(*c).attr);
        }
        for (_, o) in args.preps.iter().filter(|(p, _)| p == "from") {
            targets.extend(
                t.kids(*o).filter(|k| matches!(t.lemma(*k), "to" | "into")).filter_map(|p| t.kid(p, &["pobj"])),
            );
        }
        let mut found = targets.iter().find_map(|o| rank_of_post(t, *o).map(|r| (*o, r)));
        if found.is_none() {
            // "to the rank of Embassy", "to the status of a Legation"
            found = targets.iter().find_map(|o| {
                t.kids(*o)
                    .filter(|k| t.lemma(*k) == "of")
                    .find_map(|p| t.kid(p, &["pobj"]))
                    .and_then(|o| rank_of_post(t, o).map(|r| (o, r)))
            });
        }
        let Some((target, rank)) = found else { return self.promoted(i, args, &targets) };
        let concerned = |th: &usize| {
            *th != target
                && (rank_of_post(t, *th).is_some()
                    || self.posts.generic.contains(t.lemma(*th).trim_end_matches('s'))
                    || RAISED.contains(&t.lemma(*th)))
        };
        let mut found: Vec<usize> = themes.iter().copied().filter(concerned).collect();
        if found.is_empty() && args.passive {
            found.extend(self.lost_subject(i));
        }
        let mut out: Vec<PostEvent> = Vec::new();
        for theme in found {
            let (known_rank, known) = self.post_at(theme).unwrap_or_default();
            let own = self.ends_of_post(theme, args);
            // the new post's place and host, if they are told, are the mission's
            let new = self.ends_of_post(target, &Args::default());
            let ends =
                Ends { sender: own.sender.or(new.sender), host: new.host.or(own.host), place: new.place.or(own.place) };
            let draft = Draft {
                what: What::Raise,
                trigger: i,
                carrier: args.carrier,
                theme,
                rank: rank.to_owned(),
                post: known_rank,
                ends: ends.or_fitting(known),
                chief: None,
                charge: false,
                elsewhere: false,
            };
            let event = self.event(draft);
            if let Some(e) = event.filter(|e| !out.iter().any(|o| (o.sender, o.host) == (e.sender, e.host))) {
                out.push(e);
            }
        }
        out
    }

    /// The post before a passive verb whose subject the parse lost.
    pub(super) fn lost_subject(&self, i: usize) -> Option<usize> {
        let t = self.cast.tree;
        if t.kid(i, &["nsubjpass", "nsubj"]).is_some() {
            return None;
        }
        (self.sentence(i).start..i).rev().find(|k| rank_of_post(t, *k).is_some())
    }
}
