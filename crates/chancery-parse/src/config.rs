//! `config.cfg` and `meta.json` of a pipeline: which components run, and what they are.
use crate::error::LoadError;
use crate::files::Files;
use serde_json::Value;
use std::collections::HashMap;

/// Name and version of a model, from its `meta.json`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// Language and name, as in `en_core_web_sm`.
    pub name: String,
    /// Version of the model, as in `3.8.0`.
    pub version: String,
}

pub(crate) struct Config {
    pub(crate) meta: Meta,
    pub(crate) language: String,
    /// Name (which is the folder) and factory of each component, in the order in which they run.
    pub(crate) components: Vec<(String, String)>,
    sections: HashMap<String, HashMap<String, Value>>,
}

impl Config {
    pub(crate) fn load(files: &Files) -> Result<Self, LoadError> {
        let fail = |reason: String| LoadError::new(&files.path("meta.json"), reason);
        let meta = files.json("meta.json")?;
        let field =
            |name: &str| meta[name].as_str().map(str::to_owned).ok_or_else(|| fail(format!("no text `{name}`")));
        let (language, name, version) = (field("lang")?, field("name")?, field("version")?);
        let meta = Meta { name: format!("{language}_{name}"), version };

        let fail = |reason: String| LoadError::new(&files.path("config.cfg"), reason);
        let sections = sections(&files.text("config.cfg")?);
        let names = |key: &str| -> Option<Vec<String>> {
            let list = sections.get("nlp")?.get(key)?.as_array()?;
            list.iter().map(|v| v.as_str().map(str::to_owned)).collect()
        };
        let pipeline = names("pipeline").ok_or_else(|| fail("no list `pipeline` in the section [nlp]".into()))?;
        let disabled = names("disabled").unwrap_or_default();
        let mut config = Config { meta, language, components: Vec::new(), sections };
        for name in pipeline.into_iter().filter(|n| !disabled.contains(n)) {
            if name.contains(['/', '\\']) || name.starts_with('.') {
                return Err(fail(format!("a component of the name `{name}`, which is no folder name")));
            }
            let factory = config.text(&format!("components.{name}"), "factory").unwrap_or_else(|| name.clone());
            config.components.push((name, factory));
        }
        Ok(config)
    }

    /// The text under `key` in `[section]`.
    pub(crate) fn text(&self, section: &str, key: &str) -> Option<String> {
        self.sections.get(section)?.get(key)?.as_str().map(str::to_owned)
    }
}

/// The sections of an INI file whose values are JSON; a value that is not JSON stands for itself.
fn sections(text: &str) -> HashMap<String, HashMap<String, Value>> {
    let mut out: HashMap<String, HashMap<String, Value>> = HashMap::new();
    let mut section = String::new();
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            section = name.to_owned();
        } else if let Some((key, value)) = line.split_once('=') {
            let value = value.trim();
            let value = serde_json::from_str(value).unwrap_or_else(|_| Value::String(value.to_owned()));
            out.entry(section.clone()).or_default().insert(key.trim().to_owned(), value);
        }
    }
    out
}
