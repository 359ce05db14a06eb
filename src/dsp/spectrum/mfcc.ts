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

/** Four sums at once, as a single one would wait for each addition before the next. */
function product(row: Float64Array | undefined, values: Float32Array, at: number): number {
  if (row === undefined) return 0;
  const whole = row.length & ~3;
  let a = 0,
    b = 0,
    c = 0,
    d = 0;
  for (let n = 0; n < whole; n += 4) {
    a += (row[n] ?? 0) * (values[at + n] ?? 0);
    b += (row[n + 1] ?? 0) * (values[at + n + 1] ?? 0);
    c += (row[n + 2] ?? 0) * (values[at + n + 2] ?? 0);
    d += (row[n + 3] ?? 0) * (values[at + n + 3] ?? 0);
  }
  for (let n = whole; n < row.length; n++) a += (row[n] ?? 0) * (values[at + n] ?? 0);
  return a + b + (c + d);
}
