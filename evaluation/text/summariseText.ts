import { EMOTIONS } from '../../src/core/emotion';
import { seededRandom } from '../../src/core/random';
import { FINE_LABELS } from '../../src/core/records/writtenEntry';
import { formatSummary } from '../report/formatSummary';
import { judge } from '../report/judge';
import { summarise, type Summary } from '../report/summarise';
import type { ResultRow } from '../subjects/subject';
import { agreementOf, type Agreement } from './agreement';
import type { TextItem } from './readTextManifest';
import { scoreSeveral, type SeveralLabels } from './severalLabels';
import { isFineOnly, textLabels } from './textLabels';

/** All figures of one run; null where the manifest does not ask for them. */
export interface TextSummary {
  /** Texts with exactly one of the seven. */
  readonly single: Summary | null;
  /** Texts with any of the seven. */
  readonly several: SeveralLabels | null;
  readonly fine: SeveralLabels | null;
  readonly valence: Agreement | null;
  readonly arousal: Agreement | null;
  /** Texts that got no answer, by its reason. */
  readonly unreadable: Readonly<Record<string, number>>;
}

interface Asked {
  readonly item: TextItem;
  readonly row: ResultRow;
}

const nothing: readonly string[] = [];

export function summariseText(items: readonly TextItem[], rows: readonly ResultRow[], isClosed: boolean): TextSummary {
  const asked = items.flatMap((item, i): readonly Asked[] => (rows[i] ? [{ item, row: rows[i] }] : []));
  const labelled = asked.filter(({ item }) => item.coarse.length > 0);
  const isMulti = labelled.some(({ item }) => item.coarse.length > 1);
  const asksFine = asked.some(({ item }) => item.fine?.some(isFineOnly));
  const single = labelled.filter(({ item }) => item.coarse.length === 1);
  return {
    single: single.length === 0 ? null : summariseSingle(single, isClosed),
    several: isMulti || asksFine ? several(labelled, EMOTIONS, ({ item, row }) => [item.coarse, row.present]) : null,
    fine:
      asksFine && rows.some(({ fine }) => fine && fine.length > 0)
        ? several(labelled, FINE_LABELS, ({ item, row }) => [item.fine ?? nothing, row.fine])
        : null,
    valence: follow(asked, 'valence'),
    arousal: follow(asked, 'arousal'),
    unreadable: reasonsOf(rows),
  };
}

function summariseSingle(single: readonly Asked[], isClosed: boolean): Summary {
  const judged = judge(
    single.map(({ row, item }) => ({ ...row, label: item.coarse[0] ?? '' })),
    textLabels,
    isClosed,
  );
  return summarise(judged.rows, judged.answers);
}

/** A text without an answer names nothing. */
function several(
  asked: readonly Asked[],
  labels: readonly string[],
  of: (one: Asked) => readonly [readonly string[], readonly string[] | undefined],
): SeveralLabels {
  const pairs = asked.map((one) => {
    const [truth, named] = of(one);
    return { truth: new Set(truth), named: new Set(named ?? nothing) };
  });
  return scoreSeveral(pairs, labels, seededRandom(1));
}

/** Over the texts that were read. */
function follow(asked: readonly Asked[], axis: 'valence' | 'arousal'): Agreement | null {
  const pairs = asked.flatMap(({ item, row }) => {
    const [truth, told] = [item[axis], row[axis]];
    return truth === null || told === null ? [] : [[truth, told] as const];
  });
  return agreementOf(pairs, seededRandom(1));
}

function reasonsOf(rows: readonly ResultRow[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { reason } of rows) if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return Object.fromEntries(counts);
}

const fraction = (value: number): string => value.toFixed(4);

/** The report as printed; its last line is for programs. */
export function formatTextSummary({ single, several: coarse, fine, valence, arousal, unreadable }: TextSummary): string {
  return [
    ...(single ? ['one label of seven', formatSummary(single), ''] : []),
    ...(coarse ? [...labelTable('any of seven labels', coarse), ''] : []),
    ...(fine ? [...labelTable('any of 28 labels', fine), ''] : []),
    ...[['valence', valence] as const, ['arousal', arousal] as const].flatMap(([name, one]) => (one ? [agreementLine(name, one)] : [])),
    ...Object.entries(unreadable).map(([reason, n]) => `no answer    ${n}: ${reason}`),
    lastLine({ single, several: coarse, fine, valence, arousal }),
  ].join('\n');
}

function labelTable(title: string, { n, macroF1, macroF1Interval: { low, high }, microF1, perLabel }: SeveralLabels): string[] {
  return [
    title,
    `texts        ${n}`,
    `macro-F1     ${fraction(macroF1)}  95 % interval ${fraction(low)} to ${fraction(high)}, bootstrap by text`,
    `micro-F1     ${fraction(microF1)}`,
    ...perLabel.map(
      ({ label, n: bears, precision, recall, f1 }) =>
        `  ${label.padEnd(15)} n ${String(bears).padStart(5)}  precision ${fraction(precision)}  recall ${fraction(recall)}  F1 ${fraction(f1)}`,
    ),
  ];
}

function agreementLine(name: string, { n, r, rInterval: { low, high }, ccc }: Agreement): string {
  return `${name.padEnd(12)} n ${n}: r ${fraction(r)} (${fraction(low)} to ${fraction(high)}), CCC ${fraction(ccc)}`;
}

function lastLine({ single, several: coarse, fine, valence, arousal }: Omit<TextSummary, 'unreadable'>): string {
  const figures = [
    single && { n: single.n, accuracy: single.accuracy, macroF1Single: single.macroF1, ece: single.ece, ...single.latency },
    coarse && { macroF1: coarse.macroF1 },
    fine && { macroF1Fine: fine.macroF1 },
    valence && { rValence: valence.r },
    arousal && { rArousal: arousal.r },
  ];
  return figures
    .flatMap((part) => Object.entries(part ?? {}))
    .map(([name, value]) => `${name}=${value === null ? 'none' : Number.isInteger(value) ? value : fraction(value)}`)
    .join(' ');
}
