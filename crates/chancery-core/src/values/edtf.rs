//! Dates of the world, to ISO 8601-2 (EDTF) level 1 where texts need it: a day, month or year,
//! `~` approximate, `?` uncertain, `198X` a decade, `A/B` an interval, `..` open, "" none.
//!
//! ```text
//!   1991-03-15   a day            198X, 19XX   a decade, a century     2021/..   from 2021 on
//!   1991-03      a month          1985-04-XX   some day of a month     ../2021   up to 2021
//!   1991         a year           2014-21      spring (22 23 24)       /2021     start unknown
//! ```
//!
//! The text form is the value: it is what claims carry and what the ledger keeps, and the two days are worked out
//! from it. An approximate date (`~`, `%`) may be off by one of its own unit on either side (`2005~` is 2004 to 2006);
//! `?` moves no day but makes every certain answer an unknown one. Times of day and level 2 are left out: no claim
//! needs them.
use jiff::Span;
use jiff::civil::Date;
use std::fmt;
use std::str::FromStr;

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

/// Why a text is no EDTF date: shown as `TEXT: why`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EdtfError {
    /// The text as given.
    pub text: String,
    /// What is wrong with it.
    pub why: String,
}

impl fmt::Display for EdtfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.text, self.why)
    }
}

impl std::error::Error for EdtfError {}

/// An answer about dates that need not be exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tri {
    Yes,
    No,
    /// The dates are too coarse, open or doubtful to tell.
    Unknown,
}

/// A step on the calendar, for [`When::shift`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// The quarters of the year, northern reading: spring is March to May. Winter of a year may be the one it begins
/// with or the one it ends with, so its days run from December before to February after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Season {
    Spring = 21,
    Summer = 22,
    Autumn = 23,
    Winter = 24,
}

impl When {
    /// Reads EDTF; "" is no date.
    ///
    /// # Errors
    /// A text that is no EDTF of the kinds above, a day or month that does not exist ("2023-02-30: February 2023 has
    /// 28 days"), an interval that ends before it begins.
    pub fn parse(text: &str) -> Result<When, EdtfError> {
        Ok(Parsed::read(text)?.when())
    }

    /// One day.
    pub fn day(day: Date) -> When {
        Parsed::One(Point::plain(Kind::Day(day))).when()
    }

    /// One month.
    ///
    /// # Errors
    /// A month that is not 1 to 12, a year beyond 9999.
    pub fn month(year: i16, month: i8) -> Result<When, EdtfError> {
        When::parse(&format!("{}-{month:02}", year_text(year)))
    }

    /// One year.
    ///
    /// # Errors
    /// A year beyond 9999.
    pub fn year(year: i16) -> Result<When, EdtfError> {
        When::parse(&year_text(year))
    }

    /// The ten years to which `year` belongs: 1987 gives `198X`.
    ///
    /// # Errors
    /// A year before 0 or beyond 9999.
    pub fn decade(year: i16) -> Result<When, EdtfError> {
        When::parse(&format!("{:03}X", year.div_euclid(10)))
    }

    /// The hundred years to which `year` belongs: 1987 gives `19XX`.
    ///
    /// # Errors
    /// A year before 0 or beyond 9999.
    pub fn century(year: i16) -> Result<When, EdtfError> {
        When::parse(&format!("{:02}XX", year.div_euclid(100)))
    }

    /// A season of a year.
    ///
    /// # Errors
    /// A year beyond 9999.
    pub fn season(year: i16, season: Season) -> Result<When, EdtfError> {
        When::parse(&format!("{}-{}", year_text(year), season as u8))
    }

    /// From the start of `from` to the end of `to`; no date on one side is an unknown end.
    ///
    /// # Errors
    /// An interval that ends before it begins.
    pub fn interval(from: &When, to: &When) -> Result<When, EdtfError> {
        if from.edtf.is_empty() && to.edtf.is_empty() {
            return Ok(When::default());
        }
        When::parse(&format!("{}/{}", from.start().edtf, to.end().edtf))
    }

    /// `A/..`: from `self` on, with no end in sight. No date stays no date; an interval keeps its start.
    pub fn onwards(&self) -> When {
        self.joined(|start, _| format!("{start}/.."))
    }

