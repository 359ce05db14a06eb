// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './lib/commands.mjs';
import { shellScripts } from './lib/shellSize.mjs';

/** Fails when the shell, before any sense is on, is more JavaScript than a phone should have to load. */
const LIMIT_KB = 250;

if (!existsSync(join(ROOT, 'dist/index.html'))) {
  console.error('There is no built app in dist/. Run: npm run build');
  process.exit(1);
}
const scripts = shellScripts(join(ROOT, 'dist'));
for (const { file, bytes, gzip } of scripts)
  console.log(`${(gzip / 1000).toFixed(1).padStart(8)} kB gzip ${(bytes / 1000).toFixed(1).padStart(8)} kB  ${file}`);
const total = scripts.reduce((sum, { gzip }) => sum + gzip, 0) / 1000;
console.log(`${total.toFixed(1).padStart(8)} kB gzip of JavaScript in the shell; the limit is ${LIMIT_KB} kB.`);
process.exitCode = total <= LIMIT_KB ? 0 : 1;
