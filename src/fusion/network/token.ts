import type { EmotionEstimate } from '../../core/emotion';
import type { EpochMs, UnitInterval } from '../../core/units';
import { centredLog, informationIn, toSeven, type Seven } from '../distribution';
import { freshnessOf } from '../fading';

/** Senses with an encoder of their own in the network, in its order. What of them may use it: evidence.ts. */
export const ENCODED = ['face', 'voice', 'text'] as const;
export const FEATURES = 15;

/** What one sense says, as the network reads it. training/fusion/tokens.py computes the same. */
export interface Token {
  readonly source: string;
  /** [15] 7 centred log-probabilities / 2, valence, arousal, their precisions, confidence, quality, freshness, 0 (a model speaks). */
  readonly features: readonly number[];
  /** [7] centred log-probabilities. */
  readonly logs: Seven;
  /** How much of a token there is: 0 for a flat distribution and past the fading time. */
  readonly evidence: UnitInterval;
  readonly freshness: UnitInterval;
}

/** 0 for blind (sd 1 or more), 1 for certain. */
const precisionOf = (sd: number): UnitInterval => Math.min(1, Math.max(0, 1 - sd));

/** @returns a token of a sense's last word as it counts now */
export function tokenOf(estimate: EmotionEstimate, now: EpochMs): Token {
  const { source, affect, confidence, signalQuality } = estimate;
  const p = toSeven(estimate.probabilities);
  const logs = centredLog(p);
  const freshness = freshnessOf(source, now - estimate.at);
  const features = [
    ...logs.map((value) => value / 2),
    ...[affect.valence, affect.arousal, precisionOf(affect.valenceSd), precisionOf(affect.arousalSd)],
    ...[confidence, signalQuality, freshness, 0],
  ];
  return { source, features, logs, evidence: informationIn(p) * freshness, freshness };
}
