/**
 * Power spectrum of a real frame: complex FFT of half the length (Stockham radix 4), two numbers per instruction. Everything is double
 * precision. Numbers lie in memory as arrays of f64; real and imaginary parts apart.
 *
 * Tables of a size, each [half] f64 unless said: even and odd window weights; cosine and sine of 2 pi k / half; of 2 pi k / size; the
 * turns of the first pass, six arrays [half / 4]: cosine and sine of once, twice and three times 2 pi p / half.
 */
const F64: usize = 8;

// @ts-expect-error: decorators are AssemblyScript's
@inline
function twin(at: usize): v128 {
  return v128.load64_splat(at);
}

/** Even samples times even weights to `re`, odd ones to `im`. Samples are f32 or f64; `half` numbers each, a multiple of two. */
export function weigh(samples: usize, isSingle: bool, weights: usize, re: usize, im: usize, half: i32): void {
  const odd = weights + <usize>half * F64;
  for (let i: usize = 0; i < <usize>half * F64; i += 2 * F64) {
    let even: v128, uneven: v128;
    if (isSingle) {
      const four = v128.load(samples + i);
      even = f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 0, 2, 0, 2));
      uneven = f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 1, 3, 1, 3));
    } else {
      const a = v128.load(samples + 2 * i),
        b = v128.load(samples + 2 * i, 16);
      even = v128.shuffle<f64>(a, b, 0, 2);
      uneven = v128.shuffle<f64>(a, b, 1, 3);
    }
    v128.store(re + i, f64x2.mul(even, v128.load(weights + i)));
    v128.store(im + i, f64x2.mul(uneven, v128.load(odd + i)));
  }
}

/** The first pass, whose stride is one: two butterflies side by side. `quarter` is even. */
function firstPass(quarter: i32, ar: usize, ai: usize, br: usize, bi: usize, turns: usize): void {
  const step = <usize>quarter * F64;
  for (let p: usize = 0; p < step; p += 2 * F64) {
    const r0 = v128.load(ar + p),
      r1 = v128.load(ar + p + step),
      r2 = v128.load(ar + p + 2 * step),
      r3 = v128.load(ar + p + 3 * step);
    const m0 = v128.load(ai + p),
      m1 = v128.load(ai + p + step),
      m2 = v128.load(ai + p + 2 * step),
      m3 = v128.load(ai + p + 3 * step);
    const sumRe = f64x2.add(r0, r2),
      sumIm = f64x2.add(m0, m2),
      difRe = f64x2.sub(r0, r2),
      difIm = f64x2.sub(m0, m2);
    const oddRe = f64x2.add(r1, r3),
      oddIm = f64x2.add(m1, m3),
      rotRe = f64x2.sub(m1, m3),
      rotIm = f64x2.sub(r3, r1);
    const c1 = v128.load(turns + p),
      s1 = v128.load(turns + p + step),
      c2 = v128.load(turns + p + 2 * step),
      s2 = v128.load(turns + p + 3 * step),
      c3 = v128.load(turns + p + 4 * step),
      s3 = v128.load(turns + p + 5 * step);
    const x1 = f64x2.add(difRe, rotRe),
      y1 = f64x2.add(difIm, rotIm),
      x2 = f64x2.sub(sumRe, oddRe),
      y2 = f64x2.sub(sumIm, oddIm),
      x3 = f64x2.sub(difRe, rotRe),
      y3 = f64x2.sub(difIm, rotIm);
    spread(
      br + 4 * p,
      f64x2.add(sumRe, oddRe),
      f64x2.add(f64x2.mul(x1, c1), f64x2.mul(y1, s1)),
      f64x2.add(f64x2.mul(x2, c2), f64x2.mul(y2, s2)),
      f64x2.add(f64x2.mul(x3, c3), f64x2.mul(y3, s3)),
    );
    spread(
      bi + 4 * p,
      f64x2.add(sumIm, oddIm),
      f64x2.sub(f64x2.mul(y1, c1), f64x2.mul(x1, s1)),
      f64x2.sub(f64x2.mul(y2, c2), f64x2.mul(x2, s2)),
      f64x2.sub(f64x2.mul(y3, c3), f64x2.mul(x3, s3)),
    );
  }
}

/** Writes two rows of four from four columns of two. */
// @ts-expect-error: decorators are AssemblyScript's
@inline
function spread(to: usize, a: v128, b: v128, c: v128, d: v128): void {
  v128.store(to, v128.shuffle<f64>(a, b, 0, 2));
  v128.store(to, v128.shuffle<f64>(c, d, 0, 2), 16);
  v128.store(to, v128.shuffle<f64>(a, b, 1, 3), 32);
  v128.store(to, v128.shuffle<f64>(c, d, 1, 3), 48);
}

