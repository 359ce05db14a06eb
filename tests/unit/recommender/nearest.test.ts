import { describe, expect, it } from 'vitest';
import { gaussian, seededRandom } from '../../../src/core/random';
import { bestOf, nearestRows, nearestTo } from '../../../src/recommender/nearest';

/** [n × dimension] unit-norm rows. */
function unitRows(n: number, dimension: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const vectors = new Float32Array(n * dimension);
  for (let row = 0; row < n; row++) {
    const values = Array.from({ length: dimension }, () => gaussian(random));
    const norm = Math.hypot(...values);
    values.forEach((value, k) => (vectors[row * dimension + k] = value / norm));
  }
  return vectors;
}

describe('nearestRows', () => {
  it('agrees with sorting all rows, and never names the row itself', () => {
    const [rows, dimension] = [300, 16];
    const vectors = unitRows(rows, dimension, 5);
    const at = (row: number) => vectors.subarray(row * dimension, (row + 1) * dimension);
    const dot = (row: number) => at(row).reduce((sum, x, k) => sum + x * (at(7)[k] ?? 0), 0);
    const expected = Array.from({ length: rows }, (_, row) => row)
      .filter((row) => row !== 7)
      .sort((a, b) => dot(b) - dot(a));
    const found = nearestRows(vectors, { rows, dimension }, 7, 12);
    expect(found.map(({ row }) => row)).toEqual(expected.slice(0, 12));
    for (const { row, similarity } of found) expect(similarity).toBeCloseTo(dot(row), 5);
  });

  it('leaves out what is not wanted and what lies behind the last row', () => {
    const vectors = unitRows(10, 4, 1);
    const found = nearestRows(vectors, { rows: 6, dimension: 4 }, 0, 99, (row) => row !== 3);
    expect(found.map(({ row }) => row).sort()).toEqual([1, 2, 4, 5]);
  });

  it('searches 100,000 embeddings of 64 numbers in a blink', () => {
    const vectors = unitRows(1000, 64, 2);
    const all = new Float32Array(100_000 * 64);
    for (let k = 0; k < 100; k++) all.set(vectors, k * vectors.length);
    const shape = { rows: 100_000, dimension: 64 };
    nearestRows(all, shape, 1, 20);
    // Processor time: the clock on the wall also counts what else the machine does.
    const took = [5, 6, 7].map((query) => {
      const started = process.cpuUsage();
      expect(nearestRows(all, shape, query, 20)).toHaveLength(20);
      const { user, system } = process.cpuUsage(started);
      return (user + system) / 1000;
    });
    if (process.env['SHOW_TIMES']) process.stdout.write(`nearest of 100,000: ${took.map((ms) => ms.toFixed(0)).join(', ')} ms\n`);
    // The budget is 50 ms.
    expect(Math.min(...took)).toBeLessThan(150);
  });
});

describe('nearestTo', () => {
  const [rows, dimension] = [200, 64];
  const vectors = unitRows(rows, dimension, 3);

  it('names the row whose own place is asked for first', () => {
    const [first] = nearestTo(vectors, { rows, dimension }, vectors.slice(5 * dimension, 6 * dimension), 3);
    expect(first?.row).toBe(5);
    expect(first?.similarity).toBeCloseTo(1, 5);
  });

  it('ranks as dot products from elsewhere do, and leaves rows out', () => {
    const place = unitRows(1, dimension, 9);
    const scores = Float64Array.from({ length: rows }, (_, row) =>
      vectors.subarray(row * dimension, (row + 1) * dimension).reduce((sum, x, k) => sum + x * (place[k] ?? 0), 0),
    );
    const rank = nearestTo(vectors, { rows, dimension }, place, 10).map(({ row }) => row);
    expect(rank).toEqual(bestOf(scores, 10).map(({ row }) => row));
    const rest = nearestTo(vectors, { rows, dimension }, place, 10, (row) => row !== rank[0]).map(({ row }) => row);
    expect(rest.slice(0, 9)).toEqual(rank.slice(1));
  });
});
