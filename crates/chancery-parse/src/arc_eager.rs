//! The dependency parser: spaCy's non-monotonic arc-eager system, decoded greedily.
//!
//! ```text
//!   stack [.. S1 S0]   buffer [B0 B1 ..]
//!   SHIFT   B0 to the stack                REDUCE  drop S0; if it has no head yet, back to the buffer
//!   LEFT    B0 becomes head of S0, drop    RIGHT   S0 becomes head of B0, B0 to the stack
//!   BREAK   a sentence starts at B1
//! ```
use crate::doc::intern;
use crate::error::LoadError;
use crate::files::Files;
use crate::kernels::{Isa, Rows};
use crate::net;
use crate::tok2vec::{Tok2Vec, Vectors};
use crate::transition::{Network, Work, check_greedy, moves};
use std::sync::Arc;

/// Tokens of a state that the network sees.
const FEATURES: usize = 8;
const NONE: u32 = u32::MAX;

pub(crate) struct Parser {
    network: Network,
    /// The model's own embedding, if it does not listen to the shared one.
    pub(crate) own: Option<Tok2Vec>,
    /// Classes of each action: `bounds[action]..bounds[action + 1]`.
    bounds: [usize; 6],
    labels: Vec<Label>,
    root: &'static str,
}

#[derive(Clone, Copy)]
struct Label {
    /// The label without its decoration.
    plain: &'static str,
    /// `y` in a label `x||y`: the token hangs on the nearest descendant with that label.
    lifted: Option<&'static str>,
}

/// The parse of a document.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(crate) heads: Vec<u32>,
    pub(crate) labels: Vec<&'static str>,
    pub(crate) sent_starts: Vec<bool>,
}

/// The state; kept between documents for its memory.
#[derive(Default)]
pub(crate) struct State {
    stack: Vec<u32>,
    /// Tokens that were put back, the next one last.
    returned: Vec<u32>,
    next: u32,
    heads: Vec<u32>,
    classes: Vec<u16>,
    /// The dependent attached last on the left and on the right of each token, and of each dependent the one
    /// attached before it on the same side.
    last: [Vec<u32>; 2],
    previous: Vec<u32>,
    unshiftable: Vec<bool>,
    starts: Vec<bool>,
    edges: Vec<(u32, u32)>,
}

impl Parser {
    pub(crate) fn load(files: &Files, component: &str, vectors: Option<&Arc<Vectors>>) -> Result<Self, LoadError> {
        let (network, own) = net::with_layers(files, &format!("{component}/model"), |layers| {
            let own = if Tok2Vec::is_in(layers) { Some(Tok2Vec::from_layers(layers, vectors)?) } else { None };
            Ok((Network::from_layers(layers, FEATURES)?, own))
        })?;
        check_greedy(files, component)?;
        let name = format!("{component}/moves");
        let moves = moves(files, &name)?;
        if moves.len() != network.classes {
            let reason = format!("{} actions for {} classes of the model", moves.len(), network.classes);
            return Err(LoadError::new(&files.path(&name), reason));
        }
        let bounds = std::array::from_fn(|a| moves.partition_point(|m| usize::from(m.0) < a));
        // Without these three some states would have no action at all.
        let needed = [0, 1, 4].iter().all(|&a| bounds[a] < bounds[a + 1]) && bounds[5] == moves.len();
        if !needed || moves.iter().any(|m| m.1 == "subtok") {
            return Err(LoadError::new(&files.path(&name), "these actions are not those of spaCy's dependency parser"));
        }
        let labels = moves.iter().map(|(_, l)| match l.split_once("||") {
            Some((plain, lifted)) => Label { plain: intern(plain), lifted: Some(intern(lifted)) },
            None => Label { plain: intern(l), lifted: None },
        });
        Ok(Parser { network, own, bounds, labels: labels.collect(), root: intern("ROOT") })
    }

    pub(crate) fn inputs(&self) -> usize {
        self.network.inputs()
    }

