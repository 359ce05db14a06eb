import { isInterval, NO_READINGS, plausibleHeartRate, plausibleSkinTemperature, type Readings } from '../readings';
import { decodeHeartRateMeasurement } from './heartRateMeasurement';
import { decodeTemperatureMeasurement } from './temperatureMeasurement';

/** Readings of a Heart Rate Measurement; null when the bytes are none. */
export function readHeartRate(bytes: DataView): Readings | null {
  const measured = decodeHeartRateMeasurement(bytes);
  return (
    measured && {
      ...NO_READINGS,
      heartRate: plausibleHeartRate(measured.heartRate),
      rrIntervals: measured.rrIntervals.filter(isInterval),
      hasContact: measured.hasContact,
    }
  );
}

/** Readings of a Temperature Measurement; null when the bytes are none or say that there is no value. */
export function readTemperature(bytes: DataView): Readings | null {
  const measured = decodeTemperatureMeasurement(bytes);
  if (!measured || measured.celsius === null) return null;
  return { ...NO_READINGS, skinTemperature: plausibleSkinTemperature(measured.celsius) };
}
