//! What happens to the chiefs of missions: appointed, received, arrived, their credentials, their titles and names.
use super::{Chief, Draft, Ends, PostEvent, Reader, Roles, What, is_day, is_suffix, rank_of_post, start};
use crate::code::tree::Args;
use crate::resolve::Who;
use std::ops::Range;

impl Reader<'_> {
    /// "X was the first Minister to Y": learnt, and no event.
    pub(super) fn note_bearer(&mut self, i: usize) {
        let t = self.cast.tree;
        if !t.is_verb(i)
            || !matches!(t.lemma(i), "be" | "serve" | "act" | "remain" | "continue" | "replace" | "succeed")
        {
            return;
        }
        let args = t.verb_args(i);
        let Some(&chief) = args.agent.first() else { return };
        let Some(name) = self.surname(chief) else { return };
        let roles = self.roles(i, chief, &args);
        if let Some(rank) = roles.said.iter().find_map(|r| self.rank_in(r)) {
            let ends = roles.said.iter().fold(Ends::default(), |e, r| e.or(self.ends_in(r.clone())));
            self.remember(name, rank, ends);
        }
    }

    pub(super) fn remember(&mut self, name: String, rank: String, ends: Ends) {
        self.focus.chief = Some(name.clone());
        self.chiefs.insert(name, Chief { rank, ends, elsewhere: false });
    }

    /// "was promoted to Ambassador": the chief's, not the post's, new title.
    pub(super) fn promoted(&mut self, i: usize, args: &Args, targets: &[usize]) -> Vec<PostEvent> {
        let t = self.cast.tree;
        let Some(rank) = targets.iter().find_map(|o| self.rank_in(&t.subtree(*o))) else { return Vec::new() };
        let chief = if args.passive || !args.theme.is_empty() && t.lemma(i) != "become" {
            args.theme.first()
        } else {
            args.agent.first()
        };
        let Some(&chief) = chief else { return Vec::new() };
        let Some(name) = self.surname(chief) else { return Vec::new() };
        let ends = targets
            .iter()
            .fold(Ends::default(), |e, o| e.or(self.ends_in(t.subtree(*o))))
            .or(self.own_ends(chief, args));
        self.remember(name.clone(), rank.clone(), ends.clone());
        let what = if t.lemma(i) == "become" { What::Arrive } else { What::Appoint };
        self.bearer_event(what, i, args, chief, rank, ends, name, false)
    }

    /// An event of a chief's career; it needs a date of its own.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn bearer_event(
        &mut self,
        what: What,
        i: usize,
        args: &Args,
        chief: usize,
        rank: String,
        ends: Ends,
        name: String,
        elsewhere: bool,
    ) -> Vec<PostEvent> {
        let charge = rank == "charge";
        if charge && matches!(what, What::Appoint | What::Arrive)
            || what != What::Receive && self.never_served(i, &name)
        {
            return Vec::new();
        }
        let Some(rank) = self.rank_of_chief(rank, i) else { return Vec::new() };
        if self.focus.post.is_none() && !rank.is_empty() {
            // "This post", "the office" of a consul whose consulate is not named
            self.focus.post = Some((i, rank.clone(), ends.clone()));
        }
        let chief_name = Some(name);
        let draft = Draft {
            what,
            trigger: i,
            carrier: args.carrier,
            theme: chief,
            rank,
            post: None,
            ends,
            chief: chief_name,
            charge,
            elsewhere,
        };
        // a date of another act of the sentence does not date a career
        let sole =
            |e: &PostEvent| matches!(what, What::Arrive | What::Receive) && self.only_date_of_sentence(i, &e.when);
        let undated = |mut e: PostEvent| {
            if e.dated_by_context && !sole(&e) {
                e.when.clear();
                e.dated_by_context = false;
            }
            e
        };
        self.event(draft).map(undated).into_iter().collect()
    }

    pub(super) fn only_date_of_sentence(&self, i: usize, when: &str) -> bool {
        let s = self.sentence(i);
        self.cast.resolved.dates.iter().any(|d| s.contains(&d.head) && start(d) == when)
    }

    /// The rank of a chargé's mission is that of the post named beside; before the age of embassies a credentialed chargé
    /// headed a legation.
    pub(super) fn rank_of_chief(&self, rank: String, i: usize) -> Option<String> {
        if rank != "charge" {
            return Some(rank);
        }
        if let Some(r) = self.post_near(i) {
            return Some(r);
        }
        let (when, _, _) = self.date(i, i, &[]);
        (when.as_str() < "1940" && !when.is_empty()).then(|| "legation".to_owned())
    }

    /// Did the text say that he declined, died before, never proceeded to the post?
    pub(super) fn never_served(&self, i: usize, name: &str) -> bool {
        let t = self.cast.tree;
        let Some(b) = self.cast.story.block(i) else { return false };
        let s = self.sentence(i);
        let next = if s.end < b.tokens.end { self.sentence(s.end) } else { s.end..s.end };
        let denies = |r: Range<usize>| {
            r.clone().any(|k| {
                let w = t.lemma(k);
                let not = || t.kids(k).any(|c| matches!(t.lemma(c), "not" | "never"));
                match w {
                    "decline" => true,
                    "die" => r.clone().any(|c| c > k && t.lemma(c) == "before"),
                    "proceed" | "receive" | "recognize" | "accept" | "reach" | "serve" | "take" | "arrive"
                    | "assume" | "go" | "enter" | "fill" | "occupy" => not(),
                    _ => false,
                }
            })
        };
        let own = s.clone();
        if denies(i.min(own.end)..own.end) {
            return true;
        }
        let speaks_of_him = next.clone().take(12).any(|k| t.tok(k).pos == "PRON" || t.doc.text(k) == name);
        speaks_of_him && denies(next)
    }

    /// "presented his credentials as Minister", "accepted the credentials of X".
    pub(super) fn presented(&mut self, i: usize, args: &Args) -> Vec<PostEvent> {
        let t = self.cast.tree;
        let letters = args.theme.iter().copied().find(|o| {
            self.posts.credentials.contains(t.lemma(*o))
                || t.lemma(*o).trim_end_matches('s') == "letter"
                    && t.kids(*o)
                        .any(|k| t.kids(k).any(|c| matches!(t.lemma(c), "credence" | "credential" | "credentials")))
        });
        let Some(letters) = letters else { return Vec::new() };
        if !t.is_verb(i)
            && t.dep(i) == "pobj"
            && matches!(t.lemma(t.head(i)), "pending" | "before" | "until" | "without" | "prior" | "to")
        {
            return Vec::new();
        }
        let by_host = matches!(t.lemma(i), "accept" | "receive" | "acceptance");
        let exequatur = t.lemma(letters) == "exequatur";
        let chief = if by_host && !exequatur {
            let a = t.noun_args(letters, |_| false);
            a.theme.first().or(a.poss.first()).copied()
        } else {
            args.agent.first().copied()
        };
        let Some(mut chief) = chief else { return Vec::new() };
        let mut accredited = Ends::default();
        if t.dep(i) == "relcl" && !self.may_be_chief(chief) {
            // "accredited X to the Kingdom, who presented"
            let main = t.verb_args(t.clause(t.head(i)));
            accredited.sender = main.agent.iter().find_map(|a| self.polity_of(*a));
            accredited.host = main
                .preps
                .iter()
                .filter(|(p, _)| p == "to")
                .find_map(|(_, o)| t.below(*o, true).into_iter().find_map(|k| self.polity_at(k)));
            chief = main.theme.first().copied().filter(|c| self.may_be_chief(*c)).unwrap_or(chief);
        }
        let roles = self.roles(i, chief, args);
        let mut said = roles.said.clone();
        for k in t.kids(letters).filter(|k| t.lemma(*k) == "as") {
            if let Some(o) = t.kid(k, &["pobj"]) {
                said.insert(0, t.subtree(o));
            }
        }
        let name = self.surname(chief);
        let known = name.as_ref().and_then(|n| self.chiefs.get(n)).cloned();
        let own_rank = roles.own.iter().find_map(|r| self.rank_in(r));
        let rank = said.iter().find_map(|r| self.rank_in(r)).or_else(|| own_rank.clone());
        let mut ends = said.iter().fold(Ends::default(), |e, r| e.or(self.ends_in(r.clone())));
        let own = roles.own.iter().fold(Ends::default(), |e, r| e.or(self.ends_in(r.clone())));
        // to whom: "to the government of Albania in Tirana"
        let letter_args = t.noun_args(letters, |_| false);
        let around: Vec<(String, usize)> = args.preps.iter().chain(&letter_args.preps).cloned().collect();
        let mut to = None;
        for (_, o) in around.iter().filter(|(p, _)| p == "to") {
            let below = t.below(*o, true);
            let named = below.iter().find_map(|k| self.polity_at(*k));
            // a ruler's name may be another's too: he counts for the states of the title only
            let ruler = || {
                below
                    .iter()
                    .find_map(|k| self.polity_of(*k))
                    .filter(|p| self.of_pair(*p) || self.cast.story.pair.is_none())
            };
            to = to.or(named).or_else(ruler);
        }
        let mut at = Ends::default();
        for (_, o) in around.iter().filter(|(p, _)| matches!(p.as_str(), "in" | "at" | "near")) {
            at.place = at.place.or_else(|| self.place_at(*o));
            at.host = at.host.or_else(|| t.below(*o, true).into_iter().find_map(|k| self.polity_at(k)));
        }
        for (_, o) in &around {
            // "to the Ottoman authorities in Baghdad"
            for k in t.below(*o, true).into_iter().filter(|k| *k > *o) {
                if at.place.is_none() && t.dep(k) == "pobj" && matches!(t.lemma(t.head(k)), "in" | "at") {
                    at.place = self.place_at(k);
                }
            }
        }
        if by_host {
            to = to.or_else(|| args.agent.first().and_then(|a| self.polity_of(*a)));
        }
        let mut elsewhere = false;
        if let (Some(own_host), Some(h)) = (own.host, to.or(ends.host)) {
            // "the Ambassador to Papua New Guinea presented his credentials to the Government of Vanuatu"
            elsewhere = own_host != h && !self.of_pair(own_host);
        }
        ends.host = to.or(ends.host).or(accredited.host);
        ends.sender = ends.sender.or(accredited.sender).filter(|s| Some(*s) != ends.host);
        if !elsewhere {
            ends = ends.or(own);
        } else {
            ends.sender = ends.sender.or(own.sender);
        }
        if at.host.is_some_and(|h| self.cast.story.pair.is_some() && !self.of_pair(h)) {
            // letters handed over in a third state
            at.host = None;
        }
        if to.is_none() {
            ends = ends.or(at);
        } else {
            ends.place = ends.place.or(at.place);
        }
        let mut rank = rank;
        if let Some(k) = &known {
            rank = rank.or_else(|| Some(k.rank.clone()));
            elsewhere |= k.elsewhere && (ends.host.is_none() || k.ends.host.is_none() || ends.host == k.ends.host);
            ends = ends.or(k.ends.clone());
        }
        // "Robert Keating presented his credentials", after "the Ambassador was accredited"
        let day = self.date(i, args.carrier, &[letters]);
        let title_before = || self.rank_before(i).filter(|r| is_day(&day.0) && !day.1 && !r.starts_with("consul"));
        let rank = rank.or_else(|| self.rank_near(i)).or_else(title_before).unwrap_or_default();
        let charge = rank == "charge";
        let rank = self.rank_of_chief(rank, i).unwrap_or_default();
        if rank.is_empty() && ends.host.is_none() {
            return Vec::new();
        }
        if let Some(n) = name.clone() {
            self.remember(n, rank.clone(), ends.clone());
        }
        let draft = Draft {
            what: What::Present,
            trigger: i,
            carrier: args.carrier,
            theme: letters,
            rank,
            post: None,
            ends,
            chief: name,
            charge,
            elsewhere,
        };
        self.event(draft).into_iter().collect()
    }

    /// "was received as Chargé d'Affaires by the court", "recognised X as Consul": the host's act.
    pub(super) fn received(&mut self, i: usize, args: &Args) -> Vec<PostEvent> {
        let Some(&chief) = args.theme.first().filter(|c| self.may_be_chief(**c)) else { return Vec::new() };
        let by = args.agent.first().and_then(|a| self.polity_of(*a));
        let accredits = matches!(self.cast.tree.lemma(i), "accredit" | "accreditation" | "confirm");
        if accredits && (!args.passive || by.is_none()) {
            // "accredited the movement's envoy": whose he is, is no state, and the frames tell it
            let t = self.cast.tree;
            let of_others = t.kids(chief).any(|k| {
                matches!(t.dep(k), "poss" | "compound" | "amod" | "nmod")
                    && self.polity_at(k).is_none()
                    && self.cast.resolved.at(k).is_some_and(|m| matches!(m.who, Who::Known(_)))
            });
            return if of_others { Vec::new() } else { self.appointed(i, args) };
        }
        let roles = self.roles(i, chief, args);
        let Some(name) = self.surname(chief) else { return Vec::new() };
        let known = self.chiefs.get(&name).cloned();
        let rank = roles
            .said
            .iter()
            .chain(&roles.own)
            .find_map(|r| self.rank_in(r))
            .or_else(|| known.as_ref().map(|k| k.rank.clone()));
        let Some(rank) = rank else { return Vec::new() };
        let mut ends = roles.said.iter().chain(&roles.own).fold(Ends::default(), |e, r| e.or(self.ends_in(r.clone())));
        if let Some(h) = by {
            if ends.sender == Some(h) {
                ends.sender = None;
            }
            if ends.host != Some(h) && ends.sender.is_none() {
                // "accredited by the United States as consul of Monaco"
                ends.sender = ends.host;
            }
            ends.host = Some(h);
        }
        if let Some(k) = known {
            ends = ends.or(k.ends);
        }
        self.remember(name.clone(), rank.clone(), ends.clone());
        self.bearer_event(What::Receive, i, args, chief, rank, ends, name, false)
    }

    /// "took up his post at Athens", "arrived in Tripoli to assume his duties as Consul", "served from May 1".
    pub(super) fn arrived(&mut self, i: usize, args: &Args) -> Vec<PostEvent> {
        let t = self.cast.tree;
        let Some(&chief) = args.agent.first() else { return Vec::new() };
        let on_duty = args
            .theme
            .iter()
            .chain(args.preps.iter().map(|(_, o)| o))
            .any(|o| self.posts.duties.contains(t.lemma(*o).trim_end_matches('s')));
        let begins = match t.lemma(i) {
            "serve" => args.preps.iter().any(|(p, _)| p == "from"),
            "arrive" => args.preps.iter().any(|(p, _)| matches!(p.as_str(), "in" | "at")),
            _ => on_duty,
        };
        if !begins {
            return Vec::new();
        }
        let Some(name) = self.surname(chief) else { return Vec::new() };
        let roles = self.roles(i, chief, args);
        let known = self.chiefs.get(&name).cloned();
        let rank = roles
            .said
            .iter()
            .chain(&roles.own)
            .find_map(|r| self.rank_in(r))
            .or_else(|| known.as_ref().map(|k| k.rank.clone()));
        let Some(rank) = rank else { return Vec::new() };
        let mut ends = roles.said.iter().chain(&roles.own).fold(Ends::default(), |e, r| e.or(self.ends_in(r.clone())));
        for (_, o) in args.preps.iter().filter(|(p, _)| matches!(p.as_str(), "in" | "at")) {
            ends.place = ends.place.or_else(|| self.place_at(*o));
            ends.host = ends.host.or_else(|| self.polity_at(*o));
        }
        if let Some(k) = known {
            ends = ends.or(k.ends);
        }
        self.remember(name.clone(), rank.clone(), ends.clone());
        if t.lemma(i) == "arrive" && !rank.starts_with("consul") {
            return Vec::new();
        }
        self.bearer_event(What::Arrive, i, args, chief, rank, ends, name, false)
    }

    /// "was appointed Minister to Bulgaria on ...".
    pub(super) fn appointed(&mut self, i: usize, args: &Args) -> Vec<PostEvent> {
        let Some(&chief) = args.theme.first().filter(|c| self.may_be_chief(**c)) else { return Vec::new() };
        let t = self.cast.tree;
        // "the Consul General was sent to Bulgaria to investigate": an errand is no post
        const ERRANDS: &[&str] = &[
            "investigate",
            "report",
            "negotiate",
            "mediate",
            "observe",
            "study",
            "inquire",
            "inspect",
            "attend",
            "arrange",
            "discuss",
            "conclude",
            "sign",
            "deliver",
            "explore",
            "look",
        ];
        let errand = |k: usize| matches!(t.dep(k), "advcl" | "xcomp") && ERRANDS.contains(&t.lemma(k));
        if matches!(t.lemma(i), "send" | "dispatch") && t.kids(i).any(errand) {
            return Vec::new();
        }
        let roles = self.roles(i, chief, args);
        let name = self.surname(chief);
        let mut rank = roles.said.iter().chain(&roles.own).find_map(|r| self.rank_in(r));
        let mut ends = roles.said.iter().fold(Ends::default(), |e, r| e.or(self.ends_in(r.clone())));
        let mut own = roles.own.iter().fold(Ends::default(), |e, r| e.or(self.ends_in(r.clone())));
        // "was appointed to Bucharest", "to Honduras, Costa Rica and Nicaragua", "to the post"
        let mut at = Ends::default();
        for (p, o) in args.preps.iter().filter(|(p, _)| matches!(p.as_str(), "to" | "for" | "in" | "at")) {
            at.place = at.place.or_else(|| self.place_at(*o));
            let host = self.polity_among(*o).or_else(|| t.below(*o, true).into_iter().find_map(|k| self.polity_at(k)));
            if p == "to" || at.host.is_none() {
                at.host = host.or(at.host);
            }
            if rank.is_none() && self.posts.duties.contains(t.lemma(*o).trim_end_matches('s')) {
                rank = self.rank_before(i);
            }
        }
        if rank.is_none()
            && name.is_some()
            && (at.place.is_some() || at.host.is_some())
            && matches!(t.lemma(i), "appoint" | "assign" | "commission")
        {
            // "He was appointed to Bucharest", after "The first Consul was appointed to Romania"
            rank = self.rank_before(i);
        }
        let known = name.as_ref().and_then(|n| self.chiefs.get(n)).cloned();
        if !matches!(t.lemma(i), "appointment" | "nomination") {
            rank = rank.or_else(|| known.as_ref().map(|k| k.rank.clone()));
        }
        let Some(rank) = rank else { return Vec::new() };
        // "the Ambassador to the Philippines was accredited to Palau"
        let mut elsewhere = false;
        if let (Some(h), Some(o)) = (at.host.filter(|h| self.of_pair(*h)), own.host)
            && o != h
            && !self.of_pair(o)
        {
            elsewhere = true;
            own = Ends { sender: own.sender, ..Ends::default() };
        }
        ends = ends.or(Ends { sender: None, ..at }).or(own);
        if let Some(s) = args.agent.iter().find_map(|a| self.polity_of(*a)) {
            if ends.host == Some(s) {
                // "it appointed X to act as Consul for the Republic at Philadelphia"
                ends = Ends { sender: Some(s), host: None, place: ends.place };
            } else {
                ends.sender = ends.sender.or(Some(s));
            }
        }
        if let Some(k) = known.filter(|k| k.rank == rank) {
            ends = ends.or(k.ends);
        }
        let Some(name) = name else {
            return self.bearer_event(What::Appoint, i, args, chief, rank, ends, String::new(), elsewhere);
        };
        self.remember(name.clone(), rank.clone(), ends.clone());
        if let Some(c) = self.chiefs.get_mut(&name) {
            c.elsewhere = elsewhere;
        }
        self.bearer_event(What::Appoint, i, args, chief, rank, ends, name, elsewhere)
    }

    /// The title spoken of last before a token, in its paragraph.
    pub(super) fn rank_before(&self, i: usize) -> Option<String> {
        let b = self.cast.story.block(i)?;
        let t = self.cast.tree;
        (b.tokens.start..i)
            .rev()
            .find_map(|k| self.posts.rank_of_title(t.doc.text(k)).filter(|r| *r != "charge").map(str::to_owned))
    }

    /// A person, or a title that stands for one.
    pub(super) fn may_be_chief(&self, c: usize) -> bool {
        let t = self.cast.tree;
        if self.polity_at(c).is_some() || rank_of_post(t, c).is_some() {
            return false;
        }
        matches!(t.tok(c).pos, "PROPN" | "PRON")
            || self.posts.rank_of_title(t.doc.text(c)).is_some()
            || matches!(t.lemma(c), "representative" | "agent" | "diplomat" | "officer")
    }

    /// What a chief's own phrase says of the two ends.
    pub(super) fn own_ends(&self, chief: usize, args: &Args) -> Ends {
        self.roles(args.carrier, chief, args).own.iter().fold(Ends::default(), |e, r| e.or(self.ends_in(r.clone())))
    }

    pub(super) fn rank_in(&self, r: &Range<usize>) -> Option<String> {
        self.posts.rank_of_title(self.cast.tree.doc.span_text(r.clone())).map(str::to_owned)
    }

    /// The phrases that tell the title: `said` by the clause ("as ...", predicate nominals), `own` of the chief's name.
    pub(super) fn roles(&self, verb: usize, chief: usize, args: &Args) -> Roles {
        let t = self.cast.tree;
        let mut out = Roles::default();
        let s = self.sentence(verb);
        let clip = |r: Range<usize>| r.start.max(s.start)..r.end.min(s.end);
        for (p, o) in &args.preps {
            if p == "as" {
                out.said.push(clip(t.subtree(*o)));
            }
        }
        for a in &args.attr {
            out.said.push(clip(t.subtree(*a)));
        }
        // "assumed his duties as Consul", "took up the post of Consul", "to assume his duties as"
        let mut objects: Vec<usize> = args.theme.clone();
        for c in t.kids(verb).filter(|k| {
            matches!(t.dep(*k), "xcomp" | "advcl")
                && t.is_verb(*k)
                && t.kids(*k).any(|a| t.dep(a) == "aux" && t.lemma(a) == "to")
        }) {
            let inner = t.verb_args(c);
            out.said.extend(inner.preps.iter().filter(|(p, _)| p == "as").map(|(_, o)| clip(t.subtree(*o))));
            out.said.extend(inner.attr.iter().map(|a| clip(t.subtree(*a))));
            objects.extend(inner.theme);
        }
        for o in objects {
            for k in t.kids(o).filter(|k| {
                t.lemma(*k) == "as"
                    || t.lemma(*k) == "of" && self.posts.duties.contains(t.lemma(o).trim_end_matches('s'))
            }) {
                out.said.extend(t.kid(k, &["pobj"]).map(|x| clip(t.subtree(x))));
            }
        }
        // "was the first resident Ambassador to Qatar, presenting his credentials"
        let main = t.head(verb);
        if matches!(t.dep(verb), "advcl" | "conj" | "xcomp") && t.is_verb(main) {
            for k in t.kids(main).filter(|k| matches!(t.dep(*k), "attr" | "oprd")) {
                out.said.push(clip(t.phrase(k).start..t.subtree(k).end.min(verb.max(k + 1))));
            }
            for (p, o) in t.verb_args(main).preps {
                if p == "as" {
                    out.said.push(clip(t.subtree(o)));
                }
            }
        }
        if t.tok(chief).pos != "PRON" {
            let mut r = t.phrase(chief);
            if let Some(m) = self.cast.resolved.at(chief) {
                r = r.start.min(m.tokens.start)..r.end.max(m.tokens.end);
            }
            out.own.push(clip(r));
            for k in t.kids(chief).filter(|k| matches!(t.dep(*k), "appos" | "prep")) {
                out.own.push(clip(t.phrase(chief).start..t.subtree(k).end));
            }
            // a name in apposition to the title: "the Minister to Greece, X"
            if t.dep(chief) == "appos" {
                out.own.push(clip(t.phrase(t.head(chief)).start..chief + 1));
            }
            // relative clause with the title: "X, who was Minister to Greece,"
            for k in t.kids(chief).filter(|k| t.dep(*k) == "relcl" && *k != verb && !t.dominates(*k, verb)) {
                let inner = t.verb_args(k);
                out.own.extend(inner.attr.iter().map(|a| clip(t.subtree(*a))));
                out.own.extend(inner.preps.iter().filter(|(p, _)| p == "as").map(|(_, o)| clip(t.subtree(*o))));
            }
        }
        if out.said.is_empty() && t.is_verb(verb) {
            // "received as Chargé d’Affaires": a title that the parse took for a clause
            let near = verb + 1..s.end.min(verb + 9);
            if let Some(k) = near.clone().find(|k| t.lemma(*k) == "as") {
                let end = (k + 1..s.end.min(k + 8))
                    .find(|j| matches!(t.doc.text(*j), "," | ";" | "on" | "in" | "and"))
                    .unwrap_or(s.end.min(k + 8));
                out.said.push(k + 1..end);
            }
        }
        out.said.retain(|r| !r.is_empty());
        out.own.retain(|r| !r.is_empty());
        out
    }

    pub(super) fn surname(&self, chief: usize) -> Option<String> {
        let t = self.cast.tree;
        let mut i = chief;
        if t.tok(i).pos == "PRON" {
            let known = self.cast.resolved.at(i).and_then(|m| match &m.who {
                Who::Unknown { name, .. } => name.split(' ').next_back().map(str::to_owned),
                Who::Known(ix) => self.cast.actors.actor(*ix).label.split(' ').next_back().map(str::to_owned),
            });
            return self.focus.chief.clone().or_else(|| known.filter(|n| self.chiefs.contains_key(n)));
        }
        if is_suffix(t.doc.text(i)) {
            while i > 0 && (t.doc.text(i) == "," || is_suffix(t.doc.text(i))) {
                i -= 1;
            }
        }
        let title = matches!(t.doc.text(i), "Extraordinary" | "Plenipotentiary" | "Resident" | "General")
            || self.posts.rank_of_title(t.doc.text(i)).is_some();
        if title || t.tok(i).pos != "PROPN" {
            // "its first consul, X"; "Ambassador to the Netherlands X"; "Envoy Extraordinary and Minister Plenipotentiary X"
            let joined = t
                .conjuncts(i)
                .into_iter()
                .skip(1)
                .rev()
                .find(|k| t.tok(*k).pos == "PROPN" && self.posts.rank_of_title(t.doc.text(*k)).is_none());
            let beside = t.kids(i).find(|k| t.dep(*k) == "appos" && t.tok(*k).pos == "PROPN");
            return self.person_at(i).or_else(|| joined.or(beside).map(|k| t.doc.text(k).to_owned()));
        }
        Some(t.doc.text(i).to_owned())
    }

    /// Surname of the person whose name stands at a token, or in the phrase of the title there.
    pub(super) fn person_at(&self, i: usize) -> Option<String> {
        let t = self.cast.tree;
        let phrase = t.phrase(i);
        let until = t.subtree(i).end.min(self.sentence(i).end);
        let entity = t
            .doc
            .entities
            .iter()
            .find(|e| e.label == "PERSON" && (e.start as usize) >= phrase.start && (e.end as usize) <= until)?;
        let mut last = entity.end as usize - 1;
        while last > entity.start as usize
            && (t.tok(last).pos == "PUNCT" || is_suffix(t.doc.text(last)) || matches!(t.tok(last).pos, "PART"))
        {
            last -= 1;
        }
        Some(t.doc.text(last).to_owned())
    }

    /// The rank of a post or chief named nearby: in the sentence, else in the heading.
    pub(super) fn rank_near(&self, i: usize) -> Option<String> {
        let t = self.cast.tree;
        let in_range = |r: Range<usize>| {
            r.clone()
                .find_map(|k| rank_of_post(t, k).map(str::to_owned))
                .or_else(|| self.posts.rank_of_title(t.doc.span_text(r)).filter(|r| *r != "charge").map(str::to_owned))
        };
        let charge = |r: Range<usize>| self.posts.rank_of_title(t.doc.span_text(r)) == Some("charge");
        // of a heading "Elevation of Legation to Embassy" the new rank
        let of_heading = |r: Range<usize>| {
            r.clone().rev().find_map(|k| rank_of_post(t, k).map(str::to_owned)).or_else(|| in_range(r))
        };
        in_range(self.sentence(i))
            .or_else(|| self.cast.story.heading(i).and_then(|h| of_heading(h.tokens.clone())))
            .or_else(|| charge(self.sentence(i)).then(|| self.rank_of_chief("charge".into(), i)).flatten())
    }

    /// The rank of a post named in the sentence or its heading.
    pub(super) fn post_near(&self, i: usize) -> Option<String> {
        let t = self.cast.tree;
        let in_range = |mut r: Range<usize>| {
            r.find_map(|k| rank_of_post(t, k).filter(|r| *r != "consulate" && *r != "interests").map(str::to_owned))
        };
        in_range(self.sentence(i)).or_else(|| self.cast.story.heading(i).and_then(|h| in_range(h.tokens.clone())))
    }
}
