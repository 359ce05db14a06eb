import { execFile } from 'node:child_process';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { RunError } from '../input/commandErrors';
import { folderSignature } from './folderSignature';

const ROOT = resolve(import.meta.dirname, '../..');
/** What the built page is made of; an unchanged page is not built again. */
const SOURCES = ['src', 'evaluation', 'package-lock.json', 'vite.config.ts'].map((path) => join(ROOT, path));

/** Pages of earlier sources are kept this long, because another run may still be using one. */
const KEPT_MS = 3_600_000;

/**
 * The evaluation page, built where the sources changed: outside the product's dist, in a folder for each state of the sources,
 * and by a process of its own, because the bundler keeps a gigabyte for as long as it lives.
 * @returns the folder that holds index.html
 */
export async function providePage(): Promise<string> {
  const pages = join(ROOT, '.cache/evaluation');
  const folder = join(pages, (await folderSignature(SOURCES)).slice(0, 16));
  const complete = join(folder, 'complete');
  await mkdir(pages, { recursive: true });
  await removeOld(pages, folder);
  if (await stat(complete).catch(() => null)) return folder;
  const builder = join(ROOT, 'evaluation/build.mjs');
  await promisify(execFile)(process.execPath, [builder, folder]).catch((cause: unknown) => {
    const told = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : String(cause);
    throw new RunError(`The evaluation page could not be built.\n${told}`, { cause });
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
