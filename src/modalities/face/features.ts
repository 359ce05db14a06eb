import type { Box, DetectedFace, HeadPose, Point } from './frame';

/** Side of the square the classifier sees, px. */
export const CROP_SIZE = 48;

/**
 * Where eyes and mouth lie in the average training picture, crop px: FER+ is framed by a face detector, so live faces are
 * put where its faces are. Measured by `docs/decisions/0006-face-detector-source.md`, section Framing.
 */
export const FRAMING = { eyesX: 24, eyesY: 19.1, eyeDistance: 18.3, eyesToMouth: 19.4 } as const;

/** Grey levels 0..255 of a square picture, row by row. */
export type Crop = Float32Array;

interface Grey {
  readonly width: number;
  readonly height: number;
  readonly level: Float32Array;
}

const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** ITU-R BT.601 luma, 0..255; a grey pixel keeps its exact level. */
function toGrey(rgba: Uint8ClampedArray, width: number, height: number): Grey {
  const level = new Float32Array(width * height);
  for (let i = 0, j = 0; i < level.length; i++, j += 4) {
    const red = rgba[j] ?? 0;
    const green = rgba[j + 1] ?? 0;
    const blue = rgba[j + 2] ?? 0;
    level[i] = green + 0.299 * (red - green) + 0.114 * (blue - green);
  }
  return { width, height, level };
}

/** Bilinear; outside the picture its border goes on. */
function sample({ width, height, level }: Grey, x: number, y: number): number {
  const cx = Math.min(Math.max(x, 0), width - 1);
  const cy = Math.min(Math.max(y, 0), height - 1);
  const left = Math.floor(cx);
  const top = Math.floor(cy);
  const right = Math.min(left + 1, width - 1);
  const bottom = Math.min(top + 1, height - 1);
  const fx = cx - left;
  const fy = cy - top;
  const upper = (level[top * width + left] ?? 0) * (1 - fx) + (level[top * width + right] ?? 0) * fx;
  const lower = (level[bottom * width + left] ?? 0) * (1 - fx) + (level[bottom * width + right] ?? 0) * fx;
  return upper * (1 - fy) + lower * fy;
}

/** Crop pixel (u, v) lies at origin + u * along + v * down in the picture. */
interface Frame {
  readonly origin: Point;
  readonly along: Point;
  readonly down: Point;
}

/**
 * The square that puts the eyes where the training pictures have them: turned so that they are level, scaled by the larger
 * of eye distance and eyes-to-mouth distance, because turning the head shortens the one and nodding the other.
 */
function alignedFrame(face: Pick<DetectedFace, 'leftEye' | 'rightEye' | 'mouth'>): Frame {
  const eyes = middle(face.leftEye, face.rightEye);
  const between = distance(face.leftEye, face.rightEye);
  const scale = Math.max(between / FRAMING.eyeDistance, distance(eyes, face.mouth) / FRAMING.eyesToMouth, 1e-3);
  const cos = between > 0 ? (face.rightEye.x - face.leftEye.x) / between : 1;
  const sin = between > 0 ? (face.rightEye.y - face.leftEye.y) / between : 0;
  const along = { x: cos * scale, y: sin * scale };
  const down = { x: -sin * scale, y: cos * scale };
  const { eyesX, eyesY } = FRAMING;
  return { along, down, origin: { x: eyes.x - eyesX * along.x - eyesY * down.x, y: eyes.y - eyesX * along.y - eyesY * down.y } };
}

/** Mean of the picture under each crop pixel: as many samples as the pixel covers, so nothing aliases. */
function resample(grey: Grey, { origin, along, down }: Frame): Crop {
  const crop = new Float32Array(CROP_SIZE * CROP_SIZE);
  const steps = Math.min(16, Math.max(1, Math.ceil(Math.hypot(along.x, along.y))));
  for (let v = 0; v < CROP_SIZE; v++) {
    for (let u = 0; u < CROP_SIZE; u++) {
      let sum = 0;
      for (let i = 0; i < steps * steps; i++) {
        const a = u + ((i % steps) + 0.5) / steps;
        const b = v + (Math.floor(i / steps) + 0.5) / steps;
        // Pixel centres lie at +0.5.
        sum += sample(grey, origin.x + a * along.x + b * down.x - 0.5, origin.y + a * along.y + b * down.y - 0.5);
      }
      crop[v * CROP_SIZE + u] = sum / (steps * steps);
    }
  }
  return crop;
}

