import { describe, expect, it } from 'vitest';
import { sourceHash } from '../../../../scripts/kernels.mjs';
import { decodeBase64 } from '../../../../src/dsp/kernels/decodeBase64';
import { KERNEL_SOURCES } from '../../../../src/dsp/kernels/kernelCode';
import { kernels } from '../../../../src/dsp/kernels/kernels';

describe('kernels', () => {
  it('are made from the sources that lie beside them (npm run kernels)', () => {
    expect(KERNEL_SOURCES).toBe(sourceHash());
  });

  it('keep what was reserved when their memory grows', () => {
    const memory = kernels();
    const kept = memory.reserve(32);
    memory.writeDoubles(kept, Float64Array.of(1, 2, 3, 4));
    const before = memory.doubles;
    const large = memory.scratch(4_000_000);
    expect(memory.doubles === before).toBe(false);
    expect(Array.from(memory.doubles.subarray(kept / 8, kept / 8 + 4))).toEqual([1, 2, 3, 4]);
    expect(large % 16).toBe(0);
    expect(memory.scratch(100)).toBe(large);
  });
});

describe('decodeBase64', () => {
  it.each([
    ['', ''],
    ['TQ==', 'M'],
    ['TWE=', 'Ma'],
    ['TWFu', 'Man'],
    ['+/8=', '\xfb\xff'],
  ])('reads %s', (text, bytes) => {
    expect(String.fromCharCode(...decodeBase64(text))).toBe(bytes);
  });
});
