//! Vectors of tokens: hash embeddings mixed by a maxout layer, then a few windowed maxout layers.
//!
//! The first half depends on the word alone (and on whether a space follows), so its result is kept with the
//! word and never computed twice. The second half runs over a strip that holds the tokens of several
//! documents:
//!
//! ```text
//!   0 | p p p p | document 1 | p p p p | document 2 | p p p p | 0        p: rows that start at zero
//! ```
//!
//! spaCy gives each document its own rows of padding on both sides, as many as the layers can see, and lets
//! them evolve. Neighbours can share them: at layer `l` a document still reads only the `depth - l` rows next
//! to it, and no row that near has yet heard from the document on the other side.
use crate::error::LoadError;
use crate::files::{Bytes, Files};
use crate::hash::embedding_rows;
use crate::kernels::{self, Isa, LANES, Norm, Packed, ROW_BLOCK, Rows};
use crate::lexicon::Features;
use crate::msgpack;
use crate::net::{self, Layer, Table, single};
use std::collections::HashMap;
use std::sync::Arc;

/// An embedding and its encoder.
pub(crate) struct Tok2Vec {
    tables: Vec<Embedding>,
    vectors: Option<(Arc<Vectors>, Packed)>,
    mix: Packed,
    mix_norm: Norm,
    layers: Vec<(Packed, Norm)>,
    pub(crate) width: usize,
    window: usize,
}

struct Embedding {
    feature: Feature,
    seed: u32,
    table: Table,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Feature {
    Orth,
    Norm,
    Lower,
    Prefix,
    Suffix,
    Shape,
    Spacy,
    IsSpace,
}

impl Feature {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "ORTH" => Feature::Orth,
            "NORM" => Feature::Norm,
            "LOWER" => Feature::Lower,
            "PREFIX" => Feature::Prefix,
            "SUFFIX" => Feature::Suffix,
            "SHAPE" => Feature::Shape,
            "SPACY" => Feature::Spacy,
            "IS_SPACE" => Feature::IsSpace,
            _ => return None,
        })
    }

    fn of(self, f: &Features, space_follows: bool) -> u64 {
        match self {
            Feature::Orth => f.orth,
            Feature::Norm => f.norm,
            Feature::Lower => f.lower,
            Feature::Prefix => f.prefix,
            Feature::Suffix => f.suffix,
            Feature::Shape => f.shape,
            Feature::Spacy => u64::from(space_follows),
            Feature::IsSpace => u64::from(f.is_space),
        }
    }
}

/// Static word vectors: a table of rows, left in the bytes of its file, and the row of each word.
pub(crate) struct Vectors {
    width: usize,
    file: Bytes,
    /// Where the table starts in the file.
    start: usize,
    rows: HashMap<u64, u32>,
}

impl Vectors {
    /// Reads `vocab/vectors` (NumPy) and `vocab/key2row`; none if the model has no vectors.
    pub(crate) fn load(files: &Files) -> Result<Option<Arc<Self>>, LoadError> {
        let name = "vocab/vectors";
        if !files.has(name) {
            return Ok(None);
        }
        let file = files.bytes(name)?;
        let ([count, width], start) = npy(&file).map_err(|e| LoadError::new(&files.path(name), e))?;
        if count == 0 || width == 0 {
            return Ok(None);
        }
        let name = "vocab/vectors.cfg";
        if files.has(name) {
            let cfg = files.json(name)?;
            for (key, only) in [("mode", "default"), ("attr", "ORTH")] {
                if let Some(other) = cfg[key].as_str().filter(|&v| v != only) {
                    let reason = format!("word vectors with {key} `{other}` are not supported, only `{only}`");
                    return Err(LoadError::new(&files.path(name), reason));
                }
            }
        }
        let name = "vocab/key2row";
        let fail = |reason: &str| LoadError::new(&files.path(name), reason);
        let bytes = files.bytes(name)?;
        let map = msgpack::read(&bytes).map_err(|e| fail(&e.to_string()))?;
        let mut rows = HashMap::new();
        for (k, v) in map.map().ok_or_else(|| fail("not a map"))? {
            let (Some(k), Some(v)) = (k.uint(), v.int()) else { return Err(fail("an entry that is not two numbers")) };
            if let Ok(v) = u32::try_from(v) {
                if v as usize >= count {
                    return Err(fail(&format!("row {v} of {count}")));
                }
                rows.insert(k, v);
            }
        }
        Ok(Some(Arc::new(Vectors { width, file, start, rows })))
    }

