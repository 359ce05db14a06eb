import { expect, test } from 'vitest';
import { packageOf } from '../../../scripts/vite/licences.mjs';

test.each([
  ['/any/node_modules/idb/build/index.js', 'idb'],
  ['/any/node_modules/@mediapipe/tasks-vision/vision_bundle.mjs', '@mediapipe/tasks-vision'],
  ['/any/node_modules/a/node_modules/@b/c/index.js', '@b/c'],
  ['\0/any/node_modules/seedrandom/index.js?commonjs-proxy', 'seedrandom'],
  ['C:\\any\\node_modules\\@b\\c\\index.js', '@b/c'],
  ['/any/src/main.ts', null],
  ['\0vite/preload-helper.js', null],
])('%s belongs to %s', (id, name) => {
  expect(packageOf(id)).toBe(name);
});
