// @ts-check
import { join } from 'node:path';
import { runnerImport } from 'vite';

/**
 * Node 20 does not run TypeScript, so Vite's module runner does: it loads a file of this folder and calls its `main`.
 * @param {string} file
 * @param {readonly string[]} argv
 * @returns {Promise<number>} the exit code: 2 when the caller can put it right, 1 when something broke
 */
export async function runTypeScript(file, argv) {
  try {
    const path = join(import.meta.dirname, file);
    const { module } = await runnerImport(path, { configFile: false, logLevel: 'error', root: import.meta.dirname });
    await /** @type {{ main(argv: readonly string[]): Promise<void> }} */ (module).main(argv);
    return 0;
  } catch (error) {
    if (error instanceof Error && error.name === 'UsageError') {
      console.error(error.message);
      return 2;
    }
    console.error(error instanceof Error && error.name === 'RunError' ? error.message : error);
    return 1;
  }
}
