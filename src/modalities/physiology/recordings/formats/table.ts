import { parseClock, parseDate, parseTime, type ParsedTime } from '../reading/parseTime';
import { readLines, type ReadContext } from '../reading/readText';
import type { RecordingFile } from '../recording';
import type { RecordingBuilder } from '../recordingBuilder';
import { readHeading, separatorOf, splitRow, type Column, type Columns } from './tableColumns';

/** Seconds between 1970 and the epoch of the FIT protocol, the last day of 1989. */
export const FIT_EPOCH_S = 631_065_600;
/** Lines before the heading: devices, names, totals. */
const MOST_PREFACE = 40;
/** Intervals below are seconds, not milliseconds. */
const SECONDS_BELOW = 10;

/** A table of readings, line by line: where its columns are, when it began, and how far it got. */
class TableReader {
  #columns: Columns | null = null;
  #separator = ',';
  #preface: string[][] = [];
  /** Start of a recording whose rows tell the time since then. */
  #startAt: number | null = null;
  #beatAt = 0;
  #isFitTool = false;
  rows = 0;
  broken = 0;

  constructor(private readonly builder: RecordingBuilder) {}

  read(line: string): void {
    if (line.trim() === '') return;
    if (this.#columns) return this.#readRow(splitRow(line, this.#separator));
    if (this.#isFitTool) return this.#readFitRow(splitRow(line, ','));
    this.#separator = separatorOf(line);
    // A mark of the byte order, or a sign that the line is a comment.
    const cells = splitRow(line.replace(/^[\uFEFF#%\s]+/, ''), this.#separator);
    if (cells[0] === 'Type' && cells.includes('Field 1')) this.#isFitTool = true;
    else if (cells.length === 1 && Number(cells[0]) > 0) this.#beginIntervals(cells);
    else this.#begin(cells);
  }

  /** No heading: a column of numbers is the list of beat intervals that heart rate apps export. */
  #beginIntervals(cells: readonly string[]): void {
    this.builder.markUndated();
    this.#startAt = 0;
    this.#columns = { rr: 0 };
    this.#readRow(cells);
  }

  #begin(cells: string[]): void {
    this.#columns = readHeading(cells);
    if (!this.#columns) {
      if (this.#preface.length < MOST_PREFACE) this.#preface.push(cells);
      return;
    }
    this.#startAt = startOf(this.#preface);
    this.#preface = [];
  }

  #readRow(cells: readonly string[]): void {
    this.rows++;
    const rr = this.#numberIn(cells, 'rr');
    const at = this.#timeOf(cells, rr);
    if (at === null) {
      this.broken++;
      return;
    }
    if (rr !== null) this.builder.addInterval(at, toMilliseconds(rr));
    const rate = this.#numberIn(cells, 'heartRate');
    if (rate !== null) this.builder.addHeartRate(at, rate);
    const eda = this.#numberIn(cells, 'eda');
    if (eda !== null) this.builder.addConductance(at, eda);
    const celsius = this.#numberIn(cells, 'skinTemperature');
    if (celsius !== null) this.builder.addSkinTemperature(at, celsius);
  }

  #cell(cells: readonly string[], column: Column): string {
    return cells[this.#columns?.[column] ?? -1] ?? '';
  }

  #numberIn(cells: readonly string[], column: Column): number | null {
    const cell = this.#cell(cells, column);
    // A decimal comma, where commas do not part the cells.
    const value = Number(this.#separator === ',' ? cell : cell.replace(',', '.'));
    return cell === '' || !Number.isFinite(value) ? null : value;
  }

  #timeOf(cells: readonly string[], rr: number | null): number | null {
    const day = parseDate(this.#cell(cells, 'date'));
    const text = this.#cell(cells, 'time');
    if (day !== null) return day + (text === '' ? 0 : (parseClock(text) ?? 0));
    if (this.#columns?.time !== undefined) return this.#resolve(parseTime(text));
    return rr === null ? null : this.#resolve({ kind: 'elapsed', after: (this.#beatAt += toMilliseconds(rr)) });
  }

  #resolve(time: ParsedTime | null): number | null {
    if (time === null || time.kind === 'date') return time?.at ?? null;
    if (this.#startAt === null) this.builder.markUndated();
    this.#startAt ??= 0;
    return this.#startAt + time.after;
  }

  /** Garmin's own converter writes a row per message, and in it name, value and unit of each field. */
  #readFitRow(cells: readonly string[]): void {
    if (cells[0] !== 'Data' || cells[2] !== 'record') return;
    this.rows++;
    const named = (name: string): number => Number(cells[cells.indexOf(name, 3) + 1] ?? NaN);
    if (cells.includes('heart_rate')) this.builder.addHeartRate((named('timestamp') + FIT_EPOCH_S) * 1000, named('heart_rate'));
  }
}

const toMilliseconds = (rr: number): number => (rr < SECONDS_BELOW ? rr * 1000 : rr);

/** Polar's tables name day and hour of the start in two rows above the readings. */
function startOf(preface: readonly (readonly string[])[]): number | null {
  for (const [i, names] of preface.entries()) {
    const [day, hour] = [names.indexOf('Date'), names.indexOf('Start time')];
    const values = preface[i + 1];
    if (day < 0 || hour < 0 || !values) continue;
    const date = (values[day] ?? '').replace(/^(\d{2})[-.](\d{2})[-.](\d{4})$/, '$3-$2-$1');
    return parseDate(`${date} ${values[hour] ?? ''}`);
  }
  return null;
}

/** A CSV of readings: Polar, Garmin, Fitbit's newer archive, or any table that names a time and a heart rate, beats or skin. */
export async function readTable(file: RecordingFile, context: ReadContext, builder: RecordingBuilder): Promise<void> {
  const reader = new TableReader(builder);
  const isWhole = await readLines(file, context, (line) => reader.read(line));
  // The last row of a file that was cut off, or a total below the readings, is no damage.
  if (!isWhole || reader.broken > Math.max(1, reader.rows / 100)) builder.markDamaged();
}
