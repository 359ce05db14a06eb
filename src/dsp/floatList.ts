/** A list of single-precision numbers that grows: 4 bytes each, where an array of numbers may need 16. */
export class FloatList {
  #values = new Float32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const grown = new Float32Array(2 * this.#length);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length++] = value;
  }

  /** What was pushed, not copied: valid until the next push. */
  view(): Float32Array {
    return this.#values.subarray(0, this.#length);
  }
}
