import type { LibraryRow } from '../../../stores/contracts';
import type { SongMood } from '../../words/mood';
import { countMoods, moodOfRow, questionsOf, searchTextOf, wordsOf, type SongFilter } from './songFilter';
import { orderBy, type SongOrder, type SortKey } from './songSort';

export interface GenreCount {
  readonly genre: string;
  readonly songs: number;
}

/**
 * Finds and sorts among 100,000 rows while one types. What is derived from a row (its folded text, its mood, its place in each
 * order) is made once and kept over the next snapshots for all rows that did not change.
 */
export class SongIndex {
  #rows: readonly LibraryRow[] = [];
  /** [rows] undefined where nobody asked yet. */
  #texts: (string | undefined)[] = [];
  #moods: (SongMood | null)[] = [];
  #orders = new Map<SortKey, { readonly of: readonly LibraryRow[]; readonly order: SongOrder }>();
  #prepared = 0;

  /** Takes the newest snapshot; cheap when it is the one it has. */
  update(rows: readonly LibraryRow[]): void {
    if (rows === this.#rows) return;
    const before = this.#rows;
    const [oldTexts, oldMoods] = [this.#texts, this.#moods];
    const origins = matchRows(before, rows);
    let isShifted = false;
    this.#texts = new Array<string | undefined>(rows.length);
    this.#moods = rows.map((row, place) => {
      const old = origins[place] ?? -1;
      const known = before[old];
      if (!known) return moodOfRow(row);
      if (old !== place) isShifted = true;
      if (known.track === row.track) this.#texts[place] = oldTexts[old];
      return known.analysis === row.analysis ? (oldMoods[old] ?? null) : moodOfRow(row);
    });
    if (isShifted || rows.length < before.length) this.#orders.clear();
    this.#rows = rows;
    this.#prepared = 0;
  }

  /** Makes some more of the texts that a search needs. @returns whether all are there */
  prepare(count: number): boolean {
    const end = Math.min(this.#rows.length, this.#prepared + count);
    for (; this.#prepared < end; this.#prepared++) this.#textAt(this.#prepared);
    return this.#prepared === this.#rows.length;
  }

  /** The rows a filter leaves, in its order. */
  list(filter: SongFilter): readonly LibraryRow[] {
    const { known, unknown } = this.#orderOf(filter.sort);
    const words = wordsOf(filter.search);
    const questions = questionsOf(filter);
    const found: LibraryRow[] = [];
    const take = (place: number): void => {
      const row = this.#rows[place];
      if (!row || (filter.mood !== null && this.#moods[place] !== filter.mood)) return;
      if (!questions.every((isYes) => isYes(row))) return;
      if (words.length > 0 && !this.#hasAll(place, words)) return;
      found.push(row);
    };
    if (filter.descending) for (let i = known.length - 1; i >= 0; i--) take(known[i] ?? -1);
    else for (const place of known) take(place);
    for (const place of unknown) take(place);
    return found;
  }

  countMoods(): Readonly<Record<SongMood, number>> {
    return countMoods(this.#moods);
  }

  /** The genres of the library, the largest first. */
  genres(): readonly GenreCount[] {
    const counts = new Map<string, number>();
    for (const { track } of this.#rows) if (track.genre) counts.set(track.genre, (counts.get(track.genre) ?? 0) + 1);
    return [...counts].map(([genre, songs]) => ({ genre, songs })).sort((a, b) => b.songs - a.songs || (a.genre < b.genre ? -1 : 1));
  }

  #hasAll(place: number, words: readonly string[]): boolean {
    const text = this.#textAt(place);
    for (const word of words) if (!text.includes(word)) return false;
    return true;
  }

  #textAt(place: number): string {
    const row = this.#rows[place];
    return row ? (this.#texts[place] ??= searchTextOf(row)) : '';
  }

  #orderOf(sort: SortKey): SongOrder {
    const known = this.#orders.get(sort);
    if (known?.of === this.#rows) return known.order;
    const order = orderBy(this.#rows, sort, known?.order ?? null);
    this.#orders.set(sort, { of: this.#rows, order });
    return order;
  }
}

/** [rows] where each song stood before, or -1. Songs keep their order when others go; one that is not found further down is new. */
function matchRows(before: readonly LibraryRow[], rows: readonly LibraryRow[]): Int32Array {
  let old = 0;
  return Int32Array.from(rows, ({ track }) => {
    while (old < before.length && before[old]?.track.id !== track.id) old++;
    return old < before.length ? old : -1;
  });
}

/** The rows a filter leaves, in its order, for lists that are shown once. */
export function listSongs(rows: readonly LibraryRow[], filter: SongFilter): readonly LibraryRow[] {
  const index = new SongIndex();
  index.update(rows);
  return index.list(filter);
}
