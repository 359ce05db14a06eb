import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../../../src/core/random';
import { AppError, codeOf } from '../../../../../src/core/errors';
import { readRecording } from '../../../../../src/modalities/physiology/recordings/readRecording';
import type { RecordingFile } from '../../../../../src/modalities/physiology/recordings/recording';
import { appleExport, DAY, fileOf, fitFile, readFiles } from './support';

const codeFor = (...files: readonly RecordingFile[]): Promise<string> =>
  readFiles(...files).then(
    () => 'read',
    (error: unknown) => codeOf(error),
  );

const MINUTE: [number, number][] = Array.from({ length: 60 }, (_, i) => [DAY + i * 1000, 60 + (i % 7)]);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const SAMPLES: Readonly<Record<string, Uint8Array>> = {
  'export.xml': bytesOf(appleExport(MINUTE)),
  'heart_rate.json': bytesOf(
    JSON.stringify(MINUTE.map(([at, bpm]) => ({ dateTime: `03/05/24 08:00:${new Date(at).toISOString().slice(17, 19)}`, value: { bpm } }))),
  ),
  'morning.fit': fitFile(MINUTE.map(([at, bpm]) => ({ second: at / 1000, bpm, beats: [900, 910] }))),
  'table.csv': bytesOf(`time,hr\n${MINUTE.map(([at, bpm]) => `${at},${bpm}`).join('\n')}\n`),
  'EDA.csv': bytesOf(`${DAY / 1000}\n4\n${MINUTE.map(([, bpm]) => bpm / 20).join('\n')}\n`),
  'run.tcx': bytesOf(
    `<TrainingCenterDatabase>${MINUTE.map(([at, bpm]) => `<Trackpoint><Time>${new Date(at).toISOString()}</Time><HeartRateBpm><Value>${bpm}</Value></HeartRateBpm></Trackpoint>`).join('')}</TrainingCenterDatabase>`,
  ),
};

describe('files of a wrong kind', () => {
  test.each([
    ['no file at all', [], 'recording/unknown-format'],
    ['an empty file', [fileOf('a.csv', '')], 'recording/empty'],
    ['a picture', [fileOf('a.fit', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0, 0, 0, 0))], 'recording/unknown-format'],
    ['a letter', [fileOf('a.csv', 'Dear diary,\ntoday nothing, really.\n')], 'recording/unknown-format'],
    ['a packed export', [fileOf('export.zip', 'PK\u0003\u0004rest')], 'recording/packed'],
    ['another JSON', [fileOf('a.json', '{"songs":[{"title":"x"}]}')], 'recording/unknown-format'],
    ['a table without a reading', [fileOf('a.csv', 'time,hr\n')], 'recording/empty'],
    ['rates that no heart has', [fileOf('a.csv', 'time,hr\n1,0\n2,9999\n3,NaN\n4,-5\n')], 'recording/empty'],
    ['an export without a heart', [fileOf('export.xml', appleExport([]))], 'recording/empty'],
    ['a FIT file of its header alone', [fileOf('a.fit', fitFile([]).slice(0, 12))], 'recording/damaged'],
    ['an Empatica name with a letter inside', [fileOf('HR.csv', 'hello')], 'recording/unknown-format'],
  ] as const)('%s: %s', async (_, files, code) => {
    expect(await codeFor(...files)).toBe(code);
  });
});