    /// `../B`: up to and with `self`. No date stays no date; an interval keeps its end.
    pub fn up_to(&self) -> When {
        self.joined(|_, end| format!("../{end}"))
    }

    fn joined(&self, text: impl Fn(&str, &str) -> String) -> When {
        let (start, end) = (self.start().edtf, self.end().edtf);
        When::parse(&text(&start, &end)).unwrap_or_default()
    }

    /// The same, marked approximate (`~`; both ends of an interval). A date already marked `?` becomes `%`.
    pub fn approximate(&self) -> When {
        let mark = |p: Point| Point { mark: Some(if matches!(p.mark, Some('?' | '%')) { '%' } else { '~' }), ..p };
        match self.parsed() {
            Parsed::None => When::default(),
            Parsed::One(p) => Parsed::One(mark(p)).when(),
            Parsed::Interval(a, b) => Parsed::Interval(a.map(mark), b.map(mark)).when(),
        }
    }

    /// The first date of an interval ("" if it has none), else the date itself.
    pub fn start(&self) -> When {
        match self.parsed() {
            Parsed::Interval(End::At(p), _) => Parsed::One(p).when(),
            Parsed::Interval(..) => When::default(),
            _ => self.clone(),
        }
    }

    /// The last date of an interval ("" if it has none), else the date itself.
    pub fn end(&self) -> When {
        match self.parsed() {
            Parsed::Interval(_, End::At(p)) => Parsed::One(p).when(),
            Parsed::Interval(..) => When::default(),
            _ => self.clone(),
        }
    }

    /// True for "".
    pub fn is_none(&self) -> bool {
        self.edtf.is_empty()
    }

    /// True where it is one exact day without a mark.
    pub fn is_day(&self) -> bool {
        matches!(self.parsed(), Parsed::One(Point { kind: Kind::Day(_), mark: None }))
    }

    /// Could both be the same time? `Yes` where one is the other, or a more exact form of it ("2021-08-15" and
    /// "2021"); `No` where they share no day; `Unknown` where they overlap in part or one is no date.
    pub fn compatible(&self, other: &When) -> Tri {
        if self.is_none() || other.is_none() {
            return Tri::Unknown;
        }
        if before(self.latest, other.earliest) || before(other.latest, self.earliest) {
            return Tri::No;
        }
        let inside = |a: &When, b: &When| from_no_earlier(a.earliest, b.earliest) && to_no_later(a.latest, b.latest);
        if self.edtf == other.edtf || inside(self, other) || inside(other, self) { Tri::Yes } else { Tri::Unknown }
    }

    /// Is all of `self` before all of `other`? Never `Yes` or `No` on a date marked `?` or `%`, nor on "".
    pub fn surely_before(&self, other: &When) -> Tri {
        if self.doubtful() || other.doubtful() || self.is_none() || other.is_none() {
            return Tri::Unknown;
        }
        if before(self.latest, other.earliest) {
            return Tri::Yes;
        }
        match (self.earliest, other.latest) {
            (Some(a), Some(b)) if a >= b => Tri::No,
            _ => Tri::Unknown,
        }
    }

    /// Does it cover the day? `Yes` on a day it names or between the two ends of an interval, `No` outside the days
    /// it may mean, `Unknown` where only a year or a month is given (an event of 2021 need not be of 3 May 2021), at
    /// the inexact ends of an interval, on a doubtful date and on "".
    pub fn possibly_on(&self, day: Date) -> Tri {
        let outside = before(self.latest, Some(day)) || before(Some(day), self.earliest);
        let (from, to) = match self.parsed() {
            Parsed::None => return Tri::Unknown,
            _ if self.doubtful() => return Tri::Unknown,
            _ if outside => return Tri::No,
            Parsed::One(p) => match p.kind {
                Kind::Day(d) if p.mark.is_none() => (Some(d), Some(d)),
                _ => return Tri::Unknown,
            },
            Parsed::Interval(a, b) => {
                let Some(from) = a.inner(|p| p.range().1, Date::MIN) else { return Tri::Unknown };
                let Some(to) = b.inner(|p| p.range().0, Date::MAX) else { return Tri::Unknown };
                (Some(from), Some(to))
            }
        };
        if from <= Some(day) && Some(day) <= to { Tri::Yes } else { Tri::Unknown }
    }

