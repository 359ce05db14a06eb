import { describe, expect, test } from 'vitest';
import { AppError } from '../../../../src/core/errors';
import { createNetwork } from '../../../../src/fusion/network/network';
import { readWeights } from '../../../../src/fusion/network/weights';
import { fusionFiles } from './fusionModel';

const modelOf = (weights: readonly object[]) => JSON.stringify({ weightsManifest: [{ paths: ['weights.bin'], weights }] });
const bytes = (...values: readonly number[]) => new Uint8Array(Float32Array.from(values).buffer);
const SPECS = [
  { name: 'a', shape: [2, 1], dtype: 'float32' },
  { name: 'axis', shape: [1], dtype: 'int32' },
  { name: 'b', shape: [], dtype: 'float32' },
];

describe('readWeights', () => {
  const weights = readWeights(modelOf(SPECS), bytes(1, 2, 0, 4));

  test('tensors lie one after another, whole numbers between them', () => {
    expect([...weights.tensor('a', 2, 1)]).toEqual([1, 2]);
    expect(weights.scalar('b')).toBe(4);
    expect(weights.size('a', 0)).toBe(2);
  });

  test.each([
    ['no such tensor', () => weights.tensor('c', 1)],
    ['another shape', () => weights.tensor('a', 1, 2)],
    ['whole numbers are no weights', () => weights.tensor('axis', 1)],
    ['no such axis', () => weights.size('a', 2)],
    ['a file that is too short', () => readWeights(modelOf(SPECS), bytes(1, 2, 0))],
    ['no weights described', () => readWeights('{}', bytes(1))],
    ['a weight of another kind', () => readWeights(modelOf([{ name: 'a', shape: [1], dtype: 'string' }]), bytes(1))],
  ])('%s is a broken model', (_, act) => {
    expect(act).toThrow(AppError);
  });

  test('a network does not open with a tensor of another size', () => {
    const { description, weights: file } = fusionFiles();
    const changed = description.replace('"name":"songs","shape":[64,6]', '"name":"songs","shape":[6,64]');
    expect(() => createNetwork(readWeights(changed, file))).toThrow(/songs/);
  });
});
