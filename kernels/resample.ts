const F64: usize = 8;

/** Numbers at even and odd places of `input` [2 count] to two arrays [count], a multiple of two. */
function part(input: usize, even: usize, odd: usize, count: i32): void {
  for (let i: usize = 0; i < <usize>count * F64; i += 2 * F64) {
    const a = v128.load(input + 2 * i),
      b = v128.load(input + 2 * i, 16);
    v128.store(even + i, v128.shuffle<f64>(a, b, 0, 2));
    v128.store(odd + i, v128.shuffle<f64>(a, b, 1, 3));
  }
}

/**
 * Every second sample through a half-band filter, alike on both sides: out[i] = centre h[2i] + sum near[k] (h[2i - 1 - 2k] + h[2i + 1 + 2k]).
 * @param history f64; `2 * pairs` samples before the first output's place and as many behind the last one's
 * @param count of outputs, f32; up to three more are written
 * @param scratch room for as many numbers as `history` has, and eight more
 */
export function halve(history: usize, near: usize, pairs: i32, centre: f64, out: usize, count: i32, scratch: usize): void {
  const rounded = (count + 3) & ~3;
  const length = (rounded + 2 * pairs + 1) & ~1;
  const even = scratch,
    odd = scratch + <usize>length * F64;
  part(history, even, odd, length);
  const middle = f64x2.splat(centre);
  // The sample 2i - 1 is odd number `pairs + i - 1` of the history.
  for (let i: usize = 0; i < <usize>rounded; i += 4) {
    const here = even + (i + pairs) * F64;
    let one = f64x2.mul(middle, v128.load(here)),
      two = f64x2.mul(middle, v128.load(here, 16));
    let before = odd + (i + pairs - 1) * F64,
      after = odd + (i + pairs) * F64;
    for (let k = 0; k < pairs; k++) {
      const tap = v128.load64_splat(near + <usize>k * F64);
      one = f64x2.add(one, f64x2.mul(tap, f64x2.add(v128.load(before), v128.load(after))));
      two = f64x2.add(two, f64x2.mul(tap, f64x2.add(v128.load(before, 16), v128.load(after, 16))));
      before -= F64;
      after += F64;
    }
    v128.store(out + 4 * i, v128.shuffle<f32>(f32x4.demote_f64x2_zero(one), f32x4.demote_f64x2_zero(two), 0, 1, 4, 5));
  }
}

/**
 * Any ratio: output i meets the input from `base` on through branch `phase` of the filter, where base and phase follow from its place
 * i * down + start in the input `up` times as dense.
 * @param branches [up x width] f64, a multiple of four each; @param firsts [up] i32, where each meets the input, relative to its base
 */
export function filterPhases(
  history: usize,
  branches: usize,
  width: i32,
  firsts: usize,
  up: i32,
  down: i32,
  start: i32,
  out: usize,
  count: i32,
): void {
  let base = start / up,
    phase = start % up;
  const whole = down / up,
    rest = down % up;
  for (let i = 0; i < count; i++) {
    let tap = branches + <usize>(phase * width) * F64,
      at = history + <usize>(base + load<i32>(firsts + ((<usize>phase) << 2))) * F64;
    let one = f64x2.splat(0),
      two = f64x2.splat(0);
    for (const end = tap + <usize>width * F64; tap < end; tap += 4 * F64, at += 4 * F64) {
      one = f64x2.add(one, f64x2.mul(v128.load(tap), v128.load(at)));
      two = f64x2.add(two, f64x2.mul(v128.load(tap, 16), v128.load(at, 16)));
    }
    const sum = f64x2.add(one, two);
    store<f32>(out + ((<usize>i) << 2), <f32>(f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)));
    base += whole;
    phase += rest;
    if (phase >= up) {
      phase -= up;
      base++;
    }
  }
}
