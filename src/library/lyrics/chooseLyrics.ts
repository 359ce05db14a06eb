import type { Lyrics, Track } from '../../core/music';
import { guardFile } from '../files/fileError';
import { decodeText } from './decodeText';
import { isSynced } from './lyricsOfTags';
import { parseLyrics, type ParsedLyrics } from './parseLyrics';

/** Lyrics of a file that is not yet a song. */
export type FoundLyrics = Omit<Lyrics, 'trackId'>;

/** What lies beside a song under its name: words with times first. */
export const SIDECAR_ENDINGS = ['lrc', 'LRC', 'txt'] as const;
const MAX_BYTES = 200_000;
const ENDING = /\.([^./]{1,5})$/;

/** Where the lyrics of the song at `path` may lie. */
export const sidecarPaths = (path: string): readonly string[] => SIDECAR_ENDINGS.map((ending) => path.replace(ENDING, `.${ending}`));

/** The paths of the songs without their endings, as a file of lyrics names them; null for other files. */
export function sidecarStem(path: string): string | null {
  const ending = ENDING.exec(path)?.[1]?.toLowerCase();
  return ending === 'lrc' || ending === 'txt' ? stem(path) : null;
}

/** A path without its ending, for comparing: case counts for little where files are named by hand. */
export const stem = (path: string): string => path.replace(ENDING, '').toLowerCase();

/** The lyrics in a text file; null when it is too large or holds none. */
export async function readSidecar(file: Blob): Promise<ParsedLyrics | null> {
  if (file.size === 0 || file.size > MAX_BYTES) return null;
  const text = decodeText(await guardFile(async () => new Uint8Array(await file.arrayBuffer())));
  return text === null ? null : parseLyrics(text);
}

/** Synced words win, then those beside the file, which someone put there. */
export function chooseLyrics(sidecar: ParsedLyrics | null, tag: ParsedLyrics | null): FoundLyrics | null {
  const found = [sidecar && { ...sidecar, source: 'sidecar' as const }, tag && { ...tag, source: 'tag' as const }].filter(
    (lyrics) => lyrics !== null,
  );
  return found.find(isSynced) ?? found[0] ?? null;
}

export const lyricsKind = (lyrics: Pick<Lyrics, 'lines'> | null): Track['lyrics'] =>
  lyrics === null ? 'none' : isSynced(lyrics) ? 'synced' : 'plain';
