import { MUSIC_TAGS, type CurvePoint, type MusicTagScore, type TrackAnalysis } from '../../../core/music';
import type { Segment } from '../segment/describeSegment';
import { FRAME_RATE, SEGMENT_FRAMES } from '../segmentLayout';
import { hearSegments, type Hearing } from './hearSegments';
import type { MusicModel } from './musicModel';

type Emotional = Pick<TrackAnalysis, 'affect' | 'quadrants' | 'tags' | 'embedding'> & { readonly curve: readonly CurvePoint[] };

/** Passages of a segment; their length is four steps of the encoder, each 32 frames. */
const PASSAGES = 5;
const PASSAGE_SECONDS = (4 * 32) / FRAME_RATE;
const SEGMENT_SECONDS = SEGMENT_FRAMES / FRAME_RATE;
/** A song keeps its surest tags, and none that the tagger itself doubts. */
const MOST_TAGS = 6;
const LEAST_TAG = 0.1;

function weightedMean(hearings: readonly Hearing[], pick: (hearing: Hearing) => Float64Array): number[] {
  const total = hearings.reduce((sum, { weight }) => sum + weight, 0);
  const [first] = hearings;
  if (first === undefined) return [];
  return Array.from(pick(first), (_, k) => hearings.reduce((sum, one) => sum + one.weight * (pick(one)[k] ?? 0), 0) / total);
}

function softmax(logits: readonly number[]): number[] {
  const top = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - top));
  const sum = powers.reduce((total, x) => total + x, 0);
  return powers.map((x) => x / sum);
}

/** Differences of probability between the halves of the plane. @param probabilities of Q1..Q4 */
function pointOf([Q1 = 0, Q2 = 0, Q3 = 0, Q4 = 0]: readonly number[]): { readonly valence: number; readonly arousal: number } {
  return { valence: Q1 + Q4 - Q2 - Q3, arousal: Q1 + Q2 - Q3 - Q4 };
}

/** Of an unsigned value whose mean over {-1, 1} is `mean`: 1 when undecided, 0 when sure. */
const bipolarSd = (mean: number): number => Math.sqrt(Math.max(1 - mean * mean, 0));

/** The passages of the audible segments; the weight of one is its share in the decision, the largest of the song being 1. */
function curveOf(hearings: readonly Hearing[], duration: number): CurvePoint[] {
  const points = hearings.flatMap(({ index, weight, logits, drift, attention }) =>
    Array.from({ length: PASSAGES }, (_, p) => ({
      at: index * SEGMENT_SECONDS + p * PASSAGE_SECONDS,
      ...pointOf(softmax(Array.from(logits, (logit, q) => logit + (drift[p * logits.length + q] ?? 0)))),
      weight: weight * (attention[p] ?? 0),
    })),
  );
  const inside = points.filter(({ at }) => at < duration);
  const heaviest = Math.max(...inside.map(({ weight }) => weight), Number.MIN_VALUE);
  return inside.map((point) => ({ ...point, weight: point.weight / heaviest }));
}

function surestTags(probabilities: readonly number[]): MusicTagScore[] {
  return MUSIC_TAGS.map((tag, k) => ({ tag, probability: probabilities[k] ?? 0 }))
    .filter(({ probability }) => probability >= LEAST_TAG)
    .sort((a, b) => b.probability - a.probability)
    .slice(0, MOST_TAGS);
}

function silent({ emotion }: MusicModel): Emotional {
  const size = emotion.manifest.outputs.find(({ name }) => name === 'embedding')?.shape.at(-1) ?? 0;
  return {
    affect: { valence: 0, arousal: 0, valenceSd: 1, arousalSd: 1 },
    quadrants: { Q1: 0.25, Q2: 0.25, Q3: 0.25, Q4: 0.25 },
    curve: [],
    tags: [],
    embedding: new Float32Array(size),
  };
}

/**
 * Affect of a song: log-probabilities of the quadrants averaged over its segments, each weighted by its audible frames; valence and
 * arousal are the differences of probability between the halves of the plane, their sd that of the sign they stand for.
 * @param duration of the song, s: the curve ends there
 * @returns silence: every quadrant alike, affect 0 with sd 1, no curve, no tags, an embedding of zeros
 * @throws AppError 'model/run-failed'
 */
export async function estimateAffect(segments: readonly Segment[], model: MusicModel, duration: number): Promise<Emotional> {
  const hearings = await hearSegments(segments, model);
  if (hearings.length === 0) return silent(model);
  const probabilities = softmax(weightedMean(hearings, ({ logits }) => logits));
  const [Q1 = 0, Q2 = 0, Q3 = 0, Q4 = 0] = probabilities;
  const { valence, arousal } = pointOf(probabilities);
  const embedding = weightedMean(hearings, (one) => one.embedding);
  const norm = Math.max(Math.hypot(...embedding), 1e-12);
  return {
    affect: { valence, arousal, valenceSd: bipolarSd(valence), arousalSd: bipolarSd(arousal) },
    quadrants: { Q1, Q2, Q3, Q4 },
    curve: curveOf(hearings, duration),
    tags: surestTags(weightedMean(hearings, ({ tags }) => tags)),
    embedding: Float32Array.from(embedding, (x) => x / norm),
  };
}
