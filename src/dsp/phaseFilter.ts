import { kernels, type Address } from './kernels/kernels';

/** The filter of a resampler as the kernels take it. */
export type PhaseFilter = HalfBand | Polyphase;

/** Of two samples one: every second tap but the middle one is idle, and the others are alike on both sides. */
interface HalfBand {
  readonly kind: 'half-band';
  /** [pairs] taps at 1, 3, 5, ... samples from the middle. */
  readonly near: Float64Array;
  readonly centre: number;
}

/** [up] rows of `width` taps, a multiple of four; row p meets input samples `firsts[p]`, `firsts[p] + 1`, ... */
interface Polyphase {
  readonly kind: 'polyphase';
  readonly width: number;
  readonly up: number;
  readonly down: number;
  readonly rows: Float64Array;
  readonly firsts: Int32Array;
}

/** @param taps [odd] low-pass at `up` times the input's rate */
export function phaseFilter(taps: Float64Array, up: number, down: number): PhaseFilter {
  const half = (taps.length - 1) / 2;
  const middle = taps[half] ?? 0;
  const isIdle = taps.every((tap, i) => (i - half) % 2 !== 0 || i === half || Math.abs(tap) < 1e-9);
  if (up === 1 && down === 2 && isIdle && half > 0) {
    const near = Float64Array.from({ length: Math.ceil(half / 2) }, (_, k) => taps[half + 1 + 2 * k] ?? 0);
    return { kind: 'half-band', near, centre: middle };
  }
  return polyphase(taps, half, up, down);
}

function polyphase(taps: Float64Array, half: number, up: number, down: number): Polyphase {
  // The output at high-rate position n * up + phase meets input sample n + o through tap half + phase - o * up.
  const firsts = Int32Array.from({ length: up }, (_, phase) => Math.ceil((phase - half) / up));
  const most = Math.floor((2 * half) / up) + 1;
  const width = 4 * Math.ceil(most / 4);
  const rows = new Float64Array(up * width);
  firsts.forEach((first, phase) => {
    for (let k = 0; k < width; k++) rows[phase * width + k] = up * (taps[half + phase - (first + k) * up] ?? 0);
  });
  return { kind: 'polyphase', width, up, down, rows, firsts };
}

/** Outputs per call of a kernel: what it needs stays in the processor's cache. */
const CHUNK = 2048;

/** Some input, as far as it is needed. */
export interface History {
  readonly samples: Float64Array;
  /** Number of the first of them in the stream. */
  readonly origin: number;
}

/**
 * Outputs number `from`, `from + 1`, ... of a stream.
 * @param out filled; the history must reach half a filter beyond its first and last place, and eight samples more
 */
export function filterHistory(filter: PhaseFilter, history: History, from: number, out: Float32Array): void {
  for (let done = 0; done < out.length; done += CHUNK) {
    const chunk = out.subarray(done, done + CHUNK);
    if (filter.kind === 'half-band') halve(filter, history, from + done, chunk);
    else filterPhases(filter, history, from + done, chunk);
  }
}

/** Copies `count` samples from number `first` of the stream on; what is not held counts as 0. */
function copy({ samples, origin }: History, first: number, count: number, to: Address): void {
  const { doubles } = kernels();
  const held = samples.subarray(Math.max(first - origin, 0), Math.max(first - origin + count, 0));
  doubles.set(held, to / 8);
  doubles.fill(0, to / 8 + held.length, to / 8 + count);
}

function halve({ near, centre }: HalfBand, history: History, from: number, out: Float32Array): void {
  const memory = kernels();
  const reach = 2 * near.length;
  const count = 2 * (out.length + 4) + 2 * reach;
  const taps = memory.scratch(8 * (near.length + 2 + 2 * count + 16) + 4 * (out.length + 4));
  const input = taps + 16 * Math.ceil(near.length / 2);
  const parted = input + 8 * count;
  const result = parted + 8 * (count + 8);
  memory.writeDoubles(taps, near);
  copy(history, 2 * from - reach, count, input);
  memory.run.halve(input, taps, near.length, centre, result, out.length, parted);
  out.set(memory.singles.subarray(result / 4, result / 4 + out.length));
}

function filterPhases(filter: Polyphase, history: History, from: number, out: Float32Array): void {
  const memory = kernels();
  const { up, down, width, rows, firsts } = filter;
  const start = (from * down) % up;
  const base = (from * down - start) / up;
  const before = -(firsts[0] ?? 0);
  const count = before + Math.ceil((start + out.length * down) / up) + width + 4;
  const table = memory.scratch(8 * (rows.length + count) + 4 * (up + out.length + 8));
  const input = table + 8 * rows.length;
  const offsets = input + 8 * count;
  const result = offsets + 4 * up;
  memory.writeDoubles(table, rows);
  memory.integers.set(firsts, offsets / 4);
  copy(history, base - before, count, input);
  memory.run.filterPhases(input + 8 * before, table, width, offsets, up, down, start, result, out.length);
  out.set(memory.singles.subarray(result / 4, result / 4 + out.length));
}