    /// Moved by `n` units, at its own precision: a month by months or years, a year by years. Both ends of an interval
    /// move. A day that the new month lacks becomes its last (31 January plus a month: 28 February).
    ///
    /// # Errors
    /// A unit finer than the date ("2021: a year has no days to move by"), a decade or century by other than its own
    /// length, a result beyond the years -9999 to 9999.
    pub fn shift(&self, n: i32, unit: Unit) -> Result<When, EdtfError> {
        let fail = |why| EdtfError { text: self.edtf.clone(), why };
        Ok(match self.parsed() {
            Parsed::None => When::default(),
            Parsed::One(p) => Parsed::One(p.shift(n, unit).map_err(fail)?).when(),
            Parsed::Interval(a, b) => {
                let a = a.try_map(|p| p.shift(n, unit)).map_err(fail)?;
                let b = b.try_map(|p| p.shift(n, unit)).map_err(fail)?;
                Parsed::Interval(a, b).when()
            }
        })
    }

    /// Its parts again; the fields are open, so a text set by hand that is no EDTF counts as none.
    fn parsed(&self) -> Parsed {
        Parsed::read(&self.edtf).unwrap_or(Parsed::None)
    }

    fn doubtful(&self) -> bool {
        self.edtf.contains(['?', '%'])
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.edtf)
    }
}

impl FromStr for When {
    type Err = EdtfError;
    fn from_str(s: &str) -> Result<Self, EdtfError> {
        When::parse(s)
    }
}

/// `a` is surely before `b`: both known.
fn before(a: Option<Date>, b: Option<Date>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a < b)
}

/// `None` is the far past.
fn from_no_earlier(a: Option<Date>, b: Option<Date>) -> bool {
    b.is_none() || a >= b
}

/// `None` is the far future.
fn to_no_later(a: Option<Date>, b: Option<Date>) -> bool {
    b.is_none() || (a.is_some() && a <= b)
}

fn year_text(year: i16) -> String {
    if year < 0 { format!("-{:04}", -i32::from(year)) } else { format!("{year:04}") }
}

/// What an EDTF text is made of.
#[derive(Debug, Clone, Copy)]
enum Parsed {
    None,
    One(Point),
    Interval(End, End),
}

/// An end of an interval.
#[derive(Debug, Clone, Copy)]
enum End {
    At(Point),
    /// `..`
    Open,
    /// nothing before or after the slash
    Unknown,
}

/// A date with its mark: `~`, `?`, `%` (both).
#[derive(Debug, Clone, Copy)]
struct Point {
    kind: Kind,
    mark: Option<char>,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    /// The first two digits.
    Century(i16),
    /// The first three digits.
    Decade(i16),
    Year(i16),
    /// 21 to 24.
    Season(i16, i8),
    Month(i16, i8),
    Day(Date),
    /// `YYYY-XX`, and `YYYY-XX-XX` where true.
    SomeMonth(i16, bool),
    /// `YYYY-MM-XX`
    SomeDay(i16, i8),
}

impl Parsed {
    fn read(text: &str) -> Result<Parsed, EdtfError> {
        let fail = |why: String| EdtfError { text: text.to_owned(), why };
        let s = text.trim();
        if s.is_empty() {
            return Ok(Parsed::None);
        }
        let Some((a, b)) = s.split_once('/') else {
            return Point::read(s).map(Parsed::One).map_err(fail);
        };
        let end = |s: &str| match s {
            "" => Ok(End::Unknown),
            ".." => Ok(End::Open),
            s => Point::read(s).map(End::At),
        };
        let (a, b) = (end(a).map_err(fail)?, end(b).map_err(fail)?);
        match (a, b) {
            (End::At(x), End::At(y)) if x.range().0 > y.range().1 => {
                Err(fail("the interval ends before it begins".to_owned()))
            }
            (End::At(_), _) | (_, End::At(_)) => Ok(Parsed::Interval(a, b)),
            _ => Err(fail("an interval needs a date on one side".to_owned())),
        }
    }

