import type { Hertz, UnitInterval } from '../../core/units';
import { SAMPLE_RATE, type VoiceFrame, type VoiceReading } from './frame';
import { FLOOR_DB, HOP } from './frontEnd/melStream';
import type { SpeechWindow } from './frontEnd/speechWindow';
import type { CrossCheck } from './prosody/crossCheck';
import type { VoiceCue } from './prosody/cues';
import type { PitchStream } from './prosody/pitchStream';
import type { Prosody } from './prosody/prosody';

/** What the last stretch of speech was found to be. */
export interface Judgement {
  readonly prosody: Prosody | null;
  readonly quality: UnitInterval;
  readonly cues: readonly VoiceCue[];
  /** null until the model was asked and the person's usual speech is known. */
  readonly check: CrossCheck | null;
  /** P(calm), a kind of neutral; null when the model does not tell them apart. */
  readonly calm: UnitInterval | null;
}

export const SILENT: Judgement = { prosody: null, quality: 0, cues: [], check: null, calm: null };

/** Frames of the last second. */
const SECOND = Math.round(SAMPLE_RATE / HOP);
/** Speech newer than this is going on. */
const SPEAKING_SECONDS = 0.25;

function currentPitch(pitch: PitchStream, count: number): Hertz | null {
  const from = Math.max(0, count - SECOND);
  const { f0 } = pitch.track(Array.from({ length: count - from }, (_, i) => from + i));
  const voiced = f0.filter((one) => one !== null).sort((a, b) => a - b);
  return voiced[voiced.length >> 1] ?? null;
}

/** What the screen shows after a block. @param shown frames of the spectrogram that it has */
export function readLive(frame: VoiceFrame, window: SpeechWindow, pitch: PitchStream, shown: number, judged: Judgement): VoiceReading {
  const isSpeaking = window.silentFor < SPEAKING_SECONDS;
  const columns = window.columnsFrom(shown);
  return {
    level: frame.level,
    noiseFloor: frame.noiseFloor,
    isSpeaking,
    speechSeconds: (window.speechFrames * HOP) / SAMPLE_RATE,
    f0: isSpeaking ? currentPitch(pitch, window.count) : null,
    isEchoLikely: frame.isPlaying && isSpeaking,
    mel: columns.mel.map((level) => 1 - level / FLOOR_DB),
    ...judged,
  };
}
