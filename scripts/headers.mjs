// @ts-check
/**
 * The response headers of every SyncIn page, in one place: the dev server, the preview, `npm start`, the tests and the
 * service worker (for hosts that send none) all take them from here.
 */

/** What a page may load: itself. `blob:` covers covers, previews and recordings that the app makes. */
const CONTENT_SECURITY_POLICY = {
  'default-src': ["'self'"],
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'worker-src': ["'self'"],
  'style-src': ["'self'"],
  // Svelte writes `style="…"` attributes of templates through innerHTML; style elements stay forbidden.
  'style-src-attr': ["'unsafe-inline'"],
  'img-src': ["'self'", 'blob:', 'data:'],
  'media-src': ["'self'", 'blob:'],
  'connect-src': ["'self'", 'blob:'],
  'font-src': ["'self'"],
  'manifest-src': ["'self'"],
  'object-src': ["'none'"],
  'frame-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
};

/** Devices the page itself may use, and powers that nobody gets. */
const PERMISSIONS_POLICY = [
  'camera=(self)',
  'microphone=(self)',
  'serial=(self)',
  'autoplay=(self)',
  'fullscreen=(self)',
  'screen-wake-lock=(self)',
  'display-capture=()',
  'geolocation=()',
  'payment=()',
  'usb=()',
  'browsing-topics=()',
].join(', ');

/** @param {Readonly<Record<string, readonly string[]>>} policy */
const join = (policy) =>
  Object.entries(policy)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');

/** For `<meta http-equiv>`; a frame-ancestors rule is ignored there, so it is only in the header. */
export const metaContentSecurityPolicy = join(CONTENT_SECURITY_POLICY);

/** Cross-origin isolation gives SharedArrayBuffer, so wasm may use threads. */
export const isolationHeaders = Object.freeze({
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
});

/** Headers of the built app. */
export const productionHeaders = Object.freeze({
  ...isolationHeaders,
  'Content-Security-Policy': join({ ...CONTENT_SECURITY_POLICY, 'frame-ancestors': ["'none'"] }),
  'Permissions-Policy': PERMISSIONS_POLICY,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
});

/** Vite's dev client adds style elements, and a socket for reloads; everything else is as in the built app. */
export const devHeaders = Object.freeze({
  ...productionHeaders,
  'Content-Security-Policy': join({
    ...CONTENT_SECURITY_POLICY,
    'style-src': ["'self'", "'unsafe-inline'"],
    'connect-src': [...CONTENT_SECURITY_POLICY['connect-src'], 'ws:'],
  }),
});
