/**
 * y = W x + b, in double precision.
 * @param weight [rows * columns] row-major, rows outputs of columns inputs each (PyTorch's `nn.Linear`)
 * @param bias [rows], or null for none
 */
export function dense(weight: Float32Array, bias: Float32Array | null, x: readonly number[]): number[] {
  const columns = x.length;
  return Array.from({ length: weight.length / columns }, (_, row) => {
    let sum = bias?.[row] ?? 0;
    for (let i = 0; i < columns; i++) sum += (weight[row * columns + i] ?? 0) * (x[i] ?? 0);
    return sum;
  });
}

/** y = x W + b with W [inputs * outputs], row-major. */
export function denseTransposed(weight: Float32Array, bias: Float32Array, x: readonly number[]): number[] {
  const outputs = bias.length;
  const y = Array.from(bias);
  x.forEach((value, row) => {
    for (let i = 0; i < outputs; i++) y[i] = (y[i] ?? 0) + value * (weight[row * outputs + i] ?? 0);
  });
  return y;
}

export const relu = (x: readonly number[]): number[] => x.map((value) => Math.max(0, value));
export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
