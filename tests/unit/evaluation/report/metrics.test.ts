import { describe, expect, it } from 'vitest';
import {
  accuracyOf,
  bootstrapAccuracy,
  classScores,
  confusionOf,
  eceOf,
  macroF1Of,
  meanAndSd,
  quantile,
  uarOf,
  type Scored,
} from '../../../../evaluation/report/metrics';
import { seededRandom } from '../../../../src/core/random';

function items(...pairs: [label: string, predicted: string | null][]): Scored[] {
  return pairs.map(([label, predicted]) => ({ label, predicted }));
}

/** a: 2 of 3 right; b: 1 of 2 right; c never occurs and is answered once. */
const SMALL = items(['a', 'a'], ['a', 'a'], ['a', 'b'], ['b', 'b'], ['b', 'c']);

describe('accuracyOf', () => {
  it('is the share of right answers', () => expect(accuracyOf(SMALL)).toBeCloseTo(0.6));
  it('counts an unreadable item as wrong', () => expect(accuracyOf(items(['a', 'a'], ['a', null]))).toBe(0.5));
  it('is 0 for no item', () => expect(accuracyOf([])).toBe(0));
});

describe('classScores', () => {
  it('gives precision, recall and F1 of each class', () => {
    const [a, b, c] = classScores(SMALL, ['a', 'b', 'c']);
    expect(a).toEqual({ label: 'a', n: 3, precision: 1, recall: 2 / 3, f1: 0.8 });
    expect(b).toEqual({ label: 'b', n: 2, precision: 0.5, recall: 0.5, f1: 0.5 });
    expect(c).toEqual({ label: 'c', n: 0, precision: 0, recall: 0, f1: 0 });
  });

  it('appends labels that cannot be answered, with recall 0', () => {
    const scores = classScores(items(['a', 'a'], ['contempt', 'a']), ['a', 'b']);
    expect(scores.map(({ label }) => label)).toEqual(['a', 'b', 'contempt']);
    expect(scores[2]).toEqual({ label: 'contempt', n: 1, precision: 0, recall: 0, f1: 0 });
  });
});

describe('uarOf and macroF1Of', () => {
  it('average over the classes that occur as labels', () => {
    const scores = classScores(SMALL, ['a', 'b', 'c']);
    expect(uarOf(scores)).toBeCloseTo((2 / 3 + 1 / 2) / 2);
    expect(macroF1Of(scores)).toBeCloseTo((0.8 + 0.5) / 2);
  });

  it('count a label outside the answers', () => {
    expect(uarOf(classScores(items(['a', 'a'], ['contempt', 'a']), ['a', 'b']))).toBe(0.5);
  });

  it('are 0 for nothing', () => {
    expect(uarOf([])).toBe(0);
    expect(macroF1Of([])).toBe(0);
  });
});

describe('confusionOf', () => {
  it('has a last column for unreadable items', () => {
    expect(confusionOf([...SMALL, { label: 'x', predicted: null }], ['a', 'b', 'c'])).toEqual({
      rows: ['a', 'b', 'c', 'x'],
      columns: ['a', 'b', 'c', 'unreadable'],
      counts: [
        [2, 1, 0, 0],
        [0, 1, 1, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 1],
      ],
    });
  });
});

describe('eceOf', () => {
  it('is 0 when confidence equals accuracy in every bin', () => {
    expect(eceOf([0.5, 0.5, 1, 1], [true, false, true, true])).toBeCloseTo(0);
  });

  it('weighs the gaps of the bins by their size', () => {
    // bin of 0.9: three items, one right, gap |1/3 - 0.9|; bin of 0.3: one item, right, gap 0.7
    expect(eceOf([0.9, 0.9, 0.9, 0.3], [true, false, false, true])).toBeCloseTo((3 / 4) * (0.9 - 1 / 3) + (1 / 4) * 0.7);
  });

  it('accepts the ends of the scale and gives null for nothing', () => {
    expect(eceOf([0, 1], [false, true])).toBe(0);
    expect(eceOf([], [])).toBeNull();
  });
});

describe('quantile', () => {
  it('interpolates as numpy does', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([1, 2, 3, 4], 0.95)).toBeCloseTo(3.85);
    expect(quantile([7], 0.95)).toBe(7);
    expect(quantile([], 0.5)).toBeNull();
  });
});

describe('meanAndSd', () => {
  it('uses n - 1', () => expect(meanAndSd([1, 2, 3, 4])).toEqual({ mean: 2.5, sd: Math.sqrt(5 / 3) }));
  it('has no spread for one value or none', () => {
    expect(meanAndSd([3])).toEqual({ mean: 3, sd: 0 });
    expect(meanAndSd([])).toEqual({ mean: 0, sd: 0 });
  });
});

describe('bootstrapAccuracy', () => {
  const hundred = Array.from({ length: 100 }, (_, i): Scored => ({ label: 'a', predicted: i < 80 ? 'a' : 'b' }));

  it('comes near the normal interval for independent items', () => {
    const { low, high } = bootstrapAccuracy(
      hundred.map((item) => [item]),
      seededRandom(7),
    );
    expect(low).toBeCloseTo(0.8 - 1.96 * 0.04, 1);
    expect(high).toBeCloseTo(0.8 + 1.96 * 0.04, 1);
  });

  it('is wider when right and wrong answers come in clusters', () => {
    const clusters = Array.from({ length: 10 }, (_, i) => hundred.slice(i * 10, i * 10 + 10));
    const byCluster = bootstrapAccuracy(clusters, seededRandom(7));
    const byItem = bootstrapAccuracy(
      hundred.map((item) => [item]),
      seededRandom(7),
    );
    expect(byCluster.high - byCluster.low).toBeGreaterThan(byItem.high - byItem.low);
  });

  it('is the same for the same seed and 0 for nothing', () => {
    expect(bootstrapAccuracy([hundred], seededRandom(1))).toEqual(bootstrapAccuracy([hundred], seededRandom(1)));
    expect(bootstrapAccuracy([], seededRandom(1))).toEqual({ low: 0, high: 0 });
  });
});
