import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/random';
import { binDensity, shadeDensity } from '../../../../src/ui/library/moodMap/geometry/density';
import {
  gridValues,
  MAX_SCALE,
  panBy,
  toPlace,
  toPoint,
  visibleRange,
  WHOLE,
  zoomAt,
} from '../../../../src/ui/library/moodMap/geometry/mapView';
import { placeLabels } from '../../../../src/ui/library/moodMap/geometry/placeLabels';
import { boundsOf, isInRegion, rectangle, songsInRegion, thinned } from '../../../../src/ui/library/moodMap/geometry/region';
import { buildSongGrid, countNear, nearestSong, songsIn } from '../../../../src/ui/library/moodMap/geometry/songGrid';

const size = { width: 800, height: 400 };
const random = seededRandom(5);
const points = Array.from({ length: 5000 }, () => ({ valence: random() * 2 - 1, arousal: random() * 2 - 1 }));
const grid = buildSongGrid(points);

describe('mapView', () => {
  it('maps corners, and back', () => {
    expect(toPlace(WHOLE, size, { valence: -1, arousal: 1 })).toEqual({ x: 0, y: 0 });
    expect(toPlace(WHOLE, size, { valence: 1, arousal: -1 })).toEqual({ x: 800, y: 400 });
    const view = { valence: 0.2, arousal: -0.1, scale: 3 };
    const point = toPoint(view, size, toPlace(view, size, { valence: 0.31, arousal: -0.27 }));
    expect(point.valence).toBeCloseTo(0.31);
    expect(point.arousal).toBeCloseTo(-0.27);
  });
  it('keeps the place under the pointer when it enlarges', () => {
    const at = { x: 600, y: 120 };
    const before = toPoint(WHOLE, size, at);
    const after = toPoint(zoomAt(WHOLE, size, 4, at), size, at);
    expect(after.valence).toBeCloseTo(before.valence);
    expect(after.arousal).toBeCloseTo(before.arousal);
  });
  it('never leaves the plane, nor its limits of scale', () => {
    expect(zoomAt(WHOLE, size, 0.1, { x: 0, y: 0 })).toEqual(WHOLE);
    expect(zoomAt(WHOLE, size, 1e6, { x: 0, y: 0 }).scale).toBe(MAX_SCALE);
    expect(panBy(WHOLE, size, 300, -200)).toEqual(WHOLE);
    const far = panBy({ valence: 0, arousal: 0, scale: 2 }, size, -99_999, 0);
    expect(visibleRange(far).valence).toEqual([0, 1]);
  });
  it('draws round values, finer the nearer', () => {
    expect(gridValues([-1, 1])).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(gridValues([0, 0.3])).toEqual([0, 0.1, 0.2, 0.3]);
    expect(gridValues([0.101, 0.109])).toEqual([]);
  });
});

describe('songGrid', () => {
  const range = { valence: [-0.3, 0.1], arousal: [0.2, 0.9] } as const;
  it('finds what a look at every song finds', () => {
    const all = points.flatMap((p, i) => (p.valence >= -0.3 && p.valence <= 0.1 && p.arousal >= 0.2 && p.arousal <= 0.9 ? [i] : []));
    const found = songsIn(grid, range);
    expect([...found].sort((a, b) => a - b)).toEqual(all);
    expect(countNear(grid, range)).toBeGreaterThanOrEqual(all.length);
    expect(songsIn(grid, range, 7)).toHaveLength(7);
  });
  it('finds the nearest within reach, or none', () => {
    const at = { valence: 0.123, arousal: -0.456 };
    const distances = points.map((p) => Math.hypot(p.valence - at.valence, p.arousal - at.arousal));
    expect(nearestSong(grid, at, { valence: 0.2, arousal: 0.2 })).toBe(distances.indexOf(Math.min(...distances)));
    expect(nearestSong(buildSongGrid([]), at, { valence: 0.2, arousal: 0.2 })).toBeNull();
    expect(nearestSong(buildSongGrid([{ valence: 1, arousal: 1 }]), at, { valence: 0.2, arousal: 0.2 })).toBeNull();
  });
  it('keeps songs on and beyond the edge', () => {
    const edge = buildSongGrid([
      { valence: 1, arousal: 1 },
      { valence: -1.2, arousal: -1 },
    ]);
    expect(countNear(edge, { valence: [-1, 1], arousal: [-1, 1] })).toBe(2);
  });
});

