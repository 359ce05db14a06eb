import { expect, it } from 'vitest';
import { contrastBands, SpectralContrast } from '../../../../src/dsp/spectrum/spectralContrast';

const bands = contrastBands(22_050, 2048, 4, 734);
const measure = (magnitude: Float64Array): number[] => {
  const peak = new Float32Array(7),
    valley = new Float32Array(7);
  new SpectralContrast(bands).measure(magnitude, peak, valley);
  return Array.from(peak, (p, i) => p - (valley[i] ?? 0));
};

it('bands follow one another up to the last bin', () => {
  expect(bands[0]?.first).toBe(4);
  expect(bands.at(-1)?.last).toBe(734);
  for (const { first, last, keep } of bands) expect(last - first).toBeGreaterThan(keep);
});

it('flat spectra and silence have no contrast', () => {
  expect(measure(new Float64Array(1025).fill(3))).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(measure(new Float64Array(1025))).toEqual([0, 0, 0, 0, 0, 0, 0]);
});

it('a line stands out of its band by its height', () => {
  const magnitude = new Float64Array(1025).fill(1);
  magnitude[50] = 1000;
  expect(measure(magnitude)[2]).toBeCloseTo(30, 4);
  expect(measure(magnitude)[5]).toBe(0);
});
