import type { Milliseconds, UnitInterval } from '../../../core/units';
import { lombScargle } from '../spectrum/density';
import { tachogramOf } from '../spectrum/tachogram';
import { SHORTEST_HF } from './frequencyDomain';
import type { Intervals } from './timeDomain';

export interface Respiration {
  /** Breaths per minute, 6..30. */
  readonly rate: number;
  /** Share of the power between .1 and .5 Hz that lies within .03 Hz of the peak: how clearly one breath follows the other. */
  readonly clarity: UnitInterval;
  /** Peak-to-peak size of the sine that fits best, ms. */
  readonly amplitude: Milliseconds;
}

const SLOWEST = 0.1;
const FASTEST = 0.5;
const STEP = 1 / 256;
const NEAR = 0.03;

/**
 * Breathing from respiratory sinus arrhythmia: the highest peak of the Lomb-Scargle density of the intervals between .1 and
 * .5 Hz (Schäfer & Kratky 2008 compare such estimators). Slow paced breathing and Mayer waves near .1 Hz look alike.
 * @returns null below 60 s of intervals, or without any variation
 */
export function estimateRespiration(nn: Intervals): Respiration | null {
  const tachogram = tachogramOf(nn);
  const duration = (tachogram.times.at(-1) ?? 0) * 1000;
  // The first beat's own interval lies before the first time.
  if (duration + (tachogram.values[0] ?? 0) < SHORTEST_HF) return null;
  const { frequencies, power } = lombScargle(tachogram, STEP, FASTEST);
  let best = -1;
  let total = 0;
  for (let k = 0; k < power.length; k++) {
    if ((frequencies[k] ?? 0) < SLOWEST) continue;
    total += power[k] ?? 0;
    if (best < 0 || (power[k] ?? 0) > (power[best] ?? 0)) best = k;
  }
  const peak = frequencies[best] ?? 0;
  if (total <= 1e-9) return null;
  const near = power.reduce((sum, value, k) => {
    const frequency = frequencies[k] ?? 0;
    return frequency >= SLOWEST && Math.abs(frequency - peak) <= NEAR ? sum + value : sum;
  }, 0);
  const variance = ((power[best] ?? 0) * 1000) / duration;
  return { rate: peak * 60, clarity: near / total, amplitude: 2 * Math.SQRT2 * Math.sqrt(variance) };
}
