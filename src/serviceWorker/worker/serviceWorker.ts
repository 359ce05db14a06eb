/// <reference types="vite/client" />
import { addPlugins, cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { forgetAllBut, isShell, runtimeCacheFor, servedFromCache } from './runtimeCache';
import { SHARE_PATH } from '../../core/shared';
import { takeShare } from './shareTarget';
import { withHeaders } from './withHeaders';

/**
 * Keeps the app usable without a network. The shell is stored at once; wasm and vendor files when a sense first needs
 * them; models are stored by the page itself, by their hash. Nothing here ever asks another origin.
 */
declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: readonly (PrecacheEntry | string)[] };
/** Filled in by vite.config.ts. */
declare const SYNCIN_HEADERS: Readonly<Record<string, string>>;
declare const SYNCIN_VENDOR_DIGEST: string;

const caches = { assets: 'syncin-assets', vendor: `syncin-vendor-${SYNCIN_VENDOR_DIGEST}` };
const scope = new URL(self.registration.scope);
/** Every file of this build but models and vendor files. */
const files = self.__WB_MANIFEST;
const urlOf = (file: PrecacheEntry | string) => (typeof file === 'string' ? file : file.url);

addPlugins([{ handlerWillRespond: ({ response }) => Promise.resolve(withHeaders(response, SYNCIN_HEADERS)) }]);
precacheAndRoute(files.filter((file) => isShell(urlOf(file))));
cleanupOutdatedCaches();
// Paths that name a file are that file; the app's screens live behind '#'.
registerRoute(new NavigationRoute(createHandlerBoundToURL('index.html'), { denylist: [/\.\w+$/] }));

registerRoute(
  ({ url, request }) => request.method === 'GET' && runtimeCacheFor(url, scope, caches) !== null,
  async ({ url, request }) => {
    const name = runtimeCacheFor(url, scope, caches) ?? caches.assets;
    return withHeaders(await servedFromCache(request, name), SYNCIN_HEADERS);
  },
);

// What other apps share never leaves the device: without this the browser would post it to the site.
registerRoute(
  ({ url }) => url.href === new URL(SHARE_PATH, scope).href,
  ({ request }) => takeShare(request, scope),
  'POST',
);

// A second lock behind the content security policy: whatever asks another origin through this page gets no answer.
registerRoute(
  ({ url }) => url.origin !== scope.origin,
  () => Promise.resolve(Response.error()),
);

self.addEventListener('activate', (event) => {
  const known = new Set(files.map((file) => new URL(urlOf(file), scope).href));
  event.waitUntil(Promise.all([self.clients.claim(), forgetAllBut(known, caches.assets), forgetOldVendorFiles()]));
});

self.addEventListener('message', (event: ExtendableMessageEvent) => {
  // The page decides when: a new version never replaces a running one by itself.
  if ((event.data as { type?: unknown } | null)?.type === 'apply-update') event.waitUntil(self.skipWaiting());
});

async function forgetOldVendorFiles(): Promise<void> {
  const names = await self.caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith('syncin-vendor-') && name !== caches.vendor).map((name) => self.caches.delete(name)),
  );
}
