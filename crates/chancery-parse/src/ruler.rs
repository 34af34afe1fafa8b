//! The attribute ruler: part of speech, morphology and some lemmas from tag, word and relation.
//!
//! All rules match on what tagger and parser said; their results are written in the order of the rules, so
//! later rules win. The conditions on a word are decided once, when the word is first met.
use crate::doc::intern;
use crate::error::LoadError;
use crate::files::Files;
use crate::msgpack::{self, Value};
use crate::pattern::{Memory, Pattern};
use std::collections::HashMap;

#[derive(Default)]
pub(crate) struct Ruler {
    rules: Vec<Rule>,
    /// Rules (and which of their patterns) that can start at a token with a given tag, and with any other tag.
    by_tag: HashMap<&'static str, Vec<(u32, u32)>, foldhash::fast::RandomState>,
    other_tag: Vec<(u32, u32)>,
    /// Conditions on the lower-case text, by number; most ask for one of a few words.
    words: HashMap<Box<str>, Vec<u32>, foldhash::fast::RandomState>,
    lower: Vec<Test>,
}

struct Rule {
    patterns: Vec<Vec<Conditions>>,
    set: Change,
    index: i64,
}

/// What a rule asks of one token.
#[derive(Default)]
struct Conditions {
    tag: Vec<Test>,
    dep: Vec<Test>,
    lower: Vec<u32>,
    is_space: Option<bool>,
}

#[derive(Debug)]
enum Test {
    In(Vec<Box<str>>),
    NotIn(Vec<Box<str>>),
    Matches(Pattern),
}

/// What rules set of a token.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) tag: Option<&'static str>,
    pub(crate) pos: Option<&'static str>,
    pub(crate) morph: Option<&'static str>,
    pub(crate) lemma: Option<&'static str>,
    pub(crate) dep: Option<&'static str>,
}

/// What the rules see of a token.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'a> {
    pub(crate) tag: &'static str,
    pub(crate) dep: &'static str,
    pub(crate) is_space: bool,
    /// From [`Ruler::conditions`].
    pub(crate) conditions: &'a [u64],
}

impl Ruler {
    pub(crate) fn load(files: &Files, name: &str) -> Result<Self, LoadError> {
        let fail = |reason: String| LoadError::new(&files.path(name), reason);
        let bytes = files.bytes(name)?;
        let root = msgpack::read(&bytes).map_err(|e| fail(e.to_string()))?;
        Self::from_value(&root).map_err(fail)
    }

    fn from_value(root: &Value<'_>) -> Result<Self, String> {
        let mut ruler = Ruler::default();
        for (i, v) in root.array().ok_or("not a list of rules")?.iter().enumerate() {
            let rule = ruler.rule(v).map_err(|e| format!("rule {i}: {e}"))?;
            ruler.rules.push(rule);
        }
        ruler.index();
        Ok(ruler)
    }

    fn rule(&mut self, v: &Value<'_>) -> Result<Rule, String> {
        let mut set = Change::default();
        for (k, v) in v.get("attrs").and_then(Value::map).ok_or("no map `attrs`")? {
            let (name, value) = k.str().zip(v.str()).ok_or("an attribute that is not text")?;
            let slot = match name {
                "TAG" => &mut set.tag,
                "POS" => &mut set.pos,
                "MORPH" => &mut set.morph,
                "LEMMA" => &mut set.lemma,
                "DEP" => &mut set.dep,
                _ => return Err(format!("sets `{name}`; known are TAG, POS, MORPH, LEMMA, DEP")),
            };
            *slot = Some(if name == "MORPH" { intern(&normal_morph(value)) } else { intern(value) });
        }
        let mut patterns = Vec::new();
        for p in v.get("patterns").and_then(Value::array).ok_or("no list `patterns`")? {
            let tokens = p.array().filter(|t| !t.is_empty()).ok_or("a pattern without tokens")?;
            patterns.push(tokens.iter().map(|t| self.conditions_of(t)).collect::<Result<Vec<_>, _>>()?);
        }
        let index = v.get("index").and_then(Value::int).unwrap_or(0);
        let fits = |p: &Vec<Conditions>| (-(p.len() as i64)..p.len() as i64).contains(&index);
        if !patterns.iter().all(fits) {
            return Err(format!("index {index} lies outside its pattern"));
        }
        Ok(Rule { patterns, set, index })
    }

    fn conditions_of(&mut self, v: &Value<'_>) -> Result<Conditions, String> {
        let mut out = Conditions::default();
        for (k, v) in v.map().ok_or("a token that is not a map")? {
            match (k.str().unwrap_or_default(), v) {
                ("IS_SPACE", Value::Bool(b)) => out.is_space = Some(*b),
                ("TAG", v) => out.tag.extend(Test::read(v)?),
                ("DEP", v) => out.dep.extend(Test::read(v)?),
                ("LOWER", v) => {
                    for test in Test::read(v)? {
                        let id = self.lower.len() as u32;
                        if let Test::In(words) = &test {
                            for w in words {
                                self.words.entry(w.clone()).or_default().push(id);
                            }
                        }
                        self.lower.push(test);
                        out.lower.push(id);
                    }
                }
                (name, _) => return Err(format!("asks for `{name}`; known are TAG, DEP, LOWER, IS_SPACE")),
            }
        }
        Ok(out)
    }

