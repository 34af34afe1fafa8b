//! "The breakaway region", "the province", "the islands": lands that the text has named, by what they are.
use super::State;
use crate::resolve::actors::Kind;
use crate::resolve::mentions::{Builder, Mention, Via, Who};

/// Lands that others claim and that the lists have as states of their own.
const CLAIMED: &[&str] = &["XKX", "TWN", "ESH", "PSE"];

impl Builder<'_> {
    /// "the breakaway republic", "the self-declared state": of a land that has broken away?
    pub(super) fn is_apart(&self, i: usize) -> bool {
        const APART: &[&str] = &[
            "breakaway",
            "separatist",
            "secessionist",
            "unrecognised",
            "unrecognized",
            "declared",
            "proclaimed",
            "styled",
            "renegade",
        ];
        self.children[i].iter().map(|c| *c as usize).any(|c| {
            let low = self.lower(c);
            c < i && APART.contains(&low.rsplit('-').next().unwrap_or(&low))
        })
    }

    /// A land that not all take for a state, or that another claims.
    pub(super) fn is_unsettled(&self, who: &Who) -> bool {
        let Who::Known(ix) = who else { return false };
        let a = self.reg.actor(*ix);
        a.kind == Kind::State && (a.country.is_none() || CLAIMED.contains(&a.id.as_str()))
    }

    /// "acknowledged the independence of the breakaway region", "no country has recognised the territory", "sent soldiers into
    /// the province", "a fleet to the archipelago": the land that the text has named, where the noun says what it is. `None`
    /// where the noun is none of these; `Some(None)` where nothing named fits it.
    pub(super) fn land(&self, i: usize, noun: &str, start: usize, st: &State) -> Option<Option<Mention>> {
        const LANDS: &[&str] = &[
            "territory",
            "enclave",
            "province",
            "statelet",
            "entity",
            "region",
            "republic",
            "state",
            "area",
            "country",
        ];
        let t = &self.doc.tokens[i];
        let plural = matches!(t.tag, "NNS" | "NNPS");
        // "the island states", "the islands that Russia seized"
        let picked = |c: &u32| {
            let c = *c as usize;
            matches!(self.doc.tokens[c].dep, "relcl" | "acl") && !(i + 1..c).any(|k| self.doc.text(k) == ",")
                || c > i && matches!(self.lower(c).as_str(), "of" | "in")
        };
        if matches!(t.dep, "compound" | "amod" | "attr" | "appos") || self.children[i].iter().any(picked) {
            return None;
        }
        let isles = noun == "island" || noun == "archipelago";
        if isles {
            return Some(self.isles(i, start, st, plural));
        }
        if plural || !LANDS.contains(&noun) {
            return None;
        }
        let apart = self.is_apart(i);
        if !apart && !matches!(noun, "territory" | "enclave" | "province" | "statelet" | "entity") {
            return None;
        }
        // A state that not all take for one: "no country has recognised the territory".
        let unsettled = |b: &Self, m: &Mention| {
            let Who::Known(ix) = m.who else { return None };
            let a = b.reg.actor(ix);
            let ruled = || a.country.as_ref().is_some_and(|c| *c != a.id && a.parents.contains(c));
            let other = b.is_unsettled(&m.who);
            let fits = other || a.kind == Kind::State && !apart && noun == "territory" && ruled();
            (fits && m.via != Via::Adjective).then_some(if other { 0.0 } else { -3.0 })
        };
        let m = self.best_noun(i, st, unsettled).map(|m| {
            let mut out = self.like(i, m, Via::Role);
            out.also.clear();
            out.tokens = start..i + 1;
            out.place = !apart && matches!(noun, "province" | "enclave") && !self.is_recognised(i);
            out
        });
        match m {
            None if !apart && noun != "territory" => None,
            m => Some(m),
        }
    }

    /// "the island", "the islands", "the archipelago".
    fn isles(&self, i: usize, start: usize, st: &State, plural: bool) -> Option<Mention> {
        let called = |m: &Mention| match m.who {
            Who::Known(ix) => self.reg.actor(ix).label.contains("Island"),
            Who::Unknown { .. } => false,
        };
        let many = plural || self.lower(i) == "archipelago";
        let island = |_: &Self, m: &Mention| {
            let isle = m.country.as_deref().is_some_and(|c| self.reg.words.islands.contains(c));
            let one = called(m) || isle && !(many && matches!(m.country.as_deref(), Some("GBR" | "IRL")));
            one.then_some(if called(m) { 4.0 } else { 0.0 })
        };
        let m = self.best_noun(i, st, island)?;
        let mut out = self.like(i, m, Via::Role);
        out.also.clear();
        if !called(m) {
            out.who = Who::Known(self.reg.by_id(m.country.as_ref()?)?);
        }
        out.tokens = start..i + 1;
        Some(out)
    }
}
