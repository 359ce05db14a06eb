import type { Hertz } from '../../../core/units';
import { mean } from '../../statistics';
import { hannWindow } from '../../window';

/** |X(k)|² of the discrete Fourier transform at one bin: Goertzel (1958). */
function binPower(values: Float64Array, k: number): number {
  const factor = 2 * Math.cos((2 * Math.PI * k) / values.length);
  let last = 0;
  let before = 0;
  for (const value of values) {
    const next = value + factor * last - before;
    before = last;
    last = next;
  }
  return last ** 2 + before ** 2 - factor * last * before;
}

/**
 * Power between two frequencies: the bins of scipy.signal.periodogram(window='hann', detrend='constant') in [from, to), times
 * their spacing. Both frequencies lie above 0 and below half the rate.
 * @param values [n] evenly sampled @param rate of the samples
 * @returns units of the values squared; 0 for an empty signal
 */
export function bandPower(values: Float64Array, rate: Hertz, from: Hertz, to: Hertz): number {
  const n = values.length;
  if (n === 0) return 0;
  const centre = mean(values);
  const taper = hannWindow(n);
  const tapered = values.map((value, i) => (value - centre) * (taper[i] ?? 0));
  const energy = taper.reduce((sum, weight) => sum + weight ** 2, 0);
  const step = 1 / (n * (1 / rate));
  let sum = 0;
  for (let k = 1; k * step < to; k++) if (k * step >= from) sum += binPower(tapered, k);
  return energy > 0 ? (sum * 2 * step) / (rate * energy) : 0;
}
