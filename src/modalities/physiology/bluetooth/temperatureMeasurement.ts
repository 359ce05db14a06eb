import { decodeMedicalFloat } from './medicalFloat';

/** Where the thermometer says it measures (0x2A1D, Temperature Type). */
export const TEMPERATURE_TYPES = ['armpit', 'body', 'ear', 'finger', 'gastro-intestinal', 'mouth', 'rectum', 'toe', 'tympanum'] as const;
export type TemperatureType = (typeof TEMPERATURE_TYPES)[number];

/** One Temperature Measurement (0x2A1C). */
export interface TemperatureMeasurement {
  /** °C; null when the device says that it has no value. */
  readonly celsius: number | null;
  /** The device's own clock, without a time zone, as `YYYY-MM-DDThh:mm:ss`; null when it has none. */
  readonly takenAt: string | null;
  readonly type: TemperatureType | null;
}

const IS_FAHRENHEIT = 0x01;
const HAS_TIME = 0x02;
const HAS_TYPE = 0x04;
const TIME_BYTES = 7;

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

/** Lowest and highest month, day, hours, minutes and seconds; a month or day of 0 is not known. */
const RANGES = [
  [1, 12],
  [1, 31],
  [0, 23],
  [0, 59],
  [0, 59],
] as const;

/** Date Time (0x2A08): year uint16, then one byte each. @returns null when a part is not known or impossible */
function decodeDateTime(bytes: DataView, at: number): string | null {
  const year = bytes.getUint16(at, true);
  const parts = RANGES.map((_, i) => bytes.getUint8(at + 2 + i));
  const isWhole = RANGES.every(([low, high], i) => (parts[i] ?? -1) >= low && (parts[i] ?? -1) <= high);
  if (year === 0 || !isWhole) return null;
  const [month, day, hours, minutes, seconds] = parts.map((part) => pad(part));
  return `${pad(year, 4)}-${month}-${day}T${hours}:${minutes}:${seconds}`;
}

/**
 * Bluetooth Health Thermometer Service 1.0, section 3.1: flags, IEEE 11073 float, then time stamp and type where announced.
 * @returns null when the bytes end before the fields that the flags announce
 */
export function decodeTemperatureMeasurement(bytes: DataView): TemperatureMeasurement | null {
  if (bytes.byteLength < 5) return null;
  const flags = bytes.getUint8(0);
  const typeAt = 5 + (flags & HAS_TIME ? TIME_BYTES : 0);
  if (bytes.byteLength < typeAt + (flags & HAS_TYPE ? 1 : 0)) return null;
  const value = decodeMedicalFloat(bytes, 1);
  return {
    celsius: value === null || !(flags & IS_FAHRENHEIT) ? value : ((value - 32) * 5) / 9,
    takenAt: flags & HAS_TIME ? decodeDateTime(bytes, 5) : null,
    type: flags & HAS_TYPE ? (TEMPERATURE_TYPES[bytes.getUint8(typeAt) - 1] ?? null) : null,
  };
}
