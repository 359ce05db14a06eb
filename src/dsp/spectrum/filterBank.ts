import { kernels, type Address } from '../kernels/kernels';
import type { SparseFilters } from './mel';

/** Neighbouring bins that one filter weighs. */
export interface FilterRun {
  readonly filter: number;
  readonly first: number;
  readonly weights: Float64Array;
}

/** Every filter of a sparse matrix as one run. */
export const runsOfFilters = ({ first, weights }: SparseFilters): FilterRun[] =>
  weights.map((row, filter) => ({ filter, first: first[filter] ?? 0, weights: row }));

/** Filters in the kernels' memory, where they stay: make each bank once. */
export class FilterBank {
  readonly #runs: Address;
  readonly #weights: Address;
  readonly #out: Address;

  constructor(
    readonly filters: number,
    private readonly runs: readonly FilterRun[],
  ) {
    const memory = kernels();
    this.#runs = memory.reserve(12 * runs.length);
    this.#weights = memory.reserve(8 * runs.reduce((sum, { weights }) => sum + weights.length, 0));
    this.#out = memory.reserve(8 * filters);
    let at = this.#weights;
    runs.forEach(({ filter, first, weights }, i) => {
      memory.integers.set([filter, first, weights.length], this.#runs / 4 + 3 * i);
      memory.writeDoubles(at, weights);
      at += 8 * weights.length;
    });
  }

  /** @param power spectrum in the kernels' memory. @returns [filters] weighted sums; valid until the next call */
  apply(power: Address): Float64Array {
    const memory = kernels();
    memory.run.applyRuns(this.#runs, this.runs.length, this.#weights, power, this.#out, this.filters);
    return memory.doubles.subarray(this.#out / 8, this.#out / 8 + this.filters);
  }
}
