import { readElements } from '../reading/readElements';
import { parseDate } from '../reading/parseTime';
import type { ReadContext } from '../reading/readText';
import type { RecordingFile } from '../recording';
import type { RecordingBuilder } from '../recordingBuilder';

const TIME = /<Time>([^<]*)<\/Time>/;
const RATE = /<HeartRateBpm[^>]*>\s*<Value>\s*(\d+(?:\.\d+)?)\s*<\/Value>/;

/** Training Center XML (Garmin, Polar, Suunto and others): the heart rate of each track point. */
export async function readTcx(file: RecordingFile, context: ReadContext, builder: RecordingBuilder): Promise<void> {
  const isWhole = await readElements(file, context, 'Trackpoint', (point) => {
    // The standard says UTC, and some writers leave the Z away.
    const at = parseDate((TIME.exec(point)?.[1] ?? '').trim(), 0);
    const rate = RATE.exec(point)?.[1];
    if (at !== null && rate !== undefined) builder.addHeartRate(at, Number(rate));
  });
  if (!isWhole) builder.markDamaged();
}
