import { EMOTIONS, type Emotion, type EmotionProbabilities } from '../core/emotion';
import type { UnitInterval } from '../core/units';
import type { ModelManifest } from './manifest';

/** What the answer of a classifier says. */
export interface Classified {
  readonly probabilities: EmotionProbabilities;
  /** Mass of the top label before classes that we do not name were folded away: calibrated P(top label is right). */
  readonly confidence: UnitInterval;
}

/** Softmax of the logits divided by the manifest's temperature. @returns [n] sums to 1 */
export function temperedSoftmax(logits: Float32Array, { calibration }: Pick<ModelManifest, 'calibration'>): Float64Array {
  const temperature = calibration?.temperature ?? 1;
  const peak = Math.max(...logits);
  const masses = Float64Array.from(logits, (logit) => Math.exp((logit - peak) / temperature));
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return masses.map((mass) => mass / total);
}

/**
 * Tempered softmax over all outputs, told in our seven labels: outputs that share a label add up; those without one are folded away and
 * the rest renormalised.
 * @param logits [n] one per output
 */
export function readLogits(logits: Float32Array, manifest: Pick<ModelManifest, 'labels' | 'calibration'>): Classified {
  const masses = temperedSoftmax(logits, manifest);
  const byEmotion = new Map<Emotion, number>();
  for (const [i, label] of (manifest.labels ?? []).entries()) {
    if (label) byEmotion.set(label, (byEmotion.get(label) ?? 0) + (masses[i] ?? 0));
  }
  const named = [...byEmotion.values()];
  const kept = Math.max(
    named.reduce((sum, mass) => sum + mass, 0),
    1e-12,
  );
  const entries = EMOTIONS.map((emotion) => [emotion, (byEmotion.get(emotion) ?? 0) / kept] as const);
  return { probabilities: Object.fromEntries(entries) as unknown as EmotionProbabilities, confidence: Math.max(0, ...named) };
}
