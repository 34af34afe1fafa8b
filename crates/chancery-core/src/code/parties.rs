//! From a head token to the parties it names: the actor it was resolved to, joined names apart, collectives and
//! plain noun phrases as they stand.
use super::story::Story;
use super::tree::{MEASURES, Tree};
use super::values::number;
use crate::resolve::{ActorIx, City, Kind, Mention, Places, Registry, Resolved, Via, Who, slug};
use crate::values::Party;

/// What a document's parties are read from.
pub struct Cast<'a> {
    pub tree: &'a Tree<'a>,
    pub resolved: &'a Resolved,
    pub actors: &'a Registry,
    pub places: &'a Places,
    pub story: &'a Story,
    /// The day of the document.
    pub day: Option<jiff::civil::Date>,
}

/// A party and the token that names it.
#[derive(Debug, Clone)]
pub struct Filler {
    pub party: Party,
    pub token: usize,
}

/// Nouns that, with their "of"-phrase, name a body of states or people and may act as a party.
/// Plurals of people and firms that are told of as a set and by the names of some: "ten officials, among them X".
const SETS: &[&str] = &[
    "official",
    "general",
    "minister",
    "leader",
    "officer",
    "individual",
    "person",
    "people",
    "man",
    "entity",
    "company",
    "firm",
    "bank",
    "judge",
    "figure",
    "politician",
    "oligarch",
    "businessman",
    "opponent",
    "activist",
    "journalist",
    "group",
    "organization",
    "organisation",
    "lawmaker",
    "diplomat",
    "deputy",
    "associate",
];

const COLLECTIVES: &[&str] = &[
    "member",
    "country",
    "nation",
    "state",
    "world",
    "community",
    "neighbor",
    "neighbour",
    "ally",
    "government",
    "republic",
    "power",
    "monarchy",
    "capital",
    "rest",
    "majority",
    "bloc",
    "side",
    "faction",
    "dissident",
    "fighter",
    "commander",
    "soldier",
    "militant",
    "rebel",
    "troop",
    "force",
    "west",
    "opposition",
    "coalition",
    "regime",
    "authority",
    "junta",
    "army",
    "military",
    "police",
    "gunman",
    "insurgent",
    "parliament",
    "court",
    "protester",
    "demonstrator",
    "panel",
    "tribunal",
    "separatist",
    "jihadist",
    "extremist",
    "monitor",
    "observer",
    "peacekeeper",
    "inspector",
    "student",
    "villager",
    "guerrilla",
    "mob",
    "crowd",
    "assailant",
    "attacker",
    "leadership",
    "group",
    "militia",
    "movement",
    "gang",
    "alliance",
    "union",
    "council",
    "commission",
    "branch",
    "affiliate",
    "wing",
    "offshoot",
    "chapter",
    "column",
    "squad",
];

/// Parts of a body that act for it: "the group's armed wing".
const ORGANS: &[&str] = &["force", "troop", "wing", "branch", "army", "militia", "leadership"];

/// People who stand in a body: named with it, they are that body's.
const IN_BODIES: &[&str] =
    &["rival", "opponent", "critic", "enemy", "foe", "hardliner", "element", "dissident", "loyalist", "moderate"];

