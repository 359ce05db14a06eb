import { SONG_MOODS, songMood } from '../../../words/mood';
import type { SongGrid } from './songGrid';

/** How many songs lie in each square of the plane, for views too far away to tell songs apart. */
export interface Density {
  /** Squares per side. */
  readonly side: number;
  /** [side²] row by row from the top left, as pictures are. */
  readonly counts: Uint16Array;
  readonly most: number;
}

export function binDensity({ valence, arousal }: SongGrid, side: number): Density {
  const counts = new Uint16Array(side * side);
  let most = 0;
  for (let i = 0; i < valence.length; i++) {
    const x = Math.min(side - 1, Math.max(0, Math.floor((((valence[i] ?? 0) + 1) / 2) * side)));
    const y = Math.min(side - 1, Math.max(0, Math.floor(((1 - (arousal[i] ?? 0)) / 2) * side)));
    const count = Math.min(65_535, (counts[y * side + x] ?? 0) + 1);
    counts[y * side + x] = count;
    if (count > most) most = count;
  }
  return { side, counts, most };
}

/**
 * Squares as pixels: the hue of the mood that the square belongs to, the stronger the more songs, on a logarithmic scale
 * so that single songs stay visible beside crowds.
 * @param hues [moods][3] red, green, blue of each of `SONG_MOODS`, 0..255
 * @returns [4 side²] RGBA
 */
export function shadeDensity(
  { side, counts, most }: Density,
  hues: readonly (readonly [number, number, number])[],
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * side * side);
  const scale = most > 0 ? 1 / Math.log1p(most) : 0;
  for (let k = 0; k < counts.length; k++) {
    const count = counts[k] ?? 0;
    if (count === 0) continue;
    const point = { valence: (((k % side) + 0.5) / side) * 2 - 1, arousal: 1 - ((Math.floor(k / side) + 0.5) / side) * 2 };
    const [r, g, b] = hues[SONG_MOODS.indexOf(songMood(point))] ?? [0, 0, 0];
    pixels.set([r, g, b, 60 + 180 * Math.log1p(count) * scale], 4 * k);
  }
  return pixels;
}