    fn when(self) -> When {
        let (earliest, latest) = match self {
            Parsed::None => return When::default(),
            Parsed::One(p) => (Some(p.range().0), Some(p.range().1)),
            Parsed::Interval(a, b) => (a.point().map(|p| p.range().0), b.point().map(|p| p.range().1)),
        };
        let edtf = match self {
            Parsed::None => String::new(),
            Parsed::One(p) => p.to_string(),
            Parsed::Interval(a, b) => format!("{a}/{b}"),
        };
        When { edtf, earliest, latest }
    }
}

impl End {
    fn point(self) -> Option<Point> {
        if let End::At(p) = self { Some(p) } else { None }
    }

    fn map(self, f: impl Fn(Point) -> Point) -> End {
        if let End::At(p) = self { End::At(f(p)) } else { self }
    }

    fn try_map(self, f: impl Fn(Point) -> Result<Point, String>) -> Result<End, String> {
        if let End::At(p) = self { f(p).map(End::At) } else { Ok(self) }
    }

    /// The day from or to which the interval surely holds; `None` where the end is unknown.
    fn inner(self, day: impl Fn(Point) -> Date, open: Date) -> Option<Date> {
        match self {
            End::At(p) => Some(day(p)),
            End::Open => Some(open),
            End::Unknown => None,
        }
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            End::At(p) => p.fmt(f),
            End::Open => f.write_str(".."),
            End::Unknown => Ok(()),
        }
    }
}

impl Point {
    fn plain(kind: Kind) -> Point {
        Point { kind, mark: None }
    }

    fn read(s: &str) -> Result<Point, String> {
        let mark = s.chars().last().filter(|c| "~?%".contains(*c));
        let s = if mark.is_some() { &s[..s.len() - 1] } else { s };
        Ok(Point { kind: Kind::read(s)?, mark })
    }

    /// First and last day, the slack of `~` and `%` included.
    fn range(self) -> (Date, Date) {
        let (a, b) = self.kind.range();
        if !matches!(self.mark, Some('~' | '%')) {
            return (a, b);
        }
        let slack = match self.kind {
            Kind::Century(_) => Span::new().years(100),
            Kind::Decade(_) => Span::new().years(10),
            Kind::Year(_) | Kind::SomeMonth(..) => Span::new().years(1),
            Kind::Season(..) => Span::new().months(3),
            Kind::Month(..) | Kind::SomeDay(..) => Span::new().months(1),
            Kind::Day(_) => Span::new().days(1),
        };
        // A month earlier than the 1st is a 1st; the last day goes by way of the first day after.
        let to = b.tomorrow().and_then(|d| d.checked_add(slack)).and_then(|d| d.yesterday()).unwrap_or(Date::MAX);
        (a.checked_sub(slack).unwrap_or(Date::MIN), to)
    }

