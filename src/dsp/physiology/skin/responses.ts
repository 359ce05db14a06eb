import type { Hertz, Seconds } from '../../../core/units';
import { localMaxima, prominences } from './localMaxima';

/** One skin conductance response (SCR). */
export interface SkinConductanceResponse {
  /** Sample at which the rise begins: the last trough before the peak; null when the recording began within the rise. */
  readonly onset: number | null;
  readonly peak: number;
  /** Phasic value at the peak, microsiemens. */
  readonly height: number;
  /** From onset to peak, microsiemens. */
  readonly amplitude: number | null;
  /** From onset to peak. */
  readonly riseTime: Seconds | null;
}

/** Index of the greatest element of an ascending list below `limit`, or -1. */
function lastBelow(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Each peak of the phasic component with the rise that led to it. */
function risesOf(phasic: ArrayLike<number>, peaks: readonly number[], rate: Hertz): SkinConductanceResponse[] {
  const troughs = localMaxima(Float64Array.from(phasic, (value) => -value));
  return peaks.map((peak) => {
    const onset = troughs[lastBelow(troughs, peak)];
    const height = phasic[peak] ?? 0;
    if (onset === undefined) return { onset: null, peak, height, amplitude: null, riseTime: null };
    return { onset, peak, height, amplitude: height - (phasic[onset] ?? 0), riseTime: (peak - onset) / rate };
  });
}

/**
 * Responses of a whole recording: peaks whose prominence is at least a share of the greatest one's. NeuroKit2's default, which
 * adapts to the recording and therefore finds something even in noise; for windows use `findResponses`.
 * @param phasic [n] from `splitConductance`
 */
export function findRelativeResponses(phasic: ArrayLike<number>, rate: Hertz, leastShare = 0.1): SkinConductanceResponse[] {
  const peaks = localMaxima(phasic);
  const sizes = prominences(phasic, peaks);
  const greatest = sizes.reduce((most, size) => Math.max(most, size), 0);
  return risesOf(
    phasic,
    peaks.filter((_, i) => (sizes[i] ?? 0) >= leastShare * greatest),
    rate,
  );
}

/**
 * Responses of at least an absolute amplitude from trough to peak (Boucsein 2012 names .01 to .05 microsiemens); one whose onset
 * was not seen is left out.
 * @param phasic [n] from `splitConductance`
 */
export function findResponses(phasic: ArrayLike<number>, rate: Hertz, leastAmplitude: number): SkinConductanceResponse[] {
  return risesOf(phasic, localMaxima(phasic), rate).filter(({ amplitude }) => amplitude !== null && amplitude >= leastAmplitude);
}
