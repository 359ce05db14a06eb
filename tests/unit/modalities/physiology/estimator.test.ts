import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EmotionEstimate, Observation } from '../../../../src/core/emotion';
import { gaussian, seededRandom } from '../../../../src/core/random';
import { createEstimator } from '../../../../src/modalities/physiology/estimator';
import type { PhysiologyFrame } from '../../../../src/modalities/physiology/frame';
import { ROOT } from '../../../support/sourceTree';
import { HEART_FEATURES } from '../../../../src/modalities/physiology/features';
import { fakeStressSession } from './fakeStressSession';

const SILENT: PhysiologyFrame = {
  deviceId: 'a',
  kind: 'heart-strap',
  heartRate: null,
  rrIntervals: [],
  hasContact: null,
  eda: null,
  ppg: null,
  skinTemperature: null,
  acceleration: null,
};
const START = 1_700_000_000_000;

type Seen = readonly [second: number, observation: Observation<'physiology'>];
type FrameAt = (second: number) => Partial<PhysiologyFrame> | null;

/** A frame a second; `frameAt` says what is in it, null for none. */
async function play(estimator: ReturnType<typeof createEstimator>, from: number, to: number, frameAt: FrameAt): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (let second = from; second < to; second++) {
    const readings = frameAt(second);
    if (!readings) continue;
    const observation = await estimator.push({ at: START + second * 1000, value: { ...SILENT, ...readings } });
    if (observation) seen.push([second, observation]);
  }
  return seen;
}

const random = seededRandom(5);
const rate = (bpm: number): Partial<PhysiologyFrame> => ({ heartRate: bpm + gaussian(random), hasContact: true });
const skin = (microsiemens: number): Partial<PhysiologyFrame> => ({
  eda: { sampleRate: 4, samples: Float32Array.from({ length: 4 }, () => microsiemens + 0.01 * gaussian(random)) },
});
const reasons = (seen: readonly Seen[]) => new Set(seen.map(([, o]) => (o.kind === 'absent' ? o.reason : 'estimate')));
const estimates = (seen: readonly Seen[]): EmotionEstimate[] => seen.flatMap(([, o]) => (o.kind === 'estimate' ? [o.estimate] : []));

async function rested(frameAt: FrameAt) {
  const session = fakeStressSession();
  const estimator = createEstimator([session]);
  estimator.baseline?.start();
  const seen = await play(estimator, 0, 130, frameAt);
  return { estimator, session, seen };
}

