import { frameDescriber } from './frameDescriber';
import type { Segment } from './segment/describeSegment';
import { describeSegment } from './segment/describeSegment';
import type { FrameTable } from './segmentLayout';
import { createFrameTable, HOP, MIN_SEGMENT_FRAMES, N_FFT, SEGMENT_FRAMES, selectFrames } from './segmentLayout';

/** Cuts a stream at 22,050 Hz into frames and 15 s segments; holds one segment's frames, never more. */
export class Segmenter {
  readonly #table = createFrameTable(SEGMENT_FRAMES);
  readonly #segments: Segment[] = [];
  #pending = new Float32Array(2 * N_FFT);
  #held = 0;
  #frames = 0;

  /** @param onTable hears of every frame: full tables as they fill, at the end what is left; valid until it returns */
  constructor(private readonly onTable?: (table: FrameTable) => void) {}

  /** @param samples mono at 22,050 Hz, finite; any length */
  push(samples: Float32Array): void {
    this.#append(samples);
    let start = 0;
    for (; start + N_FFT <= this.#held; start += HOP) this.#describe(start);
    this.#pending.copyWithin(0, start, this.#held);
    this.#held -= start;
  }

  /** @returns the segments, in order; a last one under 5 s only when it is the only one; none when nothing was pushed */
  finish(): readonly Segment[] {
    if (this.#segments.length === 0 && this.#frames === 0 && this.#held > 0) this.#describe(0);
    if (this.#frames > 0) this.#close();
    return this.#segments;
  }

  #append(samples: Float32Array): void {
    const needed = this.#held + samples.length;
    if (needed > this.#pending.length) {
      const grown = new Float32Array(needed);
      grown.set(this.#pending.subarray(0, this.#held));
      this.#pending = grown;
    }
    this.#pending.set(samples, this.#held);
    this.#held = needed;
  }

  #describe(start: number): void {
    frameDescriber().describe(this.#pending.subarray(0, this.#held), start, this.#table, this.#frames++);
    if (this.#frames === SEGMENT_FRAMES) this.#close();
  }

  #close(): void {
    const full = this.#frames === SEGMENT_FRAMES;
    const table = full ? this.#table : headOf(this.#table, this.#frames);
    this.#frames = 0;
    this.onTable?.(table);
    if (table.frames >= (this.#segments.length === 0 ? 1 : MIN_SEGMENT_FRAMES)) this.#segments.push(describeSegment(table));
  }
}

/** The first frames of a table, copied. */
function headOf(table: FrameTable, frames: number): FrameTable {
  return selectFrames(
    table,
    Array.from({ length: frames }, (_, t) => t),
  );
}
