import { LastMinutes, SmoothedOdds } from '../../../../../src/modalities/physiology/vitals/lastMinutes';
import { describe, expect, it } from 'vitest';
import { EMOTIONS } from '../../../../../src/core/emotion';
import { isExerciseRate } from '../../../../../src/modalities/physiology/vitals/activity';
import { PulseReader } from '../../../../../src/modalities/physiology/vitals/pulseReader';
import { regularSeries } from '../../../../../src/modalities/physiology/vitals/regularSeries';
import { affectOfStress, probabilitiesOfStress, stressOfAffect } from '../../../../../src/modalities/physiology/vitals/stressToEmotion';

describe('regularSeries', () => {
  const series = (values: readonly (number | null)[], bridge: number) =>
    regularSeries((at) => values[at] ?? null, { until: values.length - 1, step: 1, count: values.length, bridge });

  it('bridges short gaps, begins after long ones, holds the end', () => {
    expect([...series([1, null, 3, 4], 1).values]).toEqual([1, 2, 3, 4]);
    expect([...series([1, null, null, 4, 5], 1).values]).toEqual([4, 5]);
    expect([...series([null, null, 4, null], 1).values]).toEqual([4, 4]);
    expect(series([null, 2, null, 4], 1).measured).toBeCloseTo(2 / 3, 9);
    expect(series([null, null], 5)).toEqual({ values: new Float64Array(), measured: 0 });
  });
});

describe('PulseReader', () => {
  it.each([25, 100])('finds the beats of a steady pulse in packets at %i Hz, each once', (rate) => {
    const reader = new PulseReader();
    const beats = Array.from({ length: 60 }, (_, second) => {
      const samples = Float32Array.from({ length: rate }, (_, i) => Math.exp(-((((second + (i + 1) / rate) % 0.8) - 0.3) ** 2) / 0.01));
      return reader.push((second + 1) * 1000, { samples, sampleRate: rate });
    }).flat();
    expect(beats.length).toBeGreaterThan(60);
    expect(beats.length).toBeLessThan(76);
    for (const [i, { at, interval }] of beats.entries()) {
      expect(Math.abs(interval - 800)).toBeLessThan(30);
      if (i > 0) expect(at - (beats[i - 1]?.at ?? 0)).toBeGreaterThan(700);
    }
  });
});

describe('stress told as emotion', () => {
  it('one half is the prior', () => {
    for (const mass of Object.values(probabilitiesOfStress(0.5))) expect(mass).toBeCloseTo(1 / EMOTIONS.length, 9);
  });

  it.each([0, 0.2, 0.8, 1])('P = %d moves along arousal alone and comes back', (stress) => {
    const probabilities = probabilitiesOfStress(stress);
    expect(Object.values(probabilities).reduce((sum, mass) => sum + mass, 0)).toBeCloseTo(1, 9);
    expect(probabilities.fear > probabilities.sadness).toBe(stress > 0.5);
    expect(probabilities.anger / probabilities.fear).toBeGreaterThan(0.9);
    const affect = affectOfStress(stress, 1);
    expect(affect).toMatchObject({ valence: 0, valenceSd: 1 });
    expect(stressOfAffect(affect)).toBeCloseTo(stress, 9);
    expect(affectOfStress(stress, 0.3).arousalSd).toBeGreaterThan(affect.arousalSd);
  });
});

describe('isExerciseRate', () => {
  it.each([
    [80, 60, false],
    [101, 60, true],
    [134, 95, false],
    [155, 95, true],
  ])('%i beats a minute over a rest of %i: %s', (minute, rest, expected) => expect(isExerciseRate(minute, rest)).toBe(expected));
});

describe('the last minutes', () => {
  it('begin at rest; features are seen beside their slow mean', () => {
    const before = new LastMinutes();
    expect([...before.beside(Float64Array.of(1, 2), 0)]).toEqual([1, 2]);
    const [distance = NaN] = before.beside(Float64Array.of(2, 2), 60_000);
    expect(distance).toBeCloseTo(2 * Math.exp(-60 / 600), 9);
  });

  it('an hour without a word counts as two minutes, and time that runs backwards as none', () => {
    const before = new LastMinutes();
    before.beside(Float64Array.of(0), 0);
    expect(before.beside(Float64Array.of(1), 3_600_000)[0]).toBeCloseTo(Math.exp(-120 / 600), 9);
    const again = new LastMinutes();
    again.beside(Float64Array.of(0), 10_000);
    expect(again.beside(Float64Array.of(1), 0)[0]).toBe(1);
    again.clear();
    expect(again.beside(Float64Array.of(5), 20_000)[0]).toBe(5);
  });

  it('odds are followed with a time constant of forty seconds, whatever the step', () => {
    const [fine, coarse] = [new SmoothedOdds(), new SmoothedOdds()];
    for (const one of [fine, coarse]) expect(one.follow(0, 0)).toBe(0);
    let last = 0;
    for (let at = 5000; at <= 40_000; at += 5000) last = fine.follow(2, at);
    expect(last).toBeCloseTo(2 * (1 - Math.exp(-1)), 9);
    expect(coarse.follow(2, 40_000)).toBeCloseTo(last, 9);
    fine.clear();
    expect(fine.follow(-1, 45_000)).toBe(-1);
  });
});
