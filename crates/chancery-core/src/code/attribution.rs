//! Who says so: one pass for all frames. Speech verbs above the claim, "according to", and quotation marks,
//! also where a quotation runs over several sentences. The words stand in `data/lexicon/speech.toml`.
use super::tree::Tree;
use crate::knowledge::DataFiles;
use crate::values::Finding;
use serde::Deserialize;
use std::collections::HashSet;
use std::ops::Range;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    /// Verbs whose clause is what their subject says.
    verbs: Vec<String>,
    /// "in a statement", "his announcement that": nouns whose clause is what their holder says.
    nouns: Vec<String>,
    /// Subjects that name nobody: "reports say" is the author's own report.
    anonymous: Vec<String>,
}

#[derive(Debug, Default)]
pub struct Speech {
    verbs: HashSet<String>,
    nouns: HashSet<String>,
    anonymous: HashSet<String>,
}

impl Speech {
    pub fn load(data: &DataFiles) -> (Speech, Vec<Finding>) {
        let mut out = Speech::default();
        let mut findings = Vec::new();
        for (path, text) in data.below("lexicon/speech") {
            match toml::from_str::<File>(text) {
                Ok(f) => {
                    out.verbs.extend(f.verbs);
                    out.nouns.extend(f.nouns);
                    out.anonymous.extend(f.anonymous);
                }
                Err(e) => findings.push(super::frames::bad_file(path, &e)),
            }
        }
        (out, findings)
    }

    pub fn is_speech(&self, lemma: &str) -> bool {
        self.verbs.contains(lemma)
    }

    pub fn is_anonymous(&self, t: &Tree, head: usize) -> bool {
        self.anonymous.contains(t.lemma(head))
    }
}

/// The quotations of a document and who speaks each.
#[derive(Debug, Default)]
pub struct Quotations {
    spans: Vec<(Range<usize>, Option<usize>)>,
}

impl Quotations {
    pub fn find(t: &Tree, speech: &Speech) -> Quotations {
        let mut spans = Vec::new();
        let mut open: Option<usize> = None;
        for i in 0..t.len() {
            let w = t.doc.text(i);
            match w {
                "“" => open = Some(i),
                "”" => {
                    if let Some(o) = open.take() {
                        spans.push((o..i + 1, None));
                    }
                }
                "\"" | "''" | "``" => match open.take() {
                    Some(o) => spans.push((o..i + 1, None)),
                    None => open = Some(i),
                },
                // an unclosed quotation ends with its paragraph
                _ if t.tok(i).pos == "SPACE" && w.contains('\n') => open = None,
                _ => {}
            }
        }
        // scare quotes and titles are no speech
        spans.retain(|(r, _)| r.len() > 5);
        let mut q = Quotations { spans };
        for n in 0..q.spans.len() {
            let r = q.spans[n].0.clone();
            let before = (n > 0).then(|| q.spans[n - 1].clone());
            q.spans[n].1 = speaker_beside(t, speech, &r).or_else(|| {
                // "...", said X. "...": the speaker goes on within the paragraph
                before
                    .and_then(|(b, s)| (t.sentence_ix(r.start) <= t.sentence_ix(b.end - 1) + 2).then_some(s).flatten())
            });
        }
        q
    }

    pub fn around(&self, i: usize) -> Option<&(Range<usize>, Option<usize>)> {
        // In text order, and none within another.
        self.spans.get(self.spans.partition_point(|(r, _)| r.end <= i)).filter(|(r, _)| r.contains(&i))
    }
}

/// The subject of a speech verb in the sentence where a quotation ends or begins, outside of it.
fn speaker_beside(t: &Tree, speech: &Speech, quote: &Range<usize>) -> Option<usize> {
    for edge in [quote.end - 1, quote.start] {
        let mut around = t.sentence(edge);
        // a closing mark may have been cut off into the sentence before the tag
        if edge + 1 < t.len() && !around.contains(&(edge + 1)) && edge == quote.end - 1 {
            let next = t.sentence(edge + 1);
            if next.len() < 12 {
                around.end = next.end;
            }
        }
        let mut best: Option<(usize, usize)> = None;
        for v in around {
            if quote.contains(&v) || !t.is_verb(v) || !speech.is_speech(t.lemma(v)) {
                continue;
            }
            if let Some(s) = t.subject(v).filter(|s| !quote.contains(s)) {
                let d = if v < quote.start { quote.start - v } else { v - quote.end.min(v) };
                if best.is_none_or(|b| d < b.0) {
                    best = Some((d, s));
                }
            }
        }
        if let Some((_, s)) = best {
            return Some(s);
        }
    }
    None
}

