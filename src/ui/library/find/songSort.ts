import type { LibraryRow } from '../../../stores/contracts';
import { foldText } from './foldText';
import { moodOfRow } from './songFilter';

export const SORT_KEYS = [
  'added',
  'title',
  'artist',
  'album',
  'genre',
  'year',
  'length',
  'tempo',
  'key',
  'mood',
  'energy',
  'loudness',
  'rating',
] as const;
export type SortKey = (typeof SORT_KEYS)[number];

const RATING_ORDER = { like: 0, dislike: 1, none: null } as const;

/** So that numbers sort as text. */
const twoPlaces = (n: number): string => String(Math.min(99, n)).padStart(2, '0');

const VALUES: Readonly<Record<SortKey, (row: LibraryRow) => string | number | null>> = {
  added: ({ track }) => -track.addedAt,
  title: ({ track }) => track.title,
  artist: ({ track }) => track.artist,
  album: ({ track }) => track.album && `${track.album}\n${twoPlaces(track.discNumber ?? 1)}${twoPlaces(track.trackNumber ?? 99)}`,
  genre: ({ track }) => track.genre,
  year: ({ track }) => track.year,
  length: ({ track, analysis }) => track.duration ?? analysis?.duration ?? null,
  tempo: ({ analysis }) => analysis?.tempo ?? null,
  key: ({ analysis }) => (analysis ? analysis.key.pitchClass * 2 + (analysis.key.mode === 'minor' ? 1 : 0) : null),
  mood: (row) => moodOfRow(row),
  energy: ({ analysis }) => analysis?.affect.arousal ?? null,
  loudness: ({ analysis }) => analysis?.loudness ?? null,
  rating: ({ rating }) => RATING_ORDER[rating],
};

/** Rows by one key. */
export interface SongOrder {
  /** Places of the rows that have a value, ascending by it; equal ones by place. */
  readonly known: readonly number[];
  /** Places of the others: last in both directions. */
  readonly unknown: readonly number[];
}

const LETTERS = 6;

/** The first letters of a folded text as one number that sorts as they do: most pairs need no look at the texts. */
function prefixOf(text: string): number {
  let prefix = 0;
  for (let i = 0; i < LETTERS; i++) prefix = prefix * 256 + (i < text.length ? Math.min(255, text.charCodeAt(i)) : 0);
  return prefix;
}

/**
 * @param before the order of the same rows when fewer of them were known or some differed: nearly right, so quickly put right
 */
export function orderBy(rows: readonly LibraryRow[], sort: SortKey, before: SongOrder | null): SongOrder {
  const value = VALUES[sort];
  const texts: string[] = [];
  const ranks = new Float64Array(rows.length);
  rows.forEach((row, place) => {
    const key = value(row);
    if (typeof key === 'string') texts[place] = foldText(key);
    ranks[place] = key === null ? Number.NaN : typeof key === 'number' ? key : prefixOf(texts[place] ?? '');
  });
  const start = before ? withNew(before, rows.length) : Array.from(rows.keys());
  const known = start.filter((place) => !Number.isNaN(ranks[place]));
  // By place, whatever the order before: a song that lost its value stood among the known ones there.
  const unknown = Array.from(rows.keys()).filter((place) => Number.isNaN(ranks[place]));
  const byText = (a: number, b: number): number => compare(texts[a] ?? '', texts[b] ?? '') || a - b;
  known.sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0) || byText(a, b));
  return { known, unknown };
}

function withNew({ known, unknown }: SongOrder, rows: number): number[] {
  const places = [...known, ...unknown];
  for (let place = places.length; place < rows; place++) places.push(place);
  return places;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
