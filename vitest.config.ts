import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { isolationHeaders } from './scripts/headers.mjs';
import { CHROMIUM_FLAGS, findChromium } from './scripts/lib/findChromium.mjs';
import { modelsFolder } from './scripts/vite/modelsFolder.mjs';

const executablePath = await findChromium();

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [svelte()],
        test: { name: 'node', environment: 'node', include: ['tests/unit/**/*.test.ts', 'tests/*.test.ts'], testTimeout: 30_000 },
      },
      {
        plugins: [svelte(), modelsFolder()],
        worker: { format: 'es' },
        // Found late, they would reload the page under a running test.
        optimizeDeps: {
          include: [
            '@mediapipe/tasks-vision',
            '@sapphi-red/web-noise-suppressor',
            '@tensorflow/tfjs',
            '@tensorflow/tfjs-backend-wasm',
            '@tensorflow/tfjs-backend-webgpu',
            'onnxruntime-web/jspi',
            'onnxruntime-web/wasm',
          ],
        },
        server: { headers: { ...isolationHeaders } },
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          testTimeout: 30_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { ...(executablePath ? { executablePath } : {}), args: [...CHROMIUM_FLAGS] } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
