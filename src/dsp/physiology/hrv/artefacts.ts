import type { Milliseconds, UnitInterval } from '../../../core/units';
import { percentileOfSorted } from '../../statistics';
import { successiveDifferences, type Intervals } from './timeDomain';

/** What an interval is: normal, of an ectopic beat, holding a missed beat, cut by an extra detection, or otherwise too long or short. */
export type BeatKind = 'normal' | 'ectopic' | 'missed' | 'extra' | 'misplaced';

/** Beyond these an interval is no resting or exercising heart's: 240 and 25 beats per minute. */
const SHORTEST: Milliseconds = 250;
const LONGEST: Milliseconds = 2400;

const WIDTH = 91;
const MEDIAN_WIDTH = 11;
/** 5.2 quartile deviations hold 99.95 % of a normal distribution. */
const SCALE = 5.2;
/** Clocks of straps count in 1/1024 s: differences below this are no artefacts however calm the heart. */
const LEAST_THRESHOLD: Milliseconds = 20;
const SLOPE = 0.13;
const OFFSET = 0.17;

function around(values: ArrayLike<number>, at: number, width: number): Float64Array {
  const from = Math.max(0, at - (width - 1) / 2);
  const to = Math.min(values.length, at + (width + 1) / 2);
  return Float64Array.from({ length: to - from }, (_, i) => values[from + i] ?? 0).sort();
}

/** 5.2 quartile deviations of |values| around each place. */
function thresholds(values: Float64Array): Float64Array {
  const sizes = values.map(Math.abs);
  return values.map((_, i) => {
    const sorted = around(sizes, i, WIDTH);
    return Math.max(LEAST_THRESHOLD, (SCALE * (percentileOfSorted(sorted, 75) - percentileOfSorted(sorted, 25))) / 2);
  });
}

interface Series {
  readonly rr: Float64Array;
  /** Differences to the interval before, over their threshold. */
  readonly steps: Float64Array;
  /** Distances from the running median, shorter ones doubled, over their threshold. */
  readonly distances: Float64Array;
  readonly medians: Float64Array;
  readonly limits: Float64Array;
}

function describe(rr: Float64Array): Series {
  const steps = Float64Array.of(0, ...successiveDifferences(rr));
  if (steps.length > 1) steps[0] = steps.subarray(1).reduce((sum, step) => sum + step, 0) / (steps.length - 1);
  const stepLimits = thresholds(steps);
  const medians = rr.map((_, i) => percentileOfSorted(around(rr, i, MEDIAN_WIDTH), 50));
  const distances = rr.map((interval, i) => {
    const distance = interval - (medians[i] ?? 0);
    return distance < 0 ? 2 * distance : distance;
  });
  const limits = thresholds(distances);
  return {
    rr,
    medians,
    limits,
    steps: steps.map((step, i) => step / (stepLimits[i] ?? 1)),
    distances: distances.map((distance, i) => distance / (limits[i] ?? 1)),
  };
}

/** A premature beat: a short interval between two rises, or the pause behind it between two falls. */
function isEctopic({ steps }: Series, i: number): boolean {
  const step = steps[i] ?? 0;
  const before = steps[i - 1] ?? 0;
  const after = steps[i + 1] ?? 0;
  if (step > 1) return Math.max(before, after) < -SLOPE * step - OFFSET;
  return step < -1 && Math.min(before, after) > -SLOPE * step + OFFSET;
}

function kindOfOutlier({ rr, steps, distances, medians, limits }: Series, i: number): BeatKind {
  const step = steps[i] ?? 0;
  const after = steps[i + 1] ?? 0;
  const second = steps[i + 2] ?? 0;
  const isLong = step > 1 && Math.min(after, second) < -1;
  const isShort = step < -1 && Math.max(after, second) > 1;
  if (!isLong && !isShort && Math.abs(distances[i] ?? 0) <= 3) return 'normal';
  const interval = rr[i] ?? 0;
  const median = medians[i] ?? 0;
  const limit = limits[i] ?? 0;
  if (isShort && Math.abs(interval + (rr[i + 1] ?? 0) - median) < limit) return 'extra';
  if ((isLong || (distances[i] ?? 0) > 3) && Math.abs(interval / 2 - median) < limit) return 'missed';
  return 'misplaced';
}

