import { describe, expect, it, vi } from 'vitest';
import { Segmenter } from '../../../../src/library/features/segmenter';
import { FEATURES, HOP, N_FFT, SAMPLE_RATE, SEGMENT_FRAMES } from '../../../../src/library/features/segmentLayout';
import { signal } from './signals';

// Minutes of sound on a busy machine take longer than the default 5 s.
vi.setConfig({ testTimeout: 60_000 });

function segmentsOf(samples: Float32Array, step = 40_000) {
  const segmenter = new Segmenter();
  for (let from = 0; from < samples.length; from += step) segmenter.push(samples.subarray(from, from + step));
  return segmenter.finish();
}

describe('Segmenter', () => {
  it('cuts every 646 frames, keeps a last piece from 5 s on and a lone shorter one', () => {
    const seconds = (s: number): number[] => segmentsOf(new Float32Array(s * SAMPLE_RATE).fill(0.1)).map(({ frames }) => frames);
    expect(seconds(34)).toEqual([SEGMENT_FRAMES, SEGMENT_FRAMES]);
    expect(seconds(36)).toEqual([SEGMENT_FRAMES, SEGMENT_FRAMES, Math.floor((36 * SAMPLE_RATE - N_FFT) / HOP) + 1 - 2 * SEGMENT_FRAMES]);
    expect(seconds(1)).toHaveLength(1);
    expect(seconds(0.01)).toEqual([1]);
    expect(seconds(0)).toEqual([]);
  });

  it('does not depend on how the stream is cut', () => {
    const samples = signal('beats', SAMPLE_RATE);
    expect(segmentsOf(samples, 1777)[0]?.features).toEqual(segmentsOf(samples)[0]?.features);
  });

  it('features do not depend on gain', () => {
    const samples = signal('chords', SAMPLE_RATE);
    const quiet = segmentsOf(samples.map((x) => x * 0.1))[0]?.features ?? [];
    (segmentsOf(samples)[0]?.features ?? new Float32Array(0)).forEach((value, i) => {
      expect(Math.abs(value - (quiet[i] ?? NaN))).toBeLessThan(1e-3 * Math.max(1, Math.abs(value)));
    });
  });

  it('silence has no active frame and a finite vector', () => {
    const [segment] = segmentsOf(new Float32Array(3 * SAMPLE_RATE));
    expect(segment?.activeFrames).toBe(0);
    expect(segment?.features).toHaveLength(FEATURES);
    expect(segment?.features.every(Number.isFinite)).toBe(true);
  });
});
