//! What a name of no list is, where the noun beside it tells: "the Black Falcons, a militia", "the gang Los Tiburones".
use super::actors::Kind;
use super::mentions::{Builder, Via, Who};

/// Nouns for those who fight; of "group" and "movement" alone nothing is known.
const BANDS: &[&str] =
    &["militia", "gang", "cartel", "brigade", "battalion", "guerrilla", "outfit", "insurgency", "mafia"];
const GROUPS: &[&str] = &["group", "movement", "organisation", "organization", "network", "band", "formation", "wing"];
const ARMED: &[&str] =
    &["armed", "militant", "rebel", "insurgent", "jihadist", "separatist", "terrorist", "paramilitary", "guerrilla"];
const MEDIA: &[&str] = &["newspaper", "daily", "broadcaster", "magazine", "weekly", "website", "tabloid"];

impl Builder<'_> {
    /// Sets the kinds of names that no register has by the nouns beside them.
    pub(super) fn kinds_told(&mut self) {
        let mut told: Vec<(String, Kind)> = Vec::new();
        for m in self.mentions.iter().filter(|m| m.via == Via::Name && !m.tokens.is_empty()) {
            let Who::Unknown { name, kind: Kind::Organization | Kind::Other | Kind::Place | Kind::People } = &m.who
            else {
                continue;
            };
            let t = &self.doc.tokens[m.head];
            let up = t.head as usize;
            let behind = self.children[m.head].iter().map(|k| *k as usize).filter(|k| {
                let t = &self.doc.tokens[*k];
                t.dep == "appos" && *k > m.head || t.dep == "compound" && *k + 1 == m.tokens.start
            });
            let over =
                (t.dep == "appos" && up < m.tokens.start || t.dep == "compound" && up == m.tokens.end).then_some(up);
            if let Some(kind) = behind.chain(over).find_map(|k| self.kind_of_noun(k)) {
                told.push((name.clone(), kind));
            }
        }
        for (name, kind) in told {
            let set = |w: &mut Who| {
                if let Who::Unknown { name: n, kind: k } = w
                    && *n == name
                    && *k != Kind::Person
                {
                    *k = kind;
                }
            };
            for m in &mut self.mentions {
                set(&mut m.who);
                m.also.iter_mut().for_each(set);
                if let Some(of) = &mut m.of {
                    set(of);
                }
            }
            self.alias.values_mut().for_each(set);
        }
    }

    /// What a common noun in the singular makes of the name beside it.
    fn kind_of_noun(&self, k: usize) -> Option<Kind> {
        if self.doc.tokens[k].tag != "NN" || self.is_capital(k) {
            return None;
        }
        let noun = self.doc.tokens[k].lemma.as_str();
        let armed = || self.children[k].iter().any(|c| ARMED.contains(&self.doc.tokens[*c as usize].lemma.as_str()));
        if BANDS.contains(&noun) || GROUPS.contains(&noun) && armed() {
            return Some(Kind::Group);
        }
        match noun {
            "party" => Some(Kind::Party),
            _ if MEDIA.contains(&noun) => Some(Kind::Media),
            _ => None,
        }
    }
}
