//! The two ends of a mission and its place: who sends, who receives, which city, and whether it is the capital.
use super::{Ends, Place, Reader, What, rank_of_post};
use crate::code::tree::Args;
use crate::resolve::slug;
use crate::resolve::{ActorIx, Capital, Kind, Via, Who};
use std::ops::Range;

impl Reader<'_> {
    /// The state a token stands for, by name, adjective or capital.
    pub(super) fn polity_at(&self, i: usize) -> Option<ActorIx> {
        let m = self.cast.resolved.at(i)?;
        match m.who {
            Who::Known(ix) if self.is_city_of_old(ix) => None,
            Who::Known(ix) if matches!(self.cast.actors.actor(ix).kind, Kind::State | Kind::Government) => Some(ix),
            Who::Known(ix) if m.via != Via::Pronoun => {
                let a = self.cast.actors.actor(ix);
                if matches!(a.kind, Kind::Body) {
                    a.country.as_deref().and_then(|c| self.cast.actors.by_id(c))
                } else {
                    None
                }
            }
            _ => None,
        }
    }

    /// A state that was a city and is no more ("Venice", "Trieste"): where the text is not about it, the city is meant.
    pub(super) fn is_city_of_old(&self, ix: ActorIx) -> bool {
        let a = self.cast.actors.actor(ix);
        !a.until.is_empty()
            && a.capitals.iter().any(|c| a.label.ends_with(&c.name))
            && self.cast.story.pair.is_some_and(|(x, y)| ix != x && ix != y)
    }

    /// The state among joined names: one of the title's if there is one, else the first.
    pub(super) fn polity_among(&self, i: usize) -> Option<ActorIx> {
        let all: Vec<ActorIx> = self.cast.tree.conjuncts(i).into_iter().filter_map(|k| self.polity_at(k)).collect();
        let first = self.polity_at(i)?;
        let (a, b) = self.cast.story.pair.unwrap_or((first, first));
        Some(all.into_iter().find(|p| *p == b || *p == a).unwrap_or(first))
    }

    pub(super) fn of_pair(&self, p: ActorIx) -> bool {
        self.cast.story.pair.is_some_and(|(a, b)| self.stands_for(p, a) || self.stands_for(p, b))
    }

    /// As `polity_at`, also for persons and organs who act for a state.
    pub(super) fn polity_of(&self, i: usize) -> Option<ActorIx> {
        self.polity_at(i).or_else(|| {
            let m = self.cast.resolved.at(i)?;
            m.country.as_deref().and_then(|c| self.cast.actors.by_id(c))
        })
    }

    /// The city that a token names, if it names no state.
    pub(super) fn place_at(&self, o: usize) -> Option<Place> {
        let t = self.cast.tree;
        if t.tok(o).pos != "PROPN"
            || self.posts.duties.contains(t.lemma(o))
            || rank_of_post(t, o).is_some()
            || self.rank_in(&(o..o + 1)).is_some()
        {
            return None;
        }
        let mention = self.cast.resolved.at(o);
        if let Some(m) = mention {
            let state = matches!(m.who, Who::Known(ix) if !self.is_city_of_old(ix) && matches!(self.cast.actors.actor(ix).kind, Kind::State | Kind::Government | Kind::Organization | Kind::Body));
            if (state && !m.place) || matches!(&m.who, Who::Unknown { kind: Kind::Person, .. }) {
                return None;
            }
        }
        let labelled = t.doc.entities.iter().find(|e| (e.start as usize..e.end as usize).contains(&o)).map(|e| e.label);
        if matches!(labelled, Some("DATE" | "PERSON" | "NORP" | "EVENT" | "LAW")) && !mention.is_some_and(|m| m.place) {
            return None;
        }
        // part of a state's name, of an adjective, of a person's name
        if let Some(m) = self.cast.resolved.covering(o).filter(|m| !m.place && m.head != o)
            && (matches!(m.via, Via::Adjective | Via::Title | Via::Organ | Via::Role)
                || m.who.kind(self.cast.actors) != Kind::Place)
        {
            return None;
        }
        let mut start = o;
        while start > 0
            && !t.tok(start - 1).ws
            && matches!(t.tok(start - 1).pos, "PROPN" | "NOUN" | "PUNCT" | "ADP" | "X" | "DET")
        {
            // "Port-au-Prince"
            start -= 1;
        }
        while start > 0
            && t.tok(start - 1).pos == "PROPN"
            && t.head(start - 1) == o
            && rank_of_post(t, start - 1).is_none()
            && self.same_block(start - 1, o)
        {
            start -= 1;
        }
        let mut end = o + 1;
        // "Nuku’alofa", "St. John’s": tokens without a space between
        while end < t.len() && !t.tok(end - 1).ws && !matches!(t.tok(end).pos, "PUNCT" | "SPACE" | "ADP") {
            end += 1;
        }
        let name = t.doc.span_text(start..end).to_owned();
        let also = (t.doc.text(end.min(t.len() - 1)) == "(").then(|| {
            let close = (end..t.len().min(end + 6)).find(|k| t.doc.text(*k) == ")").unwrap_or(end);
            let inner = t.doc.span_text(end + 1..close.max(end + 1));
            inner.trim_start_matches("now ").trim_start_matches("later ").trim_start_matches("present-day ").to_owned()
        });
        Some(Place { name, also })
    }

    /// Sender and host in the text of a title: "the first American Consul for Baghdad", "Panama's Minister to the United States".
    pub(super) fn ends_in(&self, r: Range<usize>) -> Ends {
        let t = self.cast.tree;
        let mut e = Ends::default();
        let title = r.clone().find(|k| self.posts.rank_of_title(t.doc.text(*k)).is_some());
        for i in r.clone() {
            let after_title = title.is_some_and(|k| k < i);
            let before =
                (r.start..i).rev().take(5).find(|k| matches!(t.lemma(*k), "to" | "for" | "in" | "at" | "of" | "near"));
            if after_title
                && e.place.is_none()
                && t.dep(i) == "pobj"
                && matches!(t.lemma(t.head(i)), "to" | "for" | "in" | "at" | "near")
            {
                e.place = self.place_at(i);
            }
            let Some(p) = self.polity_at(i) else { continue };
            let poss = t.dep(i) == "poss" || matches!(t.dep(i), "amod" | "compound" | "nmod");
            let adjective = self.cast.resolved.at(i).is_some_and(|m| m.via == Via::Adjective);
            if after_title && before.is_some() && !(poss && adjective) {
                if before.is_some_and(|b| t.lemma(b) == "of")
                    && e.host.is_none()
                    && e.sender.is_none()
                    && !self.cast.resolved.at(i).is_some_and(|m| m.place)
                {
                    // "Minister of the Netherlands", "Consul of the United States of America at"
                    e.sender = Some(p);
                } else if e.host.is_none() {
                    e.host = Some(p);
                }
            } else if !after_title && (poss || adjective) && e.sender.is_none() {
                e.sender = Some(p);
            }
        }
        if e.sender == e.host {
            e.sender = None;
        }
        e
    }

    /// Sender and host that a post's phrase and its verb give.
    pub(super) fn ends_of_post(&self, post: usize, args: &Args) -> Ends {
        let t = self.cast.tree;
        let mut e = Ends::default();
        let na = t.noun_args(post, |_| false);
        for k in na.poss.iter().chain(&na.mods) {
            let m = self.cast.resolved.at(*k);
            if !self.same_block(*k, post) {
                continue;
            }
            if m.is_some_and(|m| m.place) || self.labelled_place(*k) && self.polity_of(*k).is_none() {
                e.place = e.place.or_else(|| self.place_at(*k));
            }
            let Some(p) = self.polity_of(*k) else { continue };
            if m.is_some_and(|m| m.place) {
                e.host = e.host.or(Some(p));
            } else {
                e.sender = e.sender.or(Some(p));
            }
        }
        let of_verb: Vec<(String, usize)> = args.preps.iter().filter(|(p, _)| p != "to").cloned().collect();
        let places = na
            .preps
            .iter()
            .chain(&of_verb)
            .filter(|(p, _)| matches!(p.as_str(), "in" | "at" | "to" | "near" | "for" | "within"));
        for (p, o) in places {
            if rank_of_post(t, *o).is_some() {
                // "an Interests Section in the Belgian Embassy in Baghdad"
                let inner = t.noun_args(*o, |_| false);
                for (_, q) in inner.preps.iter().filter(|(p, _)| matches!(p.as_str(), "in" | "at")) {
                    e.host = e.host.or_else(|| self.polity_at(*q));
                    e.place = e.place.or_else(|| self.place_at(*q));
                }
                continue;
            }
            let inner = |o: usize| t.below(o, true).into_iter().find_map(|k| self.polity_at(k));
            let host = self.polity_among(*o).or_else(|| if p == "to" { inner(*o) } else { None });
            if host.is_some() && e.host.is_none() && (p != "to" || !self.same(host, e.sender)) {
                e.host = host;
            }
            if matches!(p.as_str(), "in" | "at" | "near") && e.place.is_none() {
                e.place = self.place_at(*o);
            }
        }
        // "the Legation of Paraguay in the United States"
        for (_, o) in na.preps.iter().filter(|(p, _)| p == "of") {
            if let Some(p) = self.polity_at(*o).filter(|_| !self.cast.resolved.at(*o).is_some_and(|m| m.place)) {
                e.sender = e.sender.or(Some(p));
            }
        }
        // "Embassy Khartoum": the head is the city
        if t.tok(post).pos == "PROPN"
            && rank_of_post(t, post).is_some()
            && t.kids(post).any(|k| matches!(t.lemma(k), "embassy" | "legation" | "consulate"))
            && let Some(h) = self.polity_at(post)
        {
            e.host = e.host.or(Some(h));
            e.place = e.place.or_else(|| self.place_name(post));
        }
        // "closed its consulates in Herat": in whose state a city lies, where the text is not of two states
        if e.host.is_none()
            && self.cast.story.pair.is_none()
            && let Some(p) = &e.place
        {
            e.host = self
                .cast
                .city(&p.name)
                .and_then(|c| self.cast.actors.by_id(&c.country))
                .filter(|h| Some(*h) != e.sender);
        }
        // "Iran and Saudi Arabia reopened their embassies": each in the other
        let both: Vec<ActorIx> = match args.agent.as_slice() {
            [] => Vec::new(),
            agents => {
                let mut all: Vec<ActorIx> =
                    agents.iter().flat_map(|a| t.conjuncts(*a)).filter_map(|k| self.polity_of(k)).collect();
                all.dedup();
                all
            }
        };
        let theirs = t.tok(post).tag == "NNS" && t.kids(post).any(|k| t.lemma(k) == "their");
        let unplaced = t.tok(post).tag == "NNS" && e.sender.is_none() && e.place.is_none();
        if let ([a, b], true, None) = (both.as_slice(), theirs || unplaced, e.host) {
            e.sender = Some(*a);
            e.host = Some(*b);
        }
        // the opener, where the verb is active
        if e.sender.is_none() {
            e.sender = args
                .agent
                .iter()
                .filter(|a| **a != post)
                .find_map(|a| self.polity_of(*a))
                .filter(|s| Some(*s) != e.host);
        }
        e
    }

    pub(super) fn labelled_place(&self, i: usize) -> bool {
        let mut entities = self.cast.tree.doc.entities.iter();
        entities.any(|e| (e.start as usize..e.end as usize).contains(&i) && matches!(e.label, "GPE" | "LOC"))
    }

    pub(super) fn place_name(&self, i: usize) -> Option<Place> {
        Some(Place { name: self.cast.tree.doc.text(i).to_owned(), also: None })
    }

    pub(super) fn same(&self, a: Option<ActorIx>, b: Option<ActorIx>) -> bool {
        a.is_some() && a == b
    }

    /// "Legation at Taiz (North Yemen), 1959": of several states of one country the one that the heading adds is meant.
    pub(super) fn as_the_heading_calls_it(&self, i: usize, host: ActorIx) -> ActorIx {
        let t = self.cast.tree;
        let country = |ix: ActorIx| self.cast.actors.actor(ix).country.clone();
        let Some(h) = self.cast.story.heading(i) else { return host };
        let mut inner = h.tokens.clone().filter(|k| {
            let open = (h.tokens.start..*k).rev().take(4).find(|j| matches!(t.doc.text(*j), "(" | ")"));
            open.is_some_and(|j| t.doc.text(j) == "(")
        });
        inner
            .find_map(|k| self.polity_at(k).filter(|p| country(*p).is_some() && country(*p) == country(host)))
            .unwrap_or(host)
    }

    /// The city that heads an item of a list: "- Oran (Wahran) ...".
    pub(super) fn place_of_item(&self, i: usize) -> Option<Place> {
        let t = self.cast.tree;
        let b = self.cast.story.block(i)?;
        let mut words = b.tokens.clone().skip_while(|k| t.tok(*k).pos == "SPACE");
        let first = words.next()?;
        if !matches!(t.doc.text(first), "-" | "–" | "•" | "*") {
            return None;
        }
        let start = words.next()?;
        let end = (start..b.tokens.end.min(start + 4)).find(|k| t.tok(*k).pos != "PROPN").unwrap_or(start + 1);
        (end > start).then(|| Place { name: t.doc.span_text(start..end).to_owned(), also: None })
    }

    /// A city may have been the capital of several states, a name have been borne by several; the one of the title is meant.
    pub(super) fn as_the_title_has_it(&self, e: &mut Ends) {
        let Some((a, b)) = self.cast.story.pair else { return };
        for end in [&mut e.sender, &mut e.host] {
            if let Some(x) = *end
                && x != a
                && x != b
            {
                *end = [b, a].into_iter().find(|p| self.stands_for(x, *p)).or(Some(x));
            }
        }
        if let Some(place) = &e.place {
            for p in [b, a] {
                if self.is_capital(place, p, "") && e.sender != Some(p) {
                    e.host = Some(p);
                    return;
                }
            }
        }
    }

    /// Is one polity the other by another name, or its government?
    pub(super) fn stands_for(&self, x: ActorIx, p: ActorIx) -> bool {
        let (ax, ap) = (self.cast.actors.actor(x), self.cast.actors.actor(p));
        if x == p || ax.leads.as_deref() == Some(ap.id.as_str()) {
            return true;
        }
        let mut names = std::iter::once(&ax.label).chain(&ax.names);
        names.any(|n| *n == ap.label || ap.names.contains(n))
    }

    /// Is the place a capital of the state or of one it came from, at the date (EDTF; "" = at any time)?
    pub(super) fn is_capital(&self, place: &Place, state: ActorIx, when: &str) -> bool {
        let actors = self.cast.actors;
        let a = actors.actor(state);
        let bare = |name: &str| slug(name.strip_prefix("The ").or_else(|| name.strip_prefix("the ")).unwrap_or(name));
        let wanted: Vec<String> = std::iter::once(place.name.as_str()).chain(place.also.as_deref()).map(bare).collect();
        let year = |edtf: &str| edtf.get(..4).and_then(|y| y.parse::<i32>().ok());
        let at = year(when);
        let then = |c: &Capital, from_state: &str| {
            let Some(y) = at else { return true };
            let before_the_state = year(from_state).is_some_and(|f| y < f);
            before_the_state || year(&c.from).is_none_or(|f| f <= y) && year(&c.until).is_none_or(|u| y <= u)
        };
        let of = |ix: ActorIx| {
            let b = actors.actor(ix);
            b.capitals.iter().any(|c| wanted.contains(&bare(&c.name)) && then(c, &b.from))
        };
        // "Luxembourg", "Panama": the city bears the state's name
        let forebears =
            || a.predecessors.iter().filter_map(|p| actors.by_id(p)).filter(|p| actors.actor(*p).country == a.country);
        wanted.contains(&slug(&a.label)) || of(state) || forebears().any(of)
    }

    /// Sender and host of the post that a heading names: "Establishment of the American Legation in Sofia, 1919."
    pub(super) fn ends_of_heading(&self, r: Range<usize>) -> Ends {
        let t = self.cast.tree;
        let empty = Args::default();
        let mut e = Ends::default();
        for i in r.clone() {
            if rank_of_post(t, i).is_some() {
                e = e.or(self.ends_of_post(i, &empty));
            }
        }
        // capitalised headings parse badly: an adjective sends, a name after "in", "with", "to" hosts
        for i in r {
            let Some(m) = self.cast.resolved.at(i) else { continue };
            let Some(p) = self.polity_at(i) else { continue };
            let prep = (i.saturating_sub(3)..i).rev().any(|k| matches!(t.lemma(k), "in" | "at" | "to" | "with"));
            if prep && e.host.is_none() && Some(p) != e.sender {
                e.host = Some(p);
            } else if !prep
                && e.sender.is_none()
                && Some(p) != e.host
                && (m.via == Via::Adjective || matches!(t.dep(i), "poss" | "compound" | "amod"))
            {
                e.sender = Some(p);
            }
        }
        e
    }

    /// Does the paragraph say that the chief lived in another state than the host?
    pub(super) fn lives_elsewhere(&self, i: usize, host: ActorIx, what: What) -> bool {
        let t = self.cast.tree;
        let Some(b) = self.cast.story.block(i) else { return false };
        for k in b.tokens.clone() {
            let w = t.lemma(k);
            if matches!(w, "nonresident" | "non-resident") {
                return true;
            }
            if w == "resident" && k > 1 && t.doc.text(k - 1) == "-" && t.doc.text(k - 2).eq_ignore_ascii_case("non") {
                return true;
            }
            if !self.posts.resident.contains(w) || t.dep(k) == "attr" && w == "minister" {
                continue;
            }
            // "until he presented his credentials in Baghdad": the stay elsewhere ended there
            let s = self.sentence(k);
            let until = (k..s.end).find(|j| t.lemma(*j) == "until");
            if until.is_some_and(|u| (u..s.end).contains(&i)) && what != What::Appoint {
                continue;
            }
            // "previous Ambassadors had been resident at"
            if (s.start..k).any(|j| {
                matches!(
                    t.lemma(j),
                    "previous" | "previously" | "earlier" | "former" | "predecessor" | "subsequent" | "later"
                )
            }) {
                continue;
            }
            if self.elsewhere_at(k, host) {
                return true;
            }
        }
        false
    }

    /// Does the word of residence at a token point to another state than the host?
    pub(super) fn elsewhere_at(&self, k: usize, host: ActorIx) -> bool {
        let t = self.cast.tree;
        let mut places: Vec<usize> = Vec::new();
        let args = if t.is_verb(k) { t.verb_args(k) } else { t.noun_args(k, |_| false) };
        places.extend(args.preps.iter().filter(|(p, _)| matches!(p.as_str(), "in" | "at" | "to")).map(|(_, o)| *o));
        // "was also accredited to Senegal and resident at Dakar": the phrase may hang on another word
        if places.is_empty() {
            places.extend(
                (k + 1..(k + 6).min(t.len()))
                    .filter(|j| t.dep(*j) == "pobj" && matches!(t.lemma(t.head(*j)), "in" | "at" | "to")),
            );
        }
        // "presented credentials at Bridgetown, where she remained resident"
        if places.is_empty() && (k.saturating_sub(6)..k).any(|j| t.lemma(j) == "where") {
            let s = self.sentence(k);
            places.extend(
                (s.start..k)
                    .rev()
                    .filter(|j| t.dep(*j) == "pobj" && matches!(t.lemma(t.head(*j)), "in" | "at"))
                    .take(1),
            );
        }
        for p in places {
            let place = self.place_at(p);
            if place.as_ref().is_some_and(|x| self.is_capital(x, host, "")) {
                continue;
            }
            if let Some(s) = self.polity_at(p) {
                if s != host && !self.stands_for(s, host) {
                    return true;
                }
            } else if place.is_some() {
                // an unknown city with its country: "Auckland, New Zealand"
                let next = (p + 1..(p + 5).min(t.len())).find_map(|j| self.polity_at(j));
                if next.is_some_and(|s| s != host) {
                    return true;
                }
            }
        }
        false
    }

    /// Where a mission stands whose words do not say it: in the state that the sentence names beside the sender, unless
    /// as a mere place and the text is about another; else that of the title, or of the place told of last.
    pub(super) fn scene(&self, i: usize, sender: ActorIx) -> Option<ActorIx> {
        let t = self.cast.tree;
        let country = |ix: ActorIx| self.cast.actors.actor(ix).country.clone();
        let other = |ix: &ActorIx| *ix != sender && country(*ix) != country(sender);
        let s = self.cast.tree.sentence(i);
        let near = s
            .clone()
            .filter(|k| *k != i)
            .filter_map(|k| self.polity_at(k).filter(other).map(|p| (k.abs_diff(i), k, p)))
            .min();
        let place = |k: usize| t.dep(k) == "pobj" && matches!(t.lemma(t.head(k)), "in" | "at" | "from" | "near");
        let about = self.cast.story.state.or_else(|| self.dominant()).filter(other);
        match near {
            Some((_, k, p)) if about.is_none() || !place(k) => return Some(p),
            _ => {}
        }
        let before = |from: usize| {
            (t.sentences()[t.sentence_ix(i).saturating_sub(from)].start..s.start)
                .rev()
                .filter(|k| place(*k))
                .find_map(|k| self.polity_at(k).filter(other))
        };
        let there = s.clone().any(|k| t.lemma(k) == "there");
        let scene = if there { before(2).or(about) } else { about.or_else(|| before(2)) };
        scene.or(near.map(|n| n.2))
    }

    /// The state that the text speaks of more than of all others together.
    fn dominant(&self) -> Option<ActorIx> {
        let mut counts: Vec<(ActorIx, usize)> = Vec::new();
        let mut all = 0;
        for m in &self.cast.resolved.mentions {
            let Some(ix) = m.country.as_deref().and_then(|c| self.cast.actors.by_id(c)) else { continue };
            all += 1;
            match counts.iter_mut().find(|(k, _)| *k == ix) {
                Some((_, n)) => *n += 1,
                None => counts.push((ix, 1)),
            }
        }
        counts.into_iter().find(|(_, n)| n * 2 > all && *n > 2).map(|(ix, _)| ix)
    }

    pub(super) fn nearest_polity(&self, i: usize, not: Option<ActorIx>) -> Option<ActorIx> {
        let s = self.cast.tree.sentence(i);
        s.clone()
            .filter(|k| *k != i)
            .filter_map(|k| self.polity_at(k).map(|p| (k.abs_diff(i), p)))
            .filter(|(_, p)| Some(*p) != not)
            .min()
            .map(|(_, p)| p)
    }
}
