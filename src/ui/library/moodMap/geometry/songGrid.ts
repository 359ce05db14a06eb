import type { AffectPoint } from '../../../../core/music';
import type { PlaneRange } from './mapView';

/** Cells per side: 100,000 songs then leave about six in each. */
const SIDE = 128;

/** Songs sorted into square cells of the plane, so that looking near a point does not look at all of them. */
export interface SongGrid {
  /** [n] */
  readonly valence: Float32Array;
  /** [n] */
  readonly arousal: Float32Array;
  /** [cells + 1] first entry of each cell in `order`, row by row from the lowest valence and arousal. */
  readonly starts: Uint32Array;
  /** [n] songs by cell. */
  readonly order: Uint32Array;
}

/** Counting sort; points outside the plane go to its edge cells. */
export function buildSongGrid(points: readonly AffectPoint[]): SongGrid {
  const n = points.length;
  const [valence, arousal] = [new Float32Array(n), new Float32Array(n)];
  const cells = new Uint16Array(n);
  const starts = new Uint32Array(SIDE * SIDE + 1);
  points.forEach((point, i) => {
    valence[i] = point.valence;
    arousal[i] = point.arousal;
    const cell = cellOf(point.arousal) * SIDE + cellOf(point.valence);
    cells[i] = cell;
    starts[cell + 1] = (starts[cell + 1] ?? 0) + 1;
  });
  for (let c = 1; c < starts.length; c++) starts[c] = (starts[c] ?? 0) + (starts[c - 1] ?? 0);
  const next = starts.slice();
  const order = new Uint32Array(n);
  cells.forEach((cell, i) => {
    const at = next[cell] ?? 0;
    order[at] = i;
    next[cell] = at + 1;
  });
  return { valence, arousal, starts, order };
}

/** Indices of the songs in a part of the plane, borders included; stops at `most`. */
export function songsIn(grid: SongGrid, range: PlaneRange, most = Infinity): readonly number[] {
  const found: number[] = [];
  const [left, right] = [cellOf(range.valence[0]), cellOf(range.valence[1])];
  for (let row = cellOf(range.arousal[0]); row <= cellOf(range.arousal[1]); row++) {
    const end = grid.starts[row * SIDE + right + 1] ?? 0;
    for (let k = grid.starts[row * SIDE + left] ?? 0; k < end; k++) {
      const i = grid.order[k] ?? 0;
      if (isIn(grid, i, range)) found.push(i);
      if (found.length >= most) return found;
    }
  }
  return found;
}

/** How many songs the cells of a part of the plane hold: a quick upper bound of `songsIn`. */
export function countNear(grid: SongGrid, range: PlaneRange): number {
  const [left, right] = [cellOf(range.valence[0]), cellOf(range.valence[1])];
  let count = 0;
  for (let row = cellOf(range.arousal[0]); row <= cellOf(range.arousal[1]); row++)
    count += (grid.starts[row * SIDE + right + 1] ?? 0) - (grid.starts[row * SIDE + left] ?? 0);
  return count;
}

/**
 * The song nearest to a point.
 * @param reach half-widths of the ellipse that is searched, in units of the plane; distances count in these
 * @returns its index, or null when none is within reach
 */
export function nearestSong(grid: SongGrid, at: AffectPoint, reach: AffectPoint): number | null {
  let [best, least] = [null as number | null, 1];
  const range: PlaneRange = {
    valence: [at.valence - reach.valence, at.valence + reach.valence],
    arousal: [at.arousal - reach.arousal, at.arousal + reach.arousal],
  };
  for (const i of songsIn(grid, range)) {
    const dv = ((grid.valence[i] ?? 0) - at.valence) / reach.valence;
    const da = ((grid.arousal[i] ?? 0) - at.arousal) / reach.arousal;
    const distance = dv * dv + da * da;
    if (distance <= least) [best, least] = [i, distance];
  }
  return best;
}

function isIn(grid: SongGrid, i: number, { valence, arousal }: PlaneRange): boolean {
  const [v, a] = [grid.valence[i] ?? 0, grid.arousal[i] ?? 0];
  return v >= valence[0] && v <= valence[1] && a >= arousal[0] && a <= arousal[1];
}

function cellOf(x: number): number {
  return Math.min(SIDE - 1, Math.max(0, Math.floor(((x + 1) / 2) * SIDE)));
}