/** A pass in the middle: `n` is the length of the sub-transforms, `s` the stride, a multiple of two. */
function middlePass(n: i32, s: i32, half: i32, ar: usize, ai: usize, br: usize, bi: usize, cos: usize): void {
  const quarter = n >> 2;
  const step = <usize>(half / n) * F64;
  const sin = cos + <usize>half * F64;
  const stride = <usize>s * F64;
  const block = stride * <usize>quarter;
  for (let p: usize = 0; p < <usize>quarter; p++) {
    const turn = step * p;
    const c1 = twin(cos + turn),
      s1 = twin(sin + turn),
      c2 = twin(cos + 2 * turn),
      s2 = twin(sin + 2 * turn),
      c3 = twin(cos + 3 * turn),
      s3 = twin(sin + 3 * turn);
    let i = stride * p;
    let o: usize = 4 * i;
    for (const end = i + stride; i < end; i += 2 * F64, o += 2 * F64) {
      const r0 = v128.load(ar + i),
        r1 = v128.load(ar + i + block),
        r2 = v128.load(ar + i + 2 * block),
        r3 = v128.load(ar + i + 3 * block);
      const m0 = v128.load(ai + i),
        m1 = v128.load(ai + i + block),
        m2 = v128.load(ai + i + 2 * block),
        m3 = v128.load(ai + i + 3 * block);
      const sumRe = f64x2.add(r0, r2),
        sumIm = f64x2.add(m0, m2),
        difRe = f64x2.sub(r0, r2),
        difIm = f64x2.sub(m0, m2);
      const oddRe = f64x2.add(r1, r3),
        oddIm = f64x2.add(m1, m3),
        rotRe = f64x2.sub(m1, m3),
        rotIm = f64x2.sub(r3, r1);
      const x1 = f64x2.add(difRe, rotRe),
        y1 = f64x2.add(difIm, rotIm),
        x2 = f64x2.sub(sumRe, oddRe),
        y2 = f64x2.sub(sumIm, oddIm),
        x3 = f64x2.sub(difRe, rotRe),
        y3 = f64x2.sub(difIm, rotIm);
      v128.store(br + o, f64x2.add(sumRe, oddRe));
      v128.store(bi + o, f64x2.add(sumIm, oddIm));
      v128.store(br + o + stride, f64x2.add(f64x2.mul(x1, c1), f64x2.mul(y1, s1)));
      v128.store(bi + o + stride, f64x2.sub(f64x2.mul(y1, c1), f64x2.mul(x1, s1)));
      v128.store(br + o + 2 * stride, f64x2.add(f64x2.mul(x2, c2), f64x2.mul(y2, s2)));
      v128.store(bi + o + 2 * stride, f64x2.sub(f64x2.mul(y2, c2), f64x2.mul(x2, s2)));
      v128.store(br + o + 3 * stride, f64x2.add(f64x2.mul(x3, c3), f64x2.mul(y3, s3)));
      v128.store(bi + o + 3 * stride, f64x2.sub(f64x2.mul(y3, c3), f64x2.mul(x3, s3)));
    }
  }
}

/** The last pass when the length is an odd power of two. */
function lastPassOfTwo(s: i32, ar: usize, ai: usize, br: usize, bi: usize): void {
  const stride = <usize>s * F64;
  for (let q: usize = 0; q < stride; q += 2 * F64) {
    const r0 = v128.load(ar + q),
      r1 = v128.load(ar + q + stride),
      m0 = v128.load(ai + q),
      m1 = v128.load(ai + q + stride);
    v128.store(br + q, f64x2.add(r0, r1));
    v128.store(bi + q, f64x2.add(m0, m1));
    v128.store(br + q + stride, f64x2.sub(r0, r1));
    v128.store(bi + q + stride, f64x2.sub(m0, m1));
  }
}

