import type { AffectPoint } from '../../core/music';

/** From here on dots are counted by the pixel: as a path, 100,000 of them would hold the page for a tenth of a second. */
export const MANY_DOTS = 3000;
/** Opacity of one dot among `MANY_DOTS`, and the least of one among more. */
const STRONG = 0.26;
const WEAK = 0.05;
/** px: a dot is a square of this side. */
const DOT = 2;
/** More songs in one place look the same. */
const FULL = 127;

/**
 * Many dots as a picture: where more songs lie, it is denser.
 * @param side px of the square picture
 * @returns [4 side²] RGBA, black; opacity 0 where no song is
 */
export function shadeDots(points: readonly AffectPoint[], side: number): Uint8ClampedArray<ArrayBuffer> {
  const counts = new Uint8Array(side * side);
  const place = (share: number): number => Math.min(side - DOT, Math.max(0, Math.round(share * side - DOT / 2)));
  const count = (k: number): void => {
    const known = counts[k] ?? 0;
    if (known < FULL) counts[k] = known + 1;
  };
  for (const { valence, arousal } of points) {
    const corner = place((1 - arousal) / 2) * side + place((1 + valence) / 2);
    count(corner);
    count(corner + 1);
    count(corner + side);
    count(corner + side + 1);
  }
  const through = 1 - Math.max(WEAK, STRONG * Math.sqrt(MANY_DOTS / Math.max(MANY_DOTS, points.length)));
  const opacities = Uint8ClampedArray.from({ length: FULL + 1 }, (_, songs) => 255 * (1 - through ** songs));
  const pixels = new Uint8ClampedArray(4 * side * side);
  counts.forEach((songs, k) => (pixels[4 * k + 3] = opacities[songs] ?? 255));
  return pixels;
}
