//! The part of Python's `re` that tokenizer patterns are written in, run in linear time.
//!
//! A general engine was measured first: it needs tens of milliseconds to compile the four patterns and 45-70
//! µs a new chunk, because they are long alternations of one-character cases beside classes of hundreds of
//! ranges. Here the alternatives are looked up by the character they can start with, so that most are never
//! tried, and compiling is parsing. A backtracker that remembers where it failed keeps the time linear in the
//! text, also on a token of a megabyte; suffix patterns are only tried where they can still reach the end.
//!
//! Semantics are Python's: leftmost match, first alternative wins, `$` also matches before a last newline.
use crate::chars::{CharSet, DECIMAL, SPACE, WORD};
use std::collections::{HashMap, HashSet};

/// Largest program accepted; the longest pattern of the English models needs about a thousand steps.
const MAX_STEPS: usize = 1 << 16;

/// A compiled pattern.
#[derive(Debug)]
pub(crate) struct Pattern {
    steps: Vec<Step>,
    sets: Vec<CharSet>,
    /// First step of each alternative, in order.
    starts: Vec<u32>,
    anchored: Vec<bool>,
    /// The alternatives that can start with an ASCII character, with any other one, and at the end.
    by_ascii: Vec<Vec<u16>>,
    by_other: Vec<u16>,
    at_end: Vec<u16>,
    /// Where all alternatives must reach the end: how far back a match can start.
    tail: Option<Tail>,
    /// A character without which nothing can match.
    needs: Option<char>,
    marks: u32,
}

#[derive(Debug)]
struct Tail {
    width: usize,
    /// Alternatives of unbounded width only consume these characters.
    runs: Vec<CharSet>,
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Set(u32),
    /// Try the first, then the second. The number marks the step in the memory of failures.
    Split(u32, u32, u32),
    Jump(u32),
    Start,
    End,
    /// The steps from the next one on must (or must not) match at `back` characters before here; go on at `then`.
    Look {
        back: u32,
        negate: bool,
        then: u32,
    },
    Match,
}

/// Working memory, to be used again for the next search.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    stack: Vec<(u32, usize)>,
    failed: Vec<u64>,
    failed_far: HashSet<(u32, usize)>,
}

impl Pattern {
    /// Compiles a pattern, or says what in it is not supported.
    pub(crate) fn new(source: &str) -> Result<Self, String> {
        let mut p = Parser { chars: source.chars().collect(), at: 0, depth: 0 };
        let alternatives = p.alternatives()?;
        if p.at < p.chars.len() {
            return Err(p.unsupported("unbalanced parenthesis"));
        }
        let mut c = Compiler { steps: Vec::new(), sets: Vec::new(), known: HashMap::new(), marks: 0 };
        let mut starts = Vec::new();
        for a in &alternatives {
            starts.push(c.steps.len() as u32);
            c.emit(a)?;
            c.push(Step::Match)?;
        }
        let firsts: Vec<First> = alternatives.iter().map(Node::first).collect();
        let listed = |f: &dyn Fn(&First) -> bool| {
            firsts.iter().enumerate().filter(|(_, x)| x.empty || f(x)).map(|(i, _)| i as u16).collect::<Vec<u16>>()
        };
        if alternatives.len() > usize::from(u16::MAX) {
            return Err("more than 65535 alternatives".into());
        }
        let needs = alternatives.iter().map(Node::needs).reduce(|a, b| &a & &b).and_then(|s| s.into_iter().next());
        Ok(Pattern {
            starts,
            anchored: alternatives.iter().map(Node::anchored).collect(),
            by_ascii: (0u8..128).map(|b| listed(&|x| x.set.contains(char::from(b)))).collect(),
            by_other: listed(&|x| x.set.reaches_beyond_ascii()),
            at_end: listed(&|_| false),
            tail: Tail::of(&alternatives),
            needs,
            steps: c.steps,
            sets: c.sets,
            marks: c.marks,
        })
    }

