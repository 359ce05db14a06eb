/** [count][size] rows of the orthonormal DCT-II: c[k][n] = sqrt(2 / N) cos(pi k (2n + 1) / 2N), row 0 divided by sqrt 2. */
export function dctRows(count: number, size: number): readonly Float64Array[] {
  return Array.from({ length: count }, (_, k) =>
    Float64Array.from({ length: size }, (_, n) => Math.sqrt((k === 0 ? 1 : 2) / size) * Math.cos((Math.PI * k * (2 * n + 1)) / (2 * size))),
  );
}

/**
 * Mel-frequency cepstral coefficients, frame by frame: scipy.fft.dct(type=2, norm='ortho'), as librosa.feature.mfcc(lifter=0).
 * @param logMel [frames x bands] dB, row-major
 * @returns [frames x count]; equal bands give zeros but for coefficient 0
 */
export function mfcc(logMel: Float32Array, bands: number, count: number): Float64Array {
  const rows = dctRows(count, bands);
  const frames = Math.floor(logMel.length / bands);
  const out = new Float64Array(frames * count);
  for (let t = 0; t < frames; t++) {
    for (let k = 0; k < count; k++) out[t * count + k] = product(rows[k], logMel, t * bands);
  }
  return out;
}

function product(row: Float64Array | undefined, values: Float32Array, at: number): number {
  if (row === undefined) return 0;
  let sum = 0;
  for (let n = 0; n < row.length; n++) sum += (row[n] ?? 0) * (values[at + n] ?? 0);
  return sum;
}
