const CLASSES = 12;
/** Turns per semitone, in units of pi, and radii of the circles of fifths, minor and major thirds. */
const CIRCLES = [
  [7 / 6, 1],
  [3 / 2, 1],
  [2 / 3, 0.5],
] as const;

/** [6 x 12] sine and cosine of each pitch class on each circle, times its radius. */
const PLACES = CIRCLES.flatMap(([step, radius]) => [
  Float64Array.from({ length: CLASSES }, (_, pitch) => radius * Math.sin(Math.PI * step * pitch)),
  Float64Array.from({ length: CLASSES }, (_, pitch) => radius * Math.cos(Math.PI * step * pitch)),
]);

/**
 * Tonal centroid (tonnetz) of a pitch-class profile (Harte, Sandler & Gasser 2006), as librosa.feature.tonnetz.
 * @param chroma [12] energy per pitch class, C first, >= 0; any scale
 * @returns [6] fifths x and y, minor thirds x and y, both in [-1, 1], major thirds x and y in [-.5, .5]; silence gives zeros
 */
export function tonalCentroid(chroma: ArrayLike<number>): Float64Array {
  let sum = 0;
  for (let pitch = 0; pitch < CLASSES; pitch++) sum += chroma[pitch] ?? 0;
  return Float64Array.from(PLACES, (place) => (sum > 0 ? place.reduce((total, x, pitch) => total + x * (chroma[pitch] ?? 0), 0) / sum : 0));
}
