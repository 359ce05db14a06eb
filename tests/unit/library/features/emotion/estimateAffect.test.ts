import { describe, expect, it } from 'vitest';
import { estimateAffect } from '../../../../../src/library/features/emotion/estimateAffect';
import { PATCH_FRAMES, PATCH_MELS } from '../../../../../src/library/features/emotion/patchLayout';
import type { Segment } from '../../../../../src/library/features/segment/describeSegment';
import { FEATURES } from '../../../../../src/library/features/segmentLayout';
import { fakeMusicModel } from '../../../../support/fakeMusicModel';

const segment = (activeFrames: number, first: number): Segment => ({
  frames: 646,
  activeFrames,
  features: new Float32Array(FEATURES).fill(first),
  chroma: new Float64Array(12),
  autocorrelation: new Float64Array(173),
  onsetRate: 0,
  centroid: 0,
});
const picture = (patches: number, level = 0): Uint8Array => new Uint8Array(patches * PATCH_FRAMES * PATCH_MELS).fill(level);

/** Sure of the quadrant whose number stands in the features; its attention is 10 x the timbre. */
const model = fakeMusicModel(FEATURES, (row) => {
  const quadrant = row[0] ?? 0;
  return {
    logits: [0, 1, 2, 3].map((k) => Math.log(k === quadrant ? 0.97 : 0.01)),
    embedding: quadrant === 0 ? [1, 0, 0] : [0, 1, 0],
    attention: [10 * (row[FEATURES] ?? 0)],
  };
});

describe('estimateAffect', () => {
  it('pools passages by their audible frames and leaves silent segments out', async () => {
    const segments = [segment(600, 0), segment(0, 3), segment(200, 2)];
    const { quadrants, affect, curve, embedding, tags } = await estimateAffect(segments, [picture(5), picture(5), picture(1)], model);
    expect(quadrants.Q1 / quadrants.Q3).toBeCloseTo(97 ** 0.5, 3);
    expect(Object.values(quadrants).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    expect(affect.valence).toBeCloseTo(quadrants.Q1 + quadrants.Q4 - quadrants.Q2 - quadrants.Q3, 12);
    expect(affect.arousalSd).toBeCloseTo(Math.sqrt(1 - affect.arousal ** 2), 12);
    expect(curve.map(({ at }) => Math.round(at))).toEqual([0, 3, 6, 9, 12, 30]);
    expect(curve.at(-1)?.weight).toBe(1);
    expect(curve[0]?.weight).toBeCloseTo(120 / 200, 6);
    expect(Math.hypot(...embedding)).toBeCloseTo(1, 6);
    expect((embedding[0] ?? 0) / (embedding[1] ?? 1)).toBeCloseTo(3, 5);
    expect(tags).toEqual([{ tag: 'rock', probability: expect.closeTo(0.9, 6) as number }]);
  });

  it('lets a passage with more attention decide', async () => {
    const { quadrants, curve } = await estimateAffect([segment(100, 0), segment(100, 2)], [picture(1, 255), picture(1, 0)], model);
    expect(quadrants.Q1).toBeGreaterThan(0.96);
    expect(curve[0]?.weight).toBe(1);
    expect(curve[1]?.weight).toBeLessThan(0.01);
  });

  it('gives a point at most three seconds apart', async () => {
    const { curve } = await estimateAffect([segment(646, 1), segment(646, 1)], [picture(5), picture(5)], model);
    const steps = curve.slice(1).map(({ at }, i) => at - (curve[i]?.at ?? 0));
    expect(Math.max(...steps)).toBeLessThan(3.04);
  });

  it('says nothing of silence', async () => {
    const silence = await estimateAffect([segment(0, 0)], [picture(5)], model);
    expect(silence).toMatchObject({ affect: { valence: 0, arousal: 0, valenceSd: 1, arousalSd: 1 }, curve: [], tags: [] });
    expect(Array.from(silence.embedding)).toEqual([0, 0, 0]);
  });

  it('refuses answers that are missing', async () => {
    const mute = { ...model, emotion: { ...model.emotion, run: () => Promise.resolve({}) } };
    await expect(estimateAffect([segment(1, 0)], [picture(1)], mute)).rejects.toMatchObject({ code: 'model/run-failed' });
  });
});