    fn shift(self, n: i32, unit: Unit) -> Result<Point, String> {
        let far = || "the result is beyond the years -9999 to 9999".to_owned();
        let years = |y: i16, n: i32| {
            let y = i32::from(y).checked_add(n).and_then(|y| i16::try_from(y).ok());
            y.filter(|y| (-9999..=9999).contains(y)).ok_or_else(far)
        };
        let months = |y: i16, m: i8, n: i32| {
            let all = (i32::from(y) * 12 + i32::from(m) - 1).checked_add(n).ok_or_else(far)?;
            years(0, all.div_euclid(12)).map(|y| (y, all.rem_euclid(12) as i8 + 1))
        };
        let in_years = match unit {
            Unit::Year => Some(n),
            _ => None,
        };
        let in_months = match unit {
            Unit::Year => n.checked_mul(12),
            Unit::Month => Some(n),
            _ => None,
        };
        let finer = |what: &str| {
            let unit = match unit {
                Unit::Day => "days",
                Unit::Week => "weeks",
                Unit::Month => "months",
                Unit::Year => "single years",
            };
            format!("a {what} has no {unit} to move by")
        };
        let kind = match self.kind {
            Kind::Day(d) => {
                let span = match unit {
                    Unit::Day => Span::new().try_days(n),
                    Unit::Week => Span::new().try_weeks(n),
                    Unit::Month => Span::new().try_months(n),
                    Unit::Year => Span::new().try_years(n),
                };
                Kind::Day(span.and_then(|s| d.checked_add(s)).map_err(|_| far())?)
            }
            Kind::Month(y, m) => {
                let (y, m) = months(y, m, in_months.ok_or_else(|| finer("month"))?)?;
                Kind::Month(y, m)
            }
            Kind::SomeDay(y, m) => {
                let (y, m) = months(y, m, in_months.ok_or_else(|| finer("month"))?)?;
                Kind::SomeDay(y, m)
            }
            Kind::Year(y) => Kind::Year(years(y, in_years.ok_or_else(|| finer("year"))?)?),
            Kind::SomeMonth(y, days) => Kind::SomeMonth(years(y, in_years.ok_or_else(|| finer("year"))?)?, days),
            Kind::Season(y, s) => Kind::Season(years(y, in_years.ok_or_else(|| finer("season"))?)?, s),
            Kind::Decade(d) => match in_years {
                Some(n) if n % 10 == 0 => {
                    Kind::Decade(years(d, n / 10).ok().filter(|d| (0..=999).contains(d)).ok_or_else(far)?)
                }
                _ => return Err(finer("decade")),
            },
            Kind::Century(c) => match in_years {
                Some(n) if n % 100 == 0 => {
                    Kind::Century(years(c, n / 100).ok().filter(|c| (0..=99).contains(c)).ok_or_else(far)?)
                }
                _ => return Err(finer("century")),
            },
        };
        Ok(Point { kind, ..self })
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Century(c) => write!(f, "{c:02}XX")?,
            Kind::Decade(d) => write!(f, "{d:03}X")?,
            Kind::Year(y) => f.write_str(&year_text(y))?,
            Kind::Season(y, m) | Kind::Month(y, m) => write!(f, "{}-{m:02}", year_text(y))?,
            Kind::Day(d) => write!(f, "{}-{:02}-{:02}", year_text(d.year()), d.month(), d.day())?,
            Kind::SomeMonth(y, false) => write!(f, "{}-XX", year_text(y))?,
            Kind::SomeMonth(y, true) => write!(f, "{}-XX-XX", year_text(y))?,
            Kind::SomeDay(y, m) => write!(f, "{}-{m:02}-XX", year_text(y))?,
        }
        self.mark.map_or(Ok(()), |c| write!(f, "{c}"))
    }
}

impl Kind {
    fn read(s: &str) -> Result<Kind, String> {
        let shape = || {
            "not a date: write YYYY, YYYY-MM or YYYY-MM-DD, with ~ ? or % after it where it is inexact, A/B for an interval"
                .to_owned()
        };
        if s.contains('T') {
            return Err("a time of day is not kept: write the day alone".to_owned());
        }
        let (minus, rest) = s.strip_prefix('-').map_or((false, s), |r| (true, r));
        let mut fields = rest.split('-');
        let (year, month, day) = (fields.next().unwrap_or_default(), fields.next(), fields.next());
        if fields.next().is_some() || year.len() != 4 {
            return Err(shape());
        }
        let digits =
            |s: &str| -> Option<i16> { if s.bytes().all(|b| b.is_ascii_digit()) { s.parse().ok() } else { None } };
        if month.is_none() && !minus {
            if let Some(d) = year.strip_suffix("XX").and_then(digits) {
                return Ok(Kind::Century(d));
            }
            if let Some(d) = year.strip_suffix('X').and_then(digits) {
                return Ok(Kind::Decade(d));
            }
        }
        let mut y = digits(year).ok_or_else(shape)?;
        if minus {
            if y == 0 {
                return Err("the year 0000 has no sign".to_owned());
            }
            y = -y;
        }
        let Some(month) = month else { return Ok(Kind::Year(y)) };
        if month.len() != 2 || day.is_some_and(|d| d.len() != 2) {
            return Err("month and day take two digits each, as in 2021-08-05".to_owned());
        }
        if month == "XX" {
            return match day {
                None => Ok(Kind::SomeMonth(y, false)),
                Some("XX") => Ok(Kind::SomeMonth(y, true)),
                Some(_) => Err("a day needs its month".to_owned()),
            };
        }
        let m = digits(month).ok_or_else(shape)? as i8;
        if (21..=24).contains(&m) && day.is_none() {
            return Ok(Kind::Season(y, m));
        }
        if !(1..=12).contains(&m) {
            return Err(format!("there is no month {month} (months are 01 to 12, seasons 21 to 24)"));
        }
        let Some(day) = day else { return Ok(Kind::Month(y, m)) };
        if day == "XX" {
            return Ok(Kind::SomeDay(y, m));
        }
        let d = digits(day).ok_or_else(shape)? as i8;
        let last = last_day(y, m).day();
        if !(1..=last).contains(&d) {
            return Err(format!("{} {} has {last} days", MONTHS[m as usize - 1], year_text(y)));
        }
        Ok(Kind::Day(jiff::civil::date(y, m, d)))
    }

