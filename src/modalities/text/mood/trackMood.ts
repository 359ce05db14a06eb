import { EMOTIONS, type Affect, type EmotionEstimate, type EmotionProbabilities } from '../../../core/emotion';
import type { EpochMs, EstimateId, Milliseconds } from '../../../core/units';
import { feltProbabilities, type TextEstimate } from '../../../core/records/writtenEntry';

/** What was written counts half after this long: moods last for minutes to hours, and one entry is no mood. */
export const HALF_LIFE: Milliseconds = 600_000;
/** Older words say nothing about now. */
export const FADED: Milliseconds = 3_600_000;

const CHANCE = 1 / EMOTIONS.length;
const BLIND = 1;

/** An entry that could be read. */
export interface ReadEntry {
  readonly at: EpochMs;
  readonly reading: TextEstimate;
}

const decay = (age: Milliseconds) => 2 ** (-Math.max(0, age) / HALF_LIFE);

function poolProbabilities(entries: readonly ReadEntry[], weights: readonly number[]): EmotionProbabilities {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (of: (reading: TextEstimate) => number) =>
    entries.reduce((sum, { reading }, i) => sum + (weights[i] ?? 0) * of(reading), 0) / total;
  return Object.fromEntries(EMOTIONS.map((e) => [e, mean(({ probabilities }) => probabilities[e])])) as unknown as EmotionProbabilities;
}

/** Mean of the points; its spread is that of the points and of each point's own doubt, and widens while nothing new is written. */
function poolAffect(entries: readonly ReadEntry[], weights: readonly number[], freshness: number): Affect {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const axis = (name: 'valence' | 'arousal', sd: 'valenceSd' | 'arousalSd') => {
    const mean = entries.reduce((sum, { reading: { affect } }, i) => sum + (weights[i] ?? 0) * affect[name], 0) / total;
    const square = entries.reduce(
      (sum, { reading: { affect } }, i) => sum + (weights[i] ?? 0) * (affect[sd] ** 2 + (affect[name] - mean) ** 2),
      0,
    );
    return { mean, sd: Math.min(BLIND, Math.sqrt(square / total / freshness)) };
  };
  const valence = axis('valence', 'valenceSd');
  const arousal = axis('arousal', 'arousalSd');
  return { valence: valence.mean, arousal: arousal.mean, valenceSd: valence.sd, arousalSd: arousal.sd };
}

/**
 * The mood that entries add up to: each counts by how much it had to say and by its age (half after ten minutes); what is
 * believed of now falls back towards chance while nothing is written.
 * @param entries oldest first, none after `now`
 * @returns null when the newest is older than an hour, or there is none
 */
export function trackMood(entries: readonly ReadEntry[], now: EpochMs): EmotionEstimate<'text'> | null {
  const recent = entries
    .filter(({ at }) => now - at < FADED)
    .map(({ at, reading }) => ({ at, reading: { ...reading, probabilities: feltProbabilities(reading) } }));
  const newest = recent.at(-1);
  const oldest = recent[0];
  if (!newest || !oldest) return null;
  const weights = recent.map(({ at, reading }) => decay(newest.at - at) * Math.max(0.05, reading.signalQuality * reading.confidence));
  const freshness = decay(now - newest.at);
  const probabilities = poolProbabilities(recent, weights);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const trust =
    recent.reduce(
      (sum, { reading }, i) => sum + (weights[i] ?? 0) * (reading.confidence / Math.max(...Object.values(reading.probabilities))),
      0,
    ) / total;
  const confidence = Math.min(1, Math.max(...Object.values(probabilities)) * trust);
  return {
    id: `text-${now}` as EstimateId,
    source: 'text',
    at: now,
    windowMs: Math.max(0, now - oldest.at),
    probabilities,
    affect: poolAffect(recent, weights, freshness),
    confidence: CHANCE + (confidence - CHANCE) * freshness,
    signalQuality: (recent.reduce((sum, { reading }, i) => sum + (weights[i] ?? 0) * reading.signalQuality, 0) / total) * freshness,
    latencyMs: 0,
    models: newest.reading.models,
  };
}
