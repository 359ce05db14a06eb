import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTags } from '../../../../src/library/files/readTags';
import { id3Length } from '../../../../src/library/files/sniffFormat';
import { lyricsOfTags } from '../../../../src/library/lyrics/lyricsOfTags';
import { id3Tag, lyricsFrame, syncedFrame, textFrame, type Frame } from '../../../support/id3';

const fixture = new Uint8Array(readFileSync(join(import.meta.dirname, '../../../fixtures/audio/tune.mp3')));
const bare = fixture.subarray(id3Length(fixture));
const lyricsIn = async (...frames: readonly Frame[]) => (await readTags(new Blob([id3Tag(frames), bare]), 'audio/mpeg')).lyrics;

describe('ID3', () => {
  test('USLT in lines, with its language', async () => {
    expect(await lyricsIn(lyricsFrame('One\n\nTwo', 'deu'))).toEqual({
      language: 'deu',
      lines: ['One', '', 'Two'].map((text) => ({ at: null, text })),
    });
  });

  test('LRC inside USLT is synced', async () => {
    expect(await lyricsIn(lyricsFrame('[00:01.50]One\n[00:02.50]Two', 'eng'))).toMatchObject({
      language: 'eng',
      lines: [{ at: 1.5 }, { at: 2.5 }],
    });
  });

  test('SYLT line by line, and in syllables; synced goes before plain', async () => {
    const lines = syncedFrame([
      ['One', 1000],
      ['Two', 2500],
    ]);
    expect((await lyricsIn(lyricsFrame('Plain', 'eng'), lines))?.lines).toEqual([
      { at: 1, text: 'One' },
      { at: 2.5, text: 'Two' },
    ]);
    const syllables = syncedFrame([
      ['Hel', 1000],
      ['lo ', 1200],
      ['you', 1400],
      ['\nSe', 3000],
      ['cond', 3300],
    ]);
    expect((await lyricsIn(syllables))?.lines).toEqual([
      { at: 1, text: 'Hello you' },
      { at: 3, text: 'Second' },
    ]);
  });

  test('none', async () => {
    expect(await lyricsIn(textFrame('TIT2', 'x'), lyricsFrame(' ', 'eng'))).toBeNull();
  });
});

test.each(['LYRICS', 'UNSYNCEDLYRICS', '©lyr', 'TXXX:LYRICS', '----:com.apple.iTunes:LYRICS', 'WM/Lyrics'])('%s', (id) => {
  expect(lyricsOfTags({ vorbis: [{ id, value: '[00:03.00]Words' }] })?.lines).toEqual([{ at: 3, text: 'Words' }]);
});

test('values of any kind are survived', () => {
  for (const value of [null, 7, [], {}, { text: 3 }, { syncText: [], text: undefined }, new Uint8Array(3)])
    expect(lyricsOfTags({ vorbis: [{ id: 'LYRICS', value }] as never })).toBeNull();
});
