import type { Hertz } from '../../../core/units';
import { percentileOfSorted } from '../../../dsp/statistics';
import { KWeighting } from './kWeighting';

/** What silence measures: the absolute gate of ITU-R BS.1770. */
export const SILENCE_LUFS = -70;

/** Weights of BS.1770-4: surround channels count 1.41 times, the bass effects channel not at all; else every channel counts once. */
function channelWeights(channels: number): readonly number[] {
  if (channels === 6) return [1, 1, 1, 0, 1.41, 1.41];
  return channels === 5 ? [1, 1, 1, 1.41, 1.41] : Array.from({ length: channels }, () => 1);
}

/** One or two channels of the same weight. */
interface Group {
  readonly filter: KWeighting;
  readonly weight: number;
  readonly first: number;
  readonly second: number | null;
}

function groupsOf(sampleRate: Hertz, channels: number): readonly Group[] {
  const weights = channelWeights(channels);
  const groups: Group[] = [];
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] ?? 0;
    if (weight === 0) continue;
    const second = weights[i + 1] === weight ? i + 1 : null;
    groups.push({ filter: new KWeighting(sampleRate), weight, first: i, second });
    if (second !== null) i++;
  }
  return groups;
}

/** 100 ms steps per momentary block (400 ms) and per short-term one (3 s). */
const MOMENTARY = 4;
const SHORT_TERM = 30;

/**
 * Loudness of a stream after ITU-R BS.1770-4: K-weighting, mean squares of 100 ms steps, channels weighted as the standard says
 * (mono counts once). Memory: one number per 100 ms.
 */
export class LoudnessMeter {
  readonly #groups: readonly Group[];
  readonly #step: number;
  /** Mean square of each finished 100 ms, summed over channels. */
  readonly #steps: number[] = [];
  #filled = 0;
  #sum = 0;

  constructor(sampleRate: Hertz, channels: number) {
    this.#groups = groupsOf(sampleRate, channels);
    this.#step = Math.round(sampleRate / 10);
  }

  /** @param channels one array per channel, equally long, finite */
  push(channels: readonly Float32Array[]): void {
    const length = channels[0]?.length ?? 0;
    for (let from = 0; from < length;) {
      const to = Math.min(from + this.#step - this.#filled, length);
      this.#sum += this.#energy(channels, from, to);
      this.#filled += to - from;
      if (this.#filled === this.#step) this.#closeStep();
      from = to;
    }
  }

  #energy(channels: readonly Float32Array[], from: number, to: number): number {
    let sum = 0;
    for (const { filter, weight, first, second } of this.#groups) {
      const one = channels[first];
      const other = second === null ? undefined : channels[second];
      if (one === undefined) continue;
      sum += weight * (other === undefined ? filter.energyOfOne(one, from, to) : filter.energyOfTwo(one, other, from, to));
    }
    return sum;
  }

  #closeStep(): void {
    this.#steps.push(this.#sum / this.#step);
    this.#filled = 0;
    this.#sum = 0;
  }

  /**
   * Integrated loudness (EBU R 128): blocks of 400 ms every 100 ms, gates at -70 LUFS and 10 LU below the mean of what is left.
   * @returns LUFS, at least -70; shorter than 400 ms is measured ungated as one block
   */
  integrated(): number {
    const steps = this.#steps;
    const blocks = slidingMeans(steps, MOMENTARY);
    if (blocks.length === 0) {
      const seen = steps.length * this.#step + this.#filled;
      const sum = steps.reduce((total, step) => total + step * this.#step, this.#sum);
      return toLufs(seen > 0 ? sum / seen : 0);
    }
    return toLufs(average(gated(blocks, 10)));
  }

  /**
   * Loudness range (EBU Tech 3342): 95th less 10th percentile of the short-term loudness (3 s every 100 ms), gates at -70 LUFS and
   * 20 LU below the mean of what is left.
   * @returns LU, at least 0; silence and less than 3 s give 0
   */
  range(): number {
    const sorted = Float64Array.from(gated(slidingMeans(this.#steps, SHORT_TERM), 20)).sort();
    return sorted.length === 0 ? 0 : toLufs(percentileOfSorted(sorted, 95)) - toLufs(percentileOfSorted(sorted, 10));
  }
}

/** Means of every `width` neighbours. */
function slidingMeans(steps: readonly number[], width: number): number[] {
  return steps.slice(width - 1).map((_, i) => {
    let sum = 0;
    for (let k = i; k < i + width; k++) sum += steps[k] ?? 0;
    return sum / width;
  });
}

/** The powers above -70 LUFS and above `below` LU under the mean of those. */
function gated(powers: readonly number[], below: number): number[] {
  const audible = powers.filter((power) => toLufs(power) > SILENCE_LUFS);
  const gate = toLufs(average(audible)) - below;
  return audible.filter((power) => toLufs(power) > gate);
}

const average = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / Math.max(values.length, 1);

const toLufs = (power: number): number => Math.max(-0.691 + 10 * Math.log10(Math.max(power, 1e-12)), SILENCE_LUFS);
