import type { BeatsPerMinute, EpochMs, Milliseconds } from '../../../core/units';
import { TimedWindow } from '../../../dsp/physiology/timedWindow';
import { deviation, mean } from '../../../dsp/statistics';
import type { AccelerationSeries } from '../frame';

/** Movement is judged over so long. */
const SPAN: Milliseconds = 30_000;
/** Mean deviation of the acceleration's magnitude, g: strolling gives .1 and more at the wrist and the chest, typing below .05. */
const WALKING = 0.1;
/** Above rest, beats per minute: more than acute mental stress raises a heart for a whole minute. */
const MOST_RISE: BeatsPerMinute = 40;
/** Share of the heart rate reserve from which exercise is vigorous (ACSM). */
const VIGOROUS = 0.6;
/** Of an adult of unknown age: 220 - 30. */
const HIGHEST: BeatsPerMinute = 190;

/** A minute's mean heart rate that exercise explains better than feeling does. */
export function isExerciseRate(minuteRate: BeatsPerMinute, restingRate: BeatsPerMinute): boolean {
  const reserve = Math.max(1, HIGHEST - restingRate);
  return minuteRate > restingRate + MOST_RISE || (minuteRate - restingRate) / reserve > VIGOROUS;
}

/** Whether the body moves, from acceleration. */
export class Movement {
  readonly #level = new TimedWindow(SPAN);

  push(at: EpochMs, { x, y, z }: AccelerationSeries): void {
    const magnitude = Float64Array.from(x, (value, i) => Math.hypot(value, y[i] ?? 0, z[i] ?? 0));
    // A packet of one or two samples has no deviation of its own: its distance from gravity stands for it.
    const level = magnitude.length > 2 ? deviation(magnitude) : Math.abs(mean(magnitude) - 1);
    if (magnitude.length > 0) this.#level.push(at, level);
  }

  isMoving(at: EpochMs): boolean {
    const levels = this.#level.between(at - SPAN, at);
    return levels.length > 0 && mean(levels) > WALKING;
  }

  clear(): void {
    this.#level.clear();
  }
}
