import { expect, it } from 'vitest';
import { clampRange, powerToDb } from '../../../src/dsp/decibel';

it('powers become decibel, silence -100', () => {
  expect(powerToDb(1)).toBe(0);
  expect(powerToDb(100)).toBeCloseTo(20, 12);
  expect(powerToDb(0)).toBeCloseTo(-100, 12);
});

it('levels are cut below the largest', () => {
  const levels = Float32Array.of(0, -30, -200);
  clampRange(levels, 80);
  expect(Array.from(levels)).toEqual([0, -30, -80]);
});
