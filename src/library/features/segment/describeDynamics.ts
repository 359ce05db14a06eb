import { laggedDifferences, mean, spreadOf } from '../../../dsp/statistics';
import { DELTA_LAG, FLOOR_DB } from '../segmentLayout';

/**
 * Course of the level, dB relative to the loudest frame: mean, deviation, 10th and 90th percentile, mean |93 ms change|, share of
 * frames more than 1 dB below the mean (the low-energy rate of Tzanetakis & Cook 2002, in dB).
 * @param energy [frames] dB
 * @returns [6]; a constant level gives zeros
 */
export function describeDynamics(energy: Float32Array): number[] {
  const top = energy.reduce((best, x) => Math.max(best, x), -Infinity);
  const level = Float64Array.from(energy, (x) => Math.max(x - top, -FLOOR_DB));
  const centre = mean(level);
  return [
    ...spreadOf(level),
    mean(laggedDifferences(level, 1, DELTA_LAG).map(Math.abs)),
    level.filter((x) => x < centre - 1).length / Math.max(level.length, 1),
  ];
}
