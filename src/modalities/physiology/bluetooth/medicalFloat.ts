/** Mantissas that stand for no number: +INF, NaN, NRes, reserved, -INF. */
const SPECIAL: ReadonlySet<number> = new Set([0x7ffffe, 0x7fffff, -0x800000, -0x7fffff, -0x7ffffe]);

/**
 * IEEE 11073-20601 FLOAT: mantissa · 10^exponent, a signed 24-bit mantissa (little endian) and then a signed 8-bit exponent.
 * @returns null for NaN, NRes, ±INF and the reserved value (whatever their exponent), and when fewer than 4 bytes are left
 */
export function decodeMedicalFloat(bytes: DataView, at: number): number | null {
  if (at + 4 > bytes.byteLength) return null;
  const mantissa = ((bytes.getUint8(at) | (bytes.getUint8(at + 1) << 8) | (bytes.getUint8(at + 2) << 16)) << 8) >> 8;
  if (SPECIAL.has(mantissa)) return null;
  const exponent = bytes.getInt8(at + 3);
  // Dividing by a power of ten gives the nearest double, multiplying by a negative one does not: 364e-1 is 36.4.
  return exponent < 0 ? mantissa / 10 ** -exponent : mantissa * 10 ** exponent;
}
