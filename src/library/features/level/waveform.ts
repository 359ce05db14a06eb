const SLICES = 400;

/**
 * Peak level per slice of a stream of unknown length: slices double in width whenever 800 are full, so a 3 h file needs no more
 * memory than a jingle.
 */
export class WaveformMeter {
  #peaks = new Float32Array(2 * SLICES);
  #width = 64;
  #full = 0;
  #filled = 0;
  #peak = 0;

  /** @param mono samples, [-1, 1]; more is clipped */
  push(mono: Float32Array): void {
    for (let from = 0; from < mono.length;) {
      const to = Math.min(from + this.#width - this.#filled, mono.length);
      let peak = this.#peak;
      for (let i = from; i < to; i++) {
        const size = Math.abs(mono[i] ?? 0);
        if (size > peak) peak = size;
      }
      this.#peak = peak;
      this.#filled += to - from;
      if (this.#filled === this.#width) this.#close();
      from = to;
    }
  }

  #close(): void {
    this.#peaks[this.#full++] = this.#peak;
    this.#filled = 0;
    this.#peak = 0;
    if (this.#full < this.#peaks.length) return;
    for (let i = 0; i < SLICES; i++) this.#peaks[i] = Math.max(this.#peaks[2 * i] ?? 0, this.#peaks[2 * i + 1] ?? 0);
    this.#full = SLICES;
    this.#width *= 2;
  }

  /** [400] peaks of equal slices, 0..255 (255 = full scale); nothing gives zeros. */
  peaks(): Uint8Array {
    const known = this.#filled > 0 ? this.#full + 1 : this.#full;
    const at = (i: number): number => (i < this.#full ? (this.#peaks[i] ?? 0) : this.#peak);
    return Uint8Array.from({ length: SLICES }, (_, slice) => {
      const from = Math.floor((slice * known) / SLICES);
      const to = Math.max(Math.floor(((slice + 1) * known) / SLICES), from + 1);
      let top = 0;
      for (let i = from; i < Math.min(to, known); i++) top = Math.max(top, at(i));
      return Math.round(255 * Math.min(top, 1));
    });
  }
}
