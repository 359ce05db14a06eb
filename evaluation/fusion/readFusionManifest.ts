import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EMOTIONS, type Affect } from '../../src/core/emotion';
import { UsageError } from '../input/commandErrors';
import { parseCsv } from '../input/csv';
import { emotionLabels } from '../input/labels';
import type { ManifestOptions } from '../input/readManifest';
import type { FusionRow, Word } from './fusionRow';

type Options = Pick<ManifestOptions, 'limit' | 'labelColumn' | 'groupColumn' | 'byColumn' | 'where'>;

/** What a sense's columns may say beside its emotions: `face_quality` and so on. */
const SCALARS = ['valence', 'arousal', 'valence_sd', 'arousal_sd', 'confidence', 'quality', 'age', 'people'] as const;
type Scalar = (typeof SCALARS)[number];

/** Where a sense's numbers stand; -1 for a column that is missing. */
interface SenseColumns {
  readonly source: string;
  /** [7] in the order of EMOTIONS. */
  readonly emotions: readonly number[];
  readonly scalars: Readonly<Record<Scalar, number>>;
}

interface Columns {
  readonly label: number;
  readonly group: number;
  readonly by: number;
  readonly session: number;
  readonly time: number;
  readonly senses: readonly SenseColumns[];
}

interface Table {
  readonly path: string;
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * Reads `<folder>/manifest.csv`: a label, and for each sense the columns `<sense>_<emotion>`, empty where it says nothing.
 * @throws UsageError one sentence that says what to put right
 */
export async function readFusionManifest(folder: string, options: Options): Promise<readonly FusionRow[]> {
  const table = await readTable(join(folder, 'manifest.csv'));
  const columns = columnsOf(table, options);
  const wanted = Object.entries(options.where).map(([name, value]) => [column(table, name), value] as const);
  const chosen = table.rows
    .map((row, i) => [row, i + 1] as const)
    .filter(([row]) => wanted.every(([at, value]) => cell(row, at) === value))
    .slice(0, options.limit ?? undefined);
  if (chosen.length === 0) throw new UsageError(`No row of ${table.path} fulfils --where.`);
  return chosen.map(([row, line]) => readRow(row, columns, `row ${line} of ${table.path}`));
}

/** The senses that speak anywhere, in order of appearance. */
export const sourcesIn = (rows: readonly FusionRow[]): readonly string[] => [
  ...new Set(rows.flatMap(({ words }) => words.map(({ source }) => source))),
];

async function readTable(path: string): Promise<Table> {
  const stored = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`There is no readable ${path}.`, { cause });
  });
  const [header, ...rows] = parse(stored, path);
  if (header === undefined || rows.length === 0) throw new UsageError(`${path} lists no items.`);
  return { path, names: header.map((name) => name.trim()), rows };
}

function parse(stored: string, path: string): string[][] {
  try {
    return parseCsv(stored);
  } catch (cause) {
    throw new UsageError(`${path} is not valid CSV: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause });
  }
}

const find = ({ names }: Table, ...accepted: readonly string[]): number =>
  names.indexOf(accepted.find((name) => names.includes(name)) ?? '');

function column(table: Table, name: string): number {
  const at = find(table, name);
  if (at < 0) throw new UsageError(`${table.path} has no column "${name}"; its columns are ${table.names.join(', ')}.`);
  return at;
}

function columnsOf(table: Table, { labelColumn, groupColumn, byColumn }: Options): Columns {
  const label = labelColumn ?? (find(table, 'label') < 0 ? 'emotion' : 'label');
  const senses = sensesIn(table);
  if (senses.length === 0) throw new UsageError(`${table.path} has no columns of a sense, such as face_anger; see docs/evaluation.md.`);
  return {
    label: column(table, label),
    group: groupColumn === null ? find(table, 'subject', 'group', 'actor', 'speaker') : column(table, groupColumn),
    by: byColumn === null ? -1 : column(table, byColumn),
    session: find(table, 'session'),
    time: find(table, 'time'),
    senses,
  };
}

/** A prefix is a sense when at least one emotion follows it, in any spelling of the label table. */
function sensesIn(table: Table): readonly SenseColumns[] {
  const split = table.names.map((name) => /^([a-z][a-z0-9-]*)_(.+)$/.exec(name));
  const emotionAt = (source: string, emotion: string) =>
    split.findIndex((parts) => parts?.[1] === source && emotionLabels.read(parts[2] ?? '') === emotion);
  return [...new Set(split.map((parts) => parts?.[1]))].flatMap((source): readonly SenseColumns[] => {
    if (source === undefined) return [];
    const emotions = EMOTIONS.map((emotion) => emotionAt(source, emotion));
    if (emotions.every((at) => at < 0)) return [];
    const scalars = Object.fromEntries(SCALARS.map((name) => [name, find(table, `${source}_${name}`)])) as Record<Scalar, number>;
    return [{ source, emotions, scalars }];
  });
}

const cell = (row: readonly string[], at: number): string => (row[at] ?? '').trim();

function readRow(row: readonly string[], columns: Columns, place: string): FusionRow {
  const spelling = cell(row, columns.label);
  const label = emotionLabels.read(spelling);
  if (label === null) throw new UsageError(`The label "${spelling}" in ${place} is unknown.`);
  const words = columns.senses.flatMap((sense) => readWord(row, sense, place) ?? []);
  return {
    label,
    group: cell(row, columns.group) || null,
    by: cell(row, columns.by) || null,
    session: cell(row, columns.session) || null,
    atMs: 1000 * (number(cell(row, columns.time), place, [-Infinity, Infinity]) ?? 0),
    words,
  };
}

/** null where the sense says nothing. */
function readWord(row: readonly string[], { source, emotions, scalars }: SenseColumns, place: string): Word | null {
  const masses = emotions.map((at) => number(cell(row, at), place, [0, Infinity]));
  if (masses.every((mass) => mass === null)) return null;
  const total = masses.reduce<number>((sum, mass) => sum + (mass ?? 0), 0);
  if (total === 0) throw new UsageError(`What ${source} says in ${place} sums to 0.`);
  const read = (name: Scalar, least: number, most: number) => number(cell(row, scalars[name]), place, [least, most]);
  return {
    source,
    p: masses.map((mass) => (mass ?? 0) / total),
    affect: affectFrom([read('valence', -1, 1), read('arousal', -1, 1), read('valence_sd', 0, 1), read('arousal_sd', 0, 1)]),
    confidence: read('confidence', 0, 1),
    quality: read('quality', 0, 1) ?? 1,
    ageMs: 1000 * (read('age', 0, Infinity) ?? 0),
    isPeople: read('people', 0, 1) === 1,
  };
}

/** An axis without a value is one that the sense is blind to. */
function affectFrom([valence = null, arousal = null, valenceSd = null, arousalSd = null]: readonly (number | null)[]): Affect | null {
  if (valence === null && arousal === null) return null;
  const sd = (value: number | null, given: number | null) => (value === null ? 1 : (given ?? UNSTATED_SD));
  return { valence: valence ?? 0, arousal: arousal ?? 0, valenceSd: sd(valence, valenceSd), arousalSd: sd(arousal, arousalSd) };
}

/** Of a point without one: the emotions' own spread around theirs. */
const UNSTATED_SD = 0.28;

function number(stored: string, place: string, [least, most]: readonly [number, number]): number | null {
  if (stored === '') return null;
  const value = Number(stored);
  if (!(value >= least && value <= most)) throw new UsageError(`"${stored}" in ${place} is no number from ${least} to ${most}.`);
  return value;
}
