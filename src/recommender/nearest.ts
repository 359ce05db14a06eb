import { topK } from './topK';

/**
 * The rows most alike to one of them, by dot product of unit-norm rows (cosine).
 * @param vectors [n × dimension], row-major; n may be smaller than what the array holds
 * @param query row whose neighbours are sought; it is not among the answers
 * @param isWanted leaves rows out
 * @returns at most `count` rows, the nearest first; equal ones in order
 */
export function nearestRows(
  vectors: Float32Array,
  { rows, dimension }: { readonly rows: number; readonly dimension: number },
  query: number,
  count: number,
  isWanted: (row: number) => boolean = () => true,
): readonly { readonly row: number; readonly similarity: number }[] {
  const scores = new Float64Array(rows).fill(-Infinity);
  const wanted = vectors.slice(query * dimension, (query + 1) * dimension);
  for (let row = 0; row < rows; row++) {
    if (row === query || !isWanted(row)) continue;
    scores[row] = dotAt(vectors, row * dimension, wanted);
  }
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
