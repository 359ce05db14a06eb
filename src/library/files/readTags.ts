import type { IAudioMetadata } from 'music-metadata';
import { NOTHING_STATED } from '../../core/music';
import type { TrackTags } from '../libraryWork';
import { lyricsOfTags } from '../lyrics/lyricsOfTags';
import type { ParsedLyrics } from '../lyrics/parseLyrics';
import { repairText } from '../tags/legacyText';
import { readGenres, readStated } from '../tags/readStated';

export interface TagReading {
  readonly tags: TrackTags;
  readonly lyrics: ParsedLyrics | null;
  readonly picture: Uint8Array<ArrayBuffer> | null;
}

const NOTHING: TagReading = {
  tags: {
    title: null,
    artist: null,
    album: null,
    albumArtist: null,
    genre: null,
    year: null,
    trackNumber: null,
    discNumber: null,
    stated: NOTHING_STATED,
    duration: null,
  },
  lyrics: null,
  picture: null,
};

const MAX_TEXT = 300;
/** A cover larger than this is a mistake or an attack. */
const MAX_PICTURE_BYTES = 30e6;

/** Control characters, and separators that would break a line. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** One line of at most 300 characters; null when nothing is left. */
function cleanText(text: string | undefined): string | null {
  return text?.replace(UNPRINTABLE, ' ').trim().slice(0, MAX_TEXT) || null;
}

const whole = (value: number | null | undefined, low: number, high: number): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high ? value : null;

/** Only ID3 leaves open what its bytes mean; all other tags are UTF-8 by definition. */
const isId3 = ({ tagTypes }: IAudioMetadata['format']): boolean => tagTypes?.some((type) => type.startsWith('ID3')) ?? false;

function describe(metadata: IAudioMetadata): TagReading {
  const { common, format } = metadata;
  const { duration } = format;
  const picture = common.picture?.find(({ data }) => data.length > 0 && data.length <= MAX_PICTURE_BYTES);
  const text = isId3(format) ? (raw: string | undefined) => cleanText(raw && repairText(raw)) : cleanText;
  const genres = readGenres(common.genre, text);
  return {
    tags: {
      title: text(common.title),
      artist: text(common.artist),
      album: text(common.album),
      albumArtist: text(common.albumartist),
      genre: genres[0] ?? null,
      year: whole(common.year, 1000, 2999),
      trackNumber: whole(common.track.no, 1, 9999),
      discNumber: whole(common.disk.no, 1, 999),
      stated: { ...readStated(metadata), genres },
      duration: duration !== undefined && Number.isFinite(duration) && duration > 0 ? duration : null,
    },
    lyrics: lyricsOfTags(metadata.native),
    picture: picture ? new Uint8Array(picture.data) : null,
  };
}

/**
 * Title, artist, lyrics, cover … of a file. A file without tags is a normal song and so is one with broken tags: whatever the parser
 * trips over, the answer is then empty and never an error.
 */
export async function readTags(file: Blob, mimeType: string): Promise<TagReading> {
  const { parseBlob } = await import('music-metadata');
  try {
    return describe(await parseBlob(new Blob([file], { type: mimeType }), { skipPostHeaders: true, duration: false }));
  } catch (error) {
    if (error instanceof Error) return NOTHING;
    throw error;
  }
}
