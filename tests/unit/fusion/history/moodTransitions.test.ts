import { describe, expect, test } from 'vitest';
import { gaussian, seededRandom } from '../../../../src/core/random';
import { BIN, detectionDelay, findTransitions, type MoodReading } from '../../../../src/fusion/history/moodTransitions';

const MINUTE = 60_000;
const EVERY = 5000;

/** A reading every five seconds that wanders around one mood as an autoregressive walk does. */
function wander(random: () => number, from: number, minutes: number, valence: number, arousal: number, sd = 0.15): MoodReading[] {
  let [v, a] = [0, 0];
  return Array.from({ length: (minutes * MINUTE) / EVERY }, (_, i) => {
    v = 0.9 * v + sd * Math.sqrt(1 - 0.81) * gaussian(random);
    a = 0.9 * a + sd * Math.sqrt(1 - 0.81) * gaussian(random);
    return { at: from + i * EVERY, point: { valence: valence + v, arousal: arousal + a } };
  });
}

describe('mood transitions', () => {
  test('nothing gives nothing, one reading one stretch', () => {
    expect(findTransitions([])).toEqual({ stretches: [], transitions: [] });
    expect(findTransitions([{ at: 1000, point: { valence: 0.1, arousal: 0.2 } }])).toEqual({
      stretches: [{ from: 0, to: BIN, point: { valence: 0.1, arousal: 0.2 } }],
      transitions: [],
    });
  });

  test('eight hours of one wandering mood are one stretch, whatever the seed', () => {
    for (let seed = 1; seed <= 40; seed++) expect(findTransitions(wander(seededRandom(seed), 0, 480, 0.2, -0.1)).transitions).toEqual([]);
  });

  test('a label that flickers between two moods with every reading is no transition', () => {
    const readings = Array.from({ length: 2000 }, (_, i) => ({
      at: i * EVERY,
      point: i % 2 === 0 ? { valence: 0.8, arousal: 0.5 } : { valence: -0.6, arousal: -0.3 },
    }));
    expect(findTransitions(readings).transitions).toEqual([]);
  });

  test('a laugh of half a minute is no transition', () => {
    const random = seededRandom(3);
    const readings = [
      ...wander(random, 0, 30, 0, 0, 0.08),
      ...wander(random, 30 * MINUTE, 0.5, 0.8, 0.5, 0.05),
      ...wander(random, 30.5 * MINUTE, 30, 0, 0, 0.08),
    ];
    expect(findTransitions(readings).transitions).toEqual([]);
  });

  test('a lasting move is one transition, at its time, known with the stated delay', () => {
    const late: number[] = [];
    for (let seed = 1; seed <= 60; seed++) {
      const random = seededRandom(seed);
      const { transitions } = findTransitions([...wander(random, 0, 60, 0.3, -0.2), ...wander(random, 60 * MINUTE, 60, -0.1, -0.2)]);
      expect(transitions).toHaveLength(1);
      const [found] = transitions;
      expect(Math.abs((found?.at ?? 0) - 60 * MINUTE)).toBeLessThanOrEqual(4 * MINUTE);
      expect(found?.before.valence).toBeCloseTo(0.3, 0);
      expect(found?.after.valence).toBeCloseTo(-0.1, 0);
      late.push((found?.knownAt ?? Infinity) - 60 * MINUTE);
    }
    const mean = late.reduce((a, b) => a + b) / late.length;
    expect(detectionDelay(0.4)).toBeGreaterThan(3.5 * MINUTE);
    expect(detectionDelay(0.4)).toBeLessThan(4.5 * MINUTE);
    expect(Math.abs(mean / detectionDelay(0.4) - 1)).toBeLessThan(0.35);
  });

  test('a silence parts stretches and is no transition', () => {
    const random = seededRandom(9);
    const { stretches, transitions } = findTransitions([...wander(random, 0, 20, 0.4, 0.2), ...wander(random, 60 * MINUTE, 20, -0.4, 0.2)]);
    expect(stretches).toHaveLength(2);
    expect(transitions).toEqual([]);
  });

  test('a small move is the same mood', () => {
    const random = seededRandom(11);
    const { stretches } = findTransitions([...wander(random, 0, 60, 0.1, 0, 0.03), ...wander(random, 60 * MINUTE, 120, 0.28, 0, 0.03)]);
    expect(stretches).toHaveLength(1);
  });

  test('ten moods of half an hour are ten stretches', () => {
    const random = seededRandom(4);
    const readings = Array.from({ length: 10 }, (_, i) => wander(random, i * 30 * MINUTE, 30, i % 2 === 0 ? 0.4 : -0.3, 0)).flat();
    expect(findTransitions(readings).transitions).toHaveLength(9);
  });
});
