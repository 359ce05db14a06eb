import type { Hertz, Seconds } from '../../../core/units';
import { powerToDb } from '../../../dsp/decibel';
import { harmonicity } from '../../../dsp/voice/harmonicity';
import { trackPitch } from '../../../dsp/voice/trackPitch';
import { Yin, type PitchCandidate } from '../../../dsp/voice/yin';
import { hannWindow } from '../../../dsp/window';
import { SAMPLE_RATE } from '../frame';
import { HOP } from '../frontEnd/melStream';

/** From a low man's creak to a child's cry. */
export const LOWEST_PITCH: Hertz = 65;
export const HIGHEST_PITCH: Hertz = 600;
const FRAME = 1024;
/** Sums to half the frame. */
const WEIGHTS = hannWindow(FRAME);
const HOP_SECONDS: Seconds = HOP / SAMPLE_RATE;

/** One frame of the spectrogram's grid as an ear for voices hears it. */
interface HeardFrame {
  readonly candidates: readonly PitchCandidate[];
  /** Harmonics-to-noise ratio at the likeliest candidate, dB; null where none is likely. */
  readonly hnr: number | null;
  /** Mean square under the frame's window, dB re full scale. */
  readonly intensity: number;
}

export interface PitchTrack {
  /** f0 of each asked frame; null where unvoiced. */
  readonly f0: readonly (Hertz | null)[];
  readonly hnr: readonly (number | null)[];
  readonly intensity: readonly number[];
}

const NOTHING: HeardFrame = { candidates: [], hnr: null, intensity: -100 };
/** A candidate worth asking for its harmonicity. */
const LIKELY = 0.3;

/**
 * Candidates of pitch for the frames of a stream, each computed once, and the sound itself for as long. Frame t lies around sample 256 t,
 * as those of the spectrogram.
 */
export class PitchStream {
  readonly #yin = new Yin({ sampleRate: SAMPLE_RATE, frameLength: FRAME, minHz: LOWEST_PITCH, maxHz: HIGHEST_PITCH });
  readonly #samples: Float32Array;
  readonly #frames: HeardFrame[];
  #received = 0;
  #measured = 0;

  /** @param capacity how many of the latest frames can be asked about */
  constructor(private readonly capacity: number) {
    this.#samples = new Float32Array((capacity + 2) * HOP + FRAME);
    this.#frames = new Array<HeardFrame>(capacity).fill(NOTHING);
  }

  /** @param isVoice whether it is worth listening for pitch: frames of other pieces have none */
  push(pcm: Float32Array, isVoice: boolean): void {
    for (const sample of pcm) this.#samples[this.#received++ % this.#samples.length] = sample;
    for (; this.#measured * HOP + FRAME / 2 <= this.#received; this.#measured++) {
      this.#frames[this.#measured % this.capacity] = isVoice ? this.#listen(this.#measured * HOP - FRAME / 2) : NOTHING;
    }
  }

  /** @param numbers frames that are still there, ascending */
  track(numbers: readonly number[]): PitchTrack {
    const frames = numbers.map((number) => this.#frames[number % this.capacity] ?? NOTHING);
    const f0 = trackPitch(
      frames.map(({ candidates }) => candidates),
      HOP_SECONDS,
    );
    return {
      f0,
      hnr: frames.map(({ hnr }, i) => ((f0[i] ?? null) === null ? null : hnr)),
      intensity: frames.map(({ intensity }) => intensity),
    };
  }

  /** Sound from one frame's middle to another's. */
  soundOf(first: number, last: number): Float32Array {
    return this.#copy(first * HOP, (last - first + 1) * HOP);
  }

  /** Zeros stand before the beginning and where the ring has been overwritten. */
  #copy(from: number, length: number): Float32Array {
    const size = this.#samples.length;
    const out = new Float32Array(length);
    let at = Math.max(from, 0, this.#received - size);
    const end = Math.min(from + length, this.#received);
    while (at < end) {
      const piece = this.#samples.subarray(at % size, Math.min(size, (at % size) + end - at));
      out.set(piece, at - from);
      at += piece.length;
    }
    return out;
  }

  #listen(at: number): HeardFrame {
    const frame = this.#copy(at, FRAME);
    const candidates = this.#yin.candidatesAt(frame);
    const best = candidates[0];
    const hnr = best && best.probability >= LIKELY ? harmonicity(frame, SAMPLE_RATE, FRAME / 2, best.f0) : null;
    return { candidates, hnr, intensity: intensityOf(frame) };
  }
}

/** Level under a raised cosine, as Praat's intensity is smoothed. */
function intensityOf(frame: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < frame.length; i++) sum += (WEIGHTS[i] ?? 0) * (frame[i] ?? 0) ** 2;
  return powerToDb(sum / (FRAME / 2));
}
