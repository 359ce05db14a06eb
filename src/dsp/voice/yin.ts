import type { Hertz, UnitInterval } from '../../core/units';

export interface YinOptions {
  readonly sampleRate: Hertz;
  /** Samples of a frame; the differences are summed over what the longest period leaves of it. */
  readonly frameLength: number;
  readonly minHz: Hertz;
  readonly maxHz: Hertz;
}

/** A period that a frame may have. */
export interface PitchCandidate {
  readonly f0: Hertz;
  readonly probability: UnitInterval;
}

/** Beta distribution of thresholds with mean .1 (Mauch & Dixon 2014): density x (1 - x)^17 up to a constant, 100 steps. */
const THRESHOLDS = 100;
const WEIGHTS = ((): Float64Array => {
  const density = Float64Array.from({ length: THRESHOLDS }, (_, i) => ((i + 0.5) / THRESHOLDS) * (1 - (i + 0.5) / THRESHOLDS) ** 17);
  const total = density.reduce((sum, x) => sum + x, 0);
  return density.map((x) => x / total);
})();
/** What the deepest trough is worth to thresholds that no trough reaches. */
const UNREACHED: UnitInterval = 0.01;
/** Mean square below which a frame is silence (-90 dB re full scale). */
const LEAST_POWER = 1e-9;

/**
 * Fundamental frequency of single frames by the cumulative mean normalised difference function (de Cheveigne & Kawahara 2002, YIN,
 * J. Acoust. Soc. Am. 111, 1917-1930).
 */
export class Yin {
  readonly minPeriod: number;
  readonly maxPeriod: number;
  readonly #window: number;
  readonly #difference: Float64Array;

  constructor(private readonly options: YinOptions) {
    this.minPeriod = Math.max(2, Math.floor(options.sampleRate / options.maxHz));
    this.maxPeriod = Math.ceil(options.sampleRate / options.minHz);
    this.#window = options.frameLength - this.maxPeriod;
    if (this.#window < 1) throw new RangeError('the frame must be longer than the longest period');
    this.#difference = new Float64Array(this.maxPeriod + 1);
  }

  /**
   * The threshold method: the first trough below `threshold`, else the deepest, refined by a parabola.
   * @param samples the frame begins at `at`; zeros beyond either end
   * @returns null for silence
   */
  f0At(samples: Float32Array, at = 0, threshold = 0.1): Hertz | null {
    if (!this.#measure(samples, at)) return null;
    const troughs = this.#troughs();
    const deepest = this.#deepest();
    const period = troughs.find((tau) => (this.#difference[tau] ?? 1) < threshold) ?? deepest;
    return this.options.sampleRate / this.#refine(period);
  }

  /**
   * Candidates of the probabilistic method (Mauch & Dixon 2014, pYIN, section 2.1): what each threshold of a beta distribution would
   * choose. Their sum is the probability that the frame is voiced.
   * @returns most probable first; nothing for silence
   */
  candidatesAt(samples: Float32Array, at = 0): readonly PitchCandidate[] {
    if (!this.#measure(samples, at)) return [];
    const troughs = this.#troughs();
    const masses = new Map<number, number>();
    const add = (tau: number, mass: number) => masses.set(tau, (masses.get(tau) ?? 0) + mass);
    for (let i = 0; i < THRESHOLDS; i++) {
      const first = troughs.find((tau) => (this.#difference[tau] ?? 1) < (i + 1) / THRESHOLDS);
      if (first === undefined) add(this.#deepest(), UNREACHED * (WEIGHTS[i] ?? 0));
      else add(first, WEIGHTS[i] ?? 0);
    }
    return [...masses]
      .map(([tau, mass]) => ({ f0: this.options.sampleRate / this.#refine(tau), probability: Math.min(1, mass) }))
      .sort((a, b) => b.probability - a.probability);
  }

  /** Fills d'(tau); false for silence. */
  #measure(samples: Float32Array, at: number): boolean {
    const difference = this.#difference;
    let power = 0;
    for (let i = 0; i < this.options.frameLength; i++) power += (samples[at + i] ?? 0) ** 2;
    if (power < LEAST_POWER * this.options.frameLength) return false;
    const frame = at >= 0 && at + this.options.frameLength <= samples.length ? samples : this.#padded(samples, at);
    const start = frame === samples ? at : 0;
    let cumulative = 0;
    difference[0] = 1;
    for (let tau = 1; tau <= this.maxPeriod; tau++) {
      const d = squaredDifference(frame, start, tau, this.#window);
      cumulative += d;
      difference[tau] = cumulative > 0 ? (d * tau) / cumulative : 1;
    }
    return true;
  }

  #padded(samples: Float32Array, at: number): Float32Array {
    return Float32Array.from({ length: this.options.frameLength }, (_, i) => samples[at + i] ?? 0);
  }

  /** Periods at local minima, shortest first. */
  #troughs(): number[] {
    const d = this.#difference;
    const found: number[] = [];
    for (let tau = this.minPeriod; tau < this.maxPeriod; tau++) {
      if ((d[tau] ?? 0) < (d[tau - 1] ?? 0) && (d[tau] ?? 0) <= (d[tau + 1] ?? 0)) found.push(tau);
    }
    return found;
  }

  #deepest(): number {
    let best = this.minPeriod;
    for (let tau = best; tau <= this.maxPeriod; tau++) if ((this.#difference[tau] ?? 1) < (this.#difference[best] ?? 1)) best = tau;
    return best;
  }

  /** Vertex of the parabola through a trough and its neighbours. */
  #refine(tau: number): number {
    if (tau <= this.minPeriod || tau >= this.maxPeriod) return tau;
    const before = this.#difference[tau - 1] ?? 0;
    const here = this.#difference[tau] ?? 0;
    const after = this.#difference[tau + 1] ?? 0;
    const bend = before - 2 * here + after;
    return bend > 0 ? tau + Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend))) : tau;
  }
}

/** Four sums at once, as a single one would wait for each addition before the next. */
function squaredDifference(samples: Float32Array, at: number, tau: number, window: number): number {
  const whole = window & ~3;
  let a = 0,
    b = 0,
    c = 0,
    d = 0;
  for (let i = at; i < at + whole; i += 4) {
    const w = (samples[i] ?? 0) - (samples[i + tau] ?? 0);
    const x = (samples[i + 1] ?? 0) - (samples[i + 1 + tau] ?? 0);
    const y = (samples[i + 2] ?? 0) - (samples[i + 2 + tau] ?? 0);
    const z = (samples[i + 3] ?? 0) - (samples[i + 3 + tau] ?? 0);
    a += w * w;
    b += x * x;
    c += y * y;
    d += z * z;
  }
  for (let i = at + whole; i < at + window; i++) a += ((samples[i] ?? 0) - (samples[i + tau] ?? 0)) ** 2;
  return a + b + (c + d);
}
