import type { UnitInterval } from '../../core/units';
import { CROP_SIZE, FRAMING, poseFromPoints, type Crop } from './features';
import type { DetectedFace } from './frame';

/** Each in [0, 1]; 1 means that this aspect costs nothing. */
export interface FaceQuality {
  /** Eye distance in the picture against the one the classifier sees: below it, detail is made up. */
  readonly size: UnitInterval;
  /** Frontal faces are what the training pictures show. */
  readonly pose: UnitInterval;
  /** Neither too dark nor burnt out, and not flat. */
  readonly light: UnitInterval;
  /** Fine detail against coarse contrast. */
  readonly sharpness: UnitInterval;
  /** Their product: four independent ways to lose the signal. */
  readonly overall: UnitInterval;
}

/** 0 at `from`, 1 at `to`, linear between them; `from` may be the larger one. */
function ramp(value: number, from: number, to: number): UnitInterval {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}

function momentsOf(values: Crop): { mean: number; variance: number } {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return { mean, variance: Math.max(0, squares / values.length - mean * mean) };
}

/** Variance of the 4-neighbour Laplacian inside the crop, grey levels squared. */
function laplacianVariance(crop: Crop): number {
  const inner = new Float32Array((CROP_SIZE - 2) ** 2);
  let i = 0;
  for (let y = 1; y < CROP_SIZE - 1; y++) {
    for (let x = 1; x < CROP_SIZE - 1; x++) {
      const at = y * CROP_SIZE + x;
      const around = (crop[at - 1] ?? 0) + (crop[at + 1] ?? 0) + (crop[at - CROP_SIZE] ?? 0) + (crop[at + CROP_SIZE] ?? 0);
      inner[i++] = around - 4 * (crop[at] ?? 0);
    }
  }
  return momentsOf(inner).variance;
}

/** Share of the contrast that is fine detail; a flat picture has none. */
export function detailOf(crop: Crop): number {
  const { variance } = momentsOf(crop);
  return variance < 1 ? 0 : laplacianVariance(crop) / variance;
}

function lightOf(crop: Crop): UnitInterval {
  const { mean, variance } = momentsOf(crop);
  return ramp(mean, 20, 51) * ramp(mean, 245, 201) * ramp(Math.sqrt(variance), 6, 25);
}

const DEGREE = Math.PI / 180;

function poseOf(face: DetectedFace): UnitInterval {
  const { yaw, pitch } = face.pose ?? poseFromPoints(face);
  return ramp(Math.abs(yaw), 60 * DEGREE, 25 * DEGREE) * ramp(Math.abs(pitch), 50 * DEGREE, 25 * DEGREE);
}

function sizeOf({ leftEye, rightEye, mouth }: DetectedFace): UnitInterval {
  const eyes = { x: (leftEye.x + rightEye.x) / 2, y: (leftEye.y + rightEye.y) / 2 };
  const scale = Math.max(
    Math.hypot(leftEye.x - rightEye.x, leftEye.y - rightEye.y) / FRAMING.eyeDistance,
    Math.hypot(eyes.x - mouth.x, eyes.y - mouth.y) / FRAMING.eyesToMouth,
  );
  return ramp(scale, 0.35, 1);
}

/**
 * How good the signal is, before any model saw it. Light costs nothing between the first and the 99th percentile of FER+
 * (mean grey 51..201, standard deviation 25 and more). Detail of FER+ under a Gaussian blur has the median .33 at sigma
 * .5 px, .06 at 1 px (full marks: FER+'s own .69 is partly JPEG noise) and .006 near 2.3 px (none).
 * @param face null for a picture that already is a tight crop: size and pose are unknown then and count as good
 */
export function faceQuality(crop: Crop, face: DetectedFace | null): FaceQuality {
  const size = face ? sizeOf(face) : 1;
  const pose = face ? poseOf(face) : 1;
  const light = lightOf(crop);
  const sharpness = ramp(detailOf(crop), 0.006, 0.06);
  return { size, pose, light, sharpness, overall: size * pose * light * sharpness };
}
