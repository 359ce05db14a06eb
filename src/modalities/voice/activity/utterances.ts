import type { UnitInterval } from '../../../core/units';

/** Hysteresis as silero's own iterator has it: in at .5, out at .35. */
const ENTER: UnitInterval = 0.5;
const LEAVE: UnitInterval = 0.35;
/** Hops (32 ms) of likely speech in a row that begin an utterance: a click is one. */
const BEGIN_HOPS = 2;
/** Hops without speech that end one (0.45 s): shorter ones are the pauses that belong to speaking. */
const END_HOPS = 14;
/** Hops from which a run of speech is an utterance and no cough (0.26 s). */
export const LEAST_HOPS = 8;

/** Turns the probability of each hop into utterances: hysteresis, least durations, pauses bridged. */
export class UtteranceGate {
  #isInside = false;
  #likely = 0;
  #unlikely = 0;
  #spoken = 0;
  #silentHops = Infinity;

  /** Inside an utterance that is long enough to be one. */
  get isSpeaking(): boolean {
    return this.#isInside && this.#spoken >= LEAST_HOPS;
  }

  /** Hops since an utterance of sufficient length was heard; 0 inside one, Infinity before the first. */
  get hopsSinceSpeech(): number {
    return this.isSpeaking ? 0 : this.#silentHops;
  }

  /**
   * @param probabilities [n] P(speech) of the hops of one block
   * @returns [n] 1 where the hop belongs to an utterance. The hops that begin one count too, as far as they lie in this block.
   */
  push(probabilities: Float32Array): Uint8Array {
    const inside = new Uint8Array(probabilities.length);
    for (const [i, probability] of probabilities.entries()) {
      this.#step(probability);
      if (!this.#isInside) continue;
      inside[i] = 1;
      // The gate opens at the second likely hop: the first one was speech already.
      if (this.#likely === BEGIN_HOPS && i > 0) inside[i - 1] = 1;
    }
    return inside;
  }

  reset(): void {
    this.#isInside = false;
    this.#likely = this.#unlikely = this.#spoken = 0;
    this.#silentHops = Infinity;
  }

  #step(probability: UnitInterval): void {
    this.#likely = probability >= ENTER ? this.#likely + 1 : 0;
    if (!this.#isInside && this.#likely >= BEGIN_HOPS) {
      this.#isInside = true;
      this.#spoken = this.#likely - 1;
      this.#unlikely = 0;
    }
    if (this.#isInside) this.#stepInside(probability);
    this.#silentHops = this.isSpeaking ? 0 : this.#silentHops + 1;
  }

  #stepInside(probability: UnitInterval): void {
    if (probability >= LEAVE) {
      this.#spoken++;
      this.#unlikely = 0;
    } else if (++this.#unlikely >= END_HOPS) {
      this.#isInside = false;
      if (this.#spoken >= LEAST_HOPS) this.#silentHops = this.#unlikely;
      this.#spoken = 0;
    }
  }
}
