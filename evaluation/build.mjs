// Builds the evaluation page: node evaluation/build.mjs <folder>. The commands call it when the sources changed.
import { runTypeScript } from './runTypeScript.mjs';

process.exitCode = await runTypeScript('browser/buildPage.ts', process.argv.slice(2));