    /// Parses a document of `n` tokens. `is_space(i)` tells tokens of white space.
    pub(crate) fn parse(
        &self,
        isa: Isa,
        vectors: Rows<'_>,
        n: usize,
        is_space: impl Fn(usize) -> bool,
        s: &mut State,
        work: &mut Work,
    ) -> Tree {
        self.network.prepare(isa, vectors, n, work);
        s.reset(n);
        while !s.stack.is_empty() || s.buffered() > 0 {
            self.network.score(isa, &s.features(), work);
            let class = self.best(&s.valid(), &work.scores);
            s.act(self.action(class), class as u16);
        }
        self.tree(s, is_space)
    }

    fn action(&self, class: usize) -> usize {
        self.bounds[1..5].iter().filter(|&&b| b <= class).count()
    }

    /// The best class whose action is valid; the first of equals.
    fn best(&self, valid: &[bool; 5], scores: &[f32]) -> usize {
        let mut best = None;
        for (a, _) in valid.iter().enumerate().filter(|(_, v)| **v) {
            for c in self.bounds[a]..self.bounds[a + 1] {
                if best.is_none_or(|b: usize| scores[c] > scores[b]) {
                    best = Some(c);
                }
            }
        }
        best.expect("an empty stack allows SHIFT, any other REDUCE, and both exist")
    }

    fn tree(&self, s: &mut State, is_space: impl Fn(usize) -> bool) -> Tree {
        let n = s.heads.len();
        let mut tree = Tree::default();
        let mut lifted = Vec::new();
        for i in 0..n {
            if s.heads[i] == NONE {
                tree.heads.push(i as u32);
                tree.labels.push(self.root);
            } else {
                let label = self.labels[usize::from(s.classes[i])];
                tree.heads.push(s.heads[i]);
                tree.labels.push(label.plain);
                lifted.extend(label.lifted.map(|l| (i, l)));
            }
        }
        if !lifted.is_empty() {
            edges(&tree.heads, &mut s.edges);
            // A label that is still decorated compares with its decoration, so it never matches a plain one.
            let mut decorated: Vec<usize> = lifted.iter().map(|l| l.0).collect();
            for (i, label) in lifted {
                let head = |c: usize| tree.labels[c] == label && !decorated.contains(&c);
                if let Some(h) = find_head(&tree.heads, &s.edges, i, head, &is_space) {
                    tree.heads[i] = h;
                }
                decorated.retain(|&d| d != i);
            }
        }
        edges(&tree.heads, &mut s.edges);
        tree.sent_starts = vec![false; n];
        for i in 0..n {
            if tree.heads[i] as usize == i {
                tree.sent_starts[s.edges[i].0 as usize] = true;
            }
        }
        tree
    }
}

/// Breadth-first from the head of `token`, the first descendant that `fits`.
fn find_head(
    heads: &[u32],
    edges: &[(u32, u32)],
    token: usize,
    fits: impl Fn(usize) -> bool,
    is_space: impl Fn(usize) -> bool,
) -> Option<u32> {
    let mut queue = vec![heads[token]];
    // The heads form trees, but edges are those of the trees before any token was moved.
    let mut steps = heads.len();
    while !queue.is_empty() && steps > 0 {
        let mut next = Vec::new();
        for &q in &queue {
            let (left, right) = edges[q as usize];
            for c in left..=right {
                if c == q || heads[c as usize] != q || is_space(c as usize) || c as usize == token {
                    continue;
                }
                if fits(c as usize) {
                    return Some(c);
                }
                next.push(c);
            }
        }
        queue = next;
        steps -= 1;
    }
    None
}

