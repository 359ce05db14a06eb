import { expect, test } from 'vitest';
import type { Situation } from '../../../../src/core/records/situation';
import { fuseMoment } from '../../../../src/fusion/fuse';
import { createEstimator } from '../../../../src/modalities/context/estimator';
import { estimateOf } from '../../fusion/estimates';

const NOTHING: Situation = { clock: null, activity: null, company: null, weather: null, said: [] };
const FULL: Situation = {
  clock: { hour: 14, weekday: 6 },
  activity: { value: 'exercising', isSaid: true },
  company: { value: 'together', isSaid: true },
  weather: 'sunny',
  said: [],
};

async function estimate(value: Situation) {
  const observation = await createEstimator().push({ at: 1000, value });
  if (observation?.kind !== 'estimate') throw new Error('expected an estimate');
  return observation.estimate;
}

test('absent while nothing is known', async () => {
  expect(await createEstimator().push({ at: 5, value: NOTHING })).toEqual({
    kind: 'absent',
    source: 'context',
    at: 5,
    reason: 'no-context',
  });
});

test('whatever is known, it rules nothing out and is never sure', async () => {
  const { probabilities, confidence, signalQuality, affect } = await estimate(FULL);
  expect(Math.min(...Object.values(probabilities))).toBeGreaterThan(0.04);
  expect(confidence).toBeLessThan(0.3);
  expect(signalQuality).toBeLessThanOrEqual(0.5);
  expect(affect.valenceSd).toBeGreaterThanOrEqual(0.5);
});

test('the less is known, the less it counts', async () => {
  const clockOnly = await estimate({ ...NOTHING, clock: FULL.clock });
  expect(clockOnly.signalQuality).toBeLessThan((await estimate(FULL)).signalQuality / 2);
});

test('beside a clear face its share is a few percent', async () => {
  const context = await estimate(FULL);
  const estimates = [context, estimateOf('face', 1000, { sadness: 0.9 })];
  const manner = { kind: 'late', network: null, leftOut: new Set<string>(), calibration: null, memory: [] } as const;
  const fused = fuseMoment({ now: 1000, simulated: false, estimates, silent: new Map() }, manner);
  expect(fused?.state.estimate.weights['context']).toBeGreaterThan(0);
  expect(fused?.state.estimate.weights['context']).toBeLessThan(0.1);
});
