import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ERROR_CODES } from '../../../../src/core/errors';
import { requireAudio } from '../../../../src/library/files/readFile';
import { readTags } from '../../../../src/library/files/readTags';
import { sniffFormat } from '../../../../src/library/files/sniffFormat';
import { decodeText } from '../../../../src/library/lyrics/decodeText';
import { parseLyrics } from '../../../../src/library/lyrics/parseLyrics';
import { repairText } from '../../../../src/library/tags/legacyText';
import { parseFileName } from '../../../../src/library/tags/parseFileName';
import { parseKey } from '../../../../src/library/tags/parseKey';
import { id3Tag, lyricsFrame, pictureFrame, syncedFrame, textFrame, userFrame } from '../../../support/id3';
import { wavFile } from '../../../support/media';
import { mutate, type Original } from '../../../support/mutate';

const COUNT = 2000;
const SLOW_MS = 2000;

const fixture = (name: string): Original => ({
  name,
  bytes: new Uint8Array(readFileSync(join(import.meta.dirname, '../../../fixtures/audio', name))).slice(0, 6000),
});
const richTag = id3Tag([
  textFrame('TIT2', 'Title'),
  textFrame('TPE1', 'Artist'),
  textFrame('TBPM', '120'),
  userFrame('REPLAYGAIN_TRACK_GAIN', '-6.5 dB'),
  lyricsFrame('[00:01.00]One\n[00:02.00]Two', 'eng'),
  syncedFrame([
    ['One', 1000],
    ['Two', 2000],
  ]),
  pictureFrame(Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10)),
]);
const tagged: Original = { name: 'tagged.mp3', bytes: Uint8Array.from([...richTag, ...fixture('tune.mp3').bytes.subarray(0, 4000)]) };
const FILES: readonly [Original, ...Original[]] = [
  tagged,
  ...['tune.mp3', 'tune.flac', 'tune.ogg', 'tune.m4a', 'tune.opus'].map(fixture),
  { name: 'tune.wav', bytes: wavFile({ seconds: 0.2, sampleRate: 8000 }) },
];
const TYPES = ['audio/mpeg', 'audio/flac', 'audio/ogg', 'audio/mp4', 'audio/wav', 'audio/aac', 'audio/webm'];

test(`${COUNT} broken files: the tag reader answers each in time, with clean values only`, async () => {
  for (let number = 0; number < COUNT; number++) {
    const { name, bytes } = mutate(FILES, number);
    const format = sniffFormat(bytes);
    const start = performance.now();
    const { tags, lyrics, picture } = await readTags(new Blob([bytes]), format?.mimeType ?? TYPES[number % TYPES.length] ?? '');
    expect(performance.now() - start, name).toBeLessThan(SLOW_MS);
    for (const text of [tags.title, tags.artist, tags.album, tags.albumArtist, tags.genre, ...tags.stated.genres]) {
      if (text !== null) expect(text, name).toMatch(/^\P{Cc}{1,300}$/u);
    }
    for (const { at, text } of lyrics?.lines ?? []) {
      expect(at === null || (Number.isFinite(at) && at >= 0), name).toBe(true);
      expect(text.length, name).toBeLessThanOrEqual(500);
    }
    expect(picture?.length ?? 0, name).toBeLessThanOrEqual(bytes.length);
  }
}, 180_000);

test(`${COUNT} broken files: what is no sound is named`, async () => {
  for (let number = 0; number < COUNT; number++) {
    const { name, bytes } = mutate(FILES, number);
    const code = await requireAudio(new Blob([bytes])).then(
      () => null,
      (error: { code?: string }) => error.code ?? 'none',
    );
    if (code !== null) expect(ERROR_CODES, name).toContain(code);
    expect(code, name).not.toBe('unexpected');
  }
}, 60_000);

const sheet = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const SHEETS: readonly [Original, ...Original[]] = [
  {
    name: 'a.lrc',
    bytes: sheet('[ti:Song]\n[offset:+500]\n[la:en]\n[00:12.50][01:02.50]Refrain\n[00:05.00]<00:05.00>Fir <00:05.40>st\n'.repeat(20)),
  },
  {
    name: 'b.lrc',
    bytes: Uint8Array.from([0xff, 0xfe, ...[...'[00:01.00]Wide\r\n'.repeat(30)].flatMap((char) => [char.charCodeAt(0), 0])]),
  },
  { name: 'c.txt', bytes: sheet('夜に駆ける\n\nПривет, Größe\r\n[Chorus]\r'.repeat(20)) },
];

test(`${COUNT} broken sheets of lyrics, and their text as keys, names and titles`, () => {
  const start = performance.now();
  for (let number = 0; number < COUNT; number++) {
    const { name, bytes } = mutate(SHEETS, number);
    const text = decodeText(bytes);
    if (text === null) continue;
    for (const line of parseLyrics(text)?.lines ?? []) {
      expect(line.at === null || (Number.isFinite(line.at) && line.at >= 0), name).toBe(true);
      expect(line.text, name).toMatch(/^\P{Cc}{0,500}$/u);
    }
    const first = text.slice(0, 200);
    expect(typeof repairText(first), name).toBe('string');
    expect(parseFileName(first).title.length, name).toBeGreaterThan(0);
    const key = parseKey(first);
    if (key) expect(key.pitchClass, name).toBeLessThan(12);
  }
  expect(performance.now() - start).toBeLessThan(60_000);
}, 60_000);
