import { describe, expect, test } from 'vitest';
import type { EmotionEstimate, Observation } from '../../../src/core/emotion';
import { playScenario, SCENARIO_IDS, type ScenarioId } from '../../../src/modalities/scenarios';

const OPTIONS = { seed: 4, startAt: 1_000_000, everyMs: 250 };

function take(id: ScenarioId, count: number, seed = OPTIONS.seed): Observation[] {
  const story = playScenario(id, { ...OPTIONS, seed });
  return Array.from({ length: count }, () => story.next().value);
}
const estimatesOf = (seen: readonly Observation[]) => seen.flatMap((o) => (o.kind === 'estimate' ? [o.estimate] : []));
const mean = (estimates: readonly EmotionEstimate[], axis: 'valence' | 'arousal') =>
  estimates.reduce((sum, e) => sum + e.affect[axis], 0) / estimates.length;

describe.each(SCENARIO_IDS)('%s', (id) => {
  test('is the same for the same seed, in step, and whole', () => {
    const seen = take(id, 400);
    expect(take(id, 400)).toEqual(seen);
    expect(take(id, 400, 5)).not.toEqual(seen);
    expect(seen.map((o) => (o.kind === 'estimate' ? o.estimate.at : o.at))).toEqual(seen.map((_, i) => 1_000_000 + 250 * i));
    for (const { probabilities, affect, confidence } of estimatesOf(seen)) {
      expect(Object.values(probabilities).reduce((a, b) => a + b)).toBeCloseTo(1, 9);
      expect(Math.abs(affect.valence) <= 1 && Math.abs(affect.arousal) <= 1).toBe(true);
      expect(confidence).toBeCloseTo(Math.max(...Object.values(probabilities)), 12);
    }
  });

  test('the listener looks away now and then, and comes back', () => {
    const away = take(id, 2400).filter((o) => o.kind === 'absent').length;
    expect(away).toBeGreaterThan(20);
    expect(away).toBeLessThan(400);
  });
});

test('each goes where its name says', () => {
  const end = (id: ScenarioId, from: number, to: number) => estimatesOf(take(id, to * 4).slice(from * 4));
  expect(mean(end('calmEvening', 100, 300), 'valence')).toBeGreaterThan(0.1);
  expect(mean(end('calmEvening', 100, 300), 'arousal')).toBeLessThan(-0.2);
  expect(mean(end('angryCommute', 30, 90), 'valence')).toBeLessThan(-0.3);
  expect(mean(end('angryCommute', 30, 90), 'arousal')).toBeGreaterThan(0.3);
  expect(mean(end('happyMorning', 60, 200), 'valence')).toBeGreaterThan(0.5);
  expect(mean(end('lowAfternoon', 60, 150), 'valence')).toBeLessThan(-0.3);
  expect(mean(end('lowAfternoon', 60, 150), 'arousal')).toBeLessThan(-0.1);
});
