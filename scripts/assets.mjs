// @ts-check
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepareAssets } from './lib/prepareAssets.mjs';

/**
 * Puts the files of assets.lock.json into public/vendor/. Files that no npm package carries come from the folder in
 * SYNCIN_ASSETS, else from their publisher, once; without them the build succeeds and the app does with less.
 */
const ROOT = resolve(import.meta.dirname, '..');
const DOWNLOAD_LIMIT_MS = 20_000;

/** @param {string} url @returns {Promise<Uint8Array>} */
async function download(url) {
  console.log(`Fetching ${url}`);
  const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_LIMIT_MS) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

const lock = JSON.parse(readFileSync(join(ROOT, 'assets.lock.json'), 'utf8'));
const { present, missing } = await prepareAssets(lock.assets, {
  modules: join(ROOT, 'node_modules'),
  // What an earlier run fetched counts as local, so nothing is fetched twice.
  local: [process.env['SYNCIN_ASSETS'], join(ROOT, '../shared/data/assets'), join(ROOT, 'public/vendor')].filter(
    (folder) => folder !== undefined,
  ),
  target: join(ROOT, 'public/vendor'),
  // A preparer is a module of scripts/assets whose `prepare` takes the published bytes and returns those to serve.
  preparer: async (name) => (await import(pathToFileURL(join(import.meta.dirname, 'assets', `${name}.mjs`)).href)).prepare,
  download,
});

console.log(`${present.length} third-party files are in public/vendor/.`);
for (const { asset, reasons } of missing) console.log(`Without ${asset.path} (${asset.origin}): ${reasons.join('; ')}`);
