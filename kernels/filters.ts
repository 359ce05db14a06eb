const F64: usize = 8;

/** Square roots of `count` numbers. @returns the sum of the numbers */
export function roots(values: usize, count: i32, out: usize): f64 {
  let sum = f64x2.splat(0);
  const whole = <usize>(count & ~1) * F64;
  for (let i: usize = 0; i < whole; i += 2 * F64) {
    const pair = v128.load(values + i);
    sum = f64x2.add(sum, pair);
    v128.store(out + i, f64x2.sqrt(pair));
  }
  let total = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
  if ((count & 1) === 1) {
    const last = load<f64>(values + whole);
    total += last;
    store<f64>(out + whole, sqrt(last));
  }
  return total;
}

/**
 * Weighted sums of a spectrum by a bank of filters.
 * @param runs three i32 each: filter, first bin, number of bins; @param weights [sum of the numbers] f64
 * @param out [filters] f64: the sums of all runs of each
 */
export function applyRuns(runs: usize, runCount: i32, weights: usize, power: usize, out: usize, filters: i32): void {
  memory.fill(out, 0, <usize>filters * F64);
  for (const end = runs + <usize>runCount * 12; runs < end; runs += 12) {
    const to = out + <usize>load<i32>(runs) * F64;
    let at = power + <usize>load<i32>(runs, 4) * F64;
    const count = load<i32>(runs, 8);
    const whole = weights + <usize>(count & ~3) * F64;
    const last = weights + <usize>count * F64;
    let one = f64x2.splat(0),
      two = f64x2.splat(0);
    for (; weights < whole; weights += 4 * F64, at += 4 * F64) {
      one = f64x2.add(one, f64x2.mul(v128.load(weights), v128.load(at)));
      two = f64x2.add(two, f64x2.mul(v128.load(weights, 16), v128.load(at, 16)));
    }
    let a = f64x2.extract_lane(one, 0);
    for (; weights < last; weights += F64, at += F64) a += load<f64>(weights) * load<f64>(at);
    const sum = a + f64x2.extract_lane(one, 1) + (f64x2.extract_lane(two, 0) + f64x2.extract_lane(two, 1));
    store<f64>(to, load<f64>(to) + sum);
  }
}
