import { describe, expect, test } from 'vitest';
import { EMOTIONS, type Emotion, type EmotionProbabilities } from '../../../../../src/core/emotion';
import { addCalm, besideCalm, nothingCalm, readCalm } from '../../../../../src/modalities/voice/profile/calmVoice';

/** The rest is spread evenly. */
function mostly(emotion: Emotion, mass: number): EmotionProbabilities {
  return Object.fromEntries(EMOTIONS.map((one) => [one, one === emotion ? mass : (1 - mass) / 6])) as unknown as EmotionProbabilities;
}
const repeated = (probabilities: EmotionProbabilities, times: number) =>
  Array.from({ length: times }).reduce<ReturnType<typeof nothingCalm>>((calm) => addCalm(calm, probabilities), nothingCalm('m 1'));

describe('besideCalm', () => {
  test('nothing known changes nothing', () => {
    const said = mostly('fear', 0.4);
    expect(besideCalm(said, nothingCalm('m 1'))).toBe(said);
  });

  test('a voice that sounds sad when it is calm is less sad than it sounds', () => {
    const calm = repeated(mostly('sadness', 0.7), 12);
    const now = besideCalm(mostly('sadness', 0.5), calm);
    expect(now.sadness).toBeLessThan(0.3);
    expect(now.neutral).toBeGreaterThan(mostly('sadness', 0.5).neutral);
    expect(Object.values(now).reduce((a, b) => a + b)).toBeCloseTo(1, 9);
  });

  test('a voice that is heard as listeners hear calm ones keeps its answers', () => {
    const heard = { neutral: 0.749, happiness: 0.018, sadness: 0.067, anger: 0.038, fear: 0.049, disgust: 0.059, surprise: 0.02 };
    const now = besideCalm(mostly('anger', 0.6), repeated(heard, 3));
    for (const emotion of EMOTIONS) expect(now[emotion]).toBeCloseTo(mostly('anger', 0.6)[emotion], 9);
  });

  test('what the model rules out weighs no more than a ten-thousandth', () => {
    const sure = { neutral: 1, happiness: 0, sadness: 0, anger: 0, fear: 0, disgust: 0, surprise: 0 };
    const now = besideCalm(mostly('neutral', 0.4), repeated(sure, 2));
    expect(Object.values(now).every((mass) => Number.isFinite(mass) && mass > 0)).toBe(true);
  });
});

test('only what was a calm voice is read as one', () => {
  const calm = repeated(mostly('neutral', 0.5), 4);
  expect(readCalm(JSON.parse(JSON.stringify(calm)))).toEqual(calm);
  const spoilt = [null, 'x', { ...calm, n: 0 }, { ...calm, model: 3 }, { ...calm, logs: calm.logs.slice(1) }, { ...calm, logs: EMOTIONS }];
  for (const one of spoilt) expect(readCalm(one)).toBeNull();
});
