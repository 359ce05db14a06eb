import type { EpochMs, Milliseconds } from '../../core/units';

/** What was measured within the last `span` ms, oldest first: one growing list, cut at the front. Late values find their place. */
export class TimedWindow {
  #times: EpochMs[] = [];
  #values: number[] = [];

  /** @param span ms that are kept, counted back from the newest value */
  constructor(readonly span: Milliseconds) {}

  get size(): number {
    return this.#times.length;
  }

  get newest(): EpochMs | null {
    return this.#times.at(-1) ?? null;
  }

  get oldest(): EpochMs | null {
    return this.#times[0] ?? null;
  }

  /** Values that are not finite are dropped. */
  push(at: EpochMs, value: number): void {
    if (!Number.isFinite(value) || !Number.isFinite(at)) return;
    let place = this.#times.length;
    while (place > 0 && (this.#times[place - 1] ?? 0) > at) place--;
    if (place === this.#times.length) {
      this.#times.push(at);
      this.#values.push(value);
    } else {
      this.#times.splice(place, 0, at);
      this.#values.splice(place, 0, value);
    }
    this.#trim();
  }

  /** Values in (from, to]. */
  between(from: EpochMs, to: EpochMs): number[] {
    return this.#values.filter((_, i) => (this.#times[i] ?? 0) > from && (this.#times[i] ?? 0) <= to);
  }

  /** Times in (from, to]. */
  timesBetween(from: EpochMs, to: EpochMs): EpochMs[] {
    return this.#times.filter((time) => time > from && time <= to);
  }

  clear(): void {
    this.#times = [];
    this.#values = [];
  }

  #trim(): void {
    const limit = (this.newest ?? 0) - this.span;
    let old = 0;
    while (old < this.#times.length && (this.#times[old] ?? 0) <= limit) old++;
    if (old > 0) {
      this.#times.splice(0, old);
      this.#values.splice(0, old);
    }
  }
}
