import { AppError } from '../../../core/errors';
import type { UnitInterval } from '../../../core/units';
import type { Tensor } from '../../../ml/session';
import { HOP, SAMPLE_RATE } from '../frame';

/** What runs the network; a test passes a fake. */
export interface SileroSession {
  run(inputs: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Tensor>>>;
  release(): Promise<void>;
}

/** The network wants the last 4 ms of the hop before, so that an onset on the border is seen whole (silero-vad, utils_vad.py). */
const CONTEXT = 64;
const freshState = (): Tensor => ({ data: new Float32Array(2 * 128), shape: [2, 1, 128] });

/** Silero VAD v6, streaming: one hop of 512 samples at 16 kHz after the other. */
export class Silero {
  #state = freshState();
  readonly #input = new Float32Array(CONTEXT + HOP);
  readonly #rate: Tensor = { data: BigInt64Array.of(BigInt(SAMPLE_RATE)), shape: [] };

  constructor(private readonly session: SileroSession) {}

  /** @param hop [512] samples in [-1, 1] @returns P(speech) @throws AppError 'model/run-failed' */
  async push(hop: Float32Array): Promise<UnitInterval> {
    this.#input.copyWithin(0, HOP);
    this.#input.set(hop, CONTEXT);
    const input: Tensor = { data: this.#input.slice(), shape: [1, CONTEXT + HOP] };
    const { output, stateN } = await this.session.run({ input, state: this.#state, sr: this.#rate });
    const probability = output?.data[0];
    if (typeof probability !== 'number' || !Number.isFinite(probability) || !stateN) {
      throw new AppError('model/run-failed', 'silero gave no finite probability');
    }
    this.#state = stateN;
    return probability;
  }

  reset(): void {
    this.#state = freshState();
    this.#input.fill(0);
  }

  close(): Promise<void> {
    return this.session.release();
  }
}