    /// Adds the vector of a row at the end of `to`.
    fn push_row(&self, row: u32, to: &mut Vec<f32>) {
        let size = self.width * 4;
        let bytes = &self.file[self.start + row as usize * size..][..size];
        to.extend(bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)));
    }
}

/// The shape of a two-dimensional NumPy file of 32-bit numbers, and where the numbers start.
fn npy(bytes: &[u8]) -> Result<([usize; 2], usize), String> {
    let header = |bytes: &'_ [u8]| -> Option<(String, usize)> {
        if !bytes.starts_with(b"\x93NUMPY") {
            return None;
        }
        let long = *bytes.get(6)? > 1;
        let start: usize = if long { 12 } else { 10 };
        let n = if long {
            u32::from_le_bytes(bytes.get(8..12)?.try_into().ok()?) as usize
        } else {
            usize::from(u16::from_le_bytes(bytes.get(8..10)?.try_into().ok()?))
        };
        let text = String::from_utf8_lossy(bytes.get(start..start.checked_add(n)?)?).into_owned();
        Some((text, start + n))
    };
    let (text, at) = header(bytes).ok_or("not a NumPy file")?;
    if !text.contains("'<f4'") || !text.contains("'fortran_order': False") {
        return Err(format!("not 32-bit numbers in C order: {}", text.trim()));
    }
    let shape = text.split_once("'shape': (").and_then(|(_, s)| s.split_once(')')).map(|(s, _)| s).unwrap_or_default();
    let dims: Vec<usize> = shape.split(',').filter_map(|d| d.trim().parse().ok()).collect();
    let dims = <[usize; 2]>::try_from(dims).map_err(|_| format!("not two dimensions: ({shape})"))?;
    let size = dims[0].checked_mul(dims[1]).and_then(|n| n.checked_mul(4));
    if size != Some(bytes.len() - at) {
        return Err(format!("{} bytes for the shape ({shape})", bytes.len() - at));
    }
    Ok((dims, at))
}

