import type { LoadProgress } from '../ml/loadModel';
import { ONNX_RUNTIME } from '../ml/backend/onnx';
import { prefetch } from '../ml/prefetch';
import { fetchVendorIndex, wantedFiles } from '../ml/vendor';
import type { AnyModality } from './emotionHandlers';

/** The ONNX runtime, where the modality has a model, and a modality's third-party files, into the browser's cache. */
export async function prefetchRuntimes(
  { models, vendorFiles }: Pick<AnyModality, 'models' | 'vendorFiles'>,
  vendorUrl: string,
  signal: AbortSignal,
  onProgress: (progress: LoadProgress) => void,
): Promise<void> {
  const wanted = vendorFiles.length > 0 ? wantedFiles(await fetchVendorIndex(vendorUrl, signal), vendorFiles) : [];
  const files = wanted.map(({ name, spec }) => ({ url: new URL(name, vendorUrl).href, bytes: spec.bytes }));
  const runtime = models.length > 0 ? [{ url: new URL(ONNX_RUNTIME.url, location.href).href, bytes: ONNX_RUNTIME.bytes }] : [];
  await prefetch([...runtime, ...files], signal, onProgress);
}
