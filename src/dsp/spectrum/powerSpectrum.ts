import { hannWindow } from '../window';

/** One radix-4 Stockham pass: `n` is the sub-transform length, `s` the stride; reads `a`, writes `b` (self-sorting). */
// eslint-disable-next-line max-lines-per-function -- one butterfly, a name per line; splitting it would cost a call per sample
function radix4Pass(
  n: number,
  s: number,
  aRe: Float64Array,
  aIm: Float64Array,
  bRe: Float64Array,
  bIm: Float64Array,
  cos: Float64Array,
  sin: Float64Array,
): void {
  const quarter = n >> 2;
  const step = cos.length / n;
  for (let p = 0; p < quarter; p++) {
    const c1 = cos[p * step] ?? 0,
      s1 = sin[p * step] ?? 0;
    const c2 = cos[2 * p * step] ?? 0,
      s2 = sin[2 * p * step] ?? 0;
    const c3 = cos[3 * p * step] ?? 0,
      s3 = sin[3 * p * step] ?? 0;
    for (let q = 0; q < s; q++) {
      const i0 = q + s * p,
        i1 = i0 + s * quarter,
        i2 = i1 + s * quarter,
        i3 = i2 + s * quarter;
      const r0 = aRe[i0] ?? 0,
        r1 = aRe[i1] ?? 0,
        r2 = aRe[i2] ?? 0,
        r3 = aRe[i3] ?? 0;
      const m0 = aIm[i0] ?? 0,
        m1 = aIm[i1] ?? 0,
        m2 = aIm[i2] ?? 0,
        m3 = aIm[i3] ?? 0;
      const sumRe = r0 + r2,
        sumIm = m0 + m2,
        difRe = r0 - r2,
        difIm = m0 - m2;
      const oddRe = r1 + r3,
        oddIm = m1 + m3,
        rotRe = m1 - m3,
        rotIm = r3 - r1; // -i (b - d)
      const o = q + 4 * s * p;
      const x1 = difRe + rotRe,
        y1 = difIm + rotIm;
      const x2 = sumRe - oddRe,
        y2 = sumIm - oddIm;
      const x3 = difRe - rotRe,
        y3 = difIm - rotIm;
      bRe[o] = sumRe + oddRe;
      bIm[o] = sumIm + oddIm;
      bRe[o + s] = x1 * c1 + y1 * s1;
      bIm[o + s] = y1 * c1 - x1 * s1;
      bRe[o + 2 * s] = x2 * c2 + y2 * s2;
      bIm[o + 2 * s] = y2 * c2 - x2 * s2;
      bRe[o + 3 * s] = x3 * c3 + y3 * s3;
      bIm[o + 3 * s] = y3 * c3 - x3 * s3;
    }
  }
}

/** The last pass when the length is an odd power of two. */
function radix2Pass(s: number, aRe: Float64Array, aIm: Float64Array, bRe: Float64Array, bIm: Float64Array): void {
  for (let q = 0; q < s; q++) {
    const r0 = aRe[q] ?? 0,
      r1 = aRe[q + s] ?? 0,
      m0 = aIm[q] ?? 0,
      m1 = aIm[q + s] ?? 0;
    bRe[q] = r0 + r1;
    bIm[q] = m0 + m1;
    bRe[q + s] = r0 - r1;
    bIm[q + s] = m0 - m1;
  }
}

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
    const [re, im] = this.#buffers;
    const window = this.#window;
    const half = this.size / 2;
    for (let k = 0; k < half; k++) {
      re[k] = (signal[start + 2 * k] ?? 0) * (window[2 * k] ?? 0);
      im[k] = (signal[start + 2 * k + 1] ?? 0) * (window[2 * k + 1] ?? 0);
    }
    this.#unpack(...this.#transform(half), power);
  }

  #transform(half: number): [Float64Array, Float64Array] {
    let [aRe, aIm, bRe, bIm] = this.#buffers;
    let n = half;
    for (let s = 1; n > 1; s *= 4, n >>= 2) {
      if (n === 2) radix2Pass(s, aRe, aIm, bRe, bIm);
      else radix4Pass(n, s, aRe, aIm, bRe, bIm, this.#cos, this.#sin);
      [aRe, aIm, bRe, bIm] = [bRe, bIm, aRe, aIm];
    }
    return [aRe, aIm];
  }

  /** Half-length complex result -> power of the real transform: X[k] = E[k] + exp(-2 pi i k / size) O[k]. */
  #unpack(re: Float64Array, im: Float64Array, power: Float64Array): void {
    const half = this.size / 2;
    const cos = this.#turnCos,
      sin = this.#turnSin;
    for (let k = 0; k < half; k++) {
      const j = k === 0 ? 0 : half - k;
      const evenRe = 0.5 * ((re[k] ?? 0) + (re[j] ?? 0)),
        evenIm = 0.5 * ((im[k] ?? 0) - (im[j] ?? 0));
      const oddRe = 0.5 * ((im[k] ?? 0) + (im[j] ?? 0)),
        oddIm = -0.5 * ((re[k] ?? 0) - (re[j] ?? 0));
      const c = cos[k] ?? 0,
        s = sin[k] ?? 0;
      const x = evenRe + oddRe * c + oddIm * s;
      const y = evenIm + oddIm * c - oddRe * s;
      power[k] = x * x + y * y;
    }
    const nyquist = (re[0] ?? 0) - (im[0] ?? 0);
    power[half] = nyquist * nyquist;
  }
}
