import type { EpochMs, Milliseconds } from '../../../core/units';
import type { BaselineState, PersonalBaseline } from '../../modality';
import type { MelWindow } from '../frontEnd/melStream';
import { addFrames, addTraits, emptyTally, meanBands, readTally, type Tally, type Trait, type Traits } from './tally';

/** Twenty seconds of speech: what a read text gives, and from when on the averages are worth comparing with. */
const ENOUGH_FRAMES = 1250;
/** Stretches of speech from which a spread can be told. */
const ENOUGH_STRETCHES = 8;
/** A reading that nobody reads is given up. */
const PATIENCE: Milliseconds = 300_000;

interface SavedProfile {
  readonly version: 1;
  /** When the profile became known; null while it is still too little. */
  readonly since: EpochMs | null;
  readonly tally: Tally;
}

interface Reading {
  /** null until the first packet tells the time. */
  readonly startedAt: EpochMs | null;
  readonly tally: Tally;
}

/** What `save` gave once, or null for anything else. */
function readProfile(saved: unknown): SavedProfile | null {
  if (typeof saved !== 'object' || saved === null) return null;
  const { version, since, tally: averages } = saved as Readonly<Record<string, unknown>>;
  const tally = readTally(averages);
  const isTime = since === null || (typeof since === 'number' && Number.isFinite(since));
  return version === 1 && isTime && tally ? { version: 1, since: since as EpochMs | null, tally } : null;
}

/**
 * How somebody usually sounds: running averages of spectrum and prosody over their speech so far. It learns by itself from
 * whatever it hears; twenty seconds read calmly give it a fresh start. A few hundred numbers, from which no word and no sound can be
 * made again.
 */
export class SpeakerProfile implements PersonalBaseline {
  #tally = emptyTally();
  #since: EpochMs | null = null;
  #reading: Reading | null = null;
  #restored = 0;

  /** Counts the profiles that were taken up: speech heard before another one is not its person's. */
  get generation(): number {
    return this.#restored;
  }

  get state(): BaselineState {
    if (this.#reading) return { kind: 'recording', progress: Math.min(1, this.#reading.tally.frames / ENOUGH_FRAMES) };
    return this.#since === null ? { kind: 'none' } : { kind: 'ready', since: this.#since };
  }

  start(): void {
    this.#reading = { startedAt: null, tally: emptyTally() };
  }

  save(): SavedProfile | null {
    return this.#tally.frames === 0 ? null : { version: 1, since: this.#since, tally: this.#tally };
  }

  /** A profile without frames forgets the person. */
  restore(saved: unknown): void {
    const read = readProfile(saved);
    if (!read) return;
    this.#tally = read.tally;
    this.#since = read.since;
    this.#reading = null;
    this.#restored++;
  }

  /** @param window speech that was not learnt before @param traits of the same speech; null when too short to tell */
  learn(at: EpochMs, window: MelWindow, traits: Traits | null): void {
    const grow = (tally: Tally): Tally => {
      const grown = addFrames(tally, window);
      return traits ? addTraits(grown, traits) : grown;
    };
    if (this.#reading) this.#reading = { startedAt: this.#reading.startedAt ?? at, tally: grow(this.#reading.tally) };
    else this.#tally = grow(this.#tally);
    this.#settle(at);
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

  #settle(at: EpochMs): void {
    if (this.#reading && this.#reading.tally.frames >= ENOUGH_FRAMES) {
      this.#tally = this.#reading.tally;
      this.#since = at;
      this.#reading = null;
    } else if (!this.#reading && this.#since === null && this.#tally.frames >= ENOUGH_FRAMES) this.#since = at;
  }
}
