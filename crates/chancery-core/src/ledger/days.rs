//! The days an EDTF string may mean, as bounds the ledger can index and questions can order.
//!
//! ```text
//!   "2021"        from [2021-01-01 .. 2021-12-31]            one date, a year wide
//!   "2021/2023-05" from [2021-01-01 .. 2021-12-31]  to [2023-05-01 .. 2023-05-31]
//!   "2021/.."     from [2021-01-01 .. 2021-12-31]  to open
//! ```
use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// First and last day a date may mean.
pub type Bounds = (Date, Date);

/// What an EDTF string means in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Days {
    /// The date, or the start of the interval; `None` = unknown or open.
    pub from: Option<Bounds>,
    /// The end of the interval; `None` = unknown, open, or no interval.
    pub to: Option<Bounds>,
    pub interval: bool,
}

impl Days {
    /// Reads EDTF level 1 (days, months, seasons, years, decades, centuries, `~ ? %`, intervals). What cannot be read
    /// (a 30th of February) bounds nothing: the claim keeps its words and counts as undated.
    pub fn of(edtf: &str) -> Days {
        match edtf.trim().split_once('/') {
            Some((a, b)) => Days { from: bounds(a), to: bounds(b), interval: true },
            None => Days { from: bounds(edtf.trim()), to: None, interval: false },
        }
    }

    /// The first day of all that may be meant; `None` = open or unknown.
    pub fn first(&self) -> Option<Date> {
        self.from.map(|b| b.0)
    }

    /// The last day of all that may be meant; `None` = open or unknown.
    pub fn last(&self) -> Option<Date> {
        if self.interval { self.to.map(|b| b.1) } else { self.from.map(|b| b.1) }
    }

    pub fn is_empty(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }
}

fn bounds(s: &str) -> Option<Bounds> {
    let s = s.split('T').next()?;
    let plain = s.trim_matches(|c| matches!(c, '~' | '?' | '%'));
    let about = plain.len() != s.len();
    let (neg, digits) = plain.strip_prefix('-').map_or((false, plain), |d| (true, d));
    let mut parts = digits.split('-').map(|p| p.trim_matches(|c| matches!(c, '~' | '?' | '%')));
    let (year, month, day) = (parts.next()?, parts.next(), parts.next());
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    let sign = if neg { -1 } else { 1 };
    let y = |s: String| s.parse::<i16>().ok().map(|y| y * sign);
    let (lo, hi) = (y(year.replace('X', "0"))?, y(year.replace('X', "9"))?);
    let (lo, hi) = (lo.min(hi), lo.max(hi));
    let (from, to, slack): (Date, Date, Span) = match (month, day) {
        (None, _) | (Some("XX"), _) => (Date::new(lo, 1, 1).ok()?, Date::new(hi, 12, 31).ok()?, 1.year()),
        (Some(m), None | Some("XX")) => {
            let (a, b) = match m.parse::<i8>().ok()? {
                m @ 1..=12 => (Date::new(lo, m, 1).ok()?, Date::new(hi, m, 1).ok()?),
                // Seasons of the northern year; winter reaches into the next.
                m @ 21..=23 => (Date::new(lo, m * 3 - 60, 1).ok()?, Date::new(hi, m * 3 - 58, 1).ok()?),
                24 => (Date::new(lo, 12, 1).ok()?, Date::new(hi, 12, 1).ok()?.checked_add(2.months()).ok()?),
                _ => return None,
            };
            (a, b.last_of_month(), 1.month())
        }
        (Some(m), Some(d)) => {
            let (m, d) = (m.parse().ok()?, d.parse().ok()?);
            (Date::new(lo, m, d).ok()?, Date::new(hi, m, d).ok()?, 3.days())
        }
    };
    if about {
        return Some((from.checked_sub(slack).ok()?, to.checked_add(slack).ok()?));
    }
    Some((from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_of_each_form() {
        let show = |s: &str| {
            let d = Days::of(s);
            let b = |b: Option<Bounds>| b.map_or("-".into(), |(a, b)| format!("{a}..{b}"));
            if d.interval { format!("{} / {}", b(d.from), b(d.to)) } else { b(d.from) }
        };
        for (edtf, want) in [
            ("2025-07-03", "2025-07-03..2025-07-03"),
            ("2024-02", "2024-02-01..2024-02-29"),
            ("2021", "2021-01-01..2021-12-31"),
            ("198X", "1980-01-01..1989-12-31"),
            ("19XX", "1900-01-01..1999-12-31"),
            ("2004-06-XX", "2004-06-01..2004-06-30"),
            ("2001-21", "2001-03-01..2001-05-31"),
            ("2001-24", "2001-12-01..2002-02-28"),
            ("1990~", "1989-01-01..1991-12-31"),
            ("2021-08-15T10:00", "2021-08-15..2021-08-15"),
            ("1996/2001", "1996-01-01..1996-12-31 / 2001-01-01..2001-12-31"),
            ("2021/..", "2021-01-01..2021-12-31 / -"),
            ("../2001", "- / 2001-01-01..2001-12-31"),
            ("2021-02-30", "-"),
            ("soon", "-"),
            ("", "-"),
        ] {
            assert_eq!(show(edtf), want, "{edtf}");
        }
    }
}
