/**
 * The best k rows without sorting all of them.
 * @param scores [n], higher is better; -Infinity rows are left out
 * @param ranksBefore decides between equal scores, so that the input's order does not matter
 * @returns at most k row numbers, best first
 */
export function topK(scores: Float64Array, k: number, ranksBefore: (a: number, b: number) => boolean): readonly number[] {
  const best: number[] = [];
  if (k <= 0) return best;
  let threshold = -Infinity;
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row] ?? -Infinity;
    // Written so that NaN never enters.
    if (!(score >= threshold) || score === -Infinity) continue;
    insert(best, scores, row, ranksBefore);
    if (best.length > k) best.pop();
    if (best.length === k) threshold = scores[best[k - 1] ?? 0] ?? -Infinity;
  }
  return best;
}

function insert(best: number[], scores: Float64Array, row: number, ranksBefore: (a: number, b: number) => boolean): void {
  const score = scores[row] ?? 0;
  let place = best.length;
  while (place > 0) {
    const other = best[place - 1] ?? 0;
    const otherScore = scores[other] ?? 0;
    if (otherScore > score || (otherScore === score && ranksBefore(other, row))) break;
    place--;
  }
  best.splice(place, 0, row);
}
