import { expect, it } from 'vitest';
import { tonalCentroid } from '../../../../src/dsp/spectrum/tonalCentroid';

const only = (...pitches: number[]): number[] => Array.from({ length: 12 }, (_, pitch) => (pitches.includes(pitch) ? 1 : 0));

it('of one pitch class lies on the circles, whatever its energy', () => {
  expect(Array.from(tonalCentroid(only(0)))).toEqual([0, 1, 0, 1, 0, 0.5]);
  const fifth = tonalCentroid(only(7));
  expect(Math.hypot(fifth[0] ?? 0, fifth[1] ?? 0)).toBeCloseTo(1, 9);
  expect(Math.hypot(fifth[4] ?? 0, fifth[5] ?? 0)).toBeCloseTo(0.5, 9);
  tonalCentroid(only(7).map((x) => 64 * x)).forEach((x, i) => {
    expect(x).toBeCloseTo(fifth[i] ?? NaN, 12);
  });
});

it('of opposite pitch classes and of all alike is the middle; silence gives zeros', () => {
  expect(Math.hypot(...tonalCentroid(only(...Array(12).keys())))).toBeCloseTo(0, 9);
  expect(Array.from(tonalCentroid(new Float32Array(12)))).toEqual([0, 0, 0, 0, 0, 0]);
});
