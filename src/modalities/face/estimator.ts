import type { EmotionEstimate } from '../../core/emotion';
import { AppError } from '../../core/errors';
import type { EpochMs, EstimateId, Milliseconds, UnitInterval } from '../../core/units';
import type { ModelManifest } from '../../ml/manifest';
import { readLogits } from '../../ml/readLogits';
import type { Session, Tensor } from '../../ml/session';
import { floatsOf, readAffect } from '../modelAnswer';
import type { Estimator, EstimatorOptions } from '../modality';
import { alignFace, CROP_SIZE, shrinkCrop, type Crop } from './features';
import type { FaceFrame } from './frame';
import { faceQuality } from './quality';

/** Below it the crop shows too little to be worth a guess. */
const POOR_SIGNAL = 0.1;

/** One way of showing a crop to the classifier. */
export interface View {
  /** Left and right exchanged. */
  readonly isMirrored: boolean;
  /** Pixels to the right; the edge is repeated. */
  readonly shift: number;
}

const LIVE: readonly [View, View] = [
  { isMirrored: false, shift: 0 },
  { isMirrored: true, shift: 0 },
];
/** On dev, a pixel to either side is worth .3 points; up, down and closer add nothing. */
const STILL: readonly View[] = [-1, 0, 1].flatMap((shift) => LIVE.map(({ isMirrored }) => ({ isMirrored, shift })));

/** @param crops grey levels 0..255 @returns [n, 1, 48, 48] (level / 255 - mean) / std, as the trainer feeds it */
export function toInput(crops: readonly Crop[], { preprocess }: ModelManifest): Tensor {
  const mean = preprocess.mean?.[0] ?? 0;
  const std = preprocess.std?.[0] ?? 1;
  const data = new Float32Array(crops.length * CROP_SIZE * CROP_SIZE);
  for (const [i, crop] of crops.entries()) for (const [j, level] of crop.entries()) data[i * crop.length + j] = (level / 255 - mean) / std;
  return { data, shape: [crops.length, 1, CROP_SIZE, CROP_SIZE] };
}

/** @param crop [48 * 48] row by row */
export function showCrop(crop: Crop, { isMirrored, shift }: View): Crop {
  return crop.map((_, i) => {
    const row = i - (i % CROP_SIZE);
    const column = Math.min(Math.max((i % CROP_SIZE) - shift, 0), CROP_SIZE - 1);
    return crop[row + (isMirrored ? CROP_SIZE - 1 - column : column)] ?? 0;
  });
}

/** @param rows [n * width] @returns [width] their mean */
function meanRow(rows: Float32Array, n: number): Float32Array {
  const width = rows.length / n;
  return Float32Array.from({ length: width }, (_, j) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += rows[i * width + j] ?? 0;
    return sum / n;
  });
}

function cropOf(frame: FaceFrame): Crop | null {
  if (frame.kind === 'crop') return shrinkCrop(frame.rgba, frame.width, frame.height);
  return frame.face && alignFace(frame.rgba, frame.region, frame.face);
}

async function estimate(
  session: Session,
  crop: Crop,
  views: readonly View[],
  quality: UnitInterval,
  at: EpochMs,
): Promise<EmotionEstimate<'face'>> {
  const { manifest } = session;
  const crops = views.map((view) => showCrop(crop, view));
  const outputs = await session.run({ [manifest.inputs[0]?.name ?? 'input']: toInput(crops, manifest) });
  const mean = (name: string) => meanRow(floatsOf(outputs, name, manifest), views.length);
  const { probabilities, confidence } = readLogits(mean('logits'), manifest);
  return {
    id: `face-${at}` as EstimateId,
    source: 'face',
    at,
    windowMs: 0,
    probabilities,
    affect: readAffect(mean('affect'), probabilities, quality),
    confidence,
    signalQuality: quality,
    // The worker's handlers know when the estimate was ready; a pure room has no clock.
    latencyMs: 0,
    models: [{ name: manifest.name, version: manifest.version }],
  };
}

/** One picture, one answer: the nearest face through the classifier, or why there is nothing to say. */
export function createEstimator([session]: readonly Session[], options: EstimatorOptions = {}): Estimator<FaceFrame, 'face'> {
  if (!session) throw new AppError('model/unavailable', 'face needs the session of face-emotion');
  const clock = options.clock ?? (() => 0);
  let turn: 0 | 1 = 1;
  // The mean over several views is steadier than each. A still is shown in all of them at once; of the live picture every
  // other frame is mirrored, and the smoothing behind it takes the mean at half the cost.
  const nextViews = (): readonly View[] => {
    turn = turn === 0 ? 1 : 0;
    return options.still ? STILL : [LIVE[turn]];
  };
  const timed = <T>(stage: string, started: Milliseconds, value: T): T => {
    options.onStage?.(stage, clock() - started);
    return value;
  };
  return {
    async push({ at, value: frame }) {
      const started = clock();
      const crop = cropOf(frame);
      if (!crop) return { kind: 'absent', source: 'face', at, reason: 'no-face' };
      const face = frame.kind === 'picture' ? frame.face : null;
      const quality = timed('crop', started, faceQuality(crop, face).overall);
      // Whoever hands over a tight crop vouches for it.
      if (face && quality < POOR_SIGNAL) return { kind: 'absent', source: 'face', at, reason: 'poor-signal' };
      const asked = clock();
      return { kind: 'estimate', estimate: timed('model', asked, await estimate(session, crop, nextViews(), quality, at)) };
    },
    reset() {
      turn = 1;
    },
  };
}
