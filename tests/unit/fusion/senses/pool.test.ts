import { describe, expect, test } from 'vitest';
import { fusionWeights, mergeModels, poolAffect, pooledConfidence } from '../../../../src/fusion/senses/pool';
import { distribution, estimateOf } from '../estimates';

describe('poolAffect', () => {
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
});

describe('fusionWeights', () => {
  test('one fresh source counts fully, whatever its reliability', () => {
    expect(fusionWeights([{ ...estimateOf('face', 1000, { happiness: 0.3 }), signalQuality: 0.2 }], 1000)).toEqual([1]);
  });
  test('a poorer signal and a duller word count less', () => {
    const [face = 0, voice = 0, text = 0] = fusionWeights(
      [
        estimateOf('face', 1000, { happiness: 0.8 }),
        { ...estimateOf('voice', 1000, { happiness: 0.8 }), signalQuality: 0.5 },
        estimateOf('text', 1000, { happiness: 0.3 }),
      ],
      1000,
    );
    expect(face).toBe(1);
    expect(voice).toBeCloseTo(0.5, 9);
    expect(text).toBeLessThan(0.3);
  });
  test('as the strong one fades, the weak one takes its place without a jump', () => {
    const face = estimateOf('face', 0, { happiness: 0.8 });
    const voice = (now: number) => estimateOf('voice', now, { sadness: 0.3 });
    const weights = Array.from({ length: 101 }, (_, i) => fusionWeights([face, voice(i * 100)], i * 100)[1] ?? NaN);
    expect(weights[0]).toBeLessThan(0.3);
    expect(weights[100]).toBe(1);
    for (let i = 1; i < weights.length; i++) expect(Math.abs((weights[i] ?? 0) - (weights[i - 1] ?? 0))).toBeLessThan(0.12);
  });
});

test('models are named once', () => {
  const face = estimateOf('face', 0);
  expect(mergeModels([face, face, estimateOf('voice', 0)]).map(({ name }) => name)).toEqual(['face-model', 'voice-model']);
});

test('confidence follows what the sources trust their own labels', () => {
  const doubting = { ...estimateOf('face', 0, { fear: 0.8 }), confidence: 0.4 };
  expect(pooledConfidence(distribution({ fear: 0.8 }), [doubting], [1])).toBeCloseTo(0.4, 9);
  expect(pooledConfidence(distribution({ fear: 0.8 }), [doubting], [0])).toBeCloseTo(0.8, 9);
});
