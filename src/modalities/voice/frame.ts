import type { Hertz, UnitInterval } from '../../core/units';

/** All sound of this modality is mono at this rate, [-1, 1]. */
export const SAMPLE_RATE: Hertz = 16_000;
/** One step of voice activity: silero hears 512 samples (32 ms) at a time. */
export const HOP = 512;
/** Hops per block of a live microphone: what the page hands over at a time (96 ms), few messages and a meter that still moves. */
export const HOPS_PER_BLOCK = 3;
export const BLOCK = HOP * HOPS_PER_BLOCK;

/** dB re full scale (a sample of ±1); silence is `QUIETEST`. */
export type DecibelFullScale = number;
export const QUIETEST: DecibelFullScale = -100;

/** What the last second sounds like: why a silent sense is silent. */
export type Heard =
  | 'speech'
  /** Nothing, or the even hum of the room. */
  | 'silence'
  /** Perhaps a voice, but too near the noise to be judged. */
  | 'too-quiet'
  /** Plainly a sound, and plainly not speech: music, a fan, white noise. */
  | 'not-speech';

/** How the sound was taken. Another take is another microphone or setting: nothing of the one before may be mixed with it. */
export interface VoiceSource {
  readonly deviceId: string;
  /** Counts openings of a microphone. */
  readonly take: number;
  /** The samples went through our noise suppression. */
  readonly isSuppressed: boolean;
}

/** What the sensor on the page sends. Its `Timed.at` is the capture time of the last sample. */
export interface VoiceBlock {
  /** [1536] filtered before it was decimated. */
  readonly pcm: Float32Array;
  /** Index of the first sample since the take began; a jump means that sound was lost. */
  readonly sampleTime: number;
  /** Share of samples at full scale, counted before any filter rounds them. */
  readonly clipped: UnitInterval;
  /** Our own player sounds meanwhile: the browser takes its echo away, never all of it. */
  readonly isPlaying: boolean;
  readonly source: VoiceSource;
}

/** What voice activity detection says about a block of a live microphone. */
export interface BlockHearing extends Pick<VoiceBlock, 'clipped' | 'isPlaying' | 'source'> {
  /** Belongs to an utterance, after hysteresis and least durations, short pauses included: only such blocks may be judged. */
  readonly isSpeech: boolean;
  readonly heard: Heard;
  readonly level: DecibelFullScale;
  /** Level of the pauses, followed slowly. */
  readonly noiseFloor: DecibelFullScale;
  /** Sound was lost before this block, or another take began: the window starts anew. */
  readonly isFirst: boolean;
}

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
      /** Absent where a signal is replayed without a microphone. */
      readonly hearing?: BlockHearing;
    }
  | {
      readonly kind: 'clip';
      readonly pcm: Float32Array;
      /** The clip is also this person's: their profile learns from it. */
      readonly isOwn: boolean;
    };
