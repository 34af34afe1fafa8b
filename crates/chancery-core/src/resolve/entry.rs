//! One `[[actor]]` block of a file, read fast.
//!
//! The registry is read at every start, a thousand blocks and more, so what the files are made of (strings without escapes, lists of them, flat inline tables, booleans, comments) is read here directly.
//! Anything else is `None` and goes to the full TOML reader, which also words the errors: the two must never
//! differ in what they accept, and a test holds them together over all data.
use super::actors::{Capital, Kind, RawActor, RawMember, RawSpell};

pub(super) fn read(block: &str) -> Option<RawActor> {
    let mut r = Reader { rest: block.strip_prefix("[[actor]]")? };
    let mut a = RawActor::default();
    let mut seen: Vec<&str> = Vec::with_capacity(16);
    while r.next_line()? {
        let (key, rest) = r.rest.split_once('=')?;
        let key = key.trim();
        r.rest = rest.trim_start_matches(SPACE);
        if seen.contains(&key) {
            return None;
        }
        seen.push(key);
        match key {
            "id" => a.id = r.string()?.to_owned(),
            "kind" => a.kind = Some(kind(r.string()?)?),
            "label" => a.label = r.string()?.to_owned(),
            "country" => a.country = Some(r.string()?.to_owned()),
            "from" => a.from = r.string()?.to_owned(),
            "until" => a.until = r.string()?.to_owned(),
            "note" => a.note = r.string()?.to_owned(),
            "leads" => a.leads = Some(r.string()?.to_owned()),
            "plural" => a.plural = r.boolean()?,
            "names" => a.names = r.strings()?,
            "adjectives" => a.adjectives = r.strings()?,
            "people" => a.people = r.strings()?,
            "metonyms" => a.metonyms = r.strings()?,
            "acronyms" => a.acronyms = r.strings()?,
            "parents" => a.parents = r.strings()?,
            "predecessors" => a.predecessors = r.strings()?,
            "capitals" => {
                a.capitals = r.list(|r| {
                    let mut c = Capital::default();
                    r.table(|key, value| {
                        match key {
                            "name" => c.name = value,
                            "from" => c.from = value,
                            "until" => c.until = value,
                            _ => return None,
                        }
                        Some(())
                    })?;
                    Some(c)
                })?;
            }
            "members" => {
                a.members = r.list(|r| {
                    if r.rest.starts_with('"') {
                        return Some(RawMember::Id(r.string()?.to_owned()));
                    }
                    let mut s = RawSpell::default();
                    r.table(|key, value| {
                        match key {
                            "id" => s.id = value,
                            "from" => s.from = value,
                            "until" => s.until = value,
                            "status" => s.status = value,
                            _ => return None,
                        }
                        Some(())
                    })?;
                    (!s.id.is_empty()).then_some(RawMember::Spell(s))
                })?;
            }
            _ => return None,
        }
    }
    Some(a)
}

fn kind(s: &str) -> Option<Kind> {
    Kind::ALL.iter().copied().find(|k| k.as_str() == s)
}

/// What TOML takes for a space within a line.
const SPACE: [char; 2] = [' ', '\t'];

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    /// Goes to the next line that holds something: false at the end, `None` where the line is not over yet.
    fn next_line(&mut self) -> Option<bool> {
        loop {
            let line = self.rest.trim_start_matches(SPACE);
            if line.is_empty() {
                return Some(false);
            }
            let (end, rest) = line.split_once('\n').unwrap_or((line, ""));
            if !(end.is_empty() || end == "\r" || end.starts_with('#')) {
                return None;
            }
            self.rest = rest;
            let next = rest.trim_start_matches(SPACE);
            if !(next.is_empty() || next.starts_with(['\n', '\r', '#'])) {
                return Some(true);
            }
        }
    }

    fn eat(&mut self, c: char) -> Option<()> {
        self.rest = self.rest.strip_prefix(c)?.trim_start_matches(SPACE);
        Some(())
    }

    fn string(&mut self) -> Option<&'a str> {
        let inner = self.rest.strip_prefix('"')?;
        let end = inner.find('"')?;
        let s = &inner[..end];
        // A multi-line string begins with three quotes, an escape with a backslash.
        if s.contains('\\') || s.bytes().any(|b| b.is_ascii_control()) || end == 0 && inner[1..].starts_with('"') {
            return None;
        }
        self.rest = inner[end + 1..].trim_start_matches(SPACE);
        Some(s)
    }

    fn boolean(&mut self) -> Option<bool> {
        for (word, value) in [("true", true), ("false", false)] {
            if let Some(rest) = self.rest.strip_prefix(word) {
                self.rest = rest;
                return Some(value);
            }
        }
        None
    }

    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut out = Vec::new();
        self.eat('[')?;
        self.rest = self.rest.trim_start();
        while !self.rest.starts_with(']') {
            out.push(item(self)?);
            self.rest = self.rest.trim_start();
            if self.rest.starts_with(',') {
                self.eat(',')?;
                self.rest = self.rest.trim_start();
            } else if !self.rest.starts_with(']') {
                return None;
            }
        }
        self.eat(']')?;
        Some(out)
    }

    fn strings(&mut self) -> Option<Vec<String>> {
        self.list(|r| Some(r.string()?.to_owned()))
    }

    fn table(&mut self, mut field: impl FnMut(&str, String) -> Option<()>) -> Option<()> {
        self.eat('{')?;
        let mut seen: Vec<&str> = Vec::new();
        while !self.rest.starts_with('}') {
            let (key, rest) = self.rest.split_once('=')?;
            let key = key.trim();
            if seen.contains(&key) {
                return None;
            }
            seen.push(key);
            self.rest = rest.trim_start_matches(SPACE);
            field(key, self.string()?.to_owned())?;
            if self.rest.starts_with(',') {
                self.eat(',')?;
                // TOML 1.0 has no comma after the last field.
                if self.rest.starts_with('}') {
                    return None;
                }
            }
        }
        self.eat('}')
    }
}

#[cfg(test)]
mod tests {
    use super::super::actors::OneRaw;
    use crate::knowledge::DataFiles;

    /// Both readers agree over all blocks of the program's own data, and few blocks need the slow one.
    #[test]
    fn agrees_with_toml() {
        let data = DataFiles::embedded();
        let (mut fast, mut all) = (0, 0);
        for (path, text) in data.below("actors/") {
            for block in text.split("[[actor]]").skip(1) {
                let block = format!("[[actor]]{block}");
                all += 1;
                if let Some(a) = super::read(&block) {
                    let OneRaw { actor: [b] } =
                        toml::from_str(&block).unwrap_or_else(|e| panic!("{path}: {e}\n{block}"));
                    assert_eq!(a, b, "{path}");
                    fast += 1;
                }
            }
        }
        assert!(fast * 100 >= all * 95, "{fast} of {all} blocks are read fast");
    }

    #[test]
    fn leaves_the_rest_to_toml() {
        for odd in [
            "names = ['x']",
            "label = \"a\\\"b\"",
            "x = 1",
            "plural = 1",
            "names = [\"a\" \"b\"]",
            "id = \"a\"\nid = \"b\"",
        ] {
            assert!(super::read(&format!("[[actor]]\n{odd}\n")).is_none(), "{odd}");
        }
    }
}
