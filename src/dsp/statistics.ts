/** Arithmetic mean; nothing gives 0. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
  return values.length > 0 ? sum / values.length : 0;
}

/** Population standard deviation (ddof 0), as numpy.std; nothing gives 0. */
export function deviation(values: ArrayLike<number>): number {
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const away = (values[i] ?? 0) - centre;
    sum += away * away;
  }
  return values.length > 0 ? Math.sqrt(sum / values.length) : 0;
}

/**
 * Percentile with linear interpolation, as numpy.percentile.
 * @param sorted ascending; nothing gives 0
 * @param percent 0..100
 */
export function percentileOfSorted(sorted: ArrayLike<number>, percent: number): number {
  const at = (Math.max(sorted.length - 1, 0) * percent) / 100;
  const low = Math.floor(at);
  const below = sorted[low] ?? 0;
  return below + ((sorted[low + 1] ?? below) - below) * (at - low);
}

/** Column `column` of a row-major matrix. */
export function columnOf(matrix: ArrayLike<number>, width: number, column: number): Float64Array {
  const out = new Float64Array(Math.floor(matrix.length / width));
  for (let row = 0; row < out.length; row++) out[row] = matrix[row * width + column] ?? 0;
  return out;
}

/** [width] means of the columns of a row-major matrix; no rows give zeros. */
export function columnMeans(matrix: ArrayLike<number>, width: number): Float64Array {
  const rows = Math.floor(matrix.length / width);
  const out = new Float64Array(width);
  for (let at = 0; at < rows * width; at += width) {
    for (let column = 0; column < width; column++) out[column] = (out[column] ?? 0) + (matrix[at + column] ?? 0);
  }
  for (let column = 0; column < width; column++) out[column] = (out[column] ?? 0) / Math.max(rows, 1);
  return out;
}

/** [width] population standard deviations of the columns; no rows give zeros. */
export function columnDeviations(matrix: ArrayLike<number>, width: number): Float64Array {
  const rows = Math.floor(matrix.length / width);
  const centres = columnMeans(matrix, width);
  const out = new Float64Array(width);
  for (let at = 0; at < rows * width; at += width) {
    for (let column = 0; column < width; column++) {
      const away = (matrix[at + column] ?? 0) - (centres[column] ?? 0);
      out[column] = (out[column] ?? 0) + away * away;
    }
  }
  for (let column = 0; column < width; column++) out[column] = Math.sqrt((out[column] ?? 0) / Math.max(rows, 1));
  return out;
}

/** Mean, deviation, 10th and 90th percentile: what most descriptors are summed up by. */
export function spreadOf(values: ArrayLike<number>): readonly [number, number, number, number] {
  const sorted = Float64Array.from(values).sort();
  return [mean(values), deviation(values), percentileOfSorted(sorted, 10), percentileOfSorted(sorted, 90)];
}

/**
 * Differences of rows `lag` apart.
 * @returns [max(rows - lag, 1) x width]; one row of zeros when there are too few
 */
export function laggedDifferences(matrix: ArrayLike<number>, width: number, lag: number): Float64Array {
  const rows = Math.floor(matrix.length / width) - lag;
  if (rows < 1) return new Float64Array(width);
  const out = new Float64Array(rows * width);
  for (let i = 0; i < out.length; i++) out[i] = (matrix[i + lag * width] ?? 0) - (matrix[i] ?? 0);
  return out;
}
