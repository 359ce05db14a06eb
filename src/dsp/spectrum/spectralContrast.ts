import type { Hertz } from '../../core/units';
import { powerToDb } from '../decibel';

/** Bins `first..last` of one octave band; the `keep` largest make its peak, the `keep` smallest its valley. */
export interface ContrastBand {
  readonly first: number;
  readonly last: number;
  readonly keep: number;
}

const OCTAVES = 7;

/**
 * 0-200 Hz and six octaves above, as librosa.feature.spectral_contrast(fmin=200, n_bands=6, quantile=0.02).
 * @param firstBin where the lowest band starts; @param lastBin where the highest ends
 */
export function contrastBands(sampleRate: Hertz, nFft: number, firstBin: number, lastBin: number): readonly ContrastBand[] {
  const binHz = sampleRate / nFft;
  return Array.from({ length: OCTAVES }, (_, k) => {
    const low = k === 0 ? 0 : 200 * 2 ** (k - 1);
    // Neighbours share a bin: each band but the lowest takes in the bin below its edge.
    const from = Math.ceil(low / binHz) - (k === 0 ? 0 : 1);
    const inside = Math.min(Math.floor((200 * 2 ** k) / binHz), lastBin);
    const to = k === OCTAVES - 1 ? lastBin : inside;
    const keep = Math.max(1, Math.round(0.02 * (to - from + 1)));
    return { first: k === 0 ? firstBin : from, last: k === OCTAVES - 1 ? to : to - 1, keep };
  });
}

/** Means of the largest and smallest values, kept in two short sorted lists: no sorting of whole bands. */
export class SpectralContrast {
  readonly #largest: Float64Array;
  readonly #smallest: Float64Array;

  constructor(readonly bands: readonly ContrastBand[]) {
    const most = Math.max(...bands.map((band) => band.keep));
    this.#largest = new Float64Array(most);
    this.#smallest = new Float64Array(most);
  }

  /**
   * Peak and valley of every band in dB, 10 log10 of the mean magnitude (librosa's convention); contrast = peak - valley.
   * @param magnitude [bins]; silence gives -100 for both, so no contrast
   * @param peak, valley [7] results, written from `at` on
   */
  measure(magnitude: Float64Array, peak: Float32Array, valley: Float32Array, at = 0): void {
    for (let b = 0; b < this.bands.length; b++) {
      const band = this.bands[b];
      if (band === undefined) continue;
      this.#select(magnitude, band);
      peak[at + b] = powerToDb(mean(this.#largest, band.keep));
      valley[at + b] = powerToDb(mean(this.#smallest, band.keep));
    }
  }

  #select(magnitude: Float64Array, { first, last, keep }: ContrastBand): void {
    const largest = this.#largest,
      smallest = this.#smallest;
    largest.fill(-Infinity);
    smallest.fill(Infinity);
    let high = -Infinity,
      low = Infinity;
    for (let i = first; i <= last; i++) {
      const x = magnitude[i] ?? 0;
      if (x > high) {
        let j = keep - 1;
        for (; j > 0 && x > (largest[j - 1] ?? 0); j--) largest[j] = largest[j - 1] ?? 0;
        largest[j] = x;
        high = largest[keep - 1] ?? 0;
      }
      if (x < low) {
        let j = keep - 1;
        for (; j > 0 && x < (smallest[j - 1] ?? 0); j--) smallest[j] = smallest[j - 1] ?? 0;
        smallest[j] = x;
        low = smallest[keep - 1] ?? 0;
      }
    }
  }
}

function mean(values: Float64Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i] ?? 0;
  return sum / count;
}
