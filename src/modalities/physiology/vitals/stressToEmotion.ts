import { CIRCUMPLEX } from '../../../core/circumplex';
import { EMOTIONS, type Affect, type EmotionProbabilities } from '../../../core/emotion';
import type { UnitInterval } from '../../../core/units';

/** Where rest and acute stress lie on the arousal axis: a little below the middle, and where fear and anger lie. */
const RESTING = -0.2;
const STRESSED = 0.6;
/** Spread of either state around its point: the ratings behind the circumplex have .2 to .35. */
const SPREAD = 0.28;
/** Keeps certainty finite. */
const LEAST = 0.02;

/**
 * The mixture of two states: mean and standard deviation of arousal under P(stress). Valence stays unknown: 0 with sd 1.
 * @param quality widens the standard deviation by 1 / √quality, up to 1
 */
export function affectOfStress(stress: UnitInterval, quality: UnitInterval): Affect {
  const arousal = RESTING + (STRESSED - RESTING) * stress;
  const sd = Math.sqrt(SPREAD ** 2 + stress * (1 - stress) * (STRESSED - RESTING) ** 2);
  return { valence: 0, valenceSd: 1, arousal, arousalSd: Math.min(1, sd / Math.sqrt(Math.max(quality, 0.1))) };
}

/** The P(stress) that `affectOfStress` was told. */
export function stressOfAffect({ arousal }: Pick<Affect, 'arousal'>): UnitInterval {
  return Math.min(1, Math.max(0, (arousal - RESTING) / (STRESSED - RESTING)));
}

/**
 * Equal prior probabilities moved along arousal alone: p(e) ∝ exp(logit P(stress) · arousal of e on the circumplex). Emotions of
 * like arousal (anger and fear, say) keep their ratio; P = ½ gives the prior.
 */
export function probabilitiesOfStress(stress: UnitInterval): EmotionProbabilities {
  const sure = Math.min(1 - LEAST, Math.max(LEAST, stress));
  const logit = Math.log(sure / (1 - sure));
  const masses = EMOTIONS.map((emotion) => Math.exp(logit * CIRCUMPLEX[emotion].arousal));
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return Object.fromEntries(EMOTIONS.map((emotion, i) => [emotion, (masses[i] ?? 0) / total])) as unknown as EmotionProbabilities;
}
