import type { UnitInterval } from '../../../core/units';

/** Body Sensor Location (0x2A38), in the order of its codes. */
export const SENSOR_LOCATIONS = ['other', 'chest', 'wrist', 'finger', 'hand', 'ear-lobe', 'foot'] as const;
export type SensorLocation = (typeof SENSOR_LOCATIONS)[number];

/** Battery Level (0x2A19): uint8 percent. @returns 0..1; null when empty or above 100 % */
export function decodeBatteryLevel(bytes: DataView): UnitInterval | null {
  const percent = bytes.byteLength > 0 ? bytes.getUint8(0) : 255;
  return percent <= 100 ? percent / 100 : null;
}

/** @returns null when empty or not one of the codes of the specification */
export function decodeSensorLocation(bytes: DataView): SensorLocation | null {
  return bytes.byteLength > 0 ? (SENSOR_LOCATIONS[bytes.getUint8(0)] ?? null) : null;
}
