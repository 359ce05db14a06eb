import { describe, expect, test } from 'vitest';
import type { TextEstimate } from '../../../../../src/core/records/writtenEntry';
import { FADED, HALF_LIFE, trackMood } from '../../../../../src/modalities/text/mood/trackMood';
import { HAPPY_READING } from '../../../../support/fakeWords';
import { makeProbabilities } from '../../../../support/uiFixtures';

const SAD: TextEstimate = {
  ...HAPPY_READING,
  probabilities: makeProbabilities({ sadness: 0.7, neutral: 0.2, fear: 0.05 }),
  affect: { valence: -0.6, arousal: -0.3, valenceSd: 0.25, arousalSd: 0.3 },
};
const T = 10 * FADED;
const at = (age: number, reading = HAPPY_READING) => ({ at: T - age, reading });

describe('trackMood', () => {
  test('nothing, or nothing of the last hour, is no mood', () => {
    expect(trackMood([], T)).toBeNull();
    expect(trackMood([at(FADED)], T)).toBeNull();
  });

  test('one entry just written is the mood', () => {
    const mood = trackMood([at(0)], T);
    expect(mood?.probabilities.happiness).toBeCloseTo(HAPPY_READING.probabilities.happiness, 6);
    expect(mood?.confidence).toBeCloseTo(HAPPY_READING.confidence, 6);
    expect(mood?.affect.valence).toBeCloseTo(0.6, 6);
    expect(mood).toMatchObject({ source: 'text', at: T, windowMs: 0 });
  });

  test('while nothing is written, confidence falls to chance, signal to nothing, and the point blurs', () => {
    const moods = [0, HALF_LIFE, 3 * HALF_LIFE, FADED - 1].map((age) => trackMood([at(age)], T));
    const falling = (of: (mood: NonNullable<(typeof moods)[number]>) => number) => {
      const values = moods.map((mood) => (mood ? of(mood) : NaN));
      expect(values).toEqual([...values].sort((a, b) => b - a));
      expect(new Set(values).size).toBeGreaterThan(2);
    };
    falling(({ confidence }) => confidence);
    falling(({ signalQuality }) => signalQuality);
    falling(({ affect }) => -affect.valenceSd);
    expect(moods.at(-1)?.confidence).toBeGreaterThan(1 / 7);
    expect(moods[1]?.confidence).toBeCloseTo(1 / 7 + (HAPPY_READING.confidence - 1 / 7) / 2, 6);
  });

  test('newer entries count more, and contradiction widens the spread', () => {
    const turned = trackMood([at(2 * HALF_LIFE), at(0, SAD)], T);
    const back = trackMood([at(2 * HALF_LIFE, SAD), at(0)], T);
    expect(turned?.probabilities.sadness).toBeGreaterThan(turned?.probabilities.happiness ?? 1);
    expect(back?.probabilities.happiness).toBeGreaterThan(back?.probabilities.sadness ?? 1);
    expect(turned?.affect.valenceSd).toBeGreaterThan(SAD.affect.valenceSd);
    expect(turned?.windowMs).toBe(2 * HALF_LIFE);
  });

  test('what says little moves little', () => {
    const vague: TextEstimate = { ...SAD, signalQuality: 0.1, confidence: 0.2 };
    const mood = trackMood([at(0), at(0, vague)], T);
    expect(mood?.probabilities.happiness).toBeGreaterThan(0.5);
  });

  test('is whole', () => {
    const mood = trackMood([at(3 * HALF_LIFE), at(HALF_LIFE, SAD), at(5)], T);
    expect(Object.values(mood?.probabilities ?? {}).reduce((sum, p) => sum + p)).toBeCloseTo(1, 6);
  });
});
