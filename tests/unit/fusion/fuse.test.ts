import { expect, test } from 'vitest';
import { EMOTIONS, type EmotionEstimate } from '../../../src/core/emotion';
import { poolAffect, poolProbabilities } from '../../../src/fusion/fuse';

const estimate = (p: number[]) => ({ probabilities: Object.fromEntries(EMOTIONS.map((e, i) => [e, p[i]])) }) as unknown as EmotionEstimate;
const uniform = estimate(Array(7).fill(1 / 7));
const happy = estimate([0.1, 0.7, 0.04, 0.04, 0.04, 0.04, 0.04]);

test('a uniform source changes nothing', () => {
  const p = poolProbabilities([happy, uniform], [1, 1]);
  expect(p.happiness).toBeCloseTo(0.7, 6);
});
test('weight zero removes a source; the result sums to one', () => {
  const p = poolProbabilities([happy, estimate([0.9, 0, 0.1, 0, 0, 0, 0])], [1, 0]);
  expect(p.happiness).toBeCloseTo(0.7, 6);
  expect(Object.values(p).reduce((a, b) => a + b)).toBeCloseTo(1, 9);
});
test('a source blind to valence leaves valence to the others', () => {
  const a = poolAffect([
    { valence: 0.6, arousal: 0, valenceSd: 0.1, arousalSd: 0.5 },
    { valence: 0, arousal: 0.8, valenceSd: 10, arousalSd: 0.1 },
  ]);
  expect(a.valence).toBeCloseTo(0.6, 3);
  expect(a.arousal).toBeGreaterThan(0.7);
});
