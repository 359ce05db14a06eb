import type { UnitInterval } from '../../../core/units';
import { BLOCK, HOPS_PER_BLOCK, QUIETEST, SAMPLE_RATE, type DecibelFullScale, type Heard } from '../frame';

/** Blocks that are remembered: about a second. */
const MEMORY = Math.ceil(SAMPLE_RATE / BLOCK);
/** Speech counts as there for as long after its end. */
const LINGER_HOPS = MEMORY * HOPS_PER_BLOCK;
/** A voice below this is too near the noise of any microphone. */
const FAINTEST_SPEECH: DecibelFullScale = -62;
/** What silero hesitates about at a low level is a voice far away rather than music. */
const HESITANT: UnitInterval = 0.25;
const FAINT: DecibelFullScale = -50;
/** Rooms hum below this; a steady noise above it is told as one. */
const LOUD_NOISE: DecibelFullScale = -42;
/** A sound that stands out of the noise by this much is an event, not the room. */
const OUTSTANDING_DB = 10;
const AUDIBLE: DecibelFullScale = -58;

export interface HeardBlock {
  readonly level: DecibelFullScale;
  readonly noiseFloor: DecibelFullScale;
  /** Largest P(speech) of the block's hops. */
  readonly likeliest: UnitInterval;
  /** Of the utterance gate. */
  readonly hopsSinceSpeech: number;
}

/** Says what the last second sounds like, so that a silent sense can say why. */
export class Hearing {
  #blocks: HeardBlock[] = [];

  push(block: HeardBlock): Heard {
    this.#blocks = [...this.#blocks.slice(1 - MEMORY), block];
    const loudest = Math.max(...this.#blocks.map(({ level }) => level), QUIETEST);
    if (block.hopsSinceSpeech <= LINGER_HOPS) return loudest < FAINTEST_SPEECH ? 'too-quiet' : 'speech';
    const likeliest = Math.max(...this.#blocks.map((one) => one.likeliest));
    if (likeliest >= HESITANT && loudest < FAINT) return 'too-quiet';
    return this.#isSound(loudest) ? 'not-speech' : 'silence';
  }

  reset(): void {
    this.#blocks = [];
  }

  #isSound(loudest: DecibelFullScale): boolean {
    const mean = this.#blocks.reduce((sum, { level }) => sum + level, 0) / this.#blocks.length;
    const floor = Math.min(...this.#blocks.map(({ noiseFloor }) => noiseFloor));
    return mean > LOUD_NOISE || (loudest > AUDIBLE && loudest > floor + OUTSTANDING_DB && mean > AUDIBLE);
  }
}
