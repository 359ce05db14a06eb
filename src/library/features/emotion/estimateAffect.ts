import type { CurvePoint, TrackAnalysis } from '../../../core/music';
import { MUSIC_TAGS, type MusicTagScore, type TrackDetail } from '../../../core/trackDetail';
import type { Segment } from '../segment/describeSegment';
import { SAMPLE_RATE } from '../segmentLayout';
import { hearPassages, type Hearing } from './hearPassages';
import type { MusicModel } from './musicModel';

type Emotional = Pick<TrackAnalysis, 'affect' | 'quadrants' | 'embedding'> & Pick<TrackDetail, 'curve' | 'tags'>;

/** A song keeps its surest tags, and none that the tagger itself doubts. */
const MOST_TAGS = 6;
const LEAST_TAG = 0.1;

/** @param shares of the hearings, summing to 1 */
function weightedMean(hearings: readonly Hearing[], shares: readonly number[], pick: (hearing: Hearing) => Float64Array): number[] {
  const [first] = hearings;
  if (first === undefined) return [];
  return Array.from(pick(first), (_, k) => hearings.reduce((sum, one, i) => sum + (shares[i] ?? 0) * (pick(one)[k] ?? 0), 0));
}

/** Shares by audible frames alone: for what is not a decision. */
function plainShares(hearings: readonly Hearing[]): number[] {
  const total = hearings.reduce((sum, { weight }) => sum + weight, 0);
  return hearings.map(({ weight }) => weight / total);
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

/** Shares of the passages in the song's decision: audible frames times the exponential of their attention; they sum to 1. */
function sharesOf(hearings: readonly Hearing[]): number[] {
  const top = Math.max(...hearings.map(({ attention }) => attention));
  const powers = hearings.map(({ weight, attention }) => weight * Math.exp(attention - top));
  const sum = powers.reduce((total, x) => total + x, 0);
  return powers.map((x) => x / sum);
}

/** One point per passage; its weight is its share in the decision, the largest of the song being 1. */
function curveOf(hearings: readonly Hearing[], shares: readonly number[]): CurvePoint[] {
  const heaviest = Math.max(...shares);
  return hearings.map(({ start, logits }, i) => ({
    at: start / SAMPLE_RATE,
    ...pointOf(softmax(Array.from(logits))),
    weight: (shares[i] ?? 0) / heaviest,
  }));
}

function surestTags(probabilities: readonly number[]): MusicTagScore[] {
  return MUSIC_TAGS.flatMap((tag, k) => (tag === null ? [] : [{ tag, probability: probabilities[k] ?? 0 }]))
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
 * Affect of a song: log-probabilities of the quadrants averaged over its passages of 3 s, each weighted by its audible frames and its
 * attention; valence and arousal are the differences of probability between the halves of the plane, their sd that of the sign they
 * stand for. Embedding and tags are plain means over what is audible.
 * @param pictures per 15 s segment, as PatchMeter gives them
 * @returns silence: every quadrant alike, affect 0 with sd 1, no curve, no tags, an embedding of zeros
 * @throws AppError 'model/run-failed'
 */
export async function estimateAffect(segments: readonly Segment[], pictures: readonly Uint8Array[], model: MusicModel): Promise<Emotional> {
  const hearings = await hearPassages(segments, pictures, model);
  if (hearings.length === 0) return silent(model);
  const shares = sharesOf(hearings);
  const plain = plainShares(hearings);
  const probabilities = softmax(weightedMean(hearings, shares, ({ logits }) => logits));
  const [Q1 = 0, Q2 = 0, Q3 = 0, Q4 = 0] = probabilities;
  const { valence, arousal } = pointOf(probabilities);
  const embedding = weightedMean(hearings, plain, (one) => one.embedding);
  const norm = Math.max(Math.hypot(...embedding), 1e-12);
  return {
    affect: { valence, arousal, valenceSd: bipolarSd(valence), arousalSd: bipolarSd(arousal) },
    quadrants: { Q1, Q2, Q3, Q4 },
    curve: curveOf(hearings, shares),
    tags: surestTags(weightedMean(hearings, plain, ({ tags }) => tags)),
    embedding: Float32Array.from(embedding, (x) => x / norm),
  };
}
