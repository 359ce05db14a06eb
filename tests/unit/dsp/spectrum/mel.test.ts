import { expect, it } from 'vitest';
import { applyFilters, hzToMel, melFilters, melToHz } from '../../../../src/dsp/spectrum/mel';

it('the scale is linear to 1 kHz, then 27 mel per factor 6.4, and turns back', () => {
  expect(hzToMel(500)).toBeCloseTo(7.5, 12);
  expect(hzToMel(6400)).toBeCloseTo(42, 12);
  for (const hz of [0, 60, 999, 1000, 4321, 11_025]) expect(melToHz(hzToMel(hz))).toBeCloseTo(hz, 8);
});

it('filters have unit area, so white noise comes out flat', () => {
  const filters = melFilters({ sampleRate: 22_050, nFft: 2048, nMels: 40, minHz: 40, maxHz: 7900 });
  const out = new Float32Array(40);
  applyFilters(filters, new Float64Array(1025).fill(1), out);
  for (const value of out) expect(Math.abs(value * (22_050 / 2048) - 1)).toBeLessThan(0.12);
});

it('writes where it is told and gives zeros for silence', () => {
  const out = new Float32Array(8).fill(9);
  applyFilters(melFilters({ sampleRate: 8000, nFft: 256, nMels: 4, minHz: 0, maxHz: 4000 }), new Float64Array(129), out, 2);
  expect(Array.from(out)).toEqual([9, 9, 0, 0, 0, 0, 9, 9]);
});