impl Cast<'_> {
    /// The parties that a head token names and that are of one of the kinds `is`; joined names are parties each.
    pub fn fill(&self, head: usize, is: &[&str]) -> Vec<Filler> {
        if is.contains(&"topic") {
            return self.topic(head).into_iter().collect();
        }
        // "X and Y, both of whom live in Spain"
        if let Some(all) = self.all_of_whom(head) {
            return self.fill(all, is);
        }
        // "no state except Turkey"
        if let Some(x) = self.tree.exception(head).filter(|x| self.resolved.at(*x).is_some()) {
            return self.fill(x, is);
        }
        if let Some(pair) = self.pair_meant(head) {
            return pair.into_iter().flat_map(|k| self.one(k, is)).collect();
        }
        if is.contains(&"band") {
            // "two oligarchs, A and B", "the group, Hezbollah": those named beside them
            let named = self.each_beside(head, &["person", "group", "party", "organization", "state"]);
            let t = self.tree;
            let one = || t.name_beside(head).is_some_and(|k| self.resolved.at(k).is_some_and(|m| m.via == Via::Name));
            if !named.is_empty() || t.tok(head).tag == "NN" && one() {
                return named;
            }
        }
        if is.contains(&"band") && self.tree.tok(head).tag == "NNS" && !self.stands_for_itself(head) {
            return vec![self.band(head)];
        }
        let mut out: Vec<Filler> = Vec::new();
        let members = self.members(head);
        if let Some(pair) = self.one_body_of(&members, is) {
            return vec![pair];
        }
        for token in members {
            let mut named = self.instances(token, is);
            // "the breakaway republics of Donetsk and Luhansk": those that the plural counts up
            if named.is_empty() {
                named = self.counted_up(token, is);
            }
            // "two former ministers, A and B": those named beside them
            if named.is_empty() && matches!(self.tree.tok(token).tag, "NNS" | "CD") && is.contains(&"person") {
                named = self.named_beside(token);
            }
            // "two countries, Kenya and Ghana": none but those named beside them
            if named.is_empty() {
                named = self.each_beside(token, is);
                if !named.is_empty() {
                    out.extend(named);
                    continue;
                }
            }
            // "ten officials, among them X": the officials too, and X
            let of_kind = COLLECTIVES.contains(&self.tree.lemma(token));
            if named.is_empty() || SETS.contains(&self.tree.lemma(token)) || !of_kind {
                let whole = self.one(token, is);
                named.splice(0..0, whole);
            }
            for f in named {
                if !out.iter().any(|o| o.party.id == f.party.id) {
                    out.push(f);
                } else if is.contains(&"place") && f.token == token && self.resolved.at(token).is_some_and(|m| m.place)
                {
                    // "visited Aden and Sanaa": two towns of one state
                    out.push(self.as_it_stands(token, "place"));
                }
            }
        }
        // "along with Turkey, Albania": those told of together with it
        if out.len() == 1 && !out[0].party.id.starts_with('~') && !is.contains(&"place") {
            let kind = out[0].party.kind.clone();
            for c in self.tree.companions(head).into_iter().filter(|c| self.resolved.at(*c).is_some()) {
                let more = self.one(c, is).into_iter().filter(|f| f.party.kind == kind && !f.party.id.starts_with('~'));
                out.extend(more.take(1));
            }
        }
        out
    }

    /// "eleven people and companies", "Yugoslav troops and police": two plain nouns under one count or owner are one party.
    fn one_body_of(&self, members: &[usize], is: &[&str]) -> Option<Filler> {
        let &[a, b] = members else { return None };
        let t = self.tree;
        let plain = |k: usize| {
            t.tok(k).pos == "NOUN"
                && matches!(t.tok(k).tag, "NNS" | "NN")
                && self.resolved.at(k).is_none_or(|m| matches!(m.via, Via::Noun | Via::Organ))
        };
        let bare = t.kids(b).all(|k| matches!(t.dep(k), "cc" | "punct" | "relcl" | "acl"));
        let shared = t.kids(a).any(|k| k < a && matches!(t.dep(k), "nummod" | "amod" | "poss" | "compound"));
        let near = a < b && t.doc.span_text(a + 1..b).trim() == "and";
        if !(near && bare && shared && plain(a) && plain(b))
            || t.tok(a).tag != "NNS"
            || matches!(t.tok(b).tag, "NN") && t.lemma(b) != "police"
        {
            return None;
        }
        let mut f = self.one(a, is).into_iter().next()?;
        if f.party.id.starts_with('~') {
            let tail = format!(" and {}", t.doc.text(b));
            if !f.party.label.ends_with(t.doc.text(a)) {
                return None;
            }
            f.party.label.push_str(&tail);
            f.party.mention.push_str(&tail);
            f.party.id = format!("~{}", slug(&f.party.label));
        }
        Some(f)
    }

    /// "both of whom", "all of which": what the relative clause tells of.
    fn all_of_whom(&self, head: usize) -> Option<usize> {
        let t = self.tree;
        let v = t.head(head);
        let word = matches!(t.doc.text(head).to_lowercase().as_str(), "neither" | "both" | "all" | "none" | "each");
        let of = t.kids(head).find(|k| t.lemma(*k) == "of").and_then(|p| t.kid(p, &["pobj"]))?;
        (word && matches!(t.tok(of).tag, "WP" | "WDT") && t.dep(v) == "relcl" && t.head(v) < head).then(|| t.head(v))
    }

    /// "Britain and Denmark keep offices, but neither recognises it": those joined before.
    fn pair_meant(&self, head: usize) -> Option<Vec<usize>> {
        let t = self.tree;
        if !matches!(t.doc.text(head).to_lowercase().as_str(), "neither" | "both") || t.kids(head).next().is_some() {
            return None;
        }
        // "met the Rwandan and Ugandan leaders and urged both": the two joined last
        if matches!(t.dep(head), "dobj" | "pobj" | "dative") {
            if self.resolved.at(head).is_some() {
                return None;
            }
            let from = t.sentences()[t.sentence_ix(head).saturating_sub(1)].start;
            let side = |k: usize| {
                self.resolved.at(k).is_some_and(|m| {
                    m.also.is_empty() && fits(m.who.kind(self.actors), &["side", "person"]) && m.via != Via::Noun
                })
            };
            return (from..head).rev().find_map(|k| {
                let two = t.conjuncts(t.first_conjunct(k));
                (t.dep(k) == "conj" && two.len() == 2 && two.iter().all(|j| *j < head && side(*j))).then_some(two)
            });
        }
        if !matches!(t.dep(head), "nsubj" | "nsubjpass") {
            return None;
        }
        let from = t.sentences()[t.sentence_ix(head).saturating_sub(1)].start;
        let first = (from..head).rev().find(|k| {
            matches!(t.dep(*k), "nsubj" | "nsubjpass") && self.resolved.at(*k).is_some() && t.conjuncts(*k).len() == 2
        })?;
        Some(t.conjuncts(first))
    }

    /// Persons named in apposition to a plural, joined to each other.
    fn named_beside(&self, token: usize) -> Vec<Filler> {
        let t = self.tree;
        let person = |k: usize| t.tok(k).pos == "PROPN" && self.kind_at(k) == Some(Kind::Person);
        let Some(first) = t.kids(token).find(|k| *k > token && t.dep(*k) == "appos" && person(*k)) else {
            return Vec::new();
        };
        t.conjuncts(first).into_iter().filter(|c| person(*c)).flat_map(|c| self.one(c, &["person"])).collect()
    }

    /// "two countries, Kenya and Ghana": names in apposition to a plural of states or bodies, at least two and all known.
    fn each_beside(&self, token: usize, is: &[&str]) -> Vec<Filler> {
        let t = self.tree;
        let l = t.lemma(token);
        let counted = || t.kids(token).any(|k| k < token && matches!(t.dep(k), "nummod" | "det"));
        let set = COLLECTIVES.contains(&l) || SETS.contains(&l) || counted();
        if t.tok(token).tag != "NNS" || !set || is.contains(&"topic") {
            return Vec::new();
        }
        let Some(first) = t.name_beside(token) else {
            return Vec::new();
        };
        let heads: Vec<usize> = t
            .conjuncts(first)
            .into_iter()
            .filter(|c| t.tok(*c).pos == "PROPN" && self.resolved.at(*c).is_some_and(|m| m.via == Via::Name))
            .collect();
        let named: Vec<Filler> = heads.iter().filter_map(|c| self.one(*c, is).into_iter().next()).collect();
        if named.len() > 1 && named.len() == heads.len() { named } else { Vec::new() }
    }

    /// A plural that is an actor's own name or points back at one ("the rebels"), not people of it ("Kenyan judges").
    fn stands_for_itself(&self, head: usize) -> bool {
        let Some(m) = self.resolved.at(head) else { return false };
        match &m.who {
            Who::Known(_) => m.via != Via::Organ,
            Who::Unknown { .. } => !matches!(m.via, Via::Noun | Via::Organ),
        }
    }

    /// The joined names under a head, seen through "none of the members", "leaders of X and Y".
    fn members(&self, head: usize) -> Vec<usize> {
        let t = self.tree;
        // "both X and Y", "A, B and C"; not the next post with its own name: "X's president, A, and Y's president, B"
        let beside = t.dep(head) == "appos";
        let own_name = |c: &usize| *c != head && t.kid(*c, &["appos"]).is_some();
        let mut all: Vec<usize> = t.conjuncts(head).into_iter().filter(|c| !(beside && own_name(c))).collect();
        // where the second hangs on the first name
        let names = t.kids(head).filter(|k| t.dep(*k) == "appos" && self.kind_at(*k) == Some(Kind::Person));
        all.extend(names.flat_map(|k| t.conjuncts(k)).filter(own_name).filter(|c| !t.dep(*c).starts_with("appos")));
        all
    }

    /// "some nations, for instance Pakistan or India", "dissidents like Stanikzai": those named stand for the kind.
    fn instances(&self, token: usize, is: &[&str]) -> Vec<Filler> {
        let t = self.tree;
        let set = COLLECTIVES.contains(&t.lemma(token)) || SETS.contains(&t.lemma(token));
        let counted = || t.kids(token).any(|k| k < token && matches!(t.dep(k), "nummod" | "amod" | "det"));
        if t.tok(token).tag != "NNS" || !set && !counted() {
            return Vec::new();
        }
        let mut heads: Vec<usize> = Vec::new();
        for k in t.kids(token).filter(|k| *k > token && t.dep(*k) == "prep") {
            let such = set && t.lemma(k) == "as" && t.kids(k).any(|s| t.lemma(s) == "such");
            // "four countries, including Chile and Peru", "several states, among them Ghana"
            let some = matches!(t.lemma(k), "include" | "including" | "among");
            if such || some || set && matches!(t.lemma(k), "like" | "namely") {
                heads.extend(t.kid(k, &["pobj"]));
                if some {
                    heads.extend(self.listed_from(k + 1));
                }
            }
        }
        // set between dashes or commas, further on in the sentence
        for i in token..t.sentence(token).end {
            if matches!(t.lemma(i), "instance" | "example")
                && i > 0
                && t.lemma(i - 1) == "for"
                && t.dep(t.head(i - 1)) != "conj"
            {
                heads.extend(t.kids(i).filter(|k| matches!(t.dep(*k), "conj" | "appos")));
                let next = if i + 1 < t.len() && t.lemma(i + 1) == "," { i + 2 } else { i + 1 };
                if heads.is_empty() && next < t.sentence(token).end && t.clause(next) == t.clause(i) {
                    heads.extend(
                        (next..t.sentence(token).end)
                            .take(4)
                            .find(|j| self.resolved.at(*j).is_some_and(|m| m.head == *j)),
                    );
                }
            }
        }
        // "five members refuse to recognise it: Spain, Greece and Cyprus"
        if heads.is_empty() {
            heads.extend(self.after_colon(token));
        }
        // "several embassies, among them those of Rwanda and France"
        for h in &mut heads {
            if matches!(t.lemma(*h), "those" | "that") {
                let of = t.kids(*h).find(|k| t.lemma(*k) == "of").and_then(|k| t.kid(k, &["pobj"]));
                *h = of.unwrap_or(*h);
            }
        }
        let mut out: Vec<Filler> = Vec::new();
        for h in heads {
            for c in t.conjuncts(h) {
                out.extend(
                    self.one(c, is).into_iter().filter(|f| !f.party.id.starts_with('~') || f.party.kind == "person"),
                );
            }
        }
        out
    }

    /// "republics of A and B", "the governments of A, B and C": the joined names that a plural of places or bodies is said of.
    fn counted_up(&self, token: usize, is: &[&str]) -> Vec<Filler> {
        const OF_EACH: &[&str] =
            &["republic", "region", "territory", "enclave", "state", "kingdom", "emirate", "statelet", "entity"];
        const TOWNS: &[&str] =
            &["town", "city", "village", "province", "district", "port", "base", "camp", "suburb", "capital"];
        let t = self.tree;
        let places = is.contains(&"place") || is.contains(&"ground");
        let words = if places { TOWNS } else { OF_EACH };
        if t.tok(token).tag != "NNS" || !words.contains(&t.lemma(token)) {
            return Vec::new();
        }
        let at = |k: usize| t.lemma(k) == "of" || places && matches!(t.lemma(k), "in" | "at" | "near");
        let of = t.kids(token).find(|k| at(*k) && *k > token).and_then(|p| t.kid(p, &["pobj"]));
        let all = of.map(|o| t.conjuncts(o)).filter(|all| all.len() > 1).unwrap_or_default();
        let named: Vec<Filler> = all
            .iter()
            .flat_map(|c| {
                // "the republics of Donetsk and Luhansk": by the name of the republic
                let republic = (t.lemma(token) == "republic" && !places)
                    .then(|| ["Republic", "People's Republic"].map(|r| format!("{} {r}", t.doc.text(*c))))
                    .into_iter()
                    .flatten()
                    .flat_map(|name| self.actors.find(&name))
                    .map(|(ix, _)| ix)
                    .find(|ix| fits(self.actors.actor(*ix).kind, is));
                match republic {
                    Some(ix) => vec![Filler { token: *c, party: self.party(ix) }],
                    None => self.one(*c, is),
                }
            })
            .collect();
        if named.len() == all.len() { named } else { Vec::new() }
    }

    /// "Among them A, B and C": the names of a list that begins behind a token, over "them" and whatever stands with a name.
    pub(super) fn listed_from(&self, start: usize) -> Vec<usize> {
        let t = self.tree;
        let end = t.sentence(start.min(t.len() - 1)).end;
        let mut out = Vec::new();
        let mut i = start;
        while i < end {
            match self.resolved.covering(i).filter(|m| m.via == Via::Name && m.tokens.contains(&i)) {
                Some(m) => {
                    out.push(m.head);
                    i = m.tokens.end;
                    // a name before a verb of its own begins a clause
                    if i < end && t.is_verb(i) {
                        break;
                    }
                }
                None if matches!(t.tok(i).pos, "DET" | "CCONJ" | "PRON" | "SPACE")
                    || t.doc.text(i) == ","
                    || t.is_nominal(i) && t.dep(i) == "compound" =>
                {
                    i += 1;
                }
                None => break,
            }
        }
        out
    }

    /// The names that stand behind a colon to the end of the sentence, where nothing else does and they are as many as the
    /// plural counts, or at least three.
    fn after_colon(&self, token: usize) -> Vec<usize> {
        let t = self.tree;
        let line = t.sentence(token);
        let Some(colon) = (token..line.end).find(|i| t.doc.text(*i) == ":") else { return Vec::new() };
        // a colon may end the sentence of the parse
        let line = if colon + 1 == line.end && line.end < t.len() { t.sentence(line.end) } else { line };
        let names: Vec<usize> = self
            .resolved
            .mentions
            .iter()
            .filter(|m| m.via == Via::Name && m.tokens.start > colon && m.tokens.end <= line.end)
            .map(|m| m.head)
            .collect();
        let inside = |i: usize| {
            names.iter().any(|n| self.resolved.at(*n).is_some_and(|m| m.tokens.contains(&i)))
                || matches!(t.tok(i).pos, "PUNCT" | "SPACE" | "DET")
                || matches!(t.lemma(i), "and" | "also" | "or")
        };
        if names.len() < 2 || !(colon + 1..line.end).all(inside) {
            return Vec::new();
        }
        let counted = t.kids(token).any(|k| t.dep(k) == "nummod");
        if counted || names.len() > 2 { names } else { Vec::new() }
    }

    /// People as they stand, joined nouns together: "former rebel commanders and soldiers".
    fn band(&self, head: usize) -> Filler {
        let t = self.tree;
        let last = t.conjuncts(head).into_iter().filter(|c| t.tok(*c).tag == "NNS").max().unwrap_or(head);
        let mut f = self.as_it_stands(head, "people");
        let whole = t.phrase(head).start..t.phrase(last).end.max(head + 1);
        f.party.mention = clean(strip_lead(t.doc.span_text(whole)));
        if last != head {
            f.party.label.clone_from(&f.party.mention);
        }
        f
    }

    /// A topic in its own words, joined parts and all: "girls' education and employment".
    fn topic(&self, head: usize) -> Option<Filler> {
        let t = self.tree;
        if !t.is_nominal(head) && t.tok(head).tag != "VBG" || t.tok(head).pos == "PRON" {
            return None;
        }
        let cut = |k: usize| {
            matches!(
                t.dep(k),
                "relcl" | "advcl" | "ccomp" | "acl" | "parataxis" | "appos" | "punct" | "cc" | "aux" | "mark"
            )
        };
        let (mut lo, mut hi) = (head, head);
        let mut todo = vec![head];
        while let Some(j) = todo.pop() {
            lo = lo.min(j);
            hi = hi.max(j);
            todo.extend(t.kids(j).filter(|k| !cut(*k) || (t.dep(*k) == "acl" && t.tok(*k).tag == "VB")));
        }
        let bare = |s: &str| {
            let s = strip_lead(s);
            clean(["this ", "that ", "these ", "those ", "such "].iter().find_map(|d| s.strip_prefix(d)).unwrap_or(s))
        };
        let words = bare(t.doc.span_text(lo..hi + 1));
        let label = bare(t.doc.span_text(t.phrase(head)));
        let party = Party {
            id: format!("~{}", slug(&label)),
            label,
            mention: words,
            country: None,
            kind: "topic".to_owned(),
            names: Vec::new(),
        };
        Some(Filler { party, token: head })
    }

    fn one(&self, token: usize, is: &[&str]) -> Vec<Filler> {
        let t = self.tree;
        // "Europe recognised it": a continent that acts is its union of states
        if is.contains(&"side")
            && t.doc.text(token) == "Europe"
            && matches!(t.dep(token), "nsubj" | "nsubjpass" | "dobj" | "agent")
            && let Some(ix) = self.actors.find("European Union").first().map(|(ix, _)| *ix)
        {
            return vec![Filler { party: Party { mention: "Europe".into(), ..self.party(ix) }, token }];
        }
        // "his rivals in the network", "hardliners within the party": the body they are of
        if IN_BODIES.contains(&t.lemma(token)) {
            let of = t
                .kids(token)
                .filter(|k| matches!(t.lemma(*k), "in" | "within" | "inside"))
                .filter_map(|k| t.kid(k, &["pobj"]));
            if let Some(f) = of
                .filter_map(|o| self.one_named(o, is))
                .find(|f| matches!(f.party.kind.as_str(), "group" | "party" | "organization"))
            {
                return vec![f];
            }
        }
        // "NATO's newest member, Sweden, sent jets", "its ally Russia": who is named beside it
        if matches!(
            t.lemma(token),
            "member" | "ally" | "partner" | "neighbour" | "neighbor" | "rival" | "backer" | "patron"
        ) && t.tok(token).tag == "NN"
            && let Some(k) = t.name_beside(token)
        {
            let named = self.one(k, is);
            if !named.is_empty() {
                return named;
            }
        }
        // "took Goma in January and has held it since": the place named last, not a party
        if (is.contains(&"place") || is.contains(&"ground"))
            && t.doc.text(token).eq_ignore_ascii_case("it")
            && let Some(named) = self.place_held(token)
        {
            return vec![self.as_it_stands(named, "place")];
        }
        // "the group's forces": whose they are
        if self.resolved.at(token).is_none()
            && (t.tok(token).tag == "NNS" && self.actors.is_agent(t.lemma(token)) || ORGANS.contains(&t.lemma(token)))
            && let Some(owner) = t.kids(token).find(|k| t.dep(*k) == "poss")
            && let Some(f) =
                self.one_named(owner, is).filter(|f| !f.party.id.starts_with('~') && f.party.kind != "person")
        {
            let mention = clean(strip_lead(t.doc.span_text(t.phrase(token))));
            return vec![Filler { token, party: Party { mention, ..f.party } }];
        }
        // "Nimr al-Nimr": a name whose head the parse has elsewhere than the names do
        let torn = (self.resolved.at(token).is_none() && t.tok(token).pos == "PROPN")
            .then(|| self.resolved.covering(token))
            .flatten()
            .filter(|m| m.via == Via::Name && !m.tokens.contains(&t.head(token)));
        if let Some(m) = torn {
            let out = self.of_mention(m, m.head, is);
            if !out.is_empty() {
                return out.into_iter().map(|f| Filler { token, ..f }).collect();
            }
        }
        // "the port, which the rebels control"
        if matches!(t.tok(token).tag, "WDT" | "WP") && self.resolved.at(token).is_none() {
            let mut v = t.head(token);
            for _ in 0..4 {
                if t.dep(v) == "relcl" || t.is_root(v) {
                    break;
                }
                v = t.head(v);
            }
            if t.dep(v) == "relcl" && t.head(v) < token {
                let noun = t.head(v);
                // "is a branch of the PKK, which Turkey lists": the name right before the comma
                let beside = (noun + 1..token).rev().find(|k| t.tok(*k).pos == "PROPN").filter(|k| {
                    let up = t.head(*k);
                    t.dep(noun) == "attr" && t.dep(*k) == "pobj" && t.lemma(up) == "of" && t.head(up) == noun
                        || t.dep(*k) == "appos"
                            && t.dep(noun) == "attr"
                            && t.dep(up) == "pobj"
                            && t.head(t.head(up)) == noun
                });
                let named = beside.map(|k| self.one(k, is)).unwrap_or_default();
                if named.iter().any(|f| !f.party.id.starts_with('~')) {
                    return named;
                }
                return self.one(noun, is);
            }
        }
        if let Some(m) = self.resolved.at(token) {
            let out = self.of_mention(m, token, is);
            let named = !matches!(m.via, Via::Noun);
            if !out.is_empty() {
                return out;
            }
            // "West African leaders lifted them": in the plural, for their states
            if t.tok(token).tag == "NNS"
                && matches!(t.lemma(token), "leader" | "minister" | "government")
                && is.iter().any(|s| matches!(*s, "state" | "organization"))
                && matches!(m.who, Who::Unknown { .. })
            {
                return vec![self.as_it_stands(token, "people")];
            }
            if named && !is.contains(&"any") && !is.contains(&"place") {
                // "their missions in Yangon": the state of the city
                return if is.contains(&"state") { self.state_of_city(token).into_iter().collect() } else { out };
            }
        }
        // "Russia's president, Vladimir Putin": who bears the post
        if self.resolved.at(token).is_none() && self.actors.is_post(t.lemma(token)) {
            let beside = t.kids(token).find(|k| t.dep(*k) == "appos" && self.kind_at(*k) == Some(Kind::Person));
            let named = beside.map(|k| self.one(k, is)).unwrap_or_default();
            if !named.is_empty() {
                return named;
            }
        }
        // "named another Hutu, the economist X": who is named beside
        if is.contains(&"person") && t.dep(token) == "dobj" && t.kid(token, &["det"]).is_some() {
            let mut beside = t.kids(token).find(|k| *k > token && t.dep(*k) == "appos");
            for _ in 0..2 {
                match beside {
                    Some(k) if self.kind_at(k) == Some(Kind::Person) && t.tok(k).pos == "PROPN" => {
                        return self.one(k, is);
                    }
                    Some(k) => beside = t.kids(k).find(|o| *o > k && t.dep(*o) == "appos"),
                    None => break,
                }
            }
        }
        // "Eritrea's sole party, the PFDJ": the body named beside
        if self.resolved.at(token).is_none_or(|m| m.via == Via::Noun)
            && matches!(
                t.lemma(token),
                "party" | "group" | "movement" | "organisation" | "organization" | "militia" | "faction" | "network"
            )
            && t.tok(token).tag == "NN"
            && let Some(k) = t.name_beside(token)
            && self.resolved.at(k).is_some_and(|m| {
                m.via == Via::Name && matches!(m.who.kind(self.actors), Kind::Group | Kind::Party | Kind::Organization)
            })
        {
            let named = self.one(k, is);
            if !named.is_empty() {
                return named;
            }
        }
        let l = t.lemma(token);
        // "the government of Evo Morales": his state's
        if matches!(
            l,
            "government"
                | "administration"
                | "regime"
                | "cabinet"
                | "army"
                | "force"
                | "troop"
                | "military"
                | "navy"
                | "guard"
        ) && self.resolved.at(token).is_none_or(|m| matches!(m.who, Who::Unknown { .. }))
            && (is.contains(&"side") || is.contains(&"state"))
        {
            let of = t
                .kids(token)
                .filter(|k| t.lemma(*k) == "of")
                .find_map(|k| t.kid(k, &["pobj"]))
                .or_else(|| t.kids(token).find(|k| t.dep(*k) == "poss"));
            let ruler = of.and_then(|o| self.resolved.at(o)).filter(|m| m.who.kind(self.actors) == Kind::Person);
            if let Some(ix) = ruler.and_then(|m| m.country.as_deref()).and_then(|c| self.actors.by_id(c)) {
                let mention = clean(strip_lead(t.doc.span_text(t.phrase(token))));
                return vec![Filler { party: Party { mention, ..self.party(ix) }, token }];
            }
        }
        // "Hamas-led militants": those who lead them
        const LED: &[&str] =
            &["militant", "fighter", "force", "troop", "gunman", "rebel", "insurgent", "soldier", "militia"];
        if LED.contains(&l) && self.resolved.at(token).is_none_or(|m| m.via == Via::Noun) {
            let led =
                t.kids(token).find(|k| t.lemma(*k) == "lead" && *k >= 2 && t.doc.text(*k - 1) == "-").map(|k| k - 2);
            if let Some(f) = led.and_then(|o| self.one_named(o, is)) {
                return vec![f];
            }
        }
        // "some of the members", "a number of states": what is measured
        if (MEASURES.contains(&l) || t.tok(token).pos == "NUM")
            && let Some(o) = t.kids(token).find(|k| t.lemma(*k) == "of").and_then(|p| t.kid(p, &["pobj"]))
        {
            let inner = self.fill(o, is);
            // "the rest of the world" is a party as it stands, "none of the members" are the members
            // "most of Goma" is the place
            let whole = matches!(l, "rest" | "majority" | "most")
                && inner.iter().all(|f| f.party.id.starts_with('~') && f.party.kind != "place");
            if !inner.is_empty() {
                return if whole { vec![self.as_it_stands(token, "people")] } else { inner };
            }
        }
        // "Thousands rallied": people without a noun
        let many = matches!(
            t.doc.text(token).to_lowercase().as_str(),
            "thousands" | "hundreds" | "dozens" | "scores" | "millions"
        );
        if many
            && (is.contains(&"people") || is.contains(&"side"))
            && matches!(t.dep(token), "nsubj" | "nsubjpass" | "conj")
        {
            return vec![self.as_it_stands(token, "people")];
        }
        // "Taliban fighters", "Kenya's coast guard": a body of somebody known that resolve did not take as an organ
        // "West African leaders lifted them": in the plural, for their states
        let counted = t.kids(token).any(|k| matches!(t.lemma(k), "two" | "both" | "three"));
        let heads = t.tok(token).tag == "NNS" && matches!(l, "leader" | "minister") && !counted;
        if t.is_nominal(token)
            && (COLLECTIVES.contains(&l) || heads)
            && !is.contains(&"place")
            && !is.contains(&"ground")
            && is != ["actor"]
            && is != ["person"]
            && (is != ["organization"]
                || matches!(
                    l,
                    "bloc"
                        | "coalition"
                        | "alliance"
                        | "union"
                        | "council"
                        | "commission"
                        | "community"
                        | "movement"
                        | "group"
                        | "member"
                ))
        {
            return vec![self.as_it_stands(token, "people")];
        }
        // "Opposition parties accuse him", "demonstrators called on him": people who act for nobody in particular
        let parties = l == "party" && t.kids(token).any(|k| matches!(t.dep(k), "compound" | "amod"));
        let by_or_with = || t.dep(token) == "pobj" && matches!(t.lemma(t.head(token)), "by" | "with");
        if t.tok(token).tag == "NNS"
            && (matches!(t.dep(token), "nsubj" | "dobj") || by_or_with())
            && is.iter().any(|s| matches!(*s, "side" | "people"))
            && self.resolved.at(token).is_none_or(|m| m.via == Via::Noun)
            && (self.actors.is_human(l) || parties)
            // "scientists from Argentina": a frame may ask for whom they come from
            && !t.kids(token).any(|k| matches!(t.lemma(k), "from" | "of"))
        {
            return vec![self.as_it_stands(token, "people")];
        }
        // "the mayor of Istanbul", "a Kenyan opposition leader": a person by the post
        if is.contains(&"person") && self.resolved.at(token).is_none() && self.bears_post(token) {
            return vec![self.as_it_stands(token, "person")];
        }
        let known_person = self
            .resolved
            .at(token)
            .is_some_and(|m| matches!(m.who, Who::Known(_)) && m.who.kind(self.actors) == Kind::Person);
        let ground = || is.contains(&"ground") && self.names_place(token);
        if ((is.contains(&"place") || is.contains(&"ground")) && self.is_place(token) || ground()) && !known_person {
            return vec![self.as_it_stands(token, "place")];
        }
        if is.contains(&"state")
            && !is.iter().any(|s| matches!(*s, "place" | "ground" | "any" | "person"))
            && let Some(f) = self.state_of_city(token)
        {
            return vec![f];
        }
        // "Egypt condemned it": what was done, for whoever did it
        if is.contains(&"deed")
            && self.resolved.at(token).is_none()
            && matches!(t.doc.text(token).to_lowercase().as_str(), "it" | "this" | "that")
        {
            return vec![self.as_it_stands(token, "other")];
        }
        let dates = || self.resolved.dates.iter().any(|d| d.tokens.contains(&token));
        if is.contains(&"any") && t.is_nominal(token) && !matches!(t.tok(token).pos, "PRON" | "ADJ") && !dates() {
            return vec![self.as_it_stands(token, "other")];
        }
        Vec::new()
    }

    /// A noun of a post in the singular, of a body or place that is named: who bears it is not.
    fn bears_post(&self, token: usize) -> bool {
        let t = self.tree;
        let named = |i: usize| t.tok(i).pos == "PROPN" || self.resolved.at(i).is_some();
        // "the spokesman blamed Iran": whoever he is
        let definite = || {
            t.dep(token) == "nsubj"
                && t.kids(token).any(|k| t.doc.text(k).eq_ignore_ascii_case("the") && t.dep(k) == "det")
        };
        t.tok(token).pos == "NOUN"
            && t.tok(token).tag == "NN"
            && self.actors.is_post(t.lemma(token))
            && matches!(t.dep(token), "nsubj" | "nsubjpass" | "dobj" | "pobj" | "dative")
            && (t.phrase(token).any(|i| i != token && named(i)) || definite())
            && !t.phrase(token).any(|i| self.kind_at(i) == Some(Kind::Person))
    }

    /// "Bukavu fell. The M23 captured it": what a verb of taking or holding does "it" to.
    fn place_held(&self, token: usize) -> Option<usize> {
        const TAKEN: &[&str] = &["decision", "step", "measure", "oath", "responsibility"];
        let t = self.tree;
        if t.dep(token) != "dobj" || !self.actors.words.places.holds(t.lemma(t.head(token))) {
            return None;
        }
        let from = t.sentences()[t.sentence_ix(token).saturating_sub(1)].start;
        // "The decision on Kabul was due, and he took it" takes no town.
        if t.lemma(t.head(token)) == "take" && (from..token).any(|i| TAKEN.contains(&t.lemma(i))) {
            return None;
        }
        (from..token).rev().find(|i| {
            self.names_place(*i) && matches!(t.dep(*i), "nsubj" | "nsubjpass" | "dobj" | "pobj" | "conj" | "appos")
        })
    }

    /// Does a name stand for a town or region, not for whoever rules there: by its label, by the gazetteer, or by what stands
    /// beside it ("Lyman, a railway hub", "the town of Walikale", "captured Lyman")?
    fn names_place(&self, i: usize) -> bool {
        const HUBS: &[&str] = &["hub", "crossing", "junction", "seat", "birthplace", "gateway", "oasis", "suburb"];
        let t = self.tree;
        if t.tok(i).pos != "PROPN" || self.resolved.covering(i).is_some_and(|m| m.head != i) {
            return false;
        }
        let m = self.resolved.at(i);
        match m.map(|m| (m, &m.who)) {
            Some((m, _)) if m.head != i || m.via != Via::Name => return false,
            Some((_, Who::Unknown { kind: Kind::Place, .. })) => return true,
            Some((m, Who::Known(ix))) => {
                let a = self.actors.actor(*ix);
                // a capital, not its state by name
                let seat = matches!(a.kind, Kind::State | Kind::Government) && a.label != t.doc.text(i);
                return a.kind == Kind::Place || seat && (m.place || !self.actors.towns(t.doc.text(i)).is_empty());
            }
            Some((m, Who::Unknown { kind: Kind::Person, .. })) if m.tokens.len() > 1 || m.title.is_some() => {
                return false;
            }
            _ => {}
        }
        let up = t.head(i);
        // "travelled to Shusha", "marched into Barawe", "left Walikale": a name that stands for nobody known
        let unknown = m.is_none_or(|m| {
            matches!(m.who, Who::Unknown { kind: Kind::Other | Kind::Place | Kind::Person | Kind::Organization, .. })
        });
        let dated = || self.resolved.dates.iter().any(|d| d.tokens.contains(&i));
        let gone = match t.dep(i) {
            "pobj" => {
                const GO: &[&str] = &[
                    "travel", "go", "march", "fly", "move", "return", "flee", "advance", "drive", "withdraw",
                    "retreat", "head", "come", "push",
                ];
                matches!(t.lemma(up), "into" | "outside" | "near" | "around")
                    || t.lemma(up) == "to" && GO.contains(&t.lemma(t.head(up)))
            }
            "dobj" => matches!(t.lemma(up), "leave" | "reach" | "enter" | "quit" | "abandon"),
            _ => false,
        };
        if gone && unknown && !dated() {
            return true;
        }
        let place = |k: usize| PLACE_NOUNS.contains(&t.lemma(k)) || HUBS.contains(&t.lemma(k));
        let labelled = || {
            t.doc
                .entities
                .iter()
                .any(|e| (e.start as usize..e.end as usize).contains(&i) && matches!(e.label, "GPE" | "LOC" | "FAC"))
        };
        !self.actors.towns(t.doc.text(i)).is_empty()
            || labelled()
            || t.kids(i).any(|k| t.dep(k) == "appos" && place(k))
            || t.dep(i) == "pobj" && t.lemma(up) == "of" && place(t.head(up))
            || matches!(t.dep(i), "dobj" | "nsubjpass")
                && self.actors.words.places.takes(t.lemma(up))
                && m.is_none_or(|m| matches!(m.who, Who::Unknown { kind: Kind::Other | Kind::Organization, .. }))
    }

    /// "the town", "that port", with nothing that says which: the place named last, in this sentence or the one before.
    fn place_meant(&self, token: usize) -> Option<usize> {
        const TOWNS: &[&str] = &[
            "town",
            "city",
            "port",
            "village",
            "township",
            "province",
            "district",
            "region",
            "enclave",
            "territory",
            "settlement",
            "stronghold",
            "airport",
            "island",
        ];
        let t = self.tree;
        let bare = t.kids(token).all(|k| {
            matches!(t.dep(k), "det" | "punct" | "relcl" | "conj" | "cc" | "prep" | "advmod")
                || matches!(t.lemma(k), "port" | "mining" | "border" | "coastal" | "strategic" | "besieged" | "key")
                // "the Darfuri city"
                || t.dep(k) == "amod" && t.doc.text(k).starts_with(char::is_uppercase)
        }) && !t.kids(token).any(|k| t.lemma(k) == "of");
        let pointed = t
            .kids(token)
            .any(|k| t.dep(k) == "det" && matches!(t.doc.text(k).to_lowercase().as_str(), "the" | "that" | "this"));
        if t.tok(token).tag != "NN" || !TOWNS.contains(&t.lemma(token)) || !bare || !pointed {
            return None;
        }
        let from = t.sentences()[t.sentence_ix(token).saturating_sub(2)].start;
        // "the government in Kinshasa denied that the city had fallen": where somebody sits is not what is fought over
        let seat = |i: usize| {
            const SIT: &[&str] =
                &["government", "official", "authority", "ministry", "embassy", "spokesman", "diplomat", "court"];
            t.dep(i) == "pobj" && t.lemma(t.head(i)) == "in" && SIT.contains(&t.lemma(t.head(t.head(i))))
        };
        (from..token).rev().find(|i| self.names_place(*i) && !seat(*i))
    }

    /// The first party named at a token by a mention.
    pub fn one_named(&self, token: usize, is: &[&str]) -> Option<Filler> {
        let m = self.resolved.at(token)?;
        self.of_mention(m, token, is).into_iter().next()
    }

    fn of_mention(&self, m: &Mention, token: usize, is: &[&str]) -> Vec<Filler> {
        let mut out = Vec::new();
        for who in std::iter::once(&m.who).chain(&m.also) {
            let (mut party, kind) = self.party_of(who, m);
            // a town that the model took for something else: "seized Goma"
            let elsewise = match who {
                Who::Unknown { kind, .. } => *kind != Kind::State && (*kind != Kind::Person || m.tokens.len() == 1),
                // the administration of a region, named by its place
                Who::Known(_) => kind == Kind::Government && self.tree.doc.text(token) != party.label,
            };
            let ground = is.contains(&"ground")
                && elsewise
                && m.title.is_none()
                && m.tokens.len() <= 2
                && self.tree.tok(token).pos == "PROPN";
            // "left the country": the state it points at
            let pointed = kind == Kind::State && matches!(m.via, Via::Role | Via::Pronoun) && !m.place;
            if ground && !pointed
                || !pointed
                    && ((is.contains(&"place") || is.contains(&"ground"))
                        && !is.contains(&"state")
                        // a surname that the model took for a town's
                        && !(kind == Kind::Person && matches!(who, Who::Known(_)))
                        && (!is.contains(&"polity") || m.place)
                        && self.is_place(token))
            {
                // a capital named as a place, not as its government: "seized Kabul"
                let mut f = self.as_it_stands(token, "place");
                f.party.country = party.country.clone();
                // the state itself by its own name, not a city that stands for it
                let words = strip_lead(self.tree.doc.span_text(m.tokens.clone()));
                let own = matches!(who, Who::Known(ix) if { let a = self.actors.actor(*ix); a.label == words || a.names.iter().any(|n| n == words) });
                if kind == Kind::State && own {
                    // "pulled out of Congo": no town of it
                    if is.contains(&"town") {
                        return Vec::new();
                    }
                    f.party.id = party.id;
                    f.party.label = party.label;
                }
                out.push(f);
                continue;
            }
            // "Muslim countries", "the West": named by many, they act as they stand
            let many =
                kind == Kind::Other && matches!(who, Who::Known(_)) && (is.contains(&"side") || is.contains(&"state"));
            if fits(kind, is) || many {
                out.push(Filler { party, token });
            } else if fits(Kind::State, is) && matches!(kind, Kind::Person | Kind::Body) {
                // the head of an organisation acts for it, for no state
                if let Some(body) = self.serves(who) {
                    let a = self.actors.actor(body);
                    if fits(a.kind, is) {
                        out.push(Filler { party: Party { mention: party.mention, ..self.party(body) }, token });
                    }
                    continue;
                }
                // a leader's official act is the state's
                if let Some(state) =
                    m.country.as_deref().or(party.country.as_deref()).and_then(|c| self.actors.by_id(c))
                {
                    let a = self.actors.actor(state);
                    party = Party {
                        id: a.id.clone(),
                        label: a.label.clone(),
                        mention: party.mention,
                        country: a.country.clone(),
                        kind: a.kind.as_str().to_owned(),
                        names: Vec::new(),
                    };
                    out.push(Filler { party, token });
                }
            }
        }
        out
    }

    /// The organisation that a person heads on the document's day, where he holds no office of a state.
    fn serves(&self, who: &Who) -> Option<ActorIx> {
        let (Who::Known(person), Some(day)) = (who, self.day) else { return None };
        let kind = |ix| self.actors.actor(ix).kind;
        let now: Vec<_> = self.actors.spells(*person).filter(|s| s.covers(day)).collect();
        if now.iter().any(|s| kind(s.of) != Kind::Organization) {
            return None;
        }
        now.iter().find(|s| !s.title.contains("envoy") && !s.title.contains("representative")).map(|s| s.of)
    }

    /// The name in a mention, without the title before it: "Foreign Minister *S. Jaishankar*", "Mr *Qureshi*".
    pub fn name_in(&self, m: &Mention) -> std::ops::Range<usize> {
        let t = self.tree;
        let whole = m.tokens.clone();
        if m.via != Via::Name || whole.len() < 2 || m.who.kind(self.actors) != Kind::Person {
            return whole;
        }
        let last = m.title.as_deref().and_then(|title| title.split([' ', '-']).next_back()).unwrap_or_default();
        let mut start = whole
            .clone()
            .rev()
            .find(|i| !last.is_empty() && t.doc.text(*i).eq_ignore_ascii_case(last))
            .map_or(whole.start, |i| i + 1);
        while start + 1 < whole.end
            && (self.actors.is_honorific(t.doc.text(start)) && t.doc.text(start).len() < 8 || t.doc.text(start) == ".")
            && start + 1 < whole.end
        {
            start += 1;
        }
        // "Mullah Omar", "King Hussein": one name is called with it
        const PART_OF_IT: &[&str] =
            &["mullah", "sheikh", "king", "queen", "pope", "prince", "ayatollah", "emir", "imam"];
        if start + 1 == whole.end
            && start > whole.start
            && PART_OF_IT.contains(&t.doc.text(start - 1).to_lowercase().as_str())
        {
            start -= 1;
        }
        if start < whole.end { start..whole.end } else { whole }
    }

    /// The party a mention's actor is, in the words of the mention.
    pub fn party_of(&self, who: &Who, m: &Mention) -> (Party, Kind) {
        let mut words = clean(self.tree.doc.span_text(self.name_in(m)));
        match who {
            Who::Known(ix) => {
                let a = self.actors.actor(*ix);
                // "Syria's prime minister", "he", "the group": by the name that the text gives
                let named = match a.kind {
                    Kind::Person => matches!(m.via, Via::Role | Via::Title | Via::Pronoun | Via::Name),
                    Kind::Group | Kind::Party | Kind::Organization => matches!(m.via, Via::Role | Via::Pronoun),
                    _ => false,
                };
                if let Some(n) = self.resolved.fullest_name(who).filter(|_| named) {
                    words = clean(self.tree.doc.span_text(self.name_in(n)));
                }
                let country = a.country.clone().or_else(|| m.country.clone());
                (
                    Party {
                        id: a.id.clone(),
                        label: a.label.clone(),
                        mention: words,
                        country,
                        kind: a.kind.as_str().into(),
                        names: Vec::new(),
                    },
                    a.kind,
                )
            }
            Who::Unknown { name, kind } => {
                // "West African leaders": not all West Africans
                let some = matches!(kind, Kind::People | Kind::Place) && m.via == Via::Organ;
                let kind = if some { &Kind::People } else { kind };
                let label = if some { without_count(strip_lead(&words)).to_owned() } else { clean(name) };
                let id = format!("~{}", slug(&label));
                (
                    Party {
                        id,
                        label,
                        mention: words,
                        country: m.country.clone(),
                        kind: (*kind).as_str().into(),
                        names: Vec::new(),
                    },
                    *kind,
                )
            }
        }
    }

    /// An actor as a party, named by its label.
    pub fn party(&self, ix: ActorIx) -> Party {
        let a = self.actors.actor(ix);
        Party {
            id: a.id.clone(),
            label: a.label.clone(),
            mention: a.label.clone(),
            country: a.country.clone(),
            kind: a.kind.as_str().to_owned(),
            names: Vec::new(),
        }
    }

    /// "Mali's junta expelled the ambassador", "Niger's military rulers": soldiers who rule a state, told of by no name of
    /// their own, are that state.
    pub fn state_ruled(&self, party: Party) -> Party {
        const RULERS: &[&str] = &["junta", "rulers", "generals", "government", "authorities", "leaders", "regime"];
        let last = party.mention.rsplit(' ').next().unwrap_or_default().to_lowercase();
        let unnamed = RULERS.contains(&last.as_str())
            && (last == "junta" || ["military", "transitional", "ruling"].iter().any(|w| party.mention.contains(w)));
        let state = (party.kind == "government" && unnamed)
            .then(|| self.actors.by_id(&party.id))
            .flatten()
            .and_then(|ix| self.actors.actor(ix).leads.as_deref())
            .and_then(|id| self.actors.by_id(id));
        match state {
            Some(ix) => Party { mention: party.mention, ..self.party(ix) },
            None => party,
        }
    }

    /// The phrase of a token; of a name all that the model takes for it ("Ras al-Ain", which the parse tears).
    fn whole_name(&self, token: usize) -> std::ops::Range<usize> {
        let t = self.tree;
        let r = t.phrase(token);
        let entity = t.doc.entities.iter().map(|e| (e.start as usize..e.end as usize, e.label));
        // "el-Fasher", which no entity covers: the article goes with the name
        let article = |i: usize| {
            matches!(t.doc.text(i), "el" | "al" | "El" | "Al" | "as" | "ash" | "an" | "ad" | "ar" | "at" | "az")
        };
        let r = match r.start {
            s if s >= 2 && t.doc.text(s - 1) == "-" && article(s - 2) && !t.tok(s - 2).ws => s - 2..r.end,
            _ => r,
        };
        let name = entity
            .filter(|(e, label)| {
                e.contains(&token) && t.tok(token).pos == "PROPN" && matches!(*label, "GPE" | "LOC" | "FAC")
            })
            .map(|(e, _)| e)
            .next();
        name.map_or(r.clone(), |e| r.start.min(e.start)..r.end.max(e.end))
    }

    /// A noun phrase as a party of its own.
    pub fn as_it_stands(&self, token: usize, kind: &str) -> Filler {
        let mut r = self.whole_name(token);
        // "Israeli-occupied West Bank": the word before the hyphen
        if r.start >= 2 && self.tree.doc.text(r.start - 1) == "-" && !self.tree.tok(r.start - 1).ws {
            r.start -= 2;
        }
        // "On Tuesday masked men", "the 12 April coup": a day before them that the parse took along
        if self.tree.tok(r.start).pos == "DET"
            && r.start < token
            && self.resolved.dates.iter().any(|d| d.tokens.contains(&(r.start + 1)))
        {
            r.start += 1;
        }
        while r.start < token && self.resolved.dates.iter().any(|d| d.tokens.contains(&r.start)) {
            r.start += 1;
        }
        while r.end > token + 1 && self.tree.tok(r.end - 1).pos == "ADP" {
            r.end -= 1;
        }
        let words = clean(strip_lead(self.tree.doc.span_text(r.clone())));
        let mut label = self.uncounted(token, &words);
        // "Djibouti's Doumeira island": the place, not whose
        if kind == "place"
            && let Some(at) = ["'s ", "\u{2019}s "].iter().find_map(|m| label.find(m).map(|n| n + m.len()))
        {
            label = label[at..].to_owned();
        }
        let mut party = Party {
            id: format!("~{}", slug(&label)),
            label,
            mention: words,
            country: None,
            kind: kind.to_owned(),
            names: Vec::new(),
        };
        // "the Yemeni capital": by its name
        if kind == "place"
            && self.tree.lemma(token) == "capital"
            && let Some(m) = self.resolved.at(token).filter(|m| m.place)
            && let Who::Known(ix) = m.who
            && let Some(seat) = self.actors.seat_on(ix, self.day)
        {
            party.label = seat.to_owned();
            party.id = format!("~{}", slug(seat));
            party.country = self.actors.actor(ix).country.clone();
        }
        // "shelled Goma, and then captured the city": the one named last
        if kind == "place"
            && let Some(named) = self.place_meant(token)
        {
            let it = self.as_it_stands(named, "place").party;
            (party.id, party.label) = (it.id, it.label);
        }
        // "the air base at Bagram", "the town of Leego": the name tells the place
        if kind == "place" && self.tree.tok(token).pos == "NOUN" {
            let t = self.tree;
            let named = t
                .kids(token)
                .filter(|k| *k > token && matches!(t.lemma(*k), "of" | "at" | "in" | "near"))
                .filter_map(|k| t.kid(k, &["pobj"]))
                .find(|o| t.tok(*o).pos == "PROPN");
            if let Some(o) =
                named.filter(|o| t.lemma(t.head(*o)) != "in" || !matches!(self.kind_at(*o), Some(Kind::State)))
            {
                let name = clean(strip_lead(t.doc.span_text(self.whole_name(o))));
                let end = self.whole_name(o).end.max(r.end);
                party.id = format!("~{}", slug(&name));
                party.mention = clean(strip_lead(t.doc.span_text(r.start..end)));
                party.label = name;
            }
        }
        // "a concert in Moscow": the place belongs to what the words are, not to what it is called
        if kind != "place" {
            let t = self.tree;
            let place = t
                .kids(token)
                .find(|k| t.dep(*k) == "prep" && matches!(t.lemma(*k), "in" | "at") && *k >= r.end.saturating_sub(1));
            if let Some(o) = place.and_then(|k| t.kid(k, &["pobj"])).filter(|o| t.tok(*o).pos == "PROPN") {
                party.mention = clean(strip_lead(t.doc.span_text(r.start..t.phrase(o).end)));
            }
        }
        if kind == "place" && party.country.is_none() {
            party.country = self.city(&party.label).map(|c| c.country.clone());
        }
        Filler { party, token }
    }

    /// The city of the gazetteer that a name stands for here.
    pub fn city(&self, name: &str) -> Option<&City> {
        let spoken_of = |country: &str| {
            self.resolved.mentions.iter().any(|m| {
                m.country.as_deref() == Some(country)
                    || matches!(m.who, Who::Known(ix) if self.actors.actor(ix).country.as_deref() == Some(country))
            })
        };
        self.places.choose(name, spoken_of)
    }

    /// The state in which a city lies that "in", "at" or "near" governs: "its consulate in Herat".
    fn state_of_city(&self, token: usize) -> Option<Filler> {
        let t = self.tree;
        let place = t.dep(token) == "pobj" && matches!(t.lemma(t.head(token)), "in" | "at" | "near" | "from" | "to");
        let unknown = self.resolved.at(token).is_none_or(|m| matches!(m.who, Who::Unknown { kind: Kind::Place, .. }));
        if !place || !unknown || t.tok(token).pos != "PROPN" {
            return None;
        }
        let words = clean(strip_lead(t.doc.span_text(t.phrase(token))));
        let state = self.actors.by_id(&self.city(&words)?.country)?;
        let mut party = self.party(state);
        party.mention = words;
        Some(Filler { party, token })
    }

    /// The words of a phrase without the number that counts its head: "at least 30 schoolgirls" are schoolgirls.
    fn uncounted(&self, token: usize, words: &str) -> String {
        let t = self.tree;
        let counted = t.kids(token).filter(|k| *k < token && t.dep(*k) == "nummod").max();
        let words = match counted {
            Some(n) if n < token => clean(t.doc.span_text(n + 1..t.phrase(token).end.max(token + 1))),
            _ => words.to_owned(),
        };
        plainly(without_count(&words)).to_owned()
    }

    /// Does the token name a place: by the model's label, or by the noun itself?
    pub fn is_place(&self, token: usize) -> bool {
        let d = self.tree.doc;
        let labelled = d
            .entities
            .iter()
            .any(|e| (e.start as usize..e.end as usize).contains(&token) && matches!(e.label, "GPE" | "LOC" | "FAC"));
        labelled
            // a name that the model did not label and that stands for nobody known
            || (self.tree.tok(token).pos == "PROPN" && self.resolved.at(token).is_none() && !d.entities.iter().any(|e| (e.start as usize..e.end as usize).contains(&token)))
            || PLACE_NOUNS.contains(&self.tree.lemma(token))
            || self.resolved.at(token).filter(|m| m.via != Via::Organ).is_some_and(|m| match &m.who {
                Who::Known(ix) => matches!(self.actors.actor(*ix).kind, Kind::Place | Kind::State),
                Who::Unknown { kind, .. } => *kind == Kind::Place,
            })
    }

    /// The kind of the mention at a token, if it is one.
    pub fn kind_at(&self, token: usize) -> Option<Kind> {
        self.resolved.at(token).map(|m| match &m.who {
            Who::Known(ix) => self.actors.actor(*ix).kind,
            Who::Unknown { kind, .. } => *kind,
        })
    }
}

