import { describe, expect, it } from 'vitest';
import { onsetRate, onsetStrength, pickOnsets } from '../../../../src/library/features/onset';
import { FRAME_RATE } from '../../../../src/library/features/segmentLayout';

describe('onsetStrength', () => {
  it('is the mean rise, per group; falls and the first frame count nothing', () => {
    const level = Float32Array.of(0, 0, 0, 0, 4, 2, -9, 0, 4, 2, -9, 8);
    expect(Array.from(onsetStrength(level, 4))).toEqual([0, 1.5, 2]);
    expect(Array.from(onsetStrength(level, 4, 2))).toEqual([0, 0, 3, 0, 0, 4]);
  });
});

describe('pickOnsets', () => {
  it('finds clicks, one each', () => {
    const envelope = new Float64Array(200);
    for (const at of [20, 60, 61, 100]) envelope[at] = at === 61 ? 4 : 5;
    expect(pickOnsets(envelope)).toEqual([20, 60, 100]);
    expect(onsetRate(envelope)).toBeCloseTo((3 * FRAME_RATE) / 200, 9);
  });

  it('finds none in silence, in a constant and in nothing', () => {
    expect(pickOnsets(new Float64Array(50))).toEqual([]);
    expect(pickOnsets(new Float64Array(50).fill(2))).toEqual([]);
    expect(onsetRate(new Float64Array(0))).toBe(0);
  });
});
