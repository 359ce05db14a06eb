import type { EpochMs, Milliseconds } from '../../../core/units';

/** Time constant of what a feature is compared with, beside the person's rest. */
const MEMORY: Milliseconds = 600_000;
/** However long a gap was, so much of it counts as passed. */
const LONGEST_STEP: Milliseconds = 120_000;
/** Time constant of the filter over the answers. */
const SMOOTHING: Milliseconds = 40_000;

/** How far a person's features are from their own last minutes. The Python twin is beside_memory in training/physiology/model.py. */
export class LastMinutes {
  #mean: Float64Array | null = null;
  #at: EpochMs = 0;

  /** @param z normalised features, 0 at rest, where the memory begins @returns z minus the causal mean over ten minutes, z included */
  beside(z: Float64Array, at: EpochMs): Float64Array {
    const passed = Math.min(Math.max(0, at - this.#at), LONGEST_STEP);
    const share = this.#mean === null ? 0 : 1 - Math.exp(-passed / MEMORY);
    const before = this.#mean ?? new Float64Array(z.length);
    const mean = before.map((value, i) => value + share * ((z[i] ?? 0) - value));
    this.#mean = mean;
    this.#at = at;
    return z.map((value, i) => value - (mean[i] ?? 0));
  }

  clear(): void {
    this.#mean = null;
  }
}

/** First-order low-pass over answers in log odds; looks back only. */
export class SmoothedOdds {
  #odds: number | null = null;
  #at: EpochMs = 0;

  /** @param odds natural logarithm of P / (1 - P) */
  follow(odds: number, at: EpochMs): number {
    const share = this.#odds === null ? 1 : 1 - Math.exp(-Math.max(0, at - this.#at) / SMOOTHING);
    this.#odds = (this.#odds ?? 0) + share * (odds - (this.#odds ?? 0));
    this.#at = at;
    return this.#odds;
  }

  clear(): void {
    this.#odds = null;
  }
}