describe('physiology estimator', () => {
  it('says no arousal without a rest to compare with', async () => {
    const seen = await play(createEstimator([fakeStressSession()]), 0, 300, () => rate(70));
    expect(reasons(seen)).toEqual(new Set(['warming-up']));
  });

  it('records two minutes of rest and shows how far it is', async () => {
    const estimator = createEstimator([fakeStressSession()]);
    expect(estimator.baseline?.state).toEqual({ kind: 'none' });
    estimator.baseline?.start();
    await play(estimator, 0, 60, () => rate(64));
    const { baseline } = estimator;
    expect(baseline?.state.kind).toBe('recording');
    expect(baseline?.state.kind === 'recording' && baseline.state.progress).toBeCloseTo(0.49, 1);
    const seen = await play(estimator, 60, 135, () => rate(64));
    expect(baseline?.state.kind).toBe('ready');
    expect(seen.at(-1)?.[1].kind).toBe('estimate');
  });

  it('a faster heart than at rest is more arousal, valence stays unknown', async () => {
    const { estimator } = await rested(() => rate(64));
    const calm = estimates(await play(estimator, 130, 200, () => rate(64))).at(-1);
    const tense = estimates(await play(estimator, 200, 300, () => rate(84))).at(-1);
    expect(tense?.affect.arousal).toBeGreaterThan((calm?.affect.arousal ?? 1) + 0.2);
    expect(tense?.affect).toMatchObject({ valence: 0, valenceSd: 1 });
    expect(tense?.probabilities.fear).toBeGreaterThan(calm?.probabilities.fear ?? 1);
    expect(tense?.probabilities.sadness).toBeLessThan(calm?.probabilities.sadness ?? 0);
    expect(tense?.models).toEqual([{ name: 'physiology-arousal', version: '0.0.0' }]);
  });

  it('tells the model which sensors it had', async () => {
    const both = await rested(() => ({ ...rate(64), ...skin(2) }));
    expect([...(both.session.asked.at(-1)?.slice(-2) ?? [])]).toEqual([1, 1]);
    const hand = await rested(() => skin(2));
    expect([...(hand.session.asked.at(-1)?.slice(-2) ?? [])]).toEqual([0, 1]);
    // A sensor without a recorded rest does not count.
    const later = await rested(() => rate(64));
    await play(later.estimator, 130, 220, () => ({ ...rate(64), ...skin(2) }));
    expect([...(later.session.asked.at(-1)?.slice(-2) ?? [])]).toEqual([1, 0]);
  });

  it('exercise is not stress: acceleration', async () => {
    const { estimator } = await rested(() => rate(64));
    const shaking = {
      sampleRate: 25,
      x: new Float32Array(25),
      y: Float32Array.from({ length: 25 }, (_, i) => 1 + 0.4 * Math.sin(i)),
      z: new Float32Array(25),
    };
    const seen = await play(estimator, 130, 220, () => ({ ...rate(90), acceleration: shaking }));
    expect(reasons(seen)).toEqual(new Set(['moving']));
    expect(estimates(await play(estimator, 220, 300, () => rate(70))).length).toBeGreaterThan(5);
  });

  it('exercise is not stress: a heart 40 above rest for a minute', async () => {
    const { estimator } = await rested(() => rate(64));
    const seen = await play(estimator, 130, 260, () => rate(125));
    expect(seen.at(-1)?.[1]).toMatchObject({ kind: 'absent', reason: 'moving' });
    // And the rest has not drifted there.
    expect(seen.filter(([second]) => second > 200).every(([, o]) => o.kind === 'absent')).toBe(true);
  });

  it('no contact, and silence, are no contact', async () => {
    const { estimator } = await rested(() => rate(64));
    expect(reasons(await play(estimator, 130, 150, () => ({ hasContact: false })))).toEqual(new Set(['no-contact']));
    const again = await rested(() => rate(64));
    const seen = await play(again.estimator, 150, 170, () => ({ skinTemperature: 33 }));
    expect(reasons(seen)).toEqual(new Set(['no-contact']));
  });

  it('a device that has only just begun to speak is still being listened to, unless it says that nobody wears it', async () => {
    const seen = await play(createEstimator([fakeStressSession()]), 0, 30, () => ({ skinTemperature: 33 }));
    expect(seen.map(([second, o]) => [second, o.kind === 'absent' && o.reason]).slice(0, 4)).toEqual([
      [0, 'warming-up'],
      [5, 'warming-up'],
      [10, 'warming-up'],
      [15, 'no-contact'],
    ]);
    const worn = await play(createEstimator([fakeStressSession()]), 0, 12, () => ({ hasContact: false }));
    expect(reasons(worn)).toEqual(new Set(['no-contact']));
  });

  it('dry electrodes on a hand are no contact', async () => {
    const { estimator } = await rested(() => skin(2));
    const seen = await play(estimator, 130, 220, () => skin(0));
    expect(seen.at(-1)?.[1]).toMatchObject({ kind: 'absent', reason: 'no-contact' });
  });

  it('a heart of artefacts is a poor signal', async () => {
    const chance = seededRandom(2);
    const noise = () => ({ rrIntervals: chance() < 0.5 ? [200 + 100 * chance()] : [2500 * chance() + 300], hasContact: true });
    const { estimator } = await rested(() => rate(64));
    expect(reasons(await play(estimator, 130, 330, noise))).toContain('poor-signal');
  });

  it('reads RR intervals like the rates they are', async () => {
    const { session } = await rested(() => ({ rrIntervals: [1000], hasContact: true }));
    const heart = await rested(() => ({ heartRate: 60, hasContact: true }));
    expect(session.asked[0]?.slice(0, HEART_FEATURES)).toEqual(heart.session.asked[0]?.slice(0, HEART_FEATURES));
  });

  it('keeps its baseline as plain numbers and takes it up again', async () => {
    const { estimator } = await rested(() => rate(64));
    const saved: unknown = JSON.parse(JSON.stringify(estimator.baseline?.save()));
    const fresh = createEstimator([fakeStressSession()]);
    for (const rubbish of [
      null,
      7,
      'x',
      {},
      { version: 2, since: 1, parts: { heart: { rest: [NaN] } } },
      { ...(saved as object), version: 1 },
    ]) {
      fresh.baseline?.restore(rubbish);
      expect(fresh.baseline?.state.kind).toBe('none');
    }
    fresh.baseline?.restore(saved);
    expect(fresh.baseline?.state.kind).toBe('ready');
    expect(estimates(await play(fresh, 200, 270, () => rate(64))).length).toBeGreaterThan(0);
  });

  it('follows a drifting rest, but not far', async () => {
    const { estimator } = await rested(() => rate(64));
    const first = estimates(await play(estimator, 200, 270, () => rate(76))).at(-1);
    const later = estimates(await play(estimator, 270, 7200, () => rate(76))).at(-1);
    expect(later?.affect.arousal).toBeLessThan(first?.affect.arousal ?? 0);
    expect(later?.affect.arousal).toBeGreaterThan(-0.2);
    const saved = estimator.baseline?.save() as { parts: { heart: { rest: number[]; mean: number[] } } };
    saved.parts.heart.mean.forEach((value, i) =>
      expect(Math.abs(value - (saved.parts.heart.rest[i] ?? 0))).toBeLessThanOrEqual(1.5 * 5 + 1e-9),
    );
  });

  it('time that runs backwards begins anew', async () => {
    const { estimator } = await rested(() => rate(64));
    expect(reasons(await play(estimator, 0, 30, () => rate(90)))).toEqual(new Set(['warming-up']));
  });

  it('never says NaN, whatever a sensor sends', async () => {
    const chance = seededRandom(11);
    const estimator = createEstimator([fakeStressSession()]);
    estimator.baseline?.start();
    const wild = () => (chance() < 0.1 ? 1e6 * (chance() - 0.5) : 3 * chance());
    const seen = await play(estimator, 0, 900, () => ({
      heartRate: chance() < 0.5 ? 20 + 240 * chance() : null,
      rrIntervals: Array.from({ length: Math.floor(3 * chance()) }, () => 3000 * chance()),
      eda: { sampleRate: 4, samples: Float32Array.from({ length: 4 }, wild) },
      ppg: { sampleRate: 50, samples: Float32Array.from({ length: 50 }, wild) },
    }));
    for (const { affect, probabilities, confidence } of estimates(seen)) {
      expect([...Object.values(affect), ...Object.values(probabilities), confidence].every(Number.isFinite)).toBe(true);
    }
    expect(seen.length).toBeGreaterThan(150);
  });

  it('refuses a model whose manifest does not know the spreads', () => {
    const session = fakeStressSession();
    expect(() => createEstimator([{ ...session, manifest: { ...session.manifest, preprocess: {} } }])).toThrow(/preprocess.std/);
    expect(() => createEstimator([])).toThrow(/physiology-arousal/);
    const shipped = JSON.parse(readFileSync(join(ROOT, 'models/physiology-arousal/manifest.json'), 'utf8')) as typeof session.manifest;
    expect(() => createEstimator([{ ...session, manifest: shipped }])).not.toThrow();
  });
});
