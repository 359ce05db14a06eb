import { quantile } from '../report/metrics';
import { synthesiseSong, timeStages, type Stage } from './stages';

const RUNS = 5;
/** CPU time of this process, ms: what other programs use does not count, though they slow it down. */
const cpuClock = (): number => process.cpuUsage().user / 1000;
const median = (values: readonly number[]): number => Math.round(quantile(values, 0.5) ?? 0);

const song = synthesiseSong();
// The first run compiles.
timeStages(song, cpuClock);
const times = Array.from({ length: RUNS }, () => Object.entries(timeStages(song, cpuClock)) as [Stage, number][]);
const totals = times.map((stages) => stages.reduce((sum, [, ms]) => sum + ms, 0));
const stages = times[0]?.map(([name], i) => [name, median(times.map((time) => time[i]?.[1] ?? 0))] as const) ?? [];
console.log(
  JSON.stringify({
    seconds: 240,
    runs: RUNS,
    cpuMs: Object.fromEntries(stages),
    totalCpuMs: { median: median(totals), least: Math.round(Math.min(...totals)) },
  }),
);
