import type { Hertz } from '../../../core/units';

interface Biquad {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/** High shelf of +4 dB above 1.7 kHz: the head. Analogue prototype behind the 48 kHz table of BS.1770-4, bilinear at any rate. */
function headShelf(sampleRate: Hertz): Biquad {
  const k = Math.tan((Math.PI * 1681.974450955533) / sampleRate);
  const q = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const middle = high ** 0.4996667741545416;
  const norm = 1 + k / q + k * k;
  return {
    b0: (high + (middle * k) / q + k * k) / norm,
    b1: (2 * (k * k - high)) / norm,
    b2: (high - (middle * k) / q + k * k) / norm,
    a1: (2 * (k * k - 1)) / norm,
    a2: (1 - k / q + k * k) / norm,
  };
}

/** High-pass at 38 Hz: the weighting of the low end. */
function lowCut(sampleRate: Hertz): Biquad {
  const k = Math.tan((Math.PI * 38.13547087602444) / sampleRate);
  const q = 0.5003270373238773;
  const norm = 1 + k / q + k * k;
  return { b0: 1, b1: -2, b2: 1, a1: (2 * (k * k - 1)) / norm, a2: (1 - k / q + k * k) / norm };
}

/** The state of one channel's two filters. */
type FilterState = [number, number, number, number];

/** Below hearing the state is dropped, or denormal numbers would make long silences slow. */
const settle = (state: FilterState, energy: number): void => {
  if (energy < 1e-30) state.fill(0);
};

/** Both filters in series on two channels at once, transposed direct form II: while one channel waits for a sum the other computes. */
export class KWeighting {
  readonly #head: Biquad;
  readonly #low: Biquad;
  readonly #left: FilterState = [0, 0, 0, 0];
  readonly #right: FilterState = [0, 0, 0, 0];

  constructor(sampleRate: Hertz) {
    this.#head = headShelf(sampleRate);
    this.#low = lowCut(sampleRate);
  }

  /** @returns sum of squares of the weighted samples `from..to` of one channel. */
  energyOfOne(samples: Float32Array, from: number, to: number): number {
    const { b0, b1, b2, a1, a2 } = this.#head;
    const { a1: c1, a2: c2 } = this.#low;
    let [p, q, r, s] = this.#left;
    let sum = 0;
    for (let i = from; i < to; i++) {
      const x = samples[i] ?? 0;
      const y = b0 * x + p;
      p = b1 * x + q - a1 * y;
      q = b2 * x - a2 * y;
      const z = y + r;
      r = s - 2 * y - c1 * z;
      s = y - c2 * z;
      sum += z * z;
    }
    this.#left.splice(0, 4, p, q, r, s);
    settle(this.#left, sum);
    return sum;
  }

  /** @returns the same of both channels together. */
  energyOfTwo(left: Float32Array, right: Float32Array, from: number, to: number): number {
    const { b0, b1, b2, a1, a2 } = this.#head;
    const { a1: c1, a2: c2 } = this.#low;
    let [p, q, r, s] = this.#left;
    let [t, u, v, w] = this.#right;
    let sum = 0,
      other = 0;
    for (let i = from; i < to; i++) {
      const x = left[i] ?? 0,
        k = right[i] ?? 0;
      const y = b0 * x + p,
        l = b0 * k + t;
      p = b1 * x + q - a1 * y;
      t = b1 * k + u - a1 * l;
      q = b2 * x - a2 * y;
      u = b2 * k - a2 * l;
      const z = y + r,
        m = l + v;
      r = s - 2 * y - c1 * z;
      v = w - 2 * l - c1 * m;
      s = y - c2 * z;
      w = l - c2 * m;
      sum += z * z;
      other += m * m;
    }
    this.#left.splice(0, 4, p, q, r, s);
    this.#right.splice(0, 4, t, u, v, w);
    settle(this.#left, sum);
    settle(this.#right, other);
    return sum + other;
  }
}
