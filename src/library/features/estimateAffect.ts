import { AppError } from '../../core/errors';
import type { CurvePoint, TrackAnalysis } from '../../core/music';
import type { Session, Tensor } from '../../ml/session';
import type { Segment } from './segment/describeSegment';
import { FEATURES, FRAME_RATE, SEGMENT_FRAMES } from './segmentLayout';

const BATCH = 32;

type Emotional = Pick<TrackAnalysis, 'affect' | 'quadrants' | 'embedding'> & { readonly curve: readonly CurvePoint[] };

interface SegmentAnswer {
  readonly at: number;
  readonly weight: number;
  readonly logits: Float64Array;
  readonly affect: Float64Array;
  readonly embedding: Float64Array;
}

/** [n x FEATURES] */
function toTensor(segments: readonly Segment[]): Tensor {
  const data = new Float32Array(segments.length * FEATURES);
  segments.forEach((segment, i) => {
    data.set(segment.features, i * FEATURES);
  });
  return { data, shape: [segments.length, FEATURES] };
}

/** Row `i` of an output; refuses one that is missing or not finite. */
function rowOf(outputs: Readonly<Record<string, Tensor>>, name: string, i: number): Float64Array {
  const tensor = outputs[name];
  const width = tensor?.shape.at(-1) ?? 0;
  const row = Float64Array.from({ length: width }, (_, k) => Number(tensor?.data[i * width + k]));
  if (width === 0 || !row.every(Number.isFinite)) throw new AppError('model/run-failed', `output ${name} is missing or not finite`);
  return row;
}

async function runModel(session: Session, input: Tensor): Promise<Readonly<Record<string, Tensor>>> {
  try {
    return await session.run({ features: input });
  } catch (cause) {
    throw new AppError('model/run-failed', 'the music model did not run', { cause });
  }
}

async function answer(segments: readonly Segment[], session: Session): Promise<SegmentAnswer[]> {
  const audible = segments.map((segment, index) => ({ segment, index })).filter(({ segment }) => segment.activeFrames > 0);
  const answers: SegmentAnswer[] = [];
  for (let from = 0; from < audible.length; from += BATCH) {
    const batch = audible.slice(from, from + BATCH);
    const outputs = await runModel(session, toTensor(batch.map(({ segment }) => segment)));
    answers.push(
      ...batch.map(({ segment, index }, i) => ({
        at: (index * SEGMENT_FRAMES) / FRAME_RATE,
        weight: segment.activeFrames,
        logits: rowOf(outputs, 'logits', i),
        affect: rowOf(outputs, 'affect', i),
        embedding: rowOf(outputs, 'embedding', i),
      })),
    );
  }
  return answers;
}

function weightedMean(answers: readonly SegmentAnswer[], pick: (answer: SegmentAnswer) => Float64Array): number[] {
  const total = answers.reduce((sum, { weight }) => sum + weight, 0);
  const [first] = answers;
  if (first === undefined) return [];
  return Array.from(pick(first), (_, k) => answers.reduce((sum, one) => sum + one.weight * (pick(one)[k] ?? 0), 0) / total);
}

/** Of an unsigned value whose mean over {-1, 1} is `mean`: 1 when undecided, 0 when sure. */
const bipolarSd = (mean: number): number => Math.sqrt(Math.max(1 - mean * mean, 0));

const SILENT: Emotional = {
  affect: { valence: 0, arousal: 0, valenceSd: 1, arousalSd: 1 },
  quadrants: { Q1: 0.25, Q2: 0.25, Q3: 0.25, Q4: 0.25 },
  curve: [],
  embedding: new Float32Array(0),
};

/**
 * Affect of a song: log-probabilities of the quadrants averaged over its segments, each weighted by its audible frames; valence and
 * arousal are the differences of probability between the halves of the plane, their sd that of the sign they stand for.
 * @returns silence: every quadrant alike, affect 0 with sd 1, no curve, an embedding of zeros
 * @throws AppError 'model/run-failed'
 */
export async function estimateAffect(segments: readonly Segment[], session: Session): Promise<Emotional> {
  const answers = await answer(segments, session);
  if (answers.length === 0) return { ...SILENT, embedding: new Float32Array(embeddingSize(session)) };
  const logits = weightedMean(answers, ({ logits }) => logits);
  const top = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - top));
  const sum = powers.reduce((total, x) => total + x, 0);
  const [Q1 = 0, Q2 = 0, Q3 = 0, Q4 = 0] = powers.map((x) => x / sum);
  const valence = Q1 + Q4 - Q2 - Q3;
  const arousal = Q1 + Q2 - Q3 - Q4;
  const embedding = weightedMean(answers, (one) => one.embedding);
  const norm = Math.max(Math.hypot(...embedding), 1e-12);
  return {
    affect: { valence, arousal, valenceSd: bipolarSd(valence), arousalSd: bipolarSd(arousal) },
    quadrants: { Q1, Q2, Q3, Q4 },
    curve: answers.map(({ at, affect }) => ({ at, valence: affect[0] ?? 0, arousal: affect[1] ?? 0 })),
    embedding: Float32Array.from(embedding, (x) => x / norm),
  };
}

function embeddingSize({ manifest }: Session): number {
  return manifest.outputs.find(({ name }) => name === 'embedding')?.shape.at(-1) ?? 0;
}
