import type { Tensor } from '../../../ml/session';
import type { Segment } from '../segment/describeSegment';
import { FEATURES } from '../segmentLayout';
import type { MusicModel } from './musicModel';
import { PATCH_FRAMES, PATCH_HOP, PATCH_MELS, PATCH_TOP, SEGMENT_SAMPLES } from './patchLayout';
import { runNetwork, type Outputs } from './runNetwork';

/** Pictures in one run of the listener: more cost memory and win nothing. */
const BATCH = 5;
const CELLS = PATCH_FRAMES * PATCH_MELS;
/** Probabilities are cut here before their odds are taken, as in training/music/model.py. */
const LEAST_TAG = 1e-4;

/** 3 s of a song before the networks heard them. */
interface Passage {
  /** Sample of the song at which it begins, at 22,050 Hz. */
  readonly start: number;
  /** Share of its segment's frames that are not silence, as a number of frames. */
  readonly weight: number;
  /** [187 x 96] bytes. */
  readonly picture: Uint8Array;
  /** [301] of its segment. */
  readonly features: Float32Array;
}

/** What both networks say of 3 s of a song. */
export interface Hearing {
  readonly start: number;
  readonly weight: number;
  /** [4] calibrated log-probabilities of Q1..Q4. */
  readonly logits: Float64Array;
  /** [64] unit length. */
  readonly embedding: Float64Array;
  /** [50] probabilities of MUSIC_TAGS. */
  readonly tags: Float64Array;
  /** Its exponential weighs the passage in the song. */
  readonly attention: number;
}

/** The passages of the segments that are not silence. @param pictures per 15 s, as PatchMeter gives them */
function passagesOf(segments: readonly Segment[], pictures: readonly Uint8Array[]): Passage[] {
  return segments.flatMap(({ activeFrames, features }, index) => {
    const picture = pictures[index];
    if (activeFrames === 0 || !picture) return [];
    const count = picture.length / CELLS;
    return Array.from({ length: count }, (_, p) => ({
      start: index * SEGMENT_SAMPLES + p * PATCH_FRAMES * PATCH_HOP,
      weight: activeFrames / count,
      picture: picture.subarray(p * CELLS, (p + 1) * CELLS),
      features,
    }));
  });
}

function toPictures(passages: readonly Passage[]): Tensor {
  const data = new Float32Array(passages.length * CELLS);
  passages.forEach(({ picture }, i) => {
    for (let k = 0; k < CELLS; k++) data[i * CELLS + k] = ((picture[k] ?? 0) / 255) * PATCH_TOP;
  });
  return { data, shape: [passages.length, PATCH_FRAMES, PATCH_MELS] };
}

const logOdds = (probability: number): number => {
  const kept = Math.min(Math.max(probability, LEAST_TAG), 1 - LEAST_TAG);
  return Math.log(kept / (1 - kept));
};

/** Features, timbre and the log-odds of the tags side by side: what the emotion network takes. */
function toEvidence(passages: readonly Passage[], heard: Outputs): Tensor {
  const rows = passages.map((_, i) => [...heard.row('timbre', i), ...heard.row('tags', i).map(logOdds)]);
  const width = FEATURES + (rows[0]?.length ?? 0);
  const data = new Float32Array(passages.length * width);
  passages.forEach(({ features }, i) => {
    data.set(features, i * width);
    data.set(rows[i] ?? [], i * width + FEATURES);
  });
  return { data, shape: [passages.length, width] };
}

async function hear(passages: readonly Passage[], { listener, emotion }: MusicModel): Promise<Hearing[]> {
  const heard = await runNetwork(listener, toPictures(passages));
  const felt = await runNetwork(emotion, toEvidence(passages, heard));
  return passages.map(({ start, weight }, i) => ({
    start,
    weight,
    logits: felt.row('logits', i),
    embedding: felt.row('embedding', i),
    tags: heard.row('tags', i),
    attention: felt.row('attention', i)[0] ?? 0,
  }));
}

/** Runs both networks over all passages that are not silence, in their order. @throws AppError 'model/run-failed' */
export async function hearPassages(
  segments: readonly Segment[],
  pictures: readonly Uint8Array[],
  model: MusicModel,
): Promise<readonly Hearing[]> {
  const passages = passagesOf(segments, pictures);
  const hearings: Hearing[] = [];
  for (let from = 0; from < passages.length; from += BATCH) hearings.push(...(await hear(passages.slice(from, from + BATCH), model)));
  return hearings;
}