impl Tok2Vec {
    /// Whether the layers of a model hold an embedding of their own.
    pub(crate) fn is_in(layers: &[Layer<'_>]) -> bool {
        layers.iter().any(|l| l.name == "hashembed")
    }

    pub(crate) fn from_layers(layers: &[Layer<'_>], vectors: Option<&Arc<Vectors>>) -> Result<Self, String> {
        let names: Vec<Feature> = single(layers, "extract_features")?
            .attr("columns", |v| v.array()?.iter().map(|c| Feature::named(c.str()?)).collect())
            .map_err(|e| format!("{e} (known: ORTH NORM LOWER PREFIX SUFFIX SHAPE SPACY IS_SPACE)"))?;
        let mut tables = Vec::new();
        for l in layers.iter().filter(|l| l.name == "hashembed") {
            let column = l.attr("column", |v| v.uint())? as usize;
            let seed = l.attr("seed", |v| v.uint())?;
            let table = l.table("E")?;
            let feature = *names.get(column).ok_or_else(|| format!("an embedding of column {column}"))?;
            if table.rows == 0 {
                return Err("an embedding without rows".into());
            }
            tables.push((column, Embedding { feature, seed: seed as u32, table }));
        }
        tables.sort_by_key(|(column, _)| *column);
        let tables: Vec<Embedding> = tables.into_iter().map(|(_, t)| t).collect();
        let mut inputs: usize = tables.iter().map(|t| t.table.width).sum();

        let vectors = match layers.iter().find(|l| l.name == "static_vectors") {
            None => None,
            Some(l) => {
                let table = vectors.ok_or("it uses word vectors, but the folder `vocab` has none")?;
                let ([outputs, k], w) = l.param("W")?;
                if k != table.width || outputs == 0 {
                    return Err(format!("word vectors of {} numbers where {k} are expected", table.width));
                }
                inputs += outputs;
                Some((table.clone(), Packed::linear((outputs, k), |o, i| w[o * k + i], |_| 0.0)))
            }
        };

        let maxouts = layers.iter().filter(|l| l.name == "maxout");
        let norms = layers.iter().filter(|l| l.name == "layernorm");
        let mut mix = None;
        let mut encoder = Vec::new();
        let mut width = 0;
        for (m, n) in maxouts.zip(norms) {
            let ((packed, units), norm) = (m.maxout()?, n.norm()?);
            if norm.gain.len() != units || (width != 0 && units != width) || units == 0 || units % LANES != 0 {
                return Err(format!("a maxout layer of {units} units, which is not supported here"));
            }
            width = units;
            if packed.k == inputs && mix.is_none() { mix = Some((packed, norm)) } else { encoder.push((packed, norm)) }
        }
        let (mix, mix_norm) = mix.ok_or_else(|| format!("no maxout layer of {inputs} inputs"))?;
        let span = encoder.first().map_or(width, |(p, _)| p.k) / width;
        if span % 2 == 0 || encoder.iter().any(|(p, _)| p.k != span * width) {
            return Err("its layers do not take a window of tokens".into());
        }
        if encoder.len() * (span / 2) >= STRETCH {
            return Err(format!("{} layers that see {} tokens to a side", encoder.len(), span / 2));
        }
        Ok(Tok2Vec { tables, vectors, mix, mix_norm, layers: encoder, width, window: span / 2 })
    }

    /// 2 if the vector of a word depends on whether a space follows, else 1.
    pub(crate) fn variants(&self) -> usize {
        if self.tables.iter().any(|t| t.feature == Feature::Spacy) { 2 } else { 1 }
    }

    /// Rows between two documents.
    fn gap(&self) -> usize {
        self.layers.len() * self.window
    }

    /// The vectors of words without their context, one row a word. `out` is resized as needed.
    pub(crate) fn embed<'a>(
        &self,
        isa: Isa,
        words: impl ExactSizeIterator<Item = (&'a Features, bool)>,
        out: &mut Vec<f32>,
    ) {
        let n = words.len();
        let k = self.mix.k;
        let mut input = vec![0f32; n.next_multiple_of(ROW_BLOCK) * k];
        let mut raw = Vec::new();
        for ((f, space_follows), row) in words.zip(input.chunks_exact_mut(k)) {
            let mut rest = row;
            for t in &self.tables {
                let part;
                (part, rest) = rest.split_at_mut(t.table.width);
                for id in embedding_rows(t.feature.of(f, space_follows), t.seed) {
                    t.table.add_row(id as usize % t.table.rows, part);
                }
            }
            if let Some((v, _)) = &self.vectors {
                match v.rows.get(&f.orth) {
                    Some(&r) => v.push_row(r, &mut raw),
                    None => raw.resize(raw.len() + v.width, 0.0),
                }
            }
        }
        if let Some((v, weights)) = &self.vectors {
            let rows = n.next_multiple_of(ROW_BLOCK);
            raw.resize(rows * v.width, 0.0);
            let mut mapped = vec![0f32; rows * weights.width];
            kernels::linear(isa, Rows { data: &raw, stride: v.width }, n, weights, &mut mapped);
            let at: usize = self.tables.iter().map(|t| t.table.width).sum();
            for (row, m) in input.chunks_exact_mut(k).zip(mapped.chunks_exact(weights.width)) {
                row[at..].copy_from_slice(&m[..k - at]);
            }
        }
        out.resize(n.next_multiple_of(ROW_BLOCK) * self.width, 0.0);
        kernels::maxout(isa, Rows { data: &input, stride: k }, n, &self.mix, &self.mix_norm, None, out);
        out.truncate(n * self.width);
    }
}

/// Rows that go through all layers together, more than any gap between documents.
const STRETCH: usize = 1024;

/// Documents side by side, see the head of this file. Kept between batches for its memory.
#[derive(Default)]
pub(crate) struct Strip {
    now: Vec<f32>,
    buffers: [Vec<f32>; 2],
    rows: usize,
    /// Row of the first token of each document, counted from the start of `now`.
    starts: Vec<usize>,
}

impl Strip {
    pub(crate) fn begin(&mut self, net: &Tok2Vec) {
        self.rows = net.gap();
        self.starts.clear();
        self.now.clear();
        self.now.resize((net.window + self.rows) * net.width, 0.0);
    }

    pub(crate) fn begin_document(&mut self, net: &Tok2Vec) {
        self.starts.push(net.window + self.rows);
    }

    pub(crate) fn push(&mut self, vector: &[f32]) {
        self.now.extend_from_slice(vector);
        self.rows += 1;
    }

    pub(crate) fn end_document(&mut self, net: &Tok2Vec) {
        self.rows += net.gap();
        self.now.resize(self.now.len() + net.gap() * net.width, 0.0);
    }

    /// Runs the encoder over the whole strip, a stretch at a time so that the rows stay in the processor's cache.
    ///
    /// A stretch is computed together with the rows that the layers see on both sides of it; what comes out for
    /// those is not used, as it lacks their own neighbours.
    pub(crate) fn encode(&mut self, isa: Isa, net: &Tok2Vec) {
        let (width, window, gap) = (net.width, net.window, net.gap());
        let edge = window * width;
        // Products run in blocks of rows, also those over the last document alone.
        self.now.resize((2 * window + self.rows + ROW_BLOCK) * width, 0.0);
        let size = (2 * window + STRETCH + 2 * gap + ROW_BLOCK) * width;
        for buffer in &mut self.buffers {
            buffer.resize(size, 0.0);
        }
        // The rows before the stretch as they were before the encoder ran over them.
        let mut before = vec![0f32; gap * width];
        for start in (0..self.rows).step_by(STRETCH) {
            let end = (start + STRETCH).min(self.rows);
            let (left, right) = (start.min(gap), (self.rows - end).min(gap));
            let n = left + (end - start) + right;
            let [from, to] = &mut self.buffers;
            from[..edge].fill(0.0);
            from[edge..edge + left * width].copy_from_slice(&before[(gap - left) * width..]);
            let own = edge + start * width..edge + (end + right) * width;
            from[edge + left * width..edge + n * width].copy_from_slice(&self.now[own]);
            from[edge + n * width..].fill(0.0);
            to[..edge].fill(0.0);
            if end - start == STRETCH {
                before.copy_from_slice(&self.now[edge + (end - gap) * width..edge + end * width]);
            }
            for (weights, norm) in &net.layers {
                let rows = Rows { data: from, stride: width };
                kernels::maxout(isa, rows, n, weights, norm, Some(&from[edge..]), &mut to[edge..]);
                to[edge + n * width..].fill(0.0);
                std::mem::swap(from, to);
            }
            let done = edge + left * width..edge + (left + end - start) * width;
            self.now[edge + start * width..edge + end * width].copy_from_slice(&from[done]);
        }
    }

    /// The vectors of a document, and what follows them up to the end of the strip.
    pub(crate) fn document(&self, net: &Tok2Vec, i: usize) -> Rows<'_> {
        Rows { data: &self.now[self.starts[i] * net.width..], stride: net.width }
    }
}

/// Reads the model file of the component `tok2vec`, of any name.
pub(crate) fn load(files: &Files, name: &str, vectors: Option<&Arc<Vectors>>) -> Result<Tok2Vec, LoadError> {
    net::with_layers(files, name, |layers| Tok2Vec::from_layers(layers, vectors))
}