/// A noun phrase without the words before it that only sort or measure: "main fuel terminal", "the country's nuclear sites".
fn plainly(words: &str) -> &str {
    const SORTING: &[&str] = &[
        "main",
        "last",
        "first",
        "largest",
        "biggest",
        "whole",
        "entire",
        "able",
        "own",
        "several",
        "further",
        "new",
        "that",
        "this",
        "those",
        "these",
        "which",
        "many",
        "few",
        "other",
        "same",
        "only",
        "disputed",
        "crowded",
        "remaining",
        "cut-off",
        "all",
        "some",
        "its",
        "his",
        "her",
        "their",
        "our",
        "my",
        "more",
        "most",
        "various",
        "numerous",
        "two",
        "both",
        "busy",
        "key",
        "strategic",
        "additional",
        "fresh",
        "major",
        "suspected",
        "alleged",
        "local",
        "rival",
    ];
    let mut rest = words;
    while let Some((word, after)) = rest.split_once(' ') {
        let owner = word.ends_with("'s") || word.ends_with("\u{2019}s");
        let named = word.starts_with(char::is_uppercase);
        if !(SORTING.contains(&word) || owner && !named) || after.starts_with("of ") {
            break;
        }
        rest = after;
    }
    rest
}

const PLACE_NOUNS: &[&str] = &[
    "city",
    "town",
    "village",
    "area",
    "base",
    "province",
    "region",
    "capital",
    "territory",
    "border",
    "airport",
    "port",
    "district",
    "island",
    "peninsula",
    "strait",
    "town",
    "settlement",
    "outpost",
    "checkpoint",
    "valley",
    "coast",
    "township",
    "strip",
    "plateau",
    "enclave",
    "exclave",
    "zone",
    "mine",
    "airfield",
    "hill",
    "ridge",
    "north",
    "south",
    "east",
    "west",
    "stronghold",
    "palace",
    "field",
    "crossing",
    "neighborhood",
    "neighbourhood",
    "suburb",
    "bridge",
    "dam",
    "countryside",
    "enclave",
    "barracks",
    "embassy",
    "consulate",
    "compound",
    "desert",
    "jungle",
    "mountain",
    "hideout",
];

