import { resolve } from 'node:path';
import { build } from 'vite';
import product from '../../vite.config';

const PAGE = resolve(import.meta.dirname, '../page');

/** Builds `evaluation/page` into a folder, with the product's own settings for workers and targets. */
export async function main([folder = '']: readonly string[]): Promise<void> {
  await build({
    configFile: false,
    root: PAGE,
    base: './',
    publicDir: false,
    logLevel: 'error',
    ...(product.worker && { worker: product.worker }),
    ...(product.resolve && { resolve: product.resolve }),
    ...(product.define && { define: product.define }),
    build: { ...product.build, outDir: resolve(folder), emptyOutDir: true, reportCompressedSize: false },
  });
}
