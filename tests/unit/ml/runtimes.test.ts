import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { ONNX_RUNTIME, wasmThreads } from '../../../src/ml/backend/onnx';
import { wantedFiles } from '../../../src/ml/vendor';

test('the size we announce for the runtime is that of the installed package', () => {
  const file = createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm');
  expect(ONNX_RUNTIME.bytes).toBe(statSync(file).size);
});

test('threads only with shared memory, half the cores, at most four', () => {
  expect(wasmThreads(false, 16)).toBe(1);
  expect([1, 2, 4, 8, 64].map((cores) => wasmThreads(true, cores))).toEqual([1, 1, 2, 4, 4]);
});

test('of alternatives the first one that the build has counts', () => {
  const spec = { bytes: 1, sha256: '' };
  const names = (index: Record<string, typeof spec>) => wantedFiles(index, ['runtime', ['better', 'plain']]).map(({ name }) => name);
  expect(names({ runtime: spec, better: spec, plain: spec })).toEqual(['runtime', 'better']);
  expect(names({ runtime: spec, plain: spec })).toEqual(['runtime', 'plain']);
  expect(names({})).toEqual([]);
});
