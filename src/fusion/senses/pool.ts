import { EMOTIONS, type Affect, type EmotionEstimate, type EmotionProbabilities, type ModelRef } from '../../core/emotion';
import type { EpochMs, UnitInterval } from '../../core/units';
import { freshnessOf } from '../fading';

/** The standard deviation that says: knows nothing about this axis. */
const BLIND = 1;
/** Keeps a weight of zero or a claim of perfect knowledge from dividing by zero. */
const LEAST = 1e-6;

/**
 * Inverse-variance mean, per dimension.
 * @param weights scale each source's precision; without them each counts fully. No weight at all gives the origin, blind.
 */
export function poolAffect(affects: readonly Affect[], weights?: readonly number[]): Affect {
  const pool = (mean: (a: Affect) => number, sd: (a: Affect) => number) => {
    const precisions = affects.map((a, i) => (weights ? (weights[i] ?? 0) : 1) / Math.max(sd(a), LEAST) ** 2);
    const total = precisions.reduce((a, b) => a + b, 0);
    if (total < LEAST) return { mean: 0, sd: BLIND };
    return {
      mean: affects.reduce((sum, a, i) => sum + mean(a) * (precisions[i] ?? 0), 0) / total,
      sd: Math.min(BLIND, Math.sqrt(1 / total)),
    };
  };
  const valence = pool(
    (a) => a.valence,
    (a) => a.valenceSd,
  );
  const arousal = pool(
    (a) => a.arousal,
    (a) => a.arousalSd,
  );
  return { valence: valence.mean, arousal: arousal.mean, valenceSd: valence.sd, arousalSd: arousal.sd };
}

const CHANCE = 1 / EMOTIONS.length;

/** Knowledge above chance times signal: a source that cannot tell, or cannot see, has none. */
function reliabilityOf({ confidence, signalQuality }: EmotionEstimate): UnitInterval {
  return Math.max(0, (confidence - CHANCE) / (1 - CHANCE)) * signalQuality;
}

/**
 * Exponents of log-linear pooling, p(k) ∝ Π p_s(k)^w_s: each source's freshness, times its reliability relative to the most reliable
 * source. So a single fresh source passes unchanged (its own calibration holds), weaker ones count less beside it, and everything
 * fades with age. Weights need not sum to 1.
 */
export function fusionWeights(estimates: readonly EmotionEstimate[], now: EpochMs): readonly UnitInterval[] {
  const reliabilities = estimates.map((e) => reliabilityOf(e) * freshnessOf(e.source, now - e.at));
  const best = Math.max(...reliabilities);
  const freshest = Math.max(...estimates.map((e) => freshnessOf(e.source, now - e.at)));
  return estimates.map((e, i) => (best > 0 ? (freshest * (reliabilities[i] ?? 0)) / best : freshnessOf(e.source, now - e.at)));
}

export function mergeModels(estimates: readonly EmotionEstimate[]): readonly ModelRef[] {
  return [...new Map(estimates.flatMap((e) => e.models).map((model) => [`${model.name}@${model.version}`, model])).values()];
}

/**
 * How sure the pooled label is: the pooled mass, scaled by how far the sources trust their own top labels.
 * @param shares one for each estimate, summing to 1 or all 0
 */
export function pooledConfidence(
  pooled: EmotionProbabilities,
  estimates: readonly EmotionEstimate[],
  shares: readonly UnitInterval[],
): UnitInterval {
  const trust = estimates.reduce((sum, e, i) => sum + (shares[i] ?? 0) * (e.confidence / Math.max(...Object.values(e.probabilities))), 0);
  return Math.min(1, Math.max(...Object.values(pooled)) * (trust || 1));
}
