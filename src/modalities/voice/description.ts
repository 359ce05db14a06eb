import type { Hertz, Seconds } from '../../core/units';
import type { DecibelFullScale } from './frame';

/** What the estimator tells the screen after a push, for the row on Now; drawn and forgotten. */
export interface VoiceDescription {
  readonly level: DecibelFullScale;
  readonly isSpeaking: boolean;
  /** Speech in the sliding window so far. */
  readonly speechSeconds: Seconds;
  /** Median f0 of the last second's voiced frames; null when nothing was voiced. */
  readonly f0: Hertz | null;
  /** The player sounds, and what is heard may be its echo. */
  readonly isEchoLikely: boolean;
  /** [64 * k] log-mel columns that are new since the last description, column after column, low bands first, 0..1 for drawing. */
  readonly mel: Float32Array;
}