/// Does an actor of this kind fill a slot for these kinds?
pub fn fits(kind: Kind, is: &[&str]) -> bool {
    is.is_empty()
        || is.iter().any(|s| match *s {
            "any" | "actor" => true,
            "polity" => matches!(kind, Kind::State | Kind::Government),
            "side" => matches!(
                kind,
                Kind::State
                    | Kind::Government
                    | Kind::Group
                    | Kind::Organization
                    | Kind::Party
                    | Kind::Body
                    | Kind::People
            ),
            s => kind.as_str() == s,
        })
}

/// White space folded, quotation marks and a closing possessive taken off.
pub fn clean(s: &str) -> String {
    let s = s.split_whitespace().collect::<Vec<_>>().join(" ");
    let s = s.trim_matches(|c: char| matches!(c, '"' | '“' | '”' | ',' | ';' | ':'));
    s.strip_suffix("'s").or_else(|| s.strip_suffix("’s")).unwrap_or(s).trim().to_owned()
}

/// "at least eleven more policemen", "most of its 400,000 residents": who they are, without how many.
fn without_count(s: &str) -> &str {
    const MEASURED: &[&str] =
        &["most of", "all of", "half of", "hundreds of", "thousands of", "dozens of", "scores of", "many of"];
    const WORDS: &[&str] = &[
        "at least",
        "at most",
        "up to",
        "more than",
        "fewer than",
        "some",
        "about",
        "around",
        "roughly",
        "nearly",
        "almost",
        "over",
        "several",
        "many",
        "most",
        "more",
        "another",
        "dozens",
        "both",
        "all",
        "m",
        "million",
        "its",
        "their",
        "his",
        "her",
    ];
    let mut rest = s;
    loop {
        let measured = MEASURED
            .iter()
            .find_map(|w| after_word(rest, w))
            .map(|r| ["its ", "the ", "their ", "his ", "her "].iter().find_map(|w| r.strip_prefix(w)).unwrap_or(r));
        let next = measured.or_else(|| WORDS.iter().find_map(|w| after_word(rest, w))).or_else(|| {
            let (first, tail) = rest.split_once(' ')?;
            (first.starts_with(|c: char| c.is_ascii_digit()) || number(first).is_some_and(|n| n >= 2.0)).then_some(tail)
        });
        match next.filter(|n| !n.is_empty()) {
            Some(n) => rest = n,
            None => return rest,
        }
    }
}

/// What stands behind a word and a space, whatever the case of its first letter.
fn after_word<'s>(s: &'s str, word: &str) -> Option<&'s str> {
    let (head, tail) = (s.get(..word.len())?, s.get(word.len()..)?);
    head.eq_ignore_ascii_case(word).then(|| tail.strip_prefix(' ')).flatten()
}

fn strip_lead(s: &str) -> &str {
    let mut s = s.trim();
    // determiners are no part of a name, nor is what denies or singles out: "no state", "only one state"
    const LEADS: &[&str] = &["the", "a", "an", "no", "any", "only one", "only", "not one", "not a single", "no other"];
    while let Some(rest) = LEADS
        .iter()
        .filter(|l| s.len() > l.len() && s.is_char_boundary(l.len()) && s[..l.len()].eq_ignore_ascii_case(l))
        .filter_map(|l| s[l.len()..].strip_prefix(' '))
        .map(str::trim_start)
        .min_by_key(|r| r.len())
    {
        s = rest;
    }
    s
}
