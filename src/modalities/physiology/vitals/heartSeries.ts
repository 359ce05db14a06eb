import type { EpochMs, Milliseconds, Timed, UnitInterval } from '../../../core/units';
import { classifyIntervals, correctIntervals } from '../../../dsp/physiology/hrv/artefacts';
import { percentile } from '../../../dsp/physiology/hrv/timeDomain';
import { TimedWindow } from '../../../dsp/physiology/timedWindow';
import { mean } from '../../../dsp/statistics';
import { CONTEXT, WINDOW } from '../features';
import type { PhysiologyFrame } from '../frame';
import { PulseReader } from './pulseReader';
import { regularSeries, type RegularSeries } from './regularSeries';

const SECOND: Milliseconds = 1000;
/** Each value of the series is the mean over so long, as wrist sensors give it. */
const AVERAGE: Milliseconds = 10 * SECOND;
/** A rate as sent counts so long. */
const HELD: Milliseconds = 3 * SECOND;
/** Gaps up to so many seconds are bridged. */
const BRIDGE = 5;
const NEAR = 0.3;
const SPAN: Milliseconds = CONTEXT * SECOND + AVERAGE;

export interface HeartWindow extends RegularSeries {
  /** Share of the last minute's intervals that were no artefacts; 1 when only rates are known. */
  readonly cleanness: UnitInterval;
}

/**
 * The thresholds of the artefact detection follow the series, so a series of nothing but artefacts passes them: intervals also have
 * to lie within 30 % of the minute's median, where resting hearts in sinus rhythm stay.
 */
function cleannessOf(beats: readonly { readonly interval: Milliseconds; readonly isNormal: boolean }[]): UnitInterval {
  const middle = percentile(
    beats.map(({ interval }) => interval),
    50,
  );
  if (middle === null) return 1;
  return beats.filter(({ interval, isNormal }) => isNormal && Math.abs(interval - middle) <= NEAR * middle).length / beats.length;
}

/** Heart rate once a second, from RR intervals where there are any, else from a pulse wave, else from the rates as sent. */
export class HeartSeries {
  readonly #beats = new TimedWindow(SPAN);
  readonly #rates = new TimedWindow(SPAN);
  readonly #pulse = new PulseReader();

  push({ at, value: { rrIntervals, heartRate, ppg } }: Timed<PhysiologyFrame>): void {
    let end = at;
    const beats = rrIntervals.map((interval) => ({ interval, end: 0 }));
    for (const beat of beats.toReversed()) {
      beat.end = end;
      end -= beat.interval;
    }
    for (const beat of beats) this.#beats.push(beat.end, beat.interval);
    if (heartRate !== null) this.#rates.push(at, heartRate);
    if (ppg) for (const beat of this.#pulse.push(at, ppg)) this.#beats.push(beat.at, beat.interval);
  }

  /** When the heart last said anything; null before that. */
  get newest(): EpochMs | null {
    const times = [this.#beats.newest, this.#rates.newest].filter((time) => time !== null);
    return times.length > 0 ? Math.max(...times) : null;
  }

  /** @param since nothing from before counts */
  windowUntil(until: EpochMs, since: EpochMs): HeartWindow {
    const times = this.#beats.timesBetween(until - SPAN, until);
    const intervals = this.#beats.between(until - SPAN, until);
    const kinds = classifyIntervals(intervals);
    const normal = times.flatMap((time, i) => (kinds[i] === 'normal' ? [{ time, interval: intervals[i] ?? 0 }] : []));
    const rateAt = (at: EpochMs): number | null => {
      if (at - SECOND < since) return null;
      const beats = normal.filter(({ time }) => time > at - AVERAGE && time <= at).map(({ interval }) => interval);
      if (beats.length > 0) return 60_000 / mean(beats);
      return this.#rates.between(at - HELD, at).at(-1) ?? null;
    };
    const series = regularSeries(rateAt, { until, step: SECOND, count: CONTEXT, bridge: BRIDGE });
    const recent = intervals.flatMap((interval, i) =>
      (times[i] ?? 0) > until - WINDOW * SECOND ? [{ interval, isNormal: kinds[i] === 'normal' }] : [],
    );
    return { ...series, cleanness: cleannessOf(recent) };
  }

  /** Normal-to-normal intervals of the last `span`, artefacts corrected, for the screens. */
  normalIntervals(until: EpochMs, span: Milliseconds): Float64Array {
    return correctIntervals(this.#beats.between(until - span, until)).nn;
  }

  clear(): void {
    this.#beats.clear();
    this.#rates.clear();
    this.#pulse.clear();
  }
}
