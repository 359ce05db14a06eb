import type { Hertz } from '../../core/units';

/** Bins added up before they join the total; sixteen powers between 1e-10 and 1e8 make a product that a double holds. */
const CHUNK = 16;

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
  // Sums of sixteen bins do not wait for each other.
  for (let from = first; from <= last; from += CHUNK) {
    const to = Math.min(from + CHUNK - 1, last);
    let sum = 0,
      moment = 0,
      spread = 0;
    for (let k = from; k <= to; k++) {
      const m = magnitude[k] ?? 0;
      sum += m;
      moment += m * k;
      spread += m * k * k;
    }
    total += sum;
    weighted += moment;
    squared += spread;
  }
  const safe = Math.max(total, 1e-12);
  const centre = weighted / safe;
  shape.centroid = centre * binHz;
  shape.bandwidth = Math.sqrt(Math.max(squared / safe - centre * centre, 0)) * binHz;
  shape.rolloff = rolloffBin(magnitude, first, last, 0.85 * total) * binHz;
}

/** The first bin up to which the magnitudes sum to `share`. */
function rolloffBin(magnitude: Float64Array, first: number, last: number, share: number): number {
  let below = 0,
    k = first;
  for (; k + CHUNK <= last; k += CHUNK) {
    let sum = 0;
    for (let i = k; i < k + CHUNK; i++) sum += magnitude[i] ?? 0;
    if (below + sum >= share) break;
    below += sum;
  }
  for (; k < last; k++) {
    below += magnitude[k] ?? 0;
    if (below >= share) break;
  }
  return k;
}

const LEAST = 1e-10;

/**
 * Geometric over arithmetic mean of a power spectrum, as librosa.feature.spectral_flatness (amin 1e-10): near 0 for a tone, 0.56
 * for white noise, 1 for silence (all bins equal). One logarithm serves sixteen bins.
 * @param power [bins], up to 1e8; bins `first..last` count
 */
export function spectralFlatness(power: Float64Array, first = 0, last = power.length - 1): number {
  let logs = 0,
    sum = 0;
  for (let from = first; from <= last; from += CHUNK) {
    let product = 1;
    for (let k = from; k < from + CHUNK && k <= last; k++) {
      const value = Math.max(power[k] ?? 0, LEAST);
      product *= value;
      sum += value;
    }
    logs += Math.log(product);
  }
  const n = Math.max(last - first + 1, 1);
  return last < first ? 1 : Math.exp(logs / n) / (sum / n);
}
