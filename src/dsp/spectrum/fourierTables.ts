import { kernels, type Address } from '../kernels/kernels';

/** What the kernels need for frames of one size, in their memory; kernels/fourier.ts says what lies where. */
export interface FourierTables {
  /** [size] samples, of either precision. */
  readonly samples: Address;
  /** [size / 2 + 1] f64. */
  readonly power: Address;
  readonly buffers: Address;
  readonly tables: Address;
  /** Whose window lies there. */
  owner: object | null;
}

const BYTES = 8;
const known = new Map<number, FourierTables>();

/** The tables of a size, computed once. @param size a power of two, at least 16 */
export function fourierTables(size: number): FourierTables {
  const found = known.get(size) ?? create(size);
  known.set(size, found);
  return found;
}

function create(size: number): FourierTables {
  const half = size / 2;
  const memory = kernels();
  const made = {
    samples: memory.reserve(size * BYTES),
    power: memory.reserve((half + 1) * BYTES),
    buffers: memory.reserve(4 * half * BYTES),
    tables: memory.reserve((6 * half + 6 * (half / 4)) * BYTES),
    owner: null,
  };
  const turn = (period: number) => (k: number) => (2 * Math.PI * k) / period;
  const columns: readonly (readonly [count: number, value: (k: number) => number])[] = [
    [half, (k) => Math.cos(turn(half)(k))],
    [half, (k) => Math.sin(turn(half)(k))],
    [half, (k) => Math.cos(turn(size)(k))],
    [half, (k) => Math.sin(turn(size)(k))],
    ...[1, 2, 3].flatMap((times): [number, (k: number) => number][] => [
      [half / 4, (k) => Math.cos(turn(half)(times * k))],
      [half / 4, (k) => Math.sin(turn(half)(times * k))],
    ]),
  ];
  // The window's two halves come first.
  let at = made.tables + 2 * half * BYTES;
  for (const [count, value] of columns) {
    memory.writeDoubles(
      at,
      Float64Array.from({ length: count }, (_, k) => value(k)),
    );
    at += count * BYTES;
  }
  return made;
}
