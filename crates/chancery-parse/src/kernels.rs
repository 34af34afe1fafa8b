//! The arithmetic: products of rows with a weight matrix, followed by what the layer does with them.
//!
//! Weights are repacked once, at load, into panels of `P` groups of 16 columns (8 where registers are narrower,
//! so that a panel fits the first cache), so that one pass over a panel finishes a block of outputs in registers:
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
#![expect(clippy::needless_range_loop, reason = "loops over fixed bounds are what keeps the sums in registers")]
use std::sync::LazyLock;

/// Widths are multiples of this, the widest register.
pub(crate) const LANES: usize = 16;
/// Row counts are rounded up to this; buffers hold that many rows.
pub(crate) const ROW_BLOCK: usize = 8;

/// Rows that go through one panel before the next: few enough to stay in the first cache beside it.
const ROW_GROUP: usize = 32;

/// A weight matrix packed for [`maxout`] or [`linear`].
#[derive(Debug, Clone, Default)]
pub(crate) struct Packed {
    /// Inputs.
    pub(crate) k: usize,
    /// Outputs a row, a multiple of [`LANES`]; those beyond the layer's own are zero.
    pub(crate) width: usize,
    groups: usize,
    /// Columns in a group of a panel, 8 or 16.
    lanes: usize,
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Packed {
    /// `weight(unit, piece, input)` and `bias(unit, piece)` for a maxout layer of `pieces` pieces.
    pub(crate) fn maxout(
        sizes: (usize, usize, usize),
        weight: impl Fn(usize, usize, usize) -> f32,
        bias: impl Fn(usize, usize) -> f32,
    ) -> Self {
        Packed::maxout_of(Isa::best().lanes(), sizes, weight, bias)
    }

    fn maxout_of(
        lanes: usize,
        (units, pieces, k): (usize, usize, usize),
        weight: impl Fn(usize, usize, usize) -> f32,
        bias: impl Fn(usize, usize) -> f32,
    ) -> Self {
        let width = units.next_multiple_of(LANES);
        let mut out = Packed { k, width, groups: pieces, lanes, ..Packed::default() };
        for panel in 0..width / lanes {
            let unit = |lane: usize| Some(panel * lanes + lane).filter(|&u| u < units);
            for i in 0..k {
                for piece in 0..pieces {
                    out.weights.extend((0..lanes).map(|l| unit(l).map_or(0.0, |u| weight(u, piece, i))));
                }
            }
            for piece in 0..pieces {
                out.bias.extend((0..lanes).map(|l| unit(l).map_or(0.0, |u| bias(u, piece))));
            }
        }
        out
    }

    /// `weight(output, input)` and `bias(output)` for a linear layer.
    pub(crate) fn linear(
        sizes: (usize, usize),
        weight: impl Fn(usize, usize) -> f32,
        bias: impl Fn(usize) -> f32,
    ) -> Self {
        Packed::linear_of(Isa::best().lanes(), sizes, weight, bias)
    }

    fn linear_of(
        lanes: usize,
        (outputs, k): (usize, usize),
        weight: impl Fn(usize, usize) -> f32,
        bias: impl Fn(usize) -> f32,
    ) -> Self {
        const GROUPS: usize = 2;
        let panel = GROUPS * lanes;
        let units = outputs.next_multiple_of(GROUPS * LANES) / GROUPS;
        let column = |u: usize, p: usize| Some(u / lanes * panel + p * lanes + u % lanes).filter(|&c| c < outputs);
        let mut out = Packed::maxout_of(
            lanes,
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

    /// Columns that the panels of this variant hold in a group.
    fn lanes(self) -> usize {
        match self {
            Isa::Portable => 8,
            #[cfg(target_arch = "x86_64")]
            Isa::Avx2 => 8,
            #[cfg(target_arch = "x86_64")]
            Isa::Avx512 => 16,
        }
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

/// The product of `R` rows with `V::N` lanes, from `lane` on, of every group of a panel.
///
/// Registers are named by type and the loops have fixed bounds, so that the sums stay in registers: written
/// over plain arrays, the compiler kept them in memory and reached a third of the speed.
#[inline(always)]
unsafe fn block<V: Lanes, const R: usize, const P: usize>(
    a: &[f32],
    stride: usize,
    panel: &[f32],
    lanes: usize,
    lane: usize,
) -> [[V; P]; R] {
    let k = panel.len() / (P * lanes);
    assert!(a.len() >= (R - 1) * stride + k && lane + V::N <= lanes);
    let (a, mut w) = (a.as_ptr(), panel.as_ptr().wrapping_add(lane));
    // SAFETY: row r <= R - 1 is read at i < k, which the assertion covers; a panel holds P * lanes numbers for
    // each of the k inputs, of which lane..lane + N of each group are read.
    unsafe {
        let mut acc = [[V::splat(0.0); P]; R];
        for i in 0..k {
            let mut ws = [V::splat(0.0); P];
            for p in 0..P {
                ws[p] = V::load(w.wrapping_add(p * lanes));
            }
            for r in 0..R {
                let x = V::splat(*a.add(r * stride + i));
                for p in 0..P {
                    acc[r][p] = acc[r][p].add_product(x, ws[p]);
                }
            }
            w = w.wrapping_add(P * lanes);
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
    let (width, lanes) = (weights.width, weights.lanes);
    let size = P * lanes;
    for group in (0..n).step_by(ROW_GROUP) {
        let end = n.min(group + ROW_GROUP);
        for (j, panel) in weights.weights.chunks_exact(size * weights.k).enumerate() {
            let bias = &weights.bias[j * size..(j + 1) * size];
            for start in (group..end).step_by(R) {
                let a = &rows.data[start * rows.stride..];
                let to = &mut out[start * width..(start + R) * width];
                for lane in (0..lanes).step_by(V::N) {
                    // SAFETY: `bias` has P groups of `lanes` numbers, `to` R rows of `width`, and the panels are
                    // width / lanes, so all of these lie inside.
                    unsafe {
                        let acc = block::<V, R, P>(a, rows.stride, panel, lanes, lane);
                        let bias = bias.as_ptr().add(lane);
                        for (r, pieces) in acc.iter().enumerate() {
                            let mut best = pieces[0].add(V::load(bias));
                            for p in 1..P {
                                best = best.max(pieces[p].add(V::load(bias.add(p * lanes))));
                            }
                            best.store(to.as_mut_ptr().add(r * width + j * lanes + lane));
                        }
                    }
                }
            }
        }
        for r in group..end {
            let residual = residual.map(|x| &x[r * width..(r + 1) * width]);
            // SAFETY: the caller's.
            unsafe { normalise::<V>(&mut out[r * width..(r + 1) * width], norm, residual) };
        }
    }
}

#[inline(always)]
unsafe fn normalise<V: Lanes>(row: &mut [f32], norm: &Norm, residual: Option<&[f32]>) {
    let n = row.len();
    assert!(n.is_multiple_of(LANES) && norm.gain.len() == n && norm.bias.len() == n);
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
    let (width, lanes) = (weights.width, weights.lanes);
    let size = P * lanes;
    for group in (0..n).step_by(ROW_GROUP) {
        let end = n.min(group + ROW_GROUP);
        for (j, panel) in weights.weights.chunks_exact(size * weights.k).enumerate() {
            let bias = &weights.bias[j * size..(j + 1) * size];
            for start in (group..end).step_by(R) {
                let a = &rows.data[start * rows.stride..];
                let to = &mut out[start * width..(start + R) * width];
                for lane in (0..lanes).step_by(V::N) {
                    // SAFETY: as in `maxout_pieces`; a panel has `size` columns here.
                    unsafe {
                        let acc = block::<V, R, P>(a, rows.stride, panel, lanes, lane);
                        for (r, groups) in acc.iter().enumerate() {
                            for (p, group) in groups.iter().enumerate() {
                                let bias = V::load(bias.as_ptr().add(p * lanes + lane));
                                let at = r * width + j * size + p * lanes + lane;
                                group.add(bias).store(to.as_mut_ptr().add(at));
                            }
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
    assert!(units.is_multiple_of(LANES) && sum.bias.len() == size && sum.upper.len() == units);
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Numbers between -1 and 1, the same ones for the same seed.
    fn numbers(seed: u64, n: usize) -> Vec<f32> {
        let mut x = seed.wrapping_mul(2).wrapping_add(1);
        let step = |_| {
            x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (x >> 40) as f32 / (1u64 << 23) as f32 - 1.0
        };
        (0..n).map(step).collect()
    }

    /// Every variant with every packing that it can read.
    fn variants() -> Vec<(Isa, usize)> {
        Isa::available().into_iter().flat_map(|i| [8, 16].map(|l| (i, l))).filter(|(i, l)| *l >= i.lanes()).collect()
    }

    fn close(a: f32, b: f64) -> bool {
        (f64::from(a) - b).abs() < 1e-4 * (1.0 + b.abs())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn maxout_is_that_of_plain_loops_on_every_processor(
            seed: u64, n in 1usize..20, k in 1usize..40, units in 1usize..3, pieces in 1usize..4, stride in 1usize..50,
        ) {
            let units = units * LANES;
            let data = numbers(seed, (n + ROW_BLOCK) * stride + k);
            let (w, b) = (numbers(seed ^ 1, units * pieces * k), numbers(seed ^ 2, units * pieces));
            let norm = Norm { gain: numbers(seed ^ 3, units), bias: numbers(seed ^ 4, units) };
            let residual = numbers(seed ^ 5, n * units);
            let rows = Rows { data: &data, stride };
            for (isa, lanes) in variants() {
                let weight = |u: usize, p: usize, i: usize| w[(u * pieces + p) * k + i];
                let packed = Packed::maxout_of(lanes, (units, pieces, k), weight, |u, p| b[u * pieces + p]);
                let mut out = vec![0f32; n.next_multiple_of(ROW_BLOCK) * units];
                maxout(isa, rows, n, &packed, &norm, Some(&residual), &mut out);
                for r in 0..n {
                    let sum = |u: usize, p: usize| -> f64 {
                        let x = |i: usize| f64::from(data[r * stride + i]) * f64::from(w[(u * pieces + p) * k + i]);
                        (0..k).map(x).sum::<f64>() + f64::from(b[u * pieces + p])
                    };
                    let best: Vec<f64> =
                        (0..units).map(|u| (0..pieces).map(|p| sum(u, p)).fold(f64::MIN, f64::max)).collect();
                    let mean = best.iter().sum::<f64>() / units as f64;
                    let variance = best.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / units as f64 + 1e-8;
                    for u in 0..units {
                        let want = (best[u] - mean) / variance.sqrt() * f64::from(norm.gain[u])
                            + f64::from(norm.bias[u])
                            + f64::from(residual[r * units + u]);
                        // A maxout that hardly varies divides by a small deviation.
                        let slack = 1e-4 * (1.0 + 1.0 / variance.sqrt());
                        prop_assert!((f64::from(out[r * units + u]) - want).abs() < slack, "{isa:?} {r} {u}");
                    }
                }
            }
        }

        #[test]
        fn linear_and_scores_are_those_of_plain_loops(seed: u64, n in 1usize..20, outputs in 1usize..70, f in 1usize..9) {
            let (k, hidden) = (24, 32);
            let data = numbers(seed, (n + ROW_BLOCK) * k);
            let (w, b) = (numbers(seed ^ 1, outputs * k), numbers(seed ^ 2, outputs));
            let rows = numbers(seed ^ 3, (n + 1) * f * 2 * hidden);
            let ids: Vec<u32> = (0..f as u32).map(|i| (i * 7) % (n as u32 + 1)).collect();
            let bias = numbers(seed ^ 4, 2 * hidden);
            let upper: Vec<[f32; SCORES]> =
                (0..hidden as u64).map(|i| numbers(seed ^ (9 + i), SCORES).try_into().expect("as long")).collect();
            let upper_bias = numbers(seed ^ 5, SCORES).try_into().expect("as long");
            for (isa, lanes) in variants() {
                let packed = Packed::linear_of(lanes, (outputs, k), |o, i| w[o * k + i], |o| b[o]);
                let mut out = vec![0f32; n.next_multiple_of(ROW_BLOCK) * packed.width];
                linear(isa, Rows { data: &data, stride: k }, n, &packed, &mut out);
                for r in 0..n {
                    for o in 0..outputs {
                        let x = |i: usize| f64::from(data[r * k + i]) * f64::from(w[o * k + i]);
                        let want = (0..k).map(x).sum::<f64>() + f64::from(b[o]);
                        prop_assert!(close(out[r * packed.width + o], want), "{isa:?} {r} {o}");
                    }
                }
                let sum = StateSum { rows: &rows, features: f, bias: &bias, upper: &upper, upper_bias: &upper_bias };
                let (mut h, mut got) = (vec![0f32; hidden], [0f32; SCORES]);
                scores(isa, &sum, &ids, &mut h, &mut got);
                let unit = |u: usize| -> f64 {
                    let piece = |p: usize| -> f64 {
                        let at = |(j, id): (usize, &u32)| rows[(*id as usize * f + j) * 2 * hidden + p * hidden + u];
                        ids.iter().enumerate().map(|x| f64::from(at(x))).sum::<f64>() + f64::from(bias[p * hidden + u])
                    };
                    piece(0).max(piece(1))
                };
                for c in 0..SCORES {
                    let want = (0..hidden).map(|u| unit(u) * f64::from(upper[u][c])).sum::<f64>()
                        + f64::from(upper_bias[c]);
                    prop_assert!(close(got[c], want), "{isa:?} {c}");
                }
            }
        }

        #[test]
        fn a_row_does_not_depend_on_the_rows_beside_it(seed: u64, n in 2usize..80, at in 0usize..80) {
            let (units, k, at) = (32, 48, at % n);
            let data = numbers(seed, (n + ROW_BLOCK) * k);
            let w = numbers(seed ^ 1, units * 3 * k);
            let norm = Norm { gain: numbers(seed ^ 2, units), bias: numbers(seed ^ 3, units) };
            for (isa, lanes) in variants() {
                let weight = |u: usize, p: usize, i: usize| w[(u * 3 + p) * k + i];
                let packed = Packed::maxout_of(lanes, (units, 3, k), weight, |_, _| 0.5);
                let (mut all, mut one) = (vec![0f32; (n + ROW_BLOCK) * units], vec![0f32; ROW_BLOCK * units]);
                maxout(isa, Rows { data: &data, stride: k }, n, &packed, &norm, None, &mut all);
                maxout(isa, Rows { data: &data[at * k..], stride: k }, 1, &packed, &norm, None, &mut one);
                let bits = |x: &[f32]| x.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
                prop_assert_eq!(bits(&all[at * units..(at + 1) * units]), bits(&one[..units]), "{:?}", isa);
            }
        }
    }
}