/** The last pass when the length is a power of four: its turns are all 1. */
function lastPassOfFour(s: i32, ar: usize, ai: usize, br: usize, bi: usize): void {
  const stride = <usize>s * F64;
  for (let q: usize = 0; q < stride; q += 2 * F64) {
    const r0 = v128.load(ar + q),
      r1 = v128.load(ar + q + stride),
      r2 = v128.load(ar + q + 2 * stride),
      r3 = v128.load(ar + q + 3 * stride);
    const m0 = v128.load(ai + q),
      m1 = v128.load(ai + q + stride),
      m2 = v128.load(ai + q + 2 * stride),
      m3 = v128.load(ai + q + 3 * stride);
    const sumRe = f64x2.add(r0, r2),
      sumIm = f64x2.add(m0, m2),
      difRe = f64x2.sub(r0, r2),
      difIm = f64x2.sub(m0, m2);
    const oddRe = f64x2.add(r1, r3),
      oddIm = f64x2.add(m1, m3),
      rotRe = f64x2.sub(m1, m3),
      rotIm = f64x2.sub(r3, r1);
    v128.store(br + q, f64x2.add(sumRe, oddRe));
    v128.store(bi + q, f64x2.add(sumIm, oddIm));
    v128.store(br + q + stride, f64x2.add(difRe, rotRe));
    v128.store(bi + q + stride, f64x2.add(difIm, rotIm));
    v128.store(br + q + 2 * stride, f64x2.sub(sumRe, oddRe));
    v128.store(bi + q + 2 * stride, f64x2.sub(sumIm, oddIm));
    v128.store(br + q + 3 * stride, f64x2.sub(difRe, rotRe));
    v128.store(bi + q + 3 * stride, f64x2.sub(difIm, rotIm));
  }
}

/**
 * FFT of `half` complex numbers in the first buffer, a power of two from 8 on.
 * @param buffers re, im, re, im, [half] each; the last two are scratch
 * @param cos cosines, then sines, then (after four arrays) the turns of the first pass
 * @returns where the result's real part lies; the imaginary part follows it
 */
function transform(half: i32, buffers: usize, cos: usize): usize {
  const size = <usize>half * F64;
  let a = buffers,
    b = buffers + 2 * size;
  let n = half,
    s = 1;
  while (n > 1) {
    if (s === 1) firstPass(n >> 2, a, a + size, b, b + size, cos + 4 * size);
    else if (n === 2) lastPassOfTwo(s, a, a + size, b, b + size);
    else if (n === 4) lastPassOfFour(s, a, a + size, b, b + size);
    else middlePass(n, s, half, a, a + size, b, b + size, cos);
    s *= 4;
    n >>= 2;
    const from = a;
    a = b;
    b = from;
  }
  return a;
}

// @ts-expect-error: decorators are AssemblyScript's
@inline
function swapped(at: usize): v128 {
  const pair = v128.load(at);
  return v128.shuffle<f64>(pair, pair, 1, 0);
}

// @ts-expect-error: decorators are AssemblyScript's
@inline
function norm(re: v128, im: v128): v128 {
  return f64x2.add(f64x2.mul(re, re), f64x2.mul(im, im));
}

/**
 * |DFT|^2 of the weighed frame in the first two buffers.
 * @param power [half + 1]
 */
export function measure(half: i32, buffers: usize, tables: usize, power: usize): void {
  const size = <usize>half * F64;
  const re = transform(half, buffers, tables + 2 * size);
  const im = re + size;
  const cos = tables + 4 * size,
    sin = cos + size;
  const r0 = load<f64>(re),
    m0 = load<f64>(im);
  store<f64>(power, (r0 + m0) * (r0 + m0));
  store<f64>(power + size, (r0 - m0) * (r0 - m0));
  const point5 = f64x2.splat(0.5);
  // Pairs k, k + 1 and their partners half - k, half - k - 1; the middle one is its own partner.
  for (let k: usize = F64; k < size / 2 + F64; k += 2 * F64) {
    const j = size - k - F64;
    const r = v128.load(re + k),
      m = v128.load(im + k),
      rj = swapped(re + j),
      mj = swapped(im + j);
    const evenRe = f64x2.mul(point5, f64x2.add(r, rj)),
      evenIm = f64x2.mul(point5, f64x2.sub(m, mj)),
      oddRe = f64x2.mul(point5, f64x2.add(m, mj)),
      oddIm = f64x2.mul(point5, f64x2.sub(rj, r));
    const c = v128.load(cos + k),
      s = v128.load(sin + k);
    const turnRe = f64x2.add(f64x2.mul(oddRe, c), f64x2.mul(oddIm, s)),
      turnIm = f64x2.sub(f64x2.mul(oddIm, c), f64x2.mul(oddRe, s));
    const low = norm(f64x2.add(evenRe, turnRe), f64x2.add(evenIm, turnIm)),
      high = norm(f64x2.sub(evenRe, turnRe), f64x2.sub(turnIm, evenIm));
    v128.store(power + j, v128.shuffle<f64>(high, high, 1, 0));
    v128.store(power + k, low);
  }
}
