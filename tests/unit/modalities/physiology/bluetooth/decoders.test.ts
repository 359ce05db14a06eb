import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../../../src/core/random';
import { decodeBatteryLevel, decodeSensorLocation } from '../../../../../src/modalities/physiology/bluetooth/deviceFacts';
import { decodeHeartRateMeasurement } from '../../../../../src/modalities/physiology/bluetooth/heartRateMeasurement';
import { decodeMedicalFloat } from '../../../../../src/modalities/physiology/bluetooth/medicalFloat';
import { decodePolarMeasurement } from '../../../../../src/modalities/physiology/bluetooth/polarMeasurement';
import { readHeartRate, readTemperature } from '../../../../../src/modalities/physiology/bluetooth/readNotification';
import { decodeTemperatureMeasurement } from '../../../../../src/modalities/physiology/bluetooth/temperatureMeasurement';
import { bytesOf } from './support';

describe('Heart Rate Measurement', () => {
  test.each([
    ['rate in one byte', '00 48', { heartRate: 72, hasContact: null, energyExpended: null, rrIntervals: [] }],
    ['rate in two bytes', '01 2C 01', { heartRate: 300, hasContact: null, energyExpended: null, rrIntervals: [] }],
    ['contact felt', '06 3C', { heartRate: 60, hasContact: true, energyExpended: null, rrIntervals: [] }],
    ['contact lost', '04 3C', { heartRate: 60, hasContact: false, energyExpended: null, rrIntervals: [] }],
    ['a contact bit of a device that cannot feel', '02 3C', { heartRate: 60, hasContact: null, energyExpended: null, rrIntervals: [] }],
    ['energy', '08 3C 10 27', { heartRate: 60, hasContact: null, energyExpended: 10_000, rrIntervals: [] }],
    ['two beats', '10 3C 00 04 00 02', { heartRate: 60, hasContact: null, energyExpended: null, rrIntervals: [1000, 500] }],
    [
      'everything at once',
      '1F 3C 00 01 00 66 03',
      { heartRate: 60, hasContact: true, energyExpended: 1, rrIntervals: [(0x366 * 1000) / 1024] },
    ],
    ['announced beats that do not come', '10 3C', { heartRate: 60, hasContact: null, energyExpended: null, rrIntervals: [] }],
    ['half a beat at the end', '10 3C 00 04 01', { heartRate: 60, hasContact: null, energyExpended: null, rrIntervals: [1000] }],
  ])('%s', (_, hex, expected) => expect(decodeHeartRateMeasurement(bytesOf(hex))).toEqual(expected));

  test.each(['', '00', '01 48', '08 48', '08 48 01', '09 48 00 01'])('too short: "%s"', (hex) =>
    expect(decodeHeartRateMeasurement(bytesOf(hex))).toBeNull(),
  );

  test('as readings: what no heart does is left out', () => {
    expect(readHeartRate(bytesOf('10 00 00 04 00 00 FF FF'))).toMatchObject({ heartRate: null, rrIntervals: [1000] });
    expect(readHeartRate(bytesOf('01 FF FF'))?.heartRate).toBeNull();
    expect(readHeartRate(bytesOf('00 48'))?.heartRate).toBe(72);
  });
});

describe('IEEE 11073 float', () => {
  test.each([
    ['6C 01 00 FF', 36.4],
    ['97 0D 00 FE', 34.79],
    ['25 00 00 00', 37],
    ['01 00 00 03', 1000],
    ['FF FF FF 00', -1],
    ['9C FF FF FF', -10],
    ['FD FF 7F 00', 8_388_605],
    ['FF FF 7F 00', null],
    ['00 00 80 00', null],
    ['FE FF 7F 00', null],
    ['01 00 80 00', null],
    ['02 00 80 00', null],
    ['FF FF 7F FF', null],
    ['6C 01 00', null],
  ])('%s is %s', (hex, value) => expect(decodeMedicalFloat(bytesOf(hex), 0)).toBe(value));
});

describe('Temperature Measurement', () => {
  test('Celsius, Fahrenheit, time and type', () => {
    expect(decodeTemperatureMeasurement(bytesOf('00 6C 01 00 FF'))).toEqual({ celsius: 36.4, takenAt: null, type: null });
    expect(decodeTemperatureMeasurement(bytesOf('01 DA 03 00 FF'))?.celsius).toBeCloseTo(37, 10);
    expect(decodeTemperatureMeasurement(bytesOf('06 6C 01 00 FF EA 07 0B 19 11 1E 05 04'))).toEqual({
      celsius: 36.4,
      takenAt: '2026-11-25T17:30:05',
      type: 'finger',
    });
    expect(decodeTemperatureMeasurement(bytesOf('02 6C 01 00 FF 00 00 0B 19 11 1E 05'))?.takenAt).toBeNull();
    expect(decodeTemperatureMeasurement(bytesOf('04 6C 01 00 FF 63'))?.type).toBeNull();
  });

  test.each(['', '00 6C 01 00', '02 6C 01 00 FF EA 07', '04 6C 01 00 FF'])('too short: "%s"', (hex) =>
    expect(decodeTemperatureMeasurement(bytesOf(hex))).toBeNull(),
  );

  test('as readings: no value gives no packet, a value that no skin has gives no temperature', () => {
    expect(readTemperature(bytesOf('00 FF FF 7F 00'))).toBeNull();
    expect(readTemperature(bytesOf('00 00 01 00 00'))?.skinTemperature).toBeNull();
    expect(readTemperature(bytesOf('00 41 01 00 FF'))?.skinTemperature).toBe(32.1);
  });
});

