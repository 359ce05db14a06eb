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
  for (let i = 0; i < values.length; i++) sum += ((values[i] ?? 0) - centre) ** 2;
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
  return Float64Array.from({ length: Math.floor(matrix.length / width) }, (_, row) => matrix[row * width + column] ?? 0);
}

/** [width] means of the columns of a row-major matrix. */
export function columnMeans(matrix: ArrayLike<number>, width: number): Float64Array {
  return Float64Array.from({ length: width }, (_, column) => mean(columnOf(matrix, width, column)));
}

/** [width] population standard deviations of the columns. */
export function columnDeviations(matrix: ArrayLike<number>, width: number): Float64Array {
  return Float64Array.from({ length: width }, (_, column) => deviation(columnOf(matrix, width, column)));
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
  return Float64Array.from({ length: rows * width }, (_, i) => (matrix[i + lag * width] ?? 0) - (matrix[i] ?? 0));
}
