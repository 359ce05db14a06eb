import type { ModelManifest } from './manifest';

/** Plain numbers with their shape, row-major. */
export interface Tensor {
  readonly data: Float32Array | Int32Array | BigInt64Array;
  readonly shape: readonly number[];
}

/** A loaded model, whatever runs it. Tests pass a fake; `onnx.ts` and `tfjs.ts` pass the real ones. */
export interface Session {
  readonly manifest: ModelManifest;
  run(inputs: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Tensor>>>;
}
