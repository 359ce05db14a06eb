/** Smallest power that is told apart from silence: -100 dB re 1. */
export const LEAST_POWER = 1e-10;

const PER_LOG = 10 / Math.LN10;

/** 10 log10(power), at least -100 dB: librosa.power_to_db without top_db. */
export const powerToDb = (power: number): number => PER_LOG * Math.log(power > LEAST_POWER ? power : LEAST_POWER);

/** In place: nothing lies more than `range` below the largest value (librosa's top_db). */
export function clampRange(levels: Float32Array | Float64Array, range: number): void {
  let top = -Infinity;
  for (const level of levels) if (level > top) top = level;
  for (let i = 0; i < levels.length; i++) levels[i] = Math.max(levels[i] ?? 0, top - range);
}
