import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { devHeaders, productionHeaders } from './scripts/headers.mjs';
import { chunkName } from './scripts/vite/chunkNames.mjs';
import { licences } from './scripts/vite/licences.mjs';
import { metaPolicy } from './scripts/vite/metaPolicy.mjs';
import { modelsFolder } from './scripts/vite/modelsFolder.mjs';

const thirdParty = licences();
const VENDOR_INDEX = 'public/vendor/index.json';

/** Changes whenever a third-party file does, so that the service worker forgets the old ones. */
const vendorDigest = existsSync(VENDOR_INDEX) ? createHash('sha256').update(readFileSync(VENDOR_INDEX)).digest('hex').slice(0, 12) : 'none';

export default defineConfig({
  // Relative, so that one build works at a domain's root and at a sub-path.
  base: './',
  plugins: [
    svelte(),
    modelsFolder(),
    metaPolicy(),
    thirdParty.page,
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/serviceWorker/worker',
      filename: 'serviceWorker.ts',
      injectRegister: false,
      manifest: false,
      injectManifest: {
        rollupFormat: 'iife',
        // Every file but models and vendor files; the service worker stores the shell at once and the rest when it is used.
        globPatterns: [
          'index.html',
          'assets/**/*.{js,mjs,css,wasm}',
          'icons/*.{svg,png}',
          'manifest.webmanifest',
          'third-party-licences.txt',
        ],
        maximumFileSizeToCacheInBytes: 64 * 2 ** 20,
      },
    }),
  ],
  define: { SYNCIN_HEADERS: JSON.stringify(productionHeaders), SYNCIN_VENDOR_DIGEST: JSON.stringify(vendorDigest) },
  worker: { format: 'es', plugins: () => [thirdParty.worker()], rolldownOptions: { output: { chunkFileNames: chunkName } } },
  build: {
    target: 'es2023',
    rolldownOptions: { output: { chunkFileNames: chunkName } },
    sourcemap: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1024,
  },
  server: { headers: { ...devHeaders } },
  preview: { headers: { ...productionHeaders } },
});
