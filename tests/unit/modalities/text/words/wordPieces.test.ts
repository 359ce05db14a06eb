import { describe, expect, test } from 'vitest';
import { Speller } from '../../../../../src/modalities/text/words/spell';
import { LONGEST_INPUT, MOST_WINDOWS, WordPieces } from '../../../../../src/modalities/text/words/wordPieces';
import { pieceNumber, TOKENIZER } from '../fakeTextSession';

const pieces = new WordPieces(TOKENIZER, new Speller(new Map([['❤', 'red heart']])));
const numbers = (...names: string[]) => Float32Array.from(names, pieceNumber);

describe('a short text', () => {
  test('is one window between [CLS] and [SEP]; pieces know their words', () => {
    const { windows, chunks, unknown, readTo } = pieces.encode('I am happily happy!');
    expect(windows).toHaveLength(1);
    expect(windows[0]?.ids).toEqual(numbers('[CLS]', 'i', 'am', 'h', '##a', '##p', '##p', '##i', '##ly', 'happy', '!', '[SEP]'));
    expect([...(windows[0]?.owners ?? [])]).toEqual([-1, 0, 1, 2, 2, 2, 2, 2, 2, 3, 3, -1]);
    expect(chunks.map(({ text }) => text)).toEqual(['I', 'am', 'happily', 'happy!']);
    expect(unknown).toBe(0);
    expect(readTo).toBeNull();
  });

  test('accents and capitals fall, emoji become words', () => {
    expect(pieces.encode('SÁD ❤\ufe0f').windows[0]?.ids).toEqual(numbers('[CLS]', 'sad', 'red', 'heart', '[SEP]'));
  });

  test('other scripts are unknown pieces', () => {
    const { pieces: all, unknown } = pieces.encode('happy 日');
    expect([all, unknown]).toEqual([2, 1]);
  });

  test.each(['', '   ', '\n'])('%j has no window', (text) => expect(pieces.encode(text).windows).toEqual([]));
});

describe('a long text', () => {
  test('fills windows that no model is too short for, and begins them after sentences where it can', () => {
    const sentence = `${'i am so very happy '.repeat(5)}.`;
    const { windows, readTo } = pieces.encode(Array.from({ length: 10 }, () => sentence).join(' '));
    expect(windows.length).toBeGreaterThan(1);
    for (const { ids } of windows) expect(ids.length).toBeLessThanOrEqual(LONGEST_INPUT);
    for (const { ids } of windows) expect(ids.at(-2)).toBe(pieceNumber('.'));
    expect(readTo).toBeNull();
  });

  test('is read so far and no further', () => {
    const text = 'happy '.repeat(10_000);
    const { windows, readTo, chunks } = pieces.encode(text);
    expect(windows).toHaveLength(MOST_WINDOWS);
    expect(readTo).toBe((chunks.at(-1)?.from ?? 0) + 6);
  });

  test('a megabyte without a space costs nothing', () => {
    const started = performance.now();
    expect(pieces.encode('a'.repeat(1_000_000))).toMatchObject({ pieces: 1, unknown: 1 });
    expect(performance.now() - started).toBeLessThan(500);
  });
});

test.each(['', '{', '[]', '{"model":{"type":"WordPiece","vocab":{}}}'])('%j is no tokenizer', (json) => {
  expect(() => new WordPieces(json, new Speller(new Map()))).toThrowError(expect.objectContaining({ code: 'model/manifest-invalid' }));
});
