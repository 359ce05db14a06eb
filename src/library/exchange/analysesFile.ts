import { AppError } from '../../core/errors';
import type { Track, TrackAnalysis } from '../../core/music';
import type { EpochMs } from '../../core/units';
import { readSong, type ExportedSong } from './analysisShape';
import { refuse } from './readShape';

const FORMAT = 'SyncIn analyses';
const VERSION = 1;
/** A song with a picture of its spectrum is some 30 kB. */
const MAX_LINE = 8_000_000;
/** JSON that another program has laid out anew is read as a whole. */
const MAX_WHOLE = 64e6;

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let from = 0; from < bytes.length; from += 8192) text += String.fromCharCode(...bytes.subarray(from, from + 8192));
  return btoa(text);
}

/** Bytes as base64; 32-bit floats with the seven digits that they have. */
function toPlain(_key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return toBase64(value);
  return value instanceof Float32Array ? Array.from(value, (x) => Number(x.toPrecision(7))) : value;
}

/** What the file says first; songs follow, one a line, so that no reader needs the whole file in memory. */
export function writeHead(analyserVersion: number, now: EpochMs): string {
  const head = { format: FORMAT, version: VERSION, exportedAt: new Date(now).toISOString(), analyserVersion };
  return `${JSON.stringify(head).slice(0, -1)},"songs":[\n`;
}

export const FOOT = ']}\n';

/** One song with its tags, which are for people: reading back looks at the hash and the analysis. */
export function writeSong(track: Track, { trackId: _, ...analysis }: TrackAnalysis): string {
  const { contentHash, title, artist, album, albumArtist, discNumber, trackNumber, year, genre, stated, path } = track;
  const tags = { title, artist, album, albumArtist, discNumber, trackNumber, year, genre, stated, path };
  return JSON.stringify({ contentHash, ...tags, analysis }, toPlain);
}

async function* readLines(file: Blob): AsyncGenerator<string> {
  const reader = file.stream().pipeThrough(new TextDecoderStream('utf-8')).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    const lines = (rest + (value ?? '')).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    if (rest.length > MAX_LINE) refuse('file', 'lines of songs');
    if (done) break;
  }
  if (rest !== '') yield rest;
}

function parse(json: string, field: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch (cause) {
    throw new AppError('library/analyses-invalid', `${field} is no JSON`, { cause });
  }
}

function checkHead(head: unknown): void {
  const { format, version } = (head ?? {}) as { format?: unknown; version?: unknown };
  if (format !== FORMAT || version !== VERSION) refuse('format', `"${FORMAT}", version ${VERSION}`);
}

async function* readWhole(file: Blob): AsyncGenerator<ExportedSong> {
  if (file.size > MAX_WHOLE) refuse('file', 'one song a line');
  const content = parse(await file.text(), 'the file');
  checkHead(content);
  const { songs } = content as { songs?: unknown };
  if (!Array.isArray(songs)) return refuse('songs', 'a list');
  for (const [i, song] of songs.entries()) yield readSong(song, `songs[${i}]`);
}

/**
 * The songs of an export, one at a time, each field checked.
 * @throws AppError 'library/analyses-invalid', whose message names the field
 */
export async function* readAnalyses(file: Blob): AsyncGenerator<ExportedSong> {
  let number = -1;
  for await (const line of readLines(file)) {
    if (number < 0) {
      const head = line.trim();
      if (!head.endsWith('"songs":[')) return yield* readWhole(file);
      checkHead(parse(`${head}]}`, 'the first line'));
    } else if (line.trim() === FOOT.trim()) return;
    else yield readSong(parse(line.trim().replace(/,$/, ''), `line ${number + 2}`), `songs[${number}]`);
    number++;
  }
  refuse('file', 'an end: it was cut off');
}
