import { expect, test } from 'vitest';
import { chunkName } from '../../../scripts/vite/chunkNames.mjs';

test('a chunk that holds a runtime lies apart, every other one with the shell', () => {
  expect(chunkName({ moduleIds: ['/a/src/ml/tfjs.ts', '/a/node_modules/@tensorflow/tfjs-core/dist/index.js'] })).toBe(
    'assets/runtime/[name]-[hash].js',
  );
  expect(chunkName({ moduleIds: ['/a/node_modules/onnxruntime-web/dist/ort.wasm.bundle.min.mjs'] })).toBe(
    'assets/runtime/[name]-[hash].js',
  );
  expect(chunkName({ moduleIds: ['/a/src/ml/onnx.ts', '/a/node_modules/idb/build/index.js'] })).toBe('assets/[name]-[hash].js');
  expect(chunkName({ moduleIds: [] })).toBe('assets/[name]-[hash].js');
});
