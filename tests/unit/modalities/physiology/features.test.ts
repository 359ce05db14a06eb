import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { adapt, normalise, restOf } from '../../../../src/modalities/physiology/baseline';
import { HEART_FEATURES, heartFeatures, SKIN_FEATURES, skinFeatures } from '../../../../src/modalities/physiology/features';
import { LastMinutes } from '../../../../src/modalities/physiology/vitals/lastMinutes';
import { ROOT } from '../../../support/sourceTree';

interface Golden {
  readonly cases: readonly { name: string; rates: number[]; conductance: number[]; heart: number[]; skin: number[] }[];
  readonly adaptation: { rows: number[][]; spread: number[]; z: number[][]; seconds: number[]; beside: number[][] };
}
const golden = JSON.parse(readFileSync(join(ROOT, 'tests/golden/physiology-windows.json'), 'utf8')) as Golden;

const worst = (got: ArrayLike<number>, wanted: readonly number[]) =>
  Math.max(...wanted.map((value, i) => Math.abs((got[i] ?? NaN) - value)));

describe('features as the trainer computes them', () => {
  it('on at least twenty real windows', () => expect(golden.cases.length).toBeGreaterThanOrEqual(20));

  it.each(golden.cases)('$name', ({ rates, conductance, heart, skin }) => {
    expect(worst(heartFeatures(Float64Array.from(rates)), heart)).toBeLessThan(1e-6);
    expect(worst(skinFeatures(Float64Array.from(conductance)), skin)).toBeLessThan(1e-6);
  });

  it('slow adaptation of a whole session, and the distance from its last minutes', () => {
    const { rows, spread, z, seconds, beside } = golden.adaptation;
    let baseline = restOf(rows.slice(0, 3), spread);
    const before = new LastMinutes();
    rows.forEach((row, i) => {
      baseline = adapt(baseline, row, spread);
      const normalised = normalise(baseline, row, spread);
      expect(worst(normalised, z[i] ?? [])).toBeLessThan(1e-6);
      expect(worst(before.beside(normalised, (seconds[i] ?? 0) * 1000), beside[i] ?? [])).toBeLessThan(1e-6);
    });
  });
});

describe('features of odd signals', () => {
  it.each([
    ['one value', [70]],
    ['a constant', Array.from({ length: 180 }, () => 70)],
    ['zeros', Array.from({ length: 180 }, () => 0)],
    ['negatives', Array.from({ length: 1200 }, (_, i) => -i)],
  ])('%s gives finite numbers', (_, values) => {
    const series = Float64Array.from(values);
    expect(heartFeatures(series)).toHaveLength(HEART_FEATURES);
    expect(heartFeatures(series).every(Number.isFinite)).toBe(true);
    expect(skinFeatures(series)).toHaveLength(SKIN_FEATURES);
    expect(skinFeatures(series).every(Number.isFinite)).toBe(true);
  });
});
