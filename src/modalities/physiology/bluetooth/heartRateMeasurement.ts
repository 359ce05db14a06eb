import type { Milliseconds } from '../../../core/units';

/** One Heart Rate Measurement (0x2A37), as sent: values are not judged here. */
export interface HeartRateMeasurement {
  /** bpm, 0..65535; 0 when the device has none. */
  readonly heartRate: number;
  /** null when the device cannot tell. */
  readonly hasContact: boolean | null;
  /** Kilojoules since the device's last reset; null when not sent. */
  readonly energyExpended: number | null;
  /** Oldest first. */
  readonly rrIntervals: readonly Milliseconds[];
}

const IS_WIDE = 0x01;
const IS_TOUCHING = 0x02;
const CAN_FEEL_TOUCH = 0x04;
const HAS_ENERGY = 0x08;
const HAS_RR = 0x10;
/** RR intervals come in 1/1024 s. */
const RR_UNITS_PER_SECOND = 1024;

/**
 * Bluetooth Heart Rate Service 1.0, section 3.1: flags; rate as uint8 or uint16; energy as uint16; then RR intervals as uint16
 * to the end. Numbers are little endian. An odd last byte is ignored.
 * @returns null when the bytes end before the fields that the flags announce
 */
export function decodeHeartRateMeasurement(bytes: DataView): HeartRateMeasurement | null {
  if (bytes.byteLength < 2) return null;
  const flags = bytes.getUint8(0);
  const rateBytes = flags & IS_WIDE ? 2 : 1;
  const energyAt = 1 + rateBytes;
  const rrAt = energyAt + (flags & HAS_ENERGY ? 2 : 0);
  if (bytes.byteLength < rrAt) return null;
  const rrIntervals: Milliseconds[] = [];
  if (flags & HAS_RR) {
    for (let at = rrAt; at + 2 <= bytes.byteLength; at += 2) rrIntervals.push((bytes.getUint16(at, true) * 1000) / RR_UNITS_PER_SECOND);
  }
  return {
    heartRate: rateBytes === 2 ? bytes.getUint16(1, true) : bytes.getUint8(1),
    hasContact: flags & CAN_FEEL_TOUCH ? Boolean(flags & IS_TOUCHING) : null,
    energyExpended: flags & HAS_ENERGY ? bytes.getUint16(energyAt, true) : null,
    rrIntervals,
  };
}
