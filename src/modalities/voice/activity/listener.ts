import type { Timed } from '../../../core/units';
import { BLOCK, HOP, HOPS_PER_BLOCK, type DecibelFullScale, type VoiceBlock, type VoiceFrame } from '../frame';
import { Hearing } from './hearing';
import { levelOf, NoiseFloor } from './levels';
import type { Silero } from './silero';
import { UtteranceGate } from './utterances';

/** Below this the microphone gives nothing at all (muted in hardware): the network need not look at it. */
const DIGITAL_SILENCE: DecibelFullScale = -95;

/** Voice activity of a stream of blocks: what of it is speech, how loud it is, and what else there is to hear. */
export class Listener {
  readonly #floor = new NoiseFloor();
  readonly #gate = new UtteranceGate();
  readonly #hearing = new Hearing();
  #take: number | null = null;
  #next = 0;

  constructor(private readonly silero: Silero) {}

  /** Blocks must come one after the other; of another take, or after lost sound, nothing is remembered. */
  async read({ at, value: block }: Timed<VoiceBlock>): Promise<Timed<VoiceFrame>> {
    if (block.source.take !== this.#take || block.sampleTime !== this.#next) this.reset();
    this.#take = block.source.take;
    this.#next = block.sampleTime + BLOCK;
    const level = levelOf(block.samples);
    const speech = await this.#hear(block.samples, level);
    const isSpeech = this.#gate.push(speech);
    const noiseFloor = this.#floor.push(level, isSpeech.includes(1));
    const { hopsSinceSpeech } = this.#gate;
    const heard = this.#hearing.push({ level, noiseFloor, likeliest: Math.max(...speech), hopsSinceSpeech });
    return { at, value: { ...block, speech, isSpeech, heard, level, noiseFloor } };
  }

  reset(): void {
    this.silero.reset();
    this.#floor.reset();
    this.#gate.reset();
    this.#hearing.reset();
  }

  async #hear(samples: Float32Array, level: DecibelFullScale): Promise<Float32Array> {
    const speech = new Float32Array(HOPS_PER_BLOCK);
    if (level < DIGITAL_SILENCE) {
      this.silero.reset();
      return speech;
    }
    for (let i = 0; i < HOPS_PER_BLOCK; i++) speech[i] = await this.silero.push(samples.subarray(i * HOP, (i + 1) * HOP));
    return speech;
  }
}
