import { CIRCUMPLEX } from '../../core/circumplex';
import { EMOTIONS, type EmotionEstimate, type EmotionProbabilities, type Observation } from '../../core/emotion';
import type { AffectPoint } from '../../core/music';
import type { EstimateId, Timed, UnitInterval } from '../../core/units';
import type { Estimator } from '../modality';
import { priorOf, type Prior } from './features';
import type { ContextFrame } from './frame';

/** A situation leaves nearly everything open: people differ by about this much at the same hour, doing the same. */
const SD = 0.6;
/** With so many of the listener's own words the spread comes down to `OWN_SD`; never below. */
const OWN_WORDS = 20;
const OWN_SD = 0.5;
/** Distance on the mood plane at which an emotion's mass falls to 1/e: so wide that no emotion is ruled out. */
const REACH = 1.1;
/** Of the four things that can be known. */
const FACETS = 4;

function distributionNear({ valence, arousal }: AffectPoint): EmotionProbabilities {
  const masses = EMOTIONS.map((e) =>
    Math.exp(-((valence - CIRCUMPLEX[e].valence) ** 2 + (arousal - CIRCUMPLEX[e].arousal) ** 2) / REACH ** 2),
  );
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return Object.fromEntries(EMOTIONS.map((e, i) => [e, (masses[i] ?? 0) / total])) as unknown as EmotionProbabilities;
}

/** Never above one half: the clock and a word or two on what somebody does are a poor signal, however sure they are. */
const qualityOf = ({ known, words }: Prior): UnitInterval => 0.5 * Math.min(1, (known + Math.min(1, words / OWN_WORDS)) / FACETS);

function estimateAt(at: number, prior: Prior): EmotionEstimate<'context'> {
  const probabilities = distributionNear(prior.point);
  const sd = SD - (SD - OWN_SD) * Math.min(1, prior.words / OWN_WORDS);
  const clamp = (value: number) => Math.min(1, Math.max(-1, value));
  return {
    id: `context-${at}` as EstimateId,
    source: 'context',
    at,
    windowMs: 0,
    probabilities,
    affect: { valence: clamp(prior.point.valence), arousal: clamp(prior.point.arousal), valenceSd: sd, arousalSd: sd },
    confidence: Math.max(...Object.values(probabilities)),
    signalQuality: qualityOf(prior),
    latencyMs: 0,
    models: [],
  };
}

class ContextEstimator implements Estimator<ContextFrame, 'context'> {
  push({ at, value }: Timed<ContextFrame>): Promise<Observation<'context'>> {
    const prior = priorOf(value);
    return Promise.resolve(
      prior.known > 0
        ? { kind: 'estimate', estimate: estimateAt(at, prior) }
        : { kind: 'absent', source: 'context', at, reason: 'no-context' },
    );
  }

  /** There is nothing to forget: each situation is judged by itself. */
  reset(): void {}
}

/** A weak prior out of the situation: nearly flat over the emotions, wide on the plane. Absent while nothing is known. */
export const createEstimator = (): Estimator<ContextFrame, 'context'> => new ContextEstimator();
