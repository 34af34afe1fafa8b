//! The arithmetic: products of rows with a weight matrix, followed by what the layer does with them.
//!
//! Weights are repacked once, at load, into panels of `P` groups of 16 columns, so that one pass over a panel
//! finishes a block of outputs in registers:
//!
//! ```text
//!   weights of a panel:   k = 0: [16 of group 0][16 of group 1][16 of group 2]   k = 1: ...
//!   maxout of 3 pieces:   group p holds piece p of the same 16 units, so the maximum is taken lane by lane
//!   linear:               the groups are neighbouring columns
//! ```
//!
//! The same source is compiled three times, for AVX-512, for AVX2 and for any processor, and chosen when the
//! program starts. The sum over `k` runs in one order in all of them and rows never mix, so a document's
//! result does not depend on the documents beside it nor on the number of threads.
use std::sync::LazyLock;

/// Columns in a group.
pub(crate) const LANES: usize = 16;
/// Row counts are rounded up to this; buffers hold that many rows.
pub(crate) const ROW_BLOCK: usize = 8;

/// A weight matrix packed for [`maxout`] or [`linear`].
#[derive(Debug, Clone, Default)]
pub(crate) struct Packed {
    /// Inputs.
    pub(crate) k: usize,
    /// Outputs a row, a multiple of [`LANES`]; those beyond the layer's own are zero.
    pub(crate) width: usize,
    groups: usize,
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Packed {
    /// `weight(unit, piece, input)` and `bias(unit, piece)` for a maxout layer of `pieces` pieces.
    pub(crate) fn maxout(
        (units, pieces, k): (usize, usize, usize),
        weight: impl Fn(usize, usize, usize) -> f32,
        bias: impl Fn(usize, usize) -> f32,
    ) -> Self {
        let width = units.next_multiple_of(LANES);
        let mut out = Packed { k, width, groups: pieces, ..Packed::default() };
        for panel in 0..width / LANES {
            let unit = |lane: usize| Some(panel * LANES + lane).filter(|&u| u < units);
            for i in 0..k {
                for piece in 0..pieces {
                    out.weights.extend((0..LANES).map(|l| unit(l).map_or(0.0, |u| weight(u, piece, i))));
                }
            }
            for piece in 0..pieces {
                out.bias.extend((0..LANES).map(|l| unit(l).map_or(0.0, |u| bias(u, piece))));
            }
        }
        out
    }

    /// `weight(output, input)` and `bias(output)` for a linear layer.
    pub(crate) fn linear(
        (outputs, k): (usize, usize),
        weight: impl Fn(usize, usize) -> f32,
        bias: impl Fn(usize) -> f32,
    ) -> Self {
        const GROUPS: usize = 2;
        let panel = GROUPS * LANES;
        let units = outputs.next_multiple_of(panel) / GROUPS;
        let column = |u: usize, p: usize| Some(u / LANES * panel + p * LANES + u % LANES).filter(|&c| c < outputs);
        let mut out = Packed::maxout(
            (units, GROUPS, k),
            |u, p, i| column(u, p).map_or(0.0, |c| weight(c, i)),
            |u, p| column(u, p).map_or(0.0, &bias),
        );
        out.width = units * GROUPS;
        out
    }
}

/// Which of the compiled variants runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Isa {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Isa {
    /// The variants that this processor can run, the fastest last.
    pub(crate) fn available() -> Vec<Isa> {
        #[allow(unused_mut)]
        let mut out = vec![Isa::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                out.push(Isa::Avx2);
                if is_x86_feature_detected!("avx512f") {
                    out.push(Isa::Avx512);
                }
            }
        }
        out
    }

    pub(crate) fn best() -> Isa {
        static BEST: LazyLock<Isa> = LazyLock::new(|| Isa::available().pop().unwrap_or(Isa::Portable));
        *BEST
    }
}

/// Rows of numbers: row `i` starts at `i * stride` and may be longer than the stride (a window over rows).
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a> {
    pub(crate) data: &'a [f32],
    pub(crate) stride: usize,
}

/// Layer normalisation: `(x - mean) / deviation * gain + bias`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Norm {
    pub(crate) gain: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

