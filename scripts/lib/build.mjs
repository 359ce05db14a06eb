// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runNode } from './commands.mjs';

/** Everything that the build reads. */
const SOURCES = [
  'src',
  'public',
  'models',
  'index.html',
  'vite.config.ts',
  'svelte.config.js',
  'package-lock.json',
  'scripts/headers.mjs',
  'scripts/vite',
];
const STAMP = join(ROOT, '.cache/build.json');

/** @param {string} path @returns {string[]} the files at or below it, in a fixed order */
function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile())
    .sort();
}

/** @param {string} root @param {readonly string[]} sources @returns {string} changes when any name or content does */
export function sourceHash(root, sources) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesBelow(join(root, source)))) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/**
 * Prepares the assets and builds, unless dist/ already holds this very source.
 * @param {{ log?: string }} [options]
 * @returns {Promise<{ code: number, wasFresh: boolean }>}
 */
export async function ensureBuild(options) {
  const assets = await runNode('scripts/assets.mjs', [], options);
  if (assets !== 0) return { code: assets, wasFresh: false };
  const hash = sourceHash(ROOT, SOURCES);
  const built = existsSync(STAMP) ? JSON.parse(readFileSync(STAMP, 'utf8')).hash : null;
  if (built === hash && existsSync(join(ROOT, 'dist/index.html'))) return { code: 0, wasFresh: true };
  const code = await runNode('node_modules/vite/bin/vite.js', ['build', '--logLevel', 'warn'], options);
  if (code === 0) {
    mkdirSync(join(ROOT, '.cache'), { recursive: true });
    writeFileSync(STAMP, JSON.stringify({ hash }));
  }
  return { code, wasFresh: false };
}
