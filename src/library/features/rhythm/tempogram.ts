import { deviation } from '../../../dsp/statistics';
import { autocorrelate } from '../estimateTempo';

/** Frames: 12 s, every 3 s. */
export const TEMPO_WINDOW = 512;
export const TEMPO_HOP = 128;

/** Autocorrelations of an onset envelope over time. */
export interface Tempogram {
  /** One [173] row per window, 1 at lag 0; zeros where nothing happens. */
  readonly rows: readonly Float64Array[];
  /** [173] mean of the rows that are not zero. */
  readonly mean: Float64Array;
}

/**
 * Autocorrelation tempogram (Grosche, Müller & Kurth 2010) of windows of 12 s every 3 s, about each window's mean, unbiased. The
 * envelope is smoothed over three frames first, as the lag of a beat need not be a whole number of them.
 * @param strength [frames] onset strength; shorter than a window gives one row, nothing gives one of zeros
 */
export function autocorrelationTempogram(strength: Float32Array): Tempogram {
  const rows: Float64Array[] = [];
  const smooth = smoothed(strength);
  for (let from = 0; from === 0 || from + TEMPO_WINDOW <= smooth.length; from += TEMPO_HOP)
    rows.push(rowOf(smooth.slice(from, from + TEMPO_WINDOW)));
  const known = rows.filter((row) => (row[0] ?? 0) > 0);
  const mean = new Float64Array(rows[0]?.length ?? 0);
  for (const row of known) for (let lag = 0; lag < mean.length; lag++) mean[lag] = (mean[lag] ?? 0) + (row[lag] ?? 0) / known.length;
  return { rows, mean };
}

/** dB: a held chord and even noise vary less. */
const LEAST_DEVIATION = 0.1;

const rowOf = (window: Float64Array): Float64Array =>
  autocorrelate(deviation(window) > LEAST_DEVIATION ? window : new Float64Array(window.length));

function smoothed(strength: Float32Array): Float64Array {
  const out = new Float64Array(strength.length);
  for (let t = 0; t < out.length; t++) out[t] = (strength[t] ?? 0) / 2 + ((strength[t - 1] ?? 0) + (strength[t + 1] ?? 0)) / 4;
  return out;
}

/** Value of a row between whole lags, by the parabola through the three nearest; beyond the last lag 0. */
export function valueAtLag(row: Float64Array, lag: number): number {
  const nearest = Math.round(lag);
  const here = row[nearest] ?? 0,
    before = row[nearest - 1] ?? here,
    after = row[nearest + 1] ?? here;
  const away = lag - nearest;
  return here + (0.5 * (after - before) + 0.5 * (after - 2 * here + before) * away) * away;
}
