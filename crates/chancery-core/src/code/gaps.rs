//! What a clause leaves out because the one before has said it: "Germany has not", "nor has Greece", "Sudan did the same in
//! April, Kenya in March". The claims told before are told again of the subject that stands alone.
use super::Maker;
use super::factuality::Put;
use crate::resolve::{DateRole, Kind};
use crate::values::{Modality, Polarity};

/// The frame that such claims name; its file says what they are.
pub(super) const FRAME: &str = "echo.left_out";

impl Maker<'_> {
    pub(super) fn left_out(&mut self) {
        let Some(frame) = self.coder.frames.all.iter().find(|f| f.id == FRAME) else { return };
        let t = self.cast.tree;
        for i in 0..t.len() {
            if let Some((subject, put)) = self.bare_auxiliary(i) {
                let party = self.cast.fill(subject, &["side", "person"]).into_iter().next().map(|f| f.party);
                let by = self.speaker_at(i);
                self.again(frame, i, party, put, &by, "", i.min(subject)..i.max(subject) + 1);
            }
            if let Some((name, date)) = self.gapped(i) {
                let when = self.cast.resolved.dates[date].when.edtf.clone();
                let end = self.cast.resolved.dates[date].tokens.end;
                let party = self.cast.one_named(name, &["state", "organization"]).map(|f| f.party);
                let by = self.speaker_at(i);
                let put = Put { modality: Modality::Asserted, polarity: Polarity::Yes };
                self.again(frame, name, party, put, &by, &when, name..end);
            }
        }
    }

    /// "Germany has not", "Japan never will", "nor has Greece", "so did Kofi Annan": an auxiliary with a subject and no verb.
    fn bare_auxiliary(&self, i: usize) -> Option<(usize, Put)> {
        let t = self.cast.tree;
        let l = t.lemma(i);
        let modal = matches!(l, "will" | "would" | "shall");
        if !modal && !matches!(l, "do" | "have") || matches!(t.dep(i), "aux" | "auxpass") || self.called.contains(&i) {
            return None;
        }
        if !matches!(t.tok(i).tag, "VBZ" | "VBP" | "VBD" | "MD") {
            return None;
        }
        let alone = |k: usize| {
            matches!(t.dep(k), "nsubj" | "neg" | "advmod" | "punct" | "cc" | "mark" | "npadvmod" | "prep" | "preconj")
                && (t.dep(k) != "prep" || !matches!(t.lemma(k), "to" | "of" | "with" | "for" | "on"))
        };
        // "nor has Greece": read as an object
        let nor = i > 0 && matches!(t.doc.text(i - 1).to_lowercase().as_str(), "nor" | "neither" | "so");
        let subject = t.kid(i, &["nsubj"]).or_else(|| t.kid(i, &["dobj", "attr"]).filter(|o| nor && *o == i + 1))?;
        if !t.kids(i).all(|k| k == subject || alone(k)) {
            return None;
        }
        let word = |w: &[&str]| t.kids(i).any(|k| w.contains(&t.doc.text(k).to_lowercase().as_str()));
        let before = i.checked_sub(1).map(|p| t.doc.text(p).to_lowercase()).unwrap_or_default();
        // the subject behind the auxiliary: "nor has Greece", "so did X", "as has Y"
        let turned = subject > i;
        let alike = turned && (matches!(before.as_str(), "nor" | "neither" | "so" | "as") || word(&["nor", "neither", "so", "as"]));
        let denied = !turned && (t.kids(i).any(|k| t.dep(k) == "neg") || word(&["never", "not"]));
        if !alike && !denied {
            return None;
        }
        let polarity = if alike { Polarity::Yes } else { Polarity::No };
        let modality = if modal { Modality::Intended } else { Modality::Asserted };
        Some((subject, Put { modality, polarity }))
    }

    /// "did the same in April, Kenya in March": a name with a day of its own and no verb, beside a clause that tells of
    /// another in the same way.
    fn gapped(&self, i: usize) -> Option<(usize, usize)> {
        let t = self.cast.tree;
        let m = self.cast.resolved.at(i).filter(|m| m.head == i && m.who.kind(self.cast.actors) == Kind::State)?;
        let start = m.tokens.start;
        let lead = start.checked_sub(1).map(|p| t.doc.text(p)).unwrap_or_default();
        if !matches!(lead, "," | "and" | ";") || !matches!(t.doc.text(i + 1).to_lowercase().as_str(), "in" | "on") {
            return None;
        }
        let date = self.cast.resolved.dates.iter().position(|d| d.tokens.start == i + 2 && d.role == DateRole::At)?;
        if matches!(t.dep(i), "nsubj" | "nsubjpass" | "poss") {
            return None;
        }
        // the clause before has no object that the name could stand beside
        let line = t.sentence(i);
        let told = self.out.iter().rfind(|(at, c)| line.contains(at) && *at < start && c.frame.starts_with("echo."))?;
        (told.0 < start).then_some((i, date))
    }
}
