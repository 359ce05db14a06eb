import type { BaselineState } from '../../../modalities/modality';
import type { VoiceReading } from '../../../modalities/voice/frame';
import type { Interruption, Microphone } from '../../../modalities/voice/sensor';

export type { VoiceReading };

/** The last seconds of the spectrogram, for drawing; read it whenever `reading` changes. */
export interface MelStrip {
  /** Bands per column, low ones first. */
  readonly bands: number;
  /** Columns that are kept at most. */
  readonly capacity: number;
  /** Columns so far, also those that are gone. */
  readonly count: number;
  /** Calls `see` with each kept column from number `from` on, oldest first. @param see gets its number and its [bands] values in 0..1 */
  each(from: number, see: (index: number, column: Float32Array) => void): void;
}

export interface VoiceContract {
  readonly microphones: readonly Microphone[];
  /** The wanted one; null leaves it to the browser. */
  readonly microphoneId: string | null;
  readonly isSuppressed: boolean;
  /** What was measured last; null while the sense is off. */
  readonly reading: VoiceReading | null;
  readonly strip: MelStrip;
  /** Why no sound arrives although the microphone is open. */
  readonly interruption: Interruption | null;
  /** How far this person's own voice is known. */
  readonly calibration: BaselineState;
  chooseMicrophone(id: string): Promise<void>;
  setSuppressed(isOn: boolean): Promise<void>;
  /** From now on the next twenty seconds of speech are the person's calm voice. */
  startCalibration(): Promise<void>;
  /** What was known before stays. */
  cancelCalibration(): Promise<void>;
  /** Forgets the person's voice, here and on the device. */
  eraseCalibration(): Promise<void>;
}
