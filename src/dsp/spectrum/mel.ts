import type { Hertz } from '../../core/units';

const LOG_STEP = Math.log(6.4) / 27;

/** Slaney's scale (Auditory Toolbox): linear to 1 kHz = 15 mel, then 27 mel per factor 6.4. */
export const hzToMel = (hz: Hertz): number => (hz < 1000 ? (hz * 3) / 200 : 15 + Math.log(hz / 1000) / LOG_STEP);
export const melToHz = (mel: number): Hertz => (mel < 15 ? (mel * 200) / 3 : 1000 * Math.exp((mel - 15) * LOG_STEP));

export interface MelOptions {
  readonly sampleRate: Hertz;
  readonly nFft: number;
  readonly nMels: number;
  readonly minHz: Hertz;
  readonly maxHz: Hertz;
}

/** Rows of a sparse matrix: row m covers bins `first[m]` on with `weights[m]`. */
export interface SparseFilters {
  readonly first: Int32Array;
  readonly weights: readonly Float64Array[];
}

/** Triangular filters of unit area on Slaney's scale: librosa.filters.mel(norm='slaney', htk=False). */
export function melFilters({ sampleRate, nFft, nMels, minHz, maxHz }: MelOptions): SparseFilters {
  const low = hzToMel(minHz);
  const width = (hzToMel(maxHz) - low) / (nMels + 1);
  const edge = Float64Array.from({ length: nMels + 2 }, (_, i) => melToHz(low + i * width));
  const binHz = sampleRate / nFft;
  const first = new Int32Array(nMels);
  const weights = Array.from({ length: nMels }, (_, m) => {
    const [a, b, c] = [edge[m] ?? 0, edge[m + 1] ?? 0, edge[m + 2] ?? 0];
    const from = Math.max(Math.ceil(a / binHz), 0);
    const to = Math.min(Math.floor(c / binHz), nFft / 2);
    first[m] = from;
    return Float64Array.from({ length: Math.max(to - from + 1, 0) }, (_, i) => {
      const hz = (from + i) * binHz;
      return (Math.max(0, Math.min((hz - a) / (b - a), (c - hz) / (c - b))) * 2) / (c - a);
    });
  });
  return { first, weights };
}

/** Sum of `row[i] * values[from + i]`; four sums at once, as a single one would wait for each addition before the next. */
export function weightedSum(row: Float64Array, values: Float64Array, from: number): number {
  const whole = row.length & ~3;
  let a = 0,
    b = 0,
    c = 0,
    d = 0;
  for (let i = 0; i < whole; i += 4) {
    a += (row[i] ?? 0) * (values[from + i] ?? 0);
    b += (row[i + 1] ?? 0) * (values[from + i + 1] ?? 0);
    c += (row[i + 2] ?? 0) * (values[from + i + 2] ?? 0);
    d += (row[i + 3] ?? 0) * (values[from + i + 3] ?? 0);
  }
  for (let i = whole; i < row.length; i++) a += (row[i] ?? 0) * (values[from + i] ?? 0);
  return a + b + (c + d);
}

/**
 * Filter outputs of one frame.
 * @param power [nFft / 2 + 1] power spectrum
 * @param out result, written from `at` on, one value per filter; silence gives zeros
 */
export function applyFilters({ first, weights }: SparseFilters, power: Float64Array, out: Float32Array | Float64Array, at = 0): void {
  for (let m = 0; m < weights.length; m++) out[at + m] = weightedSum(weights[m] ?? power, power, first[m] ?? 0);
}
