import { EMOTIONS, type Affect, type EmotionEstimate, type EmotionProbabilities } from '../core/emotion';
import type { Milliseconds } from '../core/units';

export interface SmoothOptions {
  /** A step in the input is followed by 63 % after this long, at full signal quality. */
  readonly timeConstantMs: Milliseconds;
  /** After a silence this long the past says nothing about the present. */
  readonly gapMs: Milliseconds;
}

/** Faces change within half a second; labels that jump faster cannot be read. */
export const SMOOTHING: SmoothOptions = { timeConstantMs: 700, gapMs: 3000 };

const FLOOR = 1e-6;
const mix = (from: number, to: number, share: number) => from + (to - from) * share;

/** Geometric interpolation: the mean in log-probability, renormalised. */
function mixProbabilities(from: EmotionProbabilities, to: EmotionProbabilities, share: number): EmotionProbabilities {
  const masses = EMOTIONS.map((e) => Math.exp(mix(Math.log(Math.max(from[e], FLOOR)), Math.log(Math.max(to[e], FLOOR)), share)));
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return Object.fromEntries(EMOTIONS.map((e, i) => [e, (masses[i] ?? 0) / total])) as unknown as EmotionProbabilities;
}

function mixAffect(from: Affect, to: Affect, share: number): Affect {
  return {
    valence: mix(from.valence, to.valence, share),
    arousal: mix(from.arousal, to.arousal, share),
    valenceSd: mix(from.valenceSd, to.valenceSd, share),
    arousalSd: mix(from.arousalSd, to.arousalSd, share),
  };
}

/**
 * Exponential smoothing of one source over time, in log-probability, so that two opposite beliefs meet in doubt and not in
 * a third label. A poor signal moves the result less. Everything but the belief is the newer estimate's.
 * @param previous the last smoothed estimate, or null to start
 * @returns `next` itself at the start, after a gap, and when time runs backwards
 */
export function smoothEstimate<S extends string>(
  previous: EmotionEstimate<S> | null,
  next: EmotionEstimate<S>,
  { timeConstantMs, gapMs }: SmoothOptions = SMOOTHING,
): EmotionEstimate<S> {
  const elapsed = previous ? next.at - previous.at : Infinity;
  if (!previous || elapsed < 0 || elapsed > gapMs) return next;
  const share = 1 - Math.exp((-elapsed * next.signalQuality) / timeConstantMs);
  return {
    ...next,
    probabilities: mixProbabilities(previous.probabilities, next.probabilities, share),
    affect: mixAffect(previous.affect, next.affect, share),
    confidence: mix(previous.confidence, next.confidence, share),
  };
}
