import { describe, expect, it } from 'vitest';
import { estimateKey, scoreKeys } from '../../../../src/library/features/estimateKey';

const scale = (steps: readonly number[], tonic: number): number[] =>
  Array.from(
    { length: 12 },
    (_, pitch) => (steps.includes((pitch - tonic + 12) % 12) ? 1 : 0) + (pitch === tonic ? 1 : 0) + (pitch === (tonic + 7) % 12 ? 0.5 : 0),
  );
const MAJOR = [0, 2, 4, 5, 7, 9, 11];
const MINOR = [0, 2, 3, 5, 7, 8, 10];

describe('estimateKey', () => {
  it.each(Array.from({ length: 12 }, (_, tonic) => tonic))('finds major and minor on pitch class %i', (tonic) => {
    expect(estimateKey(scale(MAJOR, tonic))).toMatchObject({ pitchClass: tonic, mode: 'major' });
    expect(estimateKey(scale(MINOR, tonic))).toMatchObject({ pitchClass: tonic, mode: 'minor' });
  });

  it('is sure of a clear key and unsure of a flat profile', () => {
    expect(estimateKey(scale(MAJOR, 2)).confidence).toBeGreaterThan(0.5);
    expect(estimateKey(new Float64Array(12).fill(0.3))).toEqual({ pitchClass: 0, mode: 'major', confidence: 0 });
    expect(estimateKey(new Float64Array(12))).toEqual({ pitchClass: 0, mode: 'major', confidence: 0 });
  });

  it('does not depend on the scale of the profile', () => {
    const profile = scale(MINOR, 4);
    expect(scoreKeys(profile.map((x) => 7 * x)).minor[4]).toBeCloseTo(scoreKeys(profile).minor[4] ?? 0, 12);
  });
});
