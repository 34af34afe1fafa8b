//! "The group", "the country", "the capital", "the Network": nouns that point back at an actor the text has named.
use super::{State, WINDOW};
use crate::resolve::actors::{ActorIx, Kind, norm_word};
use crate::resolve::lexicon::{Words, singular};
use crate::resolve::mentions::{Builder, Mention, Via, Who};

impl Builder<'_> {
    /// "the Network" after "the Haqqani Network".
    pub(super) fn short_forms(&mut self) {
        for ix in 0..self.mentions.len() {
            let m = &self.mentions[ix];
            let short = matches!(&m.who, Who::Unknown { .. }) && m.via == Via::Name && m.tokens.len() == 1;
            if !short || m.head == 0 {
                continue;
            }
            let word = norm_word(self.doc.text(m.head));
            let (head, old) = (m.head, m.who.clone());
            let the = self.lower(m.tokens.start.max(1) - 1) == "the";
            // "Ahrar" after "Ahrar al-Sham": the first word of a foreign name
            let foreign = |o: &Mention| {
                let first = self.doc.text(o.tokens.start);
                let group = matches!(o.who.kind(self.reg), Kind::Group | Kind::Party) && o.via == Via::Name;
                group
                    && o.tokens.len() > 1
                    && norm_word(first) == word
                    && self.doc.text(o.tokens.start + 1).to_lowercase().starts_with("al")
            };
            let long = self
                .mentions
                .iter()
                .rfind(|o| o.head < head && o.who != old && if the { self.goes_short(o, &word) } else { foreign(o) });
            // "the Council met ... the National Council for Democracy. The Council": it went by the short name before
            let before = |o: &&Mention| self.mentions.iter().any(|e| e.who == old && e.head < o.head);
            if let Some((who, country)) = long.filter(|o| !before(o)).map(|o| (o.who.clone(), o.country.clone())) {
                for m in self.mentions.iter_mut().filter(|m| m.tokens.end > head) {
                    if m.who == old {
                        m.who = who.clone();
                        m.country = country.clone();
                    } else if m.of.as_ref() == Some(&old) {
                        m.of = Some(who.clone());
                        m.country = m.country.take().or(country.clone());
                    }
                }
            }
        }
    }

    /// May a name of several words be called by one of them: its last, or its head ("the Department of State")?
    pub(super) fn goes_short(&self, m: &Mention, word: &str) -> bool {
        let names = m.via == Via::Name && !matches!(m.who.kind(self.reg), Kind::Person | Kind::State | Kind::Place);
        let organ = m.via == Via::Organ && self.is_capital(m.head);
        (names || organ)
            && m.tokens.len() > 1
            && [m.tokens.end - 1, m.head].iter().any(|t| norm_word(self.doc.text(*t)) == word)
    }

    /// "The Forum", "the Movement": the last name of several words that ends so.
    pub(super) fn short_name(&self, i: usize) -> Option<Mention> {
        let t = &self.doc.tokens[i];
        // "Council decides": without its article at the head of a sentence
        let alone = (t.sent_start || i > 0 && matches!(self.lower(i - 1).as_str(), "the" | "this"))
            && self
                .doc
                .tokens
                .get(i + 1)
                .is_none_or(|n| n.pos != "PROPN" && !matches!(self.lower(i + 1).as_str(), "of" | "for"));
        if !self.is_capital(i) || !alone || matches!(t.dep, "compound" | "amod") {
            return None;
        }
        let word = norm_word(self.doc.text(i));
        let long = self.mentions.iter().rfind(|m| !m.tokens.is_empty() && m.head < i && self.goes_short(m, &word))?;
        let mut out = self.like(i, long, Via::Role);
        out.organ = long.organ.clone();
        Some(out)
    }

    /// "the pastor" after "Evan Mawarire, a pastor": whom the text has called so.
    pub(super) fn described(&self, i: usize, noun: &str, st: &State) -> Option<Mention> {
        let t = &self.doc.tokens[i];
        let w = &self.reg.words;
        if t.tag != "NN"
            || !self.has_det(i)
            || w.heads.contains(noun)
            || w.bodies.contains(noun)
            || matches!(t.dep, "appos" | "attr" | "compound" | "poss")
            || self.children[i]
                .iter()
                .any(|c| matches!(self.doc.tokens[*c as usize].dep, "amod" | "compound" | "relcl" | "appos"))
        {
            return None;
        }
        let called = |m: &Mention| {
            let head = m.head;
            let same = |c: usize| self.doc.tokens[c].tag == "NN" && singular(self.doc.text(c)) == noun && c != i;
            let below = self.children[head]
                .iter()
                .map(|c| *c as usize)
                .any(|c| matches!(self.doc.tokens[c].dep, "appos" | "compound") && same(c));
            let up = self.doc.tokens[head].head as usize;
            let above = self.doc.tokens[head].dep == "appos" && same(up);
            let copula = self.doc.tokens[head].dep == "nsubj"
                && self.doc.tokens[up].lemma == "be"
                && self.children[up].iter().map(|c| *c as usize).any(|c| self.doc.tokens[c].dep == "attr" && same(c));
            below || above || copula
        };
        let m = st
            .seen
            .iter()
            .rev()
            .map(|ix| &self.mentions[*ix as usize])
            .filter(|m| m.via == Via::Name && m.who.kind(self.reg) == Kind::Person && m.also.is_empty())
            .find(|m| called(m))?;
        Some(self.like(i, m, Via::Role))
    }

    pub(super) fn noun(&self, i: usize, low: &str, st: &State) -> Option<Mention> {
        let t = &self.doc.tokens[i];
        let w = &self.reg.words;
        // "Pakistan is now the only country that recognises them": what is said of the subject points at nobody else
        if matches!(t.dep, "attr" | "oprd")
            && self.children[i].iter().any(|c| self.doc.tokens[*c as usize].dep == "relcl")
        {
            let verb = t.head as usize;
            let subject = self.children[verb].iter().map(|c| *c as usize).find(|c| self.doc.tokens[*c].dep == "nsubj");
            if let Some(m) = subject.filter(|s| *s < i).and_then(|s| self.mention_at(s)) {
                let who = matches!(m.who.kind(self.reg), Kind::State | Kind::Government)
                    && w.state.contains(&singular(self.doc.text(i)));
                return who.then(|| self.like(i, m, Via::Role));
            }
        }
        if self.is_capital(i) && matches!(low, "north" | "south") && i > 0 && self.lower(i - 1) == "the"
            || matches!(low, "north" | "south")
                && i > 0
                && self.lower(i - 1) == "the"
                && t.dep == "pobj"
                && t.pos == "NOUN"
        {
            return self.korea(i, low);
        }
        if !matches!(t.pos, "NOUN" | "PROPN") {
            return None;
        }
        if let Some(m) = self.head_of_body(i) {
            return Some(m);
        }
        if let Some(m) = self.short_name(i) {
            return Some(m);
        }
        let noun = singular(self.doc.text(i));
        if let Some(m) = self.self_named(i).or_else(|| self.named_beside(i)) {
            return Some(m);
        }
        // A name stands beside it: "the rebel group Red Lantern".
        if i + 1 < self.doc.len() && self.is_capital(i + 1) && self.doc.tokens[i + 1].pos == "PROPN" {
            return None;
        }
        // A word of a name that stayed unknown points nowhere.
        if self.is_capital(i)
            && !t.sent_start
            && i > 0
            && self.is_capital(i - 1)
            && !(noun == "government" && self.doc.tokens[i - 1].dep == "det")
            && !self.reg.words.heads.contains(&noun)
        {
            return None;
        }
        let plural = matches!(t.tag, "NNS" | "NNPS");
        let start = self.phrase_start(i);
        let each = self.children[i].iter().any(|c| matches!(self.lower(*c as usize).as_str(), "each"));
        let sides = each || noun == "side" && plural && self.has_det(i);
        if let Some(n) = self.counted(i).or(sides.then_some(2)).filter(|_| w.sets.contains(&noun)) {
            // "hosted the two leaders", where states alone are named: those of the two
            let chiefs = n == 2 && matches!(noun.as_str(), "leader" | "president" | "minister" | "premier");
            let of_states = || self.set(i, "government", n, st).filter(|_| chiefs);
            let set = self.set(i, &noun, n, st).or_else(of_states).map(|mut m| {
                m.tokens = start..i + 1;
                m
            });
            if set.is_some() || !w.group.contains(&noun) {
                return set;
            }
        }
        let land = matches!(noun.as_str(), "country" | "nation" | "homeland" | "kingdom" | "republic") && !plural;
        // "their regime", "its army": the organ of whom the pronoun stands for.
        let poss = self.children[i].iter().map(|c| *c as usize).find(|&c| {
            // "Komala, whose fighters", "whose army", "Mr Correa, whose own country"
            let whose = land || w.bodies.contains(&noun) || w.agents.contains(&noun) && plural;
            self.doc.tokens[c].tag == "PRP$" || self.doc.tokens[c].tag == "WP$" && whose
        });
        // "its new neighbour": another state that the text speaks of
        if let Some(p) = poss.filter(|_| matches!(noun.as_str(), "neighbor" | "neighbour") && !plural) {
            let owner = self.mention_at(p).and_then(|o| o.country.clone());
            let near = owner.as_ref().and_then(|o| w.borders.get(o));
            let other = |_: &Self, m: &Mention| {
                let country = m.country.as_ref().filter(|c| Some(*c) != owner.as_ref())?;
                Some(if near.is_some_and(|n| n.contains(country)) { 12.0 } else { 0.0 })
            };
            return self
                .best_noun(i, st, other)
                .and_then(|m| {
                    let ix = self.reg.by_id(m.country.as_ref()?)?;
                    let mut out = self.like(i, m, Via::Role);
                    out.also.clear();
                    out.who = Who::Known(ix);
                    Some(out)
                })
                .map(|mut out| {
                    out.tokens = p..i + 1;
                    out
                });
        }
        if let Some(m) = poss.filter(|_| !plural).and_then(|p| self.host_of(i, &noun, p, st)) {
            return Some(m);
        }
        if let Some(p) = poss {
            // "his country", "our nation": the state of whom the pronoun stands for.
            if let Some(owner) = land.then(|| self.mention_at(p)).flatten().filter(|o| o.also.is_empty()) {
                let ix = owner.country.as_ref().and_then(|c| self.reg.by_id(c)).or(match &owner.who {
                    Who::Known(ix) if self.reg.actor(*ix).kind == Kind::State => Some(*ix),
                    who if who.kind(self.reg) == Kind::Person => self.state_of_mention(owner),
                    _ => None,
                })?;
                let mut m = self.like(i, owner, Via::Role);
                m.who = Who::Known(ix);
                m.country = self.country_of(&m.who);
                m.tokens = p..i + 1;
                return Some(m);
            }
            // "the ministers of Turkey and Armenia agreed that their countries would": each its own
            let theirs = plural
                && self.lower(p) == "their"
                && matches!(noun.as_str(), "country" | "nation" | "government" | "state" | "republic" | "kingdom");
            if theirs && let Some(mut m) = self.states_as(i, self.states_above(i)) {
                m.tokens = p..i + 1;
                return Some(m);
            }
            // "said that his group had": the one that he leads
            let group = !plural && w.group.contains(&noun) && !w.bodies.contains(&noun);
            if let Some(owner) = self.mention_at(p).filter(|o| group && o.also.is_empty())
                && let Some(who) = self.group_of(owner)
            {
                let mut m = self.like(i, owner, Via::Role);
                m.country = self.country_of(&who);
                m.who = who;
                m.tokens = p..i + 1;
                return Some(m);
            }
            // "one of its men had carried out the bombing"
            if let Some(owner) = self.mention_at(p).filter(|o| plural && noun == "man" && o.also.is_empty())
                && let Some(who) = self.men_of(owner)
            {
                let mut m = self.like(i, owner, Via::Organ);
                m.country = self.country_of(&who).or(owner.country.clone());
                m.who = who;
                m.organ = Some("men".to_string());
                m.tokens = p..i + 1;
                return Some(m);
            }
            if !(w.bodies.contains(&noun) || w.agents.contains(&noun) && plural) {
                return self.role(i, &noun, start, st);
            }
            let owner = self.mention_at(p)?;
            let mut who = owner.who.clone();
            if who.kind(self.reg) == Kind::Person {
                if !w.bodies.contains(&noun) {
                    return None;
                }
                // "Khalifa Haftar, whose forces": of the army that he leads, where he leads one
                let armed =
                    matches!(noun.as_str(), "force" | "troop" | "army" | "militia" | "navy" | "unit" | "brigade");
                let led = match (&owner.who, self.published) {
                    (Who::Known(ix), Some(day)) if armed => self
                        .reg
                        .spells(*ix)
                        .find(|s| s.covers(day) && self.reg.actor(s.of).kind == Kind::Group)
                        .map(|s| Who::Known(s.of))
                        // by the name that his men have of him: "Haftar's forces"
                        .or_else(|| {
                            let surname = self.reg.actor(*ix).label.rsplit(' ').next()?;
                            let called = self.reg.find(&format!("{surname}'s forces"));
                            called.first().map(|(ix, _)| Who::Known(*ix)).filter(|w| w.kind(self.reg) == Kind::Group)
                        }),
                    _ => None,
                };
                if let Some(group) = led {
                    let mut m = self.like(i, owner, Via::Organ);
                    m.country = self.country_of(&group);
                    m.who = group;
                    m.organ = Some(self.doc.span_text(p + 1..i + 1).to_lowercase());
                    m.tokens = p..i + 1;
                    return Some(m);
                }
                who = Who::Known(owner.country.as_ref().and_then(|c| self.reg.by_id(c))?);
            }
            let mut m = self.like(i, owner, Via::Organ);
            m.country = m.country.or_else(|| self.country_of(&who));
            m.who = who;
            m.organ = Some(self.doc.span_text(p + 1..i + 1).to_lowercase());
            m.tokens = p..i + 1;
            return Some(m);
        }
        // "the country's interim government": of the state that the noun points at
        let pointed = self.children[i]
            .iter()
            .map(|c| *c as usize)
            .filter(|c| self.doc.tokens[*c].dep == "poss" && self.doc.tokens[*c].pos == "NOUN")
            .find_map(|c| self.mention_at(c))
            .filter(|m| {
                let kind = m.who.kind(self.reg);
                // "the group's leaders", "the bloc's ministers"
                let body = matches!(kind, Kind::Group | Kind::Party | Kind::Organization);
                m.via == Via::Role
                    && (kind == Kind::State && w.bodies.contains(&noun)
                        || body && (w.bodies.contains(&noun) || w.agents.contains(&noun)) && plural)
            });
        if let Some(owner) = pointed {
            let mut m = self.like(i, owner, Via::Organ);
            m.organ = Some(noun.clone());
            m.tokens = start..i + 1;
            return Some(m);
        }
        let of_name = self.children[i].iter().map(|c| *c as usize).any(|c| {
            // "the Pacific nation of 90,000 people": a count is no name
            let named = |o: u32| self.mention_at(o as usize).is_some_and(|m| m.via != Via::Noun);
            self.lower(c) == "of" && self.children[c].iter().any(|o| named(*o))
        });
        if noun == "capital" && !plural {
            return self.seat_of(i, start);
        }
        if let Some(m) = self.described(i, &noun, st) {
            return Some(m);
        }
        let possessed = self.children[i].iter().any(|c| self.doc.tokens[*c as usize].dep == "poss");
        if possessed && w.heads.contains(&noun) {
            return self.role(i, &noun, start, st);
        }
        if !self.has_det(i) && noun != "authority" || of_name && !w.heads.contains(&noun) {
            return None;
        }
        let spanned = |mut m: Mention| {
            m.tokens = start..i + 1;
            m
        };
        if self.is_colonial(i) {
            let power = |b: &Self, m: &Mention| {
                m.country.as_deref().is_some_and(|c| b.reg.words.colonial.contains(c)).then_some(0.0)
            };
            let owner = |m: &&Mention| m.who.kind(self.reg) == Kind::State;
            return self.best_noun(i, st, power).filter(owner).map(|m| spanned(self.like(i, m, Via::Role)));
        }
        if let Some(land) = self.land(i, &noun, start, st) {
            return land;
        }
        // "Spain refused to recognise the new state": the one whose recognition the text has told of.
        let recognised = self.is_recognised(i);
        if w.state.contains(&noun) && !plural {
            if let Some(ix) = self.ordered_out_of(i) {
                let mut m = self.mention(start..i + 1, Who::Known(ix), Via::Role);
                m.head = i;
                m.country = self.country_of(&m.who);
                return Some(m);
            }
            if let Some(m) = self.ruled_by(i) {
                return Some(spanned(m));
            }
            let region = self.region_of(i);
            let kingdoms = w.regions.get("kingdom");
            return self
                .best_noun(i, st, |b, m| {
                    // the head of an organisation does not speak of the state he comes from
                    let serves = |ix: &ActorIx| {
                        b.reg.spells(*ix).any(|s| {
                            b.reg.actor(s.of).kind == Kind::Organization && b.published.is_some_and(|d| s.covers(d))
                        })
                    };
                    let of_body = m.who.kind(b.reg) == Kind::Person
                        && (m.of.as_ref().is_some_and(|o| matches!(o.kind(b.reg), Kind::Organization | Kind::Body))
                            || matches!(&m.who, Who::Known(ix) if serves(ix)));
                    if of_body {
                        return None;
                    }
                    let lies = |r: &Words| m.country.as_ref().is_some_and(|c| r.contains(c));
                    if region.is_some_and(|r| !lies(r)) || low == "republic" && kingdoms.is_some_and(lies) {
                        return None;
                    }
                    let state = m.who.kind(b.reg) == Kind::State || m.country.is_some() && m.via != Via::Noun;
                    // a territory of another state is hardly "the country"
                    let dependent = matches!(&m.who, Who::Known(ix) if {
                        let a = b.reg.actor(*ix);
                        a.kind == Kind::State && a.country.as_ref().is_some_and(|c| *c != a.id && a.parents.contains(c))
                    });
                    if dependent {
                        return Some(-10.0);
                    }
                    let known = if recognised && b.is_recognised(m.head) { 12.0 } else { 0.0 };
                    state.then_some(if m.via == Via::Adjective { 3.0 } else { known })
                })
                .and_then(|m| {
                    let ix = match &m.who {
                        Who::Known(ix) if self.reg.actor(*ix).kind == Kind::State => *ix,
                        _ => self.reg.by_id(m.country.as_ref()?)?,
                    };
                    let mut out = self.like(i, m, Via::Role);
                    out.also.clear();
                    out.who = Who::Known(ix);
                    out.country = self.reg.actor(ix).country.clone();
                    Some(spanned(out))
                });
        }
        // "the rebel army", "the insurgent government": no state's
        const REBEL: &[&str] = &["rebel", "insurgent", "guerrilla", "mutinous", "jihadist", "separatist"];
        let rebel = self.children[i].iter().map(|c| *c as usize).any(|c| REBEL.contains(&self.lower(c).as_str()));
        if (w.government.contains(&noun) || w.alone.contains(&noun)) && !rebel {
            if self.children[i].iter().any(|c| self.doc.tokens[*c as usize].dep == "poss") {
                return None;
            }
            let same = st.seen.iter().rev().map(|ix| &self.mentions[*ix as usize]).find(|m| {
                // "Niger's junta", a name of the registry or an organ
                let last = m.tokens.clone().next_back().map_or(String::new(), |t| singular(self.doc.text(t)));
                m.via == Via::Organ && singular(self.doc.text(m.head)) == noun
                    // "the army" is not the Arakan Army
                    || m.via == Via::Name
                        && m.tokens.len() > 1
                        && last == noun
                        && !(m.who.kind(self.reg) == Kind::Group && matches!(noun.as_str(), "army" | "military" | "navy"))
            });
            let there = self.state_where(i).or_else(|| self.state_in(i)).or_else(|| self.state_of_clause_before(i));
            let there = there.or_else(|| self.state_spoken_for(i));
            // "Sudan gave the army a base": its own
            let mut acting = if w.government.contains(&noun) { self.acting_on(i) } else { Vec::new() };
            acting.extend(self.dealt_by(i));
            let same = same.filter(|m| {
                m.country.as_ref().is_none_or(|c| !acting.contains(c))
                    && there.is_none_or(|ix| m.country == self.reg.actor(ix).country)
            });
            let mut out = match same {
                Some(m) => self.like(i, m, Via::Organ),
                None => {
                    // The bare "administration" is Washington's, where the text speaks of it.
                    let plain = !self.children[i].iter().any(|c| self.doc.tokens[*c as usize].dep == "amod");
                    let washington = self.reg.by_id("USA").filter(|us| {
                        noun == "administration"
                            && plain
                            && self
                                .mentions
                                .iter()
                                .any(|m| m.who == Who::Known(*us) || m.country.as_deref() == Some("USA"))
                    });
                    let ix = there.or(washington).or_else(|| self.context_state_besides(i, &acting))?;
                    self.mention(i..i + 1, Who::Known(ix), Via::Organ)
                }
            };
            out.organ = Some(self.doc.span_text(start..i + 1).to_lowercase().trim_start_matches("the ").to_string());
            return Some(spanned(out));
        }
        let armed = |b: &Self, m: &Mention| {
            matches!(m.who.kind(b.reg), Kind::Group | Kind::Party).then_some(if m.via == Via::Adjective {
                1.0
            } else {
                0.0
            })
        };
        if w.group.contains(&noun) && plural && noun != "party" {
            // "these militant outfits": all groups of the sentence before.
            let last =
                st.seen.iter().rev().map(|ix| &self.mentions[*ix as usize]).find(|m| armed(self, m).is_some())?;
            let s = self.sentence[last.head];
            let mut all: Vec<&Mention> = st
                .seen
                .iter()
                .map(|ix| &self.mentions[*ix as usize])
                .filter(|m| self.sentence[m.head] == s && armed(self, m).is_some())
                .collect();
            // Names within names ("al-Qaeda's branch") are not of the set.
            all.retain(|m| {
                !matches!(self.doc.tokens[m.head].dep, "poss" | "compound" | "amod" | "nmod") && m.via != Via::Adjective
            });
            let mut named: Vec<&Who> = Vec::new();
            all.retain(|m| {
                let new = !named.contains(&&m.who);
                named.push(&m.who);
                new
            });
            let joined: Vec<&Mention> = all
                .iter()
                .copied()
                .filter(|m| self.doc.tokens[m.head].dep == "conj" || !self.conjuncts(m.head).is_empty())
                .collect();
            let all = if joined.len() > 1 { joined } else { all };
            let mut out = self.like(i, all.first()?, Via::Role);
            let mut also: Vec<Who> = Vec::new();
            for m in &all[1..] {
                if m.who != out.who && !also.contains(&m.who) {
                    also.push(m.who.clone());
                }
            }
            out.also = also;
            return Some(spanned(out));
        }
        if w.group.contains(&noun) || rebel && !plural || w.members.contains(&noun) && plural {
            let loose = |b: &Self, m: &Mention| {
                armed(b, m).or_else(|| (noun == "group" && m.who.kind(b.reg) == Kind::Organization).then_some(-4.0))
            };
            return self.best_noun(i, st, loose).map(|m| spanned(self.like(i, m, Via::Role)));
        }
        // "the court", "the council": one whose name holds the word.
        if w.kinds.get(&noun).is_some_and(|k| matches!(k, Kind::Organization | Kind::Body))
            && !plural
            && !w.organization.contains(&noun)
        {
            let named = |b: &Self, m: &Mention| {
                let bodies =
                    matches!(m.who.kind(b.reg), Kind::Organization | Kind::Body | Kind::Government | Kind::Group);
                let kind = bodies && m.via != Via::Organ;
                let organ = m.organ.as_deref().is_some_and(|o| o.split(' ').next_back() == Some(&noun));
                let name = kind && m.who.label(b.reg).to_lowercase().split(' ').any(|x| x == noun);
                (name || organ).then_some(0.0)
            };
            // the only one of its kind is meant from afar, too
            let only = || {
                let mut all =
                    self.mentions.iter().filter(|m| m.head < i && m.via == Via::Name && named(self, m).is_some());
                let first = all.next()?;
                all.all(|m| m.who == first.who).then_some(first)
            };
            return self.best_noun(i, st, named).or_else(only).map(|m| {
                let mut out = self.like(i, m, Via::Role);
                out.organ = m.organ.clone();
                spanned(out)
            });
        }
        // "the governing alliance" is a coalition at home
        const AT_HOME: &[&str] = &["governing", "ruling", "opposition", "electoral"];
        let at_home = self.children[i].iter().any(|c| AT_HOME.contains(&self.lower(*c as usize).as_str()));
        if w.organization.contains(&noun) && !plural && !at_home {
            return self
                .best_noun(i, st, |b, m| {
                    let kind = m.who.kind(b.reg);
                    // "the bloc" is no bank
                    const NO_BLOCS: &[&str] = &["bank", "fund", "agency", "programme", "program", "court", "nations"];
                    let bloc = matches!(noun.as_str(), "bloc" | "alliance" | "league" | "grouping" | "pact");
                    let label = m.who.label(b.reg).to_lowercase();
                    if bloc && label.split(' ').any(|x| NO_BLOCS.contains(&x)) {
                        return None;
                    }
                    (matches!(kind, Kind::Organization | Kind::Body | Kind::Media | Kind::Party)
                        || noun == "charity" && kind == Kind::Group)
                        .then_some(0.0)
                })
                .map(|m| spanned(self.like(i, m, Via::Role)));
        }
        self.role(i, &noun, start, st).or_else(|| self.epithet(i, start, st))
    }

    /// "the new body, which calls itself the Group to Support Islam", "the militia known as Gaula": by the name it goes by.
    pub(super) fn self_named(&self, i: usize) -> Option<Mention> {
        const CALL: &[&str] = &["call", "style", "name", "know", "dub", "christen"];
        let tok = |k: usize| &self.doc.tokens[k];
        let kids = |h: usize| self.children[h].iter().map(|c| *c as usize);
        let w = &self.reg.words;
        let noun = singular(self.doc.text(i));
        let kind =
            w.group.contains(&noun) || w.organization.contains(&noun) || w.people.contains(&noun) && tok(i).tag == "NN";
        let v = kids(i).find(|c| matches!(tok(*c).dep, "relcl" | "acl") && CALL.contains(&tok(*c).lemma.as_str()))?;
        if !kind && !w.bodies.contains(&noun) || v > i + 7 {
            return None;
        }
        let itself = kids(v).any(|c| matches!(self.lower(c).as_str(), "itself" | "themselves" | "himself" | "herself"));
        let passive = tok(v).dep == "acl" && tok(v).tag == "VBN";
        if !itself && !passive {
            return None;
        }
        let as_name = || kids(v).find(|c| self.lower(*c) == "as").and_then(|p| kids(p).find(|c| tok(*c).dep == "pobj"));
        let name = kids(v)
            .find(|c| matches!(tok(*c).dep, "oprd" | "attr" | "dobj" | "appos") && tok(*c).pos == "PROPN")
            .or_else(as_name)
            .filter(|n| *n > v)?;
        let m = self.mention_at(name).filter(|m| m.via == Via::Name)?;
        Some(self.like(i, m, Via::Role))
    }

    /// "X, who had ruled the oil-producing state": that of the ruler.
    pub(super) fn ruled_by(&self, i: usize) -> Option<Mention> {
        let verb = self.doc.tokens[i].head as usize;
        let rules = matches!(self.doc.tokens[verb].lemma.as_str(), "rule" | "lead" | "govern" | "run" | "head");
        if self.doc.tokens[i].dep != "dobj" || !rules {
            return None;
        }
        let subject = self.children[verb].iter().map(|c| *c as usize).find(|c| self.doc.tokens[*c].dep == "nsubj")?;
        let ruler = match self.mention_at(subject) {
            Some(m) => m,
            None if self.doc.tokens[verb].dep == "relcl" => self.mention_at(self.doc.tokens[verb].head as usize)?,
            None => return None,
        };
        let ix = ruler
            .country
            .as_ref()
            .and_then(|c| self.reg.by_id(c))
            .filter(|_| ruler.who.kind(self.reg) == Kind::Person)?;
        let mut out = self.like(i, ruler, Via::Role);
        out.who = Who::Known(ix);
        out.country = self.reg.actor(ix).country.clone();
        Some(out)
    }

    /// The states of the region that the words before a noun name, or of the form that it names itself: "the West African
    /// country", "the kingdom".
    pub(super) fn region_of(&self, i: usize) -> Option<&Words> {
        let before = |n: usize| (i >= n).then(|| self.doc.span_text(i - n..i).trim().to_lowercase());
        let noun = || self.reg.words.regions.get(&singular(self.doc.text(i)));
        (1..=3).rev().filter_map(before).find_map(|w| self.reg.words.regions.get(&w)).or_else(noun)
    }

    /// "ordered the envoy to leave the country", "gave him 48 hours to leave the country": that of whoever orders it.
    pub(super) fn ordered_out_of(&self, i: usize) -> Option<crate::resolve::actors::ActorIx> {
        const LEAVE: &[&str] = &["leave", "depart", "quit", "exit"];
        const ORDER: &[&str] = &["order", "tell", "ask", "give", "instruct", "force", "direct", "command", "urge"];
        let leave = self.doc.tokens[i].head as usize;
        if self.doc.tokens[i].dep != "dobj" || !LEAVE.contains(&self.doc.tokens[leave].lemma.as_str()) {
            return None;
        }
        let mut up = leave;
        for _ in 0..3 {
            up = self.doc.tokens[up].head as usize;
            if !ORDER.contains(&self.doc.tokens[up].lemma.as_str()) {
                continue;
            }
            let subject = self.children[up].iter().map(|c| *c as usize).find(|c| self.doc.tokens[*c].dep == "nsubj")?;
            let m = self.mention_at(subject)?;
            // "Mali's junta gave the ambassador 72 hours to leave the country"
            let owner = || self.kid_of(subject, &["poss", "amod"]).and_then(|o| self.mention_at(o)?.country.clone());
            let country = m.country.clone().or_else(|| self.country_of(&m.who)).or_else(owner);
            return country.and_then(|c| self.reg.by_id(&c));
        }
        None
    }

    /// "visited the Afghan capital", "entered the capital": the seat of the state named with it, or spoken of.
    pub(super) fn seat_of(&self, i: usize, start: usize) -> Option<Mention> {
        const WITH_A_NAME: &[&str] = &["amod", "poss", "compound", "nmod"];
        let beside =
            self.children[i].iter().map(|c| *c as usize).filter(|c| WITH_A_NAME.contains(&self.doc.tokens[*c].dep));
        let named = beside
            .clone()
            .find_map(|c| self.mention_at(c))
            .and_then(|m| m.country.as_ref())
            .and_then(|c| self.reg.by_id(c));
        // "the regional capital", "venture capital"
        if named.is_none() && (beside.count() > 0 || !self.has_det(i)) {
            return None;
        }
        // "outposts beside Niamey's airport. Germany, too, has a hub in the capital": the one named last as such
        let near = |m: &&Mention| m.head < i && self.sentence[i] - self.sentence[m.head] <= 3;
        let told = self.mentions.iter().filter(near).filter(|m| !m.tokens.is_empty()).rev().find_map(|m| match m.who {
            Who::Known(ix) if self.reg.actor(ix).kind == Kind::State => {
                let words = self.doc.span_text(m.tokens.clone());
                self.reg.actor(ix).capitals.iter().any(|c| c.name == words).then_some(ix)
            }
            _ => None,
        });
        let ix = named.or(told).or_else(|| self.context_state_besides(i, &self.acting_on(i)))?;
        let mut m = self.mention(start..i + 1, Who::Known(ix), Via::Role);
        m.head = i;
        m.country = self.country_of(&m.who);
        m.place = true;
        Some(m)
    }

    /// As [`Self::best`], without rivals: a noun says what it stands for.
    pub(super) fn best_noun<'m>(
        &'m self,
        i: usize,
        st: &State,
        fits: impl Fn(&Self, &Mention) -> Option<f32>,
    ) -> Option<&'m Mention> {
        let here = self.sentence[i];
        let mut best: Option<(f32, &Mention)> = None;
        let doer = self.doer_to(i);
        // "left the country": one where things were told to be
        let verb = self.doc.tokens[i].head as usize;
        let gone_to = self.doc.tokens[i].dep == "dobj"
            && matches!(self.doc.tokens[verb].lemma.as_str(), "leave" | "enter" | "flee" | "quit" | "reach" | "visit");
        let abroad = self.abroad(i);
        for &ix in st.seen.iter().rev() {
            let m = &self.mentions[ix as usize];
            let back = here - self.sentence[m.head];
            let named = st.count.get(&m.who).copied().unwrap_or(0.0);
            let word = self.lower(i);
            let holds_word =
                m.via == Via::Name && m.tokens.len() > 1 && m.tokens.clone().any(|t| self.lower(t) == word);
            if back > WINDOW && named < 3.0 && !(holds_word && back <= 2 * WINDOW) || self.shares_clause(i, m.head) {
                continue;
            }
            if m.country.as_ref().is_some_and(|c| abroad.contains(c)) {
                continue;
            }
            let Some(extra) = fits(self, m) else { continue };
            let mut s = self.salience(i, m.head).max(-30.0) + extra + named.min(8.0) * 0.7;
            if m.via == Via::Adjective {
                s -= 3.0;
            }
            if back > 0 && self.is_background(m.head) {
                s -= 6.0;
            }
            if m.place {
                s += if gone_to { 5.0 } else { -2.0 };
            }
            // "Germany, Egypt and Kenya did so. ... the country": one of a list is seldom meant alone
            let joined = self.doc.tokens[m.head].dep == "conj"
                || self.children[m.head].iter().any(|c| self.doc.tokens[*c as usize].dep == "conj");
            if joined {
                s -= if back > 0 { 5.0 } else { 2.5 };
            }
            // "Washington worried about events in the nation": not the subject's own.
            let verb = self.doc.tokens[m.head].head as usize;
            let own_subject = back == 0
                && self.doc.tokens[m.head].dep == "nsubj"
                && self.doc.tokens[i].dep != "nsubj"
                && self.hangs_below(i, verb);
            let is_doer =
                doer.iter().any(|(who, country)| m.who == *who || country.is_some() && (m.country == *country));
            if own_subject || is_doer {
                s -= 8.0;
            }
            // "that republic" after "the Sahrawi Arab Democratic Republic": the one whose name has the word
            if holds_word {
                s += 8.0 + if back > WINDOW { 6.0 * back as f32 } else { 0.0 };
            }
            if best.is_none_or(|(b, _)| s > b) {
                best = Some((s, m));
            }
        }
        best.map(|(_, m)| m)
    }

    /// The states that a noun cannot stand for, because what they have or do there is only had or done abroad: "American
    /// sanctions against the country", "keeps troops at two bases in the country".
    pub(super) fn abroad(&self, i: usize) -> Vec<String> {
        const ABROAD: &[&str] = &[
            "embassy",
            "consulate",
            "ambassador",
            "mission",
            "envoy",
            "sanction",
            "embargo",
            "invasion",
            "intervention",
            "airstrike",
            "visit",
            "trip",
            "tour",
            "aid",
            "assistance",
            "relation",
            "tie",
            "recognition",
            "recognise",
            "recognize",
            "invade",
            "bomb",
            "station",
            "deploy",
            "interfere",
            "meddle",
            "interference",
            "meddling",
            "base",
            "outpost",
            "presence",
            "cyberattack",
            "war",
            "travel",
            "withdraw",
            "pull",
            "evacuate",
            "export",
            "donor",
            "alliance",
            "agreement",
            "treaty",
            "pact",
        ];
        const FORCES: &[&str] =
            &["troop", "soldier", "force", "peacekeeper", "paratrooper", "marine", "mercenary", "adviser"];
        let tok = |k: usize| &self.doc.tokens[k];
        let mut out = Vec::new();
        let mut told = false;
        let mut t = i;
        let mut note = |m: Option<&Mention>| {
            if let Some(m) = m.filter(|m| m.who.kind(self.reg) != Kind::Organization && m.also.is_empty()) {
                out.extend(m.country.clone());
            }
        };
        if !matches!(tok(i).dep, "pobj" | "dobj" | "nsubjpass") {
            return out;
        }
        for _ in 0..6 {
            let h = tok(t).head as usize;
            if h == t {
                break;
            }
            let lemma = tok(h).lemma.to_lowercase();
            let forces = FORCES.contains(&lemma.as_str()) && matches!(self.lower(t).as_str(), "in" | "from" | "into");
            told |= ABROAD.contains(&lemma.as_str()) || forces;
            // "The last French soldiers left Niger. Some 1,500 troops had been stationed in the country"
            if told && t != i {
                let plain = |c: usize| {
                    FORCES.contains(&tok(c).lemma.as_str())
                        && !self.children[c].iter().any(|k| self.at[*k as usize].is_some())
                };
                if self.kid_of(h, &["nsubj", "nsubjpass"]).is_some_and(plain) {
                    let near = self
                        .mentions
                        .iter()
                        .filter(|m| m.head < i && self.sentence[i] - self.sentence[m.head] <= 1 && m.via == Via::Organ);
                    near.filter(|m| FORCES.contains(&tok(m.head).lemma.as_str())).for_each(|m| note(Some(m)));
                }
            }
            if told {
                for c in self.children[h].iter().map(|c| *c as usize).filter(|c| *c < i) {
                    if matches!(tok(c).dep, "amod" | "poss" | "compound" | "nsubj" | "nmod") {
                        note(self.mention_at(c).filter(|_| !matches!(self.lower(c).as_str(), "its" | "their")));
                    }
                    if tok(c).dep == "nsubj" {
                        let of = self.children[c].iter().map(|c| *c as usize);
                        of.filter(|c| matches!(tok(*c).dep, "amod" | "poss" | "compound"))
                            .for_each(|c| note(self.mention_at(c)));
                    }
                }
            }
            if tok(t).dep == "advcl" || tok(t).dep == "relcl" || tok(t).dep == "ccomp" {
                break;
            }
            t = h;
        }
        out
    }

    /// Is it what is recognised: "recognised Kosovo", "recognition of Kosovo", "Kosovo's independence"?
    pub(super) fn is_recognised(&self, i: usize) -> bool {
        const RECOGNISE: &[&str] = &["recognize", "recognise", "recognition"];
        let mut t = i;
        for _ in 0..3 {
            let tok = &self.doc.tokens[t];
            let h = tok.head as usize;
            let lemma = self.doc.tokens[h].lemma.to_lowercase();
            match tok.dep {
                // "Somaliland declared independence"
                "nsubj" if lemma == "declare" => {
                    return self.children[h].iter().any(|c| self.doc.tokens[*c as usize].lemma == "independence");
                }
                "dobj" | "nsubjpass" => return RECOGNISE.contains(&lemma.as_str()),
                "poss" | "pobj" | "conj" if (lemma == "independence" || RECOGNISE.contains(&lemma.as_str())) => {
                    return true;
                }
                "prep" if RECOGNISE.contains(&lemma.as_str()) => return true,
                _ => {}
            }
            t = h;
        }
        false
    }

    /// Who does to a noun what nobody does to his own: "visited the island", "recognised the state".
    pub(super) fn doer_to(&self, i: usize) -> Vec<(Who, Option<String>)> {
        const TO_OTHERS: &[&str] = &[
            "visit",
            "tour",
            "leave",
            "enter",
            "flee",
            "quit",
            "occupy",
            "recognize",
            "recognise",
            "invade",
            "accuse",
            "thank",
            "praise",
            "urge",
            "attack",
            "back",
            "support",
            "bomb",
            "condemn",
            "criticize",
            "criticise",
        ];
        let t = &self.doc.tokens[i];
        let verb = t.head as usize;
        if t.dep != "dobj" || !TO_OTHERS.contains(&self.doc.tokens[verb].lemma.as_str()) {
            return Vec::new();
        }
        let mut clause = verb;
        let mut subject = None;
        // "Algeria and South Africa continue to recognise the republic"
        for _ in 0..4 {
            subject = self.kid_of(clause, &["nsubj"]).filter(|s| *s < verb);
            if subject.is_some() || !matches!(self.doc.tokens[clause].dep, "xcomp" | "conj") {
                break;
            }
            clause = self.doc.tokens[clause].head as usize;
        }
        let Some(subject) = subject else { return Vec::new() };
        // "as Soviet troops were leaving the country"
        let beside = || {
            let mut of = self.children[subject].iter().map(|c| *c as usize);
            of.find(|c| matches!(self.doc.tokens[*c].dep, "amod" | "poss" | "compound"))
                .and_then(|c| self.mention_at(c))
        };
        let joined = self.conjuncts(subject).into_iter().filter_map(|c| self.mention_at(c));
        let first = self.mention_at(subject).or_else(beside);
        first.into_iter().chain(joined).map(|m| (m.who.clone(), m.country.clone())).collect()
    }

    pub(super) fn korea(&self, i: usize, low: &str) -> Option<Mention> {
        let ix = self.reg.by_id(if low == "north" { "PRK" } else { "KOR" })?;
        let other = self.reg.by_id(if low == "north" { "KOR" } else { "PRK" })?;
        let named = |ix: ActorIx| self.mentions.iter().any(|m| m.who == Who::Known(ix));
        (named(ix) && (named(other) || self.is_capital(i))).then(|| self.mention(i..i + 1, Who::Known(ix), Via::Role))
    }
}
