import { describe, expect, test } from 'vitest';
import { gaussian, seededRandom } from '../../../../src/core/random';
import { Cusum, meanRunLength } from '../../../../src/fusion/history/cusum';

const OPTIONS = { sd: 0.2, slack: 0.5, level: 5 };

/** Readings until the alarm, after `calm` readings without a shift. */
function delay(random: () => number, shift: number, calm: number): number {
  const cusum = new Cusum(OPTIONS);
  for (let i = 0; i < calm; i++) if (cusum.add(0.2 * gaussian(random))) return delay(random, shift, calm);
  for (let n = 1; ; n++) if (cusum.add(0.2 * (shift + gaussian(random)))) return n;
}

describe('CUSUM', () => {
  // Montgomery, Introduction to statistical quality control, table 9.3: exact run lengths of two-sided sums with slack ½ and level 5.
  test('the formula meets the table', () => {
    expect(meanRunLength(0, OPTIONS) / 2 / 465).toBeCloseTo(1, 1);
    for (const [shift, exact] of [
      [1, 10.4],
      [1.5, 5.75],
      [2, 4.01],
    ] as const) {
      expect(Math.abs(meanRunLength(shift, OPTIONS) / exact - 1)).toBeLessThan(0.05);
    }
  });

  test('finds a shift after about as many readings as it says', () => {
    const random = seededRandom(5);
    for (const shift of [1.5, 2, 3]) {
      const mean = Array.from({ length: 400 }, () => delay(random, shift, 60)).reduce((a, b) => a + b) / 400;
      expect(Math.abs(mean / meanRunLength(shift, OPTIONS) - 1)).toBeLessThan(0.25);
    }
  });
});
