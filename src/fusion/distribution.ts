import { EMOTIONS, type EmotionProbabilities } from '../core/emotion';
import type { UnitInterval } from '../core/units';

/** Seven numbers in the order of EMOTIONS. */
export type Seven = readonly number[];

const FLOOR = 1e-4;
const CLIP = 6;
/** Nats of information at which 63 % of a source's say is given. */
const INFORMED = 0.02;

export const toSeven = (probabilities: EmotionProbabilities): Seven => EMOTIONS.map((emotion) => probabilities[emotion]);

export const fromSeven = (p: Seven): EmotionProbabilities =>
  Object.fromEntries(EMOTIONS.map((emotion, k) => [emotion, p[k] ?? 0])) as unknown as EmotionProbabilities;

/** Adds `scale` times b to a. */
export const addSeven = (a: Seven, b: Seven, scale = 1): Seven => a.map((value, k) => value + scale * (b[k] ?? 0));

export const NOTHING: Seven = EMOTIONS.map(() => 0);

/** @returns p(k) ∝ exp(z_k / temperature); flat for zeros */
export function softmax(z: Seven, temperature = 1): Seven {
  const peak = Math.max(...z);
  const powers = z.map((value) => Math.exp((value - peak) / temperature));
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / total);
}

/** Log-probabilities around their own mean, within ±6: all zero for a flat distribution. */
export function centredLog(p: Seven): Seven {
  const logs = p.map((value) => Math.log(Math.max(value, FLOOR)));
  const mean = logs.reduce((a, b) => a + b, 0) / logs.length;
  return logs.map((value) => Math.min(CLIP, Math.max(-CLIP, value - mean)));
}

/** 1 - exp(-KL(p | flat) / 0.02 nats): 0 for a flat distribution, near 1 for any that says something. */
export function informationIn(p: Seven): UnitInterval {
  const floored = p.map((value) => Math.max(value, FLOOR));
  const total = floored.reduce((a, b) => a + b, 0);
  const divergence = floored.reduce((sum, value) => sum + (value / total) * Math.log((value / total) * p.length), 0);
  return 1 - Math.exp(-Math.max(0, divergence) / INFORMED);
}

/** Euclidean length of log-evidence. */
export const lengthOf = (z: Seven): number => Math.hypot(...z);

/** Index of the largest; the first of equals. */
export const topOf = (p: Seven): number => p.indexOf(Math.max(...p));
