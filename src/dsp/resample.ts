import type { Hertz } from '../core/units';
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
 * One phase of the filter: `taps` meet input samples `first`, `first + stride`, ...; their number is a multiple of four.
 * Every second tap of a half-band filter (44.1 to 22.05 kHz) is idle but the middle one, kept apart as `centre`.
 */
interface Branch {
  readonly taps: Float64Array;
  readonly first: number;
  readonly stride: 1 | 2;
  readonly centre: number;
}

function polyphase(taps: Float64Array, up: number): readonly Branch[] {
  const half = (taps.length - 1) / 2;
  return Array.from({ length: up }, (_, phase) => {
    // The output at high-rate position n * up + phase meets input sample n + o through tap half + phase - o * up.
    const first = Math.ceil((phase - half) / up);
    const last = Math.floor((phase + half) / up);
    const gains = Array.from({ length: last - first + 1 }, (_, k) => up * (taps[half + phase - (first + k) * up] ?? 0));
    return branchOf(gains, first);
  });
}

function branchOf(gains: readonly number[], first: number): Branch {
  const centre = gains[-first] ?? 0;
  const odd = gains.map((gain, k) => [gain, first + k] as const).filter(([, offset]) => offset % 2 !== 0);
  const isHalfBand = gains.every((gain, k) => (first + k) % 2 !== 0 || k === -first || Math.abs(gain) < 1e-9);
  const kept = isHalfBand ? odd.map(([gain]) => gain) : gains;
  const taps = new Float64Array(4 * Math.ceil(kept.length / 4));
  taps.set(kept);
  return isHalfBand ? { taps, first: odd[0]?.[1] ?? 0, stride: 2, centre } : { taps, first, stride: 1, centre: 0 };
}

/**
 * Streaming polyphase resampler for any pair of whole sample rates, mono. Output sample k lies at time k / target.
 * Only `passHz` downwards is kept free of aliases, which makes the filter short (41 taps at 44.1 kHz, half of them idle).
 */
export class Resampler {
  readonly #up: number;
  readonly #down: number;
  readonly #branches: readonly Branch[];
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
    this.#branches = polyphase(taps, this.#up);
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
    const history = this.#history;
    const [only] = this.#branches;
    if (only?.stride === 2 && this.#branches.length === 1 && this.#down === 2) {
      halve(history, this.#produced * this.#down - this.#origin, only, out);
      this.#produced += out.length;
      return out;
    }
    for (let i = 0; i < out.length; i++) {
      const at = (this.#produced + i) * this.#down;
      const phase = at % this.#up;
      const base = (at - phase) / this.#up - this.#origin;
      const branch = this.#branches[phase];
      if (branch !== undefined) out[i] = convolve(history, base, branch);
    }
    this.#produced += out.length;
    return out;
  }
}

/**
 * Every second sample through a half-band filter. Its taps are alike on both sides of the middle, so that one product serves two
 * samples, and two outputs are computed at once, as each needs most samples of the other.
 * @param base where the first output lies in `history`; @param out filled
 */
function halve(history: Float64Array, base: number, { taps, first, centre }: Branch, out: Float32Array): void {
  // `first` is odd and negative: taps lie at first, first + 2, ... -1, 1, ... -first.
  const pairs = (1 - first) / 2;
  const near = taps.slice(pairs, 2 * pairs);
  // A last odd output is computed with a neighbour that is not written.
  for (let i = 0; i < out.length; i += 2) {
    const at = base + 2 * i;
    const between = history[at + 1] ?? 0;
    let left = between,
      right = between;
    let one = centre * (history[at] ?? 0),
      other = centre * (history[at + 2] ?? 0);
    for (let k = 0; k < pairs; k++) {
      const tap = near[k] ?? 0;
      const before = history[at - 1 - 2 * k] ?? 0,
        after = history[at + 3 + 2 * k] ?? 0;
      one += tap * (before + right);
      other += tap * (left + after);
      left = before;
      right = after;
    }
    out[i] = one;
    if (i + 1 < out.length) out[i + 1] = other;
  }
}

/** Four sums at once: a single one would wait for each addition before the next. */
function convolve(history: Float64Array, base: number, { taps, first, stride, centre }: Branch): number {
  let a = centre * (history[base] ?? 0),
    b = 0,
    c = 0,
    d = 0;
  let at = base + first;
  for (let k = 0; k < taps.length; k += 4) {
    a += (taps[k] ?? 0) * (history[at] ?? 0);
    b += (taps[k + 1] ?? 0) * (history[at + stride] ?? 0);
    c += (taps[k + 2] ?? 0) * (history[at + 2 * stride] ?? 0);
    d += (taps[k + 3] ?? 0) * (history[at + 3 * stride] ?? 0);
    at += 4 * stride;
  }
  return a + b + c + d;
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
