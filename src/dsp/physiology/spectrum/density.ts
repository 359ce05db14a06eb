import type { Hertz } from '../../../core/units';
import { mean } from '../../statistics';
import { PowerSpectrum } from '../../spectrum/powerSpectrum';
import { hannWindow } from '../../window';
import type { Tachogram } from './tachogram';

/** One-sided power spectral density: for intervals in ms, ms²/Hz. */
export interface Density {
  /** [n] Hz, evenly spaced */
  readonly frequencies: Float64Array;
  readonly power: Float64Array;
}

export interface WelchOptions {
  /** Samples of a segment; shortened to the signal. */
  readonly segment: number;
  /** Length of the transform, a power of two, at least the segment: zeros fill up. */
  readonly size: number;
}

/**
 * Welch's method (1967): periodic Hann segments that overlap by half, each without its mean, averaged; scaled as
 * scipy.signal.welch(scaling='density').
 * @returns size / 2 + 1 bins; all zero for an empty signal
 */
export function welch(signal: Float64Array, rate: Hertz, { segment, size }: WelchOptions): Density {
  const length = Math.min(segment, signal.length, size);
  const taper = hannWindow(length);
  const weights = new Float64Array(size);
  weights.set(taper);
  const spectrum = new PowerSpectrum(size, weights);
  const power = new Float64Array(spectrum.bins);
  const one = new Float64Array(spectrum.bins);
  const hop = Math.max(1, length - Math.floor(length / 2));
  let segments = 0;
  for (let start = 0; length > 0 && start + length <= signal.length; start += hop) {
    const piece = signal.subarray(start, start + length);
    const centre = mean(piece);
    spectrum.measure(
      piece.map((value) => value - centre),
      0,
      one,
    );
    one.forEach((value, k) => (power[k] = (power[k] ?? 0) + value));
    segments++;
  }
  const energy = taper.reduce((sum, weight) => sum + weight ** 2, 0);
  const scale = segments > 0 && energy > 0 ? 1 / (rate * energy * segments) : 0;
  const isEdge = (k: number) => k === 0 || k === size / 2;
  return {
    frequencies: power.map((_, k) => (k * rate) / size),
    power: power.map((value, k) => value * scale * (isEdge(k) ? 1 : 2)),
  };
}

/** Least-squares fit of one sine and cosine: the classical normalised sums of Lomb (1976), without the 1 / variance. */
function lombPower({ times, values }: Tachogram, centre: number, frequency: Hertz): number {
  const w = 2 * Math.PI * frequency;
  let sin2 = 0;
  let cos2 = 0;
  for (const t of times) {
    sin2 += Math.sin(2 * w * t);
    cos2 += Math.cos(2 * w * t);
  }
  const shift = Math.atan2(sin2, cos2) / (2 * w);
  let xc = 0;
  let xs = 0;
  let cc = 0;
  let ss = 0;
  for (let i = 0; i < times.length; i++) {
    const angle = w * ((times[i] ?? 0) - shift);
    const c = Math.cos(angle);
    const s = Math.sin(angle);
    const x = (values[i] ?? 0) - centre;
    xc += x * c;
    xs += x * s;
    cc += c * c;
    ss += s * s;
  }
  return ((cc > 1e-12 ? xc ** 2 / cc : 0) + (ss > 1e-12 ? xs ** 2 / ss : 0)) / 2;
}

/**
 * Lomb-Scargle periodogram of unevenly spaced beats (Lomb 1976; Scargle 1982), no resampling, mean removed, as a one-sided
 * density: its sum times the frequency step is about the variance of the intervals.
 * @param step Hz between bins, the first at `step`; @param highest last bin at or below it
 * @returns all zero for fewer than four beats
 */
export function lombScargle(tachogram: Tachogram, step: Hertz, highest: Hertz): Density {
  const frequencies = Float64Array.from({ length: Math.floor(highest / step + 1e-9) }, (_, k) => (k + 1) * step);
  const duration = tachogram.times.at(-1) ?? 0;
  if (tachogram.times.length < 4 || duration <= 0) return { frequencies, power: new Float64Array(frequencies.length) };
  const centre = mean(tachogram.values);
  // A line of amplitude a gives n a² / 4 here and a² / 2 of variance, spread over the resolution 1 / duration.
  const scale = (2 * duration) / tachogram.times.length;
  return { frequencies, power: frequencies.map((frequency) => lombPower(tachogram, centre, frequency) * scale) };
}

/** Area under the density between two frequencies by trapezia over the bins in [from, to). */
export function bandArea({ frequencies, power }: Density, from: Hertz, to: Hertz): number {
  let area = 0;
  for (let k = 1; k < frequencies.length; k++) {
    const low = frequencies[k - 1] ?? 0;
    const high = frequencies[k] ?? 0;
    if (low >= from && high < to) area += ((high - low) * ((power[k - 1] ?? 0) + (power[k] ?? 0))) / 2;
  }
  return area;
}

/** Sum of the bins in [from, to] times their spacing. */
export function bandSum({ frequencies, power }: Density, from: Hertz, to: Hertz): number {
  const step = (frequencies[1] ?? 0) - (frequencies[0] ?? 0);
  let sum = 0;
  for (let k = 0; k < frequencies.length; k++) {
    const frequency = frequencies[k] ?? 0;
    if (frequency >= from && frequency <= to) sum += power[k] ?? 0;
  }
  return sum * step;
}
