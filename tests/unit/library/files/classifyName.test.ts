import { expect, test } from 'vitest';
import { isWorthReading } from '../../../../src/library/files/classifyName';

test.each(['a.mp3', 'Album/01 Song.FLAC', 'x.opus', 'old.aiff', 'v1.2/take.3.wav'])('%s is worth reading', (path) => {
  expect(isWorthReading(path)).toBe(true);
});

test.each([
  'cover.jpg',
  'notes.txt',
  'disc.cue',
  'list.m3u8',
  '.hidden.mp3',
  '.git/a.mp3',
  '__MACOSX/a.mp3',
  'a/.Trash/b.ogg',
  'README',
  'mp3',
  'Thumbs.db',
])('%s is not', (path) => {
  expect(isWorthReading(path)).toBe(false);
});
