import type { Hertz } from '../../core/units';

/** What silence measures: the absolute gate of ITU-R BS.1770. */
export const SILENCE_LUFS = -70;

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

/** Both filters in series on one channel, transposed direct form II. */
class KWeighting {
  readonly #head: Biquad;
  readonly #low: Biquad;
  #p = 0;
  #q = 0;
  #r = 0;
  #s = 0;

  constructor(sampleRate: Hertz) {
    this.#head = headShelf(sampleRate);
    this.#low = lowCut(sampleRate);
  }

  /** @returns sum of squares of the weighted samples `from..to`. */
  energy(samples: Float32Array, from: number, to: number): number {
    const { b0, b1, b2, a1, a2 } = this.#head;
    const { a1: c1, a2: c2 } = this.#low;
    let p = this.#p,
      q = this.#q,
      r = this.#r,
      s = this.#s,
      sum = 0;
    for (let i = from; i < to; i++) {
      const x = samples[i] ?? 0;
      const y = b0 * x + p;
      p = b1 * x - a1 * y + q;
      q = b2 * x - a2 * y;
      const z = y + r;
      r = -2 * y - c1 * z + s;
      s = y - c2 * z;
      sum += z * z;
    }
    // Below hearing the state is dropped, or denormal numbers would make long silences slow.
    const idle = sum < 1e-30;
    this.#p = idle ? 0 : p;
    this.#q = idle ? 0 : q;
    this.#r = idle ? 0 : r;
    this.#s = idle ? 0 : s;
    return sum;
  }
}

/**
 * Integrated loudness after EBU R 128 / ITU-R BS.1770-4: K-weighting, blocks of 400 ms every 100 ms, gates at -70 LUFS and
 * 10 LU below the mean of what is left. One or two channels, weight 1 each (mono counts once).
 */
export class LoudnessMeter {
  readonly #filters: readonly KWeighting[];
  readonly #step: number;
  /** Mean square of each finished 100 ms, summed over channels. */
  readonly #steps: number[] = [];
  #filled = 0;
  #sum = 0;

  constructor(sampleRate: Hertz, channels: number) {
    this.#filters = Array.from({ length: channels }, () => new KWeighting(sampleRate));
    this.#step = Math.round(sampleRate / 10);
  }

  /** @param channels one array per channel, equally long, finite */
  push(channels: readonly Float32Array[]): void {
    const length = channels[0]?.length ?? 0;
    for (let from = 0; from < length;) {
      const to = Math.min(from + this.#step - this.#filled, length);
      this.#filters.forEach((filter, i) => {
        const samples = channels[i];
        if (samples !== undefined) this.#sum += filter.energy(samples, from, to);
      });
      this.#filled += to - from;
      if (this.#filled === this.#step) this.#closeStep();
      from = to;
    }
  }

  #closeStep(): void {
    this.#steps.push(this.#sum / this.#step);
    this.#filled = 0;
    this.#sum = 0;
  }

  /** LUFS, at least -70; shorter than 400 ms is measured ungated as one block. */
  integrated(): number {
    const steps = this.#steps;
    const blocks = steps.slice(3).map((step, i) => ((steps[i] ?? 0) + (steps[i + 1] ?? 0) + (steps[i + 2] ?? 0) + step) / 4);
    if (blocks.length === 0) {
      const seen = steps.length * this.#step + this.#filled;
      const sum = steps.reduce((total, step) => total + step * this.#step, this.#sum);
      return toLufs(seen > 0 ? sum / seen : 0);
    }
    const audible = blocks.filter((power) => toLufs(power) > SILENCE_LUFS);
    const gate = toLufs(average(audible)) - 10;
    return toLufs(average(audible.filter((power) => toLufs(power) > gate)));
  }
}

const average = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / Math.max(values.length, 1);

const toLufs = (power: number): number => Math.max(-0.691 + 10 * Math.log10(Math.max(power, 1e-12)), SILENCE_LUFS);
