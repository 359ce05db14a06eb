import { describe, expect, test } from 'vitest';
import type { Observation } from '../../../src/core/emotion';
import type { Session } from '../../../src/ml/session';
import type { Modality } from '../../../src/modalities/modality';
import { modalities, type ModalityId } from '../../../src/modalities/registry';
import { fakeFaceSession } from './face/fakeFaceSession';
import { fakeStressSession } from './physiology/fakeStressSession';
import { fakeVoiceSession } from './voice/fakeVoiceSession';

const fakeSessions: Record<ModalityId, readonly Session[]> = {
  face: [fakeFaceSession()],
  voice: [fakeVoiceSession()],
  // Without a model the word lists read.
  text: [],
  physiology: [fakeStressSession()],
  context: [],
};

async function replay(id: ModalityId, seed: number): Promise<Observation[]> {
  // Frames are passed on unread, so their types are forgotten here.
  const modality = modalities[id] as unknown as Modality<unknown, unknown, ModalityId>;
  const estimator = modality.createEstimator(fakeSessions[id]);
  // A modality that knows its person meets them at rest first.
  estimator.baseline?.start();
  const seen: Observation[] = [];
  for (const frame of modality.simulate(seed)) {
    const observation = await estimator.push(frame);
    if (observation) seen.push(observation);
  }
  return seen;
}

/** The same battery for every modality in the registry: a new folder is tested before it has tests of its own. */
describe.each(Object.keys(modalities) as ModalityId[])('%s', (id) => {
  test('the key is its id', () => expect(modalities[id].id).toBe(id));

  test('the same seed replays the same observations, another seed others', async () => {
    const first = await replay(id, 7);
    expect(await replay(id, 7)).toEqual(first);
    expect(await replay(id, 8)).not.toEqual(first);
  });

  test('estimates are whole, finite and carry their source', async () => {
    const estimates = (await replay(id, 1)).flatMap((o) => (o.kind === 'estimate' ? [o.estimate] : []));
    expect(estimates.length).toBeGreaterThan(0);
    for (const e of estimates) {
      expect(e.source).toBe(id);
      expect(Object.values(e.probabilities).reduce((a, b) => a + b)).toBeCloseTo(1, 4);
      expect(Object.values(e.affect).every(Number.isFinite)).toBe(true);
      expect(e.affect.valenceSd).toBeGreaterThan(0);
      for (const unit of [e.confidence, e.signalQuality]) expect(unit >= 0 && unit <= 1).toBe(true);
    }
  });

  test('it also says when there is nothing to say', async () => {
    expect((await replay(id, 3)).some((o) => o.kind === 'absent')).toBe(true);
  });

  test('observations cross the clone border and come in time order', async () => {
    const seen = await replay(id, 2);
    expect(structuredClone(seen)).toEqual(seen);
    const times = seen.map((o) => (o.kind === 'estimate' ? o.estimate.at : o.at));
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });
});
