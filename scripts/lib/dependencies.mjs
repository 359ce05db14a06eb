// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run, withHeartbeat } from './commands.mjs';

/** @typedef {Record<string, { version?: string, optional?: boolean }>} Packages */

/**
 * Whether what is installed is what the lock asks for. Optional packages may be absent: they belong to other platforms.
 * @param {Packages} wanted `packages` of package-lock.json
 * @param {Packages} installed `packages` of node_modules/.package-lock.json, which npm writes last
 */
export function isInstalled(wanted, installed) {
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    return found ? found.version === entry.version : entry.optional === true;
  });
}

/** @param {string} file @returns {Packages} */
const packagesOf = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {});

/** Installs the locked packages unless they are there. Ends the program with a sentence when npm cannot. */
export async function ensureDependencies() {
  if (isInstalled(packagesOf(join(ROOT, 'package-lock.json')), packagesOf(join(ROOT, 'node_modules/.package-lock.json')))) return;
  console.log('Installing the packages (once; one to five minutes) …');
  const code = await withHeartbeat('installing', () => run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']));
  if (code === 0) return;
  console.error('npm could not install the packages; its message stands above. Check the connection and run this again.');
  process.exit(1);
}
