import { topK } from './topK';

export interface TableShape {
  readonly rows: number;
  readonly dimension: number;
}

export interface Neighbour {
  readonly row: number;
  /** Dot product, in [-1, 1]. */
  readonly similarity: number;
}

/**
 * The rows most alike to one of them, by dot product of unit-norm rows (cosine).
 * @param vectors [n × dimension], row-major; n may be smaller than what the array holds
 * @param query row whose neighbours are sought; it is not among the answers
 * @param isWanted leaves rows out
 * @returns at most `count` rows, the nearest first; equal ones in order
 */
export function nearestRows(
  vectors: Float32Array,
  shape: TableShape,
  query: number,
  count: number,
  isWanted: (row: number) => boolean = () => true,
): readonly Neighbour[] {
  const wanted = vectors.slice(query * shape.dimension, (query + 1) * shape.dimension);
  return nearestTo(vectors, shape, wanted, count, (row) => row !== query && isWanted(row));
}

/**
 * The rows most alike to a point of the same space, e.g. the songs nearest to a listener's state.
 * @param wanted [dimension] unit norm
 * @returns at most `count` rows, the nearest first; equal ones in order
 */
export function nearestTo(
  vectors: Float32Array,
  { rows, dimension }: TableShape,
  wanted: Float32Array,
  count: number,
  isWanted: (row: number) => boolean = () => true,
): readonly Neighbour[] {
  const scores = new Float64Array(rows).fill(-Infinity);
  for (let row = 0; row < rows; row++) {
    if (isWanted(row)) scores[row] = dotAt(vectors, row * dimension, wanted);
  }
  return bestOf(scores, count);
}

/**
 * The best of dot products that were computed elsewhere.
 * @param scores [n]
 */
export function bestOf(scores: Float64Array, count: number): readonly Neighbour[] {
  return topK(scores, count, (a, b) => a < b).map((row) => ({ row, similarity: Math.min(1, Math.max(-1, scores[row] ?? 0)) }));
}

/** Two sums in turn: one alone waits for each addition to end. */
function dotAt(vectors: Float32Array, from: number, wanted: Float32Array): number {
  const whole = wanted.length & ~1;
  let [even, odd] = [0, 0];
  for (let k = 0; k < whole; k += 2) {
    even += (vectors[from + k] ?? 0) * (wanted[k] ?? 0);
    odd += (vectors[from + k + 1] ?? 0) * (wanted[k + 1] ?? 0);
  }
  if (whole < wanted.length) even += (vectors[from + whole] ?? 0) * (wanted[whole] ?? 0);
  return even + odd;
}
