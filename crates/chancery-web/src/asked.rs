//! What a request asks for: the parameters of its address or form, by name.
use crate::app::today;
use crate::desk::Trouble;
use chancery_core::values::AsOf;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// Parameters; of several with one name the last counts, empty ones are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked(pub BTreeMap<String, String>);

impl Asked {
    pub fn parse(query: &str) -> Asked {
        let pairs = form_urlencoded::parse(query.as_bytes());
        Asked(pairs.map(|(k, v)| (k.into_owned(), v.trim().to_string())).collect())
    }

    /// The parameter, if it says something.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|v| !v.is_empty())
    }

    /// The same as a value of its own; "" where there is none.
    pub fn text(&self, name: &str) -> String {
        self.get(name).unwrap_or_default().to_string()
    }

    /// A parameter that must be there.
    pub fn need(&self, name: &str) -> Result<&str, Trouble> {
        self.get(name).ok_or_else(|| Trouble::Input(format!("say {name}=")))
    }

    pub fn list(&self, name: &str) -> Vec<String> {
        let names = self.get(name).unwrap_or_default().split(',');
        names.map(|n| n.trim().to_string()).filter(|n| !n.is_empty()).collect()
    }

    pub fn day(&self, name: &str) -> Result<Option<Date>, Trouble> {
        let day = |v: &str| v.parse().map_err(|_| Trouble::Input(format!("{name}={v}: give a day as YYYY-MM-DD")));
        self.get(name).map(day).transpose()
    }

    /// The ledger's clock: a day (to its end, UTC) or an instant.
    pub fn known(&self) -> Result<Option<Timestamp>, Trouble> {
        let Some(text) = self.get("known") else { return Ok(None) };
        if let Ok(t) = text.parse::<Timestamp>() {
            return Ok(Some(t));
        }
        let end =
            text.parse::<Date>().ok().and_then(|d| d.tomorrow().ok()).and_then(|d| d.to_zoned(TimeZone::UTC).ok());
        let end = end.map(|z| z.timestamp() - jiff::SignedDuration::from_micros(1));
        end.map(Some).ok_or_else(|| {
            Trouble::Input(format!("known={text}: give a day (2025-07-03) or an instant (2025-07-03T12:00:00Z)"))
        })
    }

    /// Both clocks.
    pub fn as_of(&self) -> Result<AsOf, Trouble> {
        Ok(AsOf { valid_at: self.day("at")?.unwrap_or_else(today), known_at: self.known()? })
    }

    pub fn number(&self, name: &str, least: usize, most: usize, default: usize) -> Result<usize, Trouble> {
        let Some(v) = self.get(name) else { return Ok(default) };
        v.parse()
            .ok()
            .filter(|n| (least..=most).contains(n))
            .ok_or_else(|| Trouble::Input(format!("{name}={v}: give a number from {least} to {most}")))
    }

    /// One of a closed list of words.
    pub fn word<T: std::str::FromStr<Err = String>>(&self, name: &str) -> Result<Option<T>, Trouble> {
        self.get(name).map(|v| v.parse().map_err(|e| Trouble::Input(format!("{name}: {e}")))).transpose()
    }
}

/// An address: a path and its parameters, those that say nothing left out.
pub fn address(path: &str, parameters: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (k, v) in parameters.iter().filter(|(_, v)| !v.is_empty()) {
        query.append_pair(k, v);
    }
    let query = query.finish();
    if query.is_empty() { path.to_string() } else { format!("{path}?{query}") }
}
