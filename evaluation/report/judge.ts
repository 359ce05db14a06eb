import type { LabelSet } from '../input/labels';
import type { ResultRow } from '../subjects/subject';

/** Rows to be summed up, and what the answers were chosen from. */
export interface Judged {
  readonly rows: readonly ResultRow[];
  readonly answers: readonly string[];
  /** Items left out, because nothing that could be answered is their label. */
  readonly excluded: number;
}

/** The same row with its answer chosen among `answers`, their masses renormalised. */
function choose(row: ResultRow, masses: Readonly<Record<string, number>>, answers: readonly string[]): ResultRow {
  const total = answers.reduce((sum, answer) => sum + (masses[answer] ?? 0), 0);
  const share = (answer: string): number => (total > 0 ? (masses[answer] ?? 0) / total : 1 / answers.length);
  const predicted = answers.reduce((best, answer) => (share(answer) > share(best) ? answer : best));
  const probabilities = Object.fromEntries(answers.map((answer) => [answer, share(answer)]));
  return { ...row, predicted, probabilities, confidence: share(predicted) };
}

/** Adds the mass of finer answers to those that they belong to. */
function fold(masses: Readonly<Record<string, number>>, finer: Readonly<Record<string, string>>): Record<string, number> {
  const folded = { ...masses };
  for (const [name, into] of Object.entries(finer)) {
    folded[into] = (folded[into] ?? 0) + (folded[name] ?? 0);
    delete folded[name];
  }
  return folded;
}

/**
 * What the answers are chosen from: finer ones only where items bear them as labels. In a closed set, as published protocols have
 * it, only classes that occur; items of other classes are left out.
 */
export function judge(rows: readonly ResultRow[], labels: LabelSet, isClosed: boolean): Judged {
  const occurring = new Set(rows.map(({ label }) => label));
  const finer = Object.fromEntries(Object.entries(labels.finer ?? {}).filter(([name]) => !occurring.has(name)));
  const answers = labels.answers.filter((answer) => !(answer in finer) && (!isClosed || occurring.has(answer)));
  const kept = isClosed ? rows.filter(({ label }) => answers.includes(label)) : rows;
  const isPlain = !isClosed && Object.keys(finer).length === 0;
  const judged = kept.map((row) => (isPlain || row.probabilities === null ? row : choose(row, fold(row.probabilities, finer), answers)));
  return { rows: judged, answers, excluded: rows.length - kept.length };
}
