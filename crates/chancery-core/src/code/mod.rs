//! Doc + mentions -> claims. Frames say what wording means; factuality, attribution and dating are passes over
//! the same tree, written once for all frames.
//!
//! ```text
//!   Doc, Resolved -> realise (frames over the tree) -> Hit
//!                 -> factuality, attribution, dating, values -> Claim (+ its twins)
//! ```
mod acts;
mod attribution;
mod context;
mod dating;
mod deeds;
pub mod examples;
pub mod explain;
mod factuality;
mod frames;
mod gaps;
mod listing;
mod mend;
mod named;
mod needs;
mod parties;
mod posts;
mod reach;
mod realise;
mod regimes;
pub mod relate;
mod story;
mod titles;
mod tree;
mod values;
mod wire;

use frames::Twin;
pub use frames::{Frame, Frames};
pub use tree::Tree;
pub use wire::{prepare, restore};

use crate::knowledge::DataFiles;
use crate::resolve::{DateRole, Places, Registry, resolve_from, towns_of_lists};
use crate::values::{By, Claim, Family, Finding, Modality, Party, Phase, Polarity, SourceText, When};
use attribution::{Quotations, Speech};
use chancery_parse::Doc;
use factuality::{Factuality, Put};
use parties::Cast;
use posts::{PostEvent, Posts, Told, Turn, What};
use realise::Hit;
use relate::{Events, Related};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::ops::Range;
use story::Story;

/// The longest text that is read whole, in bytes: longer than any article. Resolving names looks back over all
/// that was said, so that one text of many megabytes would take hours and gigabytes.
pub const SECTION: usize = 96 << 10;

/// The byte ranges in which a text is parsed and coded: one, or for a text beyond [`SECTION`] several that together
/// cover it. Each ends after an empty line, else a line, else a word, the last such in its second half.
pub fn sections(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    while text.len() - start > SECTION {
        let boundary = |at: usize| (0..=at).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(at);
        let (half, hard) = (boundary(start + SECTION / 2), boundary(start + SECTION));
        let tail = &text[half..hard];
        let end = ["\n\n", "\n", " "].iter().find_map(|mark| Some(half + tail.rfind(mark)? + mark.len()));
        let end = end.unwrap_or(hard);
        out.push(start..end);
        start = end;
    }
    out.push(start..text.len());
    out
}

/// Everything that coding needs to know, loaded once and shared by all threads.
#[derive(Debug, Default)]
pub struct Coder {
    actors: Registry,
    places: Places,
    frames: Frames,
    factuality: Factuality,
    speech: Speech,
    posts: Posts,
    events: Events,
}

impl Coder {
    /// Loads actors, frames and lexicon. Bad entries are findings; what is sound is used.
    pub fn new(data: &DataFiles) -> (Coder, Vec<Finding>) {
        // The registry is half of the work: it loads beside the rest.
        let (registry, places, (frames, f1), (factuality, f2), (speech, f3), (posts, f4), (events, f5)) =
            std::thread::scope(|scope| {
                let registry = scope.spawn(|| Registry::load(data));
                let rest = (
                    Frames::load(data),
                    Factuality::load(data),
                    Speech::load(data),
                    Posts::load(data),
                    Events::load(data),
                );
                let places = Places::load(data);
                let registry = registry.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                (registry, places, rest.0, rest.1, rest.2, rest.3, rest.4)
            });
        let ((actors, mut findings), (places, f6)) = (registry, places);
        findings.extend([f1, f2, f3, f4, f5, f6].into_iter().flatten());
        (Coder { actors, places, frames, factuality, speech, posts, events }, findings)
    }

    pub fn actors(&self) -> &Registry {
        &self.actors
    }

    pub fn frames(&self) -> &Frames {
        &self.frames
    }

    /// What `source` does to `target`, both named in the document's own words: one of PLOVER's sixteen types.
    pub fn relate(&self, doc: &Doc, source: &str, target: &str) -> Related {
        relate::relate(&self.events, doc, source, target)
    }

    /// The claims of a document, in the order of their words.
    pub fn code(&self, source: &SourceText, doc: &Doc) -> Vec<Claim> {
        if doc.is_empty() {
            return Vec::new();
        }
        self.read(source, doc, |reading| self.claims(source, doc, &reading))
    }

    /// Reads names, dates, quotations and story, and hands them on.
    fn read<T>(&self, source: &SourceText, doc: &Doc, then: impl FnOnce(Reading) -> T) -> T {
        let published = source.published.as_deref().and_then(|p| When::parse(p).ok()).and_then(|w| w.earliest);
        let publisher = source.publisher.as_deref();
        let doc = &*towns_of_lists(doc, &self.actors);
        let resolved = resolve_from(doc, &self.actors, source.title.as_deref(), published, publisher);
        let tree = Tree::new(doc);
        let story = Story::read(&tree, &resolved, &self.actors, source.title.as_deref());
        let cast = Cast {
            tree: &tree,
            resolved: &resolved,
            actors: &self.actors,
            places: &self.places,
            story: &story,
            day: published,
        };
        let quotations = Quotations::find(&tree, &self.speech);
        then(Reading { cast: &cast, quotations: &quotations })
    }

    fn claims(&self, source: &SourceText, doc: &Doc, reading: &Reading) -> Vec<Claim> {
        let (cast, quotations) = (reading.cast, reading.quotations);
        let mut maker = Maker {
            coder: self,
            source,
            cast,
            quotations,
            chars: Chars::new(doc),
            called: Vec::new(),
            open: Vec::new(),
            out: Vec::new(),
        };
        let (again, hits): (Vec<Hit>, Vec<Hit>) =
            realise::realise(&self.frames, cast).into_iter().partition(|h| self.frames.all[h.frame].says_again());
        for hit in &hits {
            // "urged" whom? the general words may tell
            let frame = &self.frames.all[hit.frame];
            let bare = hit.objects.is_empty() && frame.object.is_some() && frame.claim.family == Family::Event;
            if !bare {
                maker.called.push(hit.trigger);
            }
            maker.claim(hit);
        }
        let (events, turns) = posts::read(&self.posts, cast, &maker.turns_told());
        for event in events {
            maker.called.push(event.trigger);
            maker.post(&event);
        }
        // what was said of another can be said again once all of it is read
        for hit in &again {
            maker.called.push(hit.trigger);
            maker.claim(hit);
        }
        maker.listing();
        maker.left_out();
        maker.named_of_a_set();
        maker.bare_posts();
        maker.authors_told();
        maker.later_perpetrators();
        maker.acts();
        maker.deeds_meant();
        maker.blamed_for_it();
        maker.guests();
        for turn in turns {
            maker.turn(&turn);
        }
        let titled: Vec<_> = titles::titled(cast)
            .into_iter()
            .chain(titles::led(cast))
            .chain(titles::each(cast))
            .chain(titles::succeeding(cast))
            .chain(titles::ruling(cast))
            .chain(regimes::of_regimes(cast))
            .collect();
        let by_role = titles::by_role(cast, &titled);
        let gapped = titles::gapped(cast, &titled);
        for t in titled.into_iter().chain(by_role).chain(gapped) {
            maker.title(t);
        }
        maker.finish()
    }
}

/// What is read of a document before its claims.
struct Reading<'r> {
    cast: &'r Cast<'r>,
    quotations: &'r Quotations,
}

/// Byte offsets of tokens to character offsets.
struct Chars {
    starts: Vec<u32>,
    ends: Vec<u32>,
}

impl Chars {
    fn new(doc: &Doc) -> Chars {
        let (mut byte, mut chars) = (0usize, 0u32);
        let mut starts = Vec::with_capacity(doc.len());
        let mut ends = Vec::with_capacity(doc.len());
        for t in &doc.tokens {
            chars += doc.text[byte..t.start as usize].chars().count() as u32;
            starts.push(chars);
            chars += doc.text[t.start as usize..t.end as usize].chars().count() as u32;
            ends.push(chars);
            byte = t.end as usize;
        }
        Chars { starts, ends }
    }
}

/// Turns hits into claims.
struct Maker<'a> {
    coder: &'a Coder,
    source: &'a SourceText,
    cast: &'a Cast<'a>,
    quotations: &'a Quotations,
    chars: Chars,
    /// The words that called a frame.
    called: Vec<usize>,
    /// Claims, by their place in `out`, whose object is a deed that nobody was found for yet, and the deed's word.
    open: Vec<(usize, usize)>,
    out: Vec<(usize, Claim)>,
}

/// What is only meant, feared or asked for is told as a standing alone, without the event that would begin or end it.
fn not_yet_real(out: &mut Vec<(usize, Claim)>) {
    let standings: Vec<_> = out
        .iter()
        .filter(|(_, c)| c.family == Family::Standing && c.modality != Modality::Asserted)
        .map(|(i, c)| (*i, c.modality, id(&c.subject).map(str::to_owned), id(&c.object).map(str::to_owned)))
        .collect();
    out.retain(|(i, c)| {
        let visit = c.predicate == "consult" && c.value.get("mode").is_some_and(|m| m == "visit");
        let change = visit || matches!(c.predicate.as_str(), "sanction" | "support" | "concede" | "coerce" | "aid");
        c.family != Family::Event
            || c.modality == Modality::Asserted
            || !change
            || !standings.iter().any(|(j, m, s, o)| {
                i.abs_diff(*j) <= 2
                    && *m == c.modality
                    && s.as_deref() == id(&c.subject)
                    && o.as_deref() == id(&c.object)
            })
    });
}

