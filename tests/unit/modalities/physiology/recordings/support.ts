import { readRecording, type ReadResult } from '../../../../../src/modalities/physiology/recordings/readRecording';
import type { PointSeries } from '../../../../../src/modalities/physiology/recordings/pointSeries';
import type { RecordingFile } from '../../../../../src/modalities/physiology/recordings/recording';
import { crc16 } from '../../../../../src/modalities/physiology/recordings/reading/byteReader';

/** A file in memory that comes in chunks of the given size, as from a disk. */
export function fileOf(name: string, content: string | Uint8Array, chunk = 977): RecordingFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    name,
    size: bytes.length,
    stream() {
      let at = 0;
      return new ReadableStream<Uint8Array>({
        pull(controller) {
          if (at >= bytes.length) controller.close();
          else controller.enqueue(bytes.slice(at, (at += chunk)));
        },
      });
    },
  };
}

export const readFiles = (...files: readonly RecordingFile[]): Promise<ReadResult> =>
  readRecording(files, { signal: new AbortController().signal });

export const pointsOf = (series: PointSeries): [number, number][] =>
  Array.from({ length: series.length }, (_, i) => [series.timeAt(i), Math.round(series.valueAt(i) * 1000) / 1000]);

const FIT_EPOCH_S = 631_065_600;

export interface FitSample {
  /** Epoch seconds. */
  readonly second: number;
  readonly bpm?: number;
  /** ms, after the record. */
  readonly beats?: readonly number[];
}

/** A FIT file as a watch writes it: `record` messages with time and heart rate, `hrv` messages with the beats since. */
export function fitFile(samples: readonly FitSample[], { isLittleEndian = true } = {}): Uint8Array {
  const data: number[] = [];
  const u16 = (value: number) => (isLittleEndian ? [value & 255, value >> 8] : [value >> 8, value & 255]);
  const u32 = (value: number) => {
    const bytes = [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, (value >>> 24) & 255];
    return isLittleEndian ? bytes : bytes.reverse();
  };
  const define = (local: number, message: number, fields: readonly [number, number, number][]) =>
    data.push(0x40 | local, 0, isLittleEndian ? 0 : 1, ...u16(message), fields.length, ...fields.flat());
  // Field 2 (altitude) stands for all that is skipped.
  define(0, 20, [
    [253, 4, 0x86],
    [2, 2, 0x84],
    [3, 1, 0x02],
  ]);
  define(1, 78, [[0, 10, 0x84]]);
  for (const { second, bpm, beats } of samples) {
    data.push(0, ...u32(second - FIT_EPOCH_S), ...u16(2500), bpm ?? 0xff);
    for (let i = 0; i < (beats?.length ?? 0); i += 5) data.push(1, ...[0, 1, 2, 3, 4].flatMap((k) => u16(beats?.[i + k] ?? 0xffff)));
  }
  const size = data.length;
  const header = [12, 16, 0x54, 8, size & 255, (size >> 8) & 255, (size >> 16) & 255, 0, ...new TextEncoder().encode('.FIT')];
  const whole = Uint8Array.from([...header, ...data]);
  const crc = crc16(whole);
  return Uint8Array.from([...whole, crc & 255, crc >> 8]);
}

export const DAY = Date.UTC(2024, 2, 5, 8, 0, 0);

/** `export.xml` with records of other kinds between, and a variability record with its beats. */
export function appleExport(rates: readonly (readonly [at: number, bpm: number])[]): string {
  const date = (at: number) => `${new Date(at + 3_600_000).toISOString().slice(0, 19).replace('T', ' ')} +0100`;
  const head =
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE HealthData [\n<!ELEMENT HealthData (Record)>\n]>\n<HealthData locale="de_DE">\n';
  const records = rates.map(
    ([at, bpm]) =>
      ` <Record type="HKQuantityTypeIdentifierStepCount" sourceName="Uhr &lt;3" unit="count" startDate="${date(at)}" endDate="${date(at)}" value="12"/>\n` +
      ` <Record type="HKQuantityTypeIdentifierHeartRate" sourceName="Uhr" unit="count/min" creationDate="${date(at)}" startDate="${date(at)}" endDate="${date(at)}" value="${bpm}">\n  <MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="1"/>\n </Record>\n`,
  );
  return `${head}${records.join('')}</HealthData>\n`;
}

export const APPLE_BEATS = ` <Record type="HKQuantityTypeIdentifierHeartRateVariabilitySDNN" sourceName="Uhr" unit="ms" startDate="2024-03-05 09:00:10 +0100" endDate="2024-03-05 09:01:10 +0100" value="41.2">
  <HeartRateVariabilityMetadataList>
   <InstantaneousBeatsPerMinute bpm="72" time="9:00:12,10 AM"/>
   <InstantaneousBeatsPerMinute bpm="71" time="9:00:12,94 AM"/>
   <InstantaneousBeatsPerMinute bpm="73" time="9:00:13,76 AM"/>
   <InstantaneousBeatsPerMinute bpm="70" time="9:00:20,00 AM"/>
   <InstantaneousBeatsPerMinute bpm="70" time="9:00:20,86 AM"/>
  </HeartRateVariabilityMetadataList>
 </Record>
`;
