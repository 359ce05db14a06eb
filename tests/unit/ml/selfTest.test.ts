import { describe, expect, test } from 'vitest';
import type { ModelManifest } from '../../../src/ml/manifest';
import { readFloats, runSelfTest, selfTestInput, shapeFor } from '../../../src/ml/selfTest';
import type { Tensor } from '../../../src/ml/session';

const manifest = {
  name: 'm',
  inputs: [{ name: 'x', dtype: 'float32', shape: [-1, 2] }],
  selfTest: { input: 'i', output: 'o', tolerance: 0.01 },
  outputs: [
    { name: 'a', dtype: 'float32', shape: [-1, 2], activation: 'none' },
    { name: 'b', dtype: 'float32', shape: [-1, 1], activation: 'none' },
  ],
} as unknown as ModelManifest;
const pair = { input: Float32Array.of(1, 2), output: Float32Array.of(2, 4, 3) };
const tensor = (...values: number[]): Tensor => ({ data: Float32Array.from(values), shape: [1, values.length] });
const answering = (outputs: Record<string, Tensor>) => ({ manifest, run: () => Promise.resolve(outputs) });

describe('runSelfTest', () => {
  test('passes within the tolerance, whatever order the backend answers in', async () => {
    await expect(runSelfTest(answering({ b: tensor(3.005), a: tensor(2, 4) }), pair)).resolves.toBeUndefined();
  });

  test.each<[string, Record<string, Tensor>]>([
    ['a wrong number', { a: tensor(2, 4.02), b: tensor(3) }],
    ['NaN', { a: tensor(2, NaN), b: tensor(3) }],
    ['a missing output', { a: tensor(2, 4) }],
    ['a longer output', { a: tensor(2, 4), b: tensor(3, 3) }],
  ])('fails on %s', async (_, outputs) => {
    await expect(runSelfTest(answering(outputs), pair)).rejects.toMatchObject({ code: 'model/self-test-failed' });
  });
});

test('a free second dimension takes the rest of the input', () => {
  expect(shapeFor([-1, 1, 48, 48], 48 * 48)).toEqual([1, 1, 48, 48]);
  expect(shapeFor([-1, 1, 64, -1], 64 * 98)).toEqual([1, 1, 64, 98]);
});

describe('the stored sample', () => {
  const given = (...shapes: number[][]) => ({
    ...manifest,
    inputs: shapes.map((shape, i) => ({ name: `x${i}`, dtype: 'float32' as const, shape })),
  });
  const sample = { ...pair, input: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8) };

  test('is cut into inputs, of which one may be of any length', () => {
    expect(selfTestInput(given([-1, -1, 3], [-1, 2]), sample)).toEqual({
      x0: { data: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [1, 2, 3] },
      x1: { data: Float32Array.of(7, 8), shape: [1, 2] },
    });
  });

  test.each<[string, number[][]]>([
    [
      'two lengths are open',
      [
        [-1, -1, 2],
        [-1, -1, 2],
      ],
    ],
    [
      'numbers are left',
      [
        [-1, 2],
        [-1, 2],
      ],
    ],
    ['there is no input', []],
  ])('is refused when %s', (_, shapes) => {
    expect(() => selfTestInput(given(...shapes), sample)).toThrow(expect.objectContaining({ code: 'model/self-test-failed' }));
  });
});

test('readFloats refuses a torn file', () => {
  expect(readFloats(new Uint8Array(Float32Array.of(1.5).buffer))).toEqual(Float32Array.of(1.5));
  expect(() => readFloats(new Uint8Array(7))).toThrow(expect.objectContaining({ code: 'model/self-test-failed' }));
});
