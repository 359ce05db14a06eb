import type { PhysiologyFrame } from '../../src/modalities/physiology/frame';
import { NO_READINGS } from '../../src/modalities/physiology/readings';
import { parseCsv } from './csv';

const COLUMNS = ['time', 'hr', 'rr', 'eda', 'temp'] as const;
type Column = (typeof COLUMNS)[number];
type Row = Readonly<Record<Column, number | null>>;

const EMPTY: PhysiologyFrame = { ...NO_READINGS, deviceId: 'recording', kind: 'recording' };

/**
 * A CSV of readings as one frame per second, at the second's end.
 * @returns null without a `time` column or without any reading
 */
export function readRecording(text: string): readonly (readonly [second: number, frame: PhysiologyFrame])[] | null {
  const [header = [], ...body] = parseCsv(text);
  const places = new Map(COLUMNS.map((name) => [name, header.findIndex((column) => column.trim() === name)] as const));
  if ((places.get('time') ?? -1) < 0) return null;
  const seconds = new Map<number, Row[]>();
  for (const cells of body) {
    const row = Object.fromEntries(COLUMNS.map((name) => [name, numberAt(cells, places.get(name) ?? -1)])) as Row;
    if (row.time === null) continue;
    const second = Math.floor(row.time) + 1;
    const rows = seconds.get(second);
    if (rows) rows.push(row);
    else seconds.set(second, [row]);
  }
  const frames = [...seconds].sort(([a], [b]) => a - b).map(([second, rows]) => [second, toFrame(rows)] as const);
  return frames.length > 0 ? frames : null;
}

function numberAt(cells: readonly string[], place: number): number | null {
  const cell = (cells[place] ?? '').trim();
  const value = Number(cell);
  return cell === '' || !Number.isFinite(value) ? null : value;
}

function toFrame(rows: readonly Row[]): PhysiologyFrame {
  const all = (name: Column) => rows.flatMap((row) => row[name] ?? []);
  const eda = all('eda');
  return {
    ...EMPTY,
    heartRate: all('hr').at(-1) ?? null,
    rrIntervals: all('rr'),
    eda: eda.length > 0 ? { sampleRate: eda.length, samples: Float32Array.from(eda) } : null,
    skinTemperature: all('temp').at(-1) ?? null,
  };
}
