import { expect, test } from 'vitest';
import { reliabilityOf } from '../../../../evaluation/report/reliability';

test('answers fall into tenths, once each', () => {
  const bins = reliabilityOf([0.05, 0.31, 0.35, 0.999, 1], [false, true, false, true, true]);
  expect(bins).toHaveLength(10);
  expect(bins.map(({ n }) => n)).toEqual([1, 0, 0, 2, 0, 0, 0, 0, 0, 2]);
  expect(bins[3]).toEqual({ from: 0.3, n: 2, confidence: 0.33, accuracy: 0.5 });
  expect(bins[1]).toEqual({ from: 0.1, n: 0, confidence: null, accuracy: null });
});
