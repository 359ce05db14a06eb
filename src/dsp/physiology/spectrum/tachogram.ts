import type { Hertz, Milliseconds, Seconds } from '../../../core/units';

/** An unevenly sampled signal: what interval ended when. */
export interface Tachogram {
  /** [n] s, increasing; the first is 0. */
  readonly times: Float64Array;
  /** [n] ms */
  readonly values: Float64Array;
}

/** Intervals at the ends of their beats; intervals that are not above 0 are left out, since no time passes in them. */
export function tachogramOf(nn: ArrayLike<Milliseconds>): Tachogram {
  const values = Float64Array.from(nn).filter((interval) => interval > 0);
  let elapsed = 0;
  const times = values.map((interval, i) => (elapsed += i === 0 ? 0 : interval / 1000));
  return { times, values };
}

/** Second derivatives of the natural cubic spline: tridiagonal system, solved by elimination. */
function curvatures({ times, values }: Tachogram): Float64Array {
  const n = times.length;
  const upper = new Float64Array(n);
  const right = new Float64Array(n);
  for (let i = 1; i < n - 1; i++) {
    const before = (times[i] ?? 0) - (times[i - 1] ?? 0);
    const after = (times[i + 1] ?? 0) - (times[i] ?? 0);
    const bend = ((values[i + 1] ?? 0) - (values[i] ?? 0)) / after - ((values[i] ?? 0) - (values[i - 1] ?? 0)) / before;
    const pivot = 2 * (before + after) - before * (upper[i - 1] ?? 0);
    upper[i] = after / pivot;
    right[i] = (6 * bend - before * (right[i - 1] ?? 0)) / pivot;
  }
  const second = new Float64Array(n);
  for (let i = n - 2; i > 0; i--) second[i] = (right[i] ?? 0) - (upper[i] ?? 0) * (second[i + 1] ?? 0);
  return second;
}

/**
 * The tachogram at an even rate by natural cubic spline, from its first beat until before its last.
 * @returns [ceil(duration * rate)]; empty for fewer than two beats
 */
export function resampleTachogram(tachogram: Tachogram, rate: Hertz): Float64Array {
  const { times, values } = tachogram;
  if (times.length < 2) return new Float64Array();
  const second = curvatures(tachogram);
  const duration: Seconds = times.at(-1) ?? 0;
  let place = 0;
  return Float64Array.from({ length: Math.ceil(duration * rate) }, (_, k) => {
    const at = k / rate;
    while (place < times.length - 2 && (times[place + 1] ?? 0) <= at) place++;
    const from = times[place] ?? 0;
    const width = (times[place + 1] ?? 0) - from;
    const b = (at - from) / width;
    const a = 1 - b;
    const bend = (a ** 3 - a) * (second[place] ?? 0) + (b ** 3 - b) * (second[place + 1] ?? 0);
    return a * (values[place] ?? 0) + b * (values[place + 1] ?? 0) + (bend * width ** 2) / 6;
  });
}
