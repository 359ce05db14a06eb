import type { ClockTime } from '../../core/records/situation';
import type { EpochMs } from '../../core/units';

/** Hour and weekday of a moment where the device is. */
export function clockTime(at: EpochMs): ClockTime {
  const date = new Date(at);
  return { hour: date.getHours() + date.getMinutes() / 60, weekday: date.getDay() };
}
