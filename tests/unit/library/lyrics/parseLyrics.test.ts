import { describe, expect, test } from 'vitest';
import { parseLyrics, toLanguage } from '../../../../src/library/lyrics/parseLyrics';

const linesOf = (text: string) => parseLyrics(text)?.lines.map(({ at, text: words }) => [at, words]);

describe('with times', () => {
  test('lines come in the order of their times, a line with several times comes as often', () => {
    expect(linesOf('[ti:Song]\n[00:12.50][01:02.50]Refrain\n[00:05.00]First\n[00:20.00]\nno time\n')).toEqual([
      [5, 'First'],
      [12.5, 'Refrain'],
      [20, ''],
      [62.5, 'Refrain'],
    ]);
  });

  test.each([
    ['[01:02]x', 62],
    ['[1:02.5]x', 62.5],
    ['[01:02.345]x', 62.345],
    ['[01:02:34]x', 62.34],
    ['[01:02,34]x', 62.34],
    ['[1:01:02.50]x', 3662.5],
    ['[125:00.00]x', 7500],
    ['  [00:01.00]  x', 1],
  ])('%s', (line, at) => {
    expect(linesOf(line)).toEqual([[at, 'x']]);
  });

  test('a positive offset lets words appear sooner, and never before the start', () => {
    expect(linesOf('[offset:+500]\n[00:00.20]a\n[00:02.00]b')).toEqual([
      [0, 'a'],
      [1.5, 'b'],
    ]);
    expect(linesOf('[OFFSET: -250 ]\n[00:02.00]b')).toEqual([[2.25, 'b']]);
    expect(linesOf('[offset:soon]\n[00:02.00]b')).toEqual([[2, 'b']]);
  });

  test('times of words are taken out', () => {
    expect(linesOf('[00:01.00]<00:01.00>Let <00:01.40>it <00:01.90>be')).toEqual([[1, 'Let it be']]);
  });

  test('byte order mark, CRLF and CR', () => {
    expect(linesOf('\ufeff[00:01.00]a\r\n[00:02.00]b\r[00:03.00]c')).toHaveLength(3);
  });

  test('the language of the sheet', () => {
    expect(parseLyrics('[la:EN-gb]\n[00:01.00]a')?.language).toBe('en');
    expect(['eng', 'de_DE', 'xxx', 'und', '', 'klingon', undefined].map(toLanguage)).toEqual(['eng', 'de', null, null, null, null, null]);
  });
});

describe('without times', () => {
  test('stanzas are parted by one empty line; what the file says of itself goes, what it says in brackets stays', () => {
    expect(linesOf('\n\n[ar:Someone]\n[Chorus]\nOne\n\n\n\n[Verse 1: Two]\nTwo \n\n')).toEqual([
      [null, '[Chorus]'],
      [null, 'One'],
      [null, ''],
      [null, '[Verse 1: Two]'],
      [null, 'Two'],
    ]);
  });

  test.each(['', '\n \n', '[ar:Someone]', '[00:01.00]\n[00:02.00] ', '\0\0'])('%j has no words', (text) => {
    expect(parseLyrics(text)).toBeNull();
  });
});

test('endless sheets end', () => {
  const start = performance.now();
  expect(parseLyrics('[00:01.00]x\n'.repeat(100_000))?.lines).toHaveLength(5000);
  expect(parseLyrics('x\n'.repeat(100_000))?.lines).toHaveLength(5000);
  expect(parseLyrics(`${'[00:01.00]'.repeat(100_000)}x`)?.lines).toHaveLength(100);
  expect(parseLyrics('[00:01.00]' + 'y'.repeat(1e6))?.lines[0]?.text).toHaveLength(500);
  expect(parseLyrics('['.repeat(1e6))?.lines).toHaveLength(1);
  expect(performance.now() - start).toBeLessThan(2000);
});
