/** Frames that a slope is fitted over. */
const WIDTH = 9;
const HALF = (WIDTH - 1) / 2;

/**
 * Slope of each column over nine frames by least squares: librosa.feature.delta(width=9, mode='interp') - at either edge the line (order
 * 1) through the first or last nine frames.
 * @param rows [frames x width] row-major
 * @returns [frames x width] per frame; zeros for fewer than nine frames
 */
export function deltas(rows: ArrayLike<number>, width: number): Float64Array {
  const frames = Math.floor(rows.length / width);
  const out = new Float64Array(frames * width);
  if (frames < WIDTH) return out;
  const norm = (HALF * (HALF + 1) * (2 * HALF + 1)) / 3;
  for (let t = 0; t < frames; t++) {
    const centre = Math.min(Math.max(t, HALF), frames - 1 - HALF);
    for (let column = 0; column < width; column++) {
      let sum = 0;
      for (let k = -HALF; k <= HALF; k++) sum += k * (rows[(centre + k) * width + column] ?? 0);
      out[t * width + column] = sum / norm;
    }
  }
  return out;
}