    fn index(&mut self) {
        let mut named: Vec<&'static str> = Vec::new();
        for c in self.rules.iter().flat_map(|r| &r.patterns).map(|p| &p[0]) {
            for t in &c.tag {
                if let Test::In(tags) | Test::NotIn(tags) = t {
                    named.extend(tags.iter().map(|t| intern(t)));
                }
            }
        }
        let list = |tag: &str| {
            let mut out = Vec::new();
            for (r, rule) in self.rules.iter().enumerate() {
                for (p, pattern) in rule.patterns.iter().enumerate() {
                    if pattern[0].tag.iter().all(|t| t.holds(tag)) {
                        out.push((r as u32, p as u32));
                    }
                }
            }
            out
        };
        let by_tag = named.into_iter().map(|t| (t, list(t))).collect();
        // A tag that no rule names: only rules that exclude tags or ask for none (a regular expression on the
        // tag is tried at each token, as it may match any).
        self.other_tag = (0..self.rules.len())
            .flat_map(|r| (0..self.rules[r].patterns.len()).map(move |p| (r as u32, p as u32)))
            .filter(|&(r, p)| {
                let tests = &self.rules[r as usize].patterns[p as usize][0].tag;
                tests.iter().all(|t| !matches!(t, Test::In(_)))
            })
            .collect();
        self.by_tag = by_tag;
    }

    /// The conditions on the lower-case text that hold for a word.
    pub(crate) fn conditions(&self, lower: &str) -> Box<[u64]> {
        let mut bits = vec![0u64; self.lower.len().div_ceil(64)];
        for &id in self.words.get(lower).into_iter().flatten() {
            bits[id as usize / 64] |= 1 << (id % 64);
        }
        for (id, test) in self.lower.iter().enumerate() {
            if !matches!(test, Test::In(_)) && test.holds(lower) {
                bits[id / 64] |= 1 << (id % 64);
            }
        }
        bits.into()
    }

    /// Applies the rules to a document of `n` tokens.
    pub(crate) fn apply<'a>(&self, n: usize, token: impl Fn(usize) -> Seen<'a>, out: &mut Vec<Change>) {
        out.clear();
        // (token, rule), in that order.
        let mut matches: Vec<(usize, u32)> = Vec::new();
        let mut late: Vec<(usize, u32)> = Vec::new();
        for i in 0..n {
            let t = token(i);
            let mut own = Change::default();
            for &(r, p) in self.by_tag.get(t.tag).unwrap_or(&self.other_tag) {
                let pattern = &self.rules[r as usize].patterns[p as usize];
                if !pattern[0].hold(&t) {
                    continue;
                }
                if pattern.len() == 1 {
                    own.take(&self.rules[r as usize].set);
                    matches.push((i, r));
                } else if i + pattern.len() <= n && (1..pattern.len()).all(|j| pattern[j].hold(&token(i + j))) {
                    let index = self.rules[r as usize].index;
                    let at = if index < 0 { pattern.len() as i64 + index } else { index };
                    late.push((i + at as usize, r));
                }
            }
            out.push(own);
        }
        // Rules over several tokens are rare: a token that one of them changes is computed again, in order.
        late.sort_unstable();
        for group in late.chunk_by(|a, b| a.0 == b.0) {
            let at = group[0].0;
            let from = matches.partition_point(|m| m.0 < at);
            let own = matches[from..].iter().take_while(|m| m.0 == at);
            let mut rules: Vec<u32> = own.chain(group).map(|m| m.1).collect();
            rules.sort_unstable();
            out[at] = Change::default();
            for r in rules {
                out[at].take(&self.rules[r as usize].set);
            }
        }
    }
}

impl Change {
    fn take(&mut self, later: &Change) {
        self.tag = later.tag.or(self.tag);
        self.pos = later.pos.or(self.pos);
        self.morph = later.morph.or(self.morph);
        self.lemma = later.lemma.or(self.lemma);
        self.dep = later.dep.or(self.dep);
    }
}

impl Conditions {
    fn hold(&self, t: &Seen<'_>) -> bool {
        self.lower.iter().all(|&id| t.conditions[id as usize / 64] >> (id % 64) & 1 == 1)
            && self.is_space.is_none_or(|s| s == t.is_space)
            && self.tag.iter().all(|x| x.holds(t.tag))
            && self.dep.iter().all(|x| x.holds(t.dep))
    }
}