    /// The leftmost match that starts at `from` or later: its first character and the one after its last.
    pub(crate) fn find(&self, text: &[char], from: usize, memory: &mut Memory) -> Option<(usize, usize)> {
        if self.needs.is_some_and(|c| !text.contains(&c)) {
            return None;
        }
        let first = self.tail.as_ref().map_or(from, |t| from.max(t.first_start(text)));
        let span = text.len() + 1 - first;
        let bits = self.marks as usize * span;
        let far = bits > 1 << 22;
        if far {
            memory.failed_far.clear();
        } else {
            memory.failed.clear();
            memory.failed.resize(bits.div_ceil(64), 0);
        }
        for at in first..=text.len() {
            let list = match text.get(at) {
                Some(c) if c.is_ascii() => &self.by_ascii[*c as usize],
                Some(_) => &self.by_other,
                None => &self.at_end,
            };
            for &a in list {
                if self.anchored[usize::from(a)] && at > 0 {
                    continue;
                }
                let seen = if far { Seen::Far } else { Seen::Near { first, span } };
                if let Some(end) = self.run(self.starts[usize::from(a)], at, text, memory, seen) {
                    return Some((at, end));
                }
            }
        }
        None
    }

    /// Length of the first match, 0 if there is none.
    pub(crate) fn find_len(&self, text: &[char], memory: &mut Memory) -> usize {
        self.find(text, 0, memory).map_or(0, |(a, b)| b - a)
    }

    /// Whether the text matches from its start.
    pub(crate) fn matches_at_start(&self, text: &[char], memory: &mut Memory) -> bool {
        self.find(text, 0, memory).is_some_and(|(a, _)| a == 0)
    }

    fn run(&self, pc: u32, at: usize, text: &[char], memory: &mut Memory, seen: Seen) -> Option<usize> {
        let floor = memory.stack.len();
        memory.stack.push((pc, at));
        while memory.stack.len() > floor {
            let Some((mut pc, mut at)) = memory.stack.pop() else { break };
            loop {
                match self.steps[pc as usize] {
                    Step::Set(s) => {
                        if !text.get(at).is_some_and(|&c| self.sets[s as usize].contains(c)) {
                            break;
                        }
                        at += 1;
                        pc += 1;
                    }
                    Step::Split(a, b, mark) => {
                        let new = match seen {
                            Seen::Not => true,
                            Seen::Far => memory.failed_far.insert((mark, at)),
                            Seen::Near { first, span } => {
                                let bit = mark as usize * span + at - first;
                                let word = &mut memory.failed[bit / 64];
                                let new = *word >> (bit % 64) & 1 == 0;
                                *word |= 1 << (bit % 64);
                                new
                            }
                        };
                        if !new {
                            break;
                        }
                        memory.stack.push((b, at));
                        pc = a;
                    }
                    Step::Jump(to) => pc = to,
                    Step::Start if at == 0 => pc += 1,
                    Step::End if at == text.len() || (at + 1 == text.len() && text[at] == '\n') => pc += 1,
                    Step::Start | Step::End => break,
                    Step::Look { back, negate, then } => {
                        let from = at.checked_sub(back as usize);
                        let found = from.is_some_and(|f| self.run(pc + 1, f, text, memory, Seen::Not).is_some());
                        if found == negate {
                            break;
                        }
                        pc = then;
                    }
                    Step::Match => {
                        memory.stack.truncate(floor);
                        return Some(at);
                    }
                }
            }
        }
        None
    }
}

/// How failures are remembered: as bits, in a set where bits would fill memory, or not at all inside a look
/// around, whose body is bounded.
#[derive(Clone, Copy)]
enum Seen {
    Near { first: usize, span: usize },
    Far,
    Not,
}

