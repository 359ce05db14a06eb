import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import product from '../../vite.config';
import { folderSignature } from './folderSignature';

const ROOT = resolve(import.meta.dirname, '../..');
/** What the built page is made of; an unchanged page is not built again. */
const SOURCES = ['src', 'evaluation', 'package-lock.json', 'vite.config.ts'].map((path) => join(ROOT, path));

/** Pages of earlier sources are kept this long, because another run may still be using one. */
const KEPT_MS = 3_600_000;

/**
 * Builds `evaluation/page` with the product's own settings for workers and targets, outside the product's dist, in a
 * folder of its own for each state of the sources.
 * @returns the folder that holds index.html
 */
export async function buildPage(): Promise<string> {
  const pages = join(ROOT, '.cache/evaluation');
  const folder = join(pages, (await folderSignature(SOURCES)).slice(0, 16));
  const complete = join(folder, 'complete');
  await mkdir(pages, { recursive: true });
  await removeOld(pages, folder);
  if (await stat(complete).catch(() => null)) return folder;
  await build({
    configFile: false,
    root: join(ROOT, 'evaluation/page'),
    base: './',
    publicDir: false,
    logLevel: 'error',
    ...(product.worker && { worker: product.worker }),
    ...(product.resolve && { resolve: product.resolve }),
    ...(product.define && { define: product.define }),
    build: { ...product.build, outDir: folder, emptyOutDir: true, reportCompressedSize: false },
  });
  await writeFile(complete, '');
  return folder;
}

async function removeOld(pages: string, current: string): Promise<void> {
  for (const name of await readdir(pages)) {
    const folder = join(pages, name);
    if (folder !== current && Date.now() - (await stat(folder)).mtimeMs > KEPT_MS) await rm(folder, { recursive: true, force: true });
  }
}

/** What the product's server answers besides its bundle. */
export const PRODUCT_FOLDERS: Readonly<Record<string, string>> = {
  '/models/': join(ROOT, 'models'),
  '/vendor/': join(ROOT, 'public/vendor'),
};
