import { readElements, attribute } from '../reading/readElements';
import { parseDate } from '../reading/parseTime';
import type { ReadContext } from '../reading/readText';
import type { RecordingFile } from '../recording';
import type { RecordingBuilder } from '../recordingBuilder';

const TYPE = 'HKQuantityTypeIdentifier';
/** Looked for before anything else: one record in ten or fewer is about the body's signals. */
const MARK = `type="${TYPE}`;
const BEAT = /<InstantaneousBeatsPerMinute [^>]*time="(\d{1,2}):(\d{2}):(\d{2})[.,](\d{1,3})(?: ?([AP]M))?"/gi;
const DAY = 86_400_000;
/** Beats further apart were not counted one after the other. */
const LONGEST_PAUSE = 2500;

/** Milliseconds since midnight. */
function clockOf(parts: RegExpExecArray): number {
  const [, hour = '0', minute = '0', second = '0', fraction = '0', half] = parts;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
  return ((hours * 60 + Number(minute)) * 60 + Number(second)) * 1000 + Number(`0.${fraction}`) * 1000;
}

/**
 * A variability record lists the beats it was worked out from, with the time of each to 10 ms and a rate rounded to 1 bpm:
 * intervals come from the times.
 */
function addBeats(record: string, startAt: number, builder: RecordingBuilder): void {
  const clocks = [...record.matchAll(BEAT)].map((parts) => clockOf(parts as RegExpExecArray));
  const first = clocks[0];
  if (first === undefined) return;
  clocks.reduce((before, clock) => {
    const sinceFirst = (clock - first + DAY) % DAY;
    const interval = sinceFirst - before;
    if (interval > 0 && interval <= LONGEST_PAUSE) builder.addInterval(startAt + sinceFirst, interval);
    return sinceFirst;
  }, 0);
}

function addRecord(record: string, builder: RecordingBuilder): void {
  const place = record.indexOf(MARK);
  if (place < 0) return;
  const startAt = parseDate(attribute(record, 'startDate') ?? '');
  if (startAt === null) return;
  const value = Number(attribute(record, 'value') ?? NaN);
  const type = record.slice(place + MARK.length, record.indexOf('"', place + MARK.length));
  if (type === 'HeartRate') builder.addHeartRate(startAt, attribute(record, 'unit') === 'count/s' ? 60 * value : value);
  else if (type === 'HeartRateVariabilitySDNN') addBeats(record, startAt, builder);
  else if (type === 'ElectrodermalActivity') builder.addConductance(startAt, attribute(record, 'unit') === 'S' ? value * 1e6 : value);
}

/** Apple Health's `export.xml`: heart rates, the beats behind variability, and skin conductance where some app wrote it. */
export async function readAppleHealth(file: RecordingFile, context: ReadContext, builder: RecordingBuilder): Promise<void> {
  const isWhole = await readElements(file, context, 'Record', (record) => addRecord(record, builder));
  if (!isWhole) builder.markDamaged();
}
