import type { Milliseconds } from '../../../core/units';
import { mean, percentileOfSorted } from '../../statistics';

/**
 * Time-domain heart rate variability of normal-to-normal intervals (Task Force 1996; Shaffer & Ginsberg 2017). All intervals in
 * ms. Too few intervals give null, never NaN. Tools differ in two conventions, which are therefore arguments.
 */
export type Intervals = ArrayLike<Milliseconds>;

/** What is subtracted from n below a variance: 1 for a sample (NeuroKit2, pyHRV), 0 for a population (hrv-analysis' SDSD). */
export type DegreesOfFreedom = 0 | 1;
/** What counts of differences are a share of: the n - 1 differences (Task Force) or the n intervals (NeuroKit2, hrv). */
export type ShareOf = 'differences' | 'intervals';

/** [n - 1] nn[i + 1] - nn[i]; empty for fewer than two intervals. */
export function successiveDifferences(nn: Intervals): Float64Array {
  return Float64Array.from({ length: Math.max(0, nn.length - 1) }, (_, i) => (nn[i + 1] ?? 0) - (nn[i] ?? 0));
}

/** Standard deviation with the mean removed; null when there are not more values than degrees lost. */
export function standardDeviation(values: ArrayLike<number>, lost: DegreesOfFreedom = 1): number | null {
  if (values.length <= lost) return null;
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += ((values[i] ?? 0) - centre) ** 2;
  return Math.sqrt(sum / (values.length - lost));
}

/** SDNN: standard deviation of the intervals, n - 1. */
export function sdnn(nn: Intervals): Milliseconds | null {
  return standardDeviation(nn, 1);
}

/** RMSSD: root mean square of the n - 1 successive differences, a short-term vagal index. */
export function rmssd(nn: Intervals): Milliseconds | null {
  const differences = successiveDifferences(nn);
  if (differences.length === 0) return null;
  return Math.sqrt(mean(differences.map((difference) => difference ** 2)));
}

/** SDSD: standard deviation of the successive differences. */
export function sdsd(nn: Intervals, lost: DegreesOfFreedom = 1): Milliseconds | null {
  return standardDeviation(successiveDifferences(nn), lost);
}

/** NNx: how many successive differences exceed x ms. */
export function countAbove(nn: Intervals, limit: Milliseconds): number {
  return successiveDifferences(nn).filter((difference) => Math.abs(difference) > limit).length;
}

/** pNNx in percent, 0..100; pNN50 with limit 50. */
export function percentAbove(nn: Intervals, limit: Milliseconds, of: ShareOf = 'differences'): number | null {
  if (nn.length < 2) return null;
  return (100 * countAbove(nn, limit)) / (of === 'differences' ? nn.length - 1 : nn.length);
}

/** pNN50 in percent, 0..100. */
export function pnn50(nn: Intervals, of: ShareOf = 'differences'): number | null {
  return percentAbove(nn, 50, of);
}

/** Intervals as the beats per minute that each would be. */
export function heartRates(nn: Intervals): Float64Array {
  return Float64Array.from(nn, (interval) => 60_000 / interval);
}

/** Linear-interpolated percentile, as numpy.percentile; null for nothing. */
export function percentile(values: ArrayLike<number>, percent: number): number | null {
  return values.length === 0 ? null : percentileOfSorted(Float64Array.from(values).sort(), percent);
}

/** 1.4826 times the median absolute deviation: the standard deviation of a normal distribution, deaf to outliers. */
export function medianAbsoluteDeviation(values: ArrayLike<number>): number | null {
  const centre = percentile(values, 50);
  if (centre === null) return null;
  const spread = percentile(
    Float64Array.from(values, (value) => Math.abs(value - centre)),
    50,
  );
  return spread === null ? null : 1.4826 * spread;
}

export interface Poincare {
  /** Across the line of identity: beat-to-beat variability, ms. */
  readonly sd1: Milliseconds;
  /** Along it: longer-term variability, ms. */
  readonly sd2: Milliseconds;
}

/**
 * Poincare plot of successive intervals (Brennan 2001): SD1² = SDSD² / 2, SD2² = 2 SDNN² - SDSD² / 2, both n - 1 as
 * hrv-analysis takes them. Rounding may leave SD2² below 0 in an alternating series; it is then 0.
 */
export function poincare(nn: Intervals): Poincare | null {
  const all = sdnn(nn);
  const steps = sdsd(nn);
  if (all === null || steps === null) return null;
  return { sd1: steps / Math.SQRT2, sd2: Math.sqrt(Math.max(0, 2 * all ** 2 - steps ** 2 / 2)) };
}

/** The same plot, measured directly: spread of (y - x) / √2 and (y + x) / √2 over the n - 1 points, as pyHRV takes them (ddof 0). */
export function poincareOfPoints(nn: Intervals): Poincare | null {
  const sums = Float64Array.from({ length: Math.max(0, nn.length - 1) }, (_, i) => (nn[i + 1] ?? 0) + (nn[i] ?? 0));
  const sd1 = standardDeviation(successiveDifferences(nn), 0);
  const sd2 = standardDeviation(sums, 0);
  return sd1 === null || sd2 === null ? null : { sd1: sd1 / Math.SQRT2, sd2: sd2 / Math.SQRT2 };
}
