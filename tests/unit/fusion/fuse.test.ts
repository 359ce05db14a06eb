import { describe, expect, test } from 'vitest';
import { EMOTIONS, type EmotionEstimate } from '../../../src/core/emotion';
import { FUSION_KINDS, type PersonalCalibration, type SilenceReason } from '../../../src/core/fusion';
import { FADING } from '../../../src/fusion/fading';
import { fuseMoment, type Fused, type Manner } from '../../../src/fusion/fuse';
import { UNCALIBRATED } from '../../../src/fusion/personal/calibration';
import { estimateOf, randomEstimates } from './estimates';
import { fakeNetwork } from './fakeNetwork';

const LATE: Manner = { kind: 'late', network: null, leftOut: new Set(), calibration: null, memory: [] };
const NETWORK = fakeNetwork([0, 0.4, -0.4, 0, 0, 0, 0]);

function fuse(estimates: EmotionEstimate[], now = 10_000, manner: Partial<Manner> = {}, silent: [string, SilenceReason][] = []): Fused {
  const fused = fuseMoment({ now, simulated: false, estimates, silent: new Map(silent) }, { ...LATE, ...manner });
  if (!fused) throw new Error('nothing was fused');
  return fused;
}
const partOf = ({ state }: Fused, source: string) => state.parts.find((part) => part.source === source);
const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0);
const closeTo = (a: Fused, b: Fused, digits = 9) => {
  for (const emotion of EMOTIONS)
    expect(a.state.estimate.probabilities[emotion]).toBeCloseTo(b.state.estimate.probabilities[emotion], digits);
};

test('nothing gives nothing', () => {
  expect(fuseMoment({ now: 0, simulated: false, estimates: [], silent: new Map([['face', 'off']]) }, LATE)).toBeNull();
  const face = estimateOf('face', 0, { fear: 0.6 });
  expect(
    fuseMoment({ now: 0, simulated: false, estimates: [face], silent: new Map() }, { ...LATE, leftOut: new Set(['face']) }),
  ).toBeNull();
});

test('a single fresh source passes late fusion unchanged', () => {
  const face = { ...estimateOf('face', 9_900, { happiness: 0.6 }), confidence: 0.5, signalQuality: 0.4 };
  const { state, evidence } = fuse([face]);
  for (const emotion of EMOTIONS) expect(state.estimate.probabilities[emotion]).toBeCloseTo(face.probabilities[emotion], 9);
  expect(state.estimate.affect.valence).toBeCloseTo(face.affect.valence, 9);
  expect(state.estimate.affect.valenceSd).toBeCloseTo(face.affect.valenceSd, 9);
  expect(state.estimate).toMatchObject({ source: 'fusion', at: 9_900, signalQuality: 0.4, weights: { face: 1 }, simulated: false });
  expect(state.estimate.confidence).toBeCloseTo(0.5, 9);
  expect(state).toMatchObject({ kind: 'late', userState: null, memory: null, uncorrected: null });
  expect(evidence.shared).toEqual([0, 0, 0, 0, 0, 0, 0]);
});

describe.each(FUSION_KINDS)('%s', (kind) => {
  const manner: Partial<Manner> = { kind, network: NETWORK };

  test('sums to one, stays finite, the shares sum to one, in any order of the senses', () => {
    for (let seed = 0; seed < 30; seed++) {
      const estimates = ['face', 'voice', 'text', 'physiology'].flatMap((source, i) =>
        randomEstimates(seed * 4 + i, 1, source).map((e) => ({ ...e, at: 9_000 + 300 * i })),
      );
      const fused = fuse(estimates, 10_000, manner);
      expect(sum(Object.values(fused.state.estimate.probabilities))).toBeCloseTo(1, 9);
      expect(sum(fused.state.parts.map(({ weight }) => weight))).toBeCloseTo(1, 9);
      expect(Object.values(fused.state.estimate.affect).every(Number.isFinite)).toBe(true);
      expect(fused.state.estimate.confidence).toBeLessThanOrEqual(1);
      expect(fuse([...estimates].reverse(), 10_000, manner)).toEqual(fused);
    }
  });

  test('a uniform source changes nothing, and says so', () => {
    const face = estimateOf('face', 9_900, { sadness: 0.5 });
    const blind = { ...estimateOf('voice', 9_950), affect: { valence: 0, arousal: 0, valenceSd: 1, arousalSd: 1 } };
    const both = fuse([face, blind], 10_000, manner);
    closeTo(both, fuse([face], 10_000, manner));
    expect(partOf(both, 'voice')).toMatchObject({ weight: 0, silence: 'uninformative' });
  });

  test('a frozen sense fades within its stated time, and then it is as if it were not there', () => {
    const voice = estimateOf('voice', 30_000, { anger: 0.6 });
    const at = 30_000 - (FADING['face']?.fadedMs ?? 0);
    const frozen = fuse([estimateOf('face', at, { happiness: 0.9 }), voice], 30_000, manner);
    closeTo(frozen, fuse([voice], 30_000, manner));
    expect(partOf(frozen, 'face')).toMatchObject({ weight: 0, freshness: 0, silence: 'stale' });
    const weights = [0, 3000, 6000, 9000].map(
      (age) => partOf(fuse([estimateOf('face', 30_000 - age, { happiness: 0.9 }), voice], 30_000, manner), 'face')?.weight ?? NaN,
    );
    expect([...weights].sort((a, b) => b - a)).toEqual(weights);
  });

  test('left out is as if it were not there', () => {
    const [face, voice] = [estimateOf('face', 9_900, { happiness: 0.9 }), estimateOf('voice', 9_900, { anger: 0.6 })];
    const muted = fuse([face, voice], 10_000, { ...manner, leftOut: new Set(['face']) });
    closeTo(muted, fuse([voice], 10_000, manner));
    expect(partOf(muted, 'face')).toMatchObject({ weight: 0, silence: 'left-out' });
  });

  test('without a network it is the late kind', () => {
    const face = estimateOf('face', 9_900, { happiness: 0.7 });
    expect(fuse([face], 10_000, { kind }).state.kind).toBe('late');
    expect(fuse([face], 10_000, manner).state.kind).toBe(kind);
  });
});

