import type { EmotionEstimate } from '../../src/core/emotion';
import type { EstimateId } from '../../src/core/units';
import type { ContextContract, SenseState, SenseView } from '../../src/stores/contracts';
import { makeProbabilities, NOON } from './uiFixtures';

const CONTEXT_ESTIMATE: EmotionEstimate<'context'> = {
  id: 'context-1' as EstimateId,
  source: 'context',
  at: NOON,
  windowMs: 0,
  probabilities: makeProbabilities({ neutral: 0.2, happiness: 0.15, surprise: 0.15, sadness: 0.13, disgust: 0.13, anger: 0.12 }),
  affect: { valence: 0.08, valenceSd: 0.58, arousal: 0.24, arousalSd: 0.58 },
  confidence: 0.2,
  signalQuality: 0.375,
  latencyMs: 1,
  models: [],
};

/** The sense as the session shows it. */
export const contextView = (state: SenseState): SenseView => ({
  id: 'context',
  state,
  bytesToLoad: 0,
  observation: state.kind === 'live' ? { kind: 'estimate', estimate: CONTEXT_ESTIMATE } : null,
  framesPerSecond: 0,
});

/** Somebody who works at midday with others about; `calls` get every verb. */
export function createFakeContext(isOn: boolean, log: (name: string, ...rest: unknown[]) => void): ContextContract {
  return {
    parts: ['time', 'typing', 'faces', 'weather', 'habit'],
    situation: isOn
      ? {
          clock: { hour: 12.5, weekday: 3 },
          activity: { value: 'working', isSaid: true },
          company: { value: 'together', isSaid: false },
          weather: 'sunny',
          said: [],
        }
      : null,
    said: { activity: isOn ? 'working' : null, company: null, weather: isOn ? 'sunny' : null },
    words: isOn ? 3.2 : 0,
    canMove: true,
    setPart: (part, to) => (log('setPart', part, to), Promise.resolve()),
    say: (said) => log('say', JSON.stringify(said)),
  };
}
