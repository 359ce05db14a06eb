import type { Hertz } from '../core/units';
import { filterHistory, phaseFilter, type PhaseFilter } from './phaseFilter';
import { kaiserWindow } from './window';

const ATTENUATION_DB = 80;

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));

/**
 * Linear-phase low-pass by the Kaiser window method, 80 dB (Oppenheim & Schafer): beta = .1102 (A - 8.7), length from (A - 8) / (2.285 dw).
 * @param sampleRate rate at which the taps lie
 * @param passHz edge of the passband; @param stopHz edge of the stopband
 * @returns [odd] taps, unit gain at 0 Hz
 */
export function lowPass(sampleRate: Hertz, passHz: Hertz, stopHz: Hertz): Float64Array {
  const half = Math.ceil((ATTENUATION_DB - 8) / (2.285 * 2 * Math.PI * ((stopHz - passHz) / sampleRate)) / 2);
  const centre = (passHz + stopHz) / sampleRate;
  const taps = kaiserWindow(2 * half + 1, 0.1102 * (ATTENUATION_DB - 8.7));
  let sum = 0;
  for (let i = 0; i < taps.length; i++) {
    const x = Math.PI * centre * (i - half);
    taps[i] = (taps[i] ?? 0) * centre * (x === 0 ? 1 : Math.sin(x) / x);
    sum += taps[i] ?? 0;
  }
  return taps.map((tap) => tap / sum);
}

/**
 * Streaming polyphase resampler for any pair of whole sample rates, mono. Output sample k lies at time k / target.
 * Only `passHz` downwards is kept free of aliases, which makes the filter short (41 taps at 44.1 kHz, half of them idle).
 */
export class Resampler {
  readonly #up: number;
  readonly #down: number;
  readonly #filter: PhaseFilter;
  readonly #reach: number;
  /** Input from sample `#origin` on; zeros stand before the first sample. */
  #history: Float64Array;
  #held = 0;
  #origin: number;
  #received = 0;
  #produced = 0;

  constructor(
    readonly source: Hertz,
    readonly target: Hertz,
    passHz: Hertz = 0.45 * target,
  ) {
    const divisor = greatestCommonDivisor(source, target);
    this.#up = target / divisor;
    this.#down = source / divisor;
    const edge = Math.min(passHz, 0.45 * source, 0.45 * target);
    const stop = Math.max(Math.min(source, target) - edge, edge * 1.05);
    const taps = source === target ? Float64Array.of(1) : lowPass(source * this.#up, edge, stop);
    this.#filter = phaseFilter(taps, this.#up, this.#down);
    // Beyond the last tap lie up to seven more samples that the zeros filling up a branch meet.
    this.#reach = Math.ceil(taps.length / 2 / this.#up) + 8;
    this.#history = new Float64Array(this.#reach);
    this.#held = this.#reach;
    this.#origin = -this.#reach;
  }

  /** @param block [n] input samples. @returns the output that is complete by now; a fresh array. */
  push(block: Float32Array | Float64Array): Float32Array {
    this.#append(block);
    this.#received += block.length;
    return this.#drain(Math.floor(((this.#received - this.#reach) * this.#up) / this.#down));
  }

  /** The rest, as if zeros followed; in all ceil(received * target / source) samples were given. */
  finish(): Float32Array {
    this.#append(new Float64Array(this.#reach + 1));
    return this.#drain(Math.ceil((this.#received * this.#up) / this.#down));
  }

  #append(block: Float32Array | Float64Array): void {
    const keepFrom = Math.max(Math.floor((this.#produced * this.#down) / this.#up) - this.#reach - this.#origin, 0);
    const kept = this.#held - keepFrom;
    if (this.#history.length < kept + block.length) {
      const grown = new Float64Array(kept + block.length);
      grown.set(this.#history.subarray(keepFrom, this.#held));
      this.#history = grown;
    } else this.#history.copyWithin(0, keepFrom, this.#held);
    this.#history.set(block, kept);
    this.#held = kept + block.length;
    this.#origin += keepFrom;
  }

  #drain(until: number): Float32Array {
    const out = new Float32Array(Math.max(until - this.#produced, 0));
    filterHistory(this.#filter, { samples: this.#history.subarray(0, this.#held), origin: this.#origin }, this.#produced, out);
    this.#produced += out.length;
    return out;
  }
}

/**
 * A whole signal at another rate.
 * @param signal [n] mono, [-1, 1]
 * @returns [ceil(n * target / source)]; empty in, empty out
 */
export function resample(signal: Float32Array, source: Hertz, target: Hertz, passHz?: Hertz): Float32Array {
  const resampler = new Resampler(source, target, passHz);
  const head = resampler.push(signal);
  const tail = resampler.finish();
  const out = new Float32Array(head.length + tail.length);
  out.set(head);
  out.set(tail, head.length);
  return out;
}
