// @ts-check
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * Static imports only: what a browser must load before the module can run. Dynamic imports start with `import(`.
 * @param {string} code a minified module @returns {string[]} relative specifiers
 */
export function staticImports(code) {
  return [...code.matchAll(/(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"']+)["']/g)].map((match) => match[1] ?? '');
}

/** @param {string} html @returns {string[]} the scripts and preloaded modules that it names */
export function scriptsOf(html) {
  const scripts = [...html.matchAll(/<script\b[^>]*\bsrc="([^"]+)"/g)];
  const preloads = [...html.matchAll(/<link\b(?=[^>]*\brel="modulepreload")[^>]*\bhref="([^"]+)"/g)];
  return [...scripts, ...preloads].map((match) => match[1] ?? '');
}

/**
 * Every script that runs before any sense is switched on.
 * @param {string} folder the built site
 * @returns {{ file: string, bytes: number, gzip: number }[]} in the order they are found
 */
export function shellScripts(folder) {
  const root = resolve(folder);
  const queue = scriptsOf(readFileSync(join(root, 'index.html'), 'utf8')).map((path) => resolve(root, path));
  const seen = new Set(queue);
  const result = [];
  for (const file of queue) {
    const code = readFileSync(file);
    result.push({ file: relative(root, file), bytes: code.length, gzip: gzipSync(code, { level: 9 }).length });
    for (const path of staticImports(code.toString('utf8')).map((specifier) => resolve(dirname(file), specifier))) {
      if (!seen.has(path)) queue.push(path);
      seen.add(path);
    }
  }
  return result;
}
