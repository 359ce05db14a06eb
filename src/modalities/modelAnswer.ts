import { affectOf } from '../core/circumplex';
import type { Affect, EmotionProbabilities } from '../core/emotion';
import { AppError } from '../core/errors';
import type { UnitInterval } from '../core/units';
import type { ModelManifest } from '../ml/manifest';
import type { Tensor } from '../ml/session';

const clamp = (value: number) => Math.min(1, Math.max(-1, value));

/**
 * The model's own point with the spread that its distribution has on the mood plane; a poor signal widens it.
 * @param point [2] valence, arousal; what is missing is the distribution's mean
 */
export function readAffect(point: ArrayLike<number>, probabilities: EmotionProbabilities, quality: UnitInterval): Affect {
  const spread = affectOf(probabilities);
  const widen = (sd: number) => Math.min(1, sd / Math.sqrt(Math.max(quality, 0.1)));
  return {
    valence: clamp(point[0] ?? spread.valence),
    arousal: clamp(point[1] ?? spread.arousal),
    valenceSd: widen(spread.valenceSd),
    arousalSd: widen(spread.arousalSd),
  };
}

/** One output of a model. @throws AppError 'model/run-failed' when it is missing or not finite */
export function floatsOf(outputs: Readonly<Record<string, Tensor>>, name: string, { name: model }: ModelManifest): Float32Array {
  const output = outputs[name]?.data;
  if (!(output instanceof Float32Array) || output.some((value) => !Number.isFinite(value))) {
    throw new AppError('model/run-failed', `${model} gave no finite "${name}"`);
  }
  return output;
}