describe('facts of the device', () => {
  test('battery', () => {
    expect([bytesOf('64'), bytesOf('00'), bytesOf('37'), bytesOf('65'), bytesOf('')].map(decodeBatteryLevel)).toEqual([
      1,
      0,
      0.55,
      null,
      null,
    ]);
  });

  test('location', () => {
    expect([bytesOf('01'), bytesOf('05'), bytesOf('07'), bytesOf('')].map(decodeSensorLocation)).toEqual(['chest', 'ear-lobe', null, null]);
  });
});

describe('Polar measurement data', () => {
  test('acceleration in thousandths of g', () => {
    expect(decodePolarMeasurement(bytesOf('02 00 94 35 77 00 00 00 00 01 E8 03 00 00 18 FC'))).toEqual({
      kind: 'acceleration',
      sentAt: 2_000_000_000n,
      x: Float32Array.of(1),
      y: Float32Array.of(0),
      z: Float32Array.of(-1),
    });
  });

  test.each(['', '02 00 94', '00 00 94 35 77 00 00 00 00 80 01 02 03', '0F 00 94 35 77 00 00 00 00 00 01 02 03'])(
    'unknown, compressed or too short: "%s"',
    (hex) => expect(decodePolarMeasurement(bytesOf(hex))).toBeNull(),
  );
});

test('10,000 random byte strings: nothing throws and every number is finite', () => {
  const random = seededRandom(11);
  const numbersIn = (value: unknown): number[] =>
    typeof value === 'number' ? [value] : value !== null && typeof value === 'object' ? Object.values(value).flatMap(numbersIn) : [];
  for (let i = 0; i < 10_000; i++) {
    const bytes = new DataView(Uint8Array.from({ length: Math.floor(random() * 24) }, () => Math.floor(random() * 256)).buffer);
    const decoded = [
      decodeHeartRateMeasurement(bytes),
      decodeTemperatureMeasurement(bytes),
      decodeBatteryLevel(bytes),
      decodeSensorLocation(bytes),
      decodePolarMeasurement(bytes),
      readHeartRate(bytes),
      readTemperature(bytes),
    ];
    expect(decoded.flatMap(numbersIn).every(Number.isFinite)).toBe(true);
  }
});

interface Vector {
  readonly hex: string;
  readonly expect: Readonly<Record<string, unknown>>;
}
const REFERENCE = join(process.env['SYNCIN_DATA'] ?? '../shared/data', 'reference/bluetooth/vectors.json');

describe.skipIf(!existsSync(REFERENCE))('vectors of the reference data', () => {
  const vectorsOf = (id: string): readonly Vector[] => {
    if (!existsSync(REFERENCE)) return [];
    const all = JSON.parse(readFileSync(REFERENCE, 'utf8')) as Record<string, { vectors?: Vector[] }>;
    return all[id]?.vectors ?? [];
  };

  test.each(vectorsOf('0x2A37'))('heart rate $hex', ({ hex, expect: wanted }) => {
    const measured = decodeHeartRateMeasurement(bytesOf(hex));
    expect(measured?.heartRate).toBe(wanted['hr']);
    if ('contact_supported' in wanted) expect(measured?.hasContact).toBe(wanted['contact_supported'] ? wanted['contact'] : null);
    if ('energy_kj' in wanted) expect(measured?.energyExpended).toBe(wanted['energy_kj']);
    if ('rr_ms' in wanted) expect(measured?.rrIntervals).toEqual(wanted['rr_ms']);
  });

  test.each(vectorsOf('0x2A1C'))('temperature $hex', ({ hex, expect: wanted }) =>
    expect(decodeTemperatureMeasurement(bytesOf(hex))?.celsius).toBe(wanted['celsius']),
  );

  test.each(vectorsOf('0x2A19'))('battery $hex', ({ hex, expect: wanted }) =>
    expect(decodeBatteryLevel(bytesOf(hex))).toBe(Number(wanted['percent']) / 100),
  );

  test.each(vectorsOf('polar_pmd'))('Polar $hex', ({ hex, expect: wanted }) =>
    expect(decodePolarMeasurement(bytesOf(hex))).toMatchObject({
      kind: 'ecg',
      microvolts: Float32Array.from(wanted['samples_uv'] as number[]),
    }),
  );
});
