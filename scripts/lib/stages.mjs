// @ts-check
import { join } from 'node:path';
import { ensureBuild } from './build.mjs';
import { ROOT, runNode } from './commands.mjs';
import { countsOfCheck, countsOfPlaywright, countsOfRun, countsOfVitest } from './results.mjs';

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {(log: string, reports: string) => Promise<import('./results.mjs').Counts>} work
 */

/** @param {string} script @param {string[]} args @returns {Stage['work']} */
const check = (script, args) => async (log) => countsOfCheck(await runNode(script, args, { log }));

/** @param {string} project @returns {Stage['work']} */
const vitest = (project) => async (log, reports) => {
  const report = join(reports, `${project}.json`);
  const args = ['run', '--project', project, '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return countsOfRun(await runNode('node_modules/vitest/vitest.mjs', args, { log }), report, countsOfVitest);
};

/** @type {Stage['work']} */
const playwright = async (log, reports) => {
  const report = join(reports, 'e2e.json');
  const code = await runNode('node_modules/@playwright/test/cli.js', ['test', '--pass-with-no-tests', '--reporter=list,json'], {
    log,
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report, PLAYWRIGHT_JSON_OUTPUT_NAME: report, CI: '1' },
  });
  return countsOfRun(code, report, countsOfPlaywright);
};

const TSC = 'node_modules/typescript/bin/tsc';

/** From the quickest answer to the slowest. @type {readonly Stage[]} */
export const STAGES = [
  { name: 'assets', work: check('scripts/assets.mjs', []) },
  { name: 'format', work: check('node_modules/prettier/bin/prettier.cjs', ['--check', '.']) },
  { name: 'types', work: check(TSC, ['-p', 'tsconfig.json']) },
  { name: 'types-pure', work: check(TSC, ['-p', 'tsconfig.pure.json']) },
  { name: 'types-worker', work: check(TSC, ['-p', 'src/serviceWorker/worker']) },
  {
    name: 'types-svelte',
    work: check('node_modules/svelte-check/bin/svelte-check', ['--tsconfig', 'tsconfig.json', '--fail-on-warnings', '--output', 'human']),
  },
  { name: 'lint', work: check('node_modules/eslint/bin/eslint.js', ['.']) },
  { name: 'unit', work: vitest('node') },
  { name: 'browser', work: vitest('browser') },
  { name: 'build', work: async (log) => countsOfCheck((await ensureBuild({ log })).code) },
  { name: 'size', work: check('scripts/size.mjs', []) },
  { name: 'e2e', work: playwright },
];

/** Where each stage leaves its output and its report. */
export const LOGS = join(ROOT, '.cache/test');
