import { expect, test } from 'vitest';
import { gaussian, seededRandom } from '../../../../src/core/random';
import { compareWaveforms, findAlikePairs, groupPairs, type SongTable } from '../../../../src/library/duplicates/findNearDuplicates';

/** Unit vectors; each of `copies` is a row that repeats another one with a little noise. */
function table(n: number, dimension: number, copies: ReadonlyMap<number, number> = new Map(), seed = 1): SongTable {
  const random = seededRandom(seed);
  const vectors = new Float32Array(n * dimension);
  const durations = new Float32Array(n);
  for (let row = 0; row < n; row++) {
    const of = copies.get(row);
    const values = Array.from({ length: dimension }, (_, i) =>
      of === undefined ? gaussian(random) : (vectors[of * dimension + i] ?? 0) + 0.005 * gaussian(random),
    );
    const norm = Math.hypot(...values);
    vectors.set(
      values.map((value) => value / norm),
      row * dimension,
    );
    durations[row] = of === undefined ? Math.max(20, 210 + 60 * gaussian(random)) : (durations[of] ?? 0) + random() - 0.5;
  }
  return { durations, dimension, vectors };
}

const keys = (pairs: readonly { readonly a: number; readonly b: number }[]) => pairs.map(({ a, b }) => `${a}-${b}`).sort();

test('copies are found, other songs of their length are not', () => {
  const songs = table(
    400,
    64,
    new Map([
      [100, 3],
      [200, 7],
      [201, 7],
    ]),
  );
  expect(keys(findAlikePairs(songs))).toEqual(['200-201', '3-100', '7-200', '7-201']);
});

test('another length is another recording', () => {
  const songs = table(10, 64, new Map([[9, 3]]));
  songs.durations[9] = (songs.durations[3] ?? 0) + 2.5;
  expect(findAlikePairs(songs)).toEqual([]);
  expect(keys(findAlikePairs(songs, { seconds: 3 }))).toEqual(['3-9']);
});

test('silence and unknown lengths are like nothing', () => {
  const songs: SongTable = { durations: Float32Array.of(100, 100, 0, 0), dimension: 2, vectors: Float32Array.of(0, 0, 0, 0, 1, 0, 1, 0) };
  expect(findAlikePairs(songs)).toEqual([]);
});

test('100,000 songs take seconds of one core', () => {
  const songs = table(100_000, 64, new Map([[99_999, 5]]));
  // Time of the processor, not of the clock: other tests run beside this one.
  const start = process.cpuUsage();
  expect(keys(findAlikePairs(songs))).toEqual(['5-99999']);
  expect(process.cpuUsage(start).user / 1e6).toBeLessThan(10);
}, 120_000);

test('waveforms: alike whatever the gain and a little padding', () => {
  const random = seededRandom(4);
  const wave = Uint8Array.from({ length: 400 }, (_, i) => 40 + 60 * Math.abs(Math.sin(i / 20)) + 60 * random());
  const quieter = wave.map((peak) => peak * 0.6 + 4 * random());
  const later = Uint8Array.from(wave, (_, i) => wave[i - 2] ?? 0);
  const other = Uint8Array.from({ length: 400 }, (_, i) => 40 + 60 * Math.abs(Math.sin(i / 17)) + 60 * random());
  expect(compareWaveforms(wave, wave)).toBeCloseTo(1, 6);
  expect(compareWaveforms(wave, quieter)).toBeGreaterThan(0.95);
  expect(compareWaveforms(wave, later)).toBeGreaterThan(0.95);
  expect(compareWaveforms(wave, other)).toBeLessThan(0.6);
  expect(compareWaveforms(wave, new Uint8Array(400).fill(9))).toBe(0);
  expect(compareWaveforms(wave, new Uint8Array(3))).toBe(0);
});

test('pairs become groups', () => {
  expect(
    groupPairs([
      { a: 5, b: 9 },
      { a: 1, b: 2 },
      { a: 2, b: 5 },
      { a: 7, b: 8 },
    ]),
  ).toEqual([
    [1, 2, 5, 9],
    [7, 8],
  ]);
  expect(groupPairs([])).toEqual([]);
});
