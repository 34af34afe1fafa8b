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

/// A vector register, or what stands for one.
///
/// # Safety
/// The methods may only run on a processor that has the instructions of the type, and the pointers must be good
/// for [`Lanes::N`] numbers.
trait Lanes: Copy {
    const N: usize;
    unsafe fn splat(x: f32) -> Self;
    unsafe fn load(p: *const f32) -> Self;
    unsafe fn store(self, p: *mut f32);
    unsafe fn add(self, o: Self) -> Self;
    unsafe fn sub(self, o: Self) -> Self;
    unsafe fn mul(self, o: Self) -> Self;
    unsafe fn max(self, o: Self) -> Self;
    /// `self + a * b`, rounded once where the processor can.
    unsafe fn add_product(self, a: Self, b: Self) -> Self;
}

/// Four numbers without any special instruction.
#[derive(Clone, Copy)]
struct Four([f32; 4]);

impl Lanes for Four {
    const N: usize = 4;
    #[inline(always)]
    unsafe fn splat(x: f32) -> Self {
        Four([x; 4])
    }
    #[inline(always)]
    unsafe fn load(p: *const f32) -> Self {
        // SAFETY: the caller's pointer is good for four numbers.
        Four(unsafe { p.cast::<[f32; 4]>().read_unaligned() })
    }
    #[inline(always)]
    unsafe fn store(self, p: *mut f32) {
        // SAFETY: as above.
        unsafe { p.cast::<[f32; 4]>().write_unaligned(self.0) }
    }
    #[inline(always)]
    unsafe fn add(self, o: Self) -> Self {
        Four(std::array::from_fn(|i| self.0[i] + o.0[i]))
    }
    #[inline(always)]
    unsafe fn sub(self, o: Self) -> Self {
        Four(std::array::from_fn(|i| self.0[i] - o.0[i]))
    }
    #[inline(always)]
    unsafe fn mul(self, o: Self) -> Self {
        Four(std::array::from_fn(|i| self.0[i] * o.0[i]))
    }
    #[inline(always)]
    unsafe fn max(self, o: Self) -> Self {
        Four(std::array::from_fn(|i| if o.0[i] > self.0[i] { o.0[i] } else { self.0[i] }))
    }
    #[inline(always)]
    unsafe fn add_product(self, a: Self, b: Self) -> Self {
        Four(std::array::from_fn(|i| self.0[i] + a.0[i] * b.0[i]))
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::Lanes;
    use std::arch::x86_64::*;

    macro_rules! lanes {
        ($ty:ty, $n:literal, $splat:ident $load:ident $store:ident $add:ident $sub:ident $mul:ident $max:ident $fma:ident) => {
            // SAFETY (of every call below): the caller runs on a processor with these instructions, and gives
            // pointers that are good for the whole register.
            impl Lanes for $ty {
                const N: usize = $n;
                #[inline(always)]
                unsafe fn splat(x: f32) -> Self {
                    unsafe { $splat(x) }
                }
                #[inline(always)]
                unsafe fn load(p: *const f32) -> Self {
                    unsafe { $load(p) }
                }
                #[inline(always)]
                unsafe fn store(self, p: *mut f32) {
                    unsafe { $store(p, self) }
                }
                #[inline(always)]
                unsafe fn add(self, o: Self) -> Self {
                    unsafe { $add(self, o) }
                }
                #[inline(always)]
                unsafe fn sub(self, o: Self) -> Self {
                    unsafe { $sub(self, o) }
                }
                #[inline(always)]
                unsafe fn mul(self, o: Self) -> Self {
                    unsafe { $mul(self, o) }
                }
                #[inline(always)]
                unsafe fn max(self, o: Self) -> Self {
                    unsafe { $max(self, o) }
                }
                #[inline(always)]
                unsafe fn add_product(self, a: Self, b: Self) -> Self {
                    unsafe { $fma(a, b, self) }
                }
            }
        };
    }

    lanes!(__m256, 8, _mm256_set1_ps _mm256_loadu_ps _mm256_storeu_ps _mm256_add_ps _mm256_sub_ps _mm256_mul_ps
           _mm256_max_ps _mm256_fmadd_ps);
    lanes!(__m512, 16, _mm512_set1_ps _mm512_loadu_ps _mm512_storeu_ps _mm512_add_ps _mm512_sub_ps _mm512_mul_ps
           _mm512_max_ps _mm512_fmadd_ps);
}

macro_rules! variants {
    ($(#[$doc:meta])* $name:ident => $body:ident ( $($arg:ident : $ty:ty),* )) => {
        $(#[$doc])*
        pub(crate) fn $name(isa: Isa, $($arg: $ty),*) {
            #[cfg(target_arch = "x86_64")]
            {
                use std::arch::x86_64::{__m256, __m512};
                #[target_feature(enable = "avx2,fma")]
                fn avx2($($arg: $ty),*) {
                    // SAFETY: this function has the features of the type.
                    unsafe { $body::<__m256, 4>($($arg),*) }
                }
                #[target_feature(enable = "avx512f,avx2,fma")]
                fn avx512($($arg: $ty),*) {
                    // SAFETY: this function has the features of the type.
                    unsafe { $body::<__m512, 8>($($arg),*) }
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
            // SAFETY: this type needs no features.
            unsafe { $body::<Four, 4>($($arg),*) }
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
    scores => scores_body(sum: &StateSum<'_>, ids: &[u32], hidden: &mut [f32], out: &mut [f32; SCORES])
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
    pub(crate) upper: &'a [[f32; SCORES]],
    pub(crate) upper_bias: &'a [f32; SCORES],
}

/// Columns of the scores of a state, at least the number of classes.
pub(crate) const SCORES: usize = 128;

/// The product of `R` rows with `V::N` lanes of every group of a panel.
///
/// Registers are named by type and the loops have fixed bounds, so that the sums stay in registers: written
/// over plain arrays, the compiler kept them in memory and reached a third of the speed.
#[inline(always)]
unsafe fn block<V: Lanes, const R: usize, const P: usize>(
    a: &[f32],
    stride: usize,
    panel: &[f32],
    lane: usize,
) -> [[V; P]; R] {
    let k = panel.len() / (P * LANES);
    assert!(a.len() >= (R - 1) * stride + k && lane + V::N <= LANES);
    let (a, mut w) = (a.as_ptr(), panel.as_ptr().wrapping_add(lane));
    // SAFETY: row r <= R - 1 is read at i < k, which the assertion covers; a panel holds P * LANES numbers for
    // each of the k inputs, of which lane..lane + N of each group are read.
    unsafe {
        let mut acc = [[V::splat(0.0); P]; R];
        for i in 0..k {
            let mut ws = [V::splat(0.0); P];
            for p in 0..P {
                ws[p] = V::load(w.wrapping_add(p * LANES));
            }
            for r in 0..R {
                let x = V::splat(*a.add(r * stride + i));
                for p in 0..P {
                    acc[r][p] = acc[r][p].add_product(x, ws[p]);
                }
            }
            w = w.wrapping_add(P * LANES);
        }
        acc
    }
}

#[inline(always)]
unsafe fn maxout_body<V: Lanes, const R: usize>(
    rows: Rows<'_>,
    n: usize,
    weights: &Packed,
    norm: &Norm,
    residual: Option<&[f32]>,
    out: &mut [f32],
) {
    // SAFETY: the caller's.
    unsafe {
        match weights.groups {
            1 => maxout_pieces::<V, R, 1>(rows, n, weights, norm, residual, out),
            2 => maxout_pieces::<V, R, 2>(rows, n, weights, norm, residual, out),
            3 => maxout_pieces::<V, R, 3>(rows, n, weights, norm, residual, out),
            _ => unreachable!("the loader accepts one to three pieces"),
        }
    }
}

#[inline(always)]
unsafe fn maxout_pieces<V: Lanes, const R: usize, const P: usize>(
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
        let to = &mut out[start * width..(start + R) * width];
        for (j, panel) in weights.weights.chunks_exact(size * weights.k).enumerate() {
            let bias = &weights.bias[j * size..(j + 1) * size];
            for lane in (0..LANES).step_by(V::N) {
                // SAFETY: `bias` has P groups of LANES numbers, `to` R rows of `width`, and the panels are
                // width / LANES, so all of these lie inside.
                unsafe {
                    let acc = block::<V, R, P>(a, rows.stride, panel, lane);
                    let bias = bias.as_ptr().add(lane);
                    for (r, pieces) in acc.iter().enumerate() {
                        let mut best = pieces[0].add(V::load(bias));
                        for p in 1..P {
                            best = best.max(pieces[p].add(V::load(bias.add(p * LANES))));
                        }
                        best.store(to.as_mut_ptr().add(r * width + j * LANES + lane));
                    }
                }
            }
        }
        for r in 0..R.min(n - start) {
            let residual = residual.map(|x| &x[(start + r) * width..(start + r + 1) * width]);
            // SAFETY: the caller's.
            unsafe { normalise::<V>(&mut to[r * width..(r + 1) * width], norm, residual) };
        }
    }
}

#[inline(always)]
unsafe fn normalise<V: Lanes>(row: &mut [f32], norm: &Norm, residual: Option<&[f32]>) {
    let n = row.len();
    assert!(n % LANES == 0 && norm.gain.len() == n && norm.bias.len() == n);
    assert!(residual.is_none_or(|r| r.len() == n));
    let p = row.as_mut_ptr();
    // No closures here: they would not have the instructions of the function around them.
    // SAFETY: all these slices have n numbers, a multiple of the lanes.
    unsafe {
        let mut sum = V::splat(0.0);
        for i in (0..n).step_by(V::N) {
            sum = sum.add(V::load(p.add(i)));
        }
        let mean = V::splat(total(sum) / n as f32);
        let mut squares = V::splat(0.0);
        for i in (0..n).step_by(V::N) {
            let x = V::load(p.add(i)).sub(mean);
            squares = squares.add(x.mul(x));
        }
        let scale = V::splat(1.0 / (total(squares) / n as f32 + 1e-8).sqrt());
        for i in (0..n).step_by(V::N) {
            let (gain, bias) = (V::load(norm.gain.as_ptr().add(i)), V::load(norm.bias.as_ptr().add(i)));
            let mut x = V::load(p.add(i)).sub(mean).mul(scale).mul(gain).add(bias);
            if let Some(r) = residual {
                x = x.add(V::load(r.as_ptr().add(i)));
            }
            x.store(p.add(i));
        }
    }
}

#[inline(always)]
unsafe fn total<V: Lanes>(v: V) -> f32 {
    let mut parts = [0f32; LANES];
    // SAFETY: no register is wider than LANES.
    unsafe { v.store(parts.as_mut_ptr()) };
    parts.iter().sum()
}

#[inline(always)]
unsafe fn linear_body<V: Lanes, const R: usize>(rows: Rows<'_>, n: usize, weights: &Packed, out: &mut [f32]) {
    const P: usize = 2;
    let width = weights.width;
    let size = P * LANES;
    for start in (0..n).step_by(R) {
        let a = &rows.data[start * rows.stride..];
        let to = &mut out[start * width..(start + R) * width];
        for (j, panel) in weights.weights.chunks_exact(size * weights.k).enumerate() {
            let bias = &weights.bias[j * size..(j + 1) * size];
            for lane in (0..LANES).step_by(V::N) {
                // SAFETY: as in `maxout_pieces`; a panel has `size` columns here.
                unsafe {
                    let acc = block::<V, R, P>(a, rows.stride, panel, lane);
                    for (r, groups) in acc.iter().enumerate() {
                        for (p, group) in groups.iter().enumerate() {
                            let bias = V::load(bias.as_ptr().add(p * LANES + lane));
                            let at = r * width + j * size + p * LANES + lane;
                            group.add(bias).store(to.as_mut_ptr().add(at));
                        }
                    }
                }
            }
        }
    }
}

#[inline(always)]
unsafe fn scores_body<V: Lanes, const R: usize>(
    sum: &StateSum<'_>,
    ids: &[u32],
    hidden: &mut [f32],
    out: &mut [f32; SCORES],
) {
    const COLUMNS: usize = 8;
    let units = hidden.len();
    let size = 2 * units;
    assert!(units % LANES == 0 && sum.bias.len() == size && sum.upper.len() == units);
    let row = |f: usize, id: u32| sum.rows[(id as usize * sum.features + f) * size..][..size].as_ptr();
    // SAFETY: rows and bias have 2 * units numbers, units is a multiple of the lanes; the rows of `upper`, its
    // bias and `out` have SCORES numbers, a multiple of COLUMNS registers for all types.
    unsafe {
        for at in (0..units).step_by(V::N) {
            let mut acc = [V::splat(0.0); 2];
            for (f, &id) in ids.iter().enumerate() {
                let row = row(f, id);
                acc[0] = acc[0].add(V::load(row.add(at)));
                acc[1] = acc[1].add(V::load(row.add(units + at)));
            }
            let bias = sum.bias.as_ptr().add(at);
            let (a, b) = (acc[0].add(V::load(bias)), acc[1].add(V::load(bias.add(units))));
            a.max(b).store(hidden.as_mut_ptr().add(at));
        }
        for at in (0..SCORES).step_by(COLUMNS * V::N) {
            let mut acc = [V::splat(0.0); COLUMNS];
            for (w, &x) in sum.upper.iter().zip(hidden.iter()) {
                let x = V::splat(x);
                for c in 0..COLUMNS {
                    acc[c] = acc[c].add_product(x, V::load(w.as_ptr().add(at + c * V::N)));
                }
            }
            for (c, a) in acc.iter().enumerate() {
                let bias = V::load(sum.upper_bias.as_ptr().add(at + c * V::N));
                a.add(bias).store(out.as_mut_ptr().add(at + c * V::N));
            }
        }
    }
}
