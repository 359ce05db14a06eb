// @ts-check
// Translates kernels/ to WebAssembly and writes it, with a hash of its sources, to src/dsp/kernels/kernelCode.ts: npm run kernels
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Fetched when it is needed: a hundred megabytes that nobody else has to load. */
const COMPILER = 'assemblyscript@0.28.20';
const FLAGS = ['-O3', '--converge', '--enable', 'simd', '--runtime', 'stub', '--noAssert', '--use', 'abort=', '--initialMemory', '16'];
const SOURCES = resolve(import.meta.dirname, '../kernels');
const TARGET = resolve(import.meta.dirname, '../src/dsp/kernels/kernelCode.ts');

/** Changes with every source: a test compares it with the one that the code was made from. */
export function sourceHash() {
  const hash = createHash('sha256').update(COMPILER);
  for (const name of readdirSync(SOURCES).sort()) hash.update(readFileSync(join(SOURCES, name)));
  return hash.digest('hex');
}

function translate() {
  const folder = mkdtempSync(join(tmpdir(), 'syncin-'));
  try {
    const out = join(folder, 'kernels.wasm');
    execFileSync('npx', ['--yes', '--package', COMPILER, 'asc', join(SOURCES, 'index.ts'), ...FLAGS, '--outFile', out], {
      stdio: 'inherit',
    });
    return readFileSync(out);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  const code = translate();
  const lines = [
    '// Written by `npm run kernels` from kernels/; not to be edited.',
    `export const KERNEL_SOURCES = '${sourceHash()}';`,
    '/** WebAssembly in base64. */',
    'export const KERNEL_CODE =',
    `  '${code.toString('base64')}';`,
  ];
  writeFileSync(TARGET, `${lines.join('\n')}\n`);
  console.log(`${code.length} bytes`);
}
