import { describe, expect, test } from 'vitest';
import type { Situation } from '../../../../src/core/records/situation';
import { priorOf } from '../../../../src/modalities/context/features';

const NOTHING: Situation = { clock: null, activity: null, company: null, weather: null, said: [] };
const at = (hour: number, weekday = 3) => ({ hour, weekday });
const working = { value: 'working', isSaid: true } as const;

describe('the prior of a situation', () => {
  test('nothing known is the origin', () => expect(priorOf(NOTHING)).toEqual({ point: { valence: 0, arousal: 0 }, words: 0, known: 0 }));

  test('energy peaks in the early afternoon, is lowest at night, and midnight has no seam', () => {
    const arousal = (hour: number) => priorOf({ ...NOTHING, clock: at(hour) }).point.arousal;
    expect(arousal(14)).toBeGreaterThan(arousal(8));
    expect(arousal(14)).toBeCloseTo(0.2, 9);
    expect(arousal(2)).toBeCloseTo(-0.2, 9);
    expect(arousal(23.999)).toBeCloseTo(arousal(0), 3);
  });

  test('shifts add up, and each counts as known', () => {
    const one = priorOf({ ...NOTHING, activity: working });
    const both = priorOf({ ...NOTHING, activity: working, company: { value: 'together', isSaid: false }, weather: 'sunny' });
    expect(both.known).toBe(3);
    expect(both.point.valence - one.point.valence).toBeCloseTo(0.14, 9);
  });

  test('weekends are a little more pleasant', () => {
    const valence = (weekday: number) => priorOf({ ...NOTHING, clock: at(10, weekday) }).point.valence;
    expect(valence(6) - valence(3)).toBeCloseTo(0.05, 9);
  });

  test('no situation lies far from the middle: studies of groups say little about one person', () => {
    const { point } = priorOf({
      clock: at(14, 6),
      activity: { value: 'exercising', isSaid: true },
      company: { value: 'together', isSaid: true },
      weather: 'sunny',
      said: [],
    });
    expect(Math.hypot(point.valence, point.arousal)).toBeLessThan(0.8);
  });
});

describe('the listener’s own words', () => {
  const glum = { valence: -0.6, arousal: -0.3 };
  const words = (count: number, hour: number, weekday = 3) => Array.from({ length: count }, () => ({ ...glum, ...at(hour, weekday) }));
  const valenceAfter = (count: number, hour: number, weekday = 3) =>
    priorOf({ ...NOTHING, clock: at(9), said: words(count, hour, weekday) }).point.valence;

  test('many of them at this hour lead, one hardly moves', () => {
    expect(valenceAfter(1, 9)).toBeGreaterThan(-0.12);
    expect(valenceAfter(100, 9)).toBeLessThan(-0.5);
  });

  test('words of another time of day say little, of the other kind of day less', () => {
    expect(valenceAfter(20, 21)).toBeCloseTo(valenceAfter(0, 21), 2);
    expect(valenceAfter(20, 9, 6)).toBeGreaterThan(valenceAfter(20, 9, 2));
  });

  test('midnight lies between eleven and one', () => {
    const { words: near } = priorOf({ ...NOTHING, clock: at(23.5), said: words(1, 0.5) });
    expect(near).toBeGreaterThan(0.8);
  });

  test('without a clock they have no hour to belong to', () => expect(priorOf({ ...NOTHING, said: words(9, 9) }).words).toBe(0));
});