impl Maker<'_> {
    fn claim(&mut self, hit: &Hit) {
        let frame = &self.coder.frames.all[hit.frame];
        let t = self.cast.tree;
        let parties: Vec<usize> = hit.subjects.iter().chain(&hit.objects).map(|f| f.token).collect();
        let mut put = self.coder.factuality.judge(t, hit.trigger, hit.carrier, &parties);
        // "the minister, X, has not been seen since": a post told beside a name is not what the clause denies
        let named = t.kids(hit.trigger).any(|k| t.dep(k) == "appos" && t.tok(k).pos == "PROPN");
        if !frame.rels.is_empty()
            && hit.carrier == hit.trigger
            && (t.dep(hit.trigger) == "appos"
                || named
                    && matches!(
                        t.dep(hit.trigger),
                        "nsubj" | "nsubjpass" | "dobj" | "pobj" | "attr" | "ROOT" | "conj" | "dep"
                    ))
        {
            put = Put { modality: Modality::Asserted, polarity: Polarity::Yes };
        }
        // "Cuba rejected American accusations": they were made
        const TURN_DOWN: &[&str] = &[
            "reject",
            "dismiss",
            "deny",
            "refuse",
            "ignore",
            "rebuff",
            "spurn",
            "shrug",
            "brush",
            "refute",
            "disown",
            "defy",
            "resist",
            "rule",
            "repudiate",
            "decline",
        ];
        if frame.claim.family == Family::Event
            && matches!(frame.claim.predicate.as_str(), "accuse" | "request" | "threaten")
            && t.tok(hit.trigger).pos == "NOUN"
            && TURN_DOWN.contains(&t.lemma(t.head(hit.trigger)))
            && matches!(t.dep(hit.trigger), "dobj" | "nsubjpass")
            && !t.kids(hit.trigger).any(|k| matches!(t.lemma(k), "no" | "any"))
            && put.modality == Modality::Asserted
        {
            put.polarity = Polarity::Yes;
        }
        if frame.claim.polarity == Some(Polarity::No) {
            put.polarity = if put.polarity == Polarity::Yes { Polarity::No } else { Polarity::Yes };
        }
        let doubted = self.doubted(hit.carrier);
        // "It is possible that Goma's capture alarmed Rwanda", "if the ban is still in force": what a noun tells in a clause that
        // is doubted or supposed is not told of
        let clause = t.clause(hit.carrier);
        let supposed = t.kids(clause).any(|k| t.dep(k) == "mark" && matches!(t.lemma(k), "if" | "unless"));
        if (doubted || supposed)
            && t.tok(hit.trigger).pos == "NOUN"
            && matches!(t.dep(hit.trigger), "nsubj" | "nsubjpass")
            && frame.rels.is_empty()
        {
            return;
        }
        if let Some(m) = frame.claim.modality.filter(|_| !doubted) {
            // a frame that is asserted by its own wording holds although the act in it is only tried or meant
            // an accusation is made also where what it says is only suggested
            // "it is possible that Qatar is furious" is no accusation yet
            let perhaps = |v: usize| {
                let word = |k: usize| matches!(t.lemma(k), "possible" | "possibly" | "perhaps" | "may" | "might");
                word(v) || t.kids(v).any(word)
            };
            let accused = frame.claim.predicate == "accuse"
                && put.modality == Modality::Possible
                && !perhaps(t.head(t.clause(hit.carrier)));
            // "if Norway wants a truce" is not that it does; "threatens to act if" is a threat all the same
            let clause = t.first_conjunct(t.clause(hit.carrier));
            let above =
                std::iter::successors(Some(clause), |v| matches!(t.dep(*v), "xcomp" | "ccomp").then(|| t.head(*v)));
            let supposed =
                above.take(4).any(|v| t.kids(v).any(|k| t.dep(k) == "mark" && matches!(t.lemma(k), "if" | "unless")));
            let meant = accused
                || matches!(put.modality, Modality::Intended | Modality::Predicted)
                || put.modality == Modality::Conditional && !supposed;
            if put.modality == Modality::Asserted || (m == Modality::Asserted && meant) {
                put.modality = m;
            }
        }
        // "demanded the release of X": a frame that sets both takes its claim for granted, whatever is asked
        if frame.claim.modality == Some(Modality::Asserted)
            && frame.claim.polarity == Some(Polarity::Yes)
            && put.modality == Modality::Demanded
        {
            put.modality = Modality::Asserted;
        }
        // "unless Israel agreed to a truce", "if he was not reinstated": what a condition denies is not told of
        if put == (Put { modality: Modality::Conditional, polarity: Polarity::No })
            && (frame.claim.family == Family::Event || frame.claim.predicate == "office")
            && self.denied_condition(hit.carrier)
        {
            return;
        }
        let mut phase = frame.claim.phase;
        // "stopped arming the rebels": what went on has ended
        let stops = |v: usize| matches!(t.lemma(v), "stop" | "cease" | "quit" | "halt" | "end") && t.is_verb(v);
        let gerund = t.tok(hit.trigger).tag == "VBG" && matches!(t.dep(hit.trigger), "xcomp" | "dobj" | "ccomp");
        if phase == Some(Phase::Holds)
            && frame.claim.polarity.is_none()
            && gerund
            && stops(t.head(hit.trigger))
            && put.polarity == Polarity::No
        {
            (phase, put.polarity) = (Some(Phase::Ends), Polarity::Yes);
        }
        if put == (Put { modality: Modality::Asserted, polarity: Polarity::No }) && phase == Some(Phase::Begins) {
            // "has not recognised": nothing began; that it does not hold is what is said
            phase = Some(Phase::Holds);
        }
        // "remains suspended from the union": nothing begins
        let up = t.head(hit.trigger);
        if phase == Some(Phase::Begins)
            && t.tok(hit.trigger).tag == "VBN"
            && matches!(t.dep(hit.trigger), "acomp" | "oprd" | "xcomp" | "attr" | "ccomp")
            && matches!(t.lemma(up), "remain" | "stay")
        {
            phase = Some(Phase::Holds);
        }
        // "who had been its chief negotiator", without a "since" or "for": is no longer
        if phase == Some(Phase::Holds) && frame.id == "office.is" && self.had_been(hit.carrier) {
            phase = Some(Phase::Ends);
        }
        if phase == Some(Phase::Begins)
            && self.goes_on(hit.trigger, &frame.claim.predicate)
            && put.modality == Modality::Asserted
        {
            phase = Some(Phase::Holds);
        }
        // "The PKK, listed by the United States as terrorist, took up arms": what is told in passing and without a day stands
        let passing =
            t.dep(hit.carrier) == "acl" && t.tok(hit.carrier).tag == "VBN" && frame.claim.predicate == "designation";
        if phase == Some(Phase::Begins)
            && passing
            && !self.cast.resolved.dates.iter().any(|d| t.dominates(hit.carrier, d.head) && !d.when.edtf.is_empty())
        {
            phase = Some(Phase::Holds);
        }
        // the dead are counted also where nobody is named
        let counts = || {
            let value = self.value(hit, frame);
            hit.subjects.is_empty() && ["killed", "wounded"].iter().any(|k| value.contains_key(*k))
        };
        if frame.claim.family == Family::Event && !self.told_of_somebody(hit, put) && !counts() {
            return;
        }
        let by = match hit.args.agent.first().filter(|_| frame.by == "agent") {
            Some(doer) => self.by(*doer),
            // what one says of another is an act of his own, told by whoever tells of it
            None if frame.by == "author" => self.teller_of(hit),
            None => self.speaker(hit),
        };
        let mut hit = hit.clone();
        self.speak_for_themselves(&mut hit, &by);
        if matches!(frame.claim.predicate.as_str(), "accuse" | "support" | "reject")
            && frame.claim.family == Family::Event
        {
            self.authors_of_deeds(&mut hit);
        }
        self.whom_the_text_turns_on(&mut hit, &frame.claim.predicate);
        let hit = &hit;
        let date = dating::date_of(t, &self.cast.resolved.dates, hit.trigger, hit.carrier, &parties).filter(|d| {
            let standing = frame.claim.family == Family::Standing;
            let own = (standing || !self.dates_the_content(hit, d.head)) && !dating::is_outside(t, d.head, hit.carrier);
            // "its leader, X, was killed in May": what a noun tells in passing is dated by its own phrase alone
            let borne = !frame.rels.is_empty() && !t.is_verb(hit.carrier)
                || frame.claim.predicate == "office"
                    && phase == Some(Phase::Holds)
                    && t.tok(hit.trigger).pos == "NOUN"
                    && d.role != DateRole::Since;
            // "Yemen-based militants have attacked since May": what stands before a noun has no part in its clause's time
            // "received the visiting president in 2016": he was there when he was received
            let before = t.dep(hit.trigger) == "amod"
                && !t.dominates(t.head(hit.trigger), d.head)
                && t.lemma(hit.trigger) != "visit";
            // "condemned the 12 April coup", "the attack of 20 January": the day of what is spoken of
            let spoken = matches!(frame.claim.predicate.as_str(), "accuse" | "reject" | "support");
            let of_deed = spoken && {
                let top = t.first_prep(d.head);
                let h = t.head(top);
                let day = d.tokens.start.min(top);
                let noun = if t.lemma(h) == "of" && t.dep(top) == "pobj" { t.head(h) } else { h };
                let bound = t.lemma(h) == "of" && t.dep(top) == "pobj"
                    || matches!(t.dep(top), "compound" | "nmod" | "poss" | "nummod") && day < h;
                // "described the killings in World War I as genocide": years before the text was written
                let year = |d: &str| d.get(..4).and_then(|y| y.parse::<i32>().ok());
                let of_it = |k: usize| t.is_deed(k) || self.coder.frames.lists().has("killers", t.lemma(k));
                let above = std::iter::successors(Some(noun), |k| {
                    matches!(t.dep(*k), "pobj" | "prep").then(|| t.head(*k)).filter(|h| *h != hit.trigger)
                });
                let long_ago = above.take(6).any(|k| k != hit.trigger && of_it(k))
                    && year(&d.when.edtf)
                        .zip(self.source.published.as_deref().and_then(year))
                        .is_some_and(|(then, now)| then + 5 < now);
                long_ago || bound && !t.is_verb(noun) && noun != hit.trigger && t.tok(noun).pos == "NOUN"
            };
            // "Today I announce that it will open an embassy": the day of the announcement
            let clause = t.clause(hit.carrier);
            let will = t.kids(hit.carrier).any(|k| t.dep(k) == "aux" && t.lemma(k) == "will");
            let of_announcement = will
                && put.modality == Modality::Intended
                && !t.dominates(t.first_conjunct(clause), d.head)
                && self.source.published.as_deref().is_some_and(|p| d.when.edtf.as_str() <= &p[..p.len().min(10)]);
            // "asked the mission to leave by April", "vowed to withdraw by May": the day of what is asked or promised
            let due = d.role == DateRole::Until
                && matches!(frame.claim.predicate.as_str(), "request" | "threaten" | "agree" | "accuse" | "reject");
            own && (!borne || t.dominates(hit.trigger, d.head)) && !before && !of_deed && !of_announcement && !due
        });
        let when = date
            // "over the past months they have attacked": all that time
            .filter(|d| {
                let perfect = t.kids(hit.carrier).any(|k| t.dep(k) == "aux" && t.lemma(k) == "have");
                d.role != DateRole::Duration
                    || phase == Some(Phase::Holds)
                    || perfect && frame.claim.family == Family::Event && d.when.edtf.contains('/')
            })
            .map(|d| match phase {
                Some(Phase::Begins | Phase::Ends) => d.when.edtf.trim_end_matches("/..").to_owned(),
                // "since June 5th, when Riyadh closed the border": on that day
                _ if d.role == DateRole::Since && self.told_of_the_day(hit.trigger, d.tokens.end) => {
                    d.when.edtf.clone()
                }
                _ if d.role == DateRole::Since && !d.when.edtf.contains('/') => format!("{}/..", d.when.edtf),
                Some(Phase::Holds) if d.role == DateRole::Until => d.period().edtf,
                _ => d.when.edtf.clone(),
            })
            .or_else(|| (phase != Some(Phase::Holds)).then(|| self.day_of_entry(hit.trigger))?)
            .or_else(|| self.day_answered(hit, &frame.claim.predicate))
            .unwrap_or_default();
        // "warned Russia that extremists were planning an attack": a warning of what others will do is no threat
        if frame.claim.predicate == "threaten" && t.lemma(hit.trigger) == "warn" && self.warns_of_others(hit) {
            return;
        }
        // "insisted that the ceasefire be part of it" asks for it; "insists that he never resigned" asserts
        if frame.claim.predicate == "request" && t.lemma(hit.trigger) == "insist" {
            let asked = |c: usize| {
                let aux = t.kids(c).any(|k| matches!(t.lemma(k), "should" | "must" | "shall" | "will"));
                t.tok(c).tag == "VB" && (aux || !t.kids(c).any(|k| t.dep(k) == "aux"))
            };
            if t.kid(hit.trigger, &["ccomp"]).is_some_and(|c| !asked(c)) {
                return;
            }
        }
        let value = self.value(hit, frame);
        let objects: Vec<Option<&parties::Filler>> =
            if hit.objects.is_empty() { vec![None] } else { hit.objects.iter().map(Some).collect() };
        let subjects: Vec<Option<&parties::Filler>> =
            if hit.subjects.is_empty() { vec![None] } else { hit.subjects.iter().map(Some).collect() };
        // "cancelled a meeting between its minister and his counterpart": one's own minister is no other side
        let own = |o: &parties::Filler| {
            o.party.kind == "person"
                && hit.subjects.iter().any(|s| s.party.kind == "state" && o.party.country.as_ref() == Some(&s.party.id))
        };
        let objects: Vec<_> = match frame.claim.predicate.as_str() {
            "sanction" | "reject" | "threaten" | "request" | "consult" | "agree" if objects.len() > 1 => {
                objects.into_iter().filter(|o| !o.is_some_and(own)).collect()
            }
            _ => objects,
        };
        // "condemned the coup", "called the step an act of aggression", "welcomed it": whoever is told to have done it
        let pronoun = |o: &parties::Filler| {
            matches!(o.party.id.as_str(), "~it" | "~this" | "~that") && t.tok(o.token).pos != "PROPN"
        };
        let doers: Vec<Option<parties::Filler>> = objects
            .iter()
            .map(|o| {
                o.filter(|o| frame.claim.predicate == "accuse" || pronoun(o)).and_then(|o| self.perpetrator(hit, o))
            })
            .collect();
        let objects: Vec<Option<&parties::Filler>> =
            objects.iter().zip(&doers).map(|(o, d)| d.as_ref().or(o.filter(|o| !pronoun(o)))).collect();
        let told = put;
        // "A and B, the foreign ministers of X and Y": the first of the first, the second of the second
        let in_turn = frame.claim.predicate == "office"
            && t.tok(hit.trigger).tag == "NNS"
            && subjects.len() > 1
            && subjects.len() == objects.len();
        let speakers = self.speakers(hit);
        let own_of = |s: &Option<&parties::Filler>| {
            s.and_then(|s| s.party.country.as_ref())
                .and_then(|c| objects.iter().position(|o| o.is_some_and(|o| o.party.country.as_ref() == Some(c))))
        };
        for (nth, s) in subjects.iter().enumerate() {
            let nth = own_of(s).filter(|_| in_turn).unwrap_or(nth);
            // "Spain and Cyprus said they had no intention": each for itself
            let own = s.and_then(|f| speakers.iter().find(|p| p.id == f.party.id));
            let by = own.map_or_else(|| by.clone(), |p| By::Speaker(p.clone()));
            for (n, o) in objects.iter().enumerate() {
                if in_turn && n != nth {
                    continue;
                }
                // "sent envoys to each other's capitals": each to the other
                if hit.crossed && s.is_some_and(|s| o.is_some_and(|o| o.party.id == s.party.id)) {
                    continue;
                }
                let mut put = told;
                if [s, o].iter().any(|f| f.is_some_and(|f| set_apart(t, f.token))) {
                    put.polarity = if put.polarity == Polarity::Yes { Polarity::No } else { Polarity::Yes };
                }
                let quote = self.quote(hit, *s, *o, date.map(|d| d.tokens.clone()));
                let unknown = [s, o].iter().filter(|f| f.is_some_and(|f| f.party.id.starts_with('~'))).count();
                let mut confidence = frame.confidence;
                if hit.guessed {
                    confidence *= 0.7;
                }
                // nobody it is done to
                let bare = o.is_none() && frame.object.is_some() && frame.claim.family == Family::Event;
                for _ in 0..unknown + usize::from(bare) {
                    confidence *= 0.85;
                }
                if frame.says_again() {
                    let parties = (s.map(|f| f.party.clone()), o.map(|f| f.party.id.clone()));
                    self.again(frame, hit.trigger, parties, put, &by, &when, quote);
                    continue;
                }
                if !frame.echo.is_empty() {
                    let parties = (s.map(|f| f.party.clone()), o.map(|f| f.party.id.clone()));
                    self.echo(frame, hit.trigger, parties, put, (phase, by.clone(), when.clone()), &value, quote);
                    continue;
                }
                let mut value = value.clone();
                if frame.claim.family == Family::Event {
                    self.place_of_each(hit, *o, &mut value);
                }
                if let Some(o) = o.filter(|_| frame.claim.predicate == "recognition") {
                    let of = if o.party.kind == "state" { "state" } else { "government" };
                    value.entry("of").or_insert_with(|| of.into());
                }
                // "Mali in 2021 and Burkina Faso in 2022": each at its own time
                let own_day = [(s, subjects.len()), (o, objects.len())]
                    .into_iter()
                    .filter(|(_, many)| *many > 1)
                    .find_map(|(f, _)| self.day_beside(f.as_ref()?.token));
                let claim = self.make(
                    frame.claim.family,
                    &frame.claim.predicate,
                    phase,
                    put,
                    s.map(|f| f.party.clone()),
                    o.map(|f| f.party.clone()),
                    by.clone(),
                    own_day.unwrap_or_else(|| when.clone()),
                    value,
                    quote,
                    &frame.id,
                    confidence,
                );
                let turned = frame.claim.phase != Some(Phase::Begins) || phase != Some(Phase::Holds);
                // a visit still to come is a meeting still to come
                let told_of = |t: &Twin| {
                    put.modality == Modality::Asserted
                        || t.predicate == "consult" && matches!(put.modality, Modality::Intended | Modality::Predicted)
                };
                if turned && put.polarity == Polarity::Yes {
                    // "Khartoum suspended its membership of IGAD": nothing was done to it
                    let itself = frame.twins.iter().any(|t| t.swap)
                        && s.is_some_and(|s| {
                            let doers = hit.args.agent.iter().filter(|a| **a != s.token);
                            doers.filter_map(|a| self.cast.one_named(*a, &["side"])).any(|f| f.party.id == s.party.id)
                        });
                    for twin in frame.twins.iter().filter(|t| told_of(t) && !(itself && t.swap)) {
                        let mut c = twin.of(&claim);
                        // "Penny Wong summoned the Chinese ambassador": whose mission is in her state
                        if c.predicate == "mission" {
                            for (f, p) in [(s, &mut c.object), (o, &mut c.subject)] {
                                let person =
                                    f.filter(|f| p.as_ref().is_some_and(|p| p.id == f.party.id && p.kind == "person"));
                                if let Some(state) = person.and_then(|f| self.cast.fill(f.token, &["state"]).pop()) {
                                    *p = Some(state.party);
                                }
                            }
                        }
                        if c.family == Family::Event {
                            let lasts = |d: &crate::resolve::DateMention| {
                                d.role == DateRole::Since && !self.told_of_the_day(hit.trigger, d.tokens.end)
                            };
                            if date.is_some_and(lasts) && !c.when.contains('/') {
                                c.when.push_str("/..");
                            }
                            if c.predicate == "coerce"
                                && c.value.get("mode").is_some_and(|m| m == "seize")
                                && let Some(o) = o.filter(|o| self.cast.is_place(o.token))
                            {
                                c.value.insert("place".into(), o.party.mention.clone().into());
                            }
                        }
                        self.out.push((hit.trigger, c));
                    }
                }
                let definite = |k: usize| matches!(t.lemma(k), "the" | "this" | "that" | "these" | "those" | "such");
                if let Some(o) = o.filter(|o| {
                    doers.get(n).is_none_or(Option::is_none)
                        && matches!(frame.claim.predicate.as_str(), "accuse" | "support" | "reject")
                        && frame.claim.family == Family::Event
                        && o.party.id.starts_with('~')
                        && t.kids(o.token).any(definite)
                }) {
                    self.open.push((self.out.len(), o.token));
                }
                self.out.push((hit.trigger, claim));
            }
        }
    }

    /// "broke off relations with Iran. Bahrain did the same, and the Emirates called their ambassador home": a guessed other
    /// side of ties and envoys is the one that the acts told of last were done to.
    fn whom_the_text_turns_on(&self, hit: &mut Hit, predicate: &str) {
        let t = self.cast.tree;
        if !hit.guessed || !matches!(predicate, "mission" | "relations") || hit.objects.len() != 1 {
            return;
        }
        let from = t.sentences()[t.sentence_ix(hit.trigger).saturating_sub(2)].start;
        let party = |c: &Claim| c.object.clone().filter(|o| o.kind == "state" || o.kind == "government");
        // what stands in the clause itself is no guess
        let token = hit.objects[0].token;
        if token != hit.trigger && t.dominates(t.clause(hit.carrier), token) {
            return;
        }
        let own = |p: &Party| {
            hit.subjects.iter().any(|s| s.party.id == p.id || s.party.country.is_some() && s.party.country == p.country)
        };
        // "Kenya recognised it. Rabat recalled its ambassador in protest": from whoever did what is protested against
        let root = t.clause(hit.carrier);
        let protest = t.kids(root).filter(|k| t.lemma(*k) == "in").filter_map(|k| t.kid(k, &["pobj"]));
        if protest.into_iter().any(|k| matches!(t.lemma(k), "protest" | "retaliation" | "response" | "anger")) {
            let doer = self.out.iter().rev().find_map(|(at, c)| {
                let turned =
                    matches!(c.predicate.as_str(), "relations" | "mission" | "recognition" | "sanction" | "accuse");
                let told = (from..hit.trigger).contains(at) && turned && c.modality == Modality::Asserted;
                c.subject.clone().filter(|p| told && p.kind == "state" && !own(p))
            });
            if let Some(party) = doer {
                hit.objects[0] = parties::Filler { party, token };
                return;
            }
        }
        // "Honduras broke with Taiwan. China welcomed it. Taiwan recalled its ambassador": the other side of what was told
        // of the two
        let other = self.out.iter().rev().find_map(|(at, c)| {
            let turned = matches!(c.predicate.as_str(), "relations" | "mission" | "recognition");
            let (s, o) = (c.subject.as_ref()?, c.object.as_ref()?);
            let told = (from..hit.trigger).contains(at) && turned && c.modality == Modality::Asserted;
            let side = if own(s) { o } else { s };
            (told && own(s) != own(o) && side.kind == "state").then(|| side.clone())
        });
        if let Some(party) = other {
            hit.objects[0] = parties::Filler { party, token };
            return;
        }
        // the guess is one who did something like it himself
        let guess = hit.objects[0].party.clone();
        let doer_here = self.cast.resolved.mentions.iter().any(|m| {
            t.sentence(hit.trigger).contains(&m.head)
                && m.head < hit.trigger
                && t.dep(m.head) == "nsubj"
                && t.head(m.head) != t.clause(hit.carrier)
                && self.cast.party_of(&m.who, m).0.id == guess.id
        });
        let last = self.out.iter().rev().find_map(|(at, c)| {
            let turned = matches!(c.predicate.as_str(), "relations" | "mission" | "recognition");
            let told = (from..hit.trigger).contains(at) && turned && c.modality == Modality::Asserted;
            let did = c.subject.as_ref().is_some_and(|s| s.id == guess.id) || doer_here;
            party(c).filter(|o| {
                told && did
                    && !hit
                        .subjects
                        .iter()
                        .any(|s| s.party.id == o.id || s.party.country.is_some() && s.party.country == o.country)
            })
        });
        if let Some(o) = last.filter(|o| o.id != hit.objects[0].party.id) {
            let token = hit.objects[0].token;
            hit.objects[0] = parties::Filler { party: o, token };
        }
    }

    /// "On Thursday they shelled a village. The army retaliated by firing rockets": on the day of what it answers.
    fn day_answered(&self, hit: &Hit, predicate: &str) -> Option<String> {
        const ANSWERS: &[&str] = &["retaliate", "respond", "answer", "hit_back", "strike_back", "return", "reply"];
        let t = self.cast.tree;
        let answers = std::iter::successors(Some(hit.trigger), |k| (!t.is_root(*k)).then(|| t.head(*k)))
            .take(4)
            .any(|k| t.is_verb(k) && ANSWERS.contains(&t.lemma(k)));
        if predicate != "assault" || !answers {
            return None;
        }
        let here = t.sentence_ix(hit.trigger);
        let of = |f: &[parties::Filler], p: &Option<Party>| f.iter().any(|f| Some(f.party.id.as_str()) == id(p));
        let by_whom = |at: usize, c: &Claim| {
            let last = t.sentence_ix(at) + 1 >= here;
            of(&hit.objects, &c.subject) && (last || t.sentence_ix(at) + 6 >= here && of(&hit.subjects, &c.object))
        };
        self.out
            .iter()
            .rev()
            .find(|(at, c)| c.predicate == predicate && by_whom(*at, c))
            .map(|(_, c)| c.when.clone())
            .filter(|when| !when.is_empty())
    }

    /// Is the verb one of a clause that tells what happened on the day before it: "June 5th, when Riyadh closed it"?
    fn told_of_the_day(&self, verb: usize, day_end: usize) -> bool {
        let t = self.cast.tree;
        let first = t.first_conjunct(verb);
        t.kids(first).any(|k| t.lemma(k) == "when" && k >= day_end && k <= day_end + 1)
    }

    /// "when Syria recognised Kosovo. The news came from Riyadh, where he had met X. Sudan did the same": the word of the change
    /// that the last sentences tell of another, not aside.
    fn last_change(&self, trigger: usize, besides: &Party) -> Option<usize> {
        const WIDE: usize = 3;
        let t = self.cast.tree;
        let from = t.sentences()[t.sentence_ix(trigger).saturating_sub(WIDE)].start;
        let changed = |at: usize, c: &Claim| {
            (from..trigger).contains(&at)
                && c.family == Family::Standing
                && matches!(c.phase, Some(Phase::Begins | Phase::Ends))
                && !matches!(c.predicate.as_str(), "office" | "residence")
                && c.modality == Modality::Asserted
                && c.subject.as_ref().is_some_and(|s| s.id != besides.id)
                && t.is_verb(at)
                && !matches!(t.dep(at), "relcl" | "pcomp")
        };
        self.out.iter().filter(|(at, c)| changed(*at, c)).map(|(at, _)| *at).max()
    }

    /// "Nicaragua did the same": all that the clause before tells of its doer, told of another; of a given doer
    /// ("followed Russia's example"), where the wording names one.
    #[allow(clippy::too_many_arguments)]
    fn again(
        &mut self,
        frame: &Frame,
        trigger: usize,
        (subject, doer): (Option<Party>, Option<String>),
        put: Put,
        by: &By,
        when: &str,
        quote: Range<usize>,
    ) {
        let t = self.cast.tree;
        let Some(subject) = subject else { return };
        // "followed suit" looks further back, for a standing that changed
        let change = frame.echo.iter().any(|e| e == "change");
        let bare = frame.echo.is_empty() || frame.id == gaps::FRAME;
        // "Britain should recognise it. Spain took the step": the act itself, however the text put it
        let act = frame.echo.iter().any(|e| e == "act");
        // a doer that is named is looked for in all that was told, also by nouns ("its recognition of X")
        let back = if doer.is_some() {
            usize::MAX
        } else if change || bare {
            3
        } else {
            1
        };
        let from = t.sentences()[t.sentence_ix(trigger).saturating_sub(back)].start;
        // of the clause above, where this one hangs on it; else of the last one before
        let above = t.head(trigger);
        // "agreed to lift the sanctions imposed in 2011; America would do the same": the change, not how things had come to it
        // "flew to Ankara after seeing Assad. Kharrazi followed"
        let aside = |at: usize| matches!(t.dep(at), "relcl" | "pcomp") && at != above && !t.dominates(at, trigger);
        let told = |at: usize, c: &Claim| {
            (from..trigger).contains(&at)
                && (act || c.modality == Modality::Asserted || c.modality == put.modality)
                && c.subject.as_ref().is_some_and(|s| s.id != subject.id)
                && doer.as_ref().is_none_or(|d| id(&c.subject) == Some(d))
                && !matches!(c.predicate.as_str(), "office" | "residence")
                && (t.is_verb(at) || doer.is_some())
        };
        let mut last: Option<usize> = None;
        for (at, c) in &self.out {
            let changes = c.family == Family::Standing && matches!(c.phase, Some(Phase::Begins | Phase::Ends));
            let nearer = |l: usize| match (aside(*at), aside(l)) {
                (false, true) => true,
                (true, false) => false,
                _ => l != above && (*at == above || *at > l),
            };
            if told(*at, c) && (changes || !change) && last.is_none_or(nearer) {
                last = Some(*at);
            }
        }
        // all that the sentence before tells is told aside: what had changed before it
        let only_aside = last.is_some_and(aside) && !bare && doer.is_none();
        let last = last.map(|l| self.last_change(trigger, &subject).filter(|_| only_aside).unwrap_or(l));
        let Some(last) = last else { return };
        // "broke off relations and gave the envoys 48 hours to leave. Bahrain followed suit": both
        let first = t.head(last);
        let with = |at: usize| at == last || change && !bare && t.dep(last) == "conj" && at == first && at < last;
        let others =
            |c: &Claim| c.modality == Modality::Asserted && c.subject.as_ref().is_some_and(|s| s.id != subject.id);
        let meant = |at: usize, c: &Claim| told(at, c) || only_aside && at == last && others(c);
        let doer = self.out.iter().find(|(at, c)| *at == last && meant(*at, c)).and_then(|(_, c)| c.subject.as_ref());
        let doer = doer.map(|s| s.id.clone());
        let of = |at: usize, c: &Claim| {
            at == last
                || c.predicate == "relations" && put.polarity == Polarity::Yes && id(&c.subject) == doer.as_deref()
        };
        let model: Vec<Claim> = (self.out.iter().filter(|(at, c)| with(*at) && of(*at, c) && meant(*at, c)))
            .map(|(_, c)| c.clone())
            .collect();
        // "Canada expelled two Russian envoys. Norway did the same": in Norway Russia's mission ends
        let of_doer = |c: &Claim| {
            c.predicate == "mission" && id(&c.object) == doer.as_deref() && id(&c.subject) != doer.as_deref()
        };
        let received: Vec<Claim> = (self.out.iter().filter(|(at, c)| *at == last && of_doer(c)))
            .filter(|(_, c)| put.polarity == Polarity::Yes && id(&c.subject) != Some(&subject.id))
            .map(|(_, c)| c.clone())
            .collect();
        for c in received {
            let (object, value) = (Some(subject.clone()), c.value.clone());
            let copy = self.make(
                c.family,
                &c.predicate,
                c.phase,
                put,
                c.subject,
                object,
                by.clone(),
                when.to_owned(),
                value,
                quote.clone(),
                &frame.id,
                c.confidence * 0.8,
            );
            self.out.push((trigger, copy));
        }
        let lasting = model.iter().any(|c| c.family == Family::Standing);
        let mut made: Vec<(Family, String, Option<String>)> = Vec::new();
        for c in model.into_iter().filter(|c| c.subject.as_ref().map(|s| &s.id) == doer.as_ref()) {
            let key = (c.family, c.predicate.clone(), c.object.as_ref().map(|o| o.id.clone()));
            if c.object.as_ref().is_some_and(|o| o.id == subject.id) || made.contains(&key) {
                continue;
            }
            made.push(key);
            // "stopped short of recognising him; France would do so": the act itself, not that it was left undone
            let so = act || t.kids(trigger).any(|k| t.doc.text(k) == "so");
            let polarity = match (c.polarity, put.polarity) {
                (_, b) if so => b,
                // "Germany has not; Japan will not": neither of them
                (Polarity::No, _) if bare => Polarity::No,
                (a, b) if a == b => Polarity::Yes,
                _ => Polarity::No,
            };
            let put = Put { modality: put.modality, polarity };
            let denied = put == (Put { modality: Modality::Asserted, polarity: Polarity::No });
            // what is denied, or not yet done, is told as a standing alone
            if (denied || put.modality != Modality::Asserted) && c.family == Family::Event && lasting {
                continue;
            }
            let phase = match c.phase {
                Some(Phase::Begins) if denied => Some(Phase::Holds),
                Some(Phase::Holds) if (so || bare) && c.polarity == Polarity::No && !denied => Some(Phase::Begins),
                p => p,
            };
            // what the model could not tell as an event, being no fact, is one now
            let real = put == Put { modality: Modality::Asserted, polarity: Polarity::Yes };
            let untold = c.modality != Modality::Asserted || c.polarity == Polarity::No;
            let of = self.coder.frames.all.iter().find(|f| real && untold && f.id == c.frame);
            let mut value = c.value;
            value.shift_remove("chief");
            let copy = self.make(
                c.family,
                &c.predicate,
                phase,
                put,
                Some(subject.clone()),
                c.object,
                by.clone(),
                when.to_owned(),
                value,
                quote.clone(),
                &frame.id,
                c.confidence * 0.8,
            );
            for twin in of.iter().flat_map(|f| &f.twins) {
                let told = twin.of(&copy);
                self.out.push((trigger, told));
            }
            self.out.push((trigger, copy));
        }
    }

    /// A change told again of other parties, or carried further: "also extended recognition", "the designation takes
    /// effect": the last claim of one of the predicates, with all its objects.
    #[allow(clippy::too_many_arguments)]
    fn echo(
        &mut self,
        frame: &Frame,
        trigger: usize,
        (subject, model): (Option<Party>, Option<String>),
        put: Put,
        (phase, by, when): (Option<Phase>, By, String),
        value: &Map<String, Value>,
        quote: Range<usize>,
    ) {
        let fits = |c: &Claim| {
            frame.echo.contains(&c.predicate)
                && (c.subject.is_some() || subject.is_some())
                && c.object.is_some()
                && c.modality == Modality::Asserted
                && c.polarity == Polarity::Yes
                && model.as_deref().is_none_or(|m| id(&c.subject) == Some(m))
        };
        // "Vanuatu later withdrew its recognition": what was told of itself, else the last that was told of anybody
        let own = |c: &Claim| subject.is_some() && id(&c.subject) == id(&subject);
        let last = self.out.iter().rev().find(|(_, c)| fits(c) && own(c));
        let Some((at, doer)) =
            last.or_else(|| self.out.iter().rev().find(|(_, c)| fits(c))).map(|(at, c)| (*at, c.subject.clone()))
        else {
            return;
        };
        let models: Vec<Claim> = self
            .out
            .iter()
            .filter(|(o, c)| *o == at && fits(c) && id(&c.subject) == id(&doer))
            .map(|(_, c)| c.clone())
            .collect();
        let mut made: Vec<Option<Party>> = Vec::new();
        for c in models {
            if made.contains(&c.object) {
                continue;
            }
            made.push(c.object.clone());
            let predicate = frame.claim.predicate.clone();
            let mut all = value.clone();
            if predicate == c.predicate {
                for (k, v) in c.value {
                    all.entry(k).or_insert(v);
                }
            }
            let copy = self.make(
                frame.claim.family,
                &predicate,
                phase,
                put,
                subject.clone().or(c.subject),
                c.object,
                by.clone(),
                when.clone(),
                all,
                quote.clone(),
                &frame.id,
                c.confidence * 0.8,
            );
            if put == (Put { modality: Modality::Asserted, polarity: Polarity::Yes }) {
                for twin in &frame.twins {
                    self.out.push((trigger, twin.of(&copy)));
                }
            }
            self.out.push((trigger, copy));
        }
    }

    /// A mission's event as a claim; its `basis` says on what the date and rank rest.
    fn post(&mut self, e: &PostEvent) {
        let t = self.cast.tree;
        let put = self.coder.factuality.judge(t, e.trigger, e.carrier, &[]);
        let mut value = Map::new();
        if !e.rank.is_empty() {
            value.insert("rank".into(), e.rank.clone().into());
        }
        value.insert("basis".into(), e.what.basis().into());
        if let Some(p) = e.post.as_ref().filter(|p| **p != e.rank) {
            value.insert("post".into(), p.clone().into());
        }
        if let Some(p) = &e.place {
            value.insert("place".into(), p.clone().into());
        }
        if let Some(at) = e.at_capital {
            value.insert("at_capital".into(), at.into());
        }
        if e.charge {
            value.insert("head".into(), "charge".into());
        }
        if e.elsewhere {
            value.insert("resident".into(), "elsewhere".into());
        }
        if let Some(c) = &e.chief {
            value.insert("chief".into(), c.clone().into());
        }
        if e.dated_by_context {
            value.insert("dated".into(), "context".into());
        }
        let phase = if e.what == What::Close { Phase::Ends } else { Phase::Begins };
        let found = attribution::speaker(t, &self.coder.speech, self.quotations, e.trigger, e.carrier);
        let by = found.map_or(By::Author, |s| self.by(s));
        let confidence = 0.85 * if e.stated { 1.0 } else { 0.9 } * if e.dated_by_context { 0.8 } else { 1.0 };
        let claim = self.make(
            Family::Standing,
            "mission",
            Some(phase),
            put,
            e.sender.map(|ix| self.cast.party(ix)),
            e.host.map(|ix| self.cast.party(ix)),
            by,
            e.when.clone(),
            value,
            e.quote.clone(),
            &format!("mission.{}", e.what.basis()),
            confidence,
        );
        // an opening or a closing is an act between the two states, too
        let act = match e.what {
            What::Open if e.rank != "interests" => Some("support"),
            What::Close => Some("sanction"),
            _ => None,
        };
        let real = put == (Put { modality: Modality::Asserted, polarity: Polarity::Yes });
        if let Some(act) = act.filter(|_| real && e.stated && !e.dated_by_context && t.is_verb(e.trigger)) {
            let mut twin = claim.clone();
            twin.family = Family::Event;
            twin.predicate = act.to_owned();
            twin.phase = None;
            twin.value.retain(|k, _| k == "place");
            // "Pakistan closed the movement's embassy": the act is the host's
            let doer = t.subject(e.trigger).filter(|_| !t.is_passive(e.trigger));
            let doer =
                doer.and_then(|s| self.cast.one_named(s, &["state", "government", "body"])).map(|f| f.party.country);
            let of = |p: &Option<Party>| p.as_ref().and_then(|p| p.country.clone());
            if doer
                .flatten()
                .is_some_and(|c| Some(&c) == of(&twin.object).as_ref() && Some(&c) != of(&twin.subject).as_ref())
            {
                std::mem::swap(&mut twin.subject, &mut twin.object);
            }
            self.out.push((e.trigger, twin));
        }
        // "Iran and Saudi Arabia reopened their embassies": each in the other's capital
        let mut verb = if t.is_verb(e.trigger) { e.trigger } else { t.head(e.trigger) };
        let mut doers = t.subject(verb);
        while doers.is_none() && matches!(t.dep(verb), "conj" | "xcomp") {
            verb = t.head(verb);
            doers = t.subject(verb);
        }
        let joined = doers.map(|s| t.conjuncts(s)).unwrap_or_default();
        let parties = [&claim.subject, &claim.object].map(|p| p.as_ref().and_then(|p| p.country.clone()));
        let members: Vec<Option<String>> = joined
            .iter()
            .filter_map(|k| self.cast.resolved.at(*k))
            .flat_map(|m| {
                let also = m.also.iter().map(|w| self.cast.party_of(w, m).0.country);
                let own = if m.also.is_empty() { m.country.clone() } else { None };
                std::iter::once(own.or_else(|| self.cast.party_of(&m.who, m).0.country)).chain(also).collect::<Vec<_>>()
            })
            .collect();
        let named = |c: &Option<String>| c.is_some() && members.contains(c);
        let theirs =
            t.phrase(e.trigger).any(|k| t.dep(k) == "poss" && t.doc.text(k) == "their" && t.head(k) > e.trigger)
                || t.below(verb, true).iter().any(|k| t.lemma(*k) == "other" && *k > 0 && t.lemma(*k - 1) == "each");
        if members.len() == 2 && theirs && parties.iter().all(named) && e.chief.is_none() {
            let mut back = claim.clone();
            std::mem::swap(&mut back.subject, &mut back.object);
            back.value.retain(|k, _| k != "place" && k != "at_capital");
            self.out.push((e.trigger, back));
        }
        self.out.push((e.trigger, claim));
    }

    /// The turns of relations that frames have found so far.
    fn turns_told(&self) -> Vec<Told> {
        let turn = |(trigger, c): &(usize, Claim)| {
            let ends = match c.phase {
                Some(Phase::Ends) => true,
                Some(Phase::Begins) => false,
                _ => return None,
            };
            let ids = [id(&c.subject), id(&c.object)];
            let of_pair = self.cast.story.pair.is_none_or(|(a, b)| {
                [a, b].iter().all(|p| ids.contains(&Some(self.cast.actors.actor(*p).id.as_str())))
            });
            let counts = of_pair
                && c.predicate == "relations"
                && c.modality == Modality::Asserted
                && c.polarity == Polarity::Yes;
            counts.then(|| Told { trigger: *trigger, ends, when: c.when.clone() })
        };
        self.out.iter().filter_map(turn).collect()
    }

    /// The day that stands right behind a name, in brackets or with a preposition that hangs on it.
    fn day_beside(&self, token: usize) -> Option<String> {
        let t = self.cast.tree;
        // "Bahrain and Egypt the next day": the day of the last is that of both
        let mut last = token;
        for _ in 0..8 {
            match t.kid(last, &["conj"]).filter(|k| t.dep(token) == "conj" && t.tok(*k).pos == "PROPN") {
                Some(k) => last = k,
                None => break,
            }
        }
        let end = self.cast.resolved.at(last).map_or(last + 1, |m| m.tokens.end);
        let lead = t.doc.text((end < t.len()).then_some(end)?).to_lowercase();
        // "Mali (2020), Guinea (2021)"
        let year = t.doc.text((end + 1 < t.len()).then_some(end + 1)?);
        let closed = end + 2 < t.len() && t.doc.text(end + 2) == ")";
        if lead == "(" && closed && year.len() == 4 && year.parse::<u16>().is_ok_and(|y| (1776..2100).contains(&y)) {
            return Some(year.to_owned());
        }
        let prep = matches!(lead.as_str(), "in" | "on" | "by" | "(");
        let starts = |d: &usize| if prep { *d == end + 1 || *d == end + 2 } else { *d == end || *d == end + 1 };
        let role = |d: DateRole| d == DateRole::At || d == DateRole::Until && lead == "by";
        let day = self.cast.resolved.dates.iter().find(|d| starts(&d.tokens.start) && role(d.role))?;
        let here = if lead == "(" || prep { lead == "(" || t.head(end) == last } else { t.dominates(last, day.head) };
        (here && !day.when.edtf.is_empty()).then(|| day.when.edtf.clone())
    }

    /// "May 2021: Kenya opens an embassy. Uganda closes its own.": the day of a chronology's entry is that of each of
    /// its sentences that has none.
    fn day_of_entry(&self, trigger: usize) -> Option<String> {
        let t = self.cast.tree;
        let at = t.tok(trigger).start as usize;
        let from = t.doc.text[..at].rfind('\n').map_or(0, |n| n + 1);
        let line = t.doc.text[from..].lines().next()?;
        let mark = wire::entry(line)?;
        let own = t.sentence(trigger);
        let dates = &self.cast.resolved.dates;
        let told = dates.iter().any(|d| own.contains(&d.head) && t.tok(d.head).start as usize >= from + mark.end);
        let day = dates.iter().find(|d| (from..from + mark.start).contains(&(t.tok(d.head).start as usize)))?;
        (!told && !day.when.edtf.is_empty()).then(|| day.when.edtf.clone())
    }

    /// A turn of relations that a heading asserts.
    fn turn(&mut self, turn: &Turn) {
        let mut value = Map::new();
        value.insert("level".into(), "diplomatic".into());
        value.insert("dated".into(), "context".into());
        let (phase, frame) =
            if turn.ends { (Phase::Ends, "relations.end") } else { (Phase::Begins, "relations.begin") };
        let claim = self.make(
            Family::Standing,
            "relations",
            Some(phase),
            Put { modality: Modality::Asserted, polarity: Polarity::Yes },
            Some(self.cast.party(turn.sender)),
            Some(self.cast.party(turn.host)),
            By::Author,
            turn.when.clone(),
            value,
            turn.quote.clone(),
            frame,
            0.5,
        );
        self.out.push((turn.trigger, claim));
    }

    fn title(&mut self, t: titles::Titled) {
        let head = t.mention.head;
        // whose office it is the words beside the title tell
        let told = |(i, c): &(usize, Claim)| {
            c.predicate == "office"
                && c.confidence > 0.5
                && c.phase == Some(Phase::Holds)
                && i.abs_diff(head) < 9
                && id(&c.subject) == Some(&t.person.id)
                && id(&c.object).is_some_and(|o| o != t.of.id)
        };
        if t.guessed && self.out.iter().any(told) {
            return;
        }
        // a title is the author's word unless it stands in a quotation
        let quoted = self.quotations.around(head).and_then(|(_, s)| *s).filter(|s| *s != head);
        let by = quoted.map_or(By::Author, |s| self.by(s));
        let mut value = Map::new();
        value.insert("title".into(), t.title.into());
        let confidence = if t.guessed { 0.5 } else { 0.85 };
        let phase = if t.former { Phase::Ends } else { Phase::Holds };
        let put = Put { modality: Modality::Asserted, polarity: Polarity::Yes };
        let claim = self.make(
            Family::Standing,
            "office",
            Some(phase),
            put,
            Some(t.person),
            Some(t.of),
            by,
            String::new(),
            value,
            t.mention.tokens.clone(),
            "office.title",
            confidence,
        );
        self.out.push((head, claim));
    }

    #[allow(clippy::too_many_arguments)]
    fn make(
        &self,
        family: Family,
        predicate: &str,
        phase: Option<Phase>,
        put: Put,
        subject: Option<Party>,
        object: Option<Party>,
        by: By,
        when: String,
        value: Map<String, Value>,
        quote: Range<usize>,
        frame: &str,
        confidence: f32,
    ) -> Claim {
        // whether the rulers are recognised is asked of them by name; what they do else is their state's
        let rulers =
            |p: Option<Party>| p.map(|p| if predicate == "recognition" { p } else { self.cast.state_ruled(p) });
        let (subject, object) = (rulers(subject), rulers(object));
        // "Protests erupted in Tehran": by those who protest
        let subject = subject.or_else(|| {
            (predicate == "protest" && family == Family::Event).then(|| Party {
                id: "~protesters".into(),
                label: "protesters".into(),
                mention: "protesters".into(),
                country: None,
                kind: "people".into(),
                names: Vec::new(),
            })
        });
        Claim {
            doc: self.source.id.clone(),
            quote: self.cast.tree.doc.span_text(quote.clone()).to_owned(),
            span: [self.chars.starts[quote.start], self.chars.ends[quote.end - 1]],
            family,
            predicate: predicate.to_owned(),
            subject,
            object,
            phase: if family == Family::Standing { phase } else { None },
            polarity: put.polarity,
            modality: put.modality,
            by,
            when,
            value,
            said: self.source.published.clone().unwrap_or_default(),
            frame: frame.to_owned(),
            confidence,
        }
    }

    fn value(&self, hit: &Hit, frame: &Frame) -> Map<String, Value> {
        let t = self.cast.tree;
        let mut value = Map::new();
        let near = t.below(t.clause(hit.carrier), true);
        let around: Vec<usize> = near
            .into_iter()
            .chain(t.below(hit.trigger, true))
            .chain(hit.args.attr.iter().flat_map(|a| t.below(*a, true)))
            .collect();
        for s in &frame.value {
            let said = s.when.is_empty() || s.when.iter().any(|w| self.says(&around, w));
            if said {
                for (k, v) in &s.set {
                    value.entry(k.clone()).or_insert_with(|| v.clone());
                }
            }
        }
        for (key, rules) in &frame.take {
            for rule in rules.iter() {
                let (extractor, paths) = rule.split_once(' ').unwrap_or((rule, ""));
                for path in if paths.is_empty() { vec!["self"] } else { paths.split(' ').collect() } {
                    let at = realise::walk(t, hit.trigger, &hit.args, path);
                    let before = value.len();
                    values::take(self.cast, extractor, key, &at, hit.trigger, &mut value);
                    if value.len() > before {
                        break;
                    }
                }
                if value.contains_key(key) {
                    break;
                }
            }
        }
        value
    }

    /// Does the word or run of words stand among these tokens?
    fn says(&self, tokens: &[usize], phrase: &str) -> bool {
        let t = self.cast.tree;
        let mut words = phrase.split(' ');
        let first = words.next().unwrap_or_default();
        let rest: Vec<&str> = words.collect();
        tokens.iter().any(|i| {
            let is = |i: usize, w: &str| i < t.len() && (t.lemma(i) == w || t.doc.text(i).eq_ignore_ascii_case(w));
            is(*i, first) && rest.iter().enumerate().all(|(n, w)| is(i + 1 + n, w))
        })
    }

    fn speaker_at(&self, i: usize) -> By {
        let found = attribution::speaker(self.cast.tree, &self.coder.speech, self.quotations, i, i);
        found.map_or(By::Author, |s| self.by(s))
    }

    fn speaker(&self, hit: &Hit) -> By {
        let found = attribution::speaker(self.cast.tree, &self.coder.speech, self.quotations, hit.trigger, hit.carrier);
        found.map_or(By::Author, |s| self.by(s))
    }

    /// Who tells of what somebody says: "Iran said that Israel was to blame" is the author's, "the minister said that Iran
    /// said" the minister's.
    fn teller_of(&self, hit: &Hit) -> By {
        let t = self.cast.tree;
        let found = attribution::speaker(t, &self.coder.speech, self.quotations, hit.trigger, hit.carrier);
        let Some(token) = found else { return By::Author };
        match self.by(token) {
            By::Speaker(p) if hit.subjects.iter().any(|s| s.party.id == p.id) => match self.speaker_at(token) {
                By::Speaker(o) if o.id == p.id => By::Author,
                outer => outer,
            },
            by => by,
        }
    }

    /// Does the clause of a word hang on "it is possible that", "it is not true that"?
    fn doubted(&self, at: usize) -> bool {
        const DOUBT: &[&str] = &["possible", "true", "conceivable", "likely", "unlikely", "doubtful", "unclear"];
        let t = self.cast.tree;
        let mut v = t.clause(at);
        for _ in 0..4 {
            let up = t.head(v);
            if t.dep(v) == "ccomp"
                && t.lemma(up) == "be"
                && t.kids(up).any(|k| t.dep(k) == "acomp" && DOUBT.contains(&t.lemma(k)))
                && t.kids(up).any(|k| t.doc.text(k).eq_ignore_ascii_case("it"))
            {
                return true;
            }
            if up == v || !matches!(t.dep(v), "ccomp" | "xcomp" | "conj") {
                return false;
            }
            v = t.clause(up);
        }
        false
    }

    /// Has the clause that a warning holds a subject other than whoever warns?
    fn warns_of_others(&self, hit: &Hit) -> bool {
        let t = self.cast.tree;
        let clause = t.kids(hit.trigger).find(|k| t.dep(*k) == "ccomp" && t.kid(*k, &["nsubj", "nsubjpass"]).is_some());
        // "warned that its actions would have consequences" is one
        let consequences = |c: usize| {
            t.below(c, true).iter().any(|k| {
                matches!(
                    t.lemma(*k),
                    "consequence"
                        | "response"
                        | "retaliation"
                        | "price"
                        | "attack"
                        | "strike"
                        | "sanction"
                        | "tariff"
                        | "measure"
                        | "force"
                        | "destruction"
                        | "rubble"
                        | "reprisal"
                        | "suspend"
                        | "impose"
                        | "retaliate"
                        | "punish"
                        | "target"
                )
            })
        };
        if clause.is_some_and(consequences) || clause.is_some_and(|c| self.foretells_harm(c)) {
            return false;
        }
        let Some(s) = clause.and_then(|c| t.kid(c, &["nsubj", "nsubjpass"])) else { return false };
        let own = |p: &Party| {
            hit.subjects.iter().any(|f| f.party.id == p.id || f.party.country.is_some() && f.party.country == p.country)
        };
        let said = self.cast.fill(s, &["side", "person"]);
        if t.tok(s).pos == "PRON" {
            !said.is_empty() && !said.iter().any(|f| own(&f.party))
        } else {
            !said.iter().any(|f| own(&f.party))
        }
    }

    /// "that the group would be crushed", "that any soldier who came near would be shot": what is to be done, by nobody who
    /// is named, is done by whoever warns of it.
    fn foretells_harm(&self, clause: usize) -> bool {
        const HARM: &[&str] =
            &["crush", "destroy", "annihilate", "obliterate", "reduce", "wipe", "sink", "expel", "eliminate"];
        let t = self.cast.tree;
        let to_come = t.kids(clause).any(|k| t.dep(k) == "aux" && matches!(t.lemma(k), "will" | "would" | "shall"));
        let all_such = || {
            t.kid(clause, &["nsubjpass"])
                .is_some_and(|s| t.kids(s).any(|k| t.dep(k) == "det" && matches!(t.lemma(k), "any" | "every" | "all")))
        };
        to_come
            && t.is_passive(clause)
            && t.kid(clause, &["agent"]).is_none()
            && (HARM.contains(&t.lemma(clause))
                || matches!(t.lemma(clause), "kill" | "shoot" | "execute") && all_such())
    }

    /// All who say so, where they are several.
    fn speakers(&self, hit: &Hit) -> Vec<Party> {
        let found = attribution::speaker(self.cast.tree, &self.coder.speech, self.quotations, hit.trigger, hit.carrier);
        let all = found.map(|s| self.cast.fill(s, &["side", "person"])).unwrap_or_default();
        if all.len() > 1 { all.into_iter().map(|f| f.party).collect() } else { Vec::new() }
    }

    fn by(&self, token: usize) -> By {
        let token = attribution::author_of(self.cast.tree, &self.coder.speech, token);
        match self.cast.fill(token, &["any"]).into_iter().next() {
            Some(f) => By::Speaker(f.party),
            None => By::Author,
        }
    }

    /// From the first to the last word that the claim needs.
    fn quote(
        &self,
        hit: &Hit,
        s: Option<&parties::Filler>,
        o: Option<&parties::Filler>,
        date: Option<Range<usize>>,
    ) -> Range<usize> {
        let t = self.cast.tree;
        let sentence = t.sentence(hit.trigger);
        let mut lo = hit.trigger.min(hit.carrier);
        let mut hi = hit.trigger.max(hit.carrier) + 1;
        for k in t.kids(hit.carrier) {
            if matches!(t.dep(k), "aux" | "auxpass" | "neg" | "prt") {
                lo = lo.min(k);
                hi = hi.max(k + 1);
            }
        }
        let mut cover = |r: Range<usize>| {
            if sentence.contains(&r.start) && r.end <= sentence.end {
                lo = lo.min(r.start);
                hi = hi.max(r.end);
            }
        };
        for f in [s, o].into_iter().flatten() {
            cover(t.phrase(f.token));
            if let Some(m) = self.cast.resolved.at(f.token) {
                cover(m.tokens.clone());
            }
        }
        if let Some(d) = date {
            cover(d);
        }
        for th in hit.args.theme.iter().chain(hit.args.attr.iter()).take(2) {
            cover(t.phrase(*th));
        }
        let first_is_date = self.cast.resolved.dates.iter().any(|d| d.tokens.start == lo);
        // "on Wednesday", "the same day": no quote begins in the middle of a phrase
        for _ in 0..2 {
            let Some(p) = lo.checked_sub(1).filter(|p| sentence.contains(p)) else { break };
            let article = t.tok(p).pos == "DET" && (lo..hi).contains(&t.head(p));
            let preposition = first_is_date && t.tok(p).pos == "ADP" && (lo..hi).any(|i| t.head(i) == p);
            if !article && !preposition {
                break;
            }
            lo = p;
        }
        lo..hi
    }

    /// In text order; a claim made twice by the same words is kept once, the surer or the dated one.
    /// "bombed positions near the temple, killing four": the dead are those of the act, no second one.
    fn tolls_of_acts(&self, out: &mut Vec<(usize, Claim)>) {
        let t = self.cast.tree;
        let assault = |c: &Claim| c.family == Family::Event && c.predicate == "assault";
        let mut drop: Vec<usize> = Vec::new();
        for n in 0..out.len() {
            let (i, c) = (out[n].0, out[n].1.clone());
            let counted = ["killed", "wounded"].iter().any(|k| c.value.contains_key(*k));
            let nobody = c.object.as_ref().is_none_or(|o| o.id.starts_with('~'));
            if !assault(&c) || !counted || !nobody || t.dep(i) != "advcl" || t.tok(i).tag != "VBG" {
                continue;
            }
            let above = t.head(i);
            let same = |(j, k): &(usize, Claim)| *j == above && assault(k) && id(&k.subject) == id(&c.subject);
            let mut any = false;
            for (_, k) in out.iter_mut().filter(|x| same(x)) {
                any = true;
                for (key, v) in &c.value {
                    if key != "mode" && key != "place" {
                        k.value.entry(key.clone()).or_insert_with(|| v.clone());
                    }
                }
            }
            if any {
                drop.push(n);
            }
        }
        let mut n = 0;
        out.retain(|_| {
            n += 1;
            !drop.contains(&(n - 1))
        });
    }

    fn finish(mut self) -> Vec<Claim> {
        let mut out = std::mem::take(&mut self.out);
        out.sort_by_key(|(i, c)| (*i, c.span));
        // "flew to Samarkand": the visit is to the state that the city lies in
        for (_, c) in out.iter_mut().filter(|(_, c)| c.predicate == "consult") {
            let Some(o) = c.object.as_mut().filter(|o| o.kind == "place" && o.id.starts_with('~')) else { continue };
            let country = o.country.clone().or_else(|| self.cast.city(&o.mention).map(|city| city.country.clone()));
            if let Some(ix) = country.and_then(|c| self.cast.actors.by_id(&c)) {
                let mention = std::mem::take(&mut o.mention);
                *o = Party { mention, ..self.cast.party(ix) };
            }
        }
        // "ousted President X": the wording is the change, the title beside the name says no more
        let changed: Vec<_> = out
            .iter()
            .filter(|(_, c)| {
                c.predicate == "office"
                    && c.frame != "office.title"
                    && c.modality == Modality::Asserted
                    && c.polarity == Polarity::Yes
                    && matches!(c.phase, Some(Phase::Begins | Phase::Ends))
            })
            .map(|(i, c)| {
                let own = |p: &Option<Party>| id(p).map(str::to_owned);
                (self.cast.tree.sentence_ix(*i), own(&c.subject), own(&c.object), title_of(c).map(str::to_owned))
            })
            .collect();
        out.retain(|(i, c)| {
            c.frame != "office.title"
                || c.phase != Some(Phase::Holds)
                || !changed.iter().any(|(s, p, o, title)| {
                    *s == self.cast.tree.sentence_ix(*i)
                        && p.as_deref() == id(&c.subject)
                        && (o.is_none() || o.as_deref() == id(&c.object))
                        && !other_post(title.as_deref(), title_of(c))
                })
        });
        // "the premier of Malaita, X": a guess at his state says less than the title does
        let told: Vec<(usize, Option<String>, Option<String>)> = out
            .iter()
            .filter(|(_, c)| c.frame == "office.title" && c.confidence > 0.6)
            .map(|(i, c)| {
                (self.cast.tree.sentence_ix(*i), id(&c.subject).map(str::to_owned), id(&c.object).map(str::to_owned))
            })
            .collect();
        out.retain(|(i, c)| {
            // "the group's leader", where the title knows the group
            let noun =
                c.object.as_ref().is_some_and(|o| o.id.starts_with('~') && o.label.starts_with(char::is_lowercase));
            c.frame != "office.is"
                || c.confidence > 0.5 && !noun
                || !told.iter().any(|(s, p, o)| {
                    *s == self.cast.tree.sentence_ix(*i)
                        && p.as_deref() == id(&c.subject)
                        && o.as_deref() != id(&c.object)
                })
        });
        // "At the request of the president of France, Angela Merkel called": whom the registry knows to serve another state
        let actors = self.cast.actors;
        let strange = |c: &Claim| {
            let person = id(&c.subject).and_then(|p| actors.by_id(p));
            let state = id(&c.object)
                .and_then(|o| actors.by_id(o))
                .filter(|o| actors.actor(*o).kind == crate::resolve::Kind::State);
            let (Some(person), Some(state)) = (person, state) else { return false };
            let home = &actors.actor(person).country;
            home.is_some()
                && *home != actors.actor(state).country
                && actors.spells(person).next().is_some()
                && !actors.spells(person).any(|s| s.of == state)
        };
        // "the opposition leader, X" leads no party for that
        let of_party = |c: &Claim| {
            c.object.as_ref().is_some_and(|o| o.kind == "party")
                && c.value.get("title").and_then(Value::as_str).is_some_and(|t| t.contains("opposition"))
        };
        out.retain(|(_, c)| {
            c.frame != "office.is"
                || c.phase != Some(Phase::Holds)
                || (c.polarity == Polarity::No || !strange(c)) && !of_party(c)
        });
        self.tolls_of_acts(&mut out);
        // "rebels backed by Rwanda": what is lasting is told as a standing, not as an act of praise besides
        let backs: Vec<_> = out
            .iter()
            .filter(|(_, c)| c.predicate == "alliance")
            .map(|(i, c)| (*i, id(&c.subject).map(str::to_owned), id(&c.object).map(str::to_owned)))
            .collect();
        out.retain(|(i, c)| {
            c.family != Family::Event
                || c.predicate != "support"
                || c.frame != "support.praise"
                || !backs
                    .iter()
                    .any(|(j, s, o)| j == i && s.as_deref() == id(&c.subject) && o.as_deref() == id(&c.object))
        });
        // "the rebels, whom Rwanda backs, took Goma", "a militia backed by Iran": told in passing of an armed group it lasts,
        // and is no act besides
        out.retain(|(i, c)| {
            c.family != Family::Event
                || c.frame != "alliance.backs"
                || c.object.as_ref().is_none_or(|o| o.kind != "group" && !o.id.starts_with('~'))
                || !matches!(self.cast.tree.dep(*i), "acl" | "relcl" | "amod" | "pcomp")
        });
        not_yet_real(&mut out);
        let mut out = self.once(out);
        // "became a member": the change is what is said; that it holds from then on is the ledger's to see
        let turns: Vec<_> = out
            .iter()
            .filter(|(_, c)| matches!(c.phase, Some(Phase::Begins | Phase::Ends)) && c.polarity == Polarity::Yes)
            // "demanded the resignation of the minister, X": who is to go holds it
            .filter(|(_, c)| c.predicate != "office" || c.modality == Modality::Asserted)
            .map(|(i, c)| (*i, c.predicate.clone(), c.subject.clone(), c.object.clone(), c.when.clone()))
            .collect();
        out.retain(|(i, c)| {
            let line = self.cast.tree.sentence_ix(*i);
            c.phase != Some(Phase::Holds)
                || excepted(self.cast.tree, *i)
                || c.polarity != Polarity::Yes
                || !matches!(c.predicate.as_str(), "membership" | "office" | "designation" | "recognition" | "sanction")
                || !turns.iter().any(|(j, p, a, b, when)| {
                    // "who had ruled it since 1980, was overthrown in 1999": two steps, each at its time
                    let two = j != i && !c.when.is_empty() && !when.is_empty() && c.when != *when;
                    // "the president, X, who was elected in May": holds it, too
                    let apart = c.predicate == "office" && !self.cast.tree.dominates(*j, *i);
                    self.cast.tree.sentence_ix(*j) == line
                        && !apart
                        && !two
                        && *p == c.predicate
                        && parties_of(a, b) == parties_of(&c.subject, &c.object)
                })
        });
        let mut kept: Vec<(usize, Claim)> = Vec::new();
        'next: for (i, c) in out {
            for (j, k) in &mut kept {
                let same = k.predicate == c.predicate
                    && k.family == c.family
                    && k.phase == c.phase
                    && k.polarity == c.polarity
                    && k.modality == c.modality
                    && id(&k.subject) == id(&c.subject)
                    && id(&k.object) == id(&c.object)
                    && self.cast.tree.sentence_ix(*j) == self.cast.tree.sentence_ix(i)
                    && !distinct_steps(k, &c)
                    && !self.joined_acts((*j, k), (i, &c));
                if same {
                    if k.when.is_empty() && !c.when.is_empty() || (k.when == c.when && k.confidence < c.confidence) {
                        let merged: Map<String, Value> =
                            k.value.iter().chain(&c.value).map(|(a, b)| (a.clone(), b.clone())).collect();
                        *k = c;
                        k.value = merged;
                    } else {
                        for (key, v) in c.value {
                            k.value.entry(key).or_insert(v);
                        }
                    }
                    continue 'next;
                }
            }
            kept.push((i, c));
        }
        let mut claims: Vec<Claim> = kept.into_iter().map(|(_, c)| c).collect();
        named::name_all(self.cast, &mut claims);
        claims
    }
}

