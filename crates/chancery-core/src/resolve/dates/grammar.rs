//! Date phrases as words: a grammar over atoms that says what a phrase means before anything is known of its
//! surroundings ("3 July", "the year before", "two decades").
//!
//! Entity labels of the model are a hint where the words leave it open (is "March" a month here?); nothing rests on
//! them alone, for a small model misses dates and calls numbers dates.
use super::lex::{Atom, Length, counted, month, number_word, ordinal_word, season, unit, weekday};
use crate::values::{Season, Unit};
use chancery_parse::Doc;

/// What the words mean, unresolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    /// A day, month or year, some of it left to the surroundings.
    Date(Cal),
    /// The year the ten years begin with.
    Decade(i16),
    /// The year the hundred years begin with.
    Century(i16),
    Season(Season, Year),
    /// Monday is 1.
    Weekday(i8, Pick),
    /// Days from the document's day: "yesterday" is -1.
    Offset(i32),
    Overnight,
    Weekend(Pick),
    /// "last year", "this month", "the same day".
    Unit(Pick, Length),
    /// "three days ago", "a decade later".
    Away {
        count: Count,
        unit: Length,
        side: Side,
    },
    /// "two decades", "the past week".
    Length {
        count: Count,
        unit: Length,
        side: Option<Side>,
        how: How,
    },
    /// "recently": an event has its own time, and the text does not say which.
    Vague,
    /// "since then", "until then".
    Then,
    /// A period or day with a name.
    Named(&'static str),
    Range(Box<Form>, Box<Form>),
}

/// A calendar date with holes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cal {
    pub year: Year,
    pub month: Option<i8>,
    pub day: Option<i8>,
}

/// Which year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    Is(i16),
    /// Not said.
    Open,
    /// "April this year", "May of the following year".
    Pick(Pick),
    /// "last April", "the following May": the nearest such month.
    Nearest(Pick),
}

/// Which of the recurring ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pick {
    Plain,
    /// Counted from the document's day.
    This,
    Last,
    Next,
    /// Counted from the date told last.
    Same,
    Following,
    Previous,
}

/// What a length does beside its verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// "for two decades", "waited four years": as long as the verb's doing.
    Lasts,
    /// "the 20-year war": of a noun.
    OfNoun,
    /// "within a month", "two years after the war", "sentenced to ten years": no more than a length.
    Apart,
}

/// How many; `None`: "several", "many".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count {
    pub n: Option<i32>,
    pub approximate: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Before the document's day.
    Ago,
    /// After the document's day.
    Ahead,
    /// Before the date told last.
    Earlier,
    /// After the date told last.
    Later,
}

/// A date phrase: atoms `start..end` of its paragraph.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub start: usize,
    pub end: usize,
    pub form: Form,
}

/// Days that go by day and month alone when they name an attack.
const NAMED_DAYS: [(i8, i8, i16); 2] = [(9, 11, 2001), (10, 7, 2023)];

/// One paragraph being read.
pub(super) struct Grammar<'a> {
    pub doc: &'a Doc,
    pub atoms: &'a [Atom],
    /// The entity label of each token of the document, "" for none.
    pub labels: &'a [&'static str],
}

