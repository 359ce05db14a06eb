import { describe, expect, it } from 'vitest';
import {
  columnDeviations,
  columnMeans,
  columnOf,
  deviation,
  laggedDifferences,
  mean,
  percentileOfSorted,
  spreadOf,
} from '../../../src/dsp/statistics';

describe('statistics', () => {
  it('of numbers whose answers are known', () => {
    expect(mean([1, 2, 3, 6])).toBe(3);
    expect(deviation([1, 3])).toBe(1);
    expect(percentileOfSorted([0, 10, 20, 30], 50)).toBe(15);
    expect(spreadOf([3, 1, 2])[0]).toBe(2);
    expect(spreadOf([5, 5, 5])).toEqual([5, 0, 5, 5]);
  });

  it('of the columns of a matrix', () => {
    expect(Array.from(columnOf([1, 2, 3, 4], 2, 1))).toEqual([2, 4]);
    expect(Array.from(columnMeans([1, 2, 3, 4], 2))).toEqual([2, 3]);
    expect(Array.from(columnDeviations([1, 2, 3, 4], 2))).toEqual([1, 1]);
    expect(Array.from(laggedDifferences([1, 2, 4, 8, 9, 20], 2, 2))).toEqual([8, 18]);
  });

  it('of nothing are 0, never NaN', () => {
    expect([mean([]), deviation([]), percentileOfSorted([], 90), ...spreadOf([]), ...laggedDifferences([1], 1, 4)]).toEqual([
      0, 0, 0, 0, 0, 0, 0, 0,
    ]);
  });
});
