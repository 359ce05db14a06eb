import type { Spectrogram } from '../../../core/music';
import type { FrameTable } from '../segmentLayout';
import { MEL_MAX, MEL_MIN, N_MELS } from '../segmentLayout';

const COLUMNS = 400;
/** dB from black to white. */
const RANGE_DB = 80;
/** Level of digital silence in every cell, dB: nothing is scaled up to it. */
const SILENCE_DB = -99;

/**
 * Picture of a song of unknown length: mean log-mel level of 64 bands (40 Hz to 7.9 kHz) in 201 to 400 columns (fewer frames: one
 * column each). Columns double in width whenever 400 are full, so that memory stays at 100 kB.
 */
export class SpectrogramMeter {
  /** [columns x 64] sums of dB. */
  readonly #sums = new Float32Array(COLUMNS * N_MELS);
  #width = 1;
  #columns = 0;
  #filled = 0;

  add({ frames, mel }: FrameTable): void {
    for (let t = 0; t < frames; t++) {
      if (this.#columns === COLUMNS) this.#halve();
      const at = this.#columns * N_MELS;
      for (let m = 0; m < N_MELS; m++) this.#sums[at + m] = (this.#sums[at + m] ?? 0) + (mel[t * N_MELS + m] ?? 0);
      if (++this.#filled < this.#width) continue;
      this.#columns++;
      this.#filled = 0;
    }
  }

  #halve(): void {
    const sums = this.#sums;
    for (let cell = 0; cell < (COLUMNS / 2) * N_MELS; cell++) {
      const at = cell + Math.floor(cell / N_MELS) * N_MELS;
      sums[cell] = (sums[at] ?? 0) + (sums[at + N_MELS] ?? 0);
    }
    sums.fill(0, (COLUMNS / 2) * N_MELS);
    this.#columns = COLUMNS / 2;
    this.#width *= 2;
  }

  /** 0 = 80 dB below the loudest cell, 255 = the loudest; silence gives zeros, nothing gives no columns. */
  picture(): Spectrogram {
    const columns = this.#filled > 0 ? this.#columns + 1 : this.#columns;
    const last = columns - 1;
    const level = (cell: number): number => {
      const frames = this.#filled > 0 && Math.floor(cell / N_MELS) === last ? this.#filled : this.#width;
      return (this.#sums[cell] ?? 0) / frames;
    };
    const levels = Float32Array.from({ length: columns * N_MELS }, (_, cell) => level(cell));
    const top = levels.reduce((best, x) => Math.max(best, x), -Infinity);
    const shade = (x: number): number => (top <= SILENCE_DB ? 0 : Math.round(255 * Math.max(1 + (x - top) / RANGE_DB, 0)));
    return { bands: N_MELS, columns, lowest: MEL_MIN, highest: MEL_MAX, levels: Uint8Array.from(levels, shade) };
  }
}
