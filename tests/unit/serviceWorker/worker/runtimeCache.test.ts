import { expect, test } from 'vitest';
import { isShell, runtimeCacheFor } from '../../../../src/serviceWorker/worker/runtimeCache';

const CACHES = { assets: 'assets', vendor: 'vendor-1' };
const cacheFor = (url: string, scope = 'https://a.test/sub/') => runtimeCacheFor(new URL(url), new URL(scope), CACHES);

test.each([
  ['https://a.test/sub/assets/ort-wasm-12345678.wasm', 'assets'],
  ['https://a.test/sub/vendor/face_landmarker.task', 'vendor-1'],
  ['https://a.test/sub/vendor/vision_wasm_module_internal.js?2', 'vendor-1'],
  ['https://a.test/sub/vendor/index.json', null],
  ['https://a.test/sub/models/face/model.onnx', null],
  ['https://a.test/sub/', null],
  ['https://a.test/assets/other-app.js', null],
  ['https://b.test/sub/assets/ort-wasm-12345678.wasm', null],
])('%s belongs to %s', (url, cache) => {
  expect(cacheFor(url)).toBe(cache);
});

test('an app at the root of its host', () => {
  expect(cacheFor('https://a.test/assets/a.wasm', 'https://a.test/')).toBe('assets');
});

test.each([
  ['index.html', true],
  ['assets/index-12345678.js', true],
  ['assets/emotion.worker-12345678.js', true],
  ['icons/icon.svg', true],
  ['assets/runtime/tfjs-12345678.js', false],
  ['assets/ort-wasm-simd-threaded-12345678.wasm', false],
  ['assets/ort-wasm-simd-threaded-12345678.mjs', false],
])('%s is stored at the first visit: %s', (path, stored) => {
  expect(isShell(path)).toBe(stored);
});
