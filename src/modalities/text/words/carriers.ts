import type { WeighedWord } from '../../../core/records/writtenEntry';
import { LONGEST_WORD, type Chunk } from './spell';

/** Words below this share of the strongest one's weight carried little. */
const LEAST_WEIGHT = 0.35;
/** So many of a hundred words at most; a highlight that is everywhere says nothing. */
const MOST_PER_HUNDRED = 35;
const FEWEST = 3;
/** Quotation marks, commas and the like around a word; what has no letter or digit at all (an emoji, a smiley) stays whole. */
const AROUND = /^[^\p{L}\p{N}]*|[^\p{L}\p{N}]*$/gu;

function core({ text, from, to }: Chunk): { readonly from: number; readonly to: number } {
  if (text.length > LONGEST_WORD) return { from, to };
  const [before = '', after = ''] = [...text.matchAll(AROUND)].map(([found]) => found);
  return before.length === text.length ? { from, to } : { from: from + before.length, to: to - after.length };
}

/**
 * The words that carried a text, in their order.
 * @param weights [chunks] any non-negative weight each
 */
export function carriersOf(chunks: readonly Chunk[], weights: readonly number[]): readonly WeighedWord[] {
  const strongest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  if (strongest <= 0) return [];
  const most = Math.max(FEWEST, Math.round((chunks.length * MOST_PER_HUNDRED) / 100));
  const floor = [...weights].sort((a, b) => b - a)[most - 1] ?? 0;
  return chunks.flatMap((chunk, i) => {
    const weight = weights[i] ?? 0;
    return weight >= floor && weight >= LEAST_WEIGHT * strongest ? [{ ...core(chunk), weight: weight / strongest }] : [];
  });
}
