// @ts-check
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const MODULES = join(ROOT, 'node_modules');

/** @param {string} id a bundled module @returns {string | null} the package it belongs to */
export function packageOf(id) {
  const match = /^.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(id.replace(/^\0/, ''));
  return match?.[1]?.replace('\\', '/') ?? null;
}

/** Declared dependencies, and packages that assets are copied from: they reach users without being in a bundle. */
function declaredPackages() {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  /** @type {{ assets: import('../lib/prepareAssets.mjs').Asset[] }} */
  const { assets } = JSON.parse(readFileSync(join(ROOT, 'assets.lock.json'), 'utf8'));
  const copied = assets.flatMap(({ sources }) => sources.flatMap((source) => ('npm' in source ? [source.npm] : [])));
  return [...Object.keys(dependencies), ...copied];
}

/** @param {string} name @returns {string} its own words, or where to find them */
function licenceText(name) {
  const folder = join(MODULES, name);
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying|notice)/i.test(entry));
  return file
    ? readFileSync(join(folder, file), 'utf8').trim()
    : 'The package carries no licence file: it is under the licence named above.';
}

/** @param {string} name @returns {string | null} one chapter; null for a package that is not there */
function chapter(name) {
  const manifest = join(MODULES, name, 'package.json');
  if (!existsSync(manifest)) return null;
  const { version, license, homepage, author } = JSON.parse(readFileSync(manifest, 'utf8'));
  return [
    `${name} ${version}`,
    `Licence: ${license ?? 'see below'}`,
    ...(author ? [`By: ${author.name ?? author}`] : []),
    ...(homepage ? [homepage] : []),
    '',
    licenceText(name),
  ].join('\n');
}

/**
 * Writes third-party-licences.txt: most licences ask to travel with the code. One instance watches the page's bundles and
 * the workers', which are bundles of their own.
 */
export function licences() {
  /** @type {Set<string>} */
  const names = new Set();
  /** @param {import('vite').Rolldown.OutputBundle} bundle */
  const collect = (bundle) => {
    for (const output of Object.values(bundle)) {
      if (output.type !== 'chunk') continue;
      for (const id of output.moduleIds) names.add(packageOf(id) ?? '');
    }
  };
  /** @type {import('vite').Plugin} */
  const page = {
    name: 'syncin:licences',
    apply: 'build',
    generateBundle(_options, bundle) {
      collect(bundle);
      const chapters = [...new Set([...names, ...declaredPackages()])].sort().flatMap((name) => (name ? (chapter(name) ?? []) : []));
      chapters.push(
        ['SyncIn itself, and the works above under Apache-2.0', '', readFileSync(join(ROOT, 'LICENSE'), 'utf8').trim()].join('\n'),
      );
      const rule = `\n\n${'-'.repeat(80)}\n\n`;
      this.emitFile({
        type: 'asset',
        fileName: 'third-party-licences.txt',
        source: `${['SyncIn contains work of others.', ...chapters].join(rule)}\n`,
      });
    },
  };
  /** @returns {import('vite').Plugin} */
  const worker = () => ({ name: 'syncin:worker-licences', generateBundle: (_options, bundle) => collect(bundle) });
  return { page, worker };
}
