//! Turns of relations that headings assert and their sections date.
use super::{Reader, Told, Turn, is_day, trim_end};
use crate::resolve::{DateMention, DateRole, Via};
use std::ops::Range;

impl Reader<'_> {
    /// Turns of relations that headings assert and no dated sentence of their section tells.
    pub(super) fn turns(&self, told: &[Told]) -> Vec<Turn> {
        let t = self.cast.tree;
        let Some((a, b)) = self.cast.story.pair else { return Vec::new() };
        let mut out = Vec::new();
        for block in self.cast.story.blocks.iter().filter(|b| b.heading) {
            let words: Vec<&str> = block.tokens.clone().map(|k| t.lemma(k)).collect();
            if !words.iter().any(|w| matches!(*w, "relation" | "relations"))
                || words.iter().any(|w| matches!(*w, "consular" | "commercial" | "trade"))
            {
                continue;
            }
            let has = |list: &[&str]| {
                block.tokens.clone().any(|k| {
                    list.iter().any(|w| t.lemma(k).starts_with(w) || t.doc.text(k).to_lowercase().starts_with(w))
                })
            };
            let ends = has(&[
                "sever",
                "interrupt",
                "suspen",
                "break",
                "broken",
                "rupture",
                "terminat",
                "cessation",
                "ended",
                "cease",
            ]);
            let begins = has(&["resum", "restor", "re-establish", "reestablish", "renew", "normaliz"]);
            if ends == begins {
                continue;
            }
            let Some(section) = self.section_under(block.tokens.start) else { continue };
            let day_told = told.iter().any(|x| x.ends == ends && section.contains(&x.trigger) && is_day(&x.when));
            let year: String = {
                let mut y: Vec<&str> = block
                    .tokens
                    .clone()
                    .map(|k| t.doc.text(k))
                    .filter(|w| w.len() == 4 && w.chars().all(|c| c.is_ascii_digit()))
                    .collect();
                y.pop().unwrap_or_default().to_owned()
            };
            if day_told || year.is_empty() {
                continue;
            }
            // the first sentence that speaks of relations or recognition, with its day or the last one before
            let speaks = |s: &Range<usize>| {
                s.clone()
                    .any(|k| matches!(t.lemma(k), "relation" | "relations" | "recognition" | "recognize" | "recognise"))
            };
            let mut at = section.start;
            let mut last: Option<&DateMention> = None;
            let mut found = None;
            let mut spoken = false;
            while at < section.end && found.is_none() {
                let s = self.sentence(at);
                let end = s.end.max(at + 1);
                let day = self.cast.resolved.dates.iter().find(|d| {
                    s.contains(&d.head)
                        && is_day(&d.when.edtf)
                        && d.when.edtf.starts_with(&year)
                        && d.role != DateRole::Modifier
                });
                let third = s.clone().any(|k| {
                    matches!(t.lemma(k), "relation" | "relations")
                        && t.kids(k)
                            .chain(t.kids(t.head(k)))
                            .filter(|p| t.lemma(*p) == "with")
                            .filter_map(|p| t.kid(p, &["pobj"]))
                            .any(|o| {
                                let named = self
                                    .cast
                                    .resolved
                                    .at(o)
                                    .is_some_and(|m| matches!(m.via, Via::Name | Via::Adjective));
                                named && self.polity_at(o).is_some_and(|x| !self.of_pair(x))
                            })
                });
                if third {
                    at = end;
                    continue;
                }
                if spoken {
                    found = day;
                } else if speaks(&s) {
                    found = day.or(last);
                    spoken = true;
                }
                last = day.or(last);
                at = end;
            }
            let Some(d) = found.or(last) else { continue };
            out.push(Turn {
                ends,
                sender: a,
                host: b,
                when: d.when.edtf.clone(),
                trigger: d.head,
                quote: block.tokens.start..trim_end(t, &block.tokens),
            });
        }
        out
    }
}
