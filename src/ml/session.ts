import type { ModelManifest } from './manifest';

/** Plain numbers with their shape, row-major. */
export interface Tensor {
  readonly data: Float32Array | Int32Array | BigInt64Array;
  readonly shape: readonly number[];
}

/** A loaded model, whatever runs it. Tests pass a fake; `onnx.ts` and `tfjs.ts` pass the real ones. */
export interface Session {
  readonly manifest: ModelManifest;
  /** Text files of the model beside the network itself, by their path in the manifest, e.g. a vocabulary. */
  readonly assets?: ReadonlyMap<string, string>;
  run(inputs: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Tensor>>>;
}
