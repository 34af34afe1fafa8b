//! Days to places on paper.
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// A stretch of time laid over a width.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    pub from: Date,
    pub to: Date,
    pub left: f64,
    pub width: f64,
}

/// Days since the epoch.
pub fn number(d: Date) -> f64 {
    d.since(date(1970, 1, 1)).map_or(0.0, |s| f64::from(s.get_days()))
}

impl Scale {
    /// Over all these days, with some air; a lone day gets a year.
    pub fn over(days: impl IntoIterator<Item = Date>, left: f64, width: f64) -> Option<Scale> {
        let (mut lo, mut hi): (Option<Date>, Option<Date>) = (None, None);
        for d in days {
            lo = Some(lo.map_or(d, |l| l.min(d)));
            hi = Some(hi.map_or(d, |h| h.max(d)));
        }
        let (lo, hi) = (lo?, hi?);
        let air = ((number(hi) - number(lo)) * 0.03).max(60.0) as i32;
        let from = lo.checked_sub(air.days()).unwrap_or(lo);
        let to = hi.checked_add(air.days()).unwrap_or(hi);
        Some(Scale { from, to, left, width })
    }

    /// Where a day lies; days outside lie on the rim.
    pub fn x(&self, d: Date) -> f64 {
        let (a, b) = (number(self.from), number(self.to));
        let part = ((number(d) - a) / (b - a).max(1.0)).clamp(0.0, 1.0);
        self.left + part * self.width
    }

    /// The days worth a line, and what is written there.
    pub fn ticks(&self) -> Vec<(Date, String)> {
        let years = (number(self.to) - number(self.from)) / 365.25;
        let room = (self.width / 78.0).max(2.0);
        let mut out = Vec::new();
        if years * 2.0 <= room {
            let step = [1i8, 3, 6].into_iter().find(|m| years * 12.0 / f64::from(*m) <= room).unwrap_or(6);
            for y in self.from.year()..=self.to.year() {
                for m in (1..=12).step_by(step as usize) {
                    if let Ok(d) = Date::new(y, m, 1) {
                        out.push((d, format!("{y}-{m:02}")));
                    }
                }
            }
        } else {
            let steps = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000];
            let step = steps.into_iter().find(|s| years / f64::from(*s) <= room).unwrap_or(5000);
            let first = i32::from(self.from.year()).div_euclid(step) * step;
            let mut y = first;
            while y <= i32::from(self.to.year()) {
                if let Some(d) = i16::try_from(y).ok().and_then(|y| Date::new(y, 1, 1).ok()) {
                    out.push((d, y.to_string()));
                }
                y += step;
            }
        }
        out.retain(|(d, _)| *d >= self.from && *d <= self.to);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_fit_the_width() {
        for (a, b) in [(2020, 2021), (2001, 2025), (1900, 2025), (1, 9999)] {
            let s = Scale::over([date(a, 1, 1), date(b, 12, 31)], 0.0, 760.0).expect("two days");
            let n = s.ticks().len();
            assert!((2..=12).contains(&n), "{a}..{b}: {n} ticks");
        }
        assert!(Scale::over([], 0.0, 100.0).is_none());
    }

    #[test]
    fn days_keep_their_order() {
        let s = Scale::over([date(2021, 1, 1), date(2021, 1, 2)], 10.0, 100.0).expect("two days");
        let (a, b) = (s.x(date(2021, 1, 1)), s.x(date(2021, 1, 2)));
        assert!(10.0 < a && a < b && b < 110.0);
        assert_eq!(s.x(date(1900, 1, 1)), 10.0);
    }
}
