/** One radix-4 Stockham pass: `n` is the sub-transform length, `s` the stride; reads `a`, writes `b` (self-sorting). */
// eslint-disable-next-line max-lines-per-function -- one butterfly, a name per line; splitting it would cost a call per sample
export function radix4Pass(
  n: number,
  s: number,
  aRe: Float64Array,
  aIm: Float64Array,
  bRe: Float64Array,
  bIm: Float64Array,
  cos: Float64Array,
  sin: Float64Array,
): void {
  const quarter = n >> 2;
  const step = cos.length / n;
  for (let p = 0; p < quarter; p++) {
    const c1 = cos[p * step] ?? 0,
      s1 = sin[p * step] ?? 0;
    const c2 = cos[2 * p * step] ?? 0,
      s2 = sin[2 * p * step] ?? 0;
    const c3 = cos[3 * p * step] ?? 0,
      s3 = sin[3 * p * step] ?? 0;
    for (let q = 0; q < s; q++) {
      const i0 = q + s * p,
        i1 = i0 + s * quarter,
        i2 = i1 + s * quarter,
        i3 = i2 + s * quarter;
      const r0 = aRe[i0] ?? 0,
        r1 = aRe[i1] ?? 0,
        r2 = aRe[i2] ?? 0,
        r3 = aRe[i3] ?? 0;
      const m0 = aIm[i0] ?? 0,
        m1 = aIm[i1] ?? 0,
        m2 = aIm[i2] ?? 0,
        m3 = aIm[i3] ?? 0;
      const sumRe = r0 + r2,
        sumIm = m0 + m2,
        difRe = r0 - r2,
        difIm = m0 - m2;
      const oddRe = r1 + r3,
        oddIm = m1 + m3,
        rotRe = m1 - m3,
        rotIm = r3 - r1; // -i (b - d)
      const o = q + 4 * s * p;
      const x1 = difRe + rotRe,
        y1 = difIm + rotIm;
      const x2 = sumRe - oddRe,
        y2 = sumIm - oddIm;
      const x3 = difRe - rotRe,
        y3 = difIm - rotIm;
      bRe[o] = sumRe + oddRe;
      bIm[o] = sumIm + oddIm;
      bRe[o + s] = x1 * c1 + y1 * s1;
      bIm[o + s] = y1 * c1 - x1 * s1;
      bRe[o + 2 * s] = x2 * c2 + y2 * s2;
      bIm[o + 2 * s] = y2 * c2 - x2 * s2;
      bRe[o + 3 * s] = x3 * c3 + y3 * s3;
      bIm[o + 3 * s] = y3 * c3 - x3 * s3;
    }
  }
}

/** The last pass when the length is an odd power of two. */
export function radix2Pass(s: number, aRe: Float64Array, aIm: Float64Array, bRe: Float64Array, bIm: Float64Array): void {
  for (let q = 0; q < s; q++) {
    const r0 = aRe[q] ?? 0,
      r1 = aRe[q + s] ?? 0,
      m0 = aIm[q] ?? 0,
      m1 = aIm[q + s] ?? 0;
    bRe[q] = r0 + r1;
    bIm[q] = m0 + m1;
    bRe[q + s] = r0 - r1;
    bIm[q + s] = m0 - m1;
  }
}

/** The last pass when the length is a power of four: a radix-4 pass whose turns are all 1. */
export function lastRadix4Pass(s: number, aRe: Float64Array, aIm: Float64Array, bRe: Float64Array, bIm: Float64Array): void {
  for (let q = 0; q < s; q++) {
    const r0 = aRe[q] ?? 0,
      r1 = aRe[q + s] ?? 0,
      r2 = aRe[q + 2 * s] ?? 0,
      r3 = aRe[q + 3 * s] ?? 0;
    const m0 = aIm[q] ?? 0,
      m1 = aIm[q + s] ?? 0,
      m2 = aIm[q + 2 * s] ?? 0,
      m3 = aIm[q + 3 * s] ?? 0;
    bRe[q] = r0 + r2 + (r1 + r3);
    bIm[q] = m0 + m2 + (m1 + m3);
    bRe[q + s] = r0 - r2 + (m1 - m3);
    bIm[q + s] = m0 - m2 + (r3 - r1);
    bRe[q + 2 * s] = r0 + r2 - (r1 + r3);
    bIm[q + 2 * s] = m0 + m2 - (m1 + m3);
    bRe[q + 3 * s] = r0 - r2 - (m1 - m3);
    bIm[q + 3 * s] = m0 - m2 - (r3 - r1);
  }
}