describe('damaged files', () => {
  test.each(Object.keys(SAMPLES))('%s cut in the middle: what is whole is read', async (name) => {
    const bytes = SAMPLES[name] ?? new Uint8Array();
    const { recording } = await readFiles(fileOf(name, bytes.slice(0, bytes.length / 2)));
    expect(recording.heartRate.length + recording.eda.length).toBeGreaterThan(10);
    expect(recording.heartRate.length + recording.eda.length).toBeLessThan(60);
  });

  test('a FIT file with a wrong byte is marked', async () => {
    const bytes = (SAMPLES['morning.fit'] ?? new Uint8Array()).slice();
    bytes[bytes.length - 40] = (bytes[bytes.length - 40] ?? 0) ^ 0x10;
    expect((await readFiles(fileOf('a.fit', bytes))).recording.isDamaged).toBe(true);
  });

  test.each(Object.keys(SAMPLES))('%s with 300 random changes each: no error but ours, no value but of a body', async (name) => {
    const random = seededRandom(11);
    for (let round = 0; round < 300; round++) {
      const bytes = (SAMPLES[name] ?? new Uint8Array()).slice();
      for (let n = 0; n < 1 + round / 20; n++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      const cut = random() < 0.3 ? Math.floor(random() * bytes.length) : bytes.length;
      try {
        const { recording } = await readFiles(fileOf(name, bytes.slice(0, cut), 509));
        for (let i = 0; i < recording.heartRate.length; i++) {
          expect(recording.heartRate.timeAt(i)).toBeGreaterThanOrEqual(0);
          expect(recording.heartRate.valueAt(i) >= 20 && recording.heartRate.valueAt(i) <= 260).toBe(true);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
      }
    }
  });

  test.each(Object.keys(SAMPLES))('noise under the name %s: 300 files, no error but ours', async (name) => {
    const random = seededRandom(5);
    for (let round = 0; round < 300; round++) {
      const head = round % 2 === 0 ? (SAMPLES[name] ?? new Uint8Array()).slice(0, 64) : new Uint8Array();
      const noise = Uint8Array.from({ length: Math.floor(random() * 900) }, () => Math.floor(random() * 256));
      const code = await codeFor(fileOf(name, Uint8Array.from([...head, ...noise])));
      expect(['read', 'recording/unknown-format', 'recording/packed', 'recording/empty', 'recording/damaged']).toContain(code);
    }
  });
});

describe('huge files', () => {
  /** Endless text of one kind, made while it is read. */
  function endless(name: string, head: string, piece: string, size: number): RecordingFile {
    const body = bytesOf(piece.repeat(Math.max(1, Math.floor(65_536 / piece.length))));
    return {
      name,
      size,
      stream() {
        let left = size;
        let isFirst = true;
        return new ReadableStream<Uint8Array>({
          pull(controller) {
            if (left <= 0) return controller.close();
            const bytes = isFirst ? bytesOf(head) : body;
            isFirst = false;
            left -= bytes.length;
            controller.enqueue(bytes);
          },
        });
      },
    };
  }

  test('an element, a line and an object without end do not fill the memory', async () => {
    const size = 50_000_000;
    const before = process.memoryUsage().arrayBuffers;
    expect(await codeFor(endless('export.xml', '<HealthData><Record type="', 'x', size))).toBe('recording/damaged');
    expect(await codeFor(endless('a.csv', 'time,hr\n1,60\n', '7', size))).toBe('read');
    expect(await codeFor(endless('a.json', '[{"dateTime":"', 'x', size))).toBe('recording/damaged');
    expect(await codeFor(endless('b.json', '[{"dateTime":1},', '[', size))).toBe('recording/damaged');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(30_000_000);
  });

  test('reading can be stopped', async () => {
    const controller = new AbortController();
    const file = endless('a.csv', 'time,hr\n', '1,60\n', 1e9);
    const reading = readRecording([file], {
      signal: controller.signal,
      onProgress: ({ readBytes }) => {
        if (readBytes > 1e6) controller.abort();
      },
    });
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('a file that goes away while it is read', async () => {
    const file: RecordingFile = {
      name: 'a.csv',
      size: 100,
      stream: () =>
        new ReadableStream<Uint8Array>({
          pull: (controller) => controller.error(new DOMException('gone', 'NotReadableError')),
        }),
    };
    expect(await codeFor(file)).toBe('recording/unreadable');
  });
});
