import type { LibraryRow } from '../../../stores/contracts';
import { songMood, SONG_MOODS, type SongMood } from '../../words/mood';

export const SORT_KEYS = ['added', 'title', 'artist', 'album', 'length', 'tempo', 'key', 'mood'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface SongFilter {
  readonly search: string;
  readonly mood: SongMood | null;
  readonly sort: SortKey;
  readonly descending: boolean;
}

export function moodOfRow({ analysis }: LibraryRow): SongMood | null {
  return analysis ? songMood(analysis.affect) : null;
}

export function countMoods(rows: readonly LibraryRow[]): Readonly<Record<SongMood, number>> {
  const counts = Object.fromEntries(SONG_MOODS.map((mood) => [mood, 0])) as Record<SongMood, number>;
  for (const row of rows) {
    const mood = moodOfRow(row);
    if (mood) counts[mood] += 1;
  }
  return counts;
}

/** Every word of the search occurs somewhere in title, artist, album, genre or path, without regard to case and accents. */
export function listSongs(rows: readonly LibraryRow[], filter: SongFilter): readonly LibraryRow[] {
  const words = fold(filter.search).split(/\s+/).filter(Boolean);
  const kept = rows.filter(
    (row) => (filter.mood === null || moodOfRow(row) === filter.mood) && words.every((word) => searchText(row).includes(word)),
  );
  return sortSongs(kept, filter.sort, filter.descending);
}

/** Rows without a value come last in both directions. */
function sortSongs(rows: readonly LibraryRow[], sort: SortKey, descending: boolean): readonly LibraryRow[] {
  const keyed = rows.map((row) => ({ row, value: sortKey(row, sort) }));
  const direction = descending ? -1 : 1;
  keyed.sort((a, b) => {
    if (a.value === null || b.value === null) return a.value === b.value ? 0 : a.value === null ? 1 : -1;
    return direction * compare(a.value, b.value);
  });
  return keyed.map(({ row }) => row);
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const sortValues: Readonly<Record<SortKey, (row: LibraryRow) => string | number | null>> = {
  added: ({ track }) => -track.addedAt,
  title: ({ track }) => track.title,
  artist: ({ track }) => track.artist,
  album: ({ track }) => track.album,
  length: ({ track, analysis }) => track.duration ?? analysis?.duration ?? null,
  tempo: ({ analysis }) => analysis?.tempo ?? null,
  key: ({ analysis }) => (analysis ? analysis.key.pitchClass * 2 + (analysis.key.mode === 'minor' ? 1 : 0) : null),
  mood: (row) => moodOfRow(row),
};

/** Folded text compares ten times faster than a collator, which 10,000 titles would notice. */
function sortKey(row: LibraryRow, sort: SortKey): string | number | null {
  const value = sortValues[sort](row);
  return typeof value === 'string' ? fold(value) : value;
}

const folded = new WeakMap<object, string>();

function searchText({ track }: LibraryRow): string {
  const known = folded.get(track);
  if (known !== undefined) return known;
  const text = fold([track.title, track.artist, track.album, track.genre, track.path].filter(Boolean).join(' '));
  folded.set(track, text);
  return text;
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
