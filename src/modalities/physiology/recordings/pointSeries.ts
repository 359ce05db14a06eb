import type { EpochMs } from '../../../core/units';

/** Ten years of a watch that measures every minute are five million points, 63 MB. */
export const MOST_POINTS = 8_000_000;
const FIRST_CAPACITY = 1024;

/** Points in time in two growing columns, 12 bytes a point. */
export class PointSeries {
  #times = new Float64Array(FIRST_CAPACITY);
  #values = new Float32Array(FIRST_CAPACITY);
  #n = 0;

  get length(): number {
    return this.#n;
  }

  /** @returns false when there are as many as memory should hold; the point is then left out */
  push(at: EpochMs, value: number): boolean {
    if (this.#n >= MOST_POINTS) return false;
    if (this.#n === this.#times.length) this.#grow();
    this.#times[this.#n] = at;
    this.#values[this.#n++] = value;
    return true;
  }

  timeAt(i: number): EpochMs {
    return this.#times[i] ?? NaN;
  }

  valueAt(i: number): number {
    return this.#values[i] ?? NaN;
  }

  /** First place whose time is at or after `at`; the length when there is none. Needs time order. */
  placeOf(at: EpochMs): number {
    let low = 0;
    let high = this.#n;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#times[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The values with from ≤ time < to, oldest first. Needs time order. */
  between(from: EpochMs, to: EpochMs): Float32Array {
    return this.#values.subarray(this.placeOf(from), this.placeOf(to));
  }

  /** Brings the points in time order and gives back what is not needed; of several with the same time the first one stays. */
  settle(): void {
    if (!this.#isSorted()) this.#sort();
    let kept = 0;
    for (let i = 0; i < this.#n; i++) {
      if (kept > 0 && this.#times[kept - 1] === this.#times[i]) continue;
      this.#times[kept] = this.#times[i] ?? 0;
      this.#values[kept++] = this.#values[i] ?? 0;
    }
    this.#n = kept;
    this.#times = this.#times.slice(0, Math.max(1, kept));
    this.#values = this.#values.slice(0, Math.max(1, kept));
  }

  #isSorted(): boolean {
    for (let i = 1; i < this.#n; i++) if ((this.#times[i] ?? 0) < (this.#times[i - 1] ?? 0)) return false;
    return true;
  }

  #sort(): void {
    const times = this.#times.slice(0, this.#n);
    const values = this.#values.slice(0, this.#n);
    const order = Uint32Array.from({ length: this.#n }, (_, i) => i).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
    this.#times = Float64Array.from(order, (i) => times[i] ?? 0);
    this.#values = Float32Array.from(order, (i) => values[i] ?? 0);
  }

  #grow(): void {
    const times = new Float64Array(this.#times.length * 2);
    const values = new Float32Array(this.#values.length * 2);
    times.set(this.#times);
    values.set(this.#values);
    this.#times = times;
    this.#values = values;
  }
}
