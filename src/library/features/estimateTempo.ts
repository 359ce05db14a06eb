import type { BeatsPerMinute, UnitInterval } from '../../core/units';
import { mean } from '../../dsp/statistics';
import { FRAME_RATE } from './segmentLayout';

/** 4 s. */
export const MAX_LAG = 172;
/** 40 to 220 bpm. */
const FIRST_LAG = 12;
const LAST_LAG = 65;

/**
 * Autocorrelation of an onset envelope about its mean, unbiased, 1 at lag 0.
 * @returns [173]; lags beyond half the envelope and flat envelopes give zeros
 */
export function autocorrelate(envelope: Float64Array): Float64Array {
  const centre = mean(envelope);
  const x = envelope.map((value) => value - centre);
  const out = new Float64Array(MAX_LAG + 1);
  for (let lag = 0; lag <= MAX_LAG && lag < Math.floor(x.length / 2); lag++) {
    let sum = 0;
    for (let i = lag; i < x.length; i++) sum += (x[i] ?? 0) * (x[i - lag] ?? 0);
    out[lag] = sum / (x.length - lag);
  }
  const power = out[0] ?? 0;
  return power > 1e-6 ? out.map((value) => value / power) : new Float64Array(MAX_LAG + 1);
}

export interface Tempo {
  readonly tempo: BeatsPerMinute;
  /** Height of the autocorrelation at the beat: 1 for a perfect pulse. */
  readonly confidence: UnitInterval;
}

/**
 * Tempo as the lag that scores best: (r(l) + r(2l) / 2) times a log-normal prior about 120 bpm (0.9 octave; after Ellis 2007),
 * refined by a parabola.
 * @param r [173] autocorrelation, one segment's or the mean of many
 * @returns tempo 0 and confidence 0 when nothing repeats
 */
export function estimateTempo(r: Float64Array): Tempo {
  let best = 0;
  let lag = 0;
  for (let l = FIRST_LAG; l <= LAST_LAG; l++) {
    const prior = Math.exp(-0.5 * (Math.log2((60 * FRAME_RATE) / l / 120) / 0.9) ** 2);
    const score = ((r[l] ?? 0) + 0.5 * (r[2 * l] ?? 0)) * prior;
    if (score > best) [best, lag] = [score, l];
  }
  if (lag === 0) return { tempo: 0, confidence: 0 };
  const here = r[lag] ?? 0;
  return {
    tempo: (60 * FRAME_RATE) / (lag + peakOffset(r[lag - 1] ?? 0, here, r[lag + 1] ?? 0)),
    confidence: Math.min(Math.max(here, 0), 1),
  };
}

/** Where the parabola through three neighbours peaks, in [-0.5, 0.5]; 0 when the middle one is not the largest. */
function peakOffset(before: number, here: number, after: number): number {
  const curve = before - 2 * here + after;
  return curve < -1e-9 && here >= Math.max(before, after) ? (0.5 * (before - after)) / curve : 0;
}