impl Maker<'_> {
    /// "Turkey recognises it", "Canada still lists the group", "is recognised by five states": the plain present tells of
    /// what holds, where it is no headline and nothing says that it is new.
    fn goes_on(&self, trigger: usize, predicate: &str) -> bool {
        const NEW: &[&str] = &["now", "today", "hereby", "first", "newly", "officially", "formally", "finally"];
        let t = self.cast.tree;
        // "are also barred from travel"
        let barred = predicate == "sanction" && t.is_passive(trigger);
        if !barred && !matches!(predicate, "recognition" | "designation" | "reward") || !t.is_verb(trigger) {
            return false;
        }
        // "continues to designate", "still recognises"
        let above = t.head(trigger);
        let continues =
            t.dep(trigger) == "xcomp" && matches!(t.lemma(above), "continue" | "keep" | "go_on" | "carry_on");
        if continues || t.kids(trigger).any(|k| t.lemma(k) == "still" && k < trigger) {
            return true;
        }
        let line = t.sentence(trigger);
        // "while some 50 governments, most of them in Europe, recognise him": a bare form with a subject, too
        let bare = |i: usize| t.tok(i).tag == "VB" && t.subject(i).is_some_and(|s| t.head(s) == i && s < i);
        let present = |i: usize| matches!(t.tok(i).tag, "VBZ" | "VBP") || bare(i);
        let aux: Vec<usize> = t.kids(trigger).filter(|k| matches!(t.dep(*k), "aux" | "auxpass")).collect();
        let now = match aux.as_slice() {
            [] => present(trigger),
            [one] => t.dep(*one) == "auxpass" && present(*one),
            _ => false,
        };
        let stop = line.clone().rev().find(|i| t.tok(*i).pos != "SPACE").is_some_and(|i| t.tok(i).pos == "PUNCT");
        // "Abkhazia, which Russia recognises, voted on Sunday", "which broke away in 1998 and which Washington lists": the
        // day is not the clause's
        let joined = t.dep(trigger) == "conj" && t.subject(trigger).is_some_and(|s| t.head(s) == trigger);
        let relative = joined || t.dep(t.first_conjunct(trigger)) == "relcl";
        let dated = self.cast.resolved.dates.iter().any(|d| {
            line.contains(&d.head) && d.role != DateRole::Since && (!relative || t.dominates(trigger, d.head))
        });
        let own = t.kids(trigger).any(|k| t.dep(k) == "nsubj" && matches!(t.lemma(k), "we" | "i"));
        // "only 15 states now recognise it": what is counted goes on
        let counted = t.subject(trigger).is_some_and(|s| t.kids(s).any(|k| t.dep(k) == "nummod"));
        let new = line.clone().any(|i| NEW.contains(&t.lemma(i)) && !(counted && t.lemma(i) == "now"));
        now && stop && !own && !dated && !new
    }

    /// Does the clause of a verb, or one it hangs on, begin with "unless", or with "if" and deny what it tells?
    fn denied_condition(&self, verb: usize) -> bool {
        let t = self.cast.tree;
        let clause = t.first_conjunct(t.clause(verb));
        let mut above =
            std::iter::successors(Some(clause), |v| matches!(t.dep(*v), "xcomp" | "ccomp").then(|| t.head(*v))).take(4);
        above.any(|v| {
            let mark = |w: &str| t.kids(v).any(|k| matches!(t.dep(k), "mark" | "advmod") && t.lemma(k) == w);
            mark("unless") || mark("if") && t.kids(v).any(|k| t.dep(k) == "neg")
        })
    }

    /// "had been": a state of things before the time that is told of.
    fn had_been(&self, verb: usize) -> bool {
        let t = self.cast.tree;
        t.lemma(verb) == "be"
            && t.tok(verb).tag == "VBN"
            && t.kids(verb).any(|k| t.dep(k) == "aux" && t.lemma(k) == "have" && t.tok(k).tag == "VBD")
            && !t.kids(verb).any(|k| matches!(t.lemma(k), "since" | "for" | "when" | "already" | "still"))
            && !t.kids(verb).any(|k| t.dep(k) == "advcl")
    }

    /// "expelled the ambassador and suspended trade", "by closing its airspace, halting all trade and sending home the
    /// advisers": joined verbs, each with what it is done to, are acts of their own.
    fn joined_acts(&self, (j, a): (usize, &Claim), (i, b): (usize, &Claim)) -> bool {
        let t = self.cast.tree;
        let done = |v: usize| t.kid(v, &["dobj", "nsubjpass"]).is_some();
        i != j
            && a.family == Family::Event
            && a.modality == Modality::Asserted
            && matches!(a.predicate.as_str(), "sanction" | "concede")
            && b.predicate == a.predicate
            && t.is_verb(i)
            && t.is_verb(j)
            && t.first_conjunct(i) == t.first_conjunct(j)
            && done(i)
            && done(j)
    }

    /// One act told once: where two frames took the same word and name its object more and less fully, the surer
    /// stays; and what an attack is said to have done ("struck a hospital, killing 33") is the attack's own toll.
    fn once(&self, all: Vec<(usize, Claim)>) -> Vec<(usize, Claim)> {
        let t = self.cast.tree;
        let alike = |a: &Claim, b: &Claim| {
            (a.family, &a.predicate, a.phase, a.polarity, a.modality)
                == (b.family, &b.predicate, b.phase, b.polarity, b.modality)
        };
        let mention = |c: &Claim| c.object.as_ref().map(|o| o.mention.clone()).unwrap_or_default();
        let unnamed = |c: &Claim| c.object.as_ref().is_none_or(|o| o.id.starts_with('~'));
        let mut by_word: HashMap<usize, Vec<&Claim>> = HashMap::new();
        for (i, c) in &all {
            by_word.entry(*i).or_default().push(c);
        }
        let at = |i: usize| by_word.get(&i).map_or(&[][..], Vec::as_slice);
        let told_more_fully = |i: usize, c: &Claim| {
            at(i).iter().any(|o| {
                let (a, b) = (mention(o), mention(c));
                let nested = a != b && (a.contains(&b) || b.contains(&a));
                // an act told without its other side gives way to one told with it
                let (bare, full) = (c.object.is_none(), o.object.is_some());
                let surer = o.confidence > c.confidence || o.confidence == c.confidence && o.frame < c.frame;
                alike(o, c)
                    && c.family == Family::Event
                    && o.frame != c.frame
                    && id(&o.subject) == id(&c.subject)
                    && if bare || !full { bare && full } else { nested && surer }
            })
        };
        let named = |c: &Claim| c.object.as_ref().is_some_and(|o| o.kind == "person" || !o.id.starts_with('~'));
        // "a bomber from the group killed 77": the same, told by another frame without its doer
        let doerless = |i: usize, c: &Claim| {
            // "claimed the abduction of ten guards"
            let above = (t.dep(i) == "dobj").then(|| t.head(i));
            matches!(c.predicate.as_str(), "assault" | "coerce")
                && c.subject.is_none()
                && std::iter::once(i)
                    .chain(above)
                    .any(|i| at(i).iter().any(|o| alike(o, c) && o.subject.is_some() && id(&o.object) == id(&c.object)))
        };
        // the act that a participle or a joined verb tells the outcome of
        let above = |i: usize| match t.dep(i) {
            "advcl" if t.tok(i).tag == "VBG" => Some(t.head(i)),
            "conj" if t.is_verb(i) => Some(t.head(i)),
            _ => None,
        };
        let outcome = |i: usize, c: &Claim| {
            let counted = ["killed", "wounded"].iter().any(|k| c.value.contains_key(*k));
            // "a Taliban attack on a convoy killed eight": the attack has been told with its doer
            let doer = |o: &&Claim| {
                o.predicate == "assault"
                    && o.subject.is_some()
                    && (c.subject.is_none() || id(&c.subject) == id(&o.subject))
            };
            if c.predicate == "assault"
                && !named(c)
                && t.kids(i).any(|k| t.dep(k) == "nsubj" && at(k).iter().any(&doer))
            {
                return true;
            }
            // "a strike in Damascus targeted X": whom it struck, not where
            let place = c.object.as_ref().is_some_and(|o| o.kind == "place" || c.value.contains_key("place"));
            if c.predicate == "assault"
                && place
                && t.dep(i) == "nsubj"
                && at(t.head(i)).iter().any(|o| doer(o) && named(o))
            {
                return true;
            }
            let mut up = above(i);
            let mut found = false;
            while let Some(h) = up {
                let beside = t.kids(h).filter(|k| matches!(t.dep(*k), "dobj" | "nsubj" | "nsubjpass"));
                found |= std::iter::once(h)
                    .chain(beside)
                    .flat_map(at)
                    .any(|o| alike(o, c) && (id(&o.subject) == id(&c.subject) || c.subject.is_none()));
                up = above(h);
            }
            c.predicate == "assault" && counted && unnamed(c) && found
        };
        all.iter().filter(|(i, c)| !told_more_fully(*i, c) && !outcome(*i, c) && !doerless(*i, c)).cloned().collect()
    }
}

