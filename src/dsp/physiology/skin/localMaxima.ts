/**
 * Places that are higher than both neighbours; a plateau counts once, at its middle (rounded down), unless it touches an end.
 * The rule of scipy.signal.find_peaks.
 */
export function localMaxima(signal: ArrayLike<number>): number[] {
  const found: number[] = [];
  let i = 1;
  while (i < signal.length - 1) {
    if ((signal[i - 1] ?? 0) >= (signal[i] ?? 0)) {
      i++;
      continue;
    }
    let end = i + 1;
    while (end < signal.length - 1 && signal[end] === signal[i]) end++;
    if ((signal[end] ?? 0) < (signal[i] ?? 0)) found.push((i + end - 1) >> 1);
    i = end;
  }
  return found;
}

/** Lowest value between a peak and the nearest higher one in one direction (or the end). */
function lowestUntilHigher(signal: ArrayLike<number>, peak: number, step: 1 | -1): number {
  const height = signal[peak] ?? 0;
  let lowest = height;
  for (let i = peak; i >= 0 && i < signal.length && (signal[i] ?? 0) <= height; i += step) lowest = Math.min(lowest, signal[i] ?? 0);
  return lowest;
}

/** How far each peak stands above the higher of the valleys that part it from higher ground. */
export function prominences(signal: ArrayLike<number>, peaks: readonly number[]): number[] {
  return peaks.map((peak) => (signal[peak] ?? 0) - Math.max(lowestUntilHigher(signal, peak, -1), lowestUntilHigher(signal, peak, 1)));
}
