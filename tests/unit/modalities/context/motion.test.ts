import { describe, expect, test } from 'vitest';
import { activityOf, meanAmplitudeDeviation, MotionEpochs } from '../../../../src/modalities/context/motion';

const G = 9.80665;

describe('mean amplitude deviation', () => {
  test('nothing is no movement', () => expect(meanAmplitudeDeviation([])).toBe(0));
  test('a square wave of ±0.2 g deviates by 0.2 g', () => {
    const lengths = Array.from({ length: 600 }, (_, i) => G * (1 + (i % 2 === 0 ? 0.2 : -0.2)));
    expect(meanAmplitudeDeviation(lengths)).toBeCloseTo(0.2, 9);
  });
  test('the cut-points part still, walking and exercise', () => {
    expect(activityOf(0.05)).toBeNull();
    expect(activityOf(0.091)).toBe('walking');
    expect(activityOf(0.3)).toBe('walking');
    expect(activityOf(0.414)).toBe('exercising');
  });
});

describe('epochs', () => {
  /** 60 samples a second that swing by `swing` g twice a second. */
  function play(epochs: MotionEpochs, from: number, seconds: number, swing: number): number {
    let changes = 0;
    for (let i = 0; i <= seconds * 60; i++) {
      const at = from + (i * 1000) / 60;
      if (epochs.add(at, 0, 0, G * (1 + swing * Math.sin((4 * Math.PI * i) / 60)))) changes++;
    }
    return changes;
  }

  test('a lying phone says nothing, a carried one says walking within seven seconds, once', () => {
    const epochs = new MotionEpochs();
    expect(play(epochs, 0, 13, 0.002)).toBe(0);
    expect(epochs.activity).toBeNull();
    expect(play(epochs, 14_000, 20, 0.3)).toBe(1);
    expect(epochs.activity).toBe('walking');
    expect(play(epochs, 36_000, 14, 0.9)).toBe(1);
    expect(epochs.activity).toBe('exercising');
  });

  test('a handful of samples says nothing', () => {
    const epochs = new MotionEpochs();
    for (let i = 0; i < 20; i++) epochs.add(i * 400, 0, 0, i % 2 === 0 ? 0 : 2 * G);
    expect(epochs.activity).toBeNull();
  });
});
