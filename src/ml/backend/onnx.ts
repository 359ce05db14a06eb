import type * as OnnxRuntime from 'onnxruntime-web/wasm';
import jspiModuleUrl from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url';
import jspiWasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';
import moduleUrl from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { AppError } from '../../core/errors';
import type { BackendCandidate, OpenSession } from './backendChoice';
import type { ModelManifest } from '../manifest';
import type { Tensor } from '../session';
import { hasWebgpu } from './webgpu';

type Ort = typeof OnnxRuntime;
type OrtTensor = OnnxRuntime.Tensor;
export type ModelBytes = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/** What the runtime itself costs to load, besides the model; a unit test compares the size with the installed package. */
export const ONNX_RUNTIME = { url: wasmUrl, bytes: 14_239_897 } as const;

/**
 * More threads help large models and cost small ones: half the cores, at most four, and one where the page is not
 * cross-origin isolated (then there is no shared memory).
 */
export function wasmThreads(isIsolated: boolean, cores: number): number {
  return isIsolated ? Math.min(4, Math.max(1, Math.floor(cores / 2))) : 1;
}

let wasmBuild: Promise<Ort> | null = null;
let webgpuBuild: Promise<Ort> | null = null;

/** Both files must be named: a bundled worker that is left to find the .mjs alone waits for its threads for ever. */
function configure(ort: Ort, wasm: string, mjs: string, threads: number): Ort {
  ort.env.wasm.wasmPaths = { wasm: new URL(wasm, location.href).href, mjs: new URL(mjs, location.href).href };
  ort.env.wasm.numThreads = threads;
  // We already run in a worker of our own.
  ort.env.wasm.proxy = false;
  ort.env.logLevel = 'error';
  return ort;
}

function loadWasmBuild(threads: number): Promise<Ort> {
  wasmBuild ??= import('onnxruntime-web/wasm').then((ort) => configure(ort, wasmUrl, moduleUrl, threads));
  return wasmBuild;
}

function loadWebgpuBuild(threads: number): Promise<Ort> {
  webgpuBuild ??= import('onnxruntime-web/jspi').then((ort) => configure(ort, jspiWasmUrl, jspiModuleUrl, threads));
  return webgpuBuild;
}

const DTYPES = new Map<unknown, 'float32' | 'int32' | 'int64'>([
  [Float32Array, 'float32'],
  [Int32Array, 'int32'],
  [BigInt64Array, 'int64'],
]);

function toOrt(ort: Ort, { data, shape }: Tensor): OrtTensor {
  const type = DTYPES.get(data.constructor);
  if (!type) throw new AppError('model/run-failed', 'a tensor of unknown type');
  return new ort.Tensor(type, data, shape);
}

function fromOrt({ data, dims }: OrtTensor): Tensor {
  if (!DTYPES.has(data.constructor)) throw new AppError('model/run-failed', 'an output of unknown type');
  return { data: data as Tensor['data'], shape: dims };
}

/** A network of others that is no model of ours: nothing is known of it but its bytes. */
export interface BareSession {
  run(inputs: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Tensor>>>;
  release(): Promise<void>;
}

function toBare(ort: Ort, session: OnnxRuntime.InferenceSession, name: string): BareSession {
  return {
    async run(inputs) {
      const feeds = Object.fromEntries(Object.entries(inputs).map(([key, tensor]) => [key, toOrt(ort, tensor)]));
      try {
        const outputs = await session.run(feeds);
        return Object.fromEntries(Object.entries(outputs).map(([key, tensor]) => [key, fromOrt(tensor)]));
      } catch (cause) {
        throw cause instanceof AppError ? cause : new AppError('model/run-failed', name, { cause });
      }
    },
    release: () => session.release(),
  };
}

/** Opens a third-party network in wasm. @throws AppError 'model/run-failed' */
export async function openBareOnnx(name: string, model: Uint8Array<ArrayBuffer>): Promise<BareSession> {
  const ort = await loadWasmBuild(wasmThreads(globalThis.crossOriginIsolated, navigator.hardwareConcurrency));
  try {
    return toBare(ort, await ort.InferenceSession.create(model, { executionProviders: ['wasm'] }), name);
  } catch (cause) {
    throw new AppError('model/run-failed', `${name} does not open`, { cause });
  }
}

async function open(
  ort: Ort,
  provider: 'wasm' | 'webgpu',
  manifest: ModelManifest,
  files: ModelBytes,
  backend: string,
): Promise<OpenSession> {
  const model = files.get(manifest.files[0]?.path ?? '');
  if (!model) throw new AppError('model/unavailable', `${manifest.name} has no file`);
  try {
    const session = await ort.InferenceSession.create(model, { executionProviders: [provider] });
    return { manifest, backend, ...toBare(ort, session, `${manifest.name} on ${backend}`) };
  } catch (cause) {
    throw new AppError('model/run-failed', `${manifest.name} does not open on ${backend}`, { cause });
  }
}

/** Ways to run an ONNX model here, cheapest download first. */
export async function onnxCandidates(manifest: ModelManifest, files: ModelBytes, threads?: number): Promise<readonly BackendCandidate[]> {
  const count = threads ?? wasmThreads(globalThis.crossOriginIsolated, navigator.hardwareConcurrency);
  const wasm: BackendCandidate = {
    name: 'wasm',
    open: async () => open(await loadWasmBuild(count), 'wasm', manifest, files, `wasm, ${count} ${count === 1 ? 'thread' : 'threads'}`),
  };
  // Its build needs the browser's own stack switching.
  if (!('Suspending' in WebAssembly) || !(await hasWebgpu())) return [wasm];
  return [wasm, { name: 'webgpu', open: async () => open(await loadWebgpuBuild(count), 'webgpu', manifest, files, 'webgpu') }];
}
