import { AppError } from '../core/errors';

/** Where verified model files stay, by content; "erase everything" deletes it by this name. */
export const MODEL_CACHE = 'syncin-models';

export interface FileSpec {
  readonly bytes: number;
  readonly sha256: string;
}

export interface FetchOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told of every chunk; a cached file is one chunk. */
  readonly onBytes?: (bytes: number) => void;
}

/** Cache keys are URLs; these name contents and are never fetched. */
const keyOf = (path: string) => new URL(`/${MODEL_CACHE}/${path}`, location.origin).href;

/** null where the browser offers no Cache Storage (insecure page, some private windows): then nothing is kept. */
async function openCache(): Promise<Cache | null> {
  if (!('caches' in globalThis)) return null;
  try {
    return await caches.open(MODEL_CACHE);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'SecurityError') return null;
    throw new AppError('storage/unavailable', 'Cache Storage cannot be opened', { cause });
  }
}

/** Keeps a copy; a full disk costs offline use, not the model. */
async function keep(key: string, body: BodyInit): Promise<void> {
  const cache = await openCache();
  try {
    await cache?.put(keyOf(key), new Response(body));
  } catch (cause) {
    if (!(cause instanceof DOMException && cause.name === 'QuotaExceededError')) {
      throw new AppError('storage/unavailable', `${key} cannot be kept`, { cause });
    }
  }
}

async function kept(key: string): Promise<Response | undefined> {
  return (await openCache())?.match(keyOf(key));
}

async function forget(key: string): Promise<void> {
  await (await openCache())?.delete(keyOf(key));
}

async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A network failure as fetch reports it; anything else, an abort above all, is passed on. */
const isOffline = (error: unknown) => error instanceof TypeError;

async function fetchOk(url: string, signal: AbortSignal | undefined): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { signal: signal ?? null });
  } catch (cause) {
    if (!isOffline(cause)) throw cause;
    throw new AppError('model/fetch-failed', `${url} cannot be reached`, { cause });
  }
  if (response.status === 404) throw new AppError('model/unavailable', `${url} does not exist`);
  if (!response.ok) throw new AppError('model/fetch-failed', `${url} answered ${response.status}`);
  return response;
}

/** Reads a body of known length chunk by chunk; a longer or shorter one is damaged. */
async function readBody(
  response: Response,
  url: string,
  bytes: number,
  onBytes?: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const content = new Uint8Array(bytes);
  let filled = 0;
  const reader = response.body?.getReader();
  while (reader) {
    let chunk: ReadableStreamReadResult<Uint8Array>;
    try {
      chunk = await reader.read();
    } catch (cause) {
      if (!isOffline(cause)) throw cause;
      throw new AppError('model/fetch-failed', `${url} broke off after ${filled} bytes`, { cause });
    }
    if (chunk.done) break;
    if (filled + chunk.value.length > bytes) throw new AppError('model/hash-mismatch', `${url} is longer than ${bytes} bytes`);
    content.set(chunk.value, filled);
    filled += chunk.value.length;
    onBytes?.(chunk.value.length);
  }
  if (filled !== bytes) throw new AppError('model/hash-mismatch', `${url} has ${filled} of ${bytes} bytes`);
  return content;
}

export async function isCached({ sha256 }: FileSpec): Promise<boolean> {
  return (await kept(sha256)) !== undefined;
}

/** Whether any cache of this origin holds a file, e.g. the service worker's copy of a runtime. */
export async function isUrlCached(url: string): Promise<boolean> {
  return 'caches' in globalThis && (await caches.match(url)) !== undefined;
}

/**
 * The bytes that a hash names: from the cache when they are there and whole, else from the network, checked and then kept.
 * @throws AppError 'model/fetch-failed', 'model/unavailable' or 'model/hash-mismatch'; AbortError
 */
export async function fetchVerified(url: string, spec: FileSpec, { signal, onBytes }: FetchOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const copy = await kept(spec.sha256);
  if (copy) {
    const content = new Uint8Array(await copy.arrayBuffer());
    signal?.throwIfAborted();
    if ((await sha256Of(content)) === spec.sha256) {
      onBytes?.(content.length);
      return content;
    }
    await forget(spec.sha256);
  }
  const content = await readBody(await fetchOk(url, signal), url, spec.bytes, onBytes);
  if ((await sha256Of(content)) !== spec.sha256) throw new AppError('model/hash-mismatch', `${url}: sha256 differs`);
  await keep(spec.sha256, content);
  return content;
}

/** A small file without a hash of its own: the network's when there is one, else the copy of last time. */
export async function fetchNewest(url: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const key = `newest/${new URL(url).pathname}`;
  try {
    const content = new Uint8Array(await (await fetchOk(url, signal)).arrayBuffer());
    await keep(key, content);
    return content;
  } catch (error) {
    const copy = error instanceof AppError && error.code === 'model/fetch-failed' ? await kept(key) : undefined;
    if (!copy) throw error;
    return new Uint8Array(await copy.arrayBuffer());
  }
}

/** As `fetchNewest`, parsed; a page that answers everything with HTML is not mistaken for a description. */
export async function fetchDescription(url: string, signal?: AbortSignal): Promise<unknown> {
  const text = new TextDecoder().decode(await fetchNewest(url, signal));
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('model/manifest-invalid', `${url} is not JSON`, { cause });
  }
}

/** Small notes about a model, such as the backend that won; undefined when there is none. */
export async function readNote(key: string): Promise<unknown> {
  return (await kept(`note/${key}`))?.json();
}

export async function writeNote(key: string, note: unknown): Promise<void> {
  await keep(`note/${key}`, JSON.stringify(note));
}

/** Remembers which contents a model is made of, and drops those of its earlier version. */
export async function keepOnly(name: string, hashes: readonly string[]): Promise<void> {
  const before = await readNote(`files/${name}`);
  await writeNote(`files/${name}`, hashes);
  if (!Array.isArray(before)) return;
  for (const hash of before) if (typeof hash === 'string' && !hashes.includes(hash)) await forget(hash);
}
