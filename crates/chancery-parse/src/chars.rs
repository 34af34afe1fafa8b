//! Character classes as Python's `str` methods and `re` see them; spaCy's word shapes and patterns depend on
//! them. Rust's own classes differ: `char::is_alphabetic` takes letter numbers and combining vowels, which
//! `str.isalpha` does not; `str.isspace` takes the four ASCII separators, which `char::is_whitespace` does not.
use regex_syntax::hir::{Class, HirKind};
use std::sync::LazyLock;

/// A set of characters: a bitmap for ASCII, sorted ranges beyond.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct CharSet {
    pub(crate) ascii: u128,
    beyond: Vec<(char, char)>,
}

impl CharSet {
    pub(crate) fn new(ranges: impl IntoIterator<Item = (char, char)>) -> Self {
        let mut all: Vec<(char, char)> = ranges.into_iter().collect();
        all.sort_unstable();
        let mut set = CharSet::default();
        for (lo, hi) in all {
            for c in lo as u32..=(hi as u32).min(127) {
                set.ascii |= 1 << c;
            }
            if hi as u32 > 127 {
                let lo = lo.max('\u{80}');
                match set.beyond.last_mut() {
                    Some(last) if lo as u32 <= last.1 as u32 + 1 => last.1 = last.1.max(hi),
                    _ => set.beyond.push((lo, hi)),
                }
            }
        }
        set
    }

    pub(crate) fn contains(&self, c: char) -> bool {
        if c.is_ascii() {
            return self.ascii >> (c as u32) & 1 == 1;
        }
        let i = self.beyond.partition_point(|r| r.1 < c);
        self.beyond.get(i).is_some_and(|r| r.0 <= c)
    }

    pub(crate) fn ranges(&self) -> impl Iterator<Item = (char, char)> + '_ {
        let ascii = (0u8..128).filter(|&b| self.ascii >> b & 1 == 1).map(|b| (char::from(b), char::from(b)));
        ascii.chain(self.beyond.iter().copied())
    }

    pub(crate) fn negated(&self) -> Self {
        let mut out = Vec::new();
        let mut next = Some('\0');
        for (lo, hi) in self.ranges() {
            if let Some(n) = next.filter(|&n| n < lo) {
                out.push((n, before(lo)));
            }
            next = after(hi);
        }
        out.extend(next.map(|n| (n, char::MAX)));
        CharSet::new(out)
    }

    pub(crate) fn union(&self, other: &Self) -> Self {
        CharSet::new(self.ranges().chain(other.ranges()))
    }

    pub(crate) fn reaches_beyond_ascii(&self) -> bool {
        !self.beyond.is_empty()
    }
}

fn after(c: char) -> Option<char> {
    if c == '\u{d7ff}' { Some('\u{e000}') } else { char::from_u32(c as u32 + 1) }
}

/// The character before one that is not the first.
fn before(c: char) -> char {
    if c == '\u{e000}' { '\u{d7ff}' } else { char::from_u32(c as u32 - 1).unwrap_or('\0') }
}

fn category(class: &str) -> CharSet {
    let hir = regex_syntax::parse(class).expect("the classes named here exist");
    match hir.kind() {
        HirKind::Class(Class::Unicode(c)) => CharSet::new(c.ranges().iter().map(|r| (r.start(), r.end()))),
        _ => unreachable!("a class of more than one character parses to a Unicode class"),
    }
}

static LETTER: LazyLock<CharSet> = LazyLock::new(|| category(r"\p{L}"));
static DIGIT: LazyLock<CharSet> = LazyLock::new(|| DECIMAL.union(&CharSet::new(OTHER_DIGITS)));

/// `\d` of Python's `re`.
pub(crate) static DECIMAL: LazyLock<CharSet> = LazyLock::new(|| category(r"\p{Nd}"));
/// `\w` of Python's `re`.
pub(crate) static WORD: LazyLock<CharSet> = LazyLock::new(|| category(r"[\p{L}\p{N}_]"));
/// `\s` of Python's `re`, which is `str.isspace`.
pub(crate) static SPACE: LazyLock<CharSet> = LazyLock::new(|| {
    let ascii = [('\t', '\r'), ('\x1c', ' ')];
    let beyond = ['\u{85}', '\u{a0}', '\u{1680}', '\u{2028}', '\u{2029}', '\u{202f}', '\u{205f}', '\u{3000}'];
    CharSet::new(ascii.into_iter().chain(beyond.map(|c| (c, c))).chain([('\u{2000}', '\u{200a}')]))
});

/// Characters with the Unicode property Numeric_Type=Digit (not Decimal): `str.isdigit` takes them too.
#[rustfmt::skip]
const OTHER_DIGITS: [(char, char); 20] = [
    ('\u{b2}', '\u{b3}'), ('\u{b9}', '\u{b9}'), ('\u{1369}', '\u{1371}'), ('\u{19da}', '\u{19da}'),
    ('\u{2070}', '\u{2070}'), ('\u{2074}', '\u{2079}'), ('\u{2080}', '\u{2089}'), ('\u{2460}', '\u{2468}'),
    ('\u{2474}', '\u{247c}'), ('\u{2488}', '\u{2490}'), ('\u{24ea}', '\u{24ea}'), ('\u{24f5}', '\u{24fd}'),
    ('\u{24ff}', '\u{24ff}'), ('\u{2776}', '\u{277e}'), ('\u{2780}', '\u{2788}'), ('\u{278a}', '\u{2792}'),
    ('\u{10a40}', '\u{10a43}'), ('\u{10e60}', '\u{10e68}'), ('\u{11052}', '\u{1105a}'), ('\u{1f100}', '\u{1f10a}'),
];

pub(crate) fn is_space(c: char) -> bool {
    if c.is_ascii() { matches!(c, '\t'..='\r' | '\x1c'..=' ') } else { SPACE.contains(c) }
}

pub(crate) fn is_alpha(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { LETTER.contains(c) }
}

pub(crate) fn is_digit(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { DIGIT.contains(c) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_those_of_python() {
        for (c, space, alpha, digit) in [
            ('a', false, true, false),
            ('\x1c', true, false, false),
            ('\u{200b}', false, false, false),
            ('ª', false, true, false),
            ('Ⅷ', false, false, false),
            ('²', false, false, true),
            ('٣', false, false, true),
            ('½', false, false, false),
            ('漢', false, true, false),
            ('\u{0940}', false, false, false),
        ] {
            assert_eq!((is_space(c), is_alpha(c), is_digit(c)), (space, alpha, digit), "{c:?}");
        }
    }

    #[test]
    fn negation_is_the_complement() {
        for set in [&*WORD, &*SPACE, &*DECIMAL] {
            let not = set.negated();
            for c in ('\0'..=char::MAX).step_by(7).chain("\u{d7ff}\u{e000}\u{7f}\u{80}".chars()) {
                assert_ne!(set.contains(c), not.contains(c), "{c:?}");
            }
        }
    }
}
