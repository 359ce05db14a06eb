import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { deltas } from '../../../../src/dsp/voice/deltas';

const { delta } = JSON.parse(readFileSync('tests/golden/voice-signals.json', 'utf8')) as {
  delta: { rows: number[][]; slopes: number[][] };
};

test('slopes are those of librosa', () => {
  const found = deltas(delta.rows.flat(), 3);
  const worst = Math.max(...delta.slopes.flat().map((wanted, i) => Math.abs((found[i] ?? NaN) - wanted)));
  expect(worst).toBeLessThan(1e-5);
});

test('too few frames and nothing give zeros', () => {
  expect([...deltas([1, 2, 3, 4], 1)]).toEqual([0, 0, 0, 0]);
  expect(deltas([], 13)).toHaveLength(0);
});
