import { AppError } from '../../core/errors';

/** `network.json` of the model: where each tensor lies in `weights.f32`, and the few numbers that are no tensors. */
interface Plan {
  readonly tensors: Readonly<Record<string, { readonly offset: number; readonly shape: readonly number[] }>>;
  readonly constants: Readonly<Record<string, number>>;
}

/** Named float32 tensors, row-major, as PyTorch names them: 'attention.encode.weight'. */
export interface Weights {
  /** @throws AppError 'model/manifest-invalid' when the model has no such tensor or one of another size */
  tensor(name: string, ...shape: readonly number[]): Float32Array;
  /** @throws AppError 'model/manifest-invalid' */
  constant(name: string): number;
}

const fail = (message: string): never => {
  throw new AppError('model/manifest-invalid', `fusion network: ${message}`);
};

function parsePlan(text: string): Plan {
  const plan = JSON.parse(text) as Partial<Plan> | null;
  if (typeof plan?.tensors !== 'object' || typeof plan.constants !== 'object') return fail('no tensors or no constants');
  return plan as Plan;
}

/**
 * @param plan text of `network.json`
 * @param bytes of `weights.f32`, little-endian float32
 * @throws AppError 'model/manifest-invalid'; SyntaxError when the plan is no JSON
 */
export function readWeights(plan: string, bytes: Uint8Array<ArrayBuffer>): Weights {
  const { tensors, constants } = parsePlan(plan);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = Float32Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) => view.getFloat32(4 * i, true));
  return {
    tensor(name, ...shape) {
      const spec = tensors[name] ?? fail(`no tensor ${name}`);
      if (spec.shape.join() !== shape.join()) fail(`${name} is ${spec.shape.join('x')}, not ${shape.join('x')}`);
      const size = shape.reduce((a, b) => a * b, 1);
      if (spec.offset + size > values.length) fail(`${name} reaches beyond the file`);
      return values.subarray(spec.offset, spec.offset + size);
    },
    constant: (name) => constants[name] ?? fail(`no constant ${name}`),
  };
}
