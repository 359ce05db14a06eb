import type { MeasuredCurve, RecordingSummary } from '../../../../core/records/keptRecording';
import type { Milliseconds } from '../../../../core/units';
import { correctIntervals } from '../../../../dsp/physiology/hrv/artefacts';
import { successiveDifferences } from '../../../../dsp/physiology/hrv/timeDomain';
import type { PointSeries } from '../pointSeries';
import type { Recording } from '../recording';
import { CurveBuilder, stepOf } from './curve';
import type { Stretch } from './stretches';

const SECOND: Milliseconds = 1000;
/** RMSSD of less than a minute says little. */
const VARIABILITY_STEP: Milliseconds = 60_000;
const LEAST_DIFFERENCES = 15;
/** A beat that comes later than its interval says followed others that were not counted. */
const SLACK: Milliseconds = 1000;

function curveOf(series: PointSeries, stretch: Stretch, toValue: (value: number) => number = (value) => value): MeasuredCurve | null {
  const curve = new CurveBuilder(stretch, SECOND);
  const end = series.placeOf(stretch.to + 1);
  for (let i = series.placeOf(stretch.from); i < end; i++) curve.add(series.timeAt(i), toValue(series.valueAt(i)));
  return curve.finish();
}

/** Runs of intervals of beats that followed each other. */
function* runsOf(rr: PointSeries, from: number, to: number): Generator<number[]> {
  let run: number[] = [];
  for (let i = from; i < to; i++) {
    if (i > from && rr.timeAt(i) - rr.timeAt(i - 1) > rr.valueAt(i) + SLACK) {
      yield run;
      run = [];
    }
    run.push(rr.valueAt(i));
  }
  yield run;
}

/** RMSSD over the differences within runs, artefacts corrected; null for too few. */
function variabilityOf(rr: PointSeries, from: number, to: number): Milliseconds | null {
  let squares = 0;
  let count = 0;
  for (const run of runsOf(rr, from, to)) {
    for (const difference of successiveDifferences(correctIntervals(run).nn)) {
      squares += difference ** 2;
      count++;
    }
  }
  return count < LEAST_DIFFERENCES ? null : Math.sqrt(squares / count);
}

function variabilityCurve(rr: PointSeries, stretch: Stretch): MeasuredCurve | null {
  const curve = new CurveBuilder(stretch, VARIABILITY_STEP);
  const step = stepOf(stretch, VARIABILITY_STEP);
  for (let at = stretch.from; at <= stretch.to; at += step) {
    const value = variabilityOf(rr, rr.placeOf(at), rr.placeOf(Math.min(at + step, stretch.to + 1)));
    if (value !== null) curve.add(at, value);
  }
  return curve.finish();
}

/** Curves of a stretch. Heart rate comes from the beats where no rate was written. */
export function summarise({ heartRate, rr, eda, skinTemperature }: Recording, stretch: Stretch): RecordingSummary {
  return {
    ...stretch,
    heartRate: curveOf(heartRate, stretch) ?? curveOf(rr, stretch, (interval) => 60_000 / interval),
    rmssd: variabilityCurve(rr, stretch),
    microsiemens: curveOf(eda, stretch),
    skinTemperature: curveOf(skinTemperature, stretch),
  };
}
