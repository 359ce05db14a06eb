import { expect, it } from 'vitest';
import { rootMeanSquare, zeroCrossingRate } from '../../../src/dsp/energy';

it('a sine has rms 1 / sqrt 2 and two crossings per period', () => {
  const sine = Float32Array.from({ length: 1000 }, (_, i) => Math.sin((2 * Math.PI * (i + 0.5)) / 100));
  expect(rootMeanSquare(sine)).toBeCloseTo(Math.SQRT1_2, 4);
  expect(zeroCrossingRate(sine)).toBeCloseTo(0.019, 6);
});

it('silence and nothing give 0', () => {
  expect([
    rootMeanSquare(new Float32Array(8)),
    zeroCrossingRate(new Float32Array(8)),
    rootMeanSquare(new Float32Array(0)),
    zeroCrossingRate(new Float32Array(0)),
  ]).toEqual([0, 0, 0, 0]);
});
