import type { EpochMs, Milliseconds, UnitInterval } from '../../../core/units';

export interface RegularSeries {
  /** Oldest first, the last one for `until`; begins after the last gap that was too long to bridge. */
  readonly values: Float64Array;
  /** Share of the values that were measured, not bridged; 0 for none. */
  readonly measured: UnitInterval;
}

export interface RegularOptions {
  readonly until: EpochMs;
  readonly step: Milliseconds;
  readonly count: number;
  /** Gaps of at most so many steps are bridged by a straight line, or held at the end. */
  readonly bridge: number;
}

function fill(values: (number | null)[], from: number, to: number): void {
  const before = values[from - 1] ?? null;
  const after = values[to] ?? null;
  for (let i = from; i < to; i++) {
    if (before === null) values[i] = after;
    else values[i] = after === null ? before : before + ((after - before) * (i - from + 1)) / (to - from + 1);
  }
}

/** An even series from a function that knows the value of a step, or null. */
export function regularSeries(valueAt: (at: EpochMs) => number | null, { until, step, count, bridge }: RegularOptions): RegularSeries {
  const values = Array.from({ length: count }, (_, i) => valueAt(until - (count - 1 - i) * step));
  const measured = values.map((value) => value !== null);
  let start = 0;
  for (let i = 0; i < count; i++) {
    if (measured[i]) continue;
    let end = i;
    while (end < count && !measured[end]) end++;
    if (i === start || end - i > bridge) start = end;
    else fill(values, i, end);
    i = end;
  }
  const kept = values.slice(start);
  const known = measured.slice(start).filter(Boolean).length;
  return { values: Float64Array.from(kept, (value) => value ?? 0), measured: kept.length > 0 ? known / kept.length : 0 };
}
