import { posix } from 'node:path';

/** Each room, and the rooms it may import. Data flows down the list; imports point up it. `main.ts` knows every room. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  locales: [],
  dsp: ['core'],
  ml: ['core'],
  rpc: ['core'],
  fusion: ['core'],
  recommender: ['core'],
  storage: ['core'],
  player: ['core'],
  worklets: ['core'],
  serviceWorker: ['core'],
  modalities: ['core', 'dsp', 'ml'],
  library: ['core', 'dsp', 'ml', 'storage'],
  workers: ['core', 'rpc', 'dsp', 'ml', 'modalities', 'library'],
  stores: [
    'core',
    'rpc',
    'dsp',
    'ml',
    'modalities',
    'fusion',
    'library',
    'recommender',
    'storage',
    'player',
    'workers',
    'worklets',
    'serviceWorker',
    'locales',
  ],
  api: ['core', 'modalities', 'stores'],
  ui: ['core', 'stores', 'locales'],
};

/** Static, lazy, re-exporting, side-effect and `new URL` imports of relative paths. */
const RELATIVE_IMPORT = /(?:\bfrom|\bimport|\bnew URL)\s*\(?\s*['"](\.{1,2}\/[^'"]*)['"]/g;

/** @returns the relative paths that a source names, without `?url` and the like */
export function relativeImports(source: string): string[] {
  return [...source.matchAll(RELATIVE_IMPORT)].map((match) => (match[1] ?? '').replace(/\?.*$/, ''));
}

/**
 * @param file path below src/, with slashes
 * @returns what it imports and may not, as paths below src/
 */
export function forbiddenImports(file: string, source: string): string[] {
  const room = file.split('/')[0] ?? '';
  const allowed = MAY_IMPORT[room];
  return relativeImports(source)
    .map((path) => posix.normalize(posix.join(posix.dirname(file), path)))
    .filter((target) => {
      const to = target.split('/')[0] ?? '';
      return to !== room && !allowed?.includes(to);
    });
}
