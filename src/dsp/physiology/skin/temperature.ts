import type { Seconds } from '../../../core/units';

/**
 * Least-squares slope of values over their times.
 * @param times [n] s; @param values [n]
 * @returns units per minute; null for fewer than two different times
 */
export function slopePerMinute(times: ArrayLike<Seconds>, values: ArrayLike<number>): number | null {
  const n = Math.min(times.length, values.length);
  let meanTime = 0;
  let meanValue = 0;
  for (let i = 0; i < n; i++) {
    meanTime += (times[i] ?? 0) / n;
    meanValue += (values[i] ?? 0) / n;
  }
  let product = 0;
  let square = 0;
  for (let i = 0; i < n; i++) {
    const t = (times[i] ?? 0) - meanTime;
    product += t * ((values[i] ?? 0) - meanValue);
    square += t * t;
  }
  return square > 1e-12 ? (60 * product) / square : null;
}

/** Skin outside these is not skin, °C. */
const COLDEST = 15;
const WARMEST = 42;

/**
 * Slope of skin temperature, °C per minute: fingers cool under sympathetic tone, and also because the room is cold. Readings
 * outside 15..42 °C are left out; null for less than a minute of the rest.
 */
export function temperatureSlope(times: readonly Seconds[], celsius: readonly number[]): number | null {
  const kept = times.flatMap((time, i) => {
    const value = celsius[i] ?? NaN;
    return value >= COLDEST && value <= WARMEST ? [{ time, value }] : [];
  });
  const first = kept[0]?.time ?? 0;
  const last = kept.at(-1)?.time ?? 0;
  if (last - first < 60) return null;
  return slopePerMinute(
    kept.map(({ time }) => time),
    kept.map(({ value }) => value),
  );
}