macro_rules! variants {
    ($(#[$doc:meta])* $name:ident => $body:ident ( $($arg:ident : $ty:ty),* )) => {
        $(#[$doc])*
        pub(crate) fn $name(isa: Isa, $($arg: $ty),*) {
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2,fma")]
                fn avx2($($arg: $ty),*) {
                    $body::<4, 8, true>($($arg),*)
                }
                #[target_feature(enable = "avx512f,avx2,fma")]
                fn avx512($($arg: $ty),*) {
                    $body::<8, 16, true>($($arg),*)
                }
                match isa {
                    // SAFETY: `Isa::available` gives these out only where the processor has the features.
                    Isa::Avx2 => return unsafe { avx2($($arg),*) },
                    // SAFETY: as above.
                    Isa::Avx512 => return unsafe { avx512($($arg),*) },
                    Isa::Portable => {}
                }
            }
            let _ = isa;
            $body::<4, 4, false>($($arg),*)
        }
    };
}

variants! {
    /// `out[i] = norm(max over pieces of (rows[i] * weights + bias))` for `n` rows, plus `residual[i]` if given.
    /// `out` has `weights.width` columns and room for `n` rounded up to [`ROW_BLOCK`].
    maxout => maxout_body(rows: Rows<'_>, n: usize, weights: &Packed, norm: &Norm, residual: Option<&[f32]>, out: &mut [f32])
}

variants! {
    /// `out[i] = rows[i] * weights + bias` for `n` rows; `out` as for [`maxout`].
    linear => linear_body(rows: Rows<'_>, n: usize, weights: &Packed, out: &mut [f32])
}

variants! {
    /// One step of a transition system: the sum of precomputed rows, maxout of two pieces, and the scores.
    scores => scores_body(sum: &StateSum<'_>, ids: &[u32], hidden: &mut [f32], out: &mut [f32])
}

/// What [`scores`] needs beside the ids of the rows.
#[derive(Clone, Copy)]
pub(crate) struct StateSum<'a> {
    /// One row a token and one for "no token": for each feature `2 * hidden` numbers, piece by piece.
    pub(crate) rows: &'a [f32],
    /// Features a state.
    pub(crate) features: usize,
    /// Two pieces of `hidden` numbers.
    pub(crate) bias: &'a [f32],
    /// Input by input, [`SCORES`] columns.
    pub(crate) upper: &'a [f32],
    pub(crate) upper_bias: &'a [f32],
}

/// Columns of the scores of a state, at least the number of classes.
pub(crate) const SCORES: usize = 128;

#[inline(always)]
fn add_product<const FMA: bool>(a: f32, b: f32, c: f32) -> f32 {
    if FMA { a.mul_add(b, c) } else { a * b + c }
}

/// The product of `R` rows with `L` lanes of every group of a panel.
#[inline(always)]
fn block<const R: usize, const P: usize, const L: usize, const FMA: bool>(
    a: &[f32],
    stride: usize,
    panel: &[f32],
    lane: usize,
) -> [[[f32; L]; P]; R] {
    let mut acc = [[[0f32; L]; P]; R];
    let k = panel.len() / (P * LANES);
    assert!(a.len() >= (R - 1) * stride + k && lane + L <= LANES);
    for i in 0..k {
        let w = &panel[i * P * LANES..(i + 1) * P * LANES];
        for r in 0..R {
            // SAFETY: r <= R - 1 and i < k, and the slice is that long by the assertion above. The check in this
            // loop, eight for 24 products, cost a quarter of the throughput.
            let x = unsafe { *a.get_unchecked(r * stride + i) };
            for p in 0..P {
                for l in 0..L {
                    acc[r][p][l] = add_product::<FMA>(x, w[p * LANES + lane + l], acc[r][p][l]);
                }
            }
        }
    }
    acc
}

#[inline(always)]
fn maxout_body<const R: usize, const L: usize, const FMA: bool>(
    rows: Rows<'_>,
    n: usize,
    weights: &Packed,
    norm: &Norm,
    residual: Option<&[f32]>,
    out: &mut [f32],
) {
    match weights.groups {
        1 => maxout_pieces::<R, 1, L, FMA>(rows, n, weights, norm, residual, out),
        2 => maxout_pieces::<R, 2, L, FMA>(rows, n, weights, norm, residual, out),
        3 => maxout_pieces::<R, 3, L, FMA>(rows, n, weights, norm, residual, out),
        _ => unreachable!("the loader accepts one to three pieces"),
    }
}

#[inline(always)]
fn maxout_pieces<const R: usize, const P: usize, const L: usize, const FMA: bool>(
    rows: Rows<'_>,
    n: usize,
    weights: &Packed,
    norm: &Norm,
    residual: Option<&[f32]>,
    out: &mut [f32],
) {
    let width = weights.width;
    let size = P * LANES;
    for start in (0..n).step_by(R) {
        let a = &rows.data[start * rows.stride..];
        for (j, panel) in weights.weights.chunks_exact(size * weights.k).enumerate() {
            let bias = &weights.bias[j * size..(j + 1) * size];
            for lane in (0..LANES).step_by(L) {
                let acc = block::<R, P, L, FMA>(a, rows.stride, panel, lane);
                for (r, pieces) in acc.iter().enumerate() {
                    let at = (start + r) * width + j * LANES + lane;
                    let to = &mut out[at..at + L];
                    for l in 0..L {
                        let mut best = pieces[0][l] + bias[lane + l];
                        for p in 1..P {
                            let x = pieces[p][l] + bias[p * LANES + lane + l];
                            best = if x > best { x } else { best };
                        }
                        to[l] = best;
                    }
                }
            }
        }
        for r in start..(start + R).min(n) {
            let row = &mut out[r * width..(r + 1) * width];
            normalise::<L>(row, norm);
            if let Some(res) = residual {
                for (x, y) in row.iter_mut().zip(&res[r * width..(r + 1) * width]) {
                    *x += y;
                }
            }
        }
    }
}

#[inline(always)]
fn normalise<const L: usize>(row: &mut [f32], norm: &Norm) {
    let units = norm.gain.len();
    let (row, rest) = row.split_at_mut(units);
    rest.fill(0.0);
    let total = |x: &[f32], f: &dyn Fn(f32) -> f32| -> f32 {
        let mut sums = [0f32; LANES];
        let (whole, tail) = x.as_chunks::<LANES>();
        for c in whole {
            for l in 0..LANES {
                sums[l] += f(c[l]);
            }
        }
        sums.iter().sum::<f32>() + tail.iter().map(|&x| f(x)).sum::<f32>()
    };
    let mean = total(row, &|x| x) / units as f32;
    let variance = total(row, &|x| (x - mean) * (x - mean)) / units as f32 + 1e-8;
    let scale = 1.0 / variance.sqrt();
    for (x, (g, b)) in row.iter_mut().zip(norm.gain.iter().zip(&norm.bias)) {
        *x = (*x - mean) * scale * g + b;
    }
}

#[inline(always)]
fn linear_body<const R: usize, const L: usize, const FMA: bool>(
    rows: Rows<'_>,
    n: usize,
    weights: &Packed,
    out: &mut [f32],
) {
    const P: usize = 2;
    let size = P * LANES;
    for start in (0..n).step_by(R) {
        let a = &rows.data[start * rows.stride..];
        for (j, panel) in weights.weights.chunks_exact(size * weights.k).enumerate() {
            let bias = &weights.bias[j * size..(j + 1) * size];
            for lane in (0..LANES).step_by(L) {
                let acc = block::<R, P, L, FMA>(a, rows.stride, panel, lane);
                for (r, groups) in acc.iter().enumerate() {
                    for (p, group) in groups.iter().enumerate() {
                        let at = (start + r) * weights.width + j * size + p * LANES + lane;
                        let to = &mut out[at..at + L];
                        for l in 0..L {
                            to[l] = group[l] + bias[p * LANES + lane + l];
                        }
                    }
                }
            }
        }
    }
}

#[inline(always)]
fn scores_body<const R: usize, const L: usize, const FMA: bool>(
    sum: &StateSum<'_>,
    ids: &[u32],
    hidden: &mut [f32],
    out: &mut [f32],
) {
    let units = hidden.len();
    let size = 2 * units;
    for at in (0..units).step_by(LANES) {
        let mut acc = [[0f32; LANES]; 2];
        for (f, &id) in ids.iter().enumerate() {
            let row = &sum.rows[(id as usize * sum.features + f) * size..][..size];
            for p in 0..2 {
                let part = &row[p * units + at..p * units + at + LANES];
                for l in 0..LANES {
                    acc[p][l] += part[l];
                }
            }
        }
        for l in 0..LANES {
            let a = acc[0][l] + sum.bias[at + l];
            let b = acc[1][l] + sum.bias[units + at + l];
            hidden[at + l] = if b > a { b } else { a };
        }
    }
    let mut acc = [0f32; SCORES];
    let (upper, _) = sum.upper.as_chunks::<SCORES>();
    for (w, &x) in upper.iter().zip(hidden.iter()) {
        for l in 0..SCORES {
            acc[l] = add_product::<FMA>(x, w[l], acc[l]);
        }
    }
    for (o, (a, b)) in out.iter_mut().zip(acc.iter().zip(sum.upper_bias)) {
        *o = a + b;
    }
}
