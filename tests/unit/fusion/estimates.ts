import { affectOf } from '../../../src/core/circumplex';
import { EMOTIONS, type EmotionEstimate, type EmotionProbabilities } from '../../../src/core/emotion';
import { seededRandom } from '../../../src/core/random';
import type { EstimateId } from '../../../src/core/units';

/** The named masses, the rest spread evenly. */
export function distribution(masses: Partial<EmotionProbabilities>): EmotionProbabilities {
  const named = Object.values(masses).reduce((a, b) => a + b, 0);
  const others = EMOTIONS.length - Object.keys(masses).length;
  return Object.fromEntries(EMOTIONS.map((e) => [e, masses[e] ?? (1 - named) / others])) as unknown as EmotionProbabilities;
}

export function estimateOf<S extends string>(source: S, at: number, masses: Partial<EmotionProbabilities> = {}): EmotionEstimate<S> {
  const probabilities = distribution(masses);
  return {
    id: `${source}-${at}` as EstimateId,
    source,
    at,
    windowMs: 0,
    probabilities,
    affect: affectOf(probabilities),
    confidence: Math.max(...Object.values(probabilities)),
    signalQuality: 1,
    latencyMs: 20,
    models: [{ name: `${source}-model`, version: '1.0.0' }],
  };
}

/** Seeded estimates in time order, from nearly certain ones to nearly uniform ones. */
export function randomEstimates<S extends string>(seed: number, count: number, source: S): EmotionEstimate<S>[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const sharpness = 12 * random();
    const masses = EMOTIONS.map(() => Math.exp(sharpness * random()));
    const total = masses.reduce((a, b) => a + b, 0);
    const probabilities = Object.fromEntries(EMOTIONS.map((e, k) => [e, (masses[k] ?? 0) / total])) as unknown as EmotionProbabilities;
    return { ...estimateOf(source, i * 100 + Math.floor(90 * random()), probabilities), signalQuality: random() };
  });
}
