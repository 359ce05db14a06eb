import { affectOf, CIRCUMPLEX } from '../core/circumplex';
import { EMOTIONS, type EmotionEstimate, type EmotionProbabilities, type Observation } from '../core/emotion';
import { gaussian, seededRandom } from '../core/random';
import type { EpochMs, EstimateId, Milliseconds, Seconds } from '../core/units';
import type { ModalityId } from './registry';

/** A place on the mood plane and how long it takes to get there from the place before. */
interface Stop {
  readonly valence: number;
  readonly arousal: number;
  readonly after: Seconds;
}

/** Simulated listeners: where their mood goes. After the last stop they stay there. */
const PATHS = {
  calmEvening: [
    { valence: 0.1, arousal: 0.05, after: 0 },
    { valence: 0.3, arousal: -0.2, after: 40 },
    { valence: 0.4, arousal: -0.4, after: 80 },
    { valence: 0.2, arousal: -0.5, after: 120 },
  ],
  angryCommute: [
    { valence: 0, arousal: 0.1, after: 0 },
    { valence: -0.4, arousal: 0.5, after: 25 },
    { valence: -0.6, arousal: 0.65, after: 30 },
    { valence: -0.5, arousal: 0.4, after: 60 },
    { valence: -0.1, arousal: 0.1, after: 90 },
  ],
  happyMorning: [
    { valence: 0, arousal: -0.1, after: 0 },
    { valence: 0.5, arousal: 0.2, after: 30 },
    { valence: 0.8, arousal: 0.5, after: 30 },
    { valence: 0.6, arousal: 0.6, after: 60 },
    { valence: 0.7, arousal: 0.4, after: 90 },
  ],
  lowAfternoon: [
    { valence: 0.1, arousal: 0, after: 0 },
    { valence: -0.3, arousal: -0.2, after: 30 },
    { valence: -0.6, arousal: -0.3, after: 45 },
    { valence: -0.4, arousal: -0.35, after: 90 },
    { valence: 0, arousal: -0.1, after: 90 },
  ],
} as const satisfies Record<string, readonly Stop[]>;

export type ScenarioId = keyof typeof PATHS;
export const SCENARIO_IDS = Object.keys(PATHS) as readonly ScenarioId[];

/** A real mood wanders; the walk pulls back to the path with this share per step. */
const PULL = 0.15;
const WANDER = 0.035;
/** Distance on the mood plane at which an emotion's mass falls to 1/e. */
const REACH = 0.45;

export interface Point {
  readonly valence: number;
  readonly arousal: number;
}

function placeAt(path: readonly Stop[], time: Seconds): Point {
  let reached = 0;
  let previous = path[0] ?? { valence: 0, arousal: 0 };
  for (const stop of path) {
    if (time < reached + stop.after) {
      const share = (time - reached) / stop.after;
      return {
        valence: previous.valence + share * (stop.valence - previous.valence),
        arousal: previous.arousal + share * (stop.arousal - previous.arousal),
      };
    }
    reached += stop.after;
    previous = stop;
  }
  return { valence: previous.valence, arousal: previous.arousal };
}

/** Where the mood of a simulated listener is heading, so long after the beginning. */
export const moodAt = (id: ScenarioId, time: Seconds): Point => placeAt(PATHS[id], time);

/** The nearer an emotion's point, the more of the mass it gets. */
function distributionNear({ valence, arousal }: Point): EmotionProbabilities {
  const masses = EMOTIONS.map((e) =>
    Math.exp(-(((valence - CIRCUMPLEX[e].valence) ** 2 + (arousal - CIRCUMPLEX[e].arousal) ** 2) / REACH ** 2)),
  );
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return Object.fromEntries(EMOTIONS.map((e, i) => [e, (masses[i] ?? 0) / total])) as unknown as EmotionProbabilities;
}

const clamp = (value: number) => Math.min(1, Math.max(-1, value));

function estimateAt(point: Point, at: EpochMs, random: () => number): EmotionEstimate<ModalityId> {
  const probabilities = distributionNear(point);
  return {
    id: `simulated-${at}` as EstimateId,
    source: 'face',
    at,
    windowMs: 0,
    probabilities,
    affect: { ...affectOf(probabilities), valence: clamp(point.valence), arousal: clamp(point.arousal) },
    confidence: Math.max(...Object.values(probabilities)),
    signalQuality: 0.75 + 0.2 * random(),
    latencyMs: 30 + 10 * random(),
    models: [{ name: 'simulated-listener', version: '1.0.0' }],
  };
}

export interface ScenarioOptions {
  readonly seed: number;
  readonly startAt: EpochMs;
  /** Time between two observations. */
  readonly everyMs: Milliseconds;
}

/**
 * What the face of a simulated listener would say; endless, so the caller stops reading. Now and then they look away.
 * The same options give the same observations. Whoever shows them must mark them as simulated.
 */
export function* playScenario(id: ScenarioId, { seed, startAt, everyMs }: ScenarioOptions): Generator<Observation<ModalityId>, never> {
  const random = seededRandom(seed);
  const path: readonly Stop[] = PATHS[id];
  let drift: Point = { valence: 0, arousal: 0 };
  let awayFor = 0;
  for (let i = 0; ; i++) {
    const at = startAt + i * everyMs;
    const scale = WANDER * Math.sqrt(everyMs / 250);
    drift = {
      valence: drift.valence * (1 - PULL) + scale * gaussian(random),
      arousal: drift.arousal * (1 - PULL) + scale * gaussian(random),
    };
    const place = placeAt(path, (i * everyMs) / 1000);
    // Two seconds away about every forty.
    if (awayFor <= 0 && i > 0 && random() < everyMs / 40_000) awayFor = 2000;
    awayFor -= everyMs;
    if (awayFor > 0) yield { kind: 'absent', source: 'face', at, reason: 'no-face' };
    else
      yield {
        kind: 'estimate',
        estimate: estimateAt({ valence: place.valence + drift.valence, arousal: place.arousal + drift.arousal }, at, random),
      };
  }
}
