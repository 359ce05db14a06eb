import { mean } from '../../../dsp/statistics';
import { N_MELS } from '../segmentLayout';

const GROUPS = 8;

/**
 * Roughness of the spectrogram's surface: mean |change to the next frame| and mean |change to the next band| of eight band groups.
 * Drums raise the first, held notes the second.
 * @param level [frames x 64] dB relative to the loudest cell
 * @returns [16] dB; a constant spectrum gives zeros
 */
export function describeTexture(level: Float32Array): number[] {
  const frames = level.length / N_MELS;
  const inTime = new Float64Array(N_MELS);
  const inPitch = new Float64Array(N_MELS);
  for (let at = 0; at < level.length; at += N_MELS) {
    for (let m = 0; m < N_MELS; m++) {
      const here = level[at + m] ?? 0;
      if (at > 0) inTime[m] = (inTime[m] ?? 0) + Math.abs(here - (level[at + m - N_MELS] ?? 0));
      if (m < N_MELS - 1) inPitch[m] = (inPitch[m] ?? 0) + Math.abs((level[at + m + 1] ?? 0) - here);
    }
  }
  return [...groupMeans(inTime, Math.max(frames - 1, 1)), ...groupMeans(inPitch, Math.max(frames, 1))];
}

/** Means of eight neighbouring sums, each over `count` frames. */
function groupMeans(sums: Float64Array, count: number): number[] {
  const width = N_MELS / GROUPS;
  return Array.from({ length: GROUPS }, (_, group) => mean(sums.subarray(group * width, (group + 1) * width)) / count);
}
