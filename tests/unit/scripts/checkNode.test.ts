import { expect, test } from 'vitest';
import { isNodeNewEnough } from '../../../scripts/lib/checkNode.mjs';

test.each([
  ['20.19.0', true],
  ['20.20.2', true],
  ['22.1.0', true],
  ['20.18.9', false],
  ['18.20.0', false],
  ['9.99.0', false],
])('Node %s: %s', (version, enough) => {
  expect(isNodeNewEnough(version)).toBe(enough);
});