/// The leftmost and rightmost token of each subtree, as spaCy computes them: repeated passes until every head
/// lies within its sentence, at most twelve (its loop, `set_children_from_heads`).
fn edges(heads: &[u32], out: &mut Vec<(u32, u32)>) {
    let n = heads.len();
    out.clear();
    out.extend((0..n as u32).map(|i| (i, i)));
    let mut starts = vec![false; n];
    for _ in 0..12 {
        let widen = |i: usize, out: &mut Vec<(u32, u32)>| {
            let (child, head) = (out[i], &mut out[heads[i] as usize]);
            *head = (head.0.min(child.0), head.1.max(child.1));
        };
        (0..n).for_each(|i| widen(i, out));
        (0..n).rev().for_each(|i| widen(i, out));
        starts.fill(false);
        for i in 0..n {
            if heads[i] as usize == i {
                starts[out[i].0 as usize] = true;
            }
        }
        let mut start = 0;
        let mut inside = true;
        for end in 0..n {
            if (end > 0 && starts[end]) || end + 1 == n {
                inside &= heads[start..end].iter().all(|&h| (start..=end).contains(&(h as usize)));
                start = end;
            }
        }
        if inside {
            break;
        }
    }
}

impl State {
    fn reset(&mut self, n: usize) {
        fn set<T: Clone>(v: &mut Vec<T>, n: usize, x: T) {
            v.clear();
            v.resize(n, x);
        }
        self.stack.clear();
        self.returned.clear();
        self.next = 0;
        set(&mut self.heads, n, NONE);
        set(&mut self.classes, n, 0);
        self.last.iter_mut().for_each(|l| set(l, n, NONE));
        set(&mut self.previous, n, NONE);
        set(&mut self.unshiftable, n, false);
        set(&mut self.starts, n, false);
    }

    fn len(&self) -> u32 {
        self.heads.len() as u32
    }

    fn buffered(&self) -> usize {
        (self.len() - self.next) as usize + self.returned.len()
    }

    /// Token `i` of the buffer, or [`NONE`].
    fn buffer(&self, i: usize) -> u32 {
        let back = self.returned.len();
        if i < back {
            return self.returned[back - 1 - i];
        }
        let at = self.next + (i - back) as u32;
        if at < self.len() { at } else { NONE }
    }

    /// Token `i` of the stack from its top, or [`NONE`].
    fn stacked(&self, i: usize) -> u32 {
        self.stack.len().checked_sub(i + 1).map_or(NONE, |at| self.stack[at])
    }

    /// What the network sees; a missing token is the row after the last.
    fn features(&self) -> [u32; FEATURES] {
        let child = |side: usize, head: u32| self.last[side].get(head as usize).copied().unwrap_or(NONE);
        let (b0, s0) = (self.buffer(0), self.stacked(0));
        let ids = [b0, self.buffer(1), s0, self.stacked(1), self.stacked(2), child(0, b0), child(0, s0), child(1, s0)];
        ids.map(|i| i.min(self.len()))
    }

    /// Which of SHIFT, REDUCE, LEFT, RIGHT, BREAK are allowed.
    fn valid(&self) -> [bool; 5] {
        let (b0, b1) = (self.buffer(0), self.buffer(1));
        let left = self.buffered();
        let starts = |i: u32| self.starts.get(i as usize).copied().unwrap_or(false);
        let arc = !self.stack.is_empty() && left > 0 && !starts(b0);
        [
            self.stack.is_empty() || (left >= 2 && !starts(b0) && !self.unshiftable[b0 as usize]),
            !self.stack.is_empty(),
            arc,
            arc,
            left >= 2 && b1 == b0 + 1 && !starts(b1),
        ]
    }

    fn act(&mut self, action: usize, class: u16) {
        let (b0, s0) = (self.buffer(0), self.stacked(0));
        match action {
            0 => self.push(),
            1 => {
                self.stack.pop();
                if self.heads[s0 as usize] == NONE && !self.stack.is_empty() {
                    self.unshiftable[s0 as usize] = true;
                    self.returned.push(s0);
                }
            }
            2 => {
                self.attach(b0, s0, class);
                self.unshiftable[b0 as usize] = false;
                self.stack.pop();
            }
            3 => {
                self.attach(s0, b0, class);
                self.push();
            }
            _ => {
                let b1 = self.buffer(1);
                self.starts[b1 as usize] = true;
            }
        }
    }

