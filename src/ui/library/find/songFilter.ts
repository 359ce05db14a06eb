import type { MusicalKey } from '../../../core/music';
import type { LibraryRow } from '../../../stores/contracts';
import { songMood, SONG_MOODS, type SongMood } from '../../words/mood';
import { albumKey } from '../albums/albumsOf';
import { foldText } from './foldText';
import type { SortKey } from './songSort';

/** Both ends included; null: open. */
export interface Span {
  readonly from: number | null;
  readonly to: number | null;
}

export const STATUSES = ['analysed', 'waiting', 'failed'] as const;
export type StatusFilter = (typeof STATUSES)[number];

/** What the list shows; null leaves a question open. A song without a value fails a question about it. */
export interface SongFilter {
  readonly search: string;
  readonly mood: SongMood | null;
  readonly tempo: Span | null;
  readonly year: Span | null;
  readonly key: Pick<MusicalKey, 'pitchClass' | 'mode'> | null;
  readonly genre: string | null;
  readonly album: { readonly key: string; readonly title: string } | null;
  /** 'waiting' counts the songs in hand too. */
  readonly status: StatusFilter | null;
  readonly rating: LibraryRow['rating'] | null;
  readonly sort: SortKey;
  readonly descending: boolean;
}

export const ALL_SONGS: SongFilter = {
  search: '',
  mood: null,
  tempo: null,
  year: null,
  key: null,
  genre: null,
  album: null,
  status: null,
  rating: null,
  sort: 'added',
  descending: false,
};

export function moodOfRow({ analysis }: LibraryRow): SongMood | null {
  return analysis ? songMood(analysis.affect) : null;
}

export function countMoods(moods: Iterable<SongMood | null>): Readonly<Record<SongMood, number>> {
  const counts = Object.fromEntries(SONG_MOODS.map((mood) => [mood, 0])) as Record<SongMood, number>;
  for (const mood of moods) if (mood) counts[mood] += 1;
  return counts;
}

/** What a search looks through. */
export function searchTextOf({ track }: LibraryRow): string {
  return foldText([track.title, track.artist, track.albumArtist, track.album, track.genre].filter(Boolean).join('\n'));
}

/** The words of a search; each must occur somewhere. */
export const wordsOf = (search: string): readonly string[] => foldText(search).split(/\s+/).filter(Boolean);

const within = (span: Span, value: number | null): boolean =>
  value !== null && value >= (span.from ?? -Infinity) && value <= (span.to ?? Infinity);

type Question = (row: LibraryRow) => boolean;

function inKey({ pitchClass, mode }: NonNullable<SongFilter['key']>, { analysis }: LibraryRow): boolean {
  return analysis !== null && analysis.key.pitchClass === pitchClass && analysis.key.mode === mode;
}

const statusOf = ({ status }: LibraryRow): StatusFilter => (status === 'analysing' ? 'waiting' : status);

/** The questions of a filter beside search and mood; none for a filter that is open. */
export function questionsOf({ tempo, year, key, genre, album, status, rating }: SongFilter): readonly Question[] {
  const questions: Question[] = [];
  if (tempo) questions.push(({ analysis }) => within(tempo, analysis && Math.round(analysis.tempo)));
  if (year) questions.push(({ track }) => within(year, track.year));
  if (key) questions.push((row) => inKey(key, row));
  if (genre !== null) questions.push(({ track }) => track.genre === genre);
  if (album) questions.push(({ track }) => albumKey(track) === album.key);
  if (status) questions.push((row) => statusOf(row) === status);
  if (rating) questions.push((row) => row.rating === rating);
  return questions;
}
