import { join, resolve } from 'node:path';
import { build } from 'vite';
import product from '../../vite.config';

const ROOT = resolve(import.meta.dirname, '../..');

/**
 * Builds `evaluation/page` with the product's own settings for workers and targets, outside the product's dist.
 * @returns the folder that holds index.html
 */
export async function buildPage(): Promise<string> {
  const folder = join(ROOT, '.cache/evaluation/page');
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
  return folder;
}

/** What the product's server answers besides its bundle. */
export const PRODUCT_FOLDERS: Readonly<Record<string, string>> = {
  '/models/': join(ROOT, 'models'),
  '/vendor/': join(ROOT, 'public/vendor'),
};
