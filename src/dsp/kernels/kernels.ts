import { decodeBase64 } from './decodeBase64';
import { KERNEL_CODE } from './kernelCode';

/** An address in the kernels' memory, bytes. */
export type Address = number;

/** What kernels/ computes, two numbers per instruction; see there. Every address must come from `reserve` or `scratch`. */
export interface Kernels {
  weigh(samples: Address, isSingle: boolean, weights: Address, re: Address, im: Address, half: number): void;
  measure(half: number, buffers: Address, tables: Address, power: Address): void;
  roots(values: Address, count: number, out: Address): number;
  applyRuns(runs: Address, runCount: number, weights: Address, power: Address, out: Address, filters: number): void;
  weighLoudness(
    left: Address,
    right: Address,
    count: number,
    state: Address,
    b0: number,
    b1: number,
    b2: number,
    a1: number,
    a2: number,
    c1: number,
    c2: number,
  ): void;
  scanPeak(samples: Address, count: number, phases: Address, peak: number, worth: number): number;
  halve(history: Address, near: Address, pairs: number, centre: number, out: Address, count: number, scratch: Address): void;
  filterPhases(
    history: Address,
    branches: Address,
    width: number,
    firsts: Address,
    up: number,
    down: number,
    start: number,
    out: Address,
    count: number,
  ): void;
}

interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
/** The part of the WebAssembly interface that is used: the pure rooms are compiled without the browser's types. */
interface WasmInterface {
  readonly Module: new (code: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object) => { readonly exports: Kernels & { readonly memory: WasmMemory } };
}

const PAGE = 65_536;
const ALIGNMENT = 16;

/**
 * One instance of the kernels and its memory. Calls do not overlap, so all share one scratch area; tables stay where they were
 * reserved for as long as the program runs.
 */
class KernelMemory {
  readonly run: Kernels;
  readonly #memory: WasmMemory;
  /** The whole memory; replaced when it grows. */
  singles: Float32Array;
  doubles: Float64Array;
  integers: Int32Array;
  #used = ALIGNMENT;
  #scratch: Address = 0;
  #scratchBytes = 0;

  constructor() {
    const { Module, Instance } = (globalThis as unknown as { readonly WebAssembly: WasmInterface }).WebAssembly;
    const { exports } = new Instance(new Module(decodeBase64(KERNEL_CODE)));
    this.run = exports;
    this.#memory = exports.memory;
    this.singles = new Float32Array(this.#memory.buffer);
    this.doubles = new Float64Array(this.#memory.buffer);
    this.integers = new Int32Array(this.#memory.buffer);
  }

  /** Room that nobody else gets, a multiple of 16 bytes from 0. */
  reserve(bytes: number): Address {
    const at = this.#used;
    this.#used += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    const missing = this.#used - this.#memory.buffer.byteLength;
    if (missing > 0) {
      this.#memory.grow(Math.ceil(missing / PAGE));
      this.singles = new Float32Array(this.#memory.buffer);
      this.doubles = new Float64Array(this.#memory.buffer);
      this.integers = new Int32Array(this.#memory.buffer);
    }
    return at;
  }

  /** Room until the next call of this. */
  scratch(bytes: number): Address {
    if (bytes > this.#scratchBytes) {
      this.#scratchBytes = 2 * bytes;
      this.#scratch = this.reserve(this.#scratchBytes);
    }
    return this.#scratch;
  }

  /** Numbers to an address. */
  writeSingles(at: Address, values: Float32Array): void {
    this.singles.set(values, at / 4);
  }

  writeDoubles(at: Address, values: Float64Array): void {
    this.doubles.set(values, at / 8);
  }
}

let opened: KernelMemory | null = null;

/** The kernels of this thread, made at the first call. */
export const kernels = (): KernelMemory => (opened ??= new KernelMemory());