    fn push(&mut self) {
        let b0 = self.buffer(0);
        if self.returned.pop().is_none() {
            self.next += 1;
        }
        self.stack.push(b0);
    }

    fn attach(&mut self, head: u32, child: u32, class: u16) {
        let old = self.heads[child as usize];
        if old != NONE {
            self.detach(old, child);
        }
        let last = &mut self.last[usize::from(child > head)][head as usize];
        self.previous[child as usize] = std::mem::replace(last, child);
        self.heads[child as usize] = head;
        self.classes[child as usize] = class;
    }

    fn detach(&mut self, head: u32, child: u32) {
        let after = self.previous[child as usize];
        let last = &mut self.last[usize::from(child > head)][head as usize];
        if *last == child {
            *last = after;
            return;
        }
        let mut at = *last;
        while at != NONE {
            let before = self.previous[at as usize];
            if before == child {
                self.previous[at as usize] = after;
                return;
            }
            at = before;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Runs the system with arbitrary choices among the valid actions.
    fn run(n: usize, choices: &[u8]) -> State {
        let mut s = State::default();
        s.reset(n);
        let mut steps = 0;
        while !s.stack.is_empty() || s.buffered() > 0 {
            let valid: Vec<usize> = s.valid().iter().enumerate().filter(|v| *v.1).map(|v| v.0).collect();
            let choice = choices.get(steps % choices.len()).copied().unwrap_or(0);
            assert!(s.features().iter().all(|&f| f <= n as u32));
            s.act(valid[usize::from(choice) % valid.len()], u16::from(choice));
            steps += 1;
            assert!(steps <= 20 * n * n + 20, "no end after {steps} steps");
        }
        s
    }

    proptest! {
        #[test]
        fn any_choices_end_in_trees(n in 1usize..24, choices in proptest::collection::vec(any::<u8>(), 1..200)) {
            let s = run(n, &choices);
            let heads: Vec<u32> = s.heads.iter().enumerate().map(|(i, &h)| if h == NONE { i as u32 } else { h }).collect();
            for i in 0..n {
                let mut at = i;
                for _ in 0..n {
                    at = heads[at] as usize;
                }
                prop_assert_eq!(heads[at] as usize, at, "token {} leads to no root: {:?}", i, heads);
            }
            let mut out = Vec::new();
            edges(&heads, &mut out);
            prop_assert!((0..n).all(|i| out[i].0 as usize <= i && i <= out[i].1 as usize));
        }

        #[test]
        fn the_last_dependents_are_those_of_the_heads(n in 1usize..24, choices in proptest::collection::vec(any::<u8>(), 1..200)) {
            // Dependents are linked from the last one back; each token hangs in exactly one list.
            let s = run(n, &choices);
            let mut listed = vec![NONE; n];
            for side in 0..2 {
                for head in 0..n {
                    let mut c = s.last[side][head];
                    while c != NONE {
                        prop_assert_eq!(listed[c as usize], NONE);
                        prop_assert_eq!(usize::from(c as usize > head), side);
                        listed[c as usize] = head as u32;
                        c = s.previous[c as usize];
                    }
                }
            }
            prop_assert_eq!(listed, s.heads);
        }
    }

    #[test]
    fn a_lifted_token_finds_its_head_below() {
        // 0 <- 1 -> 3, 3 -> 2 (dobj); token 4 hangs on 1 and looks for a dobj.
        let heads = [1, 1, 3, 1, 1];
        let labels = ["nsubj", "ROOT", "dobj", "xcomp", "prep"];
        let mut e = Vec::new();
        edges(&heads, &mut e);
        let find = |label: &str| find_head(&heads, &e, 4, |c| labels[c] == label, |_| false);
        assert_eq!(find("dobj"), Some(2));
        assert_eq!(find("nsubj"), Some(0));
        assert_eq!(find("pobj"), None);
    }
}
