import { SONG_MOODS, songMood } from '../../../words/mood';
import type { SongGrid } from './songGrid';

/** How many songs lie in each square of the plane, for views too far away to tell songs apart. */
export interface Density {
  /** Squares per side. */
  readonly side: number;
  /** [side²] row by row from the top left, as pictures are. */
  readonly counts: Uint16Array;
}

export function binDensity({ valence, arousal }: SongGrid, side: number): Density {
  const counts = new Uint16Array(side * side);
  for (let i = 0; i < valence.length; i++) {
    const x = Math.min(side - 1, Math.max(0, Math.floor((((valence[i] ?? 0) + 1) / 2) * side)));
    const y = Math.min(side - 1, Math.max(0, Math.floor(((1 - (arousal[i] ?? 0)) / 2) * side)));
    counts[y * side + x] = Math.min(65_535, (counts[y * side + x] ?? 0) + 1);
  }
  return { side, counts };
}

/** How early the logarithm bends: the edge of a single song still shows. */
const STEEP = 4;

/** One pass of a blur along rows or columns, weights 1 2 1. */
function blurAlong(from: Float32Array, side: number, step: number): Float32Array {
  const to = new Float32Array(from.length);
  for (let k = 0; k < from.length; k++) {
    const place = step === 1 ? k % side : Math.floor(k / side);
    const before = place > 0 ? (from[k - step] ?? 0) : 0;
    const after = place < side - 1 ? (from[k + step] ?? 0) : 0;
    to[k] = (before + 2 * (from[k] ?? 0) + after) / 4;
  }
  return to;
}

/** [side²] counts with the grain of chance taken out: neighbouring squares share, twice each way. */
function soften({ counts, side }: Density): Float32Array {
  let soft: Float32Array = Float32Array.from(counts);
  for (const step of [1, side, 1, side]) soft = blurAlong(soft, side, step);
  return soft;
}

/**
 * Squares as pixels: the hue of the mood that the square belongs to, the stronger the more songs, on a logarithmic scale
 * so that single songs stay visible beside crowds. Softened, so that it reads as a landscape and not as noise.
 * @param hues [moods][3] red, green, blue of each of `SONG_MOODS`, 0..255
 * @returns [4 side²] RGBA
 */
export function shadeDensity(density: Density, hues: readonly (readonly [number, number, number])[]): Uint8ClampedArray<ArrayBuffer> {
  const { side } = density;
  const soft = soften(density);
  const pixels = new Uint8ClampedArray(4 * side * side);
  let most = 0;
  for (const songs of soft) if (songs > most) most = songs;
  const scale = most > 0 ? 1 / Math.log1p(STEEP * most) : 0;
  for (let k = 0; k < soft.length; k++) {
    const songs = soft[k] ?? 0;
    if (songs === 0) continue;
    const point = { valence: (((k % side) + 0.5) / side) * 2 - 1, arousal: 1 - ((Math.floor(k / side) + 0.5) / side) * 2 };
    const [r, g, b] = hues[SONG_MOODS.indexOf(songMood(point))] ?? [0, 0, 0];
    pixels.set([r, g, b, 220 * Math.log1p(STEEP * songs) * scale], 4 * k);
  }
  return pixels;
}
