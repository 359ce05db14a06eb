// @ts-check
import { checkNode } from './lib/checkNode.mjs';

/**
 * Every check, from a fresh clone: npm test [-- --only unit,browser]
 * Goes on after a failure, shows the output of what failed, and ends with `N passed, N failed, N skipped`.
 */
checkNode();
const { mkdirSync, readFileSync, rmSync } = await import('node:fs');
const { join } = await import('node:path');
const { parseArgs } = await import('node:util');
const { secondsSince, withHeartbeat } = await import('./lib/commands.mjs');
const { ensureDependencies } = await import('./lib/dependencies.mjs');
const { sumCounts, summaryLine } = await import('./lib/results.mjs');

const { values } = parseArgs({ options: { only: { type: 'string' } } });
await ensureDependencies();
const { LOGS, STAGES } = await import('./lib/stages.mjs');
const wanted = values.only?.split(',');
const unknown = wanted?.filter((name) => !STAGES.some((stage) => stage.name === name)) ?? [];
if (unknown.length > 0) {
  console.error(`There is no stage ${unknown.join(', ')}. Stages: ${STAGES.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}
const { ensureChromium } = await import('./lib/ensureChromium.mjs');
console.log(`Testing with ${await ensureChromium()}`);

rmSync(LOGS, { recursive: true, force: true });
mkdirSync(LOGS, { recursive: true });
const all = [];
for (const stage of STAGES.filter(({ name }) => wanted?.includes(name) ?? true)) {
  const started = Date.now();
  const log = join(LOGS, `${stage.name}.log`);
  const counts = await withHeartbeat(stage.name, () => stage.work(log, LOGS));
  all.push(counts);
  console.log(
    `${counts.failed > 0 ? 'FAILED' : 'ok    '} ${stage.name.padEnd(13)}${secondsSince(started).padStart(6)}   ${summaryLine(counts)}`,
  );
  if (counts.failed > 0)
    console.log(`${readFileSync(log, 'utf8').split('\n').slice(-200).join('\n')}\n(whole output: .cache/test/${stage.name}.log)`);
}

const total = sumCounts(all);
console.log(summaryLine(total));
process.exitCode = total.failed > 0 ? 1 : 0;
