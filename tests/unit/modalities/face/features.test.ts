import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../../src/core/random';
import { alignFace, CROP_SIZE, FRAMING, poseFromPoints, regionOf, shrinkCrop } from '../../../../src/modalities/face/features';
import type { Point } from '../../../../src/modalities/face/frame';

type Level = (x: number, y: number) => number;

function picture(width: number, height: number, level: Level): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rgba.set([level(x, y), level(x, y), level(x, y), 255], 4 * (y * width + x));
  }
  return rgba;
}

/** A face whose crop pixel is `scale` picture pixels, turned by `angle`, with its eyes' middle at `eyes`. */
function faceAt(eyes: Point, scale: number, angle = 0) {
  const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
  const at = (x: number, y: number): Point => ({ x: eyes.x + x * cos - y * sin, y: eyes.y + x * sin + y * cos });
  return {
    leftEye: at(-FRAMING.eyeDistance / 2, 0),
    rightEye: at(FRAMING.eyeDistance / 2, 0),
    mouth: at(0, FRAMING.eyesToMouth),
    nose: at(0, 12),
  };
}

const whole = (width: number, height: number) => ({ x: 0, y: 0, width, height });
const pixel = (crop: Float32Array, u: number, v: number) => crop[v * CROP_SIZE + u] ?? NaN;

describe('shrinkCrop', () => {
  test('a grey 48x48 picture comes out unchanged', () => {
    const random = seededRandom(1);
    const levels = Array.from({ length: 48 * 48 }, () => Math.floor(random() * 256));
    const crop = shrinkCrop(
      picture(48, 48, (x, y) => levels[y * 48 + x] ?? 0),
      48,
      48,
    );
    expect(Array.from(crop)).toEqual(levels);
  });

  test('is the exact mean of the pixels under each cell, whole or in part', () => {
    const even = shrinkCrop(
      picture(96, 96, (x, y) => (x % 2) * 100 + (y % 2) * 50),
      96,
      96,
    );
    expect(even.every((level) => Math.abs(level - 75) < 1e-3)).toBe(true);
    const odd = shrinkCrop(
      picture(64, 64, (x) => (x < 32 ? 0 : 240)),
      64,
      64,
    );
    expect(odd.reduce((a, b) => a + b, 0) / odd.length).toBeCloseTo(120, 3);
    expect(pixel(odd, 0, 0)).toBe(0);
    expect(pixel(odd, 47, 47)).toBeCloseTo(240, 3);
  });

  test('smaller pictures grow, a single pixel fills all', () => {
    const crop = shrinkCrop(
      picture(1, 1, () => 77),
      1,
      1,
    );
    expect(crop.every((level) => Math.abs(level - 77) < 1e-3)).toBe(true);
  });

  test('colours weigh as the eye sees them', () => {
    const rgba = new Uint8ClampedArray(4 * 48 * 48).map((_, i) => (i % 4 === 1 ? 255 : 0));
    expect(shrinkCrop(rgba, 48, 48)[0]).toBeCloseTo(0.587 * 255, 3);
  });
});

