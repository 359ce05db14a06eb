import { seededRandom } from '../../src/core/random';
import {
  accuracyOf,
  bootstrapAccuracy,
  classScores,
  confusionOf,
  eceOf,
  macroF1Of,
  meanAndSd,
  quantile,
  uarOf,
  type ClassScore,
} from './metrics';
import type { ResultRow } from '../subjects/subject';

export interface Summary {
  /** Every item asked, whether it could be read or not. */
  readonly n: number;
  readonly unreadable: number;
  readonly accuracy: number;
  /** 95 %, percentile bootstrap by group, or by item without groups. */
  readonly accuracyInterval: { readonly low: number; readonly high: number };
  /** Over the items that were read; null for none. */
  readonly accuracyOfRead: number | null;
  readonly uar: number;
  readonly macroF1: number;
  readonly perClass: readonly ClassScore[];
  /** Labels that occur and that the product can never answer. */
  readonly outside: readonly string[];
  readonly confusion: {
    readonly rows: readonly string[];
    readonly columns: readonly string[];
    readonly counts: readonly (readonly number[])[];
  };
  /** 15 bins, over the items that were read; null for none. */
  readonly ece: number | null;
  readonly latency: { readonly p50Ms: number | null; readonly p95Ms: number | null };
  readonly groups: { readonly n: number; readonly accuracy: MeanAndSd; readonly uar: MeanAndSd } | null;
  /** Figures of the items that share a value of the column that was asked for, e.g. sex. */
  readonly parts: readonly Part[];
}

export interface Part {
  readonly value: string;
  readonly n: number;
  readonly accuracy: number;
  readonly accuracyInterval: { readonly low: number; readonly high: number };
  readonly uar: number;
}

interface MeanAndSd {
  readonly mean: number;
  readonly sd: number;
}

/** All figures of one run. @param answers the classes the product can answer, in canonical order */
export function summarise(rows: readonly ResultRow[], answers: readonly string[]): Summary {
  const read = rows.filter(({ predicted }) => predicted !== null);
  const perClass = classScores(rows, answers);
  const groups = groupRows(rows);
  const latencies = read.map(({ latencyMs }) => latencyMs).filter((ms) => ms !== null);
  return {
    n: rows.length,
    unreadable: rows.length - read.length,
    accuracy: accuracyOf(rows),
    accuracyInterval: bootstrapAccuracy(groups ?? rows.map((row) => [row]), seededRandom(1)),
    accuracyOfRead: read.length === 0 ? null : accuracyOf(read),
    uar: uarOf(perClass),
    macroF1: macroF1Of(perClass),
    perClass,
    outside: perClass.map(({ label }) => label).filter((label) => !answers.includes(label)),
    confusion: confusionOf(rows, answers),
    ece: eceOf(
      read.map(({ confidence }) => confidence ?? 0),
      read.map(({ label, predicted }) => label === predicted),
    ),
    latency: { p50Ms: quantile(latencies, 0.5), p95Ms: quantile(latencies, 0.95) },
    groups: groups && {
      n: groups.length,
      accuracy: meanAndSd(groups.map(accuracyOf)),
      uar: meanAndSd(groups.map((group) => uarOf(classScores(group, answers)))),
    },
    parts: partsOf(rows, answers),
  };
}

function partsOf(rows: readonly ResultRow[], answers: readonly string[]): Part[] {
  const values = [...new Set(rows.map(({ by }) => by))].filter((value) => value !== null);
  return values.toSorted().map((value) => {
    const part = rows.filter(({ by }) => by === value);
    const clusters = groupRows(part) ?? part.map((row) => [row]);
    return {
      value,
      n: part.length,
      accuracy: accuracyOf(part),
      accuracyInterval: bootstrapAccuracy(clusters, seededRandom(1)),
      uar: uarOf(classScores(part, answers)),
    };
  });
}

/** Rows by group in order of appearance; rows without a group form one of their own. null for fewer than two groups. */
function groupRows(rows: readonly ResultRow[]): ResultRow[][] | null {
  const groups = new Map<string | null, ResultRow[]>();
  for (const row of rows) {
    const members = groups.get(row.group);
    if (members) members.push(row);
    else groups.set(row.group, [row]);
  }
  return groups.size < 2 ? null : [...groups.values()];
}
