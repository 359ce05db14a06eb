/** One packet of the Polar measurement data characteristic, of the two kinds that are read here, uncompressed only. */
export type PolarMeasurement = {
  /** Nanoseconds since 2000-01-01 UTC by the device's clock, of the last sample. */
  readonly sentAt: bigint;
} & (
  | { readonly kind: 'ecg'; readonly microvolts: Float32Array }
  /** Units of g. */
  | { readonly kind: 'acceleration'; readonly x: Float32Array; readonly y: Float32Array; readonly z: Float32Array }
);

const ECG = 0;
const ACCELERATION = 2;
const HEADER_BYTES = 10;

const int24 = (bytes: DataView, at: number): number =>
  ((bytes.getUint8(at) | (bytes.getUint8(at + 1) << 8) | (bytes.getUint8(at + 2) << 16)) << 8) >> 8;

/**
 * Layout as published with Polar's BLE SDK: type; uint64 time stamp; frame type; samples. ECG samples are int24 µV, acceleration
 * samples three int16 in thousandths of g (frame type 1); all little endian. Bytes of an incomplete last sample are ignored.
 * @returns null for other kinds, compressed packets, and bytes that end before the first sample
 */
export function decodePolarMeasurement(bytes: DataView): PolarMeasurement | null {
  if (bytes.byteLength <= HEADER_BYTES) return null;
  const [type, frameType] = [bytes.getUint8(0), bytes.getUint8(9)];
  const sentAt = bytes.getBigUint64(1, true);
  const room = bytes.byteLength - HEADER_BYTES;
  if (type === ECG && frameType === 0) {
    const microvolts = Float32Array.from({ length: Math.floor(room / 3) }, (_, i) => int24(bytes, HEADER_BYTES + 3 * i));
    return { kind: 'ecg', sentAt, microvolts };
  }
  if (type !== ACCELERATION || frameType !== 1) return null;
  const axis = (offset: number) =>
    Float32Array.from({ length: Math.floor(room / 6) }, (_, i) => bytes.getInt16(HEADER_BYTES + 6 * i + 2 * offset, true) / 1000);
  return { kind: 'acceleration', sentAt, x: axis(0), y: axis(1), z: axis(2) };
}
