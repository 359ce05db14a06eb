import type { EpochMs, Milliseconds } from '../../../../core/units';
import type { PointSeries } from '../pointSeries';
import type { EvenSeries, Recording } from '../recording';

/** A time in which something was measured without a longer pause. */
export interface Stretch {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

const LONGEST_PAUSE: Milliseconds = 120_000;
/** Shorter ones say nothing: the sense needs a minute, and two of rest before. */
const SHORTEST: Milliseconds = 60_000;
/** Years of a watch have thousands; nobody looks for one among more than these. */
const MOST = 200;

const lengthOf = ({ from, to }: Stretch): Milliseconds => to - from;
const endOf = ({ startAt, samples, sampleRate }: EvenSeries): EpochMs => startAt + (samples.length * 1000) / sampleRate;

function spansOf(series: PointSeries): Stretch[] {
  const spans: Stretch[] = [];
  let from = 0;
  for (let i = 1; i <= series.length; i++) {
    if (i < series.length && series.timeAt(i) - series.timeAt(i - 1) <= LONGEST_PAUSE) continue;
    spans.push({ from: series.timeAt(from), to: series.timeAt(i - 1) });
    from = i;
  }
  return spans;
}

function join(spans: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && span.from - last.to <= LONGEST_PAUSE) joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else joined.push(span);
  }
  return joined;
}

function allSpans({ heartRate, rr, eda, skinTemperature, ppg, acceleration }: Recording): Stretch[] {
  const points = [heartRate, rr, eda, skinTemperature].flatMap(spansOf);
  const waves = [...ppg, ...acceleration.map(([x]) => x)].map((wave) => ({ from: wave.startAt, to: endOf(wave) }));
  return join([...points, ...waves]);
}

/** From the first reading to the last. */
export function wholeOf(recording: Recording): Stretch {
  const spans = allSpans(recording);
  return { from: spans[0]?.from ?? 0, to: spans.at(-1)?.to ?? 0 };
}

/** Stretches of a minute and more, newest first; of too many the longest. */
export function stretchesOf(recording: Recording): readonly Stretch[] {
  const long = allSpans(recording).filter((span) => lengthOf(span) >= SHORTEST);
  const kept = long.length <= MOST ? long : long.toSorted((a, b) => lengthOf(b) - lengthOf(a)).slice(0, MOST);
  return kept.toSorted((a, b) => b.from - a.from);
}
