import type { Hertz } from '../../core/units';
import { powerToDb } from '../decibel';

export interface SpectralShape {
  centroid: Hertz;
  bandwidth: Hertz;
  rolloff: Hertz;
}

/**
 * Centroid, bandwidth (p = 2) and 85 % roll-off of a magnitude spectrum, as librosa.feature.spectral_centroid, _bandwidth, _rolloff.
 * @param magnitude [bins]; bins `first..last` count
 * @param shape result; silence gives 0 for centroid and bandwidth and the lowest bin for the roll-off
 */
export function measureShape(magnitude: Float64Array, binHz: Hertz, first: number, last: number, shape: SpectralShape): void {
  let total = 0,
    weighted = 0,
    squared = 0;
  for (let k = first; k <= last; k++) {
    const m = magnitude[k] ?? 0;
    total += m;
    weighted += m * k;
    squared += m * k * k;
  }
  const safe = Math.max(total, 1e-12);
  const centre = weighted / safe;
  shape.centroid = centre * binHz;
  shape.bandwidth = Math.sqrt(Math.max(squared / safe - centre * centre, 0)) * binHz;
  let sum = 0,
    k = first;
  for (; k < last; k++) {
    sum += magnitude[k] ?? 0;
    if (sum >= 0.85 * total) break;
  }
  shape.rolloff = k * binHz;
}

/**
 * Geometric over arithmetic mean of a power spectrum, as librosa.feature.spectral_flatness: near 0 for a tone, 0.56 for white noise,
 * 1 for silence (all bins equal).
 */
export function spectralFlatness(power: Float64Array): number {
  let logs = 0,
    sum = 0;
  for (const value of power) {
    logs += powerToDb(value);
    sum += Math.max(value, 1e-10);
  }
  const n = Math.max(power.length, 1);
  return 10 ** (logs / n / 10) / Math.max(sum / n, 1e-10);
}
