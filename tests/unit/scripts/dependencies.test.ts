import { expect, test } from 'vitest';
import { isInstalled } from '../../../scripts/lib/dependencies.mjs';

const wanted = {
  '': {},
  'node_modules/vite': { version: '8.3.8' },
  'node_modules/fsevents': { version: '2.3.3', optional: true },
};

test('what the lock asks for is there', () => {
  expect(isInstalled(wanted, { 'node_modules/vite': { version: '8.3.8' } })).toBe(true);
});

test('a missing package, another version and an empty folder are not', () => {
  expect(isInstalled(wanted, {})).toBe(false);
  expect(isInstalled(wanted, { 'node_modules/vite': { version: '8.3.7' } })).toBe(false);
});

test('a package of another platform may be absent, but not of another version', () => {
  const vite = { 'node_modules/vite': { version: '8.3.8' } };
  expect(isInstalled(wanted, { ...vite, 'node_modules/fsevents': { version: '2.0.0' } })).toBe(false);
});

test('packages that nobody asked for do no harm', () => {
  expect(isInstalled(wanted, { 'node_modules/vite': { version: '8.3.8' }, 'node_modules/other': { version: '1.0.0' } })).toBe(true);
});
