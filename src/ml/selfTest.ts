import { AppError } from '../core/errors';
import type { ModelManifest } from './manifest';
import type { Session, Tensor } from './session';

/** One stored sample and the outputs that the trainer's runtime gave for it, each one after another in the manifest's order. */
export interface SelfTestPair {
  readonly input: Float32Array;
  readonly output: Float32Array;
}

/** Little-endian float32, as every platform with a browser has it. */
export function readFloats(bytes: Uint8Array<ArrayBuffer>): Float32Array {
  if (bytes.length % 4 !== 0) throw new AppError('model/self-test-failed', `${bytes.length} bytes are not whole floats`);
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}

/** The manifest's shape for one sample: the first free dimension is 1, a second one takes what is left of `length`. */
export function shapeFor(shape: readonly number[], length: number): readonly number[] {
  const single = [...shape];
  const batch = single.indexOf(-1);
  if (batch >= 0) single[batch] = 1;
  const free = single.indexOf(-1);
  if (free >= 0) single[free] = length / single.reduce((product, size) => (size === -1 ? product : product * size), 1);
  return single;
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);
/** Elements of one sample; null where a second dimension is free. */
const sampleSize = ([, ...rest]: readonly number[]): number | null => (rest.includes(-1) ? null : sizeOf(rest));

/** The stored sample as a session takes it. At most one input may have a second free dimension: it takes what the others leave. */
export function selfTestInput({ inputs }: ModelManifest, { input }: SelfTestPair): Readonly<Record<string, Tensor>> {
  const sizes = inputs.map(({ shape }) => sampleSize(shape));
  const open = sizes.filter((size) => size === null).length;
  if (inputs.length === 0 || open > 1) throw new AppError('model/self-test-failed', `${open} inputs of unknown length`);
  const known = sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  let from = 0;
  const tensors = inputs.map(({ name, shape }, i): [string, Tensor] => {
    const data = input.subarray(from, (from += sizes[i] ?? input.length - known));
    return [name, { data, shape: shapeFor(shape, data.length) }];
  });
  if (from !== input.length) throw new AppError('model/self-test-failed', `${input.length} numbers instead of ${from}`);
  return Object.fromEntries(tensors);
}

/** Runs the stored input through the real backend: catches a wrong layout, a wrong normalisation, a backend that computes wrongly. */
export async function runSelfTest(session: Session, pair: SelfTestPair): Promise<void> {
  const { manifest } = session;
  const outputs = await session.run(selfTestInput(manifest, pair));
  const got = manifest.outputs.flatMap(({ name }) => Array.from(outputs[name]?.data ?? [], Number));
  const wanted = pair.output;
  if (got.length !== wanted.length)
    throw new AppError('model/self-test-failed', `${manifest.name}: ${got.length} numbers instead of ${wanted.length}`);
  const worst = got.reduce((most, value, i) => Math.max(most, Math.abs(value - (wanted[i] ?? NaN))), 0);
  // Written so that NaN fails too.
  if (!(worst <= manifest.selfTest.tolerance)) {
    throw new AppError('model/self-test-failed', `${manifest.name}: off by ${worst}, tolerance ${manifest.selfTest.tolerance}`);
  }
}
