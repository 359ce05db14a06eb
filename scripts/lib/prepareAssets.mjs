// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/**
 * @typedef {{ npm: string, file: string } | { local: string } | { url: string }} AssetSource
 * @typedef {object} Asset
 * @property {string} path below the vendor folder
 * @property {boolean} required the build stops without it
 * @property {string} licence SPDX
 * @property {string} origin what it is and whose
 * @property {AssetSource[]} sources tried in order
 * @property {number} bytes of the source file
 * @property {string} sha256 of the source file, hex
 * @property {string} [prepare] a module of scripts/assets that rewrites the bytes
 */

/**
 * @typedef {object} Places
 * @property {string} modules the node_modules folder
 * @property {string[]} local folders that may hold assets which no package carries
 * @property {string} target the vendor folder
 * @property {(name: string) => Promise<(bytes: Uint8Array) => Uint8Array>} preparer finds the function for `prepare`
 * @property {(url: string) => Promise<Uint8Array>} download
 */

/** @param {Uint8Array} bytes */
export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** @param {string} file @returns {Promise<Uint8Array>} */
const readExisting = (file) =>
  existsSync(file) ? Promise.resolve(readFileSync(file)) : Promise.reject(new Error(`${file} does not exist`));

/** @param {AssetSource} source @param {Places} places @returns {Promise<Uint8Array>} */
function readSource(source, places) {
  if ('npm' in source) return readExisting(join(places.modules, source.npm, source.file));
  if ('url' in source) return places.download(source.url);
  const folder = places.local.find((candidate) => existsSync(join(candidate, source.local)));
  return folder ? readExisting(join(folder, source.local)) : Promise.reject(new Error(`no local folder holds ${source.local}`));
}

/** @param {Asset} asset @param {Uint8Array} bytes */
const isGenuine = (asset, bytes) => bytes.byteLength === asset.bytes && sha256(bytes) === asset.sha256;

/**
 * The first source whose bytes are the locked ones.
 * @param {Asset} asset @param {Places} places @returns {Promise<{ bytes: Uint8Array | null, reasons: string[] }>}
 */
async function obtain(asset, places) {
  /** @type {string[]} */
  const reasons = [];
  for (const source of asset.sources) {
    try {
      const bytes = await readSource(source, places);
      if (isGenuine(asset, bytes)) return { bytes, reasons };
      reasons.push(`${JSON.stringify(source)} has other bytes than the lock`);
    } catch (error) {
      // Whatever kept this source away, the next one may do; the caller shows the reasons if none does.
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  return { bytes: null, reasons };
}

/** @param {string} file @param {Uint8Array} bytes writes only when something changes, so that nothing rebuilds for nothing */
function writeIfChanged(file, bytes) {
  if (existsSync(file) && sha256(readFileSync(file)) === sha256(bytes)) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}

/** @param {string} target @param {ReadonlySet<string>} wanted */
function removeOthers(target, wanted) {
  for (const entry of readdirSync(target, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !wanted.has(relative(target, path).replaceAll('\\', '/'))) rmSync(path);
  }
}

/**
 * Fills the vendor folder and its `index.json`, from which the app learns what this build has.
 * @param {readonly Asset[]} assets @param {Places} places
 * @returns {Promise<{ present: string[], missing: { asset: Asset, reasons: string[] }[] }>}
 * @throws when a required asset cannot be had
 */
export async function prepareAssets(assets, places) {
  mkdirSync(places.target, { recursive: true });
  /** @type {Record<string, { bytes: number, sha256: string }>} */
  const files = {};
  const missing = [];
  for (const asset of assets) {
    const { bytes: source, reasons } = await obtain(asset, places);
    if (!source) {
      if (asset.required) throw new Error(`${asset.path} cannot be had:\n  ${reasons.join('\n  ')}`);
      missing.push({ asset, reasons });
      continue;
    }
    const bytes = asset.prepare ? (await places.preparer(asset.prepare))(source) : source;
    writeIfChanged(join(places.target, asset.path), bytes);
    files[asset.path] = { bytes: bytes.byteLength, sha256: sha256(bytes) };
  }
  writeIfChanged(join(places.target, 'index.json'), Buffer.from(`${JSON.stringify({ schema: 1, files }, null, 2)}\n`));
  removeOthers(places.target, new Set([...Object.keys(files), 'index.json']));
  return { present: Object.keys(files), missing };
}
