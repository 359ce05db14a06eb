import type { CapturedChunk } from '../../../core/capture';
import type { Hertz, Milliseconds, UnitInterval } from '../../../core/units';
import { Resampler } from '../../../dsp/resample';
import { clippedShare } from '../activity/levels';
import { BLOCK, SAMPLE_RATE } from '../frame';

export interface CutBlock {
  /** [1536] at 16 kHz. */
  readonly pcm: Float32Array;
  /** Index of the first sample since the cutter began; jumps where sound was lost. */
  readonly sampleTime: number;
  readonly clipped: UnitInterval;
  /** Time of the last sample on the context's clock. */
  readonly endsAt: Milliseconds;
}

/** Cuts the chunks of an audio context of any rate into blocks of equal length at 16 kHz, with an anti-aliasing filter between. */
export class BlockCutter {
  #resampler: Resampler | null;
  #rest = new Float32Array();
  #sampleTime = 0;
  #nextFrame: number | null = null;
  #clipped: UnitInterval = 0;

  constructor(private readonly rate: Hertz) {
    this.#resampler = this.#createResampler();
  }

  /** @returns the blocks that are complete by now, oldest first */
  push({ pcm, frame }: CapturedChunk): readonly CutBlock[] {
    if (this.#nextFrame !== null && frame !== this.#nextFrame) this.#skip(frame - this.#nextFrame);
    this.#nextFrame = frame + pcm.length;
    this.#clipped = Math.max(this.#clipped, clippedShare(pcm));
    this.#append(this.#resampler?.push(pcm) ?? pcm);
    const blocks: CutBlock[] = [];
    while (this.#rest.length >= BLOCK) blocks.push(this.#cut());
    return blocks;
  }

  #cut(): CutBlock {
    const block = this.#rest.slice(0, BLOCK);
    this.#rest = this.#rest.slice(BLOCK);
    const endsAt = (1000 * (this.#nextFrame ?? 0)) / this.rate - (1000 * this.#rest.length) / SAMPLE_RATE;
    const cut: CutBlock = { pcm: block, sampleTime: this.#sampleTime, clipped: this.#clipped, endsAt };
    this.#sampleTime += BLOCK;
    this.#clipped = 0;
    return cut;
  }

  /** Sound before a hole and sound behind it are not joined. */
  #skip(frames: number): void {
    this.#sampleTime += Math.max(1, Math.round((Math.abs(frames) * SAMPLE_RATE) / this.rate)) + this.#rest.length;
    this.#rest = new Float32Array();
    this.#resampler = this.#createResampler();
  }

  #append(samples: Float32Array): void {
    const joined = new Float32Array(this.#rest.length + samples.length);
    joined.set(this.#rest);
    joined.set(samples, this.#rest.length);
    this.#rest = joined;
  }

  #createResampler(): Resampler | null {
    return this.rate === SAMPLE_RATE ? null : new Resampler(this.rate, SAMPLE_RATE);
  }
}
