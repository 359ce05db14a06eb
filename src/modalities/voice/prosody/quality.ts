import type { UnitInterval } from '../../../core/units';
import type { DecibelFullScale } from '../frame';

/** Each in [0, 1]; 1 means that this aspect costs nothing. */
export interface VoiceQuality {
  /** Speech above the noise of the pauses. */
  readonly clearness: UnitInterval;
  /** The converter cut nothing off. */
  readonly headroom: UnitInterval;
  /** How much speech there is to judge by. */
  readonly length: UnitInterval;
  /** Speech has pitch most of the time; whispering and noise have none. */
  readonly voicing: UnitInterval;
  /** Our own player was silent. */
  readonly solitude: UnitInterval;
  /** Their product: independent ways to lose the signal. */
  readonly overall: UnitInterval;
}

export interface SignalFacts {
  readonly level: DecibelFullScale;
  readonly noiseFloor: DecibelFullScale;
  /** Share of samples at full scale. */
  readonly clipped: UnitInterval;
  /** Frames of speech. */
  readonly spoken: number;
  readonly voiced: UnitInterval;
  /** Share of the time during which our own player sounded. */
  readonly playing: UnitInterval;
}

/** 0 at `from`, 1 at `to`, linear between them; `from` may be the larger one. */
const ramp = (value: number, from: number, to: number): UnitInterval => Math.min(1, Math.max(0, (value - from) / (to - from)));

/** Two seconds are as good as any more. */
const ENOUGH_FRAMES = 125;
/** An echo that is cancelled still costs a little. */
const ECHO_COST = 0.3;

/**
 * How good the signal is, before any model saw it. Clearness is full from 20 dB on and gone at 0; a share of .5 % clipped samples is
 * heard, 5 % ruin the spectrum; a tenth of voiced frames is whispering, two fifths is speech.
 */
export function voiceQuality({ level, noiseFloor, clipped, spoken, voiced, playing }: SignalFacts): VoiceQuality {
  const clearness = ramp(level - noiseFloor, 0, 20);
  const headroom = ramp(clipped, 0.05, 0.005);
  const length = Math.sqrt(ramp(spoken, 0, ENOUGH_FRAMES));
  const voicing = ramp(voiced, 0.02, 0.4);
  const solitude = 1 - ECHO_COST * playing;
  return { clearness, headroom, length, voicing, solitude, overall: clearness * headroom * length * voicing * solitude };
}
