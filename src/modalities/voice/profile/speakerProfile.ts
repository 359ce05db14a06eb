import type { EmotionProbabilities } from '../../../core/emotion';
import type { EpochMs, Milliseconds } from '../../../core/units';
import type { BaselineState, PersonalBaseline } from '../../modality';
import type { MelWindow } from '../frontEnd/melStream';
import { addCalm, besideCalm, nothingCalm, readCalm, type CalmVoice } from './calmVoice';
import { addFrames, addTraits, emptyTally, meanBands, readTally, type Tally, type Trait, type Traits } from './tally';

/** Twenty seconds of speech: what a read text gives. */
const ENOUGH_FRAMES = 1250;
/** Stretches of speech from which a spread can be told. */
const ENOUGH_STRETCHES = 8;
/** A reading that nobody reads is given up. */
const PATIENCE: Milliseconds = 300_000;

interface SavedProfile {
  readonly version: 2;
  readonly tally: Tally;
  /** The calm voice and when it was read; null while it never was. */
  readonly calm: (CalmVoice & { readonly since: EpochMs }) | null;
}

/** A calm voice being read. */
interface Reading {
  /** null until the first packet tells the time. */
  readonly startedAt: EpochMs | null;
  /** Frames of speech so far. */
  readonly frames: number;
  readonly calm: CalmVoice;
}

/** What `save` gave once, or null for anything else. */
function readProfile(saved: unknown): SavedProfile | null {
  if (typeof saved !== 'object' || saved === null) return null;
  const { version, tally: averages, calm } = saved as Readonly<Record<string, unknown>>;
  const tally = readTally(averages);
  if (version !== 2 || !tally) return null;
  const read = readCalm(calm);
  const { since } = (calm ?? {}) as Readonly<Record<string, unknown>>;
  return {
    version: 2,
    tally,
    calm: read && typeof since === 'number' && Number.isFinite(since) ? { ...read, since: since as EpochMs } : null,
  };
}

/** What `restore` takes to forget the person. */
export const NOBODY: SavedProfile = { version: 2, tally: emptyTally(), calm: null };

/**
 * How somebody usually sounds. Running averages of spectrum and prosody over their speech so far are learnt by themselves from whatever
 * is heard; twenty seconds read calmly tell besides what the model makes of this person when nothing is the matter. A few hundred
 * numbers, from which no word and no sound can be made again.
 */
export class SpeakerProfile implements PersonalBaseline {
  #tally = emptyTally();
  #calm: SavedProfile['calm'] = null;
  #reading: Reading | null = null;
  #restored = 0;

  /** @param model name and version of what is asked about this person */
  constructor(private readonly model: string) {}

  /** Counts the profiles that were taken up: speech heard before another one is not its person's. */
  get generation(): number {
    return this.#restored;
  }

  get state(): BaselineState {
    if (this.#reading) return { kind: 'recording', progress: Math.min(1, this.#reading.frames / ENOUGH_FRAMES) };
    return this.#calm === null ? { kind: 'none' } : { kind: 'ready', since: this.#calm.since };
  }

  start(): void {
    this.#reading = { startedAt: null, frames: 0, calm: nothingCalm(this.model) };
  }

  /** While a calm voice is being read too: to restore that gives the reading up. */
  save(): SavedProfile | null {
    return this.#tally.frames === 0 && !this.#reading ? null : { version: 2, tally: this.#tally, calm: this.#calm };
  }

  /** What another model made of the person is not taken up. */
  restore(saved: unknown): void {
    const read = readProfile(saved);
    if (!read) return;
    this.#tally = read.tally;
    this.#calm = read.calm?.model === this.model ? read.calm : null;
    this.#reading = null;
    this.#restored++;
  }

  /** @param window speech that was not learnt before @param traits of the same speech; null when too short to tell */
  learn(at: EpochMs, window: MelWindow, traits: Traits | null): void {
    this.#tally = addFrames(this.#tally, window);
    if (traits) this.#tally = addTraits(this.#tally, traits);
    if (!this.#reading) return;
    this.#reading = { ...this.#reading, frames: this.#reading.frames + window.frames };
    if (this.#reading.frames < ENOUGH_FRAMES || this.#reading.calm.n === 0) return;
    this.#calm = { ...this.#reading.calm, since: at };
    this.#reading = null;
  }

  /**
   * An answer of the model beside what it says of this person's calm voice; while that is being read, the answer belongs to it.
   * @returns the same while nothing is known
   */
  weigh(probabilities: EmotionProbabilities): EmotionProbabilities {
    // Before anything of the reading was learnt, the window still holds what was said before it.
    if (this.#reading && this.#reading.frames > 0) this.#reading = { ...this.#reading, calm: addCalm(this.#reading.calm, probabilities) };
    return this.#calm === null ? probabilities : besideCalm(probabilities, this.#calm);
  }

  /** To be called with every packet. */
  tick(at: EpochMs): void {
    if (!this.#reading) return;
    const startedAt = this.#reading.startedAt ?? at;
    this.#reading = at - startedAt > PATIENCE ? null : { ...this.#reading, startedAt };
  }

  /** [64] dB: average spectrum over earlier speech and this window. */
  bandsWith(window: MelWindow): Float32Array {
    return meanBands(this.#tally, window);
  }

  /** How far a value lies from this person's average, in their own standard deviations, at least `least` each; null while unknown. */
  distance(trait: Trait, value: number | null, least: number): number | null {
    const { mean, variance, n } = this.#tally.traits[trait];
    return value === null || n < ENOUGH_STRETCHES ? null : (value - mean) / Math.max(Math.sqrt(variance), least);
  }
}
