import { EMOTIONS, type EmotionProbabilities } from '../../../core/emotion';
import type { UnitInterval } from '../../../core/units';

/** What a model makes of somebody's calm voice: where it errs about this person when nothing is the matter. */
export interface CalmVoice {
  /** Name and version: another model errs elsewhere. */
  readonly model: string;
  /** Estimates that count. */
  readonly n: number;
  /** [7] mean natural logarithm of the probabilities, canonical order. */
  readonly logs: readonly number[];
}

/**
 * What listeners hear in voices that are meant to be neutral: mean votes on the 884 such clips of CREMA-D's train and dev speakers, sound
 * alone (Cao et al. 2014); surprise, which was not on offer there, gets .02.
 */
const HEARD: EmotionProbabilities = {
  neutral: 0.749,
  happiness: 0.018,
  sadness: 0.067,
  anger: 0.038,
  fear: 0.049,
  disgust: 0.059,
  surprise: 0.02,
};
/** How much of the error is taken off later; chosen on the dev speakers of three corpora, where .2 to .6 do much the same. */
const TRUST: UnitInterval = 0.4;
/** A model that rules something out says no more by ruling it out more. */
const LEAST = 1e-4;

export const nothingCalm = (model: string): CalmVoice => ({ model, n: 0, logs: EMOTIONS.map(() => 0) });

/** One more estimate of the calm voice. */
export function addCalm({ model, n, logs }: CalmVoice, probabilities: EmotionProbabilities): CalmVoice {
  const told = EMOTIONS.map((emotion) => Math.log(Math.max(LEAST, probabilities[emotion])));
  return { model, n: n + 1, logs: logs.map((mean, i) => mean + ((told[i] ?? 0) - mean) / (n + 1)) };
}

/**
 * Takes off what the model says of this person's calm voice beyond what listeners hear in calm voices:
 * p' ~ p (heard / calm)^.4, a shift of its logits for one person (as in Saerens et al. 2002, with the model's answers to known cases
 * for its prior).
 * @returns sums to 1; the same as given when nothing is known
 */
export function besideCalm(probabilities: EmotionProbabilities, { n, logs }: CalmVoice): EmotionProbabilities {
  if (n === 0) return probabilities;
  const masses = EMOTIONS.map((emotion, i) => probabilities[emotion] * (HEARD[emotion] / Math.exp(logs[i] ?? 0)) ** TRUST);
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return Object.fromEntries(EMOTIONS.map((emotion, i) => [emotion, (masses[i] ?? 0) / total])) as unknown as EmotionProbabilities;
}

/** What was kept once, or null for anything else. */
export function readCalm(saved: unknown): CalmVoice | null {
  if (typeof saved !== 'object' || saved === null) return null;
  const { model, n, logs } = saved as Readonly<Record<string, unknown>>;
  const isCount = typeof n === 'number' && Number.isInteger(n) && n > 0;
  const isLogs = Array.isArray(logs) && logs.length === EMOTIONS.length && logs.every((log) => typeof log === 'number' && log <= 0);
  return typeof model === 'string' && isCount && isLogs ? { model, n, logs: logs as readonly number[] } : null;
}
