import { describe, expect, test } from 'vitest';
import { EMOTIONS } from '../../../src/core/emotion';
import { readLogits } from '../../../src/ml/readLogits';
import { FACE_MANIFEST } from '../modalities/face/fakeFaceSession';

describe('readLogits', () => {
  test('is a tempered softmax in canonical order, with the unnamed class folded away', () => {
    // Order of the manifest: neutral happiness surprise sadness anger disgust fear (contempt).
    const masses = [0.1, 0.4, 0.05, 0.05, 0.05, 0.05, 0.1, 0.2];
    const logits = Float32Array.from(masses, (mass) => 2 * Math.log(mass));
    const { probabilities, confidence } = readLogits(logits, FACE_MANIFEST);
    expect(Object.keys(probabilities)).toEqual([...EMOTIONS]);
    expect(probabilities.happiness).toBeCloseTo(0.4 / 0.8, 5);
    expect(probabilities.fear).toBeCloseTo(0.1 / 0.8, 5);
    expect(Object.values(probabilities).reduce((a, b) => a + b)).toBeCloseTo(1, 9);
    expect(confidence).toBeCloseTo(0.4, 5);
  });

  test('outputs of one label add up', () => {
    const manifest = { labels: ['anger', 'neutral', 'neutral', null] as const };
    const { probabilities, confidence } = readLogits(Float32Array.of(0.2, 0.3, 0.4, 0.1).map(Math.log), manifest);
    expect(probabilities.neutral).toBeCloseTo(0.7 / 0.9, 5);
    expect(confidence).toBeCloseTo(0.7, 5);
  });

  test('extreme logits stay finite', () => {
    const one = readLogits(Float32Array.of(1e4, 0, 0, 0, 0, 0, 0, -1e4), FACE_MANIFEST);
    expect(one.probabilities.neutral).toBeCloseTo(1, 6);
    const folded = readLogits(Float32Array.of(0, 0, 0, 0, 0, 0, 0, 1e4), FACE_MANIFEST);
    expect(Object.values(folded.probabilities).every(Number.isFinite)).toBe(true);
    expect(folded.confidence).toBeCloseTo(0, 6);
  });
});