impl Tail {
    fn of(alternatives: &[Node]) -> Option<Self> {
        let mut tail = Tail { width: 0, runs: Vec::new() };
        for a in alternatives {
            if !a.reaches_end() {
                return None;
            }
            match a.max_width() {
                Some(w) => tail.width = tail.width.max(w),
                None => {
                    let set = a.consumed().union(&CharSet::new([('\n', '\n')]));
                    if !tail.runs.contains(&set) {
                        tail.runs.push(set);
                    }
                }
            }
        }
        Some(tail)
    }

    fn first_start(&self, text: &[char]) -> usize {
        let bounded = text.len().saturating_sub(self.width + 1);
        let run = |set: &CharSet| text.iter().rposition(|&c| !set.contains(c)).map_or(0, |i| i + 1);
        self.runs.iter().map(run).fold(bounded, usize::min)
    }
}

#[derive(Debug, Clone)]
enum Node {
    Set(CharSet),
    Cat(Vec<Node>),
    Alt(Vec<Node>),
    Repeat { node: Box<Node>, min: u32, max: Option<u32>, greedy: bool },
    Start,
    End,
    Look { node: Box<Node>, behind: bool, negate: bool },
}

struct First {
    set: CharSet,
    empty: bool,
}

impl Node {
    /// The characters it can start with, and whether it can match nothing.
    fn first(&self) -> First {
        match self {
            Node::Set(s) => First { set: s.clone(), empty: false },
            Node::Start | Node::End | Node::Look { .. } => First { set: CharSet::default(), empty: true },
            Node::Cat(nodes) => {
                let mut out = First { set: CharSet::default(), empty: true };
                for n in nodes {
                    let f = n.first();
                    out.set = out.set.union(&f.set);
                    if !f.empty {
                        out.empty = false;
                        break;
                    }
                }
                out
            }
            Node::Alt(nodes) => {
                let all: Vec<First> = nodes.iter().map(Node::first).collect();
                First { set: CharSet::new(all.iter().flat_map(|f| f.set.ranges())), empty: all.iter().any(|f| f.empty) }
            }
            Node::Repeat { node, min, .. } => {
                let f = node.first();
                First { empty: f.empty || *min == 0, set: f.set }
            }
        }
    }

    /// Characters that every match contains.
    fn needs(&self) -> HashSet<char> {
        match self {
            Node::Set(s) => {
                let mut r = s.ranges();
                match (r.next(), r.next()) {
                    (Some((a, b)), None) if a == b => HashSet::from([a]),
                    _ => HashSet::new(),
                }
            }
            Node::Cat(nodes) => nodes.iter().flat_map(Node::needs).collect(),
            Node::Alt(nodes) => nodes.iter().map(Node::needs).reduce(|a, b| &a & &b).unwrap_or_default(),
            Node::Repeat { node, min, .. } if *min > 0 => node.needs(),
            _ => HashSet::new(),
        }
    }

    fn anchored(&self) -> bool {
        matches!(self, Node::Start) || matches!(self, Node::Cat(n) if matches!(n.first(), Some(Node::Start)))
    }

    fn reaches_end(&self) -> bool {
        matches!(self, Node::End) || matches!(self, Node::Cat(n) if matches!(n.last(), Some(Node::End)))
    }

    /// Most characters that it consumes; none if there is no bound.
    fn max_width(&self) -> Option<usize> {
        match self {
            Node::Set(_) => Some(1),
            Node::Start | Node::End | Node::Look { .. } => Some(0),
            Node::Cat(nodes) => nodes.iter().try_fold(0, |acc: usize, n| acc.checked_add(n.max_width()?)),
            Node::Alt(nodes) => nodes.iter().try_fold(0, |acc, n| Some(acc.max(n.max_width()?))),
            Node::Repeat { node, max, .. } => node.max_width()?.checked_mul((*max)? as usize),
        }
    }

    fn min_width(&self) -> usize {
        match self {
            Node::Set(_) => 1,
            Node::Start | Node::End | Node::Look { .. } => 0,
            Node::Cat(nodes) => nodes.iter().map(Node::min_width).sum(),
            Node::Alt(nodes) => nodes.iter().map(Node::min_width).min().unwrap_or(0),
            Node::Repeat { node, min, .. } => node.min_width().saturating_mul(*min as usize),
        }
    }

