import { describe, expect, it } from 'vitest';
import { estimateAffect } from '../../../../src/library/features/estimateAffect';
import type { Segment } from '../../../../src/library/features/segment/describeSegment';
import { FEATURES } from '../../../../src/library/features/segmentLayout';
import type { ModelManifest } from '../../../../src/ml/manifest';
import type { Session } from '../../../../src/ml/session';

const segment = (activeFrames: number, first: number): Segment => ({
  frames: 646,
  activeFrames,
  features: new Float32Array(FEATURES).fill(first),
  chroma: new Float64Array(12),
  autocorrelation: new Float64Array(173),
  onsetRate: 0,
  centroid: 0,
});

/** Sure of the quadrant whose number stands in the features. */
const session: Session = {
  manifest: { outputs: [] } as unknown as ModelManifest,
  run: ({ features }) => {
    const n = features?.shape[0] ?? 0;
    const quadrants = Array.from({ length: n }, (_, i) => Number(features?.data[i * FEATURES]));
    const logits = quadrants.flatMap((q) => [0, 1, 2, 3].map((k) => Math.log(k === q ? 0.97 : 0.01)));
    return Promise.resolve({
      logits: { data: Float32Array.from(logits), shape: [n, 4] },
      affect: { data: Float32Array.from(quadrants.flatMap((q) => [q / 10, -q / 10])), shape: [n, 2] },
      embedding: { data: Float32Array.from(quadrants.flatMap((q) => (q === 0 ? [1, 0] : [0, 1]))), shape: [n, 2] },
    });
  },
};

describe('estimateAffect', () => {
  it('pools segments by their audible frames and leaves silent ones out of the course', async () => {
    const { quadrants, affect, curve, embedding } = await estimateAffect([segment(600, 0), segment(0, 3), segment(200, 2)], session);
    expect(quadrants.Q1 / quadrants.Q3).toBeCloseTo(97 ** 0.5, 3);
    expect(Object.values(quadrants).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    expect(affect.valence).toBeCloseTo(quadrants.Q1 + quadrants.Q4 - quadrants.Q2 - quadrants.Q3, 12);
    expect(affect.arousalSd).toBeCloseTo(Math.sqrt(1 - affect.arousal ** 2), 12);
    expect(curve.map(({ at }) => Math.round(at))).toEqual([0, 30]);
    expect(curve[1]?.valence).toBeCloseTo(0.2, 6);
    expect(Math.hypot(...embedding)).toBeCloseTo(1, 6);
    expect((embedding[0] ?? 0) / (embedding[1] ?? 1)).toBeCloseTo(3, 5);
  });

  it('asks in batches and keeps the order', async () => {
    const { curve } = await estimateAffect(
      Array.from({ length: 70 }, (_, i) => segment(10, i % 4)),
      session,
    );
    expect(curve.map(({ valence }) => Math.round(valence * 10))).toEqual(Array.from({ length: 70 }, (_, i) => i % 4));
  });

  it('refuses answers that are missing', async () => {
    await expect(estimateAffect([segment(1, 0)], { ...session, run: () => Promise.resolve({}) })).rejects.toMatchObject({
      code: 'model/run-failed',
    });
  });
});
