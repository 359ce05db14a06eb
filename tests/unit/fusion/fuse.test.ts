import { describe, expect, test } from 'vitest';
import { EMOTIONS, type EmotionEstimate } from '../../../src/core/emotion';
import { fuseEstimates, poolAffect, poolProbabilities } from '../../../src/fusion/fuse';
import { estimateOf, randomEstimates } from './estimates';

const estimate = (p: number[]) => ({ probabilities: Object.fromEntries(EMOTIONS.map((e, i) => [e, p[i]])) }) as unknown as EmotionEstimate;
const uniform = estimate(Array(7).fill(1 / 7));
const happy = estimate([0.1, 0.7, 0.04, 0.04, 0.04, 0.04, 0.04]);

test('a uniform source changes nothing', () => {
  const p = poolProbabilities([happy, uniform], [1, 1]);
  expect(p.happiness).toBeCloseTo(0.7, 6);
});
test('weight zero removes a source; the result sums to one', () => {
  const p = poolProbabilities([happy, estimate([0.9, 0, 0.1, 0, 0, 0, 0])], [1, 0]);
  expect(p.happiness).toBeCloseTo(0.7, 6);
  expect(Object.values(p).reduce((a, b) => a + b)).toBeCloseTo(1, 9);
});
test('a source blind to valence leaves valence to the others', () => {
  const a = poolAffect([
    { valence: 0.6, arousal: 0, valenceSd: 0.1, arousalSd: 0.5 },
    { valence: 0, arousal: 0.8, valenceSd: 10, arousalSd: 0.1 },
  ]);
  expect(a.valence).toBeCloseTo(0.6, 3);
  expect(a.arousal).toBeGreaterThan(0.7);
});
test('weights scale the precision of an affect; nothing at all is the origin, blind', () => {
  const left = { valence: -0.5, arousal: 0, valenceSd: 0.2, arousalSd: 0.2 };
  const right = { valence: 0.5, arousal: 0, valenceSd: 0.2, arousalSd: 0.2 };
  expect(poolAffect([left, right], [1, 0]).valence).toBeCloseTo(-0.5, 9);
  expect(poolAffect([left, right], [1, 1]).valence).toBeCloseTo(0, 9);
  expect(poolAffect([left], [0])).toEqual({ valence: 0, arousal: 0, valenceSd: 1, arousalSd: 1 });
  expect(poolAffect([])).toEqual({ valence: 0, arousal: 0, valenceSd: 1, arousalSd: 1 });
  expect(Number.isFinite(poolAffect([{ ...left, valenceSd: 0 }]).valence)).toBe(true);
});

describe('fuseEstimates', () => {
  const options = { now: 10_000, simulated: false };
  const probabilitiesOf = (estimates: EmotionEstimate[], now = options.now) => fuseEstimates(estimates, { ...options, now })?.probabilities;

  test('nothing gives nothing', () => expect(fuseEstimates([], options)).toBeNull());

  test('a single fresh source passes unchanged', () => {
    const face = { ...estimateOf('face', 9_900, { happiness: 0.6 }), confidence: 0.5, signalQuality: 0.4 };
    const fused = fuseEstimates([face], options);
    for (const emotion of EMOTIONS) expect(fused?.probabilities[emotion]).toBeCloseTo(face.probabilities[emotion], 9);
    expect(fused?.affect.valence).toBeCloseTo(face.affect.valence, 9);
    expect(fused?.affect.valenceSd).toBeCloseTo(face.affect.valenceSd, 9);
    expect(fused).toMatchObject({
      source: 'fusion',
      at: 9_900,
      confidence: expect.closeTo(0.5, 9),
      signalQuality: 0.4,
      weights: { face: 1 },
      simulated: false,
    });
  });

  test('the order of the sources changes nothing', () => {
    for (let seed = 0; seed < 20; seed++) {
      const estimates = ['face', 'voice', 'text'].flatMap((source, i) =>
        randomEstimates(seed * 3 + i, 1, source).map((e) => ({ ...e, at: 9_000 + 300 * i })),
      );
      expect(fuseEstimates([...estimates].reverse(), options)).toEqual(fuseEstimates(estimates, options));
    }
  });

  test('sums to one, stays finite, weights sum to one', () => {
    for (let seed = 0; seed < 50; seed++) {
      const estimates = ['face', 'voice'].flatMap((source, i) => randomEstimates(100 + seed * 2 + i, 1, source));
      const fused = fuseEstimates(estimates, { ...options, now: seed * 1000 });
      expect(Object.values(fused?.probabilities ?? {}).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      expect(Object.values(fused?.weights ?? {}).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      expect(Object.values(fused?.affect ?? {}).every(Number.isFinite)).toBe(true);
      expect(fused?.confidence).toBeLessThanOrEqual(1);
    }
  });

  test('a uniform source changes nothing, however good its signal', () => {
    const face = { ...estimateOf('face', 9_900, { sadness: 0.5 }), signalQuality: 0.2 };
    const [alone, both] = [probabilitiesOf([face]), probabilitiesOf([face, estimateOf('voice', 9_950)])];
    for (const emotion of EMOTIONS) expect(both?.[emotion]).toBeCloseTo(alone?.[emotion] ?? NaN, 9);
  });

  test('what is stale fades: towards nothing known alone, and towards the fresh source beside one', () => {
    const face = estimateOf('face', 0, { happiness: 0.8 });
    const massAt = (now: number) => probabilitiesOf([face], now)?.happiness ?? NaN;
    expect(massAt(1_000)).toBeCloseTo(0.8, 9);
    expect(massAt(10_000)).toBeLessThan(massAt(6_000));
    expect(massAt(600_000)).toBeCloseTo(1 / 7, 6);
    expect(fuseEstimates([face], { ...options, now: 600_000 })?.affect.valenceSd).toBe(1);
    const voice = estimateOf('voice', 20_000, { anger: 0.6 });
    const fused = fuseEstimates([face, voice], { ...options, now: 20_000 });
    expect(fused?.weights['voice']).toBeGreaterThan(fused?.weights['face'] ?? NaN);
    expect(fused?.probabilities.anger).toBeGreaterThan(fused?.probabilities.happiness ?? NaN);
  });

  test('two sources that agree are surer than either', () => {
    const both = probabilitiesOf([estimateOf('face', 9_900, { fear: 0.5 }), estimateOf('voice', 9_900, { fear: 0.5 })]);
    expect(both?.fear).toBeGreaterThan(0.5);
  });
});
