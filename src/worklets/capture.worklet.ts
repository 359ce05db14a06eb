import { CAPTURE_PROCESSOR, type CapturedChunk, type CaptureOptions } from '../core/capture';

/** What an AudioWorkletGlobalScope has and the DOM's types lack. */
declare const currentFrame: number;
declare function registerProcessor(name: string, processor: new (options: { processorOptions: CaptureOptions }) => object): void;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}

/** Gathers blocks of 128 samples into chunks and posts them; nothing else happens on the audio thread. */
class CaptureProcessor extends AudioWorkletProcessor {
  readonly #length: number;
  #chunk: Float32Array<ArrayBuffer>;
  #filled = 0;
  #frame = 0;

  constructor({ processorOptions: { length } }: { processorOptions: CaptureOptions }) {
    super();
    this.#length = length;
    this.#chunk = new Float32Array(length);
  }

  /** @param inputs [1][channels][128]; no channel while nothing is connected */
  process([channels]: readonly (readonly Float32Array[])[]): boolean {
    const [left, right] = channels ?? [];
    if (!left) return true;
    // A hole in the input is a hole in the chunk too: what was gathered before it is dropped.
    if (this.#filled > 0 && this.#frame + this.#filled !== currentFrame) this.#filled = 0;
    for (let i = 0; i < left.length; i++) {
      const sample = left[i] ?? 0;
      this.#take(right ? (sample + (right[i] ?? 0)) / 2 : sample, currentFrame + i);
    }
    return true;
  }

  #take(sample: number, frame: number): void {
    if (this.#filled === 0) this.#frame = frame;
    this.#chunk[this.#filled++] = sample;
    if (this.#filled === this.#length) this.#post();
  }

  #post(): void {
    const chunk: CapturedChunk = { pcm: this.#chunk, frame: this.#frame };
    this.port.postMessage(chunk, [this.#chunk.buffer]);
    this.#chunk = new Float32Array(this.#length);
    this.#filled = 0;
  }
}

registerProcessor(CAPTURE_PROCESSOR, CaptureProcessor);
