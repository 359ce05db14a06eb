import type { Hertz, UnitInterval } from '../../core/units';

/** All sound of this modality is mono at this rate, [-1, 1]. */
export const SAMPLE_RATE: Hertz = 16_000;

/**
 * The next piece of a live signal, or a whole utterance that stands alone, as a file does. A block's last sample was captured
 * at the frame's `at`; blocks follow each other without gaps or overlap, in any length.
 */
export type VoiceFrame =
  | {
      readonly kind: 'block';
      readonly pcm: Float32Array;
      /** Voice activity: how probably someone speaks in this block. */
      readonly speech: UnitInterval;
    }
  | {
      readonly kind: 'clip';
      readonly pcm: Float32Array;
      /** The clip is also this person's: their profile learns from it. */
      readonly isOwn: boolean;
    };
