import type { Activity } from '../../core/records/situation';
import type { Milliseconds } from '../../core/units';

/** Standard gravity, m/s². */
const GRAVITY = 9.80665;
/** Mean amplitude deviation is defined on epochs of six seconds. */
const EPOCH: Milliseconds = 6000;
/**
 * Cut-points of the mean amplitude deviation in units of gravity: 91 mg parts light from moderate movement, 414 mg moderate from vigorous
 * (Vähä-Ypyä et al. 2015, Validation of cut-points for evaluating the intensity of physical activity with accelerometry-based mean
 * amplitude deviation, PLoS ONE 10, e0134813).
 */
const MODERATE = 0.091;
const VIGOROUS = 0.414;
/** Fewer samples than this in an epoch say too little. */
const LEAST = 30;

/** Mean absolute deviation of the length of the acceleration, in units of gravity; 0 for none. @param lengths [n] m/s² */
export function meanAmplitudeDeviation(lengths: readonly number[]): number {
  if (lengths.length === 0) return 0;
  const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  return lengths.reduce((sum, length) => sum + Math.abs(length - mean), 0) / lengths.length / GRAVITY;
}

/** What the movement of a phone says of its carrier; null when it lies still or hardly moves, which says nothing. */
export function activityOf(deviation: number): Activity | null {
  if (deviation >= VIGOROUS) return 'exercising';
  return deviation >= MODERATE ? 'walking' : null;
}

/** Samples of acceleration to an activity, one epoch at a time. */
export class MotionEpochs {
  #lengths: number[] = [];
  #began: Milliseconds | null = null;
  #activity: Activity | null = null;

  /** What the last whole epoch said. */
  get activity(): Activity | null {
    return this.#activity;
  }

  /**
   * @param at ms, any monotonic clock
   * @param x,y,z acceleration with gravity, m/s²
   * @returns whether an epoch ended that says something else than the one before
   */
  add(at: Milliseconds, x: number, y: number, z: number): boolean {
    this.#began ??= at;
    this.#lengths.push(Math.hypot(x, y, z));
    if (at - this.#began < EPOCH) return false;
    const before = this.#activity;
    this.#activity = this.#lengths.length < LEAST ? null : activityOf(meanAmplitudeDeviation(this.#lengths));
    this.#lengths = [];
    this.#began = at;
    return this.#activity !== before;
  }
}
