import { applyFilters, melFilters } from '../../../dsp/spectrum/mel';
import { PowerSpectrum } from '../../../dsp/spectrum/powerSpectrum';
import { SAMPLE_RATE } from '../frame';

/** Bands the model sees: neighbouring pairs of 128 fine ones. */
export const BANDS = 64;
/** Samples from one frame to the next: 16 ms. */
export const HOP = 256;
/** Three seconds, the longest the model was trained on. */
export const MOST_FRAMES = 188;
/** Nothing lies lower, dB below the maximum. */
export const FLOOR_DB = -80;

const FRAME = 1024;
const FINE = 2 * BANDS;
const FILTERS = melFilters({ sampleRate: SAMPLE_RATE, nFft: FRAME, nMels: FINE, minHz: 0, maxHz: SAMPLE_RATE / 2 });

/** Some frames of a log-mel spectrogram. */
export interface MelWindow {
  readonly frames: number;
  /** [frames x 64] dB relative to the largest fine band of the frames that were asked about, -80..0; silence gives -80. */
  readonly mel: Float32Array;
}

/**
 * The model's log-mel spectrogram, frame by frame as sound comes in: periodic Hann window of 1024 samples around every 256th one
 * with zeros before the beginning, power, 128 bands of unit area on Slaney's scale from 0 to 8 kHz, averaged in pairs. Each frame is
 * computed once and kept as power, so that any frames can be put in relation to its own maximum; the pieces in which the sound
 * arrives change no bit. The Python twin is training/voice/frontend.py.
 */
export class MelStream {
  readonly #spectrum = new PowerSpectrum(FRAME);
  readonly #power = new Float64Array(FRAME / 2 + 1);
  readonly #fine = new Float64Array(FINE);
  readonly #samples = new Float32Array(FRAME);
  #held = FRAME / 2;
  /** Rings of the latest frames. */
  readonly #pooled: Float32Array;
  readonly #peaks: Float32Array;
  #count = 0;

  /** @param capacity how many of the latest frames can be read */
  constructor(readonly capacity: number) {
    this.#pooled = new Float32Array(capacity * BANDS);
    this.#peaks = new Float32Array(capacity);
  }

  /** Frames since the beginning. A frame needs 512 samples after its middle. */
  get count(): number {
    return this.#count;
  }

  /** The first frame that can still be read. */
  get oldest(): number {
    return Math.max(0, this.#count - this.capacity);
  }

  /** @param pcm [n] mono at 16 kHz, [-1, 1]; any length */
  push(pcm: Float32Array): void {
    for (let taken = 0; taken < pcm.length;) {
      const piece = pcm.subarray(taken, taken + FRAME - this.#held);
      this.#samples.set(piece, this.#held);
      this.#held += piece.length;
      taken += piece.length;
      if (this.#held === FRAME) this.#measure();
    }
  }

  /** The end of the signal: zeros follow. In all 1 + floor(samples / 256) frames were made. */
  finish(): void {
    this.push(new Float32Array(FRAME / 2));
  }

  #measure(): void {
    this.#spectrum.measure(this.#samples, 0, this.#power);
    applyFilters(FILTERS, this.#power, this.#fine);
    const place = this.#count % this.capacity;
    let peak = 0;
    for (let band = 0; band < BANDS; band++) {
      const low = this.#fine[2 * band] ?? 0;
      const high = this.#fine[2 * band + 1] ?? 0;
      peak = Math.max(peak, low, high);
      this.#pooled[place * BANDS + band] = (low + high) / 2;
    }
    this.#peaks[place] = peak;
    this.#count++;
    this.#samples.copyWithin(0, HOP);
    this.#held = FRAME - HOP;
  }

  /** Largest fine band of some frames, as power; 0 for silence. @param frames their numbers, none older than `oldest` */
  peakOf(frames: readonly number[]): number {
    return frames.reduce((peak, frame) => Math.max(peak, this.#peaks[frame % this.capacity] ?? 0), 0);
  }

  /** @param frames their numbers, none older than `oldest` @param peak the power that is 0 dB: their own maximum when left out */
  read(frames: readonly number[], peak = this.peakOf(frames)): MelWindow {
    const mel = new Float32Array(frames.length * BANDS);
    for (const [t, frame] of frames.entries()) {
      const place = (frame % this.capacity) * BANDS;
      for (let band = 0; band < BANDS; band++) mel[t * BANDS + band] = toDecibel(this.#pooled[place + band] ?? 0, peak);
    }
    return { frames: frames.length, mel };
  }
}

const toDecibel = (power: number, peak: number): number => (peak > 0 ? Math.max(10 * Math.log10(power / peak), FLOOR_DB) : FLOOR_DB);
