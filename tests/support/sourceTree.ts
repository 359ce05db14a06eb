import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

/** @returns files below a folder of the project, as paths below it with slashes; none when it does not exist */
export function filesBelow(folder: string): string[] {
  const path = join(ROOT, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(path.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}

export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** @returns the files that git tracks, or null outside a git checkout */
export function trackedFiles(): string[] | null {
  if (!existsSync(join(ROOT, '.git'))) return null;
  return execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' })
    .split('\0')
    .filter((file) => file !== '' && existsSync(join(ROOT, file)));
}

/** Dotted paths of all sentences of a locale. */
export function sentenceKeys(branch: object, prefix = ''): string[] {
  return Object.entries(branch).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? sentenceKeys(value, `${prefix}${key}.`) : [`${prefix}${key}`],
  );
}
