import { parseDate } from '../reading/parseTime';
import { readLines, type ReadContext } from '../reading/readText';
import type { RecordingFile } from '../recording';
import type { RecordingBuilder } from '../recordingBuilder';

export const EMPATICA_FILES = ['IBI.csv', 'HR.csv', 'EDA.csv', 'TEMP.csv', 'BVP.csv', 'ACC.csv'] as const;
export type EmpaticaFile = (typeof EMPATICA_FILES)[number];

/** The wristband counts 64 to one g. */
const COUNTS_PER_G = 64;
/** Waves go on in pieces of so many samples, so that no array has to grow. */
const PIECE = 4096;

export function empaticaFileOf(name: string): EmpaticaFile | null {
  return EMPATICA_FILES.find((known) => known.toLowerCase() === name.toLowerCase()) ?? null;
}

/** First line: the start, in seconds since 1970 or as a date in UTC; second line: samples per second; then one sample a line. */
class EvenFile {
  #startAt: number | null = null;
  #rate = 0;
  #n = 0;
  broken = 0;

  constructor(private readonly see: (at: number, values: readonly number[], rate: number) => void) {}

  read(line: string): void {
    const [first = '', ...more] = line.split(',');
    if (line.trim() === '') return;
    const value = Number(first);
    if (this.#startAt === null) this.#startAt = Number.isFinite(value) ? value * 1000 : (parseDate(first.trim(), 0) ?? NaN);
    else if (this.#rate === 0) this.#rate = value > 0 ? value : NaN;
    else if (first !== '' && Number.isFinite(value)) {
      this.see(this.#startAt + (this.#n++ * 1000) / this.#rate, [value, ...more.map(Number)], this.#rate);
    } else this.broken++;
  }
}

/** Cuts samples into pieces of one array per axis. */
class Pieces {
  #startAt = 0;
  #rate = 0;
  #n = 0;
  #axes: Float32Array[];

  constructor(
    private readonly width: number,
    private readonly give: (startAt: number, rate: number, axes: readonly Float32Array[]) => void,
  ) {
    this.#axes = this.#empty();
  }

  push(at: number, values: readonly number[], rate: number): void {
    if (this.#n === 0) this.#startAt = at;
    this.#rate = rate;
    this.#axes.forEach((axis, i) => {
      const value = values[i] ?? 0;
      axis[this.#n] = Number.isFinite(value) ? value : 0;
    });
    if (++this.#n === PIECE) this.flush();
  }

  flush(): void {
    if (this.#n === 0) return;
    this.give(
      this.#startAt,
      this.#rate,
      this.#axes.map((axis) => axis.slice(0, this.#n)),
    );
    this.#n = 0;
    this.#axes = this.#empty();
  }

  #empty(): Float32Array[] {
    return Array.from({ length: this.width }, () => new Float32Array(PIECE));
  }
}

async function readEven(
  file: RecordingFile,
  context: ReadContext,
  builder: RecordingBuilder,
  see: (at: number, values: readonly number[], rate: number) => void,
): Promise<void> {
  const even = new EvenFile(see);
  const isWhole = await readLines(file, context, (line) => even.read(line));
  if (!isWhole || even.broken > 1) builder.markDamaged();
}

/** First line: the start and a heading; then seconds since the start and the interval before, in seconds. */
async function readIntervals(file: RecordingFile, context: ReadContext, builder: RecordingBuilder): Promise<void> {
  let startAt: number | null = null;
  const isWhole = await readLines(file, context, (line) => {
    const [first = '', second = ''] = line.split(',');
    if (startAt === null) startAt = Number(first) * 1000;
    else if (first !== '') builder.addInterval(startAt + Number(first) * 1000, Number(second) * 1000);
  });
  if (!isWhole) builder.markDamaged();
}

/** One file of an Empatica E4 session. */
export async function readEmpatica(
  kind: EmpaticaFile,
  file: RecordingFile,
  context: ReadContext,
  builder: RecordingBuilder,
): Promise<void> {
  const wave = new Pieces(1, (startAt, rate, [samples]) => samples && builder.addPpg(startAt, rate, samples));
  const movement = new Pieces(3, (startAt, rate, [x, y, z]) => {
    if (x && y && z) builder.addAcceleration(startAt, rate, [x, y, z]);
  });
  const single: Readonly<Record<Exclude<EmpaticaFile, 'IBI.csv'>, (at: number, values: readonly number[], rate: number) => void>> = {
    'HR.csv': (at, [value]) => builder.addHeartRate(at, value ?? NaN),
    'EDA.csv': (at, [value]) => builder.addConductance(at, value ?? NaN),
    'TEMP.csv': (at, [value]) => builder.addSkinTemperature(at, value ?? NaN),
    'BVP.csv': (at, values, rate) => wave.push(at, values, rate),
    'ACC.csv': (at, values, rate) =>
      movement.push(
        at,
        values.map((value) => value / COUNTS_PER_G),
        rate,
      ),
  };
  if (kind === 'IBI.csv') await readIntervals(file, context, builder);
  else await readEven(file, context, builder, single[kind]);
  wave.flush();
  movement.flush();
}
