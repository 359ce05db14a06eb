/** Root mean square of samples `start..start + length`, as librosa.feature.rms; silence and nothing give 0. */
export function rootMeanSquare(signal: Float32Array, start = 0, length = signal.length - start): number {
  let sum = 0;
  for (let i = start; i < start + length; i++) sum += (signal[i] ?? 0) ** 2;
  return length > 0 ? Math.sqrt(sum / length) : 0;
}

/**
 * Share of samples whose sign differs from the one before, as librosa.feature.zero_crossing_rate (threshold 1e-10, the first
 * sample is no crossing); silence gives 0.
 */
export function zeroCrossingRate(signal: Float32Array, start = 0, length = signal.length - start): number {
  let crossings = 0;
  for (let i = start + 1; i < start + length; i++) {
    if (isNegative(signal[i]) !== isNegative(signal[i - 1])) crossings++;
  }
  return length > 0 ? crossings / length : 0;
}

const isNegative = (sample: number | undefined): boolean => (sample ?? 0) < -1e-10;