    fn range(self) -> (Date, Date) {
        let first = |y: i16, m: i8| jiff::civil::date(y, m, 1);
        match self {
            Kind::Century(c) => (first(c * 100, 1), last_day(c * 100 + 99, 12)),
            Kind::Decade(d) => (first(d * 10, 1), last_day(d * 10 + 9, 12)),
            Kind::Year(y) | Kind::SomeMonth(y, _) => (first(y, 1), last_day(y, 12)),
            Kind::Season(y, 24) => (
                if y > -9999 { first(y - 1, 12) } else { Date::MIN },
                if y < 9999 { last_day(y + 1, 2) } else { Date::MAX },
            ),
            Kind::Season(y, s) => (first(y, 3 * (s - 20)), last_day(y, 3 * (s - 20) + 2)),
            Kind::Month(y, m) | Kind::SomeDay(y, m) => (first(y, m), last_day(y, m)),
            Kind::Day(d) => (d, d),
        }
    }
}

fn last_day(year: i16, month: i8) -> Date {
    jiff::civil::date(year, month, 1).last_of_month()
}

/// In English, as texts name them.
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn w(s: &str) -> When {
        When::parse(s).unwrap_or_else(|e| panic!("{e}"))
    }

    /// The days a text may mean, `..` for none.
    #[track_caller]
    fn check(s: &str, days: &str) {
        let w = w(s);
        let day = |d: Option<Date>| d.map_or("..".to_owned(), |d| d.to_string());
        assert_eq!((w.to_string().as_str(), format!("{} {}", day(w.earliest), day(w.latest)).as_str()), (s, days));
    }

    #[test]
    fn days_a_date_may_mean() {
        check("", ".. ..");
        check("2021-08-15", "2021-08-15 2021-08-15");
        check("2024-02", "2024-02-01 2024-02-29");
        check("1900", "1900-01-01 1900-12-31");
        check("198X", "1980-01-01 1989-12-31");
        check("19XX", "1900-01-01 1999-12-31");
        check("2014-21", "2014-03-01 2014-05-31");
        check("2014-23", "2014-09-01 2014-11-30");
        check("2014-24", "2013-12-01 2015-02-28");
        check("2004-XX", "2004-01-01 2004-12-31");
        check("1985-04-XX", "1985-04-01 1985-04-30");
        check("1985-XX-XX", "1985-01-01 1985-12-31");
        check("2005~", "2004-01-01 2006-12-31");
        check("2005-02~", "2005-01-01 2005-03-31");
        check("2005-03-01%", "2005-02-28 2005-03-02");
        check("2005?", "2005-01-01 2005-12-31");
        check("-0044-03-15", "-000044-03-15 -000044-03-15");
        check("2005~/2025-04", "2004-01-01 2025-04-30");
        check("2021/..", "2021-01-01 ..");
        check("../2021-08", ".. 2021-08-31");
        check("/2021", ".. 2021-12-31");
        check("2021/", "2021-01-01 ..");
        check("9999~/9999-24", "9998-01-01 9999-12-31");
    }

    #[test]
    fn errors_say_what_is_wrong() {
        let check = |s: &str, why: &str| {
            assert_eq!(When::parse(s).expect_err(s).to_string(), format!("{s}: {why}"));
        };
        check("2023-02-30", "February 2023 has 28 days");
        check("1900-02-29", "February 1900 has 28 days");
        check("2023-04-31", "April 2023 has 30 days");
        check("2023-13", "there is no month 13 (months are 01 to 12, seasons 21 to 24)");
        check("2023-22-01", "there is no month 22 (months are 01 to 12, seasons 21 to 24)");
        check("2021-8-15", "month and day take two digits each, as in 2021-08-05");
        check("2021-XX-05", "a day needs its month");
        check("2023/2021", "the interval ends before it begins");
        check("../..", "an interval needs a date on one side");
        check("2021-08-15T10:00:00Z", "a time of day is not kept: write the day alone");
        check("-0000", "the year 0000 has no sign");
        for s in ["July", "21", "20210815", "2021-08-15-1", "2O21", "20X1", "~", "２０２１", "1/2/3"] {
            assert!(When::parse(s).expect_err(s).to_string().contains("not a date"), "{s}");
        }
    }

    #[test]
    fn made_from_parts() {
        let day = When::day(jiff::civil::date(2025, 7, 3));
        assert_eq!(day.edtf, "2025-07-03");
        assert!(day.is_day() && !w("2025-07").is_day() && !w("2025-07-03~").is_day());
        let made = [
            When::month(2025, 7),
            When::year(-44),
            When::decade(1987),
            When::century(1987),
            When::season(2014, Season::Winter),
            When::interval(&w("2005~/2007"), &w("2020/2025-04")),
            When::interval(&w(""), &w("2025")),
            When::interval(&w(""), &w("")),
        ];
        let made: Vec<String> = made.into_iter().map(|m| m.expect("these all exist").edtf).collect();
        assert_eq!(made, ["2025-07", "-0044", "198X", "19XX", "2014-24", "2005~/2025-04", "/2025", ""]);
        assert!(When::month(2025, 13).is_err() && When::year(10_000).is_err() && When::decade(-5).is_err());
        assert_eq!(w("2025").approximate().edtf, "2025~");
        assert_eq!(w("2025?/..").approximate().edtf, "2025%/..");
        assert_eq!((w("2021").onwards().edtf, w("2021").up_to().edtf), ("2021/..".to_owned(), "../2021".to_owned()));
        assert_eq!((w("").onwards(), w("").approximate()), (When::default(), When::default()));
        assert_eq!((w("../2021").start().edtf.as_str(), w("../2021").end().edtf.as_str()), ("", "2021"));
    }

    #[test]
    fn comparisons_have_three_answers() {
        use Tri::*;
        let compatible = |a, b| {
            let answer = w(a).compatible(&w(b));
            assert_eq!(answer, w(b).compatible(&w(a)), "{a} {b}");
            answer
        };
        assert_eq!(compatible("2021-08-15", "2021"), Yes);
        assert_eq!(compatible("2021", "2021"), Yes);
        assert_eq!(compatible("2020/2022", "2021/2023"), Unknown);
        assert_eq!(compatible("2021/..", "2025-07-03"), Yes);
        assert_eq!(compatible("../2021", "2022"), No);
        assert_eq!(compatible("2005~", "2003"), No);
        assert_eq!(compatible("2005~", "2004"), Yes);
        assert_eq!(compatible("", "2004"), Unknown);

        let surely_before = |a, b| w(a).surely_before(&w(b));
        assert_eq!(surely_before("2020", "2021-01-01"), Yes);
        assert_eq!(surely_before("2021", "2021-08"), Unknown);
        assert_eq!(surely_before("2021-08-15", "2021-08-15"), No);
        assert_eq!(surely_before("2022", "../2021"), No);
        assert_eq!(surely_before("2020/..", "2030"), Unknown);
        assert_eq!(surely_before("2020?", "2021"), Unknown);
        assert_eq!(surely_before("", "2021"), Unknown);

        let on = |s, y, m, d| w(s).possibly_on(jiff::civil::date(y, m, d));
        assert_eq!(on("2021-08-15", 2021, 8, 15), Yes);
        assert_eq!(on("2021-08-15", 2021, 8, 16), No);
        assert_eq!(on("2021-08-15~", 2021, 8, 15), Unknown);
        assert_eq!(on("2021", 2021, 8, 15), Unknown);
        assert_eq!(on("2021", 2022, 8, 15), No);
        assert_eq!(on("2021/2023", 2022, 8, 15), Yes);
        assert_eq!(on("2021/2023", 2023, 8, 15), Unknown);
        assert_eq!(on("2021/..", 2035, 1, 1), Yes);
        assert_eq!(on("2021/", 2035, 1, 1), Unknown);
        assert_eq!(on("../2021-05-01", 1800, 1, 1), Yes);
        assert_eq!(on("2021?", 2030, 1, 1), Unknown);
        assert_eq!(on("", 2030, 1, 1), Unknown);
    }

    #[test]
    fn shifts_keep_their_precision() {
        let shift = |s, n, u| w(s).shift(n, u).map(|w| w.edtf).map_err(|e| e.to_string());
        assert_eq!(shift("2024-01-31", 1, Unit::Month).as_deref(), Ok("2024-02-29"));
        assert_eq!(shift("2024-01-31", -5, Unit::Week).as_deref(), Ok("2023-12-27"));
        assert_eq!(shift("2024-01", -1, Unit::Month).as_deref(), Ok("2023-12"));
        assert_eq!(shift("2024-01~", 2, Unit::Year).as_deref(), Ok("2026-01~"));
        assert_eq!(shift("2014-21", 1, Unit::Year).as_deref(), Ok("2015-21"));
        assert_eq!(shift("198X", -10, Unit::Year).as_deref(), Ok("197X"));
        assert_eq!(shift("2021/..", 1, Unit::Year).as_deref(), Ok("2022/.."));
        assert_eq!(shift("", 1, Unit::Year).as_deref(), Ok(""));
        assert_eq!(shift("2021", 3, Unit::Day), Err("2021: a year has no days to move by".to_owned()));
        assert_eq!(shift("198X", 3, Unit::Year), Err("198X: a decade has no single years to move by".to_owned()));
        assert!(shift("9999-12-31", 1, Unit::Day).is_err() && shift("2021", i32::MAX, Unit::Year).is_err());
    }

    fn point() -> impl Strategy<Value = String> {
        let year = (-9999i16..=9999).prop_map(year_text);
        let day = (-9999i16..=9999, 1i8..=12, 1i8..=31)
            .prop_map(|(y, m, d)| format!("{}-{m:02}-{:02}", year_text(y), d.min(last_day(y, m).day())));
        let month = (-9999i16..=9999, prop_oneof![1i8..=12, 21i8..=24]);
        let date = prop_oneof![
            year,
            month.prop_map(|(y, m)| format!("{}-{m:02}", year_text(y))),
            day,
            (0i16..1000).prop_map(|d| format!("{d:03}X")),
            (0i16..100).prop_map(|c| format!("{c:02}XX")),
            (0i16..=9999, 1i8..=12).prop_map(|(y, m)| format!("{y:04}-{m:02}-XX")),
        ];
        (date, prop_oneof!["", "~", "\\?", "%"]).prop_map(|(d, mark)| d + &mark)
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(a in point(), b in point(), form in 0..6) {
            let s = match form {
                0 => a,
                1 => format!("{a}/.."),
                2 => format!("../{a}"),
                3 => format!("{a}/"),
                4 => format!("/{a}"),
                _ => format!("{a}/{b}"),
            };
            if let Ok(w) = When::parse(&s) {
                prop_assert_eq!(&w.edtf, &s);
                prop_assert_eq!(When::parse(&w.to_string()), Ok(w.clone()));
                if let (Some(a), Some(b)) = (w.earliest, w.latest) {
                    prop_assert!(a <= b);
                }
                prop_assert_eq!(w.compatible(&w), Tri::Yes);
                prop_assert_ne!(w.surely_before(&w), Tri::Yes);
            } else {
                prop_assert!(form == 5);
            }
        }

        #[test]
        fn any_text_is_answered(s in "\\PC{0,14}", t in "[-0-9X~?%/.]{0,21}") {
            for s in [s, t] {
                if let Ok(w) = When::parse(&s) {
                    prop_assert_eq!(w.edtf, s.trim());
                }
            }
        }

        #[test]
        fn shifts_go_back(y in 0i16..9000, m in 1i8..=12, n in -9000i32..9000) {
            let month = When::month(y, m).expect("a month of the years 0 to 9000");
            if let Ok(there) = month.shift(n, Unit::Month) {
                prop_assert_eq!(there.shift(-n, Unit::Month), Ok(month));
            }
        }
    }
}
