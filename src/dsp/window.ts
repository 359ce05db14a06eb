/**
 * Periodic Hann window, 0.5 - 0.5 cos(2 pi n / N), as scipy.signal.get_window('hann') and librosa.
 * @returns [length] weights in [0, 1]
 */
export function hannWindow(length: number): Float64Array {
  return Float64Array.from({ length }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / length));
}

/** Zeroth-order modified Bessel function of the first kind, by its power series; relative error below 1e-14 for |x| < 30. */
export function besselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-16; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/**
 * Kaiser window, symmetric (Kaiser & Schafer, 1980), as numpy.kaiser.
 * @param beta shape; 0 is rectangular
 * @returns [length] weights in (0, 1]
 */
export function kaiserWindow(length: number, beta: number): Float64Array {
  const centre = (length - 1) / 2;
  const peak = besselI0(beta);
  return Float64Array.from({ length }, (_, n) => {
    const r = centre === 0 ? 0 : (n - centre) / centre;
    return besselI0(beta * Math.sqrt(Math.max(0, 1 - r * r))) / peak;
  });
}
