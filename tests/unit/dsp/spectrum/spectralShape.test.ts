import { expect, it } from 'vitest';
import { measureShape, spectralFlatness } from '../../../../src/dsp/spectrum/spectralShape';

const shapeOf = (magnitude: Float64Array) => {
  const shape = { centroid: 0, bandwidth: 0, rolloff: 0 };
  measureShape(magnitude, 10, 0, magnitude.length - 1, shape);
  return shape;
};

it('two equal lines: centre between them, half their distance as bandwidth, roll-off at the upper', () => {
  const magnitude = new Float64Array(100);
  magnitude[20] = 1;
  magnitude[60] = 1;
  expect(shapeOf(magnitude)).toEqual({ centroid: 400, bandwidth: 200, rolloff: 600 });
});

it('silence gives zeros, never NaN', () => {
  expect(shapeOf(new Float64Array(100))).toEqual({ centroid: 0, bandwidth: 0, rolloff: 0 });
});

it('flatness is 1 when flat or silent, near 0 for a line', () => {
  expect(spectralFlatness(new Float64Array(64).fill(0.5))).toBeCloseTo(1, 9);
  expect(spectralFlatness(new Float64Array(64))).toBeCloseTo(1, 9);
  const line = new Float64Array(64);
  line[3] = 1;
  expect(spectralFlatness(line)).toBeLessThan(1e-6);
});
