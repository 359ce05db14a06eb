import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FineLabel } from '../../src/core/records/writtenEntry';
import { UsageError } from '../input/commandErrors';
import { parseCsv } from '../input/csv';
import type { ManifestOptions } from '../input/readManifest';
import { readCell, type ReadCell } from './textLabels';

/** A text with everything that is known of it. */
export interface TextItem {
  readonly index: number;
  readonly text: string;
  /** None where only a point is known. */
  readonly coarse: readonly string[];
  /** null where the labels are not GoEmotions' 28. */
  readonly fine: readonly FineLabel[] | null;
  /** In [-1, 1]; null where the manifest has none. */
  readonly valence: number | null;
  readonly arousal: number | null;
  readonly group: string | null;
  readonly by: string | null;
}

type Options = Pick<ManifestOptions, 'limit' | 'labelColumn' | 'groupColumn' | 'byColumn' | 'where'>;

/** Reads `<folder>/manifest.csv`: `text`, and `label` or `valence` and `arousal`, or all of them. @throws UsageError */
export async function readTextManifest(folder: string, options: Options): Promise<readonly TextItem[]> {
  const path = join(folder, 'manifest.csv');
  const stored = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`There is no readable manifest.csv in ${folder}.`, { cause });
  });
  const [header = [], ...rows] = parseTable(stored, path);
  const table = new Table(
    header.map((name) => name.trim()),
    path,
  );
  const columns = columnsOf(table, options);
  const wanted = Object.entries(options.where).map(([name, value]) => [table.column(name), value] as const);
  const chosen = rows
    .map((row, i) => [row, i + 1] as const)
    .filter(([row]) => wanted.every(([at, value]) => cell(row, at) === value))
    .slice(0, options.limit ?? undefined);
  if (chosen.length === 0) throw new UsageError(`${path} lists no items${wanted.length > 0 ? ' that fulfil --where' : ''}.`);
  return chosen.map(([row, line], index) => readRow(row, columns, { index, place: `row ${line} of ${path}` }));
}

interface Columns {
  readonly text: number;
  readonly label: number;
  readonly valence: number;
  readonly arousal: number;
  readonly group: number;
  readonly by: number;
}

class Table {
  constructor(
    private readonly names: readonly string[],
    private readonly path: string,
  ) {}

  /** -1 when it is missing. */
  find(...names: readonly string[]): number {
    return this.names.indexOf(names.find((name) => this.names.includes(name)) ?? '');
  }

  column(name: string): number {
    const at = this.find(name);
    if (at < 0) throw new UsageError(`${this.path} has no column "${name}"; its columns are ${this.names.join(', ')}.`);
    return at;
  }
}

function columnsOf(table: Table, { labelColumn, groupColumn, byColumn }: Options): Columns {
  const label = labelColumn === null ? table.find('label', 'labels', 'emotion') : table.column(labelColumn);
  const [valence, arousal] = [table.find('valence'), table.find('arousal')];
  return {
    text: table.column('text'),
    label: label < 0 && valence < 0 && arousal < 0 ? table.column('label') : label,
    valence,
    arousal,
    group: groupColumn === null ? table.find('group', 'author', 'speaker') : table.column(groupColumn),
    by: byColumn === null ? -1 : table.column(byColumn),
  };
}

function parseTable(stored: string, path: string): string[][] {
  try {
    return parseCsv(stored);
  } catch (cause) {
    throw new UsageError(`${path} is not valid CSV: ${cause instanceof Error ? cause.message : String(cause)}.`, { cause });
  }
}

const cell = (row: readonly string[], at: number): string => (row[at] ?? '').trim();

function readRow(row: readonly string[], columns: Columns, { index, place }: { readonly index: number; readonly place: string }): TextItem {
  const text = row[columns.text] ?? '';
  if (text.trim() === '') throw new UsageError(`There is no text in ${place}.`);
  const [valence, arousal] = [point(cell(row, columns.valence), place), point(cell(row, columns.arousal), place)];
  const labels = readLabels(cell(row, columns.label), place);
  if (labels.coarse.length === 0 && valence === null && arousal === null) throw new UsageError(`There is no label in ${place}.`);
  return { index, text, ...labels, valence, arousal, group: cell(row, columns.group) || null, by: cell(row, columns.by) || null };
}

function readLabels(stored: string, place: string): ReadCell {
  const read = readCell(stored);
  if ('unknown' in read) throw new UsageError(`The label "${read.unknown}" in ${place} is unknown.`);
  return read;
}

function point(stored: string, place: string): number | null {
  if (stored === '') return null;
  const value = Number(stored);
  if (!(Math.abs(value) <= 1)) throw new UsageError(`"${stored}" in ${place} is no number in [-1, 1].`);
  return value;
}