    /// All characters that it can consume.
    fn consumed(&self) -> CharSet {
        match self {
            Node::Set(s) => s.clone(),
            Node::Start | Node::End | Node::Look { .. } => CharSet::default(),
            Node::Cat(nodes) | Node::Alt(nodes) => {
                nodes.iter().fold(CharSet::default(), |acc, n| acc.union(&n.consumed()))
            }
            Node::Repeat { node, .. } => node.consumed(),
        }
    }
}

struct Compiler {
    steps: Vec<Step>,
    sets: Vec<CharSet>,
    known: HashMap<CharSet, u32>,
    marks: u32,
}

impl Compiler {
    fn push(&mut self, s: Step) -> Result<usize, String> {
        if self.steps.len() >= MAX_STEPS {
            return Err(format!("longer than {MAX_STEPS} steps once its repeats are written out"));
        }
        self.steps.push(s);
        Ok(self.steps.len() - 1)
    }

    fn here(&self) -> u32 {
        self.steps.len() as u32
    }

    /// A choice whose two targets are not known yet.
    fn split(&mut self) -> Result<usize, String> {
        self.marks += 1;
        self.push(Step::Split(0, 0, self.marks - 1))
    }

    fn aim(&mut self, split: usize, body: u32, after: u32, greedy: bool) {
        if let Step::Split(a, b, _) = &mut self.steps[split] {
            (*a, *b) = if greedy { (body, after) } else { (after, body) };
        }
    }

    fn emit(&mut self, n: &Node) -> Result<(), String> {
        match n {
            Node::Set(s) => {
                let id = *self.known.entry(s.clone()).or_insert_with(|| {
                    self.sets.push(s.clone());
                    self.sets.len() as u32 - 1
                });
                self.push(Step::Set(id))?;
            }
            Node::Start => {
                self.push(Step::Start)?;
            }
            Node::End => {
                self.push(Step::End)?;
            }
            Node::Cat(nodes) => {
                for n in nodes {
                    self.emit(n)?;
                }
            }
            Node::Alt(nodes) => {
                let mut jumps = Vec::new();
                for (i, n) in nodes.iter().enumerate() {
                    if i + 1 == nodes.len() {
                        self.emit(n)?;
                        break;
                    }
                    let split = self.split()?;
                    let body = self.here();
                    self.emit(n)?;
                    jumps.push(self.push(Step::Jump(0))?);
                    let next = self.here();
                    self.aim(split, body, next, true);
                }
                for j in jumps {
                    self.steps[j] = Step::Jump(self.here());
                }
            }
            Node::Repeat { node, min, max, greedy } => {
                for _ in 0..*min {
                    self.emit(node)?;
                }
                match max {
                    None => {
                        let split = self.split()?;
                        let body = self.here();
                        self.emit(node)?;
                        self.push(Step::Jump(split as u32))?;
                        let after = self.here();
                        self.aim(split, body, after, *greedy);
                    }
                    Some(max) => {
                        let mut splits = Vec::new();
                        for _ in *min..*max {
                            splits.push((self.split()?, self.here()));
                            self.emit(node)?;
                        }
                        for (s, body) in splits {
                            self.aim(s, body, self.here(), *greedy);
                        }
                    }
                }
            }
            Node::Look { node, behind, negate } => {
                let Some(width) = node.max_width() else {
                    return Err("a look around without a bound on its width".into());
                };
                if *behind && node.min_width() != width {
                    return Err("a look behind of varying width".into());
                }
                let back = if *behind { width as u32 } else { 0 };
                let look = self.push(Step::Look { back, negate: *negate, then: 0 })?;
                self.emit(node)?;
                self.push(Step::Match)?;
                self.steps[look] = Step::Look { back, negate: *negate, then: self.here() };
            }
        }
        Ok(())
    }
}

