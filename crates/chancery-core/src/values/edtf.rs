//! Dates of the world, to ISO 8601-2 (EDTF) level 1 where texts need it: a day, month or year,
//! `~` approximate, `?` uncertain, `198X` a decade, `A/B` an interval, `..` open, "" none.
use jiff::civil::Date;

/// A date as the text gives it, with the earliest and latest day it may mean.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct When {
    /// EDTF; "" where there is none.
    pub edtf: String,
    /// First day it may mean; `None` = open or unknown.
    pub earliest: Option<Date>,
    /// Last day it may mean; `None` = open or unknown.
    pub latest: Option<Date>,
}

impl When {
    pub fn parse(s: &str) -> Result<When, String> {
        let d: Date = s.parse().map_err(|e| format!("{e}"))?;
        Ok(When { edtf: s.to_owned(), earliest: Some(d), latest: Some(d) })
    }
}
