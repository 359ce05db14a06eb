import type { UnitInterval } from '../../../core/units';

/** Hysteresis as silero's own iterator has it: in at .5, out at .35. */
const ENTER: UnitInterval = 0.5;
const LEAVE: UnitInterval = 0.35;
/** Hops (32 ms) of likely speech in a row that begin an utterance: a click is one. */
const BEGIN_HOPS = 2;
/** Hops without speech that end one (0.45 s): shorter ones are the pauses that belong to speaking. */
const END_HOPS = 14;
/** Hops of speech from which an utterance is one, and no cough (0.26 s). */
const LEAST_HOPS = 8;

/** Turns the probability of each hop into utterances: hysteresis, least durations, pauses bridged. */
export class UtteranceGate {
  #isInside = false;
  #likely = 0;
  #unlikely = 0;
  #spoken = 0;
  #hopsSinceSpeech = Infinity;

  /** Hops since an utterance of sufficient length ended; 0 inside one, Infinity before the first. */
  get hopsSinceSpeech(): number {
    return this.#hopsSinceSpeech;
  }

  /**
   * @param probabilities [n] P(speech) of the hops of one block, in order
   * @returns [n] 1 where the hop belongs to an utterance; the hop that began it counts too where it lies in this block
   */
  push(probabilities: Float32Array): Uint8Array {
    const inside = new Uint8Array(probabilities.length);
    for (const [i, probability] of probabilities.entries()) {
      const wasInside = this.#isInside;
      this.#step(probability);
      if (this.#isInside) inside.fill(1, wasInside ? i : Math.max(0, i + 1 - BEGIN_HOPS), i + 1);
    }
    return inside;
  }

  reset(): void {
    this.#isInside = false;
    this.#likely = this.#unlikely = this.#spoken = 0;
    this.#hopsSinceSpeech = Infinity;
  }

  #step(probability: UnitInterval): void {
    this.#likely = probability >= ENTER ? this.#likely + 1 : 0;
    if (this.#isInside) this.#stepInside(probability);
    else if (this.#likely >= BEGIN_HOPS) {
      this.#isInside = true;
      this.#spoken = this.#likely;
      this.#unlikely = 0;
    }
    this.#hopsSinceSpeech = this.#isInside && this.#spoken >= LEAST_HOPS ? 0 : this.#hopsSinceSpeech + 1;
  }

  #stepInside(probability: UnitInterval): void {
    if (probability >= LEAVE) {
      this.#spoken++;
      this.#unlikely = 0;
    } else if (++this.#unlikely >= END_HOPS) this.#isInside = false;
  }
}
