import { expect, it } from 'vitest';
import { besselI0, hannWindow, kaiserWindow } from '../../../src/dsp/window';

it('Hann is periodic: its halves of the period add up to one', () => {
  const window = hannWindow(16);
  expect(window[0]).toBe(0);
  for (let i = 0; i < 8; i++) expect((window[i] ?? 0) + (window[i + 8] ?? 0)).toBeCloseTo(1, 12);
});

it('I0 has the values of Abramowitz & Stegun, table 9.8', () => {
  expect(besselI0(0)).toBe(1);
  expect(besselI0(1)).toBeCloseTo(1.2660658778, 9);
  expect(besselI0(5) * Math.exp(-5)).toBeCloseTo(0.1835408126, 9);
});

it('Kaiser is 1 in the middle, symmetric, and rectangular at beta 0', () => {
  const window = kaiserWindow(9, 6);
  expect(window[4]).toBe(1);
  expect(window[0]).toBeCloseTo(1 / besselI0(6), 12);
  expect(window[1]).toBe(window[7]);
  expect(Array.from(kaiserWindow(3, 0))).toEqual([1, 1, 1]);
});
