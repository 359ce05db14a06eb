import { describe, expect, test } from 'vitest';
import { alignFace, CROP_SIZE, type Crop } from '../../../../src/modalities/face/features';
import type { DetectedFace } from '../../../../src/modalities/face/frame';
import { detailOf, faceQuality } from '../../../../src/modalities/face/quality';
import { drawFace } from '../../../../src/modalities/face/simulate';

function drawn(): { crop: Crop; face: DetectedFace } {
  const frame = drawFace('neutral', 1);
  if (frame.kind !== 'picture' || !frame.face) throw new Error('a drawn face is a picture');
  return { crop: alignFace(frame.rgba, frame.region, frame.face), face: frame.face };
}

function blurred(crop: Crop, times: number): Crop {
  let current = crop;
  for (let n = 0; n < times; n++) {
    current = current.map((_, i) => {
      const [x, y] = [i % CROP_SIZE, Math.floor(i / CROP_SIZE)];
      let sum = 0;
      for (let d = 0; d < 9; d++) {
        const u = Math.min(CROP_SIZE - 1, Math.max(0, x + (d % 3) - 1));
        const v = Math.min(CROP_SIZE - 1, Math.max(0, y + Math.floor(d / 3) - 1));
        sum += current[v * CROP_SIZE + u] ?? 0;
      }
      return sum / 9;
    });
  }
  return current;
}

describe('faceQuality', () => {
  const { crop, face } = drawn();

  test('a frontal, bright, sharp face is good in every respect', () => {
    const quality = faceQuality(crop, face);
    for (const value of Object.values(quality)) expect(value).toBeGreaterThan(0.8);
  });

  test('darkness, glare and flatness cost light', () => {
    expect(
      faceQuality(
        crop.map((level) => level * 0.1),
        face,
      ).light,
    ).toBeLessThan(0.1);
    expect(
      faceQuality(
        crop.map((level) => 245 + level * 0.04),
        face,
      ).light,
    ).toBe(0);
    expect(
      faceQuality(
        crop.map(() => 120),
        face,
      ).overall,
    ).toBe(0);
  });

  test('blur costs sharpness, more blur costs more', () => {
    const steps = [0, 2, 6, 20].map((times) => faceQuality(blurred(crop, times), face).sharpness);
    expect(steps).toEqual([...steps].sort((a, b) => b - a));
    expect(steps.at(-1)).toBeLessThan(0.3);
    expect(detailOf(crop.map(() => 7))).toBe(0);
  });

  test('a small and a turned face cost size and pose', () => {
    const small = { ...face, leftEye: { x: 0, y: 0 }, rightEye: { x: 6, y: 0 }, mouth: { x: 3, y: 6 } };
    expect(faceQuality(crop, small).size).toBeLessThan(0.1);
    const at = (yaw: number, pitch = 0) => faceQuality(crop, { ...face, pose: { yaw, pitch } }).pose;
    expect(at(0.3)).toBe(1);
    expect(at(0.8)).toBeGreaterThan(0);
    expect(at(0.8)).toBeLessThan(1);
    expect(at(-1.2)).toBe(0);
    expect(at(0, 1)).toBe(0);
  });

  test('a tight crop has no size and pose to judge', () => {
    expect(faceQuality(crop, null)).toMatchObject({ size: 1, pose: 1 });
  });
});
