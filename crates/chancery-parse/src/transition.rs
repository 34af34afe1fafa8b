//! The network that both transition systems share: it scores the actions open to a state from the vectors of
//! a few tokens of the state.
use crate::error::LoadError;
use crate::files::Files;
use crate::kernels::{self, Isa, LANES, Packed, ROW_BLOCK, Rows, SCORES, StateSum};
use crate::msgpack::{self, Value};
use crate::net::{Layer, single};

/// Blocks of tokens whose rows are kept at a time.
const HELD: usize = 128;
/// Most tokens of a state.
const MAX_FEATURES: usize = 8;

/// Weights of a transition system.
pub(crate) struct Network {
    /// Token vector to the width of the hidden layer.
    reduce: Packed,
    /// That to what each feature of a state adds to the hidden layer, before the maximum of two pieces.
    lower: Packed,
    features: usize,
    hidden: usize,
    pad: Vec<f32>,
    bias: Vec<f32>,
    upper: Vec<[f32; SCORES]>,
    upper_bias: [f32; SCORES],
    pub(crate) classes: usize,
}

/// What is computed once a document; kept for its memory.
pub(crate) struct Work {
    reduced: Vec<f32>,
    /// Blocks of [`ROW_BLOCK`] rows: one for each of the first tokens of a short document, or for those of a long
    /// one that were asked for last; then one for each feature; then the row of padding.
    rows: Vec<f32>,
    tokens: usize,
    /// Which block of tokens lies where, for a long document.
    held: Vec<u32>,
    hidden: Vec<f32>,
    pub(crate) scores: [f32; SCORES],
}

impl Default for Work {
    fn default() -> Self {
        Work {
            reduced: Vec::new(),
            rows: Vec::new(),
            tokens: 0,
            held: Vec::new(),
            hidden: Vec::new(),
            scores: [0.0; SCORES],
        }
    }
}