describe('alignFace', () => {
  test('puts the eyes where the training pictures have them, at any size and tilt', () => {
    for (const [scale, angle] of [
      [1, 0],
      [2.5, 0],
      [4, 0.4],
      [0.7, -0.3],
      [6, -0.8],
    ] as const) {
      const face = faceAt({ x: 200, y: 200 }, scale, angle);
      const near = (x: number, y: number, p: Point) => Math.hypot(x + 0.5 - p.x, y + 0.5 - p.y) < 1.5 * scale;
      const rgba = picture(400, 400, (x, y) => (near(x, y, face.leftEye) || near(x, y, face.rightEye) ? 0 : 200));
      const crop = alignFace(rgba, whole(400, 400), face);
      const dark = Array.from(crop, (level, i) => ({ level, x: (i % 48) + 0.5, y: Math.floor(i / 48) + 0.5 })).filter(
        ({ level }) => level < 120,
      );
      for (const side of [-1, 1]) {
        const eye = dark.filter(({ x }) => Math.sign(x - FRAMING.eyesX) === side);
        const mean = (key: 'x' | 'y') => eye.reduce((sum, p) => sum + p[key], 0) / eye.length;
        expect(Math.abs(mean('x') - (FRAMING.eyesX + (side * FRAMING.eyeDistance) / 2))).toBeLessThan(0.8);
        expect(Math.abs(mean('y') - FRAMING.eyesY)).toBeLessThan(0.8);
      }
    }
  });

  test('fine stripes average out instead of aliasing', () => {
    const rgba = picture(400, 400, (x) => (x % 2 === 0 ? 0 : 200));
    const crop = alignFace(rgba, whole(400, 400), faceAt({ x: 200, y: 200 }, 4));
    expect(crop.every((level) => Math.abs(level - 100) < 13)).toBe(true);
  });

  test('reads the same from the region that it asks for', () => {
    const random = seededRandom(3);
    const noise = Array.from({ length: 300 * 300 }, () => random() * 255);
    const level: Level = (x, y) => noise[y * 300 + x] ?? 0;
    const face = faceAt({ x: 140, y: 120 }, 3, 0.2);
    const region = regionOf(face, 300, 300);
    const cut = picture(region.width, region.height, (x, y) => level(x + region.x, y + region.y));
    const [direct, fromRegion] = [alignFace(picture(300, 300, level), whole(300, 300), face), alignFace(cut, region, face)];
    for (const [i, value] of direct.entries()) expect(fromRegion[i]).toBeCloseTo(value, 2);
  });

  test('a face half outside keeps finite levels, and its region stays inside', () => {
    for (const eyes of [
      { x: 0, y: 0 },
      { x: 99, y: 50 },
      { x: 500, y: 500 },
    ]) {
      const face = faceAt(eyes, 3);
      const region = regionOf(face, 100, 100);
      expect(region.x >= 0 && region.y >= 0 && region.x + region.width <= 100 && region.y + region.height <= 100).toBe(true);
      expect(region.width >= 1 && region.height >= 1).toBe(true);
      const crop = alignFace(
        picture(region.width, region.height, () => 90),
        region,
        face,
      );
      expect(crop.every((level) => Math.abs(level - 90) < 1e-3)).toBe(true);
    }
  });

  test('eyes in one place do not divide by zero', () => {
    const eye = { x: 50, y: 50 };
    const crop = alignFace(
      picture(100, 100, () => 10),
      whole(100, 100),
      { leftEye: eye, rightEye: eye, mouth: eye },
    );
    expect(crop.every(Number.isFinite)).toBe(true);
    expect(poseFromPoints({ leftEye: eye, rightEye: eye, mouth: eye, nose: eye }).yaw).toBeGreaterThan(1);
  });
});

describe('poseFromPoints', () => {
  const turned = (nose: Point) => poseFromPoints({ leftEye: { x: -50, y: 0 }, rightEye: { x: 50, y: 0 }, mouth: { x: 0, y: 105 }, nose });

  test('a straight look is zero', () => {
    expect(turned({ x: 0, y: 49.35 }).yaw).toBeCloseTo(0, 6);
    expect(turned({ x: 0, y: 49.35 }).pitch).toBeCloseTo(0, 6);
  });

  test('the nose to the right is positive yaw, down is positive pitch', () => {
    expect(turned({ x: 64, y: 50 }).yaw).toBeCloseTo(Math.PI / 4, 6);
    expect(turned({ x: -64, y: 50 }).yaw).toBeCloseTo(-Math.PI / 4, 6);
    expect(turned({ x: 0, y: 80 }).pitch).toBeGreaterThan(0.2);
    expect(turned({ x: 0, y: 30 }).pitch).toBeLessThan(-0.2);
  });

  test('tilting the head sideways changes neither', () => {
    const turn = ({ x, y }: Point) => ({ x: 0.8 * x - 0.6 * y, y: 0.6 * x + 0.8 * y });
    const points = { leftEye: { x: -50, y: 0 }, rightEye: { x: 50, y: 0 }, mouth: { x: 5, y: 105 }, nose: { x: 20, y: 70 } };
    const straight = poseFromPoints(points);
    const tilted = poseFromPoints({
      leftEye: turn(points.leftEye),
      rightEye: turn(points.rightEye),
      mouth: turn(points.mouth),
      nose: turn(points.nose),
    });
    expect(tilted.yaw).toBeCloseTo(straight.yaw, 6);
    expect(tilted.pitch).toBeCloseTo(straight.pitch, 6);
  });
});
