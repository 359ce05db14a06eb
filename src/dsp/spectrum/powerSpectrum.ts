import { hannWindow } from '../window';
import { lastRadix4Pass, radix2Pass, radix4Pass } from './fourierPasses';

/**
 * Power spectrum of real frames through a complex FFT of half the length (Stockham radix 4). Buffers are made once:
 * a call allocates nothing.
 */
export class PowerSpectrum {
  readonly bins: number;
  readonly #window: Float64Array;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;
  readonly #turnCos: Float64Array;
  readonly #turnSin: Float64Array;
  readonly #buffers: readonly [Float64Array, Float64Array, Float64Array, Float64Array];

  /**
   * @param size frame length, a power of two, at least 8
   * @param window [size] weights; periodic Hann when left out
   */
  constructor(
    readonly size: number,
    window: Float64Array = hannWindow(size),
  ) {
    const half = size / 2;
    this.bins = half + 1;
    this.#window = window;
    this.#cos = Float64Array.from({ length: half }, (_, k) => Math.cos((2 * Math.PI * k) / half));
    this.#sin = Float64Array.from({ length: half }, (_, k) => Math.sin((2 * Math.PI * k) / half));
    this.#turnCos = Float64Array.from({ length: half }, (_, k) => Math.cos((2 * Math.PI * k) / size));
    this.#turnSin = Float64Array.from({ length: half }, (_, k) => Math.sin((2 * Math.PI * k) / size));
    this.#buffers = [new Float64Array(half), new Float64Array(half), new Float64Array(half), new Float64Array(half)];
  }

  /**
   * |DFT(frame x window)|^2, unnormalised as in librosa.
   * @param signal samples, [-1, 1]; read from `start`, zeros beyond the end
   * @param power [size / 2 + 1] result; silence gives zeros
   */
  measure(signal: Float32Array | Float64Array, start: number, power: Float64Array): void {
    const known = Math.max(Math.min(this.size, signal.length - start), 0);
    if (signal instanceof Float32Array) this.#windowSingle(signal, start, known);
    else this.#windowDouble(signal, start, known);
    this.#unpack(...this.#transform(this.size / 2), power);
  }

  /** The same loop twice: compiled code is three times as fast when it meets one kind of array only. */
  #windowSingle(signal: Float32Array, start: number, known: number): void {
    const [re, im] = this.#buffers;
    const window = this.#window;
    this.#clearFrom(known);
    for (let i = 1; i < known; i += 2) {
      re[i >> 1] = (signal[start + i - 1] ?? 0) * (window[i - 1] ?? 0);
      im[i >> 1] = (signal[start + i] ?? 0) * (window[i] ?? 0);
    }
    if (known % 2 === 1) re[known >> 1] = (signal[start + known - 1] ?? 0) * (window[known - 1] ?? 0);
  }

  #windowDouble(signal: Float64Array, start: number, known: number): void {
    const [re, im] = this.#buffers;
    const window = this.#window;
    this.#clearFrom(known);
    for (let i = 1; i < known; i += 2) {
      re[i >> 1] = (signal[start + i - 1] ?? 0) * (window[i - 1] ?? 0);
      im[i >> 1] = (signal[start + i] ?? 0) * (window[i] ?? 0);
    }
    if (known % 2 === 1) re[known >> 1] = (signal[start + known - 1] ?? 0) * (window[known - 1] ?? 0);
  }

  #clearFrom(known: number): void {
    const [re, im] = this.#buffers;
    re.fill(0, known >> 1);
    im.fill(0, known >> 1);
  }

  #transform(half: number): [Float64Array, Float64Array] {
    let [aRe, aIm, bRe, bIm] = this.#buffers;
    let n = half;
    for (let s = 1; n > 1; s *= 4, n >>= 2) {
      if (n === 2) radix2Pass(s, aRe, aIm, bRe, bIm);
      else if (n === 4) lastRadix4Pass(s, aRe, aIm, bRe, bIm);
      else radix4Pass(n, s, aRe, aIm, bRe, bIm, this.#cos, this.#sin);
      [aRe, aIm, bRe, bIm] = [bRe, bIm, aRe, aIm];
    }
    return [aRe, aIm];
  }

  /**
   * Half-length complex result -> power of the real transform: X[k] = E[k] + exp(-2 pi i k / size) O[k]. E and O of k and half - k
   * are conjugates, so each pair is computed at once.
   */
  #unpack(re: Float64Array, im: Float64Array, power: Float64Array): void {
    const half = this.size / 2;
    const cos = this.#turnCos,
      sin = this.#turnSin;
    const sum = (re[0] ?? 0) + (im[0] ?? 0),
      difference = (re[0] ?? 0) - (im[0] ?? 0);
    power[0] = sum * sum;
    power[half] = difference * difference;
    for (let k = 1; 2 * k <= half; k++) {
      const j = half - k;
      const r = re[k] ?? 0,
        m = im[k] ?? 0,
        rj = re[j] ?? 0,
        mj = im[j] ?? 0;
      const evenRe = 0.5 * (r + rj),
        evenIm = 0.5 * (m - mj);
      const oddRe = 0.5 * (m + mj),
        oddIm = 0.5 * (rj - r);
      const c = cos[k] ?? 0,
        s = sin[k] ?? 0;
      const turnRe = oddRe * c + oddIm * s,
        turnIm = oddIm * c - oddRe * s;
      power[k] = (evenRe + turnRe) ** 2 + (evenIm + turnIm) ** 2;
      power[j] = (evenRe - turnRe) ** 2 + (turnIm - evenIm) ** 2;
    }
  }
}