/// The head token of whoever says what `carrier` carries; `None` = the author.
pub fn speaker(t: &Tree, speech: &Speech, quotes: &Quotations, trigger: usize, carrier: usize) -> Option<usize> {
    let found = in_tree(t, speech, carrier)
        .or_else(|| if trigger != carrier { in_tree(t, speech, trigger) } else { None })
        .or_else(|| according_to(t, trigger))
        .or_else(|| quotes.around(trigger).and_then(|(_, s)| *s))?;
    (!speech.is_anonymous(t, found)).then_some(found)
}

/// "the statement added": whoever made the statement, where the clause or the phrase tells it.
pub fn author_of(t: &Tree, speech: &Speech, token: usize) -> usize {
    if !speech.nouns.contains(t.lemma(token)) {
        return token;
    }
    let from = t
        .kids(token)
        .filter(|k| t.dep(*k) == "prep" && matches!(t.lemma(*k), "from" | "by" | "of"))
        .find_map(|k| t.kid(k, &["pobj"]));
    from.or_else(|| t.holder(token, 0)).unwrap_or(token)
}

fn in_tree(t: &Tree, speech: &Speech, from: usize) -> Option<usize> {
    let mut at = from;
    for _ in 0..60 {
        let up = t.head(at);
        if up == at {
            return None;
        }
        let dep = t.dep(at);
        // "Peres thanked the EU; Kerry urged others": another sentence; "Portugal said it would, while France is due to"
        let beside = matches!(dep, "advcl")
            && t.kid(at, &["nsubj", "nsubjpass"]).is_some()
            && t.kids(at).any(|k| t.dep(k) == "mark" && matches!(t.lemma(k), "while" | "whereas"));
        if beside || (at.min(up)..at.max(up)).any(|i| t.doc.text(i) == ";") {
            return None;
        }
        let said = match dep {
            "ccomp" | "xcomp" | "parataxis" | "csubj" | "acomp" | "oprd" => {
                t.is_verb(up) && speech.is_speech(t.lemma(up))
            }
            _ => false,
        };
        // "accused the Emirates of arming the rebels": the accuser says so
        let accuses = t.head(t.first_prep(up));
        let accused = dep == "pcomp"
            && matches!(t.lemma(up), "of" | "for")
            && matches!(
                t.lemma(accuses),
                "accuse" | "blame" | "suspect" | "denounce" | "condemn" | "criticize" | "criticise"
            )
            && t.is_verb(accuses);
        if accused {
            let a = t.verb_args(accuses);
            if let Some(s) = a.agent.first().copied().filter(|s| !t.dominates(at, *s)) {
                return Some(s);
            }
        }
        if said {
            // "announced the opening", "is believed to": the passive names its speaker in "by", or none
            let a = t.verb_args(up);
            if let Some(s) = a.agent.first().copied()
                && s != at
                && !t.dominates(at, s)
            {
                return Some(s);
            }
        }
        if matches!(dep, "ccomp" | "acl") && t.is_nominal(up) && speech.nouns.contains(t.lemma(up)) {
            // "Pakistan's charge that", "the claim of the Greek press that"
            let of = t
                .kids(up)
                .filter(|k| t.dep(*k) == "prep" && matches!(t.lemma(*k), "of" | "by" | "from"))
                .find_map(|k| t.kid(k, &["pobj"]));
            let own = t.kids(up).find(|k| t.dep(*k) == "poss");
            if let Some(h) = own.or(of).or_else(|| t.holder(up, 0)) {
                return Some(h);
            }
        }
        at = up;
    }
    None
}

fn according_to(t: &Tree, trigger: usize) -> Option<usize> {
    for i in t.sentence(trigger) {
        if t.doc.text(i).eq_ignore_ascii_case("according") {
            for k in t.kids(i) {
                if t.lemma(k) == "to" {
                    return t.kid(k, &["pobj"]);
                }
            }
        }
    }
    None
}
