/** Microsiemens that skin can have; outside them the electrodes are off or shorted. */
const HIGHEST = 100;
/** Counts of the two converters that hobby boards have: 10 bit (Arduino Uno) and 12 bit (ESP32, Due). */
export const ADC_COUNTS = { 10: 1024, 12: 4096 } as const;
export type AdcBits = keyof typeof ADC_COUNTS;

export interface GroveCalibration {
  readonly bits: AdcBits;
  /** The reading with nothing between the electrodes; trimmed on the module, half of full scale by default. */
  readonly openCircuit: number;
}

export const DEFAULT_CALIBRATION: GroveCalibration = { bits: 10, openCircuit: 512 };

/**
 * Skin conductance from the reading of a Grove GSR module, by the formula of its maker: R = (counts + 2x) · 10 kΩ / (open - x),
 * conductance = 10⁶ / R. The reading falls as conductance rises, and the steps grow coarse where it is low (near `open`).
 * @param reading mean converter reading, 0..counts
 * @returns microsiemens; null when the electrodes are off (reading at or above the open circuit) or the reading is impossible
 */
export function groveConductance(reading: number, { bits, openCircuit }: GroveCalibration): number | null {
  const counts = ADC_COUNTS[bits];
  if (!(reading >= 0 && reading < openCircuit)) return null;
  const resistance = ((counts + 2 * reading) * 10_000) / (openCircuit - reading);
  return plausibleConductance(1e6 / resistance);
}

export const plausibleConductance = (microsiemens: number): number | null =>
  microsiemens >= 0 && microsiemens <= HIGHEST ? microsiemens : null;
