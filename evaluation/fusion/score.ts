import { EMOTIONS } from '../../src/core/emotion';
import { seededRandom } from '../../src/core/random';
import { emotionLabels } from '../input/labels';
import { judge } from '../report/judge';
import { quantile } from '../report/metrics';
import { summarise, type Summary } from '../report/summarise';
import type { ResultRow } from '../subjects/subject';
import type { Fused, FusionRow } from './fusionRow';

const SILENT = 'no sense says anything';

/** The rows as every report has them. */
export function resultRows(rows: readonly FusionRow[], answers: readonly Fused[]): readonly ResultRow[] {
  return rows.map(({ label, group, by }, i): ResultRow => {
    const answer = answers[i] ?? null;
    const asked = { file: null, text: null, group, by, label };
    if (answer === null) {
      const nothing = { predicted: null, probabilities: null, confidence: null, valence: null, arousal: null };
      return { ...asked, ...nothing, signalQuality: null, latencyMs: null, reason: SILENT };
    }
    const { p, confidence, valence, arousal, quality, tookMs } = answer;
    const predicted = EMOTIONS[p.indexOf(Math.max(...p))] ?? null;
    const probabilities = Object.fromEntries(EMOTIONS.map((emotion, k) => [emotion, p[k] ?? 0]));
    return { ...asked, predicted, probabilities, confidence, valence, arousal, signalQuality: quality, latencyMs: tookMs, reason: null };
  });
}

/** @param isClosed answers only from the classes that occur */
export function score(rows: readonly FusionRow[], answers: readonly Fused[], isClosed = false): Summary {
  const judged = judge(resultRows(rows, answers), emotionLabels, isClosed);
  return summarise(judged.rows, judged.answers);
}

/** What a sense says of itself, without any fusion. */
export function alone(rows: readonly FusionRow[], source: string): readonly Fused[] {
  return rows.map(({ words }): Fused => {
    const word = words.find((one) => one.source === source);
    if (!word) return null;
    const { p, quality } = word;
    return { p, confidence: word.confidence ?? Math.max(...p), valence: 0, arousal: 0, quality, tookMs: 0 };
  });
}

export interface Difference {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const isRight = ({ label }: FusionRow, answer: Fused | undefined): boolean =>
  !!answer && EMOTIONS[answer.p.indexOf(Math.max(...answer.p))] === label;

/**
 * Accuracy of one way less that of the other on the same rows, with the 95 % percentile bootstrap interval of the paired difference
 * over whole persons (rows where there are none).
 */
export function difference(rows: readonly FusionRow[], one: readonly Fused[], other: readonly Fused[], rounds = 2000): Difference {
  const people = new Map<string, { n: number; gained: number }>();
  rows.forEach((row, i) => {
    const key = row.group ?? `row ${i}`;
    const { n, gained } = people.get(key) ?? { n: 0, gained: 0 };
    people.set(key, { n: n + 1, gained: gained + Number(isRight(row, one[i])) - Number(isRight(row, other[i])) });
  });
  const clusters = [...people.values()];
  const meanOf = (drawn: readonly { n: number; gained: number }[]) =>
    drawn.reduce((sum, { gained }) => sum + gained, 0) /
    Math.max(
      1,
      drawn.reduce((sum, { n }) => sum + n, 0),
    );
  const random = seededRandom(1);
  const redrawn = Array.from({ length: rounds }, () =>
    meanOf(clusters.map((cluster) => clusters[Math.floor(random() * clusters.length)] ?? cluster)),
  );
  return { mean: meanOf(clusters), low: quantile(redrawn, 0.025) ?? 0, high: quantile(redrawn, 0.975) ?? 0 };
}

/** Largest difference of any probability; NaN where only one of the two answers. */
export function farthest(one: readonly Fused[], other: readonly Fused[]): number {
  return one.reduce((most, answer, i) => {
    const against = other[i] ?? null;
    if (answer === null || against === null) return answer === against ? most : NaN;
    return Math.max(most, ...answer.p.map((value, k) => Math.abs(value - (against.p[k] ?? NaN))));
  }, 0);
}
