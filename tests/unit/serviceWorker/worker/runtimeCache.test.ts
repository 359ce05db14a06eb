import { expect, test } from 'vitest';
import { runtimeCacheFor, stemOf } from '../../../../src/serviceWorker/worker/runtimeCache';

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

test('copies of one file from two builds share a stem, different files do not', () => {
  expect(stemOf('/assets/ort-wasm-simd-threaded-B7a-x_1z.wasm')).toBe('/assets/ort-wasm-simd-threaded.wasm');
  expect(stemOf('/assets/ort-wasm-simd-threaded-Zq81kk0s.wasm')).toBe('/assets/ort-wasm-simd-threaded.wasm');
  expect(stemOf('/assets/ort-wasm-simd-threaded-Zq81kk0s.mjs')).toBe('/assets/ort-wasm-simd-threaded.mjs');
  expect(stemOf('/vendor/face_landmarker.task')).toBe('/vendor/face_landmarker.task');
  expect(stemOf('/vendor/vision_wasm_module_internal.wasm')).toBe('/vendor/vision_wasm_module_internal.wasm');
});
