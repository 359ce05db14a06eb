import type { Seconds } from '../../core/units';

/** What tells recordings apart, row by row. */
export interface SongTable {
  /** [n] s. */
  readonly durations: Float32Array;
  readonly dimension: number;
  /** [n × dimension] unit-norm embeddings; a row of zeros is like no other. */
  readonly vectors: Float32Array;
}

export interface AlikePair {
  readonly a: number;
  readonly b: number;
  /** Cosine of the embeddings. */
  readonly similarity: number;
}

export interface AlikeOptions {
  readonly cosine?: number;
  readonly seconds?: Seconds;
}

/**
 * In the gap that was measured (music-listener 1.0.0; 10 pieces of 70 s as Vorbis, MP3 at 128 kbit/s and Opus at 96 kbit/s, and 16 others):
 * one piece in two encodings 0.996 to 1.000 (n = 30 pairs), two pieces at most 0.952 (n = 1005 pairs).
 */
export const ALIKE_COSINE = 0.98;
/** Encoders pad and cut; other versions of a song differ by more. */
export const ALIKE_SECONDS: Seconds = 2;
/**
 * Correlation of the two waveforms below which two songs that sound alike are still two recordings. Loud music fills its slices to the
 * top, which leaves little to compare: on the pairs above, 0.62 to 1.00 for one piece; 95 % of the pairs of two pieces lie below 0.49.
 */
export const SAME_WAVEFORM = 0.55;

/** Steps of a comparison after which it looks whether it still can succeed. */
const STRIDE = 4;

/** The rows of a table in another order, side by side as they will be compared: memory is read from front to back. */
function arrange({ durations, dimension, vectors }: SongTable, order: readonly number[]): SongTable {
  const sorted = new Float32Array(order.length * dimension);
  order.forEach((row, place) => sorted.set(vectors.subarray(row * dimension, (row + 1) * dimension), place * dimension));
  return { durations: Float32Array.from(order, (row) => durations[row] ?? 0), dimension, vectors: sorted };
}

/** Squared distance of two rows, or Infinity as soon as it is beyond `limit`: most pairs end after the first few of their numbers. */
function squaredDistance({ vectors, dimension }: SongTable, a: number, b: number, limit: number): number {
  const first = a * dimension;
  const second = b * dimension;
  let sum = 0;
  for (let from = 0; from < dimension; from += STRIDE) {
    const to = Math.min(from + STRIDE, dimension);
    for (let i = from; i < to; i++) {
      const difference = (vectors[first + i] ?? 0) - (vectors[second + i] ?? 0);
      sum += difference * difference;
    }
    if (sum > limit) return Infinity;
  }
  return sum;
}

function isEmpty({ vectors, dimension }: SongTable, row: number): boolean {
  for (let i = row * dimension; i < (row + 1) * dimension; i++) if (vectors[i] !== 0) return false;
  return true;
}

/** Comparisons between two rests of a search: well below a millisecond each thousand. */
const COMPARISONS_PER_STEP = 20_000;

/**
 * Pairs of songs that may be one recording in two encodings: durations at most 2 s apart, embeddings nearly alike. Songs are sorted by
 * duration, so that each is compared with its neighbours only; 100,000 songs take seconds. It rests after each step, so that whoever
 * runs it on a page may let the page breathe.
 */
export function* searchAlikePairs(
  songs: SongTable,
  { cosine = ALIKE_COSINE, seconds = ALIKE_SECONDS }: AlikeOptions = {},
): Generator<void, readonly AlikePair[]> {
  const { durations } = songs;
  const known = Array.from(durations.keys()).filter((row) => (durations[row] ?? 0) > 0 && !isEmpty(songs, row));
  yield;
  const order = known.sort((a, b) => (durations[a] ?? 0) - (durations[b] ?? 0));
  yield;
  const sorted = arrange(songs, order);
  yield;
  // For unit vectors, |a - b|² = 2 - 2 cos.
  return yield* compareNeighbours(sorted, order, 2 - 2 * cosine, seconds);
}

/** @param sorted rows by duration; `order` tells which rows of the caller's they are */
function* compareNeighbours(
  sorted: SongTable,
  order: readonly number[],
  limit: number,
  seconds: Seconds,
): Generator<void, readonly AlikePair[]> {
  const pairs: AlikePair[] = [];
  let compared = 0;
  for (const [place, a] of order.entries()) {
    const longest = (sorted.durations[place] ?? 0) + seconds;
    for (let next = place + 1; next < order.length && (sorted.durations[next] ?? 0) <= longest; next++) {
      const distance = squaredDistance(sorted, place, next, limit);
      const b = order[next] ?? a;
      if (distance <= limit) pairs.push({ a: Math.min(a, b), b: Math.max(a, b), similarity: 1 - distance / 2 });
      if (++compared % COMPARISONS_PER_STEP === 0) yield;
    }
  }
  return pairs;
}

/** The same search in one go, for workers and tests. */
export function findAlikePairs(songs: SongTable, options?: AlikeOptions): readonly AlikePair[] {
  const search = searchAlikePairs(songs, options);
  let step = search.next();
  while (!step.done) step = search.next();
  return step.value;
}

/** Padding moves a waveform of 400 slices by no more than this. */
const MAX_SHIFT = 4;

function correlate(a: Uint8Array, b: Uint8Array, shift: number): number {
  const from = Math.max(0, shift);
  const to = Math.min(a.length, b.length + shift);
  const n = Math.max(1, to - from);
  let [sumA, sumB, sumAA, sumBB, sumAB] = [0, 0, 0, 0, 0];
  for (let i = from; i < to; i++) {
    const x = a[i] ?? 0;
    const y = b[i - shift] ?? 0;
    sumA += x;
    sumB += y;
    sumAA += x * x;
    sumBB += y * y;
    sumAB += x * y;
  }
  const spread = Math.sqrt((sumAA - (sumA * sumA) / n) * (sumBB - (sumB * sumB) / n));
  return spread > 0 ? (sumAB - (sumA * sumB) / n) / spread : 0;
}

/**
 * How alike two waveforms are, whatever their gain: the largest Pearson correlation over small shifts; 0 where one of them is flat.
 * @param a [n] and @param b [n] peaks per slice
 */
export function compareWaveforms(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length || a.length < 4 * MAX_SHIFT) return 0;
  let best = 0;
  for (let shift = -MAX_SHIFT; shift <= MAX_SHIFT; shift++) best = Math.max(best, correlate(a, b, shift));
  return best;
}

/** Groups of two and more rows that are joined by pairs, the smallest row first. */
export function groupPairs(pairs: readonly Pick<AlikePair, 'a' | 'b'>[]): readonly (readonly number[])[] {
  const parents = new Map<number, number>();
  const rootOf = (row: number): number => {
    let root = row;
    for (let parent = parents.get(root); parent !== undefined && parent !== root; parent = parents.get(root)) root = parent;
    parents.set(row, root);
    return root;
  };
  for (const { a, b } of pairs) {
    const [first, second] = [rootOf(a), rootOf(b)];
    parents.set(Math.max(first, second), Math.min(first, second));
  }
  const groups = new Map<number, number[]>();
  for (const row of [...parents.keys()].sort((a, b) => a - b)) {
    const root = rootOf(row);
    const group = groups.get(root);
    if (group) group.push(row);
    else groups.set(root, [row]);
  }
  return [...groups.values()];
}
