import type * as TensorFlow from '@tensorflow/tfjs';
import simdUrl from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm?url';
import plainUrl from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.wasm?url';
import { AppError } from '../../core/errors';
import type { BackendCandidate, OpenSession } from './backendChoice';
import type { ModelManifest } from '../manifest';
import type { Tensor } from '../session';
import { hasWebgpu } from './webgpu';

type Tf = typeof TensorFlow;
type TfTensor = TensorFlow.Tensor;
export type TfjsBackend = 'wasm' | 'cpu' | 'webgpu';

/** The backend is global to the library, so every run makes sure of its own. */
async function choose(tf: Tf, backend: TfjsBackend): Promise<void> {
  if (tf.getBackend() === backend) return;
  if (!(await tf.setBackend(backend))) throw new AppError('model/run-failed', `TensorFlow.js has no backend "${backend}" here`);
}

async function configureWasm(tf: Tf): Promise<void> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  // Its threaded build breaks when minified, so it must never be asked for.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths({
    'tfjs-backend-wasm-simd.wasm': new URL(simdUrl, location.href).href,
    // All three names are wanted; this one is never fetched.
    'tfjs-backend-wasm-threaded-simd.wasm': new URL(simdUrl, location.href).href,
    'tfjs-backend-wasm.wasm': new URL(plainUrl, location.href).href,
  });
}

let wasm: Promise<void> | null = null;

/** TensorFlow.js with this backend in force. @throws AppError 'model/run-failed' where it does not start */
export async function startTfjs(backend: TfjsBackend): Promise<Tf> {
  const tf = await import('@tensorflow/tfjs');
  // Once: the library refuses new paths after its first use.
  if (backend === 'wasm') await (wasm ??= configureWasm(tf));
  if (backend === 'webgpu') await import('@tensorflow/tfjs-backend-webgpu');
  await choose(tf, backend);
  return tf;
}

function toTf(tf: Tf, { data, shape }: Tensor): TfTensor {
  if (data instanceof BigInt64Array) throw new AppError('model/run-failed', 'TensorFlow.js knows no 64-bit integers');
  return tf.tensor(data, [...shape], data instanceof Float32Array ? 'float32' : 'int32');
}

async function fromTf(tensor: TfTensor): Promise<Tensor> {
  const data = await tensor.data();
  return { data: data instanceof Float32Array || data instanceof Int32Array ? data : Float32Array.from(data), shape: tensor.shape };
}

/** `model.json` as the converter writes it, its weight files joined in the order it names them. */
function artifactsOf(manifest: ModelManifest, files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>) {
  const [description, ...weights] = manifest.files.map(({ path }) => files.get(path) ?? new Uint8Array());
  const json = JSON.parse(new TextDecoder().decode(description));
  const weightData = new Uint8Array(weights.reduce((sum, { length }) => sum + length, 0));
  let filled = 0;
  for (const part of weights) {
    weightData.set(part, filled);
    filled += part.length;
  }
  const weightSpecs = json.weightsManifest.flatMap((group: { weights: unknown[] }) => group.weights);
  return { modelTopology: json.modelTopology, weightSpecs, weightData: weightData.buffer };
}

function toSession(tf: Tf, model: TensorFlow.GraphModel, manifest: ModelManifest, backend: TfjsBackend): OpenSession {
  const names = manifest.outputs.map(({ name }) => name);
  return {
    manifest,
    backend: `tfjs ${backend}`,
    async run(inputs) {
      await choose(tf, backend);
      const feeds = Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, toTf(tf, tensor)]));
      const outputs = model.execute(feeds, names);
      const tensors = Array.isArray(outputs) ? outputs : [outputs];
      try {
        return Object.fromEntries(await Promise.all(tensors.map(async (tensor, i) => [names[i] ?? '', await fromTf(tensor)] as const)));
      } finally {
        tf.dispose([feeds, tensors]);
      }
    },
    release: async () => model.dispose(),
  };
}

/** @throws AppError 'model/run-failed' */
export async function openTfjs(
  backend: TfjsBackend,
  manifest: ModelManifest,
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
): Promise<OpenSession> {
  const tf = await startTfjs(backend);
  try {
    const model = await tf.loadGraphModel(tf.io.fromMemory(artifactsOf(manifest, files)));
    return toSession(tf, model, manifest, backend);
  } catch (cause) {
    throw new AppError('model/run-failed', `${manifest.name} does not open on tfjs ${backend}`, { cause });
  }
}

/** Ways to run a TensorFlow.js graph here, cheapest download first. */
export async function tfjsCandidates(
  manifest: ModelManifest,
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
): Promise<readonly BackendCandidate[]> {
  const names: readonly TfjsBackend[] = (await hasWebgpu()) ? ['wasm', 'cpu', 'webgpu'] : ['wasm', 'cpu'];
  return names.map((name) => ({ name, open: () => openTfjs(name, manifest, files) }));
}
