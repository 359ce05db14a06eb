import { parseAmericanDate, parseClock, parseDate } from '../reading/parseTime';
import { readObjects } from '../reading/readObjects';
import type { ReadContext } from '../reading/readText';
import type { RecordingFile } from '../recording';
import type { RecordingBuilder } from '../recordingBuilder';

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** `{"bpm": 62, "confidence": 2}`; 0 is the watch's word for a rate that it could not tell. */
function rateOf({ value }: Fields): number | null {
  const rate = isFields(value) ? value['bpm'] : value;
  return typeof rate === 'number' ? rate : null;
}

/** Knows the day that an intraday answer names in front of its readings. */
class FitbitReader {
  #midnight: number | null = null;

  constructor(private readonly builder: RecordingBuilder) {}

  read(object: Fields): void {
    const { dateTime, time } = object;
    const rate = rateOf(object);
    if (typeof dateTime === 'string' && rate === null) this.#midnight = parseDate(dateTime);
    else if (rate === null) return;
    else if (typeof dateTime === 'string') this.#add(parseAmericanDate(dateTime, 0) ?? parseDate(dateTime, 0), rate);
    else if (typeof time === 'string' && this.#midnight !== null) this.#add(this.#midnight + (parseClock(time) ?? NaN), rate);
  }

  #add(at: number | null, rate: number): void {
    if (at !== null) this.builder.addHeartRate(at, rate);
  }
}

/**
 * Fitbit's heart rate as JSON: the account's archive (`heart_rate-2023-01-15.json`, times in UTC) or the intraday answer of its web
 * interface (a day, then times of the wearer's own clock).
 */
export async function readFitbit(file: RecordingFile, context: ReadContext, builder: RecordingBuilder): Promise<void> {
  const reader = new FitbitReader(builder);
  const isSound = await readObjects(file, context, (object) => {
    if (isFields(object)) reader.read(object);
  });
  if (!isSound) builder.markDamaged();
}
