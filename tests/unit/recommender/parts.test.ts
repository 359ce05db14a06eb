import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/random';
import type { PlaylistId, TrackId } from '../../../src/core/units';
import { leadTo, goalAt, stay } from '../../../src/recommender/path';
import { createPlaylist } from '../../../src/recommender/playlist';
import { precisionAt } from '../../../src/recommender/precisionAt';
import { summarisePreferences } from '../../../src/recommender/preference';
import { tempoFlow } from '../../../src/recommender/tempoFlow';
import { topK } from '../../../src/recommender/topK';
import { at, library, NOON, played, rated, skipped } from './songs';

describe('topK', () => {
  it('agrees with a full sort', () => {
    const random = seededRandom(3);
    for (let round = 0; round < 50; round++) {
      const scores = Float64Array.from({ length: 200 }, () => Math.floor(random() * 40));
      const sorted = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b).slice(0, 12);
      expect(topK(scores, 12, (a, b) => a < b)).toEqual(sorted);
    }
  });

  it('leaves out NaN and minus infinity, and copes with k beyond n', () => {
    expect(topK(Float64Array.of(Number.NaN, 2, -Infinity, 3), 9, () => true)).toEqual([3, 1]);
    expect(topK(Float64Array.of(1, 2), 0, () => true)).toEqual([]);
  });
});

describe('tempoFlow', () => {
  const pace = (tempo: number, arousal = 0) => ({ tempo, arousal });
  it('likes the same tempo most, then half and double, then nothing', () => {
    expect(tempoFlow(pace(100), pace(100))).toBeCloseTo(1);
    expect(tempoFlow(pace(100), pace(200))).toBeGreaterThan(tempoFlow(pace(100), pace(140)));
    expect(tempoFlow(pace(100), pace(200))).toBeLessThan(1);
    expect(tempoFlow(pace(100, -1), pace(140, 1))).toBe(0);
  });
  it('is symmetric and within 0 and 1', () => {
    const random = seededRandom(8);
    for (let i = 0; i < 200; i++) {
      const [a, b] = [pace(40 + 200 * random(), 2 * random() - 1), pace(40 + 200 * random(), 2 * random() - 1)];
      expect(tempoFlow(a, b)).toBeCloseTo(tempoFlow(b, a), 12);
      expect(tempoFlow(a, b)).toBeGreaterThanOrEqual(0);
      expect(tempoFlow(a, b)).toBeLessThanOrEqual(1);
    }
  });
  it('takes an unknown tempo as neither good nor bad', () => {
    expect(tempoFlow(pace(0), pace(120))).toBeCloseTo(0.65);
    expect(tempoFlow(pace(Number.NaN), pace(120, Number.NaN))).toBeCloseTo(0.5);
  });
});

describe('path', () => {
  it('goes straight from start to goal and arrives when told', () => {
    const stops = leadTo(at(-0.6, 0.4), goalAt({ valence: 0.6, arousal: -0.4 }), 11, 0.5);
    expect(stops[0]).toMatchObject({ valence: -0.6, arousal: 0.4 });
    expect(stops[5]).toMatchObject({ valence: 0.6, arousal: -0.4 });
    expect(stops.slice(6).every((stop) => stop === stops[5])).toBe(true);
  });
  it('copes with a single song', () => {
    expect(leadTo(at(0, 0), goalAt({ valence: 1, arousal: 1 }), 1, 1)).toHaveLength(1);
    expect(stay(at(0, 0), 3)).toHaveLength(3);
  });
  it('keeps goals on the plane', () => {
    expect(goalAt({ valence: 7, arousal: Number.NaN })).toMatchObject({ valence: 1, arousal: 0 });
  });
});

describe('summarisePreferences', () => {
  const a = 'a' as TrackId;
  it('lets the latest rating win, in whatever order the log comes', () => {
    const log = [rated('a', 'like', NOON - 10), rated('a', 'none', NOON - 5)];
    expect(summarisePreferences(log, NOON).get(a)?.rating).toBe('none');
    expect(summarisePreferences([...log].reverse(), NOON).get(a)?.rating).toBe('none');
  });
  it('counts early skips full, late ones less, old ones half', () => {
    const skips = (after: number, ago: number) => summarisePreferences([skipped('a', after, NOON - ago)], NOON).get(a)?.skips;
    expect(skips(5, 0)).toBeCloseTo(1);
    expect(skips(100, 0)).toBeCloseTo(0.4);
    expect(skips(5, 30 * 86_400_000)).toBeCloseTo(0.5);
  });
  it('adds up plays and remembers the last', () => {
    const preference = summarisePreferences([played('a', 1, NOON - 50), played('a', 0.5, NOON - 90)], NOON).get(a);
    expect(preference).toMatchObject({ plays: 1.5, lastHeardAt: NOON - 50 });
  });
  it('ignores what is not about a song', () => {
    expect(summarisePreferences([{ kind: 'correction-undone', correctionAt: 1, at: 2, playlistId: null, affect: null }], NOON).size).toBe(
      0,
    );
  });
});

describe('precisionAt', () => {
  it('counts the relevant among the first k', () => {
    expect(precisionAt([1, 2, 3, 4], (n) => n % 2 === 1, 2)).toBe(0.5);
    expect(precisionAt([1, 3], (n) => n % 2 === 1)).toBe(1);
    expect(precisionAt([], () => true)).toBe(0);
  });
});

describe('createPlaylist', () => {
  const request = {
    id: 'p1' as PlaylistId,
    strategy: 'target' as const,
    basedOn: null,
    seed: 4,
    affect: at(0.1, 0.2),
    target: { valence: 0.5, arousal: 0.5 },
    context: { at: NOON, hour: 12, weekday: 1 },
    candidates: library(50),
    feedback: [],
  };
  it('holds ten songs and what made them', () => {
    expect(createPlaylist(request)).toMatchObject({
      id: 'p1',
      createdAt: NOON,
      strategy: 'target',
      basedOn: null,
      seed: 4,
      from: { valence: 0.1, arousal: 0.2 },
      target: request.target,
    });
    expect(createPlaylist(request).items).toHaveLength(10);
  });
  it('can be made again from its seed', () => {
    expect(createPlaylist(request)).toEqual(createPlaylist(request));
    expect(createPlaylist({ ...request, seed: 5 }).items).not.toEqual(createPlaylist(request).items);
  });
});