impl Test {
    /// A text, or a map with IN, NOT_IN or REGEX.
    fn read(v: &Value<'_>) -> Result<Vec<Test>, String> {
        if let Value::Str(s) = v {
            return Ok(vec![Test::In(vec![(*s).into()])]);
        }
        let list = |v: &Value<'_>| -> Result<Vec<Box<str>>, String> {
            let words = v.array().ok_or("a condition that is not a list")?;
            words.iter().map(|w| w.str().map(Into::into).ok_or_else(|| "a word that is not text".into())).collect()
        };
        let map = v.map().ok_or("a condition that is neither text nor a map")?;
        map.iter()
            .map(|(k, v)| match (k.str().unwrap_or_default(), v) {
                ("IN", v) => list(v).map(Test::In),
                ("NOT_IN", v) => list(v).map(Test::NotIn),
                ("REGEX", Value::Str(s)) => Pattern::new(s).map(Test::Matches),
                (name, _) => Err(format!("the condition `{name}` is not supported")),
            })
            .collect()
    }

    fn holds(&self, text: &str) -> bool {
        match self {
            Test::In(words) => words.iter().any(|w| &**w == text),
            Test::NotIn(words) => words.iter().all(|w| &**w != text),
            Test::Matches(p) => {
                let chars: Vec<char> = text.chars().collect();
                p.find(&chars, 0, &mut Memory::default()).is_some()
            }
        }
    }
}

/// Features in the order of their names; "_" is none.
fn normal_morph(s: &str) -> String {
    if s == "_" {
        return String::new();
    }
    let mut features: Vec<String> = s
        .split('|')
        .filter(|f| !f.is_empty())
        .map(|f| match f.split_once('=') {
            Some((name, values)) => {
                let mut values: Vec<&str> = values.split(',').collect();
                values.sort_unstable();
                format!("{name}={}", values.join(","))
            }
            None => f.to_owned(),
        })
        .collect();
    features.sort_unstable();
    features.join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(entries: &[(&'static str, Value<'static>)]) -> Value<'static> {
        Value::Map(entries.iter().map(|(k, v)| (Value::Str(k), v.clone())).collect())
    }

    fn rule(tokens: Vec<Value<'static>>, set: &[(&'static str, Value<'static>)], index: i64) -> Value<'static> {
        let patterns = Value::Array(vec![Value::Array(tokens)]);
        map(&[("patterns", patterns), ("attrs", map(set)), ("index", Value::Int(index))])
    }

    fn ruler(rules: &[Value<'static>]) -> Result<Ruler, String> {
        Ruler::from_value(&Value::Array(rules.to_vec()))
    }

    #[test]
    fn later_rules_win_and_all_see_the_first_values() {
        let text = |s| Value::Str(s);
        let words = |w: &[&'static str]| Value::Array(w.iter().map(|w| Value::Str(w)).collect());
        let r = ruler(&[
            rule(vec![map(&[("TAG", text("MD"))])], &[("POS", text("VERB")), ("MORPH", text("VerbType=Mod|A=b,a"))], 0),
            rule(
                vec![map(&[("TAG", text("MD")), ("DEP", map(&[("IN", words(&["aux"]))]))])],
                &[("POS", text("AUX"))],
                0,
            ),
            rule(
                vec![map(&[("LOWER", text("ca"))]), map(&[("LOWER", map(&[("REGEX", text("^n'?t$"))]))])],
                &[("LEMMA", text("can"))],
                0,
            ),
            rule(vec![map(&[("LOWER", text("ca"))]), map(&[("TAG", text("RB"))])], &[("LEMMA", text("not"))], -1),
            rule(vec![map(&[("TAG", map(&[("NOT_IN", words(&["MD", "RB"]))]))])], &[("POS", text("X"))], 0),
        ])
        .expect("known rules");
        let doc = [("ca", "MD", "aux"), ("n't", "RB", "neg"), ("go", "VB", "ROOT")];
        let conditions: Vec<Box<[u64]>> = doc.iter().map(|t| r.conditions(t.0)).collect();
        let seen = |i: usize| Seen {
            tag: intern(doc[i].1),
            dep: intern(doc[i].2),
            is_space: false,
            conditions: &conditions[i],
        };
        let mut out = Vec::new();
        r.apply(3, seen, &mut out);
        let change = |pos, morph, lemma| Change { pos, morph, lemma, ..Change::default() };
        assert_eq!(out[0], change(Some("AUX"), Some("A=a,b|VerbType=Mod"), Some("can")));
        assert_eq!(out[1], change(None, None, Some("not")));
        assert_eq!(out[2], change(Some("X"), None, None));
    }

    #[test]
    fn unknown_conditions_and_attributes_are_named() {
        let one = |key, value| vec![map(&[(key, value)])];
        let text = |s| Value::Str(s);
        for (bad, name) in [
            (rule(one("POS", text("X")), &[], 0), "POS"),
            (rule(one("TAG", map(&[("FUZZY", text("x"))])), &[], 0), "FUZZY"),
            (rule(one("TAG", text("X")), &[("ENT_TYPE", text("x"))], 0), "ENT_TYPE"),
            (rule(one("TAG", text("X")), &[], 1), "index"),
        ] {
            let e = ruler(&[bad]).err().expect("refused");
            assert!(e.contains(name), "{e}");
        }
    }
}
