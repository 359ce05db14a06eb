import type { IAudioMetadata, ILyricsTag } from 'music-metadata';
import { cleanLine, parseLyrics, toLanguage, toSyncedLines, type ParsedLyrics } from './parseLyrics';

type Native = IAudioMetadata['native'];

/** Names that lyrics go by in ID3 (USLT, SYLT), Vorbis comments, APE, MP4 and free-text tags; the last part of the name counts. */
const LYRICS = new Set(['uslt', 'ult', 'sylt', 'slt', 'lyrics', 'unsyncedlyrics', 'unsynced lyrics', 'syncedlyrics', '©lyr', 'wm/lyrics']);
const MILLISECONDS = 2;

const isObject = (value: unknown): value is Partial<ILyricsTag> => typeof value === 'object' && value !== null;

/** SYLT comes in syllables or in lines: a new line begins where the text of an entry begins with a line feed, or at every entry. */
function readSynced({ syncText, timeStampFormat, language }: Partial<ILyricsTag>): ParsedLyrics | null {
  if (!syncText || syncText.length === 0 || timeStampFormat !== MILLISECONDS) return null;
  const entries = syncText.map(({ text, timestamp }) => ({ at: (timestamp ?? 0) / 1000, text }));
  const isSyllables = entries.slice(1).some(({ text }) => !/^[\r\n]/.test(text)) && entries.some(({ text }) => /^[\r\n]/.test(text));
  const timed: { at: number; text: string }[] = [];
  for (const { at, text } of entries) {
    const last = timed.at(-1);
    if (isSyllables && last && !/^[\r\n]/.test(text)) last.text += text;
    else timed.push({ at, text });
  }
  const lines = toSyncedLines(timed.map(({ at, text }) => ({ at, text: cleanLine(text) })));
  return lines.length > 0 ? { language: toLanguage(language), lines } : null;
}

function readOne(value: unknown): ParsedLyrics | null {
  if (typeof value === 'string') return parseLyrics(value);
  if (!isObject(value)) return null;
  const synced = readSynced(value);
  if (synced || typeof value.text !== 'string') return synced;
  const parsed = parseLyrics(value.text);
  return parsed && { ...parsed, language: parsed.language ?? toLanguage(value.language) };
}

export const isSynced = ({ lines }: Pick<ParsedLyrics, 'lines'>): boolean => lines[0]?.at !== null;

/** The lyrics inside a file, synced ones first; null without any. */
export function lyricsOfTags(native: Native): ParsedLyrics | null {
  let plain: ParsedLyrics | null = null;
  for (const { id, value } of Object.values(native).flat()) {
    const name = id.split(':').at(-1)?.toLowerCase() ?? '';
    const lyrics = LYRICS.has(name) || /^(uslt|sylt)\b/i.test(id) ? readOne(value) : null;
    if (lyrics && isSynced(lyrics)) return lyrics;
    plain ??= lyrics;
  }
  return plain;
}