/**
 * Classifies each interval after Lipponen & Tarvainen (2019), A robust algorithm for heart rate variability time series artefact
 * correction, J. Medical Engineering & Technology 43: successive differences and distances from the running median against
 * thresholds that follow the series' own spread. Added: implausible intervals (25 to 240 beats per minute) are never normal, and
 * thresholds do not fall below 20 ms. Of a series shorter than four intervals only the implausible ones are found.
 */
export function classifyIntervals(intervals: Intervals): BeatKind[] {
  const series = describe(Float64Array.from(intervals));
  const kinds: BeatKind[] = [];
  for (let i = 0; i < series.rr.length; i++) {
    const interval = series.rr[i] ?? 0;
    const isPlausible = interval >= SHORTEST && interval <= LONGEST;
    const isOutlier = series.rr.length >= 4 && (Math.abs(series.steps[i] ?? 0) > 1 || Math.abs(series.distances[i] ?? 0) > 3);
    // The second half of an extra detection is merged with the first.
    if (kinds[i - 1] === 'extra') kinds.push('normal');
    else if (isOutlier) kinds.push(isEctopic(series, i) ? 'ectopic' : kindOfOutlier(series, i));
    else kinds.push(isPlausible ? 'normal' : 'misplaced');
    if (kinds[i] === 'normal' && !isPlausible && kinds[i - 1] !== 'extra') kinds[i] = 'misplaced';
  }
  return kinds;
}

export interface CorrectedIntervals {
  /** Normal-to-normal intervals, ms. */
  readonly nn: Float64Array;
  /** [nn] true where the value is made up: split, merged or interpolated. */
  readonly corrected: readonly boolean[];
  /** Intervals that were not normal, of those that came in; 0 for none. */
  readonly artefactRate: UnitInterval;
}

/** Normal neighbours as they are, missed beats split in halves, extra ones merged; the rest marked null for interpolation. */
function replaceBeats(rr: Intervals, kinds: readonly BeatKind[]): { value: Milliseconds | null; corrected: boolean }[] {
  const out: { value: Milliseconds | null; corrected: boolean }[] = [];
  for (let i = 0; i < kinds.length; i++) {
    const interval = rr[i] ?? 0;
    if (kinds[i] === 'normal') out.push({ value: interval, corrected: false });
    else if (kinds[i] === 'missed') out.push({ value: interval / 2, corrected: true }, { value: interval / 2, corrected: true });
    else if (kinds[i] === 'extra') {
      out.push({ value: interval + (rr[i + 1] ?? interval), corrected: true });
      i++;
    } else out.push({ value: null, corrected: true });
  }
  return out;
}

/**
 * Replaces what `classifyIntervals` flags: missed beats are inserted halfway, extra ones removed, ectopic and misplaced ones
 * interpolated linearly between the nearest normal intervals. A series without any normal interval comes back empty.
 */
export function correctIntervals(intervals: Intervals): CorrectedIntervals {
  const kinds = classifyIntervals(intervals);
  const beats = replaceBeats(intervals, kinds);
  const known = beats.flatMap(({ value }, i) => (value === null ? [] : [{ i, value }]));
  if (known.length === 0) return { nn: new Float64Array(), corrected: [], artefactRate: kinds.length > 0 ? 1 : 0 };
  let next = 0;
  const nn = Float64Array.from(beats, ({ value }, i) => {
    while (next < known.length && (known[next]?.i ?? 0) < i) next++;
    if (value !== null) return value;
    const after = known[next] ?? known[next - 1];
    const before = known[next - 1] ?? after;
    if (!after || !before || after.i === before.i) return before?.value ?? 0;
    return before.value + ((after.value - before.value) * (i - before.i)) / (after.i - before.i);
  });
  const flagged = kinds.filter((kind) => kind !== 'normal').length;
  return { nn, corrected: beats.map(({ corrected }) => corrected), artefactRate: flagged / kinds.length };
}