impl Network {
    /// Finds the layers of a model whose states have `features` tokens.
    pub(crate) fn from_layers(layers: &[Layer<'_>], features: usize) -> Result<Self, String> {
        let affine = single(layers, "precomputable_affine")?;
        let ([f, hidden, pieces, k], w) = affine.param("W")?;
        let (bias_shape, b) = affine.param("b")?;
        let (pad_shape, p) = affine.param("pad")?;
        if f != features || f > MAX_FEATURES || pieces != 2 || hidden % LANES != 0 || hidden == 0 {
            return Err(format!("a state of {f} tokens, {hidden} hidden units and {pieces} pieces is not supported"));
        }
        if bias_shape != [hidden, 2] || pad_shape != [1, f, hidden, 2] {
            return Err(format!("bias {bias_shape:?} or padding {pad_shape:?} do not fit {hidden} hidden units"));
        }
        let mut linear = layers.iter().filter(|l| l.name == "linear").map(|l| Ok((l.param::<2>("W")?.0, l)));
        let mut find = |inputs: Option<usize>, outputs: Option<usize>| -> Result<&Layer<'_>, String> {
            let fits = |s: &[usize; 2]| outputs.is_none_or(|o| o == s[0]) && inputs.is_none_or(|i| i == s[1]);
            let found: Option<Result<(_, &Layer<'_>), String>> =
                linear.find(|l| l.as_ref().map_or(true, |(shape, _)| fits(shape)));
            found.ok_or("a linear layer is missing: models without an upper layer are not supported")?.map(|(_, l)| l)
        };
        // In the order of the file: the upper layer first, then the one that reduces the token vectors.
        let upper = find(Some(hidden), None)?;
        let reduce = find(None, Some(k))?.linear()?;
        let ([classes, _], u) = upper.param("W")?;
        let ([n], ub) = upper.param("b")?;
        if n != classes || classes > SCORES || classes == 0 {
            return Err(format!("{classes} classes and {n} biases: at most {SCORES} classes are supported"));
        }
        // Piece by piece, so that the maximum of the pieces is one of whole vectors.
        let size = 2 * hidden;
        let spread = |flat: usize| (flat % size % hidden) * 2 + flat % size / hidden;
        let by_piece = |v: &[f32]| (0..v.len()).map(|i| v[i / size * size + spread(i)]).collect::<Vec<f32>>();
        let lower = Packed::linear((f * size, k), |o, i| w[(o / size * size + spread(o)) * k + i], |_| 0.0);
        if lower.width != f * size {
            return Err(format!("{hidden} hidden units are not supported"));
        }
        let mut by_input = vec![[0f32; SCORES]; hidden];
        for (i, row) in by_input.iter_mut().enumerate() {
            for (c, x) in row.iter_mut().take(classes).enumerate() {
                *x = u[c * hidden + i];
            }
        }
        let mut upper_bias = [0f32; SCORES];
        upper_bias[..classes].copy_from_slice(&ub);
        let (pad, bias) = (by_piece(&p), by_piece(&b));
        Ok(Network { reduce, lower, features: f, hidden, pad, bias, upper: by_input, upper_bias, classes })
    }

    /// Width of the token vectors.
    pub(crate) fn inputs(&self) -> usize {
        self.reduce.k
    }

    /// Prepares a document of `n` tokens.
    ///
    /// What each token adds in each place of a state is computed here if the document is short, else when it is
    /// asked for: kept for all tokens of a long text it would fill gigabytes.
    pub(crate) fn prepare(&self, isa: Isa, tokens: Rows<'_>, n: usize, work: &mut Work) {
        let size = self.lower.width;
        work.reduced.resize(n.next_multiple_of(ROW_BLOCK) * self.reduce.width, 0.0);
        kernels::linear(isa, tokens, n, &self.reduce, &mut work.reduced);
        work.tokens = n;
        let blocks = n.div_ceil(ROW_BLOCK).min(HELD);
        work.rows.resize(((blocks + self.features) * ROW_BLOCK + 1) * size, 0.0);
        let pad = work.rows.len() - size;
        work.rows[pad..].copy_from_slice(&self.pad);
        work.held.clear();
        if n > HELD * ROW_BLOCK {
            work.held.resize(HELD, u32::MAX);
        } else {
            let reduced = Rows { data: &work.reduced, stride: self.reduce.width };
            kernels::linear(isa, reduced, n, &self.lower, &mut work.rows);
        }
        work.hidden.resize(self.hidden, 0.0);
    }

    /// Scores all classes into `work.scores`. A feature without a token has the id `n`.
    pub(crate) fn score(&self, isa: Isa, ids: &[u32], work: &mut Work) {
        let mut rows = [0u32; MAX_FEATURES];
        let pad = (work.rows.len() / self.lower.width - 1) as u32;
        for f in 0..ids.len() {
            rows[f] = match ids[f] {
                id if id as usize >= work.tokens => pad,
                id if work.held.is_empty() => id,
                id => self.fetch(isa, id, &ids[..f], work),
            };
        }
        let sum = StateSum {
            rows: &work.rows,
            features: self.features,
            bias: &self.bias,
            upper: &self.upper,
            upper_bias: &self.upper_bias,
        };
        kernels::scores(isa, &sum, &rows[..ids.len()], &mut work.hidden, &mut work.scores);
    }

    /// The row of a token of a long document. `before` are the tokens of the same state that have theirs.
    fn fetch(&self, isa: Isa, id: u32, before: &[u32], work: &mut Work) -> u32 {
        let block = id / ROW_BLOCK as u32;
        let mut place = block as usize % HELD;
        if work.held[place] != block {
            // A place that this very state needs for another token is not given away.
            let in_use = |&b: &u32| (b as usize) < work.tokens && b / ROW_BLOCK as u32 == work.held[place];
            if before.iter().any(in_use) {
                place = HELD + before.len();
            } else {
                work.held[place] = block;
            }
            let from = block as usize * ROW_BLOCK * self.reduce.width;
            let reduced = Rows { data: &work.reduced[from..], stride: self.reduce.width };
            let to = &mut work.rows[place * ROW_BLOCK * self.lower.width..];
            kernels::linear(isa, reduced, ROW_BLOCK, &self.lower, to);
        }
        (place * ROW_BLOCK) as u32 + id % ROW_BLOCK as u32
    }
}

/// Refuses a component that was trained to keep several parses at a time, which nothing here does.
pub(crate) fn check_greedy(files: &Files, component: &str) -> Result<(), LoadError> {
    let name = format!("{component}/cfg");
    match files.json(&name)?["beam_width"].as_u64() {
        None | Some(0 | 1) => Ok(()),
        Some(n) => Err(LoadError::new(&files.path(&name), format!("a beam of {n} is not supported, only 1"))),
    }
}

/// The actions of a `moves` file in the order of the classes: (action, label).
pub(crate) fn moves(files: &Files, name: &str) -> Result<Vec<(u8, String)>, LoadError> {
    let fail = |reason: &str| LoadError::new(&files.path(name), reason);
    let bytes = files.bytes(name)?;
    let root = msgpack::read(&bytes).map_err(|e| fail(&e.to_string()))?;
    let json = root.get("moves").and_then(Value::str).ok_or_else(|| fail("no text `moves`"))?;
    let map: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(json).map_err(|e| fail(&format!("`moves` is not readable as JSON: {e}")))?;
    let mut out = Vec::new();
    for (action, labels) in &map {
        let action: u8 = action.parse().map_err(|_| fail(&format!("action `{action}` is not a number")))?;
        let labels = labels.as_object().ok_or_else(|| fail("an action without labels"))?;
        for (label, frequency) in labels {
            let frequency = frequency.as_i64().ok_or_else(|| fail("a label without a frequency"))?;
            out.push((action, frequency, label.clone()));
        }
    }
    // Within an action the frequent labels come first; equals in descending order of the label.
    out.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| (b.1, &b.2).cmp(&(a.1, &a.2))));
    Ok(out.into_iter().map(|(a, _, l)| (a, l)).collect())
}
