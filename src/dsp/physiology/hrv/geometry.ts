import type { Milliseconds } from '../../../core/units';
import { rmssd, standardDeviation, type Intervals, type Poincare } from './timeDomain';

/** Counts of intervals in bins of equal width; the last bin includes its upper edge, as numpy.histogram. */
function histogram(nn: Intervals, edges: readonly number[]): Float64Array {
  const counts = new Float64Array(Math.max(0, edges.length - 1));
  const first = edges[0] ?? 0;
  const width = (edges[1] ?? first) - first;
  const last = edges.at(-1) ?? first;
  for (let i = 0; i < nn.length; i++) {
    const value = nn[i] ?? 0;
    if (value < first || value > last) continue;
    const bin = Math.min(counts.length - 1, Math.floor((value - first) / width));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

/**
 * HRV triangular index: intervals over the height of their histogram (Task Force 1996: bins of 1000 / 128 ms from 0).
 * @param from lower edge of the first bin, ms; @param to no bin begins at or above it
 */
export function triangularIndex(
  nn: Intervals,
  binWidth: Milliseconds = 1000 / 128,
  from: Milliseconds = 0,
  to?: Milliseconds,
): number | null {
  if (nn.length === 0) return null;
  const end = to ?? Math.max(...Array.from(nn)) + binWidth;
  const edges = Array.from({ length: Math.max(2, Math.ceil((end - from) / binWidth)) }, (_, i) => from + i * binWidth);
  const highest = Math.max(...histogram(nn, edges));
  return highest > 0 ? nn.length / highest : null;
}

/**
 * Cardiac sympathetic and vagal index and the modified one (Toichi 1997; Jeppesen 2014) of the Poincare plot's length 4 SD2 and
 * width 4 SD1. Null when there is no width.
 */
export function toichiIndices({ sd1, sd2 }: Poincare): { csi: number; cvi: number; modifiedCsi: number } | null {
  if (sd1 <= 0 || sd2 <= 0) return null;
  return { csi: sd2 / sd1, cvi: Math.log10(16 * sd1 * sd2), modifiedCsi: (4 * sd2) ** 2 / (4 * sd1) };
}

/** SDNN and RMSSD over the mean interval. */
export function coefficientsOfVariation(nn: Intervals): { cvnn: number; cvsd: number } | null {
  const spread = standardDeviation(nn);
  const steps = rmssd(nn);
  if (spread === null || steps === null) return null;
  const centre = Array.from(nn).reduce((sum, interval) => sum + interval, 0) / nn.length;
  return centre > 0 ? { cvnn: spread / centre, cvsd: steps / centre } : null;
}
