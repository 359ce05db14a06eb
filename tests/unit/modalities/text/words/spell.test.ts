import { describe, expect, test } from 'vitest';
import { chunksOf, Speller } from '../../../../../src/modalities/text/words/spell';

const speller = new Speller(
  new Map([
    ['😂', 'face with tears of joy'],
    ['❤', 'red heart'],
    ['👍', 'thumbs up'],
    ['🇩🇪', 'flag: Germany'],
    ['👨👩', 'a couple'],
    ['👨', 'man'],
  ]),
);

describe('spelling out', () => {
  test('names stand where emoji stood, with spaces around', () => {
    expect(speller.spell('ha😂ha')).toBe('ha face with tears of joy ha');
  });

  test.each([
    ['a variation selector', '❤\ufe0f', ' red heart '],
    ['a skin tone', '👍🏽', ' thumbs up '],
    ['a joiner, and the longer sequence first', '👨\u200d👩', ' a couple '],
    ['two units of a flag', '🇩🇪', ' flag: Germany '],
    ['an unknown one', '🫠', '🫠'],
    ['half a character', 'a\ud83db', 'ab'],
  ])('%s', (_, text, spelled) => expect(speller.spell(text)).toBe(spelled));

  test('names in their order', () => expect(speller.namesIn('😂 and 👍')).toEqual(['face with tears of joy', 'thumbs up']));
});

describe('chunks', () => {
  test('are what lies between spaces, with their places in UTF-16 units', () => {
    const text = ' 😂 two\twords\u00a0here ';
    expect([...chunksOf(text)].map(({ text: chunk }) => chunk)).toEqual(['😂', 'two', 'words', 'here']);
    for (const { text: chunk, from, to } of chunksOf(text)) expect(text.slice(from, to)).toBe(chunk);
  });
  test('of nothing', () => expect([...chunksOf(' \n ')]).toEqual([]));
});
