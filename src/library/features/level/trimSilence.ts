import type { TrimPoints } from '../../../core/music';
import type { Seconds } from '../../../core/units';
import { HOP, SAMPLE_RATE } from '../segmentLayout';

/** Power 60 dB below the loudest frame's: librosa's top_db. */
const SILENT_SHARE = 1e-6;
/** Power of digital silence, dither included: -100 dB re full scale. */
const NO_POWER = 1e-10;

/** Numbers of the frames that are within 60 dB of the loudest; none when all are digital silence. */
export function audibleFrames(powers: Float32Array): number[] {
  const top = powers.reduce((best, x) => Math.max(best, x), 0);
  const out: number[] = [];
  if (top > NO_POWER) powers.forEach((power, t) => power > top * SILENT_SHARE && out.push(t));
  return out;
}

/**
 * Where a song's sound begins and ends, as librosa.effects.trim(top_db=60, frame_length=2048, hop_length=512).
 * @param powers [frames] mean squares of centred frames, one per 512 samples at 22,050 Hz
 * @returns the whole song for silence
 */
export function trimSilence(powers: Float32Array, duration: Seconds): TrimPoints {
  const audible = audibleFrames(powers);
  const [first] = audible,
    last = audible.at(-1);
  if (first === undefined || last === undefined) return { start: 0, end: duration };
  return { start: (first * HOP) / SAMPLE_RATE, end: Math.min(((last + 1) * HOP) / SAMPLE_RATE, duration) };
}
