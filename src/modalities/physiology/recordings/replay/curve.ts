import type { MeasuredCurve } from '../../../../core/records/keptRecording';
import type { EpochMs, Milliseconds } from '../../../../core/units';
import type { Stretch } from './stretches';

/** Points of a curve at most. */
const MOST_STEPS = 240;

export const stepOf = ({ from, to }: Stretch, shortest: Milliseconds): Milliseconds =>
  Math.max(shortest, Math.ceil((to - from + 1) / MOST_STEPS));

/** Gathers values in steps. */
export class CurveBuilder {
  readonly #sums: Float64Array;
  readonly #counts: Uint32Array;
  readonly #step: Milliseconds;

  constructor(
    private readonly stretch: Stretch,
    shortestStep: Milliseconds,
  ) {
    this.#step = stepOf(stretch, shortestStep);
    const count = Math.max(1, Math.ceil((stretch.to - stretch.from + 1) / this.#step));
    this.#sums = new Float64Array(count);
    this.#counts = new Uint32Array(count);
  }

  add(at: EpochMs, value: number): void {
    const place = Math.floor((at - this.stretch.from) / this.#step);
    if (place < 0 || place >= this.#sums.length) return;
    this.#sums[place] = (this.#sums[place] ?? 0) + value;
    this.#counts[place] = (this.#counts[place] ?? 0) + 1;
  }

  /** null when nothing was added. */
  finish(): MeasuredCurve | null {
    const values = Array.from(this.#sums, (sum, i) => ((this.#counts[i] ?? 0) > 0 ? sum / (this.#counts[i] ?? 1) : null));
    const known = values.filter((value) => value !== null);
    if (known.length === 0) return null;
    const total = this.#counts.reduce((sum, count) => sum + count, 0);
    return {
      from: this.stretch.from,
      step: this.#step,
      values,
      mean: this.#sums.reduce((sum, value) => sum + value, 0) / total,
      least: Math.min(...known),
      most: Math.max(...known),
    };
  }
}
