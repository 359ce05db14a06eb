import type { Hertz, Seconds, UnitInterval } from '../../core/units';
import type { CrossCheck } from './prosody/crossCheck';
import type { VoiceCue } from './prosody/cues';
import type { Prosody } from './prosody/prosody';

/** Everything behind the sensor works at this rate: the models were trained on it. */
export const SAMPLE_RATE: Hertz = 16_000;
/** One step of voice activity: silero hears 512 samples (32 ms) at a time. */
export const HOP = 512;
/** Hops per block: what the page hands over at a time (96 ms), few enough messages and a meter that still moves. */
export const HOPS_PER_BLOCK = 3;
export const BLOCK = HOP * HOPS_PER_BLOCK;

/** Full scale is a sample of ±1; silence is -Infinity in theory and `QUIETEST` here. */
export type DecibelFullScale = number;
export const QUIETEST: DecibelFullScale = -100;

/** What the room sounds like now, judged over the last seconds. */
export type Heard =
  | 'speech'
  /** Nothing above the microphone's own noise. */
  | 'silence'
  /** Perhaps a voice, but too near the noise floor to be judged. */
  | 'too-quiet'
  /** Plainly a sound, and plainly not speech: music, a fan, white noise. */
  | 'not-speech';

/** How the sound was taken. It changes only when the microphone is opened anew: then the window behind it starts anew too. */
export interface VoiceSource {
  readonly deviceId: string;
  /** Counts openings of a microphone; sample times of two takes cannot be compared. */
  readonly take: number;
  /** The samples went through our noise suppression. */
  readonly isSuppressed: boolean;
}

/** What the sensor on the page sends: a block of PCM. Its `Timed.at` is the capture time of the last sample. */
export interface VoiceBlock {
  /** [1536] mono at 16 kHz, [-1, 1], filtered before it was decimated. */
  readonly samples: Float32Array;
  /** Index of the first sample since the take began; a jump means that sound was lost (the context slept). */
  readonly sampleTime: number;
  /** Share of samples at full scale, counted before any filter rounds them. */
  readonly clipped: UnitInterval;
  /** Our own player sounds while this was captured: the browser takes its echo away, never all of it. */
  readonly isPlaying: boolean;
  readonly source: VoiceSource;
}

/** What the estimator takes: a block with what voice activity detection says about it. Plain data, never kept. */
export interface VoiceFrame extends VoiceBlock {
  /** [3] P(speech) of each hop of 512 samples. */
  readonly speech: Float32Array;
  /** [3] 1 where a hop belongs to an utterance, after hysteresis and least durations: only these samples may be judged. */
  readonly isSpeech: Uint8Array;
  readonly heard: Heard;
  /** Root mean square of the block. */
  readonly level: DecibelFullScale;
  /** Level of the pauses, followed slowly. */
  readonly noiseFloor: DecibelFullScale;
}

/** What the estimator tells the screen after each push, for the row on Now; drawn and forgotten. */
export interface VoiceReading {
  readonly level: DecibelFullScale;
  readonly noiseFloor: DecibelFullScale;
  readonly isSpeaking: boolean;
  /** Speech in the sliding window so far. */
  readonly speechSeconds: Seconds;
  /** Median f0 of the last second's voiced frames; null when nothing was voiced. */
  readonly f0: Hertz | null;
  /** The player sounds and what is heard may be its echo. */
  readonly isEchoLikely: boolean;
  /** [64 * k] log-mel columns that are new since the last push, column after column, low bands first, scaled to 0..1 for drawing. */
  readonly mel: Float32Array;
  /** Of the speech that was judged last; null after silence. */
  readonly prosody: Prosody | null;
  /** Signal quality of that speech; 0 after silence. */
  readonly quality: UnitInterval;
  /** How it differs from the way this person usually speaks, most notable first; none until that is known. */
  readonly cues: readonly VoiceCue[];
  /** What these differences say of arousal beside the model; null until both are known. */
  readonly check: CrossCheck | null;
  /** P(calm), a kind of neutral, at the last estimate; null when the model does not tell them apart. */
  readonly calm: UnitInterval | null;
}
