import type { MelStrip } from './voiceContract';

/** The latest columns of a spectrogram in a ring: never grows, allocates nothing while it is written. */
export class MelRing implements MelStrip {
  readonly #values: Float32Array;
  #count = 0;

  constructor(
    readonly bands: number,
    readonly capacity: number,
  ) {
    this.#values = new Float32Array(bands * capacity);
  }

  get count(): number {
    return this.#count;
  }

  /** @param columns [bands * k] column after column */
  push(columns: Float32Array): void {
    for (let start = 0; start + this.bands <= columns.length; start += this.bands) {
      this.#values.set(columns.subarray(start, start + this.bands), (this.#count % this.capacity) * this.bands);
      this.#count++;
    }
  }

  each(from: number, see: (index: number, column: Float32Array) => void): void {
    for (let i = Math.max(0, from, this.#count - this.capacity); i < this.#count; i++) {
      const start = (i % this.capacity) * this.bands;
      see(i, this.#values.subarray(start, start + this.bands));
    }
  }

  clear(): void {
    this.#count = 0;
  }
}
