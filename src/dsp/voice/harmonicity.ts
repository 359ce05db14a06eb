import type { Hertz } from '../../core/units';
import { hannWindow } from '../window';

/** Periods under the window: enough for a harmonics-to-noise ratio (Boersma uses six). */
const PERIODS = 6;
/** Lags on either side that the interpolation looks at. */
const DEPTH = 16;
/** Nothing is purer than this, dB: rounding of 16-bit sound. */
const PUREST = 60;

/** Band-limited interpolation between lags: sin(x)/x under a raised cosine. @param centre where in `values` x = 0 lies */
function between(values: Float64Array, centre: number, x: number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const away = x - (i - centre);
    if (Math.abs(away) >= DEPTH) continue;
    const sinc = away === 0 ? 1 : Math.sin(Math.PI * away) / (Math.PI * away);
    sum += (values[i] ?? 0) * sinc * (0.5 + 0.5 * Math.cos((Math.PI * away) / DEPTH));
  }
  return sum;
}

/** Largest value within one lag of the largest sample, by golden sections. */
function highest(values: Float64Array, centre: number, from: number, to: number): number {
  const GOLD = (Math.sqrt(5) - 1) / 2;
  let low = from;
  let high = to;
  for (let i = 0; i < 24; i++) {
    const a = high - GOLD * (high - low);
    const b = low + GOLD * (high - low);
    if (between(values, centre, a) > between(values, centre, b)) high = b;
    else low = a;
  }
  return between(values, centre, (low + high) / 2);
}

/**
 * Harmonics-to-noise ratio of one frame (Boersma 1993, Accurate short-term analysis of the fundamental frequency and the
 * harmonics-to-noise ratio of a sampled sound, Proc. Institute of Phonetic Sciences 17, 97-110): 10 log10(r / (1 - r)), r the
 * autocorrelation at the period over that at lag 0, each divided by the window's own.
 * @param samples [n] mono; six periods around `centre` are looked at, zeros beyond the ends
 * @returns dB, at most 60; null for silence or where nothing repeats
 */
export function harmonicity(samples: Float32Array, sampleRate: Hertz, centre: number, f0: Hertz): number | null {
  const period = sampleRate / f0;
  const length = Math.round(PERIODS * period);
  const start = Math.round(centre - length / 2);
  const window = hannWindow(length);
  let mean = 0;
  for (let i = 0; i < length; i++) mean += (samples[start + i] ?? 0) / length;
  const frame = Float64Array.from({ length }, (_, i) => ((samples[start + i] ?? 0) - mean) * (window[i] ?? 0));
  const correlate = (values: Float64Array, lag: number): number => {
    let sum = 0;
    for (let i = 0; i + lag < length; i++) sum += (values[i] ?? 0) * (values[i + lag] ?? 0);
    return sum;
  };
  const power = correlate(frame, 0);
  const windowPower = correlate(window, 0);
  if (power < 1e-12) return null;
  const middle = Math.round(period);
  const first = Math.max(1, middle - DEPTH - 2);
  const lags = Float64Array.from(
    { length: 2 * DEPTH + 5 },
    (_, i) => ((correlate(frame, first + i) / power) * windowPower) / correlate(window, first + i),
  );
  let best = 0;
  const reach = Math.max(1, Math.min(2, Math.round(period / 20)));
  for (let lag = middle - reach; lag <= middle + reach; lag++) {
    if (best === 0 || (lags[lag - first] ?? 0) > (lags[best - first] ?? 0)) best = lag;
  }
  const r = highest(lags, best - first, -1, 1);
  if (!(r > 0)) return null;
  const ratio = r < 1 ? 10 * Math.log10(r / (1 - r)) : PUREST;
  return Math.min(PUREST, ratio);
}
