import { expect, it } from 'vitest';
import { dctRows, mfcc } from '../../../../src/dsp/spectrum/mfcc';

it('the rows are orthonormal', () => {
  const rows = dctRows(8, 8);
  rows.forEach((a, i) => {
    rows.forEach((b, j) => {
      expect(a.reduce((sum, x, n) => sum + x * (b[n] ?? 0), 0)).toBeCloseTo(i === j ? 1 : 0, 12);
    });
  });
});

it('equal bands leave only coefficient 0', () => {
  const [first = 0, ...rest] = mfcc(new Float32Array(16).fill(2), 16, 5);
  expect(first).toBeCloseTo(2 * Math.sqrt(16), 6);
  for (const value of rest) expect(value).toBeCloseTo(0, 6);
});
