import type { Session, Tensor } from '../../../ml/session';
import type { Segment } from '../segment/describeSegment';
import { FEATURES, FLOOR_DB, N_MELS, SEGMENT_FRAMES } from '../segmentLayout';
import type { MusicModel } from './musicModel';
import { runNetwork } from './runNetwork';

/** Pictures are large; the features behind them are not. */
const BATCH = 4;

/** What both networks say of one audible segment. */
export interface Hearing {
  /** Its number in the song: it starts at `index * 15 s`. */
  readonly index: number;
  /** Frames that are not silence. */
  readonly weight: number;
  /** [4] calibrated log-probabilities of Q1..Q4. */
  readonly logits: Float64Array;
  /** [64] unit length. */
  readonly embedding: Float64Array;
  /** [50] probabilities of MUSIC_TAGS. */
  readonly tags: Float64Array;
  /** [5 x 4] how far the log-odds of each 2.97 s passage lie from the segment's. */
  readonly drift: Float64Array;
  /** [5] share of each passage in the encoder's decision. */
  readonly attention: Float64Array;
}

type Encoding = Pick<Hearing, 'tags' | 'drift' | 'attention'> & { readonly evidence: Float32Array };

/** Bytes back to dB: 0 = FLOOR_DB below the loudest cell, 255 = the loudest. [n x 646 x 64] */
function toPictures(segments: readonly Segment[]): Tensor {
  const size = SEGMENT_FRAMES * N_MELS;
  const data = new Float32Array(segments.length * size).fill(-FLOOR_DB);
  segments.forEach(({ picture }, i) => {
    for (let k = 0; k < picture.length; k++) data[i * size + k] = ((picture[k] ?? 0) / 255 - 1) * FLOOR_DB;
  });
  return { data, shape: [segments.length, SEGMENT_FRAMES, N_MELS] };
}

/** Features, timbre and the encoder's logits side by side: what the emotion network takes. */
function evidenceOf({ features }: Segment, timbre: Float64Array, logits: Float64Array): Float32Array {
  const evidence = new Float32Array(FEATURES + timbre.length + logits.length);
  evidence.set(features);
  evidence.set(timbre, FEATURES);
  evidence.set(logits, FEATURES + timbre.length);
  return evidence;
}

async function encode(segments: readonly Segment[], encoder: Session): Promise<Encoding[]> {
  const outputs = await runNetwork(encoder, toPictures(segments));
  return segments.map((segment, i) => ({
    evidence: evidenceOf(segment, outputs.row('timbre', i), outputs.row('logits', i)),
    tags: outputs.row('tags', i),
    drift: outputs.row('drift', i),
    attention: outputs.row('attention', i),
  }));
}

function toRows(encodings: readonly Encoding[]): Tensor {
  const width = encodings[0]?.evidence.length ?? 0;
  const data = new Float32Array(encodings.length * width);
  encodings.forEach(({ evidence }, i) => {
    data.set(evidence, i * width);
  });
  return { data, shape: [encodings.length, width] };
}

/** Runs both networks over the segments that are not silence. @throws AppError 'model/run-failed' */
export async function hearSegments(segments: readonly Segment[], { encoder, emotion }: MusicModel): Promise<Hearing[]> {
  const audible = segments.map((segment, index) => ({ segment, index })).filter(({ segment }) => segment.activeFrames > 0);
  const hearings: Hearing[] = [];
  for (let from = 0; from < audible.length; from += BATCH) {
    const batch = audible.slice(from, from + BATCH);
    const encodings = await encode(
      batch.map(({ segment }) => segment),
      encoder,
    );
    const outputs = await runNetwork(emotion, toRows(encodings));
    batch.forEach(({ segment, index }, i) => {
      const encoding = encodings[i];
      if (!encoding) return;
      const { tags, drift, attention } = encoding;
      const logits = outputs.row('logits', i);
      hearings.push({ index, weight: segment.activeFrames, logits, embedding: outputs.row('embedding', i), tags, drift, attention });
    });
  }
  return hearings;
}
