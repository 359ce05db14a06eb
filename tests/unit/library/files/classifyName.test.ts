import { expect, test } from 'vitest';
import { isWorthReading, titleFromPath } from '../../../../src/library/files/classifyName';

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

test.each([
  ['Album/01 Song.flac', '01 Song'],
  ['v1.2/take.3.wav', 'take.3'],
  ['plain', 'plain'],
  ['.mp3', '.mp3'],
  ['a/ .mp3', '.mp3'],
  ['', 'Untitled'],
])('the title of %j is %j', (path, title) => {
  expect(titleFromPath(path)).toBe(title);
});
