import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../../src/core/random';
import { BAUD_RATES } from '../../../../src/modalities/physiology/serial/baudRate';
import { isSensorText } from '../../../../src/modalities/physiology/serial/sensorText';
import { LineInterpreter } from '../../../../src/modalities/physiology/serial/interpretLine';
import { LineSplitter } from '../../../../src/modalities/physiology/serial/lineSplitter';
import { parseLine } from '../../../../src/modalities/physiology/serial/parseLine';
import { SampleRateMeter } from '../../../../src/modalities/physiology/serial/sampleRate';
import { SerialReader } from '../../../../src/modalities/physiology/serial/serialReader';
import { DEFAULT_CALIBRATION, groveConductance } from '../../../../src/modalities/physiology/serial/skinConductance';

describe('lines', () => {
  test('are the same wherever the stream is cut, with any line end', () => {
    const text = '512\r\nGSR:513\n\n\r514\rS515\n';
    const whole = new LineSplitter().push(text);
    expect(whole).toEqual(['512', 'GSR:513', '514', 'S515']);
    const splitter = new LineSplitter();
    expect([...text].flatMap((letter) => splitter.push(letter))).toEqual(whole);
  });

  test('that never end are dropped and cost no memory; the next one is read', () => {
    const splitter = new LineSplitter();
    for (let i = 0; i < 1000; i++) expect(splitter.push('x'.repeat(1000))).toEqual([]);
    expect(splitter.push('\n512\n')).toEqual(['512']);
  });
});

