import type { Hertz, Milliseconds } from '../../../core/units';
import { bandArea, bandSum, lombScargle, welch, type Density } from '../spectrum/density';
import { resampleTachogram, tachogramOf } from '../spectrum/tachogram';
import type { Intervals } from './timeDomain';

/** Bands of the Task Force (1996), Hz; each holds its lower edge. */
export const BANDS = { veryLow: [0.0033, 0.04], low: [0.04, 0.15], high: [0.15, 0.4] } as const;

/** Shortest recordings that the bands are given for: ten periods of the slowest wave of HF, and of LF in two minutes (Task Force). */
export const SHORTEST_HF: Milliseconds = 60_000;
export const SHORTEST_LF: Milliseconds = 120_000;

const RATE: Hertz = 4;

/** Power per band, ms². */
export interface HrvSpectrum {
  readonly veryLow: number;
  readonly low: number;
  readonly high: number;
  readonly total: number;
  /** LF / HF; null without high-frequency power. Not a measure of "sympathovagal balance" (Billman 2013). */
  readonly ratio: number | null;
  /** Shares of LF + HF in percent; null when both are 0. */
  readonly lowNormalised: number | null;
  readonly highNormalised: number | null;
}

function spectrumOf(density: Density, from: Hertz, area: typeof bandArea): HrvSpectrum {
  const veryLow = area(density, from, BANDS.veryLow[1]);
  const low = area(density, ...BANDS.low);
  const high = area(density, ...BANDS.high);
  const both = low + high;
  return {
    veryLow,
    low,
    high,
    total: veryLow + both,
    ratio: high > 0 ? low / high : null,
    lowNormalised: both > 0 ? (100 * low) / both : null,
    highNormalised: both > 0 ? (100 * high) / both : null,
  };
}

/**
 * Intervals resampled to 4 Hz by natural cubic spline, Welch segments of 256 samples without their means, bands by trapezia from
 * 0 Hz: the convention of the Python package hrv. Null for fewer than four intervals.
 */
export function welchSpectrum(nn: Intervals): HrvSpectrum | null {
  if (nn.length < 4) return null;
  const signal = resampleTachogram(tachogramOf(nn), RATE);
  return spectrumOf(welch(signal, RATE, { segment: 256, size: 256 }), 0, bandArea);
}

/** As pyHRV: segments of 300 samples, transforms of 4096, bins summed, from 0 Hz. */
export function welchSpectrumOfSums(nn: Intervals): HrvSpectrum | null {
  if (nn.length < 4) return null;
  const signal = resampleTachogram(tachogramOf(nn), RATE);
  return spectrumOf(welch(signal, RATE, { segment: 300, size: 4096 }), 0, bandSum);
}

/** Lomb-Scargle in steps of 1/1024 Hz up to .4 Hz, as the PhysioNet Cardiovascular Signal Toolbox. Null for fewer than four intervals. */
export function lombSpectrum(nn: Intervals): HrvSpectrum | null {
  if (nn.length < 4) return null;
  return spectrumOf(lombScargle(tachogramOf(nn), 1 / 1024, 0.5), BANDS.veryLow[0], bandSum);
}
