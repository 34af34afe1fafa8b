//! From what a phrase says to a date: the document's day, the years and days told before, the tense of the verb.
//!
//! A date without a year takes the year of the last one told in its paragraph. Beyond the paragraph a text about the
//! past (no date of its own, or dates mostly years before it) goes on with the year told last, while news falls back
//! on its own date. Where neither is known the answer is no date; nothing is ever taken from the clock.
use super::grammar::{Cal, Count, Form, Pick, Side, Year, tells_of_now, times};
use super::lex::Length;
use super::role::Sense;
use super::{DateRole, Phrase};
use crate::values::{Season, Unit, When};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// What is known when a phrase is read.
#[derive(Debug)]
pub(super) struct Context {
    published: Option<Date>,
    /// The text goes on with the year told last even in a new paragraph.
    narrative: bool,
    /// First day of the last explicit date of the paragraph.
    in_paragraph: Option<Date>,
    /// That date was a year alone.
    year_alone: bool,
    /// The same of the document.
    in_document: Option<Date>,
    /// The last date of any precision.
    last: When,
    last_day: Option<Date>,
}

impl Context {
    pub(super) fn new<'a>(published: Option<Date>, phrases: impl Iterator<Item = &'a Phrase>) -> Context {
        let (mut far, mut near) = (0, 0);
        if let Some(published) = published {
            for p in phrases {
                match &p.form {
                    Form::Date(Cal { year: Year::Is(y), month: Some(_), .. }) if *y < published.year() - 2 => far += 1,
                    Form::Date(Cal { year: Year::Is(y), .. })
                        if (published.year() - 1..=published.year()).contains(y) =>
                    {
                        near += 1;
                    }
                    f if tells_of_now(f) => near += 1,
                    _ => {}
                }
            }
        }
        Context {
            published,
            narrative: published.is_none() || (far >= 3 && near * 3 < far),
            in_paragraph: None,
            year_alone: false,
            in_document: None,
            last: When::default(),
            last_day: None,
        }
    }

    pub(super) fn new_paragraph(&mut self) {
        self.in_paragraph = None;
    }

    /// Remembers a date for the phrases after it.
    pub(super) fn note(&mut self, form: &Form, when: &When, role: DateRole) {
        let Some(first) = when.end().earliest else { return };
        if matches!(role, DateRole::Modifier | DateRole::Duration) || matches!(form, Form::Named(_)) {
            return;
        }
        // "A day earlier his ministers had resigned": a look back; the story goes on from where it was.
        if matches!(form, Form::Away { side: Side::Earlier, .. } | Form::Unit(Pick::Previous, _)) {
            return;
        }
        let last_form = if let Form::Range(_, b) = form { b } else { form };
        if let Form::Date(c) = last_form
            && (c.month.is_some() || c.day.is_some() || role == DateRole::At)
        {
            self.in_paragraph = Some(first);
            self.year_alone = c.month.is_none() && c.day.is_none();
            self.in_document = Some(first);
        }
        if when.end().is_day() {
            self.last_day = Some(first);
        }
        self.last = when.clone();
    }

    /// The date of a phrase other than a length; no date where the surroundings do not give it.
    pub(super) fn resolve(&self, form: &Form, sense: Sense) -> When {
        self.date(form, sense).unwrap_or_default()
    }

    fn date(&self, form: &Form, sense: Sense) -> Option<When> {
        match form {
            Form::Date(Cal { year, month: Some(m), day }) => {
                let year = self.year_of(*year, *m, day.unwrap_or(1), sense)?;
                day.and_then(|d| Date::new(year, *m, d).ok()).map(When::day).or_else(|| When::month(year, *m).ok())
            }
            Form::Date(Cal { month: None, day: Some(d), .. }) => self.day_of_month(*d, sense).map(When::day),
            Form::Date(Cal { year, month: None, day: None }) => match year {
                Year::Is(y) => When::year(*y).ok(),
                _ => None,
            },
            Form::Decade(y) => When::decade(*y).ok(),
            Form::Century(y) => When::century(*y).ok(),
            Form::Season(s, year) => {
                let month = if *s == Season::Winter { 12 } else { 3 * (*s as i8 - 20) };
                When::season(self.year_of(*year, month, 1, sense)?, *s).ok()
            }
            Form::Weekday(d, pick) => self.weekday(*d, *pick, sense).map(When::day),
            Form::Offset(n) => self.published?.checked_add(n.days()).ok().map(When::day),
            Form::Overnight => {
                let day = self.published?;
                days(day.yesterday().ok()?, day)
            }
            Form::Weekend(pick) => self.weekend(*pick, sense),
            Form::Unit(pick, unit) => self.unit(*pick, *unit),
            Form::Away { count, unit, side } => self.away(*count, *unit, *side),
            Form::Named(edtf) => When::parse(edtf).ok(),
            Form::Then => Some(self.last.clone()),
            Form::Range(a, b) => self.range(a, b, sense),
            Form::Length { .. } | Form::Vague => None,
        }
    }

    /// The year of a date that may leave it open.
    fn year_of(&self, year: Year, month: i8, day: i8, sense: Sense) -> Option<i16> {
        let told = || self.last.end().earliest;
        match year {
            Year::Is(y) => Some(y),
            Year::Open => self.open_year(month, day, sense),
            Year::Pick(Pick::This | Pick::Plain) => self.published.map(Date::year),
            Year::Pick(Pick::Last) => self.published.map(|d| d.year() - 1),
            Year::Pick(Pick::Next) => self.published.map(|d| d.year() + 1),
            Year::Pick(Pick::Same) | Year::Nearest(Pick::Same) => told().map(Date::year),
            Year::Pick(Pick::Following) => told().map(|d| d.year() + 1),
            Year::Pick(Pick::Previous) => told().map(|d| d.year() - 1),
            Year::Nearest(Pick::This | Pick::Plain) => self.published.map(Date::year),
            Year::Nearest(Pick::Last) => self.published.map(|d| d.year() - i16::from(month >= d.month())),
            Year::Nearest(Pick::Next) => self.published.map(|d| d.year() + i16::from(month <= d.month())),
            Year::Nearest(Pick::Following) => told().map(|d| d.year() + i16::from(month <= d.month())),
            Year::Nearest(Pick::Previous) => told().map(|d| d.year() - i16::from(month >= d.month())),
        }
    }

    fn open_year(&self, month: i8, day: i8, sense: Sense) -> Option<i16> {
        if self.narrative {
            return self.in_paragraph.or(self.in_document).map(Date::year).or_else(|| self.near(month, day, sense));
        }
        // a look far back by its year alone ("severed in 1961") does not set the year of news told after it
        let distant = |told: &Date| self.year_alone && self.published.is_some_and(|p| p.year() - told.year() > 3);
        match self.in_paragraph.filter(|told| !distant(told)) {
            // News jumps back to its own time after a look at the past; a story goes forward.
            Some(told)
                if (month, day) >= (told.month(), 1) || self.published.is_some_and(|p| p.year() == told.year()) =>
            {
                self.in_reach(told.year(), month, day, sense)
            }
            _ => self.near(month, day, sense),
        }
    }

    /// The year told, unless that puts a date told as past after the document's day.
    fn in_reach(&self, year: i16, month: i8, day: i8, sense: Sense) -> Option<i16> {
        let published = self.published?;
        let ahead = Date::new(year, month, day).is_ok_and(|d| d > published);
        if ahead && sense == Sense::Past { self.near(month, day, sense) } else { Some(year) }
    }

    /// The year of the nearest such day before or after the document's own, as the tense has it.
    fn near(&self, month: i8, day: i8, sense: Sense) -> Option<i16> {
        let published = self.published?;
        let year = published.year();
        let this = (month, day).cmp(&(published.month(), if day == 1 { 1 } else { published.day() }));
        Some(match sense {
            Sense::Past => year - i16::from(this.is_gt()),
            Sense::Future => year + i16::from(this.is_lt() && month < published.month() || this.is_lt() && day > 1),
            Sense::Unknown => {
                let distance =
                    |y: i16| Date::new(y, month, day.min(28)).map_or(i64::MAX, |d| days_between(published, d).abs());
                [year, year - 1, year + 1].into_iter().min_by_key(|y| distance(*y)).unwrap_or(year)
            }
        })
    }

    /// "the 27th": of the month told last, else of the document's.
    fn day_of_month(&self, day: i8, sense: Sense) -> Option<Date> {
        let months = |from: Date, n: i32| from.first_of_month().checked_add(n.months()).ok();
        let of = |month: Date| Date::new(month.year(), month.month(), day).ok();
        if let Some(told) = self.in_paragraph.or(self.last_day) {
            return of(told);
        }
        let published = self.published?;
        match sense {
            Sense::Future if day < published.day() => of(months(published, 1)?),
            Sense::Past | Sense::Unknown if day > published.day() => of(months(published, -1)?),
            _ => of(published),
        }
    }

    fn weekday(&self, day: i8, pick: Pick, sense: Sense) -> Option<Date> {
        let weekday = Weekday::from_monday_one_offset(day).ok()?;
        let (from, step) = match pick {
            Pick::Same => (self.last_day?.yesterday().ok()?, 1),
            Pick::Following => (self.last_day?, 1),
            Pick::Previous => (self.last_day?, -1),
            _ if self.narrative => return None,
            Pick::Last => (self.published?, -1),
            Pick::Next => (self.published?, 1),
            Pick::This if sense != Sense::Past => (self.published?.yesterday().ok()?, 1),
            Pick::Plain if sense == Sense::Future => (self.published?.yesterday().ok()?, 1),
            Pick::This | Pick::Plain => (self.published?.tomorrow().ok()?, -1),
        };
        from.nth_weekday(step, weekday).ok()
    }

    fn weekend(&self, pick: Pick, sense: Sense) -> Option<When> {
        let published = self.published?;
        let past = published.tomorrow().ok()?.nth_weekday(-1, Weekday::Saturday).ok()?;
        let current = days_between(past, published) <= 1;
        let coming = published.nth_weekday(1, Weekday::Saturday).ok()?;
        let saturday = match pick {
            Pick::Plain | Pick::This if sense == Sense::Future && !current => coming,
            Pick::Plain | Pick::This => past,
            Pick::Last if current => past.checked_sub(1.week()).ok()?,
            Pick::Last => past,
            Pick::Next => coming,
            Pick::Same | Pick::Following | Pick::Previous => return None,
        };
        days(saturday, saturday.tomorrow().ok()?)
    }

    fn unit(&self, pick: Pick, unit: Length) -> Option<When> {
        let (anchor, by) = match pick {
            Pick::This | Pick::Plain => (self.published, 0),
            Pick::Last => (self.published, -1),
            Pick::Next => (self.published, 1),
            Pick::Same | Pick::Following | Pick::Previous => {
                let by = match pick {
                    Pick::Following => 1,
                    Pick::Previous => -1,
                    _ => 0,
                };
                // A year is enough for "the following year", a month for "that month"; a day needs a day.
                let anchor = match unit.1 {
                    Unit::Day | Unit::Week => self.last_day,
                    Unit::Month => self.last.end().earliest.filter(|_| self.last.end().edtf.len() >= 7),
                    Unit::Year => self.last.end().earliest,
                };
                (anchor, by)
            }
        };
        let anchor = anchor?;
        let at = |n: i32, u: Unit| When::day(anchor).shift(n * by, u).ok()?.earliest;
        match unit {
            Length(1, Unit::Day) => at(1, Unit::Day).map(When::day),
            Length(1, Unit::Week) => {
                let day = at(1, Unit::Week)?;
                let monday = day.tomorrow().ok()?.nth_weekday(-1, Weekday::Monday).ok()?;
                days(monday, monday.checked_add(6.days()).ok()?)
            }
            Length(1, Unit::Month) => {
                let day = at(1, Unit::Month)?;
                When::month(day.year(), day.month()).ok()
            }
            Length(1, Unit::Year) => When::year(at(1, Unit::Year)?.year()).ok(),
            Length(10, Unit::Year) => When::decade(at(10, Unit::Year)?.year()).ok(),
            Length(100, Unit::Year) => When::century(at(100, Unit::Year)?.year()).ok(),
            _ => None,
        }
    }

    /// "three days ago", "two years later": at the precision of the unit.
    fn away(&self, count: Count, unit: Length, side: Side) -> Option<When> {
        let (n, step) = times(count, unit)?;
        let (anchor, n) = match side {
            Side::Ago => (self.published.map(When::day)?, -n),
            Side::Ahead => (self.published.map(When::day)?, n),
            Side::Later => (self.told(step)?, n),
            // "exports were lower than a year earlier" in news that told no other date
            Side::Earlier => {
                let own = self.published.filter(|_| !self.narrative && self.last.is_none()).map(When::day);
                (self.told(step).or(own)?, -n)
            }
        };
        let first = anchor.earliest?;
        let when = match step {
            Unit::Day | Unit::Week => When::day(first).shift(n, step),
            Unit::Month => When::month(first.year(), first.month()).and_then(|w| w.shift(n, step)),
            Unit::Year => When::year(first.year()).and_then(|w| w.shift(n, step)),
        }
        .ok()?;
        let rough = count.approximate || step == Unit::Week || unit.0 >= 10;
        Some(if rough { when.approximate() } else { when })
    }

    /// The date told last, if exact enough to count in such units from it.
    fn told(&self, unit: Unit) -> Option<When> {
        match unit {
            Unit::Day | Unit::Week => self.last_day.map(When::day),
            Unit::Month => Some(self.last.end()).filter(|w| w.edtf.len() >= 7),
            Unit::Year => Some(self.last.end()).filter(|w| !w.is_none()),
        }
        .map(|w| w.earliest.map_or(w, When::day))
    }

    fn range(&self, a: &Form, b: &Form, sense: Sense) -> Option<When> {
        let from = self.date(a, sense)?;
        let open = matches!(b, Form::Date(Cal { year: Year::Open, .. }));
        if !open {
            return When::interval(&from, &self.date(b, sense)?).ok();
        }
        let first = from.earliest;
        let inner = Context { in_paragraph: first, in_document: first, narrative: true, last: from.clone(), ..*self };
        let to = inner.date(b, sense)?;
        When::interval(&from, &to).or_else(|_| When::interval(&from, &to.shift(1, Unit::Year)?)).ok()
    }

    /// A length that ends (or, ahead, begins) at `anchor`; none where there is no anchor.
    pub(super) fn length(count: Count, unit: Length, side: Option<Side>, anchor: &When) -> When {
        let interval = || {
            let hours = count.n.filter(|_| unit.0 == 0).map(|n| n.div_euclid(24).max(1));
            let counted = hours.map(|d| (d, Unit::Day)).or_else(|| times(count, unit));
            let (n, step) = counted.or_else(|| vague(count, unit, side))?;
            let n = if side == Some(Side::Ahead) { n } else { -n };
            let day = if n < 0 { anchor.end().earliest } else { anchor.start().earliest }?;
            let exact = anchor.end().edtf.len();
            let other = match step {
                Unit::Day | Unit::Week if exact >= 10 => When::day(day).shift(n, step),
                Unit::Month if exact >= 7 => When::month(day.year(), day.month()).and_then(|w| w.shift(n, step)),
                Unit::Year => When::year(day.year()).and_then(|w| w.shift(n, step)),
                _ => return None,
            };
            let other = other.ok()?.approximate();
            if n < 0 { When::interval(&other, anchor) } else { When::interval(anchor, &other) }.ok()
        };
        interval().unwrap_or_default()
    }

    /// The date so long before (`after`: the words say that the anchor came after it) or after an anchor, as exact as
    /// the unit.
    pub(super) fn apart(count: Count, unit: Length, after: bool, anchor: &When) -> Option<When> {
        let (n, step) = times(count, unit)?;
        let n = if after { -n } else { n };
        let day = anchor.start().earliest?;
        let exact = anchor.edtf.trim_end_matches(['~', '?', '%']).len();
        let when = match step {
            Unit::Day if exact == 10 => When::day(day).shift(n, step),
            Unit::Week if exact == 10 => When::day(day).shift(n, step).map(|w| w.approximate()),
            Unit::Month if exact >= 7 => When::month(day.year(), day.month()).and_then(|w| w.shift(n, step)),
            Unit::Year => When::year(day.year()).and_then(|w| w.shift(n, step)),
            _ => return None,
        };
        let when = when.ok()?;
        Some(if count.approximate { when.approximate() } else { when })
    }

    /// The anchor of a length: the document's day; its month for lengths of months and years, which never meant a day.
    pub(super) fn own_day(&self, unit: Length) -> When {
        let Some(day) = self.published else { return When::default() };
        match unit.1 {
            Unit::Day | Unit::Week => When::day(day),
            Unit::Month | Unit::Year => When::month(day.year(), day.month()).unwrap_or_default(),
        }
    }

    /// The last day told so far.
    pub(super) fn day_told(&self) -> When {
        self.last_day.filter(|_| self.in_paragraph.is_some()).map(When::day).unwrap_or_default()
    }

    pub(super) fn is_narrative(&self) -> bool {
        self.narrative
    }
}

/// "The past months", "recent weeks": some, so the start is told one unit coarser.
fn vague(count: Count, unit: Length, side: Option<Side>) -> Option<(i32, Unit)> {
    let some = count.n.is_none() && side == Some(Side::Ago);
    match unit {
        Length(1, Unit::Week) if some => Some((1, Unit::Month)),
        Length(1, Unit::Month) if some => Some((1, Unit::Year)),
        _ => None,
    }
}

fn days(from: Date, to: Date) -> Option<When> {
    When::interval(&When::day(from), &When::day(to)).ok()
}

fn days_between(a: Date, b: Date) -> i64 {
    a.until(b).map_or(0, |s| i64::from(s.get_days()))
}
