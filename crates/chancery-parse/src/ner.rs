//! The entity recogniser: one action a token, begin, in, last, unit or out, decoded greedily.
use crate::doc::{Entity, intern};
use crate::error::LoadError;
use crate::files::Files;
use crate::kernels::{Isa, Rows};
use crate::net;
use crate::tok2vec::{Tok2Vec, Vectors};
use crate::transition::{Network, Work, check_greedy, moves};
use std::sync::Arc;

/// Tokens of a state that the network sees: the next one, the first of the open entity, the one before.
const FEATURES: usize = 3;

const BEGIN: u8 = 1;
const IN: u8 = 2;
const LAST: u8 = 3;
const UNIT: u8 = 4;
const OUT: u8 = 5;

pub(crate) struct Ner {
    network: Network,
    /// The model's own embedding, if it does not listen to the shared one.
    pub(crate) own: Option<Tok2Vec>,
    moves: Vec<(u8, &'static str)>,
}

impl Ner {
    pub(crate) fn load(files: &Files, component: &str, vectors: Option<&Arc<Vectors>>) -> Result<Self, LoadError> {
        let (network, own) = net::with_layers(files, &format!("{component}/model"), |layers| {
            let own = if Tok2Vec::is_in(layers) { Some(Tok2Vec::from_layers(layers, vectors)?) } else { None };
            Ok((Network::from_layers(layers, FEATURES)?, own))
        })?;
        check_greedy(files, component)?;
        let name = format!("{component}/moves");
        let moves: Vec<(u8, &'static str)> = moves(files, &name)?.iter().map(|(a, l)| (*a, intern(l))).collect();
        if moves.len() != network.classes {
            let reason = format!("{} actions for {} classes of the model", moves.len(), network.classes);
            return Err(LoadError::new(&files.path(&name), reason));
        }
        // Outside an entity OUT is always open, inside one its LAST: both must exist.
        let ends = |label| moves.contains(&(LAST, label));
        let complete = moves.iter().all(|&(a, l)| (BEGIN..=OUT).contains(&a) && (a != BEGIN || ends(l)));
        if !complete || !moves.iter().any(|m| m.0 == OUT) {
            return Err(LoadError::new(&files.path(&name), "these actions are not those of spaCy's entity recogniser"));
        }
        Ok(Ner { network, own, moves })
    }

    pub(crate) fn inputs(&self) -> usize {
        self.network.inputs()
    }

    pub(crate) fn entities(
        &self,
        isa: Isa,
        vectors: Rows<'_>,
        sent_starts: &[bool],
        is_space: impl Fn(usize) -> bool,
        work: &mut Work,
    ) -> Vec<Entity> {
        let n = sent_starts.len();
        self.network.prepare(isa, vectors, n, work);
        let none = n as u32;
        let mut out = Vec::new();
        let mut open: Option<(u32, &'static str)> = None;
        for (i, token) in (0..n as u32).enumerate() {
            let ids = [token, open.map_or(none, |o| o.0), if open.is_some() { token - 1 } else { none }];
            self.network.score(isa, &ids, work);
            let goes_on = i + 1 < n && !sent_starts[i + 1];
            let space = is_space(i);
            let valid = |(action, label): (u8, &'static str)| match (action, open) {
                (BEGIN, None) => goes_on && !space && !label.is_empty(),
                (IN, Some((_, l))) => goes_on && l == label,
                (LAST, Some((_, l))) => l == label,
                (UNIT, None) => !space && !label.is_empty(),
                (OUT, None) => true,
                _ => false,
            };
            let mut best = None;
            for (c, &m) in self.moves.iter().enumerate() {
                if valid(m) && best.is_none_or(|b: usize| work.scores[c] > work.scores[b]) {
                    best = Some(c);
                }
            }
            let (action, label) = self.moves[best.expect("OUT or the LAST of the open entity is valid")];
            match (action, open) {
                (BEGIN, _) => open = Some((token, label)),
                (LAST, Some((start, _))) => {
                    out.push(Entity { start, end: token + 1, label });
                    open = None;
                }
                (UNIT, _) => out.push(Entity { start: token, end: token + 1, label }),
                _ => {}
            }
        }
        out
    }
}
