import type { Hertz } from '../../../core/units';
import { kernels } from '../../../dsp/kernels/kernels';

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

/** Numbers that two filters remember of two channels, and behind them the two sums of squares. */
const STATE = 8;
const SUMS = 2;
/** Below hearing the state is dropped, or denormal numbers would make long silences slow. */
const INAUDIBLE = 1e-30;

/** Both filters in series on two channels at once, transposed direct form II, by the kernels. */
export class KWeighting {
  readonly #head: Biquad;
  readonly #low: Biquad;
  /** Channel by channel within each number. */
  readonly #state = new Float64Array(STATE);

  constructor(sampleRate: Hertz) {
    this.#head = headShelf(sampleRate);
    this.#low = lowCut(sampleRate);
  }

  /** @returns sum of squares of the weighted samples `from..to` of one channel. */
  energyOfOne(samples: Float32Array, from: number, to: number): number {
    return this.#weigh([samples.subarray(from, to)])[0];
  }

  /** @returns the same of both channels together. */
  energyOfTwo(left: Float32Array, right: Float32Array, from: number, to: number): number {
    const [one, other] = this.#weigh([left.subarray(from, to), right.subarray(from, to)]);
    return one + other;
  }

  /** @param channels one or two; a single one fills both lanes */
  #weigh(channels: readonly [Float32Array, Float32Array?]): readonly [number, number] {
    const [left, right] = channels;
    const memory = kernels();
    const state = memory.scratch(8 * (STATE + SUMS) + 8 * left.length);
    const first = state + 8 * (STATE + SUMS);
    const second = right === undefined ? first : first + 4 * left.length;
    memory.writeSingles(first, left);
    if (right !== undefined) memory.writeSingles(second, right);
    memory.writeDoubles(state, this.#state);
    const { b0, b1, b2, a1, a2 } = this.#head;
    memory.run.weighLoudness(first, second, left.length, state, b0, b1, b2, a1, a2, this.#low.a1, this.#low.a2);
    const result = memory.doubles.subarray(state / 8, state / 8 + STATE + SUMS);
    const sums = [result[STATE] ?? 0, result[STATE + 1] ?? 0] as const;
    this.#state.set(result.subarray(0, STATE));
    sums.forEach((sum, lane) => {
      if (sum < INAUDIBLE) for (let i = lane; i < STATE; i += 2) this.#state[i] = 0;
    });
    return sums;
  }
}
