import { kernels, type Address } from '../kernels/kernels';
import { hannWindow } from '../window';
import { fourierTables, type FourierTables } from './fourierTables';

/** Power spectrum of real frames through a complex FFT of half the length (Stockham radix 4), by the kernels. */
export class PowerSpectrum {
  readonly bins: number;
  /** Even weights, then odd ones. */
  readonly #weights: Float64Array;
  readonly #tables: FourierTables;

  /**
   * @param size frame length, a power of two, at least 16
   * @param window [size] weights; periodic Hann when left out
   */
  constructor(
    readonly size: number,
    window: Float64Array = hannWindow(size),
  ) {
    const half = size / 2;
    this.bins = half + 1;
    this.#weights = Float64Array.from({ length: size }, (_, i) => window[i < half ? 2 * i : 2 * (i - half) + 1] ?? 0);
    this.#tables = fourierTables(size);
  }

  /**
   * |DFT(frame x window)|^2, unnormalised as in librosa.
   * @param signal samples, [-1, 1]; read from `start`, zeros beyond the end
   * @param power [size / 2 + 1] result; silence gives zeros
   */
  measure(signal: Float32Array | Float64Array, start: number, power: Float64Array): void {
    const at = this.measureHere(signal, start) / 8;
    power.set(kernels().doubles.subarray(at, at + this.bins));
  }

  /** The same, left in the kernels' memory. @returns where; valid until the next frame of this size, whoever measures it */
  measureHere(signal: Float32Array | Float64Array, start: number): Address {
    const memory = kernels();
    const { samples, buffers, tables, power } = this.#tables;
    const half = this.size / 2;
    if (this.#tables.owner !== this) {
      memory.writeDoubles(tables, this.#weights);
      this.#tables.owner = this;
    }
    const isSingle = signal instanceof Float32Array;
    const frame = signal.subarray(start, start + this.size);
    const at = samples / (isSingle ? 4 : 8);
    const area = isSingle ? memory.singles : memory.doubles;
    area.set(frame, at);
    if (frame.length < this.size) area.fill(0, at + frame.length, at + this.size);
    memory.run.weigh(samples, isSingle, tables, buffers, buffers + 8 * half, half);
    memory.run.measure(half, buffers, tables, power);
    return power;
  }
}
