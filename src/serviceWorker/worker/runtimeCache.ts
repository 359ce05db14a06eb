export interface RuntimeCaches {
  /** Build output with a hash in its name. */
  readonly assets: string;
  /** Third-party files with stable names; the cache's name changes with their contents. */
  readonly vendor: string;
}

/**
 * Which cache a request belongs to when the shell's list does not hold it.
 * @param scope the folder that the app is served from
 * @returns null for everything that is not kept (models keep themselves)
 */
export function runtimeCacheFor(url: URL, scope: URL, caches: RuntimeCaches): string | null {
  if (url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return null;
  const path = url.pathname.slice(scope.pathname.length);
  if (path.startsWith('assets/')) return caches.assets;
  if (path.startsWith('vendor/') && path !== 'vendor/index.json') return caches.vendor;
  return null;
}

/** The name that two builds' copies of one file share: `assets/ort-wasm-B7a-x_1z.wasm` and `assets/ort-wasm-Zq81kk0s.wasm` agree. */
export function stemOf(path: string): string {
  return path.replace(/-[\w-]{8}(\.\w+)$/, '$1');
}

/** Cache first. A new file replaces the earlier builds' copies of itself, so that the cache does not grow with every update. */
export async function servedFromCache(request: Request, cacheName: string): Promise<Response> {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  const response = await fetch(request);
  // A partial answer (206) must not stand for the whole file.
  if (response.status !== 200) return response;
  const stem = stemOf(new URL(request.url).pathname);
  const outdated = (await cache.keys()).filter((key) => stemOf(new URL(key.url).pathname) === stem);
  await Promise.all(outdated.map((key) => cache.delete(key)));
  await cache.put(request.url, response.clone());
  return response;
}
