import type { CorrectionEvidence, CorrectionLabel, FeedbackEvent } from '../../core/music';
import type { EpochMs, UnitInterval } from '../../core/units';
import { softmax, topOf, type Seven } from '../distribution';
import { applyCalibration, classOf, learnCorrection, lessonsOf, UNCALIBRATED } from './calibration';

/** Answers whose largest probability lay in one tenth. */
export interface ReliabilityBin {
  readonly from: UnitInterval;
  readonly n: number;
  /** Mean of the largest probabilities; null in an empty bin. */
  readonly confidence: UnitInterval | null;
  /** Share of answers that were right; null in an empty bin. */
  readonly accuracy: UnitInterval | null;
}

/** How well something answered the user's own words. */
export interface Score {
  readonly right: number;
  /** Mean of -ln p(the user's word), nats. */
  readonly logLoss: number;
  /** Expected calibration error over the ten bins. */
  readonly ece: number;
  readonly bins: readonly ReliabilityBin[];
}

/** The same words answered without and with what was learned from the words before each. */
export interface PersonalGain {
  readonly n: number;
  readonly without: Score;
  readonly learned: Score;
}

export interface Lesson {
  readonly evidence: CorrectionEvidence;
  readonly label: CorrectionLabel;
}

const BINS = 10;

function scoreOf(answers: readonly { readonly p: Seven; readonly truth: number }[]): Score {
  const rows = answers.map(({ p, truth }) => ({
    confidence: Math.max(...p),
    isRight: topOf(p) === truth,
    loss: -Math.log(Math.max(p[truth] ?? 0, 1e-6)),
  }));
  const bins = Array.from({ length: BINS }, (_, i): ReliabilityBin => {
    const inside = rows.filter(({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === i);
    const mean = (of: (row: (typeof rows)[number]) => number) =>
      inside.length > 0 ? inside.reduce((sum, row) => sum + of(row), 0) / inside.length : null;
    return { from: i / BINS, n: inside.length, confidence: mean((row) => row.confidence), accuracy: mean((row) => Number(row.isRight)) };
  });
  return {
    right: rows.filter(({ isRight }) => isRight).length,
    logLoss: rows.reduce((sum, { loss }) => sum + loss, 0) / rows.length,
    ece: bins.reduce((sum, { n, confidence, accuracy }) => sum + (n / rows.length) * Math.abs((confidence ?? 0) - (accuracy ?? 0)), 0),
    bins,
  };
}

/**
 * Predict, then learn (prequential evaluation, Dawid 1984, J. R. Statistical Society A 147, 278): no word is judged by what it taught.
 * @returns null without a lesson
 */
export function replayLessons(lessons: readonly Lesson[]): PersonalGain | null {
  if (lessons.length === 0) return null;
  let learned = UNCALIBRATED;
  const answers = lessons.map(({ evidence, label }) => {
    const answer = {
      truth: classOf(label),
      without: softmax(applyCalibration(evidence, UNCALIBRATED)),
      learned: softmax(applyCalibration(evidence, learned)),
    };
    learned = learnCorrection(learned, evidence, label);
    return answer;
  });
  return {
    n: lessons.length,
    without: scoreOf(answers.map(({ truth, without: p }) => ({ truth, p }))),
    learned: scoreOf(answers.map(({ truth, learned: p }) => ({ truth, p }))),
  };
}

/** The log's lessons since a moment, replayed. */
export const replayCorrections = (events: readonly FeedbackEvent[], since: EpochMs = -Infinity): PersonalGain | null =>
  replayLessons(lessonsOf(events, since));