struct Parser {
    chars: Vec<char>,
    at: usize,
    depth: usize,
}

impl Parser {
    fn unsupported(&self, what: &str) -> String {
        format!("{what} at character {}", self.at)
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn eat(&mut self, s: &str) -> bool {
        let hit = self.chars[self.at..].iter().take(s.len()).copied().eq(s.chars());
        self.at += if hit { s.len() } else { 0 };
        hit
    }

    fn next(&mut self) -> Result<char, String> {
        let c = self.peek().ok_or_else(|| self.unsupported("the pattern ends too early"))?;
        self.at += 1;
        Ok(c)
    }

    fn alternatives(&mut self) -> Result<Vec<Node>, String> {
        self.depth += 1;
        if self.depth > 100 {
            return Err(self.unsupported("groups nested more than 100 deep"));
        }
        let mut out = vec![self.sequence()?];
        while self.eat("|") {
            out.push(self.sequence()?);
        }
        self.depth -= 1;
        Ok(out)
    }

    fn sequence(&mut self) -> Result<Node, String> {
        let mut nodes = Vec::new();
        while let Some(c) = self.peek() {
            if c == '|' || c == ')' {
                break;
            }
            if self.eat("(?u)") {
                continue;
            }
            let atom = self.atom()?;
            nodes.push(self.repeated(atom)?);
        }
        Ok(if nodes.len() == 1 { nodes.remove(0) } else { Node::Cat(nodes) })
    }

    fn repeated(&mut self, node: Node) -> Result<Node, String> {
        let (min, max) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => match self.counts() {
                Some(c) => c,
                None => return Ok(node),
            },
            _ => return Ok(node),
        };
        self.at += 1;
        let greedy = !self.eat("?");
        if matches!(self.peek(), Some('*' | '+' | '?')) {
            return Err(self.unsupported("a repeat of a repeat"));
        }
        if max.is_some_and(|m| m < min) {
            return Err(self.unsupported("a repeat whose bounds are swapped"));
        }
        Ok(Node::Repeat { node: Box::new(node), min, max, greedy })
    }

    /// `{2}`, `{2,}`, `{,3}`, `{2,3}`: stops at the closing brace. Anything else in braces is text.
    fn counts(&mut self) -> Option<(u32, Option<u32>)> {
        let close = self.chars[self.at..].iter().position(|&c| c == '}')? + self.at;
        let inside: String = self.chars[self.at + 1..close].iter().collect();
        let number = |s: &str| s.parse::<u32>().ok();
        let out = match inside.split_once(',') {
            None => number(&inside).map(|n| (n, Some(n))),
            Some(("", "")) => None,
            Some((a, "")) => number(a).map(|a| (a, None)),
            Some(("", b)) => number(b).map(|b| (0, Some(b))),
            Some((a, b)) => number(a).zip(number(b)).map(|(a, b)| (a, Some(b))),
        }?;
        self.at = close;
        Some(out)
    }

    fn atom(&mut self) -> Result<Node, String> {
        let look = |p: &mut Self, behind, negate| {
            let node = Box::new(p.group()?);
            Ok(Node::Look { node, behind, negate })
        };
        for (open, behind, negate) in
            [("(?=", false, false), ("(?!", false, true), ("(?<=", true, false), ("(?<!", true, true)]
        {
            if self.eat(open) {
                return look(self, behind, negate);
            }
        }
        if self.eat("(?:") {
            return self.group();
        }
        if self.eat("(?") {
            return Err(self.unsupported("a group that starts with (?"));
        }
        Ok(match self.next()? {
            '(' => self.group()?,
            '[' => Node::Set(self.class()?),
            '^' => Node::Start,
            '$' => Node::End,
            '.' => Node::Set(CharSet::new([('\n', '\n')]).negated()),
            '\\' => Node::Set(self.escape()?),
            '*' | '+' | '?' => return Err(self.unsupported("a repeat of nothing")),
            c => Node::Set(CharSet::new([(c, c)])),
        })
    }

