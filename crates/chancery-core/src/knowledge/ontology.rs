//! What the predicates mean over time: read from `ontology/*.toml`, used by every question.
//!
//! A predicate is known by family *and* id: "sanction" is both a measure in force (a standing) and the act of
//! taking it (an event).
use super::DataFiles;
use crate::values::{Family, Finding, Level};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Do several of a pair hold side by side, or does a successor end what went before?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Holding {
    #[default]
    Accumulating,
    Single,
}

/// How long a claim that something *holds* goes on holding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Lasts {
    /// Until an end is claimed.
    UntilEnded,
    /// To the day of which the claim speaks; later only possibly.
    #[default]
    AsTold,
}

/// What a value key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Another value is another standing.
    Identity,
    /// Two sources that differ in it disagree.
    Measure,
    /// Told, not compared.
    Detail,
}

/// A value key of a predicate.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueKey {
    pub key: String,
    pub role: Role,
    /// The values known; highest first where the key is a rank. Empty = free.
    #[serde(default)]
    pub one_of: Vec<String>,
}

/// One predicate.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Predicate {
    pub id: String,
    pub family: Family,
    pub description: String,
    /// Kinds of actor, or "any".
    #[serde(default = "any")]
    pub subject: Vec<String>,
    #[serde(default = "any")]
    pub object: Vec<String>,
    #[serde(default)]
    pub symmetric: bool,
    #[serde(default)]
    pub holding: Holding,
    #[serde(default)]
    pub lasts: Lasts,
    /// Value key -> values with which even a beginning does not outlast its date.
    #[serde(default)]
    pub passing: BTreeMap<String, Vec<String>>,
    /// Predicates whose end for the same pair ends this one too.
    #[serde(default)]
    pub ends_with: Vec<String>,
    #[serde(default)]
    pub values: Vec<ValueKey>,
}

fn any() -> Vec<String> {
    vec!["any".into()]
}

impl Predicate {
    /// The value keys of one role.
    pub fn keys(&self, role: Role) -> impl Iterator<Item = &str> {
        self.values.iter().filter(move |v| v.role == role).map(|v| v.key.as_str())
    }

    /// True where a person or an organ that stands there counts for its state.
    pub fn subject_acts_for_state(&self) -> bool {
        acts_for_state(&self.subject)
    }

    /// The same for the object.
    pub fn object_acts_for_state(&self) -> bool {
        acts_for_state(&self.object)
    }

    /// Is this a value with which even a beginning does not outlast its date?
    pub fn is_passing(&self, value: &Map<String, Value>) -> bool {
        self.passing
            .iter()
            .any(|(k, vs)| value.get(k).and_then(Value::as_str).is_some_and(|v| vs.iter().any(|x| x == v)))
    }
}

fn acts_for_state(kinds: &[String]) -> bool {
    let has = |k: &str| kinds.iter().any(|x| x == k);
    has("any") || (has("state") && !has("person"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    predicate: Vec<Predicate>,
}

/// All predicates.
#[derive(Debug, Clone, Default)]
pub struct Ontology {
    predicates: Vec<Predicate>,
}

impl Ontology {
    /// Reads `ontology/*.toml`. A bad file is a finding that names file, line and field, and is left out.
    pub fn load(data: &DataFiles) -> (Ontology, Vec<Finding>) {
        let (mut all, mut findings) = (Ontology::default(), Vec::new());
        for (path, text) in data.below("ontology/") {
            let file: File = match toml::from_str(text) {
                Ok(f) => f,
                Err(e) => {
                    let line = e.span().map_or(1, |s| text[..s.start].matches('\n').count() + 1);
                    findings.push(Finding::new(
                        Level::Error,
                        format!("{path}:{line}"),
                        e.message().to_string(),
                        "the fields are explained at the head of ontology/predicates.toml",
                    ));
                    continue;
                }
            };
            for p in file.predicate {
                if all.get(p.family, &p.id).is_some() {
                    findings.push(Finding::new(
                        Level::Error,
                        path,
                        format!("the {} {:?} stands here a second time", p.family, p.id),
                        "keep one of the two",
                    ));
                } else {
                    all.predicates.push(p);
                }
            }
        }
        (all, findings)
    }

    pub fn get(&self, family: Family, id: &str) -> Option<&Predicate> {
        self.predicates.iter().find(|p| p.family == family && p.id == id)
    }

    /// The standing or event of that name.
    pub fn named(&self, id: &str) -> Option<&Predicate> {
        self.predicates.iter().find(|p| p.id == id)
    }

    pub fn all(&self) -> &[Predicate] {
        &self.predicates
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_holds_the_sixteen_standings_and_sixteen_events() {
        let (o, findings) = Ontology::load(&DataFiles::embedded());
        assert!(findings.is_empty(), "{findings:?}");
        for family in [Family::Standing, Family::Event] {
            assert_eq!(o.all().iter().filter(|p| p.family == family).count(), 16, "{family}");
        }
        for p in o.all() {
            assert!(p.ends_with.iter().all(|e| o.get(Family::Standing, e).is_some()), "{}", p.id);
        }
        assert_eq!(o.get(Family::Standing, "mission").unwrap().holding, Holding::Single);
    }

    #[test]
    fn a_bad_file_is_named_with_its_line() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("ontology")).unwrap();
        std::fs::write(dir.path().join("ontology/more.toml"), "\n[[predicate]]\nid = \"x\"\nfamily = \"sort\"\n")
            .unwrap();
        let mut data = DataFiles::embedded();
        data.overlay(dir.path()).unwrap();
        let (o, findings) = Ontology::load(&data);
        assert_eq!(o.all().len(), 32);
        assert_eq!(findings.len(), 1);
        assert!(findings[0].place.starts_with("ontology/more.toml:"), "{}", findings[0]);
    }
}
