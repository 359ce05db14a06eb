import { describe, expect, test } from 'vitest';
import { EMOTIONS, type EmotionEstimate, type EmotionProbabilities } from '../../../src/core/emotion';
import { smoothEstimate, SMOOTHING } from '../../../src/fusion/smooth';
import { estimateOf, randomEstimates } from './estimates';

const sum = (p: EmotionProbabilities) => Object.values(p).reduce((a, b) => a + b, 0);
const top = ({ probabilities }: EmotionEstimate) => [...EMOTIONS].sort((a, b) => probabilities[b] - probabilities[a])[0];

describe('smoothEstimate', () => {
  test('starts with the first estimate itself', () => {
    const first = estimateOf('face', 0, { happiness: 0.9 });
    expect(smoothEstimate(null, first)).toBe(first);
  });

  test('a step is followed by 63 % of the way in log-probability after one time constant', () => {
    const from = estimateOf('face', 0, { happiness: 0.8 });
    const to = estimateOf('face', SMOOTHING.timeConstantMs, { sadness: 0.8 });
    const { probabilities } = smoothEstimate(from, to);
    const odds = (p: EmotionProbabilities) => Math.log(p.sadness / p.happiness);
    const share = (odds(probabilities) - odds(from.probabilities)) / (odds(to.probabilities) - odds(from.probabilities));
    expect(share).toBeCloseTo(1 - Math.exp(-1), 6);
  });

  test('many small steps equal one large one', () => {
    const start = estimateOf('face', 0, { anger: 0.7 });
    const input = (at: number) => estimateOf('face', at, { surprise: 0.6 });
    let stepped = start;
    for (let at = 50; at <= 500; at += 50) stepped = smoothEstimate(stepped, input(at));
    const once = smoothEstimate(start, input(500));
    for (const emotion of EMOTIONS) expect(stepped.probabilities[emotion]).toBeCloseTo(once.probabilities[emotion], 9);
    expect(stepped.affect.valence).toBeCloseTo(once.affect.valence, 9);
  });

  test('a gap, or time that runs backwards, forgets the past', () => {
    const past = estimateOf('face', 10_000, { happiness: 0.9 });
    const late = estimateOf('face', 10_001 + SMOOTHING.gapMs, { fear: 0.9 });
    expect(smoothEstimate(past, late)).toBe(late);
    const early = estimateOf('face', 9_000, { fear: 0.9 });
    expect(smoothEstimate(past, early)).toBe(early);
  });

  test('a poor signal moves the belief less, one without signal not at all', () => {
    const past = estimateOf('face', 0, { happiness: 0.9 });
    const next = (signalQuality: number) =>
      smoothEstimate(past, { ...estimateOf('face', 400, { fear: 0.9 }), signalQuality }).probabilities.fear;
    expect(next(1)).toBeGreaterThan(next(0.3));
    expect(next(0)).toBeCloseTo(past.probabilities.fear, 9);
  });

  test('a single odd frame does not flip the label', () => {
    const past = estimateOf('face', 0, { happiness: 0.8 });
    const odd = smoothEstimate(past, estimateOf('face', 66, { anger: 0.9 }));
    expect(top(odd)).toBe('happiness');
  });

  test('whatever comes, the result is whole and finite', () => {
    let state: EmotionEstimate | null = null;
    for (const estimate of randomEstimates(11, 200, 'face')) {
      state = smoothEstimate(state, estimate);
      expect(sum(state.probabilities)).toBeCloseTo(1, 9);
      expect(Object.values(state.affect).every(Number.isFinite)).toBe(true);
      expect(state.at).toBe(estimate.at);
    }
  });
});