impl Grammar<'_> {
    /// All date phrases, left to right, none inside another.
    pub(super) fn phrases(&self) -> Vec<Phrase> {
        let mut out: Vec<Phrase> = Vec::new();
        let mut i = 0;
        while i < self.atoms.len() {
            let after_year = out.last().is_some_and(|p| {
                matches!(p.form, Form::Date(Cal { year: Year::Is(_), month: None, .. }))
                    && self.atoms[p.end..i].iter().all(|a| matches!(a.low.as_str(), "," | "and" | "or" | "&"))
            });
            let Some((end, form)) = self.one(i, after_year) else {
                i += 1;
                continue;
            };
            let mut found = self.coordinated(i, end, &form);
            if found.is_empty() {
                found.push(self.ranged(i, end, &form).unwrap_or(Phrase { start: i, end, form }));
            }
            i = found.last().expect("one was just pushed").end;
            out.append(&mut found);
        }
        out
    }

    // ---- looking

    fn low(&self, i: usize) -> &str {
        self.atoms.get(i).map_or("", |a| a.low.as_str())
    }

    fn is(&self, i: usize, words: &[&str]) -> bool {
        words.contains(&self.low(i))
    }

    fn num(&self, i: usize) -> Option<i32> {
        self.atoms.get(i)?.num
    }

    fn glued(&self, i: usize) -> bool {
        self.atoms.get(i).is_some_and(|a| a.glued)
    }

    fn capital(&self, i: usize) -> bool {
        self.atoms.get(i).is_some_and(|a| a.capital)
    }

    fn tag(&self, i: usize) -> &str {
        self.atoms.get(i).map_or("", |a| self.doc.tokens[a.tok].tag)
    }

    /// The word before, "" at the start of the paragraph.
    fn prev(&self, i: usize) -> &str {
        if i == 0 { "" } else { self.low(i - 1) }
    }

    fn prev_is(&self, i: usize, words: &[&str]) -> bool {
        i > 0 && words.contains(&self.low(i - 1))
    }

    fn label(&self, i: usize) -> &str {
        self.atoms.get(i).map_or("", |a| self.labels[a.tok])
    }

    fn is_date_entity(&self, i: usize) -> bool {
        self.label(i) == "DATE"
    }

    fn dash(&self, i: usize) -> bool {
        self.is(i, &["-", "–", "—", "‑", "−"])
    }

    fn nothing_after(&self, i: usize) -> bool {
        i >= self.atoms.len() || self.is(i, &[".", ",", ";", ":", ")", "\"", "”", "—", "–", "&", "and", "but", "when"])
    }

    // ---- the phrases

    fn one(&self, i: usize, after_year: bool) -> Option<(usize, Form)> {
        if self.glued(i) && i > 0 && self.atoms[i - 1].num.is_none() && self.tail_of_a_word(i) {
            return None;
        }
        self.numeric(i)
            .or_else(|| self.year_first(i))
            .or_else(|| self.days_first(i))
            .or_else(|| self.day_first(i))
            .or_else(|| self.month_first(i))
            .or_else(|| self.weekday(i))
            .or_else(|| self.part(i))
            .or_else(|| self.season(i))
            .or_else(|| self.decade(i))
            .or_else(|| self.century(i))
            .or_else(|| self.picked(i))
            .or_else(|| self.counted_time(i))
            .or_else(|| self.deictic(i))
            .or_else(|| self.named(i))
            .or_else(|| if self.year_fits(i, after_year) { self.year(i) } else { None })
    }

    /// "FY" before "2024", "COVID-" before "2019", "$" before "2000".
    fn tail_of_a_word(&self, i: usize) -> bool {
        let p = &self.atoms[i - 1].low;
        if "$€£¥#.,/".contains(p.as_str()) {
            return true;
        }
        let hyphen_word = self.dash(i - 1) && self.glued(i - 1) && i > 1;
        let before = if hyphen_word { self.low(i - 2) } else { p };
        let letters = before.chars().all(char::is_alphabetic);
        letters
            && !before.is_empty()
            && !matches!(before, "mid" | "pre" | "post" | "late" | "early")
            && month(before).is_none()
    }

    /// "2021-08-15", "8/15/2021", "15.08.2021", "9/11", "2021-08".
    fn numeric(&self, i: usize) -> Option<(usize, Form)> {
        let first = self.num(i)?;
        let part = |at: usize, sign: &str| {
            (self.low(at) == sign && self.glued(at) && self.glued(at + 1)).then(|| self.num(at + 1)).flatten()
        };
        let len = |at: usize| self.atoms[at].len;
        let full = |y: i32, m: i32, d: i32, end: usize| {
            let fits = (1000..=2999).contains(&y) && (1..=12).contains(&m) && (1..=31).contains(&d);
            (fits && !self.longer(end)).then(|| (end, Form::Date(cal(Some(y), Some(m), Some(d)))))
        };
        if let Some(second) = part(i + 1, "-").filter(|_| len(i) == 4 && len(i + 2) == 2) {
            if let Some(third) = part(i + 3, "-") {
                let clock =
                    self.glued(i + 5) && self.low(i + 5) == "t" && self.glued(i + 6) && self.num(i + 6).is_some();
                let day = Form::Date(cal(Some(first), Some(second), Some(third)));
                return if clock { Some((i + 5, day)) } else { full(first, second, third, i + 5) };
            }
            let month = (1..=12).contains(&second) && second <= first % 100 && (1900..=2100).contains(&first);
            return (month && !self.longer(i + 3)).then(|| (i + 3, Form::Date(cal(Some(first), Some(second), None))));
        }
        if let Some(second) = part(i + 1, "/") {
            let Some(third) = part(i + 3, "/") else {
                return (first == 9 && second == 11 && !self.longer(i + 3))
                    .then_some((i + 3, Form::Named("2001-09-11")));
            };
            if len(i) == 4 {
                return full(first, second, third, i + 5);
            }
            if len(i + 4) != 4 {
                return None;
            }
            return if first > 12 { full(third, second, first, i + 5) } else { full(third, first, second, i + 5) };
        }
        if let (Some(second), Some(third)) = (part(i + 1, "."), part(i + 3, "."))
            && len(i + 4) == 4
        {
            return full(third, second, first, i + 5);
        }
        None
    }

    /// More of the same number or word follows without a space.
    fn longer(&self, end: usize) -> bool {
        let alnum = |i: usize| self.low(i).starts_with(char::is_alphanumeric);
        self.glued(end)
            && (alnum(end)
                || (self.is(end, &["-", "/", ".", ","]) && self.glued(end + 1) && self.num(end + 1).is_some()))
    }

    /// "from 3 to 7 June 1985", "3-7 June": days before their month.
    fn days_first(&self, i: usize) -> Option<(usize, Form)> {
        let (at, first) = self.day_number(i)?;
        let joined = self.dash(at)
            || self.prev_is(i, &["from"]) && self.is(at, &["to", "until", "till", "through"])
            || self.prev_is(i, &["between"]) && self.is(at, &["and"]);
        if !joined {
            return None;
        }
        let (end, last) = self.day_first(at + 1)?;
        match last {
            Form::Date(c @ Cal { month: Some(_), day: Some(d), .. }) if d > first => {
                let from = Form::Date(Cal { day: Some(first), ..c });
                Some((end, Form::Range(Box::new(from), Box::new(last))))
            }
            _ => None,
        }
    }

    /// "3 July 2025", "3rd of July", "the 12th of November", "the 27th".
    fn day_first(&self, i: usize) -> Option<(usize, Form)> {
        let (mut at, d) = self.day_number(i)?;
        let ordinal = at > i + 1;
        if self.is(at, &["of"]) && ordinal {
            at += 1;
        }
        if self.is(at, &["day"]) && self.is(at + 1, &["of"]) && ordinal {
            at += 2;
        }
        if let Some((m, full)) = month(self.low(at)).filter(|_| self.capital(at)) {
            // "between 1 March 3" is no date; "20 May" is.
            let at = self.skip_dot(at + 1, full);
            let (end, year) = self.year_after(at);
            return Some((end, Form::Date(Cal { year, month: Some(m), day: Some(d) })));
        }
        let alone =
            ordinal && self.prev_is(i, &["the"]) && i > 1 && self.prev_is(i - 1, &["on", "until", "by", "since"]);
        (alone && self.nothing_after(at))
            .then_some((at, Form::Date(Cal { year: Year::Open, month: None, day: Some(d) })))
    }

    /// 1 to 31 with or without "st nd rd th d".
    fn day_number(&self, i: usize) -> Option<(usize, i8)> {
        let d = self.num(i).filter(|d| (1..=31).contains(d) && self.atoms[i].len <= 2)?;
        let d = d as i8;
        if self.glued(i + 1) && self.is(i + 1, &["st", "nd", "rd", "th", "d"]) {
            return Some((i + 2, d));
        }
        let list = self.dash(i + 1) || (self.is(i + 1, &[","]) && self.year_number(i + 2).is_some());
        ((list || !self.longer(i + 1)) && !self.is(i + 1, &["%"])).then_some((i + 1, d))
    }

    fn skip_dot(&self, at: usize, full: bool) -> usize {
        if !full && self.low(at) == "." && self.glued(at) { at + 1 } else { at }
    }

    /// "1990 August - Iraq invades Kuwait", "1991 17 January:": as chronologies head their entries.
    fn year_first(&self, i: usize) -> Option<(usize, Form)> {
        let (at, y) = self.year_number(i)?;
        let before = self.day_number(at).filter(|(end, _)| month(self.low(*end)).is_some() && self.capital(*end));
        let at = before.map_or(at, |(end, _)| end);
        let (m, full) = month(self.low(at)).filter(|_| self.capital(at))?;
        let at = self.skip_dot(at + 1, full);
        let (end, day) = match before {
            Some((_, d)) => (at, Some(d)),
            None => self.day_number(at).map_or((at, None), |(end, d)| (end, Some(d))),
        };
        let headed = self.dash(end) || self.is(end, &[":"]);
        headed.then_some((end, Form::Date(Cal { year: Year::Is(y), month: Some(m), day })))
    }

    /// "July 3, 2025", "July 2025", "July 3", "Jan. 12", "July", "April this year".
    fn month_first(&self, i: usize) -> Option<(usize, Form)> {
        let (m, full) = month(self.low(i)).filter(|_| self.capital(i))?;
        let at = self.skip_dot(i + 1, full);
        let the = usize::from(self.is(at, &["the"]) && self.day_number(at + 1).is_some_and(|(e, _)| e > at + 2));
        if let Some((end, d)) = self.day_number(at + the) {
            let (end, year) = self.year_after(end);
            if year == Year::Open && self.names_an_attack(end) {
                let year = NAMED_DAYS.iter().find(|(nm, nd, _)| (*nm, *nd) == (m, d)).map(|n| n.2);
                return Some((end, Form::Date(cal(year.map(i32::from), Some(i32::from(m)), Some(i32::from(d))))));
            }
            return Some((end, Form::Date(Cal { year, month: Some(m), day: Some(d) })));
        }
        let (end, year) = self.year_after(at);
        let named = year != Year::Open || self.month_fits(i, at, full);
        named.then_some((end, Form::Date(Cal { year, month: Some(m), day: None })))
    }

    fn names_an_attack(&self, i: usize) -> bool {
        let is = |i| self.is(i, &["attack", "attacks", "massacre", "assault", "attackers", "hijackers"]);
        is(i) || is(i + 1) && self.is(i, &["terrorist", "terror", "hamas", "al"])
    }

    /// A month's name without day or year: the words around must make it a month.
    fn month_fits(&self, i: usize, end: usize, full: bool) -> bool {
        let tag = self.tag(i);
        if tag == "MD" || tag.starts_with("VB") {
            return false;
        }
        let prep = ["in", "since", "until", "till", "during", "before", "after", "by", "from", "through", "between"];
        // "April Jones", "the March was long"
        let name_follows = self.tag(end).starts_with("NNP") && self.capital(end);
        let determined = self.prev_is(i, &["the", "a", "an"]);
        if name_follows && !determined && !self.prev_is(i, &prep)
            || determined && !self.tag(end).starts_with(['N', 'J', 'C'])
        {
            return false;
        }
        if self.is_date_entity(i) {
            return full || end > i + 1;
        }
        let part = ["last", "next", "this", "early", "late", "mid", "each", "every"];
        full && !name_follows && (self.prev_is(i, &prep) || self.prev_is(i, &part))
    }

    /// A year after a day or month: ", 2025", "of 2025", "this year"; `Open` without.
    fn year_after(&self, at: usize) -> (usize, Year) {
        let skip = usize::from(self.is(at, &[",", "of"]));
        let year_at = at + skip;
        if let Some((end, y)) = self.year_number(year_at)
            && !counted(self.low(end))
            && (y >= 1500 || self.tag(end) != "NNS")
        {
            return (end, Year::Is(y));
        }
        let the = usize::from(self.is(year_at, &["the"]));
        if let Some((at, pick)) = self.pick(year_at + the, the == 1)
            && self.is(at, &["year"])
        {
            return (at + 1, Year::Pick(pick));
        }
        (at, Year::Open)
    }

    /// Four digits, 1000 to 2100, standing alone.
    fn year_number(&self, i: usize) -> Option<(usize, i16)> {
        let y = self.num(i).filter(|y| (1000..=2100).contains(y) && self.atoms[i].len == 4)?;
        let part_of_more = self.glued(i + 1)
            && (self.low(i + 1).starts_with(char::is_alphanumeric)
                || self.is(i + 1, &["%"])
                || self.is(i + 1, &[",", ".", "/"]) && self.glued(i + 2) && self.num(i + 2).is_some());
        (!part_of_more).then_some((i + 1, y as i16))
    }

    fn year(&self, i: usize) -> Option<(usize, Form)> {
        let (end, y) = self.year_number(i)?;
        Some((end, Form::Date(cal(Some(i32::from(y)), None, None))))
    }

    /// Four digits are a year only where the words say so.
    fn year_fits(&self, i: usize, after_year: bool) -> bool {
        let Some((end, y)) = self.year_number(i) else { return false };
        let numbered = [
            "resolution",
            "article",
            "no",
            "number",
            "flight",
            "page",
            "section",
            "room",
            "law",
            "proclamation",
            "route",
            "highway",
            "vision",
            "agenda",
            "unscr",
            "res",
            "protocol",
            "total",
            "nearly",
            "least",
            "than",
            "fiscal",
        ];
        let p = if i > 0 && self.is(i - 1, &["."]) && i > 1 && self.low(i - 2) == "no" { "no" } else { self.prev(i) };
        if matches!(p, "$" | "€" | "£" | "¥") {
            return false;
        }
        let affixed = self.glued(i) && i > 1 && self.dash(i - 1) && self.is(i - 2, &["pre", "post", "mid"]);
        if affixed && !counted(self.low(end)) {
            return true;
        }
        if numbered.contains(&p) || (p == "year" && i > 1 && self.is(i - 2, &["fiscal", "financial"])) {
            return p == "than" && i > 2 && self.is(i - 2, &["later", "earlier"]);
        }
        if counted(self.low(end))
            || (self.dash(end) && self.glued(end) && self.glued(end + 1) && self.word_joined(end + 1))
        {
            return false;
        }
        let possessed = ["the", "a", "an", "his", "her", "its", "their", "our", "this", "s"];
        if self.tag(end) == "NNS" {
            let told = possessed.contains(&p)
                || self.is_date_entity(i) && self.prev_is(i, &["in", "since", "of", "after", "for"]);
            return told && y >= 1800;
        }
        let prep = [
            "in",
            "since",
            "until",
            "till",
            "by",
            "before",
            "during",
            "circa",
            "ca",
            "early",
            "mid",
            "late",
            "year",
            "years",
            "throughout",
            "pre",
            "post",
            "following",
            "beginning",
            "ending",
        ];
        if prep.contains(&p) || after_year {
            return true;
        }
        let heads_a_line = i == 0 && (end >= self.atoms.len() || self.is(end, &[":", ".", "—", "–", "-"]));
        let closes_a_line = p == "," && self.nothing_after(end) && self.heading();
        if heads_a_line
            || closes_a_line
            || (p == "(" && (self.is(end, &[")"]) || self.dash(end) || self.is(end, &["to"])))
        {
            return true;
        }
        let quantity = matches!(self.label(i), "CARDINAL" | "QUANTITY" | "MONEY" | "PERCENT");
        let weak =
            ["of", "to", "from", "after", "between", "through", "about", "around", "and", "for", "as", "that", "or"];
        if weak.contains(&p) {
            return !quantity || self.nothing_after(end) || self.is(end, &["to"]) || self.dash(end);
        }
        // "the 1923 treaty", "his 2016 campaign"
        if possessed.contains(&p) {
            return !quantity || (y >= 1500 && self.tag(end).starts_with("NN") && self.tag(end) != "NNS");
        }
        if self.dash(end) && self.glued(end) && self.year_end(end + 1, y).is_some() {
            return true;
        }
        self.is_date_entity(i)
            && (!self.tag(i.wrapping_sub(1)).starts_with("NNP") || p == "winter" || self.nothing_after(end))
    }

    /// A word glued on by a hyphen: "2000-strong", not "1939-June".
    fn word_joined(&self, i: usize) -> bool {
        self.low(i).starts_with(char::is_alphabetic) && month(self.low(i)).is_none() && self.low(i) != "present"
    }

    /// A short line: a heading.
    fn heading(&self) -> bool {
        self.atoms.len() <= 25
    }

    /// The second year of "1907-10", "1996-2001".
    fn year_end(&self, i: usize, first: i16) -> Option<(usize, i16)> {
        if let Some((end, y)) = self.year_number(i) {
            return (y >= first).then_some((end, y));
        }
        let n = self.num(i).filter(|_| self.atoms[i].len == 2)? as i16;
        (n > first % 100 && !self.longer(i + 1)).then_some((i + 1, first - first % 100 + n))
    }

    /// "Friday", "Friday, August 21", "on Thursday afternoon".
    fn weekday(&self, i: usize) -> Option<(usize, Form)> {
        let (day, full) = weekday(self.low(i)).filter(|_| self.capital(i))?;
        let mut at = self.skip_dot(i + 1, full);
        if self.low(at) == "," {
            at += 1;
        }
        if let Some(found) = self.month_first(at).or_else(|| self.day_first(at)).or_else(|| self.numeric(at))
            && matches!(found.1, Form::Date(Cal { day: Some(_), .. }))
        {
            return Some(found);
        }
        let holiday = ["black", "good", "bloody", "super", "palm", "holy", "ash", "maundy", "easter", "cyber"];
        let name_follows = self.tag(i + 1).starts_with("NNP") && self.capital(i + 1) && !self.is_date_entity(i);
        if !full || self.prev_is(i, &holiday) || name_follows {
            return None;
        }
        let mut end = self.hour_of_day(i + 1);
        let mut pick = Pick::Plain;
        if self.is(end, &["last"]) && self.nothing_after(end + 1) {
            (pick, end) = (Pick::Last, end + 1);
        } else if self.is(end, &["next"]) && self.nothing_after(end + 1) {
            (pick, end) = (Pick::Next, end + 1);
        }
        Some((end, Form::Weekday(day, pick)))
    }

    fn hour_of_day(&self, at: usize) -> usize {
        let hours = ["morning", "afternoon", "evening", "night"];
        at + usize::from(self.is(at, &hours))
            + 2 * usize::from(self.is(at, &["late", "early"]) && self.is(at + 1, &hours))
    }

    /// "early 1972", "mid-2021", "late April", "the end of 1920", "the first half of 1998", "the last week of May".
    fn part(&self, i: usize) -> Option<(usize, Form)> {
        let mut at = i;
        if self.is(at, &["early", "mid", "late", "sometime"]) {
            at += 1;
            if self.dash(at) {
                at += 1;
                if self.is(at, &["to", "through"]) && self.dash(at + 1) {
                    at += 2;
                }
            }
            at += usize::from(self.is(at, &["in"]) && self.low(i) != "sometime");
        } else if self
            .is(at, &["end", "beginning", "start", "middle", "half", "part", "close", "turn", "outset", "quarter"])
            && self.is(at + 1, &["of"])
        {
            at += 2;
        } else if self.is(at, &["first", "second", "third", "fourth", "last", "final", "latter", "closing", "opening"])
            && (unit(self.low(at + 1)).is_some() || self.is(at + 1, &["half", "quarter", "part"]))
            && self.is(at + 2, &["of"])
        {
            at += 3;
        } else if self.is(at, &["earlier", "later", "early", "late"])
            && self.is(at + 1, &["this", "that", "last", "next", "in"])
        {
            at += 1;
            at += usize::from(self.is(at, &["in"]));
        } else {
            return None;
        }
        at += usize::from(self.is(at, &["the"]));
        let found = self
            .month_first(at)
            .or_else(|| self.decade(at))
            .or_else(|| self.century(at))
            .or_else(|| self.season(at))
            .or_else(|| self.year(at).filter(|f| !counted(self.low(f.0))))
            .or_else(|| self.picked(at))?;
        // "late that day" is the day, "later that year" the year; "early Friday" goes with the weekday.
        (!matches!(found.1, Form::Length { .. })).then_some(found)
    }

    /// "the spring of 2014", "spring 2014", "last summer", "in the winter".
    fn season(&self, i: usize) -> Option<(usize, Form)> {
        let s = season(self.low(i))?;
        let (end, year) = self.year_after(i + 1);
        let verbal = self.tag(i).starts_with("VB");
        let told = year != Year::Open && (!verbal || self.is(i + 1, &["of"]));
        let plain =
            self.prev_is(i, &["the"]) && i > 1 && self.prev_is(i - 1, &["in", "during", "by", "since", "until"]);
        // "the fall of Kabul"
        let plain = plain && !self.is(i + 1, &["of"]) && !self.tag(i + 1).starts_with("NN");
        (told || plain).then_some((end, Form::Season(s, year)))
    }

    /// "the 1980s", "1930's", "the '80s"; "the 1800s" are the century.
    fn decade(&self, i: usize) -> Option<(usize, Form)> {
        let apostrophe = |i| self.is(i, &["'", "’", "‘"]);
        let n = self.num(i)?;
        let s = if self.low(i + 1) == "s" && self.glued(i + 1) {
            i + 2
        } else if apostrophe(i + 1) && self.glued(i + 1) && self.low(i + 2) == "s" && self.glued(i + 2) {
            i + 3
        } else {
            return None;
        };
        // "2021's war" is a year with a possessive
        if n % 10 != 0 || (s == i + 3 && !self.prev_is(i, &["the", "late", "early", "mid", "-"])) {
            return None;
        }
        match self.atoms[i].len {
            4 if n % 100 == 0 && (1000..2000).contains(&n) => Some((s, Form::Century(n as i16))),
            4 if (1000..=2100).contains(&n) => Some((s, Form::Decade(n as i16))),
            2 if n >= 20 && i > 0 && apostrophe(i - 1) => Some((s, Form::Decade(1900 + n as i16))),
            _ => None,
        }
    }

    /// "the 19th century", "the early twentieth century", "21st-century".
    fn century(&self, i: usize) -> Option<(usize, Form)> {
        let (at, n) = match self.num(i) {
            Some(n) if self.glued(i + 1) && self.is(i + 1, &["st", "nd", "rd", "th"]) => (i + 2, n),
            Some(_) => return None,
            None if self.is(i, &["twenty"]) && self.dash(i + 1) && self.is(i + 2, &["first"]) => (i + 3, 21),
            None => (i + 1, ordinal_word(self.low(i))?),
        };
        let at = at + usize::from(self.dash(at));
        ((11..=21).contains(&n) && self.is(at, &["century", "centuries"]))
            .then(|| (at + 1, Form::Century((n as i16 - 1) * 100)))
    }

    /// "last", "that same", "the following": which one, and where the noun begins.
    fn pick(&self, i: usize, the: bool) -> Option<(usize, Pick)> {
        let two = self.is(i, &["that", "this", "very"]) && self.is(i + 1, &["same", "very"]);
        let past = self.is(i, &["this"]) && self.is(i + 1, &["past", "coming"]);
        if two {
            return Some((i + 2, Pick::Same));
        }
        if past {
            return Some((i + 2, if self.low(i + 1) == "past" { Pick::Last } else { Pick::Next }));
        }
        let pick = match self.low(i) {
            "this" | "current" => Pick::This,
            "last" => Pick::Last,
            "past" if the => Pick::Last,
            "next" | "following" if the => Pick::Following,
            "next" => Pick::Next,
            "coming" | "upcoming" if the => Pick::Next,
            "same" | "that" => Pick::Same,
            "previous" | "preceding" => Pick::Previous,
            _ => return None,
        };
        Some((i + 1, pick))
    }

    /// "last year", "this week", "the same day", "next Friday", "that September", "the past two years".
    fn picked(&self, i: usize) -> Option<(usize, Form)> {
        let the = self.prev_is(i, &["the"]);
        if self.is(i, &["past", "last", "next", "coming", "following", "previous", "recent"]) {
            let side = if self.is(i, &["next", "coming", "following"]) { Side::Ahead } else { Side::Ago };
            let anaphoric = self.is(i, &["following", "previous"]);
            if let Some((end, count, len, plural)) = self.counted_unit(i + 1)
                && !anaphoric
                && (plural || count.n == Some(1))
            {
                return Some((end, Form::Length { count, unit: len, side: Some(side), how: How::Lasts }));
            }
            if let Some((len, plural)) = unit(self.low(i + 1))
                && len.0 > 0
                && !anaphoric
            {
                let count = Count { n: if plural { None } else { Some(1) }, approximate: true };
                let length = plural || (the && (self.is(i, &["past", "last"])) && self.over(i));
                if length || (self.is(i, &["past", "recent"]) && !self.prev_is(i, &["this"])) {
                    return Some((i + 2, Form::Length { count, unit: len, side: Some(side), how: How::Lasts }));
                }
            }
        }
        let (at, pick) = self.pick(i, the)?;
        let low = self.low(at);
        if let Some((len, false)) = unit(low)
            && len.0 > 0
            && !self.dash(at + 1)
        {
            let next = self.tag(at + 1);
            // "the previous day's", "that day they ..." hold; "this year Smith" too. "that month-long" went above.
            let that_is_no_determiner = self.low(i) == "that" && self.tag(i) == "IN" && next.starts_with("NN");
            let last_of_many = len == Length(1, Unit::Day) && matches!(pick, Pick::Last | Pick::Next);
            return (!that_is_no_determiner && !last_of_many).then_some((at + 1, Form::Unit(pick, len)));
        }
        if low == "weekend" {
            return Some((at + 1, Form::Weekend(pick)));
        }
        if let Some((d, true)) = weekday(low).filter(|_| self.capital(at)) {
            return Some((self.hour_of_day(at + 1), Form::Weekday(d, pick)));
        }
        if let Some((m, true)) = month(low).filter(|_| self.capital(at) && !self.tag(at).starts_with("MD")) {
            if let Some((end, d)) = self.day_number(at + 1) {
                return Some((end, Form::Date(Cal { year: Year::Nearest(pick), month: Some(m), day: Some(d) })));
            }
            return Some((at + 1, Form::Date(Cal { year: Year::Nearest(pick), month: Some(m), day: None })));
        }
        if let Some(s) = season(low) {
            return Some((at + 1, Form::Season(s, Year::Nearest(pick))));
        }
        if self.low(i) == "last" && low == "night" {
            return Some((at + 1, Form::Offset(-1)));
        }
        if pick == Pick::This && self.is(at, &["morning", "afternoon", "evening"]) {
            return Some((at + 1, Form::Offset(0)));
        }
        None
    }

    /// "over the last year", "in the past week": the length, not the calendar year.
    fn over(&self, i: usize) -> bool {
        i > 1 && self.is(i - 2, &["over", "in", "during", "for", "within", "throughout"])
    }

    /// A number of units: where it ends, how many, of what, and whether the unit is in the plural.
    fn counted_unit(&self, i: usize) -> Option<(usize, Count, Length, bool)> {
        let (mut at, mut count) = self.count(i)?;
        let hyphen = self.dash(at) && self.glued(at);
        let adjective = |a: &Atom| self.doc.tokens[a.tok].pos == "ADJ" || matches!(a.low.as_str(), "full" | "more");
        if hyphen || unit(self.low(at)).is_none() && self.atoms.get(at).is_some_and(adjective) {
            at += 1;
        }
        let (len, plural) = unit(self.low(at))?;
        let singular = count.n == Some(1) && self.is(i, &["a", "an"]);
        if count.n.is_some_and(|n| n > 1) && !plural && !hyphen && self.num(i).is_none() || singular && plural {
            return None;
        }
        // "two and a half years", "a year and a half": about
        if self.is(at + 1, &["and"]) && self.is(at + 2, &["a"]) && self.is(at + 3, &["half"]) {
            count.approximate = true;
            at += 3;
        }
        let age = self.is(at + 1, &["old"])
            || self.dash(at + 1) && self.is(at + 2, &["old"])
            || self.prev_is(i, &["aged", "age"]);
        (!age).then_some((at + 1, count, len, plural))
    }

    fn count(&self, i: usize) -> Option<(usize, Count)> {
        let about = ["about", "around", "nearly", "almost", "some", "roughly", "over", "approximately", "barely"];
        let mut at = i;
        let mut approximate = false;
        if self.is(at, &["more", "less"]) && self.is(at + 1, &["than"])
            || self.is(at, &["at"]) && self.is(at + 1, &["least"])
        {
            (at, approximate) = (at + 2, true);
        } else if self.is(at, &about) {
            (at, approximate) = (at + 1, true);
        }
        let low = self.low(at);
        if self.is(at, &["several", "many", "few", "some"]) {
            return Some((at + 1, Count { n: None, approximate: true }));
        }
        if low == "a" && self.is(at + 1, &["few"]) {
            return Some((at + 2, Count { n: None, approximate: true }));
        }
        if self.is(at, &["couple"]) || low == "a" && self.is(at + 1, &["couple"]) {
            let at = at + 1 + usize::from(low == "a");
            return Some((at + usize::from(self.is(at, &["of"])), Count { n: Some(2), approximate: true }));
        }
        if let Some(n) = self.num(at).filter(|n| (1..1000).contains(n)) {
            if self.longer(at + 1) || self.glued(at) && at > 0 && self.is(at - 1, &[",", ".", "$", "€", "£", "/"]) {
                return None;
            }
            return Some((at + 1, Count { n: Some(n), approximate }));
        }
        let n = number_word(low)?;
        if n >= 20
            && self.dash(at + 1)
            && let Some(ones) = number_word(self.low(at + 2)).filter(|o| *o < 10)
        {
            return Some((at + 3, Count { n: Some(n + ones), approximate }));
        }
        Some((at + 1, Count { n: Some(n), approximate }))
    }

    /// "three days ago", "two years later", "a day earlier", "for two decades", "years ago", "the day before".
    fn counted_time(&self, i: usize) -> Option<(usize, Form)> {
        let bare = unit(self.low(i)).filter(|u| u.1).map(|u| (i + 1, Count { n: None, approximate: true }, u.0, true));
        let the_unit = || {
            let (len, plural) = unit(self.low(i))?;
            (!plural && self.prev_is(i, &["the"])).then_some((
                i + 1,
                Count { n: Some(1), approximate: false },
                len,
                false,
            ))
        };
        let with_the = the_unit();
        let only_away = with_the.is_some();
        let (end, count, len, _) = self.counted_unit(i).or(bare).or(with_the)?;
        let side = match self.low(end) {
            "ago" => Some((end + 1, Side::Ago)),
            "earlier" | "previously" => Some((end + 1, Side::Earlier)),
            "later" | "afterward" | "afterwards" | "thereafter" => Some((end + 1, Side::Later)),
            "hence" => Some((end + 1, Side::Ahead)),
            "from" if self.is(end + 1, &["now", "today"]) => Some((end + 2, Side::Ahead)),
            "before" if self.clause_over(end + 1) => Some((end + 1, Side::Earlier)),
            "after" if self.clause_over(end + 1) => Some((end + 1, Side::Later)),
            _ => None,
        };
        if let Some((end, side)) = side {
            return Some((end, Form::Away { count, unit: len, side }));
        }
        if only_away || len.0 == 0 {
            return None;
        }
        // "a week", "a century" without a preposition is rarely a length: "twice a day".
        let prep = ["for", "over", "within", "during", "after", "in", "nearly", "almost", "than"];
        let single = count.n == Some(1) && self.is(i, &["a", "an", "one"]);
        if (single || count.n.is_none())
            && !self.prev_is(i, &prep)
            && !self.is(i, &["over", "nearly", "almost", "more", "about"])
            && !(single && self.is(end, &["after", "before"]))
        {
            return None;
        }
        let measured = self.is(end, &["after", "before", "following", "since", "prior", "of"]);
        let verb_before = i > 0 && matches!(self.tag(i - 1), "VBD" | "VBN");
        let how = if i + 1 < end && self.dash(end - 2) {
            How::OfNoun
        } else if !measured && (self.prev_is(i, &["for"]) || verb_before) {
            How::Lasts
        } else {
            How::Apart
        };
        Some((end, Form::Length { count, unit: len, side: None, how }))
    }

    /// "the day before." but not "the day before the vote".
    fn clause_over(&self, at: usize) -> bool {
        self.nothing_after(at) || self.tag(at) == "VBD"
    }

    fn deictic(&self, i: usize) -> Option<(usize, Form)> {
        if self.prev_is(i, &["usa"]) {
            return None;
        }
        Some(match self.low(i) {
            "today" | "tonight" => (i + 1, Form::Offset(0)),
            "yesterday" => (self.hour_of_day(i + 1), Form::Offset(-1)),
            "tomorrow" => (self.hour_of_day(i + 1), Form::Offset(1)),
            "overnight" => (i + 1, Form::Overnight),
            "recently" | "lately" if !self.prev_is(i, &["as", "most", "more"]) => (i + 1, Form::Vague),
            "weekend" if self.prev_is(i, &["the"]) && self.over_weekend(i) => (i + 1, Form::Weekend(Pick::Plain)),
            "then" if self.prev_is(i, &["since", "until", "by"]) => (i + 1, Form::Then),
            "day" if self.prev_is(i, &["the"]) && self.is(i + 1, &["before", "after"]) => {
                let offset = match self.low(i + 2) {
                    "yesterday" => -2,
                    "tomorrow" => 2,
                    _ => return None,
                };
                (i + 3, Form::Offset(offset))
            }
            _ => return None,
        })
    }

    fn over_weekend(&self, i: usize) -> bool {
        i > 1 && self.is(i - 2, &["over", "at", "during", "on"])
    }

    /// The world wars.
    fn named(&self, i: usize) -> Option<(usize, Form)> {
        let (end, second) = if self.low(i) == "world" && self.low(i + 1) == "war" {
            match self.low(i + 2) {
                "i" | "one" => (i + 3, false),
                "ii" | "two" => (i + 3, true),
                _ => return None,
            }
        } else if self.is(i, &["first", "second"]) && self.low(i + 1) == "world" && self.low(i + 2) == "war" {
            (i + 3, self.low(i) == "second")
        } else {
            return None;
        };
        Some((end, Form::Named(if second { "1939/1945" } else { "1914/1918" })))
    }

    // ---- phrases of two dates

    /// "December 11 and 27, 1961": two days, one month and year.
    fn coordinated(&self, start: usize, end: usize, form: &Form) -> Vec<Phrase> {
        let Form::Date(first @ Cal { year: Year::Open, month: Some(_), day: Some(_) }) = *form else {
            return Vec::new();
        };
        if !self.is(end, &["and", "or", "&", ","]) {
            return Vec::new();
        }
        let Some((at, d)) = self.day_number(end + 1) else { return Vec::new() };
        let (at, year) = self.year_after(at);
        if !matches!(year, Year::Is(_)) {
            return Vec::new();
        }
        let date = |day| Form::Date(Cal { year, day, ..first });
        vec![Phrase { start, end, form: date(first.day) }, Phrase { start: end + 1, end: at, form: date(Some(d)) }]
    }

    /// "1907-10", "1996 to 2001", "March and May 2011", "May 25-26, 1947", "September 1939-June 1940".
    fn ranged(&self, start: usize, end: usize, form: &Form) -> Option<Phrase> {
        if !matches!(form, Form::Date(_) | Form::Decade(_) | Form::Century(_) | Form::Season(..)) {
            return None;
        }
        let from = start > 0 && self.is(self.back_over_the(start), &["from"]);
        let between = start > 0 && self.is(self.back_over_the(start), &["between"]);
        let dash = self.dash(end);
        let bare_year = matches!(form, Form::Date(Cal { month: None, day: None, .. }));
        let month_only = matches!(form, Form::Date(Cal { month: Some(_), day: None, .. }));
        let joined = dash
            || from && self.is(end, &["to", "until", "till", "through", "thru"])
            || between && self.is(end, &["and"])
            || (bare_year || month_only || matches!(form, Form::Date(Cal { day: Some(_), .. })))
                && self.is(end, &["through", "thru"])
            || bare_year && self.is(end, &["to"]) && self.year_number(end + 1).is_some();
        if !joined {
            return None;
        }
        let mut at = end + 1;
        at += usize::from(self.is(at, &["the"]));
        let (end, second) = self.second(at, form, dash)?;
        let first = match (form, &second) {
            (Form::Date(a @ Cal { year: Year::Open, .. }), Form::Date(Cal { year: Year::Is(y), month, .. })) => {
                let over_new_year = month.is_some_and(|m| a.month.is_some_and(|am| am > m));
                Form::Date(Cal { year: Year::Is(y - i16::from(over_new_year)), ..*a })
            }
            (first, _) => (*first).clone(),
        };
        Some(Phrase { start, end, form: Form::Range(Box::new(first), Box::new(second)) })
    }

    fn back_over_the(&self, start: usize) -> usize {
        let mut at = start - 1;
        while at > 0 && self.is(at, &["the", "about", "early", "late", "year", "years"]) {
            at -= 1;
        }
        at
    }

    /// The second date of a range that began with `first`.
    fn second(&self, at: usize, first: &Form, dash: bool) -> Option<(usize, Form)> {
        if let Form::Date(Cal { year: Year::Is(y), month: None, day: None }) = *first {
            if dash && let Some((end, y)) = self.year_end(at, y) {
                return Some((end, Form::Date(cal(Some(i32::from(y)), None, None))));
            }
            if dash && !self.glued(at) && !self.is(at, &["early", "mid", "late"]) {
                return None;
            }
        }
        if let Form::Date(Cal { year, month: Some(m), day: Some(d) }) = *first
            && let Some((end, d2)) = self.day_number(at)
            && month(self.low(end)).is_none()
            && d2 > d
        {
            let (end, later) = self.year_after(end);
            let year = if later == Year::Open { year } else { later };
            return Some((end, Form::Date(Cal { year, month: Some(m), day: Some(d2) })));
        }
        self.numeric(at)
            .or_else(|| self.day_first(at))
            .or_else(|| {
                // after "from May to" the next month's name needs no other sign
                let (m, full) = month(self.low(at)).filter(|_| self.capital(at))?;
                self.month_first(at).or_else(|| {
                    let end = self.skip_dot(at + 1, full);
                    Some((end, Form::Date(Cal { year: Year::Open, month: Some(m), day: None })))
                })
            })
            .or_else(|| self.part(at))
            .or_else(|| self.season(at))
            .or_else(|| self.decade(at))
            .or_else(|| self.century(at))
            .or_else(|| self.year(at))
    }
}

fn cal(year: Option<i32>, month: Option<i32>, day: Option<i32>) -> Cal {
    Cal {
        year: year.map_or(Year::Open, |y| Year::Is(y as i16)),
        month: month.map(|m| m as i8),
        day: day.map(|d| d as i8),
    }
}

/// Whether the form is counted from the document's own day.
pub(super) fn tells_of_now(form: &Form) -> bool {
    let now = |p: &Pick| matches!(p, Pick::This | Pick::Last | Pick::Next | Pick::Plain);
    match form {
        Form::Offset(_) | Form::Overnight => true,
        Form::Weekday(_, p) | Form::Weekend(p) | Form::Unit(p, _) => now(p),
        Form::Date(Cal { year: Year::Pick(p) | Year::Nearest(p), .. })
        | Form::Season(_, Year::Pick(p) | Year::Nearest(p)) => now(p),
        Form::Away { side, .. } => matches!(side, Side::Ago | Side::Ahead),
        _ => false,
    }
}

/// The length of so many units; `None` where the text gives no number or it is beyond the calendar.
pub(super) fn times(count: Count, unit: Length) -> Option<(i32, Unit)> {
    count.n?.checked_mul(unit.0).map(|n| (n, unit.1))
}
