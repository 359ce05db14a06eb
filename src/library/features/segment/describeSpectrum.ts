import { columnDeviations, columnMeans, laggedDifferences, mean, spreadOf } from '../../../dsp/statistics';
import type { FrameTable } from '../segmentLayout';
import { CONTRAST_BANDS, DELTA_LAG, FLOOR_DB, N_MELS } from '../segmentLayout';

const octaves = (hz: number): number => Math.log2(Math.max(hz, 20));

const PER_DB = Math.LN10 / 10;

/** Mean minus level of the mean, dB, of one frame's 64 mel bands: 0 when all are alike, more negative the peakier. */
function melFlatness(level: Float32Array, at: number): number {
  let sum = 0,
    power = 0;
  for (let m = at; m < at + N_MELS; m++) {
    sum += level[m] ?? 0;
    power += Math.exp((level[m] ?? 0) * PER_DB);
  }
  return sum / N_MELS - 10 * Math.log10(power / N_MELS);
}

/**
 * Brightness: log2 of centroid, bandwidth and roll-off in Hz and the mel flatness in dB, each as mean, deviation, 10th and 90th
 * percentile; then the four mean |93 ms changes|.
 * @param active the frames that are not silence; @param level [frames x 64] dB of the same frames
 * @returns [20], grouped by statistic
 */
export function describeShape(active: FrameTable, level: Float32Array): number[] {
  const series = [
    Float64Array.from(active.centroid, octaves),
    Float64Array.from(active.bandwidth, octaves),
    Float64Array.from(active.rolloff, octaves),
    Float64Array.from({ length: active.frames }, (_, t) => melFlatness(level, t * N_MELS)),
  ];
  const spreads = series.map(spreadOf);
  const change = series.map((values) => mean(laggedDifferences(values, 1, DELTA_LAG).map(Math.abs)));
  return [...[0, 1, 2, 3].flatMap((statistic) => spreads.map((spread) => spread[statistic] ?? 0)), ...change];
}

/**
 * Spectral contrast of seven octave bands (Jiang et al. 2002): mean and deviation of peak minus valley, mean valley, dB relative to
 * the highest peak of the segment and cut 35 dB below it (10 log10 of magnitudes, librosa's convention).
 * @param active the frames that are not silence; @param top highest peak of the whole segment, dB
 * @returns [21]
 */
export function describeContrast(active: FrameTable, top: number): number[] {
  const relative = (level: number): number => Math.max(level - top, -FLOOR_DB / 2);
  const valley = active.valley.map(relative);
  const contrast = active.peak.map((peak, i) => relative(peak) - (valley[i] ?? 0));
  return [...columnMeans(contrast, CONTRAST_BANDS), ...columnDeviations(contrast, CONTRAST_BANDS), ...columnMeans(valley, CONTRAST_BANDS)];
}
