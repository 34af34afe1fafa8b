//! The day a document says it was published: checked and brought to EDTF, never guessed.
use jiff::civil::Date;

/// The EDTF date that `written` stands for, `None` if it is no date or none that exists.
///
/// Takes ISO 8601-2 (EDTF) level 1 (`2025-07-04`, `2025-07`, `2025`, `2025~`, `198X`, `2024/2025`,
/// `2024/..`), a day with a time of day (the day as written, in its own zone), the basic form
/// `20250704`, `2025/07/04` as scholarly pages have it, and the dates of e-mail and feeds
/// (`Fri, 04 Jul 2025 10:00:00 GMT`). No prose: "4/7/2025" is two days to two readers.
pub fn published(written: &str) -> Option<String> {
    let s = written.trim();
    if is_edtf(s) {
        return Some(s.to_string());
    }
    if let Some((day, rest)) = s.split_at_checked(10)
        && is_day(day)
        && rest.starts_with(['T', 't', ' '])
    {
        return Some(day.to_string());
    }
    if let [y, m, d] = s.split('/').collect::<Vec<_>>()[..] {
        return Some(format!("{y}-{m:0>2}-{d:0>2}")).filter(|day| is_day(day));
    }
    if let Some((y, m)) = s.split_once('/') {
        return Some(format!("{y}-{m}")).filter(|month| m.len() == 2 && is_edtf(month));
    }
    if s.len() == 8 && s.bytes().all(|b| b.is_ascii_digit()) {
        return Some(format!("{}-{}-{}", &s[..4], &s[4..6], &s[6..])).filter(|day| is_day(day));
    }
    jiff::fmt::rfc2822::parse(s).ok().map(|z| z.date().to_string())
}

fn is_edtf(s: &str) -> bool {
    match s.split_once('/') {
        None => is_part(s),
        Some((a, b)) => {
            let open = |p: &str| p.is_empty() || p == "..";
            let ordered = a.len() != b.len() || a <= b || !a.bytes().all(|c| c.is_ascii_digit() || c == b'-');
            !(open(a) && open(b))
                && (open(a) || is_part(a))
                && (open(b) || is_part(b))
                && (open(a) || open(b) || ordered)
        }
    }
}

/// One date: year, month, season or day, with `X` from the right and one qualifier.
fn is_part(s: &str) -> bool {
    let s = s.strip_suffix(['~', '?', '%']).unwrap_or(s);
    let parts: Vec<&str> = s.split('-').collect();
    let digits = |p: &str, n: usize| p.len() == n && p.bytes().all(|b| b.is_ascii_digit());
    match parts[..] {
        [y] => {
            let known = y.trim_end_matches('X');
            y.len() == 4 && known.len() >= 2 && digits(known, known.len())
        }
        [y, "XX"] | [y, "XX", "XX"] => digits(y, 4),
        [y, m] => digits(y, 4) && digits(m, 2) && matches!(m.parse(), Ok(1u8..=12 | 21..=24)),
        [y, m, "XX"] => digits(y, 4) && digits(m, 2) && matches!(m.parse(), Ok(1u8..=12)),
        [_, _, _] => is_day(s),
        _ => false,
    }
}

fn is_day(s: &str) -> bool {
    let shape = s.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    shape
        && s.len() == 10
        && matches!((s[..4].parse(), s[5..7].parse(), s[8..].parse()), (Ok(y), Ok(m), Ok(d)) if Date::new(y, m, d).is_ok())
}

#[cfg(test)]
mod tests {
    use super::published;

    #[test]
    fn dates_that_exist() {
        for (written, edtf) in [
            ("2025-07-04", "2025-07-04"),
            (" 2025-07 ", "2025-07"),
            ("2025", "2025"),
            ("2024-02-29", "2024-02-29"),
            ("198X", "198X"),
            ("2025~", "2025~"),
            ("2025-07-XX", "2025-07-XX"),
            ("2025-21", "2025-21"),
            ("2024/2025", "2024/2025"),
            ("2024-05-01/..", "2024-05-01/.."),
            ("2025-07-04T23:30:00+04:30", "2025-07-04"),
            ("2025-07-04 08:00", "2025-07-04"),
            ("20250704", "2025-07-04"),
            ("2025/7/4", "2025-07-04"),
            ("2025/07", "2025-07"),
            ("Fri, 04 Jul 2025 10:00:00 GMT", "2025-07-04"),
        ] {
            assert_eq!(published(written).as_deref(), Some(edtf), "{written}");
        }
    }

    #[test]
    fn dates_that_do_not() {
        for written in [
            "",
            "yesterday",
            "2025-02-30",
            "2025-13",
            "2025-13-01",
            "4/7/2025",
            "July 4, 2025",
            "25",
            "XXXX",
            "../..",
            "2025-05/2025-01",
            "2025-7-4",
            "2025-02-30T10:00:00Z",
            "2025-07-0é",
            "99999999",
            "2025-02-XX-1",
        ] {
            assert_eq!(published(written), None, "{written}");
        }
    }
}
