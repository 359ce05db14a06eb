import { expect, it } from 'vitest';
import { chromaFilters } from '../../../../src/dsp/spectrum/chromaFilters';

it.each([
  [261.63, 0],
  [440, 9],
  [493.88, 11],
  [880, 9],
])('%d Hz belongs to pitch class %i', (hz, pitch) => {
  const bin = Math.round((hz * 8192) / 22_050);
  const weights = chromaFilters(22_050, 8192).map((row) => row[bin] ?? 0);
  expect(weights.indexOf(Math.max(...weights))).toBe(pitch);
});

it('is finite and never negative', () => {
  for (const row of chromaFilters(22_050, 2048)) expect(row.every((w) => w >= 0 && Number.isFinite(w))).toBe(true);
});
