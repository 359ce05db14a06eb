import { FloatList } from '../../../dsp/floatList';
import type { FrameTable } from '../segmentLayout';
import { FLOOR_DB, N_MELS } from '../segmentLayout';

/** Mel bands below about 250 Hz, where bass and bass drum are. */
const BASS_BANDS = 6;
/** Frames per stored chroma: 93 ms. */
export const CHROMA_FRAMES = 4;
const CLASSES = 12;
const PER_DB = Math.LN10 / 10;

/** What beats and bars are found in; one value per frame of 23 ms. */
export interface OnsetCurves {
  /** [frames] mean rise of the log-mel spectrum, dB: the onset strength. */
  readonly strength: Float32Array;
  /** [frames] rise of the amplitude below 250 Hz, linear: a bass drum counts more than a bass note. */
  readonly bass: Float32Array;
  /** [frames / 4 x 12] pitch-class energy, largest = 1. */
  readonly chroma: Float32Array;
}

/**
 * Onset strength of a whole song, gathered segment by segment: spectral flux as librosa.onset.onset_strength (lag 1, max_size 1) on
 * 64 bands, each segment cut 70 dB below its loudest cell. A minute takes 42 kB. Independent of gain; silence gives zeros.
 */
export class OnsetRecorder {
  readonly #strength = new FloatList();
  readonly #bass = new FloatList();
  readonly #chroma = new FloatList();
  #previous: Float32Array | null = null;
  #amplitude = 0;
  #frames = 0;

  add({ frames, mel, chroma }: FrameTable): void {
    let top = -Infinity;
    for (const level of mel) if (level > top) top = level;
    const floor = top - FLOOR_DB;
    for (let t = 0; t < frames; t++) {
      const row = mel.subarray(t * N_MELS, (t + 1) * N_MELS);
      this.#addRise(t > 0 ? mel.subarray((t - 1) * N_MELS, t * N_MELS) : this.#previous, row, floor);
      if (this.#frames++ % CHROMA_FRAMES > 0) continue;
      for (let pitch = t * CLASSES; pitch < (t + 1) * CLASSES; pitch++) this.#chroma.push(chroma[pitch] ?? 0);
    }
    this.#previous = mel.slice((frames - 1) * N_MELS, frames * N_MELS);
  }

  #addRise(before: Float32Array | null, row: Float32Array, floor: number): void {
    let rise = 0;
    for (let m = 0; before !== null && m < N_MELS; m++) rise += Math.max((row[m] ?? 0) - Math.max(before[m] ?? 0, floor), 0);
    this.#strength.push(rise / N_MELS);
    const amplitude = bassAmplitude(row);
    this.#bass.push(before === null ? 0 : Math.max(amplitude - this.#amplitude, 0));
    this.#amplitude = amplitude;
  }

  curves(): OnsetCurves {
    return { strength: this.#strength.view(), bass: this.#bass.view(), chroma: this.#chroma.view() };
  }
}

function bassAmplitude(row: Float32Array): number {
  let power = 0;
  for (let m = 0; m < BASS_BANDS; m++) power += Math.exp((row[m] ?? 0) * PER_DB);
  return Math.sqrt(power);
}
