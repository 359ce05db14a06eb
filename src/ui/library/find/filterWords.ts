import { t } from '../../../locales/t';
import { capital, formatKey } from '../../words/format';
import { ALL_SONGS, type SongFilter, type Span } from './songFilter';

export interface ActiveFilter {
  readonly field: keyof SongFilter;
  readonly words: string;
  /** The filter without it. */
  readonly without: SongFilter;
}

function spanWords({ from, to }: Span, name: string): string {
  if (from !== null && to !== null) return t('find.between', { name, from, to });
  return from !== null ? t('find.atLeast', { name, from }) : t('find.atMost', { name, to: to ?? '' });
}

/** Needs no confidence: a question is sure. */
const keyWords = (key: NonNullable<SongFilter['key']>): string => formatKey({ ...key, confidence: 1 }, true);

const WORDS: Partial<{ readonly [F in keyof SongFilter]: (value: NonNullable<SongFilter[F]>) => string }> = {
  mood: (mood) => capital(t(`emotion.${mood}`)),
  tempo: (span) => spanWords(span, t('library.colTempoLong')),
  year: (span) => spanWords(span, t('find.year')),
  key: keyWords,
  genre: (genre) => genre,
  album: ({ title }) => title,
  status: (status) => t(`find.status.${status}`),
  rating: (rating) => t(`find.rating.${rating}`),
};

/** What narrows the list beside the search, each in words. */
export function activeFilters(filter: SongFilter): readonly ActiveFilter[] {
  return (Object.keys(WORDS) as (keyof typeof WORDS)[]).flatMap((field) => {
    const value = filter[field];
    const words = WORDS[field] as ((value: unknown) => string) | undefined;
    return value === null || !words ? [] : [{ field, words: words(value), without: { ...filter, [field]: ALL_SONGS[field] } }];
  });
}