describe('one line', () => {
  test.each([
    ['512', { kind: 'values', values: [512] }],
    [' 512 ', { kind: 'values', values: [512] }],
    ['-1.5,2e1', { kind: 'values', values: [-1.5, 20] }],
    ['512;78;', { kind: 'values', values: [512, 78] }],
    ['GSR:512', { kind: 'named', values: { GSR: 512 }, unit: null }],
    ['GSR:512 BPM:78', { kind: 'named', values: { GSR: 512, BPM: 78 }, unit: null }],
    ['GSR = 512 mV T = 33 C', { kind: 'named', values: { GSR: 512, T: 33 }, unit: 'mV' }],
    ['sensorValue=512', { kind: 'named', values: { sensorValue: 512 }, unit: null }],
    ['GSR,512,END;', { kind: 'named', values: { GSR: 512 }, unit: null }],
    [`{'gsr':512, 'name':'x', 'bpm':78}`, { kind: 'named', values: { gsr: 512, bpm: 78 }, unit: null }],
    ['S512', { kind: 'named', values: { S: 512 }, unit: null }],
    ['Object = 36.2*C', { kind: 'named', values: { Object: 36.2 }, unit: 'C' }],
    ['gsr_us,bpm,temp c', { kind: 'header', names: ['gsr_us', 'bpm', 'temp c'] }],
  ])('%s', (line, expected) => expect(parseLine(line)).toEqual(expected));

  test.each([
    '',
    'hello',
    'Emotion Changes Detected!',
    '{"gsr":',
    '{}',
    '{"a":"b"}',
    '5x12',
    '1,2,x',
    '\u0000\ufffd\ufffd',
    '12:30',
    '--5',
  ])('noise: "%s"', (line) => expect(parseLine(line)).toBeNull());

  test('10,000 random lines: nothing throws, every number is finite', () => {
    const random = seededRandom(5);
    const alphabet = '0123456789.,;:=-+eE {}"\'GSRbpmq*C\t\u00b5\ufffd';
    const reader = new SerialReader({ deviceId: 'd' });
    for (let i = 0; i < 10_000; i++) {
      const line = Array.from({ length: Math.floor(random() * 40) }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
      const parsed = parseLine(line);
      if (parsed && parsed.kind !== 'header') expect(Object.values(parsed.values).every(Number.isFinite)).toBe(true);
      const frame = reader.push(`${line}\n`, i * 60)?.value;
      for (const value of [
        frame?.heartRate ?? 0,
        frame?.skinTemperature ?? 0,
        ...(frame?.rrIntervals ?? []),
        ...(frame?.eda?.samples ?? []),
      ]) {
        expect(Number.isFinite(value)).toBe(true);
      }
    }
  });
});

describe('meaning', () => {
  const read = (...lines: string[]) => {
    const interpreter = new LineInterpreter('skin');
    return lines.map((line) => {
      const parsed = parseLine(line);
      return parsed && interpreter.read(parsed);
    });
  };

  test('plain numbers by place', () => {
    expect(read('512', '512,78', '512,0.41', '78,769,530')).toEqual([
      { skin: 512 },
      { skin: 512, heartRate: 78 },
      { skin: 512 },
      { heartRate: 78, interval: { ms: 769, isRepeated: true }, pulse: 530 },
    ]);
    const line = parseLine('530');
    expect(line && new LineInterpreter('pulse').read(line)).toEqual({ pulse: 530 });
  });

  test('names', () => {
    expect(
      read('G512', 'S530', 'B78', 'Q769', 'TEMPRATURE = 36.5*C', 'Temp: 97.7 F', 'Ambient = 24*C\tObject = 33*C', 'threshold=5'),
    ).toEqual([
      { skin: 512 },
      { pulse: 530 },
      { heartRate: 78 },
      { interval: { ms: 769, isRepeated: false } },
      { celsius: 36.5 },
      { celsius: expect.closeTo(36.5) as number },
      { celsius: 33 },
      null,
    ]);
  });

  test('a header names the columns, text with commas does not', () => {
    expect(read('ms,eda_us,ppg,temp_c', '10,4.5,530,33.1', 'hello, world', '10,4.5,530,33.1', '512')).toEqual([
      null,
      { microsiemens: 4.5, pulse: 530, celsius: 33.1 },
      null,
      { microsiemens: 4.5, pulse: 530, celsius: 33.1 },
      { skin: 512 },
    ]);
  });
});

describe('skin conductance of the Grove module', () => {
  test.each([
    [100, 33.660131],
    [250, 17.191602],
    [400, 6.140351],
    [500, 0.592885],
  ])('reading %i is %f microsiemens', (reading, expected) =>
    expect(groveConductance(reading, DEFAULT_CALIBRATION)).toBeCloseTo(expected, 5),
  );

  test.each([512, 600, -1, NaN])('open or impossible: %f', (reading) => expect(groveConductance(reading, DEFAULT_CALIBRATION)).toBeNull());

  test('twelve bits', () => expect(groveConductance(1600, { bits: 12, openCircuit: 2048 })).toBeCloseTo(6.140351, 5));
});

test('the sample rate of bursts', () => {
  const meter = new SampleRateMeter();
  expect(meter.count(10, 0)).toBeNull();
  let rate: number | null = null;
  for (let at = 100; at <= 5000; at += 100) rate = meter.count(10, at);
  expect(rate).toBeCloseTo(100, 6);
  // Silence starts the count anew instead of diluting it.
  expect(meter.count(10, 30_000)).toBeNull();
});

describe('reader', () => {
  const stream = (reader: SerialReader, seconds: number, lineAt: (i: number) => string) => {
    const frames = [];
    // Five lines at a time, as the port gathers them.
    for (let i = 0; i < seconds * 100; i += 5) {
      const piece = Array.from({ length: 5 }, (_, k) => lineAt(i + k)).join('');
      const frame = reader.push(piece, i * 10);
      if (frame) frames.push(frame);
    }
    return frames;
  };

  test('each piece of 100 lines a second becomes a packet, in microsiemens', () => {
    const frames = stream(new SerialReader({ deviceId: 'd' }), 5, () => '400\r\n');
    expect(frames.length).toBe(100);
    const late = frames.at(-1)?.value;
    expect(late).toMatchObject({ deviceId: 'd', kind: 'serial', hasContact: true, heartRate: null, rrIntervals: [], ppg: null });
    expect(late?.eda?.samples.length).toBe(5);
    expect(late?.eda?.samples[0]).toBeCloseTo(6.14035, 4);
    expect(late?.eda?.sampleRate).toBeCloseTo(100, 0);
  });

  test('electrodes that are off say so and give no value', () => {
    const frames = stream(new SerialReader({ deviceId: 'd' }), 3, () => '600\n');
    expect(frames.at(-1)?.value).toMatchObject({ hasContact: false, eda: null });
  });

  test('beats of a pulse sensor: letters once a beat, rows only when they change', () => {
    const letters = stream(new SerialReader({ deviceId: 'd' }), 3, (i) => (i % 80 === 79 ? 'S500\nB75\nQ800\n' : 'S500\n'));
    expect(letters.flatMap(({ value }) => value.rrIntervals)).toEqual([800, 800, 800]);
    const rows = stream(new SerialReader({ deviceId: 'd' }), 6, (i) => `75,${i < 200 ? 800 : 812},500\n`);
    expect(rows.flatMap(({ value }) => value.rrIntervals)).toEqual([800, 812]);
    // The finger may be long gone: an unchanged rate is not news.
    expect(rows.at(-1)?.value.heartRate).toBeNull();
  });

  test('calibration takes what open electrodes read', () => {
    const reader = new SerialReader({ deviceId: 'd' });
    expect(reader.calibrate()).toBeNull();
    stream(reader, 1, (i) => `${540 + (i % 3)}\n`);
    expect(reader.calibrate()).toEqual({ bits: 10, openCircuit: 541 });
    stream(reader, 1, () => '3000\n');
    expect(reader.calibration.bits).toBe(12);
  });

  test('an hour at 100 Hz in fast-forward leaves nothing behind', () => {
    const reader = new SerialReader({ deviceId: 'd' });
    let samples = 0;
    const block = Array.from({ length: 100 }, (_, i) => `GSR:${380 + (i % 40)}\r\n`).join('');
    const heap = () => {
      globalThis.gc?.();
      return process.memoryUsage().heapUsed;
    };
    const before = heap();
    for (let second = 0; second < 3600; second++) samples += reader.push(block, second * 1000)?.value.eda?.samples.length ?? 0;
    expect(reader.counts).toEqual({ lines: 360_000, read: 360_000 });
    expect(samples).toBeGreaterThan(350_000);
    // Without a forced collection the heap holds what is not yet swept; a leak of the lines alone would be far above.
    expect(heap() - before).toBeLessThan(globalThis.gc ? 2e6 : 60e6);
  });
});

describe('baud rate', () => {
  const garbage = (seed: number) => {
    const random = seededRandom(seed);
    const bytes = Uint8Array.from({ length: 400 }, () => Math.floor(random() * 256));
    return new TextDecoder().decode(bytes);
  };

  test('sensor text is told from what a wrong rate makes of it', () => {
    expect(BAUD_RATES[0]).toBe(115_200);
    expect(isSensorText('2\n512\n513\n514\n')).toBe(true);
    expect(isSensorText('SR:5\r\nGSR:512\r\nGSR:513\r\nhello\r\nGSR:514\r\n')).toBe(true);
    expect(isSensorText('512\n513\n')).toBe(false);
    expect(isSensorText('')).toBe(false);
    for (let seed = 0; seed < 50; seed++) expect(isSensorText(garbage(seed)), String(seed)).toBe(false);
  });
});

interface Reference {
  readonly lines: readonly { readonly line: string; readonly read: Readonly<Record<string, unknown>> | null }[];
  readonly grove_gsr: { readonly examples: readonly { readonly x: number; readonly cal: number; readonly uS: number }[] };
}
const REFERENCE = join(process.env['SYNCIN_DATA'] ?? '../shared/data', 'reference/serial/lines.json');

describe.skipIf(!existsSync(REFERENCE))('formats of the reference data', () => {
  const reference = existsSync(REFERENCE)
    ? (JSON.parse(readFileSync(REFERENCE, 'utf8')) as Reference)
    : { lines: [], grove_gsr: { examples: [] } };

  test.each(reference.lines)('$line', ({ line, read }) => {
    const parsed = parseLine(line);
    if (read === null) return expect(parsed).toBeNull();
    const { values, unit, order: _, ...names } = read;
    if (values) expect(parsed).toEqual({ kind: 'values', values });
    else expect(parsed).toEqual({ kind: 'named', values: names, unit: unit ?? null });
  });

  test.each(reference.grove_gsr.examples)('Grove reading $x', ({ x, cal, uS }) =>
    expect(groveConductance(x, { bits: 10, openCircuit: cal })).toBeCloseTo(uS, 9),
  );
});
