import { expect, test } from 'vitest';
import { parseKey } from '../../../../src/library/tags/parseKey';

test.each([
  ['Am', 9, 'minor'],
  ['A minor', 9, 'minor'],
  ['C', 0, 'major'],
  ['C#m', 1, 'minor'],
  ['F♯', 6, 'major'],
  ['Bb maj', 10, 'major'],
  ['Ebm', 3, 'minor'],
  ['Cb', 11, 'major'],
  ['H moll', 11, 'minor'],
  ['DM', 2, 'major'],
  [' gm ', 7, 'minor'],
  ['8A', 9, 'minor'],
  ['8B', 0, 'major'],
  ['5A', 0, 'minor'],
  ['12b', 4, 'major'],
  ['1m', 9, 'minor'],
  ['2d', 7, 'major'],
])('%s', (text, pitchClass, mode) => {
  expect(parseKey(text)).toEqual({ pitchClass, mode });
});

test.each(['', 'o', 'K', 'C major seventh', '13A', '0B', 'atonal', null])('%j is no key', (text) => {
  expect(parseKey(text)).toBeNull();
});