    fn group(&mut self) -> Result<Node, String> {
        let mut nodes = self.alternatives()?;
        if !self.eat(")") {
            return Err(self.unsupported("a group that is not closed"));
        }
        Ok(if nodes.len() == 1 { nodes.remove(0) } else { Node::Alt(nodes) })
    }

    fn escape(&mut self) -> Result<CharSet, String> {
        let c = self.next()?;
        let one = |c| CharSet::new([(c, c)]);
        Ok(match c {
            'd' => DECIMAL.clone(),
            'D' => DECIMAL.negated(),
            'w' => WORD.clone(),
            'W' => WORD.negated(),
            's' => SPACE.clone(),
            'S' => SPACE.negated(),
            'n' => one('\n'),
            't' => one('\t'),
            'r' => one('\r'),
            'f' => one('\x0c'),
            'v' => one('\x0b'),
            'x' => one(self.hex(2)?),
            'u' => one(self.hex(4)?),
            'U' => one(self.hex(8)?),
            c if c.is_ascii_alphanumeric() => return Err(self.unsupported("an escape of a letter or digit")),
            c => one(c),
        })
    }

    fn hex(&mut self, digits: usize) -> Result<char, String> {
        let mut n = 0u32;
        for _ in 0..digits {
            let d = self.next()?.to_digit(16).ok_or_else(|| self.unsupported("not a hexadecimal digit"))?;
            n = n.wrapping_mul(16).wrapping_add(d);
        }
        char::from_u32(n).ok_or_else(|| self.unsupported("not a character"))
    }

    fn class(&mut self) -> Result<CharSet, String> {
        let negate = self.eat("^");
        let mut ranges: Vec<(char, char)> = Vec::new();
        let mut first = true;
        loop {
            let c = self.next()?;
            if c == ']' && !first {
                break;
            }
            first = false;
            let lo = if c == '\\' { self.escape()? } else { CharSet::new([(c, c)]) };
            let single = single(&lo);
            let dash = self.peek() == Some('-') && self.chars.get(self.at + 1).is_some_and(|&c| c != ']');
            let Some(lo_char) = single.filter(|_| dash) else {
                ranges.extend(lo.ranges());
                continue;
            };
            self.at += 1;
            let c = self.next()?;
            let hi = if c == '\\' { self.escape()? } else { CharSet::new([(c, c)]) };
            match self::single(&hi) {
                Some(hi) if lo_char <= hi => ranges.push((lo_char, hi)),
                _ => return Err(self.unsupported("a range whose ends are swapped or no characters")),
            }
        }
        let set = CharSet::new(ranges);
        Ok(if negate { set.negated() } else { set })
    }
}