describe('region', () => {
  const u = [
    [-0.8, 0.8],
    [-0.8, -0.8],
    [0.8, -0.8],
    [0.8, 0.8],
    [0.4, 0.8],
    [0.4, -0.4],
    [-0.4, -0.4],
    [-0.4, 0.8],
  ].map(([valence = 0, arousal = 0]) => ({ valence, arousal }));
  it('tells inside from outside, also of a hollow shape', () => {
    expect(isInRegion(u, { valence: -0.6, arousal: 0.5 })).toBe(true);
    expect(isInRegion(u, { valence: 0, arousal: 0.5 })).toBe(false);
    expect(isInRegion(u, { valence: 0, arousal: -0.6 })).toBe(true);
    expect(isInRegion(u.slice(0, 2), { valence: -0.8, arousal: 0 })).toBe(false);
  });
  it('gives the songs inside', () => {
    const all = points.flatMap((point, i) => (isInRegion(u, point) ? [i] : []));
    expect([...songsInRegion(grid, u)].sort((a, b) => a - b)).toEqual(all);
    expect(songsInRegion(grid, [])).toEqual([]);
  });
  it('cuts rectangles to the plane and knows their bounds', () => {
    const cut = rectangle({ valence: 0.5, arousal: 2 }, { valence: -3, arousal: 0.25 });
    expect(boundsOf(cut)).toEqual({ valence: [-1, 0.5], arousal: [0.25, 1] });
    expect(boundsOf([])).toBeNull();
  });
  it('leaves out points that lie close together', () => {
    const line = Array.from({ length: 101 }, (_, i) => ({ valence: i / 100, arousal: 0 }));
    expect(thinned(line, 0.0999)).toHaveLength(11);
    expect(thinned([], 0.1)).toEqual([]);
  });
});

describe('density', () => {
  it('counts every song once, in its square', () => {
    const { counts } = binDensity(grid, 16);
    expect(counts.reduce((a, b) => a + b, 0)).toBe(points.length);
    const one = binDensity(buildSongGrid([{ valence: -0.99, arousal: 0.99 }]), 16);
    expect(one.counts[0]).toBe(1);
  });
  it('shades by mood and number; empty squares stay clear', () => {
    const density = binDensity(
      buildSongGrid([
        { valence: 0.9, arousal: 0.9 },
        { valence: 0.9, arousal: 0.9 },
        { valence: -0.9, arousal: -0.9 },
      ]),
      16,
    );
    const hues = [1, 2, 3, 4, 5].map((k) => [k, k, k] as const);
    const pixels = shadeDensity(density, hues);
    const at = (x: number, y: number) => [...pixels.slice(4 * (y * 16 + x), 4 * (y * 16 + x) + 4)];
    expect(at(8, 8)).toEqual([0, 0, 0, 0]);
    expect(at(15, 0).slice(0, 3)).toEqual([1, 1, 1]);
    expect(at(0, 15).slice(0, 3)).toEqual([3, 3, 3]);
    expect(at(15, 0)[3]).toBeGreaterThan(at(0, 15)[3] ?? 255);
    expect(shadeDensity(binDensity(buildSongGrid([]), 2), hues).every((p) => p === 0)).toBe(true);
  });
});

describe('placeLabels', () => {
  it('takes the right, else the left, else nothing; never one over another', () => {
    const wished = [
      { text: 'a', width: 100, x: 400, y: 200 },
      { text: 'b', width: 100, x: 402, y: 204 },
      { text: 'c', width: 100, x: 401, y: 198 },
      { text: 'd', width: 100, x: 780, y: 300 },
    ];
    const placed = placeLabels(wished, size);
    expect(placed.map(({ text }) => text)).toEqual(['a', 'b', 'd']);
    expect(placed[0]?.x).toBe(409);
    expect(placed[1]?.x).toBe(293);
    expect(placed[2]?.x).toBe(671);
    expect(placeLabels(wished, size, { most: 1 })).toHaveLength(1);
    const obstacles = [{ left: 420, right: 440, y: 195 }];
    expect(placeLabels(wished, size, { obstacles })[0]).toMatchObject({ text: 'a', x: 291 });
  });
});
