import { AppError } from '../../core/errors';

interface Spec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
}

interface Tensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** The float32 tensors of a TensorFlow.js graph model, row-major, as PyTorch names them: 'attention.encode.weight'. */
export interface Weights {
  /** -1 in `shape` stands for any size. @throws AppError 'model/manifest-invalid' when the model has no such tensor or one of another shape */
  tensor(name: string, ...shape: readonly number[]): Float32Array;
  /** Size of one axis. @throws AppError 'model/manifest-invalid' */
  size(name: string, axis: number): number;
  /** @throws AppError 'model/manifest-invalid' */
  scalar(name: string): number;
}

const BYTES = 4;

const fail = (message: string): never => {
  throw new AppError('model/manifest-invalid', `fusion network: ${message}`);
};

const isSpec = (value: unknown): value is Spec => {
  const spec = value as Partial<Spec> | null;
  return typeof spec?.name === 'string' && Array.isArray(spec.shape) && (spec.dtype === 'float32' || spec.dtype === 'int32');
};

function readSpecs(description: string): readonly Spec[] {
  const { weightsManifest } = JSON.parse(description) as { readonly weightsManifest?: readonly { readonly weights?: unknown }[] };
  const specs: unknown[] = weightsManifest?.flatMap(({ weights }) => (Array.isArray(weights) ? (weights as unknown[]) : [])) ?? [];
  if (specs.length === 0) fail('no weights are described');
  return specs.map((spec) => (isSpec(spec) ? spec : fail(`a weight is described as ${JSON.stringify(spec)}`)));
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

function readTensors(specs: readonly Spec[], bytes: Uint8Array<ArrayBuffer>): ReadonlyMap<string, Tensor> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tensors = new Map<string, Tensor>();
  let from = 0;
  for (const { name, shape, dtype } of specs) {
    const start = from;
    from += sizeOf(shape) * BYTES;
    if (from > bytes.length) fail(`${name} reaches beyond the file`);
    if (dtype === 'float32') {
      tensors.set(name, {
        shape,
        values: Float32Array.from({ length: sizeOf(shape) }, (_, i) => view.getFloat32(start + BYTES * i, true)),
      });
    }
  }
  return tensors;
}

/**
 * @param description text of `model.json`
 * @param bytes of `weights.bin`, little-endian
 * @throws AppError 'model/manifest-invalid'; SyntaxError when the description is no JSON
 */
export function readWeights(description: string, bytes: Uint8Array<ArrayBuffer>): Weights {
  const tensors = readTensors(readSpecs(description), bytes);
  const find = (name: string) => tensors.get(name) ?? fail(`no tensor ${name}`);
  return {
    tensor(name, ...shape) {
      const found = find(name);
      const fits = found.shape.length === shape.length && shape.every((size, axis) => size === -1 || size === found.shape[axis]);
      return fits ? found.values : fail(`${name} is ${found.shape.join('x')}, not ${shape.join('x')}`);
    },
    size: (name, axis) => find(name).shape[axis] ?? fail(`${name} has no axis ${axis}`),
    scalar: (name) => find(name).values[0] ?? fail(`${name} is empty`),
  };
}
