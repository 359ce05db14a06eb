import { describe, expect, test } from 'vitest';
import { syllableNuclei } from '../../../../src/dsp/voice/syllableNuclei';

/** Intensity with a peak every `every` frames, `depth` dB above the dips. */
const waves = (count: number, every: number, depth: number): number[] =>
  Array.from({ length: count * every }, (_, t) => -20 - depth / 2 - (depth / 2) * Math.cos((2 * Math.PI * t) / every));

describe('syllables', () => {
  test.each([
    { count: 4, every: 12, depth: 10 },
    { count: 9, every: 16, depth: 4 },
  ])('$count peaks of $depth dB', ({ count, every, depth }) => {
    const found = syllableNuclei(waves(count, every, depth), () => true);
    expect(found).toEqual(Array.from({ length: count }, (_, i) => i * every + every / 2));
  });

  test('ripples below 2 dB are one syllable', () => expect(syllableNuclei(waves(6, 12, 1.5), () => true)).toHaveLength(1));
  test('peaks without pitch are none', () => expect(syllableNuclei(waves(6, 12, 8), (t) => t > 36)).toHaveLength(3));
  test('faint peaks are none', () => {
    const loud = waves(3, 12, 10);
    expect(syllableNuclei([...loud, ...loud.map((x) => x - 30)], () => true)).toHaveLength(3);
  });
  test('silence has none', () => {
    expect(syllableNuclei([], () => true)).toEqual([]);
    expect(syllableNuclei(new Array<number>(50).fill(-100), () => false)).toEqual([]);
  });
});