/// Two steps of a mission's story told in one sentence: an appointment and the credentials, an opening and a closing; or
/// two acts of one kind: toppled in August, sentenced on Monday.
fn distinct_steps(a: &Claim, b: &Claim) -> bool {
    let differ = |key: &str| matches!((a.value.get(key), b.value.get(key)), (Some(x), Some(y)) if x != y);
    if a.family == Family::Event && differ("mode") && !a.when.is_empty() && !b.when.is_empty() && a.when != b.when {
        return true;
    }
    a.predicate == "mission"
        && (differ("basis") || differ("rank") || !a.when.is_empty() && !b.when.is_empty() && a.when != b.when)
}

/// "suspended all its sanctions except the arms embargo", "with the exception of the embargo": that is not what changed.
fn excepted(t: &Tree, noun: usize) -> bool {
    let p = t.head(noun);
    t.dep(noun) == "pobj" && (t.lemma(p) == "except" || t.lemma(p) == "of" && t.lemma(t.head(p)) == "exception")
}

fn title_of(c: &Claim) -> Option<&str> {
    c.value.get("title").and_then(Value::as_str)
}

/// "swore in its speaker, X, as interim president": the post taken up is not the one that he has.
fn other_post(a: Option<&str>, b: Option<&str>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return false };
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    !a.contains(&b) && !b.contains(&a)
}

