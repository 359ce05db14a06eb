import type { Milliseconds } from '../core/units';
import { chooseBackend, type BackendCandidate, type OpenSession } from './backend/backendChoice';
import type { ModelManifest } from './manifest';
import { fetchDescription, fetchNewest, fetchVerified, keepOnly, readNote, writeNote } from './modelFiles';
import { parseManifest } from './parseManifest';
import { readFloats, runSelfTest, selfTestInput } from './selfTest';

export interface LoadProgress {
  readonly loadedBytes: number;
  readonly totalBytes: number;
}

/** Contents of a model's files by their paths. */
export type ModelBytes = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

export interface LoadModelOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
  /** Threads for wasm; by default as many as pay in this context. */
  readonly threads?: number | undefined;
  /** Ways to run the model that need no runtime, tried before all others. */
  readonly before?: ((manifest: ModelManifest, files: ModelBytes) => readonly BackendCandidate[]) | undefined;
}

export interface LoadedModel {
  readonly session: OpenSession;
  /** Median ms per run for each backend that was measured; empty when the choice was remembered. */
  readonly measured: Readonly<Record<string, Milliseconds>>;
}

/** @param folder absolute URL of the model's folder, ending in '/' */
export async function fetchManifest(folder: string, signal?: AbortSignal): Promise<ModelManifest> {
  return parseManifest(await fetchDescription(new URL('manifest.json', folder).href, signal));
}

async function fetchFiles(
  folder: string,
  { files }: ModelManifest,
  { signal, onProgress }: LoadModelOptions,
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const totalBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let loadedBytes = 0;
  onProgress?.({ loadedBytes, totalBytes });
  const onBytes = (bytes: number) => onProgress?.({ loadedBytes: (loadedBytes += bytes), totalBytes });
  const contents = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const file of files) contents.set(file.path, await fetchVerified(new URL(file.path, folder).href, file, { signal, onBytes }));
  return contents;
}

async function candidatesFor(
  manifest: ModelManifest,
  files: ModelBytes,
  { threads, before }: LoadModelOptions,
): Promise<readonly BackendCandidate[]> {
  const first = before?.(manifest, files) ?? [];
  if (manifest.runtime === 'tfjs') return [...first, ...(await (await import('./backend/tfjs')).tfjsCandidates(manifest, files))];
  return [...first, ...(await (await import('./backend/onnx')).onnxCandidates(manifest, files, threads))];
}

/** The same weights may win on another backend after an update of the model only. */
const noteKey = ({ name, files }: ModelManifest) => `backend/${name}/${files[0]?.sha256}`;

/** What of an ONNX model is not the network, for the code that feeds it; the files of tfjs are all its own. */
function withAssets(session: OpenSession, files: ModelBytes): OpenSession {
  const [, ...assets] = session.manifest.runtime === 'onnx' ? files : [];
  const text = new TextDecoder();
  return assets.length === 0 ? session : { ...session, assets: new Map(assets.map(([path, bytes]) => [path, text.decode(bytes)])) };
}

async function rememberedBackend(manifest: ModelManifest): Promise<string | null> {
  const note = await readNote(noteKey(manifest));
  return typeof note === 'object' && note !== null && 'backend' in note && typeof note.backend === 'string' ? note.backend : null;
}

/**
 * Description, files, checks, session, self-test, in this order; from the cache when there is no network.
 * @param folder absolute URL of the model's folder, ending in '/'
 * @throws AppError 'model/…'; AbortError
 */
export async function loadModel(folder: string, options: LoadModelOptions = {}): Promise<LoadedModel> {
  const { signal } = options;
  const manifest = await fetchManifest(folder, signal);
  const files = await fetchFiles(folder, manifest, options);
  const [input, output] = await Promise.all([
    fetchNewest(new URL(manifest.selfTest.input, folder).href, signal),
    fetchNewest(new URL(manifest.selfTest.output, folder).href, signal),
  ]);
  const pair = { input: readFloats(input), output: readFloats(output) };
  signal?.throwIfAborted();
  const choice = await chooseBackend(await candidatesFor(manifest, files, options), {
    verify: (session) => runSelfTest(session, pair),
    probe: (session) => session.run(selfTestInput(manifest, pair)),
    clock: () => performance.now(),
    remembered: await rememberedBackend(manifest),
  });
  await keepOnly(
    manifest.name,
    manifest.files.map(({ sha256 }) => sha256),
  );
  if (Object.keys(choice.measured).length > 0) await writeNote(noteKey(manifest), { backend: choice.name, measured: choice.measured });
  return { session: withAssets(choice.session, files), measured: choice.measured };
}
