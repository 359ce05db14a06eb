import { expect, test } from 'vitest';
import { carriersOf } from '../../../../../src/modalities/text/words/carriers';
import { chunksOf } from '../../../../../src/modalities/text/words/spell';

const carried = (text: string, weights: readonly number[]) =>
  carriersOf([...chunksOf(text)], weights).map(({ from, to, weight }) => [text.slice(from, to), weight]);

test('the strongest words, without the marks around them, against the strongest', () => {
  expect(carried('I am "so happy", today!', [1, 1, 2, 4, 3])).toEqual([
    ['so', 0.5],
    ['happy', 1],
    ['today', 0.75],
  ]);
});
test('an emoji stays whole', () => expect(carried('hi 😂!', [0, 1])).toEqual([['😂!', 1]]));
test('weak words are left out, and so is everything when nothing weighs', () => {
  expect(carried('one two three', [1, 0.3, 0.2])).toEqual([['one', 1]]);
  expect(carried('one two', [0, 0])).toEqual([]);
  expect(carriersOf([], [])).toEqual([]);
});
test('no more than about a third of a long text', () => {
  const text = Array.from({ length: 100 }, (_, i) => `w${i}`).join(' ');
  const weights = Array.from({ length: 100 }, (_, i) => 0.5 + i / 200);
  expect(carried(text, weights)).toHaveLength(35);
});
