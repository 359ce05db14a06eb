import { EMOTIONS } from '../../../src/core/emotion';
import { FADING, OTHER_FADING } from '../../../src/fusion/fading';
import type { FusionRow, Word } from '../fusionRow';

const flat: readonly number[] = EMOTIONS.map(() => 1 / EMOTIONS.length);

/** Rows with one sense's word changed. */
function change(rows: readonly FusionRow[], source: string, to: (word: Word, row: number) => Word): readonly FusionRow[] {
  return rows.map((row, i) => ({ ...row, words: row.words.map((word) => (word.source === source ? to(word, i) : word)) }));
}

/** The rows' words of one sense in another order (Fisher-Yates): each is about another moment. */
function shuffled(rows: readonly FusionRow[], source: string, random: () => number): readonly Word[] {
  const words = rows.flatMap((row) => row.words.filter((word) => word.source === source));
  for (let i = words.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const [one, other] = [words[i], words[j]];
    if (one && other) [words[i], words[j]] = [other, one];
  }
  return words;
}

/** One sense tells of another moment. @param rows in each of which it speaks */
export function misled(
  rows: readonly FusionRow[],
  source: string,
  random: () => number,
  given: Partial<Pick<Word, 'quality' | 'ageMs'>>,
): readonly FusionRow[] {
  const words = shuffled(rows, source, random);
  return change(rows, source, (word, i) => ({ ...word, ...words[i], ...given }));
}

/** One sense speaks and says nothing. */
export const uniform = (rows: readonly FusionRow[], source: string): readonly FusionRow[] =>
  change(rows, source, (word) => ({ ...word, p: flat, affect: null, confidence: null }));

/** Age at which a share of a sense's fading is over: 0 still fresh, 1 faded, ms. */
export function ageAt(source: string, share: number): number {
  const { freshMs, fadedMs } = FADING[source] ?? OTHER_FADING;
  return freshMs + share * (fadedMs - freshMs);
}

/** Every choice of at least one, the largest first. */
export function subsetsOf(sources: readonly string[]): readonly (readonly string[])[] {
  const all = sources.reduce<readonly (readonly string[])[]>((sets, source) => [...sets, ...sets.map((set) => [...set, source])], [[]]);
  return all.filter((set) => set.length > 0).toSorted((a, b) => b.length - a.length);
}

/** Rows in which every one of the senses speaks. */
export const rowsWith = (rows: readonly FusionRow[], sources: readonly string[]): readonly FusionRow[] =>
  rows.filter(({ words }) => sources.every((source) => words.some((word) => word.source === source)));
