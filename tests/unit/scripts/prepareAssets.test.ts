import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareAssets, sha256, type Asset, type Places } from '../../../scripts/lib/prepareAssets.mjs';

const BYTES = new TextEncoder().encode('a model');
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'syncin-assets-'));
  mkdirSync(join(root, 'modules/package'), { recursive: true });
  mkdirSync(join(root, 'local'));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const asset = (over: Partial<Asset> = {}): Asset => ({
  path: 'model.bin',
  required: true,
  licence: 'Apache-2.0',
  origin: 'a test',
  sources: [{ npm: 'package', file: 'model.bin' }],
  bytes: BYTES.byteLength,
  sha256: sha256(BYTES),
  ...over,
});

const places = (over: Partial<Places> = {}): Places => ({
  modules: join(root, 'modules'),
  local: [join(root, 'local')],
  target: join(root, 'vendor'),
  preparer: () => Promise.reject(new Error('nothing to prepare')),
  download: () => Promise.reject(new Error('no network')),
  ...over,
});

const index = (): unknown => JSON.parse(readFileSync(join(root, 'vendor/index.json'), 'utf8'));

test('copies from the package and lists bytes and hash', async () => {
  writeFileSync(join(root, 'modules/package/model.bin'), BYTES);
  expect(await prepareAssets([asset()], places())).toEqual({ present: ['model.bin'], missing: [] });
  expect(index()).toEqual({ schema: 1, files: { 'model.bin': { bytes: 7, sha256: sha256(BYTES) } } });
});

test('bytes other than the locked ones are refused, and a required asset stops the build with the reason', async () => {
  writeFileSync(join(root, 'modules/package/model.bin'), 'b model');
  await expect(prepareAssets([asset()], places())).rejects.toThrow(/model\.bin cannot be had.*other bytes than the lock/s);
  expect(existsSync(join(root, 'vendor/model.bin'))).toBe(false);
});

test('an optional asset that is nowhere is left out and named', async () => {
  const optional = asset({ required: false, sources: [{ local: 'model.bin' }, { url: 'https://example.test/model.bin' }] });
  const { present, missing } = await prepareAssets([optional], places());
  expect(present).toEqual([]);
  expect(missing[0]?.reasons).toEqual(['no local folder holds model.bin', 'no network']);
  expect(index()).toEqual({ schema: 1, files: {} });
});

test('a damaged local copy falls through to the publisher', async () => {
  writeFileSync(join(root, 'local/model.bin'), 'damaged');
  const optional = asset({ sources: [{ local: 'model.bin' }, { url: 'https://example.test/model.bin' }] });
  await prepareAssets([optional], places({ download: () => Promise.resolve(BYTES) }));
  expect(readFileSync(join(root, 'vendor/model.bin'))).toEqual(Buffer.from(BYTES));
});

test('a prepared asset is checked before, and listed after, it was rewritten', async () => {
  writeFileSync(join(root, 'modules/package/model.bin'), BYTES);
  const longer = (bytes: Uint8Array): Uint8Array => Uint8Array.of(...bytes, 0);
  await prepareAssets([asset({ prepare: 'longer' })], places({ preparer: () => Promise.resolve(longer) }));
  expect(index()).toEqual({ schema: 1, files: { 'model.bin': { bytes: 8, sha256: sha256(longer(BYTES)) } } });
});

test('a second run rewrites nothing and removes what the lock no longer names', async () => {
  writeFileSync(join(root, 'modules/package/model.bin'), BYTES);
  await prepareAssets([asset()], places());
  const before = statSync(join(root, 'vendor/model.bin')).mtimeMs;
  writeFileSync(join(root, 'vendor/old.bin'), 'old');
  await prepareAssets([asset()], places());
  expect(statSync(join(root, 'vendor/model.bin')).mtimeMs).toBe(before);
  expect(existsSync(join(root, 'vendor/old.bin'))).toBe(false);
});
