import type { FusionKind } from '../../../src/core/fusion';
import type { Difference } from '../score';
import { POOR, type Ablation, type Robustness, type SubsetScore } from './ablate';

const percent = (share: number): string => (100 * share).toFixed(1);
const signed = (share: number): string => `${share > 0 ? '+' : ''}${percent(share)}`;
const points = ({ mean, low, high }: Difference): string => `${signed(mean)} (${signed(low)} to ${signed(high)})`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

function subsetTable(subsets: readonly SubsetScore[], main: FusionKind): string {
  const rows = subsets.map(({ senses, kind, summary: { n, accuracy, accuracyInterval, uar, ece } }) => [
    senses.join(' + '),
    kind === main ? `**${kind}**` : kind,
    String(n),
    `${percent(accuracy)} (${percent(accuracyInterval.low)}–${percent(accuracyInterval.high)})`,
    percent(uar),
    ece === null ? '' : ece.toFixed(3),
  ]);
  return table(['senses', 'fusion', 'n', 'accuracy, % (95 %, by person)', 'UAR, %', 'ECE'], rows);
}

const small = (value: number): string => (value === 0 ? '0' : value.toExponential(1));

function robustnessTable(robustness: readonly Robustness[]): string {
  const rows = robustness.flatMap(({ source, n, removed, noise, stuck, faded, uniform }) => [
    [source, 'gone, against with it', String(n), points(removed)],
    [source, `another moment's word at signal quality ${POOR}, against gone`, String(n), points(noise)],
    ...stuck.map(({ ageMs, loss }) => [
      source,
      `stuck at another moment's word, ${(ageMs / 1000).toFixed(1)} s old, against gone`,
      String(n),
      points(loss),
    ]),
    [source, 'stuck past its time, against gone', String(n), `largest difference of a probability ${small(faded)}`],
    [source, 'says nothing (uniform), against gone', String(n), `largest difference of a probability ${small(uniform)}`],
  ]);
  return table(['sense', 'what happens to it', 'n', 'points of accuracy (95 %, by person)'], rows);
}

/** One section of the report. */
export function sectionOf(title: string, { n, subsets, robustness }: Ablation, kind: FusionKind): string {
  const failing = robustness.length === 0 ? [] : ['', `When a sense fails (${kind}):`, '', robustnessTable(robustness)];
  return [`## ${title}, n ${n}`, '', subsetTable(subsets, kind), ...failing].join('\n');
}
