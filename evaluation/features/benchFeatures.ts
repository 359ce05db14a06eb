import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';

/**
 * Features of a synthetic four-minute stereo song at 44.1 kHz in Node: CPU ms per stage, the median of the runs after the first.
 * Bundled and run by itself, as the product is: the module runner of this command would slow every call between files.
 */
export async function benchFeatures(): Promise<object> {
  const outDir = await mkdtemp(join(tmpdir(), 'syncin-'));
  try {
    const output = { entryFileNames: 'main.mjs' };
    const ssr = resolve(import.meta.dirname, 'main.ts');
    await build({ configFile: false, logLevel: 'error', build: { ssr, outDir, rolldownOptions: { output } } });
    return JSON.parse(execFileSync(process.execPath, [join(outDir, 'main.mjs')], { encoding: 'utf8' })) as object;
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}