/// "recognised Palestine but not Kosovo": a joined name that "not" sets apart from the others.
fn set_apart(t: &Tree, token: usize) -> bool {
    let first = t.subtree(token).start;
    // "every Gulf state but Oman"
    let all =
        |noun: usize| t.kids(noun).any(|k| t.dep(k) == "det" && matches!(t.lemma(k), "every" | "all" | "each" | "no"));
    if t.dep(token) == "conj" && first > 0 && t.lemma(first - 1) == "but" && all(t.head(token)) {
        return true;
    }
    // "recognised by Kenya but not by Chad", "in NATO but not in the Union"
    let p = t.head(token);
    let not_there = t.dep(token) == "pobj"
        && p >= 2
        && t.lemma(p - 1) == "not"
        && matches!(t.doc.text(p - 2), "but" | "," | "and" | "though");
    not_there
        || t.dep(token) == "conj"
            && (t.kids(token).any(|k| t.dep(k) == "neg") || first > 0 && matches!(t.lemma(first - 1), "not"))
}

fn parties_of<'p>(a: &'p Option<Party>, b: &'p Option<Party>) -> (Option<&'p str>, Option<&'p str>) {
    (id(a), id(b))
}

fn id(p: &Option<Party>) -> Option<&str> {
    p.as_ref().map(|p| p.id.as_str())
}
