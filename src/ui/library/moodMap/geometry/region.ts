import type { AffectPoint } from '../../../../core/music';
import type { PlaneRange } from './mapView';
import { songsIn, type SongGrid } from './songGrid';

/** A part of the plane as a closed line of points; the last one is joined to the first. */
export type Region = readonly AffectPoint[];

/** Even-odd rule. A region of fewer than three points holds nothing; points on its border may count to either side. */
export function isInRegion(region: Region, { valence, arousal }: AffectPoint): boolean {
  let isInside = false;
  if (region.length < 3) return false;
  let before = region[region.length - 1];
  for (const corner of region) {
    if (before && corner.arousal > arousal !== before.arousal > arousal) {
      const crossing =
        ((before.valence - corner.valence) * (arousal - corner.arousal)) / (before.arousal - corner.arousal) + corner.valence;
      if (valence < crossing) isInside = !isInside;
    }
    before = corner;
  }
  return isInside;
}

/** Indices of the songs inside. */
export function songsInRegion(grid: SongGrid, region: Region): readonly number[] {
  const range = boundsOf(region);
  if (!range) return [];
  return songsIn(grid, range).filter((i) => isInRegion(region, { valence: grid.valence[i] ?? 0, arousal: grid.arousal[i] ?? 0 }));
}

/** null for no points. */
export function boundsOf(region: Region): PlaneRange | null {
  if (region.length === 0) return null;
  const [valences, arousals] = [region.map((p) => p.valence), region.map((p) => p.arousal)];
  return { valence: [Math.min(...valences), Math.max(...valences)], arousal: [Math.min(...arousals), Math.max(...arousals)] };
}

/** The rectangle between two opposite corners, cut to the plane. */
export function rectangle(a: AffectPoint, b: AffectPoint): Region {
  const [v0, v1] = [clamp(Math.min(a.valence, b.valence)), clamp(Math.max(a.valence, b.valence))];
  const [a0, a1] = [clamp(Math.min(a.arousal, b.arousal)), clamp(Math.max(a.arousal, b.arousal))];
  return [
    { valence: v0, arousal: a0 },
    { valence: v1, arousal: a0 },
    { valence: v1, arousal: a1 },
    { valence: v0, arousal: a1 },
  ];
}

/** A drawn line with the points left out that lie nearer than `least` to the one before: hands draw hundreds of them. */
export function thinned(line: Region, least: number): Region {
  const kept: AffectPoint[] = [];
  for (const point of line) {
    const last = kept.at(-1);
    if (!last || Math.hypot(point.valence - last.valence, point.arousal - last.arousal) >= least) kept.push(point);
  }
  return kept;
}

function clamp(x: number): number {
  return Math.min(1, Math.max(-1, x));
}
