import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import product from '../../vite.config';
import { folderSignature } from './folderSignature';

const ROOT = resolve(import.meta.dirname, '../..');
/** What the built page is made of; an unchanged page is not built again. */
const SOURCES = ['src', 'evaluation', 'package-lock.json', 'vite.config.ts'].map((path) => join(ROOT, path));

/**
 * Builds `evaluation/page` with the product's own settings for workers and targets, outside the product's dist.
 * @returns the folder that holds index.html
 */
export async function buildPage(): Promise<string> {
  const folder = join(ROOT, '.cache/evaluation/page');
  const signatureFile = join(folder, 'signature');
  const signature = await folderSignature(SOURCES);
  if ((await readFile(signatureFile, 'utf8').catch(() => null)) === signature) return folder;
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
  await writeFile(signatureFile, signature);
  return folder;
}

/** What the product's server answers besides its bundle. */
export const PRODUCT_FOLDERS: Readonly<Record<string, string>> = {
  '/models/': join(ROOT, 'models'),
  '/vendor/': join(ROOT, 'public/vendor'),
};