fn single(s: &CharSet) -> Option<char> {
    let mut r = s.ranges();
    match (r.next(), r.next()) {
        (Some((a, b)), None) if a == b => Some(a),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chars(s: &str) -> Vec<char> {
        s.chars().collect()
    }

    fn find(pattern: &str, text: &str) -> Option<(usize, usize)> {
        let p = Pattern::new(pattern).expect("a supported pattern");
        p.find(&chars(text), 0, &mut Memory::default())
    }

    /// Every alternative at every place, nothing remembered.
    fn slow_find(p: &Pattern, text: &[char]) -> Option<(usize, usize)> {
        let mut memory = Memory::default();
        let mut all = (0..=text.len()).flat_map(|at| p.starts.iter().map(move |&pc| (at, pc)));
        all.find_map(|(at, pc)| Some((at, p.run(pc, at, text, &mut memory, Seen::Not)?)))
    }

    #[test]
    fn matches_are_those_of_python() {
        for (pattern, text, want) in [
            (r"a|ab", "xab", Some((1, 2))),
            (r"^b|a$", "abba", Some((3, 4))),
            (r"\.\.+$", "wait....", Some((4, 8))),
            (r"(?<=[0-9])(?:km|m|k)$", "10km", Some((2, 4))),
            (r"(?<=[0-9])(?:km|m|k)$", "km", None),
            (r"(?<![a-z])x(?!y)", "a1xy1x", Some((5, 6))),
            (r"a{2,3}", "aaaa", Some((0, 3))),
            (r"a{2,3}?", "aaaa", Some((0, 2))),
            (r"a{,2}b", "aab", Some((0, 3))),
            (r"a{x}", "a{x}", Some((0, 4))),
            (r"[^\s\-]+", "- é3 ", Some((2, 4))),
            (r"[]a]+", "]a[", Some((0, 2))),
            (r"[a\-z]+", "m-a", Some((1, 3))),
            (r"\w+\W", "añ_9!", Some((0, 5))),
            (r"\u00e9|\x41", "zAé", Some((1, 2))),
            (r"x$", "x\n", Some((0, 1))),
            (r"(?:(?:a|b)*c)+d", "abcbcd", Some((0, 6))),
            (r"(?u)(ab)+", "ababa", Some((0, 4))),
            (r".", "\n\u{1f600}", Some((1, 2))),
        ] {
            assert_eq!(find(pattern, text), want, "{pattern} on {text:?}");
        }
    }

    #[test]
    fn what_is_not_supported_is_named() {
        for (pattern, what) in [
            ("(a", "not closed"),
            ("a)", "unbalanced"),
            ("(?i)a", "starts with (?"),
            (r"(?P<n>a)", "starts with (?"),
            (r"\ba", "escape"),
            ("(?<=a+)b", "bound"),
            ("(?<=a|bc)b", "varying"),
            ("a**", "repeat"),
            ("*a", "repeat"),
            ("[z-a]", "swapped"),
            ("[a", "too early"),
            ("(?:a{1000}){1000}", "longer"),
        ] {
            let e = Pattern::new(pattern).expect_err(pattern);
            assert!(e.contains(what), "{pattern}: {e}");
        }
        assert!(Pattern::new(&"(".repeat(100_000)).is_err());
    }

    #[test]
    fn time_is_linear_in_the_text() {
        let long = chars(&"a.".repeat(500_000));
        let mut memory = Memory::default();
        for p in [r"^(?:\S+(?::\S*)?@)?(?:[a-z]+\.)+x$", r"\.\.+$|,$", r"(?<=[a-z])-(?=[a-z])"] {
            assert_eq!(Pattern::new(p).expect("supported").find(&long, 0, &mut memory), None);
        }
    }

    proptest! {
        #[test]
        fn short_cuts_change_nothing(text in "[abc.,$ 0-9é²\n]{0,14}", which in 0usize..8) {
            let p = Pattern::new([
                r"^\.\.+|^,|^\$|^a\$",
                r",$|\.\.+$|'s$|(?<=[0-9])(?:ab|a²|c)$|(?<=[0-9a-z²])\.$",
                r"\.\.+|(?<=[0-9])[,$](?=[0-9-])|(?<=[abc])\.(?=[abc])",
                r"^(?:[ab.]{2,}c)?(?:\S+(?:,\S*)?\$)?[a-z]{2,3}$",
                r"(?:a|ab)(?:c|bcd)*$",
                r"(?:é|²)+?[^a]",
                r"(a|b)*c|\d{2,}",
                r"",
            ][which]).expect("supported");
            let text = chars(&text);
            prop_assert_eq!(p.find(&text, 0, &mut Memory::default()), slow_find(&p, &text));
        }

        #[test]
        fn any_source_compiles_or_is_refused(source in r"[ab()\[\]{}|*+?^$\\.,:=!<\-dwsux0-9]{0,24}", text in "[ab01]{0,6}") {
            if let Ok(p) = Pattern::new(&source) {
                let _ = p.find(&chars(&text), 0, &mut Memory::default());
            }
        }
    }
}
