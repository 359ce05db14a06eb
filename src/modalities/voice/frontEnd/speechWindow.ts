import type { Seconds, UnitInterval } from '../../../core/units';
import { HOP as ACTIVITY_HOP, QUIETEST, SAMPLE_RATE, type DecibelFullScale, type VoiceFrame } from '../frame';
import { HOP, MelStream, MOST_FRAMES, type MelWindow } from './melStream';
import { sliceWindow, trimEdges } from './trimEdges';

/** Speech that is older says little about now. */
const REACH: Seconds = 6;
/** Frames of six seconds. */
export const CAPACITY = Math.ceil((REACH * SAMPLE_RATE) / HOP);
const FRAMES_PER_HOP = ACTIVITY_HOP / HOP;
/** Within an utterance, a hop that is likelier not speech is a pause or its end. */
const LIKELY: UnitInterval = 0.35;
/**
 * Frames (half a second) on either side of what voice activity is sure of, and so pauses of up to a second: sighs, sobs and drawn
 * breath say as much as words, and the training clips have them.
 */
const MARGIN = 32;

/** The speech of the last seconds as the model takes it, with what is known about its sound. */
export interface SpeechStretch extends MelWindow {
  /** Number of each frame since the take began, ascending. */
  readonly numbers: readonly number[];
  /** How many of the frames voice activity is sure of. */
  readonly spoken: number;
  /** Mean power of those, re full scale. */
  readonly level: DecibelFullScale;
  /** Share of samples at full scale. */
  readonly clipped: UnitInterval;
  /** Share of the frames during which our own player sounded. */
  readonly playing: UnitInterval;
}

/**
 * Keeps the last six seconds and finds the speech in them: at most the latest three seconds of it and of the breath around it, longer pauses left out. All of it
 * is of one take without gaps; whoever pushes clears it between takes.
 */
export class SpeechWindow {
  readonly #mel = new MelStream(CAPACITY);
  /** Rings by frame. */
  readonly #isVoice = new Uint8Array(CAPACITY);
  readonly #level = new Float32Array(CAPACITY);
  readonly #clipped = new Float32Array(CAPACITY);
  readonly #playing = new Uint8Array(CAPACITY);
  #flagged = 0;
  #lastVoice = -1;

  /** Frames of the spectrogram so far. */
  get count(): number {
    return this.#mel.count;
  }

  /** Since voice activity was last sure of speech; Infinity before. */
  get silentFor(): Seconds {
    return this.#lastVoice < 0 ? Infinity : ((this.#flagged - 1 - this.#lastVoice) * HOP) / SAMPLE_RATE;
  }

  /** Frames of speech within the last seconds, at most as many as the model takes. */
  get speechFrames(): number {
    return this.#numbers().filter((frame) => this.#isVoice[frame % CAPACITY] === 1).length;
  }

  push({ samples, speech, isSpeech, level, clipped, isPlaying }: VoiceFrame): void {
    this.#mel.push(samples);
    for (let i = 0; i < speech.length * FRAMES_PER_HOP; i++) {
      const hop = Math.floor(i / FRAMES_PER_HOP);
      const place = this.#flagged % CAPACITY;
      const isVoice = isSpeech[hop] === 1 && (speech[hop] ?? 0) >= LIKELY;
      this.#isVoice[place] = isVoice ? 1 : 0;
      this.#level[place] = level;
      this.#clipped[place] = clipped;
      this.#playing[place] = isPlaying ? 1 : 0;
      if (isVoice) this.#lastVoice = this.#flagged;
      this.#flagged++;
    }
  }

  /** The latest speech, at most three seconds of it, quiet edges cut; no frames when there is none. */
  read(): SpeechStretch {
    const numbers = this.#numbers();
    const window = this.#mel.read(numbers);
    const span = trimEdges(window);
    const kept = numbers.slice(span.from, span.to);
    const spoken = kept.filter((frame) => this.#isVoice[frame % CAPACITY] === 1);
    const mean = (values: ArrayLike<number>): number =>
      kept.reduce((sum, frame) => sum + (values[frame % CAPACITY] ?? 0), 0) / Math.max(1, kept.length);
    return {
      ...sliceWindow(window, span),
      numbers: kept,
      spoken: spoken.length,
      level: spoken.length === 0 ? QUIETEST : meanLevel(spoken.map((frame) => this.#level[frame % CAPACITY] ?? QUIETEST)),
      clipped: mean(this.#clipped),
      playing: mean(this.#playing),
    };
  }

  /** Frames `from` on, whether speech or not, relative to the loudest of the last seconds. */
  columnsFrom(from: number): MelWindow {
    const all = range(this.#mel.oldest, this.#mel.count);
    return this.#mel.read(range(Math.max(from, this.#mel.oldest), this.#mel.count), this.#mel.peakOf(all));
  }

  /** Numbers of the latest frames that are speech or lie around it. */
  #numbers(): number[] {
    const found: number[] = [];
    let next = Math.max(this.#mel.oldest, this.#flagged - CAPACITY);
    const take = (from: number, to: number): void => {
      found.push(...range(Math.max(next, from), Math.min(to, this.#mel.count)));
      next = Math.max(next, Math.min(to, this.#mel.count));
    };
    for (let frame = next; frame < this.#flagged; frame++) {
      if (this.#isVoice[frame % CAPACITY] === 1) take(frame - MARGIN, frame + MARGIN + 1);
    }
    return found.slice(-MOST_FRAMES);
  }
}

const range = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);

/** Level of the mean power. */
function meanLevel(levels: readonly DecibelFullScale[]): DecibelFullScale {
  return 10 * Math.log10(levels.reduce((sum, level) => sum + 10 ** (level / 10), 0) / levels.length);
}