test('everything faded knows nothing: flat, blind, no shares', () => {
  const { state } = fuse([estimateOf('face', 0, { happiness: 0.8 })], 600_000);
  expect(state.estimate.probabilities.happiness).toBeCloseTo(1 / 7, 9);
  expect(state.estimate.affect).toMatchObject({ valenceSd: 1, arousalSd: 1 });
  expect(state.parts).toMatchObject([{ source: 'face', weight: 0, silence: 'stale', ageMs: 600_000 }]);
});

test('why a sense is silent: it told so itself, or was never on', () => {
  const fused = fuse([estimateOf('face', 0, { fear: 0.6 }), estimateOf('text', 60_000, { fear: 0.6 })], 60_000, {}, [
    ['face', 'no-face'],
    ['voice', 'no-speech'],
    ['physiology', 'off'],
  ]);
  expect(fused.state.parts.map(({ source, silence }) => [source, silence])).toEqual([
    ['face', 'no-face'],
    ['physiology', 'off'],
    ['text', null],
    ['voice', 'no-speech'],
  ]);
});

test('two sources that agree are surer than either', () => {
  const both = fuse([estimateOf('face', 9_900, { fear: 0.5 }), estimateOf('voice', 9_900, { fear: 0.5 })]);
  expect(both.state.estimate.probabilities.fear).toBeGreaterThan(0.5);
});

test('who decides: the one without whom the label would be another', () => {
  const fused = fuse([estimateOf('face', 10_000, { happiness: 0.7 }), estimateOf('voice', 10_000, { sadness: 0.4 })]);
  expect(partOf(fused, 'face')?.isDecisive).toBe(true);
  expect(partOf(fused, 'voice')?.isDecisive).toBe(false);
});

test('a heart that knows arousal only moves the plane and has a share', () => {
  const heart = {
    ...estimateOf('physiology', 10_000),
    affect: { valence: 0, arousal: 0.7, valenceSd: 1, arousalSd: 0.3 },
    confidence: 0.4,
  };
  const fused = fuse([estimateOf('face', 10_000, { neutral: 0.6 }), heart]);
  expect(partOf(fused, 'physiology')?.weight).toBeGreaterThan(0);
  expect(fused.state.estimate.affect.arousal).toBeGreaterThan(0.02);
});

test('the network moves the point as it moves the distribution, and places the listener among the songs', () => {
  const face = estimateOf('face', 10_000, { neutral: 0.5 });
  const moved = fuse([face], 10_000, { kind: 'attention', network: fakeNetwork([0, 2, 0, 0, 0, 0, 0]) }).state;
  expect(moved.estimate.affect.valence).toBeGreaterThan(face.affect.valence + 0.1);
  expect(moved.userState?.[0]).toBeCloseTo(moved.estimate.affect.valence, 6);
});

test('the past speaks when there is a network, and fades', () => {
  const manner: Partial<Manner> = { kind: 'attention', network: NETWORK };
  let memory: Manner['memory'] = [];
  for (let at = 0; at <= 20_000; at += 1000) memory = fuse([estimateOf('face', at, { sadness: 0.8 })], at, { ...manner, memory }).memory;
  const doubtful = (now: number) => estimateOf('face', now, { sadness: 0.2 });
  const soon = fuse([doubtful(24_000)], 24_000, { ...manner, memory }).state;
  expect(soon.memory?.weight).toBeGreaterThan(0.1);
  expect(soon.estimate.probabilities.sadness).toBeGreaterThan(
    fuse([doubtful(24_000)], 24_000, manner).state.estimate.probabilities.sadness,
  );
  expect(fuse([doubtful(400_000)], 400_000, { ...manner, memory }).state.memory).toBeNull();
});

test('what corrections taught moves the estimate, and where it would lie without is told', () => {
  const calibration: PersonalCalibration = { ...UNCALIBRATED, bias: { ...UNCALIBRATED.bias, sadness: 1.2 }, corrections: 5 };
  const face = estimateOf('face', 10_000, { neutral: 0.4, sadness: 0.3 });
  const [bare, personal] = [fuse([face]).state, fuse([face], 10_000, { calibration }).state];
  expect(personal.estimate.probabilities.sadness).toBeGreaterThan(bare.estimate.probabilities.sadness);
  expect(personal.estimate.affect.valence).toBeLessThan(bare.estimate.affect.valence);
  expect(personal.uncorrected).toEqual(bare.estimate.affect);
});