/** The part of a picture that `alignFace` will look at, whole pixels inside the picture; at least one pixel. */
export function regionOf(face: Pick<DetectedFace, 'leftEye' | 'rightEye' | 'mouth'>, width: number, height: number): Box {
  const { origin, along, down } = alignedFrame(face);
  const corners = [0, CROP_SIZE].flatMap((u) =>
    [0, CROP_SIZE].map((v) => ({ x: origin.x + u * along.x + v * down.x, y: origin.y + u * along.y + v * down.y })),
  );
  const clamp = (value: number, most: number) => Math.min(Math.max(value, 0), most);
  const left = clamp(Math.floor(Math.min(...corners.map((c) => c.x))) - 1, width - 1);
  const top = clamp(Math.floor(Math.min(...corners.map((c) => c.y))) - 1, height - 1);
  const right = clamp(Math.ceil(Math.max(...corners.map((c) => c.x))) + 1, width);
  const bottom = clamp(Math.ceil(Math.max(...corners.map((c) => c.y))) + 1, height);
  return { x: left, y: top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

/** Grey 48x48 crop of a detected face, framed like the training pictures. @param rgba the pixels of `region` */
export function alignFace(rgba: Uint8ClampedArray, region: Box, face: Pick<DetectedFace, 'leftEye' | 'rightEye' | 'mouth'>): Crop {
  const frame = alignedFrame(face);
  const origin = { x: frame.origin.x - region.x, y: frame.origin.y - region.y };
  return resample(toGrey(rgba, region.width, region.height), { ...frame, origin });
}

/** Grey 48x48 version of a picture that already is one tight face; a grey 48x48 picture comes out unchanged. */
export function shrinkCrop(rgba: Uint8ClampedArray, width: number, height: number): Crop {
  const grey = toGrey(rgba, width, height);
  if (width === CROP_SIZE && height === CROP_SIZE) return grey.level;
  const crop = new Float32Array(CROP_SIZE * CROP_SIZE);
  const columns = coverage(width);
  const rows = coverage(height);
  for (const [v, row] of rows.entries()) {
    for (const [u, column] of columns.entries()) {
      let sum = 0;
      for (const [y, wy] of row) for (const [x, wx] of column) sum += (grey.level[y * width + x] ?? 0) * wx * wy;
      crop[v * CROP_SIZE + u] = sum;
    }
  }
  return crop;
}

/** For each of the 48 cells of an axis of `length` px: which pixels it covers and by what share; shares sum to 1. */
function coverage(length: number): [index: number, share: number][][] {
  const cell = length / CROP_SIZE;
  return Array.from({ length: CROP_SIZE }, (_, i) => {
    const from = i * cell;
    const to = from + cell;
    const covered: [number, number][] = [];
    for (let x = Math.floor(from); x < Math.min(length, Math.ceil(to - 1e-9)); x++) {
      covered.push([x, (Math.min(to, x + 1) - Math.max(from, x)) / cell]);
    }
    return covered;
  });
}

/**
 * How the five points move when a head turns: a nose tip that sticks out goes sideways by depth * tan(yaw), in eye
 * distances, and down by `nod` * tan(pitch) from its place at rest, in eyes-to-mouth distances. Fitted to the head poses of
 * MediaPipe's landmarker on FER+ PublicTest pictures (n = 294; correlation .92 for yaw, .82 for pitch).
 */
const NOSE = { depth: 0.64, rest: 0.47, nod: 0.44 } as const;

/** Head rotation from five points, for want of a landmark model. */
export function poseFromPoints({
  leftEye,
  rightEye,
  nose,
  mouth,
}: Pick<DetectedFace, 'leftEye' | 'rightEye' | 'nose' | 'mouth'>): HeadPose {
  const eyes = middle(leftEye, rightEye);
  const between = distance(leftEye, rightEye);
  if (between === 0) return { yaw: Math.PI / 2, pitch: 0 };
  const along = { x: (rightEye.x - leftEye.x) / between, y: (rightEye.y - leftEye.y) / between };
  const sideways = ((nose.x - eyes.x) * along.x + (nose.y - eyes.y) * along.y) / between;
  const drop = (point: Point) => (point.y - eyes.y) * along.x - (point.x - eyes.x) * along.y;
  const share = drop(nose) / Math.max(drop(mouth), 0.2 * between);
  return { yaw: Math.atan(sideways / NOSE.depth), pitch: Math.atan((share - NOSE.rest) / NOSE.nod) };
}
