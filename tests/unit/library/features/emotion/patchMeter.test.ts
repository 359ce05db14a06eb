import { describe, expect, it } from 'vitest';
import { PATCH_FRAMES, PATCH_MELS, SEGMENT_SAMPLES } from '../../../../../src/library/features/emotion/patchLayout';
import { drawPicture, PatchMeter } from '../../../../../src/library/features/emotion/patchMeter';
import { noise } from '../signals';

const CELLS = PATCH_FRAMES * PATCH_MELS;

function measure(samples: Float32Array, block: number): readonly Uint8Array[] {
  const meter = new PatchMeter();
  for (let from = 0; from < samples.length; from += block) meter.push(samples.subarray(from, from + block));
  return meter.finish();
}

const hiss = (seconds: number, gain = 0.2): Float32Array => Float32Array.from(noise(Math.round(seconds * 22_050), 7), (x) => gain * x);

describe('PatchMeter', () => {
  it('gives five patches per 15 s and the whole ones of the rest, however the stream is cut', () => {
    const samples = hiss(37);
    const whole = measure(samples, samples.length);
    expect(whole.map((picture) => picture.length / CELLS)).toEqual([5, 5, 2]);
    for (const block of [997, 65_536]) expect(measure(samples, block)).toEqual(whole);
  });

  it('starts each segment at its own first sample', () => {
    const samples = hiss(31);
    const [, second] = measure(samples, 8192);
    const [alone] = measure(samples.subarray(SEGMENT_SAMPLES, 2 * SEGMENT_SAMPLES), 8192);
    expect(second).toEqual(alone);
  });

  it('fills up a sound that is shorter than a patch', () => {
    const [only] = measure(hiss(1), 4096);
    expect(only).toHaveLength(CELLS);
    expect(only?.at(-1)).toBe(0);
    expect(only?.[10 * PATCH_MELS + 40]).toBeGreaterThan(0);
  });

  it('does not depend on gain', () => {
    const loud = measure(hiss(4, 0.5), 8192)[0];
    const soft = measure(hiss(4, 0.15), 8192)[0];
    const worst = loud?.reduce((most, value, i) => Math.max(most, Math.abs(value - (soft?.[i] ?? 0))), 0);
    expect(worst).toBeLessThanOrEqual(1);
  });

  it('draws silence black and finite', () => {
    expect(drawPicture(new Float32Array(CELLS)).every((value) => value === 0)).toBe(true);
    expect(measure(new Float32Array(0), 1)).toEqual([]);
  });
});
