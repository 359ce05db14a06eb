import type { EpochMs } from '../../../core/units';

/** The latest points of one quantity in a ring, for drawing: never grows, allocates nothing while it is written. */
export class Trace {
  readonly #times: Float64Array;
  readonly #values: Float64Array;
  #n = 0;

  /** @param capacity points that are kept */
  constructor(readonly capacity: number) {
    this.#times = new Float64Array(capacity);
    this.#values = new Float64Array(capacity);
  }

  get lastAt(): EpochMs | null {
    return this.#n > 0 ? (this.#times[(this.#n - 1) % this.capacity] ?? null) : null;
  }

  push(at: EpochMs, value: number): void {
    this.#times[this.#n % this.capacity] = at;
    this.#values[this.#n % this.capacity] = value;
    this.#n++;
  }

  /** Calls `see` with each point from `from` on, oldest first. */
  each(from: EpochMs, see: (at: EpochMs, value: number) => void): void {
    for (let i = Math.max(0, this.#n - this.capacity); i < this.#n; i++) {
      const at = this.#times[i % this.capacity] ?? 0;
      if (at >= from) see(at, this.#values[i % this.capacity] ?? 0);
    }
  }

  clear(): void {
    this.#n = 0;
  }
}
