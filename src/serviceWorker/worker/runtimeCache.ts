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

/**
 * Whether the first visit stores a file: everything but the runtimes, which are megabytes that only a sense or an analysis needs.
 * @param path below the app's folder
 */
export function isShell(path: string): boolean {
  return !path.startsWith('assets/runtime/') && !/\.(wasm|mjs)$/.test(path);
}

/** Cache first. */
export async function servedFromCache(request: Request, cacheName: string): Promise<Response> {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  const response = await fetch(request);
  // A partial answer (206) must not stand for the whole file.
  if (response.status === 200) await cache.put(request.url, response.clone());
  return response;
}

/** Deletes what this build no longer names, so that a cache does not grow with every version. */
export async function forgetAllBut(known: ReadonlySet<string>, cacheName: string): Promise<void> {
  const cache = await caches.open(cacheName);
  const outdated = (await cache.keys()).filter(({ url }) => !known.has(url));
  await Promise.all(outdated.map((key) => cache.delete(key)));
}
