/**
 * K-weighting of two channels (ITU-R BS.1770-4): both biquads in series, transposed direct form II, one channel per lane.
 * @param state four pairs of f64, updated; behind them the two sums of squares are written
 */
export function weighLoudness(
  left: usize,
  right: usize,
  count: i32,
  state: usize,
  b0: f64,
  b1: f64,
  b2: f64,
  a1: f64,
  a2: f64,
  c1: f64,
  c2: f64,
): void {
  const b0s = f64x2.splat(b0),
    b1s = f64x2.splat(b1),
    b2s = f64x2.splat(b2),
    a1s = f64x2.splat(a1),
    a2s = f64x2.splat(a2),
    c1s = f64x2.splat(c1),
    c2s = f64x2.splat(c2);
  let p = v128.load(state),
    q = v128.load(state, 16),
    r = v128.load(state, 32),
    s = v128.load(state, 48);
  let sum = f64x2.splat(0);
  for (let i: usize = 0; i < <usize>count * 4; i += 4) {
    const x = f64x2.promote_low_f32x4(v128.load32_lane(right + i, v128.load32_zero(left + i), 1));
    const y = f64x2.add(f64x2.mul(b0s, x), p);
    p = f64x2.sub(f64x2.add(f64x2.mul(b1s, x), q), f64x2.mul(a1s, y));
    q = f64x2.sub(f64x2.mul(b2s, x), f64x2.mul(a2s, y));
    const z = f64x2.add(y, r);
    r = f64x2.sub(f64x2.sub(s, f64x2.add(y, y)), f64x2.mul(c1s, z));
    s = f64x2.sub(y, f64x2.mul(c2s, z));
    sum = f64x2.add(sum, f64x2.mul(z, z));
  }
  v128.store(state, p);
  v128.store(state, q, 16);
  v128.store(state, r, 32);
  v128.store(state, s, 48);
  v128.store(state, sum, 64);
}

const TAPS: usize = 12;
/** Samples before and after the two between which the filter interpolates. */
const REACH: usize = 6;

// @ts-expect-error: decorators are AssemblyScript's
@inline
function larger(a: f64, b: f64): f64 {
  return a > b ? a : b;
}

/** Largest of the four values between the sample at `at` and the next one. @param phases two filters [12] f64 */
function peakAfter(at: usize, phases: usize): f64 {
  let first = f64x2.splat(0),
    second = f64x2.splat(0);
  for (let k: usize = 0; k < TAPS; k++) {
    // One lane runs forward through the filter, the other backward.
    const forward = v128.load32_zero(at + 4 * (REACH - k));
    const both = f64x2.promote_low_f32x4(v128.load32_lane(at + 4 * (1 + k - REACH), forward, 1));
    first = f64x2.add(first, f64x2.mul(v128.load64_splat(phases + 8 * k), both));
    second = f64x2.add(second, f64x2.mul(v128.load64_splat(phases + 8 * (TAPS + k)), both));
  }
  const top = f64x2.pmax(f64x2.abs(first), f64x2.abs(second));
  return larger(f64x2.extract_lane(top, 0), f64x2.extract_lane(top, 1));
}

/**
 * True peak of samples `0..count` behind `samples`, with at least twelve samples before and after them. Only local maxima of at least
 * `worth` times the peak so far are interpolated.
 */
export function scanPeak(samples: usize, count: i32, phases: usize, peak: f64, worth: f64): f64 {
  let gate = worth * peak;
  let i: i32 = 0;
  while (i < count) {
    // Four at a time, as long as none reaches the gate: a little below it, as it is compared in single precision.
    const low = f32x4.splat(<f32>(gate * 0.999999));
    while (i + 4 <= count && !v128.any_true(f32x4.ge(f32x4.abs(v128.load(samples + ((<usize>i) << 2))), low))) i += 4;
    const end = i + 4 < count ? i + 4 : count;
    for (; i < end; i++) {
      const at = samples + ((<usize>i) << 2);
      const size = <f64>abs(load<f32>(at));
      if (size < gate || size < <f64>abs(load<f32>(at - 4)) || size < <f64>abs(load<f32>(at + 4)) || size === 0) continue;
      peak = larger(larger(peak, size), larger(peakAfter(at - 4, phases), peakAfter(at, phases)));
      gate = worth * peak;
    }
  }
  return peak;
}
