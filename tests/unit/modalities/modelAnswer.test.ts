import { describe, expect, test } from 'vitest';
import { affectOf } from '../../../src/core/circumplex';
import type { EmotionProbabilities } from '../../../src/core/emotion';
import { floatsOf, readAffect } from '../../../src/modalities/modelAnswer';
import { FACE_MANIFEST } from './face/fakeFaceSession';

const probabilities: EmotionProbabilities = { neutral: 0.2, happiness: 0.5, sadness: 0, anger: 0.1, fear: 0.1, disgust: 0, surprise: 0.1 };

describe('readAffect', () => {
  test('keeps the point within the plane and the spread of the distribution', () => {
    const { valenceSd } = affectOf(probabilities);
    expect(readAffect([0.4, -1.5], probabilities, 1)).toMatchObject({ valence: 0.4, arousal: -1, valenceSd });
  });

  test('a poor signal widens, and never beyond the plane', () => {
    const good = readAffect([0, 0], probabilities, 1);
    const poor = readAffect([0, 0], probabilities, 0.25);
    expect(poor.arousalSd).toBeCloseTo(Math.min(1, 2 * good.arousalSd), 9);
    expect(readAffect([0, 0], probabilities, 0).valenceSd).toBeLessThanOrEqual(1);
  });

  test('without a point it is the mean of the distribution', () => {
    expect(readAffect([], probabilities, 1)).toEqual(affectOf(probabilities));
  });
});

test('a missing or broken output has the code of a failed run', () => {
  const error = expect.objectContaining({ code: 'model/run-failed' }) as Error;
  expect(() => floatsOf({}, 'logits', FACE_MANIFEST)).toThrow(error);
  expect(() => floatsOf({ logits: { data: Float32Array.of(NaN), shape: [1] } }, 'logits', FACE_MANIFEST)).toThrow(error);
  expect(floatsOf({ logits: { data: Float32Array.of(1), shape: [1] } }, 'logits', FACE_MANIFEST)).toEqual(Float32Array.of(1));
});
