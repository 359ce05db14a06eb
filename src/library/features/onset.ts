import type { Hertz } from '../../core/units';
import { FRAME_RATE } from './segmentLayout';

/**
 * Rise of the log-mel spectrum from one frame to the next, averaged over equal groups of bands: spectral flux, as
 * librosa.onset.onset_strength(lag=1, max_size=1) when there is one group.
 * @param level [frames x bands] dB
 * @returns [frames x groups] dB; the first frame is 0, silence is 0
 */
export function onsetStrength(level: Float32Array, bands: number, groups = 1): Float64Array {
  const width = bands / groups;
  const out = new Float64Array(Math.floor(level.length / bands) * groups);
  for (let cell = groups; cell < out.length; cell++) {
    const from = cell * width;
    let rise = 0;
    for (let i = from; i < from + width; i++) rise += Math.max((level[i] ?? 0) - (level[i - bands] ?? 0), 0);
    out[cell] = rise / width;
  }
  return out;
}

const REACH = 3;
const CONTEXT = 10;

/**
 * Frames where a note begins: the largest of 3 frames either side, and above the mean of 10 either side by 7 % of the maximum
 * (at least 0.3 dB); after Böck et al. 2012.
 * @param envelope [frames] onset strength
 * @returns ascending frame numbers; silence gives none
 */
export function pickOnsets(envelope: Float64Array): number[] {
  const total = new Float64Array(envelope.length + 1);
  let top = 0;
  envelope.forEach((value, i) => {
    total[i + 1] = (total[i] ?? 0) + value;
    top = Math.max(top, value);
  });
  const threshold = Math.max(0.07 * top, 0.3);
  const onsets: number[] = [];
  let previous = -Infinity;
  envelope.forEach((value, i) => {
    const low = Math.max(i - CONTEXT, 0);
    const high = Math.min(i + CONTEXT + 1, envelope.length);
    const local = ((total[high] ?? 0) - (total[low] ?? 0)) / (high - low);
    if (value <= local + threshold || !isLargest(envelope, i)) return;
    if (i - previous > REACH) onsets.push(i);
    previous = i;
  });
  return onsets;
}

function isLargest(envelope: Float64Array, i: number): boolean {
  const here = envelope[i] ?? 0;
  for (let j = Math.max(i - REACH, 0); j <= Math.min(i + REACH, envelope.length - 1); j++) if ((envelope[j] ?? 0) > here) return false;
  return true;
}

/** Onsets per second of an envelope; silence gives 0. */
export const onsetRate = (envelope: Float64Array): Hertz => (pickOnsets(envelope).length * FRAME_RATE) / Math.max(envelope.length, 1);
