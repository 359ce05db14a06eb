import type { AffectPoint, CurvePoint } from '../../core/music';
import type { Seconds, UnitInterval } from '../../core/units';

/**
 * Highest peak of each of `count` equal slices.
 * @param peaks [n] 0..255
 * @returns [count] in [0, 1]; empty for no peaks
 */
export function resamplePeaks(peaks: Uint8Array, count: number): readonly UnitInterval[] {
  if (peaks.length === 0) return [];
  return Array.from({ length: count }, (_, i) => {
    const from = Math.floor((i * peaks.length) / count);
    const to = Math.max(from + 1, Math.floor(((i + 1) * peaks.length) / count));
    return peaks.subarray(from, to).reduce((max, p) => Math.max(max, p), 0) / 255;
  });
}

/** The passage that sounds at `at`: the last one that has begun; null for an empty curve. */
export function curveAt(curve: readonly CurvePoint[], at: Seconds): AffectPoint | null {
  let [low, high] = [0, curve.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((curve[middle]?.at ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return curve[Math.max(0, low - 1)] ?? null;
}
