import { AppError } from '../core/errors';
import type { LoadProgress } from './loadModel';
import { isUrlCached } from './modelFiles';

export interface PrefetchFile {
  readonly url: string;
  readonly bytes: number;
}

/** Reads a response to its end, so that the browser and the service worker keep it. */
async function drain(url: string, signal: AbortSignal, onBytes: (bytes: number) => void): Promise<void> {
  try {
    const reader = (await fetch(url, { signal })).body?.getReader();
    for (let chunk = await reader?.read(); chunk && !chunk.done; chunk = await reader?.read()) onBytes(chunk.value.length);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new AppError('model/fetch-failed', `${url} cannot be reached`, { cause });
  }
}

/** Runtimes fetch their own wasm without saying how far they are: fetching it first gives a download with progress. */
export async function prefetch(
  files: readonly PrefetchFile[],
  signal: AbortSignal,
  onProgress: (progress: LoadProgress) => void,
): Promise<void> {
  const totalBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let loadedBytes = 0;
  const onBytes = (bytes: number) => onProgress({ loadedBytes: (loadedBytes += bytes), totalBytes });
  onBytes(0);
  for (const { url, bytes } of files) {
    if (await isUrlCached(url)) onBytes(bytes);
    else await drain(url, signal, onBytes);
  }
}
